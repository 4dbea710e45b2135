package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progressPause is how often a line of progress is printed where there is no terminal.
const progressPause = 10 * time.Second

// progressOn shows how a long piece of work goes on: as a bar on a terminal, elsewhere as a line from time
// to time, so that a log isn't filled. Short work prints nothing there.
func progressOn(to io.Writer, what string) func(done, total int64) {
	if file, isFile := to.(*os.File); isFile && term.IsTerminal(int(file.Fd())) {
		return barOn(to, what)
	}
	return linesOn(to, what, time.Now)
}

func barOn(to io.Writer, what string) func(done, total int64) {
	var bar *progressbar.ProgressBar
	return func(done, total int64) {
		if bar == nil {
			bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(to), progressbar.OptionSetDescription(what),
				progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(true))
		}
		bar.ChangeMax64(max(total, 1))
		_ = bar.Set64(done) // a bar that can't be drawn stops no work
	}
}

func linesOn(to io.Writer, what string, now func() time.Time) func(done, total int64) {
	last := now()
	return func(done, total int64) {
		if now().Sub(last) < progressPause || total == 0 {
			return
		}
		last = now()
		_, _ = fmt.Fprintf(to, "%s: %d %%\n", what, done*100/total)
	}
}
