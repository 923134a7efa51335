// SPDX-License-Identifier: GPL-2.0
/*
 * suite_thread.c - the tables of tasks against the kernel's own constants, and what hangs
 * from the task that runs the tests
 */
#include "../../module/thread.c"

#include <kunit/test.h>
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/resource.h>
#include <linux/seccomp.h>
#include <linux/securebits.h>
#include <linux/signal.h>
#include <linux/user_namespace.h>

#include "field.h"

/* The names of some bits of a set, as a field of that format is written. */
static void prints_flags(struct kunit *test, u64 flags, const char *want)
{
	const struct vmwalk_thread thread = { .has = VMWALK_HAS(BASE), .flags = flags };
	const struct vmwalk_record *type = &vmwalk_records[VMWALK_RECORD_thread];
	char buf[VMWALK_FIELD_LEN];
	u32 i;

	for (i = 0; i < type->nr; i++)
		if (!strcmp(type->fields[i].name, "flags"))
			vmwalk_field_print(buf, sizeof(buf), &type->fields[i], &thread);
	KUNIT_EXPECT_STREQ(test, (const char *)buf, want);
}

/* Each flag this kernel has, by its own name. */
static void kernel_flags(struct kunit *test)
{
#define TRY(NAME, name)	prints_flags(test, own_flags(PF_##NAME), name)
	TRY(VCPU, "vcpu");
	TRY(IDLE, "idle");
	TRY(EXITING, "exiting");
	TRY(IO_WORKER, "io-worker");
	TRY(WQ_WORKER, "wq-worker");
	TRY(FORKNOEXEC, "forknoexec");
	TRY(MCE_PROCESS, "mce-process");
	TRY(SUPERPRIV, "superpriv");
	TRY(DUMPCORE, "dumpcore");
	TRY(SIGNALED, "signaled");
	TRY(MEMALLOC, "memalloc");
	TRY(NPROC_EXCEEDED, "nproc-exceeded");
	TRY(NOFREEZE, "nofreeze");
	TRY(KSWAPD, "kswapd");
	TRY(MEMALLOC_NOFS, "memalloc-nofs");
	TRY(MEMALLOC_NOIO, "memalloc-noio");
	TRY(LOCAL_THROTTLE, "local-throttle");
	TRY(KTHREAD, "kthread");
	TRY(RANDOMIZE, "randomize");
	TRY(NO_SETAFFINITY, "no-setaffinity");
	TRY(MCE_EARLY, "mce-early");
	TRY(SUSPEND_TASK, "suspend-task");
#undef TRY
	prints_flags(test, own_flags(PF_KTHREAD | PF_EXITING), "exiting,kthread");
	KUNIT_EXPECT_EQ(test, own_flags(0), 0ULL);
}

