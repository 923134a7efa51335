// SPDX-License-Identifier: GPL-2.0
/*
 * suite_kernel.c - walks of the kernel's half
 *
 * Against what the kernel itself says: the test driver's vmalloc_to_pfn(),
 * virt_to_phys() and lookup_address(), which walks init_mm; against page_tables of
 * debugfs where the kernel has it; and against the borders that
 * Documentation/arch/x86/x86_64/mm.rst draws.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ask.h"
#include "driver.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "who.h"

#define F(NAME)		VMWALK_FLAG(NAME)
#define KIND(NAME)	VMWALK_KIND_##NAME
#define REGION(NAME)	VMWALK_REGION_##NAME
#define TOP		(-(uint64_t)PAGE_SIZE)	/* most that a query takes as an end */
#define RETRIES		20	/* the kernel's memory does not hold still */
#define BATCH		512

/* Bits of an entry, Intel SDM volume 3, "Format of a Page-Table Entry" and its like. */
#define E_PRESENT	1ULL
#define E_MOVING	0x60ULL		/* accessed and dirty: the CPU sets them at any time */
#define E_FRAME		0x000ffffffffff000ULL
static const struct { unsigned int bit; uint64_t flag; bool pte, huge; } bits[] = {
	{ 0, F(PRESENT), true, true }, { 1, F(WRITE), true, true }, { 2, F(USER), true, true },
	{ 3, F(PWT), true, true }, { 4, F(PCD), true, true }, { 7, F(PAT), true, false },
	{ 7, F(HUGE), false, true }, { 8, F(GLOBAL), true, true }, { 12, F(PAT), false, true },
	{ 63, F(NX), true, true },
};

static int fd, driver;

static void kernel_open(void)
{
	fd = ask_open(getpid());
	driver = driver_open();
}

static void kernel_close(void)
{
	close(driver);
	close(fd);
}

static uint64_t half_start(void)
{
	return proc_levels() == 5 ? 0xff00000000000000 : 0xffff800000000000;
}

static struct vmwalk_walk walk_to(uint64_t va)
{
	struct vmwalk_walk walk;

	ask_translate_flags(fd, VMWALK_QUERY_KERNEL, &va, &walk, 1);
	return walk;
}

static struct vmwalk_run *runs_of(uint64_t start, uint64_t end, size_t *nr)
{
	return ask_runs_flags(fd, VMWALK_QUERY_KERNEL, start, end, BATCH, nr);
}

/* lookup_address() counts levels from 1; a level of ours from 0. */
static uint64_t entry_bytes(uint32_t level)
{
	return PAGE_SIZE << (9 * level);
}

static uint64_t entry_flags(const struct vmwalk_driver_entry *entry)
{
	uint64_t flags = 0;
	size_t i;

	for (i = 0; i < E2E_NR(bits); i++)
		if ((entry->level == 1 ? bits[i].pte : bits[i].huge) &&
		    entry->raw >> bits[i].bit & 1)
			flags |= bits[i].flag;
	return flags;
}

/* What a flag of ours may be compared by: what the manual says of present entries. */
static uint64_t comparable(void)
{
	uint64_t flags = 0;
	size_t i;

	for (i = 0; i < E2E_NR(bits); i++)
		flags |= bits[i].flag;
	return flags;
}

static uint64_t entry_pa(const struct vmwalk_driver_entry *entry, uint64_t va)
{
	uint64_t bytes = entry_bytes(entry->level - 1);

	return (entry->raw & E_FRAME & ~(bytes - 1)) | (va & (bytes - 1));
}

/* One walk against lookup_address(): nothing said if they agree. */
static bool walk_agrees(const struct vmwalk_walk *walk, const struct vmwalk_driver_entry *entry)
{
	const struct vmwalk_entry *leaf = ask_leaf(walk);

	if (!leaf || walk->kind != leaf->kind)
		return false;
	if (!(entry->raw & ~E_MOVING))
		return walk->kind == KIND(NONE) && !(walk->has & VMWALK_HAS(LEAF));
	if ((leaf->raw ^ entry->raw) & ~E_MOVING || leaf->level + 1 != entry->level)
		return false;
	if (!(entry->raw & E_PRESENT))
		return walk->kind == KIND(PROTNONE);
	return walk->kind == KIND(PAGE) && walk->pa == entry_pa(entry, walk->va) &&
	       (leaf->flags & comparable()) == entry_flags(entry);
}

