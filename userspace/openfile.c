// SPDX-License-Identifier: GPL-2.0
/* openfile.c - one open file of a process: its records, as lines or as tables */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "openfile.h"
#include "parts.h"

#define PATH_ROOM	(4 * VMWALK_NAMES_SIZE_MIN + 1)

/**
 * struct told - the open file as it was told
 * @handle: its process
 * @record: both records
 * @path: its path, control characters as \ooo
 */
struct told {
	struct vmwalk *handle;
	struct vmwalk_descriptor record;
	char path[PATH_ROOM];
};

int openfile_parse(const char *text, __u32 *fd)
{
	unsigned long value;
	char *end;

	errno = 0;
	value = strtoul(text, &end, 10);
	if (errno || end == text || *end || *text < '0' || *text > '9' || value >= OPENFILE_NONE)
		return -EINVAL;
	*fd = (__u32)value;
	return 0;
}

/* Of what both records have, the inode's is left out. */
void openfile_columns(struct columns *columns)
{
	static const char *const twice[] = {
		"inode_fd", "inode_type", "inode_dev", "inode_inode", "inode_rdev",
	};
	size_t i;

	columns_add_named(columns, &vmwalk_records[VMWALK_RECORD_file], 0);
	columns_add_named(columns, &vmwalk_records[VMWALK_RECORD_inode], 1);
	for (i = 0; i < sizeof(twice) / sizeof(twice[0]); i++)
		columns_drop(columns, twice[i]);
	columns_add_text(columns, "path", "path or name, control characters as \\ooo");
}

/* Fills in everything but the extents. */
static int told_read(struct told *told, __u32 fd)
{
	const struct vmwalk_descriptor *record;
	struct vmwalk_iter *iter;
	const char *path;
	int ret = vmwalk_files_open(told->handle, fd, fd, &iter);

	if (ret)
		return ret;
	ret = vmwalk_files_next(iter, &record, &path);
	if (ret > 0) {
		told->record = *record;
		vmwalk_text_escape(told->path, sizeof(told->path), path, strlen(path));
	}
	vmwalk_iter_close(iter);
	if (ret == 0)
		return -EBADF;
	return ret < 0 ? ret : 0;
}

static int file_rows(struct table *table, void *context)
{
	const struct told *told = context;
	const void *const records[] = { &told->record.file };

	return table_row_records(table, records, told->path);
}

static int inode_rows(struct table *table, void *context)
{
	const struct told *told = context;
	const void *const records[] = { &told->record.inode };

	return table_row_records(table, records, NULL);
}

/* Blocks are for the privileged; for others the table has no rows. */
static int extent_rows(struct table *table, void *context)
{
	const struct told *told = context;
	const struct vmwalk_extent *extent;
	struct vmwalk_iter *iter;
	int err = 0, ret = vmwalk_extents_open(told->handle, told->record.file.fd, 0, ~0ULL, &iter);

	if (ret)
		return ret;
	while (!err && (ret = vmwalk_extents_next(iter, &extent)) > 0) {
		const void *const records[] = { extent };

		err = table_row_records(table, records, NULL);
	}
	vmwalk_iter_close(iter);
	if (ret == -EPERM)
		hint_privileged();
	return err ? err : ret == -EPERM ? 0 : ret;
}

/* What is known of a record, a field a line. */
static int lines_print(const char *name, enum vmwalk_record_id id, const void *data)
{
	const struct vmwalk_record *record = &vmwalk_records[id];
	char value[VMWALK_FIELD_LEN];
	unsigned int i;

	printf("[%s]\n", name);
	for (i = 0; i < record->nr; i++) {
		const struct vmwalk_field *field = &record->fields[i];

		if (field->format == VMWALK_FORMAT_HIDDEN || !vmwalk_field_present(field, data))
			continue;
		vmwalk_field_print(value, sizeof(value), field, data);
		printf("%-15s %s\n", field->name, value);
	}
	return ferror(stdout) ? -EIO : 0;
}

enum { PART_FILE, PART_INODE, PART_EXTENTS, PART_NR };

/* For eyes: the two records as lines, the extents as a table. */
static int eyes_print(const struct openfile *openfile, const struct parts *parts,
		      struct told *told)
{
	const struct output *output = &openfile->request.output;
	bool first = true;
	int err = 0;

	if (part_is_wanted(parts, &parts->part[PART_FILE])) {
		err = lines_print("file", VMWALK_RECORD_file, &told->record.file);
		if (!err && *told->path)
			printf("%-15s %s\n", "path", told->path);
		first = false;
	}
	if (!err && part_is_wanted(parts, &parts->part[PART_INODE])) {
		printf("%s", first ? "" : "\n");
		err = lines_print("inode", VMWALK_RECORD_inode, &told->record.inode);
		first = false;
	}
	if (err || !part_is_wanted(parts, &parts->part[PART_EXTENTS]))
		return err;
	printf("%s[extents]\n", first ? "" : "\n");
	return table_print(output, &parts->part[PART_EXTENTS].columns, extent_rows, told);
}

static int tables_print(const struct openfile *openfile, const struct parts *parts,
			struct told *told)
{
	const struct output *output = &openfile->request.output;
	int err = told_read(told, openfile->fd);

	if (err)
		return err;
	if (output->columns || output->json || output->raw)
		return parts_print(output, parts, told);
	return eyes_print(openfile, parts, told);
}

static enum status told_run(const struct openfile *openfile, struct told *told)
{
	static struct part part[PART_NR] = {
		[PART_FILE] = { .columns = { .name = "file" }, .rows = file_rows },
		[PART_INODE] = { .columns = { .name = "inode" }, .rows = inode_rows },
		[PART_EXTENTS] = { .columns = { .name = "extents" }, .rows = extent_rows },
	};
	const struct parts parts = { part, PART_NR, openfile->sections };
	enum status status;

	columns_add_record(&part[PART_FILE].columns, &vmwalk_records[VMWALK_RECORD_file], 0);
	columns_add_text(&part[PART_FILE].columns, "path",
			 "path or name, control characters as \\ooo");
	columns_add_record(&part[PART_INODE].columns, &vmwalk_records[VMWALK_RECORD_inode], 0);
	columns_add_record(&part[PART_EXTENTS].columns, &vmwalk_records[VMWALK_RECORD_extent], 0);
	if (!parts_check(&openfile->request, &parts, &status))
		return status;
	if (request_open(&openfile->request, &told->handle) != 0)
		return STATUS_FAILED;
	return request_close(&openfile->request, told->handle,
			     tables_print(openfile, &parts, told));
}

enum status openfile_run(const struct openfile *openfile)
{
	struct told *told = calloc(1, sizeof(*told));
	enum status status;

	if (!told) {
		fputs("vmwalk: out of memory\n", stderr);
		return STATUS_FAILED;
	}
	status = told_run(openfile, told);
	free(told);
	return status;
}
