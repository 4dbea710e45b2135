package main

import (
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"whetstone/internal/store/storetest"
)

// withSettings runs the program with variables of the environment and without those of PostgreSQL's own clients.
func withSettings(t *testing.T, folder string, variables []string, arguments ...string) ended {
	t.Helper()
	command := program(t, folder, arguments...)
	command.Env = slices.DeleteFunc(command.Env, func(variable string) bool { return strings.HasPrefix(variable, "PG") })
	command.Env = append(command.Env, variables...)
	return end(t, command)
}

// Every setting that is a secret says in its help by which file it can be given.
func TestSecretSettingsSayTheirFile(t *testing.T) {
	t.Parallel()
	parser, err := kong.New(&commands{})
	if err != nil {
		t.Fatal(err)
	}
	secrets := 0
	for _, command := range parser.Model.Leaves(false) {
		for _, flag := range command.Flags {
			if !flag.Tag.Has(secretSetting) {
				if words := strings.ToLower(flag.Name); strings.Contains(words, "password") || strings.Contains(words, "token") {
					t.Errorf("%s --%s isn’t tagged as a secret", command.Name, flag.Name)
				}
				continue
			}
			secrets++
			if len(flag.Envs) != 1 || !strings.Contains(flag.Help, flag.Envs[0]+fileSuffix) {
				t.Errorf("the help of %s --%s doesn’t name its file’s variable: %s", command.Name, flag.Name, flag.Help)
			}
		}
	}
	if secrets == 0 {
		t.Error("no setting is a secret")
	}
}

// A setting that is a secret is read from the file that the environment names: a flag goes before it, and it before the
// setting's own variable.
func TestSecretFromAFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := written(t, folder, "address", "sqlite:of-the-file.db\n")
	variables := []string{"WHETSTONE_DATABASE_FILE=" + file, "WHETSTONE_DATABASE=sqlite:of-the-variable.db"}
	for want, arguments := range map[string][]string{"of-the-file.db": {"migrate"}, "of-the-flag.db": {"migrate", "--database", "sqlite:of-the-flag.db"}} {
		if got := withSettings(t, folder, variables, arguments...); got.status != 0 {
			t.Errorf("%v: status %d, printing %q", arguments, got.status, got.errors)
		}
		if _, err := os.Stat(folder + "/" + want); err != nil {
			t.Errorf("%v: %v", arguments, err)
		}
	}
	if _, err := os.Stat(folder + "/of-the-variable.db"); err == nil {
		t.Error("the variable went before the file")
	}
	from, to := written(t, folder, "from", "sqlite:of-the-file.db"), written(t, folder, "to", "sqlite:copied.db\r\n")
	if got := withSettings(t, folder, []string{"WHETSTONE_COPY_FROM_FILE=" + from, "WHETSTONE_COPY_TO_FILE=" + to}, "copy"); got.status != 0 {
		t.Errorf("copying: status %d, printing %q", got.status, got.errors)
	}
}

// What can't be read of such a file is a mistake of usage, told without what the file holds.
func TestSecretFilesThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for file, words := range map[string]string{
		folder + "/none":                       "no such file",
		folder:                                 "is a directory",
		written(t, folder, "empty", "\n"):      "it is empty",
		written(t, folder, "two", "hidden\n2"): "one line",
		written(t, folder, "long", strings.Repeat("hidden", longestSecret/6+1)): "one line",
	} {
		got := withSettings(t, folder, []string{"WHETSTONE_DATABASE_FILE=" + file}, "migrate")
		got.wantOneLine(t, statusUsage, "--database", "WHETSTONE_DATABASE_FILE", file, words)
		if strings.Contains(got.errors, "hidden") {
			t.Errorf("the file is printed: %q", got.errors)
		}
	}
	password := written(t, folder, "password", "hidden")
	withSettings(t, folder, []string{"WHETSTONE_DATABASE_PASSWORD_FILE=" + password}, "migrate").wantOneLine(t, statusUsage, "--database-password", "SQLite")
}

// No command prints a secret that it was given by a file, and the doctor says who else can read that.
func TestSecretsOfFilesAreNotPrinted(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := written(t, folder, "address", "postgres://someone:hidden@127.0.0.1:1/x?sslpassword=hidden\n")
	password := written(t, folder, "password", "hid den&%+'s\n")
	variables := []string{"WHETSTONE_DATABASE_FILE=" + file, "WHETSTONE_DATABASE_PASSWORD_FILE=" + password, "WHETSTONE_LISTEN=127.0.0.1:0"}
	for mode, want := range map[os.FileMode]string{0o640: "ok       --database: it is read from", 0o644: "warning  --database: everybody on this machine may read", 0o666: "problem  --database: others on this machine may change"} {
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		for _, command := range []string{"serve", "migrate", "doctor"} {
			got := withSettings(t, folder, variables, command)
			if said := got.out + got.errors; got.status != statusFailed || strings.Contains(said, "hidden") || strings.Contains(said, "hid ") || strings.Contains(said, "hid+") || !strings.Contains(said, "someone") {
				t.Errorf("%s: status %d, printing %q", command, got.status, said)
			}
			if command == "doctor" && !strings.Contains(got.out, want) {
				t.Errorf("mode %o: the doctor says\n%s", mode, got.out)
			}
		}
	}
}

// A password of its own opens the database, whatever characters it has, and in the place of one in the address.
func TestDatabasePasswordFromAFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	address, err := url.Parse(storetest.PostgreSQLAddress(t))
	if err != nil {
		t.Fatal(err)
	}
	right, _ := address.User.Password()
	without := *address
	without.User = url.User(address.User.Username())
	file := written(t, folder, "password", right+"\n")
	wrong := *address
	wrong.User = url.UserPassword(address.User.Username(), "wrong")
	for _, database := range []*url.URL{&without, &wrong} {
		if got := withSettings(t, folder, []string{"WHETSTONE_DATABASE=" + database.String(), "WHETSTONE_DATABASE_PASSWORD_FILE=" + file}, "migrate"); got.status != 0 {
			t.Errorf("status %d, printing %q", got.status, got.errors)
		}
		withSettings(t, folder, []string{"WHETSTONE_DATABASE=" + database.String()}, "migrate").wantOneLine(t, statusFailed, "--database")
	}
	variables := []string{"WHETSTONE_DATABASE=" + without.String(), "WHETSTONE_DATABASE_PASSWORD_FILE=" + file}
	if got := withSettings(t, folder, variables, "doctor"); !strings.Contains(got.out, "ok       database: its schema") {
		t.Errorf("the doctor says\n%s%s", got.out, got.errors)
	}
	odd := written(t, folder, "odd", "wr&ng?=+ #%41")
	got := withSettings(t, folder, []string{"WHETSTONE_DATABASE=" + without.String(), "WHETSTONE_DATABASE_PASSWORD_FILE=" + odd}, "migrate")
	got.wantOneLine(t, statusFailed, "--database", "authentication")
	if strings.Contains(got.errors, "wr&ng") || strings.Contains(got.errors, "wr%26ng") {
		t.Errorf("the password is printed: %q", got.errors)
	}
}
