// SPDX-License-Identifier: GPL-2.0
/*
 * mkmem_kinds.c - kinds that need a machine made for them: two nodes, compressed
 * swap, a running ksmd, a device without a driver
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/userfaultfd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "mkmem.h"

#define PAGE_SIZE		4096UL
#define MIB2		(512 * PAGE_SIZE)
#define GIB		(512 * MIB2)
#define RW		(PROT_READ | PROT_WRITE)

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT	21
#endif
#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif
#ifndef MAP_DROPPABLE
#define MAP_DROPPABLE	0x08
#endif
#ifndef MAP_HUGE_2MB
#define MAP_HUGE_2MB	(21 << 26)
#endif
#ifndef MFD_HUGE_2MB
#define MFD_HUGE_2MB	MAP_HUGE_2MB
#endif
#ifndef __NR_memfd_secret
#define __NR_memfd_secret 447
#endif

#define KSM		"/sys/kernel/mm/ksm/"
#define KPF_KSM		21
#define KPF_THP		22

static int write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int err = fd < 0 || write(fd, text, strlen(text)) < 0 ? -errno : 0;

	close(fd);
	return err;
}

static uint64_t kpageflags(const void *at)
{
	uint64_t pfn = mkmem_pagemap(at) & ((1ULL << 55) - 1), flags = 0;
	int fd = open("/proc/kpageflags", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || pread(fd, &flags, 8, pfn * 8) != 8)
		flags = 0;
	close(fd);
	return flags;
}

int mkmem_ksm(const char *at, size_t pages, int tries)
{
	size_t i = 0;
	int err;

	err = write_text(KSM "pages_to_scan", "10000");
	if (!err)
		err = write_text(KSM "sleep_millisecs", "5");
	if (!err)
		err = write_text(KSM "run", "1");
	for (; !err && tries > 0 && i < pages; tries--) {
		for (i = 0; i < pages; i++)
			if (!(kpageflags(at + i * PAGE_SIZE) >> KPF_KSM & 1))
				break;
		usleep(2000);
	}
	write_text(KSM "run", "0");
	return err ? err : i == pages ? 0 : -ETIME;
}

/* All pages alike but the last, which nothing can be merged with. */
static int ksm(uint64_t *start, uint64_t *end)
{
	char *at = mkmem_anon(16, RW);
	int i, err;

	if (!at)
		return -errno;
	for (i = 0; i < 15; i++)
		memset(at + i * PAGE_SIZE, 0x5a, PAGE_SIZE);
	mkmem_write(at + 15 * PAGE_SIZE);
	if (madvise(at, 16 * PAGE_SIZE, MADV_MERGEABLE))
		return -errno;
	err = mkmem_ksm(at, 15, 2000);
	return err ? err : mkmem_made(at, 16 * PAGE_SIZE, start, end);
}

/* Number of a swap area: its line in /proc/swaps. */
static int swap_number(const char *name)
{
	char line[256];
	FILE *swaps = fopen("/proc/swaps", "re");
	int nr = -1;

	while (swaps && fgets(line, sizeof(line), swaps) && strncmp(line, name, strlen(name)))
		nr++;
	if (swaps)
		fclose(swaps);
	return nr;
}

/* Pages of @pages that are swapped out to the area with the number @nr. */
static int swapped_to(const char *at, int pages, int nr)
{
	int i, out = 0;

	for (i = 0; i < pages; i++) {
		uint64_t entry = mkmem_pagemap(at + i * PAGE_SIZE);

		out += (entry >> 62 & 1) && (int)(entry & 31) == nr;
	}
	return out;
}

/*
 * Swap on compressed memory comes last: what is swapped from now on goes there, but
 * for the slots of the other area that each CPU keeps in hand (mm/swap_slots.c).
 */
static int swapped_zram(uint64_t *start, uint64_t *end)
{
	int nr, tries;

	if (swapon("/dev/zram0", SWAP_FLAG_PREFER | 10) && errno != EBUSY)
		return -errno;
	nr = swap_number("/dev/zram0");
	for (tries = 0; tries < 20; tries++) {
		char *at = mkmem_anon(32, RW);

		if (!at)
			return -errno;
		mkmem_write_each(at, 32, 1);
		madvise(at, 32 * PAGE_SIZE, MADV_PAGEOUT);
		usleep(2000);
		madvise(at, 32 * PAGE_SIZE, MADV_PAGEOUT);
		if (swapped_to(at, 32, nr) == 32)
			return mkmem_made(at, 32 * PAGE_SIZE, start, end);
	}
	return -ENOSPC;
}

