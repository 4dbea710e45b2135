package questionnaire

import (
	"cmp"
	"fmt"

	"whetstone/internal/rounding"
)

// Length says what a questionnaire asks of a reader's time.
type Length struct {
	File string
	// Items has every item that was free of problems, in file order.
	Items []ItemLength
	// Full and Pulse are for the craft with the most to read.
	Full, Pulse Reading
	// pulseWords is the mean of the pulse's items.
	pulseWords float64
}

// ItemLength is the length of one item, for the craft with the most to read.
type ItemLength struct {
	ID string
	// Words are those of the text and its three anchors, Illustration those of the longer illustration.
	Words, Illustration int
	// Grade is the text's.
	Grade float64
}

// lengthOf measures a questionnaire.
func lengthOf(d draft, model Model) Length {
	length := Length{Full: d.reading(FormFull, model), Pulse: d.reading(FormPulse, model)}
	pulses := map[string]bool{}
	for _, section := range d.Sections {
		pulses[section.Pulse] = true
	}
	words, count := 0, 0
	for _, item := range d.items {
		one := ItemLength{ID: item.ID}
		for _, craft := range model.Crafts {
			if !item.Suits(craft.ID) {
				continue
			}
			filled := item.For(craft.ID)
			one.Words = max(one.Words, filled.wordCount())
			one.Illustration = max(one.Illustration, countWords(item.Illustrations[craft.ID]))
			one.Grade = max(one.Grade, Grade(filled.Text))
		}
		length.Items = append(length.Items, one)
		if pulses[item.ID] {
			words += one.Words
			count++
		}
	}
	length.pulseWords = float64(words) / float64(cmp.Or(count, 1))
	return length
}

// problems returns what is too long.
func (l Length) problems(d draft) Problems {
	var found Problems
	report := func(at place, format string, arguments ...any) {
		found = append(found, Problem{at.file, at.line, fmt.Sprintf(format, arguments...)})
	}
	for i, item := range l.Items {
		at := d.items[i].at
		if item.Words > mostItemWords {
			report(at, "item %q has %d words in text and anchors; shorten them to %d", item.ID, item.Words, mostItemWords)
		}
		if item.Illustration > mostIllustrationWords {
			report(at, "an illustration of item %q has %d words; shorten it to %d", item.ID, item.Illustration, mostIllustrationWords)
		}
		if item.Grade > highestGrade {
			report(at, "the text of item %q reads at grade %s; bring it to %.0f with shorter words or sentences", item.ID, rounding.Decimal(item.Grade), highestGrade)
		}
	}
	if l.pulseWords > mostPulseWords {
		report(d.at, "the items of the pulse have %.0f words on average; bring them to %d", l.pulseWords, mostPulseWords)
	}
	for _, form := range []struct {
		form    Form
		reading Reading
		most    int
	}{{FormFull, l.Full, mostFullMinutes}, {FormPulse, l.Pulse, mostPulseMinutes}} {
		stated, taken := d.Minutes.Of(form.form), form.reading.Minutes()
		switch {
		case stated == 0: // reported
		case taken > form.most:
			report(d.minutes, "the %s form takes %d minutes (%d words, %d choices); bring it to %d", form.form, taken, form.reading.Words, form.reading.Items, form.most)
		case stated < taken:
			report(d.minutes, "the %s form takes %d minutes (%d words, %d choices), so state no fewer than that", form.form, taken, form.reading.Words, form.reading.Items)
		}
	}
	return found
}
