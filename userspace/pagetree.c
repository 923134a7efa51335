// SPDX-License-Identifier: GPL-2.0
/* pagetree.c - the walks of several addresses as the one tree they are part of */
#include <string.h>

#include "pagetree.h"

#define INDEX_WIDTH	3	/* columns: up to 511 */

/* The entry of a walk at a depth, of levels that exist; NULL below its end. */
static const struct vmwalk_entry *entry_at(const struct vmwalk_walk *walk, unsigned int depth)
{
	unsigned int i;

	for (i = 0; i < walk->depth && i < VMWALK_DEPTH; i++) {
		if (walk->entry[i].kind == VMWALK_KIND_FOLDED)
			continue;
		if (!depth--)
			return &walk->entry[i];
	}
	return NULL;
}

/* Do two walks pass the same entry at this depth, and so at all above it? */
static bool is_same(const struct pagetree *tree, unsigned int one, unsigned int other,
		    unsigned int depth)
{
	const struct vmwalk_entry *a = entry_at(tree->walks[one], depth);
	const struct vmwalk_entry *b = entry_at(tree->walks[other], depth);

	/* An entry is known by its level and the first address it stands for. */
	return a && b && a->level == b->level && a->va == b->va;
}

/* Does a walk below go on from the entry at this depth, another way than this one? */
static bool forks_below(const struct pagetree *tree, unsigned int row, unsigned int depth)
{
	unsigned int i;

	for (i = row + 1; i < tree->nr && is_same(tree, row, i, depth); i++)
		if (!is_same(tree, row, i, depth + 1))
			return true;
	return false;
}

static bool is_first(const struct pagetree *tree, unsigned int row, unsigned int depth)
{
	return !row || !is_same(tree, row - 1, row, depth);
}

/* The line from the entry at a depth to the next one, or to what the walk ends in. */
static const char *line_after(const struct pagetree *tree, unsigned int row, unsigned int depth)
{
	bool forks = forks_below(tree, row, depth);

	if (is_first(tree, row, depth))
		return forks ? "─┬─ " : "─── ";
	if (!is_first(tree, row, depth + 1))
		return forks ? " │  " : "    ";
	return forks ? " ├─ " : " └─ ";
}

void pagetree_open(struct pagetree *tree, const struct vmwalk_walk **walks, unsigned int nr)
{
	unsigned int i;

	tree->walks = walks;
	tree->nr = nr;
	tree->levels = 0;
	for (i = 0; i < nr; i++)
		while (entry_at(walks[i], tree->levels))
			tree->levels++;
}

void pagetree_heading(const struct pagetree *tree, struct brush *brush)
{
	const struct vmwalk_entry *entry;
	unsigned int depth, i;

	for (depth = 0; depth < tree->levels; depth++) {
		for (i = 0; !(entry = entry_at(tree->walks[i], depth)); i++)
			;
		brush_say(brush, "%-*s", INDEX_WIDTH + 4, entry->level < VMWALK_LEVEL_NR ?
			  vmwalk_levels[entry->level].name : "?");
	}
}

static void index_draw(const struct pagetree *tree, unsigned int row, unsigned int depth,
		       struct brush *brush)
{
	const struct vmwalk_entry *entry = entry_at(tree->walks[row], depth);
	unsigned int at = brush_column(brush) + INDEX_WIDTH;

	if (is_first(tree, row, depth))
		brush_say(brush, "%u", entry->index);
	else
		brush_say(brush, "   ");
	while (brush_column(brush) < at)
		brush_say(brush, "─");
}

void pagetree_row(const struct pagetree *tree, unsigned int row, struct brush *brush)
{
	unsigned int depth;

	for (depth = 0; depth < tree->levels; depth++) {
		bool last = depth + 1 == tree->levels;

		if (!entry_at(tree->walks[row], depth)) {
			brush_say(brush, "───%s", last ? "─── " : "────");
			continue;
		}
		index_draw(tree, row, depth, brush);
		if (!last && !entry_at(tree->walks[row], depth + 1)) {
			const char *line = line_after(tree, row, depth);

			/* A short walk: its line goes on to the end of the others. */
			brush_say(brush, "%.*s─", (int)(strlen(line) - 1), line);
			continue;
		}
		brush_say(brush, "%s", line_after(tree, row, depth));
	}
}
