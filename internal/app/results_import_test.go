package app_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/report"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// everything is the file of everything that a manager can take away.
func everything(t *testing.T, use *app.App, manager string) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := must(use.ExportHistory(t.Context(), manager))(t).WriteJSON(t.Context(), &file); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// packed is a file as it is kept while its sender looks at it.
func packed(t *testing.T, content []byte) model.SentFile {
	t.Helper()
	packing := app.NewPacking()
	must(packing.Write(content))(t)
	zipped, digest, err := packing.Close()
	if err != nil {
		t.Fatal(err)
	}
	return model.SentFile{Content: zipped, Digest: digest}
}

// sends is a manager who sends a file and looks at what is new in it.
func (w *world) sends(manager string, content []byte) *model.ImportCheck {
	w.t.Helper()
	w.ok(w.SendFile(w.t.Context(), manager, packed(w.t, content), ""))
	return must(w.Import(w.t.Context(), manager))(w.t)
}

// brings is one who brings in what is new, too.
func (w *world) brings(manager string, content []byte) *model.ImportCheck {
	w.t.Helper()
	check := w.sends(manager, content)
	w.ok(w.BringIn(w.t.Context(), manager, check.Seen))
	return check
}

// expectBytes fails the test unless two files are the same, to the byte.
func expectBytes(t *testing.T, what string, got, want []byte) {
	t.Helper()
	if bytes.Equal(got, want) {
		return
	}
	same := 0
	for same < min(len(got), len(want)) && got[same] == want[same] {
		same++
	}
	t.Errorf("%s differs after %d bytes of %d:\n…%s\n…%s", what, same, len(want),
		got[max(0, same-200):min(len(got), same+80)], want[max(0, same-200):min(len(want), same+80)])
}

// elsewhere is another installation, later than the recording.
func elsewhere(t *testing.T, s *store.Store) *world {
	w := newWorldOn(t, s)
	w.now = time.Date(2026, time.September, 10, 8, 0, 0, 0, time.UTC)
	return w
}

// A person moves with one file: elsewhere it gives the same file again, to the byte, and once more it has nothing new. It
// is the same into another account of the same installation, which never says whether it knows an id.
func TestOneFileMovesAPerson(t *testing.T) {
	t.Parallel()
	recorded := record(t)
	file := everything(t, recorded.useCases, recorded.manager)
	for _, field := range []string{"targets", "cadence", "commitments", "log", "maps", "reviews"} {
		if !bytes.Contains(file, []byte("\""+field)) {
			t.Errorf("the recording has no %s", field)
		}
	}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := elsewhere(t, s)
		for _, manager := range []string{w.manager, w.newManager()} {
			check := w.sends(manager, file)
			if len(check.Room) > 0 || check.All(model.SamePart) > 0 || check.All(model.OtherPart) > 0 || check.Count(model.AssessmentPart, model.NewPart) != 9 {
				t.Errorf("the dry run says %d new, %d the same, %d other, %q", check.All(model.NewPart), check.All(model.SamePart), check.All(model.OtherPart), check.Room)
			}
			w.ok(w.BringIn(t.Context(), manager, check.Seen))
			w.ok(w.BringIn(t.Context(), manager, check.Seen)) // pressed twice
			done := must(w.Import(t.Context(), manager))(t)
			for _, kind := range model.PartKinds {
				if done.Brought[kind] != check.Count(kind, model.NewPart) || done.Brought[kind] == 0 {
					t.Errorf("%d of %s were brought in, %d were new", done.Brought[kind], kind, check.Count(kind, model.NewPart))
				}
			}
			expectBytes(t, "the next export", everything(t, w.App, manager), file)
			again := w.sends(manager, file)
			if again.All(model.NewPart) != 0 || again.All(model.OtherPart) != 0 || again.All(model.SamePart) != len(check.Parts) {
				for _, part := range again.Parts {
					if part.State != model.SamePart {
						t.Errorf("again: %s %s is %s: %q", part.Kind, part.Reference, part.State, part.Differs)
					}
				}
			}
			w.ok(w.BringIn(t.Context(), manager, again.Seen))
			expectBytes(t, "the export after nothing new", everything(t, w.App, manager), file)
		}
		if found := recompute(t, everything(t, w.App, w.manager)).Differences; len(found) > 0 {
			t.Errorf("recomputed: %q", found)
		}
	})
}

