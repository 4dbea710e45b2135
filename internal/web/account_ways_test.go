package web_test

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/securecookie"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// session is the one that a browser holds.
func (b *browser) session() model.Session {
	b.t.Helper()
	base := *b.site.configuration.BaseURL
	codec := securecookie.New(b.site.configuration.Secret, nil)
	for _, cookie := range b.client.Jar.Cookies(&base) {
		var token string
		others := slices.ContainsFunc([]string{"-mentor", "-acted", "-mail", "-mailed"}, func(kind string) bool { return strings.HasSuffix(cookie.Name, kind) })
		if others || codec.Decode(cookie.Name, cookie.Value, &token) != nil {
			continue
		}
		session, _, err := b.site.useCases.Session(b.t.Context(), token)
		if err != nil {
			b.t.Fatal(err)
		}
		return session
	}
	b.t.Fatal("the browser holds no session")
	return model.Session{}
}

// knownBy gives a browser's manager an identity and a passkey, as if somebody and a device had vouched for them, and
// returns the ids of both.
func (s *site) knownBy(owner *browser) (anIdentity, aPasskey string) {
	s.t.Helper()
	session := owner.session()
	anIdentity, aPasskey = "identity-of-"+session.ManagerID, "passkey-of-"+session.ManagerID
	err := s.store.InTx(s.t.Context(), func(tx *store.Store) error {
		identity := model.Identity{ID: anIdentity, Way: model.ByOpenID, Issuer: "https://id.example.org", Subject: anIdentity, Name: "one@example.org", Made: s.clock.now()}
		passkey := model.Passkey{ID: aPasskey, CredentialID: aPasskey, Handle: aPasskey, Credential: "{}", Name: "The laptop", Made: s.clock.now()}
		return errors.Join(tx.PutIdentity(s.t.Context(), session.ManagerID, identity), tx.PutPasskey(s.t.Context(), session.ManagerID, passkey))
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return anIdentity, aPasskey
}

// comesAs has somebody come to a browser that holds other answers; known is whom they are known to be, "" for nobody yet.
func (b *browser) comesAs(known string) {
	b.t.Helper()
	arrival := model.Arrival{Identity: model.Identity{Way: model.ByOpenID, Issuer: "https://id.example.org", Subject: "two", Name: "two@example.org"}, ManagerID: known}
	session := b.session()
	err := b.site.store.InTx(b.t.Context(), func(tx *store.Store) error {
		return tx.PutArrival(b.t.Context(), session.ID, arrival, b.site.clock.now().Add(time.Hour))
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

func TestWaysIn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "pulse")
	anIdentity, aPasskey := s.knownBy(owner)
	owner.visit(s.paths.WaysIn()).wantText("one@example.org").wantText("The laptop").wantText("doesn’t offer it any more")
	before := owner.session()

	renamed := owner.visit(s.paths.Passkey(aPasskey)).press("Save the name", "name", "An old laptop")
	renamed.wantAt(s.paths.WaysIn()).wantText("An old laptop")
	owner.post(s.paths.Passkey(aPasskey), url.Values{"name": {" "}}).wantStatus(http.StatusUnprocessableEntity)
	owner.visit(s.paths.RemovePasskey(aPasskey)).wantText("opens your answers no more").press("Remove it").wantAt(s.paths.WaysIn())
	owner.visit(s.paths.RemoveWayIn(anIdentity)).wantText("It is the only one").press("Remove it").
		wantAt(s.paths.WaysIn()).wantText("Only this browser opens your answers so far")
	if owner.session().TokenHash == before.TokenHash {
		t.Error("the session keeps its token although its ways in have changed")
	}
}

func TestWhoComesToOtherAnswersChooses(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.browser()
	owner.finished("first-team", "pulse")
	held := owner.session().ManagerID
	owner.comesAs("")
	asked := owner.visit(s.paths.Choice()).wantText("Are these answers yours?").wantText("One finished assessment")
	asked.press("Go on").wantStatus(http.StatusUnprocessableEntity).wantText("Choose what becomes of the answers")
	owner.post(s.paths.Choice(), url.Values{"choice": {model.OpenThere}}).wantStatus(http.StatusUnprocessableEntity).wantText("Tick the box")
	owner.post(s.paths.Choice(), url.Values{"choice": {model.KeepHere}}).wantStatus(http.StatusSeeOther)
	if session := owner.session(); session.ManagerID != held || session.CameAs != "two@example.org" {
		t.Errorf("the answers that were kept are held by %+v", session)
	}

	other := s.browser()
	other.finished("first-team", "pulse")
	other.comesAs(held)
	other.visit(s.paths.Choice()).wantText("Two histories").press("Go on", "choice", model.OpenThere, "leave", "yes").wantAt(s.paths.Home())
	if got := other.session().ManagerID; got != held {
		t.Error("the history that somebody signed in to is not opened")
	}
}
