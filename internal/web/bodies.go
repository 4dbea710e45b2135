package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"sync"
	"time"

	"whetstone/internal/model"
	"whetstone/views/kit"
)

// Limits on what is on its way to the server.
const (
	// formTime is how long a form may take to arrive completely.
	formTime = 30 * time.Second
	// roomTime is how long a form waits for others to free some room.
	roomTime = 5 * time.Second
	// inFlight bounds the bytes of all forms that are on their way or being answered, clientInFlight those of one
	// client: so no single client takes all the room.
	inFlight       = 16 << 20
	clientInFlight = inFlight / 4
	// firstRoom is how much room a form takes at first. It takes more, in steps, only once that much has arrived: a
	// slow sender holds little.
	firstRoom = 1 << 10
	// drained is how much is read and discarded beyond a form's limit: otherwise a browser that is still sending would
	// lose the answer.
	drained = 4 << 20
	// unreadTime is how long a client may go on sending what nobody reads.
	unreadTime = 2 * time.Second
)

// How many bytes forms may have. A character of a text takes up to twelve bytes in a form. Each form takes twice what
// fits, so that a person who wrote too much learns by how much, on the page itself.
const (
	shortForm     = 8 << 10
	formCharacter = 2 * 12
)

// formLimit is how many bytes a form takes: a short one, and what is typed into its fields at some length.
func (s *Server) formLimit(fields []kit.Field) int {
	characters := 0
	for _, field := range fields {
		if field.Many() {
			characters += s.app.LongestPage() * field.Limit
		} else {
			characters += field.Limit
		}
	}
	return shortForm + characters*formCharacter
}

var (
	// errTooLarge refuses a form that is longer than its route takes.
	errTooLarge = errors.New("a form that is too long")
	// errSlow refuses a form that took too long to come.
	errSlow = errors.New("a form that came too slowly")
	// errBusy refuses a form for which there is no room.
	errBusy = errors.New("no room for a further form")
)

// sentForm is the body of a request that a route took: complete, or as far as it came.
type sentForm struct {
	// fields are what its route asks for.
	fields  []kit.Field
	content []byte
	// file is what a route got that takes a file.
	file model.SentFile
	// large tells that the file was larger than is taken.
	large bool
	// problem says why it is incomplete.
	problem error
}

// taking reads a form with some fields, within its own limit, and lets next answer it. The time for the answer begins
// once the form is there: how long that is on its way is the client's matter.
func (s *Server) taking(fields []kit.Field, next http.Handler) http.Handler {
	limit := s.formLimit(fields)
	return s.receiving(s.room, next, func(w http.ResponseWriter, r *http.Request, room *clientRoom) *sentForm {
		sent := &sentForm{fields: fields}
		sent.content, sent.problem = readForm(w, r, room, limit)
		return sent
	})
}

// receiving lets read take what a request brings, within a room, and next answer it.
func (s *Server) receiving(within *room, next http.Handler, read func(http.ResponseWriter, *http.Request, *clientRoom) *sentForm) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from := s.sentFrom(r)
		if from == otherSite { // none of it is read or given back
			s.answering(s.refusing(errCrossOrigin)).ServeHTTP(w, r)
			return
		}
		room := within.of(s.clientCode(r))
		defer room.leave()
		sent := read(w, r, room)
		factsOf(r).sent = sent
		// A client that sent slowly has as long as others to receive the answer.
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(answerTime + sendTime)) // only a real connection has a deadline
		handler := next
		switch {
		case errors.Is(sent.problem, errSlow):
			// A connection that missed its deadline counts as one whose client has gone.
			r = r.WithContext(context.WithoutCancel(r.Context()))
			handler = s.refusing(sent.problem)
		case sent.problem != nil:
			handler = s.refusing(sent.problem)
		case from == hostAlone:
			handler = s.refusing(errCrossOrigin)
		}
		s.answering(handler).ServeHTTP(w, r)
	})
}

// refusing answers every request with the page of an error.
func (s *Server) refusing(err error) http.Handler {
	return s.handle(func(http.ResponseWriter, *http.Request, visitor) error { return err })
}

