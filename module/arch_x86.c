// SPDX-License-Identifier: GPL-2.0
/*
 * arch_x86.c - x86-64 page-table entries, and who lives where in the kernel's half
 *
 * Formats: arch/x86/include/asm/pgtable_types.h (present), pgtable_64.h (swap).
 */
#include <linux/bits.h>
#include <linux/kasan.h>
#include <linux/mem_encrypt.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/sched.h>

#include <asm/cpu_entry_area.h>
#include <asm/cpufeature.h>
#include <asm/fixmap.h>
#include <asm/msr.h>
#include <asm/vsyscall.h>

#include "arch.h"
#include "entry.h"

/* Where a bit has its meaning. */
enum place {
	IN_TABLE = BIT(0),	/* points to a table */
	IN_PTE = BIT(1),	/* leaf at the pte level */
	IN_HUGE = BIT(2),	/* leaf above */
	IN_SHOWN = BIT(3),	/* with IN_PTE and IN_HUGE: only if the CPU sees it */
	IN_SWAP = BIT(4),	/* not present, swap format */
};
#define IN_LEAF		(IN_PTE | IN_HUGE)
#define IN_PRESENT	(IN_LEAF | IN_TABLE)

static const struct {
	u64 mask;
	u64 flag;
	u32 where;
} bits[] = {
	{ _PAGE_PRESENT, VMWALK_FLAG(PRESENT), IN_PRESENT },
	{ _PAGE_RW, VMWALK_FLAG(WRITE), IN_PRESENT },
	{ _PAGE_USER, VMWALK_FLAG(USER), IN_PRESENT },
	{ _PAGE_PWT, VMWALK_FLAG(PWT), IN_PRESENT },
	{ _PAGE_PCD, VMWALK_FLAG(PCD), IN_PRESENT },
	{ _PAGE_ACCESSED, VMWALK_FLAG(ACCESSED), IN_PRESENT },
	{ _PAGE_DIRTY, VMWALK_FLAG(DIRTY), IN_PRESENT },
	{ _PAGE_PSE, VMWALK_FLAG(HUGE), IN_HUGE },
	{ _PAGE_PAT, VMWALK_FLAG(PAT), IN_PTE },
	{ _PAGE_PAT_LARGE, VMWALK_FLAG(PAT), IN_HUGE },
	{ _PAGE_GLOBAL, VMWALK_FLAG(GLOBAL), IN_LEAF | IN_SHOWN },
	{ _PAGE_SPECIAL, VMWALK_FLAG(SPECIAL), IN_LEAF },
#ifdef CONFIG_MEM_SOFT_DIRTY
	{ _PAGE_SOFT_DIRTY, VMWALK_FLAG(SOFT_DIRTY), IN_LEAF },
	{ _PAGE_SWP_SOFT_DIRTY, VMWALK_FLAG(SOFT_DIRTY), IN_SWAP },
#endif
#ifdef CONFIG_HAVE_ARCH_USERFAULTFD_WP
	{ _PAGE_UFFD_WP, VMWALK_FLAG(UFFD_WP), IN_LEAF },
	{ _PAGE_SWP_UFFD_WP, VMWALK_FLAG(UFFD_WP), IN_SWAP },
#endif
#ifdef _PAGE_SWP_EXCLUSIVE
	{ _PAGE_SWP_EXCLUSIVE, VMWALK_FLAG(EXCLUSIVE), IN_SWAP },
#endif
#ifdef _PAGE_DEVMAP
	{ _PAGE_DEVMAP, VMWALK_FLAG(DEVMAP), IN_LEAF },
#endif
#ifdef _PAGE_SAVED_DIRTY
	{ _PAGE_SAVED_DIRTY, VMWALK_FLAG(SAVED_DIRTY), IN_LEAF },
#endif
	{ BIT_ULL(_PAGE_BIT_PKEY_BIT0), VMWALK_FLAG(PKEY0), IN_LEAF },
	{ BIT_ULL(_PAGE_BIT_PKEY_BIT1), VMWALK_FLAG(PKEY1), IN_LEAF },
	{ BIT_ULL(_PAGE_BIT_PKEY_BIT2), VMWALK_FLAG(PKEY2), IN_LEAF },
	{ BIT_ULL(_PAGE_BIT_PKEY_BIT3), VMWALK_FLAG(PKEY3), IN_LEAF },
	{ _PAGE_NX, VMWALK_FLAG(NX), IN_PRESENT },
};

static u32 where_is(enum vmwalk_level level, enum vmwalk_kind kind)
{
	if (kind == VMWALK_KIND_TABLE || kind == VMWALK_KIND_BAD)
		return IN_TABLE;
	if (!vmwalk_entry_present(kind))
		return IN_SWAP;
	return level == VMWALK_LEVEL_PTE ? IN_PTE : IN_HUGE;
}

/*
 * PROT_NONE turns the bits of the frame over, against L1TF. pte_modify, which changes
 * hugetlb entries too, turns over all that the frame of a small entry has: of a huge
 * one PAT and what lies between it and the frame. pmd_modify spares those. They are 0
 * but for PAT, so that all of them set means turned over (6.1, asm/pgtable.h).
 */
