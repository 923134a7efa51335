// SPDX-License-Identifier: GPL-2.0
/*
 * suite_arch.c - x86-64 entries decoded
 *
 * Expected from the Intel SDM, volume 3, "Format of ... Entry", for what the CPU
 * sees, and from the drawing over __swp_entry() in pgtable_64.h for the rest.
 * Entries and bit numbers are literals on purpose.
 */
#include <kunit/test.h>
#include <linux/swapops.h>

#include "arch.h"
#include "entry.h"

#define PTE	VMWALK_LEVEL_PTE
#define PMD	VMWALK_LEVEL_PMD
#define PUD	VMWALK_LEVEL_PUD
#define P4D	VMWALK_LEVEL_P4D
#define PGD	VMWALK_LEVEL_PGD
#define KIND(NAME)	VMWALK_KIND_##NAME
#define FLAG(NAME)	VMWALK_BIT(VMWALK_FLAG_BIT_##NAME)

/* What one bit of an entry is for, if not a flag. */
#define PLACE		VMWALK_BIT(62)	/* part of frame, offset or type; or tells the kind */
#define UNKNOWN		VMWALK_BIT(63)	/* nothing known: has to be shown */

#ifdef CONFIG_MEM_SOFT_DIRTY
#define SOFT_DIRTY	FLAG(SOFT_DIRTY)
#else
#define SOFT_DIRTY	UNKNOWN
#endif
#ifdef CONFIG_HAVE_ARCH_USERFAULTFD_WP
#define UFFD_WP		FLAG(UFFD_WP)
#else
#define UFFD_WP		UNKNOWN
#endif
#ifdef _PAGE_SWP_EXCLUSIVE
#define EXCLUSIVE	FLAG(EXCLUSIVE)
#else
#define EXCLUSIVE	UNKNOWN
#endif
#ifdef _PAGE_DEVMAP
#define DEVMAP		FLAG(DEVMAP)
#elif defined(_PAGE_SAVED_DIRTY)
#define DEVMAP		FLAG(SAVED_DIRTY)
#else
#define DEVMAP		UNKNOWN
#endif

/* Bits @first to @last of an entry mean this. */
struct meaning {
	u32 first;
	u32 last;
	u64 what;
};

#define LOW_LEAF { 1, 1, FLAG(WRITE) }, { 2, 2, FLAG(USER) }, { 3, 3, FLAG(PWT) },	\
	{ 4, 4, FLAG(PCD) }, { 5, 5, FLAG(ACCESSED) }, { 6, 6, FLAG(DIRTY) },		\
	{ 9, 9, FLAG(SPECIAL) }, { 10, 10, UFFD_WP }, { 11, 11, SOFT_DIRTY }
#define HIGH_LEAF { 52, 57, UNKNOWN }, { 58, 58, DEVMAP }, { 59, 59, FLAG(PKEY0) },	\
	{ 60, 60, FLAG(PKEY1) }, { 61, 61, FLAG(PKEY2) }, { 62, 62, FLAG(PKEY3) },	\
	{ 63, 63, FLAG(NX) }