/* Numbers in the vocabulary are the kernel's where it says so. */
static void kernel_numbers(struct kunit *test)
{
#define SAME(PREFIX, NAME, nr) \
	KUNIT_EXPECT_EQ_MSG(test, (u64)(PREFIX##NAME), (u64)(nr), #PREFIX #NAME)
#define TRY(NAME, nr, ...)	SAME(CAP_, NAME, nr);
	VMWALK_CAPS(TRY)
#undef TRY
#define TRY(NAME, nr, ...)	SAME(RLIMIT_, NAME, nr);
	VMWALK_RLIMITS(TRY)
#undef TRY
	KUNIT_EXPECT_EQ(test, CAP_LAST_CAP + 1, (int)VMWALK_CAP_NR);
	KUNIT_EXPECT_EQ(test, RLIM_NLIMITS, (int)VMWALK_RLIMIT_NR);
	SAME(, SECURE_NOROOT, VMWALK_SECUREBIT_BIT_NOROOT);
	SAME(, SECURE_NO_SETUID_FIXUP_LOCKED, VMWALK_SECUREBIT_BIT_NO_SETUID_FIXUP_LOCKED);
	SAME(, SECURE_KEEP_CAPS, VMWALK_SECUREBIT_BIT_KEEP_CAPS);
	SAME(, SECURE_NO_CAP_AMBIENT_RAISE, VMWALK_SECUREBIT_BIT_NO_CAP_AMBIENT_RAISE);
	SAME(, SECCOMP_MODE_STRICT, VMWALK_SECCOMP_STRICT);
	SAME(, SECCOMP_MODE_FILTER, VMWALK_SECCOMP_FILTER);
	SAME(SCHED_, FIFO, VMWALK_POLICY_FIFO);
	SAME(SCHED_, RR, VMWALK_POLICY_RR);
	SAME(SCHED_, BATCH, VMWALK_POLICY_BATCH);
	SAME(SCHED_, IDLE, VMWALK_POLICY_IDLE);
	SAME(SCHED_, DEADLINE, VMWALK_POLICY_DEADLINE);
	SAME(SA_, NOCLDSTOP, VMWALK_SA_FLAG(NOCLDSTOP));
	SAME(SA_, NOCLDWAIT, VMWALK_SA_FLAG(NOCLDWAIT));
	SAME(SA_, SIGINFO, VMWALK_SA_FLAG(SIGINFO));
	SAME(SA_, ONSTACK, VMWALK_SA_FLAG(ONSTACK));
	SAME(SA_, RESTART, VMWALK_SA_FLAG(RESTART));
	SAME(SA_, NODEFER, VMWALK_SA_FLAG(NODEFER));
	SAME(SA_, RESETHAND, VMWALK_SA_FLAG(RESETHAND));
	SAME(SIG, HUP, VMWALK_SIGNAL_HUP);
	SAME(SIG, BUS, VMWALK_SIGNAL_BUS);
	SAME(SIG, USR1, VMWALK_SIGNAL_USR1);
	SAME(SIG, SEGV, VMWALK_SIGNAL_SEGV);
	SAME(SIG, CHLD, VMWALK_SIGNAL_CHLD);
	SAME(SIG, STOP, VMWALK_SIGNAL_STOP);
	SAME(SIG, WINCH, VMWALK_SIGNAL_WINCH);
	SAME(SIG, SYS, VMWALK_SIGNAL_SYS);
	KUNIT_EXPECT_EQ(test, _NSIG + 1, (int)VMWALK_SIGNAL_NR);
#undef SAME
}

static struct vmwalk_viewer viewer_of(struct task_struct *task)
{
	return (struct vmwalk_viewer) {
		.task = task, .ns = &init_pid_ns, .user_ns = &init_user_ns,
	};
}

/* The task that runs the tests is a kernel thread of one thread, and runs. */
static void own_thread(struct kunit *test)
{
	const struct vmwalk_viewer viewer = viewer_of(current);
	struct vmwalk_thread out;
	u64 cursor = 0;

	KUNIT_ASSERT_EQ(test, vmwalk_thread_next(&viewer, &cursor, &out), 1);
	KUNIT_EXPECT_EQ(test, out.tid, (u32)current->pid);
	KUNIT_EXPECT_EQ(test, out.tgid, (u32)current->tgid);
	KUNIT_EXPECT_STREQ(test, (const char *)out.comm, (const char *)current->comm);
	KUNIT_EXPECT_EQ(test, out.state, (char)'R');
	KUNIT_EXPECT_EQ(test, out.on_cpu, 1U);
	KUNIT_EXPECT_TRUE(test, out.flags & VMWALK_TASK_FLAG(KTHREAD));
	KUNIT_EXPECT_EQ(test, out.cpus, cpumask_weight(&current->cpus_mask));
	KUNIT_EXPECT_EQ(test, cursor, (u64)current->pid + 1);
	KUNIT_EXPECT_EQ(test, vmwalk_thread_next(&viewer, &cursor, &out), 0);
}

/* The list is looked at where that is less work, and never a long one. */
static void list_or_ids(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, list_is_short(1, 1));
	KUNIT_EXPECT_TRUE(test, list_is_short(64, 1024));
	KUNIT_EXPECT_FALSE(test, list_is_short(65, 1024));
	KUNIT_EXPECT_FALSE(test, list_is_short(1000, 1060));
	KUNIT_EXPECT_TRUE(test, list_is_short(HOLD_THREADS, 1 << 22));
	KUNIT_EXPECT_FALSE(test, list_is_short(HOLD_THREADS + 1, 1 << 22));
	KUNIT_EXPECT_FALSE(test, list_is_short(U32_MAX, U32_MAX));
}

/* Both ways find the thread that runs the tests, count it, and find none behind it. */
static void both_ways(struct kunit *test)
{
	const struct vmwalk_viewer viewer = viewer_of(current);
	struct search by_list = { .viewer = &viewer }, by_ids = by_list, none = by_list;

	search_list(&by_list);
	KUNIT_EXPECT_EQ(test, vmwalk_ids_find(viewer.ns, &by_ids.tid, of_process, &by_ids), 1);
	KUNIT_ASSERT_PTR_EQ(test, by_list.found, current);
	KUNIT_ASSERT_PTR_EQ(test, by_ids.found, current);
	KUNIT_EXPECT_EQ(test, by_list.tid, (u32)current->pid);
	KUNIT_EXPECT_EQ(test, by_ids.tid, (u32)current->pid);
	none.tid = current->pid + 1;
	search_list(&none);
	KUNIT_EXPECT_NULL(test, none.found);
	none.tid = current->pid + 1;
	KUNIT_EXPECT_EQ(test, vmwalk_ids_find(viewer.ns, &none.tid, of_process, &none), 0);
	KUNIT_EXPECT_NULL(test, none.found);
	put_task_struct(by_list.found);
	put_task_struct(by_ids.found);
}

/* Every reader ends, its numbers ascend, and what it tells has a BASE. */
static void rows_end(struct kunit *test)
{
	static vmwalk_row_fn *const readers[] = {
		vmwalk_task_next, vmwalk_thread_next, vmwalk_registers_next, vmwalk_cred_next,
		vmwalk_supgroup_next, vmwalk_signals_next, vmwalk_action_next,
		vmwalk_relative_next, vmwalk_number_next, vmwalk_limit_next,
		vmwalk_timer_next, vmwalk_auxv_next,
	};
	struct vmwalk_viewer viewer = viewer_of(current);
	u64 record[64], cursor, before;
	int i, rows, found;

	for (i = 0; i < ARRAY_SIZE(readers); i++) {
		for (cursor = 0, rows = 0; rows < 10000; rows++) {
			before = cursor;
			found = readers[i](&viewer, &cursor, record);
			if (found <= 0)
				break;
			KUNIT_EXPECT_GT_MSG(test, cursor, before, "reader %d", i);
			KUNIT_EXPECT_TRUE_MSG(test, record[0] & 1, "reader %d", i);
		}
		KUNIT_EXPECT_EQ_MSG(test, found, 0, "reader %d", i);
		KUNIT_EXPECT_LT_MSG(test, rows, 10000, "reader %d", i);
	}
}

/* kthreadd made this thread; init_task has the id 0 and is told of to nobody. */
static void own_family(struct kunit *test)
{
	const struct vmwalk_viewer viewer = viewer_of(current);
	struct vmwalk_relative out;
	u64 cursor = 0;

	KUNIT_ASSERT_EQ(test, vmwalk_relative_next(&viewer, &cursor, &out), 1);
	KUNIT_EXPECT_EQ(test, out.relation, (u32)VMWALK_RELATION_PARENT);
	KUNIT_EXPECT_EQ(test, out.pid, 2U);
	KUNIT_EXPECT_STREQ(test, (const char *)out.comm, "kthreadd");
	cursor = (u64)VMWALK_RELATION_THREAD << 32;
	KUNIT_ASSERT_EQ(test, vmwalk_relative_next(&viewer, &cursor, &out), 1);
	KUNIT_EXPECT_EQ(test, out.pid, (u32)current->pid);
	KUNIT_EXPECT_EQ(test, vmwalk_relative_next(&viewer, &cursor, &out), 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(kernel_flags),
	KUNIT_CASE(kernel_numbers),
	KUNIT_CASE(own_thread),
	KUNIT_CASE(list_or_ids),
	KUNIT_CASE(both_ways),
	KUNIT_CASE(rows_end),
	KUNIT_CASE(own_family),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_thread",
	.test_cases = cases,
};
kunit_test_suite(suite);
