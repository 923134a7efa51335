// SPDX-License-Identifier: GPL-2.0
/* suite_run.c - runs and counts of the street, worked out by hand */
#include <kunit/test.h>
#include <linux/mm.h>

#include "count.h"
#include "run.h"
#include "street.h"

static bool has_frame(const struct house *house)
{
	return VMWALK_BIT(house->kind) &
	       (VMWALK_BIT(VMWALK_KIND_PAGE) | VMWALK_BIT(VMWALK_KIND_PROTNONE) |
		VMWALK_BIT(VMWALK_KIND_SPLITTING) | VMWALK_BIT(VMWALK_KIND_MIGRATION) |
		VMWALK_BIT(VMWALK_KIND_HWPOISON));
}

static void run_check(struct kunit *test, const struct vmwalk_run *run,
		      const struct house *house)
{
	bool swap = house->kind == VMWALK_KIND_SWAP;

	KUNIT_EXPECT_EQ_MSG(test, run->start, STREET + house->start, "at %llx", house->start);
	KUNIT_EXPECT_EQ_MSG(test, run->end, STREET + house->end, "at %llx", house->start);
	KUNIT_EXPECT_EQ_MSG(test, run->level, house->level, "at %llx", house->start);
	KUNIT_EXPECT_EQ_MSG(test, run->shift, 12 + 9 * house->level, "at %llx", house->start);
	KUNIT_EXPECT_EQ_MSG(test, run->kind, house->kind, "at %llx", house->start);
	KUNIT_EXPECT_EQ_MSG(test, run->vma_flags, (u64)(VM_READ | VM_WRITE), "at %llx",
			    house->start);
	KUNIT_EXPECT_EQ_MSG(test, run->raw, house->raw, "at %llx", house->start);
	KUNIT_EXPECT_EQ_MSG(test, run->unknown, 0ULL, "at %llx", house->start);
	KUNIT_EXPECT_EQ_MSG(test, run->flags, house->flags, "at %llx", house->start);
	KUNIT_EXPECT_EQ_MSG(test, run->pa, has_frame(house) ? house->place << 12 : 0, "at %llx",
			    house->start);
	KUNIT_EXPECT_EQ_MSG(test, run->swap_offset, swap ? house->place : 0, "at %llx",
			    house->start);
	KUNIT_EXPECT_EQ_MSG(test, run->swap_type, house->swap_type, "at %llx", house->start);
	KUNIT_EXPECT_EQ_MSG(test, run->has,
			    VMWALK_HAS(BASE) | VMWALK_HAS(RAW) |
			    (has_frame(house) ? VMWALK_HAS(FRAME) : 0) |
			    (swap ? VMWALK_HAS(SWAP) : 0), "at %llx", house->start);
}

/* Runs of [start, end) with room for @room at a time, into @runs; how many. */
static u32 collect_for(struct kunit *test, u64 hide, u64 start, u64 end,
		       struct vmwalk_run *runs, u32 room, u32 most)
{
	struct vmwalk_run_sink to;
	struct vmwalk_cost cost = { };
	u64 cursor = start;
	u32 nr = 0;

	while (cursor < end) {
		KUNIT_ASSERT_LT(test, nr, most);
		vmwalk_run_sink_open(&to, runs + nr, min(room, most - nr), hide);
		KUNIT_ASSERT_EQ(test, 0, vmwalk_pgtable_walk(fake_mm(test), &cursor, end,
							     &to.sink, &cost));
		KUNIT_ASSERT_GT(test, to.nr, 0U);
		nr += to.nr;
	}
	return nr;
}

static u32 collect(struct kunit *test, u64 start, u64 end, struct vmwalk_run *runs, u32 room,
		   u32 most)
{
	return collect_for(test, 0, start, end, runs, room, most);
}

static struct vmwalk_run *room_for(struct kunit *test, u32 nr)
{
	struct vmwalk_run *runs = kunit_kcalloc(test, nr, sizeof(*runs), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, runs);
	return runs;
}

/*
 * Room for 1, 2 … records at a time: stitched, always the same runs. A resumed
 * walk breaks no run, so nothing has to be joined.
 */
static void runs_of_the_street(struct kunit *test)
{
	struct vmwalk_run *runs = room_for(test, street_houses + 1);
	const struct house *houses;
	u32 room, i;

	street_build(test, &houses);
	for (room = 1; room <= street_houses + 1; room++) {
		KUNIT_ASSERT_EQ_MSG(test, collect(test, STREET_START, STREET_END, runs, room,
						  street_houses + 1),
				    street_houses, "room %u", room);
		for (i = 0; i < street_houses; i++)
			run_check(test, &runs[i], &houses[i]);
	}
}

/* The same to one who may not see where: frame 0x2000 after 0x1002, another swap area. */
static bool hidden_joins(const struct house *house)
{
	return house->start == 0x40003000 || house->start == 0x40008000 ||
	       house->start == 0x40009000;
}

