// SPDX-License-Identifier: GPL-2.0
/* fake.c - a kernel of a few hand-made pages; see fake.h */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "fake.h"

#define READ	1
#define WRITE	2
#define EXEC	4
#define SHARED	8

struct fake fake;
static int fake_fd = FAKE_FD_NONE;

int __real_open(const char *path, int flags, ...);
int __real_access(const char *path, int mode);
int __wrap_open(const char *path, int flags, ...);
int __wrap_access(const char *path, int mode);
int __wrap_ioctl(int fd, unsigned long request, ...);
int __wrap_nanosleep(const struct timespec *time, struct timespec *left);

static const struct area {
	__u64 start, end, flags;
	__u64 inode;
	__u32 use;
	const char *name;
} areas[] = {
	{ 0x400000, 0x403000, READ | EXEC, 77, VMWALK_USE_CODE, "/bin/a b\nc" },
	{ 0x40000000, 0x40400000, READ | WRITE, 0, VMWALK_USE_ANON, NULL },
	{ 0x50000000, 0x50004000, READ | WRITE | SHARED, 5, VMWALK_USE_SHM, "[shm]" },
};

/* Every entry there is; whatever an area holds beside them is empty. */
static const struct leaf {
	__u64 va;
	__u32 level, shift, kind;
	__u64 raw, flags, pfn;
	__u32 swap_type;
	__u64 swap_offset;
} leaves[] = {
	{ 0x400000, VMWALK_LEVEL_PTE, 12, VMWALK_KIND_PAGE, 0x1000025,
	  VMWALK_FLAG(PRESENT) | VMWALK_FLAG(USER) | VMWALK_FLAG(ACCESSED), 0x1000, 0, 0 },
	{ 0x401000, VMWALK_LEVEL_PTE, 12, VMWALK_KIND_PAGE, 0x1001025,
	  VMWALK_FLAG(PRESENT) | VMWALK_FLAG(USER) | VMWALK_FLAG(ACCESSED), 0x1001, 0, 0 },
	{ 0x402000, VMWALK_LEVEL_PTE, 12, VMWALK_KIND_NONE, 0, 0, 0, 0, 0 },
	{ 0x40000000, VMWALK_LEVEL_PMD, 21, VMWALK_KIND_PAGE, 0x800000800000e7,
	  VMWALK_FLAG(PRESENT) | VMWALK_FLAG(WRITE) | VMWALK_FLAG(USER) | VMWALK_FLAG(HUGE),
	  0x80000, 0, 0 },
	{ 0x40200000, VMWALK_LEVEL_PMD, 21, VMWALK_KIND_NONE, 0, 0, 0, 0, 0 },
	{ 0x50000000, VMWALK_LEVEL_PTE, 12, VMWALK_KIND_SWAP, 0x7fff, 0, 0, 1, 0x22 },
	{ 0x50001000, VMWALK_LEVEL_PTE, 12, VMWALK_KIND_PROTNONE, 0x1ccc100,
	  VMWALK_FLAG(NX), 0x3333, 0, 0 },
	{ 0x50002000, VMWALK_LEVEL_PTE, 12, VMWALK_KIND_UNKNOWN, 0xabc0, 0, 0, 0, 0 },
	{ 0x50003000, VMWALK_LEVEL_PTE, 12, VMWALK_KIND_MIGRATION, 0xdef0, 0, 0x4444, 0, 0 },
};

#define AREAS	(sizeof(areas) / sizeof(areas[0]))
#define LEAVES	(sizeof(leaves) / sizeof(leaves[0]))

void fake_reset(void)
{
	memset(&fake, 0, sizeof(fake));
}

static const struct area *area_find(__u64 va)
{
	size_t i;

	for (i = 0; i < AREAS; i++)
		if (va >= areas[i].start && va < areas[i].end)
			return &areas[i];
	return NULL;
}

static const struct leaf *leaf_find(__u64 va)
{
	size_t i;

	for (i = 0; i < LEAVES; i++)
		if (va >> leaves[i].shift == leaves[i].va >> leaves[i].shift)
			return &leaves[i];
	return NULL;
}

static int has_frame(__u32 kind)
{
	return kind == VMWALK_KIND_PAGE || kind == VMWALK_KIND_PROTNONE ||
	       kind == VMWALK_KIND_MIGRATION;
}

static __u64 groups(__u32 kind)
{
	__u64 has = VMWALK_HAS(BASE);

	if (fake.unprivileged)
		return has;
	has |= VMWALK_HAS(RAW);
	if (has_frame(kind) || kind == VMWALK_KIND_TABLE)
		has |= VMWALK_HAS(FRAME);
	if (kind == VMWALK_KIND_SWAP)
		has |= VMWALK_HAS(SWAP);
	return has;
}

