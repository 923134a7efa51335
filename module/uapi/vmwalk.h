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
	X(PROTNONE, 4, "protnone", "frame there, hidden from the CPU: PROT_NONE, a NUMA hint, or taken out of the kernel's map") \
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
	X(UNWRITTEN, 3, "dirty", "not asked: data of the file wait to be written, and asking would write them") \
	X(UNKNOWN, 4, "unknown", "the file system is not asked, or does not tell: see docs/limits.md")

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

/* What an instruction does at an address. X(NAME, number, "name", "help") */
#define VMWALK_ACCESSES(X) \
	X(READ, 0, "read", "reads") \
	X(WRITE, 1, "write", "writes") \
	X(EXEC, 2, "exec", "is fetched from there")

/* How an access would end. X(NAME, number, "name", "help") */
#define VMWALK_OUTCOMES(X) \
	X(NONE, 0, "none", "no fault: the CPU gets through by itself") \
	X(MINOR, 1, "minor", "the kernel fills in or changes the entry, without input") \
	X(COW, 2, "cow", "the kernel makes a copy for this process, without input") \
	X(MAJOR, 3, "major", "the kernel reads from a file or from swap first") \
	X(HINT, 4, "hint", "the kernel wanted to notice the access; it lets the CPU in") \
	X(USERFAULT, 5, "userfault", "the thread waits for a userfaultfd handler") \
	X(STACK_GROWTH, 6, "stack-growth", "the stack is made larger, then filled") \
	X(SIGSEGV_MAPERR, 7, "sigsegv-maperr", "SIGSEGV, SEGV_MAPERR: nothing is mapped there") \
	X(SIGSEGV_ACCERR, 8, "sigsegv-accerr", "SIGSEGV, SEGV_ACCERR: not allowed") \
	X(SIGSEGV_PKUERR, 9, "sigsegv-pkuerr", "SIGSEGV, SEGV_PKUERR: protection key") \
	X(SIGSEGV, 10, "sigsegv", "SIGSEGV, SI_KERNEL: no page fault, refused before") \
	X(SIGBUS_ADRERR, 11, "sigbus-adrerr", "SIGBUS, BUS_ADRERR: nothing to fill it from") \
	X(SIGBUS_POISON, 12, "sigbus-poison", "SIGBUS, BUS_MCEERR_AR: memory error") \
	X(UNKNOWN, 13, "unknown", "cannot be told; the reason says why")

/* Why an access ends as it does. X(NAME, number, "name", "help") */
#define VMWALK_REASONS(X) \
	X(PERMITTED, 0, "permitted", "every level allows it") \
	X(NONCANONICAL, 1, "non-canonical", "no address: the CPU raises a general protection fault") \
	X(VSYSCALL_CALL, 2, "vsyscall-call", "an old system call, emulated by the kernel") \
	X(VSYSCALL_READ, 3, "vsyscall-read", "the page of the old system calls may be read here") \
	X(VSYSCALL_INSIDE, 4, "vsyscall-inside", "not the first instruction of an old system call") \
	X(VSYSCALL_REFUSED, 5, "vsyscall-refused", "the page of the old system calls does not allow it") \
	X(KERNEL_HALF, 6, "kernel-half", "not an address of user space") \
	X(NOT_MAPPED, 7, "not-mapped", "no VMA here, and none above that grows down") \
	X(STACK_GROWS, 8, "stack-grows", "the VMA above grows down to it and is filled with zeros") \
	X(STACK_LOWEST, 9, "stack-lowest", "the stack may not grow below vm.mmap_min_addr") \
	X(STACK_GAP, 10, "stack-gap", "the stack would come too near to the VMA below it") \
	X(STACK_LIMIT, 11, "stack-limit", "the stack would be larger than RLIMIT_STACK") \
	X(AS_LIMIT, 12, "as-limit", "the address space would be larger than RLIMIT_AS") \
	X(PROT_NONE, 13, "prot-none", "the VMA allows nothing") \
	X(NOT_WRITABLE, 14, "not-writable", "the VMA does not allow writing") \
	X(NOT_EXECUTABLE, 15, "not-executable", "the entry forbids instruction fetch") \
	X(FILLED_NOT_EXECUTABLE, 16, "filled-not-executable", \
	  "the entry is filled first, and then forbids instruction fetch") \
	X(NOT_USER, 17, "not-user", "a level is closed to user mode") \
	X(PKEY, 18, "pkey", "the thread's protection key rights forbid it") \
	X(PKEY_UNSEEN, 19, "pkey-unseen", "the thread's protection key rights may not be seen") \
	X(SHADOW_STACK, 20, "shadow-stack", "shadow stacks take no ordinary writes") \
	X(ANON_ALONE, 21, "anon-alone", "the page is this process's alone: the entry is made writable") \
	X(ANON_SHARED, 22, "anon-shared", "the page is shared since a fork: copied") \
	X(ANON_REFERENCED, 23, "anon-referenced", "someone else holds a reference on the page: copied") \
	X(ANON_HUGE_SHARED, 24, "anon-huge-shared", \
	  "the huge page is shared: its mapping is split and one page copied") \
	X(KSM, 25, "ksm", "the page is merged by KSM: copied") \
	X(ZERO_PAGE, 26, "zero-page", "the frame of zeros gives way to a fresh page") \
	X(HUGE_ZERO, 27, "huge-zero", "the huge page of zeros gives way to a fresh page") \
	X(PRIVATE_FILE, 28, "private-file", "private mapping: the page of the page cache is copied") \
	X(SHARED_FILE, 29, "shared-file", "shared mapping: the page is marked to be written back") \
	X(HUGE_FILE, 30, "huge-file", "the huge mapping of the file is dropped and one page filled anew") \
	X(HUGETLB_ALONE, 31, "hugetlb-alone", "the huge page is shared memory or this process's alone: made writable") \
	X(HUGETLB_SHARED, 32, "hugetlb-shared", "the huge page is not this process's alone: copied") \
	X(FRAME_UNSEEN, 33, "frame-unseen", "whether the page is copied depends on what may not be seen") \
	X(PFN_WRITE, 34, "pfn-write", "a bare frame, write-protected: the driver decides") \
	X(UFFD_WP, 35, "uffd-wp", "write-protected by userfaultfd") \
	X(UFFD_MISSING, 36, "uffd-missing", "userfaultfd gets faults on missing pages here") \
	X(UFFD_MINOR, 37, "uffd-minor", "in the page cache, but userfaultfd gets these faults") \
	X(ZERO_READ, 38, "zero-read", "never written: the frame of zeros") \
	X(HUGE_ZERO_READ, 39, "huge-zero-read", "never written: the huge page of zeros") \
	X(ZERO_FILL, 40, "zero-fill", "a fresh page of zeros") \
	X(HUGE_FILL, 41, "huge-fill", "a fresh huge page of zeros") \
	X(FILE_CACHED, 42, "file-cached", "the page is in the page cache") \
	X(FILE_ABSENT, 43, "file-absent", "the page is not in the page cache: read from the file") \
	X(FILE_READING, 44, "file-reading", "the page is in the page cache, but not read yet") \
	X(FILE_HOLE, 45, "file-hole", "a hole of the file: zeros, counted as if they were read") \
	X(FILE_END, 46, "file-end", "the page begins at or behind the end of the file") \
	X(FILE_POISON, 47, "file-poison", "the page in the page cache has a memory error") \
	X(CACHE_UNSEEN, 48, "cache-unseen", "what the page cache holds may not be seen") \
	X(SHMEM_CACHED, 49, "shmem-cached", "the page of shared memory is there") \
	X(SHMEM_FRESH, 50, "shmem-fresh", "never written: a fresh page of shared memory") \
	X(SHMEM_SWAPPED, 51, "shmem-swapped", \
	  "the page of shared memory is in swap, perhaps still in the swap cache too") \
	X(HUGETLB_CACHED, 52, "hugetlb-cached", "the huge page is there already") \
	X(HUGETLB_FRESH, 53, "hugetlb-fresh", "a huge page from the pool") \
	X(HUGETLB_EMPTY, 54, "hugetlb-empty", "the pool of huge pages has none for it") \
	X(HUGETLB_END, 55, "hugetlb-end", "behind the last whole huge page of the file") \
	X(SWAPPED, 56, "swapped", "the page is in swap, perhaps still in the swap cache too") \
	X(MIGRATION, 57, "migration", "the page is being moved: waits until it has arrived") \
	X(SPLITTING, 58, "splitting", "the huge page is being split: tries again") \
	X(HWPOISON, 59, "hwpoison", "the page had a memory error") \
	X(MARKER_POISON, 60, "marker-poison", "the page was given up: UFFDIO_POISON or failed swap-in") \
	X(MARKER_GUARD, 61, "marker-guard", "guard region") \
	X(DEVICE_PRIVATE, 62, "device-private", "the device gives the page back") \
	X(DEVICE_EXCLUSIVE, 63, "device-exclusive", "the device gives up its exclusive access") \
	X(NUMA_HINT, 64, "numa-hint", "NUMA balancing hid the page to see who uses it") \
	X(SPECIAL, 65, "special", "a page the kernel lends") \
	X(DRIVER, 66, "driver", "the driver behind the VMA decides") \
	X(ENTRY_UNKNOWN, 67, "entry-unknown", "an entry of a kind vmwalk does not know, or damaged") \
	X(INCONSISTENT, 68, "inconsistent", "the answer of the module does not fit together") \
	X(WP_LEFT, 69, "wp-left", "userfaultfd's protection came along by fork, without the userfaultfd: 6.1 faults for ever")

/* Whose data a copy is made of. X(NAME, number, "name", "help") */
#define VMWALK_ORIGINS(X) \
	X(NONE, 0, "none", "no data are copied") \
	X(FORK, 1, "fork", "the page shared since a fork") \
	X(REFERENCE, 2, "reference", "the page someone else holds a reference on") \
	X(KSM, 3, "ksm", "the page merged by KSM") \
	X(CACHE, 4, "cache", "the page of the page cache") \
	X(HUGETLB, 5, "hugetlb", "the huge page of the file or of other processes")

/* What else an access would do or depend on. X(NAME, bit, "name", "help") */
#define VMWALK_EFFECTS(X) \
	X(ACCESSED, 0, "accessed", "the CPU sets the accessed bit") \
	X(DIRTY, 1, "dirty", "the CPU sets the dirty bit") \
	X(AROUND, 2, "around", "neighbours found in the page cache are mapped too") \
	X(MKWRITE, 3, "mkwrite", "the file system is asked first: may wait, or SIGBUS without space") \
	X(IF_FREE, 4, "if-free", "a huge page if there is one, else a small one") \
	X(RETRY, 5, "retry", "counts as major if the kernel has to wait and to begin again") \
	X(REPEAT, 6, "repeat", "a further fault may follow") \
	X(GROWTH, 7, "growth", "the stack is made larger first") \
	X(SPLIT, 8, "split", "the huge mapping is split first") \
	X(STALE, 9, "stale", "by the protection key rights the main thread had when it last ran") \
	X(OVERCOMMIT, 10, "overcommit", "with a huge page beyond the pool, if one can be had")

/* Why a mapping, or what is left of it, is not made of huge pages: all of a VMA has
 * this reason. X(NAME, number, "name", "help") */
#define VMWALK_HUGE_REASONS(X) \
	X(HUGE, 0, "huge", "it is: nothing is missing") \
	X(HUGETLB, 1, "hugetlb", "reserved huge pages: nothing is missing") \
	X(SPECIAL, 2, "special", "a driver's or the kernel's (VM_IO, VM_PFNMAP, VM_MIXEDMAP, VM_DONTEXPAND)") \
	X(TOO_SMALL, 3, "too-small", "smaller than a huge page") \
	X(UNALIGNED, 4, "unaligned", "no whole huge page fits, by address or by offset in the file") \
	X(UNSUPPORTED, 5, "unsupported", "kernel or machine without transparent huge pages") \
	X(PRCTL, 6, "prctl", "prctl(PR_SET_THP_DISABLE)") \
	X(NOHUGEPAGE, 7, "nohugepage", "madvise(MADV_NOHUGEPAGE)") \
	X(SHMEM_POLICY, 8, "shmem-policy", "shmem_enabled or the mount's option huge= does not allow it") \
	X(NEVER, 9, "never", "switched off: transparent_hugepage/enabled is never") \
	X(MADVISE, 10, "needs-madvise", "only after MADV_HUGEPAGE: transparent_hugepage/enabled says so") \
	X(FILE, 11, "file", "khugepaged leaves files alone that are not program text") \
	X(TEXT, 12, "text", "program text: huge only on kernels with CONFIG_READ_ONLY_THP_FOR_FS") \
	X(TEMPORARY_STACK, 13, "temporary-stack", "stack of a program that is being executed") \
	X(UNTOUCHED, 14, "untouched", "nothing there yet, or zeros that were only read") \
	X(SPARSE, 15, "sparse", "more empty pages than khugepaged accepts (max_ptes_none)") \
	X(SWAPPED, 16, "swapped", "more swapped pages than khugepaged accepts (max_ptes_swap)") \
	X(SPLIT, 17, "split", "huge folios, mapped page by page") \
	X(NOT_COLLAPSED, 18, "not-collapsed", "khugepaged has not come by yet, or found no huge frame") \
	X(MIXED, 19, "mixed", "untouched, sparse, swapped and not collapsed parts")

/* Lines of the account of page tables. X(NAME, number, "name", "help") */
#define VMWALK_TABLE_ITEMS(X) \
	X(MET, 0, "met", "pte, pmd and pud tables that stand for a VMA") \
	X(DEPOSITED, 1, "deposited", "pte tables in reserve, one for each anonymous huge page: no walk meets them") \
	X(EXPECTED, 2, "expected", "met and deposited") \
	X(VMPTE, 3, "VmPTE", "what the kernel counts: pte, pmd and pud tables") \
	X(DIFFERENCE, 4, "difference", "VmPTE less expected: what came or went meanwhile, tables of an LDT") \
	X(SHARED, 5, "shared", "of those met: used by other processes too, which count them as well") \
	X(UNCOUNTED, 6, "uncounted", "p4d tables and the pgd, which VmPTE leaves out")

