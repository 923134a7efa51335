// SPDX-License-Identifier: GPL-2.0
/* pagetable.c - page-table entries -> struct vmwalk_pagetable: the tables they stand in */
#include <linux/mm.h>

#include "pagetable.h"

static bool pagetable_emit(struct vmwalk_sink *sink, const struct vmwalk_note *note)
{
	return true;
}

void vmwalk_pagetable_sink_open(struct vmwalk_pagetable_sink *to,
				struct vmwalk_pagetable *tables, u32 room)
{
	*to = (struct vmwalk_pagetable_sink) {
		.sink.emit = pagetable_emit, .tables = tables, .room = room,
	};
}

void vmwalk_pagetable_sink_close(struct vmwalk_pagetable_sink *to)
{
}
