package main

import (
	"bytes"
	"fmt"
	"os"

	"whetstone/internal/report"
)

type recomputeCommand struct {
	File string `arg:"" help:"A JSON export, of the history, of one assessment or of depth maps."`
}

// Run recomputes an export, and fails with a line for each difference.
func (c recomputeCommand) Run(to output) error {
	content, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("%s can't be read: %w", c.File, reasonOf(err))
	}
	if report.HoldsMaps(content) {
		return c.maps(to, content)
	}
	recomputed, err := report.Recompute(bytes.NewReader(content))
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

// maps works out again what depth maps say.
func (c recomputeCommand) maps(to output, content []byte) error {
	count, differences, err := report.RecomputeMaps(content)
	if err != nil {
		return fmt.Errorf("%s can't be recomputed: %w", c.File, err)
	}
	for _, difference := range differences {
		if _, err := fmt.Fprintln(to.out, difference); err != nil {
			return err
		}
	}
	if len(differences) > 0 {
		return fmt.Errorf("%s differs in %d %s", c.File, len(differences), plural(len(differences), "place"))
	}
	_, err = fmt.Fprintf(to.out, "Recomputed %d %s: what they say agrees.\n", count, plural(count, "depth map"))
	return err
}

func plural(count int, noun string) string {
	if count == 1 {
		return noun
	}
	return noun + "s"
}
