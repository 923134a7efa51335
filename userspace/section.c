// SPDX-License-Identifier: GPL-2.0
/* section.c - one section of a report as a table */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "human.h"
#include "parts.h"
#include "section.h"

#define LANDMARK \
	{ { "landmark", "which address of the process" }, { "address", "that address" } }

/* Which record a section shows, and the columns around its fields. */
static const struct {
	const char *name;
	enum vmwalk_record_id record;
	struct vmwalk_name before[2];
	struct vmwalk_name after;
} layouts[] = {
	{ .name = "task", .record = VMWALK_RECORD_task },
	{ .name = "mm", .record = VMWALK_RECORD_mm },
	{
		.name = "vmas", .record = VMWALK_RECORD_vma,
		.after = { "name", "path or name, control characters as \\ooo" },
	}, {
		.name = "walks", .record = VMWALK_RECORD_entry,
		.before = LANDMARK,
		.after = { "pa", "physical address of that very byte, or why there is none" },
	},
	{ .name = "frames", .record = VMWALK_RECORD_frame, .before = LANDMARK },
	{ .name = "backing", .record = VMWALK_RECORD_backing, .before = LANDMARK },
	{ .name = "tables", .record = VMWALK_RECORD_table },
	{ .name = "auxv", .record = VMWALK_RECORD_auxv },
	{ .name = "cred", .record = VMWALK_RECORD_cred },
	{ .name = "groups", .record = VMWALK_RECORD_supgroup },
	{ .name = "signals", .record = VMWALK_RECORD_signals },
	{ .name = "actions", .record = VMWALK_RECORD_action },
	{ .name = "timers", .record = VMWALK_RECORD_timer },
	{ .name = "family", .record = VMWALK_RECORD_relative },
	{
		.name = "names", .record = VMWALK_RECORD_named,
		.after = { "name", "path or name, control characters as \\ooo" },
	},
	{ .name = "namespaces", .record = VMWALK_RECORD_namespace },
	{ .name = "numbers", .record = VMWALK_RECORD_number },
	{ .name = "limits", .record = VMWALK_RECORD_limit },
	{ .name = "threads", .record = VMWALK_RECORD_thread },
	{ .name = "registers", .record = VMWALK_RECORD_registers },
	{
		.name = "files", .record = VMWALK_RECORD_file,
		.after = { "path", "path or name, control characters as \\ooo" },
	},
	{ .name = "inodes", .record = VMWALK_RECORD_inode },
};

#define SECTIONS	(sizeof(layouts) / sizeof(layouts[0]))

static int section_find(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < SECTIONS; i++)
		if (strlen(layouts[i].name) == len && strncmp(layouts[i].name, name, len) == 0)
			return (int)i;
	return -1;
}

bool section_known(const char *name, size_t len)
{
	return section_find(name, len) >= 0;
}

static void columns_fill(struct columns *columns, int nr)
{
	size_t i;

	*columns = (struct columns) { .name = layouts[nr].name };
	for (i = 0; i < 2; i++)
		if (layouts[nr].before[i].name)
			columns_add_text(columns, layouts[nr].before[i].name,
					 layouts[nr].before[i].help);
	columns_add_record(columns, &vmwalk_records[layouts[nr].record], 0);
	if (layouts[nr].after.name)
		columns_add_text(columns, layouts[nr].after.name, layouts[nr].after.help);
}

