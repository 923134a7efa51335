// SPDX-License-Identifier: GPL-2.0
/* suite_timer.c - clocks by their numbers, and what is left of a timer */
#include <kunit/test.h>
#include <linux/auxvec.h>
#include <linux/limits.h>
#include <linux/posix-timers.h>
#include <linux/signal.h>
#include <linux/time64.h>

#include "timer.h"
#include "uapi/vmwalk.h"

/* Numbers of the kernel's headers, and those that clock_getcpuclockid(3) makes. */
static void clocks(struct kunit *test)
{
	static const struct {
		s32 raw;
		u32 clock;
	} rows[] = {
		{ CLOCK_REALTIME, VMWALK_CLOCK_REALTIME },
		{ CLOCK_MONOTONIC, VMWALK_CLOCK_MONOTONIC },
		{ CLOCK_PROCESS_CPUTIME_ID, VMWALK_CLOCK_PROCESS_CPU },
		{ CLOCK_THREAD_CPUTIME_ID, VMWALK_CLOCK_THREAD_CPU },
		{ CLOCK_MONOTONIC_RAW, VMWALK_CLOCK_MONOTONIC_RAW },
		{ CLOCK_REALTIME_COARSE, VMWALK_CLOCK_REALTIME_COARSE },
		{ CLOCK_MONOTONIC_COARSE, VMWALK_CLOCK_MONOTONIC_COARSE },
		{ CLOCK_BOOTTIME, VMWALK_CLOCK_BOOTTIME },
		{ CLOCK_REALTIME_ALARM, VMWALK_CLOCK_REALTIME_ALARM },
		{ CLOCK_BOOTTIME_ALARM, VMWALK_CLOCK_BOOTTIME_ALARM },
		{ CLOCK_TAI, VMWALK_CLOCK_TAI },
		{ 10, 10 },	/* CLOCK_SGI_CYCLE, used no more: told as a number */
		{ 12, VMWALK_CLOCK_OTHER }, { 13, VMWALK_CLOCK_OTHER },
		{ 16, VMWALK_CLOCK_OTHER }, { S32_MAX, VMWALK_CLOCK_OTHER },
		{ -8, VMWALK_CLOCK_PROCESS_CPU }, { -7, VMWALK_CLOCK_PROCESS_CPU },
		{ -6, VMWALK_CLOCK_PROCESS_CPU }, { -5, VMWALK_CLOCK_DEVICE },
		{ -4, VMWALK_CLOCK_THREAD_CPU }, { -3, VMWALK_CLOCK_THREAD_CPU },
		{ -2, VMWALK_CLOCK_THREAD_CPU }, { -1, VMWALK_CLOCK_OTHER },
		{ S32_MIN, VMWALK_CLOCK_PROCESS_CPU },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		KUNIT_EXPECT_EQ_MSG(test, vmwalk_timer_clock(rows[i].raw), rows[i].clock, "%d",
				    rows[i].raw);
	for (i = 0; i < 1000; i++) {
		KUNIT_EXPECT_EQ(test, vmwalk_timer_clock(make_process_cpuclock(i, CPUCLOCK_SCHED)),
				(u32)VMWALK_CLOCK_PROCESS_CPU);
		KUNIT_EXPECT_EQ(test, vmwalk_timer_clock(make_thread_cpuclock(i, CPUCLOCK_VIRT)),
				(u32)VMWALK_CLOCK_THREAD_CPU);
		KUNIT_EXPECT_EQ(test, vmwalk_timer_clock(fd_to_clockid(i)),
				(u32)VMWALK_CLOCK_DEVICE);
	}
}

static void left(struct kunit *test)
{
	static const struct {
		s64 left;
		u64 interval;
		bool forward;
		u64 want;
	} rows[] = {
		{ 5, 0, false, 5 }, { 5, 3, false, 5 }, { 5, 3, true, 5 }, { 5, 0, true, 5 },
		{ 0, 0, false, 1 }, { -1, 0, false, 1 }, { -100, 7, false, 1 },
		{ 0, 0, true, 0 }, { -1, 0, true, 0 },
		{ 0, 7, true, 7 }, { -1, 7, true, 6 }, { -6, 7, true, 1 }, { -7, 7, true, 7 },
		{ -8, 7, true, 6 }, { -100, 1, true, 1 }, { S64_MAX, 1, true, S64_MAX },
		{ -S64_MAX, S64_MAX, true, S64_MAX }, { -S64_MAX, 1000, true, 193 },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		KUNIT_EXPECT_EQ_MSG(test, vmwalk_timer_left(rows[i].left, rows[i].interval,
							    rows[i].forward), rows[i].want,
				    "row %d", i);
}

/* Numbers in the vocabulary are the kernel's where it says so. */
static void numbers(struct kunit *test)
{
#define SAME(NAME)	KUNIT_EXPECT_EQ_MSG(test, (u64)AT_##NAME, (u64)VMWALK_AUX_##NAME, #NAME)
	SAME(IGNORE);
	SAME(EXECFD);
	SAME(PHDR);
	SAME(PHENT);
	SAME(PHNUM);
	SAME(PAGESZ);
	SAME(BASE);
	SAME(FLAGS);
	SAME(ENTRY);
	SAME(NOTELF);
	SAME(UID);
	SAME(EUID);
	SAME(GID);
	SAME(EGID);
	SAME(PLATFORM);
	SAME(HWCAP);
	SAME(CLKTCK);
	SAME(SECURE);
	SAME(BASE_PLATFORM);
	SAME(RANDOM);
	SAME(HWCAP2);
	SAME(EXECFN);
	SAME(SYSINFO_EHDR);
	SAME(MINSIGSTKSZ);
#undef SAME
	KUNIT_EXPECT_EQ(test, (u64)AT_NULL, (u64)VMWALK_AUX_END);
	KUNIT_EXPECT_EQ(test, SIGEV_SIGNAL, (int)VMWALK_NOTIFY_SIGNAL);
	KUNIT_EXPECT_EQ(test, SIGEV_NONE, (int)VMWALK_NOTIFY_NONE);
	KUNIT_EXPECT_EQ(test, SIGEV_THREAD, (int)VMWALK_NOTIFY_THREAD);
	KUNIT_EXPECT_EQ(test, SIGEV_THREAD_ID, (int)VMWALK_NOTIFY_THREAD_ID);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(clocks),
	KUNIT_CASE(left),
	KUNIT_CASE(numbers),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_timer",
	.test_cases = cases,
};
kunit_test_suite(suite);
