/* SPDX-License-Identifier: GPL-2.0 */
/* picture.h - one walk drawn for eyes */
#ifndef VMWALK_PICTURE_H
#define VMWALK_PICTURE_H

#include <stdio.h>

#include "uapi/vmwalk.h"

/**
 * picture_draw() - the address cut into its fields, each level, and the sum
 * @out: where to
 * @walk: the walk; all geometry is taken from its entries
 * @page_shift: log2 of the bytes of a base page
 */
void picture_draw(FILE *out, const struct vmwalk_walk *walk, unsigned int page_shift);

#endif /* VMWALK_PICTURE_H */
