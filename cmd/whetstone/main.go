// Command whetstone serves a self-assessment of technical leadership, checks the questionnaires that it
// asks, and recomputes what it exported.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit statuses.
const (
	statusFailed = 1
	statusUsage  = 2
)

// usageError is a mistake in how the program was called or configured.
type usageError struct{ error }

// commands are what the program does.
type commands struct {
	Serve       serveCommand       `cmd:"" help:"Serve the app."`
	Migrate     migrateCommand     `cmd:"" help:"Bring the database's schema up to date, or say with --status how far it has come. Serving does it too, on its start."`
	Backup      backupCommand      `cmd:"" help:"Copy an SQLite database into a file while the app serves, and check the copy."`
	Restore     restoreCommand     `cmd:"" help:"Put a backup in the place of an SQLite database, without what was deleted since it was taken."`
	Copy        copyCommand        `cmd:"" help:"Copy a database into an empty one, of the other engine or the same, and compare them."`
	Organise    organiseCommand    `cmd:"" help:"Print a code with which somebody becomes an organiser of this installation, or end all of them."`
	Doctor      doctorCommand      `cmd:"" help:"Look at all that serving rests on, and say what is wrong and what to do."`
	Healthcheck healthcheckCommand `cmd:"" help:"Ask a running server whether it can serve; status 0 if so, 1 if not. Takes the flags and the environment of serve."`
	Demo        demoCommand        `cmd:"" help:"Serve made-up demonstration data from a database of its own, which is removed at the end."`
	Check       checkCommand       `cmd:"" help:"Check questionnaire files and say all that is wrong with them, with file and line."`
	Recompute   recomputeCommand   `cmd:"" help:"Compute every score and verdict of a JSON export anew, offline, and say where the file differs."`
	Version     versionCommand     `cmd:"" help:"Print the version."`
}

func main() {
	// The first signal asks for a graceful stop; a second one ends the program at once.
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// output is where commands print.
type output struct{ out, errors io.Writer }

// run parses the arguments, runs the command and returns the exit status.
func run(ctx context.Context, arguments []string, out, errOut io.Writer) int {
	status := -1
	var chosen commands
	parser, err := kong.New(&chosen,
		kong.Name("whetstone"),
		kong.Description("Am I still technical, in the way that my role now needs? Whetstone asks, keeps the answers, and tells real change from noise."),
		kong.UsageOnError(),
		kong.Writers(out, errOut),
		kong.Exit(func(code int) { status = code }),
		kong.Resolvers(secretFiles{}),
		kong.PostBuild(hideFurtherProviders),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(output{out, errOut}),
	)
	if err != nil {
		_, _ = fmt.Fprintln(errOut, "whetstone:", err)
		return statusFailed
	}
	parsed, err := parser.Parse(arguments)
	if status >= 0 { // --help has been printed
		return status
	}
	if err != nil {
		_, _ = fmt.Fprintf(errOut, "whetstone: %v (\"whetstone --help\" says what there is)\n", err)
		return statusUsage
	}
	if err := parsed.Run(); err != nil {
		_, _ = fmt.Fprintln(errOut, "whetstone:", err)
		if _, ok := errors.AsType[usageError](err); ok {
			return statusUsage
		}
		return statusFailed
	}
	return 0
}
