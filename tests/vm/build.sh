#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# build.sh KERNEL - the module, built from nothing with every warning on
set -eu
. "$(dirname "$0")/lib.sh"

kernel=$1
module=$BUILD/check/module-$kernel
log=$BUILD/check/build-$kernel.log

# tap NR TEXT FINDINGS: a case that is right when there are none
tap()
{
	if [ -z "$3" ]; then
		echo "ok $1 - $kernel: $2"
	else
		echo "not ok $1 - $kernel: $2"
		printf '%s\n' "$3" | sed 's/^/# /' | head -n 40
	fi
}

# Complaints about our own files; those of the kernel's headers are not ours.
complaints()
{
	grep -E '(warning|error):' "$log" |
		grep -E "^($module|module|procfs|.*/module-$kernel)/" || true
}

unexported()
{
	nm -u "$module/vmwalk.ko" | awk '
		NR == FNR { exported[$2]; next }
		$1 == "U" && !($2 in exported) { print $2 " is not exported by this kernel" }
	' "$KERNEL_DIR/Module.symvers" -
}

eval "$("$ROOT/tests/vm/kernel.sh" "$kernel")"
rm -rf "$module"
mkdir -p "$BUILD/check"
echo 1..3
failure=
make -C "$ROOT" module KDIR="$KERNEL_DIR" MODULE_OUT="$module" KBUILD_FLAGS="W=1 C=2" \
	>"$log" 2>&1 || failure=$(tail -n 20 "$log")
tap 1 "builds" "$failure"
tap 2 "no warning of the compiler (W=1) or of sparse (C=2)" "$(complaints)"
[ -e "$module/vmwalk.ko" ] || exit 1
tap 3 "needs only what the kernel exports" "$(unexported)"
