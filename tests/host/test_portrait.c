// SPDX-License-Identifier: GPL-2.0
/* test_portrait.c - a process on one page, from records made by hand */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake.h"
#include "pagetree.h"
#include "portrait.h"
#include "test.h"

#define BASE	VMWALK_HAS(BASE)
#define SEEN	(BASE | VMWALK_HAS(RAW) | VMWALK_HAS(FRAME))

static char drawn[65536];

/* Draws something into @drawn. */
#define DRAW(width, utf8, call) do { \
	FILE *out_ = fmemopen(drawn, sizeof(drawn), "w"); \
	struct brush brush; \
	brush_open(&brush, out_, width, utf8); \
	call; \
	fclose(out_); \
} while (0)

static void expect(const char *part)
{
	if (!strstr(drawn, part))
		fail_msg("no '%s' in:\n%s", part, drawn);
}

static void expect_none(const char *part)
{
	if (strstr(drawn, part))
		fail_msg("'%s' in:\n%s", part, drawn);
}

static const char *text_of(const char *text, unsigned int room, bool utf8)
{
	DRAW(100, utf8, (brush_text(&brush, text, room), brush_end(&brush)));
	drawn[strcspn(drawn, "\n")] = '\0';
	return drawn;
}

static void texts_are_shortened_in_the_middle(void **state)
{
	(void)state;
	assert_string_equal(text_of("abcdefghij", 10, true), "abcdefghij");
	assert_string_equal(text_of("abcdefghij", 9, true), "abcd…ghij");
	assert_string_equal(text_of("abcdefghij", 8, true), "abc…ghij");
	assert_string_equal(text_of("abcdefghij", 9, false), "abc...hij");
	/* é has two bytes and one column; \012 is one thing of four columns. */
	assert_string_equal(text_of("ééééééé", 7, true), "ééééééé");
	assert_string_equal(text_of("ééééééé", 4, true), "é…éé");
	assert_string_equal(text_of("ab\\012cd", 8, true), "ab\\012cd");
	assert_string_equal(text_of("ab\\012cd", 7, true), "ab…cd");
	assert_string_equal(text_of("a\\012\\012\\012b", 8, true), "a…\\012b");
	/* Wide characters have two columns. */
	assert_string_equal(text_of("漢字漢字", 5, true), "漢…字");
}

static void what_is_no_character_is_escaped(void **state)
{
	(void)state;
	assert_string_equal(text_of("a\xff\xc3", 40, true), "a\\377\\303");
	assert_string_equal(text_of("a\xc3\xa9z", 40, false), "a\\303\\251z");
	/* A control character of the upper half: terminals may obey it. */
	assert_string_equal(text_of("\xc2\x9b" "2J", 40, true), "\\302\\2332J");
	/* A sequence that the end cuts short. */
	assert_string_equal(text_of("\xe6\xbc", 40, true), "\\346\\274");
}

static void lines_are_cut(void **state)
{
	(void)state;
	DRAW(10, true, (brush_say(&brush, "0123456789ab"), brush_end(&brush)));
	assert_string_equal(drawn, "012345678…\n");
	DRAW(10, false, (brush_say(&brush, "0123456789ab"), brush_end(&brush)));
	assert_string_equal(drawn, "0123456...\n");
	DRAW(10, true, (brush_say(&brush, "├─│789012 "), brush_end(&brush)));
	assert_string_equal(drawn, "├─│789012\n");
	DRAW(20, false, (brush_say(&brush, "│ ├─ └─┬ × → · ☃"), brush_end(&brush)));
	assert_string_equal(drawn, "| |- `-+ x > , ?\n");
}

static void add(struct vmwalk_walk *walk, __u64 has, __u32 level, __u32 shift, __u32 kind)
{
	walk->entry[walk->depth++] = (struct vmwalk_entry) {
		.has = has, .level = level, .shift = shift, .kind = kind,
		.va = walk->va >> shift << shift, .index = (walk->va >> shift) & 511,
		.flags = kind == VMWALK_KIND_PAGE ? VMWALK_FLAG(PRESENT) | VMWALK_FLAG(USER) : 0,
	};
	walk->kind = kind;
}

