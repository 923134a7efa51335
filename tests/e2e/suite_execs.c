// SPDX-License-Identifier: GPL-2.0
/*
 * suite_execs.c - a process executes a set-user-ID program while it is read
 *
 * The readers are its user, and opened it before. Between the moment they are judged and
 * the moment the process has other credentials lies every answer they get: none may be of
 * the program executed. Whether a descriptor from before is dead later is suite_rights.c's.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"
#include "askfds.h"
#include "mksecret.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"
#include "who.h"

#define PROGRAM		WORK_DIR "/" SECRET_NAME
#define ROUNDS		100
#define PREEMPT		"/sys/kernel/debug/sched/preempt"

/**
 * struct round - one exec, and who reads meanwhile; shared by all
 * @pid: who executes
 * @reading: readers that have had an answer
 * @over: nothing is executed any more
 * @answers: answers with records
 * @dead: answers ESRCH or EACCES
 */
static struct round {
	pid_t pid;
	unsigned int reading, over;
	unsigned long answers, dead;
} *round;

static char preempt[16];	/* what it was */

static void copy_file(const char *from, const char *to, mode_t mode)
{
	size_t len;
	char *bytes = proc_slurp(from, &len);
	int fd;

	unlink(to);
	fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (!bytes || fd < 0 || write(fd, bytes, len) != (ssize_t)len || fchmod(fd, mode))
		e2e_die("%s: %s", to, strerror(errno));
	close(fd);
	free(bytes);
}

/* The readers should be stopped anywhere, not where the kernel offers to. */
static void preempt_fully(void)
{
	char *text = proc_slurp(PREEMPT, NULL), *at = text ? strchr(text, '(') : NULL;

	if (at && sscanf(at, "(%15[a-z])", preempt) == 1)
		proc_write(PREEMPT, "full");
	free(text);
}

static void execs_open(void)
{
	copy_file(target_program(SECRET_NAME), PROGRAM, 04755);
	copy_file("/proc/version", SECRET_FILE, 0600);
	round = mmap(NULL, sizeof(*round), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		     -1, 0);
	preempt_fully();
}

static void execs_close(void)
{
	if (preempt[0])
		proc_write(PREEMPT, preempt);
	unlink(PROGRAM);
	unlink(SECRET_FILE);
}

static bool secret_cred(const void *record)
{
	const struct vmwalk_cred *cred = record;

	return !cred->uid[1] || !cred->uid[2] || !cred->uid[3] || cred->effective ||
	       cred->permitted;
}

static bool secret_task(const void *record)
{
	const struct vmwalk_task *task = record;

	return !task->uid[1] || !task->uid[2] || !strcmp(task->comm, SECRET_NAME);
}

static bool secret_thread(const void *record)
{
	return !strcmp(((const struct vmwalk_thread *)record)->comm, SECRET_NAME);
}

static bool secret_signals(const void *record)
{
	return ((const struct vmwalk_signals *)record)->caught & VMWALK_BIT(SECRET_SIGNAL - 1);
}

static bool secret_action(const void *record)
{
	return ((const struct vmwalk_action *)record)->signal == SECRET_SIGNAL;
}

static bool secret_descriptor(const void *record)
{
	return ((const struct vmwalk_descriptor *)record)->file.fd == SECRET_FD;
}

static bool secret_limit(const void *record)
{
	return ((const struct vmwalk_limit *)record)->soft == SECRET_CORE;
}

static bool secret_relative(const void *record)
{
	return !strcmp(((const struct vmwalk_relative *)record)->comm, SECRET_NAME);
}

