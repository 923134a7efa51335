// SPDX-License-Identifier: GPL-2.0
/*
 * suite_files.c - [files] against fdinfo, readlink and stat(2); [task] against
 * status and stat
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"
#include "proc.h"
#include "still.h"
#include "suites.h"
#include "tap.h"
#include "target.h"

static char *report_of(pid_t pid)
{
	char *report = ask_report(ask_open(pid), 65536, NULL);

	if (!report)
		e2e_die("the report of %d cannot be read", pid);
	return report;
}

static void want(int fd)
{
	if (fd < 0)
		e2e_die("a descriptor to look at: %s", strerror(errno));
}

/* One of each sort of file, some at odd numbers. */
static void open_files(void *arg)
{
	int pair[2], fd;

	fd = open(WORK_DIR "/file", O_RDWR | O_CREAT | O_TRUNC, 0644);
	want(fd);
	if (write(fd, "0123456789", 10) != 10 || lseek(fd, 4, SEEK_SET) != 4)
		want(-1);
	want(open(WORK_DIR "/file", O_WRONLY | O_APPEND | O_CLOEXEC));
	want(open(WORK_DIR "/file", O_PATH));
	want(open(WORK_DIR, O_RDONLY | O_DIRECTORY));
	want(open("/dev/null", O_WRONLY));
	want(open("/proc/self/status", O_RDONLY | O_NONBLOCK));
	fd = open(WORK_DIR "/gone", O_RDWR | O_CREAT | O_TRUNC, 0600);
	want(fd);
	unlink(WORK_DIR "/gone");
	want(open(WORK_DIR "/new\nline \\ \t two  blanks", O_RDWR | O_CREAT, 0600));
	unlink(WORK_DIR "/link");
	if (symlink("file", WORK_DIR "/link"))
		want(-1);
	want(open(WORK_DIR "/link", O_PATH | O_NOFOLLOW));
	want(pipe(pair));
	want(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	want(eventfd(7, EFD_CLOEXEC));
	want(epoll_create1(0));
	want(timerfd_create(CLOCK_MONOTONIC, 0));
	want(memfd_create("a\nmemfd", 0));
	want(dup2(0, 900));
	want(fcntl(900, F_DUPFD_CLOEXEC, 1000));
	target_ready();
	pause();
}

static const char *type_of(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG: return "reg";
	case S_IFDIR: return "dir";
	case S_IFCHR: return "chr";
	case S_IFBLK: return "blk";
	case S_IFIFO: return "fifo";
	case S_IFSOCK: return "sock";
	case S_IFLNK: return "lnk";
	default: return "anon";
	}
}

static const char *mode_of(unsigned int flags)
{
	static const char *const modes[] = { "r", "w", "rw", "-" };

	return flags & O_PATH ? "-" : modes[flags & O_ACCMODE];
}

/* stat(2) through /proc/PID/fd says what the file is, readlink(2) what it is called. */
static void check_stat(pid_t pid, const struct report_table *rows, size_t row,
		       const char *fd)
{
	unsigned int major = ~0U, minor = ~0U;
	char link[64], path[4200] = "", *name;
	struct stat st;

	snprintf(link, sizeof(link), "/proc/%d/fd/%s", pid, fd);
	if (stat(link, &st) || readlink(link, path, sizeof(path) - 1) < 0)
		e2e_die("%s: %s", link, strerror(errno));
	sscanf(report_cell(rows, row, "dev"), "%x:%x", &major, &minor);
	e2e_same("dev major", major, link, major(st.st_dev));
	e2e_same("dev minor", minor, link, minor(st.st_dev));
	e2e_same("inode", report_cell_number(rows, row, "inode"), link, st.st_ino);
	e2e_same_text("type", report_cell(rows, row, "type"), link, type_of(st.st_mode));
	name = strdup(report_cell(rows, row, "path"));
	proc_unescape(name, 0);
	e2e_same_text("path", name, link, path);
	free(name);
}

