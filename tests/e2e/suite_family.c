// SPDX-License-Identifier: GPL-2.0
/*
 * suite_family.c - credentials, signals, family, namespaces and limits against status,
 * limits, ns, loginuid, what the processes were told themselves, and the client's tree
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ask.h"
#include "client.h"
#include "mkproc.h"
#include "proc.h"
#include "still.h"
#include "suites.h"
#include "tap.h"
#include "target.h"


#define PIDS	65536U	/* more than are ever used here */
enum { BEFORE = 1, AFTER = 2, TOLD = 4 };

static struct made *made[MKPROC_NR];

static void family_open(void)
{
	mkproc_start_all(made);
}

static void family_close(void)
{
	mkproc_stop_all(made);
}

/* A line of status as @nr numbers to a base; fewer are 0. Returns how many there are. */
static size_t numbers_of(const char *status, const char *key, int base, uint64_t *numbers,
			 size_t nr)
{
	char value[4096], *at = value, *end;
	size_t i = 0;

	memset(numbers, 0, nr * sizeof(*numbers));
	if (!proc_key_text(status, key, value, sizeof(value)))
		e2e_die("no %s in status", key);
	for (;;) {
		uint64_t number = strtoull(at, &end, base);

		if (end == at)
			return i;
		if (i < nr)
			numbers[i] = number;
		i++;
		at = end + (*end == '/');
	}
}

static uint64_t number_of(const char *status, const char *key, int base)
{
	uint64_t number;

	numbers_of(status, key, base, &number, 1);
	return number;
}

static void check_ids(const struct vmwalk_cred *cred, const char *status)
{
	uint64_t uid[4], gid[4];
	unsigned int i;

	e2e_same("uids", numbers_of(status, "Uid", 10, uid, 4), "status", 4);
	e2e_same("gids", numbers_of(status, "Gid", 10, gid, 4), "status", 4);
	for (i = 0; i < 4; i++) {
		e2e_same("uid", cred->uid[i], "status", uid[i]);
		e2e_same("gid", cred->gid[i], "status", gid[i]);
		/* The reader is in the initial user namespace. */
		e2e_same("kuid", cred->kuid[i], "status", uid[i]);
		e2e_same("kgid", cred->kgid[i], "status", gid[i]);
	}
}

static void check_cred(pid_t pid, const struct vmwalk_cred *cred)
{
	char *status = proc_slurp_thread(pid, cred->tid, "status");
	char *loginuid = proc_slurp_thread(pid, cred->tid, "loginuid");
	char *sessionid = proc_slurp_thread(pid, cred->tid, "sessionid");
	const struct {
		const char *key;
		uint64_t value;
	} pairs[] = {
		{ "CapInh", cred->inheritable }, { "CapPrm", cred->permitted },
		{ "CapEff", cred->effective }, { "CapBnd", cred->bounding },
		{ "CapAmb", cred->ambient },
	};
	uint64_t groups[1];
	unsigned int i;

	check_ids(cred, status);
	for (i = 0; i < E2E_NR(pairs); i++)
		e2e_same(pairs[i].key, pairs[i].value, "status", number_of(status, pairs[i].key, 16));
	e2e_same("groups", cred->groups, "status", numbers_of(status, "Groups", 10, groups, 1));
	e2e_same("no_new_privs", cred->no_new_privs, "status", number_of(status, "NoNewPrivs", 10));
	e2e_same("seccomp", cred->seccomp, "status", number_of(status, "Seccomp", 10));
	e2e_same("seccomp_filters", cred->seccomp_filters, "status",
		 number_of(status, "Seccomp_filters", 10));
	e2e_same("loginuid", (uint32_t)cred->loginuid, "loginuid", strtoul(loginuid, NULL, 10));
	e2e_same("sessionid", (uint32_t)cred->sessionid, "sessionid",
		 strtoul(sessionid, NULL, 10));
	free(status);
	free(loginuid);
	free(sessionid);
}

