// SPDX-License-Identifier: GPL-2.0
/*
 * suite_names.c - NAMES and [names] against the links of /proc/PID, its cgroup, and
 * attr/current
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"

#define DIR		WORK_DIR "/names"
#define CGROUPS		"/sys/fs/cgroup"
#define POLICIES	"/sys/kernel/security/apparmor/policy/namespaces"
#define PATH_ROOM	40000
#define PART		"part-of-a-long-path-"	/* of directories one in the other */

/**
 * struct names - the answer of NAMES, by kind
 * @there: is there such a record?
 * @record: it
 * @name: its name
 */
struct names {
	bool there[VMWALK_NAMED_NR];
	struct vmwalk_named record[VMWALK_NAMED_NR];
	char name[VMWALK_NAMED_NR][VMWALK_NAMES_SIZE_MIN + 1];
};

static void take(struct names *all, const struct vmwalk_named *record, const char *buf,
		 uint32_t used)
{
	uint32_t kind = record->kind;

	if (kind >= VMWALK_NAMED_NR || all->there[kind])
		e2e_die("kind %u comes twice, or is none", kind);
	if ((uint64_t)record->name_offset + record->name_len > used)
		e2e_die("a name outside the names buffer");
	all->there[kind] = true;
	all->record[kind] = *record;
	memcpy(all->name[kind], buf + record->name_offset, record->name_len);
}

/* 0 or -errno; names that do not fit are asked for again. */
static int names_try(int fd, uint32_t batch, uint32_t names_size, struct names *all)
{
	struct vmwalk_named records[VMWALK_NAMED_NR];
	char *buf = malloc(names_size);
	uint64_t cursor = 0;
	int err = 0;

	memset(all, 0, sizeof(*all));
	while (!err && cursor < VMWALK_NAMED_NR) {
		struct vmwalk_query query = ask_query(records, sizeof(*records), batch);
		uint32_t i;

		query.start = cursor;
		query.end = VMWALK_NAMED_NR;
		query.names = (uintptr_t)buf;
		query.names_size = names_size;
		err = ask(fd, VMWALK_IOC_NAMES, &query);
		if (!err && query.cursor <= cursor)
			e2e_die("NAMES stays at %llu", (unsigned long long)cursor);
		for (i = 0; !err && i < query.done; i++)
			take(all, &records[i], buf, query.names_used);
		cursor = query.cursor;
	}
	free(buf);
	return err;
}

static struct names *names_of(int fd)
{
	static struct names all;
	int err = names_try(fd, VMWALK_NAMED_NR, 4 * VMWALK_NAMES_SIZE_MIN, &all);

	if (err)
		e2e_die("NAMES: %s", strerror(-err));
	return &all;
}

static const char *const links[] = {
	[VMWALK_NAMED_EXE] = "exe", [VMWALK_NAMED_CWD] = "cwd", [VMWALK_NAMED_ROOT] = "root",
};

/* A link of /proc/PID by its directory: what it says, and what it leads to. */
static void check_link(const struct names *all, unsigned int kind, int dir)
{
	const struct vmwalk_named *record = &all->record[kind];
	char text[PATH_ROOM] = "";
	struct stat st;
	bool there = readlinkat(dir, links[kind], text, sizeof(text) - 1) >= 0;

	if (!e2e_same(links[kind], all->there[kind], "readlink", there) || !there)
		return;
	e2e_same_text(links[kind], all->name[kind], "readlink", text);
	if (fstatat(dir, links[kind], &st, 0))
		e2e_die("stat %s: %s", links[kind], strerror(errno));
	e2e_same("inode", record->inode, "stat", st.st_ino);
	e2e_same("major", record->dev[0], "stat", major(st.st_dev));
	e2e_same("minor", record->dev[1], "stat", minor(st.st_dev));
}

