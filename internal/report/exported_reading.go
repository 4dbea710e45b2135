package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"whetstone/internal/model"
	"whetstone/internal/text"
)

const (
	// LongestHistory is how many bytes an exported history may have to be brought in, longestPart how many one of its parts.
	LongestHistory = longestExport
	longestPart    = 2 << 20
	// LongestPacked is how many bytes it may have once it is compressed, as it is kept meanwhile. The longest history that
	// can be kept of one person stays below, see TestTheLongestHistoryIsTaken.
	LongestPacked = 32 << 20
	// mostFileErrors is how many mistakes of a file are told.
	mostFileErrors = 20
	// longestText bounds a text that has no limit of its own, such as a question.
	longestText = 4000
)

// HistoryVisitor is handed what an exported history holds, part by part in the file's order, under the ids of the file.
type HistoryVisitor struct {
	Assessment func(model.Answered) error
	Targets    func([]model.ScopeTarget) error
	Cadence    func(model.Cadence) error
	Commitment func(model.Commitment) error
	Entry      func(model.LogEntry) error
	Map        func(model.DepthMap) error
	Review     func(model.FileReview) error
}

// BadFile is the error for a file that can't be brought in, with all that is wrong with it as far as it was read.
type BadFile struct{ Errors []model.FileError }

// Error implements error.
func (b *BadFile) Error() string {
	return fmt.Sprintf("line %d, %s: %s", b.Errors[0].Line, b.Errors[0].Path, b.Errors[0].Reason)
}

// ReadHistory reads an exported history that is to be brought in, and holds one part of it in memory at a time. It checks
// all that an export of ours would hold, and what this installation has to know to show it; a file in which anything is
// wrong is a BadFile. It reports whether the file calls itself the whole history. open begins the file anew.
func (r Reports) ReadHistory(open func() (io.Reader, error), now time.Time, visit HistoryVisitor) (whole bool, err error) {
	return r.readHistory(open, historyReader{reports: r, now: now, visit: visit})
}

// ReadHistoryAgain is ReadHistory of a file that was read before without a mistake.
func (r Reports) ReadHistoryAgain(open func() (io.Reader, error), visit HistoryVisitor) (whole bool, err error) {
	return r.readHistory(open, historyReader{reports: r, visit: visit, trusted: true})
}

func (r Reports) readHistory(open func() (io.Reader, error), h historyReader) (whole bool, err error) {
	source, err := open()
	if err != nil {
		return false, err
	}
	h.source = &boundedReader{from: source, left: longestPart, whole: LongestHistory}
	h.decoder = json.NewDecoder(h.source)
	h.seen, h.lacking, h.maps = map[string]bool{}, map[string]bool{}, map[string]model.DepthMap{}
	err = h.read()
	var stop *misfit
	switch {
	case errors.As(err, &stop):
		h.wrong = append(h.wrong, *stop)
	case err != nil && h.visitFailed:
		return false, err
	case err != nil:
		unread := unreadable(err)
		unread.at = lastToken(open)
		h.wrong = append(h.wrong, unread)
	}
	if len(h.wrong) > 0 {
		return false, inLines(open, h.wrong)
	}
	return h.whole, nil
}

var (
	errLongPart = fmt.Errorf("one part of it is larger than %d MiB, which no export of ours is", longestPart>>20)
	errLongFile = fmt.Errorf("it is larger than %d MiB", LongestHistory>>20)
)

// boundedReader reads a file of which each part, and the whole, is bounded.
type boundedReader struct {
	from        io.Reader
	left, whole int64
}

// Read implements io.Reader.
func (b *boundedReader) Read(into []byte) (int, error) {
	switch {
	case b.whole <= 0:
		return 0, errLongFile
	case b.left <= 0:
		return 0, errLongPart
	}
	count, err := b.from.Read(into[:min(int64(len(into)), b.left, b.whole)])
	b.left -= int64(count)
	b.whole -= int64(count)
	return count, err
}

// historyReader reads one exported history.
type historyReader struct {
	reports Reports
	now     time.Time
	visit   HistoryVisitor
	// trusted leaves out what was checked before.
	trusted bool

	source  *boundedReader
	decoder *json.Decoder
	whole   bool
	wrong   []misfit
	// seen are the ids that stood before, by kind; lacking what this installation was found not to have.
	seen, lacking map[string]bool
	// maps are the depth maps that stood before, by their ids.
	maps map[string]model.DepthMap
	// last is when the assessment before was finished.
	last time.Time
	// visitFailed reports that the visitor ended the reading.
	visitFailed bool
}

