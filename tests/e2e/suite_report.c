// SPDX-License-Identifier: GPL-2.0
/*
 * suite_report.c - the report's [mm] and [vmas], and VMAS, against maps, smaps,
 * status and stat
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ask.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"

static struct target *target;

static void report_open(void)
{
	target = target_start(TARGET_USUAL);
}

static void report_close(void)
{
	target_stop(target);
}

static char *report_of(pid_t pid)
{
	int fd = ask_open(pid);
	char *report = ask_report(fd, 65536, NULL);

	if (!report)
		e2e_die("the report of %d cannot be read", pid);
	return report;
}

static void first_line(void)
{
	static const char *const sections[] = {
		"task", "mm", "vmas", "walks", "frames", "backing", "tables", "auxv", "cred",
		"groups", "signals", "actions", "timers", "family", "names", "namespaces",
		"numbers", "limits", "threads", "registers", "files", "inodes"
	};
	char *report = report_of(target->pid);
	const char *last = report;
	unsigned int i;

	e2e_true(!strncmp(report, "vmwalk-report 1\n", 16), "first line: %.40s", report);
	for (i = 0; i < E2E_NR(sections); i++) {
		const char *at = report_section(report, sections[i]);

		e2e_true(at && at > last, "[%s] is missing or out of order", sections[i]);
		last = at ? at : last;
	}
	e2e_true(report[strlen(report) - 1] == '\n', "the last line has no end");
}

/* A VMA record, from a query or from a row, against a line of maps. */
static void check_vma(const struct area *area, uint64_t start, uint64_t end,
		      const char *perms, uint64_t offset, unsigned int major,
		      unsigned int minor, uint64_t inode, const char *name)
{
	e2e_compared(7);
	if (start == area->start && end == area->end && !strcmp(perms, area->perms) &&
	    offset == area->offset && major == area->major && minor == area->minor &&
	    inode == area->inode && !strcmp(name, area->name))
		return;
	e2e_differ("vmwalk says %llx-%llx %s %llx %x:%x %llu \"%s\", maps %llx-%llx %s %llx %x:%x %llu \"%s\"",
		   (unsigned long long)start, (unsigned long long)end, perms,
		   (unsigned long long)offset, major, minor, (unsigned long long)inode, name,
		   (unsigned long long)area->start, (unsigned long long)area->end, area->perms,
		   (unsigned long long)area->offset, area->major, area->minor,
		   (unsigned long long)area->inode, area->name);
}

static void vmas_rows(pid_t pid)
{
	struct areas areas = proc_areas(pid, "maps");
	char *report = report_of(pid);
	struct report_table rows = report_table(report, "vmas");
	size_t i;

	e2e_same("rows of [vmas]", rows.nr, "maps", areas.nr);
	for (i = 0; i < rows.nr && i < areas.nr; i++) {
		unsigned int major = 0, minor = 0;
		char *name = strdup(report_cell(&rows, i, "name"));

		sscanf(report_cell(&rows, i, "dev"), "%x:%x", &major, &minor);
		proc_unescape(name, 0);
		check_vma(&areas.area[i], report_cell_number(&rows, i, "start"),
			  report_cell_number(&rows, i, "end"), report_cell(&rows, i, "flags"),
			  report_cell_number(&rows, i, "offset"), major, minor,
			  report_cell_number(&rows, i, "inode"), name);
		free(name);
	}
	report_table_free(&rows);
	free(report);
	proc_areas_free(&areas);
}

static void rows_factory(void)
{
	vmas_rows(target->pid);
	vmas_rows(target->child);
}

static void rows_init(void)
{
	vmas_rows(1);
}

/* The query's flags are vm_flags; maps shows these four of them (uapi help of PERMS). */
static const char *perms_of(const struct area *area, uint64_t flags)
{
	static char perms[5];

	perms[0] = flags & 1 ? 'r' : '-';
	perms[1] = flags & 2 ? 'w' : '-';
	perms[2] = flags & 4 ? 'x' : '-';
	/* maps goes by VM_MAYSHARE (0x80), include/linux/mm.h */
	perms[3] = flags & 0x80 ? 's' : 'p';
	return perms;
}

