// SPDX-License-Identifier: GPL-2.0
/*
 * suite_tasks.c - TASK, THREADS and REGISTERS against status, stat, sched, schedstat,
 * syscall, sched_getattr(2) and ptrace(2)
 */
#include <ctype.h>
#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/user.h>
#undef PAGE_SIZE	/* proc.h has it as a constant */
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"
#include "mkproc.h"
#include "proc.h"
#include "still.h"
#include "suites.h"
#include "tap.h"
#include "target.h"
#include "who.h"

#define TICK_NS		10000000ULL	/* USER_HZ is 100 everywhere */
#define THOUSAND	1000
#define CROWD		100	/* threads, too many to look at all for each row */
#define RESTLESS_LOOKS	2000

static struct made *made[MKPROC_NR];

static void tasks_open(void)
{
	mkproc_start_all(made);
}

static void tasks_close(void)
{
	mkproc_stop_all(made);
}

/* The word in brackets of "State:\tS (sleeping)", as the uapi tables write it. */
static void state_word(const char *status, char *word, size_t size)
{
	char value[64] = "", *at;

	proc_key_text(status, "State", value, sizeof(value));
	at = strchr(value, '(');
	snprintf(word, size, "%.*s", at ? (int)strcspn(at + 1, ")") : 0, at ? at + 1 : "");
	for (at = word; *at; at++)
		*at = *at == ' ' ? '-' : *at;
}

static const char *state_name(uint32_t state)
{
	static const char *const names[] = {
#define STATE(NAME, nr, name, help)	[nr] = name,
		VMWALK_TASK_STATES(STATE)
#undef STATE
	};

	return state < E2E_NR(names) ? names[state] : "?";
}

/* Stat's fields that are numbers, each a member; thread_of() is what vmwalk says. */
static void check_thread_stat(const struct vmwalk_thread *thread, const char *stat)
{
	const struct {
		const char *what;
		int64_t value;
		int field;
	} pairs[] = {
		{ "tid", thread->tid, 1 }, { "state", thread->state, 3 },
		{ "raw_flags", thread->raw_flags, 9 }, { "minflt", thread->minflt, 10 },
		{ "majflt", thread->majflt, 12 }, { "priority", thread->priority, 18 },
		{ "nice", thread->nice, 19 }, { "start", thread->start_ns / TICK_NS, 22 },
		{ "cpu", thread->cpu, 39 }, { "rt_priority", thread->rt_priority, 40 },
		{ "policy", thread->policy, 41 },
	};
	unsigned int i;

	for (i = 0; i < E2E_NR(pairs); i++) {
		char what[64];

		snprintf(what, sizeof(what), "%s of thread %u", pairs[i].what, thread->tid);
		e2e_same(what, pairs[i].value, "stat", proc_stat_field(stat, pairs[i].field));
	}
	e2e_same("user ticks", thread->user_ns / TICK_NS, "stat", proc_stat_field(stat, 14));
	e2e_same("system ticks", thread->system_ns / TICK_NS, "stat", proc_stat_field(stat, 15));
}

/* A mask of status, "f" or "00000000,0000000f", its lowest 64 bits. */
static uint64_t mask_of(const char *status, const char *key)
{
	char value[1024], *at;
	uint64_t mask = 0;

	if (!proc_key_text(status, key, value, sizeof(value)))
		e2e_die("no %s in status", key);
	for (at = value; *at; at++)
		if (isxdigit((unsigned char)*at))
			mask = mask << 4 | (uint64_t)(isdigit((unsigned char)*at) ? *at - '0' :
						      tolower((unsigned char)*at) - 'a' + 10);
	return mask;
}

static void check_thread_status(const struct vmwalk_thread *thread, const char *status)
{
	char state[64];

	state_word(status, state, sizeof(state));
	e2e_same_text("state_name", state_name(thread->state_name), "status", state);
	e2e_same("tgid", thread->tgid, "status", proc_key(status, "Tgid"));
	e2e_same("nvcsw", thread->nvcsw, "status", proc_key(status, "voluntary_ctxt_switches"));
	e2e_same("nivcsw", thread->nivcsw, "status",
		 proc_key(status, "nonvoluntary_ctxt_switches"));
	e2e_same("cpu_mask", thread->cpu_mask[0], "status", mask_of(status, "Cpus_allowed"));
	e2e_same("cpus", thread->cpus, "status",
		 __builtin_popcountll(mask_of(status, "Cpus_allowed")));
	e2e_same("node_mask", thread->node_mask, "status", mask_of(status, "Mems_allowed"));
}

