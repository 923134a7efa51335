// SPDX-License-Identifier: GPL-2.0
/* askfds.c - FILES and EXTENTS by bare ioctl; the factory as a process */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "askfds.h"
#include "proc.h"
#include "tap.h"
#include "target.h"

#define NAMES_SIZE	(1U << 18)

static void files_take(struct ask_file **files, size_t *nr, const struct vmwalk_query *query,
		       const struct vmwalk_descriptor *records)
{
	const char *names = (const char *)(uintptr_t)query->names;
	uint32_t i;

	*files = realloc(*files, (*nr + query->done + 1) * sizeof(**files));
	for (i = 0; i < query->done; i++) {
		const struct vmwalk_file *file = &records[i].file;
		struct ask_file *to = &(*files)[(*nr)++];

		if (file->name_len && (uint64_t)file->name_offset + file->name_len >=
		    query->names_used)
			e2e_die("fd %u: a name outside of the names", file->fd);
		to->d = records[i];
		to->name = file->name_len ? strdup(names + file->name_offset) : strdup("");
		if (strlen(to->name) != file->name_len)
			e2e_die("fd %u: a name of %zu bytes, told as %u", file->fd,
				strlen(to->name), file->name_len);
	}
}

struct ask_file *ask_files(int fd, uint32_t first, uint32_t last, uint32_t batch, size_t *nr)
{
	struct vmwalk_descriptor *records = calloc(batch, sizeof(*records));
	char *names = malloc(NAMES_SIZE);
	struct ask_file *files = NULL;
	uint64_t cursor = first;

	*nr = 0;
	while (cursor <= last) {
		struct vmwalk_query query = ask_query(records, sizeof(*records), batch);
		int err;

		query.start = cursor;
		query.end = (uint64_t)last + 1;
		query.names = (uintptr_t)names;
		query.names_size = NAMES_SIZE;
		err = ask(fd, VMWALK_IOC_FILES, &query);
		if (err || query.cursor <= cursor || query.done > batch)
			e2e_die("FILES from %llu: %s, %u done", (unsigned long long)cursor,
				strerror(-err), query.done);
		files_take(&files, nr, &query, records);
		cursor = query.cursor;
	}
	free(records);
	free(names);
	return files;
}

void ask_files_free(struct ask_file *files, size_t nr)
{
	while (nr)
		free(files[--nr].name);
	free(files);
}

struct ask_file ask_file(pid_t pid, uint32_t fd)
{
	int entry = ask_open(pid);
	size_t nr;
	struct ask_file *files = ask_files(entry, fd, fd, 4, &nr), one;

	if (nr != 1)
		e2e_die("fd %u of %d: %zu answers", fd, pid, nr);
	one = files[0];
	free(files);
	close(entry);
	return one;
}

struct vmwalk_extent *ask_extents(int fd, uint32_t of, uint32_t batch, size_t *nr)
{
	const struct vmwalk_query what = { .end = ASK_NUMBERS_END, .fd = of };

	return ask_all(fd, VMWALK_IOC_EXTENTS, &what, sizeof(struct vmwalk_extent), batch, nr);
}

static void factory_run(void *arg)
{
	signal(SIGPIPE, SIG_IGN);
	mkfds_make(arg);
	target_ready();
	for (;;)
		pause();
}

/* What waits to be written shall go on waiting. */
pid_t mkfds_start(struct mkfds **made)
{
	pid_t pid;

	proc_write("/proc/sys/vm/dirty_writeback_centisecs", "0");
	proc_write("/proc/sys/net/ipv4/ping_group_range", "0 0");
	*made = mmap(NULL, sizeof(**made), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		     -1, 0);
	pid = target_fork(factory_run, *made);
	target_settle(pid);
	return pid;
}

void mkfds_stop(pid_t pid)
{
	target_kill(pid);
	proc_write("/proc/sys/vm/dirty_writeback_centisecs", "500");
}
