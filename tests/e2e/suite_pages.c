// SPDX-License-Identifier: GPL-2.0
/*
 * suite_pages.c - every page of the factory's process: TRANSLATE and RUNS
 * against pagemap and kpageflags
 */
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "compare.h"
#include "expect.h"
#include "suites.h"
#include "tap.h"

#define BATCH		512U		/* pages a TRANSLATE */
#define BIG_AREA	(1UL << 26)	/* larger areas are sampled by TRANSLATE */

static struct target *target;

static void pages_open(void)
{
	target = target_start(TARGET_LARGE);
}

static void pages_close(void)
{
	target_stop(target);
}

static void translate_all(void)
{
	compare_translate(target->pid, target);
}

static void translate_init(void)
{
	compare_translate(1, NULL);
}

static void runs_all(void)
{
	compare_runs(target->pid, target);
	if (proc_slow_kernel())
		e2e_note("a slow kernel: the sparse mapping is 4 GiB, not 64");
}

/* Asked for in one go, runs do not reach over a VMA's end and gaps are not runs. */
static void runs_whole(void)
{
	struct areas areas = proc_areas(target->pid, "smaps");
	uint64_t end = areas.area[areas.nr - 1].end, covered = 0, size = 0, at = 0;
	int fd = ask_open(target->pid);
	size_t nr, i;
	struct vmwalk_run *runs = ask_runs(fd, 0, end, 1000, &nr);

	for (i = 0; i < areas.nr; i++)
		size += areas.area[i].end - areas.area[i].start;
	for (i = 0; i < nr; i++) {
		const struct area *area = proc_area_at(&areas, runs[i].start);

		if (runs[i].kind == VMWALK_KIND_NOVMA)
			continue;
		e2e_true(area && runs[i].end <= area->end && runs[i].start >= at,
			 "run 0x%llx-0x%llx is not in one VMA, or out of order",
			 runs[i].start, runs[i].end);
		at = runs[i].end;
		covered += runs[i].end - runs[i].start;
	}
	e2e_same("bytes covered by runs", covered, "maps", size);
}

/* Huge leaves stand on huge pages, ZERO on the zero page, and the other way round. */
static void check_flags(const struct vmwalk_walk *walk, const struct area *area,
			uint64_t *huge_bytes)
{
	const struct vmwalk_entry *leaf = ask_leaf(walk);
	uint64_t flags;
	bool known, huge = leaf->level > VMWALK_LEVEL_PTE;

	flags = proc_kpageflags(walk->pa / PAGE_SIZE, &known);
	if (!known || expect_blind(area))
		return;
	e2e_compared(3);
	if (huge && !(flags & (KPF_THP | KPF_HUGE)))
		e2e_differ("0x%llx: vmwalk says %s leaf, kpageflags 0x%llx: no huge page",
			   walk->va, leaf->level == 1 ? "pmd" : "pud",
			   (unsigned long long)flags);
	if (flags & KPF_HUGE && (!huge || !proc_area_flag(area, "ht")))
		e2e_differ("0x%llx: kpageflags says hugetlb, vmwalk says level %u", walk->va,
			   leaf->level);
	if (!!(flags & KPF_ZERO_PAGE) != !!(leaf->flags & VMWALK_FLAG(ZERO)))
		e2e_differ("0x%llx (pa 0x%llx, level %u): zero page: vmwalk says %d, kpageflags %d",
			   walk->va, walk->pa, leaf->level,
			   !!(leaf->flags & VMWALK_FLAG(ZERO)), !!(flags & KPF_ZERO_PAGE));
	if (huge != !!(leaf->flags & VMWALK_FLAG(HUGE)))
		e2e_differ("0x%llx: leaf above pte %d, flag huge %d", walk->va, huge,
			   !!(leaf->flags & VMWALK_FLAG(HUGE)));
	if (huge && !(flags & KPF_ZERO_PAGE))
		*huge_bytes += PAGE_SIZE;
}

/* smaps knows how much of an area huge leaves map (the zero huge page not). */
static void flags_area(int fd, const struct area *area)
{
	static struct vmwalk_walk walks[BATCH];
	static uint64_t vas[BATCH];
	uint64_t huge_bytes = 0, va;
	size_t nr, i;

	for (va = area->start; va < area->end; va += nr * PAGE_SIZE) {
		nr = (area->end - va) / PAGE_SIZE;
		if (nr > BATCH)
			nr = BATCH;
		for (i = 0; i < nr; i++)
			vas[i] = va + i * PAGE_SIZE;
		ask_translate(fd, vas, walks, nr);
		for (i = 0; i < nr; i++)
			if (walks[i].kind == VMWALK_KIND_PAGE ||
			    walks[i].kind == VMWALK_KIND_PROTNONE)
				check_flags(&walks[i], area, &huge_bytes);
	}
	if (proc_smaps_blind(area))
		huge_bytes = 0;
	e2e_same("bytes under huge leaves", huge_bytes, "smaps",
		 (area->kb[AREA_ANON_HUGE] + area->kb[AREA_SHMEM_HUGE] +
		  area->kb[AREA_FILE_HUGE] + area->kb[AREA_SHARED_HUGETLB] +
		  area->kb[AREA_PRIVATE_HUGETLB]) * 1024);
}

