// SPDX-License-Identifier: GPL-2.0
/*
 * mkmem_huge.c - transparent and reserved huge pages
 */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "mkmem.h"

#define PAGE_SIZE		4096UL
#define MIB2		(512 * PAGE_SIZE)
#define RW		(PROT_READ | PROT_WRITE)

#ifndef MAP_HUGE_2MB
#define MAP_HUGE_2MB	(21 << 26)
#define MAP_HUGE_1GB	(30 << 26)
#endif

/* Room for @nr aligned huge pages with nothing huge beside it. */
static char *aligned(size_t nr)
{
	char *at = mmap(NULL, (nr + 2) * MIB2, PROT_NONE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (at == MAP_FAILED)
		return NULL;
	at += MIB2 + (-(uintptr_t)at & (MIB2 - 1));
	if (mprotect(at, nr * MIB2, RW) || madvise(at, nr * MIB2, MADV_HUGEPAGE))
		return NULL;
	return at;
}

/* Was the memory there in one piece, aligned like a huge page? */
static int is_huge(const char *at)
{
	uint64_t first = mkmem_pagemap(at), last = mkmem_pagemap(at + MIB2 - PAGE_SIZE);

	return (first >> 63) && !(first & 511) && last == first + 511;
}

static char *touched_huge(size_t nr)
{
	char *at = aligned(nr);
	size_t i;

	if (!at)
		return NULL;
	for (i = 0; i < nr; i++)
		mkmem_write_each(at + i * MIB2, 512, 1);
	errno = ENOMEM;
	return is_huge(at) ? at : NULL;
}

static int thp(uint64_t *start, uint64_t *end)
{
	return mkmem_made(touched_huge(2), 2 * MIB2, start, end);
}

static int thp_zero(uint64_t *start, uint64_t *end)
{
	char *at = aligned(1);

	if (at)
		mkmem_read_each(at, 512, 64);
	return mkmem_made(at, MIB2, start, end);
}

static int thp_split_protect(uint64_t *start, uint64_t *end)
{
	char *at = touched_huge(1);

	if (!at || mprotect(at + 100 * PAGE_SIZE, PAGE_SIZE, PROT_READ))
		return -errno;
	return mkmem_made(at, MIB2, start, end);
}

static int thp_split_dontneed(uint64_t *start, uint64_t *end)
{
	char *at = touched_huge(1);

	if (!at || madvise(at + 200 * PAGE_SIZE, PAGE_SIZE, MADV_DONTNEED))
		return -errno;
	return mkmem_made(at, MIB2, start, end);
}

static int thp_split_unmap(uint64_t *start, uint64_t *end)
{
	char *at = touched_huge(1);

	if (!at || munmap(at + 300 * PAGE_SIZE, PAGE_SIZE))
		return -errno;
	return mkmem_made(at, MIB2, start, end);
}

static int thp_protnone(uint64_t *start, uint64_t *end)
{
	char *at = touched_huge(1);

	if (!at)
		return -errno;
	printf("frame 0x%llx 0x%llx\n", (unsigned long long)(uintptr_t)at,
	       (unsigned long long)mkmem_pagemap(at) & ((1ULL << 55) - 1));
	if (mprotect(at, MIB2, PROT_NONE))
		return -errno;
	return mkmem_made(at, MIB2, start, end);
}

static int thp_moved(uint64_t *start, uint64_t *end)
{
	char *to = aligned(1), *at = touched_huge(1);

	if (!at || !to)
		return -errno;
	at = mremap(at, MIB2, MIB2, MREMAP_MAYMOVE | MREMAP_FIXED, to);
	return mkmem_made(at, MIB2, start, end);
}

static int hugetlb(size_t nr, size_t touched, size_t bytes, int flags,
		   uint64_t *start, uint64_t *end)
{
	char *at = mmap(NULL, nr * bytes, RW, MAP_ANONYMOUS | MAP_HUGETLB | flags, -1, 0);
	size_t i;

	if (at == MAP_FAILED)
		return -errno;
	for (i = 0; i < touched; i++)
		mkmem_write_each(at + i * bytes, bytes / PAGE_SIZE, 1);
	return mkmem_made(at, nr * bytes, start, end);
}

static int huge2m_private(uint64_t *start, uint64_t *end)
{
	return hugetlb(3, 2, MIB2, MAP_PRIVATE | MAP_HUGE_2MB, start, end);
}

static int huge2m_shared(uint64_t *start, uint64_t *end)
{
	return hugetlb(2, 1, MIB2, MAP_SHARED | MAP_HUGE_2MB, start, end);
}

static int huge2m_untouched(uint64_t *start, uint64_t *end)
{
	return hugetlb(1, 0, MIB2, MAP_PRIVATE | MAP_HUGE_2MB, start, end);
}

static int huge2m_protnone(uint64_t *start, uint64_t *end)
{
	int err = hugetlb(1, 1, MIB2, MAP_PRIVATE | MAP_HUGE_2MB, start, end);

	if (err)
		return err;
	printf("frame 0x%llx 0x%llx\n", (unsigned long long)*start,
	       (unsigned long long)mkmem_pagemap((void *)(uintptr_t)*start) &
	       ((1ULL << 55) - 1));
	return mprotect((void *)(uintptr_t)*start, MIB2, PROT_NONE) ? -errno : 0;
}

static int huge1g(uint64_t *start, uint64_t *end)
{
	return hugetlb(1, 1, 512 * MIB2, MAP_PRIVATE | MAP_HUGE_1GB, start, end);
}

const struct maker huge_makers[] = {
	{ "thp", thp },
	{ "thp_zero", thp_zero },
	{ "thp_split_protect", thp_split_protect },
	{ "thp_split_dontneed", thp_split_dontneed },
	{ "thp_split_unmap", thp_split_unmap },
	{ "thp_protnone", thp_protnone },
	{ "thp_moved", thp_moved },
	{ "huge2m_private", huge2m_private },
	{ "huge2m_shared", huge2m_shared },
	{ "huge2m_untouched", huge2m_untouched },
	{ "huge2m_protnone", huge2m_protnone },
	{ "huge1g", huge1g },
	{ NULL, NULL }
};
