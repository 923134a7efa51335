// SPDX-License-Identifier: GPL-2.0
/*
 * suite_frame.c - what struct page tells, and records merged and resumed
 *
 * Struct pages are made by hand, so that nobody else's are touched; where frames have
 * to be found by number, they are pages of our own, or far beyond any memory.
 */
#include "../../module/frame.c"

#include <kunit/test.h>
#include <linux/gfp.h>
#include <linux/kernel-page-flags.h>
#include <linux/mmzone.h>

#include "street.h"

#define FOLIO		8	/* pages of the folios made by hand: order 3 */
#define SOMEWHERE	0xffff888012345000UL	/* never followed */
#define FAR		0x400000000ULL	/* a frame that our guests do not have: at 64 TiB */

#define KPF(NAME)	VMWALK_BIT(KPF_##NAME)

/* Numbers of flags are the kernel's own. */
static void flags_have_the_kernels_numbers(struct kunit *test)
{
#define SAME(NAME, nr, ...)	KUNIT_EXPECT_EQ_MSG(test, (nr), KPF_##NAME, #NAME);
	VMWALK_PAGE_FLAGS(SAME)
#undef SAME
}

/* Pages as the allocator hands them out: not mapped, one reference. */
static struct page *pages_made(struct kunit *test)
{
	struct page *pages = kunit_kcalloc(test, FOLIO, sizeof(*pages), GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, pages);
	for (i = 0; i < FOLIO; i++) {
		atomic_set(&pages[i]._mapcount, -1);
		atomic_set(&pages[i]._refcount, 1);
	}
	return pages;
}

/* The same as one folio, with one mapping of the whole. */
static struct page *folio_made(struct kunit *test, unsigned long head_flags, unsigned long mapping)
{
	struct page *pages = pages_made(test);
	int i;

	pages->flags = BIT(PG_head) | head_flags;
	pages->mapping = (void *)mapping;
	pages->index = 0x70;
	for (i = 1; i < FOLIO; i++) {
		atomic_set(&pages[i]._refcount, 0);
		WRITE_ONCE(pages[i].compound_head, (unsigned long)pages + 1);
	}
	pages[1].compound_order = 3;
	atomic_set(&pages[1].compound_mapcount, 0);
	return pages;
}

static struct look seen(struct page *page)
{
	struct look look;

	rcu_read_lock();
	look_at(&look, page, 0);
	rcu_read_unlock();
	return look;
}

/*
 * Each bit of page->flags alone, on a page that is nothing else: what
 * fs/proc/page.c shows of it. Bits that are not listed show nothing.
 */
static void every_bit(struct kunit *test)
{
	static const u64 shown[__NR_PAGEFLAGS] = {
		[PG_locked] = KPF(LOCKED), [PG_referenced] = KPF(REFERENCED),
		[PG_uptodate] = KPF(UPTODATE), [PG_dirty] = KPF(DIRTY), [PG_lru] = KPF(LRU),
		[PG_active] = KPF(ACTIVE), [PG_error] = KPF(ERROR), [PG_slab] = KPF(SLAB),
		[PG_owner_priv_1] = KPF(OWNER_PRIVATE), [PG_arch_1] = KPF(ARCH),
		[PG_arch_2] = KPF(ARCH_2), [PG_reserved] = KPF(RESERVED),
		[PG_private] = KPF(PRIVATE), [PG_private_2] = KPF(PRIVATE_2),
		[PG_writeback] = KPF(WRITEBACK), [PG_mappedtodisk] = KPF(MAPPEDTODISK),
		[PG_reclaim] = KPF(RECLAIM), [PG_swapbacked] = KPF(SWAPBACKED),
		[PG_unevictable] = KPF(UNEVICTABLE), [PG_mlocked] = KPF(MLOCKED),
#ifdef CONFIG_ARCH_USES_PG_UNCACHED
		[PG_uncached] = KPF(UNCACHED),
#endif
#ifdef CONFIG_MEMORY_FAILURE
		[PG_hwpoison] = KPF(HWPOISON),
#endif
#ifdef CONFIG_PAGE_IDLE_FLAG
		[PG_idle] = KPF(IDLE),
#endif
	};
	struct page *page = pages_made(test);
	struct look look;
	int bit;

	for (bit = 0; bit < __NR_PAGEFLAGS; bit++) {
		if (bit == PG_head)
			continue;
		page->flags = BIT(bit);
		look = seen(page);
		KUNIT_EXPECT_EQ_MSG(test, page_flags_of(&look), shown[bit], "bit %d", bit);
		KUNIT_EXPECT_EQ_MSG(test, look.order, 0U, "bit %d", bit);
	}
	page->flags = BIT(PG_swapbacked) | BIT(PG_swapcache);
	look = seen(page);
	KUNIT_EXPECT_EQ(test, page_flags_of(&look),
			KPF(SWAPBACKED) | KPF(SWAPCACHE) | KPF(OWNER_PRIVATE));
}