static void flags_all(void)
{
	struct areas areas = proc_areas(target->pid, "smaps");
	int fd = ask_open(target->pid);
	size_t i;

	for (i = 0; i < areas.nr; i++)
		if (areas.area[i].end - areas.area[i].start <= BIG_AREA)
			flags_area(fd, &areas.area[i]);
}

/* PROT_NONE hides a page from the CPU; its frame is still the one it had. */
static void protnone_frames(void)
{
	int fd = ask_open(target->pid);
	unsigned int i;

	for (i = 0; i < target->nr_frames; i++) {
		struct vmwalk_walk walk = ask_translate_one(fd, target->frames[i].va);
		uint64_t now;
		bool known;

		proc_pagemap(target->pid, target->frames[i].va, &now, 1);
		e2e_same("kind of a PROT_NONE page", walk.kind, "mprotect",
			 VMWALK_KIND_PROTNONE);
		e2e_same("frame of a PROT_NONE page", walk.pa / PAGE_SIZE,
			 "pagemap before mprotect", target->frames[i].pfn);
		e2e_same("frame of a PROT_NONE page", walk.pa / PAGE_SIZE, "pagemap now",
			 PM_FRAME(now));
		proc_kpageflags(walk.pa / PAGE_SIZE, &known);
		e2e_true(known, "frame 0x%llx: no such frame", walk.pa / PAGE_SIZE);
	}
}

/* The child of a fork shares all frames but the page it wrote. */
static void fork_pair(void)
{
	const struct region *cow = target_need(target, "cow");
	int fd = ask_open(target->pid), child = ask_open(target->child);
	unsigned int i, shared = 0;

	for (i = 0; i < 16; i++) {
		uint64_t va = cow->start + i * PAGE_SIZE, pagemap;
		struct vmwalk_walk ours = ask_translate_one(fd, va);
		struct vmwalk_walk theirs = ask_translate_one(child, va);

		proc_pagemap(target->child, va, &pagemap, 1);
		e2e_same("frame of the child", theirs.pa / PAGE_SIZE, "its pagemap",
			 PM_FRAME(pagemap));
		e2e_true(!(ask_leaf(&ours)->flags & VMWALK_FLAG(WRITE)),
			 "0x%llx: writable though shared by fork", ours.va);
		shared += ours.pa == theirs.pa;
		e2e_true((ours.pa == theirs.pa) == (i != 5), "page %u: parent 0x%llx, child 0x%llx",
			 i, ours.pa, theirs.pa);
	}
	e2e_same("pages shared by the pair", shared, "the factory", 15);
}

/* All pages of a region must be of one kind, as the factory made them. */
static void region_kind(const char *name, unsigned int from, unsigned int nr,
			unsigned int kind)
{
	const struct region *region = target_need(target, name);
	int fd = ask_open(target->pid);
	unsigned int i;

	for (i = from; i < from + nr; i++) {
		struct vmwalk_walk walk = ask_translate_one(fd, region->start + i * PAGE_SIZE);

		e2e_true(walk.kind == kind, "%s page %u: vmwalk says %s, made as %s", name, i,
			 expect_kind_name(walk.kind), expect_kind_name(kind));
	}
}

static void swapped_pages(void)
{
	region_kind("swapped", 0, 48, VMWALK_KIND_SWAP);
	region_kind("swapped_back", 0, 8, VMWALK_KIND_PAGE);
	region_kind("swapped_protnone", 0, 8, VMWALK_KIND_SWAP);
}

static void poisoned_page(void)
{
	region_kind("hwpoison", 2, 1, VMWALK_KIND_HWPOISON);
	region_kind("hwpoison", 0, 2, VMWALK_KIND_PAGE);
}

static void marker_pages(void)
{
	region_kind("uffd_marker", 2, 4, VMWALK_KIND_MARKER_UFFD_WP);
	region_kind("uffd_marker", 0, 2, VMWALK_KIND_NONE);
}

