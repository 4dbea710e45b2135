package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"
)

// progressPause is how often a line of progress is printed where there is no terminal.
const progressPause = 10 * time.Second

// progressOn shows the progress of a long piece of work: as a bar on a terminal, elsewhere as an occasional line, so
// that it doesn't fill a log. There, short work prints nothing.
func progressOn(to io.Writer, what string) func(done, total int64) {
	if file, isFile := to.(*os.File); isFile && term.IsTerminal(int(file.Fd())) {
		return barOn(to, what)
	}
	return linesOn(to, what, time.Now)
}

// barOn draws a line that is redrawn as the work goes on, and cleared when it is done.
func barOn(to io.Writer, what string) func(done, total int64) {
	const width = 40
	drawn := int64(-1)
	return func(done, total int64) {
		share := done * 100 / max(total, 1)
		if share == drawn {
			return
		}
		drawn = share
		line := "\r\x1b[K" // back to the start of the line, which is cleared
		if done < total {
			full := int(share) * width / 100
			line += fmt.Sprintf("%s [%s%s] %d %%", what, strings.Repeat("#", full), strings.Repeat(" ", width-full), share)
		}
		_, _ = io.WriteString(to, line) // a bar that can't be drawn doesn't stop the work
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
