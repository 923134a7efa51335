// SPDX-License-Identifier: GPL-2.0
/*
 * target.c - starts and stops the processes to look at
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proc.h"
#include "tap.h"
#include "target.h"

#define SWAP_FILE	WORK_DIR "/swap"
#define SWAP_BYTES	(32UL << 20)
#define HUGE_PAGES	"12"
#define ZRAM		"/dev/zram0"

/*
 * A swap area is a file whose first page ends in a signature; a file without
 * holes is what the kernel wants.
 */
static int swap_sign(int fd)
{
	uint32_t header[3] = { 1, SWAP_BYTES / PAGE_SIZE - 1, 0 };

	return pwrite(fd, header, sizeof(header), 1024) < 0 ||
	       pwrite(fd, "SWAPSPACE2", 10, PAGE_SIZE - 10) < 0 || fsync(fd) ? -errno : 0;
}

static int swap_make(void)
{
	static char block[1 << 16];
	size_t at;
	int fd;

	fd = open(SWAP_FILE, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	for (at = 0; at < SWAP_BYTES; at += sizeof(block))
		if (write(fd, block, sizeof(block)) != sizeof(block))
			goto fail;
	if (swap_sign(fd))
		goto fail;
	close(fd);
	return swapon(SWAP_FILE, 0) ? -errno : 0;
fail:
	close(fd);
	return -ENOSPC;
}

int target_module(const char *name)
{
	char path[64];
	int fd, err = 0;

	snprintf(path, sizeof(path), "/vmwalk/modules/%s.ko", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || (syscall(__NR_finit_module, fd, "", 0) && errno != EEXIST))
		err = -errno;
	close(fd);
	return err;
}

int target_prepare_zram(void)
{
	static const char *const modules[] = { "zsmalloc", "lzo-rle", "zram" };
	unsigned int i;
	char bytes[32];
	int fd, err;

	/* Not in use yet: mkmem begins to use it when other pages are swapped out. */
	swapoff(ZRAM);
	if (!access(ZRAM, F_OK))
		return 0;
	for (i = 0; i < E2E_NR(modules); i++) {
		err = target_module(modules[i]);
		if (err)
			return err;
	}
	snprintf(bytes, sizeof(bytes), "%lu", SWAP_BYTES);
	err = proc_write("/sys/block/zram0/disksize", bytes);
	fd = open(ZRAM, O_RDWR | O_CLOEXEC);
	if (!err)
		err = fd < 0 ? -errno : swap_sign(fd);
	close(fd);
	return err;
}

static void prepare(const char *path, const char *value)
{
	int err = proc_write(path, value);

	if (err)
		e2e_note("%s: %s", path, strerror(-err));
}

void target_prepare(void)
{
	char swaps[256] = "";
	int fd;

	mkdir(WORK_DIR, 0755);
	prepare("/proc/sys/vm/nr_hugepages", HUGE_PAGES);
	prepare("/proc/sys/vm/max_map_count", "400000");
	prepare("/proc/sys/vm/overcommit_memory", "1");
	/* Nothing may move behind the back of those who compare. */
	prepare("/sys/kernel/mm/transparent_hugepage/khugepaged/defrag", "0");
	prepare("/sys/kernel/mm/transparent_hugepage/khugepaged/scan_sleep_millisecs", "3600000");
	prepare("/proc/sys/vm/compaction_proactiveness", "0");
	prepare("/sys/kernel/mm/transparent_hugepage/shmem_enabled", "advise");
	if (!access("/proc/sys/kernel/numa_balancing", F_OK))
		prepare("/proc/sys/kernel/numa_balancing", "0");
	fd = open("/proc/swaps", O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && read(fd, swaps, sizeof(swaps) - 1) >= 0 && !strstr(swaps, "/")) {
		int err = swap_make();

		if (err)
			e2e_note("no swap: %s", strerror(-err));
	}
	close(fd);
}

const char *target_program(const char *name)
{
	static char path[512];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 32);
	char *slash;

	if (len < 0)
		e2e_die("/proc/self/exe: %s", strerror(errno));
	path[len] = '\0';
	slash = strrchr(path, '/');
	strcpy(slash + 1, name);
	return path;
}

static void line_read(struct target *target, char *line)
{
	unsigned long long a = 0, b = 0;
	char name[32] = "";
	int at = 0;

	line[strcspn(line, "\n")] = '\0';
	if (sscanf(line, "pid %llu", &a) == 1) {
		target->pid = a;
	} else if (sscanf(line, "seed %llu", &a) == 1) {
		target->seed = a;
	} else if (sscanf(line, "child %llu", &a) == 1) {
		target->child = a;
	} else if (sscanf(line, "brk %llx", &a) == 1) {
		target->brk = a;
	} else if (sscanf(line, "frame %llx %llx", &a, &b) == 2) {
		if (target->nr_frames == E2E_NR(target->frames))
			e2e_die("mkmem: too many frames");
		target->frames[target->nr_frames].va = a;
		target->frames[target->nr_frames++].pfn = b;
	} else if (sscanf(line, "map %31s %llx %llx", name, &a, &b) == 3 ||
		   sscanf(line, "none %31s %n", name, &at) == 1) {
		struct region *region = &target->regions[target->nr++];

		if (target->nr > E2E_NR(target->regions))
			e2e_die("mkmem: too many mappings");
		strcpy(region->name, name);
		region->start = a;
		region->end = b;
		snprintf(region->why, sizeof(region->why), "%s", at ? line + at : "");
	} else if (strcmp(line, "ready")) {
		e2e_die("mkmem says \"%s\"", line);
	}
}