/* A walk of four or five levels that ends at @last. */
static struct vmwalk_walk walk_of(__u64 va, bool five, __u32 last, __u32 kind, __u64 has)
{
	static const __u32 shifts[] = { 12, 21, 30, 39, 48 };
	struct vmwalk_walk walk = { .has = BASE | VMWALK_HAS(VMA), .va = va };
	__u32 level = VMWALK_LEVEL_PGD;

	add(&walk, has, level, five ? 48 : 39, VMWALK_KIND_TABLE);
	while (level-- > last) {
		__u32 is = level > last ? VMWALK_KIND_TABLE : kind;

		add(&walk, has, level, shifts[level],
		    level == VMWALK_LEVEL_P4D && !five ? VMWALK_KIND_FOLDED : is);
	}
	return walk;
}

static void tree_is(const struct vmwalk_walk *walks, unsigned int nr, const char *want)
{
	const struct vmwalk_walk *pointers[8];
	struct pagetree tree;
	unsigned int i;

	for (i = 0; i < nr; i++)
		pointers[i] = &walks[i];
	pagetree_open(&tree, pointers, nr);
	DRAW(80, true, (pagetree_heading(&tree, &brush), brush_end(&brush)));
	DRAW(80, true, {
		pagetree_heading(&tree, &brush);
		brush_end(&brush);
		for (i = 0; i < nr; i++) {
			pagetree_row(&tree, i, &brush);
			brush_say(&brush, "%u", i);
			brush_end(&brush);
		}
	});
	assert_string_equal(drawn, want);
}

/*
 * 0x400000 and 0x600000 differ in the pmd, 0x601000 in the pte; 0x40000000 in the pud, a
 * huge page; 0x7f0000000000 in the pgd, 254, and has an empty pud entry.
 */
static void walks_are_one_tree(void **state)
{
	const struct vmwalk_walk walks[] = {
		walk_of(0x400000, false, VMWALK_LEVEL_PTE, VMWALK_KIND_PAGE, SEEN),
		walk_of(0x600000, false, VMWALK_LEVEL_PTE, VMWALK_KIND_PAGE, SEEN),
		walk_of(0x601000, false, VMWALK_LEVEL_PTE, VMWALK_KIND_PAGE, SEEN),
		walk_of(0x40000000, false, VMWALK_LEVEL_PMD, VMWALK_KIND_PAGE, SEEN),
		walk_of(0x7f0000000000, false, VMWALK_LEVEL_PUD, VMWALK_KIND_NONE, SEEN),
		walk_of(0x7f0000001000, false, VMWALK_LEVEL_PUD, VMWALK_KIND_NONE, SEEN),
	};

	(void)state;
	tree_is(walks, COUNT(walks),
		"pgd    pud    pmd    pte\n"
		"0───┬─ 0───┬─ 2───── 0───── 0\n"
		"    │      └─ 3───┬─ 0───── 1\n"
		"    │             └─ 1───── 2\n"
		"    └─ 1───── 0──────────── 3\n"
		"254─── 0───┬─────────────── 4\n"
		"           └─────────────── 5\n");
}

static void five_levels_are_one_tree(void **state)
{
	const struct vmwalk_walk walks[] = {
		walk_of(0x400000, true, VMWALK_LEVEL_PTE, VMWALK_KIND_PAGE, SEEN),
		walk_of(0x7f0000400000, true, VMWALK_LEVEL_PTE, VMWALK_KIND_SWAP, SEEN),
		walk_of(0x1000000000000, true, VMWALK_LEVEL_PTE, VMWALK_KIND_PAGE, SEEN),
	};

	(void)state;
	tree_is(walks, COUNT(walks),
		"pgd    p4d    pud    pmd    pte\n"
		"0───┬─ 0───── 0───── 2───── 0───── 0\n"
		"    └─ 254─── 0───── 2───── 0───── 1\n"
		"1───── 0───── 0───── 0───── 0───── 2\n");
}

static struct vmwalk_vma vma_of(__u64 start, __u64 pages, __u32 use, __u64 inode)
{
	return (struct vmwalk_vma) {
		.has = BASE, .start = start, .end = start + (pages << 12), .use = use,
		.attributes = VMWALK_VMA_FLAG(READ), .flags = 5, .inode = inode,
		.dev = { 0xfe, inode ? 1 : 0 },
	};
}

