// SPDX-License-Identifier: GPL-2.0
/*
 * suite_auxv.c - AUXV against /proc/PID/auxv; and what core dumps may have against
 * coredump_filter and prctl(2)
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"
#include "who.h"

#define PROGRAM_32	WORK_DIR "/program32"

static void must(int ret, const char *what)
{
	if (ret < 0)
		e2e_die("%s: %s", what, strerror(errno));
}

/* All pairs of /proc/PID/auxv, words of @width bytes, up to AT_NULL; how many. */
static size_t theirs_of(pid_t pid, size_t width, uint64_t pairs[][2], size_t room)
{
	size_t len, at, nr = 0, k;
	char *text = proc_slurp_pid(pid, "auxv", &len);

	for (at = 0; text && at + 2 * width <= len && nr < room; at += 2 * width) {
		pairs[nr][0] = pairs[nr][1] = 0;
		for (k = 0; k < 2; k++)
			memcpy(&pairs[nr][k], text + at + k * width, width);
		if (!pairs[nr][0])
			break;
		nr++;
	}
	free(text);
	return nr;
}

static const char *name_of(uint64_t type)
{
	static const char *const names[] = {
#define AUX(NAME, nr, name, help)	[nr] = name,
		VMWALK_AUXES(AUX)
#undef AUX
	};

	return type < E2E_NR(names) ? names[type] : NULL;
}

static void check_report(pid_t pid, const struct vmwalk_auxv *ours, size_t nr)
{
	struct report_table rows = report_table(ask_report(ask_open(pid), 65536, NULL), "auxv");
	size_t i;

	e2e_same("rows", rows.nr, "AUXV", nr);
	for (i = 0; i < nr && i < rows.nr; i++) {
		char number[32];

		snprintf(number, sizeof(number), "?%llu", (unsigned long long)ours[i].raw_type);
		e2e_same("index", report_cell_number(&rows, i, "index"), "its place", i);
		e2e_same_text("type", report_cell(&rows, i, "type"), "AUXV",
			      name_of(ours[i].raw_type) ? name_of(ours[i].raw_type) : number);
		e2e_same("raw_type", report_cell_number(&rows, i, "raw_type"), "AUXV",
			 ours[i].raw_type);
		e2e_same("value", report_cell_number(&rows, i, "value"), "AUXV", ours[i].value);
	}
	report_table_free(&rows);
}

/* What stands behind the end of the list is not of it. */
static void check_behind(pid_t pid, size_t nr)
{
	struct vmwalk_auxv record;
	struct vmwalk_query query = ask_query(&record, sizeof(record), 1);
	int fd = ask_open(pid);

	query.start = nr + 1;
	query.end = -4096;
	e2e_same("AUXV", -ask(fd, VMWALK_IOC_AUXV, &query), "no error", 0);
	e2e_same("entries behind the end", query.done, "none", 0);
	close(fd);
}

static size_t check_auxv(pid_t pid, size_t width)
{
	static const uint32_t batches[] = { 1, 3, 100 };
	uint64_t theirs[64][2];
	size_t want = theirs_of(pid, width, theirs, 64), nr = 0, i;
	unsigned int b;

	for (b = 0; b < E2E_NR(batches); b++) {
		int fd = ask_open(pid);
		struct vmwalk_auxv *ours = ask_list(fd, VMWALK_IOC_AUXV, sizeof(*ours), batches[b],
						    &nr);

		e2e_same("entries", nr, "auxv", want);
		for (i = 0; i < nr && i < want; i++) {
			e2e_same("index", ours[i].index, "its place", i);
			e2e_same("type", ours[i].type, "auxv", theirs[i][0]);
			e2e_same("raw_type", ours[i].raw_type, "auxv", theirs[i][0]);
			e2e_same("value", ours[i].value, "auxv", theirs[i][1]);
		}
		if (!b)
			check_report(pid, ours, nr);
		free(ours);
		close(fd);
	}
	check_behind(pid, want);
	return nr;
}

/* By the C library's own names, of the process itself; AT_HWCAP it makes up. */
static void own_auxv(void)
{
	static const struct {
		const char *name;
		unsigned long type;
	} known[] = {
#define KNOWN(NAME, name)	{ name, AT_##NAME }
		KNOWN(PHDR, "phdr"), KNOWN(PAGESZ, "pagesz"), KNOWN(ENTRY, "entry"),
		KNOWN(UID, "uid"), KNOWN(EGID, "egid"), KNOWN(GID, "gid"),
		KNOWN(HWCAP2, "hwcap2"), KNOWN(CLKTCK, "clktck"), KNOWN(SECURE, "secure"),
		KNOWN(RANDOM, "random"), KNOWN(EXECFN, "execfn"), KNOWN(PLATFORM, "platform"),
		KNOWN(SYSINFO_EHDR, "sysinfo_ehdr"), KNOWN(MINSIGSTKSZ, "minsigstksz"),
#undef KNOWN
	};
	struct report_table rows = report_table(ask_report(ask_open(getpid()), 65536, NULL), "auxv");
	unsigned int i;
	size_t row;

	for (i = 0; i < E2E_NR(known); i++) {
		for (row = 0; row < rows.nr; row++)
			if (!strcmp(report_cell(&rows, row, "type"), known[i].name))
				break;
		if (row == rows.nr)
			e2e_die("no %s", known[i].name);
		e2e_same(known[i].name, report_cell_number(&rows, row, "value"), "getauxval",
			 getauxval(known[i].type));
	}
	report_table_free(&rows);
	check_auxv(getpid(), 8);
	check_auxv(1, 8);
}

