// SPDX-License-Identifier: GPL-2.0
/*
 * suite_secrets.c - every query of the vocabulary, asked by readers with and without rights
 *
 * Who may look at all is suite_rights.c's.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "everyquery.h"
#include "suites.h"
#include "tap.h"
#include "target.h"
#include "who.h"

/* Queries that are for the privileged as a whole. */
static bool all_privileged(const struct every_query *query)
{
	return query->ioc == VMWALK_IOC_EXTENTS;
}

/*
 * Groups that the process has nothing for: nothing of it is swapped out, its memory is in
 * no control group, no table is asked for what only some kinds of entries have.
 */
#define NOT_MADE	(VMWALK_HAS(SWAP) | VMWALK_HAS(CGROUP))

static void check_query(const struct who *who, const struct every_query *query, int fd, pid_t pid)
{
	unsigned char *records = calloc(EVERY_ROOM, query->size);
	uint64_t found = 0, made = every_groups(query) & ~NOT_MADE;
	uint32_t done, i;
	int err = every_ask(fd, query, pid, RICH_FD, records, &done);

	if (!who->frames && all_privileged(query)) {
		e2e_true(err == -EPERM, "%s: %s answers %s", who->name, query->name,
			 strerror(-err));
	} else if (e2e_true(!err && done, "%s: %s answers %s, %u records", who->name, query->name,
			    strerror(-err), done)) {
		for (i = 0; i < done; i++)
			found |= every_privileged(query, records + i * query->size, who->frames);
		e2e_true(!who->frames || (found & made) == made,
			 "%s: %s tells groups 0x%llx of 0x%llx", who->name, query->name,
			 (unsigned long long)found, (unsigned long long)made);
	}
	free(records);
}

/* Readers who may not look at all are told so by the kernel's own files: suite_rights.c. */
static void ask_everything(const struct who *who, void *arg)
{
	pid_t pid = *(pid_t *)arg;
	const struct every_query *query;
	int fd = ask_open_try(pid);

	if (fd < 0)
		return;
	for (query = every_query; query->name; query++)
		check_query(who, query, fd, pid);
	close(fd);
}

static void every_reader(void)
{
	pid_t pid = target_fork(whom_rich, NULL);
	const struct who *who;

	for (who = whos; who->name; who++)
		who_run(who, ask_everything, &pid);
	target_kill(pid);
}

static void open_foreign(const struct who *who, void *arg)
{
	const pid_t *pids = arg;

	for (; *pids; pids++) {
		int answer = ask_open_try(*pids);

		e2e_true(answer == -EACCES, "%s opens process %d: %s", who->name, *pids,
			 answer < 0 ? strerror(-answer) : "it may");
	}
}

/* No query without an entry, and no entry of a process that is another user's. */
static void foreign(void)
{
	pid_t pids[] = {
		target_fork(whom_root, NULL), target_fork(whom_other, NULL),
		target_fork(whom_hidden, NULL), 1, 2, 0
	};
	int i;

	who_run(&whos[1], open_foreign, pids);
	for (i = 0; i < 3; i++)
		target_kill(pids[i]);
}

static const struct e2e_case secrets_cases[] = {
	{ "every query: fields for the privileged, for them only", every_reader, 1500 },
	{ "another user's process: EACCES at open", foreign, 5 },
};
E2E_SUITE(secrets, NULL, NULL);
