package app_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

// shareInput is a form of a new share that is filled in rightly: everything shown, everything allowed.
func shareInput() model.ShareInput {
	return model.ShareInput{
		Label: "my mentor in platform", Sharer: "Ann Example", Question: "Where do I fool myself?",
		Competencies: []string{"debt", "coaching"}, Result: true, History: true, Notes: true, Rating: true, Days: "14",
	}
}

// blindly is a share that lets one rate and shows the result, and nothing else.
func blindly(input *model.ShareInput) { input.History, input.Notes = false, false }

// link makes a share of an assessment.
func (w *world) link(assessment string, change ...func(*model.ShareInput)) *model.MadeShare {
	w.t.Helper()
	input := shareInput()
	for _, one := range change {
		one(&input)
	}
	return must(w.MakeShare(w.t.Context(), w.manager, assessment, input))(w.t)
}

// visitor is a browser that opens shares.
type visitor struct {
	w      *world
	token  string
	mentor model.Mentor
}

func (w *world) visitor() *visitor { return &visitor{w: w} }

// open presses the button behind a link and returns the share's id.
func (v *visitor) open(made *model.MadeShare) string {
	v.w.t.Helper()
	opened := must(v.w.OpenShare(v.w.t.Context(), model.OpenInput{Secret: made.Secret, Mentor: v.mentor, From: "a place"}))(v.w.t)
	if opened.Token != "" {
		v.token = opened.Token
		v.mentor, _, _ = v.w.Mentor(v.w.t.Context(), opened.Token)
	}
	return opened.ShareID
}

// rate saves a level, "" for none, with a comment, as a page does that has just been loaded.
func (v *visitor) rate(share, competency, level, comment string) model.SavedRating {
	v.w.t.Helper()
	page := must(v.w.RatingPage(v.w.t.Context(), v.mentor, share, competency))(v.w.t)
	return must(v.w.SaveRating(v.w.t.Context(), v.mentor, share, competency, model.RatingInput{
		Level: level, Comment: comment, Seen: app.SeenRating(page.Competency.Rating),
	}))(v.w.t)
}

func (v *visitor) reveal(share, what string) {
	v.w.t.Helper()
	if err := v.w.Reveal(v.w.t.Context(), v.mentor, share, what); err != nil {
		v.w.t.Fatal(err)
	}
}

func (v *visitor) send(share, name string) {
	v.w.t.Helper()
	if _, _, err := v.w.SendReview(v.w.t.Context(), v.mentor, share, model.WordsInput{Name: name}); err != nil {
		v.w.t.Fatal(err)
	}
}

func (v *visitor) beside(share string) *model.SideBySide {
	v.w.t.Helper()
	return must(v.w.SideBySide(v.w.t.Context(), v.mentor, share))(v.w.t)
}

func (w *world) conversation(assessment string) *model.Conversation {
	w.t.Helper()
	return must(w.Conversation(w.t.Context(), w.manager, assessment))(w.t)
}

// rating is how a mentor's own page shows a competency.
func (v *visitor) rating(share, competency string) model.Rating {
	v.w.t.Helper()
	shared := must(v.w.Shared(v.w.t.Context(), v.mentor, share))(v.w.t)
	found, ok := shared.Competency(competency)
	if !ok {
		v.w.t.Fatalf("the share has no %s", competency)
	}
	return found.Rating
}

func notFound(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, model.ErrNotFound) {
		t.Errorf("%s gives %v, want not found", what, err)
	}
}

func ended(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, model.ErrShareEnded) {
		t.Errorf("%s gives %v, want that the share has ended", what, err)
	}
}

