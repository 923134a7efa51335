// SPDX-License-Identifier: GPL-2.0
/*
 * mkfault_help.c - what the makers of situations share
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mkfault.h"

#define RETURN		0xc3	/* the instruction */
#define GROUPS		WORK_DIR "/groups"
#define GROUP		GROUPS "/fault"
#define PM_FRAME(e)	((e) & ((1ULL << 55) - 1))

volatile long mkfault_events;

void mkfault_fill(void *at, size_t pages)
{
	memset(at, RETURN, pages * PAGE_SIZE);
}

/* Hole, mapping, hole: nothing of ours next to it that it could merge with. */
static char *anon(size_t bytes, int prot, size_t align)
{
	char *at = mmap(NULL, bytes + 2 * align, PROT_NONE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	char *start;

	if (at == MAP_FAILED)
		return NULL;
	start = (char *)(((uintptr_t)at + align) & ~(align - 1));
	munmap(at, start - at);
	munmap(start + bytes, at + bytes + 2 * align - (start + bytes));
	return mprotect(start, bytes, prot) ? NULL : start;
}

char *mkfault_filled(size_t pages, int prot)
{
	char *at = anon(pages * PAGE_SIZE, RW, PAGE_SIZE);

	if (!at)
		return NULL;
	madvise(at, pages * PAGE_SIZE, MADV_NOHUGEPAGE);
	mkfault_fill(at, pages);
	return mprotect(at, pages * PAGE_SIZE, prot) ? NULL : at;
}

char *mkfault_huge(size_t bytes, int prot)
{
	char *at = anon(bytes, prot, PMD_BYTES);

	if (!at || madvise(at, bytes, MADV_HUGEPAGE))
		return NULL;
	return at;
}

int mkfault_at(const void *at, uint64_t *out)
{
	if (!at || at == MAP_FAILED)
		return -errno;
	*out = (uintptr_t)at;
	return 0;
}

void mkfault_touch(const char *at)
{
	(void)*(const volatile char *)at;
}

static int child_start(int *said)
{
	int ends[2], pid;

	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		*said = ends[1];
		return 0;
	}
	close(ends[1]);
	*said = ends[0];
	return pid < 0 ? -errno : pid;
}

int mkfault_fork_stays(void (*body)(char *at), char *at)
{
	int said, pid = child_start(&said);
	char byte;

	if (pid < 0)
		return pid;
	if (pid == 0) {
		if (body)
			body(at);
		if (write(said, "r", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	return read(said, &byte, 1) == 1 ? 0 : -ECHILD;
}

int mkfault_fork_over(void (*body)(char *at), char *at)
{
	int status = 0, pid = fork();

	if (pid == 0) {
		if (body)
			body(at);
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -ECHILD;
	return status ? -ECHILD : 0;
}

int mkfault_fork_child(void)
{
	int said, pid = child_start(&said);

	if (pid <= 0)
		return pid;
	close(0);
	close(1);
	waitpid(pid, NULL, 0);
	_exit(0);
}

static uint64_t number_at(const char *path, uint64_t nr)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	uint64_t value = 0;

	if (fd < 0 || pread(fd, &value, 8, nr * 8) != 8)
		value = 0;
	close(fd);
	return value;
}

uint64_t mkfault_pagemap(const void *at)
{
	return number_at("/proc/self/pagemap", (uintptr_t)at / PAGE_SIZE);
}

uint64_t mkfault_kpageflags(const void *at)
{
	return number_at("/proc/kpageflags", PM_FRAME(mkfault_pagemap(at)));
}

/*
 * A memory cgroup of our own: what is charged to it can be reclaimed on demand, a page
 * that write-back has left in the swap cache too. 0 or -errno.
 */
static int reclaim(void)
{
	static bool joined;

	if (!joined) {
		char pid[16];

		mkdir(GROUPS, 0755);
		if (mount("group", GROUPS, "cgroup2", 0, NULL) && errno != EBUSY)
			return -errno;
		mkfault_set(GROUPS "/cgroup.subtree_control", "+memory");
		mkdir(GROUP, 0755);
		snprintf(pid, sizeof(pid), "%d", getpid());
		if (mkfault_set(GROUP "/cgroup.procs", pid))
			return -ENOTSUP;
		joined = true;
	}
	mkfault_set(GROUP "/memory.reclaim", "4M");
	return 0;
}

int mkfault_group(void)
{
	int err = reclaim();

	return err ? mkfault_why("no memory cgroup that reclaims on demand") : 0;
}

bool mkfault_resident(void *at)
{
	unsigned char resident = 1;

	return mincore(at, PAGE_SIZE, &resident) || resident & 1;
}

/* mincore() looks for a page that was unmapped in the swap cache. */
int mkfault_page_out(char *at, size_t pages)
{
	size_t i;
	int tries;

	for (tries = 0; tries < 200; tries++) {
		madvise(at, pages * PAGE_SIZE, MADV_PAGEOUT);
		for (i = 0; i < pages && !mkfault_resident(at + i * PAGE_SIZE); i++)
			;
		if (i == pages)
			return 0;
		usleep(2000);
		reclaim();
	}
	return mkfault_why("the page does not go to swap");
}

long mkfault_number(const char *path)
{
	char text[64] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	long value = -1;

	if (fd >= 0 && read(fd, text, sizeof(text) - 1) > 0)
		value = strtol(text, NULL, 0);
	close(fd);
	return value;
}

int mkfault_set(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), err = 0;

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		err = -errno;
	close(fd);
	return err;
}
