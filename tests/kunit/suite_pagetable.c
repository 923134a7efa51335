// SPDX-License-Identifier: GPL-2.0
/* suite_pagetable.c - the tables of the street, worked out by hand, whole and in parts */
#include <kunit/test.h>
#include <linux/mm.h>

#include "pagetable.h"
#include "street.h"

#define PARTS	64

/**
 * struct expected - one table of the street
 * @level: of it
 * @va: first address it stands for
 * @at: an address below it
 * @used: entries that are not empty
 * @leaves: entries that are present leaves
 * @first: index of the first used entry
 * @last: index of the last one
 *
 * The first pte table: entries 0 to 0x16 without 4 and 5, and the last one: 22; leaves:
 * 4 plain ones, 2 PROT_NONE, 2 of zeros, 1 special, 1 at the end. The pmd table: 0
 * (table), 1 (leaf), 3 (leaf), 4 (migrating), 5 (leaf), 6 (table). The pud table: leaves
 * at 0 and 3, a table at 1.
 */
struct expected {
	u32 level;
	u64 va;
	u64 at;
	u32 used;
	u32 leaves;
	u32 first;
	u32 last;
};

static const struct expected street_tables[] = {
	{ VMWALK_LEVEL_PTE, STREET + 0x40000000, STREET + 0x40000000, 22, 10, 0, 511 },
	{ VMWALK_LEVEL_PTE, STREET + 0x40c00000, STREET + 0x40c00000, 1, 1, 511, 511 },
	{ VMWALK_LEVEL_PMD, STREET + 0x40000000, STREET + 0x40000000, 6, 3, 0, 6 },
	{ VMWALK_LEVEL_PUD, STREET, STREET, 3, 2, 0, 3 },
	{ VMWALK_LEVEL_P4D, 0, STREET, 1, 0, 254, 254 },
	{ VMWALK_LEVEL_PGD, 0, STREET, 1, 0, 254, 254 },
};

/* Walk all of it, @room records at a time; parts into @parts. Returns how many. */
static u32 collect(struct kunit *test, u32 room, u64 hide, struct vmwalk_pagetable *parts)
{
	struct vmwalk_pagetable_sink sink;
	struct vmwalk_cost cost = { };
	u64 cursor = STREET_START;
	u32 nr = 0;

	while (cursor < STREET_END && nr + room <= PARTS) {
		u64 before = cursor;

		vmwalk_pagetable_sink_open(&sink, parts + nr, room, hide);
		KUNIT_EXPECT_EQ(test, 0, vmwalk_pgtable_walk(fake_mm(test), &cursor, STREET_END,
							     &sink.sink, &cost));
		vmwalk_pagetable_sink_close(&sink);
		KUNIT_EXPECT_LE(test, sink.nr, room);
		nr += sink.nr;
		if (cursor == before)
			break;
	}
	KUNIT_EXPECT_EQ(test, cursor, STREET_END);
	return nr;
}

/* By the rule in uapi/vmwalk.h: parts follow each other, their edges may be one entry. */
static struct vmwalk_pagetable whole(const struct vmwalk_pagetable *parts, u32 nr, u32 level,
				     u64 va)
{
	struct vmwalk_pagetable sum = { };
	u32 i;

	for (i = 0; i < nr; i++) {
		if (parts[i].level != level || parts[i].va != va)
			continue;
		if (!sum.entries) {
			sum = parts[i];
			continue;
		}
		sum.leaves += parts[i].leaves;
		if (!parts[i].used)
			continue;
		if (!sum.used)
			sum.first = parts[i].first;
		sum.used += parts[i].used - (sum.used && sum.last == parts[i].first);
		sum.last = parts[i].last;
	}
	return sum;
}

static void table_check(struct kunit *test, const struct vmwalk_pagetable *table,
			const struct expected *expected, u32 room)
{
	bool top = expected->level >= VMWALK_LEVEL_P4D && fake_five();
	/* with five levels the entry 254 is the p4d's, below entry 0 of the pgd */
	u32 first = top && expected->level == VMWALK_LEVEL_PGD ? 0 : expected->first;
	u32 last = top && expected->level == VMWALK_LEVEL_PGD ? 0 : expected->last;

	KUNIT_EXPECT_EQ_MSG(test, table->entries, 512U, "room %u level %u", room,
			    expected->level);
	KUNIT_EXPECT_EQ_MSG(test, table->used, expected->used, "room %u level %u", room,
			    expected->level);
	KUNIT_EXPECT_EQ_MSG(test, table->leaves, expected->leaves, "room %u level %u", room,
			    expected->level);
	KUNIT_EXPECT_EQ_MSG(test, table->first, first, "room %u level %u", room, expected->level);
	KUNIT_EXPECT_EQ_MSG(test, table->last, last, "room %u level %u", room, expected->level);
}

static bool exists(const struct expected *expected)
{
	return expected->level != VMWALK_LEVEL_P4D || fake_five();
}

static u32 nr_existing(void)
{
	return ARRAY_SIZE(street_tables) - !fake_five();
}

