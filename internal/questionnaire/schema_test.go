package questionnaire

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"whetstone/data"
)

// schema is the part of JSON Schema that the shipped schemas use.
type schema struct {
	Schema      string            `json:"$schema"`
	Ref         string            `json:"$ref"`
	Description string            `json:"description"`
	Additional  *bool             `json:"additionalProperties"`
	Required    []string          `json:"required"`
	Properties  map[string]schema `json:"properties"`
	Enum        []string          `json:"enum"`
	Items       *schema           `json:"items"`
	MaxItems    int               `json:"maxItems"`
	MaxLength   int               `json:"maxLength"`
	Minimum     float64           `json:"minimum"`
	Maximum     float64           `json:"maximum"`
	Pattern     string            `json:"pattern"`
	Definitions map[string]schema `json:"$defs"`
}

// readSchema reads a shipped schema.
func readSchema(t *testing.T, name string) schema {
	t.Helper()
	text, err := data.Files.ReadFile("schema/" + name + ".schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var s schema
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if s.Schema != "https://json-schema.org/draft/2020-12/schema" {
		t.Errorf("%s: draft is %q", name, s.Schema)
	}
	return s
}

// TestSchemasHaveTheLoadersFields holds the schemas, which editors read, and the loader together.
func TestSchemasHaveTheLoadersFields(t *testing.T) {
	model, err := Load(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]map[string]shape{
		"model": {"": modelShape, "area": areaShape, "competency": competencyShape, "about": aboutShape,
			"craft": craftShape, "terms": termsShape, "pillar": pillarShape, "scope": scopeShape},
		"questionnaire": {
			"": questionnaireShape, "minutes": minutesShape, "scale": scaleShape, "between": betweenShape,
			"section": sectionShape, "rubric": anchorsShape, "item": itemShape, "anchors": anchorsShape,
			"illustrations": illustrationsShape(model.Model.craftIDs()),
		},
		"practices": {"": practicesShape, "practice": practiceShape},
		"domains":   {"": domainsShape, "role": roleShape, "domain": domainShape, "practices": findingsShape},
		"guides":    {"": guidesShape, "guide": guideShape, "part": partShape},
	} {
		root := readSchema(t, file)
		for name, shape := range want {
			s := root
			if name != "" {
				s = root.Definitions[name]
			}
			where := file + " " + name
			keys, required := slices.Sorted(slices.Values(shape.keys)), slices.Sorted(slices.Values(shape.keys))
			switch name {
			case "item":
				keys = slices.Sorted(slices.Values(itemShapeOf(map[string]entry{ownCrafts: {}}).keys))
			case "illustrations":
				required = nil // those of the crafts that are asked the item
			}
			if got := slices.Sorted(maps.Keys(s.Properties)); !slices.Equal(got, keys) {
				t.Errorf("%s: the schema has %v, the loader %v", where, got, keys)
			}
			if got := slices.Sorted(slices.Values(s.Required)); !slices.Equal(got, required) {
				t.Errorf("%s: the schema requires %v, the loader %v", where, got, keys)
			}
			if s.Additional == nil || *s.Additional {
				t.Errorf("%s: the schema lets unknown fields pass", where)
			}
			if s.Description == "" {
				t.Errorf("%s: no description for an editor to show", where)
			}
			for key, property := range s.Properties {
				described := property.Description != "" || property.Ref != ""
				if !described {
					t.Errorf("%s: field %s has no description", where, key)
				}
			}
		}
		for name, definition := range root.Definitions {
			if _, expected := want[name]; !expected && len(definition.Enum) == 0 {
				t.Errorf("%s: definition %s is neither a mapping of the loader nor a list of ids", file, name)
			}
		}
	}
}

func TestSchemasHaveTheLoadersLimits(t *testing.T) {
	library, err := Load(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	root, practices, model := readSchema(t, "questionnaire"), readSchema(t, "practices"), library.Model
	for name, want := range map[string][]string{
		"competency": model.competencyIDs(), "scope": model.scopeIDs(), "craft": model.craftIDs(), "outcome": model.outcomeIDs(), "pillar": model.pillarIDs(),
	} {
		if got := root.Definitions[name].Enum; !slices.Equal(got, want) {
			t.Errorf("%s: the schema lists %v, the model %v", name, got, want)
		}
		if got, used := practices.Definitions[name]; used && !slices.Equal(got.Enum, want) {
			t.Errorf("practices, %s: the schema lists %v, the model %v", name, got.Enum, want)
		}
	}
	section, item := root.Definitions["section"].Properties, root.Definitions["item"].Properties
	target, importance := section["target"], section["importance"]
	if target.Minimum != lowestTarget || target.Maximum != highestTarget || importance.Minimum != 1 || importance.Maximum != mostImportance {
		t.Errorf("target or importance: %+v, %+v", target, importance)
	}
	if item["text"].MaxLength != maxItemText || item["outcomes"].MaxItems != mostOutcomes || section["definition"].MaxLength != maxText {
		t.Errorf("lengths: %+v, %+v, %+v", item["text"], item["outcomes"], section["definition"])
	}
	if item["id"].Pattern != dottedPattern.String() || root.Properties["id"].Pattern != slugPattern.String() || item["id"].MaxLength != maxID {
		t.Errorf("ids: %+v, %+v", item["id"], root.Properties["id"])
	}
	if minutes := root.Definitions["minutes"].Properties["full"]; minutes.Maximum != mostMinutes {
		t.Errorf("minutes: %+v", minutes)
	}
}
