/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fake.h - an address space made by hand: an mm nobody runs in, VMAs on the
 * heap, page tables in kernel memory. All of it goes with the test.
 */
#ifndef VMWALK_KUNIT_FAKE_H
#define VMWALK_KUNIT_FAKE_H

#include <kunit/test.h>
#include <linux/mm_types.h>

#include "pgtable.h"

#define FAKE_NOTES	4096	/* twice the street and more: a walk resumed passes tables again */

/**
 * struct fake_sink - writes down the notes of a walk
 * @sink: give this to the walk
 * @room: leaves and holes it takes before it is full; tables are always taken
 * @nr: notes taken, @leaves of them neither TABLE nor FOLDED
 * @note: the notes
 */
struct fake_sink {
	struct vmwalk_sink sink;
	u32 room;
	u32 nr;
	u32 leaves;
	struct vmwalk_note note[FAKE_NOTES];
};

/* init and exit of a suite: test->priv is an mm without VMAs and with an empty pgd. */
int fake_init(struct kunit *test);
void fake_exit(struct kunit *test);

static inline struct mm_struct *fake_mm(struct kunit *test)
{
	return test->priv;
}

/* A VMA [start, end). */
struct vm_area_struct *fake_vma(struct kunit *test, u64 start, u64 end, unsigned long flags);

/*
 * The table of @level that stands for @va, made with all those above it if it is
 * missing. Its own arithmetic: nine bits a level over twelve.
 */
u64 *fake_table(struct kunit *test, enum vmwalk_level level, u64 va);

/* Put an entry there. */
void fake_set(struct kunit *test, enum vmwalk_level level, u64 va, u64 raw);

/* Five levels? */
bool fake_five(void);

/* Index of @va in a table of @level. */
u32 fake_index(enum vmwalk_level level, u64 va);

struct fake_sink *fake_sink(struct kunit *test, u32 room);

/* Is the note a leaf or a hole? */
static inline bool fake_leaf(const struct vmwalk_note *note)
{
	return note->kind != VMWALK_KIND_TABLE && note->kind != VMWALK_KIND_FOLDED;
}

/* Walk one VMA under its lock with no limit but the sink's. Returns where it came to. */
u64 fake_walk(struct vm_area_struct *vma, u64 start, u64 end, struct fake_sink *sink);

#endif /* VMWALK_KUNIT_FAKE_H */
