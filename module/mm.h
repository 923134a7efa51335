/* SPDX-License-Identifier: GPL-2.0 */
/* mm.h - mm_struct -> struct vmwalk_mm */
#ifndef VMWALK_MM_H
#define VMWALK_MM_H

#include "uapi/vmwalk.h"

struct mm_struct;

/**
 * vmwalk_mm_read() - one address space as a record
 * @mm: the caller holds a reference on its users, which is not counted
 * @out: the record, everything filled
 *
 * Context: does not sleep. Counters are the kernel's, which lag behind by what
 * threads have not folded in yet (SPLIT_RSS_COUNTING before v6.2, per-CPU
 * counters since).
 */
void vmwalk_mm_read(struct mm_struct *mm, struct vmwalk_mm *out);

#endif /* VMWALK_MM_H */
