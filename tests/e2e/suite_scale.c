// SPDX-License-Identifier: GPL-2.0
/*
 * suite_scale.c - many threads, many processes, and numbers out of order: each told once,
 * as /proc lists them. Counts only: nothing here is timed.
 */
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"

#define CLIENT		"/usr/bin/vmwalk"
#define LAST_PID	"/proc/sys/kernel/ns_last_pid"
#define THREADS		1000
#define SOME_THREADS	12	/* so few that their list is looked at for each row */
#define CHILDREN	3000
#define CHILDREN_IF_SLOW 600
#define PID_MAX		"/proc/sys/kernel/pid_max"

/* Numbers in the order they were told in. */
struct ids {
	uint32_t *id;
	size_t nr;
};

static void ids_add(struct ids *ids, uint32_t id)
{
	ids->id = realloc(ids->id, (ids->nr + 1) * sizeof(*ids->id));
	ids->id[ids->nr++] = id;
}

static int by_number(const void *a, const void *b)
{
	uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;

	return first < second ? -1 : first > second;
}

static void ids_sort(struct ids *ids)
{
	qsort(ids->id, ids->nr, sizeof(*ids->id), by_number);
}

/* The same numbers, and in order. */
static void same_ids(const char *what, struct ids ours, const char *oracle, struct ids theirs)
{
	size_t i;

	if (e2e_same(what, ours.nr, oracle, theirs.nr))
		for (i = 0; i < ours.nr; i++)
			e2e_same(what, ours.id[i], oracle, theirs.id[i]);
	free(ours.id);
}

/* The numbers in a folder of /proc, as it lists them. */
static struct ids folder_ids(const char *path)
{
	struct ids ids = { 0 };
	struct dirent *entry;
	DIR *dir = opendir(path);

	if (!dir)
		e2e_die("%s: %s", path, strerror(errno));
	while ((entry = readdir(dir)))
		if (atoi(entry->d_name))
			ids_add(&ids, atoi(entry->d_name));
	closedir(dir);
	return ids;
}

static struct ids threads_of(pid_t pid)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	return folder_ids(path);
}

/* By a field of status: whose real parent, or tracer, a process is. */
static struct ids whose(const char *key, pid_t pid)
{
	struct ids all = folder_ids("/proc"), ids = { 0 };
	size_t i;

	for (i = 0; i < all.nr; i++) {
		char *status = proc_slurp_pid(all.id[i], "status", NULL);

		if (status && proc_key(status, key) == (uint64_t)pid)
			ids_add(&ids, all.id[i]);
		free(status);
	}
	free(all.id);
	ids_sort(&ids);
	return ids;
}

static struct ids relatives(pid_t pid, uint32_t relation, uint32_t batch)
{
	struct vmwalk_relative *rows;
	struct ids ids = { 0 };
	int fd = ask_open(pid);
	size_t nr, i;

	rows = ask_list(fd, VMWALK_IOC_FAMILY, sizeof(*rows), batch, &nr);
	for (i = 0; i < nr; i++)
		if (rows[i].relation == relation)
			ids_add(&ids, rows[i].pid);
	free(rows);
	close(fd);
	return ids;
}

/* Every query that has a row for each thread. */
static void threads_by_query(pid_t pid, struct ids theirs, uint32_t batch)
{
	static const struct {
		const char *name;
		unsigned int ioc;
		size_t size, tid;
	} queries[] = {
#define BY_THREAD(NAME, record)	{ #NAME, VMWALK_IOC_##NAME, sizeof(struct vmwalk_##record), \
				  offsetof(struct vmwalk_##record, tid) }
		BY_THREAD(THREADS, thread), BY_THREAD(REGISTERS, registers),
		BY_THREAD(CREDS, cred), BY_THREAD(SIGNALS, signals),
#undef BY_THREAD
	};
	int fd = ask_open(pid);
	unsigned int i;
	size_t nr, k;

	for (i = 0; i < E2E_NR(queries); i++) {
		struct ids ours = { 0 };
		char *rows = ask_list(fd, queries[i].ioc, queries[i].size, batch, &nr);
		uint32_t tid;

		for (k = 0; k < nr; k++) {
			memcpy(&tid, rows + k * queries[i].size + queries[i].tid, sizeof(tid));
			ids_add(&ours, tid);
		}
		same_ids(queries[i].name, ours, "task", theirs);
		free(rows);
	}
	same_ids("threads in FAMILY", relatives(pid, VMWALK_RELATION_THREAD, batch), "task",
		 theirs);
	close(fd);
}

/* Every section that has a row for each thread. */
static void threads_by_report(pid_t pid, struct ids theirs, size_t step)
{
	static const char *const sections[] = { "threads", "registers", "cred", "signals" };
	int fd = ask_open(pid);
	char *report = ask_report(fd, step, NULL);
	unsigned int i;
	size_t k;

	if (!report)
		e2e_die("the report by %zu: %s", step, strerror(errno));
	for (i = 0; i < E2E_NR(sections); i++) {
		struct report_table rows = report_table(report, sections[i]);
		struct ids ours = { 0 };

		for (k = 0; k < rows.nr; k++)
			ids_add(&ours, report_cell_number(&rows, k, "tid"));
		same_ids(sections[i], ours, "task", theirs);
		report_table_free(&rows);
	}
	free(report);
	close(fd);
}

static void *rest(void *arg)
{
	for (;;)
		pause();
	return arg;
}

static void start_thread(void *(*body)(void *arg), pthread_t *thread)
{
	pthread_attr_t attr;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 32768);
	if (pthread_create(thread, &attr, body, NULL))
		_exit(1);
}

