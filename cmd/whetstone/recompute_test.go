package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"whetstone/data"
	"whetstone/internal/app"
	"whetstone/internal/demonstration"
	"whetstone/internal/questionnaire"
	"whetstone/internal/store/storetest"
)

// filledDemonstration has the made-up manager.
func filledDemonstration(t *testing.T) (useCases *app.App, manager string) {
	t.Helper()
	library, err := questionnaire.Load(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	opened := storetest.SQLite(t)
	manager, err = demonstration.FillManager(t.Context(), opened, library, time.Date(2026, time.August, 3, 10, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return app.New(opened, library, time.Now, rand.Text, app.Secret), manager
}

// exportedDemonstration is the history of the made-up manager, as the app exports it.
func exportedDemonstration(t *testing.T) []byte {
	t.Helper()
	useCases, manager := filledDemonstration(t)
	export, err := useCases.ExportHistory(t.Context(), manager)
	if err != nil {
		t.Fatal(err)
	}
	var content bytes.Buffer
	if err := export.WriteJSON(t.Context(), &content); err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}

// recomputing runs the command on a file of this content.
func recomputing(t *testing.T, content []byte) (status int, out, errOut string) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.WriteFile("history.json", content, 0o600); err != nil {
		t.Fatal(err)
	}
	var printed, complained bytes.Buffer
	status = run(t.Context(), []string{"recompute", "history.json"}, &printed, &complained)
	return status, printed.String(), complained.String()
}

func TestRecomputeAgrees(t *testing.T) {
	status, out, errOut := recomputing(t, exportedDemonstration(t))
	if status != 0 || errOut != "" {
		t.Errorf("status %d, %s", status, errOut)
	}
	if !regexp.MustCompile(`^Recomputed 8 assessments: \d+ scores, 96 standings and \d+ verdicts agree\.\n$`).MatchString(out) {
		t.Errorf("it printed %q", out)
	}
}

func TestRecomputeTellsDifferences(t *testing.T) {
	content := strings.Replace(string(exportedDemonstration(t)), `"standing": "open"`, `"standing": "below"`, 1)
	status, out, errOut := recomputing(t, []byte(content))
	if status != statusFailed || errOut != "whetstone: history.json differs in 1 place\n" {
		t.Errorf("status %d, %s", status, errOut)
	}
	if !strings.Contains(out, `standing: "below" in the file, "open" recomputed`) || strings.Contains(out, "agree") {
		t.Errorf("it printed %q", out)
	}
}

func TestRecomputeRefusesInOneLine(t *testing.T) {
	status, out, errOut := recomputing(t, exportedDemonstration(t)[:5000])
	if status != statusFailed || out != "" || !regexp.MustCompile(`^whetstone: history\.json can't be recomputed: line \d+: this is not JSON: .*\n$`).MatchString(errOut) {
		t.Errorf("status %d, %q, %q", status, out, errOut)
	}
	var complained bytes.Buffer
	missing := filepath.Join(t.TempDir(), "missing.json")
	if status := run(t.Context(), []string{"recompute", missing}, &bytes.Buffer{}, &complained); status != statusFailed {
		t.Errorf("a missing file: status %d", status)
	}
	if want := "whetstone: " + missing + " can't be read: no such file or directory\n"; complained.String() != want {
		t.Errorf("a missing file: %q", complained.String())
	}
	if status := run(t.Context(), []string{"recompute"}, &bytes.Buffer{}, &bytes.Buffer{}); status != statusUsage {
		t.Errorf("no file: status %d", status)
	}
}

// Depth maps are worked out again from the file alone: agreement, each place that differs, and what can't be read.
func TestRecomputeDepthMaps(t *testing.T) {
	useCases, manager := filledDemonstration(t)
	export, err := useCases.ExportMaps(t.Context(), manager)
	if err != nil {
		t.Fatal(err)
	}
	content, err := json.MarshalIndent(export, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if status, out, errOut := recomputing(t, content); status != 0 || errOut != "" || out != "Recomputed 3 depth maps: what they say agrees.\n" {
		t.Errorf("status %d, %q, %q", status, out, errOut)
	}
	// What was placed otherwise in the file no longer fits what the file says of it, nor of the whole.
	moved := bytes.ReplaceAll(content, []byte(`"depth": "none"`), []byte(`"depth": "deep"`))
	status, out, errOut := recomputing(t, moved)
	if status != statusFailed || !regexp.MustCompile(`^whetstone: history\.json differs in \d+ places\n$`).MatchString(errOut) ||
		!strings.Contains(out, `, security-privacy: "exposed" in the file, "alone" recomputed`) || !strings.Contains(out, `as a whole: `) {
		t.Errorf("status %d, %q, %q", status, out, errOut)
	}
	one := bytes.Replace(content, []byte(`"finding": "exposed"`), []byte(`"finding": "covered"`), 1)
	if status, out, errOut := recomputing(t, one); status != statusFailed || errOut != "whetstone: history.json differs in 1 place\n" ||
		!strings.Contains(out, `"covered" in the file, "exposed" recomputed`) {
		t.Errorf("status %d, %q, %q", status, out, errOut)
	}
	strange := bytes.Replace(content, []byte(`"depth": "none"`), []byte(`"depth": "huge"`), 1)
	if status, out, errOut := recomputing(t, strange); status != statusFailed || out != "" || !strings.Contains(errOut, `the depth "huge" is not known to this version`) {
		t.Errorf("status %d, %q, %q", status, out, errOut)
	}
	if status, _, errOut := recomputing(t, bytes.Replace(content, []byte("whetstone-maps-1"), []byte("whetstone-maps-9"), 1)); status != statusFailed || !strings.Contains(errOut, `its format is "whetstone-maps-9"`) {
		t.Errorf("status %d, %q", status, errOut)
	}
}
