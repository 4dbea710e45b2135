package kit

import (
	"encoding/json"

	"github.com/a-h/templ"
)

// ChartOption carries the options of a chart to the page's script. It is a templ.JSONScript that doesn't read through them
// again: internal/charts has written them fit for a page already.
func ChartOption(id string, option json.RawMessage) templ.Component {
	return templ.Raw(`<script id="` + id + `" type="application/json">` + string(option) + "\n</script>")
}
