// SPDX-License-Identifier: GPL-2.0
/*
 * fault.c - what an access to memory would do, as an ordered table of rules
 *
 * Facts about the access are taken once, as bits; the first rule that they
 * satisfy says how it ends. The order is that of the CPU's walk, then of
 * do_user_addr_fault() and access_error() (arch/x86/mm/fault.c), then of
 * handle_mm_fault() and below (mm/memory.c, huge_memory.c, hugetlb.c, shmem.c,
 * filemap.c) in Linux 6.1. Each rule names the function it follows.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "fault.h"

#ifndef SEGV_PKUERR
#define SEGV_PKUERR	4	/* include/uapi/asm-generic/siginfo.h */
#endif

#define VSYSCALL_PAGE	0xffffffffff600000ULL	/* arch/x86/include/uapi/asm/vsyscall.h */
#define VSYSCALL_BYTES	0x1000ULL
#define VSYSCALL_STEP	0x400ULL		/* from one call to the next */
#define VSYSCALL_CALLS	3ULL

/* The access and what it meets; a growing stack is met as if it had grown. */
struct scene {
	const struct vmwalk_dossier *dossier;
	const struct vmwalk_system *system;
	const struct vmwalk_entry *last;	/* where the walk ends; NULL without a VMA */
	__u32 access;
	__u32 stop;		/* index of the level the CPU stops at, or depth */
	__u32 kind;		/* of @last */
	__u32 fill;
	bool mapped;		/* there is a VMA, or the stack has grown */
	bool grown;
	__u64 attributes;	/* of the VMA */
	__u64 start, end;	/* of the VMA */
};

static bool has_attribute(const struct scene *scene, __u64 attribute)
{
	return scene->attributes & attribute;
}

static bool has_flag(const struct scene *scene, __u64 flag)
{
	return scene->last && scene->last->flags & flag;
}

static __u64 round_down(__u64 value, __u64 unit)
{
	return unit ? value - value % unit : value;
}

/* Where the access is. */

/* On x86-64 the bits above the highest that is walked must equal it. */
static bool is_noncanonical(const struct scene *scene)
{
	unsigned int bits = scene->dossier->around.task_size > VMWALK_BIT(47) ? 57 : 48;
	__u64 high = scene->dossier->walk.va >> (bits - 1);

	return high && high != ~0ULL >> (bits - 1);
}

static bool is_vsyscall(const struct scene *scene)
{
	return scene->dossier->walk.va - VSYSCALL_PAGE < VSYSCALL_BYTES;
}

static bool is_vsyscall_call(const struct scene *scene)
{
	__u64 offset = scene->dossier->walk.va - VSYSCALL_PAGE;

	return offset % VSYSCALL_STEP == 0 && offset / VSYSCALL_STEP < VSYSCALL_CALLS;
}

static bool vsyscall_runs(const struct scene *scene)
{
	return scene->system->vsyscall != VMWALK_VSYSCALL_NONE;
}

static bool vsyscall_reads(const struct scene *scene)
{
	return scene->system->vsyscall == VMWALK_VSYSCALL_EMULATE;
}

static bool is_kernel_half(const struct scene *scene)
{
	__u64 task_size = scene->dossier->around.task_size;

	return scene->dossier->walk.va >= (task_size ? task_size : VMWALK_BIT(63));
}

static bool is_mapped(const struct scene *scene)
{
	return scene->mapped;
}

/* A stack above, and whether it may come down to here: expand_downwards(). */

static const __u64 *above(const struct scene *scene)
{
	return scene->dossier->around.above;
}

static __u64 page_start(const struct scene *scene)
{
	return round_down(scene->dossier->walk.va, scene->system->page_bytes);
}

static bool is_below_stack(const struct scene *scene)
{
	return above(scene)[1] > above(scene)[0] && above(scene)[0] > scene->dossier->walk.va &&
	       scene->dossier->around.above_attributes & VMWALK_VMA_FLAG(GROWSDOWN);
}

static bool is_below_lowest(const struct scene *scene)
{
	return page_start(scene) < scene->system->min_addr;
}

/* Another stack, and a VMA that allows nothing, may be near. */
static bool is_in_gap(const struct scene *scene)
{
	const struct vmwalk_around *around = &scene->dossier->around;
	__u64 some = VMWALK_VMA_FLAG(READ) | VMWALK_VMA_FLAG(WRITE) | VMWALK_VMA_FLAG(EXEC);

	return around->below[1] > around->below[0] &&
	       !(around->below_attributes & VMWALK_VMA_FLAG(GROWSDOWN)) &&
	       around->below_attributes & some &&
	       page_start(scene) - around->below[1] < scene->system->gap_bytes;
}

/* may_expand_vm() counts whole pages. */
static bool is_over_as(const struct scene *scene)
{
	const struct vmwalk_around *around = &scene->dossier->around;
	__u64 growth = above(scene)[0] - page_start(scene);

	return growth + around->total_bytes >
	       round_down(around->as_limit, scene->system->page_bytes);
}

static bool is_over_stack(const struct scene *scene)
{
	return above(scene)[1] - page_start(scene) > scene->dossier->around.stack_limit;
}

/* What the CPU finds. */

static bool is_present(const struct scene *scene)
{
	return scene->kind == VMWALK_KIND_PAGE;
}

static bool is_permitted(const struct scene *scene)
{
	return scene->last && is_present(scene) && scene->stop == scene->dossier->walk.depth;
}

static bool stops_at(const struct scene *scene, enum vmwalk_check check)
{
	return scene->last && scene->stop < scene->dossier->walk.depth &&
	       vmwalk_fault_check(&scene->dossier->walk, scene->stop, scene->access) == check;
}

static bool is_user_closed(const struct scene *scene)
{
	return is_present(scene) && stops_at(scene, VMWALK_CHECK_USER);
}

static bool is_huge(const struct scene *scene)
{
	return scene->last && scene->last->shift < 64 &&
	       VMWALK_BIT(scene->last->shift) > scene->system->page_bytes;
}

/* Protection keys: two bits a key in PKRU, access disable and write disable. */

static unsigned int vma_key(const struct scene *scene)
{
	return (scene->attributes >> VMWALK_VMA_FLAG_BIT_PKEY0) & 15;
}

/* Only a present leaf has one: the bits of other entries mean something else. */
static unsigned int leaf_key(const struct scene *scene)
{
	if (!scene->last || !is_present(scene))
		return 0;
	return (scene->last->flags >> VMWALK_FLAG_BIT_PKEY0) & 15;
}

static bool key_decides(const struct scene *scene)
{
	return scene->access != VMWALK_ACCESS_EXEC && (vma_key(scene) || leaf_key(scene));
}