static struct vmwalk_entry *entry_add(struct vmwalk_walk *walk, __u32 level, __u32 shift,
				      __u32 index, __u32 kind)
{
	struct vmwalk_entry *entry = &walk->entry[walk->depth++];

	entry->has = kind == VMWALK_KIND_FOLDED ? VMWALK_HAS(BASE) : groups(kind);
	entry->va = walk->va >> shift << shift;
	entry->level = level;
	entry->shift = shift;
	entry->index = index;
	entry->kind = kind;
	if (entry->has & VMWALK_HAS(RAW))
		entry->table = 0x10000 + level * 0x1000;
	return entry;
}

static void table_add(struct vmwalk_walk *walk, __u32 level, __u32 shift)
{
	__u32 index = (walk->va >> shift) & 511;
	struct vmwalk_entry *entry = entry_add(walk, level, shift, index, VMWALK_KIND_TABLE);

	entry->flags = VMWALK_FLAG(PRESENT) | VMWALK_FLAG(WRITE) | VMWALK_FLAG(USER);
	if (!fake.unprivileged) {
		entry->pfn = 0x10 + level - 1 - (level == VMWALK_LEVEL_PGD);
		entry->raw = (entry->pfn << 12) | 7;
	}
}

static void leaf_add(struct vmwalk_walk *walk, const struct leaf *leaf)
{
	__u32 index = (walk->va >> leaf->shift) & 511;
	struct vmwalk_entry *entry = entry_add(walk, leaf->level, leaf->shift, index, leaf->kind);

	entry->flags = leaf->flags;
	walk->kind = leaf->kind;
	if (fake.unprivileged)
		return;
	entry->raw = leaf->raw;
	entry->pfn = leaf->pfn;
	entry->swap_type = leaf->swap_type;
	entry->swap_offset = leaf->swap_offset;
	if (leaf->kind == VMWALK_KIND_PAGE || leaf->kind == VMWALK_KIND_PROTNONE) {
		walk->has |= VMWALK_HAS(FRAME);
		walk->pa = (leaf->pfn << 12) + (walk->va - leaf->va);
	}
}

static void walk_make(struct vmwalk_walk *walk, __u64 va)
{
	const struct area *area = area_find(va);
	const struct leaf *leaf;

	memset(walk, 0, sizeof(*walk));
	walk->has = VMWALK_HAS(BASE);
	walk->va = va;
	walk->kind = VMWALK_KIND_NOVMA;
	if (!area)
		return;
	walk->has |= VMWALK_HAS(VMA);
	walk->vma_start = area->start;
	walk->vma_end = area->end;
	walk->vma_flags = area->flags;
	table_add(walk, VMWALK_LEVEL_PGD, 39);
	entry_add(walk, VMWALK_LEVEL_P4D, 39, 0, VMWALK_KIND_FOLDED);
	table_add(walk, VMWALK_LEVEL_PUD, 30);
	leaf = leaf_find(va);
	if (leaf->level == VMWALK_LEVEL_PTE)
		table_add(walk, VMWALK_LEVEL_PMD, 21);
	leaf_add(walk, leaf);
}

/* A record into the caller's room, as long as the caller wants it. */
static void record_put(struct vmwalk_query *query, const void *record, size_t size)
{
	char *to = (char *)(uintptr_t)query->records + (size_t)query->record_size * query->done;
	size_t known = size - fake.record_cut;

	if (known > query->record_size)
		known = query->record_size;
	memset(to, 0, query->record_size);
	memcpy(to, record, known);
	query->done++;
}

static __u32 room(const struct vmwalk_query *query)
{
	return fake.max_done && fake.max_done < query->count ? fake.max_done : query->count;
}

/* The first 2 MiB of the direct map, at frame 0; the rest of the half is not there. */
static void kernel_walk_make(struct vmwalk_walk *walk, __u64 va)
{
	struct vmwalk_entry *leaf;

	memset(walk, 0, sizeof(*walk));
	walk->has = VMWALK_HAS(BASE);
	walk->va = va;
	walk->region = VMWALK_REGION_HOLE;
	if (va >> 63 == 0)
		walk->region = VMWALK_REGION_USER;
	if (va >> 21 != FAKE_DIRECT_MAP >> 21)
		return;
	walk->region = VMWALK_REGION_DIRECT_MAP;
	walk->has |= VMWALK_HAS(LEAF) | VMWALK_HAS(FRAME);
	walk->effective = VMWALK_FLAG(WRITE) | VMWALK_FLAG(NX);
	walk->kind = VMWALK_KIND_PAGE;
	walk->pa = va - FAKE_DIRECT_MAP;
	table_add(walk, VMWALK_LEVEL_PGD, 39);
	entry_add(walk, VMWALK_LEVEL_P4D, 39, 0, VMWALK_KIND_FOLDED);
	table_add(walk, VMWALK_LEVEL_PUD, 30);
	leaf = entry_add(walk, VMWALK_LEVEL_PMD, 21, (va >> 21) & 511, VMWALK_KIND_PAGE);
	leaf->raw = 0x80000000000001e3;
	leaf->flags = VMWALK_FLAG(PRESENT) | VMWALK_FLAG(WRITE) | VMWALK_FLAG(NX) |
		      VMWALK_FLAG(HUGE) | VMWALK_FLAG(GLOBAL);
}

