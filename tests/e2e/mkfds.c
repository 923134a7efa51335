// SPDX-License-Identifier: GPL-2.0
/* mkfds.c - one descriptor of each sort: the list, and what the makers share */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "mkfds.h"
#include "target.h"

const char *const mkfds_names[MKFDS_NR] = {
#define MKFDS_NAME(name, help)	[MKFDS_##name] = #name,
	MKFDS_ALL(MKFDS_NAME)
#undef MKFDS_NAME
};

static int (*const makers[MKFDS_NR])(void) = {
#define MKFDS_MAKER(name, help)	[MKFDS_##name] = mkfd_##name,
	MKFDS_ALL(MKFDS_MAKER)
#undef MKFDS_MAKER
};

int mkfds_ret(int fd)
{
	return fd < 0 ? -errno : fd;
}

unsigned char mkfds_byte(unsigned int seed, size_t at)
{
	uint64_t x = (at / 8 + 1) * 0x9e3779b97f4a7c15ULL + seed * 0xbf58476d1ce4e5b9ULL;

	x ^= x >> 29;
	x *= 0x94d049bb133111ebULL;
	return (unsigned char)(x >> (8 * (at % 8)));
}

int mkfds_file(const char *name, size_t bytes)
{
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0644);
	unsigned char *data = malloc(bytes + 1);
	size_t i;

	if (fd < 0 || !data)
		return -errno;
	for (i = 0; i < bytes; i++)
		data[i] = mkfds_byte(0, i);
	if (write(fd, data, bytes) != (ssize_t)bytes || fsync(fd))
		return -errno;
	free(data);
	return fd;
}

void mkfds_make(struct mkfds *made)
{
	unsigned int i;

	for (i = 0; i < MKFDS_NR; i++)
		made->fd[i] = makers[i]();
}
