/* SPDX-License-Identifier: GPL-2.0 */
/* events.h - births and deaths of processes */
#ifndef VMWALK_PROCFS_EVENTS_H
#define VMWALK_PROCFS_EVENTS_H

/**
 * vmwalk_events_init() - publish every thread group, and every later one
 *
 * When it returns, every process has its entry; a process forked later has it
 * by the time fork() returns, in the parent and in the child (where the kernel
 * exports task_work_add(); else nearly always).
 *
 * Return: 0 or -errno; -ENOENT if the kernel lacks a tracepoint.
 */
int vmwalk_events_init(void);
void vmwalk_events_exit(void);

#endif /* VMWALK_PROCFS_EVENTS_H */
