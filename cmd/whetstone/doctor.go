package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"
)

// doctorCommand checks what serve would use, with the same flags and environment.
type doctorCommand struct {
	serveCommand
	MailTo string `placeholder:"ADDRESS" help:"Send a test mail there."`
}

// Help implements kong's HelpProvider.
func (doctorCommand) Help() string {
	return `Takes the flags and the environment of serve, looks at all that serving rests on, and changes nothing. Run it
as the user that the app runs as, while the app runs or not. Each line is "ok", a "warning" (it works, but
look at it) or a "problem", and says what to do. The exit status is 1 if there is a problem. Reading a large
database takes its time.`
}

// finding is one thing that the doctor reports.
type finding struct {
	severity severity
	// about is what was checked; says is what was found, and what to do.
	about, says string
}

type severity int

const (
	fine severity = iota
	warning
	problem
)

// String returns a severity as it is printed.
func (s severity) String() string { return [...]string{"ok", "warning", "problem"}[s] }

func ok(about, says string, values ...any) finding {
	return finding{fine, about, fmt.Sprintf(says, values...)}
}

func warn(about, says string, values ...any) finding {
	return finding{warning, about, fmt.Sprintf(says, values...)}
}

func bad(about, says string, values ...any) finding {
	return finding{problem, about, fmt.Sprintf(says, values...)}
}

// Run checks everything and fails if anything is wrong.
func (c doctorCommand) Run(ctx context.Context, to output, parsed *kong.Context) error {
	counts := map[severity]int{}
	for _, look := range []func(context.Context) []finding{
		c.lookAtConfiguration, c.lookAtSecret, func(context.Context) []finding { return lookAtSecretFiles(parsed.Flags()) },
		c.lookAtReach, c.lookAtSignIn, c.lookAtFiles, c.lookAtDatabase, c.lookAtOrganisers, c.lookAtMail,
	} {
		for _, found := range look(ctx) {
			counts[found.severity]++
			if err := printFinding(to.out, found); err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			return errors.New("stopped before everything was looked at")
		}
	}
	if count := counts[problem]; count > 0 {
		return fmt.Errorf("%d %s found", count, plural(count, "problem"))
	}
	return nil
}

func printFinding(to io.Writer, found finding) error {
	_, err := fmt.Fprintf(to, "%-8s %s: %s\n", found.severity, found.about, found.says)
	return err
}
