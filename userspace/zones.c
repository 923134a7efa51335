// SPDX-License-Identifier: GPL-2.0
/* zones.c - zones and nodes of the machine's memory, and who lies where */
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "field.h"
#include "slurp.h"
#include "zones.h"

#define ZONEINFO	"/proc/zoneinfo"
#define BUDDYINFO	"/proc/buddyinfo"
#define PFN_MAX		(1ULL << 52)	/* frames there can be in 64 bits of addresses */

/* Words of a text, a line at a time; the text is not changed. */
struct scan {
	const char *at;
};

static void blanks_skip(struct scan *scan)
{
	scan->at += strspn(scan->at, " \t");
}

/* Takes a word if it is the next thing on the line. */
static bool word_take(struct scan *scan, const char *word)
{
	size_t len = strlen(word);

	blanks_skip(scan);
	if (strncmp(scan->at, word, len) != 0)
		return false;
	scan->at += len;
	return true;
}

/* Takes a decimal number that ends a word. */
static int number_take(struct scan *scan, __u64 *value)
{
	char *end;

	blanks_skip(scan);
	if (!isdigit((unsigned char)*scan->at))
		return -ENOMSG;
	errno = 0;
	*value = strtoull(scan->at, &end, 10);
	if (errno || *value > PFN_MAX || !strchr(" \t\n,", *end))
		return -ENOMSG;
	scan->at = end;
	return 0;
}

static bool line_ended(struct scan *scan)
{
	blanks_skip(scan);
	return !*scan->at || *scan->at == '\n';
}

/* To the beginning of the next line; false at the end of the text. */
static bool line_next(struct scan *scan)
{
	scan->at += strcspn(scan->at, "\n");
	if (*scan->at)
		scan->at++;
	return *scan->at != '\0';
}

static __u32 zone_by_name(const char *name, size_t len)
{
	__u32 zone;

	for (zone = 0; zone < VMWALK_ZONE_OTHER; zone++)
		if (strlen(vmwalk_zones[zone].name) == len &&
		    strncmp(vmwalk_zones[zone].name, name, len) == 0)
			break;
	return zone;
}

/* "Node N, zone NAME": 1, 0 if the line is of another kind, -ENOMSG if it is broken. */
static int zone_take(struct scan *scan, __u32 *node, __u32 *zone)
{
	__u64 number;
	size_t len;

	if (!word_take(scan, "Node "))
		return 0;
	if (number_take(scan, &number) != 0 || number > UINT32_MAX ||
	    !word_take(scan, ",") || !word_take(scan, "zone "))
		return -ENOMSG;
	blanks_skip(scan);
	len = strcspn(scan->at, " \t\n");
	if (!len)
		return -ENOMSG;
	*node = (__u32)number;
	*zone = zone_by_name(scan->at, len);
	scan->at += len;
	return 1;
}

static struct vmwalk_zone_entry *zone_find(const struct vmwalk_zones *zones, __u32 node,
					   __u32 zone)
{
	size_t i;

	for (i = 0; i < zones->nr; i++)
		if (zones->zones[i].info.node == node && zones->zones[i].info.zone == zone)
			return &zones->zones[i];
	return NULL;
}

static int zone_add(struct vmwalk_zones *zones, __u32 node, __u32 zone)
{
	struct vmwalk_zone_entry *entries;

	if (zone_find(zones, node, zone))
		return -ENOMSG;
	entries = reallocarray(zones->zones, zones->nr + 1, sizeof(*entries));
	if (!entries)
		return -ENOMEM;
	entries[zones->nr++] = (struct vmwalk_zone_entry) {
		.info = { .has = VMWALK_HAS(BASE), .node = node, .zone = zone },
		.place = { .has = VMWALK_HAS(BASE) },
	};
	zones->zones = entries;
	return 0;
}

/*
 * The lines of a zone that are wanted. A name may stand again further down, in the
 * statistics or for each CPU: "high:" is not "high", and the first one counts.
 */
