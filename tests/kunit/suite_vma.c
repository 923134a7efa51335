// SPDX-License-Identifier: GPL-2.0
/*
 * suite_vma.c - the kernel's flags of a VMA under our names
 *
 * Bit numbers of the answer are literals from uapi/vmwalk.h; those of the question
 * are the kernel's own names, because they move.
 */
#include <kunit/test.h>
#include <linux/bitops.h>
#include <linux/mm.h>

#include "vma.h"

static const struct {
	unsigned long flag;
	int bit;
} known[] = {
	{ VM_READ, 0 }, { VM_WRITE, 1 }, { VM_EXEC, 2 }, { VM_SHARED, 3 },
	{ VM_MAYREAD, 4 }, { VM_MAYWRITE, 5 }, { VM_MAYEXEC, 6 }, { VM_MAYSHARE, 7 },
	{ VM_GROWSDOWN, 8 }, { VM_PFNMAP, 9 }, { VM_MIXEDMAP, 10 },
	{ VM_LOCKED, 11 }, { VM_LOCKONFAULT, 12 }, { VM_IO, 13 },
	{ VM_SEQ_READ, 14 }, { VM_RAND_READ, 15 }, { VM_DONTCOPY, 16 }, { VM_DONTEXPAND, 17 },
	{ VM_ACCOUNT, 18 }, { VM_NORESERVE, 19 }, { VM_HUGETLB, 20 }, { VM_SYNC, 21 },
	{ VM_WIPEONFORK, 22 }, { VM_DONTDUMP, 23 }, { VM_HUGEPAGE, 25 }, { VM_NOHUGEPAGE, 26 },
	{ VM_UFFD_MISSING, 28 }, { VM_UFFD_WP, 29 },
#ifdef CONFIG_MEM_SOFT_DIRTY
	{ VM_SOFTDIRTY, 24 },
#endif
#ifdef CONFIG_KSM
	{ VM_MERGEABLE, 27 },
#endif
#ifdef CONFIG_HAVE_ARCH_USERFAULTFD_MINOR
	{ VM_UFFD_MINOR, 30 },
#endif
#ifdef CONFIG_ARCH_HAS_PKEYS
	{ VM_PKEY_BIT0, 31 }, { VM_PKEY_BIT1, 32 }, { VM_PKEY_BIT2, 33 }, { VM_PKEY_BIT3, 34 },
#endif
};

static void each_alone(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(known); i++) {
		KUNIT_EXPECT_EQ_MSG(test, hweight_long(known[i].flag), 1UL, "row %d", i);
		KUNIT_EXPECT_EQ_MSG(test, vmwalk_vma_attributes(known[i].flag),
				    1ULL << known[i].bit, "row %d", i);
	}
}

/* Several give the sum of each, and no bit of the kernel's has two names. */
static void together(struct kunit *test)
{
	u64 sum = 0;
	int bit;

	for (bit = 0; bit < 64; bit++) {
		u64 one = vmwalk_vma_attributes(1UL << bit);

		KUNIT_EXPECT_LE_MSG(test, hweight64(one), 1UL, "bit %d", bit);
		KUNIT_EXPECT_EQ_MSG(test, sum & one, 0ULL, "bit %d", bit);
		sum |= one;
	}
	KUNIT_EXPECT_EQ(test, vmwalk_vma_attributes(~0UL), sum);
	KUNIT_EXPECT_EQ(test, vmwalk_vma_attributes(0), 0ULL);
	KUNIT_EXPECT_EQ(test, vmwalk_vma_attributes(VM_READ | VM_SHARED | VM_LOCKED), 0x809ULL);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(each_alone),
	KUNIT_CASE(together),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_vma",
	.test_cases = cases,
};
kunit_test_suite(suite);
