// SPDX-License-Identifier: GPL-2.0
/* suite_dossier.c - one address of the street, and what is around it */
#include <kunit/test.h>
#include <linux/mm.h>
#include <linux/sched/coredump.h>

#include "dossier.h"
#include "street.h"
#include "target.h"
#include "vma.h"

#define CUT	(STREET + 0x40008000)	/* where the street of two VMAs is cut */
#define HOLE	(STREET_END + 0x3000)	/* where another VMA begins */

/* A dossier of the street, by a thread that is not of it; freed with the test. */
static struct vmwalk_dossier *look(struct kunit *test, u64 va)
{
	struct vmwalk_dossier *dossier = kunit_kzalloc(test, sizeof(*dossier), GFP_KERNEL);
	struct vmwalk_live live = { .task = current, .mm = fake_mm(test) };
	struct vmwalk_cost cost = { };
	struct vmwalk_vma_name name;

	KUNIT_ASSERT_NOT_NULL(test, dossier);
	memset(dossier, 0xff, sizeof(*dossier));
	KUNIT_ASSERT_EQ(test, 0, vmwalk_dossier_read(&live, va, dossier, &name, &cost));
	KUNIT_EXPECT_EQ(test, cost.holds, 1U);
	KUNIT_EXPECT_NULL(test, name.path.mnt);
	vmwalk_vma_name_put(&name);
	return dossier;
}

/* The street in two VMAs, a hole, and one more VMA that grows down. */
static void build(struct kunit *test)
{
	struct vm_area_struct *vmas[2];

	street_build_two(test, CUT, vmas);
	fake_vma(test, HOLE, HOLE + 0x1000, VM_READ | VM_GROWSDOWN);
}

static void has_its_parts(struct kunit *test)
{
	struct vmwalk_dossier *dossier;

	build(test);
	dossier = look(test, STREET + 0x40001fff);
	KUNIT_EXPECT_EQ(test, dossier->has,
			VMWALK_HAS(BASE) | VMWALK_HAS(VMA) | VMWALK_HAS(LEAF));
	KUNIT_EXPECT_EQ(test, dossier->walk.pa, 0x1001fffULL);
	KUNIT_EXPECT_EQ(test, dossier->vma.start, STREET_START);
	KUNIT_EXPECT_EQ(test, dossier->vma.end, CUT);
	KUNIT_EXPECT_EQ(test, dossier->vma.attributes, 3ULL);	/* read, write */
	KUNIT_EXPECT_TRUE(test, dossier->frame.has & VMWALK_HAS(BASE));
	KUNIT_EXPECT_EQ(test, (int)dossier->backing.fill, VMWALK_FILL_ZERO);
	KUNIT_EXPECT_EQ(test, (int)dossier->backing.cache, VMWALK_CACHE_NONE);
}

static void without_a_leaf(struct kunit *test)
{
	struct vmwalk_frame nothing = { };
	struct vmwalk_dossier *dossier;

	build(test);
	dossier = look(test, STREET + 0x40004000);
	KUNIT_EXPECT_EQ(test, dossier->has, VMWALK_HAS(BASE) | VMWALK_HAS(VMA));
	KUNIT_EXPECT_EQ(test, (int)dossier->walk.kind, VMWALK_KIND_NONE);
	KUNIT_EXPECT_EQ(test, 0, memcmp(&dossier->frame, &nothing, sizeof(nothing)));
}

static void without_a_vma(struct kunit *test)
{
	struct vmwalk_frame no_frame = { };
	struct vmwalk_vma no_vma = { };
	struct vmwalk_dossier *dossier;

	build(test);
	dossier = look(test, STREET_END);
	KUNIT_EXPECT_EQ(test, dossier->has, VMWALK_HAS(BASE));
	KUNIT_EXPECT_EQ(test, (int)dossier->walk.kind, VMWALK_KIND_NOVMA);
	KUNIT_EXPECT_EQ(test, 0, memcmp(&dossier->vma, &no_vma, sizeof(no_vma)));
	KUNIT_EXPECT_EQ(test, 0, memcmp(&dossier->frame, &no_frame, sizeof(no_frame)));
	KUNIT_EXPECT_EQ(test, (int)dossier->backing.fill, VMWALK_FILL_NONE);
}

