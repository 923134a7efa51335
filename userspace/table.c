// SPDX-License-Identifier: GPL-2.0
/* table.c - rows through libsmartcols, a bounded number at a time */
#include <ctype.h>
#include <errno.h>
#include <libsmartcols/libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "table.h"

#define FLUSH_ROWS	2048	/* held in memory before they are printed */

struct table {
	struct document *document;
	const struct columns *columns;
	struct libscols_table *scols;
	unsigned int chosen[TABLE_COLUMNS];
	unsigned int nr;	/* of @chosen */
	unsigned int rows;	/* in @scols */
	bool single;
	bool begun;		/* something was printed */
};

/* Everything goes out here, so that a full disk or a closed pipe is noticed. */
static int out_write(const char *text, size_t len)
{
	return fwrite(text, 1, len, stdout) == len ? 0 : -EIO;
}

static int out_text(const char *text)
{
	return out_write(text, strlen(text));
}

int document_open(struct document *document, const struct output *output)
{
	document->output = output;
	document->tables = 0;
	return output->json ? out_text("{") : 0;
}

int document_close(struct document *document)
{
	return document->output->json ? out_text("\n}\n") : 0;
}

static bool column_is_number(const struct column *column)
{
	switch (column->format) {
	case VMWALK_FORMAT_DEC:
	case VMWALK_FORMAT_SDEC:
	case VMWALK_FORMAT_BYTES:
	case VMWALK_FORMAT_NS:
		return column->count == 1;
	default:
		return false;
	}
}

static bool column_is_right(const struct column *column)
{
	return column_is_number(column) || column->format == VMWALK_FORMAT_HEX;
}

/* JSON keys are the names of the members; headings are those in capitals. */
static int column_add(struct table *table, const struct column *column)
{
	bool json = table->document->output->json;
	struct libscols_column *cl;
	char name[64];
	size_t i;

	for (i = 0; i < sizeof(name) - 1 && column->name[i]; i++)
		name[i] = json ? column->name[i] : (char)toupper((unsigned char)column->name[i]);
	name[i] = '\0';
	cl = scols_table_new_column(table->scols, name, 0,
				    column_is_right(column) ? SCOLS_FL_RIGHT : 0);
	if (!cl)
		return -ENOMEM;
	if (column_is_number(column))
		return scols_column_set_json_type(cl, SCOLS_JSON_NUMBER);
	return 0;
}

static int scols_open(struct table *table)
{
	const struct output *output = table->document->output;
	unsigned int i;
	int err = 0;

	table->scols = scols_new_table();
	if (!table->scols)
		return -ENOMEM;
	scols_table_set_name(table->scols, table->columns->name);
	scols_table_enable_noheadings(table->scols, output->noheadings);
	if (output->json)
		err = scols_table_enable_json(table->scols, 1);
	else if (output->raw)
		err = scols_table_enable_raw(table->scols, 1);
	for (i = 0; i < table->nr && !err; i++)
		err = column_add(table, &table->columns->column[table->chosen[i]]);
	return err;
}

int table_open(struct document *document, const struct columns *columns, const char *list,
	       bool single, struct table **out)
{
	struct table *table = calloc(1, sizeof(*table));
	int err;

	if (!table)
		return -ENOMEM;
	table->document = document;
	table->columns = columns;
	table->single = single;
	err = columns_choose(columns, list, table->chosen, &table->nr);
	if (!err)
		err = scols_open(table);
	if (err) {
		table_drop(table);
		return err;
	}
	*out = table;
	return 0;
}

void table_drop(struct table *table)
{
	if (!table)
		return;
	scols_unref_table(table->scols);
	free(table);
}