static const struct meaning page_pte[] = {
	{ 0, 0, FLAG(PRESENT) }, LOW_LEAF, { 7, 7, FLAG(PAT) }, { 8, 8, FLAG(GLOBAL) },
	{ 12, 51, PLACE }, HIGH_LEAF,
};
static const struct meaning page_pmd[] = {
	{ 0, 0, FLAG(PRESENT) }, LOW_LEAF, { 7, 7, FLAG(HUGE) }, { 8, 8, FLAG(GLOBAL) },
	{ 12, 12, FLAG(PAT) }, { 13, 20, UNKNOWN }, { 21, 51, PLACE }, HIGH_LEAF,
};
static const struct meaning page_pud[] = {
	{ 0, 0, FLAG(PRESENT) }, LOW_LEAF, { 7, 7, FLAG(HUGE) }, { 8, 8, FLAG(GLOBAL) },
	{ 12, 12, FLAG(PAT) }, { 13, 29, UNKNOWN }, { 30, 51, PLACE }, HIGH_LEAF,
};
/* Bit 8 says PROT_NONE, it is not Global. */
static const struct meaning protnone_pte[] = {
	LOW_LEAF, { 7, 7, FLAG(PAT) }, { 8, 8, PLACE }, { 12, 51, PLACE }, HIGH_LEAF,
};
static const struct meaning protnone_pmd[] = {
	LOW_LEAF, { 7, 7, FLAG(HUGE) }, { 8, 8, PLACE },
	{ 12, 12, FLAG(PAT) }, { 13, 20, UNKNOWN }, { 21, 51, PLACE }, HIGH_LEAF,
};
static const struct meaning protnone_pud[] = {
	LOW_LEAF, { 7, 7, FLAG(HUGE) }, { 8, 8, PLACE },
	{ 12, 12, FLAG(PAT) }, { 13, 29, UNKNOWN }, { 30, 51, PLACE }, HIGH_LEAF,
};
static const struct meaning splitting_pmd[] = {
	LOW_LEAF, { 7, 7, FLAG(HUGE) },
	{ 12, 12, FLAG(PAT) }, { 13, 20, UNKNOWN }, { 21, 51, PLACE }, HIGH_LEAF,
};
static const struct meaning tables[] = {
	{ 0, 0, FLAG(PRESENT) }, { 1, 1, FLAG(WRITE) }, { 2, 2, FLAG(USER) },
	{ 3, 3, FLAG(PWT) }, { 4, 4, FLAG(PCD) }, { 5, 5, FLAG(ACCESSED) },
	{ 6, 6, FLAG(DIRTY) }, { 7, 11, UNKNOWN }, { 12, 51, PLACE }, { 52, 62, UNKNOWN },
	{ 63, 63, FLAG(NX) },
};
static const struct meaning swaps[] = {
	{ 1, 1, SOFT_DIRTY }, { 2, 2, UFFD_WP }, { 3, 3, EXCLUSIVE }, { 4, 7, UNKNOWN },
	{ 9, 58, PLACE }, { 59, 63, PLACE },
};

