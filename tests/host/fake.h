/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fake.h - a kernel of a few hand-made pages, in place of the module
 *
 * The linker's --wrap sends the library's open, access, ioctl and nanosleep
 * here. The answers follow the text of uapi/vmwalk.h and are written without a
 * look at the module. What the fake process has:
 *
 *   0x400000-0x403000  r-xp /bin/a b<newline>c  frames 0x1000 0x1001, one empty
 *   0x40000000-0x40400000 rw-p (no name)        2 MiB page at frame 0x80000, one empty
 *   0x50000000-0x50004000 rw-s [shm]            swap 1:0x22, protnone 0x3333,
 *                                               no table ... unknown, migration 0x4444
 *
 * The file is 0x2800 bytes long, in the page cache at frames 0x1000.. and on disk in
 * blocks 700.. of 4096 bytes; nothing of the shared memory is in the page cache.
 *
 * Its frames: 0x1000 and 0x1001 are one folio of a file, mapped twice; the 2 MiB page is
 * anonymous; 0x3333 is shared memory mapped three times, in zone DMA, the others are in
 * DMA32, all on node 0. The pmd table for 0x40000000 is shared by three.
 *
 * Its open files: 0 and 7 are the file, by one open(2), on blocks 700 and 702 with a hole
 * between them; 3 is a pipe with one buffer of 16 in use.
 */
#ifndef FAKE_H
#define FAKE_H

#include <stddef.h>

#include "uapi/vmwalk.h"

#define FAKE_PID	4242
#define FAKE_FD_NONE	(-1)
#define FAKE_DIRECT_MAP	0xffff888000000000ULL	/* 2 MiB at frame 0, with VMWALK_QUERY_KERNEL */
#define FAKE_TASK_SIZE	0x7ffffffff000ULL

struct fake {
	/* How it answers; all 0 is a healthy module of the same version. */
	int module_missing;	/* no /proc/vmwalk */
	int process_missing;	/* no /proc/PID either */
	int entry_late;		/* opens that answer ENOENT before one succeeds */
	int open_errno;
	int open_eintr;		/* opens that answer EINTR first */
	int eintr;		/* ioctls that answer EINTR first */
	int ioctl_errno;
	int ioctl_errno_after;	/* healthy ioctls before that */
	__u32 max_done;		/* records an ioctl gives at most */
	__u32 lie_done;		/* says so many records were done */
	int lie_cursor;		/* cursor never moves */
	enum {
		FAKE_NAME_TRUE,
		FAKE_NAME_CUT,		/* its NUL is not where it should be */
		FAKE_NAME_UNUSED,	/* in room that was not used */
		FAKE_NAME_FAR,		/* outside the room for names */
	} lie_name;
	int unprivileged;	/* RAW, FRAME, SWAP hidden */
	int no_mm;		/* it has no address space */
	__u32 query_size;	/* of the kernel's query struct; 0: the same */
	__u32 record_cut;	/* bytes by which the kernel's records are shorter */
	int lie_pages;		/* frames of no page */
	int lie_table;		/* tables whose last used entry is outside of them */
	const char *root;	/* what stands in for /proc and /sys; NULL: no /proc */
	const char *report;	/* text of the entry */
	size_t report_size;
	/* What it has seen. */
	int opens, ioctls, sleeps;
	long long slept_ns;
	__u64 record_size;	/* of the last query */
	__u32 count;		/* of the last query */
};

extern struct fake fake;

/* Makes it healthy again and forgets what it has seen. */
void fake_reset(void);

#endif /* FAKE_H */
