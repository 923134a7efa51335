// SPDX-License-Identifier: GPL-2.0
/*
 * query.c - the ioctls of an open /proc/vmwalk/<pid>, and the only place that
 * copies between kernel and user space
 *
 * Every query works in chunks: fill a bounded kernel buffer under the lock, drop
 * the lock, hide what the opener may not see, let go of the target's memory, copy
 * the chunk out, take the memory again, go on.
 */
#include <linux/dcache.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/nospec.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "count.h"
#include "dossier.h"
#include "extent.h"
#include "field.h"
#include "files.h"
#include "frame.h"
#include "inode.h"
#include "pagetable.h"
#include "query.h"
#include "rows.h"
#include "run.h"
#include "stats.h"
#include "target.h"
#include "vma.h"
#include "walk.h"

#define CHUNK_BYTES	65536	/* kernel memory of one query, its names aside */
#define JUDGED_JIFFIES	(HZ / 10)	/* how long a permission counts while names are told */

/**
 * struct query - one query being answered
 * @q: the caller's arguments; its out fields grow
 * @target: the process
 * @live: its task and mm; no mm while user space is copied
 * @cost: what it took
 * @chunk: CHUNK_BYTES of records
 * @limit: records that fit in @chunk, or fewer
 */
struct query {
	struct vmwalk_query q;
	const struct vmwalk_target *target;
	struct vmwalk_live live;
	struct vmwalk_cost cost;
	void *chunk;
	u32 limit;
};

/* Copy records to where the caller's go on; longer ones get a zero tail, shorter are cut. */
static int copy_records(struct query *query, const void *records, u32 nr, size_t size)
{
	char __user *to = u64_to_user_ptr(query->q.records);
	size_t stride = query->q.record_size;
	size_t part = min(size, stride);
	u32 i;

	to += stride * query->q.done;
	if (stride == size) {
		if (copy_to_user(to, records, nr * size))
			return -EFAULT;
	} else {
		for (i = 0; i < nr; i++, to += stride, records += size)
			if (copy_to_user(to, records, part) ||
			    clear_user(to + part, stride - part))
				return -EFAULT;
	}
	query->q.done += nr;
	return 0;
}

/* Waits for user space without a hold on the target's memory: see hold_mm(). */
static int put_records(struct query *query, const void *records, u32 nr, size_t size)
{
	vmwalk_target_pause(&query->live);
	return copy_records(query, records, nr, size);
}

/* Before every use of the mm: take it again if a copy has let it go. */
static int hold_mm(struct query *query)
{
	return query->live.mm ? 0 : vmwalk_target_resume(query->target, &query->live);
}

/* Room for records in the next chunk. */
static u32 room(const struct query *query)
{
	return min(query->limit, query->q.count - query->q.done);
}

static int get_addresses(struct query *query, u64 *addresses, u32 nr)
{
	const u64 __user *from = u64_to_user_ptr(query->q.addresses);
	size_t bytes = nr * sizeof(*from);

	vmwalk_target_pause(&query->live);
	if (copy_from_user(addresses, from + query->q.done, bytes))
		return -EFAULT;
	return hold_mm(query);
}

static bool of_kernel(const struct query *query)
{
	return query->q.flags & VMWALK_QUERY_KERNEL;
}

static int walk_addresses(struct query *query, const u64 *addresses, u32 nr,
			  struct vmwalk_walk *walks)
{
	if (of_kernel(query))
		return vmwalk_walk_kernel(addresses, nr, walks, &query->cost);
	return vmwalk_walk_addresses(query->live.mm, addresses, nr, walks, &query->cost);
}

static int answer_translate(struct query *query)
{
	struct vmwalk_walk *walks = query->chunk;
	u64 addresses[128];
	u32 i, nr;
	int err;

	while ((nr = min_t(u32, room(query), ARRAY_SIZE(addresses)))) {
		err = get_addresses(query, addresses, nr);
		if (err)
			return err;
		err = walk_addresses(query, addresses, nr, walks);
		if (err)
			return err;
		for (i = 0; i < nr; i++)
			vmwalk_walk_hide(&walks[i], query->live.hide);
		err = put_records(query, walks, nr, sizeof(*walks));
		if (err)
			return err;
	}
	return 0;
}

