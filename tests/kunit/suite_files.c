// SPDX-License-Identifier: GPL-2.0
/*
 * suite_files.c - bits of open files and inodes by name, pieces of a file merged
 *
 * The kernel's bits are literals from its headers, not the names the tables use.
 */
#include "../../module/extent.c"

#include <kunit/test.h>

#include "files.h"

static void types(struct kunit *test)
{
	static const struct {
		umode_t mode;
		u32 type;
	} rows[] = {
		{ 0100600, 1 }, { 0040700, 2 }, { 0020600, 3 }, { 0060600, 4 }, { 0010600, 5 },
		{ 0140600, 6 }, { 0120777, 7 }, { 0600, 8 }, { 0170000, 0 }, { 0030000, 0 },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		KUNIT_EXPECT_EQ_MSG(test, vmwalk_file_type(rows[i].mode), rows[i].type, "0%o",
				    rows[i].mode);
}

#define PAIR(state_, at, bytes, to) {						\
	.state = VMWALK_BLOCK_##state_, .logical = at, .length = bytes, .physical = to }

/* Mapped ones merge if they follow each other on the disk; others if they are alike. */
static void merges(struct kunit *test)
{
	static const struct {
		struct vmwalk_extent a, b;
		bool merges;
	} rows[] = {
		{ PAIR(MAPPED, 0, 4096, 8192), PAIR(MAPPED, 4096, 4096, 12288), true },
		{ PAIR(MAPPED, 0, 8192, 8192), PAIR(MAPPED, 8192, 4096, 16384), true },
		{ PAIR(MAPPED, 0, 4096, 8192), PAIR(MAPPED, 4096, 4096, 16384), false },
		{ PAIR(MAPPED, 0, 4096, 8192), PAIR(MAPPED, 4096, 4096, 4096), false },
		{ PAIR(MAPPED, 0, 4096, 8192), PAIR(HOLE, 4096, 4096, 12288), false },
		{ PAIR(HOLE, 0, 4096, 0), PAIR(HOLE, 4096, 4096, 0), true },
		{ PAIR(HOLE, 0, 4096, 0), PAIR(UNKNOWN, 4096, 4096, 0), false },
		{ PAIR(UNWRITTEN, 0, 4096, 0), PAIR(UNWRITTEN, 4096, 4096, 0), true },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		KUNIT_EXPECT_EQ_MSG(test, goes_on(&rows[i].a, &rows[i].b), rows[i].merges,
				    "row %d", i);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(types),
	KUNIT_CASE(merges),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_files",
	.test_cases = cases,
};
kunit_test_suite(suite);
