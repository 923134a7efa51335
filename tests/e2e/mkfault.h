/* SPDX-License-Identifier: GPL-2.0 */
/*
 * mkfault.h - what the maker of faults and those who watch it agree on
 *
 * mkfault SITUATION ACCESS sets up one page and then does one access to it:
 *	at PID 0xADDR		the page is as it should be, the access waits
 *	none REASON		the situation cannot be made here
 * Any line on its standard input lets it do the access; then
 *	did SIGNAL CODE 0xSI_ADDR MINFLT MAJFLT EVENTS
 * with the signal that came (0 if none), the faults of that one access and the
 * events that a userfaultfd saw; the end of its standard input ends it.
 */
#ifndef E2E_MKFAULT_H
#define E2E_MKFAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define PAGE_SIZE	4096UL
#define PMD_BYTES	(512 * PAGE_SIZE)

/*
 * X(name, accesses worth trying, "what the page is"). There are no expected
 * outcomes here: what the access shows is the judge.
 */
#define FAULT_SITUATIONS(X) \
	X(null_page, "rwx", "address 8") \
	X(unmapped, "rwx", "a hole between two mappings") \
	X(half_hole, "rwx", "0x0000800000000000: a user address with five levels only") \
	X(task_end, "rwx", "the last page of user space") \
	X(non_canonical, "rwx", "an address that is none") \
	X(kernel_direct, "rwx", "the kernel's direct map") \
	X(kernel_text, "rwx", "the kernel's code") \
	X(vsyscall, "rwx", "the vsyscall page") \
	X(vsyscall_inside, "rx", "one byte into the vsyscall page") \
	X(vdso, "rwx", "the vdso") \
	X(vvar, "rw", "the vvar page") \
	X(anon_rwx, "rwx", "an anonymous page, everything allowed") \
	X(anon_read, "rwx", "an anonymous page, made read-only after it was written") \
	X(anon_none, "rwx", "an anonymous page, made PROT_NONE after it was written") \
	X(anon_write_only, "rwx", "an anonymous page of a PROT_WRITE mapping") \
	X(anon_exec_only, "rwx", "an anonymous page of a PROT_EXEC mapping") \
	X(anon_writable_again, "rwx", "an anonymous page, made read-only and writable again") \
	X(fresh_rwx, "rwx", "untouched anonymous memory") \
	X(fresh_read, "rwx", "untouched anonymous memory, read-only") \
	X(fresh_none, "rwx", "untouched PROT_NONE memory") \
	X(fresh_exec_only, "rx", "untouched PROT_EXEC memory") \
	X(zero_page, "rwx", "anonymous memory that was only read") \
	X(dontneed, "rw", "an anonymous page given back by MADV_DONTNEED") \
	X(lazily_freed, "rw", "an anonymous page, MADV_FREE") \
	X(dev_zero, "rw", "untouched private memory of /dev/zero") \
	X(mlocked, "rw", "an anonymous page locked by mlock(2)") \
	X(lock_on_fault, "rw", "untouched memory, MLOCK_ONFAULT") \
	X(soft_dirty_cleared, "rw", "an anonymous page after clear_refs 4") \
	X(cow_parent, "rwx", "a page shared by fork, in the parent") \
	X(cow_child, "rw", "a page shared by fork, in the child") \
	X(cow_last, "rw", "a page shared by fork, the other side has exited") \
	X(cow_referenced, "rw", "a page shared by fork, then alone, but lent to a pipe") \
	X(cow_wiped, "rw", "MADV_WIPEONFORK memory in the child") \
	X(ksm, "rw", "a page merged by KSM") \
	X(shared_zero, "rw", "untouched MAP_SHARED|MAP_ANONYMOUS memory") \
	X(shared_anon, "rw", "MAP_SHARED|MAP_ANONYMOUS memory after fork") \
	X(thp_fresh, "rwx", "untouched memory where a huge page fits") \
	X(thp_plain, "rw", "untouched memory where a huge page fits, without advice") \
	X(thp_edge, "rw", "untouched MADV_HUGEPAGE memory before the first whole huge page") \
	X(thp_small_area, "rw", "untouched MADV_HUGEPAGE memory, too small for a huge page") \
	X(thp_has_table, "rw", "untouched memory beside a small page, MADV_HUGEPAGE") \
	X(thp_prctl, "rw", "untouched memory, PR_SET_THP_DISABLE") \
	X(thp, "rwx", "a transparent huge page") \
	X(thp_read, "rw", "a transparent huge page, read-only") \
	X(thp_none, "rw", "a transparent huge page, PROT_NONE") \
	X(thp_zero, "rw", "the huge page of zeros") \
	X(thp_cow, "rw", "a transparent huge page shared by fork") \
	X(thp_cow_last, "rw", "a transparent huge page shared by fork, the other side has exited") \
	X(thp_split, "rw", "a transparent huge page mapped in parts") \
	X(thp_shmem, "rw", "untouched shared memory, MADV_HUGEPAGE") \
	X(thp_shmem_cached, "rw", "a huge page of shared memory, not mapped") \
	X(thp_shmem_present, "rw", "a huge page of shared memory, mapped") \
	X(file_private_cached, "rwx", "a private file page in the page cache, not mapped") \
	X(file_private_present, "rwx", "a private file page, mapped") \
	X(file_private_written, "rw", "a private file page, written") \
	X(file_private_unsynced, "rw", "a private page written by write(2), not on disk yet") \
	X(file_private_evicted, "rwx", "a private file page, not in the page cache") \
	X(file_private_hole, "rw", "a hole of a file, private") \
	X(file_shared_cached, "rwx", "a shared file page in the page cache, not mapped") \
	X(file_shared_unsynced, "rw", "a shared page written by write(2), not on disk yet") \
	X(file_shared_clean, "rwx", "a shared file page, mapped and clean") \
	X(file_shared_dirty, "rw", "a shared file page, mapped and dirty") \
	X(file_shared_evicted, "rw", "a shared file page, not in the page cache") \
	X(file_shared_hole, "rw", "a hole of a file, shared") \
	X(file_read_only, "rwx", "a shared mapping of a file open for reading") \
	X(file_last_part, "rw", "the file's last page, beyond its last byte") \
	X(file_beyond, "rwx", "a page beyond the end of a file") \
	X(file_truncated, "rw", "a file page that was truncated away") \
	X(file_random, "rw", "a file page not in the page cache, MADV_RANDOM") \
	X(shmem_absent, "rw", "shared memory nobody touched") \
	X(shmem_cached, "rwx", "shared memory in the page cache, not mapped") \
	X(shmem_present, "rw", "shared memory, mapped") \
	X(shmem_swapped, "rw", "shared memory in swap") \
	X(shmem_beyond, "rw", "beyond the end of shared memory") \
	X(shmem_private, "rw", "a private mapping of shared memory") \
	X(memfd_sealed, "rw", "a private mapping of a memfd sealed against writing") \
	X(memfd_sealed_shared, "rw", "a shared mapping of a memfd sealed against writing") \
	X(sysv, "rw", "System V shared memory nobody touched") \
	X(swapped, "rwx", "an anonymous page in swap") \
	X(swapped_back, "rw", "an anonymous page read back from swap") \
	X(swap_cached, "rw", "an anonymous page in swap, brought back by another process") \
	X(swapped_none, "rw", "an anonymous page in swap, PROT_NONE") \
	X(numa_hint, "rw", "a page marked for NUMA balancing") \
	X(stack_grows, "rwx", "64 KiB below the stack") \
	X(stack_limit, "rw", "below the stack, beyond RLIMIT_STACK") \
	X(grows_down, "rw", "below a MAP_GROWSDOWN mapping") \
	X(grows_gap, "rw", "below a MAP_GROWSDOWN mapping, too near to another") \
	X(grows_far, "rw", "below a MAP_GROWSDOWN mapping, beyond RLIMIT_STACK") \
	X(grows_memory, "rw", "below a MAP_GROWSDOWN mapping, beyond RLIMIT_AS") \
	X(pkey_access, "rwx", "a page whose protection key allows nothing") \
	X(pkey_write, "rw", "a page whose protection key allows reading") \
	X(pkey_allowed, "rw", "a page whose protection key allows all") \
	X(pkey_fresh, "rwx", "untouched memory whose protection key allows nothing") \
	X(uffd_missing, "rw", "untouched memory of a userfaultfd") \
	X(uffd_present, "rw", "a page of a userfaultfd for missing pages") \
	X(uffd_wp, "rw", "a page write-protected by userfaultfd") \
	X(uffd_wp_off, "rw", "a page of a userfaultfd, not protected") \
	X(uffd_shmem_missing, "rw", "shared memory nobody touched, of a userfaultfd") \
	X(uffd_minor, "rw", "shared memory in the page cache, userfaultfd for minor faults") \
	X(uffd_marker, "rw", "shared memory nobody touched, write-protected by userfaultfd") \
	X(uffd_swapped, "rw", "a page in swap, write-protected by userfaultfd") \
	X(uffd_hugetlb, "rw", "a huge page of the pool, untouched, of a userfaultfd") \
	X(uffd_zero_page, "rw", "the frame of zeros, write-protected by userfaultfd") \
	X(hugetlb_fresh, "rwx", "a huge page of the pool, untouched") \
	X(hugetlb, "rw", "a huge page of the pool") \
	X(hugetlb_read, "rw", "a huge page of the pool, read-only") \
	X(hugetlb_cow, "rw", "a huge page of the pool shared by fork") \
	X(hugetlb_cow_last, "rw", "a huge page shared by fork, the other side has exited") \
	X(hugetlb_shared, "rw", "a shared huge page of the pool, untouched") \
	X(hugetlb_cached, "rw", "a shared huge page in the page cache, not mapped") \
	X(hugetlb_cached_private, "rw", "a huge page of a file, private, not mapped") \
	X(hugetlb_exhausted, "rw", "a huge page, the pool is empty") \
	X(hugetlb_beyond, "rw", "beyond the end of a file of huge pages") \
	X(guard, "rw", "a guard region") \
	X(secret, "rw", "secret memory, untouched") \
	X(secret_present, "rw", "secret memory, mapped") \
	X(devmem, "rw", "the BIOS through /dev/mem")

