// SPDX-License-Identifier: GPL-2.0
/*
 * frame.c - struct page -> what the page tables alone do not tell
 *
 * Why looking without a reference and without the page lock is safe on 5.10, 6.1,
 * 6.12 and 7.2: the array of struct page stays as long as its section is online, and
 * pfn_to_online_page() says whether it is; the kernel's own /proc/kpageflags relies
 * on no more. Every word is read once, into struct look, and judged there: what a page
 * that is being given away shows may be out of date, but nothing is followed that is
 * not known to be a pointer to struct page. page->mapping is compared only.
 * rcu_read_lock keeps the memory cgroup that a folio names (page_cgroup_ino(),
 * mm/memcontrol.c).
 */
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/page-flags.h>
#include <linux/pgtable.h>
#include <linux/rcupdate.h>
#include <linux/string.h>

#include "alike.h"
#include "arch.h"
#include "bits.h"
#include "field.h"
#include "frame.h"

/* Tries to read a page and its folio before one is split or merged under our eyes. */
#define LOOKS		3

/* What a look at a struct page takes, in entries: about twice the instructions of one. */
#define LOOK_WORK	2

/* Larger than any folio's: 1 GiB on x86-64 is of order 18. */
#define ORDER_MAX	31

/*
 * Of the further pages of a hugetlb folio only the first ones hold anything of their
 * own (include/linux/hugetlb.h, enum of the SUBPAGE_INDEX_*; struct folio): with the
 * vmemmap of hugetlb pages optimised away the rest are even the same memory.
 */
#define HUGETLB_OWN	8

/* What is known of one page; the rest is decided by it alone. */
enum fact {
	FACT_ZERO = BIT(0),		/* the frame of zeros */
	FACT_HUGE_ZERO = BIT(1),	/* in the huge page of zeros */
	FACT_LENT = BIT(2),		/* mapped as a bare frame: no struct page is to be used */
	FACT_SLAB = BIT(3),
	FACT_TYPED = BIT(4),		/* of a type that processes do not map */
	FACT_FREE = BIT(5),
	FACT_OFFLINE = BIT(6),
	FACT_PGTABLE = BIT(7),
	FACT_HUGETLB = BIT(8),
	FACT_KSM = BIT(9),
	FACT_ANON = BIT(10),
	FACT_SHMEM = BIT(11),		/* in a page cache, and reclaimed to swap */
	FACT_FILE = BIT(12),		/* in a page cache for sure */
	FACT_OWN_FILE = BIT(13),	/* in the one of the file of the VMA */
	FACT_MAPPED = BIT(14),		/* its folio is, by somebody */
	FACT_LARGE = BIT(15),
	FACT_TAIL = BIT(16),
	FACT_THP = BIT(17),
	FACT_SWAPCACHE = BIT(18),
	FACT_IDLE = BIT(19),
	FACT_EXCLUSIVE = BIT(20),
	FACT_PINNED = BIT(21),
};

/**
 * struct look - one page as it was seen
 * @page: it
 * @head: the first page of its folio
 * @flags: its own flags
 * @head_flags: those of the folio
 * @mapping: of the folio: what it belongs to, never followed
 * @index: of the folio in its file, base pages
 * @place: of the page in the folio, pages
 * @order: of the folio
 * @mapcount: times the page is mapped
 * @refcount: of the folio
 * @facts: FACT_*
 * @work: struct pages looked at
 * @cgroup: inode number of the one that pays
 */
struct look {
	struct page *page;
	struct page *head;
	unsigned long flags;
	unsigned long head_flags;
	unsigned long mapping;
	u64 index;
	u64 place;
	u32 order;
	u32 mapcount;
	u32 refcount;
	u32 facts;
	u32 work;
	u64 cgroup;
};

/* What a frame is: by the first of these facts that it has; else the kernel's own. */
static const struct {
	u32 fact;
	u32 type;
} types[] = {
	{ FACT_ZERO, VMWALK_FRAME_ZERO },
	{ FACT_HUGE_ZERO, VMWALK_FRAME_HUGE_ZERO },
	{ FACT_LENT | FACT_SLAB | FACT_TYPED, VMWALK_FRAME_KERNEL },
	{ FACT_HUGETLB, VMWALK_FRAME_HUGETLB },
	{ FACT_KSM, VMWALK_FRAME_KSM },
	{ FACT_ANON, VMWALK_FRAME_ANON },
	{ FACT_SHMEM, VMWALK_FRAME_SHMEM },
	{ FACT_FILE, VMWALK_FRAME_FILE },
};

