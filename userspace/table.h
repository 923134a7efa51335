/* SPDX-License-Identifier: GPL-2.0 */
/*
 * table.h - records as tables for eyes, scripts and JSON, by libsmartcols
 *
 * Columns come from the field tables of uapi/vmwalk.h; nothing here knows the
 * name of one. Rows are printed and dropped as they come, so a table may be
 * longer than memory; columns then line up with the rows printed before.
 */
#ifndef VMWALK_TABLE_H
#define VMWALK_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "field.h"

#define TABLE_COLUMNS	128	/* in one table */
#define TABLE_RECORDS	8	/* behind one row */
#define TABLE_NAME	32	/* bytes of a name that was given a prefix */

/* What the options say about output; see options.c. */
struct output {
	const char *columns;	/* -o: LIST or +LIST, NULL for the default */
	bool json;
	bool raw;
	bool noheadings;
	bool list_columns;
};

/**
 * struct column - one column that a table can have
 * @name: as in the records: JSON key; heading in capitals
 * @help: what it means
 * @format: how the value is written
 * @count: elements of the value
 * @record: which of a row's records it comes from
 *	(of text: which of a row's texts)
 * @field: the member there; NULL for a column that is filled as text
 */
struct column {
	const char *name;
	const char *help;
	enum vmwalk_format format;
	unsigned int count;
	unsigned int record;
	const struct vmwalk_field *field;
};

/**
 * struct columns - all columns that a table can have
 * @name: of the table; JSON key
 * @defaults: names of the columns shown without -o; NULL for all
 * @nr: number of @column
 * @column: they
 * @nr_names: number of @names
 * @names: of columns that were given a prefix; hence columns are not to be copied
 */
struct columns {
	const char *name;
	const char *defaults;
	unsigned int nr;
	struct column column[TABLE_COLUMNS];
	unsigned int nr_names;
	char names[TABLE_COLUMNS][TABLE_NAME];
};

/* Adds the fields of a record that are not hidden and whose name is still free. */
void columns_add_record(struct columns *columns, const struct vmwalk_record *record,
			unsigned int nr);

/* Takes a column out again, if it is there. */
void columns_drop(struct columns *columns, const char *name);

/*
 * The same, but a name that is taken gets the record's name and _ in front; if that
 * is taken too, the field is left out.
 */
void columns_add_named(struct columns *columns, const struct vmwalk_record *record,
		       unsigned int nr);

/* Adds a column of text. */
void columns_add_text(struct columns *columns, const char *name, const char *help);

/* Prints what --list-columns asks for: all columns of @nr tables. */
int columns_list(const struct columns *const tables[], unsigned int nr,
		 const struct output *output);

/**
 * columns_choose() - which columns a list means
 * @columns: there are
 * @list: names with commas, in any case; NULL for the default, and a leading +
 *	for the default and more
 * @chosen: room for TABLE_COLUMNS indices
 * @nr: number of @chosen
 *
 * Return: 0, or -EINVAL with a message on stderr.
 */
int columns_choose(const struct columns *columns, const char *list, unsigned int *chosen,
		   unsigned int *nr);

/* Whether a list (as above, known to be good) has a text, or a field of record @nr or later. */
bool columns_reach(const struct columns *columns, const char *list, unsigned int nr);

/* Whether a list (as above, known to be good) needs fields of this group. */
bool columns_need(const struct columns *columns, const char *list, enum vmwalk_group group);

/* What is around the tables: in JSON the one object that holds them. */
struct document {
	const struct output *output;
	unsigned int tables;	/* begun so far */
};

int document_open(struct document *document, const struct output *output);
int document_close(struct document *document);

struct table;

/**
 * table_open() - begin a table
 * @document: it is part of
 * @columns: it can have; must outlive it
 * @list: of columns, see columns_choose()
 * @single: it has one row, which is an object of its own in JSON
 * @out: the table
 */
int table_open(struct document *document, const struct columns *columns, const char *list,
	       bool single, struct table **out);

/* Ends it and prints what is left. Must be called; @table is gone afterwards. */
int table_close(struct table *table);

/* Ends it after an error: prints nothing more. @table may be NULL. */
void table_drop(struct table *table);

/**
 * table_row_records() - one row out of records
 * @table: it
 * @records: TABLE_RECORDS or fewer, as the columns need
 * @text: of every text column; may be NULL if there is none
 */
int table_row_records(struct table *table, const void *const records[], const char *text);

/* The same with several texts: column after column of text has the next of @texts. */
int table_row_texts(struct table *table, const void *const records[],
		    const char *const texts[]);

/* One row out of text: a value for each column there is; "-" is absent. */
int table_row_values(struct table *table, const char *const values[]);

/* Prints the rows so far. */
int table_flush(struct table *table);

/**
 * table_print() - a document that is one table
 * @output: how, and which columns
 * @columns: it can have
 * @rows: adds all rows; 0 or a negative errno
 * @context: for @rows
 */
int table_print(const struct output *output, const struct columns *columns,
		int (*rows)(struct table *table, void *context), void *context);

#endif /* VMWALK_TABLE_H */
