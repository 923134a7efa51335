// SPDX-License-Identifier: GPL-2.0
/* vmwalk.c - the client: a table of commands */
#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "address.h"
#include "client.h"

static const struct command commands[] = {
	{ "show", "everything the kernel knows, as sections", cmd_show },
	{ "end-to-end", "the whole process on one page, from its task_struct to the disk",
	  cmd_endtoend },
	{ "translate", "the way of addresses through the page tables", cmd_translate },
	{ "fault", "what an access to memory would do", cmd_fault },
	{ "maps", "the mapped areas (VMAs)", cmd_maps },
	{ "pages", "what stands behind a range, as merged runs", cmd_pages },
	{ "frames", "the frames behind a range, and sums of them", cmd_frames },
	{ "tables", "the page tables: how many, how full, what they cost", cmd_tables },
	{ "huge", "huge pages: what is, what could be, and why the rest is not", cmd_huge },
	{ "zones", "the machine's memory, and where frames of a process lie in it", cmd_zones },
	{ "files", "the open files, or everything about one", cmd_files },
	{ "inode", "the inode of an open file", cmd_inode },
	{ "task", "the process: state, credentials, signals, family, namespaces", cmd_task },
	{ "threads", "the threads: scheduling, registers and where they point", cmd_threads },
	{ "tree", "processes, their children, and how large they are", cmd_tree },
};

#define COMMANDS	(sizeof(commands) / sizeof(commands[0]))

static void print_usage(FILE *out)
{
	size_t i;

	fputs("Usage: vmwalk COMMAND PID [OPTION...]\n"
	      "       vmwalk PID\n"
	      "Show what the kernel knows about a live process. PID is a number, or self\n"
	      "for vmwalk's own process; alone it means show.\n\nCommands:\n", out);
	for (i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].help);
	fputs("\nOptions:\n"
	      "  -h, --help     print this; after a command, what the command knows\n"
	      "  -V, --version  print the version\n"
	      "\nExit status: 0 answered, 1 could not answer, 2 usage.\n", out);
}

static enum status run_help(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	print_usage(stdout);
	return STATUS_ANSWERED;
}

static enum status run_version(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	request_version();
	return STATUS_ANSWERED;
}

static const struct command options[] = {
	{ "-h", NULL, run_help }, { "--help", NULL, run_help }, { "help", NULL, run_help },
	{ "-V", NULL, run_version }, { "--version", NULL, run_version },
};

static const struct command *command_find(const struct command *list, size_t nr,
					  const char *name)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (strcmp(list[i].name, name) == 0)
			return &list[i];
	return NULL;
}

static enum status run(int argc, char **argv)
{
	const struct command *command;
	char show[] = "show";
	pid_t pid;

	if (argc < 2) {
		print_usage(stderr);
		return STATUS_USAGE;
	}
	command = command_find(commands, COMMANDS, argv[1]);
	if (!command)
		command = command_find(options, sizeof(options) / sizeof(options[0]), argv[1]);
	if (command)
		return command->run(argc - 1, argv + 1);
	if (pid_parse(argv[1], &pid) == 0) {
		argv[0] = show;
		return cmd_show(argc, argv);
	}
	fprintf(stderr, "vmwalk: '%s' is neither a command nor a process id; "
		"see 'vmwalk --help'\n", argv[1]);
	return STATUS_USAGE;
}

/*
 * A full disk or a closed pipe shows only when the last byte is written. Who
 * closes a pipe early, like head, knows why; the exit status says it.
 */
static void stdout_close(void)
{
	struct pollfd pipe = { .fd = STDOUT_FILENO, .events = POLLOUT };

	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return;
	if (errno != EPIPE && !(poll(&pipe, 1, 0) == 1 && pipe.revents & POLLERR))
		fprintf(stderr, "vmwalk: cannot write the output%s%s\n", errno ? ": " : "",
			errno ? strerror(errno) : "");
	_exit(STATUS_FAILED);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "");
	signal(SIGPIPE, SIG_IGN);
	atexit(stdout_close);
	return run(argc, argv);
}
