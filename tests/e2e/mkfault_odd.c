// SPDX-License-Identifier: GPL-2.0
/*
 * mkfault_odd.c - situations of odd addresses, stacks, protection keys, userfaultfd
 * and broken memory
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/mempolicy.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "mkfault.h"

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL	102
#endif
#ifndef MADV_HWPOISON
#define MADV_HWPOISON	100
#endif
#define MARKING_SECONDS	30
#define LRU_BATCH	64	/* pages, more than wait to be put on a list */
#define KB		1024UL
#define MB		(1024 * KB)
#define STACK_GUARD	(256 * PAGE_SIZE)	/* kept free below a stack */

int make_null_page(uint64_t *at)
{
	*at = 8;
	return 0;
}

int make_unmapped(uint64_t *at)
{
	char *pages = mkfault_filled(3, RW);

	if (!pages || munmap(pages + PAGE_SIZE, PAGE_SIZE))
		return -errno;
	return mkfault_at(pages + PAGE_SIZE, at);
}

int make_half_hole(uint64_t *at)
{
	*at = 0x0000800000000000ULL;
	return 0;
}

/* The flag of five levels is shown only while the kernel uses them. */
static bool five_levels(void)
{
	FILE *file = fopen("/proc/cpuinfo", "re");
	char *line = NULL;
	size_t size = 0;
	bool found = false;

	while (file && !found && getline(&line, &size, file) > 0)
		found = strstr(line, " la57");
	free(line);
	if (file)
		fclose(file);
	return found;
}

int make_task_end(uint64_t *at)
{
	*at = (1ULL << (five_levels() ? 56 : 47)) - PAGE_SIZE;
	return 0;
}

int make_non_canonical(uint64_t *at)
{
	*at = 0x4000000000000000ULL;
	return 0;
}

int make_kernel_direct(uint64_t *at)
{
	*at = five_levels() ? 0xff11000000000000ULL : 0xffff888000000000ULL;
	return 0;
}

int make_kernel_text(uint64_t *at)
{
	*at = 0xffffffff81000000ULL;
	return 0;
}

int make_vsyscall(uint64_t *at)
{
	*at = 0xffffffffff600000ULL;
	return 0;
}

int make_vsyscall_inside(uint64_t *at)
{
	*at = 0xffffffffff600001ULL;
	return 0;
}

/* First address of the first mapping with this name; 0 if there is none. */
static uint64_t mapping(const char *name)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	uint64_t start = 0;
	char *line = NULL;
	size_t size = 0;

	while (maps && !start && getline(&line, &size, maps) > 0)
		if (strstr(line, name))
			start = strtoull(line, NULL, 16);
	free(line);
	if (maps)
		fclose(maps);
	return start;
}

int make_vdso(uint64_t *at)
{
	*at = mapping("[vdso]");
	return *at ? 0 : -ENOENT;
}

int make_vvar(uint64_t *at)
{
	*at = mapping("[vvar]");
	return *at ? 0 : -ENOENT;
}

static int stack_below(uint64_t bytes, uint64_t *at)
{
	uint64_t start = mapping("[stack]");

	if (!start)
		return -ENOENT;
	*at = start - bytes;
	return 0;
}

int make_stack_grows(uint64_t *at)
{
	return stack_below(64 * KB, at);
}

static int limit(int resource, rlim_t bytes)
{
	struct rlimit value = { bytes, bytes };

	return setrlimit(resource, &value) ? -errno : 0;
}

int make_stack_limit(uint64_t *at)
{
	int err = limit(RLIMIT_STACK, 1 * MB);

	return err ? err : stack_below(1 * MB, at);
}

