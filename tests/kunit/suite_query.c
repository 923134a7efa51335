// SPDX-License-Identifier: GPL-2.0
/*
 * suite_query.c - which queries are accepted, each field at its bounds
 *
 * What needs a caller in user space (unknown tails, bad pointers) is left to the
 * tests end to end. Bounds are literals from uapi/vmwalk.h's own words.
 */
#include "../../procfs/query.c"

#include <kunit/test.h>

enum { TRANSLATE = 1, RUNS = 2, VMAS = 3, FRAMES = 4, TABLES = 5, DOSSIER = 6 };

static bool of_addresses(unsigned int nr)
{
	return nr == TRANSLATE || nr == DOSSIER;
}

static bool with_names(unsigned int nr)
{
	return nr == VMAS || nr == DOSSIER;
}

/* The plainest query of each sort. */
static struct vmwalk_query plain(unsigned int nr)
{
	struct vmwalk_query q = {
		.size = sizeof(q), .records = 0x10000, .record_size = 64, .count = 1,
	};

	if (of_addresses(nr)) {
		q.addresses = 0x20000;
	} else {
		q.start = 0x1000;
		q.end = 0x2000;
	}
	return q;
}

/* One field of the plainest query at a time set to @value. */
#define TRY(test, nr, field, value, answer) do {				\
	struct vmwalk_query q = plain(nr);					\
										\
	q.field = (value);							\
	KUNIT_EXPECT_EQ_MSG(test, query_check(nr, &q), answer,			\
			    "query %d: " #field " = " #value, nr);		\
} while (0)

static void plainest(struct kunit *test)
{
	unsigned int nr;

	for (nr = TRANSLATE; nr <= DOSSIER; nr++) {
		struct vmwalk_query q = plain(nr);

		KUNIT_EXPECT_EQ_MSG(test, query_check(nr, &q), 0, "query %u", nr);
	}
	KUNIT_EXPECT_EQ(test, sizeof(struct vmwalk_query), (size_t)112);
}

static void counts(struct kunit *test)
{
	unsigned int nr;

	for (nr = TRANSLATE; nr <= DOSSIER; nr++) {
		TRY(test, nr, count, 0, -EINVAL);
		TRY(test, nr, count, 1 << 20, 0);
		TRY(test, nr, count, (1 << 20) + 1, -EINVAL);
		TRY(test, nr, count, 0xffffffff, -EINVAL);
	}
}

/* At least 8, a multiple of 8, at most 4096. */
static void record_sizes(struct kunit *test)
{
	unsigned int nr;

	for (nr = TRANSLATE; nr <= DOSSIER; nr++) {
		TRY(test, nr, record_size, 0, -EINVAL);
		TRY(test, nr, record_size, 7, -EINVAL);
		TRY(test, nr, record_size, 8, 0);
		TRY(test, nr, record_size, 9, -EINVAL);
		TRY(test, nr, record_size, 4088, 0);
		TRY(test, nr, record_size, 4095, -EINVAL);
		TRY(test, nr, record_size, 4096, 0);
		TRY(test, nr, record_size, 4104, -EINVAL);
		TRY(test, nr, record_size, 0xfffffff8, -EINVAL);
	}
}

/* VMAS has COUNTS, bit 0; what may be about the kernel's half has KERNEL, bit 1. */
static void flags(struct kunit *test)
{
	static const u64 allowed[] = {
		[TRANSLATE] = 2, [RUNS] = 2, [VMAS] = 1, [FRAMES] = 0, [TABLES] = 0, [DOSSIER] = 0,
	};
	unsigned int nr;
	int bit;

	for (nr = TRANSLATE; nr <= DOSSIER; nr++)
		for (bit = 0; bit < 64; bit++)
			TRY(test, nr, flags, 1ULL << bit,
			    allowed[nr] == 1ULL << bit ? 0 : -EINVAL);
}

static void ranges(struct kunit *test)
{
	unsigned int nr;

	for (nr = TRANSLATE; nr <= DOSSIER; nr++) {
		if (of_addresses(nr)) {
			TRY(test, nr, start, 1, -EINVAL);
			TRY(test, nr, end, 1, -EINVAL);
			continue;
		}
		TRY(test, nr, start, 0, 0);
		TRY(test, nr, start, 0x1fff, 0);
		TRY(test, nr, start, 0x2000, 0);	/* empty */
		TRY(test, nr, start, 0x2001, -EINVAL);
		TRY(test, nr, start, ~0ULL, -EINVAL);
		TRY(test, nr, end, 0x1000, 0);
		TRY(test, nr, end, 0xfff, -EINVAL);
		TRY(test, nr, end, 0, -EINVAL);
		/* rounded up to a page, a later end would be 0 */
		TRY(test, nr, end, 0xfffffffffffff000, 0);
		TRY(test, nr, end, 0xfffffffffffff001, -EINVAL);
		TRY(test, nr, end, ~0ULL, -EINVAL);
	}
}

static void addresses(struct kunit *test)
{
	unsigned int nr;

	/* a bad pointer is found out when it is used: EFAULT, as for any other */
	for (nr = TRANSLATE; nr <= DOSSIER; nr++) {
		TRY(test, nr, addresses, 0, 0);
		TRY(test, nr, addresses, 1, of_addresses(nr) ? 0 : -EINVAL);
	}
}