/*
 * Page flags after fs/proc/page.c, stable_page_flags(): facts, and bits that are
 * copied. Where an option leaves a bit out, it is never set.
 */
static const struct vmwalk_bits fact_flags[] = {
	{ FACT_MAPPED, VMWALK_PAGE_FLAG(MMAP) },
	{ FACT_ANON, VMWALK_PAGE_FLAG(ANON) },
	{ FACT_KSM, VMWALK_PAGE_FLAG(KSM) },
	{ FACT_TAIL, VMWALK_PAGE_FLAG(COMPOUND_TAIL) },
	{ FACT_HUGETLB, VMWALK_PAGE_FLAG(HUGE) },
	{ FACT_THP, VMWALK_PAGE_FLAG(THP) },
	{ FACT_HUGE_ZERO, VMWALK_PAGE_FLAG(ZERO_PAGE) | VMWALK_PAGE_FLAG(THP) },
	{ FACT_ZERO, VMWALK_PAGE_FLAG(ZERO_PAGE) },
	{ FACT_FREE, VMWALK_PAGE_FLAG(BUDDY) },
	{ FACT_OFFLINE, VMWALK_PAGE_FLAG(OFFLINE) },
	{ FACT_PGTABLE, VMWALK_PAGE_FLAG(PGTABLE) },
	{ FACT_SLAB, VMWALK_PAGE_FLAG(SLAB) },
	{ FACT_IDLE, VMWALK_PAGE_FLAG(IDLE) },
	{ FACT_SWAPCACHE, VMWALK_PAGE_FLAG(SWAPCACHE) },
};

static const struct vmwalk_bits bit_flags[] = {
	{ BIT(PG_locked), VMWALK_PAGE_FLAG(LOCKED) },
	{ VMWALK_COMPAT_PG_ERROR, VMWALK_PAGE_FLAG(ERROR) },
	{ BIT(PG_referenced), VMWALK_PAGE_FLAG(REFERENCED) },
	{ BIT(PG_uptodate), VMWALK_PAGE_FLAG(UPTODATE) },
	{ BIT(PG_dirty), VMWALK_PAGE_FLAG(DIRTY) },
	{ BIT(PG_lru), VMWALK_PAGE_FLAG(LRU) },
	{ BIT(PG_active), VMWALK_PAGE_FLAG(ACTIVE) },
	{ BIT(PG_writeback), VMWALK_PAGE_FLAG(WRITEBACK) },
	{ BIT(PG_reclaim), VMWALK_PAGE_FLAG(RECLAIM) },
	{ BIT(PG_swapbacked), VMWALK_PAGE_FLAG(SWAPBACKED) },
	{ BIT(PG_unevictable), VMWALK_PAGE_FLAG(UNEVICTABLE) },
	{ BIT(PG_reserved), VMWALK_PAGE_FLAG(RESERVED) },
	{ BIT(PG_mlocked), VMWALK_PAGE_FLAG(MLOCKED) },
	{ VMWALK_COMPAT_PG_MAPPEDTODISK, VMWALK_PAGE_FLAG(MAPPEDTODISK) },
	{ BIT(PG_private), VMWALK_PAGE_FLAG(PRIVATE) },
	{ BIT(PG_private_2), VMWALK_PAGE_FLAG(PRIVATE_2) },
	{ BIT(PG_owner_priv_1), VMWALK_PAGE_FLAG(OWNER_PRIVATE) },
	{ BIT(PG_arch_1), VMWALK_PAGE_FLAG(ARCH) },
	{ VMWALK_COMPAT_PG_ARCH_2, VMWALK_PAGE_FLAG(ARCH_2) },
#ifdef CONFIG_ARCH_USES_PG_UNCACHED
	{ BIT(PG_uncached), VMWALK_PAGE_FLAG(UNCACHED) },
#endif
};

