package questionnaire

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
)

// How fast people read and choose. 238 words a minute is the mean of silent reading of English non-fiction that
// Brysbaert (2019) found over 190 studies.
const (
	wordsPerMinute = 238
	choiceTime     = 5 * time.Second
)

// What an item and a form may ask of a reader. Only "whetstone check" enforces it: a questionnaire written before
// these limits is still served.
const (
	mostItemWords         = 60
	mostPulseWords        = 55
	mostIllustrationWords = 22
	highestGrade          = 8.0
	mostFullMinutes       = 15
	mostPulseMinutes      = 4
)

// Reading is how long a form takes to read and answer.
type Reading struct {
	// Items is how many choices there are.
	Items int
	// Words are those of the instruction, the headings, the texts and their anchors, and the open illustrations.
	Words int
}

// Time is how long it takes to read the words and choose the levels.
func (r Reading) Time() time.Duration {
	return time.Duration(float64(r.Words)/wordsPerMinute*float64(time.Minute)) + time.Duration(r.Items)*choiceTime
}

// Minutes is Time in whole minutes, rounded up.
func (r Reading) Minutes() int { return int(math.Ceil(r.Time().Minutes())) }

// ReadingOf counts what is read in a form: once the instruction and the words of the levels that items leave unworded,
// the headings, with the competencies' definitions in a full form and the areas in a pulse, and each item's text with
// its three anchors. The illustrations of the first page are open, the others are folded and not counted. The sections
// are those of one craft, see Questionnaire.For.
func ReadingOf(scale Scale, sections []Section, craft string, form Form) Reading {
	opened := openedOn(sections, form)
	r := Reading{Words: countWords(scale.Instruction, scale.Between.Two, scale.Between.Four)}
	for i, section := range sections {
		r.Words++ // the competency's name
		if form == FormFull {
			r.Words += countWords(section.Definition)
		} else if i%pulsePage == 0 {
			r.Words++ // the area's name
		}
		for _, item := range section.Items {
			if form == FormPulse && section.Pulse != "" && item.ID != section.Pulse {
				continue
			}
			r.Words += item.wordCount()
			if r.Items < opened {
				r.Words += countWords(item.Illustrations[craft])
			}
			r.Items++
		}
	}
	return r
}

// reading is ReadingOf a form of the questionnaire, for the craft with the most to read.
func (q *Questionnaire) reading(form Form, model Model) Reading {
	var most Reading
	for _, craft := range model.Crafts {
		sections := q.For(craft.ID).Sections
		if one := ReadingOf(q.Scale, sections, craft.ID, form); one.Words > most.Words {
			most = one
		}
	}
	return most
}

// pulsePage is how many questions a page of a pulse has, those of one area; a page of a full form is one competency.
const pulsePage = 3

// openedOn is how many items the first page has, whose illustrations are open.
func openedOn(sections []Section, form Form) int {
	if form == FormPulse || len(sections) == 0 {
		return pulsePage
	}
	return len(sections[0].Items)
}

// wordCount counts the words of an item's text and its three anchors.
func (i Item) wordCount() int { return countWords(i.texts()...) }

// wordsOf splits a text into its words: whatever contains a letter or a digit, between white space. A dash by itself
// is not a word, and a hyphenated word is one.
func wordsOf(text string) []string {
	return slices.DeleteFunc(strings.Fields(text), func(field string) bool { return !isWord(field) })
}

func isWord(field string) bool { return strings.ContainsFunc(field, wordRune) }

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func countWords(texts ...string) int {
	count := 0
	for _, text := range texts {
		for field := range strings.FieldsSeq(text) {
			if isWord(field) {
				count++
			}
		}
	}
	return count
}