static const struct {
	const char *words;
	size_t offset;
} lines[] = {
	{ "pages free ", offsetof(struct vmwalk_zoneinfo, free) },
	{ "min ", offsetof(struct vmwalk_zoneinfo, min) },
	{ "low ", offsetof(struct vmwalk_zoneinfo, low) },
	{ "high ", offsetof(struct vmwalk_zoneinfo, high) },
	{ "spanned ", offsetof(struct vmwalk_zoneinfo, spanned) },
	{ "present ", offsetof(struct vmwalk_zoneinfo, present) },
	{ "managed ", offsetof(struct vmwalk_zoneinfo, managed) },
	{ "start_pfn:", offsetof(struct vmwalk_zoneinfo, start_pfn) },
};

#define LINES		(sizeof(lines) / sizeof(lines[0]))
#define LINE_START	(LINES - 1)
#define LINES_ALWAYS	(VMWALK_BIT(LINE_START) - 1)	/* of a zone without memory too */

/* @seen: bits of the lines that the zone has had. */
static int info_take(struct scan *scan, struct vmwalk_zoneinfo *info, __u64 *seen)
{
	size_t i;

	for (i = 0; i < LINES; i++) {
		__u64 value;

		if (*seen & VMWALK_BIT(i) || !word_take(scan, lines[i].words))
			continue;
		if (number_take(scan, &value) != 0 || !line_ended(scan))
			return -ENOMSG;
		memcpy((char *)info + lines[i].offset, &value, sizeof(value));
		*seen |= VMWALK_BIT(i);
		return 0;
	}
	return 0;
}

/* A zone with memory says where it begins; holes belong to its span. */
static int info_close(struct vmwalk_zoneinfo *info, __u64 seen)
{
	if ((seen & LINES_ALWAYS) != LINES_ALWAYS)
		return -ENOMSG;
	if (info->present > info->spanned)
		return -ENOMSG;
	if (!(seen & VMWALK_BIT(LINE_START)))
		return info->present ? -ENOMSG : 0;
	info->has |= VMWALK_HAS(KNOWN);
	info->end_pfn = info->start_pfn + info->spanned;
	return 0;
}

static int zoneinfo_parse(const char *text, struct vmwalk_zones *zones)
{
	struct scan scan = { text };
	__u64 seen = 0;
	int err = 0;

	do {
		__u32 node, zone;
		int begins = zone_take(&scan, &node, &zone);

		if (begins < 0 || (!begins && !zones->nr))
			return -ENOMSG;
		if (begins && zones->nr)
			err = info_close(&zones->zones[zones->nr - 1].info, seen);
		if (begins && !err) {
			seen = 0;
			err = zone_add(zones, node, zone);
		}
		if (!begins)
			err = info_take(&scan, &zones->zones[zones->nr - 1].info, &seen);
	} while (!err && line_next(&scan));
	if (err)
		return err;
	return zones->nr ? info_close(&zones->zones[zones->nr - 1].info, seen) : -ENOMSG;
}

/* A number for each order; zones that zoneinfo does not have are news since then. */
static int blocks_take(struct scan *scan, struct vmwalk_zone_entry *entry)
{
	unsigned int order = 0;

	if (entry->orders)
		return -ENOMSG;
	for (; !line_ended(scan); order++)
		if (order == VMWALK_ORDERS || number_take(scan, &entry->blocks[order]) != 0)
			return -ENOMSG;
	entry->orders = order;
	return order ? 0 : -ENOMSG;
}

static int buddyinfo_parse(const char *text, struct vmwalk_zones *zones)
{
	struct scan scan = { text };

	do {
		struct vmwalk_zone_entry *entry;
		__u32 node, zone;

		if (zone_take(&scan, &node, &zone) != 1)
			return -ENOMSG;
		entry = zone_find(zones, node, zone);
		if (entry && blocks_take(&scan, entry) != 0)
			return -ENOMSG;
	} while (line_next(&scan));
	return 0;
}

int vmwalk_zones_parse(const char *zoneinfo, const char *buddyinfo,
		       struct vmwalk_zones *zones)
{
	int err;

	*zones = (struct vmwalk_zones) { .elsewhere = { .has = VMWALK_HAS(BASE) } };
	err = zoneinfo_parse(zoneinfo, zones);
	return err ? err : buddyinfo_parse(buddyinfo, zones);
}

