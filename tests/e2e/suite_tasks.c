// SPDX-License-Identifier: GPL-2.0
/*
 * suite_tasks.c - TASK, THREADS and REGISTERS against status, stat, sched, schedstat,
 * syscall, sched_getattr(2) and ptrace(2)
 */
#include <ctype.h>
#include <dirent.h>
#include <elf.h>
#include <errno.h>
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
	unsigned int i;

	for (i = 0; i < MKPROC_NR; i++)
		made[i] = mkproc_start(i);
}

static void tasks_close(void)
{
	unsigned int i;

	for (i = 0; i < MKPROC_NR; i++)
		mkproc_stop(made[i]);
}

static char *slurp_thread(pid_t pid, pid_t tid, const char *file)
{
	char path[64], *text;

	snprintf(path, sizeof(path), "task/%d/%s", tid, file);
	text = proc_slurp_pid(pid, path, NULL);
	if (!text)
		e2e_die("/proc/%d/%s: %s", pid, path, strerror(errno));
	return text;
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
		const char *colon;

		if (strncmp(at, key, len) || (at[len] != ' ' && at[len] != ':'))
			continue;
		colon = strchr(at, ':');
		if (sscanf(colon + 1, "%lld.%lld", &whole, &part) == 2)
			whole = whole * 1000000 + part;
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

static void check_thread(pid_t pid, const struct vmwalk_thread *thread)
{
	char *stat = slurp_thread(pid, thread->tid, "stat");
	char *status = slurp_thread(pid, thread->tid, "status");
	char *sched = slurp_thread(pid, thread->tid, "sched");
	char *schedstat = slurp_thread(pid, thread->tid, "schedstat");
	char *comm = slurp_thread(pid, thread->tid, "comm");
	char *personality = slurp_thread(pid, thread->tid, "personality");
	char *slack = proc_slurp_pid(thread->tid, "timerslack_ns", NULL);

	check_comm("comm", thread->comm, comm);
	check_thread_stat(thread, stat);
	check_thread_status(thread, status);
	check_thread_sched(thread, sched, schedstat);
	check_thread_attr(thread);
	if (thread->has & VMWALK_HAS(REGS))
		e2e_same("personality", thread->personality, "personality",
			 strtoul(personality, NULL, 16));
	e2e_same("timer_slack_ns", thread->timer_slack_ns, "timerslack_ns",
		 strtoull(slack, NULL, 10));
	free(stat);
	free(status);
	free(sched);
	free(schedstat);
	free(comm);
	free(personality);
	free(slack);
}

static size_t threads_of(pid_t pid)
{
	char path[64];
	struct dirent *entry;
	size_t nr = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	dir = opendir(path);
	while (dir && (entry = readdir(dir)))
		nr += !!isdigit((unsigned char)entry->d_name[0]);
	if (dir)
		closedir(dir);
	return nr;
}

static void check_threads(pid_t pid, const char *name, uint32_t batch)
{
	int fd = ask_open(pid);
	struct vmwalk_thread *threads;
	size_t nr, i;

	threads = ask_list(fd, VMWALK_IOC_THREADS, sizeof(*threads), batch, &nr);
	e2e_same(name, nr, "/proc/PID/task", threads_of(pid));
	for (i = 0; i < nr; i++) {
		check_thread(pid, &threads[i]);
		e2e_true(!i || threads[i].tid > threads[i - 1].tid, "threads out of order");
	}
	free(threads);
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
	char *status = slurp_thread(pid, task->pid, "status");
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

/* @tid: the thread that stands for it, the first one unless that has exited. */
static void check_task(pid_t pid, pid_t tid)
{
	int fd = ask_open(pid);
	char *stat = proc_slurp_pid(pid, "stat", NULL);
	char *status = proc_slurp_pid(pid, "status", NULL);
	char *adj = proc_slurp_pid(pid, "oom_score_adj", NULL);
	char *io = proc_slurp_pid(pid, "io", NULL);
	char *cgroup = proc_slurp_pid(pid, "cgroup", NULL);
	struct vmwalk_task *task;
	size_t nr;

	task = ask_list(fd, VMWALK_IOC_TASK, sizeof(*task), 2, &nr);
	if (e2e_same("task records", nr, "one process", 1)) {
		e2e_same("pid", task->pid, "the factory", tid);
		e2e_same("tgid", task->tgid, "status", proc_key(status, "Tgid"));
		check_task_stat(task, stat);
		e2e_same("tracer", task->tracer, "status", proc_key(status, "TracerPid"));
		e2e_same("oom_score_adj", (int64_t)task->oom_score_adj, "oom_score_adj", atoi(adj));
		check_task_fs(pid, task);
		check_task_io(task, io);
		check_task_cgroup(task, cgroup);
	}
	free(task);
	free(stat);
	free(status);
	free(adj);
	free(io);
	free(cgroup);
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
			char *text = slurp_thread(made[i]->pid, all[k].tid, "syscall");

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
	size_t nr, k;

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
	e2e_same("threads", nr, "/proc/PID/task", threads_of(*pid));
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

static void be_thousand(void *arg)
{
	pthread_attr_t attr;
	pthread_t thread;
	int i;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 32768);
	for (i = 1; i < THOUSAND; i++)
		if (pthread_create(&thread, &attr, pause_thread, NULL))
			_exit(1);
	target_ready();
	pause_thread(NULL);
}

static void thousand_threads(void)
{
	static const uint32_t batches[] = { 1, 7, 1000, 5000 };
	pid_t pid = target_fork(be_thousand, NULL);
	int fd = ask_open(pid);
	unsigned int i;

	for (i = 0; i < E2E_NR(batches); i++) {
		struct vmwalk_thread *threads;
		size_t nr, k;

		threads = ask_list(fd, VMWALK_IOC_THREADS, sizeof(*threads), batches[i], &nr);
		e2e_same("threads", nr, "pthread_create", THOUSAND);
		for (k = 1; k < nr; k++)
			e2e_true(threads[k].tid > threads[k - 1].tid, "a thread twice");
		free(threads);
	}
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
	{ "REGISTERS of who has none", registers_absent, 3 },
	{ "registers and handlers are for the privileged", readers, 15 },
	{ "a thousand threads at every batch size", thousand_threads, 4000 },
	{ "threads that come and go while they are read", restless_threads, 8000 },
};
E2E_SUITE(tasks, tasks_open, tasks_close);
