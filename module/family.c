// SPDX-License-Identifier: GPL-2.0
/*
 * family.c - parents, tracer, children, tracees and threads
 *
 * The kernel's lists of children want tasklist_lock, which modules do not have. So
 * children are found by looking at every process and whose child it is. The cursor
 * is (relation << 32) + id.
 */
#include <linux/idr.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/ptrace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/time_namespace.h>

#include "rows.h"

#define HOLD_PIDS	256	/* ids looked at under one rcu_read_lock */
#define CURSOR(relation, id)	(((u64)(relation) << 32) + (id))

/* Holds rcu_read_lock, which keeps the task. False: no id here, not told of. */
static bool relative_read(const struct vmwalk_viewer *viewer, struct task_struct *task,
			  u32 relation, struct vmwalk_relative *out)
{
	memset(out, 0, sizeof(*out));
	out->pid = task ? task_pid_nr_ns(task, viewer->ns) : 0;
	if (!out->pid)
		return false;
	out->has = VMWALK_HAS(BASE);
	out->relation = relation;
	out->tgid = task_tgid_nr_ns(task, viewer->ns);
	get_task_comm(out->comm, task);
	out->state = task_state_to_char(task);
	out->start_ns = timens_add_boottime_ns(task->start_boottime);
	return true;
}

/* All below: hold rcu_read_lock, which keeps parents that have just let go. */
static struct task_struct *parent(struct task_struct *task)
{
	return pid_alive(task) ? rcu_dereference(task->parent) : NULL;
}

static struct task_struct *real_parent(struct task_struct *task)
{
	return pid_alive(task) ? rcu_dereference(task->real_parent) : NULL;
}

/* Of a task that is alive after the leader was read: see limit_read() in limit.c. */
static struct task_struct *leader(struct task_struct *task)
{
	struct task_struct *leader = READ_ONCE(task->group_leader);

	smp_rmb();	/* the leader before whether it is still his */
	return pid_alive(task) ? leader : NULL;
}

/* Relations of which there is one. */
static struct task_struct *(*const single[])(struct task_struct *task) = {
	[VMWALK_RELATION_PARENT] = parent,
	[VMWALK_RELATION_REAL_PARENT] = real_parent,
	[VMWALK_RELATION_TRACER] = ptrace_parent,
	[VMWALK_RELATION_LEADER] = leader,
};

/* All below: the task that an id stands for, if it is in this relation to @task. */
static struct task_struct *child_of(struct pid *pid, const struct task_struct *task)
{
	struct task_struct *child = pid_task(pid, PIDTYPE_TGID);
	struct task_struct *up = child ? real_parent(child) : NULL;

	return up && same_thread_group(up, (struct task_struct *)task) ? child : NULL;
}

static struct task_struct *tracee_of(struct pid *pid, const struct task_struct *task)
{
	struct task_struct *tracee = pid_task(pid, PIDTYPE_PID);
	struct task_struct *up = tracee ? ptrace_parent(tracee) : NULL;

	return up && same_thread_group(up, (struct task_struct *)task) ? tracee : NULL;
}

static struct task_struct *thread_of(struct pid *pid, const struct task_struct *task)
{
	struct task_struct *thread = pid_task(pid, PIDTYPE_PID);

	return thread && same_thread_group(thread, (struct task_struct *)task) ? thread : NULL;
}

/* Relations of which there may be many. */
static struct task_struct *(*const many[])(struct pid *pid, const struct task_struct *task) = {
	[VMWALK_RELATION_CHILD] = child_of,
	[VMWALK_RELATION_TRACEE] = tracee_of,
	[VMWALK_RELATION_THREAD] = thread_of,
};

static bool single_next(const struct vmwalk_viewer *viewer, u32 relation,
			struct vmwalk_relative *out)
{
	bool found;

	rcu_read_lock();
	found = relative_read(viewer, single[relation](viewer->task), relation, out);
	rcu_read_unlock();
	return found;
}

/*
 * Looks at some ids from *id on. Returns 1 if one was found, 0 if not, -ENOENT at the
 * end of all ids.
 *
 * Holds rcu_read_lock: the tree of ids is read as find_ge_pid() does (not exported
 * before v6.1); pids and tasks are freed by RCU.
 */
static int many_look(const struct vmwalk_viewer *viewer, u32 relation, int *id,
		     struct vmwalk_relative *out)
{
	int budget = HOLD_PIDS, found = 0;
	struct pid *pid;

	rcu_read_lock();
	while (!found && budget--) {
		struct task_struct *task;

		pid = idr_get_next(&viewer->ns->idr, id);
		if (!pid) {
			found = -ENOENT;
			break;
		}
		task = many[relation](pid, viewer->task);
		found = task && relative_read(viewer, task, relation, out);
		++*id;
	}
	rcu_read_unlock();
	return found;
}

static int many_next(const struct vmwalk_viewer *viewer, u32 relation, int *id,
		     struct vmwalk_relative *out)
{
	int found;

	while (!(found = many_look(viewer, relation, id, out))) {
		if (fatal_signal_pending(current))
			return -EINTR;
		cond_resched();
	}
	return found;
}

int vmwalk_relative_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	u64 relation;
	int id, found;

	for (; (relation = *cursor >> 32) < VMWALK_RELATION_NR; *cursor = CURSOR(relation + 1, 0)) {
		id = min_t(u64, (u32)*cursor, INT_MAX);
		if (relation >= VMWALK_RELATION_CHILD) {
			found = many_next(viewer, relation, &id, record);
			if (found == -ENOENT)
				continue;
			*cursor = CURSOR(relation, id);
			return found;
		}
		if (id || !single_next(viewer, relation, record))
			continue;
		*cursor = CURSOR(relation, 1);
		return 1;
	}
	return 0;
}
