// SPDX-License-Identifier: GPL-2.0
/*
 * compare.c - TRANSLATE and RUNS of every page of a process against pagemap
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "compare.h"
#include "expect.h"
#include "tap.h"

#define BATCH		512U		/* pages a TRANSLATE */
#define CHUNK		(1UL << 16)	/* pagemap entries a read */
#define BIG_AREA	(1UL << 26)	/* larger areas are sampled by TRANSLATE */

/* With four levels the p4d is folded into the pgd, which then takes its place. */
static unsigned int level_shift(unsigned int level)
{
	static int levels;

	if (!levels)
		levels = proc_levels();
	if (level == VMWALK_LEVEL_PGD && levels == 4)
		level = VMWALK_LEVEL_P4D;
	return PAGE_BITS + 9 * level;
}

/* Does every level of a walk stand where the address says it must? */
static void check_geometry(const struct vmwalk_walk *walk)
{
	uint32_t i;

	for (i = 0; i < walk->depth; i++) {
		const struct vmwalk_entry *entry = &walk->entry[i];
		unsigned int shift = level_shift(entry->level);
		bool last = i + 1 == walk->depth;

		if (entry->level != VMWALK_LEVEL_PGD - i || entry->shift != shift)
			e2e_differ("va 0x%llx: entry %u has level %u, shift %u",
				   walk->va, i, entry->level, entry->shift);
		if (entry->kind == VMWALK_KIND_FOLDED)
			continue;
		if (entry->va != (walk->va & ~((1ULL << shift) - 1)) ||
		    entry->index != (walk->va >> shift & 511))
			e2e_differ("va 0x%llx level %u: entry va 0x%llx index %u", walk->va,
				   entry->level, entry->va, entry->index);
		if (last != (entry->kind != VMWALK_KIND_TABLE))
			e2e_differ("va 0x%llx level %u: kind %s ends the walk: %d", walk->va,
				   entry->level, expect_kind_name(entry->kind), last);
	}
	e2e_compared(walk->depth);
}

static void check_frame(const struct vmwalk_walk *walk, const struct vmwalk_entry *leaf,
			const struct expect *expect)
{
	uint64_t pa = expect->frame * PAGE_SIZE + (walk->va & (PAGE_SIZE - 1));

	if (!(walk->has & VMWALK_HAS(FRAME)) || walk->pa != pa)
		e2e_differ("va 0x%llx: vmwalk says pa 0x%llx, pagemap says 0x%llx", walk->va,
			   walk->pa, (unsigned long long)pa);
	if (leaf->pfn + (walk->va - leaf->va) / PAGE_SIZE != expect->frame)
		e2e_differ("va 0x%llx: vmwalk says leaf pfn 0x%llx from 0x%llx on, pagemap 0x%llx",
			   walk->va, leaf->pfn, leaf->va, (unsigned long long)expect->frame);
}