/* "name   :   123.456789" of /proc/PID/sched, nanoseconds if it has a point. */
static bool sched_value(const char *sched, const char *key, int64_t *value)
{
	const char *at = sched;
	size_t len = strlen(key);

	for (; at && *at; at = strchr(at, '\n'), at += !!at) {
		long long whole, part = 0;

		if (strncmp(at, key, len) || (at[len] != ' ' && at[len] != ':'))
			continue;
		at += len;
		at += strspn(at, " :");
		/* The sign stands before both parts, also of -0.000001. */
		if (sscanf(at, "%lld.%lld", &whole, &part) == 2)
			whole = whole * 1000000 + (*at == '-' ? -part : part);
		*value = whole;
		return true;
	}
	return false;
}

static void check_thread_sched(const struct vmwalk_thread *thread, const char *sched,
			       const char *schedstat)
{
	const struct {
		const char *key;
		int64_t value;
	} pairs[] = {
		{ "se.sum_exec_runtime", thread->run_ns }, { "prio", thread->prio },
		{ "policy", thread->policy }, { "nr_voluntary_switches", thread->nvcsw },
		{ "nr_involuntary_switches", thread->nivcsw },
		{ "se.vruntime", thread->vruntime_ns },
		{ "se.load.weight", thread->load_weight },
		{ "se.nr_migrations", thread->migrations },
	};
	unsigned long long run, wait, slices;
	unsigned int i;

	for (i = 0; i < E2E_NR(pairs); i++) {
		int64_t value;

		if (!strcmp(pairs[i].key, "se.vruntime") && !(thread->has & VMWALK_HAS(SCHED)))
			continue;
		if (!sched_value(sched, pairs[i].key, &value))
			e2e_die("no %s in sched", pairs[i].key);
		e2e_same(pairs[i].key, pairs[i].value, "sched", value);
	}
	if (sscanf(schedstat, "%llu %llu %llu", &run, &wait, &slices) != 3)
		e2e_die("schedstat: %s", schedstat);
	e2e_same("run_ns", thread->run_ns, "schedstat", run);
	if (!(thread->has & VMWALK_HAS(SCHED)))
		return;
	e2e_same("wait_ns", thread->wait_ns, "schedstat", wait);
	e2e_same("slices", thread->slices, "schedstat", slices);
}

static void check_thread_attr(const struct vmwalk_thread *thread)
{
	struct {
		uint32_t size, policy;
		uint64_t flags;
		int32_t nice;
		uint32_t priority;
		uint64_t runtime, deadline, period;
	} attr = { 0 };

	/* A zombie has none to ask for. */
	if (syscall(SYS_sched_getattr, thread->tid, &attr, sizeof(attr), 0))
		return;
	e2e_same("policy", thread->policy, "sched_getattr", attr.policy);
	e2e_same("has deadlines", !!(thread->has & VMWALK_HAS(DEADLINE)), "sched_getattr",
		 attr.policy == 6);
	if (attr.policy != 6)
		return;
	e2e_same("dl_runtime_ns", thread->dl_runtime_ns, "sched_getattr", attr.runtime);
	e2e_same("dl_deadline_ns", thread->dl_deadline_ns, "sched_getattr", attr.deadline);
	e2e_same("dl_period_ns", thread->dl_period_ns, "sched_getattr", attr.period);
}

/* Names of a fixed size, without the NUL if they fill it. */
static void check_comm(const char *what, const char *ours, const char *comm)
{
	char name[VMWALK_COMM_LEN + 1] = "";

	memcpy(name, ours, VMWALK_COMM_LEN);
	e2e_same("length of the name", strlen(name) + 1, what, strlen(comm));
	e2e_true(!strncmp(name, comm, strlen(name)), "%s: vmwalk says \"%s\", not \"%s\"", what,
		 name, comm);
}

/* What the kernel's files say of a thread. */
enum { STAT, STATUS, SCHED, SCHEDSTAT, COMM, PERSONALITY, FILES };
static const char *const file_names[FILES] = {
	"stat", "status", "sched", "schedstat", "comm", "personality"
};

/**
 * struct said - a thread and what was said of it
 * @tid: it
 * @still: did it hold still meanwhile?
 * @text: the files
 */
struct said {
	pid_t tid;
	struct still still;
	char *text[FILES];
};

