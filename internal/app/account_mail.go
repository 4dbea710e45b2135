package app

import (
	"cmp"
	"context"
	"errors"
	"time"

	"whetstone/internal/mail"
	"whetstone/internal/model"
	"whetstone/internal/store"
)

// mailLimit is how many links go to an address in a window of time.
type mailLimit struct {
	window time.Duration
	limit  int
}

// The links to one address are counted by who asks for them. So nobody's letterbox is filled, and no stranger can use up what
// is there for the person: whoever asks from one network gets so many, all strangers together some more, and a browser in
// which somebody has come in by the address before has its own, whatever others ask for.
var (
	mailLimits     = []mailLimit{{attemptWindow, 3}, {24 * time.Hour, 10}}
	mailLimitsWide = []mailLimit{{attemptWindow, 12}, {24 * time.Hour, 40}}
)

// AskForMailLink keeps a link for an address, to be sent in a mail. An address that is none is a model.Invalid error on
// the field "address", and very many links for one client are a model.Crowded one. Whether somebody is known by the
// address plays no part. Where too many went there already, there is no secret, and nobody must be told: somebody else
// may have asked for those. Links that were sent open all the same.
func (a *App) AskForMailLink(ctx context.Context, session model.Session, ask model.MailAsk) (asked model.MailAsked, err error) {
	if asked.Address, err = mail.Normal(ask.Address); err != nil {
		return asked, refused("address", "Enter a mail address such as name@example.org, with plain letters before the @.")
	}
	asked.Browser = cmp.Or(ask.Browser, a.random())
	secret := a.secret()
	link := model.MailLink{SecretHash: hashToken(secret), BrowserHash: hashToken(asked.Browser), Address: asked.Address, Expires: a.now().Add(model.MailLinkLife)}
	if ask.Adding {
		link.ManagerID = session.ManagerID
	}
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		asked.Secret = ""
		if err := a.admit(ctx, tx, ask.From, newMailLink); err != nil {
			return err
		}
		mayMail, err := a.mayMail(ctx, tx, asked.Address, ask)
		if err != nil || !mayMail {
			return err
		}
		asked.Secret = secret
		return tx.PutMailLink(ctx, link)
	})
	return asked, err
}

// mayMail counts a link for an address, unless too many went there already.
func (a *App) mayMail(ctx context.Context, tx *store.Store, address string, ask model.MailAsk) (bool, error) {
	if ask.Known != "" {
		return a.mailsUnder(ctx, tx, "mail to "+address+" as known by "+ask.Known, mailLimits)
	}
	may, err := a.mailsUnder(ctx, tx, "mail to "+address+" for "+ask.From, mailLimits)
	if err != nil || !may {
		return false, err
	}
	return a.mailsUnder(ctx, tx, "mail to "+address, mailLimitsWide)
}

// mailsUnder counts a link within limits, unless there were too many.
func (a *App) mailsUnder(ctx context.Context, tx *store.Store, what string, limits []mailLimit) (bool, error) {
	now, subject := a.now(), hashToken(what)
	for _, one := range limits {
		// What was counted is forgotten some minutes after the moment that it is counted under: so a long window is
		// counted under its end, a short one under its start, as elsewhere.
		under := now.Truncate(one.window).Add(one.window - attemptWindow)
		count, err := tx.Attempts(ctx, mailPurpose(one.window), subject, under)
		if err != nil || count >= one.limit {
			return false, err
		}
		if err := tx.CountAttempt(ctx, mailPurpose(one.window), subject, under); err != nil {
			return false, err
		}
	}
	return true, nil
}

// mailPurpose is that under which links to an address are counted.
func mailPurpose(window time.Duration) string { return "mail in " + window.String() }

