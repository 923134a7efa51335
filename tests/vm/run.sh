#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# run.sh - run one job in a virtual machine and judge it
#
# The job's standard output comes back over a serial port of its own, as TAP,
# and is printed here with two cases added: that the job reached its end, and
# that the kernel had nothing to complain about since the module went in.
set -eu
. "$(dirname "$0")/lib.sh"

usage()
{
	cat >&2 <<-END
	usage: run.sh [OPTION...] JOB
	JOB is a shell command for the guest. Options:
	  -k, --kernel NAME   of tests/vm/kernels (6.1)
	  -i, --image FILE    root disk, never written to
	  -c, --cpus N        (2)
	  -m, --memory SIZE   in M or G (1G)
	  -n, --nodes N       NUMA nodes, with equal parts of CPUs and memory (1)
	  -p, --cpu MODEL     (max)
	  -l, --levels N      4 or 5 levels of page tables (5)
	  -a, --append TEXT   to the kernel command line
	  -L, --load MODULE   inserted before the job; '' for none (/vmwalk/vmwalk.ko)
	  -t, --timeout S     (600)
	  -o, --out FOLDER    for console.log, tap.log and the like
	  -M, --leaks         on a kernel with kmemleak, look for leaks after the job (slow)
	  -I, --icount        time counts instructions: one CPU, same figures every time
	  -s, --stream        print the job's output as it comes, judge by exit status only
	  -x, --interactive   a shell on this terminal instead of a job
	END
	exit 2
}

# The defaults; parsed over by options().
kernel=6.1 image='' cpus=2 memory=1G nodes=1 cpu=max levels=5 append='' load=/vmwalk/vmwalk.ko
timeout=600 out='' icount='' stream='' interactive='' job=''
leaks=kmemleak=off
BOOTS=3		# a guest that dies before the module goes in is not our doing
# Wide: a false alarm is looked at once, a missed splat for ever.
SPLAT='WARNING:|BUG:|BUG |KASAN|UBSAN|Oops|general protection|possible recursive|possible circular'
SPLAT="$SPLAT|inconsistent lock|suspicious RCU|rcu.*stall|soft lockup|hung task|blocked for more"
SPLAT="$SPLAT|Kernel panic|nable to handle|DEADLOCK|refcount_t:|cut here|proc_dir_entry .* already"
SPLAT="$SPLAT|Bad page|bad pmd|bad pud|scheduling while atomic|held lock freed|Out of memory"

options()
{
	while [ $# -gt 0 ]; do
		case $1 in
		-k|--kernel)	kernel=$2; shift ;;
		-i|--image)	image=$2; shift ;;
		-c|--cpus)	cpus=$2; shift ;;
		-m|--memory)	memory=$2; shift ;;
		-n|--nodes)	nodes=$2; shift ;;
		-p|--cpu)	cpu=$2; shift ;;
		-l|--levels)	levels=$2; shift ;;
		-a|--append)	append=$2; shift ;;
		-L|--load)	load=$2; shift ;;
		-t|--timeout)	timeout=$2; shift ;;
		-o|--out)	out=$2; shift ;;
		-M|--leaks)	leaks= ;;
		-I|--icount)	icount=1; cpus=1 ;;
		-s|--stream)	stream=1 ;;
		-x|--interactive) interactive=1 ;;
		-*)		usage ;;
		*)		break ;;
		esac
		shift
	done
	job=$*
	[ -n "$job$interactive" ] || usage
	case $job in *'"'*) die "no double quotes in a job" ;; esac
	[ "$levels" = 5 ] || cpu=$cpu,la57=off
	image=${image:-$BUILD/vm/$kernel.img}
	out=${out:-$BUILD/vm/out.$$}
	[ -f "$image" ] || die "no image $image"
}

# Adds the nodes' memory and CPUs to the array `qemu`; without them there is one.
numa_command()
{
	local mib=${memory%[MG]} node

	[ "$nodes" -gt 1 ] || return 0
	[ "$memory" = "${memory%G}" ] || mib=$((mib * 1024))
	for ((node = 0; node < nodes; node++)); do
		qemu+=(-object "memory-backend-ram,id=m$node,size=$((mib / nodes))M"
			-numa "node,nodeid=$node,memdev=m$node")
	done
	for ((node = 0; node < cpus; node++)); do
		qemu+=(-numa "cpu,node-id=$((node % nodes)),socket-id=$node")
	done
}