/*
 * Without the right to places no run ends for the sake of one: where they break
 * would tell which frames follow each other.
 */
static void runs_hidden(struct kunit *test)
{
	struct vmwalk_run *runs = room_for(test, street_houses);
	const struct house *houses;
	u32 room, i, run;

	street_build(test, &houses);
	for (room = 1; room <= street_houses; room++) {
		KUNIT_ASSERT_EQ_MSG(test, street_houses - 3,
				    collect_for(test, VMWALK_PRIVILEGED, STREET_START, STREET_END,
						runs, room, street_houses), "room %u", room);
		for (i = 0, run = 0; i < street_houses; i++, run++) {
			if (hidden_joins(&houses[i]))
				run--;
			else
				KUNIT_EXPECT_EQ(test, runs[run].start, STREET + houses[i].start);
			KUNIT_EXPECT_EQ(test, runs[run].kind, (u32)houses[i].kind);
			KUNIT_EXPECT_EQ(test, runs[run].flags, houses[i].flags);
			KUNIT_EXPECT_EQ(test, runs[run].has, VMWALK_HAS(BASE));
			KUNIT_EXPECT_EQ(test, runs[run].pa | runs[run].raw | runs[run].unknown |
					runs[run].swap_offset | runs[run].swap_type, 0ULL);
			if (i + 1 == street_houses || !hidden_joins(&houses[i + 1]))
				KUNIT_EXPECT_EQ(test, runs[run].end, STREET + houses[i].end);
		}
	}
}

/* Four pages out of the middle of the 2 MiB leaf at frame 0x4200. */
static void runs_clipped(struct kunit *test)
{
	struct vmwalk_run *runs = room_for(test, 2);
	const struct house *houses;

	street_build(test, &houses);
	KUNIT_ASSERT_EQ(test, 1U, collect(test, STREET + 0x40303000, STREET + 0x40307000, runs,
					  2, 2));
	KUNIT_EXPECT_EQ(test, runs->start, STREET + 0x40303000);
	KUNIT_EXPECT_EQ(test, runs->end, STREET + 0x40307000);
	KUNIT_EXPECT_EQ(test, runs->pa, 0x4303000ULL);
}

/* The same entries under two VMAs: a run ends where its VMA does. */
static void runs_end_with_the_vma(struct kunit *test)
{
	struct vmwalk_run *runs = room_for(test, street_houses + 2);
	struct vm_area_struct *vmas[2];

	street_build_two(test, STREET + 0x40001000, vmas);
	KUNIT_ASSERT_EQ(test, street_houses + 1,
			collect(test, STREET_START, STREET_END, runs, street_houses + 2,
				street_houses + 2));
	KUNIT_EXPECT_EQ(test, runs[1].end, STREET + 0x40001000);
	KUNIT_EXPECT_EQ(test, runs[1].pa, 0x1000000ULL);
	KUNIT_EXPECT_EQ(test, runs[2].start, STREET + 0x40001000);
	KUNIT_EXPECT_EQ(test, runs[2].pa, 0x1001000ULL);
}

/* Two 2 MiB leaves whose frames follow each other, but only one has the PAT bit (12). */
static void runs_see_the_pat(struct kunit *test)
{
	struct vmwalk_run *runs = room_for(test, 3);

	fake_vma(test, STREET, STREET + 0x600000, VM_READ);
	fake_set(test, VMWALK_LEVEL_PMD, STREET, 0x80000000040000e7);
	fake_set(test, VMWALK_LEVEL_PMD, STREET + 0x200000, 0x80000000042010e7);
	fake_set(test, VMWALK_LEVEL_PMD, STREET + 0x400000, 0x80000000044010e7);
	KUNIT_ASSERT_EQ(test, 2U, collect(test, STREET, STREET + 0x600000, runs, 3, 3));
	KUNIT_EXPECT_EQ(test, runs[0].flags & VMWALK_FLAG(PAT), 0ULL);
	KUNIT_EXPECT_EQ(test, runs[1].flags & VMWALK_FLAG(PAT), VMWALK_FLAG(PAT));
	KUNIT_EXPECT_EQ(test, runs[1].pa, 0x4200000ULL);
	KUNIT_EXPECT_EQ(test, runs[1].end, STREET + 0x600000);
}

/*
 * The street counted on paper, in pages (0x80007 in all):
 *   pte leaves: 4 plain, 2 PROT_NONE, 2 of zeros, 1 special, 2 at the tables' ends = 11
 *   pmd leaves: 1 plain, 1 PROT_NONE, 1 splitting = 3; pud leaves: 2
 *   present: 11 + 3 * 512 + 2 + 5 = 1554, of which one pte was not accessed
 *   swapped: 2 + 1 + 1 = 4
 *   other: 3 migrating, 2 + 1 markers, 1 poisoned, 1 unknown = 8, and a migrating pmd: 520
 *   never: 2 + 488, 512 (pmd), 511, 505 * 512 (pmds), 262144 (pud) = 522217
 *   dirty: 2 + 1 special + 1, 2 pmds (1024), 2 of the first 1 GiB leaf = 1030
 */
