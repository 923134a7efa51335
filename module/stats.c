// SPDX-License-Identifier: GPL-2.0
/* stats.c - what the module counts since load */
#include "stats.h"

struct vmwalk_counters vmwalk_counters;

void vmwalk_stats_hold(u64 ns)
{
	s64 seen = atomic64_read(&vmwalk_counters.longest_hold_ns);

	while ((s64)ns > seen &&
	       !atomic64_try_cmpxchg(&vmwalk_counters.longest_hold_ns, &seen, ns))
		;
}

void vmwalk_stats_read(struct vmwalk_stats *out)
{
#define READ_COUNTER(type, member, ...)	out->member = atomic64_read(&vmwalk_counters.member);
	VMWALK_STATS_FIELDS(READ_COUNTER)
#undef READ_COUNTER
	out->has = VMWALK_HAS(BASE);
}
