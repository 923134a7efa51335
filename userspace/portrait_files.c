// SPDX-License-Identifier: GPL-2.0
/* portrait_files.c - a process on one page: from files_struct down to the disk */
#include "portrait.h"

#define INODE_WHAT	42	/* column where what an inode is of begins */

typedef unsigned long long ull;

static void file_draw(struct brush *brush, const struct anatomy_file *file, char letter)
{
	const struct vmwalk_file *record = &file->record.file;

	brush_say(brush, "   %u", record->fd);
	brush_to(brush, 8);
	brush_field(brush, VMWALK_RECORD_file, record, "id", BRUSH_REST);
	brush_to(brush, 27);
	brush_field(brush, VMWALK_RECORD_file, record, "mode", BRUSH_REST);
	brush_to(brush, 31);
	brush_say(brush, "%llu", (ull)record->pos);
	brush_to(brush, 41);
	brush_say(brush, "%u", record->references);
	brush_to(brush, 46);
	if (file->twin != LANDMARK_NO_FD)
		brush_say(brush, "%u", file->twin);
	brush_to(brush, 51);
	brush_field(brush, VMWALK_RECORD_file, record, "options", 18);
	brush_to(brush, 70);
	brush_say(brush, "→ %c ", letter);
	brush_text(brush, file->path, BRUSH_REST);
	brush_end(brush);
}

static void files_heading(struct brush *brush)
{
	static const struct {
		unsigned int column;
		const char *word;
	} words[] = {
		{ 3, "fd" }, { 8, "struct file" }, { 27, "rw" }, { 31, "pos" }, { 41, "refs" },
		{ 46, "also" }, { 51, "flags" }, { 70, "→ inode, by path" },
	};
	unsigned int i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		brush_to(brush, words[i].column);
		brush_say(brush, "%s", words[i].word);
	}
	brush_end(brush);
}

void portrait_files(struct brush *brush, const struct anatomy *anatomy,
		    const struct meetings *meetings)
{
	__u64 total = anatomy->totals.descriptors;
	unsigned int i;

	brush_say(brush, "│");
	brush_end(brush);
	brush_say(brush, "└─ files    files_struct  %llu descriptor%s open", (ull)total,
		  total == 1 ? "" : "s");
	brush_end(brush);
	if (!anatomy->nr_files)
		return;
	files_heading(brush);
	for (i = 0; i < anatomy->nr_files; i++)
		file_draw(brush, &anatomy->files[i], meeting_of_file(meetings, i));
	if (total > anatomy->nr_files) {
		brush_say(brush, "   … and %llu more (vmwalk files %u)",
			  (ull)(total - anatomy->nr_files), anatomy->task.tgid);
		brush_end(brush);
	}
}

/* "VMA 1,4 fd 3" */
static void users_say(struct brush *brush, const struct anatomy *anatomy,
		      const struct meeting *meeting)
{
	const char *lead = "VMA ";
	unsigned int i;

	for (i = 0; i < anatomy->nr_areas; i++) {
		if (!(meeting->areas & (1U << i)))
			continue;
		brush_say(brush, "%s%u", lead, i + 1);
		lead = ",";
	}
	lead = meeting->areas ? " + fd " : "fd ";
	for (i = 0; i < anatomy->nr_files; i++) {
		if (!(meeting->files & (1U << i)))
			continue;
		brush_say(brush, "%s%u", lead, anatomy->files[i].record.file.fd);
		lead = ",";
	}
}

/* The parts of the file that are known, and the blocks they lie on. */
static void extents_say(struct brush *brush, const struct anatomy_file *file)
{
	unsigned int i;

	for (i = 0; i < file->nr_extents; i++) {
		const struct vmwalk_extent *extent = &file->extents[i];
		ull block = extent->block_bytes ? extent->physical / extent->block_bytes : 0;
		ull blocks = extent->block_bytes ? extent->length / extent->block_bytes : 0;

		brush_say(brush, "%s", i ? ", " : "");
		if (!(extent->has & VMWALK_HAS(BLOCK)))
			brush_say(brush, "%s", portrait_name(vmwalk_block_states, VMWALK_BLOCK_NR,
							     extent->state));
		else if (blocks > 1)
			brush_say(brush, "%llu-%llu", block, block + blocks - 1);
		else
			brush_say(brush, "%llu", block);
	}
	if (file->cut)
		brush_say(brush, " …");
}

static void pipe_say(struct brush *brush, const struct vmwalk_file *file)
{
	brush_say(brush, "pipe of %u buffers, %u used · readers %u · writers %u", file->pipe_size,
		  file->pipe_used, file->pipe_readers, file->pipe_writers);
}

