// SPDX-License-Identifier: GPL-2.0
/*
 * backing.c - what is behind an address besides the tables: file, page cache, blocks
 *
 * Who fills an empty entry is told by the VMA, as mm/memory.c, handle_pte_fault() and
 * __do_fault() decide it. What the page cache holds is told by one look at its xarray;
 * where that stands on the disk, by the file system's own bmap.
 */
#include <linux/fs.h>
#include <linux/hugetlb.h>
#include <linux/kdev_t.h>
#include <linux/magic.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/page-flags.h>
#include <linux/pagemap.h>
#include <linux/path.h>
#include <linux/rcupdate.h>
#include <linux/swap.h>
#include <linux/swapops.h>
#include <linux/xarray.h>

#include "backing.h"

#define LOOKS	4	/* at a place of the page cache that changes under the eyes */

static struct inode *host_of(const struct vm_area_struct *vma)
{
	return vma->vm_file->f_mapping->host;
}

/* DAX has no page cache, and its VMAs bare frames on older kernels, but a file all the same. */
static bool is_bare(struct vm_area_struct *vma)
{
	return (vma->vm_flags & (VM_PFNMAP | VM_MIXEDMAP | VM_IO)) && !vma_is_dax(vma);
}

static bool is_zeros(struct vm_area_struct *vma)
{
	return vma_is_anonymous(vma);
}

static bool is_hugetlb(struct vm_area_struct *vma)
{
	return vma->vm_flags & VM_HUGETLB;
}

static bool is_driver(struct vm_area_struct *vma)
{
	return is_bare(vma) || !vma->vm_file;
}

/* tmpfs in all its uses: shared anonymous memory, memfd, System V, files. */
static bool is_shmem(struct vm_area_struct *vma)
{
	return S_ISREG(host_of(vma)->i_mode) && host_of(vma)->i_sb->s_magic == TMPFS_MAGIC;
}

/* Filled by the file system, or from the block device that is mapped. */
static bool is_file(struct vm_area_struct *vma)
{
	return vma_is_dax(vma) || vmwalk_compat_reads_pages(vma->vm_file->f_mapping);
}

/* Who fills, the first that says so; the later ones may trust in what the earlier denied. */
static const struct {
	bool (*is)(struct vm_area_struct *vma);
	enum vmwalk_fill fill;
} fills[] = {
	{ is_zeros, VMWALK_FILL_ZERO },
	{ is_hugetlb, VMWALK_FILL_HUGETLB },
	{ is_driver, VMWALK_FILL_DRIVER },
	{ is_shmem, VMWALK_FILL_SHMEM },
	{ is_file, VMWALK_FILL_FILE },
};

static enum vmwalk_fill fill_of(struct vm_area_struct *vma)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(fills); i++)
		if (fills[i].is(vma))
			return fills[i].fill;
	return VMWALK_FILL_DRIVER;
}

/* The page cache behind a VMA, or NULL: memory of the process, a driver's, DAX. */
static struct address_space *cache_of(struct vm_area_struct *vma)
{
	umode_t mode;

	if (vma_is_anonymous(vma) || is_driver(vma) || vma_is_dax(vma))
		return NULL;
	mode = host_of(vma)->i_mode;
	return S_ISREG(mode) || S_ISBLK(mode) ? vma->vm_file->f_mapping : NULL;
}

/* The first that a folio's flags say; uptodate if none does. */
static const struct {
	unsigned long flag;
	bool set;
	enum vmwalk_cache cache;
} states[] = {
	{ BIT(PG_uptodate), false, VMWALK_CACHE_READING },
	{ BIT(PG_writeback), true, VMWALK_CACHE_WRITEBACK },
	{ BIT(PG_dirty), true, VMWALK_CACHE_DIRTY },
};

static enum vmwalk_cache page_state(const struct page *head, const struct page *page)
{
	unsigned long flags = vmwalk_compat_page_flags(head);
	int i;

#ifdef CONFIG_MEMORY_FAILURE
	if (vmwalk_compat_page_flags(page) & BIT(PG_hwpoison))
		return VMWALK_CACHE_POISON;
#endif
	for (i = 0; i < ARRAY_SIZE(states); i++)
		if (!!(flags & states[i].flag) == states[i].set)
			return states[i].cache;
	return VMWALK_CACHE_UPTODATE;
}