/* Types no kernel has, a full list, an empty one, and one with something behind its end. */
static void be_changed(void *arg)
{
	static const unsigned long odd[] = {
		99, 1, 18, 2, ~0UL, ~0UL, 25, 0, 1UL << 32, 5, 0, 0, 98, 3, 97, 4,
	};
	unsigned long full[64];
	const int *which = arg;
	size_t nr = 0, i;

	for (i = 0; i < E2E_NR(full); i++)
		full[i] = i + 1;
	if (*which == 0)
		must(prctl(PR_SET_MM, PR_SET_MM_AUXV, odd, sizeof(odd), 0), "PR_SET_MM_AUXV");
	/* What is behind the null is not of the list. */
	if (*which == 3)
		must(prctl(PR_SET_MM, PR_SET_MM_AUXV, odd + 10, 6 * sizeof(long), 0),
		     "PR_SET_MM_AUXV");
	/* As long as this kernel takes; it puts an AT_NULL at the end. */
	for (nr = 64; *which == 1 && nr; nr -= 2)
		if (!prctl(PR_SET_MM, PR_SET_MM_AUXV, full, nr * sizeof(long), 0))
			break;
	if (*which == 2) {
		memset(full, 0, sizeof(full));
		must(prctl(PR_SET_MM, PR_SET_MM_AUXV, full, 16, 0), "PR_SET_MM_AUXV");
	}
	target_ready();
	for (;;)
		pause();
}

static void changed_auxv(void)
{
	static const int whiches[] = { 0, 1, 2, 3 };
	static const size_t least[] = { 5, 20, 0, 0 };
	unsigned int i;

	for (i = 0; i < E2E_NR(whiches); i++) {
		pid_t pid = target_fork(be_changed, (void *)&whiches[i]);
		size_t nr = check_auxv(pid, 8);

		e2e_true(i == 1 ? nr >= least[i] : nr == least[i], "%zu entries", nr);
		target_kill(pid);
	}
}

/* The least program there is of 32 bits: it waits for ever. */
static void program_32(void)
{
	static const unsigned char code[] = {
		0xb8, 29, 0, 0, 0,	/* mov $pause, %eax */
		0xcd, 0x80,		/* int $0x80 */
		0xeb, 0xf7,		/* and again */
	};
	const uint32_t base = 0x08048000, at = sizeof(Elf32_Ehdr) + sizeof(Elf32_Phdr);
	const Elf32_Ehdr header = {
		.e_ident = { 0x7f, 'E', 'L', 'F', ELFCLASS32, ELFDATA2LSB, EV_CURRENT },
		.e_type = ET_EXEC, .e_machine = EM_386, .e_version = EV_CURRENT,
		.e_entry = base + at, .e_phoff = sizeof(header), .e_ehsize = sizeof(header),
		.e_phentsize = sizeof(Elf32_Phdr), .e_phnum = 1,
	};
	const Elf32_Phdr part = {
		.p_type = PT_LOAD, .p_vaddr = base, .p_filesz = at + sizeof(code),
		.p_memsz = at + sizeof(code), .p_flags = PF_R | PF_X, .p_align = PAGE_SIZE,
	};
	int fd = open(PROGRAM_32, O_CREAT | O_TRUNC | O_WRONLY, 0755);

	must(fd, PROGRAM_32);
	if (write(fd, &header, sizeof(header)) != sizeof(header) ||
	    write(fd, &part, sizeof(part)) != sizeof(part) ||
	    write(fd, code, sizeof(code)) != sizeof(code))
		e2e_die("%s: %s", PROGRAM_32, strerror(errno));
	close(fd);
}

static void be_32(void *arg)
{
	target_ready();
	execl(PROGRAM_32, PROGRAM_32, NULL);
	_exit(1);
}

static void narrow_auxv(void)
{
	uint64_t theirs[64][2], entry = 0;
	int tries, status;
	size_t nr, i;
	pid_t pid;

	program_32();
	pid = target_fork(be_32, NULL);
	for (tries = 0; tries < 1000; tries++) {
		char path[32], text[64] = "";

		if (waitpid(pid, &status, WNOHANG) == pid)
			e2e_skip("this kernel runs no programs of 32 bits");
		snprintf(path, sizeof(path), "/proc/%d/exe", pid);
		if (readlink(path, text, sizeof(text) - 1) > 0 && !strcmp(text, PROGRAM_32))
			break;
		usleep(1000);
	}
	target_settle(pid);
	check_auxv(pid, 4);
	nr = theirs_of(pid, 4, theirs, 64);
	for (i = 0; i < nr; i++)
		if (theirs[i][0] == AT_ENTRY)
			entry = theirs[i][1];
	e2e_same("entry", entry, "the program", 0x08048000 + sizeof(Elf32_Ehdr) + sizeof(Elf32_Phdr));
	target_kill(pid);
}

