/* SPDX-License-Identifier: GPL-2.0 */
/*
 * still.h - has a task held still while it was looked at? Kernel threads run when they like
 */
#ifndef E2E_STILL_H
#define E2E_STILL_H

#include <stdbool.h>
#include <sys/types.h>

#define STILL_TRIES	100	/* of a look at a task that runs when it likes */

/**
 * struct still - a thread, and what stat and schedstat said of it before the look
 * @pid: its process
 * @tid: it
 * @before: their text; NULL if it had gone
 */
struct still {
	pid_t pid, tid;
	char *before;
};

/* Before the look. */
void still_begin(struct still *still, pid_t pid, pid_t tid);

/*
 * After it: true if the thread has not run meanwhile. A task that was woken and sleeps
 * again has been on a CPU, which schedstat counts: a state that is the same before and
 * after, with the same schedstat, was that all the time.
 */
bool still_end(struct still *still);

#endif /* E2E_STILL_H */
