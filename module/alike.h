/* SPDX-License-Identifier: GPL-2.0 */
/*
 * alike.h - the fast loop: entries like the one before, taken without a note for each
 *
 * Most entries are like the one before but for their frame or swap slot, and most of these
 * go on where it ended. The note that the funnel would make of such an entry is known, so
 * none is made: entries are told from the bits they would have, and a sink that takes
 * them so (vmwalk_sink.alike) is told of each stretch whose places follow each other. The
 * loop is inline in the sink's function, since a call for each stretch would be dearer than
 * all the rest. tests/kunit/suite_alike.c compares it with notes, entry by entry.
 */
#ifndef VMWALK_ALIKE_H
#define VMWALK_ALIKE_H

#include <linux/compiler.h>
#include <linux/mm.h>

#include "arch.h"
#include "pgtable.h"

/*
 * How many entries, of @most, are what follows @raw step by step. Empty ones are skipped
 * sixteen at a time. Plain reads, which the compiler folds into the comparison: a value is
 * only compared, so that it does not matter if another look would find another one.
 */
static __always_inline u32 vmwalk_alike_follow(const u64 *entry, u32 most, u64 raw, u64 step)
{
	const u64 *at = entry, *end = entry + most;
	int i;

	while (!(raw | step) && end - at >= 16) {
		u64 any = 0;

#pragma GCC unroll 16
		for (i = 0; i < 16; i++)
			any |= at[i];
		if (any)
			break;
		at += 16;
	}
	for (; end - at >= 4; at += 4) {
#pragma GCC unroll 4
		for (i = 0; i < 4; i++) {
			raw += step;
			if (at[i] != raw)
				return at + i - entry;
		}
	}
	for (; at < end; at++) {
		raw += step;
		if (*at != raw)
			break;
	}
	return at - entry;
}

/**
 * vmwalk_alike() - take the entries like the last one
 * @sink: the sink
 * @last: the note it took last, of one of VMWALK_BULK_KINDS
 * @entry: the entry behind it, in the same table
 * @va: what that stands for
 * @end: where the last whole entry of the range or the table ends
 * @take: takes @nr entries from @va on, of which the first is @raw: their places follow
 *	each other from @place on, or are all that of @last if that does not move
 *	(vmwalk_entry_moves()). Returns false if the sink is full
 *
 * Two look like others and are not, and the loop stops before them: the page of zeros,
 * whose note has a flag, and an empty entry, which has the type bits of swap area 0.
 *
 * Context: as of vmwalk_sink.emit. Return: the address it came to.
 */
static __always_inline u64 vmwalk_alike(struct vmwalk_sink *sink, const struct vmwalk_note *last,
					const u64 *entry, u64 va, u64 end,
					bool (*take)(struct vmwalk_sink *sink,
						     const struct vmwalk_note *last,
						     u64 va, u64 raw, u64 place, u32 nr))
{
	const unsigned int shift = last->shift, order = shift - PAGE_SHIFT;
	const u64 first = last->raw;
	u64 others = ~0ULL, from = last->place, place = from, zeros = 0;
	s64 step = 0, sign = 0;
	unsigned int bits = 0;
	u32 nr;

	if (vmwalk_entry_moves(last)) {
		others = ~vmwalk_arch_place_bits(last->level, last->kind);
		step = vmwalk_arch_step(last->level, last->kind, first);
		sign = step >> 63;
		bits = __ffs(step);
		/* the frame of the whole entry: the walk may have begun inside it */
		if (vmwalk_entry_has_frame(last->kind))
			from -= (last->va - vmwalk_entry_start(last->va, shift)) >> PAGE_SHIFT;
		zeros = my_zero_pfn(0) - from;
	}
	for (; va < end; va += (u64)nr << shift, entry += nr) {
		u64 raw = READ_ONCE(*entry), ahead;

		if ((raw ^ first) & others || (step && !raw))
			break;
		nr = 1 + vmwalk_alike_follow(entry + 1, ((end - va) >> shift) - 1, raw, step);
		if (step) {
			ahead = (((s64)(raw - first) >> bits ^ sign) - sign) << order;
			place = from + ahead;
			if (zeros - ahead < (u64)nr << order) {
				nr = (zeros - ahead) >> order;
				if (!nr)
					break;
			}
		}
		if (!take(sink, last, va, raw, place, nr)) {
			sink->full = true;
			break;
		}
	}
	return va;
}

/**
 * vmwalk_alike_anywhere() - the same for who does not care for places
 * @sink: as above
 * @last: as above
 * @entry: as above
 * @va: as above
 * @end: as above
 * @take: takes @nr entries from @va on, whatever their places
 *
 * One call of @take, and no look at which frames follow each other: what it costs does not
 * tell them to who may not see them.
 *
 * Context: as of vmwalk_sink.emit. Return: the address it came to.
 */
static __always_inline u64
vmwalk_alike_anywhere(struct vmwalk_sink *sink, const struct vmwalk_note *last, const u64 *entry,
		      u64 va, u64 end, void (*take)(struct vmwalk_sink *sink,
						    const struct vmwalk_note *last, u64 va, u32 nr))
{
	const u64 first = last->raw, *at = entry;
	const u64 *stop = entry + ((end - va) >> last->shift);
	u64 others, zeros = 0;

	if (!vmwalk_entry_moves(last)) {
		at += vmwalk_alike_follow(entry, stop - entry, first, 0);
	} else {
		others = ~vmwalk_arch_place_bits(last->level, last->kind);
		if (last->level == VMWALK_LEVEL_PTE)
			zeros = first + (my_zero_pfn(0) - last->place) *
				vmwalk_arch_step(last->level, last->kind, first);
		for (; at < stop; at++) {
			u64 raw = READ_ONCE(*at);

			if ((raw ^ first) & others || !raw || raw == zeros)
				break;
		}
	}
	if (at > entry)
		take(sink, last, va, at - entry);
	return va + ((u64)(at - entry) << last->shift);
}

#endif /* VMWALK_ALIKE_H */
