// SPDX-License-Identifier: GPL-2.0
/*
 * timer.c - timers of a process: timer_create(2) and setitimer(2)
 *
 * The cursor is (kind << 32) + id.
 */
#include <linux/alarmtimer.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/nospec.h>
#include <linux/pid.h>
#include <linux/posix-timers.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include <linux/time64.h>

#include "rows.h"
#include "sighand.h"
#include "timer.h"

#define BUSY_TRIES	32	/* looks at a timer that somebody works on */
#define BUSY_WAIT	20, 100	/* between them, microseconds: a virtual CPU may have it */
#define CURSOR(kind, id)	(((u64)(kind) << 32) + (id))

u32 vmwalk_timer_clock(s32 raw)
{
	if (raw >= 0)
		return raw <= VMWALK_CLOCK_TAI ? raw : VMWALK_CLOCK_OTHER;
	if ((raw & CLOCKFD_MASK) == CLOCKFD)
		return VMWALK_CLOCK_DEVICE;
	if (CPUCLOCK_WHICH(raw) == CLOCKFD)
		return VMWALK_CLOCK_OTHER;
	return CPUCLOCK_PERTHREAD(raw) ? VMWALK_CLOCK_THREAD_CPU : VMWALK_CLOCK_PROCESS_CPU;
}

u64 vmwalk_timer_left(s64 left, u64 interval, bool forward)
{
	if (left > 0)
		return left;
	if (forward)
		return interval ? interval - -left % interval : 0;
	return 1;
}

/**
 * struct look - a look at the timers of a process
 * @ns: PID namespace to tell ids in
 * @from: lowest id wanted
 * @out: the record; has is 0 if there is none
 * @busy: out: somebody works on it, and when it expires could not be read
 */
struct look {
	struct pid_namespace *ns;
	u32 from;
	struct vmwalk_timer *out;
	bool busy;
};

#ifdef CONFIG_POSIX_TIMERS
/* What is left, of a clock that is not CPU time: the rule of common_timer_get(). */
static void left_read(const struct k_itimer *timer, ktime_t left, struct vmwalk_timer *out)
{
	bool silent = timer->it_sigev_notify == SIGEV_NONE;

	out->has |= VMWALK_HAS(KNOWN);
	if (timer->it_interval || vmwalk_compat_timer_active(timer))
		out->left_ns = vmwalk_timer_left(left, timer->it_interval, silent ||
						 vmwalk_compat_timer_waits(timer));
	else if (silent && left > 0)
		out->left_ns = left;
	out->armed = out->left_ns > 0;
}

static void expiry_read(const struct k_itimer *timer, struct vmwalk_timer *out)
{
	switch (out->clock) {
	case VMWALK_CLOCK_PROCESS_CPU:
	case VMWALK_CLOCK_THREAD_CPU:
		out->armed = cpu_timer_getexpires((struct cpu_timer *)&timer->it.cpu) > 0;
		break;
	case VMWALK_CLOCK_REALTIME_ALARM:
	case VMWALK_CLOCK_BOOTTIME_ALARM:
		left_read(timer, alarm_expires_remaining(&timer->it.alarm.alarmtimer), out);
		break;
	case VMWALK_CLOCK_REALTIME:
	case VMWALK_CLOCK_MONOTONIC:
	case VMWALK_CLOCK_BOOTTIME:
	case VMWALK_CLOCK_TAI:
		left_read(timer, __hrtimer_get_remaining(&timer->it.real.timer, true), out);
		break;
	}
}

/*
 * What does not change in the life of a timer. Holds siglock, under which timers are put
 * on the list of their process, and taken off it before anything of them is freed. (On
 * exit since commit d5b36a4dbd06 ("fix race between exit_itimers() and
 * /proc/pid/timers"), in v5.19 and v5.10.132.)
 */
static void timer_read(const struct k_itimer *timer, const struct look *look)
{
	const struct kernel_siginfo *info = vmwalk_compat_timer_info(timer);

	*look->out = (struct vmwalk_timer) {
		.has = VMWALK_HAS(BASE) | VMWALK_HAS(REGS),
		.kind = VMWALK_TIMER_POSIX,
		.id = timer->it_id,
		.clock = vmwalk_timer_clock(timer->it_clock),
		.raw_clock = timer->it_clock,
		.notify = timer->it_sigev_notify,
		.signal = info->si_signo,
		.target = pid_nr_ns(timer->it_pid, look->ns),
		.value = (__force u64)info->si_value.sival_ptr,
	};
}

/*
 * Holds siglock, and it_lock if nobody has it. That one protects when a timer expires, and
 * hrtimer_init() makes the hrtimer anew under it. The kernel takes siglock inside it_lock:
 * to wait for it here would be a deadlock.
 */
