/* SPDX-License-Identifier: GPL-2.0 */
/* query.h - the ioctls of an open /proc/vmwalk/<pid> */
#ifndef VMWALK_PROCFS_QUERY_H
#define VMWALK_PROCFS_QUERY_H

#include <linux/compiler.h>

struct vmwalk_target;

/**
 * vmwalk_query() - answer one query (uapi/vmwalk.h, struct vmwalk_query)
 * @target: the process
 * @cmd: VMWALK_IOC_*
 * @arg: the caller's struct vmwalk_query
 *
 * Context: may sleep; copies to and from user space only while no lock is held.
 * Return: 0 or -errno; -ENOTTY for a query there is not.
 */
long vmwalk_query(const struct vmwalk_target *target, unsigned int cmd, void __user *arg);

#endif /* VMWALK_PROCFS_QUERY_H */
