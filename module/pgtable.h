/* SPDX-License-Identifier: GPL-2.0 */
/* pgtable.h - the only walk */
#ifndef VMWALK_PGTABLE_H
#define VMWALK_PGTABLE_H

#include <linux/pgtable.h>

#include "entry.h"

struct mm_struct;
struct vm_area_struct;

/* Most entries read in one hold of the mmap lock: 64 full tables. */
#define VMWALK_HOLD_ENTRIES	32768

/**
 * struct vmwalk_cost - what an answer took
 * @entries: page-table entries read
 * @hold_ns: longest time the mmap lock was held at a stretch
 * @since: when the lock was taken last, ns
 * @holds: times the mmap lock was taken
 */
struct vmwalk_cost {
	u64 entries;
	u64 hold_ns;
	u64 since;
	u32 holds;
};

/* Kinds of entries that stand in bulk: a sink may take all of them so, or some. */
#define VMWALK_BULK_KINDS	(VMWALK_BIT(VMWALK_KIND_NONE) | VMWALK_BIT(VMWALK_KIND_PAGE) | \
				 VMWALK_BIT(VMWALK_KIND_PROTNONE) | VMWALK_BIT(VMWALK_KIND_SWAP))

/**
 * struct vmwalk_sink - where the walk hands its notes to
 * @vma: set by the walk: around the notes that follow; NULL in the kernel's half.
 *	Valid in @emit only
 * @work: set by @emit to what a note has cost beyond itself, in entries: counted
 *	against the budget of the hold and set back to 0 by the walk
 * @emit: takes one note: every entry read, pgd first. Called
 *	under the mmap lock and, at the pmd and pte levels, under rcu_read_lock (in
 *	the kernel's half under neither): must not sleep. Returns false if it does
 *	not take the note (it is full): the walk stops there.
 * @bulk: of VMWALK_BULK_KINDS, those of which the sink takes entries by @alike
 * @alike: vmwalk_alike() or vmwalk_alike_anywhere() with the sink's own way to take them
 * @part: set by @emit when it refuses a note but has taken its first pages: the
 *	first address it has not taken, where the walk is to go on
 * @full: @emit refused a note
 * @tables: @emit wants notes of entries that point to tables, too
 */
struct vmwalk_sink {
	struct vm_area_struct *vma;
	u64 part;
	u64 bulk;
	u32 work;
	bool (*emit)(struct vmwalk_sink *sink, const struct vmwalk_note *note);
	u64 (*alike)(struct vmwalk_sink *sink, const struct vmwalk_note *last,
		     const u64 *entry, u64 va, u64 end);
	bool full;
	bool tables;
};

/* log2 of the bytes one entry of @level stands for. */
static inline unsigned int vmwalk_pgtable_shift(enum vmwalk_level level)
{
	switch (level) {
	case VMWALK_LEVEL_PTE:
		return PAGE_SHIFT;
	case VMWALK_LEVEL_PMD:
		return PMD_SHIFT;
	case VMWALK_LEVEL_PUD:
		return PUD_SHIFT;
	case VMWALK_LEVEL_P4D:
		return P4D_SHIFT;
	default:
		return PGDIR_SHIFT;
	}
}

/* Entries in one table of @level. */
static inline u32 vmwalk_pgtable_entries(enum vmwalk_level level)
{
	switch (level) {
	case VMWALK_LEVEL_PTE:
		return PTRS_PER_PTE;
	case VMWALK_LEVEL_PMD:
		return PTRS_PER_PMD;
	case VMWALK_LEVEL_PUD:
		return PTRS_PER_PUD;
	case VMWALK_LEVEL_P4D:
		return PTRS_PER_P4D;
	default:
		return PTRS_PER_PGD;
	}
}

/* Is there no such level on this machine? */
static inline bool vmwalk_pgtable_folded(enum vmwalk_level level)
{
	return (level == VMWALK_LEVEL_P4D || level == VMWALK_LEVEL_PUD ||
		level == VMWALK_LEVEL_PMD) && vmwalk_pgtable_entries(level) == 1;
}