static void timer_look(struct k_itimer *timer, struct look *look)
{
	struct vmwalk_timer *out = look->out;

	timer_read(timer, look);
	out->interval_ns = ktime_to_ns(READ_ONCE(timer->it_interval));
	out->overrun = clamp_t(s64, READ_ONCE(timer->it_overrun_last), 0, INT_MAX);
	look->busy = true;
	if (spin_trylock(&timer->it_lock)) {
		out->has |= VMWALK_HAS(ARMED);
		expiry_read(timer, out);
		spin_unlock(&timer->it_lock);
		look->busy = false;
	}
}

/* Holds siglock. The one with the lowest id from look->from on: the list has no order. */
static void look_posix(struct task_struct *task, struct sighand_struct *sighand, void *arg)
{
	struct k_itimer *timer, *found = NULL;
	struct look *look = arg;

	if (!VMWALK_COMPAT_TIMERS_STAY)
		return;
	vmwalk_compat_for_each_timer(timer, task->signal)
		if (timer->it_id >= look->from && (!found || timer->it_id < found->it_id))
			found = timer;
	if (found)
		timer_look(found, look);
}

/* What the last thread leaves of setitimer(2) when it ends is nothing that will expire. */
static bool is_dead(const struct signal_struct *signal)
{
	return !atomic_read(&signal->live);
}

/* Holds siglock, which protects all of it; the hrtimer is made once, with the process. */
static void look_real(struct task_struct *task, struct sighand_struct *sighand, void *arg)
{
	struct signal_struct *signal = task->signal;
	struct look *look = arg;
	bool active = hrtimer_active(&signal->real_timer);
	s64 left = __hrtimer_get_remaining(&signal->real_timer, true);

	if (is_dead(signal) || (!active && !signal->it_real_incr))
		return;
	*look->out = (struct vmwalk_timer) {
		.has = VMWALK_HAS(BASE) | VMWALK_HAS(KNOWN) | VMWALK_HAS(ARMED),
		.kind = VMWALK_TIMER_REAL,
		.clock = VMWALK_CLOCK_MONOTONIC,
		.raw_clock = CLOCK_MONOTONIC,
		.signal = VMWALK_SIGNAL_ALRM,
		.target = task_tgid_nr_ns(task, look->ns),
		.armed = active,
		.interval_ns = ktime_to_ns(signal->it_real_incr),
		.left_ns = active ? vmwalk_timer_left(left, 0, false) : 0,
	};
}

/* Holds siglock, which protects both. */
static void look_cpu(struct task_struct *task, struct look *look, u32 kind, u32 signal, u32 which)
{
	const struct cpu_itimer *it = &task->signal->it[which];

	if (is_dead(task->signal) || !it->expires)
		return;
	*look->out = (struct vmwalk_timer) {
		.has = VMWALK_HAS(BASE) | VMWALK_HAS(ARMED),
		.kind = kind,
		.clock = VMWALK_CLOCK_PROCESS_CPU,
		.raw_clock = make_process_cpuclock(0, which),
		.signal = signal,
		.target = task_tgid_nr_ns(task, look->ns),
		.armed = 1,
		.interval_ns = it->incr,
	};
}

static void look_virtual(struct task_struct *task, struct sighand_struct *sighand, void *arg)
{
	look_cpu(task, arg, VMWALK_TIMER_VIRTUAL, VMWALK_SIGNAL_VTALRM, CPUCLOCK_VIRT);
}

static void look_prof(struct task_struct *task, struct sighand_struct *sighand, void *arg)
{
	look_cpu(task, arg, VMWALK_TIMER_PROF, VMWALK_SIGNAL_PROF, CPUCLOCK_PROF);
}

static void (*const looks[])(struct task_struct *task, struct sighand_struct *sighand,
			     void *arg) = {
	[VMWALK_TIMER_POSIX] = look_posix,
	[VMWALK_TIMER_REAL] = look_real,
	[VMWALK_TIMER_VIRTUAL] = look_virtual,
	[VMWALK_TIMER_PROF] = look_prof,
};

/* Again and again while somebody works on the timer. */
static bool kind_look(const struct vmwalk_viewer *viewer, u32 kind, struct look *look)
{
	int tries;

	for (tries = 0; tries < BUSY_TRIES; tries++) {
		look->out->has = 0;
		look->busy = false;
		if (!vmwalk_sighand_look(viewer->task, looks[kind], look) || !look->busy)
			break;
		usleep_range(BUSY_WAIT);
	}
	return look->out->has;
}

int vmwalk_timer_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	struct look look = { .ns = viewer->ns, .out = record };
	u64 kind;

	for (; (kind = *cursor >> 32) < VMWALK_TIMER_NR; *cursor = CURSOR(kind + 1, 0)) {
		look.from = *cursor;
		if (look.from && kind != VMWALK_TIMER_POSIX)
			continue;
		if (!kind_look(viewer, array_index_nospec(kind, VMWALK_TIMER_NR), &look))
			continue;
		*cursor = CURSOR(kind, look.out->id) + 1;
		return 1;
	}
	return 0;
}
#else
int vmwalk_timer_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	return 0;
}
#endif