func TestShareFormNamesEachFieldThatIsWrong(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	for name, one := range map[string]struct {
		change func(*model.ShareInput)
		fields []string
	}{
		"nothing":         {func(i *model.ShareInput) { *i = model.ShareInput{} }, []string{"label", "sharer", "scope", "days"}},
		"blank names":     {func(i *model.ShareInput) { i.Label, i.Sharer = " \t", "\n" }, []string{"label", "sharer"}},
		"long names":      {func(i *model.ShareInput) { i.Label, i.Sharer = strings.Repeat("é", 81), strings.Repeat("é", 81) }, []string{"label", "sharer"}},
		"a long question": {func(i *model.ShareInput) { i.Question = strings.Repeat("é", 501) }, []string{"question"}},
		"five competencies": {func(i *model.ShareInput) {
			i.Competencies = []string{"debt", "coaching", "design", "vision", "systems"}
		}, []string{"competencies"}},
		"unknown competency": {func(i *model.ShareInput) { i.Competencies = []string{"pottery"} }, []string{"competencies"}},
		"history alone":      {func(i *model.ShareInput) { i.Result = false }, []string{"scope"}},
		"no days":            {func(i *model.ShareInput) { i.Days = "0" }, []string{"days"}},
		"too many days":      {func(i *model.ShareInput) { i.Days = "91" }, []string{"days"}},
		"half a day":         {func(i *model.ShareInput) { i.Days = "1.5" }, []string{"days"}},
	} {
		input := shareInput()
		one.change(&input)
		_, err := w.MakeShare(t.Context(), w.manager, id, input)
		expectFields(t, name, err, one.fields...)
		_, err = w.PreviewShare(t.Context(), w.manager, id, input)
		expectFields(t, "the preview of "+name, err, one.fields...)
	}
	if shares := must(w.Shares(t.Context(), w.manager))(t); len(shares) != 0 {
		t.Errorf("%d shares were made", len(shares))
	}
	made := w.link(id, func(i *model.ShareInput) {
		i.Label, i.Sharer, i.Question = " "+strings.Repeat("é", 80)+"\n", "Ann\x00 \t Example", strings.Repeat("é", 500)
		i.Competencies, i.Days = []string{"coaching", "debt", "coaching"}, " 90 "
	})
	share := made.Share
	if share.Label != strings.Repeat("é", 80) || share.Sharer != "Ann Example" || len([]rune(share.Question)) != 500 {
		t.Errorf("kept are %q, %q, %q", share.Label, share.Sharer, share.Question)
	}
	if strings.Join(share.Competencies, " ") != "debt coaching" || !share.ExpiresAt.Equal(w.now.AddDate(0, 0, 90)) {
		t.Errorf("asked about %v until %v", share.Competencies, share.ExpiresAt)
	}
}

func TestShareFormBeginsWithUsualChoices(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, contrast)
	id := w.start("first-team", model.FullForm)
	w.answer(id, contrast)
	w.save(id, app.AnswerInput{Item: hardToUndo, Level: "2", Note: "the queue"})
	_, err := w.ShareForm(t.Context(), w.manager, id, "")
	notFound(t, "the form for a draft", err)
	_, err = w.MakeShare(t.Context(), w.manager, id, shareInput())
	notFound(t, "a share of a draft", err)
	w.finish(id)
	form := must(w.ShareForm(t.Context(), w.manager, id, ""))(t)
	if form.Input.Form == "" || !form.Input.Result || !form.Input.Rating || form.Input.History || form.Input.Notes ||
		form.Input.Days != "14" || form.Input.Sharer != "" || len(form.Labels) != 0 {
		t.Errorf("at first: %+v, %v", form.Input, form.Labels)
	}
	if form.Earlier != 1 || form.Notes != 1 || len(form.Competencies) != 12 || form.Competencies[0].Name == "" {
		t.Errorf("on offer: %d earlier, %d notes, %v", form.Earlier, form.Notes, form.Competencies)
	}
	for _, label := range []string{"one", "two", "one"} {
		w.link(id, func(i *model.ShareInput) { i.Label = label })
		w.now = w.now.Add(time.Second)
	}
	form = must(w.ShareForm(t.Context(), w.manager, id, ""))(t)
	if form.Input.Sharer != "Ann Example" || strings.Join(form.Labels, " ") != "one two" {
		t.Errorf("later: %q, %v", form.Input.Sharer, form.Labels)
	}
}

func TestFormSentTwiceMakesOneLink(t *testing.T) {
	w := newWorld(t)
	one, other := w.sit("first-team", model.FullForm, contrast), w.sit("first-team", model.FullForm, contrast)
	form := func(i *model.ShareInput) { i.Form = "the form" }
	first, second := w.link(one, form), w.link(one, form)
	if first.Secret == "" || second.Secret != "" || second.Share.ID != first.Share.ID {
		t.Errorf("made %+v, then %+v", first, second)
	}
	aim := w.commit("debt", 0)
	shown := w.link(one, form, func(i *model.ShareInput) { i.Commitments = []string{aim} })
	if shown.Secret == "" || shown.Share.ID == first.Share.ID {
		t.Error("the same form with a commitment ticked gives back the link that doesn’t show it")
	}
	if third := w.link(other, form); third.Secret == "" || third.Share.ID == first.Share.ID {
		t.Error("the same form of another assessment makes no link")
	}
	if unnamed, another := w.link(one), w.link(one); unnamed.Share.ID == another.Share.ID {
		t.Error("forms without a name are taken for one")
	}
	if length := len(first.Secret); length != 43 {
		t.Errorf("a secret has %d letters, want the 43 of 32 bytes", length)
	}
	if share := must(w.Share(t.Context(), w.manager, first.Share.ID))(t).Share; strings.Contains(share.SecretHash, first.Secret) || len(share.SecretHash) != 64 {
		t.Errorf("kept of the secret is %q", share.SecretHash)
	}
}

