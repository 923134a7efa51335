// SPDX-License-Identifier: GPL-2.0
/* census.c - frames counted by what they have in common */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "census.h"

#define ROOM_MIN	16

/* The groups of fields a census can have; a frame may have more. */
#define CENSUS_HAS	(VMWALK_HAS(BASE) | VMWALK_HAS(FRAME) | VMWALK_HAS(PAGE))

static const struct vmwalk_record *census_record(void)
{
	return &vmwalk_records[VMWALK_RECORD_census];
}

bool vmwalk_census_is_key(const struct vmwalk_field *field)
{
	return field->width == sizeof(__u32) && field->format != VMWALK_FORMAT_HIDDEN;
}

static int key_find(const char *name, size_t len)
{
	const struct vmwalk_record *record = census_record();
	unsigned int i;

	for (i = 0; i < record->nr; i++) {
		const struct vmwalk_field *field = &record->fields[i];

		if (vmwalk_census_is_key(field) && strlen(field->name) == len &&
		    strncmp(field->name, name, len) == 0)
			return (int)i;
	}
	return -1;
}

int vmwalk_census_by(const char *list, __u64 *by)
{
	const struct vmwalk_record *record = census_record();
	unsigned int i;
	__u64 set = 0;

	for (i = 0; i < record->nr && !list; i++)
		if (vmwalk_census_is_key(&record->fields[i]))
			set |= VMWALK_BIT(i);
	while (list) {
		size_t len = strcspn(list, ",");
		int key = key_find(list, len);

		if (key < 0)
			return -EINVAL;
		set |= VMWALK_BIT(key);
		list = list[len] ? list + len + 1 : NULL;
	}
	*by = set;
	return 0;
}

void vmwalk_census_open(struct vmwalk_census_book *book, __u64 by, __u64 page)
{
	*book = (struct vmwalk_census_book) { .by = by, .page = page };
}

void vmwalk_census_empty(struct vmwalk_census_book *book)
{
	book->nr = 0;
}

void vmwalk_census_close(struct vmwalk_census_book *book)
{
	free(book->groups);
	*book = (struct vmwalk_census_book) { .by = book->by, .page = book->page };
}

/* Which groups of fields those are in that groups are told apart by. */
static __u64 known_by(const struct vmwalk_census_book *book)
{
	const struct vmwalk_record *record = census_record();
	unsigned int i;
	__u64 has = 0;

	for (i = 0; i < record->nr; i++)
		if (book->by & VMWALK_BIT(i))
			has |= VMWALK_BIT(record->fields[i].group);
	return has;
}

/* What tells groups apart, in the order of the record; then whether it is known. */
static int compare(const struct vmwalk_census_book *book, const struct vmwalk_census *a,
		   const struct vmwalk_census *b)
{
	const struct vmwalk_record *record = census_record();
	__u64 known = known_by(book);
	unsigned int i;

	for (i = 0; i < record->nr; i++) {
		const struct vmwalk_field *field = &record->fields[i];
		__u64 in_a, in_b;

		if (!(book->by & VMWALK_BIT(i)))
			continue;
		in_a = vmwalk_field_value(field, a, 0);
		in_b = vmwalk_field_value(field, b, 0);
		if (in_a != in_b)
			return in_a < in_b ? -1 : 1;
	}
	if ((a->has & known) != (b->has & known))
		return (a->has & known) < (b->has & known) ? -1 : 1;
	return 0;
}

/* Index of the group like @group, or where it would stand. */
static size_t group_find(const struct vmwalk_census_book *book,
			 const struct vmwalk_census *group, bool *found)
{
	size_t low = 0, high = book->nr;

	*found = false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare(book, &book->groups[middle], group);

		if (order == 0) {
			*found = true;
			return middle;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int room_make(struct vmwalk_census_book *book)
{
	size_t room = book->room ? 2 * book->room : ROOM_MIN;
	struct vmwalk_census *groups;

	if (book->nr < book->room)
		return 0;
	groups = reallocarray(book->groups, room, sizeof(*groups));
	if (!groups)
		return -ENOMEM;
	book->groups = groups;
	book->room = room;
	return 0;
}

static int group_add(struct vmwalk_census_book *book, const struct vmwalk_census *group)
{
	struct vmwalk_census *to;
	bool found;
	size_t at;

	if (room_make(book) != 0)
		return -ENOMEM;
	at = group_find(book, group, &found);
	to = &book->groups[at];
	if (!found) {
		memmove(to + 1, to, (book->nr - at) * sizeof(*to));
		book->nr++;
		*to = *group;
		return 0;
	}
	to->has |= group->has;
	to->pages += group->pages;
	to->bytes += group->bytes;
	to->shared += group->shared;
	return 0;
}

/* What groups are not told apart by has no value in them. */
static void keys_clear(struct vmwalk_census *group, __u64 by)
{
	const struct vmwalk_record *record = census_record();
	unsigned int i;

	for (i = 0; i < record->nr; i++) {
		const struct vmwalk_field *field = &record->fields[i];

		if (vmwalk_census_is_key(field) && !(by & VMWALK_BIT(i)))
			memset((char *)group + field->offset, 0, field->width);
	}
}

int vmwalk_census_add(struct vmwalk_census_book *book, const struct vmwalk_frame *frame)
{
	struct vmwalk_census group = {
		.has = frame->has & CENSUS_HAS,
		.level = frame->level,
		.memtype = frame->memtype,
		.node = frame->node,
		.zone = frame->zone,
		.type = frame->type,
		.order = frame->order,
		.pages = frame->pages,
		.bytes = frame->pages * book->page,
		.shared = frame->mapcount > 1 ? frame->pages : 0,
	};

	keys_clear(&group, book->by);
	return group_add(book, &group);
}

int vmwalk_census_join(struct vmwalk_census_book *book, const struct vmwalk_census_book *from)
{
	size_t i;
	int err = 0;

	for (i = 0; i < from->nr && !err; i++)
		err = group_add(book, &from->groups[i]);
	return err;
}
