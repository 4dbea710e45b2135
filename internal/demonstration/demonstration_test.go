package demonstration_test

import (
	"crypto/rand"
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"whetstone/data"
	"whetstone/internal/app"
	"whetstone/internal/database"
	"whetstone/internal/demonstration"
	"whetstone/internal/measure"
	"whetstone/internal/model"
	"whetstone/internal/questionnaire"
	"whetstone/internal/store"
	"whetstone/internal/store/storetest"
)

// today is an awkward day: three months before it there is no 31st.
var today = time.Date(2026, time.August, 31, 17, 0, 0, 0, time.UTC)

// shipped are the questionnaires that the product comes with.
var shipped = sync.OnceValues(func() (*questionnaire.Library, error) { return questionnaire.Load(data.Files) })

// filled is a demonstration in the file of a database, with its manager.
type filled struct {
	file    []byte
	manager string
}

// kept are the demonstrations made so far, by their day: most tests only read, and making one takes longer than that.
var kept = struct {
	sync.Mutex
	days map[time.Time]filled
}{days: map[time.Time]filled{}}

// fill reads the results of the demonstration of a day, the earliest first.
func fill(t *testing.T, now time.Time) []*model.Result {
	t.Helper()
	useCases, manager := made(t, now)
	return results(t, useCases, manager)
}

// made is the demonstration of a day, in a database of its own.
func made(t *testing.T, now time.Time) (*app.App, string) {
	t.Helper()
	kept.Lock()
	defer kept.Unlock()
	of, found := kept.days[now]
	if !found {
		of = anew(t, now)
		kept.days[now] = of
	}
	return over(t, of, now)
}

// over gives a demonstration a database of its own.
func over(t *testing.T, of filled, now time.Time) (*app.App, string) {
	t.Helper()
	library, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	soon := now.Add(time.Minute) // mentors write in the moments after the last assessment
	return app.New(storetest.Holding(t, of.file), library, func() time.Time { return soon }, rand.Text, app.Secret), of.manager
}

// anew makes up the demonstration of a day.
func anew(t *testing.T, now time.Time) (of filled) {
	t.Helper()
	library, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	address := storetest.MigratedAddress(t)
	opened, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	of.manager, err = demonstration.Fill(t.Context(), opened, library, now)
	if err := errors.Join(err, opened.Close()); err != nil {
		t.Fatal(err)
	}
	path, _ := database.SQLitePath(address)
	if of.file, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	return of
}

func results(t *testing.T, useCases *app.App, manager string) []*model.Result {
	t.Helper()
	summaries, err := useCases.Results(t.Context(), manager)
	if err != nil {
		t.Fatal(err)
	}
	if len(summaries.Drafts) != 0 {
		t.Errorf("%d drafts are left", len(summaries.Drafts))
	}
	var results []*model.Result
	for _, finished := range slices.Backward(summaries.Finished) {
		result, err := useCases.Result(t.Context(), manager, finished.Assessment.ID)
		if err != nil {
			t.Fatal(err)
		}
		results = append(results, result)
	}
	return results
}

func TestEightQuartersWithOneSkippedAndTwoAtAnotherScope(t *testing.T) {
	for _, now := range []time.Time{today, time.Date(2028, time.February, 29, 0, 0, 0, 0, time.UTC)} {
		results := fill(t, now)
		if len(results) != 8 {
			t.Fatalf("%d assessments, want eight", len(results))
		}
		for i, result := range results {
			a := result.Assessment
			scope := "first-team"
			if i >= 6 {
				scope = "wider-scope"
			}
			if a.Scope != scope || a.Form != model.FullForm || a.State != model.Complete {
				t.Errorf("assessment %d is %s, %s", i+1, a.Scope, a.Form)
			}
			if i == 0 {
				continue
			}
			// Between the fourth and the fifth a quarter is left out.
			months, gap := 3, a.FinishedAt.Sub(results[i-1].Assessment.FinishedAt)
			if i == 4 {
				months = 6
			}
			if gap < time.Duration(months)*28*24*time.Hour || gap > time.Duration(months)*32*24*time.Hour {
				t.Errorf("assessment %d comes %v after the one before, want %d months", i+1, gap, months)
			}
			if result.Previous.ScopeChanged != (i == 6) {
				t.Errorf("assessment %d: scope changed %v", i+1, result.Previous.ScopeChanged)
			}
		}
		if last := results[7].Assessment; !last.FinishedAt.Equal(now) {
			t.Errorf("the last was finished at %v, want %v", last.FinishedAt, now)
		}
	}
}

