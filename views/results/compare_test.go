package results_test

import (
	"testing"

	"whetstone/internal/model"
	"whetstone/views/kit"
	"whetstone/views/kit/kittest"
	"whetstone/views/results"
)

// A competency that only the earlier assessment asked has its row, after those of the later one.
func TestComparingKeepsACompetencyThatWasDropped(t *testing.T) {
	earlier, later := full(nil), since(full(nil), noise())
	later.Competencies = later.Competencies[1:]
	kittest.Says(t, results.Compare(kit.Page{}, &model.Comparison{Earlier: earlier, Later: later, All: []*model.Assessment{earlier.Assessment, later.Assessment}}),
		"Design not compared 3.0 2.4 to 3.6 no score not compared")
}
