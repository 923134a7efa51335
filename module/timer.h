/* SPDX-License-Identifier: GPL-2.0 */
/* timer.h - the arithmetic of timers */
#ifndef VMWALK_TIMER_H
#define VMWALK_TIMER_H

#include <linux/types.h>

/**
 * vmwalk_timer_clock() - which clock a clockid_t means
 * @raw: the number
 *
 * Context: any. Return: enum vmwalk_clock; of a number that is not used, itself.
 */
u32 vmwalk_timer_clock(s32 raw);

/**
 * vmwalk_timer_left() - what timer_gettime(2) tells of a timer that is armed
 * @left: until it expires, or expired, nanoseconds
 * @interval: its period, nanoseconds; 0: none
 * @forward: what expired is moved on by periods: its signal waits, or it sends none
 *
 * Context: any. Return: nanoseconds; 0 only if @forward and there is no period.
 */
u64 vmwalk_timer_left(s64 left, u64 interval, bool forward);

#endif /* VMWALK_TIMER_H */
