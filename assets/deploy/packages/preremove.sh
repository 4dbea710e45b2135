#!/bin/sh
# Before files are removed. dpkg says "remove", or "upgrade"; rpm says how many versions will be left.
set -e
case "$1" in remove | 0) ;; *) exit 0 ;; esac
if [ -d /run/systemd/system ]; then
	systemctl stop whetstone.service || :
fi
if command -v systemctl >/dev/null; then
	systemctl disable whetstone.service || :
fi