/* Asked before and after, so that a change in between is not taken for a difference. */
static bool walk_check(uint64_t va, struct vmwalk_walk *walk)
{
	struct vmwalk_driver_entry before, after;
	int i;

	for (i = 0; i < RETRIES; i++) {
		before = driver_lookup(driver, va);
		*walk = walk_to(va);
		after = driver_lookup(driver, va);
		if (walk_agrees(walk, &before) || walk_agrees(walk, &after))
			break;
	}
	return e2e_true(i < RETRIES,
			"0x%" PRIx64 ": kind %u, raw 0x%llx; lookup_address: 0x%llx, level %u",
			va, walk->kind, walk->depth ? ask_leaf(walk)->raw : 0, after.raw,
			after.level);
}

/* What is known beforehand of each place. */
#define DATA	(F(WRITE) | F(NX))
static const struct known {
	uint32_t region;
	uint64_t effective;
	bool leaf;
} known[VMWALK_DRIVER_AT_NR] = {
	[VMWALK_DRIVER_AT_KMALLOC] = { REGION(DIRECT_MAP), DATA, true },
	[VMWALK_DRIVER_AT_VMALLOC] = { REGION(VMALLOC), DATA, true },
	[VMWALK_DRIVER_AT_VMALLOC_HUGE] = { REGION(VMALLOC), DATA, true },
	[VMWALK_DRIVER_AT_VMALLOC_DIRECT] = { REGION(DIRECT_MAP), DATA, true },
	[VMWALK_DRIVER_AT_IOREMAP_UC_MINUS] = { REGION(VMALLOC), DATA, true },
	[VMWALK_DRIVER_AT_IOREMAP_UC] = { REGION(VMALLOC), DATA, true },
	[VMWALK_DRIVER_AT_IOREMAP_WC] = { REGION(VMALLOC), DATA, true },
	[VMWALK_DRIVER_AT_IOREMAP_WT] = { REGION(VMALLOC), DATA, true },
	[VMWALK_DRIVER_AT_IOREMAP_HUGE] = { REGION(VMALLOC), DATA, true },
	[VMWALK_DRIVER_AT_MODULE_TEXT] = { REGION(MODULES), 0, true },
	[VMWALK_DRIVER_AT_KERNEL_TEXT] = { REGION(IMAGE), 0, true },
	[VMWALK_DRIVER_AT_KERNEL_DATA] = { REGION(IMAGE), DATA, true },
	[VMWALK_DRIVER_AT_VMEMMAP] = { REGION(VMEMMAP), DATA, true },
	[VMWALK_DRIVER_AT_CPU_ENTRY] = { REGION(CPU_ENTRY), F(NX), true },
	[VMWALK_DRIVER_AT_FIXMAP] = { REGION(FIXMAP), 0, false },
	[VMWALK_DRIVER_AT_VSYSCALL] = { REGION(VSYSCALL), 0, false },
};

/* The bits that the driver says are asked by, as flags. */
static uint64_t type_flags(uint32_t type)
{
	struct vmwalk_driver_entry entry = { .raw = type, .level = 1 };

	return entry_flags(&entry);
}

static void place_check(const struct vmwalk_driver_place *place)
{
	const struct known *expect = &known[place->what];
	const char *name = driver_place_name(place->what);
	uint64_t va = place->va | (random() & (PAGE_SIZE - 1));
	struct vmwalk_walk walk;

	if (!walk_check(va, &walk))
		return;
	e2e_true(walk.region == expect->region, "%s 0x%" PRIx64 ": region %u", name, va,
		 walk.region);
	if (!expect->leaf)
		return;
	e2e_true(walk.has & VMWALK_HAS(LEAF) && walk.has & VMWALK_HAS(FRAME),
		 "%s: has 0x%llx", name, walk.has);
	e2e_same(name, walk.pa, "the driver",
		 place->pfn << PAGE_BITS | (va & (PAGE_SIZE - 1)));
	e2e_same("effective", walk.effective, name, expect->effective);
	e2e_same("memory type", ask_leaf(&walk)->flags & (F(PAT) | F(PCD) | F(PWT)), name,
		 type_flags(place->type));
}

