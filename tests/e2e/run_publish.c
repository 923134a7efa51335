// SPDX-License-Identifier: GPL-2.0
/*
 * run_publish.c - run-publish [--plan] [N]: is an entry there by the time
 * fork() returns? N times (10 000) each way; not one miss is allowed.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ask.h"
#include "proc.h"
#include "tap.h"
#include "target.h"

#define FORKERS		4
#define GONE_MS		1000	/* an entry may outlive its process this long */

static unsigned int tries = 10000;

static void child_waits(void)
{
	for (;;)
		pause();
}

static pid_t plain_fork(void)
{
	pid_t pid = fork();

	if (pid == 0)
		child_waits();
	return pid;
}

static int shares_memory(void *arg)
{
	child_waits();
	return 0;
}

/* The child has its parent's memory, and the parent does not wait for it. */
static pid_t clone_vm(void)
{
	static char stack[65536] __attribute__((aligned(16)));

	return clone(shares_memory, stack + sizeof(stack), CLONE_VM | SIGCHLD, NULL);
}

/* The moment of truth: nothing between fork() and open(). */
static void fork_and_open(unsigned int nr, pid_t (*make)(void))
{
	unsigned int i, misses = 0;

	for (i = 0; i < nr; i++) {
		pid_t pid = make();
		int fd;

		if (pid < 0)
			e2e_die("fork: %s", strerror(errno));
		fd = ask_open_try(pid);
		if (fd < 0) {
			misses++;
			e2e_differ("try %u: %d: %s", i, pid, strerror(-fd));
		}
		close(fd);
		target_kill(pid);
	}
	e2e_compared(nr);
	if (misses)
		e2e_note("%u of %u missed", misses, nr);
}

static void one_forker(void)
{
	fork_and_open(tries, plain_fork);
}

static void cloner(void)
{
	fork_and_open(tries, clone_vm);
}

/* A forker that a debugger follows: every SIGCHLD stops it on its way. */
static void traced_forker(void)
{
	pid_t pid;
	int status;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		raise(SIGSTOP);
		fork_and_open(tries / 4, plain_fork);
		fflush(stdout);
		_exit(0);
	}
	if (ptrace(PTRACE_SEIZE, pid, NULL, 0))
		e2e_die("ptrace: %s", strerror(errno));
	kill(pid, SIGCONT);
	while (waitpid(pid, &status, 0) == pid && WIFSTOPPED(status)) {
		int sig = status >> 16 ? 0 : WSTOPSIG(status);

		ptrace(PTRACE_CONT, pid, NULL, sig == SIGSTOP ? 0 : sig);
	}
	e2e_same("the traced forker's end", status, "exit", 0);
}

static void forkers(unsigned int nr)
{
	pid_t pids[FORKERS];
	int i, status;

	fflush(stdout);
	for (i = 0; i < FORKERS; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			fork_and_open(nr / FORKERS, plain_fork);
			fflush(stdout);
			_exit(0);
		}
	}
	for (i = 0; i < FORKERS; i++) {
		waitpid(pids[i], &status, 0);
		e2e_same("a forker's end", status, "exit", 0);
	}
}

static void four_forkers(void)
{
	forkers(tries);
}

/* A process on every CPU that never sleeps. */
static void with_busy(void (*body)(void))
{
	int nr = get_nprocs(), i;
	pid_t *busy = calloc(nr, sizeof(*busy));

	fflush(stdout);
	for (i = 0; i < nr; i++) {
		busy[i] = fork();
		if (busy[i] == 0) {
			cpu_set_t set;

			prctl(PR_SET_PDEATHSIG, SIGKILL);
			CPU_ZERO(&set);
			CPU_SET(i, &set);
			sched_setaffinity(0, sizeof(set), &set);
			for (;;)
				;
		}
	}
	body();
	for (i = 0; i < nr; i++)
		target_kill(busy[i]);
	free(busy);
}

static void busy_forker(void)
{
	with_busy(one_forker);
}

static void busy_forkers(void)
{
	with_busy(four_forkers);
}

