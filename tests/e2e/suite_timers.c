// SPDX-License-Identifier: GPL-2.0
/*
 * suite_timers.c - TIMERS against /proc/PID/timers, timer_gettime(2), getitimer(2) and
 * timer_getoverrun(2); and the slack of timers
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ask.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"
#include "who.h"

#define SECOND		1000000000LL
#define MANY		300
#define POSIX_MAX	32
#define THREAD_ID	4	/* SIGEV_THREAD_ID */
#define CLOCK_OF_INIT	(~1 * 8 | 2)	/* what clock_getcpuclockid(3) says of process 1 */

/* The kernel's own struct sigevent, which glibc hides behind its threads. */
struct event {
	uint64_t value;
	int32_t signo, notify, tid;
	int32_t pad[11];
};

/**
 * struct order - a timer to be made
 * @clock: clockid_t
 * @notify: SIGEV_*; -1: without a struct sigevent
 * @signal: to be sent
 * @value: to be sent with it
 * @first: until it expires, 0: not armed
 * @interval: its period
 * @absolute: @first is counted from now on, but set as a time of the clock
 */
static const struct order {
	int clock, notify, signal;
	uint64_t value;
	int64_t first, interval;
	bool absolute;
} orders[] = {
	{ CLOCK_REALTIME, SIGEV_SIGNAL, SIGUSR1, 0x1122334455667788, 5000 * SECOND, 1000 * SECOND, 0 },
	{ CLOCK_REALTIME, SIGEV_SIGNAL, SIGUSR2, 0, 7000 * SECOND, 0, true },
	{ CLOCK_REALTIME, SIGEV_SIGNAL, SIGUSR2, 5, 0, 0, 0 },
	{ CLOCK_MONOTONIC, SIGEV_NONE, 0, 3, 3000 * SECOND, 0, 0 },
	{ CLOCK_MONOTONIC, SIGEV_NONE, 0, 0, 1, 900 * SECOND, 0 },
	{ CLOCK_MONOTONIC, SIGEV_NONE, 0, 0, 1, 0, 0 },
	{ CLOCK_MONOTONIC, SIGEV_THREAD, 34, 0xfedcba9876543210, 4000 * SECOND, 1, true },
	{ CLOCK_BOOTTIME, THREAD_ID, SIGHUP, 7, 2000 * SECOND, 0, true },
	{ CLOCK_TAI, SIGEV_SIGNAL, SIGTERM, 9, 6000 * SECOND, 0, 0 },
	{ CLOCK_TAI, SIGEV_SIGNAL, SIGTERM, 9, 0, 0, 0 },
	{ CLOCK_PROCESS_CPUTIME_ID, SIGEV_SIGNAL, SIGXCPU, 1, 1000 * SECOND, 500 * SECOND, 0 },
	{ CLOCK_PROCESS_CPUTIME_ID, SIGEV_SIGNAL, SIGXCPU, 1, 0, 0, 0 },
	{ CLOCK_THREAD_CPUTIME_ID, SIGEV_SIGNAL, SIGPROF, 1, 100 * SECOND, 0, 0 },
	{ CLOCK_OF_INIT, SIGEV_SIGNAL, SIGPROF, 1, 100 * SECOND, 0, 0 },
	{ CLOCK_MONOTONIC, -1, SIGALRM, 0, 8000 * SECOND, 0, 0 },
	/* These two expire at once, and their signals wait: both are blocked. */
	{ CLOCK_REALTIME, SIGEV_SIGNAL, 40, 1, 1, 700 * SECOND, 0 },
	{ CLOCK_MONOTONIC, SIGEV_SIGNAL, 41, 1, SECOND / 1000, SECOND / 1000, 0 },
	/* Needs a clock in the hardware: it may be missing. */
	{ CLOCK_REALTIME_ALARM, SIGEV_SIGNAL, SIGUSR1, 1, 10000 * SECOND, 11 * SECOND, 0 },
	{ CLOCK_BOOTTIME_ALARM, SIGEV_NONE, SIGUSR1, 1, 20000 * SECOND, 12 * SECOND, 0 },
};

