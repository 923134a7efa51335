// SPDX-License-Identifier: GPL-2.0
/*
 * test_fault.c - what accesses would do, situation by situation
 *
 * What is expected was read out of Linux 6.1, not out of fault.c. That every rule,
 * outcome, reason, origin and effect has a situation is checked at the end; for
 * that, fault.c is taken in whole, under other names than the library's.
 */
#define vmwalk_fault_predict	tested_predict
#define vmwalk_fault_check	tested_check
#include "fault.c"
#undef vmwalk_fault_predict
#undef vmwalk_fault_check

#include <stdio.h>

#include "field.h"
#include "test.h"

#define R	VMWALK_VMA_FLAG(READ)
#define W	VMWALK_VMA_FLAG(WRITE)
#define X	VMWALK_VMA_FLAG(EXEC)
#define S	(VMWALK_VMA_FLAG(SHARED) | VMWALK_VMA_FLAG(MAYSHARE))
#define V(NAME)	VMWALK_VMA_FLAG(NAME)
#define E(NAME)	VMWALK_FLAG(NAME)
#define P(NAME)	VMWALK_PAGE_FLAG(NAME)
#define K(NAME)	VMWALK_KIND_##NAME

#define RO	(E(PRESENT) | E(USER) | E(ACCESSED) | E(NX))	/* leaf of a page that was read */
#define RW	(RO | E(WRITE) | E(DIRTY))
#define RX	(E(PRESENT) | E(USER) | E(ACCESSED))

#define MIB2	0x200000ULL
#define USER_END 0x7ffffffff000ULL	/* 47 bits less a page */
#define START	0x40000000ULL
#define END	0x40400000ULL
#define UNCOUNTED 99
#define UNKNOWN	~0ULL

enum { READ, WRITE, EXEC };

struct situation {
	const char *name;
	/* The access. */
	int access;
	__u64 va;		/* 0: START + 0x1234 */
	bool unmapped;
	/* The VMA. */
	__u64 vma;		/* attributes */
	__u64 end;		/* 0: END */
	__u32 use;
	__u64 page_bytes;	/* 0: 4096 */
	/* The entry. */
	__u32 kind;		/* 0: none */
	__u32 shift;		/* 0: 12 */
	__u64 leaf;		/* flags */
	__u64 tables;		/* flags of the levels above; 0: all is allowed */
	__u64 top;		/* more flags of the top level */
	/* The frame; seen if there is a type. */
	__u32 type;
	__u64 traits;
	__u32 mapcount, refcount;
	__u64 page;		/* flags */
	/* Behind it. */
	__u32 fill, cache, block;
	__u64 size;		/* of the file; 0: there is none */
	__u64 shifted;		/* offset in the file less that in the VMA */
	bool cache_unseen;
	/* Around it. */
	__u64 above[2], above_vma, below[2], below_vma;
	__u64 stack_limit, as_limit;	/* 0: none */
	__u64 task_size;	/* 0: USER_END */
	__u32 thp_disabled;
	bool pkru_unseen;
	__u32 pkru;
	/* The machine. */
	__u32 release;		/* 0: 6.1 */
	enum vmwalk_thp thp;
	bool no_huge_zero, no_pool;
	enum vmwalk_vsyscall vsyscall;
	__u64 pool_free, pool_reserved, pool_overcommit;
	/* What must come of it. */
	enum vmwalk_outcome outcome;
	enum vmwalk_reason reason;
	int signal, si_code;
	__u32 minor, major;	/* UNCOUNTED: not known */
	__u64 bytes;		/* UNKNOWN: a small or a huge page of the page cache */
	enum vmwalk_origin origin;
	__u64 effects;
	int level;		/* where the CPU stops, plus 1; 0: nowhere */
};

#define ENDS_AS(out, why)	.outcome = VMWALK_OUTCOME_##out, .reason = VMWALK_REASON_##why
#define MAPERR(why)	ENDS_AS(SIGSEGV_MAPERR, why), .signal = 11, .si_code = 1
#define ACCERR(why)	ENDS_AS(SIGSEGV_ACCERR, why), .signal = 11, .si_code = 2
#define PKUERR(why)	ENDS_AS(SIGSEGV_PKUERR, why), .signal = 11, .si_code = 4
#define GP(why)		ENDS_AS(SIGSEGV, why), .signal = 11, .si_code = 128
#define ADRERR(why)	ENDS_AS(SIGBUS_ADRERR, why), .signal = 7, .si_code = 2
#define MCEERR(why)	ENDS_AS(SIGBUS_POISON, why), .signal = 7, .si_code = 4
#define MINOR(why, n)	ENDS_AS(MINOR, why), .minor = 1, .bytes = (n)
#define COPY(why, n, from)	ENDS_AS(COW, why), .minor = 1, .bytes = (n), \
			.origin = VMWALK_ORIGIN_##from
#define MAJOR(why)	ENDS_AS(MAJOR, why), .major = 1, .bytes = 4096
#define UFFD(why, n)	ENDS_AS(USERFAULT, why), .major = 1, .bytes = (n)
#define CANNOT(why)	ENDS_AS(UNKNOWN, why), .minor = UNCOUNTED, .bytes = UNKNOWN
#define ALSO_IS(NAME)	VMWALK_EFFECT(NAME)
#define STOPS(NAME)	.level = VMWALK_LEVEL_##NAME + 1

#define ANON_PAGE	.kind = K(PAGE), .fill = VMWALK_FILL_ZERO, .type = VMWALK_FRAME_ANON, \
			.page = P(ANON) | P(LRU)
#define ANON_EMPTY	.fill = VMWALK_FILL_ZERO
#define FILE_PAGE_OF(TYPE)	.kind = K(PAGE), .fill = VMWALK_FILL_##TYPE, \
			.type = VMWALK_FRAME_##TYPE, .cache = VMWALK_CACHE_UPTODATE, \
			.size = 0x400000
#define FILE_EMPTY(STATE)	.fill = VMWALK_FILL_FILE, .cache = VMWALK_CACHE_##STATE, \
			.size = 0x400000
#define SHMEM_EMPTY(STATE)	.fill = VMWALK_FILL_SHMEM, .cache = VMWALK_CACHE_##STATE, \
			.size = 0x400000
#define HUGE_PAGE	.kind = K(PAGE), .shift = 21, .fill = VMWALK_FILL_HUGETLB, \
			.page_bytes = MIB2, .type = VMWALK_FRAME_HUGETLB, .size = 0x400000
#define HUGE_EMPTY(STATE)	.shift = 21, .fill = VMWALK_FILL_HUGETLB, \
			.page_bytes = MIB2, .cache = VMWALK_CACHE_##STATE, .size = 0x400000
#define STACK	.unmapped = true, .va = 0x7ffc00001234ULL, \
		.above = { 0x7ffc00020000ULL, 0x7ffc00040000ULL }, \
		.above_vma = R | W | V(GROWSDOWN), \
		.below = { 0x7ff000000000ULL, 0x7ff000001000ULL }, .below_vma = R | W

/* What is usual comes from the macros, and a situation may say it otherwise. */
#pragma GCC diagnostic ignored "-Woverride-init"

