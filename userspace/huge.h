/* SPDX-License-Identifier: GPL-2.0 */
/*
 * huge.h - what is huge in a VMA, what could be, and why the rest is not; part of
 * libvmwalk, arithmetic only
 *
 * A place is an aligned piece of the VMA as large as a pmd leaf. The rules are those of
 * hugepage_vma_check(), transhuge_vma_suitable() and shmem_is_huge() in v6.1.
 */
#ifndef VMWALK_HUGE_H
#define VMWALK_HUGE_H

#include <stdbool.h>

#include "thp.h"

/* What a page of a VMA can be here. */
enum vmwalk_huge_content {
	VMWALK_HUGE_EMPTY,
	VMWALK_HUGE_SMALL,	/* mapped by a pte leaf */
	VMWALK_HUGE_ZERO,	/* the page of zeros by a pte leaf: khugepaged takes it as empty */
	VMWALK_HUGE_AWAY,	/* swapped, or not present for another reason */
	VMWALK_HUGE_LEAF,	/* under a leaf above the pte level */
	VMWALK_HUGE_CONTENTS
};

/**
 * struct vmwalk_huge - one VMA, while its runs are added
 * @thp: settings of the machine
 * @vma: the VMA
 * @anonymous: see vmwalk_vma_is_anonymous()
 * @prctl: the process has called prctl(PR_SET_THP_DISABLE)
 * @out: the record in the making
 * @first: first address of the first place
 * @last: first address after the last place; @first if there is none
 * @place: the place that runs are being added to
 * @bytes: of it, by content
 * @kinds: kinds of places met, bits by reason
 * @small: bytes under pte leaves in dense places
 */
struct vmwalk_huge {
	const struct vmwalk_thp_settings *thp;
	struct vmwalk_vma vma;
	bool anonymous;
	bool prctl;
	struct vmwalk_hugepages out;
	__u64 first;
	__u64 last;
	__u64 place;
	__u64 bytes[VMWALK_HUGE_CONTENTS];
	__u64 kinds;
	__u64 small;
};

/**
 * vmwalk_huge_open() - begin with a VMA
 * @huge: result
 * @thp: settings; must outlive it
 * @vma: the VMA
 * @name: its name or path
 * @prctl: see struct vmwalk_huge
 */
void vmwalk_huge_open(struct vmwalk_huge *huge, const struct vmwalk_thp_settings *thp,
		      const struct vmwalk_vma *vma, const char *name, bool prctl);

/* Adds a run of the VMA; in ascending order. What no run covers counts as empty. */
void vmwalk_huge_run(struct vmwalk_huge *huge, const struct vmwalk_run *run);

/* Adds a frame of the VMA, for what only frames tell; in any order. */
void vmwalk_huge_frame(struct vmwalk_huge *huge, const struct vmwalk_frame *frame);

/* Ends it: fills in what was huge and why the rest is not. */
void vmwalk_huge_close(struct vmwalk_huge *huge, struct vmwalk_hugepages *out);

#endif /* VMWALK_HUGE_H */
