// SPDX-License-Identifier: GPL-2.0
/* test_entry.c - the arithmetic of entries, and when two make a run */
#include <string.h>

#include "entry.h"
#include "test.h"

static void ends(void **state)
{
	(void)state;
	assert_int_equal(vmwalk_entry_end(0x1000, 0x9000, 12), 0x2000);
	assert_int_equal(vmwalk_entry_end(0x1fff, 0x9000, 12), 0x2000);
	assert_int_equal(vmwalk_entry_end(0x1000, 0x1800, 12), 0x1800);
	assert_int_equal(vmwalk_entry_end(0x234567, 0x40000000, 21), 0x400000);
	assert_int_equal(vmwalk_entry_end(0x40000000, 0x7fffffffffff, 30), 0x80000000);
	/* The last entry of all: its end is beyond 64 bits, so the range ends first. */
	assert_int_equal(vmwalk_entry_end(0xfffffffffffff000, 0xfffffffffffffffe, 12),
			 0xfffffffffffffffe);
	assert_int_equal(vmwalk_entry_end(0xffffff8000000000, 0xfffffffffffff000, 39),
			 0xfffffffffffff000);
}

static void starts_and_indices(void **state)
{
	(void)state;
	assert_int_equal(vmwalk_entry_start(0x7fff12345678, 12), 0x7fff12345000);
	assert_int_equal(vmwalk_entry_start(0x7fff12345678, 21), 0x7fff12200000);
	assert_int_equal(vmwalk_entry_start(0x7fff12345678, 30), 0x7fff00000000);
	assert_int_equal(vmwalk_entry_index(0x7fffffffffff, 39, 512), 255);
	assert_int_equal(vmwalk_entry_index(0xffff800000000000, 39, 512), 256);
	assert_int_equal(vmwalk_entry_index(0xffffffffffffffff, 12, 512), 511);
	assert_int_equal(vmwalk_entry_index(0x00fedcba98765432, 48, 512), 0xfe);
}

/* First and last byte of a 4 KiB, 2 MiB and 1 GiB leaf that begins at frame 0x40000. */
static void addresses(void **state)
{
	static const struct {
		unsigned int shift;
		__u64 va, place, pa;
	} cases[] = {
		{ 12, 0x7f0000000000, 0x40000, 0x40000000 },
		{ 12, 0x7f0000000fff, 0x40000, 0x40000fff },
		{ 21, 0x7f0000000000, 0x40000, 0x40000000 },
		{ 21, 0x7f0000001234, 0x40001, 0x40001234 },
		{ 21, 0x7f00001fffff, 0x401ff, 0x401fffff },
		{ 30, 0x7f0000000000, 0x40000, 0x40000000 },
		{ 30, 0x7f003fffffff, 0x7ffff, 0x7fffffff },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		__u64 place = vmwalk_entry_place(0x40000, cases[i].va, cases[i].shift, 12);

		assert_int_equal(place, cases[i].place);
		assert_int_equal(vmwalk_entry_pa(place, cases[i].va, 12), cases[i].pa);
	}
}

/* 0 neither; 1 a frame; 2 a frame that counts as resident. One a kind. */
static void kinds(void **state)
{
	static const int expected[VMWALK_KIND_NR] = {
		[VMWALK_KIND_PAGE] = 2, [VMWALK_KIND_PROTNONE] = 2, [VMWALK_KIND_SPLITTING] = 2,
		[VMWALK_KIND_MIGRATION] = 1, [VMWALK_KIND_HWPOISON] = 1,
		[VMWALK_KIND_DEVICE_PRIVATE] = 1, [VMWALK_KIND_DEVICE_EXCLUSIVE] = 1,
	};
	unsigned int kind;

	(void)state;
	for (kind = 0; kind < VMWALK_KIND_NR; kind++) {
		assert_int_equal(vmwalk_entry_has_frame(kind), expected[kind] >= 1);
		assert_int_equal(vmwalk_entry_present(kind), expected[kind] == 2);
	}
}

