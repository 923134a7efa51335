/* SPDX-License-Identifier: GPL-2.0 */
/* client.h - what the commands share */
#ifndef VMWALK_CLIENT_H
#define VMWALK_CLIENT_H

#include <argp.h>

#include "libvmwalk.h"
#include "table.h"

/* Exit status. An address that is not mapped is an answer. */
enum status {
	STATUS_ANSWERED = 0,
	STATUS_FAILED = 1,	/* no such process, not allowed, no module … */
	STATUS_USAGE = 2,
};

/**
 * struct command - one word after "vmwalk"
 * @name: the word
 * @help: what it answers
 * @run: does it; argv[0] is the word. Return: enum status
 */
struct command {
	const char *name;
	const char *help;
	enum status (*run)(int argc, char **argv);
};

enum status cmd_show(int argc, char **argv);
enum status cmd_translate(int argc, char **argv);
enum status cmd_fault(int argc, char **argv);
enum status cmd_maps(int argc, char **argv);
enum status cmd_pages(int argc, char **argv);
enum status cmd_frames(int argc, char **argv);
enum status cmd_tables(int argc, char **argv);
enum status cmd_huge(int argc, char **argv);
enum status cmd_zones(int argc, char **argv);
enum status cmd_files(int argc, char **argv);
enum status cmd_inode(int argc, char **argv);
enum status cmd_task(int argc, char **argv);
enum status cmd_threads(int argc, char **argv);
enum status cmd_tree(int argc, char **argv);
enum status cmd_endtoend(int argc, char **argv);

/**
 * struct request - what every command is asked
 * @output: how to print
 * @pid: about which process; 0 while none was named
 * @optional: none need be named
 * @cost: say on stderr what the queries cost
 */
struct request {
	struct output output;
	pid_t pid;
	bool optional;
	bool cost;
};

/*
 * The options of every command, and its first argument, the process; its input
 * is a struct request.
 */
extern const struct argp request_argp;

/*
 * request_parse() - the command line of one command
 * @argp: of the command, with request_argp as its child
 * @input: of @argp
 *
 * Prints what --help, --usage and --version ask for and mistakes, and exits then.
 */
void request_parse(const struct argp *argp, int argc, char **argv, void *input);

/*
 * request_columns() - are the columns asked for known, and is there more to do?
 *
 * Return: true; false when that was all, with the @status to exit with.
 */
bool request_columns(const struct request *request, const struct columns *columns,
		     enum status *status);

/* Prints the version. */
void request_version(void);

/* Opens the process; prints what is wrong otherwise. */
int request_open(const struct request *request, struct vmwalk **handle);

/* Ends a command: prints what went wrong, and the cost if asked. @handle may be NULL. */
enum status request_close(const struct request *request, struct vmwalk *handle, int err);

/* One hint on stderr that frames were not shown, and who may see them. */
void hint_privileged(void);

#endif /* VMWALK_CLIENT_H */