/* States of a task, under the names of /proc/PID/status. X(NAME, number, "name", "help") */
#define VMWALK_TASK_STATES(X) \
	X(RUNNING, 0, "running", "on a CPU or waiting for one") \
	X(SLEEPING, 1, "sleeping", "waits; a signal wakes it") \
	X(DISK_SLEEP, 2, "disk-sleep", "waits; signals do not wake it, or only fatal ones") \
	X(STOPPED, 3, "stopped", "stopped by a signal") \
	X(TRACING_STOP, 4, "tracing-stop", "stopped for its tracer") \
	X(DEAD, 5, "dead", "about to vanish") \
	X(ZOMBIE, 6, "zombie", "ended, not waited for") \
	X(PARKED, 7, "parked", "kernel thread set aside") \
	X(IDLE, 8, "idle", "kernel thread that waits and does not count as load")

/*
 * Flags of a task: the kernel's PF_*, whose bits move between kernels; these do not.
 * X(NAME, bit, "name", "help")
 */
#define VMWALK_TASK_FLAGS(X) \
	X(VCPU, 0, "vcpu", "runs a virtual CPU") \
	X(IDLE, 1, "idle", "idle task of a CPU") \
	X(EXITING, 2, "exiting", "is ending") \
	X(POSTCOREDUMP, 3, "postcoredump", "past the point where a core dump waits for it") \
	X(IO_WORKER, 4, "io-worker", "worker of io_uring") \
	X(WQ_WORKER, 5, "wq-worker", "worker of a work queue") \
	X(FORKNOEXEC, 6, "forknoexec", "has not executed a program since fork(2)") \
	X(MCE_PROCESS, 7, "mce-process", "has its own policy for memory errors") \
	X(SUPERPRIV, 8, "superpriv", "has used a capability") \
	X(DUMPCORE, 9, "dumpcore", "writes a core dump") \
	X(SIGNALED, 10, "signaled", "was ended by a signal") \
	X(MEMALLOC, 11, "memalloc", "may use memory kept for emergencies") \
	X(NPROC_EXCEEDED, 12, "nproc-exceeded", "went over RLIMIT_NPROC by a change of user") \
	X(USED_MATH, 13, "used-math", "has used the FPU (not kept up on x86)") \
	X(USER_WORKER, 14, "user-worker", "kernel thread made by a process") \
	X(NOFREEZE, 15, "nofreeze", "is not frozen for suspend") \
	X(KSWAPD, 16, "kswapd", "reclaims memory") \
	X(MEMALLOC_NOFS, 17, "memalloc-nofs", "allocates without file systems") \
	X(MEMALLOC_NOIO, 18, "memalloc-noio", "allocates without I/O") \
	X(LOCAL_THROTTLE, 19, "local-throttle", "throttled by its own device only") \
	X(KTHREAD, 20, "kthread", "kernel thread") \
	X(RANDOMIZE, 21, "randomize", "address space is randomised") \
	X(NO_SETAFFINITY, 22, "no-setaffinity", "its CPUs cannot be changed") \
	X(MCE_EARLY, 23, "mce-early", "is told of memory errors early") \
	X(MEMALLOC_PIN, 24, "memalloc-pin", "allocates what may be pinned for long") \
	X(SUSPEND_TASK, 25, "suspend-task", "suspends the machine") \
	X(FREEZER_SKIP, 26, "freezer-skip", "need not be frozen itself") \
	X(FROZEN, 27, "frozen", "frozen") \
	X(NO_NOTIFY_SIGNAL, 28, "no-notify-signal", "task work does not wake it as a signal does") \
	X(MEMALLOC_RECLAIM, 29, "memalloc-reclaim", "allocates with hints for reclaim") \
	X(BLOCK_TS, 30, "block-ts", "uses the time stamp of its block I/O plug")

/* Scheduling policies, numbers of SCHED_*. X(NAME, number, "name", "help") */
#define VMWALK_POLICIES(X) \
	X(OTHER, 0, "other", "the fair class (SCHED_NORMAL)") \
	X(FIFO, 1, "fifo", "real time, until it gives way") \
	X(RR, 2, "rr", "real time, in turns") \
	X(BATCH, 3, "batch", "fair, for work no one waits for") \
	X(ISO, 4, "iso", "reserved, not implemented") \
	X(IDLE, 5, "idle", "when nothing else runs") \
	X(DEADLINE, 6, "deadline", "by deadlines") \
	X(EXT, 7, "ext", "by a BPF program")

/* Signals, by number. X(NAME, number, "name", "help") */
#define VMWALK_SIGNALS(X) \
	X(NONE, 0, "none", "no signal") \
	X(HUP, 1, "HUP", "terminal hung up, or its process gone") \
	X(INT, 2, "INT", "interrupt from the keyboard") \
	X(QUIT, 3, "QUIT", "quit from the keyboard") \
	X(ILL, 4, "ILL", "illegal instruction") \
	X(TRAP, 5, "TRAP", "breakpoint or trace") \
	X(ABRT, 6, "ABRT", "abort(3)") \
	X(BUS, 7, "BUS", "access that memory cannot serve") \
	X(FPE, 8, "FPE", "arithmetic error") \
	X(KILL, 9, "KILL", "cannot be caught: ends the process") \
	X(USR1, 10, "USR1", "for the program") \
	X(SEGV, 11, "SEGV", "access to memory not allowed") \
	X(USR2, 12, "USR2", "for the program") \
	X(PIPE, 13, "PIPE", "write to a pipe or socket no one reads") \
	X(ALRM, 14, "ALRM", "alarm(2)") \
	X(TERM, 15, "TERM", "asks the process to end") \
	X(STKFLT, 16, "STKFLT", "not used by the kernel") \
	X(CHLD, 17, "CHLD", "a child stopped, went on or ended") \
	X(CONT, 18, "CONT", "goes on if stopped") \
	X(STOP, 19, "STOP", "cannot be caught: stops the process") \
	X(TSTP, 20, "TSTP", "stop from the keyboard") \
	X(TTIN, 21, "TTIN", "read from the terminal in the background") \
	X(TTOU, 22, "TTOU", "write to the terminal in the background") \
	X(URG, 23, "URG", "urgent data on a socket") \
	X(XCPU, 24, "XCPU", "CPU time limit") \
	X(XFSZ, 25, "XFSZ", "file size limit") \
	X(VTALRM, 26, "VTALRM", "timer of the process's user time") \
	X(PROF, 27, "PROF", "timer of the process's CPU time") \
	X(WINCH, 28, "WINCH", "window size") \
	X(IO, 29, "IO", "a descriptor is ready (SIGPOLL)") \
	X(PWR, 30, "PWR", "power failure") \
	X(SYS, 31, "SYS", "bad system call, or seccomp") \
	X(RT32, 32, "RT32", "real-time signal 32") \
	X(RT33, 33, "RT33", "real-time signal 33") \
	X(RT34, 34, "RT34", "real-time signal 34") \
	X(RT35, 35, "RT35", "real-time signal 35") \
	X(RT36, 36, "RT36", "real-time signal 36") \
	X(RT37, 37, "RT37", "real-time signal 37") \
	X(RT38, 38, "RT38", "real-time signal 38") \
	X(RT39, 39, "RT39", "real-time signal 39") \
	X(RT40, 40, "RT40", "real-time signal 40") \
	X(RT41, 41, "RT41", "real-time signal 41") \
	X(RT42, 42, "RT42", "real-time signal 42") \
	X(RT43, 43, "RT43", "real-time signal 43") \
	X(RT44, 44, "RT44", "real-time signal 44") \
	X(RT45, 45, "RT45", "real-time signal 45") \
	X(RT46, 46, "RT46", "real-time signal 46") \
	X(RT47, 47, "RT47", "real-time signal 47") \
	X(RT48, 48, "RT48", "real-time signal 48") \
	X(RT49, 49, "RT49", "real-time signal 49") \
	X(RT50, 50, "RT50", "real-time signal 50") \
	X(RT51, 51, "RT51", "real-time signal 51") \
	X(RT52, 52, "RT52", "real-time signal 52") \
	X(RT53, 53, "RT53", "real-time signal 53") \
	X(RT54, 54, "RT54", "real-time signal 54") \
	X(RT55, 55, "RT55", "real-time signal 55") \
	X(RT56, 56, "RT56", "real-time signal 56") \
	X(RT57, 57, "RT57", "real-time signal 57") \
	X(RT58, 58, "RT58", "real-time signal 58") \
	X(RT59, 59, "RT59", "real-time signal 59") \
	X(RT60, 60, "RT60", "real-time signal 60") \
	X(RT61, 61, "RT61", "real-time signal 61") \
	X(RT62, 62, "RT62", "real-time signal 62") \
	X(RT63, 63, "RT63", "real-time signal 63") \
	X(RT64, 64, "RT64", "real-time signal 64")

/* Flags of a signal action, bits of SA_*. X(NAME, bit, "name", "help") */
#define VMWALK_SA_FLAGS(X) \
	X(NOCLDSTOP, 0, "nocldstop", "no SIGCHLD for stopped children") \
	X(NOCLDWAIT, 1, "nocldwait", "children leave no zombies") \
	X(SIGINFO, 2, "siginfo", "handler takes three arguments") \
	X(UNSUPPORTED, 10, "unsupported", "asked whether flags are known") \
	X(EXPOSE_TAGBITS, 11, "expose-tagbits", "si_addr keeps its tag bits") \
	X(X32_ABI, 24, "x32-abi", "set by a program of the x32 ABI") \
	X(IA32_ABI, 25, "ia32-abi", "set by a 32-bit program") \
	X(RESTORER, 26, "restorer", "a restorer is given") \
	X(ONSTACK, 27, "onstack", "on the alternate stack") \
	X(RESTART, 28, "restart", "system calls are begun again") \
	X(NODEFER, 30, "nodefer", "not blocked in its own handler") \
	X(RESETHAND, 31, "resethand", "default again after the first")

/* What a signal does. X(NAME, number, "name", "help") */
#define VMWALK_DISPOSITIONS(X) \
	X(DEFAULT, 0, "default", "the default action") \
	X(IGNORE, 1, "ignore", "nothing") \
	X(HANDLER, 2, "handler", "a function is called")

/* Capabilities, bits of CAP_*. X(NAME, bit, "name", "help") */
#define VMWALK_CAPS(X) \
	X(CHOWN, 0, "chown", "change owners of files") \
	X(DAC_OVERRIDE, 1, "dac_override", "pass over the permissions of files") \
	X(DAC_READ_SEARCH, 2, "dac_read_search", "pass over them for reading and searching") \
	X(FOWNER, 3, "fowner", "pass over checks of the owner") \
	X(FSETID, 4, "fsetid", "keep set-user-ID bits of changed files") \
	X(KILL, 5, "kill", "signal any process") \
	X(SETGID, 6, "setgid", "any group ids") \
	X(SETUID, 7, "setuid", "any user ids") \
	X(SETPCAP, 8, "setpcap", "change capabilities") \
	X(LINUX_IMMUTABLE, 9, "linux_immutable", "the immutable and append-only flags") \
	X(NET_BIND_SERVICE, 10, "net_bind_service", "ports below 1024") \
	X(NET_BROADCAST, 11, "net_broadcast", "broadcast and multicast") \
	X(NET_ADMIN, 12, "net_admin", "configure networks") \
	X(NET_RAW, 13, "net_raw", "raw sockets") \
	X(IPC_LOCK, 14, "ipc_lock", "lock memory") \
	X(IPC_OWNER, 15, "ipc_owner", "pass over permissions of System V IPC") \
	X(SYS_MODULE, 16, "sys_module", "load modules") \
	X(SYS_RAWIO, 17, "sys_rawio", "I/O ports and raw disks") \
	X(SYS_CHROOT, 18, "sys_chroot", "chroot(2)") \
	X(SYS_PTRACE, 19, "sys_ptrace", "trace any process") \
	X(SYS_PACCT, 20, "sys_pacct", "process accounting") \
	X(SYS_ADMIN, 21, "sys_admin", "the rest of administration") \
	X(SYS_BOOT, 22, "sys_boot", "reboot(2)") \
	X(SYS_NICE, 23, "sys_nice", "priorities and CPUs of any process") \
	X(SYS_RESOURCE, 24, "sys_resource", "pass over resource limits") \
	X(SYS_TIME, 25, "sys_time", "set the clock") \
	X(SYS_TTY_CONFIG, 26, "sys_tty_config", "vhangup(2) and the like") \
	X(MKNOD, 27, "mknod", "device nodes") \
	X(LEASE, 28, "lease", "leases on any file") \
	X(AUDIT_WRITE, 29, "audit_write", "write to the audit log") \
	X(AUDIT_CONTROL, 30, "audit_control", "configure auditing") \
	X(SETFCAP, 31, "setfcap", "capabilities of files") \
	X(MAC_OVERRIDE, 32, "mac_override", "override mandatory access control") \
	X(MAC_ADMIN, 33, "mac_admin", "configure mandatory access control") \
	X(SYSLOG, 34, "syslog", "syslog(2)") \
	X(WAKE_ALARM, 35, "wake_alarm", "timers that wake the machine") \
	X(BLOCK_SUSPEND, 36, "block_suspend", "block suspend") \
	X(AUDIT_READ, 37, "audit_read", "read the audit log") \
	X(PERFMON, 38, "perfmon", "performance monitoring") \
	X(BPF, 39, "bpf", "privileged BPF") \
	X(CHECKPOINT_RESTORE, 40, "checkpoint_restore", "checkpoint and restore")

