// SPDX-License-Identifier: GPL-2.0
/*
 * pgtable.c - the only walk
 *
 * Why reading tables here is safe (measured on 5.10, 6.1, 6.12 and 7.2, see
 * docs/design.md): the mmap lock is held for reading and only addresses inside
 * a VMA are walked, so nobody frees tables of the upper levels (free_pgtables()
 * runs under the write lock, and munmap's downgrade only after the VMAs are
 * gone). A pte table inside a VMA can go away under the read lock only by RCU
 * (from v6.5: khugepaged's retract, later CONFIG_PT_RECLAIM), hence
 * rcu_read_lock around "read the pmd once, use its table". Tables of shared
 * hugetlb mappings can be unshared by another process, which holds
 * i_mmap_rwsem for writing while it does: it is taken for reading.
 */
#include <linux/hugetlb.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/pgtable.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/swapops.h>

#include "arch.h"
#include "frame.h"
#include "pgtable.h"
#include "stats.h"

/**
 * struct walk - one walk inside one VMA
 * @vma: the VMA
 * @sink: takes the notes
 * @cost: counts
 * @at: first address not done yet
 * @budget: entries left
 * @stop: the sink was full, or it is time to give way
 */
struct walk {
	struct vm_area_struct *vma;
	struct vmwalk_sink *sink;
	struct vmwalk_cost *cost;
	u64 at;
	s64 budget;
	bool stop;
};

unsigned int vmwalk_pgtable_shift(enum vmwalk_level level)
{
	const unsigned int shifts[VMWALK_LEVEL_NR] = {
		PAGE_SHIFT, PMD_SHIFT, PUD_SHIFT, P4D_SHIFT, PGDIR_SHIFT
	};

	return shifts[level];
}

u32 vmwalk_pgtable_entries(enum vmwalk_level level)
{
	const u32 entries[VMWALK_LEVEL_NR] = {
		PTRS_PER_PTE, PTRS_PER_PMD, PTRS_PER_PUD, PTRS_PER_P4D, PTRS_PER_PGD
	};

	return entries[level];
}

bool vmwalk_pgtable_folded(enum vmwalk_level level)
{
	return (level == VMWALK_LEVEL_P4D || level == VMWALK_LEVEL_PUD ||
		level == VMWALK_LEVEL_PMD) && vmwalk_pgtable_entries(level) == 1;
}

u32 vmwalk_pgtable_levels(void)
{
	u32 levels = 0;
	int level;

	for (level = 0; level < VMWALK_LEVEL_NR; level++)
		levels += !vmwalk_pgtable_folded(level);
	return levels;
}

/*
 * The kinds behind the swap types above the real swap areas (include/linux/swap.h);
 * which of them exist depends on kernel and configuration.
 */
static const struct {
	unsigned int type;
	u8 kind;
	u64 flags;
} special_types[] = {
#ifdef CONFIG_MEMORY_FAILURE
	{ SWP_HWPOISON, VMWALK_KIND_HWPOISON, 0 },
#endif
#ifdef CONFIG_MIGRATION
	{ SWP_MIGRATION_READ, VMWALK_KIND_MIGRATION, 0 },
#ifdef SWP_MIGRATION_READ_EXCLUSIVE
	{ SWP_MIGRATION_READ_EXCLUSIVE, VMWALK_KIND_MIGRATION, VMWALK_FLAG(EXCLUSIVE) },
#endif
	{ SWP_MIGRATION_WRITE, VMWALK_KIND_MIGRATION, VMWALK_FLAG(MIGRATE_WRITE) },
#endif
#ifdef CONFIG_DEVICE_PRIVATE
	{ SWP_DEVICE_READ, VMWALK_KIND_DEVICE_PRIVATE, 0 },
	{ SWP_DEVICE_WRITE, VMWALK_KIND_DEVICE_PRIVATE, VMWALK_FLAG(MIGRATE_WRITE) },
#ifdef SWP_DEVICE_EXCLUSIVE_READ
	{ SWP_DEVICE_EXCLUSIVE_READ, VMWALK_KIND_DEVICE_EXCLUSIVE, 0 },
	{ SWP_DEVICE_EXCLUSIVE_WRITE, VMWALK_KIND_DEVICE_EXCLUSIVE, VMWALK_FLAG(MIGRATE_WRITE) },
#endif
#ifdef SWP_DEVICE_EXCLUSIVE
	{ SWP_DEVICE_EXCLUSIVE, VMWALK_KIND_DEVICE_EXCLUSIVE, 0 },
#endif
#endif
#ifdef SWP_SWAPIN_ERROR
	{ SWP_SWAPIN_ERROR, VMWALK_KIND_MARKER_POISON, 0 },
#endif
};

