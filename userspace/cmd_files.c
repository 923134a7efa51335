// SPDX-License-Identifier: GPL-2.0
/* cmd_files.c - vmwalk files: the open files, or everything about one */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "openfile.h"

#define PATH_ROOM	(4 * VMWALK_NAMES_SIZE_MIN + 1)

struct files {
	struct openfile one;	/* what is asked, and about which file if about one */
	struct vmwalk_iter *iter;
	char path[PATH_ROOM];
};

static const struct argp_option options[] = {
	{ "section", 's', "LIST", 0, "of one file: file, inode, extents", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct files *files = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &files->one.request;
		return 0;
	case 's':
		files->one.sections = arg;
		return 0;
	case ARGP_KEY_ARG:
		if (!files->one.request.pid || files->one.fd != OPENFILE_NONE)
			return ARGP_ERR_UNKNOWN;
		if (openfile_parse(arg, &files->one.fd) != 0)
			argp_error(state, "'%s' is not a descriptor", arg);
		return 0;
	case ARGP_KEY_END:
		if (files->one.sections && files->one.fd == OPENFILE_NONE &&
		    !files->one.request.output.list_columns)
			argp_error(state, "sections are of one file: which descriptor?");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = { { &request_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.options = options, .parser = parse, .children = children, .args_doc = "PID [FD]",
	.doc = "Show the open files of a process; with a descriptor all about that one, down to "
	       "where its bytes are on the disk.\v"
	       "Open files of equal id are the same one, whoever has them. Only what the kernel "
	       "has in memory is shown: no file system is asked for news.",
};

static int rows_add(struct table *table, void *context)
{
	struct files *files = context;
	const struct vmwalk_descriptor *record;
	const char *path;
	int ret;

	while ((ret = vmwalk_files_next(files->iter, &record, &path)) > 0) {
		const void *const records[] = { &record->file, &record->inode };
		int err;

		vmwalk_text_escape(files->path, sizeof(files->path), path, strlen(path));
		err = table_row_records(table, records, files->path);
		if (err)
			return err;
	}
	return ret;
}

static int files_print(struct files *files, const struct columns *columns,
		       struct vmwalk *handle)
{
	int err = vmwalk_files_open(handle, 0, ~0U, &files->iter);

	if (err)
		return err;
	err = table_print(&files->one.request.output, columns, rows_add, files);
	vmwalk_iter_close(files->iter);
	return err;
}

static enum status files_run(struct files *files)
{
	struct columns columns = {
		.name = "files",
		.defaults = "fd,mode,kind,options,pos,references,id,dev,inode,size,path",
	};
	struct vmwalk *handle;
	enum status status;

	openfile_columns(&columns);
	if (!request_columns(&files->one.request, &columns, &status))
		return status;
	if (request_open(&files->one.request, &handle) != 0)
		return STATUS_FAILED;
	return request_close(&files->one.request, handle, files_print(files, &columns, handle));
}

enum status cmd_files(int argc, char **argv)
{
	struct files *files = calloc(1, sizeof(*files));
	enum status status;

	if (!files) {
		fputs("vmwalk: out of memory\n", stderr);
		return STATUS_FAILED;
	}
	files->one.fd = OPENFILE_NONE;
	request_parse(&argp, argc, argv, files);
	status = files->one.fd == OPENFILE_NONE && !files->one.sections ? files_run(files)
								      : openfile_run(&files->one);
	free(files);
	return status;
}
