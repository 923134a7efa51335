/* SPDX-License-Identifier: GPL-2.0 */
/* section.h - one section of a report as a table */
#ifndef VMWALK_SECTION_H
#define VMWALK_SECTION_H

#include "libvmwalk.h"
#include "table.h"

#define SECTION_NAME_SIZE	64

/*
 * A section is either keys with values or rows under a header. Keys are kept
 * until it ends, rows are passed on.
 */
struct section {
	struct document *document;
	bool heading;		/* print "[name]" above */
	bool open;
	bool printed;		/* an earlier section was */
	char name[SECTION_NAME_SIZE];
	struct columns columns;
	char *texts[TABLE_COLUMNS];	/* names of columns, or keys */
	char *values[TABLE_COLUMNS];	/* of keys */
	struct table *table;	/* of rows, once there was a header */
};

int section_new(struct document *document, bool heading, struct section **out);
void section_free(struct section *section);

/* Begins and ends one; closing what is not open does nothing. */
int section_open(struct section *section, const char *name);
int section_close(struct section *section);

/* Takes a line of it. Return: 0, or -EBADMSG if it does not fit. */
int section_take(struct section *section, const struct vmwalk_line *line);

/* Is there such a section? */
bool section_known(const char *name, size_t len);

/* Are there such columns in it? Prints a message otherwise. */
bool section_columns_known(const char *name, const char *list);

/* --list-columns for some sections, or all: NULL. */
int sections_list(const char *names, const struct output *output);

#endif /* VMWALK_SECTION_H */
