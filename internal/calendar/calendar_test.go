package calendar_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"whetstone/internal/calendar"
	"whetstone/internal/model"
)

var kinds = []model.CalendarKind{model.PulseDue, model.FullDue, model.CommitmentDue, model.CycleEnds, model.ShareEnds}

// address is long, so that its line has to be folded, and has what a text would have to escape.
func address(kind model.CalendarKind) string {
	return "https://whetstone.example.org/a/rather/long/path/below/which/it/is/served;and,more/" + string(kind)
}

func written(t *testing.T, given model.Calendar) (content []byte, read *ical.Calendar) {
	t.Helper()
	content, err := calendar.Write(given, address)
	if err != nil {
		t.Fatal(err)
	}
	read, err = ical.NewDecoder(bytes.NewReader(content)).Decode()
	if err != nil {
		t.Fatalf("another reader: %v\n%s", err, content)
	}
	// Its encoder checks what a calendar and its parts must have, and how often.
	if err := ical.NewEncoder(&bytes.Buffer{}).Encode(read); err != nil {
		t.Errorf("by another writer it is not valid: %v\n%s", err, content)
	}
	return content, read
}

// someDays has an entry of each kind, on the last day of a leap year's February and after.
func someDays() model.Calendar {
	given := model.Calendar{CalendarVersion: model.CalendarVersion{Sequence: 7, ChangedAt: time.Date(2028, time.February, 1, 13, 59, 7, 900e6, time.FixedZone("", 3600))}}
	for i, kind := range kinds {
		given.Entries = append(given.Entries, model.CalendarEntry{Kind: kind, UID: string(kind) + "@whetstone", Day: time.Date(2028, time.February, 29+i, 0, 0, 0, 0, time.UTC)})
	}
	return given
}

func TestAnotherReaderUnderstandsACalendar(t *testing.T) {
	t.Parallel()
	given := someDays()
	content, read := written(t, given)
	if got := read.Props.Get("METHOD").Value + " " + read.Props.Get("X-WR-CALNAME").Value; got != "PUBLISH Whetstone" {
		t.Errorf("it is %s", got)
	}
	if interval := read.Props.Get("REFRESH-INTERVAL"); interval.Value != "PT12H" || strings.Join(interval.Params["VALUE"], " ") != "DURATION" {
		t.Errorf("it is read again after %+v", interval)
	}
	events := read.Events()
	if len(events) != len(kinds) {
		t.Fatalf("%d events:\n%s", len(events), content)
	}
	for i, event := range events {
		entry := given.Entries[i]
		text := func(name string) string {
			t.Helper()
			value, err := event.Props.Text(name)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			return value
		}
		moment := func(name string) time.Time {
			t.Helper()
			value, err := event.Props.DateTime(name, time.UTC)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			return value
		}
		if text("UID") != entry.UID || !strings.HasPrefix(text("SUMMARY"), "Whetstone: ") || event.Props.Get("SEQUENCE").Value != "7" || text("CLASS") != "PRIVATE" || text("TRANSP") != "TRANSPARENT" {
			t.Errorf("%s: %+v", entry.Kind, event.Props)
		}
		if !moment("DTSTART").Equal(entry.Day) || !moment("DTEND").Equal(entry.Day.AddDate(0, 0, 1)) || event.Props.Get("DTSTART").ValueType() != ical.ValueDate || event.Props.Get("DTEND").ValueType() != ical.ValueDate {
			t.Errorf("%s: from %+v to %+v", entry.Kind, event.Props.Get("DTSTART"), event.Props.Get("DTEND"))
		}
		if changed := given.ChangedAt.Truncate(time.Second); !moment("DTSTAMP").Equal(changed) || !moment("LAST-MODIFIED").Equal(changed) {
			t.Errorf("%s: changed at %s and %s", entry.Kind, moment("DTSTAMP"), moment("LAST-MODIFIED"))
		}
		if where, err := event.Props.URI("URL"); err != nil || where.String() != address(entry.Kind) {
			t.Errorf("%s: it leads to %v, %v", entry.Kind, where, err)
		}
	}
}

// Lines end in CR LF and have at most 75 bytes, none of them torn within a letter.
func TestLinesAreThoseOfTheStandard(t *testing.T) {
	t.Parallel()
	content, _ := written(t, someDays())
	text := string(content)
	if !strings.HasSuffix(text, "END:VCALENDAR\r\n") || strings.Count(text, "\n") != strings.Count(text, "\r\n") || strings.Count(text, "\r") != strings.Count(text, "\r\n") {
		t.Errorf("lines end otherwise: %q", text)
	}
	folded := false
	for line := range strings.SplitSeq(text, "\r\n") {
		folded = folded || strings.HasPrefix(line, " ")
		if len(line) > 75 || strings.ToValidUTF8(line, "") != line {
			t.Errorf("a line is %q", line)
		}
	}
	if !folded {
		t.Error("no line was long enough to be folded")
	}
}

// A calendar on which nothing falls is one, too, and the same one gives the same bytes.
func TestAnEmptyCalendarIsValid(t *testing.T) {
	t.Parallel()
	empty, read := written(t, model.Calendar{CalendarVersion: model.CalendarVersion{ChangedAt: time.Unix(0, 0)}})
	if len(read.Events()) != 0 || len(read.Children) != 1 {
		t.Errorf("it has %d events and %d parts", len(read.Events()), len(read.Children))
	}
	again, _ := written(t, model.Calendar{CalendarVersion: model.CalendarVersion{ChangedAt: time.Unix(9, 0)}})
	if !bytes.Equal(empty, again) {
		t.Errorf("it differs:\n%s\n%s", empty, again)
	}
}
