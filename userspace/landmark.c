// SPDX-License-Identifier: GPL-2.0
/* landmark.c - which VMAs and descriptors of many tell most */
#include <stdlib.h>
#include <string.h>

#include "landmark.h"

/* A descriptor's score is the sum of these. */
#define SCORE_STANDARD	8	/* 0, 1 and 2 */
#define SCORE_MAPPED	6	/* a VMA with a place maps the same inode */
#define SCORE_FIRST	4	/* no lower descriptor is of its kind */
#define SCORE_TWIN	3

/* Of VMAs that fit alike the first one stays; one with the pc or sp in it fits better. */
#define WEIGHT_FITS	1
#define WEIGHT_IN_USE	2

static int compare(__u64 one, __u64 other)
{
	return (one > other) - (one < other);
}

static int compare_id(const void *a, const void *b)
{
	const struct landmark_file *one = a, *other = b;
	int order = compare(one->id, other->id);

	return order ? order : compare(one->fd, other->fd);
}

static int compare_inode(const void *a, const void *b)
{
	const struct landmark_file *one = a, *other = b;
	int order = compare(one->inode, other->inode);

	if (!order)
		order = compare(one->dev[0], other->dev[0]);
	return order ? order : compare(one->dev[1], other->dev[1]);
}

static int compare_score(const void *a, const void *b)
{
	const struct landmark_file *one = a, *other = b;
	int order = compare(other->score, one->score);

	return order ? order : compare(one->fd, other->fd);
}

static int compare_fd(const void *a, const void *b)
{
	const struct landmark_file *one = a, *other = b;

	return compare(one->fd, other->fd);
}

static int compare_start(const void *a, const void *b)
{
	const struct landmark_area *one = a, *other = b;

	/* Free places last. */
	if (!one->weight != !other->weight)
		return one->weight ? -1 : 1;
	return compare(one->start, other->start);
}

static void files_sort(struct landmarks *landmarks, int (*order)(const void *, const void *))
{
	if (landmarks->nr_files)
		qsort(landmarks->files, landmarks->nr_files, sizeof(*landmarks->files), order);
}

void landmarks_files_end(struct landmarks *landmarks)
{
	struct landmark_file *files = landmarks->files;
	size_t first = 0, i;

	files_sort(landmarks, compare_id);
	for (i = 0; i < landmarks->nr_files; i++) {
		files[i].twin = LANDMARK_NO_FD;
		if (i && files[i].id != files[first].id)
			first = i;
		if (i == first)
			continue;
		files[i].twin = files[first].fd;
		if (i == first + 1)
			files[first].twin = files[i].fd;
	}
	files_sort(landmarks, compare_inode);
}

static bool area_holds(const struct vmwalk_vma *vma, __u64 address)
{
	return address >= vma->start && address < vma->end;
}

static __u64 weight_of_use(const struct landmarks *landmarks, const struct vmwalk_vma *vma,
			   __u32 use)
{
	if (vma->use != use)
		return 0;
	if (area_holds(vma, landmarks->pc) || area_holds(vma, landmarks->sp))
		return WEIGHT_IN_USE;
	/* What the loader made read-only comes first and says less. */
	return use == VMWALK_USE_DATA && vma->attributes & VMWALK_VMA_FLAG(WRITE) ? WEIGHT_IN_USE :
										    WEIGHT_FITS;
}

/* Does a descriptor stand for the file of the VMA? */
static bool is_open(const struct landmarks *landmarks, const struct vmwalk_vma *vma)
{
	const struct landmark_file key = {
		.inode = vma->inode, .dev = { vma->dev[0], vma->dev[1] },
	};

	return vma->inode && landmarks->nr_files &&
	       bsearch(&key, landmarks->files, landmarks->nr_files, sizeof(key), compare_inode);
}

/* By size; what nobody may access, and the kernel's own data, count least. */
static __u64 weight_of_other(const struct vmwalk_vma *vma)
{
	const __u64 access = VMWALK_VMA_FLAG(READ) | VMWALK_VMA_FLAG(WRITE) | VMWALK_VMA_FLAG(EXEC);

	if (!(vma->attributes & access) || vma->use == VMWALK_USE_VVAR)
		return WEIGHT_FITS;
	return vma->end - vma->start;
}

