// SPDX-License-Identifier: GPL-2.0
/* fake.c - an address space made by hand */
#include <linux/maple_tree.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/module.h>

#include "fake.h"

#define TABLE_BITS	0x67	/* present, write, user, accessed, dirty */
#define FRAME_BITS	0x000ffffffffff000ULL

/*
 * Tables are kmalloc'ed: SLUB aligns a page's worth to a page, and lowmem is in
 * the direct map, where the walker looks for tables.
 */
static void *page(struct kunit *test, unsigned int pages)
{
	void *at = kunit_kzalloc(test, pages * PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, at);
	KUNIT_ASSERT_TRUE(test, PAGE_ALIGNED(at));
	return at;
}

int fake_init(struct kunit *test)
{
	struct mm_struct *mm = kunit_kzalloc(test, sizeof(*mm), GFP_KERNEL);

	if (!mm)
		return -ENOMEM;
	mmap_init_lock(mm);
	/* As mm_init() does: the mmap lock is the tree's, and lockdep looks for it. */
	mt_init_flags(&mm->mm_mt, MM_MT_FLAGS);
	mt_set_external_lock(&mm->mm_mt, &mm->mmap_lock);
	test->priv = mm;
	/* With page-table isolation a pgd is two pages. */
	mm->pgd = page(test, 2);
	return 0;
}

void fake_exit(struct kunit *test)
{
	struct mm_struct *mm = fake_mm(test);

	if (!mm)
		return;
	mmap_write_lock(mm);
	__mt_destroy(&mm->mm_mt);
	mmap_write_unlock(mm);
}

static int tree_store(struct vm_area_struct *vma)
{
	MA_STATE(mas, &vma->vm_mm->mm_mt, vma->vm_start, vma->vm_end - 1);
	int err;

	mmap_write_lock(vma->vm_mm);
	err = mas_store_gfp(&mas, vma, GFP_KERNEL);
	mmap_write_unlock(vma->vm_mm);
	return err;
}

struct vm_area_struct *fake_vma(struct kunit *test, u64 start, u64 end, unsigned long flags)
{
	struct vm_area_struct *vma = kunit_kzalloc(test, sizeof(*vma), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, vma);
	vma->vm_mm = fake_mm(test);
	vma->vm_start = start;
	vma->vm_end = end;
	/* const in newer kernels, for those who share the VMA with others */
	*(unsigned long *)&vma->vm_flags = flags;
	KUNIT_ASSERT_EQ(test, 0, tree_store(vma));
	return vma;
}

bool fake_five(void)
{
	return pgtable_l5_enabled();
}

/* pte 12, pmd 21, pud 30, p4d 39, pgd 48; with four levels the pgd is at 39. */
u32 fake_index(enum vmwalk_level level, u64 va)
{
	u32 shift = 12 + 9 * level;

	if (level == VMWALK_LEVEL_PGD && !fake_five())
		shift = 39;
	return (va >> shift) & 511;
}

static enum vmwalk_level above(enum vmwalk_level level)
{
	return level == VMWALK_LEVEL_PUD && !fake_five() ? VMWALK_LEVEL_PGD : level + 1;
}

u64 *fake_table(struct kunit *test, enum vmwalk_level level, u64 va)
{
	u64 *entry;

	if (level == VMWALK_LEVEL_PGD)
		return (u64 *)fake_mm(test)->pgd;
	entry = fake_table(test, above(level), va) + fake_index(above(level), va);
	if (!*entry)
		*entry = __pa(page(test, 1)) | TABLE_BITS;
	return __va(*entry & FRAME_BITS);
}

void fake_set(struct kunit *test, enum vmwalk_level level, u64 va, u64 raw)
{
	fake_table(test, level, va)[fake_index(level, va)] = raw;
}

static bool emit(struct vmwalk_sink *sink, const struct vmwalk_note *note)
{
	struct fake_sink *to = container_of(sink, struct fake_sink, sink);

	if (to->nr == FAKE_NOTES || (fake_leaf(note) && to->leaves == to->room))
		return false;
	to->note[to->nr++] = *note;
	to->leaves += fake_leaf(note);
	return true;
}

struct fake_sink *fake_sink(struct kunit *test, u32 room)
{
	struct fake_sink *to = kunit_kzalloc(test, sizeof(*to), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, to);
	to->sink.emit = emit;
	to->sink.tables = true;
	to->room = room;
	return to;
}

u64 fake_walk(struct vm_area_struct *vma, u64 start, u64 end, struct fake_sink *sink)
{
	struct vmwalk_cost cost = { };
	s64 budget;

	do {	/* again where the CPU was wanted */
		budget = FAKE_NOTES;
		mmap_read_lock(vma->vm_mm);
		start = vmwalk_pgtable_walk_vma(vma, start, end, &sink->sink, &cost, &budget);
		mmap_read_unlock(vma->vm_mm);
		cond_resched();
	} while (start < end && !sink->sink.full);
	return start;
}

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("KUnit suites of vmwalk");