/* What is asked, and how one sees that the answer is of the program executed. */
static const struct look {
	const char *name;
	unsigned int ioc;
	uint32_t size;
	bool (*secret)(const void *record);
} looks[] = {
#define LOOK(NAME, record) \
	{ #NAME, VMWALK_IOC_##NAME, sizeof(struct vmwalk_##record), secret_##record }
	LOOK(CREDS, cred), LOOK(THREADS, thread), LOOK(SIGNALS, signals),
	LOOK(FILES, descriptor), LOOK(TASK, task), LOOK(ACTIONS, action),
	LOOK(LIMITS, limit), LOOK(FAMILY, relative),
#undef LOOK
};

/* One reader for each, all on one CPU: most are stopped in the middle of their question. */
#define READERS		E2E_NR(looks)

/* One question. Returns whether the entry is dead. */
static bool look_once(int fd, const struct look *look)
{
	static unsigned char room[65536];
	struct vmwalk_query query = ask_query(room, look->size, 100);
	unsigned int i;
	int err;

	query.end = ASK_NUMBERS_END;
	err = ask(fd, look->ioc, &query);
	e2e_true(!err || err == -ESRCH || err == -EACCES || err == -EBUSY, "%s answers %s",
		 look->name, strerror(-err));
	for (i = 0; !err && i < query.done; i++)
		if (look->secret(room + i * look->size))
			e2e_differ("%s tells of the program executed", look->name);
	__atomic_add_fetch(err ? &round->dead : &round->answers, 1, __ATOMIC_RELAXED);
	return err == -ESRCH || err == -EACCES;
}

/* Asks without pause from before the exec until it is over; once dead, dead for ever. */
static void reader(const struct look *look)
{
	int fd = ask_open(round->pid);
	bool dead = false;

	look_once(fd, look);
	__atomic_add_fetch(&round->reading, 1, __ATOMIC_RELEASE);
	while (!__atomic_load_n(&round->over, __ATOMIC_ACQUIRE)) {
		bool now = look_once(fd, look);

		e2e_true(now || !dead, "an entry that was dead answers again");
		dead |= now;
	}
	close(fd);
}

static int starting[2];		/* a byte says: execute */

static void *execute(void *arg)
{
	char byte;

	if (read(starting[0], &byte, 1) == 1)
		execl(PROGRAM, SECRET_NAME, NULL);
	return NULL;
}

/* The first thread executes. */
static void be_alone(void *arg)
{
	who_walker();
	target_ready();
	execute(NULL);
}

/* Another one does: the first one dies, and its number goes over. */
static void be_threads(void *arg)
{
	pthread_t thread;
	int i;

	who_walker();
	for (i = 0; i < 3; i++)
		pthread_create(&thread, NULL, execute, NULL);
	target_ready();
	for (;;)
		pause();
}

static pid_t reader_start(const struct look *look)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	target_stay_on(0);
	who_walker();
	reader(look);
	_exit(0);
}

/* Has it got as far as to what differs? */
static void wait_for_secret(pid_t pid)
{
	char path[64], link[64];
	int tries;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", pid, SECRET_FD);
	for (tries = 0; tries < 5000; tries++) {
		if (readlink(path, link, sizeof(link)) > 0)
			return;
		usleep(1000);
	}
	e2e_die("%d has not executed the program", pid);
}

static void one_exec(void (*be)(void *arg), unsigned int nr)
{
	pid_t readers[READERS];
	unsigned int i;
	int status;

	round->reading = round->over = 0;
	round->pid = target_fork(be, NULL);
	fflush(stdout);
	for (i = 0; i < READERS; i++)
		readers[i] = reader_start(&looks[i]);
	while (__atomic_load_n(&round->reading, __ATOMIC_ACQUIRE) < READERS)
		usleep(500);
	usleep(nr % 10 * 300);
	if (write(starting[1], "x", 1) != 1)
		e2e_die("write: %s", strerror(errno));
	wait_for_secret(round->pid);
	usleep(3000);
	__atomic_store_n(&round->over, 1, __ATOMIC_RELEASE);
	for (i = 0; i < READERS; i++) {
		waitpid(readers[i], &status, 0);
		e2e_true(!status, "a reader ended with status 0x%x", status);
	}
	target_kill(round->pid);
}

static void execs(void (*be)(void *arg))
{
	unsigned int i, rounds = proc_slow_kernel() ? ROUNDS / 4 : ROUNDS;

	if (pipe(starting))
		e2e_die("pipe: %s", strerror(errno));
	target_stay_on(sysconf(_SC_NPROCESSORS_ONLN) - 1);
	round->answers = round->dead = 0;
	for (i = 0; i < rounds; i++)
		one_exec(be, i);
	e2e_note("%u execs, %lu answers before, %lu after", rounds, round->answers, round->dead);
	e2e_true(round->answers > READERS * rounds && round->dead > READERS * rounds,
		 "the readers had nothing to read");
}

static void by_first(void)
{
	execs(be_alone);
}

static void by_another(void)
{
	execs(be_threads);
}

static const struct e2e_case execs_cases[] = {
	{ "a set-user-ID exec under readers: nothing of the program", by_first, 1200 },
	{ "the same by a thread that is not the first", by_another, 1200 },
};
E2E_SUITE(execs, execs_open, execs_close);
