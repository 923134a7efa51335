/* SPDX-License-Identifier: GPL-2.0 */
/* backing.h - what is behind an address besides the tables: file, page cache, blocks */
#ifndef VMWALK_BACKING_H
#define VMWALK_BACKING_H

#include <linux/types.h>

#include "uapi/vmwalk.h"

struct inode;
struct path;
struct vm_area_struct;

#define VMWALK_BACKING_LOOKS	65536	/* folios or VMAs of one file that are counted */

/**
 * vmwalk_backing_read() - what an empty entry would be filled from, and what the page
 *	cache holds for it now
 * @vma: around the address, whose mmap lock the caller holds; NULL if there is none
 * @va: the address, inside @vma
 * @out: the record; of the place on disk it says what is known without asking
 *
 * Looks the page cache up without filling it and takes no reference and no lock on
 * what is found there: see struct vmwalk_frame.
 *
 * Context: does not sleep.
 */
void vmwalk_backing_read(struct vm_area_struct *vma, u64 va, struct vmwalk_backing *out);

/**
 * vmwalk_backing_locate() - ask the file system for the block, where that touches nothing
 * @path: of the mapped file, counted, as users know it; @path->mnt is NULL if there
 *	is none
 * @out: as vmwalk_backing_read() left it; block and its state are filled
 *
 * Asks only file systems whose answer is known not to write, and those only when
 * nothing of the file waits to be written or is being written.
 *
 * Context: no lock held, and no reference on anybody's mm; may sleep until the file
 * system has read its own tables from disk.
 */
void vmwalk_backing_locate(const struct path *path, struct vmwalk_backing *out);

/**
 * vmwalk_backing_block() - ask the file system for one block, as vmwalk_backing_locate()
 * @inode: of a regular file on a file system with a block device; the caller holds a
 *	reference
 * @offset: of a byte in the file
 * @block: out: the block, in units of the inode's block size, if the state is MAPPED
 *
 * Context: as vmwalk_backing_locate(). Return: what is known.
 */
enum vmwalk_block_state vmwalk_backing_block(struct inode *inode, u64 offset, u64 *block);

/**
 * vmwalk_backing_cache() - what is in the page cache of a file, and who maps it
 * @inode: of a regular file; the caller holds a reference
 * @out: the record; gets the group PAGE, and MAPPING if the lock of the file's mappings
 *	was to be had. Of marked folios and of VMAs at most VMWALK_BACKING_LOOKS are counted.
 *
 * Context: no spinlock held; may sleep.
 */
void vmwalk_backing_cache(struct inode *inode, struct vmwalk_inode *out);

#endif /* VMWALK_BACKING_H */
