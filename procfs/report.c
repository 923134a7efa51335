// SPDX-License-Identifier: GPL-2.0
/*
 * report.c - the only printer: records -> the text of /proc/vmwalk/<pid>
 *
 * One item (a section's fields, one VMA, one landmark, one file) is gathered
 * into a plain record under its lock, the lock is dropped, then it is printed.
 */
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/path.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "dossier.h"
#include "field.h"
#include "files.h"
#include "inode.h"
#include "mm.h"
#include "report.h"
#include "rows.h"
#include "stats.h"
#include "task.h"
#include "vma.h"
#include "walk.h"

/* Control characters, DEL and backslash: written as \ooo in paths. */
static const char escaped[] =
	"\001\002\003\004\005\006\007\010\011\012\013\014\015\016\017\020\021\022\023\024"
	"\025\026\027\030\031\032\033\034\035\036\037\177\\";

#define BUFFER		65536	/* bytes: most reports fit in one read, and so are of one moment */
#define ROW_BYTES	320	/* the longest record of a row of what hangs from the task */
#define ROW_TRIES	3	/* looks at a process that executes programs or ends threads */
#define HEADER_LEAD	2	/* columns of the "# " that begins a header */

/* Least width of a column, so that rows line up; DEC and the like stay narrow. */
static const u8 widths[VMWALK_FORMAT_NR] = {
	[VMWALK_FORMAT_BYTES] = 8,
	[VMWALK_FORMAT_HEX] = 14,
	[VMWALK_FORMAT_KIND] = 8,
	[VMWALK_FORMAT_USE] = 7,
	[VMWALK_FORMAT_DEV] = 5,
	[VMWALK_FORMAT_OCT] = 8,
	[VMWALK_FORMAT_TASK_STATE] = 10,
	[VMWALK_FORMAT_POLICY] = 8,
	[VMWALK_FORMAT_SIGNAL] = 6,
	[VMWALK_FORMAT_DISPOSITION] = 11,
	[VMWALK_FORMAT_RELATION] = 11,
	[VMWALK_FORMAT_NS_TYPE] = 17,
	[VMWALK_FORMAT_RLIMIT] = 10,
	[VMWALK_FORMAT_TIMER_KIND] = 7,
	[VMWALK_FORMAT_CLOCK] = 16,
	[VMWALK_FORMAT_NOTIFY] = 9,
	[VMWALK_FORMAT_AUX] = 17,
};

static int width(const struct vmwalk_field *field)
{
	int least = field->group == VMWALK_GROUP_RAW ? 18 : widths[field->format];

	return max_t(int, least, strlen(field->name));
}

/* "key:<tab>value" for every field. */
static void print_fields(struct seq_file *m, enum vmwalk_record_id id, const void *record)
{
	const struct vmwalk_record *type = &vmwalk_records[id];
	char text[128];
	int i;

	for (i = 0; i < type->nr; i++) {
		if (type->fields[i].format == VMWALK_FORMAT_HIDDEN)
			continue;
		vmwalk_field_print(text, sizeof(text), &type->fields[i], record);
		seq_printf(m, "%s:\t%s\n", type->fields[i].name, text);
	}
}

/* Blanks part columns: in a name they are \040, and an empty one is \000. */
static void escape_blanks(char *value, size_t size, const char *text)
{
	size_t used = 0;

	if (!*text)
		strscpy(value, "\\000", size);
	for (; *text && used + 5 <= size; text++) {
		if (*text == ' ')
			used += scnprintf(value + used, size - used, "\\040");
		else
			value[used++] = *text;
		value[used] = '\0';
	}
}

/* A field as it stands in a row. */
static void print_value(char *value, size_t size, const struct vmwalk_field *field,
			const void *record)
{
	char text[4 * VMWALK_NAME_LEN + 1];

	if (field->format != VMWALK_FORMAT_STR) {
		vmwalk_field_print(value, size, field, record);
		strreplace(value, ' ', ',');
		return;
	}
	vmwalk_field_print(text, sizeof(text), field, record);
	escape_blanks(value, size, text);
}