/*
 * Page @index of the file, in the folio that begins at @head: a folio lies aligned in
 * its file. A folio that is being given away may have any order by now: hence the
 * bounds. A hugetlb page is poisoned as a whole, and its first page has the flag.
 */
static void page_read(struct page *head, pgoff_t index, bool hugetlb, struct vmwalk_backing *out)
{
	unsigned int order = compound_order(head);
	struct page *page;
	u64 pfn;

	if (order > PUD_SHIFT - PAGE_SHIFT)
		return;
	pfn = page_to_pfn(head) + (index & ((1UL << order) - 1));
	page = pfn_to_online_page(pfn);
	if (!page)
		return;
	out->cache = page_state(head, hugetlb ? head : page);
	out->cache_pfn = pfn;
	out->has |= VMWALK_HAS(FRAME);
}

/*
 * A value instead of a page: with shmem the place in swap (one entry may stand for
 * several pages of 2^@order from v6.12 on), or from v6.1 on the mark of a failed
 * swap-in; elsewhere what workingset_eviction() left of a page.
 */
static void value_read(void *entry, bool shmem, pgoff_t index, int order,
		       struct vmwalk_backing *out)
{
	swp_entry_t swap = radix_to_swp_entry(entry);

	if (!shmem) {
		out->cache = VMWALK_CACHE_EVICTED;
		return;
	}
	if (swp_type(swap) >= MAX_SWAPFILES) {
		out->cache = VMWALK_CACHE_POISON;
		return;
	}
	out->cache = VMWALK_CACHE_SWAPPED;
	out->swap_type = swp_type(swap);
	out->swap_offset = swp_offset(swap) + (index & ((1UL << order) - 1));
	out->has |= VMWALK_HAS(SWAP);
}

/* What stands at @at of the page cache: nothing, a page or a value; all anew. */
static void entry_read(struct address_space *mapping, pgoff_t at, void *entry,
		       struct vmwalk_backing *out)
{
	pgoff_t index = out->offset >> PAGE_SHIFT;

	out->has &= ~(VMWALK_HAS(FRAME) | VMWALK_HAS(SWAP));
	out->cache = VMWALK_CACHE_ABSENT;
	out->cache_pfn = 0;
	if (xa_is_value(entry))
		value_read(entry, out->fill == VMWALK_FILL_SHMEM, index,
			   xa_get_order(&mapping->i_pages, at), out);
	else if (entry)
		page_read(entry, index, out->fill == VMWALK_FILL_HUGETLB, out);
}

/*
 * Holds the caller's mmap lock, for the VMA and with it the file, its inode and its page
 * cache; and rcu_read_lock, under which the xarray may be read on every kernel, and a
 * struct page found there looked at, as the kernel's own look-ups do before they have a
 * reference. None is taken here, so a folio found may be given away and
 * used for something else at any moment: what was read of it counts only if the same
 * one still stands in its place afterwards. xa_load() resolves retry and sibling
 * entries. linear_page_index() knows in which units each kernel keeps hugetlb pages.
 */
static void cache_read(struct vm_area_struct *vma, u64 va, struct vmwalk_backing *out)
{
	struct address_space *mapping = cache_of(vma);
	void *entry, *before;
	int looks = 0;
	pgoff_t at;

	if (!mapping)
		return;
	at = linear_page_index(vma, va);
	rcu_read_lock();
	entry = xa_load(&mapping->i_pages, at);
	do {
		before = entry;
		entry_read(mapping, at, entry, out);
		smp_rmb();	/* the page's fields before its place again */
		entry = xa_load(&mapping->i_pages, at);
	} while (entry != before && ++looks < LOOKS);
	rcu_read_unlock();
}

/* The VMA pins the file. Of a block device the sizes stand in the device's own inode. */
static void file_read(struct vm_area_struct *vma, u64 va, struct vmwalk_backing *out)
{
	struct inode *inode = file_inode(vma->vm_file), *host = host_of(vma);

	out->has |= VMWALK_HAS(BACKED);
	out->dev[0] = MAJOR(inode->i_sb->s_dev);
	out->dev[1] = MINOR(inode->i_sb->s_dev);
	out->inode = inode->i_ino;
	out->offset = ((u64)vma->vm_pgoff << PAGE_SHIFT) + (va - vma->vm_start);
	out->size = i_size_read(host);
}

