package app_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

func TestJoiningByLinkAndByCode(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTeamOn(t, s, "bea")
		ctx := t.Context()
		for _, kind := range []model.InvitationKind{model.JoinLink, model.JoinCode} {
			made, err := w.Invite(ctx, w.manager, w.team, model.InvitationInput{Kind: kind, Days: "7", Places: "100"})
			secret, invitation := made.Secret, made.Invitation
			w.ok(err)
			if kind == model.JoinCode && !regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$`).MatchString(secret) {
				t.Errorf("the code is %q", secret)
			}
			if !invitation.ExpiresAt.Equal(w.now.AddDate(0, 0, 7)) || strings.Contains(invitation.SecretHash, secret) {
				t.Errorf("the invitation is %+v", invitation)
			}
			typed := secret
			if kind == model.JoinCode {
				typed = " " + strings.ToLower(strings.ReplaceAll(secret, "-", " ")) + " "
			}
			input := model.JoinInput{Secret: typed, Kind: kind, From: "here"}
			terms := must(w.JoinTerms(ctx, "", input))(t)
			if terms.Team.ID != w.team || terms.Already || len(terms.Stewards) != 1 || terms.Stewards[0] != steward || terms.Members != 2 {
				t.Errorf("the terms are %+v", terms)
			}
			_, err = w.JoinTeam(ctx, w.newManager(), input)
			expectFields(t, "joining without a name and the terms", err, "name", "agreed")
			input.Name, input.Agreed = "Carl by "+string(kind), true
			carl := w.newManager()
			for range 2 {
				if team := must(w.JoinTeam(ctx, carl, input))(t); team != w.team {
					t.Errorf("joined %q", team)
				}
			}
			if terms := must(w.JoinTerms(ctx, carl, input))(t); !terms.Already {
				t.Error("the terms don’t know that one is in the team")
			}
			input.Name = "Dora by " + string(kind)
			token, _, err := w.JoinTeamAsNew(ctx, "Firefox", input)
			w.ok(err)
			session, _, err := w.Session(ctx, token)
			w.ok(err)
			if page := must(w.TeamPage(ctx, session.ManagerID, w.team))(t); page.Me.Confirmed() || page.Me.Role != model.Member {
				t.Errorf("the newcomer’s place is %+v", page.Me)
			}
			home := must(w.Team(ctx, w.manager, w.team))(t)
			if len(home.Invitations) != 1 || home.Invitations[0].Uses != 2 {
				t.Errorf("the invitations are %+v", home.Invitations)
			}
			w.ok(w.RevokeInvitation(ctx, w.manager, w.team, invitation.ID))
			w.dead(input)
		}
	})
}

// dead expects that an invitation opens nothing.
func (w *teamWorld) dead(input model.JoinInput) {
	w.t.Helper()
	_, err := w.JoinTerms(w.t.Context(), "", input)
	_, joining := w.JoinTeam(w.t.Context(), w.newManager(), input)
	for _, err := range []error{err, joining} {
		if input.Kind == model.JoinLink {
			if !errors.Is(err, model.ErrNotFound) {
				w.t.Errorf("a dead link gives %v", err)
			}
			continue
		}
		expectFields(w.t, "a dead code", err, "code")
	}
}

func TestInvitationsEnd(t *testing.T) {
	w := newTeam(t, "bea")
	made, err := w.Invite(t.Context(), w.manager, w.team, model.InvitationInput{Kind: model.JoinLink, Days: "2", Places: "100"})
	w.ok(err)
	input := model.JoinInput{Secret: made.Secret, Kind: model.JoinLink, Name: "Carl", Agreed: true, From: "here"}
	w.now = w.now.Add(48*time.Hour - time.Second)
	must(w.JoinTerms(t.Context(), "", input))(t)
	w.now = w.now.Add(time.Second)
	w.dead(input)
	if home := must(w.Team(t.Context(), w.manager, w.team))(t); len(home.Invitations) != 0 {
		t.Errorf("listed are %+v", home.Invitations)
	}
	for _, days := range []string{"0", "31", "", "seven", "1.5"} {
		_, err := w.Invite(t.Context(), w.manager, w.team, model.InvitationInput{Kind: model.JoinLink, Days: days, Places: "100"})
		expectFields(t, "days of "+days, err, "days")
	}
	// A link opens nothing as a code, and a code to compare lets nobody in.
	comparing := newTeam(t, names(4)...)
	comparing.run(alike(3, append(names(4), steward)...))
	made, err = comparing.Invite(t.Context(), comparing.people[steward], comparing.team, model.InvitationInput{Kind: model.CompareCode, Days: "7"})
	w.ok(err)
	comparing.dead(model.JoinInput{Secret: made.Secret, Kind: model.JoinCode, Name: "Carl", Agreed: true, From: "here"})
}

// Guessing is slowed for each client by itself.
func TestGuessingCodesIsThrottled(t *testing.T) {
	w := newTeam(t)
	made, err := w.Invite(t.Context(), w.manager, w.team, model.InvitationInput{Kind: model.JoinCode, Days: "7", Places: "100"})
	secret := made.Secret
	w.ok(err)
	guess := func(code, from string) error {
		_, err := w.JoinTerms(t.Context(), "", model.JoinInput{Secret: code, Kind: model.JoinCode, From: from})
		return err
	}
	expectFields(t, "what can be no code", guess("short", "guesser"), "code")
	for range 10 {
		expectFields(t, "a wrong code", guess("00000-00000", "guesser"), "code")
	}
	if err := guess(secret, "guesser"); model.KindOf(err) != model.Throttled {
		t.Errorf("the eleventh try gives %v", err)
	}
	w.ok(guess(secret, "another"))
	w.now = w.now.Add(10 * time.Minute)
	w.ok(guess(secret, "guesser"))
}
