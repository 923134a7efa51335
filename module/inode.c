// SPDX-License-Identifier: GPL-2.0
/* inode.c - struct inode -> struct vmwalk_inode */
#include <linux/blkdev.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/magic.h>
#include <linux/path.h>
#include <linux/stat.h>
#include <linux/string.h>
#include <linux/uidgid.h>

#include "backing.h"
#include "bits.h"
#include "files.h"
#include "inode.h"

#define MOST_LOCKS	65536	/* counted of one list */

#define FLAG(NAME)	{ S_##NAME, VMWALK_BIT(VMWALK_INODE_FLAG_BIT_##NAME) }
static const struct vmwalk_bits flags[] = {
	FLAG(SYNC), FLAG(NOATIME), FLAG(APPEND), FLAG(IMMUTABLE), FLAG(DEAD), FLAG(NOQUOTA),
	FLAG(DIRSYNC), FLAG(NOCMTIME), FLAG(SWAPFILE), FLAG(PRIVATE), FLAG(IMA),
	FLAG(AUTOMOUNT), FLAG(NOSEC), FLAG(DAX), FLAG(ENCRYPTED), FLAG(CASEFOLD), FLAG(VERITY),
#ifdef S_KERNEL_FILE
	FLAG(KERNEL_FILE),
#endif
#ifdef S_ANON_INODE
	FLAG(ANON_INODE),
#endif
};

/* Those that an inode somebody refers to can have. */
#define STATE(NAME)	{ I_##NAME, VMWALK_BIT(VMWALK_INODE_STATE_BIT_##NAME) }
static const struct vmwalk_bits states[] = {
	STATE(DIRTY_SYNC), STATE(DIRTY_DATASYNC), STATE(DIRTY_PAGES), STATE(DIRTY_TIME),
	STATE(NEW), STATE(SYNC), STATE(REFERENCED), STATE(LINKABLE), STATE(CREATING),
	STATE(DONTCACHE), STATE(SYNC_QUEUED),
};

static void put_time(__s64 to[2], struct timespec64 time)
{
	to[0] = time.tv_sec;
	to[1] = time.tv_nsec;
}

static void put_dev(__u32 to[2], dev_t dev)
{
	to[0] = MAJOR(dev);
	to[1] = MINOR(dev);
}

/*
 * File systems whose getattr was read: it takes the birth from the inode in memory,
 * without a lock and without asking anybody (fs/ext4/inode.c, ext4_getattr();
 * fs/xfs/xfs_iops.c, xfs_vn_getattr()). Of an encrypted symbolic link it would read the
 * text (fs/crypto/hooks.c, fscrypt_symlink_getattr()).
 */
static bool keeps_birth(const struct inode *inode)
{
	unsigned long magic = inode->i_sb->s_magic;

	return !S_ISLNK(inode->i_mode) && (magic == EXT4_SUPER_MAGIC || magic == XFS_SUPER_MAGIC);
}

/* Holds the caller's reference on the path. */
static void birth_read(const struct path *path, struct vmwalk_inode *out)
{
	struct kstat stat;

	if (!keeps_birth(d_inode(path->dentry)) ||
	    vfs_getattr_nosec(path, &stat, STATX_BTIME, AT_STATX_DONT_SYNC) ||
	    !(stat.result_mask & STATX_BTIME))
		return;
	out->has |= VMWALK_HAS(KNOWN);
	put_time(out->btime, stat.btime);
}

static void owner_read(const struct inode *inode, struct user_namespace *user_ns,
		       struct vmwalk_inode *out)
{
	out->uid = from_kuid_munged(user_ns, inode->i_uid);
	out->gid = from_kgid_munged(user_ns, inode->i_gid);
	out->raw_uid = __kuid_val(inode->i_uid);
	out->raw_gid = __kgid_val(inode->i_gid);
}

/* Fields that change under locks of the file system are read once each, and need not fit. */
static void numbers_read(struct inode *inode, struct vmwalk_inode *out)
{
	const struct super_block *sb = inode->i_sb;

	out->type = vmwalk_inode_type(inode);
	put_dev(out->dev, sb->s_dev);
	out->inode = inode->i_ino;
	out->mode = READ_ONCE(inode->i_mode);
	out->permissions = out->mode;
	out->nlink = READ_ONCE(inode->i_nlink);
	out->block_bytes = i_blocksize(inode);
	if (S_ISCHR(inode->i_mode) || S_ISBLK(inode->i_mode))
		put_dev(out->rdev, inode->i_rdev);
	out->size = i_size_read(inode);
	out->blocks = READ_ONCE(inode->i_blocks);
	put_time(out->atime, vmwalk_compat_atime(inode));
	put_time(out->mtime, vmwalk_compat_mtime(inode));
	put_time(out->ctime, vmwalk_compat_ctime(inode));
	out->attributes = vmwalk_bits_ours(READ_ONCE(inode->i_flags), flags, ARRAY_SIZE(flags));
	out->states = vmwalk_bits_ours(vmwalk_compat_inode_state(inode), states, ARRAY_SIZE(states));
	out->generation = READ_ONCE(inode->i_generation);
	out->references = atomic_read(&inode->i_count);
	out->writers = atomic_read(&inode->i_writecount);
	strscpy(out->fstype, sb->s_type->name, sizeof(out->fstype));
	if (sb->s_bdev)
		put_dev(out->bdev, sb->s_bdev->bd_dev);
}

/* Holds flc_lock by the caller. */
static u32 length_of(const struct list_head *list)
{
	const struct list_head *at;
	u32 nr = 0;

	list_for_each(at, list)
		if (++nr == MOST_LOCKS)
			break;
	return nr;
}

/*
 * Holds flc_lock, under which these lists change on every kernel (fs/locks.c); nothing
 * is taken inside it. Once an inode has a file_lock_context, it has it until the inode
 * goes, which the caller's reference on the path forbids.
 */
static void locks_read(struct inode *inode, struct vmwalk_inode *out)
{
	struct file_lock_context *ctx = vmwalk_compat_flctx(inode);

	if (!ctx)
		return;
	spin_lock(&ctx->flc_lock);
	out->flocks = length_of(&ctx->flc_flock);
	out->posix_locks = length_of(&ctx->flc_posix);
	out->leases = length_of(&ctx->flc_lease);
	spin_unlock(&ctx->flc_lock);
}

/*
 * Holds the caller's reference on the path, which keeps the dentry; a dentry that more
 * than the remover refers to keeps its inode (fs/dcache.c, d_delete()), on every kernel.
 */
void vmwalk_inode_read(const struct path *path, u32 fd, struct user_namespace *user_ns, u64 hide,
		       struct vmwalk_inode *out)
{
	struct inode *inode = d_inode(path->dentry);

	memset(out, 0, sizeof(*out));
	if (!inode)
		return;
	out->has = VMWALK_HAS(BASE) | VMWALK_HAS(RAW);
	out->fd = fd;
	numbers_read(inode, out);
	owner_read(inode, user_ns, out);
	birth_read(path, out);
	locks_read(inode, out);
	if (!(hide & VMWALK_HAS(PAGE)) && S_ISREG(inode->i_mode))
		vmwalk_backing_cache(inode, out);
}
