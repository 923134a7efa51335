/* SPDX-License-Identifier: GPL-2.0 */
/* dossier.h - an address -> struct vmwalk_dossier: everything about it, of one moment */
#ifndef VMWALK_DOSSIER_H
#define VMWALK_DOSSIER_H

#include "pgtable.h"

struct vmwalk_live;
struct vmwalk_vma_name;

/**
 * vmwalk_dossier_read() - everything about one address
 * @live: the process, with its mm
 * @va: the address, any value
 * @out: the record
 * @name: out: name of the VMA around it; give it to vmwalk_vma_name_put()
 * @cost: counts the hold
 *
 * All of the memory in one hold of the mmap lock; the thread's own, which that lock does
 * not cover, right after it. The block on disk is not asked for:
 * vmwalk_dossier_locate().
 *
 * Context: may sleep. Return: 0, or -EINTR if the reader was killed (then @name
 * need not be put).
 */
int vmwalk_dossier_read(const struct vmwalk_live *live, u64 va, struct vmwalk_dossier *out,
			struct vmwalk_vma_name *name, struct vmwalk_cost *cost);

/**
 * vmwalk_dossier_locate() - fill in the block on disk
 * @dossier: read before
 * @name: as it came with it, not put yet
 *
 * Only for those who may see it: see vmwalk_backing_locate().
 *
 * Context: no lock held and no mm: the file system may make its caller wait.
 */
void vmwalk_dossier_locate(struct vmwalk_dossier *dossier, const struct vmwalk_vma_name *name);

/* Take everything of some groups out of a record, its parts included. */
void vmwalk_dossier_hide(struct vmwalk_dossier *dossier, u64 groups);

#endif /* VMWALK_DOSSIER_H */
