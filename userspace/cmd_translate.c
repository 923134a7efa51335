// SPDX-License-Identifier: GPL-2.0
/* cmd_translate.c - vmwalk translate: the way of addresses to their frames */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "addresses.h"
#include "client.h"
#include "picture.h"

#define BATCH	512	/* addresses a query */
#define NAME_SIZE	(4 * VMWALK_NAMES_SIZE_MIN + 1)	/* bytes of a name, escaped */

#define KEY_KERNEL	0x200

struct translate {
	struct request request;
	bool levels;
	bool kernel;
	bool dossiers;		/* ask for all that is known of an address, one by one */
	struct addresses addresses;
	unsigned int page_shift;
	struct vmwalk *handle;
	struct feed feed;
	__u64 batch[BATCH];
	struct vmwalk_walk walks[BATCH];
	struct vmwalk_swaps *swaps;
	struct vmwalk_dossier dossier;
	char name[NAME_SIZE];
	char device[1024];
};

static const struct argp_option options[] = {
	{ "levels", 'l', NULL, 0, "a row for each level (a table instead of the picture)", 0 },
	{ "kernel", KEY_KERNEL, NULL, 0,
	  "addresses of the kernel's half, for the privileged; no PID then", 0 },
	{ 0 }
};

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
	case KEY_KERNEL:
		translate->kernel = true;
		translate->request.pid = getpid();
		return 0;
	case ARGP_KEY_ARG:
		if (!translate->request.pid)
			return ARGP_ERR_UNKNOWN;
		addresses_take(&translate->addresses, arg, state);
		return 0;
	case ARGP_KEY_END:
		addresses_check(&translate->addresses, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = { { &request_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.options = options, .parser = parse, .children = children,
	.args_doc = "PID [ADDRESS...]\n--kernel [ADDRESS...]",
	.doc = "Show the way of addresses through the page tables to their frames, and what "
	       "is known of frame, VMA, file and swap, drawn; with -o, -J, -r or -l as a "
	       "table.\v"
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
	WALK_FIELD(effective, "effective", FLAGS, LEAF,
		   "what all levels together allow: write, user, nx"),
	WALK_FIELD(region, "region", REGION, BASE, "region of the kernel's half, or user"),
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

/* A row's records: the walk, a level of it, and what only a dossier has. */
enum row {
	ROW_WALK,
	ROW_ENTRY,
	ROW_DOSSIER,
	ROW_VMA = ROW_DOSSIER,
	ROW_FRAME,
	ROW_BACKING,
	ROW_AROUND,
	ROW_NR
};

static void columns_fill_dossier(struct columns *columns)
{
	static const struct {
		enum vmwalk_record_id id;
		enum row row;
	} parts[] = {
		{ VMWALK_RECORD_vma, ROW_VMA },
		{ VMWALK_RECORD_frame, ROW_FRAME },
		{ VMWALK_RECORD_backing, ROW_BACKING },
		{ VMWALK_RECORD_around, ROW_AROUND },
	};
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		columns_add_named(columns, &vmwalk_records[parts[i].id], parts[i].row);
	columns_add_text(columns, "name", "name or path of the VMA, control characters as \\ooo");
	columns_add_text(columns, "swap_device",
			 "swap area by name; where the kernel leaves it open: one of ...");
}

static const char *columns_default(const struct translate *translate)
{
	if (translate->levels)
		return "address,level,shift,index,kind,table,raw,flags,pfn,result";
	if (translate->kernel)
		return "address,region,kind,pa,level,shift,flags";
	return "address,kind,pa,level,shift,flags,vma_flags";
}

static void columns_fill(struct columns *columns, const struct translate *translate)
{
	const struct vmwalk_record end = { .fields = &end_fields[translate->levels], .nr = 1 };

	memset(columns, 0, sizeof(*columns));
	columns->name = translate->levels ? "levels" : "walks";
	columns->defaults = columns_default(translate);
	columns_add_record(columns, &walk_record, ROW_WALK);
	columns_add_record(columns, &end, ROW_WALK);
	columns_add_record(columns, &vmwalk_records[VMWALK_RECORD_entry], ROW_ENTRY);
	if (!translate->kernel)
		columns_fill_dossier(columns);
}

/* The privileged have the raw entry of the top table at the least. */
static void hint_check(const struct translate *translate, const struct vmwalk_walk *walk)
{
	static bool said;

	if (walk->depth && !(walk->entry[0].has & VMWALK_HAS(RAW)))
		hint_privileged();
	if (translate->kernel || walk->depth || walk->va >> 63 == 0 || said)
		return;
	fputs("vmwalk: addresses of the kernel's half are asked for with --kernel\n", stderr);
	said = true;
}

/* An address outside any VMA has no entry: a row with dashes. */
static int walk_rows(const struct translate *translate, const struct vmwalk_walk *walk,
		     struct table *table)
{
	static const struct vmwalk_entry absent;
	const struct vmwalk_dossier *dossier = &translate->dossier;
	const char *const texts[] = { translate->name, translate->device };
	__u32 depth = walk->depth < VMWALK_DEPTH ? walk->depth : VMWALK_DEPTH;
	__u32 i = translate->levels || !depth ? 0 : depth - 1;
	int err;

	do {
		const void *const records[ROW_NR] = {
			[ROW_WALK] = walk,
			[ROW_ENTRY] = depth ? &walk->entry[i] : &absent,
			[ROW_VMA] = &dossier->vma,
			[ROW_FRAME] = &dossier->frame,
			[ROW_BACKING] = &dossier->backing,
			[ROW_AROUND] = &dossier->around,
		};

		err = table_row_texts(table, records, texts);
	} while (!err && ++i < depth);
	return err;
}

/* What the dossier has in words, for a row. */
static void words_set(struct translate *translate, const char *name)
{
	__u64 offset;
	__u32 type;

	vmwalk_text_escape(translate->name, sizeof(translate->name), name, strlen(name));
	if (!vmwalk_swaps_place(&translate->dossier, &type, &offset) ||
	    vmwalk_swaps_name(translate->swaps, type, translate->device,
			      sizeof(translate->device)) != 0)
		strcpy(translate->device, "-");
}

static int dossier_print(struct translate *translate, __u64 address, struct table *table)
{
	struct picture_words words = { .swaps = translate->swaps };
	int err = vmwalk_dossier(translate->handle, address, &translate->dossier, &words.name);

	if (err)
		return err;
	if (!table) {
		picture_dossier(stdout, &translate->dossier, &words, translate->page_shift);
		return 0;
	}
	words_set(translate, words.name);
	return walk_rows(translate, &translate->dossier.walk, table);
}

static int walk_print(struct translate *translate, const struct vmwalk_walk *walk,
		      struct table *table)
{
	if (table)
		return walk_rows(translate, walk, table);
	if (translate->kernel && walk->region == VMWALK_REGION_USER) {
		printf("0x%llx  not an address of the kernel's half: ask without --kernel\n",
		       (unsigned long long)walk->va);
		return 0;
	}
	picture_draw(stdout, walk, translate->page_shift);
	return 0;
}

static int batch_ask(struct translate *translate, size_t nr)
{
	if (translate->dossiers)
		return 0;
	if (translate->kernel)
		return vmwalk_kernel_translate(translate->handle, translate->batch, nr,
					       translate->walks);
	return vmwalk_translate(translate->handle, translate->batch, nr, translate->walks);
}

static int batch_print(struct translate *translate, size_t nr, struct table *table)
{
	const struct vmwalk_walk *walk;
	size_t i;
	int err = batch_ask(translate, nr);

	for (i = 0; i < nr && !err; i++) {
		walk = translate->dossiers ? &translate->dossier.walk : &translate->walks[i];
		err = translate->dossiers ? dossier_print(translate, translate->batch[i], table) :
					    walk_print(translate, walk, table);
		if (!err && !table)
			fputc('\n', stdout);
		if (!err)
			hint_check(translate, walk);
	}
	return err;
}

/* Each batch is out before the next is waited for: the input may be a dialogue. */
static int batches_print(struct table *table, void *context)
{
	struct translate *translate = context;
	long nr;
	int err;

	while ((nr = feed_next(&translate->feed, translate->batch, BATCH)) > 0) {
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

/* A table asks for dossiers, which are slower, only for columns that need them. */
static int translate_print(struct translate *translate, const struct columns *columns)
{
	const struct output *output = &translate->request.output;
	__u64 page = VMWALK_BIT(translate->page_shift);
	bool table = output->columns || output->json || output->raw || translate->levels;

	addresses_feed(&translate->addresses, &translate->feed, page);
	translate->dossiers = !translate->kernel &&
			      (!table || columns_reach(columns, output->columns, ROW_DOSSIER));
	/* Without names of swap areas their numbers are still there. */
	if (translate->dossiers && vmwalk_swaps_open(&translate->swaps) != 0)
		translate->swaps = NULL;
	if (table)
		return table_print(output, columns, batches_print, translate);
	return batches_print(NULL, translate);
}

static enum status translate_run(struct translate *translate, int argc, char **argv)
{
	struct columns columns;
	enum status status;
	int err;

	request_parse(&argp, argc, argv, translate);
	columns_fill(&columns, translate);
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
	addresses_free(&translate->addresses);
	vmwalk_swaps_close(translate->swaps);
	free(translate);
	return status;
}
