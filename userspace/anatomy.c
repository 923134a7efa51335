// SPDX-License-Identifier: GPL-2.0
/* anatomy.c - what a process is made of: the records that stand for all of it */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "anatomy.h"
#include "field.h"

#define RUNS_MOST	64	/* looked through for the first page of a VMA */

/* A copy with control characters as \ooo; NULL without memory. */
static char *text_keep(const char *text)
{
	size_t size = 4 * strlen(text) + 1;
	char *kept = malloc(size);

	if (kept)
		vmwalk_text_escape(kept, size, text, strlen(text));
	return kept;
}

/* The first record of a query: of the first thread, where each thread has one. */
static int first_read(struct vmwalk *handle, enum vmwalk_ioc ioc, void *to, size_t size)
{
	struct vmwalk_iter *iter;
	const void *record;
	int ret = vmwalk_list_open(handle, ioc, &iter);

	if (ret)
		return ret;
	ret = vmwalk_list_next(iter, &record);
	if (ret > 0)
		memcpy(to, record, size);
	vmwalk_iter_close(iter);
	return ret < 0 ? ret : 0;
}

static int task_read(struct vmwalk *handle, struct anatomy *anatomy)
{
	int err = first_read(handle, VMWALK_IOC_TASK, &anatomy->task, sizeof(anatomy->task));

	if (!err)
		err = first_read(handle, VMWALK_IOC_THREADS, &anatomy->thread,
				 sizeof(anatomy->thread));
	if (!err)
		err = first_read(handle, VMWALK_IOC_CREDS, &anatomy->cred, sizeof(anatomy->cred));
	if (!err)
		err = first_read(handle, VMWALK_IOC_SIGNALS, &anatomy->signals,
				 sizeof(anatomy->signals));
	return err;
}

static int family_read(struct vmwalk *handle, struct anatomy *anatomy)
{
	struct vmwalk_iter *iter;
	const void *record;
	int ret = vmwalk_list_open(handle, VMWALK_IOC_FAMILY, &iter);

	if (ret)
		return ret;
	while ((ret = vmwalk_list_next(iter, &record)) > 0) {
		const struct vmwalk_relative *relative = record;

		if (relative->relation == VMWALK_RELATION_PARENT)
			anatomy->parent = *relative;
		anatomy->totals.children += relative->relation == VMWALK_RELATION_CHILD;
	}
	vmwalk_iter_close(iter);
	return ret;
}

static int names_read(struct vmwalk *handle, struct anatomy *anatomy)
{
	const struct vmwalk_named *named;
	struct vmwalk_iter *iter;
	const char *name;
	int err = 0, ret = vmwalk_names_open(handle, &iter);

	if (ret)
		return ret;
	while (!err && (ret = vmwalk_names_next(iter, &named, &name)) > 0) {
		if (named->kind >= VMWALK_NAMED_NR)
			continue;
		anatomy->names[named->kind] = text_keep(name);
		err = anatomy->names[named->kind] ? 0 : -ENOMEM;
	}
	vmwalk_iter_close(iter);
	return err ? err : ret;
}

static int file_add(struct landmarks *landmarks, const struct vmwalk_descriptor *record)
{
	size_t nr = landmarks->nr_files;
	const struct vmwalk_file *file = &record->file;

	if (!(nr & (nr - 1))) {		/* 0 or a power of two: full */
		void *more = realloc(landmarks->files,
				     (nr ? 2 * nr : 1) * sizeof(*landmarks->files));

		if (!more)
			return -ENOMEM;
		landmarks->files = more;
	}
	landmarks->files[landmarks->nr_files++] = (struct landmark_file) {
		.id = file->id, .inode = file->inode, .dev = { file->dev[0], file->dev[1] },
		.fd = file->fd, .kind = file->kind,
	};
	return 0;
}

/* Calls something for each open file of a range of descriptors. */
static int files_each(struct vmwalk *handle, __u32 first, __u32 last,
		      int (*each)(const struct vmwalk_descriptor *record, const char *path,
				  void *context), void *context)
{
	const struct vmwalk_descriptor *record;
	struct vmwalk_iter *iter;
	const char *path;
	int err = 0, ret = vmwalk_files_open(handle, first, last, &iter);

	if (ret)
		return ret;
	while (!err && (ret = vmwalk_files_next(iter, &record, &path)) > 0)
		err = each(record, path, context);
	vmwalk_iter_close(iter);
	return err ? err : ret;
}

