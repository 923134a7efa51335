/* SPDX-License-Identifier: GPL-2.0 */
/* stats.h - what the module counts since load (VMWALK_STATS_FIELDS) */
#ifndef VMWALK_STATS_H
#define VMWALK_STATS_H

#include <linux/atomic.h>

#include "uapi/vmwalk.h"

#define VMWALK_COUNTER(type, member, ...)	atomic64_t member;
struct vmwalk_counters { VMWALK_STATS_FIELDS(VMWALK_COUNTER) };
#undef VMWALK_COUNTER

extern struct vmwalk_counters vmwalk_counters;

#define vmwalk_stats_add(member, n)	atomic64_add(n, &vmwalk_counters.member)

/**
 * vmwalk_stats_hold() - remember a hold of the mmap lock if it is the longest
 * @ns: its length, ns
 */
void vmwalk_stats_hold(u64 ns);

/**
 * vmwalk_stats_read() - all counters as a record
 * @out: the record; each counter is read once, not all at one moment
 */
void vmwalk_stats_read(struct vmwalk_stats *out);

#endif /* VMWALK_STATS_H */
