package web

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"whetstone/internal/paths"
	"whetstone/views/kit"
)

// repeatable are the forms that are carried out each time they arrive, with the reason why that is right even for one
// that arrives twice. Every other form is carried out once.
var repeatable = map[string]string{
	"POST " + paths.QuestionsPattern: "saves what is typed, and knows by what the page had seen whether another page has saved since",
	"POST " + paths.AnswersPattern:   "saves one answer for a script, likewise",
	"POST " + paths.RatePattern:      "saves a rating, likewise",
	"POST " + paths.RatingsPattern:   "saves a rating for a script, likewise",
	"POST " + paths.WordsPattern:     "saves a mentor’s words, likewise; words that are sent stay sent",
	"POST " + paths.SharedMapPattern: "saves what a mentor would move, likewise; an answer that is taken back stays taken back",
	"POST " + paths.PlacedPattern:    "saves one domain of a depth map for a script, likewise",

	"POST " + paths.ImportPattern:        "saves the file that is in the form, in the place of the one before",
	"POST " + paths.RenamePattern:        "gives an assessment the name that is in the form",
	"POST " + paths.TargetsPattern:       "sets the targets that are in the form",
	"POST " + paths.ZonesPattern:         "sets the zone that is in the form",
	"POST " + paths.RemindersPattern:     "sets the cadence that is in the form",
	"POST " + paths.ReliabilityPattern:   "sets the choice that is in the form",
	"POST " + paths.ExtendSharePattern:   "sets the end of a share from today on",
	"POST " + paths.ChangeTeamPattern:    "sets what a team is called and is for",
	"POST " + paths.KnownPattern:         "sets whom a member knows",
	"POST " + paths.ContributePattern:    "sets what counts in a cycle",
	"POST " + paths.ShowScoresPattern:    "sets whether scores are shown",
	"POST " + paths.ReadReviewPattern:    "notes what was read; read stays read",
	"POST " + paths.StopRemindersPattern: "ends the reminders of who got a mail; ended stays ended, and mail programs send no token",
	"POST " + paths.RevealPattern:        "shows what it names; seen stays seen",

	"POST " + paths.SignInWithPattern: "begins a sign-in anew, or opens the history of whom a proxy names",

	// Sent again from an old page, it must also end devices and shares that are newer than the page.
	"POST " + paths.EndOthersPattern:        "ends every other device that there is",
	"POST " + paths.RevokeSharesPattern:     "ends every share that there is",
	"POST " + paths.EndMentorDevicesPattern: "ends every other browser that there is",
}

// toldAgain is how long an answer that holds a secret is repeated when its form is sent again.
const toldAgain = time.Minute

// longestOnce bounds the length of a form's token.
const longestOnce = 64

// once carries out a form once, however often it arrives: by a second press or by a browser that sends it again, at
// any process. A later arrival gets the first one's answer. A form is identified by the token that its page gave it
// and by everything in it, so a page that somebody went back to and changed is another form. A form without a token,
// from a page of an earlier version, is carried out each time.
//
// The answer is sealed with a key that can only be derived from the page's own text and the server's secret. It is
// given only to a browser that has the tokens of the first, or those that the first's answer set.
func (s *Server) once(next handler) handler {
	return func(w http.ResponseWriter, r *http.Request, who visitor) error {
		fields, err := form(r)
		if err != nil {
			return err
		}
		if onceOf(fields) == "" {
			return next(w, r, who)
		}
		// What was begun is finished, whether or not the browser waits: a browser that sends the form again no longer
		// waits for the first answer.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), answerTime)
		defer cancel()
		seal := s.seal(r, fields)
		var answered *answer
		var failure error
		outcome, acted, err := s.app.Once(ctx, seal.digest, func() []byte {
			plain := r.Clone(ctx)
			plain.Header.Del("Accept-Encoding") // each recipient gets the answer in their own coding
			answered = &answer{Headers: http.Header{}, At: s.Now(), Bearers: []string{s.bearer(r)}}
			failure = next(answered, plain, who)
			if failure != nil || !answered.done() {
				return nil
			}
			answered.Bearers = append(answered.Bearers, s.bearerAfter(r, answered.Headers))
			return seal.close(answered)
		})
		switch {
		case acted && failure != nil:
			answered.head(w) // the page of a failure keeps what the handler asked of the browser
			return failure
		case acted:
			if err != nil {
				s.Log.Warn("the outcome of a form could not be kept", "request", factsOf(r).id, "error", err)
			}
			return answered.send(w, r)
		case err != nil:
			return err
		}
		return s.again(w, r, who, seal, outcome, next)
	}
}

// again answers a form that was carried out before.
func (s *Server) again(w http.ResponseWriter, r *http.Request, who visitor, seal seal, outcome []byte, next handler) error {
	first, err := seal.open(outcome)
	if err != nil {
		return err
	}
	bearer := s.bearer(r)
	if !slices.Contains(first.Bearers, bearer) {
		return next(w, r, who) // another browser, or one that has changed hands: it learns nothing about the first
	}
	if s.Now().Sub(first.At) <= toldAgain {
		return first.send(w, r)
	}
	if first.signsIn() {
		if bearer != first.Bearers[1] {
			return next(w, r, who) // it never got the session that the answer continues with
		}
		first.Headers.Del("Set-Cookie")
	}
	if first.Later != "" {
		return redirect(w, r, first.Later)
	}
	return first.send(w, r)
}