#define ORDERS	E2E_NR(orders)

/**
 * struct told - what the process says of its timers, asked again and again
 * @round: answers given
 * @wanted: answers wanted
 * @thread: its other thread
 * @id: of each order's timer, -1 if it could not be made
 * @left: until it expires
 * @interval: its period
 * @overrun: timer_getoverrun(2)
 * @itimer_left: of ITIMER_*, microseconds
 * @itimer_interval: its period, microseconds
 */
static struct told {
	unsigned int round, wanted;
	pid_t thread;
	int id[ORDERS];
	int64_t left[ORDERS], interval[ORDERS];
	int overrun[ORDERS];
	int64_t itimer_left[3], itimer_interval[3];
} *told;

static pid_t pid;

static void must(long ret, const char *what)
{
	if (ret < 0)
		e2e_die("%s: %s", what, strerror(errno));
}

static struct timespec time_of(int64_t ns)
{
	return (struct timespec) { ns / SECOND, ns % SECOND };
}

static int64_t ns_of(const struct timespec *time)
{
	return time->tv_sec * SECOND + time->tv_nsec;
}

static void timer_arm(const struct order *order, int id)
{
	struct itimerspec spec = { time_of(order->interval), time_of(order->first) };
	struct timespec now;

	if (order->absolute) {
		must(clock_gettime(order->clock, &now), "clock_gettime");
		spec.it_value = time_of(ns_of(&now) + order->first);
	}
	must(syscall(SYS_timer_settime, id, order->absolute ? TIMER_ABSTIME : 0, &spec, NULL),
	     "timer_settime");
}

static int timer_make(const struct order *order, pid_t thread)
{
	struct event event = {
		.value = order->value, .signo = order->signal, .notify = order->notify,
		.tid = thread,
	};
	int id;

	if (syscall(SYS_timer_create, order->clock, order->notify < 0 ? NULL : &event, &id))
		return -1;
	if (order->first)
		timer_arm(order, id);
	return id;
}

static void tell_itimers(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		struct itimerval value;

		must(getitimer(i, &value), "getitimer");
		told->itimer_left[i] = value.it_value.tv_sec * 1000000LL + value.it_value.tv_usec;
		told->itimer_interval[i] = value.it_interval.tv_sec * 1000000LL +
					   value.it_interval.tv_usec;
	}
}

static void tell(void)
{
	unsigned int i;

	for (i = 0; i < ORDERS; i++) {
		struct itimerspec spec;

		if (told->id[i] < 0)
			continue;
		must(syscall(SYS_timer_gettime, told->id[i], &spec), "timer_gettime");
		told->left[i] = ns_of(&spec.it_value);
		told->interval[i] = ns_of(&spec.it_interval);
		told->overrun[i] = syscall(SYS_timer_getoverrun, told->id[i]);
	}
	tell_itimers();
}

static void *other_thread(void *arg)
{
	prctl(PR_SET_TIMERSLACK, 777);
	__atomic_store_n(&told->thread, gettid(), __ATOMIC_RELEASE);
	for (;;)
		pause();
	return arg;
}

/* One signal of the timer that expires each millisecond is heard, so that it has overruns. */
static void hear_overruns(void)
{
	struct timespec second = { 1, 0 };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, 41);
	usleep(50000);
	must(sigtimedwait(&set, NULL, &second), "sigtimedwait");
}

static void itimers_set(void)
{
	const struct itimerval values[] = {
		{ { 100, 5 }, { 900, 0 } }, { { 0, 0 }, { 800, 0 } }, { { 60, 7 }, { 700, 0 } },
	};
	int i;

	for (i = 0; i < 3; i++)
		must(setitimer(i, &values[i], NULL), "setitimer");
}