/* Securebits, bits of SECBIT_*. X(NAME, bit, "name", "help") */
#define VMWALK_SECUREBITS(X) \
	X(NOROOT, 0, "noroot", "user 0 gets no capabilities by exec") \
	X(NOROOT_LOCKED, 1, "noroot-locked", "noroot is fixed") \
	X(NO_SETUID_FIXUP, 2, "no-setuid-fixup", "changes of user ids leave capabilities alone") \
	X(NO_SETUID_FIXUP_LOCKED, 3, "no-setuid-fixup-locked", "no-setuid-fixup is fixed") \
	X(KEEP_CAPS, 4, "keep-caps", "permitted capabilities stay when user 0 is given up") \
	X(KEEP_CAPS_LOCKED, 5, "keep-caps-locked", "keep-caps is fixed") \
	X(NO_CAP_AMBIENT_RAISE, 6, "no-cap-ambient-raise", "nothing is added to the ambient set") \
	X(NO_CAP_AMBIENT_RAISE_LOCKED, 7, "no-cap-ambient-raise-locked", "no-cap-ambient-raise is fixed") \
	X(EXEC_RESTRICT_FILE, 8, "exec-restrict-file", "interpreters check files with AT_EXECVE_CHECK") \
	X(EXEC_RESTRICT_FILE_LOCKED, 9, "exec-restrict-file-locked", "exec-restrict-file is fixed") \
	X(EXEC_DENY_INTERACTIVE, 10, "exec-deny-interactive", "interpreters take no interactive commands") \
	X(EXEC_DENY_INTERACTIVE_LOCKED, 11, "exec-deny-interactive-locked", "exec-deny-interactive is fixed")

/* Modes of seccomp. X(NAME, number, "name", "help") */
#define VMWALK_SECCOMPS(X) \
	X(DISABLED, 0, "disabled", "every system call") \
	X(STRICT, 1, "strict", "read, write, _exit and sigreturn only") \
	X(FILTER, 2, "filter", "filters decide") \
	X(DEAD, 3, "dead", "none any more: it is being killed")

/* Who a member of the family is. X(NAME, number, "name", "help") */
#define VMWALK_RELATIONS(X) \
	X(PARENT, 0, "parent", "gets SIGCHLD and waits: the tracer, or the real parent") \
	X(REAL_PARENT, 1, "real-parent", "made it, or adopted it") \
	X(TRACER, 2, "tracer", "traces one of its threads") \
	X(LEADER, 3, "leader", "the thread whose id is the process id") \
	X(CHILD, 4, "child", "it is the real parent of") \
	X(TRACEE, 5, "tracee", "thread it traces") \
	X(THREAD, 6, "thread", "thread of the group")

/* Types of namespaces. X(NAME, number, "name", "help") */
#define VMWALK_NS_TYPES(X) \
	X(CGROUP, 0, "cgroup", "control groups") \
	X(IPC, 1, "ipc", "System V IPC and message queues") \
	X(MNT, 2, "mnt", "mounts") \
	X(NET, 3, "net", "networks") \
	X(PID, 4, "pid", "process ids") \
	X(PID_FOR_CHILDREN, 5, "pid_for_children", "process ids of children made from now on") \
	X(TIME, 6, "time", "clocks") \
	X(TIME_FOR_CHILDREN, 7, "time_for_children", "clocks of children made from now on") \
	X(USER, 8, "user", "user and group ids, capabilities") \
	X(UTS, 9, "uts", "host name")

/* Resources with limits, numbers of RLIMIT_*. X(NAME, number, "name", "help") */
#define VMWALK_RLIMITS(X) \
	X(CPU, 0, "cpu", "CPU time, seconds") \
	X(FSIZE, 1, "fsize", "size of a file, bytes") \
	X(DATA, 2, "data", "data, bytes") \
	X(STACK, 3, "stack", "stack, bytes") \
	X(CORE, 4, "core", "core dump, bytes") \
	X(RSS, 5, "rss", "resident memory, bytes; not enforced") \
	X(NPROC, 6, "nproc", "processes of the user") \
	X(NOFILE, 7, "nofile", "descriptors") \
	X(MEMLOCK, 8, "memlock", "locked memory, bytes") \
	X(AS, 9, "as", "address space, bytes") \
	X(LOCKS, 10, "locks", "file locks; not enforced") \
	X(SIGPENDING, 11, "sigpending", "queued signals of the user") \
	X(MSGQUEUE, 12, "msgqueue", "message queues, bytes") \
	X(NICE, 13, "nice", "20 less the lowest nice value") \
	X(RTPRIO, 14, "rtprio", "real-time priority") \
	X(RTTIME, 15, "rttime", "CPU time in real time without a wait, microseconds")

/* What a process has a name for. X(NAME, number, "name", "help") */
#define VMWALK_NAMED_KINDS(X) \
	X(EXE, 0, "exe", "the program it executes") \
	X(CWD, 1, "cwd", "its working directory") \
	X(ROOT, 2, "root", "its root directory") \
	X(CGROUP, 3, "cgroup", "its control group in the default hierarchy") \
	X(LABEL, 4, "label", "what the security module calls it")

/* Kinds of timers of a process. X(NAME, number, "name", "help") */
#define VMWALK_TIMER_KINDS(X) \
	X(POSIX, 0, "posix", "timer_create(2)") \
	X(REAL, 1, "real", "setitimer(2), ITIMER_REAL, and alarm(2)") \
	X(VIRTUAL, 2, "virtual", "setitimer(2), ITIMER_VIRTUAL") \
	X(PROF, 3, "prof", "setitimer(2), ITIMER_PROF")

/*
 * Clocks: numbers of CLOCK_* as far as they have such, and what clocks without one are.
 * X(NAME, number, "name", "help")
 */
#define VMWALK_CLOCKS(X) \
	X(REALTIME, 0, "realtime", "time since 1970, can be set") \
	X(MONOTONIC, 1, "monotonic", "time since boot, without that spent suspended") \
	X(PROCESS_CPU, 2, "process_cpu", "CPU time of a process") \
	X(THREAD_CPU, 3, "thread_cpu", "CPU time of a thread") \
	X(MONOTONIC_RAW, 4, "monotonic_raw", "monotonic, not steered by NTP") \
	X(REALTIME_COARSE, 5, "realtime_coarse", "realtime as of the last tick") \
	X(MONOTONIC_COARSE, 6, "monotonic_coarse", "monotonic as of the last tick") \
	X(BOOTTIME, 7, "boottime", "time since boot") \
	X(REALTIME_ALARM, 8, "realtime_alarm", "realtime; wakes the machine") \
	X(BOOTTIME_ALARM, 9, "boottime_alarm", "boottime; wakes the machine") \
	X(TAI, 11, "tai", "realtime without leap seconds") \
	X(DEVICE, 12, "device", "clock of a device") \
	X(OTHER, 13, "other", "a clock vmwalk does not know: see raw_clock")

/* What a timer does when it expires: numbers of SIGEV_*. X(NAME, number, "name", "help") */
#define VMWALK_NOTIFIES(X) \
	X(SIGNAL, 0, "signal", "a signal to the process") \
	X(NONE, 1, "none", "nothing") \
	X(THREAD, 2, "thread", "a signal to the process, whose library calls a function") \
	X(THREAD_ID, 4, "thread_id", "a signal to one thread")

/* What the kernel tells a program at its start: AT_*. X(NAME, number, "name", "help") */
#define VMWALK_AUXES(X) \
	X(END, 0, "null", "end of the list") \
	X(IGNORE, 1, "ignore", "nothing") \
	X(EXECFD, 2, "execfd", "descriptor of the program") \
	X(PHDR, 3, "phdr", "address of the program headers") \
	X(PHENT, 4, "phent", "size of a program header, bytes") \
	X(PHNUM, 5, "phnum", "number of program headers") \
	X(PAGESZ, 6, "pagesz", "page size, bytes") \
	X(BASE, 7, "base", "address of the dynamic loader") \
	X(FLAGS, 8, "flags", "flags") \
	X(ENTRY, 9, "entry", "address of the first instruction") \
	X(NOTELF, 10, "notelf", "the program is not ELF") \
	X(UID, 11, "uid", "real user id") \
	X(EUID, 12, "euid", "effective user id") \
	X(GID, 13, "gid", "real group id") \
	X(EGID, 14, "egid", "effective group id") \
	X(PLATFORM, 15, "platform", "address of the name of the CPU") \
	X(HWCAP, 16, "hwcap", "what the CPU can do") \
	X(CLKTCK, 17, "clktck", "ticks in a second, as times(2) counts") \
	X(SECURE, 23, "secure", "1: gained privileges by being executed") \
	X(BASE_PLATFORM, 24, "base_platform", "address of the name of the real CPU") \
	X(RANDOM, 25, "random", "address of 16 random bytes") \
	X(HWCAP2, 26, "hwcap2", "what the CPU can do, more") \
	X(RSEQ_FEATURE_SIZE, 27, "rseq_feature_size", "size of the fields of rseq(2), bytes") \
	X(RSEQ_ALIGN, 28, "rseq_align", "alignment of the area of rseq(2), bytes") \
	X(HWCAP3, 29, "hwcap3", "what the CPU can do, third word") \
	X(HWCAP4, 30, "hwcap4", "what the CPU can do, fourth word") \
	X(EXECFN, 31, "execfn", "address of the file name of the program") \
	X(SYSINFO, 32, "sysinfo", "address to enter the kernel by (32-bit programs)") \
	X(SYSINFO_EHDR, 33, "sysinfo_ehdr", "address of the vdso") \
	X(MINSIGSTKSZ, 51, "minsigstksz", "least size of a signal stack, bytes")

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
 * What an open file is, more closely: told by its file system or by the name the kernel
 * gave its inode. X(NAME, number, "name", "help")
 */
#define VMWALK_FILE_KINDS(X) \
	X(UNKNOWN, 0, "unknown", "of a type vmwalk does not know") \
	X(REGULAR, 1, "regular", "regular file") \
	X(DIRECTORY, 2, "directory", "directory") \
	X(CHARDEV, 3, "char-device", "character device") \
	X(BLOCKDEV, 4, "block-device", "block device") \
	X(PIPE, 5, "pipe", "pipe(2)") \
	X(FIFO, 6, "fifo", "named pipe") \
	X(SOCKET, 7, "socket", "socket(2)") \
	X(SOCKET_FILE, 8, "socket-file", "the name of a socket in a file system (O_PATH)") \
	X(SYMLINK, 9, "symlink", "symbolic link (O_PATH)") \
	X(MEMFD, 10, "memfd", "memfd_create(2)") \
	X(SECRETMEM, 11, "secretmem", "memfd_secret(2)") \
	X(NAMESPACE, 12, "namespace", "a namespace (/proc/PID/ns)") \
	X(PIDFD, 13, "pidfd", "pidfd_open(2)") \
	X(EVENTFD, 14, "eventfd", "eventfd(2)") \
	X(EPOLL, 15, "epoll", "epoll_create(2)") \
	X(TIMERFD, 16, "timerfd", "timerfd_create(2)") \
	X(SIGNALFD, 17, "signalfd", "signalfd(2)") \
	X(INOTIFY, 18, "inotify", "inotify_init(2)") \
	X(FANOTIFY, 19, "fanotify", "fanotify_init(2)") \
	X(USERFAULTFD, 20, "userfaultfd", "userfaultfd(2)") \
	X(IO_URING, 21, "io_uring", "io_uring_setup(2)") \
	X(PERF_EVENT, 22, "perf-event", "perf_event_open(2)") \
	X(BPF_MAP, 23, "bpf-map", "bpf(2): a map") \
	X(BPF_PROG, 24, "bpf-prog", "bpf(2): a program") \
	X(BPF_LINK, 25, "bpf-link", "bpf(2): a link") \
	X(BTF, 26, "btf", "bpf(2): type information") \
	X(FSCONTEXT, 27, "fscontext", "fsopen(2)") \
	X(LANDLOCK, 28, "landlock", "landlock_create_ruleset(2)") \
	X(SECCOMP, 29, "seccomp", "seccomp(2): notifications") \
	X(KVM, 30, "kvm", "a virtual machine, a CPU or device of one") \
	X(MQUEUE, 31, "mqueue", "POSIX message queue") \
	X(ANON, 32, "anon", "another anonymous inode: the path has its name")

/*
 * Modes of an open file: the kernel's FMODE_* flags; their bits move between kernels,
 * these do not. X(NAME, bit, "name", "help")
 */
#define VMWALK_FILE_MODES(X) \
	X(READ, 0, "read", "opened for reading") \
	X(WRITE, 1, "write", "opened for writing") \
	X(LSEEK, 2, "lseek", "has an offset that can be moved") \
	X(PREAD, 3, "pread", "pread(2) works") \
	X(PWRITE, 4, "pwrite", "pwrite(2) works") \
	X(EXEC, 5, "exec", "opened to be executed") \
	X(32BITHASH, 6, "32bithash", "offsets of directories have 32 bits") \
	X(64BITHASH, 7, "64bithash", "offsets of directories have 64 bits") \
	X(NOCMTIME, 8, "nocmtime", "access changes no times") \
	X(RANDOM, 9, "random", "POSIX_FADV_RANDOM") \
	X(UNSIGNED_OFFSET, 10, "unsigned-offset", "offsets may be negative") \
	X(PATH, 11, "path", "O_PATH: a place, not an open file") \
	X(ATOMIC_POS, 12, "atomic-pos", "reads and writes take the lock of the offset") \
	X(WRITER, 13, "writer", "counted as a writer of its inode") \
	X(CAN_READ, 14, "can-read", "there is a function to read with") \
	X(CAN_WRITE, 15, "can-write", "there is a function to write with") \
	X(OPENED, 16, "opened", "open(2) is complete") \
	X(CREATED, 17, "created", "made by this open(2)") \
	X(STREAM, 18, "stream", "a stream: no offset") \
	X(NONOTIFY, 19, "nonotify", "makes no fanotify events") \
	X(NOWAIT, 20, "nowait", "can be asked not to wait (RWF_NOWAIT)") \
	X(NEED_UNMOUNT, 21, "need-unmount", "its mount goes with it") \
	X(NOACCOUNT, 22, "noaccount", "not counted among the open files") \
	X(BUF_RASYNC, 23, "buf-rasync", "buffered reads do not block") \
	X(BUF_WASYNC, 24, "buf-wasync", "buffered writes do not block") \
	X(BACKING, 25, "backing", "an overlay's own open file of the layer below")