static void be_many(void *arg)
{
	uintptr_t nr = (uintptr_t)arg, i;
	pthread_t thread;

	for (i = 1; i < nr; i++)
		start_thread(rest, &thread);
	target_ready();
	rest(NULL);
}

static void many_threads(void)
{
	static const uint32_t batches[] = { 7, 333, 5000 };
	pid_t pid = target_fork(be_many, (void *)THREADS);
	struct ids theirs = threads_of(pid);
	unsigned int i;

	e2e_same("threads", theirs.nr, "pthread_create", THREADS);
	ids_sort(&theirs);
	for (i = 0; i < E2E_NR(batches); i++)
		threads_by_query(pid, theirs, batches[i]);
	threads_by_report(pid, theirs, 65536);
	threads_by_report(pid, theirs, 4095);
	target_kill(pid);
}

/* Each thread gets a lower number than the one before it. */
static void be_descending(void *arg)
{
	uintptr_t nr = (uintptr_t)arg, i;
	char *last = proc_slurp(LAST_PID, NULL), *most = proc_slurp(PID_MAX, NULL), text[16];
	pthread_t thread;

	for (i = 1; i < nr; i++) {
		snprintf(text, sizeof(text), "%zu", atoi(most) - 3 * (i + 1));
		if (!last || proc_write(LAST_PID, text))
			_exit(1);
		start_thread(rest, &thread);
	}
	proc_write(LAST_PID, last);
	target_ready();
	rest(NULL);
}

static size_t out_of_order(struct ids ids)
{
	size_t nr = 0, i;

	for (i = 1; i < ids.nr; i++)
		nr += ids.id[i] < ids.id[i - 1];
	return nr;
}

static void descending(uintptr_t nr)
{
	pid_t pid = target_fork(be_descending, (void *)nr);
	struct ids theirs = threads_of(pid);

	e2e_true(out_of_order(theirs) > nr / 2, "%zu of %zu threads are out of order",
		 out_of_order(theirs), theirs.nr);
	ids_sort(&theirs);
	threads_by_query(pid, theirs, 1);
	threads_by_query(pid, theirs, 100);
	threads_by_report(pid, theirs, 65536);
	target_kill(pid);
}

static void descending_threads(void)
{
	if (access(LAST_PID, W_OK) || access(PID_MAX, R_OK))
		e2e_skip("no %s on this kernel", LAST_PID);
	descending(SOME_THREADS);
	descending(THREADS / 4);
}

/* A child that rests, and ends with the thread that made it. */
static void child_of_thread(void)
{
	pid_t pid = fork();

	if (pid < 0)
		_exit(1);
	if (pid)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	rest(NULL);
}

static void be_parent(void *arg)
{
	uintptr_t nr = (uintptr_t)arg;

	while (nr--)
		child_of_thread();
	target_ready();
	rest(NULL);
}

/* What the client's tree has below a process, that process left out. */
static struct ids tree_below(pid_t pid)
{
	char command[64], line[64];
	struct ids ids = { 0 };
	FILE *out;

	snprintf(command, sizeof(command), CLIENT " tree %d -r -n -o pid", pid);
	out = popen(command, "r");
	while (out && fgets(line, sizeof(line), out))
		if (atoi(line) != pid)
			ids_add(&ids, atoi(line));
	if (!out || pclose(out))
		e2e_die("'%s' has failed", command);
	ids_sort(&ids);
	return ids;
}

static struct ids family_of_report(pid_t pid, const char *relation, size_t step)
{
	int fd = ask_open(pid);
	char *report = ask_report(fd, step, NULL);
	struct report_table rows;
	struct ids ids = { 0 };
	size_t i;