static void creds(void)
{
	unsigned int i;

	for (i = 0; i < MKPROC_NR; i++) {
		int fd = ask_open(made[i]->pid);
		struct vmwalk_cred *all;
		size_t nr, k;

		all = ask_list(fd, VMWALK_IOC_CREDS, sizeof(*all), 3, &nr);
		e2e_true(nr >= made[i]->nr, "%zu credentials of %s", nr, mkproc_names[i]);
		for (k = 0; k < nr; k++)
			check_cred(made[i]->pid, &all[k]);
		e2e_same("securebits", all[0].securebits, "prctl(2)", made[i]->securebits);
		free(all);
		close(fd);
	}
}

static void groups(void)
{
	static const uint32_t batches[] = { 1, 7, 100 };
	char *status = proc_slurp_pid(made[MKPROC_cred]->pid, "status", NULL);
	int fd = ask_open(made[MKPROC_cred]->pid);
	uint64_t theirs[MADE_GROUPS];
	unsigned int i;

	e2e_same("status", numbers_of(status, "Groups", 10, theirs, MADE_GROUPS), "the factory",
		 MADE_GROUPS);
	for (i = 0; i < E2E_NR(batches); i++) {
		struct vmwalk_supgroup *ours;
		size_t nr, k;

		ours = ask_list(fd, VMWALK_IOC_GROUPS, sizeof(*ours), batches[i], &nr);
		e2e_same("groups", nr, "status", MADE_GROUPS);
		for (k = 0; k < nr && k < MADE_GROUPS; k++) {
			e2e_same("index", ours[k].index, "its place", k);
			e2e_same("gid", ours[k].gid, "status", theirs[k]);
			e2e_same("kgid", ours[k].kgid, "status", theirs[k]);
		}
		free(ours);
	}
	free(status);
	close(fd);
}

static void check_signals(const struct made *of, const struct vmwalk_signals *ours)
{
	char *status = proc_slurp_thread(of->pid, ours->tid, "status");
	uint64_t queue[2];
	const struct {
		const char *key;
		uint64_t value;
	} pairs[] = {
		{ "SigPnd", ours->pending }, { "ShdPnd", ours->shared_pending },
		{ "SigBlk", ours->blocked }, { "SigIgn", ours->ignored },
		{ "SigCgt", ours->caught },
	};
	unsigned int i;

	for (i = 0; i < E2E_NR(pairs); i++)
		e2e_same(pairs[i].key, pairs[i].value, "status",
			 number_of(status, pairs[i].key, 16));
	numbers_of(status, "SigQ", 10, queue, 2);
	e2e_same("queued", ours->queued, "status", queue[0]);
	e2e_same("queue_limit", ours->queue_limit, "status", queue[1]);
	free(status);
}

static void signal_sets(void)
{
	unsigned int i;

	for (i = 0; i < MKPROC_NR; i++) {
		int fd = ask_open(made[i]->pid);
		struct vmwalk_signals *all;
		size_t nr, k;

		all = ask_list(fd, VMWALK_IOC_SIGNALS, sizeof(*all), 2, &nr);
		e2e_true(nr >= made[i]->nr, "%zu threads of %s", nr, mkproc_names[i]);
		for (k = 0; k < nr; k++)
			check_signals(made[i], &all[k]);
		if (nr && all[0].has & VMWALK_HAS(REGS)) {
			e2e_same("altstack", all[0].altstack, "sigaltstack", made[i]->stack[0]);
			e2e_same("altstack_bytes", all[0].altstack_bytes, "sigaltstack",
				 made[i]->stack[1]);
			/* SS_ONSTACK of the caller is worked out, not kept. */
			e2e_same("altstack_flags", all[0].altstack_flags, "sigaltstack",
				 made[i]->stack[2]);
		}
		free(all);
		close(fd);
	}
}