/* posix_spawn() comes back when the child has executed its program. */
static void spawned(void)
{
	char *const argv[] = { "mkmem", NULL };
	posix_spawn_file_actions_t actions;
	unsigned int i, nr = tries / 50 + 1;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC))
		e2e_die("pipe: %s", strerror(errno));
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[0], 0);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	for (i = 0; i < nr; i++) {
		pid_t pid;
		int fd;

		if (posix_spawn(&pid, target_program("mkmem"), &actions, NULL, argv, NULL))
			e2e_die("posix_spawn");
		fd = ask_open_try(pid);
		e2e_true(fd >= 0, "spawned %d: %s", pid, strerror(-fd));
		close(fd);
		target_kill(pid);
	}
}

/* `command & cat /proc/vmwalk/$!`, by a program and by the shell itself. */
static void shell(void)
{
	char script[512];
	unsigned int nr = tries / 30 + 1, misses = ~0U;
	FILE *pipe;

	snprintf(script, sizeof(script),
		 "i=0; miss=0; while [ $i -lt %u ]; do sleep 30 & p=$!\n"
		 "{ read line <" VMWALK_DIR "/$p; } 2>/dev/null || miss=$((miss + 1))\n"
		 "kill $p; sleep 30 & p=$!\n"
		 "cat " VMWALK_DIR "/$p >/dev/null 2>&1 || miss=$((miss + 1))\n"
		 "kill $p; i=$((i + 1)); done; echo $miss", nr);
	pipe = popen(script, "r");
	if (!pipe || fscanf(pipe, "%u", &misses) != 1)
		e2e_die("the shell did not answer");
	pclose(pipe);
	e2e_compared(2 * nr - 1);
	e2e_same("misses of the shell", misses, "nobody may miss", 0);
}

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool listed(pid_t pid)
{
	char path[64];

	snprintf(path, sizeof(path), VMWALK_DIR "/%d", pid);
	return !access(path, F_OK);
}

/* An entry that lingers does not open; soon it is not even listed. */
static void gone(void)
{
	long worst = 0;
	int i;

	for (i = 0; i < 100; i++) {
		pid_t pid = fork();
		long since;

		if (pid == 0)
			child_waits();
		e2e_true(listed(pid), "%d is not listed", pid);
		target_kill(pid);
		since = now_ms();
		e2e_same("open after the reap", -ask_open_try(pid), "ENOENT", ENOENT);
		while (listed(pid) && now_ms() - since <= GONE_MS)
			usleep(1000);
		worst = now_ms() - since > worst ? now_ms() - since : worst;
		e2e_true(!listed(pid), "%d is listed %d ms after its end", pid, GONE_MS);
	}
	e2e_note("longest time listed after the reap: %ld ms", worst);
}

/* The numbers in a directory, one bit each. */
static unsigned int numbers(const char *path, unsigned char *bits, size_t size)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	unsigned int nr = 0;

	if (!dir)
		e2e_die("%s: %s", path, strerror(errno));
	memset(bits, 0, size);
	while ((entry = readdir(dir))) {
		unsigned long number = strtoul(entry->d_name, NULL, 10);

		if (!number || number / 8 >= size)
			continue;
		bits[number / 8] |= 1 << number % 8;
		nr++;
	}
	closedir(dir);
	return nr;
}

/* Until both lists were once the same; processes of the kernel come and go. */
static void lists_agree(const char *when)
{
	static unsigned char ours[1 << 19], proc[1 << 19];
	long since = now_ms();
	unsigned int nr, nr_proc;

	do {
		nr = numbers(VMWALK_DIR, ours, sizeof(ours));
		nr_proc = numbers("/proc", proc, sizeof(proc));
		if (!memcmp(ours, proc, sizeof(ours)))
			break;
		usleep(5000);
	} while (now_ms() - since < 2 * GONE_MS);
	e2e_same(when, nr, "/proc", nr_proc);
	e2e_true(!memcmp(ours, proc, sizeof(ours)), "%s: the lists differ", when);
}

static void listing(void)
{
	lists_agree("processes listed");
}

static void listing_after_storm(void)
{
	pid_t pids[FORKERS];
	int i;

	for (i = 0; i < FORKERS; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			unsigned int k;

			for (k = 0; k < tries / 4; k++) {
				pid_t pid = fork();

				if (pid == 0)
					_exit(0);
				waitpid(pid, NULL, 0);
			}
			_exit(0);
		}
	}
	for (i = 0; i < FORKERS; i++)
		waitpid(pids[i], NULL, 0);
	lists_agree("processes listed after a storm of births and deaths");
}

