// SPDX-License-Identifier: GPL-2.0
/*
 * suite_rights.c - who may look at what: always as /proc/PID/maps answers, and
 * never a frame without the right to frames
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"
#include "who.h"

enum { ROOTS, WALKERS, OTHERS, HIDDEN, INIT, TARGETS };
static const char *const target_names[TARGETS] = {
	"root's process", "uid 1000's process", "uid 1001's process",
	"an undumpable process of uid 1000", "init"
};
static pid_t pids[TARGETS];

static void rights_open(void)
{
	pids[ROOTS] = target_fork(whom_root, NULL);
	pids[WALKERS] = target_fork(whom_walker, NULL);
	pids[OTHERS] = target_fork(whom_other, NULL);
	pids[HIDDEN] = target_fork(whom_hidden, NULL);
	pids[INIT] = 1;
}

static void rights_close(void)
{
	int i;

	for (i = ROOTS; i < INIT; i++)
		target_kill(pids[i]);
}

/* What opening a file of procfs answers: 0 or the errno. */
static int opens(const char *dir, pid_t pid, const char *file)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "%s/%d%s", dir, pid, file);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static void same_answer(const struct who *who, const char *whom, pid_t pid)
{
	int ours = opens(VMWALK_DIR, pid, ""), maps = opens("/proc", pid, "/maps");

	e2e_true(ours == maps, "%s opens %s: vmwalk answers %s, maps %s", who->name, whom,
		 strerror(ours), strerror(maps));
}

static void open_all(const struct who *who, void *arg)
{
	int i;

	for (i = 0; i < TARGETS; i++)
		same_answer(who, target_names[i], pids[i]);
	same_answer(who, "itself", getpid());
	same_answer(who, "a number nobody has", 4194303);
}

static void matrix(void)
{
	const struct who *who;

	for (who = whos; who->name; who++)
		who_run(who, open_all, NULL);
}

/* maps lets everybody open a kernel thread's: we ask for CAP_SYS_PTRACE. */
static void open_kernel(const struct who *who, void *arg)
{
	int answer = opens(VMWALK_DIR, 2, "");

	e2e_true(answer == (who->kernel ? 0 : EACCES), "%s opens a kernel thread: %s", who->name,
		 strerror(answer));
}

static void kernel_threads(void)
{
	const struct who *who;

	for (who = whos; who->name; who++)
		who_run(who, open_kernel, NULL);
}

/* The dead without a wait have no maps to guard; the check on a task remains. */
static void open_zombie(const struct who *who, void *arg)
{
	char link[64], text[64];
	pid_t pid = *(pid_t *)arg;
	int answer = opens(VMWALK_DIR, pid, "");
	ssize_t got;

	snprintf(link, sizeof(link), "/proc/%d/ns/user", pid);
	got = readlink(link, text, sizeof(text));
	e2e_true((answer == 0) == (got > 0), "%s opens a zombie: vmwalk answers %s, ns/user %s",
		 who->name, strerror(answer), got > 0 ? "yes" : "no");
}

static void zombies(void)
{
	const struct who *who;
	pid_t pid = target_fork(whom_other, NULL);

	kill(pid, SIGKILL);
	waitid(P_PID, pid, NULL, WEXITED | WNOWAIT);
	for (who = whos; who->name; who++)
		who_run(who, open_zombie, &pid);
	target_kill(pid);
}

