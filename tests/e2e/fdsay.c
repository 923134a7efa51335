// SPDX-License-Identifier: GPL-2.0
/* fdsay.c - oracles about descriptors: links, fdinfo, statx, kcmp, FIEMAP, mincore */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/kcmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fdsay.h"
#include "proc.h"
#include "tap.h"

#define EXTENTS	64U	/* asked for at a time */

static int number_order(const void *a, const void *b)
{
	unsigned int x = *(const unsigned int *)a, y = *(const unsigned int *)b;

	return x < y ? -1 : x > y;
}

unsigned int *fdsay_list(pid_t pid, size_t *nr)
{
	size_t room = 64, used = 0;
	unsigned int *list = malloc(room * sizeof(*list));
	struct dirent *entry;
	char path[64];
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	dir = opendir(path);
	if (!dir)
		e2e_die("%s: %s", path, strerror(errno));
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		if (used == room)
			list = realloc(list, (room *= 2) * sizeof(*list));
		list[used++] = (unsigned int)atoi(entry->d_name);
	}
	closedir(dir);
	qsort(list, used, sizeof(*list), number_order);
	*nr = used;
	return list;
}

void fdsay_read(pid_t pid, unsigned int fd, struct fdsay *say)
{
	char path[64];

	*say = (struct fdsay) { .link = "" };
	snprintf(path, sizeof(path), "/proc/%d/fd/%u", pid, fd);
	say->link_len = readlink(path, say->link, sizeof(say->link) - 1);
	if (stat(path, &say->stat) ||
	    statx(AT_FDCWD, path, AT_STATX_DONT_SYNC, STATX_ALL, &say->statx))
		e2e_die("%s: %s", path, strerror(errno));
	snprintf(path, sizeof(path), "fdinfo/%u", fd);
	say->info = proc_slurp_pid(pid, path, NULL);
	if (!say->info)
		e2e_die("%s of %d: %s", path, pid, strerror(errno));
}

void fdsay_free(struct fdsay *say)
{
	free(say->info);
}

int fdsay_take(pid_t pid, unsigned int fd)
{
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	int own = (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
	int err = errno;

	close(pidfd);
	return own < 0 ? -err : own;
}

bool fdsay_same(pid_t pid1, unsigned int fd1, pid_t pid2, unsigned int fd2)
{
	long order = syscall(SYS_kcmp, pid1, pid2, KCMP_FILE, (unsigned long)fd1,
			     (unsigned long)fd2);

	if (order < 0)
		e2e_die("kcmp(%d, %u, %d, %u): %s", pid1, fd1, pid2, fd2, strerror(errno));
	return order == 0;
}

/* What one extent says about the blocks it covers. */
static void extent_spread(const struct fiemap_extent *extent, unsigned int size, size_t nr,
			  uint64_t *blocks)
{
	uint64_t at;

	if (extent->fe_flags & (FIEMAP_EXTENT_UNKNOWN | FIEMAP_EXTENT_DELALLOC |
				FIEMAP_EXTENT_UNWRITTEN))
		return;
	for (at = 0; at < extent->fe_length; at += size)
		if ((extent->fe_logical + at) / size < nr)
			blocks[(extent->fe_logical + at) / size] = extent->fe_physical + at;
}

uint64_t *fdsay_blocks(int fd, unsigned int size, size_t nr)
{
	struct fiemap *map = calloc(1, sizeof(*map) + EXTENTS * sizeof(map->fm_extents[0]));
	uint64_t *blocks = calloc(nr + 1, sizeof(*blocks)), next = 0;
	bool last = false;
	unsigned int i;

	while (!last) {
		memset(map, 0, sizeof(*map));
		map->fm_start = next;
		map->fm_length = ~0ULL - next;
		map->fm_extent_count = EXTENTS;
		if (ioctl(fd, FS_IOC_FIEMAP, map)) {
			free(blocks);
			blocks = NULL;
			break;
		}
		last = !map->fm_mapped_extents;
		for (i = 0; i < map->fm_mapped_extents; i++) {
			const struct fiemap_extent *extent = &map->fm_extents[i];

			extent_spread(extent, size, nr, blocks);
			next = extent->fe_logical + extent->fe_length;
			last = extent->fe_flags & FIEMAP_EXTENT_LAST;
		}
	}
	free(map);
	return blocks;
}

uint64_t fdsay_delayed(int fd)
{
	struct fiemap *map = calloc(1, sizeof(*map) + EXTENTS * sizeof(map->fm_extents[0]));
	uint64_t bytes = 0;
	unsigned int i;

	map->fm_length = ~0ULL;
	map->fm_extent_count = EXTENTS;
	if (ioctl(fd, FS_IOC_FIEMAP, map) == 0)
		for (i = 0; i < map->fm_mapped_extents; i++)
			if (map->fm_extents[i].fe_flags & FIEMAP_EXTENT_DELALLOC)
				bytes += map->fm_extents[i].fe_length;
	free(map);
	return bytes;
}

long fdsay_cached(int fd, uint64_t size, long *dirty, long *writeback)
{
	size_t pages = (size + PAGE_SIZE - 1) / PAGE_SIZE, i;
	unsigned char *in = calloc(pages + 1, 1), *at;
	uint64_t entry, flags;
	long cached = 0;
	bool known;

	*dirty = *writeback = 0;
	at = pages ? mmap(NULL, pages * PAGE_SIZE, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
	if (pages && at == MAP_FAILED)
		cached = -1;
	if (pages && cached == 0 && mincore(at, pages * PAGE_SIZE, in))
		e2e_die("mincore: %s", strerror(errno));
	for (i = 0; i < pages && cached >= 0; i++) {
		if (!(in[i] & 1))
			continue;
		cached++;
		(void)*(volatile unsigned char *)(at + i * PAGE_SIZE);
		proc_pagemap(getpid(), (uintptr_t)at + i * PAGE_SIZE, &entry, 1);
		flags = proc_kpageflags(PM_FRAME(entry), &known);
		*dirty += known && flags >> 4 & 1;	/* KPF_DIRTY */
		*writeback += known && flags >> 8 & 1;	/* KPF_WRITEBACK */
	}
	if (at != MAP_FAILED)
		munmap(at, pages * PAGE_SIZE);
	free(in);
	return cached;
}
