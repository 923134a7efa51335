// SPDX-License-Identifier: GPL-2.0
/* cmd_show.c - vmwalk show: the report of a process, formatted for eyes */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "section.h"

static const struct argp_child children[] = { { &sections_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.children = children, .args_doc = "PID",
	.doc = "Show everything the kernel knows about a process, section by section.\v"
	       "The same as text for awk: cat /proc/vmwalk/PID",
};

/* Hands the lines of the wanted sections to @section. */
static int lines_show(const struct sections *sections, struct vmwalk_report *report,
		      struct section *section)
{
	struct vmwalk_line line;
	int ret, err;

	while ((ret = vmwalk_report_next(report, &line)) > 0) {
		if (line.type == VMWALK_LINE_SECTION) {
			err = section_close(section);
			if (!err && sections_want(sections, line.section))
				err = section_open(section, line.section);
		} else {
			err = section->open ? section_take(section, &line) : 0;
		}
		if (err)
			return err;
	}
	return ret < 0 ? ret : section_close(section);
}

static int report_show(const struct sections *sections, struct vmwalk *handle)
{
	struct vmwalk_report *report;
	struct document document;
	struct section *section;
	int err = vmwalk_report_open(handle, &report);

	if (err)
		return err;
	err = document_open(&document, &sections->request.output);
	if (!err)
		err = section_new(&document, sections_heading(sections), &section);
	if (err)
		goto out;
	err = lines_show(sections, report, section);
	if (!err)
		err = document_close(&document);
	section_free(section);
out:
	vmwalk_report_close(report);
	return err;
}

enum status cmd_show(int argc, char **argv)
{
	struct sections sections = { .names = NULL };
	struct vmwalk *handle;
	enum status status;

	request_parse(&argp, argc, argv, &sections);
	if (!sections_check(&sections, section_known, NULL, &status))
		return status;
	if (request_open(&sections.request, &handle) != 0)
		return STATUS_FAILED;
	return request_close(&sections.request, handle, report_show(&sections, handle));
}
