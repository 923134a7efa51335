// SPDX-License-Identifier: GPL-2.0
/*
 * suite_kernel.c - the kernel's half: its entries, its regions, its memory types
 *
 * Entries are literals, drawn after the Intel SDM; inverted frames are worked out as
 * in street.c.
 */
#include <kunit/test.h>
#include <linux/kasan.h>
#include <linux/mm.h>

#include <asm/cpu_entry_area.h>
#include <asm/fixmap.h>
#include <asm/pgtable.h>

#include "arch.h"
#include "entry.h"
#include "fake.h"

#define PTE	VMWALK_LEVEL_PTE
#define PMD	VMWALK_LEVEL_PMD
#define PUD	VMWALK_LEVEL_PUD
#define KIND(NAME)	VMWALK_KIND_##NAME
#define F(NAME)		VMWALK_BIT(VMWALK_FLAG_BIT_##NAME)
#define BASE		0xffff900000000000ULL	/* of the kernel's half with four levels and five */

#define RW	(F(PRESENT) | F(WRITE) | F(ACCESSED) | F(DIRTY) | F(GLOBAL) | F(NX))
#define HIDDEN	(F(ACCESSED) | F(DIRTY) | F(NX))

/**
 * struct vector - one entry, and what is to be seen of it
 * @va: offset from BASE; the walk begins at this very page
 * @level: of the entry
 * @raw: the entry
 * @kind: what it is
 * @place: frame at @va
 * @flags: decoded
 */
static const struct vector {
	u64 va;
	enum vmwalk_level level;
	u64 raw;
	enum vmwalk_kind kind;
	u64 place;
	u64 flags;
} vectors[] = {
	{ 0x00000000, PTE, 0x8000000012345163, KIND(PAGE), 0x12345, RW },
	{ 0x00001000, PTE, 0x0000000012345161, KIND(PAGE), 0x12345, RW & ~(F(WRITE) | F(NX)) },
	{ 0x00002000, PTE, 0x80000000fee0017b, KIND(PAGE), 0xfee00, RW | F(PWT) | F(PCD) },
	{ 0x00003000, PTE, 0x80000000fee001fb, KIND(PAGE), 0xfee00,
	  RW | F(PWT) | F(PCD) | F(PAT) },
	{ 0x00004000, PTE, 0, KIND(NONE), 0, 0 },
	/* hidden: the frame inverted, bit 8 left or cleared; not inverted, the same */
	{ 0x00005000, PTE, 0x800fffffedcba060, KIND(PROTNONE), 0x12345, HIDDEN },
	{ 0x00006000, PTE, 0x800fffffedcba160, KIND(PROTNONE), 0x12345, HIDDEN },
	{ 0x00007000, PTE, 0x8000000012345060, KIND(PROTNONE), 0x12345, HIDDEN },
	{ 0x00008000, PTE, 0x8000000012345162, KIND(PROTNONE), 0x12345, HIDDEN | F(WRITE) },
	/* user space would call it a swap entry: ~0xfffffffdb9 is 0x246 */
	{ 0x00009000, PTE, 0x000fffffffdb9002, KIND(PROTNONE), 0x246, F(WRITE) },
	{ 0x0000a000, PTE, 0x60, KIND(NONE), 0, 0 },
	{ 0x00200000, PMD, 0x80000000124001e3, KIND(PAGE), 0x12400, RW | F(HUGE) },
	{ 0x004ff000, PMD, 0x80000000124011e3, KIND(PAGE), 0x124ff, RW | F(HUGE) | F(PAT) },
	/* in user space a huge page being split */
	{ 0x00600000, PMD, 0x800fffffeda000e0, KIND(PROTNONE), 0x12400, HIDDEN | F(HUGE) },
	{ 0x008ff000, PMD, 0x80000000124000e0, KIND(PROTNONE), 0x124ff, HIDDEN | F(HUGE) },
	{ 0x00a00000, PMD, 0, KIND(NONE), 0, 0 },
	{ 0x00c00000, PMD, 0x12345062, KIND(UNKNOWN), 0, 0 },
	/* tables where no memory is: damaged, not to be followed */
	{ 0x00e00000, PMD, 0x000ffffffff00063, KIND(BAD), 0, 0 },
	{ 0x40000000, PUD, 0x80000001400001e3, KIND(PAGE), 0x140000, RW | F(HUGE) },
	{ 0x80001000, PUD, 0x80000001400000e0, KIND(PROTNONE), 0x140001, HIDDEN | F(HUGE) },
	{ 0xc0000000, PUD, 0x000ffffffff00063, KIND(BAD), 0, 0 },
};

static void vectors_set(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(vectors); i++)
		fake_set(test, vectors[i].level, BASE + vectors[i].va, vectors[i].raw);
}

