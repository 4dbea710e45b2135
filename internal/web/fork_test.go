package web_test

import (
	"database/sql"
	"errors"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"testing"

	"whetstone/internal/database"
	"whetstone/internal/store/storetest"
)

// forked returns what makes installations that begin as this one is now, each with a database of its own. The tests of a
// table begin with the same people, who did so much before that doing it for each row would take longer than the rows.
func (s *site) forked() func(t *testing.T, change ...func(*site)) *site {
	s.t.Helper()
	from, _ := database.SQLitePath(s.address)
	to := filepath.Join(s.t.TempDir(), "copy.db")
	file, err := sql.Open("sqlite3", "file:"+from+"?_busy_timeout=5000")
	if err != nil {
		s.t.Fatal(err)
	}
	_, err = file.ExecContext(s.t.Context(), "VACUUM INTO ?", to)
	content, failed := os.ReadFile(to)
	if err := errors.Join(err, file.Close(), failed); err != nil {
		s.t.Fatal(err)
	}
	now, demonstration := s.clock.now(), s.configuration.DemonstrationManager
	return func(t *testing.T, change ...func(*site)) *site {
		t.Helper()
		return newSiteAt(t, storetest.HoldingAddress(t, content), append([]func(*site){func(fork *site) {
			fork.clock.at, fork.configuration.DemonstrationManager = now, demonstration
		}}, change...)...)
	}
}

// in is the same browser in a fork of its site: one with the same cookies.
func (b *browser) in(fork *site) *browser {
	fork.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		fork.t.Fatal(err)
	}
	base := b.site.configuration.BaseURL
	jar.SetCookies(base, b.client.Jar.Cookies(base))
	same := fork.browser()
	same.client.Jar = jar
	return same
}
