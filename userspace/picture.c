// SPDX-License-Identifier: GPL-2.0
/* picture.c - one walk drawn for eyes */
#include <string.h>

#include "field.h"
#include "picture.h"

#define CELL_SIZE	32
#define TABLE_WIDTH	12	/* characters: a 40-bit address */
#define ENTRY_WIDTH	18	/* characters: any entry */
#define CELLS		(VMWALK_DEPTH + 1)
#define LINE_WIDTH	98	/* characters, of paragraphs */
#define HEADING_WIDTH	6	/* characters */

typedef unsigned long long ull;

/* The address cut up, highest bits first: a column an index, the offset last. */
struct ruler {
	unsigned int nr;
	char bits[CELLS][CELL_SIZE];
	char name[CELLS][CELL_SIZE];
	char value[CELLS][CELL_SIZE];
};

static __u64 low_bits(__u64 va, unsigned int shift)
{
	return shift < 64 ? va & (VMWALK_BIT(shift) - 1) : va;
}

/* Padded, so that the levels line up; "-" where it may not be seen. */
static void number_print(FILE *out, const char *label, int width, __u64 number, bool known)
{
	char text[CELL_SIZE] = "-";

	if (known)
		snprintf(text, sizeof(text), "0x%llx", (ull)number);
	fprintf(out, "  %s %-*s", label, width, text);
}

static void value_print(FILE *out, const char *member, const struct vmwalk_entry *entry)
{
	const struct vmwalk_record *record = &vmwalk_records[VMWALK_RECORD_entry];
	char text[VMWALK_FIELD_LEN];
	unsigned int i;

	for (i = 0; i < record->nr; i++) {
		if (strcmp(record->fields[i].name, member) != 0)
			continue;
		vmwalk_field_print(text, sizeof(text), &record->fields[i], entry);
		fputs(text, out);
	}
}

static const struct vmwalk_name *kind_name(__u32 kind)
{
	return &vmwalk_kinds[kind < VMWALK_KIND_NR ? kind : VMWALK_KIND_UNKNOWN];
}

static const char *level_name(__u32 level)
{
	return level < VMWALK_LEVEL_NR ? vmwalk_levels[level].name : "?";
}

static void ruler_add(struct ruler *ruler, unsigned int high, unsigned int low,
		      const char *name)
{
	snprintf(ruler->bits[ruler->nr], CELL_SIZE, "%u..%u", high, low);
	snprintf(ruler->name[ruler->nr], CELL_SIZE, "%s", name);
}

/*
 * An index reaches up to the shift of the level above. Above the top there is
 * none: that table is a base page of 8-byte entries, like the others.
 */
static void ruler_fill(struct ruler *ruler, const struct vmwalk_walk *walk,
		       unsigned int page_shift)
{
	unsigned int above = walk->entry[0].shift + page_shift - 3, i;

	ruler->nr = 0;
	for (i = 0; i < walk->depth; i++) {
		const struct vmwalk_entry *entry = &walk->entry[i];

		if (entry->kind == VMWALK_KIND_FOLDED)
			continue;
		ruler_add(ruler, above - 1, entry->shift, level_name(entry->level));
		snprintf(ruler->value[ruler->nr++], CELL_SIZE, "%u", entry->index);
		above = entry->shift;
	}
	if (!above || above > 64)
		return;
	ruler_add(ruler, above - 1, 0, "offset");
	snprintf(ruler->value[ruler->nr++], CELL_SIZE, "0x%llx",
		 (ull)low_bits(walk->va, above));
}

static void ruler_row(FILE *out, struct ruler *ruler, char (*cells)[CELL_SIZE])
{
	unsigned int i;

	for (i = 0; i < ruler->nr; i++) {
		size_t width = strlen(ruler->bits[i]);

		if (strlen(ruler->name[i]) > width)
			width = strlen(ruler->name[i]);
		if (strlen(ruler->value[i]) > width)
			width = strlen(ruler->value[i]);
		fprintf(out, "%s %-*s", i ? " |" : " ",
			i + 1 < ruler->nr ? (int)width : 0, cells[i]);
	}
	fputc('\n', out);
}

/*
 * A record names the frame of its address; the offset that is drawn is that
 * within the whole leaf, to which the leaf's first frame belongs.
 */
static __u64 first_frame(const struct vmwalk_entry *leaf, unsigned int page_shift)
{
	if (leaf->shift < page_shift)
		return leaf->pfn;
	return leaf->pfn & ~low_bits(~0ULL, leaf->shift - page_shift);
}

