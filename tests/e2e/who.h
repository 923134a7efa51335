/* SPDX-License-Identifier: GPL-2.0 */
/*
 * who.h - who looks, and who is looked at
 */
#ifndef E2E_WHO_H
#define E2E_WHO_H

#include <stdbool.h>
#include <sys/types.h>

#include "target.h"

#define WALKER	1000	/* the user without rights */
#define OTHER	1001	/* another one */

/**
 * struct who - one kind of reader
 * @name: for diagnostics
 * @become: turns the calling process into it; dies when it cannot
 * @frames: may it see frames?
 * @kernel: may it look at kernel threads?
 */
struct who {
	const char *name;
	void (*become)(void);
	bool frames, kernel;
};

extern const struct who whos[];

/* Give up everything but the user id: capabilities of uid 0 as an exec has none. */
void who_drop_caps(void);
void who_walker(void);

/* Run @body(arg) in a child that has become @who; its differences count. */
void who_run(const struct who *who, void (*body)(const struct who *who, void *arg), void *arg);

/* Processes to look at, for target_fork(). */
void whom_root(void *arg);
void whom_walker(void *arg);
void whom_other(void *arg);
void whom_hidden(void *arg);	/* of WALKER, not dumpable */
void whom_rich(void *arg);	/* of WALKER, with a row for every query */

/* Becomes the last one: groups, a handler, a mapped file on the disk at RICH_FD. */
#define RICH_FILE	WORK_DIR "/rich"
#define RICH_FD		90
void whom_become_rich(void);

#endif /* E2E_WHO_H */
