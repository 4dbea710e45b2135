package app

import (
	"context"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// Welcome returns what the landing page shows. managerID may be "" and mentor the zero value, for a visitor who is
// neither yet.
func (a *App) Welcome(ctx context.Context, managerID string, mentor model.Mentor) (*model.Welcome, error) {
	q := &a.reports.Library.Questionnaires[0]
	welcome := &model.Welcome{
		Sample:       a.sample(),
		FullMinutes:  q.Minutes.Full,
		FullItems:    q.Asked(model.FullForm, a.reports.Library.Model.Crafts[0].ID),
		FullPages:    len(q.Sections),
		PulseMinutes: q.Minutes.Pulse,
		PulseItems:   q.Asked(model.PulseForm, a.reports.Library.Model.Crafts[0].ID),
	}
	var err error
	if welcome.Received, err = a.liveReceived(ctx, mentor); err != nil || managerID == "" {
		return welcome, err
	}
	if welcome.Reviews, err = a.store.UnreadReviews(ctx, managerID, a.now()); err != nil {
		return nil, err
	}
	finished, err := a.store.Assessments(ctx, managerID, model.Complete)
	if err != nil {
		return nil, err
	}
	if len(finished) > 0 {
		welcome.Latest = finished[0]
	}
	welcome.Reviews = about(finished, welcome.Reviews)
	welcome.Draft, err = a.latestDraft(ctx, managerID)
	return welcome, err
}

// about gives each notice the assessment that it is about. A notice whose assessment has been deleted since is left
// out.
func about(finished []*model.Assessment, notices []model.ReviewNotice) []model.ReviewNotice {
	var known []model.ReviewNotice
	for _, notice := range notices {
		for _, assessment := range finished {
			if assessment.ID == notice.AssessmentID {
				notice.Assessment = assessment
				known = append(known, notice)
			}
		}
	}
	return known
}

// liveReceived counts the live shares that a mentor has opened.
func (a *App) liveReceived(ctx context.Context, mentor model.Mentor) (count int, err error) {
	if mentor.ID == "" {
		return 0, nil
	}
	shares, err := a.store.GrantedShares(ctx, mentor.ID)
	for _, share := range shares {
		if share.State(a.now()) == model.ShareLive {
			count++
		}
	}
	return count, err
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
