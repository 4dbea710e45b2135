// Package kit holds what the pages of all wings have in common: the frame of a page, fields, error messages, the words
// and figures that recur, and the frames of charts. Views take typed props: what to show, never a request or a database.
package kit

import (
	"time"

	"github.com/a-h/templ"

	"whetstone/assets"
	"whetstone/internal/model"
	"whetstone/internal/paths"
)

// Page is what every page needs besides its own content.
type Page struct {
	Paths paths.Paths
	// Title is the page's title, without the product's name.
	Title string
	// Known tells that the browser has a manager's session, and so assessments to list.
	Known bool
	// Keyed tells that the manager has a recovery key, so that their answers outlive this browser.
	Keyed bool
	// Zone is the one in which the reader's days are counted.
	Zone model.Zone
	// TellZone asks the browser to tell its zone where that is another.
	TellZone bool
	// AsksZone tells that a form of the page is filled in with the browser's zone.
	AsksZone bool
	// Current is the menu entry of this page: "assessments", "history", "plan", "shares", "received", "method",
	// "settings", "about" or "".
	Current string
	// Demonstration tells that the whole instance holds made-up data.
	Demonstration bool
	// Shared tells that the visitor acts for the made-up manager of a demonstration, as others do.
	Shared bool
	// Once tells the forms of this page from those of any other, so that one that is sent twice is carried out
	// once.
	Once string
	// Errors are what is wrong with the form on this page; they lead it, and its title says so.
	Errors []model.FieldError
	// ErrorsTitle says before what they have to be mended, "" for before saving.
	ErrorsTitle string
	// Focused hides the menu: the page is one step of a longer task.
	Focused bool
	// Sharing tells that the manager has made shares, Mentoring that the browser has opened some.
	Sharing, Mentoring bool
	// Audience is whom the page is for.
	Audience Audience
	// Prefix keeps the ids of several previews on one page apart.
	Prefix string
	// Posted tells that the page is the answer to a form, so that it can't be asked for again as it is.
	Posted bool
	// saves tells that the page saves by itself what is chosen and typed on it.
	saves bool
}

// Saving is a page that saves by itself what is chosen and typed on it.
func (p Page) Saving() Page {
	p.saves = true
	return p
}

// Neutral is a page that is the same however it was asked for.
func (p Page) Neutral() Page {
	p.Posted = true
	return p
}

// script is the page's own script: whichever it is, it shows no page again that the browser has kept.
func (p Page) script() string {
	if p.saves {
		return p.Asset("questions.js")
	}
	return p.Asset("page.js")
}

// Audience is whom a page is for: what it shows and offers depends on it.
type Audience int

const (
	// ForManager is a page for whom it is about, or for a stranger.
	ForManager Audience = iota
	// ForMentor is a page for a mentor: it has a menu and a foot of its own, and offers nothing to change.
	ForMentor
	// ForPreview is a page for a mentor as its manager looks at it beforehand: nothing in it leads anywhere.
	ForPreview
)

// Previewed reports whether the page is only looked at.
func (p Page) Previewed() bool { return p.Audience == ForPreview }

// Id makes an id of this page's own.
func (p Page) Id(name string) string { return p.Prefix + name }

// Link gives a link its address; in a preview it leads nowhere.
func (p Page) Link(address string) templ.Attributes {
	if p.Previewed() {
		return nil
	}
	return templ.Attributes{"href": address}
}

// FormAction tells a form where to go; in a preview it goes nowhere.
func (p Page) FormAction(address string) templ.Attributes {
	if p.Previewed() {
		return nil
	}
	return templ.Attributes{"action": address}
}

// Asset is the address of one of the app's own files.
func (p Page) Asset(name string) string { return p.Paths.Asset(assets.Path(name)) }

// Day writes the reader's day of a moment, the one way that a page does. Days of a team are in the team's zone.
func (p Page) Day(moment time.Time) string { return p.Zone.LongDate(moment) }

// zoneData tells the script that tells the browser's zone where to, and which one is known.
func (p Page) zoneData() templ.Attributes {
	if !p.TellZone {
		return nil
	}
	return templ.Attributes{"data-tell": p.Paths.Zones(), "data-zone": p.Zone.Name()}
}

func (p Page) title() string {
	title := p.Title + ": Whetstone"
	if len(p.Errors) > 0 {
		return "Error: " + title
	}
	return title
}

func (p Page) errorsTitle() string {
	if p.ErrorsTitle != "" {
		return p.ErrorsTitle
	}
	return "Before this can be saved"
}

// FieldError finds the message for one field, "" if nothing is wrong with it.
func (p Page) FieldError(field string) string {
	for _, candidate := range p.Errors {
		if candidate.Field == field {
			return candidate.Message
		}
	}
	return ""
}

// Previewing makes a page one that is only looked at.
func (p Page) Previewing(prefix string) Page {
	p.Audience, p.Prefix, p.Errors = ForPreview, prefix, nil
	return p
}