/* What a single page is, by its mapping, flags and type word (-1: not mapped, 0: once). */
static void every_type(struct kunit *test)
{
	static const struct {
		unsigned long mapping;
		unsigned long flags;
		u32 word;
		u32 facts;
		u32 type;
		u64 shown;
		u32 mapcount;
	} cases[] = {
		{ 0, 0, 0, 0, VMWALK_FRAME_KERNEL, KPF(MMAP), 1 },
		{ 0, 0, -1, 0, VMWALK_FRAME_KERNEL, 0, 0 },
		{ SOMEWHERE | 1, 0, 1, 0, VMWALK_FRAME_ANON, KPF(ANON) | KPF(MMAP), 2 },
		{ SOMEWHERE | 3, 0, 4, 0, VMWALK_FRAME_KSM, KPF(ANON) | KPF(KSM) | KPF(MMAP), 5 },
		{ SOMEWHERE | 2, 0, 0, 0, VMWALK_FRAME_KERNEL, KPF(MMAP), 1 },
		{ SOMEWHERE, BIT(PG_lru), 0, 0, VMWALK_FRAME_FILE, KPF(LRU) | KPF(MMAP), 1 },
		{ SOMEWHERE, 0, 0, 0, VMWALK_FRAME_KERNEL, KPF(MMAP), 1 },
		{ SOMEWHERE, BIT(PG_swapbacked), 0, 0, VMWALK_FRAME_SHMEM,
		  KPF(SWAPBACKED) | KPF(MMAP), 1 },
		/* memory of an allocator has other things in these words */
		{ SOMEWHERE | 1, BIT(PG_slab), 7, 0, VMWALK_FRAME_KERNEL,
		  KPF(SLAB) | KPF(ANON), 0 },
		{ SOMEWHERE, BIT(PG_lru), ~PG_table, 0, VMWALK_FRAME_KERNEL,
		  KPF(LRU) | KPF(PGTABLE), 0 },
		{ 0, 0, ~PG_buddy, 0, VMWALK_FRAME_KERNEL, KPF(BUDDY), 0 },
		{ 0, 0, ~PG_offline, 0, VMWALK_FRAME_KERNEL, KPF(OFFLINE), 0 },
		/* what the leaf knows goes before what the page says */
		{ SOMEWHERE | 1, 0, 0, FACT_LENT, VMWALK_FRAME_KERNEL, KPF(ANON) | KPF(MMAP), 1 },
		{ 0, BIT(PG_reserved), -1, FACT_ZERO | FACT_LENT, VMWALK_FRAME_ZERO,
		  KPF(RESERVED) | KPF(ZERO_PAGE), 0 },
		{ 0, 0, -1, FACT_HUGE_ZERO, VMWALK_FRAME_HUGE_ZERO, KPF(ZERO_PAGE) | KPF(THP), 0 },
	};
	struct page *page = pages_made(test);
	struct look look;
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		page->flags = cases[i].flags;
		page->mapping = (void *)cases[i].mapping;
		atomic_set(&page->_mapcount, cases[i].word);
		rcu_read_lock();
		look_at(&look, page, cases[i].facts);
		rcu_read_unlock();
		KUNIT_EXPECT_EQ_MSG(test, (u32)type_of(look.facts), cases[i].type, "case %d", i);
		KUNIT_EXPECT_EQ_MSG(test, page_flags_of(&look), cases[i].shown, "case %d", i);
		KUNIT_EXPECT_EQ_MSG(test, look.mapcount, cases[i].mapcount, "case %d", i);
		KUNIT_EXPECT_EQ_MSG(test, look.refcount, 1U, "case %d", i);
	}
}

