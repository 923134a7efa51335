/* SPDX-License-Identifier: GPL-2.0 */
/* query.h - the inside of a handle, for the files of libvmwalk only */
#ifndef VMWALK_QUERY_H
#define VMWALK_QUERY_H

#include "libvmwalk.h"

#define VMWALK_DIR	"/proc/vmwalk"

struct vmwalk {
	int fd;
	pid_t pid;
	struct vmwalk_cost cost;
	char *names;		/* of the last dossier; NULL before the first */
};

/*
 * vmwalk_query_ask() - put one query and check that its answer can be true
 *
 * Fills in the size. Return: 0 or a negative errno; -EPROTO if more records
 * came back than there was room for.
 */
int vmwalk_query_ask(struct vmwalk *handle, enum vmwalk_ioc ioc, struct vmwalk_query *query);

/*
 * vmwalk_query_name() - a name of @len bytes at @offset of what the kernel wrote
 *
 * Return: 0, with "" if @len is 0; -EPROTO if it does not lie there with its NUL.
 */
int vmwalk_query_name(__u32 offset, __u32 len, const char *names, __u32 used,
		      const char **name);

#endif /* VMWALK_QUERY_H */
