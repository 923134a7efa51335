/* SPDX-License-Identifier: GPL-2.0 */
/* run.h - page-table entries -> struct vmwalk_run: equal neighbours merged */
#ifndef VMWALK_RUN_H
#define VMWALK_RUN_H

#include "pgtable.h"

/**
 * struct vmwalk_run_sink - collects runs in an array
 * @sink: give this to vmwalk_pgtable_walk()
 * @seam: what the next note must be to continue the last run
 * @runs: the array
 * @room: records in it
 * @nr: records begun
 */
struct vmwalk_run_sink {
	struct vmwalk_sink sink;
	struct vmwalk_seam seam;
	struct vmwalk_run *runs;
	u32 room;
	u32 nr;
};

/**
 * vmwalk_run_sink_open() - begin with an empty array
 * @to: the sink
 * @runs: room for @room records
 * @room: at least 1
 */
void vmwalk_run_sink_open(struct vmwalk_run_sink *to, struct vmwalk_run *runs, u32 room);

#endif /* VMWALK_RUN_H */
