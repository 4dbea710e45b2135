package report

import (
	"slices"
	"time"

	"whetstone/internal/model"
)

// kept is what was made of finished answers that are remembered, with all that it depends on besides them.
type kept struct {
	by     Reports
	result *model.Result
	// before are the last of the assessments before, the oldest first: from the one on that it is compared with, or, where
	// that depends on all of them, all.
	before []finish
	all    bool
}

// finish tells a finished assessment from any other, and from the same one finished at another moment.
type finish struct {
	id string
	at time.Time
}

func finishOf(answered model.Answered) finish {
	return finish{answered.Assessment.ID, answered.Assessment.FinishedAt}
}

// holds reports whether it holds for these reports among the assessments before.
func (k kept) holds(r Reports, before []model.Answered) bool {
	from := len(before) - len(k.before)
	return k.by == r && from >= 0 && (from == 0 || !k.all) && slices.EqualFunc(k.before, before[from:], func(then finish, now model.Answered) bool {
		return then.id == now.Assessment.ID && then.at.Equal(now.Assessment.FinishedAt)
	})
}

// within is Result and CompareWithin. Of answers that are remembered both are worked out once: the scores and verdicts of
// a long history take longer than its page.
func (r Reports) within(before []model.Answered, answered model.Answered) *model.Result {
	if answered.Kept == nil {
		result := r.Result(answered.Assessment, answered.Answers)
		r.CompareWithin(result, before)
		return result
	}
	last, found := answered.Kept.Load().(kept)
	if !found || !last.holds(r, before) {
		last = kept{by: r, result: r.Result(answered.Assessment, answered.Answers)}
		at, best := r.CompareWithin(last.result, before)
		if last.all = !best || at < 0; last.all {
			at = 0
		}
		for _, each := range before[at:] {
			last.before = append(last.before, finishOf(each))
		}
		answered.Kept.Store(last)
	}
	result := *last.result
	result.Assessment = answered.Assessment // as it is named and owned now
	if result.Previous != nil {
		previous := *result.Previous
		previous.Assessment = before[len(before)-1-previous.Between].Assessment
		result.Previous = &previous
	}
	return &result
}