static int file_see(const struct vmwalk_descriptor *record, const char *path, void *context)
{
	(void)path;
	return file_add(context, record);
}

static int vmas_see(struct vmwalk *handle, struct landmarks *landmarks)
{
	const struct vmwalk_vma *vma;
	struct vmwalk_iter *iter;
	const char *name;
	int ret = vmwalk_vmas_open(handle, 0, (__u64)-4096, 0, &iter);

	if (ret)
		return ret;
	while ((ret = vmwalk_vmas_next(iter, &vma, &name)) > 0)
		landmarks_see(landmarks, vma);
	vmwalk_iter_close(iter);
	return ret;
}

/*
 * The address of a VMA that is followed: where the thread is or its stack ends; else the
 * first page; else the first thing that is not nothing.
 */
static int address_find(struct vmwalk *handle, const struct landmarks *landmarks,
			const struct landmark_area *area, __u64 *address)
{
	const struct vmwalk_run *run;
	struct vmwalk_iter *iter;
	unsigned int seen = 0;
	bool found = false;
	int ret;

	*address = area->start;
	if (landmarks->pc >= area->start && landmarks->pc < area->end)
		*address = landmarks->pc;
	if (landmarks->sp >= area->start && landmarks->sp < area->end)
		*address = landmarks->sp;
	if (*address != area->start)
		return 0;
	ret = vmwalk_runs_open(handle, area->start, area->end, &iter);
	if (ret)
		return ret;
	while (seen++ < RUNS_MOST && (ret = vmwalk_runs_next(iter, &run)) > 0) {
		if (run->kind == VMWALK_KIND_NONE || (found && run->kind != VMWALK_KIND_PAGE))
			continue;
		*address = run->start > area->start ? run->start : area->start;
		found = true;
		if (run->kind == VMWALK_KIND_PAGE)
			break;
	}
	vmwalk_iter_close(iter);
	return ret < 0 ? ret : 0;
}

static void swap_name(struct anatomy_area *area, const struct vmwalk_swaps *swaps)
{
	__u64 offset;
	__u32 type;

	if (!vmwalk_swaps_place(&area->dossier, &type, &offset) ||
	    vmwalk_swaps_name(swaps, type, area->swap, sizeof(area->swap)) != 0)
		strcpy(area->swap, "-");
}

/* A VMA that has gone since it was chosen is left out. */
static int area_read(struct vmwalk *handle, struct anatomy *anatomy, __u64 address,
		     const struct vmwalk_swaps *swaps)
{
	struct anatomy_area *area = &anatomy->areas[anatomy->nr_areas];
	const char *name;
	int err = vmwalk_dossier(handle, address, &area->dossier, &name);

	if (err || !(area->dossier.has & VMWALK_HAS(VMA)))
		return err;
	area->name = text_keep(name);
	if (!area->name)
		return -ENOMEM;
	swap_name(area, swaps);
	anatomy->nr_areas++;
	return 0;
}

static int areas_read(struct vmwalk *handle, struct anatomy *anatomy,
		      const struct landmarks *landmarks, size_t nr)
{
	struct vmwalk_swaps *swaps = NULL;
	__u64 address;
	size_t i;
	int err = 0;

	if (vmwalk_swaps_open(&swaps) != 0)
		swaps = NULL;
	for (i = 0; i < nr && !err; i++) {
		err = address_find(handle, landmarks, &landmarks->areas[i], &address);
		if (!err)
			err = area_read(handle, anatomy, address, swaps);
	}
	vmwalk_swaps_close(swaps);
	return err;
}

/* Kernel threads and the dead have none; who dies meanwhile loses it. */
static int memory_read(struct vmwalk *handle, struct anatomy *anatomy,
		       struct landmarks *landmarks)
{
	int err = anatomy->mm.has ? vmas_see(handle, landmarks) : -ENXIO;

