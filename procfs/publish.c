// SPDX-License-Identifier: GPL-2.0
/*
 * publish.c - which /proc/vmwalk/<pid> exist, and when
 *
 * procfs has no lookup hook for modules, so there is one real entry a thread
 * group. Probes on the births and deaths of tasks queue small events; a
 * SCHED_FIFO worker on the same CPU turns them into entries. Woken on the CPU
 * that forks, the worker runs before the parent is back in user space. Events
 * may arrive in any order on any CPU: what an event does depends only on
 * whether the process lives now, under the mutex of its number.
 */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/kthread.h>
#include <linux/llist.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/proc_fs.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/tracepoint.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

#include "file.h"
#include "publish.h"
#include "root.h"
#include "stats.h"

#define LOCKS		64		/* a power of two */
#define RESCAN_DELAY	(HZ / 10)	/* after memory ran out */

/**
 * struct entry - one /proc/vmwalk/<pid>
 * @pid: the process; counted, and the data of the procfs entry
 * @pde: the procfs entry
 */
struct entry {
	struct pid *pid;
	struct proc_dir_entry *pde;
};

/**
 * struct event - a process was born or has died
 * @node: in worker.events
 * @pid: the process, counted, when born; NULL when dead
 * @nr: its global number
 */
struct event {
	struct llist_node node;
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

static DEFINE_XARRAY(entries);			/* global number -> struct entry */
static struct mutex locks[LOCKS];		/* by number: what its entry is */
static DEFINE_PER_CPU(struct worker, workers);
static enum cpuhp_state hotplug_state;

static void rescan(struct work_struct *work);
static DECLARE_DELAYED_WORK(rescan_work, rescan);

static struct mutex *lock_of(pid_t nr)
{
	return &locks[nr & (LOCKS - 1)];
}

/* Is @pid (still) the number of a thread group? Holds rcu_read_lock for the look. */
static bool is_alive(struct pid *pid)
{
	bool alive;

	rcu_read_lock();
	alive = pid_task(pid, PIDTYPE_TGID);
	rcu_read_unlock();
	return alive;
}

/* An event was lost, or an entry could not be made: look at every process again. */
static void make_good(unsigned long delay)
{
	vmwalk_stats_add(lost, 1);
	schedule_delayed_work(&rescan_work, delay);
}

/*
 * Under the mutex of @nr. proc_remove() waits for opens under way, which are
 * short, never for readers. The entry's reference on its pid goes last, because
 * an open under way may be using it.
 */
static void entry_remove(pid_t nr, struct entry *entry)
{
	xa_erase(&entries, nr);
	proc_remove(entry->pde);
	put_pid(entry->pid);
	kfree(entry);
	vmwalk_stats_add(published, -1);
}

/* Under the mutex of @nr. */
static int entry_create(pid_t nr, struct pid *pid)
{
	struct entry *entry = kmalloc(sizeof(*entry), GFP_KERNEL);
	char name[16];
	int err;

	if (!entry)
		return -ENOMEM;
	entry->pid = get_pid(pid);
	err = xa_err(xa_store(&entries, nr, entry, GFP_KERNEL));
	if (err)
		goto err_put;
	snprintf(name, sizeof(name), "%d", nr);
	err = -ENOMEM;
	entry->pde = proc_create_data(name, 0444, vmwalk_root, &vmwalk_file_proc_ops, pid);
	if (!entry->pde)
		goto err_erase;
	vmwalk_stats_add(published, 1);
	return 0;

err_erase:
	xa_erase(&entries, nr);
err_put:
	put_pid(entry->pid);
	kfree(entry);
	return err;
}

/*
 * Make the entry of @nr what it has to be: @pid's if that lives (@pid NULL:
 * whoever has the entry now), else none. Idempotent.
 *
 * Holds the mutex of the number, the only thing that changes its entry. A
 * process that dies right after is_alive() queues its death later than this.
 */
static int entry_settle(pid_t nr, struct pid *pid)
{
	struct entry *entry;
	int err = 0;

	mutex_lock(lock_of(nr));
	entry = xa_load(&entries, nr);
	if (entry && ((pid && entry->pid != pid) || !is_alive(entry->pid))) {
		entry_remove(nr, entry);
		entry = NULL;
	}
	if (pid && !entry && is_alive(pid))
		err = entry_create(nr, pid);
	mutex_unlock(lock_of(nr));
	return err;
}

/*
 * The first thread group from *@nr on, counted; NULL at the end. Holds
 * rcu_read_lock, which keeps pids found in the IDR; the IDR has been walked so
 * since v4.15 (find_ge_pid(), not exported before v6.1).
 */
static struct pid *next_group(int *nr)
{
	struct pid *pid;

