// SPDX-License-Identifier: GPL-2.0
/*
 * test_huge.c - what is huge and why the rest is not: a vector for each reason
 *
 * The rules are those of v6.1's hugepage_vma_check() and hpage_collapse_scan_pmd(); the
 * vectors were made from their text.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake.h"
#include "fake_root.h"
#include "huge.h"
#include "test.h"

#define PAGE	4096ULL
#define MIB2	(512 * PAGE)
#define BASE	0x40000000ULL
#define UNKNOWN	2	/* of eligible */

#define F(NAME)	VMWALK_VMA_FLAG(NAME)

/* Runs of a vector: pages from the start of the VMA on; 0 pages end it. */
struct piece {
	__u64 pages;
	__u32 level, kind;
	__u64 flags;
};

#define NONE(n)		{ n, VMWALK_LEVEL_PTE, VMWALK_KIND_NONE, 0 }
#define SMALL(n)	{ n, VMWALK_LEVEL_PTE, VMWALK_KIND_PAGE, 0 }
#define ZEROS(n)	{ n, VMWALK_LEVEL_PTE, VMWALK_KIND_PAGE, VMWALK_FLAG(ZERO) }
#define SWAPS(n)	{ n, VMWALK_LEVEL_PTE, VMWALK_KIND_SWAP, 0 }
#define LEAF(n)		{ n, VMWALK_LEVEL_PMD, VMWALK_KIND_PAGE, 0 }
#define LEAF0(n)	{ n, VMWALK_LEVEL_PMD, VMWALK_KIND_PAGE, VMWALK_FLAG(ZERO) }

struct vector {
	const char *what;
	__u64 start, end, attributes, offset;
	__u32 use, dev, inode;
	enum vmwalk_thp policy;
	enum vmwalk_shmem_policy shmem;
	bool unsupported, prctl;
	__u64 max_none;		/* 0: as the kernel sets it */
	__u64 split;		/* pages of huge folios under small leaves */
	struct piece pieces[6];
	enum vmwalk_huge_reason reason;
	unsigned int eligible;
};

#define ALWAYS	.policy = VMWALK_THP_ALWAYS
#define AT(pages)	.start = BASE, .end = BASE + (pages) * PAGE