#ifdef SWP_PTE_MARKER
/* The kinds of markers (include/linux/swapops.h, leafops.h), most serious first. */
static const struct {
	u64 bit;
	u8 kind;
} markers[] = {
#ifdef PTE_MARKER_POISONED
	{ PTE_MARKER_POISONED, VMWALK_KIND_MARKER_POISON },
#endif
#ifdef PTE_MARKER_GUARD
	{ PTE_MARKER_GUARD, VMWALK_KIND_MARKER_GUARD },
#endif
	{ PTE_MARKER_UFFD_WP, VMWALK_KIND_MARKER_UFFD_WP },
};

static u8 marker_kind(u64 offset)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(markers); i++)
		if (offset & markers[i].bit)
			return markers[i].kind;
	return VMWALK_KIND_UNKNOWN;
}
#endif

/*
 * A frame on its way: the offset holds its number and, from v6.1, accessed and
 * dirty; where the kernel does not keep those two, their bits are 0.
 */
static void set_moving_frame(struct vmwalk_note *note, u64 offset)
{
#ifdef SWP_PFN_MASK
	note->place = offset & SWP_PFN_MASK;
#else
	note->place = offset;
#endif
#ifdef SWP_MIG_YOUNG
	if (note->kind == VMWALK_KIND_MIGRATION) {
		if (offset & SWP_MIG_YOUNG)
			note->flags |= VMWALK_FLAG(ACCESSED);
		if (offset & SWP_MIG_DIRTY)
			note->flags |= VMWALK_FLAG(DIRTY);
	}
#endif
}

/* Name an entry in swap format. Those above the pte level have the same one (__pmd_to_swp_entry). */
static void set_nonpresent(struct vmwalk_note *note)
{
	unsigned int type;
	u64 offset = vmwalk_arch_swap(note->raw, &type);
	int i;

	if (type < MAX_SWAPFILES) {
		note->kind = VMWALK_KIND_SWAP;
		note->swap_type = type;
		note->place = offset;
		return;
	}
#ifdef SWP_PTE_MARKER
	if (type == SWP_PTE_MARKER) {
		note->kind = marker_kind(offset);
		return;
	}
#endif
	for (i = 0; i < ARRAY_SIZE(special_types); i++) {
		if (special_types[i].type != type)
			continue;
		note->kind = special_types[i].kind;
		note->flags = special_types[i].flags;
		if (vmwalk_entry_has_frame(note->kind))
			set_moving_frame(note, offset);
		return;
	}
}

/*
 * The funnel: every entry of every level comes through here, read once by the
 * caller. Returns true if it points to a table that is to be walked.
 */
