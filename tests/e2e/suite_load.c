// SPDX-License-Identifier: GPL-2.0
/*
 * suite_load.c - in and out: rmmod in use, insmod in a container, again and again
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"

#define LOG_BYTES	(1 << 18)

static const char *module_path(void)
{
	const char *path = getenv("VMWALK_KO");

	path = path ? path : "/vmwalk/vmwalk.ko";
	if (access(path, R_OK))
		e2e_skip("no %s (VMWALK_KO names another place)", path);
	return path;
}

static int load(void)
{
	int fd = open(module_path(), O_RDONLY | O_CLOEXEC);
	int err = syscall(SYS_finit_module, fd, "", 0) ? errno : 0;

	close(fd);
	return err;
}

static int unload(void)
{
	return syscall(SYS_delete_module, "vmwalk", O_NONBLOCK) ? errno : 0;
}

/* Other descriptors may be closing still. */
static int unload_soon(void)
{
	int tries, err = EAGAIN;

	for (tries = 0; tries < 100 && err == EAGAIN; tries++) {
		err = unload();
		if (err == EAGAIN)
			usleep(10000);
	}
	return err;
}

static bool published(pid_t pid)
{
	int fd = ask_open_try(pid);

	close(fd);
	return fd >= 0;
}

/* An open descriptor keeps the module, of a process and of stats. */
static void in_use(void)
{
	static const char *const names[] = { "/1", "/self", "/stats" };
	char path[64], byte;
	unsigned int i;

	module_path();
	for (i = 0; i < E2E_NR(names); i++) {
		int fd, err;

		snprintf(path, sizeof(path), VMWALK_DIR "%s", names[i]);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		e2e_true(fd >= 0, "%s: %s", path, strerror(errno));
		err = unload();
		e2e_true(err == EWOULDBLOCK || err == EBUSY, "rmmod with %s open: %s", path,
			 strerror(err));
		e2e_same("a byte after the refusal", read(fd, &byte, 1), "read", 1);
		close(fd);
	}
}

static void again(void)
{
	pid_t pid = target_fork((void (*)(void *))target_ready, NULL);
	int i, err;

	module_path();
	target_kill(pid);
	for (i = 0; i < 10; i++) {
		err = unload_soon();
		e2e_true(!err, "rmmod %d: %s", i, strerror(err));
		e2e_true(access(VMWALK_DIR, F_OK) && errno == ENOENT, VMWALK_DIR " is still there");
		e2e_true(access("/sys/module/vmwalk", F_OK), "the module is still there");
		err = load();
		e2e_true(!err, "insmod %d: %s", i, strerror(err));
		/* Everybody is there when insmod returns. */
		e2e_true(published(1) && published(2) && published(getpid()),
			 "not published when insmod returned");
	}
	e2e_same("insmod twice", load(), "EEXIST", EEXIST);
}

static bool log_says(const char *text)
{
	char *log = calloc(1, LOG_BYTES + 1);
	bool said = klogctl(3 /* SYSLOG_ACTION_READ_ALL */, log, LOG_BYTES) > 0 &&
		    strstr(log, text);

	free(log);
	return said;
}

static int load_inside(void)
{
	int status;
	pid_t pid;

	if (unshare(CLONE_NEWPID))
		return 255;
	pid = fork();
	if (pid == 0)
		_exit(load());
	waitpid(pid, &status, 0);
	return WEXITSTATUS(status);
}

static void in_container(void)
{
	int status, err;
	pid_t pid;

	module_path();
	err = unload_soon();
	e2e_true(!err, "rmmod: %s", strerror(err));
	fflush(stdout);
	pid = fork();
	if (pid == 0)
		_exit(load_inside());
	waitpid(pid, &status, 0);
	e2e_true(WIFEXITED(status) && WEXITSTATUS(status) == EPERM,
		 "insmod in a PID namespace: status 0x%x", status);
	e2e_true(log_says("outside the initial PID namespace"), "the log does not say why");
	e2e_true(access(VMWALK_DIR, F_OK), VMWALK_DIR " is there");
	e2e_same("insmod on the host after that", load(), "0", 0);
	e2e_true(published(1), "not published");
}

