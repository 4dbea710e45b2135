package browsertest

import (
	"net/url"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"whetstone/internal/model"
)

// The clock's chart is drawn when its fold is opened, and whoever points at a line reads its domain and the years; without
// it the figures stand in the table below.
func TestTheClockOfTheField(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	planner := served.newVisitor(t)
	planner.take("first-team", model.PulseForm, mixed)
	last := ""
	for range 3 {
		last = planner.beginsMap("first-team")
		planner.post(to.Places(last), url.Values{"then": {"finish"}, "depth.ux": {"working"}, "weight.ux": {"high"}, "year.ux": {"2019"}})
		served.clock.advance(200 * 24 * time.Hour)
	}
	opened := served.newTabOf(t, planner)
	opened.prefers("light", "reduce")
	opened.open(to.DepthMap(last))
	if opened.holds(`window.echarts`) {
		t.Error("the chart library is loaded before anyone asked for a chart")
	}
	opened.openFold("All lines in one chart, and their figures")
	if !opened.holds(`document.querySelector(".clocks details table").checkVisibility()`) {
		t.Error("the figures are not beside the chart")
	}
	place := opened.reach(`[data-option="clock-option"]`, "")
	opened.until("a tooltip names the domain", func() bool {
		for step := -30; step <= 30; step++ {
			do(opened, chromedp.MouseEvent(chromedp.MouseMoved, place.X, place.Y+float64(step*4)))
			if opened.holds(chartIs("clock-option", `svg.textContent.includes("UX and product design")`)) {
				return opened.holds(chartIs("clock-option", `svg.textContent.includes("since hands-on")`))
			}
		}
		return false
	})
}