static u64 walk_all(struct kunit *test, u64 start, u64 end, struct fake_sink *sink)
{
	struct vmwalk_cost cost = { };
	u64 cursor = start;

	KUNIT_EXPECT_EQ(test, vmwalk_pgtable_walk_root(fake_mm(test)->pgd, &cursor, end,
						       &sink->sink, &cost), 0);
	KUNIT_EXPECT_EQ(test, cost.entries, (u64)sink->nr + sink->sink.full);
	KUNIT_EXPECT_EQ(test, cost.holds, 0U);
	return cursor;
}

static void vector_check(struct kunit *test, const struct vector *vector,
			 const struct vmwalk_note *note)
{
	u64 unknown, flags = note->kind == KIND(PAGE) || note->kind == KIND(PROTNONE) ?
		vmwalk_arch_decode(note->level, note->kind, note->raw, &unknown) : 0;

	KUNIT_EXPECT_EQ_MSG(test, note->va, BASE + vector->va, "%llx", vector->va);
	KUNIT_EXPECT_EQ_MSG(test, (int)note->level, (int)vector->level, "%llx", vector->va);
	KUNIT_EXPECT_EQ_MSG(test, (int)note->kind, (int)vector->kind, "%llx", vector->va);
	KUNIT_EXPECT_EQ_MSG(test, note->raw, vector->raw, "%llx", vector->va);
	KUNIT_EXPECT_EQ_MSG(test, note->place, vector->place, "%llx", vector->va);
	KUNIT_EXPECT_EQ_MSG(test, flags, vector->flags, "%llx", vector->va);
	KUNIT_EXPECT_EQ_MSG(test, note->vma | note->vma_flags | note->flags, 0ULL, "%llx",
			    vector->va);
	KUNIT_EXPECT_EQ_MSG(test, note->index, fake_index(vector->level, note->va), "%llx",
			    vector->va);
}

/* One page each: the way down, every level noted, and its end. */
static void entries(struct kunit *test)
{
	int i;
	u32 k;

	vectors_set(test);
	for (i = 0; i < ARRAY_SIZE(vectors); i++) {
		struct fake_sink *sink = fake_sink(test, FAKE_NOTES);
		u64 va = BASE + vectors[i].va;

		walk_all(test, va, va + PAGE_SIZE, sink);
		KUNIT_ASSERT_EQ_MSG(test, sink->nr, 5U - vectors[i].level, "%llx",
				    vectors[i].va);
		for (k = 0; k + 1 < sink->nr; k++) {
			bool folded = k == 1 && !fake_five();

			KUNIT_EXPECT_EQ(test, (u32)sink->note[k].level, 4 - k);
			KUNIT_EXPECT_EQ(test, (int)sink->note[k].kind,
					(int)(folded ? KIND(FOLDED) : KIND(TABLE)));
		}
		vector_check(test, &vectors[i], &sink->note[k]);
		KUNIT_EXPECT_EQ(test, sink->note[k].end, va + PAGE_SIZE);
		KUNIT_EXPECT_PTR_EQ(test, sink->sink.vma, (struct vm_area_struct *)NULL);
	}
}

/* The whole: no gap, no overlap, and every vector passed on the way. */
static void range(struct kunit *test)
{
	struct fake_sink *sink = fake_sink(test, FAKE_NOTES);
	u64 at = BASE, end = BASE + 0x100000000ULL;
	u32 i, found = 0;
	int v;

	vectors_set(test);
	KUNIT_EXPECT_EQ(test, walk_all(test, at, end, sink), end);
	for (i = 0; i < sink->nr; i++) {
		if (!fake_leaf(&sink->note[i]))
			continue;
		KUNIT_ASSERT_EQ(test, sink->note[i].va, at);
		at = sink->note[i].end;
		for (v = 0; v < ARRAY_SIZE(vectors); v++)
			found += BASE + vectors[v].va >= sink->note[i].va &&
				 BASE + vectors[v].va < at &&
				 vectors[v].raw == sink->note[i].raw &&
				 vectors[v].kind == sink->note[i].kind;
	}
	KUNIT_EXPECT_EQ(test, at, end);
	KUNIT_EXPECT_EQ(test, found, (u32)ARRAY_SIZE(vectors));
}

