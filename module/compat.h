/* SPDX-License-Identifier: GPL-2.0 */
/*
 * compat.h - older kernels made to look like the newest
 *
 * Force-included before everything else (Kbuild), and the only place that
 * names a kernel version. Each divergence cites where it comes from.
 */
#ifndef VMWALK_COMPAT_H
#define VMWALK_COMPAT_H

#include <linux/version.h>
#include <linux/buffer_head.h>
#include <linux/cred.h>
#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/hugetlb.h>
#include <linux/kthread.h>
#include <linux/memcontrol.h>
#include <linux/memremap.h>
#include <linux/mm.h>
#include <linux/mm_inline.h>
#include <linux/mmap_lock.h>
#include <linux/posix-timers.h>
#include <linux/proc_fs.h>
#include <linux/sched/coredump.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/string.h>
#include <linux/swap.h>
#include <linux/swapops.h>
#include <linux/task_work.h>
#include <linux/user_namespace.h>

#if !defined(CONFIG_TRACEPOINTS)
#error "vmwalk needs a kernel with CONFIG_TRACEPOINTS (every distribution has it; a tinyconfig wants CONFIG_ENABLE_DEFAULT_TRACERS)"
#endif
#if !defined(CONFIG_PROC_FS) || !defined(CONFIG_MMU) || !defined(CONFIG_64BIT)
#error "vmwalk needs a 64-bit kernel with an MMU and CONFIG_PROC_FS"
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 10, 0)
#error "vmwalk needs Linux 5.10 or newer"
#endif

/* commit dc4875f0e791 ("mm: rename p4d_page_vaddr to p4d_pgtable and make it return pud_t *") and its like for the pud (in v5.14) */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 14, 0)
#define pud_pgtable(pud)	((pmd_t *)pud_page_vaddr(pud))
#define p4d_pgtable(p4d)	((pud_t *)p4d_page_vaddr(p4d))
#endif

/* commit 359745d78351 ("proc: remove PDE_DATA() completely") (in v5.17) */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 17, 0)
#define pde_data(inode)	PDE_DATA(inode)
#endif

/* commit ffb37ca3bd16 ("switch file_open_root() to struct path") (in v5.13) */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 13, 0)
#define file_open_root(root, name, flags, mode) \
	file_open_root((root)->dentry, (root)->mnt, name, flags, mode)
#endif

/*
 * commit 2cb1e08985e3 ("splice: Use filemap_splice_read() instead of
 * generic_file_splice_read()") (in v6.5): seq_file reads splice through
 * copy_splice_read since.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 5, 0)
#define copy_splice_read	generic_file_splice_read
#endif

/*
 * commit 11250fd12eb8 ("mm: factor out VMA stack and heap checks") (in v6.6),
 * which also made the edges of the heap exclusive. Before: show_map_vma() and
 * is_stack() in fs/proc/task_mmu.c.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 6, 0)
static inline bool vma_is_initial_heap(const struct vm_area_struct *vma)
{
	return vma->vm_start <= vma->vm_mm->brk && vma->vm_end >= vma->vm_mm->start_brk;
}

static inline bool vma_is_initial_stack(const struct vm_area_struct *vma)
{
	return vma->vm_start <= vma->vm_mm->start_stack &&
	       vma->vm_end >= vma->vm_mm->start_stack;
}
#endif

/*
 * commit 9a10064f5625 ("mm: add a field to store names for private anonymous
 * memory") (in v5.17). anon_vma_name() is not exported: the field is read, which
 * the mmap lock allows.
 */
static inline const char *vmwalk_compat_anon_name(const struct vm_area_struct *vma)
{
#ifdef CONFIG_ANON_VMA_NAME
	return !vma->vm_file && vma->anon_name ? vma->anon_name->name : NULL;
#else
	return NULL;
#endif
}

/*
 * The path a mapping shows. commit def3ae83da02 ("fs: store real path instead
 * of fake path in backing file f_path") (in v6.7): overlayfs maps the real
 * file, users know it by another path.
 */
static inline const struct path *vmwalk_compat_user_path(struct file *file)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 8, 0)
	return file_user_path(file);
#else
	return &file->f_path;