/* Memory errors can be made on kernels of our own only. */
#define FAULT_POISON_SITUATIONS(X) \
	X(hwpoison, "rw", "a page with a memory error")

struct situation {
	const char *name;
	const char *accesses;
	const char *text;
	int (*make)(uint64_t *at);
};

#define FAULT_MAKER(name, accesses, text)	int make_##name(uint64_t *at);
FAULT_SITUATIONS(FAULT_MAKER)
FAULT_POISON_SITUATIONS(FAULT_MAKER)
#undef FAULT_MAKER

#define WORK_DIR	"/e2e-work"	/* on a disk */

#define RW	(PROT_READ | PROT_WRITE)
#define RWX	(PROT_READ | PROT_WRITE | PROT_EXEC)

/* Why a situation cannot be made, besides an errno; the return value of a maker. */
int mkfault_why(const char *why);

/* Fill pages with an instruction that returns, so that they can be executed. */
void mkfault_fill(void *at, size_t pages);
/* Filled private anonymous memory without huge pages; NULL with errno set. */
char *mkfault_filled(size_t pages, int prot);
/* Anonymous memory of whole, aligned huge pages; NULL with errno set. */
char *mkfault_huge(size_t bytes, int prot);
/* Say where the access is to go: 0, or -errno if @at is NULL or MAP_FAILED. */
int mkfault_at(const void *at, uint64_t *out);