// The files of earlier formats are brought in, and what they hold is exported as it was.
func TestFilesOfEarlierFormatsAreBroughtIn(t *testing.T) {
	t.Parallel()
	for _, name := range must(filepath.Glob("testdata/exports/*.json"))(t) {
		w := elsewhere(t, storetest.SQLite(t))
		w.now = w.now.AddDate(5, 0, 0)
		check := w.brings(w.manager, must(os.ReadFile(name))(t))
		if check.Count(model.AssessmentPart, model.NewPart) == 0 {
			t.Errorf("%s: nothing is new", name)
		}
		if again := w.sends(w.manager, everything(t, w.App, w.manager)); again.All(model.SamePart) != len(again.Parts) {
			t.Errorf("%s: the next export isn’t what is here", name)
		}
	}
}

// What differs stays as it is here, and the page that was shown is what counts: what changed since is told.
func TestWhatDiffersStays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.sit("first-team", model.FullForm, varied)
	w.commit("debt", 30)
	forDomain := w.aim("learning")
	forDomain.Domain = "Security and privacy"
	must(w.Commit(t.Context(), w.manager, forDomain, model.Zone{}))(t)
	entry := w.jot("debt", "the cron job again")
	file := everything(t, w.App, w.manager)

	w.now = w.now.Add(time.Hour)
	w.ok(w.Rename(t.Context(), w.manager, first, "a name", ""))
	jotting := w.jotting("debt", "the cron job, twice")
	jotting.Seen = app.SeenEntry(w.entry(entry))
	w.ok(w.ChangeLogEntry(t.Context(), w.manager, entry, jotting, model.Zone{}))
	check := w.sends(w.manager, file)
	if got := check.Of(model.AssessmentPart, model.OtherPart); len(got) != 1 || strings.Join(got[0].Differs, " ") != "name" {
		t.Errorf("the assessment: %+v", got)
	}
	if got := check.Of(model.EntryPart, model.OtherPart); len(got) != 1 || strings.Join(got[0].Differs, " ") != "words" {
		t.Errorf("the entry: %+v", got)
	}
	before := everything(t, w.App, w.manager)
	w.ok(w.BringIn(t.Context(), w.manager, check.Seen))
	expectBytes(t, "what differed", everything(t, w.App, w.manager), before)

	// Deleted, it is new again, and under another id: a person may bring back what they deleted.
	w.drop(entry)
	check = w.sends(w.manager, file)
	if check.Count(model.EntryPart, model.NewPart) != 1 {
		t.Errorf("a deleted entry is %+v", check.Parts)
	}
	w.jot("design", "something else")
	w.ok(w.BringIn(t.Context(), w.manager, check.Seen)) // it isn't in the file
	check = w.sends(w.manager, file)
	brought := must(w.store.Existing(t.Context(), w.manager, model.EntryPart))(t)[entry]
	if brought == entry || brought == "" {
		t.Errorf("the entry was brought back as %q", brought)
	}
	w.drop(brought)
	if err := w.BringIn(t.Context(), w.manager, check.Seen); model.KindOf(err) != model.Conflict {
		t.Errorf("what changed since it was shown: %v", err)
	}
	if err := w.BringIn(t.Context(), w.manager, "what nobody saw"); model.KindOf(err) != model.Conflict {
		t.Errorf("what was not shown: %v", err)
	}
}

// A file is kept for an hour, and let go when its sender says so.
func TestASentFileIsLetGo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sit("first-team", model.PulseForm, varied)
	file := everything(t, w.App, w.manager)
	other := w.newManager()
	w.sends(other, file)
	w.ok(w.DiscardFile(t.Context(), other))
	if _, err := w.Import(t.Context(), other); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("discarded: %v", err)
	}
	check := w.sends(other, file)
	w.now = w.now.Add(model.FileKept)
	if err := w.BringIn(t.Context(), other, check.Seen); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("after an hour: %v", err)
	}
	w.upkeep()
	count := 0
	if w.ok(w.store.QueryRow(t.Context(), `SELECT count(*) FROM imports`, nil, &count)); count != 0 {
		t.Errorf("%d files are kept", count)
	}
	if _, err := w.Import(t.Context(), w.manager); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("nothing was sent: %v", err)
	}
}

