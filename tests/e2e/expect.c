// SPDX-License-Identifier: GPL-2.0
/*
 * expect.c - from what the kernel's own files say to what vmwalk has to say
 */
#include <stdlib.h>
#include <string.h>

#include "expect.h"
#include "tap.h"
#include "uapi/vmwalk.h"

#define MARKER_TYPES	30	/* swap types from here on are never of a page */

/* Swap areas in use are numbered from 0; higher types are special entries. */
static unsigned int swap_areas(void)
{
	static int nr = -1;
	char *text, *at;

	if (nr >= 0)
		return nr;
	text = proc_slurp("/proc/swaps", NULL);
	for (nr = -1, at = text; at && *at; at++)
		nr += *at == '\n';
	if (nr < 0)
		nr = 0;
	free(text);
	return nr;
}

/*
 * A marker of userfaultfd: in pagemap a write-protected entry of one of the highest
 * swap types, with the offset 1 (PTE_MARKER_UFFD_WP).
 */
static bool is_uffd_marker(uint64_t pagemap)
{
	return pagemap & PM_UFFD_WP && PM_SWAP_TYPE(pagemap) >= MARKER_TYPES &&
	       PM_SWAP_OFFSET(pagemap) == 1;
}

/* Which special entry it is, or a mapping of the factory was made to have. */
static unsigned int special_kind(const struct target *target, uint64_t va, uint64_t pagemap)
{
	const struct region *region = target ? target_region_at(target, va) : NULL;

	if (is_uffd_marker(pagemap))
		return VMWALK_KIND_MARKER_UFFD_WP;
	if (region && !strcmp(region->name, "hwpoison"))
		return VMWALK_KIND_HWPOISON;
	return VMWALK_KIND_NR;
}

bool expect_blind(const struct area *area)
{
	return proc_area_flag(area, "pf");
}

struct expect expect_page(const struct target *target, const struct area *area,
			  uint64_t va, uint64_t pagemap)
{
	struct expect expect = { .kind = VMWALK_KIND_NONE };

	expect.uffd_wp = pagemap & PM_UFFD_WP;
	expect.blind = expect_blind(area);
	if (pagemap & PM_PRESENT) {
		expect.kind = strncmp(area->perms, "---", 3) ? VMWALK_KIND_PAGE :
							       VMWALK_KIND_PROTNONE;
		expect.frame = PM_FRAME(pagemap);
	} else if (pagemap & PM_SWAP && PM_SWAP_TYPE(pagemap) < swap_areas()) {
		expect.kind = VMWALK_KIND_SWAP;
		expect.swap_type = PM_SWAP_TYPE(pagemap);
		expect.swap_offset = PM_SWAP_OFFSET(pagemap);
	} else if (pagemap & PM_SWAP) {
		expect.kind = special_kind(target, va, pagemap);
	} else if (expect.uffd_wp && proc_area_flag(area, "ht")) {
		/* of hugetlb pagemap shows a marker without a swap entry */
		expect.kind = VMWALK_KIND_MARKER_UFFD_WP;
	}
	return expect;
}

const char *expect_kind_name(unsigned int kind)
{
	static const char *const names[VMWALK_KIND_NR] = {
#define NAME(NAME, nr, text, help)	[nr] = text,
		VMWALK_KINDS(NAME)
#undef NAME
	};

	return kind < VMWALK_KIND_NR ? names[kind] : "?";
}
