// SPDX-License-Identifier: GPL-2.0
/*
 * suite_kinds.c - every kind of entry and frame made for real: what it was made to
 * be, what the kernel's own files say it is, and what vmwalk says
 *
 * Wants a machine with two nodes, zram, a reserved 1 GiB page, secretmem and the
 * page of old system calls; says which of them it did not find.
 */
#include <errno.h>
#include <linux/mempolicy.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ask.h"
#include "compare.h"
#include "expect.h"
#include "suites.h"
#include "tap.h"

#define ROOM		2048U
#define CATCH_SECONDS	20	/* for what lasts a moment only */
#define RW		(PROT_READ | PROT_WRITE)

static struct target *target;

static void kinds_open(void)
{
	int err = target_prepare_zram();

	if (err)
		e2e_note("no zram: %s", strerror(-err));
	target = target_start(TARGET_KINDS);
}

static void kinds_close(void)
{
	target_stop(target);
}

/**
 * struct wanted - pages as the factory made them
 * @region: of the factory
 * @from: first page
 * @nr: pages
 * @kind: VMWALK_KIND_*
 * @level: VMWALK_LEVEL_*, of the leaf; VMWALK_LEVEL_NR if any will do
 * @flags: VMWALK_FLAG()s that the entry must have
 * @without: and those it must not have
 * @type: VMWALK_FRAME_*
 * @set: kpageflags must have these: else the kind was not made
 * @clear: and these not
 */
struct wanted {
	const char *region;
	unsigned int from, nr;
	unsigned int kind, level;
	uint64_t flags, without;
	unsigned int type;
	uint64_t set, clear;
};

static bool kind_has_frame(unsigned int kind)
{
	return kind == VMWALK_KIND_PAGE || kind == VMWALK_KIND_PROTNONE;
}

static void check_frame(int fd, const struct wanted *wanted, uint64_t va)
{
	size_t nr;
	struct vmwalk_frame *frames = ask_frames(fd, va, va + PAGE_SIZE, ROOM, &nr);
	bool known = false;
	uint64_t flags;

	if (!e2e_same("frames of a page", nr, "the factory", 1))
		return;
	flags = proc_kpageflags(frames->pfn, &known);
	e2e_same("type of the frame", frames->type, "the factory", wanted->type);
	e2e_true((flags & wanted->set) == wanted->set && !(flags & wanted->clear),
		 "%s 0x%llx: not made: kpageflags says 0x%llx", wanted->region,
		 (unsigned long long)va, (unsigned long long)flags);
	free(frames);
}

static void check_wanted(int fd, const struct wanted *wanted)
{
	const struct region *region = target_need(target, wanted->region);
	unsigned int i;

	for (i = wanted->from; i < wanted->from + wanted->nr; i++) {
		uint64_t va = (region->start & ~(PAGE_SIZE - 1)) + i * PAGE_SIZE;
		struct vmwalk_walk walk = ask_translate_one(fd, va);
		const struct vmwalk_entry *leaf = ask_leaf(&walk);

		if (!e2e_true(walk.kind == wanted->kind, "%s page %u: vmwalk says %s, made as %s",
			      wanted->region, i, expect_kind_name(walk.kind),
			      expect_kind_name(wanted->kind)) || !leaf)
			continue;
		e2e_true(leaf->level == wanted->level || wanted->level == VMWALK_LEVEL_NR,
			 "%s page %u: level %u", wanted->region, i, leaf->level);
		e2e_true((leaf->flags & wanted->flags) == wanted->flags &&
			 !(leaf->flags & wanted->without), "%s page %u: flags 0x%llx",
			 wanted->region, i, leaf->flags);
		if (kind_has_frame(wanted->kind))
			check_frame(fd, wanted, va);
	}
}

/*
 * The table of kinds. X(case, "title", region, from, nr, KIND, LEVEL, flags, without,
 * TYPE, kpageflags set, kpageflags clear)
 */
