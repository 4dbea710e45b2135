package questionnaire

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// placeholder matches where a text leaves room for a word of the craft, or has a brace: a literal brace is written
// twice.
var placeholder = regexp.MustCompile(`\{\{|\}\}|\{[^{}]*\}?|\}`)

// braces are the literal braces, by how they are written.
var braces = map[string]string{"{{": "{", "}}": "}"}

// fill puts the words of a craft into a text.
func (t Terms) fill(text string) string {
	if !strings.ContainsAny(text, "{}") { // almost every text; looking for placeholders costs a hundred times as much
		return text
	}
	return placeholder.ReplaceAllStringFunc(text, func(found string) string {
		if brace, literal := braces[found]; literal {
			return brace
		}
		name, capital := termName(found)
		word, known := t[name]
		switch {
		case !known:
			return found
		case capital:
			first, size := utf8.DecodeRuneInString(word)
			return string(unicode.ToUpper(first)) + word[size:]
		}
		return word
	})
}

// termName returns the name in a placeholder, and whether it begins with a capital letter.
func termName(found string) (name string, capital bool) {
	name = strings.Trim(found, "{}")
	lower := strings.ToLower(name)
	return lower, lower != name
}

// Suits reports whether a craft is asked the item.
func (i Item) Suits(craft string) bool { return len(i.Crafts) == 0 || slices.Contains(i.Crafts, craft) }

// For returns the item as a craft is asked it, the craft's words filled in. That is what an assessment stores.
func (i Item) For(craft string) Item {
	terms := i.Terms[craft]
	i.Text = terms.fill(i.Text)
	i.Anchors = i.Anchors.fill(terms)
	i.Terms, i.Crafts = nil, nil
	return i
}

// For returns the rubric with a craft's words filled in.
func (r Rubric) For(craft string) Rubric {
	terms := r.Terms[craft]
	r.Definition = terms.fill(r.Definition)
	r.Anchors = r.Anchors.fill(terms)
	r.Terms = nil
	return r
}

func (a Anchors) fill(terms Terms) Anchors {
	return Anchors{terms.fill(a.One), terms.fill(a.Three), terms.fill(a.Five)}
}

// texts returns the texts of an item that may hold placeholders.
func (i Item) texts() []string {
	return []string{i.Text, i.Anchors.One, i.Anchors.Three, i.Anchors.Five}
}

// texts returns the texts of a rubric that may hold placeholders.
func (r Rubric) texts() []string {
	return []string{r.Definition, r.Anchors.One, r.Anchors.Three, r.Anchors.Five}
}

// terms returns, for each of the crafts, the words for the placeholders in texts; nil if there are no placeholders. It
// reports those that no craft has a word for.
func (m mapping) terms(model Model, crafts []string, texts ...string) map[string]Terms {
	var used map[string]Terms
	for _, text := range texts {
		for _, found := range placeholder.FindAllString(text, -1) {
			if _, literal := braces[found]; literal {
				continue
			}
			name, _ := termName(found)
			if !slices.Contains(termsShape.keys, name) {
				m.file.report(m.line, "unknown term %q (a brace that stands for itself is written twice: {{ or }})%s", found, hint(nearest(name, termsShape.keys), termsShape.keys))
				continue
			}
			if used == nil {
				used = map[string]Terms{}
			}
			for _, id := range crafts {
				craft, _ := model.Craft(id)
				if used[id] == nil {
					used[id] = Terms{}
				}
				used[id][name] = craft.Terms[name]
			}
		}
	}
	return used
}