static void vmas_query(pid_t pid, uint32_t batch)
{
	struct areas areas = proc_areas(pid, "maps");
	int fd = ask_open(pid);
	struct ask_vma *vmas;
	size_t nr, i;

	vmas = ask_vmas(fd, 0, ~0ULL & ~4095ULL, 0, batch, &nr);
	e2e_same("VMAs", nr, "maps", areas.nr);
	for (i = 0; i < nr && i < areas.nr; i++) {
		const struct vmwalk_vma *vma = &vmas[i].vma;

		check_vma(&areas.area[i], vma->start, vma->end,
			  perms_of(&areas.area[i], vma->flags), vma->offset, vma->dev[0],
			  vma->dev[1], vma->inode, vmas[i].name);
		e2e_true(!(vma->has & VMWALK_HAS(COUNTS)), "counts nobody asked for");
	}
	ask_vmas_free(vmas, nr);
	proc_areas_free(&areas);
}

static void query_factory(void)
{
	vmas_query(target->pid, 1);
	vmas_query(target->pid, 7);
	vmas_query(target->pid, 1000);
}

static uint64_t column_kb(const struct area *area, const int *keys, unsigned int nr)
{
	uint64_t sum = 0;

	while (nr--)
		sum += area->kb[keys[nr]];
	return sum;
}

/* Present, swapped and empty pages of an area by its pagemap. */
static void count_pagemap(pid_t pid, const struct area *area, uint64_t *present,
			  uint64_t *swapped, uint64_t *empty)
{
	static uint64_t entries[1 << 16];
	uint64_t va;

	*present = *swapped = *empty = 0;
	for (va = area->start; va < area->end; ) {
		size_t nr = (area->end - va) / PAGE_SIZE, i;

		if (nr > E2E_NR(entries))
			nr = E2E_NR(entries);
		proc_pagemap(pid, va, entries, nr);
		for (i = 0; i < nr; i++) {
			if (entries[i] & PM_PRESENT)
				(*present)++;
			else if (entries[i] & PM_SWAP)
				(*swapped)++;
			else
				(*empty)++;
		}
		va += nr * PAGE_SIZE;
	}
}

/* Pages that smaps_pte_entry() calls resident for their frame, though no leaf has them. */
static uint64_t poisoned(const struct area *area)
{
	const struct region *region = target_region_at(target, area->start);

	return region && !strcmp(region->name, "hwpoison");
}

/*
 * smaps against the counts. hugetlb is not in Rss but in two keys of its own;
 * pages without rmap (zero page, PFNMAP) are in no sum, "special" counts them.
 */
static void check_sums(const struct area *area, const struct vmwalk_vma *vma)
{
	static const int hugetlb[] = { AREA_SHARED_HUGETLB, AREA_PRIVATE_HUGETLB };
	static const int dirty[] = { AREA_SHARED_DIRTY, AREA_PRIVATE_DIRTY };
	uint64_t present = vma->pte + vma->pmd * 512 + vma->pud * 512 * 512;
	uint64_t unseen = proc_smaps_blind(area) ? vma->pmd * 512 : 0;
	bool huge = proc_area_flag(area, "ht");
	bool shmem = !strncmp(area->name, "/memfd:", 7) || !strncmp(area->name, "/SYSV", 5) ||
		     !strncmp(area->name, "/dev/zero", 9) || !strncmp(area->name, "/dev/shm/", 9);
	char what[128];

	snprintf(what, sizeof(what), "resident kB of %llx %.60s",
		 (unsigned long long)area->start, area->name);
	e2e_same(what, (present - vma->special - unseen + poisoned(area)) * 4, "smaps",
		 huge ? column_kb(area, hugetlb, 2) : area->kb[AREA_RSS]);
	e2e_same("page size", vma->page_bytes, "smaps", area->kb[AREA_PAGE_SIZE] * 1024);
	e2e_same("all pages", present + vma->swapped + vma->other + vma->never, "smaps",
		 area->kb[AREA_SIZE] / 4);
	/* What smaps calls swap of shared memory lies in the file, not in the tables. */
	if (!shmem)
		e2e_same("swapped kB", vma->swapped * 4, "smaps", area->kb[AREA_SWAP]);
	/* smaps adds what it knows from the frame to what the entry says. */
	if (!huge && !vma->special && !unseen) {
		e2e_true(vma->accessed * 4 <= area->kb[AREA_REFERENCED],
			 "%s: accessed %llu pages, smaps Referenced %llu kB", what,
			 vma->accessed, (unsigned long long)area->kb[AREA_REFERENCED]);
		e2e_true(vma->dirty * 4 <= column_kb(area, dirty, 2),
			 "%s: dirty %llu pages, smaps %llu kB", what, vma->dirty,
			 (unsigned long long)column_kb(area, dirty, 2));
	}
	e2e_same("protnone", vma->protnone, "maps",
		 strncmp(area->perms, "---", 3) ? 0 : present);
}