static void all_places(void)
{
	unsigned int seen[VMWALK_DRIVER_AT_NR] = { 0 }, what;
	size_t nr, i;
	struct vmwalk_driver_place *places = driver_places(driver, &nr);

	for (i = 0; i < nr; i++) {
		seen[places[i].what]++;
		if (places[i].what < VMWALK_DRIVER_AT_MAP_RAM)
			place_check(&places[i]);
	}
	for (what = 0; what < VMWALK_DRIVER_AT_NR; what++)
		e2e_true(seen[what] || what == VMWALK_DRIVER_AT_VSYSCALL, "no place %s",
			 driver_place_name(what));
	free(places);
}

/* Pages of one kind of place, which follow each other there, as runs. */
static void runs_check(uint32_t what, bool one)
{
	size_t nr, i, first, last = 0, nr_runs, run = 0, pieces = 1;
	struct vmwalk_driver_place *places = driver_places(driver, &nr);
	struct vmwalk_run *runs;
	uint64_t previous = 0;

	for (first = 0; places[first].what != what; first++)
		;
	for (i = first; i < nr; i++)
		if (places[i].what == what)
			last = i;
	runs = runs_of(places[first].va, places[last].va + PAGE_SIZE, &nr_runs);
	for (i = first; i <= last; i++) {
		if (places[i].what != what)
			continue;
		while (run < nr_runs && runs[run].end <= places[i].va)
			run++;
		if (run == nr_runs)
			e2e_die("the runs end before 0x%llx", places[i].va);
		e2e_same("frame", (runs[run].pa + places[i].va - runs[run].start) >> PAGE_BITS,
			 driver_place_name(what), places[i].pfn);
		pieces += previous && places[i].pfn != previous + 1;
		previous = places[i].pfn;
	}
	e2e_note("%s: %zu pages in a row, %zu runs", driver_place_name(what),
		 (size_t)((places[last].va - places[first].va) / PAGE_SIZE + 1), nr_runs);
	if (one)
		e2e_true(pieces == 1, "%s is in %zu pieces", driver_place_name(what), pieces);
	else
		e2e_true(nr_runs > 1, "%s is in one piece", driver_place_name(what));
	free(runs);
	free(places);
}

/* kmalloc's runs may break where the direct map's pages change size: frames go on. */
static void contiguous(void)
{
	runs_check(VMWALK_DRIVER_AT_KMALLOC, true);
	runs_check(VMWALK_DRIVER_AT_VMALLOC, false);
}

static bool run_agrees(const struct vmwalk_run *run, uint64_t va,
		       const struct vmwalk_driver_entry *entry)
{
	if (!(entry->raw & ~E_MOVING))
		return run->kind == KIND(NONE);
	if (run->level + 1 != entry->level)
		return false;
	if (!(entry->raw & E_PRESENT))
		return run->kind == KIND(PROTNONE);
	return run->kind == KIND(PAGE) && run->pa + (va - run->start) == entry_pa(entry, va) &&
	       (run->flags & comparable()) == entry_flags(entry);
}

/*
 * The run; or, as memory may have changed since, the run that is there now, from the
 * start of its table on, so that it is read as the first one was.
 */
static void run_check(const struct vmwalk_run *run, uint64_t va)
{
	struct vmwalk_driver_entry entry = driver_lookup(driver, va);
	uint64_t start = va & ~(entry_bytes(run->level + 1) - 1);
	bool agrees = run_agrees(run, va, &entry);
	struct vmwalk_run *runs;
	size_t nr;
	int i;

	start = start < half_start() ? half_start() : start;
	for (i = 0; i < RETRIES && !agrees; i++) {
		runs = runs_of(start, va + PAGE_SIZE, &nr);
		entry = driver_lookup(driver, va);
		agrees = nr && run_agrees(&runs[nr - 1], va, &entry);
		free(runs);
	}
	e2e_true(agrees, "0x%" PRIx64 ": kind %u, level %u, raw of the run 0x%llx; lookup_address: "
		 "0x%llx, level %u", va, run->kind, run->level, run->raw, entry.raw, entry.level);
}