/*
 * One row's fields, padded to line up, each followed by a space; @record NULL:
 * their names. The first one gets @more columns besides its own.
 */
static void print_row(struct seq_file *m, enum vmwalk_record_id id, const void *record,
		      int more)
{
	const struct vmwalk_record *type = &vmwalk_records[id];
	char value[VMWALK_FIELD_LEN];
	int i;

	for (i = 0; i < type->nr; i++) {
		const struct vmwalk_field *field = &type->fields[i];

		if (field->format == VMWALK_FORMAT_HIDDEN)
			continue;
		if (record)
			print_value(value, sizeof(value), field, record);
		else
			strscpy(value, field->name, sizeof(value));
		seq_setwidth(m, width(field) + more);
		seq_puts(m, value);
		seq_pad(m, ' ');
		more = 0;
	}
}

/* Ends a row in whose last column nothing may stand: no blanks at the end. */
static void end_row(struct seq_file *m)
{
	while (!seq_has_overflowed(m) && m->count && m->buf[m->count - 1] == ' ')
		m->count--;
	seq_putc(m, '\n');
}

static void print_header(struct seq_file *m, const char *before, enum vmwalk_record_id id,
			 const char *after)
{
	seq_printf(m, "# %s", before);
	print_row(m, id, NULL, 0);
	seq_puts(m, after);
	end_row(m);
}

static void print_path(struct seq_file *m, const struct path *path)
{
	seq_path(m, path, escaped);
}

static void print_text(struct seq_file *m, const char *text)
{
	char out[4 * VMWALK_NAME_LEN + 1];

	vmwalk_text_escape(out, sizeof(out), text, VMWALK_NAME_LEN);
	seq_puts(m, out);
}

/* Take the target for a read; @follow: through an exec. live.task tells whether it is held. */
static int report_live(struct vmwalk_report *report, bool follow)
{
	int err = follow ? vmwalk_target_follow(&report->target, &report->live) :
			   vmwalk_target_get(&report->target, &report->live);

	if (err)
		report->live.task = NULL;
	return err;
}

/*
 * The first row from *cursor on; -EINTR if the reader was killed, since seq_file does not
 * look. What hangs from a task survives an exec: a process that
 * has executed another program meanwhile is judged anew, and asked again.
 */
static int find_row(struct seq_file *m, struct vmwalk_report *report, vmwalk_row_fn *next,
		    u64 *cursor, void *record)
{
	int tries, err, found;

	for (tries = 0; tries < ROW_TRIES; tries++) {
		const struct vmwalk_viewer viewer = {
			.task = report->live.task,
			.mm = report->target.mm,
			.ns = report->target.ns,
			.user_ns = seq_user_ns(m),
			.opener = report->target.file,
		};

		*cursor = report->cursor;
		cond_resched();
		if (fatal_signal_pending(current))
			return -EINTR;
		found = next(&viewer, cursor, record);
		if (!vmwalk_target_changed(&report->target) &&
		    !vmwalk_target_left(&report->target, &report->live))
			return found;
		vmwalk_target_put(&report->live);
		err = report_live(report, true);
		if (err)
			return err;
	}
	return -EBUSY;
}

static int show_task(struct seq_file *m, struct vmwalk_report *report)
{
	struct vmwalk_task task;
	u64 cursor;
	int found = find_row(m, report, vmwalk_task_next, &cursor, &task);

	if (found <= 0)
		return found;
	vmwalk_field_hide(VMWALK_RECORD_task, &task, report->live.hide);
	print_fields(m, VMWALK_RECORD_task, &task);
	return 0;
}

static int show_mm(struct seq_file *m, struct vmwalk_report *report)
{
	struct vmwalk_mm mm;

	if (!report->live.mm) {
		seq_puts(m, "none:\tno address space\n");
		return 0;
	}
	vmwalk_mm_read(report->live.mm, &mm);
	vmwalk_field_hide(VMWALK_RECORD_mm, &mm, report->live.hide);
	print_fields(m, VMWALK_RECORD_mm, &mm);
	return 0;
}