static const struct vector vectors[] = {
	{ "all of it", AT(1024), ALWAYS, .pieces = { LEAF(1024) },
	  .reason = VMWALK_HUGE_HUGE, .eligible = 1 },
	{ "huge though switched off since", AT(512), .pieces = { LEAF(512) },
	  .reason = VMWALK_HUGE_HUGE, .eligible = 0 },
	{ "the huge page of zeros", AT(512), ALWAYS, .pieces = { LEAF0(512) },
	  .reason = VMWALK_HUGE_HUGE, .eligible = 1 },
	{ "edges that no huge page fits", .start = BASE - 7 * PAGE, .end = BASE + MIB2 + 9 * PAGE,
	  ALWAYS, .pieces = { SMALL(7), LEAF(512), SMALL(9) },
	  .reason = VMWALK_HUGE_HUGE, .eligible = 1 },
	{ "hugetlb", AT(1024), ALWAYS, .use = VMWALK_USE_HUGETLB,
	  .attributes = F(HUGETLB), .pieces = { LEAF(1024) },
	  .reason = VMWALK_HUGE_HUGETLB, .eligible = 0 },
	{ "hugetlb by its attribute", AT(1024), ALWAYS, .attributes = F(HUGETLB),
	  .reason = VMWALK_HUGE_HUGETLB, .eligible = 0 },
	{ "bare frames", AT(1024), ALWAYS, .use = VMWALK_USE_DEVICE, .attributes = F(PFNMAP),
	  .reason = VMWALK_HUGE_SPECIAL, .eligible = 0 },
	{ "the vdso", AT(2), ALWAYS, .use = VMWALK_USE_VDSO, .attributes = F(DONTEXPAND),
	  .reason = VMWALK_HUGE_SPECIAL, .eligible = 0 },
	{ "device memory", AT(1024), ALWAYS, .attributes = F(IO),
	  .reason = VMWALK_HUGE_SPECIAL, .eligible = 0 },
	{ "mixed map", AT(1024), ALWAYS, .attributes = F(MIXEDMAP),
	  .reason = VMWALK_HUGE_SPECIAL, .eligible = 0 },
	{ "one page less", AT(511), ALWAYS, .pieces = { SMALL(511) },
	  .reason = VMWALK_HUGE_TOO_SMALL, .eligible = 0 },
	{ "large enough, at the wrong place", .start = BASE + PAGE, .end = BASE + 2 * MIB2 - PAGE,
	  ALWAYS, .pieces = { SMALL(1022) }, .reason = VMWALK_HUGE_UNALIGNED, .eligible = 0 },
	{ "file offset and address do not go together", AT(2048), ALWAYS,
	  .use = VMWALK_USE_LIBRARY, .inode = 5, .offset = 4096, .attributes = F(EXEC),
	  .reason = VMWALK_HUGE_UNALIGNED, .eligible = 0 },
	{ "shared memory at an odd offset", AT(2048), .use = VMWALK_USE_SHM, .inode = 5,
	  .offset = 3 * PAGE, .shmem = VMWALK_SHMEM_ALWAYS,
	  .reason = VMWALK_HUGE_UNALIGNED, .eligible = 0 },
	{ "anonymous memory has no offset", AT(512), ALWAYS, .offset = 4096,
	  .pieces = { SMALL(512) }, .reason = VMWALK_HUGE_NOT_COLLAPSED, .eligible = 1 },
	{ "a kernel without them", AT(512), ALWAYS, .unsupported = true,
	  .pieces = { SMALL(512) }, .reason = VMWALK_HUGE_UNSUPPORTED, .eligible = 0 },
	{ "prctl", AT(512), ALWAYS, .prctl = true, .attributes = F(HUGEPAGE),
	  .pieces = { SMALL(512) }, .reason = VMWALK_HUGE_PRCTL, .eligible = 0 },
	{ "MADV_NOHUGEPAGE", AT(512), ALWAYS, .attributes = F(NOHUGEPAGE),
	  .pieces = { SMALL(512) }, .reason = VMWALK_HUGE_NOHUGEPAGE, .eligible = 0 },
	{ "never", AT(512), .attributes = F(HUGEPAGE), .pieces = { SMALL(512) },
	  .reason = VMWALK_HUGE_NEVER, .eligible = 0 },
	{ "madvise, not advised", AT(512), .policy = VMWALK_THP_MADVISE, .pieces = { SMALL(512) },
	  .reason = VMWALK_HUGE_MADVISE, .eligible = 0 },
	{ "madvise, advised", AT(512), .policy = VMWALK_THP_MADVISE, .attributes = F(HUGEPAGE),
	  .pieces = { SMALL(512) }, .reason = VMWALK_HUGE_NOT_COLLAPSED, .eligible = 1 },
	{ "nameless shared memory, never", AT(512), ALWAYS, .use = VMWALK_USE_SHM,
	  .pieces = { SMALL(512) }, .reason = VMWALK_HUGE_SHMEM_POLICY, .eligible = 0 },
	{ "nameless shared memory, advise, not advised", AT(512), ALWAYS, .use = VMWALK_USE_SHM,
	  .shmem = VMWALK_SHMEM_ADVISE, .reason = VMWALK_HUGE_SHMEM_POLICY, .eligible = 0 },
	{ "nameless shared memory, advised", AT(512), .use = VMWALK_USE_SHM,
	  .shmem = VMWALK_SHMEM_ADVISE, .attributes = F(HUGEPAGE),
	  .reason = VMWALK_HUGE_UNTOUCHED, .eligible = 1 },
	{ "nameless shared memory, whatever policy for the rest", AT(512), .use = VMWALK_USE_SHM,
	  .shmem = VMWALK_SHMEM_ALWAYS, .pieces = { SMALL(512) },
	  .reason = VMWALK_HUGE_NOT_COLLAPSED, .eligible = 1 },
	{ "within_size: not known", AT(512), .use = VMWALK_USE_SHM,
	  .shmem = VMWALK_SHMEM_WITHIN_SIZE, .pieces = { SMALL(512) },
	  .reason = VMWALK_HUGE_NOT_COLLAPSED, .eligible = UNKNOWN },
	{ "within_size, advised", AT(512), .use = VMWALK_USE_SHM, .attributes = F(HUGEPAGE),
	  .shmem = VMWALK_SHMEM_WITHIN_SIZE, .pieces = { SMALL(512) },
	  .reason = VMWALK_HUGE_NOT_COLLAPSED, .eligible = 1 },
	{ "a tmpfs with huge=always", AT(512), .use = VMWALK_USE_FILE, .dev = 7, .inode = 3,
	  .pieces = { SMALL(512) }, .reason = VMWALK_HUGE_NOT_COLLAPSED, .eligible = 1 },
	{ "that, and all denied", AT(512), ALWAYS, .use = VMWALK_USE_FILE, .dev = 7, .inode = 3,
	  .shmem = VMWALK_SHMEM_DENY, .reason = VMWALK_HUGE_SHMEM_POLICY, .eligible = 0 },
	{ "a tmpfs without huge=", AT(512), .use = VMWALK_USE_FILE, .dev = 8, .inode = 3,
	  .shmem = VMWALK_SHMEM_ALWAYS, .reason = VMWALK_HUGE_SHMEM_POLICY, .eligible = 0 },
	{ "that, and all forced", AT(512), .use = VMWALK_USE_FILE, .dev = 8, .inode = 3,
	  .shmem = VMWALK_SHMEM_FORCE, .reason = VMWALK_HUGE_UNTOUCHED, .eligible = 1 },
	{ "a file", AT(512), ALWAYS, .use = VMWALK_USE_FILE, .dev = 9, .inode = 3,
	  .pieces = { SMALL(512) }, .reason = VMWALK_HUGE_FILE, .eligible = 0 },
	{ "a file, never", AT(512), .use = VMWALK_USE_FILE, .dev = 9, .inode = 3,
	  .pieces = { SMALL(512) }, .reason = VMWALK_HUGE_NEVER, .eligible = 0 },
	{ "program text", AT(512), ALWAYS, .use = VMWALK_USE_CODE, .dev = 9, .inode = 3,
	  .attributes = F(EXEC), .pieces = { SMALL(512) },
	  .reason = VMWALK_HUGE_TEXT, .eligible = UNKNOWN },
	{ "program text on huge pages", AT(512), ALWAYS, .use = VMWALK_USE_CODE, .dev = 9,
	  .inode = 3, .attributes = F(EXEC), .pieces = { LEAF(512) },
	  .reason = VMWALK_HUGE_HUGE, .eligible = UNKNOWN },
	{ "exec's stack", AT(512), ALWAYS, .use = VMWALK_USE_STACK,
	  .attributes = F(GROWSDOWN) | F(RAND_READ) | F(SEQ_READ), .pieces = { SMALL(512) },
	  .reason = VMWALK_HUGE_TEMPORARY_STACK, .eligible = 0 },
	{ "a stack", AT(512), ALWAYS, .use = VMWALK_USE_STACK, .attributes = F(GROWSDOWN),
	  .pieces = { SMALL(512) }, .reason = VMWALK_HUGE_NOT_COLLAPSED, .eligible = 1 },
	{ "nothing", AT(1024), ALWAYS, .pieces = { NONE(1024) },
	  .reason = VMWALK_HUGE_UNTOUCHED, .eligible = 1 },
	{ "nothing, and nothing said about it", AT(1024), ALWAYS,
	  .reason = VMWALK_HUGE_UNTOUCHED, .eligible = 1 },
	{ "zeros read", AT(512), ALWAYS, .pieces = { ZEROS(512) },
	  .reason = VMWALK_HUGE_UNTOUCHED, .eligible = 1 },
	{ "64 TiB of nothing, quickly", .start = BASE, .end = BASE + (1ULL << 46), ALWAYS,
	  .pieces = { NONE(1ULL << 34) }, .reason = VMWALK_HUGE_UNTOUCHED, .eligible = 1 },
	{ "one page is enough for khugepaged", AT(512), ALWAYS, .pieces = { NONE(300), SMALL(1) },
	  .reason = VMWALK_HUGE_NOT_COLLAPSED, .eligible = 1 },
	{ "not if so told", AT(512), ALWAYS, .max_none = 510, .pieces = { NONE(300), SMALL(1) },
	  .reason = VMWALK_HUGE_SPARSE, .eligible = 1 },
	{ "zeros count as empty", AT(512), ALWAYS, .max_none = 100,
	  .pieces = { ZEROS(101), SMALL(411) }, .reason = VMWALK_HUGE_SPARSE, .eligible = 1 },
	{ "just enough", AT(512), ALWAYS, .max_none = 100,
	  .pieces = { ZEROS(50), SMALL(412), NONE(50) },
	  .reason = VMWALK_HUGE_NOT_COLLAPSED, .eligible = 1 },
	{ "64 swapped are accepted", AT(512), ALWAYS, .pieces = { SWAPS(64), SMALL(448) },
	  .reason = VMWALK_HUGE_NOT_COLLAPSED, .eligible = 1 },
	{ "65 are not", AT(512), ALWAYS, .pieces = { SWAPS(65), SMALL(447) },
	  .reason = VMWALK_HUGE_SWAPPED, .eligible = 1 },
	{ "small leaves of huge folios", AT(1024), ALWAYS, .split = 1024,
	  .pieces = { SMALL(1024) }, .reason = VMWALK_HUGE_SPLIT, .eligible = 1 },
	{ "some of them", AT(1024), ALWAYS, .split = 1023, .pieces = { SMALL(1024) },
	  .reason = VMWALK_HUGE_NOT_COLLAPSED, .eligible = 1 },
	{ "huge, the rest to come", AT(1024), ALWAYS, .pieces = { LEAF(512), SMALL(512) },
	  .reason = VMWALK_HUGE_NOT_COLLAPSED, .eligible = 1 },
	{ "huge, the rest empty", AT(1024), ALWAYS, .pieces = { LEAF(512), NONE(512) },
	  .reason = VMWALK_HUGE_UNTOUCHED, .eligible = 1 },
	{ "of all sorts", AT(2048), ALWAYS, .pieces = { LEAF(512), SMALL(512), NONE(1024) },
	  .reason = VMWALK_HUGE_MIXED, .eligible = 1 },
	{ "runs that cross the places", AT(1536), ALWAYS,
	  .pieces = { NONE(100), SMALL(1000), NONE(436) },
	  .reason = VMWALK_HUGE_NOT_COLLAPSED, .eligible = 1 },
};

