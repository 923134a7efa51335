/* SPDX-License-Identifier: GPL-2.0 */
/*
 * thp.h - how the machine is set to make huge pages by itself; part of libvmwalk
 */
#ifndef VMWALK_THP_H
#define VMWALK_THP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "fault.h"

/* transparent_hugepage/shmem_enabled, and the option huge= of a tmpfs */
enum vmwalk_shmem_policy {
	VMWALK_SHMEM_NEVER,
	VMWALK_SHMEM_ADVISE,
	VMWALK_SHMEM_WITHIN_SIZE,	/* needs the size of the file: not known here */
	VMWALK_SHMEM_ALWAYS,
	VMWALK_SHMEM_DENY,		/* shmem_enabled only: for all mounts */
	VMWALK_SHMEM_FORCE,		/* the same */
};

/**
 * struct vmwalk_tmpfs - a mounted tmpfs
 * @dev: its device, major and minor
 * @policy: its option huge=
 */
struct vmwalk_tmpfs {
	__u32 dev[2];
	enum vmwalk_shmem_policy policy;
};

/**
 * struct vmwalk_thp_settings - the settings
 * @supported: the kernel makes transparent huge pages on this machine
 * @policy: for anonymous memory
 * @shmem: for shared memory; for nameless one also its mount's
 * @pmd_bytes: a huge page of the pmd level, bytes
 * @page: a base page, bytes
 * @max_none: empty pages that khugepaged accepts in a huge page
 * @max_swap: swapped pages that it accepts
 * @mounts: every tmpfs that the process has mounted
 * @nr_mounts: number of @mounts
 */
struct vmwalk_thp_settings {
	bool supported;
	enum vmwalk_thp policy;
	enum vmwalk_shmem_policy shmem;
	__u64 pmd_bytes;
	__u64 page;
	__u64 max_none;
	__u64 max_swap;
	struct vmwalk_tmpfs *mounts;
	size_t nr_mounts;
};

/**
 * vmwalk_thp_choice() - which word of a setting is the one in brackets
 * @text: as "always [madvise] never"
 * @words: the words there may be; NULL ends them
 *
 * Return: index in @words, or -ENOMSG.
 */
int vmwalk_thp_choice(const char *text, const char *const *words);

/**
 * vmwalk_thp_mounts() - every tmpfs in the text of /proc/PID/mountinfo
 * @text: the text
 * @thp: gets @mounts and @nr_mounts
 *
 * Return: 0, -ENOMSG (not a mountinfo) or -ENOMEM.
 */
int vmwalk_thp_mounts(const char *text, struct vmwalk_thp_settings *thp);

/**
 * vmwalk_thp_read() - read the settings
 * @pid: whose mounts
 * @thp: result; give it to vmwalk_thp_close() also after an error
 *
 * Return: 0, -ENOMSG (a setting that makes no sense) or what reading said.
 */
int vmwalk_thp_read(pid_t pid, struct vmwalk_thp_settings *thp);

void vmwalk_thp_close(struct vmwalk_thp_settings *thp);

/* The tmpfs of a device; NULL if it is none. */
const struct vmwalk_tmpfs *vmwalk_thp_tmpfs(const struct vmwalk_thp_settings *thp,
					    const __u32 dev[2]);

#endif /* VMWALK_THP_H */
