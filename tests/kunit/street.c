// SPDX-License-Identifier: GPL-2.0
/*
 * street.c - one VMA with something of everything below it
 *
 * Entries that are present are written as the processor's manual draws them;
 * those that are not, as arch/x86/include/asm/pgtable_64.h does: type << 59 |
 * (~offset in bits 9 to 58), or, where the numbering of types depends on the
 * configuration, by the kernel's own constructors.
 */
#include <linux/mm.h>
#include <linux/swapops.h>

#include "street.h"

#define F(NAME)		VMWALK_BIT(VMWALK_FLAG_BIT_##NAME)
#define RWAD		(F(PRESENT) | F(WRITE) | F(USER) | F(ACCESSED) | F(DIRTY) | F(NX))

#define ZERO_HOUSE	13	/* its frame is known to the running kernel only */

/*
 * Inverted frames, worked out: 0x12345 << 12 = 0x12345000; its complement in the
 * bits 12 to 51 is 0x000fffffedcba000. Frame 0x12400 of a 2 MiB leaf: complement
 * of 0x12400000 in the bits 21 to 51: 0x000fffffeda00000; 0x6200: of 0x06200000:
 * 0x000ffffff9c00000. 0x200000 of a 1 GiB leaf: of 0x200000000 in 30 to 51:
 * 0x000ffffdc0000000.
 */
static struct house houses[] = {
	{ 0x3fffe000, 0x40000000, VMWALK_LEVEL_PUD, VMWALK_KIND_PAGE, 0x17fffe, 0,
	  0x80000001400000e7, RWAD | F(HUGE) },
	{ 0x40000000, 0x40002000, VMWALK_LEVEL_PTE, VMWALK_KIND_PAGE, 0x1000, 0,
	  0x8000000001000067, RWAD },
	{ 0x40002000, 0x40003000, VMWALK_LEVEL_PTE, VMWALK_KIND_PAGE, 0x1002, 0,
	  0x8000000001002027, RWAD & ~F(DIRTY) },
	{ 0x40003000, 0x40004000, VMWALK_LEVEL_PTE, VMWALK_KIND_PAGE, 0x2000, 0,
	  0x8000000002000027, RWAD & ~F(DIRTY) },
	{ 0x40004000, 0x40006000, VMWALK_LEVEL_PTE, VMWALK_KIND_NONE },
	{ 0x40006000, 0x40008000, VMWALK_LEVEL_PTE, VMWALK_KIND_SWAP, 0x1234, 3,
	  0x1fffffffffdb9600 },
	{ 0x40008000, 0x40009000, VMWALK_LEVEL_PTE, VMWALK_KIND_SWAP, 0x1236, 4,
	  0x27ffffffffdb9200 },
	{ 0x40009000, 0x4000a000, VMWALK_LEVEL_PTE, VMWALK_KIND_SWAP, 0x1236, 4,
	  0x27ffffffffdb9200 },
	{ 0x4000a000, 0x4000c000, VMWALK_LEVEL_PTE, VMWALK_KIND_PROTNONE, 0x12345, 0,
	  0x000fffffedcba120, F(ACCESSED) },
	{ 0x4000c000, 0x4000e000, VMWALK_LEVEL_PTE, VMWALK_KIND_MIGRATION, 0x3000, 0,
	  0, F(MIGRATE_WRITE) },
	{ 0x4000e000, 0x4000f000, VMWALK_LEVEL_PTE, VMWALK_KIND_MIGRATION, 0x3002 },
	{ 0x4000f000, 0x40011000, VMWALK_LEVEL_PTE, VMWALK_KIND_MARKER_UFFD_WP },
	{ 0x40011000, 0x40012000, VMWALK_LEVEL_PTE, VMWALK_KIND_HWPOISON, 0x5000 },
	[ZERO_HOUSE] =
	{ 0x40012000, 0x40014000, VMWALK_LEVEL_PTE, VMWALK_KIND_PAGE, 0, 0,
	  0x8000000000000225, F(PRESENT) | F(USER) | F(ACCESSED) | F(NX) | F(SPECIAL) | F(ZERO) },
	{ 0x40014000, 0x40015000, VMWALK_LEVEL_PTE, VMWALK_KIND_PAGE, 0xfee00, 0,
	  0x80000000fee00277, RWAD | F(PCD) | F(SPECIAL) },
	/* a marker that no kernel knows */
	{ 0x40015000, 0x40016000, VMWALK_LEVEL_PTE, VMWALK_KIND_UNKNOWN },
	{ 0x40016000, 0x40017000, VMWALK_LEVEL_PTE, VMWALK_KIND_MARKER_POISON },
	{ 0x40017000, 0x401ff000, VMWALK_LEVEL_PTE, VMWALK_KIND_NONE },
	{ 0x401ff000, 0x40200000, VMWALK_LEVEL_PTE, VMWALK_KIND_PAGE, 0x41ff, 0,
	  0x00000000041ff005, F(PRESENT) | F(USER) },
	/* the next frame, but at another level */
	{ 0x40200000, 0x40400000, VMWALK_LEVEL_PMD, VMWALK_KIND_PAGE, 0x4200, 0,
	  0x80000000042000e7, RWAD | F(HUGE) },
	{ 0x40400000, 0x40600000, VMWALK_LEVEL_PMD, VMWALK_KIND_NONE },
	{ 0x40600000, 0x40800000, VMWALK_LEVEL_PMD, VMWALK_KIND_PROTNONE, 0x12400, 0,
	  0x000fffffeda001a0, F(ACCESSED) | F(HUGE) },
	{ 0x40800000, 0x40a00000, VMWALK_LEVEL_PMD, VMWALK_KIND_MIGRATION, 0x6000 },
	{ 0x40a00000, 0x40c00000, VMWALK_LEVEL_PMD, VMWALK_KIND_SPLITTING, 0x6200, 0,
	  0x800ffffff9c000e6, (RWAD & ~F(PRESENT)) | F(HUGE) },
	{ 0x40c00000, 0x40dff000, VMWALK_LEVEL_PTE, VMWALK_KIND_NONE },
	{ 0x40dff000, 0x40e00000, VMWALK_LEVEL_PTE, VMWALK_KIND_PAGE, 0x7000, 0,
	  0x8000000007000067, RWAD },
	{ 0x40e00000, 0x80000000, VMWALK_LEVEL_PMD, VMWALK_KIND_NONE },
	{ 0x80000000, 0xc0000000, VMWALK_LEVEL_PUD, VMWALK_KIND_NONE },
	{ 0xc0000000, 0xc0005000, VMWALK_LEVEL_PUD, VMWALK_KIND_PROTNONE, 0x200000, 0,
	  0x000ffffdc00001a0, F(ACCESSED) | F(HUGE) },
};

