package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"whetstone/internal/openid/openidtest"
)

// Each mistake in the settings of signing in is named with its setting, and no secret is printed.
func TestSignInSettingsThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	right := []string{"WHETSTONE_OPENID_ISSUER=https://id.example.org", "WHETSTONE_OPENID_CLIENT_ID=whetstone", "WHETSTONE_OPENID_CLIENT_SECRET=hidden"}
	for words, wrong := range map[string]string{
		"--openid-2-issuer: it is missing":         "WHETSTONE_OPENID_2_CLIENT_ID=x",
		"--openid-2-issuer: \"http://id.example\"": "WHETSTONE_OPENID_2_ISSUER=http://id.example",
		"--openid-2-issuer are the same":           "WHETSTONE_OPENID_2_ISSUER=https://id.example.org WHETSTONE_OPENID_2_CLIENT_ID=x",
		"--openid-3-client-id: it is missing":      "WHETSTONE_OPENID_3_ISSUER=https://id.example",
		"--openid-mail-domains: \"@example.org\"":  "WHETSTONE_OPENID_MAIL_DOMAINS=@example.org",
		"--proxy-header) \"Not a name\"":           "WHETSTONE_PROXY_HEADER=Not a name",
		"--proxy-header) \"X-Forwarded-For\" says": "WHETSTONE_PROXY_HEADER=X-Forwarded-For",
		"--proxy-header) is believed of nobody":    "WHETSTONE_PROXY_HEADER=X-Remote-User",
		"--sign-in-days":                           "WHETSTONE_SIGN_IN_DAYS=0",
		"WHETSTONE_OPENID_CLIENT_SECRET_FILE":      "WHETSTONE_OPENID_CLIENT_SECRET_FILE=/nowhere",
	} {
		variables := slices.Clone(right)
		if strings.Contains(wrong, " WHETSTONE") {
			variables = append(variables, strings.Fields(wrong)...)
		} else {
			variables = append(variables, wrong)
		}
		got := withSettings(t, folder, variables, "serve", "--listen", "127.0.0.1:0")
		got.wantOneLine(t, statusUsage, words)
		if strings.Contains(got.errors, "hidden") {
			t.Errorf("the secret is printed: %q", got.errors)
		}
	}
	withSettings(t, folder, nil, "serve", "--sign-in-only").wantOneLine(t, statusUsage, "--sign-in-only", "--openid-issuer")
}

// The doctor looks at each provider, and says which addresses it has to know.
func TestDoctorLooksAtSignIn(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	real := openidtest.New(t, nil)
	secret := written(t, folder, "openid-secret", "hidden\n")
	if err := os.Chmod(secret, 0o640); err != nil {
		t.Fatal(err)
	}
	got := withSettings(t, folder, []string{
		"WHETSTONE_OPENID_ISSUER=" + real.Issuer, "WHETSTONE_OPENID_CLIENT_ID=whetstone", "WHETSTONE_OPENID_CLIENT_SECRET_FILE=" + secret, "WHETSTONE_OPENID_NAME=Example",
		"WHETSTONE_OPENID_2_ISSUER=" + real.Issuer + "/", "WHETSTONE_OPENID_2_CLIENT_ID=x",
		"WHETSTONE_OPENID_3_ISSUER=http://127.0.0.1:1", "WHETSTONE_OPENID_3_CLIENT_ID=x",
		"WHETSTONE_BASE_URL=https://whetstone.example/tools/", "WHETSTONE_TRUSTED_PROXY=127.0.0.1/32", "WHETSTONE_PROXY_HEADER=X-Remote-User", "WHETSTONE_SIGN_IN_ONLY=true",
	}, "doctor")
	for _, want := range []string{
		"ok       sign-in by Example: " + real.Issuer + " (--openid-issuer) answers; it has to know https://whetstone.example/tools/sign-in/openid/back ",
		"knows https://whetstone.example/tools/ as", "it lets in everybody",
		"(--openid-2-issuer): the provider and the settings don't fit: it calls itself",
		"(--openid-3-issuer): the provider can't be reached",
		"ok       --openid-client-secret: it is read from", "warning  sign-in: whoever can send X-Remote-User", "nobody comes in without it",
	} {
		if !strings.Contains(got.out, want) {
			t.Errorf("the doctor doesn’t say %q:\n%s", want, got.out)
		}
	}
	if strings.Contains(got.out+got.errors, "hidden") {
		t.Error("the secret is printed")
	}
}
