/* SPDX-License-Identifier: GPL-2.0 */
/* swaps.h - names of swap areas, for the files of libvmwalk and tests */
#ifndef VMWALK_SWAPS_H
#define VMWALK_SWAPS_H

#include "libvmwalk.h"

/**
 * vmwalk_swaps_parse() - take /proc/swaps apart
 * @text: it; changed
 * @out: result; free with vmwalk_swaps_close(). Keeps @text, which is to be malloc'ed.
 *
 * Return: 0; -ENOMSG (not such a text), -ENOMEM. On failure @text stays the caller's.
 */
int vmwalk_swaps_parse(char *text, struct vmwalk_swaps **out);

#endif /* VMWALK_SWAPS_H */
