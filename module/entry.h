/* SPDX-License-Identifier: GPL-2.0 */
/*
 * entry.h - the arithmetic of one page-table entry, and when two belong together
 *
 * Pure: no kernel object, builds on the host too. The one leaf formula for all
 * levels is vmwalk_entry_place().
 */
#ifndef VMWALK_ENTRY_H
#define VMWALK_ENTRY_H

#ifdef __KERNEL__
#include <linux/types.h>
#else
#include <stdbool.h>
#endif
#include "uapi/vmwalk.h"

/**
 * struct vmwalk_note - one entry as the walker met it
 * @va: first address of the entry inside the range walked
 * @end: first address after that part of the entry
 * @vma: first address of the VMA around it, which tells VMAs apart
 * @vma_flags: its vm_flags
 * @raw: the entry, read once
 * @key: the bits of @raw that must be equal in a run: all but the place
 * @place: frame number or swap offset that belongs to @va; 0 where none is
 * @pages: base pages from @va to @end; how far @place moves until @end
 * @flags: VMWALK_FLAG_* that @raw alone does not tell (ZERO, MIGRATE_WRITE …)
 * @table: kernel virtual address of the table the entry stands in
 * @index: of the entry in its table
 * @swap_type: number of the swap area (kind SWAP)
 * @level: enum vmwalk_level
 * @shift: log2 of the bytes the whole entry stands for
 * @kind: enum vmwalk_kind
 */
struct vmwalk_note {
	__u64 va;
	__u64 end;
	__u64 vma;
	__u64 vma_flags;
	__u64 raw;
	__u64 key;
	__u64 place;
	__u64 pages;
	__u64 flags;
	const void *table;
	__u32 index;
	__u32 swap_type;
	__u8 level;
	__u8 shift;
	__u8 kind;
};

/**
 * struct vmwalk_seam - what the next note must be to belong to the open run
 * @va: where it must begin
 * @vma: VMA it must be in
 * @key: bits it must have
 * @place: frame or swap offset it must begin at
 * @flags: VMWALK_FLAG_* it must have
 * @swap_type: swap area it must be in
 * @level: level it must stand at
 * @kind: kind it must be of; VMWALK_KIND_NR when no run is open
 */
struct vmwalk_seam {
	__u64 va;
	__u64 vma;
	__u64 key;
	__u64 place;
	__u64 flags;
	__u32 swap_type;
	__u8 level;
	__u8 kind;
};

/* First address of the entry around @va. */
static inline __u64 vmwalk_entry_start(__u64 va, unsigned int shift)
{
	return va & ~((1ULL << shift) - 1);
}

/* Index of @va in a table of @entries (a power of two) entries. */
static inline __u32 vmwalk_entry_index(__u64 va, unsigned int shift, __u32 entries)
{
	return (va >> shift) & (entries - 1);
}

/*
 * First address after the entry around @va, or @end (exclusive) if that comes first. The
 * last entry of the address space ends at 2^64, which is 0.
 */
static inline __u64 vmwalk_entry_end(__u64 va, __u64 end, unsigned int shift)
{
	__u64 next = vmwalk_entry_start(va, shift) + (1ULL << shift);

	return next - 1 < end - 1 ? next : end;
}

/*
 * The frame (or swap slot) at @va under an entry that begins at frame @first
 * and stands for 2^@shift bytes.
 */
static inline __u64 vmwalk_entry_place(__u64 first, __u64 va, unsigned int shift,
				       unsigned int page_shift)
{
	return first + ((va - vmwalk_entry_start(va, shift)) >> page_shift);
}

/* Physical address of the byte at @va whose page is frame @pfn. */
static inline __u64 vmwalk_entry_pa(__u64 pfn, __u64 va, unsigned int page_shift)
{
	return (pfn << page_shift) | (va & ((1ULL << page_shift) - 1));
}

#define VMWALK_PRESENT_KINDS	(VMWALK_BIT(VMWALK_KIND_PAGE) | \
				 VMWALK_BIT(VMWALK_KIND_PROTNONE) | \
				 VMWALK_BIT(VMWALK_KIND_SPLITTING))
#define VMWALK_FRAME_KINDS	(VMWALK_PRESENT_KINDS | \
				 VMWALK_BIT(VMWALK_KIND_MIGRATION) | \
				 VMWALK_BIT(VMWALK_KIND_HWPOISON) | \
				 VMWALK_BIT(VMWALK_KIND_DEVICE_PRIVATE) | \
				 VMWALK_BIT(VMWALK_KIND_DEVICE_EXCLUSIVE))

/* Is this kind a leaf that counts as present (resident)? */
static inline bool vmwalk_entry_present(unsigned int kind)
{
	return VMWALK_BIT(kind) & VMWALK_PRESENT_KINDS;
}

/* Does this kind stand on a frame that the kernel still owns? */
static inline bool vmwalk_entry_has_frame(unsigned int kind)
{
	return VMWALK_BIT(kind) & VMWALK_FRAME_KINDS;
}

/* Does the place of the next entry follow that of this one, or stay the same? */
static inline bool vmwalk_entry_moves(const struct vmwalk_note *note)
{
	return VMWALK_BIT(note->kind) & (VMWALK_FRAME_KINDS | VMWALK_BIT(VMWALK_KIND_SWAP)) &&
	       !(note->flags & VMWALK_FLAG(ZERO));
}

/* No run is open: nothing joins. */
static inline void vmwalk_seam_open(struct vmwalk_seam *seam)
{
	seam->kind = VMWALK_KIND_NR;
}

/* Does @note continue the run that @seam ends? */
static inline bool vmwalk_seam_joins(const struct vmwalk_seam *seam,
				     const struct vmwalk_note *note)
{
	return seam->place == note->place && seam->va == note->va &&
	       seam->key == note->key && seam->kind == note->kind &&
	       seam->level == note->level && seam->vma == note->vma &&
	       seam->flags == note->flags && seam->swap_type == note->swap_type;
}

/* @note, and @more entries like it behind it, are now the last of the run. */
static inline void vmwalk_seam_move(struct vmwalk_seam *seam, const struct vmwalk_note *note,
				    __u64 more)
{
	*seam = (struct vmwalk_seam) {
		.va = note->end + (more << note->shift),
		.vma = note->vma,
		.key = note->key,
		.place = note->place + (vmwalk_entry_moves(note) ? note->pages * (more + 1) : 0),
		.flags = note->flags,
		.swap_type = note->swap_type,
		.level = note->level,
		.kind = note->kind,
	};
}

#endif /* VMWALK_ENTRY_H */