const unsigned int street_houses = ARRAY_SIZE(houses);

/* What only the running kernel's constructors know how to write. */
static u64 made(swp_entry_t entry)
{
	return pte_val(swp_entry_to_pte(entry));
}

static u64 poison(void)
{
#ifdef SWP_SWAPIN_ERROR
	return made(swp_entry(SWP_SWAPIN_ERROR, 0));
#else
	return made(make_pte_marker_entry(PTE_MARKER_POISONED));
#endif
}

static u64 first_raw(const struct house *house)
{
	switch (house->kind) {
	case VMWALK_KIND_MIGRATION:
		return made(house->flags ? make_writable_migration_entry(house->place) :
					   make_readable_migration_entry(house->place));
	case VMWALK_KIND_MARKER_UFFD_WP:
		return made(make_pte_marker_entry(PTE_MARKER_UFFD_WP));
	case VMWALK_KIND_HWPOISON:
		return made(swp_entry(SWP_HWPOISON, house->place));
	case VMWALK_KIND_UNKNOWN:
		return made(swp_entry(SWP_PTE_MARKER, 1 << 20));
	case VMWALK_KIND_MARKER_POISON:
		return poison();
	default:
		return house->raw;
	}
}

/*
 * One entry further: the frame of a present entry goes up by 0x1000, its
 * complement and that of a swap offset (in bit 9 and up) go down.
 */
static u64 raw_step(const struct house *house)
{
	switch (house->kind) {
	case VMWALK_KIND_PAGE:
		return house->flags & F(ZERO) ? 0 : 0x1000;
	case VMWALK_KIND_PROTNONE:
		return -0x1000;
	case VMWALK_KIND_SWAP:
	case VMWALK_KIND_MIGRATION:
		return -0x200;
	default:
		return 0;
	}
}

static void fill(struct kunit *test)
{
	struct house *house;
	u64 at, raw;

	houses[ZERO_HOUSE].place = page_to_pfn(ZERO_PAGE(0));
	houses[ZERO_HOUSE].raw = 0x8000000000000225 | houses[ZERO_HOUSE].place << 12;
	for (house = houses; house < houses + ARRAY_SIZE(houses); house++) {
		raw = house->raw = first_raw(house);
		if (!raw)
			continue;
		for (at = house->start; at < house->end; at += 1ULL << (12 + 9 * house->level)) {
			fake_set(test, house->level, STREET + at, raw);
			raw += raw_step(house);
		}
	}
}

struct vm_area_struct *street_build(struct kunit *test, const struct house **seen)
{
	fill(test);
	*seen = houses;
	return fake_vma(test, STREET_START, STREET_END, VM_READ | VM_WRITE);
}

void street_build_two(struct kunit *test, u64 cut, struct vm_area_struct *vmas[2])
{
	fill(test);
	vmas[0] = fake_vma(test, STREET_START, cut, VM_READ | VM_WRITE);
	vmas[1] = fake_vma(test, cut, STREET_END, VM_READ | VM_WRITE);
}
