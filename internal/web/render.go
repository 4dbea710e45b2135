package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"sync"

	"github.com/a-h/templ"
	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"whetstone/assets"
	"whetstone/internal/model"
	"whetstone/views/kit"
)

// Levels of compression that pay off for a page made for one reader: beyond them the time grows and the size hardly
// falls. Gzip at this level makes a question page as small as brotli at level 4, in a fifth of the time; a level higher
// takes half as long again for a result, and makes it a hundredth smaller. Its window forgets most of a long page,
// zstd's doesn't. Brotli is for clients that accept neither.
const (
	gzipLevel   = 5
	zstdLevel   = zstd.SpeedDefault
	brotliLevel = 3
)

// longContent is the size from which zstd compresses a page better than gzip by more than its tables cost.
const longContent = 64 << 10

// zstdWindow is how far zstd looks back. Few pages are much longer, and each download in progress holds a window.
const zstdWindow = 128 << 10

// compressors are pools of writers, one for each coding.
var compressors = map[string]*sync.Pool{
	"gzip": {New: func() any {
		writer, _ := gzip.NewWriterLevel(io.Discard, gzipLevel) // the level is valid
		return writer
	}},
	"zstd": {New: func() any {
		// It compresses on the caller's goroutine: another one would need another window and gain nothing. The options
		// are valid.
		writer, _ := zstd.NewWriter(io.Discard, zstd.WithEncoderLevel(zstdLevel), zstd.WithEncoderConcurrency(1),
			zstd.WithWindowSize(zstdWindow), zstd.WithLowerEncoderMem(true), zstd.WithEncoderCRC(false))
		return writer
	}},
	"br": {New: func() any { return brotli.NewWriterV2(io.Discard, brotliLevel) }},
}

// codingFor chooses the content coding for so many bytes from those that a browser accepts, "" for none.
func codingFor(header http.Header, length int) string {
	if length < longContent {
		return assets.NegotiateEncoding(header, "gzip", "zstd", "br")
	}
	return assets.NegotiateEncoding(header, "zstd", "gzip", "br")
}

// page returns what every page starts from.
func (s *Server) page(who visitor, title string) kit.Page {
	page := kit.Page{
		Paths: s.paths, Host: s.BaseURL.Hostname(), Title: title, Once: s.Random(), Known: who.known(), WayBack: who.session.WayBack, Keyed: who.session.Keyed,
		Demonstration: s.DemonstrationManager != "",
		Shared:        s.shared(who),
		Vouched:       who.open.Has(model.ByOpenID) || who.named != "" && who.open.Has(model.ByProxy), SignInOnly: s.signInOnly(who),
		Installation: who.holds,
		Accounts:     s.signsIn(who),
		Elsewhere:    who.session.Elsewhere,
		Sharing:      who.session.Sharing,
		Mentoring:    who.mentoring,
		Zone:         who.zone(),
		TellZone:     (who.session.ID != "" || who.mentor.ID != "") && !who.days().Chosen,
		Posted:       who.posts,
		Here:         who.here, Noted: who.noted && who.known(),
	}
	if who.waiting != nil {
		page.Waiting = who.waiting()
	}
	return page
}

// focused is a visitor at one step of a longer task. Its page has no menu, so what waits isn't counted for it: the
// questions are what people open most, and each statement more would slow them.
func focused(who visitor) visitor {
	who.waiting = nil
	return who
}

// withErrors adds to a page what is wrong with its form, and reports whether err was of that kind.
func withErrors(page kit.Page, err error) (kit.Page, bool) {
	invalid, ok := errors.AsType[*model.Error](err)
	if !ok || invalid.Kind != model.Invalid {
		return page, false
	}
	page.Errors = invalid.Fields
	return page, true
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render writes a page. The page is rendered completely before anything is sent, so a failure never sends half a page.
func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, component templ.Component) error {
	buffer := buffers.Get().(*bytes.Buffer)
	defer func() { buffer.Reset(); buffers.Put(buffer) }()
	// Rendering reads nothing more, so a page is sent even if its time has run out meanwhile: what it reports may be
	// done, and may be reported only once.
	if err := component.Render(context.WithoutCancel(r.Context()), buffer); err != nil {
		return err
	}
	return send(w, r, status, "text/html; charset=utf-8", buffer.Bytes())
}

// send writes content in a coding that the browser accepts. A reader who has gone is not an error.
func send(w http.ResponseWriter, r *http.Request, status int, contentType string, content []byte) error {
	header := w.Header()
	header.Set("Content-Type", contentType)
	header.Set("Vary", "Accept-Encoding")
	coding := codingFor(r.Header, len(content))
	if coding != "" {
		compressed := buffers.Get().(*bytes.Buffer)
		defer func() { compressed.Reset(); buffers.Put(compressed) }()
		if err := compress(compressed, coding, content); err != nil {
			return err
		}
		header.Set("Content-Encoding", coding)
		content = compressed.Bytes()
	}
	header.Set("Content-Length", strconv.Itoa(len(content)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(content)
	}
	return nil
}

// compressor is what the codings' writers have in common.
type compressor interface {
	io.WriteCloser
	Reset(io.Writer)
}

func compress(into io.Writer, coding string, content []byte) error {
	return compressing(into, coding, func(to io.Writer) error { _, err := to.Write(content); return err })
}

// compressing writes in a coding what write produces.
func compressing(into io.Writer, coding string, write func(io.Writer) error) error {
	pool := compressors[coding]
	writer := pool.Get().(compressor)
	defer pool.Put(writer)
	writer.Reset(into)
	if err := write(writer); err != nil {
		return err
	}
	return writer.Close()
}

func (s *Server) writeJSON(w http.ResponseWriter, status int, value any) error {
	content, err := json.Marshal(value)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(content)
	return nil
}