/* enum zone_type, whose numbers depend on the configuration, by name. */
static const struct {
	u8 known;
	u8 zone;
} zones[] = {
#ifdef CONFIG_ZONE_DMA
	[ZONE_DMA] = { 1, VMWALK_ZONE_DMA },
#endif
#ifdef CONFIG_ZONE_DMA32
	[ZONE_DMA32] = { 1, VMWALK_ZONE_DMA32 },
#endif
	[ZONE_NORMAL] = { 1, VMWALK_ZONE_NORMAL },
	[ZONE_MOVABLE] = { 1, VMWALK_ZONE_MOVABLE },
#ifdef CONFIG_ZONE_DEVICE
	[ZONE_DEVICE] = { 1, VMWALK_ZONE_DEVICE },
#endif
};

static u32 fact_if(bool is, u32 fact)
{
	return is ? fact : 0;
}

/* In the buddy allocator, as the first page of a block or inside one (is_free_buddy_page()). */
static bool is_free(const struct page *page)
{
	unsigned long pfn = page_to_pfn(page);
	unsigned int order;

	for (order = 0; order < NR_PAGE_ORDERS; order++) {
		struct page *first = (struct page *)page - (pfn & ((1UL << order) - 1));

		if (PageBuddy(first) && READ_ONCE(first->private) >= order)
			return true;
	}
	return false;
}

/*
 * The folio around a page. Refused, and the page taken for one of its own, if the two
 * do not fit each other. Folios are aligned to their size: what passes as one of the
 * buddy allocator's sizes lies in one section, whose struct pages are all there, even
 * if its order was read from what is by now another page's.
 */
static void look_at_folio(struct look *look)
{
	struct page *page = look->page, *head = compound_head(page);

	look->head = head;
	look->head_flags = vmwalk_compat_page_flags(head);
	look->place = page_to_pfn(page) - page_to_pfn(head);
	look->order = look->head_flags & BIT(PG_head) ? vmwalk_compat_order(head) : 0;
	if (look->order <= ORDER_MAX && look->place >> look->order == 0 &&
	    IS_ALIGNED(page_to_pfn(head), 1UL << look->order))
		return;
	look->head = page;
	look->head_flags = look->flags;
	look->place = 0;
	look->order = 0;
}

/* What its mapping makes of a folio; slab and typed pages keep other things there. */
static u32 mapping_facts(const struct look *look)
{
	unsigned long low = look->mapping & FOLIO_MAPPING_FLAGS;
	bool anon = look->mapping & FOLIO_MAPPING_ANON, cache = look->mapping && !low;
	bool swapbacked = look->head_flags & BIT(PG_swapbacked);

	return fact_if(anon, FACT_ANON) |
	       fact_if(IS_ENABLED(CONFIG_KSM) && low == FOLIO_MAPPING_KSM, FACT_KSM) |
	       fact_if(cache && swapbacked, FACT_SHMEM) |
	       fact_if(cache && !swapbacked && look->head_flags & BIT(PG_lru), FACT_FILE);
}

static u32 type_facts(const struct look *look)
{
	struct page *page = look->page;

	return fact_if(vmwalk_compat_is_slab(look->head), FACT_SLAB) |
	       fact_if(page_has_type(page), FACT_TYPED) |
	       fact_if(PageBuddy(page) || (!look->refcount && is_free(page)), FACT_FREE) |
	       fact_if(PageOffline(page), FACT_OFFLINE) |
	       fact_if(PageTable(page), FACT_PGTABLE);
}

static u32 flag_facts(const struct look *look)
{
	unsigned long swapcache = BIT(PG_swapbacked) | BIT(PG_swapcache);
	u32 facts = fact_if(IS_ENABLED(CONFIG_SWAP) &&
			    (look->head_flags & swapcache) == swapcache, FACT_SWAPCACHE);

#if defined(CONFIG_PAGE_IDLE_FLAG) || defined(CONFIG_IDLE_PAGE_TRACKING)
	facts |= fact_if(look->head_flags & BIT(PG_idle), FACT_IDLE);
#endif
	return facts;
}

static u32 folio_facts(const struct look *look)
{
	bool large = look->order;
	bool hugetlb = large && vmwalk_compat_is_hugetlb(look->head);
	bool thp = large && !hugetlb && vmwalk_compat_is_thp(look->head,
							     look->facts & FACT_ANON);

	return fact_if(large, FACT_LARGE) | fact_if(hugetlb, FACT_HUGETLB) |
	       fact_if(thp, FACT_THP) | fact_if(look->page != look->head, FACT_TAIL) |
	       fact_if(vmwalk_compat_maybe_pinned(look->head, look->order), FACT_PINNED);
}

