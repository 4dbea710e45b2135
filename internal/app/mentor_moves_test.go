package app_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

// withMap is a share that lets one rate and shows the result and the depth map.
func withMap(input *model.ShareInput) { input.History, input.Notes, input.Map = false, false, true }

// maps finishes a depth map of two domains, and gives its id.
func (w *world) maps(securityDepth string) string {
	w.t.Helper()
	id := must(w.BeginMap(w.t.Context(), w.manager, model.BeginMapInput{Scope: "first-team", Craft: "software"}))(w.t).ID
	w.ok(w.SavePlaces(w.t.Context(), w.manager, id, []model.PlacementInput{
		{Domain: "security-privacy", Depth: securityDepth, Weight: "high"}, {Domain: "ux", Depth: "conversant", Weight: "medium", Role: "ux-partner"},
	}, true))
	return id
}

// move answers the question about a shared map, as a page does that has just been loaded.
func (v *visitor) move(share string, input model.MoveInput) error {
	v.w.t.Helper()
	input.Seen = app.SeenMove(must(v.w.SharedMap(v.w.t.Context(), v.mentor, share))(v.w.t).Move)
	return v.w.SaveMove(v.w.t.Context(), v.mentor, share, input)
}

// The map waits until it can lean no rating of what is asked about or what it speaks of, in whichever order that comes.
func TestTheMapLeansNoBlindRating(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	w.maps("none")
	v := w.visitor()
	share := v.open(w.link(id, withMap))
	waits := func(want ...string) {
		t.Helper()
		shown := must(w.SharedMap(t.Context(), v.mentor, share))(t)
		var got []string
		for _, competency := range shown.Shared.MapWaits {
			got = append(got, competency.ID)
		}
		if strings.Join(got, " ") != strings.Join(want, " ") || (shown.Reading == nil) != (len(want) > 0) {
			t.Errorf("it waits for %v, and shows: %t; want %v", got, shown.Reading != nil, want)
		}
	}
	waits("debt", "coaching", "authenticity", "learning")
	v.rate(share, "debt", "2", "")
	v.rate(share, "learning", "0", "")
	waits("debt", "coaching", "authenticity", "learning") // a rating that can still be changed is not out of reach
	notFound(t, "an answer before it shows", w.SaveMove(t.Context(), v.mentor, share, model.MoveInput{Domain: "ux", Depth: "deep"}))
	v.reveal(share, model.RevealRated)
	waits("coaching", "authenticity")
	v.reveal(share, "coaching")
	waits("authenticity")
	v.reveal(share, model.RevealMap)
	waits()
	if got := v.rating(share, "authenticity"); !got.Looked() {
		t.Errorf("looking leaves %+v", got)
	}
	if got := v.rating(share, "design"); !got.RevealedAt.IsZero() {
		t.Error("the map reveals what it doesn’t speak of")
	}

	// Without the result nothing can be revealed: what is rated or passed over is done with.
	rater := w.visitor()
	share, v = rater.open(w.link(id, withMap, func(input *model.ShareInput) { input.Result, input.Competencies = false, nil })), rater
	waits("coaching", "authenticity", "learning")
	for _, competency := range []string{"coaching", "learning", "authenticity"} {
		v.rate(share, competency, "0", "")
	}
	waits()

	// Who may only read has seen all scores, and is asked nothing.
	reader := w.visitor()
	share, v = reader.open(w.link(id, withMap, func(input *model.ShareInput) { input.Rating = false })), reader
	waits()
	notFound(t, "an answer by a reader", w.SaveMove(t.Context(), v.mentor, share, model.MoveInput{Domain: "ux", Depth: "deep"}))
}

// A share shows the map that was the latest when it was made; asking again shows the newest.
func TestASharedMapStaysTheOneItWas(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	if form := must(w.ShareForm(t.Context(), w.manager, id, ""))(t); form.Map.ID != "" {
		t.Errorf("a map is offered: %+v", form.Map)
	}
	input := shareInput()
	input.Map = true
	_, err := w.MakeShare(t.Context(), w.manager, id, input)
	expectFields(t, "a map that there isn’t", err, "scope")
	first := w.maps("none")
	w.now = w.now.Add(time.Hour)
	made := w.link(id, withMap)
	w.now = w.now.Add(time.Hour)
	second := w.maps("working")
	v := w.visitor()
	share := v.open(made)
	v.reveal(share, model.RevealMap)
	if got := must(w.SharedMap(t.Context(), v.mentor, share))(t).Reading; got.Map.ID != first || got.Map.ManagerID != "" || !got.Map.StartedAt.IsZero() {
		t.Errorf("shown is %+v, want the first map, without whose it is", got.Map)
	}
	form := must(w.ShareForm(t.Context(), w.manager, id, share))(t)
	if !form.Input.Map || form.Map.ID != second || !form.MapBefore.Equal(made.Share.Map.FinishedAt) {
		t.Errorf("asking again offers %+v, with the tick: %t, before: %v", form.Map, form.Input.Map, form.MapBefore)
	}
	preview := must(w.SharePreview(t.Context(), w.manager, share))(t)
	if preview.Map == nil || preview.Map.Reading == nil || preview.Map.Reading.Map.ID != first {
		t.Errorf("the preview has %+v", preview.Map)
	}

	// The end of the share is the end of the map, and a map that is deleted is gone from it.
	w.deletesMap(w.manager, first)
	_, err = w.SharedMap(t.Context(), v.mentor, share)
	notFound(t, "a map that was deleted", err)
	again := w.link(id, withMap)
	share = v.open(again)
	w.ok(w.RevokeShare(t.Context(), w.manager, share))
	_, err = w.SharedMap(t.Context(), v.mentor, share)
	ended(t, "the map of a share that was ended", err)
	ended(t, "an answer about it", w.SaveMove(t.Context(), v.mentor, share, model.MoveInput{Domain: "ux", Depth: "deep"}))
}

