// SPDX-License-Identifier: GPL-2.0
/*
 * reptext.c - the text report taken apart, by its documented format only
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "proc.h"
#include "tap.h"

const char *report_section(const char *report, const char *name)
{
	char mark[64];
	const char *at;

	snprintf(mark, sizeof(mark), "\n[%s]\n", name);
	at = strstr(report, mark);
	return at ? at + strlen(mark) : NULL;
}

/* Length of a section: up to the next line that begins with '['. */
static size_t section_len(const char *section)
{
	const char *at;

	if (*section == '[')
		return 0;
	at = strstr(section, "\n[");
	return at ? (size_t)(at + 1 - section) : strlen(section);
}

bool report_value(const char *report, const char *section, const char *key,
		  char *value, size_t size)
{
	const char *at = report_section(report, section), *end;
	size_t len = strlen(key);

	if (!at)
		return false;
	end = at + section_len(at);
	while (at < end) {
		size_t line = strcspn(at, "\n");

		if (line > len + 1 && !strncmp(at, key, len) && !strncmp(at + len, ":\t", 2)) {
			snprintf(value, size, "%.*s", (int)(line - len - 2), at + len + 2);
			return true;
		}
		at += line + 1;
	}
	return false;
}

uint64_t report_number(const char *report, const char *section, const char *key)
{
	char value[256];

	if (!report_value(report, section, key, value, sizeof(value)))
		e2e_die("no %s in [%s] of the report", key, section);
	return strtoull(value, NULL, 0);
}

/* Cut off the next word; NULL when there is none. */
static char *word_next(char **at)
{
	char *word;

	*at += strspn(*at, " ");
	if (!**at)
		return NULL;
	word = *at;
	*at += strcspn(*at, " ");
	if (**at)
		*(*at)++ = '\0';
	return word;
}

static void header_read(struct report_table *table, char *line)
{
	char *word;

	while ((word = word_next(&line))) {
		table->columns = realloc(table->columns,
					 (table->nr_columns + 1) * sizeof(char *));
		table->columns[table->nr_columns++] = word;
	}
}

static void row_read(struct report_table *table, char *line, size_t *room)
{
	size_t i, n = table->nr_columns;
	char **row;

	if (*room == table->nr) {
		*room = *room ? 2 * *room : 64;
		table->rows = realloc(table->rows, *room * n * sizeof(char *));
	}
	row = table->rows + table->nr++ * n;
	for (i = 0; i < n; i++) {
		row[i] = i + 1 < n ? word_next(&line) : line + strspn(line, " ");
		if (!row[i])
			row[i] = line + strlen(line);
	}
}

struct report_table report_table(const char *report, const char *section)
{
	struct report_table table = { 0 };
	const char *at = report_section(report, section);
	char *line, *rest;
	size_t room = 0;

	if (!at)
		e2e_die("the report has no [%s]", section);
	table.text = strndup(at, section_len(at));
	for (line = strtok_r(table.text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (!strncmp(line, "# ", 2) && !table.columns)
			header_read(&table, line + 2);
		else if (table.columns && *line != '#')
			row_read(&table, line, &room);
	}
	if (!table.columns)
		e2e_die("[%s] has no header row", section);
	return table;
}

void report_table_free(struct report_table *table)
{
	free(table->columns);
	free(table->rows);
	free(table->text);
}

const char *report_cell(const struct report_table *table, size_t row, const char *column)
{
	size_t i;

	for (i = 0; i < table->nr_columns; i++)
		if (!strcmp(table->columns[i], column))
			return table->rows[row * table->nr_columns + i];
	e2e_die("the report has no column %s", column);
}

uint64_t report_cell_number(const struct report_table *table, size_t row,
			    const char *column)
{
	return strtoull(report_cell(table, row, column), NULL, 0);
}
