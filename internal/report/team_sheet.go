package report

import (
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
)

// sheetGaps is how many gaps a sheet asks about: more take longer than people sit together.
const sheetGaps = 2

// TeamSheet picks from what a cycle published what goes onto a page to print.
func (r Reports) TeamSheet(result *model.TeamResult) *model.TeamSheet {
	sheet := &model.TeamSheet{TeamResult: result, Strongest: highest(result.Aggregate.Competencies)}
	if len(sheet.Strongest) == 0 {
		sheet.Strongest = highest(result.Aggregate.Areas)
		sheet.Lowest = r.lowestArea(result)
	}
	for _, gap := range result.Gaps[:min(len(result.Gaps), sheetGaps)] {
		sheet.Asked = append(sheet.Asked, model.SheetGap{TeamGap: gap, Anchors: r.anchorsOf(result.Cycle, gap)})
	}
	return sheet
}

// highest are the published figures with the highest mean.
func highest(figures []model.TeamFigure) (list []model.TeamFigure) {
	for _, figure := range figures {
		switch {
		case figure.Withheld != model.Published:
		case len(list) == 0 || figure.Mean.Value > list[0].Mean.Value:
			list = []model.TeamFigure{figure}
		case figure.Mean.Value == list[0].Mean.Value:
			list = append(list, figure)
		}
	}
	return list
}

// lowestArea is the area with the lowest published mean, with the names of its competencies; nil for none.
func (r Reports) lowestArea(result *model.TeamResult) *model.SheetArea {
	var lowest *model.SheetArea
	for _, figure := range result.Aggregate.Areas {
		if figure.Withheld == model.Published && (lowest == nil || figure.Mean.Value < lowest.Mean.Value) {
			lowest = &model.SheetArea{TeamFigure: figure}
		}
	}
	if lowest != nil {
		area, _ := r.Library.Model.Area(lowest.ID)
		for _, competency := range area.Competencies {
			lowest.Competencies = append(lowest.Competencies, competency.Name)
		}
	}
	return lowest
}

// anchorsOf are the anchors by which a competency is read in a cycle: those of its questionnaire, or of the first of the
// scope that the gap's target is for, in the words of the first craft.
func (r Reports) anchorsOf(cycle *model.Cycle, gap model.TeamGap) (anchors questionnaire.Anchors) {
	craft := r.Library.Model.Crafts[0].ID
	for i := range r.Library.Questionnaires {
		asked := &r.Library.Questionnaires[i]
		if asked.ID != cycle.QuestionnaireID && (cycle.QuestionnaireID != "" || asked.Scope != gap.Scope.ID) {
			continue
		}
		if section, found := asked.For(craft).Section(gap.Competency.ID); found {
			return section.Anchors
		}
	}
	return anchors
}
