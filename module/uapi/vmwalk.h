/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * vmwalk: the vocabulary shared by the kernel module, the library, the client
 * and the tests. Every level, kind, flag, field and counter is written here
 * once; kernel text, client columns, JSON keys, --help, the documentation and
 * the tests expand these tables. See docs/format.md.
 */
#ifndef _UAPI_VMWALK_H
#define _UAPI_VMWALK_H

#include <linux/types.h>

#define VMWALK_REPORT_VERSION	1	/* first line: "vmwalk-report 1" */
#define VMWALK_COMM_LEN		16	/* bytes, with the final NUL */
#define VMWALK_NAME_LEN		96	/* bytes of a VMA's own name, with the final NUL */
#define VMWALK_DEPTH		5	/* most levels a walk can have */

/* A bit number -> its mask; the tables below hold numbers. */
#define VMWALK_BIT(nr)		(1ULL << (nr))

/*
 * Levels of the page table, leaf first. X(NAME, number, "name", "help")
 */
#define VMWALK_LEVELS(X) \
	X(PTE, 0, "pte", "page table entry") \
	X(PMD, 1, "pmd", "page middle directory entry") \
	X(PUD, 2, "pud", "page upper directory entry") \
	X(P4D, 3, "p4d", "page 4th-level directory entry") \
	X(PGD, 4, "pgd", "page global directory entry")

/*
 * What one entry is. X(NAME, number, "name", "help")
 */
#define VMWALK_KINDS(X) \
	X(NONE, 0, "none", "empty entry: never touched, or given back") \
	X(TABLE, 1, "table", "points to a table of the next level") \
	X(FOLDED, 2, "folded", "this level does not exist on this machine; the walk passes through") \
	X(PAGE, 3, "page", "present: the CPU finds a frame here") \
	X(PROTNONE, 4, "protnone", "frame present for the kernel, hidden from the CPU: PROT_NONE or a NUMA hint") \
	X(SPLITTING, 5, "splitting", "huge page being split: hidden from the CPU for a moment") \
	X(SWAP, 6, "swap", "swapped out: swap type and offset") \
	X(MIGRATION, 7, "migration", "frame on its way to another place") \
	X(HWPOISON, 8, "hwpoison", "frame with a memory error: access gets SIGBUS") \
	X(DEVICE_PRIVATE, 9, "device-private", "frame in the memory of a device, not accessible by the CPU") \
	X(DEVICE_EXCLUSIVE, 10, "device-exclusive", "frame lent to a device for exclusive access") \
	X(MARKER_UFFD_WP, 11, "marker-uffd-wp", "no frame; userfaultfd write protection remembered") \
	X(MARKER_POISON, 12, "marker-poison", "no frame; access gets SIGBUS (UFFDIO_POISON or failed swap-in)") \
	X(MARKER_GUARD, 13, "marker-guard", "no frame; guard region: access gets SIGSEGV") \
	X(UNKNOWN, 14, "unknown", "not present, of a kind vmwalk does not know: see raw") \
	X(BAD, 15, "bad", "neither empty, leaf nor table: damaged, or newer than vmwalk; not followed") \
	X(NOVMA, 16, "no-vma", "no VMA covers the address; tables were not read")

/*
 * Decoded attributes of one entry. X(NAME, bit, "name", "help")
 */
#define VMWALK_FLAGS(X) \
	X(PRESENT, 0, "present", "the CPU may use this entry") \
	X(WRITE, 1, "write", "writes allowed at this level") \
	X(USER, 2, "user", "user mode allowed at this level") \
	X(NX, 3, "nx", "instruction fetch forbidden") \
	X(ACCESSED, 4, "accessed", "read or written since the bit was last cleared") \
	X(DIRTY, 5, "dirty", "written since the bit was last cleared") \
	X(HUGE, 6, "huge", "leaf above the pte level") \
	X(GLOBAL, 7, "global", "stays in the TLB across address space switches") \
	X(PWT, 8, "pwt", "page write-through (bit 0 of the PAT index)") \
	X(PCD, 9, "pcd", "page cache disable (bit 1 of the PAT index)") \
	X(PAT, 10, "pat", "bit 2 of the PAT index") \
	X(SOFT_DIRTY, 11, "soft-dirty", "written since /proc/PID/clear_refs") \
	X(UFFD_WP, 12, "uffd-wp", "write-protected by userfaultfd") \
	X(SPECIAL, 13, "special", "no struct page is to be used for this frame") \
	X(DEVMAP, 14, "devmap", "frame of device memory") \
	X(SAVED_DIRTY, 15, "saved-dirty", "dirty, kept aside to tell it from shadow stack") \
	X(ENCRYPTED, 16, "encrypted", "memory encryption bit") \
	X(EXCLUSIVE, 17, "exclusive", "swap or migration entry of an anonymous page no one shares") \
	X(ZERO, 18, "zero", "the shared frame of zeros, small or huge") \
	X(MIGRATE_WRITE, 19, "migrate-write", "writable once the migration is over") \
	X(PKEY0, 20, "pkey0", "protection key, bit 0") \
	X(PKEY1, 21, "pkey1", "protection key, bit 1") \
	X(PKEY2, 22, "pkey2", "protection key, bit 2") \
	X(PKEY3, 23, "pkey3", "protection key, bit 3")

/*
 * What a VMA is used for. X(NAME, number, "name", "help")
 */
#define VMWALK_USES(X) \
	X(ANON, 0, "anon", "private memory without a file") \
	X(FILE, 1, "file", "a mapped file") \
	X(CODE, 2, "code", "the program's own code") \
	X(DATA, 3, "data", "the program's own data") \
	X(LIBRARY, 4, "library", "executable mapping of another file") \
	X(HEAP, 5, "heap", "the brk area") \
	X(STACK, 6, "stack", "the main thread's stack") \
	X(SHM, 7, "shm", "shared memory without a name in a file system") \
	X(HUGETLB, 8, "hugetlb", "reserved huge pages") \
	X(VDSO, 9, "vdso", "code the kernel lends to user space") \
	X(VVAR, 10, "vvar", "data the kernel lends to the vdso") \
	X(DEVICE, 11, "device", "frames put there by a driver") \
	X(SPECIAL, 12, "special", "another mapping made by the kernel")

/*
 * Attributes of a VMA: the kernel's VM_* flags under their own names; the bits of
 * vm_flags move between kernels, these do not. X(NAME, bit, "name", "help")
 */
