/* SPDX-License-Identifier: GPL-2.0 */
/* run.h - page-table entries -> struct vmwalk_run: equal neighbours merged */
#ifndef VMWALK_RUN_H
#define VMWALK_RUN_H

#include "decode.h"
#include "pgtable.h"

/**
 * struct vmwalk_run_sink - collects runs in an array
 * @sink: give this to vmwalk_pgtable_walk()
 * @seam: what the next note must be to continue the last run
 * @decoded: the entry decoded last
 * @hide: groups of fields the reader may not see
 * @runs: the array
 * @last: the run begun last
 * @room: records in it
 * @nr: records begun
 */
struct vmwalk_run_sink {
	struct vmwalk_sink sink;
	struct vmwalk_seam seam;
	struct vmwalk_decoded decoded;
	u64 hide;
	struct vmwalk_run *runs;
	struct vmwalk_run *last;
	u32 room;
	u32 nr;
};

/**
 * vmwalk_run_sink_open() - begin with an empty array
 * @to: the sink
 * @runs: room for @room records
 * @room: at least 1
 * @hide: groups of fields the reader may not see. Where a run ends must not tell
 *	them either: with any of VMWALK_PRIVILEGED only what may be seen is merged by.
 */
void vmwalk_run_sink_open(struct vmwalk_run_sink *to, struct vmwalk_run *runs, u32 room,
			  u64 hide);

#endif /* VMWALK_RUN_H */