static const struct situation situations[] = {
	/* Where there is no VMA. */
	{ "null", READ, .unmapped = true, .va = 8, MAPERR(NOT_MAPPED) },
	{ "below an ordinary VMA", WRITE, .unmapped = true, .va = 0x3ffff000,
	  .above = { START, END }, .above_vma = R | W, MAPERR(NOT_MAPPED) },
	{ "kernel address", READ, .unmapped = true, .va = 0xffff888000000000ULL,
	  MAPERR(KERNEL_HALF) },
	{ "last page of the user half", READ, .unmapped = true, .va = USER_END,
	  MAPERR(KERNEL_HALF) },
	{ "just canonical", READ, .unmapped = true, .va = 0xffff800000000000ULL,
	  MAPERR(KERNEL_HALF) },
	{ "non-canonical", READ, .unmapped = true, .va = 0x800000000000ULL, GP(NONCANONICAL) },
	{ "non-canonical, high", EXEC, .unmapped = true, .va = 0xffff7fffffffffffULL,
	  GP(NONCANONICAL) },
	{ "canonical with 57 bits only", READ, .unmapped = true, .va = 0x800000000000ULL,
	  .task_size = 0xfffffffffff000ULL, MAPERR(NOT_MAPPED) },
	{ "non-canonical with 57 bits", READ, .unmapped = true, .va = 0x100000000000000ULL,
	  .task_size = 0xfffffffffff000ULL, GP(NONCANONICAL) },
	{ "beyond 32-bit user space", READ, .unmapped = true, .va = 0xffffe000,
	  .task_size = 0xffffe000, MAPERR(KERNEL_HALF) },

	/* The page of the old system calls. */
	{ "vsyscall: time()", EXEC, .unmapped = true, .va = 0xffffffffff600400ULL,
	  .vsyscall = VMWALK_VSYSCALL_XONLY, ENDS_AS(NONE, VSYSCALL_CALL) },
	{ "vsyscall: no such call", EXEC, .unmapped = true, .va = 0xffffffffff600c00ULL,
	  .vsyscall = VMWALK_VSYSCALL_XONLY, GP(VSYSCALL_INSIDE) },
	{ "vsyscall: into a call", EXEC, .unmapped = true, .va = 0xffffffffff600001ULL,
	  .vsyscall = VMWALK_VSYSCALL_EMULATE, GP(VSYSCALL_INSIDE) },
	{ "vsyscall=none", EXEC, .unmapped = true, .va = 0xffffffffff600000ULL,
	  MAPERR(VSYSCALL_REFUSED) },
	{ "vsyscall=xonly read", READ, .unmapped = true, .va = 0xffffffffff600000ULL,
	  .vsyscall = VMWALK_VSYSCALL_XONLY, MAPERR(VSYSCALL_REFUSED) },
	{ "vsyscall=emulate read", READ, .unmapped = true, .va = 0xffffffffff600123ULL,
	  .vsyscall = VMWALK_VSYSCALL_EMULATE, ENDS_AS(NONE, VSYSCALL_READ) },
	{ "vsyscall=emulate write", WRITE, .unmapped = true, .va = 0xffffffffff600000ULL,
	  .vsyscall = VMWALK_VSYSCALL_EMULATE, MAPERR(VSYSCALL_REFUSED) },
	{ "behind the vsyscall page", READ, .unmapped = true, .va = 0xffffffffff601000ULL,
	  .vsyscall = VMWALK_VSYSCALL_EMULATE, MAPERR(KERNEL_HALF) },

	/* Stacks that grow. */
	{ "stack grows", WRITE, STACK, ENDS_AS(STACK_GROWTH, STACK_GROWS), .minor = 1,
	  .bytes = 4096, .effects = ALSO_IS(GROWTH) },
	{ "stack grows by a read", READ, STACK, ENDS_AS(STACK_GROWTH, STACK_GROWS), .minor = 1,
	  .bytes = 4096, .effects = ALSO_IS(GROWTH) },
	{ "stack grows, then is not executable", EXEC, STACK, ACCERR(FILLED_NOT_EXECUTABLE),
	  .minor = 1, .bytes = 4096, .effects = ALSO_IS(GROWTH) },
	{ "stack up to its limit", WRITE, STACK, .stack_limit = 0x3f000,
	  ENDS_AS(STACK_GROWTH, STACK_GROWS), .minor = 1, .bytes = 4096,
	  .effects = ALSO_IS(GROWTH) },
	{ "stack over its limit", WRITE, STACK, .stack_limit = 0x3efff, MAPERR(STACK_LIMIT) },
	{ "stack over RLIMIT_AS", WRITE, STACK, .as_limit = 0x100000 + 0x1efff,
	  MAPERR(AS_LIMIT) },
	{ "stack up to RLIMIT_AS", WRITE, STACK, .as_limit = 0x100000 + 0x1f000,
	  ENDS_AS(STACK_GROWTH, STACK_GROWS), .minor = 1, .bytes = 4096,
	  .effects = ALSO_IS(GROWTH) },
	{ "stack near a VMA", WRITE, .unmapped = true, .va = 0x7ffc000ff000ULL,
	  .above = { 0x7ffc00120000ULL, 0x7ffc00140000ULL }, .above_vma = R | W | V(GROWSDOWN),
	  .below = { 0x7ffbffff0000ULL, 0x7ffc00000000ULL }, .below_vma = R, MAPERR(STACK_GAP) },
	{ "stack just not too near a VMA", WRITE, .unmapped = true, .va = 0x7ffc00100000ULL,
	  .above = { 0x7ffc00120000ULL, 0x7ffc00140000ULL }, .above_vma = R | W | V(GROWSDOWN),
	  .below = { 0x7ffbffff0000ULL, 0x7ffc00000000ULL }, .below_vma = R,
	  ENDS_AS(STACK_GROWTH, STACK_GROWS), .minor = 1, .bytes = 4096,
	  .effects = ALSO_IS(GROWTH) },
	{ "stack near a PROT_NONE VMA", WRITE, .unmapped = true, .va = 0x7ffc000ff000ULL,
	  .above = { 0x7ffc00120000ULL, 0x7ffc00140000ULL }, .above_vma = R | W | V(GROWSDOWN),
	  .below = { 0x7ffbffff0000ULL, 0x7ffc00000000ULL },
	  ENDS_AS(STACK_GROWTH, STACK_GROWS), .minor = 1, .bytes = 4096,
	  .effects = ALSO_IS(GROWTH) },
	{ "stack near another stack", WRITE, .unmapped = true, .va = 0x7ffc000ff000ULL,
	  .above = { 0x7ffc00120000ULL, 0x7ffc00140000ULL }, .above_vma = R | W | V(GROWSDOWN),
	  .below = { 0x7ffbffff0000ULL, 0x7ffc00000000ULL }, .below_vma = R | V(GROWSDOWN),
	  ENDS_AS(STACK_GROWTH, STACK_GROWS), .minor = 1, .bytes = 4096,
	  .effects = ALSO_IS(GROWTH) },
	{ "stack at the bottom", WRITE, .unmapped = true, .va = 0xfff8,
	  .above = { 0x20000, 0x40000 }, .above_vma = R | W | V(GROWSDOWN),
	  MAPERR(STACK_LOWEST) },
	{ "stack, one step above the bottom", WRITE, .unmapped = true, .va = 0x10008,
	  .above = { 0x20000, 0x40000 }, .above_vma = R | W | V(GROWSDOWN),
	  ENDS_AS(STACK_GROWTH, STACK_GROWS), .minor = 1, .bytes = 4096,
	  .effects = ALSO_IS(GROWTH) },
	{ "huge stack", WRITE, .unmapped = true, .va = START + 0x1000,
	  .above = { END, END + 0x1000 }, .above_vma = R | W | V(GROWSDOWN),
	  .thp = VMWALK_THP_ALWAYS, ENDS_AS(STACK_GROWTH, STACK_GROWS), .minor = 1,
	  .bytes = 4096, .effects = ALSO_IS(GROWTH) },
	{ "huge stack, aligned", WRITE, .unmapped = true, .va = START,
	  .above = { END, END + 0x1000 }, .above_vma = R | W | V(GROWSDOWN),
	  .thp = VMWALK_THP_ALWAYS, ENDS_AS(STACK_GROWTH, STACK_GROWS), .minor = 1,
	  .bytes = MIB2, .effects = ALSO_IS(GROWTH) | ALSO_IS(IF_FREE) },

	/* The CPU gets through. */
	{ "read", READ, .vma = R | W, .leaf = RW, ANON_PAGE, ENDS_AS(NONE, PERMITTED) },
	{ "write", WRITE, .vma = R | W, .leaf = RW, ANON_PAGE, ENDS_AS(NONE, PERMITTED) },
	{ "first write to a writable page", WRITE, .vma = R | W, .leaf = RW & ~E(DIRTY), ANON_PAGE,
	  ENDS_AS(NONE, PERMITTED), .effects = ALSO_IS(DIRTY) },
	{ "first read", READ, .vma = R, .leaf = RO & ~E(ACCESSED), ANON_PAGE,
	  ENDS_AS(NONE, PERMITTED), .effects = ALSO_IS(ACCESSED) },
	{ "exec", EXEC, .vma = R | X, .leaf = RX, FILE_PAGE_OF(FILE), ENDS_AS(NONE, PERMITTED) },
	{ "exec, with page-table isolation", EXEC, .vma = R | X, .leaf = RX, .top = E(NX),
	  FILE_PAGE_OF(FILE), ENDS_AS(NONE, PERMITTED) },
	{ "read of a write-only mapping", READ, .vma = W, .leaf = RW, ANON_PAGE,
	  ENDS_AS(NONE, PERMITTED) },
	{ "read of an exec-only mapping without keys", READ, .vma = X, .leaf = RX,
	  FILE_PAGE_OF(FILE), ENDS_AS(NONE, PERMITTED) },

	/* Keys: bit 2k of PKRU takes all of key k, bit 2k+1 writing. */
	{ "key 3 may not read", READ, .vma = R | W | V(PKEY0) | V(PKEY1), .pkru = 1 << 6,
	  .leaf = RW | E(PKEY0) | E(PKEY1), ANON_PAGE, PKUERR(PKEY), .effects = ALSO_IS(STALE) },
	{ "key 3 may not write, read", READ, .vma = R | W | V(PKEY0) | V(PKEY1), .pkru = 2 << 6,
	  .leaf = RW | E(PKEY0) | E(PKEY1), ANON_PAGE, ENDS_AS(NONE, PERMITTED),
	  .effects = ALSO_IS(STALE) },
	{ "key 3 may not write, write", WRITE, .vma = R | W | V(PKEY0) | V(PKEY1),
	  .pkru = 2 << 6, .leaf = RW | E(PKEY0) | E(PKEY1), ANON_PAGE, PKUERR(PKEY),
	  .effects = ALSO_IS(STALE) },
	{ "key 3 may nothing, fetch", EXEC, .vma = R | X | V(PKEY0) | V(PKEY1), .pkru = 3 << 6,
	  .leaf = RX | E(PKEY0) | E(PKEY1), ANON_PAGE, ENDS_AS(NONE, PERMITTED) },
	{ "key of the VMA alone, empty entry", READ, .vma = R | W | V(PKEY3),
	  .pkru = 1U << 16, ANON_EMPTY, PKUERR(PKEY), .effects = ALSO_IS(STALE), STOPS(PTE) },
	{ "key before the VMA's permissions", WRITE, .vma = V(PKEY0), .pkru = 1 << 2,
	  .kind = K(PROTNONE), ANON_EMPTY, PKUERR(PKEY), .effects = ALSO_IS(STALE), STOPS(PTE) },
	{ "other keys do not matter", READ, .vma = R | V(PKEY0), .pkru = ~0xcU,
	  .leaf = RO | E(PKEY0), ANON_PAGE, ENDS_AS(NONE, PERMITTED),
	  .effects = ALSO_IS(STALE) },
	{ "key not seen", READ, .vma = R | V(PKEY0), .leaf = RO | E(PKEY0), .pkru_unseen = true,
	  ANON_PAGE, CANNOT(PKEY_UNSEEN) },
	{ "no key, not seen", READ, .vma = R, .leaf = RO, .pkru_unseen = true, ANON_PAGE,
	  ENDS_AS(NONE, PERMITTED) },

	/* The VMA refuses. */
	{ "PROT_NONE", READ, .kind = K(PROTNONE), .leaf = E(ACCESSED), .fill = VMWALK_FILL_ZERO,
	  ACCERR(PROT_NONE), STOPS(PTE) },
	{ "PROT_NONE, empty", EXEC, ANON_EMPTY, ACCERR(PROT_NONE), STOPS(PTE) },
	{ "write to a read-only VMA", WRITE, .vma = R, .leaf = RO, ANON_PAGE,
	  ACCERR(NOT_WRITABLE), STOPS(PTE) },
	{ "write to a read-only VMA, empty", WRITE, .vma = R, ANON_EMPTY,
	  ACCERR(NOT_WRITABLE), STOPS(PTE) },
	{ "write to a shadow stack", WRITE, .vma = R | W | V(SHADOW_STACK), .leaf = RO | E(DIRTY),
	  ANON_PAGE, ACCERR(SHADOW_STACK), STOPS(PTE) },
	{ "exec of data", EXEC, .vma = R | W, .leaf = RW, ANON_PAGE, ACCERR(NOT_EXECUTABLE),
	  STOPS(PTE) },
	{ "exec, forbidden by a table", EXEC, .vma = R | X, .leaf = RX,
	  .tables = E(PRESENT) | E(USER) | E(WRITE) | E(NX), ANON_PAGE, ACCERR(NOT_EXECUTABLE),
	  STOPS(PUD) },
	{ "exec of an empty data page: filled, then refused", EXEC, .vma = R | W, ANON_EMPTY,
	  ACCERR(FILLED_NOT_EXECUTABLE), .minor = 1, .bytes = 4096, STOPS(PTE) },
	{ "exec of evicted data: read, then refused", EXEC, .vma = R, FILE_EMPTY(EVICTED),
	  ACCERR(FILLED_NOT_EXECUTABLE), .major = 1, .bytes = 4096, STOPS(PTE) },
	{ "exec of swapped data", EXEC, .vma = R | W, .kind = K(SWAP), ANON_EMPTY,
	  ACCERR(FILLED_NOT_EXECUTABLE), .minor = UNCOUNTED, .bytes = 4096, STOPS(PTE) },
	{ "exec of data behind the end", EXEC, .vma = R, FILE_EMPTY(ABSENT), .size = 0x1000,
	  .va = START + 0x1000, ADRERR(FILE_END), STOPS(PTE) },
	{ "exec of data that userfaultfd fills", EXEC, .vma = R | W | V(UFFD_MISSING), ANON_EMPTY,
	  UFFD(UFFD_MISSING, 4096), .effects = ALSO_IS(REPEAT), STOPS(PTE) },
	{ "exec of a driver's data", EXEC, .vma = R | W, .fill = VMWALK_FILL_DRIVER,
	  CANNOT(DRIVER), STOPS(PTE) },
	{ "exec of keyed data: no key stops a fetch", EXEC, .vma = R | W | V(PKEY0), ANON_EMPTY,
	  .pkru = 0xc, ACCERR(FILLED_NOT_EXECUTABLE), .minor = 1, .bytes = 4096, STOPS(PTE) },
	{ "closed to user mode", READ, .vma = R, .leaf = RO & ~E(USER), ANON_PAGE,
	  ACCERR(NOT_USER), STOPS(PTE) },

	/* A write to a present entry that is read-only. */
	{ "write, alone by the exclusive mark", WRITE, .vma = R | W, .leaf = RO, ANON_PAGE,
	  .traits = VMWALK_TRAIT(EXCLUSIVE), .mapcount = 1, .refcount = 7,
	  MINOR(ANON_ALONE, 4096), STOPS(PTE) },
	{ "write, last one since a fork", WRITE, .vma = R | W, .leaf = RO, ANON_PAGE,
	  .mapcount = 1, .refcount = 1, MINOR(ANON_ALONE, 4096), STOPS(PTE) },
	{ "write, last one, on its way to the LRU", WRITE, .vma = R | W, .leaf = RO, ANON_PAGE,
	  .page = P(ANON), .mapcount = 1, .refcount = 2, MINOR(ANON_ALONE, 4096), STOPS(PTE) },
	{ "write, last one, in the swap cache", WRITE, .vma = R | W, .leaf = RO, ANON_PAGE,
	  .page = P(ANON) | P(LRU) | P(SWAPCACHE), .mapcount = 1, .refcount = 2,
	  MINOR(ANON_ALONE, 4096), STOPS(PTE) },
	{ "write, shared by fork", WRITE, .vma = R | W, .leaf = RO, ANON_PAGE,
	  .mapcount = 2, .refcount = 2, COPY(ANON_SHARED, 4096, FORK), STOPS(PTE) },
	{ "write, held by someone", WRITE, .vma = R | W, .leaf = RO, ANON_PAGE,
	  .mapcount = 1, .refcount = 2, COPY(ANON_REFERENCED, 4096, REFERENCE), STOPS(PTE) },
	{ "write, merged", WRITE, .vma = R | W | V(MERGEABLE), .leaf = RO, ANON_PAGE,
	  .type = VMWALK_FRAME_KSM, .mapcount = 1, .refcount = 1, COPY(KSM, 4096, KSM),
	  STOPS(PTE) },
	{ "write to the zero page", WRITE, .vma = R | W, .leaf = RO | E(ZERO) | E(SPECIAL),
	  .kind = K(PAGE), .fill = VMWALK_FILL_ZERO, .type = VMWALK_FRAME_ZERO,
	  COPY(ZERO_PAGE, 4096, NONE), STOPS(PTE) },
	{ "write to the huge zero page", WRITE, .vma = R | W, .leaf = RO | E(ZERO) | E(HUGE),
	  .kind = K(PAGE), .shift = 21, .fill = VMWALK_FILL_ZERO,
	  .type = VMWALK_FRAME_HUGE_ZERO, COPY(HUGE_ZERO, 4096, NONE),
	  .effects = ALSO_IS(SPLIT), STOPS(PMD) },
	{ "write, huge and alone", WRITE, .vma = R | W, .leaf = RO | E(HUGE), ANON_PAGE,
	  .shift = 21, .mapcount = 1, .refcount = 1, MINOR(ANON_ALONE, MIB2), STOPS(PMD) },
	{ "write, huge and shared by fork", WRITE, .vma = R | W, .leaf = RO | E(HUGE), ANON_PAGE,
	  .shift = 21, .mapcount = 2, .refcount = 2, COPY(ANON_HUGE_SHARED, 4096, FORK),
	  .effects = ALSO_IS(SPLIT), STOPS(PMD) },
	{ "write, huge and held", WRITE, .vma = R | W, .leaf = RO | E(HUGE), ANON_PAGE,
	  .shift = 21, .page = P(ANON), .mapcount = 1, .refcount = 2,
	  COPY(ANON_HUGE_SHARED, 4096, FORK), .effects = ALSO_IS(SPLIT), STOPS(PMD) },
	{ "write, private file", WRITE, .vma = R | W, .leaf = RO, FILE_PAGE_OF(FILE),
	  COPY(PRIVATE_FILE, 4096, CACHE), STOPS(PTE) },
	{ "write, private shared memory", WRITE, .vma = R | W, .leaf = RO, FILE_PAGE_OF(SHMEM),
	  COPY(PRIVATE_FILE, 4096, CACHE), STOPS(PTE) },
	{ "write, private file, copied before and shared by fork", WRITE, .vma = R | W, .leaf = RO,
	  .kind = K(PAGE), .fill = VMWALK_FILL_FILE, .type = VMWALK_FRAME_ANON, .size = 0x400000,
	  .mapcount = 2, .refcount = 2, .page = P(ANON) | P(LRU),
	  COPY(ANON_SHARED, 4096, FORK), STOPS(PTE) },
	{ "write, shared file, clean", WRITE, .vma = R | W | S, .leaf = RO, FILE_PAGE_OF(FILE),
	  MINOR(SHARED_FILE, 4096), .effects = ALSO_IS(MKWRITE), STOPS(PTE) },
	{ "write, shared memory, soft-dirty cleared", WRITE, .vma = R | W | S, .leaf = RO,
	  FILE_PAGE_OF(SHMEM), MINOR(SHARED_FILE, 4096), STOPS(PTE) },
	{ "write, huge, shared file", WRITE, .vma = R | W | S, .leaf = RO | E(HUGE),
	  FILE_PAGE_OF(SHMEM), .shift = 21, MINOR(HUGE_FILE, 4096), .effects = ALSO_IS(SPLIT),
	  STOPS(PMD) },
	{ "write, huge, private file", WRITE, .vma = R | W, .leaf = RO | E(HUGE),
	  FILE_PAGE_OF(FILE), .shift = 21, COPY(HUGE_FILE, 4096, CACHE),
	  .effects = ALSO_IS(SPLIT), STOPS(PMD) },
	{ "write, bare frame", WRITE, .vma = R | W | S | V(PFNMAP), .leaf = RO | E(SPECIAL),
	  .kind = K(PAGE), .fill = VMWALK_FILL_DRIVER, CANNOT(PFN_WRITE), STOPS(PTE) },
	{ "write, userfaultfd protects it", WRITE, .vma = R | W | V(UFFD_WP),
	  .leaf = RO | E(UFFD_WP), ANON_PAGE, .traits = VMWALK_TRAIT(EXCLUSIVE),
	  UFFD(UFFD_WP, 4096), STOPS(PTE) },
	{ "write, protection left behind", WRITE, .vma = R | W, .leaf = RO | E(UFFD_WP),
	  ANON_PAGE, .traits = VMWALK_TRAIT(EXCLUSIVE), MINOR(ANON_ALONE, 4096), STOPS(PTE) },
	{ "read, userfaultfd protects it", READ, .vma = R | W | V(UFFD_WP),
	  .leaf = RO | E(UFFD_WP), ANON_PAGE, ENDS_AS(NONE, PERMITTED) },
	{ "write, frame not seen", WRITE, .vma = R | W, .leaf = RO, .kind = K(PAGE),
	  .fill = VMWALK_FILL_ZERO, CANNOT(FRAME_UNSEEN), STOPS(PTE) },
	{ "write, frame of a strange type", WRITE, .vma = R | W, .leaf = RO, ANON_PAGE,
	  .type = 77, CANNOT(INCONSISTENT), STOPS(PTE) },

	/* hugetlb, present. */
	{ "hugetlb, shared", WRITE, .vma = R | W | S | V(HUGETLB), .leaf = RO, HUGE_PAGE,
	  MINOR(HUGETLB_ALONE, MIB2), STOPS(PMD) },
	{ "hugetlb, private and alone", WRITE, .vma = R | W | V(HUGETLB), .leaf = RO, HUGE_PAGE,
	  .page = P(ANON), .mapcount = 1, MINOR(HUGETLB_ALONE, MIB2), STOPS(PMD) },
	{ "hugetlb, shared by fork", WRITE, .vma = R | W | V(HUGETLB), .leaf = RO, HUGE_PAGE,
	  .page = P(ANON), .mapcount = 2, .pool_free = 1, COPY(HUGETLB_SHARED, MIB2, HUGETLB),
	  STOPS(PMD) },
	{ "hugetlb, private page of a file", WRITE, .vma = R | W | V(HUGETLB), .leaf = RO,
	  HUGE_PAGE, .mapcount = 1, .pool_free = 1, COPY(HUGETLB_SHARED, MIB2, HUGETLB),
	  STOPS(PMD) },
	{ "hugetlb, shared by fork, pool empty", WRITE, .vma = R | W | V(HUGETLB), .leaf = RO,
	  HUGE_PAGE, .page = P(ANON), .mapcount = 2, CANNOT(HUGETLB_EMPTY), STOPS(PMD) },
	{ "hugetlb, protection left behind", WRITE, .vma = R | W | V(HUGETLB),
	  .leaf = RO | E(UFFD_WP), HUGE_PAGE, .page = P(ANON), .mapcount = 2,
	  ENDS_AS(MINOR, WP_LEFT), .minor = UNCOUNTED, .effects = ALSO_IS(REPEAT), STOPS(PMD) },
	{ "hugetlb, not seen", WRITE, .vma = R | W | V(HUGETLB), .leaf = RO, .kind = K(PAGE),
	  .shift = 21, .fill = VMWALK_FILL_HUGETLB, .page_bytes = MIB2, CANNOT(FRAME_UNSEEN),
	  STOPS(PMD) },

	/* Entries that are not present. */
	{ "NUMA hint", READ, .vma = R | W, .kind = K(PROTNONE), ANON_EMPTY,
	  ENDS_AS(HINT, NUMA_HINT), .minor = 1, .bytes = 4096, STOPS(PTE) },
	{ "NUMA hint, write to a writable page", WRITE, .vma = R | W, .kind = K(PROTNONE),
	  .leaf = E(WRITE), ANON_EMPTY, ENDS_AS(HINT, NUMA_HINT), .minor = 1, .bytes = 4096,
	  STOPS(PTE) },
	{ "NUMA hint, write to a read-only page", WRITE, .vma = R | W, .kind = K(PROTNONE),
	  ANON_EMPTY, ENDS_AS(HINT, NUMA_HINT), .minor = UNCOUNTED, .bytes = 4096,
	  .effects = ALSO_IS(REPEAT), STOPS(PTE) },
	{ "NUMA hint, huge", READ, .vma = R | W, .kind = K(PROTNONE), .shift = 21, ANON_EMPTY,
	  ENDS_AS(HINT, NUMA_HINT), .minor = 1, .bytes = MIB2, STOPS(PMD) },
	{ "poisoned", READ, .vma = R | W, .kind = K(HWPOISON), ANON_EMPTY, MCEERR(HWPOISON),
	  STOPS(PTE) },
	{ "swap-in failed before", READ, .vma = R | W, .kind = K(MARKER_POISON), ANON_EMPTY,
	  ADRERR(MARKER_POISON), STOPS(PTE) },
	{ "UFFDIO_POISON", READ, .vma = R | W, .kind = K(MARKER_POISON), ANON_EMPTY,
	  .release = 0x60c, MCEERR(MARKER_POISON), STOPS(PTE) },
	{ "guard region", READ, .vma = R | W, .kind = K(MARKER_GUARD), ANON_EMPTY,
	  MAPERR(MARKER_GUARD), STOPS(PTE) },
	{ "migrating", READ, .vma = R | W, .kind = K(MIGRATION), ANON_EMPTY,
	  MINOR(MIGRATION, 4096), STOPS(PTE) },
	{ "migrating, writable then", WRITE, .vma = R | W, .kind = K(MIGRATION),
	  .leaf = E(MIGRATE_WRITE), ANON_EMPTY, MINOR(MIGRATION, 4096), STOPS(PTE) },
	{ "migrating, read-only then", WRITE, .vma = R | W, .kind = K(MIGRATION), ANON_EMPTY,
	  ENDS_AS(MINOR, MIGRATION), .minor = UNCOUNTED, .bytes = 4096,
	  .effects = ALSO_IS(REPEAT), STOPS(PTE) },
	{ "being split", READ, .vma = R | W, .kind = K(SPLITTING), .shift = 21, ANON_EMPTY,
	  ENDS_AS(MINOR, SPLITTING), .minor = UNCOUNTED, .bytes = 4096,
	  .effects = ALSO_IS(REPEAT), STOPS(PMD) },
	{ "in a device", READ, .vma = R | W, .kind = K(DEVICE_PRIVATE), ANON_EMPTY,
	  MINOR(DEVICE_PRIVATE, 4096), STOPS(PTE) },
	{ "lent to a device", READ, .vma = R | W, .kind = K(DEVICE_EXCLUSIVE), ANON_EMPTY,
	  MINOR(DEVICE_EXCLUSIVE, 4096), STOPS(PTE) },
	{ "swapped", READ, .vma = R | W, .kind = K(SWAP), ANON_EMPTY, ENDS_AS(MAJOR, SWAPPED),
	  .minor = UNCOUNTED, .bytes = 4096, STOPS(PTE) },
	{ "swapped, userfaultfd protects it", WRITE, .vma = R | W | V(UFFD_WP), .kind = K(SWAP),
	  .leaf = E(UFFD_WP), ANON_EMPTY, ENDS_AS(USERFAULT, UFFD_WP), .minor = UNCOUNTED,
	  .bytes = 4096, .effects = ALSO_IS(REPEAT), STOPS(PTE) },
	{ "unknown entry", READ, .vma = R | W, .kind = K(UNKNOWN), ANON_EMPTY,
	  CANNOT(ENTRY_UNKNOWN), STOPS(PTE) },
	{ "damaged table", WRITE, .vma = R | W, .kind = K(BAD), .shift = 21, ANON_EMPTY,
	  CANNOT(ENTRY_UNKNOWN), STOPS(PMD) },
	{ "a walk that ends in a table", WRITE, .vma = R | W, .kind = K(TABLE), .leaf = RO,
	  ANON_EMPTY, CANNOT(INCONSISTENT), STOPS(PTE) },
	{ "kind out of range", READ, .vma = R | W, .kind = 1000, ANON_EMPTY,
	  CANNOT(INCONSISTENT), STOPS(PTE) },
	{ "fill out of range", READ, .vma = R | W, .fill = 1000, CANNOT(INCONSISTENT), STOPS(PTE) },

	/* Nothing there yet: anonymous memory. */
	{ "first read", READ, .vma = R | W, ANON_EMPTY, MINOR(ZERO_READ, 4096), STOPS(PTE) },
	{ "first write", WRITE, .vma = R | W, ANON_EMPTY, MINOR(ZERO_FILL, 4096), STOPS(PTE) },
	{ "first write, huge", WRITE, .vma = R | W, ANON_EMPTY, .shift = 21,
	  .thp = VMWALK_THP_ALWAYS, MINOR(HUGE_FILL, MIB2), .effects = ALSO_IS(IF_FREE),
	  STOPS(PMD) },
	{ "first write, empty pud entry", WRITE, .vma = R | W, ANON_EMPTY, .shift = 30,
	  .thp = VMWALK_THP_ALWAYS, MINOR(HUGE_FILL, MIB2), .effects = ALSO_IS(IF_FREE),
	  STOPS(PUD) },
	{ "first write, there is a pte table", WRITE, .vma = R | W, ANON_EMPTY,
	  .thp = VMWALK_THP_ALWAYS, MINOR(ZERO_FILL, 4096), STOPS(PTE) },
	{ "first write, huge page would reach out", WRITE, .vma = R | W, ANON_EMPTY, .shift = 21,
	  .end = START + 0x1ff000, .thp = VMWALK_THP_ALWAYS, MINOR(ZERO_FILL, 4096), STOPS(PMD) },
	{ "first write, madvise wanted", WRITE, .vma = R | W, ANON_EMPTY, .shift = 21,
	  .thp = VMWALK_THP_MADVISE, MINOR(ZERO_FILL, 4096), STOPS(PMD) },
	{ "first write, madvise given", WRITE, .vma = R | W | V(HUGEPAGE), ANON_EMPTY, .shift = 21,
	  .thp = VMWALK_THP_MADVISE, MINOR(HUGE_FILL, MIB2), .effects = ALSO_IS(IF_FREE),
	  STOPS(PMD) },
	{ "first write, MADV_NOHUGEPAGE", WRITE, .vma = R | W | V(NOHUGEPAGE), ANON_EMPTY,
	  .shift = 21, .thp = VMWALK_THP_ALWAYS, MINOR(ZERO_FILL, 4096), STOPS(PMD) },
	{ "first write, prctl", WRITE, .vma = R | W | V(HUGEPAGE), ANON_EMPTY, .shift = 21,
	  .thp_disabled = 1, .thp = VMWALK_THP_ALWAYS, MINOR(ZERO_FILL, 4096), STOPS(PMD) },
	{ "first read, huge zero", READ, .vma = R | W, ANON_EMPTY, .shift = 21,
	  .thp = VMWALK_THP_ALWAYS, MINOR(HUGE_ZERO_READ, MIB2), .effects = ALSO_IS(IF_FREE),
	  STOPS(PMD) },
	{ "first read, no huge zero", READ, .vma = R | W, ANON_EMPTY, .shift = 21,
	  .no_huge_zero = true, .thp = VMWALK_THP_ALWAYS, MINOR(HUGE_FILL, MIB2),
	  .effects = ALSO_IS(IF_FREE), STOPS(PMD) },
	{ "userfaultfd fills", READ, .vma = R | W | V(UFFD_MISSING), ANON_EMPTY, .shift = 21,
	  .thp = VMWALK_THP_ALWAYS, UFFD(UFFD_MISSING, 4096), STOPS(PMD) },

	/* Files. */
	{ "cached, read", READ, .vma = R, FILE_EMPTY(UPTODATE), MINOR(FILE_CACHED, 4096),
	  .effects = ALSO_IS(AROUND) | ALSO_IS(RETRY), STOPS(PTE) },
	{ "cached, exec", EXEC, .vma = R | X, FILE_EMPTY(DIRTY), MINOR(FILE_CACHED, 4096),
	  .effects = ALSO_IS(AROUND) | ALSO_IS(RETRY), STOPS(PTE) },
	{ "cached, private write", WRITE, .vma = R | W, FILE_EMPTY(WRITEBACK),
	  COPY(FILE_CACHED, 4096, CACHE), .effects = ALSO_IS(RETRY), STOPS(PTE) },
	{ "cached, shared write", WRITE, .vma = R | W | S, FILE_EMPTY(UPTODATE),
	  MINOR(FILE_CACHED, 4096), .effects = ALSO_IS(MKWRITE) | ALSO_IS(RETRY), STOPS(PTE) },
	{ "absent, read", READ, .vma = R, FILE_EMPTY(ABSENT), MAJOR(FILE_ABSENT), STOPS(PTE) },
	{ "evicted, private write", WRITE, .vma = R | W, FILE_EMPTY(EVICTED),
	  MAJOR(FILE_ABSENT), .origin = VMWALK_ORIGIN_CACHE, STOPS(PTE) },
	{ "absent, shared write", WRITE, .vma = R | W | S, FILE_EMPTY(ABSENT),
	  MAJOR(FILE_ABSENT), .effects = ALSO_IS(MKWRITE), STOPS(PTE) },
	{ "hole, read", READ, .vma = R, FILE_EMPTY(ABSENT), .block = VMWALK_BLOCK_HOLE,
	  MAJOR(FILE_HOLE), STOPS(PTE) },
	{ "hole, private write", WRITE, .vma = R | W, FILE_EMPTY(ABSENT),
	  .block = VMWALK_BLOCK_HOLE, MAJOR(FILE_HOLE), .origin = VMWALK_ORIGIN_CACHE, STOPS(PTE) },
	{ "hole, shared write", WRITE, .vma = R | W | S, FILE_EMPTY(ABSENT),
	  .block = VMWALK_BLOCK_HOLE, MAJOR(FILE_HOLE), .effects = ALSO_IS(MKWRITE), STOPS(PTE) },
	{ "being read, read", READ, .vma = R, FILE_EMPTY(READING), MAJOR(FILE_READING),
	  STOPS(PTE) },
	{ "being read, private write", WRITE, .vma = R | W, FILE_EMPTY(READING),
	  MAJOR(FILE_READING), .origin = VMWALK_ORIGIN_CACHE, STOPS(PTE) },
	{ "being read, shared write", WRITE, .vma = R | W | S, FILE_EMPTY(READING),
	  MAJOR(FILE_READING), .effects = ALSO_IS(MKWRITE), STOPS(PTE) },
	{ "last page of a file, in part", READ, .vma = R, FILE_EMPTY(UPTODATE), .size = 0x1001,
	  MINOR(FILE_CACHED, 4096), .effects = ALSO_IS(AROUND) | ALSO_IS(RETRY), STOPS(PTE) },
	{ "first page behind a file", READ, .vma = R, FILE_EMPTY(ABSENT), .size = 0x1000,
	  ADRERR(FILE_END), STOPS(PTE) },
	{ "poisoned in the page cache", READ, .vma = R, FILE_EMPTY(POISON), MCEERR(FILE_POISON),
	  STOPS(PTE) },
	{ "cache not seen", READ, .vma = R, FILE_EMPTY(NONE), .cache_unseen = true,
	  CANNOT(CACHE_UNSEEN), STOPS(PTE) },
	{ "end of the file, cache not seen", READ, .vma = R, FILE_EMPTY(NONE), .size = 1,
	  .cache_unseen = true, ADRERR(FILE_END), STOPS(PTE) },
	{ "DAX", READ, .vma = R, FILE_EMPTY(NONE), CANNOT(DRIVER), STOPS(PTE) },

	/* Shared memory. */
	{ "shmem, there, read", READ, .vma = R | W | S, SHMEM_EMPTY(DIRTY),
	  MINOR(SHMEM_CACHED, 4096), .effects = ALSO_IS(AROUND), STOPS(PTE) },
	{ "shmem, there, write", WRITE, .vma = R | W | S, SHMEM_EMPTY(DIRTY),
	  MINOR(SHMEM_CACHED, 4096), STOPS(PTE) },
	{ "shmem, there, private write", WRITE, .vma = R | W, SHMEM_EMPTY(UPTODATE),
	  COPY(SHMEM_CACHED, 4096, CACHE), STOPS(PTE) },
	{ "shmem, new", WRITE, .vma = R | W | S, SHMEM_EMPTY(ABSENT), MINOR(SHMEM_FRESH, 4096),
	  STOPS(PTE) },
	{ "shmem, new, private write", WRITE, .vma = R | W, SHMEM_EMPTY(ABSENT),
	  COPY(SHMEM_FRESH, 4096, CACHE), STOPS(PTE) },
	{ "shmem, swapped", READ, .vma = R | W | S, SHMEM_EMPTY(SWAPPED),
	  ENDS_AS(MAJOR, SHMEM_SWAPPED), .minor = UNCOUNTED, .bytes = 4096, STOPS(PTE) },
	{ "shmem, behind the end", READ, .vma = R | W | S, SHMEM_EMPTY(ABSENT), .size = 0x1000,
	  ADRERR(FILE_END), STOPS(PTE) },
	{ "shmem, poisoned", READ, .vma = R | W | S, SHMEM_EMPTY(POISON), MCEERR(FILE_POISON),
	  STOPS(PTE) },
	{ "shmem, userfaultfd fills", READ, .vma = R | W | S | V(UFFD_MISSING),
	  SHMEM_EMPTY(ABSENT), UFFD(UFFD_MISSING, 4096), STOPS(PTE) },
	{ "shmem, there, userfaultfd fills the missing", READ,
	  .vma = R | W | S | V(UFFD_MISSING), SHMEM_EMPTY(DIRTY), MINOR(SHMEM_CACHED, 4096),
	  .effects = ALSO_IS(AROUND), STOPS(PTE) },
	{ "shmem, there, userfaultfd maps", READ, .vma = R | W | S | V(UFFD_MINOR),
	  SHMEM_EMPTY(DIRTY), UFFD(UFFD_MINOR, 4096), STOPS(PTE) },
	{ "shmem, protected while away, write", WRITE, .vma = R | W | S | V(UFFD_WP),
	  .kind = K(MARKER_UFFD_WP), SHMEM_EMPTY(DIRTY), ENDS_AS(USERFAULT, UFFD_WP),
	  .minor = UNCOUNTED, .bytes = 4096, .effects = ALSO_IS(REPEAT), STOPS(PTE) },
	{ "shmem, protected while away, read", READ, .vma = R | W | S | V(UFFD_WP),
	  .kind = K(MARKER_UFFD_WP), SHMEM_EMPTY(DIRTY), MINOR(SHMEM_CACHED, 4096),
	  .effects = ALSO_IS(AROUND), STOPS(PTE) },

	/* Whether what is mapped is huge, the page cache alone knows. */
	{ "shmem, there, perhaps huge", READ, .vma = R | W | S, SHMEM_EMPTY(DIRTY), .shift = 21,
	  MINOR(SHMEM_CACHED, UNKNOWN), .effects = ALSO_IS(AROUND), STOPS(PMD) },
	{ "shmem, new, perhaps huge", WRITE, .vma = R | W | S, SHMEM_EMPTY(ABSENT), .shift = 30,
	  MINOR(SHMEM_FRESH, UNKNOWN), STOPS(PUD) },
	{ "shmem, private write: copied, so small", WRITE, .vma = R | W, SHMEM_EMPTY(ABSENT),
	  .shift = 21, COPY(SHMEM_FRESH, 4096, CACHE), STOPS(PMD) },
	{ "file, perhaps huge", READ, .vma = R, FILE_EMPTY(ABSENT), .shift = 21,
	  ENDS_AS(MAJOR, FILE_ABSENT), .major = 1, .bytes = UNKNOWN, STOPS(PMD) },
	{ "file, the VMA is too small", READ, .vma = R, FILE_EMPTY(ABSENT), .shift = 21,
	  .end = START + 0x1ff000, MAJOR(FILE_ABSENT), STOPS(PMD) },
	{ "file, mapped from the middle of a huge page", READ, .vma = R, FILE_EMPTY(ABSENT),
	  .shift = 21, .shifted = 0x1000, MAJOR(FILE_ABSENT), STOPS(PMD) },
	{ "exec of data, perhaps huge", EXEC, .vma = R, FILE_EMPTY(ABSENT), .shift = 21,
	  ACCERR(FILLED_NOT_EXECUTABLE), .major = 1, .bytes = UNKNOWN, STOPS(PMD) },

	/* hugetlb, nothing there yet. */
	{ "hugetlb, new", WRITE, .vma = R | W | V(HUGETLB), HUGE_EMPTY(ABSENT), .pool_free = 1,
	  .pool_reserved = 1, MINOR(HUGETLB_FRESH, MIB2), STOPS(PMD) },
	{ "hugetlb, new, all promised to others", WRITE,
	  .vma = R | W | V(HUGETLB) | V(NORESERVE), HUGE_EMPTY(ABSENT), .pool_free = 1,
	  .pool_reserved = 1, ADRERR(HUGETLB_EMPTY), STOPS(PMD) },
	{ "hugetlb, pool empty", READ, .vma = R | W | S | V(HUGETLB), HUGE_EMPTY(ABSENT),
	  ADRERR(HUGETLB_EMPTY), STOPS(PMD) },
	{ "hugetlb, no such pool", READ, .vma = R | W | S | V(HUGETLB), HUGE_EMPTY(ABSENT),
	  .no_pool = true, ADRERR(HUGETLB_EMPTY), STOPS(PMD) },
	{ "hugetlb, pool empty, overcommit", READ, .vma = R | W | S | V(HUGETLB),
	  HUGE_EMPTY(ABSENT), .pool_overcommit = 1, MINOR(HUGETLB_FRESH, MIB2),
	  .effects = ALSO_IS(OVERCOMMIT), STOPS(PMD) },
	{ "hugetlb, behind the last whole page", READ, .vma = R | W | S | V(HUGETLB),
	  HUGE_EMPTY(ABSENT), .pool_free = 9, .va = START + MIB2, .size = 2 * MIB2 - 1,
	  ADRERR(HUGETLB_END), STOPS(PMD) },
	{ "hugetlb, userfaultfd fills", READ, .vma = R | W | S | V(HUGETLB) | V(UFFD_MISSING),
	  HUGE_EMPTY(ABSENT), .pool_free = 9, UFFD(UFFD_MISSING, MIB2), STOPS(PMD) },
	{ "hugetlb, there", WRITE, .vma = R | W | S | V(HUGETLB), HUGE_EMPTY(DIRTY),
	  MINOR(HUGETLB_CACHED, MIB2), STOPS(PMD) },
	{ "hugetlb, there, userfaultfd maps", WRITE, .vma = R | W | S | V(HUGETLB) | V(UFFD_MINOR),
	  HUGE_EMPTY(DIRTY), UFFD(UFFD_MINOR, MIB2), STOPS(PMD) },
	{ "hugetlb, there, private write", WRITE, .vma = R | W | V(HUGETLB), HUGE_EMPTY(UPTODATE),
	  .pool_free = 1, COPY(HUGETLB_CACHED, MIB2, HUGETLB), STOPS(PMD) },
	{ "hugetlb, there, private write, pool empty", WRITE, .vma = R | W | V(HUGETLB),
	  HUGE_EMPTY(UPTODATE), ADRERR(HUGETLB_EMPTY), STOPS(PMD) },
	{ "hugetlb, poisoned", READ, .vma = R | W | S | V(HUGETLB), HUGE_EMPTY(POISON),
	  MCEERR(FILE_POISON), STOPS(PMD) },
	{ "hugetlb, cache not seen", READ, .vma = R | W | S | V(HUGETLB), HUGE_EMPTY(NONE),
	  .cache_unseen = true, .pool_free = 1, CANNOT(CACHE_UNSEEN), STOPS(PMD) },

	/* Drivers. */
	{ "vdso", EXEC, .vma = R | X, .fill = VMWALK_FILL_DRIVER, .use = VMWALK_USE_VDSO,
	  MINOR(SPECIAL, 4096), STOPS(PTE) },
	{ "driver", READ, .vma = R | W | S, .fill = VMWALK_FILL_DRIVER, .use = VMWALK_USE_DEVICE,
	  CANNOT(DRIVER), STOPS(PTE) },
};

