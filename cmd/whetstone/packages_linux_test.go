package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// packages is the folder in which "make test-packages" laid a bare Debian (root) and the packages of two versions
// (older, newer).
var packages = flag.String("packages", "", "folder with a bare Debian and two versions of the packages, to install them there")

// bare is a Debian with nothing but its essential packages.
type bare struct {
	t    *testing.T
	root string
}

// command makes a run of a program inside, as a user of that system.
func (b bare) command(as *syscall.Credential, name string, arguments ...string) *exec.Cmd {
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	b.t.Cleanup(cancel)
	command := exec.CommandContext(ctx, name, arguments...)
	// The program is looked for inside, and its file names are those inside.
	command.Path, command.Err, command.Dir = name, nil, "/"
	command.Env = []string{"PATH=/usr/sbin:/usr/bin", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"}
	command.SysProcAttr = &syscall.SysProcAttr{Chroot: b.root, Credential: as}
	return command
}

// run runs a program inside as root, which has to succeed, and returns what it printed.
func (b bare) run(name string, arguments ...string) string {
	b.t.Helper()
	said, err := b.command(nil, name, arguments...).CombinedOutput()
	if err != nil {
		b.t.Fatalf("%s %v: %v\n%s", name, arguments, err, said)
	}
	return string(said)
}

// at is a path inside as it is seen from here.
func (b bare) at(path string) string { return filepath.Join(b.root, path) }

func (b bare) there(path string) bool {
	_, err := os.Lstat(b.at(path))
	return err == nil
}

// user returns the user whetstone of that system, who has to be there.
func (b bare) user() *syscall.Credential {
	b.t.Helper()
	fields := strings.Split(strings.TrimSpace(b.run("/usr/bin/getent", "passwd", "whetstone")), ":")
	if len(fields) != 7 || fields[5] != "/var/lib/whetstone" || fields[6] != "/usr/sbin/nologin" {
		b.t.Fatalf("the user is %q", fields)
	}
	id, err := strconv.ParseUint(fields[2], 10, 32)
	group, wrong := strconv.ParseUint(fields[3], 10, 32)
	if err := errors.Join(err, wrong); err != nil || id == 0 {
		b.t.Fatalf("the user is %q: %v", fields, err)
	}
	return &syscall.Credential{Uid: uint32(id), Gid: uint32(group)}
}

// holds checks a file's mode and owners.
func (b bare) holds(path string, mode fs.FileMode, owner, group uint32) {
	b.t.Helper()
	info, err := os.Stat(b.at(path))
	if err != nil {
		b.t.Fatal(err)
	}
	if system, _ := info.Sys().(*syscall.Stat_t); info.Mode().Perm() != mode || system.Uid != owner || system.Gid != group {
		b.t.Errorf("%s has mode %o and is of %d:%d, want %o and %d:%d", path, info.Mode().Perm(), system.Uid, system.Gid, mode, owner, group)
	}
}

// whetstone makes a run of the installed program as its unit does: as its user, in its folder, with its settings.
func (b bare) whetstone(arguments ...string) *exec.Cmd {
	b.t.Helper()
	command := b.command(b.user(), "/usr/bin/whetstone", arguments...)
	command.Dir = "/var/lib/whetstone"
	settings, err := os.Open(b.at("/etc/whetstone/environment"))
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = settings.Close() }()
	for lines := bufio.NewScanner(settings); lines.Scan(); {
		if line := strings.TrimSpace(lines.Text()); line != "" && !strings.HasPrefix(line, "#") {
			command.Env = append(command.Env, line)
		}
	}
	return command
}

// serves starts the installed program, looks whether a browser's draft is there, and stops it.
func (b bare) serves(browser http.CookieJar, draft string) {
	b.t.Helper()
	s := serving(b.t, b.whetstone("serve", "--listen", "127.0.0.1:0"))
	s.client.Jar = browser
	if status, _ := s.get(draft); status != http.StatusOK {
		b.t.Errorf("the draft has status %d", status)
	}
	s.stop()
	if got := end(b.t, b.whetstone("migrate", "--status")); got.status != 0 {
		b.t.Errorf("after serving: %s%s", got.out, got.errors)
	}
}

