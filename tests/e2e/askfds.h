/* SPDX-License-Identifier: GPL-2.0 */
/* askfds.h - the module asked about open files, by bare ioctl; and the factory of them */
#ifndef E2E_ASKFDS_H
#define E2E_ASKFDS_H

#include "ask.h"
#include "mkfds.h"

/**
 * struct ask_file - an open file, its inode and its path
 */
struct ask_file {
	struct vmwalk_descriptor d;
	char *name;
};

/* The open files from @first to @last, asked for @batch at a time. */
struct ask_file *ask_files(int fd, uint32_t first, uint32_t last, uint32_t batch, size_t *nr);
void ask_files_free(struct ask_file *files, size_t nr);

/* The one open file at a descriptor; dies if there is none. free() its name. */
struct ask_file ask_file(pid_t pid, uint32_t fd);

/* The parts of an open file, asked for @batch at a time; free() the result. */
struct vmwalk_extent *ask_extents(int fd, uint32_t of, uint32_t batch, size_t *nr);

/* Start and stop the factory; @made: what it made. */
pid_t mkfds_start(struct mkfds **made);
void mkfds_stop(pid_t pid);

#endif /* E2E_ASKFDS_H */