/* Head and tails of one folio, of three kinds: flags, mapcount and place of each page. */
static void every_page_of_a_folio(struct kunit *test)
{
	static const struct {
		unsigned long flags;
		unsigned long mapping;
		unsigned char dtor;
		u64 both;	/* shown of every page */
		u32 type;
		u32 mapcount;	/* of a page with one mapping of its own */
	} cases[] = {
		{ BIT(PG_lru) | BIT(PG_swapbacked), SOMEWHERE | 1, COMPOUND_PAGE_DTOR,
		  KPF(MMAP) | KPF(ANON) | KPF(THP), VMWALK_FRAME_ANON, 2 },
		/* the pages of a file's folio count mappings of the whole themselves */
		{ BIT(PG_lru), SOMEWHERE, COMPOUND_PAGE_DTOR,
		  KPF(MMAP) | KPF(THP), VMWALK_FRAME_FILE, 1 },
		{ 0, SOMEWHERE, HUGETLB_PAGE_DTOR,
		  KPF(MMAP) | KPF(HUGE), VMWALK_FRAME_HUGETLB, 2 },
		/* a driver's: not called THP */
		{ 0, 0, COMPOUND_PAGE_DTOR, KPF(MMAP), VMWALK_FRAME_KERNEL, 1 },
	};
	int i, k;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct page *pages = folio_made(test, cases[i].flags, cases[i].mapping);

		pages[1].compound_dtor = cases[i].dtor;
		for (k = 0; k < FOLIO; k++) {
			u64 own = k ? KPF(COMPOUND_TAIL) : KPF(COMPOUND_HEAD);
			struct look look;

			atomic_set(&pages[k]._mapcount, 0);
			look = seen(&pages[k]);
			if (!k && cases[i].flags & BIT(PG_lru))
				own |= KPF(LRU);
			if (!k && cases[i].flags & BIT(PG_swapbacked))
				own |= KPF(SWAPBACKED);
			KUNIT_EXPECT_EQ_MSG(test, page_flags_of(&look), own | cases[i].both,
					    "case %d page %d", i, k);
			KUNIT_EXPECT_EQ_MSG(test, (u32)type_of(look.facts), cases[i].type,
					    "case %d page %d", i, k);
			KUNIT_EXPECT_EQ_MSG(test, look.mapcount, cases[i].mapcount,
					    "case %d page %d", i, k);
			KUNIT_EXPECT_EQ_MSG(test, look.place, (u64)k, "case %d page %d", i, k);
			KUNIT_EXPECT_EQ_MSG(test, look.order, 3U, "case %d page %d", i, k);
			KUNIT_EXPECT_EQ_MSG(test, look.refcount, 1U, "case %d page %d", i, k);
			KUNIT_EXPECT_EQ_MSG(test, look.index, 0x70ULL, "case %d page %d", i, k);
		}
	}
}

