// SPDX-License-Identifier: GPL-2.0
/* feed.c - addresses to be asked for, from arguments or from a stream */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "feed.h"

#define BLANKS	" \t\r\v\f"

static void feed_init(struct feed *feed, int fd, __u64 page)
{
	memset(feed, 0, offsetof(struct feed, buf));
	feed->fd = fd;
	feed->page = page;
	feed->ended = fd < 0;
}

void feed_open_ranges(struct feed *feed, const struct address_range *ranges, size_t nr,
		      __u64 page)
{
	feed_init(feed, -1, page);
	feed->ranges = ranges;
	feed->nr = nr;
}

void feed_open_fd(struct feed *feed, int fd, __u64 page)
{
	feed_init(feed, fd, page);
}

static void line_refuse(struct feed *feed, const char *text, const char *why)
{
	fprintf(stderr, "vmwalk: line %lu: '%.64s' %s\n", feed->line, text, why);
	feed->malformed = true;
}

/* Takes a line, already without its newline; false if it holds no address. */
static bool line_take(struct feed *feed, char *text, size_t len)
{
	int err;

	feed->line++;
	text[len] = '\0';
	if (strlen(text) != len) {
		line_refuse(feed, text, "is followed by a NUL byte");
		return false;
	}
	while (len && strchr(BLANKS, text[len - 1]))
		text[--len] = '\0';
	text += strspn(text, BLANKS);
	if (!*text || *text == '#')
		return false;
	err = address_parse(text, &feed->range);
	if (err)
		line_refuse(feed, text, address_explain(err));
	return !err;
}

/* A line in the buffer -> range. Return: false if there is no whole line. */
static bool line_next(struct feed *feed)
{
	while (feed->start < feed->end) {
		char *text = feed->buf + feed->start;
		size_t left = feed->end - feed->start;
		char *newline = memchr(text, '\n', left);
		bool skipping = feed->skipping;

		if (!newline && !feed->ended)
			return false;
		/* The stream may end without a newline; there is room for one. */
		if (!newline)
			newline = text + left;
		feed->start = (size_t)(newline - feed->buf) + (newline < text + left);
		feed->skipping = false;
		if (!skipping && line_take(feed, text, (size_t)(newline - text)))
			return true;
	}
	return false;
}

static int buf_fill(struct feed *feed)
{
	size_t left = feed->end - feed->start;
	ssize_t got;

	memmove(feed->buf, feed->buf + feed->start, left);
	feed->start = 0;
	feed->end = left;
	if (left == sizeof(feed->buf) - 1) {
		if (!feed->skipping) {
			feed->line++;
			feed->buf[left] = '\0';
			line_refuse(feed, feed->buf, "... is too long");
		}
		feed->skipping = true;
		feed->end = 0;
	}
	do
		got = read(feed->fd, feed->buf + feed->end, sizeof(feed->buf) - 1 - feed->end);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return -errno;
	feed->end += (size_t)got;
	feed->ended = !got;
	return 0;
}

/* Opens the next range, without reading. */
static bool range_next(struct feed *feed)
{
	if (feed->fd >= 0) {
		feed->open = line_next(feed);
	} else if (feed->nr) {
		feed->range = *feed->ranges++;
		feed->nr--;
		feed->open = true;
	}
	return feed->open;
}

static __u64 range_step(struct feed *feed)
{
	__u64 address = feed->range.first;
	__u64 last = address_page_last(address, feed->page);

	feed->open = last < feed->range.last;
	feed->range.first = last + 1;
	return address;
}

long feed_next(struct feed *feed, __u64 *addresses, size_t max)
{
	size_t nr = 0;

	while (nr < max) {
		if (feed->open || range_next(feed)) {
			addresses[nr++] = range_step(feed);
		} else if (nr || feed->ended) {
			break;
		} else {
			int err = buf_fill(feed);

			if (err)
				return err;
		}
	}
	return (long)nr;
}
