/* SPDX-License-Identifier: GPL-2.0 */
/* picture.h - one walk drawn for eyes */
#ifndef VMWALK_PICTURE_H
#define VMWALK_PICTURE_H

#include <stdio.h>

#include "libvmwalk.h"

/**
 * picture_draw() - the address cut into its fields, each level, and the sum
 * @out: where to
 * @walk: the walk; all geometry is taken from its entries
 * @page_shift: log2 of the bytes of a base page
 */
void picture_draw(FILE *out, const struct vmwalk_walk *walk, unsigned int page_shift);

/**
 * struct picture_words - what a dossier has in words
 * @name: of the VMA, as the library gives it; "" if it has none
 * @swaps: the swap areas; NULL if they could not be read
 */
struct picture_words {
	const char *name;
	const struct vmwalk_swaps *swaps;
};

/**
 * picture_dossier() - everything about an address: picture_draw(), and below it the
 *	effective permission, the frame, the VMA, what is behind it and around it
 * @out: where to
 * @dossier: it
 * @words: what it has in words
 * @page_shift: log2 of the bytes of a base page
 */
void picture_dossier(FILE *out, const struct vmwalk_dossier *dossier,
		     const struct picture_words *words, unsigned int page_shift);

#endif /* VMWALK_PICTURE_H */
