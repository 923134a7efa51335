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
	X(COUNTS, 6, "page counts were asked for and taken")

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
				 VMWALK_HAS(SWAP) | VMWALK_HAS(REGS))

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
	X(HIDDEN, 17, "not shown by itself")

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
	X(file, VMWALK_FILE_FIELDS, "open file") \
	X(stats, VMWALK_STATS_FIELDS, "the module's counters")

struct vmwalk_task { VMWALK_TASK_FIELDS(VMWALK_MEMBER) };
struct vmwalk_mm { VMWALK_MM_FIELDS(VMWALK_MEMBER) };
struct vmwalk_vma { VMWALK_VMA_FIELDS(VMWALK_MEMBER) };
struct vmwalk_entry { VMWALK_ENTRY_FIELDS(VMWALK_MEMBER) };
struct vmwalk_run { VMWALK_RUN_FIELDS(VMWALK_MEMBER) };
struct vmwalk_table { VMWALK_TABLE_FIELDS(VMWALK_MEMBER) };
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
 * @kind: what stands at the end of the walk, the kind of the last entry
 * @depth: number of entries filled, pgd first; 0 when no VMA covers @va
 * @entry: the levels passed, pgd first
 */
struct vmwalk_walk {
	__u64 has;
	__u64 va;
	__u64 pa;
	__u64 vma_start;
	__u64 vma_end;
	__u64 vma_flags;
	__u32 kind;
	__u32 depth;
	struct vmwalk_entry entry[VMWALK_DEPTH];
};

/**
 * struct vmwalk_query - the argument of every ioctl
 * @size: in: sizeof(struct vmwalk_query) as the caller knows it. Shorter than
 *	the kernel's: the rest reads as zero and is not written. Longer: the
 *	unknown tail must be zero, else E2BIG.
 * @flags: in: VMWALK_QUERY_*
 * @start: in (RUNS, VMAS): first address. Need not be aligned.
 * @end: in (RUNS, VMAS): first address after the range, at most 2^64 - 4096
 * @addresses: in (TRANSLATE): pointer to @count __u64
 * @records: in: pointer to room for @count records of @record_size bytes
 * @record_size: in: bytes of one record as the caller knows it; longer records
 *	get a zero tail, shorter ones are cut. At least 8, a multiple of 8,
 *	at most VMWALK_RECORD_SIZE_MAX.
 * @count: in: addresses (TRANSLATE) or room in records; 1 to VMWALK_COUNT_MAX
 * @names: in (VMAS): pointer to room for names, or 0 for none. Each name is as
 *	in /proc/PID/maps but not escaped, and ends with a NUL.
 * @names_size: in (VMAS): bytes there, at least VMWALK_NAMES_SIZE_MIN if any
 * @names_used: out (VMAS): bytes used there
 * @done: out: records written
 * @holds: out: times the mmap lock was taken
 * @cursor: out (RUNS, VMAS): where to go on; @end when the range is done
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
 * (no longer permitted), EBUSY (it keeps executing programs), EINTR, ENOMEM.
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

/*
 * Queries: ioctls on an open /proc/vmwalk/<pid>, each with a pointer to a
 * struct vmwalk_query. The number carries no size, the struct does.
 * X(NAME, number, record, flags allowed, "help")
 */
#define VMWALK_QUERIES(X) \
	X(TRANSLATE, 0x01, walk, 0, "a walk for each address") \
	X(RUNS, 0x02, run, 0, "merged runs of entries over a range") \
	X(VMAS, 0x03, vma, VMWALK_QUERY_COUNTS, "the VMAs of a range")

#define VMWALK_IOC_TYPE		0xb7
#define VMWALK_IOC(nr)		((VMWALK_IOC_TYPE << 8) | (nr))

enum vmwalk_ioc {
#define VMWALK_ENUM(NAME, nr, ...)	VMWALK_IOC_##NAME = VMWALK_IOC(nr),
	VMWALK_QUERIES(VMWALK_ENUM)
#undef VMWALK_ENUM
};

#endif /* _UAPI_VMWALK_H */