static void translate(struct vmwalk_query *query)
{
	const __u64 *addresses = (const __u64 *)(uintptr_t)query->addresses;
	struct vmwalk_walk walk;

	while (query->done < room(query)) {
		if (query->flags & VMWALK_QUERY_KERNEL)
			kernel_walk_make(&walk, addresses[query->done]);
		else
			walk_make(&walk, addresses[query->done]);
		query->entries += walk.depth;
		record_put(query, &walk, sizeof(walk));
	}
}

static void runs(struct vmwalk_query *query)
{
	size_t i;

	query->cursor = query->end;
	for (i = 0; i < LEAVES; i++) {
		const struct leaf *leaf = &leaves[i];
		__u64 end = leaf->va + (1ULL << leaf->shift);
		struct vmwalk_run run = {
			.has = groups(leaf->kind), .start = leaf->va, .end = end,
			.level = leaf->level, .shift = leaf->shift, .kind = leaf->kind,
			.vma_flags = area_find(leaf->va)->flags, .flags = leaf->flags,
		};

		if (end <= query->start || leaf->va >= query->end)
			continue;
		if (query->done == room(query)) {
			query->cursor = leaf->va;
			return;
		}
		if (!fake.unprivileged) {
			run.pa = leaf->pfn << 12;
			run.raw = leaf->raw;
			run.swap_type = leaf->swap_type;
			run.swap_offset = leaf->swap_offset;
		}
		record_put(query, &run, sizeof(run));
	}
}

static void name_put(struct vmwalk_query *query, struct vmwalk_vma *vma, const char *name)
{
	if (!name || !query->names)
		return;
	vma->name_offset = query->names_used;
	vma->name_len = (__u32)strlen(name);
	memcpy((char *)(uintptr_t)query->names + query->names_used, name, vma->name_len + 1);
	if (fake.lie_name == FAKE_NAME_CUT)
		vma->name_len--;
	if (fake.lie_name != FAKE_NAME_UNUSED)
		query->names_used += vma->name_len + 1;
	if (fake.lie_name == FAKE_NAME_FAR)
		vma->name_offset = UINT32_MAX;
}

static void vmas(struct vmwalk_query *query)
{
	size_t i;

	query->cursor = query->end;
	for (i = 0; i < AREAS; i++) {
		const struct area *area = &areas[i];
		struct vmwalk_vma vma = {
			.has = VMWALK_HAS(BASE), .start = area->start, .end = area->end,
			.flags = area->flags, .dev = { 0xfe, 1 }, .inode = area->inode,
			.page_bytes = 4096, .use = area->use,
		};

		if (area->end <= query->start || area->start >= query->end)
			continue;
		if (query->done == room(query)) {
			query->cursor = area->start;
			return;
		}
		if (query->flags & VMWALK_QUERY_COUNTS) {
			vma.has |= VMWALK_HAS(COUNTS);
			vma.pte = i ? 0 : 2;
		}
		name_put(query, &vma, area->name);
		record_put(query, &vma, sizeof(vma));
	}
}

static void vma_make(const struct area *area, struct vmwalk_vma *vma)
{
	*vma = (struct vmwalk_vma) {
		.has = VMWALK_HAS(BASE), .start = area->start, .end = area->end,
		.flags = area->flags, .dev = { 0xfe, 1 }, .inode = area->inode,
		.page_bytes = 4096, .use = area->use,
		/* The first three have the numbers of vm_flags, and SHARED too. */
		.attributes = area->flags,
	};
}

/* Area 1 is a file of 0x2800 bytes, all of it in the page cache and on disk. */
static void backing_make(const struct area *area, __u64 va, struct vmwalk_backing *backing)
{
	*backing = (struct vmwalk_backing) { .has = VMWALK_HAS(BASE) };
	if (area == &areas[1])
		backing->fill = VMWALK_FILL_ZERO;
	if (area == &areas[1])
		return;
	backing->fill = area == &areas[0] ? VMWALK_FILL_FILE : VMWALK_FILL_SHMEM;
	backing->has |= VMWALK_HAS(BACKED);
	backing->dev[0] = 0xfe;
	backing->dev[1] = 1;
	backing->inode = area->inode;
	backing->offset = va - area->start;
	backing->size = area == &areas[0] ? 0x2800 : 0x4000;
	if (fake.unprivileged)
		return;
	backing->has |= VMWALK_HAS(PAGE);
	backing->cache = VMWALK_CACHE_ABSENT;
	if (area != &areas[0])
		return;
	backing->has |= VMWALK_HAS(FRAME) | VMWALK_HAS(BLOCK);
	backing->cache = VMWALK_CACHE_UPTODATE;
	backing->cache_pfn = 0x1000 + (backing->offset >> 12);
	backing->block_state = VMWALK_BLOCK_MAPPED;
	backing->block = 700 + (backing->offset >> 12);
	backing->block_bytes = 4096;
	backing->block_dev[0] = 0xfe;
	backing->block_dev[1] = 1;
}

