// SPDX-License-Identifier: GPL-2.0
/* files.c - files_struct, struct file -> struct vmwalk_file */
#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/path.h>
#include <linux/sched/task.h>

#include "files.h"

struct find {
	struct files_struct *files;
	struct vmwalk_file *out;
	struct path *path;
};

static const struct {
	umode_t mode;
	u32 type;
} types[] = {
	{ S_IFREG, VMWALK_FILE_REG },
	{ S_IFDIR, VMWALK_FILE_DIR },
	{ S_IFCHR, VMWALK_FILE_CHR },
	{ S_IFBLK, VMWALK_FILE_BLK },
	{ S_IFIFO, VMWALK_FILE_FIFO },
	{ S_IFSOCK, VMWALK_FILE_SOCK },
	{ S_IFLNK, VMWALK_FILE_LNK },
	{ 0, VMWALK_FILE_ANON },	/* fs/anon_inodes.c gives its inode no type */
};

static u32 file_type(umode_t mode)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(types); i++)
		if ((mode & S_IFMT) == types[i].mode)
			return types[i].type;
	return VMWALK_FILE_UNKNOWN;
}

/*
 * Called by iterate_fd() with file_lock held, which keeps the file open; what
 * outlives it is a reference on the path, not on the file: closing is not
 * delayed.
 */
static int file_read(const void *arg, struct file *file, unsigned int fd)
{
	const struct find *find = arg;
	const struct inode *inode = file_inode(file);
	unsigned int flags = file->f_flags & ~O_CLOEXEC;

	if (vmwalk_compat_close_on_exec(find->files, fd))
		flags |= O_CLOEXEC;
	*find->out = (struct vmwalk_file) {
		.has = VMWALK_HAS(BASE),
		.fd = fd,
		.mode = (__force u32)(file->f_mode & (FMODE_READ | FMODE_WRITE)),
		.flags = flags,
		.type = file_type(inode->i_mode),
		.pos = file->f_pos,
		.dev = { MAJOR(inode->i_sb->s_dev), MINOR(inode->i_sb->s_dev) },
		.inode = inode->i_ino,
	};
	*find->path = file->f_path;
	path_get(find->path);
	return 1;
}

/*
 * Holds task_lock: exit_files() and unshare_files() change task->files under it,
 * so that the files_struct stays while iterate_fd() takes its file_lock; and
 * exec_mmap() changes task->mm under it before the new program gets its
 * credentials, so that files and permission belong together. Returns after the
 * first file: the hold is as short as the gap before it.
 */
int vmwalk_files_next(struct task_struct *task, struct mm_struct *mm, unsigned int fd,
		      struct vmwalk_file *out, struct path *path)
{
	struct find find = { .out = out, .path = path };
	int found = 0;

	task_lock(task);
	find.files = task->files;
	if (task->mm != mm && !(task->flags & PF_KTHREAD))
		found = -ESRCH;
	else if (find.files)
		found = iterate_fd(find.files, fd, file_read, &find);
	task_unlock(task);
	return found;
}
