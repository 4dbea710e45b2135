# Whetstone. "make run" serves the app, "make test" runs every test. They need Go 1.26 and a C compiler; a
# target that needs more says so.

# The SQLite driver is C: without cgo the build would succeed and the database would not.
export CGO_ENABLED = 1
# Without QPSG, SQLite prepares a cached statement again on most of its runs, to plan for the bound values; with
# it, 64 clients save 3.5 times as much. It applies to every target, including the release. A build without it
# works too, only more slowly.
export CGO_CFLAGS = -O2 -g -DSQLITE_ENABLE_QPSG

# What the tests need besides Go, by the command that shows it and its Debian package.
TEST_TOOLS = chromium:chromium firefox-esr:firefox-esr pg_virtualenv:postgresql nginx:nginx-light caddy:caddy strace:strace

.PHONY: run demo dev build check generate test test-quick test-webkit test-cluster test-tools faults bench bench-verdicts bench-privacy html-check screenshots vendor release release-check test-packages

run: build
	@./bin/whetstone serve

# Serves made-up data from a temporary database.
demo: build
	@./bin/whetstone demo

# Serves, and rebuilds and restarts when a page, a style sheet or the code changes.
dev:
	go tool templ generate --watch --watch-pattern '(.+\.(go|templ|css|js|svg|yaml))$$' --ignore-pattern '_templ\.go$$' --cmd 'go run ./cmd/whetstone serve'

build:
	@command -v $${CC:-cc} >/dev/null || { echo 'A C compiler is needed (Debian: apt install gcc libc6-dev).' >&2; exit 1; }
	@mkdir -p bin
	go build -o bin/whetstone ./cmd/whetstone

# One static binary for each architecture in bin/release, without this machine's paths in it, with a .deb and an
# .rpm; the version is the source's. Building for another architecture needs its C compiler.
RELEASE = bin/release
ARCHITECTURES = amd64 arm64
RELEASE_FLAGS = -trimpath -buildvcs=true -tags "netgo osusergo sqlite_omit_load_extension" -ldflags '-s -w -linkmode external -extldflags "-static"'
COMPILER_amd64 = x86_64-linux-gnu-gcc
COMPILER_arm64 = aarch64-linux-gnu-gcc

