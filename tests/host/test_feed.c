// SPDX-License-Identifier: GPL-2.0
/* test_feed.c - addresses from arguments and streams */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "feed.h"
#include "test.h"

#define PAGE	4096
#define MANY	64

/* Everything a feed gives, @max at a time. */
static size_t drain(struct feed *feed, __u64 *addresses, size_t room, size_t max)
{
	size_t nr = 0;
	long got;

	while ((got = feed_next(feed, addresses + nr, max)) > 0) {
		assert_true((size_t)got <= max);
		nr += (size_t)got;
		assert_true(nr + max <= room);
	}
	assert_int_equal(got, 0);
	return nr;
}

static void ranges_step_by_page(void **state)
{
	static const struct address_range ranges[] = {
		{ 0x1234, 0x1234 },		/* one address, as it is */
		{ 0x1ff0, 0x3000 },		/* 0x1ff0, 0x2000, 0x3000 */
		{ 0x5000, 0x5fff },		/* exactly a page */
		{ 0xffffffffffffe001, UINT64_MAX },	/* up to the last byte */
	};
	static const __u64 expected[] = {
		0x1234, 0x1ff0, 0x2000, 0x3000, 0x5000, 0xffffffffffffe001, 0xfffffffffffff000,
	};
	__u64 addresses[MANY];
	struct feed *feed = malloc(sizeof(*feed));
	size_t max;

	(void)state;
	for (max = 1; max < 10; max++) {
		feed_open_ranges(feed, ranges, COUNT(ranges), PAGE);
		assert_int_equal(drain(feed, addresses, MANY, max), COUNT(expected));
		assert_memory_equal(addresses, expected, sizeof(expected));
	}
	free(feed);
}

static int stream(const void *text, size_t size)
{
	int fd = memfd_create("stream", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, size), size);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

/* What is said on stderr is a test's subject, not its noise. */
static int stderr_catch(void)
{
	int saved = dup(STDERR_FILENO), file = memfd_create("stderr", MFD_CLOEXEC);

	dup2(file, STDERR_FILENO);
	close(file);
	return saved;
}

static void stderr_expect(int saved, const char *text)
{
	char said[8192];
	ssize_t len = pread(STDERR_FILENO, said, sizeof(said) - 1, 0);

	dup2(saved, STDERR_FILENO);
	close(saved);
	assert_true(len >= 0);
	said[len] = '\0';
	if (!strstr(said, text))
		fail_msg("expected '%s' in '%s'", text, said);
}

static void lines(void **state)
{
	static const char text[] =
		"0x1000\n\n  \t# a comment\n#0x9\n 0x2000 \r\n0x3000+0x2000\n4096";
	static const __u64 expected[] = { 0x1000, 0x2000, 0x3000, 0x4000, 4096 };
	__u64 addresses[MANY];
	struct feed *feed = malloc(sizeof(*feed));
	int fd = stream(text, strlen(text));

	(void)state;
	feed_open_fd(feed, fd, PAGE);
	assert_int_equal(drain(feed, addresses, MANY, 3), COUNT(expected));
	assert_memory_equal(addresses, expected, sizeof(expected));
	assert_false(feed->malformed);
	close(fd);
	free(feed);
}

/* A bad line is named by its number; the others are answered. */
static void bad_lines(void **state)
{
	static const struct {
		const char *text;
		size_t size;
		const char *said;
	} cases[] = {
		{ "0x1000\n\nnonsense\n0x2000\n", 24, "line 3: 'nonsense' is not an address" },
		{ "0x1000\n\0\n0x2000\n", 16, "line 2: '' is followed by a NUL byte" },
		{ "0x1000\n0x3\0\n0x2000", 18, "line 2: '0x3' is followed by a NUL byte" },
		{ "0x1000\n-1\n0x2000", 16, "line 2: '-1' is not an address" },
		{ "0x1000\n0x10000000000000000\n0x2000", 33, "line 2: '0x10000000000000000' goes" },
	};
	static const __u64 expected[] = { 0x1000, 0x2000 };
	__u64 addresses[MANY];
	struct feed *feed = malloc(sizeof(*feed));
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		int fd = stream(cases[i].text, cases[i].size), saved = stderr_catch();

		feed_open_fd(feed, fd, PAGE);
		assert_int_equal(drain(feed, addresses, MANY, 8), COUNT(expected));
		stderr_expect(saved, cases[i].said);
		assert_memory_equal(addresses, expected, sizeof(expected));
		assert_true(feed->malformed);
		close(fd);
	}
	free(feed);
}

static void long_lines(void **state)
{
	static const __u64 expected[] = { 0x1000, 0x2000 };
	size_t sizes[] = { FEED_BUF_SIZE - 1, FEED_BUF_SIZE, 5 * FEED_BUF_SIZE + 3 };
	__u64 addresses[MANY];
	struct feed *feed = malloc(sizeof(*feed));
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(sizes); i++) {
		char *text = malloc(sizes[i] + 32);
		size_t len = (size_t)sprintf(text, "0x1000\n");
		int fd, saved;

		memset(text + len, '7', sizes[i]);
		len += sizes[i];
		len += (size_t)sprintf(text + len, "\n0x2000\n");
		fd = stream(text, len);
		saved = stderr_catch();
		feed_open_fd(feed, fd, PAGE);
		assert_int_equal(drain(feed, addresses, MANY, 8), COUNT(expected));
		stderr_expect(saved, "vmwalk: line 2: '7777");
		assert_memory_equal(addresses, expected, sizeof(expected));
		assert_true(feed->malformed);
		close(fd);
		free(text);
	}
	free(feed);
}

/* A dialogue: what was written is given out before more is waited for. */
static void a_stream_is_not_waited_for(void **state)
{
	struct feed *feed = malloc(sizeof(*feed));
	__u64 addresses[MANY];
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	feed_open_fd(feed, fds[0], PAGE);
	assert_int_equal(write(fds[1], "0x1\n0x2\n0x", 10), 10);
	assert_int_equal(feed_next(feed, addresses, MANY), 2);
	assert_int_equal(write(fds[1], "3\n", 2), 2);
	assert_int_equal(feed_next(feed, addresses, MANY), 1);
	assert_int_equal(addresses[0], 3);
	close(fds[1]);
	assert_int_equal(feed_next(feed, addresses, MANY), 0);
	close(fds[0]);
	assert_int_equal(feed_next(feed, addresses, MANY), 0);
	feed_open_fd(feed, fds[0], PAGE);
	assert_int_equal(feed_next(feed, addresses, MANY), -EBADF);
	free(feed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranges_step_by_page),
		cmocka_unit_test(lines),
		cmocka_unit_test(bad_lines),
		cmocka_unit_test(long_lines),
		cmocka_unit_test(a_stream_is_not_waited_for),
	};

	alarm(60);
	return cmocka_run_group_tests_name("feed", tests, NULL, NULL);
}