#define VMWALK_VMA_FLAGS(X) \
	X(READ, 0, "read", "may be read now") \
	X(WRITE, 1, "write", "may be written now") \
	X(EXEC, 2, "exec", "may be executed now") \
	X(SHARED, 3, "shared", "changes are seen by others and by the file") \
	X(MAYREAD, 4, "mayread", "mprotect(2) may allow reading") \
	X(MAYWRITE, 5, "maywrite", "mprotect(2) may allow writing") \
	X(MAYEXEC, 6, "mayexec", "mprotect(2) may allow execution") \
	X(MAYSHARE, 7, "mayshare", "mapped with MAP_SHARED") \
	X(GROWSDOWN, 8, "growsdown", "grows downwards when touched below, like a stack") \
	X(PFNMAP, 9, "pfnmap", "bare frames, no struct page is used") \
	X(MIXEDMAP, 10, "mixedmap", "bare frames and pages mixed") \
	X(LOCKED, 11, "locked", "mlock(2)") \
	X(LOCKONFAULT, 12, "lockonfault", "locked when touched (MLOCK_ONFAULT)") \
	X(IO, 13, "io", "memory of a device") \
	X(SEQ_READ, 14, "seq-read", "MADV_SEQUENTIAL") \
	X(RAND_READ, 15, "rand-read", "MADV_RANDOM") \
	X(DONTCOPY, 16, "dontcopy", "not copied by fork(2)") \
	X(DONTEXPAND, 17, "dontexpand", "mremap(2) may not expand it") \
	X(ACCOUNT, 18, "account", "counted as committed memory") \
	X(NORESERVE, 19, "noreserve", "nothing reserved for it") \
	X(HUGETLB, 20, "hugetlb", "reserved huge pages") \
	X(SYNC, 21, "sync", "synchronous page faults (DAX)") \
	X(WIPEONFORK, 22, "wipeonfork", "empty in the child after fork(2)") \
	X(DONTDUMP, 23, "dontdump", "left out of core dumps") \
	X(SOFTDIRTY, 24, "softdirty", "whole area counts as soft-dirty") \
	X(HUGEPAGE, 25, "hugepage", "MADV_HUGEPAGE") \
	X(NOHUGEPAGE, 26, "nohugepage", "MADV_NOHUGEPAGE") \
	X(MERGEABLE, 27, "mergeable", "KSM may merge its pages") \
	X(UFFD_MISSING, 28, "uffd-missing", "userfaultfd gets faults on missing pages") \
	X(UFFD_WP, 29, "uffd-wp", "userfaultfd gets writes to protected pages") \
	X(UFFD_MINOR, 30, "uffd-minor", "userfaultfd gets faults on pages in the page cache") \
	X(PKEY0, 31, "pkey0", "protection key, bit 0") \
	X(PKEY1, 32, "pkey1", "protection key, bit 1") \
	X(PKEY2, 33, "pkey2", "protection key, bit 2") \
	X(PKEY3, 34, "pkey3", "protection key, bit 3") \
	X(SHADOW_STACK, 35, "shadow-stack", "shadow stack") \
	X(SEALED, 36, "sealed", "mseal(2)") \
	X(DROPPABLE, 37, "droppable", "may be dropped instead of swapped out (MAP_DROPPABLE)") \
	X(GUARDED, 38, "guarded", "may hold guard regions")

/*
 * Flags of a page: numbers and meanings of include/uapi/linux/kernel-page-flags.h
 * and include/linux/kernel-page-flags.h (KPF_*), so that a value equals that of
 * /proc/kpageflags. X(NAME, bit, "name", "help")
 */
#define VMWALK_PAGE_FLAGS(X) \
	X(LOCKED, 0, "locked", "someone works on it") \
	X(ERROR, 1, "error", "an I/O error occurred") \
	X(REFERENCED, 2, "referenced", "used since the list was last scanned") \
	X(UPTODATE, 3, "uptodate", "holds the data of its file") \
	X(DIRTY, 4, "dirty", "to be written back") \
	X(LRU, 5, "lru", "on a list for reclaim") \
	X(ACTIVE, 6, "active", "on the active list") \
	X(SLAB, 7, "slab", "memory of a kernel allocator") \
	X(WRITEBACK, 8, "writeback", "being written back") \
	X(RECLAIM, 9, "reclaim", "to be freed after writing back") \
	X(BUDDY, 10, "buddy", "free") \
	X(MMAP, 11, "mmap", "mapped by a process") \
	X(ANON, 12, "anon", "anonymous") \
	X(SWAPCACHE, 13, "swapcache", "in the swap cache") \
	X(SWAPBACKED, 14, "swapbacked", "reclaimed to swap") \
	X(COMPOUND_HEAD, 15, "compound-head", "first page of a folio of several") \
	X(COMPOUND_TAIL, 16, "compound-tail", "a further page of such a folio") \
	X(HUGE, 17, "huge", "hugetlb page") \
	X(UNEVICTABLE, 18, "unevictable", "on the list of what cannot be reclaimed") \
	X(HWPOISON, 19, "hwpoison", "memory error") \
	X(NOPAGE, 20, "nopage", "no struct page") \
	X(KSM, 21, "ksm", "merged by KSM") \
	X(THP, 22, "thp", "transparent huge page") \
	X(OFFLINE, 23, "offline", "taken offline") \
	X(ZERO_PAGE, 24, "zero-page", "the frame of zeros") \
	X(IDLE, 25, "idle", "not used since idle tracking marked it") \
	X(PGTABLE, 26, "pgtable", "a page table") \
	X(RESERVED, 32, "reserved", "not for general use") \
	X(MLOCKED, 33, "mlocked", "mlock(2)") \
	X(MAPPEDTODISK, 34, "mappedtodisk", "has blocks on disk") \
	X(PRIVATE, 35, "private", "the file system keeps data with it") \
	X(PRIVATE_2, 36, "private-2", "the file system's second flag") \
	X(OWNER_PRIVATE, 37, "owner-private", "the owner's flag") \
	X(ARCH, 38, "arch", "the architecture's flag") \
	X(UNCACHED, 39, "uncached", "mapped uncached") \
	X(SOFTDIRTY, 40, "softdirty", "soft-dirty") \
	X(ARCH_2, 41, "arch-2", "the architecture's second flag")