static struct vmwalk_tmpfs mounts[] = {
	{ { 0, 7 }, VMWALK_SHMEM_ALWAYS }, { { 0, 8 }, VMWALK_SHMEM_NEVER },
};

static struct vmwalk_thp_settings settings_of(const struct vector *vector)
{
	return (struct vmwalk_thp_settings) {
		.supported = !vector->unsupported, .policy = vector->policy,
		.shmem = vector->shmem, .pmd_bytes = MIB2, .page = PAGE,
		.max_none = vector->max_none ? vector->max_none : 511, .max_swap = 64,
		.mounts = mounts, .nr_mounts = COUNT(mounts),
	};
}

static void pieces_add(struct vmwalk_huge *huge, const struct vector *vector)
{
	__u64 at = vector->start;
	size_t i;

	for (i = 0; i < COUNT(vector->pieces) && vector->pieces[i].pages; i++) {
		const struct piece *piece = &vector->pieces[i];
		const struct vmwalk_run run = {
			.has = VMWALK_HAS(BASE), .start = at, .end = at + piece->pages * PAGE,
			.level = piece->level, .kind = piece->kind, .flags = piece->flags,
			.shift = piece->level == VMWALK_LEVEL_PMD ? 21 : 12,
		};

		vmwalk_huge_run(huge, &run);
		at = run.end;
	}
}

