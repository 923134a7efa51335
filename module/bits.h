/* SPDX-License-Identifier: GPL-2.0 */
/* bits.h - bits of the kernel, whose numbers move, -> bits of our vocabulary */
#ifndef VMWALK_BITS_H
#define VMWALK_BITS_H

#include <linux/types.h>

/**
 * struct vmwalk_bits - what some bits of the kernel are called here
 * @theirs: mask; 0, or no row at all, where a kernel has no such bit
 * @ours: the bits that stand for any of @theirs
 */
struct vmwalk_bits {
	u64 theirs;
	u64 ours;
};

/* Everything in @bits, @nr rows, that @theirs has a bit of. */
static inline u64 vmwalk_bits_ours(u64 theirs, const struct vmwalk_bits *bits, int nr)
{
	u64 ours = 0;
	int i;

	for (i = 0; i < nr; i++)
		if (theirs & bits[i].theirs)
			ours |= bits[i].ours;
	return ours;
}

#endif /* VMWALK_BITS_H */
