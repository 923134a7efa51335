/* SPDX-License-Identifier: GPL-2.0 */
/*
 * compare.h - every page of a process that holds still, against the oracles
 *
 * @made: the factory's process, whose special entries are known; or NULL
 */
#ifndef E2E_COMPARE_H
#define E2E_COMPARE_H

#include <sys/types.h>

#include "target.h"
#include "uapi/vmwalk.h"

/**
 * struct compare_seen - pages met so far, by what the oracles said they were
 * @kinds: by compare_runs(), VMWALK_KIND_*
 * @types: by compare_frames(), VMWALK_FRAME_*
 */
struct compare_seen {
	uint64_t kinds[VMWALK_KIND_NR];
	uint64_t types[VMWALK_FRAME_NR];
};

extern struct compare_seen compare_seen;

/* TRANSLATE against pagemap and smaps; in areas over 64 MiB a sample. */
void compare_translate(pid_t pid, const struct target *made);

/* RUNS against pagemap: they cover every VMA and nothing else. */
void compare_runs(pid_t pid, const struct target *made);

/*
 * FRAMES against pagemap, kpageflags, kpagecount, kpagecgroup, move_pages(2),
 * numa_maps, zoneinfo and smaps: every present page, and no other.
 */
void compare_frames(pid_t pid, const struct target *made);

/* Attributes in VMAS against the VmFlags of smaps, each VMA, in both directions. */
void compare_attributes(pid_t pid);

#endif /* E2E_COMPARE_H */
