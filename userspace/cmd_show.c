// SPDX-License-Identifier: GPL-2.0
/* cmd_show.c - vmwalk show: the report of a process, formatted for eyes */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "parts.h"
#include "section.h"

struct show {
	struct request request;
	const char *sections;	/* names with commas; NULL for all */
};

static const struct argp_option options[] = {
	{ "section", 's', "LIST", 0, "sections to show, with commas (see --list-columns)", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct show *show = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &show->request;
		return 0;
	case 's':
		show->sections = arg;
		return 0;
	case ARGP_KEY_END:
		if (show->request.output.columns && (!show->sections ||
						     strchr(show->sections, ',')))
			argp_error(state, "-o needs one section: -s NAME");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = { { &request_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.options = options, .parser = parse, .children = children, .args_doc = "PID",
	.doc = "Show everything the kernel knows about a process, section by section.\v"
	       "The same as text for awk: cat /proc/vmwalk/PID",
};

static bool show_wants(const struct show *show, const char *section)
{
	return !show->sections || list_has(show->sections, section);
}

/* Every name asked for must be a section. */
static enum status sections_check(const char *list)
{
	while (list && *list) {
		size_t len = strcspn(list, ",");

		if (!section_known(list, len)) {
			fprintf(stderr, "vmwalk: unknown section '%.*s' (see --list-columns)\n",
				(int)len, list);
			return STATUS_USAGE;
		}
		list += len + (list[len] == ',');
	}
	return STATUS_ANSWERED;
}

/* Hands the lines of the wanted sections to @section. */
static int lines_show(const struct show *show, struct vmwalk_report *report,
		      struct section *section)
{
	struct vmwalk_line line;
	int ret, err;

	while ((ret = vmwalk_report_next(report, &line)) > 0) {
		if (line.type == VMWALK_LINE_SECTION) {
			err = section_close(section);
			if (!err && show_wants(show, line.section))
				err = section_open(section, line.section);
		} else {
			err = section->open ? section_take(section, &line) : 0;
		}
		if (err)
			return err;
	}
	return ret < 0 ? ret : section_close(section);
}

static int report_show(const struct show *show, struct vmwalk *handle)
{
	const struct output *output = &show->request.output;
	bool heading = !show->sections || strchr(show->sections, ',');
	struct vmwalk_report *report;
	struct document document;
	struct section *section;
	int err = vmwalk_report_open(handle, &report);

	if (err)
		return err;
	err = document_open(&document, output);
	if (!err)
		err = section_new(&document, heading, &section);
	if (err)
		goto out;
	err = lines_show(show, report, section);
	if (!err)
		err = document_close(&document);
	section_free(section);
out:
	vmwalk_report_close(report);
	return err;
}

enum status cmd_show(int argc, char **argv)
{
	struct show show = { .sections = NULL };
	struct vmwalk *handle;
	enum status status;

	request_parse(&argp, argc, argv, &show);
	status = sections_check(show.sections);
	if (status)
		return status;
	if (show.request.output.list_columns)
		return sections_list(show.sections, &show.request.output) ? STATUS_FAILED
									  : STATUS_ANSWERED;
	if (show.request.output.columns &&
	    !section_columns_known(show.sections, show.request.output.columns))
		return STATUS_USAGE;
	if (request_open(&show.request, &handle) != 0)
		return STATUS_FAILED;
	return request_close(&show.request, handle, report_show(&show, handle));
}
