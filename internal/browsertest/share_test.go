package browsertest

import (
	"testing"

	"whetstone/internal/model"
)

// Who goes back from the preview of a new link by the browser's own button finds what they typed.
func TestBackFromThePreviewKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	owner := served.newVisitor(t)
	assessment := owner.take("first-team", model.FullForm, mixed)
	opened := served.newTabOf(t, owner)
	opened.open(to.NewShare(assessment))
	for field, words := range map[string]string{"label": "my mentor in platform", "sharer": "Ada", "question": "Where?", "days": "30"} {
		run(opened, `document.querySelector("details.fold").open = true`)
		opened.click("#"+field, "")
		run(opened, `document.querySelector("#`+field+`").value = ""`)
		opened.inserts(words)
	}
	opened.click("button", "Preview what they will see")
	opened.wait(`document.title.startsWith("What they will see")`)
	opened.back()
	opened.wait(`document.querySelector("#label")?.value === "my mentor in platform"`)
	for field, words := range map[string]string{"sharer": "Ada", "question": "Where?", "days": "30"} {
		if !opened.holds(`document.querySelector("#` + field + `").value === "` + words + `"`) {
			t.Errorf("the field %s is %s", field, eval[string](opened, `document.querySelector("#`+field+`").value`))
		}
	}
}