static u64 low_bits_turned_back(enum vmwalk_level level, enum vmwalk_kind kind, u64 raw)
{
	u64 low = PTE_PFN_MASK & ~vmwalk_x86_frame_mask(level);
	u64 zeros = low & ~(u64)_PAGE_PAT_LARGE;

	if (kind == VMWALK_KIND_PROTNONE && zeros && (raw & zeros) == zeros)
		raw ^= low;
	return raw;
}

/* Bits that tell where an entry leads: the frame of a table has all of them on every level. */
static u64 place_mask(enum vmwalk_level level, u32 where)
{
	if (where == IN_SWAP)
		return VMWALK_X86_SWAP_TYPE | VMWALK_X86_SWAP_OFFSET;
	return where & IN_HUGE ? vmwalk_x86_frame_mask(level) : PTE_PFN_MASK;
}

u64 vmwalk_arch_decode(enum vmwalk_level level, enum vmwalk_kind kind, u64 raw, u64 *unknown)
{
	u32 where = where_is(level, kind);
	u64 known, flags = 0;
	int i;

	if (kind == VMWALK_KIND_NONE || kind == VMWALK_KIND_FOLDED) {
		*unknown = 0;
		return 0;
	}
	raw = low_bits_turned_back(level, kind, raw);
	known = place_mask(level, where);
	if (kind == VMWALK_KIND_PROTNONE)
		known |= _PAGE_PROTNONE;
	if (where != IN_SWAP && sme_me_mask) {
		known |= sme_me_mask;
		if (raw & sme_me_mask)
			flags |= VMWALK_FLAG(ENCRYPTED);
	}
	for (i = 0; i < ARRAY_SIZE(bits); i++) {
		if (!(bits[i].where & where))
			continue;
		if ((bits[i].where & IN_SHOWN) && kind != VMWALK_KIND_PAGE)
			continue;
		known |= bits[i].mask;
		if (raw & bits[i].mask)
			flags |= bits[i].flag;
	}
	*unknown = raw & ~known;
	return flags;
}

/* Intel SDM volume 3, "Memory Types That Can Be Encoded With PAT"; 2 and 3 are reserved. */
static const u8 pat_types[8] = {
	[0] = VMWALK_MEMTYPE_UC,
	[1] = VMWALK_MEMTYPE_WC,
	[4] = VMWALK_MEMTYPE_WT,
	[5] = VMWALK_MEMTYPE_WP,
	[6] = VMWALK_MEMTYPE_WB,
	[7] = VMWALK_MEMTYPE_UC_MINUS,
};

/* What the PAT holds after reset, and what a CPU without one does: WB, WT, UC-, UC, twice. */
#define PAT_AT_RESET	0x0007040600070406ULL

enum vmwalk_memtype vmwalk_arch_memtype_by(u64 pat, u64 flags)
{
	unsigned int index = (flags & VMWALK_FLAG(PAT) ? 4 : 0) |
			     (flags & VMWALK_FLAG(PCD) ? 2 : 0) |
			     (flags & VMWALK_FLAG(PWT) ? 1 : 0);

	return pat_types[pat >> (8 * index) & 7];
}

/*
 * Read at first use. Two CPUs that both find it unread read the same value: the
 * kernel sets the MSR of each CPU before anything runs on it.
 */
static u64 pat_read(void)
{
	static u64 known;
	u64 pat = READ_ONCE(known);

	if (pat)
		return pat;
	pat = PAT_AT_RESET;
	if (boot_cpu_has(X86_FEATURE_PAT))
		rdmsrq(MSR_IA32_CR_PAT, pat);
	WRITE_ONCE(known, pat);
	return pat;
}

enum vmwalk_memtype vmwalk_arch_memtype(u64 flags)
{
	return vmwalk_arch_memtype_by(pat_read(), flags);
}

#ifdef CONFIG_KASAN
/* With five levels the first of its tables begins before the shadow (kasan_init_64.c). */
#define KASAN_START	(KASAN_SHADOW_START & PGDIR_MASK)
#endif

/* Ends of two regions that grow with memory: where the last frame is, and its struct page. */
static u64 direct_map_end(void)
{
	return (u64)high_memory;
}

static u64 vmemmap_end(void)
{
	u64 frames = PHYS_PFN(direct_map_end() - PAGE_OFFSET);

	return VMEMMAP_START + SECTION_ALIGN_UP(frames) * sizeof(struct page);
}

/*
 * As Documentation/arch/x86/x86_64/mm.rst draws it, by the macros the kernel uses
 * itself (pgtable_64_types.h, which follow levels and randomised bases). The first
 * that holds an address names it: the vsyscall page lies in the fixmap.
 */
