package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"whetstone/internal/mail"
	"whetstone/internal/model"
	"whetstone/internal/store"
)

// ShareForm returns what the page of a new share offers, of one of a manager's finished assessments. A draft
// is model.ErrNotFound. again is the share of which it is to be filled in, so that a mentor is asked again; "" for none, and
// then what another view would tell most about is ticked.
func (a *App) ShareForm(ctx context.Context, managerID, assessmentID, again string) (*model.ShareForm, error) {
	answered, err := a.finished(ctx, managerID, assessmentID)
	if err != nil {
		return nil, err
	}
	form := &model.ShareForm{Assessment: answered.Assessment}
	form.Scope, _ = a.reports.Library.Model.Scope(answered.Assessment.Scope)
	form.Input = model.ShareInput{Form: a.random(), Result: true, Rating: true, Days: strconv.Itoa(model.UsualShare)}
	for _, section := range answered.Assessment.Sections {
		form.Competencies = append(form.Competencies, a.reports.Named(section.Competency))
	}
	for _, answer := range answered.Answers {
		if answer.Note != "" {
			form.Notes++
		}
	}
	if form.Earlier, err = a.earlier(ctx, managerID, assessmentID); err != nil {
		return nil, err
	}
	if form.Commitments, err = a.openCommitments(ctx, a.store, managerID); err != nil {
		return nil, err
	}
	form.Input.Competencies = a.mostTold(answered)
	entries, err := a.shownLog(ctx, a.store, managerID)
	if err != nil {
		return nil, err
	}
	form.Entries = len(entries)
	if form.Map, err = a.latestMap(ctx, a.store, managerID); err != nil {
		return nil, err
	}
	shares, err := a.store.Shares(ctx, managerID)
	for i, share := range shares {
		if share.ID == again {
			form.Input = askAgain(form, share)
			if share.Scope.Map && share.Map.ID != form.Map.ID {
				form.MapBefore = share.Map.FinishedAt
			}
		}
		if i == 0 {
			form.Input.Sharer = cmp.Or(form.Input.Sharer, share.Sharer)
		}
		if !slices.Contains(form.Labels, share.Label) {
			form.Labels = append(form.Labels, share.Label)
		}
	}
	return form, err
}

// askAgain fills in a form as a share has it: who is asked, what, and what it shows.
func askAgain(form *model.ShareForm, share *model.Share) model.ShareInput {
	input := form.Input
	input.Again, input.Label, input.Sharer, input.Question = share.ID, share.Label, share.Sharer, share.Question
	if input.Address = ""; share.Address != "" {
		input.Address = mail.Shown(share.Address)
	}
	input.Result, input.Rating = share.Scope.Result, share.Scope.Rating
	input.History, input.Notes = share.Scope.History && form.Earlier > 0, share.Scope.Notes && form.Notes > 0
	input.Map = share.Scope.Map && form.Map.ID != "" // the latest one, whichever they saw then
	input.Competencies = nil
	for _, competency := range form.Competencies {
		if share.Asks(competency.ID) {
			input.Competencies = append(input.Competencies, competency.ID)
		}
	}
	return input
}

// mostTold are the competencies of which another view would tell most: they matter, and the answers leave open on which
// side of the target they lie.
func (a *App) mostTold(answered model.Answered) []string {
	type open struct {
		id     string
		weight float64
	}
	var candidates []open
	for _, competency := range a.reports.Result(answered.Assessment, answered.Answers).Competencies {
		if chance := competency.Chance; chance.Known {
			candidates = append(candidates, open{competency.ID, float64(competency.Section.Importance) * chance.Below * (1 - chance.Below)})
		}
	}
	slices.SortStableFunc(candidates, func(x, y open) int { return cmp.Compare(y.weight, x.weight) })
	var ids []string
	for _, candidate := range candidates[:min(model.AskedLimit, len(candidates))] {
		ids = append(ids, candidate.id)
	}
	return ids
}

