// SPDX-License-Identifier: GPL-2.0
/*
 * suite_client.c - what the client adds up: its tables, huge, zones and frames against
 * status, smaps, zoneinfo and pagemap
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"
#include "who.h"

#define THP		"/sys/kernel/mm/transparent_hugepage/"
#define CELLS		8
#define ABSENT		UINT64_MAX

static struct target *target;

/* Settings that cases change, and what they were; a case may die in between. */
static struct {
	const char *path;
	char word[32];
} settings[] = { { THP "enabled", "" }, { THP "shmem_enabled", "" } };

/* The word in brackets of a setting. */
static void setting_read(const char *path, char *word, size_t size)
{
	char *text = proc_slurp(path, NULL), *open = text ? strchr(text, '[') : NULL;

	if (!open)
		e2e_die("%s cannot be read", path);
	snprintf(word, size, "%.*s", (int)strcspn(open + 1, "]"), open + 1);
	free(text);
}

static void client_open(void)
{
	size_t i;

	for (i = 0; i < E2E_NR(settings); i++)
		setting_read(settings[i].path, settings[i].word, sizeof(settings[i].word));
	target = target_start(TARGET_USUAL);
}

static void client_close(void)
{
	size_t i;

	for (i = 0; i < E2E_NR(settings); i++)
		proc_write(settings[i].path, settings[i].word);
	target_stop(target);
}

/* Rows of words, as --raw prints them. */
struct rows {
	char *text;
	struct { char *cell[CELLS]; } *row;
	size_t nr;
};

static void row_split(struct rows *rows, char *line)
{
	char *rest, *word;
	size_t at = 0;

	rows->row = realloc(rows->row, (rows->nr + 1) * sizeof(*rows->row));
	memset(&rows->row[rows->nr], 0, sizeof(*rows->row));
	for (word = strtok_r(line, " ", &rest); word && at < CELLS;
	     word = strtok_r(NULL, " ", &rest))
		rows->row[rows->nr].cell[at++] = word;
	rows->nr++;
}

/* What the client prints, as its user would ask it; dies unless it answered. */
static struct rows client(const char *fmt, ...)
{
	struct rows rows = { .nr = 0 };
	char arguments[256], *line, *rest;
	va_list args;