enum vmwalk_region vmwalk_arch_region(u64 va)
{
	const struct {
		u64 start;
		u64 end;
		enum vmwalk_region region;
	} regions[] = {
		{ 0, 1ULL << __VIRTUAL_MASK_SHIFT, VMWALK_REGION_USER },
		{ 1ULL << __VIRTUAL_MASK_SHIFT, -1ULL << __VIRTUAL_MASK_SHIFT,
		  VMWALK_REGION_NONCANONICAL },
		{ LDT_BASE_ADDR, LDT_END_ADDR, VMWALK_REGION_LDT },
		{ PAGE_OFFSET, direct_map_end(), VMWALK_REGION_DIRECT_MAP },
		{ VMALLOC_START, VMALLOC_END + 1, VMWALK_REGION_VMALLOC },
		{ VMEMMAP_START, vmemmap_end(), VMWALK_REGION_VMEMMAP },
#ifdef CONFIG_KASAN
		{ KASAN_START, KASAN_SHADOW_END, VMWALK_REGION_KASAN },
#endif
		{ CPU_ENTRY_AREA_BASE, CPU_ENTRY_AREA_BASE + CPU_ENTRY_AREA_MAP_SIZE,
		  VMWALK_REGION_CPU_ENTRY },
#ifdef CONFIG_X86_ESPFIX64
		{ ESPFIX_BASE_ADDR, ESPFIX_BASE_ADDR + P4D_SIZE, VMWALK_REGION_ESPFIX },
#endif
#ifdef CONFIG_EFI
		{ EFI_VA_END, EFI_VA_START, VMWALK_REGION_EFI },
#endif
		{ __START_KERNEL_map, __START_KERNEL_map + KERNEL_IMAGE_SIZE,
		  VMWALK_REGION_IMAGE },
		{ MODULES_VADDR, MODULES_END, VMWALK_REGION_MODULES },
#ifdef CONFIG_X86_VSYSCALL_EMULATION
		{ VSYSCALL_ADDR, VSYSCALL_ADDR + PAGE_SIZE, VMWALK_REGION_VSYSCALL },
#endif
		{ FIXADDR_TOT_START, FIXADDR_TOP + PAGE_SIZE, VMWALK_REGION_FIXMAP },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(regions); i++)
		if (va >= regions[i].start && va < regions[i].end)
			return regions[i].region;
	return VMWALK_REGION_HOLE;
}

/*
 * Why any process's table will do: pgd_ctor() copies all entries of the kernel's
 * half into a new top table (clone_pgd_range(), arch/x86/mm/pgtable.c), those of
 * vmalloc are made at boot for good (preallocate_vmalloc_pages(), init_64.c; v5.8
 * did away with the faults that brought them later), and memory that is added
 * later goes to all top tables (sync_global_pgds()). Below the top the tables
 * are the same ones. What differs: the LDT, which with page-table isolation is
 * mapped for its process alone (map_ldt_struct()), and EFI, which has a top table
 * of its own (efi_mm). The half that user mode has with page-table isolation is
 * another table, behind this one, and not looked at.
 */
const void *vmwalk_arch_kernel_root(void)
{
	/* there the tables hold the hypervisor's frames (arch/x86/xen/mmu_pv.c) */
	if (boot_cpu_has(X86_FEATURE_XENPV))
		return NULL;
	return current->mm ? current->mm->pgd : NULL;
}

/*
 * Those of espfix forbid writing and execution (espfix_64.c, PGTABLE_PROT), which
 * pud_bad() and pmd_bad() take for damage.
 */
static bool is_kernel_table(u64 raw)
{
	u64 allowed = PTE_PFN_MASK | _PAGE_TABLE | _PAGE_NX;

	return raw & _PAGE_PRESENT && !(raw & ~allowed);
}

enum vmwalk_kind vmwalk_arch_kernel_kind(enum vmwalk_level level, u64 raw)
{
	enum vmwalk_kind kind = vmwalk_arch_kind(level, raw);

	if (kind == VMWALK_KIND_BAD && is_kernel_table(raw))
		return VMWALK_KIND_TABLE;
	if (raw & _PAGE_PRESENT || kind == VMWALK_KIND_NONE || kind == VMWALK_KIND_BAD)
		return kind;
	if (level == VMWALK_LEVEL_PTE || raw & _PAGE_PSE)
		return VMWALK_KIND_PROTNONE;
	return VMWALK_KIND_UNKNOWN;
}

/*
 * Inverted: set_memory_np() and, in newer kernels, KFENCE (flip_protnone_guard()).
 * Frames never reach the highest bit that an entry has room for.
 */
u64 vmwalk_arch_kernel_pfn(enum vmwalk_level level, u64 raw)
{
	u64 mask = vmwalk_x86_frame_mask(level);

	if (raw & _PAGE_PRESENT)
		return vmwalk_arch_pfn(level, raw);
	if (raw & BIT_ULL(fls64(mask) - 1))
		raw = ~raw;
	return (raw & mask) >> PAGE_SHIFT;
}

/*
 * Kept in the thread on a switch (arch/x86/kernel/process_64.c, x86_pkru_load()), so
 * nothing but the caller's own needs the register. READ_ONCE: it may run meanwhile.
 */
bool vmwalk_arch_pkru(struct task_struct *task, u32 *pkru)
{
	if (!boot_cpu_has(X86_FEATURE_OSPKE))
		return false;
	if (task == current) {
		*pkru = read_pkru();
		return true;
	}
	return vmwalk_compat_saved_pkru(task, pkru);
}
