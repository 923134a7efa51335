/* SPDX-License-Identifier: GPL-2.0 */
/*
 * libvmwalk.h - ask the vmwalk module about a live process
 *
 * Every call that can fail answers 0 (or a count) or a negative errno, and
 * vmwalk_explain() turns that into a sentence for a person. A handle serves one
 * thread at a time. The records are those of uapi/vmwalk.h; field.h says what
 * their members are called and how their values are written.
 */
#ifndef LIBVMWALK_H
#define LIBVMWALK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "fault.h"
#include "uapi/vmwalk.h"

/* A process that is being looked at. */
struct vmwalk;

/**
 * vmwalk_open() - begin to look at a process
 * @pid: process id, in the PID namespace of the mounted /proc
 * @out: the handle; untouched on failure
 *
 * A process that is younger than its entry is waited for, 200 ms at most.
 *
 * Return: 0; -ENODEV (module not loaded), -ENOENT (no such process), -EACCES
 * (not permitted), -EINVAL (not a process id), -ENOMEM or what open(2) said.
 */
int vmwalk_open(pid_t pid, struct vmwalk **out);

/** vmwalk_close() - end it; @handle may be NULL */
void vmwalk_close(struct vmwalk *handle);

/** vmwalk_pid() - the process id that the handle was opened with */
pid_t vmwalk_pid(const struct vmwalk *handle);

/**
 * struct vmwalk_cost - what the queries of a handle have cost the target
 * @entries: page-table entries read
 * @holds: times the mmap lock was taken
 * @hold_ns: longest time the mmap lock was held at a stretch, nanoseconds
 * @queries: ioctls answered
 */
struct vmwalk_cost {
	__u64 entries;
	__u64 holds;
	__u64 hold_ns;
	__u64 queries;
};

/** vmwalk_cost() - the sum over all queries since vmwalk_open() */
void vmwalk_cost(const struct vmwalk *handle, struct vmwalk_cost *cost);

/**
 * vmwalk_translate() - walk the page tables for some addresses
 * @handle: the process
 * @addresses: virtual addresses, in any order
 * @nr: how many; any number
 * @walks: room for @nr walks
 *
 * An address that is not mapped is an answer, not an error.
 *
 * Return: 0; -ESRCH (the process has exited or executed another program),
 * -ENXIO (it has no address space: a kernel thread or a zombie), -EACCES (no
 * longer permitted), -EPROTO (the answer makes no sense) or what ioctl(2) said.
 * Then nothing in @walks is to be used.
 */
int vmwalk_translate(struct vmwalk *handle, const __u64 *addresses, size_t nr,
		     struct vmwalk_walk *walks);

/**
 * vmwalk_kernel_translate() - vmwalk_translate() of addresses of the kernel's half
 * @handle: any process that may be looked at; whose it is does not matter
 * @addresses: virtual addresses, in any order
 * @nr: how many; any number
 * @walks: room for @nr walks
 *
 * Return: as vmwalk_translate(), and -EPERM (without privilege).
 */
int vmwalk_kernel_translate(struct vmwalk *handle, const __u64 *addresses, size_t nr,
			    struct vmwalk_walk *walks);

/**
 * vmwalk_dossier() - everything about one address
 * @handle: the process
 * @address: any virtual address
 * @out: the answer
 * @name: name of the VMA around it, byte for byte, "" if it has none; valid until the
 *	next call
 *
 * Return: as vmwalk_translate(), and -ENOMEM.
 */
int vmwalk_dossier(struct vmwalk *handle, __u64 address, struct vmwalk_dossier *out,
		   const char **name);

/* The swap areas in use, of one moment. */
struct vmwalk_swaps;

/**
 * vmwalk_swaps_open() - read the names of the swap areas
 * @out: they; untouched on failure
 *
 * Return: 0; -ENOMSG (not as the kernel writes them), -ENOMEM or what open(2) said.
 */
int vmwalk_swaps_open(struct vmwalk_swaps **out);

/** vmwalk_swaps_close() - end it; @swaps may be NULL */
void vmwalk_swaps_close(struct vmwalk_swaps *swaps);