static void entry_draw(FILE *out, const struct vmwalk_entry *entry, unsigned int page_shift)
{
	const struct vmwalk_name *kind = kind_name(entry->kind);
	bool raw = entry->has & VMWALK_HAS(RAW), frame = entry->has & VMWALK_HAS(FRAME);

	fprintf(out, "  %s", level_name(entry->level));
	if (entry->kind == VMWALK_KIND_FOLDED) {
		fprintf(out, "  %s: %s\n", kind->name, kind->help);
		return;
	}
	number_print(out, "table", TABLE_WIDTH, entry->table, raw);
	fprintf(out, "  index %-3u", entry->index);
	number_print(out, "entry", ENTRY_WIDTH, entry->raw, raw);
	if (entry->kind == VMWALK_KIND_TABLE)
		number_print(out, "-> table", TABLE_WIDTH, entry->pfn << page_shift, frame);
	else if (frame)
		number_print(out, "-> frame", TABLE_WIDTH, first_frame(entry, page_shift), true);
	else
		fprintf(out, "  -> %-*s", TABLE_WIDTH + (int)strlen("table "), kind->name);
	fputs("  ", out);
	value_print(out, "flags", entry);
	if (raw && entry->unknown)
		number_print(out, "unknown bits", 0, entry->unknown, true);
	fputc('\n', out);
}

static void sum_draw(FILE *out, const struct vmwalk_walk *walk,
		     const struct vmwalk_entry *leaf, unsigned int page_shift)
{
	__u64 first = first_frame(leaf, page_shift);
	__u64 offset = low_bits(walk->va, leaf->shift);
	__u64 sum = (first << page_shift) | offset;

	fprintf(out, "  physical address: (0x%llx << %u) | 0x%llx = 0x%llx\n",
		(ull)first, page_shift, (ull)offset, (ull)sum);
	if (sum != walk->pa)
		fprintf(out, "  but the kernel says 0x%llx: please report this\n", (ull)walk->pa);
}

static void end_draw(FILE *out, const struct vmwalk_walk *walk, unsigned int page_shift)
{
	const struct vmwalk_entry *leaf = &walk->entry[walk->depth - 1];
	const struct vmwalk_name *kind = kind_name(walk->kind);

	if (walk->kind != VMWALK_KIND_PAGE)
		fprintf(out, "  %s: %s\n", kind->name, kind->help);
	if (walk->kind == VMWALK_KIND_SWAP) {
		fputs("  swap type ", out);
		value_print(out, "swap_type", leaf);
		fputs(", offset ", out);
		value_print(out, "swap_offset", leaf);
		fputs(" pages\n", out);
	}
	if (walk->has & VMWALK_HAS(FRAME) && leaf->shift >= page_shift)
		sum_draw(out, walk, leaf, page_shift);
	else if (walk->kind == VMWALK_KIND_PAGE || walk->kind == VMWALK_KIND_PROTNONE)
		fputs("  physical address: -\n", out);
}

/* Where it is: in a VMA, or in a region of the kernel's half. */
static void area_draw(FILE *out, const struct vmwalk_walk *walk)
{
	static const struct vmwalk_field perms = {
		.offset = offsetof(struct vmwalk_walk, vma_flags), .width = 8, .count = 1,
		.format = VMWALK_FORMAT_PERMS, .group = VMWALK_GROUP_VMA,
	};
	char text[VMWALK_FIELD_LEN];

	fprintf(out, "0x%llx", (ull)walk->va);
	if (walk->has & VMWALK_HAS(VMA)) {
		vmwalk_field_print(text, sizeof(text), &perms, walk);
		fprintf(out, "  in VMA 0x%llx-0x%llx %s", (ull)walk->vma_start,
			(ull)walk->vma_end, text);
	} else if (walk->region < VMWALK_REGION_NR) {
		fprintf(out, "  %s: %s", vmwalk_regions[walk->region].name,
			vmwalk_regions[walk->region].help);
	}
	fputc('\n', out);
}

/* What all levels together allow; nothing is said where nothing is present. */
static void effective_draw(FILE *out, const struct vmwalk_walk *walk)
{
	if (!(walk->has & VMWALK_HAS(LEAF)))
		return;
	fprintf(out, "  all levels together allow %s: read%s%s\n",
		walk->effective & VMWALK_FLAG(USER) ? "user mode" : "the kernel only",
		walk->effective & VMWALK_FLAG(WRITE) ? ", write" : "",
		walk->effective & VMWALK_FLAG(NX) ? "" : ", execute");
}

static bool is_drawable(const struct vmwalk_walk *walk)
{
	return walk->depth && walk->depth <= VMWALK_DEPTH &&
	       (walk->has & VMWALK_HAS(VMA) || walk->region != VMWALK_REGION_USER);
}

