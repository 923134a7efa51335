// SPDX-License-Identifier: GPL-2.0
/* cmd_tables.c - vmwalk tables: the page tables, how many, how full, what they cost */
#include <errno.h>
#include <stdlib.h>

#include "area.h"
#include "ledger.h"
#include "parts.h"

#define KEY_SPARSE	0x200

struct tables {
	struct request request;
	const char *sections;
	__u32 sparse;
	struct vmwalk *handle;
	struct table *table;		/* of rows for each VMA */
	struct vmwalk_ledger ledger;
	bool filled;			/* @ledger is */
	__u64 deposited;
};

static const struct address_range everything = { 0, ~0ULL };

static const struct argp_option options[] = {
	{ "section", 's', "LIST", 0,
	  "of levels, vmas, account, sparse (each sparse table), all (each table)", 0 },
	{ "sparse", KEY_SPARSE, "N", 0,
	  "a pte table with at most N used entries is sparse (default: 8)", 0 },
	{ 0 }
};

static void sparse_parse(struct tables *tables, const char *arg, struct argp_state *state)
{
	unsigned long number;
	char *end;

	errno = 0;
	number = strtoul(arg, &end, 10);
	if (errno || *arg < '0' || *arg > '9' || *end || number > 1U << 16)
		argp_error(state, "'%s' is not a number of entries", arg);
	tables->sparse = (__u32)number;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct tables *tables = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &tables->request;
		return 0;
	case 's':
		tables->sections = arg;
		return 0;
	case KEY_SPARSE:
		sparse_parse(tables, arg, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = { { &request_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.options = options, .parser = parse, .children = children, .args_doc = "PID",
	.doc = "Show the page tables of a process: how many there are of each level and for each "
	       "mapped area, how full they are, how many entries the TLB needs to reach what is "
	       "there, and how they add up to VmPTE of /proc/PID/status.\v"
	       "A table may stand for several areas; it counts for each of them.",
};

/* Calls @each for every table of a range; an error of it ends the loop. */
static int tables_each(struct vmwalk *handle, __u64 start, __u64 end,
		       int (*each)(const struct vmwalk_pagetable *table, void *context),
		       void *context)
{
	const struct vmwalk_pagetable *table;
	struct vmwalk_iter *iter;
	int ret = vmwalk_tables_open(handle, start, end, &iter);

	if (ret)
		return ret;
	while ((ret = vmwalk_tables_next(iter, &table)) > 0) {
		if (!(table->has & VMWALK_HAS(RAW)))
			hint_privileged();
		ret = each(table, context);
		if (ret)
			break;
	}
	vmwalk_iter_close(iter);
	return ret;
}

static int ledger_take(const struct vmwalk_pagetable *table, void *context)
{
	vmwalk_ledger_add(context, table);
	return 0;
}

/* Once for all that is told of it, so that levels and account are of one moment. */
static int ledger_fill(struct tables *tables)
{
	if (tables->filled)
		return 0;
	tables->filled = true;
	vmwalk_ledger_open(&tables->ledger, tables->sparse);
	return tables_each(tables->handle, 0, ~0ULL, ledger_take, &tables->ledger);
}

static int level_rows(struct table *table, void *context)
{
	struct tables *tables = context;
	int err = ledger_fill(tables);
	unsigned int level;

	for (level = 0; level < VMWALK_LEVEL_NR && !err; level++) {
		const void *const records[] = { &tables->ledger.levels[level] };

		if (tables->ledger.levels[level].tables)
			err = table_row_records(table, records, NULL);
	}
	return err;
}

struct vma_sum {
	struct vmwalk_tablevma sum;
	__u32 sparse;
};

static int sum_take(const struct vmwalk_pagetable *table, void *context)
{
	struct vma_sum *vma = context;

	vmwalk_tablevma_add(&vma->sum, table, vma->sparse);
	return 0;
}

static int area_row(const struct area *area, void *context)
{
	struct tables *tables = context;
	struct vma_sum vma = { .sparse = tables->sparse };
	const void *const records[] = { &vma.sum, area->vma };
	int err;

	vmwalk_tablevma_open(&vma.sum);
	err = tables_each(tables->handle, area->start, area->end, sum_take, &vma);
	return err ? err : table_row_records(tables->table, records, area->text);
}

static int vma_rows(struct table *table, void *context)
{
	struct tables *tables = context;

	tables->table = table;
	return areas_each(tables->handle, &everything, area_row, tables);
}

static int deposits_count(const struct area *area, void *context)
{
	struct tables *tables = context;
	const struct vmwalk_run *run;
	struct vmwalk_iter *iter;
	int ret;

	if (!vmwalk_vma_is_anonymous(area->vma, area->name))
		return 0;
	ret = vmwalk_runs_open(tables->handle, area->start, area->end, &iter);
	if (ret)
		return ret;
	while ((ret = vmwalk_runs_next(iter, &run)) > 0)
		tables->deposited += vmwalk_run_deposits(run);
	vmwalk_iter_close(iter);
	return ret;
}

/* What an item means stands beside it: the account explains itself. */
static int account_rows(struct table *table, void *context)
{
	struct vmwalk_tableitem items[VMWALK_TABLES_NR];
	struct tables *tables = context;
	__u64 vmpte = 0;
	unsigned int i;
	int err = ledger_fill(tables);

	tables->deposited = 0;
	if (!err)
		err = areas_each(tables->handle, &everything, deposits_count, tables);
	if (!err)
		err = vmwalk_report_number(tables->handle, "mm", "table_bytes", &vmpte);
	if (err)
		return err;
	vmwalk_ledger_items(&tables->ledger, tables->deposited, vmpte, items);
	for (i = 0; i < VMWALK_TABLES_NR && !err; i++) {
		const void *const records[] = { &items[i] };

		err = table_row_records(table, records, vmwalk_table_items[i].help);
	}
	return err;
}

static int table_row(const struct vmwalk_pagetable *pagetable, void *context)
{
	struct tables *tables = context;
	const void *const records[] = { pagetable };

	return table_row_records(tables->table, records, NULL);
}

static int sparse_row(const struct vmwalk_pagetable *pagetable, void *context)
{
	struct tables *tables = context;

	if (!vmwalk_pagetable_is_sparse(pagetable, tables->sparse))
		return 0;
	return table_row(pagetable, tables);
}

static int sparse_rows(struct table *table, void *context)
{
	struct tables *tables = context;

	tables->table = table;
	return tables_each(tables->handle, 0, ~0ULL, sparse_row, tables);
}

static int all_rows(struct table *table, void *context)
{
	struct tables *tables = context;

	tables->table = table;
	return tables_each(tables->handle, 0, ~0ULL, table_row, tables);
}

static struct part part[] = {
	{ .columns.name = "levels", .rows = level_rows },
	{
		.columns.name = "vmas", .rows = vma_rows,
		.columns.defaults = "start,end,use,pte_tables,pmd_tables,pud_tables,table_bytes,"
				    "used,fill,leaves,sparse,shared,name",
	},
	{ .columns.name = "account", .rows = account_rows },
	{ .columns.name = "sparse", .rows = sparse_rows, .extra = true },
	{ .columns.name = "all", .rows = all_rows, .extra = true },
};

#define PARTS	(sizeof(part) / sizeof(part[0]))

static void columns_fill(void)
{
	static const enum vmwalk_record_id records[PARTS] = {
		VMWALK_RECORD_tablelevel, VMWALK_RECORD_tablevma, VMWALK_RECORD_tableitem,
		VMWALK_RECORD_pagetable, VMWALK_RECORD_pagetable,
	};
	size_t i;

	for (i = 0; i < PARTS; i++)
		columns_add_record(&part[i].columns, &vmwalk_records[records[i]], 0);
	columns_add_record(&part[1].columns, &vmwalk_records[VMWALK_RECORD_vma], 1);
	columns_add_text(&part[1].columns, "name", "path or name, control characters as \\ooo");
	columns_add_text(&part[2].columns, "meaning", "what the line means");
}

enum status cmd_tables(int argc, char **argv)
{
	struct tables tables = { .sparse = VMWALK_SPARSE };
	struct parts parts = { part, PARTS, NULL };
	enum status status;

	request_parse(&argp, argc, argv, &tables);
	parts.wanted = tables.sections;
	columns_fill();
	if (!parts_check(&tables.request, &parts, &status))
		return status;
	if (request_open(&tables.request, &tables.handle) != 0)
		return STATUS_FAILED;
	return request_close(&tables.request, tables.handle,
			     parts_print(&tables.request.output, &parts, &tables));
}
