/* SPDX-License-Identifier: GPL-2.0 */
/* openfile.h - one open file of a process: its records, as lines or as tables */
#ifndef VMWALK_OPENFILE_H
#define VMWALK_OPENFILE_H

#include "client.h"

#define OPENFILE_NONE	(~0U)	/* no descriptor was named */

/**
 * struct openfile - what is asked about one open file
 * @request: the process, and how to print
 * @fd: descriptor
 * @sections: names with commas; NULL for all
 */
struct openfile {
	struct request request;
	__u32 fd;
	const char *sections;
};

/* The argument FD. Return: 0, or -EINVAL. */
int openfile_parse(const char *text, __u32 *fd);

/* All columns of a table of open files: file, inode and path. */
void openfile_columns(struct columns *columns);

/* Prints it. Return: status to exit with. */
enum status openfile_run(const struct openfile *openfile);

#endif /* VMWALK_OPENFILE_H */
