#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# kernel.sh NAME - get one of the kernels of tests/vm/kernels, and say where it is
#
# Prints lines for eval: KERNEL_VERSION, KERNEL_IMAGE (for QEMU), KERNEL_DIR (to
# build modules against), KERNEL_BOOT (options of its command line), KERNEL_MODULES
# (folder of the modules that tests load, empty if there are none). Everything is
# kept in the cache; the key is the version of the package and, for a kernel of our
# own, its configuration.
set -eu
. "$(dirname "$0")/lib.sh"
HERE=$ROOT/tests/vm

# Modules of a stock kernel that tests load: swap on compressed memory; a file system
# whose server can be stopped.
MODULES="mm/zsmalloc crypto/lzo-rle drivers/block/zram/zram fs/fuse/fuse"

# What apt would install now: "name version".
candidate()
{
	apt-cache show --no-all-versions "$1" 2>/dev/null |
		awk '/^Version:/ { print "'"$1"'", $2; exit }'
}

# The real package behind a package that only depends on it.
real_package()
{
	apt-cache depends --no-recommends --no-suggests "$1" |
		awk '$1 == "Depends:" && $2 ~ /^linux-(image|headers)-[0-9]/ { print $2; exit }'
}

# download PACKAGE VERSION: its .deb in the cache; prints the path.
download()
{
	local file="$CACHE/dl/$1_$2"

	mkdir -p "$CACHE/dl"
	if ! ls "${file}"_*.deb >/dev/null 2>&1; then
		(cd "$CACHE/dl" && slowly "downloading $1 $2" "$BUILD/log/download-$1.log" \
			apt-get download "$1=$2") || return 1
	fi
	ls "${file}"_*.deb
}

headers_install()
{
	local name=$1 version=$2

	[ "$(dpkg-query -W -f '${db:Status-Status} ${Version}' "$name" 2>/dev/null)" = \
		"installed $version" ] && return
	[ "$(id -u)" -eq 0 ] || die "please install as root: apt-get install $name=$version"
	DEBIAN_FRONTEND=noninteractive slowly "installing $name" "$BUILD/log/apt-$name.log" \
		apt-get install -y --no-install-recommends "$name=$version"
}

# modules_whole DIR: has an earlier run put all MODULES there?
modules_whole()
{
	local name

	for name in $MODULES; do
		[ -e "$1/${name##*/}.ko" ] || return 1
	done
}

# modules_extract DEB RELEASE DIR: MODULES side by side in DIR.
modules_extract()
{
	local deb=$1 release=$2 dir=$3 name paths=()

	for name in $MODULES; do
		paths+=("./lib/modules/$release/kernel/$name.ko")
	done
	rm -rf "$dir" "$dir.new"
	mkdir -p "$dir.new"
	dpkg --fsys-tarfile "$deb" |
		tar -x -C "$dir.new" --transform 's,.*/,,' "${paths[@]}"
	mv "$dir.new" "$dir"
}

image_kernel()
{
	local image headers version dir deb release

	image=$(real_package "$1")
	headers=$(real_package "$2")
	[ -n "$image" ] && [ -n "$headers" ] || die "apt knows no $1 or $2: apt-get update?"
	version=$(candidate "$image" | cut -d' ' -f2)
	release=${image#linux-image-}
	dir=$CACHE/kernels/$release-$version
	if [ ! -e "$dir/done" ]; then
		deb=$(download "$image" "$version") || return 1
		rm -rf "$dir"
		mkdir -p "$dir"
		dpkg --fsys-tarfile "$deb" | tar -x -C "$dir" ./boot
		touch "$dir/done"
	fi
	if ! modules_whole "$dir/modules"; then
		deb=$(download "$image" "$version") || return 1
		modules_extract "$deb" "$release" "$dir/modules"
	fi
	headers_install "$headers" "$version"
	echo "KERNEL_VERSION=$version"
	echo "KERNEL_IMAGE=$dir/boot/vmlinuz-$release"
	echo "KERNEL_DIR=/lib/modules/$release/build"
	echo "KERNEL_MODULES=$dir/modules"
}

# config_make DIR OPTIONS: tinyconfig and our options; each must survive.
config_make()
{
	local dir=$1 options=$2 line lost=0

	cd "$dir"
	make -s tinyconfig
	# tinyconfig's allocator knows neither KASAN nor failslab
	scripts/config -d SLOB -e SLUB
	scripts/kconfig/merge_config.sh -m .config "$options"
	make -s olddefconfig
	while read -r line; do
		grep -qxF "$line" .config && continue
		echo "lost option: $line"
		lost=1
	done < <(grep '^CONFIG_' "$options")
	return $lost
}

# What a module build never opens again.
source_trim()
{
	cd "$1"
	find . -type f \( -name '*.o' -o -name '*.a' -o -name '.*.cmd' \) \
		! -path './scripts/*' ! -path './tools/*' -delete
	rm -rf Documentation drivers fs net sound samples vmlinux.o
	find arch -mindepth 1 -maxdepth 1 -type d ! -name x86 -exec rm -rf {} +
}

source_build()
{
	local package=$1 version=$2 options=$3 dir=$4 work=$4.new deb

	deb=$(download "$package" "$version") || return 1
	rm -rf "$work"
	mkdir -p "$work"
	slowly "unpacking $package" "$BUILD/log/unpack-$package.log" bash -c \
		'dpkg --fsys-tarfile "$1" | tar -xO "./usr/src/$2.tar.xz" |
		 tar -xJ --strip-components=1 -C "$3"' - "$deb" "$package" "$work"
	quietly "$BUILD/log/config-$package.log" config_make "$work" "$options"
	slowly "building the ${options##*/} kernel" "$BUILD/log/build-$package.log" \
		make -C "$work" -j"$(nproc)" bzImage modules
	source_trim "$work"
	mv "$work" "$dir"
}

source_kernel()
{
	local package=$1 options=$HERE/$2 version key dir

	version=$(candidate "$package" | cut -d' ' -f2)
	[ -n "$version" ] || die "apt knows no $package: apt-get update?"
	key=$({ echo "$version"; grep '^CONFIG_' "$options"; } | sha256sum | cut -c1-16)
	dir=$CACHE/kernels/${2%.config}-$version-$key
	[ -d "$dir" ] || source_build "$package" "$version" "$options" "$dir"
	echo "KERNEL_VERSION=$version"
	echo "KERNEL_IMAGE=$dir/arch/x86/boot/bzImage"
	echo "KERNEL_DIR=$dir"
	echo "KERNEL_MODULES="
}

main()
{
	local name how package more boot

	read -r name how package more boot < <(awk -v name="$1" '$1 == name' "$HERE/kernels") ||
		die "no kernel '$1' in tests/vm/kernels"
	mkdir -p "$CACHE/kernels"
	# two that want the same kernel: the second waits and finds it made
	exec 9>"$CACHE/kernels/.lock-$name"
	flock 9
	"${how}_kernel" "$package" "$more"
	echo "KERNEL_BOOT='$boot'"
}

[ $# -eq 1 ] || die "usage: kernel.sh NAME"
main "$1"
