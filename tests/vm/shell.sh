#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# shell.sh [KERNEL] - a shell in the guest with everything loaded
set -eu
here=$(dirname "$0")
kernel=${1:-6.1}

"$here/prepare.sh" "$kernel"
echo "vmwalk is loaded; try: cat /proc/vmwalk/self. Leave with exit."
exec "$here/run.sh" --kernel "$kernel" --interactive --append loglevel=4