/* Traits of a frame that are not page flags. X(NAME, bit, "name", "help") */
#define VMWALK_TRAITS(X) \
	X(AVERAGE, 0, "average", "mapcount is an average over the folio: this kernel keeps no more") \
	X(EXCLUSIVE, 1, "exclusive", "anonymous and of one process only: a write needs no copy") \
	X(MAYBE_PINNED, 2, "maybe-pinned", "a driver may be reading or writing it (DMA)")

/* Memory zones. X(NAME, number, "name", "help") */
#define VMWALK_ZONES(X) \
	X(DMA, 0, "DMA", "for devices that reach 16 MiB only (or what the architecture says)") \
	X(DMA32, 1, "DMA32", "for devices that reach 4 GiB only") \
	X(NORMAL, 2, "Normal", "ordinary memory") \
	X(MOVABLE, 3, "Movable", "for what can be moved away") \
	X(DEVICE, 4, "Device", "memory of a device") \
	X(OTHER, 5, "other", "a zone vmwalk does not know")

/* What a frame is. X(NAME, number, "name", "help") */
#define VMWALK_FRAME_TYPES(X) \
	X(NONE, 0, "none", "not online memory, no struct page: device memory or a hole; not looked at") \
	X(ANON, 1, "anon", "anonymous page") \
	X(KSM, 2, "ksm", "anonymous page merged by KSM") \
	X(FILE, 3, "file", "page cache of a file") \
	X(SHMEM, 4, "shmem", "page cache of shared memory or tmpfs") \
	X(HUGETLB, 5, "hugetlb", "huge page of hugetlbfs") \
	X(ZERO, 6, "zero", "the frame of zeros") \
	X(HUGE_ZERO, 7, "huge-zero", "the huge page of zeros") \
	X(DEVICE, 8, "device", "memory of a device with a struct page (ZONE_DEVICE)") \
	X(KERNEL, 9, "kernel", "the kernel's or a driver's own memory lent to the process")

/* Memory types, as the leaf's bits select them (on x86 by the PAT; MTRRs may
 * restrict further). X(NAME, number, "name", "help") */
#define VMWALK_MEMTYPES(X) \
	X(UNKNOWN, 0, "unknown", "not known on this machine") \
	X(WB, 1, "WB", "write-back: ordinary cached memory") \
	X(WT, 2, "WT", "write-through") \
	X(WP, 3, "WP", "write-protected") \
	X(WC, 4, "WC", "write-combining") \
	X(UC_MINUS, 5, "UC-", "uncached, an MTRR may make it write-combining") \
	X(UC, 6, "UC", "uncached")

/* What an empty entry would be filled from. X(NAME, number, "name", "help") */
#define VMWALK_FILLS(X) \
	X(NONE, 0, "none", "nothing: no VMA here") \
	X(ZERO, 1, "zero", "zeros") \
	X(FILE, 2, "file", "a file on a disk or the network") \
	X(SHMEM, 3, "shmem", "shared memory or tmpfs: zeros or swap") \
	X(HUGETLB, 4, "hugetlb", "the pool of huge pages") \
	X(DRIVER, 5, "driver", "whatever the driver or the kernel part behind the VMA does")

/* What the page cache holds at a file offset. X(NAME, number, "name", "help") */
#define VMWALK_CACHES(X) \
	X(NONE, 0, "none", "no page cache behind this address") \
	X(ABSENT, 1, "absent", "nothing") \
	X(EVICTED, 2, "evicted", "nothing; it was there and was reclaimed") \
	X(UPTODATE, 3, "uptodate", "the page, ready") \
	X(READING, 4, "reading", "a page that does not hold the data yet") \
	X(DIRTY, 5, "dirty", "the page, ready, newer than the disk") \
	X(WRITEBACK, 6, "writeback", "the page, ready, being written to the disk") \
	X(SWAPPED, 7, "swapped", "a swap entry: shared memory in swap") \
	X(POISON, 8, "poison", "a page with a memory error")

/* What is known of a page's place on disk. X(NAME, number, "name", "help") */
#define VMWALK_BLOCK_STATES(X) \
	X(NONE, 0, "none", "no file, or a file system without blocks behind it") \
	X(MAPPED, 1, "mapped", "a block") \
	X(HOLE, 2, "hole", "no block: reads as zeros, or not allocated yet") \
	X(UNWRITTEN, 3, "dirty", "not asked: data wait to be written, and asking would write them") \
	X(UNKNOWN, 4, "unknown", "the file system does not tell by bmap")

/* Regions of the kernel's half of the address space. X(NAME, number, "name", "help") */
#define VMWALK_REGIONS(X) \
	X(USER, 0, "user", "the process's half") \
	X(NONCANONICAL, 1, "non-canonical", "no address: the CPU refuses it before any walk") \
	X(DIRECT_MAP, 2, "direct-map", "all physical memory, in order: kmalloc and page_address()") \
	X(VMALLOC, 3, "vmalloc", "vmalloc, vmap and ioremap: frames in any order") \
	X(VMEMMAP, 4, "vmemmap", "the array of struct page") \
	X(KASAN, 5, "kasan-shadow", "shadow of KASAN") \
	X(CPU_ENTRY, 6, "cpu-entry-area", "what the CPU needs to enter the kernel, a copy a CPU") \
	X(ESPFIX, 7, "espfix", "stacks for returns to 16-bit code") \
	X(LDT, 8, "ldt", "local descriptor table of the process") \
	X(EFI, 9, "efi", "EFI runtime services") \
	X(IMAGE, 10, "kernel-image", "text and data of the kernel itself") \
	X(MODULES, 11, "modules", "text and data of modules") \
	X(FIXMAP, 12, "fixmap", "addresses fixed at build time") \
	X(VSYSCALL, 13, "vsyscall", "the page of the old system calls, for user mode") \
	X(HOLE, 14, "hole", "guard or unused")

/*
 * What an open file is. X(NAME, number, "name", "help")
 */
#define VMWALK_FILE_TYPES(X) \
	X(UNKNOWN, 0, "unknown", "of a type vmwalk does not know") \
	X(REG, 1, "reg", "regular file") \
	X(DIR, 2, "dir", "directory") \
	X(CHR, 3, "chr", "character device") \
	X(BLK, 4, "blk", "block device") \
	X(FIFO, 5, "fifo", "pipe or named pipe") \
	X(SOCK, 6, "sock", "socket") \
	X(LNK, 7, "lnk", "symbolic link (O_PATH)") \
	X(ANON, 8, "anon", "anonymous inode: eventfd, epoll, timerfd and the like")