/*
 * Is the folio mapped by anybody? If this page is, it is; else the folio as a whole;
 * else, before v6.10, each of its pages is asked, which is why hugetlb, never mapped
 * in parts, and the huge page of zeros, never counted, are left out.
 */
static bool is_mapped(struct look *look)
{
	if (look->facts & FACT_SLAB)
		return false;
	if (atomic_read(&look->page->_mapcount) >= 0)
		return true;
	if (!look->order)
		return false;
	if (vmwalk_compat_entire_mapcount(look->head) > 0)
		return true;
	if (look->facts & (FACT_HUGETLB | FACT_HUGE_ZERO) || look->order >= NR_PAGE_ORDERS)
		return false;
	look->work += 1U << look->order;
	return vmwalk_compat_mapped(look->head, look->order);
}

static u32 mapcount(const struct look *look)
{
	if (look->facts & (FACT_SLAB | FACT_TYPED))
		return 0;
	return vmwalk_compat_mapcount(look->page, look->head, look->order,
				      !(look->facts & (FACT_ANON | FACT_HUGETLB)));
}

static void look_once(struct look *look, struct page *page, u32 facts)
{
	*look = (struct look) {
		.page = page, .flags = vmwalk_compat_page_flags(page), .facts = facts, .work = 1,
	};
	look_at_folio(look);
	look->mapping = (unsigned long)READ_ONCE(look->head->mapping);
	look->index = vmwalk_compat_index(look->head);
	look->refcount = atomic_read(&look->head->_refcount);
	look->cgroup = vmwalk_compat_cgroup(look->head);
	look->facts |= mapping_facts(look) | type_facts(look) | flag_facts(look);
	look->facts |= folio_facts(look);
	look->facts |= fact_if(is_mapped(look), FACT_MAPPED);
	look->mapcount = mapcount(look);
}

/*
 * Holds rcu_read_lock, for the cgroup. Looks again if the folio has changed meanwhile;
 * after some tries what was seen has to do.
 */
static void look_at(struct look *look, struct page *page, u32 facts)
{
	int i;

	for (i = 0; i < LOOKS; i++) {
		look_once(look, page, facts);
		if (compound_head(page) == look->head)
			break;
	}
}

/* Struct page of a frame; NULL if that is not online, or was never made use of. */
static struct page *online_page(u64 pfn)
{
	struct page *page = pfn_to_online_page(pfn);

	/* page_init_poison(), mm/debug.c: of ones while nobody has initialised it */
	return page && vmwalk_compat_page_flags(page) == ~0UL ? NULL : page;
}

static enum vmwalk_frame_type type_of(u32 facts)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(types); i++)
		if (facts & types[i].fact)
			return types[i].type;
	return VMWALK_FRAME_KERNEL;
}

static u64 page_flags_of(const struct look *look)
{
	unsigned long bits = VMWALK_COMPAT_FLAGS_OF_FOLIO ? look->head_flags : look->flags;
	u64 flags = vmwalk_bits_ours(bits, bit_flags, ARRAY_SIZE(bit_flags)) |
		    vmwalk_bits_ours(look->facts, fact_flags, ARRAY_SIZE(fact_flags));

	if ((look->facts & (FACT_LARGE | FACT_TAIL)) == FACT_LARGE)
		flags |= VMWALK_PAGE_FLAG(COMPOUND_HEAD);
#ifdef CONFIG_MEMORY_FAILURE
	if ((look->facts & FACT_HUGETLB && VMWALK_COMPAT_FLAGS_OF_FOLIO ?
	     look->head_flags : look->flags) & BIT(PG_hwpoison))
		flags |= VMWALK_PAGE_FLAG(HWPOISON);
#endif
	return flags;
}

static u32 traits_of(const struct look *look)
{
	u32 traits = 0;

	if (IS_ENABLED(CONFIG_NO_PAGE_MAPCOUNT) && look->order)
		traits |= VMWALK_TRAIT(AVERAGE);
	if (look->facts & FACT_EXCLUSIVE)
		traits |= VMWALK_TRAIT(EXCLUSIVE);
	if (look->facts & FACT_PINNED)
		traits |= VMWALK_TRAIT(MAYBE_PINNED);
	return traits;
}

