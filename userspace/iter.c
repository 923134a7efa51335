// SPDX-License-Identifier: GPL-2.0
/* iter.c - the queries over a range, a buffer at a time, resumed by address */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "field.h"
#include "query.h"

#define ITER_RECORDS	1024		/* a query */
#define ITER_NAMES_SIZE	(1U << 18)	/* bytes of names a query */

struct vmwalk_iter {
	struct vmwalk *handle;
	enum vmwalk_ioc ioc;
	__u64 flags;
	__u64 cursor;
	__u64 end;
	__u32 fd;		/* EXTENTS: of which file */
	bool finished;
	char *records;
	size_t record_size;
	unsigned int nr;	/* in @records */
	unsigned int next;	/* the first not given out yet */
	char *names;		/* NULL if the query has none */
	__u32 names_used;
	struct vmwalk_pagetable open[VMWALK_LEVEL_NR];	/* further parts may come; entries: 0 if none */
	struct vmwalk_pagetable whole;	/* given out */
};

static int iter_open(struct vmwalk *handle, enum vmwalk_ioc ioc, size_t record_size,
		     size_t names_size, struct vmwalk_iter **out)
{
	struct vmwalk_iter *iter = calloc(1, sizeof(*iter));

	if (!iter)
		return -ENOMEM;
	iter->handle = handle;
	iter->ioc = ioc;
	iter->record_size = record_size;
	iter->records = malloc(ITER_RECORDS * record_size);
	if (names_size)
		iter->names = malloc(names_size);
	if (!iter->records || (names_size && !iter->names)) {
		vmwalk_iter_close(iter);
		return -ENOMEM;
	}
	*out = iter;
	return 0;
}

void vmwalk_iter_close(struct vmwalk_iter *iter)
{
	if (!iter)
		return;
	free(iter->names);
	free(iter->records);
	free(iter);
}

/* The kernel takes no end inside the last page of 2^64, where nothing can be. */
static void iter_start(struct vmwalk_iter *iter, __u64 start, __u64 end, __u64 flags)
{
	__u64 limit = -(__u64)sysconf(_SC_PAGESIZE);

	if (end > limit)
		end = limit;
	iter->cursor = start;
	iter->end = end;
	iter->flags = flags;
	iter->finished = start >= end;
}

int vmwalk_runs_open(struct vmwalk *handle, __u64 start, __u64 end,
		     struct vmwalk_iter **out)
{
	int err = iter_open(handle, VMWALK_IOC_RUNS, sizeof(struct vmwalk_run), 0, out);

	if (!err)
		iter_start(*out, start, end, 0);
	return err;
}

int vmwalk_kernel_runs_open(struct vmwalk *handle, __u64 start, __u64 end,
			    struct vmwalk_iter **out)
{
	int err = iter_open(handle, VMWALK_IOC_RUNS, sizeof(struct vmwalk_run), 0, out);

	if (!err)
		iter_start(*out, start, end, VMWALK_QUERY_KERNEL);
	return err;
}

int vmwalk_vmas_open(struct vmwalk *handle, __u64 start, __u64 end, __u64 flags,
		     struct vmwalk_iter **out)
{
	int err = iter_open(handle, VMWALK_IOC_VMAS, sizeof(struct vmwalk_vma),
			    ITER_NAMES_SIZE, out);

	if (!err)
		iter_start(*out, start, end, flags);
	return err;
}

int vmwalk_frames_open(struct vmwalk *handle, __u64 start, __u64 end,
		       struct vmwalk_iter **out)
{
	int err = iter_open(handle, VMWALK_IOC_FRAMES, sizeof(struct vmwalk_frame), 0, out);

	if (!err)
		iter_start(*out, start, end, 0);
	return err;
}

int vmwalk_tables_open(struct vmwalk *handle, __u64 start, __u64 end,
		       struct vmwalk_iter **out)
{
	int err = iter_open(handle, VMWALK_IOC_TABLES, sizeof(struct vmwalk_pagetable), 0, out);

	if (!err)
		iter_start(*out, start, end, 0);
	return err;
}

int vmwalk_files_open(struct vmwalk *handle, __u32 first, __u32 last, struct vmwalk_iter **out)
{
	int err = iter_open(handle, VMWALK_IOC_FILES, sizeof(struct vmwalk_descriptor),
			    ITER_NAMES_SIZE, out);

	if (!err)
		iter_start(*out, first, (__u64)last + 1, 0);
	return err;
}