/* @here: in the cgroup namespace of CGROUPS */
static void check_cgroup(const struct names *all, pid_t pid, bool here)
{
	char *text = proc_slurp_pid(pid, "cgroup", NULL), *line = text;
	struct stat st;

	while (line && strncmp(line, "0::", 3))
		line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL;
	e2e_same("a cgroup", all->there[VMWALK_NAMED_CGROUP], "cgroup", line != NULL);
	if (line) {
		char path[PATH_ROOM];

		line[strcspn(line, "\n")] = '\0';
		e2e_same_text("cgroup", all->name[VMWALK_NAMED_CGROUP], "cgroup", line + 3);
		snprintf(path, sizeof(path), CGROUPS "%s", line + 3);
		if (here && !stat(path, &st))
			e2e_same("id", all->record[VMWALK_NAMED_CGROUP].inode, "stat", st.st_ino);
	}
	free(text);
}

/* The mode that AppArmor puts in brackets is not in the label (docs/limits.md). */
static void check_label(const struct names *all, pid_t pid)
{
	char *text = proc_slurp_pid(pid, "attr/current", NULL);
	size_t len = text ? strcspn(text, "\n") : 0;

	e2e_same("a label", all->there[VMWALK_NAMED_LABEL], "attr/current", len > 0);
	if (!len)
		return;
	text[len] = '\0';
	if (strstr(text, " ("))
		*strstr(text, " (") = '\0';
	e2e_same_text("label", all->name[VMWALK_NAMED_LABEL], "attr/current", text);
	free(text);
}

static void check_names(pid_t pid)
{
	char path[32];
	const struct names *all = names_of(ask_open(pid));
	unsigned int kind;
	int dir;

	snprintf(path, sizeof(path), "/proc/%d", pid);
	dir = open(path, O_PATH | O_DIRECTORY);
	for (kind = 0; kind < E2E_NR(links); kind++)
		check_link(all, kind, dir);
	check_cgroup(all, pid, true);
	check_label(all, pid);
	close(dir);
}

static void must(int ret, const char *what)
{
	if (ret < 0)
		e2e_die("%s: %s", what, strerror(errno));
}

static void rest(void)
{
	target_ready();
	for (;;)
		pause();
}

/* A copy of the guest's shell and much else, so that it can be deleted. */
static void copy_program(const char *to)
{
	int in = open("/bin/busybox", O_RDONLY), out = open(to, O_CREAT | O_TRUNC | O_WRONLY, 0755);
	char buf[65536];
	ssize_t got;

	must(in, "the program");
	must(out, to);
	while ((got = read(in, buf, sizeof(buf))) > 0)
		if (write(out, buf, got) != got)
			e2e_die("%s: %s", to, strerror(errno));
	close(in);
	close(out);
}

static void be_plain(void)
{
}

static void be_in_odd_name(void)
{
	must(mkdir(DIR "/a b\n\\040 \x01\xff", 0755), "mkdir");
	must(chdir(DIR "/a b\n\\040 \x01\xff"), "chdir");
}

static void be_in_deleted(void)
{
	must(mkdir(DIR "/gone", 0755), "mkdir");
	must(chdir(DIR "/gone"), "chdir");
	must(rmdir(DIR "/gone"), "rmdir");
}

static void be_chrooted(void)
{
	must(mkdir(DIR "/jail", 0755), "mkdir");
	must(chroot(DIR "/jail"), "chroot");
}

/* Its directory is on a mount that is in no namespace any more. */
static void be_unreachable(void)
{
	must(mkdir(DIR "/mount", 0755), "mkdir");
	must(mount("none", DIR "/mount", "tmpfs", 0, NULL), "mount");
	must(mkdir(DIR "/mount/below", 0755), "mkdir");
	must(chdir(DIR "/mount/below"), "chdir");
	must(umount2(DIR "/mount", MNT_DETACH), "umount");
}

static void be_in_namespace(void)
{
	must(unshare(CLONE_NEWNS), "unshare");
	must(mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL), "mount");
	must(mount("none", DIR, "tmpfs", 0, NULL), "mount");
	must(chdir(DIR), "chdir");
}

static void be_in_cgroup(void)
{
	must(mkdir(CGROUPS "/e2e-names", 0755) && errno != EEXIST ? -1 : 0, "mkdir");
	must(mkdir(CGROUPS "/e2e-names/a b\\101", 0755) && errno != EEXIST ? -1 : 0, "mkdir");
	must(proc_write(CGROUPS "/e2e-names/a b\\101/cgroup.procs", "0") ? -1 : 0, "cgroup.procs");
}

