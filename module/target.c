// SPDX-License-Identifier: GPL-2.0
/*
 * target.c - pid -> counted task and mm, and back; who may look at what
 *
 * No permission helper is exported, and one of our own would miss every LSM.
 * So the kernel is asked: on a private mount of procfs, which nobody can
 * over-mount, the target's own files are opened with the opener's credentials.
 * fs/proc/base.c then makes its usual PTRACE_MODE_READ_FSCREDS check. The answer
 * counts only if the task's number and mm are the same before and after.
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

/* An open of /proc/<nr>/<leaf> by the opener; @inode: its inode number, if wanted. */
static int ask_kernel_inode(const struct file *opener, pid_t nr, const char *leaf, u64 *inode)
{
	struct path root = { .mnt = proc_mnt, .dentry = proc_mnt->mnt_root };
	const struct cred *old;
	struct file *file;
	char name[48];

	snprintf(name, sizeof(name), "%d/%s", nr, leaf);
	old = override_creds(opener->f_cred);
	file = file_open_root(&root, name, O_RDONLY, 0);
	revert_creds(old);
	if (IS_ERR(file))
		return PTR_ERR(file);
	if (inode)
		*inode = file_inode(file)->i_ino;
	fput(file);
	return 0;
}

/* Would that open succeed? */
static int ask_kernel(const struct file *opener, pid_t nr, const char *leaf)
{
	return ask_kernel_inode(opener, nr, leaf, NULL);
}

/*
 * "maps" asks about the mm, but lets pass who shares it, newer kernels also whom
 * CAP_PERFMON lets, and everybody where there is no mm. The link to a namespace
 * asks plainly about the task: the user namespace, which even zombies have; the
 * mount namespace on kernels without CONFIG_USER_NS. Kernel threads pass for
 * their like: they want CAP_SYS_PTRACE besides.
 */
static int may_look(const struct file *opener, struct task_struct *task, pid_t nr, bool has_mm)
{
	int err = 0;

	if ((task->flags & PF_KTHREAD) &&
	    !file_ns_capable(opener, &init_user_ns, CAP_SYS_PTRACE))
		return -EACCES;
	if (has_mm)
		err = ask_kernel(opener, nr, "maps");
	if (!err)
		err = ask_kernel(opener, nr, "ns/user");
	return err == -ENOENT ? ask_kernel(opener, nr, "ns/mnt") : err;
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

/*
 * Is what was judged what was taken? The number must have been this task's all
 * the while (it changes when a thread executes a program), and the mm the same.
 */
static bool still_same(const struct vmwalk_live *live, pid_t nr)
{
	struct mm_struct *mm;

	if (!pid_alive(live->task) || task_pid_nr(live->task) != nr)
		return false;
	mm = get_task_mm(live->task);
	if (mm)
		mmput_async(mm);
	return mm == live->mm;
}

/*
 * The thread chosen had its memory, and has it no more: is there another one that has?
 * Without an address space counts only who has none in any thread.
 */
static bool other_has_mm(struct pid *pid, const struct task_struct *task)
{
	struct task_struct *now = task_get(pid);

	if (now)
		put_task_struct(now);
	return now != task;	/* only compared: @task is held */
}

/*
 * One try of live_get(). -EAGAIN: the task exited, executed a program or gave
 * its number away while it was judged; another look tells what became of it.
 */
static int live_try(struct pid *pid, const struct file *opener, struct vmwalk_live *live)
{
	pid_t nr;
	int err;

	live->task = task_get(pid);
	if (!live->task)
		return -ESRCH;
	nr = task_pid_nr(live->task);
	live->mm = get_task_mm(live->task);
	if (!live->mm && other_has_mm(pid, live->task)) {
		vmwalk_target_put(live);
		return -EAGAIN;
	}
	err = may_look(opener, live->task, nr, live->mm);
	if (err == -ENOENT || err == -ESRCH || (err != -EINTR && !still_same(live, nr)))
		err = -EAGAIN;
	if (err)
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
 * Takes a reference on the task, which keeps task_struct and signal_struct, and
 * on the users of the mm, which keeps exit_mmap() from it, until
 * vmwalk_target_put(). VMAs and tables want the mmap lock besides.
 */
static int live_get(struct pid *pid, const struct file *opener, struct vmwalk_live *live)
{
	int tries, err = -EAGAIN;

	for (tries = 0; err == -EAGAIN && tries < EXEC_RETRIES; tries++)
		err = live_try(pid, opener, live);
	/* Not EAGAIN, which to a reader means "nothing yet". */
	if (err == -EAGAIN)
		err = -EBUSY;
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

void vmwalk_target_clone(struct vmwalk_target *target, const struct vmwalk_target *from)
{
	*target = *from;
	get_pid(target->pid);
	get_pid_ns(target->ns);
	if (target->mm)
		mmgrab(target->mm);
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

int vmwalk_target_follow(struct vmwalk_target *target, struct vmwalk_live *live)
{
	int err = live_get(target->pid, target->file, live);

	if (err || live->mm == target->mm)
		return err;
	if (!live->mm || same_thread_group(live->task, current)) {
		vmwalk_target_put(live);
		return -ESRCH;
	}
	mmgrab(live->mm);
	if (target->mm)
		mmdrop(target->mm);
	target->mm = live->mm;
	return 0;
}

void vmwalk_target_put(struct vmwalk_live *live)
{
	vmwalk_target_pause(live);
	put_task_struct(live->task);
}

/* mmput_async(): the last user would tear the whole address space down here. */
void vmwalk_target_pause(struct vmwalk_live *live)
{
	if (live->mm)
		mmput_async(live->mm);
	live->mm = NULL;
}

int vmwalk_target_resume(const struct vmwalk_target *target, struct vmwalk_live *live)
{
	if (!mmget_not_zero(target->mm))
		return -ESRCH;
	live->mm = target->mm;
	return 0;
}

/* The address space the process has now, only to be compared: nothing is held on return. */
static struct mm_struct *mm_now(struct pid *pid)
{
	struct task_struct *task = task_get(pid);
	struct mm_struct *mm;

	if (!task)
		return NULL;
	mm = get_task_mm(task);
	if (mm)
		mmput_async(mm);
	put_task_struct(task);
	return mm;
}

/*
 * The process is asked, not the thread that was read: de_thread() (fs/exec.c) ends the
 * leader when another thread executes a program, and that one takes its number and its
 * place among the threads before it gets its mm and then its credentials. The thread
 * asked may just be ending while others live: a few looks tell; an mm once left never
 * comes back.
 */
bool vmwalk_target_changed(const struct vmwalk_target *target)
{
	int tries;

	for (tries = 0; tries < EXEC_RETRIES; tries++)
		if (mm_now(target->pid) == target->mm)
			return false;
	return true;
}

/* exit_mm() comes before all that a thread lets go of when it ends (kernel/exit.c). */
bool vmwalk_target_left(const struct vmwalk_target *target, const struct vmwalk_live *live)
{
	smp_rmb();	/* what was read of it before its mm */
	return target->mm && !READ_ONCE(live->task->mm);
}

int vmwalk_target_namespace(const struct file *opener, struct task_struct *task,
			    const char *type, u64 *inode)
{
	pid_t nr = task_pid_nr(task);
	char leaf[32];

	if (!nr)
		return -ESRCH;
	snprintf(leaf, sizeof(leaf), "ns/%s", type);
	return ask_kernel_inode(opener, nr, leaf, inode);
}
