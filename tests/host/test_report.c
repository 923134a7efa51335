// SPDX-License-Identifier: GPL-2.0
/* test_report.c - the text of an entry, well-formed and hostile */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "libvmwalk.h"
#include "test.h"

static const char sample[] =
	"vmwalk-report 1\n"
	"[task]\n"
	"pid:\t12\n"
	"comm:\ta b: c\n"
	"uid:\t0 1 2 3\n"
	"[mm]\n"
	"none:\tno address space\n"
	"[vmas]\n"
	"# start end  name\n"
	"0x1000  0x2000   /a b  c\n"
	"0x2000 0x3000 \n"
	"\n"
	"[files]\n"
	"# fd path \n"
	"3 pipe:[7]\n";

static const struct {
	enum vmwalk_line_type type;
	unsigned long number;
	const char *section, *key;
	unsigned int nr;
	const char *values[3];
} expected[] = {
	{ VMWALK_LINE_SECTION, 2, "task", NULL, 0, { NULL } },
	{ VMWALK_LINE_KEY, 3, "task", "pid", 1, { "12" } },
	{ VMWALK_LINE_KEY, 4, "task", "comm", 1, { "a b: c" } },
	{ VMWALK_LINE_KEY, 5, "task", "uid", 1, { "0 1 2 3" } },
	{ VMWALK_LINE_SECTION, 6, "mm", NULL, 0, { NULL } },
	{ VMWALK_LINE_KEY, 7, "mm", "none", 1, { "no address space" } },
	{ VMWALK_LINE_SECTION, 8, "vmas", NULL, 0, { NULL } },
	{ VMWALK_LINE_HEADER, 9, "vmas", NULL, 3, { "start", "end", "name" } },
	{ VMWALK_LINE_ROW, 10, "vmas", NULL, 3, { "0x1000", "0x2000", "/a b  c" } },
	{ VMWALK_LINE_ROW, 11, "vmas", NULL, 3, { "0x2000", "0x3000", "" } },
	{ VMWALK_LINE_SECTION, 13, "files", NULL, 0, { NULL } },
	{ VMWALK_LINE_HEADER, 14, "files", NULL, 2, { "fd", "path" } },
	{ VMWALK_LINE_ROW, 15, "files", NULL, 2, { "3", "pipe:[7]" } },
};

static void line_check(const struct vmwalk_line *line, size_t i)
{
	unsigned int v;

	assert_int_equal(line->type, expected[i].type);
	assert_int_equal(line->number, expected[i].number);
	assert_string_equal(line->section, expected[i].section);
	assert_int_equal(!line->key, !expected[i].key);
	if (line->key)
		assert_string_equal(line->key, expected[i].key);
	assert_int_equal(line->nr, expected[i].nr);
	for (v = 0; v < line->nr; v++)
		assert_string_equal(line->values[v], expected[i].values[v]);
}

static void sample_check(struct vmwalk_report *report)
{
	struct vmwalk_line line;
	size_t i;

	for (i = 0; i < COUNT(expected); i++) {
		assert_int_equal(vmwalk_report_next(report, &line), 1);
		line_check(&line, i);
	}
	assert_int_equal(vmwalk_report_next(report, &line), 0);
	assert_int_equal(vmwalk_report_next(report, &line), 0);
	vmwalk_report_close(report);
}

static void well_formed(void **state)
{
	struct vmwalk_report *report;
	int fd = memfd_create("report", MFD_CLOEXEC);

	(void)state;
	assert_int_equal(vmwalk_report_open_memory(sample, strlen(sample), &report), 0);
	sample_check(report);
	assert_int_equal(write(fd, sample, strlen(sample)), strlen(sample));
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(vmwalk_report_open_fd(fd, &report), 0);
	sample_check(report);
	close(fd);
}