#endif
}

/* include/linux/fdtable.h: takes the files_struct since the series of v6.13 that unexported the bitmaps */
static inline bool vmwalk_compat_close_on_exec(struct files_struct *files, unsigned int fd)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	return close_on_exec(fd, files);
#else
	return close_on_exec(fd, files_fdtable(files));
#endif
}

/*
 * Debian exports task_work_add() ("Export symbols needed by Android drivers"),
 * mainline does not: NULL there.
 */
extern typeof(task_work_add) task_work_add __weak;

#if defined(CONFIG_PREEMPT_RT)
#error "vmwalk does not support PREEMPT_RT: its probes allocate with preemption off"
#endif
#if defined(CONFIG_CFI_CLANG) || defined(CONFIG_CFI)
#error "vmwalk does not support kernels with control flow integrity: errands_disown(), procfs/events.c"
#endif

/* commit 41f70d8e1634 ("kthread: Unify kthread_create_on_cpu() and kthread_create_worker_on_cpu() automatic format") (in v6.14) */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 14, 0)
#define kthread_run_worker_on_cpu(cpu, flags, namefmt) \
	kthread_create_worker_on_cpu(cpu, flags, namefmt, cpu)
#endif

/* commit c435e608cf59 ("x86/msr: Rename 'rdmsrl()' to 'rdmsrq()'") (in v6.16) */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 16, 0) && !defined(rdmsrq)
#define rdmsrq	rdmsrl
#endif

/*
 * The words with the flags of a struct page, read once and without the checks of
 * PageX(), which a page that is being given away need not pass. commit 53fbef56e07d
 * ("mm: introduce memdesc_flags_t") (in v6.18).
 */
static inline unsigned long vmwalk_compat_page_flags(const struct page *page)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 18, 0)
	return READ_ONCE(page->flags.f);
#else
	return READ_ONCE(page->flags);
#endif
}

/* find_vma_prev() is not exported. commit 763ecb035029 ("mm: remove the vma linked list") (in v6.1) */
static inline struct vm_area_struct *vmwalk_compat_vma_below(struct mm_struct *mm,
							     unsigned long addr)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
	VMA_ITERATOR(vmi, mm, addr);

	return vma_prev(&vmi);
#else
	struct vm_area_struct *vma = find_vma(mm, addr);

	if (vma)
		return vma->vm_prev;
	return mm->highest_vm_end ? find_vma(mm, mm->highest_vm_end - 1) : NULL;
#endif
}

/*
 * prctl(PR_SET_THP_DISABLE): 1 no huge pages, 2 (from v6.18) only where advised. The
 * series that made the flags of an mm a bitmap, and the flag two (in v6.18).
 */
static inline unsigned int vmwalk_compat_thp_disabled(struct mm_struct *mm)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 18, 0)
	if (mm_flags_test(MMF_DISABLE_THP_COMPLETELY, mm))
		return 1;
	return mm_flags_test(MMF_DISABLE_THP_EXCEPT_ADVISED, mm) ? 2 : 0;
#else
	return test_bit(MMF_DISABLE_THP, &mm->flags);
#endif
}

/* The flags of an mm that say what a core dump may have: a bitmap since that series (in v6.18). */
static inline unsigned long vmwalk_compat_dump_flags(const struct mm_struct *mm)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 18, 0)
	return __mm_flags_get_word(mm);
#else
	return READ_ONCE(mm->flags);
#endif
}

/* prctl(PR_GET_DUMPABLE) */
static inline unsigned int vmwalk_compat_dumpable(const struct mm_struct *mm)
{
	return vmwalk_compat_dump_flags(mm) & MMF_DUMPABLE_MASK;
}

/* /proc/PID/coredump_filter */
static inline unsigned int vmwalk_compat_dump_filter(const struct mm_struct *mm)
{
	return (vmwalk_compat_dump_flags(mm) & MMF_DUMP_FILTER_MASK) >> MMF_DUMP_FILTER_SHIFT;
}

