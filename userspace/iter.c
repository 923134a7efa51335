// SPDX-License-Identifier: GPL-2.0
/* iter.c - the queries over a range, a buffer at a time, resumed by address */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "query.h"

#define ITER_RECORDS	1024		/* a query */
#define ITER_NAMES_SIZE	(1U << 18)	/* bytes of names a query */

struct vmwalk_iter {
	struct vmwalk *handle;
	enum vmwalk_ioc ioc;
	__u64 flags;
	__u64 cursor;
	__u64 end;
	bool finished;
	char *records;
	size_t record_size;
	unsigned int nr;	/* in @records */
	unsigned int next;	/* the first not given out yet */
	char *names;		/* NULL if the query has none */
	__u32 names_used;
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

int vmwalk_vmas_open(struct vmwalk *handle, __u64 start, __u64 end, __u64 flags,
		     struct vmwalk_iter **out)
{
	int err = iter_open(handle, VMWALK_IOC_VMAS, sizeof(struct vmwalk_vma),
			    ITER_NAMES_SIZE, out);

	if (!err)
		iter_start(*out, start, end, flags);
	return err;
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

int vmwalk_runs_next(struct vmwalk_iter *iter, const struct vmwalk_run **run)
{
	const void *record = NULL;
	int ret = iter_next(iter, &record);

	if (ret > 0)
		*run = record;
	return ret;
}

/* The name must lie in what the kernel wrote, with its NUL. */
static int vma_name(const struct vmwalk_iter *iter, const struct vmwalk_vma *vma,
		    const char **name)
{
	__u64 nul = (__u64)vma->name_offset + vma->name_len;

	if (!vma->name_len) {
		*name = "";
		return 0;
	}
	if (nul >= iter->names_used || iter->names[nul])
		return -EPROTO;
	*name = iter->names + vma->name_offset;
	return 0;
}

int vmwalk_vmas_next(struct vmwalk_iter *iter, const struct vmwalk_vma **vma,
		     const char **name)
{
	const void *record = NULL;
	int ret = iter_next(iter, &record);
	int err;

	if (ret <= 0)
		return ret;
	err = vma_name(iter, record, name);
	if (err)
		return err;
	*vma = record;
	return 1;
}
