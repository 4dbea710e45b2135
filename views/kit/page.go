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
	// Host is the name under which people reach the installation.
	Host string
	// Title is the page's title, without the product's name.
	Title string
	// Known reports whether the browser has a manager's session, and so assessments to list.
	Known bool
	// WayBack reports whether the manager has a way back, so that their answers outlive this browser; Keyed whether that
	// is a recovery key.
	WayBack, Keyed bool
	// Elsewhere reports whether another device is signed in for the manager, too.
	Elsewhere bool
	// Accounts reports whether people can come in here by something that somebody vouches for, or by a mail address.
	Accounts bool
	// Zone is the zone in which the reader's days are counted.
	Zone model.Zone
	// TellZone asks the browser to report its zone if it differs.
	TellZone bool
	// AsksZone reports whether a script fills a form of the page in with the browser's zone.
	AsksZone bool
	// Waiting counts what waits for the reader; the menu says it.
	Waiting int
	// Description says in a sentence or two what the page is, for whoever previews a link to it; "" for a page that is
	// somebody's own. Address is where that page stands, with the host.
	Description, Address string
	// Listed lets search engines list the page.
	Listed bool
	// Current is the menu entry of this page: "home", "assessments", "history", "plan", "depth", "shares", "received", "method",
	// "settings", "about" or "".
	Current string
	// Demonstration reports whether the whole instance holds made-up data.
	Demonstration bool
	// Shared reports whether the visitor acts for the made-up manager of a demonstration, as others do.
	Shared bool
	// Vouched reports whether people may sign in here by somebody who vouches for them.
	Vouched bool
	// SignInOnly reports whether nobody begins here without signing in.
	SignInOnly bool
	// Installation is what is set for this installation.
	Installation model.Installation
	// Onward is where the page leads by itself at once; "" for a page that stays.
	Onward string
	// Once sets the forms of this page apart from those of any other, so that one that is sent twice is carried out
	// once.
	Once string
	// Errors are what is wrong with the form on this page; they stand at its top, and the title mentions them.
	Errors []model.FieldError
	// ErrorsTitle says before what they must be fixed; "" means before saving.
	ErrorsTitle string
	// Focused hides the menu: the page is one step of a longer task.
	Focused bool
	// Sharing reports whether the manager has made shares, Mentoring that the browser has opened some.
	Sharing, Mentoring bool
	// Audience says who the page is for.
	Audience Audience
	// Prefix keeps the ids of several previews on one page apart.
	Prefix string
	// Here is the address of this page, to which noting something leads back; "" where it can't be got again. About is
	// the competency that the page is about; "" for none.
	Here, About string
	// Noted tells that something was noted from this page just now.
	Noted bool
	// Posted reports whether the page is the answer to a form, so that it can't simply be fetched again.
	Posted bool
	// saves reports whether the page saves what is chosen and typed on it by itself.
	saves bool
}

// Saving returns a page that saves what is chosen and typed on it by itself.
func (p Page) Saving() Page {
	p.saves = true
	return p
}

// Neutral returns a page that is the same however it was requested.
func (p Page) Neutral() Page {
	p.Posted = true
	return p
}

// script is the page's own script. Every one of them keeps the browser from showing a cached page again.
func (p Page) script() string {
	if p.saves {
		return p.Asset("questions.js")
	}
	return p.Asset("page.js")
}

// Audience says who a page is for. What the page shows and offers depends on it.
type Audience int

const (
	// ForManager is a page for the manager whom it is about, or for a stranger.
	ForManager Audience = iota
	// ForMentor is a page for a mentor: it has a menu and a foot of its own, and offers nothing to change.
	ForMentor
	// ForPreview is a mentor's page as its manager previews it: nothing on it leads anywhere.
	ForPreview
)

// Previewed reports whether the page is a preview.
func (p Page) Previewed() bool { return p.Audience == ForPreview }

// Id returns an id that is unique to this page.
func (p Page) Id(name string) string { return p.Prefix + name }

// Link gives a link its address; in a preview it leads nowhere.
func (p Page) Link(address string) templ.Attributes {
	if p.Previewed() {
		return nil
	}
	return templ.Attributes{"href": address}
}

// FormAction returns where a form goes; in a preview it goes nowhere.
func (p Page) FormAction(address string) templ.Attributes {
	if p.Previewed() {
		return nil
	}
	return templ.Attributes{"action": address}
}

// Asset returns the address of one of the app's own files.
func (p Page) Asset(name string) string { return p.Paths.Asset(assets.Path(name)) }

// Day writes the reader's day of a moment, the one way that pages write days. Days of a team are in the team's zone.
func (p Page) Day(moment time.Time) string { return p.Zone.LongDate(moment) }

// Apart writes the reader's day of a moment so that it can be told from others: with the time of day where it has to be.
func (p Page) Apart(moment time.Time, others []time.Time) string { return p.Zone.Apart(moment, others) }

// zoneData tells the script where to report the browser's zone, and which zone is known.
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

// Fewest is the fewest people that a figure of a team's later cycle is of.
func (p Page) Fewest() int { return max(p.Installation.SmallestGroup, model.SmallestGroup) }

// Note is where something is noted from this page.
func (p Page) Note() string { return p.Paths.Note(p.About, p.Here) }

// Previewing turns a page into a preview.
func (p Page) Previewing(prefix string) Page {
	p.Audience, p.Prefix, p.Errors = ForPreview, prefix, nil
	return p
}