/* Memory that grows downwards, with @room bytes free below and a mapping under them. */
static char *grows_down(size_t room)
{
	char *base = mmap(NULL, PAGE_SIZE + room + PAGE_SIZE, PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	char *top, *stack;

	if (base == MAP_FAILED)
		return NULL;
	top = base + PAGE_SIZE + room;
	munmap(base + PAGE_SIZE, room + PAGE_SIZE);
	if (mprotect(base, PAGE_SIZE, RW))
		return NULL;
	stack = mmap(top, PAGE_SIZE, RW, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_GROWSDOWN,
		     -1, 0);
	if (stack == MAP_FAILED)
		return NULL;
	*stack = 1;
	return stack;
}

static int grows(size_t room, size_t below, uint64_t *at)
{
	char *stack = grows_down(room);

	return mkfault_at(stack ? stack - below : NULL, at);
}

int make_grows_down(uint64_t *at)
{
	return grows(4 * STACK_GUARD, PAGE_SIZE, at);
}

int make_grows_gap(uint64_t *at)
{
	return grows(STACK_GUARD, PAGE_SIZE, at);
}

int make_grows_far(uint64_t *at)
{
	return grows(64 * MB, 32 * MB, at);
}

static size_t mapped_bytes(void)
{
	FILE *file = fopen("/proc/self/statm", "re");
	unsigned long pages = 0;

	if (!file || fscanf(file, "%lu", &pages) != 1)
		pages = 0;
	if (file)
		fclose(file);
	return pages * PAGE_SIZE;
}

int make_grows_memory(uint64_t *at)
{
	int err = grows(4 * STACK_GUARD, 64 * PAGE_SIZE, at);

	return err ? err : limit(RLIMIT_AS, mapped_bytes() + 8 * PAGE_SIZE);
}

static int keyed(char *page, int rights, uint64_t *at)
{
	int key;

	if (!page)
		return -errno;
	key = pkey_alloc(0, rights);
	if (key < 0)
		return mkfault_why("no protection keys");
	if (pkey_mprotect(page, PAGE_SIZE, RWX, key))
		return -errno;
	return mkfault_at(page, at);
}

int make_pkey_access(uint64_t *at)
{
	return keyed(mkfault_filled(1, RWX), PKEY_DISABLE_ACCESS, at);
}

int make_pkey_write(uint64_t *at)
{
	return keyed(mkfault_filled(1, RWX), PKEY_DISABLE_WRITE, at);
}

int make_pkey_allowed(uint64_t *at)
{
	return keyed(mkfault_filled(1, RWX), 0, at);
}

int make_pkey_fresh(uint64_t *at)
{
	char *page = mkfault_filled(1, RWX);

	if (!page || madvise(page, PAGE_SIZE, MADV_DONTNEED))
		return -errno;
	return keyed(page, PKEY_DISABLE_ACCESS, at);
}

/**
 * struct server - a userfaultfd and the page it serves
 * @fd: the userfaultfd
 * @page: served with a filled one
 * @bytes: of the page
 */
static struct server {
	int fd;
	char *page;
	size_t bytes;
} server;

/* What ends each kind of wait. */
static void resolve(const struct uffd_msg *msg)
{
	static char filled[PMD_BYTES] __attribute__((aligned(PAGE_SIZE)));
	struct uffdio_range range = { (uintptr_t)server.page, server.bytes };
	struct uffdio_writeprotect allow = { .range = range };
	struct uffdio_continue go_on = { .range = range };
	struct uffdio_copy copy = { .dst = range.start, .src = (uintptr_t)filled,
				    .len = server.bytes };

	if (msg->arg.pagefault.flags & UFFD_PAGEFAULT_FLAG_WP) {
		ioctl(server.fd, UFFDIO_WRITEPROTECT, &allow);
	} else if (msg->arg.pagefault.flags & UFFD_PAGEFAULT_FLAG_MINOR) {
		ioctl(server.fd, UFFDIO_CONTINUE, &go_on);
	} else {
		mkfault_fill(filled, 1);
		ioctl(server.fd, UFFDIO_COPY, &copy);
	}
}

static void *serve(void *unused)
{
	struct uffd_msg msg;

	while (read(server.fd, &msg, sizeof(msg)) == sizeof(msg)) {
		if (msg.event != UFFD_EVENT_PAGEFAULT)
			continue;
		mkfault_events++;
		resolve(&msg);
	}
	return NULL;
}

static int served_bytes(char *page, size_t bytes, uint64_t mode, uint64_t features,
			bool protect, uint64_t *at)
{
	struct uffdio_api api = { .api = UFFD_API, .features = features };
	struct uffdio_register area = { .range = { (uintptr_t)page, bytes }, .mode = mode };
	struct uffdio_writeprotect wp = { .range = area.range,
					  .mode = UFFDIO_WRITEPROTECT_MODE_WP };
	pthread_t thread;

	if (!page)
		return -errno;
	server.page = page;
	server.bytes = bytes;
	server.fd = syscall(__NR_userfaultfd, O_CLOEXEC);
	if (server.fd < 0 || ioctl(server.fd, UFFDIO_API, &api) ||
	    ioctl(server.fd, UFFDIO_REGISTER, &area) ||
	    (protect && ioctl(server.fd, UFFDIO_WRITEPROTECT, &wp)))
		return mkfault_why("no userfaultfd of this kind");
	if (pthread_create(&thread, NULL, serve, NULL))
		return -EAGAIN;
	return mkfault_at(page, at);
}

/* Register a page with a userfaultfd, protect it if asked to, and serve it. */
static int served(char *page, uint64_t mode, uint64_t features, bool protect, uint64_t *at)
{
	return served_bytes(page, PAGE_SIZE, mode, features, protect, at);
}

static char *given_back(char *page)
{
	if (page)
		madvise(page, PAGE_SIZE, MADV_DONTNEED);
	return page;
}

/* Shared memory, its page in the page cache or not, not mapped. */
static char *shmem(bool cached)
{
	int fd = memfd_create("fault", MFD_CLOEXEC);
	char *page;

	if (fd < 0 || ftruncate(fd, PAGE_SIZE) || (cached && pwrite(fd, "x", 1, 0) != 1))
		return NULL;
	page = mmap(NULL, PAGE_SIZE, RW, MAP_SHARED, fd, 0);
	return page == MAP_FAILED ? NULL : page;
}

int make_uffd_missing(uint64_t *at)
{
	return served(given_back(mkfault_filled(1, RW)), UFFDIO_REGISTER_MODE_MISSING, 0, false,
		      at);
}

int make_uffd_present(uint64_t *at)
{
	return served(mkfault_filled(1, RW), UFFDIO_REGISTER_MODE_MISSING, 0, false, at);
}

int make_uffd_wp(uint64_t *at)
{
	return served(mkfault_filled(1, RW), UFFDIO_REGISTER_MODE_WP,
		      UFFD_FEATURE_PAGEFAULT_FLAG_WP, true, at);
}

int make_uffd_wp_off(uint64_t *at)
{
	return served(mkfault_filled(1, RW), UFFDIO_REGISTER_MODE_WP,
		      UFFD_FEATURE_PAGEFAULT_FLAG_WP, false, at);
}

int make_uffd_shmem_missing(uint64_t *at)
{
	return served(shmem(false), UFFDIO_REGISTER_MODE_MISSING, 0, false, at);
}

int make_uffd_minor(uint64_t *at)
{
	return served(shmem(true), UFFDIO_REGISTER_MODE_MINOR, UFFD_FEATURE_MINOR_SHMEM, false,
		      at);
}

int make_uffd_marker(uint64_t *at)
{
	return served(shmem(false), UFFDIO_REGISTER_MODE_WP, UFFD_FEATURE_WP_HUGETLBFS_SHMEM,
		      true, at);
}

int make_uffd_swapped(uint64_t *at)
{
	int err = mkfault_group();
	char *page = err ? NULL : mkfault_filled(1, RW);

	if (!page)
		return err ? err : -errno;
	err = served(page, UFFDIO_REGISTER_MODE_WP, UFFD_FEATURE_PAGEFAULT_FLAG_WP, true, at);
	return err ? err : mkfault_page_out(page, 1);
}

int make_uffd_hugetlb(uint64_t *at)
{
	char *page = mmap(NULL, PMD_BYTES, RW, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);

	if (page == MAP_FAILED)
		return -errno;
	return served_bytes(page, PMD_BYTES, UFFDIO_REGISTER_MODE_MISSING,
			    UFFD_FEATURE_MISSING_HUGETLBFS, false, at);
}

int make_uffd_zero_page(uint64_t *at)
{
	char *page = given_back(mkfault_filled(1, RW));

	if (page)
		mkfault_touch(page);
	return served(page, UFFDIO_REGISTER_MODE_WP, UFFD_FEATURE_PAGEFAULT_FLAG_WP, true, at);
}

int make_hwpoison(uint64_t *at)
{
	char *page = mkfault_filled(1, RW);

	if (!page)
		return -errno;
	if (madvise(page, PAGE_SIZE, MADV_HWPOISON))
		return mkfault_why("this kernel has no MADV_HWPOISON");
	return mkfault_at(page, at);
}

int make_guard(uint64_t *at)
{
	char *page = mkfault_filled(1, RW);

	if (!page)
		return -errno;
	if (madvise(page, PAGE_SIZE, MADV_GUARD_INSTALL))
		return mkfault_why("this kernel has no guard regions");
	return mkfault_at(page, at);
}

static int bind_to(int node)
{
	unsigned long nodes = node < 0 ? 0 : 1UL << node;

	return syscall(__NR_set_mempolicy, node < 0 ? MPOL_DEFAULT : MPOL_BIND,
		       node < 0 ? NULL : &nodes, 8 * sizeof(nodes));
}

/* Entries that balancing has marked since boot; -1 if it is not counted. */
static long marked(void)
{
	FILE *file = fopen("/proc/vmstat", "re");
	char line[128];
	long nr = -1;

	while (file && nr < 0 && fgets(line, sizeof(line), file))
		sscanf(line, "numa_pte_updates %ld", &nr);
	if (file)
		fclose(file);
	return nr;
}

static double now(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

/*
 * Balancing marks what a busy process has on another node. The rest of the process is
 * where it runs, and so is left alone; as are pages with a further reference, which the
 * last few that were touched have: they wait to be put on a list.
 */
int make_numa_hint(uint64_t *at)
{
	unsigned int cpu, node;
	cpu_set_t here;
	long before;
	double end;
	int err;

	if (access("/sys/devices/system/node/node1", F_OK) || marked() < 0)
		return mkfault_why("this machine has no second node, or no balancing");
	CPU_ZERO(&here);
	CPU_SET(0, &here);
	if (sched_setaffinity(0, sizeof(here), &here) || getcpu(&cpu, &node) ||
	    bind_to(!node))
		return -errno;
	err = mkfault_at(mkfault_filled(LRU_BATCH, RW), at);
	bind_to(-1);
	if (err)
		return err;
	mkfault_set("/proc/sys/kernel/numa_balancing", "1");
	before = marked();
	end = now(CLOCK_MONOTONIC) + MARKING_SECONDS;
	while (marked() == before && now(CLOCK_MONOTONIC) < end)
		;
	mkfault_set("/proc/sys/kernel/numa_balancing", "0");
	return marked() > before ? 0 : mkfault_why("balancing does not mark the page");
}
