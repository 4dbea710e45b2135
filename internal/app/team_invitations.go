package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"strings"

	"whetstone/internal/model"
	"whetstone/internal/store"
)

// joinPurpose is the purpose under which tries at links and codes of teams are counted.
const joinPurpose = "join"

// codeLetters are those of a code: digits and capitals without I, L, O and U, which look like others or make words.
// codeLength of them hold 50 bits, too many to guess at ten tries in ten minutes.
const (
	codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	codeLength  = 10
)

// newCode makes a code to be read aloud, in two groups.
func newCode(random func() string) string {
	sum := sha256.Sum256([]byte(random()))
	var code strings.Builder
	for i := range codeLength {
		if i == codeLength/2 {
			code.WriteByte('-')
		}
		code.WriteByte(codeLetters[sum[i]%byte(len(codeLetters))])
	}
	return code.String()
}

// readCode reads a code as a person types it: in capitals or not, with or without what stands between the groups, with
// an O for a zero and an I or L for a one. It returns "" for what can't be a code.
func readCode(typed string) string {
	var code strings.Builder
	for _, letter := range strings.ToUpper(typed) {
		switch letter {
		case 'O':
			letter = '0'
		case 'I', 'L':
			letter = '1'
		case ' ', '-', '\t', '\u00a0', '–', '—':
			continue
		}
		if !strings.ContainsRune(codeLetters, letter) || code.Len() > codeLength {
			return ""
		}
		if code.Len() == codeLength/2 {
			code.WriteByte('-')
		}
		code.WriteRune(letter)
	}
	if code.Len() != codeLength+1 {
		return ""
	}
	return code.String()
}

// Invite makes an invitation and returns it with its secret, which is kept nowhere: only its hash is. Days that aren't
// a whole number from 1 to 30 are a model.Invalid error on the field "days", places that aren't one from 1 to 100 one on
// "places". A code to compare of a team that has nothing to compare is one on "days". Anyone who isn't a steward gets
// model.ErrNotFound.
func (a *App) Invite(ctx context.Context, managerID, teamID string, input model.InvitationInput) (model.MadeInvitation, error) {
	var made model.MadeInvitation
	switch input.Kind {
	case model.JoinLink:
		made.Secret = a.secret()
	case model.JoinCode, model.CompareCode:
		made.Secret = newCode(a.random)
	default:
		return model.MadeInvitation{}, model.ErrNotFound
	}
	now := a.now()
	made.Invitation = model.TeamInvitation{
		ID: a.random(), TeamID: teamID, Kind: input.Kind, SecretHash: hashToken(made.Secret), CreatedAt: now,
	}
	err := a.store.InTx(ctx, func(tx *store.Store) error {
		page, err := a.stewardPage(ctx, tx, managerID, teamID)
		if err != nil {
			return err
		}
		days, places, err := readInvitation(input)
		if err != nil {
			return err
		}
		if input.Kind == model.CompareCode {
			if compares, err := hasPublished(ctx, tx, managerID, teamID); err != nil || !compares {
				return cmp.Or(err, refused("days", nothingToCompare))
			}
		}
		made.TeamPage = *page
		made.Invitation.ExpiresAt, made.Invitation.Places = now.AddDate(0, 0, days), places
		if err := a.roomForInvitation(ctx, tx, teamID); err != nil {
			return err
		}
		if err := a.admit(ctx, tx, input.From, newTeamThing); err != nil {
			return err
		}
		return tx.CreateInvitation(ctx, managerID, made.Invitation)
	})
	if err != nil {
		return model.MadeInvitation{}, err
	}
	return made, nil
}

// Invitations returns the live invitations of a team to its stewards. Anyone else gets model.ErrNotFound.
func (a *App) Invitations(ctx context.Context, managerID, teamID string) (*model.TeamInvitations, error) {
	page, err := a.stewardPage(ctx, a.store, managerID, teamID)
	if err != nil {
		return nil, err
	}
	live, err := a.store.Invitations(ctx, managerID, teamID, page.Now)
	return &model.TeamInvitations{TeamPage: *page, Live: live}, err
}

// readInvitation reads for how many days an invitation is open and how many people it lets in. A code for comparing
// serves once and has no count.
func readInvitation(input model.InvitationInput) (days, places int, err error) {
	var fields fieldErrors
	if input.Kind != model.CompareCode {
		places = fields.number("places", "people", input.Places, 1, model.LargestInvitation)
	}
	days = fields.number("days", "days", input.Days, model.ShortestInvitation, model.LongestInvitation)
	return days, places, fields.err()
}

// RevokeInvitation ends an invitation. Anyone who isn't a steward of its team gets model.ErrNotFound.
func (a *App) RevokeInvitation(ctx context.Context, managerID, teamID, invitationID string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		return tx.RevokeInvitation(ctx, managerID, teamID, invitationID, a.now())
	})
}

// opened is a live invitation with what people read before joining.
type opened struct {
	invitation model.TeamInvitation
	terms      model.JoinTerms
}