/* A folio lies in one zone of one node; where tails share a struct page they need not say which. */
static u32 node_of(const struct look *look)
{
#ifdef NODE_NOT_IN_PAGE_FLAGS
	return page_to_nid(look->head);
#else
	return (look->head_flags >> NODES_PGSHIFT) & NODES_MASK;
#endif
}

static enum vmwalk_zone zone_of(const struct look *look)
{
	unsigned long zone = (look->head_flags >> ZONES_PGSHIFT) & ZONES_MASK;

	return zone < ARRAY_SIZE(zones) && zones[zone].known ? zones[zone].zone :
							       VMWALK_ZONE_OTHER;
}

static void fill_page(struct vmwalk_frame *out, const struct look *look)
{
	out->has |= VMWALK_HAS(PAGE);
	out->type = type_of(look->facts);
	out->order = look->order;
	out->place = look->place;
	out->mapcount = look->mapcount;
	out->refcount = look->refcount;
	out->node = node_of(look);
	out->zone = zone_of(look);
	out->page_flags = page_flags_of(look);
	out->traits = traits_of(look);
	if (IS_ENABLED(CONFIG_MEMCG)) {
		out->has |= VMWALK_HAS(CGROUP);
		out->cgroup = look->cgroup;
	}
}

/* Under the mmap lock, which keeps the VMA's file; the page's mapping was compared with it only. */
static void fill_mapping(struct vmwalk_frame *out, const struct look *look,
			 const struct vm_area_struct *vma)
{
	const struct inode *inode = file_inode(vma->vm_file);
	u64 index = look->index;

	if (look->facts & FACT_HUGETLB)
		index = vmwalk_compat_hugetlb_index(index, look->order);
	out->has |= VMWALK_HAS(MAPPING);
	out->dev[0] = MAJOR(inode->i_sb->s_dev);
	out->dev[1] = MINOR(inode->i_sb->s_dev);
	out->inode = inode->i_ino;
	out->offset = (index + look->place) << PAGE_SHIFT;
}

/* Is it the VMA's file whose page cache the page is in? */
static bool is_own_file(const struct look *look, const struct vm_area_struct *vma)
{
	return vma->vm_file && look->mapping == (unsigned long)vma->vm_file->f_mapping;
}

/*
 * PG_anon_exclusive stands on the page that is mapped as one: the first one of a
 * hugetlb folio or of a huge leaf, the very page below a pte (page-flags.h).
 */
static bool is_exclusive(const struct look *look, unsigned int level)
{
	bool whole = look->facts & FACT_HUGETLB || level > VMWALK_LEVEL_PTE;
	unsigned long flags = whole ? look->head_flags : look->flags;

	return (look->facts & (FACT_ANON | FACT_KSM)) == FACT_ANON &&
	       flags & VMWALK_COMPAT_PG_ANON_EXCLUSIVE;
}

/*
 * The huge zero page is not exported. But an anonymous mapping has only anonymous
 * huge pages, and that one (mm/huge_memory.c, get_huge_zero_page()).
 */
static bool is_huge_zero(struct vm_area_struct *vma, u64 pfn)
{
	struct page *page;

	if (!vma_is_anonymous(vma) || (vma->vm_flags & (VM_PFNMAP | VM_MIXEDMAP)))
		return false;
	page = online_page(pfn);
	return page && compound_head(page) == page &&
	       vmwalk_compat_page_flags(page) & BIT(PG_head) &&
	       vmwalk_compat_order(page) == PMD_SHIFT - PAGE_SHIFT &&
	       !((unsigned long)READ_ONCE(page->mapping) & FOLIO_MAPPING_FLAGS);
}

bool vmwalk_frame_is_zero(struct vm_area_struct *vma, bool huge, u64 pfn)
{
	return huge ? is_huge_zero(vma, pfn) : is_zero_pfn(pfn);
}

