// SPDX-License-Identifier: GPL-2.0
/*
 * vmwalk_driver.c - kernel memory of every kind, and what the kernel says of it
 *
 * The oracle of the suites `kernel` and `kinds`. Nothing is refused to anybody: not for
 * a machine that matters. See vmwalk_driver.h for what it offers.
 */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pgtable.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include <asm/desc.h>
#include <asm/fixmap.h>
#include <asm/set_memory.h>
#include <asm/vsyscall.h>

#include "vmwalk_driver.h"

#define PIECE_BYTES	((u64)VMWALK_DRIVER_PAGES * PAGE_SIZE)
#define KMALLOC_BYTES	SZ_64K
#define VMALLOC_BYTES	SZ_1M
#define HUGE_BYTES	SZ_2M
#define IOREMAP_PAGES	2
#define SMALL_MAX	64	/* mappings of small pages at a time */
#define PLACES_MAX	2048

/* Pieces of the hole: user mappings by their kind, then ioremap, then a large one. */
#define PIECE_IOREMAP	VMWALK_DRIVER_NR
#define HOLE_BYTES	(2 * HUGE_BYTES)

static struct vmwalk_driver_place *places;
static u32 nr_places;

static void *kmalloc_memory;
static void *vmalloc_memory;
static void *huge_memory;
static struct page *user_pages[VMWALK_DRIVER_PAGES];	/* behind RAM, LAZY, MIXED and PAGE */
static struct resource hole = { .name = "vmwalk_driver" };

static void place_add_type(u32 what, u64 va, u64 pfn, enum page_cache_mode type)
{
	if (WARN_ON(nr_places == PLACES_MAX))
		return;
	places[nr_places++] = (struct vmwalk_driver_place) {
		.va = va, .pfn = pfn, .what = what, .type = cachemode2protval(type),
	};
}

static void place_add(u32 what, u64 va, u64 pfn)
{
	place_add_type(what, va, pfn, _PAGE_CACHE_MODE_WB);
}

/* A piece of the hole by its number; the hole's second half is the large one. */
static u64 piece(unsigned int nr)
{
	return hole.start + nr * PIECE_BYTES;
}

/* What ioremap gives, by type. */
static void __iomem *ioremap_huge(resource_size_t at, unsigned long bytes)
{
	return ioremap_wc(at, bytes);
}

static const struct {
	void __iomem *(*map)(resource_size_t at, unsigned long bytes);
	u32 what;
	enum page_cache_mode type;
} ioremaps[] = {
	{ ioremap, VMWALK_DRIVER_AT_IOREMAP_UC_MINUS, _PAGE_CACHE_MODE_UC_MINUS },
	{ ioremap_uc, VMWALK_DRIVER_AT_IOREMAP_UC, _PAGE_CACHE_MODE_UC },
	{ ioremap_wc, VMWALK_DRIVER_AT_IOREMAP_WC, _PAGE_CACHE_MODE_WC },
	{ ioremap_wt, VMWALK_DRIVER_AT_IOREMAP_WT, _PAGE_CACHE_MODE_WT },
	{ ioremap_huge, VMWALK_DRIVER_AT_IOREMAP_HUGE, _PAGE_CACHE_MODE_WC },
};
static void __iomem *io_memory[ARRAY_SIZE(ioremaps)];

static int ioremap_one(unsigned int i)
{
	bool huge = ioremaps[i].what == VMWALK_DRIVER_AT_IOREMAP_HUGE;
	u64 at = huge ? hole.start + HUGE_BYTES : piece(PIECE_IOREMAP + i);
	u64 bytes = huge ? HUGE_BYTES : IOREMAP_PAGES * PAGE_SIZE;
	u64 offset;

	io_memory[i] = ioremaps[i].map(at, bytes);
	if (!io_memory[i])
		return -ENOMEM;
	for (offset = 0; offset < bytes; offset += huge ? SZ_64K : PAGE_SIZE)
		place_add_type(ioremaps[i].what, (__force u64)io_memory[i] + offset,
			       PHYS_PFN(at + offset), ioremaps[i].type);
	return 0;
}

static int places_ioremap(void)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < ARRAY_SIZE(ioremaps) && !err; i++)
		err = ioremap_one(i);
	return err;
}

static void ioremap_undo(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ioremaps); i++)
		if (io_memory[i])
			iounmap(io_memory[i]);
}

