/* SPDX-License-Identifier: GPL-2.0 */
/*
 * target.h - processes to look at
 */
#ifndef E2E_TARGET_H
#define E2E_TARGET_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

/**
 * struct region - one mapping that mkmem made
 * @name: which
 * @start: first address
 * @end: first address after it
 * @why: why it could not be made, "" when it was
 */
struct region {
	char name[32];
	uint64_t start, end;
	char why[64];
};

/**
 * struct target - a running mkmem
 * @pid: its number
 * @child: the other half of its fork pair
 * @seed: of the words in its pages
 * @brk: its break
 * @regions: its mappings
 * @nr: number of @regions
 * @frames: addresses and frames before they became PROT_NONE
 * @nr_frames: number of @frames
 */
struct target {
	pid_t pid, child;
	uint64_t seed, brk;
	struct region regions[80];
	unsigned int nr;
	struct { uint64_t va, pfn; } frames[64];
	unsigned int nr_frames;
	FILE *in, *out;
};

/* Files of the tests go here, on the real root file system. */
#define WORK_DIR	"/e2e-work"

/* Swap, huge pages and limits that the suites need; once a run. */
void target_prepare(void);

enum target_size {
	TARGET_USUAL,
	TARGET_LARGE,	/* its sparse mapping is 64 GiB, not 4; on a slow kernel 4 too */
	TARGET_KINDS,	/* with what needs a machine made for it, in a cgroup of its own */
};

/* The cgroup of TARGET_KINDS and of layouts. */
#define TARGET_CGROUP	"/sys/fs/cgroup/e2e"

/* A swap area on compressed memory, not in use yet; once a machine. 0 or -errno. */
int target_prepare_zram(void);

/* Insert a module of the guest's kernel, if it has it. 0 or -errno. */
int target_module(const char *name);

/* Start mkmem. Dies when it cannot. */
struct target *target_start(enum target_size size);
/* Start mkmem with the layout of a seed. */
struct target *target_start_layout(uint64_t seed);
void target_stop(struct target *target);

/* A region by name; NULL if it could not be made here. */
const struct region *target_region(const struct target *target, const char *name);
/* The same, but a case that asks for a missing one is skipped with its reason. */
const struct region *target_need(const struct target *target, const char *name);
const struct region *target_region_at(const struct target *target, uint64_t va);

/* Make the process read or write one byte. */
void target_touch(struct target *target, const char *verb, uint64_t va);

/* Does a thread sleep in the kernel, off its CPU, so that its files hold still? */
bool target_thread_rests(pid_t pid, pid_t tid);
/* Do all threads of a process? */
bool target_rests(pid_t pid);
/* Wait until they do. */
void target_settle(pid_t pid);

/*
 * Run @body(arg) in a child that dies with the case. The child first says on
 * a pipe that it has set itself up, by target_ready(). Returns its pid.
 */
pid_t target_fork(void (*body)(void *arg), void *arg);
void target_ready(void);
void target_kill(pid_t pid);

/* Keep the calling thread on one CPU. */
void target_stay_on(int cpu);

/* Path of a program of the suite, e.g. "mkmem". */
const char *target_program(const char *name);

#endif /* E2E_TARGET_H */
