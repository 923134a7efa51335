/* SPDX-License-Identifier: GPL-2.0 */
/*
 * census.h - frames counted by what they have in common; part of libvmwalk
 *
 * Memory grows with the number of different groups, not with that of frames: nodes
 * times zones times types times levels times orders at most, in practice a dozen.
 */
#ifndef VMWALK_CENSUS_H
#define VMWALK_CENSUS_H

#include <stdbool.h>
#include <stddef.h>

#include "field.h"

/**
 * struct vmwalk_census_book - the groups met so far
 * @by: bit i: field i of the record census tells groups apart
 * @page: bytes of a base page
 * @nr: number of @groups
 * @room: number there is memory for
 * @groups: they, in ascending order of the fields of @by
 */
struct vmwalk_census_book {
	__u64 by;
	__u64 page;
	size_t nr;
	size_t room;
	struct vmwalk_census *groups;
};

/* Can frames be grouped by this field of the record census? */
bool vmwalk_census_is_key(const struct vmwalk_field *field);

/**
 * vmwalk_census_by() - which fields a list means
 * @list: names of fields with commas; NULL for all that groups can be told by
 * @by: result, for struct vmwalk_census_book
 *
 * Return: 0, or -EINVAL if a name is unknown or empty.
 */
int vmwalk_census_by(const char *list, __u64 *by);

/* Begins with nothing counted; takes no memory yet. */
void vmwalk_census_open(struct vmwalk_census_book *book, __u64 by, __u64 page);

/* Forgets the groups, for the next VMA; keeps the memory. */
void vmwalk_census_empty(struct vmwalk_census_book *book);

/* Gives the memory back. */
void vmwalk_census_close(struct vmwalk_census_book *book);

/* Counts a frame record. Return: 0 or -ENOMEM. */
int vmwalk_census_add(struct vmwalk_census_book *book, const struct vmwalk_frame *frame);

/* Counts all of @from, which must be grouped by the same fields. */
int vmwalk_census_join(struct vmwalk_census_book *book, const struct vmwalk_census_book *from);

#endif /* VMWALK_CENSUS_H */