#define F(NAME)	VMWALK_FLAG(NAME)
#define COMPOUND	(KPF_COMPOUND_HEAD | KPF_COMPOUND_TAIL)
#define KINDS(X) \
	X(small, "4 KiB anonymous pages", "anon_touched", 0, 64, PAGE, PTE, 0, F(HUGE), \
	  ANON, KPF_ANON, COMPOUND | KPF_KSM) \
	X(untouched, "pages never touched", "anon_untouched", 0, 64, NONE, NR, 0, 0, \
	  NONE, 0, 0) \
	X(thp, "transparent huge pages", "thp", 0, 1024, PAGE, PMD, F(HUGE), 0, \
	  ANON, KPF_ANON | KPF_THP, KPF_HUGE) \
	X(thp_half, "half of a transparent huge page, the rest unmapped", "thp_half", 0, 256, \
	  PAGE, PTE, 0, F(HUGE), ANON, KPF_ANON | KPF_THP, KPF_HUGE) \
	X(thp_part, "a transparent huge page, part of it protected", "thp_split_protect", 0, \
	  512, PAGE, PTE, 0, F(HUGE), ANON, KPF_ANON | KPF_THP, KPF_HUGE) \
	X(thp_gone, "a page given back inside a transparent huge page", \
	  "thp_split_dontneed", 200, 1, NONE, PTE, 0, 0, NONE, 0, 0) \
	X(thp_shmem, "a huge page of shared memory", "thp_shmem", 0, 512, PAGE, PMD, F(HUGE), \
	  0, SHMEM, KPF_THP, KPF_ANON) \
	X(thp_shmem_small, "a huge page of shared memory by 4 KiB entries", \
	  "thp_shmem_small", 0, 64, PAGE, PTE, 0, F(HUGE), SHMEM, KPF_THP, \
	  KPF_ANON) \
	X(thp_uffd_wp, "a huge page write-protected by userfaultfd", "thp_uffd_wp", 0, 512, \
	  PAGE, PMD, F(HUGE) | F(UFFD_WP), F(WRITE), ANON, KPF_ANON | KPF_THP, KPF_HUGE) \
	X(huge2m, "2 MiB hugetlb pages", "huge2m_private", 0, 1024, PAGE, PMD, F(HUGE), 0, \
	  HUGETLB, KPF_HUGE, KPF_THP) \
	X(huge2m_shared, "shared 2 MiB hugetlb pages", "huge2m_shared", 0, 512, PAGE, PMD, \
	  F(HUGE), 0, HUGETLB, KPF_HUGE, KPF_ANON | KPF_THP) \
	X(huge1g, "a 1 GiB hugetlb page", "huge1g", 77777, 64, PAGE, PUD, F(HUGE), 0, \
	  HUGETLB, KPF_HUGE, KPF_THP) \
	X(zero, "the frame of zeros", "anon_zero", 8, 24, PAGE, PTE, F(ZERO), F(WRITE), \
	  ZERO, KPF_ZERO_PAGE, KPF_THP | KPF_ANON) \
	X(huge_zero, "the huge page of zeros", "thp_zero", 0, 512, PAGE, PMD, \
	  F(ZERO) | F(HUGE), F(WRITE), HUGE_ZERO, KPF_ZERO_PAGE | KPF_THP, KPF_ANON) \
	X(ksm, "pages merged by KSM", "ksm", 0, 15, PAGE, PTE, 0, F(WRITE), KSM, \
	  KPF_KSM | KPF_ANON, 0) \
	X(ksm_not, "a page KSM did not merge", "ksm", 15, 1, PAGE, PTE, 0, 0, ANON, \
	  KPF_ANON, KPF_KSM) \
	X(swapcache, "pages back from swap, still in the swap cache", "swapped_back", 0, 8, \
	  PAGE, PTE, 0, F(WRITE), ANON, KPF_ANON | KPF_SWAPCACHE, 0) \
	X(uffd_wp, "pages write-protected by userfaultfd", "uffd_wp", 2, 4, PAGE, PTE, \
	  F(UFFD_WP), F(WRITE), ANON, KPF_ANON, 0) \
	X(uffd_marker, "markers of userfaultfd", "uffd_marker", 2, 4, MARKER_UFFD_WP, PTE, 0, \
	  F(PRESENT), NONE, 0, 0) \
	X(guard, "guard regions", "guard", 2, 2, MARKER_GUARD, PTE, 0, F(PRESENT), NONE, 0, 0) \
	X(hwpoison, "a poisoned page", "hwpoison", 2, 1, HWPOISON, PTE, 0, F(PRESENT), \
	  NONE, 0, 0) \
	X(protnone, "PROT_NONE pages", "protnone", 0, 8, PROTNONE, PTE, 0, F(PRESENT), ANON, \
	  KPF_ANON, 0) \
	X(thp_protnone, "a PROT_NONE huge page", "thp_protnone", 0, 512, PROTNONE, PMD, \
	  F(HUGE), F(PRESENT), ANON, KPF_ANON | KPF_THP, 0) \
	X(file_clean, "the page cache of a file", "file_shared_clean", 0, 16, PAGE, PTE, 0, \
	  0, FILE, 0, KPF_ANON | KPF_SWAPBACKED) \
	X(file_copied, "copies of a file's pages", "file_private_dirty", 0, 1, PAGE, PTE, 0, \
	  0, ANON, KPF_ANON, 0) \
	X(memfd, "a memfd", "memfd", 0, 1, PAGE, PTE, 0, 0, SHMEM, KPF_SWAPBACKED, KPF_ANON) \
	X(posix_shm, "POSIX shared memory", "posix_shm", 0, 1, PAGE, PTE, 0, 0, SHMEM, \
	  KPF_SWAPBACKED, KPF_ANON) \
	X(sysv_shm, "SysV shared memory", "sysv_shm", 0, 1, PAGE, PTE, 0, 0, SHMEM, \
	  KPF_SWAPBACKED, KPF_ANON) \
	X(anon_shared, "shared anonymous memory", "anon_shared", 0, 1, PAGE, PTE, 0, 0, \
	  SHMEM, KPF_SWAPBACKED, KPF_ANON) \
	X(secret, "secret memory", "secret", 0, 1, PAGE, PTE, 0, 0, FILE, \
	  KPF_UNEVICTABLE, KPF_ANON | KPF_SWAPBACKED) \
	X(mlocked, "locked pages", "mlocked", 0, 8, PAGE, PTE, 0, 0, ANON, KPF_ANON, 0) \
	X(heap, "the heap", "heap", 0, 1, PAGE, PTE, 0, 0, ANON, KPF_ANON, 0) \
	X(stack, "the stack", "stack", 0, 24, PAGE, PTE, 0, 0, ANON, KPF_ANON, 0) \
	X(devmem, "/dev/mem: the BIOS", "devmem", 0, 16, PAGE, \
	  PTE, F(SPECIAL), F(WRITE), NONE, 0, KPF_ANON) \
	X(droppable, "droppable pages", "droppable", 0, 8, PAGE, PTE, 0, 0, ANON, 0, 0) \
	X(map_sync, "MAP_SYNC pages of a DAX file", "map_sync", 0, 4, PAGE, PTE, 0, 0, \
	  FILE, 0, 0)

