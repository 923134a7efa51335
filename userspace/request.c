// SPDX-License-Identifier: GPL-2.0
/* request.c - what every command shares: options, process, cost, mistakes */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "client.h"

#define KEY_COST	0x100
#define KEY_USAGE	0x101

static const struct argp_option options[] = {
	{ "output", 'o', "LIST", 0,
	  "columns to show, with commas; +LIST adds to the default", 10 },
	{ "json", 'J', NULL, 0, "print JSON", 10 },
	{ "raw", 'r', NULL, 0, "print without padding; blanks in values as \\x20", 10 },
	{ "noheadings", 'n', NULL, 0, "print no headings", 10 },
	{ "list-columns", 'H', NULL, 0, "list all columns and what they mean", 10 },
	{ "cost", KEY_COST, NULL, 0,
	  "say on standard error what the queries cost the process", 10 },
	{ "help", 'h', NULL, 0, "print this", -1 },
	{ "usage", KEY_USAGE, NULL, 0, "print a short usage message", -1 },
	{ "version", 'V', NULL, 0, "print the version", -1 },
	{ 0 }
};

void request_version(void)
{
	printf("vmwalk %s (report %d)\n", VMWALK_VERSION, VMWALK_REPORT_VERSION);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct request *request = state->input;

	switch (key) {
	case 'o':
		request->output.columns = arg;
		return 0;
	case 'J':
		request->output.json = true;
		return 0;
	case 'r':
		request->output.raw = true;
		return 0;
	case 'n':
		request->output.noheadings = true;
		return 0;
	case 'H':
		request->output.list_columns = true;
		return 0;
	case KEY_COST:
		request->cost = true;
		return 0;
	case 'h':
		argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
		return 0;
	case KEY_USAGE:
		argp_state_help(state, stdout, ARGP_HELP_USAGE | ARGP_HELP_EXIT_OK);
		return 0;
	case 'V':
		request_version();
		exit(STATUS_ANSWERED);
	case ARGP_KEY_ARG:
		if (request->pid)
			return ARGP_ERR_UNKNOWN;
		if (pid_parse(arg, &request->pid) != 0)
			argp_error(state, "'%s' is not a process id (a number, or self)", arg);
		return 0;
	case ARGP_KEY_END:
		if (request->output.json && request->output.raw)
			argp_error(state, "--json and --raw exclude each other");
		if (!request->pid && !request->optional && !request->output.list_columns)
			argp_error(state, "which process?");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp request_argp = { .options = options, .parser = parse };

void request_parse(const struct argp *argp, int argc, char **argv, void *input)
{
	char name[64];

	argp_err_exit_status = STATUS_USAGE;
	snprintf(name, sizeof(name), "vmwalk %s", argv[0]);
	argv[0] = name;
	argp_parse(argp, argc, argv, ARGP_NO_HELP, NULL, input);
}

bool request_columns(const struct request *request, const struct columns *columns,
		     enum status *status)
{
	const struct output *output = &request->output;
	unsigned int chosen[TABLE_COLUMNS], nr;

	*status = STATUS_USAGE;
	if (columns_choose(columns, output->columns, chosen, &nr) != 0)
		return false;
	if (!output->list_columns)
		return true;
	*status = columns_list(&columns, 1, output) ? STATUS_FAILED : STATUS_ANSWERED;
	return false;
}

static void complain(pid_t pid, int err)
{
	char text[512];

	fprintf(stderr, "vmwalk: %s\n", vmwalk_explain(pid, err, text, sizeof(text)));
}

int request_open(const struct request *request, struct vmwalk **handle)
{
	int err = vmwalk_open(request->pid, handle);

	if (err)
		complain(request->pid, err);
	return err;
}

static void print_cost(const struct vmwalk *handle)
{
	struct vmwalk_cost cost;

	vmwalk_cost(handle, &cost);
	fprintf(stderr, "vmwalk: %llu entries read, lock held %llu times, longest %llu ns\n",
		(unsigned long long)cost.entries, (unsigned long long)cost.holds,
		(unsigned long long)cost.hold_ns);
}

enum status request_close(const struct request *request, struct vmwalk *handle, int err)
{
	/* What stdout refused is told once, at the very end. */
	if (err && !ferror(stdout))
		complain(request->pid, err);
	if (handle && request->cost)
		print_cost(handle);
	vmwalk_close(handle);
	return err ? STATUS_FAILED : STATUS_ANSWERED;
}

void hint_privileged(void)
{
	static bool said;

	if (!said)
		fprintf(stderr, "vmwalk: raw entries, frames and swap places are not shown: they "
			"need CAP_SYS_ADMIN in the initial user namespace and no "
			"confidentiality lockdown\n");
	said = true;
}
