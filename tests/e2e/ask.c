// SPDX-License-Identifier: GPL-2.0
/*
 * ask.c - queries of the module by bare ioctl
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ask.h"
#include "proc.h"
#include "tap.h"

int ask_open_try(pid_t pid)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), VMWALK_DIR "/%d", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

int ask_open(pid_t pid)
{
	int fd = ask_open_try(pid);

	if (fd < 0)
		e2e_die(VMWALK_DIR "/%d: %s", pid, strerror(-fd));
	return fd;
}

struct vmwalk_query ask_query(void *records, uint32_t record_size, uint32_t count)
{
	struct vmwalk_query query = {
		.size = sizeof(query),
		.records = (uintptr_t)records,
		.record_size = record_size,
		.count = count,
	};

	return query;
}

int ask(int fd, unsigned int ioc, struct vmwalk_query *query)
{
	int ret = ioctl(fd, ioc, query);

	return ret < 0 ? -errno : ret;
}

static const char *ask_error(int err)
{
	return err > 0 ? "an answer above 0" : strerror(-err);
}

void ask_translate_flags(int fd, uint64_t flags, const uint64_t *va, struct vmwalk_walk *walks,
			 size_t nr)
{
	size_t done = 0;

	while (done < nr) {
		struct vmwalk_query query =
			ask_query(walks + done, sizeof(*walks), nr - done);
		int err;

		query.flags = flags;
		query.addresses = (uintptr_t)(va + done);
		err = ask(fd, VMWALK_IOC_TRANSLATE, &query);
		if (err || !query.done || query.done > nr - done)
			e2e_die("TRANSLATE of %zu addresses: %s, %u done", nr - done,
				ask_error(err), query.done);
		done += query.done;
	}
}

void ask_translate(int fd, const uint64_t *va, struct vmwalk_walk *walks, size_t nr)
{
	ask_translate_flags(fd, 0, va, walks, nr);
}

struct vmwalk_walk ask_translate_one(int fd, uint64_t va)
{
	struct vmwalk_walk walk;

	ask_translate(fd, &va, &walk, 1);
	return walk;
}

const struct vmwalk_entry *ask_leaf(const struct vmwalk_walk *walk)
{
	if (!walk->depth || walk->depth > VMWALK_DEPTH)
		return NULL;
	return &walk->entry[walk->depth - 1];
}

void *ask_all(int fd, unsigned int ioc, const struct vmwalk_query *what, uint32_t record_size,
	      uint32_t batch, size_t *nr)
{
	uint64_t cursor = what->start;
	char *records = NULL;
	size_t room = 0;

	*nr = 0;
	while (cursor < what->end) {
		struct vmwalk_query query;
		int err;

		if (room < *nr + batch) {
			room = 2 * room + batch;
			records = realloc(records, room * record_size);
		}
		query = ask_query(records + *nr * record_size, record_size, batch);
		query.flags = what->flags;
		query.start = cursor;
		query.end = what->end;
		query.fd = what->fd;
		err = ask(fd, ioc, &query);
		if (err || query.done > batch || query.cursor > what->end ||
		    query.cursor <= cursor)
			e2e_die("query 0x%x from 0x%llx: %s, %u done, cursor 0x%llx", ioc,
				(unsigned long long)cursor, ask_error(err), query.done,
				(unsigned long long)query.cursor);
		*nr += query.done;
		cursor = query.cursor;
	}
	return records;
}

struct vmwalk_run *ask_runs(int fd, uint64_t start, uint64_t end, uint32_t batch, size_t *nr)
{
	return ask_runs_flags(fd, 0, start, end, batch, nr);
}

struct vmwalk_run *ask_runs_flags(int fd, uint64_t flags, uint64_t start, uint64_t end,
				  uint32_t batch, size_t *nr)
{
	const struct vmwalk_query what = { .flags = flags, .start = start, .end = end };

	return ask_all(fd, VMWALK_IOC_RUNS, &what, sizeof(struct vmwalk_run), batch, nr);
}

struct vmwalk_frame *ask_frames(int fd, uint64_t start, uint64_t end, uint32_t batch, size_t *nr)
{
	const struct vmwalk_query what = { .start = start, .end = end };

	return ask_all(fd, VMWALK_IOC_FRAMES, &what, sizeof(struct vmwalk_frame), batch, nr);
}

void *ask_list(int fd, unsigned int ioc, size_t record_size, uint32_t batch, size_t *nr)
{
	const struct vmwalk_query what = { .end = ASK_NUMBERS_END };

	return ask_all(fd, ioc, &what, record_size, batch, nr);
}

struct ask_vma *ask_vmas(int fd, uint64_t start, uint64_t end, uint64_t flags,
			 uint32_t batch, size_t *nr)
{
	struct vmwalk_vma *records = calloc(batch, sizeof(*records));
	struct ask_vma *vmas = NULL;
	uint32_t names_size = VMWALK_NAMES_SIZE_MIN * 4, i;
	char *names = malloc(names_size);
	uint64_t cursor = start;

	*nr = 0;
	while (cursor < end) {
		struct vmwalk_query query = ask_query(records, sizeof(*records), batch);
		int err;

		query.start = cursor;
		query.end = end;
		query.flags = flags;
		query.names = (uintptr_t)names;
		query.names_size = names_size;
		err = ask(fd, VMWALK_IOC_VMAS, &query);
		if (err || query.done > batch || query.cursor <= cursor)
			e2e_die("VMAS from 0x%llx: %s, %u done, cursor 0x%llx",
				(unsigned long long)cursor, ask_error(err), query.done,
				(unsigned long long)query.cursor);
		vmas = realloc(vmas, (*nr + query.done + 1) * sizeof(*vmas));
		for (i = 0; i < query.done; i++) {
			struct ask_vma *vma = &vmas[(*nr)++];

			vma->vma = records[i];
			if ((uint64_t)records[i].name_offset + records[i].name_len >=
			    names_size)
				e2e_die("VMAS: a name outside the names buffer");
			vma->name = strndup(names + records[i].name_offset,
					    records[i].name_len);
			proc_unescape(vma->name, 0);
		}
		cursor = query.cursor;
	}
	free(names);
	free(records);
	return vmas;
}

void ask_vmas_free(struct ask_vma *vmas, size_t nr)
{
	while (nr)
		free(vmas[--nr].name);
	free(vmas);
}

char *ask_report(int fd, size_t step, size_t *len)
{
	size_t used = 0, size = 1 << 20;
	char *text = malloc(size);
	ssize_t got;

	if (lseek(fd, 0, SEEK_SET) < 0) {
		free(text);
		return NULL;
	}
	while ((got = read(fd, text + used, step)) > 0) {
		used += got;
		if (size - used <= step) {
			size *= 2;
			text = realloc(text, size);
		}
	}
	if (got < 0) {
		free(text);
		return NULL;
	}
	text[used] = '\0';
	if (len)
		*len = used;
	return text;
}
