// SPDX-License-Identifier: GPL-2.0
/*
 * suite_query.c - which queries are accepted, each field at its bounds
 *
 * What needs a caller in user space (unknown tails, bad pointers) is left to the
 * tests end to end. Bounds are literals from uapi/vmwalk.h's own words.
 */
#include "../../procfs/query.c"

#include <kunit/test.h>

enum { TRANSLATE = 1, RUNS = 2, VMAS = 3 };

/* The plainest query of each sort. */
static struct vmwalk_query plain(unsigned int nr)
{
	struct vmwalk_query q = {
		.size = sizeof(q), .records = 0x10000, .record_size = 64, .count = 1,
	};

	if (nr == TRANSLATE) {
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

	for (nr = TRANSLATE; nr <= VMAS; nr++) {
		struct vmwalk_query q = plain(nr);

		KUNIT_EXPECT_EQ_MSG(test, query_check(nr, &q), 0, "query %u", nr);
	}
	KUNIT_EXPECT_EQ(test, sizeof(struct vmwalk_query), (size_t)104);
}

static void counts(struct kunit *test)
{
	unsigned int nr;

	for (nr = TRANSLATE; nr <= VMAS; nr++) {
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

	for (nr = TRANSLATE; nr <= VMAS; nr++) {
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

/* Only VMAS has a flag, COUNTS. */
static void flags(struct kunit *test)
{
	int bit;

	for (bit = 0; bit < 64; bit++) {
		TRY(test, TRANSLATE, flags, 1ULL << bit, -EINVAL);
		TRY(test, RUNS, flags, 1ULL << bit, -EINVAL);
		TRY(test, VMAS, flags, 1ULL << bit, bit ? -EINVAL : 0);
	}
}

static void ranges(struct kunit *test)
{
	unsigned int nr;

	for (nr = RUNS; nr <= VMAS; nr++) {
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
	TRY(test, TRANSLATE, start, 1, -EINVAL);
	TRY(test, TRANSLATE, end, 1, -EINVAL);
}

static void addresses(struct kunit *test)
{
	TRY(test, RUNS, addresses, 1, -EINVAL);
	TRY(test, VMAS, addresses, 1, -EINVAL);
	/* a bad pointer is found out when it is used: EFAULT, as for any other */
	TRY(test, TRANSLATE, addresses, 0, 0);
}

#define TRY_NAMES(test, at, size, answer) do {					\
	struct vmwalk_query q = plain(VMAS);					\
										\
	q.names = (at);								\
	q.names_size = (size);							\
	KUNIT_EXPECT_EQ_MSG(test, query_check(VMAS, &q), answer, "names of " #size); \
} while (0)

/* None, or 16384 to 2^26 bytes. */
static void names(struct kunit *test)
{
	TRY(test, TRANSLATE, names, 0x30000, -EINVAL);
	TRY(test, RUNS, names, 0x30000, -EINVAL);
	TRY(test, TRANSLATE, names_size, 16384, -EINVAL);
	TRY(test, RUNS, names_size, 16384, -EINVAL);
	TRY_NAMES(test, 0x30000, 1, -EINVAL);
	TRY_NAMES(test, 0x30000, 16383, -EINVAL);
	TRY_NAMES(test, 0x30000, 16384, 0);
	TRY_NAMES(test, 0x30000, 67108864, 0);
	TRY_NAMES(test, 0x30000, 67108865, -EINVAL);
	TRY_NAMES(test, 0x30000, 0xffffffff, -EINVAL);
	TRY_NAMES(test, 0, 16384, -EINVAL);
}

/* Before anything of the caller's is looked at. */
static void unknown_queries(struct kunit *test)
{
	static const unsigned int cmds[] = {
		0, 1, 0xb700, 0xb704, 0xb7ff, 0xb601, 0xb801, 0x1b701, 0xffffffff,
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(cmds); i++)
		KUNIT_EXPECT_EQ_MSG(test, vmwalk_query(NULL, cmds[i], NULL), -(long)ENOTTY,
				    "%x", cmds[i]);
	/* a known one gets as far as reading the caller's struct */
	KUNIT_EXPECT_EQ(test, vmwalk_query(NULL, 0xb701, NULL), -(long)EFAULT);
	KUNIT_EXPECT_EQ(test, vmwalk_query(NULL, 0xb703, NULL), -(long)EFAULT);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(plainest),
	KUNIT_CASE(counts),
	KUNIT_CASE(record_sizes),
	KUNIT_CASE(flags),
	KUNIT_CASE(ranges),
	KUNIT_CASE(addresses),
	KUNIT_CASE(names),
	KUNIT_CASE(unknown_queries),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_query",
	.test_cases = cases,
};
kunit_test_suite(suite);
