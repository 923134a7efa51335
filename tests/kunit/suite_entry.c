// SPDX-License-Identifier: GPL-2.0
/* suite_entry.c - the arithmetic of one entry, and what joins a run */
#include <kunit/test.h>

#include "entry.h"

/* shift of pte, pmd, pud, p4d and pgd of five levels; with four the pgd has 39 */
static void starts(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, vmwalk_entry_start(0x7f1234567abc, 12), 0x7f1234567000ULL);
	KUNIT_EXPECT_EQ(test, vmwalk_entry_start(0x7f1234567abc, 21), 0x7f1234400000ULL);
	KUNIT_EXPECT_EQ(test, vmwalk_entry_start(0x7f1234567abc, 30), 0x7f1200000000ULL);
	KUNIT_EXPECT_EQ(test, vmwalk_entry_start(0x7f1234567abc, 39), 0x7f0000000000ULL);
	KUNIT_EXPECT_EQ(test, vmwalk_entry_start(0xffffffffffffffff, 12), 0xfffffffffffff000ULL);
	KUNIT_EXPECT_EQ(test, vmwalk_entry_start(0x1fffff, 21), 0ULL);
}

/*
 * 0x00fedcba98765432 = binary, from bit 48 down in nines: 011111110 (0xfe),
 * 110111001 (0x1b9), 011101010 (0xea), 011000011 (0xc3), 101100101 (0x165),
 * offset 0x432. With four levels the first of them is not looked at.
 */
