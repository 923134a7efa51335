/* SPDX-License-Identifier: GPL-2.0 */
/* landmark.h - which VMAs and descriptors of many tell most */
#ifndef VMWALK_LANDMARK_H
#define VMWALK_LANDMARK_H

#include <stdbool.h>
#include <stddef.h>

#include "uapi/vmwalk.h"

#define LANDMARK_NO_FD	(~0U)

/* Places for VMAs, in the order in which they are given away. */
enum landmark {
	LANDMARK_CODE,
	LANDMARK_DATA,
	LANDMARK_HEAP,
	LANDMARK_LIBRARY,
	LANDMARK_STACK,
	LANDMARK_VDSO,
	LANDMARK_OPEN,		/* a descriptor stands for its file */
	LANDMARK_PLACES
};

#define LANDMARK_AREAS	8	/* VMAs in the end; free places go to the largest of other uses */

/**
 * struct landmark_file - what choosing needs to know of an open file
 * @id: of the struct file
 * @inode: of the inode
 * @dev: device of the inode
 * @fd: descriptor
 * @kind: enum vmwalk_file_kind
 * @twin: another descriptor of the same struct file; LANDMARK_NO_FD if none
 * @score: how much it tells
 */
struct landmark_file {
	__u64 id;
	__u64 inode;
	__u32 dev[2];
	__u32 fd;
	__u32 kind;
	__u32 twin;
	__u32 score;
};

/**
 * struct landmark_area - a VMA that was given a place
 * @start: first address
 * @end: first address after it
 * @weight: how well it fits; 0: the place is free
 * @inode: of its file; 0 without
 * @dev: device of the inode
 */
struct landmark_area {
	__u64 start, end, weight, inode;
	__u32 dev[2];
};

/**
 * struct landmarks - what is chosen, while VMAs and descriptors are seen
 * @pc: saved program counter; 0 if it is not known
 * @sp: saved stack pointer; 0 if it is not known
 * @files: all open files
 * @nr_files: number of @files
 * @areas: by place; after landmarks_areas_end() by address
 * @others: of those without a place the largest of each use
 * @seen: VMAs seen
 */
struct landmarks {
	__u64 pc, sp;
	struct landmark_file *files;
	size_t nr_files;
	struct landmark_area areas[LANDMARK_AREAS];
	struct landmark_area others[VMWALK_USE_NR];
	__u64 seen;
};

/* All files have been put in: finds twins, and makes ready for landmarks_see(). */
void landmarks_files_end(struct landmarks *landmarks);

/*
 * landmarks_see() - a VMA gets the first place for which it fits better than who has it
 *
 * All VMAs need be seen only once, and few are kept.
 */
void landmarks_see(struct landmarks *landmarks, const struct vmwalk_vma *vma);

/* All VMAs have been seen: puts the chosen ones in the order of addresses. Return: how many. */
size_t landmarks_areas_end(struct landmarks *landmarks);

/**
 * landmarks_choose() - the descriptors that tell most
 * @landmarks: with all files and VMAs
 * @most: how many
 *
 * Standard ones first, those whose file is mapped too, one of each kind, and those that
 * share their struct file. The chosen ones stand first in @landmarks->files, by number.
 *
 * Return: how many were chosen.
 */
size_t landmarks_choose(struct landmarks *landmarks, size_t most);

#endif /* VMWALK_LANDMARK_H */
