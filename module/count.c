// SPDX-License-Identifier: GPL-2.0
/* count.c - page-table entries -> the counts of a VMA, and of tables by level */
#include <linux/kernel.h>
#include <linux/mm.h>

#include "arch.h"
#include "count.h"
#include "stats.h"

/**
 * struct count_sink - counts for one VMA
 * @sink: given to vmwalk_pgtable_walk()
 * @vma: where the counts go
 * @tally: where the tables go
 * @key: of the present entry decoded last; entries that differ only in their
 *	frame decode alike
 * @level: its level
 * @kind: its kind
 * @flags: what it decoded to
 */
struct count_sink {
	struct vmwalk_sink sink;
	struct vmwalk_vma *vma;
	struct vmwalk_tally *tally;
	u64 key;
	u8 level;
	u8 kind;
	u64 flags;
};

static u64 decode(struct count_sink *to, const struct vmwalk_note *note)
{
	u64 unknown;

	if (to->key != note->key || to->level != note->level || to->kind != note->kind) {
		to->key = note->key;
		to->level = note->level;
		to->kind = note->kind;
		to->flags = vmwalk_arch_decode(note->level, note->kind, note->raw, &unknown);
	}
	return to->flags | note->flags;
}

static void count_present(struct count_sink *to, const struct vmwalk_note *note)
{
	struct vmwalk_vma *vma = to->vma;
	u64 *const leaves[VMWALK_LEVEL_NR] = {
		[VMWALK_LEVEL_PTE] = &vma->pte,
		[VMWALK_LEVEL_PMD] = &vma->pmd,
		[VMWALK_LEVEL_PUD] = &vma->pud,
	};
	u64 flags = decode(to, note);

	if (leaves[note->level])
		(*leaves[note->level])++;
	if (flags & VMWALK_FLAG(ACCESSED))
		vma->accessed += note->pages;
	if (flags & VMWALK_FLAG(DIRTY))
		vma->dirty += note->pages;
	if (flags & (VMWALK_FLAG(ZERO) | VMWALK_FLAG(SPECIAL)))
		vma->special += note->pages;
	if (note->kind == VMWALK_KIND_PROTNONE)
		vma->protnone += note->pages;
}

/* One entry of a table that may have been met before, through another VMA. */
static void count_table(struct vmwalk_tally *tally, const struct vmwalk_note *note)
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
	if (note->kind != VMWALK_KIND_NONE && va != level->last_va)
		level->used++;
	level->last_va = va;
}

static bool count_emit(struct vmwalk_sink *sink, const struct vmwalk_note *note)
{
	struct count_sink *to = container_of(sink, struct count_sink, sink);

	count_table(to->tally, note);
	if (note->kind == VMWALK_KIND_TABLE || note->kind == VMWALK_KIND_FOLDED)
		return true;
	if (vmwalk_entry_present(note->kind))
		count_present(to, note);
	else if (note->kind == VMWALK_KIND_NONE)
		to->vma->never += note->pages;
	else if (note->kind == VMWALK_KIND_SWAP)
		to->vma->swapped += note->pages;
	else
		to->vma->other += note->pages;
	return true;
}

int vmwalk_count_vma(struct mm_struct *mm, struct vmwalk_vma *vma,
		     struct vmwalk_tally *tally, struct vmwalk_cost *cost)
{
	struct count_sink to = {
		.sink.emit = count_emit, .vma = vma, .tally = tally, .kind = VMWALK_KIND_NR,
	};
	u64 cursor = vma->start;

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