static const struct argp_option options[] = {
	{ "section", 's', "LIST", 0, "sections to show, with commas (see --list-columns)", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct sections *sections = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &sections->request;
		return 0;
	case 's':
		sections->names = arg;
		return 0;
	case ARGP_KEY_END:
		if (sections->request.output.columns && (!sections->names ||
							 strchr(sections->names, ',')))
			argp_error(state, "-o needs one section: -s NAME");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = { { &request_argp, 0, NULL, 0 }, { 0 } };
const struct argp sections_argp = {
	.options = options, .parser = parse, .children = children,
};

bool sections_want(const struct sections *sections, const char *name)
{
	return !sections->names || list_has(sections->names, name);
}

bool sections_heading(const struct sections *sections)
{
	return !sections->names || strchr(sections->names, ',');
}

/* Every name must be one that @known knows. */
static enum status names_check(const char *list, bool (*known)(const char *name, size_t len))
{
	while (list && *list) {
		size_t len = strcspn(list, ",");

		if (!known(list, len)) {
			fprintf(stderr, "vmwalk: unknown section '%.*s' (see --list-columns)\n",
				(int)len, list);
			return STATUS_USAGE;
		}
		list += len + (list[len] == ',');
	}
	return STATUS_ANSWERED;
}

/* Are there such columns in it? Prints a message otherwise. */
static bool columns_known(const char *name, const char *list)
{
	unsigned int chosen[TABLE_COLUMNS], nr;
	struct columns columns;

	columns_fill(&columns, section_find(name, strlen(name)));
	return columns_choose(&columns, list, chosen, &nr) == 0;
}

/* --list-columns for some sections, or all: NULL. */
static int columns_of(const char *names, const struct output *output)
{
	static struct columns columns[SECTIONS];
	const struct columns *tables[SECTIONS];
	unsigned int nr = 0;
	size_t i;

	for (i = 0; i < SECTIONS; i++)
		columns_fill(&columns[i], (int)i);
	if (!names)
		for (nr = 0; nr < SECTIONS; nr++)
			tables[nr] = &columns[nr];
	while (names && *names) {
		size_t len = strcspn(names, ",");

		if (nr < SECTIONS)
			tables[nr++] = &columns[section_find(names, len)];
		names += len + (names[len] == ',');
	}
	return columns_list(tables, nr, output);
}

bool sections_check(const struct sections *sections,
		    bool (*known)(const char *name, size_t len), const char *all,
		    enum status *status)
{
	const struct output *output = &sections->request.output;

	*status = names_check(sections->names, known);
	if (*status != STATUS_ANSWERED)
		return false;
	if (output->list_columns) {
		if (columns_of(sections->names ? sections->names : all, output))
			*status = STATUS_FAILED;
		return false;
	}
	if (output->columns && !columns_known(sections->names, output->columns)) {
		*status = STATUS_USAGE;
		return false;
	}
	return true;
}

int section_new(struct document *document, bool heading, struct section **out)
{
	struct section *section = calloc(1, sizeof(*section));

	if (!section)
		return -ENOMEM;
	section->document = document;
	section->heading = heading && !document->output->json;
	*out = section;
	return 0;
}

static void section_empty(struct section *section)
{
	unsigned int i;

	for (i = 0; i < TABLE_COLUMNS; i++) {
		free(section->texts[i]);
		free(section->values[i]);
		section->texts[i] = NULL;
		section->values[i] = NULL;
	}
	section->columns.nr = 0;
	section->open = false;
}

void section_free(struct section *section)
{
	table_drop(section->table);
	section_empty(section);
	free(section);
}

int section_open(struct section *section, const char *name)
{
	snprintf(section->name, sizeof(section->name), "%s", name);
	section->columns.name = section->name;
	section->open = true;
	if (section->heading && printf("%s[%s]\n", section->printed ? "\n" : "", name) < 0)
		return -EIO;
	section->printed = true;
	return 0;
}

/* The member of a record that a column or key shows; NULL if it is none. */
static const struct vmwalk_field *field_find(const struct section *section, const char *name)
{
	int nr = section_find(section->name, strlen(section->name));
	const struct vmwalk_record *record;
	unsigned int i;

	if (nr < 0)
		return NULL;
	record = &vmwalk_records[layouts[nr].record];
	for (i = 0; i < record->nr; i++)
		if (strcmp(record->fields[i].name, name) == 0)
			return &record->fields[i];
	return NULL;
}

/* How a column is written, from its namesake in the records; else it is text. */
static void column_describe(const struct section *section, struct column *column)
{
	const struct vmwalk_field *field = field_find(section, column->name);

	column->format = field ? field->format : VMWALK_FORMAT_STR;
	column->help = field ? field->help : "";
	column->count = column->format != VMWALK_FORMAT_STR ? field->count : 1;
}

/* Adds a column or key; the same one twice cannot be a report. */
static int name_add(struct section *section, const char *name)
{
	struct columns *columns = &section->columns;
	unsigned int i;

	for (i = 0; i < columns->nr; i++)
		if (strcmp(columns->column[i].name, name) == 0)
			return -EBADMSG;
	if (columns->nr == TABLE_COLUMNS)
		return -EBADMSG;
	section->texts[columns->nr] = strdup(name);
	if (!section->texts[columns->nr])
		return -ENOMEM;
	columns->column[columns->nr] = (struct column) { .name = section->texts[columns->nr] };
	column_describe(section, &columns->column[columns->nr]);
	columns->nr++;
	return 0;
}

static int key_take(struct section *section, const struct vmwalk_line *line)
{
	const struct vmwalk_field *field = field_find(section, line->key);
	int err = section->table ? -EBADMSG : name_add(section, line->key);

	if (err)
		return err;
	/* Registers can be missing for other reasons, physical addresses not. */
	if (field && field->group == VMWALK_GROUP_RAW && strcmp(line->values[0], "-") == 0)
		hint_privileged();
	section->values[section->columns.nr - 1] = strdup(line->values[0]);
	return section->values[section->columns.nr - 1] ? 0 : -ENOMEM;
}

static int header_take(struct section *section, const struct vmwalk_line *line)
{
	unsigned int i;
	int err = section->columns.nr ? -EBADMSG : 0;

	for (i = 0; i < line->nr && !err; i++)
		err = name_add(section, line->values[i]);
	if (err)
		return err;
	return table_open(section->document, &section->columns,
			  section->document->output->columns, false, &section->table);
}

/* A last column that is not text may be padded. */
static int row_take(struct section *section, const struct vmwalk_line *line)
{
	const struct columns *columns = &section->columns;
	const char *values[TABLE_COLUMNS], *last;
	char number[VMWALK_FIELD_LEN];
	size_t len;

	if (!section->table || line->nr != columns->nr)
		return -EBADMSG;
	memcpy(values, line->values, line->nr * sizeof(*values));
	last = values[line->nr - 1];
	len = strlen(last);
	if (columns->column[line->nr - 1].format != VMWALK_FORMAT_STR) {
		while (len && last[len - 1] == ' ')
			len--;
		snprintf(number, sizeof(number), "%.*s", (int)len, last);
		values[line->nr - 1] = number;
	}
	return table_row_values(section->table, values);
}

int section_take(struct section *section, const struct vmwalk_line *line)
{
	switch (line->type) {
	case VMWALK_LINE_KEY:
		return key_take(section, line);
	case VMWALK_LINE_HEADER:
		return header_take(section, line);
	case VMWALK_LINE_ROW:
		return row_take(section, line);
	default:
		return -EBADMSG;
	}
}

/* For eyes: key, value, what it means. For scripts: key and value. */
static int pairs_rows(const struct section *section, struct table *table, bool human)
{
	const char *list = section->document->output->columns;
	unsigned int chosen[TABLE_COLUMNS], nr, i;
	int err = columns_choose(&section->columns, list, chosen, &nr);

	for (i = 0; i < nr && !err; i++) {
		const struct column *column = &section->columns.column[chosen[i]];
		const char *value = section->values[chosen[i]];
		char size[HUMAN_SIZE] = "";
		const char *values[] = { column->name, value, size, column->help };

		if (human)
			human_print(size, sizeof(size), column->format, value);
		err = table_row_values(table, values);
	}
	return err;
}

static int pairs_show(struct section *section)
{
	const struct output *output = section->document->output;
	struct columns columns = {
		.name = section->name, .defaults = output->raw ? "key,value" : NULL,
	};
	struct table *table;
	int err;

	columns_add_text(&columns, "key", "");
	columns_add_text(&columns, "value", "");
	columns_add_text(&columns, "size", "");
	columns_add_text(&columns, "meaning", "");
	err = table_open(section->document, &columns, NULL, false, &table);
	if (err)
		return err;
	err = pairs_rows(section, table, !output->raw);
	if (err) {
		table_drop(table);
		return err;
	}
	return table_close(table);
}

/* In JSON the keys of a section are the members of one object. */
static int pairs_show_json(struct section *section)
{
	const char *list = section->document->output->columns;
	struct table *table;
	int err = table_open(section->document, &section->columns, list, true, &table);

	if (err)
		return err;
	err = table_row_values(table, (const char *const *)section->values);
	if (err) {
		table_drop(table);
		return err;
	}
	return table_close(table);
}

int section_close(struct section *section)
{
	int err = 0;

	if (section->table)
		err = table_close(section->table);
	else if (section->columns.nr)
		err = section->document->output->json ? pairs_show_json(section)
						      : pairs_show(section);
	section->table = NULL;
	section_empty(section);
	return err;
}
