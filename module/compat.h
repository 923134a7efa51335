/* SPDX-License-Identifier: GPL-2.0 */
/*
 * compat.h - older kernels made to look like the newest
 *
 * Force-included before everything else (Kbuild), and the only place that
 * names a kernel version. Each divergence cites where it comes from.
 */
#ifndef VMWALK_COMPAT_H
#define VMWALK_COMPAT_H

#include <linux/version.h>
#include <linux/cred.h>
#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/mm_inline.h>
#include <linux/mmap_lock.h>
#include <linux/proc_fs.h>
#include <linux/swap.h>
#include <linux/swapops.h>
#include <linux/task_work.h>

#if !defined(CONFIG_TRACEPOINTS)
#error "vmwalk needs a kernel with CONFIG_TRACEPOINTS (every distribution has it; a tinyconfig wants CONFIG_ENABLE_DEFAULT_TRACERS)"
#endif
#if !defined(CONFIG_PROC_FS) || !defined(CONFIG_MMU) || !defined(CONFIG_64BIT)
#error "vmwalk needs a 64-bit kernel with an MMU and CONFIG_PROC_FS"
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 10, 0)
#error "vmwalk needs Linux 5.10 or newer"
#endif

/* commit dc4875f0e791 ("mm: rename p4d_page_vaddr to p4d_pgtable and make it return pud_t *") and its like for the pud (in v5.14) */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 14, 0)
#define pud_pgtable(pud)	((pmd_t *)pud_page_vaddr(pud))
#define p4d_pgtable(p4d)	((pud_t *)p4d_page_vaddr(p4d))
#endif

/* commit 359745d78351 ("proc: remove PDE_DATA() completely") (in v5.17) */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 17, 0)
#define pde_data(inode)	PDE_DATA(inode)
#endif

/* commit ffb37ca3bd16 ("switch file_open_root() to struct path") (in v5.13) */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 13, 0)
#define file_open_root(root, name, flags, mode) \
	file_open_root((root)->dentry, (root)->mnt, name, flags, mode)
#endif

/*
 * commit 2cb1e08985e3 ("splice: Use filemap_splice_read() instead of
 * generic_file_splice_read()") (in v6.5): seq_file reads splice through
 * copy_splice_read since.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 5, 0)
#define copy_splice_read	generic_file_splice_read
#endif

/*
 * commit 11250fd12eb8 ("mm: factor out VMA stack and heap checks") (in v6.6),
 * which also made the edges of the heap exclusive. Before: show_map_vma() and
 * is_stack() in fs/proc/task_mmu.c.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 6, 0)
static inline bool vma_is_initial_heap(const struct vm_area_struct *vma)
{
	return vma->vm_start <= vma->vm_mm->brk && vma->vm_end >= vma->vm_mm->start_brk;
}

static inline bool vma_is_initial_stack(const struct vm_area_struct *vma)
{
	return vma->vm_start <= vma->vm_mm->start_stack &&
	       vma->vm_end >= vma->vm_mm->start_stack;
}
#endif

/*
 * commit 9a10064f5625 ("mm: add a field to store names for private anonymous
 * memory") (in v5.17). anon_vma_name() is not exported: the field is read, which
 * the mmap lock allows.
 */
static inline const char *vmwalk_compat_anon_name(const struct vm_area_struct *vma)
{
#ifdef CONFIG_ANON_VMA_NAME
	return !vma->vm_file && vma->anon_name ? vma->anon_name->name : NULL;
#else
	return NULL;
#endif
}

/*
 * The path a mapping shows. commit def3ae83da02 ("fs: store real path instead
 * of fake path in backing file f_path") (in v6.7): overlayfs maps the real
 * file, users know it by another path.
 */
static inline const struct path *vmwalk_compat_user_path(struct file *file)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 8, 0)
	return file_user_path(file);
#else
	return &file->f_path;
#endif
}

/* include/linux/fdtable.h: takes the files_struct since the series of v6.13 that unexported the bitmaps */
static inline bool vmwalk_compat_close_on_exec(struct files_struct *files, unsigned int fd)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	return close_on_exec(fd, files);
#else
	return close_on_exec(fd, files_fdtable(files));
#endif
}

/*
 * Debian exports task_work_add() ("Export symbols needed by Android drivers"),
 * mainline does not: NULL there.
 */
extern typeof(task_work_add) task_work_add __weak;

#if defined(CONFIG_PREEMPT_RT)
#error "vmwalk does not support PREEMPT_RT: its probes allocate with preemption off"
#endif
#if defined(CONFIG_CFI_CLANG) || defined(CONFIG_CFI)
#error "vmwalk does not support kernels with control flow integrity: errands_disown(), procfs/events.c"
#endif

/* commit 41f70d8e1634 ("kthread: Unify kthread_create_on_cpu() and kthread_create_worker_on_cpu() automatic format") (in v6.14) */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 14, 0)
#define kthread_run_worker_on_cpu(cpu, flags, namefmt) \
	kthread_create_worker_on_cpu(cpu, flags, namefmt, cpu)
#endif

#endif /* VMWALK_COMPAT_H */
