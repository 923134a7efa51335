// SPDX-License-Identifier: GPL-2.0
/* test_picture.c - what a student sees; every number worked out by hand */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "picture.h"
#include "test.h"

#define BASE	VMWALK_HAS(BASE)
#define SEEN	(VMWALK_HAS(BASE) | VMWALK_HAS(RAW) | VMWALK_HAS(FRAME))

/* Every run of blanks made one. */
static char *squeezed(char *text)
{
	char *from, *to;

	for (from = to = text; *from; from++)
		if (*from != ' ' || from[1] != ' ')
			*to++ = *from;
	*to = '\0';
	return text;
}

static char *draw(const struct vmwalk_walk *walk)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	picture_draw(out, walk, 12);
	fclose(out);
	return squeezed(text);
}

static char *draw_dossier(const struct vmwalk_dossier *dossier,
			  const struct picture_words *words)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	picture_dossier(out, dossier, words, 12);
	fclose(out);
	return squeezed(text);
}

static void expect_parts(const char *text, const char *const *parts, size_t nr)
{
	const char *at = text;
	size_t i;

	for (i = 0; i < nr; i++) {
		at = strstr(at, parts[i]);
		if (!at)
			fail_msg("no '%s' (in order) in:\n%s", parts[i], text);
		at += strlen(parts[i]) - 1;	/* a newline may begin the next part too */
	}
}

static void expect(const struct vmwalk_walk *walk, const char *const *parts, size_t nr)
{
	char *text = draw(walk);

	expect_parts(text, parts, nr);
	free(text);
}

static struct vmwalk_walk walk_of(__u64 va, __u32 kind)
{
	return (struct vmwalk_walk) {
		.has = BASE | VMWALK_HAS(VMA), .va = va, .kind = kind,
		.vma_start = va & ~0xfffULL, .vma_end = (va & ~0xfffULL) + 0x4000,
		.vma_flags = 5,
	};
}

static void add(struct vmwalk_walk *walk, __u64 has, __u32 level, __u32 shift, __u32 index,
		__u32 kind, __u64 raw, __u64 pfn)
{
	walk->entry[walk->depth++] = (struct vmwalk_entry) {
		.has = has, .level = level, .shift = shift, .index = index, .kind = kind,
		.raw = raw, .pfn = pfn, .table = has & VMWALK_HAS(RAW) ? 0x7000 : 0,
		.flags = VMWALK_FLAG(PRESENT),
	};
}

/*
 * 0x7f5c8a3b4123: bits 47..39 are 254, 38..30 are 370, 29..21 are 81, 20..12
 * are 436, and 0x123 is left.
 */
static void four_levels(void **state)
{
	static const char *const parts[] = {
		"0x7f5c8a3b4123 in VMA 0x7f5c8a3b4000-0x7f5c8a3b8000 r-xp\n",
		"47..39 | 38..30 | 29..21 | 20..12 | 11..0\n",
		"pgd | pud | pmd | pte | offset\n",
		"254 | 370 | 81 | 436 | 0x123\n",
		"pgd table 0x7000 index 254 entry 0x5067 -> table 0x5000 present\n",
		"p4d folded: this level does not exist",
		"pud table 0x7000 index 370 entry 0x6067 -> table 0x6000 present\n",
		"pmd table 0x7000 index 81 entry 0x8067 -> table 0x8000 present\n",
		"pte table 0x7000 index 436 entry 0x8000000012345067 -> frame 0x12345 present\n",
		"(0x12345 << 12) | 0x123 = 0x12345123\n",
	};
	struct vmwalk_walk walk = walk_of(0x7f5c8a3b4123, VMWALK_KIND_PAGE);

	(void)state;
	walk.has |= VMWALK_HAS(FRAME);
	walk.pa = 0x12345123;
	add(&walk, SEEN, VMWALK_LEVEL_PGD, 39, 254, VMWALK_KIND_TABLE, 0x5067, 5);
	add(&walk, BASE, VMWALK_LEVEL_P4D, 39, 0, VMWALK_KIND_FOLDED, 0, 0);
	add(&walk, SEEN, VMWALK_LEVEL_PUD, 30, 370, VMWALK_KIND_TABLE, 0x6067, 6);
	add(&walk, SEEN, VMWALK_LEVEL_PMD, 21, 81, VMWALK_KIND_TABLE, 0x8067, 8);
	add(&walk, SEEN, VMWALK_LEVEL_PTE, 12, 436, VMWALK_KIND_PAGE, 0x8000000012345067,
	    0x12345);
	expect(&walk, parts, COUNT(parts));
}