/* The sink of one of the queries over a range. */
union collected {
	struct vmwalk_run_sink run;
	struct vmwalk_frame_sink frame;
	struct vmwalk_pagetable_sink table;
};

/**
 * struct collector - how the records of a walk over a range are collected
 * @open: an empty sink for @nr records in the query's chunk
 * @close: the number of records there
 * @size: of a record, bytes
 * @least: room the sink needs, records
 */
struct collector {
	struct vmwalk_sink *(*open)(struct query *query, union collected *to, u32 nr);
	u32 (*close)(union collected *to);
	u32 size;
	u32 least;
};

static int walk_range(struct query *query, u64 *cursor, u64 end, struct vmwalk_sink *sink)
{
	if (of_kernel(query))
		return vmwalk_pgtable_walk_kernel(cursor, end, sink, &query->cost);
	return vmwalk_pgtable_walk(query->live.mm, cursor, end, sink, &query->cost);
}

/* Chunk by chunk: walk until the sink is full, copy what it has collected, go on. */
static int answer_range(struct query *query, const struct collector *how)
{
	u64 cursor = query->q.cursor & PAGE_MASK;
	u64 end = PAGE_ALIGN(query->q.end);
	union collected to;
	int err = 0, copy;
	u32 nr;

	if (query->q.count < how->least)
		return -EINVAL;
	while (!err && cursor < end && (nr = room(query)) >= how->least) {
		struct vmwalk_sink *sink;

		err = hold_mm(query);
		if (err)
			break;
		sink = how->open(query, &to, nr);
		err = walk_range(query, &cursor, end, sink);
		copy = put_records(query, query->chunk, how->close(&to), how->size);
		if (copy)
			return copy;
		query->q.cursor = cursor < end ? cursor : query->q.end;
	}
	vmwalk_stats_add(walks, 1);
	return err;
}

static struct vmwalk_sink *runs_open(struct query *query, union collected *to, u32 nr)
{
	vmwalk_run_sink_open(&to->run, query->chunk, nr, query->live.hide);
	return &to->run.sink;
}

static u32 runs_close(union collected *to)
{
	return to->run.nr;
}

static int answer_runs(struct query *query)
{
	static const struct collector how = {
		runs_open, runs_close, sizeof(struct vmwalk_run), 1
	};

	return answer_range(query, &how);
}

static struct vmwalk_sink *frames_open(struct query *query, union collected *to, u32 nr)
{
	vmwalk_frame_sink_open(&to->frame, query->chunk, nr, query->live.hide);
	return &to->frame.sink;
}

static u32 frames_close(union collected *to)
{
	return to->frame.nr;
}

static int answer_frames(struct query *query)
{
	static const struct collector how = {
		frames_open, frames_close, sizeof(struct vmwalk_frame), 1
	};

	return answer_range(query, &how);
}

static struct vmwalk_sink *tables_open(struct query *query, union collected *to, u32 nr)
{
	vmwalk_pagetable_sink_open(&to->table, query->chunk, nr, query->live.hide);
	return &to->table.sink;
}

static u32 tables_close(union collected *to)
{
	vmwalk_pagetable_sink_close(&to->table);
	return to->table.nr;
}

static int answer_tables(struct query *query)
{
	static const struct collector how = {
		tables_open, tables_close, sizeof(struct vmwalk_pagetable),
		VMWALK_PAGETABLE_ROOM_MIN
	};

	return answer_range(query, &how);
}

/*
 * Put a name, @path or else @text, where the caller's names go on, and say where that is.
 * Returns 0 if it does not fit there.
 */
static int put_called(struct query *query, const struct path *path, const char *text, char *buf,
		      __u32 *offset, __u32 *length)
{
	u32 left = query->q.names_size - query->q.names_used;
	char __user *to = u64_to_user_ptr(query->q.names);
	size_t len;

	if (!query->q.names_size)
		return 1;
	if (path->mnt)
		text = d_path(path, buf, VMWALK_NAMES_SIZE_MIN);
	if (IS_ERR_OR_NULL(text))
		return 1;
	len = strlen(text);
	if (!len || len + 1 > VMWALK_NAMES_SIZE_MIN)
		return 1;
	if (len + 1 > left)
		return 0;
	vmwalk_target_pause(&query->live);
	if (copy_to_user(to + query->q.names_used, text, len + 1))
		return -EFAULT;
	*offset = query->q.names_used;
	*length = len;
	query->q.names_used += len + 1;
	return 1;
}