// onceOf returns the token that a form's page gave it, "" for none.
func onceOf(fields url.Values) string {
	for name := range fields {
		if own, found := strings.CutPrefix(name, kit.OncePrefix); found && len(own) <= longestOnce {
			return own
		}
	}
	return ""
}

// bearer returns what identifies the tokens that a browser sends, whether or not they still open anything.
func (s *Server) bearer(r *http.Request) string {
	manager, _, _ := s.sessions.token(r)
	mentor, _, _ := s.mentors.token(r)
	return bearerOf(manager, mentor)
}

// bearerAfter returns the bearer of a request once its browser has received the answer.
func (s *Server) bearerAfter(r *http.Request, headers http.Header) string {
	manager, _, _ := s.sessions.token(r)
	mentor, _, _ := s.mentors.token(r)
	for _, cookie := range (&http.Response{Header: headers}).Cookies() {
		switch cookie.Name {
		case s.sessions.name:
			manager, _ = s.sessions.decode(s.sessions.name, cookie.Value)
		case s.mentors.name:
			mentor, _ = s.mentors.decode(s.mentors.name, cookie.Value)
		}
	}
	return bearerOf(manager, mentor)
}

func bearerOf(manager, mentor string) string {
	sum := sha256.Sum256([]byte(manager + " " + mentor))
	return hex.EncodeToString(sum[:])
}

// answer is the answer to a form, kept so that it can be repeated.
type answer struct {
	Status  int
	Headers http.Header
	Body    []byte
	// Told says that the page reports what was done; a page that doesn't is a question, and its form may be sent
	// again.
	Told bool
	// Repeats says that the form is to be carried out each time after all.
	Repeats bool
	// Later is where the form leads once its page may no longer be repeated, "" if it always may.
	Later string
	At    time.Time
	// Bearers are those who may get the answer: with the tokens of the first, or with those that its answer set.
	Bearers []string
}

// told says that the page that follows reports what was done. later is where its form leads after a minute if the page
// holds a secret; "" if it holds none.
func told(w http.ResponseWriter, later string) {
	if a, kept := w.(*answer); kept {
		a.Told, a.Later = true, later
	}
}

// repeats says that a form, among those of a route that are carried out once, sets what is in it, and so is
// carried out each time.
func repeats(w http.ResponseWriter) {
	if a, kept := w.(*answer); kept {
		a.Repeats = true
	}
}

// Header implements http.ResponseWriter.
func (a *answer) Header() http.Header { return a.Headers }

// Write implements http.ResponseWriter.
func (a *answer) Write(content []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	a.Body = append(a.Body, content...)
	return len(content), nil
}

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	if a.Status == 0 {
		a.Status = status
	}
}

// done reports whether the answer redirects after something that was done, or reports it.
func (a *answer) done() bool {
	leads := a.Status >= http.StatusMultipleChoices && a.Status < http.StatusBadRequest
	return !a.Repeats && (leads || a.Told)
}

// signsIn reports whether the answer gives the browser a token.
func (a *answer) signsIn() bool {
	return slices.ContainsFunc((&http.Response{Header: a.Headers}).Cookies(), func(cookie *http.Cookie) bool { return cookie.Value != "" })
}

// head returns the headers of the answer. What this request has already set, such as a renewed cookie, stays.
func (a *answer) head(w http.ResponseWriter) {
	a.Headers.Del("Content-Length")
	for name, values := range a.Headers {
		if name == "Set-Cookie" {
			values = append(w.Header()[name], values...)
		}
		w.Header()[name] = values
	}
}

// send writes the answer.
func (a *answer) send(w http.ResponseWriter, r *http.Request) error {
	a.head(w)
	if len(a.Body) > 0 {
		return send(w, r, a.Status, a.Headers.Get("Content-Type"), a.Body)
	}
	w.WriteHeader(a.Status)
	return nil
}

// seal hides the answer to a form from everybody who doesn't have its page.
type seal struct {
	digest string
	cipher cipher.AEAD
}

// seal derives the seal of a form from everything in it.
func (s *Server) seal(r *http.Request, fields url.Values) seal {
	sum := func(purpose string) []byte {
		code := hmac.New(sha256.New, s.Secret)
		code.Write([]byte(purpose + " " + r.URL.RequestURI() + "\n" + fields.Encode()))
		return code.Sum(nil)
	}
	block, err := aes.NewCipher(sum("seal of a form"))
	if err != nil {
		panic(err) // the key has a valid length
	}
	sealing, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err)
	}
	return seal{hex.EncodeToString(sum("form")), sealing}
}

func (s seal) close(a *answer) []byte {
	content, err := json.Marshal(a)
	if err != nil {
		panic(err) // texts, numbers and a time
	}
	return s.cipher.Seal(nil, nil, content, []byte(s.digest))
}

func (s seal) open(sealed []byte) (*answer, error) {
	content, err := s.cipher.Open(nil, nil, sealed, []byte(s.digest))
	if err != nil {
		return nil, err
	}
	var opened answer
	return &opened, json.Unmarshal(content, &opened)
}