#define TRY_NAMES(test, nr, at, size, answer) do {				\
	struct vmwalk_query q = plain(nr);					\
										\
	q.names = (at);								\
	q.names_size = (size);							\
	KUNIT_EXPECT_EQ_MSG(test, query_check(nr, &q), answer,			\
			    "query %u, names of " #size, nr);			\
} while (0)

/* None, or 16384 to 2^26 bytes. */
static void names(struct kunit *test)
{
	unsigned int nr;

	for (nr = TRANSLATE; nr <= DOSSIER; nr++) {
		if (!with_names(nr)) {
			TRY(test, nr, names, 0x30000, -EINVAL);
			TRY(test, nr, names_size, 16384, -EINVAL);
			continue;
		}
		TRY_NAMES(test, nr, 0x30000, 1, -EINVAL);
		TRY_NAMES(test, nr, 0x30000, 16383, -EINVAL);
		TRY_NAMES(test, nr, 0x30000, 16384, 0);
		TRY_NAMES(test, nr, 0x30000, 67108864, 0);
		TRY_NAMES(test, nr, 0x30000, 67108865, -EINVAL);
		TRY_NAMES(test, nr, 0x30000, 0xffffffff, -EINVAL);
		TRY_NAMES(test, nr, 0, 16384, -EINVAL);
	}
}

/* What is told row by row takes a range and nothing else. */
static void numbers(struct kunit *test)
{
	static const struct {
		int nr;
		u64 takes;
	} queries[] = {
#define QUERY(NAME, nr, record, flags, takes, help)	{ nr, takes },
		VMWALK_QUERIES(QUERY)
#undef QUERY
	};
	int i, rows = 0;

	for (i = 0; i < ARRAY_SIZE(queries); i++) {
		int nr = queries[i].nr;

		if (queries[i].takes != VMWALK_TAKES_NUMBERS)
			continue;
		rows++;
		TRY(test, nr, count, 1, 0);
		TRY(test, nr, start, 0, 0);
		TRY(test, nr, start, 0x2001, -EINVAL);
		TRY(test, nr, addresses, 1, -EINVAL);
		TRY(test, nr, flags, 1, -EINVAL);
		TRY(test, nr, flags, 2, -EINVAL);
		TRY(test, nr, names, 0x30000, -EINVAL);
		TRY(test, nr, names_size, 16384, -EINVAL);
		TRY(test, nr, fd, 1, -EINVAL);
		TRY(test, nr, record_size, 9, -EINVAL);
	}
	KUNIT_EXPECT_GE(test, rows, 11);
}

/* Before anything of the caller's is looked at. */
static void unknown_queries(struct kunit *test)
{
	static const unsigned int cmds[] = {
		0, 1, 0xb700, 0xb70f, 0xb71f, 0xb7ff, 0xb601, 0xb801, 0x1b701, 0xffffffff,
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(cmds); i++)
		KUNIT_EXPECT_EQ_MSG(test, vmwalk_query(NULL, cmds[i], NULL), -(long)ENOTTY,
				    "%x", cmds[i]);
	/* a known one gets as far as reading the caller's struct */
	KUNIT_EXPECT_EQ(test, vmwalk_query(NULL, 0xb701, NULL), -(long)EFAULT);
	KUNIT_EXPECT_EQ(test, vmwalk_query(NULL, 0xb706, NULL), -(long)EFAULT);
}

/* What the queries about files take; 8: FILES, 9: EXTENTS. */
static void files(struct kunit *test)
{
	enum { FILES = 8, EXTENTS = 9 };

	TRY(test, FILES, flags, 1, -EINVAL);
	TRY(test, FILES, start, 0x2001, -EINVAL);
	TRY(test, FILES, fd, 0, 0);
	TRY(test, FILES, fd, 1, -EINVAL);
	TRY(test, FILES, pad, 1, -EINVAL);
	TRY(test, FILES, names_size, 16384, -EINVAL);	/* without a pointer */
	TRY(test, EXTENTS, flags, 1, -EINVAL);
	TRY(test, EXTENTS, fd, 1, 0);
	TRY(test, EXTENTS, fd, 0xffffffff, 0);
	TRY(test, EXTENTS, pad, 1, -EINVAL);
	TRY(test, EXTENTS, names, 0x30000, -EINVAL);
	TRY(test, EXTENTS, addresses, 0x30000, -EINVAL);
	TRY(test, RUNS, fd, 1, -EINVAL);
	TRY(test, DOSSIER, pad, 1, -EINVAL);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(plainest),
	KUNIT_CASE(counts),
	KUNIT_CASE(record_sizes),
	KUNIT_CASE(flags),
	KUNIT_CASE(ranges),
	KUNIT_CASE(addresses),
	KUNIT_CASE(names),
	KUNIT_CASE(numbers),
	KUNIT_CASE(unknown_queries),
	KUNIT_CASE(files),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_query",
	.test_cases = cases,
};
kunit_test_suite(suite);