#define FORMAT(level, kind, base, meanings) \
	{ #level " " #kind, level, KIND(kind), base, meanings, ARRAY_SIZE(meanings) }

/* @base: the least entry of that kind */
static const struct {
	const char *name;
	enum vmwalk_level level;
	enum vmwalk_kind kind;
	u64 base;
	const struct meaning *meanings;
	u32 nr;
} formats[] = {
	FORMAT(PTE, PAGE, 0x001, page_pte),
	FORMAT(PMD, PAGE, 0x081, page_pmd),
	FORMAT(PUD, PAGE, 0x081, page_pud),
	FORMAT(PTE, PROTNONE, 0x100, protnone_pte),
	FORMAT(PMD, PROTNONE, 0x180, protnone_pmd),
	FORMAT(PUD, PROTNONE, 0x180, protnone_pud),
	FORMAT(PMD, SPLITTING, 0x080, splitting_pmd),
	FORMAT(PMD, TABLE, 0x063, tables),
	FORMAT(PUD, TABLE, 0x063, tables),
	FORMAT(P4D, TABLE, 0x063, tables),
	FORMAT(PGD, TABLE, 0x063, tables),
	FORMAT(PTE, SWAP, 0x200, swaps),
	FORMAT(PTE, MIGRATION, 0x200, swaps),
	FORMAT(PMD, MIGRATION, 0x200, swaps),
};

/* The bits that @raw sets, as flags, and those among them nobody knows. */
static u64 expected(const struct meaning *meanings, u32 nr, u64 raw, u64 *unknown)
{
	u64 flags = 0;
	u32 i, bit;

	*unknown = 0;
	for (i = 0; i < nr; i++) {
		for (bit = meanings[i].first; bit <= meanings[i].last; bit++) {
			if (!(raw >> bit & 1))
				continue;
			if (meanings[i].what == UNKNOWN)
				*unknown |= VMWALK_BIT(bit);
			else if (meanings[i].what != PLACE)
				flags |= meanings[i].what;
		}
	}
	return flags;
}

/* Every one of the 64 bits alone, turned over on top of the least entry. */
static void every_bit(struct kunit *test)
{
	u32 i, bit;

	for (i = 0; i < ARRAY_SIZE(formats); i++) {
		for (bit = 0; bit < 64; bit++) {
			u64 raw = formats[i].base ^ VMWALK_BIT(bit);
			u64 unknown, want_unknown;
			u64 flags = vmwalk_arch_decode(formats[i].level, formats[i].kind, raw,
						       &unknown);
			u64 want = expected(formats[i].meanings, formats[i].nr, raw,
					    &want_unknown);

			/* a bit that makes it another kind is not a bit of this format */
			if ((bit == 0 || bit == 8) && !(raw & formats[i].base & 1) &&
			    formats[i].kind != KIND(TABLE))
				continue;
			KUNIT_EXPECT_EQ_MSG(test, flags, want, "%s bit %u", formats[i].name, bit);
			KUNIT_EXPECT_EQ_MSG(test, unknown, want_unknown, "%s bit %u",
					    formats[i].name, bit);
		}
	}
}

/* All bits at once: nothing hides behind another. */
static void all_bits(struct kunit *test)
{
	u64 unknown;
	u64 leaf = FLAG(PRESENT) | FLAG(WRITE) | FLAG(USER) | FLAG(NX) | FLAG(ACCESSED) |
		   FLAG(DIRTY) | FLAG(GLOBAL) | FLAG(PWT) | FLAG(PCD) | FLAG(PAT) |
		   FLAG(SPECIAL) | FLAG(PKEY0) | FLAG(PKEY1) | FLAG(PKEY2) | FLAG(PKEY3) |
		   ((UFFD_WP | SOFT_DIRTY | DEVMAP) & ~UNKNOWN);

	KUNIT_EXPECT_EQ(test, vmwalk_arch_decode(PTE, KIND(PAGE), ~0ULL, &unknown), leaf);
	KUNIT_EXPECT_EQ(test, unknown & 0x03f0000000000000, 0x03f0000000000000ULL);
	KUNIT_EXPECT_EQ(test, vmwalk_arch_decode(PMD, KIND(PAGE), ~0ULL, &unknown),
			leaf | FLAG(HUGE));
	KUNIT_EXPECT_EQ(test, unknown & 0x03f00000001fe000, 0x03f00000001fe000ULL);
	KUNIT_EXPECT_EQ(test, vmwalk_arch_decode(PUD, KIND(PAGE), ~0ULL, &unknown),
			leaf | FLAG(HUGE));
	KUNIT_EXPECT_EQ(test, unknown & 0x03f000003fffe000, 0x03f000003fffe000ULL);
	vmwalk_arch_decode(PTE, KIND(NONE), 0, &unknown);
	KUNIT_EXPECT_EQ(test, unknown, 0ULL);
}

/*
 * PROT_NONE of hugetlb, worked out: frame 0x12400 is 0x12400000; all of bits 12 to 51
 * turned over 0x000fffffedbff000, PAT (bit 12) and what lies above it too. Of a
 * transparent huge page bits 12 to 20 stay as they are.
 */
static void turned_over(struct kunit *test)
{
	static const struct { enum vmwalk_level level; u64 raw, pfn, flags; } cases[] = {
		{ PMD, 0x000fffffedbff1a0, 0x12400, FLAG(HUGE) | FLAG(ACCESSED) },
		{ PMD, 0x000fffffedbfe1a0, 0x12400, FLAG(HUGE) | FLAG(ACCESSED) | FLAG(PAT) },
		{ PMD, 0x000fffffeda001a0, 0x12400, FLAG(HUGE) | FLAG(ACCESSED) },
		{ PMD, 0x000fffffeda011a0, 0x12400, FLAG(HUGE) | FLAG(ACCESSED) | FLAG(PAT) },
		{ PUD, 0x000ffffdfffff1a0, 0x200000, FLAG(HUGE) | FLAG(ACCESSED) },
		{ PUD, 0x000ffffdc00001a0, 0x200000, FLAG(HUGE) | FLAG(ACCESSED) },
	};
	u64 unknown;
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		KUNIT_EXPECT_EQ_MSG(test, vmwalk_arch_decode(cases[i].level, KIND(PROTNONE),
							     cases[i].raw, &unknown),
				    cases[i].flags, "raw %llx", cases[i].raw);
		KUNIT_EXPECT_EQ_MSG(test, unknown, 0ULL, "raw %llx", cases[i].raw);
		KUNIT_EXPECT_EQ(test, vmwalk_arch_pfn(cases[i].level, cases[i].raw),
				cases[i].pfn);
	}
}