static bool is_pkru_unseen(const struct scene *scene)
{
	return key_decides(scene) && !(scene->dossier->around.has & VMWALK_HAS(REGS));
}

static bool key_denies(const struct scene *scene, unsigned int key)
{
	__u32 rights = scene->dossier->around.pkru >> (2 * key);

	return rights & (scene->access == VMWALK_ACCESS_WRITE ? 3 : 1);
}

/* The rights to key 0 count too, but a thread without them could do nothing. */
static bool is_key_denied(const struct scene *scene)
{
	return key_decides(scene) && !is_pkru_unseen(scene) &&
	       (key_denies(scene, vma_key(scene)) || key_denies(scene, leaf_key(scene)));
}

/* What the VMA says. */

static bool is_write(const struct scene *scene)
{
	return scene->access == VMWALK_ACCESS_WRITE;
}

static bool is_exec(const struct scene *scene)
{
	return scene->access == VMWALK_ACCESS_EXEC;
}

static bool vma_writes(const struct scene *scene)
{
	return has_attribute(scene, VMWALK_VMA_FLAG(WRITE));
}

static bool vma_executes(const struct scene *scene)
{
	return has_attribute(scene, VMWALK_VMA_FLAG(EXEC));
}

static bool vma_allows_some(const struct scene *scene)
{
	return has_attribute(scene, VMWALK_VMA_FLAG(READ) | VMWALK_VMA_FLAG(WRITE) |
			     VMWALK_VMA_FLAG(EXEC));
}

static bool vma_shared(const struct scene *scene)
{
	return has_attribute(scene, VMWALK_VMA_FLAG(SHARED));
}

static bool vma_hugetlb(const struct scene *scene)
{
	return has_attribute(scene, VMWALK_VMA_FLAG(HUGETLB));
}

static bool vma_shadow_stack(const struct scene *scene)
{
	return has_attribute(scene, VMWALK_VMA_FLAG(SHADOW_STACK));
}

static bool vma_uffd_missing(const struct scene *scene)
{
	return has_attribute(scene, VMWALK_VMA_FLAG(UFFD_MISSING));
}

static bool vma_uffd_minor(const struct scene *scene)
{
	return has_attribute(scene, VMWALK_VMA_FLAG(UFFD_MINOR));
}

static bool vma_uffd_wp(const struct scene *scene)
{
	return has_attribute(scene, VMWALK_VMA_FLAG(UFFD_WP));
}

static bool vma_lent(const struct scene *scene)
{
	return scene->dossier->vma.use == VMWALK_USE_VDSO ||
	       scene->dossier->vma.use == VMWALK_USE_VVAR;
}

/* What the entry says. */

static bool entry_uffd_wp(const struct scene *scene)
{
	return has_flag(scene, VMWALK_FLAG(UFFD_WP));
}

static bool entry_zero(const struct scene *scene)
{
	return has_flag(scene, VMWALK_FLAG(ZERO));
}

static bool entry_special(const struct scene *scene)
{
	return has_flag(scene, VMWALK_FLAG(SPECIAL));
}

/* The entry will let writes in as soon as it is present again. */
static bool entry_writes_later(const struct scene *scene)
{
	return has_flag(scene, VMWALK_FLAG(WRITE) | VMWALK_FLAG(MIGRATE_WRITE));
}

/* What struct page says. */

static const struct vmwalk_frame *frame(const struct scene *scene)
{
	return &scene->dossier->frame;
}

static bool frame_seen(const struct scene *scene)
{
	return frame(scene)->has & VMWALK_HAS(PAGE);
}

static bool frame_exclusive(const struct scene *scene)
{
	return frame(scene)->traits & VMWALK_TRAIT(EXCLUSIVE);
}

static bool frame_shared(const struct scene *scene)
{
	return frame(scene)->mapcount > 1;
}

/*
 * The mapping's reference, and those the kernel drops first: of a list on its
 * way to the LRU (do_wp_page() drains this CPU's), and of the swap cache.
 */
static bool frame_alone(const struct scene *scene)
{
	__u64 flags = frame(scene)->page_flags;
	__u32 references = 1 + !(flags & VMWALK_PAGE_FLAG(LRU)) +
			   !!(flags & VMWALK_PAGE_FLAG(SWAPCACHE));

	if (is_huge(scene))	/* do_huge_pmd_wp_page() drains nothing */
		references = 1;
	return frame_exclusive(scene) ||
	       (frame(scene)->mapcount <= 1 && frame(scene)->refcount <= references);
}

static bool frame_anon(const struct scene *scene)
{
	return frame(scene)->page_flags & VMWALK_PAGE_FLAG(ANON);
}

/* What the VMA is filled from. */

static const struct vmwalk_backing *backing(const struct scene *scene)
{
	return &scene->dossier->backing;
}

/* Nobody without privilege learns what the page cache holds, as with mincore(2). */
static bool cache_seen(const struct scene *scene)
{
	return backing(scene)->has & VMWALK_HAS(PAGE);
}

/* The last page of a file may be a part of one, of hugetlbfs only whole ones count. */
static bool is_behind_end(const struct scene *scene)
{
	__u64 unit = vma_hugetlb(scene) ? scene->dossier->vma.page_bytes :
					  scene->system->page_bytes;
	__u64 size = backing(scene)->size;

	if (!(backing(scene)->has & VMWALK_HAS(BACKED)))
		return false;
	if (vma_hugetlb(scene))
		size = round_down(size, unit);
	return round_down(backing(scene)->offset, unit) >= size;
}

static bool is_hole(const struct scene *scene)
{
	return backing(scene)->block_state == VMWALK_BLOCK_HOLE;
}

/* hugepage_vma_check() and transhuge_vma_suitable(), for anonymous memory. */
static bool huge_fits(const struct scene *scene)
{
	__u64 bytes = scene->system->huge_bytes, va = scene->dossier->walk.va;
	__u64 first = round_down(va, bytes);

	if (first < scene->start || scene->end - first < bytes || scene->end < first)
		return false;
	if (scene->grown)	/* a table is there if the old stack reaches into it */
		return above(scene)[0] >= first + bytes;
	return scene->last && scene->last->shift < 64 && VMWALK_BIT(scene->last->shift) >= bytes;
}

/*
 * do_set_pmd() maps a huge page of the page cache where it fits. Whether there is one,
 * or will be, the page cache does not tell here.
 */
static bool cache_may_be_huge(const struct scene *scene)
{
	__u64 bytes = scene->system->huge_bytes;

	return bytes && huge_fits(scene) &&
	       (scene->dossier->walk.va - backing(scene)->offset) % bytes == 0;
}

