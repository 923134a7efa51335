/* SPDX-License-Identifier: GPL-2.0 */
/* cputime.h - how run time is shared between user and system */
#ifndef VMWALK_CPUTIME_H
#define VMWALK_CPUTIME_H

#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/types.h>

/**
 * vmwalk_cputime_share() - user and system time of a task or group, ns
 * @user: what ticks found in user mode, ns
 * @system: what ticks found in the kernel, ns
 * @runtime: time on CPUs, precise, ns
 * @user_ns: out
 * @system_ns: out; both add up to @runtime
 *
 * Ticks tell only how user and system time share; the sum is precise. The same
 * rule as cputime_adjust() in kernel/sched/cputime.c, which is not exported
 * for groups, and which for tasks writes down what it has answered.
 */
static inline void vmwalk_cputime_share(u64 user, u64 system, u64 runtime, u64 *user_ns,
					u64 *system_ns)
{
	if (!system)
		user = runtime;
	else if (user)
		system = mul_u64_u64_div_u64(system, runtime, system + user);
	else
		system = runtime;
	*system_ns = min(system, runtime);
	*user_ns = runtime - *system_ns;
}

#endif /* VMWALK_CPUTIME_H */