static void check_against_pagemap(const struct area *area, const struct vmwalk_vma *vma)
{
	uint64_t present, swapped, empty;
	char what[64];

	if (proc_area_flag(area, "pf"))
		return;
	snprintf(what, sizeof(what), "pages at %llx", (unsigned long long)area->start);
	count_pagemap(target->pid, area, &present, &swapped, &empty);
	e2e_same(what, vma->pte + vma->pmd * 512 + vma->pud * 512 * 512, "pagemap", present);
	e2e_same(what, vma->swapped + vma->other, "pagemap swap", swapped);
	e2e_same(what, vma->never, "pagemap empty", empty);
}

static void sums_query(void)
{
	struct areas areas = proc_areas(target->pid, "smaps");
	int fd = ask_open(target->pid);
	struct ask_vma *vmas;
	size_t nr, i;

	vmas = ask_vmas(fd, 0, ~0ULL & ~4095ULL, VMWALK_QUERY_COUNTS, 10, &nr);
	e2e_same("VMAs", nr, "smaps", areas.nr);
	for (i = 0; i < nr && i < areas.nr; i++) {
		e2e_true(vmas[i].vma.has & VMWALK_HAS(COUNTS), "no counts");
		check_sums(&areas.area[i], &vmas[i].vma);
		check_against_pagemap(&areas.area[i], &vmas[i].vma);
	}
	ask_vmas_free(vmas, nr);
	proc_areas_free(&areas);
}

/* The report prints the same record: one copy of each count. */
static void sums_rows(void)
{
	struct areas areas = proc_areas(target->pid, "smaps");
	char *report = report_of(target->pid);
	struct report_table rows = report_table(report, "vmas");
	size_t i;

	e2e_same("rows of [vmas]", rows.nr, "smaps", areas.nr);
	for (i = 0; i < rows.nr && i < areas.nr; i++) {
		struct vmwalk_vma vma = { 0 };

#define COUNT(member)	vma.member = report_cell_number(&rows, i, #member)
		COUNT(page_bytes);
		COUNT(pte);
		COUNT(pmd);
		COUNT(pud);
		COUNT(swapped);
		COUNT(other);
		COUNT(never);
		COUNT(accessed);
		COUNT(dirty);
		COUNT(protnone);
		COUNT(special);
#undef COUNT
		check_sums(&areas.area[i], &vma);
	}
	report_table_free(&rows);
	free(report);
	proc_areas_free(&areas);
}

/*
 * RSS counters are kept in batches by each running thread (SPLIT_RSS_COUNTING,
 * up to 64 pages behind). Both sides read the same counters of a process that
 * sleeps, so they must be equal, batches or not.
 */
