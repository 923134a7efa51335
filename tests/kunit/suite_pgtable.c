// SPDX-License-Identifier: GPL-2.0
/* suite_pgtable.c - the walk over tables made by hand */
#include <kunit/test.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/swapops.h>

#include "street.h"

/* What one entry of a house stands for. */
static u64 entry_bytes(const struct house *house)
{
	return 1ULL << (12 + 9 * house->level);
}

static bool place_moves(const struct house *house)
{
	switch (house->kind) {
	case VMWALK_KIND_NONE:
	case VMWALK_KIND_MARKER_UFFD_WP:
	case VMWALK_KIND_MARKER_POISON:
	case VMWALK_KIND_UNKNOWN:
		return false;
	default:
		return !(house->flags & VMWALK_FLAG(ZERO));
	}
}

/* One note against the house it should come from; @at is an offset in the street. */
static void note_check(struct kunit *test, const struct vmwalk_note *note,
		       const struct house *house, u64 at, u64 end)
{
	u64 moved = place_moves(house) ? (at - house->start) >> 12 : 0;
	u64 va = STREET + at;

	KUNIT_EXPECT_EQ_MSG(test, note->va, va, "at %llx", at);
	KUNIT_EXPECT_EQ_MSG(test, note->end, STREET + end, "at %llx", at);
	KUNIT_EXPECT_EQ_MSG(test, note->pages, (end - at) >> 12, "at %llx", at);
	KUNIT_EXPECT_EQ_MSG(test, note->level, house->level, "at %llx", at);
	KUNIT_EXPECT_EQ_MSG(test, note->shift, 12 + 9 * house->level, "at %llx", at);
	KUNIT_EXPECT_EQ_MSG(test, note->kind, house->kind, "at %llx", at);
	KUNIT_EXPECT_EQ_MSG(test, note->place, house->place + moved, "at %llx", at);
	KUNIT_EXPECT_EQ_MSG(test, note->swap_type, house->swap_type, "at %llx", at);
	KUNIT_EXPECT_EQ_MSG(test, note->index, fake_index(house->level, va), "at %llx", at);
	KUNIT_EXPECT_PTR_EQ_MSG(test, note->table,
				(const void *)fake_table(test, house->level, va), "at %llx", at);
	KUNIT_EXPECT_EQ_MSG(test, note->raw, ((u64 *)note->table)[note->index], "at %llx", at);
	KUNIT_EXPECT_EQ_MSG(test, note->vma, STREET_START, "at %llx", at);
	KUNIT_EXPECT_EQ_MSG(test, note->vma_flags, (u64)(VM_READ | VM_WRITE), "at %llx", at);
}

/* The next note of @sink that is a leaf or a hole, from note @i on. */
static const struct vmwalk_note *next_leaf(const struct fake_sink *sink, u32 *i)
{
	while (*i < sink->nr)
		if (fake_leaf(&sink->note[(*i)++]))
			return &sink->note[*i - 1];
	return NULL;
}

/* All that @sink holds, against the houses of [from, to) (offsets in the street). */
static void houses_check(struct kunit *test, const struct fake_sink *sink,
			 const struct house *house, u64 from, u64 to)
{
	const struct vmwalk_note *note;
	u64 at = from;
	u32 i = 0;

	while (at < to) {
		u64 bytes, end;

		while (house->end <= at)
			house++;
		bytes = entry_bytes(house);
		end = min(min((at & ~(bytes - 1)) + bytes, to), house->end);
		note = next_leaf(sink, &i);
		KUNIT_ASSERT_NOT_NULL_MSG(test, note, "nothing at %llx", at);
		note_check(test, note, house, at, end);
		at = end;
	}
	KUNIT_EXPECT_NULL(test, next_leaf(sink, &i));
}

