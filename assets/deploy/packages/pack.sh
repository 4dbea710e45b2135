#!/bin/sh
# Packs one binary of a release as a .deb and an .rpm, from the root of the repository:
#
#   pack.sh BINARY ARCHITECTURE FOLDER [VERSION]
#
# The version is the binary's own, with a "~" in the place of its first "-": so dpkg and rpm, too, take what leads to a
# version for older than it. A binary that knows none has the moment for one. SOURCE_DATE_EPOCH, the moment that all files
# have, is the last commit's, or else now.
set -eu
export BINARY="$1" ARCHITECTURE="$2"
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}"
built=$(go version -m "$BINARY" | awk '$1 == "mod" { print $3 }')
case "$built" in
v*) VERSION=$(printf '%s' "${built#v}" | sed 's/-/~/; s/-/./g') ;;
*) VERSION="0~$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y%m%d%H%M%S)" ;;
esac
export VERSION="${4:-$VERSION}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A package's program lies elsewhere than one that was installed by hand.
export UNIT="$work/whetstone.service"
sed 's|/usr/local/bin/|/usr/bin/|' assets/deploy/whetstone.service >"$UNIT"
# nfpm has its own go.mod: what it needs is more than all of Whetstone does, and nothing of it is in Whetstone.
for format in deb rpm; do
	go tool -modfile=assets/deploy/packages/go.mod nfpm package --packager "$format" \
		--config assets/deploy/packages/nfpm.yaml --target "$3" >/dev/null
done