static __u64 or_else(__u64 value, __u64 otherwise)
{
	return value ? value : otherwise;
}

static void walk_make(const struct situation *s, struct vmwalk_walk *walk)
{
	static const struct { __u32 level, shift; } above[] = {
		{ VMWALK_LEVEL_PGD, 39 }, { VMWALK_LEVEL_P4D, 39 }, { VMWALK_LEVEL_PUD, 30 },
		{ VMWALK_LEVEL_PMD, 21 }, { VMWALK_LEVEL_PTE, 12 },
	};
	__u32 shift = s->shift ? s->shift : 12, i;
	__u64 tables = or_else(s->tables, E(PRESENT) | E(USER) | E(WRITE) | E(ACCESSED));

	for (i = 0; i < COUNT(above); i++) {
		struct vmwalk_entry *entry = &walk->entry[walk->depth++];

		entry->level = above[i].level;
		entry->shift = above[i].shift;
		entry->kind = VMWALK_KIND_TABLE;
		entry->flags = tables | (i ? 0 : s->top);
		if (above[i].level == VMWALK_LEVEL_P4D)
			entry->kind = VMWALK_KIND_FOLDED;
		else if (above[i].shift == shift)
			break;
	}
	walk->entry[walk->depth - 1].kind = s->kind;
	walk->entry[walk->depth - 1].flags = s->leaf;
	walk->kind = s->kind;
}