# Sets the array `qemu`.
# shellcheck disable=SC2054 # QEMU's commas, not the array's
qemu_command()
{
	local line="root=/dev/nvme0n1 rw console=ttyS0 panic=-1 panic_on_warn=1 oops=panic"

	line="$line init=/sbin/init $KERNEL_BOOT $leaks $append load=$load"
	[ -z "$job" ] || line="$line job=\"$job\""
	qemu=(qemu-system-x86_64 -accel tcg -cpu "$cpu" -smp "$cpus,sockets=$cpus" -m "$memory"
		-nodefaults -display none -no-reboot -snapshot
		-kernel "$KERNEL_IMAGE" -append "$line"
		-drive "file=$image,format=raw,if=none,id=d0" -device nvme,drive=d0,serial=v0)
	# memory of a device that no driver claims, for those who map it
	qemu+=(-device pci-testdev,membar=64K)
	numa_command
	if [ -n "$icount" ]; then
		qemu+=(-icount "shift=0,sleep=off")
	fi
	if [ -n "$interactive" ]; then
		qemu+=(-chardev "stdio,id=tty0,mux=off,signal=off"
			-chardev "file,id=tty1,path=$out/tap.log")
	elif [ -n "$stream" ]; then
		qemu+=(-chardev "file,id=tty0,path=$out/console.log"
			-chardev "stdio,id=tty1,signal=off,logfile=$out/tap.log")
	else
		qemu+=(-chardev "file,id=tty0,path=$out/console.log"
			-chardev "file,id=tty1,path=$out/tap.log")
	fi
	# The third port is wired to QEMU's own monitor. An interrupt of its own:
	# ISA ports cannot share the one of the first.
	qemu+=(-device isa-serial,chardev=tty0,index=0 -device isa-serial,chardev=tty1,index=1
		-chardev "socket,id=monitor,path=$out/monitor,server=on,wait=off"
		-mon "chardev=monitor,mode=readline"
		-chardev "socket,id=tty2,path=$out/monitor"
		-device isa-serial,chardev=tty2,index=2,iobase=0x3e8,irq=7)
}

# One boot; the status of timeout(1): 124 and 137 mean it took too long.
boot()
{
	local qemu status=0

	rm -rf "$out"
	mkdir -p "$out"
	qemu_command
	printf '%q ' "${qemu[@]}" >"$out/command"
	if [ -n "$interactive" ]; then
		"${qemu[@]}" || status=$?
	elif [ -n "$stream" ]; then
		timeout -k 5 "$timeout" "${qemu[@]}" </dev/null 2>"$out/qemu.log" |
			sed -u '/^# vm: /d'
		status=${PIPESTATUS[0]}
	else
		timeout -k 5 "$timeout" "${qemu[@]}" </dev/null >"$out/qemu.log" 2>&1 &
		ticking $! "$kernel: ${job%% *}" "$out/tap.log"
		wait $! || status=$?
	fi
	return "$status"
}

# Kernel messages since the module went in.
console_since_job()
{
	tr -d '\r' <"$out/console.log" | awk '/\] vm: job/ { on = 1 } on'
}

splats()
{
	console_since_job | grep -E "^\[ *[0-9.]+\].*($SPLAT)" || true
}

# The status that the job left with; empty if it never did.
job_status()
{
	sed -n 's/^# vm: end \([0-9]*\)$/\1/p' "$out/tap.log" | tail -n 1
}

# The guest's TAP with our own cases behind it, and one plan for all.
verdict()
{
	local status=$1 found end

	found=$(splats)
	end=$(job_status)
	awk -v end="$end" -v splat="$found" -v qemu="$status" -v log_at="$out/console.log" '
	/^1\.\.[0-9]+/ && plan == "" { plan = substr($1, 4) + 0; next }
	/^# vm: / { if ($3 != "end") print; next }
	/^(ok|not ok)/ { seen++ }
	{ print }
	END {
		last = plan > seen ? plan : seen
		print (end == "0" ? "ok " : "not ok ") last + 1 " - vm: the job reached its end"
		if (end == "")
			print "# no end; qemu left with " qemu " (124, 137: timeout)"
		else if (end)
			print "# the job left with status " end
		print (splat == "" ? "ok " : "not ok ") last + 2 " - vm: no complaint from the kernel"
		if (splat != "") {
			gsub(/\n/, "\n# ", splat)
			print "# " splat "\n# in " log_at
		}
		# without a plan of the job there is none: the counter fails it
		if (plan != "")
			print "1.." plan + 2
	}' "$out/tap.log"
	[ "$end" = 0 ] && [ -z "$found" ]
}

main()
{
	local attempt status

	eval "$("$ROOT/tests/vm/kernel.sh" "$kernel")"
	for ((attempt = 1; attempt <= BOOTS; attempt++)); do
		status=0
		boot || status=$?
		[ -z "$interactive" ] || exit "$status"
		! grep -q '^# vm: job' "$out/tap.log" || break
		say "attempt $attempt: the guest died before the module went in; $out/console.log:"
		tail -n 5 "$out/console.log" >&2
	done
	if [ -n "$stream" ]; then
		[ "$(job_status)" = 0 ] && [ -z "$(splats)" ]
	else
		verdict "$status"
	fi
}

options "$@"
# killed or interrupted: take the guest along
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
main