static int secret(uint64_t *start, uint64_t *end)
{
	int fd = syscall(__NR_memfd_secret, O_CLOEXEC);
	char *at;

	if (fd < 0 || ftruncate(fd, 8 * PAGE_SIZE))
		return -errno;
	at = mmap(NULL, 8 * PAGE_SIZE, RW, MAP_SHARED, fd, 0);
	if (at != MAP_FAILED)
		mkmem_write_each(at, 8, 2);
	return mkmem_made(at, 8 * PAGE_SIZE, start, end);
}

static int pkey(uint64_t *start, uint64_t *end)
{
	char *at = mkmem_anon(8, RW);
	int key = pkey_alloc(0, 0);

	/* Not the first key, so that more than one bit of it is seen. */
	if (key == 1)
		key = pkey_alloc(0, 0);
	if (key == 2)
		key = pkey_alloc(0, 0);
	if (!at || key < 0 || pkey_mprotect(at, 8 * PAGE_SIZE, RW, key))
		return -errno;
	mkmem_write_each(at, 8, 1);
	return mkmem_made(at, 8 * PAGE_SIZE, start, end);
}

/* Room of @bytes, aligned to @align, with nothing beside it. */
static char *aligned_room(size_t bytes, size_t align)
{
	char *at = mmap(NULL, bytes + 2 * align, PROT_NONE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return at == MAP_FAILED ? NULL : at + align + (-(uintptr_t)at & (align - 1));
}

#define HUGE_TRIES	10	/* memory may be in pieces: it is compacted in between */

static int is_huge(const char *at)
{
	return kpageflags(at) >> KPF_THP & 1;
}

/* A huge page: of shared memory, the file @fd, or private (-1). NULL, ENOMEM if none is to be had. */
static char *huge_page_of(int fd)
{
	int flags = fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED, tries;
	char *room = aligned_room(MIB2, MIB2);

	for (tries = 0; room && tries < HUGE_TRIES; tries++) {
		char *at = mmap(room, MIB2, RW, flags | MAP_FIXED, fd, 0);

		if (at == MAP_FAILED || madvise(at, MIB2, MADV_HUGEPAGE))
			return NULL;
		mkmem_write_each(at, 512, 1);
		if (is_huge(at))
			return at;
		madvise(at, MIB2, fd < 0 ? MADV_DONTNEED : MADV_REMOVE);
		write_text("/proc/sys/vm/compact_memory", "1");
	}
	errno = ENOMEM;
	return NULL;
}

static char *huge_page(void)
{
	return huge_page_of(-1);
}

/* Half of a huge page is unmapped; the other half stays on the same folio. */
static int thp_half(uint64_t *start, uint64_t *end)
{
	char *at = huge_page();

	if (!at || munmap(at + MIB2 / 2, MIB2 / 2))
		return -errno;
	return mkmem_made(at, MIB2 / 2, start, end);
}

static int thp_uffd_wp(uint64_t *start, uint64_t *end)
{
	char *at = huge_page();
	struct uffdio_api api = { .api = UFFD_API, .features = UFFD_FEATURE_PAGEFAULT_FLAG_WP };
	struct uffdio_register reg = {
		.range = { (uintptr_t)at, MIB2 }, .mode = UFFDIO_REGISTER_MODE_WP,
	};
	struct uffdio_writeprotect wp = {
		.range = { (uintptr_t)at, MIB2 }, .mode = UFFDIO_WRITEPROTECT_MODE_WP,
	};
	int fd = syscall(__NR_userfaultfd, O_CLOEXEC);

	if (!at || fd < 0 || ioctl(fd, UFFDIO_API, &api) || ioctl(fd, UFFDIO_REGISTER, &reg) ||
	    ioctl(fd, UFFDIO_WRITEPROTECT, &wp))
		return -errno;
	return mkmem_made(at, MIB2, start, end);
}

/* A file of shared memory of one huge page, mapped. */
static char *huge_file(int *fd)
{
	*fd = memfd_create("huge", MFD_CLOEXEC);
	return *fd < 0 || ftruncate(*fd, MIB2) ? NULL : huge_page_of(*fd);
}

static int thp_shmem(uint64_t *start, uint64_t *end)
{
	int fd;
	char *at = huge_file(&fd);

	return at ? mkmem_made(at, MIB2, start, end) : -errno;
}

/* A file of one huge page, mapped from its middle: by 4 KiB entries. */
static int thp_shmem_small(uint64_t *start, uint64_t *end)
{
	int fd;
	char *at = huge_file(&fd);

	if (!at)
		return -errno;
	at = mmap(NULL, 64 * PAGE_SIZE, PROT_READ, MAP_SHARED, fd, 16 * PAGE_SIZE);
	if (at != MAP_FAILED)
		mkmem_read_each(at, 64, 1);
	return mkmem_made(at, 64 * PAGE_SIZE, start, end);
}

/* Shared hugetlb memory over a whole pud entry: processes share its pmd table. */
char *mkmem_shared_tables;

static int shared_tables(uint64_t *start, uint64_t *end)
{
	int fd = memfd_create("tables", MFD_CLOEXEC | MFD_HUGETLB | MFD_HUGE_2MB);
	char *room = aligned_room(GIB, GIB), *at;

	if (fd < 0 || !room || ftruncate(fd, GIB))
		return -errno;
	at = mmap(room, GIB, RW, MAP_SHARED | MAP_FIXED | MAP_NORESERVE, fd, 0);
	if (at == MAP_FAILED)
		return -errno;
	mkmem_write(at);
	mkmem_write(at + 100 * MIB2);
	mkmem_shared_tables = at;
	return mkmem_made(at, GIB, start, end);
}

/* Registered with io_uring: pinned for as long as the ring lives. */
static int pinned(uint64_t *start, uint64_t *end)
{
	char *at = mkmem_anon(4, RW);
	struct io_uring_params params = { 0 };
	struct iovec vec = { at, 4 * PAGE_SIZE };
	int fd = syscall(__NR_io_uring_setup, 1, &params);

	if (!at || fd < 0)
		return -errno;
	mkmem_write_each(at, 4, 1);
	if (syscall(__NR_io_uring_register, fd, IORING_REGISTER_BUFFERS, &vec, 1))
		return -errno;
	return mkmem_made(at, 4 * PAGE_SIZE, start, end);
}

static int guard(uint64_t *start, uint64_t *end)
{
	char *at = mkmem_anon(8, RW);

	if (!at)
		return -errno;
	mkmem_write_each(at, 8, 1);
	if (madvise(at + 2 * PAGE_SIZE, 2 * PAGE_SIZE, MADV_GUARD_INSTALL))
		return -errno;
	return mkmem_made(at, 8 * PAGE_SIZE, start, end);
}

static int droppable(uint64_t *start, uint64_t *end)
{
	char *at = mmap(NULL, 8 * PAGE_SIZE, RW, MAP_DROPPABLE | MAP_ANONYMOUS, -1, 0);

	if (at != MAP_FAILED)
		mkmem_write_each(at, 8, 1);
	return mkmem_made(at, 8 * PAGE_SIZE, start, end);
}

static int map_sync(uint64_t *start, uint64_t *end)
{
	int fd = mkmem_file("sync", 4 * PAGE_SIZE, O_RDWR);
	char *at = mmap(NULL, 4 * PAGE_SIZE, RW, MAP_SHARED_VALIDATE | MAP_SYNC, fd, 0);

	return fd < 0 ? -errno : mkmem_made(at, 4 * PAGE_SIZE, start, end);
}

/* The device that nobody drives: by its numbers, since any slot may have it. */
static int bar_of(const char *slot, const char *file, size_t bytes, char **at)
{
	char path[300], id[32] = "";
	int fd;

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/uevent", slot);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		char text[512] = "", *key;

		if (read(fd, text, sizeof(text) - 1) > 0 && (key = strstr(text, "PCI_ID=")))
			snprintf(id, sizeof(id), "%.9s", key + 7);
		close(fd);
	}
	if (strcmp(id, "1B36:0005"))
		return -ENODEV;
	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/%s", slot, file);
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	*at = mmap(NULL, bytes, RW, MAP_SHARED, fd, 0);
	return *at == MAP_FAILED ? -errno : 0;
}