/*
 * A second process, forked here: each returns 0 or -errno.
 * _stays: it waits as long as this one lives, after @body(at)
 * _over: it has come to its end after @body(at)
 * _child: this one waits for its end, and it goes on as the one to watch
 */
int mkfault_fork_stays(void (*body)(char *at), char *at);
int mkfault_fork_over(void (*body)(char *at), char *at);
int mkfault_fork_child(void);

/* Read one byte, so that the page is there. */
void mkfault_touch(const char *at);
/* Flags of a page's pagemap entry, and of its frame. */
uint64_t mkfault_pagemap(const void *at);
uint64_t mkfault_kpageflags(const void *at);
/* Does mincore(2) find the page, be it in the swap cache? */
bool mkfault_resident(void *at);
/* Before memory that is to be swapped out is touched: 0 or -errno. */
int mkfault_group(void);
/* Out to swap, and out of the swap cache: 0 or -errno. */
int mkfault_page_out(char *at, size_t pages);
/* A number from a file of /proc or /sys, -1 if it cannot be read. */
long mkfault_number(const char *path);
/* Write to such a file: 0 or -errno. */
int mkfault_set(const char *path, const char *text);

/* Events that a userfaultfd of this process saw and served. */
extern volatile long mkfault_events;

#endif /* E2E_MKFAULT_H */
