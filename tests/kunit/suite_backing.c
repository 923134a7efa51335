// SPDX-License-Identifier: GPL-2.0
/*
 * suite_backing.c - what is behind an address: a file, a page cache and a file system
 * made by hand
 */
#include "../../module/backing.c"

#include <kunit/test.h>
#include <linux/slab.h>

#define AT	0x7f0000000000ULL	/* the VMA; its first page is page 16 of the file */
#define FIRST	16
#define FUSE_MAGIC	0x65735546

/**
 * struct scene - a VMA of a file, and everything that hangs on it
 * @asked: times the file system was asked for a block
 * @block: what it answers
 */
struct scene {
	struct vm_area_struct vma;
	struct file file;
	struct inode inode;
	struct super_block sb;
	struct block_device bdev;
	struct address_space_operations aops;
	int asked;
	sector_t block;
};

static const struct vm_operations_struct plain_ops;

static sector_t answer(struct address_space *mapping, sector_t block)
{
	struct scene *scene = container_of(mapping->host, struct scene, inode);

	scene->asked++;
	return scene->block ? scene->block + block : 0;
}

static int read_nothing(struct file *file, struct folio *folio)
{
	return -EIO;
}

/* A regular file of 64 pages on a file system with a disk, mapped from page 16 on. */
static int scene_init(struct kunit *test)
{
	struct scene *scene = kunit_kzalloc(test, sizeof(*scene), GFP_KERNEL);

	if (!scene)
		return -ENOMEM;
	test->priv = scene;
	scene->aops.read_folio = read_nothing;
	scene->aops.bmap = answer;
	scene->bdev.bd_dev = MKDEV(7, 3);
	scene->sb.s_bdev = &scene->bdev;
	scene->sb.s_dev = MKDEV(8, 1);
	scene->sb.s_magic = MSDOS_SUPER_MAGIC;
	init_rwsem(&scene->inode.i_rwsem);
	scene->inode.i_sb = &scene->sb;
	scene->inode.i_mode = S_IFREG | 0644;
	scene->inode.i_ino = 4711;
	scene->inode.i_blkbits = 10;
	scene->inode.i_size = 64 * PAGE_SIZE;
	scene->inode.i_mapping = &scene->inode.i_data;
	scene->inode.i_data.host = &scene->inode;
	scene->inode.i_data.a_ops = &scene->aops;
	xa_init_flags(&scene->inode.i_data.i_pages, XA_FLAGS_LOCK_IRQ | XA_FLAGS_ACCOUNT);
	scene->file.f_inode = &scene->inode;
	scene->file.f_mapping = &scene->inode.i_data;
	scene->vma.vm_start = AT;
	scene->vma.vm_end = AT + 32 * PAGE_SIZE;
	scene->vma.vm_pgoff = FIRST;
	scene->vma.vm_ops = &plain_ops;
	scene->vma.vm_file = &scene->file;
	return 0;
}

static void scene_exit(struct kunit *test)
{
	struct scene *scene = test->priv;

	if (scene)
		xa_destroy(&scene->inode.i_data.i_pages);
}

static void set_flags(struct vm_area_struct *vma, unsigned long flags)
{
	/* const in newer kernels */
	*(unsigned long *)&vma->vm_flags = flags;
}

static struct vmwalk_backing look(struct kunit *test, u64 va)
{
	struct scene *scene = test->priv;
	struct vmwalk_backing out;

	memset(&out, 0xff, sizeof(out));
	vmwalk_backing_read(&scene->vma, va, &out);
	return out;
}

/* Put an entry at a page of the file. */
static void put(struct kunit *test, pgoff_t index, void *entry)
{
	struct scene *scene = test->priv;

	KUNIT_ASSERT_FALSE(test, xa_is_err(xa_store_irq(&scene->inode.i_data.i_pages, index,
							entry, GFP_KERNEL)));
}

