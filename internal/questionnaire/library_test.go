package questionnaire

import (
	"slices"
	"testing"
)

func TestModelLookups(t *testing.T) {
	model := mustLoad(t).Model
	competency, found := model.Competency("systems")
	if !found || competency.Name != "Systems" || competency.Area != "judgement" {
		t.Errorf("competency: %+v, %v", competency, found)
	}
	for name, found := range map[string]bool{
		"area":    second(model.Area("judgement")),
		"outcome": second(model.Outcome("trust")),
		"pillar":  second(model.Pillar("empathy")),
		"scope":   second(model.Scope("first-team")),
		"craft":   second(model.Craft("software")),
	} {
		if !found {
			t.Errorf("%s was not found", name)
		}
	}
	if _, found := model.Craft("hardware"); found {
		t.Error("found a craft that does not exist")
	}
}

func TestItemsOfAForm(t *testing.T) {
	own, found := mustLoad(t).Questionnaire("own")
	if !found {
		t.Fatal("no questionnaire")
	}
	id := func(i Item) string { return i.ID }
	if got, want := ids(own.Items(FormFull), id), []string{"design.own.risk", "design.own.quiet"}; !slices.Equal(got, want) {
		t.Errorf("full form: %v, want %v", got, want)
	}
	if got, want := ids(own.Items(FormPulse), id), []string{"design.own.risk"}; !slices.Equal(got, want) {
		t.Errorf("pulse form: %v, want %v", got, want)
	}
	if full, pulse := own.Minutes.Of(FormFull), own.Minutes.Of(FormPulse); full != 15 || pulse != 3 {
		t.Errorf("minutes: %d, %d", full, pulse)
	}
	if !FormFull.Valid() || !FormPulse.Valid() || Form("long").Valid() {
		t.Error("the forms are full and pulse")
	}
}

func TestScaleLabels(t *testing.T) {
	own, _ := mustLoad(t).Questionnaire("own")
	item := own.Items(FormFull)[0]
	var labels []string
	for level := LowestLevel - 1; level <= HighestLevel+1; level++ {
		labels = append(labels, own.Scale.Label(item.Anchors, level))
	}
	want := []string{"", "I attend.", "beyond 1", "I name the risk.", "beyond 3", "A design changed: its author says so.", ""}
	if !slices.Equal(labels, want) {
		t.Errorf("labels: %q, want %q", labels, want)
	}
}

func TestPracticesFor(t *testing.T) {
	library := mustLoad(t)
	got := ids(library.PracticesFor("systems", "first-team", "software"), func(p Practice) string { return p.ID })
	want := []string{"systems.practice-0", "systems.practice-1", "systems.practice-2", "systems.practice-3"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if none := library.PracticesFor("systems", "wider-scope", "software"); len(none) != 0 {
		t.Errorf("practices of another scope: %v", none)
	}
	if none := library.PracticesFor("systems", "first-team", "hardware"); len(none) != 0 {
		t.Errorf("practices of another craft: %v", none)
	}
	library.Practices[2].Serves = []string{"design.own.quiet"}
	got = ids(library.PracticesFor("design", "first-team", "", "design.own.quiet", "design.own.loud"), func(p Practice) string { return p.ID })
	want = []string{"design.practice-2", "design.practice-0", "design.practice-1", "design.practice-3"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want first what serves the given items: %v", got, want)
	}
	practice, found := library.Practice("design.practice-2")
	if !found || practice.Effort != "10 minutes." || practice.Notice != "it was done." {
		t.Errorf("practice: %+v, %v", practice, found)
	}
}

func TestGuidesFor(t *testing.T) {
	library := mustLoad(t)
	if guides := library.GuidesFor("design"); len(guides) != 1 || guides[0].ID != "review" || guides[0].Parts[0].Steps[0] != "Read it." {
		t.Errorf("guides on design: %+v", guides)
	}
	if none := library.GuidesFor("systems"); len(none) != 0 {
		t.Errorf("guides on systems: %+v", none)
	}
	if guide, found := library.Guide("review"); !found || guide.Title != "A review" {
		t.Errorf("guide: %+v, %v", guide, found)
	}
}

// mustLoad loads the small shipped files.
func mustLoad(t *testing.T) *Library {
	t.Helper()
	library, err := Load(shippedFiles(t))
	if err != nil {
		t.Fatal(err)
	}
	return library
}

// second drops what was found.
func second[T any](_ T, found bool) bool { return found }
