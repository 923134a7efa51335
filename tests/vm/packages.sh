#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# packages.sh - install what the build and the tests need from Debian
#
# The list is here and nowhere else. Nothing is asked of the network when
# everything is there already.
set -eu
. "$(dirname "$0")/lib.sh"

packages()
{
	sed 's/#.*//' <<-END
	gcc libc6-dev make binutils pkg-config		# everything
	libsmartcols-dev libcmocka-dev			# the client, its tests
	python3 jq					# judges of its JSON
	bc bison flex libelf-dev libssl-dev openssl perl xz-utils kmod	# kernels
	sparse shellcheck patch				# checks
	qemu-system-x86 e2fsprogs busybox-static	# the virtual machine
	bash coreutils dash procps util-linux util-linux-extra	# real programs to look at
	END
}

missing()
{
	local name

	for name in $(packages); do
		dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null |
			grep -qx installed || echo "$name"
	done
}

main()
{
	local names

	command -v apt-get >/dev/null || die "needs a Debian system (no apt-get)"
	names=$(missing | tr '\n' ' ')
	[ -n "$names" ] || return 0
	if [ "$(id -u)" -ne 0 ]; then
		say "please install as root: apt-get install $names"
		exit 2
	fi
	export DEBIAN_FRONTEND=noninteractive
	slowly "package lists" "$BUILD/log/apt-update.log" apt-get update
	# shellcheck disable=SC2086 # a list of words
	slowly "installing $names" "$BUILD/log/apt-install.log" \
		apt-get install -y --no-install-recommends $names
}

main
