// SPDX-License-Identifier: GPL-2.0
/* task.c - task_struct -> struct vmwalk_task */
#include <linux/cred.h>
#include <linux/cgroup.h>
#include <linux/fdtable.h>
#include <linux/fs_struct.h>
#include <linux/kdev_t.h>
#include <linux/pid.h>
#include <linux/ptrace.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/seqlock.h>
#include <linux/string.h>
#include <linux/task_io_accounting_ops.h>
#include <linux/time_namespace.h>
#include <linux/tty.h>
#include <linux/uidgid.h>
#include <linux/user_namespace.h>

#include "cputime.h"
#include "cred.h"
#include "rows.h"
#include "sighand.h"
#include "task.h"

/*
 * Holds rcu_read_lock: parents and their ids are RCU-protected, and so is the leader as
 * long as the task was not reaped: it goes last. What the parent gets is in the leader.
 */
static void read_ids(struct task_struct *task, struct pid_namespace *ns, struct vmwalk_task *out)
{
	struct task_struct *tracer;

	rcu_read_lock();
	tracer = ptrace_parent(task);
	out->tracer = tracer ? task_pid_nr_ns(tracer, ns) : 0;
	out->pgrp = task_pgrp_nr_ns(task, ns);
	out->session = task_session_nr_ns(task, ns);
	out->pid = task_pid_nr_ns(task, ns);
	out->tgid = task_tgid_nr_ns(task, ns);
	out->ppid = pid_alive(task) ? task_tgid_nr_ns(rcu_dereference(task->real_parent), ns) : 0;
	out->exit_signal = READ_ONCE((pid_alive(task) ? task->group_leader : task)->exit_signal);
	rcu_read_unlock();
}

/* Holds a reference on the credentials, which never change in place. */
static void read_cred(struct task_struct *task, struct user_namespace *user_ns,
		      struct vmwalk_task *out)
{
	const struct cred *cred = get_task_cred(task);

	vmwalk_cred_ids(cred, user_ns, out->uid, out->gid);
	put_cred(cred);
}

static void read_sched(struct task_struct *task, struct vmwalk_task *out)
{
	out->state = task_state_to_char(task);
	out->state_name = task_state_index(task);
	out->exit_code = READ_ONCE(task->exit_code);
	out->oom_score_adj = task->signal->oom_score_adj;
	out->policy = task->policy;
	out->nice = task_nice(task);
	out->priority = task->prio - MAX_RT_PRIO;
	out->cpu = task_cpu(task);
	out->threads = get_nr_threads(task);
	out->start_ns = timens_add_boottime_ns(task->start_boottime);
}

/*
 * Holds rcu_read_lock for the list of threads; signal_struct lives as long as
 * the task_struct. A thread that dies moves its sums from itself to the signal
 * struct under stats_lock: read without it once, then with it, as
 * thread_group_cputime() does.
 */
static void read_sums(struct task_struct *task, struct vmwalk_task *out)
{
	struct signal_struct *sig = task->signal;
	struct task_struct *thread;
	u64 user, system, runtime;
	unsigned long irq = 0;
	int seq, next = 0;

	rcu_read_lock();
	do {
		seq = next;
		irq = read_seqbegin_or_lock_irqsave(&sig->stats_lock, &seq);
		user = sig->utime;
		system = sig->stime;
		runtime = sig->sum_sched_runtime;
		out->minflt = sig->min_flt;
		out->majflt = sig->maj_flt;
		for_each_thread(task, thread) {
			user += thread->utime;
			system += thread->stime;
			runtime += thread->se.sum_exec_runtime;
			out->minflt += thread->min_flt;
			out->majflt += thread->maj_flt;
		}
		next = 1;
	} while (need_seqretry(&sig->stats_lock, seq));
	done_seqretry_irqrestore(&sig->stats_lock, seq, irq);
	rcu_read_unlock();
	vmwalk_cputime_share(user, system, runtime, &out->user_ns, &out->system_ns);
}

/*
 * Holds task_lock, under which exit_mm() takes the mm away on every kernel: a
 * task that has its mm has not come to the end of do_exit(), so its kernel stack,
 * where the registers were saved on the way in, is there. (put_task_stack() is
 * not exported.) Kernel threads and zombies have no mm and no such registers.
 */
