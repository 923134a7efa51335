/* SPDX-License-Identifier: GPL-2.0 */
/* walk.h - addresses -> struct vmwalk_walk: every level one address passes */
#ifndef VMWALK_WALK_H
#define VMWALK_WALK_H

#include "pgtable.h"

/**
 * vmwalk_walk_read() - walk down to one address under a lock already held
 * @vma: the first VMA that ends above @va, or NULL; the caller holds the mmap lock of
 *	its mm. Where it does not cover @va the walk gets kind NOVMA and depth 0.
 * @va: any value
 * @walk: out
 * @frame: out: the frame of @va, from the very note that ends the walk; not written
 *	where that is no present leaf. NULL if nobody wants it.
 * @cost: counts the entries
 *
 * Context: the mmap lock is held for reading; sleeps only where shared hugetlb
 * mappings need i_mmap_rwsem.
 */
void vmwalk_walk_read(struct vm_area_struct *vma, u64 va, struct vmwalk_walk *walk,
		      struct vmwalk_frame *frame, struct vmwalk_cost *cost);

/**
 * vmwalk_walk_addresses() - walk down to each of some addresses
 * @mm: address space; the caller holds a reference on its users (mmget)
 * @addresses: any values; one that no VMA covers gets kind NOVMA and depth 0
 * @nr: number of them; bounds the hold of the mmap lock: a few hundred
 * @walks: out: @nr records
 * @cost: counts
 *
 * Context: may sleep; takes the mmap lock once, more often if it is contended.
 * Return: 0, or -EINTR if the reader was killed.
 */
int vmwalk_walk_addresses(struct mm_struct *mm, const u64 *addresses, unsigned int nr,
			  struct vmwalk_walk *walks, struct vmwalk_cost *cost);

/**
 * vmwalk_walk_kernel() - walk down to each of some addresses of the kernel's half
 * @addresses: any values; one of user space, or none at all (not canonical), gets
 *	its region and depth 0
 * @nr: number of them
 * @walks: out: @nr records
 * @cost: counts
 *
 * Context: may sleep. Return: 0, or as vmwalk_pgtable_walk_kernel().
 */
int vmwalk_walk_kernel(const u64 *addresses, unsigned int nr, struct vmwalk_walk *walks,
		       struct vmwalk_cost *cost);

/**
 * vmwalk_walk_hide() - take everything of some groups out of a record
 * @walk: the record, entries included
 * @groups: VMWALK_HAS() bits
 */
void vmwalk_walk_hide(struct vmwalk_walk *walk, u64 groups);

#endif /* VMWALK_WALK_H */
