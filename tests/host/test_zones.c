// SPDX-License-Identifier: GPL-2.0
/* test_zones.c - zones from the kernel's texts, true ones and mutated ones */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "field.h"
#include "test.h"
#include "zones.h"

/* From a machine with two nodes on 6.1; statistics and CPUs are shortened. */
static const char zoneinfo[] =
	"Node 0, zone      DMA\n"
	"  per-node stats\n"
	"      nr_inactive_anon 123\n"
	"      high_looking 5\n"
	"  pages free     3840\n"
	"        boost    0\n"
	"        min      67\n"
	"        low      83\n"
	"        high     99\n"
	"        spanned  4095\n"
	"        present  3998\n"
	"        managed  3840\n"
	"        cma      0\n"
	"        protection: (0, 959, 959, 959, 959)\n"
	"      nr_free_pages 3840\n"
	"  pagesets\n"
	"    cpu: 0\n"
	"              count: 0\n"
	"              high:  0\n"
	"              batch: 1\n"
	"  vm stats threshold: 2\n"
	"  node_unreclaimable:  0\n"
	"  start_pfn:           1\n"
	"Node 0, zone    DMA32\n"
	"  pages free     200001\n"
	"        boost    0\n"
	"        min      4000\n"
	"        low      5000\n"
	"        high     6000\n"
	"        spanned  126944\n"
	"        present  126944\n"
	"        managed  122880\n"
	"        cma      0\n"
	"        protection: (0, 0, 0, 0, 0)\n"
	"      nr_free_pages 200001\n"
	"  node_unreclaimable:  0\n"
	"  start_pfn:           4096\n"
	"Node 0, zone   Normal\n"
	"  pages free     0\n"
	"        boost    0\n"
	"        min      0\n"
	"        low      0\n"
	"        high     0\n"
	"        spanned  0\n"
	"        present  0\n"
	"        managed  0\n"
	"        cma      0\n"
	"        protection: (0, 0, 0, 0, 0)\n"
	"Node 1, zone    DMA32\n"
	"  pages free     7\n"
	"        boost    0\n"
	"        min      1\n"
	"        low      2\n"
	"        high     3\n"
	"        spanned  131040\n"
	"        present  131040\n"
	"        managed  130000\n"
	"        cma      0\n"
	"        protection: (0, 0, 0, 0, 0)\n"
	"  start_pfn:           131072\n";

static const char buddyinfo[] =
	"Node 0, zone      DMA      0      0      0      0      0      0      0      0      1      1      3 \n"
	"Node 0, zone    DMA32     17     16     15     14     13     12     11     10      9      8    400 \n"
	"Node 1, zone    DMA32      7      0      0      0      0      0      0      0      0      0      0 \n";

static void parsed(void **state)
{
	struct vmwalk_zones zones;
	const struct vmwalk_zone_entry *dma, *normal;

	(void)state;
	assert_int_equal(vmwalk_zones_parse(zoneinfo, buddyinfo, &zones), 0);
	assert_int_equal(zones.nr, 4);
	dma = &zones.zones[0];
	normal = &zones.zones[2];
	assert_int_equal(dma->info.node, 0);
	assert_int_equal(dma->info.zone, VMWALK_ZONE_DMA);
	assert_int_equal(dma->info.free, 3840);
	assert_int_equal(dma->info.min, 67);
	assert_int_equal(dma->info.low, 83);
	assert_int_equal(dma->info.high, 99);
	assert_int_equal(dma->info.spanned, 4095);
	assert_int_equal(dma->info.present, 3998);
	assert_int_equal(dma->info.managed, 3840);
	assert_int_equal(dma->info.start_pfn, 1);
	assert_int_equal(dma->info.end_pfn, 4096);
	assert_true(dma->info.has & VMWALK_HAS(KNOWN));
	assert_int_equal(dma->orders, 11);
	assert_int_equal(dma->blocks[8], 1);
	assert_int_equal(dma->blocks[10], 3);
	assert_int_equal(zones.zones[1].blocks[0], 17);
	assert_int_equal(normal->info.zone, VMWALK_ZONE_NORMAL);
	assert_false(normal->info.has & VMWALK_HAS(KNOWN));	/* it lies nowhere */
	assert_int_equal(normal->orders, 0);
	assert_int_equal(zones.zones[3].info.node, 1);
	assert_int_equal(zones.zones[3].info.start_pfn, 131072);
	vmwalk_zones_close(&zones);
}

