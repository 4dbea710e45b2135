package measure

import (
	"cmp"
	"math"
	"slices"
)

// MentorConstants are what the formulae of self and mentor rest on. They are
// frozen, as JSON, with each review, and not among Constants, so that exports
// and the constants frozen in old assessments keep their form. A JSON name, once
// released, stays.
//
// Both are variances of one rating around what the manager's own score estimates,
// in squared levels.
type MentorConstants struct {
	// StableVariance is that of what a mentor sees differently for as long as
	// they know the manager: their yardstick and what they get to see.
	StableVariance float64 `json:"mentor_stable_variance"`
	// OccasionalVariance is that of what a single rating adds, different on each occasion.
	OccasionalVariance float64 `json:"mentor_occasional_variance"`
}

// MentorDefaults returns the constants of a new review. An existing review is read with the constants frozen in it,
// never with these.
func MentorDefaults() MentorConstants {
	return MentorConstants{StableVariance: 0.3, OccasionalVariance: 0.2}
}

// ratingVariance (sm2) is the variance of one mentor's one rating.
func (m MentorConstants) ratingVariance() float64 {
	return m.StableVariance + m.OccasionalVariance
}

// AgreementVerdict says how a manager's own score compares with their mentors' rating. It calls neither side the
// truth.
type AgreementVerdict string

const (
	// SelfHigher: the manager sees this higher than their mentors do, and P is
	// below ChangedLevel. It is called a blind spot.
	SelfHigher AgreementVerdict = "self-higher"
	// SelfMayBeHigher: the same, with a P below PossibleLevel only.
	SelfMayBeHigher AgreementVerdict = "self-may-be-higher"
	// Agree: the gap is within the noise.
	Agree AgreementVerdict = "agreement"
	// SelfMayBeLower is SelfMayBeHigher the other way round.
	SelfMayBeLower AgreementVerdict = "self-may-be-lower"
	// SelfLower is SelfHigher the other way round. It is called a hidden
	// strength.
	SelfLower AgreementVerdict = "self-lower"
	// NoAgreement: the manager has no score here, or nobody has rated it.
	NoAgreement AgreementVerdict = "not-comparable"
)

// Agreement is how a manager's own score of a competency and their mentors' mean
// rating of it relate.
type Agreement struct {
	// Mentors (m) is the number of ratings counted, one per mentor.
	Mentors int
	// MentorMean is the mean of the ratings, 1 to 5 levels, or 0 without any.
	MentorMean float64
	// Gap (G) is the manager's score minus MentorMean, -4 to 4 levels.
	Gap float64
	// StandardError (SE_G) is that of Gap, in levels.
	StandardError float64
	// Degrees (nu) are the degrees of freedom of Student's t.
	Degrees float64
	// P is the two-sided probability of a gap at least this large if both saw the same, 0 to 1. It is unadjusted:
	// about one finding in twenty is chance.
	P float64
	// Verdict is what P and the sign of Gap say.
	Verdict AgreementVerdict
}

// Agreement compares score with ratings, the mentors' levels for the same competency, 1 to 5, one per mentor. "Not
// observed" is left out; a rating off the scale counts as that. With m ratings left,
//
//	G      = score - mean(ratings)
//	SE_G^2 = SE_score^2 + sm2/m        sm2 = stable + occasional
//	P      = 2 * (1 - F(|G| / SE_G))
//
// where F is the distribution function of Student's t with the nu of noise, and
//
//	not comparable   score is not Known, or there is no rating
//	higher, lower    P < ChangedLevel: |G| beyond t(0.975, nu)*SE_G
//	may be           P < PossibleLevel: |G| beyond t(0.90, nu)*SE_G
//	agreement        otherwise
//
// noise is that which score was computed with. Where the two are not comparable
// only Mentors and MentorMean are filled in, and P is 1, so that no gap can be
// shown by mistake.
//
// Source: the reliable difference of Jacobson and Truax (1991), between two views
// in place of two times.
func (c Constants) Agreement(mentor MentorConstants, score Score, noise Noise, ratings []int) Agreement {
	mean, mentors := meanRating(ratings)
	agreement := Agreement{Mentors: mentors, MentorMean: mean, P: 1, Verdict: NoAgreement}
	if !score.Known || mentors == 0 {
		return agreement
	}
	// The rating's variance is given, so it adds no degrees of freedom.
	agreement.Gap = score.Value - mean
	agreement.StandardError = math.Sqrt(score.StandardError*score.StandardError +
		mentor.ratingVariance()/float64(mentors))
	agreement.Degrees = noise.Degrees
	// As in Change, a gap of zero is never taken as a sign of one.
	if agreement.Gap != 0 {
		agreement.P = twoSidedP(agreement.Gap/agreement.StandardError, noise.Degrees)
	}
	agreement.Verdict = c.readAgreement(agreement.P, agreement.Gap)
	return agreement
}