/* Every signal that does not do the default, and no other. */
static void check_actions(const struct made *of)
{
	struct vmwalk_action *ours, *by_signal[MADE_SIGNALS] = { NULL };
	int fd = ask_open(of->pid), i;
	size_t nr, k;

	ours = ask_list(fd, VMWALK_IOC_ACTIONS, sizeof(*ours), 5, &nr);
	for (k = 0; k < nr; k++)
		if (ours[k].signal >= 1 && ours[k].signal <= MADE_SIGNALS)
			by_signal[ours[k].signal - 1] = &ours[k];
	for (i = 0; i < MADE_SIGNALS; i++) {
		const struct made_action *theirs = &of->action[i];
		const struct vmwalk_action *action = by_signal[i];

		e2e_same("disposition", action ? action->disposition : 0, "rt_sigaction",
			 theirs->handler > 1 ? 2 : theirs->handler);
		if (!action || theirs->handler < 2)
			continue;
		e2e_same("handler", action->handler, "rt_sigaction", theirs->handler);
		e2e_same("flags", action->flags, "rt_sigaction", theirs->flags & 0xffffffff);
		e2e_same("restorer", action->restorer, "rt_sigaction", theirs->restorer);
		e2e_same("mask", action->mask, "rt_sigaction", theirs->mask);
	}
	free(ours);
	close(fd);
}

static void actions(void)
{
	check_actions(made[MKPROC_signals]);
	check_actions(made[MKPROC_plain]);
}

/* Of kernel threads status tells more: the whole name, and what a worker does. */
static void check_name(pid_t parent, const char *ours, char *theirs)
{
	if (parent == 2)
		theirs[strlen(ours)] = '\0';
	e2e_same_text("name of a child", ours, "status", theirs);
}

/**
 * struct child - a thread group as status tells of it
 * @pid: it
 * @state: state letter
 * @name: its name
 * @still: has it held still since?
 */
struct child {
	pid_t pid;
	char state[2], name[64];
	struct still still;
};

/* Is it a child of @parent, which no one traces? Then what else status says. */
static bool child_read(const char *pid, pid_t parent, struct child *child)
{
	char *status;
	bool is;

	*child = (struct child) { .pid = atoi(pid) };
	if (!child->pid)
		return false;
	still_begin(&child->still, child->pid, child->pid);
	status = proc_slurp_pid(child->pid, "status", NULL);
	is = status && proc_key(status, "PPid") == (uint64_t)parent &&
	     proc_key(status, "TracerPid") == 0;
	if (is) {
		proc_key_text(status, "State", child->state, sizeof(child->state));
		proc_key_text(status, "Name", child->name, sizeof(child->name));
	}
	free(status);
	return is;
}

/* All thread groups whose real parent is @pid; free() the result. */
static struct child *children_of(pid_t pid, size_t *nr)
{
	struct child *children = NULL;
	struct dirent *entry;
	DIR *dir = opendir("/proc");

	*nr = 0;
	while (dir && (entry = readdir(dir))) {
		children = realloc(children, (*nr + 1) * sizeof(*children));
		*nr += child_read(entry->d_name, pid, &children[*nr]);
	}
	if (dir)
		closedir(dir);
	return children;
}

static const struct vmwalk_relative *child_row(const struct vmwalk_relative *rows, size_t nr,
					       pid_t pid)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (rows[i].relation == VMWALK_RELATION_CHILD && rows[i].pid == (uint32_t)pid)
			return &rows[i];
	return NULL;
}

static bool process_lives(uint32_t pid)
{
	return !kill((pid_t)pid, 0);
}

/*
 * @before: as they were before the question. Kernel threads come, go, run and change their
 * names when they like: one that has not run since is told as it is.
 */
static void check_children(pid_t pid, const struct vmwalk_relative *rows, size_t nr,
			   struct child *before, size_t nr_before)
{
	size_t i, told = 0, held = 0;
	struct child now;
	char number[16];