/* Everything in [start, end), gapless; at both ends of each run and within it. */
static size_t range_check(uint64_t start, uint64_t end)
{
	size_t nr, i;
	struct vmwalk_run *runs = runs_of(start, end, &nr);
	uint64_t at = start, pages;

	for (i = 0; i < nr; at = runs[i++].end) {
		if (!e2e_true(runs[i].start == at && runs[i].end > at,
			      "a run 0x%llx-0x%llx after 0x%" PRIx64, runs[i].start,
			      runs[i].end, at))
			break;
		pages = (runs[i].end - runs[i].start) >> PAGE_BITS;
		run_check(&runs[i], runs[i].start);
		run_check(&runs[i], runs[i].end - PAGE_SIZE);
		run_check(&runs[i], runs[i].start + ((uint64_t)random() % pages << PAGE_BITS));
	}
	e2e_same("the runs end", at, "the range asked for", end);
	free(runs);
	return nr;
}

/*
 * KASAN's shadow is left out: 16 TiB of the same few tables again and again, entry
 * for entry (Documentation/arch/x86/x86_64/mm.rst has its borders).
 */
static void whole_half(void)
{
	uint64_t kasan = proc_levels() == 5 ? 0xffdf000000000000 : 0xffffec0000000000;
	uint64_t kasan_end = 0xfffffc0000000000;
	size_t nr;

	if (proc_slow_kernel()) {
		nr = range_check(half_start(), kasan);
		nr += range_check(kasan_end, TOP);
	} else {
		nr = range_check(half_start(), TOP);
	}
	e2e_note("%zu runs", nr);
}

/* Addresses whose region is the same on every boot. */
static const struct fixed {
	uint64_t va;
	uint32_t four, five;
} fixed[] = {
	{ 0, REGION(USER), REGION(USER) },
	{ 0x00007fffffffffff, REGION(USER), REGION(USER) },
	{ 0x0000800000000000, REGION(NONCANONICAL), REGION(USER) },
	{ 0x00ffffffffffffff, REGION(NONCANONICAL), REGION(USER) },
	{ 0x0100000000000000, REGION(NONCANONICAL), REGION(NONCANONICAL) },
	{ 0xfeffffffffffffff, REGION(NONCANONICAL), REGION(NONCANONICAL) },
	{ 0xff00000000000000, REGION(NONCANONICAL), REGION(HOLE) },
	{ 0xff0fffffffffffff, REGION(NONCANONICAL), REGION(HOLE) },
	{ 0xff10000000000000, REGION(NONCANONICAL), REGION(LDT) },
	{ 0xff10ffffffffffff, REGION(NONCANONICAL), REGION(LDT) },
	{ 0xffff7fffffffffff, REGION(NONCANONICAL), UINT32_MAX },
	{ 0xffff800000000000, REGION(HOLE), UINT32_MAX },
	{ 0xffff87ffffffffff, REGION(HOLE), UINT32_MAX },
	{ 0xffff880000000000, REGION(LDT), UINT32_MAX },
	{ 0xffff887fffffffff, REGION(LDT), UINT32_MAX },
	{ 0xfffffe0000000000, REGION(CPU_ENTRY), REGION(CPU_ENTRY) },
	{ 0xffffff7fffffffff, REGION(ESPFIX), REGION(ESPFIX) },
	{ 0xffffff8000000000, REGION(HOLE), REGION(HOLE) },
	{ 0xffffffef00000000, REGION(EFI), REGION(EFI) },
	{ 0xfffffffeffffffff, REGION(EFI), REGION(EFI) },
	{ 0xffffffff00000000, REGION(HOLE), REGION(HOLE) },
	{ 0xffffffff7fffffff, REGION(HOLE), REGION(HOLE) },
	{ 0xffffffff80000000, REGION(IMAGE), REGION(IMAGE) },
	{ 0xfffffffffeffffff, REGION(MODULES), REGION(MODULES) },
	{ 0xffffffffff5fffff, REGION(FIXMAP), REGION(FIXMAP) },
	{ 0xffffffffff600000, REGION(VSYSCALL), REGION(VSYSCALL) },
	{ 0xffffffffff600fff, REGION(VSYSCALL), REGION(VSYSCALL) },
	{ 0xffffffffffe00000, REGION(HOLE), REGION(HOLE) },
	{ UINT64_MAX, REGION(HOLE), REGION(HOLE) },
};

