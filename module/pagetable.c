// SPDX-License-Identifier: GPL-2.0
/*
 * pagetable.c - page-table entries -> struct vmwalk_pagetable: the tables they stand in
 *
 * Works on notes, under the locks of the walk (pgtable.c): these keep the tables, and
 * i_mmap_rwsem, which the walk holds for mappings that may share a pmd table, keeps
 * the count of those who share it, on all kernels.
 */
#include <linux/kernel.h>
#include <linux/mm.h>

#include "alike.h"
#include "field.h"
#include "pagetable.h"

/* Only pmd tables of shared hugetlb mappings may be others' too (mm/hugetlb.c, vma_shareable()). */
static u32 sharers_of(const struct vm_area_struct *vma, const struct vmwalk_note *note)
{
	if (note->level != VMWALK_LEVEL_PMD || !vma ||
	    (vma->vm_flags & (VM_HUGETLB | VM_MAYSHARE)) != (VM_HUGETLB | VM_MAYSHARE))
		return 1;
	return vmwalk_compat_table_sharers(note->table);
}

/* The table that @note stands in, nothing counted yet. */
static void table_begin(struct vmwalk_pagetable *table, const struct vm_area_struct *vma,
			const struct vmwalk_note *note)
{
	*table = (struct vmwalk_pagetable) {
		.has = VMWALK_HAS(BASE) | VMWALK_HAS(RAW),
		.va = vmwalk_entry_start(note->va, note->shift) -
		      ((u64)note->index << note->shift),
		.level = note->level,
		.shift = note->shift,
		.entries = vmwalk_pgtable_entries(note->level),
		.sharers = sharers_of(vma, note),
		.pa = __pa(note->table),
	};
}

/*
 * Addresses only go up: an entry met again, because it stands for the end of one VMA
 * and the start of the next, or because the walk gave way, is the one used last.
 */
static void table_count(struct vmwalk_pagetable *table, const struct vmwalk_note *note)
{
	if (note->kind == VMWALK_KIND_NONE || (table->used && table->last == note->index))
		return;
	if (!table->used)
		table->first = note->index;
	table->last = note->index;
	table->used++;
	table->leaves += vmwalk_entry_present(note->kind);
}

/* Entries behind the one counted last, of the same kind. */
static __always_inline void pagetable_take(struct vmwalk_sink *sink,
					   const struct vmwalk_note *last, u64 va, u32 nr)
{
	struct vmwalk_pagetable_sink *to =
		container_of(sink, struct vmwalk_pagetable_sink, sink);
	struct vmwalk_pagetable *table = &to->open[last->level];

	if (last->kind == VMWALK_KIND_NONE)
		return;
	table->last = nr - 1 + vmwalk_entry_index(va, last->shift,
						  vmwalk_pgtable_entries(last->level));
	table->used += nr;
	if (vmwalk_entry_present(last->kind))
		table->leaves += nr;
}

static u64 pagetable_alike(struct vmwalk_sink *sink, const struct vmwalk_note *last,
			   const u64 *entry, u64 va, u64 end)
{
	return vmwalk_alike_anywhere(sink, last, entry, va, end, pagetable_take);
}

static u32 nr_open(const struct vmwalk_pagetable_sink *to)
{
	u32 level, nr = 0;

	for (level = 0; level < VMWALK_LEVEL_NR; level++)
		nr += to->open[level].entries != 0;
	return nr;
}

static void table_end(struct vmwalk_pagetable_sink *to, struct vmwalk_pagetable *table)
{
	if (!table->entries)
		return;
	vmwalk_field_hide(VMWALK_RECORD_pagetable, table, to->hide);
	to->tables[to->nr++] = *table;
	table->entries = 0;
}

/* Is it the same table as that of the note before, at this level? */
static bool table_goes_on(const struct vmwalk_pagetable *table, const struct vmwalk_note *note)
{
	return table->entries && table->pa == __pa(note->table) &&
	       vmwalk_entry_start(note->va, note->shift) ==
	       table->va + ((u64)note->index << note->shift);
}

/*
 * Every note but those of levels that do not exist. A new table is begun only if
 * there is room for it besides all that are open, so that each can be ended.
 */
static bool pagetable_emit(struct vmwalk_sink *sink, const struct vmwalk_note *note)
{
	struct vmwalk_pagetable_sink *to =
		container_of(sink, struct vmwalk_pagetable_sink, sink);
	struct vmwalk_pagetable *table = &to->open[note->level];

	if (note->kind == VMWALK_KIND_FOLDED)
		return true;
	if (!table_goes_on(table, note)) {
		if (to->nr + nr_open(to) + 1 > to->room)
			return false;
		table_end(to, table);
		table_begin(table, sink->vma, note);
	}
	table_count(table, note);
	return true;
}

void vmwalk_pagetable_sink_open(struct vmwalk_pagetable_sink *to,
				struct vmwalk_pagetable *tables, u32 room, u64 hide)
{
	*to = (struct vmwalk_pagetable_sink) {
		.sink.emit = pagetable_emit, .sink.alike = pagetable_alike,
		.sink.bulk = VMWALK_BULK_KINDS, .sink.tables = true,
		.hide = hide, .tables = tables, .room = room,
	};
}

void vmwalk_pagetable_sink_close(struct vmwalk_pagetable_sink *to)
{
	u32 level;

	for (level = 0; level < VMWALK_LEVEL_NR; level++)
		table_end(to, &to->open[level]);
}