static struct vmwalk_dossier dossier_of(const struct situation *s)
{
	__u64 va = or_else(s->va, START + 0x1234);
	struct vmwalk_dossier dossier = {
		.has = VMWALK_HAS(BASE) | (s->unmapped ? 0 : VMWALK_HAS(VMA)),
		.walk = { .va = va, .kind = VMWALK_KIND_NOVMA },
		.vma = {
			.start = START, .end = or_else(s->end, END), .attributes = s->vma,
			.use = s->use, .page_bytes = or_else(s->page_bytes, 4096),
		},
		.frame = {
			.has = VMWALK_HAS(BASE) | (s->type ? VMWALK_HAS(PAGE) : 0),
			.type = s->type, .traits = (__u32)s->traits, .mapcount = s->mapcount,
			.refcount = s->refcount, .page_flags = s->page,
		},
		.backing = {
			.has = VMWALK_HAS(BASE) | (s->size ? VMWALK_HAS(BACKED) : 0) |
			       (s->cache_unseen ? 0 : VMWALK_HAS(PAGE)),
			.fill = s->fill, .cache = s->cache, .block_state = s->block,
			.offset = s->size ? va - START + s->shifted : 0, .size = s->size,
		},
		.around = {
			.has = VMWALK_HAS(BASE) | (s->pkru_unseen ? 0 : VMWALK_HAS(REGS)),
			.task_size = or_else(s->task_size, USER_END),
			.above = { s->above[0], s->above[1] }, .above_attributes = s->above_vma,
			.below = { s->below[0], s->below[1] }, .below_attributes = s->below_vma,
			.stack_limit = or_else(s->stack_limit, ~0ULL),
			.as_limit = or_else(s->as_limit, ~0ULL), .total_bytes = 0x100000,
			.thp_disabled = s->thp_disabled, .pkru = s->pkru,
		},
	};