static void be_timed(void *arg)
{
	pthread_t thread;
	unsigned int i;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, 40);
	sigaddset(&set, 41);
	sigprocmask(SIG_BLOCK, &set, NULL);
	prctl(PR_SET_TIMERSLACK, 12345);
	pthread_create(&thread, NULL, other_thread, NULL);
	while (!__atomic_load_n(&told->thread, __ATOMIC_ACQUIRE))
		usleep(1000);
	for (i = 0; i < ORDERS; i++)
		told->id[i] = timer_make(&orders[i], told->thread);
	itimers_set();
	hear_overruns();
	usleep(10000);
	target_ready();
	for (;;) {
		while (__atomic_load_n(&told->wanted, __ATOMIC_ACQUIRE) == told->round)
			usleep(500);
		tell();
		__atomic_add_fetch(&told->round, 1, __ATOMIC_RELEASE);
	}
}

static void ask_it(struct told *answer)
{
	unsigned int round = __atomic_add_fetch(&told->wanted, 1, __ATOMIC_RELEASE);

	while (__atomic_load_n(&told->round, __ATOMIC_ACQUIRE) != round)
		usleep(100);
	*answer = *told;
}

static struct vmwalk_timer *timers_of(pid_t of, uint32_t batch, size_t *nr)
{
	int fd = ask_open(of);
	struct vmwalk_timer *all = ask_list(fd, VMWALK_IOC_TIMERS, sizeof(*all), batch, nr);

	close(fd);
	return all;
}

/* What was told before the process asked itself: that moves its periodic timers on. */
static struct vmwalk_timer *first;
static size_t first_nr;
static int64_t first_time;

static int64_t now(void)
{
	struct timespec time;

	must(clock_gettime(CLOCK_MONOTONIC, &time), "clock_gettime");
	return ns_of(&time);
}