#define KIND_CASE(id, title, region, from, nr, KIND, LEVEL, flags, without, TYPE, set, clear) \
static void kind_##id(void) \
{ \
	static const struct wanted wanted = { \
		region, from, nr, VMWALK_KIND_##KIND, VMWALK_LEVEL_##LEVEL, flags, without, \
		VMWALK_FRAME_##TYPE, set, clear, \
	}; \
\
	check_wanted(ask_open(target->pid), &wanted); \
}
KINDS(KIND_CASE)
#undef KIND_CASE

/* The name of a swap area by its number: /proc/swaps lists them in their order. */
static void swap_name(unsigned int type, char *name, size_t size)
{
	char *text = proc_slurp("/proc/swaps", NULL), *line, *rest;

	name[0] = '\0';
	line = strtok_r(text, "\n", &rest);
	while (line && (line = strtok_r(NULL, "\n", &rest)))
		if (!type--)
			snprintf(name, size, "%.*s", (int)strcspn(line, " \t"), line);
	free(text);
}

static void check_swapped(const char *name, unsigned int nr, const char *area)
{
	const struct region *region = target_need(target, name);
	int fd = ask_open(target->pid);
	char in[128];
	unsigned int i;

	for (i = 0; i < nr; i++) {
		uint64_t va = region->start + i * PAGE_SIZE, pagemap;
		struct vmwalk_walk walk = ask_translate_one(fd, va);

		proc_pagemap(target->pid, va, &pagemap, 1);
		e2e_same("kind of a page swapped out", walk.kind, "the factory",
			 VMWALK_KIND_SWAP);
		swap_name(ask_leaf(&walk)->swap_type, in, sizeof(in));
		e2e_same_text("swap area", in, "the factory", area);
		e2e_same("offset", ask_leaf(&walk)->swap_offset, "pagemap",
			 PM_SWAP_OFFSET(pagemap));
	}
}