#if defined(CONFIG_X86)
/*
 * commit 9782a712eb71 ("x86/fpu: Add PKRU storage outside of task XSAVE buffer") (in
 * v5.14). Before, it is in the XSAVE buffer, and get_xsave_addr() is not exported.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 14, 0)
#include <asm/pkru.h>
#endif
static inline bool vmwalk_compat_saved_pkru(const struct task_struct *task, u32 *pkru)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 14, 0)
	*pkru = READ_ONCE(task->thread.pkru);
	return true;
#else
	return false;
#endif
}
#endif

/* Does the file system fill the page cache? commit 5efe7448a142 ("fs: Introduce aops->read_folio") (in v5.19) */
static inline bool vmwalk_compat_reads_pages(const struct address_space *mapping)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 19, 0)
	return mapping->a_ops->read_folio || mapping->a_ops->readahead;
#else
	return mapping->a_ops->readpage || mapping->a_ops->readahead;
#endif
}

/*
 * A file of ext2, 3 or 4 whose data do not go through the journal: only then can its
 * pages be migrated with their buffers (fs/ext4/inode.c, ext4_aops, ext4_da_aops, not
 * ext4_journalled_aops). commit 5490da4f06d1 ("fs: Add aops->migrate_folio") (in v6.0).
 */
static inline bool vmwalk_compat_data_not_journaled(const struct address_space *mapping)
{
#if !defined(CONFIG_MIGRATION)
	return false;
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 0, 0)
	return mapping->a_ops->migrate_folio == buffer_migrate_folio;
#else
	return mapping->a_ops->migratepage == buffer_migrate_page;
#endif
}

/*
 * Struct page and folio, looked at without a reference and without a lock. What
 * follows reads each word once and has none of the assertions of the kernel's own
 * helpers, which are meant for pages that somebody holds. @head is the page itself or
 * the first one of its folio, with @order as vmwalk_compat_order() told it.
 */

/* /proc/kpageflags shows the flags of the folio since commit dee3d0bef2b0 ("proc: rewrite stable_page_flags()") (in v6.10), of the very page before. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0)
#define VMWALK_COMPAT_FLAGS_OF_FOLIO	1
#else
#define VMWALK_COMPAT_FLAGS_OF_FOLIO	0
#endif

/* commit 09022bc196d2 ("mm: remove PG_error") (in v6.12) */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 12, 0)
#define VMWALK_COMPAT_PG_ERROR	BIT(PG_error)
#else
#define VMWALK_COMPAT_PG_ERROR	0
#endif

/* commit 02e1960aafac ("mm: rename PG_mappedtodisk to PG_owner_2") (in v6.13): the same bit of kpageflags */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0)
#define VMWALK_COMPAT_PG_MAPPEDTODISK	BIT(PG_mappedtodisk)
#else
#define VMWALK_COMPAT_PG_MAPPEDTODISK	BIT(PG_owner_2)
#endif

/* include/linux/page-flags.h: PG_arch_2 for all of 64 bits; its own option since v6.6 (CONFIG_ARCH_USES_PG_ARCH_X, later _2) */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 6, 0) || defined(CONFIG_ARCH_USES_PG_ARCH_X) || \
	defined(CONFIG_ARCH_USES_PG_ARCH_2)
#define VMWALK_COMPAT_PG_ARCH_2	BIT(PG_arch_2)
#else
#define VMWALK_COMPAT_PG_ARCH_2	0
#endif

/* commit 78fbe906cc90 ("mm/page-flags: reuse PG_mappedtodisk as PG_anon_exclusive for PageAnon() pages") (in v5.19) */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 19, 0)
#define VMWALK_COMPAT_PG_ANON_EXCLUSIVE	BIT(PG_anon_exclusive)
#else
#define VMWALK_COMPAT_PG_ANON_EXCLUSIVE	0
#endif

/* include/linux/page-flags.h: the low bits of folio->mapping, renamed in v6.17 */
#ifndef FOLIO_MAPPING_ANON
#define FOLIO_MAPPING_ANON	PAGE_MAPPING_ANON
#define FOLIO_MAPPING_KSM	PAGE_MAPPING_KSM
#define FOLIO_MAPPING_FLAGS	PAGE_MAPPING_FLAGS
#endif

