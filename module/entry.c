// SPDX-License-Identifier: GPL-2.0
/* entry.c - the arithmetic of one page-table entry, and when two belong together */
#include "entry.h"

__u64 vmwalk_entry_end(__u64 va, __u64 end, unsigned int shift)
{
	__u64 next = vmwalk_entry_start(va, shift) + (1ULL << shift);

	/* The last entry of the address space ends at 2^64, which is 0. */
	return next - 1 < end - 1 ? next : end;
}

__u64 vmwalk_entry_place(__u64 first, __u64 va, unsigned int shift, unsigned int page_shift)
{
	return first + ((va - vmwalk_entry_start(va, shift)) >> page_shift);
}

__u64 vmwalk_entry_pa(__u64 pfn, __u64 va, unsigned int page_shift)
{
	return (pfn << page_shift) | (va & ((1ULL << page_shift) - 1));
}

bool vmwalk_entry_present(unsigned int kind)
{
	return kind == VMWALK_KIND_PAGE || kind == VMWALK_KIND_PROTNONE ||
	       kind == VMWALK_KIND_SPLITTING;
}

bool vmwalk_entry_has_frame(unsigned int kind)
{
	switch (kind) {
	case VMWALK_KIND_PAGE:
	case VMWALK_KIND_PROTNONE:
	case VMWALK_KIND_SPLITTING:
	case VMWALK_KIND_MIGRATION:
	case VMWALK_KIND_HWPOISON:
	case VMWALK_KIND_DEVICE_PRIVATE:
	case VMWALK_KIND_DEVICE_EXCLUSIVE:
		return true;
	default:
		return false;
	}
}

void vmwalk_seam_open(struct vmwalk_seam *seam)
{
	seam->kind = VMWALK_KIND_NR;
}

bool vmwalk_seam_joins(const struct vmwalk_seam *seam, const struct vmwalk_note *note)
{
	return seam->kind == note->kind && seam->va == note->va &&
	       seam->key == note->key && seam->place == note->place &&
	       seam->level == note->level && seam->vma == note->vma &&
	       seam->flags == note->flags && seam->swap_type == note->swap_type;
}

void vmwalk_seam_move(struct vmwalk_seam *seam, const struct vmwalk_note *note)
{
	bool moves = vmwalk_entry_has_frame(note->kind) || note->kind == VMWALK_KIND_SWAP;

	if (note->flags & VMWALK_FLAG(ZERO))
		moves = false;
	*seam = (struct vmwalk_seam) {
		.va = note->end,
		.vma = note->vma,
		.key = note->key,
		.place = note->place + (moves ? note->pages : 0),
		.flags = note->flags,
		.swap_type = note->swap_type,
		.level = note->level,
		.kind = note->kind,
	};
}