static int put_name(struct query *query, const struct vmwalk_vma_name *name, char *buf,
		    __u32 *offset, __u32 *length)
{
	return put_called(query, &name->path, name->text, buf, offset, length);
}

/* One VMA of the range. Returns 1 if it was put, 0 at the end or when names are full. */
static int answer_vma(struct query *query, struct vmwalk_tally *tally, char *buf)
{
	struct vmwalk_vma_name name;
	struct vmwalk_vma vma;
	int err = hold_mm(query);

	if (err)
		return err;
	err = vmwalk_vma_next(query->live.mm, query->q.cursor, &vma, &name, &query->cost);
	if (err <= 0 || vma.start >= query->q.end) {
		if (err > 0)
			vmwalk_vma_name_put(&name);
		if (err >= 0)
			query->q.cursor = query->q.end;
		return min(err, 0);
	}
	if (query->q.flags & VMWALK_QUERY_COUNTS)
		err = vmwalk_count_vma(query->live.mm, &vma, tally, &query->cost);
	else
		err = 0;
	if (!err)
		err = put_name(query, &name, buf, &vma.name_offset, &vma.name_len);
	vmwalk_vma_name_put(&name);
	if (err <= 0)
		return err;
	err = put_records(query, &vma, 1, sizeof(vma));
	if (err)
		return err;
	query->q.cursor = min(vma.end, query->q.end);
	return 1;
}

static int answer_vmas(struct query *query)
{
	struct vmwalk_tally tally = { };
	int err = 1;

	while (err > 0 && query->q.cursor < query->q.end && room(query))
		err = answer_vma(query, &tally, query->chunk);
	return min(err, 0);
}

/**
 * struct dossier_room - what one dossier needs of the query's chunk
 * @dossier: the record
 * @name: of its VMA
 * @buf: the name in writing
 */
struct dossier_room {
	struct vmwalk_dossier dossier;
	struct vmwalk_vma_name name;
	char buf[VMWALK_NAMES_SIZE_MIN];
};

/*
 * One address; its VMA's name, if there is room for it, before its record. The file
 * system is asked for the block without a hold on the target's memory: it may be slow.
 */
static int answer_address(struct query *query, u64 va, struct dossier_room *room)
{
	struct vmwalk_dossier *dossier = &room->dossier;
	int err = vmwalk_dossier_read(&query->live, va, dossier, &room->name, &query->cost);

	if (err)
		return err;
	vmwalk_target_pause(&query->live);
	if (!(query->live.hide & VMWALK_HAS(BLOCK)))
		vmwalk_dossier_locate(dossier, &room->name);
	vmwalk_dossier_hide(dossier, query->live.hide);
	err = put_name(query, &room->name, room->buf, &dossier->vma.name_offset,
		       &dossier->vma.name_len);
	vmwalk_vma_name_put(&room->name);
	if (err <= 0)
		return err;
	err = put_records(query, dossier, 1, sizeof(*dossier));
	return err ? err : 1;
}

static int answer_dossier(struct query *query)
{
	int err = 1;
	u64 va;

	BUILD_BUG_ON(sizeof(struct dossier_room) > CHUNK_BYTES);
	while (err > 0 && room(query)) {
		err = get_addresses(query, &va, 1);
		if (!err)
			err = answer_address(query, va, query->chunk);
	}
	return min(err, 0);
}

/*
 * Before each chunk but the first: user space may have taken its time, so the target is
 * judged anew. live.task tells whether it is held.
 */
static int hold_anew(struct query *query)
{
	int err;

	vmwalk_target_put(&query->live);
	err = vmwalk_target_get(query->target, &query->live);
	if (err)
		query->live.task = NULL;
	return err;
}

