package model

import "time"

// Rating is how a mentor sees one competency of a manager. Absent means "not observed".
type Rating struct {
	Competency string
	// Level was given before the manager's score was shown, or anything else that could lean it; it never changes after
	// that. Blank if there is none: the mentor looked first.
	Level Level
	// Later was given after that, and is kept apart. Blank if there is none.
	Later   Level
	Comment string
	// RevealedAt is when the manager's score was shown to the mentor, through whichever share; zero before.
	RevealedAt time.Time
	// GlimpsedAt is when something else of the manager's that could lean the rating was shown to the mentor: the depth map,
	// what they work on, or what they noted; or when what the mentor themself said last time was. Zero before; only the
	// mentor's own pages have it.
	GlimpsedAt time.Time
	// Revision counts the writes, from 1; 0 means never written.
	Revision  int
	UpdatedAt time.Time
}

// Current returns the mentor's latest level: the later one if there is one, else the first.
func (r Rating) Current() Level {
	if r.Later != Blank {
		return r.Later
	}
	return r.Level
}

// Blind reports whether there is a level on the scale that was given before the score was shown.
func (r Rating) Blind() bool { return r.Level.Scored() }

// Leant reports whether nothing but a glimpse keeps what is rated now from being blind.
func (r Rating) Leant() bool { return r.RevealedAt.IsZero() && !r.GlimpsedAt.IsZero() }

// CanLean reports whether something that is shown to the mentor could still lean what is rated blind: nothing that could
// was shown so far.
func (r Rating) CanLean() bool { return r.RevealedAt.IsZero() && r.GlimpsedAt.IsZero() }

// Looked reports whether the score was shown before any level was given.
func (r Rating) Looked() bool { return !r.RevealedAt.IsZero() && r.Level == Blank }

// RatingPage is one competency of a share, to be rated.
type RatingPage struct {
	Shared     *Shared
	Competency SharedCompetency
	// Position and Count place it among those that the manager asks about (Asked), or among the rest.
	Position, Count int
	// Before and After are the neighbours in the mentor's order; "" at the ends.
	Before, After string
	// LastAsked reports whether it is the last of those that the manager asks about.
	LastAsked bool
}

// RatingInput is what the form of a rating sends, as typed.
type RatingInput struct {
	// Level is "1" to "5", "0" for "not observed", "" for none.
	Level   string
	Comment string
	// Seen is the seen token of the rating as the page saw it, "" where it saw none.
	Seen string
	// Look asks to be shown the manager's score once the rating is kept.
	Look bool
	// Last asks to be shown what the mentor said last time once the rating is kept.
	Last bool
}

// SavedRating is what came of saving a rating.
type SavedRating struct {
	// Page is that of the competency as it stands now.
	Page     *RatingPage
	Revision int
	// Conflict reports whether a part of it was changed elsewhere since the page saw it, and to something else on
	// the page; that part is kept as it was changed elsewhere.
	Conflict bool
	// Later reports whether the level was kept apart, since the score had been shown, or something else that could lean it.
	Later bool
}
