// SPDX-License-Identifier: GPL-2.0
/* signals.c - what waits, what is kept back, and what each signal does */
#include <linux/cred.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/string.h>

#include "sighand.h"
#include "thread.h"

static u64 set_of(const sigset_t *set)
{
	BUILD_BUG_ON(sizeof(*set) != sizeof(u64));
	return set->sig[0];
}

static u32 disposition(const struct k_sigaction *action)
{
	if (action->sa.sa_handler == SIG_DFL)
		return VMWALK_DISPOSITION_DEFAULT;
	if (action->sa.sa_handler == SIG_IGN)
		return VMWALK_DISPOSITION_IGNORE;
	return VMWALK_DISPOSITION_HANDLER;
}

/* Holds siglock, which protects all sets and actions. */
static void look_signals(struct task_struct *task, struct sighand_struct *sighand, void *arg)
{
	struct vmwalk_signals *out = arg;
	int i;

	out->pending = set_of(&task->pending.signal);
	out->shared_pending = set_of(&task->signal->shared_pending.signal);
	out->blocked = set_of(&task->blocked);
	for (i = 0; i < _NSIG; i++) {
		u32 what = disposition(&sighand->action[i]);

		if (what == VMWALK_DISPOSITION_IGNORE)
			out->ignored |= VMWALK_BIT(i);
		else if (what == VMWALK_DISPOSITION_HANDLER)
			out->caught |= VMWALK_BIT(i);
	}
	out->queued = vmwalk_compat_sigpending(task);
	out->queue_limit = READ_ONCE(task->signal->rlim[RLIMIT_SIGPENDING].rlim_cur);
}

/* The alternate stack is the thread's own: a snapshot, as sigaltstack(2) takes no lock. */
static void signals_read(const struct vmwalk_viewer *viewer, struct task_struct *thread,
			 u32 tid, void *record)
{
	struct vmwalk_signals *out = record;

	memset(out, 0, sizeof(*out));
	out->has = VMWALK_HAS(BASE) | VMWALK_HAS(REGS);
	out->tid = tid;
	vmwalk_sighand_look(thread, look_signals, out);
	out->altstack = READ_ONCE(thread->sas_ss_sp);
	out->altstack_bytes = READ_ONCE(thread->sas_ss_size);
	out->altstack_flags = READ_ONCE(thread->sas_ss_flags);
	if (!out->altstack_bytes)
		out->altstack_flags = SS_DISABLE;
}

int vmwalk_signals_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	return vmwalk_by_thread(viewer, cursor, record, signals_read);
}

static void action_read(const struct k_sigaction *action, u32 signal, struct vmwalk_action *out)
{
	memset(out, 0, sizeof(*out));
	out->has = VMWALK_HAS(BASE) | VMWALK_HAS(REGS);
	out->signal = signal;
	out->disposition = disposition(action);
	if (out->disposition == VMWALK_DISPOSITION_HANDLER)
		out->handler = (__force u64)action->sa.sa_handler;
#ifdef __ARCH_HAS_SA_RESTORER
	out->restorer = (__force u64)action->sa.sa_restorer;
#endif
	out->flags = action->sa.sa_flags;
	out->mask = set_of(&action->sa.sa_mask);
}

/* Holds siglock. The first signal from out->signal on that is not left to its default. */
static void look_action(struct task_struct *task, struct sighand_struct *sighand, void *arg)
{
	struct vmwalk_action *out = arg;
	u32 signal;

	for (signal = out->signal; signal <= _NSIG; signal++) {
		const struct k_sigaction *action = &sighand->action[signal - 1];

		if (disposition(action) == VMWALK_DISPOSITION_DEFAULT)
			continue;
		action_read(action, signal, out);
		return;
	}
}

int vmwalk_action_next(const struct vmwalk_viewer *viewer, u64 *cursor, void *record)
{
	struct vmwalk_action *out = record;

	if (*cursor > _NSIG)
		return 0;
	memset(out, 0, sizeof(*out));
	out->signal = *cursor ?: 1;
	vmwalk_sighand_look(viewer->task, look_action, out);
	if (!out->has)
		return 0;
	*cursor = out->signal + 1;
	return 1;
}