/* The same, if user space has taken its time since @judged. */
static int hold_fresh(struct query *query, unsigned long *judged)
{
	if (!time_after(jiffies, *judged + JUDGED_JIFFIES))
		return 0;
	*judged = jiffies;
	return hold_anew(query);
}

static struct vmwalk_viewer viewer_of(const struct query *query)
{
	return (struct vmwalk_viewer) {
		.task = query->live.task,
		.mm = query->target->mm,
		.ns = query->target->ns,
		.user_ns = query->target->file->f_cred->user_ns,
		.opener = query->target->file,
	};
}

/*
 * Rows into the chunk until it is full, or the target is to be judged anew. Returns 1, or 0
 * at the end of the range; *nr is how many, also after an error.
 */
static int fill_rows(struct query *query, vmwalk_row_fn *next, enum vmwalk_record_id id, u32 *nr)
{
	const struct vmwalk_viewer viewer = viewer_of(query);
	size_t size = vmwalk_records[id].size;
	unsigned long judged = jiffies;
	u32 most = room(query);

	for (*nr = 0; *nr < most && !time_after(jiffies, judged + JUDGED_JIFFIES); ++*nr) {
		void *record = query->chunk + *nr * size;
		u64 cursor = query->q.cursor;
		int found;

		if (fatal_signal_pending(current))
			return -EINTR;
		found = cursor < query->q.end ? next(&viewer, &cursor, record) : 0;
		if (found > 0 && cursor > query->q.end)
			found = 0;
		if (!found)
			query->q.cursor = query->q.end;
		if (found <= 0)
			return found;
		vmwalk_field_hide(id, record, query->live.hide);
		query->q.cursor = cursor;
		cond_resched();
	}
	return 1;
}

/*
 * What hangs from the task. The memory is not needed, and let go. What was read of a
 * process that has executed another program meanwhile is dropped, and what was read of a
 * thread that ended is read again of another one.
 */
static int answer_rows(struct query *query, vmwalk_row_fn *next, enum vmwalk_record_id id)
{
	int err, copy;
	u64 cursor;
	u32 nr;

	do {
		vmwalk_target_pause(&query->live);
		cursor = query->q.cursor;
		err = fill_rows(query, next, id, &nr);
		if (vmwalk_target_changed(query->target)) {
			query->q.cursor = cursor;
			return -ESRCH;
		}
		if (err >= 0 && vmwalk_target_left(query->target, &query->live)) {
			query->q.cursor = cursor;
			nr = 0;
			err = 1;
		}
		copy = copy_records(query, query->chunk, nr, vmwalk_records[id].size);
		if (copy)
			return copy;
		if (err > 0 && room(query))
			err = hold_anew(query) ?: 1;
	} while (err > 0 && room(query));
	return min(err, 0);
}

