// SPDX-License-Identifier: GPL-2.0
/*
 * mkmem_odd.c - entries that are not present, and frames without a struct page
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mkmem.h"

#define PAGE_SIZE		4096UL
#define RW		(PROT_READ | PROT_WRITE)

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT	21
#endif
#ifndef MADV_HWPOISON
#define MADV_HWPOISON	100
#endif

static size_t swapped_now(const char *at, size_t pages)
{
	size_t i, nr = 0;

	for (i = 0; i < pages; i++)
		nr += mkmem_pagemap(at + i * PAGE_SIZE) >> 62 & 1;
	return nr;
}

/* Pages out may stay in the swap cache a while: ask until all have gone. */
static char *paged_out(size_t pages)
{
	char *at = mkmem_anon(pages, RW);
	int tries;

	if (!at)
		return NULL;
	mkmem_write_each(at, pages, 1);
	for (tries = 0; tries < 50 && swapped_now(at, pages) < pages; tries++) {
		madvise(at, pages * PAGE_SIZE, MADV_PAGEOUT);
		usleep(2000);
	}
	errno = ENOSPC;
	return swapped_now(at, pages) == pages ? at : NULL;
}

static int swapped(uint64_t *start, uint64_t *end)
{
	return mkmem_made(paged_out(48), 48 * PAGE_SIZE, start, end);
}

/* Brought back by reading: present, its copy in the swap area still kept. */
static int swapped_back(uint64_t *start, uint64_t *end)
{
	char *at = paged_out(24);

	if (at)
		mkmem_read_each(at, 8, 1);
	return mkmem_made(at, 24 * PAGE_SIZE, start, end);
}

static int swapped_protnone(uint64_t *start, uint64_t *end)
{
	char *at = paged_out(8);

	if (!at || mprotect(at, 8 * PAGE_SIZE, PROT_NONE))
		return -errno;
	return mkmem_made(at, 8 * PAGE_SIZE, start, end);
}

/* Write-protect pages 2 to 5 of 8; the descriptor stays open. */
static int write_protect(char *at, uint64_t features)
{
	struct uffdio_api api = { .api = UFFD_API, .features = features };
	struct uffdio_register reg = {
		.range = { (uintptr_t)at, 8 * PAGE_SIZE },
		.mode = UFFDIO_REGISTER_MODE_WP,
	};
	struct uffdio_writeprotect wp = {
		.range = { (uintptr_t)at + 2 * PAGE_SIZE, 4 * PAGE_SIZE },
		.mode = UFFDIO_WRITEPROTECT_MODE_WP,
	};
	int fd = syscall(__NR_userfaultfd, O_CLOEXEC);

	if (fd < 0 || ioctl(fd, UFFDIO_API, &api) || ioctl(fd, UFFDIO_REGISTER, &reg) ||
	    ioctl(fd, UFFDIO_WRITEPROTECT, &wp))
		return -errno;
	return 0;
}

static int uffd_wp(uint64_t *start, uint64_t *end)
{
	char *at = mkmem_anon(8, RW);
	int err;

	if (!at)
		return -errno;
	mkmem_write_each(at, 8, 1);
	err = write_protect(at, UFFD_FEATURE_PAGEFAULT_FLAG_WP);
	return err ? err : mkmem_made(at, 8 * PAGE_SIZE, start, end);
}

/* Shared memory that nobody touched: the protection needs markers. */
static int uffd_marker(uint64_t *start, uint64_t *end)
{
	int fd = memfd_create("marked", MFD_CLOEXEC), err;
	char *at;

	if (fd < 0 || ftruncate(fd, 8 * PAGE_SIZE))
		return -errno;
	at = mmap(NULL, 8 * PAGE_SIZE, RW, MAP_SHARED, fd, 0);
	if (at == MAP_FAILED)
		return -errno;
#ifdef UFFD_FEATURE_WP_HUGETLBFS_SHMEM
	err = write_protect(at, UFFD_FEATURE_WP_HUGETLBFS_SHMEM);
#else
	err = write_protect(at, 1 << 12);
#endif
	return err ? err : mkmem_made(at, 8 * PAGE_SIZE, start, end);
}

static int hwpoison(uint64_t *start, uint64_t *end)
{
	char *at = mkmem_anon(4, RW);

	if (!at)
		return -errno;
	mkmem_write_each(at, 4, 1);
	if (madvise(at + 2 * PAGE_SIZE, PAGE_SIZE, MADV_HWPOISON))
		return -errno;
	return mkmem_made(at, 4 * PAGE_SIZE, start, end);
}

/* The PC's BIOS, which every kernel lets root map: PFNMAP, no struct page used. */
static int devmem(uint64_t *start, uint64_t *end)
{
	int fd = open("/dev/mem", O_RDONLY | O_CLOEXEC);
	char *at;

	if (fd < 0)
		return -errno;
	at = mmap(NULL, 16 * PAGE_SIZE, PROT_READ, MAP_SHARED, fd, 0xf0000);
	return mkmem_made(at, 16 * PAGE_SIZE, start, end);
}

const struct maker odd_makers[] = {
	{ "swapped", swapped },
	{ "swapped_back", swapped_back },
	{ "swapped_protnone", swapped_protnone },
	{ "uffd_wp", uffd_wp },
	{ "uffd_marker", uffd_marker },
	{ "hwpoison", hwpoison },
	{ "devmem", devmem },
	{ NULL, NULL }
};