	if (!s->unmapped)
		walk_make(s, &dossier.walk);
	return dossier;
}

static struct vmwalk_system system_of(const struct situation *s)
{
	return (struct vmwalk_system) {
		.release = s->release ? s->release : 0x601, .page_bytes = 4096,
		.huge_bytes = MIB2, .min_addr = 0x10000, .gap_bytes = 256 * 4096,
		.thp = s->thp, .huge_zero = !s->no_huge_zero, .vsyscall = s->vsyscall,
		.pools = 2,
		.pool = {
			{ .bytes = 1 << 30, .free = 7 },
			{ .bytes = s->no_pool ? 0x10000 : MIB2, .free = s->pool_free,
			  .reserved = s->pool_reserved, .overcommit = s->pool_overcommit },
		},
	};
}

#define EXPECT(s, what, got, want)						\
	do {									\
		unsigned long long got_ = (got), want_ = (want);		\
										\
		if (got_ != want_)						\
			fail_msg("%s: %s is %llu, must be %llu", (s)->name, (what),	\
				 got_, want_);					\
	} while (0)

#define EXPECT_NAME(s, what, names, got, want)					\
	do {									\
		if ((got) != (want))						\
			fail_msg("%s: %s is %s, must be %s", (s)->name, (what),	\
				 (names)[got].name, (names)[want].name);	\
	} while (0)

