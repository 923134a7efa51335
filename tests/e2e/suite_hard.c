// SPDX-License-Identifier: GPL-2.0
/*
 * suite_hard.c - processes and files that make it hard: which end while they are read, whose
 * file system does not answer, whose files cannot be reached by any path
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ask.h"
#include "askfds.h"
#include "everyquery.h"
#include "hungfs.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"
#include "who.h"

static void *short_thread(void *arg)
{
	return arg;
}

/* Threads come and go all the time; there is a row for every query. */
static void be_restless(void *arg)
{
	pthread_t thread;

	whom_become_rich();
	target_ready();
	for (;;)
		if (!pthread_create(&thread, NULL, short_thread, NULL))
			pthread_join(thread, NULL);
}

static int rounds(void)
{
	return proc_slow_kernel() ? 80 : 300;
}

/* Records have `has`, and are of what was asked for. */
static void check_records(const struct every_query *query, const unsigned char *records,
			  uint32_t done)
{
	uint64_t has;
	uint32_t i;

	e2e_true(done <= EVERY_ROOM, "%s: %u records in room for %d", query->name, done,
		 EVERY_ROOM);
	for (i = 0; i < done && i < EVERY_ROOM; i++) {
		memcpy(&has, records + i * query->size, sizeof(has));
		e2e_true(has & VMWALK_HAS(BASE), "%s: a record has 0x%llx", query->name,
			 (unsigned long long)has);
	}
}

/*
 * Asked without pause: as long as it lives there are records; at some time nothing but ESRCH;
 * and no record after that.
 */
static void die_under(const struct every_query *query)
{
	unsigned char *records = calloc(EVERY_ROOM, query->size);
	pid_t pid = target_fork(be_restless, NULL);
	int fd = ask_open(pid), i, err, living = rounds() * 2 / 3;
	uint32_t done;

	for (i = 0; i < rounds(); i++) {
		if (i == living)
			kill(pid, SIGKILL);
		err = every_ask(fd, query, pid, RICH_FD, records, &done);
		e2e_true(!err || (i >= living && err == -ESRCH), "%s number %d: %s",
			 query->name, i, strerror(-err));
		e2e_true(done || i >= living, "%s number %d: no record of the living",
			 query->name, i);
		check_records(query, records, done);
	}
	target_kill(pid);
	for (i = 0; i < 10; i++) {
		err = every_ask(fd, query, pid, RICH_FD, records, &done);
		e2e_true(err == -ESRCH, "%s of the dead: %s", query->name, strerror(-err));
	}
	close(fd);
	free(records);
}

/* Those of numbers; those of addresses are suite_stream.c's. */
static void die_under_all(void)
{
	const struct every_query *query;

	for (query = every_query; query->name; query++)
		if (query->takes & VMWALK_TAKES_NUMBERS)
			die_under(query);
}

/* A process with a file of a file system that hangs: open, mapped, and waited for. */
#define HUNG_FD	60
#define WAITING	2	/* seconds after which nobody will answer any more */

static void *read_thread(void *arg)
{
	char byte;

	sleep(1);	/* by then the server is stopped */
	if (pread(HUNG_FD, &byte, 1, HUNGFS_BYTES - 1) != 1)
		return NULL;
	return arg;
}

static void be_hung(void *arg)
{
	int fd = open(HUNGFS_FILE, O_RDONLY);
	pthread_t thread;
	char byte;

	if (fd < 0 || dup2(fd, HUNG_FD) < 0 || pread(fd, &byte, 1, 0) != 1 ||
	    mmap(NULL, HUNGFS_BYTES, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED)
		_exit(1);
	pthread_create(&thread, NULL, read_thread, NULL);
	target_ready();
	for (;;)
		pause();
}

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000ULL + now.tv_nsec / 1000000;
}

/* Does whoever wants to know something of the file wait for ever? */
static bool stat_hangs(void)
{
	struct stat st;
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(stat(HUNGFS_FILE, &st) != 0);
	sleep(WAITING);
	if (waitpid(pid, &status, WNOHANG) == pid)
		return false;
	target_kill(pid);
	return true;
}

/* Is a thread of the process in that system call? */
static bool waits_in(pid_t pid, long number)
{
	char path[64];
	struct dirent *entry;
	bool found = false;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	dir = opendir(path);
	while (dir && (entry = readdir(dir)) && !found) {
		char *text;

		if (entry->d_name[0] == '.')
			continue;
		text = proc_slurp_thread(pid, atoi(entry->d_name), "syscall");
		found = strtol(text, NULL, 10) == number && strncmp(text, "running", 7);
		free(text);
	}
	if (dir)
		closedir(dir);
	return found;
}

static void check_hung_file(pid_t pid)
{
	struct ask_file file = ask_file(pid, HUNG_FD);

	e2e_same_text("path", file.name, "the factory", HUNGFS_FILE);
	e2e_same("inode", file.d.inode.inode, "the server", HUNGFS_INODE);
	e2e_same("size", file.d.inode.size, "the server", HUNGFS_BYTES);
	e2e_same_text("fstype", file.d.inode.fstype, "mount(2)", "fuse");
	free(file.name);
}

