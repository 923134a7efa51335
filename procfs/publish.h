/* SPDX-License-Identifier: GPL-2.0 */
/* publish.h - which /proc/vmwalk/<pid> exist, and when */
#ifndef VMWALK_PROCFS_PUBLISH_H
#define VMWALK_PROCFS_PUBLISH_H

/**
 * vmwalk_publish_init() - publish every thread group, and every later one
 *
 * When it returns, every process has its entry; a process forked later has it
 * by the time fork() returns, in the parent and in the child (where the kernel
 * exports task_work_add(); else nearly always).
 *
 * Return: 0 or -errno; -ENOENT if the kernel lacks a tracepoint.
 */
int vmwalk_publish_init(void);
void vmwalk_publish_exit(void);

#endif /* VMWALK_PROCFS_PUBLISH_H */