static void be_in_cgroup_namespace(void)
{
	be_in_cgroup();
	must(unshare(CLONE_NEWCGROUP), "unshare");
}

/* Each is a process with a name that is odd. */
static void (*const sorts[])(void) = {
	be_plain, be_in_odd_name, be_in_deleted, be_chrooted, be_unreachable, be_in_namespace,
	be_in_cgroup, be_in_cgroup_namespace,
};

#define SORTS	E2E_NR(sorts)

static pid_t pids[SORTS];

static void body(void *arg)
{
	sorts[*(unsigned int *)arg]();
	rest();
}

static void names_open(void)
{
	unsigned int i;

	mkdir(DIR, 0755);
	mount("none", CGROUPS, "cgroup2", 0, NULL);
	mount("none", "/sys/kernel/security", "securityfs", 0, NULL);
	for (i = 0; i < SORTS; i++)
		pids[i] = target_fork(body, &i);
}

static void names_close(void)
{
	unsigned int i;

	for (i = 0; i < SORTS; i++)
		target_kill(pids[i]);
}

static void all_names(void)
{
	unsigned int i;

	for (i = 0; i < SORTS; i++)
		check_names(pids[i]);
	check_names(1);
	check_names(getpid());
}

/* A kernel thread has no program, and the dead have neither that nor directories. */
static void without_names(void)
{
	const struct names *all;
	pid_t zombie = fork();

	if (!zombie)
		_exit(0);
	waitid(P_PID, zombie, NULL, WEXITED | WNOWAIT);
	check_names(2);
	e2e_same("exe of a kernel thread", names_of(ask_open(2))->there[VMWALK_NAMED_EXE],
		 "none", 0);
	check_names(zombie);
	all = names_of(ask_open(zombie));
	e2e_same("cwd of a zombie", all->there[VMWALK_NAMED_CWD], "none", 0);
	e2e_same("cgroup of a zombie", all->there[VMWALK_NAMED_CGROUP], "its cgroup", 1);
	waitpid(zombie, NULL, 0);
}

static void wait_for_exe(pid_t pid, const char *name)
{
	char path[32], text[256] = "";
	int tries;

	snprintf(path, sizeof(path), "/proc/%d/exe", pid);
	for (tries = 0; tries < 2000 && strcmp(text, name); tries++) {
		ssize_t len = readlink(path, text, sizeof(text) - 1);

		text[len < 0 ? 0 : len] = '\0';
		usleep(1000);
	}
	if (strcmp(text, name))
		e2e_die("process %d executes %s", pid, text);
}

static void be_copy(void *arg)
{
	target_ready();
	execl(arg, "sleep", "1000000", NULL);
	_exit(1);
}

/* The program itself is deleted while it runs, and then another one has its name. */
static void deleted_program(void)
{
	char copy[] = DIR "/program";
	pid_t pid;

	copy_program(copy);
	pid = target_fork(be_copy, copy);
	wait_for_exe(pid, copy);
	check_names(pid);
	unlink(copy);
	check_names(pid);
	copy_program(copy);
	check_names(pid);
	target_kill(pid);
}

/* @depth directories one in the other, the innermost the working directory. */
static void be_deep(void *arg)
{
	const unsigned int *depth = arg;
	unsigned int i;
	char name[256];

	must(chdir(DIR), "chdir");
	for (i = 0; i < *depth; i++) {
		snprintf(name, sizeof(name), PART "%0200u", i);
		must(mkdir(name, 0755) && errno != EEXIST ? -1 : 0, "mkdir");
		must(chdir(name), "chdir");
	}
	if (*depth == 40)
		must(chroot("."), "chroot");
	rest();
}

