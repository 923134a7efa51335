// SPDX-License-Identifier: GPL-2.0
/* test_address.c - addresses, ranges and process ids as people write them */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "address.h"
#include "human.h"
#include "test.h"

static void good(void **state)
{
	static const struct {
		const char *text;
		__u64 first, last;
	} cases[] = {
		{ "0", 0, 0 },
		{ "4096", 4096, 4096 },
		{ "010", 10, 10 },
		{ "0x10", 16, 16 },
		{ "0XaB", 0xab, 0xab },
		{ "0x00000000000000001", 1, 1 },
		{ "18446744073709551615", UINT64_MAX, UINT64_MAX },
		{ "0xffffffffffffffff", UINT64_MAX, UINT64_MAX },
		{ "0x1000+0x2000", 0x1000, 0x2fff },
		{ "0x1000+1", 0x1000, 0x1000 },
		{ "0xfffffffffffff000+4096", 0xfffffffffffff000, UINT64_MAX },
		{ "0+0xffffffffffffffff", 0, UINT64_MAX - 1 },
		{ "0x1000-0x1001", 0x1000, 0x1000 },
		{ "0-0xffffffffffffffff", 0, UINT64_MAX - 1 },
		{ "4096-0x3000", 4096, 0x2fff },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		struct address_range range = { 1, 2 };

		assert_int_equal(address_parse(cases[i].text, &range), 0);
		assert_int_equal(range.first, cases[i].first);
		assert_int_equal(range.last, cases[i].last);
	}
}

static void bad(void **state)
{
	static const struct {
		const char *text;
		int err;
	} cases[] = {
		{ "", -EINVAL }, { " 1", -EINVAL }, { "1 ", -EINVAL }, { "+1", -EINVAL },
		{ "-1", -EINVAL }, { "-", -EINVAL }, { "0x", -EINVAL }, { "0x+1", -EINVAL },
		{ "0xg", -EINVAL }, { "0x0x1", -EINVAL }, { "0x-1", -EINVAL },
		{ "0x 1", -EINVAL }, { "12ab", -EINVAL }, { "ff", -EINVAL }, { "1.5", -EINVAL },
		{ "1,000", -EINVAL }, { "1e3", -EINVAL }, { "x10", -EINVAL },
		{ "\xd9\xa1", -EINVAL },
		{ "0x1000+", -EINVAL }, { "0x1000+0", -EINVAL }, { "0x1000+-1", -EINVAL },
		{ "0x1000++1", -EINVAL }, { "0x1000+1+1", -EINVAL }, { "0x1000+1k", -EINVAL },
		{ "0x1000-", -EINVAL }, { "0x1000-0x1000", -EINVAL }, { "0x1000-0xfff", -EINVAL },
		{ "0x1000--1", -EINVAL }, { "0x1000-0x2000-0x3000", -EINVAL },
		{ "0x1000 - 0x2000", -EINVAL },
		{ "18446744073709551616", -ERANGE }, { "0x10000000000000000", -ERANGE },
		{ "0xfffffffffffff000+4097", -ERANGE }, { "1+0xffffffffffffffff+1", -EINVAL },
		{ "2+0xffffffffffffffff", -ERANGE }, { "0+18446744073709551616", -ERANGE },
		{ "0-18446744073709551616", -ERANGE },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		struct address_range range = { 1, 2 };

		assert_int_equal(address_parse(cases[i].text, &range), cases[i].err);
		assert_int_equal(range.first, 1);
		assert_int_equal(range.last, 2);
		assert_true(strlen(address_explain(cases[i].err)) > 0);
	}
}

static void page_ends(void **state)
{
	(void)state;
	assert_int_equal(address_page_last(0, 4096), 4095);
	assert_int_equal(address_page_last(0x1fff, 4096), 0x1fff);
	assert_int_equal(address_page_last(0x12345, 65536), 0x1ffff);
	assert_int_equal(address_page_last(UINT64_MAX - 1, 4096), UINT64_MAX);
}

static void pids(void **state)
{
	static const char *const refused[] = {
		"", "0", "-1", "+1", " 1", "1 ", "0x10", "1a", "2147483648", "99999999999999999999",
		"selfish", "SELF",
	};
	size_t i;
	pid_t pid = 5;

	(void)state;
	for (i = 0; i < COUNT(refused); i++) {
		assert_int_equal(pid_parse(refused[i], &pid), -EINVAL);
		assert_int_equal(pid, 5);
	}
	assert_int_equal(pid_parse("1", &pid), 0);
	assert_int_equal(pid, 1);
	assert_int_equal(pid_parse("2147483647", &pid), 0);
	assert_int_equal(pid, 2147483647);
	assert_int_equal(pid_parse("self", &pid), 0);
	assert_int_equal(pid, getpid());
}

static void sizes_for_people(void **state)
{
	static const struct {
		enum vmwalk_format format;
		const char *value, *text;
	} cases[] = {
		{ VMWALK_FORMAT_BYTES, "0", "" }, { VMWALK_FORMAT_BYTES, "1023", "" },
		{ VMWALK_FORMAT_BYTES, "1024", "1.0K" }, { VMWALK_FORMAT_BYTES, "1535", "1.4K" },
		{ VMWALK_FORMAT_BYTES, "1536", "1.5K" },
		{ VMWALK_FORMAT_BYTES, "1048575", "1023.9K" },
		{ VMWALK_FORMAT_BYTES, "18446744073709551615", "15.9E" },
		{ VMWALK_FORMAT_NS, "999", "" }, { VMWALK_FORMAT_NS, "1000", "1.0us" },
		{ VMWALK_FORMAT_NS, "2250000000", "2.2s" },
		{ VMWALK_FORMAT_NS, "86400000000000", "86400.0s" },
		{ VMWALK_FORMAT_DEC, "5000000", "" }, { VMWALK_FORMAT_BYTES, "-", "" },
	};
	char text[HUMAN_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		human_print(text, sizeof(text), cases[i].format, cases[i].value);
		assert_string_equal(text, cases[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good),
		cmocka_unit_test(bad),
		cmocka_unit_test(page_ends),
		cmocka_unit_test(pids),
		cmocka_unit_test(sizes_for_people),
	};

	return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}
