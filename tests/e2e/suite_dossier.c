// SPDX-License-Identifier: GPL-2.0
/*
 * suite_dossier.c - everything about one address: VMA, frame, what is behind and around
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "ask.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"

#define RW		(PROT_READ | PROT_WRITE)
#define FILE_PAGES	64
#define KPF_DIRTY	(1ULL << 4)
#define KPF_WRITEBACK	(1ULL << 8)
#define EVICT_TRIES	100

static struct target *target;

static void dossier_open(void)
{
	target = target_start(TARGET_USUAL);
}

static void dossier_close(void)
{
	target_stop(target);
}

/* One dossier; @name has room for VMWALK_NAMES_SIZE_MIN bytes, or is NULL. */
static struct vmwalk_dossier look_up(int fd, uint64_t va, char *name)
{
	struct vmwalk_dossier dossier;
	struct vmwalk_query query = ask_query(&dossier, sizeof(dossier), 1);
	int err;

	query.addresses = (uintptr_t)&va;
	if (name) {
		query.names = (uintptr_t)name;
		query.names_size = VMWALK_NAMES_SIZE_MIN;
	}
	err = ask(fd, VMWALK_IOC_DOSSIER, &query);
	if (err || query.done != 1)
		e2e_die("DOSSIER of 0x%lx: %s, %u done", va, strerror(-err), query.done);
	if (name && !dossier.vma.name_len)
		name[0] = '\0';
	else if (name)
		memmove(name, name + dossier.vma.name_offset, dossier.vma.name_len + 1);
	return dossier;
}

/* A process that has what the case has mapped, and does nothing. */
static void wait_for_ever(void *arg)
{
	target_ready();
	for (;;)
		pause();
}

static struct vmwalk_dossier look_up_fork(const void *at)
{
	pid_t pid = target_fork(wait_for_ever, NULL);
	int fd = ask_open(pid);
	struct vmwalk_dossier dossier = look_up(fd, (uintptr_t)at, NULL);

	close(fd);
	target_kill(pid);
	return dossier;
}

/* The two-letter words of smaps (fs/proc/task_mmu.c, show_smap_vma_flags()). */
static const struct {
	const char *word;
	uint64_t attribute;
} words[] = {
	{ "rd", VMWALK_VMA_FLAG(READ) }, { "wr", VMWALK_VMA_FLAG(WRITE) },
	{ "ex", VMWALK_VMA_FLAG(EXEC) }, { "sh", VMWALK_VMA_FLAG(SHARED) },
	{ "mr", VMWALK_VMA_FLAG(MAYREAD) }, { "mw", VMWALK_VMA_FLAG(MAYWRITE) },
	{ "me", VMWALK_VMA_FLAG(MAYEXEC) }, { "ms", VMWALK_VMA_FLAG(MAYSHARE) },
	{ "gd", VMWALK_VMA_FLAG(GROWSDOWN) }, { "pf", VMWALK_VMA_FLAG(PFNMAP) },
	{ "lo", VMWALK_VMA_FLAG(LOCKED) }, { "io", VMWALK_VMA_FLAG(IO) },
	{ "sr", VMWALK_VMA_FLAG(SEQ_READ) }, { "rr", VMWALK_VMA_FLAG(RAND_READ) },
	{ "dc", VMWALK_VMA_FLAG(DONTCOPY) }, { "de", VMWALK_VMA_FLAG(DONTEXPAND) },
	{ "ac", VMWALK_VMA_FLAG(ACCOUNT) }, { "nr", VMWALK_VMA_FLAG(NORESERVE) },
	{ "ht", VMWALK_VMA_FLAG(HUGETLB) }, { "sf", VMWALK_VMA_FLAG(SYNC) },
	{ "wf", VMWALK_VMA_FLAG(WIPEONFORK) }, { "dd", VMWALK_VMA_FLAG(DONTDUMP) },
	{ "sd", VMWALK_VMA_FLAG(SOFTDIRTY) }, { "mm", VMWALK_VMA_FLAG(MIXEDMAP) },
	{ "hg", VMWALK_VMA_FLAG(HUGEPAGE) }, { "nh", VMWALK_VMA_FLAG(NOHUGEPAGE) },
	{ "mg", VMWALK_VMA_FLAG(MERGEABLE) }, { "um", VMWALK_VMA_FLAG(UFFD_MISSING) },
	{ "uw", VMWALK_VMA_FLAG(UFFD_WP) }, { "ui", VMWALK_VMA_FLAG(UFFD_MINOR) },
};