#define ANSWER_ROWS(record)							\
static int answer_##record(struct query *query)					\
{										\
	return answer_rows(query, vmwalk_##record##_next, VMWALK_RECORD_##record);	\
}
ANSWER_ROWS(thread)
ANSWER_ROWS(task)
ANSWER_ROWS(mm)
ANSWER_ROWS(registers)
ANSWER_ROWS(cred)
ANSWER_ROWS(supgroup)
ANSWER_ROWS(signals)
ANSWER_ROWS(action)
ANSWER_ROWS(relative)
ANSWER_ROWS(namespace)
ANSWER_ROWS(number)
ANSWER_ROWS(limit)
ANSWER_ROWS(timer)
ANSWER_ROWS(auxv)

/**
 * struct named_room - what one thing with a name needs of the query's chunk
 * @row: the record and its name
 * @buf: a path in writing
 */
struct named_room {
	struct vmwalk_named_row row;
	char buf[VMWALK_NAMES_SIZE_MIN];
};

/* A thing whose name is held; its name, if there is room for it, before its record. */
static int put_named(struct query *query, struct named_room *room)
{
	const struct vmwalk_called *called = &room->row.called;
	struct vmwalk_named *named = &room->row.named;
	int err;

	vmwalk_field_hide(VMWALK_RECORD_named, named, query->live.hide);
	err = put_called(query, &called->path, called->text, room->buf, &named->name_offset,
			 &named->name_len);
	if (err <= 0)
		return err;
	err = copy_records(query, named, 1, sizeof(*named));
	return err ? err : 1;
}

/* One of the range. Returns 1 if it was put, 0 at the end or when names are full. */
static int answer_name(struct query *query, struct named_room *room)
{
	const struct vmwalk_viewer viewer = viewer_of(query);
	u64 cursor = query->q.cursor;
	int found;

	vmwalk_target_pause(&query->live);
	found = vmwalk_named_next(&viewer, &cursor, &room->row);
	if (vmwalk_target_changed(query->target))
		return -ESRCH;
	if (vmwalk_target_left(query->target, &query->live))
		return hold_anew(query) ?: 1;
	if (found >= 0 && (!found || cursor > query->q.end)) {
		query->q.cursor = query->q.end;
		return 0;
	}
	if (found > 0)
		found = put_named(query, room);
	if (found > 0)
		query->q.cursor = cursor;
	return found;
}

static int answer_names(struct query *query)
{
	struct named_room *named = query->chunk;
	unsigned long judged = jiffies;
	int err = 1;

	BUILD_BUG_ON(sizeof(struct named_room) > CHUNK_BYTES);
	memset(&named->row, 0, sizeof(named->row));
	while (err > 0 && query->q.cursor < query->q.end && room(query)) {
		err = hold_fresh(query, &judged);
		if (!err)
			err = answer_name(query, named);
	}
	vmwalk_called_put(&named->row.called);
	return min(err, 0);
}

/**
 * struct file_room - what one open file needs of the query's chunk
 * @descriptor: the record
 * @name: its path
 * @buf: the path in writing
 */
struct file_room {
	struct vmwalk_descriptor descriptor;
	struct vmwalk_vma_name name;
	char buf[VMWALK_NAMES_SIZE_MIN];
};

/*
 * The first open file from a descriptor on, its path counted in @name. The address space is
 * only compared: what the target holds of it is enough, and its users are let go.
 */
static int next_file(struct query *query, u64 fd, struct vmwalk_file *file,
		     struct vmwalk_vma_name *name)
{
	const struct vmwalk_files_reader reader = {
		query->target->ns, query->target->file->f_cred->user_ns
	};

	memset(name, 0, sizeof(*name));
	vmwalk_target_pause(&query->live);
	if (fd > INT_MAX)
		return 0;
	return vmwalk_files_next(query->live.task, query->target->mm, fd, &reader, file,
				 &name->path);
}

/* An open file whose path is held; its path, if there is room for it, before its record. */
static int put_file(struct query *query, struct file_room *room)
{
	struct vmwalk_descriptor *out = &room->descriptor;
	int err;

	vmwalk_inode_read(&room->name.path, out->file.fd, query->target->file->f_cred->user_ns,
			  query->live.hide, &out->inode);
	vmwalk_field_hide(VMWALK_RECORD_file, &out->file, query->live.hide);
	vmwalk_field_hide(VMWALK_RECORD_inode, &out->inode, query->live.hide);
	out->has = VMWALK_HAS(BASE);
	err = put_name(query, &room->name, room->buf, &out->file.name_offset,
		       &out->file.name_len);
	if (err <= 0)
		return err;
	err = copy_records(query, out, 1, sizeof(*out));
	return err ? err : 1;
}

/* One open file of the range. Returns 1 if it was put, 0 at the end or when names are full. */
static int answer_file(struct query *query, struct file_room *room)
{
	struct vmwalk_file *file = &room->descriptor.file;
	int err = next_file(query, query->q.cursor, file, &room->name);

	if (err == -ESRCH && vmwalk_target_left(query->target, &query->live))
		return hold_anew(query) ?: 1;
	if (err <= 0 || file->fd >= query->q.end) {
		if (err > 0)
			path_put(&room->name.path);
		if (err >= 0)
			query->q.cursor = query->q.end;
		return min(err, 0);
	}
	err = put_file(query, room);
	path_put(&room->name.path);
	if (err > 0)
		query->q.cursor = file->fd + 1ULL;
	return err;
}

static int answer_files(struct query *query)
{
	unsigned long judged = jiffies;
	int err = 1;

	BUILD_BUG_ON(sizeof(struct file_room) > CHUNK_BYTES);
	while (err > 0 && query->q.cursor < query->q.end && room(query)) {
		err = hold_fresh(query, &judged);
		if (err)
			break;
		err = answer_file(query, query->chunk);
		if (err > 0 && fatal_signal_pending(current))
			err = -EINTR;
		cond_resched();
	}
	return min(err, 0);
}

/* Chunks of extents of the file at @path, which stays while user space is copied. */
static int put_extents(struct query *query, const struct path *path)
{
	u32 blocks = VMWALK_EXTENTS_BLOCKS;
	int nr, err = 0;

	while (!err && blocks && query->q.cursor < query->q.end && room(query)) {
		nr = vmwalk_extents_read(path, &query->q.cursor, query->q.end, query->chunk,
					 room(query), &blocks);
		if (nr < 0)
			return nr;
		err = copy_records(query, query->chunk, nr, sizeof(struct vmwalk_extent));
		if (!err && fatal_signal_pending(current))
			err = -EINTR;
	}
	return err;
}

static int answer_extents(struct query *query)
{
	struct vmwalk_vma_name name;
	struct vmwalk_file file;
	int err;

	if (query->live.hide & VMWALK_HAS(BLOCK))
		return -EPERM;
	err = next_file(query, query->q.fd, &file, &name);
	if (err < 0)
		return err;
	if (!err)
		return -EBADF;
	err = file.fd == query->q.fd ? put_extents(query, &name.path) : -EBADF;
	path_put(&name.path);
	return err;
}

/* What each query accepts, expanded from uapi/vmwalk.h, and who answers it. */
static int (*const answers[])(struct query *query) = {
	[VMWALK_IOC_TRANSLATE & 0xff] = answer_translate,
	[VMWALK_IOC_RUNS & 0xff] = answer_runs,
	[VMWALK_IOC_VMAS & 0xff] = answer_vmas,
	[VMWALK_IOC_FRAMES & 0xff] = answer_frames,
	[VMWALK_IOC_TABLES & 0xff] = answer_tables,
	[VMWALK_IOC_DOSSIER & 0xff] = answer_dossier,
	[VMWALK_IOC_FILES & 0xff] = answer_files,
	[VMWALK_IOC_EXTENTS & 0xff] = answer_extents,
	[VMWALK_IOC_THREADS & 0xff] = answer_thread,
	[VMWALK_IOC_TASK & 0xff] = answer_task,
	[VMWALK_IOC_MM & 0xff] = answer_mm,
	[VMWALK_IOC_REGISTERS & 0xff] = answer_registers,
	[VMWALK_IOC_CREDS & 0xff] = answer_cred,
	[VMWALK_IOC_GROUPS & 0xff] = answer_supgroup,
	[VMWALK_IOC_SIGNALS & 0xff] = answer_signals,
	[VMWALK_IOC_ACTIONS & 0xff] = answer_action,
	[VMWALK_IOC_FAMILY & 0xff] = answer_relative,
	[VMWALK_IOC_NAMESPACES & 0xff] = answer_namespace,
	[VMWALK_IOC_NUMBERS & 0xff] = answer_number,
	[VMWALK_IOC_LIMITS & 0xff] = answer_limit,
	[VMWALK_IOC_TIMERS & 0xff] = answer_timer,
	[VMWALK_IOC_AUXV & 0xff] = answer_auxv,
	[VMWALK_IOC_NAMES & 0xff] = answer_names,
};

static const struct {
	u64 flags;
	u64 takes;
	u32 record;
} accepted[] = {
#define ACCEPTED(NAME, nr, record_, flags_, takes_, ...) \
	[nr] = { .flags = (flags_), .takes = (takes_), .record = sizeof(struct vmwalk_##record_) },
	VMWALK_QUERIES(ACCEPTED)
#undef ACCEPTED
};

static bool fields_fit(unsigned int nr, const struct vmwalk_query *q)
{
	bool addresses = accepted[nr].takes & VMWALK_TAKES_ADDRESSES;
	bool names = accepted[nr].takes & VMWALK_TAKES_NAMES;

	if (addresses ? q->start || q->end : q->addresses || q->start > q->end)
		return false;
	if (!addresses && q->end > PAGE_MASK)
		return false;
	if (!names && (q->names || q->names_size))
		return false;
	if (q->pad || (q->fd && !(accepted[nr].takes & VMWALK_TAKES_FD)))
		return false;
	return !q->names_size || (q->names && q->names_size >= VMWALK_NAMES_SIZE_MIN &&
				  q->names_size <= VMWALK_NAMES_SIZE_MAX);
}

/* Everything but pointers, which are tried when they are used. */
static int query_check(unsigned int nr, const struct vmwalk_query *q)
{
	if (q->flags & ~accepted[nr].flags)
		return -EINVAL;
	if (q->record_size < sizeof(u64) || q->record_size % sizeof(u64) ||
	    q->record_size > VMWALK_RECORD_SIZE_MAX)
		return -EINVAL;
	if (!q->count || q->count > VMWALK_COUNT_MAX)
		return -EINVAL;
	return fields_fit(nr, q) ? 0 : -EINVAL;
}

/* The caller's struct as far as it and the kernel know it: like clone3(2). */
static int query_get(struct vmwalk_query *q, void __user *arg)
{
	u64 size;
	int err;

	if (get_user(size, (u64 __user *)arg))
		return -EFAULT;
	if (size < VMWALK_QUERY_SIZE_MIN || size > PAGE_SIZE)
		return -EINVAL;
	err = copy_struct_from_user(q, sizeof(*q), arg, size);
	if (err)
		return err;
	q->size = size;
	q->cursor = q->start;
	q->names_used = 0;
	q->done = 0;
	return 0;
}

static int query_put(const struct query *query, void __user *arg)
{
	struct vmwalk_query q = query->q;

	q.holds = query->cost.holds;
	q.entries = query->cost.entries;
	q.hold_ns = query->cost.hold_ns;
	return copy_to_user(arg, &q, min_t(u64, q.size, sizeof(q))) ? -EFAULT : 0;
}

/*
 * Holds the target from get to put: a reference on the task all the time, on the
 * users of the mm but while user space is copied. When the reader is killed, or
 * the process exits, under way, what was done is reported as done.
 */
static int query_answer(struct query *query, unsigned int nr)
{
	int err = vmwalk_target_get(query->target, &query->live);

	if (err)
		return err;
	if (!query->live.mm && !(accepted[nr].takes & VMWALK_TAKES_NUMBERS))
		err = -ENXIO;
	else if (of_kernel(query) && (query->live.hide & VMWALK_PRIVILEGED))
		err = -EPERM;
	else
		err = answers[nr](query);
	vmwalk_stats_add(entries, query->cost.entries);
	if (query->live.task)
		vmwalk_target_put(&query->live);
	if ((err == -EINTR || err == -ESRCH) && query->q.done)
		err = 0;
	return err;
}

long vmwalk_query(const struct vmwalk_target *target, unsigned int cmd, void __user *arg)
{
	unsigned int nr = cmd & 0xff;
	struct query *query;
	int err;

	if (cmd >> 8 != VMWALK_IOC_TYPE || nr >= ARRAY_SIZE(answers) || !answers[nr])
		return -ENOTTY;
	query = kzalloc(sizeof(*query), GFP_KERNEL_ACCOUNT);
	if (!query)
		return -ENOMEM;
	err = query_get(&query->q, arg);
	if (!err)
		err = query_check(nr, &query->q);
	if (err)
		goto out_query;
	err = -ENOMEM;
	query->chunk = kvmalloc(CHUNK_BYTES, GFP_KERNEL_ACCOUNT);
	if (!query->chunk)
		goto out_query;
	query->target = target;
	query->limit = CHUNK_BYTES / accepted[nr].record;
	err = query_answer(query, array_index_nospec(nr, ARRAY_SIZE(answers)));
	if (!err)
		err = query_put(query, arg);
	kvfree(query->chunk);
out_query:
	kfree(query);
	return err;
}
