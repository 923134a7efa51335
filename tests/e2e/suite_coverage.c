// SPDX-License-Identifier: GPL-2.0
/*
 * suite_coverage.c - docs/proc.md against what the kernel and the tools have to say: each
 * thing has a row there, and each row names fields that exist, or a reason
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "uapi/vmwalk.h"

#define PAGE	"/vmwalk/proc.md"
#define FILES	"## Files of `/proc/PID`"
#define KEY_LEN	64

static char *page;

/* All fields, each record's after its name. */
static const struct {
	const char *record, *field;
} fields[] = {
#define FIELD(type, member, ...)	{ NULL, #member },
#define RECORD(name, FIELDS, help)	{ #name, NULL }, FIELDS(FIELD)
	VMWALK_RECORDS(RECORD)
#undef RECORD
#undef FIELD
};

static void coverage_open(void)
{
	page = proc_slurp(PAGE, NULL);
	if (!page)
		e2e_die("%s: %s", PAGE, strerror(errno));
}

static void coverage_close(void)
{
	free(page);
}

/* The text of a section: from behind its heading to the next one. */
static char *section_of(const char *heading)
{
	const char *start = strstr(page, heading), *end;

	if (!start)
		e2e_die("no section %s", heading);
	start += strlen(heading);
	end = strstr(start, "\n## ");
	return strndup(start, end ? (size_t)(end - start) : strlen(start));
}

/*
 * The next `word` of a line from *at on; false at @end. *at goes behind it.
 */
static bool next_word(const char **at, const char *end, char *word)
{
	const char *open = memchr(*at, '`', end - *at), *close;

	close = open ? memchr(open + 1, '`', end - open - 1) : NULL;
	if (!close || close - open > KEY_LEN)
		return false;
	snprintf(word, KEY_LEN, "%.*s", (int)(close - open - 1), open + 1);
	*at = close + 1;
	return true;
}

/* Where the second cell of a row begins; NULL if the line is no row with words. */
static const char *second_cell(const char *line, const char *end)
{
	return strncmp(line, "| `", 3) ? NULL : memchr(line + 2, '|', end - line - 2);
}

static bool has_row(const char *section, const char *key)
{
	const char *line = section, *end, *at, *cell;
	char word[KEY_LEN];

	for (; *line; line = end + !!*end) {
		end = strchrnul(line, '\n');
		cell = second_cell(line, end);
		for (at = line; cell && next_word(&at, cell, word);)
			if (!fnmatch(word, key, 0))
				return true;
	}
	return false;
}

static void check_key(const char *section, const char *key, const char *source)
{
	e2e_true(has_row(section, key), "proc.md has no row for %s of %s", key, source);
}

static void check_folder(const char *section, const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	if (!dir)
		e2e_die("%s: %s", path, strerror(errno));
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			check_key(section, entry->d_name, path);
	closedir(dir);
}

static void files(void)
{
	char *section = section_of(FILES);

	check_folder(section, "/proc/1");
	check_folder(section, "/proc/2");
	check_folder(section, "/proc/1/task/1");
	free(section);
}

/* The key of each line of @text: what stands before a colon, or before " = ". */
static void check_keys(const char *section, char *text, const char *source)
{
	char *save, *line, key[KEY_LEN];

	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		size_t len = strcspn(line, ":=");

		while (len && isspace((unsigned char)line[len - 1]))
			len--;
		if (!len || strchr(line, '(') || !isalpha((unsigned char)line[0]))
			continue;
		snprintf(key, sizeof(key), "%.*s", (int)len, line);
		check_key(section, key, source);
	}
}

/* One with values as State: S (sleeping) keeps its key. */
static void strip_values(char *text)
{
	char *at;

	for (at = text; (at = strchr(at, ':')); at += strcspn(at, "\n"))
		while (at[1] && at[1] != '\n')
			*++at = ' ';
}

static void keys_of(const char *heading, const char *path)
{
	char *section = section_of(heading);
	char *text = proc_slurp(path, NULL);

	if (!text)
		e2e_skip("%s: %s", path, strerror(errno));
	strip_values(text);
	check_keys(section, text, path);
	free(text);
	free(section);
}

static void status(void)
{
	keys_of("## Fields of `/proc/PID/status`", "/proc/1/status");
	keys_of("## Fields of `/proc/PID/status`", "/proc/2/status");
}

static void sched(void)
{
	keys_of("## Fields of `/proc/PID/sched`", "/proc/1/sched");
}

/* The lines between are of VMAs and begin with a number. */
static void smaps(void)
{
	char *section = section_of("## Fields of `/proc/PID/smaps`");
	char *text = proc_slurp("/proc/1/smaps", NULL), *save, *line;

	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		size_t len = strcspn(line, ": ");

		if (line[len] != ':')
			continue;
		line[len] = '\0';
		check_key(section, line, "smaps");
	}
	free(text);
	free(section);
}

static void stat_fields(void)
{
	char *section = section_of("## Fields of `/proc/PID/stat`");
	char *text = proc_slurp("/proc/1/stat", NULL), *at;
	int nr = 1;

	for (at = strrchr(text, ')'); at; at = strchr(at + 1, ' ')) {
		char key[KEY_LEN];

		snprintf(key, sizeof(key), "%d", ++nr);
		check_key(section, key, "stat");
	}
	free(text);
	free(section);
}

/* The first words of a tool's list of its columns. */
static void columns_of(const char *heading, const char *command)
{
	char *section = section_of(heading);
	FILE *pipe = popen(command, "r");
	char line[256], word[KEY_LEN];

	while (pipe && fgets(line, sizeof(line), pipe))
		if (sscanf(line, " %63s", word) == 1)
			check_key(section, word, command);
	if (!pipe || pclose(pipe))
		e2e_die("%s failed", command);
	free(section);
}

static void ps(void)
{
	columns_of("## Columns of ps", "/usr/bin/ps L");
}

static void lsfd(void)
{
	columns_of("## Columns of lsfd", "lsfd --help | sed -n 's/^ *\\([A-Z:]*\\) *<[a-z]*> .*/\\1/p'");
}

/* "record.field": is there such a field? */
static bool field_known(const char *name)
{
	const char *dot = strchr(name, '.');
	bool inside = false;
	size_t i;

	for (i = 0; dot && i < E2E_NR(fields); i++) {
		if (fields[i].record)
			inside = strlen(fields[i].record) == (size_t)(dot - name) &&
				 !strncmp(fields[i].record, name, dot - name);
		else if (inside && !strcmp(fields[i].field, dot + 1))
			return true;
	}
	return false;
}

/* Each row of the page names fields that exist, or gives a reason, or points on. */
static void rows(void)
{
	const char *line = page, *end, *at, *cell;
	char word[KEY_LEN];

	for (; *line; line = end + !!*end) {
		end = strchrnul(line, '\n');
		cell = second_cell(line, end);
		if (!cell)
			continue;
		e2e_true(end - cell > 8, "nothing in the row: %.*s", (int)(end - line), line);
		for (at = cell; next_word(&at, end, word);)
			e2e_true(field_known(word), "no field %s", word);
	}
}

static const struct e2e_case coverage_cases[] = {
	{ "proc.md has a row for each file of /proc/PID", files, 100 },
	{ "for each field of status", status, 80 },
	{ "of stat", stat_fields, 51 },
	{ "of sched", sched, 10 },
	{ "of smaps", smaps, 100 },
	{ "for each column of ps", ps, 180 },
	{ "of lsfd", lsfd, 29 },
	{ "its rows name fields that exist, or say why not", rows, 400 },
};

E2E_SUITE(coverage, coverage_open, coverage_close);