static void whole_street(struct kunit *test)
{
	const struct house *houses;
	struct vm_area_struct *vma = street_build(test, &houses);
	struct fake_sink *sink = fake_sink(test, FAKE_NOTES);

	KUNIT_EXPECT_EQ(test, fake_walk(vma, STREET_START, STREET_END, sink), STREET_END);
	houses_check(test, sink, houses, STREET_START - STREET, STREET_END - STREET);
	/* 1G, table of 512 ptes, six single pmds, 512 ptes, 505 pmds, hole, 1G */
	KUNIT_EXPECT_EQ(test, sink->leaves, 1U + 512 + 5 + 512 + 505 + 1 + 1);
	KUNIT_EXPECT_FALSE(test, sink->sink.full);
}

/* Tables on the way down to the first page of the first pte table. */
static void tables_on_the_way(struct kunit *test)
{
	static const struct { enum vmwalk_level level; u32 five, four; } path[] = {
		{ VMWALK_LEVEL_PGD, 0, 254 }, { VMWALK_LEVEL_P4D, 254, 0 },
		{ VMWALK_LEVEL_PUD, 1, 1 }, { VMWALK_LEVEL_PMD, 0, 0 }, { VMWALK_LEVEL_PTE, 0, 0 },
	};
	const struct house *houses;
	struct vm_area_struct *vma = street_build(test, &houses);
	struct fake_sink *sink = fake_sink(test, FAKE_NOTES);
	int i;

	fake_walk(vma, STREET + 0x40000000, STREET + 0x40001000, sink);
	KUNIT_ASSERT_EQ(test, sink->nr, 5U);
	for (i = 0; i < 5; i++) {
		const struct vmwalk_note *note = &sink->note[i];
		bool folded = path[i].level == VMWALK_LEVEL_P4D && !fake_five();

		KUNIT_EXPECT_EQ(test, (u32)note->level, (u32)path[i].level);
		KUNIT_EXPECT_EQ(test, note->index, fake_five() ? path[i].five : path[i].four);
		KUNIT_EXPECT_EQ(test, (int)note->kind,
				folded ? VMWALK_KIND_FOLDED :
				i < 4 ? VMWALK_KIND_TABLE : VMWALK_KIND_PAGE);
		if (note->kind == VMWALK_KIND_TABLE && path[i].level != VMWALK_LEVEL_PGD)
			KUNIT_EXPECT_EQ(test, note->place, __pa(sink->note[i + 1].table) >> 12);
		if (!folded)
			KUNIT_EXPECT_PTR_EQ(test, note->table, (const void *)
					    fake_table(test, path[i].level, STREET + 0x40000000));
	}
}

static void levels(struct kunit *test)
{
	bool five = fake_five();

	KUNIT_EXPECT_EQ(test, vmwalk_pgtable_levels(), five ? 5U : 4U);
	KUNIT_EXPECT_EQ(test, vmwalk_pgtable_folded(VMWALK_LEVEL_P4D), !five);
	KUNIT_EXPECT_FALSE(test, vmwalk_pgtable_folded(VMWALK_LEVEL_PGD));
	KUNIT_EXPECT_FALSE(test, vmwalk_pgtable_folded(VMWALK_LEVEL_PUD));
	KUNIT_EXPECT_FALSE(test, vmwalk_pgtable_folded(VMWALK_LEVEL_PTE));
	KUNIT_EXPECT_EQ(test, vmwalk_pgtable_shift(VMWALK_LEVEL_PGD), five ? 48U : 39U);
	KUNIT_EXPECT_EQ(test, vmwalk_pgtable_shift(VMWALK_LEVEL_P4D), 39U);
	KUNIT_EXPECT_EQ(test, vmwalk_pgtable_shift(VMWALK_LEVEL_PUD), 30U);
	KUNIT_EXPECT_EQ(test, vmwalk_pgtable_shift(VMWALK_LEVEL_PMD), 21U);
	KUNIT_EXPECT_EQ(test, vmwalk_pgtable_shift(VMWALK_LEVEL_PTE), 12U);
	KUNIT_EXPECT_EQ(test, vmwalk_pgtable_entries(VMWALK_LEVEL_P4D), five ? 512U : 1U);
	KUNIT_EXPECT_EQ(test, vmwalk_pgtable_entries(VMWALK_LEVEL_PTE), 512U);
}