func (c Constants) readAgreement(p, gap float64) AgreementVerdict {
	verdict, direction := c.read(p, gap)
	higher := direction == Rose
	switch {
	case verdict == Changed && higher:
		return SelfHigher
	case verdict == Changed:
		return SelfLower
	case verdict == Possible && higher:
		return SelfMayBeHigher
	case verdict == Possible:
		return SelfMayBeLower
	default:
		return Agree
	}
}

// MentorBand is the mean of ratings, in levels, with the ends of its band,
//
//	mean -+ t((1+BandLevel)/2, nu) * sqrt(sm2/m)        sm2 = stable + occasional
//
// for m ratings on the scale, one per mentor, and the nu of noise. As with Score the ends are not clipped. Without a
// rating all three are 0.
func (c Constants) MentorBand(mentor MentorConstants, noise Noise, ratings []int) (mean, lower, upper float64) {
	mean, mentors := meanRating(ratings)
	if mentors == 0 {
		return 0, 0, 0
	}
	halfBand := studentQuantile((1+c.BandLevel)/2, noise.Degrees) *
		math.Sqrt(mentor.ratingVariance()/float64(mentors))
	return mean, mean - halfBand, mean + halfBand
}

// meanRating is the mean of the ratings on the scale, and their number.
func meanRating(ratings []int) (mean float64, mentors int) {
	sum := 0
	for _, rating := range ratings {
		if onScale(rating) {
			mentors++
			sum += rating
		}
	}
	if mentors == 0 {
		return 0, 0
	}
	return float64(sum) / float64(mentors), mentors
}

// Difference is how self and mentors relate in one competency, and how much the
// competency matters.
type Difference struct {
	Competency string
	Agreement  Agreement
	// Importance is 1 to 3.
	Importance int
}

// Discuss returns the differences that are worth a conversation, the ones most
// worth it first: those beyond ChangedLevel before those beyond PossibleLevel,
// and either by
//
//	Importance * |Gap|
//
// Ties go to the smaller standard error, then to the earlier in differences. Agreement and what is not comparable are
// left out. The result can be empty and is never truncated; differences is not changed.
func Discuss(differences []Difference) []Difference {
	var chosen []Difference
	for _, difference := range differences {
		if difference.Agreement.Verdict.weight() > 0 {
			chosen = append(chosen, difference)
		}
	}
	slices.SortStableFunc(chosen, func(a, b Difference) int {
		return cmp.Or(
			cmp.Compare(b.Agreement.Verdict.weight(), a.Agreement.Verdict.weight()),
			cmp.Compare(b.size(), a.size()),
			cmp.Compare(tidy(a.Agreement.StandardError), tidy(b.Agreement.StandardError)),
		)
	})
	return chosen
}

// weight is 2 for a difference, 1 for a possible one and 0 for none.
func (v AgreementVerdict) weight() int {
	switch v {
	case SelfHigher, SelfLower:
		return 2
	case SelfMayBeHigher, SelfMayBeLower:
		return 1
	default:
		return 0
	}
}

func (d Difference) size() float64 {
	return tidy(float64(d.Importance) * math.Abs(d.Agreement.Gap))
}