static void around_make(__u64 va, struct vmwalk_around *around)
{
	size_t i;

	*around = (struct vmwalk_around) {
		.has = VMWALK_HAS(BASE), .task_size = FAKE_TASK_SIZE, .stack_limit = 8 << 20,
		.as_limit = ~0ULL, .total_bytes = 0x407000,
	};
	for (i = 0; i < AREAS; i++) {
		if (areas[i].end <= va) {
			around->below[0] = areas[i].start;
			around->below[1] = areas[i].end;
		}
		if (areas[i].start > va && !around->above[1]) {
			around->above[0] = areas[i].start;
			around->above[1] = areas[i].end;
		}
	}
	if (!fake.unprivileged) {
		around->has |= VMWALK_HAS(REGS);
		around->pkru = 0x55555554;
	}
}

/* What struct page tells of the frames; the one that migrates is not looked into. */
static const struct page {
	__u64 va, pages;
	__u32 type, order, mapcount, zone;
} pages[] = {
	{ 0x400000, 2, VMWALK_FRAME_FILE, 1, 2, VMWALK_ZONE_DMA32 },
	{ 0x40000000, 512, VMWALK_FRAME_ANON, 9, 1, VMWALK_ZONE_DMA32 },
	{ 0x50001000, 1, VMWALK_FRAME_SHMEM, 0, 3, VMWALK_ZONE_DMA },
	{ 0x50003000, 1, VMWALK_FRAME_NONE, 0, 0, 0 },
};

#define PAGES	(sizeof(pages) / sizeof(pages[0]))

static void page_describe(struct vmwalk_frame *frame, const struct page *page, __u64 skip)
{
	frame->has = groups(frame->kind);
	if (fake.unprivileged)
		return;
	frame->pfn = leaf_find(page->va)->pfn + skip;
	if (page->type == VMWALK_FRAME_NONE)
		return;
	frame->has |= VMWALK_HAS(PAGE);
	frame->type = page->type;
	frame->order = page->order;
	frame->place = skip;
	frame->mapcount = page->mapcount;
	frame->refcount = page->mapcount + 1;
	frame->node = 0;
	frame->zone = page->zone;
	frame->page_flags = VMWALK_PAGE_FLAG(UPTODATE);
}

static const struct page *page_find(__u64 va)
{
	size_t i;

	for (i = 0; i < PAGES; i++)
		if (va >= pages[i].va && va < pages[i].va + (pages[i].pages << 12))
			return &pages[i];
	return NULL;
}

static void dossiers(struct vmwalk_query *query)
{
	const __u64 *addresses = (const __u64 *)(uintptr_t)query->addresses;
	struct vmwalk_dossier dossier;

	while (query->done < room(query)) {
		__u64 va = addresses[query->done];
		const struct area *area = area_find(va);

		memset(&dossier, 0, sizeof(dossier));
		walk_make(&dossier.walk, va);
		around_make(va, &dossier.around);
		dossier.has = VMWALK_HAS(BASE);
		if (area) {
			dossier.has |= VMWALK_HAS(VMA);
			vma_make(area, &dossier.vma);
			name_put(query, &dossier.vma, area->name);
			backing_make(area, va, &dossier.backing);
		}
		if (dossier.walk.kind == VMWALK_KIND_PAGE) {
			dossier.has |= VMWALK_HAS(LEAF);
			dossier.walk.has |= VMWALK_HAS(LEAF);
			dossier.walk.effective = dossier.walk.entry[dossier.walk.depth - 1].flags &
				(VMWALK_FLAG(WRITE) | VMWALK_FLAG(USER) | VMWALK_FLAG(NX));
			dossier.frame.va = va >> 12 << 12;
			dossier.frame.pages = 1;
			dossier.frame.kind = VMWALK_KIND_PAGE;
			dossier.frame.memtype = VMWALK_MEMTYPE_WB;
			page_describe(&dossier.frame, page_find(va),
				      (va - page_find(va)->va) >> 12);
		}
		query->entries += dossier.walk.depth;
		record_put(query, &dossier, sizeof(dossier));
	}
}

