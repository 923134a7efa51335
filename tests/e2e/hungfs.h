/* SPDX-License-Identifier: GPL-2.0 */
/* hungfs.h - a file system that answers until it is stopped: FUSE, served by a process */
#ifndef E2E_HUNGFS_H
#define E2E_HUNGFS_H

#include <sys/types.h>

#include "target.h"

#define HUNGFS_DIR	WORK_DIR "/hungfs"
#define HUNGFS_FILE	HUNGFS_DIR "/file"	/* its only file */
#define HUNGFS_BYTES	(64 * 1024)
#define HUNGFS_INODE	2

/* Mounts it. The server's pid; the case is skipped where there is no FUSE. */
pid_t hungfs_start(void);

/* From now on nobody gets an answer. */
void hungfs_hang(pid_t server);

/* Whoever waits gets an error. */
void hungfs_stop(pid_t server);

#endif /* E2E_HUNGFS_H */
