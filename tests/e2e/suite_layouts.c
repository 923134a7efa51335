// SPDX-License-Identifier: GPL-2.0
/*
 * suite_layouts.c - layouts by lot: every page of each, against every oracle
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "compare.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"

#define LAYOUTS		100
#define LAYOUTS_SLOW	10	/* on a kernel ten times slower */

static void compare_all(pid_t pid)
{
	compare_translate(pid, NULL);
	compare_runs(pid, NULL);
	compare_frames(pid, NULL);
	compare_attributes(pid);
}

/* One seed; E2E_SEED asks for a certain one to be looked at again. */
static bool layout(uint64_t seed)
{
	unsigned long before = e2e_differences();
	struct target *target = target_start_layout(seed);

	compare_all(target->pid);
	if (target->child)
		compare_all(target->child);
	target_stop(target);
	if (e2e_differences() == before)
		return true;
	e2e_note("layout with differences: E2E_SEED=%llu", (unsigned long long)seed);
	return false;
}

/* Layouts that lack a kind prove nothing about it. */
static void all_met(void)
{
	static const struct {
		const char *what;
		const uint64_t *seen;
	} wanted[] = {
#define KIND(NAME)	{ #NAME, &compare_seen.kinds[VMWALK_KIND_##NAME] }
#define TYPE(NAME)	{ #NAME, &compare_seen.types[VMWALK_FRAME_##NAME] }
		KIND(PAGE), KIND(PROTNONE), KIND(SWAP), KIND(MARKER_UFFD_WP), TYPE(ANON),
		TYPE(KSM), TYPE(FILE), TYPE(SHMEM), TYPE(HUGETLB), TYPE(ZERO),
		TYPE(HUGE_ZERO), TYPE(KERNEL),
	};
	unsigned int i;

	for (i = 0; i < E2E_NR(wanted); i++) {
		e2e_note("%s: %llu pages", wanted[i].what, (unsigned long long)*wanted[i].seen);
		e2e_true(*wanted[i].seen > 0, "no layout had a page of the kind %s",
			 wanted[i].what);
	}
}

static void layouts(void)
{
	const char *wanted = getenv("E2E_SEED");
	unsigned int nr = proc_slow_kernel() ? LAYOUTS_SLOW : LAYOUTS, i, bad = 0;
	uint64_t first;

	if (getrandom(&first, sizeof(first), 0) != sizeof(first))
		e2e_die("getrandom: %s", strerror(errno));
	/* Shorter, to be typed again. */
	first >>= 32;
	if (wanted) {
		first = strtoull(wanted, NULL, 0);
		nr = 1;
	}
	e2e_note("%u layouts, seeds from %llu on", nr, (unsigned long long)first);
	for (i = 0; i < nr; i++) {
		bad += !layout(first + i);
		if (i % 20 == 19)
			e2e_note("%u layouts, %u differ", i + 1, bad);
	}
	e2e_note("%u of %u layouts differ", bad, nr);
	if (nr == LAYOUTS)
		all_met();
}

static const struct e2e_case layouts_cases[] = {
	{ "layouts by lot: TRANSLATE, RUNS, FRAMES and VMAS equal every oracle", layouts, 10000 },
};
E2E_SUITE_NAMED_ONLY(layouts, NULL, NULL);
