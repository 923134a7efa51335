// SPDX-License-Identifier: GPL-2.0
/* count.c - page-table entries -> the counts of a VMA, and of tables by level */
#include <linux/kernel.h>
#include <linux/mm.h>

#include "alike.h"
#include "arch.h"
#include "count.h"
#include "decode.h"
#include "stats.h"

/**
 * struct count_sink - counts for one VMA
 * @sink: given to vmwalk_pgtable_walk()
 * @vma: where the counts go
 * @tally: where the tables go
 * @decoded: the present entry decoded last
 */
struct count_sink {
	struct vmwalk_sink sink;
	struct vmwalk_vma *vma;
	struct vmwalk_tally *tally;
	struct vmwalk_decoded decoded;
};

/* @nr entries like @note. */
static void count_present(struct count_sink *to, const struct vmwalk_note *note, u32 nr)
{
	u64 pages = note->pages * nr;
	struct vmwalk_vma *vma = to->vma;
	u64 *const leaves[VMWALK_LEVEL_NR] = {
		[VMWALK_LEVEL_PTE] = &vma->pte,
		[VMWALK_LEVEL_PMD] = &vma->pmd,
		[VMWALK_LEVEL_PUD] = &vma->pud,
	};
	u64 flags = vmwalk_decode(&to->decoded, note);

	if (leaves[note->level])
		*leaves[note->level] += nr;
	if (flags & VMWALK_FLAG(ACCESSED))
		vma->accessed += pages;
	if (flags & VMWALK_FLAG(DIRTY))
		vma->dirty += pages;
	if (flags & (VMWALK_FLAG(ZERO) | VMWALK_FLAG(SPECIAL)))
		vma->special += pages;
	if (note->kind == VMWALK_KIND_PROTNONE)
		vma->protnone += pages;
}

/*
 * @nr entries of a table that may have been met before, through another VMA; the first one
 * may have, too.
 */
static void count_table(struct vmwalk_tally *tally, const struct vmwalk_note *note, u32 nr)
{
	typeof(tally->level[0]) *level = &tally->level[note->level];
	u64 va = vmwalk_entry_start(note->va, note->shift);

	if (note->kind == VMWALK_KIND_FOLDED)
		return;
	if (level->last != note->table) {
		level->last = note->table;
		level->tables++;
		level->last_va = ~0ULL;
	}
	if (note->kind != VMWALK_KIND_NONE)
		level->used += nr - (va == level->last_va);
	level->last_va = va + ((u64)(nr - 1) << note->shift);
}

static void count_leaves(struct count_sink *to, const struct vmwalk_note *note, u32 nr)
{
	if (vmwalk_entry_present(note->kind))
		count_present(to, note, nr);
	else if (note->kind == VMWALK_KIND_NONE)
		to->vma->never += note->pages * nr;
	else if (note->kind == VMWALK_KIND_SWAP)
		to->vma->swapped += note->pages * nr;
	else
		to->vma->other += note->pages * nr;
}

static bool count_emit(struct vmwalk_sink *sink, const struct vmwalk_note *note)
{
	struct count_sink *to = container_of(sink, struct count_sink, sink);

	count_table(to->tally, note, 1);
	if (note->kind != VMWALK_KIND_TABLE && note->kind != VMWALK_KIND_FOLDED)
		count_leaves(to, note, 1);
	return true;
}

static __always_inline void count_take(struct vmwalk_sink *sink, const struct vmwalk_note *last,
				       u64 va, u32 nr)
{
	struct count_sink *to = container_of(sink, struct count_sink, sink);
	struct vmwalk_note next = *last;

	next.va = va;
	next.pages = 1ULL << (last->shift - PAGE_SHIFT);
	count_table(to->tally, &next, nr);
	count_leaves(to, &next, nr);
}

static u64 count_alike(struct vmwalk_sink *sink, const struct vmwalk_note *last,
		       const u64 *entry, u64 va, u64 end)
{
	return vmwalk_alike_anywhere(sink, last, entry, va, end, count_take);
}

int vmwalk_count_vma(struct mm_struct *mm, struct vmwalk_vma *vma,
		     struct vmwalk_tally *tally, struct vmwalk_cost *cost)
{
	struct count_sink to = {
		.sink.emit = count_emit, .sink.alike = count_alike,
		.sink.bulk = VMWALK_BULK_KINDS, .sink.tables = true,
		.vma = vma, .tally = tally,
	};
	u64 cursor = vma->start;

	vmwalk_decode_open(&to.decoded);
	vma->has |= VMWALK_HAS(COUNTS);
	vmwalk_stats_add(walks, 1);
	return vmwalk_pgtable_walk(mm, &cursor, vma->end, &to.sink, cost);
}

void vmwalk_count_read(const struct vmwalk_tally *tally, enum vmwalk_level level,
		       struct vmwalk_table *out)
{
	*out = (struct vmwalk_table) {
		.has = VMWALK_HAS(BASE),
		.level = level,
		.entries = vmwalk_pgtable_entries(level),
		.tables = tally->level[level].tables,
		.used = tally->level[level].used,
		/* A table is one page on every architecture with folded levels left out. */
		.bytes = tally->level[level].tables << PAGE_SHIFT,
	};
}