static void check_thread(const struct vmwalk_thread *thread, const struct said *said)
{
	char *slack;

	check_comm("comm", thread->comm, said->text[COMM]);
	check_thread_stat(thread, said->text[STAT]);
	check_thread_status(thread, said->text[STATUS]);
	check_thread_sched(thread, said->text[SCHED], said->text[SCHEDSTAT]);
	check_thread_attr(thread);
	if (thread->has & VMWALK_HAS(REGS))
		e2e_same("personality", thread->personality, "personality",
			 strtoul(said->text[PERSONALITY], NULL, 16));
	slack = proc_slurp_pid(said->tid, "timerslack_ns", NULL);
	e2e_same("timer_slack_ns", thread->timer_slack_ns, "timerslack_ns",
		 strtoull(slack, NULL, 10));
	free(slack);
}

/* Ids of the threads of a process, ascending, by its folder; free() the result. */
static pid_t *threads_of(pid_t pid, size_t *nr)
{
	char path[64];
	struct dirent **entries;
	pid_t *tids;
	int found, i;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	found = scandir(path, &entries, NULL, versionsort);
	if (found < 0)
		e2e_die("%s: %s", path, strerror(errno));
	tids = calloc(found, sizeof(*tids));
	for (*nr = 0, i = 0; i < found; i++) {
		if (isdigit((unsigned char)entries[i]->d_name[0]))
			tids[(*nr)++] = atoi(entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return tids;
}

static struct said *said_begin(pid_t pid, size_t *nr)
{
	pid_t *tids = threads_of(pid, nr);
	struct said *all = calloc(*nr, sizeof(*all));
	size_t i, k;

	for (i = 0; i < *nr; i++) {
		all[i].tid = tids[i];
		still_begin(&all[i].still, pid, tids[i]);
		for (k = 0; k < FILES; k++)
			all[i].text[k] = proc_slurp_thread(pid, tids[i], file_names[k]);
	}
	free(tids);
	return all;
}

/* Have all held still since? */
static bool said_end(struct said *all, size_t nr)
{
	size_t i, held = 0;

	for (i = 0; i < nr; i++)
		held += still_end(&all[i].still);
	return held == nr;
}

static void said_free(struct said *all, size_t nr)
{
	size_t k;

	for (; nr; nr--)
		for (k = 0; k < FILES; k++)
			free(all[nr - 1].text[k]);
	free(all);
}

/* Of a moment at which no thread has run. */
static void check_threads(pid_t pid, const char *name, uint32_t batch)
{
	int fd = ask_open(pid), tries = 0;
	struct vmwalk_thread *threads = NULL;
	struct said *said = NULL;
	size_t nr, theirs = 0, i;

	do {
		if (tries++ == STILL_TRIES)
			e2e_die("a thread of %s runs all the time", name);
		free(threads);
		said_free(said, theirs);
		said = said_begin(pid, &theirs);
		threads = ask_list(fd, VMWALK_IOC_THREADS, sizeof(*threads), batch, &nr);
	} while (!said_end(said, theirs));
	e2e_same(name, nr, "/proc/PID/task", theirs);
	for (i = 0; i < nr && i < theirs; i++)
		if (e2e_same("tid", threads[i].tid, "/proc/PID/task", said[i].tid))
			check_thread(&threads[i], &said[i]);
	free(threads);
	said_free(said, theirs);
	close(fd);
}

static void all_threads(void)
{
	unsigned int i;

	for (i = 0; i < MKPROC_NR; i++)
		if (i != MKPROC_zombie && i != MKPROC_killed)
			check_threads(made[i]->pid, mkproc_names[i], 1 + i % 3);
}

static void dead_threads(void)
{
	check_threads(made[MKPROC_zombie]->pid, "zombie", 1);
	check_threads(made[MKPROC_killed]->pid, "killed", 10);
}

static void kernel_threads(void)
{
	check_threads(2, "kthreadd", 10);
}

/* Fields of stat that are of the process; those of its threads are not here. */
static void check_task_stat(const struct vmwalk_task *task, const char *stat)
{
	const struct {
		const char *what;
		int64_t value;
		int field;
	} pairs[] = {
		{ "ppid", task->ppid, 4 }, { "pgrp", task->pgrp, 5 },
		{ "session", task->session, 6 }, { "child_minflt", task->child_minflt, 11 },
		{ "child_majflt", task->child_majflt, 13 },
		{ "child_user", task->child_user_ns / TICK_NS, 16 },
		{ "child_system", task->child_system_ns / TICK_NS, 17 },
		{ "exit_signal", task->exit_signal, 38 }, { "threads", task->threads, 20 },
	};
	unsigned int i;

	for (i = 0; i < E2E_NR(pairs); i++)
		e2e_same(pairs[i].what, pairs[i].value, "stat",
			 proc_stat_field(stat, pairs[i].field));
	e2e_same("tty major", task->tty[0], "stat", major(proc_stat_field(stat, 7)));
	e2e_same("tty minor", task->tty[1], "stat", minor(proc_stat_field(stat, 7)));
	/* Without a terminal stat says -1. */
	e2e_same("tpgid", task->tpgid, "stat", proc_stat_field(stat, 8) < 0 ? 0 :
		 proc_stat_field(stat, 8));
	if (task->state == 'Z')
		e2e_same("exit_code", task->exit_code, "stat", proc_stat_field(stat, 52));
}

static void check_task_io(const struct vmwalk_task *task, const char *io)
{
	const struct {
		const char *key;
		uint64_t value;
	} pairs[] = {
		{ "rchar", task->rchar }, { "wchar", task->wchar }, { "syscr", task->syscr },
		{ "syscw", task->syscw }, { "read_bytes", task->read_bytes },
		{ "write_bytes", task->write_bytes },
		{ "cancelled_write_bytes", task->cancelled_write_bytes },
	};
	unsigned int i;

	e2e_same("accounts for I/O", !!(task->has & VMWALK_HAS(IO)), "io", !!io);
	for (i = 0; io && i < E2E_NR(pairs); i++)
		e2e_same(pairs[i].key, pairs[i].value, "io", proc_key(io, pairs[i].key));
}

/* "0::/path" of the default hierarchy: its folder's inode number. */
static void check_task_cgroup(const struct vmwalk_task *task, const char *cgroup)
{
	const char *line = cgroup ? strstr(cgroup, "0::/") : NULL;
	char path[512];
	struct stat st;

	if (!line)
		return;
	snprintf(path, sizeof(path), "/sys/fs/cgroup%.*s", (int)strcspn(line + 3, "\n"), line + 3);
	if (stat(path, &st))
		e2e_die("%s: %s", path, strerror(errno));
	e2e_same("cgroup", task->cgroup, path, st.st_ino);
}

/* What the very thread says: a leader that has exited has no umask any more. */
static void check_task_fs(pid_t pid, const struct vmwalk_task *task)
{
	char *status = proc_slurp_thread(pid, task->pid, "status");
	bool known = task->has & VMWALK_HAS(FS);
	char mask[16];

	e2e_same("core_dumping", task->core_dumping, "status",
		 proc_key_text(status, "CoreDumping", mask, sizeof(mask)) ? atoi(mask) : 0);
	if (e2e_same("has a umask", known, "status",
		     proc_key_text(status, "Umask", mask, sizeof(mask))) && known) {
		e2e_same("umask", task->umask, "status", strtoul(mask, NULL, 8));
		e2e_same("fd_slots", task->fd_slots, "status", proc_key(status, "FDSize"));
	}
	free(status);
}

static void check_task_files(const struct vmwalk_task *task, pid_t pid)
{
	char *stat = proc_slurp_pid(pid, "stat", NULL);
	char *status = proc_slurp_pid(pid, "status", NULL);
	char *adj = proc_slurp_pid(pid, "oom_score_adj", NULL);
	char *io = proc_slurp_pid(pid, "io", NULL);
	char *cgroup = proc_slurp_pid(pid, "cgroup", NULL);

	e2e_same("tgid", task->tgid, "status", proc_key(status, "Tgid"));
	check_task_stat(task, stat);
	e2e_same("tracer", task->tracer, "status", proc_key(status, "TracerPid"));
	e2e_same("oom_score_adj", (int64_t)task->oom_score_adj, "oom_score_adj", atoi(adj));
	check_task_fs(pid, task);
	check_task_io(task, io);
	check_task_cgroup(task, cgroup);
	free(stat);
	free(status);
	free(adj);
	free(io);
	free(cgroup);
}

/* @tid: the thread that stands for it, the first one unless that has exited. */
static void check_task(pid_t pid, pid_t tid)
{
	struct vmwalk_task *task;
	int fd = ask_open(pid);
	size_t nr;

	task = ask_list(fd, VMWALK_IOC_TASK, sizeof(*task), 2, &nr);
	if (e2e_same("task records", nr, "one process", 1)) {
		e2e_same("pid", task->pid, "the factory", tid);
		check_task_files(task, pid);
	}
	free(task);
	close(fd);
}

static void all_tasks(void)
{
	unsigned int i;

	for (i = 0; i < MKPROC_NR; i++)
		check_task(made[i]->pid, i == MKPROC_leader_gone ? made[i]->tid[1] : made[i]->pid);
	check_task(1, 1);
	check_task(2, 2);
}

/* What only the factory knows for certain. */
static void known_tasks(void)
{
	struct vmwalk_task *task;
	size_t nr;

	task = ask_list(ask_open(made[MKPROC_zombie]->pid), VMWALK_IOC_TASK, sizeof(*task), 1, &nr);
	e2e_same("exit code", task->exit_code, "_exit", MADE_EXIT << 8);
	task = ask_list(ask_open(made[MKPROC_killed]->pid), VMWALK_IOC_TASK, sizeof(*task), 1, &nr);
	e2e_same("exit code", task->exit_code, "kill", SIGKILL);
	task = ask_list(ask_open(made[MKPROC_traced]->pid), VMWALK_IOC_TASK, sizeof(*task), 1, &nr);
	e2e_same("tracer", task->tracer, "ptrace", made[MKPROC_traced]->tracer);
	task = ask_list(ask_open(made[MKPROC_orphaned]->pid), VMWALK_IOC_TASK, sizeof(*task), 1,
			&nr);
	e2e_same("parent", task->ppid, "a parent that exited", 1);
	task = ask_list(ask_open(made[MKPROC_limits]->pid), VMWALK_IOC_TASK, sizeof(*task), 1, &nr);
	e2e_same("oom_score_adj", (int64_t)task->oom_score_adj, "the factory", -321);
	task = ask_list(ask_open(made[MKPROC_session]->pid), VMWALK_IOC_TASK, sizeof(*task), 1,
			&nr);
	e2e_same("session", task->session, "setsid", made[MKPROC_session]->pid);
}

static void check_registers(const struct vmwalk_registers *ours,
			    const struct user_regs_struct *theirs)
{
	const struct {
		const char *name;
		uint64_t ours, theirs;
	} pairs[] = {
#define PAIR(name, other)	{ #name, ours->name, theirs->other }
		PAIR(ip, rip), PAIR(sp, rsp), PAIR(flags, eflags), PAIR(ax, rax), PAIR(bx, rbx),
		PAIR(cx, rcx), PAIR(dx, rdx), PAIR(si, rsi), PAIR(di, rdi), PAIR(bp, rbp),
		PAIR(r8, r8), PAIR(r9, r9), PAIR(r10, r10), PAIR(r11, r11), PAIR(r12, r12),
		PAIR(r13, r13), PAIR(r14, r14), PAIR(r15, r15), PAIR(orig_ax, orig_rax),
		PAIR(cs, cs), PAIR(ss, ss), PAIR(fs_base, fs_base), PAIR(gs_base, gs_base),
#undef PAIR
	};
	unsigned int i;

	for (i = 0; i < E2E_NR(pairs); i++)
		e2e_same(pairs[i].name, pairs[i].ours, "GETREGSET", pairs[i].theirs);
}

static const struct vmwalk_registers *registers_of(const struct vmwalk_registers *all, size_t nr,
						   pid_t tid)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (all[i].tid == (uint32_t)tid)
			return &all[i];
	e2e_die("no registers of thread %d", tid);
}

/* Each thread stopped in turn, and asked for by both. */
static void registers_stopped(void)
{
	const struct made *threads = made[MKPROC_threads];
	int fd = ask_open(threads->pid);
	unsigned int i;

	for (i = 0; i < threads->nr; i++) {
		struct user_regs_struct theirs;
		struct iovec iov = { &theirs, sizeof(theirs) };
		struct vmwalk_registers *all;
		size_t nr;

		if (ptrace(PTRACE_SEIZE, threads->tid[i], NULL, NULL) ||
		    ptrace(PTRACE_INTERRUPT, threads->tid[i], NULL, NULL) ||
		    waitpid(threads->tid[i], NULL, __WALL) != threads->tid[i] ||
		    ptrace(PTRACE_GETREGSET, threads->tid[i], NT_PRSTATUS, &iov))
			e2e_die("ptrace of thread %d: %s", threads->tid[i], strerror(errno));
		all = ask_list(fd, VMWALK_IOC_REGISTERS, sizeof(*all), 3, &nr);
		e2e_same("registers", nr, "threads", threads->nr);
		check_registers(registers_of(all, nr, threads->tid[i]), &theirs);
		e2e_same("on_cpu", registers_of(all, nr, threads->tid[i])->on_cpu, "a stop", 0);
		free(all);
		ptrace(PTRACE_DETACH, threads->tid[i], NULL, NULL);
	}
}

/* Threads that wait in a system call, by /proc/PID/syscall: number, arguments, sp, pc. */
static void registers_waiting(void)
{
	unsigned int i;

	for (i = 0; i < MKPROC_NR; i++) {
		int fd = ask_open(made[i]->pid);
		struct vmwalk_registers *all;
		size_t nr, k;

		all = ask_list(fd, VMWALK_IOC_REGISTERS, sizeof(*all), 100, &nr);
		for (k = 0; k < nr; k++) {
			unsigned long long number, args[6], sp, pc;
			char *text = proc_slurp_thread(made[i]->pid, all[k].tid, "syscall");

			if (sscanf(text, "%llu %llx %llx %llx %llx %llx %llx %llx %llx", &number,
				   &args[0], &args[1], &args[2], &args[3], &args[4], &args[5],
				   &sp, &pc) == 9) {
				e2e_same("orig_ax", all[k].orig_ax, "syscall", number);
				e2e_same("di", all[k].di, "syscall", args[0]);
				e2e_same("si", all[k].si, "syscall", args[1]);
				e2e_same("dx", all[k].dx, "syscall", args[2]);
				e2e_same("r10", all[k].r10, "syscall", args[3]);
				e2e_same("r8", all[k].r8, "syscall", args[4]);
				e2e_same("r9", all[k].r9, "syscall", args[5]);
				e2e_same("sp", all[k].sp, "syscall", sp);
				e2e_same("ip", all[k].ip, "syscall", pc);
			}
			free(text);
		}
		free(all);
		close(fd);
	}
}

static void *spinning_thread(void *arg)
{
	target_stay_on((uintptr_t)arg);
	for (;;)
		;
	return NULL;
}

/* Its first thread sleeps, its second one runs on the last CPU. */
static void be_spinning(void *arg)
{
	pthread_t thread;

	pthread_create(&thread, NULL, spinning_thread, arg);
	target_ready();
	for (;;)
		pause();
}

/* What schedstat says: time on a CPU, and how often it was put on one. */
static void put_on(pid_t pid, pid_t tid, uint64_t *run_ns, uint64_t *slices)
{
	char *text = proc_slurp_thread(pid, tid, "schedstat");

	if (sscanf(text, "%" SCNu64 " %*u %" SCNu64, run_ns, slices) != 2)
		e2e_die("schedstat: %s", text);
	free(text);
}

/* Of both threads, told in the order of their ids. */
static void check_on_cpu(int fd, uint32_t on_cpu[2][2], char state[2])
{
	struct vmwalk_registers *registers;
	struct vmwalk_thread *threads;
	size_t nr[2], i;

	registers = ask_list(fd, VMWALK_IOC_REGISTERS, sizeof(*registers), 10, &nr[0]);
	threads = ask_list(fd, VMWALK_IOC_THREADS, sizeof(*threads), 10, &nr[1]);
	if (nr[0] != 2 || nr[1] != 2)
		e2e_die("%zu and %zu threads, not 2", nr[0], nr[1]);
	for (i = 0; i < 2; i++) {
		on_cpu[i][0] = registers[i].on_cpu;
		on_cpu[i][1] = threads[i].on_cpu;
		state[i] = threads[i].state;
	}
	free(registers);
	free(threads);
}

/*
 * A thread that gains time on its CPU after the question, and was not put on it since before
 * the question, was on it all the while.
 */
static void on_cpus(void)
{
	uintptr_t last = sysconf(_SC_NPROCESSORS_ONLN) - 1;
	pid_t pid = target_fork(be_spinning, (void *)last), *tids;
	int fd = ask_open(pid), tries, caught_on = 0;
	size_t nr;

	if (!last)
		e2e_skip("one CPU: nobody runs while we ask");
	target_stay_on(0);
	while (!target_thread_rests(pid, pid))
		usleep(1000);
	tids = threads_of(pid, &nr);
	for (tries = 0; tries < 500 && caught_on < 20; tries++) {
		uint64_t run[3], slices[3];
		uint32_t on_cpu[2][2];
		char state[2];

		put_on(pid, tids[1], &run[0], &slices[0]);
		check_on_cpu(fd, on_cpu, state);
		put_on(pid, tids[1], &run[1], &slices[1]);
		usleep(10000);
		put_on(pid, tids[1], &run[2], &slices[2]);
		e2e_same("REGISTERS: on_cpu of a thread asleep", on_cpu[0][0], "pause", 0);
		e2e_same("THREADS: on_cpu of a thread asleep", on_cpu[0][1], "pause", 0);
		if (slices[2] != slices[0] || run[2] <= run[1])
			continue;
		caught_on++;
		e2e_same("REGISTERS: on_cpu of a thread that runs", on_cpu[1][0], "schedstat", 1);
		e2e_same("THREADS: on_cpu of a thread that runs", on_cpu[1][1], "schedstat", 1);
		e2e_same("state of a thread that runs", state[1], "schedstat", 'R');
	}
	e2e_true(caught_on == 20, "caught on its CPU %d times of %d", caught_on, tries);
	free(tids);
	close(fd);
	target_kill(pid);
}

/* Neither the dead nor kernel threads have any. */
static void registers_absent(void)
{
	const pid_t pids[] = { made[MKPROC_zombie]->pid, made[MKPROC_killed]->pid, 2 };
	struct vmwalk_registers *all;
	unsigned int i;
	size_t nr, k;

	for (i = 0; i < E2E_NR(pids); i++) {
		all = ask_list(ask_open(pids[i]), VMWALK_IOC_REGISTERS, sizeof(*all), 10, &nr);
		for (k = 0; k < nr; k++)
			e2e_true(!(all[k].has & VMWALK_HAS(REGS)) && !all[k].ip && !all[k].fs_base,
				 "registers of %d, which has none", pids[i]);
		e2e_compared(1);
	}
}

/* What a reader without privilege gets: everything but registers and addresses. */
static void seen_by(const struct who *who, void *arg)
{
	const pid_t *pid = arg;
	struct vmwalk_registers *all;
	struct vmwalk_thread *threads;
	struct vmwalk_action *actions;
	int fd = ask_open_try(*pid);
	size_t nr, k, theirs;

	if (fd < 0)
		return;
	all = ask_list(fd, VMWALK_IOC_REGISTERS, sizeof(*all), 10, &nr);
	for (k = 0; k < nr; k++)
		e2e_same(who->name, all[k].ip || all[k].sp || all[k].fs_base ||
			 all[k].has & VMWALK_HAS(REGS), "privilege", who->frames);
	actions = ask_list(fd, VMWALK_IOC_ACTIONS, sizeof(*actions), 10, &nr);
	for (k = 0; k < nr; k++)
		e2e_true(who->frames || !(actions[k].handler || actions[k].restorer),
			 "%s sees the address of a handler", who->name);
	threads = ask_list(fd, VMWALK_IOC_THREADS, sizeof(*threads), 10, &nr);
	free(threads_of(*pid, &theirs));
	e2e_same("threads", nr, "/proc/PID/task", theirs);
	close(fd);
}

static void caught(int nr)
{
}

static void be_walker(void *arg)
{
	signal(SIGUSR1, caught);
	whom_walker(arg);
}

static void readers(void)
{
	pid_t pid = target_fork(be_walker, NULL);
	const struct who *who;

	for (who = whos; who->name; who++)
		who_run(who, seen_by, &pid);
	target_kill(pid);
}

static void *pause_thread(void *arg)
{
	for (;;)
		pause();
	return arg;
}

static int thousand(void)
{
	return proc_slow_kernel() ? THOUSAND / 4 : THOUSAND;
}

static void be_thousand(void *arg)
{
	pthread_attr_t attr;
	pthread_t thread;
	int i;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 32768);
	for (i = 1; i < thousand(); i++)
		if (pthread_create(&thread, &attr, pause_thread, NULL))
			_exit(1);
	target_ready();
	pause_thread(NULL);
}