	for (i = 0; i < nr_before; i++) {
		const struct vmwalk_relative *row = child_row(rows, nr, before[i].pid);

		told += !!row;
		if (!still_end(&before[i].still))
			continue;
		held++;
		if (!e2e_true(row, "child %d of %d is missing", before[i].pid, pid))
			continue;
		e2e_same("state of a child", row->state, "status", before[i].state[0]);
		check_name(pid, row->comm, before[i].name);
	}
	for (i = 0; i < nr; i++) {
		if (rows[i].relation != VMWALK_RELATION_CHILD)
			continue;
		snprintf(number, sizeof(number), "%u", rows[i].pid);
		e2e_true(child_read(number, pid, &now) || !process_lives(rows[i].pid),
			 "%u is no child of %d", rows[i].pid, pid);
		e2e_true(!i || rows[i].relation != rows[i - 1].relation ||
			 rows[i].pid > rows[i - 1].pid, "child %u of %d twice", rows[i].pid, pid);
	}
	/* Of user processes none may be left out. */
	e2e_true(2 * held >= nr_before && (pid == 2 || told == nr_before),
		 "of %zu children of %d %zu were told of, %zu held still", nr_before, pid, told,
		 held);
}

static size_t count(const struct vmwalk_relative *rows, size_t nr, uint32_t relation,
		    uint32_t *pid)
{
	size_t i, found = 0;

	for (i = 0; i < nr; i++)
		if (rows[i].relation == relation) {
			found++;
			*pid = rows[i].pid;
		}
	return found;
}

static void check_family(pid_t pid)
{
	char *status = proc_slurp_pid(pid, "status", NULL);
	struct vmwalk_relative *rows;
	int fd = ask_open(pid);
	size_t nr, nr_children;
	struct child *children = children_of(pid, &nr_children);
	uint32_t who = 0;

	rows = ask_list(fd, VMWALK_IOC_FAMILY, sizeof(*rows), 3, &nr);
	check_children(pid, rows, nr, children, nr_children);
	e2e_same("threads", count(rows, nr, VMWALK_RELATION_THREAD, &who), "status",
		 proc_key(status, "Threads"));
	e2e_same("tracers", count(rows, nr, VMWALK_RELATION_TRACER, &who), "status",
		 proc_key(status, "TracerPid") != 0);
	if (proc_key(status, "TracerPid"))
		e2e_same("tracer", who, "status", proc_key(status, "TracerPid"));
	if (count(rows, nr, VMWALK_RELATION_REAL_PARENT, &who))
		e2e_same("real parent", who, "status", proc_key(status, "PPid"));
	else
		e2e_same("no parent", 0, "status", proc_key(status, "PPid"));
	if (count(rows, nr, VMWALK_RELATION_PARENT, &who))
		e2e_same("parent", who, "status", proc_key(status, "TracerPid") ?:
			 proc_key(status, "PPid"));
	e2e_same("leaders", count(rows, nr, VMWALK_RELATION_LEADER, &who), "one", 1);
	e2e_same("leader", who, "status", proc_key(status, "Tgid"));
	free(rows);
	free(children);
	free(status);
	close(fd);
}

static void families(void)
{
	struct vmwalk_relative *rows;
	uint32_t who = 0;
	unsigned int i;
	size_t nr;

	for (i = 0; i < MKPROC_NR; i++)
		check_family(made[i]->pid);
	check_family(1);
	check_family(2);
	check_family(getpid());
	/* The tracer of `traced` has it among those it traces. */
	rows = ask_list(ask_open(made[MKPROC_traced]->tracer), VMWALK_IOC_FAMILY, sizeof(*rows), 10,
			&nr);
	e2e_same("tracees", count(rows, nr, VMWALK_RELATION_TRACEE, &who), "ptrace", 1);
	e2e_same("tracee", who, "ptrace", made[MKPROC_traced]->pid);
	free(rows);
}

static uint64_t ns_inode(const char *of, const char *type)
{
	char path[64], link[64] = "", *at;

	snprintf(path, sizeof(path), "/proc/%s/ns/%s", of, type);
	if (readlink(path, link, sizeof(link) - 1) < 0)
		return 0;
	at = strchr(link, '[');
	return at ? strtoull(at + 1, NULL, 10) : 0;
}