static void put_block(struct vmwalk_backing *out, u64 block, const struct inode *inode, dev_t dev)
{
	out->has |= VMWALK_HAS(BLOCK);
	out->block_state = VMWALK_BLOCK_MAPPED;
	out->block = block;
	out->block_bytes = i_blocksize(inode);
	out->block_dev[0] = MAJOR(dev);
	out->block_dev[1] = MINOR(dev);
}

/* A file on a block device may have a block, to be asked for; on a device node it is one. */
static void block_read(struct vm_area_struct *vma, struct vmwalk_backing *out)
{
	struct inode *inode = file_inode(vma->vm_file), *host = host_of(vma);

	if (out->fill != VMWALK_FILL_FILE || out->offset >= out->size)
		return;
	if (S_ISBLK(inode->i_mode))
		put_block(out, out->offset >> host->i_blkbits, host, inode->i_rdev);
	else if (inode->i_sb->s_bdev)
		out->block_state = VMWALK_BLOCK_UNKNOWN;
}

/* Holds the caller's mmap lock for reading: enough for the VMA and its file on every kernel. */
void vmwalk_backing_read(struct vm_area_struct *vma, u64 va, struct vmwalk_backing *out)
{
	*out = (struct vmwalk_backing) { .has = VMWALK_HAS(BASE) | VMWALK_HAS(PAGE) };
	if (!vma)
		return;
	out->fill = fill_of(vma);
	if (!vma->vm_file || vma_is_anonymous(vma))
		return;
	file_read(vma, va, out);
	cache_read(vma, va, out);
	block_read(vma, out);
}

static enum vmwalk_block_state zero_is_unknown(const struct inode *inode)
{
	return VMWALK_BLOCK_UNKNOWN;
}

static enum vmwalk_block_state zero_is_hole(const struct inode *inode)
{
	return VMWALK_BLOCK_HOLE;
}

/* A small file may have its data in its inode. */
static enum vmwalk_block_state ext_zero(const struct inode *inode)
{
	return i_size_read(inode) < i_blocksize(inode) ? VMWALK_BLOCK_UNKNOWN : VMWALK_BLOCK_HOLE;
}

/*
 * The file systems whose bmap was read, and what the block 0 means there besides a hole:
 *
 * ext2, 3, 4 (fs/ext4/inode.c, ext4_bmap()): takes the inode's lock for reading; 0 also
 * for data in the inode.
 * XFS (fs/xfs/xfs_aops.c, xfs_vm_bmap()): 0 also for a file that shares blocks with
 * another, and on the real-time device.
 * FAT (fs/fat/inode.c, _fat_bmap()): takes a lock against truncation.
 * ISO 9660 (fs/isofs/inode.c, _isofs_bmap()): read-only.
 *
 * Left out: those that ask somebody else who may never answer (FUSE) or take locks of
 * a cluster (GFS2, OCFS2), those with several devices (F2FS), those nobody has read.
 */
static const struct {
	unsigned long magic;
	enum vmwalk_block_state (*zero)(const struct inode *inode);
	bool journals;	/* may keep data in its journal */
} asked[] = {
	{ EXT4_SUPER_MAGIC, ext_zero, true },
	{ XFS_SUPER_MAGIC, zero_is_unknown },
	{ MSDOS_SUPER_MAGIC, zero_is_hole },
	{ ISOFS_SUPER_MAGIC, zero_is_hole },
};

/* Row of asked[] for a file, or -1: not to be asked. */
static int asked_row(const struct inode *inode)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(asked); i++) {
		if (asked[i].magic != inode->i_sb->s_magic)
			continue;
		if (asked[i].journals && !vmwalk_compat_data_not_journaled(inode->i_mapping))
			return -1;
		return i;
	}
	return -1;
}

/*
 * iomap_bmap() and ext4_bmap() write a file's dirty pages and wait for them, and
 * filemap_check_errors() takes away an error that somebody else is to be told.
 */
static bool wants_writing(struct address_space *mapping)
{
	return mapping_tagged(mapping, PAGECACHE_TAG_DIRTY) ||
	       mapping_tagged(mapping, PAGECACHE_TAG_WRITEBACK);
}

static bool has_error(const struct address_space *mapping)
{
	return test_bit(AS_EIO, &mapping->flags) || test_bit(AS_ENOSPC, &mapping->flags);
}

/*
 * Is the inode's lock to be had? ext4_bmap() waits for it where no signal helps, and its
 * holder may wait for user space (a write(2) whose data are not there). A try tells
 * most of the time; who takes the lock between the try and the answer is waited for.
 */