// read reads the file to its end, or as far as it can be read.
func (h *historyReader) read() error {
	if token, err := h.decoder.Token(); err != nil || token != json.Delim('{') {
		return cmpErr(err, &misfit{reason: "This is no export: an export is one JSON object."})
	}
	for first := true; h.decoder.More(); first = false {
		token, err := h.decoder.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		if first != (name == "format") {
			return &misfit{at: h.decoder.InputOffset(), path: printable(name), reason: "An export names its format first, and once. This file doesn’t, so it is no export, or it was changed since."}
		}
		if !first && h.seen["field "+name] {
			return &misfit{at: h.decoder.InputOffset(), path: printable(name), reason: "This field stands twice."}
		}
		h.seen["field "+name] = true
		if err := h.field(name); err != nil {
			return err
		}
	}
	if _, err := h.decoder.Token(); err != nil {
		return err
	}
	if _, err := h.decoder.Token(); !errors.Is(err, io.EOF) {
		return &misfit{at: h.decoder.InputOffset(), reason: "Something follows the end of the export."}
	}
	for _, name := range []string{"format", "whole_history", "model", "assessments", "trend"} {
		if !h.seen["field "+name] {
			return &misfit{at: h.decoder.InputOffset(), path: name, reason: "This field is missing."}
		}
	}
	return nil
}

// cmpErr is the first error that there is.
func cmpErr(err error, other error) error {
	if err != nil {
		return err
	}
	return other
}

// field reads one field of the whole.
func (h *historyReader) field(name string) error {
	switch name {
	case "format":
		return h.format()
	case "whole_history":
		return h.single(name, &h.whole, func(place) error { return nil })
	case "model":
		return h.single(name, new(ExportedModel), func(place) error { return nil })
	case "trend":
		return h.single(name, new(*ExportedTrend), func(place) error { return nil })
	case "assessments":
		return each(h, name, model.AssessmentLimit, h.assessment)
	case "targets":
		var all []model.ScopeTarget
		if err := each(h, name, mostGroups*mostGroups, func(at place, e *ExportedTarget) error { return h.target(at, e, &all) }); err != nil {
			return err
		}
		return h.hand(func() error { return h.visit.Targets(all) })
	case "cadence":
		exported := new(ExportedCadence)
		return h.single(name, exported, func(at place) error { return h.cadence(at, exported) })
	case "commitments":
		return each(h, name, model.CommitmentLimit, h.commitment)
	case "log":
		return each(h, name, model.EntryLimit, h.entry)
	case "maps":
		return each(h, name, model.MapLimit, h.depthMap)
	case "reviews":
		return each(h, name, model.ReviewLimit, h.review)
	}
	return &misfit{at: h.decoder.InputOffset(), path: printable(name), reason: "An export of this format has no such field."}
}

// format reads the format, by which it is decided whether to read on.
func (h *historyReader) format() error {
	at := h.decoder.InputOffset()
	token, err := h.decoder.Token()
	if err != nil {
		return err
	}
	format, _ := token.(string)
	kind, version, _ := strings.Cut(strings.TrimPrefix(format, "whetstone-"), "-")
	wrong := &misfit{at: at + 1, path: "format"}
	switch {
	case format == firstHistoryFormat, format == "whetstone-history-1.1", format == HistoryFormat:
		return nil
	case !strings.HasPrefix(format, "whetstone-"):
		wrong.reason = "This is no export of Whetstone: its format is " + inWords(token) + "."
	case kind != "history":
		wrong.reason = "This file holds only a part, in the format " + inWords(format) + ". What can be brought in is the file with everything: “Everything as JSON” where you export your history."
	case laterFormat(version):
		wrong.reason = "A later version of Whetstone wrote this file, in the format " + inWords(format) + ". This installation reads up to " + HistoryFormat + ": whoever runs it has to update it first."
	default:
		wrong.reason = "There is no format " + inWords(format) + "."
	}
	return wrong
}

// laterFormat reports whether a version of the format is later than ours.
func laterFormat(version string) bool {
	_, own, _ := strings.Cut(strings.TrimPrefix(HistoryFormat, "whetstone-"), "-")
	major, minor, _ := strings.Cut(version, ".")
	ownMajor, ownMinor, _ := strings.Cut(own, ".")
	majors, minors := versionNumber(major)-versionNumber(ownMajor), versionNumber(minor)-versionNumber(ownMinor)
	return majors > 0 || majors == 0 && minors > 0
}

// versionNumber is a part of a version, -1 where there is none.
func versionNumber(text string) int {
	value, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return value
}

// place is where a part stands in a file.
type place struct {
	raw  []byte
	at   int64
	name string
}

// single reads a field that is one value.
func (h *historyReader) single(name string, into any, take func(place) error) error {
	at, err := h.part(name)
	if err != nil {
		return err
	}
	if h.decode(at, into) {
		return take(at)
	}
	return nil
}

