// SPDX-License-Identifier: GPL-2.0
/* test_census.c - frames counted by what they have in common */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "census.h"
#include "fake.h"
#include "libvmwalk.h"
#include "test.h"

#define PAGE	4096

static __u64 by_of(const char *list)
{
	__u64 by = 0;

	assert_int_equal(vmwalk_census_by(list, &by), 0);
	return by;
}

static void lists(void **state)
{
	static const char *const bad[] = {
		"", ",", "node,", ",node", "node,,zone", "nod", "nodes", "pages", "bytes",
		"shared", "has", "node zone",
	};
	__u64 untouched = 77, all;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++) {
		assert_int_equal(vmwalk_census_by(bad[i], &untouched), -EINVAL);
		assert_int_equal(untouched, 77);
	}
	all = by_of(NULL);
	assert_int_equal(__builtin_popcountll(all), 6);
	assert_int_equal(by_of("level,memtype,node,zone,type,order"), all);
	assert_int_equal(by_of("node,node"), by_of("node"));
	assert_int_equal(by_of("order,node"), by_of("node,order"));
	assert_int_equal(__builtin_popcountll(by_of("zone")), 1);
}

static struct vmwalk_frame frame_of(__u32 node, __u32 zone, __u32 order, __u64 pages,
				    __u32 mapcount)
{
	return (struct vmwalk_frame) {
		.has = VMWALK_HAS(BASE) | VMWALK_HAS(FRAME) | VMWALK_HAS(PAGE) |
		       VMWALK_HAS(MAPPING) | VMWALK_HAS(CGROUP),
		.node = node, .zone = zone, .order = order, .pages = pages,
		.mapcount = mapcount,
	};
}

static void add(struct vmwalk_census_book *book, struct vmwalk_frame frame)
{
	assert_int_equal(vmwalk_census_add(book, &frame), 0);
}

static void groups(void **state)
{
	struct vmwalk_census_book book;
	struct vmwalk_frame hidden = frame_of(0, 0, 0, 5, 0);

	(void)state;
	vmwalk_census_open(&book, by_of(NULL), PAGE);
	add(&book, frame_of(1, 2, 0, 1, 1));
	add(&book, frame_of(0, 2, 9, 512, 2));
	add(&book, frame_of(1, 2, 0, 3, 0));
	add(&book, frame_of(1, 1, 0, 7, 9));
	add(&book, frame_of(1, 2, 0, 2, 2));
	hidden.has = VMWALK_HAS(BASE);
	add(&book, hidden);
	assert_int_equal(book.nr, 4);
	/* In ascending order; what is not known is no node 0. */
	assert_int_equal(book.groups[0].has, VMWALK_HAS(BASE));
	assert_int_equal(book.groups[0].pages, 5);
	assert_int_equal(book.groups[0].shared, 0);
	assert_int_equal(book.groups[1].node, 0);
	assert_int_equal(book.groups[1].has,
			 VMWALK_HAS(BASE) | VMWALK_HAS(FRAME) | VMWALK_HAS(PAGE));
	assert_int_equal(book.groups[1].bytes, 512 * PAGE);
	assert_int_equal(book.groups[1].shared, 512);
	assert_int_equal(book.groups[2].zone, 1);
	assert_int_equal(book.groups[2].shared, 7);
	assert_int_equal(book.groups[3].node, 1);
	assert_int_equal(book.groups[3].zone, 2);
	assert_int_equal(book.groups[3].pages, 6);
	assert_int_equal(book.groups[3].bytes, 6 * PAGE);
	assert_int_equal(book.groups[3].shared, 2);
	vmwalk_census_close(&book);
	assert_null(book.groups);
}

