/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ask.h - the module asked directly: open, read, ioctl; no library between
 */
#ifndef E2E_ASK_H
#define E2E_ASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "uapi/vmwalk.h"

#define VMWALK_DIR	"/proc/vmwalk"

/* Open /proc/vmwalk/<pid>: a descriptor, or -errno. */
int ask_open_try(pid_t pid);
/* The same; dies when it cannot. */
int ask_open(pid_t pid);

/* A query as the newest caller would fill it. */
struct vmwalk_query ask_query(void *records, uint32_t record_size, uint32_t count);

/* One ioctl: what it answers, which should be 0, or -errno. */
int ask(int fd, unsigned int ioc, struct vmwalk_query *query);

/* A walk for each of @nr addresses; dies when the query fails. */
void ask_translate(int fd, const uint64_t *va, struct vmwalk_walk *walks, size_t nr);
/* The same with VMWALK_QUERY_*. */
void ask_translate_flags(int fd, uint64_t flags, const uint64_t *va, struct vmwalk_walk *walks,
			 size_t nr);
struct vmwalk_walk ask_translate_one(int fd, uint64_t va);

/* The last entry of a walk: what stands at its end; NULL if there is none. */
const struct vmwalk_entry *ask_leaf(const struct vmwalk_walk *walk);

/*
 * All records of a query of a range, asked for @batch at a time; free() the result. Of @what
 * count flags, start, end and fd. Dies when the query fails.
 */
void *ask_all(int fd, unsigned int ioc, const struct vmwalk_query *what, uint32_t record_size,
	      uint32_t batch, size_t *nr);

/* The same of all numbers there are. */
#define ASK_NUMBERS_END	((uint64_t)-4096)
void *ask_list(int fd, unsigned int ioc, size_t record_size, uint32_t batch, size_t *nr);

/* All runs of a range, asked for @batch at a time; free() the result. */
struct vmwalk_run *ask_runs(int fd, uint64_t start, uint64_t end, uint32_t batch, size_t *nr);
struct vmwalk_run *ask_runs_flags(int fd, uint64_t flags, uint64_t start, uint64_t end,
				  uint32_t batch, size_t *nr);

/* The frames of a range, asked for @batch at a time; free() the result. */
struct vmwalk_frame *ask_frames(int fd, uint64_t start, uint64_t end, uint32_t batch, size_t *nr);

/**
 * struct ask_vma - a VMA record and its name without escapes
 */
struct ask_vma {
	struct vmwalk_vma vma;
	char *name;
};

/* All VMAs of a range; @flags: VMWALK_QUERY_*. */
struct ask_vma *ask_vmas(int fd, uint64_t start, uint64_t end, uint64_t flags,
			 uint32_t batch, size_t *nr);
void ask_vmas_free(struct ask_vma *vmas, size_t nr);

/* The whole report as text, read @step bytes a time; NULL with errno set. */
char *ask_report(int fd, size_t step, size_t *len);

/* Position of a section's first line after "[name]" in a report; NULL if missing. */
const char *report_section(const char *report, const char *name);

/* "key:<tab>value" of a section. */
bool report_value(const char *report, const char *section, const char *key,
		  char *value, size_t size);
uint64_t report_number(const char *report, const char *section, const char *key);

/**
 * struct report_table - the rows of a tabular section
 * @columns: names from the header row
 * @nr_columns: number of them
 * @rows: cells, row after row; the last column is the rest of the line
 * @nr: number of rows
 */
struct report_table {
	char **columns;
	size_t nr_columns;
	char **rows;
	size_t nr;
	char *text;
};

struct report_table report_table(const char *report, const char *section);
void report_table_free(struct report_table *table);
/* One cell by the column's name; dies when there is no such column. */
const char *report_cell(const struct report_table *table, size_t row, const char *column);
uint64_t report_cell_number(const struct report_table *table, size_t row,
			    const char *column);

#endif /* E2E_ASK_H */
