// SPDX-License-Identifier: GPL-2.0
/*
 * swaps.c - names of swap areas
 *
 * /proc/swaps has a row for each area in use, in the order of their numbers, but
 * not the numbers (swap_start(), swap_next() in mm/swapfile.c). A number that is
 * not in use has no row. So a row is never farther down than its number.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "slurp.h"
#include "swaps.h"

#define SWAPS_MAX	32	/* numbers have five bits, MAX_SWAPFILES_SHIFT */

struct vmwalk_swaps {
	unsigned int nr;
	const char *names[SWAPS_MAX];	/* in @text */
	char *text;
};

/* The name, escaped by the kernel, ends at the first blank. */
static int row_take(struct vmwalk_swaps *swaps, char *line)
{
	size_t len = strcspn(line, " \t");

	if (!len || !line[len] || swaps->nr == SWAPS_MAX)
		return -ENOMSG;
	line[len] = '\0';
	swaps->names[swaps->nr++] = line;
	return 0;
}

int vmwalk_swaps_parse(char *text, struct vmwalk_swaps **out)
{
	struct vmwalk_swaps *swaps;
	char *line, *rest = text;
	int err = 0;

	line = strsep(&rest, "\n");
	if (strncmp(line, "Filename", strlen("Filename")) != 0)
		return -ENOMSG;
	swaps = calloc(1, sizeof(*swaps));
	if (!swaps)
		return -ENOMEM;
	while (!err && (line = strsep(&rest, "\n")))
		if (*line)
			err = row_take(swaps, line);
	if (err) {
		free(swaps);
		return err;
	}
	swaps->text = text;
	*out = swaps;
	return 0;
}

int vmwalk_swaps_open(struct vmwalk_swaps **out)
{
	char *text;
	int err = vmwalk_slurp("/proc/swaps", &text);

	if (err)
		return err;
	err = vmwalk_swaps_parse(text, out);
	if (err)
		free(text);
	return err;
}

void vmwalk_swaps_close(struct vmwalk_swaps *swaps)
{
	if (!swaps)
		return;
	free(swaps->text);
	free(swaps);
}

int vmwalk_swaps_name(const struct vmwalk_swaps *swaps, __u32 type, char *buf, size_t size)
{
	unsigned int last, i;
	size_t used = 0;

	buf[0] = '\0';
	if (!swaps || !swaps->nr)
		return -ENOENT;
	last = type < swaps->nr ? type : swaps->nr - 1;
	for (i = 0; i <= last && used < size; i++)
		used += (size_t)snprintf(buf + used, size - used, "%s%s",
					 i ? ", " : last ? "one of " : "", swaps->names[i]);
	return 0;
}

bool vmwalk_swaps_place(const struct vmwalk_dossier *dossier, __u32 *type, __u64 *offset)
{
	const struct vmwalk_walk *walk = &dossier->walk;

	if (walk->depth && walk->depth <= VMWALK_DEPTH && walk->kind == VMWALK_KIND_SWAP &&
	    walk->entry[walk->depth - 1].has & VMWALK_HAS(SWAP)) {
		*type = walk->entry[walk->depth - 1].swap_type;
		*offset = walk->entry[walk->depth - 1].swap_offset;
		return true;
	}
	*type = dossier->backing.swap_type;
	*offset = dossier->backing.swap_offset;
	return dossier->backing.has & VMWALK_HAS(SWAP);
}
