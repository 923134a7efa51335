// SPDX-License-Identifier: GPL-2.0
/*
 * suite_tables.c - [tables] against VmPTE, with every difference explained
 */
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"

static struct target *target;

static void tables_open(void)
{
	target = target_start(TARGET_USUAL);
}

static void tables_close(void)
{
	target_stop(target);
}

static char *report_of(pid_t pid)
{
	char *report = ask_report(ask_open(pid), 65536, NULL);

	if (!report)
		e2e_die("the report of %d cannot be read", pid);
	return report;
}

/* Huge pages that smaps leaves out: aligned, whole, and huge for kpageflags. */
static uint64_t huge_by_pagemap(pid_t pid, const struct area *area)
{
	uint64_t va = (area->start + PMD_BYTES - 1) & ~(PMD_BYTES - 1), nr = 0, entry;
	bool known;

	for (; va + PMD_BYTES <= area->end; va += PMD_BYTES) {
		proc_pagemap(pid, va, &entry, 1);
		if (entry & PM_PRESENT && !(PM_FRAME(entry) & 511) &&
		    proc_kpageflags(PM_FRAME(entry), &known) & KPF_THP)
			nr++;
	}
	return nr;
}

/*
 * Under every huge page of anonymous memory the kernel keeps a pte table for
 * the day it is split; VmPTE counts it, but no walk can meet it. AnonHugePages
 * leaves the huge page of zeros out, which has such a table too.
 */
static uint64_t deposited(const struct areas *areas, pid_t pid)
{
	const struct region *zero = target_region(target, "thp_zero");
	uint64_t nr = 0;
	size_t i;

	for (i = 0; i < areas->nr; i++)
		nr += proc_smaps_blind(&areas->area[i]) ?
		      huge_by_pagemap(pid, &areas->area[i]) :
		      areas->area[i].kb[AREA_ANON_HUGE] / 2048;
	if (zero) {
		uint64_t entry;
		bool known;

		proc_pagemap(pid, zero->start, &entry, 1);
		if (proc_kpageflags(PM_FRAME(entry), &known) & KPF_THP && known)
			nr++;
	}
	return nr;
}

/* VmPTE counts pte, pmd and pud tables (mm_pgtables_bytes()), not the tops. */
static void bytes_explained(pid_t pid)
{
	struct areas areas = proc_areas(pid, "smaps");
	char *report = report_of(pid);
	struct report_table rows = report_table(report, "tables");
	char *status = proc_slurp_pid(pid, "status", NULL);
	uint64_t bytes = 0, all = 0;
	size_t i;

	for (i = 0; i < rows.nr; i++) {
		const char *level = report_cell(&rows, i, "level");
		uint64_t size = report_cell_number(&rows, i, "bytes");

		all += size;
		if (!strcmp(level, "pte") || !strcmp(level, "pmd") || !strcmp(level, "pud"))
			bytes += size;
		e2e_same("bytes of a level", size, "its tables",
			 report_cell_number(&rows, i, "tables") * PAGE_SIZE);
		e2e_same("entries of a table", report_cell_number(&rows, i, "entries"), "x86-64",
			 512);
		e2e_true(report_cell_number(&rows, i, "used") <=
			 report_cell_number(&rows, i, "tables") * 512, "%s: used", level);
		if (!strcmp(level, "pgd"))
			e2e_same("top tables", report_cell_number(&rows, i, "tables"),
				 "there is one", 1);
	}
	e2e_same("rows", rows.nr, "cpuinfo", proc_levels());
	e2e_note("%llu bytes of tables seen, %llu kept for huge pages, VmPTE %llu kB",
		 (unsigned long long)all, (unsigned long long)deposited(&areas, pid) * PAGE_SIZE,
		 (unsigned long long)proc_key(status, "VmPTE"));
	e2e_same("pte, pmd and pud tables with those kept for huge pages, kB",
		 (bytes + deposited(&areas, pid) * PAGE_SIZE) / 1024, "VmPTE",
		 proc_key(status, "VmPTE"));
}

static void bytes_factory(void)
{
	bytes_explained(target->pid);
}

/*
 * An entry in use at the pte level is a present or swapped page or a marker:
 * pagemap shows each of them as not empty.
 */
static void used_entries(void)
{
	static uint64_t entries[1 << 16];
	struct areas areas = proc_areas(target->pid, "smaps");
	char *report = report_of(target->pid);
	struct report_table rows = report_table(report, "tables");
	struct report_table vmas = report_table(report, "vmas");
	uint64_t used = 0, va, huge = 0, blind = 0;
	size_t i, k;

	for (i = 0; i < areas.nr; i++) {
		const struct area *area = &areas.area[i];

		if (proc_area_flag(area, "pf"))
			blind += report_cell_number(&vmas, i, "pte");
		huge += report_cell_number(&vmas, i, "pmd") * 512;
		for (va = area->start; va < area->end; ) {
			size_t nr = (area->end - va) / PAGE_SIZE;

			nr = nr > E2E_NR(entries) ? E2E_NR(entries) : nr;
			proc_pagemap(target->pid, va, entries, nr);
			for (k = 0; k < nr; k++)
				used += !!(entries[k] & (PM_PRESENT | PM_SWAP));
			va += nr * PAGE_SIZE;
		}
	}
	for (i = 0; i < rows.nr; i++)
		if (!strcmp(report_cell(&rows, i, "level"), "pte"))
			e2e_same("pte entries used", report_cell_number(&rows, i, "used"),
				 "pagemap without huge pages, with PFNMAP",
				 used - huge + blind);
}

static const struct e2e_case tables_cases[] = {
	{ "[tables] adds up to VmPTE, the factory's process", bytes_factory, 14 },
	{ "[tables] counts the pte entries that pagemap shows", used_entries, 1 },
};
E2E_SUITE(tables, tables_open, tables_close);