static void fills_in(struct kunit *test)
{
	struct scene *scene = test->priv;
	struct vmwalk_backing none;

	KUNIT_EXPECT_EQ(test, (int)look(test, AT).fill, VMWALK_FILL_FILE);
	scene->sb.s_magic = TMPFS_MAGIC;
	KUNIT_EXPECT_EQ(test, (int)look(test, AT).fill, VMWALK_FILL_SHMEM);
	/* a character device of devtmpfs, a page of which nobody can read */
	scene->inode.i_mode = S_IFCHR;
	scene->aops.read_folio = NULL;
	KUNIT_EXPECT_EQ(test, (int)look(test, AT).fill, VMWALK_FILL_DRIVER);
	scene->inode.i_mode = S_IFREG;
	set_flags(&scene->vma, VM_PFNMAP);
	KUNIT_EXPECT_EQ(test, (int)look(test, AT).fill, VMWALK_FILL_DRIVER);
	set_flags(&scene->vma, VM_HUGETLB);
	KUNIT_EXPECT_EQ(test, (int)fill_of(&scene->vma), VMWALK_FILL_HUGETLB);
	set_flags(&scene->vma, 0);
	scene->vma.vm_ops = NULL;
	KUNIT_EXPECT_EQ(test, (int)look(test, AT).fill, VMWALK_FILL_ZERO);
	scene->vma.vm_ops = &plain_ops;
	scene->vma.vm_file = NULL;
	KUNIT_EXPECT_EQ(test, (int)look(test, AT).fill, VMWALK_FILL_DRIVER);
	vmwalk_backing_read(NULL, AT, &none);
	KUNIT_EXPECT_EQ(test, (int)none.fill, VMWALK_FILL_NONE);
}

/* Byte 0x2345 of the VMA is byte 0x12345 of the file. */
static void file_in(struct kunit *test)
{
	struct scene *scene = test->priv;
	struct vmwalk_backing out = look(test, AT + 0x2345);

	KUNIT_EXPECT_EQ(test, out.has,
			VMWALK_HAS(BASE) | VMWALK_HAS(PAGE) | VMWALK_HAS(BACKED));
	KUNIT_EXPECT_EQ(test, out.offset, 0x12345ULL);
	KUNIT_EXPECT_EQ(test, out.size, 0x40000ULL);
	KUNIT_EXPECT_EQ(test, out.inode, 4711ULL);
	KUNIT_EXPECT_EQ(test, out.dev[0], 8U);
	KUNIT_EXPECT_EQ(test, out.dev[1], 1U);
	/* private memory has no file behind it, though the VMA has one (/dev/zero) */
	scene->vma.vm_ops = NULL;
	out = look(test, AT);
	KUNIT_EXPECT_EQ(test, out.has, VMWALK_HAS(BASE) | VMWALK_HAS(PAGE));
	KUNIT_EXPECT_EQ(test, (int)out.cache, VMWALK_CACHE_NONE);
}

/* One page of the cache in each state, put there and taken out by hand. */
static void states_of_a_page(struct kunit *test)
{
	static const struct {
		unsigned long flags;
		enum vmwalk_cache cache;
	} at[] = {
		{ 0, VMWALK_CACHE_READING },
		{ BIT(PG_dirty), VMWALK_CACHE_READING },
		{ BIT(PG_uptodate), VMWALK_CACHE_UPTODATE },
		{ BIT(PG_uptodate) | BIT(PG_dirty), VMWALK_CACHE_DIRTY },
		{ BIT(PG_uptodate) | BIT(PG_writeback), VMWALK_CACHE_WRITEBACK },
		{ BIT(PG_uptodate) | BIT(PG_dirty) | BIT(PG_writeback), VMWALK_CACHE_WRITEBACK },
#ifdef CONFIG_MEMORY_FAILURE
		{ BIT(PG_uptodate) | BIT(PG_hwpoison), VMWALK_CACHE_POISON },
		{ BIT(PG_hwpoison), VMWALK_CACHE_POISON },
#endif
	};
	struct page *page = alloc_page(GFP_KERNEL);
	unsigned long before = page ? page->flags : 0;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, page);
	put(test, FIRST + 2, page);
	for (i = 0; i < ARRAY_SIZE(at); i++) {
		struct vmwalk_backing out;

		page->flags = before | at[i].flags;
		out = look(test, AT + 0x2fff);
		page->flags = before;
		KUNIT_EXPECT_EQ_MSG(test, (int)out.cache, (int)at[i].cache, "state %d", i);
		KUNIT_EXPECT_EQ_MSG(test, out.cache_pfn, (u64)page_to_pfn(page), "state %d", i);
		KUNIT_EXPECT_TRUE(test, out.has & VMWALK_HAS(FRAME));
	}
	/* the pages beside it */
	KUNIT_EXPECT_EQ(test, (int)look(test, AT + 0x1fff).cache, VMWALK_CACHE_ABSENT);
	KUNIT_EXPECT_EQ(test, (int)look(test, AT + 0x3000).cache, VMWALK_CACHE_ABSENT);
	KUNIT_EXPECT_EQ(test, look(test, AT + 0x3000).cache_pfn, 0ULL);
	put(test, FIRST + 2, NULL);
	KUNIT_EXPECT_EQ(test, page_count(page), 1);
	__free_page(page);
}