static void every_situation(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(situations); i++) {
		const struct situation *s = &situations[i];
		struct vmwalk_dossier dossier = dossier_of(s);
		struct vmwalk_system system = system_of(s);
		bool counted = s->minor != UNCOUNTED;
		struct vmwalk_fault out;

		memset(&out, 0xff, sizeof(out));
		assert_int_equal(tested_predict(&dossier, &system, (__u32)s->access, &out), 0);
		EXPECT_NAME(s, "outcome", vmwalk_outcomes, out.outcome, s->outcome);
		EXPECT_NAME(s, "reason", vmwalk_reasons, out.reason, s->reason);
		EXPECT_NAME(s, "origin", vmwalk_origins, out.origin, s->origin);
		EXPECT(s, "address", out.va, dossier.walk.va);
		EXPECT(s, "access", out.access, (__u32)s->access);
		EXPECT(s, "signal", out.signal, (__u32)s->signal);
		EXPECT(s, "si_code", (__u32)out.si_code, (__u32)s->si_code);
		EXPECT(s, "counted", !!(out.has & VMWALK_HAS(FAULTS)), counted);
		EXPECT(s, "minor", out.minor, counted ? s->minor : 0);
		EXPECT(s, "major", out.major, counted ? s->major : 0);
		EXPECT(s, "known", !!(out.has & VMWALK_HAS(KNOWN)), s->bytes != UNKNOWN);
		EXPECT(s, "bytes", out.bytes, s->bytes == UNKNOWN ? 0 : s->bytes);
		EXPECT(s, "effects", out.effects, s->effects);
		EXPECT(s, "stop", !!(out.has & VMWALK_HAS(STOP)), s->level > 0);
		EXPECT(s, "level", out.level, s->level ? (__u32)s->level - 1 : 0);
		EXPECT(s, "pad", out.pad, 0);
	}
}