/*
 * Groups of fields that may be absent. A record's `has` holds one bit a group;
 * a field whose group is missing is 0 in the record and shown as "-" or null.
 * The groups in VMWALK_PRIVILEGED need CAP_SYS_ADMIN in the initial user
 * namespace and no confidentiality lockdown. X(NAME, bit, "help")
 */
#define VMWALK_GROUPS(X) \
	X(BASE, 0, "what /proc/PID/maps and /proc/PID/stat may show") \
	X(RAW, 1, "raw entries and physical addresses of tables (privileged)") \
	X(FRAME, 2, "frames and physical addresses (privileged)") \
	X(SWAP, 3, "swap type and offset (privileged)") \
	X(REGS, 4, "saved registers (privileged)") \
	X(VMA, 5, "a VMA covers the address") \
	X(COUNTS, 6, "page counts were asked for and taken") \
	X(PAGE, 7, "what struct page tells of an online frame (privileged)") \
	X(MAPPING, 8, "place of a page in its file (privileged)") \
	X(CGROUP, 9, "memory control group (privileged)") \
	X(BACKED, 10, "a file is behind the address") \
	X(BLOCK, 11, "block on disk (privileged)") \
	X(LEAF, 12, "the walk ends at a present leaf")

enum vmwalk_level {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_LEVEL_##NAME = (nr),
	VMWALK_LEVELS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_LEVEL_NR
};

enum vmwalk_kind {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_KIND_##NAME = (nr),
	VMWALK_KINDS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_KIND_NR
};

enum vmwalk_flag_bit {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_FLAG_BIT_##NAME = (nr),
	VMWALK_FLAGS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_FLAG_NR
};
#define VMWALK_FLAG(NAME)	VMWALK_BIT(VMWALK_FLAG_BIT_##NAME)

enum vmwalk_use {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_USE_##NAME = (nr),
	VMWALK_USES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_USE_NR
};

enum vmwalk_zone {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_ZONE_##NAME = (nr),
	VMWALK_ZONES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_ZONE_NR
};

enum vmwalk_frame_type {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_FRAME_##NAME = (nr),
	VMWALK_FRAME_TYPES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_FRAME_NR
};

enum vmwalk_memtype {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_MEMTYPE_##NAME = (nr),
	VMWALK_MEMTYPES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_MEMTYPE_NR
};

enum vmwalk_fill {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_FILL_##NAME = (nr),
	VMWALK_FILLS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_FILL_NR
};

enum vmwalk_cache {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_CACHE_##NAME = (nr),
	VMWALK_CACHES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_CACHE_NR
};

enum vmwalk_block_state {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_BLOCK_##NAME = (nr),
	VMWALK_BLOCK_STATES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_BLOCK_NR
};

enum vmwalk_region {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_REGION_##NAME = (nr),
	VMWALK_REGIONS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_REGION_NR
};

enum vmwalk_vma_flag_bit {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_VMA_FLAG_BIT_##NAME = (nr),
	VMWALK_VMA_FLAGS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_VMA_FLAG_NR
};
#define VMWALK_VMA_FLAG(NAME)	VMWALK_BIT(VMWALK_VMA_FLAG_BIT_##NAME)

enum vmwalk_page_flag_bit {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_PAGE_FLAG_BIT_##NAME = (nr),
	VMWALK_PAGE_FLAGS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_PAGE_FLAG_NR
};
#define VMWALK_PAGE_FLAG(NAME)	VMWALK_BIT(VMWALK_PAGE_FLAG_BIT_##NAME)

enum vmwalk_trait_bit {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_TRAIT_BIT_##NAME = (nr),
	VMWALK_TRAITS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_TRAIT_NR
};
#define VMWALK_TRAIT(NAME)	VMWALK_BIT(VMWALK_TRAIT_BIT_##NAME)

enum vmwalk_file_type {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_FILE_##NAME = (nr),
	VMWALK_FILE_TYPES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_FILE_NR
};

enum vmwalk_group {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_GROUP_##NAME = (nr),
	VMWALK_GROUPS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_GROUP_NR
};
#define VMWALK_HAS(NAME)	VMWALK_BIT(VMWALK_GROUP_##NAME)
#define VMWALK_PRIVILEGED	(VMWALK_HAS(RAW) | VMWALK_HAS(FRAME) | \
				 VMWALK_HAS(SWAP) | VMWALK_HAS(REGS) | \
				 VMWALK_HAS(PAGE) | VMWALK_HAS(MAPPING) | \
				 VMWALK_HAS(CGROUP) | VMWALK_HAS(BLOCK))

/*
 * How the value of a field is written. HEX, FLAGS, KIND … are the same in the
 * report, in the client's tables and in JSON (there as strings; DEC, NS, BYTES
 * and SDEC are JSON numbers). X(NAME, number, "help")
 */
#define VMWALK_FORMATS(X) \
	X(DEC, 0, "unsigned decimal number") \
	X(SDEC, 1, "signed decimal number") \
	X(BYTES, 2, "decimal number of bytes") \
	X(NS, 3, "decimal number of nanoseconds") \
	X(HEX, 4, "hexadecimal number with 0x") \
	X(OCT, 5, "octal number with a leading 0") \
	X(STR, 6, "text, control characters as \\ooo") \
	X(CHAR, 7, "one letter") \
	X(RANGE, 8, "0xstart-0xend, end exclusive; - when empty") \
	X(DEV, 9, "major:minor, both hexadecimal") \
	X(PERMS, 10, "rwx and p (private) or s (shared)") \
	X(RW, 11, "r, w, rw or - (opened for neither)") \
	X(LEVEL, 12, "name of a level") \
	X(KIND, 13, "name of a kind") \
	X(FLAGS, 14, "names of flags, with commas; - when none") \
	X(USE, 15, "name of a use") \
	X(FILE_TYPE, 16, "name of a file type") \
	X(HIDDEN, 17, "not shown by itself") \
	X(VMA_FLAGS, 18, "names of VMA attributes, with commas; - when none") \
	X(PAGE_FLAGS, 19, "names of page flags, with commas; - when none") \
	X(TRAITS, 20, "names of traits, with commas; - when none") \
	X(ZONE, 21, "name of a zone") \
	X(FRAME_TYPE, 22, "name of a type of frame") \
	X(MEMTYPE, 23, "name of a memory type") \
	X(FILL, 24, "name of what an entry would be filled from") \
	X(CACHE, 25, "name of a state of the page cache") \
	X(BLOCK_STATE, 26, "name of what is known of a block") \
	X(REGION, 27, "name of a region of kernel addresses")

