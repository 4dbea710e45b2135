# Whetstone. "make run" serves the app, "make test" runs every test. Go 1.26 and a C compiler are
# needed; each target says what else it lacks.

# The SQLite driver is C; a build without a C compiler would fail much later and less clearly.
export CGO_ENABLED = 1

.PHONY: run dev demo build generate check test browser-test bench html-check screenshots vendor tools

run: build
	./bin/whetstone serve

# Serves the demonstration: made-up data in a temporary database.
demo: build
	./bin/whetstone demo

# Rebuilds and restarts on each change of a page, a style or the code.
dev:
	go tool templ generate --watch --watch-pattern '(.+\.(go|templ|css|js|svg|yaml))$$' --cmd "$(MAKE) --no-print-directory run"

build:
	@command -v $${CC:-cc} >/dev/null || { echo "A C compiler is needed (Debian: apt install gcc libc6-dev)." >&2; exit 1; }
	go build -o bin/whetstone ./cmd/whetstone