/* One leaf or hole of a walk of @pages from @va. */
static const struct vmwalk_note *only(struct kunit *test, u64 va, u64 pages)
{
	struct vm_area_struct *vma = fake_vma(test, va, va + (pages << 12), VM_READ);
	struct fake_sink *sink = fake_sink(test, FAKE_NOTES);
	u32 i = 0;

	KUNIT_EXPECT_EQ(test, fake_walk(vma, va, vma->vm_end, sink), (u64)vma->vm_end);
	KUNIT_ASSERT_EQ(test, sink->leaves, 1U);
	return next_leaf(sink, &i);
}

/* An empty address space has no table below its top: one hole for 64 GiB. */
static void hole_at_the_top(struct kunit *test)
{
	const struct vmwalk_note *note = only(test, STREET, 1 << 24);

	KUNIT_EXPECT_EQ(test, (int)note->kind, VMWALK_KIND_NONE);
	KUNIT_EXPECT_EQ(test, (int)note->level, VMWALK_LEVEL_PGD);
	KUNIT_EXPECT_EQ(test, note->pages, 1ULL << 24);
	KUNIT_EXPECT_EQ(test, note->va, STREET);
}

/* With five levels the p4d table is there, its entry is empty. */
static void hole_at_the_p4d(struct kunit *test)
{
	const struct vmwalk_note *note;

	if (!fake_five())
		kunit_skip(test, "the machine has four levels");
	fake_set(test, VMWALK_LEVEL_P4D, STREET, 0);
	note = only(test, STREET, 1 << 24);
	KUNIT_EXPECT_EQ(test, (int)note->kind, VMWALK_KIND_NONE);
	KUNIT_EXPECT_EQ(test, (int)note->level, VMWALK_LEVEL_P4D);
	KUNIT_EXPECT_EQ(test, note->pages, 1ULL << 24);
}

/* Over the edge of a top entry: 512 GiB with four levels, or of a p4d entry with five. */
static void across_the_top(struct kunit *test)
{
	u64 edge = STREET + 0x8000000000;
	struct vm_area_struct *vma = fake_vma(test, edge - 0x1000, edge + 0x1000, VM_READ);
	struct fake_sink *sink = fake_sink(test, FAKE_NOTES);
	const struct vmwalk_note *note;
	u32 i = 0;

	fake_set(test, VMWALK_LEVEL_PTE, edge - 0x1000, 0x1111067);
	fake_set(test, VMWALK_LEVEL_PTE, edge, 0x2222067);
	KUNIT_EXPECT_EQ(test, fake_walk(vma, edge - 0x1000, edge + 0x1000, sink), edge + 0x1000);
	KUNIT_ASSERT_EQ(test, sink->leaves, 2U);
	note = next_leaf(sink, &i);
	KUNIT_EXPECT_EQ(test, note->va, edge - 0x1000);
	KUNIT_EXPECT_EQ(test, note->place, 0x1111ULL);
	KUNIT_EXPECT_EQ(test, note->index, 511U);
	note = next_leaf(sink, &i);
	KUNIT_EXPECT_EQ(test, note->va, edge);
	KUNIT_EXPECT_EQ(test, note->place, 0x2222ULL);
	KUNIT_EXPECT_EQ(test, note->index, 0U);
}

/* A damaged entry is told at every level, and not followed. */
static void bad_entries(struct kunit *test)
{
	static const enum vmwalk_level levels[] = {
		VMWALK_LEVEL_PMD, VMWALK_LEVEL_PUD, VMWALK_LEVEL_PGD,
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(levels); i++) {
		u64 va = STREET + i * 0x80000000ULL;
		const struct vmwalk_note *note;

		/* a table's address, with a bit that no table has */
		fake_set(test, levels[i], va, (u64)__pa(fake_mm(test)->pgd) | 0x267);
		note = only(test, va + 0x3000, 4);
		KUNIT_EXPECT_EQ(test, (int)note->kind, VMWALK_KIND_BAD);
		KUNIT_EXPECT_EQ(test, (int)note->level, (int)levels[i]);
		KUNIT_EXPECT_EQ(test, note->pages, 4ULL);
	}
}