static void socket_say(struct brush *brush, const struct vmwalk_file *file)
{
	brush_say(brush, "socket ");
	brush_field(brush, VMWALK_RECORD_file, file, "family", BRUSH_REST);
	brush_say(brush, " ");
	brush_field(brush, VMWALK_RECORD_file, file, "sock_type", BRUSH_REST);
	brush_say(brush, " ");
	brush_field(brush, VMWALK_RECORD_file, file, "sock_state", BRUSH_REST);
	if (file->has & VMWALK_HAS(INET)) {
		brush_say(brush, " ");
		brush_field(brush, VMWALK_RECORD_file, file, "local_address", BRUSH_REST);
		brush_say(brush, ":%u → ", file->local_port);
		brush_field(brush, VMWALK_RECORD_file, file, "peer_address", BRUSH_REST);
		brush_say(brush, ":%u", file->peer_port);
	} else if (file->has & VMWALK_HAS(PEER)) {
		brush_say(brush, " · peer %u", file->peer_pid);
	}
}

/* What stands for the open file: blocks, or what it is instead of a file on a disk. */
static void file_say(struct brush *brush, const struct anatomy_file *file)
{
	const struct vmwalk_file *record = &file->record.file;
	const struct vmwalk_inode *inode = &file->record.inode;

	if (record->has & VMWALK_HAS(PIPE)) {
		pipe_say(brush, record);
		return;
	}
	if (record->has & VMWALK_HAS(SOCK)) {
		socket_say(brush, record);
		return;
	}
	brush_field(brush, VMWALK_RECORD_file, record, "kind", BRUSH_REST);
	if (record->rdev[0] || record->rdev[1]) {
		brush_say(brush, " ");
		brush_field(brush, VMWALK_RECORD_file, record, "rdev", BRUSH_REST);
	}
	if (record->kind != VMWALK_FILE_KIND_REGULAR)
		return;
	brush_say(brush, " ");
	brush_bytes(brush, inode->size);
	brush_say(brush, " %s, links %u", inode->fstype, inode->nlink);
	if (file->nr_extents) {
		brush_say(brush, ", blocks ");
		extents_say(brush, file);
	}
}

/* A file that is mapped and not open: what is known from the page that was followed. */
static void area_say(struct brush *brush, const struct vmwalk_dossier *dossier)
{
	const struct vmwalk_backing *backing = &dossier->backing;

	if (!(backing->has & VMWALK_HAS(BACKED)))
		return;
	brush_say(brush, "%s ", portrait_name(vmwalk_fills, VMWALK_FILL_NR, backing->fill));
	brush_bytes(brush, backing->size);
	if (backing->has & VMWALK_HAS(BLOCK)) {
		brush_say(brush, ", on ");
		brush_field(brush, VMWALK_RECORD_backing, backing, "block_dev", BRUSH_REST);
	}
}

static void meeting_draw(struct brush *brush, const struct anatomy *anatomy,
			 const struct meeting *meeting, char letter)
{
	brush_say(brush, "   %c %02x:%02x %llu", letter, meeting->dev[0], meeting->dev[1],
		  (ull)meeting->inode);
	brush_to(brush, 22);
	users_say(brush, anatomy, meeting);
	brush_to(brush, INODE_WHAT);
	if (meeting->files)
		file_say(brush, &anatomy->files[__builtin_ctz(meeting->files)]);
	else
		area_say(brush, &anatomy->areas[__builtin_ctz(meeting->areas)].dossier);
	brush_end(brush);
}

/* What is read through a descriptor and what is seen in memory are the same pages. */
static void crossing_draw(struct brush *brush, const struct meetings *meetings)
{
	const char *lead = "   The two sides meet at inode ";
	unsigned int i;

	for (i = 0; i < meetings->nr; i++) {
		const struct meeting *meeting = &meetings->meeting[i];

		if (!meeting->areas || !meeting->files)
			continue;
		brush_say(brush, "%s%c", lead, 'A' + i);
		lead = ", ";
	}
	if (!brush_column(brush))
		return;
	brush_say(brush, ": mapped and open, it has one page cache for both.");
	brush_end(brush);
}

void portrait_inodes(struct brush *brush, const struct anatomy *anatomy,
		     const struct meetings *meetings)
{
	unsigned int i;

	if (!meetings->nr)
		return;
	brush_end(brush);
	brush_say(brush, "   inode");
	brush_to(brush, 22);
	brush_say(brush, "used by");
	brush_to(brush, INODE_WHAT);
	brush_say(brush, "what it is, and the blocks of its bytes");
	brush_end(brush);
	for (i = 0; i < meetings->nr; i++)
		meeting_draw(brush, anatomy, &meetings->meeting[i], (char)('A' + i));
	crossing_draw(brush, meetings);
}
