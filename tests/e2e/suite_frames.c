// SPDX-License-Identifier: GPL-2.0
/*
 * suite_frames.c - frames and attributes of VMAs: what struct page and vm_flags tell,
 * against the kernel's own files
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ask.h"
#include "compare.h"
#include "driver.h"
#include "expect.h"
#include "suites.h"
#include "tap.h"
#include "who.h"

#define ROOM	2048U	/* records a query */

static struct target *target;

static void frames_open(void)
{
	int err = target_prepare_zram();

	if (err)
		e2e_note("no zram: %s", strerror(-err));
	target = target_start(TARGET_KINDS);
}

static void frames_close(void)
{
	target_stop(target);
}

static void frames_factory(void)
{
	compare_frames(target->pid, target);
}

static void frames_child(void)
{
	compare_frames(target->child, target);
}

static void frames_init(void)
{
	compare_frames(1, NULL);
}

static void attributes_all(void)
{
	compare_attributes(target->pid);
	compare_attributes(target->child);
	compare_attributes(1);
	compare_attributes(getpid());
}

/* The factory was put into a cgroup before it began: its own pages are paid there. */
static void cgroup_of_factory(void)
{
	static const char *const names[] = { "anon_touched", "memfd", "thp", "heap" };
	int fd = ask_open(target->pid);
	struct stat group;
	unsigned int i;
	size_t nr, k;

	if (stat(TARGET_CGROUP, &group))
		e2e_skip("no cgroups here");
	for (i = 0; i < E2E_NR(names); i++) {
		const struct region *region = target_need(target, names[i]);
		struct vmwalk_frame *frames =
			ask_frames(fd, region->start, region->end, ROOM, &nr);

		for (k = 0; k < nr; k++)
			e2e_same(names[i], frames[k].cgroup, "the cgroup's inode", group.st_ino);
		free(frames);
	}
}

/* Any part of a mapping, asked for with any room, is made of the same pages. */
static void check_part(int fd, uint64_t start, uint64_t end, uint32_t room)
{
	size_t nr, i;
	struct vmwalk_frame *frames = ask_frames(fd, start, end, room, &nr);
	uint64_t pages = 0, pagemap, at;

	for (i = 0; i < nr; i++) {
		pages += frames[i].pages;
		for (at = 0; at < frames[i].pages; at++) {
			uint64_t va = frames[i].va + at * PAGE_SIZE;

			if (at && at + 1 < frames[i].pages && at % 61)
				continue;
			proc_pagemap(target->pid, va, &pagemap, 1);
			e2e_same("frame of a part", frames[i].pfn + at, "pagemap",
				 PM_FRAME(pagemap));
			e2e_true(va >= start && va < end, "0x%llx: not asked for",
				 (unsigned long long)va);
		}
	}
	e2e_same("pages of a part", pages, "the range asked for", (end - start) / PAGE_SIZE);
	free(frames);
}

static void parts(void)
{
	static const char *const names[] = { "anon_touched", "thp", "huge2m_private", "thp_half" };
	int fd = ask_open(target->pid);
	unsigned int i;

	for (i = 0; i < E2E_NR(names); i++) {
		const struct region *region = target_need(target, names[i]);
		uint64_t at = region->start;

		check_part(fd, at, at + PAGE_SIZE, ROOM);
		check_part(fd, at + 7 * PAGE_SIZE, at + 8 * PAGE_SIZE, ROOM);
		check_part(fd, at + 3 * PAGE_SIZE, at + 61 * PAGE_SIZE, ROOM);
		check_part(fd, at + 3 * PAGE_SIZE, at + 61 * PAGE_SIZE, 7);
		check_part(fd, at + PAGE_SIZE, at + 64 * PAGE_SIZE, 2);
	}
}

