// SPDX-License-Identifier: GPL-2.0
/* test_swaps.c - names of swap areas, out of texts as swap_show() writes them */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fake.h"
#include "swaps.h"
#include "test.h"

#define HEAD	"Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"
#define ZRAM	"/dev/zram0                              partition\t524284\t\t0\t\t-2\n"
#define FILE_B	"/var/swap\\040file                       file\t\t1048572\t\t12\t\t-3\n"
#define DEV_C	"/dev/vda2                               partition\t524284\t\t0\t\t-4\n"

static const char *name(const char *text, __u32 type)
{
	static char buf[256];
	struct vmwalk_swaps *swaps;

	assert_int_equal(vmwalk_swaps_parse(strdup(text), &swaps), 0);
	if (vmwalk_swaps_name(swaps, type, buf, sizeof(buf)) != 0)
		strcpy(buf, "none");
	vmwalk_swaps_close(swaps);
	return buf;
}

/*
 * Rows are in the order of the numbers, and numbers may be missing. Number 0 has
 * the first row or none; one row alone is what any number must mean.
 */
static void names(void **state)
{
	(void)state;
	assert_string_equal(name(HEAD, 0), "none");
	assert_string_equal(name(HEAD ZRAM, 0), "/dev/zram0");
	assert_string_equal(name(HEAD ZRAM, 5), "/dev/zram0");
	assert_string_equal(name(HEAD ZRAM FILE_B DEV_C, 0), "/dev/zram0");
	assert_string_equal(name(HEAD ZRAM FILE_B DEV_C, 1),
			    "one of /dev/zram0, /var/swap\\040file");
	assert_string_equal(name(HEAD ZRAM FILE_B DEV_C, 2),
			    "one of /dev/zram0, /var/swap\\040file, /dev/vda2");
	assert_string_equal(name(HEAD ZRAM FILE_B DEV_C, 31),
			    "one of /dev/zram0, /var/swap\\040file, /dev/vda2");
	assert_string_equal(name(HEAD ZRAM FILE_B DEV_C, 0xffffffff),
			    "one of /dev/zram0, /var/swap\\040file, /dev/vda2");
}

static void small_buffers(void **state)
{
	static const char whole[] = "one of /dev/zram0, /var/swap\\040file";
	struct vmwalk_swaps *swaps;
	char *buf;
	size_t size;

	(void)state;
	assert_int_equal(vmwalk_swaps_parse(strdup(HEAD ZRAM FILE_B), &swaps), 0);
	for (size = 1; size < sizeof(whole) + 2; size++) {
		size_t len = size - 1 < strlen(whole) ? size - 1 : strlen(whole);

		buf = malloc(size);	/* so that a byte too many is noticed */
		assert_int_equal(vmwalk_swaps_name(swaps, 1, buf, size), 0);
		assert_int_equal(strlen(buf), len);
		assert_memory_equal(buf, whole, len);
		free(buf);
	}
	vmwalk_swaps_close(swaps);
	buf = malloc(1);
	assert_int_equal(vmwalk_swaps_name(NULL, 0, buf, 1), -ENOENT);
	assert_string_equal(buf, "");
	free(buf);
	vmwalk_swaps_close(NULL);
}

static void strange_texts(void **state)
{
	static const char *const texts[] = {
		"", "\n", "/dev/zram0 partition 1 0 -2\n", HEAD "no-blank\n", HEAD " partition\n",
	};
	struct vmwalk_swaps *swaps;
	char many[8192] = HEAD;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(texts); i++) {
		char *text = strdup(texts[i]);

		assert_int_equal(vmwalk_swaps_parse(text, &swaps), -ENOMSG);
		free(text);
	}
	for (i = 0; i < 33; i++)	/* there are 32 numbers at most */
		strcat(many, ZRAM);
	assert_int_equal(vmwalk_swaps_parse(many, &swaps), -ENOMSG);
	assert_string_equal(name(HEAD "a b", 0), "a");	/* no newline at the end */
}

static void place(void **state)
{
	struct vmwalk_dossier dossier = {
		.walk = {
			.kind = VMWALK_KIND_SWAP, .depth = 2,
			.entry[1] = { .has = VMWALK_HAS(SWAP), .swap_type = 3, .swap_offset = 7 },
		},
		.backing = { .swap_type = 4, .swap_offset = 9 },
	};
	__u64 offset;
	__u32 type;

	(void)state;
	assert_true(vmwalk_swaps_place(&dossier, &type, &offset));
	assert_int_equal(type, 3);
	assert_int_equal(offset, 7);
	dossier.walk.entry[1].has = 0;
	assert_false(vmwalk_swaps_place(&dossier, &type, &offset));
	dossier.backing.has = VMWALK_HAS(SWAP);
	assert_true(vmwalk_swaps_place(&dossier, &type, &offset));
	assert_int_equal(type, 4);
	assert_int_equal(offset, 9);
	dossier.walk.depth = 0xffffffff;
	assert_true(vmwalk_swaps_place(&dossier, &type, &offset));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(small_buffers),
		cmocka_unit_test(strange_texts),
		cmocka_unit_test(place),
	};

	return cmocka_run_group_tests_name("swaps", tests, NULL, NULL);
}