func TestSharesAreListedExtendedAndRevoked(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	first := w.link(id)
	w.now = w.now.Add(time.Hour)
	second := w.link(id, func(i *model.ShareInput) { i.Days = "1" })
	v := w.visitor()
	share := v.open(second)
	states := func() string {
		t.Helper()
		var states []string
		for _, one := range must(w.Shares(t.Context(), w.manager))(t) {
			if one.Assessment.ID != id {
				t.Errorf("a share is of %+v", one.Assessment)
			}
			states = append(states, string(one.State))
		}
		return strings.Join(states, " ")
	}
	if got := states(); got != "live live" {
		t.Errorf("the states are %s", got)
	}
	w.now = w.now.Add(24 * time.Hour)
	if got := states(); got != "expired live" {
		t.Errorf("a day later the states are %s", got)
	}
	_, err := w.Shared(t.Context(), v.mentor, share)
	ended(t, "an expired share", err)
	for _, days := range []string{"", "0", "91", "many"} {
		expectFields(t, "extending by "+days, w.extend(share, days), "days")
	}
	if err := w.extend(share, "2"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Shared(t.Context(), v.mentor, share); err != nil {
		t.Errorf("the extended share: %v", err)
	}
	if detail := must(w.Share(t.Context(), w.manager, share))(t); !detail.Share.ExpiresAt.Equal(w.now.AddDate(0, 0, 2)) ||
		detail.State != model.ShareLive || len(detail.Opened) != 1 || len(detail.Competencies) != 2 {
		t.Errorf("the extended share is %+v", detail)
	}
	if err := w.RevokeShare(t.Context(), w.manager, share); err != nil {
		t.Fatal(err)
	}
	_, err = w.Shared(t.Context(), v.mentor, share)
	ended(t, "a revoked share", err)
	expectFields(t, "extending a revoked share", w.extend(share, "2"), "days")
	w.link(id)
	if revoked := must(w.RevokeShares(t.Context(), w.manager))(t); revoked != 2 || states() != "revoked revoked revoked" {
		t.Errorf("%d were revoked, the states are %s", revoked, states())
	}
	if revoked := must(w.RevokeShares(t.Context(), w.manager))(t); revoked != 0 {
		t.Errorf("%d more were revoked", revoked)
	}
	if detail := must(w.Share(t.Context(), w.manager, share))(t); !detail.Share.EndedAt().Equal(w.now) {
		t.Errorf("it ended at %v, want the first revocation at %v", detail.Share.EndedAt(), w.now)
	}
	_, err = w.Invitation(t.Context(), model.OpenInput{Secret: first.Secret})
	notFound(t, "the link to a revoked share", err)
}

// A link that has ended goes from its manager's list, and nothing that a mentor wrote goes with it.
func TestEndedSharesAreRemoved(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	v, share := w.blindShare(id)
	v.rate(share, "debt", "4", "Seen.")
	v.send(share, "")
	other := w.link(id).Share.ID
	expectFields(t, "removing a live share", w.RemoveShare(t.Context(), w.manager, share), "remove")
	ok(t, "the revocation", w.RevokeShare(t.Context(), w.manager, share))
	ok(t, "the removal", w.RemoveShare(t.Context(), w.manager, share))
	notFound(t, "removing it twice", w.RemoveShare(t.Context(), w.manager, share))
	notFound(t, "extending it", w.ExtendShare(t.Context(), w.manager, share, "9", ""))
	notFound(t, "revoking it", w.RevokeShare(t.Context(), w.manager, share))
	_, err := w.SharePreview(t.Context(), w.manager, share)
	notFound(t, "its preview", err)
	if list := must(w.Shares(t.Context(), w.manager))(t); len(list) != 1 || list[0].Share.ID != other {
		t.Errorf("listed are %+v", list)
	}
	if held := must(w.Holdings(t.Context(), w.manager))(t); held.Shares != 1 || held.Reviews != 1 {
		t.Errorf("held are %+v", held)
	}
	seen := w.conversation(id)
	if len(seen.Reviews) != 1 || seen.Reviews[0].By() != "my mentor in platform" || len(seen.Rows) != 1 {
		t.Errorf("the conversation is %+v", seen)
	}
	_, err = w.Shared(t.Context(), v.mentor, share)
	ended(t, "the page of its mentor", err)
	if list := must(w.Received(t.Context(), v.mentor))(t); len(list) != 1 || list[0].State == model.ShareLive || list[0].SentAt.IsZero() {
		t.Errorf("the mentor’s list has %+v", list)
	}
	ok(t, "taking the view back", w.ForgetShare(t.Context(), v.mentor, share, true))
	if seen := w.conversation(id); len(seen.Reviews) != 0 {
		t.Errorf("a view that was taken back stays: %+v", seen.Reviews)
	}
	w.now = w.now.AddDate(0, 0, 15)
	ok(t, "the removal of one that expired", w.RemoveShare(t.Context(), w.manager, other))
}

// Of a share that was removed, and that only a mentor's list showed, nothing is left once that mentor has gone.
func TestARemovedShareGoesWithItsLastMentor(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	v := w.visitor()
	share := v.open(w.link(id))
	ok(t, "the revocation", w.RevokeShare(t.Context(), w.manager, share))
	ok(t, "the removal", w.RemoveShare(t.Context(), w.manager, share))
	if list := must(w.Received(t.Context(), v.mentor))(t); len(list) != 1 {
		t.Fatalf("the mentor’s list has %+v", list)
	}
	w.signedIn(w.manager) // so that the manager stays
	w.now = w.now.Add(model.SessionIdle)
	w.signedIn(w.manager)
	ok(t, "the upkeep", w.Upkeep(t.Context()))
	if left := must(w.store.CountRows(t.Context()))(t)["shares"]; left != 0 {
		t.Errorf("%d shares are left", left)
	}
	if held := must(w.Holdings(t.Context(), w.manager))(t); held.Finished != 1 {
		t.Errorf("held are %+v", held)
	}
}

// What the preview shows is what the mentor sees, made by the same code.
func TestPreviewShowsWhatTheMentorWillSee(t *testing.T) {
	w := newWorld(t)
	w.sit("first-team", model.FullForm, steady)
	id := w.sit("first-team", model.FullForm, contrast)
	made := w.link(id)
	v := w.visitor()
	share := v.open(made)
	v.reveal(share, model.RevealAll)
	preview := must(w.SharePreview(t.Context(), w.manager, share))(t)
	unsaved := must(w.PreviewShare(t.Context(), w.manager, id, shareInput()))(t)
	real := must(w.SharedResult(t.Context(), v.mentor, share))(t)
	for name, one := range map[string]*model.SharePreview{"saved": preview, "unsaved": unsaved} {
		if one.Result.Whole.Score != real.Result.Whole.Score || one.Result.Previous == nil || len(one.History.History.Results) != 2 ||
			one.Shared.Earlier != 1 || one.Shared.Share.Label != "" || one.Rating.Competency.ID != "debt" || len(one.Beside.Rows) != 1 ||
			one.Beside.Rows[0].Competency.ID != "debt" || one.Words.Share.Label != "" {
			t.Errorf("%s: the preview is %+v", name, one)
		}
		if given, _ := one.Shared.Given(); given != 0 {
			t.Errorf("%s: %d competencies are rated", name, given)
		}
		if given, _ := one.Words.Given(); given != 1 {
			t.Errorf("%s: %d competencies are rated where words are asked for, want 1", name, given)
		}
	}
	only := must(w.PreviewShare(t.Context(), w.manager, id, model.ShareInput{Label: "a", Sharer: "b", Days: "1", Rating: true}))(t)
	if only.Result != nil || only.History != nil || only.Beside != nil || only.Rating == nil || only.Words == nil || only.Words.Revealed() {
		t.Errorf("of ratings alone the preview is %+v", only)
	}
	only = must(w.PreviewShare(t.Context(), w.manager, id, model.ShareInput{Label: "a", Sharer: "b", Days: "1", Result: true}))(t)
	if only.Result == nil || only.Result.Previous != nil || only.History != nil || only.Beside != nil || only.Rating != nil || only.Words != nil {
		t.Errorf("of the result alone the preview is %+v", only)
	}
	if openings := must(w.Share(t.Context(), w.manager, share))(t).Share.Openings; openings != 1 {
		t.Errorf("previews were counted: %d openings", openings)
	}
}

// extend lets a share live for some days from now, on a page that was just opened.
func (w *world) extend(share, days string) error {
	w.t.Helper()
	seen := must(w.Share(w.t.Context(), w.manager, share))(w.t).Share
	return w.ExtendShare(w.t.Context(), w.manager, share, days, app.SeenEnd(seen))
}
