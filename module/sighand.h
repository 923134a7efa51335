/* SPDX-License-Identifier: GPL-2.0 */
/* sighand.h - a look at what siglock protects */
#ifndef VMWALK_SIGHAND_H
#define VMWALK_SIGHAND_H

#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>

/**
 * vmwalk_sighand_look() - call a function under the siglock of a task
 * @task: the caller holds a reference
 * @look: called with interrupts off and @sighand->siglock held
 * @arg: for @look
 *
 * Holds rcu_read_lock and siglock. lock_task_sighand() rests on a function that is not
 * exported, so its rule is followed here (kernel/signal.c, the same on 5.10 to 7.2):
 * sighand_struct comes from a slab whose objects stay of their type under RCU and whose
 * constructor makes the lock, so that the lock of one that was freed may be taken; what
 * it protects counts only if the task still points there once the lock is held.
 * __exit_signal() and de_thread() change the pointer under the lock.
 *
 * Context: does not sleep, nor may @look. Return: was there a sighand? A task that was
 * reaped has none.
 */
static inline bool vmwalk_sighand_look(struct task_struct *task,
				       void (*look)(struct task_struct *task,
						    struct sighand_struct *sighand, void *arg),
				       void *arg)
{
	struct sighand_struct *sighand;
	bool same = false;

	rcu_read_lock();
	while (!same && (sighand = rcu_dereference(task->sighand))) {
		spin_lock_irq(&sighand->siglock);
		same = sighand == rcu_access_pointer(task->sighand);
		if (same)
			look(task, sighand, arg);
		spin_unlock_irq(&sighand->siglock);
	}
	rcu_read_unlock();
	return same;
}

#endif /* VMWALK_SIGHAND_H */
