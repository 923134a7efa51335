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
 * i_mmap_rwsem for writing while it does: it is taken for reading. The kernel's
 * half has rules of its own, further down.
 */
#include <linux/hugetlb.h>
#include <linux/irqflags.h>
#include <linux/ktime.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/pgtable.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/swapops.h>
#include <linux/uaccess.h>

#include "arch.h"
#include "frame.h"
#include "pgtable.h"
#include "stats.h"

/**
 * struct walk - one walk inside one VMA, or in the kernel's half
 * @vma: the VMA; NULL in the kernel's half
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

/* An entry that points to a table, for a sink that wants no notes of such. */
static __always_inline bool pass_table(struct walk *walk)
{
	walk->budget--;
	walk->cost->entries++;
	return true;
}

/*
 * The way out of the funnel, for both halves of the address space: the note is
 * completed and given to the sink. Returns true if it stands for a table that is
 * to be walked.
 */
static __always_inline bool hand_over(struct walk *walk, struct vmwalk_note *note)
{
	bool table = note->kind == VMWALK_KIND_TABLE || note->kind == VMWALK_KIND_FOLDED;
	bool taken;

	if (table && !walk->sink->tables)
		return pass_table(walk);
	if (vmwalk_entry_has_frame(note->kind))
		note->place = vmwalk_entry_place(note->place, note->va, note->shift, PAGE_SHIFT);
	note->pages = (note->end - note->va) >> PAGE_SHIFT;
	note->key = vmwalk_arch_key(note->level, note->kind, note->raw);

	walk->budget--;
	walk->cost->entries++;
	taken = walk->sink->emit(walk->sink, note);
	walk->budget -= walk->sink->work;
	walk->sink->work = 0;
	if (!taken) {
		walk->at = max(walk->at, walk->sink->part);
		walk->sink->full = true;
		walk->stop = true;
		return false;
	}
	if (!table)
		walk->at = note->end;
	return table;
}

/*
 * The funnel: every entry of every level comes through here, read once by the
 * caller. Returns true if it points to a table that is to be walked.
 */
static __always_inline bool note_entry(struct walk *walk, struct vmwalk_note *note,
				       enum vmwalk_level level, const void *table,
				       u64 va, u64 end, u64 raw)
{
	unsigned int shift = vmwalk_pgtable_shift(level);
	enum vmwalk_kind kind = vmwalk_arch_kind(level, raw);

	if (kind == VMWALK_KIND_TABLE && !walk->sink->tables)
		return pass_table(walk);
	*note = (struct vmwalk_note) {
		.va = va,
		.end = vmwalk_entry_end(va, end, shift),
		.vma = walk->vma->vm_start,
		.vma_flags = walk->vma->vm_flags,
		.raw = raw,
		.table = table,
		.index = vmwalk_entry_index(va, shift, vmwalk_pgtable_entries(level)),
		.level = level,
		.shift = shift,
		.kind = kind,
	};
	if (note->kind == VMWALK_KIND_UNKNOWN)
		set_nonpresent(note);
	else if (note->kind == VMWALK_KIND_TABLE || vmwalk_entry_present(note->kind))
		note->place = vmwalk_arch_pfn(level, raw);
	if (vmwalk_pgtable_folded(level))
		note->kind = VMWALK_KIND_FOLDED;
	if (level <= VMWALK_LEVEL_PMD && note->kind == VMWALK_KIND_PAGE &&
	    (level == VMWALK_LEVEL_PTE ? is_zero_pfn(note->place) :
					 vmwalk_frame_is_zero(walk->vma, true, note->place)))
		note->flags |= VMWALK_FLAG(ZERO);
	return hand_over(walk, note);
}

