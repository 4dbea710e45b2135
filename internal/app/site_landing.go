package app

import (
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// Welcome returns what the landing page shows: it is the same for everybody.
func (a *App) Welcome() *model.Welcome {
	q := &a.reports.Library.Questionnaires[0]
	return &model.Welcome{
		Sample:       a.sample(),
		FullMinutes:  q.Minutes.Full,
		FullItems:    q.Asked(model.FullForm, a.reports.Library.Model.Crafts[0].ID),
		FullPages:    len(q.Sections),
		PulseMinutes: q.Minutes.Pulse,
		PulseItems:   q.Asked(model.PulseForm, a.reports.Library.Model.Crafts[0].ID),
	}
}

// sampleLevels are invented answers, three per competency in the model's order. They show one strength, one gap and
// much that is too close to call, and are nobody's.
var sampleLevels = []int{
	4, 3, 4, 3, 4, 3, 3, 3, 4,
	3, 3, 3, 2, 2, 2, 3, 2, 3,
	3, 4, 3, 5, 4, 5, 4, 4, 4,
	4, 4, 3, 4, 4, 4, 3, 3, 3,
}

// sample is a result of invented answers to the first questionnaire, made by the same code as real results.
func (a *App) sample() *model.Result {
	craft := a.reports.Library.Model.Crafts[0].ID
	q := a.reports.Library.Questionnaires[0].For(craft)
	today := model.Zone{}.Day(a.now())
	assessment := &model.Assessment{
		QuestionnaireID: q.ID, QuestionnaireVersion: q.Version, QuestionnaireName: q.Name,
		Scope: q.Scope, Craft: craft, Form: model.FullForm,
		PeriodStart: today.AddDate(0, -periodMonths, 0), PeriodEnd: today,
		StartedAt: today, FinishedAt: today.Add(15 * time.Minute), State: model.Complete,
		Scale: q.Scale, Sections: sectionsOf(q, model.FullForm),
		Constants: measure.Defaults(), Noise: measure.Defaults().PriorNoise(),
	}
	answers := model.Answers{}
	next := 0
	for _, section := range assessment.Sections {
		for i, item := range section.Items {
			answers[item.ID] = model.Answer{Item: item.ID, Level: model.Level(sampleLevels[(next+min(i, 2))%len(sampleLevels)])}
		}
		next += 3
	}
	return a.reports.WithPractices(a.reports.Result(assessment, answers))
}