static void check_fdinfo(pid_t pid, const struct report_table *rows, size_t row,
			 const char *fd)
{
	char file[64], *info;
	unsigned int flags;

	snprintf(file, sizeof(file), "fdinfo/%s", fd);
	info = proc_slurp_pid(pid, file, NULL);
	if (!info) {
		e2e_differ("fd %s: %s: %s", fd, file, strerror(errno));
		return;
	}
	flags = proc_key(info, "flags");
	e2e_same("pos", report_cell_number(rows, row, "pos"), file, proc_key(info, "pos"));
	e2e_same("flags", report_cell_number(rows, row, "flags"), file, flags);
	e2e_same("inode", report_cell_number(rows, row, "inode"), file, proc_key(info, "ino"));
	e2e_same_text("mode", report_cell(rows, row, "mode"), file, mode_of(flags));
	free(info);
}

static size_t open_fds(pid_t pid)
{
	char path[64];
	size_t nr = 0;
	int fd;

	for (fd = 0; fd < 1100; fd++) {
		struct stat st;

		snprintf(path, sizeof(path), "/proc/%d/fd/%d", pid, fd);
		nr += !lstat(path, &st);
	}
	return nr;
}

static void check_files(pid_t pid)
{
	char *report = report_of(pid);
	struct report_table rows = report_table(report, "files");
	size_t i;

	e2e_same("open files", rows.nr, "/proc/PID/fd", open_fds(pid));
	for (i = 0; i < rows.nr; i++) {
		const char *fd = report_cell(&rows, i, "fd");

		check_fdinfo(pid, &rows, i, fd);
		check_stat(pid, &rows, i, fd);
	}
	report_table_free(&rows);
	free(report);
}

static void all_files(void)
{
	pid_t pid = target_fork(open_files, NULL);

	check_files(pid);
	target_kill(pid);
}

static void init_files(void)
{
	check_files(1);
}

static void no_files(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		if (close_range(0, ~0U, 0))
			_exit(1);
		pause();
		_exit(0);
	}
	usleep(50000);
	target_settle(pid);
	e2e_same("open files", report_table(report_of(pid), "files").nr, "close_range", 0);
	target_kill(pid);
}

/* "1 2 3 4" from "1\t2\t3\t4" */
static void blanks(char *text)
{
	for (; *text; text++)
		if (*text == '\t')
			*text = ' ';
}

static void check_ids(const char *report, const char *status, const char *key,
		      const char *status_key)
{
	char ours[128], theirs[128];

	if (!report_value(report, "task", key, ours, sizeof(ours)) ||
	    !proc_key_text(status, status_key, theirs, sizeof(theirs)))
		e2e_die("no %s", key);
	blanks(theirs);
	e2e_same_text(key, ours, "status", theirs);
}

static void check_comm(const char *report, pid_t pid)
{
	char ours[128], *comm = proc_slurp_pid(pid, "comm", NULL);

	comm[strlen(comm) - 1] = '\0';
	if (!report_value(report, "task", "comm", ours, sizeof(ours)))
		e2e_die("no comm");
	proc_unescape(ours, 0);
	e2e_same_text("comm", ours, "/proc/PID/comm", comm);
	free(comm);
}

/* Equal, or one tick apart where both round. */
static void check_ticks(const char *report, const char *key, long long ticks)
{
	unsigned long long ours = report_number(report, "task", key) / (1000000000 / 100);

	e2e_true((long long)ours - ticks <= 1 && ticks - (long long)ours <= 1,
		 "%s: vmwalk says %llu ticks, stat says %lld", key, ours, ticks);
}