static void protected_pages(void)
{
	const struct region *region = target_need(target, "uffd_wp");
	int fd = ask_open(target->pid);
	unsigned int i;

	for (i = 0; i < 8; i++) {
		struct vmwalk_walk walk = ask_translate_one(fd, region->start + i * PAGE_SIZE);

		e2e_same("uffd-wp", !!(ask_leaf(&walk)->flags & VMWALK_FLAG(UFFD_WP)),
			 "the factory", i >= 2 && i < 6);
	}
}

/* No struct page, and pagemap does not look: the address is known by itself. */
static void device_pages(void)
{
	const struct region *region = target_need(target, "devmem");
	int fd = ask_open(target->pid);
	unsigned int i;

	for (i = 0; i < 16; i++) {
		struct vmwalk_walk walk = ask_translate_one(fd, region->start + i * PAGE_SIZE + 3);

		e2e_same("pa of /dev/mem at 0xf0000", walk.pa, "the offset mapped",
			 0xf0003 + i * PAGE_SIZE);
	}
}

static void huge_levels(void)
{
	static const struct {
		const char *name;
		unsigned int page, kind, level;
	} wanted[] = {
		{ "huge2m_private", 0, VMWALK_KIND_PAGE, VMWALK_LEVEL_PMD },
		{ "huge2m_private", 1023, VMWALK_KIND_PAGE, VMWALK_LEVEL_PMD },
		{ "huge2m_private", 1024, VMWALK_KIND_NONE, VMWALK_LEVEL_PMD },
		{ "huge2m_shared", 5, VMWALK_KIND_PAGE, VMWALK_LEVEL_PMD },
		{ "huge2m_protnone", 17, VMWALK_KIND_PROTNONE, VMWALK_LEVEL_PMD },
		{ "thp", 700, VMWALK_KIND_PAGE, VMWALK_LEVEL_PMD },
		{ "thp_moved", 3, VMWALK_KIND_PAGE, VMWALK_LEVEL_PMD },
		{ "thp_protnone", 511, VMWALK_KIND_PROTNONE, VMWALK_LEVEL_PMD },
		{ "thp_zero", 100, VMWALK_KIND_PAGE, VMWALK_LEVEL_PMD },
		{ "thp_split_protect", 100, VMWALK_KIND_PAGE, VMWALK_LEVEL_PTE },
		{ "thp_split_dontneed", 200, VMWALK_KIND_NONE, VMWALK_LEVEL_PTE },
		{ "thp_split_dontneed", 201, VMWALK_KIND_PAGE, VMWALK_LEVEL_PTE },
	};
	int fd = ask_open(target->pid);
	unsigned int i;

	for (i = 0; i < E2E_NR(wanted); i++) {
		const struct region *region = target_need(target, wanted[i].name);
		struct vmwalk_walk walk =
			ask_translate_one(fd, region->start + wanted[i].page * PAGE_SIZE + 1);

		e2e_true(walk.kind == wanted[i].kind &&
			 ask_leaf(&walk)->level == wanted[i].level,
			 "%s page %u: vmwalk says %s at level %u", wanted[i].name,
			 wanted[i].page, expect_kind_name(walk.kind), ask_leaf(&walk)->level);
	}
}

static void huge_1g(void)
{
	const struct region *region = target_need(target, "huge1g");
	struct vmwalk_walk walk = ask_translate_one(ask_open(target->pid), region->start + 12345);

	e2e_same("level of a 1 GiB page", ask_leaf(&walk)->level, "the factory",
		 VMWALK_LEVEL_PUD);
}

static void split_unmapped(void)
{
	const struct region *region = target_need(target, "thp_split_unmap");
	struct vmwalk_walk walk =
		ask_translate_one(ask_open(target->pid), region->start + 300 * PAGE_SIZE);

	e2e_same("kind of an unmapped page", walk.kind, "munmap", VMWALK_KIND_NOVMA);
	e2e_same("depth of its walk", walk.depth, "munmap", 0);
}

