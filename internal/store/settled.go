package store

import (
	"strconv"
	"time"
	"unsafe"

	"whetstone/internal/model"
)

// settled caches what never changes in people's assessments, so that it is read and decoded once: what a draft asks,
// and finished assessments with their answers. Each page still reads whether the assessment exists, who owns it, its
// state, and the few fields that may change, so no page shows what any process has deleted. The keys hold the moment
// of the finish, too: if PostgreSQL fails over and loses a finish, the draft is finished again at another moment.
// Callers must not change what they get.
//
// An erasure by this process clears the cache, and so does the hourly upkeep: what another process has erased leaves
// this one's memory within the hour.
type settled struct {
	assessments remembered[*model.Assessment]
	answers     remembered[model.Answers]
	levels      remembered[model.Answered] // without notes, with what a report keeps of them
	earlier     remembered[map[string]model.EarlierAnswer]
	noted       remembered[map[string]time.Time] // when each competency was noted last
}

// Bounds of the cache in bytes, 12 MiB together. An assessment with its levels and what a report keeps of it takes about
// 22 kB, so the histories of dozens of managers fit who work at the same time.
const (
	assessmentsBound = 1 << 20
	answersBound     = 1 << 20
	levelsBound      = 8 << 20
	earlierBound     = 1 << 20
	notedBound       = 1 << 20
)

func newSettled() *settled {
	return &settled{
		assessments: remembered[*model.Assessment]{limit: assessmentsBound, size: sizeOfAssessment},
		answers:     remembered[model.Answers]{limit: answersBound, size: sizeOfAnswers},
		levels: remembered[model.Answered]{limit: levelsBound, size: func(answered model.Answered) int {
			return sizeOfAssessment(answered.Assessment) + sizeOfAnswers(answered.Answers) + model.ResultSize(len(answered.Assessment.Sections))
		}},
		earlier: remembered[map[string]model.EarlierAnswer]{limit: earlierBound, size: func(earlier map[string]model.EarlierAnswer) int {
			answers := make(model.Answers, len(earlier))
			for item, answer := range earlier {
				answers[item] = answer.Answer
			}
			return sizeOfAnswers(answers) + len(earlier)*int(unsafe.Sizeof(model.EarlierAnswer{})-unsafe.Sizeof(model.Answer{}))
		}},
		noted: remembered[map[string]time.Time]{limit: notedBound, size: func(noted map[string]time.Time) int {
			return len(noted) * int(unsafe.Sizeof("")+unsafe.Sizeof(time.Time{})) * 3 / 2
		}},
	}
}

// Forget clears the cache of people's assessments. Call it now and then, since other processes erase, too.
func (s *Store) Forget() {
	s.settled.assessments.forget()
	s.settled.answers.forget()
	s.settled.levels.forget()
	s.settled.earlier.forget()
	s.settled.noted.forget()
}

// settledKey is an assessment's key in the cache.
func settledKey(id string, finished time.Time) string {
	if finished.IsZero() {
		return id
	}
	return id + " " + strconv.FormatInt(finished.UnixMilli(), 10)
}

// sizeOfAssessment estimates the bytes of an assessment. Its wordings are shared, so they don't count.
func sizeOfAssessment(assessment *model.Assessment) int {
	return int(unsafe.Sizeof(*assessment)) + len(assessment.Sections)*int(unsafe.Sizeof(model.Section{}))
}

// sizeOfAnswers estimates the bytes of answers: a map has room for about half as many again as it holds.
func sizeOfAnswers(answers model.Answers) int {
	size := 0
	for item, answer := range answers {
		size += (int(unsafe.Sizeof(item)+unsafe.Sizeof(answer)))*3/2 + len(item) + len(answer.Note)
	}
	return size
}