static void check_walk(const struct vmwalk_walk *walk, const struct area *area,
		       const struct expect *expect)
{
	const struct vmwalk_entry *leaf = ask_leaf(walk);

	e2e_compared(1);
	if (!(walk->has & VMWALK_HAS(VMA)) || walk->vma_start != area->start ||
	    walk->vma_end != area->end)
		e2e_differ("va 0x%llx: vmwalk says VMA 0x%llx-0x%llx, smaps 0x%llx-0x%llx",
			   walk->va, walk->vma_start, walk->vma_end,
			   (unsigned long long)area->start, (unsigned long long)area->end);
	if (!leaf || leaf->kind != walk->kind) {
		e2e_differ("va 0x%llx: no leaf, or not of kind %s", walk->va,
			   expect_kind_name(walk->kind));
		return;
	}
	check_geometry(walk);
	if (expect->blind) {
		if (walk->kind != VMWALK_KIND_PAGE && walk->kind != VMWALK_KIND_NONE)
			e2e_differ("va 0x%llx (PFNMAP): vmwalk says %s", walk->va,
				   expect_kind_name(walk->kind));
		return;
	}
	if (walk->kind != expect->kind) {
		e2e_differ("va 0x%llx in %s: vmwalk says %s (raw 0x%llx), pagemap says %s",
			   walk->va, area->name, expect_kind_name(walk->kind), leaf->raw,
			   expect_kind_name(expect->kind));
		return;
	}
	if (expect->kind == VMWALK_KIND_PAGE || expect->kind == VMWALK_KIND_PROTNONE)
		check_frame(walk, leaf, expect);
	else if (walk->pa || walk->has & VMWALK_HAS(FRAME))
		e2e_differ("va 0x%llx: a physical address 0x%llx without a frame", walk->va,
			   walk->pa);
	if (expect->kind == VMWALK_KIND_SWAP &&
	    (leaf->swap_type != expect->swap_type || leaf->swap_offset != expect->swap_offset))
		e2e_differ("va 0x%llx: vmwalk says swap %u+0x%llx, pagemap %u+0x%llx", walk->va,
			   leaf->swap_type, leaf->swap_offset, expect->swap_type,
			   (unsigned long long)expect->swap_offset);
	if (expect->kind != VMWALK_KIND_NONE && expect->kind != VMWALK_KIND_MARKER_UFFD_WP &&
	    expect->uffd_wp != !!(leaf->flags & VMWALK_FLAG(UFFD_WP)))
		e2e_differ("va 0x%llx: vmwalk says uffd-wp %d, pagemap %d", walk->va,
			   !!(leaf->flags & VMWALK_FLAG(UFFD_WP)), expect->uffd_wp);
}

/* @nr pages from @va on, @step pages apart, all in @area. */
static void translate_pages(int fd, pid_t pid, const struct target *made,
			    const struct area *area, uint64_t va, size_t nr, size_t step)
{
	static struct vmwalk_walk walks[BATCH];
	static uint64_t pagemap[BATCH], vas[BATCH];
	size_t i;

	for (i = 0; i < nr; i++)
		vas[i] = va + i * step * PAGE_SIZE + (i * 977 + 5) % PAGE_SIZE;
	if (step == 1)
		proc_pagemap(pid, va, pagemap, nr);
	else
		for (i = 0; i < nr; i++)
			proc_pagemap(pid, vas[i] & ~(PAGE_SIZE - 1), &pagemap[i], 1);
	memset(walks, 0xa5, sizeof(walks));
	ask_translate(fd, vas, walks, nr);
	for (i = 0; i < nr; i++) {
		struct expect expect = expect_page(made, area, vas[i], pagemap[i]);

		if (walks[i].va != vas[i])
			e2e_differ("asked for 0x%llx, answered 0x%llx",
				   (unsigned long long)vas[i], walks[i].va);
		check_walk(&walks[i], area, &expect);
	}
}

static void translate_area(int fd, pid_t pid, const struct target *made,
			   const struct area *area)
{
	size_t pages = (area->end - area->start) / PAGE_SIZE, at;
	size_t step = area->end - area->start > BIG_AREA ? 8192 / 2 - 1 : 1;

	if (step > 1 && pages > CHUNK * 16)
		step = 32768 - 1;
	for (at = 0; at < pages; at += BATCH * step) {
		size_t left = (pages - at + step - 1) / step;

		translate_pages(fd, pid, made, area, area->start + at * PAGE_SIZE,
				left < BATCH ? left : BATCH, step);
	}
	/* In a sparse area the pages that exist, too. */
	if (step > 1)
		for (at = 0; at < pages; at += BATCH * 512 * 32)
			translate_pages(fd, pid, made, area, area->start + at * PAGE_SIZE,
					pages - at < 512 * 32 * 8 ? 1 : 8, 512 * 32);
}

void compare_translate(pid_t pid, const struct target *made)
{
	struct areas areas = proc_areas(pid, "smaps");
	int fd = ask_open(pid);
	size_t i;

	for (i = 0; i < areas.nr; i++)
		translate_area(fd, pid, made, &areas.area[i]);
	close(fd);
	proc_areas_free(&areas);
}

/*
 * The frame of a page in a run: they follow each other, but all pages of a run
 * of the zero page are on the one frame (or one huge page).
 */
static uint64_t run_frame(const struct vmwalk_run *run, uint64_t va)
{
	uint64_t bytes = va - run->start;

	if (run->flags & VMWALK_FLAG(ZERO))
		bytes &= (1ULL << run->shift) - 1;
	return (run->pa + bytes) / PAGE_SIZE;
}

