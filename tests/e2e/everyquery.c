// SPDX-License-Identifier: GPL-2.0
/* everyquery.c - all queries of the vocabulary alike */
#include <string.h>

#include "ask.h"
#include "everyquery.h"
#include "field.h"
#include "proc.h"
#include "tap.h"

/* Records made of others have no table of their own. */
enum {
	VMWALK_RECORD_walk = VMWALK_RECORD_NR, VMWALK_RECORD_dossier, VMWALK_RECORD_descriptor
};

/**
 * struct part - a record inside of another
 * @whole: the record it is in
 * @record: what it is
 * @offset: where, bytes
 */
static const struct part {
	unsigned int whole, record;
	size_t offset;
} parts[] = {
#define PART(whole, record, member) \
	{ VMWALK_RECORD_##whole, VMWALK_RECORD_##record, offsetof(struct vmwalk_##whole, member) }
	PART(walk, entry, entry[0]), PART(walk, entry, entry[1]), PART(walk, entry, entry[2]),
	PART(walk, entry, entry[3]), PART(walk, entry, entry[4]),
	PART(dossier, walk, walk), PART(dossier, vma, vma), PART(dossier, frame, frame),
	PART(dossier, backing, backing), PART(dossier, around, around),
	PART(descriptor, file, file), PART(descriptor, inode, inode),
#undef PART
};

const struct every_query every_query[] = {
#define QUERY(NAME, nr, record, flags, takes, help) \
	{ #NAME, VMWALK_IOC_##NAME, takes, VMWALK_RECORD_##record, sizeof(struct vmwalk_##record) },
	VMWALK_QUERIES(QUERY)
#undef QUERY
	{ NULL, 0, 0, 0, 0 }
};

static void addresses_of(pid_t pid, uint64_t *addresses, uint32_t *nr)
{
	struct areas areas = proc_areas(pid, "maps");

	for (*nr = 0; *nr < areas.nr && *nr < EVERY_ROOM; ++*nr)
		addresses[*nr] = areas.area[*nr].start;
	proc_areas_free(&areas);
}

int every_ask(int fd, const struct every_query *query, pid_t pid, uint32_t of, void *records,
	      uint32_t *done)
{
	struct vmwalk_query q = ask_query(records, query->size, EVERY_ROOM);
	uint64_t addresses[EVERY_ROOM];
	int err;

	if (query->takes & VMWALK_TAKES_ADDRESSES) {
		addresses_of(pid, addresses, &q.count);
		q.addresses = (uintptr_t)addresses;
	} else {
		q.end = query->takes & VMWALK_TAKES_NUMBERS ? ASK_NUMBERS_END : 1ULL << 47;
	}
	if (query->takes & VMWALK_TAKES_FD)
		q.fd = of;
	err = ask(fd, query->ioc, &q);
	*done = err ? 0 : q.done;
	return err;
}

/* Does a field hold anything but zeros? */
static bool field_filled(const struct vmwalk_field *field, const unsigned char *record)
{
	size_t i;

	for (i = 0; i < (size_t)field->width * field->count; i++)
		if (record[field->offset + i])
			return true;
	return false;
}

static uint64_t fields_filled(const struct vmwalk_record *table, const unsigned char *record,
			      bool may)
{
	uint64_t has, found = 0;
	unsigned int i;

	memcpy(&has, record, sizeof(has));
	for (i = 0; i < table->nr; i++) {
		const struct vmwalk_field *field = &table->fields[i];
		uint64_t group = VMWALK_BIT(field->group) & VMWALK_PRIVILEGED;

		if (!group)
			continue;
		if (!may)
			e2e_true(!(has & group) && !field_filled(field, record),
				 "%s: %s is there", table->name, field->name);
		else if (has & group && field_filled(field, record))
			found |= group;
	}
	return found;
}

/* Also of records without a table: `has` comes first in all, and a walk has an address. */
static uint64_t whole_filled(unsigned int record, const unsigned char *bytes, bool may)
{
	uint64_t has;

	if (record < VMWALK_RECORD_NR)
		return fields_filled(&vmwalk_records[record], bytes, may);
	memcpy(&has, bytes, sizeof(has));
	if (!may) {
		e2e_true(!(has & VMWALK_PRIVILEGED), "record %u has 0x%llx", record,
			 (unsigned long long)has);
		e2e_true(record != VMWALK_RECORD_walk || !((struct vmwalk_walk *)bytes)->pa,
			 "a walk has a physical address");
	}
	return 0;
}

static uint64_t filled(unsigned int record, const unsigned char *bytes, bool may)
{
	uint64_t found = whole_filled(record, bytes, may);
	unsigned int i;

	for (i = 0; i < E2E_NR(parts); i++)
		if (parts[i].whole == record)
			found |= filled(parts[i].record, bytes + parts[i].offset, may);
	return found;
}

uint64_t every_privileged(const struct every_query *query, const void *record, bool may)
{
	return filled(query->record, record, may);
}

static uint64_t groups_of(unsigned int record)
{
	uint64_t groups = 0;
	unsigned int i;

	if (record < VMWALK_RECORD_NR)
		for (i = 0; i < vmwalk_records[record].nr; i++)
			groups |= VMWALK_BIT(vmwalk_records[record].fields[i].group);
	for (i = 0; i < E2E_NR(parts); i++)
		if (parts[i].whole == record)
			groups |= groups_of(parts[i].record);
	return groups & VMWALK_PRIVILEGED;
}

uint64_t every_groups(const struct every_query *query)
{
	return groups_of(query->record);
}