// each reads a field that is a list, part by part.
func each[T any](h *historyReader, name string, most int, take func(place, *T) error) error {
	before := h.decoder.InputOffset()
	token, err := h.decoder.Token()
	if err != nil {
		return err
	}
	if token != json.Delim('[') {
		return &misfit{at: before + 1, path: name, reason: "This has to be a list."}
	}
	for count := 1; h.decoder.More(); count++ {
		at, err := h.part(name + " " + strconv.Itoa(count))
		if err != nil {
			return err
		}
		if count > most {
			return &misfit{at: at.at, path: name, reason: fmt.Sprintf("There are more than %d of them, as many as are kept of one person.", most)}
		}
		part := new(T)
		if !h.decode(at, part) {
			continue
		}
		if err := take(at, part); err != nil {
			return err
		}
		if len(h.wrong) >= mostFileErrors {
			return &misfit{at: LongestHistory, reason: "Too much is wrong with this file to read on."}
		}
	}
	_, err = h.decoder.Token()
	return err
}

// part reads the next value as it stands.
func (h *historyReader) part(name string) (place, error) {
	h.source.left = longestPart
	var raw json.RawMessage
	err := h.decoder.Decode(&raw)
	return place{raw, h.decoder.InputOffset() - int64(len(raw)), name}, err
}

// decode reads a part into its type, which must have each of its fields exactly once and no other, and reports whether it
// could.
func (h *historyReader) decode(at place, into any) bool {
	if h.trusted {
		return json.Unmarshal(at.raw, into) == nil
	}
	if offset, wrong := unwritable(at.raw); wrong != "" {
		h.wrong = append(h.wrong, misfit{at.at + offset, at.name, wrong})
		return false
	}
	reader := treeReader{decoder: json.NewDecoder(bytes.NewReader(at.raw))}
	tree, err := reader.value(1)
	if err != nil {
		h.wrong = append(h.wrong, misfit{at.at + reader.decoder.InputOffset(), at.name, "This can’t be read: " + err.Error() + "."})
		return false
	}
	if err := json.Unmarshal(at.raw, into); err != nil {
		wrong := misfit{at.at, at.name, "This can’t be read: " + printable(err.Error()) + "."}
		if mistyped, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			wrong = misfit{at.at + mistyped.Offset - 1, at.name + ": " + mistyped.Field, "This can’t be a " + mistyped.Value + "."}
		}
		h.wrong = append(h.wrong, wrong)
		return false
	}
	written, err := plainTree(into)
	if err != nil {
		h.fail(at, "This can’t be read: "+err.Error()+".")
		return false
	}
	before := len(h.wrong)
	h.shape(at, tree, written)
	return len(h.wrong) == before
}

// fail notes what is wrong with a field of a part.
func (h *historyReader) fail(at place, reason string, path ...any) {
	name := at.name
	for _, step := range path {
		if number, is := step.(int); is {
			step = number + 1
		}
		name = below(name, printable(fmt.Sprint(step)))
	}
	h.wrong = append(h.wrong, misfit{at.at + locate(at.raw, path), name, reason})
}

// shape compares a part with what was understood of it, and looks at all its texts.
func (h *historyReader) shape(at place, tree, written any, path ...any) {
	switch tree := tree.(type) {
	case map[string]any:
		written, _ := written.(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(tree)) {
			if _, known := written[name]; !known {
				h.fail(at, "An export of this format has no such field here, or leaves it out where it is empty.", append(path, name)...)
				continue
			}
			h.shape(at, tree[name], written[name], append(path, name)...)
		}
		for _, name := range slices.Sorted(maps.Keys(written)) {
			if _, there := tree[name]; !there {
				h.fail(at, "The field "+name+" is missing.", path...)
			}
		}
	case []any:
		written, _ := written.([]any)
		for i := range min(len(tree), len(written)) {
			h.shape(at, tree[i], written[i], append(path, i)...)
		}
	case string:
		switch {
		case tree != written:
			h.fail(at, inWords(tree)+" is written otherwise in an export.", path...)
		case text.Lines(tree) != tree:
			h.fail(at, "This text holds characters that can’t be kept, such as control characters, or begins or ends with blanks.", path...)
		case utf8.RuneCountInString(tree) > longestText:
			h.fail(at, fmt.Sprintf("This text is longer than %d characters.", longestText), path...)
		}
	default:
		if len(differences("", tree, written)) > 0 {
			h.fail(at, inWords(tree)+" is written otherwise in an export.", path...)
		}
	}
}

// hand gives something to the visitor.
func (h *historyReader) hand(visit func() error) error {
	err := visit()
	h.visitFailed = err != nil
	return err
}