/* In a process of its own, so that one that waits for ever can be ended. */
static void ask_hung(const struct who *who, void *arg)
{
	unsigned char *records = calloc(EVERY_ROOM, 4096);
	pid_t pid = *(pid_t *)arg;
	const struct every_query *query;
	uint64_t began = now_ms();
	int fd = ask_open(pid);
	uint32_t done;

	alarm(60);
	e2e_true(waits_in(pid, SYS_pread64), "nobody waits for the file");
	for (query = every_query; query->name; query++) {
		int err = every_ask(fd, query, pid, HUNG_FD, records, &done);
		uint64_t took = now_ms() - began;

		e2e_true(!err, "%s: %s", query->name, strerror(-err));
		e2e_true(took < WAITING * 1000, "%s took %llu ms", query->name,
			 (unsigned long long)took);
		began = now_ms();
	}
	check_hung_file(pid);
	e2e_true(ask_report(fd, 65536, NULL), "the report: %s", strerror(errno));
	e2e_true(now_ms() - began < WAITING * 1000, "the report took %llu ms",
		 (unsigned long long)(now_ms() - began));
	free(records);
}

static void hung(void)
{
	pid_t server = hungfs_start(), pid = target_fork(be_hung, NULL);

	hungfs_hang(server);
	e2e_true(stat_hangs(), "stat(2) got an answer: nothing hangs here");
	who_run(&whos[0], ask_hung, &pid);
	hungfs_stop(server);
	target_kill(pid);
}

/* Files that no path leads to. */
#define GONE		WORK_DIR "/gone"
#define HANDLED		WORK_DIR "/handled"
#define JAIL		WORK_DIR "/jail"
enum { GONE_FILE = 61, GONE_DIR, HANDLED_FILE, LOST_FDS_END };

static void keep(int fd, int at)
{
	if (fd < 0 || dup2(fd, at) < 0)
		e2e_die("descriptor %d: %s", at, strerror(errno));
	close(fd);
}

/* Of a mount that is nowhere any more. */
static void open_gone(void)
{
	mkdir(GONE, 0755);
	if (mount("gone", GONE, "tmpfs", 0, NULL) || mkdir(GONE "/dir", 0755))
		e2e_die(GONE ": %s", strerror(errno));
	keep(open(GONE "/dir/file", O_RDWR | O_CREAT, 0600), GONE_FILE);
	keep(open(GONE "/dir", O_RDONLY | O_DIRECTORY), GONE_DIR);
	if (mmap(NULL, 4096, PROT_READ, MAP_SHARED, GONE_FILE, 0) == MAP_FAILED ||
	    umount2(GONE, MNT_DETACH))
		e2e_die(GONE ": %s", strerror(errno));
}

/* By a handle, after the kernel has forgotten its name: a dentry that hangs in the air. */
static void open_handled(void)
{
	struct { struct file_handle handle; unsigned char bytes[MAX_HANDLE_SZ]; } room;
	int mount_id, fd = open(HANDLED, O_RDWR | O_CREAT | O_TRUNC, 0600);
	int root = open(WORK_DIR, O_RDONLY | O_DIRECTORY);

	room.handle.handle_bytes = MAX_HANDLE_SZ;
	fsync(fd);
	close(fd);
	if (name_to_handle_at(AT_FDCWD, HANDLED, &room.handle, &mount_id, 0)) {
		e2e_note("no handles of files in this kernel: %s", strerror(errno));
		keep(open(HANDLED, O_RDONLY), HANDLED_FILE);
		return;
	}
	sync();
	proc_write("/proc/sys/vm/drop_caches", "2");
	keep(open_by_handle_at(root, &room.handle, O_RDONLY), HANDLED_FILE);
	close(root);
}

static void be_lost(void *arg)
{
	open_gone();
	open_handled();
	target_ready();
	for (;;)
		pause();
}

/* @dir: of /proc/PID/fd. What the reader's own readlink(2) says, whatever its root is. */
static void check_lost(int entry, int dir)
{
	size_t nr, i;
	struct ask_file *files = ask_files(entry, GONE_FILE, LOST_FDS_END - 1, 2, &nr);

	e2e_same("files", nr, "the factory", LOST_FDS_END - GONE_FILE);
	for (i = 0; i < nr; i++) {
		char link[512] = "", number[16];

		snprintf(number, sizeof(number), "%u", files[i].d.file.fd);
		if (readlinkat(dir, number, link, sizeof(link) - 1) < 0)
			e2e_die("fd %s: %s", number, strerror(errno));
		e2e_same_text(number, files[i].name, "readlink", link);
	}
	ask_files_free(files, nr);
}

/* With another root, outside of which the files are. */
static void look_from_jail(const struct who *who, void *arg)
{
	const int *fds = arg;

	mkdir(JAIL, 0755);
	if (chroot(JAIL) || chdir("/"))
		e2e_die("chroot: %s", strerror(errno));
	check_lost(fds[0], fds[1]);
}

static void lost(void)
{
	pid_t pid = target_fork(be_lost, NULL);
	char path[32], *maps;
	int fds[2] = { ask_open(pid), -1 };
	struct ask_vma *vmas;
	size_t nr, i, mapped = 0;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	fds[1] = open(path, O_RDONLY | O_DIRECTORY);
	check_lost(fds[0], fds[1]);
	who_run(&whos[0], look_from_jail, fds);
	maps = proc_slurp_pid(pid, "maps", NULL);
	vmas = ask_vmas(fds[0], 0, 1ULL << 47, 0, 50, &nr);
	for (i = 0; i < nr; i++)
		if (strstr(vmas[i].name, "dir/file"))
			mapped += e2e_true(strstr(maps, vmas[i].name), "maps has no %s",
					   vmas[i].name);
	e2e_same("mappings of a file that has gone", mapped, "maps", 1);
	ask_vmas_free(vmas, nr);
	free(maps);
	target_kill(pid);
	unlink(HANDLED);
}

static const struct e2e_case hard_cases[] = {
	{ "a process that ends under every query of numbers", die_under_all, 3500 },
	{ "a file system that hangs: everything is answered", hung, 46 },
	{ "files that no path leads to are called as readlink calls them", lost, 10 },
};
E2E_SUITE(hard, NULL, NULL);