/* One run against the pagemap of its pages. */
static void check_run(const struct target *made, const struct vmwalk_run *run,
		      const struct area *area, const uint64_t *pagemap, uint64_t from, size_t nr)
{
	uint64_t base = (from - run->start) / PAGE_SIZE;
	size_t i;

	e2e_compared(nr);
	for (i = 0; i < nr; i++) {
		uint64_t va = from + i * PAGE_SIZE;
		struct expect expect;

		/* The common case of sparse areas, quickly. */
		if (run->kind == VMWALK_KIND_NONE && !pagemap[i])
			continue;
		expect = expect_page(made, area, va, pagemap[i]);
		if (expect.kind < VMWALK_KIND_NR)
			compare_seen.kinds[expect.kind]++;
		if (expect.blind)
			continue;
		if (run->kind != expect.kind)
			e2e_differ("0x%llx in run 0x%llx-0x%llx: vmwalk says %s, pagemap %s",
				   (unsigned long long)va, run->start, run->end,
				   expect_kind_name(run->kind), expect_kind_name(expect.kind));
		else if ((expect.kind == VMWALK_KIND_PAGE ||
			  expect.kind == VMWALK_KIND_PROTNONE) &&
			 run_frame(run, va) != expect.frame)
			e2e_differ("0x%llx: run says frame 0x%llx, pagemap 0x%llx",
				   (unsigned long long)va,
				   (unsigned long long)run_frame(run, va),
				   (unsigned long long)expect.frame);
		else if (expect.kind == VMWALK_KIND_SWAP &&
			 (run->swap_type != expect.swap_type ||
			  run->swap_offset + base + i != expect.swap_offset))
			e2e_differ("0x%llx: run says swap %u+0x%llx, pagemap %u+0x%llx",
				   (unsigned long long)va, run->swap_type,
				   (unsigned long long)(run->swap_offset + base + i),
				   expect.swap_type, (unsigned long long)expect.swap_offset);
	}
}

static void check_run_pages(pid_t pid, const struct target *made,
			    const struct vmwalk_run *run, const struct area *area)
{
	static uint64_t pagemap[CHUNK];
	uint64_t va, end = run->end < area->end ? run->end : area->end;

	for (va = run->start; va < end; ) {
		size_t nr = (end - va) / PAGE_SIZE;

		if (nr > CHUNK)
			nr = CHUNK;
		proc_pagemap(pid, va, pagemap, nr);
		check_run(made, run, area, pagemap, va, nr);
		va += nr * PAGE_SIZE;
	}
}

/* The runs of an area lie end to end, and nothing is left out. */
static void runs_area(int fd, pid_t pid, const struct target *made,
		      const struct area *area)
{
	uint64_t at = area->start;
	size_t nr, i;
	struct vmwalk_run *runs = ask_runs(fd, area->start, area->end, 4096, &nr);

	for (i = 0; i < nr; i++) {
		if (runs[i].start != at || runs[i].end <= at || runs[i].end > area->end) {
			e2e_differ("0x%llx: the next run is 0x%llx-0x%llx",
				   (unsigned long long)at, runs[i].start, runs[i].end);
			break;
		}
		if (i && runs[i].kind == VMWALK_KIND_NONE &&
		    runs[i - 1].kind == VMWALK_KIND_NONE && runs[i].level == runs[i - 1].level)
			e2e_differ("0x%llx: two runs that are one", runs[i].start);
		at = runs[i].end;
		check_run_pages(pid, made, &runs[i], area);
	}
	if (at != area->end)
		e2e_differ("runs end at 0x%llx, the VMA at 0x%llx", (unsigned long long)at,
			   (unsigned long long)area->end);
	free(runs);
}

void compare_runs(pid_t pid, const struct target *made)
{
	struct areas areas = proc_areas(pid, "smaps");
	int fd = ask_open(pid);
	size_t i;

	for (i = 0; i < areas.nr; i++)
		runs_area(fd, pid, made, &areas.area[i]);
	close(fd);
	proc_areas_free(&areas);
}