/* Of a folio of four pages, which lies aligned in the file, each place shows its own page. */
static void pages_of_a_folio(struct kunit *test)
{
	struct page *head = alloc_pages(GFP_KERNEL | __GFP_COMP, 2);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, head);
	for (i = 0; i < 4; i++)
		put(test, FIRST + 4 + i, head);
	for (i = 0; i < 4; i++) {
		struct vmwalk_backing out = look(test, AT + 0x4000 + i * 0x1000);

		KUNIT_EXPECT_EQ_MSG(test, out.cache_pfn, (u64)page_to_pfn(head) + i, "page %d", i);
		KUNIT_EXPECT_EQ_MSG(test, (int)out.cache, VMWALK_CACHE_READING, "page %d", i);
	}
	for (i = 0; i < 4; i++)
		put(test, FIRST + 4 + i, NULL);
	__free_pages(head, 2);
}

/* A value: what eviction left, with shared memory a place in swap or a failed read. */
static void values(struct kunit *test)
{
	struct scene *scene = test->priv;
	struct vmwalk_backing out;

	put(test, FIRST, swp_to_radix_entry(swp_entry(3, 0x1234)));
	put(test, FIRST + 1, swp_to_radix_entry(swp_entry(MAX_SWAPFILES, 5)));
	out = look(test, AT);
	KUNIT_EXPECT_EQ(test, (int)out.cache, VMWALK_CACHE_EVICTED);
	KUNIT_EXPECT_FALSE(test, out.has & VMWALK_HAS(SWAP));
	scene->sb.s_magic = TMPFS_MAGIC;
	out = look(test, AT);
	KUNIT_EXPECT_EQ(test, (int)out.cache, VMWALK_CACHE_SWAPPED);
	KUNIT_EXPECT_TRUE(test, out.has & VMWALK_HAS(SWAP));
	KUNIT_EXPECT_FALSE(test, out.has & VMWALK_HAS(FRAME));
	KUNIT_EXPECT_EQ(test, out.swap_type, 3U);
	KUNIT_EXPECT_EQ(test, out.swap_offset, 0x1234ULL);
	out = look(test, AT + PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, (int)out.cache, VMWALK_CACHE_POISON);
	KUNIT_EXPECT_FALSE(test, out.has & VMWALK_HAS(SWAP));
}

static enum vmwalk_block_state ask(struct kunit *test, struct vmwalk_backing *out)
{
	struct scene *scene = test->priv;

	*out = look(test, AT + 0x2345);
	KUNIT_EXPECT_EQ(test, (int)out->block_state, VMWALK_BLOCK_UNKNOWN);
	block_ask(&scene->inode, 2, out);	/* FAT */
	return out->block_state;
}

/* Blocks of 1024 bytes: byte 0x12345 is in block 72 of the file. */
static void blocks(struct kunit *test)
{
	struct scene *scene = test->priv;
	struct vmwalk_backing out;

	scene->block = 100000;
	KUNIT_EXPECT_EQ(test, (int)ask(test, &out), VMWALK_BLOCK_MAPPED);
	KUNIT_EXPECT_TRUE(test, out.has & VMWALK_HAS(BLOCK));
	KUNIT_EXPECT_EQ(test, out.block, 100072ULL);
	KUNIT_EXPECT_EQ(test, out.block_bytes, 1024U);
	KUNIT_EXPECT_EQ(test, out.block_dev[0], 7U);
	KUNIT_EXPECT_EQ(test, out.block_dev[1], 3U);
	scene->block = 0;
	KUNIT_EXPECT_EQ(test, (int)ask(test, &out), VMWALK_BLOCK_HOLE);
	KUNIT_EXPECT_FALSE(test, out.has & VMWALK_HAS(BLOCK));
	KUNIT_EXPECT_EQ(test, scene->asked, 2);
}

