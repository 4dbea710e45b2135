package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"whetstone/internal/model"
)

// misfit is something in a file that can't be taken, at a byte.
type misfit struct {
	at           int64
	path, reason string
}

// Error implements error.
func (m *misfit) Error() string { return m.path + ": " + m.reason }

// unreadable puts into words why a file can't be read on.
func unreadable(err error) misfit {
	switch {
	case errors.Is(err, errLongPart), errors.Is(err, errLongFile):
		return misfit{reason: "The file can’t be read: " + err.Error() + "."}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return misfit{reason: "The file ends before its end: it was cut off, perhaps by a download that broke off."}
	}
	return misfit{reason: "This is not JSON, so it is no export, or it was changed since."}
}

// lastToken is where a file can't be read on.
func lastToken(open func() (io.Reader, error)) int64 {
	source, err := open()
	if err != nil {
		return 0
	}
	decoder := json.NewDecoder(io.LimitReader(source, LongestHistory))
	for {
		if _, err := decoder.Token(); err != nil {
			return decoder.InputOffset()
		}
	}
}

// inLines finds the lines and columns of misfits.
func inLines(open func() (io.Reader, error), wrong []misfit) error {
	slices.SortStableFunc(wrong, func(one, other misfit) int { return int(one.at - other.at) })
	wrong = wrong[:min(len(wrong), mostFileErrors)]
	bad := &BadFile{}
	source, err := open()
	if err != nil {
		return err
	}
	line, start, offset := 1, int64(0), int64(0)
	buffer := make([]byte, 32<<10)
	next := func(upTo int64) {
		for len(bad.Errors) < len(wrong) && wrong[len(bad.Errors)].at < upTo {
			one := wrong[len(bad.Errors)]
			bad.Errors = append(bad.Errors, model.FileError{Line: line, Column: int(one.at-start) + 1, Path: one.path, Reason: one.reason})
		}
	}
	for len(bad.Errors) < len(wrong) {
		count, err := source.Read(buffer)
		for i := range count {
			if buffer[i] == '\n' {
				next(offset + int64(i) + 1)
				line, start = line+1, offset+int64(i)+1
			}
		}
		if offset += int64(count); err != nil {
			next(offset + longestExport) // what is wrong at the very end
			break
		}
	}
	return bad
}

// unwritable finds what no text can hold, and JSON readers quietly replace: bytes that are no UTF-8, and half of a character
// in UTF-16. The JSON is valid otherwise.
func unwritable(raw []byte) (offset int64, wrong string) {
	for i := 0; i < len(raw); {
		character, size := utf8.DecodeRune(raw[i:])
		switch {
		case character == utf8.RuneError && size == 1:
			return int64(i), "These bytes are no text in UTF-8: the file was changed since it was exported, or saved in another encoding."
		case character != '\\':
			i += size
			continue
		}
		unit := escaped(raw[i:])
		switch {
		case unit < 0:
			i += 2
		case !utf16.IsSurrogate(unit):
			i += escapeLength
		case utf16.DecodeRune(unit, escaped(raw[min(i+escapeLength, len(raw)):])) == utf8.RuneError:
			return int64(i), "This is half of a character: the file was changed since it was exported."
		default:
			i += 2 * escapeLength
		}
	}
	return 0, ""
}

// escapeLength is how many bytes an escaped unit of UTF-16 takes in JSON.
const escapeLength = len(`\u0000`)

// escaped reads the unit of UTF-16 that begins a text of JSON, -1 for none.
func escaped(raw []byte) rune {
	if len(raw) < escapeLength || raw[0] != '\\' || raw[1] != 'u' {
		return -1
	}
	unit, err := strconv.ParseUint(string(raw[2:escapeLength]), 16, 16)
	if err != nil {
		return -1
	}
	return rune(unit)
}

// locate finds where a value begins in the JSON of a part.
func locate(content []byte, path []any) int64 {
	decoder := json.NewDecoder(bytes.NewReader(content))
	offset := int64(0)
	for _, step := range path {
		if _, err := decoder.Token(); err != nil {
			return offset
		}
		found := false
		for i := 0; !found && decoder.More(); i++ {
			if _, named := step.(string); named {
				token, err := decoder.Token()
				if err != nil {
					return offset
				}
				found = token == step
			} else {
				found = step == i
			}
			if !found && decoder.Decode(new(json.RawMessage)) != nil {
				return offset
			}
		}
		if !found {
			return offset
		}
		offset = decoder.InputOffset()
	}
	for offset < int64(len(content)) && strings.ContainsRune(" \t\r\n:,", rune(content[offset])) {
		offset++
	}
	return offset
}
