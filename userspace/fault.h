/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fault.h - what an access to memory would do, decided without doing it
 *
 * Pure: a dossier and what the machine is set to go in, a record comes out. The
 * rules are those of x86-64 and of Linux 6.1; docs/limits.md says what they
 * cannot know.
 */
#ifndef VMWALK_FAULT_H
#define VMWALK_FAULT_H

#include "uapi/vmwalk.h"

#define VMWALK_POOLS	8	/* sizes of huge pages that are remembered */

/* When anonymous memory may get transparent huge pages. */
enum vmwalk_thp {
	VMWALK_THP_NEVER,
	VMWALK_THP_MADVISE,
	VMWALK_THP_ALWAYS,
};

/* What the page of the old system calls is good for. */
enum vmwalk_vsyscall {
	VMWALK_VSYSCALL_NONE,
	VMWALK_VSYSCALL_XONLY,
	VMWALK_VSYSCALL_EMULATE,	/* may also be read */
};

/**
 * struct vmwalk_pool - huge pages of one size
 * @bytes: of one
 * @free: not in use
 * @reserved: of @free, promised to mappings
 * @overcommit: that may be had beyond the pool
 */
struct vmwalk_pool {
	__u64 bytes;
	__u64 free;
	__u64 reserved;
	__u64 overcommit;
};

/**
 * struct vmwalk_system - what the machine is set to
 * @release: of the kernel: 256 * version + patchlevel (6.1: 0x601); 0 if not known
 * @page_bytes: of a base page
 * @huge_bytes: of a transparent huge page; 0 without them
 * @min_addr: lowest address a process may map (vm.mmap_min_addr)
 * @gap_bytes: kept free below a stack (stack_guard_gap)
 * @thp: when there are transparent huge pages
 * @huge_zero: reading may map the huge page of zeros
 * @vsyscall: what the page of the old system calls is good for
 * @pools: number of @pool
 * @pool: the huge pages
 */
struct vmwalk_system {
	__u32 release;
	__u64 page_bytes;
	__u64 huge_bytes;
	__u64 min_addr;
	__u64 gap_bytes;
	enum vmwalk_thp thp;
	__u32 huge_zero;
	enum vmwalk_vsyscall vsyscall;
	__u32 pools;
	struct vmwalk_pool pool[VMWALK_POOLS];
};

/* What the CPU says to one level. X(NAME, number, "words") */
#define VMWALK_CHECKS(X) \
	X(PASS, 0, "pass") \
	X(ABSENT, 1, "not present") \
	X(USER, 2, "not for user mode") \
	X(WRITE, 3, "not writable") \
	X(EXEC, 4, "not executable")

enum vmwalk_check {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_CHECK_##NAME = (nr),
	VMWALK_CHECKS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_CHECK_NR
};

/**
 * vmwalk_fault_check() - what the CPU says to one level of a walk
 * @walk: the walk
 * @level: index in @walk->entry, below @walk->depth
 * @access: enum vmwalk_access
 *
 * The protection key is not looked at here.
 */
enum vmwalk_check vmwalk_fault_check(const struct vmwalk_walk *walk, unsigned int level,
				     __u32 access);

/**
 * vmwalk_fault_predict() - what an instruction in user mode would meet
 * @dossier: of the address
 * @system: what the machine is set to
 * @access: enum vmwalk_access
 * @out: the prediction
 *
 * Not meant is the kernel's own access to the address, as in read(2).
 *
 * Return: 0, or -EINVAL (no such access).
 */
int vmwalk_fault_predict(const struct vmwalk_dossier *dossier,
			 const struct vmwalk_system *system, __u32 access,
			 struct vmwalk_fault *out);

#endif /* VMWALK_FAULT_H */
