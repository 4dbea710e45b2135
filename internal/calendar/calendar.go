// Package calendar writes what falls on a manager's days for calendars to read: iCalendar, RFC 5545.
package calendar

import (
	"bytes"

	ics "github.com/arran4/golang-ical"

	"whetstone/internal/model"
)

// Type is the content type of a calendar.
const Type = "text/calendar; charset=utf-8"

const (
	product = "-//Whetstone//Whetstone//EN"
	// pause is how long a calendar should wait before it reads again: nothing here is due by the hour.
	pause = "PT12H"
)

// summaries are all that a calendar says of a day. Others may see it there, so it names nothing and nobody.
var summaries = map[model.CalendarKind]string{
	model.PulseDue:      "Whetstone: a pulse is due",
	model.FullDue:       "Whetstone: a full assessment is due",
	model.CommitmentDue: "Whetstone: the day of a commitment",
	model.CycleEnds:     "Whetstone: a team’s cycle ends",
	model.ShareEnds:     "Whetstone: a share ends",
}

// Write writes a calendar. address gives the page of what falls on a day.
func Write(calendar model.Calendar, address func(model.CalendarKind) string) ([]byte, error) {
	file := ics.NewCalendar()
	file.SetProductId(product)
	file.SetMethod(ics.MethodPublish)
	file.SetXWRCalName("Whetstone")
	file.SetRefreshInterval(pause)
	file.SetXPublishedTTL(pause)
	for _, entry := range calendar.Entries {
		addEvent(file, entry, calendar.CalendarVersion, address(entry.Kind))
	}
	if len(calendar.Entries) == 0 {
		addNothing(file)
	}
	var content bytes.Buffer
	err := file.SerializeTo(&content, ics.WithNewLineWindows) // the line ends of RFC 5545
	return content.Bytes(), err
}

// addEvent adds what falls on a day: all of that day, without taking it up.
func addEvent(file *ics.Calendar, entry model.CalendarEntry, version model.CalendarVersion, address string) {
	event := file.AddEvent(entry.UID)
	event.SetDtStampTime(version.ChangedAt)
	event.SetLastModifiedAt(version.ChangedAt)
	event.SetSequence(version.Sequence)
	event.SetAllDayStartAt(entry.Day)
	event.SetAllDayEndAt(entry.Day.AddDate(0, 0, 1))
	event.SetSummary(summaries[entry.Kind])
	event.SetURL(address)
	event.SetClass(ics.ClassificationPrivate)
	event.SetTimeTransparency(ics.TransparencyTransparent)
}

// addNothing adds a time zone to a calendar without an event, since a calendar has to have something in it.
func addNothing(file *ics.Calendar) {
	zone := file.AddTimezone("Etc/UTC").AddStandard()
	zone.SetProperty(ics.ComponentPropertyDtStart, "19700101T000000")
	zone.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), "+0000")
	zone.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), "+0000")
}
