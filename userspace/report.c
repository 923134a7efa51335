// SPDX-License-Identifier: GPL-2.0
/*
 * report.c - takes the text of /proc/vmwalk/<pid> apart, line by line
 *
 * The text may come from anywhere: a line is kept only if every byte of it was
 * understood, and no input makes the reader use more than its fixed memory.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "query.h"

#define NAME_MAX_LEN	64	/* of a section, with the final NUL: bytes */
#define BLANKS		" "

struct vmwalk_report {
	int fd;			/* or -1: all of the text is in memory */
	const char *memory;
	size_t memory_size;
	unsigned long number;
	unsigned int columns;	/* of the header above; 0 if there is none */
	int err;		/* sticks */
	char section[NAME_MAX_LEN];
	const char *values[VMWALK_REPORT_VALUES];
	size_t start;		/* the first byte of buf not given out */
	size_t end;		/* the first byte of buf not filled */
	char buf[VMWALK_REPORT_LINE_MAX];
};

static ssize_t source_read(struct vmwalk_report *report, char *buf, size_t size)
{
	ssize_t got;

	if (report->fd < 0) {
		if (size > report->memory_size)
			size = report->memory_size;
		if (!size)
			return 0;
		memcpy(buf, report->memory, size);
		report->memory += size;
		report->memory_size -= size;
		return size;
	}
	do
		got = read(report->fd, buf, size);
	while (got < 0 && errno == EINTR);
	return got < 0 ? -errno : got;
}

/* Makes room at the end of buf and reads some. Return: bytes, 0 at the end. */
static ssize_t buf_fill(struct vmwalk_report *report)
{
	ssize_t got;

	memmove(report->buf, report->buf + report->start, report->end - report->start);
	report->end -= report->start;
	report->start = 0;
	if (report->end == sizeof(report->buf))
		return -EMSGSIZE;
	got = source_read(report, report->buf + report->end, sizeof(report->buf) - report->end);
	if (got > 0)
		report->end += got;
	return got;
}

/* Return: 1 and the line without its newline; 0 at the end; or an error. */
static int line_read(struct vmwalk_report *report, char **line)
{
	size_t seen = 0;
	char *newline;
	ssize_t got;

	for (;;) {
		char *at = report->buf + report->start;
		size_t len = report->end - report->start;

		newline = memchr(at + seen, '\n', len - seen);
		if (newline)
			break;
		seen = len;
		got = buf_fill(report);
		if (got < 0)
			return got;
		if (!got)
			return len ? -EBADMSG : 0;
	}
	*line = report->buf + report->start;
	*newline = '\0';
	report->start = newline + 1 - report->buf;
	report->number++;
	return memchr(*line, '\0', newline - *line) ? -EBADMSG : 1;
}

/* Names of sections, keys and columns; keeps junk out of what is printed. */
static size_t name_len(const char *text)
{
	size_t len = 0;

	while (isalnum((unsigned char)text[len]) || text[len] == '_' || text[len] == '-')
		len++;
	return len;
}

static int section_parse(struct vmwalk_report *report, char *text, struct vmwalk_line *line)
{
	size_t len = name_len(text + 1);

	if (!len || len >= NAME_MAX_LEN || strcmp(text + 1 + len, "]") != 0)
		return -EBADMSG;
	memcpy(report->section, text + 1, len);
	report->section[len] = '\0';
	report->columns = 0;
	line->type = VMWALK_LINE_SECTION;
	line->nr = 0;
	return 1;
}

/* Cuts text at blanks into at most @max (not 0) values; the last keeps its blanks. */
static unsigned int values_cut(const char **values, unsigned int max, char *text)
{
	unsigned int nr = 0;

	for (text += strspn(text, BLANKS); *text; text += strspn(text, BLANKS)) {
		values[nr++] = text;
		if (nr == max)
			break;
		text += strcspn(text, BLANKS);
		if (*text)
			*text++ = '\0';
	}
	return nr;
}

static int header_parse(struct vmwalk_report *report, char *text, struct vmwalk_line *line)
{
	unsigned int nr = values_cut(report->values, VMWALK_REPORT_VALUES, text + 1);
	unsigned int i;

	if (!nr)
		return -EBADMSG;
	for (i = 0; i < nr; i++) {
		size_t len = name_len(report->values[i]);

		if (!len || report->values[i][len])
			return -EBADMSG;
	}
	report->columns = nr;
	line->type = VMWALK_LINE_HEADER;
	line->nr = nr;
	return 1;
}

static int key_parse(struct vmwalk_report *report, char *text, size_t len,
		     struct vmwalk_line *line)
{
	text[len] = '\0';
	report->values[0] = text + len + 2;
	line->type = VMWALK_LINE_KEY;
	line->key = text;
	line->nr = 1;
	return 1;
}

