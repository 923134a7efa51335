// SPDX-License-Identifier: GPL-2.0
/* cmd_frames.c - vmwalk frames: the frames behind a range, and sums of them */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "area.h"
#include "census.h"
#include "parts.h"

#define KEY_BY	0x200

struct frames {
	struct request request;
	struct address_range range;
	bool ranged;
	bool sum;
	const char *by;		/* columns that sums are told apart by; NULL for all */
	const char *sections;
	struct vmwalk *handle;
	struct vmwalk_iter *iter;
	struct table *table;
	struct vmwalk_census_book book;	/* of one VMA */
	struct vmwalk_census_book total;
	bool counted;		/* all VMAs are in @total */
};

static const struct argp_option options[] = {
	{ "sum", 'S', NULL, 0, "sums of frames that are alike, for each mapped area and in all", 0 },
	{ "by", KEY_BY, "LIST", 0,
	  "sums by these columns only: level, memtype, node, zone, type, order", 0 },
	{ "section", 's', "LIST", 0, "of the sums: vmas, total, or both", 0 },
	{ 0 }
};

static void range_parse(struct frames *frames, const char *arg, struct argp_state *state)
{
	int err = address_parse(arg, &frames->range);

	if (err)
		argp_error(state, "'%s' %s", arg, address_explain(err));
	frames->ranged = true;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct frames *frames = state->input;
	__u64 by;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &frames->request;
		return 0;
	case 'S':
		frames->sum = true;
		return 0;
	case KEY_BY:
		if (vmwalk_census_by(arg, &by) != 0)
			argp_error(state, "'%s': sums are by level, memtype, node, zone, type or "
				   "order, with commas", arg);
		frames->sum = true;
		frames->by = arg;
		return 0;
	case 's':
		frames->sum = true;
		frames->sections = arg;
		return 0;
	case ARGP_KEY_ARG:
		if (!frames->request.pid || frames->ranged)
			return ARGP_ERR_UNKNOWN;
		range_parse(frames, arg, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = { { &request_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.options = options, .parser = parse, .children = children, .args_doc = "PID [RANGE]",
	.doc = "Show the frames behind a range of addresses, as the kernel's struct page "
	       "describes them; frames that are alike and follow each other are one row.\v"
	       "RANGE is START-END (END exclusive), START+LEN or one address; everything if "
	       "there is none. Numbers are decimal, or hexadecimal with 0x.",
};

/* What the frame is says struct page, and that needs privilege. */
static void hint_hidden(const struct vmwalk_frame *frame)
{
	if (!(frame->has & VMWALK_HAS(FRAME)))
		hint_privileged();
}

static int frame_rows(struct table *table, void *context)
{
	struct frames *frames = context;
	const struct vmwalk_frame *frame;
	int ret;

	while ((ret = vmwalk_frames_next(frames->iter, &frame)) > 0) {
		const void *const records[] = { frame };
		int err = table_row_records(table, records, NULL);

		if (err)
			return err;
		hint_hidden(frame);
	}
	return ret;
}

static int frames_print(struct frames *frames, const struct columns *columns)
{
	__u64 last = frames->range.last;
	int err = vmwalk_frames_open(frames->handle, frames->range.first,
				     last == ~0ULL ? last : last + 1, &frames->iter);

	if (err)
		return err;
	err = table_print(&frames->request.output, columns, frame_rows, frames);
	vmwalk_iter_close(frames->iter);
	return err;
}

/* Counts the frames of one VMA. */
static int area_count(struct frames *frames, const struct area *area)
{
	const struct vmwalk_frame *frame;
	struct vmwalk_iter *iter;
	int ret = vmwalk_frames_open(frames->handle, area->start, area->end, &iter);

	if (ret)
		return ret;
	while ((ret = vmwalk_frames_next(iter, &frame)) > 0) {
		hint_hidden(frame);
		ret = vmwalk_census_add(&frames->book, frame);
		if (ret)
			break;
	}
	vmwalk_iter_close(iter);
	return ret;
}

static int book_rows(struct table *table, const struct vmwalk_census_book *book,
		     const struct vmwalk_vma *vma, const char *name)
{
	size_t i;
	int err = 0;

	for (i = 0; i < book->nr && !err; i++) {
		const void *const records[] = { &book->groups[i], vma };

		err = table_row_records(table, records, name);
	}
	return err;
}

/* One VMA for the sum of all. */
static int area_join(const struct area *area, void *context)
{
	struct frames *frames = context;
	int err;

	vmwalk_census_empty(&frames->book);
	err = area_count(frames, area);
	return err ? err : vmwalk_census_join(&frames->total, &frames->book);
}

/* The rows of one VMA. */
static int area_rows(const struct area *area, void *context)
{
	struct frames *frames = context;
	int err;

	err = area_join(area, frames);
	return err ? err : book_rows(frames->table, &frames->book, area->vma, area->text);
}

static int vma_rows(struct table *table, void *context)
{
	struct frames *frames = context;

	frames->table = table;
	frames->counted = true;
	return areas_each(frames->handle, &frames->range, area_rows, frames);
}

static int total_rows(struct table *table, void *context)
{
	static const struct vmwalk_vma none;
	struct frames *frames = context;
	int err = 0;

	if (!frames->counted)
		err = areas_each(frames->handle, &frames->range, area_join, frames);
	return err ? err : book_rows(table, &frames->total, &none, "");
}

/* What sums are not by is no column of theirs. */
static void columns_fill_sums(struct columns *columns, const char *name, __u64 by, bool vma)
{
	const struct vmwalk_record *census = &vmwalk_records[VMWALK_RECORD_census];
	unsigned int i;

	*columns = (struct columns) { .name = name };
	if (vma) {
		columns_add_record(columns, &vmwalk_records[VMWALK_RECORD_vma], 1);
		columns_add_text(columns, "name", "path or name, control characters as \\ooo");
	}
	columns_add_record(columns, census, 0);
	for (i = 0; i < census->nr; i++)
		if (vmwalk_census_is_key(&census->fields[i]) && !(by & VMWALK_BIT(i)))
			columns_drop(columns, census->fields[i].name);
}

/* The columns shown by themselves: where it is, by what the sums are, and the sums. */
static const char *defaults_fill(char *text, size_t size, __u64 by, bool vma)
{
	const struct vmwalk_record *census = &vmwalk_records[VMWALK_RECORD_census];
	size_t used = (size_t)snprintf(text, size, "%s", vma ? "start,end,use," : "");
	unsigned int i;

	for (i = 0; i < census->nr; i++)
		if (vmwalk_census_is_key(&census->fields[i]) && by & VMWALK_BIT(i))
			used += (size_t)snprintf(text + used, size - used, "%s,",
						 census->fields[i].name);
	snprintf(text + used, size - used, "pages,bytes,shared%s", vma ? ",name" : "");
	return text;
}

static enum status sums_run(struct frames *frames)
{
	static struct part part[] = { { .rows = vma_rows }, { .rows = total_rows } };
	const struct parts parts = { part, 2, frames->sections };
	char defaults[2][256];
	enum status status;
	__u64 by = 0;
	int err;

	vmwalk_census_by(frames->by, &by);
	columns_fill_sums(&part[0].columns, "vmas", by, true);
	columns_fill_sums(&part[1].columns, "total", by, false);
	part[0].columns.defaults = defaults_fill(defaults[0], sizeof(defaults[0]), by, true);
	part[1].columns.defaults = defaults_fill(defaults[1], sizeof(defaults[1]), by, false);
	if (!parts_check(&frames->request, &parts, &status))
		return status;
	if (request_open(&frames->request, &frames->handle) != 0)
		return STATUS_FAILED;
	vmwalk_census_open(&frames->book, by, (__u64)sysconf(_SC_PAGESIZE));
	vmwalk_census_open(&frames->total, by, (__u64)sysconf(_SC_PAGESIZE));
	err = parts_print(&frames->request.output, &parts, frames);
	vmwalk_census_close(&frames->book);
	vmwalk_census_close(&frames->total);
	return request_close(&frames->request, frames->handle, err);
}

enum status cmd_frames(int argc, char **argv)
{
	struct frames frames = { .range = { 0, ~0ULL } };
	struct columns columns = {
		.name = "frames",
		.defaults = "va,pages,level,kind,pfn,type,order,place,mapcount,refcount,node,zone,"
			    "page_flags",
	};
	enum status status;

	request_parse(&argp, argc, argv, &frames);
	if (frames.sum)
		return sums_run(&frames);
	columns_add_record(&columns, &vmwalk_records[VMWALK_RECORD_frame], 0);
	if (!request_columns(&frames.request, &columns, &status))
		return status;
	if (request_open(&frames.request, &frames.handle) != 0)
		return STATUS_FAILED;
	return request_close(&frames.request, frames.handle, frames_print(&frames, &columns));
}
