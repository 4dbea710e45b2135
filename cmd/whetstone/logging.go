package main

import (
	"log/slog"
	"regexp"
	"strings"
)

// logging is how the commands that serve write their log, to standard error.
type logging struct {
	LogFormat string `default:"text" enum:"text,json" env:"WHETSTONE_LOG_FORMAT" placeholder:"FORMAT" help:"Format of the log on standard error: text or json (${env}; default ${default}). Neither holds anything of a person."`
}

// log returns the log.
func (l logging) log(to output) *slog.Logger {
	if l.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(to.errors, nil))
	}
	return slog.New(slog.NewTextHandler(to.errors, nil))
}

// withoutAddresses filters the lines that net/http itself writes. They contain clients' network addresses, which our
// logs never hold.
type withoutAddresses struct{ log *slog.Logger }

// networkAddress is an address as Go writes it, with its port.
var networkAddress = regexp.MustCompile(`(\d{1,3}(\.\d{1,3}){3}|\[[0-9A-Fa-f:.]+(%[^]]*)?\]):\d+`)

// Write implements io.Writer.
func (w withoutAddresses) Write(line []byte) (int, error) {
	w.log.Warn(networkAddress.ReplaceAllString(strings.TrimSpace(string(line)), "(an address)"))
	return len(line), nil
}
