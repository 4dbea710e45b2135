package app

import (
	"context"

	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/internal/store"
)

// periodMonths is how far back every assessment looks. With a period that grew with the gap since the last one, rare
// events would happen more often in a longer period, and levels would rise although nothing had changed.
const periodMonths = 3

// StartChoices returns what the start page offers. managerID is "" for a visitor who has none yet.
func (a *App) StartChoices(ctx context.Context, managerID string) (*model.StartChoices, error) {
	choices := &model.StartChoices{Crafts: a.reports.Library.Model.Crafts}
	for i := range a.reports.Library.Questionnaires {
		q := &a.reports.Library.Questionnaires[i]
		choices.Questionnaires = append(choices.Questionnaires, model.QuestionnaireChoice{
			Questionnaire: q,
			FullItems:     q.Asked(model.FullForm, choices.Crafts[0].ID),
			PulseItems:    q.Asked(model.PulseForm, choices.Crafts[0].ID),
		})
	}
	choices.Chosen.Form = string(model.FullForm)
	if managerID == "" {
		return choices, nil
	}
	finished, err := a.store.Assessments(ctx, managerID, model.Complete)
	if err != nil {
		return nil, err
	}
	if len(finished) > 0 {
		last := finished[0]
		choices.Chosen.Questionnaire, choices.Chosen.Craft = last.QuestionnaireID, last.Craft
	}
	if choices.Draft, err = a.latestDraft(ctx, managerID); err != nil {
		return nil, err
	}
	open, err := a.store.OpenCycles(ctx, managerID, a.now())
	if err != nil {
		return nil, err
	}
	choices.Cycles = model.Uncontributed(open)
	choices.Mentors, err = a.MentorNews(ctx, managerID)
	return choices, err
}

// Start begins an assessment and returns the id of its draft. Starting the same thing twice, as with two presses of
// the button, gives one draft. Bad input is a model.Invalid error that names each field; if there is no room for
// another draft or assessment, the error is on the field "room".
func (a *App) Start(ctx context.Context, managerID string, input model.StartInput) (string, error) {
	draft, err := a.draftFrom(managerID, input)
	if err != nil {
		return "", err
	}
	id := draft.ID
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		untouched, err := tx.UntouchedDraft(ctx, draft)
		if err != nil {
			return err
		}
		if untouched != "" {
			id = untouched
			return tx.MovePeriod(ctx, managerID, untouched, draft.PeriodStart)
		}
		id = draft.ID
		if err := roomForAssessment(ctx, tx, managerID); err != nil {
			return err
		}
		if err := a.admit(ctx, tx, input.From, newAssessment); err != nil {
			return err
		}
		return tx.CreateAssessment(ctx, draft)
	})
	return id, err
}

// StartAsNew is Start for a visitor who has no manager yet: it makes the manager and the session that the draft
// belongs to, in a browser, labelled label, that has none yet. It also returns the session's token.
func (a *App) StartAsNew(ctx context.Context, label string, input model.StartInput) (token, id string, err error) {
	manager := model.Manager{ID: a.random(), CreatedAt: a.now()}
	draft, err := a.draftFrom(manager.ID, input)
	if err != nil {
		return "", "", err
	}
	token = a.random()
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		if err := a.beginManager(ctx, tx, manager, token, label, input.From, model.ToldZone{Zone: input.Zone}, newAssessment); err != nil {
			return err
		}
		return tx.CreateAssessment(ctx, draft)
	})
	return token, draft.ID, err
}

// draftFrom reads the start form.
func (a *App) draftFrom(managerID string, input model.StartInput) (*model.Assessment, error) {
	var fields fieldErrors
	q, found := a.reports.Library.Questionnaire(input.Questionnaire)
	if !found {
		fields.add("questionnaire", "Choose what you answer for.")
	}
	if _, found := a.reports.Library.Model.Craft(input.Craft); !found {
		fields.add("craft", "Choose the craft that your examples should come from.")
	}
	form := model.Form(input.Form)
	if !form.Valid() {
		fields.add("form", "Choose the full questionnaire or the pulse.")
	}
	if err := fields.err(); err != nil {
		return nil, err
	}
	q = q.For(input.Craft)
	return &model.Assessment{
		ID:                   a.random(),
		ManagerID:            managerID,
		QuestionnaireID:      q.ID,
		QuestionnaireVersion: q.Version,
		QuestionnaireName:    q.Name,
		Scope:                q.Scope,
		Craft:                input.Craft,
		Form:                 form,
		PeriodStart:          input.Zone.Day(a.now()).AddDate(0, -periodMonths, 0),
		StartedAt:            a.now(),
		State:                model.Draft,
		Scale:                q.Scale,
		Sections:             sectionsOf(q, form),
	}, nil
}

// sectionsOf keeps of each section what the form asks.
func sectionsOf(q *questionnaire.Questionnaire, form model.Form) []model.Section {
	var sections []model.Section
	for _, section := range q.Sections {
		if form == model.PulseForm {
			var asked []model.Item
			for _, item := range section.Items {
				if item.ID == section.Pulse {
					asked = append(asked, item)
				}
			}
			section.Items = asked
		}
		sections = append(sections, section)
	}
	return sections
}
