#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# prepare.sh KERNEL [SOURCES IMAGE] - everything up to a guest's disk
#
# Installs packages, gets the kernel, builds the module, the client and the
# guest's tests, makes the disk build/vm/KERNEL.img. With SOURCES the module is
# built from that copy of the tree instead, and the disk is IMAGE.
set -eu
. "$(dirname "$0")/lib.sh"

kernel=$1
sources=${2:-$ROOT}
image=${3:-$BUILD/vm/$kernel.img}

# The folder the module of these sources is built in.
module_folder()
{
	if [ "$sources" = "$ROOT" ]; then
		echo "$BUILD/module-$kernel"
	else
		echo "$sources/build/module-$kernel"
	fi
}

build()
{
	local module=$1 files

	quietly "$BUILD/log/module-$kernel.log" make -C "$sources" module \
		KDIR="$KERNEL_DIR" MODULE_OUT="$module"
	quietly "$BUILD/log/client.log" make -C "$ROOT" client OUT="$BUILD"
	quietly "$BUILD/log/e2e.log" make -C "$ROOT/tests/e2e" OUT="$BUILD"
	quietly "$BUILD/log/bench.log" make -C "$ROOT/tests/bench" OUT="$BUILD/bench"
	quietly "$BUILD/log/driver-$kernel.log" make -C "$ROOT/tests/driver" \
		KDIR="$KERNEL_DIR" OUT="$BUILD/driver-$kernel"
	files=("$module/vmwalk.ko=/vmwalk/vmwalk.ko" "$BUILD/vmwalk=/usr/bin/vmwalk"
		"$BUILD/e2e=/vmwalk/e2e" "$BUILD/bench/bench=/vmwalk/bench" "$ROOT/docs/proc.md=/vmwalk/proc.md" "$ROOT/tests/demo/guest=/vmwalk/demo"
		"$BUILD/driver-$kernel/vmwalk_driver.ko=/vmwalk/vmwalk_driver.ko")
	if [ -n "$KERNEL_MODULES" ]; then
		files+=("$KERNEL_MODULES=/vmwalk/modules")
	fi
	if grep -qx CONFIG_KUNIT=y "$KERNEL_DIR/.config"; then
		quietly "$BUILD/log/kunit-$kernel.log" make -C "$ROOT/tests/kunit" \
			KDIR="$KERNEL_DIR" OUT="$BUILD"
		files+=("$ROOT/tests/kunit/run-kunit=/vmwalk/run-kunit"
			"$BUILD/kunit/vmwalk_kunit.ko=/vmwalk/vmwalk_kunit.ko"
			"$BUILD/kunit/vmwalk_kunit.plan=/vmwalk/vmwalk_kunit.plan")
	fi
	"$ROOT/tests/vm/image.sh" "$image.new" "${files[@]}"
	mv "$image.new" "$image"
}

"$ROOT/tests/vm/packages.sh"
places=$("$ROOT/tests/vm/kernel.sh" "$kernel")
eval "$places"
mkdir -p "$BUILD/vm"
# the client and the tests are built in one place for all kernels
exec 9>"$BUILD/.lock"
flock 9
build "$(module_folder)"