// JoinTerms returns what people read before joining; managerID is "" for a visitor who has none yet. A link that is
// unknown, expired or revoked is model.ErrNotFound, such a code a model.Invalid error on the field "code". After too
// many of them it is a model.Throttled error, even for a right one.
func (a *App) JoinTerms(ctx context.Context, managerID string, input model.JoinInput) (*model.JoinTerms, error) {
	found, err := a.openInvitation(ctx, input)
	if err != nil {
		return nil, err
	}
	terms := found.terms
	terms.Full = found.invitation.Full()
	for i := range a.reports.Library.Questionnaires {
		terms.Minutes = max(terms.Minutes, a.reports.Library.Questionnaires[i].Minutes.Full)
	}
	switch _, err := a.store.Team(ctx, managerID, terms.Team.ID); {
	case err == nil:
		terms.Already = true
	case !errors.Is(err, model.ErrNotFound):
		return nil, err
	}
	return &terms, nil
}

// openInvitation finds the live invitation of a secret, and counts a failed try.
func (a *App) openInvitation(ctx context.Context, input model.JoinInput) (opened, error) {
	secret := input.Secret
	if input.Kind != model.JoinLink {
		if secret = readCode(input.Secret); secret == "" {
			return opened{}, wrongCode("A code has ten letters and digits, such as 7KQ2M-9XW4T. Check it once more.")
		}
	}
	var found opened
	// A refusal counts as a try, so its transaction must be committed.
	var refusal error
	err := a.store.InTx(ctx, func(tx *store.Store) (err error) {
		if refusal, err = a.throttled(ctx, tx, joinPurpose, input.From); refusal != nil || err != nil {
			return err
		}
		found.invitation, found.terms, err = tx.InvitationBySecret(ctx, input.Kind, hashToken(secret), a.now())
		if !errors.Is(err, model.ErrNotFound) {
			return err
		}
		refusal = model.ErrNotFound
		if input.Kind != model.JoinLink {
			refusal = wrongCode("No team opens with this code. It may be mistyped, have expired, or have been revoked; the team’s steward can make a new one.")
		}
		if spent, err := tx.Spent(ctx, hashToken(secret)); err != nil {
			return err
		} else if spent && input.Kind == model.CompareCode {
			refusal = wrongCode(usedCode) // who has the whole code guesses nothing
			return nil
		}
		return a.countFailure(ctx, tx, joinPurpose, input.From)
	})
	if err == nil {
		err = refusal
	}
	return found, err
}

// usedCode is the message for a code to compare that somebody has asked with.
const usedCode = "This code was used: each serves for asking once. If your team asked with it, there is nothing more to do; else ask a steward of the other team for a new one."

func wrongCode(message string) error {
	return refused("code", message)
}

// JoinTeam lets a manager into a team, where they wait to be confirmed, and returns the team. A manager who is already
// in it stays as they are. Errors are those of JoinTerms, and a model.Invalid error on the fields "name" and "agreed".
func (a *App) JoinTeam(ctx context.Context, managerID string, input model.JoinInput) (string, error) {
	found, member, err := a.joining(ctx, managerID, input)
	if err != nil {
		return "", err
	}
	err = a.store.InTx(ctx, func(tx *store.Store) error { return a.join(ctx, tx, found, member, input.From) })
	return member.TeamID, err
}

// JoinTeamAsNew is JoinTeam for a visitor who has no manager yet: it makes the manager and their session, in a
// browser, labelled label, that has none yet. It also returns the session's token.
func (a *App) JoinTeamAsNew(ctx context.Context, label string, input model.JoinInput) (token, teamID string, err error) {
	manager := model.Manager{ID: a.random(), CreatedAt: a.now()}
	found, member, err := a.joining(ctx, manager.ID, input)
	if err != nil {
		return "", "", err
	}
	token = a.random()
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		if err := a.beginManager(ctx, tx, manager, token, label, input.From, model.ToldZone{}, newPlace); err != nil {
			return err
		}
		return a.join(ctx, tx, found, member, "")
	})
	return token, member.TeamID, err
}

// joining reads the form for joining.
func (a *App) joining(ctx context.Context, managerID string, input model.JoinInput) (opened, model.Membership, error) {
	found, err := a.openInvitation(ctx, input)
	if err != nil {
		return found, model.Membership{}, err
	}
	var fields fieldErrors
	name := fields.memberName("name", input.Name)
	if !input.Agreed {
		fields.add("agreed", "Tick the box if you agree to the terms; without it you don’t join.")
	}
	return found, model.Membership{
		ID: a.random(), TeamID: found.terms.Team.ID, ManagerID: managerID, Name: name,
		Role: model.Member, JoinedAt: a.now(),
	}, fields.err()
}

// join adds a member, unless they are one; from is the client to count it for, or "" if it has been counted already.
func (a *App) join(ctx context.Context, tx *store.Store, found opened, member model.Membership, from string) error {
	_, err := tx.Team(ctx, member.ManagerID, member.TeamID)
	if !errors.Is(err, model.ErrNotFound) {
		return err
	}
	// The invitation, and even its team, may have ended since it was opened.
	if _, _, err := tx.InvitationBySecret(ctx, found.invitation.Kind, found.invitation.SecretHash, a.now()); err != nil {
		return err
	}
	if err := roomForTeam(ctx, tx, member.ManagerID); err != nil {
		return err
	}
	if err := a.roomToWait(ctx, tx, member.TeamID); err != nil {
		return err
	}
	if err := a.admit(ctx, tx, from, newPlace); err != nil {
		return err
	}
	if err := tx.AddMember(ctx, member); err != nil {
		return err
	}
	used, err := tx.UseInvitation(ctx, found.invitation.ID)
	if err != nil || used {
		return err
	}
	return refused("name", "This invitation has let in as many people as it may. Ask a steward of the team for a new one.")
}