	va_start(args, fmt);
	vsnprintf(arguments, sizeof(arguments), fmt, args);
	va_end(args);
	rows.text = client_run(NULL, "%s --raw --noheadings", arguments);
	for (line = strtok_r(rows.text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		row_split(&rows, line);
	return rows;
}

static void rows_free(struct rows *rows)
{
	free(rows->row);
	free(rows->text);
}

static const char *cell(const struct rows *rows, size_t row, unsigned int at)
{
	const char *text = row < rows->nr ? rows->row[row].cell[at] : NULL;

	if (!text)
		e2e_die("row %zu has no cell %u", row, at);
	return text;
}

static uint64_t number(const struct rows *rows, size_t row, unsigned int at)
{
	const char *text = cell(rows, row, at);

	return strcmp(text, "-") ? (uint64_t)strtoll(text, NULL, 0) : ABSENT;
}

/* The row whose first cell is @name. */
static size_t row_of(const struct rows *rows, const char *name)
{
	size_t i;

	for (i = 0; i < rows->nr; i++)
		if (!strcmp(cell(rows, i, 0), name))
			return i;
	e2e_die("no row %s", name);
}

/* VmPTE, to the last table: nothing is left unexplained. */
static void tables_account(void)
{
	struct rows rows = client("tables %d -s account -o item,tables,table_bytes", target->pid);
	char *status = proc_slurp_pid(target->pid, "status", NULL);
	uint64_t vmpte = proc_key(status, "VmPTE") * 1024;

	e2e_same("VmPTE", number(&rows, row_of(&rows, "VmPTE"), 2), "status", vmpte);
	e2e_same("met and deposited", number(&rows, row_of(&rows, "met"), 2) +
		 number(&rows, row_of(&rows, "deposited"), 2), "VmPTE", vmpte);
	e2e_same("difference", number(&rows, row_of(&rows, "difference"), 2), "nothing", 0);
	e2e_true(number(&rows, row_of(&rows, "deposited"), 1) > 0,
		 "a process with huge pages has tables in reserve");
	rows_free(&rows);
	free(status);
}

/* A level is the sum of its tables, each of them listed. */
static void tables_levels(void)
{
	struct rows levels = client("tables %d -s levels -o level,tables,used,leaves,bytes",
				    target->pid);
	struct rows all = client("tables %d -s all -o level,used,leaves,va", target->pid);
	size_t i, k;

	e2e_same("levels", levels.nr, "cpuinfo", proc_levels());
	for (i = 0; i < levels.nr; i++) {
		uint64_t tables = 0, used = 0, leaves = 0;

		for (k = 0; k < all.nr; k++) {
			if (strcmp(cell(&all, k, 0), cell(&levels, i, 0)))
				continue;
			tables++;
			used += number(&all, k, 1);
			leaves += number(&all, k, 2);
		}
		e2e_same("tables", number(&levels, i, 1), "those listed", tables);
		e2e_same("used", number(&levels, i, 2), "those listed", used);
		e2e_same("leaves", number(&levels, i, 3), "those listed", leaves);
		e2e_same("bytes", number(&levels, i, 4), "of so many tables", tables * PAGE_SIZE);
	}
	rows_free(&levels);
	rows_free(&all);
}

/* Pages of an area that pagemap calls present. */
static uint64_t present_pages(pid_t pid, const struct area *area)
{
	static uint64_t entries[4096];
	uint64_t va, nr = 0;
	size_t i, step;

	for (va = area->start; va < area->end; va += step * PAGE_SIZE) {
		step = (area->end - va) / PAGE_SIZE;
		step = step > E2E_NR(entries) ? E2E_NR(entries) : step;
		proc_pagemap(pid, va, entries, step);
		for (i = 0; i < step; i++)
			nr += !!(entries[i] & PM_PRESENT);
	}
	return nr;
}

static bool is_blind(const struct area *area)
{
	return proc_area_flag(area, "pf") || proc_area_flag(area, "io");
}

/* Leaves are what the TLB needs: of an area of small pages, one for each. */
static void tables_vmas(void)
{
	struct rows rows = client("tables %d -s vmas -o start,leaves,pmd_tables", target->pid);
	struct areas areas = proc_areas(target->pid, "smaps");
	size_t i;

	e2e_same("rows", rows.nr, "smaps", areas.nr);
	for (i = 0; i < rows.nr && i < areas.nr; i++) {
		const struct area *area = &areas.area[i];

		e2e_same("start", number(&rows, i, 0), "smaps", area->start);
		if (is_blind(area) || proc_area_flag(area, "hg") || proc_area_flag(area, "ht"))
			continue;
		e2e_same("leaves", number(&rows, i, 1), "pagemap",
			 present_pages(target->pid, area));
	}
	proc_areas_free(&areas);
	rows_free(&rows);
}

/* What is huge, and what may be, area by area. Return: eligible ones compared. */
static unsigned int huge_compare(pid_t pid)
{
	struct rows rows = client("huge %d -o start,anon_huge,shmem_huge,file_huge,eligible,"
				  "pte_bytes,reason", pid);
	struct areas areas = proc_areas(pid, "smaps");
	unsigned int compared = 0;
	size_t i;

	e2e_same("rows", rows.nr, "smaps", areas.nr);
	for (i = 0; i < rows.nr && i < areas.nr; i++) {
		const struct area *area = &areas.area[i];

		e2e_same("start", number(&rows, i, 0), "smaps", area->start);
		if (!proc_smaps_blind(area)) {
			e2e_same("anon_huge, kB", number(&rows, i, 1) / 1024, "AnonHugePages",
				 area->kb[AREA_ANON_HUGE]);
			e2e_same("shmem_huge, kB", number(&rows, i, 2) / 1024, "ShmemPmdMapped",
				 area->kb[AREA_SHMEM_HUGE]);
			e2e_same("file_huge, kB", number(&rows, i, 3) / 1024, "FilePmdMapped",
				 area->kb[AREA_FILE_HUGE]);
		}
		if (number(&rows, i, 4) == ABSENT)
			continue;
		if (!e2e_same("eligible", number(&rows, i, 4), "THPeligible",
			      area->kb[AREA_THP_ELIGIBLE]))
			e2e_note("%s: %s, reason %s", cell(&rows, i, 0), area->name,
				 cell(&rows, i, 6));
		compared += area->kb[AREA_THP_ELIGIBLE];
	}
	proc_areas_free(&areas);
	rows_free(&rows);
	return compared;
}

static void huge_smaps(void)
{
	e2e_true(huge_compare(target->pid) > 0, "no area is eligible: nothing was tested");
}

static void each_setting(unsigned int nr, const char *const *words)
{
	const char *path = settings[nr].path;

	for (; *words; words++) {
		if (proc_write(path, *words))
			e2e_die("%s takes no %s", path, *words);
		huge_compare(target->pid);
	}
	proc_write(path, settings[nr].word);
}

static void huge_policies(void)
{
	static const char *const enabled[] = { "always", "madvise", "never", NULL };
	static const char *const shmem[] = { "always", "advise", "never", "force", "deny",
					     "within_size", NULL };

	each_setting(0, enabled);
	each_setting(1, shmem);
}

/* Shared memory, all of it touched. */
static void shared_body(void *arg)
{
	const size_t bytes = 4 * PMD_BYTES;
	char *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED)
		e2e_die("mmap: %s", strerror(errno));
	memset(at, 1, bytes);
	target_ready();
	pause();
}

static void huge_shared(void)
{
	struct areas areas;
	uint64_t kb = 0;
	pid_t pid;
	size_t i;

	if (proc_write(settings[1].path, "force"))
		e2e_die("shmem_enabled takes no force");
	pid = target_fork(shared_body, NULL);
	huge_compare(pid);
	areas = proc_areas(pid, "smaps");
	for (i = 0; i < areas.nr; i++)
		kb += areas.area[i].kb[AREA_SHMEM_HUGE];
	e2e_true(kb >= 2048, "the kernel gave no huge page: nothing was tested");
	proc_areas_free(&areas);
	target_kill(pid);
	proc_write(settings[1].path, settings[1].word);
}

/* Regions of the factory whose reason is known from how they were made. */
static void huge_reasons(void)
{
	static const struct {
		const char *region, *reason;
	} known[] = {
		{ "thp", "huge" },
		{ "thp_zero", "huge" },
		{ "thp_split_dontneed", "split" },
		{ "huge2m_private", "hugetlb" },
		{ "huge2m_untouched", "hugetlb" },
	};
	struct rows rows = client("huge %d -o start,end,reason", target->pid);
	unsigned int compared = 0;
	size_t i, k;

	for (i = 0; i < E2E_NR(known); i++) {
		const struct region *region = target_region(target, known[i].region);

		for (k = 0; region && k < rows.nr; k++) {
			if (number(&rows, k, 0) > region->start ||
			    number(&rows, k, 1) < region->end)
				continue;
			e2e_same_text(known[i].region, cell(&rows, k, 2), "the factory",
				      known[i].reason);
			compared++;
		}
	}
	e2e_true(compared >= 2, "only %u of the regions are there", compared);
	rows_free(&rows);
}

/* A number of a zone in zoneinfo: the first line of that name below its head. */
static uint64_t zoneinfo_number(const char *text, const char *node, const char *zone,
				const char *name)
{
	char head[64];
	const char *at;

	snprintf(head, sizeof(head), "Node %s, zone %8s\n", node, zone);
	at = strstr(text, head);
	at = at ? strstr(at, name) : NULL;
	if (!at)
		e2e_die("zoneinfo has no %s of %s", name, zone);
	return strtoull(at + strlen(name), NULL, 10);
}

static void zones_zoneinfo(void)
{
	struct rows rows = client("zones -s zones -o node,zone,spanned,present,managed,high,"
				  "start_pfn,end_pfn");
	char *text = proc_slurp("/proc/zoneinfo", NULL);
	size_t i;

	for (i = 0; i < rows.nr; i++) {
		const char *node = cell(&rows, i, 0), *zone = cell(&rows, i, 1);
		uint64_t spanned = zoneinfo_number(text, node, zone, " spanned "), start;

		e2e_same("spanned", number(&rows, i, 2), "zoneinfo", spanned);
		e2e_same("present", number(&rows, i, 3), "zoneinfo",
			 zoneinfo_number(text, node, zone, " present "));
		e2e_same("managed", number(&rows, i, 4), "zoneinfo",
			 zoneinfo_number(text, node, zone, " managed "));
		e2e_same("high", number(&rows, i, 5), "zoneinfo",
			 zoneinfo_number(text, node, zone, " high "));
		if (number(&rows, i, 3) == 0)
			continue;
		start = zoneinfo_number(text, node, zone, " start_pfn:");
		e2e_same("start_pfn", number(&rows, i, 6), "zoneinfo", start);
		e2e_same("end_pfn", number(&rows, i, 7), "zoneinfo", start + spanned);
	}
	rows_free(&rows);
	free(text);
}

/* What the test itself counts of a zone. */
struct count {
	uint64_t start, end;	/* frames of the zone */
	uint64_t pages, lowest, highest;
};

static void frame_count(struct count *counts, size_t nr, uint64_t frame)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		if (frame < counts[i].start || frame >= counts[i].end)
			continue;
		if (!counts[i].pages++ || frame < counts[i].lowest)
			counts[i].lowest = frame;
		if (frame > counts[i].highest)
			counts[i].highest = frame;
	}
}

