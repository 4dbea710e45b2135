package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/report"
)

// Limits on files that are on their way to the server. A file is compressed as it comes, so that it takes a small part of
// its size: the longest history of one person, 400 assessments with long notes, is about 55 MiB, and a fifth of that packed.
const (
	// fileTime is how long a file may take to arrive completely.
	fileTime = 3 * time.Minute
	// filesInFlight bounds the bytes that all files take that are on their way or being answered, fileInFlight those of
	// one client, and so of one file.
	filesInFlight = 2 * fileInFlight
	fileInFlight  = report.LongestPacked + app.PackingRoom
	// fileStep is in which steps a file takes more room.
	fileStep = 256 << 10
	// besideFile is how much of a body may be something else than the file.
	besideFile = 64 << 10
	// passedOver is how much of a body is read and discarded whose file isn't taken: a browser that is still sending would lose
	// the answer.
	passedOver = 1 << 30
)

// fileField is the field of a form that a file comes in.
const fileField = "file"

// takingFile reads a form that brings a file, and lets next answer it.
func (s *Server) takingFile(next http.Handler) http.Handler {
	return s.receiving(s.files, next, func(w http.ResponseWriter, r *http.Request, room *clientRoom) *sentForm {
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(fileTime)) // only a real connection has a deadline
		sent := &sentForm{}
		switch err := readFile(r, room, sent); {
		case errors.Is(err, errTooLarge):
			sent.large = true // it is said on the page of the form
			drain(w, r)
		case err != nil:
			sent.problem = err
			drain(w, r)
		default:
			readWhole(w, r)
		}
		return sent
	})
}

// drain reads what is left of a body that isn't taken, so that whoever sends it is done before the answer comes.
func drain(w http.ResponseWriter, r *http.Request) {
	if _, err := io.CopyN(io.Discard, r.Body, passedOver); errors.Is(err, io.EOF) {
		readWhole(w, r)
	}
}

// readFile reads the file of a form of several parts; a form without one leaves sent without a file.
func readFile(r *http.Request, room *clientRoom, sent *sentForm) error {
	if r.ContentLength > report.LongestHistory+besideFile {
		return errTooLarge
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return errMalformed
	}
	if err := room.take(r.Context(), app.PackingRoom+fileStep); err != nil {
		return err
	}
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return readingProblem(err)
		}
		if part.FormName() != fileField || part.FileName() == "" || sent.file.Digest != "" {
			if err := passOver(part); err != nil {
				return err
			}
			continue
		}
		if err := pack(r, part, room, sent); err != nil {
			return err
		}
	}
}

// passOver reads what nobody asked for.
func passOver(part *multipart.Part) error {
	switch count, err := io.CopyN(io.Discard, part, besideFile+1); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return readingProblem(err)
	case count > besideFile:
		return errTooLarge
	}
	return nil
}

// pack compresses a file as it comes, within its room.
func pack(r *http.Request, part io.Reader, room *clientRoom, sent *sentForm) error {
	packing := app.NewPacking()
	buffer := make([]byte, 32<<10)
	for size := 0; ; {
		count, err := part.Read(buffer)
		if size += count; size > report.LongestHistory {
			return errTooLarge
		}
		if _, err := packing.Write(buffer[:count]); err != nil {
			return err
		}
		for packing.Held() > room.taken-app.PackingRoom {
			if room.taken+fileStep > fileInFlight {
				return errTooLarge
			}
			if err := room.take(r.Context(), fileStep); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			sent.file.Content, sent.file.Digest, err = packing.Close()
			return err
		}
		if err != nil {
			return readingProblem(err)
		}
	}
}