	rcu_read_lock();
	for (; (pid = idr_get_next(&init_pid_ns.idr, nr)); ++*nr)
		if (pid_task(pid, PIDTYPE_TGID))
			break;
	get_pid(pid);
	rcu_read_unlock();
	return pid;
}

static int publish_all(void)
{
	struct entry *entry;
	unsigned long index;
	struct pid *pid;
	int nr, err = 0;

	for (nr = 1; !err && (pid = next_group(&nr)); nr++) {
		err = entry_settle(nr, pid);
		put_pid(pid);
		cond_resched();
	}
	xa_for_each(&entries, index, entry)
		entry_settle(index, NULL);
	return err;
}

static void rescan(struct work_struct *work)
{
	if (publish_all())
		make_good(RESCAN_DELAY);
}

static void handle_event(struct event *event)
{
	if (entry_settle(event->nr, event->pid))
		make_good(RESCAN_DELAY);
	put_pid(event->pid);
	kfree(event);
}

static void handle_events(struct kthread_work *work)
{
	struct worker *worker = container_of(work, struct worker, work);
	struct llist_node *all = llist_reverse_order(llist_del_all(&worker->events));
	struct event *event, *next;

	llist_for_each_entry_safe(event, next, all, node)
		handle_event(event);
}

/*
 * From a probe: may not sleep. Runs with preemption off, so that the worker
 * seen here is not destroyed before the event is queued (worker_stop() waits
 * for an RCU grace period in between).
 */
static void queue_event(struct pid *pid, pid_t nr)
{
	struct worker *worker = get_cpu_ptr(&workers);
	struct kthread_worker *thread = READ_ONCE(worker->thread);
	struct event *event = NULL;

	vmwalk_stats_add(events, 1);
	if (thread)
		event = kmalloc(sizeof(*event), GFP_ATOMIC | __GFP_NOWARN);
	if (event) {
		event->pid = get_pid(pid);
		event->nr = nr;
		llist_add(&event->node, &worker->events);
		kthread_queue_work(thread, &worker->work);
	} else {
		make_good(0);
	}
	put_cpu_ptr(&workers);
}

/* kernel_clone(), before the child runs: it has its number, the caller holds it. */
static void probe_fork(void *data, struct task_struct *parent, struct task_struct *child)
{
	if (thread_group_leader(child))
		queue_event(task_pid(child), task_pid_nr(child));
}

/*
 * delayed_put_task_struct(), when the number is free again. A thread that
 * executes a program takes its leader's number over; the leader that dies then
 * has another one (exchange_tids()) and is no leader by it.
 */
static void probe_free(void *data, struct task_struct *task)
{
	if (task->pid == task->tgid)
		queue_event(NULL, task->pid);
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

static int worker_start(unsigned int cpu)
{
	struct worker *worker = per_cpu_ptr(&workers, cpu);
	struct kthread_worker *thread = kthread_run_worker_on_cpu(cpu, 0, "vmwalk/%u");

	if (IS_ERR(thread))
		return PTR_ERR(thread);
	sched_set_fifo_low(thread->task);
	kthread_init_work(&worker->work, handle_events);
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
	kthread_destroy_worker(thread);
	return 0;
}

static void remove_all(void)
{
	struct entry *entry;
	unsigned long index;

	xa_for_each(&entries, index, entry)
		entry_remove(index, entry);
	xa_destroy(&entries);
}

int vmwalk_publish_init(void)
{
	int i, err;

	for (i = 0; i < LOCKS; i++)
		mutex_init(&locks[i]);
	err = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "vmwalk:online", worker_start, worker_stop);
	if (err < 0)
		return err;
	hotplug_state = err;
	err = probes_register();
	if (err)
		goto err_cpus;
	err = publish_all();
	if (err)
		goto err_probes;
	return 0;

err_probes:
	probes_unregister(ARRAY_SIZE(probes));
err_cpus:
	cpuhp_remove_state(hotplug_state);
	cancel_delayed_work_sync(&rescan_work);
	remove_all();
	return err;
}

/* In this order nobody makes work for those who have gone. */
void vmwalk_publish_exit(void)
{
	probes_unregister(ARRAY_SIZE(probes));
	cpuhp_remove_state(hotplug_state);
	cancel_delayed_work_sync(&rescan_work);
	remove_all();
}
