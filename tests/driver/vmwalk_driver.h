/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * vmwalk_driver.h - what the test driver tells, and what it maps
 *
 * The driver /dev/vmwalk_driver is for the guests of the tests only: it gives every
 * caller kernel addresses, frames and page-table entries. It knows them from the
 * kernel's own functions, never from vmwalk.
 *
 * read(2) gives struct vmwalk_driver_place after struct vmwalk_driver_place: one for
 * each page of kernel memory that it holds for the purpose.
 *
 * mmap(2), MAP_SHARED, of at most VMWALK_DRIVER_PAGES pages at the offset
 * VMWALK_DRIVER_OFFSET(kind), maps memory of that kind, from its first page on:
 *
 *	int fd = open(VMWALK_DRIVER_PATH, O_RDWR);
 *	void *at = mmap(NULL, 4 * 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
 *			VMWALK_DRIVER_OFFSET(WC));
 *
 * The frames behind such a mapping are the places of the same name (MAP_ and kind).
 * Device memory is a hole in the guest's physical addresses: reads give all ones,
 * writes go nowhere.
 */
#ifndef VMWALK_DRIVER_H
#define VMWALK_DRIVER_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define VMWALK_DRIVER_PATH	"/dev/vmwalk_driver"
#define VMWALK_DRIVER_PAGES	16	/* most pages of one mapping */

/*
 * Kinds of user mappings. X(NAME, number, "how it is made")
 */
#define VMWALK_DRIVER_KINDS(X) \
	X(RAM, 0, "VM_PFNMAP: memory by remap_pfn_range()") \
	X(WC, 1, "VM_PFNMAP: device memory, write-combining") \
	X(UC_MINUS, 2, "VM_PFNMAP: device memory, uncached (an MTRR may say WC)") \
	X(UC, 3, "VM_PFNMAP: device memory, uncached") \
	X(WT, 4, "VM_PFNMAP: device memory, write-through") \
	X(LAZY, 5, "VM_PFNMAP: memory by vmf_insert_pfn(), filled when touched") \
	X(MIXED, 6, "VM_MIXEDMAP: even pages by vm_insert_page() at mmap, odd ones device memory, " \
	  "uncached, by vmf_insert_mixed() when touched") \
	X(PAGE, 7, "memory by vm_insert_page(), counted as file pages")

enum vmwalk_driver_kind {
#define VMWALK_DRIVER_ENUM(NAME, nr, ...)	VMWALK_DRIVER_##NAME = (nr),
	VMWALK_DRIVER_KINDS(VMWALK_DRIVER_ENUM)
#undef VMWALK_DRIVER_ENUM
	VMWALK_DRIVER_NR
};
#define VMWALK_DRIVER_OFFSET(NAME)	((__u64)VMWALK_DRIVER_##NAME << 24)

/*
 * What a page is that the driver tells of. X(NAME, "how its frame is known")
 */
#define VMWALK_DRIVER_PLACES(X) \
	X(KMALLOC, "virt_to_phys()") \
	X(VMALLOC, "vmalloc_to_pfn()") \
	X(VMALLOC_HUGE, "vmalloc_to_pfn()") \
	X(VMALLOC_DIRECT, "page_address() of a page of vmalloc") \
	X(IOREMAP_UC_MINUS, "asked for so") \
	X(IOREMAP_UC, "asked for so") \
	X(IOREMAP_WC, "asked for so") \
	X(IOREMAP_WT, "asked for so") \
	X(IOREMAP_HUGE, "asked for so: aligned to 2 MiB, write-combining") \
	X(MODULE_TEXT, "vmalloc_to_pfn()") \
	X(KERNEL_TEXT, "virt_to_phys()") \
	X(KERNEL_DATA, "virt_to_phys()") \
	X(VMEMMAP, "slow_virt_to_phys()") \
	X(CPU_ENTRY, "slow_virt_to_phys(): the table of interrupts, by SIDT") \
	X(FIXMAP, "not known: an address only") \
	X(VSYSCALL, "not known: an address only") \
	X(MAP_RAM, "frame of a user mapping; va is its offset in it") \
	X(MAP_WC, "the same") \
	X(MAP_UC_MINUS, "the same") \
	X(MAP_UC, "the same") \
	X(MAP_WT, "the same") \
	X(MAP_LAZY, "the same") \
	X(MAP_MIXED, "the same") \
	X(MAP_PAGE, "the same")

enum vmwalk_driver_place_kind {
#define VMWALK_DRIVER_ENUM(NAME, ...)	VMWALK_DRIVER_AT_##NAME,
	VMWALK_DRIVER_PLACES(VMWALK_DRIVER_ENUM)
#undef VMWALK_DRIVER_ENUM
	VMWALK_DRIVER_AT_NR
};

/**
 * struct vmwalk_driver_place - one page the driver knows
 * @va: kernel address, or (MAP_*) offset in a mapping of that kind
 * @pfn: its frame; 0 if not known
 * @what: enum vmwalk_driver_place_kind
 * @type: bits by which a 4 KiB entry asks for its memory type, by cachemode2protval()
 */
struct vmwalk_driver_place {
	__u64 va;
	__u64 pfn;
	__u32 what;
	__u32 type;
};

/**
 * struct vmwalk_driver_entry - what lookup_address() says of a kernel address
 * @va: in: any kernel address
 * @raw: the entry that ends the walk; 0 where a table is missing
 * @level: of the entry: enum pg_level; 1 is 4 KiB, 2 is 2 MiB, 3 is 1 GiB
 * @pad: zero
 */
struct vmwalk_driver_entry {
	__u64 va;
	__u64 raw;
	__u32 level;
	__u32 pad;
};

/**
 * struct vmwalk_driver_churn - page tables of the kernel made, replaced and freed
 * @times: in: small pages mapped, unmapped, and huge ones mapped in their place
 * @freed: out: how often that freed a table
 */
struct vmwalk_driver_churn {
	__u64 times;
	__u64 freed;
};

#define VMWALK_DRIVER_LOOKUP	_IOWR(0xb8, 1, struct vmwalk_driver_entry)
#define VMWALK_DRIVER_CHURN	_IOWR(0xb8, 2, struct vmwalk_driver_churn)

#endif /* VMWALK_DRIVER_H */
