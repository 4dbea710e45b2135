package main

import (
	"errors"
	"fmt"
	"text/tabwriter"

	"whetstone/internal/questionnaire"
	"whetstone/internal/rounding"
)

type checkCommand struct {
	Files  []string `arg:"" name:"file" help:"Questionnaire files, or folders of them."`
	Relock bool     `help:"Confirm that items which changed their words still mean the same: write their hashes to the lock file beside the questionnaires."`
}

// Run prints everything that is wrong, one line each, or else how long everything takes to read.
func (c checkCommand) Run(to output) error {
	if c.Relock {
		return c.relock(to)
	}
	lengths, problems := questionnaire.Measure(c.Files...)
	if len(problems) > 0 {
		return tell(to, problems)
	}
	if err := printLengths(to, lengths); err != nil {
		return err
	}
	_, err := fmt.Fprintln(to.out, "No problems found.")
	return err
}

// printLengths prints, for each questionnaire, how long its items are and how long its forms take.
func printLengths(to output, lengths []questionnaire.Length) error {
	for _, length := range lengths {
		table := tabwriter.NewWriter(to.out, 0, 0, 2, ' ', 0)
		_, _ = fmt.Fprintf(table, "%s\twords\texample\tgrade\n", length.File)
		for _, item := range length.Items {
			_, _ = fmt.Fprintf(table, "  %s\t%d\t%d\t%s\n", item.ID, item.Words, item.Illustration, rounding.Decimal(item.Grade))
		}
		if err := table.Flush(); err != nil {
			return err
		}
		for _, form := range []struct {
			name    string
			reading questionnaire.Reading
		}{{"full", length.Full}, {"pulse", length.Pulse}} {
			if _, err := fmt.Fprintf(to.out, "  %s: %d items, %d words, %s minutes\n",
				form.name, form.reading.Items, form.reading.Words, rounding.Decimal(form.reading.Time().Minutes())); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c checkCommand) relock(to output) error {
	written, problems := questionnaire.Relock(c.Files...)
	if len(problems) > 0 {
		return tell(to, problems)
	}
	for _, entry := range written {
		what := "changed words of"
		if entry.New {
			what = "new item"
		}
		if _, err := fmt.Fprintf(to.out, "%s: %s %s\n", entry.Lock, what, entry.Item); err != nil {
			return err
		}
	}
	confirmed := fmt.Sprintf("%d items confirmed.", len(written))
	if len(written) == 1 {
		confirmed = "1 item confirmed."
	}
	_, err := fmt.Fprintln(to.out, confirmed)
	return err
}

func tell(to output, problems questionnaire.Problems) error {
	for _, problem := range problems {
		_, _ = fmt.Fprintln(to.out, problem)
	}
	if len(problems) == 1 {
		return errors.New("1 problem found")
	}
	return fmt.Errorf("%d problems found", len(problems))
}
