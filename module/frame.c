// SPDX-License-Identifier: GPL-2.0
/* frame.c - struct page -> what the page tables alone do not tell */
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/page-flags.h>
#include <linux/pgtable.h>

#include "frame.h"

/*
 * The huge zero page is not exported. But an anonymous mapping has only
 * anonymous huge pages, and that one (mm/huge_memory.c, get_huge_zero_page()).
 * Frames that are not online memory have no struct page to look at.
 */
static bool is_huge_zero(struct vm_area_struct *vma, u64 pfn)
{
	struct page *page;

	if (!vma_is_anonymous(vma) || (vma->vm_flags & (VM_PFNMAP | VM_MIXEDMAP)))
		return false;
	page = pfn_to_online_page(pfn);
	return page && PageHead(page) && !PageAnon(page) &&
	       compound_order(page) == PMD_SHIFT - PAGE_SHIFT;
}

bool vmwalk_frame_is_zero(struct vm_area_struct *vma, bool huge, u64 pfn)
{
	return huge ? is_huge_zero(vma, pfn) : is_zero_pfn(pfn);
}

void vmwalk_frame_read(struct vm_area_struct *vma, const struct vmwalk_note *note, u64 index,
		       struct vmwalk_frame *out)
{
	*out = (struct vmwalk_frame) { .has = VMWALK_HAS(BASE) };
}

static bool frame_emit(struct vmwalk_sink *sink, const struct vmwalk_note *note)
{
	return true;
}

void vmwalk_frame_sink_open(struct vmwalk_frame_sink *to, struct vmwalk_frame *frames,
			    u32 room, u64 hide)
{
	*to = (struct vmwalk_frame_sink) {
		.sink.emit = frame_emit, .hide = hide, .frames = frames, .room = room,
	};
}
