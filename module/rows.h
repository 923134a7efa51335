/* SPDX-License-Identifier: GPL-2.0 */
/*
 * rows.h - what hangs from a task, told row by row
 *
 * Each reader below tells one kind of record. All have the same shape, so that the
 * report and the queries need one loop for all of them.
 */
#ifndef VMWALK_ROWS_H
#define VMWALK_ROWS_H

#include <linux/types.h>

#include "uapi/vmwalk.h"

struct file;
struct pid_namespace;
struct task_struct;
struct user_namespace;

/**
 * struct vmwalk_viewer - a process, and in whose words to tell of it
 * @task: a thread of it, the leader if that still has the memory; the caller holds a
 *	reference
 * @ns: PID namespace to tell ids in
 * @user_ns: user namespace to tell user and group ids in
 * @opener: the descriptor whose opener's credentials decide
 */
struct vmwalk_viewer {
	struct task_struct *task;
	struct pid_namespace *ns;
	struct user_namespace *user_ns;
	const struct file *opener;
};

/**
 * vmwalk_row_fn - the first row at a cursor or behind it
 * @viewer: the process
 * @cursor: in: the lowest number the row may have; out: one more than it has
 * @record: room for the record; filled when 1 is returned, groups of fields that the
 *	opener may not see included: the caller hides them
 *
 * Numbers ascend; rows that come or go between two calls disturb no others.
 *
 * Context: may sleep; holds nothing on return. Return: 1; 0 when there is none; -EINTR
 * (killed while looking), -ESRCH (the process has gone), or what the kernel's own check
 * of permission says (vmwalk_namespace_next() only).
 */
typedef int vmwalk_row_fn(const struct vmwalk_viewer *viewer, u64 *cursor, void *record);

vmwalk_row_fn vmwalk_task_next;		/* struct vmwalk_task: number 0 */
vmwalk_row_fn vmwalk_thread_next;	/* struct vmwalk_thread: thread id */
vmwalk_row_fn vmwalk_registers_next;	/* struct vmwalk_registers: thread id */
vmwalk_row_fn vmwalk_cred_next;		/* struct vmwalk_cred: thread id */
vmwalk_row_fn vmwalk_supgroup_next;	/* struct vmwalk_supgroup: position */
vmwalk_row_fn vmwalk_signals_next;	/* struct vmwalk_signals: thread id */
vmwalk_row_fn vmwalk_action_next;	/* struct vmwalk_action: signal */
vmwalk_row_fn vmwalk_relative_next;	/* struct vmwalk_relative: relation << 32, + id */
vmwalk_row_fn vmwalk_namespace_next;	/* struct vmwalk_namespace: type */
vmwalk_row_fn vmwalk_number_next;	/* struct vmwalk_number: level */
vmwalk_row_fn vmwalk_limit_next;	/* struct vmwalk_limit: resource */

#endif /* VMWALK_ROWS_H */