static void mm_status(void)
{
	static const struct {
		const char *member, *key;
	} pairs[] = {
		{ "total_bytes", "VmSize" },
		{ "resident_bytes", "VmRSS" },
		{ "resident_anon_bytes", "RssAnon" },
		{ "resident_file_bytes", "RssFile" },
		{ "resident_shmem_bytes", "RssShmem" },
		{ "swap_bytes", "VmSwap" },
		{ "table_bytes", "VmPTE" },
		{ "peak_bytes", "VmPeak" },
		{ "resident_peak_bytes", "VmHWM" },
		{ "locked_bytes", "VmLck" },
		{ "pinned_bytes", "VmPin" },
		{ "data_bytes", "VmData" },
		{ "stack_bytes", "VmStk" },
		{ "hugetlb_bytes", "HugetlbPages" },
	};
	const pid_t pids[] = { target->pid, target->child, 1 };
	unsigned int p, i;

	for (p = 0; p < E2E_NR(pids); p++) {
		char *report = report_of(pids[p]);
		char *status = proc_slurp_pid(pids[p], "status", NULL);

		for (i = 0; i < E2E_NR(pairs); i++)
			e2e_same(pairs[i].member,
				 report_number(report, "mm", pairs[i].member) / 1024,
				 pairs[i].key, proc_key(status, pairs[i].key));
		e2e_same("exec_bytes", report_number(report, "mm", "exec_bytes") / 1024,
			 "VmExe + VmLib", proc_key(status, "VmExe") + proc_key(status, "VmLib"));
		free(report);
		free(status);
	}
}

static void check_range(const char *report, const char *key, uint64_t start, uint64_t end)
{
	char value[128], expected[128];

	if (!report_value(report, "mm", key, value, sizeof(value)))
		e2e_die("no %s in [mm]", key);
	snprintf(expected, sizeof(expected), "0x%llx-0x%llx", (unsigned long long)start,
		 (unsigned long long)end);
	e2e_same_text(key, value, "stat", start < end ? expected : "-");
}

/* The ranges that proc(5) numbers 26, 27, 28 and 45 to 51. */
static void mm_stat(void)
{
	char *report = report_of(target->pid);
	char *stat = proc_slurp_pid(target->pid, "stat", NULL);
	char *filter = proc_slurp_pid(target->pid, "coredump_filter", NULL);
	struct areas areas = proc_areas(target->pid, "maps");

	check_range(report, "code", proc_stat_field(stat, 26), proc_stat_field(stat, 27));
	check_range(report, "data", proc_stat_field(stat, 45), proc_stat_field(stat, 46));
	check_range(report, "brk", proc_stat_field(stat, 47), target->brk);
	check_range(report, "arg", proc_stat_field(stat, 48), proc_stat_field(stat, 49));
	check_range(report, "env", proc_stat_field(stat, 50), proc_stat_field(stat, 51));
	e2e_same("stack", report_number(report, "mm", "stack"), "stat",
		 proc_stat_field(stat, 28));
	e2e_same("map_count", report_number(report, "mm", "map_count"), "maps", areas.nr);
	e2e_same("levels", report_number(report, "mm", "levels"), "cpuinfo", proc_levels());
	e2e_same("users", report_number(report, "mm", "users"), "its one thread", 1);
	if (filter)	/* a kernel that dumps no cores has no such file */
		e2e_same("dump_filter", report_number(report, "mm", "dump_filter"),
			 "coredump_filter", strtoull(filter, NULL, 16));
}

/* What each VMA of the factory's is, by who made it. */
static void uses(void)
{
	static const struct {
		const char *region, *use;
	} wanted[] = {
		{ "anon_touched", "anon" }, { "file_shared_dirty", "file" },
		{ "memfd", "shm" }, { "sysv_shm", "shm" }, { "anon_shared", "shm" },
		{ "heap", "heap" }, { "stack", "stack" }, { "huge2m_private", "hugetlb" },
		{ "devmem", "device" },
	};
	static const struct {
		const char *name, *use;
	} named[] = {
		{ "[vdso]", "vdso" }, { "[vvar]", "vvar" }, { "[stack]", "stack" },
	};
	char *report = report_of(target->pid);
	struct report_table rows = report_table(report, "vmas");
	size_t row, i;

	for (row = 0; row < rows.nr; row++) {
		uint64_t start = report_cell_number(&rows, row, "start");
		uint64_t end = report_cell_number(&rows, row, "end");
		const char *use = report_cell(&rows, row, "use");

		for (i = 0; i < E2E_NR(named); i++)
			if (!strcmp(report_cell(&rows, row, "name"), named[i].name))
				e2e_same_text(named[i].name, use, "its name", named[i].use);
		for (i = 0; i < E2E_NR(wanted); i++) {
			const struct region *region = target_region(target, wanted[i].region);

			if (region && region->start >= start && region->end <= end)
				e2e_same_text(wanted[i].region, use, "the factory",
					      wanted[i].use);
		}
	}
}