/* Exact: a range may begin and end inside of a huge page. */
static void frames(struct vmwalk_query *query)
{
	size_t i;

	query->cursor = query->end;
	for (i = 0; i < PAGES; i++) {
		const struct page *page = &pages[i];
		const struct leaf *leaf = leaf_find(page->va);
		__u64 start = page->va, end = page->va + (page->pages << 12);
		struct vmwalk_frame frame = {
			.level = leaf->level, .kind = leaf->kind, .flags = leaf->flags,
			.memtype = VMWALK_MEMTYPE_WB,
		};

		if (end <= query->start || start >= query->end)
			continue;
		start = query->start > start ? query->start >> 12 << 12 : start;
		end = query->end < end ? (query->end + 4095) >> 12 << 12 : end;
		if (query->done == room(query)) {
			query->cursor = start;
			return;
		}
		frame.va = start;
		frame.pages = fake.lie_pages ? 0 : (end - start) >> 12;
		page_describe(&frame, page, (start - page->va) >> 12);
		record_put(query, &frame, sizeof(frame));
	}
}

static const __u32 shifts[] = { 12, 21, 30, 39, 39 };

/* The table of a level around an address, as a part that may have been begun before. */
static struct vmwalk_pagetable *part_find(struct vmwalk_pagetable *parts, size_t *nr,
					  __u64 va, __u32 level)
{
	__u32 shift = shifts[level];
	__u64 start = va >> (shift + 9) << (shift + 9);
	size_t i;

	for (i = 0; i < *nr; i++)
		if (parts[i].level == level && parts[i].va == start)
			return &parts[i];
	parts[*nr] = (struct vmwalk_pagetable) {
		.has = VMWALK_HAS(BASE), .va = start, .level = level, .shift = shift,
		.entries = 512,
	};
	if (!fake.unprivileged) {
		parts[*nr].has |= VMWALK_HAS(RAW);
		parts[*nr].sharers = level == VMWALK_LEVEL_PMD && start ? 3 : 1;
		parts[*nr].pa = 0x10000 + level * 0x1000;
	}
	return &parts[(*nr)++];
}

static void part_count(struct vmwalk_pagetable *part, __u64 va, int leaf)
{
	__u32 index = (va >> part->shift) & 511;

	if (part->used && part->last == index)
		return;
	if (!part->used)
		part->first = index;
	part->last = index;
	part->used++;
	part->leaves += (__u32)leaf;
}

/* The parts of the tables that stand for one area, as far as it is in the range. */
static size_t parts_make(struct vmwalk_pagetable *parts, __u64 start, __u64 end)
{
	size_t nr = 0, i;
	__u32 level;

	for (i = 0; i < LEAVES; i++) {
		const struct leaf *leaf = &leaves[i];

		if (leaf->va + (1ULL << leaf->shift) <= start || leaf->va >= end)
			continue;
		for (level = leaf->level; level <= VMWALK_LEVEL_PGD; level++) {
			int own = level == leaf->level;
			struct vmwalk_pagetable *part;

			if (level == VMWALK_LEVEL_P4D)
				continue;
			part = part_find(parts, &nr, leaf->va, level);
			if (!own || leaf->kind != VMWALK_KIND_NONE)
				part_count(part, leaf->va, own &&
					   (leaf->kind == VMWALK_KIND_PAGE ||
					    leaf->kind == VMWALK_KIND_PROTNONE));
		}
	}
	return nr;
}

/* Every area gives parts of its own, so that who asks has to put tables together. */
static void tables(struct vmwalk_query *query)
{
	struct vmwalk_pagetable parts[16];
	size_t i, k, nr;

	query->cursor = query->end;
	for (i = 0; i < AREAS; i++) {
		__u64 start = areas[i].start > query->start ? areas[i].start : query->start;
		__u64 end = areas[i].end < query->end ? areas[i].end : query->end;

		if (start >= end)
			continue;
		nr = parts_make(parts, start, end);
		if (query->done && query->done + nr > room(query)) {
			query->cursor = start;
			return;
		}
		for (k = 0; k < nr; k++) {
			if (fake.lie_table)
				parts[k].last = parts[k].entries;
			record_put(query, &parts[k], sizeof(parts[k]));
		}
	}
}

static const struct vmwalk_task the_task = {
	.has = VMWALK_HAS(BASE), .pid = FAKE_PID, .tgid = FAKE_PID, .ppid = 1, .comm = "fake",
	.state = 'S', .threads = 2, .session = 77, .exit_signal = 17,
};

static const struct vmwalk_thread the_threads[] = {
	{ .has = VMWALK_HAS(BASE), .tid = FAKE_PID, .tgid = FAKE_PID, .comm = "fa\nke",
	  .state = 'S', .state_name = VMWALK_STATE_SLEEPING, .cpus = 2, .cpu_mask = { 3 } },
	{ .has = VMWALK_HAS(BASE), .tid = FAKE_PID + 1, .tgid = FAKE_PID, .comm = "two",
	  .state = 'R', .state_name = VMWALK_STATE_RUNNING, .on_cpu = 1,
	  .policy = VMWALK_POLICY_FIFO, .rt_priority = 30, .cpus = 1, .cpu_mask = { 2 } },
};

