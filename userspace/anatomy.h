/* SPDX-License-Identifier: GPL-2.0 */
/* anatomy.h - what a process is made of: the records that stand for all of it */
#ifndef VMWALK_ANATOMY_H
#define VMWALK_ANATOMY_H

#include "landmark.h"
#include "libvmwalk.h"

#define ANATOMY_FILES	7	/* descriptors that are told of */
#define ANATOMY_EXTENTS	4	/* parts of each file */
#define ANATOMY_LEAD	(64ULL << 20)	/* bytes of a file whose blocks are asked for */
#define ANATOMY_SWAP	256	/* bytes of the name of a swap area */

/**
 * struct anatomy_area - a VMA, and one address in it
 * @dossier: all about the address
 * @name: of the VMA, control characters as \ooo; "" if it has none
 * @swap: the swap area its page is in; "-" if in none, or not known
 */
struct anatomy_area {
	struct vmwalk_dossier dossier;
	char *name;
	char swap[ANATOMY_SWAP];
};

/**
 * struct anatomy_file - a descriptor
 * @record: the open file and its inode
 * @path: control characters as \ooo; "" if it has none
 * @twin: another descriptor of the same struct file; LANDMARK_NO_FD if none
 * @extents: where the beginning of the file is on the disk
 * @nr_extents: number of @extents
 * @cut: there is more of the file than @extents
 */
struct anatomy_file {
	struct vmwalk_descriptor record;
	char *path;
	__u32 twin;
	struct vmwalk_extent extents[ANATOMY_EXTENTS];
	unsigned int nr_extents;
	bool cut;
};

/**
 * struct anatomy_totals - how many there are of what only some are told of
 * @has: groups of fields present; KNOWN if the process has an address space
 * @vmas: VMAs (KNOWN)
 * @descriptors: open descriptors
 * @children: children
 */
struct anatomy_totals {
	__u64 has;
	__u64 vmas;
	__u64 descriptors;
	__u64 children;
};

/**
 * struct anatomy - the process
 * @task: the thread group
 * @thread: its first thread
 * @cred: the credentials of that
 * @signals: the signals of that
 * @parent: who waits for it; @has is 0 if there is none in the reader's namespace
 * @mm: the address space; @has is 0 if there is none
 * @totals: how many of what
 * @names: what it has names for, by enum vmwalk_named_kind: control characters as \ooo; NULL
 *	if there is none
 * @areas: VMAs that tell most, by address
 * @nr_areas: number of @areas
 * @files: descriptors that tell most, by number
 * @nr_files: number of @files
 *
 * Each record is of a moment of its own.
 */
struct anatomy {
	struct vmwalk_task task;
	struct vmwalk_thread thread;
	struct vmwalk_cred cred;
	struct vmwalk_signals signals;
	struct vmwalk_relative parent;
	struct vmwalk_mm mm;
	struct anatomy_totals totals;
	char *names[VMWALK_NAMED_NR];
	struct anatomy_area areas[LANDMARK_AREAS];
	unsigned int nr_areas;
	struct anatomy_file files[ANATOMY_FILES];
	unsigned int nr_files;
};

/**
 * anatomy_read() - ask for all of it
 * @handle: the process
 * @anatomy: all zero before; anatomy_free() it in any case
 *
 * VMAs and descriptors are read once, one after the other, and forgotten, except for 48
 * bytes a descriptor; of each VMA that is told of the page tables are read up to its first
 * page, of each file 64 MiB are looked up on the disk.
 *
 * Return: 0; -ESRCH, -EACCES, -EPROTO as vmwalk_translate(), -ENOMEM. A process without an
 * address space is no error.
 */
int anatomy_read(struct vmwalk *handle, struct anatomy *anatomy);

void anatomy_free(struct anatomy *anatomy);

/* Does it show what only the privileged see? */
bool anatomy_is_whole(const struct anatomy *anatomy);

#endif /* VMWALK_ANATOMY_H */
