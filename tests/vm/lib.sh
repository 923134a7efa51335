# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# lib.sh - what the scripts of the VM bed share; sourced, not run
# shellcheck disable=SC2034 # used by those who source it

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BUILD=${VMWALK_BUILD:-$ROOT/build}
CACHE=${VMWALK_CACHE:-$HOME/.cache/vmwalk}
export LC_ALL=C

say()
{
	printf '%s: %s\n' "${0##*/}" "$*" >&2
}

die()
{
	say "$@"
	exit 1
}

# quietly LOG COMMAND...: its output goes to LOG, and is shown if it fails.
quietly()
{
	local log=$1 status=0

	shift
	mkdir -p "$(dirname "$log")"
	"$@" >"$log" 2>&1 || status=$?
	if [ "$status" -ne 0 ]; then
		tail -n 30 "$log" >&2
		say "failed ($status): $*; the whole output is in $log"
	fi
	return "$status"
}

# ticking PID TEXT LOG: a line of progress every 15 s for as long as PID lives.
ticking()
{
	local pid=$1 text=$2 log=$3 began=$SECONDS last

	while kill -0 "$pid" 2>/dev/null; do
		sleep 1
		if [ $(((SECONDS - began) % 15)) -eq 14 ]; then
			last=$(tail -n 1 "$log" 2>/dev/null | tr -d '\r' | cut -c1-60)
			say "$text, $((SECONDS - began)) s: $last"
		fi
	done
}

# slowly TEXT LOG COMMAND...: quietly, with signs of life.
slowly()
{
	local text=$1 log=$2 began=$SECONDS ticker status=0

	shift 2
	say "$text ..."
	ticking $BASHPID "$text" "$log" &
	ticker=$!
	quietly "$log" "$@" || status=$?
	kill "$ticker" 2>/dev/null || true
	wait "$ticker" 2>/dev/null || true
	[ "$status" -ne 0 ] || say "$text: done in $((SECONDS - began)) s"
	return "$status"
}