/* While mapped in both ways each page of an anonymous folio counts one too many. */
static void mapped_both_ways(struct kunit *test)
{
	struct page *pages = folio_made(test, BIT(PG_lru), SOMEWHERE | 1);

	atomic_set(&pages[5]._mapcount, 1);
	set_bit(PG_double_map, &pages[1].flags);
	KUNIT_EXPECT_EQ(test, seen(&pages[5]).mapcount, 2U);
	KUNIT_EXPECT_EQ(test, seen(&pages[6]).mapcount, 0U);
	/* not mapped itself, and nor is the whole: but page 5 is */
	atomic_set(&pages[1].compound_mapcount, -1);
	KUNIT_EXPECT_TRUE(test, seen(&pages[6]).facts & FACT_MAPPED);
	atomic_set(&pages[5]._mapcount, -1);
	KUNIT_EXPECT_FALSE(test, seen(&pages[6]).facts & FACT_MAPPED);
}

/* A first page that does not fit is not believed: the page stands for itself. */
static void nonsense_is_not_followed(struct kunit *test)
{
	static const struct { int page, head; unsigned char order; } cases[] = {
		{ 5, 6, 3 },	/* behind it */
		{ 5, 0, 2 },	/* too small to reach it */
		{ 5, 0, 0 },
		{ 5, 0, 200 },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct page *pages = folio_made(test, 0, SOMEWHERE | 1);
		struct page *page = &pages[cases[i].page], *head = &pages[cases[i].head];
		struct look look;

		head->flags = BIT(PG_head);
		WRITE_ONCE(head->compound_head, 0);
		head[1].compound_order = cases[i].order;
		WRITE_ONCE(page->compound_head, (unsigned long)head + 1);
		atomic_set(&page->_refcount, 3);
		look = seen(page);
		KUNIT_EXPECT_EQ_MSG(test, look.order, 0U, "case %d", i);
		KUNIT_EXPECT_EQ_MSG(test, look.place, 0ULL, "case %d", i);
		KUNIT_EXPECT_EQ_MSG(test, look.refcount, 3U, "case %d", i);
	}
}

/* Exclusive: the mark is on the page that is mapped as one. */
static void exclusive(struct kunit *test)
{
	struct page *pages = folio_made(test, BIT(PG_anon_exclusive), SOMEWHERE | 1);
	struct look head = seen(pages), tail = seen(&pages[3]);

	KUNIT_EXPECT_TRUE(test, is_exclusive(&head, VMWALK_LEVEL_PMD));
	KUNIT_EXPECT_TRUE(test, is_exclusive(&tail, VMWALK_LEVEL_PMD));
	KUNIT_EXPECT_TRUE(test, is_exclusive(&head, VMWALK_LEVEL_PTE));
	KUNIT_EXPECT_FALSE(test, is_exclusive(&tail, VMWALK_LEVEL_PTE));
	tail.facts |= FACT_HUGETLB;
	KUNIT_EXPECT_TRUE(test, is_exclusive(&tail, VMWALK_LEVEL_PTE));
	head.facts |= FACT_KSM;
	KUNIT_EXPECT_FALSE(test, is_exclusive(&head, VMWALK_LEVEL_PMD));
	/* the same bit of a file's page means another thing */
	head = seen(folio_made(test, BIT(PG_mappedtodisk) | BIT(PG_lru), SOMEWHERE));
	KUNIT_EXPECT_FALSE(test, is_exclusive(&head, VMWALK_LEVEL_PTE));
}

/* Pins: many references on a single page, a count of its own in a folio. */
static void pinned(struct kunit *test)
{
	struct page *pages = pages_made(test);

	atomic_set(&pages->_refcount, GUP_PIN_COUNTING_BIAS - 1);
	KUNIT_EXPECT_FALSE(test, seen(pages).facts & FACT_PINNED);
	atomic_set(&pages->_refcount, GUP_PIN_COUNTING_BIAS);
	KUNIT_EXPECT_TRUE(test, seen(pages).facts & FACT_PINNED);
	pages = folio_made(test, 0, 0);
	atomic_set(&pages->_refcount, GUP_PIN_COUNTING_BIAS);
	KUNIT_EXPECT_FALSE(test, seen(&pages[2]).facts & FACT_PINNED);
	atomic_set(&pages[1].compound_pincount, 1);
	KUNIT_EXPECT_TRUE(test, seen(&pages[2]).facts & FACT_PINNED);
}