static void area_count(struct count *counts, size_t nr, const struct area *area)
{
	static uint64_t entries[4096];
	uint64_t va;
	size_t i, step;

	for (va = area->start; va < area->end; va += step * PAGE_SIZE) {
		step = (area->end - va) / PAGE_SIZE;
		step = step > E2E_NR(entries) ? E2E_NR(entries) : step;
		proc_pagemap(target->pid, va, entries, step);
		for (i = 0; i < step; i++)
			if (entries[i] & PM_PRESENT)
				frame_count(counts, nr, PM_FRAME(entries[i]));
	}
}

/* Each mapped page is in the zone whose span holds its frame. pagemap is blind for the
 * pages of the vdso's data, which may be a few more. */
static void zones_place(void)
{
	struct rows rows = client("zones --pid %d -s zones -o node,zone,mapped,lowest,highest",
				  target->pid);
	struct areas areas = proc_areas(target->pid, "smaps");
	char *text = proc_slurp("/proc/zoneinfo", NULL);
	struct count counts[16] = { { 0 } };
	size_t i, nr = rows.nr < 16 ? rows.nr : 16;

	for (i = 0; i < nr; i++) {
		const char *node = cell(&rows, i, 0), *zone = cell(&rows, i, 1);

		if (!zoneinfo_number(text, node, zone, " present "))
			continue;
		counts[i].start = zoneinfo_number(text, node, zone, " start_pfn:");
		counts[i].end = counts[i].start +
				zoneinfo_number(text, node, zone, " spanned ");
	}
	for (i = 0; i < areas.nr; i++)
		if (!is_blind(&areas.area[i]))
			area_count(counts, nr, &areas.area[i]);
	for (i = 0; i < nr; i++) {
		uint64_t mapped = number(&rows, i, 2);

		if (!counts[i].pages)
			continue;
		e2e_true(mapped >= counts[i].pages && mapped <= counts[i].pages + 8,
			 "zone %s: %llu pages mapped, pagemap knows %llu", cell(&rows, i, 1),
			 (unsigned long long)mapped, (unsigned long long)counts[i].pages);
		e2e_same("lowest", number(&rows, i, 3), "pagemap", counts[i].lowest);
		e2e_same("highest", number(&rows, i, 4), "pagemap", counts[i].highest);
	}
	proc_areas_free(&areas);
	rows_free(&rows);
	free(text);
}