/* commit 5e0a760b4441 ("mm, treewide: rename MAX_ORDER to MAX_PAGE_ORDER") (in v6.8); inclusive since v6.4 */
#ifndef NR_PAGE_ORDERS
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define NR_PAGE_ORDERS	(MAX_ORDER + 1)
#else
#define NR_PAGE_ORDERS	MAX_ORDER
#endif
#endif

/* Order of the folio behind a first page with PG_head: struct folio came with v5.16, its order into _flags_1 with v6.6. */
static inline unsigned int vmwalk_compat_order(const struct page *head)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
	return READ_ONCE(((const struct folio *)head)->_flags_1) & 0xff;
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
	return READ_ONCE(((const struct folio *)head)->_folio_order);
#else
	return READ_ONCE(head[1].compound_order);
#endif
}

/*
 * Is this a hugetlb folio? By its destructor until commit 9c5ccf2db04b ("mm: remove
 * HUGETLB_PAGE_DTOR") (in v6.6), then by a flag or a type.
 */
static inline bool vmwalk_compat_is_hugetlb(const struct page *head)
{
#if !defined(CONFIG_HUGETLB_PAGE)
	return false;
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
	return folio_test_hugetlb((struct folio *)head);
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
	return READ_ONCE(((const struct folio *)head)->_folio_dtor) == HUGETLB_PAGE_DTOR;
#else
	return READ_ONCE(head[1].compound_dtor) == HUGETLB_PAGE_DTOR;
#endif
}

/* Slab memory: a flag until commit 46df8e73a4a3 ("mm: free up PG_slab") (in v6.10), then a type. */
static inline bool vmwalk_compat_is_slab(const struct page *head)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0)
	return folio_test_slab((struct folio *)head);
#else
	return vmwalk_compat_page_flags(head) & BIT(PG_slab);
#endif
}

/*
 * Does /proc/kpageflags call a large folio that is not hugetlb THP? fs/proc/page.c,
 * stable_page_flags(): on the LRU lists or anonymous; in v6.12 one that may be mapped
 * in parts.
 */
static inline bool vmwalk_compat_is_thp(const struct page *head, bool anon)
{
#if !defined(CONFIG_TRANSPARENT_HUGEPAGE)
	return false;
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0)
	return test_bit(PG_large_rmappable, &((const struct folio *)head)->_flags_1);
#else
	return anon || (vmwalk_compat_page_flags(head) & BIT(PG_lru));
#endif
}

/* How often a large folio is mapped as a whole: include/linux/mm_types.h of v6.1 and v6.3 */
static inline int vmwalk_compat_entire_mapcount(const struct page *head)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
	return atomic_read(&((const struct folio *)head)->_entire_mapcount) + 1;
#else
	return atomic_read(&head[1].compound_mapcount) + 1;
#endif
}

/*
 * How often one page is mapped, as /proc/kpagecount says. Before commit cb67f4282bf9
 * ("mm,thp,rmap: simplify compound page mapcount handling") (in v6.2) the pages of a
 * file's folio counted mappings of the whole themselves, and those of an anonymous
 * one counted one too many while it was mapped in both ways. With
 * CONFIG_NO_PAGE_MAPCOUNT (v6.15) there is an average only, of at least 1 if any page
 * is mapped.
 */
static inline int vmwalk_compat_mapcount(const struct page *page, const struct page *head,
					 unsigned int order, bool file)
{
	int count = atomic_read(&page->_mapcount) + 1;

	if (!order)
		return count;
#if defined(CONFIG_NO_PAGE_MAPCOUNT)
	count = atomic_read(&((const struct folio *)head)->_large_mapcount) + 1;
	count -= vmwalk_compat_entire_mapcount(head);
	if (count <= 0)
		return vmwalk_compat_entire_mapcount(head);
	count = (count + (1 << order) / 2) >> order;
	return max(count + vmwalk_compat_entire_mapcount(head), 1);
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
	return count + vmwalk_compat_entire_mapcount(head);
#else
	if (file)
		return count;
	count += vmwalk_compat_entire_mapcount(head);
#if defined(CONFIG_TRANSPARENT_HUGEPAGE)
	count -= test_bit(PG_double_map, &head[1].flags);
#endif
	return count;
#endif
}