/* Only the last column may be absent: it is the only one that may be empty. */
static int row_parse(struct vmwalk_report *report, char *text, struct vmwalk_line *line)
{
	unsigned int nr = 0;

	if (report->columns)
		nr = values_cut(report->values, report->columns, text);
	if (!nr || nr + 1 < report->columns)
		return -EBADMSG;
	if (nr < report->columns)
		report->values[nr] = "";
	line->type = VMWALK_LINE_ROW;
	line->nr = report->columns;
	return 1;
}

static int line_parse(struct vmwalk_report *report, char *text, struct vmwalk_line *line)
{
	size_t len = name_len(text);

	line->number = report->number;
	line->section = report->section;
	line->key = NULL;
	line->values = report->values;
	if (text[0] == '[')
		return section_parse(report, text, line);
	if (!report->section[0])
		return -EBADMSG;
	if (text[0] == '#')
		return header_parse(report, text, line);
	if (len && text[len] == ':' && text[len + 1] == '\t')
		return key_parse(report, text, len, line);
	return row_parse(report, text, line);
}

int vmwalk_report_next(struct vmwalk_report *report, struct vmwalk_line *line)
{
	char *text;
	int ret = report->err;

	if (ret)
		return ret;
	do
		ret = line_read(report, &text);
	while (ret > 0 && !*text);
	if (ret > 0)
		ret = line_parse(report, text, line);
	if (ret < 0)
		report->err = ret;
	return ret;
}

/* "vmwalk-report N"; a later N may mean anything, so nothing is guessed. */
static int version_check(struct vmwalk_report *report)
{
	static const char magic[] = "vmwalk-report ";
	char *line = NULL, *end;
	unsigned long version;
	int ret = line_read(report, &line);

	if (ret < 0)
		return ret == -EMSGSIZE ? -EBADMSG : ret;
	if (!ret || strncmp(line, magic, strlen(magic)) != 0)
		return -EBADMSG;
	line += strlen(magic);
	if (!isdigit((unsigned char)*line))
		return -EBADMSG;
	version = strtoul(line, &end, 10);
	if (*end)
		return -EBADMSG;
	return version == VMWALK_REPORT_VERSION ? 0 : -EPROTONOSUPPORT;
}

static int report_open(int fd, const void *data, size_t size, struct vmwalk_report **out)
{
	struct vmwalk_report *report = calloc(1, sizeof(*report));
	int err;

	if (!report)
		return -ENOMEM;
	report->fd = fd;
	report->memory = data;
	report->memory_size = size;
	err = version_check(report);
	if (err) {
		vmwalk_report_close(report);
		return err;
	}
	*out = report;
	return 0;
}

void vmwalk_report_close(struct vmwalk_report *report)
{
	free(report);
}

int vmwalk_report_open_fd(int fd, struct vmwalk_report **out)
{
	return report_open(fd, NULL, 0, out);
}

int vmwalk_report_open_memory(const void *data, size_t size, struct vmwalk_report **out)
{
	return report_open(-1, data, size, out);
}

int vmwalk_report_open(struct vmwalk *handle, struct vmwalk_report **out)
{
	if (lseek(handle->fd, 0, SEEK_SET) < 0)
		return -errno;
	return report_open(handle->fd, NULL, 0, out);
}

static int number_parse(const char *text, __u64 *value)
{
	unsigned long long number;
	char *end;

	if (*text < '0' || *text > '9')
		return -ENODATA;
	errno = 0;
	number = strtoull(text, &end, 10);
	if (errno || *end)
		return -ENODATA;
	*value = number;
	return 0;
}

/* The line of a key, or of the key "none" of a section that has nothing to tell. */
static int key_find(struct vmwalk_report *report, const char *section, const char *key,
		    struct vmwalk_line *line)
{
	int ret;

	while ((ret = vmwalk_report_next(report, line)) > 0)
		if (line->type == VMWALK_LINE_KEY && strcmp(line->section, section) == 0 &&
		    (strcmp(line->key, key) == 0 || strcmp(line->key, "none") == 0))
			break;
	return ret;
}

int vmwalk_report_number(struct vmwalk *handle, const char *section, const char *key,
			 __u64 *value)
{
	struct vmwalk_report *report;
	struct vmwalk_line line;
	int err = vmwalk_report_open(handle, &report), ret;

	if (err)
		return err;
	ret = key_find(report, section, key, &line);
	if (ret > 0)
		ret = strcmp(line.key, key) ? -ENXIO : number_parse(line.values[0], value);
	else if (ret == 0)
		ret = -ENODATA;
	vmwalk_report_close(report);
	return ret;
}