static int bar(const char *file, size_t bytes, uint64_t *start, uint64_t *end)
{
	DIR *dir = opendir("/sys/bus/pci/devices");
	struct dirent *entry;
	int err = -ENODEV;
	char *at = NULL;

	while (dir && err == -ENODEV && (entry = readdir(dir)))
		err = bar_of(entry->d_name, file, bytes, &at);
	if (dir)
		closedir(dir);
	return err ? err : mkmem_made(at, bytes, start, end);
}

static int device_uncached(uint64_t *start, uint64_t *end)
{
	return bar("resource0", PAGE_SIZE, start, end);
}

static int device_combining(uint64_t *start, uint64_t *end)
{
	return bar("resource2_wc", 16 * PAGE_SIZE, start, end);
}

const struct maker kind_makers[] = {
	{ "ksm", ksm },
	{ "secret", secret },
	{ "pkey", pkey },
	{ "thp_half", thp_half },
	{ "thp_uffd_wp", thp_uffd_wp },
	{ "thp_shmem", thp_shmem },
	{ "thp_shmem_small", thp_shmem_small },
	{ "shared_tables", shared_tables },
	{ "pinned", pinned },
	{ "guard", guard },
	{ "droppable", droppable },
	{ "map_sync", map_sync },
	{ "device_combining", device_combining },
	{ "device_uncached", device_uncached },
	{ "swapped_zram", swapped_zram },
	{ NULL, NULL }
};