/* Landmarks that only a look at the VMAs tells. */
static void remember_landmark(struct vmwalk_report *report, const struct vmwalk_vma *vma)
{
	if (vma->use == VMWALK_USE_VDSO)
		report->landmarks.vdso = vma->start;
	if (vma->use == VMWALK_USE_LIBRARY && !report->landmarks.library)
		report->landmarks.library = vma->start;
}

/* One VMA. The name's path is held until it is printed. */
static int show_vmas(struct seq_file *m, struct vmwalk_report *report)
{
	struct vmwalk_vma_name name;
	struct vmwalk_vma vma;
	int err;

	if (report->first)
		print_header(m, "", VMWALK_RECORD_vma, "name");
	report->more = false;
	if (!report->live.mm)
		return 0;
	err = vmwalk_vma_next(report->live.mm, report->cursor, &vma, &name, &report->cost);
	if (err <= 0)
		return err;
	report->tally_next = report->tally;
	err = vmwalk_count_vma(report->live.mm, &vma, &report->tally_next, &report->cost);
	if (err)
		goto out;
	print_row(m, VMWALK_RECORD_vma, &vma, HEADER_LEAD);
	if (name.path.mnt) {
		print_path(m, &name.path);
		seq_putc(m, '\n');
	} else {
		print_text(m, name.text);
		end_row(m);
	}
	remember_landmark(report, &vma);
	report->next = vma.end;
	report->more = true;
out:
	vmwalk_vma_name_put(&name);
	return err;
}

enum landmark {
	LANDMARK_PC, LANDMARK_SP, LANDMARK_CODE, LANDMARK_DATA, LANDMARK_HEAP,
	LANDMARK_STACK, LANDMARK_VDSO, LANDMARK_LIBRARY, LANDMARK_NR
};

static const char *const landmarks[LANDMARK_NR] = {
	"pc", "sp", "code", "data", "heap", "stack", "vdso", "library"
};

/* A saved register, if it may be shown; 0 if not. */
static u64 register_address(struct seq_file *m, const struct vmwalk_report *report,
			    enum landmark landmark)
{
	struct vmwalk_task task;

	vmwalk_task_read(report->live.task, report->target.ns, seq_user_ns(m), &task);
	vmwalk_field_hide(VMWALK_RECORD_task, &task, report->live.hide);
	return landmark == LANDMARK_PC ? task.pc : task.sp;
}

/* Address of a landmark; 0 if the process has none or it may not be shown. */
static u64 landmark_address(struct seq_file *m, const struct vmwalk_report *report,
			    enum landmark landmark)
{
	struct vmwalk_mm mm;

	vmwalk_mm_read(report->live.mm, &mm);
	switch (landmark) {
	case LANDMARK_PC:
	case LANDMARK_SP:
		return register_address(m, report, landmark);
	case LANDMARK_CODE:
		return mm.code[0];
	case LANDMARK_DATA:
		return mm.data[0];
	case LANDMARK_HEAP:
		return mm.brk[1] > mm.brk[0] ? mm.brk[0] : 0;
	case LANDMARK_STACK:
		return mm.stack;
	case LANDMARK_VDSO:
		return report->landmarks.vdso;
	case LANDMARK_LIBRARY:
		return report->landmarks.library;
	default:
		return 0;
	}
}

#define LANDMARK_COLUMNS	"landmark address           "

static void print_landmark(struct seq_file *m, const char *name, u64 address)
{
	seq_printf(m, "%-9s 0x%-16llx ", name, address);
}

/*
 * "landmark address entry… pa", a row a level; pa stands in the last one. An
 * address that no VMA covers has one row without an entry, and says so there.
 */
