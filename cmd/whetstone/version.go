package main

import (
	"fmt"
	"runtime/debug"
	"strings"
)

type versionCommand struct{}

// Run prints the version that the build recorded, and the source revision where there is one.
func (versionCommand) Run(to output) error {
	version, revision := builtFrom()
	_, err := fmt.Fprintln(to.out, strings.TrimSpace("whetstone "+version+" "+revision))
	return err
}

// builtFrom returns what the build recorded about its source.
func builtFrom() (version, revision string) {
	info, found := debug.ReadBuildInfo()
	if !found {
		return "unknown", ""
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			revision = setting.Value
		}
	}
	return info.Main.Version, revision
}
