/* SPDX-License-Identifier: GPL-2.0 */
/* area.h - one VMA after the other, for commands with a row or several for each */
#ifndef VMWALK_AREA_H
#define VMWALK_AREA_H

#include "address.h"
#include "libvmwalk.h"

/**
 * struct area - one VMA
 * @vma: its record
 * @name: its name or path, byte for byte
 * @text: the same with control characters as \ooo
 * @start: first address of it that is asked for
 * @end: first address after that
 */
struct area {
	const struct vmwalk_vma *vma;
	const char *name;
	const char *text;
	__u64 start;
	__u64 end;
};

/**
 * areas_each() - call something for each VMA of a range
 * @handle: the process
 * @range: addresses
 * @each: the call; ends the loop with an error by returning it
 * @context: for @each
 *
 * Return: 0 or a negative errno.
 */
int areas_each(struct vmwalk *handle, const struct address_range *range,
	       int (*each)(const struct area *area, void *context), void *context);

#endif /* VMWALK_AREA_H */
