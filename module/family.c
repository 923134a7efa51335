// SPDX-License-Identifier: GPL-2.0
/*
 * family.c - parents, tracer, children, tracees and threads
 *
 * The kernel's lists of children want tasklist_lock, which modules do not have. So
 * children are found by looking at every process and whose child it is, unless there
 * can be none. The cursor is (relation << 32) + id.
 */
#include <linux/list.h>
#include <linux/nospec.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/ptrace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/time_namespace.h>

#include "ids.h"
#include "thread.h"

#define CURSOR(relation, id)	(((u64)(relation) << 32) + (id))

/* Holds rcu_read_lock, which keeps @task and who stands for it. */
static void relative_fill(const struct vmwalk_viewer *viewer, struct task_struct *task,
			  u32 relation, u32 id, struct vmwalk_relative *out)
{
	memset(out, 0, sizeof(*out));
	out->has = VMWALK_HAS(BASE);
	out->relation = relation;
	out->pid = id;
	out->tgid = task_tgid_nr_ns(task, viewer->ns);
	get_task_comm(out->comm, task);
	out->state = task_state_to_char(task);
	out->start_ns = timens_add_boottime_ns(task->start_boottime);
}

/* Holds rcu_read_lock, which keeps the task. False: no id here, not told of. */
static bool relative_read(const struct vmwalk_viewer *viewer, struct task_struct *task,
			  u32 relation, struct vmwalk_relative *out)
{
	u32 id = task ? task_pid_nr_ns(task, viewer->ns) : 0;

	if (id)
		relative_fill(viewer, task, relation, id, out);
	return id;
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

/* Relations that are found by looking at every process. */
static struct task_struct *(*const many[])(struct pid *pid, const struct task_struct *task) = {
	[VMWALK_RELATION_CHILD] = child_of,
	[VMWALK_RELATION_TRACEE] = tracee_of,
};

static int single_next(const struct vmwalk_viewer *viewer, u32 relation, u64 *id,
		       struct vmwalk_relative *out)
{
	bool found;

	if (*id)
		return 0;
	rcu_read_lock();
	found = relative_read(viewer, single[relation](viewer->task), relation, out);
	rcu_read_unlock();
	*id = 1;
	return found;
}

/**
 * struct search - who is in a relation to a process
 * @viewer: the process
 * @relation: one of many[]
 * @out: the record of the first one found
 */
struct search {
	const struct vmwalk_viewer *viewer;
	u32 relation;
	struct vmwalk_relative *out;
};

/* Holds rcu_read_lock by vmwalk_ids_find(), which keeps the task that an id stands for. */
static bool is_relative(struct pid *pid, void *arg)
{
	const struct search *search = arg;
	struct task_struct *task = many[search->relation](pid, search->viewer->task);

	return task && relative_read(search->viewer, task, search->relation, search->out);
}

/*
 * Has the process nobody in this relation, for certain? Most have neither children nor
 * tracees, and a look at every process is saved.
 *
 * Holds nothing but the reference on the task: the head of a list in it is only compared
 * with itself. A child is in the list of one thread, and leaves for that of another, or of
 * another process, in forget_original_parent() (kernel/exit.c) only: after the thread was
 * marked as exiting and before it is uncounted, on every kernel. So one who was the only
 * thread counted, then had an empty list, and then was not exiting has nobody.
 */
static bool has_none(struct task_struct *task, u32 relation)
{
	bool alone, empty;

	alone = READ_ONCE(task->signal->nr_threads) == 1;
	smp_rmb();	/* the number first: who has left it may have left it children */
	empty = list_empty(relation == VMWALK_RELATION_CHILD ? &task->children :
			   &task->ptraced);
	smp_rmb();	/* the list before whether its own may have left */
	return alone && empty && !(READ_ONCE(task->flags) & PF_EXITING);
}

static int many_next(const struct vmwalk_viewer *viewer, u32 relation, u64 *id,
		     struct vmwalk_relative *out)
{
	struct search search = { viewer, relation, out };
	u32 at = *id;
	int found;

	if (has_none(viewer->task, relation))
		return 0;
	found = vmwalk_ids_find(viewer->ns, &at, is_relative, &search);
	*id = (u64)at + 1;
	return found;
}

/* Holds rcu_read_lock for who stands for the thread, on which there is a reference. */
static void thread_read(const struct vmwalk_viewer *viewer, struct task_struct *thread,
			u32 tid, void *record)
{
	rcu_read_lock();
	relative_fill(viewer, thread, VMWALK_RELATION_THREAD, tid, record);
	rcu_read_unlock();
}

/* The first one in a relation from *id on: as vmwalk_row_fn. */
static int relation_next(const struct vmwalk_viewer *viewer, u32 relation, u64 *id, void *record)
{
	if (relation == VMWALK_RELATION_THREAD)
		return vmwalk_by_thread(viewer, id, record, thread_read);
	if (relation >= VMWALK_RELATION_CHILD)
		return many_next(viewer, relation, id, record);
	return single_next(viewer, relation, id, record);
}

int vmwalk_relative_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	u64 relation, id;
	int found;

	for (; (relation = *cursor >> 32) < VMWALK_RELATION_NR; *cursor = CURSOR(relation + 1, 0)) {
		relation = array_index_nospec(relation, VMWALK_RELATION_NR);
		id = (u32)*cursor;
		found = relation_next(viewer, relation, &id, record);
		if (!found)
			continue;
		*cursor = CURSOR(relation, id);
		return found;
	}
	return 0;
}