// What was brought in counts for nobody else: in no cycle of a team, and not in the installation's reliability.
func TestWhatWasBroughtInCountsForNobodyElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sit("first-team", model.FullForm, varied)
	file := everything(t, w.App, w.manager)
	other := w.newManager()
	w.brings(other, file)
	ids := must(w.store.Existing(t.Context(), other, model.AssessmentPart))(t)
	if len(ids) != 1 {
		t.Fatalf("%d were brought in", len(ids))
	}
	for _, id := range ids {
		if got := must(w.Result(t.Context(), other, id))(t).Assessment; !got.Brought() || got.BroughtAt != w.now {
			t.Errorf("brought in at %v", got.BroughtAt)
		}
	}
	for manager, want := range map[string]int{w.manager: 1, other: 0} {
		got := must(w.store.FinishedBetween(t.Context(), manager, model.FullForm, w.now.AddDate(-1, 0, 0), w.now.Add(time.Hour)))(t)
		if len(got) != want {
			t.Errorf("%d of %s may count in a cycle, want %d", len(got), manager, want)
		}
		w.ok(w.store.InTx(t.Context(), func(tx *store.Store) error { return tx.AllowReliability(t.Context(), manager, true) }))
	}
	version := must(w.Result(t.Context(), w.manager, firstKey(t, w)))(t).Assessment.QuestionnaireVersion
	if got := must(w.store.CountForReliability(t.Context(), "first-team", version))(t); got != 1 {
		t.Errorf("%d count for reliability", got)
	}
	if got := must(w.store.ReliabilitySample(t.Context(), "first-team", version))(t); len(got) != 1 {
		t.Errorf("%d are in the sample", len(got))
	}
}

func firstKey(t *testing.T, w *world) string {
	t.Helper()
	for _, id := range must(w.store.Existing(t.Context(), w.manager, model.AssessmentPart))(t) {
		return id
	}
	return ""
}

// Two histories in one are not the whole of either: the noise of each was estimated in its own.
func TestTwoHistoriesInOneAreNotWhole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sit("first-team", model.FullForm, varied)
	w.now = w.now.Add(time.Hour)
	if !w.looksBack(w.sit("first-team", model.FullForm, varied)) {
		t.Fatal("nobody looked back")
	}
	file := everything(t, w.App, w.manager)
	other := w.newManager()
	w.manager = other
	w.now = w.now.Add(time.Hour)
	w.sit("first-team", model.FullForm, contrast)
	w.brings(other, file)
	both := everything(t, w.App, other)
	if !bytes.Contains(both, []byte(`"whole_history": false`)) {
		t.Error("two histories pass for a whole one")
	}
	if found := recompute(t, both).Differences; len(found) > 0 {
		t.Errorf("recomputed: %q", found)
	}
	third := w.newManager()
	w.brings(third, both)
	expectBytes(t, "the export of both", everything(t, w.App, third), both)
}