// MakeShare makes a link to one of a manager's finished assessments and returns its secret, which is kept
// nowhere: only its hash is. A form that is sent twice makes one link. A draft is model.ErrNotFound; bad
// input is a model.Invalid error on "label", "address", "sharer", "question", "competencies", "scope", "commitments" or "days".
func (a *App) MakeShare(ctx context.Context, managerID, assessmentID string, input model.ShareInput) (*model.MadeShare, error) {
	share, err := a.shareFrom(ctx, managerID, assessmentID, input)
	if err != nil {
		return nil, err
	}
	secret, formKey := a.secret(), share.ID
	share.SecretHash = hashToken(secret)
	if input.Form != "" {
		// One that somebody went back to and changed is another form: what is typed into it is not dropped.
		formKey = hashToken(fmt.Sprintf("%q %q %q %q %v %q %q %q", input.Form, share.Label, share.Sharer, share.Question+" "+share.Address, share.Scope, share.Competencies, input.Commitments, input.Days))
	}
	var made *model.MadeShare
	err = a.store.InTx(ctx, func(tx *store.Store) error {
		made = &model.MadeShare{Share: share, Secret: secret}
		done, err := tx.CreateShare(ctx, share, formKey)
		if err == nil && done {
			err = tx.ShowCommitments(ctx, managerID, share.ID, share.Commitments)
		}
		if err == nil && done && share.Scope.Log {
			err = tx.ShowLog(ctx, managerID, share.ID, a.logSharedFrom(), model.SharedEntries)
		}
		if err == nil && done && share.Scope.Map {
			err = tx.ShareMap(ctx, managerID, share.ID, share.Map.ID)
		}
		if err == nil && done {
			err = a.admit(ctx, tx, input.From, newShare)
		}
		if err == nil && done && input.Again != "" {
			made.Listed, err = a.listAgain(ctx, tx, share, input.Again)
		}
		if err != nil || done {
			return err
		}
		earlier, err := tx.ShareByForm(ctx, managerID, assessmentID, formKey)
		made = &model.MadeShare{Share: earlier}
		return err
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// listAgain puts a new share on the list of the mentor who has sent a review through an earlier one of the same manager,
// so that they find it where they were, and reports whether it did. Where two have, the link alone leads there, and where
// it is for one person alone, it stands on no list but theirs.
func (a *App) listAgain(ctx context.Context, tx *store.Store, share *model.Share, again string) (bool, error) {
	mentors, err := tx.MentorsOfShare(ctx, share.ManagerID, again)
	if err != nil || len(mentors) != 1 {
		return false, err
	}
	if share.Address != "" {
		earlier, err := tx.Share(ctx, share.ManagerID, again)
		if err != nil || earlier.Address != share.Address {
			return false, err
		}
	}
	if _, err := tx.Grant(ctx, mentors[0], share.ID, a.now()); err != nil {
		return false, err
	}
	return true, a.revealAtOpening(ctx, tx, share, mentors[0])
}

// shareFrom reads the form of a new share, and reports everything that is wrong with it.
func (a *App) shareFrom(ctx context.Context, managerID, assessmentID string, input model.ShareInput) (*model.Share, error) {
	answered, err := a.finished(ctx, managerID, assessmentID)
	if err != nil {
		return nil, err
	}
	now := a.now()
	share := &model.Share{
		ID: a.random(), ManagerID: managerID, AssessmentID: assessmentID, CreatedAt: now,
		Label: cleanLine(input.Label), Address: cleanLine(input.Address), Sharer: cleanLine(input.Sharer), Question: cleanText(input.Question),
		Scope: model.ShareScope{Result: input.Result, History: input.History, Notes: input.Notes, Rating: input.Rating, Log: input.Log, Map: input.Map},
	}
	var fields fieldErrors
	fields.require("label", "what you call the recipient", share.Label, model.LabelLimit,
		"Say whom this link is for, such as “my mentor in platform”. Only you see it.")
	fields.require("sharer", "your name", share.Sharer, model.LabelLimit, "Enter the name that the recipient knows you by.")
	fields.bound("question", "the question", share.Question, model.QuestionLimit)
	if err := a.addressed(ctx, &fields, share); err != nil {
		return nil, err
	}
	var wrong string
	share.Competencies, wrong = asked(answered.Assessment, input.Competencies)
	fields.add("competencies", wrong)
	switch scope := share.Scope; {
	case !scope.Result && !scope.Rating:
		fields.add("scope", nothingShared(scope))
	case !scope.Result:
		if scope.History || scope.Notes {
			fields.add("scope", "Tick “this result”, too: history and notes are shown together with it.")
		}
	}
	open, err := a.openCommitments(ctx, a.store, managerID)
	if err != nil {
		return nil, err
	}
	for _, id := range input.Commitments {
		shown := slices.IndexFunc(open, func(commitment model.Commitment) bool { return commitment.ID == id })
		if shown < 0 {
			fields.add("commitments", "One of the commitments that you ticked isn’t open any more. Choose among those that stand here.")
			break
		}
		share.Commitments = append(share.Commitments, open[shown])
	}
	if share.Scope.Log {
		if share.Entries, err = a.shownLog(ctx, a.store, managerID); err != nil {
			return nil, err
		}
	}
	if share.Scope.Map {
		if share.Map, err = a.latestMap(ctx, a.store, managerID); err != nil {
			return nil, err
		}
		if share.Map.ID == "" {
			fields.add("scope", "There is no finished depth map any more to show. Finish one first, or untick it.")
		}
	}
	share.ExpiresAt = now.AddDate(0, 0, fields.shareDays(input.Days))
	return share, fields.err()
}

// addressed reads for whom alone a share is to open, if for anybody. Nobody shares with themselves.
func (a *App) addressed(ctx context.Context, fields *fieldErrors, share *model.Share) error {
	if share.Address == "" {
		return nil
	}
	normal, err := mail.Normal(share.Address)
	if err != nil {
		fields.add("address", "Enter one mail address such as name@example.org, with plain letters before the @, or leave it empty.")
		return nil
	}
	share.Address = normal
	own, err := a.store.HasAddress(ctx, share.ManagerID, normal)
	if own {
		fields.add("address", "This is an address of your own. Enter that of the person who is to open the link, or leave it empty.")
	}
	return err
}

// asked puts the chosen competencies into the order of the assessment, each once; wrong says what to do if
// they can't be asked about.
func asked(assessment *model.Assessment, chosen []string) (ids []string, wrong string) {
	for _, section := range assessment.Sections {
		if slices.Contains(chosen, section.Competency) {
			ids = append(ids, section.Competency)
		}
	}
	for _, id := range chosen {
		if !slices.Contains(ids, id) {
			return nil, "Choose among the competencies of this assessment."
		}
	}
	if len(ids) > model.AskedLimit {
		return nil, fmt.Sprintf("Choose at most %d to begin with; the recipient can go on to the others.", model.AskedLimit)
	}
	return ids, ""
}

// shareDays reads how long a link shall live.
func (f *fieldErrors) shareDays(typed string) int {
	return f.number("days", "days", typed, model.ShortestShare, model.LongestShare)
}

// Shares lists a manager's shares, the latest first, without those that they took off the list.
func (a *App) Shares(ctx context.Context, managerID string) ([]model.ShareSummary, error) {
	shares, err := a.store.Shares(ctx, managerID)
	if err != nil {
		return nil, err
	}
	finished, err := a.store.Assessments(ctx, managerID, model.Complete)
	if err != nil {
		return nil, err
	}
	news, err := a.MentorNews(ctx, managerID)
	if err != nil {
		return nil, err
	}
	var list []model.ShareSummary
	for _, share := range shares {
		for _, assessment := range finished {
			if assessment.ID == share.AssessmentID {
				list = append(list, model.ShareSummary{Share: share, Assessment: assessment, State: share.State(a.now()), Mentors: news.Through(share.ID)})
			}
		}
	}
	return list, nil
}

// Share returns one of a manager's shares, with its log of openings.
func (a *App) Share(ctx context.Context, managerID, shareID string) (*model.ShareDetail, error) {
	share, err := a.store.Share(ctx, managerID, shareID)
	if err != nil {
		return nil, err
	}
	assessment, err := a.store.Assessment(ctx, managerID, share.AssessmentID)
	if err != nil {
		return nil, err
	}
	news, err := a.MentorNews(ctx, managerID)
	if err != nil {
		return nil, err
	}
	detail := &model.ShareDetail{ShareSummary: model.ShareSummary{Share: share, Assessment: assessment, State: share.State(a.now()), Mentors: news.Through(shareID)}}
	detail.Scope, _ = a.reports.Library.Model.Scope(assessment.Scope)
	latest, err := a.latestMap(ctx, a.store, managerID)
	if err != nil {
		return nil, err
	}
	share.Map.Among = latest.Among
	for _, id := range share.Competencies {
		detail.Competencies = append(detail.Competencies, a.reports.Named(id))
	}
	if detail.Commitments, err = a.store.ShownCommitments(ctx, managerID, shareID); err != nil {
		return nil, err
	}
	for i := range detail.Commitments {
		detail.Commitments[i].Competency = a.reports.Named(detail.Commitments[i].Competency.ID)
	}
	if detail.Answered, err = a.store.ShareAnswered(ctx, managerID, shareID); err != nil {
		return nil, err
	}
	if detail.Latest, err = a.latestFinished(ctx, managerID); err != nil {
		return nil, err
	}
	if detail.Entries, err = a.store.ShownLog(ctx, managerID, shareID); err != nil {
		return nil, err
	}
	for i := range detail.Entries {
		detail.Entries[i] = a.namedEntry(detail.Entries[i])
	}
	detail.Opened, err = a.store.Openings(ctx, managerID, shareID)
	return detail, err
}

// latestFinished is the id of a manager's latest finished assessment; "" if there is none.
func (a *App) latestFinished(ctx context.Context, managerID string) (string, error) {
	finished, err := a.store.Assessments(ctx, managerID, model.Complete)
	if err != nil || len(finished) == 0 {
		return "", err
	}
	return finished[0].ID, nil // the latest first
}

// nothingShared says what is missing from a link that neither shows the result nor lets anybody rate.
func nothingShared(scope model.ShareScope) string {
	var alone []string
	for _, part := range []struct {
		ticked bool
		what   string
	}{{scope.History, "the history"}, {scope.Notes, "your notes"}, {scope.Log, "your log"}, {scope.Map, "your depth map"}} {
		if part.ticked {
			alone = append(alone, part.what)
		}
	}
	if len(alone) == 0 {
		return "Tick what the link shows or allows: this result, ratings and comments, or both."
	}
	return "A link can’t show " + strings.Join(alone, " or ") + " alone. Tick “They may rate and comment” or “This result”, too."
}

// SeenEnd says what a page saw of the end of a share, as Seen does of an answer.
func SeenEnd(share *model.Share) string { return seenToken(0, endOf(share.ExpiresAt)) }

// endOf is the end of a share as people set it, to the day.
func endOf(expires time.Time) string { return model.Zone{}.LongDate(expires) }

// ExtendShare lets one of a manager's shares live for some days from now, also one that has expired. One
// that was revoked, and days that can't be, are model.Invalid errors on "days"; where the end was set elsewhere since
// the page saw it, it is a model.Conflict error on the same.
func (a *App) ExtendShare(ctx context.Context, managerID, shareID, days, seen string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		share, err := tx.Share(ctx, managerID, shareID)
		if err != nil {
			return err
		}
		var fields fieldErrors
		count := fields.shareDays(days)
		if err := fields.err(); err != nil {
			return err
		}
		end := a.now().AddDate(0, 0, count)
		if _, err := mergeFields(seen, []string{"days"}, []string{endOf(share.ExpiresAt)}, []string{endOf(end)}); err != nil {
			return err
		}
		done, err := tx.ExtendShare(ctx, managerID, shareID, end)
		if err != nil || done {
			return err
		}
		return refused("days", "This link was revoked, which is final. Make a new one.")
	})
}

// RevokeShare ends one of a manager's shares for good: the next request through it is refused.
func (a *App) RevokeShare(ctx context.Context, managerID, shareID string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error { return tx.RevokeShare(ctx, managerID, shareID, a.now()) })
}

// RemoveShare takes one of a manager's shares that has ended off their list, for good, with the log of its
// openings. What mentors wrote stays, and they can still take it back. One that lives is a model.Invalid error
// on "remove".
func (a *App) RemoveShare(ctx context.Context, managerID, shareID string) error {
	return a.store.InTx(ctx, func(tx *store.Store) error {
		if _, err := tx.Share(ctx, managerID, shareID); err != nil {
			return err
		}
		done, err := tx.RemoveShare(ctx, managerID, shareID, a.now())
		if err != nil || done {
			return err
		}
		return refused("remove", "This link still opens, so it stays on your list. End it first.")
	})
}

// RevokeShares is RevokeShare for all of a manager's live shares, and returns how many there were.
func (a *App) RevokeShares(ctx context.Context, managerID string) (int, error) {
	var revoked int64
	err := a.store.InTx(ctx, func(tx *store.Store) (err error) {
		revoked, err = tx.RevokeShares(ctx, managerID, a.now())
		return err
	})
	return int(revoked), err
}
