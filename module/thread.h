/* SPDX-License-Identifier: GPL-2.0 */
/* thread.h - the threads of a process in order, and one of them as a record */
#ifndef VMWALK_THREAD_H
#define VMWALK_THREAD_H

#include "rows.h"

/**
 * vmwalk_by_thread() - a row for each thread
 * @viewer: the process
 * @cursor: as of vmwalk_row_fn, a thread id in @viewer->ns
 * @record: for @read
 * @read: fills @record from a thread on which a reference is held; @tid is its id
 *
 * Return: as vmwalk_row_fn.
 */
int vmwalk_by_thread(const struct vmwalk_viewer *viewer, u64 *cursor, void *record,
		     void (*read)(const struct vmwalk_viewer *viewer,
				  struct task_struct *thread, u32 tid, void *record));

/* Is the task on a CPU at this moment? What was saved of it is stale then. */
bool vmwalk_thread_on_cpu(const struct task_struct *thread);

#endif /* VMWALK_THREAD_H */
