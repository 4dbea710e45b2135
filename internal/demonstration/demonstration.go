// Package demonstration fills a database with made-up data, through the same use cases as real input, so that it obeys
// every rule. The data represent no real person.
package demonstration

import (
	"context"
	"crypto/rand"
	"fmt"
	"math"
	random "math/rand/v2"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/internal/store"
)

// assessment is one made-up assessment.
type assessment struct {
	// quartersAgo is how many quarters before today it was finished. One quarter was skipped.
	quartersAgo   int
	questionnaire string
}

// assessments are eight quarterly assessments, the last two after a change of scope.
var assessments = []assessment{
	{8, "first-team"}, {7, "first-team"}, {6, "first-team"}, {5, "first-team"}, {3, "first-team"}, {2, "first-team"},
	{1, "wider-scope"}, {0, "wider-scope"},
}

// levels are the made-up manager's own, before noise; what is missing is at the usual level.
var levels = map[string]float64{
	"design": 3.2, "tradeoffs": 3.0, "systems": 2.8, "roadmap": 3.0, "debt": 2.1, "vision": 2.9,
	"bridge": 3.0, "coaching": 4.4, "ownership": 3.8, "credibility": 3.6, "authenticity": 3.9, "learning": 3.0,
}

const (
	usual = 3.0
	// risingFrom is the assessment from which Judgement is higher: the one real rise in the story.
	risingFrom = 4
	rise       = 1.1
	// itemNoise is the standard deviation of one answer around the level.
	itemNoise = 0.45
	// absentShare is how often a question did not come up.
	absentShare = 0.03
)

var risingCompetencies = map[string]bool{"design": true, "tradeoffs": true, "systems": true}

// notes are made-up examples by competency, for the latest assessments.
var notes = map[string]string{
	"debt":     "Made up: the shared build, again. Nobody could say what it takes from a release.",
	"coaching": "Made up: a new lead ran the migration review alone, and caught what I would have missed.",
	"design":   "Made up: asked what happens to the queue at the tenth retry; the design changed.",
}

// clock is a time that the demonstration sets.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// Fill adds the made-up manager with their assessments, the last one finished at now, their plan, what made-up mentors
// say of the last two, and made-up teams, and returns the manager's id. The same library and day give the same
// answers.
func Fill(ctx context.Context, data *store.Store, library *questionnaire.Library, now time.Time) (string, error) {
	useCases, moving := useCasesOf(data, library)
	manager, err := fillManager(ctx, useCases, library, moving, now)
	if err != nil {
		return "", err
	}
	return manager, fillTeams(ctx, useCases, library, manager, moving, now)
}

// FillManager adds the made-up manager as Fill does, without the teams.
func FillManager(ctx context.Context, data *store.Store, library *questionnaire.Library, now time.Time) (string, error) {
	useCases, moving := useCasesOf(data, library)
	return fillManager(ctx, useCases, library, moving, now)
}

// useCasesOf returns use cases whose time can be set.
func useCasesOf(data *store.Store, library *questionnaire.Library) (*app.App, *clock) {
	moving := &clock{}
	return app.New(data, library, moving.now, rand.Text, app.Secret), moving
}

func fillManager(ctx context.Context, useCases *app.App, library *questionnaire.Library, moving *clock, now time.Time) (string, error) {
	moving.at = now.AddDate(0, -3*assessments[0].quartersAgo-3, 0)
	manager, err := useCases.NewManager(ctx)
	if err != nil {
		return "", err
	}
	source := random.New(random.NewPCG(1, 2))
	talk := conversation{useCases: useCases, manager: manager, moving: moving, asked: map[string]string{}}
	for number, assessment := range assessments {
		moving.at = now.AddDate(0, -3*assessment.quartersAgo, 0)
		id, err := sit(ctx, useCases, library, manager, number, assessment, moving, source)
		if err != nil {
			return "", fmt.Errorf("the demonstration's assessment %d: %w", number+1, err)
		}
		moving.at = now.AddDate(0, -3*assessment.quartersAgo, 0)
		if err := place(ctx, useCases, manager, assessment.questionnaire, assessment.quartersAgo, now.Year()); err != nil {
			return "", fmt.Errorf("the demonstration's depth map beside assessment %d: %w", number+1, err)
		}
		if err := talk.about(ctx, id, assessment.quartersAgo); err != nil {
			return "", fmt.Errorf("the demonstration's conversation on assessment %d: %w", number+1, err)
		}
		moving.at = now.AddDate(0, -3*assessment.quartersAgo, 0)
		if err := cadence(ctx, useCases, manager, assessment.quartersAgo); err != nil {
			return "", fmt.Errorf("the demonstration's cadence after assessment %d: %w", number+1, err)
		}
		if err := plan(ctx, useCases, manager, assessment.quartersAgo, moving); err != nil {
			return "", fmt.Errorf("the demonstration's plan after assessment %d: %w", number+1, err)
		}
		moving.at = now.AddDate(0, -3*assessment.quartersAgo, 0)
		if err := note(ctx, useCases, manager, assessment.quartersAgo, moving); err != nil {
			return "", fmt.Errorf("the demonstration's log before assessment %d: %w", number+1, err)
		}
	}
	return manager, nil
}

// sit takes one assessment and returns its id.
func sit(ctx context.Context, useCases *app.App, library *questionnaire.Library, manager string, number int, assessment assessment, moving *clock, source *random.Rand) (string, error) {
	id, err := useCases.Start(ctx, manager, model.StartInput{
		Questionnaire: assessment.questionnaire,
		Craft:         library.Model.Crafts[0].ID,
		Form:          string(model.FullForm),
	})
	if err != nil {
		return "", err
	}
	chosen, found := library.Questionnaire(assessment.questionnaire)
	if !found {
		return "", fmt.Errorf("there is no questionnaire %q", assessment.questionnaire)
	}
	for _, section := range chosen.For(library.Model.Crafts[0].ID).Sections {
		inputs := answers(section, number, source)
		if _, err := useCases.SaveAnswers(ctx, manager, id, inputs); err != nil {
			return "", err
		}
	}
	return id, useCases.Finish(ctx, manager, id, true, model.Zone{})
}

// answers makes up one page.
func answers(section questionnaire.Section, number int, source *random.Rand) []app.AnswerInput {
	level, found := levels[section.Competency]
	if !found {
		level = usual
	}
	if risingCompetencies[section.Competency] && number >= risingFrom {
		level += rise
	}
	var inputs []app.AnswerInput
	for i, item := range section.Items {
		input := app.AnswerInput{Item: item.ID, Spent: 20 * time.Second}
		drawn := math.Round(level + itemNoise*source.NormFloat64())
		input.Level = model.Level(min(max(drawn, questionnaire.LowestLevel), questionnaire.HighestLevel)).Typed()
		if source.Float64() < absentShare {
			input.Level = model.Absent.Typed()
		}
		if i == 0 && number >= len(assessments)-3 {
			input.Note = notes[section.Competency]
		}
		inputs = append(inputs, input)
	}
	return inputs
}
