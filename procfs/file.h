/* SPDX-License-Identifier: GPL-2.0 */
/* file.h - what an open below /proc/vmwalk gives */
#ifndef VMWALK_PROCFS_FILE_H
#define VMWALK_PROCFS_FILE_H

struct proc_ops;

/* /proc/vmwalk/<pid>; the entry's data is its struct pid, NULL for self. */
extern const struct proc_ops vmwalk_file_proc_ops;

/* /proc/vmwalk/stats */
extern const struct proc_ops vmwalk_file_stats_ops;

#endif /* VMWALK_PROCFS_FILE_H */