/* What would write, wait or take an error away is not done. */
static void not_asked(struct kunit *test)
{
	struct scene *scene = test->priv;
	struct address_space *mapping = &scene->inode.i_data;
	struct vmwalk_backing out;

	scene->block = 100000;
	put(test, FIRST + 20, xa_mk_value(1));
	xa_set_mark(&mapping->i_pages, FIRST + 20, PAGECACHE_TAG_DIRTY);
	KUNIT_EXPECT_EQ(test, (int)ask(test, &out), VMWALK_BLOCK_UNWRITTEN);
	xa_clear_mark(&mapping->i_pages, FIRST + 20, PAGECACHE_TAG_DIRTY);
	xa_set_mark(&mapping->i_pages, FIRST + 20, PAGECACHE_TAG_WRITEBACK);
	KUNIT_EXPECT_EQ(test, (int)ask(test, &out), VMWALK_BLOCK_UNWRITTEN);
	xa_clear_mark(&mapping->i_pages, FIRST + 20, PAGECACHE_TAG_WRITEBACK);
	set_bit(AS_EIO, &mapping->flags);
	KUNIT_EXPECT_EQ(test, (int)ask(test, &out), VMWALK_BLOCK_UNKNOWN);
	KUNIT_EXPECT_TRUE(test, test_bit(AS_EIO, &mapping->flags));
	clear_bit(AS_EIO, &mapping->flags);
	set_bit(AS_ENOSPC, &mapping->flags);
	KUNIT_EXPECT_EQ(test, (int)ask(test, &out), VMWALK_BLOCK_UNKNOWN);
	clear_bit(AS_ENOSPC, &mapping->flags);
	down_write(&scene->inode.i_rwsem);
	KUNIT_EXPECT_EQ(test, (int)ask(test, &out), VMWALK_BLOCK_UNKNOWN);
	up_write(&scene->inode.i_rwsem);
	KUNIT_EXPECT_EQ(test, scene->asked, 0);
	/* and with nothing of it in the way */
	KUNIT_EXPECT_EQ(test, (int)ask(test, &out), VMWALK_BLOCK_MAPPED);
	KUNIT_EXPECT_EQ(test, scene->asked, 1);
}

static void file_systems(struct kunit *test)
{
	struct scene *scene = test->priv;
	struct inode *inode = &scene->inode;

	KUNIT_EXPECT_EQ(test, asked_row(inode), 2);
	scene->sb.s_magic = FUSE_MAGIC;
	KUNIT_EXPECT_EQ(test, asked_row(inode), -1);
	/* ext4: only if the data of the file do not go through the journal */
	scene->sb.s_magic = 0xef53;
	KUNIT_EXPECT_EQ(test, asked_row(inode), -1);
	scene->aops.migrate_folio = buffer_migrate_folio;
	KUNIT_EXPECT_EQ(test, asked_row(inode), 0);
	/* and 0 for a file that may lie in its inode is no hole */
	inode->i_size = 1023;
	KUNIT_EXPECT_EQ(test, (int)ext_zero(inode), VMWALK_BLOCK_UNKNOWN);
	inode->i_size = 1024;
	KUNIT_EXPECT_EQ(test, (int)ext_zero(inode), VMWALK_BLOCK_HOLE);
}

/* Nothing to ask for: beyond the end, no disk below, no file; or known already: a device. */
static void no_question(struct kunit *test)
{
	struct scene *scene = test->priv;
	struct vmwalk_backing out;

	scene->inode.i_size = 0x12345;
	KUNIT_EXPECT_EQ(test, (int)look(test, AT + 0x2344).block_state, VMWALK_BLOCK_UNKNOWN);
	KUNIT_EXPECT_EQ(test, (int)look(test, AT + 0x2345).block_state, VMWALK_BLOCK_NONE);
	scene->inode.i_size = 0x40000;
	scene->sb.s_bdev = NULL;
	KUNIT_EXPECT_EQ(test, (int)look(test, AT).block_state, VMWALK_BLOCK_NONE);
	scene->inode.i_mode = S_IFBLK;
	scene->inode.i_rdev = MKDEV(259, 2);
	out = look(test, AT + 0x2345);
	KUNIT_EXPECT_EQ(test, (int)out.block_state, VMWALK_BLOCK_MAPPED);
	KUNIT_EXPECT_EQ(test, out.block, 72ULL);
	KUNIT_EXPECT_EQ(test, out.block_dev[0], 259U);
	KUNIT_EXPECT_EQ(test, out.block_dev[1], 2U);
	KUNIT_EXPECT_EQ(test, scene->asked, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(fills_in),
	KUNIT_CASE(file_in),
	KUNIT_CASE(states_of_a_page),
	KUNIT_CASE(pages_of_a_folio),
	KUNIT_CASE(values),
	KUNIT_CASE(blocks),
	KUNIT_CASE(not_asked),
	KUNIT_CASE(file_systems),
	KUNIT_CASE(no_question),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_backing",
	.init = scene_init,
	.exit = scene_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