static void by_one(void **state)
{
	struct vmwalk_census_book book, total;

	(void)state;
	vmwalk_census_open(&book, by_of("order"), PAGE);
	vmwalk_census_open(&total, by_of("order"), PAGE);
	add(&book, frame_of(1, 2, 3, 8, 1));
	add(&book, frame_of(2, 1, 3, 8, 1));
	add(&book, frame_of(1, 2, 0, 1, 1));
	assert_int_equal(book.nr, 2);
	assert_int_equal(book.groups[1].order, 3);
	assert_int_equal(book.groups[1].pages, 16);
	assert_int_equal(book.groups[1].node, 0);	/* told apart by order only */
	assert_int_equal(vmwalk_census_join(&total, &book), 0);
	vmwalk_census_empty(&book);
	assert_int_equal(book.nr, 0);
	add(&book, frame_of(5, 1, 3, 1, 4));
	assert_int_equal(vmwalk_census_join(&total, &book), 0);
	assert_int_equal(total.nr, 2);
	assert_int_equal(total.groups[0].pages, 1);
	assert_int_equal(total.groups[1].pages, 17);
	assert_int_equal(total.groups[1].shared, 1);
	/* Of a frame nobody looked at the order is not known, its level is. */
	book.by = by_of("level");
	vmwalk_census_empty(&book);
	add(&book, (struct vmwalk_frame) { .has = VMWALK_HAS(BASE), .pages = 4, .order = 0 });
	add(&book, frame_of(5, 1, 3, 1, 4));
	assert_int_equal(book.nr, 1);
	assert_int_equal(book.groups[0].pages, 5);
	vmwalk_census_close(&book);
	vmwalk_census_close(&total);
}

/* Any order of many frames gives each group once, sorted. */
static void many(void **state)
{
	struct vmwalk_census_book book;
	unsigned int i, nodes = 101, zones = 5;

	(void)state;
	vmwalk_census_open(&book, by_of(NULL), PAGE);
	for (i = 0; i < 3 * nodes * zones; i++)
		add(&book, frame_of(i * 37 % nodes, i * 7 % zones, 0, 1, 1));
	assert_int_equal(book.nr, nodes * zones);
	for (i = 0; i < book.nr; i++) {
		assert_int_equal(book.groups[i].node, i / zones);
		assert_int_equal(book.groups[i].zone, i % zones);
		assert_int_equal(book.groups[i].pages, 3);
	}
	vmwalk_census_close(&book);
}

static struct vmwalk *open_healthy(void)
{
	struct vmwalk *handle = NULL;

	fake_reset();
	assert_int_equal(vmwalk_open(FAKE_PID, &handle), 0);
	return handle;
}

/* The query behind: every frame of the fake process, however many an ioctl gives. */
static void frames_query(void **state)
{
	static const __u64 starts[] = { 0x400000, 0x40000000, 0x50001000, 0x50003000 };
	const struct vmwalk_frame *frame;
	struct vmwalk_iter *iter;
	struct vmwalk *handle = open_healthy();
	__u32 max;

	(void)state;
	for (max = 0; max < 6; max++) {
		size_t nr = 0;

		fake.max_done = max;
		assert_int_equal(vmwalk_frames_open(handle, 0, ~0ULL, &iter), 0);
		while (vmwalk_frames_next(iter, &frame) > 0)
			assert_int_equal(frame->va, starts[nr++]);
		assert_int_equal(nr, 4);
		vmwalk_iter_close(iter);
	}
	assert_int_equal(vmwalk_frames_open(handle, 0x40100000, 0x40101000, &iter), 0);
	assert_int_equal(vmwalk_frames_next(iter, &frame), 1);
	assert_int_equal(frame->va, 0x40100000);
	assert_int_equal(frame->pages, 1);
	assert_int_equal(frame->pfn, 0x80100);
	assert_int_equal(frame->place, 0x100);
	assert_int_equal(vmwalk_frames_next(iter, &frame), 0);
	vmwalk_iter_close(iter);
	fake.lie_pages = 1;
	assert_int_equal(vmwalk_frames_open(handle, 0, ~0ULL, &iter), 0);
	assert_int_equal(vmwalk_frames_next(iter, &frame), -EPROTO);
	vmwalk_iter_close(iter);
	vmwalk_close(handle);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists),
		cmocka_unit_test(groups),
		cmocka_unit_test(by_one),
		cmocka_unit_test(many),
		cmocka_unit_test(frames_query),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