/* One name a memory type in the kernel's list of reserved ranges. */
static const char *const list_names[VMWALK_MEMTYPE_NR] = {
	[VMWALK_MEMTYPE_WB] = "write-back", [VMWALK_MEMTYPE_WT] = "write-through",
	[VMWALK_MEMTYPE_WP] = "write-protected", [VMWALK_MEMTYPE_WC] = "write-combining",
	[VMWALK_MEMTYPE_UC_MINUS] = "uncached-minus", [VMWALK_MEMTYPE_UC] = "uncached",
};

/* The memory type that pat_memtype_list has for a physical address; "" if none. */
static void listed_type(uint64_t pa, char *name, size_t size)
{
	char *text = proc_slurp("/sys/kernel/debug/x86/pat_memtype_list", NULL), *line, *rest;
	unsigned long long start, end;
	char word[32];

	if (!text)
		e2e_skip("no pat_memtype_list here");
	name[0] = '\0';
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		if (sscanf(line, "PAT: [mem 0x%llx-0x%llx] %31s", &start, &end, word) == 3 &&
		    pa >= start && pa < end)
			snprintf(name, size, "%s", word);
	free(text);
}

static void memory_types(void)
{
	static const char *const names[] = { "device_uncached", "device_combining" };
	int fd = ask_open(target->pid);
	unsigned int i;
	char name[32];
	size_t nr, k;

	for (i = 0; i < E2E_NR(names); i++) {
		const struct region *region = target_need(target, names[i]);
		struct vmwalk_frame *frames =
			ask_frames(fd, region->start, region->end, ROOM, &nr);
		uint64_t pages = 0;

		for (k = 0; k < nr; k++) {
			pages += frames[k].pages;
			listed_type(frames[k].pfn * PAGE_SIZE, name, sizeof(name));
			e2e_same_text(names[i], frames[k].memtype < VMWALK_MEMTYPE_NR &&
				      list_names[frames[k].memtype] ?
				      list_names[frames[k].memtype] : "?", "pat_memtype_list",
				      name);
			e2e_same("type", frames[k].type, "not memory", VMWALK_FRAME_NONE);
			e2e_same("has PAGE", !!(frames[k].has & VMWALK_HAS(PAGE)),
				 "not memory", 0);
		}
		e2e_same(names[i], pages, "the mapping", (region->end - region->start) /
			 PAGE_SIZE);
		free(frames);
	}
}

/* Uncached and write-combining are two types: one answer for all would pass above. */
static void memory_types_differ(void)
{
	const struct region *uncached = target_need(target, "device_uncached");
	const struct region *combining = target_need(target, "device_combining");
	int fd = ask_open(target->pid);
	size_t nr;

	e2e_same("memory type of resource0",
		 ask_frames(fd, uncached->start, uncached->end, ROOM, &nr)->memtype,
		 "pgprot_device()", VMWALK_MEMTYPE_UC_MINUS);
	e2e_same("memory type of resource2_wc",
		 ask_frames(fd, combining->start, combining->end, ROOM, &nr)->memtype,
		 "pgprot_writecombine()", VMWALK_MEMTYPE_WC);
}

#define DRIVER_BYTES	(4 * PAGE_SIZE)

/* A process with a mapping of every kind the test driver makes, all of it touched. */
static void map_driver(void *arg)
{
	char **maps = arg;
	unsigned int kind, page;
	int fd = driver_open();

	for (kind = 0; kind < VMWALK_DRIVER_NR; kind++) {
		maps[kind] = mmap(NULL, DRIVER_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
				  (off_t)kind << 24);
		if (maps[kind] == MAP_FAILED)
			_exit(1);
		for (page = 0; page < DRIVER_BYTES / PAGE_SIZE; page++)
			(void)*(volatile char *)(maps[kind] + page * PAGE_SIZE);
	}
	target_ready();
	pause();
}

