/* SPDX-License-Identifier: GPL-2.0 */
/*
 * zones.h - zones and nodes of the machine's memory, and who lies where; part of libvmwalk
 *
 * Put together from /proc/zoneinfo and /proc/buddyinfo; nothing is reckoned anew.
 */
#ifndef VMWALK_ZONES_H
#define VMWALK_ZONES_H

#include <stddef.h>

#include "uapi/vmwalk.h"

#define VMWALK_ORDERS	32	/* orders of free blocks, at most */

/**
 * struct vmwalk_zone_entry - one zone
 * @info: what /proc/zoneinfo says
 * @place: where frames of a process are among it
 * @blocks: free blocks, by order
 * @orders: number of @blocks; 0 for a zone without memory
 */
struct vmwalk_zone_entry {
	struct vmwalk_zoneinfo info;
	struct vmwalk_place place;
	__u64 blocks[VMWALK_ORDERS];
	unsigned int orders;
};

/**
 * struct vmwalk_zones - all zones
 * @zones: they, as /proc/zoneinfo orders them
 * @nr: number of @zones
 * @elsewhere: pages of a process in no zone: device memory, frames that are not online
 */
struct vmwalk_zones {
	struct vmwalk_zone_entry *zones;
	size_t nr;
	struct vmwalk_place elsewhere;
};

/**
 * vmwalk_zones_parse() - zones from the texts of the kernel
 * @zoneinfo: text of /proc/zoneinfo
 * @buddyinfo: text of /proc/buddyinfo
 * @zones: result; give it to vmwalk_zones_close() also after an error
 *
 * Return: 0; -ENOMSG (not such a text, or a number in it makes no sense), -ENOMEM.
 */
int vmwalk_zones_parse(const char *zoneinfo, const char *buddyinfo,
		       struct vmwalk_zones *zones);

/* The same from the files. Return: as above, or what reading them said. */
int vmwalk_zones_read(struct vmwalk_zones *zones);

void vmwalk_zones_close(struct vmwalk_zones *zones);

/* Notes where a frame record lies; one without group PAGE by its number alone. */
void vmwalk_zones_place(struct vmwalk_zones *zones, const struct vmwalk_frame *frame);

/**
 * vmwalk_zones_node() - the sum of the zones of a node
 * @zones: all zones
 * @node: number of the node
 * @info: result; its zone means nothing
 * @place: result
 */
void vmwalk_zones_node(const struct vmwalk_zones *zones, __u32 node,
		       struct vmwalk_zoneinfo *info, struct vmwalk_place *place);

#endif /* VMWALK_ZONES_H */
