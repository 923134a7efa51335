// SPDX-License-Identifier: GPL-2.0
/* vma.c - vm_area_struct -> struct vmwalk_vma and its name */
#include <linux/fs.h>
#include <linux/hugetlb.h>
#include <linux/kdev_t.h>
#include <linux/magic.h>
#include <linux/mm.h>
#include <linux/mm_inline.h>
#include <linux/mount.h>
#include <linux/string.h>

#include "pgtable.h"
#include "vma.h"

/* Name given by the kernel or through prctl(PR_SET_VMA); as show_map_vma() orders them. */
static void read_text(struct vm_area_struct *vma, char *text, size_t size)
{
	const char *name = NULL;

	text[0] = '\0';
	if (vma->vm_file)
		return;
	if (vma->vm_ops && vma->vm_ops->name)
		name = vma->vm_ops->name(vma);
	if (!name && vma_is_initial_heap(vma))
		name = "[heap]";
	if (!name && vma_is_initial_stack(vma))
		name = "[stack]";
	if (name) {
		strscpy(text, name, size);
		return;
	}
	name = vmwalk_compat_anon_name(vma);
	if (name)
		snprintf(text, size, "[anon:%s]", name);
}

static bool overlaps(const struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	return vma->vm_start < end && start < vma->vm_end;
}

/* tmpfs without a mount of its own: shared anonymous memory, memfd, System V. */
static bool is_nameless_shm(const struct file *file)
{
	return file_inode(file)->i_sb->s_magic == TMPFS_MAGIC &&
	       (file->f_path.mnt->mnt_flags & MNT_INTERNAL);
}

static enum vmwalk_use file_use(const struct vm_area_struct *vma)
{
	const struct mm_struct *mm = vma->vm_mm;

	if (is_nameless_shm(vma->vm_file))
		return VMWALK_USE_SHM;
	if (vma->vm_flags & VM_EXEC)
		return overlaps(vma, mm->start_code, mm->end_code) ?
		       VMWALK_USE_CODE : VMWALK_USE_LIBRARY;
	if (overlaps(vma, mm->start_data, mm->end_data))
		return VMWALK_USE_DATA;
	return VMWALK_USE_FILE;
}

static enum vmwalk_use kernel_use(const char *text)
{
	if (!strcmp(text, "[vdso]"))
		return VMWALK_USE_VDSO;
	if (!strncmp(text, "[vvar", 5))
		return VMWALK_USE_VVAR;
	return VMWALK_USE_SPECIAL;
}

static enum vmwalk_use read_use(struct vm_area_struct *vma, const char *text)
{
	if (vma->vm_flags & VM_HUGETLB)
		return VMWALK_USE_HUGETLB;
	if (vma->vm_ops && vma->vm_ops->name && text[0])
		return kernel_use(text);
	if (vma->vm_flags & (VM_IO | VM_PFNMAP))
		return VMWALK_USE_DEVICE;
	if (vma->vm_file)
		return file_use(vma);
	if (vma_is_initial_stack(vma))
		return VMWALK_USE_STACK;
	return vma_is_initial_heap(vma) ? VMWALK_USE_HEAP : VMWALK_USE_ANON;
}

/* Under the mmap lock, which keeps the VMA and its file. */
static void vma_read(struct vm_area_struct *vma, struct vmwalk_vma *out,
		     struct vmwalk_vma_name *name)
{
	*out = (struct vmwalk_vma) {
		.has = VMWALK_HAS(BASE),
		.start = vma->vm_start,
		.end = vma->vm_end,
		.flags = vma->vm_flags,
		.page_bytes = vma_kernel_pagesize(vma),
	};
	name->path = (struct path) { };
	read_text(vma, name->text, sizeof(name->text));
	out->use = read_use(vma, name->text);
	if (vma->vm_file) {
		struct inode *inode = file_inode(vma->vm_file);

		out->offset = (u64)vma->vm_pgoff << PAGE_SHIFT;
		out->dev[0] = MAJOR(inode->i_sb->s_dev);
		out->dev[1] = MINOR(inode->i_sb->s_dev);
		out->inode = inode->i_ino;
		name->path = *vmwalk_compat_user_path(vma->vm_file);
		path_get(&name->path);
	}
}

/*
 * Holds the mmap lock for reading while one VMA is copied: enough for the VMA,
 * its file and its name on every kernel. What outlives the lock is a reference
 * on the path, not on the file: closing is not delayed.
 */
int vmwalk_vma_next(struct mm_struct *mm, u64 addr, struct vmwalk_vma *out,
		    struct vmwalk_vma_name *name, struct vmwalk_cost *cost)
{
	struct vm_area_struct *vma;
	int err = vmwalk_pgtable_lock(mm, cost);

	if (err)
		return err;
	vma = find_vma(mm, addr);
	if (vma)
		vma_read(vma, out, name);
	vmwalk_pgtable_unlock(mm, cost);
	return vma ? 1 : 0;
}

void vmwalk_vma_name_put(struct vmwalk_vma_name *name)
{
	if (name->path.mnt)
		path_put(&name->path);
}