// files lists a folder's files with their sizes and times, to see whether anything has touched them.
func (b bare) files(folder string) (found []string) {
	b.t.Helper()
	err := filepath.WalkDir(b.at(folder), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil && !entry.IsDir() {
			found = append(found, fmt.Sprint(path, info.Size(), info.ModTime().UnixNano(), info.Mode()))
		}
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return found
}

// systemctl puts a program of that name inside, which notes what it is asked, and says that systemd runs. It returns what
// was asked since the last time.
func (b bare) systemctl() (asked func() []string) {
	b.t.Helper()
	if err := errors.Join(os.MkdirAll(b.at("/run/systemd/system"), 0o755),
		os.WriteFile(b.at("/usr/bin/systemctl"), []byte("#!/bin/sh\necho \"$*\" >>/run/asked\n"), 0o755)); err != nil {
		b.t.Fatal(err)
	}
	return func() []string {
		content, err := os.ReadFile(b.at("/run/asked"))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			b.t.Fatal(err)
		}
		_ = os.Remove(b.at("/run/asked"))
		return strings.FieldsFunc(string(content), func(r rune) bool { return r == '\n' })
	}
}

// withoutSystemd takes away what systemctl put there.
func (b bare) withoutSystemd() {
	_ = os.RemoveAll(b.at("/run/systemd"))
	_ = os.Remove(b.at("/usr/bin/systemctl"))
}

// installer is one of the two kinds of package.
type installer struct {
	kind string
	// install installs the only package of a folder, or upgrades to it.
	install func(b bare, folder string) string
	version func(b bare) string
	// remove leaves the settings where they are; purge removes what is left of the package.
	remove, purge func(b bare) string
}

var installers = []installer{
	{
		kind: "deb",
		install: func(b bare, folder string) string {
			return b.run("/usr/bin/dpkg", "--install", b.laid(folder, "deb"))
		},
		version: func(b bare) string {
			return b.run("/usr/bin/dpkg-query", "--show", "--showformat=${Version}", "whetstone")
		},
		remove: func(b bare) string { return b.run("/usr/bin/dpkg", "--remove", "whetstone") },
		purge:  func(b bare) string { return b.run("/usr/bin/dpkg", "--purge", "whetstone") },
	},
	{
		kind:    "rpm",
		install: func(b bare, folder string) string { return b.rpm("--nodeps", "--upgrade", only(b.t, folder, "rpm")) },
		version: func(b bare) string { return b.rpm("--query", "--queryformat=%{VERSION}", "whetstone") },
		remove:  func(b bare) string { return b.rpm("--nodeps", "--erase", "whetstone") },
	},
}

// rpm runs Debian's rpm on that system. It knows nothing of what dpkg installed, and would miss it: --nodeps.
func (b bare) rpm(arguments ...string) string {
	b.t.Helper()
	return outside(b.t, "rpm", append([]string{"--root", b.root, "--force-debian"}, arguments...)...)
}

// outside runs a program of this machine, which has to succeed.
func outside(t *testing.T, name string, arguments ...string) string {
	t.Helper()
	said, err := exec.CommandContext(t.Context(), name, arguments...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, arguments, err, said)
	}
	return string(said)
}

// only returns the one package of a kind in a folder.
func only(t *testing.T, folder, kind string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(*packages, folder, "*."+kind))
	if err != nil || len(found) != 1 {
		t.Fatalf("the packages are %v, %v", found, err)
	}
	return found[0]
}

// laid copies a package inside, and returns its path there.
func (b bare) laid(folder, kind string) string {
	b.t.Helper()
	content, err := os.ReadFile(only(b.t, folder, kind))
	if err != nil {
		b.t.Fatal(err)
	}
	inside := "/tmp/whetstone." + kind
	if err := os.WriteFile(b.at(inside), content, 0o600); err != nil {
		b.t.Fatal(err)
	}
	return inside
}

// A package is installed, upgraded, removed and installed again: what people wrote and what the operator set stay, and
// systemd is asked what it should be, where it runs.
func TestPackages(t *testing.T) {
	if *packages == "" {
		t.Skip("NOT TESTED: packages in a bare Debian; make test-packages does")
	}
	for _, with := range installers {
		t.Run(with.kind, func(t *testing.T) {
			b := bare{t, filepath.Join(*packages, "bare")}
			testPackage(b, with)
		})
	}
}

