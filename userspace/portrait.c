// SPDX-License-Identifier: GPL-2.0
/* portrait.c - a process on one page: the whole, and the task_struct */
#include <string.h>

#include "portrait.h"

#define SET_ROOM	24	/* columns of a set of names */
#define CAPS_NAMED	3	/* more capabilities than these are counted */

typedef unsigned long long ull;

const char *portrait_name(const struct vmwalk_name *names, unsigned int nr, __u32 value)
{
	return value < nr ? names[value].name : "?";
}

static void comm_say(struct brush *brush, const char *comm)
{
	char text[4 * VMWALK_COMM_LEN + 1];

	vmwalk_text_escape(text, sizeof(text), comm, VMWALK_COMM_LEN);
	brush_text(brush, text, 4 * VMWALK_COMM_LEN);
}

/* "  label value": a field in its own words. */
static void field_say(struct brush *brush, const char *label, enum vmwalk_record_id id,
		      const void *record, const char *name)
{
	brush_say(brush, " · %s ", label);
	brush_field(brush, id, record, name, SET_ROOM);
}

static void head_draw(struct brush *brush, const struct anatomy *anatomy)
{
	const struct vmwalk_task *task = &anatomy->task;

	brush_say(brush, "task_struct  %u ", task->tgid);
	comm_say(brush, task->comm);
	brush_say(brush, " · %s · %u thread%s", portrait_name(vmwalk_task_states, VMWALK_STATE_NR,
							   task->state_name),
		  task->threads, task->threads == 1 ? "" : "s");
	brush_say(brush, " · CPU %u · %s, nice %d", task->cpu,
		  portrait_name(vmwalk_policies, VMWALK_POLICY_NR, task->policy), task->nice);
	brush_say(brush, " · started %llu.%02llus after boot", (ull)(task->start_ns / 1000000000),
		  (ull)(task->start_ns / 10000000 % 100));
	brush_end(brush);
}

static void kin_draw(struct brush *brush, const struct anatomy *anatomy)
{
	const struct vmwalk_task *task = &anatomy->task;

	brush_say(brush, "├─ kin      ");
	if (anatomy->parent.has) {
		brush_say(brush, "parent %u ", anatomy->parent.tgid);
		comm_say(brush, anatomy->parent.comm);
	} else {
		brush_say(brush, "parent none");
	}
	brush_say(brush, " · children %llu · group %u · session %u",
		  (ull)anatomy->totals.children, task->pgrp, task->session);
	if (task->tty[0] || task->tty[1])
		field_say(brush, "tty", VMWALK_RECORD_task, task, "tty");
	else
		brush_say(brush, " · tty none");
	if (task->tracer)
		brush_say(brush, " · traced by %u", task->tracer);
	brush_end(brush);
}

static void ids_say(struct brush *brush, const char *name, const __u32 ids[4])
{
	brush_say(brush, "%s %u", name, ids[0]);
	if (ids[1] != ids[0] || ids[2] != ids[0] || ids[3] != ids[0])
		brush_say(brush, " (effective %u, saved %u, fs %u)", ids[1], ids[2], ids[3]);
}

static void cred_draw(struct brush *brush, const struct vmwalk_cred *cred)
{
	brush_say(brush, "├─ cred     ");
	ids_say(brush, "uid", cred->uid);
	brush_say(brush, " · ");
	ids_say(brush, "gid", cred->gid);
	brush_say(brush, " · groups %u · capabilities ", cred->groups);
	if (__builtin_popcountll(cred->effective) > CAPS_NAMED)
		brush_say(brush, "%d effective", __builtin_popcountll(cred->effective));
	else if (cred->effective)
		brush_field(brush, VMWALK_RECORD_cred, cred, "effective", BRUSH_REST);
	else
		brush_say(brush, "none");
	field_say(brush, "seccomp", VMWALK_RECORD_cred, cred, "seccomp");
	brush_end(brush);
}

static void signals_draw(struct brush *brush, const struct vmwalk_signals *signals)
{
	brush_say(brush, "├─ signal   pending ");
	brush_field(brush, VMWALK_RECORD_signals, signals, "pending", SET_ROOM);
	field_say(brush, "shared", VMWALK_RECORD_signals, signals, "shared_pending");
	field_say(brush, "blocked", VMWALK_RECORD_signals, signals, "blocked");
	field_say(brush, "ignored", VMWALK_RECORD_signals, signals, "ignored");
	field_say(brush, "caught", VMWALK_RECORD_signals, signals, "caught");
	brush_end(brush);
}

/* A line of names, of which each has its share. */
static void names_draw(struct brush *brush, const struct anatomy *anatomy, const char *title,
		       const enum vmwalk_named_kind *kinds, unsigned int nr)
{
	unsigned int share = (brush->width - 12) / nr, i;
	bool said = false;

	for (i = 0; i < nr; i++) {
		const char *name = anatomy->names[kinds[i]];

		if (!name)
			continue;
		brush_say(brush, "%s%s ", said ? " · " : title, vmwalk_named_kinds[kinds[i]].name);
		brush_text(brush, name, share - 8);
		said = true;
	}
	if (said)
		brush_end(brush);
}

static void fs_draw(struct brush *brush, const struct anatomy *anatomy)
{
	static const enum vmwalk_named_kind paths[] = {
		VMWALK_NAMED_EXE, VMWALK_NAMED_CWD, VMWALK_NAMED_ROOT
	};
	static const enum vmwalk_named_kind rules[] = {
		VMWALK_NAMED_CGROUP, VMWALK_NAMED_LABEL
	};

	names_draw(brush, anatomy, "├─ fs       ", paths, 3);
	names_draw(brush, anatomy, "├─ rules    ", rules, 2);
}

void portrait_task(struct brush *brush, const struct anatomy *anatomy)
{
	head_draw(brush, anatomy);
	kin_draw(brush, anatomy);
	cred_draw(brush, &anatomy->cred);
	signals_draw(brush, &anatomy->signals);
	fs_draw(brush, anatomy);
}

static void foot_draw(struct brush *brush, const struct anatomy *anatomy)
{
	brush_end(brush);
	if (!anatomy_is_whole(anatomy)) {
		brush_say(brush, "Frames, swap slots and disk blocks are hidden: they need "
			  "CAP_SYS_ADMIN (be root).");
		brush_end(brush);
	}
	brush_say(brush, "Each line is of a moment of its own: what a running process did "
		  "between two of them shows.");
	brush_end(brush);
}

void portrait_draw(struct brush *brush, const struct anatomy *anatomy, unsigned int page_shift)
{
	struct meetings meetings;

	meetings_find(&meetings, anatomy);
	portrait_task(brush, anatomy);
	portrait_memory(brush, anatomy, &meetings, page_shift);
	portrait_files(brush, anatomy, &meetings);
	portrait_inodes(brush, anatomy, &meetings);
	foot_draw(brush, anatomy);
}
