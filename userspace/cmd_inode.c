// SPDX-License-Identifier: GPL-2.0
/* cmd_inode.c - vmwalk inode: the inode of an open file */
#include "openfile.h"

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct openfile *openfile = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &openfile->request;
		return 0;
	case ARGP_KEY_ARG:
		if (!openfile->request.pid || openfile->fd != OPENFILE_NONE)
			return ARGP_ERR_UNKNOWN;
		if (openfile_parse(arg, &openfile->fd) != 0)
			argp_error(state, "'%s' is not a descriptor", arg);
		return 0;
	case ARGP_KEY_END:
		if (openfile->fd == OPENFILE_NONE && !openfile->request.output.list_columns)
			argp_error(state, "which descriptor?");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = { { &request_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.parser = parse, .children = children, .args_doc = "PID FD",
	.doc = "Show the inode of an open file of a process, as the kernel has it in memory.\v"
	       "Deleted files have one too. No file system is asked for news.",
};

enum status cmd_inode(int argc, char **argv)
{
	struct openfile openfile = { .fd = OPENFILE_NONE, .sections = "inode" };

	request_parse(&argp, argc, argv, &openfile);
	return openfile_run(&openfile);
}