static uint64_t attributes_of(const struct area *area)
{
	uint64_t attributes = 0;
	unsigned int i;

	for (i = 0; i < E2E_NR(words); i++)
		if (proc_area_flag(area, words[i].word))
			attributes |= words[i].attribute;
	return attributes;
}

/* Every attribute that smaps has a word for. */
static uint64_t attributes_known(void)
{
	uint64_t attributes = 0;
	unsigned int i;

	for (i = 0; i < E2E_NR(words); i++)
		attributes |= words[i].attribute;
	return attributes;
}

static void check_vma(int fd, const struct area *area)
{
	static char name[VMWALK_NAMES_SIZE_MIN];
	uint64_t va = area->start + (area->end - area->start) / 2 + 5;
	struct vmwalk_dossier dossier = look_up(fd, va, name);
	const struct vmwalk_vma *vma = &dossier.vma;

	e2e_same("groups", dossier.has & VMWALK_HAS(VMA), "maps", VMWALK_HAS(VMA));
	e2e_same("address", dossier.walk.va, "the question", va);
	e2e_same("start", vma->start, "smaps", area->start);
	e2e_same("end", vma->end, "smaps", area->end);
	e2e_same("attributes", vma->attributes & attributes_known(), "smaps",
		 attributes_of(area));
	e2e_same("page size", vma->page_bytes, "smaps", area->kb[AREA_PAGE_SIZE] * 1024);
	e2e_same("inode", vma->inode, "smaps", area->inode);
	e2e_same("offset", vma->offset, "smaps", area->inode ? area->offset : vma->offset);
	e2e_same_text("name", name, "smaps", area->name);
	e2e_same("walk's VMA", dossier.walk.vma_start, "smaps", area->start);
	if (!area->inode)
		return;
	e2e_same("a file behind", !!(dossier.backing.has & VMWALK_HAS(BACKED)), "smaps", 1);
	e2e_same("device", makedev(dossier.backing.dev[0], dossier.backing.dev[1]), "smaps",
		 makedev(area->major, area->minor));
	e2e_same("inode behind", dossier.backing.inode, "smaps", area->inode);
	e2e_same("offset of the byte", dossier.backing.offset, "smaps",
		 area->offset + va - area->start);
}

static void vmas(void)
{
	struct areas areas = proc_areas(target->pid, "smaps");
	int fd = ask_open(target->pid);
	size_t i;

	for (i = 0; i < areas.nr; i++)
		check_vma(fd, &areas.area[i]);
	proc_areas_free(&areas);
}

/* Both neighbours of an address, by maps. */
static void check_around(int fd, const struct areas *areas, uint64_t va)
{
	static const struct area none;
	const struct area *below = &none, *above = &none;
	struct vmwalk_dossier dossier = look_up(fd, va, NULL);
	const struct vmwalk_around *around = &dossier.around;
	size_t i;

	for (i = 0; i < areas->nr; i++)
		if (areas->area[i].end <= va)
			below = &areas->area[i];
	for (i = areas->nr; i-- > 0;)
		if (areas->area[i].start > va)
			above = &areas->area[i];
	e2e_same("start of the VMA below", around->below[0], "smaps", below->start);
	e2e_same("end of the VMA below", around->below[1], "smaps", below->end);
	e2e_same("start of the VMA above", around->above[0], "smaps", above->start);
	e2e_same("end of the VMA above", around->above[1], "smaps", above->end);
	e2e_same("attributes below", around->below_attributes & attributes_known(), "smaps",
		 below->end ? attributes_of(below) : 0);
	e2e_same("attributes above", around->above_attributes & attributes_known(), "smaps",
		 above->end ? attributes_of(above) : 0);
	e2e_same("in a VMA", !!(dossier.has & VMWALK_HAS(VMA)), "maps",
		 !!proc_area_at(areas, va));
}

static void neighbours(void)
{
	static const uint64_t odd[] = { 0, 1, 4096, 0x7fffffffffffULL, 0x800000000000ULL,
					0x00fffffffffff000ULL, 0x0100000000000000ULL,
					0xffffffff81000000ULL, 0xffffffffff600000ULL, ~0ULL };
	struct areas areas = proc_areas(target->pid, "smaps");
	int fd = ask_open(target->pid);
	size_t i;

	for (i = 0; i < areas.nr; i++) {
		check_around(fd, &areas, areas.area[i].start);
		check_around(fd, &areas, areas.area[i].end - 1);
		check_around(fd, &areas, areas.area[i].end);
		check_around(fd, &areas, areas.area[i].start - 1);
	}
	for (i = 0; i < E2E_NR(odd); i++)
		check_around(fd, &areas, odd[i]);
	proc_areas_free(&areas);
}