/*
 * Is any page of a large folio mapped? Its sum is kept since commit 05c5323b2a34 ("mm:
 * track mapcount of large folios in single value") (in v6.10); before, each is asked.
 */
static inline bool vmwalk_compat_mapped(const struct page *head, unsigned int order)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0)
	return atomic_read(&((const struct folio *)head)->_large_mapcount) >= 0;
#else
	unsigned long i;

	for (i = 0; i < 1UL << order; i++)
		if (atomic_read(&head[i]._mapcount) >= 0)
			return true;
	return false;
#endif
}

/*
 * May a driver have pinned the folio? Large ones count pins apart, until v5.17 only
 * those of four pages and more (include/linux/mm.h).
 */
static inline bool vmwalk_compat_maybe_pinned(const struct page *head, unsigned int order)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
	if (order)
		return atomic_read(&((const struct folio *)head)->_pincount) > 0;
#else
	if (order > 1)
		return atomic_read(compound_pincount_ptr((struct page *)head)) > 0;
#endif
	return (unsigned int)atomic_read(&head->_refcount) >= GUP_PIN_COUNTING_BIAS;
}

/* Index of a hugetlb folio in its file, in base pages. commit a08c7193e4f1 ("mm/filemap: remove hugetlb special casing in filemap.c") (in v6.7) */
static inline unsigned long vmwalk_compat_hugetlb_index(unsigned long index, unsigned int order)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	return index;
#else
	return index << order;
#endif
}

/* Index of a first page in its file: a member of struct folio since v5.16, no longer of struct page in v6.16 */
static inline unsigned long vmwalk_compat_index(const struct page *head)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
	return READ_ONCE(((const struct folio *)head)->index);
#else
	return READ_ONCE(head->index);
#endif
}

/*
 * Inode number of the memory cgroup a folio is charged to: mm/memcontrol.c,
 * page_cgroup_ino(), which is not exported. Under rcu_read_lock, which keeps the
 * cgroups. Until v6.4 that function knew nothing of the further pages of a folio.
 */
static inline unsigned long vmwalk_compat_cgroup(const struct page *head)
{
#if defined(CONFIG_MEMCG)
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
	struct mem_cgroup *memcg = folio_memcg_check((struct folio *)head);
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
	struct mem_cgroup *memcg = page_memcg_check((struct page *)head);
#else
	struct mem_cgroup *memcg = READ_ONCE(head->mem_cgroup);

	if ((unsigned long)memcg & 1)	/* a slab's */
		memcg = NULL;
#endif
	while (memcg && !(memcg->css.flags & CSS_ONLINE))
		memcg = parent_mem_cgroup(memcg);
	return memcg ? cgroup_ino(memcg->css.cgroup) : 0;
#else
	return 0;
#endif
}

/* Memory of a device that has struct pages (ZONE_DEVICE)? get_dev_pagemap() lost an argument (in v6.18). */
static inline bool vmwalk_compat_is_device(unsigned long pfn)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 18, 0)
	struct dev_pagemap *pgmap = get_dev_pagemap(pfn);
#else
	struct dev_pagemap *pgmap = get_dev_pagemap(pfn, NULL);
#endif

	put_dev_pagemap(pgmap);
	return pgmap;
}

/*
 * Processes that share a pmd table of a hugetlb mapping: a count in struct page since
 * commit 59d9094df3d7 ("mm: hugetlb: independent PMD page table shared count") (in
 * v6.13, v6.12.9, v6.1.142), before that the references on the page. 0: whether this
 * kernel has taken the commit over is not known.
 */
static inline unsigned int vmwalk_compat_table_sharers(const void *table)
{
#if !defined(CONFIG_ARCH_WANT_HUGE_PMD_SHARE) && !defined(CONFIG_HUGETLB_PMD_PAGE_TABLE_SHARING)
	return 1;
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 10)
	return atomic_read(&page_ptdesc(virt_to_page(table))->pt_share_count) + 1;
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 142) && LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
	return atomic_read(&virt_to_page(table)->pt_share_count) + 1;
