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
 * @kb: the "Key: N kB" lines of smaps, by enum area_key; only from smaps
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
	AREA_SWAP, AREA_KEYS
};

struct areas {
	struct area *area;
	size_t nr;
};

/* Whole file as a NUL-terminated text (free() it); NULL with errno set. */
char *proc_slurp(const char *path, size_t *len);
char *proc_slurp_pid(pid_t pid, const char *file, size_t *len);

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
