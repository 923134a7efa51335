/* SPDX-License-Identifier: GPL-2.0 */
/* count.h - page-table entries -> the counts of a VMA, and of tables by level */
#ifndef VMWALK_COUNT_H
#define VMWALK_COUNT_H

#include "pgtable.h"

/**
 * struct vmwalk_tally - tables met so far, over as many VMAs as one likes
 * @level: by level: the table met last, tables met, entries in them in use
 *
 * Addresses only go up, so a table met again is the one met last.
 */
struct vmwalk_tally {
	struct {
		const void *last;
		u64 last_va;
		u64 tables;
		u64 used;
	} level[VMWALK_LEVEL_NR];
};

/**
 * vmwalk_count_vma() - count what the tables hold for one VMA
 * @mm: address space; the caller holds a reference on its users (mmget)
 * @vma: in: start and end; out: the counts (group COUNTS)
 * @tally: in, out: goes on counting tables
 * @cost: counts
 *
 * Context: may sleep; takes the mmap lock in small coins, so that the VMA may
 * change under way: the counts are of the range, whatever covers it.
 * Return: 0, or -EINTR if the reader was killed.
 */
int vmwalk_count_vma(struct mm_struct *mm, struct vmwalk_vma *vma,
		     struct vmwalk_tally *tally, struct vmwalk_cost *cost);

/**
 * vmwalk_count_read() - the tables of one level as a record
 * @tally: counted before
 * @level: which level
 * @out: the record
 */
void vmwalk_count_read(const struct vmwalk_tally *tally, enum vmwalk_level level,
		       struct vmwalk_table *out);

#endif /* VMWALK_COUNT_H */