/* The nearest VMA on either side; the one around the address is neither. */
static void neighbours(struct kunit *test)
{
	static const struct {
		u64 at;
		u64 below[2];
		u64 above[2];
	} places[] = {
		{ 0, { }, { STREET_START, CUT } },
		{ STREET_START - 1, { }, { STREET_START, CUT } },
		{ STREET_START, { }, { CUT, STREET_END } },
		{ CUT - 1, { }, { CUT, STREET_END } },
		{ CUT, { STREET_START, CUT }, { HOLE, HOLE + 0x1000 } },
		{ STREET_END - 1, { STREET_START, CUT }, { HOLE, HOLE + 0x1000 } },
		{ STREET_END, { CUT, STREET_END }, { HOLE, HOLE + 0x1000 } },
		{ HOLE - 1, { CUT, STREET_END }, { HOLE, HOLE + 0x1000 } },
		{ HOLE, { CUT, STREET_END }, { } },
		{ HOLE + 0x1000, { HOLE, HOLE + 0x1000 }, { } },
		{ 0x1234000000000000, { HOLE, HOLE + 0x1000 }, { } },
		{ ~0ULL, { HOLE, HOLE + 0x1000 }, { } },
	};
	int i, k;

	build(test);
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		struct vmwalk_around *around = &look(test, places[i].at)->around;

		for (k = 0; k < 2; k++) {
			KUNIT_EXPECT_EQ_MSG(test, around->below[k], places[i].below[k],
					    "at %llx", places[i].at);
			KUNIT_EXPECT_EQ_MSG(test, around->above[k], places[i].above[k],
					    "at %llx", places[i].at);
		}
		/* read and growsdown are 0x101, read and write 3 */
		KUNIT_EXPECT_EQ_MSG(test, around->above_attributes,
				    !places[i].above[0] ? 0ULL :
				    places[i].above[0] == HOLE ? 0x101ULL : 3ULL,
				    "at %llx", places[i].at);
		KUNIT_EXPECT_EQ_MSG(test, around->below_attributes,
				    !places[i].below[0] ? 0ULL :
				    places[i].below[0] == HOLE ? 0x101ULL : 3ULL,
				    "at %llx", places[i].at);
	}
}

static void limits(struct kunit *test)
{
	struct mm_struct *mm = fake_mm(test);
	struct vmwalk_around *around;

	mm->task_size = 0x123456000;
	mm->total_vm = 7;
	build(test);
	around = &look(test, 0)->around;
	KUNIT_EXPECT_EQ(test, around->task_size, 0x123456000ULL);
	KUNIT_EXPECT_EQ(test, around->total_bytes, 0x7000ULL);
	KUNIT_EXPECT_EQ(test, around->stack_limit, (u64)rlimit(RLIMIT_STACK));
	KUNIT_EXPECT_EQ(test, around->as_limit, (u64)rlimit(RLIMIT_AS));
	KUNIT_EXPECT_EQ(test, around->thp_disabled, 0U);
	/* of a thread that has another mm by now nothing is told */
	KUNIT_EXPECT_EQ(test, around->has, VMWALK_HAS(BASE));
	KUNIT_EXPECT_EQ(test, around->pkru, 0U);
	set_bit(MMF_DISABLE_THP, &mm->flags);
	KUNIT_EXPECT_EQ(test, look(test, 0)->around.thp_disabled, 1U);
}

/* Every part of a dossier that is full of everything has nothing privileged left. */
static void hidden(struct kunit *test)
{
	struct vmwalk_dossier *dossier = kunit_kzalloc(test, sizeof(*dossier), GFP_KERNEL);
	u64 left;

	KUNIT_ASSERT_NOT_NULL(test, dossier);
	memset(dossier, 0xff, sizeof(*dossier));
	dossier->walk.depth = VMWALK_DEPTH;
	vmwalk_dossier_hide(dossier, VMWALK_PRIVILEGED);
	left = dossier->has | dossier->walk.has | dossier->vma.has | dossier->frame.has |
	       dossier->backing.has | dossier->around.has;
	KUNIT_EXPECT_EQ(test, left & VMWALK_PRIVILEGED, 0ULL);
	KUNIT_EXPECT_EQ(test, dossier->walk.pa, 0ULL);
	KUNIT_EXPECT_EQ(test, dossier->walk.entry[4].raw, 0ULL);
	KUNIT_EXPECT_EQ(test, dossier->frame.pfn, 0ULL);
	KUNIT_EXPECT_EQ(test, dossier->frame.page_flags, 0ULL);
	KUNIT_EXPECT_EQ(test, dossier->frame.inode, 0ULL);
	KUNIT_EXPECT_EQ(test, dossier->frame.cgroup, 0ULL);
	KUNIT_EXPECT_EQ(test, dossier->backing.cache, 0U);
	KUNIT_EXPECT_EQ(test, dossier->backing.cache_pfn, 0ULL);
	KUNIT_EXPECT_EQ(test, dossier->backing.swap_offset, 0ULL);
	KUNIT_EXPECT_EQ(test, dossier->backing.block_state, 0U);
	KUNIT_EXPECT_EQ(test, dossier->backing.block, 0ULL);
	KUNIT_EXPECT_EQ(test, dossier->around.pkru, 0U);
	/* what is not privileged stays */
	KUNIT_EXPECT_EQ(test, dossier->backing.inode, ~0ULL);
	KUNIT_EXPECT_EQ(test, dossier->around.task_size, ~0ULL);
	KUNIT_EXPECT_EQ(test, dossier->walk.effective, ~0ULL);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(has_its_parts),
	KUNIT_CASE(without_a_leaf),
	KUNIT_CASE(without_a_vma),
	KUNIT_CASE(neighbours),
	KUNIT_CASE(limits),
	KUNIT_CASE(hidden),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_dossier",
	.init = fake_init,
	.exit = fake_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
