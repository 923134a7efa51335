// SPDX-License-Identifier: GPL-2.0
/* area.c - one VMA after the other */
#include <string.h>

#include "area.h"
#include "field.h"

#define TEXT_SIZE	(4 * VMWALK_NAMES_SIZE_MIN + 1)	/* bytes, escaped */

static __u64 range_end(const struct address_range *range)
{
	return range->last == ~0ULL ? range->last : range->last + 1;
}

static void area_fill(struct area *area, const struct address_range *range)
{
	__u64 end = range_end(range);

	area->start = area->vma->start > range->first ? area->vma->start : range->first;
	area->end = area->vma->end < end ? area->vma->end : end;
}

int areas_each(struct vmwalk *handle, const struct address_range *range,
	       int (*each)(const struct area *area, void *context), void *context)
{
	static char text[TEXT_SIZE];
	struct area area = { .text = text };
	struct vmwalk_iter *iter;
	int ret = vmwalk_vmas_open(handle, range->first, range_end(range), 0, &iter);

	if (ret)
		return ret;
	while ((ret = vmwalk_vmas_next(iter, &area.vma, &area.name)) > 0) {
		area_fill(&area, range);
		vmwalk_text_escape(text, sizeof(text), area.name, strlen(area.name));
		ret = each(&area, context);
		if (ret)
			break;
	}
	vmwalk_iter_close(iter);
	return ret;
}