// Screenshots and tests of pages rest on it: the same day gives the same answers.
func TestSameDayGivesTheSameAnswers(t *testing.T) {
	first := fill(t, today)
	useCases, manager := over(t, anew(t, today), today)
	second := results(t, useCases, manager)
	for i := range first {
		if !reflect.DeepEqual(first[i].Answers, second[i].Answers) {
			t.Errorf("assessment %d differs between two runs", i+1)
		}
	}
	for i, later := range fill(t, today.AddDate(0, 1, 0)) {
		for item, answer := range later.Answers {
			if before := first[i].Answers[item]; answer.Level != before.Level || answer.Note != before.Note {
				t.Errorf("assessment %d, %s: %+v, a month earlier %+v", i+1, item, answer, before)
			}
		}
	}
}

// Nobody can take a note of the demonstration for a real one.
func TestEveryNoteSaysThatItIsMadeUp(t *testing.T) {
	notes := 0
	for i, result := range fill(t, today) {
		for item, answer := range result.Answers {
			if answer.Note == "" {
				continue
			}
			notes++
			if !strings.HasPrefix(answer.Note, "Made up") {
				t.Errorf("assessment %d, %s: the note %q", i+1, item, answer.Note)
			}
		}
	}
	if notes == 0 {
		t.Error("there are no notes to show")
	}
}

// The demonstration has something to show of each kind: what carries, where to start, a missing answer, one real
// rise, and quarters in which nothing moved.
func TestDemonstrationShowsARiseAmongNoise(t *testing.T) {
	results := fill(t, today)
	last := results[len(results)-1]
	if len(last.Carries) == 0 || last.First == "" {
		t.Errorf("the last: %q first, what carries %v", last.First, last.Carries)
	}
	missing := 0
	for i, result := range results {
		missing += result.Whole.Score.Asked - result.Whole.Score.Answered
		for _, area := range result.Areas {
			if area.Judgement == nil {
				continue
			}
			rose := area.Judgement.Verdict == measure.Changed
			if want := i == 4 && area.ID == "judgement"; rose != want {
				t.Errorf("assessment %d, %s: %s by %.2f", i+1, area.ID, area.Judgement.Verdict, area.Judgement.Change.MeanChange)
			}
		}
	}
	if missing == 0 {
		t.Error("everything came up")
	}
}

// Two mentors have something to say: a blind spot, a hidden strength, agreement, a gap that narrowed, a
// rating that wasn't blind, a level agreed and one proposed, and one review that is not read yet.
func TestDemonstrationHasTwoMentors(t *testing.T) {
	useCases, manager := made(t, today)
	all := results(t, useCases, manager)
	latest := all[len(all)-1].Assessment.ID
	said, err := useCases.Conversation(t.Context(), manager, latest)
	if err != nil {
		t.Fatal(err)
	}
	if len(said.Reviews) != 2 || said.Reviews[0].Name != "Example mentor A" || said.Reviews[0].Unread() || !said.Reviews[1].Unread() || said.Waiting != 0 {
		t.Errorf("the reviews are %+v", said.Reviews)
	}
	verdicts, looked, proposed := map[string]measure.AgreementVerdict{}, 0, 0
	for _, row := range said.Rows {
		verdicts[row.Competency.ID] = row.Agreement.Verdict
		for _, one := range row.Ratings {
			if one.Rating.Looked() {
				looked++
			}
			if one.Agreed != nil && one.Agreed.ConfirmedAt.IsZero() {
				proposed++
			}
			if one.Rating.Comment != "" && !strings.HasPrefix(one.Rating.Comment, "Made up") {
				t.Errorf("the comment %q", one.Rating.Comment)
			}
		}
	}
	if verdicts["coaching"] != measure.SelfHigher || verdicts["debt"] != measure.SelfLower || verdicts["tradeoffs"] != measure.Agree {
		t.Errorf("the verdicts are %v", verdicts)
	}
	if looked != 1 || proposed != 1 || len(said.Result.Agreed["coaching"]) != 1 || len(said.Discuss) < 2 {
		t.Errorf("%d not blind, %d proposed, agreed %v, %d to discuss", looked, proposed, said.Result.Agreed, len(said.Discuss))
	}
	narrowed := 0
	for _, line := range said.Lines {
		for _, change := range line.Changes {
			if change.Change.Verdict == measure.GapNarrowed {
				narrowed++
			}
		}
	}
	if narrowed != 1 || len(said.Lines) != 3 {
		t.Errorf("%d gaps narrowed in %d lines", narrowed, len(said.Lines))
	}
	states := map[model.ShareState]int{}
	shares, err := useCases.Shares(t.Context(), manager)
	for _, share := range shares {
		states[share.State]++
	}
	if err != nil || states[model.ShareLive] != 2 || states[model.ShareExpired] != 1 || states[model.ShareRevoked] != 1 {
		t.Errorf("the shares are %v, %v", states, err)
	}
}