/* Facts as the situation gives them, and those of the access that it leads to. */
static const struct rule *rule_of(const struct situation *s, bool grown, __u32 access)
{
	struct vmwalk_dossier dossier = dossier_of(s);
	struct vmwalk_system system = system_of(s);
	struct scene scene;

	scene_set(&scene, &dossier, &system, access);
	if (grown)
		scene_grow(&scene);
	return rule_find(&scene);
}

/* A rule without a situation is a rule nobody has looked at. */
static void every_rule_has_a_situation(void **state)
{
	bool hit[COUNT(rules)] = { false };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(situations); i++) {
		const struct situation *s = &situations[i];
		const struct rule *rule = rule_of(s, false, (__u32)s->access);

		hit[rule - rules] = true;
		if (rule->next == NEXT_GROW)
			hit[rule_of(s, true, (__u32)s->access) - rules] = true;
	}
	for (i = 0; i < COUNT(rules); i++)
		if (!hit[i])
			fail_msg("no situation for rule %zu: %s, %s", i,
				 vmwalk_outcomes[rules[i].outcome].name,
				 vmwalk_reasons[rules[i].reason].name);
}

static void expect_all(const char *what, const struct vmwalk_name *names, unsigned int nr,
		       __u64 (*of)(const struct situation *, unsigned int))
{
	unsigned int number;
	size_t i;

	for (number = 0; number < nr; number++) {
		for (i = 0; i < COUNT(situations); i++)
			if (of(&situations[i], number))
				break;
		if (i == COUNT(situations))
			fail_msg("no situation for %s %s", what, names[number].name);
	}
}