static void print_walk(struct seq_file *m, const char *name, const struct vmwalk_walk *walk)
{
	static const struct vmwalk_entry no_entry;	/* has nothing: all "-" */
	unsigned int i = 0;

	do {
		const struct vmwalk_entry *entry = walk->depth ? &walk->entry[i] : &no_entry;

		print_landmark(m, name, walk->va);
		print_row(m, VMWALK_RECORD_entry, entry, 0);
		if (i + 1 == walk->depth && (walk->has & VMWALK_HAS(FRAME)))
			seq_printf(m, "0x%llx\n", walk->pa);
		else
			seq_printf(m, "%s\n", walk->depth ? "-" : vmwalk_kinds[walk->kind].name);
	} while (++i < walk->depth);
}

/*
 * Begins a section of landmarks: the address of the one at the cursor, 0 if the
 * process has none there.
 */
static u64 next_landmark(struct seq_file *m, struct vmwalk_report *report,
			 enum vmwalk_record_id id, const char *after)
{
	if (report->first)
		print_header(m, LANDMARK_COLUMNS, id, after);
	report->more = false;
	if (!report->live.mm)
		return 0;
	report->next = report->cursor + 1;
	report->more = report->next < LANDMARK_NR;
	return landmark_address(m, report, report->cursor);
}

/* One landmark, with its walk. */
static int show_walks(struct seq_file *m, struct vmwalk_report *report)
{
	u64 address = next_landmark(m, report, VMWALK_RECORD_entry, "pa");
	struct vmwalk_walk walk;
	int err;

	if (!address)
		return 0;
	err = vmwalk_walk_addresses(report->live.mm, &address, 1, &walk, &report->cost);
	if (err)
		return err;
	vmwalk_walk_hide(&walk, report->live.hide);
	print_walk(m, landmarks[report->cursor], &walk);
	return 0;
}

/*
 * One landmark, with one record of its dossier: that at @offset. The target's memory is
 * kept while the file system is asked for a block, so that one read tells of one
 * address space, also while the process executes another program.
 */
static int show_dossier(struct seq_file *m, struct vmwalk_report *report,
			enum vmwalk_record_id id, size_t offset)
{
	u64 address = next_landmark(m, report, id, "");
	struct vmwalk_dossier dossier;
	struct vmwalk_vma_name name;
	int err;

	if (!address)
		return 0;
	err = vmwalk_dossier_read(&report->live, address, &dossier, &name, &report->cost);
	if (err)
		return err;
	if (id == VMWALK_RECORD_backing && !(report->live.hide & VMWALK_HAS(BLOCK)))
		vmwalk_dossier_locate(&dossier, &name);
	vmwalk_vma_name_put(&name);
	vmwalk_dossier_hide(&dossier, report->live.hide);
	print_landmark(m, landmarks[report->cursor], address);
	print_row(m, id, (char *)&dossier + offset, 0);
	end_row(m);
	return 0;
}

static int show_frames(struct seq_file *m, struct vmwalk_report *report)
{
	return show_dossier(m, report, VMWALK_RECORD_frame,
			    offsetof(struct vmwalk_dossier, frame));
}

static int show_backing(struct seq_file *m, struct vmwalk_report *report)
{
	return show_dossier(m, report, VMWALK_RECORD_backing,
			    offsetof(struct vmwalk_dossier, backing));
}

/* One row of what hangs from the task. */
static int show_row(struct seq_file *m, struct vmwalk_report *report, enum vmwalk_record_id id,
		    vmwalk_row_fn *next)
{
	char record[ROW_BYTES] __aligned(sizeof(u64));
	u64 cursor;
	int found;

	BUILD_BUG_ON(sizeof(struct vmwalk_thread) > ROW_BYTES);
	if (report->first)
		print_header(m, "", id, "");
	found = find_row(m, report, next, &cursor, record);
	report->more = found > 0;
	if (found <= 0)
		return found;
	report->next = cursor;
	vmwalk_field_hide(id, record, report->live.hide);
	print_row(m, id, record, HEADER_LEAD);
	end_row(m);
	return 0;
}

