package main

import (
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"whetstone/internal/mail"
	"whetstone/internal/mail/mailtest"
	"whetstone/internal/paths"
)

// mailFlags are those by which the program reaches a server of a test's.
func mailFlags(server *mailtest.Server, more ...string) []string {
	return append([]string{
		"--mail-host", server.Settings.Host, "--mail-port", strconv.Itoa(server.Settings.Port), "--mail-tls", string(server.Settings.Security),
		"--mail-from", server.Settings.From,
	}, more...)
}

// The program, as it is configured, sends links; its password is read from a file.
func TestServingSendsMail(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mail.Unprotected, true)
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "password"), []byte(mailtest.Password+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	command := program(t, folder, append([]string{"serve", "--listen", "127.0.0.1:0"}, mailFlags(server, "--mail-user", mailtest.User)...)...)
	command.Env = append(command.Env, "WHETSTONE_MAIL_PASSWORD_FILE="+filepath.Join(folder, "password"))
	s := serving(t, command)
	s.start()
	answer, err := s.client.PostForm(s.address+paths.MailPattern, url.Values{"address": {"ada@example.com"}})
	if err != nil || answer.StatusCode != 200 {
		t.Fatalf("%v, %v", answer, err)
	}
	_ = answer.Body.Close()
	if got := server.Next(t); got.To != "ada@example.com" || !strings.HasPrefix(got.Link(t), s.address+"/come-in/") {
		t.Errorf("the mail is %+v", got)
	}
	s.stop()
}

// What can't be used of the settings is named at the start, without what is secret.
func TestMailSettingsAreNamed(t *testing.T) {
	t.Parallel()
	for setting, flags := range map[string][]string{
		"--mail-host":     {"--mail-from", "a@example.org"},
		"--mail-from":     {"--mail-host", "mail.example.org"},
		"--mail-tls":      {"--mail-host", "mail.example.org", "--mail-tls", "none", "--mail-from", "a@example.org"},
		"--mail-port":     {"--mail-host", "mail.example.org", "--mail-port", "99999", "--mail-from", "a@example.org"},
		"--mail-password": {"--mail-host", "mail.example.org", "--mail-user", "somebody", "--mail-from", "a@example.org"},
		"--mail-user":     {"--mail-host", "mail.example.org", "--mail-password", "hidden", "--mail-from", "a@example.org"},
	} {
		got := end(t, program(t, t.TempDir(), append([]string{"serve", "--listen", "127.0.0.1:0"}, flags...)...))
		if got.status != statusUsage || !strings.Contains(got.errors, setting) || strings.Contains(got.errors, "hidden") {
			t.Errorf("%s: %+v", setting, got)
		}
		end(t, program(t, t.TempDir(), append([]string{"doctor"}, flags...)...)).wants(t, statusFailed, map[string]string{"problem  configuration": setting})
	}
}

// The doctor connects and signs in, sends a test mail if it is told to whom, and says what is wrong.
func TestDoctorLooksAtMail(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mail.Unprotected, true)
	doctor := func(more ...string) ended {
		return end(t, program(t, t.TempDir(), append([]string{"doctor"}, more...)...))
	}
	right := mailFlags(server, "--mail-user", mailtest.User, "--mail-password", mailtest.Password)
	doctor(right...).wants(t, 0, map[string]string{"ok       mail": "takes it; with --mail-to"})
	if len(server.Mails()) != 0 {
		t.Error("it sent something unasked")
	}
	doctor(append(right, "--mail-to", "Ada@example.com")...).wants(t, 0, map[string]string{"ok       mail": "took a test mail"})
	if got := server.Next(t); got.To != "ada@example.com" {
		t.Errorf("the mail is %+v", got)
	}
	doctor(append(right, "--mail-to", "nobody")...).wants(t, statusFailed, map[string]string{"problem  mail": "--mail-to"})
	doctor("--mail-to", "ada@example.com").wants(t, statusFailed, map[string]string{"problem  mail": "give --mail-host"})
	wrong := doctor(mailFlags(server, "--mail-user", mailtest.User, "--mail-password", "hidden")...)
	wrong.wants(t, statusFailed, map[string]string{"problem  mail": "the user and the password"})
	if strings.Contains(wrong.out+wrong.errors, "hidden") {
		t.Error("it tells the password")
	}
	server.Refuse(mailtest.ErrUnknown("ada@example.com"))
	doctor(append(right, "--mail-to", "ada@example.com")...).wants(t, statusFailed, map[string]string{"problem  mail": "doesn't take the mail (550)"})
}