static bool is_huge_eligible(const struct scene *scene)
{
	const __u64 never = VMWALK_VMA_FLAG(NOHUGEPAGE) | VMWALK_VMA_FLAG(HUGETLB) |
			    VMWALK_VMA_FLAG(IO) | VMWALK_VMA_FLAG(DONTEXPAND) |
			    VMWALK_VMA_FLAG(PFNMAP) | VMWALK_VMA_FLAG(MIXEDMAP);
	const struct vmwalk_system *system = scene->system;

	if (!system->huge_bytes || has_attribute(scene, never) ||
	    scene->dossier->around.thp_disabled)
		return false;
	if (system->thp == VMWALK_THP_NEVER ||
	    (system->thp == VMWALK_THP_MADVISE &&
	     !has_attribute(scene, VMWALK_VMA_FLAG(HUGEPAGE))))
		return false;
	return huge_fits(scene);
}

static bool has_huge_zero(const struct scene *scene)
{
	return scene->system->huge_zero;
}

static const struct vmwalk_pool *pool_find(const struct scene *scene)
{
	__u32 i, nr = scene->system->pools;

	for (i = 0; i < nr && i < VMWALK_POOLS; i++)
		if (scene->system->pool[i].bytes == scene->dossier->vma.page_bytes)
			return &scene->system->pool[i];
	return NULL;
}

/* What is reserved is for mappings that reserved; alloc_huge_page(). */
static bool is_pool_empty(const struct scene *scene)
{
	const struct vmwalk_pool *pool = pool_find(scene);
	bool reserved = !has_attribute(scene, VMWALK_VMA_FLAG(NORESERVE));

	if (!pool)
		return true;
	return reserved ? !pool->free : pool->free <= pool->reserved;
}

static bool has_overcommit(const struct scene *scene)
{
	const struct vmwalk_pool *pool = pool_find(scene);

	return pool && pool->overcommit;
}

/* UFFDIO_POISON came with v6.6; before, the marker stands for a failed swap-in. */
static bool is_poison_old(const struct scene *scene)
{
	return scene->system->release && scene->system->release < 0x606;
}

#define FACTS(X) \
	X(NONCANONICAL, is_noncanonical) \
	X(VSYSCALL, is_vsyscall) \
	X(VSYSCALL_CALL, is_vsyscall_call) \
	X(VSYSCALL_RUNS, vsyscall_runs) \
	X(VSYSCALL_READS, vsyscall_reads) \
	X(KERNEL_HALF, is_kernel_half) \
	X(MAPPED, is_mapped) \
	X(BELOW_STACK, is_below_stack) \
	X(BELOW_LOWEST, is_below_lowest) \
	X(IN_GAP, is_in_gap) \
	X(OVER_AS, is_over_as) \
	X(OVER_STACK, is_over_stack) \
	X(PRESENT, is_present) \
	X(PERMITTED, is_permitted) \
	X(USER_CLOSED, is_user_closed) \
	X(HUGE, is_huge) \
	X(PKRU_UNSEEN, is_pkru_unseen) \
	X(KEY_DENIED, is_key_denied) \
	X(WRITE, is_write) \
	X(EXEC, is_exec) \
	X(V_WRITE, vma_writes) \
	X(V_EXEC, vma_executes) \
	X(V_SOME, vma_allows_some) \
	X(V_SHARED, vma_shared) \
	X(V_HUGETLB, vma_hugetlb) \
	X(V_SHADOW_STACK, vma_shadow_stack) \
	X(V_UFFD_MISSING, vma_uffd_missing) \
	X(V_UFFD_MINOR, vma_uffd_minor) \
	X(V_UFFD_WP, vma_uffd_wp) \
	X(V_LENT, vma_lent) \
	X(E_UFFD_WP, entry_uffd_wp) \
	X(E_ZERO, entry_zero) \
	X(E_SPECIAL, entry_special) \
	X(E_WRITES_LATER, entry_writes_later) \
	X(F_SEEN, frame_seen) \
	X(F_SHARED, frame_shared) \
	X(F_ALONE, frame_alone) \
	X(F_ANON, frame_anon) \
	X(CACHE_SEEN, cache_seen) \
	X(BEHIND_END, is_behind_end) \
	X(HOLE, is_hole) \
	X(HUGE_ELIGIBLE, is_huge_eligible) \
	X(HUGE_ZERO, has_huge_zero) \
	X(POOL_EMPTY, is_pool_empty) \
	X(OVERCOMMIT, has_overcommit) \
	X(POISON_OLD, is_poison_old)

enum fact_bit {
#define FACT_BIT(NAME, function)	FACT_##NAME,
	FACTS(FACT_BIT)
	FACT_NR
};

static bool (*const facts[FACT_NR])(const struct scene *) = {
#define FACT_FUNCTION(NAME, function)	[FACT_##NAME] = function,
	FACTS(FACT_FUNCTION)
};

_Static_assert(FACT_NR <= 64, "facts fit in 64 bits");

/* What the entry maps afterwards. */
enum size {
	SIZE_NONE,	/* no entry is filled or changed */
	SIZE_PAGE,	/* a base page */
	SIZE_LEAF,	/* what it stands for already */
	SIZE_HUGE,	/* a transparent huge page */
	SIZE_VMA,	/* a huge page of the VMA's size */
	SIZE_CACHE,	/* a base page; or all of the page cache's huge page, if it fits */
};

/* What follows from a rule besides its own words. */
enum next {
	NEXT_DONE,
	NEXT_GROW,	/* decide again as if the stack had grown */
	NEXT_FILL,	/* decide as for a read, then the fetch is refused */
};

/**
 * struct rule - if all of this is so, the access ends like that
 * @need: facts that must be
 * @refuse: facts that must not be
 * @kinds: one of these kinds of entry; 0: any
 * @fills: one of these fills; 0: any
 * @caches: one of these states of the page cache; 0: any
 * @types: one of these types of frame (and it is seen); 0: any
 * @uncounted: whether minor or major, or how many, is not known
 */
struct rule {
	__u64 need, refuse;
	__u32 kinds, fills, caches, types;
	enum vmwalk_outcome outcome;
	enum vmwalk_reason reason;
	enum size size;
	enum vmwalk_origin origin;
	__u64 effects;
	enum next next;
	bool uncounted;
};