release:
	@mkdir -p "$(RELEASE)"; rm -f "$(RELEASE)"/*
	@set -eu; built=; for architecture in $(ARCHITECTURES); do \
		case $$architecture in \
			amd64) compiler=$(COMPILER_amd64); machine=x86_64; packages='gcc-x86-64-linux-gnu libc6-dev-amd64-cross';; \
			arm64) compiler=$(COMPILER_arm64); machine=aarch64; packages='gcc-aarch64-linux-gnu libc6-dev-arm64-cross';; esac; \
		test $$machine != "$$(uname -m)" || packages='gcc libc6-dev'; \
		if ! printf '#include <stdlib.h>\nint main(void) { exit(0); }\n' | $$compiler -static -x c -o /dev/null - 2>/dev/null; then \
			echo "Not built for linux/$$architecture: $$compiler is needed, with its C library (Debian: apt install $$packages)." >&2; continue; fi; \
		binary="$(RELEASE)/whetstone-linux-$$architecture"; \
		CC=$$compiler GOOS=linux GOARCH=$$architecture go build $(RELEASE_FLAGS) -o "$$binary" ./cmd/whetstone; \
		assets/deploy/packages/pack.sh "$$binary" $$architecture "$(RELEASE)"; \
		built="$$built $$architecture"; done; \
	test -n "$$built" || exit 1; cd "$(RELEASE)"; sha256sum whetstone* | tee SHA256SUMS

# Proves that a release is reproducible to the last byte: two clones of the last commit, in two folders and with
# empty build caches, give the same files. Takes some minutes.
release-check:
	@set -eu; work=$$(mktemp -d); trap 'chmod -R u+w "$$work"; rm -rf "$$work"' EXIT; \
	for clone in one two/deeper; do \
		git clone -q "$(CURDIR)" "$$work/$$clone"; \
		GOCACHE="$$work/$$clone.cache" $(MAKE) -s -C "$$work/$$clone" release; \
		rm -rf "$$work/$$clone.cache"; done; \
	cmp "$$work/one/bin/release/SHA256SUMS" "$$work/two/deeper/bin/release/SHA256SUMS"; \
	echo 'Both builds are the same.'

# Installs, upgrades and removes the packages in a bare Debian, which debootstrap makes in a temporary folder from the
# mirror that this machine's apt names (MIRROR and SUITE name another). Needs root; some minutes, most of them to build.
APT_SOURCE = $(shell apt-get indextargets --format '$$(REPO_URI) $$(CODENAME)' 'Identifier: Packages' 2>/dev/null | awk '$$2 !~ /-/ { print; exit }')
MIRROR = $(word 1,$(APT_SOURCE))
SUITE = $(word 2,$(APT_SOURCE))

test-packages:
	@$(MAKE) -s test-tools TEST_TOOLS='debootstrap:debootstrap git:git rpm:rpm systemd-analyze:systemd'
	@test "$$(id -u)" = 0 || { echo 'The packages are installed in a root of its own: run this as root.' >&2; exit 1; }
	@test -n "$(SUITE)" || { echo "No Debian mirror is known: apt has lists of none (apt-get update). Or give MIRROR=… SUITE=…" >&2; exit 1; }
	@set -eu; work=$$(mktemp -d); export PATH="$$PATH:/usr/sbin"; architecture=$$(dpkg --print-architecture); \
	trap 'umount -q "$$work"/bare/proc "$$work"/bare/sys 2>/dev/null || :; rm -rf --one-file-system "$$work"' EXIT; trap 'exit 1' INT TERM; \
	timeout 180 debootstrap --variant=minbase "$(SUITE)" "$$work/bare" "$(MIRROR)" >"$$work/log" 2>&1 || { tail "$$work/log" >&2; exit 1; }; \
	$(MAKE) -s release ARCHITECTURES=$$architecture RELEASE="$$work/newer"; mkdir "$$work/older"; \
	assets/deploy/packages/pack.sh "$$work/newer/whetstone-linux-$$architecture" $$architecture "$$work/older" 0~older; \
	go test -count=1 -timeout 3m -run '^TestPackage' ./cmd/whetstone -packages "$$work"

# Writes the generated files that are committed: the pages' Go code and the compressed assets.
generate:
	go tool templ fmt views
	go tool templ generate
	go generate ./assets

# Proves that generated code is fresh and formatted, that go.mod is tidy, and that the code and the data follow
# their rules.
GENERATED = find views assets/compressed -type f \( -name '*_templ.go' -o -path 'assets/compressed/*' \) | sort | xargs cksum

check: build
	@before=$$($(GENERATED)); go tool templ generate; go generate ./assets; \
	test "$$before" = "$$($(GENERATED))" || { echo 'Generated code was stale; it is fresh now: commit it.' >&2; exit 1; }
	go mod tidy -diff
	go tool templ fmt -fail views
	@unformatted=$$(gofmt -l assets cmd data internal views); \
	test -z "$$unformatted" || { echo "Not formatted (gofmt -w): $$unformatted" >&2; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	./bin/whetstone check data/model.yaml data/practices.yaml data/domains.yaml data/questionnaires

# Every test: unit, store on SQLite and PostgreSQL, whole handler, commands, browser; with the race detector.
# PostgreSQL is a throw-away server that Debian's pg_virtualenv starts and stops.
test: check test-tools
	pg_virtualenv go test -race -timeout 85m ./...

# The tests that need neither a browser nor PostgreSQL nor root, to run while working: under a minute once built. Their
# programs are kept, since "go test" would link them all anew each time, which is a quarter of the work. The longest
# packages come first, so that none of them runs alone at the end.
QUICK_FIRST = ./internal/web ./internal/app ./internal/store ./cmd/whetstone
QUICK_NOT = internal/browsertest internal/clustertest internal/faults
QUICK = var/quick

# Their files lie in memory where there is room for them: half of the time would go into waiting for the disk.
QUICK_IN = env -u PGHOST $(shell test "$$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $$4 }')" -gt 2000000 2>/dev/null && test -w /dev/shm && echo TMPDIR=/dev/shm) GOGC=400

test-quick:
	@set -eu; mkdir -p $(QUICK); \
	packages=$$(go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' $(QUICK_FIRST) ./... | grep -v -F $(QUICK_NOT:%=-e /%) | awk '!seen[$$0]++'); \
	go test -c -o $(QUICK)/ $$packages; \
	printf '%s\n' $$packages | xargs -P "$$(getconf _NPROCESSORS_ONLN)" -n 1 sh -c 'folder=$${1#whetstone/}; program="$$PWD/$(QUICK)/$${folder##*/}.test"; \
		cd "$$folder"; if $(QUICK_IN) "$$program" -test.timeout 10m >"$$program.log" 2>&1; then echo "ok $$1"; \
		else cat "$$program.log"; echo "FAIL $$1"; exit 1; fi' sh