static void regions(void)
{
	size_t i;

	for (i = 0; i < E2E_NR(fixed); i++) {
		uint32_t expect = proc_levels() == 5 ? fixed[i].five : fixed[i].four;
		struct vmwalk_walk walk = walk_to(fixed[i].va);
		bool half;

		if (expect == UINT32_MAX)
			continue;
		/* a kernel may be built without these two */
		if ((expect == REGION(EFI) || expect == REGION(ESPFIX)) &&
		    walk.region == REGION(HOLE))
			continue;
		half = expect != REGION(USER) && expect != REGION(NONCANONICAL);
		e2e_true(walk.region == expect, "0x%" PRIx64 " is in region %u, not %u",
			 fixed[i].va, walk.region, expect);
		e2e_true(half == (walk.depth > 0) && half == (walk.kind != KIND(NOVMA)),
			 "0x%" PRIx64 ": depth %u, kind %u", fixed[i].va, walk.depth,
			 walk.kind);
		e2e_true(!(walk.has & VMWALK_HAS(VMA)) && walk.va == fixed[i].va,
			 "0x%" PRIx64 ": has 0x%llx, va 0x%llx", fixed[i].va, walk.has, walk.va);
	}
}

/* The direct map's first byte, by a page whose address and frame are known. */
static uint64_t direct_map(void)
{
	size_t nr;
	struct vmwalk_driver_place *places = driver_places(driver, &nr);
	uint64_t base = places[0].va - (places[0].pfn << PAGE_BITS);

	if (places[0].what != VMWALK_DRIVER_AT_KMALLOC)
		e2e_die("the first place is not of kmalloc");
	free(places);
	return base;
}

/*
 * memfd_secret() takes its pages out of the direct map: the entries keep the frame,
 * inverted, and the CPU does not see them.
 */
static void secret(void)
{
	int secret_fd = syscall(447, 0);
	unsigned char *at;
	uint64_t entry, va;
	struct vmwalk_walk walk;

	if (secret_fd < 0)
		e2e_skip("memfd_secret: %s (secretmem.enable=1?)", strerror(errno));
	if (ftruncate(secret_fd, PAGE_SIZE))
		e2e_die("ftruncate: %s", strerror(errno));
	at = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, secret_fd, 0);
	if (at == MAP_FAILED)
		e2e_die("mmap: %s", strerror(errno));
	*at = 1;
	proc_pagemap(getpid(), (uintptr_t)at, &entry, 1);
	va = direct_map() + (PM_FRAME(entry) << PAGE_BITS);
	if (!walk_check(va + 5, &walk))
		return;
	e2e_same("kind", walk.kind, "hidden from the CPU", KIND(PROTNONE));
	e2e_same("frame", walk.pa, "pagemap", (PM_FRAME(entry) << PAGE_BITS) + 5);
	e2e_same("effective", walk.effective, "nothing is allowed", F(NX));
	walk = walk_to(va - PAGE_SIZE);
	e2e_same("the page before", walk.kind, "is there", KIND(PAGE));
}

/* The kernel's own dump: "0xstart-0xend  size  USR RW PWT PCD PSE PAT GLB NX level". */
static const struct { const char *word; uint64_t flag; } words[] = {
	{ " USR", F(USER) }, { " RW", F(WRITE) }, { " PWT", F(PWT) }, { " PCD", F(PCD) },
	{ " PSE", F(HUGE) }, { " PAT", F(PAT) }, { " GLB", F(GLOBAL) }, { " NX", F(NX) },
};

static const struct { const char *marker; uint32_t region; } markers[] = {
	{ "Low Kernel Mapping", REGION(DIRECT_MAP) }, { "vmalloc() Area", REGION(VMALLOC) },
	{ "Vmemmap", REGION(VMEMMAP) }, { "KASAN shadow", REGION(KASAN) },
	{ "LDT remap", REGION(LDT) }, { "CPU entry Area", REGION(CPU_ENTRY) },
	{ "ESPfix Area", REGION(ESPFIX) }, { "EFI Runtime Services", REGION(EFI) },
	{ "High Kernel Mapping", REGION(IMAGE) }, { "Modules", REGION(MODULES) },
};

/*
 * A marker stands for all that follows. With five levels the tables of KASAN's
 * shadow begin before the shadow does, where mm.rst says so.
 */
static uint32_t marked(uint64_t va, uint32_t region)
{
	return va >= 0xffdf000000000000 && va < 0xffdffc0000000000 ? REGION(KASAN) : region;
}

static uint32_t marker_region(const char *line)
{
	size_t i;

	for (i = 0; i < E2E_NR(markers); i++)
		if (strstr(line, markers[i].marker))
			return markers[i].region;
	return UINT32_MAX;
}

