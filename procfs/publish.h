/* SPDX-License-Identifier: GPL-2.0 */
/* publish.h - which /proc/vmwalk/<pid> exist */
#ifndef VMWALK_PROCFS_PUBLISH_H
#define VMWALK_PROCFS_PUBLISH_H

#include <linux/types.h>

struct pid;

#define VMWALK_PUBLISH_DELAY	(HZ / 10)	/* before another try, when memory ran out */

/**
 * vmwalk_publish_birth() - make sure that a process has its entry, if it lives
 * @nr: its global number
 * @pid: the process; the caller holds a reference
 *
 * Context: may sleep. Return: 0; -ENOMEM; -EBUSY if a dead one's entry with the
 * same number does not go away.
 */
int vmwalk_publish_birth(pid_t nr, struct pid *pid);

/**
 * vmwalk_publish_death() - remove the entry of a number, if its process is dead
 * @nr: global number
 *
 * Context: may sleep, and wait for an open under way.
 * Return: false if there was nothing to remove, or somebody else is at it.
 */
bool vmwalk_publish_death(pid_t nr);

/**
 * vmwalk_publish_all() - look at every process there is
 *
 * Context: may sleep. Return: 0, or an error of vmwalk_publish_birth().
 */
int vmwalk_publish_all(void);

/**
 * vmwalk_publish_rescan() - an event was lost: look at every process, later
 * @delay: jiffies from now
 *
 * Context: any.
 */
void vmwalk_publish_rescan(unsigned long delay);

void vmwalk_publish_init(void);

/* When no event comes any more: removes all entries. */
void vmwalk_publish_exit(void);

#endif /* VMWALK_PROCFS_PUBLISH_H */
