#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# tables.sh [--check] - put the tables of uapi/vmwalk.h into format.md, or say
# whether they are there (exit 1 if not)
set -eu
docs=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

${CC:-cc} -Wall -Wextra -I"$docs/../module" -o "$work/tables" \
	"$docs/tables.c" "$docs/../module/field.c"
"$work/tables" >"$work/tables.md"
awk -v tables="$work/tables.md" '
	/<!-- tables: begin/ { print; while ((getline line < tables) > 0) print line; skip = 1 }
	/<!-- tables: end/ { skip = 0 }
	!skip { print }
' "$docs/format.md" >"$work/format.md"

if [ "${1:-}" = --check ]; then
	cmp "$docs/format.md" "$work/format.md" >&2
else
	cp "$work/format.md" "$docs/format.md"
fi
