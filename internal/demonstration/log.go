package demonstration

import (
	"context"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

// jotting is one made-up entry of the log: what happened so many days before an assessment was finished.
type jotting struct {
	days              int
	competency, words string
}

// jottings are the made-up manager's log, by how many quarters ago the assessment was finished that they come before.
var jottings = map[int][]jotting{
	6: {
		{40, "ownership", "Made up: the on-call rota changed hands without me. Two people asked me afterwards whether I minded. I didn’t."},
		{12, "design", "Made up: came late to the review of the ingest design, and only repeated what was on page one."},
	},
	3: {
		{55, "coaching", "Made up: a new lead asked how I would split the service. I asked back three times; she split it better than I would have."},
		{20, "", "Made up: a customer told me about the nightly export before anybody here did. Which competency is that?"},
	},
	1: {
		{61, "systems", "Made up: drew the path of one request on the whiteboard and got two of nine boxes wrong. They told me which."},
		{33, "tradeoffs", "Made up: said no to the second queue and wrote down why, with the number that would change my mind."},
		{5, "learning", "Made up: read the paper on backpressure on the train. Nobody to talk to about it yet."},
	},
	0: {
		{72, "design", "Made up: asked what happens to the queue at the tenth retry. The design changed the next day."},
		{44, "debt", "Made up: sat with whoever was on call after the release. The workaround is a cron job on somebody’s laptop."},
		{30, "debt", "Made up: the cron job again. Asked for a day to move it; got the day."},
		{16, "coaching", "Made up: the new lead ran the migration review alone.\nI wrote three notes and needed none of them."},
		{3, "", "Made up: two teams want the same flag service by spring. Think about it before the quarter’s plan."},
	},
}

// note makes up what was noted before an assessment was finished, through the same use case as a real log.
func note(ctx context.Context, useCases *app.App, manager string, quartersAgo int, moving *clock) error {
	finished := moving.at
	for _, jotting := range jottings[quartersAgo] {
		moving.at = finished.AddDate(0, 0, -jotting.days)
		_, err := useCases.Note(ctx, manager, model.EntryInput{
			Words: jotting.words, Day: moving.at.Format(model.DateLayout), Competency: jotting.competency,
		}, model.Zone{})
		if err != nil {
			return err
		}
	}
	return nil
}
