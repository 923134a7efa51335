/* SPDX-License-Identifier: GPL-2.0 */
/*
 * rows.h - what hangs from a task, told row by row
 *
 * Each reader below tells one kind of record. All have the same shape, so that the
 * report and the queries need one loop for all of them.
 */
#ifndef VMWALK_ROWS_H
#define VMWALK_ROWS_H

#include <linux/path.h>
#include <linux/types.h>

#include "uapi/vmwalk.h"

struct file;
struct mm_struct;
struct pid_namespace;
struct task_struct;
struct user_namespace;

/**
 * struct vmwalk_viewer - a process, and in whose words to tell of it
 * @task: a thread of it, the leader if that still has the memory; the caller holds a
 *	reference
 * @mm: its address space, which the opener was allowed to look at, NULL if it had none;
 *	the caller holds the struct (mmgrab), not the memory
 * @ns: PID namespace to tell ids in
 * @user_ns: user namespace to tell user and group ids in
 * @opener: the descriptor whose opener's credentials decide
 */
struct vmwalk_viewer {
	struct task_struct *task;
	struct mm_struct *mm;
	struct pid_namespace *ns;
	struct user_namespace *user_ns;
	const struct file *opener;
};

/**
 * struct vmwalk_called - how a thing is called
 * @path: by a path, counted; mnt is NULL if it is not
 * @text: else by a text, or NULL if it is too long
 */
struct vmwalk_called {
	struct path path;
	char *text;
};

/**
 * struct vmwalk_named_row - a thing with a name, and the name
 * @named: the record
 * @called: the name
 *
 * To be zero before it is given to vmwalk_named_next() for the first time. Each call lets
 * go of the name that the last one left; who calls no more gives it to
 * vmwalk_called_put().
 */
struct vmwalk_named_row {
	struct vmwalk_named named;
	struct vmwalk_called called;
};

/* Lets go of a name. Context: may sleep. */
void vmwalk_called_put(struct vmwalk_called *called);

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
 * (killed while looking), -ESRCH (the process has gone), -ENOMEM, or what the kernel's own check
 * of permission says (vmwalk_namespace_next() only).
 */
typedef int vmwalk_row_fn(const struct vmwalk_viewer *viewer, u64 *cursor, void *record);

vmwalk_row_fn vmwalk_task_next;		/* struct vmwalk_task: number 0 */
vmwalk_row_fn vmwalk_mm_next;		/* struct vmwalk_mm: number 0 */
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
vmwalk_row_fn vmwalk_timer_next;	/* struct vmwalk_timer: kind << 32, + id */
vmwalk_row_fn vmwalk_auxv_next;		/* struct vmwalk_auxv: position */
vmwalk_row_fn vmwalk_named_next;	/* struct vmwalk_named_row: kind */

#endif /* VMWALK_ROWS_H */