/* Zones and nodes as the kernel itself writes them; a tail's are not asked. */
static void every_zone(struct kunit *test)
{
	static const struct { enum zone_type zone; u32 name; } cases[] = {
#ifdef CONFIG_ZONE_DMA
		{ ZONE_DMA, VMWALK_ZONE_DMA },
#endif
#ifdef CONFIG_ZONE_DMA32
		{ ZONE_DMA32, VMWALK_ZONE_DMA32 },
#endif
		{ ZONE_NORMAL, VMWALK_ZONE_NORMAL }, { ZONE_MOVABLE, VMWALK_ZONE_MOVABLE },
#ifdef CONFIG_ZONE_DEVICE
		{ ZONE_DEVICE, VMWALK_ZONE_DEVICE },
#endif
	};
	struct page *pages = folio_made(test, 0, 0);
	u32 node = NODES_MASK;	/* the last one there can be */
	struct look look;
	int i;

	KUNIT_EXPECT_GE(test, (int)ARRAY_SIZE(cases), (int)MAX_NR_ZONES);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		set_page_zone(pages, cases[i].zone);
		set_page_node(pages, node);
		look = seen(&pages[4]);
		KUNIT_EXPECT_EQ_MSG(test, (u32)zone_of(&look), cases[i].name, "zone %d", i);
		KUNIT_EXPECT_EQ_MSG(test, node_of(&look), node, "zone %d", i);
		KUNIT_EXPECT_EQ_MSG(test, look.order, 3U, "zone %d", i);
	}
}

/* A record, and the one that goes on where it ends; @has as a reader may see them. */
static void two_records(u64 has, struct vmwalk_frame *last, struct vmwalk_frame *next)
{
	*last = (struct vmwalk_frame) {
		.has = has, .va = 0x10000, .pages = 2, .pfn = 0x500, .type = VMWALK_FRAME_FILE,
		.order = 9, .place = 0x20, .mapcount = 1, .refcount = 3, .inode = 77,
		.offset = 0x320000, .flags = VMWALK_FLAG(PRESENT),
	};
	*next = *last;
	next->va = 0x12000;
	next->pages = 5;
	next->pfn = 0x502;
	next->place = 0x22;
	next->offset = 0x322000;
}

/* Records join if each field but one is as it should be, and then not one. */
static void records_join(struct kunit *test)
{
	const struct vmwalk_record *type = &vmwalk_records[VMWALK_RECORD_frame];
	u64 all = VMWALK_HAS(BASE) | VMWALK_HAS(FRAME) | VMWALK_HAS(PAGE) | VMWALK_HAS(MAPPING);
	struct vmwalk_frame last, next;
	int i;

	two_records(all, &last, &next);
	KUNIT_EXPECT_TRUE(test, frame_joins(&last, &next));
	for (i = 0; i < type->nr; i++) {
		const struct vmwalk_field *field = &type->fields[i];
		bool length = field->offset == offsetof(struct vmwalk_frame, pages);

		two_records(all, &last, &next);
		((u8 *)&next)[field->offset] ^= 4;
		KUNIT_EXPECT_EQ_MSG(test, frame_joins(&last, &next), length, field->name);
	}
	/* What is absent is 0 and does not move. */
	two_records(all, &last, &next);
	vmwalk_field_hide(VMWALK_RECORD_frame, &last, VMWALK_PRIVILEGED);
	vmwalk_field_hide(VMWALK_RECORD_frame, &next, VMWALK_PRIVILEGED);
	KUNIT_EXPECT_TRUE(test, frame_joins(&last, &next));
	KUNIT_EXPECT_EQ(test, next.pfn | next.place | next.offset | next.type, 0ULL);
}

