// SPDX-License-Identifier: GPL-2.0
/* run.c - page-table entries -> struct vmwalk_run: equal neighbours merged */
#include <linux/kernel.h>
#include <linux/mm.h>

#include "alike.h"
#include "arch.h"
#include "field.h"
#include "run.h"

/* note -> the first entry of a record; @flags: what it decodes to */
static void run_fill(struct vmwalk_run *run, const struct vmwalk_note *note, u64 flags,
		     u64 unknown)
{
	*run = (struct vmwalk_run) {
		.has = VMWALK_HAS(BASE) | VMWALK_HAS(RAW),
		.start = note->va,
		.end = note->end,
		.level = note->level,
		.shift = note->shift,
		.kind = note->kind,
		.vma_flags = note->vma_flags,
		.raw = note->raw,
		.unknown = unknown,
		.flags = flags,
	};
	if (vmwalk_entry_has_frame(note->kind)) {
		run->has |= VMWALK_HAS(FRAME);
		run->pa = note->place << PAGE_SHIFT;
	}
	if (note->kind == VMWALK_KIND_SWAP) {
		run->has |= VMWALK_HAS(SWAP);
		run->swap_type = note->swap_type;
		run->swap_offset = note->place;
	}
}

/*
 * The note as one sees it who may not see frames, swap slots and raw entries: a
 * run that ended where a frame does not follow would tell which do.
 */
static struct vmwalk_note blind(const struct vmwalk_note *note, u64 flags)
{
	struct vmwalk_note seen = *note;

	seen.key = flags;
	seen.place = 0;
	seen.pages = 0;
	seen.swap_type = 0;
	return seen;
}

/* Full only where a new run would begin, so that a resumed walk breaks no run. */
static bool run_emit(struct vmwalk_sink *sink, const struct vmwalk_note *note)
{
	struct vmwalk_run_sink *to = container_of(sink, struct vmwalk_run_sink, sink);
	struct vmwalk_note seen;
	u64 flags;

	flags = vmwalk_decode(&to->decoded, note);
	if (to->hide & VMWALK_PRIVILEGED) {
		seen = blind(note, flags);
		note = &seen;
	}
	if (vmwalk_seam_joins(&to->seam, note)) {
		to->last->end = note->end;
	} else {
		if (to->nr == to->room)
			return false;
		to->last = &to->runs[to->nr++];
		run_fill(to->last, note, flags, to->decoded.unknown);
		if (to->hide)
			vmwalk_field_hide(VMWALK_RECORD_run, to->last, to->hide);
	}
	vmwalk_seam_move(&to->seam, note, 0);
	return true;
}

/* The last run is one of @last's kind: what does not go on with it is another like it. */
static __always_inline bool run_take(struct vmwalk_sink *sink, const struct vmwalk_note *last,
				     u64 va, u64 raw, u64 place, u32 nr)
{
	struct vmwalk_run_sink *to = container_of(sink, struct vmwalk_run_sink, sink);
	struct vmwalk_run *run = to->last;

	if (place != to->seam.place) {
		if (to->nr == to->room)
			return false;
		to->nr++;
		run[1] = run[0];
		to->last = ++run;
		run->start = va;
		run->raw = raw;
		if (last->kind == VMWALK_KIND_SWAP)
			run->swap_offset = place;
		else
			run->pa = place << PAGE_SHIFT;
	}
	run->end = va + ((u64)nr << last->shift);
	to->seam.place = place;
	if (vmwalk_entry_moves(last))
		to->seam.place += (u64)nr << (last->shift - PAGE_SHIFT);
	return true;
}

/* To who may see no places all of these are one run. */
static __always_inline void run_take_blind(struct vmwalk_sink *sink,
					   const struct vmwalk_note *last, u64 va, u32 nr)
{
	struct vmwalk_run_sink *to = container_of(sink, struct vmwalk_run_sink, sink);

	to->last->end = va + ((u64)nr << last->shift);
}

static u64 run_alike(struct vmwalk_sink *sink, const struct vmwalk_note *last,
		     const u64 *entry, u64 va, u64 end)
{
	struct vmwalk_run_sink *to = container_of(sink, struct vmwalk_run_sink, sink);

	if (to->hide & VMWALK_PRIVILEGED)
		to->seam.va = vmwalk_alike_anywhere(sink, last, entry, va, end, run_take_blind);
	else
		to->seam.va = vmwalk_alike(sink, last, entry, va, end, run_take);
	return to->seam.va;
}

void vmwalk_run_sink_open(struct vmwalk_run_sink *to, struct vmwalk_run *runs, u32 room,
			  u64 hide)
{
	*to = (struct vmwalk_run_sink) {
		.sink.emit = run_emit, .sink.alike = run_alike,
		.sink.bulk = VMWALK_BULK_KINDS,
		.hide = hide, .runs = runs, .room = room,
	};
	vmwalk_seam_open(&to->seam);
	vmwalk_decode_open(&to->decoded);
}
