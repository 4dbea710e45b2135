package mentor

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// ratedIn is a point of a line at which mentors gave levels, by their ids.
func ratedIn(month time.Month, levels map[string]float64) model.GapPoint {
	at := time.Date(2026, month, 1, 0, 0, 0, 0, time.UTC)
	point := model.GapPoint{
		Assessment: &model.Assessment{FinishedAt: at, PeriodStart: at.AddDate(0, -3, 0), PeriodEnd: at},
		Self:       measure.Score{Known: true, Value: 3}, Mentors: len(levels),
	}
	for _, id := range []string{"dana", "bo"} {
		if level, gave := levels[id]; gave {
			point.Ratings = append(point.Ratings, model.GapRating{MentorID: id, Name: id, Level: level})
		}
	}
	return point
}

func drawn(t *testing.T, line model.GapLine) string {
	t.Helper()
	var written strings.Builder
	lines := []model.GapLine{line}
	if err := gapFigure(newGapChart(lines, line), gapMentors(nil, lines)).Render(t.Context(), &written); err != nil {
		t.Fatal(err)
	}
	return written.String()
}

// No line joins what different mentors said: where nobody moved, nothing rises.
func TestGapLinesJoinOneMentorAlone(t *testing.T) {
	t.Parallel()
	replaced := model.GapLine{Points: []model.GapPoint{ratedIn(time.March, map[string]float64{"dana": 2}), ratedIn(time.June, map[string]float64{"bo": 5})}}
	if got := drawn(t, replaced); strings.Contains(got, "is-mentors") || strings.Count(got, "mentor-mark") != 2 {
		t.Errorf("two mentors of one rating each are joined:\n%s", got)
	}
	both := model.GapLine{Points: []model.GapPoint{
		ratedIn(time.March, map[string]float64{"dana": 2}), ratedIn(time.June, map[string]float64{"dana": 2, "bo": 5}), ratedIn(time.September, map[string]float64{"dana": 2, "bo": 5}),
	}}
	got := drawn(t, both)
	if strings.Count(got, "line is-mentors") != 2 || !strings.Contains(got, "dana 2.0 in March 2026, 2.0 in September 2026; bo 5.0 in June 2026, 5.0 in September 2026.") {
		t.Errorf("two mentors who stay have other lines:\n%s", got)
	}
	alike := model.GapLine{Points: []model.GapPoint{ratedIn(time.March, map[string]float64{"dana": 2, "bo": 2})}}
	marks := regexp.MustCompile(`translate\([^)]*\)`).FindAllString(drawn(t, alike), -1)
	if len(marks) != 2 || marks[0] == marks[1] {
		t.Errorf("two marks of one level lie on each other: %q", marks)
	}
	if replaced.SameMentors() || both.SameMentors() {
		t.Error("a mean is given over different mentors")
	}
	same := model.GapLine{Points: []model.GapPoint{ratedIn(time.March, map[string]float64{"dana": 2, "bo": 4}), ratedIn(time.April, nil), ratedIn(time.June, map[string]float64{"dana": 3, "bo": 4})}}
	if !same.SameMentors() {
		t.Error("no mean is given over the same mentors")
	}
}
