// SPDX-License-Identifier: GPL-2.0
/*
 * suite_alike.c - the fast loop against notes one by one, on tables of random entries
 *
 * The same sink with its bulk taken away is the slow and obvious version.
 */
#include <kunit/test.h>
#include <linux/mm.h>
#include <linux/prandom.h>

#include "arch.h"
#include "count.h"
#include "fake.h"
#include "pagetable.h"
#include "run.h"

#define START		0x7f0000000000ULL
#define TABLES		2		/* of ptes, side by side; behind them entries of the pmd table */
#define END		(START + 64 * PMD_SIZE)
#define BEHIND		(END + 8 * PMD_SIZE)	/* entries there are nobody's business */
#define ROUNDS		60
#define RUNS		(TABLES * 512 + 64)

#define PAGE_BITS	0x067ULL	/* present, write, user, accessed, dirty */
#define SEEN_BITS	0x025ULL	/* present, user, accessed */
#define HUGE_BITS	0x0e7ULL
#define HUGE_SEEN	0x0a5ULL
#define NONE_BITS	0x162ULL	/* PROT_NONE: write, accessed, dirty and the bit itself */
#define FRAMES		0x000ffffffffff000ULL

static u64 swap_entry(unsigned int type, u64 offset)
{
	return pte_val(__swp_entry_to_pte(__swp_entry(type, offset)));
}

/* One of a few kinds, at a place out of few, so that all sorts of neighbours come about. */
static u64 any_pte(struct rnd_state *random)
{
	u64 frame = my_zero_pfn(0) - 2 + prandom_u32_state(random) % 5;

	switch (prandom_u32_state(random) % 8) {
	case 0:
		return 0;
	case 1:
		return frame << PAGE_SHIFT | SEEN_BITS;
	case 2:
		return (~(frame << PAGE_SHIFT) & FRAMES) | NONE_BITS;
	case 3:
		return swap_entry(prandom_u32_state(random) % 2, frame % 4);
#ifdef CONFIG_MIGRATION
	case 4:
		return swap_entry(SWP_MIGRATION_WRITE, frame);
#endif
	case 5:
		return my_zero_pfn(0) << PAGE_SHIFT | SEEN_BITS;
	default:
		return frame << PAGE_SHIFT | PAGE_BITS;
	}
}

static u64 any_pmd(struct rnd_state *random)
{
	u64 frame = (1ULL << 36) + 512 * (prandom_u32_state(random) % 4);	/* no memory */

	switch (prandom_u32_state(random) % 4) {
	case 0:
		return 0;
	case 1:
		return frame << PAGE_SHIFT | HUGE_SEEN;
	case 2:
		return (~(frame << PAGE_SHIFT) & FRAMES & PMD_MASK) | NONE_BITS | 0x080;
	default:
		return frame << PAGE_SHIFT | HUGE_BITS;
	}
}

/* What goes on where @raw ends, of pages and huge pages that are there; all else again. */
static u64 next_of(u64 raw, u64 bytes)
{
	return raw & 1 && raw >> PAGE_SHIFT != my_zero_pfn(0) ? raw + bytes : raw;
}

static void fill(struct kunit *test, struct rnd_state *random)
{
	u64 va, raw = 0;
	int table;

	for (table = 0; table < TABLES; table++)
		for (va = START + table * PMD_SIZE; va < START + (table + 1) * PMD_SIZE;
		     va += PAGE_SIZE) {
			raw = prandom_u32_state(random) % 4 ? next_of(raw, PAGE_SIZE) :
							     any_pte(random);
			fake_set(test, VMWALK_LEVEL_PTE, va, raw);
		}
	for (raw = 0; va < BEHIND; va += PMD_SIZE) {
		raw = prandom_u32_state(random) % 3 ? next_of(raw, PMD_SIZE) : any_pmd(random);
		fake_set(test, VMWALK_LEVEL_PMD, va, raw);
	}
}

/* A range that may begin and end inside entries. */
struct span {
	u64 start, end;
};

static struct span any_span(struct rnd_state *random)
{
	u64 first = prandom_u32_state(random) % 3 ? 0 : prandom_u32_state(random) % (5 * 512);
	u64 cut = prandom_u32_state(random) % 3 ? 0 : prandom_u32_state(random) % (40 * 512);

	return (struct span) { START + first * PAGE_SIZE, END - cut * PAGE_SIZE };
}

/* A sink of the range, with room for all or for few; the slow one takes no bulk. */
static u32 runs_of(struct kunit *test, struct vmwalk_run *runs, u64 hide, u32 room, bool slow,
		   const struct span *span, struct vmwalk_cost *cost)
{
	struct vmwalk_run_sink to;
	u64 cursor = span->start;
	u32 nr = 0;

	while (cursor < span->end) {
		KUNIT_ASSERT_LT(test, nr, RUNS);
		vmwalk_run_sink_open(&to, runs + nr, min(room, RUNS - nr), hide);
		if (slow)
			to.sink.bulk = 0;
		KUNIT_ASSERT_EQ(test, 0, vmwalk_pgtable_walk(fake_mm(test), &cursor, span->end,
							     &to.sink, cost));
		nr += to.nr;
	}
	KUNIT_EXPECT_EQ(test, cursor, span->end);
	return nr;
}