static void *thread_executes(void *arg)
{
	/* Its program waits on a pipe that nobody writes. */
	execl(target_program("mkmem"), "mkmem", NULL);
	return NULL;
}

static void *thread_waits(void *arg)
{
	*(pid_t *)arg = gettid();
	target_ready();
	pause();
	return NULL;
}

static void has_thread(void *arg)
{
	static pid_t tid;
	pthread_t thread;

	pthread_create(&thread, NULL, thread_waits, &tid);
	pause();
}

/* A thread is no process; one that executes a program takes its leader's number. */
static void threads(void)
{
	pid_t pid = target_fork(has_thread, NULL);
	int fd, ends[2], tries_left = 3000;
	DIR *dir;
	char path[64];
	struct dirent *entry;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		pid_t tid = atoi(entry->d_name);

		if (tid)
			e2e_same("a thread listed", listed(tid), "its leader only", tid == pid);
	}
	target_kill(pid);

	if (pipe(ends))
		e2e_die("pipe: %s", strerror(errno));
	pid = fork();
	if (pid == 0) {
		pthread_t thread;

		dup2(ends[0], 0);
		dup2(open("/dev/null", O_WRONLY), 1);
		pthread_create(&thread, NULL, thread_executes, NULL);
		child_waits();
	}
	for (; tries_left; tries_left--) {
		char *comm = proc_slurp_pid(pid, "comm", NULL);
		bool there = comm && !strncmp(comm, "mkmem", 5);

		free(comm);
		if (there)
			break;
		usleep(1000);
	}
	e2e_true(tries_left, "the thread did not execute");
	usleep(300000);
	fd = ask_open_try(pid);
	e2e_true(fd >= 0, "after a thread's exec: %s", strerror(-fd));
	close(fd);
	target_kill(pid);
}

static void counters(void)
{
	char *before = proc_slurp(VMWALK_DIR "/stats", NULL), *after;
	static unsigned char bits[1 << 19];
	int i;

	for (i = 0; i < 50; i++) {
		pid_t pid = fork();

		if (pid == 0)
			_exit(0);
		waitpid(pid, NULL, 0);
	}
	lists_agree("processes listed");
	after = proc_slurp(VMWALK_DIR "/stats", NULL);
	e2e_true(proc_key(after, "events") >= proc_key(before, "events") + 50, "events: %llu",
		 (unsigned long long)proc_key(after, "events"));
	e2e_same("lost", proc_key(after, "lost"), "nothing was lost", 0);
	e2e_same("published", proc_key(after, "published"), "its own list",
		 numbers(VMWALK_DIR, bits, sizeof(bits)));
}

static struct e2e_case publish_cases[] = {
	{ "open straight after fork()", one_forker, 1 },
	{ "the same, four forkers at once", four_forkers, 1 },
	{ "the same with every CPU busy", busy_forker, 1 },
	{ "four forkers with every CPU busy", busy_forkers, 1 },
	{ "open straight after clone(CLONE_VM)", cloner, 1 },
	{ "open straight after fork() under a debugger", traced_forker, 1 },
	{ "open straight after posix_spawn()", spawned, 1 },
	{ "command & cat /proc/vmwalk/$!", shell, 1 },
	{ "entries go when processes go", gone, 300 },
	{ "exactly the living are listed", listing, 2 },
	{ "exactly the living are listed after a storm", listing_after_storm, 2 },
	{ "threads have no entry; an exec by one keeps it", threads, 4 },
	{ "the counters are true", counters, 5 },
};
static E2E_SUITE(publish, NULL, NULL);

int main(int argc, char **argv)
{
	static const struct e2e_suite *const suites[] = { &publish_suite, NULL };
	char *plan[] = { argv[0], argc > 1 ? argv[1] : NULL, NULL };
	unsigned int i;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc > 1 && !strcmp(argv[1], "--plan"))
		return e2e_main(2, plan, suites);
	if (argc > 1)
		tries = strtoul(argv[1], NULL, 10);
	/* At least as many as were asked for, the forkers' share rounded down. */
	for (i = 0; i < 4; i++)
		publish_cases[i].min = tries / FORKERS * FORKERS;
	return e2e_main(1, argv, suites);
}
