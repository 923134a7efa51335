// SPDX-License-Identifier: GPL-2.0
/* files.c - files_struct, struct file -> struct vmwalk_file */
#include <linux/fcntl.h>
#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/module.h>
#include <linux/path.h>
#include <linux/pipe_fs_i.h>
#include <linux/random.h>
#include <linux/sched/task.h>
#include <linux/siphash.h>
#include <linux/string.h>

#include "bits.h"
#include "files.h"

struct find {
	struct files_struct *files;
	const struct vmwalk_files_reader *reader;
	struct vmwalk_file *out;
	struct path *path;
};

/* Nobody learns an address from a hash whose key never leaves the module. */
static siphash_key_t key;

void vmwalk_files_init(void)
{
	get_random_bytes(&key, sizeof(key));
}

/* A flag some kernels lack is told apart by its macro. */
#define MODE(NAME)	{ (__force u32)FMODE_##NAME, VMWALK_BIT(VMWALK_FILE_MODE_BIT_##NAME) }
static const struct vmwalk_bits modes[] = {
	MODE(READ), MODE(WRITE), MODE(LSEEK), MODE(PREAD), MODE(PWRITE), MODE(EXEC),
	MODE(32BITHASH), MODE(64BITHASH), MODE(NOCMTIME), MODE(RANDOM), MODE(PATH),
	MODE(ATOMIC_POS), MODE(WRITER), MODE(CAN_READ),
	MODE(CAN_WRITE), MODE(OPENED), MODE(CREATED), MODE(STREAM), MODE(NONOTIFY),
	MODE(NOWAIT), MODE(NEED_UNMOUNT), MODE(NOACCOUNT),
#ifdef FMODE_UNSIGNED_OFFSET
	MODE(UNSIGNED_OFFSET),
#endif
#ifdef FMODE_BUF_RASYNC
	MODE(BUF_RASYNC),
#endif
#ifdef FMODE_BUF_WASYNC
	MODE(BUF_WASYNC),
#endif
#ifdef FMODE_BACKING
	MODE(BACKING),
#endif
};

/* O_SYNC and O_TMPFILE include other flags: the bit each has for itself. */
#define OPEN(NAME)	{ O_##NAME, VMWALK_BIT(VMWALK_OPEN_FLAG_BIT_##NAME) }
static const struct vmwalk_bits open_flags[] = {
	OPEN(WRONLY), OPEN(RDWR), OPEN(CREAT), OPEN(EXCL), OPEN(NOCTTY), OPEN(TRUNC),
	OPEN(APPEND), OPEN(NONBLOCK), OPEN(DSYNC), { FASYNC, VMWALK_OPEN_FLAG(ASYNC) },
	OPEN(DIRECT), OPEN(LARGEFILE), OPEN(DIRECTORY), OPEN(NOFOLLOW), OPEN(NOATIME),
	OPEN(CLOEXEC), { __O_SYNC, VMWALK_OPEN_FLAG(SYNC) }, OPEN(PATH),
	{ __O_TMPFILE, VMWALK_OPEN_FLAG(TMPFILE) },
};

/* Which of @inode's numbers is a device: those of character and block devices. */
static dev_t rdev_of(const struct inode *inode)
{
	return S_ISCHR(inode->i_mode) || S_ISBLK(inode->i_mode) ? inode->i_rdev : 0;
}

/*
 * Holds file_lock by the caller: an open file in its table has been opened to the end
 * and not been released, so it counts among pipe->files, and as long as it does
 * put_pipe_info() (fs/pipe.c) leaves the pipe_inode_info alone, on every kernel. An
 * O_PATH file does not count there. The pipe's own mutex sleeps and is not taken: the
 * numbers are each of one moment, and need not fit each other.
 */
static void pipe_read(const struct file *file, struct vmwalk_file *out)
{
	const struct inode *inode = file_inode(file);
	const struct pipe_inode_info *pipe;

	if (!S_ISFIFO(inode->i_mode))
		return;
	pipe = READ_ONCE(inode->i_pipe);
	if (!pipe)
		return;
	out->has |= VMWALK_HAS(PIPE);
	out->pipe_used = pipe_occupancy(READ_ONCE(pipe->head), READ_ONCE(pipe->tail));
	out->pipe_size = READ_ONCE(pipe->max_usage);
	out->pipe_readers = READ_ONCE(pipe->readers);
	out->pipe_writers = READ_ONCE(pipe->writers);
}

/* The numbers of the open file itself. Holds file_lock by the caller, which keeps it. */
static void numbers_read(const struct file *file, u32 flags, struct vmwalk_file *out)
{
	const struct inode *inode = file_inode(file);

	out->mode = (__force u32)(file->f_mode & (FMODE_READ | FMODE_WRITE));
	out->flags = flags;
	out->type = vmwalk_inode_type(inode);
	out->pos = READ_ONCE(file->f_pos);
	out->dev[0] = MAJOR(inode->i_sb->s_dev);
	out->dev[1] = MINOR(inode->i_sb->s_dev);
	out->inode = inode->i_ino;
	out->id = siphash_1u64((unsigned long)file, &key);
	out->references = file_count(file);
	out->modes = vmwalk_bits_ours((__force u32)file->f_mode, modes, ARRAY_SIZE(modes));
	out->options = vmwalk_bits_ours(flags, open_flags, ARRAY_SIZE(open_flags));
	out->rdev[0] = MAJOR(rdev_of(inode));
	out->rdev[1] = MINOR(rdev_of(inode));
	strscpy(out->driver, module_name(file->f_op->owner), sizeof(out->driver));
}

/*
 * Called by iterate_fd() with file_lock held, which keeps the file open; what
 * outlives it is a reference on the path, not on the file: closing is not
 * delayed.
 */
static int file_read(const void *arg, struct file *file, unsigned int fd)
{
	const struct find *find = arg;
	struct vmwalk_file *out = find->out;
	unsigned int flags = file->f_flags & ~O_CLOEXEC;

	if (vmwalk_compat_close_on_exec(find->files, fd))
		flags |= O_CLOEXEC;
	memset(out, 0, sizeof(*out));
	out->has = VMWALK_HAS(BASE);
	out->fd = fd;
	numbers_read(file, flags, out);
	out->kind = vmwalk_filekind(file);
	if (!(file->f_mode & FMODE_PATH)) {
		pipe_read(file, out);
		vmwalk_socket_read(file, find->reader, out);
	}
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
		      const struct vmwalk_files_reader *reader, struct vmwalk_file *out,
		      struct path *path)
{
	struct find find = { .reader = reader, .out = out, .path = path };
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
