// SPDX-License-Identifier: GPL-2.0
/* portrait_memory.c - a process on one page: from mm_struct down to struct page */
#include <string.h>

#include "pagetree.h"
#include "portrait.h"

#define RANGE_WIDTH	30	/* columns: two addresses of user space */
#define COLUMN_TREE	24	/* behind an address of user space */

/* Where what is said of a page begins. */
enum {
	COLUMN_TYPE = 18,
	COLUMN_MAPS = 28,
	COLUMN_REFS = 33,
	COLUMN_ORDER = 38,
	COLUMN_FILE = 44,
	COLUMN_FLAGS = 72,
};

typedef unsigned long long ull;

static void mm_draw(struct brush *brush, const struct vmwalk_mm *mm)
{
	brush_say(brush, "│");
	brush_end(brush);
	brush_say(brush, "├─ mm       mm_struct  users %u · resident ", mm->users);
	brush_bytes(brush, mm->resident_bytes);
	brush_say(brush, ": file ");
	brush_bytes(brush, mm->resident_file_bytes);
	brush_say(brush, " anon ");
	brush_bytes(brush, mm->resident_anon_bytes);
	brush_say(brush, " shmem ");
	brush_bytes(brush, mm->resident_shmem_bytes);
	brush_say(brush, " · swap ");
	brush_bytes(brush, mm->swap_bytes);
	brush_end(brush);
}

static bool is_dead(const struct vmwalk_task *task)
{
	return task->state_name == VMWALK_STATE_ZOMBIE || task->state_name == VMWALK_STATE_DEAD;
}

/* Why there is no address space. */
static void nothing_draw(struct brush *brush, const struct anatomy *anatomy)
{
	const struct vmwalk_task *task = &anatomy->task;

	brush_say(brush, "│");
	brush_end(brush);
	brush_say(brush, "├─ mm       none: ");
	if (anatomy->thread.flags & VMWALK_TASK_FLAG(KTHREAD))
		brush_say(brush, "a kernel thread runs in the kernel's half of whatever tables "
			  "are loaded");
	else if (is_dead(task))
		brush_say(brush, "it has exited with wait status 0x%x, and waits to be asked for it",
			  task->exit_code);
	else
		brush_say(brush, "it is about to exit");
	brush_end(brush);
}

/* The inode of the VMA's file, and where in that file the VMA begins. */
static void file_of_vma_say(struct brush *brush, const struct vmwalk_vma *vma, char letter)
{
	unsigned int at = brush_column(brush);

	if (letter)
		brush_say(brush, "%c +%llu", letter, (ull)vma->offset);
	brush_to(brush, at + 12);
}

static void vma_draw(struct brush *brush, const struct anatomy_area *area, unsigned int nr,
		     char letter)
{
	const struct vmwalk_vma *vma = &area->dossier.vma;
	unsigned int at;

	brush_say(brush, "│  │  %u %-8s", nr, portrait_name(vmwalk_uses, VMWALK_USE_NR, vma->use));
	at = brush_column(brush);
	brush_say(brush, "0x%llx-0x%llx", (ull)vma->start, (ull)vma->end);
	brush_to(brush, at + RANGE_WIDTH);
	brush_field(brush, VMWALK_RECORD_vma, vma, "flags", 4);
	brush_say(brush, "  ");
	brush_bytes(brush, vma->end - vma->start);
	brush_to(brush, at + RANGE_WIDTH + 14);
	file_of_vma_say(brush, vma, letter);
	brush_text(brush, area->name, BRUSH_REST);
	brush_end(brush);
}

static void vmas_draw(struct brush *brush, const struct anatomy *anatomy,
		      const struct meetings *meetings)
{
	__u64 total = anatomy->totals.vmas;
	unsigned int i;

	brush_say(brush, "│  │");
	brush_end(brush);
	brush_say(brush, "│  ├─ mmap");
	brush_to(brush, 16);
	brush_say(brush, "vm_area_struct  %llu of them, ", (ull)total);
	brush_bytes(brush, anatomy->mm.total_bytes);
	brush_to(brush, 60);
	brush_say(brush, "inode +offset");
	brush_end(brush);
	for (i = 0; i < anatomy->nr_areas; i++)
		vma_draw(brush, &anatomy->areas[i], i + 1, meeting_of_area(meetings, i));
	if (total > anatomy->nr_areas) {
		brush_say(brush, "│  │  … and %llu more (vmwalk maps %u)",
			  (ull)(total - anatomy->nr_areas), anatomy->task.tgid);
		brush_end(brush);
	}
}

