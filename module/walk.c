// SPDX-License-Identifier: GPL-2.0
/* walk.c - addresses -> struct vmwalk_walk: every level one address passes */
#include <linux/mm.h>
#include <linux/string.h>

#include "arch.h"
#include "field.h"
#include "stats.h"
#include "walk.h"

struct walk_sink {
	struct vmwalk_sink sink;
	struct vmwalk_walk *walk;
};

/* note -> record */
static void entry_fill(struct vmwalk_entry *entry, const struct vmwalk_note *note)
{
	entry->has = VMWALK_HAS(BASE) | VMWALK_HAS(RAW);
	entry->va = vmwalk_entry_start(note->va, note->shift);
	entry->level = note->level;
	entry->shift = note->shift;
	entry->index = note->index;
	entry->kind = note->kind;
	if (note->kind == VMWALK_KIND_FOLDED) {
		entry->has &= ~VMWALK_HAS(RAW);
		return;
	}
	entry->table = __pa(note->table);
	entry->raw = note->raw;
	entry->flags = note->flags | vmwalk_arch_decode(note->level, note->kind, note->raw,
							&entry->unknown);
	if (note->kind == VMWALK_KIND_TABLE) {
		entry->has |= VMWALK_HAS(FRAME);
		entry->pfn = note->place;
	}
	if (vmwalk_entry_has_frame(note->kind)) {
		entry->has |= VMWALK_HAS(FRAME);
		entry->pfn = note->place - ((note->va - entry->va) >> PAGE_SHIFT);
	}
	if (note->kind == VMWALK_KIND_SWAP) {
		entry->has |= VMWALK_HAS(SWAP);
		entry->swap_type = note->swap_type;
		entry->swap_offset = note->place;
	}
}

static bool walk_emit(struct vmwalk_sink *sink, const struct vmwalk_note *note)
{
	struct vmwalk_walk *walk = container_of(sink, struct walk_sink, sink)->walk;

	if (walk->depth < VMWALK_DEPTH)
		entry_fill(&walk->entry[walk->depth++], note);
	walk->kind = note->kind;
	if (vmwalk_entry_present(note->kind)) {
		walk->has |= VMWALK_HAS(FRAME);
		walk->pa = vmwalk_entry_pa(note->place, walk->va, PAGE_SHIFT);
	}
	return true;
}

/* Under the mmap lock. */
static void walk_read(struct mm_struct *mm, u64 va, struct vmwalk_walk *walk,
		      struct vmwalk_cost *cost)
{
	struct walk_sink to = { .sink.emit = walk_emit, .walk = walk };
	u64 page = va & PAGE_MASK;
	struct vm_area_struct *vma = find_vma(mm, va);
	s64 budget = VMWALK_DEPTH;

	memset(walk, 0, sizeof(*walk));
	walk->has = VMWALK_HAS(BASE);
	walk->va = va;
	walk->kind = VMWALK_KIND_NOVMA;
	if (!vma || vma->vm_start > va)
		return;
	walk->has |= VMWALK_HAS(VMA);
	walk->vma_start = vma->vm_start;
	walk->vma_end = vma->vm_end;
	walk->vma_flags = vma->vm_flags;
	vmwalk_pgtable_walk_vma(vma, page, page + PAGE_SIZE, &to.sink, cost, &budget);
}

/*
 * Holds the mmap lock for reading around as many addresses as nobody waits
 * for; the caller's reference on the users of @mm keeps the tables.
 */
int vmwalk_walk_addresses(struct mm_struct *mm, const u64 *addresses, unsigned int nr,
			  struct vmwalk_walk *walks, struct vmwalk_cost *cost)
{
	unsigned int i = 0;

	while (i < nr) {
		int err = vmwalk_pgtable_lock(mm, cost);

		if (err)
			return err;
		do {
			walk_read(mm, addresses[i], &walks[i], cost);
			i++;
		} while (i < nr && !mmap_lock_is_contended(mm) && !need_resched());
		vmwalk_pgtable_unlock(mm, cost);
	}
	vmwalk_stats_add(walks, nr);
	return 0;
}

int vmwalk_walk_kernel(const u64 *addresses, unsigned int nr, struct vmwalk_walk *walks,
		       struct vmwalk_cost *cost)
{
	return -EOPNOTSUPP;
}

void vmwalk_walk_hide(struct vmwalk_walk *walk, u64 groups)
{
	unsigned int i;

	if (groups & VMWALK_HAS(FRAME))
		walk->pa = 0;
	walk->has &= ~groups;
	for (i = 0; i < walk->depth; i++)
		vmwalk_field_hide(VMWALK_RECORD_entry, &walk->entry[i], groups);
}
