// SPDX-License-Identifier: GPL-2.0
/*
 * mkmem_plain.c - anonymous memory in its usual forms
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "mkmem.h"

#define PAGE_SIZE		4096UL
#define RW		(PROT_READ | PROT_WRITE)
#define GIB		(1UL << 30)

#ifndef PR_SET_VMA
#define PR_SET_VMA		0x53564d41
#define PR_SET_VMA_ANON_NAME	0
#endif

static int anon_touched(uint64_t *start, uint64_t *end)
{
	char *at = mkmem_anon(64, RW);

	if (at)
		mkmem_write_each(at, 64, 1);
	return mkmem_made(at, 64 * PAGE_SIZE, start, end);
}

static int anon_untouched(uint64_t *start, uint64_t *end)
{
	return mkmem_made(mkmem_anon(64, RW), 64 * PAGE_SIZE, start, end);
}

static int anon_partly(uint64_t *start, uint64_t *end)
{
	char *at = mkmem_anon(64, RW | PROT_EXEC);

	if (at)
		mkmem_write_each(at, 64, 3);
	return mkmem_made(at, 64 * PAGE_SIZE, start, end);
}

/* Read before any write: all pages are the one frame of zeros. */
static int anon_zero(uint64_t *start, uint64_t *end)
{
	char *at = mkmem_anon(32, RW);

	if (at) {
		mkmem_read_each(at, 32, 1);
		mkmem_write(at + 7 * PAGE_SIZE);
	}
	return mkmem_made(at, 32 * PAGE_SIZE, start, end);
}

static int protnone(uint64_t *start, uint64_t *end)
{
	char *at = mkmem_anon(8, RW);
	int i;

	if (!at)
		return -errno;
	mkmem_write_each(at, 8, 1);
	for (i = 0; i < 8; i++)
		printf("frame 0x%llx 0x%llx\n", (unsigned long long)(uintptr_t)at + i * PAGE_SIZE,
		       (unsigned long long)mkmem_pagemap(at + i * PAGE_SIZE) & ((1ULL << 55) - 1));
	if (mprotect(at, 8 * PAGE_SIZE, PROT_NONE))
		return -errno;
	return mkmem_made(at, 8 * PAGE_SIZE, start, end);
}

static int readonly(uint64_t *start, uint64_t *end)
{
	char *at = mkmem_anon(8, RW);

	if (!at)
		return -errno;
	mkmem_write_each(at, 8, 2);
	if (mprotect(at, 8 * PAGE_SIZE, PROT_READ))
		return -errno;
	return mkmem_made(at, 8 * PAGE_SIZE, start, end);
}

static int mremapped(uint64_t *start, uint64_t *end)
{
	char *at = mkmem_anon(16, RW);
	char *to = mmap(NULL, 48 * PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (!at || to == MAP_FAILED)
		return -errno;
	mkmem_write_each(at, 16, 2);
	at = mremap(at, 16 * PAGE_SIZE, 32 * PAGE_SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, to + 8 * PAGE_SIZE);
	return mkmem_made(at, 32 * PAGE_SIZE, start, end);
}

static int heap(uint64_t *start, uint64_t *end)
{
	char *at = sbrk(0);

	at += -(uintptr_t)at & (PAGE_SIZE - 1);
	if (brk(at + 40 * PAGE_SIZE + 24))
		return -errno;
	mkmem_write_each(at, 40, 2);
	return mkmem_made(at, 40 * PAGE_SIZE, start, end);
}

static int mlocked(uint64_t *start, uint64_t *end)
{
	char *at = mkmem_anon(8, RW);

	if (!at || mlock(at, 8 * PAGE_SIZE))
		return -errno;
	return mkmem_made(at, 8 * PAGE_SIZE, start, end);
}

static int sparse(size_t bytes, size_t step, uint64_t *start, uint64_t *end)
{
	char *at = mmap(NULL, bytes, RW, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	size_t i;

	if (at == MAP_FAILED)
		return -errno;
	madvise(at, bytes, MADV_NOHUGEPAGE);
	for (i = 0; i < bytes; i += step)
		mkmem_write(at + i);
	return mkmem_made(at, bytes, start, end);
}

static int sparse_2m(uint64_t *start, uint64_t *end)
{
	return sparse(GIB, 2UL << 20, start, end);
}

static int sparse_64m(uint64_t *start, uint64_t *end)
{
	return sparse(mkmem_sparse_gib * GIB, 64UL << 20, start, end);
}

static int anon_named(uint64_t *start, uint64_t *end)
{
	char *at = mkmem_anon(4, RW);

	if (!at || prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, at, 4 * PAGE_SIZE, "named by prctl"))
		return -errno;
	mkmem_write(at);
	return mkmem_made(at, 4 * PAGE_SIZE, start, end);
}

/* Grows when the page below it is touched. */
static int growsdown(uint64_t *start, uint64_t *end)
{
	char *room = mmap(NULL, 1024 * PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *at;

	if (room == MAP_FAILED || munmap(room, 1024 * PAGE_SIZE))
		return -errno;
	at = mmap(room + 512 * PAGE_SIZE, 4 * PAGE_SIZE, RW,
		  MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_FIXED, -1, 0);
	if (at == MAP_FAILED)
		return -errno;
	mkmem_write(at);
	mkmem_write(at - PAGE_SIZE);
	mkmem_write(at - 2 * PAGE_SIZE);
	return mkmem_made(at - 2 * PAGE_SIZE, 6 * PAGE_SIZE, start, end);
}

/* Pages given back after use are as if never touched. */
static int dontneed(uint64_t *start, uint64_t *end)
{
	char *at = mkmem_anon(16, RW);

	if (!at)
		return -errno;
	mkmem_write_each(at, 16, 1);
	if (madvise(at + 4 * PAGE_SIZE, 6 * PAGE_SIZE, MADV_DONTNEED))
		return -errno;
	return mkmem_made(at, 16 * PAGE_SIZE, start, end);
}

const struct maker plain_makers[] = {
	{ "anon_touched", anon_touched },
	{ "anon_untouched", anon_untouched },
	{ "anon_partly", anon_partly },
	{ "anon_zero", anon_zero },
	{ "protnone", protnone },
	{ "readonly", readonly },
	{ "mremapped", mremapped },
	{ "heap", heap },
	{ "mlocked", mlocked },
	{ "sparse_2m", sparse_2m },
	{ "sparse_64m", sparse_64m },
	{ "anon_named", anon_named },
	{ "growsdown", growsdown },
	{ "dontneed", dontneed },
	{ NULL, NULL }
};
