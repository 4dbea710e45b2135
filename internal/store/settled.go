package store

import (
	"strconv"
	"time"
	"unsafe"

	"whetstone/internal/model"
)

// settled remembers what never changes of people's assessments, so that it is read and decoded once: what a draft
// asks, and finished assessments with their answers. A page reads each time whether the assessment is there, whose
// it is and in what state, and the little that may change; so what any process has deleted is shown by none. What
// belongs to an assessment stands under its id and its finish: where PostgreSQL fails over and has lost a finish, the
// draft is finished anew at another moment. Nothing that it gives may be changed by who asks for it.
//
// An erasure by this process drops all of it, and so does the hourly upkeep: what another process has erased leaves the
// memory within the hour.
type settled struct {
	assessments remembered[*model.Assessment]
	answers     remembered[model.Answers]
	levels      remembered[model.Answered] // without notes
	earlier     remembered[earlierAnswers]
}

// Bounds of what is remembered of people, in bytes, 7 MiB together: an assessment with its levels takes about 12 kB, so
// that the histories of dozens of managers who are at work at once find room.
const (
	assessmentsBound = 1 << 20
	answersBound     = 1 << 20
	levelsBound      = 4 << 20
	earlierBound     = 1 << 20
)

func newSettled() *settled {
	return &settled{
		assessments: remembered[*model.Assessment]{limit: assessmentsBound, size: sizeOfAssessment},
		answers:     remembered[model.Answers]{limit: answersBound, size: sizeOfAnswers},
		levels: remembered[model.Answered]{limit: levelsBound, size: func(answered model.Answered) int {
			return sizeOfAssessment(answered.Assessment) + sizeOfAnswers(answered.Answers)
		}},
		earlier: remembered[earlierAnswers]{limit: earlierBound, size: func(earlier earlierAnswers) int {
			return sizeOfAnswers(earlier.answers)
		}},
	}
}

// Forget drops what is remembered of people's assessments. Other processes erase, too: call it now and then.
func (s *Store) Forget() {
	s.settled.assessments.forget()
	s.settled.answers.forget()
	s.settled.levels.forget()
	s.settled.earlier.forget()
}

// settledKey is what an assessment is remembered under.
func settledKey(id string, finished time.Time) string {
	if finished.IsZero() {
		return id
	}
	return id + " " + strconv.FormatInt(finished.UnixMilli(), 10)
}

// sizeOfAssessment is about what an assessment takes. The wordings that it asks are shared by all.
func sizeOfAssessment(assessment *model.Assessment) int {
	return int(unsafe.Sizeof(*assessment)) + len(assessment.Sections)*int(unsafe.Sizeof(model.Section{}))
}

// sizeOfAnswers is about what answers take: a map has room for about half as many again as are in it.
func sizeOfAnswers(answers model.Answers) int {
	size := 0
	for item, answer := range answers {
		size += (int(unsafe.Sizeof(item)+unsafe.Sizeof(answer)))*3/2 + len(item) + len(answer.Note)
	}
	return size
}