#define IS(NAME)	VMWALK_BIT(FACT_##NAME)
#define KIND(NAME)	(1U << VMWALK_KIND_##NAME)
#define FILLED(NAME)	(1U << VMWALK_FILL_##NAME)
#define CACHE(NAME)	(1U << VMWALK_CACHE_##NAME)
#define TYPE(NAME)	(1U << VMWALK_FRAME_##NAME)
#define ENDS(out, why)	.outcome = VMWALK_OUTCOME_##out, .reason = VMWALK_REASON_##why
#define MAPS(SIZE)	.size = SIZE_##SIZE
#define COPIES(NAME)	.origin = VMWALK_ORIGIN_##NAME
#define ALSO(NAME)	VMWALK_EFFECT(NAME)

#define EMPTY		(KIND(NONE) | KIND(MARKER_UFFD_WP))
#define READY		(CACHE(UPTODATE) | CACHE(DIRTY) | CACHE(WRITEBACK))
#define ABSENT		(CACHE(ABSENT) | CACHE(EVICTED))
#define HELD		(READY | CACHE(READING))
#define FILE_PAGE	(TYPE(FILE) | TYPE(SHMEM) | TYPE(KERNEL) | TYPE(DEVICE))

static const struct rule rules[] = {
	/* The CPU: exc_general_protection(). Through a stack register it is SIGBUS. */
	{ IS(NONCANONICAL), ENDS(SIGSEGV, NONCANONICAL) },

	/* emulate_vsyscall(); it comes before any VMA is looked for. */
	{ IS(VSYSCALL) | IS(EXEC) | IS(VSYSCALL_RUNS) | IS(VSYSCALL_CALL),
	  ENDS(NONE, VSYSCALL_CALL) },
	{ IS(VSYSCALL) | IS(EXEC) | IS(VSYSCALL_RUNS), ENDS(SIGSEGV, VSYSCALL_INSIDE) },
	{ IS(VSYSCALL) | IS(VSYSCALL_READS), IS(EXEC) | IS(WRITE), ENDS(NONE, VSYSCALL_READ) },
	{ IS(VSYSCALL), ENDS(SIGSEGV_MAPERR, VSYSCALL_REFUSED) },

	/* do_kern_addr_fault(), bad_area_nosemaphore() */
	{ IS(KERNEL_HALF), ENDS(SIGSEGV_MAPERR, KERNEL_HALF) },

	/* lock_mm_and_find_vma(), expand_downwards(), acct_stack_growth() */
	{ .refuse = IS(MAPPED) | IS(BELOW_STACK), ENDS(SIGSEGV_MAPERR, NOT_MAPPED) },
	{ IS(BELOW_LOWEST), IS(MAPPED), ENDS(SIGSEGV_MAPERR, STACK_LOWEST) },
	{ IS(IN_GAP), IS(MAPPED), ENDS(SIGSEGV_MAPERR, STACK_GAP) },
	{ IS(OVER_AS), IS(MAPPED), ENDS(SIGSEGV_MAPERR, AS_LIMIT) },
	{ IS(OVER_STACK), IS(MAPPED), ENDS(SIGSEGV_MAPERR, STACK_LIMIT) },
	{ .refuse = IS(MAPPED), ENDS(STACK_GROWTH, STACK_GROWS), .next = NEXT_GROW },

	/* The CPU checks the levels, then the key; access_error() the VMA's key. */
	{ IS(PKRU_UNSEEN), ENDS(UNKNOWN, PKEY_UNSEEN), .uncounted = true },
	{ IS(PERMITTED), IS(KEY_DENIED), ENDS(NONE, PERMITTED), MAPS(NONE) },
	{ IS(KEY_DENIED), ENDS(SIGSEGV_PKUERR, PKEY) },

	/* access_error() */
	{ .refuse = IS(V_SOME), ENDS(SIGSEGV_ACCERR, PROT_NONE) },
	{ IS(WRITE) | IS(V_SHADOW_STACK), ENDS(SIGSEGV_ACCERR, SHADOW_STACK) },
	{ IS(WRITE), IS(V_WRITE), ENDS(SIGSEGV_ACCERR, NOT_WRITABLE) },
	{ IS(USER_CLOSED), IS(WRITE), ENDS(SIGSEGV_ACCERR, NOT_USER) },
	{ IS(PRESENT) | IS(EXEC), ENDS(SIGSEGV_ACCERR, NOT_EXECUTABLE) },
	{ IS(EXEC), IS(V_EXEC), ENDS(SIGSEGV_ACCERR, FILLED_NOT_EXECUTABLE),
	  .next = NEXT_FILL },

	/* A write to a present entry that forbids it. hugetlb_fault(), hugetlb_wp() */
	{ IS(PRESENT) | IS(WRITE) | IS(E_UFFD_WP) | IS(V_UFFD_WP), ENDS(USERFAULT, UFFD_WP),
	  MAPS(LEAF) },
	{ IS(PRESENT) | IS(WRITE) | IS(V_HUGETLB) | IS(E_UFFD_WP), ENDS(MINOR, WP_LEFT), MAPS(NONE),
	  .effects = ALSO(REPEAT), .uncounted = true },
	{ IS(PRESENT) | IS(WRITE) | IS(V_HUGETLB) | IS(V_SHARED), ENDS(MINOR, HUGETLB_ALONE),
	  MAPS(LEAF) },
	{ IS(PRESENT) | IS(WRITE) | IS(V_HUGETLB), IS(F_SEEN), ENDS(UNKNOWN, FRAME_UNSEEN),
	  .uncounted = true },
	{ IS(PRESENT) | IS(WRITE) | IS(V_HUGETLB) | IS(F_ANON), IS(F_SHARED),
	  ENDS(MINOR, HUGETLB_ALONE), MAPS(LEAF) },
	{ IS(PRESENT) | IS(WRITE) | IS(V_HUGETLB) | IS(POOL_EMPTY), IS(OVERCOMMIT),
	  ENDS(UNKNOWN, HUGETLB_EMPTY), .uncounted = true },
	{ IS(PRESENT) | IS(WRITE) | IS(V_HUGETLB), ENDS(COW, HUGETLB_SHARED), MAPS(VMA),
	  COPIES(HUGETLB) },

	/* wp_huge_pmd(), do_huge_pmd_wp_page(), __split_huge_pmd() */
	{ IS(PRESENT) | IS(WRITE) | IS(HUGE) | IS(E_ZERO), ENDS(COW, HUGE_ZERO), MAPS(PAGE),
	  .effects = ALSO(SPLIT) },
	{ IS(PRESENT) | IS(WRITE) | IS(HUGE) | IS(F_ALONE), .types = TYPE(ANON),
	  ENDS(MINOR, ANON_ALONE), MAPS(LEAF) },
	{ IS(PRESENT) | IS(WRITE) | IS(HUGE), .types = TYPE(ANON), ENDS(COW, ANON_HUGE_SHARED),
	  MAPS(PAGE), COPIES(FORK), .effects = ALSO(SPLIT) },
	{ IS(PRESENT) | IS(WRITE) | IS(HUGE) | IS(V_SHARED), .types = TYPE(FILE) | TYPE(SHMEM),
	  ENDS(MINOR, HUGE_FILE), MAPS(PAGE), .effects = ALSO(SPLIT) },
	{ IS(PRESENT) | IS(WRITE) | IS(HUGE), .types = TYPE(FILE) | TYPE(SHMEM),
	  ENDS(COW, HUGE_FILE), MAPS(PAGE), COPIES(CACHE), .effects = ALSO(SPLIT) },

	/* do_wp_page(), wp_pfn_shared(), wp_page_shared(), wp_page_copy() */
	{ IS(PRESENT) | IS(WRITE) | IS(E_ZERO), ENDS(COW, ZERO_PAGE), MAPS(PAGE) },
	{ IS(PRESENT) | IS(WRITE) | IS(E_SPECIAL) | IS(V_SHARED), ENDS(UNKNOWN, PFN_WRITE),
	  .uncounted = true },
	{ IS(PRESENT) | IS(WRITE), .types = TYPE(KSM), ENDS(COW, KSM), MAPS(PAGE), COPIES(KSM) },
	{ IS(PRESENT) | IS(WRITE) | IS(F_ALONE), .types = TYPE(ANON), ENDS(MINOR, ANON_ALONE),
	  MAPS(LEAF) },
	{ IS(PRESENT) | IS(WRITE) | IS(F_SHARED), .types = TYPE(ANON), ENDS(COW, ANON_SHARED),
	  MAPS(PAGE), COPIES(FORK) },
	{ IS(PRESENT) | IS(WRITE), .types = TYPE(ANON), ENDS(COW, ANON_REFERENCED), MAPS(PAGE),
	  COPIES(REFERENCE) },
	{ IS(PRESENT) | IS(WRITE) | IS(V_SHARED), .fills = FILLED(FILE), ENDS(MINOR, SHARED_FILE),
	  MAPS(LEAF), .effects = ALSO(MKWRITE) },
	{ IS(PRESENT) | IS(WRITE) | IS(V_SHARED), ENDS(MINOR, SHARED_FILE), MAPS(LEAF) },
	{ IS(PRESENT) | IS(WRITE), .types = FILE_PAGE, ENDS(COW, PRIVATE_FILE), MAPS(PAGE),
	  COPIES(CACHE) },
	{ IS(PRESENT) | IS(WRITE), IS(F_SEEN), ENDS(UNKNOWN, FRAME_UNSEEN), .uncounted = true },
	{ IS(PRESENT), ENDS(UNKNOWN, INCONSISTENT), .uncounted = true },

	/* do_numa_page(); then the CPU tries again */
	{ IS(WRITE), IS(E_WRITES_LATER), .kinds = KIND(PROTNONE), ENDS(HINT, NUMA_HINT),
	  MAPS(LEAF), .effects = ALSO(REPEAT), .uncounted = true },
	{ .kinds = KIND(PROTNONE), ENDS(HINT, NUMA_HINT), MAPS(LEAF) },

	/* do_swap_page(), hugetlb_fault(), handle_pte_marker() */
	{ .kinds = KIND(HWPOISON), ENDS(SIGBUS_POISON, HWPOISON) },
	{ IS(POISON_OLD), .kinds = KIND(MARKER_POISON), ENDS(SIGBUS_ADRERR, MARKER_POISON) },
	{ .kinds = KIND(MARKER_POISON), ENDS(SIGBUS_POISON, MARKER_POISON) },
	{ .kinds = KIND(MARKER_GUARD), ENDS(SIGSEGV_MAPERR, MARKER_GUARD) },
	{ IS(WRITE), IS(E_WRITES_LATER), .kinds = KIND(MIGRATION), ENDS(MINOR, MIGRATION),
	  MAPS(LEAF), .effects = ALSO(REPEAT), .uncounted = true },
	{ .kinds = KIND(MIGRATION), ENDS(MINOR, MIGRATION), MAPS(LEAF) },
	{ .kinds = KIND(SPLITTING), ENDS(MINOR, SPLITTING), MAPS(PAGE), .effects = ALSO(REPEAT),
	  .uncounted = true },
	{ .kinds = KIND(DEVICE_PRIVATE), ENDS(MINOR, DEVICE_PRIVATE), MAPS(LEAF) },
	{ .kinds = KIND(DEVICE_EXCLUSIVE), ENDS(MINOR, DEVICE_EXCLUSIVE), MAPS(LEAF) },
	/* Swapped in, write-protected, without the write; the next fault is userfaultfd's. */
	{ IS(WRITE) | IS(E_UFFD_WP) | IS(V_UFFD_WP), .kinds = KIND(SWAP), ENDS(USERFAULT, UFFD_WP),
	  MAPS(LEAF), .effects = ALSO(REPEAT), .uncounted = true },
	{ .kinds = KIND(SWAP), ENDS(MAJOR, SWAPPED), MAPS(LEAF), .uncounted = true },
	{ .kinds = KIND(UNKNOWN) | KIND(BAD), ENDS(UNKNOWN, ENTRY_UNKNOWN), .uncounted = true },

	/* hugetlb_no_page(): the page cache first, then the end, then the pool */
	{ IS(V_HUGETLB), .kinds = EMPTY, .caches = CACHE(POISON),
	  ENDS(SIGBUS_POISON, FILE_POISON) },
	{ IS(V_HUGETLB) | IS(V_UFFD_MINOR), .kinds = EMPTY, .caches = HELD,
	  ENDS(USERFAULT, UFFD_MINOR), MAPS(VMA) },
	{ IS(V_HUGETLB) | IS(WRITE) | IS(POOL_EMPTY), IS(V_SHARED) | IS(OVERCOMMIT),
	  .kinds = EMPTY, .caches = HELD, ENDS(SIGBUS_ADRERR, HUGETLB_EMPTY) },
	{ IS(V_HUGETLB) | IS(WRITE), IS(V_SHARED), .kinds = EMPTY, .caches = HELD,
	  ENDS(COW, HUGETLB_CACHED), MAPS(VMA), COPIES(HUGETLB) },
	{ IS(V_HUGETLB), .kinds = EMPTY, .caches = HELD, ENDS(MINOR, HUGETLB_CACHED), MAPS(VMA) },
	{ IS(V_HUGETLB), IS(CACHE_SEEN), .kinds = EMPTY, ENDS(UNKNOWN, CACHE_UNSEEN),
	  .uncounted = true },
	{ IS(V_HUGETLB) | IS(BEHIND_END), .kinds = EMPTY, ENDS(SIGBUS_ADRERR, HUGETLB_END) },
	{ IS(V_HUGETLB) | IS(V_UFFD_MISSING), .kinds = EMPTY, ENDS(USERFAULT, UFFD_MISSING),
	  MAPS(VMA) },
	{ IS(V_HUGETLB) | IS(POOL_EMPTY), IS(OVERCOMMIT), .kinds = EMPTY,
	  ENDS(SIGBUS_ADRERR, HUGETLB_EMPTY) },
	{ IS(V_HUGETLB) | IS(POOL_EMPTY), .kinds = EMPTY, ENDS(MINOR, HUGETLB_FRESH), MAPS(VMA),
	  .effects = ALSO(OVERCOMMIT) },
	{ IS(V_HUGETLB), .kinds = EMPTY, ENDS(MINOR, HUGETLB_FRESH), MAPS(VMA) },

	/* do_huge_pmd_anonymous_page(), do_anonymous_page() */
	{ IS(V_UFFD_MISSING), .kinds = EMPTY, .fills = FILLED(ZERO), ENDS(USERFAULT, UFFD_MISSING),
	  MAPS(PAGE) },
	{ IS(HUGE_ELIGIBLE) | IS(HUGE_ZERO), IS(WRITE), .kinds = EMPTY, .fills = FILLED(ZERO),
	  ENDS(MINOR, HUGE_ZERO_READ), MAPS(HUGE), .effects = ALSO(IF_FREE) },
	{ IS(HUGE_ELIGIBLE), .kinds = EMPTY, .fills = FILLED(ZERO), ENDS(MINOR, HUGE_FILL),
	  MAPS(HUGE), .effects = ALSO(IF_FREE) },
	{ IS(WRITE), .kinds = EMPTY, .fills = FILLED(ZERO), ENDS(MINOR, ZERO_FILL), MAPS(PAGE) },
	{ .kinds = EMPTY, .fills = FILLED(ZERO), ENDS(MINOR, ZERO_READ), MAPS(PAGE) },

	/* shmem_get_folio_gfp() */
	{ IS(BEHIND_END), .kinds = EMPTY, .fills = FILLED(SHMEM), ENDS(SIGBUS_ADRERR, FILE_END) },
	{ IS(V_UFFD_MINOR), .kinds = EMPTY, .fills = FILLED(SHMEM),
	  .caches = HELD | CACHE(SWAPPED), ENDS(USERFAULT, UFFD_MINOR), MAPS(PAGE) },
	{ .kinds = EMPTY, .fills = FILLED(SHMEM), .caches = CACHE(POISON),
	  ENDS(SIGBUS_POISON, FILE_POISON) },
	{ IS(V_UFFD_MISSING), .kinds = EMPTY, .fills = FILLED(SHMEM), .caches = ABSENT,
	  ENDS(USERFAULT, UFFD_MISSING), MAPS(PAGE) },

	/* pte_marker_handle_uffd_wp(): filled, then stopped at */
	{ IS(WRITE) | IS(V_UFFD_WP), .kinds = KIND(MARKER_UFFD_WP), ENDS(USERFAULT, UFFD_WP),
	  MAPS(PAGE), .effects = ALSO(REPEAT), .uncounted = true },

	{ .kinds = EMPTY, .fills = FILLED(SHMEM), .caches = CACHE(SWAPPED),
	  ENDS(MAJOR, SHMEM_SWAPPED), MAPS(CACHE), .uncounted = true },
	{ IS(WRITE), IS(V_SHARED), .kinds = EMPTY, .fills = FILLED(SHMEM), .caches = HELD,
	  ENDS(COW, SHMEM_CACHED), MAPS(PAGE), COPIES(CACHE) },
	{ .refuse = IS(WRITE), .kinds = EMPTY, .fills = FILLED(SHMEM), .caches = HELD,
	  ENDS(MINOR, SHMEM_CACHED), MAPS(CACHE), .effects = ALSO(AROUND) },
	{ .kinds = EMPTY, .fills = FILLED(SHMEM), .caches = HELD, ENDS(MINOR, SHMEM_CACHED),
	  MAPS(CACHE) },
	{ IS(WRITE), IS(V_SHARED), .kinds = EMPTY, .fills = FILLED(SHMEM), .caches = ABSENT,
	  ENDS(COW, SHMEM_FRESH), MAPS(PAGE), COPIES(CACHE) },
	{ .kinds = EMPTY, .fills = FILLED(SHMEM), .caches = ABSENT, ENDS(MINOR, SHMEM_FRESH),
	  MAPS(CACHE) },

	/* do_read_fault(), do_cow_fault(), do_shared_fault(), filemap_fault() */
	{ IS(BEHIND_END), .kinds = EMPTY, .fills = FILLED(FILE), ENDS(SIGBUS_ADRERR, FILE_END) },
	{ .kinds = EMPTY, .fills = FILLED(FILE), .caches = CACHE(POISON),
	  ENDS(SIGBUS_POISON, FILE_POISON) },
	{ IS(WRITE) | IS(V_SHARED), .kinds = EMPTY, .fills = FILLED(FILE), .caches = READY,
	  ENDS(MINOR, FILE_CACHED), MAPS(CACHE), .effects = ALSO(MKWRITE) | ALSO(RETRY) },
	{ IS(WRITE), .kinds = EMPTY, .fills = FILLED(FILE), .caches = READY,
	  ENDS(COW, FILE_CACHED), MAPS(PAGE), COPIES(CACHE), .effects = ALSO(RETRY) },
	{ .kinds = EMPTY, .fills = FILLED(FILE), .caches = READY, ENDS(MINOR, FILE_CACHED),
	  MAPS(CACHE), .effects = ALSO(AROUND) | ALSO(RETRY) },
	{ IS(WRITE) | IS(V_SHARED) | IS(HOLE), .kinds = EMPTY, .fills = FILLED(FILE),
	  .caches = ABSENT, ENDS(MAJOR, FILE_HOLE), MAPS(CACHE), .effects = ALSO(MKWRITE) },
	{ IS(WRITE) | IS(HOLE), .kinds = EMPTY, .fills = FILLED(FILE), .caches = ABSENT,
	  ENDS(MAJOR, FILE_HOLE), MAPS(PAGE), COPIES(CACHE) },
	{ IS(HOLE), .kinds = EMPTY, .fills = FILLED(FILE), .caches = ABSENT,
	  ENDS(MAJOR, FILE_HOLE), MAPS(CACHE) },
	{ IS(WRITE) | IS(V_SHARED), .kinds = EMPTY, .fills = FILLED(FILE), .caches = ABSENT,
	  ENDS(MAJOR, FILE_ABSENT), MAPS(CACHE), .effects = ALSO(MKWRITE) },
	{ IS(WRITE), .kinds = EMPTY, .fills = FILLED(FILE), .caches = ABSENT,
	  ENDS(MAJOR, FILE_ABSENT), MAPS(PAGE), COPIES(CACHE) },
	{ .kinds = EMPTY, .fills = FILLED(FILE), .caches = ABSENT, ENDS(MAJOR, FILE_ABSENT),
	  MAPS(CACHE) },
	{ IS(WRITE) | IS(V_SHARED), .kinds = EMPTY, .fills = FILLED(FILE),
	  .caches = CACHE(READING), ENDS(MAJOR, FILE_READING), MAPS(CACHE),
	  .effects = ALSO(MKWRITE) },
	{ IS(WRITE), .kinds = EMPTY, .fills = FILLED(FILE), .caches = CACHE(READING),
	  ENDS(MAJOR, FILE_READING), MAPS(PAGE), COPIES(CACHE) },
	{ .kinds = EMPTY, .fills = FILLED(FILE), .caches = CACHE(READING),
	  ENDS(MAJOR, FILE_READING), MAPS(CACHE) },
	{ .refuse = IS(CACHE_SEEN), .kinds = EMPTY, .fills = FILLED(FILE) | FILLED(SHMEM),
	  ENDS(UNKNOWN, CACHE_UNSEEN), .uncounted = true },

	/* special_mapping_fault(); DAX, which has no page cache; or the driver's own */
	{ IS(V_LENT), .kinds = EMPTY, .fills = FILLED(DRIVER), ENDS(MINOR, SPECIAL), MAPS(PAGE) },
	{ .kinds = EMPTY, .fills = FILLED(DRIVER), ENDS(UNKNOWN, DRIVER), .uncounted = true },
	{ .kinds = EMPTY, .fills = FILLED(FILE), .caches = CACHE(NONE), ENDS(UNKNOWN, DRIVER),
	  .uncounted = true },

	{ ENDS(UNKNOWN, INCONSISTENT), .uncounted = true },
};