#define SHOW_ROW(record)							\
static int show_##record(struct seq_file *m, struct vmwalk_report *report)	\
{										\
	return show_row(m, report, VMWALK_RECORD_##record, vmwalk_##record##_next);	\
}
SHOW_ROW(cred)
SHOW_ROW(supgroup)
SHOW_ROW(signals)
SHOW_ROW(action)
SHOW_ROW(relative)
SHOW_ROW(namespace)
SHOW_ROW(number)
SHOW_ROW(limit)
SHOW_ROW(timer)
SHOW_ROW(auxv)
SHOW_ROW(thread)
SHOW_ROW(registers)

static void print_called(struct seq_file *m, const struct vmwalk_called *called)
{
	if (called->path.mnt) {
		print_path(m, &called->path);
		seq_putc(m, '\n');
	} else {
		seq_escape(m, called->text, escaped);
		end_row(m);
	}
}

/* One thing with a name, which is held until it is printed. */
static int show_named(struct seq_file *m, struct vmwalk_report *report)
{
	struct vmwalk_named_row row = { };
	u64 cursor;
	int found;

	if (report->first)
		print_header(m, "", VMWALK_RECORD_named, "name");
	found = find_row(m, report, vmwalk_named_next, &cursor, &row);
	report->more = found > 0;
	if (found > 0) {
		report->next = cursor;
		vmwalk_field_hide(VMWALK_RECORD_named, &row.named, report->live.hide);
		print_row(m, VMWALK_RECORD_named, &row.named, HEADER_LEAD);
		print_called(m, &row.called);
	}
	vmwalk_called_put(&row.called);
	return min(found, 0);
}

/* The tables met while the VMAs were shown. */
static int show_tables(struct seq_file *m, struct vmwalk_report *report)
{
	struct vmwalk_table table;
	int level;

	print_header(m, "", VMWALK_RECORD_table, "");
	for (level = VMWALK_LEVEL_NR - 1; level >= 0; level--) {
		if (!report->live.mm || vmwalk_pgtable_folded(level))
			continue;
		vmwalk_count_read(&report->tally, level, &table);
		print_row(m, VMWALK_RECORD_table, &table, HEADER_LEAD);
		end_row(m);
	}
	return 0;
}

/*
 * The first open file from the cursor on. Descriptors survive an exec: a process
 * that has executed another program meanwhile is judged anew.
 */
static int find_file(struct seq_file *m, struct vmwalk_report *report, struct vmwalk_file *file,
		     struct path *path)
{
	const struct vmwalk_files_reader reader = { report->target.ns, seq_user_ns(m) };
	int found = vmwalk_files_next(report->live.task, report->live.mm, report->cursor,
				      &reader, file, path);

	if (found != -ESRCH)
		return found;
	vmwalk_target_put(&report->live);
	found = report_live(report, true);
	return found ? found : vmwalk_files_next(report->live.task, report->live.mm,
						 report->cursor, &reader, file, path);
}

/* One open file. Its path is held until it is printed. */
static int show_files(struct seq_file *m, struct vmwalk_report *report)
{
	struct vmwalk_file file;
	struct path path;
	int found;

	if (report->first)
		print_header(m, "", VMWALK_RECORD_file, "path");
	found = find_file(m, report, &file, &path);
	report->more = found > 0;
	if (found <= 0)
		return found;
	vmwalk_field_hide(VMWALK_RECORD_file, &file, report->live.hide);
	print_row(m, VMWALK_RECORD_file, &file, HEADER_LEAD);
	print_path(m, &path);
	seq_putc(m, '\n');
	path_put(&path);
	report->next = file.fd + 1;
	return 0;
}

/* The inode of one open file. */
static int show_inodes(struct seq_file *m, struct vmwalk_report *report)
{
	struct vmwalk_inode inode;
	struct vmwalk_file file;
	struct path path;
	int found;

	if (report->first)
		print_header(m, "", VMWALK_RECORD_inode, "");
	found = find_file(m, report, &file, &path);
	report->more = found > 0;
	if (found <= 0)
		return found;
	vmwalk_inode_read(&path, file.fd, seq_user_ns(m), report->live.hide, &inode);
	path_put(&path);
	vmwalk_field_hide(VMWALK_RECORD_inode, &inode, report->live.hide);
	print_row(m, VMWALK_RECORD_inode, &inode, HEADER_LEAD);
	end_row(m);
	report->next = file.fd + 1;
	return 0;
}

/* show() prints the item at the cursor and says where the next one is, if any. */
static const struct {
	const char *name;
	int (*show)(struct seq_file *m, struct vmwalk_report *report);
} sections[] = {
	{ "task", show_task },
	{ "mm", show_mm },
	{ "vmas", show_vmas },
	{ "walks", show_walks },
	{ "frames", show_frames },
	{ "backing", show_backing },
	{ "tables", show_tables },
	{ "auxv", show_auxv },
	{ "cred", show_cred },
	{ "groups", show_supgroup },
	{ "signals", show_signals },
	{ "actions", show_action },
	{ "timers", show_timer },
	{ "family", show_relative },
	{ "names", show_named },
	{ "namespaces", show_namespace },
	{ "numbers", show_number },
	{ "limits", show_limit },
	{ "threads", show_thread },
	{ "registers", show_registers },
	{ "files", show_files },
	{ "inodes", show_inodes },
};

static void report_rewind(struct vmwalk_report *report)
{
	report->section = 0;
	report->cursor = 0;
	report->first = true;
	memset(&report->tally, 0, sizeof(report->tally));
	memset(&report->landmarks, 0, sizeof(report->landmarks));
}

/*
 * Holds the target from here to stop(): task and mm of one read, checked anew. A
 * report that begins follows an exec; one that is under way does not, because its
 * sections have to be of one address space.
 */
static void *report_start(struct seq_file *m, loff_t *pos)
{
	struct vmwalk_report *report = m->private;
	int err;

	if (!*pos)
		report_rewind(report);
	if (report->section >= ARRAY_SIZE(sections))
		return NULL;
	vmwalk_stats_add(reads, 1);
	err = report_live(report, !*pos);
	return err ? ERR_PTR(err) : report;
}

static void *report_next(struct seq_file *m, void *v, loff_t *pos)
{
	struct vmwalk_report *report = m->private;

	++*pos;
	if (report->more) {
		report->tally = report->tally_next;
		report->cursor = report->next;
		report->first = false;
	} else {
		report->section++;
		report->cursor = 0;
		report->first = true;
	}
	return report->section < ARRAY_SIZE(sections) ? report : NULL;
}

static int report_show(struct seq_file *m, void *v)
{
	struct vmwalk_report *report = m->private;

	if (!report->section && report->first)
		seq_printf(m, "vmwalk-report %d\n", VMWALK_REPORT_VERSION);
	if (report->first)
		seq_printf(m, "[%s]\n", sections[report->section].name);
	report->more = false;
	return sections[report->section].show(m, report);
}

static void report_stop(struct seq_file *m, void *v)
{
	struct vmwalk_report *report = m->private;

	vmwalk_stats_add(entries, report->cost.entries);
	report->cost.entries = 0;
	if (report->live.task)
		vmwalk_target_put(&report->live);
	report->live.task = NULL;
}

static const struct seq_operations report_ops = {
	.start = report_start,
	.next = report_next,
	.show = report_show,
	.stop = report_stop,
};

int vmwalk_report_open(struct file *file, struct vmwalk_report *report,
		       const struct vmwalk_target *target)
{
	struct seq_file *m;
	int err = seq_open(file, &report_ops);

	if (err)
		return err;
	m = file->private_data;
	m->buf = kvmalloc(BUFFER, GFP_KERNEL_ACCOUNT);
	if (!m->buf) {
		seq_release(file_inode(file), file);
		return -ENOMEM;
	}
	m->size = BUFFER;
	m->private = report;
	vmwalk_target_clone(&report->target, target);
	return 0;
}

void vmwalk_report_close(struct vmwalk_report *report)
{
	vmwalk_target_close(&report->target);
}

void vmwalk_report_stats(struct seq_file *m, const struct vmwalk_stats *stats)
{
	print_fields(m, VMWALK_RECORD_stats, stats);
}
