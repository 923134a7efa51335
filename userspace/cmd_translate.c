// SPDX-License-Identifier: GPL-2.0
/* cmd_translate.c - vmwalk translate: the way of addresses to their frames */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "address.h"
#include "client.h"
#include "feed.h"
#include "picture.h"

#define BATCH	512	/* addresses a query */

struct translate {
	struct request request;
	bool levels;
	struct address_range *ranges;
	size_t nr;
	bool dash;		/* "-" was given */
	unsigned int page_shift;
	struct vmwalk *handle;
	struct feed feed;
	__u64 addresses[BATCH];
	struct vmwalk_walk walks[BATCH];
};

static const struct argp_option options[] = {
	{ "levels", 'l', NULL, 0, "a row for each level (a table instead of the picture)", 0 },
	{ 0 }
};

static void take_range(struct translate *translate, const char *text,
		       struct argp_state *state)
{
	size_t room = (translate->nr + 1) * sizeof(*translate->ranges);
	struct address_range *ranges;
	int err;

	if (strcmp(text, "-") == 0) {
		translate->dash = true;
		return;
	}
	ranges = realloc(translate->ranges, room);
	if (!ranges)
		argp_failure(state, STATUS_FAILED, ENOMEM, "addresses");
	translate->ranges = ranges;
	err = address_parse(text, &ranges[translate->nr]);
	if (err)
		argp_error(state, "'%s' %s", text, address_explain(err));
	translate->nr++;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct translate *translate = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &translate->request;
		return 0;
	case 'l':
		translate->levels = true;
		return 0;
	case ARGP_KEY_ARG:
		if (!translate->request.pid)
			return ARGP_ERR_UNKNOWN;
		take_range(translate, arg, state);
		return 0;
	case ARGP_KEY_END:
		if (translate->dash && translate->nr)
			argp_error(state, "either addresses or -");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = { { &request_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.options = options, .parser = parse, .children = children,
	.args_doc = "PID [ADDRESS...]",
	.doc = "Show the way of addresses through the page tables to their frames, drawn; "
	       "with -o, -J, -r or -l as a table.\v"
	       "ADDRESS is decimal, or hexadecimal with 0x. START+LEN and START-END (END "
	       "exclusive) mean START and the first byte of every further base page. None, "
	       "or -, reads them from standard input, one a line; blank lines and lines that "
	       "begin with # are passed over. An address that is not mapped is an answer.",
};

/* The members of struct vmwalk_walk that a row can show. */
#define WALK_FIELD(member, text, FORMAT, GROUP, help_text) {		\
	.name = text, .help = help_text,				\
	.offset = offsetof(struct vmwalk_walk, member),			\
	.width = sizeof(((struct vmwalk_walk *)0)->member),		\
	.count = 1, .format = VMWALK_FORMAT_##FORMAT, .group = VMWALK_GROUP_##GROUP, \
}

static const struct vmwalk_field walk_fields[] = {
	WALK_FIELD(va, "address", HEX, BASE, "the address asked for"),
	WALK_FIELD(pa, "pa", HEX, FRAME, "physical address of that very byte"),
	WALK_FIELD(vma_start, "vma_start", HEX, VMA, "first address of the VMA"),
	WALK_FIELD(vma_end, "vma_end", HEX, VMA, "first address after the VMA"),
	WALK_FIELD(vma_flags, "vma_flags", PERMS, VMA, "permissions of the VMA"),
	WALK_FIELD(depth, "depth", DEC, BASE, "levels passed; 0 when no VMA covers the address"),
};

static const struct vmwalk_record walk_record = {
	.name = "walk", .help = "the walk of one address", .fields = walk_fields,
	.nr = sizeof(walk_fields) / sizeof(walk_fields[0]), .size = sizeof(struct vmwalk_walk),
};

/* The end of the walk: in a row a level not to be taken for the level's kind. */
static const struct vmwalk_field end_fields[] = {
	WALK_FIELD(kind, "kind", KIND, BASE, "what stands at the end of the walk"),
	WALK_FIELD(kind, "result", KIND, BASE, "what stands at the end of the walk"),
};

static void columns_fill(struct columns *columns, bool levels)
{
	const struct vmwalk_record end = { .fields = &end_fields[levels], .nr = 1 };

	*columns = (struct columns) {
		.name = levels ? "levels" : "walks",
		.defaults = levels ? "address,level,shift,index,kind,table,raw,flags,pfn,result"
				   : "address,kind,pa,level,shift,flags,vma_flags",
	};
	columns_add_record(columns, &walk_record, 0);
	columns_add_record(columns, &end, 0);
	columns_add_record(columns, &vmwalk_records[VMWALK_RECORD_entry], 1);
}

/* The privileged have the raw entry of the top table at the least. */
static void hint_check(const struct vmwalk_walk *walk)
{
	if (walk->depth && !(walk->entry[0].has & VMWALK_HAS(RAW)))
		hint_privileged();
}

/* An address outside any VMA has no entry: a row with dashes. */
static int walk_rows(const struct translate *translate, const struct vmwalk_walk *walk,
		     struct table *table)
{
	static const struct vmwalk_entry absent;
	__u32 depth = walk->depth < VMWALK_DEPTH ? walk->depth : VMWALK_DEPTH;
	__u32 i = translate->levels || !depth ? 0 : depth - 1;
	int err;