static void indices(struct kunit *test)
{
	static const struct { u64 va; u32 shift, index; } cases[] = {
		{ 0x00fedcba98765432, 48, 0xfe }, { 0x00fedcba98765432, 39, 0x1b9 },
		{ 0x00fedcba98765432, 30, 0xea }, { 0x00fedcba98765432, 21, 0xc3 },
		{ 0x00fedcba98765432, 12, 0x165 },
		/* both sides of the canonical hole of four levels, and of five */
		{ 0x00007fffffffffff, 39, 255 }, { 0xffff800000000000, 39, 256 },
		{ 0x00ffffffffffffff, 48, 255 }, { 0xff00000000000000, 48, 256 },
		{ 0, 39, 0 }, { ~0ULL, 39, 511 }, { ~0ULL, 48, 511 }, { ~0ULL, 12, 511 },
		{ 0x1fffff, 12, 511 }, { 0x200000, 12, 0 },
		{ 0x3fffffff, 21, 511 }, { 0x40000000, 21, 0 },
		{ 0x7fffffffff, 30, 511 }, { 0x8000000000, 30, 0 },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		KUNIT_EXPECT_EQ_MSG(test, vmwalk_entry_index(cases[i].va, cases[i].shift, 512),
				    cases[i].index, "case %d", i);
	/* a folded level has one entry */
	KUNIT_EXPECT_EQ(test, vmwalk_entry_index(0x7fffffffffff, 39, 1), 0U);
}

static void ends(struct kunit *test)
{
	static const struct { u64 va, end; u32 shift; u64 next; } cases[] = {
		{ 0x1000, 0x9000, 12, 0x2000 }, { 0x1fff, 0x9000, 12, 0x2000 },
		{ 0x1000, 0x2000, 12, 0x2000 }, { 0x1000, 0x1800, 12, 0x1800 },
		{ 0, 0x200000, 21, 0x200000 }, { 0x1ff000, 0x201000, 21, 0x200000 },
		{ 0x200000, 0x3ff000, 21, 0x3ff000 }, { 0x200000, 0x401000, 21, 0x400000 },
		{ 0x3fffffff, 0x7f0000000000, 30, 0x40000000 },
		{ 0x40000000, 0x7fffffff, 30, 0x7fffffff },
		{ 0x7f8000000000, 0x7ffffffff000, 39, 0x7ffffffff000 },
		/* the last entry ends at 2^64, which is 0: the range is always sooner */
		{ 0xfffffffffffff000, ~0ULL, 12, ~0ULL },
		{ 0xffffffffffe00000, 0xfffffffffffff000, 21, 0xfffffffffffff000 },
		{ 0xffffff8000000000, ~0ULL, 39, ~0ULL },
		{ 0xffff000000000000, 0xffff800000000000, 48, 0xffff800000000000 },
		/* a range that itself ends at 2^64 */
		{ 0xffffffffffffe000, 0, 12, 0xfffffffffffff000 },
		{ 0xfffffffffffff000, 0, 12, 0 },
		{ 0xffffffffc0000000, 0, 30, 0 },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		KUNIT_EXPECT_EQ_MSG(test, vmwalk_entry_end(cases[i].va, cases[i].end,
							   cases[i].shift),
				    cases[i].next, "case %d", i);
}

/*
 * First and last byte, and both sides of a page's edge. 2 MiB at frame 0x40000:
 * 0x1ff pages further is frame 0x401ff; 1 GiB: 0x3ffff further is 0x7ffff.
 */
static void places(struct kunit *test)
{
	static const struct { u32 shift; u64 va, place, pa; } cases[] = {
		{ 12, 0x7f0000000000, 0x40000, 0x40000000 },
		{ 12, 0x7f0000000fff, 0x40000, 0x40000fff },
		{ 21, 0x7f0000200000, 0x40000, 0x40000000 },
		{ 21, 0x7f0000200fff, 0x40000, 0x40000fff },
		{ 21, 0x7f0000201000, 0x40001, 0x40001000 },
		{ 21, 0x7f00003fffff, 0x401ff, 0x401fffff },
		{ 30, 0x7f0040000000, 0x40000, 0x40000000 },
		{ 30, 0x7f0040200001, 0x40200, 0x40200001 },
		{ 30, 0x7f007fffffff, 0x7ffff, 0x7fffffff },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		u64 place = vmwalk_entry_place(0x40000, cases[i].va, cases[i].shift, 12);

		KUNIT_EXPECT_EQ_MSG(test, place, cases[i].place, "case %d", i);
		KUNIT_EXPECT_EQ_MSG(test, vmwalk_entry_pa(place, cases[i].va, 12), cases[i].pa,
				    "case %d", i);
	}
	/* the highest frame of 52 physical bits, and frame 0 */
	KUNIT_EXPECT_EQ(test, vmwalk_entry_pa(0xffffffffff, 0x123, 12), 0x000ffffffffff123ULL);
	KUNIT_EXPECT_EQ(test, vmwalk_entry_place(0, 0x203000, 21, 12), 3ULL);
}

/* Kinds where the kernel still owns a frame, and of them those that count as resident. */
#define PRESENT	(VMWALK_BIT(VMWALK_KIND_PAGE) | VMWALK_BIT(VMWALK_KIND_PROTNONE) | \
		 VMWALK_BIT(VMWALK_KIND_SPLITTING))
#define FRAME	(PRESENT | VMWALK_BIT(VMWALK_KIND_MIGRATION) | \
		 VMWALK_BIT(VMWALK_KIND_HWPOISON) | VMWALK_BIT(VMWALK_KIND_DEVICE_PRIVATE) | \
		 VMWALK_BIT(VMWALK_KIND_DEVICE_EXCLUSIVE))

static void kinds(struct kunit *test)
{
	u32 kind;

	for (kind = 0; kind <= VMWALK_KIND_NR; kind++) {
		KUNIT_EXPECT_EQ_MSG(test, vmwalk_entry_has_frame(kind), !!(FRAME >> kind & 1),
				    "kind %u", kind);
		KUNIT_EXPECT_EQ_MSG(test, vmwalk_entry_present(kind), !!(PRESENT >> kind & 1),
				    "kind %u", kind);
	}
}

/* Two pages of frame 0x100 at 0x5000; followed by frame 0x102 at 0x7000. */
static struct vmwalk_note first_note(void)
{
	return (struct vmwalk_note) {
		.va = 0x5000, .end = 0x7000, .vma = 0x1000, .raw = 0x100067, .key = 0x67,
		.place = 0x100, .pages = 2, .level = VMWALK_LEVEL_PTE, .shift = 12,
		.kind = VMWALK_KIND_PAGE,
	};
}

static struct vmwalk_note next_note(void)
{
	struct vmwalk_note note = first_note();

	note.va = 0x7000;
	note.end = 0x9000;
	note.place = 0x102;
	return note;
}

static bool joined(struct vmwalk_note first, struct vmwalk_note next)
{
	struct vmwalk_seam seam;

	vmwalk_seam_move(&seam, &first, 0);
	return vmwalk_seam_joins(&seam, &next);
}