static struct vmwalk_note page_note(void)
{
	return (struct vmwalk_note) {
		.va = 0x1000, .end = 0x2000, .vma = 0x1000, .key = 0x25, .place = 0x100,
		.pages = 1, .level = VMWALK_LEVEL_PTE, .shift = 12, .kind = VMWALK_KIND_PAGE,
	};
}

/* The page behind page_note() in the same VMA, on the next frame. */
static struct vmwalk_note next_note(void)
{
	struct vmwalk_note note = page_note();

	note.va = 0x2000;
	note.end = 0x3000;
	note.place = 0x101;
	return note;
}

static void nothing_joins_an_open_seam(void **state)
{
	struct vmwalk_note note = page_note();
	struct vmwalk_seam seam;

	(void)state;
	memset(&seam, 0, sizeof(seam));
	vmwalk_seam_open(&seam);
	for (note.kind = 0; note.kind < VMWALK_KIND_NR; note.kind++)
		assert_false(vmwalk_seam_joins(&seam, &note));
}

static void neighbours_join(void **state)
{
	struct vmwalk_note first = page_note(), next = next_note();
	struct vmwalk_seam seam;

	(void)state;
	vmwalk_seam_move(&seam, &first, 0);
	assert_true(vmwalk_seam_joins(&seam, &next));
	/* The raw entry and its place in the table tell nothing more. */
	next.raw = 0xdead;
	next.index = 77;
	assert_true(vmwalk_seam_joins(&seam, &next));
}

/* Whatever differs, alone, ends a run. */
static void strangers_do_not_join(void **state)
{
	struct vmwalk_note first = page_note(), next;
	struct vmwalk_seam seam;

	(void)state;
	vmwalk_seam_move(&seam, &first, 0);
#define STRANGER(change) do {					\
		next = next_note();				\
		change;						\
		assert_false(vmwalk_seam_joins(&seam, &next));	\
	} while (0)
	STRANGER(next.va += 0x1000);
	STRANGER(next.vma = 0x2000);
	STRANGER(next.key |= 0x40);
	STRANGER(next.place = 0x100);
	STRANGER(next.place = 0x102);
	STRANGER(next.flags = VMWALK_FLAG(ZERO));
	STRANGER(next.swap_type = 1);
	STRANGER(next.level = VMWALK_LEVEL_PMD);
	STRANGER(next.kind = VMWALK_KIND_PROTNONE);
#undef STRANGER
}

static void places_move_with_the_pages(void **state)
{
	struct vmwalk_note first = page_note(), next = next_note();
	struct vmwalk_seam seam;

	(void)state;
	/* A huge page moves by all its frames, a part of one by that part. */
	first.pages = 512;
	vmwalk_seam_move(&seam, &first, 0);
	assert_int_equal(seam.place, 0x300);
	/* Swap slots follow each other too. */
	first = page_note();
	first.kind = VMWALK_KIND_SWAP;
	vmwalk_seam_move(&seam, &first, 0);
	next.kind = VMWALK_KIND_SWAP;
	assert_true(vmwalk_seam_joins(&seam, &next));
	/* All zero pages are one frame; holes have none. */
	first = page_note();
	first.flags = VMWALK_FLAG(ZERO);
	vmwalk_seam_move(&seam, &first, 0);
	assert_int_equal(seam.place, 0x100);
	first = page_note();
	first.kind = VMWALK_KIND_NONE;
	first.place = 0;
	vmwalk_seam_move(&seam, &first, 0);
	assert_int_equal(seam.place, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends),
		cmocka_unit_test(starts_and_indices),
		cmocka_unit_test(addresses),
		cmocka_unit_test(kinds),
		cmocka_unit_test(nothing_joins_an_open_seam),
		cmocka_unit_test(neighbours_join),
		cmocka_unit_test(strangers_do_not_join),
		cmocka_unit_test(places_move_with_the_pages),
	};

	return cmocka_run_group_tests_name("entry", tests, NULL, NULL);
}