static int places_kmalloc(void)
{
	u64 offset;

	kmalloc_memory = kmalloc(KMALLOC_BYTES, GFP_KERNEL);
	if (!kmalloc_memory)
		return -ENOMEM;
	for (offset = 0; offset < KMALLOC_BYTES; offset += PAGE_SIZE) {
		void *va = kmalloc_memory + offset;

		place_add(VMWALK_DRIVER_AT_KMALLOC, (u64)va, PHYS_PFN(virt_to_phys(va)));
		place_add(VMWALK_DRIVER_AT_VMEMMAP, (u64)virt_to_page(va),
			  PHYS_PFN(slow_virt_to_phys(virt_to_page(va))));
	}
	return 0;
}

static int places_vmalloc(void)
{
	u64 offset;

	vmalloc_memory = vzalloc(VMALLOC_BYTES);
	huge_memory = vmalloc_huge(2 * HUGE_BYTES, GFP_KERNEL);
	if (!vmalloc_memory || !huge_memory)
		return -ENOMEM;
	for (offset = 0; offset < VMALLOC_BYTES; offset += PAGE_SIZE) {
		void *va = vmalloc_memory + offset;
		u64 pfn = vmalloc_to_pfn(va);

		place_add(VMWALK_DRIVER_AT_VMALLOC, (u64)va, pfn);
		place_add(VMWALK_DRIVER_AT_VMALLOC_DIRECT, (u64)page_address(pfn_to_page(pfn)),
			  pfn);
	}
	for (offset = 0; offset < 2 * HUGE_BYTES; offset += SZ_64K)
		place_add(VMWALK_DRIVER_AT_VMALLOC_HUGE, (u64)huge_memory + offset,
			  vmalloc_to_pfn(huge_memory + offset));
	return 0;
}

/* Addresses that are there anyway. */
static int places_kernel(void)
{
	struct desc_ptr idt;

	store_idt(&idt);
	place_add(VMWALK_DRIVER_AT_MODULE_TEXT, (u64)places_kernel,
		  vmalloc_to_pfn(places_kernel));
	place_add(VMWALK_DRIVER_AT_KERNEL_TEXT, (u64)vmalloc_to_pfn,
		  PHYS_PFN(virt_to_phys(vmalloc_to_pfn)));
	place_add(VMWALK_DRIVER_AT_KERNEL_DATA, (u64)&init_task,
		  PHYS_PFN(virt_to_phys(&init_task)));
	place_add(VMWALK_DRIVER_AT_CPU_ENTRY, idt.address,
		  PHYS_PFN(slow_virt_to_phys((void *)idt.address)));
	place_add(VMWALK_DRIVER_AT_FIXMAP, __fix_to_virt(FIX_DBGP_BASE), 0);
#ifdef CONFIG_X86_VSYSCALL_EMULATION
	place_add(VMWALK_DRIVER_AT_VSYSCALL, VSYSCALL_ADDR, 0);
#endif
	return 0;
}

/* Kinds whose frames are the driver's pages; the others' are a piece of the hole. */
static u64 frame_of(unsigned int kind, unsigned int i)
{
	switch (kind) {
	case VMWALK_DRIVER_RAM:
	case VMWALK_DRIVER_LAZY:
	case VMWALK_DRIVER_PAGE:
		return page_to_pfn(user_pages[i]);
	case VMWALK_DRIVER_MIXED:
		if (i % 2 == 0)
			return page_to_pfn(user_pages[i]);
		fallthrough;
	default:
		return PHYS_PFN(piece(kind)) + i;
	}
}

/* One block, cut into single pages: so it follows on for remap_pfn_range() too. */
static int places_user(void)
{
	unsigned int order = get_order(PIECE_BYTES), kind, i;
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_ZERO, order);

	if (!page)
		return -ENOMEM;
	split_page(page, order);
	for (i = 0; i < VMWALK_DRIVER_PAGES; i++)
		user_pages[i] = page + i;
	for (kind = 0; kind < VMWALK_DRIVER_NR; kind++)
		for (i = 0; i < VMWALK_DRIVER_PAGES; i++)
			place_add(VMWALK_DRIVER_AT_MAP_RAM + kind, i * PAGE_SIZE,
				  frame_of(kind, i));
	return 0;
}

static int hole_find(void)
{
	return allocate_resource(&iomem_resource, &hole, HOLE_BYTES, SZ_4G, BIT_ULL(37),
				 HUGE_BYTES, NULL, NULL);
}

