// SPDX-License-Identifier: GPL-2.0
/* cmd_zones.c - vmwalk zones: the machine's memory, and where frames of a process lie in it */
#include <unistd.h>

#include "address.h"
#include "parts.h"
#include "zones.h"

struct zones {
	struct request request;
	const char *sections;
	struct vmwalk_zones zones;
};

static const struct argp_option options[] = {
	{ "pid", 'p', "PID", 0, "say where the frames of this process lie", 0 },
	{ "section", 's', "LIST", 0, "of nodes, zones, buddy (free blocks by size)", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct zones *zones = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &zones->request;
		return 0;
	case 'p':
		if (pid_parse(arg, &zones->request.pid) != 0)
			argp_error(state, "'%s' is not a process id (a number, or self)", arg);
		return 0;
	case 's':
		zones->sections = arg;
		return 0;
	case ARGP_KEY_ARG:
		argp_error(state, "'%s': a process is named by --pid", arg);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = { { &request_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.options = options, .parser = parse, .children = children, .args_doc = "",
	.doc = "Show the nodes and zones of the machine's memory and their free blocks, as the "
	       "kernel has them in /proc/zoneinfo and /proc/buddyinfo.\v"
	       "Frames of a process are counted once for each page that maps them.",
};

static int frames_place(struct vmwalk *handle, struct vmwalk_zones *zones)
{
	const struct vmwalk_frame *frame;
	struct vmwalk_iter *iter;
	int ret = vmwalk_frames_open(handle, 0, ~0ULL, &iter);

	if (ret)
		return ret;
	while ((ret = vmwalk_frames_next(iter, &frame)) > 0) {
		if (!(frame->has & VMWALK_HAS(FRAME)))
			hint_privileged();
		vmwalk_zones_place(zones, frame);
	}
	vmwalk_iter_close(iter);
	return ret;
}

/* The first zone of a node stands for the node. */
static bool is_first_of_node(const struct vmwalk_zones *zones, size_t at)
{
	size_t i;

	for (i = 0; i < at; i++)
		if (zones->zones[i].info.node == zones->zones[at].info.node)
			return false;
	return true;
}

static int node_rows(struct table *table, void *context)
{
	const struct vmwalk_zones *zones = &((struct zones *)context)->zones;
	struct vmwalk_zoneinfo info;
	struct vmwalk_place place;
	const void *const records[] = { &info, &place };
	size_t i;
	int err = 0;

	for (i = 0; i < zones->nr && !err; i++) {
		if (!is_first_of_node(zones, i))
			continue;
		vmwalk_zones_node(zones, zones->zones[i].info.node, &info, &place);
		err = table_row_records(table, records, NULL);
	}
	return err;
}

/* Frames outside of all zones have a row of their own, without a zone. */
static int zone_rows(struct table *table, void *context)
{
	const struct vmwalk_zones *zones = &((struct zones *)context)->zones;
	static const struct vmwalk_zoneinfo none;
	size_t i;
	int err = 0;

	for (i = 0; i < zones->nr && !err; i++) {
		const void *const records[] = { &zones->zones[i].info, &zones->zones[i].place };

		err = table_row_records(table, records, NULL);
	}
	if (!err && zones->elsewhere.mapped) {
		const void *const records[] = { &none, &zones->elsewhere };

		err = table_row_records(table, records, NULL);
	}
	return err;
}

static int buddy_row(struct table *table, const struct vmwalk_zone_entry *zone,
		     unsigned int order)
{
	const __u64 block = (__u64)sysconf(_SC_PAGESIZE) << order;
	const struct vmwalk_buddy buddy = {
		.has = VMWALK_HAS(BASE),
		.node = zone->info.node,
		.zone = zone->info.zone,
		.order = order,
		.block_bytes = block,
		.blocks = zone->blocks[order],
		.bytes = zone->blocks[order] * block,
	};
	const void *const records[] = { &buddy };

	return table_row_records(table, records, NULL);
}

static int buddy_rows(struct table *table, void *context)
{
	const struct vmwalk_zones *zones = &((struct zones *)context)->zones;
	unsigned int order;
	size_t i;
	int err = 0;

	for (i = 0; i < zones->nr; i++)
		for (order = 0; order < zones->zones[i].orders && !err; order++)
			err = buddy_row(table, &zones->zones[i], order);
	return err;
}

static struct part part[] = {
	{ .columns.name = "nodes", .rows = node_rows },
	{ .columns.name = "zones", .rows = zone_rows },
	{ .columns.name = "buddy", .rows = buddy_rows },
};

/* Columns about a process are there when one is named. */
static void columns_fill(bool process)
{
	unsigned int i;

	columns_add_record(&part[2].columns, &vmwalk_records[VMWALK_RECORD_buddy], 0);
	for (i = 0; i < 2; i++) {
		columns_add_record(&part[i].columns, &vmwalk_records[VMWALK_RECORD_zoneinfo], 0);
		if (process)
			columns_add_record(&part[i].columns,
					   &vmwalk_records[VMWALK_RECORD_place], 1);
	}
	columns_drop(&part[0].columns, "zone");
}

enum status cmd_zones(int argc, char **argv)
{
	struct zones zones = { .request.optional = true };
	struct parts parts = { part, sizeof(part) / sizeof(part[0]), NULL };
	struct vmwalk *handle = NULL;
	enum status status;
	int err;

	request_parse(&argp, argc, argv, &zones);
	parts.wanted = zones.sections;
	columns_fill(zones.request.pid || zones.request.output.list_columns);
	if (!parts_check(&zones.request, &parts, &status))
		return status;
	if (zones.request.pid && request_open(&zones.request, &handle) != 0)
		return STATUS_FAILED;
	err = vmwalk_zones_read(&zones.zones);
	if (!err && handle)
		err = frames_place(handle, &zones.zones);
	if (!err)
		err = parts_print(&zones.request.output, &parts, &zones);
	vmwalk_zones_close(&zones.zones);
	return request_close(&zones.request, handle, err);
}
