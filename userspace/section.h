/* SPDX-License-Identifier: GPL-2.0 */
/* section.h - one section of a report as a table */
#ifndef VMWALK_SECTION_H
#define VMWALK_SECTION_H

#include "client.h"
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

/**
 * struct sections - what the command line says of a command that shows sections
 * @request: the rest of it
 * @names: of the sections wanted, with commas; NULL for all
 */
struct sections {
	struct request request;
	const char *names;
};

/* Parses struct sections: a child for the commands' own, with request_argp below it. */
extern const struct argp sections_argp;

bool sections_want(const struct sections *sections, const char *name);

/* Does a line with its name stand above each section? Not above a single one. */
bool sections_heading(const struct sections *sections);

/**
 * sections_check() - are the sections and columns asked for known, and is there more to do?
 * @sections: as parsed
 * @known: is there such a section of this command?
 * @all: names of all its sections with commas, for --list-columns; NULL for every one
 * @status: to exit with, if that was all
 */
bool sections_check(const struct sections *sections,
		    bool (*known)(const char *name, size_t len), const char *all,
		    enum status *status);

#endif /* VMWALK_SECTION_H */