/* Five levels down to a 2 MiB leaf; the frame is that of the address or the first one. */
static void five_levels_and_a_huge_page(void **state)
{
	static const char *const parts[] = {
		"56..48 | 47..39 | 38..30 | 29..21 | 20..0\n",
		"pgd | p4d | pud | pmd | offset\n",
		"1 | 254 | 370 | 81 | 0x1b4123\n",
		"entry 0x400000e7 -> frame 0x40000 present\n",
		"(0x40000 << 12) | 0x1b4123 = 0x401b4123\n",
	};
	const __u64 frames[] = { 0x40000, 0x401b4 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(frames); i++) {
		struct vmwalk_walk walk = walk_of(0x17f5c8a3b4123, VMWALK_KIND_PAGE);

		walk.has |= VMWALK_HAS(FRAME);
		walk.pa = 0x401b4123;
		add(&walk, SEEN, VMWALK_LEVEL_PGD, 48, 1, VMWALK_KIND_TABLE, 0x4067, 4);
		add(&walk, SEEN, VMWALK_LEVEL_P4D, 39, 254, VMWALK_KIND_TABLE, 0x5067, 5);
		add(&walk, SEEN, VMWALK_LEVEL_PUD, 30, 370, VMWALK_KIND_TABLE, 0x6067, 6);
		add(&walk, SEEN, VMWALK_LEVEL_PMD, 21, 81, VMWALK_KIND_PAGE, 0x400000e7, frames[i]);
		expect(&walk, parts, COUNT(parts));
	}
}

static void a_wrong_sum_is_told(void **state)
{
	static const char *const parts[] = { "= 0x12345000", "kernel says 0x666000" };
	struct vmwalk_walk walk = walk_of(0x1000, VMWALK_KIND_PAGE);

	(void)state;
	walk.has |= VMWALK_HAS(FRAME);
	walk.pa = 0x666000;
	add(&walk, SEEN, VMWALK_LEVEL_PTE, 12, 1, VMWALK_KIND_PAGE, 0x12345067, 0x12345);
	expect(&walk, parts, COUNT(parts));
}

static void nothing_is_made_up(void **state)
{
	static const char *const parts[] = {
		"pte table - index 1 entry - -> page present\n", "physical address: -\n",
	};
	struct vmwalk_walk walk = walk_of(0x1000, VMWALK_KIND_PAGE);
	char *text;

	(void)state;
	add(&walk, BASE, VMWALK_LEVEL_PTE, 12, 1, VMWALK_KIND_PAGE, 0, 0);
	expect(&walk, parts, COUNT(parts));
	text = draw(&walk);
	assert_null(strstr(text, "<<"));
	free(text);
}

static void swap(void **state)
{
	static const char *const seen[] = { "swap type 3, offset 0x55 pages" };
	static const char *const hidden[] = { "swap type -, offset - pages" };
	struct vmwalk_walk walk = walk_of(0x1000, VMWALK_KIND_SWAP);

	(void)state;
	add(&walk, BASE | VMWALK_HAS(RAW) | VMWALK_HAS(SWAP), VMWALK_LEVEL_PTE, 12, 1,
	    VMWALK_KIND_SWAP, 0x123, 0);
	walk.entry[0].swap_type = 3;
	walk.entry[0].swap_offset = 0x55;
	expect(&walk, seen, COUNT(seen));
	walk.entry[0].has = BASE;
	expect(&walk, hidden, COUNT(hidden));
}