/* The first one is in the file's first page, its stack in the 2 MiB page. */
static const struct vmwalk_registers the_registers[] = {
	{ .has = VMWALK_HAS(BASE) | VMWALK_HAS(REGS), .tid = FAKE_PID, .ip = 0x400123,
	  .sp = 0x40000010, .orig_ax = 34 },
	{ .has = VMWALK_HAS(BASE) | VMWALK_HAS(REGS), .tid = FAKE_PID + 1, .ip = 0x9,
	  .sp = 0x50000008, .orig_ax = ~0ULL },
};

static const struct vmwalk_mm the_mm = {
	.has = VMWALK_HAS(BASE) | VMWALK_HAS(RAW), .pgd_pa = 0x1234000, .levels = 5, .users = 1,
	.total_bytes = 1 << 20, .code = { 0x400000, 0x403000 },
};

static const struct vmwalk_cred the_creds[] = {
	{ .has = VMWALK_HAS(BASE), .tid = FAKE_PID, .groups = 2, .uid = { 1, 2, 3, 4 },
	  .effective = VMWALK_BIT(12) | VMWALK_BIT(40), .loginuid = -1 },
	{ .has = VMWALK_HAS(BASE), .tid = FAKE_PID + 1 },
};

static const struct vmwalk_supgroup the_groups[] = {
	{ .has = VMWALK_HAS(BASE), .index = 0, .gid = 5 },
	{ .has = VMWALK_HAS(BASE), .index = 1, .gid = 50 },
};

static const struct vmwalk_limit the_limits[] = {
	{ .has = VMWALK_HAS(BASE), .resource = 3, .soft = 8 << 20, .hard = ~0ULL },
};

static const struct vmwalk_auxv the_auxv[] = {
	{ .has = VMWALK_HAS(BASE), .index = 0, .type = 6, .raw_type = 6, .value = 4096 },
	{ .has = VMWALK_HAS(BASE), .index = 1, .type = 99, .raw_type = 99, .value = 5 },
};

/* What the queries by numbers answer: records and the number of each. */
static const struct list {
	enum vmwalk_ioc ioc;
	const void *records;
	size_t size, nr;
	__u64 first;		/* the number of the first one; the next has the next */
} lists[] = {
#define LIST(NAME, records, nr, first)	{ VMWALK_IOC_##NAME, records, sizeof(*(records)), nr, first }
	LIST(TASK, &the_task, 1, 0),
	LIST(MM, &the_mm, 1, 0),
	LIST(THREADS, the_threads, 2, FAKE_PID),
	LIST(REGISTERS, the_registers, 2, FAKE_PID),
	LIST(CREDS, the_creds, 2, FAKE_PID),
	LIST(GROUPS, the_groups, 2, 0),
	LIST(LIMITS, the_limits, 1, 3),
	LIST(AUXV, the_auxv, 2, 0),
#undef LIST
};

#define LISTS	(sizeof(lists) / sizeof(lists[0]))

/* Registers are for the privileged; the record stays. */
static void list_put(struct vmwalk_query *query, const struct list *list, size_t i)
{
	struct vmwalk_registers hidden = { .has = VMWALK_HAS(BASE) };

	hidden.tid = the_registers[i].tid;
	if (list->ioc == VMWALK_IOC_REGISTERS && fake.unprivileged)
		record_put(query, &hidden, sizeof(hidden));
	else
		record_put(query, (const char *)list->records + i * list->size, list->size);
}

static void list_answer(unsigned long request, struct vmwalk_query *query)
{
	const struct list *list = NULL;
	size_t i;

	for (i = 0; i < LISTS; i++)
		if (lists[i].ioc == request && !(fake.no_mm && request == VMWALK_IOC_MM))
			list = &lists[i];
	query->cursor = query->end;
	for (i = 0; list && i < list->nr; i++) {
		if (list->first + i < query->start || list->first + i >= query->end)
			continue;
		if (query->done == room(query)) {
			query->cursor = list->first + i;
			break;
		}
		list_put(query, list, i);
	}
}

