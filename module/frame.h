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
 * @note: an entry with a frame (vmwalk_entry_has_frame()), as the walk met it
 * @index: of the base page in the note, base pages
 * @out: the record, of one page
 *
 * Takes no reference and no lock: see struct vmwalk_frame. Frames that are not
 * online memory have type NONE or DEVICE and no PAGE: their struct page, if there is
 * one, is not looked at. MAPPING is there if the page is in the page cache of the
 * VMA's file, CGROUP on kernels that have memory control groups.
 *
 * Page flags and mapcount are what /proc/kpageflags and kpagecount of the running
 * kernel say, flags of the folio or of the very page as they take them; the cgroup is
 * the one of the folio on every kernel.
 *
 * Context: under the mmap lock; does not sleep.
 */
void vmwalk_frame_read(struct vm_area_struct *vma, const struct vmwalk_note *note, u64 index,
		       struct vmwalk_frame *out);

/**
 * struct vmwalk_frame_sink - collects frames in an array, alike ones merged
 * @sink: give this to vmwalk_pgtable_walk()
 * @vma: first address of the VMA that the last record is in: a record ends with it
 * @hide: groups of fields the reader may not see; merged by what may be seen only
 * @frames: the array
 * @room: records in it
 * @nr: records begun
 */
struct vmwalk_frame_sink {
	struct vmwalk_sink sink;
	u64 vma;
	u64 hide;
	struct vmwalk_frame *frames;
	u32 room;
	u32 nr;
};

/*
 * Begin with an empty array of @room (at least 1) records. Full only where a new record
 * would begin, be it in the middle of a leaf: a walk that goes on from there with an
 * empty array breaks no record.
 */
void vmwalk_frame_sink_open(struct vmwalk_frame_sink *to, struct vmwalk_frame *frames,
			    u32 room, u64 hide);

#endif /* VMWALK_FRAME_H */
