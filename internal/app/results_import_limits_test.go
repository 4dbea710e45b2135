package app_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/report"
)

// There is room for so many of everything, and a file that has more is told so before anything is brought in.
func TestRoomForWhatIsBroughtIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 2 {
		w.commit("debt", 0)
	}
	file := everything(t, w.App, w.manager)
	other := w.newManager()
	w.manager = other
	for range 2 {
		w.commit("design", 0)
	}
	check := w.sends(other, file)
	if len(check.Room) != 1 || !strings.Contains(check.Room[0], "4 commitments that you are at") {
		t.Errorf("%q", check.Room)
	}
	if err := w.BringIn(t.Context(), other, check.Seen); model.KindOf(err) != model.Invalid {
		t.Errorf("without room: %v", err)
	}
}

// The longest history that is kept of one person, with a long note on each answer, is taken as a file: the words that
// say how large it may be are true.
func TestTheLongestHistoryIsTaken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.sit("first-team", model.FullForm, contrast)
	exported := must(w.ExportHistory(t.Context(), w.manager))(t)
	var one bytes.Buffer
	if err := exported.WriteJSON(t.Context(), &one); err != nil {
		t.Fatal(err)
	}
	file := one.String()
	begin, end := strings.Index(file, "\"assessments\": [")+len("\"assessments\": ["), strings.LastIndex(file, "  ],\n  \"trend\"")
	if begin < 20 || end < begin {
		t.Fatalf("the file is %.200s…", file)
	}
	head, assessment, tail := file[:begin], strings.TrimRight(file[begin:end], "\n"), file[end:]
	words := strings.Fields("the a of what when which because nobody somebody asked again reviewed measured twice slowly build queue retry team week incident design debt that reading whether before after under above Tuesday release")
	random := rand.New(rand.NewPCG(1, 2))
	note := func() string {
		var said strings.Builder
		for said.Len() < model.NoteLimit-20 {
			said.WriteString(words[random.IntN(len(words))] + " " + strconv.Itoa(random.IntN(1000)) + " ")
		}
		return strings.TrimSpace(said.String())
	}
	finished, empty := regexp.MustCompile(`"(started_at|finished_at)": "[^"]+"`), regexp.MustCompile(`"note": ""`)
	packing, size := app.NewPacking(), 0
	write := func(content string) {
		size += len(content)
		must(packing.Write([]byte(content)))(t)
	}
	write(head)
	for i := range model.AssessmentLimit {
		at := w.now.AddDate(0, 0, i-model.AssessmentLimit).UTC().Format("2006-01-02T15:04:05Z")
		content := strings.ReplaceAll(assessment, id, fmt.Sprintf("%s-%d", id, i))
		content = finished.ReplaceAllString(content, `"$1": "`+at+`"`)
		content = empty.ReplaceAllStringFunc(content, func(string) string { return `"note": "` + note() + `", "written_at": "` + at + `"` })
		if i > 0 {
			content = "," + content
		}
		write(content)
	}
	write("\n" + tail)
	content, digest, err := packing.Close()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d assessments are %d MiB, %d MiB once compressed", model.AssessmentLimit, size>>20, len(content)>>20)
	if size > report.LongestHistory || len(content) > report.LongestPacked {
		t.Errorf("%d bytes, %d compressed, are more than a file may have", size, len(content))
	}
	if err := w.SendFile(t.Context(), w.newManager(), model.SentFile{Content: content, Digest: digest}, ""); err != nil {
		t.Errorf("it is refused: %v", err)
	}
}
