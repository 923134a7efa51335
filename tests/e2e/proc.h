/* SPDX-License-Identifier: GPL-2.0 */
/*
 * proc.h - the oracles: what the kernel's own files say about a process
 */
#ifndef E2E_PROC_H
#define E2E_PROC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define PAGE_SIZE		4096UL
#define PAGE_BITS	12
#define PMD_BYTES	(512 * PAGE_SIZE)
#define PUD_BYTES	(512 * PMD_BYTES)

/* Documentation/admin-guide/mm/pagemap.rst */
#define PM_FRAME(e)		((e) & ((1ULL << 55) - 1))
#define PM_SWAP_TYPE(e)		((e) & 31)
#define PM_SWAP_OFFSET(e)	(PM_FRAME(e) >> 5)
#define PM_SOFT_DIRTY		(1ULL << 55)
#define PM_UFFD_WP		(1ULL << 57)
#define PM_FILE			(1ULL << 61)
#define PM_SWAP			(1ULL << 62)
#define PM_PRESENT		(1ULL << 63)

#define KPF_COMPOUND_HEAD	(1ULL << 15)
#define KPF_COMPOUND_TAIL	(1ULL << 16)
#define KPF_HUGE		(1ULL << 17)
#define KPF_THP			(1ULL << 22)
#define KPF_ZERO_PAGE		(1ULL << 24)
#define KPF_ANON		(1ULL << 12)
#define KPF_SWAPCACHE		(1ULL << 13)
#define KPF_SWAPBACKED		(1ULL << 14)
#define KPF_UNEVICTABLE		(1ULL << 18)
#define KPF_HWPOISON		(1ULL << 19)
#define KPF_NOPAGE		(1ULL << 20)
#define KPF_KSM			(1ULL << 21)
#define KPF_RESERVED		(1ULL << 32)
#define KPF_MLOCKED		(1ULL << 33)

/**
 * struct area - one VMA as /proc/PID/maps and smaps describe it
 * @start: first address
 * @end: first address after it
 * @perms: "rwxp"
 * @offset: in the file, bytes
 * @major: of the device
 * @minor: of the device
 * @inode: inode number
 * @name: path or name in brackets as it really is (no escapes), "" if none
 * @kb: the "Key: N kB" lines of smaps, by enum area_key, and the number of the
 *	protection key; only from smaps
 * @vm_flags: the two-letter words of smaps' VmFlags, "" from maps
 */
struct area {
	uint64_t start, end;
	char perms[5];
	uint64_t offset;
	unsigned int major, minor;
	uint64_t inode;
	char *name;
	uint64_t kb[16];
	char *vm_flags;
};

enum area_key {
	AREA_SIZE, AREA_PAGE_SIZE, AREA_RSS, AREA_SHARED_CLEAN, AREA_SHARED_DIRTY,
	AREA_PRIVATE_CLEAN, AREA_PRIVATE_DIRTY, AREA_REFERENCED, AREA_ANON_HUGE,
	AREA_SHMEM_HUGE, AREA_FILE_HUGE, AREA_SHARED_HUGETLB, AREA_PRIVATE_HUGETLB,
	AREA_SWAP, AREA_PKEY, AREA_THP_ELIGIBLE, AREA_KEYS
};

struct areas {
	struct area *area;
	size_t nr;
};

/* Whole file as a NUL-terminated text (free() it); NULL with errno set. */
char *proc_slurp(const char *path, size_t *len);
char *proc_slurp_pid(pid_t pid, const char *file, size_t *len);
/* A file of one thread; dies when it cannot be read. */
char *proc_slurp_thread(pid_t pid, pid_t tid, const char *file);

/*
 * The VMAs of a process from @file, "maps" or "smaps". The [vsyscall] line is
 * left out: it is a gate page that belongs to no process and is no VMA.
 */
struct areas proc_areas(pid_t pid, const char *file);
void proc_areas_free(struct areas *areas);
const struct area *proc_area_at(const struct areas *areas, uint64_t va);
bool proc_area_flag(const struct area *area, const char *word);

/*
 * Does smaps leave huge leaves of the area out? On kernels with NUMA balancing
 * it takes a PROT_NONE huge page for a NUMA hint and does not follow it.
 */
bool proc_smaps_blind(const struct area *area);

/* @nr pagemap entries from @va on; dies when they cannot be read. */
void proc_pagemap(pid_t pid, uint64_t va, uint64_t *entries, size_t nr);

/* /proc/kpageflags of one frame; 0 with *known false where it says nothing. */
uint64_t proc_kpageflags(uint64_t pfn, bool *known);

/**
 * struct kpage - what the kernel's own files say of a frame
 * @known: there is such a frame, with a struct page; else the rest is 0
 * @flags: /proc/kpageflags
 * @count: /proc/kpagecount
 * @cgroup: /proc/kpagecgroup
 */
struct kpage {
	bool known;
	uint64_t flags, count, cgroup;
};

void proc_kpages(uint64_t pfn, struct kpage *pages, size_t nr);

/**
 * struct memzone - a zone of a node as /proc/zoneinfo describes it
 * @node: its node
 * @name: e.g. "DMA32"
 * @start: first frame
 * @end: first frame after its span
 */
struct memzone {
	unsigned int node;
	char name[16];
	uint64_t start, end;
};

/* The zone whose span holds a frame, on @node; NULL if there is none. */
const struct memzone *proc_zone(uint64_t pfn, unsigned int node);

/* Is it memory, by the "System RAM" lines of /proc/iomem? */
bool proc_is_ram(uint64_t pfn);

/* Nodes that move_pages(2) tells for @nr addresses: a node, or -errno, each. */
void proc_nodes(pid_t pid, const uint64_t *va, int *nodes, size_t nr);

/* N<node>= of the line of /proc/PID/numa_maps that begins with @start, in pages. */
uint64_t proc_numa_pages(const char *numa_maps, uint64_t start, unsigned int node);

/* "Key:<blank>value" of a status-like text, e.g. "VmRSS", as in the file. */
bool proc_key_text(const char *text, const char *key, char *value, size_t size);
uint64_t proc_key(const char *text, const char *key);

/* Field @nr (from 1, as in proc(5)) of /proc/PID/stat; the name may hold anything. */
long long proc_stat_field(const char *stat, int nr);

/* Undo \ooo escapes, in place. @only: just this character, or 0 for all. */
void proc_unescape(char *text, int only);

/* Levels of the page tables: the CPU's flag is shown only while the kernel uses it. */
int proc_levels(void);

/* A kernel with KASAN and kmemleak, ten times slower: big cases are made smaller. */
bool proc_slow_kernel(void);

/* Write a text to a file of /proc or /sys; 0 or -errno. */
int proc_write(const char *path, const char *text);

#endif /* E2E_PROC_H */