/**
 * vmwalk_swaps_name() - which area a number means
 * @swaps: they; may be NULL
 * @type: number of the area
 * @buf: its file or device, escaped as in /proc/swaps; "one of A, B" where the
 *	kernel leaves that open. Always NUL-terminated.
 * @size: bytes there, at least 1
 *
 * Return: 0, or -ENOENT (no area is in use).
 */
int vmwalk_swaps_name(const struct vmwalk_swaps *swaps, __u32 type, char *buf, size_t size);

/**
 * vmwalk_swaps_place() - where in swap the page behind an address is
 * @dossier: of the address
 * @type: number of the area
 * @offset: in it, pages
 *
 * It is told by the entry, or, for shared memory, by the page cache.
 *
 * Return: true; false if it is not in swap, or that may not be seen.
 */
bool vmwalk_swaps_place(const struct vmwalk_dossier *dossier, __u32 *type, __u64 *offset);

/**
 * vmwalk_system_read() - what the machine is set to, for vmwalk_fault_predict()
 * @system: all of it; 0 is written where the kernel does not say
 */
void vmwalk_system_read(struct vmwalk_system *system);

/* A range that is being read record by record; memory does not grow with it. */
struct vmwalk_iter;

/**
 * vmwalk_runs_open() - read the merged page-table entries of a range
 * @handle: the process; must outlive the iterator
 * @start: first address
 * @end: first address after the range
 * @out: the iterator; untouched on failure
 */
int vmwalk_runs_open(struct vmwalk *handle, __u64 start, __u64 end,
		     struct vmwalk_iter **out);

/**
 * vmwalk_runs_next() - the next run
 * @iter: from vmwalk_runs_open()
 * @run: the run; valid until the next call
 *
 * Return: 1; 0 at the end; a negative errno as vmwalk_translate().
 */
int vmwalk_runs_next(struct vmwalk_iter *iter, const struct vmwalk_run **run);

/**
 * vmwalk_kernel_runs_open() - vmwalk_runs_open() of addresses of the kernel's half
 * @handle: any process that may be looked at; must outlive the iterator
 * @start: first address
 * @end: first address after the range
 * @out: the iterator; untouched on failure
 *
 * vmwalk_runs_next() answers -EPERM without privilege.
 */
int vmwalk_kernel_runs_open(struct vmwalk *handle, __u64 start, __u64 end,
			    struct vmwalk_iter **out);

/**
 * vmwalk_vmas_open() - read the VMAs of a range
 * @handle: the process; must outlive the iterator
 * @start: first address
 * @end: first address after the range
 * @flags: VMWALK_QUERY_COUNTS to have their pages counted, or 0
 * @out: the iterator; untouched on failure
 */
int vmwalk_vmas_open(struct vmwalk *handle, __u64 start, __u64 end, __u64 flags,
		     struct vmwalk_iter **out);

/**
 * vmwalk_vmas_next() - the next VMA
 * @iter: from vmwalk_vmas_open()
 * @vma: the VMA; valid until the next call
 * @name: its name or path, byte for byte (see vmwalk_text_escape() in field.h
 *	for a way to show it); "" if it has none
 *
 * Return: 1; 0 at the end; a negative errno as vmwalk_translate().
 */
int vmwalk_vmas_next(struct vmwalk_iter *iter, const struct vmwalk_vma **vma,
		     const char **name);

/**
 * vmwalk_frames_open() - read the frames behind a range, alike ones merged
 * @handle: the process; must outlive the iterator
 * @start: first address
 * @end: first address after the range
 * @out: the iterator; untouched on failure
 */
int vmwalk_frames_open(struct vmwalk *handle, __u64 start, __u64 end,
		       struct vmwalk_iter **out);

/**
 * vmwalk_frames_next() - the next frame or frames
 * @iter: from vmwalk_frames_open()
 * @frame: the record; valid until the next call
 *
 * Return: 1; 0 at the end; a negative errno as vmwalk_translate().
 */
int vmwalk_frames_next(struct vmwalk_iter *iter, const struct vmwalk_frame **frame);

