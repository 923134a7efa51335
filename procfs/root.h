/* SPDX-License-Identifier: GPL-2.0 */
/* root.h - the directory /proc/vmwalk */
#ifndef VMWALK_PROCFS_ROOT_H
#define VMWALK_PROCFS_ROOT_H

struct proc_dir_entry;

/* The directory, for those who put entries into it. */
extern struct proc_dir_entry *vmwalk_root;

/**
 * vmwalk_root_init() - make /proc/vmwalk with self and stats
 *
 * Return: 0 or -ENOMEM.
 */
int vmwalk_root_init(void);
void vmwalk_root_exit(void);

#endif /* VMWALK_PROCFS_ROOT_H */