static bool note_entry(struct walk *walk, enum vmwalk_level level, const void *table,
		       u64 va, u64 end, u64 raw)
{
	unsigned int shift = vmwalk_pgtable_shift(level);
	struct vmwalk_note note = {
		.va = va,
		.end = vmwalk_entry_end(va, end, shift),
		.vma = walk->vma->vm_start,
		.vma_flags = walk->vma->vm_flags,
		.raw = raw,
		.table = table,
		.index = vmwalk_entry_index(va, shift, vmwalk_pgtable_entries(level)),
		.level = level,
		.shift = shift,
		.kind = vmwalk_arch_kind(level, raw),
	};
	bool taken;

	if (note.kind == VMWALK_KIND_UNKNOWN)
		set_nonpresent(&note);
	else if (note.kind == VMWALK_KIND_TABLE || vmwalk_entry_present(note.kind))
		note.place = vmwalk_arch_pfn(level, raw);
	if (vmwalk_pgtable_folded(level))
		note.kind = VMWALK_KIND_FOLDED;
	if (level <= VMWALK_LEVEL_PMD && note.kind == VMWALK_KIND_PAGE &&
	    vmwalk_frame_is_zero(walk->vma, level == VMWALK_LEVEL_PMD, note.place))
		note.flags |= VMWALK_FLAG(ZERO);
	if (vmwalk_entry_has_frame(note.kind))
		note.place = vmwalk_entry_place(note.place, va, shift, PAGE_SHIFT);
	note.pages = (note.end - va) >> PAGE_SHIFT;
	note.key = vmwalk_arch_key(level, note.kind, raw);

	walk->budget--;
	walk->cost->entries++;
	taken = walk->sink->emit(walk->sink, &note);
	walk->budget -= walk->sink->work;
	walk->sink->work = 0;
	if (!taken) {
		walk->sink->full = true;
		walk->stop = true;
		return false;
	}
	if (note.kind == VMWALK_KIND_TABLE || note.kind == VMWALK_KIND_FOLDED)
		return true;
	walk->at = note.end;
	return false;
}

/* Under rcu_read_lock since before @pmd was read: the table outlives the loop. */
static void walk_pte(struct walk *walk, pmd_t pmd, u64 va, u64 end)
{
	pte_t *table = (pte_t *)pmd_page_vaddr(pmd);
	pte_t *pte = table + pte_index(va);

	for (; va < end && !walk->stop; va += PAGE_SIZE, pte++)
		note_entry(walk, VMWALK_LEVEL_PTE, table, va, end, pte_val(READ_ONCE(*pte)));
}

/*
 * After an entry above the pte level, where no RCU section is open: is it time
 * to give way? Every hold has made progress before it asks.
 */
static void give_way(struct walk *walk)
{
	if (walk->budget <= 0 || mmap_lock_is_contended(walk->vma->vm_mm) || need_resched())
		walk->stop = true;
}

/*
 * Holds rcu_read_lock from reading a pmd until its pte table has been used; one
 * pmd entry at a time, so that a grace period is never far.
 */
static void walk_pmd(struct walk *walk, pud_t pud, u64 va, u64 end)
{
	pmd_t *table = pud_pgtable(pud);
	u64 next;

	for (; va < end && !walk->stop; va = next) {
		pmd_t pmd;

		next = vmwalk_entry_end(va, end, PMD_SHIFT);
		rcu_read_lock();
		pmd = READ_ONCE(table[pmd_index(va)]);
		if (note_entry(walk, VMWALK_LEVEL_PMD, table, va, end, pmd_val(pmd)))
			walk_pte(walk, pmd, va, next);
		rcu_read_unlock();
		give_way(walk);
	}
}

static void walk_pud(struct walk *walk, p4d_t p4d, u64 va, u64 end)
{
	pud_t *table = p4d_pgtable(p4d);
	u64 next;

	for (; va < end && !walk->stop; va = next) {
		pud_t pud = READ_ONCE(table[pud_index(va)]);

		next = vmwalk_entry_end(va, end, PUD_SHIFT);
		if (note_entry(walk, VMWALK_LEVEL_PUD, table, va, end, pud_val(pud)))
			walk_pmd(walk, pud, va, next);
		give_way(walk);
	}
}

/*
 * With four levels the p4d is folded: the pgd entry is the p4d entry, which the
 * funnel calls folded, and the walk passes through.
 */
static void walk_p4d(struct walk *walk, pgd_t pgd, u64 va, u64 end)
{
	bool folded = vmwalk_pgtable_folded(VMWALK_LEVEL_P4D);
	p4d_t *table = folded ? NULL : (p4d_t *)pgd_page_vaddr(pgd);
	u64 next;

	for (; va < end && !walk->stop; va = next) {
		p4d_t entry = folded ? __p4d(pgd_val(pgd)) : READ_ONCE(table[p4d_index(va)]);

		next = vmwalk_entry_end(va, end, P4D_SHIFT);
		if (note_entry(walk, VMWALK_LEVEL_P4D, table, va, end, p4d_val(entry)))
			walk_pud(walk, entry, va, next);
		give_way(walk);
	}
}

