package main

import (
	"net/netip"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// composed is the compose file, as far as it uses what compose knows: reading it is strict.
type composed struct {
	Name     string
	Services struct{ App, Database, Proxy service }
	Networks struct {
		Front struct {
			IPAM struct {
				Config []struct{ Subnet string }
			} `yaml:"ipam"`
		}
		Back struct{ Internal bool }
	}
	Volumes map[string]any
	Secrets map[string]struct{ File string }
}

type service struct {
	Build       struct{ Context, Dockerfile string }
	Image       string
	Restart     string
	DependsOn   any `yaml:"depends_on"`
	Environment map[string]string
	Secrets     []string
	Networks    any
	Ports       []string
	Volumes     []string
	Tmpfs       []string
	ReadOnly    bool     `yaml:"read_only"`
	CapDrop     []string `yaml:"cap_drop"`
	CapAdd      []string `yaml:"cap_add"`
	SecurityOpt []string `yaml:"security_opt"`
	MemLimit    string   `yaml:"mem_limit"`
	StopGrace   string   `yaml:"stop_grace_period"`
	Healthcheck struct {
		Test              []string
		Interval, Timeout string
		StartPeriod       string `yaml:"start_period"`
	}
}

// mounts returns what a service mounts at a folder; "" if nothing.
func (s service) mounts(at string) string {
	for _, volume := range s.Volumes {
		if parts := strings.Split(volume, ":"); parts[1] == at {
			return parts[0]
		}
	}
	return ""
}

func composeSample(t *testing.T) (file composed, services map[string]service) {
	t.Helper()
	if err := yaml.UnmarshalWithOptions([]byte(sample(t, "compose.yaml")), &file, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return file, map[string]service{"app": file.Services.App, "database": file.Services.Database, "proxy": file.Services.Proxy}
}

// Each container can do little, tells how it is, and is of a known major version. Only the proxy is reached from outside,
// and the database by the app alone. No secret stands in an environment.
func TestComposeIsHardened(t *testing.T) {
	t.Parallel()
	file, services := composeSample(t)
	for name, s := range services {
		if !s.ReadOnly || !slices.Equal(s.CapDrop, []string{"ALL"}) || !slices.Equal(s.SecurityOpt, []string{"no-new-privileges:true"}) || s.Restart != "unless-stopped" {
			t.Errorf("%s is not hardened: %+v", name, s)
		}
		if how := s.Healthcheck; len(how.Test) < 2 || how.Test[0] != "CMD" || how.Interval == "" || how.Timeout == "" || how.StartPeriod == "" {
			t.Errorf("%s doesn’t tell how it is: %+v", name, how)
		}
		if pinned := regexp.MustCompile(`^[a-z]+:\d+$`).MatchString(s.Image); pinned != (name != "app") {
			t.Errorf("%s has the image %q", name, s.Image)
		}
		if (name == "proxy") != (len(s.Ports) > 0) {
			t.Errorf("%s publishes %v", name, s.Ports)
		}
		for _, volume := range s.Volumes {
			source, _, _ := strings.Cut(volume, ":")
			if _, declared := file.Volumes[source]; !declared && source != "./Caddyfile" {
				t.Errorf("%s mounts %s, which is not declared", name, volume)
			}
		}
		for variable, value := range s.Environment {
			secret, found := strings.CutPrefix(value, "/run/secrets/")
			if found != strings.HasSuffix(variable, "PASSWORD_FILE") || found && (!slices.Equal(s.Secrets, []string{secret}) || file.Secrets[secret].File == "") {
				t.Errorf("%s: %s=%s is no secret of %v", name, variable, value, s.Secrets)
			}
		}
	}
	if networks, _ := file.Services.Database.Networks.([]any); !file.Networks.Back.Internal || len(networks) != 1 || networks[0] != "back" {
		t.Errorf("the database is reached over %v", file.Services.Database.Networks)
	}
}

// What the compose file says agrees with the image, with the proxy's configuration and between the services.
func TestComposeAgreesWithTheOtherSamples(t *testing.T) {
	t.Parallel()
	file, _ := composeSample(t)
	app, database, proxy := file.Services.App, file.Services.Database, file.Services.Proxy
	dockerfile := sample(t, "Dockerfile")

	// The app: its image, its check and its volume.
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if context := filepath.Join(root, "assets/deploy", app.Build.Context); context != root || app.Build.Dockerfile != "assets/deploy/Dockerfile" {
		t.Errorf("the image is built from %s by %s", context, app.Build.Dockerfile)
	}
	check := `["` + strings.Join(app.Healthcheck.Test[1:], `", "`) + `"]`
	if !strings.Contains(dockerfile, "CMD "+check+"\n") || !strings.Contains(dockerfile, "--interval="+app.Healthcheck.Interval+" --timeout="+app.Healthcheck.Timeout+" --start-period="+app.Healthcheck.StartPeriod) {
		t.Errorf("the image’s check is another one than %+v", app.Healthcheck)
	}
	if app.mounts("/data") == "" || !strings.Contains(dockerfile, "\nVOLUME /data\n") || !strings.HasPrefix(app.Environment["WHETSTONE_ERASURE_LIST"], "/data/") {
		t.Error("the app’s folder isn’t kept")
	}
	if !strings.Contains(dockerfile, "--memory "+app.MemLimit) || !strings.Contains(dockerfile, "GOMEMLIMIT="+app.Environment["GOMEMLIMIT"]) {
		t.Errorf("the memory is bounded by %s and %s", app.MemLimit, app.Environment["GOMEMLIMIT"])
	}

	// The database: as the app is told to open it.
	address, err := url.Parse(app.Environment["WHETSTONE_DATABASE"])
	if err != nil {
		t.Fatal(err)
	}
	if address.Host != "database" || address.User.Username() != database.Environment["POSTGRES_USER"] || address.Path != "/"+database.Environment["POSTGRES_DB"] {
		t.Errorf("the app opens %s, and the database is %v", address, database.Environment)
	}
	if _, inside := address.User.Password(); inside || app.Environment["WHETSTONE_DATABASE_PASSWORD_FILE"] != database.Environment["POSTGRES_PASSWORD_FILE"] {
		t.Error("the app and its database don’t share the file with the password")
	}

	// The proxy: trusted at its one address, with the sample’s own configuration.
	front, _ := proxy.Networks.(map[string]any)
	at, _ := front["front"].(map[string]any)
	if trusted := app.Environment["WHETSTONE_TRUSTED_PROXY"]; trusted == "" || trusted != at["ipv4_address"] {
		t.Errorf("the app trusts %q, and the proxy is at %v", trusted, proxy.Networks)
	}
	subnet, err := netip.ParsePrefix(file.Networks.Front.IPAM.Config[0].Subnet)
	if err != nil || !subnet.Contains(netip.MustParseAddr(app.Environment["WHETSTONE_TRUSTED_PROXY"])) {
		t.Errorf("the proxy’s address is not in %v: %v", subnet, err)
	}
	caddyfile := sample(t, "Caddyfile")
	for _, variable := range regexp.MustCompile(`\{\$([A-Z]+):`).FindAllStringSubmatch(caddyfile, -1) {
		if proxy.Environment[variable[1]] == "" {
			t.Errorf("the proxy isn’t told %s", variable[1])
		}
	}
	if _, port, _ := strings.Cut(proxy.Environment["APP"], "app:"); port == "" || !strings.Contains(dockerfile, "WHETSTONE_LISTEN=0.0.0.0:"+port+" ") {
		t.Errorf("the proxy looks for the app at %s", proxy.Environment["APP"])
	}
	if app.Environment["WHETSTONE_BASE_URL"] != "https://"+proxy.Environment["SITE"] {
		t.Error("the app and the proxy don’t have one name")
	}
	folder := filepath.Dir(regexp.MustCompile(`output file (\S+)`).FindStringSubmatch(caddyfile)[1])
	if proxy.mounts(folder) == "" || proxy.mounts("/etc/caddy/Caddyfile") != "./Caddyfile" || proxy.mounts("/data") == "" {
		t.Errorf("the proxy mounts %v", proxy.Volumes)
	}
}