/* Into a cgroup of its own; without cgroups a process stays where it is. */
static void enter_cgroup(void)
{
	if (mkdir(TARGET_CGROUP, 0755) && errno != EEXIST)
		return;
	proc_write(TARGET_CGROUP "/cgroup.procs", "0");
}

static struct target *target_exec(const char *what, const char *more, bool in_cgroup)
{
	struct target *target = calloc(1, sizeof(*target));
	const char *program = target_program("mkmem");
	char line[256] = "";
	int in[2], out[2];
	pid_t pid;

	if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC))
		e2e_die("pipe: %s", strerror(errno));
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(in[0], 0);
		dup2(out[1], 1);
		if (in_cgroup)
			enter_cgroup();
		execl(program, "mkmem", WORK_DIR, what, more, NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	target->in = fdopen(in[1], "w");
	target->out = fdopen(out[0], "r");
	while (strcmp(line, "ready\n") && fgets(line, sizeof(line), target->out)) {
		char copy[256];

		strcpy(copy, line);
		line_read(target, copy);
	}
	if (target->pid != pid || strcmp(line, "ready\n"))
		e2e_die("mkmem did not get ready, its last words: %s", line);
	target_settle(pid);
	if (target->child)
		target_settle(target->child);
	return target;
}

struct target *target_start(enum target_size size)
{
	bool large = size == TARGET_LARGE && !proc_slow_kernel();

	return target_exec(large ? "64" : "4", size == TARGET_KINDS ? "kinds" : NULL,
			   size == TARGET_KINDS);
}

struct target *target_start_layout(uint64_t seed)
{
	char text[32];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)seed);
	return target_exec("layout", text, true);
}

void target_stop(struct target *target)
{
	fclose(target->in);
	fclose(target->out);
	while (waitpid(target->pid, NULL, 0) < 0 && errno == EINTR)
		;
	free(target);
}

const struct region *target_region(const struct target *target, const char *name)
{
	unsigned int i;

	for (i = 0; i < target->nr; i++)
		if (!strcmp(target->regions[i].name, name))
			return target->regions[i].why[0] ? NULL : &target->regions[i];
	e2e_die("mkmem knows no mapping %s", name);
}

const struct region *target_need(const struct target *target, const char *name)
{
	const struct region *region = target_region(target, name);
	unsigned int i;

	for (i = 0; !region && i < target->nr; i++)
		if (!strcmp(target->regions[i].name, name))
			e2e_skip("mkmem cannot make %s here: %s", name,
				 target->regions[i].why);
	return region;
}

const struct region *target_region_at(const struct target *target, uint64_t va)
{
	unsigned int i;

	for (i = 0; i < target->nr; i++)
		if (va >= target->regions[i].start && va < target->regions[i].end)
			return &target->regions[i];
	return NULL;
}

void target_touch(struct target *target, const char *verb, uint64_t va)
{
	char line[64];

	fprintf(target->in, "%s 0x%llx\n", verb, (unsigned long long)va);
	fflush(target->in);
	if (!fgets(line, sizeof(line), target->out) || strcmp(line, "done\n"))
		e2e_die("mkmem did not answer to %s 0x%llx", verb, (unsigned long long)va);
	target_settle(target->pid);
}

/*
 * A task says that it sleeps a moment before it leaves its CPU, and what the kernel
 * saves of it then is old until it has. The file "syscall" waits for that.
 */
bool target_thread_rests(pid_t pid, pid_t tid)
{
	char path[64], *stat, *syscall;
	bool rests;

	snprintf(path, sizeof(path), "task/%d/stat", tid);
	stat = proc_slurp_pid(pid, path, NULL);
	snprintf(path, sizeof(path), "task/%d/syscall", tid);
	syscall = proc_slurp_pid(pid, path, NULL);
	rests = stat && proc_stat_field(stat, 3) != 'R' &&
		(!syscall || strncmp(syscall, "running", 7));
	free(stat);
	free(syscall);
	return rests;
}

bool target_rests(pid_t pid)
{
	char path[64];
	struct dirent *entry;
	bool rests = true;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	dir = opendir(path);
	if (!dir)
		return false;
	while (rests && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			rests = target_thread_rests(pid, atoi(entry->d_name));
	closedir(dir);
	return rests;
}

void target_settle(pid_t pid)
{
	int tries;

	for (tries = 0; tries < 2000; tries++) {
		if (target_rests(pid))
			return;
		usleep(1000);
	}
	e2e_die("process %d does not come to rest", pid);
}

void target_stay_on(int cpu)
{
	cpu_set_t cpus;

	CPU_ZERO(&cpus);
	CPU_SET(cpu, &cpus);
	if (sched_setaffinity(0, sizeof(cpus), &cpus))
		e2e_die("staying on CPU %d: %s", cpu, strerror(errno));
}

static int ready_pipe[2] = { -1, -1 };

void target_ready(void)
{
	if (write(ready_pipe[1], "r", 1) != 1)
		_exit(1);
}

pid_t target_fork(void (*body)(void *arg), void *arg)
{
	char byte;
	pid_t pid;

	if (pipe2(ready_pipe, O_CLOEXEC))
		e2e_die("pipe: %s", strerror(errno));
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(ready_pipe[0]);
		body(arg);
		_exit(0);
	}
	close(ready_pipe[1]);
	if (pid < 0 || read(ready_pipe[0], &byte, 1) != 1)
		e2e_die("a process to look at did not get ready");
	close(ready_pipe[0]);
	return pid;
}

void target_kill(pid_t pid)
{
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}