	if (!report)
		e2e_die("the report by %zu: %s", step, strerror(errno));
	rows = report_table(report, "family");
	for (i = 0; i < rows.nr; i++)
		if (!strcmp(report_cell(&rows, i, "relation"), relation))
			ids_add(&ids, report_cell_number(&rows, i, "pid"));
	report_table_free(&rows);
	free(report);
	close(fd);
	return ids;
}

static void check_relations(const char *what, pid_t pid, size_t children, size_t tracees)
{
	struct ids theirs = whose("PPid", pid), traced = whose("TracerPid", pid);
	size_t i;

	e2e_same(what, theirs.nr, "fork", children);
	same_ids(what, relatives(pid, VMWALK_RELATION_CHILD, 10), "PPid", theirs);
	e2e_same(what, traced.nr, "ptrace", tracees);
	same_ids(what, relatives(pid, VMWALK_RELATION_TRACEE, 10), "TracerPid", traced);
	for (i = 0; i < theirs.nr; i++)
		kill(theirs.id[i], SIGKILL);
	target_kill(pid);
}

/* Also of a process that was made after all of them, with others between it and the start. */
static void many_children(void)
{
	uintptr_t nr = proc_slow_kernel() ? CHILDREN_IF_SLOW : CHILDREN;
	pid_t pid = target_fork(be_parent, (void *)nr);
	struct ids theirs = whose("PPid", pid);

	e2e_same("children", theirs.nr, "fork", nr);
	same_ids("FAMILY by 7", relatives(pid, VMWALK_RELATION_CHILD, 7), "status", theirs);
	same_ids("FAMILY by 5000", relatives(pid, VMWALK_RELATION_CHILD, 5000), "status", theirs);
	same_ids("[family] by 65536", family_of_report(pid, "child", 65536), "status", theirs);
	same_ids("[family] by 100", family_of_report(pid, "child", 100), "status", theirs);
	same_ids("tree", tree_below(pid), "status", theirs);
	check_relations("behind them", target_fork(be_parent, (void *)2), 2, 0);
	target_kill(pid);
}

static void *make_and_rest(void *arg)
{
	child_of_thread();
	return rest(arg);
}

/* The child stays: nothing ends it when this thread does. */
static void *make_and_end(void *arg)
{
	pid_t pid = fork();

	if (pid == 0)
		rest(NULL);
	return arg;
}

/* Three children: the first thread has one, a second has one, a third's is handed on. */
static void be_family(void *arg)
{
	pthread_t thread;

	child_of_thread();
	start_thread(make_and_rest, &thread);
	start_thread(make_and_end, &thread);
	pthread_join(thread, NULL);
	usleep(100000);
	target_ready();
	rest(NULL);
}

/* Its first thread has no child, its second one has. */
static void be_second(void *arg)
{
	pthread_t thread;

	start_thread(make_and_rest, &thread);
	usleep(100000);
	target_ready();
	rest(NULL);
}

/* Its only child was made by a thread that has ended since. */
static void be_heir(void *arg)
{
	pthread_t thread;

	start_thread(make_and_end, &thread);
	pthread_join(thread, NULL);
	target_ready();
	rest(NULL);
}

/* It traces a process that is not its child, and has none. */
static void be_tracer(void *arg)
{
	pid_t pid = *(pid_t *)arg;

	if (ptrace(PTRACE_SEIZE, pid, NULL, NULL))
		_exit(1);
	target_ready();
	rest(NULL);
}

/* Whichever thread has them, and who has none of the one may have some of the other. */
static void relatives_of_threads(void)
{
	pid_t plain = target_fork(be_parent, NULL);

	check_relations("children of three threads", target_fork(be_family, NULL), 3, 0);
	check_relations("a child of the second thread", target_fork(be_second, NULL), 1, 0);
	check_relations("an inherited child", target_fork(be_heir, NULL), 1, 0);
	check_relations("a tracer", target_fork(be_tracer, &plain), 0, 1);
	check_relations("a parent", target_fork(be_parent, (void *)1), 1, 0);
	check_relations("nobody", plain, 0, 0);
}

static const struct e2e_case scale_cases[] = {
	{ "1000 threads in every query and section, as task lists them", many_threads, 20000 },
	{ "threads whose numbers descend, few and many", descending_threads, 3500 },
	{ "3000 children (600 if slow) in FAMILY, [family] and tree, as status has them",
	  many_children, 5 * CHILDREN_IF_SLOW },
	{ "children and tracees of any thread, of some and of none", relatives_of_threads, 28 },
};
E2E_SUITE(scale, NULL, NULL);