static bool dump_line(const char *line, uint64_t *start, uint64_t *end, uint64_t *flags)
{
	size_t i;

	*flags = F(PRESENT);
	if (sscanf(line, "0x%" SCNx64 "-0x%" SCNx64, start, end) != 2)
		return false;
	for (i = 0; i < E2E_NR(words); i++)
		if (strstr(line, words[i].word))
			*flags |= words[i].flag;
	/* of an entry that is not present no attribute is printed */
	return strstr(line, " RW ") || strstr(line, " ro ");
}

static unsigned long dump_check(uint64_t va, uint64_t flags, const char *level, uint32_t region)
{
	static const char *const names[] = { "pte", "pmd", "pud", "p4d", "pgd" };
	struct vmwalk_walk walk = walk_to(va);
	const struct vmwalk_entry *leaf = ask_leaf(&walk);

	/* memory in motion: what the dump saw may have gone */
	if (region == REGION(VMALLOC) && walk.kind == KIND(NONE))
		return 0;
	e2e_true(leaf && walk.kind == KIND(PAGE) && (leaf->flags & comparable()) == flags &&
		 !strcmp(names[leaf->level], level) &&
		 (region == UINT32_MAX || walk.region == region),
		 "0x%" PRIx64 ": kind %u, flags 0x%llx, region %u; page_tables: 0x%" PRIx64
		 ", %s, region %u", va, walk.kind, leaf ? leaf->flags : 0, walk.region, flags,
		 level, region);
	return 1;
}

static void dump(void)
{
	char *text = proc_slurp("/sys/kernel/debug/page_tables/current_kernel", NULL);
	uint32_t region = UINT32_MAX;
	uint64_t start, end, flags;
	unsigned long checked = 0;
	char *line, *level, *rest;

	if (!text)
		e2e_skip("no page_tables in debugfs (CONFIG_PTDUMP_DEBUGFS)");
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		if (line[0] == '-')
			region = marker_region(line);
		if (!dump_line(line, &start, &end, &flags) || start < half_start())
			continue;
		level = strrchr(line, ' ') + 1;
		checked += dump_check(start, flags, level, marked(start, region));
		end -= PAGE_SIZE;
		checked += dump_check(end, flags, level, marked(end, region));
	}
	e2e_note("%lu addresses of the dump", checked);
	e2e_true(checked > 50, "only %lu addresses", checked);
	free(text);
}

