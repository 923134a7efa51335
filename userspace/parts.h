/* SPDX-License-Identifier: GPL-2.0 */
/* parts.h - an answer of several tables, each with a name, of which some may be asked for */
#ifndef VMWALK_PARTS_H
#define VMWALK_PARTS_H

#include "client.h"

/**
 * struct part - one table of an answer
 * @columns: of the table; its name is the part's
 * @rows: adds all rows; 0 or a negative errno
 * @extra: shown only when it is asked for by name
 */
struct part {
	struct columns columns;
	int (*rows)(struct table *table, void *context);
	bool extra;
};

/**
 * struct parts - an answer
 * @part: its tables
 * @nr: number of @part
 * @wanted: names of tables with commas; NULL for all that are not extra
 */
struct parts {
	struct part *part;
	unsigned int nr;
	const char *wanted;
};

/* Is this name one of a list with commas? */
bool list_has(const char *list, const char *name);

/* Is this part to be shown? */
bool part_is_wanted(const struct parts *parts, const struct part *part);

/* The same by its name. */
bool parts_want(const struct parts *parts, const char *name);

/*
 * parts_check() - are the tables and columns asked for known, and is there more to do?
 *
 * -o is about the columns of one table, so one only may be wanted then.
 *
 * Return: true; false when that was all, with the @status to exit with.
 */
bool parts_check(const struct request *request, const struct parts *parts, enum status *status);

/* Prints the wanted tables, with @context for their rows. */
int parts_print(const struct output *output, const struct parts *parts, void *context);

#endif /* VMWALK_PARTS_H */
