// SPDX-License-Identifier: GPL-2.0
/*
 * mkmem.c - the factory: a process with known mappings that holds still
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "mkmem.h"

#define PAGE_SIZE		4096UL
#define STACK_DEPTH	(24 * PAGE_SIZE)

uint64_t mkmem_seed;
const char *mkmem_dir;
size_t mkmem_sparse_gib = 4;

char *mkmem_anon(size_t pages, int prot)
{
	char *at = mmap(NULL, pages * PAGE_SIZE, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED)
		return NULL;
	madvise(at, pages * PAGE_SIZE, MADV_NOHUGEPAGE);
	return at;
}

void mkmem_write(void *page)
{
	*(volatile uint64_t *)page = mkmem_word(mkmem_seed, (uintptr_t)page);
}

void mkmem_write_each(char *at, size_t pages, size_t step)
{
	size_t i;

	for (i = 0; i < pages; i += step)
		mkmem_write(at + i * PAGE_SIZE);
}

void mkmem_read_each(const char *at, size_t pages, size_t step)
{
	size_t i;

	for (i = 0; i < pages; i += step)
		(void)*(volatile const char *)(at + i * PAGE_SIZE);
}

uint64_t mkmem_pagemap(const void *at)
{
	int fd = open("/proc/self/pagemap", O_RDONLY);
	uint64_t entry = 0;

	if (fd < 0 || pread(fd, &entry, 8, (uintptr_t)at / PAGE_SIZE * 8) != 8)
		entry = 0;
	close(fd);
	return entry;
}

int mkmem_file(const char *name, size_t bytes, int flags)
{
	char path[512];
	uint64_t words[PAGE_SIZE / 8];
	size_t at;
	int fd;

	snprintf(path, sizeof(path), "%s/%s.%d", mkmem_dir, name, getpid());
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	for (at = 0; at < bytes; at += PAGE_SIZE) {
		size_t i;

		for (i = 0; i < PAGE_SIZE / 8; i++)
			words[i] = mkmem_word(mkmem_seed + i, at);
		if (write(fd, words, bytes - at < PAGE_SIZE ? bytes - at : PAGE_SIZE) < 0)
			return -1;
	}
	fsync(fd);
	if ((flags & O_ACCMODE) == O_RDONLY) {
		close(fd);
		fd = open(path, O_RDONLY | O_CLOEXEC);
	}
	unlink(path);
	return fd;
}

int mkmem_made(const void *at, size_t bytes, uint64_t *start, uint64_t *end)
{
	if (!at || at == MAP_FAILED)
		return -errno;
	*start = (uintptr_t)at;
	*end = (uintptr_t)at + bytes;
	return 0;
}

static void make_all(const struct maker *maker)
{
	for (; maker->name; maker++) {
		uint64_t start = 0, end = 0;
		int err = maker->make(&start, &end);

		if (err)
			printf("none %s %s\n", maker->name, strerror(-err));
		else
			printf("map %s 0x%llx 0x%llx\n", maker->name,
			       (unsigned long long)start, (unsigned long long)end);
	}
}

/* A pair that shares frames: the child writes one page and then waits too. */
static void fork_pair(void)
{
	char *at = mkmem_anon(16, PROT_READ | PROT_WRITE);
	int ready[2], go[2];
	char byte;
	pid_t child;

	mkmem_write_each(at, 16, 1);
	if (pipe2(ready, O_CLOEXEC) || pipe2(go, O_CLOEXEC)) {
		printf("none cow pipe\n");
		return;
	}
	fflush(stdout);
	child = fork();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(go[1]);
		at[5 * PAGE_SIZE] = 1;
		if (mkmem_shared_tables)
			mkmem_read_each(mkmem_shared_tables, 101 * 512, 100 * 512);
		if (write(ready[1], "r", 1) != 1 || read(go[0], &byte, 1) < 0)
			_exit(1);
		_exit(0);
	}
	/* go's writing end stays open: the child waits as long as we live. */
	if (child < 0 || read(ready[0], &byte, 1) != 1) {
		printf("none cow fork\n");
		return;
	}
	printf("child %d\n", child);
	printf("map cow 0x%llx 0x%llx\n", (unsigned long long)(uintptr_t)at,
	       (unsigned long long)(uintptr_t)at + 16 * PAGE_SIZE);
}

static void serve(void)
{
	char line[128];

	while (fgets(line, sizeof(line), stdin)) {
		char *blank = strchr(line, ' ');
		uint64_t va = blank ? strtoull(blank, NULL, 0) : 0;

		if (!strncmp(line, "read", 4))
			(void)*(volatile char *)(uintptr_t)va;
		else if (!strncmp(line, "write", 5))
			mkmem_write((void *)(uintptr_t)va);
		printf("done\n");
	}
}

static __attribute__((noinline)) int with_deep_stack(void)
{
	volatile char deep[STACK_DEPTH];
	size_t i;

	for (i = 0; i < sizeof(deep); i += PAGE_SIZE)
		deep[i] = 1;
	printf("map stack 0x%llx 0x%llx\n", (unsigned long long)(uintptr_t)deep,
	       (unsigned long long)(uintptr_t)deep + sizeof(deep));
	/* The fork pair comes last: pages written before are shared until then. */
	if (mkmem_dir)
		fork_pair();
	printf("ready\n");
	serve();
	return deep[0] ? 0 : 1;
}

static int serve_layout(const char *seed)
{
	mkmem_seed = strtoull(seed, NULL, 0);
	printf("pid %d\nseed %llu\n", getpid(), (unsigned long long)mkmem_seed);
	mkmem_layout();
	printf("ready\n");
	serve();
	return 0;
}

int main(int argc, char **argv)
{
	mkmem_dir = argc > 1 ? argv[1] : NULL;
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc > 3 && !strcmp(argv[2], "layout"))
		return serve_layout(argv[3]);
	if (argc > 2)
		mkmem_sparse_gib = strtoul(argv[2], NULL, 10);
	if (getrandom(&mkmem_seed, sizeof(mkmem_seed), 0) != sizeof(mkmem_seed))
		return 1;
	printf("pid %d\nseed %llu\n", getpid(), (unsigned long long)mkmem_seed);
	make_all(plain_makers);
	if (mkmem_dir) {
		make_all(file_makers);
		make_all(huge_makers);
		make_all(odd_makers);
	}
	if (argc > 3 && !strcmp(argv[3], "kinds")) {
		struct timespec now;

		make_all(kind_makers);
		/* The vdso reads the clock from vvar. */
		clock_gettime(CLOCK_MONOTONIC, &now);
	}
	printf("brk 0x%llx\n", (unsigned long long)(uintptr_t)sbrk(0));
	return with_deep_stack();
}
