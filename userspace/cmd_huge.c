// SPDX-License-Identifier: GPL-2.0
/* cmd_huge.c - vmwalk huge: what is huge, what could be, and why the rest is not */
#include <errno.h>
#include <unistd.h>

#include "area.h"
#include "census.h"
#include "huge.h"
#include "parts.h"

struct huge {
	struct request request;
	const char *sections;
	struct vmwalk *handle;
	struct table *table;
	struct vmwalk_thp_settings thp;
	bool prctl;
	struct vmwalk_census_book book;
};

static const struct address_range everything = { 0, ~0ULL };

static const struct argp_option options[] = {
	{ "section", 's', "LIST", 0, "of huge, orders (orders of the folios behind)", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct huge *huge = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &huge->request;
		return 0;
	case 's':
		huge->sections = arg;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = { { &request_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.options = options, .parser = parse, .children = children, .args_doc = "PID",
	.doc = "Show for each mapped area what of it is mapped by huge pages, what could be, and "
	       "why the rest is not.\v"
	       "Reserved huge pages (hugetlb) are huge as a whole.",
};

static int runs_add(struct vmwalk *handle, const struct area *area, struct vmwalk_huge *to)
{
	const struct vmwalk_run *run;
	struct vmwalk_iter *iter;
	int ret = vmwalk_runs_open(handle, area->start, area->end, &iter);

	if (ret)
		return ret;
	while ((ret = vmwalk_runs_next(iter, &run)) > 0)
		vmwalk_huge_run(to, run);
	vmwalk_iter_close(iter);
	return ret;
}

/*
 * Folios say what leaves do not: that small leaves map a huge page. Who may not see
 * them gets no answer from any frame, so the first one that hides ends it.
 */
static int frames_add(struct vmwalk *handle, const struct area *area, struct vmwalk_huge *to)
{
	const struct vmwalk_frame *frame;
	struct vmwalk_iter *iter;
	int ret = vmwalk_frames_open(handle, area->start, area->end, &iter);

	if (ret)
		return ret;
	while ((ret = vmwalk_frames_next(iter, &frame)) > 0) {
		if (!(frame->has & VMWALK_HAS(FRAME))) {
			hint_privileged();
			ret = 0;
			break;
		}
		vmwalk_huge_frame(to, frame);
	}
	vmwalk_iter_close(iter);
	return ret;
}

static int area_row(const struct area *area, void *context)
{
	struct huge *huge = context;
	struct vmwalk_hugepages out;
	struct vmwalk_huge vma;
	const void *const records[] = { &out, area->vma };
	int err;

	vmwalk_huge_open(&vma, &huge->thp, area->vma, area->name, huge->prctl);
	err = runs_add(huge->handle, area, &vma);
	if (!err && vma.out.pte_bytes)
		err = frames_add(huge->handle, area, &vma);
	if (err)
		return err;
	vmwalk_huge_close(&vma, &out);
	return table_row_records(huge->table, records, area->text);
}

static int huge_rows(struct table *table, void *context)
{
	struct huge *huge = context;

	huge->table = table;
	return areas_each(huge->handle, &everything, area_row, huge);
}

static int area_count(const struct area *area, struct huge *huge)
{
	const struct vmwalk_frame *frame;
	struct vmwalk_iter *iter;
	int ret = vmwalk_frames_open(huge->handle, area->start, area->end, &iter);

	if (ret)
		return ret;
	while ((ret = vmwalk_frames_next(iter, &frame)) > 0) {
		if (!(frame->has & VMWALK_HAS(FRAME)))
			hint_privileged();
		ret = vmwalk_census_add(&huge->book, frame);
		if (ret)
			break;
	}
	vmwalk_iter_close(iter);
	return ret;
}

static int area_orders(const struct area *area, void *context)
{
	struct huge *huge = context;
	size_t i;
	int err;

	vmwalk_census_empty(&huge->book);
	err = area_count(area, huge);
	for (i = 0; i < huge->book.nr && !err; i++) {
		const void *const records[] = { &huge->book.groups[i], area->vma };

		err = table_row_records(huge->table, records, area->text);
	}
	return err;
}

static int order_rows(struct table *table, void *context)
{
	struct huge *huge = context;
	__u64 by = 0;
	int err = vmwalk_census_by("level,type,order", &by);

	huge->table = table;
	vmwalk_census_open(&huge->book, by, huge->thp.page);
	if (!err)
		err = areas_each(huge->handle, &everything, area_orders, huge);
	vmwalk_census_close(&huge->book);
	return err;
}

static struct part part[] = {
	{
		.columns.name = "huge", .rows = huge_rows,
		.columns.defaults = "start,end,use,pte_bytes,pmd_bytes,pud_bytes,could,eligible,"
				    "reason,name",
	},
	{
		.columns.name = "orders", .rows = order_rows, .extra = true,
		.columns.defaults = "start,end,use,level,type,order,pages,bytes,name",
	},
};

#define PARTS	(sizeof(part) / sizeof(part[0]))

static void columns_fill(void)
{
	static const enum vmwalk_record_id records[PARTS] = {
		VMWALK_RECORD_hugepages, VMWALK_RECORD_census,
	};
	static const char *const uncounted[] = { "memtype", "node", "zone" };
	size_t i;

	for (i = 0; i < PARTS; i++) {
		columns_add_record(&part[i].columns, &vmwalk_records[records[i]], 0);
		columns_add_record(&part[i].columns, &vmwalk_records[VMWALK_RECORD_vma], 1);
		columns_add_text(&part[i].columns, "name",
				 "path or name, control characters as \\ooo");
	}
	for (i = 0; i < sizeof(uncounted) / sizeof(uncounted[0]); i++)
		columns_drop(&part[1].columns, uncounted[i]);
}

/* What the machine and the process are set to. */
static int settings_read(struct huge *huge)
{
	__u64 disabled = 0;
	int err = vmwalk_report_number(huge->handle, "mm", "thp_disabled", &disabled);

	huge->prctl = disabled;
	return err ? err : vmwalk_thp_read(vmwalk_pid(huge->handle), &huge->thp);
}

enum status cmd_huge(int argc, char **argv)
{
	struct huge huge = { .sections = NULL };
	struct parts parts = { part, PARTS, NULL };
	enum status status;
	int err;

	request_parse(&argp, argc, argv, &huge);
	parts.wanted = huge.sections;
	columns_fill();
	if (!parts_check(&huge.request, &parts, &status))
		return status;
	if (request_open(&huge.request, &huge.handle) != 0)
		return STATUS_FAILED;
	err = settings_read(&huge);
	if (!err)
		err = parts_print(&huge.request.output, &parts, &huge);
	vmwalk_thp_close(&huge.thp);
	return request_close(&huge.request, huge.handle, err);
}
