// SPDX-License-Identifier: GPL-2.0
/* named.c - what a process has names for: program, directories, control group, label */
#include <linux/cgroup.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/kdev_t.h>
#include <linux/kernfs.h>
#include <linux/mm.h>
#include <linux/nospec.h>
#include <linux/nsproxy.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "rows.h"

void vmwalk_called_put(struct vmwalk_called *called)
{
	if (called->path.mnt)
		path_put(&called->path);
	kvfree(called->text);
	memset(called, 0, sizeof(*called));
}

/* The file system and inode of a path that was found. */
static int name_path(struct vmwalk_named_row *row)
{
	const struct inode *inode = d_inode(row->called.path.dentry);

	row->named.has |= VMWALK_HAS(BACKED) | VMWALK_HAS(KNOWN);
	row->named.dev[0] = MAJOR(inode->i_sb->s_dev);
	row->named.dev[1] = MINOR(inode->i_sb->s_dev);
	row->named.inode = inode->i_ino;
	return 1;
}

/*
 * Holds rcu_read_lock for the pointer, as the kernel's own get_mm_exe_file() does, and the
 * file for an instant, until its path is held: replace_mm_exe_file() and the end of the
 * address space change the pointer before they let go of the file. The caller keeps the
 * mm_struct; of an address space that has ended it is NULL.
 */
static int name_exe(const struct vmwalk_viewer *viewer, struct vmwalk_named_row *row)
{
	struct file *file;

	file = viewer->mm ? vmwalk_compat_get_file(&viewer->mm->exe_file) : NULL;
	if (!file)
		return 0;
	row->called.path = file->f_path;
	path_get(&row->called.path);
	fput(file);
	return name_path(row);
}

/*
 * Holds task_lock, under which exit_fs() and unshare(2) change task->fs, and so the
 * fs_struct stays; @get takes its own lock and a reference on the path.
 */
static int name_directory(const struct vmwalk_viewer *viewer, struct vmwalk_named_row *row,
			  void (*get)(struct fs_struct *fs, struct path *path))
{
	struct fs_struct *fs;

	task_lock(viewer->task);
	fs = viewer->task->fs;
	if (fs)
		get(fs, &row->called.path);
	task_unlock(viewer->task);
	return fs ? name_path(row) : 0;
}

static int name_cwd(const struct vmwalk_viewer *viewer, struct vmwalk_named_row *row)
{
	return name_directory(viewer, row, get_fs_pwd);
}

static int name_root(const struct vmwalk_viewer *viewer, struct vmwalk_named_row *row)
{
	return name_directory(viewer, row, get_fs_root);
}

#ifdef CONFIG_CGROUPS
#define DELETED	" (deleted)"

/*
 * Holds rcu_read_lock: a css_set is freed by RCU, and a cgroup, its node and its parents
 * go a grace period after the last css_set has let go of them (css_release_work_fn()), so
 * cgroup_mutex, which sleeps, is not needed. The path is made under a lock of kernfs. The
 * namespace of the reader is held by the reader, who alone changes it.
 */
static void cgroup_read(struct task_struct *task, char *buf, size_t size,
			struct vmwalk_named_row *row)
{
	const struct cgroup *cgroup, *root;
	int len;

	rcu_read_lock();
	cgroup = rcu_dereference(task->cgroups)->dfl_cgrp;
	root = current->nsproxy->cgroup_ns->root_cset->dfl_cgrp;
	row->named.inode = cgroup_id(cgroup);
	len = kernfs_path_from_node(cgroup->kn, root->kn, buf, size - strlen(DELETED));
	if (len < 0 || len >= size - strlen(DELETED))
		*buf = '\0';
	else if (!(cgroup->self.flags & CSS_ONLINE))
		strcat(buf, DELETED);
	rcu_read_unlock();
}

static int name_cgroup(const struct vmwalk_viewer *viewer, struct vmwalk_named_row *row)
{
	row->called.text = kvmalloc(VMWALK_NAMES_SIZE_MIN, GFP_KERNEL_ACCOUNT);
	if (!row->called.text)
		return -ENOMEM;
	row->named.has |= VMWALK_HAS(KNOWN);
	cgroup_read(viewer->task, row->called.text, VMWALK_NAMES_SIZE_MIN, row);
	return 1;
}
#else
static int name_cgroup(const struct vmwalk_viewer *viewer, struct vmwalk_named_row *row)
{
	return 0;
}
#endif

static int name_label(const struct vmwalk_viewer *viewer, struct vmwalk_named_row *row)
{
	char *label = vmwalk_compat_label(viewer->task);

	if (IS_ERR(label))
		return PTR_ERR(label);
	row->called.text = label;
	return label != NULL;
}

/* All return 1; 0 if the process has no such thing; or -ENOMEM. */
static int (*const name[])(const struct vmwalk_viewer *viewer, struct vmwalk_named_row *row) = {
	[VMWALK_NAMED_EXE] = name_exe,
	[VMWALK_NAMED_CWD] = name_cwd,
	[VMWALK_NAMED_ROOT] = name_root,
	[VMWALK_NAMED_CGROUP] = name_cgroup,
	[VMWALK_NAMED_LABEL] = name_label,
};

int vmwalk_named_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	struct vmwalk_named_row *row = record;
	int found = 0;

	vmwalk_called_put(&row->called);
	for (; !found && *cursor < ARRAY_SIZE(name); ++*cursor) {
		row->named = (struct vmwalk_named) { .has = VMWALK_HAS(BASE), .kind = *cursor };
		found = name[array_index_nospec(*cursor, ARRAY_SIZE(name))](viewer, row);
	}
	return found;
}