enum vmwalk_format {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_FORMAT_##NAME = (nr),
	VMWALK_FORMATS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_FORMAT_NR
};

/*
 * Records. Each table is F(type, member, dimension, FORMAT, GROUP, "help") and
 * is both the struct and everything that is ever printed of it. A RANGE is a
 * pair of addresses, [2]. Every record begins with `has` (VMWALK_GROUPS);
 * padding is explicit and zero. Numbers are pages of the kernel's base size
 * (4096 bytes on x86-64) where the help says "pages", bytes or ns where the
 * format says so.
 */
#define VMWALK_MEMBER(type, member, dim, FORMAT, GROUP, help)	type member dim;

/* One thread group, as its leader (or, if that has exited, its oldest thread) shows it. */
#define VMWALK_TASK_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, pid, , DEC, BASE, "thread id, in the PID namespace of the procfs instance") \
	F(__u32, tgid, , DEC, BASE, "thread group id: what user space calls the process id") \
	F(__u32, ppid, , DEC, BASE, "process id of the parent; 0 if it is outside the namespace") \
	F(char, comm, [VMWALK_COMM_LEN], STR, BASE, "name of the thread") \
	F(char, state, , CHAR, BASE, "state letter as in /proc/PID/stat") \
	F(__u8, pad, [3], HIDDEN, BASE, "zero") \
	F(__u32, uid, [4], DEC, BASE, "user ids: real, effective, saved, file system") \
	F(__u32, gid, [4], DEC, BASE, "group ids: real, effective, saved, file system") \
	F(__u32, policy, , DEC, BASE, "scheduling policy (SCHED_*)") \
	F(__s32, nice, , SDEC, BASE, "nice value") \
	F(__s32, priority, , SDEC, BASE, "kernel priority as in field 18 of /proc/PID/stat") \
	F(__u32, cpu, , DEC, BASE, "CPU it runs or last ran on") \
	F(__u32, threads, , DEC, BASE, "threads in the group") \
	F(__u32, pad2, , HIDDEN, BASE, "zero") \
	F(__u64, start_ns, , NS, BASE, "start, since boot") \
	F(__u64, user_ns, , NS, BASE, "user time of the group, dead threads included") \
	F(__u64, system_ns, , NS, BASE, "system time of the group, dead threads included") \
	F(__u64, minflt, , DEC, BASE, "minor faults of the group") \
	F(__u64, majflt, , DEC, BASE, "major faults of the group") \
	F(__u64, pc, , HEX, REGS, "saved program counter; stale while running") \
	F(__u64, sp, , HEX, REGS, "saved stack pointer; stale while running")

/* One mm_struct. */
#define VMWALK_MM_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u64, pgd_pa, , HEX, RAW, "physical address of the top table") \
	F(__u32, levels, , DEC, BASE, "levels of the page table on this machine") \
	F(__u32, users, , DEC, BASE, "users of the address space (mm_users), vmwalk's own not counted") \
	F(__u32, map_count, , DEC, BASE, "number of VMAs") \
	F(__u32, pad, , HIDDEN, BASE, "zero") \
	F(__u64, total_bytes, , BYTES, BASE, "size of all VMAs (VmSize)") \
	F(__u64, resident_bytes, , BYTES, BASE, "resident (VmRSS)") \
	F(__u64, resident_file_bytes, , BYTES, BASE, "of it file pages (RssFile)") \
	F(__u64, resident_anon_bytes, , BYTES, BASE, "of it anonymous pages (RssAnon)") \
	F(__u64, resident_shmem_bytes, , BYTES, BASE, "of it shared memory pages (RssShmem)") \
	F(__u64, swap_bytes, , BYTES, BASE, "anonymous pages swapped out (VmSwap)") \
	F(__u64, table_bytes, , BYTES, BASE, "page tables below the top (VmPTE)") \
	F(__u32, thp_disabled, , DEC, BASE, "1: no transparent huge pages, by prctl(PR_SET_THP_DISABLE)") \
	F(__u32, pad2, , HIDDEN, BASE, "zero") \
	F(__u64, code, [2], RANGE, BASE, "code of the program") \
	F(__u64, data, [2], RANGE, BASE, "initialised data of the program") \
	F(__u64, brk, [2], RANGE, BASE, "heap grown by brk(2)") \
	F(__u64, stack, , HEX, BASE, "start of the main thread's stack (its highest address)") \
	F(__u64, arg, [2], RANGE, BASE, "command line") \
	F(__u64, env, [2], RANGE, BASE, "environment")

/*
 * One VMA. The counts (COUNTS) are what the tables held for [start, end).
 */
#define VMWALK_VMA_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u64, start, , HEX, BASE, "first address") \
	F(__u64, end, , HEX, BASE, "first address after it") \
	F(__u64, flags, , PERMS, BASE, "permissions (from vm_flags)") \
	F(__u64, offset, , BYTES, BASE, "offset in the file") \
	F(__u32, dev, [2], DEV, BASE, "device of the file system") \
	F(__u64, inode, , DEC, BASE, "inode number, 0 without a file") \
	F(__u64, page_bytes, , BYTES, BASE, "kernel page size") \
	F(__u64, pte, , DEC, COUNTS, "present leaves at the pte level (4 KiB each on x86-64)") \
	F(__u64, pmd, , DEC, COUNTS, "present leaves at the pmd level (2 MiB each on x86-64)") \
	F(__u64, pud, , DEC, COUNTS, "present leaves at the pud level (1 GiB each on x86-64)") \
	F(__u64, swapped, , DEC, COUNTS, "pages swapped out") \
	F(__u64, other, , DEC, COUNTS, "pages not present for another reason: migration, poison, markers, unknown") \
	F(__u64, never, , DEC, COUNTS, "pages never touched, or given back") \
	F(__u64, accessed, , DEC, COUNTS, "pages under a present leaf with the accessed bit") \
	F(__u64, dirty, , DEC, COUNTS, "pages under a present leaf with the dirty bit") \
	F(__u64, protnone, , DEC, COUNTS, "of the present pages: hidden from the CPU (PROT_NONE, NUMA hint)") \
	F(__u64, special, , DEC, COUNTS, "of the present pages: not counted in RSS (zero page, no struct page)") \
	F(__u64, attributes, , VMA_FLAGS, BASE, "all its flags by name") \
	F(__u32, use, , USE, BASE, "what it is") \
	F(__u32, name_offset, , HIDDEN, BASE, "of its name in the query's names buffer, bytes") \
	F(__u32, name_len, , HIDDEN, BASE, "length of its name there without the NUL, bytes; 0 if none") \
	F(__u32, pad, , HIDDEN, BASE, "zero")