// One answer: checked, changed, in conflict, taken back; read once it is sent, in the conversation, on the map and in both
// exports.
func TestAMentorMovesOneDomain(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	mapID := w.maps("none")
	v := w.visitor()
	share := v.open(w.link(id, withMap))
	v.reveal(share, model.RevealMap)
	for field, input := range map[string]model.MoveInput{
		"domain": {Depth: "deep"}, "depth": {Domain: "ux"}, "words": {Domain: "ux", Depth: "deep", Words: strings.Repeat("x", model.MoveLimit+1)},
		"weight": {Domain: "ux", Depth: "deep", Weight: "huge"},
	} {
		expectFields(t, "a move without "+field, v.move(share, input), field)
	}
	expectFields(t, "a domain that isn’t on the map", v.move(share, model.MoveInput{Domain: "backend", Depth: "deep"}), "domain")
	expectFields(t, "words alone", v.move(share, model.MoveInput{Words: "No."}), "domain")
	w.ok(v.move(share, model.MoveInput{}))
	if review := must(w.Shared(t.Context(), v.mentor, share))(t).Review; review.ID != "" {
		t.Error("nothing begins a review")
	}
	w.ok(v.move(share, model.MoveInput{Domain: "security-privacy", Depth: "working", Words: " Seen\x00 twice. "}))
	stored := must(w.SharedMap(t.Context(), v.mentor, share))(t).Move
	if stored.From.Depth != model.NoDepth || stored.Depth != model.Working || stored.Weight != model.High || stored.Words != "Seen twice." {
		t.Errorf("stored is %+v", stored)
	}
	old := app.SeenMove(stored)
	w.ok(v.move(share, model.MoveInput{Domain: "security-privacy", Depth: "conversant", Words: "Seen twice."}))
	err := w.SaveMove(t.Context(), v.mentor, share, model.MoveInput{Domain: "ux", Depth: "deep", Words: "Seen twice.", Seen: old})
	if model.KindOf(err) != model.Conflict {
		t.Errorf("from an old page: %v", err)
	}
	w.ok(w.SaveMove(t.Context(), v.mentor, share, model.MoveInput{Domain: "security-privacy", Depth: "working", Words: "Seen three times.", Seen: old}))
	if got := must(w.SharedMap(t.Context(), v.mentor, share))(t).Move; got.Depth != model.Conversant || got.Words != "Seen three times." {
		t.Errorf("what each page changed alone is %+v", got)
	}

	onMap := func() []model.MentorMove {
		t.Helper()
		return must(w.DepthMap(t.Context(), w.manager, mapID, ""))(t).Mentors
	}
	if got := onMap(); len(got) != 0 {
		t.Errorf("the map says %+v before it is sent", got)
	}
	v.send(share, "Mina") // a move alone is something to send
	conversation := w.conversation(id)
	if got := conversation.Reviews[0].Moved(); len(got) != 1 || got[0].Depth != model.Conversant {
		t.Errorf("the conversation has %+v", got)
	}
	if got := onMap(); len(got) != 1 || got[0].By != "Mina" || got[0].ReviewID != conversation.Reviews[0].ID {
		t.Errorf("the map says %+v", got)
	}
	export := must(json.Marshal(must(w.ConversationExport(t.Context(), w.manager, id))(t)))(t)
	own := must(json.Marshal(must(w.OwnWordsExport(t.Context(), v.mentor))(t)))(t)
	for what, content := range map[string][]byte{"the conversation": export, "one’s own words": own} {
		if !strings.Contains(string(content), `"map_moves":[{"map":"`+mapID+`"`) || !strings.Contains(string(content), `"from_depth":"none","from_weight":"high","depth":"conversant"`) {
			t.Errorf("%s as a file: %s", what, content)
		}
	}

	w.now = w.now.Add(time.Minute)
	w.ok(w.ReadReview(t.Context(), w.manager, id, conversation.Reviews[0].ID, ""))
	w.now = w.now.Add(time.Minute)
	w.ok(v.move(share, model.MoveInput{Domain: "ux", Weight: "high"}))
	conversation = w.conversation(id)
	if news := conversation.News(conversation.Reviews[0]); len(news.Moves) != 1 || !news.Any() {
		t.Errorf("new is %+v", news)
	}
	w.ok(w.SetReviewAside(t.Context(), w.manager, id, conversation.Reviews[0].ID, true))
	if got := onMap(); len(got) != 0 {
		t.Errorf("set aside, the map says %+v", got)
	}
	w.ok(w.SetReviewAside(t.Context(), w.manager, id, conversation.Reviews[0].ID, false))
	if got := onMap(); len(got) != 1 {
		t.Errorf("counting again, the map says %+v", got)
	}
	w.ok(v.move(share, model.MoveInput{}))
	if got := onMap(); len(got) != 0 {
		t.Errorf("taken back, the map says %+v", got)
	}
	w.ok(v.move(share, model.MoveInput{Domain: "ux", Weight: "high"}))
	w.ok(w.DeleteOwnReview(t.Context(), v.mentor, conversation.Reviews[0].ID))
	if got := onMap(); len(got) != 0 {
		t.Errorf("deleted, the map says %+v", got)
	}
}

