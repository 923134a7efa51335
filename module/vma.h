/* SPDX-License-Identifier: GPL-2.0 */
/* vma.h - vm_area_struct -> struct vmwalk_vma and its name */
#ifndef VMWALK_VMA_H
#define VMWALK_VMA_H

#include <linux/path.h>

#include "uapi/vmwalk.h"

struct mm_struct;
struct vm_area_struct;
struct vmwalk_cost;

/**
 * struct vmwalk_vma_name - where a VMA's name comes from
 * @path: path of the mapped file, counted; mnt is NULL if there is none
 * @text: name the kernel gave, such as [heap]; empty if there is none
 */
struct vmwalk_vma_name {
	struct path path;
	char text[VMWALK_NAME_LEN];
};

/**
 * vmwalk_vma_attributes() - the kernel's flags of a VMA under names that stay
 * @vm_flags: VM_*
 *
 * Return: VMWALK_VMA_FLAG_* bits; flags that have no name there are left out.
 */
u64 vmwalk_vma_attributes(unsigned long vm_flags);

/**
 * vmwalk_vma_read() - one VMA as a record
 * @vma: the VMA; the caller holds the mmap lock of its mm
 * @out: the record, without counts
 * @name: out: its name; give it to vmwalk_vma_name_put()
 *
 * Context: does not sleep.
 */
void vmwalk_vma_read(struct vm_area_struct *vma, struct vmwalk_vma *out,
		     struct vmwalk_vma_name *name);

/**
 * vmwalk_vma_next() - the first VMA that ends above an address
 * @mm: address space; the caller holds a reference on its users (mmget)
 * @addr: the address
 * @out: the record, without counts; the whole VMA even if @addr is inside
 * @name: out: its name; give it to vmwalk_vma_name_put()
 * @cost: counts the hold
 *
 * Context: may sleep; takes the mmap lock once.
 * Return: 1; 0 if there is no such VMA; -EINTR if the reader was killed.
 */
int vmwalk_vma_next(struct mm_struct *mm, u64 addr, struct vmwalk_vma *out,
		    struct vmwalk_vma_name *name, struct vmwalk_cost *cost);
void vmwalk_vma_name_put(struct vmwalk_vma_name *name);

#endif /* VMWALK_VMA_H */