static const struct vmwalk_entry *leaf_of(const struct vmwalk_walk *walk)
{
	return walk->depth && walk->depth <= VMWALK_DEPTH ? &walk->entry[walk->depth - 1] : NULL;
}

static const struct vmwalk_name *kind_of(const struct vmwalk_walk *walk)
{
	return &vmwalk_kinds[walk->kind < VMWALK_KIND_NR ? walk->kind : VMWALK_KIND_UNKNOWN];
}

/* A frame is there, so "present" need not be said. */
static void flags_say(struct brush *brush, const struct vmwalk_entry *leaf)
{
	struct vmwalk_entry rest = *leaf;

	rest.flags &= ~VMWALK_FLAG(PRESENT);
	if (!rest.flags)
		return;
	brush_say(brush, "  ");
	brush_field(brush, VMWALK_RECORD_entry, &rest, "flags", BRUSH_REST);
}

/* What stands at the end of the walk: a frame, a place in swap, or nothing. */
static void leaf_say(struct brush *brush, const struct vmwalk_walk *walk, unsigned int page_shift)
{
	const struct vmwalk_entry *leaf = leaf_of(walk);

	if (!leaf)
		return;
	if (walk->has & VMWALK_HAS(FRAME) && leaf->shift >= page_shift)
		brush_say(brush, "0x%llx", (ull)(walk->pa >> page_shift));
	else if (leaf->has & VMWALK_HAS(SWAP) && walk->kind == VMWALK_KIND_SWAP)
		brush_say(brush, "swap %u:0x%llx", leaf->swap_type, (ull)leaf->swap_offset);
	else
		brush_say(brush, "%s", kind_of(walk)->name);
	if (leaf->shift > page_shift && leaf->shift < 64 && leaf->flags & VMWALK_FLAG(PRESENT)) {
		brush_say(brush, " in ");
		brush_bytes(brush, VMWALK_BIT(leaf->shift));
	}
	flags_say(brush, leaf);
}

static void tree_heading(struct brush *brush, const struct pagetree *tree,
			 const struct anatomy *anatomy)
{
	const struct vmwalk_mm *mm = &anatomy->mm;

	brush_say(brush, "│  │");
	brush_end(brush);
	brush_say(brush, "│  └─ pgd       page table of %u levels", mm->levels);
	if (mm->has & VMWALK_HAS(RAW))
		brush_say(brush, ", top at 0x%llx", (ull)mm->pgd_pa);
	brush_say(brush, ", tables below ");
	brush_bytes(brush, mm->table_bytes);
	brush_end(brush);
	brush_say(brush, "│       address");
	brush_to(brush, COLUMN_TREE);
	pagetree_heading(tree, brush);
	brush_say(brush, "frame and flags");
	brush_end(brush);
}

/* Where the thread is, and where its stack ends, if that is known. */
static const char *register_at(const struct vmwalk_task *task, __u64 va)
{
	if (!(task->has & VMWALK_HAS(REGS)))
		return "  ";
	return va == task->pc ? "pc" : va == task->sp ? "sp" : "  ";
}

static void tree_draw(struct brush *brush, const struct anatomy *anatomy, unsigned int page_shift)
{
	const struct vmwalk_walk *walks[LANDMARK_AREAS];
	struct pagetree tree;
	unsigned int i;

	for (i = 0; i < anatomy->nr_areas; i++)
		walks[i] = &anatomy->areas[i].dossier.walk;
	pagetree_open(&tree, walks, anatomy->nr_areas);
	tree_heading(brush, &tree, anatomy);
	for (i = 0; i < tree.nr; i++) {
		brush_say(brush, "│  %s %u 0x%llx", register_at(&anatomy->task, walks[i]->va),
			  i + 1, (ull)walks[i]->va);
		brush_to(brush, COLUMN_TREE);
		pagetree_row(&tree, i, brush);
		leaf_say(brush, walks[i], page_shift);
		brush_end(brush);
	}
}

/* Is the page the one of the page cache, or a copy of it? Where is it on the disk? */
static void backing_say(struct brush *brush, const struct vmwalk_dossier *dossier, char letter)
{
	const struct vmwalk_backing *backing = &dossier->backing;
	bool page = dossier->has & VMWALK_HAS(LEAF) && dossier->frame.has & VMWALK_HAS(FRAME);
	bool cached = backing->has & VMWALK_HAS(FRAME) && backing->cache_pfn;
	bool same = page && cached && dossier->frame.pfn == backing->cache_pfn;

	if (!letter || !(backing->has & VMWALK_HAS(BACKED)))
		return;
	if (page && cached)
		brush_say(brush, "%s ", same ? "=" : "copy of");
	brush_say(brush, "%c +%llu", letter, (ull)backing->offset);
	if (cached && !same)
		brush_say(brush, " at 0x%llx", (ull)backing->cache_pfn);
	else if (!cached && backing->has & VMWALK_HAS(PAGE))
		brush_say(brush, " (page cache: %s)",
			  portrait_name(vmwalk_caches, VMWALK_CACHE_NR, backing->cache));
	if (backing->has & VMWALK_HAS(BLOCK) && !(page && cached && !same))
		brush_say(brush, ", block %llu", (ull)backing->block);
}

