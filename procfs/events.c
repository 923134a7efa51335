// SPDX-License-Identifier: GPL-2.0
/*
 * events.c - births and deaths of processes, and how they reach publish.c in time
 *
 * Probes on the births and deaths of tasks make small events. Where the kernel
 * exports task_work_add(), parent and child both carry the event of a birth with
 * them and settle it before they are in user space again: whichever of the two
 * asks finds the entry. Births that a task cannot carry go to a SCHED_FIFO worker
 * on the same CPU; woken on the CPU that forks, it nearly always runs before the
 * parent is back (not if the load balancer moves the parent meanwhile). Deaths
 * are in no hurry and may have to wait for an open: they go to a work queue.
 */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/llist.h>
#include <linux/percpu.h>
#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/task_work.h>
#include <linux/tracepoint.h>
#include <linux/wait_bit.h>
#include <linux/workqueue.h>

#include "events.h"
#include "publish.h"
#include "stats.h"

/**
 * struct event - a process was born or has died
 * @node: in worker.events, if a worker settles it
 * @errand: in the task_works of a task, if that settles it; first, so that
 *	kfree() of it is kfree() of the event
 * @work: on the work queue, if that settles it
 * @pending: in errands, if a task settles it
 * @pid: the process, counted, if it was born; NULL if it has died
 * @nr: its global number
 */
struct event {
	union {
		struct llist_node node;
		struct callback_head errand;
		struct work_struct work;
	};
	struct list_head pending;
	struct pid *pid;
	pid_t nr;
};

/**
 * struct worker - what one CPU's events go through
 * @thread: NULL while the CPU is offline
 * @work: handles @events
 * @events: newest first
 */
struct worker {
	struct kthread_worker *thread;
	struct kthread_work work;
	struct llist_head events;
};

static DEFINE_PER_CPU(struct worker, workers);
static struct workqueue_struct *deaths;
static enum cpuhp_state hotplug_state;
static LIST_HEAD(errands);			/* events that tasks carry */
/*
 * Whose event it is: errands and every event's pending change under it alone, so
 * that a task and errands_disown() cannot both have one. Nothing sleeps under it.
 */
static DEFINE_SPINLOCK(errands_lock);
static atomic_t errands_run;			/* of them being settled */

/* May not sleep. Takes a reference on @pid, if there is one. */
static struct event *event_create(struct pid *pid, pid_t nr)
{
	struct event *event = kmalloc(sizeof(*event), GFP_ATOMIC | __GFP_NOWARN);

	if (event) {
		event->pid = get_pid(pid);
		event->nr = nr;
	}
	return event;
}

static void event_free(struct event *event)
{
	put_pid(event->pid);
	kfree(event);
}

static void event_settle(struct event *event)
{
	if (vmwalk_publish_birth(event->nr, event->pid))
		vmwalk_publish_rescan(VMWALK_PUBLISH_DELAY);
	event_free(event);
}

static void death_settle(struct work_struct *work)
{
	struct event *event = container_of(work, struct event, work);

	vmwalk_publish_death(event->nr);
	event_free(event);
}

static void worker_run(struct kthread_work *work)
{
	struct worker *worker = container_of(work, struct worker, work);
	struct llist_node *all = llist_reverse_order(llist_del_all(&worker->events));
	struct event *event, *next;

	llist_for_each_entry_safe(event, next, all, node)
		event_settle(event);
}

/*
 * A birth, from a probe: may not sleep. Runs with preemption off, so that the worker
 * seen here is not destroyed before the event is queued (worker_stop() waits
 * for an RCU grace period in between).
 */
static void worker_send(struct pid *pid, pid_t nr)
{
	struct worker *worker = get_cpu_ptr(&workers);
	struct kthread_worker *thread = READ_ONCE(worker->thread);
	struct event *event = thread ? event_create(pid, nr) : NULL;

	if (event) {
		llist_add(&event->node, &worker->events);
		kthread_queue_work(thread, &worker->work);
	} else {
		vmwalk_publish_rescan(0);
	}
	put_cpu_ptr(&workers);
}

/*
 * In the task that carries the event, on its way to user space or to its end. An
 * event that errands_disown() was faster with has nothing left but its memory.
 */
static void errand_settle(struct callback_head *errand)
{
	struct event *event = container_of(errand, struct event, errand);
	bool ours;

	spin_lock_irq(&errands_lock);
	ours = !list_empty(&event->pending);
	list_del_init(&event->pending);
	atomic_add(ours, &errands_run);
	spin_unlock_irq(&errands_lock);
	if (!ours) {
		kfree(event);
		return;
	}
	event_settle(event);
	if (atomic_dec_and_test(&errands_run))
		wake_up_var(&errands_run);
}

static void errand_forget(struct event *event)
{
	unsigned long flags;

	spin_lock_irqsave(&errands_lock, flags);
	list_del_init(&event->pending);
	spin_unlock_irqrestore(&errands_lock, flags);
	event_free(event);
}

/* From a probe. Returns false if @task cannot carry the event. */
static bool errand_send(struct task_struct *task, struct pid *pid, pid_t nr)
{
	struct event *event;
	unsigned long flags;

	if (!task_work_add || (task->flags & PF_KTHREAD))
		return false;
	event = event_create(pid, nr);
	if (!event)
		return false;
	init_task_work(&event->errand, errand_settle);
	spin_lock_irqsave(&errands_lock, flags);
	list_add(&event->pending, &errands);
	spin_unlock_irqrestore(&errands_lock, flags);
	if (!task_work_add(task, &event->errand, TWA_RESUME))
		return true;
	errand_forget(event);
	return false;
}

