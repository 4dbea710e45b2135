package measure

import (
	"encoding/json"
	"testing"
)

// The constants lie frozen in databases under these names. A renamed field
// would read as 0 there and silently change old verdicts.
const frozenDefaults = `{` +
	`"prior_item_variance":0.82,` +
	`"prior_degrees_of_freedom":12,` +
	`"competency_mood_variance":0.05,` +
	`"day_mood_variance":0.02,` +
	`"competency_spread_variance":0.25,` +
	`"person_item_variance":0.09,` +
	`"band_level":0.8,` +
	`"changed_level":0.05,` +
	`"possible_level":0.2,` +
	`"minimum_answered_competency":2,` +
	`"minimum_answered_group":5,` +
	`"minimum_answered_pulse_area":3,` +
	`"minimum_shared_whole":12,` +
	`"minimum_shared_outcome_or_pillar":5,` +
	`"minimum_shared_area":3,` +
	`"minimum_shared_competency":2,` +
	`"minimum_share_of_shorter_form":0.6,` +
	`"minimum_trend_sittings":4,` +
	`"careless_minimum_answered":12,` +
	`"careless_identical_share":0.8,` +
	`"careless_seconds_per_item":2}`

func TestConstantsAreFrozenAsJSON(t *testing.T) {
	encoded, err := json.Marshal(Defaults())
	if err != nil {
		t.Fatal(err)
	}
	if string(encoded) != frozenDefaults {
		t.Errorf("constants are written as\n%s\nwant\n%s", encoded, frozenDefaults)
	}
	var decoded Constants
	if err := json.Unmarshal([]byte(frozenDefaults), &decoded); err != nil {
		t.Fatal(err)
	}
	if decoded != Defaults() {
		t.Errorf("constants are read as %+v, want %+v", decoded, Defaults())
	}
}

func TestNoiseIsFrozenAsJSON(t *testing.T) {
	const want = `{"item_variance":0.82,"degrees_of_freedom":12}`
	noise := Defaults().PriorNoise()
	encoded, err := json.Marshal(noise)
	if err != nil {
		t.Fatal(err)
	}
	if string(encoded) != want {
		t.Errorf("noise is written as %s, want %s", encoded, want)
	}
	var decoded Noise
	if err := json.Unmarshal([]byte(want), &decoded); err != nil {
		t.Fatal(err)
	}
	if decoded != noise {
		t.Errorf("noise is read as %+v, want %+v", decoded, noise)
	}
}

func TestOnScale(t *testing.T) {
	for level, want := range map[int]bool{-1: false, 0: false, 1: true, 3: true, 5: true, 6: false} {
		if got := onScale(level); got != want {
			t.Errorf("onScale(%d) = %v, want %v", level, got, want)
		}
	}
}
