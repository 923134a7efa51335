// SPDX-License-Identifier: GPL-2.0
/* still.c - has a task held still while it was looked at? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc.h"
#include "still.h"

/* Both files as one text; NULL if the thread has gone. */
static char *files_of(const struct still *still)
{
	static const char *const names[] = { "stat", "schedstat" };
	char *text[2], path[64], *both = NULL;
	unsigned int i;

	for (i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "task/%d/%s", still->tid, names[i]);
		text[i] = proc_slurp_pid(still->pid, path, NULL);
	}
	if (text[0] && text[1] && asprintf(&both, "%s%s", text[0], text[1]) < 0)
		both = NULL;
	free(text[0]);
	free(text[1]);
	return both;
}

void still_begin(struct still *still, pid_t pid, pid_t tid)
{
	*still = (struct still) { .pid = pid, .tid = tid };
	still->before = files_of(still);
}

bool still_end(struct still *still)
{
	char *after = files_of(still);
	bool held = still->before && after && !strcmp(still->before, after);

	free(still->before);
	free(after);
	still->before = NULL;
	return held;
}
