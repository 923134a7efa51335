// SPDX-License-Identifier: GPL-2.0
/* cmd_task.c - vmwalk task: the process itself, without its memory and files */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "client.h"
#include "section.h"

/*
 * What is told, in this order. A single one is that of the first thread, shown key by
 * key; the others have a row for each record.
 */
static const struct told {
	const char *section;
	enum vmwalk_ioc ioc;
	bool single;
} tolds[] = {
	{ "task", VMWALK_IOC_TASK, true },
	{ "mm", VMWALK_IOC_MM, true },
	{ "cred", VMWALK_IOC_CREDS, true },
	{ "groups", VMWALK_IOC_GROUPS, false },
	{ "signals", VMWALK_IOC_SIGNALS, true },
	{ "actions", VMWALK_IOC_ACTIONS, false },
	{ "timers", VMWALK_IOC_TIMERS, false },
	{ "family", VMWALK_IOC_FAMILY, false },
	{ "names", VMWALK_IOC_NAMES, false },
	{ "namespaces", VMWALK_IOC_NAMESPACES, false },
	{ "numbers", VMWALK_IOC_NUMBERS, false },
	{ "limits", VMWALK_IOC_LIMITS, false },
	{ "auxv", VMWALK_IOC_AUXV, false },
};

#define TOLDS		(sizeof(tolds) / sizeof(tolds[0]))
#define NAMES_SIZE	256	/* bytes of the names of all sections, with commas */
#define NAME_ROOM	(4 * VMWALK_NAMES_SIZE_MIN + 1)

static const struct argp_child children[] = { { &sections_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.children = children, .args_doc = "PID",
	.doc = "Show the process itself: state, ids and times, credentials, signals, timers, "
	       "family, program and directories, namespaces, limits and what it was told at "
	       "its start.\v"
	       "Credentials and signals are those of the first thread; 'vmwalk threads' has "
	       "what each thread has of its own.",
};

static bool told_known(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < TOLDS; i++)
		if (strlen(tolds[i].section) == len && strncmp(tolds[i].section, name, len) == 0)
			return true;
	return false;
}

/* The names of all sections, for --list-columns. */
static const char *sections_all(char *names, size_t size)
{
	size_t used = 0, i;

	for (i = 0; i < TOLDS; i++)
		used += (size_t)snprintf(names + used, size - used, "%s%s", i ? "," : "",
					 tolds[i].section);
	return names;
}

/* A field as a line "key:<tab>value" of a report. */
static int key_show(struct section *section, const struct vmwalk_field *field,
		    const void *record)
{
	char text[VMWALK_FIELD_LEN];
	const char *const values[] = { text };
	const struct vmwalk_line line = {
		.type = VMWALK_LINE_KEY, .nr = 1, .section = section->name,
		.key = field->name, .values = values,
	};

	vmwalk_field_print(text, sizeof(text), field, record);
	return section_take(section, &line);
}

static int keys_show(struct section *section, const struct vmwalk_record *type,
		     const void *record)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < type->nr && !err; i++)
		if (type->fields[i].format != VMWALK_FORMAT_HIDDEN)
			err = key_show(section, &type->fields[i], record);
	return err;
}

/*
 * A record, with its name if it has one, as a row of a report; without a record, the header
 * above the rows.
 */
static int row_show(struct section *section, const struct vmwalk_record *type,
		    const void *record, const char *name)
{
	static char texts[VMWALK_REPORT_VALUES][VMWALK_FIELD_LEN], text[NAME_ROOM];
	const char *values[VMWALK_REPORT_VALUES];
	struct vmwalk_line line = {
		.type = record ? VMWALK_LINE_ROW : VMWALK_LINE_HEADER,
		.section = section->name, .values = values,
	};
	unsigned int i;

	for (i = 0; i < type->nr && line.nr < VMWALK_REPORT_VALUES; i++) {
		const struct vmwalk_field *field = &type->fields[i];

		if (field->format == VMWALK_FORMAT_HIDDEN)
			continue;
		if (record)
			vmwalk_field_print(texts[line.nr], VMWALK_FIELD_LEN, field, record);
		values[line.nr] = record ? texts[line.nr] : field->name;
		line.nr++;
	}
	if (name) {
		vmwalk_text_escape(text, sizeof(text), name, strlen(name));
		values[line.nr++] = text;
	}
	return section_take(section, &line);
}

/* Things with names are the only records of a task that have them. */
static bool told_named(const struct told *told)
{
	return told->ioc == VMWALK_IOC_NAMES;
}

static int told_open(const struct told *told, struct vmwalk *handle, struct vmwalk_iter **iter)
{
	return told_named(told) ? vmwalk_names_open(handle, iter) :
				  vmwalk_list_open(handle, told->ioc, iter);
}

/* The next record, and its name; NULL if it has none. */
static int told_next(const struct told *told, struct vmwalk_iter *iter, const void **record,
		     const char **name)
{
	const struct vmwalk_named *named;
	int ret;

	*name = NULL;
	if (!told_named(told))
		return vmwalk_list_next(iter, record);
	ret = vmwalk_names_next(iter, &named, name);
	*record = named;
	return ret;
}

static const struct vmwalk_record *told_type(const struct told *told)
{
	return &vmwalk_records[told_named(told) ? VMWALK_RECORD_named :
			       vmwalk_list_record(told->ioc)];
}

static int records_show(struct section *section, const struct told *told,
			struct vmwalk_iter *iter)
{
	const struct vmwalk_record *type = told_type(told);
	const char *name;
	const void *record;
	int ret, err = 0;

	if (!told->single)
		err = row_show(section, type, NULL, told_named(told) ? "name" : NULL);
	while (!err && (ret = told_next(told, iter, &record, &name)) != 0) {
		if (ret < 0)
			return ret;
		if (told->single)
			return keys_show(section, type, record);
		err = row_show(section, type, record, name);
	}
	return err;
}

static int told_show(struct section *section, const struct told *told, struct vmwalk *handle)
{
	struct vmwalk_iter *iter;
	int err = told_open(told, handle, &iter);

	if (err)
		return err;
	err = section_open(section, told->section);
	if (!err)
		err = records_show(section, told, iter);
	vmwalk_iter_close(iter);
	return err ? err : section_close(section);
}

static int task_show(const struct sections *sections, struct vmwalk *handle)
{
	struct document document;
	struct section *section;
	size_t i;
	int err = document_open(&document, &sections->request.output);

	if (!err)
		err = section_new(&document, sections_heading(sections), &section);
	if (err)
		return err;
	for (i = 0; i < TOLDS && !err; i++)
		if (sections_want(sections, tolds[i].section))
			err = told_show(section, &tolds[i], handle);
	if (!err)
		err = document_close(&document);
	section_free(section);
	return err;
}

enum status cmd_task(int argc, char **argv)
{
	struct sections sections = { .names = NULL };
	char names[NAMES_SIZE];
	struct vmwalk *handle;
	enum status status;

	request_parse(&argp, argc, argv, &sections);
	if (!sections_check(&sections, told_known, sections_all(names, sizeof(names)), &status))
		return status;
	if (request_open(&sections.request, &handle) != 0)
		return STATUS_FAILED;
	return request_close(&sections.request, handle, task_show(&sections, handle));
}
