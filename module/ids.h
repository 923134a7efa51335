/* SPDX-License-Identifier: GPL-2.0 */
/* ids.h - the ids of a PID namespace, looked at in order and a few at a time */
#ifndef VMWALK_IDS_H
#define VMWALK_IDS_H

#include <linux/types.h>

struct pid;
struct pid_namespace;

/**
 * vmwalk_ids_find() - the first id from one on that is wanted
 * @ns: PID namespace of the ids
 * @id: in: the lowest id looked at; out, when 1 is returned: the one found
 * @wanted: says whether; called under rcu_read_lock, and so may take a reference
 * @arg: for @wanted
 *
 * Ids are looked at once each: going on from id + 1, a reader of all of them does as much
 * work as there are ids, however many it finds.
 *
 * Context: may sleep; holds nothing on return. Return: 1; 0 when there is none; -EINTR
 * (killed while looking).
 */
int vmwalk_ids_find(struct pid_namespace *ns, u32 *id,
		    bool (*wanted)(struct pid *pid, void *arg), void *arg);

#endif /* VMWALK_IDS_H */