static void counts_check(struct kunit *test, const struct vmwalk_vma *vma)
{
	KUNIT_EXPECT_EQ(test, vma->pte, 11ULL);
	KUNIT_EXPECT_EQ(test, vma->pmd, 3ULL);
	KUNIT_EXPECT_EQ(test, vma->pud, 2ULL);
	KUNIT_EXPECT_EQ(test, vma->swapped, 4ULL);
	KUNIT_EXPECT_EQ(test, vma->other, 520ULL);
	KUNIT_EXPECT_EQ(test, vma->never, 522217ULL);
	KUNIT_EXPECT_EQ(test, vma->accessed, 1553ULL);
	KUNIT_EXPECT_EQ(test, vma->dirty, 1030ULL);
	KUNIT_EXPECT_EQ(test, vma->protnone, 2ULL + 512 + 5);
	KUNIT_EXPECT_EQ(test, vma->special, 3ULL);
	KUNIT_EXPECT_EQ(test, 1554 + vma->swapped + vma->other + vma->never,
			(u64)STREET_PAGES);
}

/*
 * Tables: one pgd, with five levels one p4d, one pud, one pmd, two pte tables.
 * Used: 1, 1, 3 (two leaves and a table), 6 (two tables, four entries), and
 * 512 - 2 - 488 = 22 ptes of the first table, 1 of the second.
 */
static void tables_check(struct kunit *test, const struct vmwalk_tally *tally)
{
	static const u64 tables[] = { 2, 1, 1, 1, 1 }, used[] = { 23, 6, 3, 1, 1 };
	struct vmwalk_table table;
	u32 level;

	for (level = 0; level < VMWALK_LEVEL_NR; level++) {
		bool folded = level == VMWALK_LEVEL_P4D && !fake_five();

		vmwalk_count_read(tally, level, &table);
		KUNIT_EXPECT_EQ_MSG(test, table.level, level, "level %u", level);
		KUNIT_EXPECT_EQ_MSG(test, table.tables, folded ? 0 : tables[level], "level %u",
				    level);
		KUNIT_EXPECT_EQ_MSG(test, table.used, folded ? 0 : used[level], "level %u",
				    level);
		KUNIT_EXPECT_EQ_MSG(test, table.bytes, folded ? 0 : tables[level] * 4096,
				    "level %u", level);
		KUNIT_EXPECT_EQ_MSG(test, table.entries, folded ? 1 : 512, "level %u", level);
	}
}

static void counts_of_the_street(struct kunit *test)
{
	struct vmwalk_vma vma = { .start = STREET_START, .end = STREET_END };
	struct vmwalk_tally tally = { };
	struct vmwalk_cost cost = { };
	const struct house *houses;

	street_build(test, &houses);
	KUNIT_ASSERT_EQ(test, 0, vmwalk_count_vma(fake_mm(test), &vma, &tally, &cost));
	KUNIT_EXPECT_EQ(test, vma.has, VMWALK_HAS(COUNTS));
	counts_check(test, &vma);
	tables_check(test, &tally);
}

/* Counting adds: into the record of the first half goes the second half too. */
static void counts_cut(struct kunit *test, u64 cut)
{
	struct vmwalk_vma vma = { .start = STREET_START, .end = STREET + cut };
	struct vmwalk_tally tally = { };
	struct vmwalk_cost cost = { };
	struct vm_area_struct *vmas[2];

	street_build_two(test, STREET + cut, vmas);
	KUNIT_ASSERT_EQ(test, 0, vmwalk_count_vma(fake_mm(test), &vma, &tally, &cost));
	vma.start = STREET + cut;
	vma.end = STREET_END;
	KUNIT_ASSERT_EQ(test, 0, vmwalk_count_vma(fake_mm(test), &vma, &tally, &cost));
	counts_check(test, &vma);
	tables_check(test, &tally);
}

/* Both VMAs use the second pte table: it is one table, and its entries count once. */
static void two_vmas_one_table(struct kunit *test)
{
	counts_cut(test, 0x40dff000);
}

/* Empty entries on both sides of the cut: none of them becomes used. */
static void two_vmas_in_a_hole(struct kunit *test)
{
	counts_cut(test, 0x40018000);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(runs_of_the_street),
	KUNIT_CASE(runs_hidden),
	KUNIT_CASE(runs_clipped),
	KUNIT_CASE(runs_end_with_the_vma),
	KUNIT_CASE(runs_see_the_pat),
	KUNIT_CASE(counts_of_the_street),
	KUNIT_CASE(two_vmas_one_table),
	KUNIT_CASE(two_vmas_in_a_hole),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_run",
	.init = fake_init,
	.exit = fake_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