static uint64_t ns_inode_of(pid_t pid, const char *type)
{
	char who[16];

	snprintf(who, sizeof(who), "%d", pid);
	return ns_inode(who, type);
}

/* @tid: whose links to compare with; the first thread has none once it has exited. */
static void check_namespaces(pid_t pid, pid_t tid)
{
	static const char *const types[] = {
#define TYPE(NAME, nr, name, help)	[nr] = name,
		VMWALK_NS_TYPES(TYPE)
#undef TYPE
	};
	struct vmwalk_namespace *ours;
	int fd = ask_open(pid);
	size_t nr, i, k;

	ours = ask_list(fd, VMWALK_IOC_NAMESPACES, sizeof(*ours), 2, &nr);
	for (i = 0; i < E2E_NR(types); i++) {
		uint64_t inode = ns_inode_of(tid, types[i]);

		for (k = 0; k < nr && ours[k].type != i; k++)
			;
		e2e_same(types[i], k < nr ? ours[k].inode : 0, "ns", inode);
		if (k < nr && inode)
			e2e_same("same", ours[k].same, "ns",
				 inode == ns_inode("self", types[i]));
	}
	free(ours);
	close(fd);
}

static void check_numbers(pid_t pid)
{
	char *status = proc_slurp_pid(pid, "status", NULL);
	uint64_t pids[8], groups[8], sessions[8];
	struct vmwalk_number *ours;
	int fd = ask_open(pid);
	size_t nr, i;

	ours = ask_list(fd, VMWALK_IOC_NUMBERS, sizeof(*ours), 1, &nr);
	e2e_same("levels", nr, "status", numbers_of(status, "NStgid", 10, pids, 8));
	numbers_of(status, "NSpgid", 10, groups, 8);
	numbers_of(status, "NSsid", 10, sessions, 8);
	for (i = 0; i < nr && i < 8; i++) {
		e2e_same("level", ours[i].level, "its place", i);
		e2e_same("pid", ours[i].pid, "status", pids[i]);
		e2e_same("pgrp", ours[i].pgrp, "status", groups[i]);
		e2e_same("session", ours[i].session, "status", sessions[i]);
	}
	free(ours);
	free(status);
	close(fd);
}

static void namespaces(void)
{
	unsigned int i;

	for (i = 0; i < MKPROC_NR; i++) {
		check_namespaces(made[i]->pid, i == MKPROC_leader_gone ? made[i]->tid[1] :
				 made[i]->pid);
		check_numbers(made[i]->pid);
	}
	check_numbers(2);
	e2e_same("user_ns of a namespace of its own", ns_inode("self", "user") !=
		 ((struct vmwalk_cred *)ask_list(ask_open(made[MKPROC_namespaces]->pid),
						 VMWALK_IOC_CREDS, sizeof(struct vmwalk_cred), 1,
						 &(size_t){ 0 }))->user_ns, "unshare(2)", 1);
}

static void be_user(void *arg)
{
	if (unshare(CLONE_NEWUSER))
		_exit(1);
	target_ready();
	for (;;)
		pause();
}

static void be_first(void *arg)
{
	target_ready();
	for (;;)
		pause();
}

/*
 * Namespaces of users and of PIDs are not kept with the others: a process may differ from
 * its reader in them alone.
 */
static void namespaces_alone(void)
{
	pid_t pid = target_fork(be_user, NULL);

	e2e_true(ns_inode("self", "user") != ns_inode_of(pid, "user"), "one user namespace");
	e2e_same("other", ns_inode("self", "net"), "one net", ns_inode_of(pid, "net"));
	check_namespaces(pid, pid);
	target_kill(pid);
	if (unshare(CLONE_NEWPID))
		e2e_die("unshare: %s", strerror(errno));
	pid = target_fork(be_first, NULL);
	e2e_true(ns_inode("self", "pid") != ns_inode_of(pid, "pid"), "one PID namespace");
	check_namespaces(pid, pid);
	target_kill(pid);
}