/*
 * Flags of open(2) and fcntl(2): O_*, whose values differ between architectures; these do
 * not. X(NAME, bit, "name", "help")
 */
#define VMWALK_OPEN_FLAGS(X) \
	X(WRONLY, 0, "wronly", "only for writing") \
	X(RDWR, 1, "rdwr", "for reading and writing") \
	X(CREAT, 2, "creat", "to be made if missing") \
	X(EXCL, 3, "excl", "only if it was missing") \
	X(NOCTTY, 4, "noctty", "not to become the controlling terminal") \
	X(TRUNC, 5, "trunc", "emptied at the open") \
	X(APPEND, 6, "append", "writes go to the end") \
	X(NONBLOCK, 7, "nonblock", "does not wait") \
	X(DSYNC, 8, "dsync", "data are on the disk when a write returns") \
	X(ASYNC, 9, "async", "SIGIO when ready") \
	X(DIRECT, 10, "direct", "around the page cache") \
	X(LARGEFILE, 11, "largefile", "files of 2 GiB and more") \
	X(DIRECTORY, 12, "directory", "only a directory") \
	X(NOFOLLOW, 13, "nofollow", "no symbolic link") \
	X(NOATIME, 14, "noatime", "leaves the access time") \
	X(CLOEXEC, 15, "cloexec", "closed by execve(2); of the descriptor") \
	X(SYNC, 16, "sync", "all is on the disk when a write returns") \
	X(PATH, 17, "path", "a place, not an open file") \
	X(TMPFILE, 18, "tmpfile", "a file without a name")

/* Address families: AF_* of the kernel. X(NAME, number, "name", "help") */
#define VMWALK_FAMILIES(X) \
	X(UNSPEC, 0, "unspec", "none") \
	X(UNIX, 1, "unix", "on this machine") \
	X(INET, 2, "inet", "IPv4") \
	X(AX25, 3, "ax25", "AX.25") \
	X(IPX, 4, "ipx", "IPX") \
	X(APPLETALK, 5, "appletalk", "AppleTalk") \
	X(NETROM, 6, "netrom", "NET/ROM") \
	X(BRIDGE, 7, "bridge", "bridge") \
	X(ATMPVC, 8, "atmpvc", "ATM PVC") \
	X(X25, 9, "x25", "X.25") \
	X(INET6, 10, "inet6", "IPv6") \
	X(ROSE, 11, "rose", "ROSE") \
	X(DECNET, 12, "decnet", "DECnet") \
	X(NETBEUI, 13, "netbeui", "802.2 LLC") \
	X(SECURITY, 14, "security", "security callbacks") \
	X(KEY, 15, "key", "keys of IPsec") \
	X(NETLINK, 16, "netlink", "talk with the kernel") \
	X(PACKET, 17, "packet", "raw packets of a device") \
	X(ASH, 18, "ash", "Ash") \
	X(ECONET, 19, "econet", "Econet") \
	X(ATMSVC, 20, "atmsvc", "ATM SVC") \
	X(RDS, 21, "rds", "RDS") \
	X(SNA, 22, "sna", "SNA") \
	X(IRDA, 23, "irda", "IrDA") \
	X(PPPOX, 24, "pppox", "PPPoX") \
	X(WANPIPE, 25, "wanpipe", "Wanpipe") \
	X(LLC, 26, "llc", "LLC") \
	X(IB, 27, "ib", "InfiniBand") \
	X(MPLS, 28, "mpls", "MPLS") \
	X(CAN, 29, "can", "CAN bus") \
	X(TIPC, 30, "tipc", "TIPC") \
	X(BLUETOOTH, 31, "bluetooth", "Bluetooth") \
	X(IUCV, 32, "iucv", "IUCV") \
	X(RXRPC, 33, "rxrpc", "RxRPC") \
	X(ISDN, 34, "isdn", "mISDN") \
	X(PHONET, 35, "phonet", "Phonet") \
	X(IEEE802154, 36, "ieee802154", "IEEE 802.15.4") \
	X(CAIF, 37, "caif", "CAIF") \
	X(ALG, 38, "alg", "algorithms of the kernel") \
	X(NFC, 39, "nfc", "NFC") \
	X(VSOCK, 40, "vsock", "between a virtual machine and its host") \
	X(KCM, 41, "kcm", "Kernel Connection Multiplexor") \
	X(QIPCRTR, 42, "qipcrtr", "Qualcomm IPC router") \
	X(SMC, 43, "smc", "SMC") \
	X(XDP, 44, "xdp", "XDP") \
	X(MCTP, 45, "mctp", "MCTP")

/* Types of sockets: SOCK_* of the kernel. X(NAME, number, "name", "help") */
#define VMWALK_SOCK_TYPES(X) \
	X(NONE, 0, "none", "none") \
	X(STREAM, 1, "stream", "bytes in order") \
	X(DGRAM, 2, "dgram", "datagrams") \
	X(RAW, 3, "raw", "raw packets") \
	X(RDM, 4, "rdm", "datagrams that arrive, in any order") \
	X(SEQPACKET, 5, "seqpacket", "datagrams in order") \
	X(DCCP, 6, "dccp", "DCCP") \
	X(RESERVED7, 7, "?7", "not used") \
	X(RESERVED8, 8, "?8", "not used") \
	X(RESERVED9, 9, "?9", "not used") \
	X(PACKET, 10, "packet", "the old way to packets of a device")

/*
 * States of a socket, the numbers of TCP_* in the kernel, which other families than inet
 * and inet6 use too; unknown for those that do not. X(NAME, number, "name", "help")
 */
#define VMWALK_SOCK_STATES(X) \
	X(UNKNOWN, 0, "unknown", "of a family with states of its own") \
	X(ESTABLISHED, 1, "established", "connected") \
	X(SYN_SENT, 2, "syn-sent", "connecting") \
	X(SYN_RECV, 3, "syn-recv", "being connected to") \
	X(FIN_WAIT1, 4, "fin-wait1", "closed here") \
	X(FIN_WAIT2, 5, "fin-wait2", "closed here, and the peer knows") \
	X(TIME_WAIT, 6, "time-wait", "closed, waits for late packets") \
	X(CLOSE, 7, "close", "not connected") \
	X(CLOSE_WAIT, 8, "close-wait", "closed by the peer") \
	X(LAST_ACK, 9, "last-ack", "closed by both, waits for the peer's word") \
	X(LISTEN, 10, "listen", "takes connections") \
	X(CLOSING, 11, "closing", "closed by both at once") \
	X(NEW_SYN_RECV, 12, "new-syn-recv", "a request to connect") \
	X(BOUND_INACTIVE, 13, "bound-inactive", "bound, not used yet")

/*
 * Attributes of an inode: the kernel's S_* flags of i_flags. X(NAME, bit, "name", "help")
 */
#define VMWALK_INODE_FLAGS(X) \
	X(SYNC, 0, "sync", "writes go to the disk at once") \
	X(NOATIME, 1, "noatime", "keeps no access times") \
	X(APPEND, 2, "append", "may only be appended to") \
	X(IMMUTABLE, 3, "immutable", "may not be changed") \
	X(DEAD, 4, "dead", "a directory that is removed and open") \
	X(NOQUOTA, 5, "noquota", "not counted in quotas") \
	X(DIRSYNC, 6, "dirsync", "changes of the directory go to the disk at once") \
	X(NOCMTIME, 7, "nocmtime", "keeps no times of changes") \
	X(SWAPFILE, 8, "swapfile", "used as swap") \
	X(PRIVATE, 9, "private", "the file system's own") \
	X(IMA, 10, "ima", "measured by IMA") \
	X(AUTOMOUNT, 11, "automount", "mounts something when visited") \
	X(NOSEC, 12, "nosec", "no set-user-ID and no security attributes to be removed by a write") \
	X(DAX, 13, "dax", "no page cache: memory that is the disk") \
	X(ENCRYPTED, 14, "encrypted", "encrypted (fscrypt)") \
	X(CASEFOLD, 15, "casefold", "names in any case") \
	X(VERITY, 16, "verity", "sealed with hashes (fsverity)") \
	X(KERNEL_FILE, 17, "kernel-file", "in use by the kernel") \
	X(ANON_INODE, 18, "anon-inode", "an inode without a file system")

/*
 * State of an inode: some of the kernel's I_* flags of i_state. X(NAME, bit, "name", "help")
 */
#define VMWALK_INODE_STATES(X) \
	X(DIRTY_SYNC, 0, "dirty-sync", "changed, but fdatasync(2) need not write it") \
	X(DIRTY_DATASYNC, 1, "dirty-datasync", "changed, and fdatasync(2) writes it") \
	X(DIRTY_PAGES, 2, "dirty-pages", "has dirty pages") \
	X(DIRTY_TIME, 3, "dirty-time", "only its times are newer than the disk (lazytime)") \
	X(NEW, 4, "new", "being read or made") \
	X(SYNC, 5, "sync", "being written") \
	X(REFERENCED, 6, "referenced", "used since the list was last scanned") \
	X(LINKABLE, 7, "linkable", "without a name (O_TMPFILE), may get one") \
	X(CREATING, 8, "creating", "being made") \
	X(DONTCACHE, 9, "dontcache", "goes when the last one lets go of it") \
	X(SYNC_QUEUED, 10, "sync-queued", "waits to be written")

/*
 * Groups of fields that may be absent. A record's `has` holds one bit a group;
 * a field whose group is missing is 0 in the record and shown as "-" or null.
 * The groups in VMWALK_PRIVILEGED need CAP_SYS_ADMIN in the initial user
 * namespace and no confidentiality lockdown. X(NAME, bit, "help")
 */
#define VMWALK_GROUPS(X) \
	X(BASE, 0, "what /proc/PID/maps and /proc/PID/stat may show") \
	X(RAW, 1, "raw entries, physical addresses of tables, raw ids (privileged)") \
	X(FRAME, 2, "frames and physical addresses (privileged)") \
	X(SWAP, 3, "swap type and offset (privileged)") \
	X(REGS, 4, "saved registers (privileged)") \
	X(VMA, 5, "a VMA covers the address") \
	X(COUNTS, 6, "page counts were asked for and taken") \
	X(PAGE, 7, "what struct page tells of an online frame, and the page cache (privileged)") \
	X(MAPPING, 8, "place of a page in its file (privileged)") \
	X(CGROUP, 9, "memory control group (privileged)") \
	X(BACKED, 10, "a file is behind the address, or the name") \
	X(BLOCK, 11, "block on disk (privileged)") \
	X(LEAF, 12, "the walk ends at a present leaf") \
	X(FAULTS, 13, "whether faults are minor or major is known") \
	X(STOP, 14, "the CPU stops at a level") \
	X(KNOWN, 15, "vmwalk can tell on this kernel") \
	X(PIPE, 16, "an open pipe or named pipe") \
	X(SOCK, 17, "an open socket") \
	X(INET, 18, "an open socket of IPv4 or IPv6") \
	X(PEER, 19, "a socket that knows its peer process (SO_PEERCRED)") \
	X(IO, 24, "the kernel accounts for I/O of tasks") \
	X(SCHED, 25, "the kernel accounts for waits of tasks") \
	X(DEADLINE, 26, "scheduled by deadlines") \
	X(FS, 27, "has its folders and descriptors still: not a zombie") \
	X(ARMED, 28, "nobody worked on the timer while it was looked at")

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

enum vmwalk_huge_reason {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_HUGE_##NAME = (nr),
	VMWALK_HUGE_REASONS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_HUGE_NR
};

