// SPDX-License-Identifier: GPL-2.0
/* cmd_maps.c - vmwalk maps: the VMAs of a process */
#include <string.h>

#include "client.h"

struct maps {
	struct request request;
	bool counts;
};

static const struct argp_option options[] = {
	{ "counts", 'c', NULL, 0, "count the pages of each area (reads the page tables)", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct maps *maps = state->input;

	(void)arg;
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &maps->request;
		return 0;
	case 'c':
		maps->counts = true;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = { { &request_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.options = options, .parser = parse, .children = children, .args_doc = "PID",
	.doc = "Show the mapped areas (VMAs) of a process.\v"
	       "Page counts are also taken when -o names one of their columns.",
};

static void columns_fill(struct columns *columns, bool counts)
{
	*columns = (struct columns) {
		.name = "vmas",
		.defaults = counts ? "start,end,flags,page_bytes,pte,pmd,pud,swapped,other,never,"
				     "accessed,dirty,use,name"
				   : "start,end,flags,offset,dev,inode,use,name",
	};
	columns_add_record(columns, &vmwalk_records[VMWALK_RECORD_vma], 0);
	columns_add_text(columns, "name", "path or name, control characters as \\ooo");
}

#define NAME_SIZE	(4 * VMWALK_NAMES_SIZE_MIN + 1)	/* bytes, escaped */

static int rows_add(struct table *table, void *context)
{
	struct vmwalk_iter *iter = context;
	const struct vmwalk_vma *vma;
	const char *name;
	int ret;

	while ((ret = vmwalk_vmas_next(iter, &vma, &name)) > 0) {
		static char text[NAME_SIZE];
		const void *const records[] = { vma };
		int err;

		vmwalk_text_escape(text, sizeof(text), name, strlen(name));
		err = table_row_records(table, records, text);
		if (err)
			return err;
	}
	return ret;
}

static int maps_print(const struct maps *maps, const struct columns *columns,
		      struct vmwalk *handle)
{
	const struct output *output = &maps->request.output;
	bool counts = maps->counts ||
		      columns_need(columns, output->columns, VMWALK_GROUP_COUNTS);
	struct vmwalk_iter *iter;
	int err = vmwalk_vmas_open(handle, 0, ~0ULL, counts ? VMWALK_QUERY_COUNTS : 0, &iter);

	if (err)
		return err;
	err = table_print(output, columns, rows_add, iter);
	vmwalk_iter_close(iter);
	return err;
}

enum status cmd_maps(int argc, char **argv)
{
	struct maps maps = { .counts = false };
	struct columns columns;
	struct vmwalk *handle;
	enum status status;

	request_parse(&argp, argc, argv, &maps);
	columns_fill(&columns, maps.counts);
	if (!request_columns(&maps.request, &columns, &status))
		return status;
	if (request_open(&maps.request, &handle) != 0)
		return STATUS_FAILED;
	return request_close(&maps.request, handle, maps_print(&maps, &columns, handle));
}