/*
 * What a thread gets, and what mm_account_fault() counts: refused faults not at
 * all, and those that were begun a second time as major.
 */
static const struct {
	__s32 signal, si_code;
	__u32 minor, major;
} ends[VMWALK_OUTCOME_NR] = {
	[VMWALK_OUTCOME_MINOR] = { .minor = 1 },
	[VMWALK_OUTCOME_COW] = { .minor = 1 },
	[VMWALK_OUTCOME_MAJOR] = { .major = 1 },
	[VMWALK_OUTCOME_HINT] = { .minor = 1 },
	[VMWALK_OUTCOME_USERFAULT] = { .major = 1 },
	[VMWALK_OUTCOME_STACK_GROWTH] = { .minor = 1 },
	[VMWALK_OUTCOME_SIGSEGV_MAPERR] = { SIGSEGV, SEGV_MAPERR },
	[VMWALK_OUTCOME_SIGSEGV_ACCERR] = { SIGSEGV, SEGV_ACCERR },
	[VMWALK_OUTCOME_SIGSEGV_PKUERR] = { SIGSEGV, SEGV_PKUERR },
	[VMWALK_OUTCOME_SIGSEGV] = { SIGSEGV, SI_KERNEL },
	[VMWALK_OUTCOME_SIGBUS_ADRERR] = { SIGBUS, BUS_ADRERR },
	[VMWALK_OUTCOME_SIGBUS_POISON] = { SIGBUS, BUS_MCEERR_AR },
};