/* The first address where a mapping is refused even at a fixed place. */
static uint64_t address_limit(void)
{
	uint64_t low = 47, va;

	for (; low < 63; low++) {
		void *at;

		va = (1ULL << low) - 2 * PAGE_SIZE;
		at = mmap((void *)va, PAGE_SIZE, PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
		if (at == MAP_FAILED && errno != EEXIST)
			return (1ULL << (low - 1)) - PAGE_SIZE;
		if (at != MAP_FAILED)
			munmap(at, PAGE_SIZE);
	}
	e2e_die("no end of user space");
}

static void limited(void *arg)
{
	struct rlimit stack = { 5 << 20, 5 << 20 }, memory = { 3UL << 40, 3UL << 40 };

	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	if (setrlimit(RLIMIT_STACK, &stack) || setrlimit(RLIMIT_AS, &memory))
		_exit(1);
	wait_for_ever(NULL);
}

static void check_limits(pid_t pid, bool thp_disabled)
{
	char *status = proc_slurp_pid(pid, "status", NULL);
	int fd = ask_open(pid);
	struct vmwalk_around around = look_up(fd, 4096, NULL).around;
	struct rlimit limit;

	prlimit(pid, RLIMIT_STACK, NULL, &limit);
	e2e_same("limit of the stack", around.stack_limit, "prlimit", limit.rlim_cur);
	prlimit(pid, RLIMIT_AS, NULL, &limit);
	e2e_same("limit of memory", around.as_limit, "prlimit", limit.rlim_cur);
	e2e_same("size of all VMAs", around.total_bytes, "status",
		 proc_key(status, "VmSize") * 1024);
	e2e_same("no huge pages", around.thp_disabled, "prctl", thp_disabled);
	e2e_same("end of user space", around.task_size, "mmap", address_limit());
	free(status);
	close(fd);
}

static void limits(void)
{
	pid_t pid = target_fork(limited, NULL);

	check_limits(pid, true);
	target_kill(pid);
	check_limits(target->pid, false);
}

static bool has_pkeys(void)
{
	int key = pkey_alloc(0, 0);

	if (key >= 0)
		pkey_free(key);
	return key >= 0;
}

static uint32_t *shown;

/* Rights that no other process has, and what the CPU says of them. */
static void with_rights(void *arg)
{
	uint32_t value, zero;
	int i, key = 0;

	for (i = 0; i < 7; i++)
		key = pkey_alloc(0, i & 3);
	pkey_set(key, PKEY_DISABLE_WRITE);
	asm volatile("rdpkru" : "=a"(value), "=d"(zero) : "c"(0));
	*shown = value;
	wait_for_ever(NULL);
}

static void key_rights(void)
{
	struct vmwalk_around around;
	pid_t pid;

	if (!has_pkeys())
		e2e_skip("this machine has no protection keys");
	shown = mmap(NULL, PAGE_SIZE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid = target_fork(with_rights, NULL);
	target_settle(pid);
	around = look_up(ask_open(pid), 0, NULL).around;
	e2e_same("the register is told", around.has & VMWALK_HAS(REGS), "root", VMWALK_HAS(REGS));
	e2e_same("protection key rights", around.pkru, "rdpkru", *shown);
	target_kill(pid);
}

/* What all levels together allow, against the VMA and against the walk's own levels. */
static void check_effective(int fd, const struct area *area, uint64_t va, uint64_t pagemap)
{
	struct vmwalk_dossier dossier = look_up(fd, va, NULL);
	const struct vmwalk_walk *walk = &dossier.walk;
	uint64_t write = VMWALK_FLAG(WRITE), nx = 0;
	unsigned int i;

	e2e_same("a leaf", !!(dossier.has & VMWALK_HAS(LEAF)), "pagemap", 1);
	e2e_same("frame", dossier.frame.pfn, "pagemap", PM_FRAME(pagemap));
	e2e_same("frame's address", dossier.frame.va, "the question", va & ~(PAGE_SIZE - 1));
	e2e_same("pages", dossier.frame.pages, "one address", 1);
	if (!strncmp(area->perms, "---", 3)) {
		e2e_same("nothing is allowed", walk->effective, "maps", VMWALK_FLAG(NX));
		return;
	}
	for (i = 0; i < walk->depth; i++) {
		if (walk->entry[i].kind == VMWALK_KIND_FOLDED)
			continue;
		write &= walk->entry[i].flags;
		nx |= i ? walk->entry[i].flags & VMWALK_FLAG(NX) : 0;
	}
	e2e_same("effective permission", walk->effective, "the levels",
		 VMWALK_FLAG(USER) | write | nx);
	e2e_same("executable", !(walk->effective & VMWALK_FLAG(NX)), "maps",
		 area->perms[2] == 'x');
	e2e_true(!(walk->effective & VMWALK_FLAG(WRITE)) || area->perms[1] == 'w',
		 "0x%lx: writable in a VMA that is not", va);
}

static void effective(void)
{
	struct areas areas = proc_areas(target->pid, "smaps");
	int fd = ask_open(target->pid);
	uint64_t entries[64];
	size_t i, k, nr;

	for (i = 0; i < areas.nr; i++) {
		const struct area *area = &areas.area[i];

		if (proc_area_flag(area, "pf"))
			continue;
		nr = (area->end - area->start) / PAGE_SIZE;
		nr = nr > E2E_NR(entries) ? E2E_NR(entries) : nr;
		proc_pagemap(target->pid, area->start, entries, nr);
		for (k = 0; k < nr; k++)
			if (entries[k] & PM_PRESENT)
				check_effective(fd, area, area->start + k * PAGE_SIZE + 77,
						entries[k]);
	}
	proc_areas_free(&areas);
}

/* A page's frame record, against the kernel's own files. */
static void frames(void)
{
	const struct region *region = target_region(target, "anon_touched");
	int fd = ask_open(target->pid);
	uint64_t entries[16], count;
	FILE *counts = fopen("/proc/kpagecount", "r");
	bool known;
	size_t i;

	proc_pagemap(target->pid, region->start, entries, E2E_NR(entries));
	for (i = 0; i < E2E_NR(entries); i++) {
		struct vmwalk_frame frame = look_up(fd, region->start + i * PAGE_SIZE, NULL).frame;

		if (!(entries[i] & PM_PRESENT) ||
		    fseek(counts, PM_FRAME(entries[i]) * 8, SEEK_SET) ||
		    fread(&count, 8, 1, counts) != 1)
			continue;
		e2e_same("flags", frame.page_flags, "kpageflags",
			 proc_kpageflags(PM_FRAME(entries[i]), &known));
		e2e_same("mapcount", frame.mapcount, "kpagecount", count);
	}
	fclose(counts);
}

/* A page's swap entry is what pagemap says, and nothing of a file is behind it. */
static void swapped(void)
{
	const struct region *region = target_need(target, "swapped");
	int fd = ask_open(target->pid);
	uint64_t entries[16];
	size_t i;

	proc_pagemap(target->pid, region->start, entries, E2E_NR(entries));
	for (i = 0; i < E2E_NR(entries); i++) {
		struct vmwalk_dossier dossier = look_up(fd, region->start + i * PAGE_SIZE, NULL);
		const struct vmwalk_entry *leaf = ask_leaf(&dossier.walk);

		if (!(entries[i] & PM_SWAP))
			continue;
		e2e_same("kind", dossier.walk.kind, "pagemap", VMWALK_KIND_SWAP);
		e2e_same("swap area", leaf ? leaf->swap_type : ~0U, "pagemap",
			 PM_SWAP_TYPE(entries[i]));
		e2e_same("swap offset", leaf ? leaf->swap_offset : ~0ULL, "pagemap",
			 PM_SWAP_OFFSET(entries[i]));
		e2e_same("fill", dossier.backing.fill, "anonymous", VMWALK_FILL_ZERO);
		e2e_same("page cache", dossier.backing.cache, "anonymous", VMWALK_CACHE_NONE);
		e2e_same("file", dossier.backing.has & VMWALK_HAS(BACKED), "anonymous", 0);
	}
}

/* What an untouched entry would be filled from, by the way the mapping was made. */
static void fills(void)
{
	static const struct {
		const char *region;
		unsigned int fill;
	} rows[] = {
		{ "anon_touched", VMWALK_FILL_ZERO },
		{ "memfd", VMWALK_FILL_SHMEM },
		{ "devmem", VMWALK_FILL_DRIVER },
	};
	struct areas areas = proc_areas(target->pid, "smaps");
	int fd = ask_open(target->pid);
	size_t i;

	for (i = 0; i < E2E_NR(rows); i++) {
		const struct region *region = target_region(target, rows[i].region);

		if (region)
			e2e_same(rows[i].region, look_up(fd, region->start, NULL).backing.fill,
				 "the factory", rows[i].fill);
	}
	for (i = 0; i < areas.nr; i++) {
		const struct area *area = &areas.area[i];
		unsigned int fill = look_up(fd, area->start, NULL).backing.fill;

		if (!strcmp(area->name, "[vdso]") || !strcmp(area->name, "[vvar]"))
			e2e_same(area->name, fill, "the kernel's own", VMWALK_FILL_DRIVER);
		else if (!strcmp(area->name, "[stack]") || !strcmp(area->name, "[heap]"))
			e2e_same(area->name, fill, "anonymous", VMWALK_FILL_ZERO);
		else if (proc_area_flag(area, "ht"))
			e2e_same("hugetlb", fill, "smaps", VMWALK_FILL_HUGETLB);
		else if (strstr(area->name, "/e2e/mkmem"))
			e2e_same("program", fill, "maps", VMWALK_FILL_FILE);
	}
	e2e_same("no VMA", look_up(fd, 0, NULL).backing.fill, "maps", VMWALK_FILL_NONE);
	proc_areas_free(&areas);
}

/* A file of this case, @pages long; unlinked at once. */
static int file_new(const char *name, size_t pages, bool synced)
{
	char path[128], page[PAGE_SIZE];
	size_t i;
	int fd;

	snprintf(path, sizeof(path), WORK_DIR "/%s.%d", name, getpid());
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	for (i = 0; i < pages; i++) {
		memset(page, i + 1, sizeof(page));
		if (fd < 0 || write(fd, page, sizeof(page)) != (ssize_t)sizeof(page))
			e2e_die("%s: %s", path, strerror(errno));
	}
	if (fd < 0 || (synced && fsync(fd)))
		e2e_die("%s: %s", path, strerror(errno));
	unlink(path);
	return fd;
}

static unsigned char *file_map(int fd, size_t pages, int flags)
{
	unsigned char *at = mmap(NULL, pages * PAGE_SIZE, RW, flags, fd, 0);

	if (at == MAP_FAILED)
		e2e_die("mmap: %s", strerror(errno));
	return at;
}

static bool resident(void *at)
{
	unsigned char state;

	if (mincore(at, PAGE_SIZE, &state))
		e2e_die("mincore: %s", strerror(errno));
	return state & 1;
}

static void evict(int fd, void *at)
{
	int tries;

	for (tries = 0; tries < EVICT_TRIES && resident(at); tries++) {
		posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
		usleep(2000);
	}
	if (resident(at))
		e2e_die("the page cache does not let go");
}

/* Frame of the file's page, by touching it through a mapping of our own. */
static uint64_t frame_of(const unsigned char *at)
{
	uint64_t entry;

	(void)*(const volatile unsigned char *)at;
	proc_pagemap(getpid(), (uintptr_t)at, &entry, 1);
	if (!(entry & PM_PRESENT))
		e2e_die("a page that was touched is not there");
	return PM_FRAME(entry);
}

/* Extent that holds an offset, as the file system tells it; fe_length 0 if none. */
static struct fiemap_extent extent_of(int fd, uint64_t offset)
{
	static union {
		struct fiemap map;
		char room[sizeof(struct fiemap) + sizeof(struct fiemap_extent)];
	} ask;

	memset(&ask, 0, sizeof(ask));
	ask.map.fm_start = offset;
	ask.map.fm_length = PAGE_SIZE;
	ask.map.fm_extent_count = 1;
	if (ioctl(fd, FS_IOC_FIEMAP, &ask.map))
		e2e_die("FIEMAP: %s", strerror(errno));
	return ask.map.fm_mapped_extents ? ask.map.fm_extents[0] : (struct fiemap_extent){ 0 };
}

static void check_place(const struct vmwalk_backing *backing, int fd, uint64_t offset)
{
	struct stat stat;

	fstat(fd, &stat);
	e2e_same("fill", backing->fill, "a file", VMWALK_FILL_FILE);
	e2e_same("inode", backing->inode, "stat", stat.st_ino);
	e2e_same("device", makedev(backing->dev[0], backing->dev[1]), "stat", stat.st_dev);
	e2e_same("size", backing->size, "stat", stat.st_size);
	e2e_same("offset", backing->offset, "the mapping", offset);
}

/* Clean, in the page cache or not: its place in memory and on the disk. */
static void check_clean(unsigned char *at, int fd, size_t page, bool cached)
{
	uint64_t offset = page * PAGE_SIZE + 123;
	struct vmwalk_backing backing = look_up_fork(at + offset).backing;
	struct fiemap_extent extent = extent_of(fd, page * PAGE_SIZE);
	int block_bytes = 0, block;
	struct stat stat;

	check_place(&backing, fd, offset);
	e2e_same("in the page cache", backing.cache == VMWALK_CACHE_UPTODATE, "mincore", cached);
	e2e_same("still in the page cache", resident(at + page * PAGE_SIZE), "before", cached);
	fstat(fd, &stat);
	ioctl(fd, FIGETBSZ, &block_bytes);
	block = offset / block_bytes;
	if (ioctl(fd, FIBMAP, &block))
		e2e_die("FIBMAP: %s", strerror(errno));
	e2e_same("a block", backing.block_state, "FIEMAP", VMWALK_BLOCK_MAPPED);
	e2e_same("size of a block", backing.block_bytes, "FIGETBSZ", block_bytes);
	e2e_same("block", backing.block, "FIBMAP", block);
	e2e_same("place on the disk", backing.block * backing.block_bytes,
		 "FIEMAP", (extent.fe_physical + offset - extent.fe_logical) / block_bytes *
		 block_bytes);
	e2e_same("disk", makedev(backing.block_dev[0], backing.block_dev[1]), "stat",
		 stat.st_dev);
	if (cached)
		e2e_same("frame in the page cache", backing.cache_pfn, "pagemap",
			 frame_of(at + page * PAGE_SIZE));
	else
		e2e_same("frame", backing.cache_pfn | (backing.has & VMWALK_HAS(FRAME)),
			 "mincore", 0);
}

static void clean_file(void)
{
	int fd = file_new("clean", FILE_PAGES, true);
	unsigned char *at = file_map(fd, FILE_PAGES, MAP_SHARED);
	size_t page;

	for (page = 0; page < FILE_PAGES; page += 9)
		check_clean(at, fd, page, true);
}

static void evicted_file(void)
{
	int fd = file_new("evicted", FILE_PAGES, true);
	unsigned char *at = file_map(fd, FILE_PAGES, MAP_SHARED);
	size_t page;

	for (page = 0; page < FILE_PAGES; page += 9) {
		evict(fd, at + page * PAGE_SIZE);
		check_clean(at, fd, page, false);
	}
}

/* Asking must not write: the data wait as before, and have no block yet. */
static void dirty_file(void)
{
	int fd = file_new("dirty", 4, false);
	unsigned char *at = file_map(fd, 4, MAP_SHARED);
	uint64_t pfn = frame_of(at + PAGE_SIZE);
	struct vmwalk_backing backing;
	uint64_t flags;
	bool known;
	int i;

	e2e_true(extent_of(fd, PAGE_SIZE).fe_flags & FIEMAP_EXTENT_DELALLOC,
		 "the test's file is not waiting to be written");
	for (i = 0; i < 5; i++)
		backing = look_up_fork(at + PAGE_SIZE).backing;
	check_place(&backing, fd, PAGE_SIZE);
	flags = proc_kpageflags(pfn, &known);
	e2e_same("dirty", backing.cache == VMWALK_CACHE_DIRTY, "kpageflags",
		 !!(flags & KPF_DIRTY));
	e2e_same("still dirty", !!(flags & KPF_DIRTY), "before", 1);
	e2e_same("frame", backing.cache_pfn, "pagemap", pfn);
	e2e_same("block not asked for", backing.block_state, "FIEMAP", VMWALK_BLOCK_UNWRITTEN);
	e2e_same("group BLOCK", backing.has & VMWALK_HAS(BLOCK), "FIEMAP", 0);
	e2e_true(extent_of(fd, PAGE_SIZE).fe_flags & FIEMAP_EXTENT_DELALLOC,
		 "asking has written the file");
	fsync(fd);
	check_clean(at, fd, 1, true);
}

/* Written over in place: the block is known to the file system, and yet not asked for. */
static void dirty_again(void)
{
	int fd = file_new("again", 4, true);
	unsigned char *at = file_map(fd, 4, MAP_SHARED);
	struct vmwalk_backing backing;

	at[2 * PAGE_SIZE] = 77;
	backing = look_up_fork(at + 2 * PAGE_SIZE).backing;
	e2e_same("block not asked for", backing.block_state, "a dirty page",
		 VMWALK_BLOCK_UNWRITTEN);
	backing = look_up_fork(at + PAGE_SIZE).backing;
	e2e_same("its clean neighbour", backing.block_state, "a dirty file",
		 VMWALK_BLOCK_UNWRITTEN);
	e2e_same("page cache of the neighbour", backing.cache, "fsync", VMWALK_CACHE_UPTODATE);
	msync(at, 4 * PAGE_SIZE, MS_SYNC);
	check_clean(at, fd, 2, true);
	/* The write came in through a page table: what that says is as true. */
	backing = look_up_fork(at + 2 * PAGE_SIZE).backing;
	e2e_same("page cache", backing.cache, "msync", VMWALK_CACHE_UPTODATE);
}

static void holes(void)
{
	int fd = file_new("holes", 4, true);
	unsigned char *at;
	struct vmwalk_backing backing;

	if (ftruncate(fd, 32 * PAGE_SIZE) ||
	    fallocate(fd, 0, 16 * PAGE_SIZE, 4 * PAGE_SIZE) || fsync(fd))
		e2e_die("holes: %s", strerror(errno));
	at = file_map(fd, 40, MAP_SHARED);
	backing = look_up_fork(at + 8 * PAGE_SIZE + 1).backing;
	check_place(&backing, fd, 8 * PAGE_SIZE + 1);
	e2e_same("a hole", backing.block_state, "FIEMAP",
		 extent_of(fd, 8 * PAGE_SIZE).fe_length ? VMWALK_BLOCK_MAPPED : VMWALK_BLOCK_HOLE);
	e2e_same("nothing cached", backing.cache, "mincore",
		 resident(at + 8 * PAGE_SIZE) ? VMWALK_CACHE_UPTODATE : VMWALK_CACHE_ABSENT);
	e2e_true(extent_of(fd, 17 * PAGE_SIZE).fe_flags & FIEMAP_EXTENT_UNWRITTEN,
		 "the file system has not set blocks aside");
	backing = look_up_fork(at + 17 * PAGE_SIZE).backing;
	e2e_same("blocks set aside, not written", backing.block_state, "reads as zeros",
		 VMWALK_BLOCK_HOLE);
	backing = look_up_fork(at + 34 * PAGE_SIZE).backing;
	check_place(&backing, fd, 34 * PAGE_SIZE);
	e2e_same("beyond the end", backing.block_state, "stat", VMWALK_BLOCK_NONE);
	e2e_same("nothing cached there", backing.cache, "stat", VMWALK_CACHE_ABSENT);
}

/* Private mappings: what is behind the page of one's own is the file still. */
static void private_file(void)
{
	int fd = file_new("private", 4, true);
	unsigned char *shared = file_map(fd, 4, MAP_SHARED), *at = file_map(fd, 4, MAP_PRIVATE);
	struct vmwalk_dossier dossier;
	uint64_t own;

	at[PAGE_SIZE] = 200;
	own = frame_of(at + PAGE_SIZE);
	dossier = look_up_fork(at + PAGE_SIZE);
	e2e_same("frame", dossier.frame.pfn, "pagemap", own);
	e2e_same("frame in the page cache", dossier.backing.cache_pfn, "pagemap of the file",
		 frame_of(shared + PAGE_SIZE));
	e2e_true(own != dossier.backing.cache_pfn, "the copy is the original");
	check_place(&dossier.backing, fd, PAGE_SIZE);
}

/* Shared memory: there, in swap with its place, or nothing. */
static void shared_memory(void)
{
	int fd = memfd_create("dossier", MFD_CLOEXEC);
	unsigned char *at;
	struct vmwalk_backing backing;

	if (fd < 0 || ftruncate(fd, 8 * PAGE_SIZE))
		e2e_die("memfd: %s", strerror(errno));
	at = file_map(fd, 16, MAP_SHARED);
	backing = look_up_fork(at + PAGE_SIZE).backing;
	e2e_same("fill", backing.fill, "a memfd", VMWALK_FILL_SHMEM);
	e2e_same("nothing yet", backing.cache, "mincore",
		 resident(at + PAGE_SIZE) ? VMWALK_CACHE_UPTODATE : VMWALK_CACHE_ABSENT);
	e2e_same("size", backing.size, "ftruncate", 8 * PAGE_SIZE);
	at[PAGE_SIZE] = 1;
	backing = look_up_fork(at + PAGE_SIZE).backing;
	e2e_true(backing.cache == VMWALK_CACHE_UPTODATE || backing.cache == VMWALK_CACHE_DIRTY,
		 "a written page is %u", backing.cache);
	e2e_same("frame", backing.cache_pfn, "pagemap", frame_of(at + PAGE_SIZE));
	e2e_same("block", backing.block_state, "no disk", VMWALK_BLOCK_NONE);
}

/* The page's bytes stand where the record says: at that place of the swap file. */
static void shmem_in_swap(void)
{
	static unsigned char page[PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));
	int fd = memfd_create("dossier", MFD_CLOEXEC), swap;
	unsigned char word[32];
	struct vmwalk_backing backing = { 0 };
	unsigned char *at;
	int tries;

	swap = open(WORK_DIR "/swap", O_RDONLY | O_DIRECT | O_CLOEXEC);
	if (swap < 0)
		e2e_skip("no swap file: %s", strerror(errno));
	if (fd < 0 || ftruncate(fd, PAGE_SIZE))
		e2e_die("memfd: %s", strerror(errno));
	at = file_map(fd, 1, MAP_SHARED);
	snprintf((char *)word, sizeof(word), "vmwalk dossier %d", getpid());
	memcpy(at, word, sizeof(word));
	for (tries = 0; tries < 500 && backing.cache != VMWALK_CACHE_SWAPPED; tries++) {
		madvise(at, PAGE_SIZE, MADV_PAGEOUT);
		usleep(2000);
		backing = look_up_fork(at).backing;
	}
	e2e_same("page cache", backing.cache, "MADV_PAGEOUT", VMWALK_CACHE_SWAPPED);
	e2e_same("group SWAP", backing.has & VMWALK_HAS(SWAP), "root", VMWALK_HAS(SWAP));
	e2e_same("group FRAME", backing.has & VMWALK_HAS(FRAME), "no page", 0);
	sync();
	for (tries = 0; tries < 100 && memcmp(page, word, sizeof(word)); tries++) {
		usleep(10000);
		if (pread(swap, page, PAGE_SIZE, backing.swap_offset * PAGE_SIZE) !=
		    (ssize_t)PAGE_SIZE)
			e2e_die("swap file: %s", strerror(errno));
	}
	e2e_true(!memcmp(page, word, sizeof(word)), "page %llu of the swap file holds other bytes",
		 (unsigned long long)backing.swap_offset);
}

/* A block device: the offset itself is the place. */
static void block_device(void)
{
	int fd = open("/dev/nvme0n1", O_RDONLY | O_CLOEXEC), block_bytes = 0;
	struct vmwalk_backing backing;
	unsigned long long size = 0;
	unsigned char *at;
	struct stat stat;

	if (fd < 0 || fstat(fd, &stat) || ioctl(fd, BLKGETSIZE64, &size) ||
	    ioctl(fd, BLKBSZGET, &block_bytes))
		e2e_skip("no disk /dev/nvme0n1: %s", strerror(errno));
	at = mmap(NULL, 16 * PAGE_SIZE, PROT_READ, MAP_SHARED, fd, 16 * PAGE_SIZE);
	backing = look_up_fork(at + PAGE_SIZE + 9).backing;
	e2e_same("size", backing.size, "BLKGETSIZE64", size);
	e2e_same("offset", backing.offset, "the mapping", 17 * PAGE_SIZE + 9);
	e2e_same("a block", backing.block_state, "the disk", VMWALK_BLOCK_MAPPED);
	e2e_same("place on the disk", backing.block * backing.block_bytes, "the offset",
		 17 * PAGE_SIZE);
	e2e_same("disk", makedev(backing.block_dev[0], backing.block_dev[1]), "stat",
		 stat.st_rdev);
	e2e_same("size of a block", backing.block_bytes, "BLKBSZGET", block_bytes);
}

static const struct e2e_case dossier_cases[] = {
	{ "VMA, attributes, name and file of every mapping as in smaps", vmas, 500 },
	{ "neighbours as in maps, at every border and far off", neighbours, 1000 },
	{ "limits and sizes of the process", limits, 10 },
	{ "protection key rights as the process reads them", key_rights, 2 },
	{ "effective permission and frame of present pages", effective, 500 },
	{ "flags and mapcount as in kpageflags and kpagecount", frames, 8 },
	{ "swapped pages as in pagemap", swapped, 60 },
	{ "what an empty entry would be filled from", fills, 8 },
	{ "a clean file: page cache, block on disk", clean_file, 80 },
	{ "a file out of the page cache stays out of it", evicted_file, 80 },
	{ "a file that waits to be written is not written by asking", dirty_file, 20 },
	{ "a page written over: no block is asked for, clean again it is", dirty_again, 15 },
	{ "holes, blocks set aside, and beyond the end", holes, 15 },
	{ "a private page and the file's page behind it", private_file, 8 },
	{ "shared memory", shared_memory, 6 },
	{ "shared memory in swap: its bytes stand at the place told", shmem_in_swap, 4 },
	{ "a mapped block device", block_device, 6 },
};
E2E_SUITE(dossier, dossier_open, dossier_close);