/* What the leaf tells of all pages below it. The flag ZERO is for leaves the CPU sees. */
static u32 leaf_facts(struct vm_area_struct *vma, const struct vmwalk_note *note, u64 flags)
{
	u64 first = note->place - ((note->va - vmwalk_entry_start(note->va, note->shift)) >>
				   PAGE_SHIFT);
	bool huge = note->level > VMWALK_LEVEL_PTE;
	bool bare = flags & VMWALK_FLAG(SPECIAL) || (huge && vma->vm_flags & VM_PFNMAP);
	bool zero = vmwalk_entry_present(note->kind) && note->level <= VMWALK_LEVEL_PMD &&
		    vmwalk_frame_is_zero(vma, huge, first);

	return fact_if(zero, huge ? FACT_HUGE_ZERO : FACT_ZERO) | fact_if(bare, FACT_LENT);
}

/* The part of a record that is the same for all pages of a leaf. */
static void fill_leaf(struct vmwalk_frame *out, const struct vmwalk_note *note)
{
	u64 unknown;
	u64 flags = note->flags | vmwalk_arch_decode(note->level, note->kind, note->raw, &unknown);

	*out = (struct vmwalk_frame) {
		.has = VMWALK_HAS(BASE) | VMWALK_HAS(FRAME),
		.level = note->level,
		.kind = note->kind,
		.flags = flags,
	};
	if (vmwalk_entry_present(note->kind)) {
		out->memtype = vmwalk_arch_memtype(flags);
		out->pkey = (flags / VMWALK_FLAG(PKEY0)) & 0xf;
	}
}

/*
 * Holes and device memory between online memory have struct pages too, reserved ones.
 * Asks the list of resources, under a spinlock: only for what is lent.
 */
static bool is_hole(const struct look *look, u64 pfn)
{
	return (look->facts & (FACT_LENT | FACT_ZERO | FACT_HUGE_ZERO)) == FACT_LENT &&
	       look->head_flags & BIT(PG_reserved) && !page_is_ram(pfn);
}

/*
 * Frames from @pfn on that are sure to be as little online: those of its subsection. Of
 * online memory never made use of, that one.
 */
static u64 not_online_pages(u64 pfn)
{
	if (pfn_to_online_page(pfn))
		return 1;
#ifdef PAGES_PER_SUBSECTION
	return PAGES_PER_SUBSECTION - pfn % PAGES_PER_SUBSECTION;
#else
	return 1;
#endif
}

/* Pages from the one seen on that are sure to look alike. */
static u64 alike_pages(const struct look *look)
{
	if (look->facts & FACT_HUGETLB && look->place >= HUGETLB_OWN)
		return (1ULL << look->order) - look->place;
	return 1;
}

/*
 * Page @index of a leaf; @out holds what fill_leaf() knows. Adds to @work what it has
 * cost, in struct pages. Returns for how many pages from there on the record stands as
 * it is, as far as is known without a look at them.
 */
static u64 fill_frame(struct vm_area_struct *vma, const struct vmwalk_note *note, u64 index,
		      u32 facts, struct vmwalk_frame *out, u32 *work)
{
	struct look look;
	struct page *page;

	out->va = note->va + (index << PAGE_SHIFT);
	out->pfn = note->place + index;
	out->pages = 1;
	page = online_page(out->pfn);
	if (!page) {
		*work += 1;
		if (vmwalk_compat_is_device(out->pfn))
			out->type = VMWALK_FRAME_DEVICE;
		return not_online_pages(out->pfn);
	}
	look_at(&look, page, facts);
	*work += look.work;
	if (is_hole(&look, out->pfn))
		return 1;
	look.facts |= fact_if(is_own_file(&look, vma), FACT_OWN_FILE);
	if (look.facts & FACT_OWN_FILE && !(look.facts & FACT_SHMEM))
		look.facts |= FACT_FILE;
	look.facts |= fact_if(vmwalk_entry_present(note->kind) && is_exclusive(&look, note->level),
			      FACT_EXCLUSIVE);
	fill_page(out, &look);
	if (look.facts & FACT_OWN_FILE)
		fill_mapping(out, &look, vma);
	return alike_pages(&look);
}

void vmwalk_frame_read(struct vm_area_struct *vma, const struct vmwalk_note *note, u64 index,
		       struct vmwalk_frame *out)
{
	u32 work = 0;

	fill_leaf(out, note);
	rcu_read_lock();
	fill_frame(vma, note, index, leaf_facts(vma, note, out->flags), out, &work);
	rcu_read_unlock();
}