static void read_regs(struct task_struct *task, struct vmwalk_task *out)
{
	task_lock(task);
	if (task->mm && !(task->flags & PF_KTHREAD)) {
		struct pt_regs *regs = task_pt_regs(task);

		out->has |= VMWALK_HAS(REGS);
		out->pc = instruction_pointer(regs);
		out->sp = user_stack_pointer(regs);
	}
	task_unlock(task);
}

/* Holds rcu_read_lock: a css_set is freed by RCU and keeps its cgroups, and their nodes. */
static void read_cgroup(struct task_struct *task, struct vmwalk_task *out)
{
#ifdef CONFIG_CGROUPS
	rcu_read_lock();
	out->has |= VMWALK_HAS(KNOWN);
	out->cgroup = cgroup_id(rcu_dereference(task->cgroups)->dfl_cgrp);
	rcu_read_unlock();
#endif
}

/*
 * Holds task_lock, under which a task changes its mm, its folders and its descriptors or
 * lets them go, and rcu_read_lock, by which a table of descriptors is freed that has grown.
 */
static void read_fs(struct task_struct *task, struct vmwalk_task *out)
{
	task_lock(task);
	out->core_dumping = vmwalk_compat_core_dumping(task);
	if (task->fs && task->files) {
		out->has |= VMWALK_HAS(FS);
		out->umask = READ_ONCE(task->fs->umask);
		rcu_read_lock();
		out->fd_slots = files_fdtable(task->files)->max_fds;
		rcu_read_unlock();
	}
	task_unlock(task);
}

/*
 * What siglock protects of the whole group, as do_task_stat() and do_io_accounting()
 * in fs/proc read it.
 *
 * @ns: in: PID namespace to tell ids in
 * @io: out: of all threads, dead ones included
 * @out: the rest
 */
struct group_look {
	struct pid_namespace *ns;
	struct task_io_accounting io;
	struct vmwalk_task *out;
};

/* Holds siglock, which keeps the terminal too. */
static void look_group(struct task_struct *task, struct sighand_struct *sighand, void *arg)
{
	struct signal_struct *sig = task->signal;
	struct group_look *look = arg;
	struct task_struct *thread;

	if (sig->tty) {
		struct pid *pgrp = tty_get_pgrp(sig->tty);

		look->out->tty[0] = MAJOR(tty_devnum(sig->tty));
		look->out->tty[1] = MINOR(tty_devnum(sig->tty));
		look->out->tpgid = pid_nr_ns(pgrp, look->ns);
		put_pid(pgrp);
	}
	look->out->child_user_ns = sig->cutime;
	look->out->child_system_ns = sig->cstime;
	look->out->child_minflt = sig->cmin_flt;
	look->out->child_majflt = sig->cmaj_flt;
	task_io_accounting_add(&look->io, &sig->ioac);
	for_each_thread(task, thread)
		task_io_accounting_add(&look->io, &thread->ioac);
}

static void read_group(struct task_struct *task, struct pid_namespace *ns,
		       struct vmwalk_task *out)
{
	struct group_look look = { .ns = ns, .out = out };

	vmwalk_sighand_look(task, look_group, &look);
#if defined(CONFIG_TASK_XACCT) && defined(CONFIG_TASK_IO_ACCOUNTING)
	out->has |= VMWALK_HAS(IO);
	out->rchar = look.io.rchar;
	out->wchar = look.io.wchar;
	out->syscr = look.io.syscr;
	out->syscw = look.io.syscw;
	out->read_bytes = look.io.read_bytes;
	out->write_bytes = look.io.write_bytes;
	out->cancelled_write_bytes = look.io.cancelled_write_bytes;
#endif
}

void vmwalk_task_read(struct task_struct *task, struct pid_namespace *ns,
		      struct user_namespace *user_ns, struct vmwalk_task *out)
{
	memset(out, 0, sizeof(*out));
	out->has = VMWALK_HAS(BASE);
	get_task_comm(out->comm, task);
	read_ids(task, ns, out);
	read_cred(task, user_ns, out);
	read_sched(task, out);
	read_sums(task, out);
	read_regs(task, out);
	read_cgroup(task, out);
	read_fs(task, out);
	read_group(task, ns, out);
}

int vmwalk_task_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	if (*cursor)
		return 0;
	vmwalk_task_read(viewer->task, viewer->ns, viewer->user_ns, record);
	*cursor = 1;
	return 1;
}