/**
 * struct expected - one record of the scene
 * @va: offset, pages
 * @pages: how many
 * @pfn: first frame
 * @type: VMWALK_FRAME_*
 * @place: in the folio; ~0 where there is no PAGE
 */
struct expected {
	u64 va;
	u64 pages;
	u64 pfn;
	u32 type;
	u64 place;
};

#define SCENE_RECORDS	11
#define SCENE_PAGES	(512 + 512 + 8)

/* Two 2 MiB leaves and eight ptes: a folio of our own, far frames, single pages. */
struct scene {
	struct page *folio;
	struct expected expected[SCENE_RECORDS];
	struct vmwalk_frame got[SCENE_RECORDS + 1];
};

static struct scene *scene_made(struct kunit *test)
{
	struct scene *scene = kunit_kzalloc(test, sizeof(*scene), GFP_KERNEL);
	u64 folio, i;

	KUNIT_ASSERT_NOT_NULL(test, scene);
	scene->folio = alloc_pages(GFP_KERNEL | __GFP_COMP, 9);
	KUNIT_ASSERT_NOT_NULL(test, scene->folio);
	folio = page_to_pfn(scene->folio);
	/* pages that differ, in the middle of the leaf */
	set_bit(PG_arch_1, &scene->folio[100].flags);
	set_bit(PG_arch_1, &scene->folio[300].flags);
	/* a driver's: in an anonymous mapping this folio would be the huge page of zeros */
	fake_vma(test, STREET, STREET + SCENE_PAGES * PAGE_SIZE, VM_READ | VM_MIXEDMAP);
	fake_set(test, VMWALK_LEVEL_PMD, STREET, folio << 12 | 0xa5);
	fake_set(test, VMWALK_LEVEL_PMD, STREET + PMD_SIZE, FAR << 12 | 0xa5);
	/* frames in a row, then a gap in frames, then one of the folio by a pte */
	for (i = 0; i < 5; i++)
		fake_set(test, VMWALK_LEVEL_PTE, STREET + 2 * PMD_SIZE + i * PAGE_SIZE,
			 (FAR + 0x1000 + i + (i > 2)) << 12 | 0x25);
	fake_set(test, VMWALK_LEVEL_PTE, STREET + 2 * PMD_SIZE + 6 * PAGE_SIZE,
		 (folio + 7) << 12 | 0x25);
	fake_set(test, VMWALK_LEVEL_PTE, STREET + 2 * PMD_SIZE + 7 * PAGE_SIZE,
		 page_to_pfn(ZERO_PAGE(0)) << 12 | 0x225);
	memcpy(scene->expected, (struct expected[]) {
		{ 0, 1, folio, VMWALK_FRAME_KERNEL, 0 },
		{ 1, 99, folio + 1, VMWALK_FRAME_KERNEL, 1 },
		{ 100, 1, folio + 100, VMWALK_FRAME_KERNEL, 100 },
		{ 101, 199, folio + 101, VMWALK_FRAME_KERNEL, 101 },
		{ 300, 1, folio + 300, VMWALK_FRAME_KERNEL, 300 },
		{ 301, 211, folio + 301, VMWALK_FRAME_KERNEL, 301 },
		{ 512, 512, FAR, VMWALK_FRAME_NONE, ~0ULL },
		{ 1024, 3, FAR + 0x1000, VMWALK_FRAME_NONE, ~0ULL },
		{ 1027, 2, FAR + 0x1004, VMWALK_FRAME_NONE, ~0ULL },
		{ 1030, 1, folio + 7, VMWALK_FRAME_KERNEL, 7 },
		{ 1031, 1, page_to_pfn(ZERO_PAGE(0)), VMWALK_FRAME_ZERO, 0 },
	}, sizeof(scene->expected));
	return scene;
}