/* Soft-dirty bits are exact once the VMAs themselves are no longer new. */
static void soft_dirty(void)
{
	static const unsigned int written[] = { 1, 2, 30, 63 };
	const struct region *region = target_need(target, "anon_touched");
	struct areas areas;
	char path[64];
	unsigned int i, seen = 0;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/clear_refs", target->pid);
	if (proc_write(path, "4"))
		e2e_die("cannot write %s", path);
	for (i = 0; i < E2E_NR(written); i++)
		target_touch(target, "write", region->start + written[i] * PAGE_SIZE);
	areas = proc_areas(target->pid, "smaps");
	fd = ask_open(target->pid);
	for (i = 0; i < 64; i++) {
		uint64_t va = region->start + i * PAGE_SIZE, pagemap;
		struct vmwalk_walk walk = ask_translate_one(fd, va);

		proc_pagemap(target->pid, va, &pagemap, 1);
		if (proc_area_flag(proc_area_at(&areas, va), "sd"))
			e2e_skip("this kernel keeps no soft-dirty bits");
		seen += !!(pagemap & PM_SOFT_DIRTY);
		e2e_same("soft-dirty", !!(ask_leaf(&walk)->flags & VMWALK_FLAG(SOFT_DIRTY)),
			 "pagemap", !!(pagemap & PM_SOFT_DIRTY));
	}
	if (!seen)
		e2e_skip("this kernel keeps no soft-dirty bits");
	e2e_same("pages soft-dirty", seen, "the pages written", E2E_NR(written));
}

/*
 * Accessed bits come from the CPU, which may keep one back (a clear bit does not
 * mean unused): none after clearing, then only of pages read, and as many as
 * smaps counts as Referenced from the same bits.
 */
static void accessed_bits(void)
{
	const struct region *region = target_need(target, "anon_touched");
	static const unsigned int touched[] = { 0, 9, 10, 11, 40 };
	int fd = ask_open(target->pid);
	unsigned int i, j, seen = 0;
	struct areas areas;
	struct ask_vma *vma;
	char path[64];
	size_t nr;

	snprintf(path, sizeof(path), "/proc/%d/clear_refs", target->pid);
	/* Writing 4 after 1 flushes the TLB, which 1 alone does not. */
	if (proc_write(path, "1") || proc_write(path, "4"))
		e2e_die("cannot write %s", path);
	for (i = 0; i < 64; i++) {
		struct vmwalk_walk walk = ask_translate_one(fd, region->start + i * PAGE_SIZE);

		e2e_same("accessed after clear_refs",
			 !!(ask_leaf(&walk)->flags & VMWALK_FLAG(ACCESSED)), "clear_refs", 0);
	}
	for (i = 0; i < E2E_NR(touched); i++)
		target_touch(target, "read", region->start + touched[i] * PAGE_SIZE);
	for (i = 0; i < 64; i++) {
		struct vmwalk_walk walk = ask_translate_one(fd, region->start + i * PAGE_SIZE);
		bool accessed = ask_leaf(&walk)->flags & VMWALK_FLAG(ACCESSED), may = false;

		for (j = 0; j < E2E_NR(touched); j++)
			may |= touched[j] == i;
		e2e_true(may || !accessed, "page %u: accessed, but nobody read it", i);
		seen += accessed;
	}
	e2e_true(seen > 0, "no page is accessed, %zu were read", E2E_NR(touched));
	areas = proc_areas(target->pid, "smaps");
	vma = ask_vmas(fd, region->start, region->start + PAGE_SIZE, VMWALK_QUERY_COUNTS, 1, &nr);
	e2e_same("accessed kB of the VMA", vma->vma.accessed * 4, "smaps Referenced",
		 proc_area_at(&areas, region->start)->kb[AREA_REFERENCED]);
}

static const struct e2e_case pages_cases[] = {
	{ "TRANSLATE equals pagemap, every page of the factory's process", translate_all, 8000 },
	{ "TRANSLATE equals pagemap, every page of init", translate_init, 100 },
	{ "RUNS expanded equal pagemap, every page of every VMA", runs_all, 1000000 },
	{ "RUNS of everything cover every VMA and nothing else", runs_whole, 500 },
	{ "huge leaves and the zero page are what kpageflags and smaps say", flags_all, 8000 },
	{ "PROT_NONE pages keep their true frame", protnone_frames, 32 },
	{ "a fork's copy shares all frames but the one written", fork_pair, 49 },
	{ "levels and kinds of huge pages, whole, moved and split", huge_levels, 12 },
	{ "a page unmapped from a huge page has no VMA", split_unmapped, 2 },
	{ "1 GiB pages are leaves of the pud level", huge_1g, 1 },
	{ "swapped pages: out, back in, behind PROT_NONE", swapped_pages, 64 },
	{ "a poisoned page", poisoned_page, 3 },
	{ "userfaultfd write protection", protected_pages, 8 },
	{ "userfaultfd markers", marker_pages, 6 },
	{ "frames without a struct page", device_pages, 16 },
	{ "soft-dirty bits equal pagemap's", soft_dirty, 64 },
	{ "accessed bits are of pages read, and those smaps counts", accessed_bits, 130 },
};
E2E_SUITE(pages, pages_open, pages_close);
