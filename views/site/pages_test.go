package site_test

import (
	"testing"

	"github.com/a-h/templ"

	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/views/kit"
	"whetstone/views/kit/kittest"
	"whetstone/views/site"
)

func TestTheLandingPageCountsThePagesOfItsQuestionnaire(t *testing.T) {
	for want, welcome := range map[string]*model.Welcome{
		"Twelve short pages, three questions or so on each, 38 questions in all.": {FullPages: 12, FullItems: 38},
		"Four short pages, five questions or so on each, 20 questions in all.":    {FullPages: 4, FullItems: 20},
		"One page, two questions or so on each, 2 questions in all.":              {FullPages: 1, FullItems: 2},
	} {
		kittest.Says(t, site.Landing(kit.Page{}, welcome, templ.NopComponent), want)
	}
}

func TestTheMethodPageSaysWhoseNoiseItIs(t *testing.T) {
	kittest.Says(t, site.Method(kit.Page{}, site.MethodProps{
		Method: &model.Method{Constants: measure.Defaults()}, Mentors: templ.NopComponent, Teams: templ.NopComponent,
	}),
		"From the second full assessment with a questionnaire on, s² is your own",
		"any other two that you choose, by an s² estimated from those two",
		"so even a whole level reads “may have risen”",
		"so z = 1.79 and P = 0.95: “very likely below”, more than 19 in 20. E is 0.69. Of the twelve, 5.8 are expected to lie below their targets, give or take 1.5.",
		"Then e = 2.82 and sd = 0.38", "Heidemeier and Moser 2009")
}