func testPackage(b bare, with installer) {
	t := b.t
	const settings, data = "/etc/whetstone/environment", "/var/lib/whetstone"
	if said := with.install(b, "older"); !strings.Contains(said, "systemctl enable --now whetstone") {
		t.Errorf("installing says\n%s", said)
	}
	if version := with.version(b); version != "0~older" {
		t.Errorf("the version is %q", version)
	}
	who := b.user()
	b.holds("/etc/whetstone", 0o750, 0, who.Gid)
	b.holds(settings, 0o640, 0, who.Gid)
	b.holds(data, 0o700, who.Uid, who.Gid)
	b.holds("/usr/bin/whetstone", 0o755, 0, 0)
	if said, err := b.command(&syscall.Credential{Uid: 65534, Gid: 65534}, "/usr/bin/cat", settings).CombinedOutput(); err == nil {
		t.Errorf("everybody can read the settings:\n%s", said)
	}

	// The operator sets something, people write something.
	set, err := os.ReadFile(b.at(settings))
	if err != nil {
		t.Fatal(err)
	}
	set = append(set, "\nWHETSTONE_SMALLEST_GROUP=6\n"...)
	if err := errors.Join(os.WriteFile(b.at(settings), set, 0o640), os.WriteFile(b.at("/etc/whetstone/password"), []byte("secret\n"), 0o640)); err != nil {
		t.Fatal(err)
	}
	unchanged := func() {
		t.Helper()
		if now, err := os.ReadFile(b.at(settings)); err != nil || string(now) != string(set) {
			t.Errorf("the settings are now %q, %v", now, err)
		}
		b.holds(settings, 0o640, 0, who.Gid)
	}
	first := serving(t, b.whetstone("serve", "--listen", "127.0.0.1:0"))
	draft, browser := first.start(), first.client.Jar
	first.stop()
	written := b.files(data)
	kept := func(when string) {
		t.Helper()
		if now := b.files(data); !slices.Equal(now, written) {
			t.Errorf("%s the data are %v, and were %v", when, now, written)
		}
	}

	asked := b.systemctl()
	defer b.withoutSystemd()
	wants := func(when string, want ...string) {
		t.Helper()
		if got := asked(); !slices.Equal(got, want) {
			t.Errorf("%s systemctl is asked %q, want %q", when, got, want)
		}
	}
	with.install(b, "newer")
	wants("by an upgrade", "daemon-reload", "--no-block try-restart whetstone.service")
	if version := with.version(b); version == "0~older" || version == "" {
		t.Errorf("the new version is %q", version)
	}
	unchanged()
	kept("after an upgrade")
	b.serves(browser, draft)
	written = b.files(data)

	with.remove(b)
	wants("by a removal", "stop whetstone.service", "disable whetstone.service", "daemon-reload")
	for _, gone := range []string{"/usr/bin/whetstone", "/usr/lib/systemd/system/whetstone.service"} {
		if b.there(gone) {
			t.Errorf("%s is left", gone)
		}
	}
	kept("after a removal")
	if b.user().Uid != who.Uid {
		t.Error("the user has changed")
	}
	if with.kind == "rpm" { // it keeps changed settings under another name, and an operator puts them back
		if err := os.Rename(b.at(settings+".rpmsave"), b.at(settings)); err != nil {
			t.Error(err)
		}
	}
	unchanged()

	b.withoutSystemd()
	with.install(b, "newer")
	unchanged()
	b.serves(browser, draft)
	written = b.files(data)
	said := ""
	if with.purge != nil {
		said = with.purge(b)
		if b.there(settings) {
			t.Error("purging leaves the settings")
		}
	} else {
		said = with.remove(b)
	}
	kept("after purging")
	if !b.there("/etc/whetstone/password") {
		t.Error("a file of the operator’s is gone")
	}
	// What is said last deletes all that is left.
	_, remedy, _ := strings.Cut(said, "To delete it for good, with the user that it belongs to:\n")
	remedy, _, _ = strings.Cut(remedy, "\n")
	b.run("/bin/sh", "-ec", remedy)
	if b.there(data) || strings.Contains(b.run("/usr/bin/cat", "/etc/passwd"), "whetstone") {
		t.Errorf("%q deletes neither data nor user", remedy)
	}
	if err := os.RemoveAll(b.at("/etc/whetstone")); err != nil {
		t.Error(err)
	}
}