/* The pages of one row that pagemap calls present, all compared. */
static uint64_t row_compare(uint64_t va, uint64_t pages, uint64_t pfn)
{
	static uint64_t entries[4096];
	uint64_t done, nr = 0;
	size_t i, step;

	for (done = 0; done < pages; done += step) {
		step = pages - done > E2E_NR(entries) ? E2E_NR(entries) : pages - done;
		proc_pagemap(target->pid, va + done * PAGE_SIZE, entries, step);
		for (i = 0; i < step; i++) {
			if (!(entries[i] & PM_PRESENT))
				continue;
			nr++;
			e2e_same("pfn", pfn + done + i, "pagemap", PM_FRAME(entries[i]));
		}
	}
	return nr;
}

/* Every page of every row, against pagemap; and no page pagemap has is left out. */
static void frames_pagemap(void)
{
	struct rows rows = client("frames %d -o va,pages,pfn,kind,flags", target->pid);
	struct areas areas = proc_areas(target->pid, "smaps");
	uint64_t shown = 0, present = 0;
	const struct area *area;
	size_t i;

	for (i = 0; i < rows.nr; i++) {
		uint64_t va = number(&rows, i, 0), pages = number(&rows, i, 1);

		area = proc_area_at(&areas, va);
		if (!area)
			e2e_differ("0x%llx is in no area", (unsigned long long)va);
		if (!area || is_blind(area))
			continue;
		shown += row_compare(va, pages, number(&rows, i, 2));
	}
	for (i = 0; i < areas.nr; i++)
		if (!is_blind(&areas.area[i]))
			present += present_pages(target->pid, &areas.area[i]);
	e2e_same("present pages", shown, "pagemap", present);
	proc_areas_free(&areas);
	rows_free(&rows);
}

