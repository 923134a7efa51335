// SPDX-License-Identifier: GPL-2.0
/*
 * who.c - readers with and without rights
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "proc.h"
#include "tap.h"
#include "target.h"
#include "who.h"

static void set_ids_groups(unsigned int id, const gid_t *groups, size_t nr)
{
	if (setgroups(nr, groups) || setresgid(id, id, id) || setresuid(id, id, id))
		e2e_die("becoming user %u: %s", id, strerror(errno));
	/* A change of ids makes a process undumpable; a fresh program is not. */
	prctl(PR_SET_DUMPABLE, 1);
}

static void set_ids(unsigned int id)
{
	set_ids_groups(id, NULL, 0);
}

/* Exactly this capability, or none for -1. */
static void set_caps(int cap)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { 0 };

	if (cap >= 0) {
		data[CAP_TO_INDEX(cap)].permitted = CAP_TO_MASK(cap);
		data[CAP_TO_INDEX(cap)].effective = CAP_TO_MASK(cap);
	}
	if (syscall(SYS_capset, &header, data))
		e2e_die("capset: %s", strerror(errno));
	prctl(PR_SET_DUMPABLE, 1);
}

static void be_root(void)
{
}

void who_drop_caps(void)
{
	set_caps(-1);
}

void who_walker(void)
{
	set_ids(WALKER);
}

static void be_walker_with(int cap)
{
	if (prctl(PR_SET_KEEPCAPS, 1))
		e2e_die("PR_SET_KEEPCAPS: %s", strerror(errno));
	set_ids(WALKER);
	set_caps(cap);
}

static void be_tracer(void)
{
	be_walker_with(CAP_SYS_PTRACE);
}

static void be_admin(void)
{
	be_walker_with(CAP_SYS_ADMIN);
}

/* Root of a user namespace of one's own: all capabilities, none that counts. */
static void be_namespace_root(unsigned int id)
{
	char map[32];

	snprintf(map, sizeof(map), "0 %u 1", id);
	if (unshare(CLONE_NEWUSER))
		e2e_die("a user namespace: %s", strerror(errno));
	proc_write("/proc/self/setgroups", "deny");
	if (proc_write("/proc/self/uid_map", map) || proc_write("/proc/self/gid_map", map))
		e2e_die("the maps of a user namespace");
	if (setresuid(0, 0, 0))
		e2e_die("root of a user namespace: %s", strerror(errno));
	prctl(PR_SET_DUMPABLE, 1);
}

static void be_walker_root(void)
{
	set_ids(WALKER);
	be_namespace_root(WALKER);
}

static void be_root_root(void)
{
	be_namespace_root(0);
}

const struct who whos[] = {
	{ "root", be_root, true, true },
	{ "uid 1000", who_walker, false, false },
	{ "root without capabilities", who_drop_caps, false, false },
	{ "uid 1000 with CAP_SYS_PTRACE", be_tracer, false, true },
	{ "uid 1000 with CAP_SYS_ADMIN", be_admin, true, false },
	{ "uid 1000 as root of a user namespace", be_walker_root, false, false },
	{ "uid 0 as root of a user namespace", be_root_root, false, false },
	{ NULL, NULL, false, false }
};

void who_run(const struct who *who, void (*body)(const struct who *who, void *arg), void *arg)
{
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		who->become();
		body(who, arg);
		fflush(stdout);
		_exit(0);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (status)
		e2e_differ("%s: the reader ended with status 0x%x", who->name, status);
}

static void handler(int nr)
{
}

void whom_become_rich(void)
{
	static const gid_t groups[] = { 7, 1007 };
	static char bytes[20000];
	struct sigevent event = {
		.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1, .sigev_value.sival_int = 4711,
	};
	timer_t timer;
	int fd = open(RICH_FILE, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	memset(bytes, 'r', sizeof(bytes));
	if (fd < 0 || write(fd, bytes, sizeof(bytes)) != sizeof(bytes) || fsync(fd) ||
	    fchown(fd, WALKER, WALKER) || dup2(fd, RICH_FD) < 0 ||
	    mmap(NULL, sizeof(bytes), PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED)
		e2e_die(RICH_FILE ": %s", strerror(errno));
	close(fd);
	signal(SIGUSR1, handler);
	if (timer_create(CLOCK_MONOTONIC, &event, &timer))
		e2e_die("timer_create: %s", strerror(errno));
	personality(SHORT_INODE);
	set_ids_groups(WALKER, groups, E2E_NR(groups));
}

static void wait_for_ever(void)
{
	target_ready();
	for (;;)
		pause();
}

void whom_root(void *arg)
{
	wait_for_ever();
}

void whom_walker(void *arg)
{
	set_ids(WALKER);
	wait_for_ever();
}

void whom_other(void *arg)
{
	set_ids(OTHER);
	wait_for_ever();
}

void whom_rich(void *arg)
{
	whom_become_rich();
	wait_for_ever();
}

void whom_hidden(void *arg)
{
	set_ids(WALKER);
	prctl(PR_SET_DUMPABLE, 0);
	wait_for_ever();
}
