#!/bin/sh
# After files were removed. What people wrote stays, and so does the user that it belongs to: a package must not be what
# takes it away. Not even purging does, which is said then.
set -e
case "$1" in remove | purge | 0) ;; *) exit 0 ;; esac
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
fi
if [ "$1" != remove ] && [ -d /var/lib/whetstone ]; then
	cat <<-'END'
		What people wrote is kept in /var/lib/whetstone. To delete it for good, with the user that it belongs to:
		    rm -r /var/lib/whetstone && userdel whetstone
	END
fi
