/* SPDX-License-Identifier: GPL-2.0 */
/* inode.h - struct inode -> struct vmwalk_inode */
#ifndef VMWALK_INODE_H
#define VMWALK_INODE_H

#include <linux/types.h>

#include "uapi/vmwalk.h"

struct path;
struct user_namespace;

/**
 * vmwalk_inode_read() - the inode a path leads to, as it is in memory
 * @path: counted by the caller
 * @fd: descriptor the path was found by
 * @user_ns: user namespace in which the owner is told
 * @hide: groups that are not wanted: what only they are for is not looked at
 * @out: the record
 *
 * Asks nobody for news. Context: no spinlock held; may sleep, not for long.
 */
void vmwalk_inode_read(const struct path *path, u32 fd, struct user_namespace *user_ns, u64 hide,
		       struct vmwalk_inode *out);

#endif /* VMWALK_INODE_H */