/* Every field of the tables that only some may see. */
static const struct secret {
	const char *section, *member;
	bool column;
	uint64_t group;
} secrets[] = {
#define FIELD(type, member, dim, FORMAT, GROUP, help) \
	{ SECTION, #member, COLUMN, VMWALK_HAS(GROUP) & VMWALK_PRIVILEGED },
#define COLUMN false
#define SECTION "task"
	VMWALK_TASK_FIELDS(FIELD)
#undef SECTION
#define SECTION "mm"
	VMWALK_MM_FIELDS(FIELD)
#undef SECTION
#undef COLUMN
#define COLUMN true
#define SECTION "walks"
	VMWALK_ENTRY_FIELDS(FIELD)
#undef SECTION
#define SECTION "frames"
	VMWALK_FRAME_FIELDS(FIELD)
#undef SECTION
#define SECTION "backing"
	VMWALK_BACKING_FIELDS(FIELD)
#undef SECTION
#undef COLUMN
#undef FIELD
};

static unsigned int check_secret(const char *report, const struct secret *secret, bool shown)
{
	unsigned int seen = 0;
	char value[256];
	size_t i;

	if (!secret->column) {
		if (!report_value(report, secret->section, secret->member, value, sizeof(value)))
			return 0;
		e2e_true(shown || !strcmp(value, "-"), "[%s] shows %s: %s", secret->section,
			 secret->member, value);
		return strcmp(value, "-") != 0;
	}
	struct report_table rows = report_table(report, secret->section);

	for (i = 0; i < rows.nr; i++) {
		const char *cell = report_cell(&rows, i, secret->member);

		e2e_true(shown || !strcmp(cell, "-"), "[%s] shows %s: %s", secret->section,
			 secret->member, cell);
		e2e_true(shown || strcmp(secret->section, "walks") ||
			 !strcmp(report_cell(&rows, i, "pa"), "-"), "[walks] shows pa");
		seen += strcmp(cell, "-") != 0;
	}
	report_table_free(&rows);
	return seen;
}

static void check_report(int fd, const struct who *who, bool shown)
{
	char *report = ask_report(fd, 65536, NULL);
	unsigned int i, seen = 0;

	if (!report)
		e2e_die("%s cannot read: %s", who->name, strerror(errno));
	for (i = 0; i < E2E_NR(secrets); i++)
		if (secrets[i].group)
			seen += check_secret(report, &secrets[i], shown);
	e2e_true(shown ? seen > 20 : !seen, "%s sees %u values of frames and the like",
		 who->name, seen);
	free(report);
}

/* No bit in `has`, and zero in each member of a privileged group. */
static void check_entry(const struct vmwalk_entry *entry)
{
#define FIELD(type, member, dim, FORMAT, GROUP, help) \
	if (VMWALK_HAS(GROUP) & VMWALK_PRIVILEGED) \
		e2e_true(!entry->member, "an entry's " #member " is 0x%llx", \
			 (unsigned long long)entry->member);
	VMWALK_ENTRY_FIELDS(FIELD)
#undef FIELD
	e2e_true(!(entry->has & VMWALK_PRIVILEGED), "an entry has 0x%llx", entry->has);
}

static void check_run_record(const struct vmwalk_run *run)
{
#define FIELD(type, member, dim, FORMAT, GROUP, help) \
	if (VMWALK_HAS(GROUP) & VMWALK_PRIVILEGED) \
		e2e_true(!run->member, "a run's " #member " is 0x%llx", \
			 (unsigned long long)run->member);
	VMWALK_RUN_FIELDS(FIELD)
#undef FIELD
	e2e_true(!(run->has & VMWALK_PRIVILEGED), "a run has 0x%llx", run->has);
}

static void check_records(int fd, pid_t pid, bool shown)
{
	struct areas areas = proc_areas(pid, "maps");
	size_t nr, i, k, frames = 0;
	struct vmwalk_run *runs = ask_runs(fd, 0, areas.area[areas.nr - 1].end, 1000, &nr);

	for (i = 0; i < nr; i++) {
		struct vmwalk_walk walk = ask_translate_one(fd, runs[i].start);

		frames += !!(runs[i].has & walk.has & VMWALK_HAS(FRAME));
		if (shown)
			continue;
		check_run_record(&runs[i]);
		e2e_true(!walk.pa && !(walk.has & VMWALK_PRIVILEGED), "a walk has 0x%llx, pa 0x%llx",
			 walk.has, walk.pa);
		for (k = 0; k < walk.depth; k++)
			check_entry(&walk.entry[k]);
	}
	e2e_true(shown ? frames > 5 : !frames, "%zu records with frames of %zu", frames, nr);
	free(runs);
	proc_areas_free(&areas);
}

/* Each reader looks at itself, which everybody may. */
static void look_at_oneself(const struct who *who, void *arg)
{
	int fd = ask_open(getpid());

	check_report(fd, who, who->frames);
	check_records(fd, getpid(), who->frames);
}

static void secrets_hidden(void)
{
	const struct who *who;

	for (who = whos; who->name; who++)
		who_run(who, look_at_oneself, NULL);
}

/* A descriptor gives what its opener had, whoever reads. */
static void passed_on(void)
{
	int sockets[2];
	pid_t pid;
	int fd;

	/* Opened by uid 1000 (a child shares the table), read by root. */
	if (pipe(sockets))
		e2e_die("pipe: %s", strerror(errno));
	pid = syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
	if (pid == 0) {
		who_walker();
		fd = ask_open_try(pids[WALKERS]);
		if (write(sockets[1], &fd, sizeof(fd)) != sizeof(fd))
			_exit(1);
		_exit(0);
	}
	if (read(sockets[0], &fd, sizeof(fd)) != sizeof(fd) || fd < 0)
		e2e_die("uid 1000 could not open its own process");
	waitpid(pid, NULL, 0);
	check_report(fd, &whos[1], false);
	check_records(fd, pids[WALKERS], false);
}

static void read_by_walker(const struct who *who, void *arg)
{
	check_report(*(int *)arg, who, true);
}

static void passed_down(void)
{
	int fd = ask_open(pids[WALKERS]);

	who_run(&whos[1], read_by_walker, &fd);
}

/* Whom a descriptor from before an exec meets. */
enum after {
	NOBODY,		/* the process has gone */
	FORBIDDEN,	/* a program its opener may not look at: EACCES may come first */
	FOLLOWED,	/* one it may: a report read anew from its start may follow */
};

static bool is_dead(int err, enum after after)
{
	return err == ESRCH || (after == FORBIDDEN && err == EACCES);
}

/* What was buffered may come out, but a report begun never goes on to its end. */
static void report_dead(int fd, const char *when, enum after after)
{
	char part[4096];
	ssize_t got;

	do
		got = read(fd, part, sizeof(part));
	while (got > 0);
	e2e_true(got < 0 && is_dead(errno, after), "%s: reading on ends with %zd, %s", when, got,
		 strerror(errno));
	got = pread(fd, part, 1, 0);
	if (after == FOLLOWED && got == 1)
		return;
	e2e_true(got < 0 && is_dead(errno, after), "%s: reading anew answers %zd, %s", when, got,
		 strerror(errno));
}

static void descriptor_dead(int fd, const char *when, enum after after)
{
	static const unsigned int iocs[] = { VMWALK_IOC_RUNS, VMWALK_IOC_VMAS };
	static unsigned char room[4096];
	uint64_t va = 0x400000;
	struct vmwalk_query query = ask_query(room, 8, 1);
	unsigned int i;
	int err;

	query.addresses = (uintptr_t)&va;
	err = -ask(fd, VMWALK_IOC_TRANSLATE, &query);
	e2e_true(is_dead(err, after), "%s: TRANSLATE answers %s", when, strerror(err));
	for (i = 0; i < E2E_NR(iocs); i++) {
		query = ask_query(room, 8, 1);
		query.end = 1ULL << 47;
		err = -ask(fd, iocs[i], &query);
		e2e_true(is_dead(err, after), "%s: query %u answers %s", when, i,
			 strerror(err));
	}
	report_dead(fd, when, after);
}

static void the_dead(void)
{
	pid_t pid = target_fork(whom_root, NULL);
	int fd = ask_open(pid);
	char byte;

	e2e_same("a byte of the living", read(fd, &byte, 1), "read", 1);
	kill(pid, SIGKILL);
	waitid(P_PID, pid, NULL, WEXITED | WNOWAIT);
	descriptor_dead(fd, "of a zombie", NOBODY);
	target_kill(pid);
	descriptor_dead(fd, "of one reaped", NOBODY);
	e2e_same("open after the reap", opens(VMWALK_DIR, pid, ""), "ENOENT", ENOENT);
}

/* A new process under the old number is another process. */
static void reused_number(void)
{
	char *old_max = proc_slurp("/proc/sys/kernel/pid_max", NULL);
	pid_t first, again = 0;
	int fd, tries;

	if (proc_write("/proc/sys/kernel/pid_max", "420"))
		e2e_die("pid_max cannot be set");
	/* Numbers that come again begin at 300. */
	while ((first = target_fork(whom_root, NULL)) <= 300)
		target_kill(first);
	fd = ask_open(first);
	target_kill(first);
	for (tries = 0; tries < 2000 && again != first; tries++) {
		if (again)
			target_kill(again);
		again = target_fork(whom_root, NULL);
	}
	proc_write("/proc/sys/kernel/pid_max", old_max);
	e2e_same("the number came again", again, "fork", first);
	descriptor_dead(fd, "of one whose number was used again", NOBODY);
	close(fd);
	fd = ask_open(again);
	e2e_same("pid", report_number(ask_report(fd, 65536, NULL), "task", "pid"), "fork", again);
	target_kill(again);
}

/* Waits for a byte, then executes a program. */
static void exec_later(void *arg)
{
	const char *program = arg;
	char byte;

	who_walker();
	target_ready();
	if (read(0, &byte, 1) != 1)
		_exit(1);
	execl(program, "mkmem", NULL);
	_exit(127);
}

static void wait_for_exec(pid_t pid)
{
	int tries;

	for (tries = 0; tries < 3000; tries++) {
		char *comm = proc_slurp_pid(pid, "comm", NULL);
		bool there = comm && !strncmp(comm, "mkmem", 5);

		free(comm);
		if (there)
			break;
		usleep(1000);
	}
	target_settle(pid);
}

/* Opened before, a descriptor never shows what the program executed has. */
static void opened_before(const struct who *who, void *arg)
{
	int *args = arg, fd = ask_open(args[0]);
	char byte;

	e2e_same("a byte before the exec", read(fd, &byte, 1), "read", 1);
	if (write(args[1], "x", 1) != 1)
		e2e_die("write: %s", strerror(errno));
	wait_for_exec(args[0]);
	descriptor_dead(fd, "opened before the exec",
			opens("/proc", args[0], "/maps") ? FORBIDDEN : FOLLOWED);
	same_answer(who, "the program executed", args[0]);
}

static void exec_with(const struct who *who, const char *program)
{
	int in[2], out[2], args[2], saved = dup(0), saved_out = dup(1);
	pid_t pid;

	if (pipe(in) || pipe(out))
		e2e_die("pipe: %s", strerror(errno));
	/* mkmem waits on its standard input and is quiet on a pipe nobody reads. */
	dup2(in[0], 0);
	fflush(stdout);
	dup2(out[1], 1);
	pid = target_fork(exec_later, (void *)program);
	dup2(saved, 0);
	dup2(saved_out, 1);
	args[0] = pid;
	args[1] = in[1];
	who_run(who, opened_before, args);
	target_kill(pid);
	close(in[0]);
	close(in[1]);
	close(out[0]);
	close(out[1]);
	close(saved);
	close(saved_out);
}

static void copy_program(const char *to, mode_t mode)
{
	size_t len;
	char *bytes = proc_slurp(target_program("mkmem"), &len);
	int fd;

	unlink(to);
	fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
	if (!bytes || fd < 0 || write(fd, bytes, len) != (ssize_t)len)
		e2e_die("%s: %s", to, strerror(errno));
	close(fd);
	free(bytes);
	if (chmod(to, mode))
		e2e_die("%s: %s", to, strerror(errno));
}

static void setuid_exec(void)
{
	copy_program(WORK_DIR "/suid", 04755);
	exec_with(&whos[1], WORK_DIR "/suid");
	unlink(WORK_DIR "/suid");
}

static void plain_exec(void)
{
	copy_program(WORK_DIR "/plain", 0755);
	exec_with(&whos[1], WORK_DIR "/plain");
	exec_with(&whos[0], WORK_DIR "/plain");
	unlink(WORK_DIR "/plain");
}

/* In a container the names mean its processes, whatever the host calls them. */
static void container_init(void)
{
	static const char vmwalk[] = WORK_DIR "/proc/vmwalk";
	char path[96], *report;
	int fd;

	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("proc", WORK_DIR "/proc", "proc", 0, NULL))
		e2e_die("procfs of a container: %s", strerror(errno));
	prctl(PR_SET_NAME, "container-init");
	snprintf(path, sizeof(path), "%s/1", vmwalk);
	fd = open(path, O_RDONLY);
	e2e_true(fd >= 0, "%s: %s", path, strerror(errno));
	if (fd >= 0) {
		char comm[64] = "";

		report = ask_report(fd, 65536, NULL);
		report_value(report, "task", "comm", comm, sizeof(comm));
		e2e_same_text("comm of 1", comm, "the container", "container-init");
		e2e_same("pid of 1", report_number(report, "task", "pid"), "the container", 1);
		e2e_same("ppid of 1", report_number(report, "task", "ppid"), "the container", 0);
	}
	snprintf(path, sizeof(path), "%s/self", vmwalk);
	fd = open(path, O_RDONLY);
	e2e_true(fd >= 0, "%s: %s", path, strerror(errno));
	if (fd >= 0)
		e2e_same("pid of self", report_number(ask_report(fd, 65536, NULL), "task", "pid"),
			 "the container", 1);
	snprintf(path, sizeof(path), "%s/%d", vmwalk, pids[ROOTS]);
	e2e_true(open(path, O_RDONLY) < 0 && errno == ENOENT, "the host's %d opens in a container",
		 pids[ROOTS]);
	snprintf(path, sizeof(path), "%s/2", vmwalk);
	e2e_true(open(path, O_RDONLY) < 0 && errno == ENOENT, "the host's 2 opens in a container");
	umount(WORK_DIR "/proc");
}