static void check_task(pid_t pid)
{
	static const struct {
		const char *key;
		int field;
	} fields[] = {
		{ "pid", 1 }, { "ppid", 4 }, { "minflt", 10 }, { "majflt", 12 },
		{ "priority", 18 }, { "nice", 19 }, { "threads", 20 }, { "cpu", 39 },
		{ "policy", 41 },
	};
	char *report = NULL, *stat = NULL, *status = NULL;
	char state[8], what[64], expected[2] = "";
	unsigned int i, tries = 0;
	struct still still;

	/* A kernel thread runs when it likes. */
	do {
		if (tries++ == STILL_TRIES)
			e2e_die("%d runs all the time", pid);
		free(report);
		free(stat);
		free(status);
		still_begin(&still, pid, pid);
		report = report_of(pid);
		stat = proc_slurp_pid(pid, "stat", NULL);
		status = proc_slurp_pid(pid, "status", NULL);
	} while (!still_end(&still));
	for (i = 0; i < E2E_NR(fields); i++) {
		snprintf(what, sizeof(what), "%s of %d", fields[i].key, pid);
		e2e_same(what, report_number(report, "task", fields[i].key), "stat",
			 proc_stat_field(stat, fields[i].field));
	}
	e2e_same("start ticks", report_number(report, "task", "start_ns") / 10000000, "stat",
		 proc_stat_field(stat, 22));
	check_ticks(report, "user_ns", proc_stat_field(stat, 14));
	check_ticks(report, "system_ns", proc_stat_field(stat, 15));
	e2e_same("tgid", report_number(report, "task", "tgid"), "status",
		 proc_key(status, "Tgid"));
	check_ids(report, status, "uid", "Uid");
	check_ids(report, status, "gid", "Gid");
	check_comm(report, pid);
	expected[0] = proc_stat_field(stat, 3);
	if (!report_value(report, "task", "state", state, sizeof(state)))
		e2e_die("no state");
	e2e_same_text("state", state, "stat", expected);
	free(report);
	free(stat);
	free(status);
}

static void be_batch(void)
{
	struct sched_param param = { 0 };

	prctl(PR_SET_NAME, "a(b)\n\\ \x01\xc3\xbc) 1");
	sched_setscheduler(0, SCHED_BATCH, &param);
	setpriority(PRIO_PROCESS, 0, 7);
	if (setresgid(11, 12, 13) || setresuid(21, 22, 23))
		_exit(1);
}

static void be_fifo(void)
{
	struct sched_param param = { .sched_priority = 30 };

	prctl(PR_SET_NAME, "");
	sched_setscheduler(0, SCHED_FIFO, &param);
}

static void be_nice(void)
{
	volatile unsigned int i;

	prctl(PR_SET_NAME, "123456789012345");
	setpriority(PRIO_PROCESS, 0, -11);
	for (i = 0; i < 30000000; i++)
		;
}

static void *thread_rests(void *arg)
{
	memset(mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
	       1, 1 << 20);
	if (!arg)
		return NULL;
	pause();
	return NULL;
}

/* Threads alive and threads joined: faults and times of both count. */
static void be_many(void)
{
	pthread_t thread;
	int i;

	for (i = 0; i < 6; i++) {
		pthread_create(&thread, NULL, thread_rests, i % 2 ? "stay" : NULL);
		if (i % 2 == 0)
			pthread_join(thread, NULL);
	}
}

static void be_plain(void)
{
}

static void become(void *arg)
{
	void (*how)(void) = arg;

	how();
	target_ready();
	for (;;)
		pause();
}

static void all_tasks(void)
{
	void (*const hows[])(void) = { be_plain, be_batch, be_fifo, be_nice, be_many };
	unsigned int i;

	for (i = 0; i < E2E_NR(hows); i++) {
		pid_t pid = target_fork(become, hows[i]);

		usleep(100000);
		target_settle(pid);
		check_task(pid);
		target_kill(pid);
	}
}

/* Stopped; dead and not waited for. */
static void odd_states(void)
{
	pid_t pid = target_fork(become, be_plain);

	kill(pid, SIGSTOP);
	waitpid(pid, NULL, WUNTRACED);
	check_task(pid);
	kill(pid, SIGKILL);
	waitid(P_PID, pid, NULL, WEXITED | WNOWAIT);
	check_task(pid);
	target_kill(pid);
}

static void kernel_thread(void)
{
	char value[64];

	check_task(2);
	e2e_true(report_value(report_of(2), "mm", "none", value, sizeof(value)),
		 "[mm] of a kernel thread has no line \"none\"");
	e2e_same_text("none", value, "the report's format", "no address space");
}

static const struct e2e_case files_cases[] = {
	{ "[files] equals fdinfo, readlink and stat for each sort of file", all_files, 180 },
	{ "[files] of init", init_files, 27 },
	{ "[files] of a process without files", no_files, 1 },
	{ "[task] equals stat and status: names, ids, policies, threads", all_tasks, 85 },
	{ "[task] of the stopped and of the dead", odd_states, 34 },
	{ "[task] and [mm] of a kernel thread", kernel_thread, 18 },
};
E2E_SUITE(files, NULL, NULL);