/* "Max cpu time   unlimited   unlimited   seconds", found by its name. */
static void check_limits(pid_t pid)
{
	static const char *const names[] = {
		"Max cpu time", "Max file size", "Max data size", "Max stack size",
		"Max core file size", "Max resident set", "Max processes", "Max open files",
		"Max locked memory", "Max address space", "Max file locks",
		"Max pending signals", "Max msgqueue size", "Max nice priority",
		"Max realtime priority", "Max realtime timeout",
	};
	char *text = proc_slurp_pid(pid, "limits", NULL);
	struct vmwalk_limit *ours;
	int fd = ask_open(pid);
	size_t nr, i;

	ours = ask_list(fd, VMWALK_IOC_LIMITS, sizeof(*ours), 3, &nr);
	e2e_same("limits", nr, "limits", E2E_NR(names));
	for (i = 0; i < nr && i < E2E_NR(names); i++) {
		char soft[32] = "", hard[32] = "", *at = strstr(text, names[i]);
		uint64_t want[2];

		if (!at || sscanf(at + 25, "%31s %31s", soft, hard) != 2)
			e2e_die("no %s in limits", names[i]);
		want[0] = strcmp(soft, "unlimited") ? strtoull(soft, NULL, 10) : ~0ULL;
		want[1] = strcmp(hard, "unlimited") ? strtoull(hard, NULL, 10) : ~0ULL;
		e2e_same("resource", ours[i].resource, "its place", i);
		e2e_same(names[i], ours[i].soft, "limits", want[0]);
		e2e_same(names[i], ours[i].hard, "limits", want[1]);
	}
	free(ours);
	free(text);
	close(fd);
}

static void limits(void)
{
	check_limits(made[MKPROC_limits]->pid);
	check_limits(made[MKPROC_plain]->pid);
	check_limits(1);
}

static size_t rows_of(const char *report, const char *section)
{
	struct report_table table = report_table(report, section);
	size_t nr = table.nr;

	report_table_free(&table);
	return nr;
}

/* Actions that are not the default, by the process itself. */
static size_t actions_of(const struct made *of)
{
	size_t nr = 0;
	int i;

	for (i = 0; i < MADE_SIGNALS; i++)
		nr += of->action[i].handler != 0;
	return nr;
}

/* Each section has a row for each thread, group, limit … that there is. */
static void check_sections(const struct made *of, const char *report, const char *status)
{
	static const char *const by_thread[] = { "cred", "signals", "threads", "registers" };
	uint64_t numbers[1];
	unsigned int i;

	for (i = 0; i < E2E_NR(by_thread); i++)
		e2e_same(by_thread[i], rows_of(report, by_thread[i]), "status",
			 proc_key(status, "Threads"));
	e2e_same("groups", rows_of(report, "groups"), "status",
		 numbers_of(status, "Groups", 10, numbers, 1));
	e2e_same("numbers", rows_of(report, "numbers"), "status",
		 numbers_of(status, "NSpid", 10, numbers, 1));
	e2e_same("limits", rows_of(report, "limits"), "getrlimit(2)", 16);
	e2e_same("actions", rows_of(report, "actions"), "rt_sigaction", actions_of(of));
}

/* Names may be empty, and may hold blanks and control characters. */
static void check_names(const struct made *of, const char *report)
{
	struct report_table threads = report_table(report, "threads");
	size_t i;

	for (i = 0; i < threads.nr; i++) {
		char *comm = proc_slurp_thread(of->pid, report_cell_number(&threads, i, "tid"), "comm");
		char *ours = strdup(report_cell(&threads, i, "comm"));

		comm[strlen(comm) - 1] = '\0';
		proc_unescape(ours, 0);
		e2e_same_text("name of a thread", ours, "comm", comm);
		free(comm);
		free(ours);
	}
	report_table_free(&threads);
}

