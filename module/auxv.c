// SPDX-License-Identifier: GPL-2.0
/* auxv.c - the auxiliary vector: what the kernel has told a program at its start */
#include <linux/auxvec.h>
#include <linux/mm_types.h>
#include <linux/nospec.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "arch.h"
#include "rows.h"

/**
 * struct words - the vector as the program has it
 * @mm: of which it is
 * @narrow: words of 32 bits: fs/compat_binfmt_elf.c packs them
 * @nr: words there
 */
struct words {
	const struct mm_struct *mm;
	bool narrow;
	size_t nr;
};

static u64 word_at(const struct words *words, size_t at)
{
	if (words->narrow)
		return READ_ONCE(((const u32 *)words->mm->saved_auxv)[at]);
	return READ_ONCE(words->mm->saved_auxv[at]);
}

/* The type at this position, read once; AT_NULL if the list ends there or before. */
static u64 type_at(const struct words *words, u64 index)
{
	u64 type = AT_NULL;
	size_t i;

	if (index >= words->nr / 2)
		return AT_NULL;
	index = array_index_nospec(index, words->nr / 2);
	for (i = 0; i <= index; i++) {
		type = word_at(words, 2 * i);
		if (type == AT_NULL)
			break;
	}
	return type;
}

/*
 * Holds nothing but what the caller does, the mm_struct, of which the vector is a part: it
 * is written when a program is executed, before that program runs, by
 * prctl(PR_SET_MM_AUXV) under the task_lock of the thread that asks, whichever that is, and
 * by PR_SET_MM_MAP under no lock. What is read meanwhile may be an old type with a new
 * value, or of two vectors, never a word in halves.
 */
int vmwalk_auxv_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	struct words words = { .mm = viewer->mm };
	u64 type, index;

	if (!words.mm)
		return 0;
	words.narrow = vmwalk_arch_words_32(viewer->task);
	words.nr = sizeof(words.mm->saved_auxv) / (words.narrow ? sizeof(u32) : sizeof(long));
	type = type_at(&words, *cursor);
	if (type == AT_NULL)
		return 0;
	index = array_index_nospec(*cursor, words.nr / 2);
	*(struct vmwalk_auxv *)record = (struct vmwalk_auxv) {
		.has = VMWALK_HAS(BASE),
		.index = *cursor,
		.type = type,
		.raw_type = type,
		.value = word_at(&words, 2 * index + 1),
	};
	++*cursor;
	return 1;
}
