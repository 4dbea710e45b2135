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

// AssessmentNames names each of several assessments among which one chooses or compares, so that no two go by the same
// name: those that would get the day, then the time of day, then a number.
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

// toldApart adds to names of a list that are the same what tells the things apart that bear them: one more fact
// after the other, as long as they are, and in the end a number.
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

// ReceivedPeriods say of each entry of "People who shared with you" what it speaks of, so that no two results of one
// person read alike.
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