static struct vmwalk_pagetable *room_for_parts(struct kunit *test)
{
	struct vmwalk_pagetable *parts = kunit_kcalloc(test, PARTS, sizeof(*parts), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, parts);
	return parts;
}

/* With room for all: each table once, with its address, shift and nobody who shares it. */
static void tables_whole(struct kunit *test)
{
	struct vmwalk_pagetable *parts = room_for_parts(test);
	const struct house *houses;
	u32 i, nr;

	street_build(test, &houses);
	nr = collect(test, PARTS, 0, parts);
	KUNIT_EXPECT_EQ(test, nr, nr_existing());
	for (i = 0; i < ARRAY_SIZE(street_tables); i++) {
		const struct expected *expected = &street_tables[i];
		struct vmwalk_pagetable table = whole(parts, nr, expected->level, expected->va);
		u32 shift = expected->level == VMWALK_LEVEL_PGD && !fake_five() ?
			    39 : 12 + 9 * expected->level;

		if (!exists(expected))
			continue;
		table_check(test, &table, expected, PARTS);
		KUNIT_EXPECT_EQ(test, table.shift, shift);
		KUNIT_EXPECT_EQ(test, table.sharers, 1U);
		KUNIT_EXPECT_EQ(test, table.pa,
				(u64)__pa(fake_table(test, expected->level, expected->at)));
		KUNIT_EXPECT_EQ(test, table.has, VMWALK_HAS(BASE) | VMWALK_HAS(RAW));
	}
}

/* With as little room as is allowed, and a little more: parts that add up to the same. */
static void tables_in_parts(struct kunit *test)
{
	struct vmwalk_pagetable *parts = room_for_parts(test);
	const struct house *houses;
	u32 i, nr, room;
	bool split = false;

	street_build(test, &houses);
	for (room = vmwalk_pgtable_levels(); room <= VMWALK_PAGETABLE_ROOM_MIN + 2; room++) {
		nr = collect(test, room, 0, parts);
		split |= nr > nr_existing();
		for (i = 0; i < ARRAY_SIZE(street_tables); i++) {
			const struct expected *expected = &street_tables[i];
			struct vmwalk_pagetable table = whole(parts, nr, expected->level,
							      expected->va);

			if (exists(expected))
				table_check(test, &table, expected, room);
		}
	}
	KUNIT_EXPECT_TRUE(test, split);
}

/* Entries that stand for the end of one VMA and the start of the next count once. */
static void tables_of_two_vmas(struct kunit *test)
{
	static const u64 cuts[] = { 0x3ffff000, 0x40001000, 0x40010000, 0x40300000, 0x40d00000 };
	struct vmwalk_pagetable *parts = room_for_parts(test);
	struct vm_area_struct *vmas[2];
	u32 i, nr, k;

	for (k = 0; k < ARRAY_SIZE(cuts); k++) {
		street_build_two(test, STREET + cuts[k], vmas);
		nr = collect(test, PARTS, 0, parts);
		KUNIT_EXPECT_EQ(test, nr, nr_existing());
		for (i = 0; i < ARRAY_SIZE(street_tables); i++) {
			const struct expected *expected = &street_tables[i];
			struct vmwalk_pagetable table = whole(parts, nr, expected->level,
							      expected->va);

			if (exists(expected))
				table_check(test, &table, expected, k);
		}
	}
}

/* Without the right to raw entries: no address of a table, and nobody who shares it. */
static void tables_hidden(struct kunit *test)
{
	struct vmwalk_pagetable *parts = room_for_parts(test);
	const struct house *houses;
	u32 i, nr;

	street_build(test, &houses);
	nr = collect(test, PARTS, VMWALK_PRIVILEGED, parts);
	KUNIT_EXPECT_EQ(test, nr, nr_existing());
	for (i = 0; i < nr; i++) {
		KUNIT_EXPECT_EQ(test, parts[i].has, VMWALK_HAS(BASE));
		KUNIT_EXPECT_EQ(test, parts[i].pa, 0ULL);
		KUNIT_EXPECT_EQ(test, parts[i].sharers, 0U);
	}
}

/* A pte table with nothing in it is a table all the same. */
static void empty_table(struct kunit *test)
{
	struct vmwalk_pagetable *parts = room_for_parts(test), table;
	u64 va = STREET + 0x40000000;

	fake_vma(test, STREET_START, STREET_END, VM_READ);
	fake_table(test, VMWALK_LEVEL_PTE, va);
	table = whole(parts, collect(test, PARTS, 0, parts), VMWALK_LEVEL_PTE, va);
	KUNIT_EXPECT_EQ(test, table.entries, 512U);
	KUNIT_EXPECT_EQ(test, table.used | table.leaves | table.first | table.last, 0U);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(tables_whole),
	KUNIT_CASE(tables_in_parts),
	KUNIT_CASE(tables_of_two_vmas),
	KUNIT_CASE(tables_hidden),
	KUNIT_CASE(empty_table),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_pagetable",
	.init = fake_init,
	.exit = fake_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
