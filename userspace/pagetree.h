/* SPDX-License-Identifier: GPL-2.0 */
/* pagetree.h - the walks of several addresses as the one tree they are part of */
#ifndef VMWALK_PAGETREE_H
#define VMWALK_PAGETREE_H

#include "brush.h"

/**
 * struct pagetree - walks by ascending address, levels that do not exist left out
 * @walks: they
 * @nr: number of @walks
 * @levels: of the deepest walk
 */
struct pagetree {
	const struct vmwalk_walk **walks;
	unsigned int nr;
	unsigned int levels;
};

/* Fills in @levels. */
void pagetree_open(struct pagetree *tree, const struct vmwalk_walk **walks, unsigned int nr);

/* The names of the levels, above their columns. */
void pagetree_heading(const struct pagetree *tree, struct brush *brush);

/*
 * pagetree_row() - the indices of one walk, top level first
 *
 * What it has in common with the walk above is not written again: a line leads to it.
 */
void pagetree_row(const struct pagetree *tree, unsigned int row, struct brush *brush);

#endif /* VMWALK_PAGETREE_H */