/* One level of a walk. */
#define VMWALK_ENTRY_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u64, va, , HEX, BASE, "first virtual address the entry stands for") \
	F(__u32, level, , LEVEL, BASE, "level") \
	F(__u32, shift, , DEC, BASE, "log2 of the bytes the entry stands for") \
	F(__u32, index, , DEC, BASE, "index in the table") \
	F(__u32, kind, , KIND, BASE, "what the entry is") \
	F(__u64, table, , HEX, RAW, "physical address of the table") \
	F(__u64, raw, , HEX, RAW, "the entry as it stands in memory") \
	F(__u64, unknown, , HEX, RAW, "bits of raw that no name covers") \
	F(__u64, pfn, , HEX, FRAME, "frame number: of the next table, or the first one of the page (of base pages)") \
	F(__u64, swap_offset, , HEX, SWAP, "offset in the swap area, pages") \
	F(__u32, swap_type, , DEC, SWAP, "number of the swap area") \
	F(__u32, pad, , HIDDEN, BASE, "zero") \
	F(__u64, flags, , FLAGS, BASE, "decoded attributes")

/*
 * One run: neighbours of one VMA with the same level and attributes, and frames
 * (or swap offsets) that follow each other; with the flag ZERO every entry of
 * the run maps the same frame, pa. Runs end where the range asked for ends.
 */
#define VMWALK_RUN_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u64, start, , HEX, BASE, "first address") \
	F(__u64, end, , HEX, BASE, "first address after it") \
	F(__u32, level, , LEVEL, BASE, "level of the entries") \
	F(__u32, shift, , DEC, BASE, "log2 of the bytes of one entry") \
	F(__u32, kind, , KIND, BASE, "what the entries are") \
	F(__u32, swap_type, , DEC, SWAP, "number of the swap area") \
	F(__u64, vma_flags, , PERMS, BASE, "permissions of the VMA") \
	F(__u64, pa, , HEX, FRAME, "physical address of the first byte") \
	F(__u64, swap_offset, , HEX, SWAP, "first offset in the swap area, pages") \
	F(__u64, raw, , HEX, RAW, "the first entry as it stands in memory") \
	F(__u64, unknown, , HEX, RAW, "bits of raw that no name covers") \
	F(__u64, flags, , FLAGS, BASE, "decoded attributes")

/* The tables of one level. */
#define VMWALK_TABLE_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, level, , LEVEL, BASE, "level") \
	F(__u32, entries, , DEC, BASE, "entries in one table") \
	F(__u64, tables, , DEC, BASE, "tables that cover a VMA") \
	F(__u64, used, , DEC, BASE, "entries in them that are not empty, inside VMAs") \
	F(__u64, bytes, , BYTES, BASE, "size of these tables")

/*
 * One present page, or several that are alike: the k-th of them is at va + k pages,
 * frame pfn + k, place + k in its folio and offset + k pages in its file.
 * Fields of struct page are read without a reference: they are of one moment and
 * need not fit each other for a page that is being given away.
 */
#define VMWALK_FRAME_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u64, va, , HEX, BASE, "first address") \
	F(__u64, pages, , DEC, BASE, "base pages, alike and following each other") \
	F(__u32, level, , LEVEL, BASE, "level of the leaf that maps it") \
	F(__u32, kind, , KIND, BASE, "what the leaf is") \
	F(__u64, pfn, , HEX, FRAME, "frame number") \
	F(__u32, type, , FRAME_TYPE, PAGE, "what the frame is") \
	F(__u32, order, , DEC, PAGE, "order of its folio: log2 of the base pages in it") \
	F(__u64, place, , DEC, PAGE, "of the page in its folio, pages") \
	F(__u32, mapcount, , DEC, PAGE, "times this page is mapped by processes") \
	F(__u32, refcount, , DEC, PAGE, "references on the folio; each mapping is one") \
	F(__u32, node, , DEC, PAGE, "NUMA node") \
	F(__u32, zone, , ZONE, PAGE, "memory zone") \
	F(__u64, page_flags, , PAGE_FLAGS, PAGE, "flags, as in /proc/kpageflags") \
	F(__u32, traits, , TRAITS, PAGE, "what flags do not tell") \
	F(__u32, memtype, , MEMTYPE, BASE, "memory type the leaf selects") \
	F(__u32, pkey, , DEC, BASE, "protection key") \
	F(__u32, dev, [2], DEV, MAPPING, "device of the file system the page belongs to") \
	F(__u32, pad, , HIDDEN, BASE, "zero") \
	F(__u64, inode, , DEC, MAPPING, "inode number of the file the page belongs to") \
	F(__u64, offset, , BYTES, MAPPING, "offset of the page in that file") \
	F(__u64, cgroup, , DEC, CGROUP, "inode number of the memory cgroup that pays; 0 if none") \
	F(__u64, flags, , FLAGS, BASE, "decoded attributes of the leaf")

/*
 * One table of the page table, or a part of it when several records have the same
 * level and va: parts follow each other, and their last and first used entry may be
 * the same one. Counts are of entries inside VMAs.
 */
#define VMWALK_PAGETABLE_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u64, va, , HEX, BASE, "first address the table stands for") \
	F(__u32, level, , LEVEL, BASE, "level") \
	F(__u32, shift, , DEC, BASE, "log2 of the bytes one entry stands for") \
	F(__u32, entries, , DEC, BASE, "entries in the table") \
	F(__u32, used, , DEC, BASE, "entries that are not empty") \
	F(__u32, leaves, , DEC, BASE, "entries that are present leaves") \
	F(__u32, first, , DEC, BASE, "index of the first used entry") \
	F(__u32, last, , DEC, BASE, "index of the last used entry") \
	F(__u32, sharers, , DEC, RAW, "processes that share the table; 1: its own, 0: not known") \
	F(__u64, pa, , HEX, RAW, "physical address of the table")