void picture_draw(FILE *out, const struct vmwalk_walk *walk, unsigned int page_shift)
{
	struct ruler ruler;
	unsigned int i;

	if (!is_drawable(walk)) {
		bool kernel = walk->region && walk->region < VMWALK_REGION_NR;
		const struct vmwalk_name *why = kernel ? &vmwalk_regions[walk->region] :
							 kind_name(walk->kind);

		fprintf(out, "0x%llx  %s: %s\n", (ull)walk->va, why->name, why->help);
		return;
	}
	area_draw(out, walk);
	ruler_fill(&ruler, walk, page_shift);
	ruler_row(out, &ruler, ruler.bits);
	ruler_row(out, &ruler, ruler.name);
	ruler_row(out, &ruler, ruler.value);
	for (i = 0; i < walk->depth; i++)
		entry_draw(out, &walk->entry[i], page_shift);
	end_draw(out, walk, page_shift);
	effective_draw(out, walk);
}

/* A paragraph of "name value" pairs under a heading, broken into lines. */
struct pairs {
	FILE *out;
	const char *heading;	/* of the next line */
	size_t column;
};

static void pair_draw(struct pairs *pairs, const char *name, const char *value)
{
	size_t len = strlen(name) + 1 + strlen(value);

	if (pairs->column && pairs->column + 2 + len > LINE_WIDTH) {
		fputc('\n', pairs->out);
		pairs->column = 0;
	}
	if (!pairs->column) {
		fprintf(pairs->out, "  %-*s", HEADING_WIDTH, pairs->heading);
		pairs->column = 2 + HEADING_WIDTH;
		pairs->heading = "";
	}
	fprintf(pairs->out, "  %s %s", name, value);
	pairs->column += 2 + len;
}

/* Whatever the record has, in its own words. */
static void record_draw(struct pairs *pairs, enum vmwalk_record_id id, const void *record)
{
	const struct vmwalk_record *type = &vmwalk_records[id];
	char text[VMWALK_FIELD_LEN];
	unsigned int i;

	for (i = 0; i < type->nr; i++) {
		const struct vmwalk_field *field = &type->fields[i];

		if (field->format == VMWALK_FORMAT_HIDDEN || !vmwalk_field_present(field, record))
			continue;
		vmwalk_field_print(text, sizeof(text), field, record);
		pair_draw(pairs, field->name, text);
	}
}

static void pairs_end(struct pairs *pairs)
{
	if (pairs->column)
		fputc('\n', pairs->out);
}

static void part_draw(FILE *out, const char *heading, enum vmwalk_record_id id,
		      const void *record)
{
	struct pairs pairs = { .out = out, .heading = heading };

	record_draw(&pairs, id, record);
	pairs_end(&pairs);
}

static void vma_draw(FILE *out, const struct vmwalk_vma *vma, const char *name)
{
	struct pairs pairs = { .out = out, .heading = "VMA" };
	char text[4 * 4096 + 1];

	record_draw(&pairs, VMWALK_RECORD_vma, vma);
	if (*name) {
		vmwalk_text_escape(text, sizeof(text), name, strlen(name));
		pair_draw(&pairs, "name", text);
	}
	pairs_end(&pairs);
}

/* Of the entry itself, or of the page of shared memory behind an empty one. */
static void swap_draw(FILE *out, const struct vmwalk_dossier *dossier,
		      const struct vmwalk_swaps *swaps)
{
	char name[1024];
	__u64 offset;
	__u32 type;

	if (!vmwalk_swaps_place(dossier, &type, &offset))
		return;
	if (vmwalk_swaps_name(swaps, type, name, sizeof(name)) != 0)
		snprintf(name, sizeof(name), "swap area %u, whose name is not known", type);
	fprintf(out, "  %-*s  slot 0x%llx of %s\n", HEADING_WIDTH, "swap", (ull)offset, name);
}

/* Why there is no VMA, where that can be said without looking. */
static void nowhere_draw(FILE *out, const struct vmwalk_dossier *dossier)
{
	__u64 va = dossier->walk.va, end = dossier->around.task_size;

	if (!end || va < end)
		return;
	fprintf(out, "  not an address of user space, which ends at 0x%llx", (ull)end);
	fputs(va >> 47 == 0x1ffff || va >> 56 == 0xff ? "; see --kernel\n" : "\n", out);
}

void picture_dossier(FILE *out, const struct vmwalk_dossier *dossier,
		     const struct picture_words *words, unsigned int page_shift)
{
	picture_draw(out, &dossier->walk, page_shift);
	if (!(dossier->has & VMWALK_HAS(VMA)))
		nowhere_draw(out, dossier);
	if (dossier->has & VMWALK_HAS(LEAF))
		part_draw(out, "frame", VMWALK_RECORD_frame, &dossier->frame);
	if (dossier->has & VMWALK_HAS(VMA)) {
		vma_draw(out, &dossier->vma, words->name);
		part_draw(out, "behind", VMWALK_RECORD_backing, &dossier->backing);
	}
	swap_draw(out, dossier, words->swaps);
	part_draw(out, "around", VMWALK_RECORD_around, &dossier->around);
}