static void nodes(void **state)
{
	struct vmwalk_zoneinfo info;
	struct vmwalk_zones zones;
	struct vmwalk_place place;

	(void)state;
	assert_int_equal(vmwalk_zones_parse(zoneinfo, buddyinfo, &zones), 0);
	vmwalk_zones_node(&zones, 0, &info, &place);
	assert_int_equal(info.start_pfn, 1);
	assert_int_equal(info.end_pfn, 4096 + 126944);
	assert_int_equal(info.spanned, 4096 + 126944 - 1);
	assert_int_equal(info.present, 3998 + 126944);
	assert_int_equal(info.managed, 3840 + 122880);
	assert_int_equal(info.free, 3840 + 200001);
	assert_int_equal(place.mapped, 0);
	vmwalk_zones_node(&zones, 1, &info, &place);
	assert_int_equal(info.start_pfn, 131072);
	vmwalk_zones_node(&zones, 2, &info, &place);
	assert_false(info.has & VMWALK_HAS(KNOWN));
	vmwalk_zones_close(&zones);
}

static void place(struct vmwalk_zones *zones, __u64 groups, __u32 node, __u32 zone, __u64 pfn,
		  __u64 pages)
{
	const struct vmwalk_frame frame = {
		.has = VMWALK_HAS(BASE) | groups, .node = node, .zone = zone, .pfn = pfn,
		.pages = pages,
	};

	vmwalk_zones_place(zones, &frame);
}

static void places(void **state)
{
	const __u64 frame = VMWALK_HAS(FRAME), page = frame | VMWALK_HAS(PAGE);
	struct vmwalk_zoneinfo info;
	struct vmwalk_zones zones;
	struct vmwalk_place sum;

	(void)state;
	assert_int_equal(vmwalk_zones_parse(zoneinfo, buddyinfo, &zones), 0);
	place(&zones, 0, 0, VMWALK_ZONE_DMA, 0, 9);		/* not to be seen */
	assert_false(zones.zones[0].place.has & VMWALK_HAS(PAGE));
	place(&zones, page, 0, VMWALK_ZONE_DMA32, 5000, 512);
	place(&zones, page, 0, VMWALK_ZONE_DMA32, 4100, 1);
	place(&zones, page, 0, VMWALK_ZONE_DMA, 77, 2);
	place(&zones, frame, 0, 0, 131072 + 5, 3);		/* by its number alone */
	place(&zones, frame, 0, 0, 0xfee00, 1);			/* in no zone */
	place(&zones, page, 0, VMWALK_ZONE_DEVICE, 1ULL << 40, 4);
	assert_int_equal(zones.zones[0].place.mapped, 2);
	assert_int_equal(zones.zones[0].place.lowest, 77);
	assert_int_equal(zones.zones[0].place.highest, 78);
	assert_int_equal(zones.zones[1].place.mapped, 513);
	assert_int_equal(zones.zones[1].place.lowest, 4100);
	assert_int_equal(zones.zones[1].place.highest, 5511);
	assert_int_equal(zones.zones[2].place.mapped, 0);
	assert_false(zones.zones[2].place.has & VMWALK_HAS(FRAME));
	assert_true(zones.zones[2].place.has & VMWALK_HAS(PAGE));	/* none, and that is known */
	assert_int_equal(zones.zones[3].place.mapped, 3);
	assert_int_equal(zones.elsewhere.mapped, 5);
	vmwalk_zones_node(&zones, 0, &info, &sum);
	assert_int_equal(sum.mapped, 515);
	assert_int_equal(sum.lowest, 77);
	assert_int_equal(sum.highest, 5511);
	vmwalk_zones_close(&zones);
}

/* @text with the first @what replaced; free() it. */
static char *changed(const char *text, const char *what, const char *with)
{
	const char *at = strstr(text, what);
	char *out;

	assert_non_null(at);
	out = malloc(strlen(text) + strlen(with) + 1);
	memcpy(out, text, (size_t)(at - text));
	strcpy(out + (at - text), with);
	strcat(out, at + strlen(what));
	return out;
}

static int parse(const char *info, const char *buddy)
{
	struct vmwalk_zones zones;
	int err = vmwalk_zones_parse(info, buddy, &zones);

	vmwalk_zones_close(&zones);
	return err;
}

