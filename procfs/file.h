/* SPDX-License-Identifier: GPL-2.0 */
/* file.h - what an open below /proc/vmwalk gives */
#ifndef VMWALK_PROCFS_FILE_H
#define VMWALK_PROCFS_FILE_H

#include <linux/types.h>

struct proc_ops;

/* /proc/vmwalk/<pid>; the entry's data is its struct pid, NULL for self. */
extern const struct proc_ops vmwalk_file_proc_ops;

/* /proc/vmwalk/stats */
extern const struct proc_ops vmwalk_file_stats_ops;

/**
 * vmwalk_file_serve() - let opens succeed, or not
 * @on: true as the last act of init: a module whose init fails is freed in spite
 *	of references
 */
void vmwalk_file_serve(bool on);

#endif /* VMWALK_PROCFS_FILE_H */