/* readlink(2) gives up at a page, NAMES at 16 KiB, the report never. */
static void long_paths(void)
{
	static const unsigned int depths[] = { 20, 40, 100 };
	static char path[PATH_ROOM];
	unsigned int i, k;

	for (i = 0; i < E2E_NR(depths); i++) {
		pid_t pid = target_fork(be_deep, (void *)&depths[i]);
		int fd = ask_open(pid), len = snprintf(path, sizeof(path), DIR);
		struct report_table rows = report_table(ask_report(fd, 65536, NULL), "names");
		const struct names *all = names_of(fd);

		for (k = 0; k < depths[i]; k++)
			len += snprintf(path + len, sizeof(path) - len, "/" PART "%0200u", k);
		e2e_same_text("cwd", report_cell(&rows, VMWALK_NAMED_CWD, "name"), "the factory",
			      path);
		e2e_same_text("cwd", all->name[VMWALK_NAMED_CWD], "the factory",
			      len < (int)VMWALK_NAMES_SIZE_MIN ? path : "");
		e2e_same_text("root", all->name[VMWALK_NAMED_ROOT], "the factory",
			      depths[i] == 40 ? path : "/");
		report_table_free(&rows);
		target_kill(pid);
	}
}

static void same_names(const struct names *a, const char *what, const struct names *b)
{
	unsigned int kind;

	for (kind = 0; kind < VMWALK_NAMED_NR; kind++) {
		struct vmwalk_named one = a->record[kind], two = b->record[kind];

		one.name_offset = two.name_offset = 0;
		e2e_same(what, a->there[kind], "one query", b->there[kind]);
		e2e_true(!memcmp(&one, &two, sizeof(one)), "%s: other records", what);
		e2e_same_text(what, a->name[kind], "one query", b->name[kind]);
	}
}

/* Batches, and buffers that take one long name each. */
static void batches(void)
{
	static const unsigned int depth = 40;
	pid_t pid = target_fork(be_deep, (void *)&depth);
	static struct names whole, parts;
	int fd = ask_open(pid);
	uint32_t batch;

	if (names_try(fd, VMWALK_NAMED_NR, 1 << 20, &whole))
		e2e_die("NAMES");
	for (batch = 1; batch <= VMWALK_NAMED_NR; batch++) {
		e2e_same("NAMES", -names_try(fd, batch, 1 << 20, &parts), "no error", 0);
		same_names(&parts, "in batches", &whole);
		e2e_same("NAMES", -names_try(fd, batch, VMWALK_NAMES_SIZE_MIN, &parts),
			 "no error", 0);
		same_names(&parts, "in a small buffer", &whole);
	}
	target_kill(pid);
}

/* Parts of a range have just these kinds; what is behind the last one is nothing. */
static void check_ranges(pid_t pid)
{
	struct vmwalk_named records[8];
	int fd = ask_open(pid);
	uint64_t start, end;

	for (start = 0; start <= VMWALK_NAMED_NR; start++)
		for (end = start; end <= VMWALK_NAMED_NR + 1; end++) {
			struct vmwalk_query query = ask_query(records, sizeof(*records), 8);
			uint32_t i;

			query.start = start;
			query.end = end;
			e2e_same("NAMES", -ask(fd, VMWALK_IOC_NAMES, &query), "no error", 0);
			e2e_same("cursor", query.cursor, "the end", end);
			for (i = 0; i < query.done; i++)
				e2e_true(records[i].kind >= start && records[i].kind < end &&
					 !records[i].name_len, "kind %u of %llu-%llu",
					 records[i].kind, (unsigned long long)start,
					 (unsigned long long)end);
		}
}

static void ranges(void)
{
	check_ranges(pids[0]);
	check_ranges(2);	/* lacks the first kind */
}

static const char *kind_name(unsigned int kind)
{
	static const char *const names[] = {
#define KIND(NAME, nr, name, help)	[nr] = name,
		VMWALK_NAMED_KINDS(KIND)
#undef KIND
	};

	return names[kind];
}