// answering bounds the time for an answer.
func (s *Server) answering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), answerTime)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// unread keeps the server from waiting for bodies that nobody reads: those of requests that no route took, or whose
// route takes no form. Such a connection closes after the answer. So does one whose request gave no length: it may
// have given one that contradicts how it was sent, which net/http doesn't report, so that whatever follows on the
// connection can't be trusted to be a request.
func (s *Server) unread(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength == 0 {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Connection", "close") // until the body has been read
		next.ServeHTTP(w, r)
		if w.Header().Get("Connection") != "" {
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(unreadTime)) // only a real connection has a deadline
		}
	})
}

// readForm reads a body, and returns what was read even if it is incomplete.
func readForm(w http.ResponseWriter, r *http.Request, room *clientRoom, limit int) ([]byte, error) {
	if r.ContentLength == 0 {
		return nil, nil
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(formTime)) // only a real connection has a deadline
	var content []byte
	for {
		if len(content) == cap(content) {
			if len(content) == limit {
				return content, beyond(w, r)
			}
			size := min(max(firstRoom, 4*cap(content)), limit)
			if err := room.take(r.Context(), size-cap(content)); err != nil {
				return content, err
			}
			content = append(make([]byte, 0, size), content...)
		}
		count, err := r.Body.Read(content[len(content):cap(content)])
		content = content[:len(content)+count]
		switch {
		case err == nil:
		case errors.Is(err, io.EOF):
			readWhole(w, r)
			return content, nil
		default:
			return content, readingProblem(err)
		}
	}
}

// beyond reads on after a form has reached its limit: nothing may follow.
func beyond(w http.ResponseWriter, r *http.Request) error {
	count, err := io.CopyN(io.Discard, r.Body, drained)
	if errors.Is(err, io.EOF) {
		readWhole(w, r)
	}
	switch {
	case count > 0:
		return errTooLarge
	case errors.Is(err, io.EOF):
		return nil
	}
	return readingProblem(err)
}

// readWhole reads a body to its end, so that the connection can take the next request.
func readWhole(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength > 0 {
		w.Header().Del("Connection")
	}
}

// readingProblem returns why a body can't be read to its end.
func readingProblem(err error) error {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return errSlow
	}
	return errors.Join(errMalformed, err) // it breaks off
}

// room is the memory that all forms, or all files, together take.
type room struct {
	mutex sync.Mutex
	// most is how much that is at most, mostOfOne how much of it one client takes.
	most, mostOfOne int
	taken           int
	// by holds what each client takes of it.
	by map[string]int
	// left is closed and replaced whenever there is room again.
	left chan struct{}
}

func newRoom(most, mostOfOne int) *room {
	return &room{most: most, mostOfOne: mostOfOne, by: map[string]int{}, left: make(chan struct{})}
}

// of returns one form's part of the room.
func (m *room) of(client string) *clientRoom { return &clientRoom{room: m, client: client} }

// try takes bytes for a client if there is room; otherwise it returns a channel that is closed once there may be.
func (m *room) try(client string, bytes int) (full <-chan struct{}) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.taken+bytes > m.most || m.by[client]+bytes > m.mostOfOne {
		return m.left
	}
	m.taken += bytes
	m.by[client] += bytes
	return nil
}

// clientRoom is what one form takes of the room.
type clientRoom struct {
	room   *room
	client string
	taken  int
}

// take takes more bytes, and waits a while if others hold them. If that fails, it returns errBusy.
func (c *clientRoom) take(ctx context.Context, bytes int) error {
	waiting := time.NewTimer(roomTime)
	defer waiting.Stop()
	for {
		full := c.room.try(c.client, bytes)
		if full == nil {
			c.taken += bytes
			return nil
		}
		select {
		case <-full:
		case <-waiting.C:
			return errBusy
		case <-ctx.Done():
			return errBusy
		}
	}
}

// leave gives back all that was taken.
func (c *clientRoom) leave() {
	if c.taken == 0 {
		return
	}
	m := c.room
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.taken -= c.taken
	if m.by[c.client] -= c.taken; m.by[c.client] == 0 {
		delete(m.by, c.client)
	}
	c.taken = 0
	close(m.left)
	m.left = make(chan struct{})
}
