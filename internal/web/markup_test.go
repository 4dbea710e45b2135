package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// find lists the elements below a node for which want holds, in the order of the page.
func find(root *html.Node, want func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	if root == nil {
		return nil
	}
	for node := range root.Descendants() {
		if node.Type == html.ElementNode && want(node) {
			found = append(found, node)
		}
	}
	return found
}

// tagged wants elements by their names.
func tagged(names ...string) func(*html.Node) bool {
	return func(node *html.Node) bool { return slices.Contains(names, node.Data) }
}

// attribute reads one attribute, "" where it is missing.
func attribute(node *html.Node, name string) string {
	value, _ := lookup(node, name)
	return value
}

func lookup(node *html.Node, name string) (value string, found bool) {
	for _, candidate := range node.Attr {
		if candidate.Key == name {
			return candidate.Val, true
		}
	}
	return "", false
}

// text is what an element says, with white space as it is seen. A name that is isolated stands in the text around it.
func text(node *html.Node) string {
	var words strings.Builder
	before := (*html.Node)(nil)
	for child := range node.Descendants() {
		if child.Type != html.TextNode || child.Parent.Data == "script" {
			continue
		}
		inline := before != nil && (child.Parent.Data == "bdi" && before == child.Parent.PrevSibling || before.Parent.Data == "bdi" && child == before.Parent.NextSibling)
		if !inline {
			words.WriteByte(' ')
		}
		words.WriteString(child.Data)
		before = child
	}
	return strings.Join(strings.Fields(words.String()), " ")
}

// text is what the whole page says, or the body of anything but a page.
func (p *page) text() string {
	if p.root() == nil {
		return p.body
	}
	return text(p.root())
}

// title is the page's title.
func (p *page) title() string {
	for _, node := range find(p.root(), tagged("title")) {
		return text(node)
	}
	return ""
}

// heading is the page's first heading.
func (p *page) heading() string {
	for _, node := range find(p.root(), tagged("h1")) {
		return text(node)
	}
	return ""
}

// byID finds the element of an id, nil if there is none.
func (p *page) byID(id string) *html.Node {
	for _, node := range find(p.root(), func(node *html.Node) bool { return attribute(node, "id") == id }) {
		return node
	}
	return nil
}

// link finds the link that says this, and returns its address.
func (p *page) link(words string) string {
	p.t.Helper()
	for _, node := range find(p.root(), tagged("a")) {
		if strings.HasPrefix(text(node), words) {
			return attribute(node, "href")
		}
	}
	p.t.Fatalf("%s: no link says %q", p.address, words)
	return ""
}

// control finds the control of a form that a name and, for a radio button, a value stand for.
func control(form []*html.Node, name, value string) *html.Node {
	for _, node := range form {
		if untied(attribute(node, "name")) != name {
			continue
		}
		if kind := attribute(node, "type"); (kind == "radio" || kind == "checkbox") && attribute(node, "value") != value {
			continue
		}
		return node
	}
	return nil
}

// untied is the name of a field without its seen token.
func untied(name string) string {
	name, _, _ = strings.Cut(name, "@")
	return name
}

// press fills in a form of the page and presses one of its buttons, as a browser without scripts does,
// and returns the page that this leads to. changes are names and values by turns; each must be on offer.
func (p *page) press(button string, changes ...string) *page {
	p.t.Helper()
	form, pressed := p.formOf(button)
	return p.submit(form, pressed, changes)
}

// enter fills in the form of an id and presses the Enter key, which stands for the form's first button,
// seen or not.
func (p *page) enter(id string, changes ...string) *page {
	p.t.Helper()
	form := p.byID(id)
	for _, button := range find(p.root(), tagged("button")) {
		if attribute(button, "form") == id || slices.Contains(slices.Collect(button.Ancestors()), form) {
			return p.submit(form, button, changes)
		}
	}
	p.t.Fatalf("%s: the form %s has no button", p.address, id)
	return nil
}

func (p *page) submit(form, pressed *html.Node, changes []string) *page {
	p.t.Helper()
	controls := p.controls(form)
	fields := marked(controls)
	for i := 0; i < len(changes); i += 2 {
		if control(controls, changes[i], changes[i+1]) == nil {
			p.t.Fatalf("%s: the form doesn’t offer %s=%s", p.address, changes[i], changes[i+1])
		}
		fields.Set(attribute(control(controls, changes[i], changes[i+1]), "name"), changes[i+1])
	}
	if name := attribute(pressed, "name"); name != "" {
		fields.Set(name, attribute(pressed, "value"))
	}
	target, err := p.address.Parse(attribute(form, "action"))
	if err != nil {
		p.t.Fatal(err)
	}
	sameOrigin := func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-origin") }
	return p.browser.post(target.RequestURI(), fields, sameOrigin).follow()
}

// formOf finds a button by its words, and its form.
func (p *page) formOf(words string) (form, button *html.Node) {
	p.t.Helper()
	for _, node := range find(p.root(), tagged("button")) {
		_, hidden := lookup(node, "hidden")
		if hidden || text(node) != words {
			continue
		}
		if id := attribute(node, "form"); id != "" {
			return p.byID(id), node
		}
		for ancestor := range node.Ancestors() {
			if ancestor.Data == "form" {
				return ancestor, node
			}
		}
	}
	p.t.Fatalf("%s: no button says %q", p.address, words)
	return nil, nil
}

// controls lists the controls that belong to a form.
func (p *page) controls(form *html.Node) []*html.Node {
	return find(form, tagged("input", "select", "textarea"))
}

// successful collects what a browser sends of untouched controls, without their seen tokens.
func successful(controls []*html.Node) url.Values {
	fields := url.Values{}
	for name, values := range marked(controls) {
		fields[untied(name)] = values
	}
	return fields
}

// marked is successful with the seen tokens.
func marked(controls []*html.Node) url.Values {
	fields := url.Values{}
	for _, node := range controls {
		name := attribute(node, "name")
		_, checked := lookup(node, "checked")
		kind := attribute(node, "type")
		switch {
		case name == "" || (kind == "radio" || kind == "checkbox") && !checked:
		case node.Data == "textarea":
			fields.Add(name, rawText(node))
		case node.Data == "select":
			fields.Add(name, selected(node))
		default:
			fields.Add(name, attribute(node, "value"))
		}
	}
	return fields
}

func rawText(node *html.Node) string {
	var content strings.Builder
	for child := range node.Descendants() {
		content.WriteString(child.Data)
	}
	return content.String()
}

// selected is the chosen option of a select, the first where none is chosen.
func selected(node *html.Node) string {
	options := find(node, tagged("option"))
	for _, option := range options {
		if _, chosen := lookup(option, "selected"); chosen {
			return attribute(option, "value")
		}
	}
	return attribute(options[0], "value")
}