/* Cells of the first rows, written out, against what status writes. */
static void check_cells(const char *report, const char *status)
{
	struct report_table cred = report_table(report, "cred");
	struct report_table limit = report_table(report, "limits");
	struct report_table relatives = report_table(report, "family");
	char seccomp[8];

	proc_key_text(status, "Seccomp", seccomp, sizeof(seccomp));
	e2e_same_text("seccomp", report_cell(&cred, 0, "seccomp"), "status",
		      seccomp[0] == '2' ? "filter" : "disabled");
	e2e_same("no_new_privs", report_cell_number(&cred, 0, "no_new_privs"), "status",
		 proc_key(status, "NoNewPrivs"));
	e2e_same("effective", !strcmp(report_cell(&cred, 0, "effective"), "-"), "status",
		 !number_of(status, "CapEff", 16));
	e2e_same_text("limit 3", report_cell(&limit, 3, "resource"), "RLIMIT_STACK", "stack");
	if (report_cell_number(&relatives, 0, "pid") != proc_key(status, "PPid"))
		e2e_same("parent", report_cell_number(&relatives, 0, "pid"), "the tracer",
			 proc_key(status, "TracerPid"));
	report_table_free(&cred);
	report_table_free(&limit);
	report_table_free(&relatives);
}

static void report_sections(void)
{
	unsigned int i;

	for (i = 0; i < MKPROC_NR; i++) {
		int fd = ask_open(made[i]->pid);
		char *report = ask_report(fd, 65536, NULL);
		char *status = proc_slurp_pid(made[i]->pid, "status", NULL);

		if (!report)
			e2e_die("no report of %s: %s", mkproc_names[i], strerror(errno));
		/* The dead have no handlers any more, and status of a group tells of its leader. */
		if (i != MKPROC_zombie && i != MKPROC_killed && i != MKPROC_leader_gone) {
			check_sections(made[i], report, status);
			check_cells(report, status);
			check_names(made[i], report);
		}
		e2e_same("rows of [namespaces]", rows_of(report, "namespaces") > 0, "any process", 1);
		free(report);
		free(status);
		close(fd);
	}
}


/* Every process below the suite, which is the parent of this case: ids and size by status. */
static void client_tree(void)
{
	char *text = client_run(NULL, "tree %d -r -n -o pid,ppid,threads,resident_bytes,state", getppid());
	char *line, *rest;
	size_t nr = 0;

	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		char pid[16], ppid[16], threads[16], resident[32], state[8], *status;
		char rss[64] = "0";

		if (sscanf(line, "%15s %15s %15s %31s %7s", pid, ppid, threads, resident,
			   state) != 5)
			e2e_die("tree says \"%s\"", line);
		status = proc_slurp_pid(atoi(pid), "status", NULL);
		if (!status)	/* the client itself, and its shell */
			continue;
		nr++;
		e2e_same("ppid", atoi(ppid), "status", proc_key(status, "PPid"));
		e2e_same("threads", atoi(threads), "status", proc_key(status, "Threads"));
		/* This process itself has grown by what it read. */
		if (proc_key_text(status, "VmRSS", rss, sizeof(rss)) && state[0] != 'R' &&
		    atoi(pid) != getpid())
			e2e_same("resident", strtoull(resident, NULL, 10) / 1024, "status",
				 strtoull(rss, NULL, 10));
		free(status);
	}
	e2e_true(nr > MKPROC_NR, "tree of %d has %zu processes", getppid(), nr);
	free(text);
}

/* One bit a process that lives now. */
static void mark_living(unsigned char *marks, unsigned char bit)
{
	struct dirent *entry;
	DIR *dir = opendir("/proc");

	while (dir && (entry = readdir(dir)))
		if (isdigit((unsigned char)entry->d_name[0]))
			marks[atoi(entry->d_name) % PIDS] |= bit;
	if (dir)
		closedir(dir);
}