static size_t places(struct landmarks *landmarks, const struct vmwalk_vma *vmas, size_t nr,
		     __u64 *starts)
{
	size_t i, chosen;

	landmarks_files_end(landmarks);
	for (i = 0; i < nr; i++)
		landmarks_see(landmarks, &vmas[i]);
	chosen = landmarks_areas_end(landmarks);
	for (i = 0; i < chosen; i++)
		starts[i] = landmarks->areas[i].start >> 12;
	return chosen;
}

/* The library where the thread is, not the first one; the file that is open. */
static void landmarks_get_their_places(void **state)
{
	const struct vmwalk_vma vmas[] = {
		vma_of(0x1000, 1, VMWALK_USE_CODE, 5), vma_of(0x10000, 1, VMWALK_USE_DATA, 5),
		vma_of(0x20000, 1, VMWALK_USE_HEAP, 0), vma_of(0x30000, 1, VMWALK_USE_LIBRARY, 6),
		vma_of(0x40000, 8, VMWALK_USE_LIBRARY, 7), vma_of(0x50000, 4, VMWALK_USE_FILE, 8),
		vma_of(0x60000, 1, VMWALK_USE_FILE, 9), vma_of(0x70000, 9, VMWALK_USE_ANON, 0),
		vma_of(0x80000, 2, VMWALK_USE_ANON, 0), vma_of(0x90000, 1, VMWALK_USE_STACK, 0),
		vma_of(0xa0000, 1, VMWALK_USE_VDSO, 0),
	};
	struct landmark_file open[] = { { .id = 1, .inode = 9, .dev = { 0xfe, 1 }, .fd = 3 } };
	struct landmarks landmarks = { .pc = 0x41000, .files = open, .nr_files = 1 };
	const __u64 want[] = { 0x1, 0x10, 0x20, 0x40, 0x60, 0x70, 0x90, 0xa0 };
	__u64 starts[LANDMARK_AREAS];

	(void)state;
	assert_int_equal(places(&landmarks, vmas, COUNT(vmas), starts), COUNT(want));
	assert_memory_equal(starts, want, sizeof(want));
	assert_int_equal(landmarks.seen, COUNT(vmas));
}

/* Free places go to the largest of each use; what nobody may access comes last. */
static void places_that_are_left_go_by_size(void **state)
{
	struct vmwalk_vma vmas[40];
	struct landmarks landmarks = { .pc = 0 };
	__u64 starts[LANDMARK_AREAS];
	size_t i;

	(void)state;
	for (i = 0; i < 39; i++)
		vmas[i] = vma_of((i + 1) << 20, i + 1, VMWALK_USE_ANON, 0);
	vmas[20].attributes = 0;
	vmas[20].end = vmas[20].start + 0xff000;
	vmas[39] = vma_of(40 << 20, 1, VMWALK_USE_SHM, 3);
	assert_int_equal(places(&landmarks, vmas, 40, starts), 2);
	assert_int_equal(starts[0], 39 << 8);
	assert_int_equal(starts[1], 40 << 8);
}

/* Of 10 000 descriptors: standard ones, twins, the mapped one, one of each kind. */
static void descriptors_that_tell_most(void **state)
{
	const struct vmwalk_vma vma = vma_of(0x1000, 1, VMWALK_USE_CODE, 5000);
	struct landmarks landmarks = { .nr_files = 10000 };
	const __u32 want[] = { 0, 1, 2, 7, 4000, 5000, 6000 };
	__u64 starts[LANDMARK_AREAS];
	__u32 i;

	(void)state;
	landmarks.files = calloc(landmarks.nr_files, sizeof(*landmarks.files));
	for (i = 0; i < landmarks.nr_files; i++) {
		/* By falling numbers: an order is not to be relied on. */
		__u32 fd = 9999 - i;

		landmarks.files[i] = (struct landmark_file) {
			.id = fd == 4000 ? 7 : fd, .inode = fd, .dev = { 0xfe, 1 }, .fd = fd,
			.kind = fd == 6000 ? VMWALK_FILE_KIND_PIPE : VMWALK_FILE_KIND_REGULAR,
		};
	}
	places(&landmarks, &vma, 1, starts);
	assert_int_equal(landmarks_choose(&landmarks, 7), 7);
	for (i = 0; i < COUNT(want); i++)
		assert_int_equal(landmarks.files[i].fd, want[i]);
	assert_int_equal(landmarks.files[3].twin, 4000);
	assert_int_equal(landmarks.files[4].twin, 7);
	assert_int_equal(landmarks.files[5].twin, LANDMARK_NO_FD);
	free(landmarks.files);
}