static void without_auxv(void)
{
	pid_t zombie = fork();
	struct vmwalk_auxv *ours;
	size_t nr;

	if (!zombie)
		_exit(0);
	waitid(P_PID, zombie, NULL, WEXITED | WNOWAIT);
	ours = ask_list(ask_open(2), VMWALK_IOC_AUXV, sizeof(*ours), 10, &nr);
	free(ours);
	e2e_same("entries of a kernel thread", nr, "none", 0);
	ours = ask_list(ask_open(zombie), VMWALK_IOC_AUXV, sizeof(*ours), 10, &nr);
	free(ours);
	e2e_same("entries of a zombie", nr, "none", 0);
	waitpid(zombie, NULL, 0);
}

/* Who writes the list while it is read: pairs of the one or the other, no other values. */
static void be_restless(void *arg)
{
	static const unsigned long one[] = { 99, 1, 98, 2, 0, 0 }, two[] = { 97, 3, 0, 0, 0, 0 };

	must(prctl(PR_SET_MM, PR_SET_MM_AUXV, one, sizeof(one), 0), "PR_SET_MM_AUXV");
	target_ready();
	for (;;) {
		prctl(PR_SET_MM, PR_SET_MM_AUXV, two, sizeof(two), 0);
		prctl(PR_SET_MM, PR_SET_MM_AUXV, one, sizeof(one), 0);
	}
}

static void restless(void)
{
	pid_t pid = target_fork(be_restless, NULL);
	int fd = ask_open(pid), i;
	size_t nr, k;

	for (i = 0; i < 2000; i++) {
		struct vmwalk_auxv *ours = ask_list(fd, VMWALK_IOC_AUXV, sizeof(*ours), 10, &nr);

		e2e_true(nr <= 2, "%zu entries", nr);
		for (k = 0; k < nr; k++)
			e2e_true(ours[k].type >= 97 && ours[k].type <= 99 && ours[k].value <= 3,
				 "%llu %llu", (unsigned long long)ours[k].type,
				 (unsigned long long)ours[k].value);
		free(ours);
	}
	target_kill(pid);
}

/* What a process is set to, and what it told: shared with it. */
static struct {
	int dumpable;
} *told;

static void be_dumpable(void *arg)
{
	const int *wanted = arg;

	if (*wanted == 2)
		must(setresuid(WALKER, WALKER, WALKER), "setresuid");	/* fs.suid_dumpable decides */
	else
		must(prctl(PR_SET_DUMPABLE, *wanted), "PR_SET_DUMPABLE");
	told->dumpable = prctl(PR_GET_DUMPABLE);
	target_ready();
	for (;;)
		pause();
}

static void dumps(void)
{
	static const int wanted[] = { 0, 1, 2 };
	static const char *const filters[] = { "0x7f", "0", "0x1ff" };
	char *was = proc_slurp("/proc/sys/fs/suid_dumpable", NULL);
	unsigned int i;

	told = mmap(NULL, sizeof(*told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	must(proc_write("/proc/sys/fs/suid_dumpable", "2"), "suid_dumpable");
	for (i = 0; i < E2E_NR(wanted); i++) {
		char path[64], *report, *filter;
		pid_t pid;

		proc_write("/proc/self/coredump_filter", filters[i]);
		pid = target_fork(be_dumpable, (void *)&wanted[i]);
		report = ask_report(ask_open(pid), 65536, NULL);
		snprintf(path, sizeof(path), "/proc/%d/coredump_filter", pid);
		filter = proc_slurp(path, NULL);
		e2e_same("dumpable", report_number(report, "mm", "dumpable"), "PR_GET_DUMPABLE",
			 told->dumpable);
		e2e_same("dumpable", report_number(report, "mm", "dumpable"), "who set it",
			 wanted[i]);
		/* A kernel that dumps no cores has no such file. */
		if (filter) {
			e2e_same("dump_filter", report_number(report, "mm", "dump_filter"),
				 "coredump_filter", strtoull(filter, NULL, 16));
			e2e_same("dump_filter", report_number(report, "mm", "dump_filter"),
				 "who set it", strtoull(filters[i], NULL, 16));
		}
		free(filter);
		free(report);
		target_kill(pid);
	}
	must(proc_write("/proc/sys/fs/suid_dumpable", was), "suid_dumpable");
	free(was);
}

static const struct e2e_case auxv_cases[] = {
	{ "AUXV equals auxv and getauxval(3)", own_auxv, 400 },
	{ "AUXV of who has changed it", changed_auxv, 250 },
	{ "AUXV of a program of 32 bits", narrow_auxv, 150 },
	{ "AUXV of who has none", without_auxv, 2 },
	{ "AUXV while it is written", restless, 3000 },
	{ "dumpable and dump_filter equal prctl(2) and coredump_filter", dumps, 6 },
};
E2E_SUITE(auxv, NULL, NULL);
