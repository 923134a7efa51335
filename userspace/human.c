// SPDX-License-Identifier: GPL-2.0
/* human.c - big numbers at a glance, beside the exact ones */
#include <stdio.h>
#include <stdlib.h>

#include "human.h"

/* @number in the largest unit that it reaches, rounded down to a tenth. */
static void scaled_print(char *buf, size_t size, unsigned long long number,
			 unsigned int step, const char *const *units)
{
	unsigned long long unit = 1, whole;

	while (units[1] && number / unit >= step) {
		unit *= step;
		units++;
	}
	if (unit == 1)
		return;
	whole = number / unit;
	snprintf(buf, size, "%llu.%llu%s", whole, (number - whole * unit) * 10 / unit, *units);
}

void human_print(char *buf, size_t size, enum vmwalk_format format, const char *value)
{
	static const char *const bytes[] = { "", "K", "M", "G", "T", "P", "E", NULL };
	static const char *const times[] = { "ns", "us", "ms", "s", NULL };
	unsigned long long number = strtoull(value, NULL, 10);

	buf[0] = '\0';
	if (format == VMWALK_FORMAT_BYTES)
		scaled_print(buf, size, number, 1024, bytes);
	if (format == VMWALK_FORMAT_NS)
		scaled_print(buf, size, number, 1000, times);
}
