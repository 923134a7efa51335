// SPDX-License-Identifier: GPL-2.0
/* main.c - init and exit as a table of contents */
#include <linux/init.h>
#include <linux/module.h>

#include "../procfs/events.h"
#include "../procfs/file.h"
#include "../procfs/publish.h"
#include "../procfs/root.h"
#include "files.h"
#include "target.h"

static int __init vmwalk_init(void)
{
	int err = vmwalk_target_init();

	if (err)
		goto err_target;
	err = vmwalk_root_init();
	if (err)
		goto err_root;
	vmwalk_files_init();
	vmwalk_publish_init();
	err = vmwalk_events_init();
	if (err)
		goto err_events;
	vmwalk_file_serve(true);
	return 0;

err_events:
	vmwalk_publish_exit();
	vmwalk_root_exit();
err_root:
	vmwalk_target_exit();
err_target:
	return err;
}

static void __exit vmwalk_exit(void)
{
	vmwalk_file_serve(false);
	vmwalk_events_exit();
	vmwalk_publish_exit();
	vmwalk_root_exit();
	vmwalk_target_exit();
}

module_init(vmwalk_init);
module_exit(vmwalk_exit);
MODULE_DESCRIPTION("What the kernel really knows about a live process");
MODULE_LICENSE("GPL");