/*
 * Called when no probe runs any more. A task may carry its errand for as long as
 * it likes (a parent in vfork(), a copy to memory that a FUSE daemon serves), and
 * task_work_cancel() is not exported: what is still pending is turned into
 * something that needs no module, kfree() of itself. Those being settled, which
 * may sleep, are waited for. A task that has read the old function, or is about
 * to return from it, does not sleep in it: RCU-tasks waits until it has left.
 */
static void errands_disown(void)
{
	struct event *event, *next;

	static_assert(offsetof(struct event, errand) == 0);
	spin_lock_irq(&errands_lock);
	list_for_each_entry_safe(event, next, &errands, pending) {
		list_del_init(&event->pending);
		put_pid(event->pid);
		WRITE_ONCE(event->errand.func, (task_work_func_t)kfree);
	}
	spin_unlock_irq(&errands_lock);
	wait_var_event(&errands_run, !atomic_read(&errands_run));
	synchronize_rcu_tasks();
}

/*
 * kernel_clone() in the parent, before the child runs: it has its number, and
 * the caller holds it.
 */
static void probe_fork(void *data, struct task_struct *parent, struct task_struct *child)
{
	struct pid *pid = task_pid(child);
	pid_t nr = task_pid_nr(child);
	bool carried;

	if (!thread_group_leader(child))
		return;
	vmwalk_stats_add(events, 1);
	carried = errand_send(child, pid, nr);
	carried = errand_send(parent, pid, nr) && carried;
	if (!carried)
		worker_send(pid, nr);
}

/*
 * delayed_put_task_struct(), when the number is free again. A thread that
 * executes a program takes its leader's number over; the leader that dies then
 * has another one (exchange_tids()) and is no leader by it.
 */
static void probe_free(void *data, struct task_struct *task)
{
	struct event *event;

	if (task->pid != task->tgid)
		return;
	vmwalk_stats_add(events, 1);
	event = event_create(NULL, task->pid);
	if (event) {
		INIT_WORK(&event->work, death_settle);
		queue_work(deaths, &event->work);
	} else {
		vmwalk_publish_rescan(0);
	}
}

static struct probe {
	const char *name;
	void *func;
	struct tracepoint *tp;
} probes[] = {
	{ .name = "sched_process_fork", .func = probe_fork },
	{ .name = "sched_process_free", .func = probe_free },
};

static void find_probe(struct tracepoint *tp, void *unused)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(probes); i++)
		if (!strcmp(tp->name, probes[i].name))
			probes[i].tp = tp;
}

/* Unregisters the first @nr probes; none runs any more when it returns. */
static void probes_unregister(int nr)
{
	while (nr--)
		tracepoint_probe_unregister(probes[nr].tp, probes[nr].func, NULL);
	tracepoint_synchronize_unregister();
}

static int probes_register(void)
{
	int i, err;

	for_each_kernel_tracepoint(find_probe, NULL);
	for (i = 0; i < ARRAY_SIZE(probes); i++) {
		err = -ENOENT;
		if (probes[i].tp)
			err = tracepoint_probe_register(probes[i].tp, probes[i].func, NULL);
		if (err) {
			pr_err("vmwalk: cannot watch %s: is CONFIG_TRACEPOINTS on?\n",
			       probes[i].name);
			probes_unregister(i);
			return err;
		}
	}
	return 0;
}

/* Without a worker the CPU still comes up: its events are made good by scans. */
static int worker_start(unsigned int cpu)
{
	struct worker *worker = per_cpu_ptr(&workers, cpu);
	struct kthread_worker *thread = kthread_run_worker_on_cpu(cpu, 0, "vmwalk/%u");

	if (IS_ERR(thread))
		return 0;
	sched_set_fifo_low(thread->task);
	kthread_init_work(&worker->work, worker_run);
	WRITE_ONCE(worker->thread, thread);
	return 0;
}

/* Destroying a worker handles what it still has. */
static int worker_stop(unsigned int cpu)
{
	struct worker *worker = per_cpu_ptr(&workers, cpu);
	struct kthread_worker *thread = worker->thread;

	WRITE_ONCE(worker->thread, NULL);
	synchronize_rcu();
	if (thread)
		kthread_destroy_worker(thread);
	return 0;
}

/* Undoes all but probes_register(), in an order in which nobody makes work for those gone. */
static void teardown(void)
{
	errands_disown();
	cpuhp_remove_state(hotplug_state);
	destroy_workqueue(deaths);
}

/* What cannot be published now for lack of memory is made good later. */
int vmwalk_events_init(void)
{
	int err;

	deaths = alloc_workqueue("vmwalk", WQ_UNBOUND, 0);
	if (!deaths)
		return -ENOMEM;
	err = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "vmwalk:online", worker_start, worker_stop);
	if (err < 0)
		goto err_deaths;
	hotplug_state = err;
	err = probes_register();
	if (err) {
		teardown();
		return err;
	}
	if (vmwalk_publish_all())
		vmwalk_publish_rescan(VMWALK_PUBLISH_DELAY);
	return 0;

err_deaths:
	destroy_workqueue(deaths);
	return err;
}

void vmwalk_events_exit(void)
{
	probes_unregister(ARRAY_SIZE(probes));
	teardown();
}
