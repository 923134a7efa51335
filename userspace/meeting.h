/* SPDX-License-Identifier: GPL-2.0 */
/* meeting.h - the inodes at which VMAs and descriptors meet */
#ifndef VMWALK_MEETING_H
#define VMWALK_MEETING_H

#include "anatomy.h"

#define MEETINGS	(LANDMARK_AREAS + ANATOMY_FILES)

/**
 * struct meeting - an inode
 * @dev: device of the file system
 * @inode: inode number
 * @areas: VMAs of the anatomy that map it, bit numbers are places in @areas there
 * @files: descriptors of the anatomy, the same way
 */
struct meeting {
	__u32 dev[2];
	__u64 inode;
	__u32 areas, files;
};

/**
 * struct meetings - all inodes, those of VMAs first
 * @meeting: they; the first one is called A
 * @nr: number of @meeting
 */
struct meetings {
	struct meeting meeting[MEETINGS];
	unsigned int nr;
};

void meetings_find(struct meetings *meetings, const struct anatomy *anatomy);

/* The letter of the inode of a VMA or a descriptor by its place; 0 if it has none. */
char meeting_of_area(const struct meetings *meetings, unsigned int area);
char meeting_of_file(const struct meetings *meetings, unsigned int file);

#endif /* VMWALK_MEETING_H */
