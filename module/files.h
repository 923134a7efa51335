/* SPDX-License-Identifier: GPL-2.0 */
/* files.h - files_struct, struct file -> struct vmwalk_file */
#ifndef VMWALK_FILES_H
#define VMWALK_FILES_H

#include <linux/path.h>

#include "uapi/vmwalk.h"

struct mm_struct;
struct task_struct;

/**
 * vmwalk_files_next() - the first open file from a descriptor on
 * @task: the caller holds a reference
 * @mm: the address space the reader was allowed to look at, or NULL if it had
 *	none
 * @fd: the descriptor to begin with
 * @out: the record
 * @path: out: its path, counted; give it to path_put()
 *
 * Context: does not sleep, takes alloc_lock of the task.
 * Return: 1; 0 if there is no such file; -ESRCH if @task does not have that
 * address space any more: its files may be those of another program.
 */
int vmwalk_files_next(struct task_struct *task, struct mm_struct *mm, unsigned int fd,
		      struct vmwalk_file *out, struct path *path);

#endif /* VMWALK_FILES_H */
