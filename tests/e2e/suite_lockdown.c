// SPDX-License-Identifier: GPL-2.0
/*
 * suite_lockdown.c - under lockdown=confidentiality not even root sees a frame
 *
 * As /proc/kcore is refused. Lockdown stays until the machine is booted anew: the
 * last suite of all.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"

#define LOCKDOWN	"/sys/kernel/security/lockdown"
#define KERNEL_TEXT	0xffffffff80000000ULL	/* with four levels and five */

static char page[4 * 4096] __attribute__((aligned(4096)));

/* Every field of @record that only some may see is 0, and its group absent. */
#define HIDDEN(record, FIELDS) do { \
	e2e_true(!((record)->has & VMWALK_PRIVILEGED), #record " has 0x%llx", (record)->has); \
	FIELDS(HIDDEN_FIELD) \
} while (0)
#define HIDDEN_FIELD(type, member, dim, FORMAT, GROUP, help) \
	if (VMWALK_HAS(GROUP) & VMWALK_PRIVILEGED) \
		zero_check(#member, &record->member, sizeof(record->member));

static void zero_check(const char *name, const void *bytes, size_t size)
{
	static const char zeros[256];

	e2e_true(size <= sizeof(zeros) && !memcmp(bytes, zeros, size), "%s is told", name);
}

static int kernel_query(int fd, unsigned int ioc)
{
	static unsigned char room[8 * VMWALK_RECORD_SIZE_MAX];
	uint64_t va = KERNEL_TEXT;
	struct vmwalk_query query = ask_query(room, ioc == VMWALK_IOC_RUNS ?
					      sizeof(struct vmwalk_run) :
					      sizeof(struct vmwalk_walk), 1);

	query.flags = VMWALK_QUERY_KERNEL;
	if (ioc == VMWALK_IOC_RUNS) {
		query.start = va;
		query.end = va + PAGE_SIZE;
	} else {
		query.addresses = (uintptr_t)&va;
	}
	return -ask(fd, ioc, &query);
}

static void entry_hidden(const struct vmwalk_entry *record)
{
	HIDDEN(record, VMWALK_ENTRY_FIELDS);
}

static void run_hidden(const struct vmwalk_run *record)
{
	HIDDEN(record, VMWALK_RUN_FIELDS);
}

static void frame_hidden(const struct vmwalk_frame *record)
{
	HIDDEN(record, VMWALK_FRAME_FIELDS);
}

static void all_hidden(int fd)
{
	uint64_t va = (uintptr_t)page;
	struct vmwalk_walk walk = ask_translate_one(fd, va);
	struct vmwalk_frame *frames;
	struct vmwalk_run *runs;
	unsigned int i;
	size_t nr;

	e2e_true(!walk.pa && !(walk.has & VMWALK_PRIVILEGED) && walk.depth >= 4,
		 "a walk has 0x%llx, pa 0x%llx", walk.has, walk.pa);
	for (i = 0; i < walk.depth; i++)
		entry_hidden(&walk.entry[i]);
	runs = ask_runs(fd, va, va + sizeof(page), 8, &nr);
	e2e_true(nr > 0, "no run");
	while (nr)
		run_hidden(&runs[--nr]);
	frames = ask_frames(fd, va, va + sizeof(page), 8, &nr);
	e2e_true(nr > 0, "no frame");
	while (nr)
		frame_hidden(&frames[--nr]);
	e2e_same("TRANSLATE of the kernel's half", kernel_query(fd, VMWALK_IOC_TRANSLATE),
		 "EPERM", EPERM);
	e2e_same("RUNS of the kernel's half", kernel_query(fd, VMWALK_IOC_RUNS), "EPERM", EPERM);
}

/* The descriptor of before and a new one; kcore says that the lockdown is in force. */
static void confidentiality(void)
{
	int fd = ask_open(getpid()), kcore, err;

	memset(page, 1, sizeof(page));
	if (access(LOCKDOWN, F_OK))
		e2e_skip("no " LOCKDOWN " (CONFIG_SECURITY_LOCKDOWN_LSM)");
	e2e_same("TRANSLATE before", kernel_query(fd, VMWALK_IOC_TRANSLATE), "root", 0);
	e2e_true(ask_translate_one(fd, (uintptr_t)page).has & VMWALK_HAS(FRAME),
		 "no frame before");
	err = proc_write(LOCKDOWN, "confidentiality");
	if (err)
		e2e_die(LOCKDOWN ": %s", strerror(-err));
	kcore = open("/proc/kcore", O_RDONLY | O_CLOEXEC);
	if (kcore >= 0 || (errno != EPERM && errno != ENOENT))
		e2e_die("/proc/kcore can be opened");
	all_hidden(fd);
	all_hidden(ask_open(getpid()));
}

static const struct e2e_case lockdown_cases[] = {
	{ "neither frames nor the kernel's half under confidentiality", confidentiality, 90 },
};
E2E_SUITE(lockdown, NULL, NULL);