	do {
		const void *const records[] = { walk, depth ? &walk->entry[i] : &absent };

		err = table_row_records(table, records, NULL);
	} while (!err && ++i < depth);
	return err;
}

static int batch_print(struct translate *translate, size_t nr, struct table *table)
{
	size_t i;
	int err = 0;

	for (i = 0; i < nr && !err; i++) {
		const struct vmwalk_walk *walk = &translate->walks[i];

		if (table) {
			err = walk_rows(translate, walk, table);
		} else {
			picture_draw(stdout, walk, translate->page_shift);
			fputc('\n', stdout);
		}
		hint_check(walk);
	}
	return err;
}

/* Each batch is out before the next is waited for: the input may be a dialogue. */
static int batches_print(struct table *table, void *context)
{
	struct translate *translate = context;
	long nr;
	int err;

	while ((nr = feed_next(&translate->feed, translate->addresses, BATCH)) > 0) {
		err = vmwalk_translate(translate->handle, translate->addresses, (size_t)nr,
				       translate->walks);
		if (!err)
			err = batch_print(translate, (size_t)nr, table);
		if (!err && table && translate->feed.fd >= 0)
			err = table_flush(table);
		if (!err && (fflush(stdout) != 0 || ferror(stdout)))
			err = -EIO;
		if (err)
			return err;
	}
	return (int)nr;
}

static int translate_print(struct translate *translate, const struct columns *columns)
{
	const struct output *output = &translate->request.output;
	__u64 page = VMWALK_BIT(translate->page_shift);

	if (translate->nr)
		feed_open_ranges(&translate->feed, translate->ranges, translate->nr, page);
	else
		feed_open_fd(&translate->feed, STDIN_FILENO, page);
	if (output->columns || output->json || output->raw || translate->levels)
		return table_print(output, columns, batches_print, translate);
	return batches_print(NULL, translate);
}

static enum status translate_run(struct translate *translate, int argc, char **argv)
{
	struct columns columns;
	enum status status;
	int err;

	request_parse(&argp, argc, argv, translate);
	columns_fill(&columns, translate->levels);
	if (!request_columns(&translate->request, &columns, &status))
		return status;
	if (request_open(&translate->request, &translate->handle) != 0)
		return STATUS_FAILED;
	err = translate_print(translate, &columns);
	status = request_close(&translate->request, translate->handle, err);
	return translate->feed.malformed ? STATUS_FAILED : status;
}

enum status cmd_translate(int argc, char **argv)
{
	struct translate *translate = calloc(1, sizeof(*translate));
	enum status status;

	if (!translate) {
		fputs("vmwalk: out of memory\n", stderr);
		return STATUS_FAILED;
	}
	translate->page_shift = (unsigned int)__builtin_ctzl((unsigned long)sysconf(_SC_PAGESIZE));
	status = translate_run(translate, argc, argv);
	free(translate->ranges);
	free(translate);
	return status;
}