/* The sums are those of the rows, of smaps for what smaps has: anonymous memory. */
static void frames_sums(void)
{
	struct rows vmas = client("frames %d --by type -s vmas -o start,type,pages,bytes",
				  target->pid);
	struct rows total = client("frames %d --by type -s total -o type,pages", target->pid);
	struct areas areas = proc_areas(target->pid, "smaps");
	uint64_t sum = 0, all = 0, hugetlb = 0, kb = 0;
	size_t i;

	for (i = 0; i < vmas.nr; i++) {
		sum += number(&vmas, i, 2);
		e2e_same("bytes", number(&vmas, i, 3), "of so many pages",
			 number(&vmas, i, 2) * PAGE_SIZE);
	}
	for (i = 0; i < total.nr; i++) {
		all += number(&total, i, 1);
		if (!strcmp(cell(&total, i, 0), "hugetlb"))
			hugetlb = number(&total, i, 1);
	}
	e2e_same("pages of all areas", all, "the sum of the areas", sum);
	for (i = 0; i < areas.nr; i++)
		if (!proc_smaps_blind(&areas.area[i]))
			kb += areas.area[i].kb[AREA_SHARED_HUGETLB] +
			      areas.area[i].kb[AREA_PRIVATE_HUGETLB];
	e2e_true(hugetlb >= kb / 4, "hugetlb: %llu pages, smaps has %llu kB",
		 (unsigned long long)hugetlb, (unsigned long long)kb);
	proc_areas_free(&areas);
	rows_free(&vmas);
	rows_free(&total);
}

static void absent(const char *command, unsigned int nr)
{
	struct rows rows = client("%s", command);
	unsigned int at;
	size_t i;

	e2e_true(rows.nr > 0, "'%s' shows nothing", command);
	for (i = 0; i < rows.nr; i++)
		for (at = 0; at < nr; at++)
			e2e_same_text(command, cell(&rows, i, at), "without rights", "-");
	rows_free(&rows);
}

static void unprivileged_body(const struct who *who, void *arg)
{
	absent("frames self -o pfn,type,order,mapcount,refcount,page_flags 2>/dev/null", 6);
	absent("frames self --sum -s total -o node,zone,type,order,shared 2>/dev/null", 5);
	absent("tables self -s levels -o shared 2>/dev/null", 1);
	absent("tables self -s all -o pa,sharers 2>/dev/null", 2);
	absent("huge self -o split 2>/dev/null", 1);
	absent("zones --pid self -s zones -o mapped,lowest,highest 2>/dev/null", 3);
	e2e_true(client("huge self -o reason 2>/dev/null").nr > 5, "reasons are for everybody");
}

static void unprivileged(void)
{
	const struct who walker = { .name = "walker", .become = who_walker };

	who_run(&walker, unprivileged_body, NULL);
}

static const struct e2e_case client_cases[] = {
	{ "tables: the account ends at VmPTE", tables_account, 4 },
	{ "tables: a level is the sum of its tables", tables_levels, 17 },
	{ "tables: an area's leaves are the pages pagemap shows", tables_vmas, 40 },
	{ "huge: AnonHugePages, ShmemPmdMapped, FilePmdMapped, THPeligible", huge_smaps, 100 },
	{ "huge: THPeligible under every policy", huge_policies, 500 },
	{ "huge: shared memory on huge pages", huge_shared, 20 },
	{ "huge: reasons of what the factory made", huge_reasons, 3 },
	{ "zones: spans and sizes of zoneinfo", zones_zoneinfo, 10 },
	{ "zones: where the frames of a process lie", zones_place, 3 },
	{ "frames: every page of pagemap", frames_pagemap, 1000 },
	{ "frames: sums", frames_sums, 10 },
	{ "without rights: everything but what frames tell", unprivileged, 50 },
};
E2E_SUITE(client, client_open, client_close);