static void frame_say(struct brush *brush, const struct vmwalk_frame *frame)
{
	brush_say(brush, "0x%llx", (ull)frame->pfn);
	brush_to(brush, COLUMN_TYPE);
	brush_say(brush, "%s", portrait_name(vmwalk_frame_types, VMWALK_FRAME_NR, frame->type));
	brush_to(brush, COLUMN_MAPS);
	if (!(frame->has & VMWALK_HAS(PAGE)))
		return;
	brush_say(brush, "×%u", frame->mapcount);
	brush_to(brush, COLUMN_REFS);
	brush_say(brush, "%u", frame->refcount);
	brush_to(brush, COLUMN_ORDER);
	brush_say(brush, "%u", frame->order);
}

static void swap_say(struct brush *brush, const struct anatomy_area *area)
{
	const struct vmwalk_entry *leaf = leaf_of(&area->dossier.walk);

	if (!leaf || !(leaf->has & VMWALK_HAS(SWAP))) {
		brush_say(brush, "its slot is hidden");
		return;
	}
	brush_say(brush, "slot 0x%llx of ", (ull)leaf->swap_offset);
	if (strcmp(area->swap, "-") != 0)
		brush_text(brush, area->swap, 40);
	else
		brush_say(brush, "area %u", leaf->swap_type);
}

/* Where there is no frame: the place in swap, or what it means that there is nothing. */
static void no_frame_say(struct brush *brush, const struct anatomy_area *area)
{
	const struct vmwalk_name *kind = kind_of(&area->dossier.walk);

	brush_say(brush, "%s: ", kind->name);
	if (area->dossier.walk.kind == VMWALK_KIND_PAGE)
		brush_say(brush, "its frame is hidden");
	else if (area->dossier.walk.kind == VMWALK_KIND_SWAP)
		swap_say(brush, area);
	else
		brush_say(brush, "%s", kind->help);
}

static void page_draw(struct brush *brush, const struct anatomy_area *area, unsigned int nr,
		      char letter)
{
	const struct vmwalk_dossier *dossier = &area->dossier;
	bool frame = dossier->has & VMWALK_HAS(LEAF) && dossier->frame.has & VMWALK_HAS(FRAME);

	brush_say(brush, "│     %u ", nr);
	if (frame) {
		frame_say(brush, &dossier->frame);
		brush_to(brush, COLUMN_FILE);
		backing_say(brush, dossier, letter);
		brush_to(brush, COLUMN_FLAGS);
		if (dossier->frame.has & VMWALK_HAS(PAGE))
			brush_field(brush, VMWALK_RECORD_frame, &dossier->frame, "page_flags",
				    BRUSH_REST);
	} else {
		no_frame_say(brush, area);
		brush_say(brush, "  ");
		backing_say(brush, dossier, letter);
	}
	brush_end(brush);
}

static void pages_draw(struct brush *brush, const struct anatomy *anatomy,
		       const struct meetings *meetings)
{
	unsigned int i;

	brush_say(brush, "│");
	brush_end(brush);
	brush_say(brush, "│       struct page");
	if (anatomy_is_whole(anatomy)) {
		brush_to(brush, COLUMN_MAPS);
		brush_say(brush, "maps refs order inode +offset, disk");
		brush_to(brush, COLUMN_FLAGS);
		brush_say(brush, "flags");
	}
	brush_end(brush);
	for (i = 0; i < anatomy->nr_areas; i++)
		page_draw(brush, &anatomy->areas[i], i + 1, meeting_of_area(meetings, i));
}

void portrait_memory(struct brush *brush, const struct anatomy *anatomy,
		     const struct meetings *meetings, unsigned int page_shift)
{
	if (!anatomy->mm.has) {
		nothing_draw(brush, anatomy);
		return;
	}
	mm_draw(brush, &anatomy->mm);
	vmas_draw(brush, anatomy, meetings);
	if (!anatomy->nr_areas)
		return;
	tree_draw(brush, anatomy, page_shift);
	pages_draw(brush, anatomy, meetings);
}
