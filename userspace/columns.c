// SPDX-License-Identifier: GPL-2.0
/* columns.c - which columns there are, and which of them were asked for */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "table.h"

static int column_find(const struct columns *columns, const char *name, size_t len)
{
	unsigned int i;

	for (i = 0; i < columns->nr; i++) {
		const char *known = columns->column[i].name;

		if (strlen(known) == len && strncasecmp(known, name, len) == 0)
			return (int)i;
	}
	return -1;
}

static void column_add(struct columns *columns, const struct column *column)
{
	if (columns->nr < TABLE_COLUMNS &&
	    column_find(columns, column->name, strlen(column->name)) < 0)
		columns->column[columns->nr++] = *column;
}

static void field_add(struct columns *columns, const struct vmwalk_field *field,
		      const char *name, unsigned int nr)
{
	const struct column column = {
		.name = name,
		.help = field->help,
		.format = field->format,
		.count = field->format == VMWALK_FORMAT_STR ? 1 : field->count,
		.record = nr,
		.field = field,
	};

	if (field->format != VMWALK_FORMAT_HIDDEN)
		column_add(columns, &column);
}

void columns_add_record(struct columns *columns, const struct vmwalk_record *record,
			unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < record->nr; i++)
		field_add(columns, &record->fields[i], record->fields[i].name, nr);
}

void columns_add_named(struct columns *columns, const struct vmwalk_record *record,
		       unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < record->nr; i++) {
		const struct vmwalk_field *field = &record->fields[i];
		const char *name = field->name;

		if (column_find(columns, name, strlen(name)) >= 0 &&
		    columns->nr_names < TABLE_COLUMNS) {
			char *own = columns->names[columns->nr_names++];

			snprintf(own, TABLE_NAME, "%s_%s", record->name, name);
			name = own;
		}
		field_add(columns, field, name, nr);
	}
}

void columns_drop(struct columns *columns, const char *name)
{
	int at = column_find(columns, name, strlen(name));

	if (at < 0)
		return;
	columns->nr--;
	memmove(&columns->column[at], &columns->column[at + 1],
		(columns->nr - (unsigned int)at) * sizeof(columns->column[0]));
}

void columns_add_text(struct columns *columns, const char *name, const char *help)
{
	struct column column = {
		.name = name, .help = help, .format = VMWALK_FORMAT_STR, .count = 1,
	};
	unsigned int i;

	for (i = 0; i < columns->nr; i++)
		column.record += !columns->column[i].field;
	column_add(columns, &column);
}

static void choose(unsigned int *chosen, unsigned int *nr, unsigned int column)
{
	unsigned int i;

	for (i = 0; i < *nr; i++)
		if (chosen[i] == column)
			return;		/* a key may stand in a JSON object only once */
	chosen[(*nr)++] = column;
}

static int choose_list(const struct columns *columns, const char *list,
		       unsigned int *chosen, unsigned int *nr)
{
	for (;;) {
		size_t len = strcspn(list, ",");
		int found = column_find(columns, list, len);

		if (found < 0) {
			fprintf(stderr, "vmwalk: unknown column '%.*s' (see --list-columns)\n",
				(int)len, list);
			return -EINVAL;
		}
		choose(chosen, nr, (unsigned int)found);
		if (!list[len])
			return 0;
		list += len + 1;
	}
}

static int choose_defaults(const struct columns *columns, unsigned int *chosen,
			   unsigned int *nr)
{
	unsigned int i;

	if (columns->defaults)
		return choose_list(columns, columns->defaults, chosen, nr);
	for (i = 0; i < columns->nr; i++)
		choose(chosen, nr, i);
	return 0;
}

int columns_choose(const struct columns *columns, const char *list, unsigned int *chosen,
		   unsigned int *nr)
{
	int err = 0;

	*nr = 0;
	if (!list || *list == '+')
		err = choose_defaults(columns, chosen, nr);
	if (err || !list)
		return err;
	return choose_list(columns, list + (*list == '+'), chosen, nr);
}

bool columns_reach(const struct columns *columns, const char *list, unsigned int nr)
{
	unsigned int chosen[TABLE_COLUMNS], chosen_nr, i;

	if (columns_choose(columns, list, chosen, &chosen_nr) != 0)
		return false;
	for (i = 0; i < chosen_nr; i++) {
		const struct column *column = &columns->column[chosen[i]];

		if (!column->field || column->record >= nr)
			return true;
	}
	return false;
}

bool columns_need(const struct columns *columns, const char *list, enum vmwalk_group group)
{
	unsigned int chosen[TABLE_COLUMNS], nr, i;

	if (columns_choose(columns, list, chosen, &nr) != 0)
		return false;
	for (i = 0; i < nr; i++) {
		const struct vmwalk_field *field = columns->column[chosen[i]].field;

		if (field && field->group == group)
			return true;
	}
	return false;
}

/* The names of the formats, so that a list of columns can say them. */
static const struct vmwalk_name formats[VMWALK_FORMAT_NR] = {
#define FORMAT_NAME(NAME, nr, help)	[nr] = { #NAME, help },
	VMWALK_FORMATS(FORMAT_NAME)
#undef FORMAT_NAME
};

struct listing {
	const struct columns *const *tables;
	unsigned int nr;
};

static int listing_rows(struct table *table, void *context)
{
	const struct listing *listing = context;
	unsigned int t, i;
	int err = 0;

	for (t = 0; t < listing->nr; t++) {
		const struct columns *columns = listing->tables[t];

		for (i = 0; i < columns->nr && !err; i++) {
			const struct column *column = &columns->column[i];
			const char *const values[] = {
				columns->name, column->name,
				formats[column->format].help, column->help,
			};

			err = table_row_values(table, values);
		}
	}
	return err;
}

int columns_list(const struct columns *const tables[], unsigned int nr,
		 const struct output *output)
{
	struct listing listing = { .tables = tables, .nr = nr };
	struct columns columns = { .name = "columns" };
	struct output all = *output;

	columns_add_text(&columns, "table", "where it can be asked for");
	columns_add_text(&columns, "column", "its name");
	columns_add_text(&columns, "format", "how its values are written");
	columns_add_text(&columns, "help", "what it means");
	all.columns = NULL;
	return table_print(&all, &columns, listing_rows, &listing);
}
