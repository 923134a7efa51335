// SPDX-License-Identifier: GPL-2.0
/* limit.c - resource limits */
#include <linux/nospec.h>
#include <linux/rcupdate.h>
#include <linux/resource.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#include "rows.h"

/*
 * Holds task_lock of the leader, under which prlimit(2) changes a pair, and rcu_read_lock
 * for the leader. A task that is alive after its leader was read still has that leader:
 * de_thread() lets the old one go only after all other threads have gone, and it is freed
 * by RCU. False: the task has gone.
 */
static bool limit_read(struct task_struct *task, unsigned int resource, struct rlimit *limit)
{
	struct task_struct *leader;
	bool alive;

	rcu_read_lock();
	leader = READ_ONCE(task->group_leader);
	smp_rmb();	/* the leader before whether it is still his */
	alive = pid_alive(task);
	if (alive) {
		task_lock(leader);
		*limit = task->signal->rlim[array_index_nospec(resource, RLIM_NLIMITS)];
		task_unlock(leader);
	}
	rcu_read_unlock();
	return alive;
}

int vmwalk_limit_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	struct rlimit limit;

	BUILD_BUG_ON(RLIM_NLIMITS != VMWALK_RLIMIT_NR);
	if (*cursor >= RLIM_NLIMITS || !limit_read(viewer->task, *cursor, &limit))
		return 0;
	*(struct vmwalk_limit *)record = (struct vmwalk_limit) {
		.has = VMWALK_HAS(BASE),
		.resource = *cursor,
		.soft = limit.rlim_cur,
		.hard = limit.rlim_max,
	};
	++*cursor;
	return 1;
}