/* Rows of the report against NAMES, and device and inode in writing. */
static void report_rows(void)
{
	unsigned int i;

	for (i = 0; i < SORTS; i++) {
		int fd = ask_open(pids[i]);
		const struct names *all = names_of(fd);
		struct report_table rows = report_table(ask_report(fd, 65536, NULL), "names");
		unsigned int kind, row = 0;

		for (kind = 0; kind < VMWALK_NAMED_NR; kind++) {
			const struct vmwalk_named *record = &all->record[kind];
			char name[1024], dev[32] = "-", inode[32] = "-";

			if (!all->there[kind])
				continue;
			if (kind < E2E_NR(links))
				snprintf(dev, sizeof(dev), "%02x:%02x", record->dev[0], record->dev[1]);
			if (kind != VMWALK_NAMED_LABEL)
				snprintf(inode, sizeof(inode), "%llu", (unsigned long long)record->inode);
			e2e_same_text("kind", report_cell(&rows, row, "kind"), "NAMES", kind_name(kind));
			e2e_same_text("dev", report_cell(&rows, row, "dev"), "NAMES", dev);
			e2e_same_text("inode", report_cell(&rows, row, "inode"), "NAMES", inode);
			snprintf(name, sizeof(name), "%s", report_cell(&rows, row, "name"));
			proc_unescape(name, 0);
			e2e_same_text("name", name, "NAMES", all->name[kind]);
			row++;
		}
		e2e_same("rows", rows.nr, "NAMES", row);
		report_table_free(&rows);
	}
}

/* A reader with a root, or a cgroup namespace, of his own: as the kernel tells him. */
static void read_elsewhere(void (*go)(void), pid_t pid)
{
	pid_t reader;

	fflush(stdout);
	reader = fork();
	if (!reader) {
		char path[32];
		const struct names *all;
		int fd = ask_open(pid), dir, proc;

		snprintf(path, sizeof(path), "/proc/%d", pid);
		dir = open(path, O_PATH | O_DIRECTORY);
		proc = open("/", O_PATH | O_DIRECTORY);
		go();
		all = names_of(fd);
		check_link(all, VMWALK_NAMED_CWD, dir);
		check_link(all, VMWALK_NAMED_EXE, dir);
		must(fchdir(proc), "fchdir");
		must(chroot("."), "chroot");
		check_cgroup(all, pid, false);
		fflush(stdout);
		_exit(0);
	}
	waitpid(reader, NULL, 0);
}

static void go_chroot(void)
{
	must(chroot(DIR), "chroot");
}

static void readers(void)
{
	unsigned int i;

	for (i = 0; i < SORTS; i++) {
		read_elsewhere(go_chroot, pids[i]);
		read_elsewhere(be_in_cgroup_namespace, pids[i]);
	}
}

static void be_ending(void *arg)
{
	must(mkdir(CGROUPS "/e2e-ending", 0755), "mkdir");
	must(proc_write(CGROUPS "/e2e-ending/cgroup.procs", "0") ? -1 : 0, "cgroup.procs");
	target_ready();
	_exit(0);
}

/* Only the dead can be in a control group that was removed. */
static void deleted_cgroup(void)
{
	pid_t pid = target_fork(be_ending, NULL);
	const struct names *all;

	waitid(P_PID, pid, NULL, WEXITED | WNOWAIT);
	check_names(pid);
	must(rmdir(CGROUPS "/e2e-ending"), "rmdir");
	check_names(pid);
	all = names_of(ask_open(pid));
	e2e_same_text("cgroup", all->name[VMWALK_NAMED_CGROUP], "rmdir",
		      "/e2e-ending (deleted)");
	waitpid(pid, NULL, 0);
}

static void be_labelled(void *arg)
{
	must(proc_write("/proc/self/attr/current", arg) ? -1 : 0, arg);
	rest();
}

/* Policy namespaces of AppArmor give labels without a policy. */
static void labels(void)
{
	static char *const changes[] = {
		"changeprofile :e2e:unconfined", "stack :e2e://unconfined",
	};
	unsigned int i;

	if (mkdir(POLICIES "/e2e", 0755) && errno != EEXIST)
		e2e_skip("no AppArmor here");
	for (i = 0; i < E2E_NR(changes); i++) {
		pid_t pid = target_fork(be_labelled, changes[i]);
		const struct names *all;

		check_names(pid);
		all = names_of(ask_open(pid));
		e2e_true(strstr(all->name[VMWALK_NAMED_LABEL], "e2e") != NULL, "label %s after %s",
			 all->name[VMWALK_NAMED_LABEL], changes[i]);
		target_kill(pid);
	}
}

