/* SPDX-License-Identifier: GPL-2.0 */
/*
 * mkproc.h - the factory of tasks: processes of which is known how they were made
 */
#ifndef E2E_MKPROC_H
#define E2E_MKPROC_H

#include <stdint.h>
#include <sys/types.h>

#define MADE_THREADS	8
#define MADE_SIGNALS	64
#define MADE_GROUPS	40	/* supplementary groups of `cred` */
#define MADE_EXIT	42	/* exit status of `zombie` */

/* Each is a process; X(name, "what is odd about it"). */
#define MKPROCS(X) \
	X(plain, "nothing") \
	X(cred, "ids, groups, capabilities, securebits, no_new_privs") \
	X(filtered, "a seccomp filter") \
	X(signals, "handlers, blocked, ignored and pending signals, an alternate stack") \
	X(threads, "threads with names, policies and CPUs of their own") \
	X(deadline, "SCHED_DEADLINE") \
	X(leader_gone, "the first thread has exited") \
	X(family, "children, one of them in a session of its own") \
	X(session, "the leader of a session") \
	X(namespaces, "a namespace of its own of each type") \
	X(limits, "resource limits and oom_score_adj") \
	X(stopped, "stopped by a signal") \
	X(traced, "traced, and stopped by its tracer") \
	X(zombie, "dead, with an exit status") \
	X(killed, "dead by a signal") \
	X(orphaned, "its parent has exited")

/**
 * struct made_action - what rt_sigaction(2) told the process itself
 * @handler: address, or SIG_DFL, SIG_IGN
 * @flags: SA_*
 * @restorer: address
 * @mask: blocked meanwhile, bit N - 1 for signal N
 */
struct made_action {
	uint64_t handler, flags, restorer, mask;
};

/**
 * struct made - a process and what it told of itself; shared with it
 * @pid: it
 * @maker: the process that the suite started; @pid itself for most
 * @tracer: who traces it, or 0
 * @tid: its threads, the first one first
 * @nr: number of @tid
 * @children: its children
 * @nr_children: number of @children
 * @action: for signal N at N - 1
 * @stack: the alternate signal stack of its first thread: address, size, SS_*
 * @securebits: what prctl(2) told it
 */
struct made {
	pid_t pid, maker, tracer;
	pid_t tid[MADE_THREADS];
	unsigned int nr;
	pid_t children[MADE_THREADS];
	unsigned int nr_children;
	struct made_action action[MADE_SIGNALS];
	uint64_t stack[3];
	int securebits;
};

enum mkproc {
#define MKPROC(name, text)	MKPROC_##name,
	MKPROCS(MKPROC)
#undef MKPROC
	MKPROC_NR
};

extern const char *const mkproc_names[MKPROC_NR];

/* Make one, and wait until it is made and rests. Dies when it cannot. */
struct made *mkproc_start(enum mkproc which);
void mkproc_stop(struct made *made);

/* One of each, by enum mkproc. */
void mkproc_start_all(struct made *all[MKPROC_NR]);
void mkproc_stop_all(struct made *all[MKPROC_NR]);

#endif /* E2E_MKPROC_H */
