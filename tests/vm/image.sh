#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# image.sh OUT [FILE=PLACE...] - make the guest's disk: a small ext4 root
#
# busybox for the chores; real dynamically linked programs of this machine and
# their libraries, because those are what one looks at; and each FILE (or
# folder) at PLACE.
set -eu
. "$(dirname "$0")/lib.sh"

# Real programs; the first shadow busybox's of the same name.
PROGRAMS="cat stat sleep dash bash env ls head mkfifo dd lsfd ps unshare nsenter setpriv"
SIZE=512M

skeleton()
{
	local dir

	mkdir -p "$1"/{proc,sys,dev,tmp,run,root,etc,vmwalk/bin}
	mkdir -p "$1"/usr/{bin,sbin,lib,lib64,lib/busybox}
	for dir in bin sbin lib lib64; do
		ln -s "usr/$dir" "$1/$dir"
	done
	chmod 1777 "$1/tmp"
	printf '%s\n' root:x:0:0:root:/root:/bin/sh walker:x:1000:1000::/:/bin/sh \
		nobody:x:65534:65534::/:/bin/sh >"$1/etc/passwd"
	printf '%s\n' root:x:0: walker:x:1000: nogroup:x:65534: >"$1/etc/group"
}

busybox_install()
{
	local applet

	install -m 755 "$(command -v busybox)" "$1/usr/bin/busybox"
	for applet in $(busybox --list); do
		ln -s /usr/bin/busybox "$1/usr/lib/busybox/$applet"
	done
	ln -s busybox "$1/usr/bin/sh"
}

# The libraries that the loader would open for these files, and the loader.
libraries()
{
	ldd "$@" 2>/dev/null | grep -o '/[^ :]*\.so[^ :]*' | sort -u
}

# libraries_install ROOT FILE...
libraries_install()
{
	local root=$1 lib

	shift
	for lib in $(libraries "$@"); do
		[ -e "$root$lib" ] || install -D -m 755 "$lib" "$root$lib"
	done
}

programs_install()
{
	local name file

	for name in $PROGRAMS; do
		file=$(command -v "$name") || continue
		install -m 755 "$file" "$1/usr/bin/$name"
	done
	libraries_install "$1" "$1"/usr/bin/*
}

# A locale that writes UTF-8: the client draws in it.
locale_install()
{
	local locale=/usr/lib/locale/C.utf8

	[ ! -d "$locale" ] || { mkdir -p "$1${locale%/*}"; cp -r "$locale" "$1$locale"; }
}

ours_install()
{
	local root=$1 pair

	shift
	install -m 755 "$ROOT/tests/vm/guest/init" "$root/usr/sbin/init"
	gcc -O2 -Wall -Wextra -static -o "$root/vmwalk/bin/physread" \
		"$ROOT/tests/vm/guest/physread.c"
	for pair; do
		mkdir -p "$root/$(dirname "${pair#*=}")"
		cp -rL "${pair%%=*}" "$root/${pair#*=}"
	done
	find "$root/vmwalk" -type f -perm -100 -print0 |
		while IFS= read -r -d '' pair; do
			libraries_install "$root" "$pair"
		done
}

main()
{
	local out=$1 root=$1.root

	shift
	rm -rf "$root"
	mkdir -p "$(dirname "$out")"
	skeleton "$root"
	busybox_install "$root"
	programs_install "$root"
	locale_install "$root"
	ours_install "$root" "$@"
	rm -f "$out"
	quietly "$BUILD/log/mke2fs.log" mke2fs -q -t ext4 -O ^has_journal -L vmwalk \
		-E root_owner=0:0 -d "$root" "$out" "$SIZE"
	rm -rf "$root"
}

[ $# -ge 1 ] || die "usage: image.sh OUT [FILE=PLACE...]"
PATH=$PATH:/usr/sbin:/sbin
main "$@"
