// SPDX-License-Identifier: GPL-2.0
/* test_columns.c - which columns a list means */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "table.h"
#include "test.h"

static void columns_make(struct columns *columns)
{
	*columns = (struct columns){ .name = "vmas", .defaults = "start,end,name" };
	columns_add_record(columns, &vmwalk_records[VMWALK_RECORD_vma], 0);
	columns_add_text(columns, "name", "path");
}

/* Names of the chosen columns with blanks between; or "error". */
static const char *chosen_names(const struct columns *columns, const char *list)
{
	static char text[1024];
	unsigned int chosen[TABLE_COLUMNS], nr, i;
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC), saved = dup(STDERR_FILENO), err;

	dup2(null, STDERR_FILENO);
	err = columns_choose(columns, list, chosen, &nr);
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(null);
	if (err) {
		assert_int_equal(err, -EINVAL);
		return "error";
	}
	text[0] = '\0';
	for (i = 0; i < nr; i++) {
		strcat(text, i ? " " : "");
		strcat(text, columns->column[chosen[i]].name);
	}
	return text;
}

static void lists(void **state)
{
	static const struct {
		const char *list, *names;
	} cases[] = {
		{ NULL, "start end name" },
		{ "start", "start" },
		{ "end,start", "end start" },
		{ "START,eNd", "start end" },
		{ "start,start,end,start", "start end" },
		{ "+inode", "start end name inode" },
		{ "+end,inode", "start end name inode" },
		{ "+", "error" },
		{ "", "error" },
		{ ",", "error" },
		{ "start,", "error" },
		{ ",start", "error" },
		{ "start,,end", "error" },
		{ "star", "error" },
		{ "starts", "error" },
		{ "start end", "error" },
		{ "start,+end", "error" },
		{ "has", "error" },		/* hidden */
		{ "pad", "error" },
		{ "name_offset", "error" },
	};
	struct columns columns;
	size_t i;

	(void)state;
	columns_make(&columns);
	for (i = 0; i < COUNT(cases); i++)
		assert_string_equal(chosen_names(&columns, cases[i].list), cases[i].names);
}

static void no_default_is_all(void **state)
{
	struct columns columns = { .name = "tables" };

	(void)state;
	columns_add_record(&columns, &vmwalk_records[VMWALK_RECORD_table], 0);
	assert_string_equal(chosen_names(&columns, NULL), "level entries tables used bytes");
}

/* Two records have a va and a kind: the first one's stand. */
static void the_first_name_stands(void **state)
{
	struct columns columns = { .name = "both" };
	unsigned int i, starts = 0;

	(void)state;
	columns_add_record(&columns, &vmwalk_records[VMWALK_RECORD_run], 0);
	columns_add_record(&columns, &vmwalk_records[VMWALK_RECORD_vma], 1);
	for (i = 0; i < columns.nr; i++) {
		if (strcmp(columns.column[i].name, "start") != 0)
			continue;
		assert_int_equal(columns.column[i].record, 0);
		starts++;
	}
	assert_int_equal(starts, 1);
}

static void groups_needed(void **state)
{
	struct columns columns;

	(void)state;
	columns_make(&columns);
	assert_false(columns_need(&columns, NULL, VMWALK_GROUP_COUNTS));
	assert_false(columns_need(&columns, "start,name", VMWALK_GROUP_COUNTS));
	assert_true(columns_need(&columns, "+dirty", VMWALK_GROUP_COUNTS));
	assert_true(columns_need(&columns, "pte", VMWALK_GROUP_COUNTS));
}

/* Every field anyone may see is a column, with a help; and there is room for all. */
static void every_field_is_a_column(void **state)
{
	int id;

	(void)state;
	for (id = 0; id < VMWALK_RECORD_NR; id++) {
		const struct vmwalk_record *record = &vmwalk_records[id];
		struct columns columns = { .name = record->name };
		unsigned int i, at = 0;

		columns_add_record(&columns, record, 0);
		for (i = 0; i < record->nr; i++) {
			if (record->fields[i].format == VMWALK_FORMAT_HIDDEN)
				continue;
			assert_true(at < columns.nr);
			assert_string_equal(columns.column[at].name, record->fields[i].name);
			assert_true(strlen(columns.column[at].help) > 0);
			at++;
		}
		assert_int_equal(at, columns.nr);
		assert_true(columns.nr < TABLE_COLUMNS - 4);
	}
}

/* A taken name gets its record's in front; a third of the same name does not exist. */
static void taken_names_get_a_prefix(void **state)
{
	struct columns columns = { .name = "both" };
	int entry, frame;

	(void)state;
	columns_add_record(&columns, &vmwalk_records[VMWALK_RECORD_entry], 0);
	columns_add_named(&columns, &vmwalk_records[VMWALK_RECORD_frame], 1);
	assert_string_equal(chosen_names(&columns, "FLAGS,frame_flags,order,frame_level"),
			    "flags frame_flags order frame_level");
	assert_string_equal(chosen_names(&columns, "frame_order"), "error");
	entry = (int)columns.nr;
	columns_add_named(&columns, &vmwalk_records[VMWALK_RECORD_frame], 2);
	for (frame = entry; frame < (int)columns.nr; frame++)	/* order, but not flags */
		assert_string_equal(chosen_names(&columns, columns.column[frame].name),
				    columns.column[frame].name);
	assert_string_equal(chosen_names(&columns, "frame_order"), "frame_order");
	assert_int_equal(columns.column[frame - 1].record, 2);
}

static void records_reached(void **state)
{
	struct columns columns = { .name = "both", .defaults = "va,level" };

	(void)state;
	columns_add_record(&columns, &vmwalk_records[VMWALK_RECORD_entry], 1);
	columns_add_named(&columns, &vmwalk_records[VMWALK_RECORD_frame], 2);
	columns_add_text(&columns, "name", "one text");
	columns_add_text(&columns, "device", "another");
	assert_false(columns_reach(&columns, NULL, 2));
	assert_true(columns_reach(&columns, NULL, 1));
	assert_true(columns_reach(&columns, "va,order", 2));
	assert_false(columns_reach(&columns, "va,order", 3));
	assert_true(columns_reach(&columns, "+name", 3));
	assert_int_equal(columns.column[columns.nr - 2].record, 0);
	assert_int_equal(columns.column[columns.nr - 1].record, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists),
		cmocka_unit_test(no_default_is_all),
		cmocka_unit_test(the_first_name_stands),
		cmocka_unit_test(groups_needed),
		cmocka_unit_test(every_field_is_a_column),
		cmocka_unit_test(taken_names_get_a_prefix),
		cmocka_unit_test(records_reached),
	};

	return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