static const struct {
	unsigned int ioc;
	uint32_t record;
	bool takes;
} queries[] = {
#define QUERY(NAME, nr, record_, flags_, ...) \
	{ VMWALK_IOC_##NAME, sizeof(struct vmwalk_##record_), (flags_) & VMWALK_QUERY_KERNEL },
	VMWALK_QUERIES(QUERY)
#undef QUERY
};

static int ask_kernel(int of, unsigned int i, uint64_t start, uint64_t end, uint32_t *done)
{
	static unsigned char room[8 * VMWALK_RECORD_SIZE_MAX];
	struct vmwalk_query query = ask_query(room, queries[i].record, 4);
	int err;

	query.flags = VMWALK_QUERY_KERNEL;
	if (queries[i].ioc == VMWALK_IOC_TRANSLATE) {
		query.addresses = (uintptr_t)&start;
		query.count = 1;
	} else {
		query.start = start;
		query.end = end;
	}
	err = ask(of, queries[i].ioc, &query);
	*done = query.done;
	return -err;
}

static void ask_as(const struct who *who, void *arg)
{
	int own = ask_open(getpid());
	uint64_t va = half_start();
	unsigned int i;
	uint32_t done;

	for (i = 0; i < E2E_NR(queries); i++) {
		int answer, expect = queries[i].takes ? who->frames ? 0 : EPERM : EINVAL;

		answer = ask_kernel(own, i, va, va + PAGE_SIZE, &done);
		e2e_true(answer == expect, "%s, query %u: %s, not %s", who->name, i,
			 strerror(answer), strerror(expect));
		e2e_true(expect ? !done : done == 1, "%s, query %u: %u records", who->name, i,
			 done);
	}
}

static void refused(void)
{
	static const struct { uint64_t start, end; int answer; } ranges[] = {
		{ 0, PAGE_SIZE, EINVAL }, { 0x7fffffffe000, 0x7ffffffff000, EINVAL },
		{ 0, TOP, EINVAL }, { 0x0100000000000000, TOP, EINVAL },
		{ 0xffffffff80000000, 0xffffffff80001000, 0 }, { TOP - PAGE_SIZE, TOP, 0 },
		{ TOP, TOP, 0 }, { TOP, 0, EINVAL }, { TOP - PAGE_SIZE, TOP + 1, EINVAL },
	};
	uint64_t va = direct_map();
	const struct who *who;
	unsigned int i, runs;
	uint32_t done;
	size_t nr;

	for (who = whos; who->name; who++)
		who_run(who, ask_as, NULL);
	for (runs = 0; queries[runs].ioc != VMWALK_IOC_RUNS; runs++)
		;
	for (i = 0; i < E2E_NR(ranges); i++) {
		int answer = ask_kernel(fd, runs, ranges[i].start, ranges[i].end, &done);

		e2e_true(answer == ranges[i].answer, "0x%" PRIx64 "-0x%" PRIx64 ": %s",
			 ranges[i].start, ranges[i].end, strerror(answer));
	}
	/* without the flag an address of the kernel's is one without a VMA */
	e2e_same("kind", ask_translate_one(fd, va).kind, "no VMA", KIND(NOVMA));
	free(ask_runs(fd, half_start(), TOP, BATCH, &nr));
	e2e_same("runs", nr, "no VMA", 0);
}

/*
 * Types of user mappings, as the driver asked for them; and what a kernel without
 * CONFIG_X86_PAT makes of it, which has no WC and where track_pfn_insert() does nothing.
 */
#define T(NAME)	VMWALK_MEMTYPE_##NAME
static const struct {
	uint32_t kind;
	uint64_t offset;
	uint32_t asked, without, step, first;
} types[] = {
	{ VMWALK_DRIVER_RAM, VMWALK_DRIVER_OFFSET(RAM), T(WB), T(WB), 1, 0 },
	{ VMWALK_DRIVER_WC, VMWALK_DRIVER_OFFSET(WC), T(WC), T(UC_MINUS), 1, 0 },
	{ VMWALK_DRIVER_UC_MINUS, VMWALK_DRIVER_OFFSET(UC_MINUS), T(UC_MINUS), T(UC_MINUS), 1, 0 },
	{ VMWALK_DRIVER_UC, VMWALK_DRIVER_OFFSET(UC), T(UC), T(UC), 1, 0 },
	{ VMWALK_DRIVER_WT, VMWALK_DRIVER_OFFSET(WT), T(WT), T(WT), 1, 0 },
	{ VMWALK_DRIVER_LAZY, VMWALK_DRIVER_OFFSET(LAZY), T(WB), T(WB), 1, 0 },
	{ VMWALK_DRIVER_MIXED, VMWALK_DRIVER_OFFSET(MIXED), T(WB), T(WB), 2, 0 },
	{ VMWALK_DRIVER_MIXED, VMWALK_DRIVER_OFFSET(MIXED), T(UC_MINUS), T(WB), 2, 1 },
	{ VMWALK_DRIVER_PAGE, VMWALK_DRIVER_OFFSET(PAGE), T(WB), T(WB), 1, 0 },
};

static uint32_t type_got(unsigned int i)
{
	bool pat = !access("/sys/kernel/debug/x86/pat_memtype_list", F_OK);

	return pat ? types[i].asked : types[i].without;
}

static uint64_t place_frame(const struct vmwalk_driver_place *places, size_t nr, uint32_t kind,
			    uint64_t offset)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (places[i].what == VMWALK_DRIVER_AT_MAP_RAM + kind && places[i].va == offset)
			return places[i].pfn;
	e2e_die("no place of kind %u at 0x%" PRIx64, kind, offset);
}