static void swapped_to_file(void)
{
	check_swapped("swapped", 48, WORK_DIR "/swap");
}

static void swapped_to_zram(void)
{
	check_swapped("swapped_zram", 32, "/dev/zram0");
}

/* Two processes, one pmd table: the same one at the same address. */
static void shared_pmd_table(void)
{
	const struct region *region = target_need(target, "shared_tables");
	struct vmwalk_walk ours = ask_translate_one(ask_open(target->pid), region->start);
	struct vmwalk_walk theirs = ask_translate_one(ask_open(target->child), region->start);
	static struct vmwalk_pagetable tables[1024];
	struct vmwalk_query query = ask_query(tables, sizeof(tables[0]), E2E_NR(tables));
	unsigned int i, seen = 0;
	int err;

	e2e_same("kind", theirs.kind, "the factory", VMWALK_KIND_PAGE);
	e2e_same("frame of the child", theirs.pa, "the same file", ours.pa);
	e2e_same("pmd table of the child", ask_leaf(&theirs)->table, "the parent's",
		 ask_leaf(&ours)->table);
	e2e_same("level", ask_leaf(&theirs)->level, "hugetlb", VMWALK_LEVEL_PMD);
	query.start = region->start;
	query.end = region->end;
	err = ask(ask_open(target->pid), VMWALK_IOC_TABLES, &query);
	if (err)
		e2e_die("TABLES: %s", strerror(-err));
	for (i = 0; i < query.done; i++) {
		if (tables[i].level != VMWALK_LEVEL_PMD)
			continue;
		seen++;
		e2e_same("sharers", tables[i].sharers, "the factory", 2);
		e2e_same("used entries", tables[i].used, "the factory", 2);
		e2e_same("table", tables[i].pa, "TRANSLATE", ask_leaf(&ours)->table);
	}
	e2e_same("pmd tables", seen, "1 GiB", 1);
}

/* Pages under a key: the entry has its bits, smaps its number. */
static void protection_key(void)
{
	const struct region *region = target_need(target, "pkey");
	struct areas areas = proc_areas(target->pid, "smaps");
	uint64_t key = proc_area_at(&areas, region->start)->kb[AREA_PKEY];
	int fd = ask_open(target->pid);
	size_t nr, i;
	struct vmwalk_frame *frames = ask_frames(fd, region->start, region->end, ROOM, &nr);

	e2e_true(key == 3, "smaps says key %llu, the factory took 3", (unsigned long long)key);
	e2e_true(nr > 0, "no frames");
	for (i = 0; i < nr; i++)
		e2e_same("protection key", frames[i].pkey, "smaps", key);
	for (i = 0; i < 8; i++) {
		struct vmwalk_walk walk = ask_translate_one(fd, region->start + i * PAGE_SIZE);

		e2e_same("key in the entry", ask_leaf(&walk)->raw >> 59 & 15, "smaps", key);
		e2e_same("key in the flags",
			 ask_leaf(&walk)->flags >> VMWALK_FLAG_BIT_PKEY0 & 15, "smaps", key);
	}
}

/* Buffers of an io_uring are pinned: the trait is there, and nowhere beside. */
static void pinned_pages(void)
{
	const struct region *region = target_need(target, "pinned");
	const struct region *other = target_need(target, "anon_touched");
	int fd = ask_open(target->pid);
	size_t nr, i;
	struct vmwalk_frame *frames = ask_frames(fd, region->start, region->end, ROOM, &nr);

	e2e_true(nr > 0, "no frames");
	for (i = 0; i < nr; i++)
		e2e_true(frames[i].traits & VMWALK_TRAIT(MAYBE_PINNED), "0x%llx: not pinned",
			 frames[i].va);
	frames = ask_frames(fd, other->start, other->end, ROOM, &nr);
	for (i = 0; i < nr; i++)
		e2e_true(!(frames[i].traits & VMWALK_TRAIT(MAYBE_PINNED)), "0x%llx: pinned",
			 frames[i].va);
}

