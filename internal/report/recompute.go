package report

import (
	"fmt"
	"io"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// Recomputation is what became of recomputing an export.
type Recomputation struct {
	// Assessments, Scores, Standings and Verdicts count what was recomputed.
	Assessments, Scores, Standings, Verdicts int
	// Differences are the places where the export differs from what was recomputed, one line each; none if everything
	// agrees.
	Differences []string
	// Unknown are the fields that this version doesn't know: a later one added them. They were not checked.
	Unknown []string
}

// Recompute reads an export and recomputes it from the answers, the targets, and the noise and constants frozen in it:
// every score, standing and verdict, the noise itself where the file holds the whole history, and the hash of every
// item. It needs no store and no questionnaires. A file that isn't an export, or can't be computed with, is an error
// in one line.
func Recompute(source io.Reader) (*Recomputation, error) {
	inFile, export, unknown, err := readExport(source)
	if err != nil {
		return nil, err
	}
	assessments, err := export.assessments()
	if err != nil {
		return nil, err
	}
	offline := Reports{Library: export.library(), adjacent: export.Format == firstHistoryFormat}
	again := offline.Export(offline.History(assessments), export.Whole)
	for i := range again.Assessments {
		again.Assessments[i].Noise = noiseAgain(assessments[:i], assessments[i], export.Whole)
	}
	again.Format = export.Format // a later one of the same kind only adds fields
	if again.ExportedRest, err = offline.restAgain(&export.ExportedRest, assessments); err != nil {
		return nil, err
	}
	recomputed, err := plainTree(again)
	if err != nil {
		return nil, fmt.Errorf("its numbers can't be computed with: %w", err)
	}
	recomputation := count(again)
	recomputation.Unknown = unknown
	recomputation.Differences = differences("", inFile, recomputed)
	return recomputation, nil
}

// noiseAgain estimates the noise of an assessment from those before it, as was done at its finish. If the one from
// which it was estimated may be missing, the frozen noise stands.
func noiseAgain(before []model.Answered, answered model.Answered, whole bool) measure.Noise {
	later := answered.Assessment
	if !whole {
		return later.Noise
	}
	for i := len(before) - 1; i >= 0; i-- {
		if ShowsNoise(before[i].Assessment, later) {
			return later.Constants.EstimateNoise(AllPairs(later, answered.Answers, before[i].Answers))
		}
	}
	return later.Constants.PriorNoise()
}

func count(export *ExportedHistory) *Recomputation {
	counted := &Recomputation{Assessments: len(export.Assessments)}
	add := func(score *ExportedScore, change *ExportedJudgement) {
		if score != nil {
			counted.Scores++
		}
		if change != nil {
			counted.Verdicts++
		}
	}
	for _, assessment := range export.Assessments {
		counted.Standings += len(assessment.Competencies)
		for _, section := range assessment.Competencies {
			add(section.Score, section.Change)
		}
		for _, group := range assessment.Groups {
			add(group.Score, group.Change)
		}
		if assessment.LookingBack != nil {
			for _, section := range assessment.LookingBack.Competencies {
				add(nil, section.Change)
			}
		}
	}
	if export.Trend != nil {
		counted.Verdicts += len(export.Trend.Groups) + len(export.Trend.Competencies)
	}
	return counted
}