/* Frame 0 is a frame: pages 5 to 8 of a 2 MiB leaf there are frames 5 to 8. */
static void leaf_at_frame_zero(struct kunit *test)
{
	const struct vmwalk_note *note;

	fake_set(test, VMWALK_LEVEL_PMD, STREET, 0x80000000000000e7);
	note = only(test, STREET + 0x5000, 4);
	KUNIT_EXPECT_EQ(test, (int)note->kind, VMWALK_KIND_PAGE);
	KUNIT_EXPECT_EQ(test, note->place, 5ULL);
}

static void nonpresent_check(struct kunit *test, swp_entry_t entry, enum vmwalk_kind kind,
			     u64 place, u64 flags)
{
	static u64 va = STREET;		/* a page each */
	const struct vmwalk_note *note;

	va += 0x1000;
	fake_set(test, VMWALK_LEVEL_PTE, va, pte_val(swp_entry_to_pte(entry)));
	note = only(test, va, 1);
	KUNIT_EXPECT_EQ_MSG(test, (int)note->kind, (int)kind, "%lx", entry.val);
	KUNIT_EXPECT_EQ_MSG(test, note->place, place, "%lx", entry.val);
	KUNIT_EXPECT_EQ_MSG(test, note->flags, flags, "%lx", entry.val);
	KUNIT_EXPECT_EQ_MSG(test, note->swap_type,
			    kind == VMWALK_KIND_SWAP ? (u32)swp_type(entry) : 0, "%lx", entry.val);
}

/* First and last swap area, first and last of the 50 bits of an offset. */
static void swap_areas(struct kunit *test)
{
	int type;

	for (type = 0; type < MAX_SWAPFILES; type++)
		nonpresent_check(test, swp_entry(type, 1), VMWALK_KIND_SWAP, 1, 0);
	nonpresent_check(test, swp_entry(0, 0), VMWALK_KIND_SWAP, 0, 0);
	nonpresent_check(test, swp_entry(MAX_SWAPFILES - 1, (1ULL << 50) - 1), VMWALK_KIND_SWAP,
			 (1ULL << 50) - 1, 0);
}

/* Migration: who may write afterwards, and what the page was (not part of its frame). */
static void migration(struct kunit *test)
{
	nonpresent_check(test, swp_entry(SWP_MIGRATION_READ, 0x3000), VMWALK_KIND_MIGRATION,
			 0x3000, 0);
	nonpresent_check(test, swp_entry(SWP_MIGRATION_READ_EXCLUSIVE, 0x3000),
			 VMWALK_KIND_MIGRATION, 0x3000, VMWALK_FLAG(EXCLUSIVE));
	nonpresent_check(test, swp_entry(SWP_MIGRATION_WRITE, 0x3000), VMWALK_KIND_MIGRATION,
			 0x3000, VMWALK_FLAG(MIGRATE_WRITE));
	nonpresent_check(test, swp_entry(SWP_MIGRATION_READ, 0x3000 | SWP_MIG_YOUNG),
			 VMWALK_KIND_MIGRATION, 0x3000, VMWALK_FLAG(ACCESSED));
	nonpresent_check(test, swp_entry(SWP_MIGRATION_READ, 0x3000 | SWP_MIG_DIRTY),
			 VMWALK_KIND_MIGRATION, 0x3000, VMWALK_FLAG(DIRTY));
	nonpresent_check(test, swp_entry(SWP_MIGRATION_WRITE, SWP_PFN_MASK | SWP_MIG_YOUNG |
					 SWP_MIG_DIRTY),
			 VMWALK_KIND_MIGRATION, SWP_PFN_MASK, VMWALK_FLAG(MIGRATE_WRITE) |
			 VMWALK_FLAG(ACCESSED) | VMWALK_FLAG(DIRTY));
}

