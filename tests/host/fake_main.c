// SPDX-License-Identifier: GPL-2.0
/*
 * fake_main.c - the client on the fake kernel, to be run by test_client.py
 *
 * FAKE_<member>=N in the environment sets that member of struct fake, and
 * FAKE_report=FILE the text of the entry, FAKE_root=DIR what stands in for /proc and /sys.
 */
#include <stdio.h>
#include <stdlib.h>

#include "fake.h"

static const struct {
	const char *name;
	int *member;
} settings[] = {
	{ "FAKE_module_missing", &fake.module_missing },
	{ "FAKE_process_missing", &fake.process_missing },
	{ "FAKE_open_errno", &fake.open_errno },
	{ "FAKE_ioctl_errno", &fake.ioctl_errno },
	{ "FAKE_ioctl_errno_after", &fake.ioctl_errno_after },
	{ "FAKE_unprivileged", &fake.unprivileged },
	{ "FAKE_no_mm", &fake.no_mm },
	{ "FAKE_lie_pages", &fake.lie_pages },
	{ "FAKE_lie_table", &fake.lie_table },
};

static char report[1 << 24];

__attribute__((constructor)) static void settings_read(void)
{
	const char *file = getenv("FAKE_report"), *value;
	FILE *in;
	size_t i;

	for (i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
		value = getenv(settings[i].name);
		if (value)
			*settings[i].member = atoi(value);
	}
	fake.root = getenv("FAKE_root");
	value = getenv("FAKE_max_done");
	fake.max_done = value ? (__u32)atoi(value) : 0;
	in = file ? fopen(file, "re") : NULL;
	if (!in)
		return;
	fake.report = report;
	fake.report_size = fread(report, 1, sizeof(report), in);
	fclose(in);
}
