// SPDX-License-Identifier: GPL-2.0
/* thread.c - one thread, as the scheduler knows it -> struct vmwalk_thread */
#include <linux/cpumask.h>
#include <linux/nodemask.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/time_namespace.h>

#include "cputime.h"
#include "bits.h"
#include "ids.h"
#include "thread.h"

#define HOLD_THREADS	1024	/* threads looked at under one rcu_read_lock */

/* Own number of each PF_* this kernel has; the others stay without a name. */
static const struct vmwalk_bits task_flags[] = {
	{ PF_VCPU, VMWALK_TASK_FLAG(VCPU) },
	{ PF_IDLE, VMWALK_TASK_FLAG(IDLE) },
	{ PF_EXITING, VMWALK_TASK_FLAG(EXITING) },
#ifdef PF_POSTCOREDUMP
	{ PF_POSTCOREDUMP, VMWALK_TASK_FLAG(POSTCOREDUMP) },
#endif
	{ PF_IO_WORKER, VMWALK_TASK_FLAG(IO_WORKER) },
	{ PF_WQ_WORKER, VMWALK_TASK_FLAG(WQ_WORKER) },
	{ PF_FORKNOEXEC, VMWALK_TASK_FLAG(FORKNOEXEC) },
	{ PF_MCE_PROCESS, VMWALK_TASK_FLAG(MCE_PROCESS) },
	{ PF_SUPERPRIV, VMWALK_TASK_FLAG(SUPERPRIV) },
	{ PF_DUMPCORE, VMWALK_TASK_FLAG(DUMPCORE) },
	{ PF_SIGNALED, VMWALK_TASK_FLAG(SIGNALED) },
	{ PF_MEMALLOC, VMWALK_TASK_FLAG(MEMALLOC) },
	{ PF_NPROC_EXCEEDED, VMWALK_TASK_FLAG(NPROC_EXCEEDED) },
#ifdef PF_USED_MATH
	{ PF_USED_MATH, VMWALK_TASK_FLAG(USED_MATH) },
#endif
#ifdef PF_USER_WORKER
	{ PF_USER_WORKER, VMWALK_TASK_FLAG(USER_WORKER) },
#endif
	{ PF_NOFREEZE, VMWALK_TASK_FLAG(NOFREEZE) },
#ifdef PF_FROZEN
	{ PF_FROZEN, VMWALK_TASK_FLAG(FROZEN) },
#endif
	{ PF_KSWAPD, VMWALK_TASK_FLAG(KSWAPD) },
	{ PF_MEMALLOC_NOFS, VMWALK_TASK_FLAG(MEMALLOC_NOFS) },
	{ PF_MEMALLOC_NOIO, VMWALK_TASK_FLAG(MEMALLOC_NOIO) },
	{ PF_LOCAL_THROTTLE, VMWALK_TASK_FLAG(LOCAL_THROTTLE) },
	{ PF_KTHREAD, VMWALK_TASK_FLAG(KTHREAD) },
	{ PF_RANDOMIZE, VMWALK_TASK_FLAG(RANDOMIZE) },
#ifdef PF_NO_NOTIFY_SIGNAL
	{ PF_NO_NOTIFY_SIGNAL, VMWALK_TASK_FLAG(NO_NOTIFY_SIGNAL) },
#endif
	{ PF_NO_SETAFFINITY, VMWALK_TASK_FLAG(NO_SETAFFINITY) },
	{ PF_MCE_EARLY, VMWALK_TASK_FLAG(MCE_EARLY) },
#ifdef PF_MEMALLOC_PIN
	{ PF_MEMALLOC_PIN, VMWALK_TASK_FLAG(MEMALLOC_PIN) },
#endif
#ifdef PF_MEMALLOC_RECLAIM
	{ PF_MEMALLOC_RECLAIM, VMWALK_TASK_FLAG(MEMALLOC_RECLAIM) },
#endif
#ifdef PF_BLOCK_TS
	{ PF_BLOCK_TS, VMWALK_TASK_FLAG(BLOCK_TS) },
#endif
#ifdef PF_FREEZER_SKIP
	{ PF_FREEZER_SKIP, VMWALK_TASK_FLAG(FREEZER_SKIP) },
#endif
	{ PF_SUSPEND_TASK, VMWALK_TASK_FLAG(SUSPEND_TASK) },
};

static u64 own_flags(u32 flags)
{
	return vmwalk_bits_ours(flags, task_flags, ARRAY_SIZE(task_flags));
}

/**
 * struct search - the thread with the lowest id from a number on
 * @viewer: the process
 * @tid: in: that number; out: the thread's id
 * @found: out: the thread, counted; NULL if there is none
 */
struct search {
	const struct vmwalk_viewer *viewer;
	u32 tid;
	struct task_struct *found;
};

/*
 * Which is less work for all rows together: to look at all @threads of a process for each
 * of them, or once at all @ids of the namespace, of which each costs about four times as
 * much? Never the list if that took longer than one hold of vmwalk_ids_find() does.
 */
static bool list_is_short(u64 threads, u64 ids)
{
	return threads <= HOLD_THREADS && threads * threads <= 4 * ids;
}

/*
 * Holds rcu_read_lock: the list of threads hangs from the signal_struct, which
 * viewer->task keeps, and threads leave it by RCU. A thread whose ids have gone has
 * id 0. The list is not in the order of ids when numbers have wrapped around.
 */
static void search_list(struct search *search)
{
	struct task_struct *thread;
	u32 from = search->tid;

	search->tid = U32_MAX;
	rcu_read_lock();
	for_each_thread(search->viewer->task, thread) {
		u32 nr = task_pid_nr_ns(thread, search->viewer->ns);

		if (nr && nr >= from && nr < search->tid) {
			search->tid = nr;
			search->found = thread;
		}
	}
	if (search->found)
		get_task_struct(search->found);
	rcu_read_unlock();
}