/* The top entry's NX is the kernel's, not the user's, with page-table isolation. */
enum vmwalk_check vmwalk_fault_check(const struct vmwalk_walk *walk, unsigned int level,
				     __u32 access)
{
	const struct vmwalk_entry *entry = &walk->entry[level];

	if (entry->kind == VMWALK_KIND_FOLDED)
		return VMWALK_CHECK_PASS;
	if (entry->kind != VMWALK_KIND_TABLE && entry->kind != VMWALK_KIND_PAGE)
		return VMWALK_CHECK_ABSENT;
	if (!(entry->flags & VMWALK_FLAG(USER)))
		return VMWALK_CHECK_USER;
	if (access == VMWALK_ACCESS_WRITE && !(entry->flags & VMWALK_FLAG(WRITE)))
		return VMWALK_CHECK_WRITE;
	if (access == VMWALK_ACCESS_EXEC && entry->flags & VMWALK_FLAG(NX) && level)
		return VMWALK_CHECK_EXEC;
	return VMWALK_CHECK_PASS;
}

static __u32 stop_find(const struct vmwalk_walk *walk, __u32 access)
{
	__u32 i;

	for (i = 0; i < walk->depth; i++)
		if (vmwalk_fault_check(walk, i, access) != VMWALK_CHECK_PASS)
			break;
	return i;
}