/* A sink that is full at any leaf; the walk goes on from there as if nothing was. */
static void resumed(struct kunit *test)
{
	struct fake_sink *whole = fake_sink(test, FAKE_NOTES);
	u64 end = BASE + 0x100000000ULL;
	u32 room, i, k;

	vectors_set(test);
	walk_all(test, BASE, end, whole);
	for (room = 1; room < 40; room += 3) {
		struct fake_sink *first = fake_sink(test, room);
		u64 at = walk_all(test, BASE, end, first);

		KUNIT_EXPECT_TRUE(test, first->sink.full);
		KUNIT_EXPECT_EQ(test, first->leaves, room);
		for (i = k = 0; i < whole->nr && k < room; i++)
			k += fake_leaf(&whole->note[i]);
		KUNIT_EXPECT_EQ(test, at, whole->note[i - 1].end);
		kunit_kfree(test, first);
	}
}

/* Tables that forbid writing and execution, as espfix has them (PGTABLE_PROT, espfix_64.c). */
static void tables_forbid(struct kunit *test)
{
	static const enum vmwalk_level levels[] = { PMD, PUD };
	int i;

	for (i = 0; i < ARRAY_SIZE(levels); i++) {
		KUNIT_EXPECT_EQ(test, (int)vmwalk_arch_kernel_kind(levels[i], 0x8000000012345061),
				(int)KIND(TABLE));
		KUNIT_EXPECT_EQ(test, vmwalk_arch_kernel_pfn(levels[i], 0x8000000012345061),
				0x12345ULL);
		/* with a bit that no table has */
		KUNIT_EXPECT_EQ(test, (int)vmwalk_arch_kernel_kind(levels[i], 0x8000000012345261),
				(int)KIND(BAD));
	}
}

/* The last page of all: its end is 2^64. */
static void last_page(struct kunit *test)
{
	struct fake_sink *sink = fake_sink(test, FAKE_NOTES);

	fake_set(test, PTE, 0xfffffffffffff000ULL, 0x8000000012345163);
	KUNIT_EXPECT_EQ(test, walk_all(test, 0xfffffffffffff000ULL, 0, sink), 0ULL);
	KUNIT_ASSERT_EQ(test, sink->nr, 5U);
	KUNIT_EXPECT_EQ(test, sink->note[4].place, 0x12345ULL);
	KUNIT_EXPECT_EQ(test, sink->note[4].pages, 1ULL);
	KUNIT_EXPECT_EQ(test, sink->note[4].end, 0ULL);
}

/* Addresses that this kernel itself gives out, and the first ones that it does not. */
static void regions(struct kunit *test)
{
	static u8 image;
	u64 top = (u64)high_memory;
	u64 last_page = (u64)pfn_to_page(PHYS_PFN(top - PAGE_OFFSET) - 1);
	const struct { u64 va; enum vmwalk_region region; } cases[] = {
		{ 0, VMWALK_REGION_USER },
		{ TASK_SIZE_MAX - 1, VMWALK_REGION_USER },
		{ TASK_SIZE_MAX + PAGE_SIZE, VMWALK_REGION_NONCANONICAL },
		{ PAGE_OFFSET, VMWALK_REGION_DIRECT_MAP },
		{ (u64)test, VMWALK_REGION_DIRECT_MAP },
		{ top - 1, VMWALK_REGION_DIRECT_MAP },
		{ VMALLOC_START, VMWALK_REGION_VMALLOC },
		{ VMALLOC_END, VMWALK_REGION_VMALLOC },
		{ VMEMMAP_START, VMWALK_REGION_VMEMMAP },
		{ last_page + sizeof(struct page) - 1, VMWALK_REGION_VMEMMAP },
#ifdef CONFIG_KASAN
		{ (u64)kasan_mem_to_shadow((void *)PAGE_OFFSET), VMWALK_REGION_KASAN },
		{ (u64)kasan_mem_to_shadow(&image), VMWALK_REGION_KASAN },
#endif
		{ CPU_ENTRY_AREA_RO_IDT, VMWALK_REGION_CPU_ENTRY },
		{ (u64)&init_task, VMWALK_REGION_IMAGE },
		{ (u64)&image, VMWALK_REGION_MODULES },
		{ (u64)vmwalk_arch_region, VMWALK_REGION_MODULES },
		{ __fix_to_virt(__end_of_permanent_fixed_addresses - 1), VMWALK_REGION_FIXMAP },
		{ __fix_to_virt(__end_of_fixed_addresses - 1), VMWALK_REGION_FIXMAP },
		{ VSYSCALL_ADDR, VMWALK_REGION_VSYSCALL },
		{ VSYSCALL_ADDR - 1, VMWALK_REGION_FIXMAP },
		{ ~0ULL, VMWALK_REGION_HOLE },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		bool half = cases[i].region != VMWALK_REGION_USER &&
			    cases[i].region != VMWALK_REGION_NONCANONICAL;

		KUNIT_EXPECT_EQ_MSG(test, (int)vmwalk_arch_region(cases[i].va),
				    (int)cases[i].region, "case %d, %llx", i, cases[i].va);
		KUNIT_EXPECT_EQ_MSG(test, vmwalk_arch_kernel_half(cases[i].va), half, "case %d",
				    i);
	}
	KUNIT_EXPECT_NE(test, (int)vmwalk_arch_region(top), VMWALK_REGION_DIRECT_MAP);
	KUNIT_EXPECT_NE(test, (int)vmwalk_arch_region(PAGE_OFFSET - 1),
			VMWALK_REGION_DIRECT_MAP);
	KUNIT_EXPECT_NE(test, (int)vmwalk_arch_region(VMALLOC_START - 1), VMWALK_REGION_VMALLOC);
	KUNIT_EXPECT_NE(test, (int)vmwalk_arch_region(VMALLOC_END + 1), VMWALK_REGION_VMALLOC);
}

