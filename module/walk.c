// SPDX-License-Identifier: GPL-2.0
/* walk.c - addresses -> struct vmwalk_walk: every level one address passes */
#include <linux/mm.h>
#include <linux/string.h>

#include "arch.h"
#include "field.h"
#include "frame.h"
#include "stats.h"
#include "walk.h"

struct walk_sink {
	struct vmwalk_sink sink;
	struct vmwalk_walk *walk;
	struct vmwalk_frame *frame;
};

/*
 * In the user's half the pgd entry's NX is not the CPU's: with page-table isolation the
 * kernel's copy carries it, the copy that user mode runs on does not
 * (arch/x86/mm/pti.c, __pti_set_user_pgtbl()).
 */
static u64 denied_by(const struct vmwalk_walk *walk, const struct vmwalk_entry *entry)
{
	if (walk->region == VMWALK_REGION_USER && entry->level == VMWALK_LEVEL_PGD)
		return 0;
	return entry->flags & VMWALK_FLAG(NX);
}

#define GRANTS	(VMWALK_FLAG(WRITE) | VMWALK_FLAG(USER))	/* only if all levels do */

/* What all levels together allow; an entry that the CPU does not see allows nothing. */
static u64 effective(const struct vmwalk_walk *walk)
{
	u64 granted = GRANTS, denied = 0;
	u32 i;

	if (walk->kind != VMWALK_KIND_PAGE)
		return VMWALK_FLAG(NX);
	for (i = 0; i < walk->depth; i++) {
		if (walk->entry[i].kind == VMWALK_KIND_FOLDED)
			continue;
		granted &= walk->entry[i].flags;
		denied |= denied_by(walk, &walk->entry[i]);
	}
	return granted | denied;
}

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

/* A present leaf, the walk's last entry. Above the pmd level no RCU section is open. */
static void leaf_fill(struct walk_sink *to, const struct vmwalk_note *note)
{
	struct vmwalk_walk *walk = to->walk;

	walk->has |= VMWALK_HAS(FRAME) | VMWALK_HAS(LEAF);
	walk->pa = vmwalk_entry_pa(note->place, walk->va, PAGE_SHIFT);
	walk->effective = effective(walk);
	if (!to->frame)
		return;
	rcu_read_lock();
	vmwalk_frame_read(to->sink.vma, note, 0, to->frame);
	rcu_read_unlock();
}

static bool walk_emit(struct vmwalk_sink *sink, const struct vmwalk_note *note)
{
	struct walk_sink *to = container_of(sink, struct walk_sink, sink);
	struct vmwalk_walk *walk = to->walk;

	if (walk->depth < VMWALK_DEPTH)
		entry_fill(&walk->entry[walk->depth++], note);
	walk->kind = note->kind;
	if (vmwalk_entry_present(note->kind))
		leaf_fill(to, note);
	return true;
}

/* Holds the caller's mmap lock: see vmwalk_pgtable_walk_vma(). */
void vmwalk_walk_read(struct vm_area_struct *vma, u64 va, struct vmwalk_walk *walk,
		      struct vmwalk_frame *frame, struct vmwalk_cost *cost)
{
	struct walk_sink to = { .sink.emit = walk_emit, .sink.tables = true, .walk = walk, .frame = frame };
	u64 page = va & PAGE_MASK;
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
			vmwalk_walk_read(find_vma(mm, addresses[i]), addresses[i], &walks[i],
					 NULL, cost);
			i++;
		} while (i < nr && !mmap_lock_is_contended(mm) && !need_resched());
		vmwalk_pgtable_unlock(mm, cost);
	}
	vmwalk_stats_add(walks, nr);
	return 0;
}

static int walk_read_kernel(u64 va, struct vmwalk_walk *walk, struct vmwalk_cost *cost)
{
	struct walk_sink to = { .sink.emit = walk_emit, .sink.tables = true, .walk = walk };
	u64 page = va & PAGE_MASK;

	memset(walk, 0, sizeof(*walk));
	walk->has = VMWALK_HAS(BASE);
	walk->va = va;
	walk->kind = VMWALK_KIND_NOVMA;
	walk->region = vmwalk_arch_region(va);
	if (!vmwalk_arch_kernel_half(va))
		return 0;
	return vmwalk_pgtable_walk_kernel(&page, page + PAGE_SIZE, &to.sink, cost);
}

int vmwalk_walk_kernel(const u64 *addresses, unsigned int nr, struct vmwalk_walk *walks,
		       struct vmwalk_cost *cost)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < nr && !err; i++)
		err = walk_read_kernel(addresses[i], &walks[i], cost);
	vmwalk_stats_add(walks, i);
	return err;
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
