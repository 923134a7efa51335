/* SPDX-License-Identifier: GPL-2.0 */
/* pagetable.h - page-table entries -> struct vmwalk_pagetable: the tables they stand in */
#ifndef VMWALK_PAGETABLE_H
#define VMWALK_PAGETABLE_H

#include "pgtable.h"

/**
 * struct vmwalk_pagetable_sink - collects tables in an array
 * @sink: give this to vmwalk_pgtable_walk(), several times in a row if need be
 * @open: the table of each level that is being counted; entries 0 if none
 * @hide: groups of fields the reader may not see
 * @tables: the array
 * @room: records in it
 * @nr: records done
 */
struct vmwalk_pagetable_sink {
	struct vmwalk_sink sink;
	struct vmwalk_pagetable open[VMWALK_LEVEL_NR];
	u64 hide;
	struct vmwalk_pagetable *tables;
	u32 room;
	u32 nr;
};

/**
 * vmwalk_pagetable_sink_open() - begin with an empty array
 * @to: the sink
 * @tables: room for @room records
 * @room: at least VMWALK_PAGETABLE_ROOM_MIN
 * @hide: groups of fields the reader may not see
 *
 * Full, with @nr below @room, where what is open and a new table might not fit:
 * what vmwalk_pagetable_sink_close() puts there always does.
 */
void vmwalk_pagetable_sink_open(struct vmwalk_pagetable_sink *to,
				struct vmwalk_pagetable *tables, u32 room, u64 hide);

/* Put what is open into the array: the rest of these tables, if any, are further parts. */
void vmwalk_pagetable_sink_close(struct vmwalk_pagetable_sink *to);

#define VMWALK_PAGETABLE_ROOM_MIN	VMWALK_TABLES_COUNT_MIN

#endif /* VMWALK_PAGETABLE_H */