static __u64 is_outcome(const struct situation *s, unsigned int number)
{
	return s->outcome == number;
}

static __u64 is_reason(const struct situation *s, unsigned int number)
{
	return s->reason == number;
}

static __u64 is_origin(const struct situation *s, unsigned int number)
{
	return s->origin == number;
}

static __u64 is_effect(const struct situation *s, unsigned int number)
{
	return s->effects & VMWALK_BIT(number);
}

static void every_word_has_a_situation(void **state)
{
	(void)state;
	expect_all("outcome", vmwalk_outcomes, VMWALK_OUTCOME_NR, is_outcome);
	expect_all("reason", vmwalk_reasons, VMWALK_REASON_NR, is_reason);
	expect_all("origin", vmwalk_origins, VMWALK_ORIGIN_NR, is_origin);
	expect_all("effect", vmwalk_effects, VMWALK_EFFECT_NR, is_effect);
}

static void levels_are_checked(void **state)
{
	struct vmwalk_walk walk = {
		.depth = 3,
		.entry = {
			{ .kind = K(TABLE), .flags = RW },	/* NX is not the user's */
			{ .kind = K(FOLDED) },
			{ .kind = K(PAGE), .flags = RW },
		},
	};

	(void)state;
	assert_int_equal(tested_check(&walk, 0, EXEC), VMWALK_CHECK_PASS);
	assert_int_equal(tested_check(&walk, 1, WRITE), VMWALK_CHECK_PASS);
	assert_int_equal(tested_check(&walk, 2, EXEC), VMWALK_CHECK_EXEC);
	assert_int_equal(tested_check(&walk, 2, WRITE), VMWALK_CHECK_PASS);
	walk.entry[2].flags = RO;
	assert_int_equal(tested_check(&walk, 2, READ), VMWALK_CHECK_PASS);
	assert_int_equal(tested_check(&walk, 2, WRITE), VMWALK_CHECK_WRITE);
	walk.entry[2].flags = E(PRESENT) | E(WRITE);
	assert_int_equal(tested_check(&walk, 2, READ), VMWALK_CHECK_USER);
	walk.entry[2].kind = K(PROTNONE);
	assert_int_equal(tested_check(&walk, 2, READ), VMWALK_CHECK_ABSENT);
}

/* Records that keep no promise are told so, or somehow, without harm. */
static void damaged_records(void **state)
{
	struct vmwalk_system system = { .page_bytes = 4096, .pools = 77 };
	struct vmwalk_dossier dossier;
	struct vmwalk_fault out;
	unsigned int byte;
	__u32 access, depth;

	(void)state;
	for (byte = 0; byte < 256; byte++) {
		for (depth = 0; depth <= VMWALK_DEPTH + 1; depth++) {
			memset(&dossier, (int)byte, sizeof(dossier));
			dossier.walk.depth = depth;
			for (access = 0; access < VMWALK_ACCESS_NR; access++) {
				assert_int_equal(tested_predict(&dossier, &system, access,
								&out), 0);
				assert_true(out.outcome < VMWALK_OUTCOME_NR);
				assert_true(out.reason < VMWALK_REASON_NR);
			}
		}
	}
	assert_int_equal(tested_predict(&dossier, &system, VMWALK_ACCESS_NR, &out), -EINVAL);
	memset(&dossier, 0, sizeof(dossier));
	memset(&system, 0, sizeof(system));	/* a machine that says nothing */
	assert_int_equal(tested_predict(&dossier, &system, READ, &out), 0);
	dossier.has = VMWALK_HAS(VMA);
	assert_int_equal(tested_predict(&dossier, &system, READ, &out), 0);
	assert_int_equal(out.reason, VMWALK_REASON_INCONSISTENT);
	dossier.walk.depth = 0xffffffff;
	assert_int_equal(tested_predict(&dossier, &system, READ, &out), 0);
	assert_int_equal(out.reason, VMWALK_REASON_INCONSISTENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_situation),
		cmocka_unit_test(every_rule_has_a_situation),
		cmocka_unit_test(every_word_has_a_situation),
		cmocka_unit_test(levels_are_checked),
		cmocka_unit_test(damaged_records),
	};

	return cmocka_run_group_tests_name("fault", tests, NULL, NULL);
}
