package report

import (
	"maps"
	"slices"

	"whetstone/internal/model"
)

// differing collects in what two versions of something differ, each only once.
type differing []string

func (d *differing) unless(same bool, what string) {
	if !same && !slices.Contains(*d, what) {
		*d = append(*d, what)
	}
}

// CommitmentDiffers names in what a commitment of a file differs from the one that is here.
func CommitmentDiffers(own, file model.Commitment) []string {
	var d differing
	d.unless(own.Occasion == file.Occasion && own.Action == file.Action && own.Notice == file.Notice &&
		own.Competency.ID == file.Competency.ID && own.Practice == file.Practice && own.Domain == file.Domain, "words")
	d.unless(own.Until.Equal(file.Until) && own.MadeAt.Equal(file.MadeAt), "days")
	d.unless(own.Bet == file.Bet, "bet")
	d.unless(own.ClosedAt.Equal(file.ClosedAt) && slices.EqualFunc(own.FollowUps, file.FollowUps, func(one, other model.FollowUp) bool {
		return one.Became == other.Became && one.Line == other.Line && one.Carried == other.Carried && one.ToldAt.Equal(other.ToldAt)
	}), "what became of it")
	return d
}

// EntryDiffers names in what an entry of a file differs from the one that is here.
func EntryDiffers(own, file model.LogEntry) []string {
	var d differing
	d.unless(own.Words == file.Words, "words")
	d.unless(own.Day.Equal(file.Day) && own.MadeAt.Equal(file.MadeAt), "days")
	d.unless(own.Competency.ID == file.Competency.ID, "competency")
	return d
}

// MapDiffers names in what a depth map of a file differs from the one that is here.
func MapDiffers(own, file model.DepthMap) []string {
	var d differing
	d.unless(own.Scope == file.Scope && own.Craft == file.Craft && own.StartedAt.Equal(file.StartedAt) && own.FinishedAt.Equal(file.FinishedAt), "days")
	d.unless(slices.EqualFunc(own.Placements, file.Placements, func(one, other model.Placement) bool {
		one.InText, other.InText = "", ""
		return one == other
	}), "domains")
	return d
}

// ReviewDiffers names in what a mentor's review of a file differs from the one that is here.
func ReviewDiffers(own, file model.FileReview) []string {
	var d differing
	d.unless(own.Overall == file.Overall && own.Question == file.Question && own.Answer == file.Answer && own.Reply == file.Reply &&
		own.Asked == file.Asked && own.Name == file.Name && own.Label == file.Label, "words")
	d.unless(own.StartedAt.Equal(file.StartedAt) && own.SentAt.Equal(file.SentAt), "days")
	d.unless(own.SetAsideAt.Equal(file.SetAsideAt), "whether it counts")
	for competency, read := range file.Ratings {
		said := own.Rating(competency)
		d.unless(said.Level == read.Level && said.Later == read.Later && said.Comment == read.Comment, "ratings")
	}
	for competency, said := range own.Ratings {
		if _, there := file.Ratings[competency]; !there {
			d.unless(said.Current() == model.Blank && said.Comment == "", "ratings")
		}
	}
	moves := func(review model.FileReview) map[string]ExportedMove {
		moves := map[string]ExportedMove{}
		for _, move := range exportMoves(&review.MentorReview) {
			move.MapAt, move.UpdatedAt = move.MapAt.UTC(), move.UpdatedAt.UTC()
			moves[move.Map] = move
		}
		return moves
	}
	d.unless(maps.Equal(moves(own), moves(file)), "moves on depth maps")
	agreed := func(review model.FileReview) map[string]float64 {
		levels := map[string]float64{}
		for _, one := range review.Agreements {
			levels[one.Competency] = one.Level
		}
		return levels
	}
	d.unless(maps.Equal(agreed(own), agreed(file)), "agreed levels")
	return d
}