/* Readers loop while the module goes and comes: errors are fine, a splat is not. */
static void with_readers(void)
{
	pid_t readers[2];
	int i, k, unloaded = 0;

	module_path();
	fflush(stdout);
	for (i = 0; i < 2; i++) {
		readers[i] = fork();
		if (readers[i] == 0) {
			char part[4096];
			int fd;

			for (;;) {
				fd = ask_open_try(i ? 1 : getppid());
				while (fd >= 0 && read(fd, part, sizeof(part)) > 0)
					;
				close(fd);
				usleep(2000);
			}
		}
	}
	for (k = 0; k < 200; k++) {
		if (!unload()) {
			unloaded++;
			e2e_same("insmod under readers", load(), "0", 0);
		}
		usleep(1000);
	}
	for (i = 0; i < 2; i++)
		target_kill(readers[i]);
	e2e_note("unloaded %d times of 200 tries between readers", unloaded);
	e2e_true(unloaded > 0, "never unloaded between readers");
	e2e_true(published(1), "not published");
}

/* A process whose vfork() waits for a child that has memory of its own and sleeps. */
static void vfork_sleeps(int out)
{
	pid_t self;

	if (syscall(SYS_clone, CLONE_VFORK | SIGCHLD, 0, 0, 0, 0))
		_exit(0);
	self = getpid();
	if (write(out, &self, sizeof(self)) != sizeof(self))
		_exit(1);
	for (;;)
		pause();
}

/* The parent has not been back in user space since it forked; unloading does not wait. */
static void unload_under_vfork(void)
{
	pid_t parent, child = 0;
	int ends[2], status = -1, err;

	module_path();
	e2e_true(!pipe(ends), "pipe: %s", strerror(errno));
	fflush(stdout);
	parent = fork();
	if (parent == 0)
		vfork_sleeps(ends[1]);
	e2e_same("the child told its number", read(ends[0], &child, sizeof(child)), "bytes",
		 sizeof(child));
	e2e_true(published(child), "the child is not published");
	err = unload_soon();
	e2e_true(!err, "rmmod while a vfork() waits: %s", strerror(err));
	e2e_same("insmod again", load(), "0", 0);
	kill(child, SIGKILL);
	waitpid(parent, &status, 0);
	e2e_same("the parent's end", status, "exit", 0);
	close(ends[0]);
	close(ends[1]);
}

static void stats_move(void)
{
	char *before = proc_slurp(VMWALK_DIR "/stats", NULL), *after;
	static const char *const moving[] = { "events", "reads", "walks", "entries" };
	unsigned int i;
	int fd;

	target_kill(target_fork((void (*)(void *))target_ready, NULL));
	fd = ask_open(1);
	free(ask_report(fd, 65536, NULL));
	ask_translate_one(fd, 0x1000);
	after = proc_slurp(VMWALK_DIR "/stats", NULL);
	for (i = 0; i < E2E_NR(moving); i++)
		e2e_true(proc_key(after, moving[i]) > proc_key(before, moving[i]),
			 "%s: %llu, then %llu", moving[i],
			 (unsigned long long)proc_key(before, moving[i]),
			 (unsigned long long)proc_key(after, moving[i]));
	e2e_same("lost", proc_key(after, "lost"), "nothing was lost", 0);
	e2e_true(proc_key(after, "longest_hold_ns") > 0, "no hold was measured");
}

static const struct e2e_case load_cases[] = {
	{ "the module's counters move", stats_move, 6 },
	{ "rmmod with a descriptor open says in use", in_use, 9 },
	{ "ten times out and in, all published at once", again, 51 },
	{ "insmod in a PID namespace is refused and says why", in_container, 6 },
	{ "out and in with readers looping", with_readers, 3 },
	{ "out and in while a vfork() waits", unload_under_vfork, 6 },
};
E2E_SUITE(load, NULL, NULL);