// The two kinds of package hold the same files, of the same owners, and run the same scripts; the .rpm is whole.
func TestPackagesHoldTheSame(t *testing.T) {
	if *packages == "" {
		t.Skip("NOT TESTED: what is in the packages; make test-packages does")
	}
	deb, rpm := only(t, "newer", "deb"), only(t, "newer", "rpm")
	var inDeb, inRPM []string
	for line := range strings.Lines(outside(t, "dpkg-deb", "--contents", deb)) {
		fields := strings.Fields(line)
		if path := strings.TrimPrefix(fields[5], "."); !strings.HasSuffix(path, "/") || path == "/etc/whetstone/" {
			inDeb = append(inDeb, strings.Join([]string{fields[0], fields[1], strings.TrimSuffix(path, "/")}, " "))
		}
	}
	for line := range strings.Lines(outside(t, "rpm", "--query", "--package", rpm, "--queryformat", `[%{FILEMODES:perms} %{FILEUSERNAME}/%{FILEGROUPNAME} %{FILENAMES}\n]`)) {
		inRPM = append(inRPM, strings.TrimSpace(line))
	}
	slices.Sort(inDeb)
	slices.Sort(inRPM)
	if !slices.Equal(inDeb, inRPM) || len(inDeb) < 10 {
		t.Errorf("the .deb holds\n%s\nand the .rpm\n%s", strings.Join(inDeb, "\n"), strings.Join(inRPM, "\n"))
	}
	if said := outside(t, "rpm", "--checksig", rpm); !strings.Contains(said, "digests OK") {
		t.Errorf("the .rpm is damaged: %s", said)
	}
	const settings = "/etc/whetstone/environment"
	flags := outside(t, "rpm", "--query", "--package", rpm, "--queryformat", `[%{FILENAMES} %{FILEFLAGS:fflags}\n]`)
	if !strings.Contains(flags, settings+" cn\n") || strings.Count(flags, " c") != 1 {
		t.Errorf("the .rpm marks its files so:\n%s", flags)
	}
	control := filepath.Join(t.TempDir(), "control")
	outside(t, "dpkg-deb", "--control", deb, control)
	if marked, err := os.ReadFile(filepath.Join(control, "conffiles")); err != nil || strings.TrimSpace(string(marked)) != settings {
		t.Errorf("the .deb marks as settings %q, %v", marked, err)
	}
	scripts := map[string][2]string{"preinstall": {"preinst", "PREIN"}, "postinstall": {"postinst", "POSTIN"}, "preremove": {"prerm", "PREUN"}, "postremove": {"postrm", "POSTUN"}}
	for name, in := range scripts {
		want := sample(t, "packages/"+name+".sh")
		ofDeb, err := os.ReadFile(filepath.Join(control, in[0]))
		if err != nil || string(ofDeb) != want {
			t.Errorf("the .deb’s %s is another one: %v", in[0], err)
		}
		if ofRPM := outside(t, "rpm", "--query", "--package", rpm, "--queryformat", "%{"+in[1]+"}%{"+in[1]+"PROG}"); ofRPM != want+"/bin/sh" {
			t.Errorf("the .rpm’s %s is another one: %s", in[1], ofRPM)
		}
	}
}

// systemd finds nothing to say of the packaged unit, on a system that has what it names.
func TestPackagedUnit(t *testing.T) {
	if *packages == "" {
		t.Skip("NOT TESTED: what systemd says of the packaged unit; make test-packages does")
	}
	const folder, unit = "/usr/lib/systemd/system", "/usr/lib/systemd/system/whetstone.service"
	b := bare{t, filepath.Join(*packages, "unit")}
	outside(t, "dpkg-deb", "--extract", only(t, "newer", "deb"), b.root)
	outside(t, "cp", "--archive", "--no-clobber", folder+"/.", b.at(folder))
	if said := outside(t, "systemd-analyze", "verify", "--man=no", "--root="+b.root, "whetstone.service"); said != "" {
		t.Errorf("systemd says\n%s", said)
	}
	packaged, err := os.ReadFile(b.at(unit))
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Replace(sample(t, "whetstone.service"), "/usr/local/bin/", "/usr/bin/", 1); string(packaged) != want {
		t.Errorf("the packaged unit differs from the sample in more than where the program lies:\n%s", packaged)
	}
}
