package app_test

import (
	"errors"
	"fmt"
	"math"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"whetstone/data"
	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// quarter is about the time between two assessments.
const quarter = 91 * 24 * time.Hour

// shipped is the library that the program brings, read once: no test changes it.
var shipped = sync.OnceValues(func() (*questionnaire.Library, error) { return questionnaire.Load(data.Files) })

// world is the use cases over a real database and the shipped questionnaires, with a clock that the
// test moves and one manager.
type world struct {
	*app.App
	t       *testing.T
	store   *store.Store
	library *questionnaire.Library
	now     time.Time
	ids     atomic.Int64
	manager string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return newWorldOn(t, storetest.SQLite(t))
}

// newWorldOn is newWorld over a database of the test's choice.
func newWorldOn(t *testing.T, opened *store.Store) *world {
	t.Helper()
	return newWorldOf(t, opened, must(shipped())(t))
}

// newWorldToChange is newWorld with a library of its own, which the test may change.
func newWorldToChange(t *testing.T) *world {
	t.Helper()
	return newWorldOf(t, storetest.SQLite(t), must(questionnaire.Load(data.Files))(t))
}

func newWorldOf(t *testing.T, opened *store.Store, library *questionnaire.Library) *world {
	t.Helper()
	w := &world{t: t, store: opened, library: library, now: time.Date(2026, time.March, 3, 9, 30, 0, 0, time.UTC)}
	w.App = app.New(w.store, library, func() time.Time { return w.now }, func() string {
		return fmt.Sprintf("id%024d", w.ids.Add(1))
	}, app.Secret)
	w.manager = w.newManager()
	return w
}

// ok fails the test on an error.
func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) newManager() string {
	w.t.Helper()
	return must(w.NewManager(w.t.Context()))(w.t)
}

// must returns a value, or fails the test on its error: must(f())(t).
func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// input is a start form that is filled in rightly.
func (w *world) input(questionnaire string, form model.Form) model.StartInput {
	return model.StartInput{
		Questionnaire: questionnaire, Craft: "software", Form: string(form),
	}
}

func (w *world) start(questionnaire string, form model.Form) string {
	w.t.Helper()
	return must(w.Start(w.t.Context(), w.manager, w.input(questionnaire, form)))(w.t)
}

// levels says what is answered to each item of a competency; the last level stands for all that follow,
// and the level of "" for the competencies that are not named.
type levels map[string][]model.Level

func (l levels) of(competency string, position int) model.Level {
	given, named := l[competency]
	if !named {
		given = l[""]
	}
	if len(given) == 1 {
		return given[0]
	}
	return given[min(position, len(given)-1)]
}

// answer gives every item of a draft its level, after half a minute of reading each.
func (w *world) answer(id string, given levels) {
	w.t.Helper()
	w.answerIn(id, given, 30*time.Second)
}

func (w *world) answerIn(id string, given levels, each time.Duration) {
	w.t.Helper()
	draft := must(w.Progress(w.t.Context(), w.manager, id))(w.t).Assessment
	var inputs []app.AnswerInput
	for _, section := range draft.Sections {
		for position, item := range section.Items {
			inputs = append(inputs, app.AnswerInput{Item: item.ID, Level: given.of(section.Competency, position).Typed(), Spent: each})
		}
	}
	w.save(id, inputs...)
}

func (w *world) save(id string, inputs ...app.AnswerInput) []app.SavedAnswer {
	w.t.Helper()
	return must(w.SaveAnswers(w.t.Context(), w.manager, id, inputs))(w.t)
}

func (w *world) finish(id string) {
	w.t.Helper()
	if err := w.Finish(w.t.Context(), w.manager, id, true, model.Zone{}); err != nil {
		w.t.Fatal(err)
	}
}

// sit takes a whole assessment, and lets a quarter pass after it.
func (w *world) sit(questionnaire string, form model.Form, given levels) string {
	w.t.Helper()
	id := w.start(questionnaire, form)
	w.answer(id, given)
	w.finish(id)
	w.now = w.now.Add(quarter)
	return id
}

func (w *world) result(id string) *model.Result {
	w.t.Helper()
	return must(w.Result(w.t.Context(), w.manager, id))(w.t)
}

// competency finds what a result says of one competency.
func competency(t *testing.T, r *model.Result, id string) model.CompetencyResult {
	t.Helper()
	found, ok := r.Competency(id)
	if !ok {
		t.Fatalf("the result says nothing of %s", id)
	}
	return found
}

// group finds one of a result's groups.
func group(t *testing.T, groups []model.GroupResult, id string) model.GroupResult {
	t.Helper()
	for _, one := range groups {
		if one.ID == id {
			return one
		}
	}
	t.Fatalf("there is no group %s", id)
	return model.GroupResult{}
}

// near fails the test unless got is want to within half a thousandth.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > 0.0005 {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// expectFields fails the test unless err is about exactly these fields, each with advice.
func expectFields(t *testing.T, what string, err error, fields ...string) {
	t.Helper()
	invalid, ok := errors.AsType[*model.Error](err)
	if !ok || invalid.Kind != model.Invalid || len(invalid.Fields) != len(fields) {
		t.Errorf("%s gives %v, want the fields %v", what, err, fields)
		return
	}
	for _, field := range fields {
		if invalid.Message(field) == "" {
			t.Errorf("%s: no advice on the field %q in %v", what, field, err)
		}
	}
}

// deletesMap removes a finished depth map of a manager's.
func (w *world) deletesMap(manager, id string) {
	w.t.Helper()
	shown := must(w.DepthMap(w.t.Context(), manager, id, ""))(w.t).Map
	w.ok(w.DeleteDepthMap(w.t.Context(), manager, id, app.SeenMap(shown), true))
}