// Grade is the Flesch-Kincaid grade of a text: the years of school that reading it takes,
// 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid and others, 1975).
func Grade(text string) float64 {
	words := wordsOf(text)
	if len(words) == 0 {
		return 0
	}
	syllables, sentences := 0, 0
	for _, word := range words {
		syllables += Syllables(word)
		if end := strings.TrimRight(word, `"')`); strings.ContainsAny(end[max(len(end)-1, 0):], ".?!") {
			sentences++
		}
	}
	sentences = max(sentences, 1)
	count := float64(len(words))
	return 0.39*count/float64(sentences) + 11.8*float64(syllables)/count - 15.59
}

// Syllables counts the syllables of an English word by its spelling, part by part where a hyphen joins: each group of
// vowels (a, e, i, o, u, and y but at the beginning) is one; a silent e at the end is none, nor is the e of -es and
// -ed where no syllable is heard (but "-le" after a consonant is one: "table"; so is "-ted", "-ces"); "ia", "io",
// "eo", "ua" and "uo" are two where they are not "-tion", "-cial" or the like. A number has one per digit. This is a
// rule, not a dictionary: by it, "every" and "million" have three.
func Syllables(word string) int {
	total := 0
	for _, part := range strings.FieldsFunc(strings.ToLower(word), func(r rune) bool { return !wordRune(r) && r != '\'' && r != '’' }) {
		total += syllablesOf(part)
	}
	return total
}

func syllablesOf(word string) int {
	word, _, _ = strings.Cut(strings.Trim(strings.ReplaceAll(word, "’", "'"), "'"), "'") // a possessive adds none
	if word == "" {
		return 0
	}
	if rest, found := strings.CutPrefix(word, "some"); found && rest != "" {
		return 1 + syllablesOf(rest) // its e is silent before another part: "someone", "something"
	}
	count, before := 0, rune(0)
	for i, letter := range word {
		switch {
		case unicode.IsDigit(letter):
			count++
		case vowel(letter, i) && !vowel(before, i-1):
			count++
		case vowel(letter, i) && apart(word, i):
			count++
		}
		before = letter
	}
	return max(count-silent(word), 1)
}

// vowel reports whether a letter at a place sounds as a vowel.
func vowel(letter rune, at int) bool {
	return strings.ContainsRune("aeiou", letter) || letter == 'y' && at > 0
}

// apart reports whether the second vowel of a pair is heard separately, as in "idea" and "various".
func apart(word string, at int) bool {
	pair := word[at-1 : at+1]
	switch pair {
	case "ia", "io", "iu":
		return at < 2 || !strings.ContainsRune("tcsgx", rune(word[at-2]))
	case "eo", "ua", "uo":
		return at < 2 || !strings.ContainsRune("gqp", rune(word[at-2]))
	case "ea":
		return strings.HasPrefix(word, "crea") || strings.HasPrefix(word, "idea") || strings.HasPrefix(word, "area")
	case "ie":
		return strings.HasPrefix(word[at-1:], "iet") || strings.HasPrefix(word[at-1:], "ience")
	}
	return word[at:] == "ing" // "being", "trying"
}

// silent reports whether an e at the end of a word is counted and not heard.
func silent(word string) int {
	stem, ending := word, ""
	for _, end := range []string{"es", "ed", "e"} {
		if rest, found := strings.CutSuffix(word, end); found {
			stem, ending = rest, end
			break
		}
	}
	if ending == "" || stem == "" {
		return 0
	}
	last := rune(stem[len(stem)-1])
	before := byte(0)
	if len(stem) > 1 {
		before = stem[len(stem)-2]
	}
	switch {
	case vowel(last, len(stem)-1):
		return 0 // "see", "agreed": one group, counted once
	case ending == "es" && (strings.ContainsRune("scgzx", last) || strings.HasSuffix(stem, "ch") || strings.HasSuffix(stem, "sh")):
		return 0 // "choices", "watches"
	case ending == "ed" && strings.ContainsRune("td", last):
		return 0 // "wanted"
	case ending != "ed" && last == 'l' && !vowel(rune(before), len(stem)-2):
		return 0 // "table", "examples"
	}
	return 1
}