/* Make of a record the one that would continue it: what moves from page to page, moved. */
static void frame_step(struct vmwalk_frame *frame)
{
	u64 pages = frame->pages;

	frame->va += pages << PAGE_SHIFT;
	if (frame->has & VMWALK_HAS(FRAME))
		frame->pfn += pages;
	if (frame->has & VMWALK_HAS(PAGE))
		frame->place += pages;
	if (frame->has & VMWALK_HAS(MAPPING))
		frame->offset += pages << PAGE_SHIFT;
}

/* Does @next continue @last? All else is equal, byte by byte: records have no holes. */
static bool frame_joins(const struct vmwalk_frame *last, const struct vmwalk_frame *next)
{
	struct vmwalk_frame expected = *last;

	frame_step(&expected);
	expected.pages = next->pages;
	return !memcmp(&expected, next, sizeof(expected));
}

/* Full only where a new record would begin, so that a resumed walk breaks none. */
static bool frame_put(struct vmwalk_frame_sink *to, const struct vmwalk_note *note,
		      const struct vmwalk_frame *frame)
{
	if (to->nr && to->vma == note->vma && frame_joins(&to->frames[to->nr - 1], frame)) {
		to->frames[to->nr - 1].pages += frame->pages;
		return true;
	}
	if (to->nr == to->room)
		return false;
	to->frames[to->nr++] = *frame;
	to->vma = note->vma;
	return true;
}

/* Nothing of a frame may be seen: its struct page is not even looked at. */
#define OF_FRAMES	(VMWALK_HAS(FRAME) | VMWALK_HAS(PAGE) | VMWALK_HAS(MAPPING) | \
			 VMWALK_HAS(CGROUP))

/*
 * Page by page, or as many at a time as are alike for sure. What may not be seen is
 * hidden before records are compared. A leaf that does not fit is taken in part: its
 * pages may need more records than there is room for in any chunk. At most the 512
 * pages of a pmd leaf are looked at in one go: of the leaves above, hugetlb has few
 * pages to look at, and other memory that is online is not mapped by them.
 */
static bool frame_emit(struct vmwalk_sink *sink, const struct vmwalk_note *note)
{
	struct vmwalk_frame_sink *to = container_of(sink, struct vmwalk_frame_sink, sink);
	bool blind = !(OF_FRAMES & ~to->hide), taken = true;
	struct vmwalk_frame leaf, frame;
	u64 index, alike;
	u32 facts = 0, looks = 0;

	if (!vmwalk_entry_has_frame(note->kind))
		return true;
	fill_leaf(&leaf, note);
	rcu_read_lock();
	if (!blind)
		facts = leaf_facts(sink->vma, note, leaf.flags);
	for (index = 0; taken && index < note->pages; index += frame.pages) {
		frame = leaf;
		frame.va = note->va + (index << PAGE_SHIFT);
		alike = note->pages;
		if (!blind)
			alike = fill_frame(sink->vma, note, index, facts, &frame, &looks);
		frame.pages = min(alike, note->pages - index);
		if (to->hide)
			vmwalk_field_hide(VMWALK_RECORD_frame, &frame, to->hide);
		taken = frame_put(to, note, &frame);
	}
	rcu_read_unlock();
	sink->work = looks * LOOK_WORK;
	if (!taken)
		sink->part = frame.va;
	return taken;
}

/* Empty entries are no frames. */
static __always_inline void frame_take(struct vmwalk_sink *sink, const struct vmwalk_note *last,
				       u64 va, u32 nr)
{
}

static u64 frame_alike(struct vmwalk_sink *sink, const struct vmwalk_note *last,
		       const u64 *entry, u64 va, u64 end)
{
	return vmwalk_alike_anywhere(sink, last, entry, va, end, frame_take);
}

void vmwalk_frame_sink_open(struct vmwalk_frame_sink *to, struct vmwalk_frame *frames,
			    u32 room, u64 hide)
{
	*to = (struct vmwalk_frame_sink) {
		.sink.emit = frame_emit, .sink.alike = frame_alike,
		.sink.bulk = VMWALK_BIT(VMWALK_KIND_NONE), .hide = hide, .frames = frames, .room = room,
	};
}
