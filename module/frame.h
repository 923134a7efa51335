/* SPDX-License-Identifier: GPL-2.0 */
/* frame.h - struct page -> what the page tables alone do not tell */
#ifndef VMWALK_FRAME_H
#define VMWALK_FRAME_H

#include <linux/types.h>

struct vm_area_struct;

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

#endif /* VMWALK_FRAME_H */