static bool is_free(struct inode *inode)
{
	if (!inode_trylock_shared(inode))
		return false;
	inode_unlock_shared(inode);
	return true;
}

/* Where the byte at @offset is; @row is the file's one of asked[]. */
static enum vmwalk_block_state place_ask(struct inode *inode, int row, u64 offset, u64 *block)
{
	sector_t sector = offset >> inode->i_blkbits;

	if (has_error(inode->i_mapping) || !is_free(inode))
		return VMWALK_BLOCK_UNKNOWN;
	if (wants_writing(inode->i_mapping))
		return VMWALK_BLOCK_UNWRITTEN;
	if (bmap(inode, &sector))
		return VMWALK_BLOCK_UNKNOWN;
	if (!sector)
		return asked[row].zero(inode);
	*block = sector;
	return VMWALK_BLOCK_MAPPED;
}

static void block_ask(struct inode *inode, int row, struct vmwalk_backing *out)
{
	u64 block = 0;

	out->block_state = place_ask(inode, row, out->offset, &block);
	if (out->block_state == VMWALK_BLOCK_MAPPED)
		put_block(out, block, inode, inode->i_sb->s_bdev->bd_dev);
}

/* Holds the caller's reference on the inode, which keeps its super block too. */
enum vmwalk_block_state vmwalk_backing_block(struct inode *inode, u64 offset, u64 *block)
{
	int row = asked_row(inode);

	return row < 0 ? VMWALK_BLOCK_UNKNOWN : place_ask(inode, row, offset, block);
}

/*
 * Pages with a mark. Holds nothing: xa_find() takes rcu_read_lock for each look, under
 * which the xarray may be read on every kernel, and only the place of what is found
 * counts, not what it is.
 */
static u64 count_marked(struct address_space *mapping, xa_mark_t mark)
{
	unsigned long index = 0, looks = 0;
	u64 pages = 0;
	void *entry;

	for (entry = xa_find(&mapping->i_pages, &index, ULONG_MAX, mark);
	     entry && ++looks <= VMWALK_BACKING_LOOKS;
	     entry = xa_find_after(&mapping->i_pages, &index, ULONG_MAX, mark)) {
		pages += 1UL << xa_get_order(&mapping->i_pages, index);
		cond_resched();
	}
	return pages;
}

/*
 * Holds i_mmap_rwsem for reading, under which the tree stays as it is on every kernel; it
 * is tried only, because who has it may wait for memory.
 */
static bool count_mapped(struct address_space *mapping, u64 *nr)
{
	struct rb_node *node;

	if (!down_read_trylock(&mapping->i_mmap_rwsem))
		return false;
	for (*nr = 0, node = rb_first(&mapping->i_mmap.rb_root); node; node = rb_next(node))
		if (++*nr == VMWALK_BACKING_LOOKS)
			break;
	up_read(&mapping->i_mmap_rwsem);
	return true;
}

/*
 * Holds the caller's reference on the inode, in which its own page cache is: i_mapping may
 * be another inode's, which nobody keeps.
 */
void vmwalk_backing_cache(struct inode *inode, struct vmwalk_inode *out)
{
	struct address_space *mapping = &inode->i_data;

	out->has |= VMWALK_HAS(PAGE);
	out->cached = READ_ONCE(mapping->nrpages);
	out->dirty = count_marked(mapping, PAGECACHE_TAG_DIRTY);
	out->writeback = count_marked(mapping, PAGECACHE_TAG_WRITEBACK);
	if (count_mapped(mapping, &out->mapped))
		out->has |= VMWALK_HAS(MAPPING);
}

/*
 * Holds the caller's reference on the path, which keeps the inode and its super block:
 * with overlayfs that of the overlay, which keeps the real one. The path may by now
 * lead to another real file (copied up): then nothing is said.
 */
void vmwalk_backing_locate(const struct path *path, struct vmwalk_backing *out)
{
	struct inode *inode;
	int row;

	if (!path->mnt || out->block_state != VMWALK_BLOCK_UNKNOWN)
		return;
	inode = d_real_inode(path->dentry);
	if (!inode || inode->i_ino != out->inode || !inode->i_sb->s_bdev ||
	    inode->i_sb->s_dev != MKDEV(out->dev[0], out->dev[1]))
		return;
	row = asked_row(inode);
	if (row >= 0)
		block_ask(inode, row, out);
}