static char code_name[] = "/usr/bin/a\\012b", no_name[] = "", open_path[] = "/tmp/\xff";
static char pipe_path[] = "pipe:[9]";

static void area_fill(struct anatomy_area *area, struct vmwalk_vma vma, struct vmwalk_walk walk,
		      char *name)
{
	*area = (struct anatomy_area) { .name = name, .swap = "-" };
	area->dossier.has = BASE | VMWALK_HAS(VMA);
	area->dossier.vma = vma;
	area->dossier.walk = walk;
}

/* A program whose text is mapped, whose heap is in swap and whose stack is its own. */
static void memory_fill(struct anatomy *anatomy, __u64 has)
{
	struct anatomy_area *area = anatomy->areas;
	struct vmwalk_dossier *dossier = &area[0].dossier;

	area_fill(&area[0], vma_of(0x400000, 3, VMWALK_USE_CODE, 77),
		  walk_of(0x401123, false, VMWALK_LEVEL_PTE, VMWALK_KIND_PAGE, has), code_name);
	area_fill(&area[1], vma_of(0x800000, 8, VMWALK_USE_HEAP, 0),
		  walk_of(0x800000, false, VMWALK_LEVEL_PTE, VMWALK_KIND_SWAP,
			  has | (has & VMWALK_HAS(RAW) ? VMWALK_HAS(SWAP) : 0)), no_name);
	anatomy->nr_areas = 2;
	anatomy->totals.vmas = 100000;
	anatomy->mm = (struct vmwalk_mm) {
		.has = has & ~VMWALK_HAS(FRAME), .levels = 4, .map_count = 100000,
		.total_bytes = 1 << 20, .pgd_pa = 0x1234000,
	};
	dossier->backing = (struct vmwalk_backing) {
		.has = BASE | VMWALK_HAS(BACKED), .inode = 77, .offset = 0x1123, .size = 0x3000,
		.fill = VMWALK_FILL_FILE,
	};
	dossier->has |= VMWALK_HAS(LEAF);
	dossier->frame.has = BASE;
	if (!(has & VMWALK_HAS(FRAME)))
		return;
	dossier->walk.has |= VMWALK_HAS(FRAME);
	dossier->walk.pa = 0x2e49123;
	dossier->frame = (struct vmwalk_frame) {
		.has = has | VMWALK_HAS(PAGE), .pfn = 0x2e49, .type = VMWALK_FRAME_FILE,
		.mapcount = 38, .refcount = 39, .page_flags = VMWALK_PAGE_FLAG(UPTODATE),
	};
	dossier->backing.has |= VMWALK_HAS(PAGE) | VMWALK_HAS(FRAME) | VMWALK_HAS(BLOCK);
	dossier->backing.cache = VMWALK_CACHE_UPTODATE;
	dossier->backing.cache_pfn = 0x2e49;
	dossier->backing.block = 2933;
	area[1].dossier.walk.entry[4].swap_type = 1;
	area[1].dossier.walk.entry[4].swap_offset = 0x22;
	if (has & VMWALK_HAS(RAW))
		strcpy(area[1].swap, "/dev/zram0");
}