static bool dossier_fits(const struct vmwalk_dossier *dossier)
{
	bool mapped = dossier->has & VMWALK_HAS(VMA);
	__u32 depth = dossier->walk.depth;

	return mapped ? depth && depth <= VMWALK_DEPTH : !depth;
}

static void scene_set(struct scene *scene, const struct vmwalk_dossier *dossier,
		      const struct vmwalk_system *system, __u32 access)
{
	const struct vmwalk_walk *walk = &dossier->walk;

	*scene = (struct scene) {
		.dossier = dossier, .system = system, .access = access,
		.mapped = dossier->has & VMWALK_HAS(VMA), .kind = VMWALK_KIND_NOVMA,
		.attributes = dossier->vma.attributes, .fill = dossier->backing.fill,
		.start = dossier->vma.start, .end = dossier->vma.end,
	};
	if (!scene->mapped)
		return;
	scene->last = &walk->entry[walk->depth - 1];
	scene->kind = scene->last->kind;
	scene->stop = stop_find(walk, access);
}

/* The stack as it will be: only private memory without a file grows. */
static void scene_grow(struct scene *scene)
{
	scene->mapped = scene->grown = true;
	scene->attributes = scene->dossier->around.above_attributes;
	scene->start = page_start(scene);
	scene->end = above(scene)[1];
	scene->kind = VMWALK_KIND_NONE;
	scene->fill = VMWALK_FILL_ZERO;
}

static __u64 facts_take(const struct scene *scene)
{
	__u64 taken = 0;
	unsigned int i;

	for (i = 0; i < FACT_NR; i++)
		if (facts[i](scene))
			taken |= VMWALK_BIT(i);
	return taken;
}

