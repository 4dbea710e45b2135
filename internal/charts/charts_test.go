package charts

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestOptionsCarryNothingThatAStrictPolicyBlocks(t *testing.T) {
	score := Banded{Value: 3.6667, Lower: 3.05, Upper: 5.2}
	values := []Value{{Name: `</script><b>Team "A"`, Score: &score, Target: 3.5}, {Name: "Vision", Target: 3}, {Name: "Debt", Score: &score, Target: 2}}
	for name, draw := range map[string]func([]Value) (json.RawMessage, error){"radar": Radar} {
		option, err := draw(values)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		text := string(option)
		for _, banned := range []string{"__f__", "function", "</script", "http"} {
			if strings.Contains(text, banned) {
				t.Errorf("%s holds %q: %s", name, banned, text)
			}
		}
		if !strings.Contains(text, `"renderMode":"richText"`) {
			t.Errorf("%s: the tooltip is not drawn in the chart: %s", name, text)
		}
		if !strings.Contains(text, "3.7,null") || !strings.Contains(text, "3.1,null") || !strings.Contains(text, "5.0,null") {
			t.Errorf("%s: want the score and the ends of its band, to one decimal and within the scale: %s", name, text)
		}
		if !strings.Contains(text, "3.7") || !strings.Contains(text, "null") {
			t.Errorf("%s: want the score to one decimal and a gap for the missing one: %s", name, text)
		}
	}
}
