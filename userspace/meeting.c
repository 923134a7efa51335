// SPDX-License-Identifier: GPL-2.0
/* meeting.c - the inodes at which VMAs and descriptors meet */
#include "meeting.h"

static struct meeting *meeting_get(struct meetings *meetings, const __u32 dev[2], __u64 inode)
{
	struct meeting *meeting = meetings->meeting;
	unsigned int i;

	for (i = 0; i < meetings->nr; i++, meeting++)
		if (meeting->inode == inode && meeting->dev[0] == dev[0] &&
		    meeting->dev[1] == dev[1])
			return meeting;
	*meeting = (struct meeting) { .dev = { dev[0], dev[1] }, .inode = inode };
	meetings->nr++;
	return meeting;
}

/* Anonymous memory has no inode. */
void meetings_find(struct meetings *meetings, const struct anatomy *anatomy)
{
	unsigned int i;

	meetings->nr = 0;
	for (i = 0; i < anatomy->nr_areas; i++) {
		const struct vmwalk_vma *vma = &anatomy->areas[i].dossier.vma;

		if (vma->inode)
			meeting_get(meetings, vma->dev, vma->inode)->areas |= 1U << i;
	}
	for (i = 0; i < anatomy->nr_files; i++) {
		const struct vmwalk_file *file = &anatomy->files[i].record.file;

		meeting_get(meetings, file->dev, file->inode)->files |= 1U << i;
	}
}

char meeting_of_area(const struct meetings *meetings, unsigned int area)
{
	unsigned int i;

	for (i = 0; i < meetings->nr; i++)
		if (meetings->meeting[i].areas & (1U << area))
			return (char)('A' + i);
	return 0;
}

char meeting_of_file(const struct meetings *meetings, unsigned int file)
{
	unsigned int i;

	for (i = 0; i < meetings->nr; i++)
		if (meetings->meeting[i].files & (1U << file))
			return (char)('A' + i);
	return 0;
}