static ssize_t driver_read(struct file *file, char __user *to, size_t bytes, loff_t *pos)
{
	return simple_read_from_buffer(to, bytes, pos, places, nr_places * sizeof(*places));
}

static long driver_lookup(struct vmwalk_driver_entry __user *user)
{
	struct vmwalk_driver_entry entry;
	unsigned int level;
	pte_t *pte;

	if (copy_from_user(&entry, user, sizeof(entry)))
		return -EFAULT;
	pte = lookup_address(entry.va, &level);
	entry.raw = pte ? pte_val(READ_ONCE(*pte)) : 0;
	entry.level = level;
	return copy_to_user(user, &entry, sizeof(entry)) ? -EFAULT : 0;
}

/* Write over pages that were freed last: who still reads one as a table sees nonsense. */
static void spoil_freed(void)
{
	struct page *pages[4];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(pages); i++) {
		pages[i] = alloc_page(GFP_KERNEL);
		if (pages[i])
			memset(page_address(pages[i]), 0xff, PAGE_SIZE);
	}
	for (i = 0; i < ARRAY_SIZE(pages); i++)
		if (pages[i])
			__free_page(pages[i]);
}

/* Where huge pages go now: the place is free again when this returns. */
static unsigned long huge_once(unsigned int *level)
{
	void *at = vmalloc_huge(2 * HUGE_BYTES, GFP_KERNEL | __GFP_NOWARN);

	spoil_freed();
	*level = 0;
	if (at)
		lookup_address((unsigned long)at, level);
	vfree(at);
	vm_unmap_aliases();
	return (unsigned long)at;
}

/* Small pages from the lowest free place upwards, until some are where @huge was. */
static bool small_once(struct page **pages, unsigned long huge)
{
	bool there = false;
	void *at[SMALL_MAX];
	unsigned int nr;

	for (nr = 0; nr < SMALL_MAX && !there; nr++) {
		at[nr] = vmap(pages, HUGE_BYTES / PAGE_SIZE, VM_MAP, PAGE_KERNEL);
		there = (unsigned long)at[nr] < huge + 2 * HUGE_BYTES &&
			(unsigned long)at[nr] + HUGE_BYTES > huge;
	}
	while (nr)
		vunmap(at[--nr]);
	vm_unmap_aliases();
	return there;
}

/*
 * Huge pages where small ones were: pmd_free_pte_page() frees the empty tables that
 * these left. True if it did.
 */
static bool churn_once(struct page **pages)
{
	unsigned int level;
	unsigned long huge = huge_once(&level);
	bool there = huge && small_once(pages, huge);

	return there && huge_once(&level) == huge && level == PG_LEVEL_2M;
}

static long driver_churn(struct vmwalk_driver_churn __user *user)
{
	unsigned int nr = HUGE_BYTES / PAGE_SIZE;
	struct vmwalk_driver_churn churn;
	struct page **pages;
	u64 i;

	if (copy_from_user(&churn, user, sizeof(churn)))
		return -EFAULT;
	pages = kmalloc_array(nr, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	for (i = 0; i < nr; i++)
		pages[i] = user_pages[0];
	churn.freed = 0;
	for (i = 0; i < churn.times && !fatal_signal_pending(current); i++)
		churn.freed += churn_once(pages);
	kfree(pages);
	return copy_to_user(user, &churn, sizeof(churn)) ? -EFAULT : 0;
}

static long driver_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	void __user *user = (void __user *)arg;

	switch (cmd) {
	case VMWALK_DRIVER_LOOKUP:
		return driver_lookup(user);
	case VMWALK_DRIVER_CHURN:
		return driver_churn(user);
	default:
		return -ENOTTY;
	}
}

static vm_fault_t lazy_fault(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	u32 i = (vmf->address - vma->vm_start) >> PAGE_SHIFT;

	return vmf_insert_pfn(vma, vmf->address, frame_of(VMWALK_DRIVER_LAZY, i));
}

static const struct vm_operations_struct lazy_ops = { .fault = lazy_fault };

static vm_fault_t mixed_fault(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	u32 i = (vmf->address - vma->vm_start) >> PAGE_SHIFT;
	u64 pfn = frame_of(VMWALK_DRIVER_MIXED, i);

	return vmf_insert_mixed(vma, vmf->address, pfn);
}

static const struct vm_operations_struct mixed_ops = { .fault = mixed_fault };

