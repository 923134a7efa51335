// SPDX-License-Identifier: GPL-2.0
/*
 * filekind.c - what an open file is, told by its file system, its type, and the name the
 * kernel gave its dentry
 */
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/string.h>

#include "files.h"

static const struct {
	umode_t mode;
	u32 type;
	u32 kind;
} types[] = {
	{ S_IFREG, VMWALK_FILE_REG, VMWALK_FILE_KIND_REGULAR },
	{ S_IFDIR, VMWALK_FILE_DIR, VMWALK_FILE_KIND_DIRECTORY },
	{ S_IFCHR, VMWALK_FILE_CHR, VMWALK_FILE_KIND_CHARDEV },
	{ S_IFBLK, VMWALK_FILE_BLK, VMWALK_FILE_KIND_BLOCKDEV },
	{ S_IFIFO, VMWALK_FILE_FIFO, VMWALK_FILE_KIND_FIFO },
	{ S_IFSOCK, VMWALK_FILE_SOCK, VMWALK_FILE_KIND_SOCKET_FILE },
	{ S_IFLNK, VMWALK_FILE_LNK, VMWALK_FILE_KIND_SYMLINK },
	/* the inode of fs/anon_inodes.c; newer kernels give it a type: vmwalk_inode_type() */
	{ 0, VMWALK_FILE_ANON, VMWALK_FILE_KIND_ANON },
};

/* File systems that say all; some, of one type of file only. The kernel's own names. */
static const struct {
	const char *fs;
	umode_t mode;
	u32 kind;
} filesystems[] = {
	{ "pipefs", 0, VMWALK_FILE_KIND_PIPE },
	{ "sockfs", 0, VMWALK_FILE_KIND_SOCKET },
	{ "secretmem", 0, VMWALK_FILE_KIND_SECRETMEM },
	{ "nsfs", 0, VMWALK_FILE_KIND_NAMESPACE },
	{ "pidfs", 0, VMWALK_FILE_KIND_PIDFD },
	{ "mqueue", S_IFREG, VMWALK_FILE_KIND_MQUEUE },
};

/* Anonymous inodes: how the name begins that anon_inode_getfile() was called with. */
static const struct {
	const char *name;
	u32 kind;
} anons[] = {
	{ "[eventfd]", VMWALK_FILE_KIND_EVENTFD },
	{ "[eventpoll]", VMWALK_FILE_KIND_EPOLL },
	{ "[timerfd]", VMWALK_FILE_KIND_TIMERFD },
	{ "[signalfd]", VMWALK_FILE_KIND_SIGNALFD },
	{ "inotify", VMWALK_FILE_KIND_INOTIFY },
	{ "[fanotify]", VMWALK_FILE_KIND_FANOTIFY },
	{ "[userfaultfd]", VMWALK_FILE_KIND_USERFAULTFD },
	{ "[pidfd]", VMWALK_FILE_KIND_PIDFD },
	{ "[io_uring]", VMWALK_FILE_KIND_IO_URING },
	{ "[perf_event]", VMWALK_FILE_KIND_PERF_EVENT },
	{ "bpf-map", VMWALK_FILE_KIND_BPF_MAP },
	{ "bpf-prog", VMWALK_FILE_KIND_BPF_PROG },
	{ "bpf-link", VMWALK_FILE_KIND_BPF_LINK },
	{ "bpf_link", VMWALK_FILE_KIND_BPF_LINK },
	{ "btf", VMWALK_FILE_KIND_BTF },
	{ "[fscontext]", VMWALK_FILE_KIND_FSCONTEXT },
	{ "[landlock-ruleset]", VMWALK_FILE_KIND_LANDLOCK },
	{ "seccomp notify", VMWALK_FILE_KIND_SECCOMP },
	{ "kvm-", VMWALK_FILE_KIND_KVM },
};

static int type_row(umode_t mode)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(types); i++)
		if ((mode & S_IFMT) == types[i].mode)
			return i;
	return -1;
}

u32 vmwalk_file_type(umode_t mode)
{
	int row = type_row(mode);

	return row < 0 ? VMWALK_FILE_UNKNOWN : types[row].type;
}

/* The inode's super block keeps its type. */
static bool is_anon(const struct inode *inode)
{
	return !strcmp(inode->i_sb->s_type->name, "anon_inodefs");
}

u32 vmwalk_inode_type(const struct inode *inode)
{
	return is_anon(inode) ? VMWALK_FILE_ANON : vmwalk_file_type(inode->i_mode);
}

static u32 anon_kind(const char *name)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(anons); i++)
		if (strstarts(name, anons[i].name))
			return anons[i].kind;
	return VMWALK_FILE_KIND_ANON;
}

/*
 * memfd_create(2) names its file "memfd:" and more (mm/memfd.c), in a dentry without
 * a parent, which nobody can make in a mounted tmpfs or hugetlbfs.
 */
static bool is_memfd(const struct inode *inode, const struct dentry *dentry)
{
	return S_ISREG(inode->i_mode) && IS_ROOT(dentry) &&
	       strstarts(dentry->d_name.name, "memfd:");
}

/*
 * Holds file_lock by the caller, which keeps the file, its dentry and its super block.
 * Names are read only of dentries without a parent, which are never renamed, on any
 * kernel: d_move() is for dentries in a tree.
 */
u32 vmwalk_filekind(const struct file *file)
{
	const struct dentry *dentry = file->f_path.dentry;
	const struct inode *inode = file_inode(file);
	const char *fs = inode->i_sb->s_type->name;
	int i, row;

	if (is_anon(inode) && IS_ROOT(dentry))
		return anon_kind(dentry->d_name.name);
	for (i = 0; i < ARRAY_SIZE(filesystems); i++)
		if (!strcmp(fs, filesystems[i].fs) && (!filesystems[i].mode ||
		    filesystems[i].mode == (inode->i_mode & S_IFMT)))
			return filesystems[i].kind;
	if (is_memfd(inode, dentry))
		return VMWALK_FILE_KIND_MEMFD;
	row = type_row(inode->i_mode);
	return row < 0 ? VMWALK_FILE_KIND_UNKNOWN : types[row].kind;
}