// What mentors would move on depth maps goes along, and is refused where the file's own map doesn't have it so.
func TestMovesOnDepthMapsGoAlong(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newWorldOn(t, s)
		id := w.sit("first-team", model.FullForm, contrast)
		w.maps("none")
		v := w.visitor()
		share := v.open(w.link(id, withMap))
		v.rate(share, "debt", "4", "")
		v.reveal(share, model.RevealMap)
		ok(t, "a move", v.move(share, model.MoveInput{Domain: "security-privacy", Depth: "working", Words: "They read each report."}))
		v.send(share, "Bo")
		follows(t, "a conversation with a move", compiled(t, report.ConversationSchema), must(w.ConversationExport(t.Context(), w.manager, id))(t))
		follows(t, "own words with a move", compiled(t, report.OwnWordsSchema), must(w.OwnWordsExport(t.Context(), v.mentor))(t))
		file := everything(t, w.App, w.manager)
		if err := schema(t).Validate(must(jsonschema.UnmarshalJSON(bytes.NewReader(file)))(t)); err != nil {
			t.Errorf("the file: %v", err)
		}
		if !bytes.Contains(file, []byte("They read each report.")) {
			t.Fatal("the move doesn’t stand in the file")
		}
		other := w.newManager()
		w.brings(other, file)
		expectBytes(t, "the next export", everything(t, w.App, other), file)
		if again := w.sends(other, file); again.All(model.SamePart) != len(again.Parts) {
			t.Errorf("again: %+v", again.Parts)
		}
		if changed := w.sends(other, bytes.Replace(file, []byte("They read each report."), []byte("They read none."), 1)); changed.Count(model.ReviewPart, model.OtherPart) != 1 {
			t.Errorf("another move: %+v", changed.Parts)
		}
		maps := must(w.store.LatestDepthMaps(t.Context(), other))(t)
		if moves := must(w.store.MovesOn(t.Context(), other, maps[0].ID))(t); len(moves) != 1 || moves[0].From.InText == "" || moves[0].Depth != "working" {
			t.Errorf("on the map stand %+v", moves)
		}
		for what, one := range map[string][2]string{
			"no such map": {`"map": "`, `"map": "not-`}, "no such domain": {`"domain": "security-privacy",
          "name"`, `"domain": "frontend",
          "name"`},
			"no such depth": {`"from_depth": "none"`, `"from_depth": "deep"`},
		} {
			at := bytes.Index(file, []byte(`"map_moves"`))
			wrong := append(bytes.Clone(file[:at]), bytes.Replace(file[at:], []byte(one[0]), []byte(one[1]), 1)...)
			err := w.SendFile(t.Context(), other, packed(t, wrong), "")
			if bad, is := errors.AsType[*report.BadFile](err); !is || !strings.Contains(bad.Errors[0].Path, "map_moves") {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

// A domain that went along as one of somebody's own stands in sentences as it did before; one that they named themself keeps
// their spelling.
func TestDomainsReadInSentencesAsBefore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.begins("wider-scope", "software")
	w.ok(w.SavePlaces(t.Context(), w.manager, first, []model.PlacementInput{
		{Domain: "contracts", Depth: "working", Weight: "high"}, {Domain: "own-1", Name: "Rockets", Depth: "deep", Weight: "low"},
	}, true))
	next := w.begins("first-team", "software")
	page, _ := w.placesOf(next)
	w.ok(w.CarryPlaces(t.Context(), w.manager, next, sent(page), "contracts"))
	page, _ = w.placesOf(next)
	w.ok(w.SavePlaces(t.Context(), w.manager, next, sent(page), true))
	other := w.newManager()
	w.brings(other, everything(t, w.App, w.manager))
	for _, of := range []string{w.manager, other} {
		maps := must(w.store.LatestDepthMaps(t.Context(), of))(t)
		for domain, words := range map[string]string{"own-1": "Rockets", "own-2": "contracts between teams"} {
			if placed, _ := maps[0].Placement(domain); placed.InText != words {
				t.Errorf("%s stands in a sentence as %q", domain, placed.InText)
			}
		}
	}
}

// What is wrong with a file is told with its line.
func TestWhatIsWrongWithAFile(t *testing.T) {
	t.Parallel()
	recorded := record(t)
	file := string(everything(t, recorded.useCases, recorded.manager))
	w := elsewhere(t, storetest.SQLite(t))
	first := func(old, new string) string { return strings.Replace(file, old, new, 1) }
	swap := func(pattern, new string) string {
		found := regexp.MustCompile(pattern).FindString(file)
		if found == "" {
			t.Fatalf("the file has no %s", pattern)
		}
		return first(found, new)
	}
	for what, one := range map[string]struct {
		content, path, reason string
	}{
		"no UTF-8":            {first(`"name": ""`, "\"name\": \"a\xffb\""), "assessments 1", "no text in UTF-8"},
		"half a character":    {first(`"name": ""`, `"name": "a\ud83d b"`), "assessments 1", "half of a character"},
		"the other half":      {first(`"name": ""`, `"name": "a\ude00"`), "assessments 1", "half of a character"},
		"two lines":           {first(`"name": ""`, `"name": "a\nb"`), "name", "on one line"},
		"ended before made":   {swap(`"until": "[0-9-]+"`, `"until": "2001-01-01"`), "until", "too early"},
		"an empty scale":      {swap(`"absent": "[^"]+"`, `"absent": ""`), "absent", "must not be empty"},
		"a scale of lines":    {swap(`"instruction": "[^"]+"`, `"instruction": "a\nb"`), "instruction", "on one line"},
		"no such minimum":     {swap(`"minimum_answered_group": [0-9]+`, `"minimum_answered_group": 9000`), "minimum_answered_group", "not from 0 to"},
		"no such share":       {swap(`"careless_identical_share": [0-9.]+`, `"careless_identical_share": 7`), "careless_identical_share", "not from 0 to 1"},
		"no such noise":       {swap(`"item_variance": [0-9.e-]+`, `"item_variance": 0`), "item_variance", "not from"},
		"nothing":             {"", "", "cut off"},
		"no JSON":             {"hello", "", "not JSON"},
		"no object":           {"[]", "", "one JSON object"},
		"half of it":          {file[:len(file)/2], "", "cut off"},
		"more than it":        {file + "{}", "", "follows the end"},
		"a later version":     {first(report.HistoryFormat, "whetstone-history-1.9"), "format", "later version of Whetstone"},
		"a later format":      {first(report.HistoryFormat, "whetstone-history-2"), "format", "later version of Whetstone"},
		"another format":      {first(report.HistoryFormat, "other-1"), "format", "no export of Whetstone"},
		"a plan alone":        {first(report.HistoryFormat, report.PlanFormat), "format", "only a part"},
		"no questionnaire":    {strings.ReplaceAll(file, `"questionnaire": "first-team"`, `"questionnaire": "of-another-house"`), "questionnaire", "doesn’t have the questionnaire"},
		"no competency":       {strings.ReplaceAll(file, `"competency": "debt"`, `"competency": "juggling"`), "competency", "doesn’t have the competency"},
		"a level of nine":     {first(`"level": 3`, `"level": 9`), "level", "from 1 to 5"},
		"a level in words":    {first(`"level": 3`, `"level": "three"`), "level", "can’t be a string"},
		"a stray field":       {first(`"craft": "`, `"crafty": 1, "craft": "`), "crafty", "no such field"},
		"a stray list":        {first(`"whole_history"`, `"stray": [], "whole_history"`), "stray", "no such field"},
		"a field twice":       {first(`"craft": "`, `"craft": "software", "craft": "`), "assessments 1", "stands twice"},
		"a missing field":     {first(`"craft": "software",`, ""), "assessments 1", "craft is missing"},
		"no day":              {first(`"period_start": "20`, `"period_start": "x20`), "period_start", "no day"},
		"the far future":      {first(`"finished_at": "20`, `"finished_at": "21`), "finished_at", "future"},
		"changed words":       {first(`"text": "`, `"text": "Not `), "item_hash", "hash"},
		"a control character": {first(`"name": ""`, `"name": "a\u0007"`), "name", "control characters"},
		"a reversed name":     {first(`"name": ""`, `"name": "a\u202eb"`), "name", "control characters"},
		"a long name":         {first(`"name": ""`, `"name": "`+strings.Repeat("a", 81)+`"`), "name", "80 are kept"},
		"a long word":         {first(`"words": "`, `"words": "`+strings.Repeat("a", 700)), "words", "600 are kept"},
		"too important":       {first(`"importance": 1`, `"importance": 7`), "importance", "from 1 to 3"},
		"a chance of 0.55":    {first(`"chance": 0.`, `"chance": 0.55`), "chance", "chances"},
		"a future commitment": {first(`"until": "20`, `"until": "30`), "until", "future"},
		"deep":                {first(`"whole_history"`, `"model": `+strings.Repeat("[", 30)+strings.Repeat("]", 30)+`, "whole_history"`), "model", "nested deeper"},
	} {
		t.Run(what, func(t *testing.T) {
			if one.content == file {
				t.Fatal("nothing was changed")
			}
			err := w.SendFile(t.Context(), w.manager, packed(t, []byte(one.content)), "")
			bad, is := errors.AsType[*report.BadFile](err)
			if !is {
				t.Fatalf("%v", err)
			}
			told := bad.Errors[0]
			if !strings.Contains(told.Path, one.path) || !strings.Contains(told.Reason, one.reason) {
				t.Errorf("line %d, column %d, %s: %s", told.Line, told.Column, told.Path, told.Reason)
			}
			lines := strings.Split(one.content, "\n")
			last := strings.TrimSpace(one.path[strings.LastIndex(one.path, " ")+1:])
			if told.Line < 1 || told.Line > len(lines) || one.path == last && last != "" && !strings.Contains(lines[told.Line-1], last) {
				t.Errorf("line %d of %d: %s", told.Line, len(lines), told.Path)
			}
		})
	}
	if _, err := w.Import(t.Context(), w.manager); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("a bad file is kept: %v", err)
	}
}
