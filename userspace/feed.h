/* SPDX-License-Identifier: GPL-2.0 */
/*
 * feed.h - addresses to be asked for, from arguments or from a stream
 *
 * A range stands for one address a base page: its first, then the first of
 * every further page. Ranges are never spelled out in memory, and a stream may
 * be endless.
 */
#ifndef VMWALK_FEED_H
#define VMWALK_FEED_H

#include <stdbool.h>
#include <stddef.h>

#include "address.h"

#define FEED_BUF_SIZE	65536	/* bytes; a longer line is malformed */

struct feed {
	const struct address_range *ranges;	/* arguments, all well-formed */
	size_t nr;
	int fd;			/* stream, or -1 */
	__u64 page;		/* bytes */
	struct address_range range;	/* being given out */
	bool open;		/* @range has something left */
	unsigned long line;	/* number, of the stream */
	bool malformed;		/* a line was refused (with a message) */
	bool skipping;		/* the rest of a line that was too long */
	bool ended;		/* nothing more to read */
	size_t start, end;	/* of what is in @buf */
	char buf[FEED_BUF_SIZE];
};

void feed_open_ranges(struct feed *feed, const struct address_range *ranges, size_t nr,
		      __u64 page);
void feed_open_fd(struct feed *feed, int fd, __u64 page);

/**
 * feed_next() - some more addresses
 * @feed: it
 * @addresses: room for @max
 * @max: at least 1
 *
 * A stream is not waited for as long as there is something to give out.
 *
 * Return: how many, 0 at the end, or a negative errno.
 */
long feed_next(struct feed *feed, __u64 *addresses, size_t max);

#endif /* VMWALK_FEED_H */
