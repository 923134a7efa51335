// SPDX-License-Identifier: GPL-2.0
/*
 * publish.c - which /proc/vmwalk/<pid> exist
 *
 * procfs has no lookup hook for modules, so there is one real entry a thread
 * group. Births and deaths (events.c) may come in any order, on any CPU, and more
 * than once: what one does depends only on whether the process lives now, under
 * the mutex of its number. What is lost for lack of memory is made good by a
 * scan of all processes.
 */
#include <linux/delay.h>
#include <linux/mutex.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/proc_fs.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

#include "file.h"
#include "publish.h"
#include "root.h"
#include "stats.h"

#define LOCKS		64	/* a power of two */
#define LEAVING_TRIES	100	/* waits for a dead one's entry, 0.1 ms each */

/**
 * struct entry - one /proc/vmwalk/<pid>
 * @pid: the process; counted, and the data of the procfs entry
 * @pde: the procfs entry
 * @leaving: somebody removes it, without the mutex, and then frees the number
 */
struct entry {
	struct pid *pid;
	struct proc_dir_entry *pde;
	bool leaving;
};

static DEFINE_XARRAY(entries);			/* global number -> struct entry */
static struct mutex locks[LOCKS];		/* by number: what its entry is */

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

void vmwalk_publish_rescan(unsigned long delay)
{
	vmwalk_stats_add(lost, 1);
	schedule_delayed_work(&rescan_work, delay);
}

/* Under the mutex of @nr. */
static int entry_create(pid_t nr, struct pid *pid)
{
	struct entry *entry = kmalloc(sizeof(*entry), GFP_KERNEL);
	char name[16];
	int err;

	if (!entry)
		return -ENOMEM;
	entry->leaving = false;
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
 * Remove an entry that is leaving. proc_remove() waits for opens under way: never
 * for readers, but an open may wait for its target. So no mutex is held: nobody
 * else touches an entry that is leaving, and its number stays taken until the
 * end. The reference on the pid goes last, because an open may be using it.
 */
static void entry_remove(pid_t nr, struct entry *entry)
{
	proc_remove(entry->pde);
	mutex_lock(lock_of(nr));
	xa_erase(&entries, nr);
	mutex_unlock(lock_of(nr));
	put_pid(entry->pid);
	kfree(entry);
	vmwalk_stats_add(published, -1);
}

/*
 * Make sure that @pid, whose number is @nr, has its entry if it lives; if it is
 * dead there is nothing to do: its number may be another's by now. Two live
 * groups never have one number, so an entry of another pid is a dead one's.
 *
 * Holds the mutex of the number, under which entries come and begin to leave.
 *
 * Return: 0; -ENOMEM; -EBUSY if a dead one's entry is in the way.
 */
static int entry_settle(pid_t nr, struct pid *pid)
{
	struct entry *entry;
	int err = 0;

	mutex_lock(lock_of(nr));
	if (is_alive(pid)) {
		entry = xa_load(&entries, nr);
		if (!entry)
			err = entry_create(nr, pid);
		else if (entry->pid != pid)
			err = -EBUSY;
	}
	mutex_unlock(lock_of(nr));
	return err;
}

/*
 * Remove the entry of @nr if its process is dead. Holds the mutex of the number
 * to begin with it; a process that dies after is_alive() here queues its death
 * after this. Returns false if there was nothing to remove, or if somebody else
 * is at it.
 */
bool vmwalk_publish_death(pid_t nr)
{
	struct entry *entry;

	mutex_lock(lock_of(nr));
	entry = xa_load(&entries, nr);
	if (entry && (entry->leaving || is_alive(entry->pid)))
		entry = NULL;
	if (entry)
		entry->leaving = true;
	mutex_unlock(lock_of(nr));
	if (entry)
		entry_remove(nr, entry);
	return entry;
}

/*
 * A birth. A dead one's entry that is in the way is removed first; one that
 * somebody else removes is waited for, a while: an open may hold it up.
 */
int vmwalk_publish_birth(pid_t nr, struct pid *pid)
{
	int tries, err = -EBUSY;

	for (tries = 0; err == -EBUSY && tries < LEAVING_TRIES; tries++) {
		err = entry_settle(nr, pid);
		if (err == -EBUSY && !vmwalk_publish_death(nr))
			usleep_range(100, 200);
	}
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

int vmwalk_publish_all(void)
{
	struct entry *entry;
	unsigned long index;
	struct pid *pid;
	int nr, err = 0;

	for (nr = 1; err != -ENOMEM && (pid = next_group(&nr)); nr++) {
		err = vmwalk_publish_birth(nr, pid) ?: err;
		put_pid(pid);
		cond_resched();
	}
	xa_for_each(&entries, index, entry)
		vmwalk_publish_death(index);
	return err;
}

static void rescan(struct work_struct *work)
{
	if (vmwalk_publish_all())
		vmwalk_publish_rescan(VMWALK_PUBLISH_DELAY);
}

/* When nobody else makes or removes entries any more. */
static void remove_all(void)
{
	struct entry *entry;
	unsigned long index;

	xa_for_each(&entries, index, entry)
		entry_remove(index, entry);
	xa_destroy(&entries);
}

void vmwalk_publish_init(void)
{
	int i;

	for (i = 0; i < LOCKS; i++)
		mutex_init(&locks[i]);
}

void vmwalk_publish_exit(void)
{
	cancel_delayed_work_sync(&rescan_work);
	remove_all();
}