/* maps shows a line for it, but it is no VMA: an address in none. */
static void vsyscall_page(void)
{
	char *maps = proc_slurp_pid(target->pid, "maps", NULL);
	struct vmwalk_walk walk;

	if (!strstr(maps, "[vsyscall]"))
		e2e_skip("no [vsyscall] on this kernel (vsyscall=none)");
	walk = ask_translate_one(ask_open(target->pid), 0xffffffffff600000);
	e2e_same("kind at the page of the old system calls", walk.kind, "no VMA",
		 VMWALK_KIND_NOVMA);
	e2e_same("levels walked", walk.depth, "no VMA", 0);
}

/* Frames the kernel lends: vvar without struct page, vdso with one. */
static void lent_pages(void)
{
	struct areas areas = proc_areas(target->pid, "smaps");
	int fd = ask_open(target->pid);
	bool vdso = false, vvar = false;
	size_t i, k, nr;

	for (i = 0; i < areas.nr; i++) {
		const struct area *area = &areas.area[i];
		struct vmwalk_frame *frames;

		if (strcmp(area->name, "[vdso]") && strcmp(area->name, "[vvar]"))
			continue;
		frames = ask_frames(fd, area->start, area->end, ROOM, &nr);
		for (k = 0; k < nr; k++) {
			e2e_same(area->name, frames[k].type, "no file, not anonymous",
				 VMWALK_FRAME_KERNEL);
			e2e_same("has MAPPING", !!(frames[k].has & VMWALK_HAS(MAPPING)),
				 "no file", 0);
		}
		vdso |= nr && !strcmp(area->name, "[vdso]");
		vvar |= nr && !strcmp(area->name, "[vvar]");
		free(frames);
	}
	e2e_true(vdso && vvar, "no frame of vdso (%d) or vvar (%d) seen", vdso, vvar);
}

/**
 * struct stage - what a process that works and the one that watches it share
 * @at: memory being worked on
 * @pages: its length
 * @step: number of the step under way or done last
 * @frames: of the pages, before the step
 * @written: odd while @frames are being written
 * @stop: end
 */
struct stage {
	char *at;
	size_t pages;
	uint64_t step;
	uint64_t frames[512];
	uint64_t written;
	int stop;
};

