/* SPDX-License-Identifier: GPL-2.0 */
/* human.h - big numbers at a glance, beside the exact ones */
#ifndef VMWALK_HUMAN_H
#define VMWALK_HUMAN_H

#include <stddef.h>

#include "uapi/vmwalk.h"

#define HUMAN_SIZE	16

/* "1.5M" for BYTES, "2.25s" for NS; "" for other formats and small numbers. */
void human_print(char *buf, size_t size, enum vmwalk_format format, const char *value);

#endif /* VMWALK_HUMAN_H */