static void device_frames(struct kunit *test)
{
#ifdef CONFIG_DEVICE_PRIVATE
	nonpresent_check(test, make_readable_device_private_entry(0x3000),
			 VMWALK_KIND_DEVICE_PRIVATE, 0x3000, 0);
	nonpresent_check(test, make_writable_device_private_entry(0x3000),
			 VMWALK_KIND_DEVICE_PRIVATE, 0x3000, VMWALK_FLAG(MIGRATE_WRITE));
	nonpresent_check(test, make_readable_device_exclusive_entry(0x3000),
			 VMWALK_KIND_DEVICE_EXCLUSIVE, 0x3000, 0);
	nonpresent_check(test, make_writable_device_exclusive_entry(0x3000),
			 VMWALK_KIND_DEVICE_EXCLUSIVE, 0x3000, VMWALK_FLAG(MIGRATE_WRITE));
#else
	kunit_skip(test, "kernel without CONFIG_DEVICE_PRIVATE");
#endif
}

/* Neither the entries nor a mark of the visit: the tables are what they were. */
static void nothing_written(struct kunit *test)
{
	const struct house *houses;
	struct vm_area_struct *vma = street_build(test, &houses);
	u64 *table = fake_table(test, VMWALK_LEVEL_PTE, STREET + 0x40000000);
	void *before = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, before);
	memcpy(before, table, PAGE_SIZE);
	fake_walk(vma, STREET_START, STREET_END, fake_sink(test, FAKE_NOTES));
	KUNIT_EXPECT_EQ(test, memcmp(before, table, PAGE_SIZE), 0);
}

/* From every page of the street's first 2 MiB, and around every door. */
static void restart_anywhere(struct kunit *test)
{
	const struct house *houses;
	struct vm_area_struct *vma = street_build(test, &houses);
	struct fake_sink *sink = fake_sink(test, FAKE_NOTES);
	u64 to = 0x40203000;
	u64 at;
	u32 i;

	for (at = 0x3fffe000; at < to; at += 0x1000) {
		sink->nr = sink->leaves = 0;
		KUNIT_ASSERT_EQ(test, fake_walk(vma, STREET + at, STREET + to, sink), STREET + to);
		houses_check(test, sink, houses, at, to);
	}
	for (i = 1; i < street_houses; i++) {
		u64 from = houses[i].start - 0x1000;

		for (; from <= houses[i].start + 0x1000; from += 0x1000) {
			sink->nr = sink->leaves = 0;
			to = houses[i].start + 0x3000;
			fake_walk(vma, STREET + from, STREET + to, sink);
			houses_check(test, sink, houses, from, to);
		}
	}
}

/* The sink is full after @room leaves each time: stitched, the street is whole. */
static void full_sink(struct kunit *test)
{
	static const u32 rooms[] = { 1, 2, 3, 7, 511, 512, 513, 1024, 1536, 1537, 1538 };
	const struct house *houses;
	struct vm_area_struct *vma = street_build(test, &houses);
	struct fake_sink *sink = fake_sink(test, 0);
	u32 i;

	for (i = 0; i < ARRAY_SIZE(rooms); i++) {
		u64 at = STREET_START;
		u32 leaves = 0;

		while (at < STREET_END) {
			u64 next;

			sink->nr = sink->leaves = 0;
			sink->sink.full = false;
			sink->room = rooms[i];
			next = fake_walk(vma, at, STREET_END, sink);
			KUNIT_ASSERT_GT(test, next, at);
			KUNIT_ASSERT_EQ(test, sink->sink.full, next < STREET_END);
			houses_check(test, sink, houses, at - STREET, next - STREET);
			leaves += sink->leaves;
			at = next;
		}
		KUNIT_EXPECT_EQ_MSG(test, leaves, 1537U, "room %u", rooms[i]);
	}
}

/* A sink that takes nothing stops the walk where it is. */
static void full_at_once(struct kunit *test)
{
	const struct house *houses;
	struct vm_area_struct *vma = street_build(test, &houses);
	struct fake_sink *sink = fake_sink(test, 0);

	KUNIT_EXPECT_EQ(test, fake_walk(vma, STREET_START, STREET_END, sink), STREET_START);
	KUNIT_EXPECT_TRUE(test, sink->sink.full);
	KUNIT_EXPECT_EQ(test, sink->leaves, 0U);
}

/*
 * A budget is spent to the end of a table at most: every hold makes progress,
 * reads at most a table more than its coin, and all of them make the street.
 */
