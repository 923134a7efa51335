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

#include "bits.h"
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

/* The kernel's flags and ours; where a kernel has no such flag, or 0 for it, no row matches. */
static const struct vmwalk_bits attributes[] = {
	{ VM_READ, VMWALK_VMA_FLAG(READ) },
	{ VM_WRITE, VMWALK_VMA_FLAG(WRITE) },
	{ VM_EXEC, VMWALK_VMA_FLAG(EXEC) },
	{ VM_SHARED, VMWALK_VMA_FLAG(SHARED) },
	{ VM_MAYREAD, VMWALK_VMA_FLAG(MAYREAD) },
	{ VM_MAYWRITE, VMWALK_VMA_FLAG(MAYWRITE) },
	{ VM_MAYEXEC, VMWALK_VMA_FLAG(MAYEXEC) },
	{ VM_MAYSHARE, VMWALK_VMA_FLAG(MAYSHARE) },
	{ VM_GROWSDOWN, VMWALK_VMA_FLAG(GROWSDOWN) },
	{ VM_PFNMAP, VMWALK_VMA_FLAG(PFNMAP) },
	{ VM_MIXEDMAP, VMWALK_VMA_FLAG(MIXEDMAP) },
	{ VM_LOCKED, VMWALK_VMA_FLAG(LOCKED) },
	{ VM_LOCKONFAULT, VMWALK_VMA_FLAG(LOCKONFAULT) },
	{ VM_IO, VMWALK_VMA_FLAG(IO) },
	{ VM_SEQ_READ, VMWALK_VMA_FLAG(SEQ_READ) },
	{ VM_RAND_READ, VMWALK_VMA_FLAG(RAND_READ) },
	{ VM_DONTCOPY, VMWALK_VMA_FLAG(DONTCOPY) },
	{ VM_DONTEXPAND, VMWALK_VMA_FLAG(DONTEXPAND) },
	{ VM_ACCOUNT, VMWALK_VMA_FLAG(ACCOUNT) },
	{ VM_NORESERVE, VMWALK_VMA_FLAG(NORESERVE) },
	{ VM_HUGETLB, VMWALK_VMA_FLAG(HUGETLB) },
	{ VM_SYNC, VMWALK_VMA_FLAG(SYNC) },
	{ VM_WIPEONFORK, VMWALK_VMA_FLAG(WIPEONFORK) },
	{ VM_DONTDUMP, VMWALK_VMA_FLAG(DONTDUMP) },
	{ VM_SOFTDIRTY, VMWALK_VMA_FLAG(SOFTDIRTY) },
	{ VM_HUGEPAGE, VMWALK_VMA_FLAG(HUGEPAGE) },
	{ VM_NOHUGEPAGE, VMWALK_VMA_FLAG(NOHUGEPAGE) },
	{ VM_MERGEABLE, VMWALK_VMA_FLAG(MERGEABLE) },
	{ VM_UFFD_MISSING, VMWALK_VMA_FLAG(UFFD_MISSING) },
	{ VM_UFFD_WP, VMWALK_VMA_FLAG(UFFD_WP) },
#ifdef VM_UFFD_MINOR
	{ VM_UFFD_MINOR, VMWALK_VMA_FLAG(UFFD_MINOR) },
#endif
#ifdef VM_PKEY_BIT0
	{ VM_PKEY_BIT0, VMWALK_VMA_FLAG(PKEY0) },
	{ VM_PKEY_BIT1, VMWALK_VMA_FLAG(PKEY1) },
	{ VM_PKEY_BIT2, VMWALK_VMA_FLAG(PKEY2) },
#endif
#ifdef VM_PKEY_BIT3
	{ VM_PKEY_BIT3, VMWALK_VMA_FLAG(PKEY3) },
#endif
#ifdef VM_SHADOW_STACK
	{ VM_SHADOW_STACK, VMWALK_VMA_FLAG(SHADOW_STACK) },
#endif
#ifdef VM_SEALED
	{ VM_SEALED, VMWALK_VMA_FLAG(SEALED) },
#endif
#ifdef VM_DROPPABLE
	{ VM_DROPPABLE, VMWALK_VMA_FLAG(DROPPABLE) },
#endif
#ifdef VM_MAYBE_GUARD
	{ VM_MAYBE_GUARD, VMWALK_VMA_FLAG(GUARDED) },
#endif
};

u64 vmwalk_vma_attributes(unsigned long vm_flags)
{
	return vmwalk_bits_ours(vm_flags, attributes, ARRAY_SIZE(attributes));
}

/* Holds the caller's mmap lock, which keeps the VMA and its file on every kernel. */
void vmwalk_vma_read(struct vm_area_struct *vma, struct vmwalk_vma *out,
		     struct vmwalk_vma_name *name)
{
	*out = (struct vmwalk_vma) {
		.has = VMWALK_HAS(BASE),
		.start = vma->vm_start,
		.end = vma->vm_end,
		.flags = vma->vm_flags,
		.attributes = vmwalk_vma_attributes(vma->vm_flags),
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
		vmwalk_vma_read(vma, out, name);
	vmwalk_pgtable_unlock(mm, cost);
	return vma ? 1 : 0;
}

void vmwalk_vma_name_put(struct vmwalk_vma_name *name)
{
	if (name->path.mnt)
		path_put(&name->path);
}
