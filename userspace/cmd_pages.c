// SPDX-License-Identifier: GPL-2.0
/* cmd_pages.c - vmwalk pages: what stands behind a range, as merged runs */
#include <unistd.h>

#include "address.h"
#include "client.h"

#define KEY_KERNEL	0x200

struct pages {
	struct request request;
	struct address_range range;
	bool ranged;
	bool kernel;
	struct vmwalk_iter *iter;
};

static const struct argp_option options[] = {
	{ "kernel", KEY_KERNEL, NULL, 0,
	  "a range of the kernel's half, for the privileged; no PID then", 0 },
	{ 0 }
};

/* The whole of the kernel's half is not what anybody wants to wait for. */
static void kernel_check(const struct pages *pages, struct argp_state *state)
{
	if (!pages->kernel || pages->request.output.list_columns)
		return;
	if (!pages->ranged)
		argp_error(state, "which range?");
	if (pages->range.first >> 63 == 0)
		argp_error(state, "0x%llx is not an address of the kernel's half",
			   (unsigned long long)pages->range.first);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct pages *pages = state->input;
	int err;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &pages->request;
		return 0;
	case KEY_KERNEL:
		pages->kernel = true;
		pages->request.pid = getpid();
		return 0;
	case ARGP_KEY_ARG:
		if (!pages->request.pid || pages->ranged)
			return ARGP_ERR_UNKNOWN;
		err = address_parse(arg, &pages->range);
		if (err)
			argp_error(state, "'%s' %s", arg, address_explain(err));
		pages->ranged = true;
		return 0;
	case ARGP_KEY_END:
		kernel_check(pages, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = { { &request_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.options = options, .parser = parse, .children = children,
	.args_doc = "PID [RANGE]\n--kernel RANGE",
	.doc = "Show what stands behind a range of addresses: neighbours of equal attributes "
	       "and frames that follow each other are one row.\v"
	       "RANGE is START-END (END exclusive), START+LEN or one address; everything if "
	       "there is none. Numbers are decimal, or hexadecimal with 0x.",
};

static int rows_add(struct table *table, void *context)
{
	struct pages *pages = context;
	const struct vmwalk_run *run;
	int ret;

	while ((ret = vmwalk_runs_next(pages->iter, &run)) > 0) {
		const void *const records[] = { run };
		int err = table_row_records(table, records, NULL);

		if (err)
			return err;
		if (run->kind == VMWALK_KIND_PAGE && !(run->has & VMWALK_HAS(FRAME)))
			hint_privileged();
	}
	return ret;
}

static int pages_print(struct pages *pages, const struct columns *columns,
		       struct vmwalk *handle)
{
	__u64 first = pages->range.first, last = pages->range.last;
	__u64 end = last == ~0ULL ? last : last + 1;
	int err;

	if (pages->kernel)
		err = vmwalk_kernel_runs_open(handle, first, end, &pages->iter);
	else
		err = vmwalk_runs_open(handle, first, end, &pages->iter);
	if (err)
		return err;
	err = table_print(&pages->request.output, columns, rows_add, pages);
	vmwalk_iter_close(pages->iter);
	return err;
}

enum status cmd_pages(int argc, char **argv)
{
	struct pages pages = { .range = { 0, ~0ULL } };
	struct columns columns = {
		.name = "runs",
		.defaults = "start,end,level,kind,vma_flags,flags,pa,swap_type,swap_offset",
	};
	struct vmwalk *handle;
	enum status status;

	request_parse(&argp, argc, argv, &pages);
	if (pages.kernel)
		columns.defaults = "start,end,level,kind,flags,pa";
	columns_add_record(&columns, &vmwalk_records[VMWALK_RECORD_run], 0);
	if (!request_columns(&pages.request, &columns, &status))
		return status;
	if (request_open(&pages.request, &handle) != 0)
		return STATUS_FAILED;
	return request_close(&pages.request, handle, pages_print(&pages, &columns, handle));
}
