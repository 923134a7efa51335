// SPDX-License-Identifier: GPL-2.0
/* registers_x86.c - struct pt_regs and the bases of fs and gs, and the size of words */
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>
#include <asm/cpufeature.h>
#include <asm/processor.h>

#include "arch.h"

/*
 * The base of a segment as __switch_to() has saved it. Without the fsgsbase instructions
 * a selector other than 0 means that the base is in a descriptor table; reading that is
 * left out, 0 is told.
 */
static u64 base_of(unsigned short selector, unsigned long base)
{
	return selector && !boot_cpu_has(X86_FEATURE_FSGSBASE) ? 0 : base;
}

void vmwalk_arch_registers(struct task_struct *task, struct vmwalk_registers *out)
{
	const struct pt_regs *regs = task_pt_regs(task);

	out->ip = regs->ip;
	out->sp = regs->sp;
	out->flags = regs->flags;
	out->ax = regs->ax;
	out->bx = regs->bx;
	out->cx = regs->cx;
	out->dx = regs->dx;
	out->si = regs->si;
	out->di = regs->di;
	out->bp = regs->bp;
	out->r8 = regs->r8;
	out->r9 = regs->r9;
	out->r10 = regs->r10;
	out->r11 = regs->r11;
	out->r12 = regs->r12;
	out->r13 = regs->r13;
	out->r14 = regs->r14;
	out->r15 = regs->r15;
	out->orig_ax = regs->orig_ax;
	out->cs = regs->cs;
	out->ss = regs->ss;
	out->fs_base = base_of(task->thread.fsindex, task->thread.fsbase);
	out->gs_base = base_of(task->thread.gsindex, task->thread.gsbase);
}

/* Of i386 and of x32: both set TIF_ADDR32, __set_personality_*() in process_64.c. */
bool vmwalk_arch_words_32(const struct task_struct *task)
{
	return test_ti_thread_flag(task_thread_info((struct task_struct *)task), TIF_ADDR32);
}
