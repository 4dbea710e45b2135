#!/bin/sh
# After files were unpacked. dpkg says "configure" and the version before, if there was one; rpm says how many versions
# are there now.
set -e
case "$1" in configure | [0-9]*) ;; *) exit 0 ;; esac

# systemd makes the folder at the start, too. Here it is for a backup that is restored before that.
[ -e /var/lib/whetstone ] || install -d -o whetstone -g whetstone -m 700 /var/lib/whetstone

if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
	# The new version brings the database up to date when it starts, and may wait for it: neither holds up what
	# else is being installed.
	systemctl --no-block try-restart whetstone.service
fi

if [ "$1" = configure ] && [ -z "$2" ] || [ "$1" = 1 ]; then
	cat <<-'END'
		Whetstone is installed, and not started. Set its address in /etc/whetstone/environment, then:
		    systemctl enable --now whetstone
	END
fi
