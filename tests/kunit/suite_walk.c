// SPDX-License-Identifier: GPL-2.0
/* suite_walk.c - single addresses of the street, from the pgd to the byte */
#include <kunit/test.h>
#include <linux/mm.h>

#include "street.h"
#include "walk.h"

/*
 * @depth: entries on the way, the folded one included: 5 to a pte, 4 to a pmd,
 * 3 to a pud. @pfn is the first frame of the leaf; @pa by hand: (@pfn << 12) plus
 * the offset in the leaf, which has 12, 21 or 30 bits.
 */
static const struct {
	u64 at;
	u32 depth;
	enum vmwalk_kind kind;
	u64 pfn;
	u64 pa;
} visits[] = {
	/* last byte of the 1 GiB leaf at frame 0x140000: 0x140000000 + 0x3fffffff */
	{ 0x3fffffff, 3, VMWALK_KIND_PAGE, 0x140000, 0x17fffffff },
	{ 0x40000000, 5, VMWALK_KIND_PAGE, 0x1000, 0x1000000 },
	{ 0x40001fff, 5, VMWALK_KIND_PAGE, 0x1001, 0x1001fff },
	{ 0x40004123, 5, VMWALK_KIND_NONE },
	{ 0x40007008, 5, VMWALK_KIND_SWAP },
	{ 0x4000b678, 5, VMWALK_KIND_PROTNONE, 0x12346, 0x12346678 },
	{ 0x4000c000, 5, VMWALK_KIND_MIGRATION, 0x3000 },
	{ 0x4000f000, 5, VMWALK_KIND_MARKER_UFFD_WP },
	{ 0x40011000, 5, VMWALK_KIND_HWPOISON, 0x5000 },
	{ 0x40014abc, 5, VMWALK_KIND_PAGE, 0xfee00, 0xfee00abc },
	{ 0x40015000, 5, VMWALK_KIND_UNKNOWN },
	{ 0x40016000, 5, VMWALK_KIND_MARKER_POISON },
	{ 0x401ffabc, 5, VMWALK_KIND_PAGE, 0x41ff, 0x41ffabc },
	/* first and last byte of the 2 MiB leaf at frame 0x4200, and its page 0x67 */
	{ 0x40200000, 4, VMWALK_KIND_PAGE, 0x4200, 0x4200000 },
	{ 0x40267089, 4, VMWALK_KIND_PAGE, 0x4200, 0x4267089 },
	{ 0x403fffff, 4, VMWALK_KIND_PAGE, 0x4200, 0x43fffff },
	{ 0x40400000, 4, VMWALK_KIND_NONE },
	{ 0x40645678, 4, VMWALK_KIND_PROTNONE, 0x12400, 0x12445678 },
	{ 0x40801000, 4, VMWALK_KIND_MIGRATION, 0x6000 },
	{ 0x40a00fff, 4, VMWALK_KIND_SPLITTING, 0x6200, 0x6200fff },
	{ 0x90000000, 3, VMWALK_KIND_NONE },
	{ 0xc0004fff, 3, VMWALK_KIND_PROTNONE, 0x200000, 0x200004fff },
};

/* One walk; freed with the test. */
static struct vmwalk_walk *visit(struct kunit *test, u64 va)
{
	struct vmwalk_walk *walk = kunit_kzalloc(test, sizeof(*walk), GFP_KERNEL);
	struct vmwalk_cost cost = { };

	KUNIT_ASSERT_NOT_NULL(test, walk);
	memset(walk, 0xff, sizeof(*walk));
	KUNIT_ASSERT_EQ(test, 0, vmwalk_walk_addresses(fake_mm(test), &va, 1, walk, &cost));
	KUNIT_EXPECT_EQ(test, cost.holds, 1U);
	KUNIT_EXPECT_EQ(test, cost.entries, (u64)walk->depth);
	return walk;
}

static bool present(enum vmwalk_kind kind)
{
	return kind == VMWALK_KIND_PAGE || kind == VMWALK_KIND_PROTNONE ||
	       kind == VMWALK_KIND_SPLITTING;
}

static void every_kind(struct kunit *test)
{
	const struct house *houses;
	int i;

	street_build(test, &houses);
	for (i = 0; i < ARRAY_SIZE(visits); i++) {
		u64 va = STREET + visits[i].at;
		struct vmwalk_walk *walk = visit(test, va);
		const struct vmwalk_entry *leaf;

		KUNIT_ASSERT_EQ_MSG(test, walk->depth, visits[i].depth, "at %llx", visits[i].at);
		leaf = &walk->entry[walk->depth - 1];
		KUNIT_EXPECT_EQ_MSG(test, walk->va, va, "at %llx", visits[i].at);
		KUNIT_EXPECT_EQ_MSG(test, (int)walk->kind, (int)visits[i].kind, "at %llx",
				    visits[i].at);
		KUNIT_EXPECT_EQ_MSG(test, (int)leaf->kind, (int)visits[i].kind, "at %llx",
				    visits[i].at);
		KUNIT_EXPECT_EQ_MSG(test, leaf->pfn, visits[i].pfn, "at %llx", visits[i].at);
		KUNIT_EXPECT_EQ_MSG(test, walk->pa, visits[i].pa, "at %llx", visits[i].at);
		KUNIT_EXPECT_EQ_MSG(test, !!(walk->has & VMWALK_HAS(FRAME)),
				    present(visits[i].kind), "at %llx", visits[i].at);
		KUNIT_EXPECT_EQ_MSG(test, !!(leaf->has & VMWALK_HAS(FRAME)), visits[i].pfn != 0,
				    "at %llx", visits[i].at);
		KUNIT_EXPECT_EQ_MSG(test, walk->vma_start, STREET_START, "at %llx", visits[i].at);
		KUNIT_EXPECT_EQ_MSG(test, walk->vma_end, STREET_END, "at %llx", visits[i].at);
	}
}

