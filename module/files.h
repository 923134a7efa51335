/* SPDX-License-Identifier: GPL-2.0 */
/* files.h - files_struct, struct file -> struct vmwalk_file */
#ifndef VMWALK_FILES_H
#define VMWALK_FILES_H

#include <linux/path.h>

#include "uapi/vmwalk.h"

struct task_struct;

/**
 * vmwalk_files_next() - the first open file from a descriptor on
 * @task: the caller holds a reference
 * @fd: the descriptor to begin with
 * @out: the record
 * @path: out: its path, counted; give it to path_put()
 *
 * Context: does not sleep, takes alloc_lock of the task.
 * Return: 1, or 0 if there is no such file.
 */
int vmwalk_files_next(struct task_struct *task, unsigned int fd, struct vmwalk_file *out,
		      struct path *path);

#endif /* VMWALK_FILES_H */