static void seam_joins(struct kunit *test)
{
	struct vmwalk_note first = first_note(), next = next_note();
	struct vmwalk_seam seam;

	KUNIT_EXPECT_TRUE(test, joined(first, next));
	/* what a run may change on its way: its entry, where that stands */
	next.raw = 0x102067;
	next.index = 7;
	next.table = test;
	next.vma_flags = 0xff;
	KUNIT_EXPECT_TRUE(test, joined(first, next));
	vmwalk_seam_open(&seam);
	KUNIT_EXPECT_FALSE(test, vmwalk_seam_joins(&seam, &next));
}

static void breaks(struct kunit *test, const char *what, struct vmwalk_note next)
{
	KUNIT_EXPECT_FALSE_MSG(test, joined(first_note(), next), "%s", what);
}

#define BREAKS(field, delta) do {						\
	struct vmwalk_note up = next_note(), down = next_note();		\
										\
	up.field += (delta);							\
	down.field -= (delta);							\
	breaks(test, #field " up", up);						\
	breaks(test, #field " down", down);					\
} while (0)

/* Every field that must be equal, one off at a time, both ways. */
static noinline_for_stack void place_breaks(struct kunit *test)
{
	BREAKS(va, 0x1000);
	BREAKS(vma, 0x1000);
	BREAKS(place, 1);
}

static noinline_for_stack void sort_breaks(struct kunit *test)
{
	BREAKS(key, 1);
	BREAKS(flags, VMWALK_FLAG(ZERO));
	BREAKS(level, 1);
	BREAKS(swap_type, 1);
	BREAKS(kind, 1);
}

static void seam_breaks(struct kunit *test)
{
	place_breaks(test);
	sort_breaks(test);
}

/* Which kinds have a place that moves on with the address. */
static void seam_moves(struct kunit *test)
{
	u32 kind;

	for (kind = 0; kind < VMWALK_KIND_NR; kind++) {
		bool moves = (FRAME | VMWALK_BIT(VMWALK_KIND_SWAP)) >> kind & 1;
		struct vmwalk_note first = first_note(), next = next_note();

		first.kind = kind;
		next.kind = kind;
		KUNIT_EXPECT_EQ_MSG(test, joined(first, next), moves, "kind %u", kind);
		next.place = first.place;
		KUNIT_EXPECT_EQ_MSG(test, joined(first, next), !moves, "kind %u", kind);
	}
}

/* Pages of zeros all map one frame: they join because it stays, not because it moves. */
static void seam_zero(struct kunit *test)
{
	struct vmwalk_note first = first_note(), next = next_note();

	first.flags = VMWALK_FLAG(ZERO);
	next.flags = VMWALK_FLAG(ZERO);
	KUNIT_EXPECT_FALSE(test, joined(first, next));
	next.place = first.place;
	KUNIT_EXPECT_TRUE(test, joined(first, next));
}

/* 512 pages of a 2 MiB leaf: the next begins 0x200 frames on; a clipped one sooner. */
static void seam_huge(struct kunit *test)
{
	struct vmwalk_note first = first_note(), next = first_note();

	first.va = 0x200000;
	first.end = 0x400000;
	first.pages = 0x200;
	first.place = 0x400;
	first.level = VMWALK_LEVEL_PMD;
	next = first;
	next.va = 0x400000;
	next.place = 0x600;
	KUNIT_EXPECT_TRUE(test, joined(first, next));
	first.va = 0x3fe000;
	first.pages = 2;
	first.place = 0x5fe;
	KUNIT_EXPECT_TRUE(test, joined(first, next));
	next.place = 0x7fe;
	KUNIT_EXPECT_FALSE(test, joined(first, next));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(starts),
	KUNIT_CASE(indices),
	KUNIT_CASE(ends),
	KUNIT_CASE(places),
	KUNIT_CASE(kinds),
	KUNIT_CASE(seam_joins),
	KUNIT_CASE(seam_breaks),
	KUNIT_CASE(seam_moves),
	KUNIT_CASE(seam_zero),
	KUNIT_CASE(seam_huge),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_entry",
	.test_cases = cases,
};
kunit_test_suite(suite);