static void same_runs(struct kunit *test)
{
	struct vmwalk_run *fast = kunit_kcalloc(test, RUNS, sizeof(*fast), GFP_KERNEL);
	struct vmwalk_run *slow = kunit_kcalloc(test, RUNS, sizeof(*slow), GFP_KERNEL);
	const u64 hides[] = { 0, VMWALK_PRIVILEGED };
	const u32 rooms[] = { RUNS, 1, 7 };
	struct rnd_state random;
	u32 round, h, r, nr, most = 0;

	KUNIT_ASSERT_NOT_NULL(test, fast);
	KUNIT_ASSERT_NOT_NULL(test, slow);
	fake_vma(test, START, BEHIND, VM_READ | VM_WRITE);
	prandom_seed_state(&random, 20210101);
	for (round = 0; round < ROUNDS; round++) {
		struct span span = any_span(&random);

		fill(test, &random);
		for (h = 0; h < ARRAY_SIZE(hides); h++)
			for (r = 0; r < ARRAY_SIZE(rooms); r++) {
				struct vmwalk_cost a = { }, b = { };

				nr = runs_of(test, slow, hides[h], rooms[r], true, &span, &a);
				KUNIT_ASSERT_EQ(test, nr, runs_of(test, fast, hides[h], rooms[r],
								  false, &span, &b));
				KUNIT_ASSERT_EQ(test, 0, memcmp(fast, slow, nr * sizeof(*fast)));
				if (rooms[r] == RUNS)
					KUNIT_EXPECT_EQ(test, a.entries, b.entries);
				most = max(most, nr);
			}
	}
	KUNIT_EXPECT_GT(test, most, 200U);	/* the tables were not dull */
}

static u32 tables_of(struct kunit *test, struct vmwalk_pagetable *tables, bool slow,
		     const struct span *span)
{
	struct vmwalk_pagetable_sink to;
	struct vmwalk_cost cost = { };
	u64 cursor = span->start;

	vmwalk_pagetable_sink_open(&to, tables, 16, 0);
	if (slow)
		to.sink.bulk = 0;
	KUNIT_ASSERT_EQ(test, 0, vmwalk_pgtable_walk(fake_mm(test), &cursor, span->end,
						     &to.sink, &cost));
	vmwalk_pagetable_sink_close(&to);
	return to.nr;
}

static void same_tables(struct kunit *test)
{
	struct vmwalk_pagetable fast[16], slow[16];
	struct rnd_state random;
	u32 round, nr;

	fake_vma(test, START, BEHIND, VM_READ | VM_WRITE);
	prandom_seed_state(&random, 20210102);
	for (round = 0; round < ROUNDS; round++) {
		struct span span = any_span(&random);

		fill(test, &random);
		nr = tables_of(test, slow, true, &span);
		KUNIT_ASSERT_EQ(test, nr, tables_of(test, fast, false, &span));
		KUNIT_ASSERT_GE(test, nr, 3U);
		KUNIT_ASSERT_EQ(test, 0, memcmp(fast, slow, nr * sizeof(*fast)));
	}
}

/* What a note adds to the counts of a VMA. */
static void count_note(struct vmwalk_vma *sum, const struct vmwalk_note *note)
{
	u64 unknown, flags = note->flags | vmwalk_arch_decode(note->level, note->kind, note->raw,
							      &unknown);

	switch (note->kind) {
	case VMWALK_KIND_NONE:
		sum->never += note->pages;
		return;
	case VMWALK_KIND_SWAP:
		sum->swapped += note->pages;
		return;
	case VMWALK_KIND_PROTNONE:
		sum->protnone += note->pages;
		fallthrough;
	case VMWALK_KIND_PAGE:
		*(note->level == VMWALK_LEVEL_PTE ? &sum->pte : &sum->pmd) += 1;
		sum->accessed += flags & VMWALK_FLAG(ACCESSED) ? note->pages : 0;
		sum->dirty += flags & VMWALK_FLAG(DIRTY) ? note->pages : 0;
		if (flags & (VMWALK_FLAG(ZERO) | VMWALK_FLAG(SPECIAL)))
			sum->special += note->pages;
		return;
	default:
		sum->other += note->pages;
	}
}

static void same_counts(struct kunit *test)
{
	struct vm_area_struct *vma = fake_vma(test, START, BEHIND, VM_READ | VM_WRITE);
	struct rnd_state random;
	u32 round, i;

	prandom_seed_state(&random, 20210103);
	for (round = 0; round < ROUNDS / 6; round++) {
		struct span span = any_span(&random);
		struct vmwalk_vma sum = {
			.start = span.start, .end = span.end, .has = VMWALK_HAS(COUNTS),
		};
		struct vmwalk_vma counted = { .start = span.start, .end = span.end };
		struct fake_sink *notes = fake_sink(test, FAKE_NOTES);
		struct vmwalk_tally tally = { };
		struct vmwalk_cost cost = { };
		u64 used[2] = { };

		fill(test, &random);
		fake_walk(vma, span.start, span.end, notes);
		for (i = 0; i < notes->nr; i++) {
			if (notes->note[i].level <= VMWALK_LEVEL_PMD)
				used[notes->note[i].level] += notes->note[i].kind !=
							      VMWALK_KIND_NONE;
			if (fake_leaf(&notes->note[i]))
				count_note(&sum, &notes->note[i]);
		}
		KUNIT_ASSERT_EQ(test, 0, vmwalk_count_vma(fake_mm(test), &counted, &tally, &cost));
		KUNIT_ASSERT_EQ(test, 0, memcmp(&sum, &counted, sizeof(sum)));
		KUNIT_EXPECT_EQ(test, tally.level[VMWALK_LEVEL_PTE].used, used[0]);
		KUNIT_EXPECT_EQ(test, tally.level[VMWALK_LEVEL_PMD].used, used[1]);
	}
}

static struct kunit_case alike_cases[] = {
	KUNIT_CASE(same_runs),
	KUNIT_CASE(same_tables),
	KUNIT_CASE(same_counts),
	{ }
};

static struct kunit_suite alike_suite = {
	.name = "vmwalk_alike",
	.init = fake_init,
	.exit = fake_exit,
	.test_cases = alike_cases,
};
kunit_test_suite(alike_suite);