/* Levels of the page table on this machine. */
u32 vmwalk_pgtable_levels(void);

/**
 * vmwalk_pgtable_lock() - take the target's mmap lock for reading
 * @mm: address space; the caller holds a reference on its users (mmget)
 * @cost: counts the hold
 *
 * Context: may sleep. Return: 0, or -EINTR if the reader was killed.
 */
int vmwalk_pgtable_lock(struct mm_struct *mm, struct vmwalk_cost *cost);

/**
 * vmwalk_pgtable_unlock() - give the mmap lock back and note how long it was held
 * @mm: address space
 * @cost: as given to vmwalk_pgtable_lock()
 */
void vmwalk_pgtable_unlock(struct mm_struct *mm, struct vmwalk_cost *cost);

/**
 * vmwalk_pgtable_walk_vma() - walk a range of one VMA
 * @vma: the VMA; the caller holds the mmap lock of its mm
 * @start: first address, page aligned, inside @vma
 * @end: first address after the range, page aligned, inside @vma or its end
 * @sink: takes the notes
 * @cost: counts the entries
 * @budget: entries it may still read; out: what is left, 0 when it is time to
 *	give the lock back: used up (at the end of a table), the lock
 *	contended, the CPU wanted, or the sink full
 *
 * Context: the mmap lock is held for reading; sleeps only where shared
 * hugetlb mappings need i_mmap_rwsem.
 *
 * Return: the address it came to: @end, or the first byte not walked.
 */
u64 vmwalk_pgtable_walk_vma(struct vm_area_struct *vma, u64 start, u64 end,
			    struct vmwalk_sink *sink, struct vmwalk_cost *cost, s64 *budget);

/**
 * vmwalk_pgtable_walk() - walk everything that VMAs cover in a range
 * @mm: address space; the caller holds a reference on its users (mmget)
 * @cursor: in: first address, page aligned; out: first address not walked
 * @end: first address after the range, page aligned
 * @sink: takes the notes
 * @cost: counts entries and holds
 *
 * Takes the mmap lock in small coins: at most VMWALK_HOLD_ENTRIES entries a
 * hold, less if somebody waits for it.
 *
 * Context: may sleep. Return: 0 with @cursor at @end or where @sink was full;
 * -EINTR if the reader was killed (@cursor is still right).
 */
int vmwalk_pgtable_walk(struct mm_struct *mm, u64 *cursor, u64 end,
			struct vmwalk_sink *sink, struct vmwalk_cost *cost);

/**
 * vmwalk_pgtable_walk_kernel() - walk a range of the kernel's half
 * @cursor: in: first address, page aligned, in the kernel's half; out: first
 *	address not walked
 * @end: first address after the range, page aligned; 0 for 2^64
 * @sink: takes the notes; its @vma is NULL
 * @cost: counts entries
 *
 * Tables passed are noted again whenever the walk comes down to another few of
 * their entries. An entry that cannot be read, or whose table is not online memory,
 * is BAD.
 *
 * Context: a user process; may sleep between entries. Return: 0 with @cursor at @end
 * or where @sink was full; -EINVAL if @cursor is not in the kernel's half; -EINTR if
 * the reader was killed; -EOPNOTSUPP where the root of the kernel's tables cannot
 * be had.
 */
int vmwalk_pgtable_walk_kernel(u64 *cursor, u64 end, struct vmwalk_sink *sink,
			       struct vmwalk_cost *cost);

/**
 * vmwalk_pgtable_walk_root() - the same below a given top table
 * @root: the top table; the caller sees to it that it stays
 * @cursor: in: first address, page aligned; out: first address not walked
 * @end: first address after the range, page aligned; 0 for 2^64
 * @sink: takes the notes; its @vma is NULL
 * @cost: counts entries
 *
 * Context: may sleep between entries. Return: 0 or -EINTR, as above.
 */
int vmwalk_pgtable_walk_root(const void *root, u64 *cursor, u64 end, struct vmwalk_sink *sink,
			     struct vmwalk_cost *cost);

#endif /* VMWALK_PGTABLE_H */