/* Each level's index is a slice of the address, each table is where the one above says. */
static void every_level(struct kunit *test)
{
	static const u32 five[] = { 0, 254, 1, 0, 0x1ff }, four[] = { 254, 0, 1, 0, 0x1ff };
	u64 va = STREET + 0x401ffabc;
	const struct house *houses;
	struct vmwalk_walk *walk;
	u64 table = __pa(fake_mm(test)->pgd);
	u32 i;

	street_build(test, &houses);
	walk = visit(test, va);
	KUNIT_ASSERT_EQ(test, walk->depth, 5U);
	for (i = 0; i < 5; i++) {
		const struct vmwalk_entry *entry = &walk->entry[i];
		u32 level = VMWALK_LEVEL_PGD - i;
		bool folded = level == VMWALK_LEVEL_P4D && !fake_five();

		KUNIT_EXPECT_EQ(test, entry->level, level);
		KUNIT_EXPECT_EQ(test, entry->index, fake_five() ? five[i] : four[i]);
		KUNIT_EXPECT_EQ(test, entry->va, va & ~((1ULL << entry->shift) - 1));
		KUNIT_EXPECT_EQ(test, entry->unknown, 0ULL);
		if (folded) {
			KUNIT_EXPECT_EQ(test, (int)entry->kind, VMWALK_KIND_FOLDED);
			KUNIT_EXPECT_EQ(test, entry->has, VMWALK_HAS(BASE));
			continue;
		}
		KUNIT_EXPECT_EQ(test, entry->table, table);
		table = entry->raw & 0x000ffffffffff000;
		KUNIT_EXPECT_EQ(test, entry->pfn, table >> 12);
	}
	KUNIT_EXPECT_EQ(test, walk->entry[4].raw, 0x00000000041ff005ULL);
	KUNIT_EXPECT_EQ(test, walk->entry[4].flags, VMWALK_FLAG(PRESENT) | VMWALK_FLAG(USER));
}

static void swap_slot(struct kunit *test)
{
	const struct house *houses;
	struct vmwalk_walk *walk;

	street_build(test, &houses);
	walk = visit(test, STREET + 0x40007008);
	KUNIT_ASSERT_EQ(test, walk->depth, 5U);
	KUNIT_EXPECT_EQ(test, walk->entry[4].swap_type, 3U);
	KUNIT_EXPECT_EQ(test, walk->entry[4].swap_offset, 0x1235ULL);
	KUNIT_EXPECT_EQ(test, walk->entry[4].has,
			VMWALK_HAS(BASE) | VMWALK_HAS(RAW) | VMWALK_HAS(SWAP));
}

/* Before, after, far away: no VMA, no table read. */
static void no_vma(struct kunit *test)
{
	static const u64 addresses[] = {
		0, STREET_START - 1, STREET_END, 0x8000000000000000, ~0ULL,
	};
	const struct house *houses;
	int i;

	street_build(test, &houses);
	for (i = 0; i < ARRAY_SIZE(addresses); i++) {
		struct vmwalk_walk *walk = visit(test, addresses[i]);

		KUNIT_EXPECT_EQ(test, walk->va, addresses[i]);
		KUNIT_EXPECT_EQ(test, (int)walk->kind, VMWALK_KIND_NOVMA);
		KUNIT_EXPECT_EQ(test, walk->depth, 0U);
		KUNIT_EXPECT_EQ(test, walk->has, VMWALK_HAS(BASE));
		KUNIT_EXPECT_EQ(test, walk->pa, 0ULL);
		KUNIT_EXPECT_EQ(test, walk->vma_end, 0ULL);
	}
}

/* Without the right to frames nothing of a place is left, in no level. */
static void hidden(struct kunit *test)
{
	const struct house *houses;
	struct vmwalk_walk *walk;
	u32 i;

	street_build(test, &houses);
	walk = visit(test, STREET + 0x401ffabc);
	vmwalk_walk_hide(walk, VMWALK_PRIVILEGED);
	KUNIT_EXPECT_EQ(test, walk->pa, 0ULL);
	KUNIT_EXPECT_EQ(test, walk->has, VMWALK_HAS(BASE) | VMWALK_HAS(VMA));
	KUNIT_EXPECT_EQ(test, walk->depth, 5U);
	for (i = 0; i < 5; i++) {
		const struct vmwalk_entry *entry = &walk->entry[i];

		KUNIT_EXPECT_EQ(test, entry->has, VMWALK_HAS(BASE));
		KUNIT_EXPECT_EQ(test, entry->table | entry->raw | entry->pfn | entry->unknown,
				0ULL);
	}
	KUNIT_EXPECT_EQ(test, (int)walk->entry[4].kind, VMWALK_KIND_PAGE);
	KUNIT_EXPECT_EQ(test, walk->entry[4].index, 0x1ffU);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(every_kind),
	KUNIT_CASE(every_level),
	KUNIT_CASE(swap_slot),
	KUNIT_CASE(no_vma),
	KUNIT_CASE(hidden),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_walk",
	.init = fake_init,
	.exit = fake_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
