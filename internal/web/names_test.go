package web_test

import (
	"crypto/rand"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver by which a test writes what an earlier program kept
	"golang.org/x/net/html"

	"whetstone/internal/app"
	"whetstone/internal/database"
	"whetstone/internal/store/storetest"
	"whetstone/internal/web"
	"whetstone/views/kit"
)

// typedColumns is every column that holds what people typed on one line, or in a few that stand in lists.
var typedColumns = map[string][]string{
	"assessments": {"name"}, "teams": {"name", "purpose"}, "team_members": {"name"}, "cycles": {"name"},
	"shares": {"label", "sharer"}, "reviews": {"name"}, "agreements": {"sentence"},
	"commitments": {"domain", "occasion", "action", "notice"}, "commitment_follow_ups": {"line"},
	"depth_placements": {"name", "in_text", "whom"}, "map_moves": {"name", "in_text", "words"},
	"log_entries": {"words"}, "share_log_entries": {"words"},
	"installation":   {"name", "welcome", "contact"},
	"team_proposals": {"words"}, "team_practices": {"words", "line"},
}

// rewritten is a site over a database whose texts a test can rewrite, as an earlier program may have kept them.
func rewritten(t *testing.T) (s *site, rewrite func(expression string)) {
	t.Helper()
	address := storetest.SQLiteAddress(t)
	s = newSite(t, func(s *site) {
		s.store = storetest.Open(t, address)
		s.useCases = app.New(s.store, s.library, s.clock.far, rand.Text, app.Secret)
	})
	path, _ := database.SQLitePath(address)
	return s, func(expression string) {
		t.Helper()
		database, err := sql.Open("sqlite3", "file:"+path+"?_busy_timeout=5000")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = database.Close() }()
		for table, columns := range typedColumns {
			for _, column := range columns {
				statement := "UPDATE " + table + " SET " + column + " = " + strings.ReplaceAll(expression, "?", column) + " WHERE " + column + " <> ''"
				if _, err := database.ExecContext(t.Context(), statement); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// named gives an assessment of the owner a name, so that there is one of each kind of text.
func (s *site) named() *browser {
	s.t.Helper()
	owner := s.inhabited()
	id := strings.Split(owner.visit(s.paths.Assessments()).listed("/result"), "/")[2]
	owner.post(s.paths.Rename(id), url.Values{"name": {"Autumn"}}).wantStatus(http.StatusSeeOther)
	return owner
}

// apart reports whether every occurrence of a word in a text stands between the characters that isolate.
func apart(written, word string) bool {
	for rest := written; ; {
		before, after, found := strings.Cut(rest, word)
		if !found {
			return true
		}
		opened := strings.LastIndex(before, "\u2068")
		if opened < 0 || strings.Contains(before[opened:], "\u2069") || !strings.Contains(after, "\u2069") {
			return false
		}
		rest = after
	}
}

// isolates reports whether an element, or one that it stands in, keeps the direction of what is in it to itself: the
// style sheet does so for what people wrote at length.
func isolates(node *html.Node) bool {
	for ; node != nil; node = node.Parent {
		if slices.Contains([]string{"bdi", "blockquote", "textarea"}, node.Data) {
			return true
		}
	}
	return false
}

// Names written from right to left turn around nothing that stands beside them, on any page: in markup they stand in
// <bdi>, in titles, sentences and attributes between characters that isolate.
func TestNamesAreIsolated(t *testing.T) {
	t.Parallel()
	const word = "עברית"
	s, rewrite := rewritten(t)
	owner, stranger, mentor := s.named(), s.browser(), s.browser()
	share := owner.shares(strings.Split(owner.visit(s.paths.Assessments()).listed("/result"), "/")[2], everything())
	mentor.opens(share)
	crew := s.newCrew("Crew", 2)
	crew.waiting()
	rewrite("? || ' " + word + "'")
	s.clock.advance(6 * time.Second) // until what is set for the installation is read again
	pages := owner.crawl()
	pages["a mentor’s list"] = mentor.get(s.paths.Received())
	for who, one := range map[string]*browser{"a mentor ": mentor, "a steward ": crew.steward(), "a member ": crew.people[1]} {
		for address, got := range one.crawl() {
			pages[who+address] = got
		}
	}
	pages["a link to join"], pages["a link to open"] = stranger.get(crew.link), stranger.get(share.link)
	owner.post(s.paths.RevokeShare(share.id), url.Values{})
	pages["a link that ended"] = mentor.get(s.paths.Shared(share.id))
	seen := 0
	for address, got := range pages {
		if got.root() == nil {
			continue
		}
		for _, node := range find(got.root(), func(*html.Node) bool { return true }) {
			for _, attribute := range node.Attr {
				if strings.Contains(attribute.Val, word) {
					seen++
					if attribute.Key != "value" && !apart(attribute.Val, word) {
						t.Errorf("%s: %s of <%s> runs together: %q", address, attribute.Key, node.Data, attribute.Val)
					}
				}
			}
			for child := range node.ChildNodes() {
				if child.Type == html.TextNode && strings.Contains(child.Data, word) {
					seen++
					if !isolates(node) && !apart(child.Data, word) {
						t.Errorf("%s: in <%s> it runs together: %q", address, node.Data, strings.Join(strings.Fields(child.Data), " "))
					}
				}
			}
		}
	}
	if seen < 100 {
		t.Errorf("such names are seen in %d places, so this proves little", seen)
	}
}

// Names that an earlier program kept with controls in them, or with nothing in them that can be seen, are shown
// without harm: no control is left, and no link is without words.
func TestOldNamesAreShownWithoutHarm(t *testing.T) {
	t.Parallel()
	for what, expression := range map[string]string{
		"controls": "char(8238) || ? || char(8294) || char(8297) || char(173)", // U+202E, U+2066, U+2069, U+00AD
		"blank":    "char(12644)",                                              // U+3164
	} {
		s, rewrite := rewritten(t)
		owner := s.named()
		rewrite(expression)
		for address, got := range owner.crawl() {
			if got.root() == nil {
				continue
			}
			for _, node := range find(got.root(), func(node *html.Node) bool { return !isolates(node) || node.Data == "bdi" }) {
				for child := range node.ChildNodes() {
					if child.Type == html.TextNode && strings.ContainsAny(child.Data, "\u202e\u2066\u00ad\u3164") {
						t.Errorf("%s: %s stand in <%s>: %+q", address, what, node.Data, child.Data)
					}
				}
				if node.Data == "a" && strings.TrimSpace(text(node)) == "" {
					t.Errorf("%s: the link to %s has no words", address, attribute(node, "href"))
				}
			}
		}
	}
}

// textField finds the text that people type under a name, in whichever form.
func textField(name string) (field kit.Field, found bool) {
	name = untied(name)
	for _, fields := range web.Fields(web.Configuration{}) {
		if field, found := kit.FieldOf(fields, name); found && (field.Kind == kit.Line || field.Kind == kit.Lines) {
			return field, true
		}
	}
	return field, false
}

// overriding adds to each free text that is sent what would turn around all that follows it.
type overriding struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (o overriding) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Method == http.MethodPost {
		sent, err := io.ReadAll(request.Body)
		if err != nil {
			return nil, err
		}
		fields, err := url.ParseQuery(string(sent))
		if err != nil {
			return nil, err
		}
		for name, values := range fields {
			for i, value := range values {
				if field, _ := textField(name); field.Limit > 0 && value != "" {
					values[i] = "\u202e" + value + "\u202d"
				}
			}
		}
		body := fields.Encode()
		request.Body, request.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	}
	return o.next.RoundTrip(request)
}

// No field keeps a control that turns text around, whichever form it came by; and there is no field of which no address
// tells.
func TestNoFieldKeepsControls(t *testing.T) {
	t.Parallel()
	address := storetest.SQLiteAddress(t)
	s := newSite(t, func(s *site) {
		s.store = storetest.Open(t, address)
		s.useCases = app.New(s.store, s.library, s.clock.far, rand.Text, app.Secret)
		s.wrap = func(next http.RoundTripper) http.RoundTripper { return overriding{next} }
	})
	owner := s.named()
	for path, got := range owner.crawl() {
		if got.root() == nil {
			continue
		}
		for _, field := range find(got.root(), func(node *html.Node) bool {
			return node.Data == "textarea" || node.Data == "input" && attribute(node, "type") == "text"
		}) {
			name := attribute(field, "name")
			if _, found := textField(name); !found && name != "" { // no form sends what has no name
				t.Errorf("%s has a text field %q of which no address tells", path, name)
			}
		}
	}
	path, _ := database.SQLitePath(address)
	database, err := sql.Open("sqlite3", "file:"+path+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = database.Close() }()
	rows, err := database.QueryContext(t.Context(), `SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'TEXT'`)
	if err != nil {
		t.Fatal(err)
	}
	var columns [][2]string
	for rows.Next() {
		var column [2]string
		if err := rows.Scan(&column[0], &column[1]); err != nil {
			t.Fatal(err)
		}
		columns = append(columns, column)
	}
	if err := rows.Err(); err != nil || len(columns) < 50 {
		t.Fatalf("%d columns of text: %v", len(columns), err)
	}
	for _, column := range columns {
		var count int
		query := fmt.Sprintf("SELECT count(*) FROM %s WHERE instr(%[2]s, char(8237)) + instr(%[2]s, char(8238)) > 0", column[0], column[1])
		if err := database.QueryRowContext(t.Context(), query).Scan(&count); err != nil {
			t.Fatal(err)
		}
		if count > 0 {
			t.Errorf("%s.%s holds %d such texts", column[0], column[1], count)
		}
	}
}