static void timers_open(void)
{
	told = mmap(NULL, sizeof(*told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid = target_fork(be_timed, NULL);
	first_time = now();
	first = timers_of(pid, 100, &first_nr);
}

static void timers_close(void)
{
	target_kill(pid);
	free(first);
}

static const struct vmwalk_timer *timer_find(const struct vmwalk_timer *all, size_t nr, uint32_t kind,
					     uint32_t id)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (all[i].kind == kind && all[i].id == id)
			return &all[i];
	e2e_die("no timer %u of kind %u", id, kind);
}

/* A clock by the name that time(7) and CLOCK_* have for it. */
static const char *clock_name(int clock)
{
	static const struct {
		int clock;
		const char *name;
	} names[] = {
		{ CLOCK_REALTIME, "realtime" }, { CLOCK_MONOTONIC, "monotonic" },
		{ CLOCK_BOOTTIME, "boottime" }, { CLOCK_TAI, "tai" },
		{ CLOCK_PROCESS_CPUTIME_ID, "process_cpu" }, { CLOCK_OF_INIT, "process_cpu" },
		{ CLOCK_THREAD_CPUTIME_ID, "thread_cpu" },
		{ CLOCK_REALTIME_ALARM, "realtime_alarm" },
		{ CLOCK_BOOTTIME_ALARM, "boottime_alarm" },
	};
	unsigned int i;

	for (i = 0; i < E2E_NR(names); i++)
		if (names[i].clock == clock)
			return names[i].name;
	return "?";
}

static const char *name_of(uint32_t clock)
{
	static const char *const names[] = {
#define CLOCK(NAME, nr, name, help)	[nr] = name,
		VMWALK_CLOCKS(CLOCK)
#undef CLOCK
	};

	return clock < E2E_NR(names) && names[clock] ? names[clock] : "none";
}

static bool is_cpu_clock(int clock)
{
	return clock < 0 || clock == CLOCK_PROCESS_CPUTIME_ID || clock == CLOCK_THREAD_CPUTIME_ID;
}

/* What the order was, and what is between two answers of timer_gettime(2). */
static void check_timer(const struct vmwalk_timer *timer, unsigned int nr, const struct told *before,
			const struct told *after)
{
	const struct order *order = &orders[nr];
	bool known = timer->has & VMWALK_HAS(KNOWN);

	e2e_same_text("clock", name_of(timer->clock), "timer_create", clock_name(order->clock));
	e2e_same("notify", timer->notify, "timer_create", order->notify < 0 ? 0 : order->notify);
	e2e_same("signal", timer->signal, "timer_create", order->signal);
	e2e_same("target", timer->target, "timer_create",
		 order->notify == THREAD_ID ? before->thread : pid);
	e2e_same("value", timer->value, "timer_create",
		 order->notify < 0 ? timer->id : order->value);
	e2e_same("interval", timer->interval_ns, "timer_gettime", before->interval[nr]);
	e2e_same("overrun", timer->overrun, "timer_getoverrun", before->overrun[nr]);
	e2e_same("armed", timer->armed, "timer_gettime", before->left[nr] != 0);
	e2e_same("what is left is known", known, "its clock", !is_cpu_clock(order->clock));
	if (!known) {
		e2e_same("left", timer->left_ns, "nothing", 0);
		return;
	}
	if (order->interval && order->interval < SECOND && order->signal == 41) {
		e2e_true(timer->left_ns > 0 && timer->left_ns <= (uint64_t)order->interval,
			 "timer %u: %llu left of each %lld", nr, (unsigned long long)timer->left_ns,
			 (long long)order->interval);
		return;
	}
	e2e_true(timer->left_ns <= (uint64_t)before->left[nr] &&
		 timer->left_ns >= (uint64_t)after->left[nr],
		 "timer %u: %llu left, timer_gettime says %lld and then %lld", nr,
		 (unsigned long long)timer->left_ns, (long long)before->left[nr],
		 (long long)after->left[nr]);
}

static void posix_timers(void)
{
	struct told before, after;
	struct vmwalk_timer *all;
	unsigned int i, made = 0;
	size_t nr, posix = 0;

	ask_it(&before);
	all = timers_of(pid, 100, &nr);
	ask_it(&after);
	for (i = 0; i < ORDERS; i++) {
		if (before.id[i] < 0) {
			e2e_note("there is no %s", clock_name(orders[i].clock));
			continue;
		}
		made++;
		check_timer(timer_find(all, nr, VMWALK_TIMER_POSIX, before.id[i]), i, &before, &after);
	}
	for (i = 0; i < nr; i++)
		posix += all[i].kind == VMWALK_TIMER_POSIX;
	e2e_same("timers", posix, "timer_create", made);
	e2e_true(before.overrun[16] > 5, "no overruns: %d", before.overrun[16]);
	free(all);
}

/* The process asks after vmwalk has: what is left has shrunk by the time that has passed. */
static void before_asked(void)
{
	struct told after;
	unsigned int i;

	ask_it(&after);
	for (i = 0; i < ORDERS; i++) {
		const struct vmwalk_timer *timer;
		int64_t passed;

		if (after.id[i] < 0 || is_cpu_clock(orders[i].clock))
			continue;
		timer = timer_find(first, first_nr, VMWALK_TIMER_POSIX, after.id[i]);
		e2e_same("armed", timer->armed, "timer_gettime", after.left[i] != 0);
		if (orders[i].signal == 41) {
			e2e_true(timer->left_ns > 0 &&
				 timer->left_ns <= (uint64_t)orders[i].interval,
				 "%llu left", (unsigned long long)timer->left_ns);
			continue;
		}
		passed = now() - first_time;
		e2e_true(timer->left_ns >= (uint64_t)after.left[i] &&
			 timer->left_ns <= (uint64_t)(after.left[i] ? after.left[i] + passed : 0),
			 "timer %u: %llu left, %lld ns later %lld", i,
			 (unsigned long long)timer->left_ns, (long long)passed,
			 (long long)after.left[i]);
	}
}

static void itimers(void)
{
	static const struct {
		uint32_t kind, signal, clock;
	} kinds[] = {
		{ VMWALK_TIMER_REAL, SIGALRM, VMWALK_CLOCK_MONOTONIC },
		{ VMWALK_TIMER_VIRTUAL, SIGVTALRM, VMWALK_CLOCK_PROCESS_CPU },
		{ VMWALK_TIMER_PROF, SIGPROF, VMWALK_CLOCK_PROCESS_CPU },
	};
	struct told before, after;
	struct vmwalk_timer *all;
	unsigned int i;
	size_t nr;

	ask_it(&before);
	all = timers_of(pid, 1, &nr);
	ask_it(&after);
	for (i = 0; i < E2E_NR(kinds); i++) {
		const struct vmwalk_timer *timer = timer_find(all, nr, kinds[i].kind, 0);

		e2e_same("signal", timer->signal, "setitimer", kinds[i].signal);
		e2e_same("target", timer->target, "setitimer", pid);
		e2e_same("clock", timer->clock, "setitimer", kinds[i].clock);
		e2e_same("armed", timer->armed, "getitimer", before.itimer_left[i] != 0);
		e2e_same("interval", timer->interval_ns, "getitimer",
			 before.itimer_interval[i] * 1000);
		e2e_same("left is known", !!(timer->has & VMWALK_HAS(KNOWN)), "its clock",
			 kinds[i].kind == VMWALK_TIMER_REAL);
	}
	i = timer_find(all, nr, VMWALK_TIMER_REAL, 0)->left_ns / 1000;
	e2e_true(i <= before.itimer_left[0] && i >= after.itimer_left[0],
		 "%u left, getitimer says %lld and then %lld", i, (long long)before.itimer_left[0],
		 (long long)after.itimer_left[0]);
	free(all);
}

/* "ID: 3\nsignal: 10/0000000000000005\nnotify: signal/pid.77\nClockID: 1\n" */
static size_t check_file(pid_t of, const struct vmwalk_timer *all, size_t nr)
{
	char *text = proc_slurp_pid(of, "timers", NULL), *at = text;
	size_t found = 0;

	while (at && (at = strstr(at, "ID: "))) {
		int id, signo, target, clock, used = 0;
		unsigned long long value;
		char notify[16], whose[8];
		const struct vmwalk_timer *timer;
		static const char *const names[] = {
			[0] = "signal", [1] = "none", [2] = "thread", [4] = "signal",
		};

		if (sscanf(at, "ID: %d signal: %d/%llx notify: %15[^/]/%3s.%d ClockID: %d%n", &id,
			   &signo, &value, notify, whose, &target, &clock, &used) != 7 || !used)
			e2e_die("timers says \"%.100s\"", at);
		at += used;
		timer = timer_find(all, nr, VMWALK_TIMER_POSIX, id);
		e2e_same("signal", (int)timer->signal, "timers", signo);
		e2e_same("value", timer->value, "timers", value);
		e2e_same("target", timer->target, "timers", target);
		e2e_same("raw_clock", timer->raw_clock, "timers", clock);
		e2e_same_text("notify", names[timer->notify], "timers", notify);
		e2e_same("to a thread", timer->notify == 4, "timers", !strcmp(whose, "tid"));
		found++;
	}
	free(text);
	return found;
}

static void the_file(void)
{
	struct vmwalk_timer *all;
	size_t nr, posix = 0, i;

	all = timers_of(pid, 7, &nr);
	for (i = 0; i < nr; i++)
		posix += all[i].kind == VMWALK_TIMER_POSIX;
	e2e_same("timers", posix, "timers", check_file(pid, all, nr));
	free(all);
}

static void be_many(void *arg)
{
	unsigned int i;
	int id;

	for (i = 0; i < MANY; i++)
		must(syscall(SYS_timer_create, CLOCK_MONOTONIC, NULL, &id), "timer_create");
	/* Ids with gaps, and a list that is not in their order. */
	for (i = 0; i < MANY; i += 3)
		must(syscall(SYS_timer_delete, i), "timer_delete");
	for (i = 0; i < MANY / 3; i++)
		must(syscall(SYS_timer_create, CLOCK_BOOTTIME, NULL, &id), "timer_create");
	target_ready();
	for (;;)
		pause();
}

static void many_timers(void)
{
	static const uint32_t batches[] = { 1, 7, 299, 300, 1000 };
	pid_t many = target_fork(be_many, NULL);
	unsigned int i;

	for (i = 0; i < E2E_NR(batches); i++) {
		struct vmwalk_timer *all;
		size_t nr, k;

		all = timers_of(many, batches[i], &nr);
		e2e_same("timers", nr, "timer_create", MANY);
		e2e_same("timers", check_file(many, all, nr), "timers", MANY);
		for (k = 1; k < nr; k++)
			e2e_true(all[k].id > all[k - 1].id, "a timer twice, or out of order");
		free(all);
	}
	target_kill(many);
}

/* Rows of the report against the query: what does not change meanwhile. */
static void report_rows(void)
{
	struct report_table rows = report_table(ask_report(ask_open(pid), 65536, NULL), "timers");
	struct vmwalk_timer *all;
	size_t nr, i;

	all = timers_of(pid, 100, &nr);
	e2e_same("rows", rows.nr, "TIMERS", nr);
	for (i = 0; i < nr && i < rows.nr; i++) {
		e2e_same("id", report_cell_number(&rows, i, "id"), "TIMERS", all[i].id);
		e2e_same_text("clock", report_cell(&rows, i, "clock"), "TIMERS",
			      name_of(all[i].clock));
		e2e_same("raw_clock", atoi(report_cell(&rows, i, "raw_clock")), "TIMERS",
			 all[i].raw_clock);
		e2e_same("interval_ns", report_cell_number(&rows, i, "interval_ns"), "TIMERS",
			 all[i].interval_ns);
		e2e_same("no rest", !strcmp(report_cell(&rows, i, "left_ns"), "-"), "TIMERS",
			 !(all[i].has & VMWALK_HAS(KNOWN)));
		e2e_same("no value", !strcmp(report_cell(&rows, i, "value"), "-"), "TIMERS",
			 all[i].kind != VMWALK_TIMER_POSIX);
	}
	report_table_free(&rows);
	free(all);
}

/* A kernel thread has none, and the dead have none any more. */
static void without_timers(void)
{
	pid_t zombie = fork();
	size_t nr;

	if (!zombie) {
		timer_make(&orders[0], 0);
		itimers_set();
		_exit(0);
	}
	waitid(P_PID, zombie, NULL, WEXITED | WNOWAIT);
	free(timers_of(2, 10, &nr));
	e2e_same("timers of a kernel thread", nr, "none", 0);
	free(timers_of(zombie, 10, &nr));
	e2e_same("timers of a zombie", nr, "none", 0);
	waitpid(zombie, NULL, 0);
}

static void be_walker_timed(void *arg)
{
	timer_make(&orders[0], 0);
	whom_walker(arg);
}

static void seen_by(const struct who *who, void *arg)
{
	const pid_t *of = arg;
	int fd = ask_open_try(*of);
	struct vmwalk_timer *all;
	size_t nr;

	if (fd < 0)
		return;
	all = ask_list(fd, VMWALK_IOC_TIMERS, sizeof(*all), 10, &nr);
	e2e_same("timers", nr, "timer_create", 1);
	e2e_same(who->name, nr && all[0].value, "privilege", who->frames);
	e2e_same("interval", all[0].interval_ns, "timer_settime", orders[0].interval);
	free(all);
}

static void readers(void)
{
	pid_t of = target_fork(be_walker_timed, NULL);
	const struct who *who;

	for (who = whos; who->name; who++)
		who_run(who, seen_by, &of);
	target_kill(of);
}

/* Timers are made, set, expire and are deleted all the time, on two threads. */
static void *timers_thread(void *arg)
{
	for (;;) {
		const struct order fast = {
			CLOCK_REALTIME, SIGEV_SIGNAL, SIGUSR1, 0, 1000, 1000, false
		};
		int id = timer_make(&fast, 0), i;

		for (i = 0; id >= 0 && i < 20; i++) {
			struct itimerspec spec = { { 0, i % 3 * 1000 }, { 0, 1 + i % 2 * 100000 } };

			syscall(SYS_timer_settime, id, 0, &spec, NULL);
		}
		syscall(SYS_timer_delete, id);
	}
	return arg;
}

static void be_restless(void *arg)
{
	pthread_t thread;

	signal(SIGUSR1, SIG_IGN);
	pthread_create(&thread, NULL, timers_thread, NULL);
	target_ready();
	timers_thread(NULL);
}

static void restless(void)
{
	pid_t of = target_fork(be_restless, NULL);
	static struct vmwalk_timer all[100];
	unsigned long seen = 0, armed = 0, unknown = 0;
	int fd = ask_open(of), rounds = proc_slow_kernel() ? 500 : 4000, i, err;
	uint32_t k;

	for (i = 0; i < rounds; i++) {
		struct vmwalk_query query = ask_query(all, sizeof(all[0]), 100);

		query.end = -4096;
		if (i == rounds - 100)
			kill(of, SIGKILL);
		err = ask(fd, VMWALK_IOC_TIMERS, &query);
		e2e_true(!err || (err == -ESRCH && i >= rounds - 100), "TIMERS: %s", strerror(-err));
		for (k = 0; !err && k < query.done; k++) {
			seen++;
			armed += all[k].armed;
			unknown += !(all[k].has & VMWALK_HAS(KNOWN));
			/* An ignored signal puts the next one off by a tick, at most 10 ms. */
			e2e_true(all[k].left_ns <= 11000000 && all[k].signal == SIGUSR1,
				 "%llu left", (unsigned long long)all[k].left_ns);
		}
	}
	e2e_note("%lu timers seen, %lu armed, %lu of which it is not known", seen, armed, unknown);
	e2e_true(seen > 100 && armed > 100, "%lu timers seen, %lu armed", seen, armed);
	e2e_true(unknown < seen / 20, "what is left of %lu timers is not known", unknown);
	close(fd);
	target_kill(of);
}

/* Of both threads, as the kernel and who set it say. */
static void slack(void)
{
	struct vmwalk_thread *threads;
	size_t nr, i;

	threads = ask_list(ask_open(pid), VMWALK_IOC_THREADS, sizeof(*threads), 10, &nr);
	e2e_same("threads", nr, "pthread_create", 2);
	for (i = 0; i < nr; i++) {
		char *text = proc_slurp_pid(threads[i].tid, "timerslack_ns", NULL);

		e2e_same("timer_slack_ns", threads[i].timer_slack_ns, "timerslack_ns",
			 strtoull(text, NULL, 10));
		e2e_same("timer_slack_ns", threads[i].timer_slack_ns, "PR_SET_TIMERSLACK",
			 threads[i].tid == (uint32_t)pid ? 12345 : 777);
		free(text);
	}
	free(threads);
}

static const struct e2e_case timers_cases[] = {
	{ "TIMERS equals timer_gettime(2) and timer_getoverrun(2)", posix_timers, 170 },
	{ "TIMERS before timer_gettime(2) was asked", before_asked, 26 },
	{ "TIMERS equals getitimer(2)", itimers, 19 },
	{ "TIMERS equals timers", the_file, 100 },
	{ "many timers at every batch size", many_timers, 10000 },
	{ "[timers] equals TIMERS", report_rows, 100 },
	{ "TIMERS of who has none", without_timers, 2 },
	{ "what a timer sends is for the privileged", readers, 9 },
	{ "timers that come and go while they are read", restless, 500 },
	{ "the slack of timers", slack, 5 },
};
E2E_SUITE(timers, timers_open, timers_close);
