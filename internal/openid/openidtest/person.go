package openidtest

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// SignIn goes where a sign-in leads, signs in as a person, and returns where the provider leads back to.
func (p *Provider) SignIn(t testing.TB, address, name string) *url.URL {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	var back *url.URL
	client := &http.Client{Jar: jar, CheckRedirect: func(next *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(next.URL.String(), p.Issuer+"/") {
			return nil
		}
		back = next.URL
		return http.ErrUseLastResponse
	}}
	response, err := client.Get(address)
	content := read(t, response, err)
	request := regexp.MustCompile(`name="id" value="([^"]+)"`).FindStringSubmatch(content)
	if request == nil {
		t.Fatalf("the provider asks for no name:\n%s", content)
	}
	response, err = client.PostForm(p.Issuer+"/login/username", url.Values{"id": {request[1]}, "username": {name}, "password": {Password}})
	content = read(t, response, err)
	if back == nil {
		t.Fatalf("the provider leads nowhere:\n%s", content)
	}
	return back
}

func read(t testing.TB, response *http.Response, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