/**
 * vmwalk_tables_open() - read the tables of the page table that stand for a range
 * @handle: the process; must outlive the iterator
 * @start: first address
 * @end: first address after the range
 * @out: the iterator; untouched on failure
 */
int vmwalk_tables_open(struct vmwalk *handle, __u64 start, __u64 end,
		       struct vmwalk_iter **out);

/**
 * vmwalk_tables_next() - the next table, put together from its parts
 * @iter: from vmwalk_tables_open()
 * @table: the record; valid until the next call. Tables of one level come in
 *	ascending order.
 *
 * Return: 1; 0 at the end; a negative errno as vmwalk_translate().
 */
int vmwalk_tables_next(struct vmwalk_iter *iter, const struct vmwalk_pagetable **table);

/**
 * vmwalk_files_open() - read the open files of a process, with their inodes
 * @handle: the process; must outlive the iterator
 * @first: first descriptor
 * @last: last descriptor; ~0U for all
 * @out: the iterator; untouched on failure
 */
int vmwalk_files_open(struct vmwalk *handle, __u32 first, __u32 last, struct vmwalk_iter **out);

/**
 * vmwalk_files_next() - the next open file, by descriptor
 * @iter: from vmwalk_files_open()
 * @file: the open file and its inode; valid until the next call
 * @path: its path or name, byte for byte; "" if it has none, or it is longer than
 *	VMWALK_NAMES_SIZE_MIN
 *
 * Return: 1; 0 at the end; a negative errno as vmwalk_translate(), but processes without
 * an address space answer too.
 */
int vmwalk_files_next(struct vmwalk_iter *iter, const struct vmwalk_descriptor **file,
		      const char **path);

/**
 * vmwalk_names_open() - read what a process has names for: program, directories …
 * @handle: the process; must outlive the iterator
 * @out: the iterator; untouched on failure
 */
int vmwalk_names_open(struct vmwalk *handle, struct vmwalk_iter **out);

/**
 * vmwalk_names_next() - the next of these, by kind
 * @iter: from vmwalk_names_open()
 * @named: the record; valid until the next call
 * @name: its name, byte for byte; "" if it is longer than VMWALK_NAMES_SIZE_MIN
 *
 * Return: as vmwalk_files_next().
 */
int vmwalk_names_next(struct vmwalk_iter *iter, const struct vmwalk_named **named,
		      const char **name);

/**
 * vmwalk_extents_open() - read where the bytes of an open file are on the disk
 * @handle: the process; must outlive the iterator
 * @fd: descriptor of the process
 * @start: first byte of the file
 * @end: first byte after the range; ~0 for the end of the file
 * @out: the iterator; untouched on failure
 */
int vmwalk_extents_open(struct vmwalk *handle, __u32 fd, __u64 start, __u64 end,
			struct vmwalk_iter **out);

/**
 * vmwalk_extents_next() - the next part of the file, in the order of its bytes
 * @iter: from vmwalk_extents_open()
 * @extent: the part; valid until the next call. One part may be told in pieces that
 *	follow each other.
 *
 * Return: 1; 0 at the end; a negative errno as vmwalk_translate(), -EBADF (no such
 * descriptor), -EPERM (without privilege).
 */
int vmwalk_extents_next(struct vmwalk_iter *iter, const struct vmwalk_extent **extent);

/**
 * vmwalk_list_open() - read all records of a query by numbers: threads, credentials …
 * @handle: the process; must outlive the iterator
 * @ioc: a query of VMWALK_QUERIES that takes numbers
 * @out: the iterator; untouched on failure
 *
 * Return: 0; -EINVAL (a query of another sort), -ENOMEM.
 */
int vmwalk_list_open(struct vmwalk *handle, enum vmwalk_ioc ioc, struct vmwalk_iter **out);

/**
 * vmwalk_list_next() - the next record
 * @iter: from vmwalk_list_open()
 * @record: of the sort that VMWALK_QUERIES names; valid until the next call
 *
 * Return: 1; 0 at the end; a negative errno as vmwalk_translate(), but a process without
 * an address space has these records too.
 */
int vmwalk_list_next(struct vmwalk_iter *iter, const void **record);

