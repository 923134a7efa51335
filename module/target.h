/* SPDX-License-Identifier: GPL-2.0 */
/* target.h - pid -> counted task and mm, and back; who may look at what */
#ifndef VMWALK_TARGET_H
#define VMWALK_TARGET_H

#include <linux/types.h>

struct file;
struct mm_struct;
struct pid;
struct pid_namespace;
struct task_struct;

/**
 * struct vmwalk_target - what an open descriptor refers to
 * @pid: the thread group; counted
 * @mm: its address space at the time of the open, NULL if it had none; counted
 *	with mmgrab: the struct stays, the memory does not
 * @ns: PID namespace in which ids are told; counted
 * @file: the descriptor, whose opener's credentials decide; not counted: the
 *	target lives no longer than the file
 */
struct vmwalk_target {
	struct pid *pid;
	struct mm_struct *mm;
	struct pid_namespace *ns;
	const struct file *file;
};

/**
 * struct vmwalk_live - a target for the time of one read
 * @task: a thread of the group; the leader if it still has the memory; counted
 * @mm: the address space, users counted (mmget); NULL if the target has none
 * @hide: groups of fields (VMWALK_HAS) the opener may not see
 */
struct vmwalk_live {
	struct task_struct *task;
	struct mm_struct *mm;
	u64 hide;
};

/**
 * vmwalk_target_init() - take the private procfs mount that is asked who may look
 *
 * Return: 0; -EPERM outside the initial PID namespace, with a message.
 */
int vmwalk_target_init(void);
void vmwalk_target_exit(void);

/**
 * vmwalk_target_open() - refer to a process, if the opener may look at it
 * @target: out: give it to vmwalk_target_close()
 * @pid: the process
 * @ns: PID namespace in which ids are told
 * @file: the descriptor being opened
 *
 * Context: may sleep. Return: 0; -ESRCH (no such process), -EACCES or what the
 * kernel's own check says, -EBUSY (it kept executing programs), -ENOMEM.
 */
int vmwalk_target_open(struct vmwalk_target *target, struct pid *pid,
		       struct pid_namespace *ns, const struct file *file);
void vmwalk_target_close(struct vmwalk_target *target);

/* Another reference to what @from refers to; give it to vmwalk_target_close(). */
void vmwalk_target_clone(struct vmwalk_target *target, const struct vmwalk_target *from);

/**
 * vmwalk_target_get() - the target's task and mm for one read, checked anew
 * @target: opened before
 * @live: out: give it to vmwalk_target_put()
 *
 * Context: may sleep. Return: 0; -ESRCH if the process has exited or has
 * executed another program since the open; else as vmwalk_target_open().
 */
int vmwalk_target_get(const struct vmwalk_target *target, struct vmwalk_live *live);
void vmwalk_target_put(struct vmwalk_live *live);

/**
 * vmwalk_target_follow() - as vmwalk_target_get(), also through an exec
 * @target: opened before, changed by nobody else meanwhile; refers to the address
 *	space the process has now when this returns
 * @live: out: give it to vmwalk_target_put()
 *
 * A process that has executed another program is judged anew, with the opener's
 * credentials. -ESRCH if it is the reader's own: the kernel lets everybody look
 * at himself, but the descriptor may come from before a set-user-ID program.
 */
int vmwalk_target_follow(struct vmwalk_target *target, struct vmwalk_live *live);

/**
 * vmwalk_target_pause() - let go of the memory while user space is copied to
 * @live: got before, with an mm; its @mm is NULL until vmwalk_target_resume()
 *
 * A copy may wait for as long as its caller likes (userfaultfd): the target may
 * exit and its memory go meanwhile.
 */
void vmwalk_target_pause(struct vmwalk_live *live);

/**
 * vmwalk_target_resume() - take the memory again
 * @target: of which @live was got
 * @live: paused
 *
 * Return: 0; -ESRCH if it has gone.
 */
int vmwalk_target_resume(const struct vmwalk_target *target, struct vmwalk_live *live);

/**
 * vmwalk_target_changed() - has a process executed another program, or ended, since it
 *	was got?
 * @target: got, by vmwalk_target_get() or vmwalk_target_follow()
 *
 * For what is not of the address space and was read of the process: it counts only if
 * this says no afterwards. exec_mmap() comes before the new credentials.
 *
 * Context: may sleep.
 */
bool vmwalk_target_changed(const struct vmwalk_target *target);

/**
 * vmwalk_target_left() - has the thread that stands for the process ended meanwhile?
 * @target: the process
 * @live: the thread, got before
 *
 * The process may live on in other threads. What a thread lets go of when it ends
 * (folders, descriptors, signals) was missing in what was read of it, or was not: it
 * counts only if this says no afterwards, else the target is got anew and read again.
 *
 * Context: any.
 */
bool vmwalk_target_left(const struct vmwalk_target *target, const struct vmwalk_live *live);

/**
 * vmwalk_target_namespace() - the inode number of one namespace of a task
 * @opener: the descriptor whose opener's credentials decide
 * @task: the caller holds a reference
 * @type: name of the link in /proc/PID/ns
 * @inode: out
 *
 * Context: may sleep. Return: 0; -ENOENT or -ESRCH (there is none), or what the kernel's
 * own check says.
 */
int vmwalk_target_namespace(const struct file *opener, struct task_struct *task,
			    const char *type, u64 *inode);

#endif /* VMWALK_TARGET_H */
