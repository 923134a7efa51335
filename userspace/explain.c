// SPDX-License-Identifier: GPL-2.0
/* explain.c - an errno and a process made into one sentence with a remedy */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libvmwalk.h"

#define PF_KTHREAD	0x00200000	/* field 9 of /proc/PID/stat, since 2.6.33 */

enum process_state {
	PROCESS_GONE,
	PROCESS_THREAD,		/* not the leader of its group */
	PROCESS_KERNEL,		/* a kernel thread */
	PROCESS_ZOMBIE,
	PROCESS_ALIVE,
};

/* Reads the beginning of /proc/PID/<file>; false if it cannot be read. */
static bool proc_read(pid_t pid, const char *file, char *buf, size_t size)
{
	char path[64];
	FILE *in;
	size_t len;

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, file);
	in = fopen(path, "re");
	if (!in)
		return false;
	len = fread(buf, 1, size - 1, in);
	buf[len] = '\0';
	fclose(in);
	return len > 0;
}

/* The comm in /proc/PID/stat may hold anything, so count from the last ')'. */
static enum process_state process_state(pid_t pid, int *tgid)
{
	char text[2048], state;
	unsigned int flags;
	const char *at;

	*tgid = pid;
	if (!proc_read(pid, "status", text, sizeof(text)))
		return PROCESS_GONE;
	at = strstr(text, "\nTgid:\t");
	if (at)
		*tgid = atoi(at + strlen("\nTgid:\t"));
	if (*tgid != pid)
		return PROCESS_THREAD;
	if (!proc_read(pid, "stat", text, sizeof(text)))
		return PROCESS_GONE;
	at = strrchr(text, ')');
	if (!at || sscanf(at, ") %c %*d %*d %*d %*d %*d %u", &state, &flags) != 2)
		return PROCESS_ALIVE;
	if (flags & PF_KTHREAD)
		return PROCESS_KERNEL;
	return state == 'Z' || state == 'X' ? PROCESS_ZOMBIE : PROCESS_ALIVE;
}

static void explain_absent(pid_t pid, int err, char *buf, size_t size)
{
	int tgid;

	switch (process_state(pid, &tgid)) {
	case PROCESS_GONE:
		snprintf(buf, size, "no process %d: it has exited or never was", pid);
		break;
	case PROCESS_THREAD:
		snprintf(buf, size, "%d is a thread of process %d: ask for %d", pid, tgid, tgid);
		break;
	case PROCESS_KERNEL:
		snprintf(buf, size, "%d is a kernel thread: it has no address space", pid);
		break;
	case PROCESS_ZOMBIE:
		snprintf(buf, size, "process %d has exited and waits for its parent: "
			 "it has no address space any more", pid);
		break;
	case PROCESS_ALIVE:
		if (err == -ENOENT)
			snprintf(buf, size, "process %d is not under /proc/vmwalk: is this /proc "
				 "of another PID namespace? See the kernel log", pid);
		else if (err == -ENXIO)
			snprintf(buf, size, "process %d has no address space: it is about to "
				 "exit", pid);
		else
			snprintf(buf, size, "process %d has executed another program since it "
				 "was opened: ask again", pid);
		break;
	}
}

static void explain_forbidden(pid_t pid, char *buf, size_t size)
{
	int tgid;

	if (process_state(pid, &tgid) == PROCESS_KERNEL)
		snprintf(buf, size, "not permitted: %d is a kernel thread; looking at it needs "
			 "CAP_SYS_PTRACE (be root)", pid);
	else
		snprintf(buf, size, "not permitted: process %d is another user's or protects "
			 "itself; looking at it needs CAP_SYS_PTRACE (be its user, or root)", pid);
}

/* What needs no look at the process. */
static const struct {
	int err;
	const char *sentence;
} sentences[] = {
	{ EAGAIN, "the process is busy executing another program: ask again" },
	{ EPERM, "not permitted: addresses of the kernel's half need CAP_SYS_ADMIN in the initial "
		 "user namespace and no confidentiality lockdown (be root)" },
	{ EBADF, "the process has no such descriptor open" },
	{ EOPNOTSUPP, "the page table of the kernel's half cannot be found on this machine" },
	{ EINVAL, "the vmwalk module refuses the question: not an address, or not one of the "
		  "half that was asked about" },
	{ ENODEV, "the vmwalk module is not loaded: run 'insmod vmwalk.ko' as root" },
	{ ENOTTY, "the loaded vmwalk module does not know this query: it is older than this "
		  "program; load the module that was built with it" },
	{ E2BIG, "the loaded vmwalk module is older than this program and does not know all "
		 "it was asked; load the module that was built with it" },
	{ EPROTO, "the answer of the vmwalk module makes no sense: load the module that was "
		  "built with this program" },
	{ EBADMSG, "this is not a vmwalk report, or it is damaged or cut short" },
	{ ENOMSG, "a file of the kernel (zoneinfo, buddyinfo, mountinfo or one of "
		  "transparent_hugepage) is not written as this program knows it" },
	{ ENODATA, "the report of the vmwalk module does not say what is needed: load the module "
		   "that was built with this program" },
	{ EMSGSIZE, "the vmwalk report has a line that is too long to be true" },
	{ EPROTONOSUPPORT, "the vmwalk report is of another version than this program knows; "
			   "use the program that was built with the module" },
};

const char *vmwalk_explain(pid_t pid, int err, char *buf, size_t size)
{
	size_t i;

	switch (pid ? -err : 0) {	/* without a process it is about the machine */
	case ENOENT:
	case ESRCH:
	case ENXIO:
		explain_absent(pid, err, buf, size);
		return buf;
	case EACCES:
		explain_forbidden(pid, buf, size);
		return buf;
	}
	for (i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
		if (sentences[i].err == -err) {
			snprintf(buf, size, "%s", sentences[i].sentence);
			return buf;
		}
	}
	if (pid)
		snprintf(buf, size, "process %d: %s", pid, strerror(-err));
	else
		snprintf(buf, size, "a file of the kernel cannot be read: %s", strerror(-err));
	return buf;
}