static void run_container(const struct who *who, void *arg)
{
	int status;
	pid_t pid;

	if (unshare(CLONE_NEWPID | CLONE_NEWNS))
		e2e_die("namespaces: %s", strerror(errno));
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		container_init();
		fflush(stdout);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	e2e_same("the container's end", status, "exit", 0);
}

static void container(void)
{
	mkdir(WORK_DIR "/proc", 0755);
	who_run(&whos[0], run_container, NULL);
}

static void self_entry(void)
{
	int fd = open(VMWALK_DIR "/self", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		e2e_die("self: %s", strerror(errno));
	e2e_same("pid of self", report_number(ask_report(fd, 65536, NULL), "task", "pid"),
		 "getpid", getpid());
}

static const struct e2e_case rights_cases[] = {
	{ "open answers as maps does, for every reader and process", matrix, 49 },
	{ "kernel threads need CAP_SYS_PTRACE", kernel_threads, 7 },
	{ "zombies are guarded as their namespaces are", zombies, 7 },
	{ "frames, entries, registers: only with CAP_SYS_ADMIN, else absent", secrets_hidden, 2000 },
	{ "opened without the right, read with it: still absent", passed_on, 300 },
	{ "opened with the right, read without it: shown", passed_down, 20 },
	{ "the dead: ESRCH on a descriptor, ENOENT at open", the_dead, 10 },
	{ "a number used again is another process", reused_number, 6 },
	{ "set-user-ID exec: a descriptor from before is dead", setuid_exec, 6 },
	{ "any exec: a descriptor from before is dead", plain_exec, 12 },
	{ "a container sees its own processes under its own numbers", container, 9 },
	{ "self is the reader", self_entry, 1 },
};
E2E_SUITE(rights, rights_open, rights_close);