enum vmwalk_table_item {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_TABLES_##NAME = (nr),
	VMWALK_TABLE_ITEMS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_TABLES_NR
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

enum vmwalk_access {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_ACCESS_##NAME = (nr),
	VMWALK_ACCESSES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_ACCESS_NR
};

enum vmwalk_outcome {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_OUTCOME_##NAME = (nr),
	VMWALK_OUTCOMES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_OUTCOME_NR
};

enum vmwalk_reason {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_REASON_##NAME = (nr),
	VMWALK_REASONS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_REASON_NR
};

enum vmwalk_origin {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_ORIGIN_##NAME = (nr),
	VMWALK_ORIGINS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_ORIGIN_NR
};

enum vmwalk_effect_bit {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_EFFECT_BIT_##NAME = (nr),
	VMWALK_EFFECTS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_EFFECT_NR
};
#define VMWALK_EFFECT(NAME)	VMWALK_BIT(VMWALK_EFFECT_BIT_##NAME)

enum vmwalk_task_state {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_STATE_##NAME = (nr),
	VMWALK_TASK_STATES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_STATE_NR
};

enum vmwalk_task_flag_bit {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_TASK_FLAG_BIT_##NAME = (nr),
	VMWALK_TASK_FLAGS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_TASK_FLAG_NR
};
#define VMWALK_TASK_FLAG(NAME)	VMWALK_BIT(VMWALK_TASK_FLAG_BIT_##NAME)

enum vmwalk_policy {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_POLICY_##NAME = (nr),
	VMWALK_POLICIES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_POLICY_NR
};

enum vmwalk_signal {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_SIGNAL_##NAME = (nr),
	VMWALK_SIGNALS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_SIGNAL_NR
};

enum vmwalk_sa_flag_bit {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_SA_FLAG_BIT_##NAME = (nr),
	VMWALK_SA_FLAGS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_SA_FLAG_NR
};
#define VMWALK_SA_FLAG(NAME)	VMWALK_BIT(VMWALK_SA_FLAG_BIT_##NAME)

enum vmwalk_disposition {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_DISPOSITION_##NAME = (nr),
	VMWALK_DISPOSITIONS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_DISPOSITION_NR
};

enum vmwalk_cap_bit {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_CAP_BIT_##NAME = (nr),
	VMWALK_CAPS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_CAP_NR
};
#define VMWALK_CAP(NAME)	VMWALK_BIT(VMWALK_CAP_BIT_##NAME)

enum vmwalk_securebit_bit {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_SECUREBIT_BIT_##NAME = (nr),
	VMWALK_SECUREBITS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_SECUREBIT_NR
};
#define VMWALK_SECUREBIT(NAME)	VMWALK_BIT(VMWALK_SECUREBIT_BIT_##NAME)

enum vmwalk_seccomp {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_SECCOMP_##NAME = (nr),
	VMWALK_SECCOMPS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_SECCOMP_NR
};

enum vmwalk_relation {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_RELATION_##NAME = (nr),
	VMWALK_RELATIONS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_RELATION_NR
};

enum vmwalk_ns_type {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_NS_##NAME = (nr),
	VMWALK_NS_TYPES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_NS_NR
};

enum vmwalk_rlimit {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_RLIMIT_##NAME = (nr),
	VMWALK_RLIMITS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_RLIMIT_NR
};

enum vmwalk_named_kind {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_NAMED_##NAME = (nr),
	VMWALK_NAMED_KINDS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_NAMED_NR
};

enum vmwalk_timer_kind {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_TIMER_##NAME = (nr),
	VMWALK_TIMER_KINDS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_TIMER_NR
};

enum vmwalk_clock {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_CLOCK_##NAME = (nr),
	VMWALK_CLOCKS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_CLOCK_NR
};

enum vmwalk_notify {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_NOTIFY_##NAME = (nr),
	VMWALK_NOTIFIES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_NOTIFY_NR
};

enum vmwalk_aux {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_AUX_##NAME = (nr),
	VMWALK_AUXES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_AUX_NR
};

enum vmwalk_file_type {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_FILE_##NAME = (nr),
	VMWALK_FILE_TYPES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_FILE_NR
};

enum vmwalk_file_kind {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_FILE_KIND_##NAME = (nr),
	VMWALK_FILE_KINDS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_FILE_KIND_NR
};

enum vmwalk_file_mode_bit {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_FILE_MODE_BIT_##NAME = (nr),
	VMWALK_FILE_MODES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_FILE_MODE_NR
};
#define VMWALK_FILE_MODE(NAME)	VMWALK_BIT(VMWALK_FILE_MODE_BIT_##NAME)

enum vmwalk_open_flag_bit {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_OPEN_FLAG_BIT_##NAME = (nr),
	VMWALK_OPEN_FLAGS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_OPEN_FLAG_NR
};
#define VMWALK_OPEN_FLAG(NAME)	VMWALK_BIT(VMWALK_OPEN_FLAG_BIT_##NAME)

enum vmwalk_family {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_FAMILY_##NAME = (nr),
	VMWALK_FAMILIES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_FAMILY_NR
};

enum vmwalk_sock_type {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_SOCK_TYPE_##NAME = (nr),
	VMWALK_SOCK_TYPES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_SOCK_TYPE_NR
};

enum vmwalk_sock_state {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_SOCK_STATE_##NAME = (nr),
	VMWALK_SOCK_STATES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_SOCK_STATE_NR
};

enum vmwalk_inode_flag_bit {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_INODE_FLAG_BIT_##NAME = (nr),
	VMWALK_INODE_FLAGS(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_INODE_FLAG_NR
};
#define VMWALK_INODE_FLAG(NAME)	VMWALK_BIT(VMWALK_INODE_FLAG_BIT_##NAME)

enum vmwalk_inode_state_bit {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_INODE_STATE_BIT_##NAME = (nr),
	VMWALK_INODE_STATES(VMWALK_ENUM)
#undef VMWALK_ENUM
	VMWALK_INODE_STATE_NR
};
#define VMWALK_INODE_STATE(NAME)	VMWALK_BIT(VMWALK_INODE_STATE_BIT_##NAME)

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
	X(REGION, 27, "name of a region of kernel addresses") \
	X(ACCESS, 28, "name of an access") \
	X(OUTCOME, 29, "name of the end of an access") \
	X(REASON, 30, "name of a reason") \
	X(ORIGIN, 31, "name of what is copied") \
	X(EFFECTS, 32, "names of further effects, with commas; - when none") \
	X(HUGE_REASON, 33, "name of a reason why pages are not huge") \
	X(TABLE_ITEM, 34, "name of a line of the account of tables") \
	X(FILE_KIND, 35, "name of a kind of open file") \
	X(FILE_MODES, 36, "names of modes of an open file, with commas; - when none") \
	X(OPEN_FLAGS, 37, "names of open flags, with commas; - when none") \
	X(FAMILY, 38, "name of an address family") \
	X(SOCK_TYPE, 39, "name of a type of socket") \
	X(SOCK_STATE, 40, "name of a state of a socket") \
	X(INODE_FLAGS, 41, "names of attributes of an inode, with commas; - when none") \
	X(INODE_STATES, 42, "names of states of an inode, with commas; - when none") \
	X(MODE, 43, "type and permissions in ten letters, as ls -l writes them") \
	X(TIME, 44, "seconds since 1970, a point, nanoseconds in nine digits") \
	X(IP, 45, "a.b.c.d, or eight groups of four hexadecimal digits") \
	X(TASK_STATE, 60, "name of a state of a task") \
	X(TASK_FLAGS, 61, "names of task flags, with commas; - when none") \
	X(POLICY, 62, "name of a scheduling policy") \
	X(SIGNAL, 63, "name of a signal") \
	X(SIGNAL_SET, 64, "names of signals, with commas; - when none") \
	X(SA_FLAGS, 65, "names of flags of a signal action, with commas; - when none") \
	X(DISPOSITION, 66, "name of what a signal does") \
	X(CAPS, 67, "names of capabilities, with commas; - when none") \
	X(SECUREBITS, 68, "names of securebits, with commas; - when none") \
	X(SECCOMP, 69, "name of a mode of seccomp") \
	X(RELATION, 70, "name of a member of the family") \
	X(NS_TYPE, 71, "name of a type of namespace") \
	X(RLIMIT, 72, "name of a resource") \
	X(NAMED_KIND, 73, "name of what has a name") \
	X(TIMER_KIND, 74, "name of a kind of timer") \
	X(CLOCK, 75, "name of a clock") \
	X(NOTIFY, 76, "name of what a timer does") \
	X(AUX, 77, "name of what a program is told at its start")

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
	F(__u64, sp, , HEX, REGS, "saved stack pointer; stale while running") \
	F(__u32, pgrp, , DEC, BASE, "process group; 0 if it is outside the namespace") \
	F(__u32, session, , DEC, BASE, "session; 0 if it is outside the namespace") \
	F(__u32, tty, [2], DEV, BASE, "controlling terminal; 00:00 if none") \
	F(__u32, tpgid, , DEC, BASE, "its foreground process group; 0 if none, or outside the namespace") \
	F(__u32, tracer, , DEC, BASE, "process id of the tracer; 0 if none") \
	F(__u32, exit_code, , DEC, BASE, "wait status of a zombie, as in field 52 of /proc/PID/stat") \
	F(__s32, exit_signal, , SDEC, BASE, "signal the parent gets at the end; 0: none") \
	F(__s32, oom_score_adj, , SDEC, BASE, "what is added to the score of the OOM killer, thousandths") \
	F(__u32, state_name, , TASK_STATE, BASE, "state") \
	F(__u64, cgroup, , DEC, KNOWN, "inode number of its control group in the default hierarchy") \
	F(__u64, child_user_ns, , NS, BASE, "user time of children waited for") \
	F(__u64, child_system_ns, , NS, BASE, "system time of children waited for") \
	F(__u64, child_minflt, , DEC, BASE, "minor faults of children waited for") \
	F(__u64, child_majflt, , DEC, BASE, "major faults of children waited for") \
	F(__u64, rchar, , DEC, IO, "bytes read by system calls") \
	F(__u64, wchar, , DEC, IO, "bytes written by system calls") \
	F(__u64, syscr, , DEC, IO, "system calls that read") \
	F(__u64, syscw, , DEC, IO, "system calls that write") \
	F(__u64, read_bytes, , DEC, IO, "bytes it made disks read") \
	F(__u64, write_bytes, , DEC, IO, "bytes it made to be written to disks") \
	F(__u64, cancelled_write_bytes, , DEC, IO, "of these bytes: dropped before they were written") \
	F(__u32, umask, , OCT, FS, "permissions that files it creates do not get") \
	F(__u32, fd_slots, , DEC, FS, "room in its table of descriptors") \
	F(__u32, core_dumping, , DEC, BASE, "1: its memory is being dumped to a core file") \
	F(__u32, pad3, , HIDDEN, BASE, "zero")

/*
 * One thread: what the scheduler knows of it.
 */
#define VMWALK_THREAD_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, tid, , DEC, BASE, "thread id, in the PID namespace of the procfs instance") \
	F(__u32, tgid, , DEC, BASE, "thread group id") \
	F(char, comm, [VMWALK_COMM_LEN], STR, BASE, "name") \
	F(char, state, , CHAR, BASE, "state letter as in /proc/PID/stat") \
	F(__u8, pad, [3], HIDDEN, BASE, "zero") \
	F(__u32, state_name, , TASK_STATE, BASE, "state") \
	F(__u32, on_cpu, , DEC, BASE, "1: on a CPU at this moment: its saved registers are stale") \
	F(__u32, cpu, , DEC, BASE, "CPU it runs or last ran on") \
	F(__u32, policy, , POLICY, BASE, "scheduling policy") \
	F(__s32, nice, , SDEC, BASE, "nice value") \
	F(__s32, priority, , SDEC, BASE, "kernel priority as in field 18 of /proc/PID/stat") \
	F(__s32, prio, , SDEC, BASE, "priority as in /proc/PID/sched: -1 deadline, 0 to 99 real time, 120 nice 0") \
	F(__s32, static_prio, , SDEC, BASE, "priority its nice value gives") \
	F(__s32, normal_prio, , SDEC, BASE, "priority without inheritance") \
	F(__u32, rt_priority, , DEC, BASE, "real-time priority, 1 to 99; 0 without") \
	F(__u32, cpus, , DEC, BASE, "CPUs it may run on") \
	F(__u64, cpu_mask, [4], HEX, BASE, "CPUs it may run on, 64 a number, lowest first; those from 256 on are in cpus only") \
	F(__u64, node_mask, , HEX, BASE, "NUMA nodes it may take memory from; those from 64 on are left out") \
	F(__u64, run_ns, , NS, BASE, "time on CPUs, precise") \
	F(__u64, wait_ns, , NS, SCHED, "time runnable but waiting for a CPU") \
	F(__u64, slices, , DEC, SCHED, "times it was put on a CPU") \
	F(__u64, vruntime_ns, , NS, BASE, "virtual run time of the fair class") \
	F(__u64, user_ns, , NS, BASE, "user time") \
	F(__u64, system_ns, , NS, BASE, "system time") \
	F(__u64, start_ns, , NS, BASE, "start, since boot") \
	F(__u64, nvcsw, , DEC, BASE, "voluntary switches") \
	F(__u64, nivcsw, , DEC, BASE, "involuntary switches") \
	F(__u64, minflt, , DEC, BASE, "minor faults") \
	F(__u64, majflt, , DEC, BASE, "major faults") \
	F(__u64, dl_runtime_ns, , NS, DEADLINE, "run time it is given in a period") \
	F(__u64, dl_deadline_ns, , NS, DEADLINE, "deadline in a period") \
	F(__u64, dl_period_ns, , NS, DEADLINE, "period") \
	F(__u64, flags, , TASK_FLAGS, BASE, "flags") \
	F(__u32, raw_flags, , HEX, BASE, "the same as this kernel numbers them (field 9 of /proc/PID/stat)") \
	F(__u32, personality, , HEX, REGS, "personality(2)") \
	F(__u64, migrations, , DEC, BASE, "times it was moved to another CPU") \
	F(__u64, load_weight, , DEC, BASE, "weight in the fair class; 1048576 at nice 0 on 64-bit machines") \
	F(__u64, timer_slack_ns, , NS, REGS, "how much later its sleeps may end (PR_SET_TIMERSLACK)")

/*
 * Saved user registers of one thread: what it had when it entered the kernel last. Stale
 * while it runs.
 */
#define VMWALK_REGISTERS_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, tid, , DEC, BASE, "thread id, in the PID namespace of the procfs instance") \
	F(__u32, on_cpu, , DEC, BASE, "1: on a CPU at this moment: stale") \
	F(__u64, ip, , HEX, REGS, "program counter") \
	F(__u64, sp, , HEX, REGS, "stack pointer") \
	F(__u64, flags, , HEX, REGS, "flags register") \
	F(__u64, ax, , HEX, REGS, "register ax") \
	F(__u64, bx, , HEX, REGS, "register bx") \
	F(__u64, cx, , HEX, REGS, "register cx") \
	F(__u64, dx, , HEX, REGS, "register dx") \
	F(__u64, si, , HEX, REGS, "register si") \
	F(__u64, di, , HEX, REGS, "register di") \
	F(__u64, bp, , HEX, REGS, "register bp") \
	F(__u64, r8, , HEX, REGS, "register r8") \
	F(__u64, r9, , HEX, REGS, "register r9") \
	F(__u64, r10, , HEX, REGS, "register r10") \
	F(__u64, r11, , HEX, REGS, "register r11") \
	F(__u64, r12, , HEX, REGS, "register r12") \
	F(__u64, r13, , HEX, REGS, "register r13") \
	F(__u64, r14, , HEX, REGS, "register r14") \
	F(__u64, r15, , HEX, REGS, "register r15") \
	F(__u64, orig_ax, , HEX, REGS, "system call number; -1: not in a system call") \
	F(__u64, cs, , HEX, REGS, "code segment") \
	F(__u64, ss, , HEX, REGS, "stack segment") \
	F(__u64, fs_base, , HEX, REGS, "base of segment fs: thread-local storage") \
	F(__u64, gs_base, , HEX, REGS, "base of segment gs")

/*
 * Credentials of one thread.
 */
#define VMWALK_CRED_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, tid, , DEC, BASE, "thread id, in the PID namespace of the procfs instance") \
	F(__u32, groups, , DEC, BASE, "supplementary groups") \
	F(__u32, uid, [4], DEC, BASE, "user ids as the reader numbers them: real, effective, saved, file system") \
	F(__u32, gid, [4], DEC, BASE, "group ids as the reader numbers them: real, effective, saved, file system") \
	F(__u32, kuid, [4], DEC, RAW, "user ids of the initial user namespace: real, effective, saved, file system") \
	F(__u32, kgid, [4], DEC, RAW, "group ids of the initial user namespace: real, effective, saved, file system") \
	F(__u64, inheritable, , CAPS, BASE, "inheritable capabilities") \
	F(__u64, permitted, , CAPS, BASE, "permitted capabilities") \
	F(__u64, effective, , CAPS, BASE, "effective capabilities") \
	F(__u64, bounding, , CAPS, BASE, "bounding set of capabilities") \
	F(__u64, ambient, , CAPS, BASE, "ambient capabilities") \
	F(__u32, securebits, , SECUREBITS, BASE, "securebits") \
	F(__u32, no_new_privs, , DEC, BASE, "1: gets no privileges by executing programs") \
	F(__u32, seccomp, , SECCOMP, BASE, "mode of seccomp") \
	F(__u32, seccomp_filters, , DEC, BASE, "filters of seccomp") \
	F(__u32, user_ns, , DEC, BASE, "inode number of its user namespace") \
	F(__u32, user_ns_level, , DEC, BASE, "user namespaces above it") \
	F(__s32, loginuid, , SDEC, BASE, "user who logged in, as the reader numbers him; -1 if none") \
	F(__s32, sessionid, , SDEC, BASE, "audit session; -1 if none")

/*
 * One supplementary group.
 */
#define VMWALK_SUPGROUP_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, index, , DEC, BASE, "position in the list") \
	F(__u32, gid, , DEC, BASE, "group id as the reader numbers it") \
	F(__u32, kgid, , DEC, RAW, "group id of the initial user namespace") \
	F(__u32, pad, , HIDDEN, BASE, "zero")

/*
 * Signals of one thread. Shared, ignored and caught ones are of the whole group.
 */
#define VMWALK_SIGNALS_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, tid, , DEC, BASE, "thread id, in the PID namespace of the procfs instance") \
	F(__u32, queued, , DEC, BASE, "signals queued for the user, of all his processes") \
	F(__u64, queue_limit, , DEC, BASE, "how many may be (RLIMIT_SIGPENDING)") \
	F(__u64, pending, , SIGNAL_SET, BASE, "wait for this thread") \
	F(__u64, shared_pending, , SIGNAL_SET, BASE, "wait for any thread of the group") \
	F(__u64, blocked, , SIGNAL_SET, BASE, "kept back by this thread") \
	F(__u64, ignored, , SIGNAL_SET, BASE, "ignored") \
	F(__u64, caught, , SIGNAL_SET, BASE, "have a handler") \
	F(__u64, altstack, , HEX, REGS, "start of the alternate stack") \
	F(__u64, altstack_bytes, , BYTES, REGS, "size of it") \
	F(__u32, altstack_flags, , HEX, REGS, "its flags (SS_*)") \
	F(__u32, pad, , HIDDEN, BASE, "zero")

/*
 * What one signal does that does not have its default action.
 */
#define VMWALK_ACTION_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, signal, , SIGNAL, BASE, "signal") \
	F(__u32, disposition, , DISPOSITION, BASE, "what it does") \
	F(__u64, handler, , HEX, REGS, "address of the handler; 0 if ignored") \
	F(__u64, restorer, , HEX, REGS, "address the handler returns to") \
	F(__u64, flags, , SA_FLAGS, REGS, "flags") \
	F(__u64, mask, , SIGNAL_SET, REGS, "signals kept back meanwhile")

/*
 * A member of the family.
 */
#define VMWALK_RELATIVE_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, relation, , RELATION, BASE, "who it is") \
	F(__u32, pid, , DEC, BASE, "thread id; those without one in the reader's namespace are left out") \
	F(__u32, tgid, , DEC, BASE, "thread group id") \
	F(char, comm, [VMWALK_COMM_LEN], STR, BASE, "name") \
	F(char, state, , CHAR, BASE, "state letter as in /proc/PID/stat") \
	F(__u8, pad, [3], HIDDEN, BASE, "zero") \
	F(__u64, start_ns, , NS, BASE, "start, since boot")

/*
 * One namespace the process is in.
 */
#define VMWALK_NAMESPACE_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, type, , NS_TYPE, BASE, "type") \
	F(__u32, same, , DEC, BASE, "1: the reader is in it too") \
	F(__u64, inode, , DEC, BASE, "inode number, as of the link in /proc/PID/ns")

/*
 * Its ids in one PID namespace, from the reader's inwards.
 */
#define VMWALK_NUMBER_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, level, , DEC, BASE, "PID namespaces above this one") \
	F(__u32, ns, , DEC, BASE, "inode number of the PID namespace") \
	F(__u32, pid, , DEC, BASE, "process id") \
	F(__u32, pgrp, , DEC, BASE, "process group") \
	F(__u32, session, , DEC, BASE, "session") \
	F(__u32, pad, , HIDDEN, BASE, "zero")

/*
 * One resource limit. 18446744073709551615 is unlimited.
 */
#define VMWALK_LIMIT_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, resource, , RLIMIT, BASE, "resource") \
	F(__u32, pad, , HIDDEN, BASE, "zero") \
	F(__u64, soft, , DEC, BASE, "soft limit") \
	F(__u64, hard, , DEC, BASE, "hard limit")

/*
 * A thing the process has a name for. The name is a path as the reader's root makes it;
 * of the control group as the reader's cgroup namespace does.
 */
#define VMWALK_NAMED_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, kind, , NAMED_KIND, BASE, "what it is") \
	F(__u32, pad, , HIDDEN, BASE, "zero") \
	F(__u32, dev, [2], DEV, BACKED, "device of the file system") \
	F(__u64, inode, , DEC, KNOWN, "inode number; of a control group its id") \
	F(__u32, name_offset, , HIDDEN, BASE, "of its name in the query's names buffer, bytes") \
	F(__u32, name_len, , HIDDEN, BASE, "length of its name there without the NUL, bytes; 0 if none")

/*
 * A timer of the process. Those of setitimer(2) are told of while they are armed, or their
 * signal waits; those of timer_create(2) as long as they exist.
 */
#define VMWALK_TIMER_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, kind, , TIMER_KIND, BASE, "kind") \
	F(__u32, id, , DEC, BASE, "the kernel's id of a timer of timer_create(2); else 0") \
	F(__u32, clock, , CLOCK, BASE, "clock it goes by") \
	F(__s32, raw_clock, , SDEC, BASE, "the same as a number (clockid_t)") \
	F(__u32, notify, , NOTIFY, BASE, "what it does when it expires") \
	F(__u32, signal, , SIGNAL, BASE, "signal it sends") \
	F(__u32, target, , DEC, BASE, "process or thread that gets it; 0 if it is outside the namespace") \
	F(__u32, armed, , DEC, ARMED, "1: it runs") \
	F(__u64, interval_ns, , NS, BASE, "period; 0: expires once") \
	F(__u64, left_ns, , NS, KNOWN, "until it expires next, at least 1 while armed; not of CPU clocks") \
	F(__u32, overrun, , DEC, BASE, "times it expired unheard before the last signal (timer_getoverrun(2))") \
	F(__u32, pad, , HIDDEN, BASE, "zero") \
	F(__u64, value, , HEX, REGS, "what the signal carries (sigev_value)")

/*
 * What the program was told by the kernel at its start, up to the null at the end. The
 * program may have changed it (PR_SET_MM_AUXV).
 */
#define VMWALK_AUXV_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, index, , DEC, BASE, "position in the list") \
	F(__u32, pad, , HIDDEN, BASE, "zero") \
	F(__u64, type, , AUX, BASE, "what it tells") \
	F(__u64, raw_type, , DEC, BASE, "the same as a number (AT_*)") \
	F(__u64, value, , HEX, BASE, "value")

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
	F(__u32, thp_disabled, , DEC, BASE, "prctl(PR_SET_THP_DISABLE): 1 no transparent huge pages, 2 only where advised") \
	F(__u32, pad2, , HIDDEN, BASE, "zero") \
	F(__u64, code, [2], RANGE, BASE, "code of the program") \
	F(__u64, data, [2], RANGE, BASE, "initialised data of the program") \
	F(__u64, brk, [2], RANGE, BASE, "heap grown by brk(2)") \
	F(__u64, stack, , HEX, BASE, "start of the main thread's stack (its highest address)") \
	F(__u64, arg, [2], RANGE, BASE, "command line") \
	F(__u64, env, [2], RANGE, BASE, "environment") \
	F(__u64, peak_bytes, , BYTES, BASE, "largest size so far (VmPeak)") \
	F(__u64, resident_peak_bytes, , BYTES, BASE, "most that was resident so far (VmHWM)") \
	F(__u64, locked_bytes, , BYTES, BASE, "locked in memory by mlock(2) (VmLck)") \
	F(__u64, pinned_bytes, , BYTES, BASE, "pinned for devices and the like (VmPin)") \
	F(__u64, data_bytes, , BYTES, BASE, "size of private writable VMAs but the stack (VmData)") \
	F(__u64, stack_bytes, , BYTES, BASE, "size of the main thread's stack (VmStk)") \
	F(__u64, exec_bytes, , BYTES, BASE, "size of executable VMAs that are not writable (VmExe + VmLib)") \
	F(__u64, hugetlb_bytes, , BYTES, BASE, "huge pages of hugetlbfs, not in resident_bytes (HugetlbPages)") \
	F(__u32, dumpable, , DEC, BASE, "prctl(PR_GET_DUMPABLE): 1 yes, 0 no, 2 for root only") \
	F(__u32, dump_filter, , HEX, BASE, "what a core dump has, as in /proc/PID/coredump_filter")

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
 * One page that an entry names, or several that are alike: the k-th of them is at va +
 * k pages, frame pfn + k, place + k in its folio and offset + k pages in its file. Entries
 * that are not present but name a frame are among them, see kind.
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
	F(__u32, type, , FRAME_TYPE, FRAME, "what the frame is") \
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
 * the same one. Counts are of entries inside VMAs; first and last are 0 if used is.
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
	F(__u32, cache, , CACHE, PAGE, "what the page cache holds at this place") \
	F(__u32, dev, [2], DEV, BACKED, "device of the file system") \
	F(__u64, inode, , DEC, BACKED, "inode number") \
	F(__u64, offset, , BYTES, BACKED, "offset of that very byte in the file") \
	F(__u64, size, , BYTES, BACKED, "size of the file") \
	F(__u64, cache_pfn, , HEX, FRAME, "frame of the page in the page cache") \
	F(__u32, swap_type, , DEC, SWAP, "number of the swap area (cache: swapped)") \
	F(__u32, block_state, , BLOCK_STATE, PAGE, "what is known of its place on disk") \
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
	F(__u32, thp_disabled, , DEC, BASE, "prctl(PR_SET_THP_DISABLE): 1 no transparent huge pages, 2 only where advised") \
	F(__u32, pkru, , HEX, REGS, "protection keys the thread may not use; stale while running")

/* What an access would do; made by libvmwalk out of a dossier. */
#define VMWALK_FAULT_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u64, va, , HEX, BASE, "the address asked for") \
	F(__u32, access, , ACCESS, BASE, "what the instruction does there, in user mode") \
	F(__u32, outcome, , OUTCOME, BASE, "how it ends") \
	F(__u32, reason, , REASON, BASE, "why") \
	F(__u32, level, , LEVEL, STOP, "level at which the CPU stops") \
	F(__u32, signal, , DEC, BASE, "signal the thread gets; 0 if none") \
	F(__s32, si_code, , SDEC, BASE, "si_code of that signal; 0 if none") \
	F(__u32, minor, , DEC, FAULTS, "minor faults that are counted") \
	F(__u32, major, , DEC, FAULTS, "major faults that are counted") \
	F(__u64, bytes, , BYTES, KNOWN, "what the entry maps afterwards; 0: none is filled or changed") \
	F(__u32, origin, , ORIGIN, BASE, "whose data are copied") \
	F(__u32, pad, , HIDDEN, BASE, "zero") \
	F(__u64, effects, , EFFECTS, BASE, "what else it does or depends on")

/* One open file of a process. */
#define VMWALK_FILE_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, fd, , DEC, BASE, "descriptor") \
	F(__u32, mode, , RW, BASE, "opened for") \
	F(__u32, flags, , OCT, BASE, "open flags as in /proc/PID/fdinfo") \
	F(__u32, type, , FILE_TYPE, BASE, "what it is") \
	F(__u64, pos, , DEC, BASE, "offset, bytes") \
	F(__u32, dev, [2], DEV, BASE, "device of the file system") \
	F(__u64, inode, , DEC, BASE, "inode number") \
	F(__u64, id, , HEX, BASE, "the same for the same open file, whoever has it, until the module is unloaded") \
	F(__u32, kind, , FILE_KIND, BASE, "what it is, more closely") \
	F(__u32, references, , DEC, BASE, "references on the open file: descriptors, mappings, messages under way") \
	F(__u64, modes, , FILE_MODES, BASE, "its mode by name (f_mode)") \
	F(__u64, options, , OPEN_FLAGS, BASE, "its flags by name (f_flags, and close-on-exec)") \
	F(__u32, rdev, [2], DEV, BASE, "device that it is; 0:0 if none") \
	F(char, driver, [24], STR, BASE, "module whose code serves it; kernel: built in") \
	F(__u32, pipe_used, , DEC, PIPE, "buffers of the pipe in use") \
	F(__u32, pipe_size, , DEC, PIPE, "buffers it may use, one page each") \
	F(__u32, pipe_readers, , DEC, PIPE, "open files that read from it") \
	F(__u32, pipe_writers, , DEC, PIPE, "open files that write to it") \
	F(__u32, family, , FAMILY, SOCK, "address family of the socket") \
	F(__u32, sock_type, , SOCK_TYPE, SOCK, "type of the socket") \
	F(__u32, protocol, , DEC, SOCK, "protocol (IPPROTO_*, NETLINK_* and so on by family)") \
	F(__u32, sock_state, , SOCK_STATE, SOCK, "state of the socket") \
	F(__u32, local_port, , DEC, INET, "port here; 0 if not bound") \
	F(__u32, peer_port, , DEC, INET, "port of the peer; 0 if not connected") \
	F(__u8, local_address, [16], IP, INET, "address here") \
	F(__u8, peer_address, [16], IP, INET, "address of the peer") \
	F(__u32, peer_pid, , DEC, PEER, "process at the other end when it was connected; 0 outside the namespace") \
	F(__u32, peer_uid, , DEC, PEER, "its effective user id then") \
	F(__u32, peer_gid, , DEC, PEER, "its effective group id then") \
	F(__u32, name_offset, , HIDDEN, BASE, "of its path in the query's names buffer, bytes") \
	F(__u32, name_len, , HIDDEN, BASE, "length of its path there without the NUL, bytes; 0 if none") \
	F(__u32, pad, , HIDDEN, BASE, "zero")

/*
 * The inode of an open file, as it is in memory: nobody is asked for news, a server least
 * of all.
 */
#define VMWALK_INODE_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, fd, , DEC, BASE, "descriptor it was found by") \
	F(__u32, type, , FILE_TYPE, BASE, "what it is") \
	F(__u32, dev, [2], DEV, BASE, "device of the file system") \
	F(__u64, inode, , DEC, BASE, "inode number") \
	F(__u32, mode, , OCT, BASE, "type and permissions") \
	F(__u32, permissions, , MODE, BASE, "the same in letters") \
	F(__u32, nlink, , DEC, BASE, "names it has") \
	F(__u32, block_bytes, , BYTES, BASE, "block size of the file system") \
	F(__u32, uid, , DEC, BASE, "owner, in the reader's user namespace") \
	F(__u32, gid, , DEC, BASE, "group, in the reader's user namespace") \
	F(__u32, raw_uid, , DEC, RAW, "owner, in the initial user namespace") \
	F(__u32, raw_gid, , DEC, RAW, "group, in the initial user namespace") \
	F(__u32, rdev, [2], DEV, BASE, "device that it is; 0:0 if none") \
	F(__u64, size, , BYTES, BASE, "size") \
	F(__u64, blocks, , DEC, BASE, "units of 512 bytes it takes (i_blocks)") \
	F(__s64, atime, [2], TIME, BASE, "last access") \
	F(__s64, mtime, [2], TIME, BASE, "last change of the data") \
	F(__s64, ctime, [2], TIME, BASE, "last change of the inode") \
	F(__s64, btime, [2], TIME, KNOWN, "birth") \
	F(__u64, attributes, , INODE_FLAGS, BASE, "its flags by name (i_flags)") \
	F(__u64, states, , INODE_STATES, BASE, "its state by name (i_state)") \
	F(__u32, generation, , DEC, BASE, "generation of the inode number") \
	F(__u32, references, , DEC, BASE, "references on the inode (i_count)") \
	F(__s32, writers, , SDEC, BASE, "open files that write; below 0: writing is denied so often") \
	F(__u32, flocks, , DEC, BASE, "locks of flock(2)") \
	F(__u32, posix_locks, , DEC, BASE, "locks of fcntl(2)") \
	F(__u32, leases, , DEC, BASE, "leases and delegations") \
	F(__u64, cached, , DEC, PAGE, "pages in the page cache") \
	F(__u64, dirty, , DEC, PAGE, "of these: newer than the disk") \
	F(__u64, writeback, , DEC, PAGE, "of these: being written") \
	F(__u64, mapped, , DEC, MAPPING, "VMAs that map it, of all processes") \
	F(char, fstype, [24], STR, BASE, "type of the file system") \
	F(__u32, bdev, [2], DEV, BASE, "block device of the file system; 0:0 if none")

/* A part of a file and where it is on the disk. */
#define VMWALK_EXTENT_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u64, logical, , BYTES, BASE, "offset in the file") \
	F(__u64, length, , BYTES, BASE, "length; the last part is told to the end of its block") \
	F(__u32, state, , BLOCK_STATE, PAGE, "what is known of its place") \
	F(__u32, block_bytes, , BYTES, BASE, "size of a block") \
	F(__u64, physical, , BYTES, BLOCK, "offset on the device") \
	F(__u32, dev, [2], DEV, BLOCK, "device the blocks are on")

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

/*
 * The records below are put together by libvmwalk; no query answers them.
 */

/* Frames that are alike in some respects, counted. */
#define VMWALK_CENSUS_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, level, , LEVEL, BASE, "level of the leaves that map them") \
	F(__u32, memtype, , MEMTYPE, BASE, "memory type the leaves select") \
	F(__u32, node, , DEC, PAGE, "NUMA node") \
	F(__u32, zone, , ZONE, PAGE, "memory zone") \
	F(__u32, type, , FRAME_TYPE, FRAME, "what the frames are") \
	F(__u32, order, , DEC, PAGE, "order of their folios: log2 of the base pages in one") \
	F(__u64, pages, , DEC, BASE, "base pages") \
	F(__u64, bytes, , BYTES, BASE, "the same in bytes") \
	F(__u64, shared, , DEC, PAGE, "of the pages: mapped more than once")

/* All page tables of one level. */
#define VMWALK_TABLELEVEL_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, level, , LEVEL, BASE, "level") \
	F(__u32, entries, , DEC, BASE, "entries in one table") \
	F(__u64, entry_bytes, , BYTES, BASE, "what one entry stands for: the size of a leaf of this level") \
	F(__u64, tables, , DEC, BASE, "tables that stand for a VMA") \
	F(__u64, bytes, , BYTES, BASE, "size of these tables") \
	F(__u64, used, , DEC, BASE, "entries in them that are not empty, inside VMAs") \
	F(__u32, fill, , DEC, BASE, "used of all entries, percent") \
	F(__u32, pad, , HIDDEN, BASE, "zero") \
	F(__u64, leaves, , DEC, BASE, "present leaves: entries the TLB needs to reach what they map") \
	F(__u64, leaf_bytes, , BYTES, BASE, "what these leaves map") \
	F(__u64, sparse, , DEC, KNOWN, "pte tables with few used entries (--sparse)") \
	F(__u64, sparse_bytes, , BYTES, KNOWN, "empty entries in these") \
	F(__u64, shared, , DEC, RAW, "tables that other processes use too")

/* The page tables that stand for one VMA; neighbours may use the same ones. */
#define VMWALK_TABLEVMA_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u64, pte_tables, , DEC, BASE, "pte tables that stand for it") \
	F(__u64, pmd_tables, , DEC, BASE, "pmd tables that stand for it") \
	F(__u64, pud_tables, , DEC, BASE, "pud tables that stand for it") \
	F(__u64, p4d_tables, , DEC, BASE, "p4d tables that stand for it") \
	F(__u64, table_bytes, , BYTES, BASE, "size of all these") \
	F(__u64, used, , DEC, BASE, "entries in them that are not empty, for this VMA") \
	F(__u64, leaves, , DEC, BASE, "of these: present leaves, each an entry of the TLB") \
	F(__u32, fill, , DEC, BASE, "used of all entries of these tables, percent") \
	F(__u32, pad, , HIDDEN, BASE, "zero") \
	F(__u64, sparse, , DEC, BASE, "pte tables with few used entries (--sparse) for this VMA") \
	F(__u64, sparse_bytes, , BYTES, BASE, "empty entries in these") \
	F(__u64, shared, , DEC, RAW, "tables that other processes use too")

/* One line of the account of page tables. */
#define VMWALK_TABLEITEM_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, item, , TABLE_ITEM, BASE, "what is counted") \
	F(__u32, pad, , HIDDEN, BASE, "zero") \
	F(__s64, tables, , SDEC, KNOWN, "tables") \
	F(__s64, table_bytes, , SDEC, KNOWN, "their size, bytes")

/*
 * What is huge in a VMA, what could be, and why the rest is not. Huge is a leaf above
 * the pte level.
 */
#define VMWALK_HUGEPAGES_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u64, bytes, , BYTES, BASE, "size of the VMA") \
	F(__u64, pte_bytes, , BYTES, BASE, "present under leaves of the pte level") \
	F(__u64, pmd_bytes, , BYTES, BASE, "present under leaves of the pmd level") \
	F(__u64, pud_bytes, , BYTES, BASE, "present under leaves of the pud level") \
	F(__u64, anon_huge, , BYTES, BASE, "of the huge: transparent, anonymous (AnonHugePages)") \
	F(__u64, shmem_huge, , BYTES, BASE, "of the huge: transparent, shared memory (ShmemPmdMapped)") \
	F(__u64, file_huge, , BYTES, BASE, "of the huge: transparent, files (FilePmdMapped)") \
	F(__u64, zero_huge, , BYTES, BASE, "of the huge: the huge page of zeros") \
	F(__u64, could, , BYTES, BASE, "in places where a huge page fits, by alignment and offset") \
	F(__u64, untouched, , BYTES, BASE, "of these places: nothing there, or zeros that were only read") \
	F(__u64, sparse, , BYTES, BASE, "of these places: too few pages there for khugepaged") \
	F(__u64, swapped_out, , BYTES, BASE, "of these places: too much swapped out for khugepaged") \
	F(__u64, dense, , BYTES, BASE, "of these places: not huge, and khugepaged would take them") \
	F(__u64, split, , BYTES, PAGE, "pages of huge folios that pte leaves map one by one") \
	F(__u32, eligible, , DEC, KNOWN, "1: may get huge pages of the pmd level by themselves (THPeligible)") \
	F(__u32, reason, , HUGE_REASON, BASE, "why it is not huge, or what is left of it")

/* One memory zone, or a node as the sum of its zones. */
#define VMWALK_ZONEINFO_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, node, , DEC, BASE, "NUMA node") \
	F(__u32, zone, , ZONE, BASE, "memory zone") \
	F(__u64, start_pfn, , HEX, KNOWN, "first frame number") \
	F(__u64, end_pfn, , HEX, KNOWN, "first frame number after it") \
	F(__u64, spanned, , DEC, BASE, "pages from the first to the last, holes too") \
	F(__u64, present, , DEC, BASE, "pages that exist") \
	F(__u64, managed, , DEC, BASE, "pages the allocator has: without what was reserved at boot") \
	F(__u64, free, , DEC, BASE, "free pages") \
	F(__u64, min, , DEC, BASE, "free pages kept for emergencies") \
	F(__u64, low, , DEC, BASE, "free pages below which reclaim begins") \
	F(__u64, high, , DEC, BASE, "free pages at which reclaim ends")

/* Where the frames of a process lie in a zone or node. */
#define VMWALK_PLACE_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u64, mapped, , DEC, PAGE, "pages the process maps there; one mapped twice is two") \
	F(__u64, lowest, , HEX, FRAME, "lowest frame number of these") \
	F(__u64, highest, , HEX, FRAME, "highest frame number of these")

/* Free blocks of one size in a zone. */
#define VMWALK_BUDDY_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, node, , DEC, BASE, "NUMA node") \
	F(__u32, zone, , ZONE, BASE, "memory zone") \
	F(__u32, order, , DEC, BASE, "order of the blocks: log2 of the base pages in one") \
	F(__u32, pad, , HIDDEN, BASE, "zero") \
	F(__u64, block_bytes, , BYTES, BASE, "size of a block") \
	F(__u64, blocks, , DEC, BASE, "free blocks") \
	F(__u64, bytes, , BYTES, BASE, "size of all these")

/* A process among its kin. */
#define VMWALK_KIN_FIELDS(F) \
	F(__u64, has, , HIDDEN, BASE, "groups of fields present") \
	F(__u32, pid, , DEC, BASE, "process id") \
	F(__u32, ppid, , DEC, BASE, "process id of the parent") \
	F(__u32, depth, , DEC, BASE, "generations below the first process shown") \
	F(__u32, threads, , DEC, BASE, "threads in the group") \
	F(__u32, processes, , DEC, BASE, "it and all its descendants") \
	F(char, state, , CHAR, BASE, "state letter as in /proc/PID/stat") \
	F(__u8, pad, [3], HIDDEN, BASE, "zero") \
	F(char, comm, [VMWALK_COMM_LEN], STR, BASE, "name of the thread") \
	F(__u64, total_bytes, , BYTES, KNOWN, "size of all VMAs") \
	F(__u64, resident_bytes, , BYTES, KNOWN, "resident") \
	F(__u64, swap_bytes, , BYTES, KNOWN, "anonymous pages swapped out") \
	F(__u64, tree_resident_bytes, , BYTES, BASE, \
	  "resident of it and its descendants; a page that several map counts for each") \
	F(__u64, tree_swap_bytes, , BYTES, BASE, "the same of swapped out pages")

/* X(record, FIELDS, "what the record is") : struct vmwalk_<record> */
#define VMWALK_RECORDS(X) \
	X(task, VMWALK_TASK_FIELDS, "thread group") \
	X(thread, VMWALK_THREAD_FIELDS, "thread") \
	X(registers, VMWALK_REGISTERS_FIELDS, "saved user registers") \
	X(cred, VMWALK_CRED_FIELDS, "credentials") \
	X(supgroup, VMWALK_SUPGROUP_FIELDS, "supplementary group") \
	X(signals, VMWALK_SIGNALS_FIELDS, "signals of a thread") \
	X(action, VMWALK_ACTION_FIELDS, "action of a signal") \
	X(relative, VMWALK_RELATIVE_FIELDS, "member of the family") \
	X(namespace, VMWALK_NAMESPACE_FIELDS, "namespace") \
	X(number, VMWALK_NUMBER_FIELDS, "ids in a PID namespace") \
	X(limit, VMWALK_LIMIT_FIELDS, "resource limit") \
	X(named, VMWALK_NAMED_FIELDS, "thing with a name") \
	X(timer, VMWALK_TIMER_FIELDS, "timer") \
	X(auxv, VMWALK_AUXV_FIELDS, "entry of the auxiliary vector") \
	X(mm, VMWALK_MM_FIELDS, "address space") \
	X(vma, VMWALK_VMA_FIELDS, "virtual memory area") \
	X(entry, VMWALK_ENTRY_FIELDS, "one level of a walk") \
	X(run, VMWALK_RUN_FIELDS, "merged page-table entries") \
	X(table, VMWALK_TABLE_FIELDS, "page tables of one level") \
	X(frame, VMWALK_FRAME_FIELDS, "frame behind a page") \
	X(pagetable, VMWALK_PAGETABLE_FIELDS, "one table of the page table") \
	X(backing, VMWALK_BACKING_FIELDS, "what is behind an address") \
	X(around, VMWALK_AROUND_FIELDS, "what is around an address") \
	X(fault, VMWALK_FAULT_FIELDS, "what an access would do") \
	X(file, VMWALK_FILE_FIELDS, "open file") \
	X(inode, VMWALK_INODE_FIELDS, "inode of an open file") \
	X(extent, VMWALK_EXTENT_FIELDS, "part of a file on the disk") \
	X(stats, VMWALK_STATS_FIELDS, "the module's counters") \
	X(census, VMWALK_CENSUS_FIELDS, "frames that are alike, counted") \
	X(tablelevel, VMWALK_TABLELEVEL_FIELDS, "all page tables of one level") \
	X(tablevma, VMWALK_TABLEVMA_FIELDS, "page tables of one VMA") \
	X(tableitem, VMWALK_TABLEITEM_FIELDS, "line of the account of page tables") \
	X(hugepages, VMWALK_HUGEPAGES_FIELDS, "huge pages of one VMA") \
	X(zoneinfo, VMWALK_ZONEINFO_FIELDS, "memory zone or node") \
	X(place, VMWALK_PLACE_FIELDS, "frames of a process in a zone") \
	X(buddy, VMWALK_BUDDY_FIELDS, "free blocks of one size") \
	X(kin, VMWALK_KIN_FIELDS, "process among its kin")

struct vmwalk_task { VMWALK_TASK_FIELDS(VMWALK_MEMBER) };
struct vmwalk_thread { VMWALK_THREAD_FIELDS(VMWALK_MEMBER) };
struct vmwalk_registers { VMWALK_REGISTERS_FIELDS(VMWALK_MEMBER) };
struct vmwalk_cred { VMWALK_CRED_FIELDS(VMWALK_MEMBER) };
struct vmwalk_supgroup { VMWALK_SUPGROUP_FIELDS(VMWALK_MEMBER) };
struct vmwalk_signals { VMWALK_SIGNALS_FIELDS(VMWALK_MEMBER) };
struct vmwalk_action { VMWALK_ACTION_FIELDS(VMWALK_MEMBER) };
struct vmwalk_relative { VMWALK_RELATIVE_FIELDS(VMWALK_MEMBER) };
struct vmwalk_namespace { VMWALK_NAMESPACE_FIELDS(VMWALK_MEMBER) };
struct vmwalk_number { VMWALK_NUMBER_FIELDS(VMWALK_MEMBER) };
struct vmwalk_limit { VMWALK_LIMIT_FIELDS(VMWALK_MEMBER) };
struct vmwalk_named { VMWALK_NAMED_FIELDS(VMWALK_MEMBER) };
struct vmwalk_timer { VMWALK_TIMER_FIELDS(VMWALK_MEMBER) };
struct vmwalk_auxv { VMWALK_AUXV_FIELDS(VMWALK_MEMBER) };
struct vmwalk_mm { VMWALK_MM_FIELDS(VMWALK_MEMBER) };
struct vmwalk_vma { VMWALK_VMA_FIELDS(VMWALK_MEMBER) };
struct vmwalk_entry { VMWALK_ENTRY_FIELDS(VMWALK_MEMBER) };
struct vmwalk_run { VMWALK_RUN_FIELDS(VMWALK_MEMBER) };
struct vmwalk_table { VMWALK_TABLE_FIELDS(VMWALK_MEMBER) };
struct vmwalk_frame { VMWALK_FRAME_FIELDS(VMWALK_MEMBER) };
struct vmwalk_pagetable { VMWALK_PAGETABLE_FIELDS(VMWALK_MEMBER) };
struct vmwalk_backing { VMWALK_BACKING_FIELDS(VMWALK_MEMBER) };
struct vmwalk_around { VMWALK_AROUND_FIELDS(VMWALK_MEMBER) };
struct vmwalk_fault { VMWALK_FAULT_FIELDS(VMWALK_MEMBER) };
struct vmwalk_file { VMWALK_FILE_FIELDS(VMWALK_MEMBER) };
struct vmwalk_inode { VMWALK_INODE_FIELDS(VMWALK_MEMBER) };
struct vmwalk_extent { VMWALK_EXTENT_FIELDS(VMWALK_MEMBER) };
struct vmwalk_stats { VMWALK_STATS_FIELDS(VMWALK_MEMBER) };
struct vmwalk_census { VMWALK_CENSUS_FIELDS(VMWALK_MEMBER) };
struct vmwalk_tablelevel { VMWALK_TABLELEVEL_FIELDS(VMWALK_MEMBER) };
struct vmwalk_tablevma { VMWALK_TABLEVMA_FIELDS(VMWALK_MEMBER) };
struct vmwalk_tableitem { VMWALK_TABLEITEM_FIELDS(VMWALK_MEMBER) };
struct vmwalk_hugepages { VMWALK_HUGEPAGES_FIELDS(VMWALK_MEMBER) };
struct vmwalk_zoneinfo { VMWALK_ZONEINFO_FIELDS(VMWALK_MEMBER) };
struct vmwalk_place { VMWALK_PLACE_FIELDS(VMWALK_MEMBER) };
struct vmwalk_buddy { VMWALK_BUDDY_FIELDS(VMWALK_MEMBER) };
struct vmwalk_kin { VMWALK_KIN_FIELDS(VMWALK_MEMBER) };

/**
 * struct vmwalk_walk - everything one address passes on its way to a frame
 * @has: groups of fields present
 * @va: the address asked for
 * @pa: physical address of that very byte (FRAME; only where a frame is)
 * @vma_start: first address of the VMA (VMA)
 * @vma_end: first address after the VMA (VMA)
 * @vma_flags: the VMA's vm_flags (VMA)
 * @effective: what all levels together allow, WRITE, USER and NX of VMWALK_FLAGS
 *	(LEAF); NX alone where the CPU does not see the leaf: nothing is allowed
 * @kind: what stands at the end of the walk, the kind of the last entry
 * @depth: number of entries filled, pgd first; 0 when no VMA covers @va, or it is no
 *	address of the kernel's half
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
 * struct vmwalk_descriptor - an open file and its inode
 * @has: groups of fields present
 * @file: the open file, its path in the query's names
 * @inode: the inode, read straight after the file
 */
struct vmwalk_descriptor {
	__u64 has;
	struct vmwalk_file file;
	struct vmwalk_inode inode;
};

/**
 * struct vmwalk_query - the argument of every ioctl
 * @size: in: sizeof(struct vmwalk_query) as the caller knows it. Shorter than
 *	the kernel's: the rest reads as zero and is not written. Longer: the
 *	unknown tail must be zero, else E2BIG.
 * @flags: in: VMWALK_QUERY_*
 * @start: in (queries of a range): first address, need not be aligned; or lowest number
 *	(VMWALK_TAKES_NUMBERS)
 * @end: in (queries of a range): first address after it, at most 2^64 - 4096; or one
 *	more than the highest number
 * @addresses: in (queries of addresses): pointer to @count __u64
 * @records: in: pointer to room for @count records of @record_size bytes
 * @record_size: in: bytes of one record as the caller knows it; longer records
 *	get a zero tail, shorter ones are cut. At least 8, a multiple of 8,
 *	at most VMWALK_RECORD_SIZE_MAX.
 * @count: in: addresses or room in records; 1 (TABLES: VMWALK_TABLES_COUNT_MIN) to
 *	VMWALK_COUNT_MAX
 * @names: in (queries with names): pointer to room for names, or 0 for none. Each name is as
 *	in /proc/PID/maps but not escaped, and ends with a NUL.
 * @names_size: in (queries with names): bytes there, at least VMWALK_NAMES_SIZE_MIN if any
 * @names_used: out (queries with names): bytes used there
 * @done: out: records written
 * @holds: out: times the mmap lock was taken
 * @cursor: out (queries of a range): where to go on; @end when the range is done
 * @entries: out: page-table entries read
 * @hold_ns: out: longest time the mmap lock was held at a stretch
 * @fd: in (EXTENTS): descriptor of the process
 * @pad: in: zero
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
 * (no longer permitted), EPERM (VMWALK_QUERY_KERNEL without privilege), EOPNOTSUPP
 * (VMWALK_QUERY_KERNEL where the kernel's tables cannot be had), EBADF (EXTENTS of a
 * descriptor that is not open; EPERM without privilege), EBUSY (it keeps
 * executing programs), EINTR, ENOMEM.
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
	__u32 fd;
	__u32 pad;
};

#define VMWALK_QUERY_SIZE_MIN	104		/* the first published size */
#define VMWALK_RECORD_SIZE_MAX	4096		/* bytes */
#define VMWALK_COUNT_MAX	(1U << 20)	/* addresses or records a query */
#define VMWALK_TABLES_COUNT_MIN	(2 * VMWALK_DEPTH)	/* TABLES: two records a level */
#define VMWALK_EXTENTS_BLOCKS	(1U << 20)	/* EXTENTS: blocks a query; then go on from @cursor */
#define VMWALK_NAMES_SIZE_MIN	16384		/* bytes, with the NUL: a longer name is left out */
#define VMWALK_NAMES_SIZE_MAX	(1U << 26)	/* bytes */

/* VMAS: take the page counts too (reads the tables of the whole range) */
#define VMWALK_QUERY_COUNTS	VMWALK_BIT(0)
/*
 * TRANSLATE, RUNS: addresses of the kernel's half (privileged); whose entry it is does
 * not matter. A range that does not begin there: EINVAL; an address that is not there
 * gets its region, depth 0 and kind NOVMA.
 */
#define VMWALK_QUERY_KERNEL	VMWALK_BIT(1)

/* What a query takes. */
#define VMWALK_TAKES_ADDRESSES	VMWALK_BIT(0)	/* @addresses; else the range @start to @end */
#define VMWALK_TAKES_NAMES	VMWALK_BIT(1)	/* @names */
#define VMWALK_TAKES_FD		VMWALK_BIT(3)	/* @fd */
/*
 * @start and @end are numbers and no addresses: thread ids, descriptors, offsets in a
 * file, positions in a list; processes without an address space answer too.
 */
#define VMWALK_TAKES_NUMBERS	VMWALK_BIT(4)

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
	  "everything about each address") \
	X(FILES, 0x08, descriptor, 0, VMWALK_TAKES_NAMES | VMWALK_TAKES_NUMBERS, \
	  "the open files of a range of descriptors") \
	X(EXTENTS, 0x09, extent, 0, VMWALK_TAKES_FD | VMWALK_TAKES_NUMBERS, \
	  "where the bytes of a range of offsets of an open file are on the disk (privileged)") \
	X(NAMES, 0x0a, named, 0, VMWALK_TAKES_NAMES | VMWALK_TAKES_NUMBERS, \
	  "what the process has names for, by kind") \
	X(THREADS, 0x07, thread, 0, VMWALK_TAKES_NUMBERS, "the threads, by thread id") \
	X(TASK, 0x10, task, 0, VMWALK_TAKES_NUMBERS, "the thread group: number 0") \
	X(REGISTERS, 0x11, registers, 0, VMWALK_TAKES_NUMBERS, "saved registers of the threads, by thread id") \
	X(CREDS, 0x12, cred, 0, VMWALK_TAKES_NUMBERS, "credentials of the threads, by thread id") \
	X(GROUPS, 0x13, supgroup, 0, VMWALK_TAKES_NUMBERS, "supplementary groups, by position") \
	X(SIGNALS, 0x14, signals, 0, VMWALK_TAKES_NUMBERS, "signals of the threads, by thread id") \
	X(ACTIONS, 0x15, action, 0, VMWALK_TAKES_NUMBERS, "what signals do, by signal") \
	X(FAMILY, 0x16, relative, 0, VMWALK_TAKES_NUMBERS, "the family, by relation and id: (relation << 32) + id") \
	X(NAMESPACES, 0x17, namespace, 0, VMWALK_TAKES_NUMBERS, "namespaces, by type") \
	X(NUMBERS, 0x18, number, 0, VMWALK_TAKES_NUMBERS, "ids in PID namespaces, by level") \
	X(LIMITS, 0x19, limit, 0, VMWALK_TAKES_NUMBERS, "resource limits, by resource") \
	X(TIMERS, 0x1a, timer, 0, VMWALK_TAKES_NUMBERS, "timers, by kind and id: (kind << 32) + id") \
	X(AUXV, 0x1b, auxv, 0, VMWALK_TAKES_NUMBERS, "the auxiliary vector, by position") \
	X(MM, 0x1c, mm, 0, VMWALK_TAKES_NUMBERS, "the address space: number 0, if there is one")

#define VMWALK_IOC_TYPE		0xb7
#define VMWALK_IOC(nr)		((VMWALK_IOC_TYPE << 8) | (nr))

enum vmwalk_ioc {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_IOC_##NAME = VMWALK_IOC(nr),
	VMWALK_QUERIES(VMWALK_ENUM)
#undef VMWALK_ENUM
};

#endif /* _UAPI_VMWALK_H */