/* The program is open too, as 0 and 7; 3 is a pipe. */
static void files_fill(struct anatomy *anatomy)
{
	static const __u32 fds[] = { 0, 3, 7 };
	unsigned int i;

	for (i = 0; i < COUNT(fds); i++) {
		bool pipe = fds[i] == 3;

		anatomy->files[i] = (struct anatomy_file) {
			.path = pipe ? pipe_path : open_path,
			.twin = pipe ? LANDMARK_NO_FD : 7 - fds[i],
			.record = { .has = BASE,
				.file = { .has = BASE, .fd = fds[i], .dev = { 0xfe, 1 },
					  .inode = pipe ? 9 : 77, .id = pipe ? 0xabc : 0xfeed,
					  .mode = 1, .references = 2,
					  .kind = pipe ? VMWALK_FILE_KIND_PIPE :
							 VMWALK_FILE_KIND_REGULAR },
				.inode = { .has = BASE, .size = 0x3000, .fstype = "ext4" } },
		};
	}
	anatomy->files[0].extents[0] = (struct vmwalk_extent) {
		.has = BASE | VMWALK_HAS(PAGE) | VMWALK_HAS(BLOCK), .length = 0x2000,
		.block_bytes = 0x1000, .physical = 2932ULL << 12,
	};
	anatomy->files[0].extents[1] = (struct vmwalk_extent) {
		.has = BASE | VMWALK_HAS(PAGE), .length = 0x1000, .state = VMWALK_BLOCK_HOLE,
	};
	anatomy->files[0].nr_extents = 2;
	anatomy->files[1].record.file.has |= VMWALK_HAS(PIPE);
	anatomy->files[1].record.file.pipe_size = 16;
	anatomy->files[1].record.file.pipe_used = 3;
	anatomy->nr_files = COUNT(fds);
	anatomy->totals.descriptors = 10000;
}

static struct anatomy *anatomy_make(__u64 has)
{
	struct anatomy *anatomy = calloc(1, sizeof(*anatomy));

	anatomy->task = (struct vmwalk_task) {
		.has = BASE, .tgid = 113, .comm = "c\nat", .state_name = VMWALK_STATE_SLEEPING,
		.threads = 2, .pc = 0x401123,
	};
	if (has & VMWALK_HAS(RAW))
		anatomy->task.has |= VMWALK_HAS(REGS);
	anatomy->parent = (struct vmwalk_relative) { .has = BASE, .tgid = 1, .comm = "init" };
	anatomy->cred = (struct vmwalk_cred) { .has = BASE, .uid = { 5, 0, 5, 5 } };
	anatomy->totals.children = 12;
	memory_fill(anatomy, has);
	files_fill(anatomy);
	return anatomy;
}

static void all_is_drawn(void **state)
{
	struct anatomy *anatomy = anatomy_make(SEEN);

	(void)state;
	DRAW(100, true, portrait_draw(&brush, anatomy, 12));
	expect("task_struct  113 c\\012at · sleeping · 2 threads");
	expect("parent 1 init · children 12");
	expect("uid 5 (effective 0, saved 5, fs 5) · gid 0");
	expect("vm_area_struct  100000 of them, 1.0M ");
	expect("1 code    0x400000-0x403000             r-xp  12.0K   A +0        "
	       "/usr/bin/a\\012b\n");
	expect("… and 99998 more (vmwalk maps 113)\n");
	expect("page table of 4 levels, top at 0x1234000");
	expect("│  pc 1 0x401123        0───── 0───┬─ 2───── 1───── 0x2e49  user\n");
	expect("│     2 0x800000                   └─ 4───── 0───── swap 1:0x22\n");
	expect("1 0x2e49    file      ×38  39   0     = A +4387, block 2933       uptodate\n");
	expect("2 swap: slot 0x22 of /dev/zram0\n");
	expect("files_struct  10000 descriptors open");
	expect("   0    0xfeed             r   0         2    7    -                  "
	       "→ A /tmp/\\377\n");
	expect("   7    0xfeed             r   0         2    0 ");
	expect("   … and 9997 more (vmwalk files 113)\n");
	expect("   A fe:01 77         VMA 1 + fd 0,7      regular 12.0K ext4, links 0, "
	       "blocks 2932-2933, hole\n");
	expect("   B fe:01 9          fd 3                pipe of 16 buffers, 3 used");
	expect("   The two sides meet at inode A: ");
	expect_none("hidden");
	expect_none("├─ fs");
	free(anatomy);
}

static void a_copy_is_told_from_the_page(void **state)
{
	struct anatomy *anatomy = anatomy_make(SEEN);

	(void)state;
	anatomy->areas[0].dossier.backing.cache_pfn = 0x99;
	DRAW(100, true, portrait_draw(&brush, anatomy, 12));
	expect("copy of A +4387 at 0x99 ");
	expect_none("block 2933");
	anatomy->areas[0].dossier.backing.has &= ~VMWALK_HAS(FRAME);
	anatomy->areas[0].dossier.backing.cache = VMWALK_CACHE_EVICTED;
	DRAW(100, true, portrait_draw(&brush, anatomy, 12));
	expect(" A +4387 (page cache: evicted)");
	expect_none("copy of");
	free(anatomy);
}