/* The frame of each landmark by pagemap, and what its flags and counts are. */
static void landmark_frames(void)
{
	char *report = report_of(target->pid);
	struct report_table rows = report_table(report, "frames");
	size_t row;

	for (row = 0; row < rows.nr; row++) {
		uint64_t va = report_cell_number(&rows, row, "address") & -PAGE_SIZE;
		struct kpage page;
		uint64_t entry;

		proc_pagemap(target->pid, va, &entry, 1);
		if (!(entry & PM_PRESENT) || !PM_FRAME(entry)) {
			e2e_same_text("pfn", report_cell(&rows, row, "pfn"), "pagemap", "-");
			continue;
		}
		e2e_same("pfn", report_cell_number(&rows, row, "pfn"), "pagemap",
			 PM_FRAME(entry));
		proc_kpages(PM_FRAME(entry), &page, 1);
		e2e_same("mapcount", report_cell_number(&rows, row, "mapcount"), "kpagecount",
			 page.count);
		e2e_same("anon", !!strstr(report_cell(&rows, row, "page_flags"), "anon"),
			 "kpageflags", !!(page.flags & KPF_ANON));
	}
}

/* The block behind a page of a file, asked of its file system. */
static void check_block(const struct report_table *rows, size_t row, const struct area *area,
			uint64_t va)
{
	int fd = open(area->name, O_RDONLY | O_CLOEXEC);
	int block = (area->offset + (va - area->start)) / PAGE_SIZE;

	if (fd < 0 || ioctl(fd, FIBMAP, &block))
		e2e_die("no block of %s: %s", area->name, strerror(errno));
	close(fd);
	e2e_same("block", report_cell_number(rows, row, "block"), "FIBMAP", block);
}

/* The file behind each landmark by maps, its block by FIBMAP. */
static void landmark_backing(void)
{
	char *report = report_of(target->pid);
	struct report_table rows = report_table(report, "backing");
	struct areas areas = proc_areas(target->pid, "maps");
	size_t row;

	for (row = 0; row < rows.nr; row++) {
		uint64_t va = report_cell_number(&rows, row, "address");
		const struct area *area = proc_area_at(&areas, va);

		if (!area || !area->inode) {
			e2e_same_text("inode", report_cell(&rows, row, "inode"), "maps", "-");
			continue;
		}
		e2e_same("inode", report_cell_number(&rows, row, "inode"), "maps", area->inode);
		e2e_same("offset", report_cell_number(&rows, row, "offset"), "maps",
			 area->offset + (va - area->start));
		check_block(&rows, row, area, va);
	}
}

static const struct e2e_case report_cases[] = {
	{ "the first line gives the version, the sections follow in order", first_line, 24 },
	{ "[vmas] equals maps, the factory's pair", rows_factory, 500 },
	{ "[vmas] equals maps, init", rows_init, 40 },
	{ "VMAS equals maps at every batch size", query_factory, 1000 },
	{ "VMAS sums equal smaps and pagemap", sums_query, 300 },
	{ "[vmas] sums equal smaps", sums_rows, 200 },
	{ "[mm] sizes equal status", mm_status, 21 },
	{ "[mm] ranges equal stat", mm_stat, 9 },
	{ "[vmas] uses are what the factory made", uses, 10 },
	{ "[frames] equals pagemap, kpageflags and kpagecount", landmark_frames, 12 },
	{ "[backing] equals maps and FIBMAP", landmark_backing, 8 },
};
E2E_SUITE(report, report_open, report_close);
