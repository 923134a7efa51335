// SPDX-License-Identifier: GPL-2.0
/* namespace.c - namespaces, and ids in each PID namespace */
#include <linux/nospec.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/task.h>

#include "field.h"
#include "rows.h"
#include "target.h"

/*
 * Has the task the namespaces of the reader? Those of users and PIDs are not in a struct
 * nsproxy.
 *
 * Holds task_lock, under which a task's nsproxy changes, on every kernel; what is in one
 * never does once a task has it. A task has that of its birth or takes a new one, and the
 * reader keeps his own: what is the same now was so when the link was read.
 */
static bool shares_nsproxy(struct task_struct *task)
{
	bool same;

	task_lock(task);
	same = task->nsproxy == current->nsproxy;
	task_unlock(task);
	return same;
}

/* Is @inode the reader's own? He is asked for his link only where nothing else tells. */
static bool is_own(const struct vmwalk_viewer *viewer, u32 type, u64 inode)
{
	u64 own = 0;

	if (type != VMWALK_NS_USER && type != VMWALK_NS_PID && shares_nsproxy(viewer->task))
		return true;
	vmwalk_target_namespace(viewer->opener, current, vmwalk_ns_types[type].name, &own);
	return inode == own;
}

/*
 * The kernel is asked by the links in /proc/PID/ns: most namespaces are private to their
 * parts of the kernel, and the links make the usual check of permission. A link that is
 * not there is of a type this kernel lacks, or the task has let its namespaces go.
 */
int vmwalk_namespace_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	for (; *cursor < VMWALK_NS_NR; ++*cursor) {
		u32 type = array_index_nospec(*cursor, VMWALK_NS_NR);
		u64 inode;
		int err;

		err = vmwalk_target_namespace(viewer->opener, viewer->task,
					      vmwalk_ns_types[type].name, &inode);
		if (err == -ENOENT || err == -ESRCH)
			continue;
		if (err)
			return err;
		*(struct vmwalk_namespace *)record = (struct vmwalk_namespace) {
			.has = VMWALK_HAS(BASE),
			.type = type,
			.same = is_own(viewer, type, inode),
			.inode = inode,
		};
		++*cursor;
		return 1;
	}
	return 0;
}

/*
 * Holds rcu_read_lock: a struct pid is freed by RCU and keeps its namespaces. Ids of
 * namespaces outside the reader's are not his business.
 */
int vmwalk_number_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	struct vmwalk_number *out = record;
	struct pid_namespace *ns;
	struct pid *pid;
	u64 level = max_t(u64, *cursor, viewer->ns->level);
	bool found;

	rcu_read_lock();
	pid = task_tgid(viewer->task);
	found = pid && level <= pid->level;
	if (found) {
		level = array_index_nospec(level, pid->level + 1);
		ns = pid->numbers[level].ns;
		*out = (struct vmwalk_number) {
			.has = VMWALK_HAS(BASE),
			.level = level,
			.ns = ns->ns.inum,
			.pid = pid->numbers[level].nr,
			.pgrp = task_pgrp_nr_ns(viewer->task, ns),
			.session = task_session_nr_ns(viewer->task, ns),
		};
		*cursor = level + 1;
	}
	rcu_read_unlock();
	return found;
}
