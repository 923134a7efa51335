// SPDX-License-Identifier: GPL-2.0
/* registers.c - what a thread had in its registers when it entered the kernel */
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/string.h>

#include "arch.h"
#include "thread.h"

/*
 * Holds task_lock, under which exit_mm() takes the mm away on every kernel: a
 * task that has its mm has not come to the end of do_exit(), so its kernel stack,
 * where the registers were saved on the way in, is there. (put_task_stack() is
 * not exported.) Kernel threads and zombies have no mm and no such registers.
 */
static void registers_read(const struct vmwalk_viewer *viewer, struct task_struct *thread,
			   u32 tid, void *record)
{
	struct vmwalk_registers *out = record;

	memset(out, 0, sizeof(*out));
	out->has = VMWALK_HAS(BASE);
	out->tid = tid;
	out->on_cpu = vmwalk_thread_on_cpu(thread);
	task_lock(thread);
	if (thread->mm && !(thread->flags & PF_KTHREAD)) {
		out->has |= VMWALK_HAS(REGS);
		vmwalk_arch_registers(thread, out);
	}
	task_unlock(thread);
}

int vmwalk_registers_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	return vmwalk_by_thread(viewer, cursor, record, registers_read);
}
