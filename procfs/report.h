/* SPDX-License-Identifier: GPL-2.0 */
/* report.h - the text of /proc/vmwalk/<pid> */
#ifndef VMWALK_PROCFS_REPORT_H
#define VMWALK_PROCFS_REPORT_H

#include "count.h"
#include "target.h"

struct file;
struct seq_file;
struct vmwalk_stats;

/**
 * struct vmwalk_report - how far one descriptor's text has been read
 * @target: the process; its own reference, because a report follows an exec
 * @live: its task and mm between start and stop of one read; task is NULL else
 * @cost: what it took
 * @section: index of the section
 * @cursor: where the item to show begins: an address, an fd or an index
 * @next: where the item after it begins
 * @first: the item to show is the first of its section
 * @more: the section has an item at @next
 * @tally: tables met before the item at @cursor
 * @tally_next: the same with that item
 * @landmarks: addresses met on the way, for the section of walks
 *
 * Constant in size. The cursor is an address, so that a read that goes on after
 * the lock was dropped stays right; showing the same item twice (seq_file does,
 * when its buffer was too small) is harmless because only next() moves.
 */
struct vmwalk_report {
	struct vmwalk_target target;
	struct vmwalk_live live;
	struct vmwalk_cost cost;
	unsigned int section;
	u64 cursor;
	u64 next;
	bool first;
	bool more;
	struct vmwalk_tally tally;
	struct vmwalk_tally tally_next;
	struct {
		u64 vdso;
		u64 library;
	} landmarks;
};

/**
 * vmwalk_report_open() - make a descriptor read as the report of a process
 * @file: being opened; its private_data becomes the seq_file
 * @report: zeroed, lives as long as the descriptor
 * @target: the process
 *
 * Return: 0 or -ENOMEM.
 */
int vmwalk_report_open(struct file *file, struct vmwalk_report *report,
		       const struct vmwalk_target *target);

/* Gives back what vmwalk_report_open() took; the seq_file is released by itself. */
void vmwalk_report_close(struct vmwalk_report *report);

/* The text of /proc/vmwalk/stats. */
void vmwalk_report_stats(struct seq_file *m, const struct vmwalk_stats *stats);

#endif /* VMWALK_PROCFS_REPORT_H */