// MailLink returns the link that somebody has opened, and changes nothing: programs look at links before people do. A
// link that opens nothing in this browser, whether it was used, has ended, never was or belongs to another browser, is
// model.ErrNotFound and counts as a guess; after too many of those it is a model.Throttled error.
func (a *App) MailLink(ctx context.Context, opening model.MailOpening) (link model.MailLink, err error) {
	link, refusal, err := a.mailLink(ctx, a.store, opening)
	if err == nil && errors.Is(refusal, model.ErrNotFound) {
		err = a.store.InTx(ctx, func(tx *store.Store) error { return a.countFailure(ctx, tx, linkPurpose, opening.From) })
	}
	if err == nil {
		err = refusal
	}
	return link, err
}

// mailLink finds a link. refusal is model.ErrNotFound for one that opens nothing, and a model.Throttled error for a client
// who has guessed too often.
func (a *App) mailLink(ctx context.Context, data *store.Store, opening model.MailOpening) (link model.MailLink, refusal, err error) {
	if opening.Browser == "" {
		return link, model.ErrNotFound, nil
	}
	if refusal, err := a.throttled(ctx, data, linkPurpose, opening.From); refusal != nil || err != nil {
		return link, refusal, err
	}
	link, err = data.MailLink(ctx, hashToken(opening.Secret), hashToken(opening.Browser), a.now())
	if errors.Is(err, model.ErrNotFound) {
		return link, err, nil
	}
	return link, nil, err
}

// ArriveByMail lets in who opened a link and confirmed it, as Arrive does, and ends the link. adding reports whether the
// address became a way in to the history of their browser. A link that opens nothing is refused as MailLink does. Where nobody
// comes in so, a link only adds its address to whoever is signed in, and there is no token; one that another history has is
// a model.Invalid error on the field "address".
func (a *App) ArriveByMail(ctx context.Context, session model.Session, opening model.MailOpening) (arrived model.Arrived, adding bool, err error) {
	var address string
	// A refusal counts as a try, so its transaction must be committed.
	var refusal error
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		var link model.MailLink
		link, refusal, err = a.mailLink(ctx, tx, opening)
		if err == nil && refusal == nil && opening.Only && (link.ManagerID == "" || link.ManagerID != session.ManagerID) {
			refusal = model.ErrNotFound
		}
		if err == nil && refusal == nil {
			// Two may have found it at once; one takes it.
			if err = tx.UseMailLink(ctx, link); errors.Is(err, model.ErrNotFound) {
				refusal, err = err, nil
			}
		}
		switch {
		case err != nil:
			return err
		case errors.Is(refusal, model.ErrNotFound):
			return a.countFailure(ctx, tx, linkPurpose, opening.From)
		case refusal != nil:
			return nil
		}
		// In the time of a link another person's history may have been opened in the browser: nothing is added to that.
		adding = link.ManagerID != "" && link.ManagerID == session.ManagerID
		address = link.Address
		identity := model.Identity{Way: model.ByMail, Subject: link.Address, Name: mail.Shown(link.Address), Address: link.Address}
		if opening.Only {
			refusal, err = a.addAddress(ctx, tx, session, identity)
			return err
		}
		arrived, err = a.arrive(ctx, tx, session, model.Arrival{Identity: identity, Adding: adding, From: opening.From, Label: opening.Label})
		return err
	})
	if err == nil {
		err = refusal
	}
	arrived.Address = address
	return arrived, adding, err
}

// addAddress gives the manager of a session an address that they have shown to be theirs; refusal says that another history has it.
func (a *App) addAddress(ctx context.Context, tx *store.Store, session model.Session, identity model.Identity) (refusal, err error) {
	holder, err := tx.ManagerByIdentity(ctx, identity)
	switch {
	case errors.Is(err, model.ErrNotFound):
		return nil, a.addIdentity(ctx, tx, session.ManagerID, model.Arrival{Identity: identity})
	case err != nil:
		return nil, err
	case holder != session.ManagerID:
		return refused("address", "Another history here has this address. Enter another one."), nil
	}
	return nil, tx.SeeIdentity(ctx, identity, a.now())
}
