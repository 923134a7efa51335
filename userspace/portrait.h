/* SPDX-License-Identifier: GPL-2.0 */
/* portrait.h - a process on one page, as its textbook draws it */
#ifndef VMWALK_PORTRAIT_H
#define VMWALK_PORTRAIT_H

#include "anatomy.h"
#include "brush.h"
#include "meeting.h"

/**
 * portrait_draw() - task_struct and what hangs from it: mm_struct, VMAs, page table and
 *	frames on one side, descriptors on the other, and the inodes where these meet
 * @brush: open
 * @anatomy: the process
 * @page_shift: log2 of the bytes of a base page
 */
void portrait_draw(struct brush *brush, const struct anatomy *anatomy, unsigned int page_shift);

/* The parts of it. @meetings: of the anatomy. */
void portrait_task(struct brush *brush, const struct anatomy *anatomy);
void portrait_memory(struct brush *brush, const struct anatomy *anatomy,
		     const struct meetings *meetings, unsigned int page_shift);
void portrait_files(struct brush *brush, const struct anatomy *anatomy,
		    const struct meetings *meetings);
void portrait_inodes(struct brush *brush, const struct anatomy *anatomy,
		     const struct meetings *meetings);

/* The name of a value in one of the tables of field.h. */
const char *portrait_name(const struct vmwalk_name *names, unsigned int nr, __u32 value);

#endif /* VMWALK_PORTRAIT_H */