static void frames_add(struct vmwalk_huge *huge, const struct vector *vector)
{
	const struct vmwalk_frame frame = {
		.has = VMWALK_HAS(BASE) | VMWALK_HAS(FRAME) | VMWALK_HAS(PAGE),
		.pages = vector->split, .order = 9,
	};
	struct vmwalk_frame small = frame;

	if (vector->split)
		vmwalk_huge_frame(huge, &frame);
	small.order = 8;	/* smaller than a huge page: not that */
	vmwalk_huge_frame(huge, &small);
}

static struct vmwalk_hugepages judge(const struct vector *vector)
{
	const struct vmwalk_thp_settings thp = settings_of(vector);
	const struct vmwalk_vma vma = {
		.start = vector->start, .end = vector->end, .attributes = vector->attributes,
		.offset = vector->offset, .use = vector->use, .dev = { 0, vector->dev },
		.inode = vector->inode,
	};
	struct vmwalk_hugepages out;
	struct vmwalk_huge huge;

	vmwalk_huge_open(&huge, &thp, &vma, "", vector->prctl);
	pieces_add(&huge, vector);
	frames_add(&huge, vector);
	vmwalk_huge_close(&huge, &out);
	return out;
}

static void reasons(void **state)
{
	bool met[VMWALK_HUGE_NR] = { false };
	unsigned int eligible;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(vectors); i++) {
		struct vmwalk_hugepages out = judge(&vectors[i]);

		eligible = out.has & VMWALK_HAS(KNOWN) ? out.eligible : UNKNOWN;
		if (out.reason != vectors[i].reason || eligible != vectors[i].eligible)
			print_message("%s: reason %u, eligible %u\n", vectors[i].what,
				      out.reason, eligible);
		assert_int_equal(out.reason, vectors[i].reason);
		assert_int_equal(eligible, vectors[i].eligible);
		/* Every place is one thing, and only one. */
		assert_true(out.untouched + out.sparse + out.swapped_out + out.dense <= out.could);
		met[out.reason] = true;
	}
	for (i = 0; i < VMWALK_HUGE_NR; i++)
		assert_true(met[i]);
}