// The log goes over several quarters, has entries of no competency yet, and is made up by its own words.
func TestLogGoesOverQuarters(t *testing.T) {
	t.Parallel()
	useCases, manager := made(t, today)
	export, err := useCases.ExportLog(t.Context(), manager)
	if err != nil || len(export.Entries) < 10 || len(export.Notes) == 0 {
		t.Fatalf("it has %d entries and %d notes, %v", len(export.Entries), len(export.Notes), err)
	}
	quarters, unsorted := map[string]bool{}, 0
	for _, entry := range export.Entries {
		quarters[entry.Day[:7]] = true
		if entry.Competency == "" {
			unsorted++
		}
		if !strings.HasPrefix(entry.Words, "Made up") || entry.MadeAt.After(today) {
			t.Errorf("on %s is noted %q", entry.Day, entry.Words)
		}
	}
	if len(quarters) < 6 || unsorted != 2 {
		t.Errorf("they are of the months %v, %d of no competency", quarters, unsorted)
	}
	all := results(t, useCases, manager)
	evidence, err := useCases.Evidence(t.Context(), all[len(all)-1], model.Zone{})
	if err != nil || !evidence.Any || len(evidence.Silent) == 0 {
		t.Errorf("beside the latest result stand %+v, %v", evidence, err)
	}
}

// The plan has a commitment of each end, and two that the manager is at; three stand beside the latest result.
func TestPlanHasEveryEnd(t *testing.T) {
	t.Parallel()
	useCases, manager := made(t, today)
	plan, err := useCases.Plan(t.Context(), manager)
	if err != nil {
		t.Fatal(err)
	}
	ends := map[model.Became]int{}
	for _, commitment := range append(plan.Open, plan.Closed...) {
		for _, followUp := range commitment.FollowUps {
			ends[followUp.Became]++
			if !strings.HasPrefix(followUp.Line, "Made up") || followUp.ToldAt.After(today) {
				t.Errorf("it is said on %s: %q", followUp.ToldAt, followUp.Line)
			}
		}
	}
	if len(plan.Open) != 2 || ends[model.Kept] != 1 || ends[model.PartlyKept] != 1 || ends[model.Dropped] != 1 || len(plan.Bets.Settled) != 2 {
		t.Errorf("the plan has %d open, ends %v and %d settled bets", len(plan.Open), ends, len(plan.Bets.Settled))
	}
	all := results(t, useCases, manager)
	followed, err := useCases.Followed(t.Context(), all[len(all)-1])
	if err != nil || len(followed) != 3 {
		t.Errorf("beside the latest result stand %+v, %v", followed, err)
	}
}

// Its manager chose how often to be assessed, and nothing is overdue by that on the day on which it is made.
func TestItsManagerHasACadence(t *testing.T) {
	t.Parallel()
	useCases, manager := made(t, today)
	next, err := useCases.NextAssessment(t.Context(), manager, model.Zone{})
	if err != nil || !next.Cadence.Like(model.ProposedCadence) || len(next.Dated()) != 2 || next.Come(today) || next.Due.Form != model.PulseForm {
		t.Errorf("next is %+v, %v", next, err)
	}
}

// Three depth maps go over a change of scope, and the last says something of each class but the note's.
func TestDepthMapsGoOverScopes(t *testing.T) {
	t.Parallel()
	useCases, manager := made(t, today)
	maps, err := useCases.DepthMaps(t.Context(), manager)
	if err != nil {
		t.Fatal(err)
	}
	if len(maps.Finished) != 3 || len(maps.Drafts) > 0 || maps.Finished[2].Map.Scope != "first-team" || maps.Finished[0].Map.Scope != "wider-scope" {
		t.Fatalf("the maps are %+v", maps.Finished)
	}
	for _, class := range []model.DepthClass{model.RiskClass, model.WatchClass, model.HealthyClass, model.NoteClass} {
		if len(maps.Finished[0].Of(class)) == 0 {
			t.Errorf("the last map says nothing of the class %s", class)
		}
	}
}
