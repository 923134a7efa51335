// SPDX-License-Identifier: GPL-2.0
/* task.c - task_struct -> struct vmwalk_task */
#include <linux/cred.h>
#include <linux/math64.h>
#include <linux/pid.h>
#include <linux/ptrace.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/seqlock.h>
#include <linux/string.h>
#include <linux/time_namespace.h>
#include <linux/uidgid.h>
#include <linux/user_namespace.h>

#include "task.h"

/* Holds rcu_read_lock: real_parent and its ids are RCU-protected. */
static void read_ids(struct task_struct *task, struct pid_namespace *ns, struct vmwalk_task *out)
{
	rcu_read_lock();
	out->pid = task_pid_nr_ns(task, ns);
	out->tgid = task_tgid_nr_ns(task, ns);
	out->ppid = pid_alive(task) ? task_tgid_nr_ns(rcu_dereference(task->real_parent), ns) : 0;
	rcu_read_unlock();
}

/* Holds a reference on the credentials, which never change in place. */
static void read_cred(struct task_struct *task, struct user_namespace *user_ns,
		      struct vmwalk_task *out)
{
	const struct cred *cred = get_task_cred(task);
	const kuid_t uids[] = { cred->uid, cred->euid, cred->suid, cred->fsuid };
	const kgid_t gids[] = { cred->gid, cred->egid, cred->sgid, cred->fsgid };
	int i;

	for (i = 0; i < ARRAY_SIZE(uids); i++) {
		out->uid[i] = from_kuid_munged(user_ns, uids[i]);
		out->gid[i] = from_kgid_munged(user_ns, gids[i]);
	}
	put_cred(cred);
}

static void read_sched(struct task_struct *task, struct vmwalk_task *out)
{
	out->state = task_state_to_char(task);
	out->policy = task->policy;
	out->nice = task_nice(task);
	out->priority = task->prio - MAX_RT_PRIO;
	out->cpu = task_cpu(task);
	out->threads = get_nr_threads(task);
	out->start_ns = timens_add_boottime_ns(task->start_boottime);
}

/*
 * Ticks tell only how user and system time share; the sum is precise. The same
 * rule as cputime_adjust() in kernel/sched/cputime.c, which is not exported
 * for groups.
 */
static void share_time(u64 user, u64 system, u64 runtime, struct vmwalk_task *out)
{
	if (!system)
		user = runtime;
	else if (user)
		system = mul_u64_u64_div_u64(system, runtime, system + user);
	else
		system = runtime;
	out->system_ns = min(system, runtime);
	out->user_ns = runtime - out->system_ns;
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
	share_time(user, system, runtime, out);
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
}