/*
 * The PAT as the kernel fills it (arch/x86/mm/pat/memtype.c, the comment over `pat` in
 * pat_bp_init()) and as it is after reset (Intel SDM volume 3, "Programming the PAT").
 * Bit 7 of an entry of a table is bit 12 of one above.
 */
#define PAT_LINUX	0x0407050600070106ULL
#define PAT_RESET	0x0007040600070406ULL
#define T(NAME)		VMWALK_MEMTYPE_##NAME

static const struct pat_case {
	u64 pte, pmd;
	enum vmwalk_memtype linux_type, reset_type;
} pat_cases[] = {
	{ 0x0163, 0x01e3, T(WB), T(WB) },
	{ 0x016b, 0x01eb, T(WC), T(WT) },
	{ 0x0173, 0x01f3, T(UC_MINUS), T(UC_MINUS) },
	{ 0x017b, 0x01fb, T(UC), T(UC) },
	{ 0x01e3, 0x11e3, T(WB), T(WB) },
	{ 0x01eb, 0x11eb, T(WP), T(WT) },
	{ 0x01f3, 0x11f3, T(UC_MINUS), T(UC_MINUS) },
	{ 0x01fb, 0x11fb, T(WT), T(UC) },
};

static void pat_check(struct kunit *test, enum vmwalk_level level, u64 raw,
		      const struct pat_case *want)
{
	u64 unknown, flags = vmwalk_arch_decode(level, KIND(PAGE), raw, &unknown);

	KUNIT_EXPECT_EQ_MSG(test, (int)vmwalk_arch_memtype_by(PAT_LINUX, flags),
			    (int)want->linux_type, "level %d, raw %llx", level, raw);
	KUNIT_EXPECT_EQ_MSG(test, (int)vmwalk_arch_memtype_by(PAT_RESET, flags),
			    (int)want->reset_type, "level %d, raw %llx", level, raw);
	/* 2 and 3 are reserved */
	KUNIT_EXPECT_EQ(test, (int)vmwalk_arch_memtype_by(0x0202020203030303ULL, flags),
			(int)T(UNKNOWN));
}

static void memory_types(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(pat_cases); i++) {
		pat_check(test, PTE, pat_cases[i].pte, &pat_cases[i]);
		pat_check(test, PMD, pat_cases[i].pmd, &pat_cases[i]);
		pat_check(test, PUD, pat_cases[i].pmd, &pat_cases[i]);
	}
}

/* On this machine: the bits by which the kernel asks for a type get that type. */
static void memory_types_asked(struct kunit *test)
{
	static const struct { enum page_cache_mode mode; enum vmwalk_memtype type; } cases[] = {
		{ _PAGE_CACHE_MODE_WB, T(WB) },
		{ _PAGE_CACHE_MODE_UC_MINUS, T(UC_MINUS) },
		{ _PAGE_CACHE_MODE_UC, T(UC) },
#ifdef CONFIG_X86_PAT
		{ _PAGE_CACHE_MODE_WC, T(WC) },
		{ _PAGE_CACHE_MODE_WT, T(WT) },
		{ _PAGE_CACHE_MODE_WP, T(WP) },
#else
		{ _PAGE_CACHE_MODE_WC, T(UC_MINUS) },
#endif
	};
	u64 unknown;
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		u64 raw = 0x163 | cachemode2protval(cases[i].mode);
		u64 flags = vmwalk_arch_decode(PTE, KIND(PAGE), raw, &unknown);

		KUNIT_EXPECT_EQ_MSG(test, (int)vmwalk_arch_memtype(flags), (int)cases[i].type,
				    "%d", i);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(entries),
	KUNIT_CASE(range),
	KUNIT_CASE(resumed),
	KUNIT_CASE(tables_forbid),
	KUNIT_CASE(last_page),
	KUNIT_CASE(regions),
	KUNIT_CASE(memory_types),
	KUNIT_CASE(memory_types_asked),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_kernel",
	.init = fake_init,
	.exit = fake_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