/* Bytes of the UTF-8 character at @text, 0 if there is none (RFC 3629). */
static size_t utf8_len(const unsigned char *text)
{
	static const struct {
		unsigned char first, last;	/* lead byte */
		unsigned char low, high;	/* second byte */
		unsigned char len;
	} forms[] = {
		{ 0x01, 0x7f, 0x00, 0x00, 1 },
		{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 },
		{ 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 },
		{ 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 },
		{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};
	size_t i, at;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (text[0] >= forms[i].first && text[0] <= forms[i].last)
			break;
	if (i == sizeof(forms) / sizeof(forms[0]))
		return 0;
	if (forms[i].len > 1 && (text[1] < forms[i].low || text[1] > forms[i].high))
		return 0;
	for (at = 2; at < forms[i].len; at++)
		if ((text[at] & 0xc0) != 0x80)
			return 0;
	return forms[i].len;
}

/*
 * A file name may hold any byte, JSON only UTF-8: what is none becomes \ooo,
 * as the control characters already are.
 */
static char *text_clean(const char *text)
{
	char *clean = malloc(strlen(text) * 4 + 1), *to = clean;

	if (!clean)
		return NULL;
	while (*text) {
		size_t len = utf8_len((const unsigned char *)text);

		if (len) {
			memcpy(to, text, len);
			to += len;
			text += len;
		} else {
			to += sprintf(to, "\\%03o", (unsigned char)*text++);
		}
	}
	*to = '\0';
	return clean;
}

static bool is_number(const char *text)
{
	if (*text == '-')
		text++;
	return *text && text[strspn(text, "0123456789")] == '\0' &&
	       (text[0] != '0' || !text[1]);
}

/* Absent is null in JSON, a dash in a raw row (where it must hold its place). */
static int cell_set(struct table *table, struct libscols_line *line, size_t at,
		    const char *value)
{
	const struct column *column = &table->columns->column[table->chosen[at]];
	const struct output *output = table->document->output;
	bool absent = strcmp(value, "-") == 0 && !vmwalk_format_is_set(column->format) &&
		      column->format != VMWALK_FORMAT_RW;
	char *clean;

	if (output->json && (absent || !*value))
		return 0;
	if (output->json && column_is_number(column) && !is_number(value))
		return -EBADMSG;
	if (output->raw && !*value)
		value = "-";
	clean = text_clean(value);
	if (!clean)
		return -ENOMEM;
	return scols_line_refer_data(line, at, clean);
}

static struct libscols_line *row_open(struct table *table)
{
	if (table->rows >= FLUSH_ROWS && table_flush(table) != 0)
		return NULL;
	table->rows++;
	return scols_table_new_line(table->scols, NULL);
}

int table_row_values(struct table *table, const char *const values[])
{
	struct libscols_line *line = row_open(table);
	unsigned int i;
	int err = line ? 0 : -EIO;

	for (i = 0; i < table->nr && !err; i++)
		err = cell_set(table, line, i, values[table->chosen[i]]);
	return err;
}

int table_row_texts(struct table *table, const void *const records[],
		    const char *const texts[])
{
	char room[TABLE_COLUMNS][VMWALK_FIELD_LEN];
	const char *values[TABLE_COLUMNS];
	unsigned int i;

	for (i = 0; i < table->nr; i++) {
		unsigned int at = table->chosen[i];
		const struct column *column = &table->columns->column[at];

		if (!column->field) {
			values[at] = texts[column->record];
			continue;
		}
		vmwalk_field_print(room[i], sizeof(room[i]), column->field,
				   records[column->record]);
		values[at] = room[i];
		/* Here "-" is told from absent; libsmartcols makes "" a null. */
		if (table->document->output->json &&
		    !vmwalk_field_present(column->field, records[column->record]))
			values[at] = "";
	}
	return table_row_values(table, values);
}

int table_row_records(struct table *table, const void *const records[], const char *text)
{
	const char *const texts[] = { text };

	return table_row_texts(table, records, texts);
}

/* Rows printed later line up with those printed before. */
static void widths_keep(struct table *table)
{
	struct libscols_column *cl;
	unsigned int i;

	for (i = 0; i < table->nr; i++) {
		cl = scols_table_get_column(table->scols, i);
		if (cl && scols_column_get_width(cl) >= 1)
			scols_column_set_whint(cl, (double)scols_column_get_width(cl));
	}
}

/* libsmartcols prints whole documents; ours is put together from their rows. */
static int json_begin(struct table *table)
{
	if (table->begun)
		return out_text(",");
	table->begun = true;
	if (printf("%s\n   \"%s\": %s", table->document->tables++ ? "," : "",
		   table->columns->name, table->single ? "" : "[") < 0)
		return -EIO;
	return 0;
}

static int json_rows(struct table *table, const char *text)
{
	const char *first = strchr(text, '['), *last = strrchr(text, ']');
	int err = json_begin(table);

	if (err)
		return err;
	if (!first || !last || last < first)
		return -EIO;
	first += 1 + strspn(first + 1, " \n");
	while (last > first && (last[-1] == ' ' || last[-1] == '\n'))
		last--;
	if (!table->single)
		err = out_text("\n      ");
	return err ? err : out_write(first, (size_t)(last - first));
}

static int json_end(struct table *table)
{
	int err = table->begun ? 0 : json_begin(table);

	if (err)
		return err;
	return table->single ? 0 : out_text("\n   ]");
}

int table_flush(struct table *table)
{
	const struct output *output = table->document->output;
	char *text = NULL;
	int err;

	if (!table->rows)
		return 0;
	err = scols_print_table_to_string(table->scols, &text);
	if (err)
		return err;
	if (output->json)
		err = json_rows(table, text);
	else if (out_text(text) != 0 || out_text("\n") != 0)
		err = -EIO;
	free(text);
	widths_keep(table);
	scols_table_enable_noheadings(table->scols, 1);
	scols_table_remove_lines(table->scols);
	table->rows = 0;
	table->begun = true;
	return err;
}

int table_close(struct table *table)
{
	int err = table_flush(table);

	if (!err && table->document->output->json)
		err = json_end(table);
	table_drop(table);
	return err;
}

int table_print(const struct output *output, const struct columns *columns,
		int (*rows)(struct table *table, void *context), void *context)
{
	struct document document;
	struct table *table;
	int err = document_open(&document, output);

	if (!err)
		err = table_open(&document, columns, output->columns, false, &table);
	if (err)
		return err;
	err = rows(table, context);
	if (err) {
		table_drop(table);
		return err;
	}
	err = table_close(table);
	return err ? err : document_close(&document);
}