/* Holds rcu_read_lock by vmwalk_ids_find(), which keeps the task that an id stands for. */
static bool of_process(struct pid *pid, void *arg)
{
	struct search *search = arg;
	struct task_struct *thread = pid_task(pid, PIDTYPE_PID);

	if (!thread || !same_thread_group(thread, search->viewer->task))
		return false;
	get_task_struct(thread);
	search->found = thread;
	return true;
}

/* 0 or -EINTR. Both ways tell of the same threads: who is in the list has an id, or 0. */
static int search_thread(struct search *search)
{
	const struct vmwalk_viewer *viewer = search->viewer;
	u32 ids = READ_ONCE(viewer->ns->pid_allocated) & ~PIDNS_ADDING;
	u64 threads = READ_ONCE(viewer->task->signal->nr_threads);

	if (!list_is_short(threads, ids))
		return min(vmwalk_ids_find(viewer->ns, &search->tid, of_process, search), 0);
	search_list(search);
	return 0;
}

int vmwalk_by_thread(const struct vmwalk_viewer *viewer, u64 *cursor, void *record,
		     void (*read)(const struct vmwalk_viewer *viewer,
				  struct task_struct *thread, u32 tid, void *record))
{
	struct search search = { .viewer = viewer, .tid = min_t(u64, *cursor, U32_MAX) };
	int err = search_thread(&search);

	if (err || !search.found)
		return err;
	read(viewer, search.found, search.tid, record);
	put_task_struct(search.found);
	*cursor = (u64)search.tid + 1;
	return 1;
}

bool vmwalk_thread_on_cpu(const struct task_struct *thread)
{
#ifdef CONFIG_SMP
	return READ_ONCE(thread->on_cpu);
#else
	return thread == current;
#endif
}

/* A snapshot: CPUs that are given or taken meanwhile may show half. */
static void read_affinity(const struct task_struct *thread, struct vmwalk_thread *out)
{
	int cpu, node;

	out->cpus = cpumask_weight(&thread->cpus_mask);
	for_each_cpu(cpu, &thread->cpus_mask)
		if (cpu / 64 < ARRAY_SIZE(out->cpu_mask))
			out->cpu_mask[cpu / 64] |= VMWALK_BIT(cpu % 64);
#ifdef CONFIG_CPUSETS
	for_each_node_mask(node, thread->mems_allowed)
		if (node < 64)
			out->node_mask |= VMWALK_BIT(node);
#else
	for_each_node_state(node, N_MEMORY)
		if (node < 64)
			out->node_mask |= VMWALK_BIT(node);
#endif
}

static void read_class(const struct task_struct *thread, struct vmwalk_thread *out)
{
	out->policy = thread->policy;
	out->nice = PRIO_TO_NICE(thread->static_prio);
	out->priority = thread->prio - MAX_RT_PRIO;
	out->prio = thread->prio;
	out->static_prio = thread->static_prio;
	out->normal_prio = thread->normal_prio;
	out->rt_priority = thread->rt_priority;
	out->load_weight = thread->se.load.weight;
	if (out->policy != SCHED_DEADLINE)
		return;
	out->has |= VMWALK_HAS(DEADLINE);
	out->dl_runtime_ns = thread->dl.dl_runtime;
	out->dl_deadline_ns = thread->dl.dl_deadline;
	out->dl_period_ns = thread->dl.dl_period;
}

static void read_times(const struct task_struct *thread, struct vmwalk_thread *out)
{
	out->run_ns = READ_ONCE(thread->se.sum_exec_runtime);
	out->vruntime_ns = READ_ONCE(thread->se.vruntime);
	vmwalk_cputime_share(thread->utime, thread->stime, out->run_ns,
			     &out->user_ns, &out->system_ns);
	out->start_ns = timens_add_boottime_ns(thread->start_boottime);
	out->nvcsw = thread->nvcsw;
	out->nivcsw = thread->nivcsw;
	out->migrations = thread->se.nr_migrations;
	out->minflt = thread->min_flt;
	out->majflt = thread->maj_flt;
#ifdef CONFIG_SCHED_INFO
	out->has |= VMWALK_HAS(SCHED);
	out->wait_ns = thread->sched_info.run_delay;
	out->slices = thread->sched_info.pcount;
#endif
}

/* Plain fields of a task_struct that the caller keeps: each is true of its own moment. */
static void thread_read(const struct vmwalk_viewer *viewer, struct task_struct *thread,
			u32 tid, void *record)
{
	struct vmwalk_thread *out = record;

	memset(out, 0, sizeof(*out));
	out->has = VMWALK_HAS(BASE) | VMWALK_HAS(REGS);
	out->tid = tid;
	out->tgid = task_tgid_nr_ns(thread, viewer->ns);
	get_task_comm(out->comm, thread);
	out->state = task_state_to_char(thread);
	out->state_name = task_state_index(thread);
	out->on_cpu = vmwalk_thread_on_cpu(thread);
	out->cpu = task_cpu(thread);
	out->raw_flags = READ_ONCE(thread->flags);
	out->flags = own_flags(out->raw_flags);
	out->personality = thread->personality;
	out->timer_slack_ns = READ_ONCE(thread->timer_slack_ns);
	read_affinity(thread, out);
	read_class(thread, out);
	read_times(thread, out);
}

int vmwalk_thread_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	return vmwalk_by_thread(viewer, cursor, record, thread_read);
}
