#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# tables.sh [--check] - put what is counted or listed elsewhere into the pages:
# the tables of uapi/vmwalk.h into format.md, the lengths of files into the
# reading order of README.md. With --check: say whether they are there (exit 1
# if not).
set -eu
docs=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# put PAGE: the new text of the page is in $work/page
put()
{
	if [ "${check:-}" ]; then
		cmp "$1" "$work/page" >&2
	else
		cp "$work/page" "$1"
	fi
}

[ "${1:-}" != --check ] || check=yes
${CC:-cc} -Wall -Wextra -I"$docs/../module" -o "$work/tables" \
	"$docs/tables.c" "$docs/../module/field.c"
"$work/tables" >"$work/tables.md"
awk -v tables="$work/tables.md" '
	/<!-- tables: begin/ { print; while ((getline line < tables) > 0) print line; skip = 1 }
	/<!-- tables: end/ { skip = 0 }
	!skip { print }
' "$docs/format.md" >"$work/page"
put "$docs/format.md"

cd "$docs/.."
perl -ne '
	sub length_of { open(my $file, "<", shift) or die; my @lines = <$file>; scalar @lines }
	if (/^\| \[/) {
		my $sum = join(" + ", map { length_of($_) } /\]\(([^)]+)\)/g);
		s{\| [\d +]+ \|}{| $sum |};
	}
	print;
' README.md >"$work/page"
put README.md
