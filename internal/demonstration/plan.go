package demonstration

import (
	"context"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

// aim is one made-up commitment, and what became of it before the next assessment; "" where it is made after the last.
type aim struct {
	competency, occasion, action, notice, bet string
	became                                    model.Became
	line                                      string
	carry                                     bool
}

// plans are the made-up manager's commitments, by how many quarters ago the assessment was finished that they follow.
var plans = map[int][]aim{
	1: {
		{competency: "design", occasion: "a design is ready for review", action: "read it alone the evening before and write down the one assumption that would sink it",
			notice: "authors begin to answer that question before it is asked", bet: "40", became: model.Kept, line: "Made up: six of six. Twice the question changed the design."},
		{competency: "debt", occasion: "a release is over", action: "sit ten minutes with whoever was on call and write down one workaround",
			notice: "one of them disappears each month", bet: "60", became: model.PartlyKept, line: "Made up: in the first month yes, then the migration took the evenings.", carry: true},
		{competency: "roadmap", occasion: "the quarter’s plan is drawn", action: "circle its largest unknown and give it the first week",
			became: model.Dropped, line: "Made up: the plan was settled two levels up this time."},
	},
	0: {{competency: "learning", occasion: "it is the second Thursday of a month", action: "read one paper with whoever wants to come",
		notice: "somebody else proposes the next one"}},
}

// chosen is how many quarters ago the made-up manager chose how often to be assessed.
const chosen = 1

// cadence makes up that choice, through the same use case as a real one.
func cadence(ctx context.Context, useCases *app.App, manager string, quartersAgo int) error {
	if quartersAgo != chosen {
		return nil
	}
	return useCases.SaveCadence(ctx, manager, model.CadenceInput{Rhythm: model.UsualRhythm})
}

// asked is how long after an assessment the made-up manager says what became of their commitments.
const asked = 80 * 24 * time.Hour

// plan makes up what follows an assessment, through the same use cases as a real plan.
func plan(ctx context.Context, useCases *app.App, manager string, quartersAgo int, moving *clock) error {
	made := moving.at
	for _, aim := range plans[quartersAgo] {
		moving.at = made
		id, err := useCases.Commit(ctx, manager, model.CommitmentInput{
			Competency: aim.competency, Occasion: aim.occasion, Action: aim.action, Notice: aim.notice, Bet: aim.bet,
			Until: made.AddDate(0, 0, model.UsualCommitment).Format(model.DateLayout),
		}, model.Zone{})
		if err != nil {
			return err
		}
		if aim.became == "" {
			continue
		}
		moving.at = made.Add(asked)
		err = useCases.FollowUp(ctx, manager, model.FollowUpInput{
			Commitment: id, Became: string(aim.became), Line: aim.line, Carry: aim.carry, Seen: "1",
		}, model.Zone{})
		if err != nil {
			return err
		}
	}
	return nil
}