/* Entries like @note behind it, if the sink takes such: from @va on. Returns where they end. */
static u64 walk_alike(struct walk *walk, const struct vmwalk_note *note, const u64 *entry,
		      u64 va, u64 end)
{
	struct vmwalk_sink *sink = walk->sink;
	u32 read;

	end = vmwalk_entry_start(end, note->shift);	/* a part of an entry is the funnel's */
	if (va >= end || walk->stop || !(sink->bulk & VMWALK_BIT(note->kind)) ||
	    !vmwalk_arch_entries_plain())
		return va;
	walk->at = sink->alike(sink, note, entry, va, end);
	walk->stop = sink->full;
	read = (walk->at - va) >> note->shift;
	walk->budget -= read;
	walk->cost->entries += read;
	return walk->at;
}

/* Under rcu_read_lock since before @pmd was read: the table outlives the loop. */
static void walk_pte(struct walk *walk, pmd_t pmd, u64 va, u64 end)
{
	const pte_t *table = (const pte_t *)pmd_page_vaddr(pmd);
	struct vmwalk_note note;

	while (va < end && !walk->stop) {
		const pte_t *pte = table + pte_index(va);

		note_entry(walk, &note, VMWALK_LEVEL_PTE, table, va, end, pte_val(READ_ONCE(*pte)));
		va = walk_alike(walk, &note, (const u64 *)(pte + 1), va + PAGE_SIZE, end);
	}
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
 * Might an entry like this one be the huge page of zeros, which has a flag of its own and
 * no number that can be known? Nobody may ever write to that.
 */
static bool may_be_huge_zero(const struct vmwalk_note *note, pmd_t pmd)
{
	return note->kind == VMWALK_KIND_PROTNONE ||
	       (note->kind == VMWALK_KIND_PAGE && !pmd_write(pmd));
}

/*
 * Holds rcu_read_lock from reading a pmd until its pte table has been used; one
 * pmd entry, or those of a table that are alike, at a time, so that a grace period is never far.
 */
static void walk_pmd(struct walk *walk, pud_t pud, u64 va, u64 end)
{
	pmd_t *table = pud_pgtable(pud);
	struct vmwalk_note note;
	u64 next;

	for (; va < end && !walk->stop; va = next) {
		pmd_t *at = table + pmd_index(va), pmd;

		next = vmwalk_entry_end(va, end, PMD_SHIFT);
		rcu_read_lock();
		pmd = READ_ONCE(*at);
		if (note_entry(walk, &note, VMWALK_LEVEL_PMD, table, va, end, pmd_val(pmd)))
			walk_pte(walk, pmd, va, next);
		else if (!may_be_huge_zero(&note, pmd))
			next = walk_alike(walk, &note, (u64 *)(at + 1), next, end);
		rcu_read_unlock();
		give_way(walk);
	}
}

static void walk_pud(struct walk *walk, p4d_t p4d, u64 va, u64 end)
{
	pud_t *table = p4d_pgtable(p4d);
	struct vmwalk_note note;
	u64 next;

	for (; va < end && !walk->stop; va = next) {
		pud_t pud = READ_ONCE(table[pud_index(va)]);

		next = vmwalk_entry_end(va, end, PUD_SHIFT);
		if (note_entry(walk, &note, VMWALK_LEVEL_PUD, table, va, end, pud_val(pud)))
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
	struct vmwalk_note note;
	u64 next;

	for (; va < end && !walk->stop; va = next) {
		p4d_t entry = folded ? __p4d(pgd_val(pgd)) : READ_ONCE(table[p4d_index(va)]);

		next = vmwalk_entry_end(va, end, P4D_SHIFT);
		if (note_entry(walk, &note, VMWALK_LEVEL_P4D, table, va, end, p4d_val(entry)))
			walk_pud(walk, entry, va, next);
		give_way(walk);
	}
}

static void walk_pgd(struct walk *walk, u64 va, u64 end)
{
	pgd_t *table = walk->vma->vm_mm->pgd;
	struct vmwalk_note note;
	u64 next;

	for (; va < end && !walk->stop; va = next) {
		pgd_t pgd = READ_ONCE(table[pgd_index(va)]);

		next = vmwalk_entry_end(va, end, PGDIR_SHIFT);
		if (note_entry(walk, &note, VMWALK_LEVEL_PGD, table, va, end, pgd_val(pgd)))
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

/*
 * The kernel's half. Nothing that a module can take keeps its tables: huge mappings
 * of vmalloc replace and free them (pud_free_pmd_page(), pmd_free_pte_page(),
 * arch/x86/mm/pgtable.c), and so do memory that is taken away (remove_pagetable(),
 * init_64.c) and, in newer kernels, set_memory. So the walk takes rows of a few
 * entries and believes a row only if, after it was read, every entry above it
 * still points where it pointed: then none of these tables had been unlinked, let
 * alone freed, when the row was read.
 *
 * Reading what may be gone does no harm: a table is looked at only if its frame is
 * online memory, which reading cannot upset, and with a read that survives a fault
 * where the direct map has a hole.
 *
 * Interrupts are off from the top table to the last look above. Tables are freed
 * after the TLBs were flushed, and where that takes an interrupt on every CPU
 * (flush_tlb_kernel_range) it cannot end in between: a table that was freed and
 * came back as another one in the same place is then impossible. Where the flush is
 * broadcast (AMD's INVLPGB, from v6.15; arm64) or comes late (remove_pagetable(), which
 * frees a table and unlinks it afterwards), it is a matter of a microsecond that no
 * allocator covers.
 */
#define ROW_ENTRIES	16

/* One entry as it was read, and what it is; BAD if it could not be read. */
struct seen {
	u64 raw;
	enum vmwalk_kind kind;
};

/**
 * struct row - entries that follow each other in one table, and the way to it
 * @level: of the table
 * @nr: number of entries
 * @entry: the entries
 * @table: tables passed, by level
 * @above: entries passed, by level; that of @level is the row's first
 */
struct row {
	enum vmwalk_level level;
	u32 nr;
	struct seen entry[ROW_ENTRIES];
	const u64 *table[VMWALK_LEVEL_NR];
	struct seen above[VMWALK_LEVEL_NR];
};

static u32 kernel_index(enum vmwalk_level level, u64 va)
{
	return vmwalk_entry_index(va, vmwalk_pgtable_shift(level),
				  vmwalk_pgtable_entries(level));
}

/* An entry that points to what is not online memory is not one of the kernel's tables. */
static struct seen kernel_look(enum vmwalk_level level, const u64 *entry)
{
	struct seen seen = { .kind = VMWALK_KIND_BAD };

	if (copy_from_kernel_nofault(&seen.raw, entry, sizeof(seen.raw)))
		return seen;
	seen.kind = vmwalk_arch_kernel_kind(level, seen.raw);
	if (seen.kind == VMWALK_KIND_TABLE &&
	    !pfn_to_online_page(vmwalk_arch_kernel_pfn(level, seen.raw)))
		seen.kind = VMWALK_KIND_BAD;
	return seen;
}

static const u64 *table_below(enum vmwalk_level level, struct seen above)
{
	return __va(vmwalk_arch_kernel_pfn(level, above.raw) << PAGE_SHIFT);
}

/* Down from the top table until there is no table below. */
static void row_descend(struct row *row, const u64 *root, u64 va)
{
	enum vmwalk_level level = VMWALK_LEVEL_PGD;
	const u64 *table = root;

	for (;; level--) {
		bool folded = vmwalk_pgtable_folded(level);

		row->table[level] = folded ? NULL : table;
		row->above[level] = folded ? row->above[level + 1] :
					     kernel_look(level, table + kernel_index(level, va));
		if (row->above[level].kind != VMWALK_KIND_TABLE)
			break;
		table = table_below(level, row->above[level]);
	}
	row->level = level;
}

/* The entries beside, to the end of the row, the table or the range. */
static void row_fill(struct row *row, u64 va, u64 end)
{
	unsigned int shift = vmwalk_pgtable_shift(row->level);
	u32 index = kernel_index(row->level, va);
	u32 most = min_t(u32, ROW_ENTRIES, vmwalk_pgtable_entries(row->level) - index);
	const u64 *table = row->table[row->level];

	row->entry[0] = row->above[row->level];
	for (row->nr = 1; row->nr < most; row->nr++) {
		va = vmwalk_entry_end(va, end, shift);
		if (va == end)
			break;
		row->entry[row->nr] = kernel_look(row->level, table + index + row->nr);
	}
}

static bool row_holds(const struct row *row, u64 va)
{
	int level;

	for (level = row->level + 1; level < VMWALK_LEVEL_NR; level++) {
		struct seen now;

		if (vmwalk_pgtable_folded(level))
			continue;
		now = kernel_look(level, row->table[level] + kernel_index(level, va));
		if (now.kind != VMWALK_KIND_TABLE ||
		    table_below(level, now) != table_below(level, row->above[level]))
			return false;
	}
	return true;
}

/* Holds nothing but the CPU, for some thirty reads at most: see above. */
static bool row_read(struct row *row, const u64 *root, u64 va, u64 end)
{
	unsigned long flags;
	bool holds;

	local_irq_save(flags);
	row_descend(row, root, va);
	row_fill(row, va, end);
	holds = row_holds(row, va);
	local_irq_restore(flags);
	return holds;
}

/* The funnel of the kernel's half: no VMA, no swap, no frame to look at. */
static bool note_kernel(struct walk *walk, enum vmwalk_level level, const void *table,
			u64 va, u64 end, struct seen seen)
{
	unsigned int shift = vmwalk_pgtable_shift(level);
	struct vmwalk_note note = {
		.va = va,
		.end = vmwalk_entry_end(va, end, shift),
		.raw = seen.raw,
		.table = table,
		.index = kernel_index(level, va),
		.level = level,
		.shift = shift,
		.kind = vmwalk_pgtable_folded(level) ? VMWALK_KIND_FOLDED : seen.kind,
	};

	if (seen.kind == VMWALK_KIND_TABLE || vmwalk_entry_present(seen.kind))
		note.place = vmwalk_arch_kernel_pfn(level, seen.raw);
	return hand_over(walk, &note);
}

/* A table among the entries ends the row: the next one begins below it. */
static void row_note(struct walk *walk, const struct row *row, u64 end)
{
	u64 va = walk->at;
	int level;
	u32 i;

	for (level = VMWALK_LEVEL_NR - 1; level > row->level && !walk->stop; level--)
		note_kernel(walk, level, row->table[level], va, end, row->above[level]);
	for (i = 0; i < row->nr && !walk->stop; i++, va = walk->at) {
		if (row->entry[i].kind == VMWALK_KIND_TABLE)
			break;
		note_kernel(walk, row->level, row->table[row->level], va, end, row->entry[i]);
	}
}

int vmwalk_pgtable_walk_root(const void *root, u64 *cursor, u64 end, struct vmwalk_sink *sink,
			     struct vmwalk_cost *cost)
{
	struct walk walk = { .sink = sink, .cost = cost, .at = *cursor };
	struct row row;
	int err = 0;

	sink->vma = NULL;
	while (walk.at != end && !walk.stop && !err) {
		if (row_read(&row, root, walk.at, end))
			row_note(&walk, &row, end);
		cond_resched();
		err = fatal_signal_pending(current) ? -EINTR : 0;
	}
	*cursor = walk.at;
	return err;
}

int vmwalk_pgtable_walk_kernel(u64 *cursor, u64 end, struct vmwalk_sink *sink,
			       struct vmwalk_cost *cost)
{
	const void *root = vmwalk_arch_kernel_root();

	if (!vmwalk_arch_kernel_half(*cursor))
		return -EINVAL;
	return root ? vmwalk_pgtable_walk_root(root, cursor, end, sink, cost) : -EOPNOTSUPP;
}