/* Queries with a record for each thread, whose id all have after `has`. */
static const struct {
	const char *name;
	unsigned int ioc;
	uint32_t size;
	size_t tid;
} by_thread[] = {
#define BY_THREAD(NAME, record) \
	{ #NAME, VMWALK_IOC_##NAME, sizeof(struct vmwalk_##record), \
	  offsetof(struct vmwalk_##record, tid) }
	BY_THREAD(THREADS, thread), BY_THREAD(REGISTERS, registers), BY_THREAD(CREDS, cred),
	BY_THREAD(SIGNALS, signals),
#undef BY_THREAD
};

static void thousand_threads(void)
{
	static const uint32_t batches[] = { 1, 7, 1000, 5000 };
	pid_t pid = target_fork(be_thousand, NULL), *tids;
	unsigned int i, k, fd = ask_open(pid);
	size_t theirs, nr, at;

	tids = threads_of(pid, &theirs);
	e2e_same("/proc/PID/task", theirs, "pthread_create", thousand());
	for (i = 0; i < E2E_NR(by_thread); i++) {
		/* One of them in batches of all sizes, the others in one. */
		for (k = i ? 2 : 0; k < (i ? 3 : E2E_NR(batches)); k++) {
			unsigned char *records = ask_list(fd, by_thread[i].ioc, by_thread[i].size,
							  batches[k], &nr);

			e2e_same(by_thread[i].name, nr, "/proc/PID/task", theirs);
			for (at = 0; at < nr && at < theirs; at++) {
				uint32_t tid;

				memcpy(&tid, records + at * by_thread[i].size + by_thread[i].tid,
				       sizeof(tid));
				e2e_same(by_thread[i].name, tid, "/proc/PID/task", tids[at]);
			}
			free(records);
		}
	}
	free(tids);
	close(fd);
	target_kill(pid);
}

/* Threads come and go, and at last the process, while it is read. */
static void *short_thread(void *arg)
{
	return arg;
}

static void be_restless(void *arg)
{
	uintptr_t resting = (uintptr_t)arg;
	pthread_t thread;

	while (resting--)
		if (pthread_create(&thread, NULL, pause_thread, NULL))
			_exit(1);
	target_ready();
	for (;;)
		if (!pthread_create(&thread, NULL, short_thread, NULL))
			pthread_join(thread, NULL);
}

/* All threads that stay are told of, whoever comes and goes between them. */
static void restless(uintptr_t resting)
{
	static const unsigned int iocs[] = {
		VMWALK_IOC_THREADS, VMWALK_IOC_REGISTERS, VMWALK_IOC_CREDS, VMWALK_IOC_SIGNALS,
		VMWALK_IOC_FAMILY, VMWALK_IOC_TASK, VMWALK_IOC_LIMITS, VMWALK_IOC_NAMESPACES,
	};
	static unsigned char room[65536];
	pid_t pid = target_fork(be_restless, (void *)resting);
	int fd = ask_open(pid), i, err;

	for (i = 0; i < RESTLESS_LOOKS; i++) {
		struct vmwalk_query query = ask_query(room, 512, sizeof(room) / 512);
		unsigned int what = i % E2E_NR(iocs);
		bool killed = i >= RESTLESS_LOOKS * 3 / 4;

		query.end = -4096;
		if (i == RESTLESS_LOOKS * 3 / 4)
			kill(pid, SIGKILL);
		err = ask(fd, iocs[what], &query);
		e2e_true(!err || (err == -ESRCH && killed), "query %d: %s", i, strerror(-err));
		e2e_true(err || killed || query.done >= (what < 5 ? 1 + resting : 1),
			 "query %d has %u records", i, query.done);
	}
	close(fd);
	target_kill(pid);
}

static void restless_threads(void)
{
	restless(0);
	restless(CROWD);
}

static const struct e2e_case tasks_cases[] = {
	{ "THREADS equals stat, status, sched, schedstat and sched_getattr", all_threads, 600 },
	{ "THREADS of the dead", dead_threads, 60 },
	{ "THREADS of a kernel thread", kernel_threads, 30 },
	{ "TASK equals stat, status, io, oom_score_adj and cgroup", all_tasks, 350 },
	{ "TASK is what the factory made", known_tasks, 6 },
	{ "REGISTERS equals ptrace(2) of each thread", registers_stopped, 170 },
	{ "REGISTERS equals /proc/PID/syscall of those that wait", registers_waiting, 150 },
	{ "a thread on a CPU is told so, one asleep is not", on_cpus, 101 },
	{ "REGISTERS of who has none", registers_absent, 3 },
	{ "registers and handlers are for the privileged", readers, 12 },
	{ "a thousand threads, all told of, at every batch size", thousand_threads, 1700 },
	{ "threads that come and go while they are read", restless_threads, 8000 },
};
E2E_SUITE(tasks, tasks_open, tasks_close);