static int insert_pages(struct vm_area_struct *vma, unsigned int step)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < vma_pages(vma) && !err; i += step)
		err = vm_insert_page(vma, vma->vm_start + i * PAGE_SIZE, user_pages[i]);
	return err;
}

static int map_ram(struct vm_area_struct *vma, unsigned int kind)
{
	return remap_pfn_range(vma, vma->vm_start, frame_of(kind, 0),
			       vma->vm_end - vma->vm_start, vma->vm_page_prot);
}

static int map_wc(struct vm_area_struct *vma, unsigned int kind)
{
	vma->vm_page_prot = pgprot_writecombine(vma->vm_page_prot);
	return map_ram(vma, kind);
}

static int map_uc_minus(struct vm_area_struct *vma, unsigned int kind)
{
	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	return map_ram(vma, kind);
}

static int map_uc(struct vm_area_struct *vma, unsigned int kind)
{
	vma->vm_page_prot = __pgprot(pgprot_val(vma->vm_page_prot) |
				     cachemode2protval(_PAGE_CACHE_MODE_UC));
	return map_ram(vma, kind);
}

static int map_wt(struct vm_area_struct *vma, unsigned int kind)
{
	vma->vm_page_prot = pgprot_writethrough(vma->vm_page_prot);
	return map_ram(vma, kind);
}

static int map_lazy(struct vm_area_struct *vma, unsigned int kind)
{
	vm_flags_set(vma, VM_PFNMAP | VM_IO | VM_DONTEXPAND | VM_DONTDUMP);
	vma->vm_ops = &lazy_ops;
	return 0;
}

/* The device's pages get their type from track_pfn_insert(). */
static int map_mixed(struct vm_area_struct *vma, unsigned int kind)
{
	vm_flags_set(vma, VM_MIXEDMAP);
	vma->vm_ops = &mixed_ops;
	return insert_pages(vma, 2);
}

static int map_page(struct vm_area_struct *vma, unsigned int kind)
{
	return insert_pages(vma, 1);
}

static int (*const maps[VMWALK_DRIVER_NR])(struct vm_area_struct *vma, unsigned int kind) = {
	[VMWALK_DRIVER_RAM] = map_ram,
	[VMWALK_DRIVER_WC] = map_wc,
	[VMWALK_DRIVER_UC_MINUS] = map_uc_minus,
	[VMWALK_DRIVER_UC] = map_uc,
	[VMWALK_DRIVER_WT] = map_wt,
	[VMWALK_DRIVER_LAZY] = map_lazy,
	[VMWALK_DRIVER_MIXED] = map_mixed,
	[VMWALK_DRIVER_PAGE] = map_page,
};

static int driver_mmap(struct file *file, struct vm_area_struct *vma)
{
	u64 offset = (u64)vma->vm_pgoff << PAGE_SHIFT;
	u64 kind = offset >> 24;

	if (kind >= VMWALK_DRIVER_NR || offset != kind << 24 ||
	    vma_pages(vma) > VMWALK_DRIVER_PAGES || !(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	return maps[kind](vma, kind);
}

static const struct file_operations driver_ops = {
	.owner = THIS_MODULE,
	.read = driver_read,
	.unlocked_ioctl = driver_ioctl,
	.mmap = driver_mmap,
	.llseek = default_llseek,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vmwalk_driver",
	.fops = &driver_ops,
	.mode = 0666,
};

static void undo(void)
{
	unsigned int i;

	ioremap_undo();
	for (i = 0; i < VMWALK_DRIVER_PAGES; i++)
		if (user_pages[i])
			__free_page(user_pages[i]);
	vfree(huge_memory);
	vfree(vmalloc_memory);
	kfree(kmalloc_memory);
	kvfree(places);
	if (hole.parent)
		release_resource(&hole);
}

static int __init test_driver_init(void)
{
	static int (*const steps[])(void) = {
		hole_find, places_kmalloc, places_vmalloc, places_ioremap, places_kernel,
		places_user,
	};
	unsigned int i;
	int err = 0;

	places = kvcalloc(PLACES_MAX, sizeof(*places), GFP_KERNEL);
	if (!places)
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(steps) && !err; i++)
		err = steps[i]();
	if (!err)
		err = misc_register(&device);
	if (err)
		undo();
	return err;
}

static void __exit test_driver_exit(void)
{
	misc_deregister(&device);
	undo();
}

module_init(test_driver_init);
module_exit(test_driver_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Kernel memory of every kind, for the tests of vmwalk");