static void type_check(int own, unsigned int i, const struct vmwalk_driver_place *places,
		       size_t nr)
{
	size_t bytes = VMWALK_DRIVER_PAGES * PAGE_SIZE, nr_frames, page;
	volatile unsigned char *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED,
					  driver, types[i].offset);

	if (at == MAP_FAILED)
		e2e_die("mmap of kind %u: %s", types[i].kind, strerror(errno));
	for (page = types[i].first; page < VMWALK_DRIVER_PAGES; page += types[i].step) {
		uint64_t va = (uintptr_t)at + page * PAGE_SIZE;
		struct vmwalk_frame *frames;

		(void)at[page * PAGE_SIZE];
		frames = ask_frames(own, va, va + PAGE_SIZE, 4, &nr_frames);
		if (!e2e_true(nr_frames == 1, "kind %u: %zu frames", types[i].kind, nr_frames))
			continue;
		e2e_same("memory type", frames->memtype, "asked for", type_got(i));
		e2e_same("frame", frames->pfn, "the driver's",
			 place_frame(places, nr, types[i].kind, page * PAGE_SIZE));
		free(frames);
	}
	munmap((void *)at, bytes);
}

static void memtypes(void)
{
	size_t nr;
	struct vmwalk_driver_place *places = driver_places(driver, &nr);
	int own = ask_open(getpid());
	unsigned int i;

	for (i = 0; i < E2E_NR(types); i++)
		type_check(own, i, places, nr);
	free(places);
}

/* Children that make and free the tables that are being walked. */
static pid_t churn_start(uint64_t times, int out)
{
	pid_t pid = fork();

	if (pid == 0) {
		struct vmwalk_driver_churn churn = { .times = times };

		if (ioctl(driver, VMWALK_DRIVER_CHURN, &churn))
			_exit(1);
		if (write(out, &churn.freed, sizeof(churn.freed)) != sizeof(churn.freed))
			_exit(1);
		_exit(0);
	}
	return pid;
}

/* One answer while tables come and go: it has no gaps and nothing that cannot be. */
static void churn_walk(uint64_t start, uint64_t end)
{
	size_t nr, i;
	struct vmwalk_run *runs = runs_of(start, end, &nr);
	uint64_t at = start;

	for (i = 0; i < nr; at = runs[i++].end)
		if (!e2e_true(runs[i].start == at && runs[i].level <= VMWALK_LEVEL_PGD &&
			      (runs[i].kind == KIND(NONE) || runs[i].kind == KIND(PAGE)) &&
			      !(runs[i].pa >> 46),
			      "0x%llx-0x%llx: kind %u, pa 0x%llx after 0x%" PRIx64,
			      runs[i].start, runs[i].end, runs[i].kind, runs[i].pa, at))
			break;
	e2e_true(at == end, "the runs end at 0x%" PRIx64, at);
	free(runs);
}

static void churn(void)
{
	uint64_t times = proc_slow_kernel() ? 50 : 300, freed = 0, start = 0;
	size_t nr, i;
	struct vmwalk_driver_place *places = driver_places(driver, &nr);
	unsigned long walks = 0;
	int out[2], status;
	pid_t pid;

	for (i = 0; i < nr; i++)
		if (places[i].what == VMWALK_DRIVER_AT_VMALLOC)
			start = places[i].va & ~(PUD_BYTES - 1);
	if (pipe(out))
		e2e_die("pipe: %s", strerror(errno));
	pid = churn_start(times, out[1]);
	while (waitpid(pid, &status, WNOHANG) == 0) {
		churn_walk(start, start + PUD_BYTES);
		walks++;
	}
	e2e_true(WIFEXITED(status) && !WEXITSTATUS(status), "the churn left with 0x%x", status);
	if (read(out[0], &freed, sizeof(freed)) != sizeof(freed))
		e2e_die("the churn said nothing");
	e2e_note("%lu walks, %llu tables freed", walks, (unsigned long long)freed);
	e2e_true(freed > times / 4, "only %llu tables freed", (unsigned long long)freed);
	e2e_true(walks > 10, "only %lu walks", walks);
	free(places);
}

static const struct e2e_case kernel_cases[] = {
	{ "the frames of kmalloc, vmalloc, ioremap, modules and the image", all_places, 1500 },
	{ "kmalloc's memory is contiguous, vmalloc's is not", contiguous, 270 },
	{ "the whole half is what lookup_address() finds", whole_half, 300 },
	{ "addresses are in the regions of mm.rst", regions, 50 },
	{ "a page taken out of the direct map keeps its frame", secret, 5 },
	{ "every line of page_tables/current_kernel", dump, 50 },
	{ "refused without the right, and what is no kernel address", refused, 40 },
	{ "memory types of mappings that a driver makes", memtypes, 250 },
	{ "walks while vmalloc's tables are freed", churn, 20 },
};
E2E_SUITE(kernel, kernel_open, kernel_close);
