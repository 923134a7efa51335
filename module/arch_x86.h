/* SPDX-License-Identifier: GPL-2.0 */
/*
 * arch_x86.h - x86-64 page-table entries: what the walk asks of each one
 *
 * Inline, because it is asked of every entry. Included by arch.h only, which says what each
 * function is for. Formats: arch/x86/include/asm/pgtable_types.h (present), pgtable_64.h
 * (swap).
 */
#ifndef VMWALK_ARCH_X86_H
#define VMWALK_ARCH_X86_H

#include <linux/bits.h>
#include <linux/mm.h>
#include <linux/pgtable.h>

#include <asm/cpufeature.h>

#include "entry.h"

/* Swap format: type in the top bits, offset below down to this bit. */
#define VMWALK_X86_SWAP_TYPE		GENMASK_ULL(63, 64 - SWP_TYPE_BITS)
#define VMWALK_X86_SWAP_OFFSET	GENMASK_ULL(63 - SWP_TYPE_BITS, SWP_OFFSET_FIRST_BIT)

/* Bits of a leaf that hold the frame number; those of a huge one begin higher. */
static inline u64 vmwalk_x86_frame_mask(enum vmwalk_level level)
{
	if (level == VMWALK_LEVEL_PMD)
		return PTE_PFN_MASK & ~(u64)(PMD_SIZE - 1);
	return level == VMWALK_LEVEL_PUD ? PTE_PFN_MASK & ~(u64)(PUD_SIZE - 1) : PTE_PFN_MASK;
}

/*
 * A leaf for the kernel. Not PRESENT but with the bit PROTNONE (which is Global
 * in an entry the CPU sees): PROT_NONE or NUMA hint. Neither, but PSE: a huge
 * page that pmdp_invalidate() hides while it is split.
 */
static inline enum vmwalk_kind vmwalk_x86_leaf_kind(u64 raw)
{
	if (raw & _PAGE_PRESENT)
		return VMWALK_KIND_PAGE;
	return raw & _PAGE_PROTNONE ? VMWALK_KIND_PROTNONE : VMWALK_KIND_SPLITTING;
}

static inline enum vmwalk_kind vmwalk_x86_pte_kind(u64 raw)
{
	pte_t pte = __pte(raw);

	if (pte_none(pte))
		return VMWALK_KIND_NONE;
	return pte_present(pte) ? vmwalk_x86_leaf_kind(raw) : VMWALK_KIND_UNKNOWN;
}

/* PSE tells a leaf in every state: swap entries keep bit 7 clear (pgtable_64.h). */
static inline enum vmwalk_kind vmwalk_x86_pmd_kind(u64 raw)
{
	pmd_t pmd = __pmd(raw);

	if (pmd_none(pmd))
		return VMWALK_KIND_NONE;
	if (raw & _PAGE_PSE)
		return vmwalk_x86_leaf_kind(raw);
	if (!pmd_present(pmd))
		return VMWALK_KIND_UNKNOWN;
	return pmd_bad(pmd) ? VMWALK_KIND_BAD : VMWALK_KIND_TABLE;
}

/* As pmd_kind(); pud_present() is blind to a 1 GiB hugetlb page under PROT_NONE. */
static inline enum vmwalk_kind vmwalk_x86_pud_kind(u64 raw)
{
	pud_t pud = __pud(raw);

	if (pud_none(pud))
		return VMWALK_KIND_NONE;
	if (raw & _PAGE_PSE)
		return vmwalk_x86_leaf_kind(raw);
	if (!pud_present(pud))
		return VMWALK_KIND_UNKNOWN;
	return pud_bad(pud) ? VMWALK_KIND_BAD : VMWALK_KIND_TABLE;
}

static inline enum vmwalk_kind vmwalk_x86_p4d_kind(u64 raw)
{
	p4d_t p4d = __p4d(raw);

	if (p4d_none(p4d))
		return VMWALK_KIND_NONE;
	/* p4d_bad() does not ask for the bit PRESENT */
	return p4d_bad(p4d) || !p4d_present(p4d) ? VMWALK_KIND_BAD : VMWALK_KIND_TABLE;
}

/* pgd_none() and pgd_bad() answer for five levels only: with four, the pgd is the p4d. */
static inline enum vmwalk_kind vmwalk_arch_kind(enum vmwalk_level level, u64 raw)
{
	switch (level) {
	case VMWALK_LEVEL_PTE:
		return vmwalk_x86_pte_kind(raw);
	case VMWALK_LEVEL_PMD:
		return vmwalk_x86_pmd_kind(raw);
	case VMWALK_LEVEL_PUD:
		return vmwalk_x86_pud_kind(raw);
	default:
		return vmwalk_x86_p4d_kind(raw);
	}
}

static inline u64 vmwalk_arch_pfn(enum vmwalk_level level, u64 raw)
{
	switch (level) {
	case VMWALK_LEVEL_PTE:
		return pte_pfn(__pte(raw));
	case VMWALK_LEVEL_PMD:
		return pmd_pfn(__pmd(raw));
	case VMWALK_LEVEL_PUD:
		return pud_pfn(__pud(raw));
	default:	/* a pgd entry has the format of a p4d entry */
		return p4d_pfn(__p4d(raw));
	}
}

static inline u64 vmwalk_arch_swap(u64 raw, unsigned int *type)
{
	swp_entry_t swp = __pte_to_swp_entry(__pte(raw));

	*type = __swp_type(swp);
	return __swp_offset(swp);
}

static inline bool vmwalk_arch_entries_plain(void)
{
	return !boot_cpu_has(X86_FEATURE_XENPV);
}

static inline u64 vmwalk_arch_place_bits(enum vmwalk_level level, enum vmwalk_kind kind)
{
	if (vmwalk_entry_present(kind))
		return vmwalk_x86_frame_mask(level);
	if (kind == VMWALK_KIND_SWAP || vmwalk_entry_has_frame(kind))
		return VMWALK_X86_SWAP_OFFSET;
	return 0;
}

/* Frames of entries that are not present are inverted, as all offsets are: they count down. */
static inline u64 vmwalk_arch_step(enum vmwalk_level level, enum vmwalk_kind kind, u64 raw)
{
	static const u8 shifts[VMWALK_LEVEL_NR] = {
		0, PMD_SHIFT - PAGE_SHIFT, PUD_SHIFT - PAGE_SHIFT
	};
	u64 pages = 1ULL << shifts[level];

	if (!vmwalk_entry_present(kind))
		return -(pages << SWP_OFFSET_FIRST_BIT);
	return raw & _PAGE_PRESENT ? pages << PAGE_SHIFT : -(pages << PAGE_SHIFT);
}

#endif /* VMWALK_ARCH_X86_H */
