package views_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/views"
)

var tags = regexp.MustCompile(`<[^>]*>|\s+`)

// text is what a page says, without its markup.
func text(t *testing.T, page templ.Component) string {
	t.Helper()
	var written strings.Builder
	if err := page.Render(t.Context(), &written); err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(written.String(), " "))), " ")
}

// says fails the test unless the page has these words.
func says(t *testing.T, page templ.Component, words ...string) {
	t.Helper()
	said := text(t, page)
	for _, want := range words {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not on the page: %s", want, said)
		}
	}
}

// A competency that only the earlier sitting asked has its row, after those of the later one.
func TestComparingKeepsACompetencyThatWasDropped(t *testing.T) {
	earlier, later := full(nil), since(full(nil), noise())
	later.Competencies = later.Competencies[1:]
	says(t, views.Compare(views.Page{}, &model.Comparison{Earlier: earlier, Later: later, All: []*model.Assessment{earlier.Assessment, later.Assessment}}),
		"Design not compared 3.0 2.4 to 3.6 no score not compared")
}

func TestTheLandingPageCountsThePagesOfItsQuestionnaire(t *testing.T) {
	for want, welcome := range map[string]*model.Welcome{
		"Twelve short pages, three questions or so on each, 38 questions in all.": {FullPages: 12, FullItems: 38},
		"Four short pages, five questions or so on each, 20 questions in all.":    {FullPages: 4, FullItems: 20},
		"One page, two questions or so on each, 2 questions in all.":              {FullPages: 1, FullItems: 2},
	} {
		says(t, views.Landing(views.Page{}, welcome, templ.NopComponent), want)
	}
}

func TestTheMethodPageSaysWhoseNoiseItIs(t *testing.T) {
	says(t, views.Method(views.Page{}, views.MethodProps{
		Method: &model.Method{Constants: measure.Defaults()}, Mentors: templ.NopComponent, Teams: templ.NopComponent,
	}),
		"From the second full assessment with a questionnaire on, s² is your own",
		"any other two that you choose, by an s² estimated from those two",
		"so even a whole level reads “may have risen”")
}
