package main

import (
	"fmt"
	"os"

	"whetstone/internal/report"
)

type recomputeCommand struct {
	File string `arg:"" help:"A JSON export, of the history or of one assessment."`
}

// Run recomputes an export, and fails with a line for each difference.
func (c recomputeCommand) Run(to output) error {
	file, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("%s can't be read: %w", c.File, reasonOf(err))
	}
	defer func() { _ = file.Close() }()
	recomputed, err := report.Recompute(file)
	if err != nil {
		return fmt.Errorf("%s can't be recomputed: %w", c.File, reasonOf(err))
	}
	for _, difference := range recomputed.Differences {
		if _, err := fmt.Fprintln(to.out, difference); err != nil {
			return err
		}
	}
	for _, field := range recomputed.Unknown {
		if _, err := fmt.Fprintln(to.out, field+": not known to this version, so not recomputed"); err != nil {
			return err
		}
	}
	summary := fmt.Sprintf("Recomputed %d %s: %d scores, %d standings and %d verdicts",
		recomputed.Assessments, plural(recomputed.Assessments, "assessment"), recomputed.Scores, recomputed.Standings, recomputed.Verdicts)
	if count := len(recomputed.Differences); count > 0 {
		if _, err := fmt.Fprintln(to.out, summary+"."); err != nil {
			return err
		}
		return fmt.Errorf("%s differs in %d %s", c.File, count, plural(count, "place"))
	}
	_, err = fmt.Fprintln(to.out, summary+" agree.")
	return err
}

func plural(count int, noun string) string {
	if count == 1 {
		return noun
	}
	return noun + "s"
}