/* Through a pipe that gives a byte at a time. */
static void byte_by_byte(void **state)
{
	struct vmwalk_report *report;
	int fds[2];
	size_t i;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	if (fork() == 0) {
		for (i = 0; i < strlen(sample); i++)
			if (write(fds[1], sample + i, 1) != 1)
				break;
		_exit(0);
	}
	close(fds[1]);
	assert_int_equal(vmwalk_report_open_fd(fds[0], &report), 0);
	sample_check(report);
	close(fds[0]);
}

/* Result of the last call: 0 if all of it is a report. */
static int parse(const char *text, size_t size, size_t *lines)
{
	struct vmwalk_report *report;
	struct vmwalk_line line;
	/* A copy of just that size: a byte too far is a report of ASan. */
	char *copy = malloc(size ? size : 1);
	int ret;

	memcpy(copy, text, size);
	*lines = 0;
	ret = vmwalk_report_open_memory(copy, size, &report);
	if (!ret) {
		while ((ret = vmwalk_report_next(report, &line)) > 0)
			++*lines;
		assert_int_equal(vmwalk_report_next(report, &line), ret);
		vmwalk_report_close(report);
	}
	free(copy);
	return ret;
}

/* Whole lines are kept, a line without its end is an error. */
static void cut_at_every_byte(void **state)
{
	size_t size, lines, before, i;

	(void)state;
	for (size = 0; size < strlen(sample); size++) {
		int whole = size && sample[size - 1] == '\n';

		assert_int_equal(parse(sample, size, &lines), whole ? 0 : -EBADMSG);
		/* Lines of the report that are whole: neither the version nor the blank one. */
		for (i = 0, before = 0; i < COUNT(expected); i++) {
			const char *at = sample;
			unsigned long n;

			for (n = 0; n < expected[i].number; n++)
				at = strchr(at, '\n') + 1;
			before += (size_t)(at - sample) <= size;
		}
		assert_int_equal(lines, before);
	}
}

static void versions(void **state)
{
	static const struct {
		const char *text;
		int ret;
	} cases[] = {
		{ "", -EBADMSG },
		{ "\n", -EBADMSG },
		{ "vmwalk-report 1\n", 0 },
		{ "vmwalk-report 1", -EBADMSG },
		{ "vmwalk-report 1 \n", -EBADMSG },
		{ "vmwalk-report 2\n", -EPROTONOSUPPORT },
		{ "vmwalk-report 0\n", -EPROTONOSUPPORT },
		{ "vmwalk-report 99999999999999999999999\n", -EPROTONOSUPPORT },
		{ "vmwalk-report -1\n", -EBADMSG },
		{ "vmwalk-report +1\n", -EBADMSG },
		{ "vmwalk-report  1\n", -EBADMSG },
		{ "vmwalk-report \n", -EBADMSG },
		{ "vmwalk-report x\n", -EBADMSG },
		{ "Vmwalk-report 1\n", -EBADMSG },
		{ "[task]\npid:\t1\n", -EBADMSG },
		{ "\177ELF", -EBADMSG },
	};
	size_t i, lines;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		assert_int_equal(parse(cases[i].text, strlen(cases[i].text), &lines), cases[i].ret);
}

#define HEAD	"vmwalk-report 1\n"

static void hostile_lines(void **state)
{
	static const char *const refused[] = {
		HEAD "pid:\t1\n",			/* outside any section */
		HEAD "# a b\n",
		HEAD "1 2\n",
		HEAD "[task\n",
		HEAD "[]\n",
		HEAD "[a b]\n",
		HEAD "[task] \n",
		HEAD "[task]]\n",
		HEAD "[\033[2J]\n",
		HEAD "[task]\npid 1\n",			/* no colon, no header */
		HEAD "[task]\npid:1\n",			/* no tab */
		HEAD "[task]\n:\t1\n",
		HEAD "[task]\np d:\t1\n",
		HEAD "[vmas]\n#\n",
		HEAD "[vmas]\n#  \n",
		HEAD "[vmas]\n# a \033 b\n",
		HEAD "[vmas]\n1 2\n",			/* row before its header */
		HEAD "[vmas]\n# a b c\n1\n",		/* too few values */
		HEAD "[vmas]\n# a b\n[files]\n1 2\n",	/* header of another section */
	};
	size_t i, lines;

	(void)state;
	for (i = 0; i < COUNT(refused); i++)
		if (parse(refused[i], strlen(refused[i]), &lines) != -EBADMSG)
			fail_msg("taken: %s", refused[i]);
}