/* What is behind an address besides the tables. */
#define VMWALK_BACKING_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, fill, , FILL, BASE, "what an empty entry would be filled from") \
	F(__u32, cache, , CACHE, BASE, "what the page cache holds at this place") \
	F(__u32, dev, [2], DEV, BACKED, "device of the file system") \
	F(__u64, inode, , DEC, BACKED, "inode number") \
	F(__u64, offset, , BYTES, BACKED, "offset of that very byte in the file") \
	F(__u64, size, , BYTES, BACKED, "size of the file") \
	F(__u64, cache_pfn, , HEX, FRAME, "frame of the page in the page cache; 0 if none") \
	F(__u32, swap_type, , DEC, SWAP, "number of the swap area (cache: swapped)") \
	F(__u32, block_state, , BLOCK_STATE, BASE, "what is known of its place on disk") \
	F(__u64, swap_offset, , HEX, SWAP, "offset in the swap area, pages") \
	F(__u64, block, , DEC, BLOCK, "block on the device, in units of block_bytes") \
	F(__u32, block_bytes, , BYTES, BLOCK, "size of a block") \
	F(__u32, block_dev, [2], DEV, BLOCK, "device the block is on") \
	F(__u32, pad, , HIDDEN, BASE, "zero")

/* What is around an address, and what else decides over a fault there. */
#define VMWALK_AROUND_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u64, task_size, , HEX, BASE, "first address that user space cannot have") \
	F(__u64, below, [2], RANGE, BASE, "the nearest VMA that ends at or below the address") \
	F(__u64, below_attributes, , VMA_FLAGS, BASE, "its attributes") \
	F(__u64, above, [2], RANGE, BASE, "the nearest VMA that begins above the address") \
	F(__u64, above_attributes, , VMA_FLAGS, BASE, "its attributes") \
	F(__u64, stack_limit, , BYTES, BASE, "RLIMIT_STACK of the process") \
	F(__u64, as_limit, , BYTES, BASE, "RLIMIT_AS of the process") \
	F(__u64, total_bytes, , BYTES, BASE, "size of all VMAs, what as_limit limits") \
	F(__u32, thp_disabled, , DEC, BASE, "1: no transparent huge pages, by prctl(PR_SET_THP_DISABLE)") \
	F(__u32, pkru, , HEX, REGS, "protection keys the thread may not use; stale while running")

/* One open file of a process. */
#define VMWALK_FILE_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, fd, , DEC, BASE, "descriptor") \
	F(__u32, mode, , RW, BASE, "opened for") \
	F(__u32, flags, , OCT, BASE, "open flags as in /proc/PID/fdinfo") \
	F(__u32, type, , FILE_TYPE, BASE, "what it is") \
	F(__u64, pos, , DEC, BASE, "offset, bytes") \
	F(__u32, dev, [2], DEV, BASE, "device of the file system") \
	F(__u64, inode, , DEC, BASE, "inode number")

/* The module's own counters since load. */
#define VMWALK_STATS_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u64, published, , DEC, BASE, "processes under /proc/vmwalk now") \
	F(__u64, events, , DEC, BASE, "births and deaths of processes seen") \
	F(__u64, lost, , DEC, BASE, "events lost and made good by a full scan") \
	F(__u64, reads, , DEC, BASE, "reads of an open entry") \
	F(__u64, walks, , DEC, BASE, "walks of page tables") \
	F(__u64, entries, , DEC, BASE, "page-table entries read") \
	F(__u64, longest_hold_ns, , NS, BASE, "longest time the mmap lock was held") \
	F(__u64, denied, , DEC, BASE, "opens and reads refused")

/* X(record, FIELDS, "what the record is") : struct vmwalk_<record> */
#define VMWALK_RECORDS(X) \
	X(task, VMWALK_TASK_FIELDS, "thread group") \
	X(mm, VMWALK_MM_FIELDS, "address space") \
	X(vma, VMWALK_VMA_FIELDS, "virtual memory area") \
	X(entry, VMWALK_ENTRY_FIELDS, "one level of a walk") \
	X(run, VMWALK_RUN_FIELDS, "merged page-table entries") \
	X(table, VMWALK_TABLE_FIELDS, "page tables of one level") \
	X(frame, VMWALK_FRAME_FIELDS, "frame behind a page") \
	X(pagetable, VMWALK_PAGETABLE_FIELDS, "one table of the page table") \
	X(backing, VMWALK_BACKING_FIELDS, "what is behind an address") \
	X(around, VMWALK_AROUND_FIELDS, "what is around an address") \
	X(file, VMWALK_FILE_FIELDS, "open file") \
	X(stats, VMWALK_STATS_FIELDS, "the module's counters")

struct vmwalk_task { VMWALK_TASK_FIELDS(VMWALK_MEMBER) };
struct vmwalk_mm { VMWALK_MM_FIELDS(VMWALK_MEMBER) };
struct vmwalk_vma { VMWALK_VMA_FIELDS(VMWALK_MEMBER) };
struct vmwalk_entry { VMWALK_ENTRY_FIELDS(VMWALK_MEMBER) };
struct vmwalk_run { VMWALK_RUN_FIELDS(VMWALK_MEMBER) };
struct vmwalk_table { VMWALK_TABLE_FIELDS(VMWALK_MEMBER) };
struct vmwalk_frame { VMWALK_FRAME_FIELDS(VMWALK_MEMBER) };
struct vmwalk_pagetable { VMWALK_PAGETABLE_FIELDS(VMWALK_MEMBER) };
struct vmwalk_backing { VMWALK_BACKING_FIELDS(VMWALK_MEMBER) };
struct vmwalk_around { VMWALK_AROUND_FIELDS(VMWALK_MEMBER) };
struct vmwalk_file { VMWALK_FILE_FIELDS(VMWALK_MEMBER) };
struct vmwalk_stats { VMWALK_STATS_FIELDS(VMWALK_MEMBER) };

/**
 * struct vmwalk_walk - everything one address passes on its way to a frame
 * @has: groups of fields present
 * @va: the address asked for
 * @pa: physical address of that very byte (FRAME; only where a frame is)
 * @vma_start: first address of the VMA (VMA)
 * @vma_end: first address after the VMA (VMA)
 * @vma_flags: the VMA's vm_flags (VMA)
 * @effective: what all levels together allow, WRITE, USER and NX of VMWALK_FLAGS
 *	(LEAF)
 * @kind: what stands at the end of the walk, the kind of the last entry
 * @depth: number of entries filled, pgd first; 0 when no VMA covers @va
 * @region: of the kernel's half the address is in; USER for a process
 * @pad: zero
 * @entry: the levels passed, pgd first
 */
