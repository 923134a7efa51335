// SPDX-License-Identifier: GPL-2.0
/* ids.c - the ids of a PID namespace, looked at in order and a few at a time */
#include <linux/errno.h>
#include <linux/idr.h>
#include <linux/minmax.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

#include "ids.h"

#define HOLD_IDS	256	/* ids looked at under one rcu_read_lock */

/*
 * Looks at some ids from *id on. Returns 1 if one was found, which *id is then, 0 if not,
 * -ENOENT at the end of all ids.
 *
 * Holds rcu_read_lock: the tree of ids is read as find_ge_pid() does (not exported
 * before v6.1); pids and tasks are freed by RCU.
 */
static int look(struct pid_namespace *ns, int *id, bool (*wanted)(struct pid *pid, void *arg),
		void *arg)
{
	int budget, found = 0;

	rcu_read_lock();
	for (budget = HOLD_IDS; !found && budget; budget--) {
		struct pid *pid = idr_get_next(&ns->idr, id);

		if (!pid)
			found = -ENOENT;
		else if (wanted(pid, arg))
			found = 1;
		else
			++*id;
	}
	rcu_read_unlock();
	return found;
}

int vmwalk_ids_find(struct pid_namespace *ns, u32 *id,
		    bool (*wanted)(struct pid *pid, void *arg), void *arg)
{
	int at = min_t(u32, *id, INT_MAX), found;

	while (!(found = look(ns, &at, wanted, arg))) {
		if (fatal_signal_pending(current))
			return -EINTR;
		cond_resched();
	}
	*id = at;
	return max(found, 0);
}
