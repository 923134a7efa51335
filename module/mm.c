// SPDX-License-Identifier: GPL-2.0
/* mm.c - mm_struct -> struct vmwalk_mm */
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/sched/mm.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "mm.h"
#include "pgtable.h"
#include "rows.h"

static u64 pages_bytes(u64 pages)
{
	return pages << PAGE_SHIFT;
}

static u64 counter_bytes(struct mm_struct *mm, int member)
{
	return pages_bytes(get_mm_counter(mm, member));
}

static void read_sizes(struct mm_struct *mm, struct vmwalk_mm *out)
{
	out->total_bytes = pages_bytes(READ_ONCE(mm->total_vm));
	out->resident_file_bytes = counter_bytes(mm, MM_FILEPAGES);
	out->resident_anon_bytes = counter_bytes(mm, MM_ANONPAGES);
	out->resident_shmem_bytes = counter_bytes(mm, MM_SHMEMPAGES);
	out->resident_bytes = out->resident_file_bytes + out->resident_anon_bytes +
			      out->resident_shmem_bytes;
	out->swap_bytes = counter_bytes(mm, MM_SWAPENTS);
	out->table_bytes = mm_pgtables_bytes(mm);
}

/*
 * High-water marks are brought up to date before a size falls, not while it grows (mm.h):
 * the highest is the mark or the size of this moment, as in task_mem() of fs/proc. Call
 * after read_sizes().
 */
static void read_more_sizes(struct mm_struct *mm, struct vmwalk_mm *out)
{
	out->peak_bytes = max(pages_bytes(READ_ONCE(mm->hiwater_vm)), out->total_bytes);
	out->resident_peak_bytes = max(pages_bytes(READ_ONCE(mm->hiwater_rss)),
				       out->resident_bytes);
	out->locked_bytes = pages_bytes(READ_ONCE(mm->locked_vm));
	out->pinned_bytes = pages_bytes(atomic64_read(&mm->pinned_vm));
	out->data_bytes = pages_bytes(READ_ONCE(mm->data_vm));
	out->stack_bytes = pages_bytes(READ_ONCE(mm->stack_vm));
	out->exec_bytes = pages_bytes(READ_ONCE(mm->exec_vm));
#ifdef CONFIG_HUGETLB_PAGE
	out->hugetlb_bytes = pages_bytes(atomic_long_read(&mm->hugetlb_usage));
#endif
}

/* Holds arg_lock, under which prctl(PR_SET_MM) and brk(2) change these. */
static void read_ranges(struct mm_struct *mm, struct vmwalk_mm *out)
{
	spin_lock(&mm->arg_lock);
	out->code[0] = mm->start_code;
	out->code[1] = mm->end_code;
	out->data[0] = mm->start_data;
	out->data[1] = mm->end_data;
	out->brk[0] = mm->start_brk;
	out->brk[1] = READ_ONCE(mm->brk);
	out->stack = mm->start_stack;
	out->arg[0] = mm->arg_start;
	out->arg[1] = mm->arg_end;
	out->env[0] = mm->env_start;
	out->env[1] = mm->env_end;
	spin_unlock(&mm->arg_lock);
}

void vmwalk_mm_read(struct mm_struct *mm, struct vmwalk_mm *out)
{
	memset(out, 0, sizeof(*out));
	out->has = VMWALK_HAS(BASE) | VMWALK_HAS(RAW);
	out->pgd_pa = __pa(mm->pgd);
	out->levels = vmwalk_pgtable_levels();
	out->users = atomic_read(&mm->mm_users) - 1;
	out->map_count = READ_ONCE(mm->map_count);
	out->thp_disabled = vmwalk_compat_thp_disabled(mm);
	out->dumpable = vmwalk_compat_dumpable(mm);
	out->dump_filter = vmwalk_compat_dump_filter(mm);
	read_sizes(mm, out);
	read_more_sizes(mm, out);
	read_ranges(mm, out);
}

/*
 * Holds a reference on the users of the mm that was judged, which the caller has grabbed:
 * one without users is being torn down, and its process on the way out.
 */
int vmwalk_mm_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	if (*cursor || !viewer->mm)
		return 0;
	if (!mmget_not_zero(viewer->mm))
		return -ESRCH;
	vmwalk_mm_read(viewer->mm, record);
	mmput_async(viewer->mm);
	*cursor = 1;
	return 1;
}
