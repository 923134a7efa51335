// SPDX-License-Identifier: GPL-2.0
/* run.c - page-table entries -> struct vmwalk_run: equal neighbours merged */
#include <linux/kernel.h>
#include <linux/mm.h>

#include "arch.h"
#include "field.h"
#include "run.h"

/* note -> the first entry of a record */
static void run_fill(struct vmwalk_run *run, const struct vmwalk_note *note)
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
	};
	run->flags = note->flags | vmwalk_arch_decode(note->level, note->kind, note->raw,
						      &run->unknown);
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
static struct vmwalk_note blind(const struct vmwalk_note *note)
{
	struct vmwalk_note seen = *note;
	u64 unknown;

	seen.key = vmwalk_arch_decode(note->level, note->kind, note->raw, &unknown);
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

	if (note->kind == VMWALK_KIND_TABLE || note->kind == VMWALK_KIND_FOLDED)
		return true;
	if (to->hide & VMWALK_PRIVILEGED) {
		seen = blind(note);
		note = &seen;
	}
	if (vmwalk_seam_joins(&to->seam, note)) {
		to->runs[to->nr - 1].end = note->end;
	} else {
		if (to->nr == to->room)
			return false;
		run_fill(&to->runs[to->nr], note);
		vmwalk_field_hide(VMWALK_RECORD_run, &to->runs[to->nr++], to->hide);
	}
	vmwalk_seam_move(&to->seam, note);
	return true;
}

void vmwalk_run_sink_open(struct vmwalk_run_sink *to, struct vmwalk_run *runs, u32 room,
			  u64 hide)
{
	*to = (struct vmwalk_run_sink) {
		.sink.emit = run_emit, .hide = hide, .runs = runs, .room = room,
	};
	vmwalk_seam_open(&to->seam);
}