// Two devices of one mentor have one answer.
func TestTwoDevicesHaveOneMove(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	w.maps("none")
	made := w.link(id, withMap)
	phone, desk := w.visitor(), w.visitor()
	share := phone.open(made)
	desk.open(made)
	for _, v := range []*visitor{desk, phone} {
		v.reveal(share, model.RevealMap)
	}
	w.ok(desk.move(share, model.MoveInput{Domain: "ux", Depth: "deep", Words: "Of the desk."}))
	w.now = w.now.Add(time.Minute)
	w.ok(phone.move(share, model.MoveInput{Domain: "security-privacy", Depth: "working"}))
	w.ok(phone.continues(desk.code(), true))
	if got := must(w.SharedMap(t.Context(), desk.mentor, share))(t).Move; got.From.Domain != "security-privacy" || got.Words != "" {
		t.Errorf("left is %+v, want the newer one, whole", got)
	}
}

// One mentor who was shown the same map with two assessments stands on it once, by their latest answer.
func TestAMentorStandsOnAMapOnce(t *testing.T) {
	w := newWorld(t)
	earlier := w.sit("first-team", model.FullForm, steady)
	latest := w.sit("first-team", model.FullForm, contrast)
	mapID := w.maps("none")
	v := w.visitor()
	for i, id := range []string{earlier, latest} {
		share := v.open(w.link(id, withMap))
		v.reveal(share, model.RevealMap)
		w.ok(v.move(share, model.MoveInput{Domain: "ux", Depth: []string{"deep", "working"}[i]}))
		v.send(share, "Mina")
		w.now = w.now.Add(time.Hour)
	}
	if got := must(w.DepthMap(t.Context(), w.manager, mapID, ""))(t).Mentors; len(got) != 1 || got[0].Depth != model.Working {
		t.Errorf("the map says %+v", got)
	}
}

// Who isn't shown the result reads the map once they have rated what it could lean: what they change after that is kept
// apart, whether or not they had observed it.
func TestARatingChangedOnceTheMapIsOpenIsNotBlind(t *testing.T) {
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	w.maps("none")
	v := w.visitor()
	share := v.open(w.link(id, withMap, func(input *model.ShareInput) { input.Result = false }))
	v.rate(share, "debt", "2", "")
	v.rate(share, "debt", "3", "")
	for _, competency := range must(w.SharedMap(t.Context(), v.mentor, share))(t).Shared.MapWaits {
		v.rate(share, competency.ID, "0", "")
	}
	v.rate(share, "debt", "4", "") // a slip that is mended before the map was looked at stays blind
	v.rate(share, "debt", "3", "")
	if must(w.SharedMap(t.Context(), v.mentor, share))(t).Reading == nil {
		t.Fatal("the map isn’t open")
	}
	v.rate(share, "debt", "1", "")
	v.rate(share, "learning", "1", "")
	for competency, want := range map[string]model.Rating{"debt": {Level: 3, Later: 1}, "learning": {Level: model.Absent, Later: 1}} {
		got := must(w.RatingPage(t.Context(), v.mentor, share, competency))(t).Competency.Rating
		if got.Level != want.Level || got.Later != want.Later {
			t.Errorf("%s is rated %d, then %d; want %d, then %d", competency, got.Level, got.Later, want.Level, want.Later)
		}
	}
}