static void scene_end(struct scene *scene)
{
	clear_bit(PG_arch_1, &scene->folio[100].flags);
	clear_bit(PG_arch_1, &scene->folio[300].flags);
	__free_pages(scene->folio, 9);
}

/* Records of [from, to) (in pages), @room at a time, one after the other; how many. */
static u32 scene_collect(struct kunit *test, struct scene *scene, u64 from, u64 to, u32 room,
			 u64 hide)
{
	struct vmwalk_frame_sink sink;
	struct vmwalk_cost cost = { };
	u64 cursor = STREET + (from << PAGE_SHIFT), end = STREET + (to << PAGE_SHIFT);
	u32 nr = 0;

	while (cursor < end && nr <= SCENE_RECORDS) {
		u64 before = cursor;

		vmwalk_frame_sink_open(&sink, scene->got + nr,
				       min_t(u32, room, SCENE_RECORDS + 1 - nr), hide);
		KUNIT_EXPECT_EQ(test, 0, vmwalk_pgtable_walk(fake_mm(test), &cursor, end,
							     &sink.sink, &cost));
		nr += sink.nr;
		if (cursor == before)
			break;
	}
	KUNIT_EXPECT_EQ(test, cursor, end);
	return nr;
}

/* What is expected of [from, to): the records cut off at both ends. */
static void scene_check(struct kunit *test, struct scene *scene, u64 from, u64 to, u32 nr)
{
	u32 i, k = 0;

	for (i = 0; i < SCENE_RECORDS; i++) {
		const struct expected *whole = &scene->expected[i];
		u64 start = max(from, whole->va), end = min(to, whole->va + whole->pages);
		const struct vmwalk_frame *got = &scene->got[k];
		bool page = whole->place != ~0ULL;

		if (start >= end)
			continue;
		k++;
		KUNIT_EXPECT_LE(test, k, nr);
		KUNIT_EXPECT_EQ(test, got->va, STREET + (start << PAGE_SHIFT));
		KUNIT_EXPECT_EQ(test, got->pages, end - start);
		KUNIT_EXPECT_EQ(test, got->pfn, whole->pfn + start - whole->va);
		KUNIT_EXPECT_EQ(test, got->type, whole->type);
		KUNIT_EXPECT_EQ(test, got->place, page ? whole->place + start - whole->va : 0);
		KUNIT_EXPECT_EQ(test, !!(got->has & VMWALK_HAS(PAGE)), page);
	}
	KUNIT_EXPECT_EQ(test, k, nr);
}

/* Room for 1, 2 … records at a time: always the same ones, none broken. */
static void every_room(struct kunit *test)
{
	struct scene *scene = scene_made(test);
	u32 room;

	for (room = 1; room <= SCENE_RECORDS; room++)
		scene_check(test, scene, 0, SCENE_PAGES,
			    scene_collect(test, scene, 0, SCENE_PAGES, room, 0));
	KUNIT_EXPECT_EQ(test, scene->got[3].order, 9U);
	KUNIT_EXPECT_EQ(test, scene->got[3].zone,
			page_zonenum(scene->folio) == ZONE_NORMAL ? VMWALK_ZONE_NORMAL :
								    VMWALK_ZONE_DMA32);
	KUNIT_EXPECT_EQ(test, scene->got[2].page_flags, KPF(COMPOUND_TAIL) | KPF(ARCH));
	KUNIT_EXPECT_EQ(test, scene->got[0].level, (u32)VMWALK_LEVEL_PMD);
	KUNIT_EXPECT_EQ(test, scene->got[9].level, (u32)VMWALK_LEVEL_PTE);
	scene_end(scene);
}