static void budget_coins(struct kunit *test)
{
	static const s64 coins[] = { 1, 2, 4, 5, 6, 7, 100, 511, 512, 513, 600, 1024, 1550 };
	const struct house *houses;
	struct vm_area_struct *vma = street_build(test, &houses);
	struct fake_sink *sink = fake_sink(test, FAKE_NOTES);
	u32 i;

	for (i = 0; i < ARRAY_SIZE(coins); i++) {
		u64 at = STREET_START;

		while (at < STREET_END) {
			struct vmwalk_cost cost = { };
			s64 budget = coins[i];
			u64 next;

			sink->nr = sink->leaves = 0;
			mmap_read_lock(vma->vm_mm);
			next = vmwalk_pgtable_walk_vma(vma, at, STREET_END, &sink->sink, &cost,
						       &budget);
			mmap_read_unlock(vma->vm_mm);
			KUNIT_ASSERT_GT(test, next, at);
			KUNIT_EXPECT_EQ(test, cost.entries, (u64)sink->nr);
			KUNIT_EXPECT_LE(test, cost.entries, (u64)coins[i] + 4 + 512);
			KUNIT_EXPECT_TRUE(test, next == STREET_END || budget <= 0);
			houses_check(test, sink, houses, at - STREET, next - STREET);
			at = next;
		}
	}
}

/* Two VMAs with a gap: nothing of the gap, and the cursor steps over it. */
static void walk_vmas(struct kunit *test)
{
	struct fake_sink *sink = fake_sink(test, FAKE_NOTES);
	struct vmwalk_cost cost = { };
	u64 cursor = STREET;
	u32 i = 0;

	fake_vma(test, STREET + 0x1000, STREET + 0x3000, VM_READ);
	fake_vma(test, STREET + 0x5000, STREET + 0x6000, VM_READ | VM_EXEC);
	fake_set(test, VMWALK_LEVEL_PTE, STREET + 0x2000, 0x1111067);
	fake_set(test, VMWALK_LEVEL_PTE, STREET + 0x4000, 0x2222067);
	fake_set(test, VMWALK_LEVEL_PTE, STREET + 0x5000, 0x3333067);
	KUNIT_EXPECT_EQ(test, 0, vmwalk_pgtable_walk(fake_mm(test), &cursor, STREET + 0x9000,
						     &sink->sink, &cost));
	KUNIT_EXPECT_EQ(test, cursor, STREET + 0x9000);
	KUNIT_EXPECT_GE(test, cost.holds, 1U);
	KUNIT_ASSERT_EQ(test, sink->leaves, 3U);
	KUNIT_EXPECT_EQ(test, next_leaf(sink, &i)->va, STREET + 0x1000);
	KUNIT_EXPECT_EQ(test, next_leaf(sink, &i)->place, 0x1111ULL);
	KUNIT_EXPECT_EQ(test, next_leaf(sink, &i)->place, 0x3333ULL);
	KUNIT_EXPECT_EQ(test, sink->note[sink->nr - 1].vma, STREET + 0x5000);
	/* the lock was given back */
	KUNIT_EXPECT_TRUE(test, mmap_write_trylock(fake_mm(test)));
	mmap_write_unlock(fake_mm(test));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(levels),
	KUNIT_CASE(whole_street),
	KUNIT_CASE(tables_on_the_way),
	KUNIT_CASE(hole_at_the_top),
	KUNIT_CASE(hole_at_the_p4d),
	KUNIT_CASE(across_the_top),
	KUNIT_CASE(bad_entries),
	KUNIT_CASE(leaf_at_frame_zero),
	KUNIT_CASE(swap_areas),
	KUNIT_CASE(migration),
	KUNIT_CASE(device_frames),
	KUNIT_CASE(nothing_written),
	KUNIT_CASE(restart_anywhere),
	KUNIT_CASE(full_sink),
	KUNIT_CASE(full_at_once),
	KUNIT_CASE(budget_coins),
	KUNIT_CASE(walk_vmas),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_pgtable",
	.init = fake_init,
	.exit = fake_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
