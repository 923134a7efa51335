// SPDX-License-Identifier: GPL-2.0
/* libvmwalk.c - handles, and the queries that need no memory between calls */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "query.h"

#define PATH_SIZE	64
#define WAIT_STEP_NS	2000000L	/* 2 ms */
#define WAIT_STEPS	100		/* 200 ms in all */

/* Is there a process or thread of this number at all? */
static int process_exists(pid_t pid)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "/proc/%d", pid);
	return access(path, F_OK) == 0;
}

static int entry_open(pid_t pid)
{
	char path[PATH_SIZE];
	int fd;

	snprintf(path, sizeof(path), VMWALK_DIR "/%d", pid);
	do
		fd = open(path, O_RDONLY | O_CLOEXEC);
	while (fd < 0 && errno == EINTR);
	if (fd >= 0)
		return fd;
	if (errno == ENOENT && access(VMWALK_DIR, F_OK) != 0)
		return -ENODEV;
	return -errno;
}

/*
 * The module publishes a process while it is being born; on a machine that is
 * short of memory or CPU time the entry can come a little later.
 */
static int entry_await(pid_t pid)
{
	const struct timespec step = { .tv_nsec = WAIT_STEP_NS };
	int steps, fd;

	for (steps = 0; ; steps++) {
		fd = entry_open(pid);
		if (fd != -ENOENT || steps == WAIT_STEPS || !process_exists(pid))
			return fd;
		nanosleep(&step, NULL);
	}
}

int vmwalk_open(pid_t pid, struct vmwalk **out)
{
	struct vmwalk *handle;
	int fd;

	if (pid <= 0)
		return -EINVAL;
	handle = calloc(1, sizeof(*handle));
	if (!handle)
		return -ENOMEM;
	fd = entry_await(pid);
	if (fd < 0) {
		free(handle);
		return fd;
	}
	handle->fd = fd;
	handle->pid = pid;
	*out = handle;
	return 0;
}

void vmwalk_close(struct vmwalk *handle)
{
	if (!handle)
		return;
	close(handle->fd);
	free(handle->names);
	free(handle);
}

pid_t vmwalk_pid(const struct vmwalk *handle)
{
	return handle->pid;
}

void vmwalk_cost(const struct vmwalk *handle, struct vmwalk_cost *cost)
{
	*cost = handle->cost;
}

static void cost_add(struct vmwalk_cost *cost, const struct vmwalk_query *query)
{
	cost->entries += query->entries;
	cost->holds += query->holds;
	if (query->hold_ns > cost->hold_ns)
		cost->hold_ns = query->hold_ns;
	cost->queries++;
}

int vmwalk_query_ask(struct vmwalk *handle, enum vmwalk_ioc ioc, struct vmwalk_query *query)
{
	int ret;

	query->size = sizeof(*query);
	do
		ret = ioctl(handle->fd, (unsigned long)ioc, query);
	while (ret < 0 && errno == EINTR);
	if (ret < 0)
		return -errno;
	if (query->done > query->count || query->names_used > query->names_size)
		return -EPROTO;
	cost_add(&handle->cost, query);
	return 0;
}

int vmwalk_query_name(__u32 offset, __u32 len, const char *names, __u32 used,
		      const char **name)
{
	__u64 nul = (__u64)offset + len;

	if (!len) {
		*name = "";
		return 0;
	}
	if (!names || nul >= used || names[nul])
		return -EPROTO;
	*name = names + offset;
	return 0;
}

static int translate(struct vmwalk *handle, __u64 flags, const __u64 *addresses, size_t nr,
		     struct vmwalk_walk *walks)
{
	while (nr) {
		struct vmwalk_query query = {
			.flags = flags,
			.addresses = (uintptr_t)addresses,
			.records = (uintptr_t)walks,
			.record_size = sizeof(*walks),
			.count = nr < VMWALK_COUNT_MAX ? nr : VMWALK_COUNT_MAX,
		};
		int err = vmwalk_query_ask(handle, VMWALK_IOC_TRANSLATE, &query);

		if (err)
			return err;
		if (!query.done)	/* would ask the same for ever */
			return -EPROTO;
		addresses += query.done;
		walks += query.done;
		nr -= query.done;
	}
	return 0;
}

int vmwalk_translate(struct vmwalk *handle, const __u64 *addresses, size_t nr,
		     struct vmwalk_walk *walks)
{
	return translate(handle, 0, addresses, nr, walks);
}

int vmwalk_kernel_translate(struct vmwalk *handle, const __u64 *addresses, size_t nr,
			    struct vmwalk_walk *walks)
{
	return translate(handle, VMWALK_QUERY_KERNEL, addresses, nr, walks);
}

int vmwalk_dossier(struct vmwalk *handle, __u64 address, struct vmwalk_dossier *out,
		   const char **name)
{
	struct vmwalk_query query = {
		.addresses = (uintptr_t)&address,
		.records = (uintptr_t)out,
		.record_size = sizeof(*out),
		.count = 1,
		.names_size = VMWALK_NAMES_SIZE_MIN,
	};
	int err;

	if (!handle->names)
		handle->names = malloc(VMWALK_NAMES_SIZE_MIN);
	if (!handle->names)
		return -ENOMEM;
	query.names = (uintptr_t)handle->names;
	err = vmwalk_query_ask(handle, VMWALK_IOC_DOSSIER, &query);
	if (err)
		return err;
	if (!query.done)
		return -EPROTO;
	return vmwalk_query_name(out->vma.name_offset, out->vma.name_len, handle->names,
				 query.names_used, name);
}
