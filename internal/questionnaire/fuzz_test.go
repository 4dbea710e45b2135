package questionnaire

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// FuzzLoad feeds any bytes as any of the shipped files. Whatever they are, there is a library
// or there are problems with a file, a plausible line and a reason.
func FuzzLoad(f *testing.F) {
	names := []string{"questionnaires/own.yaml", "model.yaml", "practices.yaml", "questionnaires/lock.yaml"}
	for i, text := range []string{smallQuestionnaire, smallModel, smallPractices(), "items: {a.b: \"12\"}\n"} {
		f.Add([]byte(text), uint8(i))
	}
	for _, odd := range []string{
		"", "#", "\ufeff", "a", "- a", "? a\n: b", "a: &b *b", "<<: {a: b}", "%YAML 1.2\n---\na: b", "a: |\n", "{", "]",
		"---\n---\n", "a: !!binary x", "1: {2: {3: [4]}}", "\"\\u0000\": \xff", "*a : b", "&a : b", "!t : b", "? \n", "a: >\n\n  b\n",
	} {
		f.Add([]byte(odd), uint8(0))
	}
	if shipped, err := os.ReadFile("../../data/questionnaires/considering.yaml"); err == nil {
		f.Add([]byte(strings.ReplaceAll(string(shipped), "    ", "  ")), uint8(0))
	}
	good := shippedFiles(f)
	f.Fuzz(func(t *testing.T, data []byte, which uint8) {
		files := fstest.MapFS{}
		for name, file := range good {
			files[name] = file
		}
		files[names[int(which)%len(names)]] = &fstest.MapFile{Data: data}
		library, err := Load(files)
		if err == nil {
			if library == nil || len(library.Questionnaires) == 0 {
				t.Fatal("no problems, and no library")
			}
			return
		}
		problems, ok := err.(Problems)
		if !ok || len(problems) == 0 {
			t.Fatalf("an error without problems: %v", err)
		}
		lines := strings.Count(string(data), "\n") + strings.Count(string(data), "\r") + 1
		for _, problem := range problems {
			if _, ours := files[problem.File]; !ours || problem.Reason == "" || problem.Line < 0 ||
				problem.Line > max(lines, len(strings.Split(smallPractices(), "\n"))) {
				t.Fatalf("not a plausible problem: %v", problem)
			}
		}
	})
}
