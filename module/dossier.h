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
 * All in one hold of the mmap lock but the block on disk, for which a reference on
 * the path is kept, and the file system's own locks are taken, after it.
 *
 * Context: may sleep. Return: 0, or -EINTR if the reader was killed (then @name
 * need not be put).
 */
int vmwalk_dossier_read(const struct vmwalk_live *live, u64 va, struct vmwalk_dossier *out,
			struct vmwalk_vma_name *name, struct vmwalk_cost *cost);

/* Take everything of some groups out of a record, its parts included. */
void vmwalk_dossier_hide(struct vmwalk_dossier *dossier, u64 groups);

#endif /* VMWALK_DOSSIER_H */
