// SPDX-License-Identifier: GPL-2.0
/* extent.c - where a file is on the disk, block by block -> struct vmwalk_extent */
#include <linux/blkdev.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/math64.h>
#include <linux/path.h>
#include <linux/sched/signal.h>

#include "backing.h"
#include "extent.h"

/* One piece as it is found, before it is merged. */
static struct vmwalk_extent piece(struct inode *inode, u64 offset, u64 length,
				  enum vmwalk_block_state state, u64 block)
{
	struct vmwalk_extent extent = {
		.has = VMWALK_HAS(BASE) | VMWALK_HAS(PAGE),
		.logical = offset, .length = length, .state = state,
		.block_bytes = i_blocksize(inode),
	};

	if (state == VMWALK_BLOCK_MAPPED) {
		extent.has |= VMWALK_HAS(BLOCK);
		extent.physical = block << inode->i_blkbits;
		extent.dev[0] = MAJOR(inode->i_sb->s_bdev->bd_dev);
		extent.dev[1] = MINOR(inode->i_sb->s_bdev->bd_dev);
	}
	return extent;
}

/* Does @next go on where @extent ends, in the file and on the disk? */
static bool goes_on(const struct vmwalk_extent *extent, const struct vmwalk_extent *next)
{
	if (extent->state != next->state)
		return false;
	return extent->state != VMWALK_BLOCK_MAPPED ||
	       extent->physical + extent->length == next->physical;
}

/* One block into the records. Returns false if there is no room for it. */
static bool add_block(struct inode *inode, u64 offset, struct vmwalk_extent *out, u32 nr, u32 *used)
{
	u64 block = 0;
	enum vmwalk_block_state state = vmwalk_backing_block(inode, offset, &block);
	struct vmwalk_extent next = piece(inode, offset, i_blocksize(inode), state, block);

	if (*used && goes_on(&out[*used - 1], &next)) {
		out[*used - 1].length += next.length;
		return true;
	}
	if (*used == nr)
		return false;
	out[(*used)++] = next;
	return true;
}

/* The part as block numbers would cut it: both ends at blocks, no further than the file. */
static u64 part_end(const struct inode *inode, u64 end)
{
	u64 size = i_size_read(inode), block = i_blocksize(inode);

	return min(end, round_up(size, block));
}

/*
 * Holds the caller's reference on the path, which keeps dentry, inode and super block; no
 * lock: each block is asked for on its own, and is of its own moment. With overlayfs the
 * inode is the overlay's, whose file system has no blocks.
 */
int vmwalk_extents_read(const struct path *path, u64 *cursor, u64 end, struct vmwalk_extent *out,
			u32 nr, u32 *blocks)
{
	struct inode *inode = d_inode(path->dentry);
	u64 at = *cursor, to;
	u32 used = 0;

	if (!inode || !S_ISREG(inode->i_mode)) {
		*cursor = end;
		return 0;
	}
	at = round_down(at, (u64)i_blocksize(inode));
	to = part_end(inode, end);
	if (at < to && !inode->i_sb->s_bdev) {
		out[used++] = piece(inode, at, to - at, VMWALK_BLOCK_NONE, 0);
		at = to;
	}
	for (; at < to && *blocks; at += i_blocksize(inode), --*blocks) {
		if (fatal_signal_pending(current))
			return used ? used : -EINTR;
		if (!add_block(inode, at, out, nr, &used))
			break;
		*cursor = at + i_blocksize(inode);
		cond_resched();
	}
	*cursor = at < to ? at : end;
	return used;
}