/* Every run of pieces gives the same as the pieces page by page. */
static void sums(void **state)
{
	static const struct vector vector = {
		"sums", .start = BASE - 3 * PAGE, .end = BASE + 5 * MIB2, ALWAYS, .max_none = 256,
		.pieces = { SMALL(3), LEAF(512), NONE(512), SMALL(700), SWAPS(324), ZEROS(512) },
	};
	struct vmwalk_hugepages out = judge(&vector);

	(void)state;
	assert_int_equal(out.bytes, 5 * MIB2 + 3 * PAGE);
	assert_int_equal(out.pte_bytes, (3 + 700 + 512) * PAGE);
	assert_int_equal(out.pmd_bytes, MIB2);
	assert_int_equal(out.pud_bytes, 0);
	assert_int_equal(out.anon_huge, MIB2);
	assert_int_equal(out.zero_huge + out.file_huge + out.shmem_huge, 0);
	assert_int_equal(out.could, 5 * MIB2);
	assert_int_equal(out.untouched, 2 * MIB2);	/* the empty one, and the zeros */
	assert_int_equal(out.dense, MIB2);		/* 512 of the 700 */
	assert_int_equal(out.swapped_out, MIB2);	/* 188 of them, 324 swapped */
	assert_int_equal(out.sparse, 0);
	assert_int_equal(out.reason, VMWALK_HUGE_MIXED);
	assert_false(out.has & VMWALK_HAS(PAGE));	/* no run had the group RAW */
}