#elif LINUX_VERSION_CODE < KERNEL_VERSION(5, 10, 230) || \
	(LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0) && LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 120))
	return page_count(virt_to_page(table));
#else
	return 0;
#endif
}

/* commit bc292ab00f6c ("mm: introduce vma->vm_flags wrapper functions") (in v6.3); for the tests' driver */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
#define vm_flags_set(vma, flags)	((void)((vma)->vm_flags |= (flags)))
#endif

/* "mm: remove callers of pfn_t functionality" (in v6.17): a plain frame number since; the same */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 17, 0)
#include <linux/pfn_t.h>
#define vmf_insert_mixed(vma, addr, pfn)	vmf_insert_mixed(vma, addr, pfn_to_pfn_t(pfn))
#endif

/* commit f122a08b197d ("capability: just use a 'u64' instead of a 'u32[2]' array") (in v6.3) */
static inline u64 vmwalk_compat_caps(const kernel_cap_t *caps)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
	return caps->val;
#else
	return caps->cap[0] | (u64)caps->cap[1] << 32;
#endif
}

/*
 * Signals queued for the user of a task. commit d64696905554 ("Reimplement
 * RLIMIT_SIGPENDING on top of ucounts") (in v5.14), and commit de399236e240
 * ("ucounts: Split rlimit and ucount values and max values") (in v6.0).
 */
static inline u32 vmwalk_compat_sigpending(struct task_struct *task)
{
	u32 nr;

	rcu_read_lock();
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 0, 0)
	nr = get_rlimit_value(task_ucounts(task), UCOUNT_RLIMIT_SIGPENDING);
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(5, 14, 0)
	nr = get_ucounts_value(task_ucounts(task), UCOUNT_RLIMIT_SIGPENDING);
#else
	nr = atomic_read(&__task_cred(task)->user->sigpending);
#endif
	rcu_read_unlock();
	return nr;
}

/* Times of an inode: "fs: convert to new timestamp accessors", a series of v6.6 (ctime) and v6.7 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
#define vmwalk_compat_atime(inode)	inode_get_atime(inode)
#define vmwalk_compat_mtime(inode)	inode_get_mtime(inode)
#else
#define vmwalk_compat_atime(inode)	((inode)->i_atime)
#define vmwalk_compat_mtime(inode)	((inode)->i_mtime)
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
#define vmwalk_compat_ctime(inode)	inode_get_ctime(inode)
#else
#define vmwalk_compat_ctime(inode)	((inode)->i_ctime)
#endif

/* i_state behind accessors: a series of v6.19 */
static inline u32 vmwalk_compat_inode_state(struct inode *inode)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 19, 0)
	return inode_state_read_once(inode);
#else
	return READ_ONCE(inode->i_state);
#endif
}

/* Locks got a header of their own, and an accessor: "filelock: ...", a series of v6.3 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
#include <linux/filelock.h>
#define vmwalk_compat_flctx(inode)	locks_inode_context(inode)
#else
#define vmwalk_compat_flctx(inode)	smp_load_acquire(&(inode)->i_flctx)
#endif

/* Who dumps core: of the mm before 0258b5fd7c71 (v5.16), of the group since. Under task_lock. */
static inline bool vmwalk_compat_core_dumping(const struct task_struct *task)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 16, 0)
	return READ_ONCE(task->signal->core_state);
#else
	return task->mm && READ_ONCE(task->mm->core_state);
#endif
}

/*
 * The file of an RCU-protected pointer, counted; NULL if there is none, or it is being
 * let go of. commit 0ede61d8589c ("file: convert to SLAB_TYPESAFE_BY_RCU") (in v6.7):
 * takes the pointer to the pointer, and looks whether it still points there.
 */
static inline struct file *vmwalk_compat_get_file(struct file __rcu **from)
{
	struct file *file;

	rcu_read_lock();
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	file = get_file_rcu(from);
#else
	file = rcu_dereference(*from);
	if (file && !get_file_rcu(file))
		file = NULL;
#endif
	rcu_read_unlock();
	return file;
}