static __u64 weight(const struct landmarks *landmarks, const struct vmwalk_vma *vma,
		    enum landmark place)
{
	static const __u32 uses[LANDMARK_PLACES] = {
		[LANDMARK_CODE] = VMWALK_USE_CODE, [LANDMARK_DATA] = VMWALK_USE_DATA,
		[LANDMARK_HEAP] = VMWALK_USE_HEAP, [LANDMARK_LIBRARY] = VMWALK_USE_LIBRARY,
		[LANDMARK_STACK] = VMWALK_USE_STACK, [LANDMARK_VDSO] = VMWALK_USE_VDSO,
	};

	if (place == LANDMARK_OPEN)
		return is_open(landmarks, vma) ? WEIGHT_FITS : 0;
	return weight_of_use(landmarks, vma, uses[place]);
}

static bool place_take(struct landmark_area *place, const struct vmwalk_vma *vma, __u64 fits)
{
	if (fits <= place->weight)
		return false;
	*place = (struct landmark_area) {
		.start = vma->start, .end = vma->end, .weight = fits,
		.inode = vma->inode, .dev = { vma->dev[0], vma->dev[1] },
	};
	return true;
}

void landmarks_see(struct landmarks *landmarks, const struct vmwalk_vma *vma)
{
	__u32 use = vma->use < VMWALK_USE_NR ? vma->use : VMWALK_USE_SPECIAL;
	enum landmark place;

	landmarks->seen++;
	for (place = 0; place < LANDMARK_PLACES; place++)
		if (place_take(&landmarks->areas[place], vma, weight(landmarks, vma, place)))
			return;
	place_take(&landmarks->others[use], vma, weight_of_other(vma));
}

static int compare_weight(const void *a, const void *b)
{
	const struct landmark_area *one = a, *other = b;

	return compare(other->weight, one->weight);
}

size_t landmarks_areas_end(struct landmarks *landmarks)
{
	size_t nr, i, used = 0;

	qsort(landmarks->others, VMWALK_USE_NR, sizeof(landmarks->others[0]), compare_weight);
	for (i = 0; i < LANDMARK_AREAS; i++)
		if (!landmarks->areas[i].weight)
			landmarks->areas[i] = landmarks->others[used++];
	qsort(landmarks->areas, LANDMARK_AREAS, sizeof(landmarks->areas[0]), compare_start);
	for (nr = 0; nr < LANDMARK_AREAS && landmarks->areas[nr].weight; nr++)
		;
	return nr;
}

static bool is_mapped(const struct landmarks *landmarks, const struct landmark_file *file)
{
	size_t i;

	for (i = 0; i < LANDMARK_AREAS; i++) {
		const struct landmark_area *area = &landmarks->areas[i];

		if (area->weight && area->inode && area->inode == file->inode &&
		    area->dev[0] == file->dev[0] && area->dev[1] == file->dev[1])
			return true;
	}
	return false;
}

size_t landmarks_choose(struct landmarks *landmarks, size_t most)
{
	bool known[VMWALK_FILE_KIND_NR] = { false };
	size_t i;

	files_sort(landmarks, compare_fd);
	for (i = 0; i < landmarks->nr_files; i++) {
		struct landmark_file *file = &landmarks->files[i];
		__u32 kind = file->kind < VMWALK_FILE_KIND_NR ? file->kind : 0;

		file->score = (file->fd <= 2 ? SCORE_STANDARD : 0) +
			      (is_mapped(landmarks, file) ? SCORE_MAPPED : 0) +
			      (known[kind] ? 0 : SCORE_FIRST) +
			      (file->twin != LANDMARK_NO_FD ? SCORE_TWIN : 0);
		known[kind] = true;
	}
	files_sort(landmarks, compare_score);
	if (most > landmarks->nr_files)
		most = landmarks->nr_files;
	if (most)
		qsort(landmarks->files, most, sizeof(*landmarks->files), compare_fd);
	return most;
}
