// SPDX-License-Identifier: GPL-2.0
/* dossier.c - an address -> struct vmwalk_dossier: everything about it, of one moment */
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>

#include "arch.h"
#include "backing.h"
#include "dossier.h"
#include "field.h"
#include "stats.h"
#include "target.h"
#include "vma.h"
#include "walk.h"

/* A neighbour, if there is one. Holds the caller's mmap lock. */
static void neighbour_read(const struct vm_area_struct *vma, __u64 range[2], __u64 *attributes)
{
	if (!vma)
		return;
	range[0] = vma->vm_start;
	range[1] = vma->vm_end;
	*attributes = vmwalk_vma_attributes(vma->vm_flags);
}

/*
 * Holds the caller's mmap lock, under which the VMAs stay what and where they are on
 * every kernel. @vma is around the address, or NULL.
 */
static void around_read(struct mm_struct *mm, struct vm_area_struct *vma, u64 va,
			struct vmwalk_around *out)
{
	out->has |= VMWALK_HAS(BASE);
	out->task_size = mm->task_size;
	out->total_bytes = (u64)READ_ONCE(mm->total_vm) << PAGE_SHIFT;
	out->thp_disabled = vmwalk_compat_thp_disabled(mm);
	neighbour_read(vmwalk_compat_vma_below(mm, va), out->below, &out->below_attributes);
	neighbour_read(find_vma(mm, vma ? vma->vm_end : va), out->above,
		       &out->above_attributes);
}

/*
 * Holds task_lock, under which exec and exit take the mm from the task on every kernel:
 * the register of another program, executed since, is not told. The limits are
 * everybody's to read (/proc/PID/limits); the caller's reference on the task keeps its
 * signal_struct.
 */
static void thread_read(const struct vmwalk_live *live, struct vmwalk_around *out)
{
	struct task_struct *task = live->task;

	out->stack_limit = task_rlimit(task, RLIMIT_STACK);
	out->as_limit = task_rlimit(task, RLIMIT_AS);
	task_lock(task);
	if (task->mm == live->mm && vmwalk_arch_pkru(task, &out->pkru))
		out->has |= VMWALK_HAS(REGS);
	task_unlock(task);
}

/*
 * Holds the mmap lock for reading from the VMA's look-up to the last word of the answer:
 * VMAs, tables, file and neighbours belong together. What outlives it is a reference
 * on the path of the mapped file.
 */
static void memory_read(struct mm_struct *mm, u64 va, struct vmwalk_dossier *out,
			struct vmwalk_vma_name *name, struct vmwalk_cost *cost)
{
	struct vm_area_struct *vma = find_vma(mm, va);

	if (vma && vma->vm_start > va)
		vma = NULL;
	vmwalk_walk_read(vma, va, &out->walk, &out->frame, cost);
	vmwalk_backing_read(vma, va, &out->backing);
	around_read(mm, vma, va, &out->around);
	if (vma)
		vmwalk_vma_read(vma, &out->vma, name);
	out->has = out->walk.has & (VMWALK_HAS(BASE) | VMWALK_HAS(VMA) | VMWALK_HAS(LEAF));
}

int vmwalk_dossier_read(const struct vmwalk_live *live, u64 va, struct vmwalk_dossier *out,
			struct vmwalk_vma_name *name, struct vmwalk_cost *cost)
{
	int err;

	memset(out, 0, sizeof(*out));
	memset(name, 0, sizeof(*name));
	err = vmwalk_pgtable_lock(live->mm, cost);
	if (err)
		return err;
	memory_read(live->mm, va, out, name, cost);
	vmwalk_pgtable_unlock(live->mm, cost);
	thread_read(live, &out->around);
	vmwalk_stats_add(walks, 1);
	return 0;
}

void vmwalk_dossier_locate(struct vmwalk_dossier *dossier, const struct vmwalk_vma_name *name)
{
	vmwalk_backing_locate(&name->path, &dossier->backing);
}

void vmwalk_dossier_hide(struct vmwalk_dossier *dossier, u64 groups)
{
	vmwalk_walk_hide(&dossier->walk, groups);
	vmwalk_field_hide(VMWALK_RECORD_vma, &dossier->vma, groups);
	vmwalk_field_hide(VMWALK_RECORD_frame, &dossier->frame, groups);
	vmwalk_field_hide(VMWALK_RECORD_backing, &dossier->backing, groups);
	vmwalk_field_hide(VMWALK_RECORD_around, &dossier->around, groups);
	dossier->has &= ~groups;
}