static void nul_bytes(void **state)
{
	char text[sizeof(sample)];
	size_t at, lines;

	(void)state;
	for (at = 0; at < strlen(sample); at++) {
		memcpy(text, sample, sizeof(text));
		text[at] = '\0';
		assert_int_equal(parse(text, strlen(sample), &lines), -EBADMSG);
	}
}

/* Every byte replaced by every other: any answer, but no crash and no hang. */
static void flipped_bytes(void **state)
{
	char text[sizeof(sample)];
	size_t at, lines, taken = 0;
	int byte;

	(void)state;
	for (at = 0; at < strlen(sample); at++) {
		for (byte = 0; byte < 256; byte++) {
			int ret;

			memcpy(text, sample, sizeof(text));
			text[at] = (char)byte;
			ret = parse(text, strlen(sample), &lines);
			assert_true(ret == 0 || ret == -EBADMSG || ret == -EPROTONOSUPPORT);
			taken += !ret;
		}
	}
	/* At the least each byte as it was, once. */
	assert_true(taken >= strlen(sample));
}

static int parse_value_of(size_t size)
{
	static const char head[] = HEAD "[task]\nkey:\t";
	char *text = malloc(sizeof(head) + size + 1);
	size_t lines;
	int ret;

	memcpy(text, head, sizeof(head) - 1);
	memset(text + sizeof(head) - 1, 'v', size);
	text[sizeof(head) - 1 + size] = '\n';
	ret = parse(text, sizeof(head) + size, &lines);
	free(text);
	return ret;
}

static void long_lines(void **state)
{
	const size_t longest = VMWALK_REPORT_LINE_MAX - strlen("key:\t\n");

	(void)state;
	assert_int_equal(parse_value_of(longest - 1), 0);
	assert_int_equal(parse_value_of(longest), 0);
	assert_int_equal(parse_value_of(longest + 1), -EMSGSIZE);
	assert_int_equal(parse_value_of(20 * VMWALK_REPORT_LINE_MAX), -EMSGSIZE);
}

/* More columns than there is room for: the last one takes the rest. */
static void many_columns(void **state)
{
	char text[4096];
	size_t len, lines;
	int i;

	(void)state;
	for (i = VMWALK_REPORT_VALUES - 1; i <= VMWALK_REPORT_VALUES + 1; i++) {
		int c;

		len = (size_t)sprintf(text, HEAD "[vmas]\n#");
		for (c = 0; c < i; c++)
			len += (size_t)sprintf(text + len, " c%d", c);
		len += (size_t)sprintf(text + len, "\n");
		assert_int_equal(parse(text, len, &lines), i <= VMWALK_REPORT_VALUES ? 0 : -EBADMSG);
	}
}

static void read_errors(void **state)
{
	struct vmwalk_report *report;

	(void)state;
	assert_int_equal(vmwalk_report_open_fd(-1, &report), -EBADMSG);
	assert_int_equal(vmwalk_report_open_fd(1000, &report), -EBADF);
	vmwalk_report_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(well_formed),
		cmocka_unit_test(byte_by_byte),
		cmocka_unit_test(cut_at_every_byte),
		cmocka_unit_test(versions),
		cmocka_unit_test(hostile_lines),
		cmocka_unit_test(nul_bytes),
		cmocka_unit_test(flipped_bytes),
		cmocka_unit_test(long_lines),
		cmocka_unit_test(many_columns),
		cmocka_unit_test(read_errors),
	};

	return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
