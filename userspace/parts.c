// SPDX-License-Identifier: GPL-2.0
/* parts.c - an answer of several tables, each with a name */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "parts.h"

#define PARTS_MAX	16

bool list_has(const char *list, const char *name)
{
	size_t len = strlen(name);

	for (; list; list = strchr(list, ','), list = list ? list + 1 : NULL)
		if (strncmp(list, name, len) == 0 && (!list[len] || list[len] == ','))
			return true;
	return false;
}

bool part_is_wanted(const struct parts *parts, const struct part *part)
{
	return parts->wanted ? list_has(parts->wanted, part->columns.name) : !part->extra;
}

static const struct part *part_find(const struct parts *parts, const char *name, size_t len)
{
	unsigned int i;

	for (i = 0; i < parts->nr; i++) {
		const char *known = parts->part[i].columns.name;

		if (strlen(known) == len && strncmp(known, name, len) == 0)
			return &parts->part[i];
	}
	return NULL;
}

bool parts_want(const struct parts *parts, const char *name)
{
	const struct part *part = part_find(parts, name, strlen(name));

	return part && part_is_wanted(parts, part);
}

static unsigned int wanted_nr(const struct parts *parts)
{
	unsigned int i, nr = 0;

	for (i = 0; i < parts->nr; i++)
		nr += part_is_wanted(parts, &parts->part[i]);
	return nr;
}

static bool names_known(const struct parts *parts)
{
	const char *list = parts->wanted;

	while (list) {
		size_t len = strcspn(list, ",");

		if (!part_find(parts, list, len)) {
			fprintf(stderr, "vmwalk: unknown section '%.*s' (see --list-columns)\n",
				(int)len, list);
			return false;
		}
		list = list[len] ? list + len + 1 : NULL;
	}
	return true;
}

/* -o can only be about one table. */
static bool columns_known(const struct parts *parts, const char *list)
{
	unsigned int chosen[TABLE_COLUMNS], nr, i;

	if (!list)
		return true;
	if (wanted_nr(parts) != 1) {
		fprintf(stderr, "vmwalk: -o needs one section: -s NAME\n");
		return false;
	}
	for (i = 0; i < parts->nr; i++)
		if (part_is_wanted(parts, &parts->part[i]) &&
		    columns_choose(&parts->part[i].columns, list, chosen, &nr) != 0)
			return false;
	return true;
}

/* All tables, or those asked for. */
static int parts_list(const struct parts *parts, const struct output *output)
{
	const struct columns *tables[PARTS_MAX];
	unsigned int i, nr = 0;

	for (i = 0; i < parts->nr && i < PARTS_MAX; i++)
		if (!parts->wanted || part_is_wanted(parts, &parts->part[i]))
			tables[nr++] = &parts->part[i].columns;
	return columns_list(tables, nr, output);
}

bool parts_check(const struct request *request, const struct parts *parts, enum status *status)
{
	const struct output *output = &request->output;

	*status = STATUS_USAGE;
	if (!names_known(parts))
		return false;
	if (output->list_columns) {
		*status = parts_list(parts, output) ? STATUS_FAILED : STATUS_ANSWERED;
		return false;
	}
	return columns_known(parts, output->columns);
}

static int heading_print(const char *name, bool first)
{
	return printf("%s[%s]\n", first ? "" : "\n", name) < 0 ? -EIO : 0;
}

static int part_print(struct document *document, const struct part *part, void *context)
{
	struct table *table;
	int err = table_open(document, &part->columns, document->output->columns, false, &table);

	if (err)
		return err;
	err = part->rows(table, context);
	if (err) {
		table_drop(table);
		return err;
	}
	return table_close(table);
}

int parts_print(const struct output *output, const struct parts *parts, void *context)
{
	bool headings = wanted_nr(parts) > 1 && !output->json, first = true;
	struct document document;
	unsigned int i;
	int err = document_open(&document, output);

	for (i = 0; i < parts->nr && !err; i++) {
		const struct part *part = &parts->part[i];

		if (!part_is_wanted(parts, part))
			continue;
		if (headings)
			err = heading_print(part->columns.name, first);
		if (!err)
			err = part_print(&document, part, context);
		first = false;
	}
	return err ? err : document_close(&document);
}
