// SPDX-License-Identifier: GPL-2.0
/* cmd_endtoend.c - vmwalk end-to-end: a process on one page */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "openfile.h"
#include "parts.h"
#include "portrait.h"

struct endtoend {
	struct request request;
	const char *sections;
	struct anatomy anatomy;
};

static const struct argp_option options[] = {
	{ "section", 's', "LIST", 0, "these sections only, as tables (see --list-columns)", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct endtoend *all = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &all->request;
		return 0;
	case 's':
		all->sections = arg;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = { { &request_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.options = options, .parser = parse, .children = children, .args_doc = "PID",
	.doc = "Draw a process on one page: task_struct, mm_struct, the VMAs that tell most, "
	       "the page table, frames; descriptors, open files, inodes, blocks of the disk; "
	       "and where both sides meet. With -s, -J or -r as tables.\v"
	       "All VMAs and descriptors are read once to choose those that are drawn. Each "
	       "line is of a moment of its own.",
};

/* The members of struct anatomy_totals, and what ties rows of different tables. */
#define OWN_FIELD(type, member, text, FORMAT, GROUP, help_text) {	\
	.name = text, .help = help_text, .offset = offsetof(type, member), \
	.width = sizeof(((type *)0)->member),				\
	.count = 1, .format = VMWALK_FORMAT_##FORMAT, .group = VMWALK_GROUP_##GROUP, \
}

static const struct vmwalk_field total_fields[] = {
	OWN_FIELD(struct anatomy_totals, vmas, "vmas", DEC, KNOWN, "VMAs"),
	OWN_FIELD(struct anatomy_totals, descriptors, "descriptors", DEC, BASE, "open descriptors"),
	OWN_FIELD(struct anatomy_totals, children, "children", DEC, BASE, "children"),
};

static const struct vmwalk_field address_fields[] = {
	OWN_FIELD(struct vmwalk_walk, va, "address", HEX, BASE, "the address that was followed"),
	OWN_FIELD(struct vmwalk_walk, kind, "result", KIND, BASE,
		  "what stands at the end of the walk"),
	OWN_FIELD(struct vmwalk_walk, pa, "pa", HEX, FRAME, "physical address of that very byte"),
};

static const struct vmwalk_field fd_fields[] = {
	OWN_FIELD(struct vmwalk_file, fd, "fd", DEC, BASE, "descriptor"),
};

#define OWN_RECORD(label, list)	{ \
	.name = label, .fields = list, .nr = sizeof(list) / sizeof((list)[0]) }

static const struct vmwalk_record total_record = OWN_RECORD("totals", total_fields);
static const struct vmwalk_record address_record = OWN_RECORD("address", address_fields);
static const struct vmwalk_record fd_record = OWN_RECORD("fd", fd_fields);

/* None, if the process has no such thing. */
static int single_row(struct table *table, const void *record)
{
	const __u64 *has = record;
	const void *const records[] = { record };

	return *has ? table_row_records(table, records, NULL) : 0;
}

/* Parts of one record each. */
#define SINGLE_ROWS(name) \
static int name##_rows(struct table *table, void *context) \
{ \
	const struct anatomy *anatomy = context; \
 \
	return single_row(table, &anatomy->name); \
}
SINGLE_ROWS(task)
SINGLE_ROWS(thread)
SINGLE_ROWS(cred)
SINGLE_ROWS(signals)
SINGLE_ROWS(mm)
SINGLE_ROWS(parent)
SINGLE_ROWS(totals)

/* Behind a row of the VMAs. */
enum { ROW_WALK, ROW_VMA, ROW_FRAME, ROW_BACKING };

static int vmas_rows(struct table *table, void *context)
{
	const struct anatomy *anatomy = context;
	unsigned int i;
	int err = 0;

	for (i = 0; i < anatomy->nr_areas && !err; i++) {
		const struct anatomy_area *area = &anatomy->areas[i];
		const char *const texts[] = { area->name, area->swap };
		const void *const records[] = {
			[ROW_WALK] = &area->dossier.walk, [ROW_VMA] = &area->dossier.vma,
			[ROW_FRAME] = &area->dossier.frame,
			[ROW_BACKING] = &area->dossier.backing,
		};

		err = table_row_texts(table, records, texts);
	}
	return err;
}

static int levels_rows(struct table *table, void *context)
{
	const struct anatomy *anatomy = context;
	unsigned int i, level;
	int err = 0;

	for (i = 0; i < anatomy->nr_areas; i++) {
		const struct vmwalk_walk *walk = &anatomy->areas[i].dossier.walk;

		for (level = 0; level < walk->depth && level < VMWALK_DEPTH && !err; level++) {
			const void *const records[] = { walk, &walk->entry[level] };

			err = table_row_records(table, records, NULL);
		}
	}
	return err;
}

static int files_rows(struct table *table, void *context)
{
	const struct anatomy *anatomy = context;
	unsigned int i;
	int err = 0;

	for (i = 0; i < anatomy->nr_files && !err; i++) {
		const struct anatomy_file *file = &anatomy->files[i];
		const void *const records[] = { &file->record.file, &file->record.inode };

		err = table_row_records(table, records, file->path);
	}
	return err;
}

static int extents_rows(struct table *table, void *context)
{
	const struct anatomy *anatomy = context;
	unsigned int i, k;
	int err = 0;

	for (i = 0; i < anatomy->nr_files; i++) {
		const struct anatomy_file *file = &anatomy->files[i];

		for (k = 0; k < file->nr_extents && !err; k++) {
			const void *const records[] = { &file->record.file, &file->extents[k] };

			err = table_row_records(table, records, NULL);
		}
	}
	return err;
}

static void columns_vmas(struct columns *columns)
{
	columns_add_record(columns, &address_record, ROW_WALK);
	columns_add_named(columns, &vmwalk_records[VMWALK_RECORD_vma], ROW_VMA);
	columns_add_named(columns, &vmwalk_records[VMWALK_RECORD_frame], ROW_FRAME);
	columns_add_named(columns, &vmwalk_records[VMWALK_RECORD_backing], ROW_BACKING);
	columns_add_text(columns, "name", "name or path of the VMA, control characters as \\ooo");
	columns_add_text(columns, "swap_device",
			 "swap area by name; where the kernel leaves it open: one of ...");
}

enum {
	PART_TASK, PART_THREAD, PART_CRED, PART_SIGNALS, PART_PARENT, PART_TOTALS, PART_MM,
	PART_VMAS, PART_LEVELS, PART_FILES, PART_EXTENTS, PART_NR
};

static void columns_fill(struct part *part)
{
	columns_add_record(&part[PART_TASK].columns, &vmwalk_records[VMWALK_RECORD_task], 0);
	columns_add_record(&part[PART_THREAD].columns, &vmwalk_records[VMWALK_RECORD_thread], 0);
	columns_add_record(&part[PART_CRED].columns, &vmwalk_records[VMWALK_RECORD_cred], 0);
	columns_add_record(&part[PART_SIGNALS].columns, &vmwalk_records[VMWALK_RECORD_signals], 0);
	columns_add_record(&part[PART_PARENT].columns, &vmwalk_records[VMWALK_RECORD_relative], 0);
	columns_add_record(&part[PART_TOTALS].columns, &total_record, 0);
	columns_add_record(&part[PART_MM].columns, &vmwalk_records[VMWALK_RECORD_mm], 0);
	columns_vmas(&part[PART_VMAS].columns);
	columns_add_record(&part[PART_LEVELS].columns, &address_record, 0);
	columns_add_record(&part[PART_LEVELS].columns, &vmwalk_records[VMWALK_RECORD_entry], 1);
	openfile_columns(&part[PART_FILES].columns);
	columns_add_record(&part[PART_EXTENTS].columns, &fd_record, 0);
	columns_add_record(&part[PART_EXTENTS].columns, &vmwalk_records[VMWALK_RECORD_extent], 1);
}

static int drawing_print(const struct anatomy *anatomy)
{
	unsigned long page_bytes = (unsigned long)sysconf(_SC_PAGESIZE);
	struct brush brush;

	brush_open(&brush, stdout, brush_width(stdout), brush_can_utf8());
	portrait_draw(&brush, anatomy, (unsigned int)__builtin_ctzl(page_bytes));
	return ferror(stdout) ? -EIO : 0;
}

static int endtoend_print(struct endtoend *all, const struct parts *parts, struct vmwalk *handle)
{
	const struct output *output = &all->request.output;
	int err = anatomy_read(handle, &all->anatomy);

	if (err)
		return err;
	if (!parts->wanted && !output->json && !output->raw)
		return drawing_print(&all->anatomy);
	if (!anatomy_is_whole(&all->anatomy))
		hint_privileged();
	return parts_print(output, parts, &all->anatomy);
}

static enum status endtoend_run(struct endtoend *all)
{
#define PART(NAME, function)	[PART_##NAME] = { .columns = { .name = #function }, \
						  .rows = function##_rows }
	static struct part part[PART_NR] = {
		PART(TASK, task), PART(THREAD, thread), PART(CRED, cred),
		PART(SIGNALS, signals), PART(PARENT, parent), PART(TOTALS, totals), PART(MM, mm),
		PART(VMAS, vmas), PART(LEVELS, levels), PART(FILES, files),
		PART(EXTENTS, extents),
	};
#undef PART
	const struct parts parts = { part, PART_NR, all->sections };
	struct vmwalk *handle;
	enum status status;

	columns_fill(part);
	if (!parts_check(&all->request, &parts, &status))
		return status;
	if (request_open(&all->request, &handle) != 0)
		return STATUS_FAILED;
	return request_close(&all->request, handle, endtoend_print(all, &parts, handle));
}

enum status cmd_endtoend(int argc, char **argv)
{
	struct endtoend *all = calloc(1, sizeof(*all));
	enum status status;

	if (!all) {
		fputs("vmwalk: out of memory\n", stderr);
		return STATUS_FAILED;
	}
	request_parse(&argp, argc, argv, all);
	status = endtoend_run(all);
	anatomy_free(&all->anatomy);
	free(all);
	return status;
}
