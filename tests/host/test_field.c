// SPDX-License-Identifier: GPL-2.0
/* test_field.c - values as text; expected words are those of uapi/vmwalk.h */
#include <string.h>

#include "field.h"
#include "test.h"

/* A record for the tests: groups, then room for any field. */
struct sample {
	__u64 has;
	__u64 value[4];
};

static struct sample sample_of(__u64 first, __u64 second)
{
	return (struct sample){ .has = VMWALK_HAS(BASE), .value = { first, second } };
}

static const char *print(enum vmwalk_format format, unsigned int width, unsigned int count,
			 const void *record)
{
	static char text[VMWALK_FIELD_LEN];
	const struct vmwalk_field field = {
		.name = "field", .offset = sizeof(__u64), .width = width, .count = count,
		.format = format, .group = VMWALK_GROUP_BASE,
	};
	int len = vmwalk_field_print(text, sizeof(text), &field, record);

	assert_int_equal(len, strlen(text));
	return text;
}

static void numbers(void **state)
{
	static const struct {
		enum vmwalk_format format;
		__u64 value;
		const char *text;
	} cases[] = {
		{ VMWALK_FORMAT_DEC, 0, "0" },
		{ VMWALK_FORMAT_DEC, UINT64_MAX, "18446744073709551615" },
		{ VMWALK_FORMAT_BYTES, 4096, "4096" },
		{ VMWALK_FORMAT_NS, 1000000001, "1000000001" },
		{ VMWALK_FORMAT_SDEC, (__u64)-20, "-20" },
		{ VMWALK_FORMAT_SDEC, INT64_MIN, "-9223372036854775808" },
		{ VMWALK_FORMAT_HEX, 0, "0x0" },
		{ VMWALK_FORMAT_HEX, UINT64_MAX, "0xffffffffffffffff" },
		{ VMWALK_FORMAT_OCT, 0100002, "0100002" },
		{ VMWALK_FORMAT_PERMS, 0, "---p" },
		{ VMWALK_FORMAT_PERMS, 1, "r--p" },
		{ VMWALK_FORMAT_PERMS, 2, "-w-p" },
		{ VMWALK_FORMAT_PERMS, 4, "--xp" },
		{ VMWALK_FORMAT_PERMS, 0x80, "---s" },
		{ VMWALK_FORMAT_PERMS, 0xfb, "rw-s" },
		{ VMWALK_FORMAT_RW, 0, "-" },
		{ VMWALK_FORMAT_RW, 1, "r" },
		{ VMWALK_FORMAT_RW, 2, "w" },
		{ VMWALK_FORMAT_RW, 3, "rw" },
		{ VMWALK_FORMAT_LEVEL, 0, "pte" },
		{ VMWALK_FORMAT_LEVEL, 4, "pgd" },
		{ VMWALK_FORMAT_LEVEL, 5, "?5" },
		{ VMWALK_FORMAT_KIND, 4, "protnone" },
		{ VMWALK_FORMAT_KIND, 16, "no-vma" },
		{ VMWALK_FORMAT_KIND, 17, "?17" },
		{ VMWALK_FORMAT_USE, 6, "stack" },
		{ VMWALK_FORMAT_USE, 4294967295, "?4294967295" },
		{ VMWALK_FORMAT_FILE_TYPE, 6, "sock" },
		{ VMWALK_FORMAT_FILE_TYPE, 9, "?9" },
		{ VMWALK_FORMAT_CLOCK, 9, "boottime_alarm" },
		{ VMWALK_FORMAT_CLOCK, 10, "?10" },
		{ VMWALK_FORMAT_NOTIFY, 3, "?3" },
		{ VMWALK_FORMAT_AUX, 33, "sysinfo_ehdr" },
		{ VMWALK_FORMAT_AUX, 50, "?50" },
		{ VMWALK_FORMAT_AUX, 99, "?99" },
		{ VMWALK_FORMAT_FLAGS, 0, "-" },
		{ VMWALK_FORMAT_FLAGS, 0x3, "present,write" },
		{ VMWALK_FORMAT_FLAGS, 1ULL << 23, "pkey3" },
		{ VMWALK_FORMAT_FLAGS, (1ULL << 63) | 1, "present,?63" },
		{ VMWALK_FORMAT_FLAGS, 1ULL << 24, "?24" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		struct sample sample = sample_of(cases[i].value, 0);

		assert_string_equal(print(cases[i].format, 8, 1, &sample), cases[i].text);
	}
}

static void every_format_fits(void **state)
{
	struct sample sample = sample_of(0x41, 0x42);
	int format;

	(void)state;
	/* 64 set flags are the longest value there is. */
	sample.value[0] = UINT64_MAX;
	for (format = 0; format < VMWALK_FORMAT_NR; format++) {
		size_t len;

		if (format == VMWALK_FORMAT_STR)
			continue;
		len = strlen(print(format, 8, 1, &sample));
		assert_true(len > 0);
		assert_true(len < VMWALK_FIELD_LEN - 1);
	}
}

static void widths(void **state)
{
	struct sample sample = sample_of(0, 0);
	const __u32 words[2] = { 0xfffffffe, 7 };
	const __u16 half = 0xfffe;

	(void)state;
	memcpy(sample.value, words, sizeof(words));
	assert_string_equal(print(VMWALK_FORMAT_DEC, 4, 1, &sample), "4294967294");
	assert_string_equal(print(VMWALK_FORMAT_SDEC, 4, 1, &sample), "-2");
	assert_string_equal(print(VMWALK_FORMAT_DEC, 4, 2, &sample), "4294967294 7");
	memcpy(sample.value, &half, sizeof(half));
	assert_string_equal(print(VMWALK_FORMAT_DEC, 2, 1, &sample), "65534");
	sample = sample_of('S', 0);
	assert_string_equal(print(VMWALK_FORMAT_CHAR, 1, 1, &sample), "S");
	sample = sample_of(0, 0);
	assert_string_equal(print(VMWALK_FORMAT_CHAR, 1, 1, &sample), "?");
}

static void pairs(void **state)
{
	struct sample sample = sample_of(0x1000, 0x3000);
	const __u32 dev[2] = { 0xfe, 0x0 };

	(void)state;
	assert_string_equal(print(VMWALK_FORMAT_RANGE, 8, 2, &sample), "0x1000-0x3000");
	sample = sample_of(0x1000, 0x1000);
	assert_string_equal(print(VMWALK_FORMAT_RANGE, 8, 2, &sample), "-");
	sample = sample_of(0x2000, 0x1000);
	assert_string_equal(print(VMWALK_FORMAT_RANGE, 8, 2, &sample), "-");
	memcpy(sample.value, dev, sizeof(dev));
	assert_string_equal(print(VMWALK_FORMAT_DEV, 4, 2, &sample), "fe:00");
}

static void absent_is_a_dash(void **state)
{
	struct sample sample = sample_of(7, 0);
	int format;

	(void)state;
	sample.has = ~VMWALK_HAS(BASE);
	for (format = 0; format < VMWALK_FORMAT_NR; format++)
		assert_string_equal(print(format, 8, 1, &sample), "-");
}

static void text_is_escaped(void **state)
{
	struct sample sample = sample_of(0, 0);

	(void)state;
	memcpy(sample.value, "a\n\\\177\033b", 6);
	assert_string_equal(print(VMWALK_FORMAT_STR, 1, 16, &sample), "a\\012\\134\\177\\033b");
	/* No NUL inside the field: it ends with it. */
	memset(sample.value, 'x', sizeof(sample.value));
	assert_string_equal(print(VMWALK_FORMAT_STR, 1, 3, &sample), "xxx");
	/* Bytes above ASCII are the reader's business. */
	memcpy(sample.value, "\xc3\xa9\0", 3);
	assert_string_equal(print(VMWALK_FORMAT_STR, 1, 16, &sample), "\xc3\xa9");
}

/* Cut at every size: a prefix, terminated, nothing written behind. */
static void cut_at_every_size(void **state)
{
	const struct vmwalk_field field = {
		.offset = sizeof(__u64), .width = 8, .count = 1,
		.format = VMWALK_FORMAT_FLAGS, .group = VMWALK_GROUP_BASE,
	};
	static const char whole[] = "present,write,user,nx";
	struct sample sample = sample_of(0xf, 0);
	char text[64];
	size_t size;

	(void)state;
	for (size = 1; size < sizeof(text); size++) {
		size_t want = size - 1 < strlen(whole) ? size - 1 : strlen(whole);

		memset(text, '#', sizeof(text));
		assert_int_equal(vmwalk_field_print(text, size, &field, &sample), want);
		assert_memory_equal(text, whole, want);
		assert_int_equal(text[want], '\0');
		assert_int_equal(text[size], '#');
	}
}

static void escapes_are_never_cut(void **state)
{
	static const char in[] = "a\nb\nc";
	static const char *const expected[] = {
		"", "", "a", "a", "a", "a", "a\\012", "a\\012b", "a\\012b", "a\\012b",
		"a\\012b", "a\\012b\\012", "a\\012b\\012c", "a\\012b\\012c",
	};
	char text[32];
	size_t size;

	(void)state;
	for (size = 1; size < COUNT(expected); size++) {
		memset(text, '#', sizeof(text));
		assert_int_equal(vmwalk_text_escape(text, size, in, sizeof(in)),
				 strlen(expected[size]));
		assert_string_equal(text, expected[size]);
		assert_int_equal(text[size], '#');
	}
}

static void hiding_leaves_nothing(void **state)
{
	struct vmwalk_entry entry;

	(void)state;
	memset(&entry, 0xff, sizeof(entry));
	vmwalk_field_hide(VMWALK_RECORD_entry, &entry, VMWALK_PRIVILEGED);
	assert_int_equal(entry.has & VMWALK_PRIVILEGED, 0);
	assert_true(entry.has & VMWALK_HAS(BASE));
	assert_int_equal(entry.table, 0);
	assert_int_equal(entry.raw, 0);
	assert_int_equal(entry.unknown, 0);
	assert_int_equal(entry.pfn, 0);
	assert_int_equal(entry.swap_offset, 0);
	assert_int_equal(entry.swap_type, 0);
	assert_int_equal(entry.va, UINT64_MAX);
	assert_int_equal(entry.kind, UINT32_MAX);
}

/* Members in order, without holes, up to the size: no byte goes unaccounted. */
static void records_have_no_holes(void **state)
{
	int id;

	(void)state;
	for (id = 0; id < VMWALK_RECORD_NR; id++) {
		const struct vmwalk_record *record = &vmwalk_records[id];
		unsigned int i, at = 0;

		assert_string_equal(record->fields[0].name, "has");
		for (i = 0; i < record->nr; i++) {
			assert_int_equal(record->fields[i].offset, at);
			at += record->fields[i].width * record->fields[i].count;
		}
		assert_int_equal(at, record->size);
		assert_int_equal(record->size % 8, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(every_format_fits),
		cmocka_unit_test(widths),
		cmocka_unit_test(pairs),
		cmocka_unit_test(absent_is_a_dash),
		cmocka_unit_test(text_is_escaped),
		cmocka_unit_test(cut_at_every_size),
		cmocka_unit_test(escapes_are_never_cut),
		cmocka_unit_test(hiding_leaves_nothing),
		cmocka_unit_test(records_have_no_holes),
	};

	return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}