/* Which line of smaps a huge leaf belongs to. */
static void kinds(void **state)
{
	struct vector vector = { "kinds", AT(512), ALWAYS, .pieces = { LEAF(512) } };
	struct vmwalk_hugepages out;

	(void)state;
	vector.use = VMWALK_USE_SHM;
	out = judge(&vector);
	assert_int_equal(out.shmem_huge, MIB2);
	assert_int_equal(out.anon_huge + out.file_huge, 0);
	vector.use = VMWALK_USE_FILE;
	vector.inode = 1;
	vector.dev = 7;
	assert_int_equal(judge(&vector).shmem_huge, MIB2);
	vector.dev = 9;
	assert_int_equal(judge(&vector).file_huge, MIB2);
	vector.use = VMWALK_USE_HUGETLB;
	out = judge(&vector);
	assert_int_equal(out.anon_huge + out.file_huge + out.shmem_huge, 0);
	assert_int_equal(out.pmd_bytes, MIB2);
	vector = (struct vector) { "zero", AT(512), ALWAYS, .pieces = { LEAF0(512) } };
	out = judge(&vector);
	assert_int_equal(out.zero_huge, MIB2);
	assert_int_equal(out.anon_huge, 0);	/* AnonHugePages leaves it out */
}

static void choices(void **state)
{
	static const char *const words[] = { "never", "madvise", "always", NULL };
	static const struct {
		const char *text;
		int choice;
	} cases[] = {
		{ "always [madvise] never\n", 1 }, { "[always] madvise never\n", 2 },
		{ "always madvise [never]\n", 0 }, { "[never]", 0 },
		{ "always madvise never\n", -ENOMSG }, { "", -ENOMSG }, { "[]", -ENOMSG },
		{ "[never", -ENOMSG }, { "[nev]", -ENOMSG }, { "[never ]", -ENOMSG },
		{ "[neverly]", -ENOMSG }, { "[[never]]", -ENOMSG },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		assert_int_equal(vmwalk_thp_choice(cases[i].text, words), cases[i].choice);
}

static void mountinfo(void **state)
{
	static const char text[] =
		"21 26 0:19 / /sys rw,nosuid - sysfs sys rw\n"
		"22 26 0:5 / /dev rw shared:2 - devtmpfs dev rw,size=4k,mode=755\n"
		"23 26 0:22 / /run/a\\040- rw shared:3 master:1 - tmpfs  rw,huge=within_size,size=1\n"
		"24 26 0:300 / /tmp rw - tmpfs tmp rw,nr_inodes=5,huge=advise\n";
	static const char *const bad[] = {
		"21", "21 26 0:19 / /sys rw - ", "21 26 x / /sys rw - tmpfs x rw\n",
		"21 26 0:19 / / rw - tmpfs x\n", "21 26 0:19 / / rw - tmpfs x huge=some\n",
		"21 26 0:19 / / rw - tmpfs x rw,huge=\n", "21 26 0:19 / / rw tmpfs x rw\n",
	};
	struct vmwalk_thp_settings thp = { .mounts = NULL };
	size_t i;

	(void)state;
	assert_int_equal(vmwalk_thp_mounts(text, &thp), 0);
	assert_int_equal(thp.nr_mounts, 3);
	assert_int_equal(thp.mounts[0].policy, VMWALK_SHMEM_NEVER);
	assert_int_equal(thp.mounts[1].policy, VMWALK_SHMEM_WITHIN_SIZE);
	assert_int_equal(thp.mounts[2].policy, VMWALK_SHMEM_ADVISE);
	assert_ptr_equal(vmwalk_thp_tmpfs(&thp, (const __u32 []){ 0, 300 }), &thp.mounts[2]);
	assert_null(vmwalk_thp_tmpfs(&thp, (const __u32 []){ 0, 19 }));
	assert_null(vmwalk_thp_tmpfs(&thp, (const __u32 []){ 300, 0 }));
	vmwalk_thp_close(&thp);
	for (i = 0; i < COUNT(bad); i++) {
		int err = vmwalk_thp_mounts(bad[i], &thp);

		if (i != 1)	/* a file system without a name is no tmpfs */
			assert_int_equal(err, -ENOMSG);
		vmwalk_thp_close(&thp);
	}
}

#define THP	"/sys/kernel/mm/transparent_hugepage/"

static void settings(void **state)
{
	struct vmwalk_thp_settings thp;
	char page_size[32];

	(void)state;
	fake_reset();
	fake_root_open();
	assert_int_equal(vmwalk_thp_read(1, &thp), -ENOENT);	/* no mountinfo: no process */
	vmwalk_thp_close(&thp);
	fake_root_file("/proc/1/mountinfo", "24 26 0:30 / /tmp rw - tmpfs tmp rw\n");
	assert_int_equal(vmwalk_thp_read(1, &thp), 0);
	assert_false(thp.supported);
	assert_int_equal(thp.nr_mounts, 1);
	vmwalk_thp_close(&thp);
	snprintf(page_size, sizeof(page_size), "%d\n", 2 << 20);
	fake_root_file(THP "hpage_pmd_size", page_size);
	fake_root_file(THP "enabled", "always [madvise] never\n");
	fake_root_file(THP "shmem_enabled", "always within_size advise [never] deny force\n");
	fake_root_file(THP "khugepaged/max_ptes_none", "511\n");
	fake_root_file(THP "khugepaged/max_ptes_swap", "63\n");
	assert_int_equal(vmwalk_thp_read(1, &thp), 0);
	assert_true(thp.supported);
	assert_int_equal(thp.policy, VMWALK_THP_MADVISE);
	assert_int_equal(thp.shmem, VMWALK_SHMEM_NEVER);
	assert_int_equal(thp.pmd_bytes, 2 << 20);
	assert_int_equal(thp.max_none, 511);
	assert_int_equal(thp.max_swap, 63);
	vmwalk_thp_close(&thp);
	/* Kernels from v6.8 on have a setting for each size. */
	fake_root_file(THP "hugepages-2048kB/enabled", "always [inherit] madvise never\n");
	assert_int_equal(vmwalk_thp_read(1, &thp), 0);
	assert_int_equal(thp.policy, VMWALK_THP_MADVISE);
	vmwalk_thp_close(&thp);
	fake_root_file(THP "hugepages-2048kB/enabled", "[always] inherit madvise never\n");
	assert_int_equal(vmwalk_thp_read(1, &thp), 0);
	assert_int_equal(thp.policy, VMWALK_THP_ALWAYS);
	vmwalk_thp_close(&thp);
	fake_root_file(THP "khugepaged/max_ptes_none", "51 1\n");
	assert_int_equal(vmwalk_thp_read(1, &thp), -ENOMSG);
	vmwalk_thp_close(&thp);
	fake_root_file(THP "hpage_pmd_size", "2097153\n");
	assert_int_equal(vmwalk_thp_read(1, &thp), -ENOMSG);
	vmwalk_thp_close(&thp);
	fake_root_close();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reasons),
		cmocka_unit_test(sums),
		cmocka_unit_test(kinds),
		cmocka_unit_test(choices),
		cmocka_unit_test(mountinfo),
		cmocka_unit_test(settings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