static void kinds(struct kunit *test)
{
	static const struct { enum vmwalk_level level; u64 raw; enum vmwalk_kind kind; } cases[] = {
		{ PTE, 0, KIND(NONE) }, { PMD, 0, KIND(NONE) }, { PUD, 0, KIND(NONE) },
		{ P4D, 0, KIND(NONE) }, { PGD, 0, KIND(NONE) },
		/* an erratum lets the CPU set accessed and dirty in an empty entry */
		{ PTE, 0x60, KIND(NONE) }, { PUD, 0x60, KIND(NONE) },
		{ PTE, 0x8000000012345067, KIND(PAGE) },
		{ PTE, 0x123450e7, KIND(PAGE) },	/* bit 7 is PAT here */
		{ PTE, 0x000fffffedcba120, KIND(PROTNONE) },
		{ PTE, 0x1fffffffffdb9600, KIND(UNKNOWN) },	/* swap format */
		{ PTE, 0x2, KIND(UNKNOWN) },
		{ PMD, 0x12345067, KIND(TABLE) },
		{ PMD, 0x80000000124000e7, KIND(PAGE) },
		{ PMD, 0x000fffffeda001a0, KIND(PROTNONE) },
		{ PMD, 0x800ffffff9c000e6, KIND(SPLITTING) },
		{ PMD, 0xd7fffffffffff600, KIND(UNKNOWN) },
		{ PMD, 0x12345167, KIND(BAD) },	/* a table has no bit 8 */
		{ PMD, 0x12345065, KIND(BAD) },	/* is always writable: the leaves decide */
		{ PMD, 0x100, KIND(BAD) },
		{ PUD, 0x12345067, KIND(TABLE) },
		{ PUD, 0x80000001400000e7, KIND(PAGE) },
		{ PUD, 0x000ffffdc00001a0, KIND(PROTNONE) },
		{ PUD, 0x12345267, KIND(BAD) },
		{ P4D, 0x12345067, KIND(TABLE) }, { PGD, 0x12345067, KIND(TABLE) },
		/* neither has leaves: bit 7 is reserved */
		{ P4D, 0x123450e7, KIND(BAD) }, { PGD, 0x123450e7, KIND(BAD) },
		/* not present, not empty: not to be followed */
		{ P4D, 0x12345066, KIND(BAD) }, { PGD, 0x12345066, KIND(BAD) },
		{ P4D, 0x2, KIND(BAD) }, { PGD, 0x2, KIND(BAD) },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		KUNIT_EXPECT_EQ_MSG(test, (int)vmwalk_arch_kind(cases[i].level, cases[i].raw),
				    (int)cases[i].kind, "level %d raw %llx", cases[i].level,
				    cases[i].raw);
}

/*
 * PROT_NONE, worked out: frame 0x12345 is 0x0000000012345000; inverted in bits 12
 * to 51 0x000fffffedcba000. A mask on that would say frame 0xfffffedcba.
 */
static void frames(struct kunit *test)
{
	static const struct { enum vmwalk_level level; u64 raw, pfn; } cases[] = {
		{ PTE, 0x8000000012345067, 0x12345 },
		{ PTE, 0x7ff0000012345fff, 0x12345 },
		{ PTE, 0x000ffffffffff067, 0xffffffffff },
		{ PTE, 0x000fffffedcba120, 0x12345 },
		{ PTE, 0x800fffffedcba1e0, 0x12345 },
		{ PMD, 0x80000000124000e7, 0x12400 },
		{ PMD, 0x00000000124010e7, 0x12400 },	/* bit 12 is PAT */
		{ PMD, 0x000fffffeda001a0, 0x12400 },
		{ PMD, 0x000fffffeda011a0, 0x12400 },
		{ PMD, 0x800ffffff9c000e6, 0x6200 },
		{ PMD, 0x12345067, 0x12345 },
		{ PUD, 0x80000001400000e7, 0x140000 },
		{ PUD, 0x00000001400010e7, 0x140000 },
		{ PUD, 0x000ffffdc00001a0, 0x200000 },
		{ PUD, 0x12345067, 0x12345 },
		{ P4D, 0x12345067, 0x12345 },
		{ PGD, 0x8000000012345067, 0x12345 },	/* NX: page-table isolation */
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		KUNIT_EXPECT_EQ_MSG(test, vmwalk_arch_pfn(cases[i].level, cases[i].raw),
				    cases[i].pfn, "level %d raw %llx", cases[i].level,
				    cases[i].raw);
}

/*
 * A key is all but the place: turning over a bit of the place leaves it, any
 * other bit shows in it, or a run would swallow the difference.
 */
static void keys(struct kunit *test)
{
	u32 i, m, bit;

	for (i = 0; i < ARRAY_SIZE(formats); i++) {
		u64 key = vmwalk_arch_key(formats[i].level, formats[i].kind, formats[i].base);

		if (formats[i].kind == KIND(TABLE))
			continue;	/* never in a run */
		for (m = 0; m < formats[i].nr; m++) {
			const struct meaning *mean = &formats[i].meanings[m];
			bool place = mean->what == PLACE && mean->first != 8 && mean->first != 59;

			for (bit = mean->first; bit <= mean->last; bit++) {
				u64 raw = formats[i].base ^ VMWALK_BIT(bit);
				u64 other = vmwalk_arch_key(formats[i].level, formats[i].kind, raw);

				KUNIT_EXPECT_EQ_MSG(test, key == other, place, "%s bit %u",
						    formats[i].name, bit);
			}
		}
	}
}

/* Where no place is known, every bit counts; what is empty has nothing to tell. */
static void keys_without_place(struct kunit *test)
{
	static const enum vmwalk_kind cases[] = {
		KIND(UNKNOWN), KIND(BAD), KIND(MARKER_UFFD_WP), KIND(MARKER_POISON),
		KIND(MARKER_GUARD),
	};
	u32 i, bit;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		for (bit = 0; bit < 64; bit++)
			KUNIT_EXPECT_NE_MSG(test, vmwalk_arch_key(PTE, cases[i], 0x200),
					    vmwalk_arch_key(PTE, cases[i],
							    0x200 ^ VMWALK_BIT(bit)),
					    "kind %d bit %u", cases[i], bit);
	KUNIT_EXPECT_EQ(test, vmwalk_arch_key(PTE, KIND(NONE), 0x60), 0ULL);
}

/*
 * The drawing against the kernel's constructor, as a check on this suite's own
 * literals: type 3, offset 0x1234 is 3 << 59 | (~0x1234 & (2^50 - 1)) << 9.
 */
static void swap_format(struct kunit *test)
{
	u64 raw = pte_val(swp_entry_to_pte(swp_entry(3, 0x1234)));

	KUNIT_EXPECT_EQ(test, raw, 0x1fffffffffdb9600ULL);
	KUNIT_EXPECT_EQ(test, (int)vmwalk_arch_kind(PTE, raw), (int)KIND(UNKNOWN));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(every_bit),
	KUNIT_CASE(all_bits),
	KUNIT_CASE(turned_over),
	KUNIT_CASE(kinds),
	KUNIT_CASE(frames),
	KUNIT_CASE(keys),
	KUNIT_CASE(keys_without_place),
	KUNIT_CASE(swap_format),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_arch",
	.test_cases = cases,
};
kunit_test_suite(suite);