/* Ranges that begin and end in the middle of leaves, with room for one and for all. */
static void every_cut(struct kunit *test)
{
	static const u64 cuts[] = { 0, 1, 50, 100, 101, 511, 512, 513, 700, 1023, 1024, 1026,
				    1029, 1031, 1032 };
	struct scene *scene = scene_made(test);
	int i, j;

	for (i = 0; i < ARRAY_SIZE(cuts); i++) {
		for (j = i + 1; j < ARRAY_SIZE(cuts); j++) {
			scene_check(test, scene, cuts[i], cuts[j],
				    scene_collect(test, scene, cuts[i], cuts[j], 1, 0));
			scene_check(test, scene, cuts[i], cuts[j],
				    scene_collect(test, scene, cuts[i], cuts[j], 99, 0));
		}
	}
	scene_end(scene);
}

/*
 * Without the right to frames: what the leaves look like is all that tells records
 * apart. The two huge leaves are one, and so are the ptes up to the empty one.
 */
static void hidden(struct kunit *test)
{
	static const u64 starts[] = { 0, 1024, 1030, 1031 }, pages[] = { 1024, 5, 1, 1 };
	struct scene *scene = scene_made(test);
	struct vmwalk_frame bare;
	u32 room, i;

	for (room = 1; room <= 5; room++) {
		KUNIT_EXPECT_EQ(test, (u32)ARRAY_SIZE(starts),
				scene_collect(test, scene, 0, SCENE_PAGES, room,
					      VMWALK_PRIVILEGED));
		for (i = 0; i < ARRAY_SIZE(starts); i++) {
			const struct vmwalk_frame *got = &scene->got[i];

			KUNIT_EXPECT_EQ(test, got->va, STREET + starts[i] * PAGE_SIZE);
			KUNIT_EXPECT_EQ(test, got->pages, pages[i]);
			bare = (struct vmwalk_frame) {
				.has = VMWALK_HAS(BASE), .va = got->va, .pages = got->pages,
				.level = got->level, .kind = VMWALK_KIND_PAGE,
				.memtype = got->memtype, .flags = got->flags,
			};
			KUNIT_EXPECT_EQ(test, 0, memcmp(got, &bare, sizeof(bare)));
		}
	}
	scene_end(scene);
}

/* The bits of the leaf that are a number: key 11 is bits 59, 60 and 62. */
static void protection_key(struct kunit *test)
{
	struct vm_area_struct *vma = fake_vma(test, STREET, STREET + PAGE_SIZE, VM_READ);
	struct fake_sink *sink = fake_sink(test, FAKE_NOTES);
	struct vmwalk_frame frame;

	fake_set(test, VMWALK_LEVEL_PTE, STREET, 0x5800000000000025 | FAR << 12);
	fake_walk(vma, STREET, STREET + PAGE_SIZE, sink);
	vmwalk_frame_read(vma, &sink->note[sink->nr - 1], 0, &frame);
	KUNIT_EXPECT_EQ(test, frame.pkey, 11U);
	KUNIT_EXPECT_EQ(test, frame.pfn, FAR);
	KUNIT_EXPECT_EQ(test, frame.type, (u32)VMWALK_FRAME_NONE);
	KUNIT_EXPECT_EQ(test, frame.has, VMWALK_HAS(BASE) | VMWALK_HAS(FRAME));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(flags_have_the_kernels_numbers),
	KUNIT_CASE(every_bit),
	KUNIT_CASE(every_type),
	KUNIT_CASE(every_page_of_a_folio),
	KUNIT_CASE(mapped_both_ways),
	KUNIT_CASE(nonsense_is_not_followed),
	KUNIT_CASE(exclusive),
	KUNIT_CASE(pinned),
	KUNIT_CASE(every_zone),
	KUNIT_CASE(records_join),
	KUNIT_CASE(every_room),
	KUNIT_CASE(every_cut),
	KUNIT_CASE(hidden),
	KUNIT_CASE(protection_key),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_frame",
	.init = fake_init,
	.exit = fake_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