struct vmwalk_walk {
	__u64 has;
	__u64 va;
	__u64 pa;
	__u64 vma_start;
	__u64 vma_end;
	__u64 vma_flags;
	__u64 effective;
	__u32 kind;
	__u32 depth;
	__u32 region;
	__u32 pad;
	struct vmwalk_entry entry[VMWALK_DEPTH];
};

/**
 * struct vmwalk_dossier - everything about one address, of one moment
 * @has: groups of fields present: VMA if @vma is filled, LEAF if @frame is
 * @walk: the levels
 * @vma: the VMA around it, its name in the query's names
 * @frame: the page
 * @backing: the file, the swap slot or what else is behind
 * @around: the neighbours, and limits
 *
 * All but the block on disk is read in one hold of the mmap lock.
 */
struct vmwalk_dossier {
	__u64 has;
	struct vmwalk_walk walk;
	struct vmwalk_vma vma;
	struct vmwalk_frame frame;
	struct vmwalk_backing backing;
	struct vmwalk_around around;
};

/**
 * struct vmwalk_query - the argument of every ioctl
 * @size: in: sizeof(struct vmwalk_query) as the caller knows it. Shorter than
 *	the kernel's: the rest reads as zero and is not written. Longer: the
 *	unknown tail must be zero, else E2BIG.
 * @flags: in: VMWALK_QUERY_*
 * @start: in (queries of a range): first address. Need not be aligned.
 * @end: in (queries of a range): first address after it, at most 2^64 - 4096
 * @addresses: in (queries of addresses): pointer to @count __u64
 * @records: in: pointer to room for @count records of @record_size bytes
 * @record_size: in: bytes of one record as the caller knows it; longer records
 *	get a zero tail, shorter ones are cut. At least 8, a multiple of 8,
 *	at most VMWALK_RECORD_SIZE_MAX.
 * @count: in: addresses or room in records; 1 to VMWALK_COUNT_MAX
 * @names: in (queries with names): pointer to room for names, or 0 for none. Each name is as
 *	in /proc/PID/maps but not escaped, and ends with a NUL.
 * @names_size: in (queries with names): bytes there, at least VMWALK_NAMES_SIZE_MIN if any
 * @names_used: out (queries with names): bytes used there
 * @done: out: records written
 * @holds: out: times the mmap lock was taken
 * @cursor: out (queries of a range): where to go on; @end when the range is done
 * @entries: out: page-table entries read
 * @hold_ns: out: longest time the mmap lock was held at a stretch
 *
 * A query that was interrupted by a fatal signal or by the end of the process, or
 * whose buffer is full, answers with what it has; the caller goes on from @cursor
 * (or from address number @done). What a query did not ask for is not written.
 * After any other error the out fields are not written.
 *
 * Errors: E2BIG (unknown tail), EINVAL (size, flags, range or counts out of
 * bounds, a field that this query does not know is not 0), EFAULT (bad
 * pointer), ESRCH (the process has exited or has executed another program
 * since the open), ENXIO (a kernel thread or zombie: no address space), EACCES
 * (no longer permitted), EPERM (VMWALK_QUERY_KERNEL without privilege), EBUSY (it
 * keeps executing programs), EINTR, ENOMEM.
 */
struct vmwalk_query {
	__u64 size;
	__u64 flags;
	__u64 start;
	__u64 end;
	__u64 addresses;
	__u64 records;
	__u32 record_size;
	__u32 count;
	__u64 names;
	__u32 names_size;
	__u32 names_used;
	__u32 done;
	__u32 holds;
	__u64 cursor;
	__u64 entries;
	__u64 hold_ns;
};

#define VMWALK_QUERY_SIZE_MIN	104		/* the first published size */
#define VMWALK_RECORD_SIZE_MAX	4096		/* bytes */
#define VMWALK_COUNT_MAX	(1U << 20)	/* addresses or records a query */
#define VMWALK_NAMES_SIZE_MIN	16384		/* bytes, with the NUL: a longer name is left out */
#define VMWALK_NAMES_SIZE_MAX	(1U << 26)	/* bytes */

/* VMAS: take the page counts too (reads the tables of the whole range) */
#define VMWALK_QUERY_COUNTS	VMWALK_BIT(0)
/* TRANSLATE, RUNS: addresses of the kernel's half (privileged); whose entry it is does not matter */
#define VMWALK_QUERY_KERNEL	VMWALK_BIT(1)

/* What a query takes. */
#define VMWALK_TAKES_ADDRESSES	VMWALK_BIT(0)	/* @addresses; else the range @start to @end */
#define VMWALK_TAKES_NAMES	VMWALK_BIT(1)	/* @names */

/*
 * Queries: ioctls on an open /proc/vmwalk/<pid>, each with a pointer to a
 * struct vmwalk_query. The number carries no size, the struct does.
 * X(NAME, number, record, flags allowed, takes, "help")
 */
#define VMWALK_QUERIES(X) \
	X(TRANSLATE, 0x01, walk, VMWALK_QUERY_KERNEL, VMWALK_TAKES_ADDRESSES, \
	  "a walk for each address") \
	X(RUNS, 0x02, run, VMWALK_QUERY_KERNEL, 0, "merged runs of entries over a range") \
	X(VMAS, 0x03, vma, VMWALK_QUERY_COUNTS, VMWALK_TAKES_NAMES, "the VMAs of a range") \
	X(FRAMES, 0x04, frame, 0, 0, "the frames behind a range, alike ones merged") \
	X(TABLES, 0x05, pagetable, 0, 0, "the tables that stand for a range") \
	X(DOSSIER, 0x06, dossier, 0, VMWALK_TAKES_ADDRESSES | VMWALK_TAKES_NAMES, \
	  "everything about each address")

#define VMWALK_IOC_TYPE		0xb7
#define VMWALK_IOC(nr)		((VMWALK_IOC_TYPE << 8) | (nr))

enum vmwalk_ioc {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_IOC_##NAME = VMWALK_IOC(nr),
	VMWALK_QUERIES(VMWALK_ENUM)
#undef VMWALK_ENUM
};

#endif /* _UAPI_VMWALK_H */