/* Each kind is told in the words of the table, at the end of the walk. */
static void every_kind_is_explained(void **state)
{
	static const char *const words[VMWALK_KIND_NR] = {
#define WORDS(NAME, nr, text, help)	[nr] = text ": " help "\n",
		VMWALK_KINDS(WORDS)
#undef WORDS
	};
	__u32 kind;

	(void)state;
	for (kind = 0; kind < VMWALK_KIND_NR; kind++) {
		struct vmwalk_walk walk = walk_of(0x1000, kind);

		if (kind == VMWALK_KIND_PAGE)
			continue;
		if (kind == VMWALK_KIND_NOVMA)
			walk.has = BASE;
		else
			add(&walk, BASE, VMWALK_LEVEL_PTE, 12, 1, kind, 0, 0);
		expect(&walk, &words[kind], 1);
	}
}

/* A dossier's paragraphs say every field that is there, and none that is not. */
static void a_dossier(void **state)
{
	static const char *const parts[] = {
		"pte table 0x7000 index 436",
		"\n all levels together allow user mode: read, write\n",
		"\n frame va 0x7f5c8a3b4000 pages 1 level pte kind page",
		" type anon order 9 place 436", " mapcount 1 refcount 2 node 1 zone Normal",
		" page_flags uptodate,anon traits exclusive", " memtype WB pkey 5 ",
		"\n VMA start 0x7f5c8a3b4000 end 0x7f5c8a3b8000 flags rw-p",
		" attributes read,write ", " use heap name [a\\011b]\n",
		"\n behind fill zero\n",
		"\n around task_size 0x7ffffffff000 below - ",
		" above 0x7fff00000000-0x7fff00001000",
	};
	struct vmwalk_dossier dossier = {
		.has = BASE | VMWALK_HAS(VMA) | VMWALK_HAS(LEAF),
		.walk = walk_of(0x7f5c8a3b4123, VMWALK_KIND_PAGE),
		.vma = {
			.has = BASE, .start = 0x7f5c8a3b4000, .end = 0x7f5c8a3b8000, .flags = 3,
			.attributes = 3, .use = VMWALK_USE_HEAP,
		},
		.frame = {
			.has = SEEN | VMWALK_HAS(PAGE), .va = 0x7f5c8a3b4000, .pages = 1,
			.kind = VMWALK_KIND_PAGE, .type = VMWALK_FRAME_ANON, .order = 9,
			.place = 436, .mapcount = 1, .refcount = 2, .node = 1,
			.zone = VMWALK_ZONE_NORMAL, .traits = VMWALK_TRAIT(EXCLUSIVE),
			.page_flags = VMWALK_PAGE_FLAG(UPTODATE) | VMWALK_PAGE_FLAG(ANON),
			.memtype = VMWALK_MEMTYPE_WB, .pkey = 5,
		},
		.backing = { .has = BASE, .fill = VMWALK_FILL_ZERO },
		.around = {
			.has = BASE, .task_size = 0x7ffffffff000,
			.above = { 0x7fff00000000, 0x7fff00001000 },
		},
	};
	const struct picture_words words = { .name = "[a\tb]" };
	char *text;

	(void)state;
	dossier.walk.has |= VMWALK_HAS(LEAF);
	dossier.walk.effective = VMWALK_FLAG(USER) | VMWALK_FLAG(WRITE) | VMWALK_FLAG(NX);
	add(&dossier.walk, SEEN, VMWALK_LEVEL_PTE, 12, 436, VMWALK_KIND_PAGE, 0x12345067, 0x12345);
	text = draw_dossier(&dossier, &words);
	expect_parts(text, parts, COUNT(parts));
	assert_null(strstr(text, "pkru"));
	assert_null(strstr(text, "cgroup"));
	assert_null(strstr(text, "inode 0 offset 0 cgroup"));
	free(text);
}

