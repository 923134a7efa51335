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

#define MAY_STORE	VMWALK_FLAG(WRITE)
#define FOR_USER	VMWALK_FLAG(USER)
#define NO_EXEC	VMWALK_FLAG(NX)
#define NX_BIT	0x8000000000000000ULL

/*
 * One bit of one level taken away, at the page of 0x40000000, whose own entry is
 * writable, for users and not executable; the tables above it allow everything.
 * (A pmd entry without the bit WRITE is none that the kernel makes: pmd_bad().)
 * @level: VMWALK_LEVEL_NR changes nothing.
 */
static const struct {
	u8 level;
	u64 clear;
	u64 effective;
} changes[] = {
	{ VMWALK_LEVEL_NR, 0, MAY_STORE | FOR_USER | NO_EXEC },
	{ VMWALK_LEVEL_PTE, NX_BIT, MAY_STORE | FOR_USER },
	{ VMWALK_LEVEL_PTE, 2, FOR_USER | NO_EXEC },
	{ VMWALK_LEVEL_PTE, 4, MAY_STORE | NO_EXEC },
	{ VMWALK_LEVEL_PMD, 4, MAY_STORE | NO_EXEC },
	{ VMWALK_LEVEL_PUD, 2, FOR_USER | NO_EXEC },
	{ VMWALK_LEVEL_PUD, 4, MAY_STORE | NO_EXEC },
	{ VMWALK_LEVEL_PGD, 2, FOR_USER | NO_EXEC },
	{ VMWALK_LEVEL_PGD, 4, MAY_STORE | NO_EXEC },
};

static void effective_takes_all_levels(struct kunit *test)
{
	u64 va = STREET + 0x40000000;
	const struct house *houses;
	int i;

	street_build(test, &houses);
	for (i = 0; i < ARRAY_SIZE(changes); i++) {
		u8 level = changes[i].level % VMWALK_LEVEL_NR;
		u64 *entry = fake_table(test, level, va) + fake_index(level, va), old = *entry;
		struct vmwalk_walk *walk;

		*entry = old & ~changes[i].clear;
		walk = visit(test, va);
		*entry = old;
		KUNIT_EXPECT_TRUE(test, walk->has & VMWALK_HAS(LEAF));
		KUNIT_EXPECT_EQ_MSG(test, walk->effective, changes[i].effective, "change %d", i);
	}
}

/*
 * The pgd entry's NX does not count: the CPU in user mode sees another one. Without
 * page-table isolation the kernel makes no such entry: p4d_bad().
 */
static void effective_without_nx_of_pgd(struct kunit *test)
{
	u64 va = STREET + 0x40000000;
	u64 expected = IS_ENABLED(CONFIG_PAGE_TABLE_ISOLATION) ? MAY_STORE | FOR_USER : 0;
	const struct house *houses;
	struct vmwalk_walk *walk;

	street_build(test, &houses);
	fake_table(test, VMWALK_LEVEL_PTE, va)[fake_index(VMWALK_LEVEL_PTE, va)] &= ~NX_BIT;
	fake_table(test, VMWALK_LEVEL_PGD, va)[fake_index(VMWALK_LEVEL_PGD, va)] |= NX_BIT;
	walk = visit(test, va);
	KUNIT_EXPECT_EQ(test, !!(walk->has & VMWALK_HAS(LEAF)), expected != 0);
	KUNIT_EXPECT_EQ(test, walk->effective, expected);
}

/* Leaves above the pte level, and those the CPU does not see. */
static void effective_of_kinds(struct kunit *test)
{
	static const struct {
		u64 at;
		bool leaf;
		u64 effective;
	} at[] = {
		{ 0x3fffffff, true, MAY_STORE | FOR_USER | NO_EXEC },	/* 1 GiB */
		{ 0x40200000, true, MAY_STORE | FOR_USER | NO_EXEC },	/* 2 MiB */
		{ 0x401ffabc, true, FOR_USER },			/* 0x041ff005 */
		{ 0x4000b678, true, NO_EXEC },			/* PROT_NONE */
		{ 0x40a00fff, true, NO_EXEC },			/* splitting, its bits all set */
		{ 0x40004123, false, 0 },			/* empty */
		{ 0x40007008, false, 0 },			/* swap */
		{ 0x4000c000, false, 0 },			/* migration */
	};
	const struct house *houses;
	int i;

	street_build(test, &houses);
	for (i = 0; i < ARRAY_SIZE(at); i++) {
		struct vmwalk_walk *walk = visit(test, STREET + at[i].at);

		KUNIT_EXPECT_EQ_MSG(test, !!(walk->has & VMWALK_HAS(LEAF)), at[i].leaf,
				    "at %llx", at[i].at);
		KUNIT_EXPECT_EQ_MSG(test, walk->effective, at[i].effective, "at %llx", at[i].at);
	}
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
	KUNIT_EXPECT_EQ(test, walk->has, VMWALK_HAS(BASE) | VMWALK_HAS(VMA) | VMWALK_HAS(LEAF));
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
	KUNIT_CASE(effective_takes_all_levels),
	KUNIT_CASE(effective_without_nx_of_pgd),
	KUNIT_CASE(effective_of_kinds),
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