	if (!err)
		err = areas_read(handle, anatomy, landmarks, landmarks_areas_end(landmarks));
	if (!err) {
		anatomy->totals.vmas = landmarks->seen;
		anatomy->totals.has |= VMWALK_HAS(KNOWN);
	}
	if (err == -ENXIO)
		anatomy->mm.has = 0;
	return err == -ENXIO ? 0 : err;
}

/* Where the beginning of a file is; the unprivileged are not told. */
static int extents_read(struct vmwalk *handle, struct anatomy_file *file)
{
	const struct vmwalk_inode *inode = &file->record.inode;
	const struct vmwalk_extent *extent;
	struct vmwalk_iter *iter;
	int ret;

	if (file->record.file.kind != VMWALK_FILE_KIND_REGULAR || !inode->size)
		return 0;
	ret = vmwalk_extents_open(handle, file->record.file.fd, 0, ANATOMY_LEAD, &iter);
	if (ret)
		return ret;
	while (file->nr_extents < ANATOMY_EXTENTS &&
	       (ret = vmwalk_extents_next(iter, &extent)) > 0)
		file->extents[file->nr_extents++] = *extent;
	vmwalk_iter_close(iter);
	if (file->nr_extents) {
		extent = &file->extents[file->nr_extents - 1];
		file->cut = extent->logical + extent->length < inode->size;
	}
	/* It may have been closed since. */
	return ret == -EPERM || ret == -EBADF || ret > 0 ? 0 : ret;
}

static int file_keep(const struct vmwalk_descriptor *record, const char *path, void *context)
{
	struct anatomy *anatomy = context;
	struct anatomy_file *file = &anatomy->files[anatomy->nr_files];

	file->record = *record;
	file->path = text_keep(path);
	if (!file->path)
		return -ENOMEM;
	anatomy->nr_files++;
	return 0;
}

/* The chosen ones, asked for anew; a descriptor that was closed meanwhile is left out. */
static int files_read(struct vmwalk *handle, struct anatomy *anatomy, struct landmarks *landmarks)
{
	size_t nr = landmarks_choose(landmarks, ANATOMY_FILES), i;
	int err = 0;

	for (i = 0; i < nr && !err; i++) {
		const struct landmark_file *chosen = &landmarks->files[i];
		unsigned int before = anatomy->nr_files;

		err = files_each(handle, chosen->fd, chosen->fd, file_keep, anatomy);
		if (err || anatomy->nr_files == before)
			continue;
		anatomy->files[before].twin = chosen->twin;
		err = extents_read(handle, &anatomy->files[before]);
	}
	return err;
}

int anatomy_read(struct vmwalk *handle, struct anatomy *anatomy)
{
	struct landmarks landmarks = { .pc = 0 };
	int err = task_read(handle, anatomy);

	anatomy->totals.has = VMWALK_HAS(BASE);
	landmarks.pc = anatomy->task.pc;
	landmarks.sp = anatomy->task.sp;
	if (!err)
		err = first_read(handle, VMWALK_IOC_MM, &anatomy->mm, sizeof(anatomy->mm));
	if (!err)
		err = family_read(handle, anatomy);
	if (!err)
		err = names_read(handle, anatomy);
	if (!err)
		err = files_each(handle, 0, ~0U, file_see, &landmarks);
	landmarks_files_end(&landmarks);
	anatomy->totals.descriptors = landmarks.nr_files;
	if (!err)
		err = memory_read(handle, anatomy, &landmarks);
	if (!err)
		err = files_read(handle, anatomy, &landmarks);
	free(landmarks.files);
	return err;
}

void anatomy_free(struct anatomy *anatomy)
{
	unsigned int i;

	for (i = 0; i < anatomy->nr_areas; i++)
		free(anatomy->areas[i].name);
	for (i = 0; i < anatomy->nr_files; i++)
		free(anatomy->files[i].path);
	for (i = 0; i < VMWALK_NAMED_NR; i++)
		free(anatomy->names[i]);
}

bool anatomy_is_whole(const struct anatomy *anatomy)
{
	const struct anatomy_area *area = anatomy->areas;

	return !anatomy->nr_areas || !area->dossier.walk.depth ||
	       area->dossier.walk.entry[0].has & VMWALK_HAS(RAW);
}
