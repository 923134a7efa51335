// SPDX-License-Identifier: GPL-2.0
/*
 * target.c - pid -> counted task and mm, and back; who may look at what
 *
 * No permission helper is exported, and one of our own would miss every LSM.
 * So the kernel is asked in a way it cannot answer wrongly: a private mount of
 * procfs, which nobody can over-mount, and an open of the target's own "maps"
 * on it with the opener's credentials. fs/proc/base.c then makes its usual
 * PTRACE_MODE_READ_FSCREDS check. The answer is right for the mm it was given
 * for only if the mm is the same before and after.
 */
#include <linux/cred.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/security.h>
#include <linux/user_namespace.h>

#include "stats.h"
#include "target.h"

#define EXEC_RETRIES	3	/* a target that executes a program again and again */

static struct vfsmount *proc_mnt;

int vmwalk_target_init(void)
{
	struct file_system_type *type;

	if (task_active_pid_ns(current) != &init_pid_ns) {
		pr_err("vmwalk: refusing to load outside the initial PID namespace: load it on the host\n");
		return -EPERM;
	}
	type = get_fs_type("proc");
	if (!type)
		return -ENODEV;
	proc_mnt = kern_mount(type);
	module_put(type->owner);
	return PTR_ERR_OR_ZERO(proc_mnt);
}

void vmwalk_target_exit(void)
{
	kern_unmount(proc_mnt);
}

/*
 * May the opener look at the task with this global number? "maps" asks about
 * the mm; a task without one would pass for anyone there, so it is asked about
 * its user namespace, whose link makes the same ptrace check on the task alone.
 */
static int ask_kernel(const struct file *opener, pid_t nr, bool has_mm)
{
	struct path root = { .mnt = proc_mnt, .dentry = proc_mnt->mnt_root };
	const struct cred *old;
	struct file *file;
	char name[32];

	snprintf(name, sizeof(name), "%d/%s", nr, has_mm ? "maps" : "ns/user");
	old = override_creds(opener->f_cred);
	file = file_open_root(&root, name, O_RDONLY, 0);
	revert_creds(old);
	if (IS_ERR(file))
		return PTR_ERR(file);
	fput(file);
	return 0;
}

/* Kernel threads pass the kernel's check for their like: ask for more. */
static int may_look(const struct file *opener, struct task_struct *task, bool has_mm)
{
	if ((task->flags & PF_KTHREAD) &&
	    !file_ns_capable(opener, &init_user_ns, CAP_SYS_PTRACE))
		return -EACCES;
	return ask_kernel(opener, task_pid_nr(task), has_mm);
}

/*
 * A thread of the group that still has its memory, the leader first; the leader
 * if none has. Returns it counted, NULL if the group is gone.
 *
 * Holds rcu_read_lock: thread lists are RCU-safe, task_struct is freed by RCU.
 * t->mm is only compared with NULL; get_task_mm() decides later.
 */
static struct task_struct *task_get(struct pid *pid)
{
	struct task_struct *leader, *found, *thread;

	rcu_read_lock();
	leader = pid_task(pid, PIDTYPE_TGID);
	found = leader;
	if (leader && !READ_ONCE(leader->mm)) {
		for_each_thread(leader, thread) {
			if (READ_ONCE(thread->mm)) {
				found = thread;
				break;
			}
		}
	}
	if (found)
		get_task_struct(found);
	rcu_read_unlock();
	return found;
}

/* One try of live_get(): -EAGAIN if the task changed its mm while it was judged. */
static int live_try(struct pid *pid, const struct file *opener, struct vmwalk_live *live)
{
	struct mm_struct *after;
	int err;

	live->task = task_get(pid);
	if (!live->task)
		return -ESRCH;
	live->mm = get_task_mm(live->task);
	err = may_look(opener, live->task, live->mm);
	if (err)
		goto err_put;

	/* The number still belongs to this task, so it was this task that was judged. */
	err = -ESRCH;
	if (!pid_alive(live->task))
		goto err_put;
	after = get_task_mm(live->task);
	if (after)
		mmput(after);
	err = -EAGAIN;
	if (after != live->mm)
		goto err_put;
	return 0;

err_put:
	vmwalk_target_put(live);
	return err;
}

/* What the opener may not see, judged by its own capabilities, not the reader's. */
static u64 hidden_groups(const struct file *opener)
{
	if (!file_ns_capable(opener, &init_user_ns, CAP_SYS_ADMIN))
		return VMWALK_PRIVILEGED;
	return security_locked_down(LOCKDOWN_KCORE) ? VMWALK_PRIVILEGED : 0;
}

/*
 * Takes a reference on the task (put_task_struct) and on the users of the mm
 * (mmput), which keep task_struct, signal_struct, VMAs and tables in place on
 * every kernel until vmwalk_target_put().
 */
static int live_get(struct pid *pid, const struct file *opener, struct vmwalk_live *live)
{
	int tries, err = -EAGAIN;

	for (tries = 0; err == -EAGAIN && tries < EXEC_RETRIES; tries++)
		err = live_try(pid, opener, live);
	/* The number was gone when the kernel looked for it. */
	if (err == -ENOENT)
		err = -ESRCH;
	if (err == -EACCES || err == -EPERM)
		vmwalk_stats_add(denied, 1);
	if (!err)
		live->hide = hidden_groups(opener);
	return err;
}

int vmwalk_target_open(struct vmwalk_target *target, struct pid *pid,
		       struct pid_namespace *ns, const struct file *file)
{
	struct vmwalk_live live;
	int err = live_get(pid, file, &live);

	if (err)
		return err;
	target->pid = get_pid(pid);
	target->ns = get_pid_ns(ns);
	target->file = file;
	target->mm = live.mm;
	if (target->mm)
		mmgrab(target->mm);
	vmwalk_target_put(&live);
	return 0;
}

void vmwalk_target_close(struct vmwalk_target *target)
{
	if (target->mm)
		mmdrop(target->mm);
	put_pid_ns(target->ns);
	put_pid(target->pid);
}

/*
 * The mm must be the one of the open: a descriptor opened before the target
 * executed a set-user-ID program must not show that program, whoever reads.
 * Pointers compare safely because target->mm is grabbed and cannot be reused.
 */
int vmwalk_target_get(const struct vmwalk_target *target, struct vmwalk_live *live)
{
	int err = live_get(target->pid, target->file, live);

	if (err)
		return err;
	if (live->mm != target->mm) {
		vmwalk_target_put(live);
		return -ESRCH;
	}
	return 0;
}

void vmwalk_target_put(struct vmwalk_live *live)
{
	if (live->mm)
		mmput(live->mm);
	put_task_struct(live->task);
}