/*
 * What the security module calls a task, a copy to be freed; NULL if there is no such
 * module, it has no word for it; -ENOMEM. The number that the first call gives may stand for
 * a label of which nobody holds a reference (apparmor_task_getsecid(),
 * apparmor_secid_to_secctx()): labels are freed by RCU, and the calls do not sleep (they
 * are made by audit, too), so both are in one section.
 *
 * commit 4ebd7651bfc8 ("lsm: separate security_task_getsecid() into subjective and
 * objective variants") (in v5.13); "LSM: Use lsm_prop in security_task_getsecid_obj" and
 * its like, a series of v6.13; commit 2d470c778120 ("lsm: replace context+len with
 * lsm_context") (in v6.14); "lsm: security_lsmblob_to_secctx module selection" (in v6.18).
 */
static inline char *vmwalk_compat_label(struct task_struct *task)
{
	char *label = NULL;
	int err;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 14, 0)
	struct lsm_context text = { };
	struct lsm_prop prop;

	rcu_read_lock();
	security_task_getlsmprop_obj(task, &prop);
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 18, 0)
	err = security_lsmprop_to_secctx(&prop, &text, LSM_ID_UNDEF);
#else
	err = security_lsmprop_to_secctx(&prop, &text);
#endif
	rcu_read_unlock();
	if (err >= 0) {
		label = kstrndup(text.context, text.len, GFP_KERNEL);
		security_release_secctx(&text);
	}
#else
	char *text = NULL;
	u32 len = 0;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	struct lsm_prop prop;

	rcu_read_lock();
	security_task_getlsmprop_obj(task, &prop);
	err = security_lsmprop_to_secctx(&prop, &text, &len);
#else
	u32 id = 0;

	rcu_read_lock();
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 13, 0)
	security_task_getsecid_obj(task, &id);
#else
	security_task_getsecid(task, &id);
#endif
	err = security_secid_to_secctx(id, &text, &len);
#endif
	rcu_read_unlock();
	if (err >= 0) {
		label = kstrndup(text, len, GFP_KERNEL);
		security_release_secctx(text, len);
	}
#endif
	if (err == -ENOMEM || (err >= 0 && !label))
		return ERR_PTR(-ENOMEM);
	return label;
}

/*
 * Does siglock keep the timers of a process that ends? Since commit d5b36a4dbd06 ("fix race
 * between exit_itimers() and /proc/pid/timers") (in v5.19, v5.10.132).
 */
#define VMWALK_COMPAT_TIMERS_STAY \
	(LINUX_VERSION_CODE >= KERNEL_VERSION(5, 19, 0) || \
	 (LINUX_VERSION_CODE >= KERNEL_VERSION(5, 10, 132) && \
	  LINUX_VERSION_CODE < KERNEL_VERSION(5, 11, 0)))

/*
 * The POSIX timers of a process. commit 52dea0a15cc8 ("posix-timers: Convert timer list
 * to hlist") (in v6.12).
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0)
#define vmwalk_compat_for_each_timer(timer, signal) \
	hlist_for_each_entry(timer, &(signal)->posix_timers, list)
#else
#define vmwalk_compat_for_each_timer(timer, signal) \
	list_for_each_entry(timer, &(signal)->posix_timers, list)
#endif

#if defined(CONFIG_POSIX_TIMERS)
/* What a timer's signal carries: "posix-timers: Embed sigqueue in struct k_itimer" (in v6.13) */
static inline const struct kernel_siginfo *vmwalk_compat_timer_info(const struct k_itimer *timer)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	return &timer->sigq.info;
#else
	return &timer->sigq->info;
#endif
}

/*
 * Is it in the kernel's queue, and does its signal wait to be heard? it_active and
 * it_requeue_pending became it_status in v6.13 (kernel/time/posix-timers.h has its values:
 * 0 not armed, 1 armed, 2 its signal waits).
 */
static inline bool vmwalk_compat_timer_active(const struct k_itimer *timer)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	return timer->it_status;
#else
	return timer->it_active;
#endif
}

static inline bool vmwalk_compat_timer_waits(const struct k_itimer *timer)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	return timer->it_status == 2;
#else
	return timer->it_requeue_pending & REQUEUE_PENDING;
#endif
}
#endif

#endif /* VMWALK_COMPAT_H */