/* Memory and device memory that a driver lends: the frames it says, and what they are. */
static void driver_mappings(void)
{
	char **maps = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			   -1, 0);
	size_t nr, i, frames_nr;
	struct vmwalk_driver_place *places = driver_places(driver_open(), &nr);
	pid_t pid = target_fork(map_driver, maps);
	int fd = ask_open(pid);

	compare_frames(pid, NULL);
	compare_attributes(pid);
	for (i = 0; i < nr; i++) {
		uint64_t va;
		struct vmwalk_frame *frame;

		if (places[i].what < VMWALK_DRIVER_AT_MAP_RAM || places[i].va >= DRIVER_BYTES)
			continue;
		va = (uintptr_t)maps[places[i].what - VMWALK_DRIVER_AT_MAP_RAM] + places[i].va;
		frame = ask_frames(fd, va, va + PAGE_SIZE, ROOM, &frames_nr);
		if (!e2e_same("frames of a page", frames_nr, "the driver", 1))
			continue;
		e2e_same(driver_place_name(places[i].what), frame->pfn, "the driver",
			 places[i].pfn);
		e2e_same(driver_place_name(places[i].what), frame->type, "/proc/iomem",
			 proc_is_ram(frame->pfn) ? VMWALK_FRAME_KERNEL : VMWALK_FRAME_NONE);
		free(frame);
	}
	target_kill(pid);
}

/*
 * Pages of one kind, all written: for those who may not see frames they are alike,
 * and where a record ends must not tell where frames stop following each other.
 */
static void look_without_rights(const struct who *who, void *arg)
{
	char *at = mmap(NULL, 64 * PAGE_SIZE, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct vmwalk_frame *frames, open;
	uint64_t pages = 0;
	size_t nr, i;
	int fd;

	if (who->frames)
		return;
	madvise(at, 64 * PAGE_SIZE, MADV_NOHUGEPAGE);
	for (i = 0; i < 64; i++)
		at[(i * 37 & 63) * PAGE_SIZE] = 1;
	fd = ask_open(getpid());
	frames = ask_frames(fd, (uintptr_t)at, (uintptr_t)at + 64 * PAGE_SIZE, ROOM, &nr);
	for (i = 0; i < nr; i++) {
		open = (struct vmwalk_frame) {
			.has = frames[i].has & ~VMWALK_PRIVILEGED,
			.va = frames[i].va, .pages = frames[i].pages, .level = frames[i].level,
			.kind = frames[i].kind, .memtype = frames[i].memtype,
			.pkey = frames[i].pkey, .flags = frames[i].flags,
		};
		e2e_true(!memcmp(&open, &frames[i], sizeof(open)),
			 "%s: record %zu holds more than it may: has 0x%llx", who->name, i,
			 frames[i].has);
		pages += frames[i].pages;
	}
	e2e_same("pages", pages, "the pages written", 64);
	e2e_same("records of alike pages", nr, "what may be seen of them", 1);
}

static void without_rights(void)
{
	const struct who *who;

	for (who = whos; who->name; who++)
		who_run(who, look_without_rights, NULL);
}

static const struct e2e_case frames_cases[] = {
	{ "FRAMES equals the kernel's files, every page of the factory's process",
	  frames_factory, 8000 },
	{ "FRAMES equals the kernel's files, every page of a forked child", frames_child, 8000 },
	{ "FRAMES equals the kernel's files, every page of init", frames_init, 100 },
	{ "attributes of VMAs are smaps' VmFlags", attributes_all, 150 },
	{ "the factory's pages are paid by its cgroup", cgroup_of_factory, 50 },
	{ "parts of a range are made of the same pages", parts, 400 },
	{ "memory types of device mappings are those of pat_memtype_list", memory_types, 8 },
	{ "write-combining and uncached mappings are told apart", memory_types_differ, 2 },
	{ "a driver's memory and device memory: every kind of mapping", driver_mappings, 150 },
	{ "without the right to frames a record holds none, and its end tells none",
	  without_rights, 9 },
};
E2E_SUITE(frames, frames_open, frames_close);