/* All processes, each once. Those that come or go meanwhile, as the client, may be missing. */
static void client_forest(void)
{
	unsigned char *marks = calloc(1, PIDS);
	unsigned long all = 0, at_top = 0, i;
	char *text, *line, *rest;

	mark_living(marks, BEFORE);
	text = client_run(NULL, "tree -r -n -o pid,processes,depth");
	mark_living(marks, AFTER);
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		unsigned long pid, processes, depth;

		if (sscanf(line, "%lu %lu %lu", &pid, &processes, &depth) != 3)
			e2e_die("tree says \"%s\"", line);
		e2e_true(!(marks[pid % PIDS] & TOLD), "%lu is told of twice", pid);
		marks[pid % PIDS] |= TOLD;
		all++;
		at_top += depth ? 0 : processes;
	}
	e2e_same("processes of those at the top", at_top, "rows", all);
	for (i = 0; i < PIDS; i++)
		if ((marks[i] & (BEFORE | AFTER)) == (BEFORE | AFTER))
			e2e_true(marks[i] & TOLD, "process %lu is missing", i);
	free(text);
	free(marks);
}

/* The client shows what the queries say: names of sets by the names of the C library. */
static void client_task(void)
{
	const struct made *of = made[MKPROC_signals];
	char *text = client_run(NULL, "task %d -s signals -r -n -o caught,ignored", of->pid);
	char caught[512] = "", ignored[512] = "";
	int nr;

	if (sscanf(text, "caught %511s ignored %511s", caught, ignored) != 2)
		e2e_die("task says \"%s\"", text);
	for (nr = 1; nr < 32; nr++) {
		const char *name = sigabbrev_np(nr);
		char with_commas[600], word[16];

		if (!name)
			continue;
		snprintf(word, sizeof(word), ",%s,", !strcmp(name, "POLL") ? "IO" : name);
		snprintf(with_commas, sizeof(with_commas), ",%s,", caught);
		e2e_same(name, !!strstr(with_commas, word), "rt_sigaction",
			 of->action[nr - 1].handler > 1);
		snprintf(with_commas, sizeof(with_commas), ",%s,", ignored);
		e2e_same(name, !!strstr(with_commas, word), "rt_sigaction",
			 of->action[nr - 1].handler == 1);
	}
	free(text);
}

/* Where the registers of a resting program point: its own code, and its stack. */
static void client_threads(void)
{
	char *text = client_run(NULL, "threads %d -r -n -o tid,ip_area,sp_area,ip,sp",
			    made[MKPROC_plain]->pid);
	struct areas areas = proc_areas(made[MKPROC_plain]->pid, "maps");
	char ip_area[256], sp_area[256];
	unsigned long long ip, sp;
	const struct area *area;
	int tid;

	if (sscanf(text, "%d %255s %255s %llx %llx", &tid, ip_area, sp_area, &ip, &sp) != 5)
		e2e_die("threads says \"%s\"", text);
	e2e_same("tid", tid, "fork", made[MKPROC_plain]->pid);
	area = proc_area_at(&areas, ip);
	e2e_same_text("ip_area", ip_area, "maps", area ? area->name : "-");
	area = proc_area_at(&areas, sp);
	e2e_same_text("sp_area", sp_area, "maps", area ? area->name : "-");
	proc_areas_free(&areas);
	free(text);
}

static const struct e2e_case family_cases[] = {
	{ "CREDS equals status, loginuid, sessionid and prctl(2)", creds, 500 },
	{ "GROUPS equals status at every batch size", groups, 360 },
	{ "SIGNALS equals status and sigaltstack(2)", signal_sets, 160 },
	{ "ACTIONS equals rt_sigaction(2)", actions, 130 },
	{ "FAMILY equals status of all processes", families, 110 },
	{ "NAMESPACES and NUMBERS equal ns and status", namespaces, 280 },
	{ "NAMESPACES that differ in users or PIDs alone", namespaces_alone, 40 },
	{ "LIMITS equals limits", limits, 140 },
	{ "the report has the same rows", report_sections, 150 },
	{ "vmwalk tree below a process equals status", client_tree, 50 },
	{ "vmwalk tree has each process once", client_forest, 100 },
	{ "vmwalk task names signals as the C library does", client_task, 56 },
	{ "vmwalk threads tells where ip and sp point", client_threads, 3 },
};
E2E_SUITE(family, family_open, family_close);
