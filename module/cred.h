/* SPDX-License-Identifier: GPL-2.0 */
/* cred.h - struct cred: the ids in it */
#ifndef VMWALK_CRED_H
#define VMWALK_CRED_H

#include <linux/types.h>

struct cred;
struct user_namespace;

/**
 * vmwalk_cred_ids() - real, effective, saved and file system ids
 * @cred: the caller holds a reference
 * @user_ns: in whose words; what it has no word for is the overflow id
 * @uid: out
 * @gid: out
 */
void vmwalk_cred_ids(const struct cred *cred, struct user_namespace *user_ns,
		     u32 uid[4], u32 gid[4]);

#endif /* VMWALK_CRED_H */
