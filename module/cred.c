// SPDX-License-Identifier: GPL-2.0
/* cred.c - struct cred and what else decides over privileges */
#include <linux/audit.h>
#include <linux/cred.h>
#include <linux/nospec.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <linux/string.h>
#include <linux/uidgid.h>
#include <linux/user_namespace.h>

#include "cred.h"
#include "thread.h"

void vmwalk_cred_ids(const struct cred *cred, struct user_namespace *user_ns,
		     u32 uid[4], u32 gid[4])
{
	const kuid_t uids[] = { cred->uid, cred->euid, cred->suid, cred->fsuid };
	const kgid_t gids[] = { cred->gid, cred->egid, cred->sgid, cred->fsgid };
	int i;

	for (i = 0; i < ARRAY_SIZE(uids); i++) {
		uid[i] = from_kuid_munged(user_ns, uids[i]);
		gid[i] = from_kgid_munged(user_ns, gids[i]);
	}
}

static void read_caps(const struct cred *cred, struct vmwalk_cred *out)
{
	out->inheritable = vmwalk_compat_caps(&cred->cap_inheritable);
	out->permitted = vmwalk_compat_caps(&cred->cap_permitted);
	out->effective = vmwalk_compat_caps(&cred->cap_effective);
	out->bounding = vmwalk_compat_caps(&cred->cap_bset);
	out->ambient = vmwalk_compat_caps(&cred->cap_ambient);
	out->securebits = cred->securebits;
}

static void read_seccomp(struct task_struct *thread, struct vmwalk_cred *out)
{
	out->no_new_privs = task_no_new_privs(thread);
#ifdef CONFIG_SECCOMP
	out->seccomp = READ_ONCE(thread->seccomp.mode);
#endif
#ifdef CONFIG_SECCOMP_FILTER
	out->seccomp_filters = atomic_read(&thread->seccomp.filter_count);
#endif
}

/* Holds a reference on the credentials, which never change in place. */
static void cred_read(const struct vmwalk_viewer *viewer, struct task_struct *thread,
		      u32 tid, void *record)
{
	const struct cred *cred = get_task_cred(thread);
	struct vmwalk_cred *out = record;

	memset(out, 0, sizeof(*out));
	out->has = VMWALK_HAS(BASE) | VMWALK_HAS(RAW);
	out->tid = tid;
	vmwalk_cred_ids(cred, viewer->user_ns, out->uid, out->gid);
	vmwalk_cred_ids(cred, &init_user_ns, out->kuid, out->kgid);
	read_caps(cred, out);
	read_seccomp(thread, out);
	out->groups = cred->group_info->ngroups;
	out->user_ns = cred->user_ns->ns.inum;
	out->user_ns_level = cred->user_ns->level;
	out->loginuid = from_kuid(viewer->user_ns, audit_get_loginuid(thread));
	out->sessionid = audit_get_sessionid(thread);
	put_cred(cred);
}

int vmwalk_cred_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	return vmwalk_by_thread(viewer, cursor, record, cred_read);
}

/* Holds a reference on the credentials, and so on their groups. */
int vmwalk_supgroup_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	const struct cred *cred = get_task_cred(viewer->task);
	const struct group_info *groups = cred->group_info;
	bool found = *cursor < groups->ngroups;

	if (found) {
		kgid_t gid = groups->gid[array_index_nospec(*cursor, groups->ngroups)];

		*(struct vmwalk_supgroup *)record = (struct vmwalk_supgroup) {
			.has = VMWALK_HAS(BASE) | VMWALK_HAS(RAW),
			.index = *cursor,
			.gid = from_kgid_munged(viewer->user_ns, gid),
			.kgid = from_kgid(&init_user_ns, gid),
		};
		++*cursor;
	}
	put_cred(cred);
	return found;
}
