// SPDX-License-Identifier: GPL-2.0
/* root.c - the directory /proc/vmwalk and what always stands in it */
#include <linux/errno.h>
#include <linux/proc_fs.h>

#include "file.h"
#include "root.h"

struct proc_dir_entry *vmwalk_root;

int vmwalk_root_init(void)
{
	vmwalk_root = proc_mkdir("vmwalk", NULL);
	if (!vmwalk_root)
		return -ENOMEM;
	if (!proc_create("self", 0444, vmwalk_root, &vmwalk_file_proc_ops) ||
	    !proc_create("stats", 0444, vmwalk_root, &vmwalk_file_stats_ops)) {
		vmwalk_root_exit();
		return -ENOMEM;
	}
	return 0;
}

void vmwalk_root_exit(void)
{
	proc_remove(vmwalk_root);
}
