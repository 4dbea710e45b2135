package kit

import (
	"cmp"
	"fmt"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/text"
)

// AssessmentName is a finished assessment's own name, or the reader's day on which it was finished where it has none.
func AssessmentName(zone model.Zone, a *model.Assessment) string {
	if a.Name != "" {
		return text.Isolated(a.Name)
	}
	return zone.LongDate(a.FinishedAt)
}

// AssessmentNames names each of several assessments to choose or compare, so that no two have the same name. Where
// names clash, the day is added, then the time of day, then a number.
func AssessmentNames(zone model.Zone, all []*model.Assessment) func(*model.Assessment) string {
	all = slices.SortedFunc(slices.Values(all), func(x, y *model.Assessment) int {
		return cmp.Or(x.FinishedAt.Compare(y.FinishedAt), cmp.Compare(x.ID, y.ID))
	})
	all = slices.CompactFunc(all, func(x, y *model.Assessment) bool { return x.ID == y.ID })
	names := make([]string, len(all))
	for i, a := range all {
		names[i] = AssessmentName(zone, a)
	}
	toldApart(names,
		func(i int) string {
			if all[i].Name == "" {
				return "" // its day is its name
			}
			return zone.LongDate(all[i].FinishedAt)
		},
		func(i int) string { return zone.Clock(all[i].FinishedAt) },
	)
	byID := make(map[string]string, len(all))
	for i, a := range all {
		byID[a.ID] = names[i]
	}
	return func(a *model.Assessment) string { return byID[a.ID] }
}

// toldApart adds to equal names in a list what tells their bearers apart: one fact after another while they are still
// equal, and finally a number.
func toldApart(names []string, facts ...func(i int) string) {
	for step := range len(facts) + 1 {
		alike := make(map[string][]int, len(names))
		for i, name := range names {
			alike[name] = append(alike[name], i)
		}
		for _, group := range alike {
			for number, i := range group {
				switch {
				case len(group) == 1:
				case step == len(facts):
					names[i] += fmt.Sprintf(", no. %d", number+1)
				case facts[step](i) != "":
					names[i] += ", " + facts[step](i)
				}
			}
		}
	}
}

// ReceivedPeriods say what each entry of "People who shared with you" is about, so that no two results of one person
// read alike.
func ReceivedPeriods(zone model.Zone, received []model.Received) []string {
	names := make([]string, len(received))
	for i, one := range received {
		names[i] = one.Sharer + "\x00" + PeriodOf(one.PeriodStart, one.PeriodEnd)
	}
	toldApart(names,
		func(i int) string { return "finished " + zone.LongDate(received[i].FinishedAt) },
		func(i int) string { return zone.Clock(received[i].FinishedAt) },
	)
	for i, one := range received {
		names[i] = names[i][len(one.Sharer)+1:]
	}
	return names
}
