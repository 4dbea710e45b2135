package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"
)

// secretSetting tags settings that are secrets. Each can be given as the name of a file that holds it, in the setting's
// environment variable with fileSuffix: a command line shows in the list of processes, and an environment in what
// inspects a container.
const (
	secretSetting = "secret"
	fileSuffix    = "_FILE"
)

// longestSecret bounds what is read of a file that might be another one than meant.
const longestSecret = 64 << 10

// secretFiles reads settings that are secrets from the files that the environment names. A flag goes before such a
// file, and the file before the variable that holds the setting itself, which an image may have set.
type secretFiles struct{}

// Validate implements kong.Resolver.
func (secretFiles) Validate(*kong.Application) error { return nil }

// Resolve implements kong.Resolver.
func (secretFiles) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	variable, path := secretFile(flag)
	if path == "" {
		return nil, nil
	}
	secret, err := readLine(path)
	if err != nil {
		return nil, fmt.Errorf("its file %s (%s) can't be used: %w", path, variable, err)
	}
	return secret, nil
}

// secretFile returns the file that a setting is to be read from, and the variable that names it; "" if there is none.
func secretFile(flag *kong.Flag) (variable, path string) {
	if !flag.Tag.Has(secretSetting) {
		return "", ""
	}
	for _, name := range flag.Envs {
		if path := os.Getenv(name + fileSuffix); path != "" {
			return name + fileSuffix, path
		}
	}
	return "", ""
}

// readLine reads a file of one line. No error says what the file holds.
func readLine(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", reasonOf(err)
	}
	defer func() { _ = file.Close() }()
	content, err := io.ReadAll(io.LimitReader(file, longestSecret+1))
	if err != nil {
		return "", reasonOf(err)
	}
	line := strings.TrimSuffix(strings.TrimSuffix(string(content), "\n"), "\r")
	switch {
	case line == "":
		return "", errors.New("it is empty")
	case len(content) > longestSecret || strings.ContainsAny(line, "\r\n\x00"):
		return "", errors.New("it must hold one line, and nothing else")
	}
	return line, nil
}

// lookAtSecretFiles checks who can read the files of settings that are secrets.
func lookAtSecretFiles(flags []*kong.Flag) (found []finding) {
	for _, flag := range flags {
		variable, path := secretFile(flag)
		if path == "" {
			continue
		}
		about := flag.ShortSummary()
		info, err := os.Stat(path)
		switch {
		case err != nil:
			found = append(found, bad(about, "%s (%s): %v", path, variable, reasonOf(err)))
		case info.Mode().Perm()&0o022 != 0:
			found = append(found, bad(about, "others on this machine may change %s (%s; mode %o): chmod 640 it", path, variable, info.Mode().Perm()))
		case info.Mode().Perm()&0o007 != 0:
			found = append(found, warn(about, "everybody on this machine may read %s (%s; mode %o), unless its folder keeps them out: chmod 640 it; in a container, where nobody else is, leave it", path, variable, info.Mode().Perm()))
		default:
			found = append(found, ok(about, "it is read from %s, which not everybody can read", path))
		}
	}
	return found
}