/* Goes to and fro, and at last ends. */
static void be_restless(void *arg)
{
	must(mkdir(DIR "/to", 0755) && errno != EEXIST ? -1 : 0, "mkdir");
	must(mkdir(DIR "/fro", 0755) && errno != EEXIST ? -1 : 0, "mkdir");
	must(chdir(DIR "/fro"), "chdir");
	target_ready();
	for (;;) {
		must(chdir(DIR "/to"), "chdir");
		must(chdir(DIR "/fro"), "chdir");
	}
}

static void restless(void)
{
	pid_t pid = target_fork(be_restless, NULL);
	int fd = ask_open(pid), i, err;
	static struct names all;

	for (i = 0; i < 1000; i++) {
		const char *cwd = all.name[VMWALK_NAMED_CWD];

		if (i == 900)
			kill(pid, SIGKILL);
		err = names_try(fd, 2, VMWALK_NAMES_SIZE_MIN, &all);
		e2e_true(!err || (err == -ESRCH && i >= 900), "NAMES: %s", strerror(-err));
		e2e_true(err || i >= 900 || !strcmp(cwd, DIR "/to") || !strcmp(cwd, DIR "/fro"),
			 "cwd \"%s\"", cwd);
	}
	close(fd);
	target_kill(pid);
}

/* Everything of it is on one mount: the program, both directories. */
static void be_on_mount(void *arg)
{
	must(chdir(DIR "/held"), "chdir");
	must(chroot("."), "chroot");
	target_ready();
	execl("/program", "sleep", "1000000", NULL);
	_exit(1);
}

static void ask_in_vain(int fd, uint64_t records, uint64_t names)
{
	struct vmwalk_query query = ask_query((void *)(uintptr_t)records,
					      sizeof(struct vmwalk_named), 1);

	query.end = VMWALK_NAMED_NR;
	query.names = names;
	query.names_size = names ? VMWALK_NAMES_SIZE_MIN : 0;
	e2e_same("NAMES", -ask(fd, VMWALK_IOC_NAMES, &query), "EFAULT", EFAULT);
}

/* What was read of a process, or in vain, keeps no mount busy once it has ended. */
static void nothing_held(void)
{
	static struct names all;
	struct vmwalk_named record;
	pid_t pid;
	int fd, i;

	must(mkdir(DIR "/held", 0755), "mkdir");
	must(mount("none", DIR "/held", "tmpfs", 0, NULL), "mount");
	copy_program(DIR "/held/program");
	pid = target_fork(be_on_mount, NULL);
	wait_for_exe(pid, DIR "/held/program");
	fd = ask_open(pid);
	for (i = 1; i <= VMWALK_NAMED_NR; i++)
		e2e_same("NAMES", -names_try(fd, i, VMWALK_NAMES_SIZE_MIN, &all), "no error", 0);
	ask_in_vain(fd, 0, 0);
	ask_in_vain(fd, (uintptr_t)&record, 8);
	free(ask_report(fd, 65536, NULL));
	free(ask_report(fd, 512, NULL));
	e2e_same("umount of what is in use", -umount2(DIR "/held", 0), "EBUSY", 1);
	target_kill(pid);
	for (i = 0; i < 1000 && umount2(DIR "/held", 0); i++)
		usleep(1000);
	e2e_true(i < 1000, "the mount stays busy: %s", strerror(errno));
	close(fd);
}

static const struct e2e_case names_cases[] = {
	{ "NAMES equals exe, cwd, root, cgroup and attr/current", all_names, 130 },
	{ "NAMES of who has fewer", without_names, 20 },
	{ "a program that was deleted", deleted_program, 40 },
	{ "paths longer than a page", long_paths, 9 },
	{ "NAMES at every batch and buffer size", batches, 160 },
	{ "NAMES of parts of a range", ranges, 100 },
	{ "[names] equals NAMES", report_rows, 130 },
	{ "readers with a root and a cgroup namespace of their own", readers, 150 },
	{ "a control group that was removed", deleted_cgroup, 8 },
	{ "labels of AppArmor", labels, 30 },
	{ "directories that change while they are read", restless, 2000 },
	{ "nothing is held on to", nothing_held, 9 },
};
E2E_SUITE(names, names_open, names_close);