static void what_is_hidden_is_said(void **state)
{
	struct anatomy *anatomy = anatomy_make(BASE);

	(void)state;
	anatomy->files[0].nr_extents = 0;
	DRAW(100, true, portrait_draw(&brush, anatomy, 12));
	expect("│     1 0x401123        0───── 0───┬─ 2───── 1───── page  user\n");
	expect("└─ 4───── 0───── swap\n");
	expect("1 page: its frame is hidden  A +4387\n");
	expect("2 swap: its slot is hidden\n");
	expect("Frames, swap slots and disk blocks are hidden: they need CAP_SYS_ADMIN");
	expect_none("0x2e49");
	expect_none("top at");
	expect_none("2933");
	free(anatomy);
}

static void without_an_address_space(void **state)
{
	struct anatomy *anatomy = anatomy_make(SEEN);

	(void)state;
	anatomy->mm.has = 0;
	anatomy->nr_areas = 0;
	anatomy->nr_files = 0;
	anatomy->totals.descriptors = 0;
	anatomy->thread.flags = VMWALK_TASK_FLAG(KTHREAD);
	DRAW(100, true, portrait_draw(&brush, anatomy, 12));
	expect("mm       none: a kernel thread");
	expect("files_struct  0 descriptors open");
	expect_none("pgd");
	expect_none("inode");
	anatomy->thread.flags = 0;
	anatomy->task.state_name = VMWALK_STATE_ZOMBIE;
	anatomy->task.exit_code = 0x2a00;
	DRAW(100, true, portrait_draw(&brush, anatomy, 12));
	expect("mm       none: it has exited with wait status 0x2a00");
	free(anatomy);
}

static void exe_cwd_and_root_have_a_place(void **state)
{
	struct anatomy *anatomy = anatomy_make(SEEN);

	(void)state;
	anatomy->names[VMWALK_NAMED_EXE] = code_name;
	anatomy->names[VMWALK_NAMED_ROOT] = open_path;
	anatomy->names[VMWALK_NAMED_LABEL] = open_path;
	DRAW(100, true, portrait_draw(&brush, anatomy, 12));
	expect("├─ fs       exe /usr/bin/a\\012b · root /tmp/\\377\n");
	expect("├─ rules    label /tmp/\\377\n");
	free(anatomy);
}

/* No line is longer than it may be, and in ASCII there is nothing else. */
static void narrow_and_plain(void **state)
{
	struct anatomy *anatomy = anatomy_make(SEEN);
	unsigned int width;
	const char *at;

	(void)state;
	for (width = 40; width <= 132; width += 4) {
		DRAW(width, false, portrait_draw(&brush, anatomy, 12));
		for (at = drawn; *at; at += strcspn(at, "\n") + 1)
			if (strcspn(at, "\n") > width)
				fail_msg("%u: %.*s", width, (int)strcspn(at, "\n"), at);
		for (at = drawn; *at; at++)
			assert_true(*at == '\n' || (*at >= ' ' && *at <= '~'));
	}
	expect("|- mm       mm_struct");
	expect("`- files    files_struct");
	expect("0----- 0---+- 2----- 1----- 0x2e49");
	free(anatomy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_shortened_in_the_middle),
		cmocka_unit_test(what_is_no_character_is_escaped),
		cmocka_unit_test(lines_are_cut),
		cmocka_unit_test(walks_are_one_tree),
		cmocka_unit_test(five_levels_are_one_tree),
		cmocka_unit_test(landmarks_get_their_places),
		cmocka_unit_test(places_that_are_left_go_by_size),
		cmocka_unit_test(descriptors_that_tell_most),
		cmocka_unit_test(all_is_drawn),
		cmocka_unit_test(a_copy_is_told_from_the_page),
		cmocka_unit_test(what_is_hidden_is_said),
		cmocka_unit_test(without_an_address_space),
		cmocka_unit_test(exe_cwd_and_root_have_a_place),
		cmocka_unit_test(narrow_and_plain),
	};

	if (!setlocale(LC_ALL, "C.UTF-8"))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