/* Where no VMA is, it is said why, as far as the address itself tells. */
static void nowhere(void **state)
{
	static const struct {
		__u64 va, end;
		const char *says;
		bool kernel;
	} cases[] = {
		{ 0x1000, 0x7ffffffff000, NULL, false },
		{ 0x7ffffffff000, 0x7ffffffff000, "which ends at 0x7ffffffff000\n", false },
		{ 0x800000000000, 0x7ffffffff000, "which ends at 0x7ffffffff000\n", false },
		{ 0xffff800000000000, 0x7ffffffff000, "0x7ffffffff000; see --kernel\n", true },
		{ 0xff10000000000000, 0xfffffffffff000, "0xfffffffffff000; see --kernel\n", true },
		{ 0xffffffffff600000, 0xffffe000, "0xffffe000; see --kernel\n", true },
		{ 0xffff800000000000, 0, NULL, false },	/* not told */
	};
	const struct picture_words words = { .name = "" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		struct vmwalk_dossier dossier = {
			.has = BASE,
			.walk = { .has = BASE, .va = cases[i].va, .kind = VMWALK_KIND_NOVMA },
			.around = { .has = BASE, .task_size = cases[i].end },
		};
		char *text = draw_dossier(&dossier, &words);

		assert_non_null(strstr(text, "no-vma: "));
		assert_non_null(strstr(text, "\n around "));
		if (cases[i].says)
			assert_non_null(strstr(text, cases[i].says));
		else
			assert_null(strstr(text, "not an address of user space"));
		assert_int_equal(!!strstr(text, "--kernel"), cases[i].kernel);
		assert_null(strstr(text, "\n VMA "));
		assert_null(strstr(text, "\n frame "));
		free(text);
	}
}

static void kernel_regions(void **state)
{
	static const char *const parts[] = {
		"0xffff888000001000 direct-map: all physical memory",
		"pgd table 0x7000 index 273",
		"allow the kernel only: read, write, execute\n",
	};
	struct vmwalk_walk walk = {
		.has = SEEN | VMWALK_HAS(LEAF), .va = 0xffff888000001000,
		.region = VMWALK_REGION_DIRECT_MAP, .kind = VMWALK_KIND_PAGE, .pa = 0x1000,
		.effective = VMWALK_FLAG(WRITE),
	};
	static const char *const hole[] = { "0xffff900000000000 hole: guard or unused\n" };

	(void)state;
	add(&walk, SEEN, VMWALK_LEVEL_PGD, 39, 273, VMWALK_KIND_PAGE, 0xe3, 0);
	expect(&walk, parts, COUNT(parts));
	walk = (struct vmwalk_walk) {
		.has = BASE, .va = 0xffff900000000000, .region = VMWALK_REGION_HOLE,
	};
	expect(&walk, hole, COUNT(hole));
}

/* The same of a dossier, and of a name of any length. */
static void damaged_dossiers(void **state)
{
	struct vmwalk_dossier dossier;
	char *name = malloc(VMWALK_NAMES_SIZE_MIN);
	struct picture_words words = { .name = name };
	unsigned int byte;

	(void)state;
	memset(name, '\n', VMWALK_NAMES_SIZE_MIN);
	name[VMWALK_NAMES_SIZE_MIN - 1] = '\0';
	for (byte = 0; byte < 256; byte++) {
		memset(&dossier, (int)byte, sizeof(dossier));
		free(draw_dossier(&dossier, &words));
	}
	free(name);
}

/* A record that breaks every promise is drawn somehow, without harm. */
static void damaged_records(void **state)
{
	struct vmwalk_walk walk;
	unsigned int byte;
	__u32 depth;

	(void)state;
	for (byte = 0; byte < 256; byte++) {
		for (depth = 0; depth <= VMWALK_DEPTH + 1; depth++) {
			memset(&walk, (int)byte, sizeof(walk));
			walk.depth = depth;
			free(draw(&walk));
		}
	}
	memset(&walk, 0xff, sizeof(walk));
	free(draw(&walk));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(four_levels),
		cmocka_unit_test(five_levels_and_a_huge_page),
		cmocka_unit_test(a_wrong_sum_is_told),
		cmocka_unit_test(nothing_is_made_up),
		cmocka_unit_test(swap),
		cmocka_unit_test(every_kind_is_explained),
		cmocka_unit_test(a_dossier),
		cmocka_unit_test(nowhere),
		cmocka_unit_test(kernel_regions),
		cmocka_unit_test(damaged_records),
		cmocka_unit_test(damaged_dossiers),
	};

	return cmocka_run_group_tests_name("picture", tests, NULL, NULL);
}
