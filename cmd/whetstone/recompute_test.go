package main

import (
	"bytes"
	"crypto/rand"
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

// exportedDemonstration is the history of the made-up manager, as the app exports it.
func exportedDemonstration(t *testing.T) []byte {
	t.Helper()
	library, err := questionnaire.Load(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	opened := storetest.SQLite(t)
	manager, err := demonstration.FillManager(t.Context(), opened, library, time.Date(2026, time.August, 3, 10, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	export, err := app.New(opened, library, time.Now, rand.Text, app.Secret).ExportHistory(t.Context(), manager)
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
