/* SPDX-License-Identifier: GPL-2.0 */
/* frame.h - struct page -> what the page tables alone do not tell */
#ifndef VMWALK_FRAME_H
#define VMWALK_FRAME_H

#include "pgtable.h"

/**
 * vmwalk_frame_is_zero() - is a present leaf the shared frame of zeros?
 * @vma: around it; the caller holds the mmap lock
 * @huge: the leaf is at the pmd level
 * @pfn: its first frame
 *
 * Context: does not sleep. Takes no reference: the frame may be given away
 * while it is looked at, and the answer be wrong with an entry that is gone.
 */
bool vmwalk_frame_is_zero(struct vm_area_struct *vma, bool huge, u64 pfn);

/**
 * vmwalk_frame_read() - what is known of the frame under one base page of a leaf
 * @vma: around it; the caller holds the mmap lock
 * @note: a present leaf, as the walk met it
 * @index: of the base page in the note
 * @out: the record, of one page
 *
 * Takes no reference and no lock: see struct vmwalk_frame. Frames that are not
 * online memory are said to be so and their struct page is not looked at.
 *
 * Context: under rcu_read_lock; does not sleep.
 */
void vmwalk_frame_read(struct vm_area_struct *vma, const struct vmwalk_note *note, u64 index,
		       struct vmwalk_frame *out);

/**
 * struct vmwalk_frame_sink - collects frames in an array, alike ones merged
 * @sink: give this to vmwalk_pgtable_walk()
 * @hide: groups of fields the reader may not see; merged by what may be seen only
 * @frames: the array
 * @room: records in it
 * @nr: records begun
 */
struct vmwalk_frame_sink {
	struct vmwalk_sink sink;
	u64 hide;
	struct vmwalk_frame *frames;
	u32 room;
	u32 nr;
};

/* Begin with an empty array of @room (at least 2) records. */
void vmwalk_frame_sink_open(struct vmwalk_frame_sink *to, struct vmwalk_frame *frames,
			    u32 room, u64 hide);

#endif /* VMWALK_FRAME_H */