# The browser tests for several engines, in WebKitGTK, on a virtual screen.
test-webkit:
	@$(MAKE) -s test-tools TEST_TOOLS='WebKitWebDriver:webkit2gtk-driver Xvfb:xvfb'
	go test -count=1 -timeout 20m -run 'Engines/^WebKit$$' ./internal/browsertest -webkit

test-tools:
	@missing=; PATH="$$PATH:/usr/sbin"; for tool in $(TEST_TOOLS); do \
		command -v $${tool%%:*} >/dev/null || missing="$$missing $${tool##*:}"; done; \
	test -z "$$missing" || { echo "The tests need, besides Go and a C compiler:$$missing (Debian: apt install$$missing)." >&2; exit 1; }

# Several processes on one database through PgBouncer in transaction mode, and a replica that takes over under
# load (some minutes). "make test" runs the same processes directly on a server of their own.
test-cluster: test-tools
	@PATH="$$PATH:/usr/sbin"; command -v pgbouncer >/dev/null || { echo 'PgBouncer is needed (Debian: apt install pgbouncer).' >&2; exit 1; }
	pg_virtualenv go test -count=1 -timeout 30m ./internal/clustertest -beyond

# What can go wrong below the program, at length (some minutes): it is killed, the power fails, the disk fails
# or is full, files are damaged. Needs strace and a system that permits it. "make test" runs a short form of at
# most a minute.
faults:
	go test -count=1 -timeout 120m -v ./internal/faults -long

# Figures, as ratios to a baseline of the same run; memory and start-up are those of the built program.
bench:
	go test -run '^$$' -bench . -benchmem ./cmd/... ./internal/...

# How often the verdicts are wrong and how often they find a real change, by simulation (half a minute).
bench-verdicts:
	go test -run '^$$' -bench Verdicts ./internal/measure

# How much teams' aggregates publish, and whether an attacker beats the bound on what they give away: 100,000
# random histories, and those of somebody who invents members, holds cycles close to each other or adds up the
# levels, each also without the rule against it (about five minutes on two cores).
bench-privacy:
	go test -timeout 60m -run '^$$' -bench Privacy ./internal/disclosure

# Checks the HTML of every page with the Nu HTML checker. Needs Java 17 and npm.
html-check: build
	@for tool in java npm; do command -v $$tool >/dev/null || { echo "$$tool is needed (Debian: apt install default-jre-headless npm)." >&2; exit 1; }; done
	@set -eu; pages=$$(mktemp -d); trap 'rm -rf "$$pages"' EXIT; \
	mkdir -p var/vnu; test -f var/vnu/node_modules/vnu-jar/build/dist/vnu.jar || npm install --prefix var/vnu --no-audit --no-fund --no-save --ignore-scripts vnu-jar@26.9.16; \
	go test -count=1 -run '^TestPages$$' ./internal/browsertest -pages "$$pages"; \
	java -jar var/vnu/node_modules/vnu-jar/build/dist/vnu.jar --errors-only --skip-non-html "$$pages"; \
	echo "The HTML of $$(ls "$$pages" | wc -l) pages is valid."

# Redraws the README's pictures from the demonstration.
screenshots:
	mkdir -p assets/readme
	go test -count=1 -run '^TestScreenshots$$' ./internal/browsertest -screenshots "$(CURDIR)/assets/readme"

# Rebuilds the vendored files from the pinned npm packages. The only target that needs Node 20 and npm.
vendor:
	@set -eu; build=$$(mktemp -d); trap 'rm -rf "$$build"' EXIT; \
	cd assets/vendor/echarts; cp package.json package-lock.json .npmrc entry.js "$$build"; \
	(cd "$$build" && npm ci --ignore-scripts --no-audit --no-fund && npm run build); \
	modules="$$build/node_modules"; font="$$modules/@fontsource/source-serif-4"; \
	cp "$$build/echarts.min.js" "$$modules/echarts/LICENSE" "$$modules/echarts/NOTICE" .; \
	cp "$$modules/echarts/licenses/LICENSE-d3" LICENSE-d3; \
	cp "$$modules/zrender/LICENSE" LICENSE-zrender; cp "$$modules/tslib/LICENSE.txt" LICENSE-tslib; \
	cp "$$font/LICENSE" ../source-serif-4/LICENSE; \
	cp "$$font/files/source-serif-4-latin-600-normal.woff2" ../source-serif-4/serif.woff2; \
	tests=../../../internal/browsertest/testdata; \
	cp "$$modules/axe-core/axe.min.js" $$tests/axe.min.js; cp "$$modules/axe-core/LICENSE" $$tests/axe-LICENSE; \
	cp "$$modules/axe-core/LICENSE-3RD-PARTY.txt" $$tests/axe-LICENSE-3RD-PARTY.txt
	go generate ./assets
