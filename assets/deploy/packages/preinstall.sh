#!/bin/sh
# Makes the user, before the files are unpacked that are its group's.
set -e
getent group whetstone >/dev/null || groupadd --system whetstone
getent passwd whetstone >/dev/null || useradd --system --gid whetstone --home-dir /var/lib/whetstone \
	--no-create-home --shell /usr/sbin/nologin whetstone