int vmwalk_names_open(struct vmwalk *handle, struct vmwalk_iter **out)
{
	int err = iter_open(handle, VMWALK_IOC_NAMES, sizeof(struct vmwalk_named),
			    ITER_NAMES_SIZE, out);

	if (!err)
		iter_start(*out, 0, VMWALK_NAMED_NR, 0);
	return err;
}

int vmwalk_extents_open(struct vmwalk *handle, __u32 fd, __u64 start, __u64 end,
			struct vmwalk_iter **out)
{
	int err = iter_open(handle, VMWALK_IOC_EXTENTS, sizeof(struct vmwalk_extent), 0, out);

	if (err)
		return err;
	iter_start(*out, start, end, 0);
	(*out)->fd = fd;
	return 0;
}

/* The queries by numbers, and the records they give. */
static const struct {
	enum vmwalk_ioc ioc;
	__u64 takes;
	size_t record_size;
	const char *record;
} queries[] = {
#define QUERY(NAME, nr, record, flags, takes, help) \
	{ VMWALK_IOC_##NAME, takes, sizeof(struct vmwalk_##record), #record },
	VMWALK_QUERIES(QUERY)
#undef QUERY
};

#define QUERIES	(sizeof(queries) / sizeof(queries[0]))

/* Which query by numbers it is; QUERIES if it is none. */
static size_t list_find(enum vmwalk_ioc ioc)
{
	size_t i;

	for (i = 0; i < QUERIES; i++)
		if (queries[i].ioc == ioc && queries[i].takes == VMWALK_TAKES_NUMBERS)
			break;
	return i;
}

int vmwalk_list_open(struct vmwalk *handle, enum vmwalk_ioc ioc, struct vmwalk_iter **out)
{
	size_t nr = list_find(ioc);
	int err = nr < QUERIES ? 0 : -EINVAL;

	if (!err)
		err = iter_open(handle, ioc, queries[nr].record_size, 0, out);
	if (!err)
		iter_start(*out, 0, ~0ULL, 0);
	return err;
}

int vmwalk_list_record(enum vmwalk_ioc ioc)
{
	size_t nr = list_find(ioc), i;

	for (i = 0; nr < QUERIES && i < VMWALK_RECORD_NR; i++)
		if (strcmp(vmwalk_records[i].name, queries[nr].record) == 0)
			return (int)i;
	return -EINVAL;
}

/* One more query. An answer that brings nothing and does not move is refused. */
static int iter_fill(struct vmwalk_iter *iter)
{
	struct vmwalk_query query = {
		.flags = iter->flags,
		.start = iter->cursor,
		.end = iter->end,
		.records = (uintptr_t)iter->records,
		.record_size = iter->record_size,
		.count = ITER_RECORDS,
		.names = (uintptr_t)iter->names,
		.names_size = iter->names ? ITER_NAMES_SIZE : 0,
		.fd = iter->fd,
	};
	int err = vmwalk_query_ask(iter->handle, iter->ioc, &query);

	if (err)
		return err;
	if (query.cursor <= iter->cursor)
		return -EPROTO;
	iter->cursor = query.cursor;
	iter->finished = query.cursor >= iter->end;
	iter->nr = query.done;
	iter->next = 0;
	iter->names_used = query.names_used;
	return 0;
}

static int iter_next(struct vmwalk_iter *iter, const void **record)
{
	while (iter->next == iter->nr) {
		int err;

		if (iter->finished)
			return 0;
		err = iter_fill(iter);
		if (err)
			return err;
	}
	*record = iter->records + iter->record_size * iter->next++;
	return 1;
}

int vmwalk_list_next(struct vmwalk_iter *iter, const void **record)
{
	return iter_next(iter, record);
}

int vmwalk_runs_next(struct vmwalk_iter *iter, const struct vmwalk_run **run)
{
	const void *record = NULL;
	int ret = iter_next(iter, &record);

	if (ret > 0)
		*run = record;
	return ret;
}

int vmwalk_vmas_next(struct vmwalk_iter *iter, const struct vmwalk_vma **vma,
		     const char **name)
{
	const void *record = NULL;
	int ret = iter_next(iter, &record);
	int err;

	if (ret <= 0)
		return ret;
	*vma = record;
	err = vmwalk_query_name((*vma)->name_offset, (*vma)->name_len, iter->names,
				iter->names_used, name);
	return err ? err : 1;
}

int vmwalk_files_next(struct vmwalk_iter *iter, const struct vmwalk_descriptor **file,
		      const char **path)
{
	const void *record = NULL;
	int ret = iter_next(iter, &record);
	int err;

	if (ret <= 0)
		return ret;
	*file = record;
	err = vmwalk_query_name((*file)->file.name_offset, (*file)->file.name_len, iter->names,
				iter->names_used, path);
	return err ? err : 1;
}

int vmwalk_names_next(struct vmwalk_iter *iter, const struct vmwalk_named **named,
		      const char **name)
{
	const void *record = NULL;
	int ret = iter_next(iter, &record);
	int err;

	if (ret <= 0)
		return ret;
	*named = record;
	err = vmwalk_query_name((*named)->name_offset, (*named)->name_len, iter->names,
				iter->names_used, name);
	return err ? err : 1;
}

/* A part without a length would be no end of trouble for who adds up. */
int vmwalk_extents_next(struct vmwalk_iter *iter, const struct vmwalk_extent **extent)
{
	const struct vmwalk_extent *next;
	const void *record = NULL;
	int ret = iter_next(iter, &record);

	if (ret <= 0)
		return ret;
	next = record;
	if (!next->length || next->logical + next->length < next->logical)
		return -EPROTO;
	*extent = next;
	return 1;
}

/* A record that says it maps nothing would be no end of trouble for who adds up. */
int vmwalk_frames_next(struct vmwalk_iter *iter, const struct vmwalk_frame **frame)
{
	const struct vmwalk_frame *next;
	const void *record = NULL;
	int ret = iter_next(iter, &record);

	if (ret <= 0)
		return ret;
	next = record;
	if (!next->pages || next->level >= VMWALK_LEVEL_NR)
		return -EPROTO;
	*frame = next;
	return 1;
}

static bool pagetable_makes_sense(const struct vmwalk_pagetable *part)
{
	return part->level < VMWALK_LEVEL_NR && part->entries && part->shift < 64 &&
	       part->used <= part->entries && part->leaves <= part->used &&
	       part->first < part->entries && part->last < part->entries;
}

/*
 * Parts of one table follow each other. Where a part ends inside the table below
 * an entry, that entry is the last of it and the first of the next one.
 */
static void pagetable_merge(struct vmwalk_pagetable *whole, const struct vmwalk_pagetable *part)
{
	if (!whole->used) {
		whole->first = part->first;
		whole->last = part->last;
	}
	if (part->used) {
		whole->used -= whole->used && whole->last == part->first;
		whole->last = part->last;
	}
	whole->used += part->used;
	whole->leaves += part->leaves;
	if (part->sharers > whole->sharers)
		whole->sharers = part->sharers;
}

/* Takes one part in. Return: 1 when a table was completed by it, else 0. */
static int pagetable_take(struct vmwalk_iter *iter, const struct vmwalk_pagetable *part)
{
	struct vmwalk_pagetable *open = &iter->open[part->level];

	if (open->entries && open->va == part->va) {
		pagetable_merge(open, part);
		return 0;
	}
	iter->whole = *open;
	*open = *part;
	return iter->whole.entries != 0;
}

/* At the end: what is still open, from the pte level up. */
static int pagetable_rest(struct vmwalk_iter *iter)
{
	unsigned int level;

	for (level = 0; level < VMWALK_LEVEL_NR; level++) {
		if (!iter->open[level].entries)
			continue;
		iter->whole = iter->open[level];
		iter->open[level].entries = 0;
		return 1;
	}
	return 0;
}

int vmwalk_tables_next(struct vmwalk_iter *iter, const struct vmwalk_pagetable **table)
{
	const void *record = NULL;
	int ret, done = 0;

	while (!done) {
		ret = iter_next(iter, &record);
		if (ret < 0)
			return ret;
		if (ret > 0 && !pagetable_makes_sense(record))
			return -EPROTO;
		if (ret > 0)
			done = pagetable_take(iter, record);
		else if (pagetable_rest(iter))
			done = 1;
		else
			return 0;
	}
	*table = &iter->whole;
	return 1;
}