static void walk_pgd(struct walk *walk, u64 va, u64 end)
{
	pgd_t *table = walk->vma->vm_mm->pgd;
	u64 next;

	for (; va < end && !walk->stop; va = next) {
		pgd_t pgd = READ_ONCE(table[pgd_index(va)]);

		next = vmwalk_entry_end(va, end, PGDIR_SHIFT);
		if (note_entry(walk, VMWALK_LEVEL_PGD, table, va, end, pgd_val(pgd)))
			walk_p4d(walk, pgd, va, next);
		give_way(walk);
	}
}

/*
 * Tables that several processes may share hang below these mappings; the test is
 * that of want_pmd_share(), mm/hugetlb.c: VM_SHARED would miss shared mappings
 * of a file opened for reading only.
 */
static bool may_share_tables(const struct vm_area_struct *vma)
{
	return (vma->vm_flags & VM_HUGETLB) && (vma->vm_flags & VM_MAYSHARE) && vma->vm_file;
}

/*
 * Holds, besides the caller's mmap lock, i_mmap_rwsem for reading where tables
 * may be shared: huge_pmd_unshare() runs under it for writing on every
 * supported kernel. Order as in mm/rmap.c: mmap lock first. The VMA pins vm_file.
 */
u64 vmwalk_pgtable_walk_vma(struct vm_area_struct *vma, u64 start, u64 end,
			    struct vmwalk_sink *sink, struct vmwalk_cost *cost, s64 *budget)
{
	struct walk walk = {
		.vma = vma, .sink = sink, .cost = cost, .at = start, .budget = *budget,
	};
	bool shared = may_share_tables(vma);

	sink->vma = vma;
	if (shared)
		i_mmap_lock_read(vma->vm_file->f_mapping);
	walk_pgd(&walk, start, end);
	if (shared)
		i_mmap_unlock_read(vma->vm_file->f_mapping);
	*budget = walk.stop ? 0 : walk.budget;
	return walk.at;
}

/*
 * Holds the mmap lock for reading until vmwalk_pgtable_unlock(); @mm cannot go
 * away because the caller has a reference on its users.
 */
int vmwalk_pgtable_lock(struct mm_struct *mm, struct vmwalk_cost *cost)
{
	if (fatal_signal_pending(current) || mmap_read_lock_killable(mm))
		return -EINTR;
	cost->holds++;
	cost->since = ktime_get_ns();
	return 0;
}

void vmwalk_pgtable_unlock(struct mm_struct *mm, struct vmwalk_cost *cost)
{
	u64 held = ktime_get_ns() - cost->since;

	mmap_read_unlock(mm);
	cost->hold_ns = max(cost->hold_ns, held);
	vmwalk_stats_hold(held);
	cond_resched();
}

/* One hold's worth of VMAs, under the mmap lock. Returns the address it came to. */
static u64 walk_vmas(struct mm_struct *mm, u64 cursor, u64 end, struct vmwalk_sink *sink,
		     struct vmwalk_cost *cost)
{
	s64 budget = VMWALK_HOLD_ENTRIES;

	while (cursor < end && budget > 0) {
		struct vm_area_struct *vma = find_vma(mm, cursor);

		if (!vma || vma->vm_start >= end)
			return end;
		cursor = max_t(u64, cursor, vma->vm_start);
		cursor = vmwalk_pgtable_walk_vma(vma, cursor, min_t(u64, end, vma->vm_end),
						 sink, cost, &budget);
	}
	return cursor;
}

int vmwalk_pgtable_walk(struct mm_struct *mm, u64 *cursor, u64 end,
			struct vmwalk_sink *sink, struct vmwalk_cost *cost)
{
	int err = 0;

	while (*cursor < end && !sink->full) {
		err = vmwalk_pgtable_lock(mm, cost);
		if (err)
			break;
		*cursor = walk_vmas(mm, *cursor, end, sink, cost);
		vmwalk_pgtable_unlock(mm, cost);
	}
	return err;
}

int vmwalk_pgtable_walk_kernel(u64 *cursor, u64 end, struct vmwalk_sink *sink,
			       struct vmwalk_cost *cost)
{
	return -EOPNOTSUPP;
}