static struct stage *stage_make(size_t pages, bool huge)
{
	struct stage *stage = mmap(NULL, sizeof(*stage), RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char *at = mmap(NULL, 2 * PMD_BYTES, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (stage == MAP_FAILED || at == MAP_FAILED)
		e2e_die("mmap: %s", strerror(errno));
	at += -(uintptr_t)at & (PMD_BYTES - 1);
	madvise(at, PMD_BYTES, huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
	stage->at = at;
	stage->pages = pages;
	return stage;
}

static void stage_frames(struct stage *stage)
{
	uint64_t pagemap[512];
	size_t i;

	proc_pagemap(getpid(), (uintptr_t)stage->at, pagemap, stage->pages);
	__atomic_add_fetch(&stage->written, 1, __ATOMIC_SEQ_CST);
	for (i = 0; i < stage->pages; i++)
		stage->frames[i] = pagemap[i] & PM_PRESENT ? PM_FRAME(pagemap[i]) : 0;
	__atomic_add_fetch(&stage->written, 1, __ATOMIC_SEQ_CST);
}

static void stage_write(struct stage *stage)
{
	size_t i;

	for (i = 0; i < stage->pages; i++)
		*(volatile char *)(stage->at + i * PAGE_SIZE) = 1;
}

static bool two_nodes(void)
{
	return !access("/sys/devices/system/node/node1", F_OK);
}

/* Back and forth between two nodes. */
static void move_for_ever(void *arg)
{
	static void *vas[512];
	static int nodes[512], status[512];
	struct stage *stage = arg;
	size_t i, nr;

	stage_write(stage);
	stage_frames(stage);
	nr = stage->frames[511] == stage->frames[0] + 511 ? 1 : stage->pages;
	target_ready();
	while (!__atomic_load_n(&stage->stop, __ATOMIC_SEQ_CST)) {
		stage_frames(stage);
		__atomic_add_fetch(&stage->step, 1, __ATOMIC_SEQ_CST);
		for (i = 0; i < nr; i++) {
			vas[i] = stage->at + i * PAGE_SIZE;
			nodes[i] = stage->step & 1;
		}
		syscall(__NR_move_pages, 0, nr, vas, nodes, status, MPOL_MF_MOVE);
	}
}

/* Split by giving a page back: under the same lock that we read under. */
static void split_for_ever(void *arg)
{
	struct stage *stage = arg;

	target_ready();
	while (!__atomic_load_n(&stage->stop, __ATOMIC_SEQ_CST)) {
		/* Anew, without the table that is left of the last one. */
		mmap(stage->at, PMD_BYTES, RW, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		madvise(stage->at, PMD_BYTES, MADV_HUGEPAGE);
		stage_write(stage);
		stage_frames(stage);
		__atomic_add_fetch(&stage->step, 1, __ATOMIC_SEQ_CST);
		/* Not at once: an answer that began before the frames were told is no good. */
		usleep(3000 + stage->step % 16 * 200);
		madvise(stage->at + 77 * PAGE_SIZE, PAGE_SIZE, MADV_DONTNEED);
	}
}

/* Look at the pages until @enough entries of @kind were caught in the act. */
static unsigned int catch(struct stage *stage, pid_t pid, unsigned int kind, unsigned int level,
			  unsigned int enough)
{
	static struct vmwalk_walk walks[64];
	static uint64_t vas[64], frames[64];
	time_t until = time(NULL) + CATCH_SECONDS;
	unsigned int caught = 0, i;
	int fd = ask_open(pid);

	for (i = 0; i < E2E_NR(vas); i++)
		vas[i] = (uintptr_t)stage->at + i * stage->pages / E2E_NR(vas) * PAGE_SIZE;
	while (caught < enough && time(NULL) < until) {
		uint64_t written = __atomic_load_n(&stage->written, __ATOMIC_SEQ_CST);

		for (i = 0; i < E2E_NR(vas); i++)
			frames[i] = stage->frames[i * stage->pages / E2E_NR(vas)];
		ask_translate(fd, vas, walks, E2E_NR(vas));
		if (written & 1 ||
		    written != __atomic_load_n(&stage->written, __ATOMIC_SEQ_CST))
			continue;
		for (i = 0; i < E2E_NR(vas); i++) {
			const struct vmwalk_entry *leaf = ask_leaf(&walks[i]);

			if (!leaf || walks[i].kind != kind || leaf->level != level)
				continue;
			caught++;
			e2e_same("frame of an entry caught in the act",
				 leaf->pfn + (vas[i] - leaf->va) / PAGE_SIZE,
				 "pagemap before the step", frames[i]);
			e2e_true(!(leaf->flags & VMWALK_FLAG(PRESENT)), "0x%llx: present",
				 (unsigned long long)vas[i]);
			if (kind == VMWALK_KIND_MIGRATION)
				e2e_true(leaf->flags & VMWALK_FLAG(MIGRATE_WRITE),
					 "0x%llx: not writable after the move",
					 (unsigned long long)vas[i]);
		}
	}
	e2e_note("%u caught in %llu steps", caught, (unsigned long long)stage->step);
	return caught;
}

static void migration(bool huge)
{
	struct stage *stage = stage_make(512, huge);
	unsigned int caught;
	pid_t pid;

	if (!two_nodes())
		e2e_skip("one node: nothing to move between");
	pid = target_fork(move_for_ever, stage);
	caught = catch(stage, pid, VMWALK_KIND_MIGRATION,
		       huge ? VMWALK_LEVEL_PMD : VMWALK_LEVEL_PTE, 20);
	stage->stop = 1;
	target_kill(pid);
	e2e_true(caught > 0, "no migration entry was caught");
}

static void migration_small(void)
{
	migration(false);
}

static void migration_huge(void)
{
	migration(true);
}

static void splitting(void)
{
	struct stage *stage = stage_make(512, true);
	unsigned int caught;
	pid_t pid = target_fork(split_for_ever, stage);

	caught = catch(stage, pid, VMWALK_KIND_SPLITTING, VMWALK_LEVEL_PMD, 1);
	stage->stop = 1;
	target_kill(pid);
	if (!caught)
		e2e_skip("no huge page was caught while it was split, in %llu tries",
			 (unsigned long long)stage->step);
}

/* Memory of one node, then work on the other: the scanner hides pages as a hint. */
static void work_elsewhere(void *arg)
{
	struct stage *stage = arg;
	cpu_set_t cpu;

	CPU_ZERO(&cpu);
	CPU_SET(0, &cpu);
	sched_setaffinity(0, sizeof(cpu), &cpu);
	stage_write(stage);
	stage_frames(stage);
	CPU_ZERO(&cpu);
	CPU_SET(1, &cpu);
	sched_setaffinity(0, sizeof(cpu), &cpu);
	target_ready();
	while (!__atomic_load_n(&stage->stop, __ATOMIC_SEQ_CST))
		;
	pause();
}

static unsigned int count_hints(int fd, struct stage *stage)
{
	unsigned int i, hints = 0;

	for (i = 0; i < stage->pages; i++) {
		struct vmwalk_walk walk =
			ask_translate_one(fd, (uintptr_t)stage->at + i * PAGE_SIZE);

		hints += walk.kind == VMWALK_KIND_PROTNONE;
	}
	return hints;
}

static void check_hints(pid_t pid, int fd, struct stage *stage)
{
	struct areas areas = proc_areas(pid, "smaps");
	const struct area *area = proc_area_at(&areas, (uintptr_t)stage->at);
	unsigned int i;

	for (i = 0; i < stage->pages; i++) {
		uint64_t va = (uintptr_t)stage->at + i * PAGE_SIZE, pagemap;
		struct vmwalk_walk walk = ask_translate_one(fd, va);

		proc_pagemap(pid, va, &pagemap, 1);
		if (walk.kind != VMWALK_KIND_PROTNONE)
			continue;
		e2e_true(area->perms[0] == 'r', "%s: not readable by its VMA", area->perms);
		e2e_true(!(ask_leaf(&walk)->flags & VMWALK_FLAG(PRESENT)), "present for the CPU");
		e2e_same("frame under a hint", walk.pa / PAGE_SIZE, "pagemap before it",
			 stage->frames[i]);
		e2e_same("frame under a hint", walk.pa / PAGE_SIZE, "pagemap now",
			 PM_FRAME(pagemap));
	}
}

static void numa_hint(void)
{
	struct stage *stage = stage_make(512, false);
	unsigned int hints = 0;
	time_t until = time(NULL) + CATCH_SECONDS;
	pid_t pid;
	int fd;

	if (!two_nodes())
		e2e_skip("one node: no hints");
	if (proc_write("/proc/sys/kernel/numa_balancing", "1"))
		e2e_skip("this kernel does not balance between nodes");
	pid = target_fork(work_elsewhere, stage);
	fd = ask_open(pid);
	while (!hints && time(NULL) < until) {
		usleep(100000);
		hints = count_hints(fd, stage);
	}
	stage->stop = 1;
	target_settle(pid);
	proc_write("/proc/sys/kernel/numa_balancing", "0");
	e2e_note("%u of %zu pages are hidden", hints, stage->pages);
	e2e_true(hints > 0, "no hint was set in %d s", CATCH_SECONDS);
	check_hints(pid, fd, stage);
	target_kill(pid);
}

static void translate_all(void)
{
	compare_translate(target->pid, target);
	compare_runs(target->pid, target);
}

/* Kind, level and flags; with a frame that there is one, its type, and its own flags. */
#define KIND_ENTRY(id, title, region, from, nr, KIND, ...) \
	{ title, kind_##id, (VMWALK_KIND_##KIND == VMWALK_KIND_PAGE || \
			     VMWALK_KIND_##KIND == VMWALK_KIND_PROTNONE ? 6 : 3) * (nr) },
static const struct e2e_case kinds_cases[] = {
	KINDS(KIND_ENTRY)
	{ "pages swapped to a file", swapped_to_file, 48 * 3 },
	{ "pages swapped to zram", swapped_to_zram, 32 * 3 },
	{ "two processes share a pmd table", shared_pmd_table, 8 },
	{ "pages under a protection key", protection_key, 18 },
	{ "pages pinned by io_uring", pinned_pages, 8 },
	{ "the page of the old system calls is in no VMA", vsyscall_page, 2 },
	{ "vdso and vvar: frames the kernel lends", lent_pages, 5 },
	{ "migration entries of 4 KiB pages, caught in flight", migration_small, 3 },
	{ "migration entries of huge pages, caught in flight", migration_huge, 3 },
	{ "a huge page caught while it is split", splitting, 2 },
	{ "NUMA hints: hidden from the CPU in a readable VMA, true frame", numa_hint, 5 },
	{ "TRANSLATE and RUNS equal pagemap, every page of the process of kinds",
	  translate_all, 1000000 },
};
E2E_SUITE_NAMED_ONLY(kinds, kinds_open, kinds_close);