/** vmwalk_list_record() - the sort of record of a query by numbers; -EINVAL if it is none */
int vmwalk_list_record(enum vmwalk_ioc ioc);

/** vmwalk_iter_close() - end it; @iter may be NULL */
void vmwalk_iter_close(struct vmwalk_iter *iter);

/* The text of /proc/vmwalk/<pid>, read line by line in constant memory. */
struct vmwalk_report;

#define VMWALK_REPORT_LINE_MAX	65536	/* bytes of a line, with its newline */
#define VMWALK_REPORT_VALUES	64	/* values in a row */

/**
 * enum vmwalk_line_type - what a line of the report is
 * @VMWALK_LINE_SECTION: "[name]"; everything below belongs to it
 * @VMWALK_LINE_KEY: "key:<tab>value"
 * @VMWALK_LINE_HEADER: "# name name ...": the columns of the rows below
 * @VMWALK_LINE_ROW: values, one a column; the last may hold spaces
 */
enum vmwalk_line_type {
	VMWALK_LINE_SECTION,
	VMWALK_LINE_KEY,
	VMWALK_LINE_HEADER,
	VMWALK_LINE_ROW,
};

/**
 * struct vmwalk_line - one line, taken apart; valid until the next call
 * @type: what it is
 * @nr: number of @values
 * @number: of the line, from 1
 * @section: name of the section it is in
 * @key: before the colon (KEY), else NULL
 * @values: KEY: the value; HEADER: names of columns; ROW: as many values as the
 *	header has columns, the last one "" where the line ends before it
 */
struct vmwalk_line {
	enum vmwalk_line_type type;
	unsigned int nr;
	unsigned long number;
	const char *section;
	const char *key;
	const char *const *values;
};

/**
 * vmwalk_report_open() - read the report of a process from its beginning
 * @handle: the process; must outlive the reader
 * @out: the reader; untouched on failure
 *
 * Return: 0; -EBADMSG (not a report), -EPROTONOSUPPORT (of another version) or
 * what read(2) said.
 */
int vmwalk_report_open(struct vmwalk *handle, struct vmwalk_report **out);

/**
 * vmwalk_report_open_fd() - read a report from a descriptor
 * @fd: where; stays the caller's
 * @out: the reader; untouched on failure
 */
int vmwalk_report_open_fd(int fd, struct vmwalk_report **out);

/**
 * vmwalk_report_open_memory() - read a report from memory
 * @data: the text; must outlive the reader. Need not be NUL-terminated.
 * @size: bytes there
 * @out: the reader; untouched on failure
 */
int vmwalk_report_open_memory(const void *data, size_t size, struct vmwalk_report **out);

/** vmwalk_report_close() - end it; @report may be NULL */
void vmwalk_report_close(struct vmwalk_report *report);

/**
 * vmwalk_report_next() - the next line; blank lines are passed over
 * @report: from vmwalk_report_open*()
 * @line: the line
 *
 * Return: 1; 0 at the end; -EBADMSG (not a line of a report, or cut short),
 * -EMSGSIZE (longer than VMWALK_REPORT_LINE_MAX), or what read(2) said. After
 * an error every further call gives the same error.
 */
int vmwalk_report_next(struct vmwalk_report *report, struct vmwalk_line *line);

/**
 * vmwalk_report_number() - one number of a process's report
 * @handle: the process
 * @section: name of the section, one of keys and values
 * @key: name there
 * @value: the number; untouched on failure
 *
 * Return: 0; -ENODATA (no such key, or no number is told), -ENXIO (no address space) or
 * as vmwalk_report_next().
 */
int vmwalk_report_number(struct vmwalk *handle, const char *section, const char *key,
			 __u64 *value);

/**
 * vmwalk_explain() - what went wrong and what to do, in one sentence
 * @pid: process asked for; 0 if none was
 * @err: negative errno from a call above
 * @buf: room for the text, always NUL-terminated
 * @size: bytes there, at least 1
 *
 * Return: @buf
 */
const char *vmwalk_explain(pid_t pid, int err, char *buf, size_t size);

#endif /* LIBVMWALK_H */