/* Is the number one of a set? A number without a bit is in none. */
static bool is_in(__u32 set, __u32 number)
{
	return !set || (number < 32 && set & (1U << number));
}

static bool rule_holds(const struct rule *rule, const struct scene *scene, __u64 taken)
{
	return (taken & rule->need) == rule->need && !(taken & rule->refuse) &&
	       is_in(rule->kinds, scene->kind) && is_in(rule->fills, scene->fill) &&
	       is_in(rule->caches, backing(scene)->cache) &&
	       (!rule->types || (frame_seen(scene) && is_in(rule->types, frame(scene)->type)));
}

/* The last rule holds for everything. */
static const struct rule *rule_find(const struct scene *scene)
{
	__u64 taken = facts_take(scene);
	size_t i;

	for (i = 0; ; i++)
		if (rule_holds(&rules[i], scene, taken))
			return &rules[i];
}

static __u64 size_bytes(const struct scene *scene, enum size size)
{
	switch (size) {
	case SIZE_PAGE:
	case SIZE_CACHE:
		return scene->system->page_bytes;
	case SIZE_LEAF:
		return scene->last && scene->last->shift < 64 ?
		       VMWALK_BIT(scene->last->shift) : 0;
	case SIZE_HUGE:
		return scene->system->huge_bytes;
	case SIZE_VMA:
		return scene->dossier->vma.page_bytes;
	default:
		return 0;
	}
}

/* What the CPU itself changes when it gets through. */
static __u64 bits_set(const struct scene *scene)
{
	__u64 effects = 0;

	if (!is_permitted(scene))
		return 0;
	if (!has_flag(scene, VMWALK_FLAG(ACCESSED)))
		effects |= VMWALK_EFFECT(ACCESSED);
	if (is_write(scene) && !has_flag(scene, VMWALK_FLAG(DIRTY)))
		effects |= VMWALK_EFFECT(DIRTY);
	return effects;
}

static void outcome_set(struct vmwalk_fault *out, enum vmwalk_outcome outcome, bool uncounted)
{
	out->outcome = outcome;
	out->signal = (__u32)ends[outcome].signal;
	out->si_code = ends[outcome].si_code;
	out->has &= ~VMWALK_HAS(FAULTS);
	out->minor = out->major = 0;
	if (uncounted)
		return;
	out->has |= VMWALK_HAS(FAULTS);
	out->minor = ends[outcome].minor;
	out->major = ends[outcome].major;
}

/* Where the CPU stops is told of a walk that was made. */
static void level_set(struct vmwalk_fault *out, const struct scene *scene)
{
	if (!scene->last || scene->stop >= scene->dossier->walk.depth)
		return;
	out->has |= VMWALK_HAS(STOP);
	out->level = scene->dossier->walk.entry[scene->stop].level;
}

static void rule_tell(const struct rule *rule, const struct scene *scene,
		      struct vmwalk_fault *out)
{
	*out = (struct vmwalk_fault) {
		.has = VMWALK_HAS(BASE), .va = scene->dossier->walk.va,
		.access = scene->access, .reason = rule->reason, .origin = rule->origin,
		.bytes = size_bytes(scene, rule->size), .effects = rule->effects,
	};
	if (rule->outcome == VMWALK_OUTCOME_UNKNOWN ||
	    (rule->size == SIZE_CACHE && cache_may_be_huge(scene)))
		out->bytes = 0;
	else
		out->has |= VMWALK_HAS(KNOWN);
	outcome_set(out, rule->outcome, rule->uncounted);
	level_set(out, scene);
	if (rule->outcome == VMWALK_OUTCOME_NONE)
		out->effects |= bits_set(scene);
	if (key_decides(scene) && scene->dossier->around.has & VMWALK_HAS(REGS))
		out->effects |= VMWALK_EFFECT(STALE);
}

static void decide(const struct scene *scene, struct vmwalk_fault *out);

/* The stack grows, and what is there then is met like any other memory. */
static void decide_growth(const struct scene *scene, struct vmwalk_fault *out)
{
	struct scene grown = *scene;

	scene_grow(&grown);
	decide(&grown, out);
	out->effects |= VMWALK_EFFECT(GROWTH);
	if (out->outcome != VMWALK_OUTCOME_MINOR)
		return;
	out->outcome = VMWALK_OUTCOME_STACK_GROWTH;
	out->reason = VMWALK_REASON_STACK_GROWS;
}

/*
 * access_error() lets an instruction fetch pass for want of a page; only when the
 * page is there does the CPU refuse it.
 */
static void decide_fetch(const struct rule *rule, const struct scene *scene,
			 struct vmwalk_fault *out)
{
	struct scene reading = *scene;
	__u32 minor, major;
	bool counted;

	reading.access = VMWALK_ACCESS_READ;
	if (key_decides(&reading))	/* keys are not asked about a fetch */
		reading.attributes &= ~(15ULL << VMWALK_VMA_FLAG_BIT_PKEY0);
	decide(&reading, out);
	out->access = scene->access;
	if (out->signal || out->outcome == VMWALK_OUTCOME_UNKNOWN)
		return;
	if (out->outcome == VMWALK_OUTCOME_USERFAULT) {
		out->effects |= VMWALK_EFFECT(REPEAT);
		return;
	}
	counted = out->has & VMWALK_HAS(FAULTS);
	minor = out->minor;
	major = out->major;
	outcome_set(out, rule->outcome, !counted);
	out->reason = rule->reason;
	out->minor = minor;
	out->major = major;
}

static void decide(const struct scene *scene, struct vmwalk_fault *out)
{
	const struct rule *rule = rule_find(scene);

	switch (rule->next) {
	case NEXT_GROW:
		decide_growth(scene, out);
		break;
	case NEXT_FILL:
		decide_fetch(rule, scene, out);
		break;
	default:
		rule_tell(rule, scene, out);
	}
}

int vmwalk_fault_predict(const struct vmwalk_dossier *dossier,
			 const struct vmwalk_system *system, __u32 access,
			 struct vmwalk_fault *out)
{
	struct scene scene;

	if (access >= VMWALK_ACCESS_NR)
		return -EINVAL;
	if (!dossier_fits(dossier)) {
		*out = (struct vmwalk_fault) {
			.has = VMWALK_HAS(BASE), .va = dossier->walk.va, .access = access,
			.outcome = VMWALK_OUTCOME_UNKNOWN,
			.reason = VMWALK_REASON_INCONSISTENT,
		};
		return 0;
	}
	scene_set(&scene, dossier, system, access);
	decide(&scene, out);
	return 0;
}
