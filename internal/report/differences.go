package report

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// tolerance is how far a recomputed number may be from the one in a file: as much as different processors' rounding
// can explain, and far less than any difference that matters.
const tolerance = 1e-9

// plainTree returns a value as JSON without types reads it: maps, lists, texts, numbers.
func plainTree(value any) (tree any, err error) {
	content, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	return tree, json.Unmarshal(content, &tree)
}

// differences lists where a file's tree differs from what it should be, one line each. It compares whole trees, so
// that no field can be forgotten.
func differences(where string, inFile, wanted any) []string {
	switch wanted := wanted.(type) {
	case map[string]any:
		if inFile, ok := inFile.(map[string]any); ok {
			return fieldDifferences(where, inFile, wanted)
		}
	case []any:
		if inFile, ok := inFile.([]any); ok {
			return listDifferences(where, inFile, wanted)
		}
	case float64:
		if inFile, ok := inFile.(float64); ok && math.Abs(inFile-wanted) <= tolerance {
			return nil
		}
	default:
		if inFile == wanted {
			return nil
		}
	}
	return []string{fmt.Sprintf("%s: %s in the file, %s recomputed", where, inWords(inFile), inWords(wanted))}
}

func fieldDifferences(where string, inFile, wanted map[string]any) []string {
	var found []string
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		if value, present := inFile[name]; present {
			found = append(found, differences(below(where, name), value, wanted[name])...)
		} else {
			found = append(found, below(where, name)+": missing in the file")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(inFile)) {
		if _, known := wanted[name]; !known {
			found = append(found, below(where, printable(name))+": in the file, but no part of this format")
		}
	}
	return found
}

func listDifferences(where string, inFile, wanted []any) []string {
	if len(inFile) != len(wanted) {
		return []string{fmt.Sprintf("%s: %d in the file, %d recomputed", where, len(inFile), len(wanted))}
	}
	var found []string
	for i := range wanted {
		found = append(found, differences(below(where, label(wanted[i], i)), inFile[i], wanted[i])...)
	}
	return found
}

func below(where, name string) string {
	if where == "" {
		return name
	}
	return where + ": " + name
}

// label names an element of a list by its subject, or else by its number.
func label(element any, index int) string {
	object, _ := element.(map[string]any)
	text := func(name string) string {
		value, _ := object[name].(string)
		return printable(value)
	}
	item, _ := object["item"].(map[string]any)
	switch {
	case object["finished_at"] != nil:
		day, _, _ := strings.Cut(text("finished_at"), "T")
		return fmt.Sprintf("%s (%s)", day, text("id"))
	case object["kind"] != nil && text("kind") != text("id"): // the whole is one of its kind
		return text("kind") + " " + text("id")
	case item != nil:
		return label(item, index)
	case object["id"] != nil:
		return text("id")
	case object["competency"] != nil:
		return text("competency")
	}
	return strconv.Itoa(index + 1)
}

// inWords returns a value as printed in a line.
func inWords(value any) string {
	switch value := value.(type) {
	case nil:
		return "nothing"
	case string:
		return `"` + printable(value) + `"`
	case map[string]any, []any:
		return "something"
	}
	return fmt.Sprint(value)
}

// printable makes a text from a file short and safe for a terminal.
func printable(text string) string {
	const longest = 80
	quoted := strconv.QuoteToGraphic(text)
	letters := []rune(quoted[1 : len(quoted)-1])
	if len(letters) > longest {
		return string(letters[:longest]) + "…"
	}
	return string(letters)
}