int vmwalk_zones_read(struct vmwalk_zones *zones)
{
	char *zoneinfo = NULL, *buddyinfo = NULL;
	int err;

	*zones = (struct vmwalk_zones) { .nr = 0 };
	err = vmwalk_slurp(ZONEINFO, &zoneinfo);
	if (!err)
		err = vmwalk_slurp(BUDDYINFO, &buddyinfo);
	if (!err)
		err = vmwalk_zones_parse(zoneinfo, buddyinfo, zones);
	free(buddyinfo);
	free(zoneinfo);
	return err;
}

void vmwalk_zones_close(struct vmwalk_zones *zones)
{
	free(zones->zones);
	*zones = (struct vmwalk_zones) { .nr = 0 };
}

static void place_join(struct vmwalk_place *place, const struct vmwalk_place *more)
{
	place->has |= more->has;
	if (!more->mapped)
		return;
	if (!place->mapped || more->lowest < place->lowest)
		place->lowest = more->lowest;
	if (!place->mapped || more->highest > place->highest)
		place->highest = more->highest;
	place->mapped += more->mapped;
}

static struct vmwalk_zone_entry *zone_by_pfn(const struct vmwalk_zones *zones, __u64 pfn)
{
	size_t i;

	for (i = 0; i < zones->nr; i++)
		if (pfn >= zones->zones[i].info.start_pfn && pfn < zones->zones[i].info.end_pfn)
			return &zones->zones[i];
	return NULL;
}

/* Who may see one frame may see all: no zone is "not known" then, but empty. */
static void places_known(struct vmwalk_zones *zones)
{
	size_t i;

	for (i = 0; i < zones->nr; i++)
		zones->zones[i].place.has |= VMWALK_HAS(PAGE);
	zones->elsewhere.has |= VMWALK_HAS(PAGE);
}

void vmwalk_zones_place(struct vmwalk_zones *zones, const struct vmwalk_frame *frame)
{
	const __u64 needed = VMWALK_HAS(FRAME);
	struct vmwalk_zone_entry *entry;
	struct vmwalk_place here = {
		.has = VMWALK_HAS(BASE) | VMWALK_HAS(FRAME) | VMWALK_HAS(PAGE),
		.mapped = frame->pages,
		.lowest = frame->pfn,
		.highest = frame->pfn + frame->pages - 1,
	};

	if ((frame->has & needed) != needed)
		return;
	if (!(zones->elsewhere.has & VMWALK_HAS(PAGE)))
		places_known(zones);
	if (frame->has & VMWALK_HAS(PAGE))
		entry = zone_find(zones, frame->node, frame->zone);
	else
		entry = NULL;
	if (!entry)
		entry = zone_by_pfn(zones, frame->pfn);
	place_join(entry ? &entry->place : &zones->elsewhere, &here);
}

/* A node spans from the first frame of its zones to the last. */
static void info_join(struct vmwalk_zoneinfo *info, const struct vmwalk_zoneinfo *zone)
{
	if (zone->has & VMWALK_HAS(KNOWN)) {
		if (!(info->has & VMWALK_HAS(KNOWN)) || zone->start_pfn < info->start_pfn)
			info->start_pfn = zone->start_pfn;
		if (!(info->has & VMWALK_HAS(KNOWN)) || zone->end_pfn > info->end_pfn)
			info->end_pfn = zone->end_pfn;
		info->has |= VMWALK_HAS(KNOWN);
		info->spanned = info->end_pfn - info->start_pfn;
	}
	info->present += zone->present;
	info->managed += zone->managed;
	info->free += zone->free;
	info->min += zone->min;
	info->low += zone->low;
	info->high += zone->high;
}

void vmwalk_zones_node(const struct vmwalk_zones *zones, __u32 node,
		       struct vmwalk_zoneinfo *info, struct vmwalk_place *place)
{
	size_t i;

	*info = (struct vmwalk_zoneinfo) {
		.has = VMWALK_HAS(BASE), .node = node, .zone = VMWALK_ZONE_OTHER,
	};
	*place = (struct vmwalk_place) { .has = VMWALK_HAS(BASE) };
	for (i = 0; i < zones->nr; i++) {
		if (zones->zones[i].info.node != node)
			continue;
		info_join(info, &zones->zones[i].info);
		place_join(place, &zones->zones[i].place);
	}
}