/* Is it one of the queries by numbers? Those without a list have nothing to tell. */
static int is_list(unsigned long request)
{
#define QUERY(NAME, nr, record, flags, takes, help) \
	if (request == VMWALK_IOC_##NAME) \
		return (takes) == VMWALK_TAKES_NUMBERS;
	VMWALK_QUERIES(QUERY)
#undef QUERY
	return 0;
}

/* Its open files: a file twice, by one open(2), and a pipe. */
static const struct open_file {
	__u32 fd, kind, type, options;
	__u64 id, inode, size;
	const char *name;
} open_files[] = {
	{ 0, VMWALK_FILE_KIND_REGULAR, VMWALK_FILE_REG, 0, 0xfeed0001, 77, 0x2800, "/bin/a b\nc" },
	{ 3, VMWALK_FILE_KIND_PIPE, VMWALK_FILE_FIFO, 1, 0xfeed0002, 9, 0, "pipe:[9]" },
	{ 7, VMWALK_FILE_KIND_REGULAR, VMWALK_FILE_REG, 0, 0xfeed0001, 77, 0x2800, "/bin/a b\nc" },
};

#define OPEN_FILES	(sizeof(open_files) / sizeof(open_files[0]))

static void descriptor_make(const struct open_file *open, struct vmwalk_descriptor *to)
{
	*to = (struct vmwalk_descriptor) {
		.has = VMWALK_HAS(BASE),
		.file = {
			.has = VMWALK_HAS(BASE), .fd = open->fd, .kind = open->kind,
			.type = open->type, .options = open->options, .id = open->id,
			.mode = open->options ? 2 : 1, .references = 2, .dev = { 0xfe, 1 },
			.inode = open->inode, .pos = 4, .driver = "kernel",
		},
		.inode = {
			.has = VMWALK_HAS(BASE), .fd = open->fd, .type = open->type,
			.dev = { 0xfe, 1 }, .inode = open->inode, .size = open->size,
			.mode = 0100644, .permissions = 0100644, .nlink = 1,
			.block_bytes = 4096, .uid = 1000, .raw_uid = 101000, .atime = { 12, 345 },
			.fstype = "ext4",
		},
	};
	if (open->type == VMWALK_FILE_FIFO) {
		to->file.has |= VMWALK_HAS(PIPE);
		to->file.pipe_used = 1;
		to->file.pipe_size = 16;
	}
	if (!fake.unprivileged) {
		to->inode.has |= VMWALK_HAS(PAGE) | VMWALK_HAS(RAW);
		to->inode.cached = 3;
	}
}

static void file_name_put(struct vmwalk_query *query, struct vmwalk_file *file, const char *name)
{
	struct vmwalk_vma as = { 0 };

	name_put(query, &as, name);
	file->name_offset = as.name_offset;
	file->name_len = as.name_len;
}

/* A program with an odd name, and a control group; no label. */
static const struct called {
	struct vmwalk_named named;
	const char *name;
} names_known[] = {
	{ { .has = VMWALK_HAS(BASE) | VMWALK_HAS(BACKED) | VMWALK_HAS(KNOWN),
	    .kind = VMWALK_NAMED_EXE, .dev = { 0xfe, 1 }, .inode = 77 }, "/bin/a b\nc" },
	{ { .has = VMWALK_HAS(BASE) | VMWALK_HAS(KNOWN), .kind = VMWALK_NAMED_CGROUP,
	    .inode = 56 }, "/user" },
};

static void names(struct vmwalk_query *query)
{
	size_t i;

	query->cursor = query->end;
	for (i = 0; i < sizeof(names_known) / sizeof(names_known[0]); i++) {
		struct vmwalk_named named = names_known[i].named;
		struct vmwalk_vma as = { 0 };

		if (named.kind < query->start || named.kind >= query->end)
			continue;
		if (query->done == room(query)) {
			query->cursor = named.kind;
			return;
		}
		name_put(query, &as, names_known[i].name);
		named.name_offset = as.name_offset;
		named.name_len = as.name_len;
		record_put(query, &named, sizeof(named));
	}
}

static void files(struct vmwalk_query *query)
{
	struct vmwalk_descriptor descriptor;
	size_t i;

	query->cursor = query->end;
	for (i = 0; i < OPEN_FILES; i++) {
		if (open_files[i].fd < query->start || open_files[i].fd >= query->end)
			continue;
		if (query->done == room(query)) {
			query->cursor = open_files[i].fd;
			return;
		}
		descriptor_make(&open_files[i], &descriptor);
		file_name_put(query, &descriptor.file, open_files[i].name);
		record_put(query, &descriptor, sizeof(descriptor));
	}
}

/* The file is on blocks 700 and 702; between them is a hole. */
static const struct {
	__u64 logical, block;
} parts_of_file[] = { { 0, 700 }, { 0x1000, 0 }, { 0x2000, 702 } };

static int extents(struct vmwalk_query *query)
{
	size_t i;

	query->cursor = query->end;
	if (fake.unprivileged || (query->fd != 0 && query->fd != 3 && query->fd != 7)) {
		errno = fake.unprivileged ? EPERM : EBADF;
		return -1;
	}
	for (i = 0; i < 3 && query->fd != 3; i++) {
		__u64 logical = parts_of_file[i].logical, block = parts_of_file[i].block;
		struct vmwalk_extent extent = {
			.has = VMWALK_HAS(BASE) | VMWALK_HAS(PAGE), .logical = logical,
			.length = fake.lie_pages ? 0 : 0x1000, .block_bytes = 4096,
			.state = block ? VMWALK_BLOCK_MAPPED : VMWALK_BLOCK_HOLE,
		};

		if (logical + 0x1000 <= query->start || logical >= query->end)
			continue;
		if (query->done == room(query)) {
			query->cursor = logical;
			return 0;
		}
		if (block) {
			extent.has |= VMWALK_HAS(BLOCK);
			extent.physical = block << 12;
			extent.dev[0] = 0xfe;
			extent.dev[1] = 1;
		}
		record_put(query, &extent, sizeof(extent));
	}
	return 0;
}

static int query_answer(unsigned long request, struct vmwalk_query *query)
{
	query->done = 0;
	query->holds = 2;
	query->hold_ns = 100 * (__u64)fake.ioctls;
	query->names_used = 0;
	switch (request) {
	case VMWALK_IOC_TRANSLATE:
		translate(query);
		break;
	case VMWALK_IOC_RUNS:
		runs(query);
		break;
	case VMWALK_IOC_VMAS:
		vmas(query);
		break;
	case VMWALK_IOC_DOSSIER:
		dossiers(query);
		break;
	case VMWALK_IOC_FRAMES:
		frames(query);
		break;
	case VMWALK_IOC_TABLES:
		tables(query);
		break;
	case VMWALK_IOC_FILES:
		files(query);
		break;
	case VMWALK_IOC_NAMES:
		names(query);
		break;
	case VMWALK_IOC_EXTENTS:
		if (extents(query))
			return -1;
		break;
	default:
		if (is_list(request)) {
			list_answer(request, query);
			break;
		}
		errno = ENOTTY;
		return -1;
	}
	if (fake.lie_cursor)
		query->cursor = query->start;
	if (fake.lie_done)
		query->done = fake.lie_done;
	return 0;
}

static int tail_is_zero(const struct vmwalk_query *query, size_t known)
{
	const char *tail = (const char *)query + known;
	size_t i;

	for (i = 0; i < query->size - known; i++)
		if (tail[i])
			return 0;
	return 1;
}

int __wrap_ioctl(int fd, unsigned long request, ...)
{
	struct vmwalk_query *query;
	va_list args;

	va_start(args, request);
	query = va_arg(args, struct vmwalk_query *);
	va_end(args);
	fake.ioctls++;
	fake.record_size = query->record_size;
	fake.count = query->count;
	errno = 0;
	if (fd != fake_fd)
		errno = EBADF;
	else if (fake.eintr > 0 && fake.eintr--)
		errno = EINTR;
	else if (fake.ioctl_errno && fake.ioctls > fake.ioctl_errno_after)
		errno = fake.ioctl_errno;
	else if (query->size < VMWALK_QUERY_SIZE_MIN)
		errno = EINVAL;
	else if (fake.query_size && query->size > fake.query_size &&
		 !tail_is_zero(query, fake.query_size))
		errno = E2BIG;
	else if (query->end > (__u64)-4096)
		errno = EINVAL;
	else if (query->flags & VMWALK_QUERY_KERNEL && fake.unprivileged)
		errno = EPERM;
	return errno ? -1 : query_answer(request, query);
}

static int entry_open(void)
{
	fake.opens++;
	errno = 0;
	if (fake.open_eintr > 0 && fake.open_eintr--)
		errno = EINTR;
	else if (fake.module_missing || fake.process_missing)
		errno = ENOENT;
	else if (fake.entry_late > 0 && fake.entry_late--)
		errno = ENOENT;
	else if (fake.open_errno)
		errno = fake.open_errno;
	if (errno)
		return -1;
	fake_fd = memfd_create("fake", MFD_CLOEXEC);
	if (fake.report && write(fake_fd, fake.report, fake.report_size) < 0)
		return -1;
	return fake_fd;
}

int __wrap_open(const char *path, int flags, ...)
{
	char entry[64];

	snprintf(entry, sizeof(entry), "/proc/vmwalk/%d", FAKE_PID);
	if (strcmp(path, entry) == 0)
		return entry_open();
	snprintf(entry, sizeof(entry), "/proc/vmwalk/%d", getpid());
	if (strcmp(path, entry) == 0)
		return entry_open();
	if (fake.root && (strncmp(path, "/proc/", 6) == 0 || strncmp(path, "/sys/", 5) == 0)) {
		char other[4096];

		snprintf(other, sizeof(other), "%s%s", fake.root, path);
		return __real_open(other, flags);
	}
	if (strncmp(path, "/proc/", 6) == 0) {
		errno = ENOENT;
		return -1;
	}
	return __real_open(path, flags);
}

int __wrap_access(const char *path, int mode)
{
	char process[64];

	snprintf(process, sizeof(process), "/proc/%d", FAKE_PID);
	if (strcmp(path, "/proc/vmwalk") == 0)
		return fake.module_missing ? -1 : 0;
	if (strcmp(path, process) == 0)
		return fake.process_missing ? -1 : 0;
	return __real_access(path, mode);
}

int __wrap_nanosleep(const struct timespec *time, struct timespec *left)
{
	(void)left;
	fake.sleeps++;
	fake.slept_ns += time->tv_sec * 1000000000LL + time->tv_nsec;
	return 0;
}
