/* SPDX-License-Identifier: GPL-2.0 */
/* extent.h - where a file is on the disk -> struct vmwalk_extent */
#ifndef VMWALK_EXTENT_H
#define VMWALK_EXTENT_H

#include <linux/types.h>

#include "uapi/vmwalk.h"

struct path;

/**
 * vmwalk_extents_read() - the extents of a part of a file, neighbours merged
 * @path: of the file, counted by the caller; it may have been deleted
 * @cursor: in and out: offset to begin at, to go on at; @end if all is done
 * @end: first offset after the part
 * @out: room for @nr records
 * @nr: how many, at least 1
 * @blocks: in and out: blocks that may still be asked for
 *
 * Ends at the end of the file, rounded up to a block. What is no regular file has
 * none; a file on a file system without blocks has one, of the state NONE.
 *
 * Context: no lock held, and no reference on anybody's mm; may sleep until the file
 * system has read its own tables from disk.
 * Return: records written, or -EINTR if a fatal signal came before the first one.
 */
int vmwalk_extents_read(const struct path *path, u64 *cursor, u64 end, struct vmwalk_extent *out,
			u32 nr, u32 *blocks);

#endif /* VMWALK_EXTENT_H */
