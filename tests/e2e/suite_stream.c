// SPDX-License-Identifier: GPL-2.0
/*
 * suite_stream.c - the report as a file: any buffer, any offset, any reader,
 * however many rows
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"

#define MANY		100000UL
#define MANY_IF_SLOW	20000UL
#define FEW		2000UL

static pid_t many, few;
static size_t many_nr;

/* Pages of two kinds in turn cannot merge: one VMA each. */
static void have_vmas(void *arg)
{
	size_t nr = (uintptr_t)arg, i;
	char *at = mmap(NULL, nr * PAGE_SIZE, PROT_NONE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	for (i = 1; i < nr; i += 2)
		if (mprotect(at + i * PAGE_SIZE, PAGE_SIZE, PROT_READ | PROT_WRITE))
			_exit(1);
	for (i = 1; i < nr; i += 1000)
		at[i * PAGE_SIZE] = 1;
	target_ready();
	for (;;)
		pause();
}

static void stream_open(void)
{
	many_nr = proc_slow_kernel() ? MANY_IF_SLOW : MANY;
	many = target_fork(have_vmas, (void *)many_nr);
	few = target_fork(have_vmas, (void *)FEW);
}

static void stream_close(void)
{
	target_kill(many);
	target_kill(few);
}

static char *read_all(pid_t pid, size_t step, size_t *len)
{
	int fd = ask_open(pid);
	char *text = ask_report(fd, step, len);

	if (!text)
		e2e_die("the report of %d by %zu bytes: %s", pid, step, strerror(errno));
	close(fd);
	return text;
}

/* Every VMA of maps exactly once and in order. */
static void rows_once(const char *report, pid_t pid)
{
	struct areas areas = proc_areas(pid, "maps");
	struct report_table rows = report_table(report, "vmas");
	size_t i;

	e2e_same("rows", rows.nr, "maps", areas.nr);
	for (i = 0; i < rows.nr && i < areas.nr; i++) {
		e2e_compared(1);
		if (report_cell_number(&rows, i, "start") != areas.area[i].start ||
		    report_cell_number(&rows, i, "end") != areas.area[i].end ||
		    strcmp(report_cell(&rows, i, "flags"), areas.area[i].perms))
			e2e_differ("row %zu: vmwalk says %s-%s %s, maps %llx-%llx %s", i,
				   report_cell(&rows, i, "start"), report_cell(&rows, i, "end"),
				   report_cell(&rows, i, "flags"),
				   (unsigned long long)areas.area[i].start,
				   (unsigned long long)areas.area[i].end, areas.area[i].perms);
	}
	report_table_free(&rows);
	proc_areas_free(&areas);
}

/* Both at once: neither the buffer's size nor the other reader may show. */
static void many_rows(void)
{
	static const size_t steps[] = { 65536, 4095 };
	pid_t readers[E2E_NR(steps)];
	unsigned int i;
	int status;

	fflush(stdout);
	for (i = 0; i < E2E_NR(steps); i++) {
		readers[i] = fork();
		if (readers[i] == 0) {
			rows_once(read_all(many, steps[i], NULL), many);
			fflush(stdout);
			_exit(0);
		}
	}
	for (i = 0; i < E2E_NR(steps); i++) {
		waitpid(readers[i], &status, 0);
		e2e_same("a reader's end", status, "exit", 0);
	}
	e2e_note("%zu VMAs", many_nr);
}

static void same_bytes(const char *what, const char *text, size_t len, const char *whole,
		       size_t whole_len)
{
	size_t at = 0;

	e2e_compared(len);
	for (; at < len && at < whole_len && text[at] == whole[at]; at++)
		;
	if (len != whole_len || at < len)
		e2e_differ("%s: %zu bytes, the whole has %zu; the first other byte is %zu", what,
			   len, whole_len, at);
}

/* 20 MB by single bytes would take an emulated machine minutes: 2000 VMAs do. */
static void few_by_every_step(void)
{
	static const size_t steps[] = { 1, 2, 63, 4095, 4096, 4097, 1 << 20 };
	size_t whole_len, len;
	char *whole = read_all(few, 65536, &whole_len), *text;
	char what[64];
	unsigned int i;

	rows_once(whole, few);
	for (i = 0; i < E2E_NR(steps); i++) {
		text = read_all(few, steps[i], &len);
		snprintf(what, sizeof(what), "read by %zu bytes", steps[i]);
		same_bytes(what, text, len, whole, whole_len);
		free(text);
	}
}

/* At any offset stand the bytes that stand there in the whole. */
static void at_offsets(void)
{
	size_t whole_len, i;
	char *whole = read_all(few, 65536, &whole_len), part[5000];
	int fd = ask_open(few);
	uint64_t seed = 88172645463325252ULL;

	for (i = 0; i < 40; i++) {
		size_t at, want;
		ssize_t got;

		seed ^= seed << 13;
		seed ^= seed >> 7;
		seed ^= seed << 17;
		at = seed % (whole_len + 10);
		want = seed / whole_len % sizeof(part);
		if (i % 2) {
			got = pread(fd, part, want, at);
		} else {
			if (lseek(fd, at, SEEK_SET) != (off_t)at)
				e2e_die("lseek to %zu: %s", at, strerror(errno));
			got = read(fd, part, want);
		}
		if (got < 0) {
			e2e_differ("%zu bytes at %zu: %s", want, at, strerror(errno));
			continue;
		}
		/* Short is allowed, nothing where there is something is not. */
		e2e_true(got > 0 || at >= whole_len || !want, "nothing at %zu of %zu", at,
			 whole_len);
		same_bytes("a part", part, got, whole + (at < whole_len ? at : 0), got);
	}
	e2e_same("lseek to the start", lseek(fd, 0, SEEK_SET), "lseek", 0);
	e2e_same("a negative offset", lseek(fd, -1, SEEK_SET), "lseek", -1);
}

/*
 * What says who else is there: the line "users:", [frames], where the readers' own
 * mappings of the same program count, and from [files] on, where they share descriptors.
 * Cut out.
 */
static void cut(char *text, size_t *len, const char *from, const char *to)
{
	char *begin = strstr(text, from), *end = begin ? strstr(begin + 1, to) : NULL;

	if (!end)
		e2e_die("no %s in the report", from + 1);
	memmove(begin, end, *len - (end - text) + 1);
	*len -= end - begin;
}

static void without_others(char *text, size_t *len)
{
	cut(text, len, "\nusers:", "\n");
	cut(text, len, "\n[frames]", "\n[backing]");
	*len = strstr(text, "\n[files]") - text;
}

static void two_readers(void)
{
	size_t whole_len;
	char *whole = read_all(few, 65536, &whole_len);
	pid_t readers[2];
	int i, k, status;

	without_others(whole, &whole_len);
	fflush(stdout);
	for (i = 0; i < 2; i++) {
		readers[i] = fork();
		if (readers[i] != 0)
			continue;
		for (k = 0; k < 5; k++) {
			size_t len;
			char *text = read_all(few, i ? 300 : 65536, &len);

			without_others(text, &len);
			same_bytes(i ? "the second reader" : "the first reader", text, len, whole,
				   whole_len);
			free(text);
		}
		fflush(stdout);
		_exit(0);
	}
	for (i = 0; i < 2; i++) {
		waitpid(readers[i], &status, 0);
		e2e_same("a reader's end", status, "exit", 0);
	}
}

/* Two descriptors read in turn by one process do not mix. */
static void in_turn(void)
{
	size_t whole_len, used[2] = { 0, 0 };
	char *whole = read_all(few, 65536, &whole_len);
	char *text[2] = { malloc(2 * whole_len), malloc(2 * whole_len) };
	int fds[2] = { ask_open(few), ask_open(few) }, turn;
	ssize_t got[2] = { 1, 1 };

	while (got[0] > 0 || got[1] > 0) {
		for (turn = 0; turn < 2; turn++) {
			got[turn] = read(fds[turn], text[turn] + used[turn], turn ? 700 : 5000);
			used[turn] += got[turn] > 0 ? got[turn] : 0;
		}
	}
	for (turn = 0; turn < 2; turn++)
		same_bytes("in turn", text[turn], used[turn], whole, whole_len);
}

static void by_sendfile(void)
{
	size_t whole_len, len;
	char *whole = read_all(few, 65536, &whole_len), *text;
	int fd = ask_open(few), out = open(WORK_DIR "/sent", O_RDWR | O_CREAT | O_TRUNC, 0600);
	ssize_t got;

	while ((got = sendfile(out, fd, NULL, 1 << 16)) > 0)
		;
	e2e_true(!got, "sendfile: %s", strerror(errno));
	text = proc_slurp(WORK_DIR "/sent", &len);
	same_bytes("by sendfile", text, len, whole, whole_len);
	unlink(WORK_DIR "/sent");
}

static void by_splice(void)
{
	size_t whole_len, used = 0;
	char *whole = read_all(few, 65536, &whole_len), *text = malloc(2 * whole_len);
	int fd = ask_open(few), ends[2];
	ssize_t got, here;

	if (pipe(ends))
		e2e_die("pipe: %s", strerror(errno));
	while ((got = splice(fd, NULL, ends[1], NULL, 30000, 0)) > 0) {
		for (; got > 0; got -= here, used += here) {
			here = read(ends[0], text + used, got);
			if (here <= 0)
				e2e_die("pipe: %s", strerror(errno));
		}
	}
	e2e_true(!got, "splice: %s", strerror(errno));
	same_bytes("by splice", text, used, whole, whole_len);
}

/* A reader that stops in the middle, and reading past the end. */
static void ends(void)
{
	size_t len;
	char *whole = read_all(few, 65536, &len), byte;
	int fd = ask_open(few), i;

	for (i = 0; i < 3; i++)
		e2e_same("read behind the end", pread(fd, &byte, 1, len + i), "a file", 0);
	e2e_same("the last byte", pread(fd, &byte, 1, len - 1), "a file", 1);
	e2e_same("it", byte, "the whole", whole[len - 1]);
	e2e_same("a read of nothing", read(fd, &byte, 0), "a file", 0);
	e2e_same("a write", write(fd, "x", 1), "opened for reading", -1);
	for (i = 0; i < 50; i++) {
		int one = ask_open(many);

		e2e_same("the first byte", read(one, &byte, 1), "a file", 1);
		close(one);
	}
}

static const struct e2e_case stream_cases[] = {
	{ "100 000 VMAs (20 000 if slow), each exactly once, by 64 KiB and 4095 at once", many_rows,
	  2 * MANY_IF_SLOW },
	{ "2000 VMAs by 1, 2, 63, 4095, 4096, 4097 bytes and 1 MiB", few_by_every_step, 1000000 },
	{ "lseek and pread find the same bytes", at_offsets, 20000 },
	{ "two readers at once see the same", two_readers, 1000000 },
	{ "two descriptors read in turn do not mix", in_turn, 100000 },
	{ "sendfile", by_sendfile, 100000 },
	{ "splice", by_splice, 100000 },
	{ "ends: behind the last byte, nothing, a write, an early close", ends, 50 },
};
E2E_SUITE(stream, stream_open, stream_close);