static void refused(void **state)
{
	static const struct {
		const char *what, *with;
	} infos[] = {
		{ "Node 0, zone      DMA\n", "" },
		{ "Node 0, zone    DMA32\n", "Node 0, zone      DMA\n" },	/* twice */
		{ "Node 0, zone    DMA32\n", "Node x, zone    DMA32\n" },
		{ "Node 0, zone    DMA32\n", "Node 0 zone    DMA32\n" },
		{ "Node 0, zone    DMA32\n", "Node 0, zone    \n" },
		{ "Node 0, zone    DMA32\n", "Node 99999999999, zone DMA32\n" },
		{ "pages free     3840", "pages free     " },
		{ "pages free     3840", "pages free     -1" },
		{ "pages free     3840", "pages free     0x10" },
		{ "pages free     3840", "pages free     3840 kB" },
		{ "pages free     3840", "pages free     99999999999999999999999" },
		{ "pages free     3840", "pages free     4503599627370497" },
		{ "min      67", "mim      67" },
		{ "spanned  4095", "spanned  3997" },		/* less than present */
		{ "  start_pfn:           4096\n", "" },
		{ "start_pfn:           1\n", "start_pfn:           1x\n" },
	};
	static const struct {
		const char *what, *with;
	} buddies[] = {
		{ "Node 0, zone      DMA", "Zone 0, zone      DMA" },
		{ "Node 0, zone    DMA32", "Node 0, zone      DMA" },
		{ "     17     16", "     17     x6" },
		{ "     17     16", "     17     -6" },
		{ "     17     16", "     17     16 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1" },
		{ "\nNode 1, zone    DMA32      7", "\nNode 1, zone    DMA32 \n7" },
	};
	size_t i;
	char *text;

	(void)state;
	for (i = 0; i < COUNT(infos); i++) {
		text = changed(zoneinfo, infos[i].what, infos[i].with);
		assert_int_equal(parse(text, buddyinfo), -ENOMSG);
		free(text);
	}
	for (i = 0; i < COUNT(buddies); i++) {
		text = changed(buddyinfo, buddies[i].what, buddies[i].with);
		assert_int_equal(parse(zoneinfo, text), -ENOMSG);
		free(text);
	}
	assert_int_equal(parse("", buddyinfo), -ENOMSG);
	assert_int_equal(parse(zoneinfo, ""), -ENOMSG);
	assert_int_equal(parse("\n", "\n"), -ENOMSG);
}

/* A zone of a name vmwalk does not know is shown as that. */
static void unknown_zone(void **state)
{
	char *info = changed(zoneinfo, "zone   Normal", "zone  HighMem");
	struct vmwalk_zones zones;

	(void)state;
	assert_int_equal(vmwalk_zones_parse(info, buddyinfo, &zones), 0);
	assert_int_equal(zones.zones[2].info.zone, VMWALK_ZONE_OTHER);
	vmwalk_zones_close(&zones);
	free(info);
}

/* What newer kernels say further down under the same name does not count. */
static void said_again(void **state)
{
	char *info = changed(zoneinfo, "  pagesets\n", "      high     12345\n  pagesets\n");
	struct vmwalk_zones zones;

	(void)state;
	assert_int_equal(vmwalk_zones_parse(info, buddyinfo, &zones), 0);
	assert_int_equal(zones.zones[0].info.high, 99);
	vmwalk_zones_close(&zones);
	free(info);
}

/* Cut and mangled in any place: an answer or an error, never more. */
static void mutations(void **state)
{
	static const char bytes[] = "\n 0:9x\xff-";
	size_t len = strlen(zoneinfo), i, b, errors = 0, tries = 0;
	char *text = malloc(len + 1);

	(void)state;
	for (i = 0; i < len; i++) {
		memcpy(text, zoneinfo, i);
		text[i] = '\0';
		tries++;
		errors += parse(text, buddyinfo) != 0;
		memcpy(text, zoneinfo, len + 1);
		for (b = 0; b + 1 < sizeof(bytes); b++) {
			text[i] = bytes[b];
			tries++;
			errors += parse(text, buddyinfo) != 0;
		}
	}
	assert_true(errors > len && errors < tries);
	len = strlen(buddyinfo);
	text = realloc(text, len + 1);
	for (i = 0; i < len; i++) {
		memcpy(text, buddyinfo, len + 1);
		for (b = 0; b + 1 < sizeof(bytes); b++) {
			text[i] = bytes[b];
			parse(zoneinfo, text);
		}
		text[i] = '\0';
		parse(zoneinfo, text);
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parsed),
		cmocka_unit_test(nodes),
		cmocka_unit_test(places),
		cmocka_unit_test(refused),
		cmocka_unit_test(unknown_zone),
		cmocka_unit_test(said_again),
		cmocka_unit_test(mutations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
