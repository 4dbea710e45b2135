package app

import (
	"context"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
)

// Method returns what "How we measure" shows: the constants in force, and the reliability in this instance where
// enough managers have allowed it. managerID is "" for a visitor who has none yet.
func (a *App) Method(ctx context.Context, managerID string) (*model.Method, error) {
	method := &model.Method{Constants: measure.Defaults()}
	figures, err := a.store.Reliabilities(ctx)
	if err != nil {
		return nil, err
	}
	for _, figure := range figures {
		named := model.NamedReliability{Reliability: figure, Questionnaire: figure.QuestionnaireID, AreaName: figure.Area}
		if q, found := a.reports.Library.Questionnaire(figure.QuestionnaireID); found {
			named.Questionnaire = q.Name
		}
		if area, found := a.reports.Library.Model.Area(figure.Area); found {
			named.AreaName = area.Name
		}
		method.Reliabilities = append(method.Reliabilities, named)
	}
	if managerID != "" {
		method.Allowed, err = a.store.ReliabilityAllowed(ctx, managerID)
	}
	return method, err
}

// AllowReliability notes whether a manager lets their answers count in this instance's reliability. Existing figures
// stay as they are.
func (a *App) AllowReliability(ctx context.Context, managerID string, allowed bool) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.AllowReliability(ctx, managerID, allowed); err != nil || !allowed {
			return err
		}
		finished, err := tx.Assessments(ctx, managerID, model.Complete)
		if err != nil {
			return err
		}
		done := map[string]map[int]bool{}
		for _, assessment := range finished {
			versions := done[assessment.QuestionnaireID]
			if versions[assessment.QuestionnaireVersion] {
				continue
			}
			if versions == nil {
				versions = map[int]bool{}
				done[assessment.QuestionnaireID] = versions
			}
			versions[assessment.QuestionnaireVersion] = true
			if err := a.updateReliability(ctx, tx, assessment.QuestionnaireID, assessment.QuestionnaireVersion); err != nil {
				return err
			}
		}
		return nil
	})
}

// countForReliability lets an assessment that was finished just now count, where its manager allows it.
func (a *App) countForReliability(ctx context.Context, tx *store.Store, finished *model.Assessment) error {
	allowed, err := tx.ReliabilityAllowed(ctx, finished.ManagerID)
	if err != nil || !allowed || finished.Form != model.FullForm {
		return err
	}
	return a.updateReliability(ctx, tx, finished.QuestionnaireID, finished.QuestionnaireVersion)
}

// updateReliability computes the reliability of a questionnaire's version when the number of managers who count has
// reached a step, and keeps it until the next: a figure that moved with each manager would reveal that manager's
// answers.
func (a *App) updateReliability(ctx context.Context, tx *store.Store, questionnaireID string, version int) error {
	q, found := a.reports.Library.Questionnaire(questionnaireID)
	if !found || q.Version != version {
		return nil
	}
	count, err := tx.CountForReliability(ctx, questionnaireID, version)
	if err != nil {
		return err
	}
	step := measure.ReliabilityStep(count)
	if step == 0 || count != step {
		// Between two steps nothing is computed. If someone leaves and a step is skipped, the next step makes up for
		// it.
		return nil
	}
	sample, err := tx.ReliabilitySample(ctx, questionnaireID, version)
	if err != nil {
		return err
	}
	for _, area := range a.reports.Library.Model.Areas {
		var items []string
		for _, item := range q.Items(model.FullForm) {
			everybody := len(item.Crafts) == 0 // alpha is of people who answered the same questions
			if competency, found := a.reports.Library.Model.Competency(item.Competency); found && competency.Area == area.ID && everybody {
				items = append(items, item.ID)
			}
		}
		alpha := measure.CronbachAlpha(report.RowsOf(sample, items))
		if !alpha.Known {
			continue
		}
		err := tx.PutReliability(ctx, model.Reliability{
			QuestionnaireID: questionnaireID, QuestionnaireVersion: version, Area: area.ID,
			Step: step, Persons: alpha.Persons, Alpha: alpha.Alpha, Lower: alpha.Lower, Upper: alpha.Upper,
			ComputedAt: a.now(),
		})
		if err != nil {
			return err
		}
	}
	return nil
}
