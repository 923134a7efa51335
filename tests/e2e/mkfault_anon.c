// SPDX-License-Identifier: GPL-2.0
/*
 * mkfault_anon.c - situations of anonymous memory, small and huge pages, and swap
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <unistd.h>

#include "mkfault.h"

#define KPF_KSM		(1ULL << 21)
#define KPF_THP		(1ULL << 22)
#define KSM		"/sys/kernel/mm/ksm/"

int make_anon_rwx(uint64_t *at)
{
	return mkfault_at(mkfault_filled(1, RWX), at);
}

int make_anon_read(uint64_t *at)
{
	return mkfault_at(mkfault_filled(1, PROT_READ), at);
}

int make_anon_none(uint64_t *at)
{
	return mkfault_at(mkfault_filled(1, PROT_NONE), at);
}

int make_anon_write_only(uint64_t *at)
{
	return mkfault_at(mkfault_filled(1, PROT_WRITE), at);
}

int make_anon_exec_only(uint64_t *at)
{
	return mkfault_at(mkfault_filled(1, PROT_EXEC), at);
}

int make_anon_writable_again(uint64_t *at)
{
	char *page = mkfault_filled(1, PROT_READ);

	if (!page || mprotect(page, PAGE_SIZE, RW))
		return -errno;
	return mkfault_at(page, at);
}

/* Memory of which nothing was touched. */
static char *fresh(size_t pages, int prot)
{
	char *at = mkfault_filled(pages, prot);

	if (at && madvise(at, pages * PAGE_SIZE, MADV_DONTNEED))
		return NULL;
	return at;
}

int make_fresh_rwx(uint64_t *at)
{
	return mkfault_at(fresh(1, RWX), at);
}

int make_fresh_read(uint64_t *at)
{
	return mkfault_at(fresh(1, PROT_READ), at);
}

int make_fresh_none(uint64_t *at)
{
	return mkfault_at(fresh(1, PROT_NONE), at);
}

int make_fresh_exec_only(uint64_t *at)
{
	return mkfault_at(fresh(1, PROT_EXEC), at);
}

int make_zero_page(uint64_t *at)
{
	char *page = fresh(1, RWX);

	if (page)
		mkfault_touch(page);
	return mkfault_at(page, at);
}

int make_dontneed(uint64_t *at)
{
	char *pages = mkfault_filled(3, RW);

	if (!pages || madvise(pages + PAGE_SIZE, PAGE_SIZE, MADV_DONTNEED))
		return -errno;
	return mkfault_at(pages + PAGE_SIZE, at);
}

int make_lazily_freed(uint64_t *at)
{
	char *page = mkfault_filled(1, RW);

	if (!page || madvise(page, PAGE_SIZE, MADV_FREE))
		return -errno;
	return mkfault_at(page, at);
}

int make_dev_zero(uint64_t *at)
{
	int fd = open("/dev/zero", O_RDWR | O_CLOEXEC);

	return mkfault_at(mmap(NULL, PAGE_SIZE, RW, MAP_PRIVATE, fd, 0), at);
}

int make_mlocked(uint64_t *at)
{
	char *page = mkfault_filled(1, RW);

	if (!page || mlock(page, PAGE_SIZE))
		return -errno;
	return mkfault_at(page, at);
}

int make_lock_on_fault(uint64_t *at)
{
	char *page = fresh(1, RW);

	if (!page || mlock2(page, PAGE_SIZE, MLOCK_ONFAULT))
		return -errno;
	return mkfault_at(page, at);
}

int make_soft_dirty_cleared(uint64_t *at)
{
	char *page = mkfault_filled(1, RW);
	int err = page ? mkfault_set("/proc/self/clear_refs", "4") : -errno;

	return err ? err : mkfault_at(page, at);
}

int make_cow_parent(uint64_t *at)
{
	char *page = mkfault_filled(1, RWX);
	int err = page ? mkfault_fork_stays(NULL, NULL) : -errno;

	return err ? err : mkfault_at(page, at);
}

int make_cow_child(uint64_t *at)
{
	char *page = mkfault_filled(1, RW);
	int err = page ? mkfault_fork_child() : -errno;

	return err ? err : mkfault_at(page, at);
}

int make_cow_last(uint64_t *at)
{
	char *page = mkfault_filled(1, RW);
	int err = page ? mkfault_fork_over(NULL, NULL) : -errno;

	return err ? err : mkfault_at(page, at);
}

/* A pipe that holds a reference on the page, as direct I/O would. */
int make_cow_referenced(uint64_t *at)
{
	char *page = mkfault_filled(1, RW);
	struct iovec part = { page, PAGE_SIZE };
	int ends[2], err;

	if (!page || pipe2(ends, O_CLOEXEC) ||
	    vmsplice(ends[1], &part, 1, 0) != (ssize_t)PAGE_SIZE)
		return -errno;
	err = mkfault_fork_over(NULL, NULL);
	return err ? err : mkfault_at(page, at);
}

int make_cow_wiped(uint64_t *at)
{
	char *page = mkfault_filled(1, RW);
	int err;

	if (!page || madvise(page, PAGE_SIZE, MADV_WIPEONFORK))
		return -errno;
	err = mkfault_fork_child();
	return err ? err : mkfault_at(page, at);
}

/* Two alike pages, and time for ksmd to find it out. */
int make_ksm(uint64_t *at)
{
	char *pages = mkfault_filled(2, RW);
	int tries;

	if (!pages || madvise(pages, 2 * PAGE_SIZE, MADV_MERGEABLE) ||
	    mkfault_set(KSM "sleep_millisecs", "1") || mkfault_set(KSM "run", "1"))
		return -errno;
	for (tries = 0; tries < 5000 && !(mkfault_kpageflags(pages) & KPF_KSM); tries++)
		usleep(2000);
	mkfault_set(KSM "run", "0");
	if (!(mkfault_kpageflags(pages) & KPF_KSM))
		return mkfault_why("ksmd does not merge");
	return mkfault_at(pages, at);
}

static char *shared(size_t pages)
{
	char *at = mmap(NULL, pages * PAGE_SIZE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return at == MAP_FAILED ? NULL : at;
}

int make_shared_zero(uint64_t *at)
{
	return mkfault_at(shared(2), at);
}

int make_shared_anon(uint64_t *at)
{
	char *page = shared(2);
	int err;

	if (!page)
		return -errno;
	mkfault_fill(page, 2);
	err = mkfault_fork_stays(NULL, NULL);
	return err ? err : mkfault_at(page, at);
}

int make_thp_fresh(uint64_t *at)
{
	char *huge = mkfault_huge(PMD_BYTES, RWX);

	return mkfault_at(huge ? huge + 3 * PAGE_SIZE : NULL, at);
}

/* Without advice it depends on how the machine is set; both are fine. */
int make_thp_plain(uint64_t *at)
{
	char *room = mmap(NULL, 4 * PMD_BYTES, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (room == MAP_FAILED)
		return -errno;
	return mkfault_at((char *)(((uintptr_t)room + PMD_BYTES) & ~(PMD_BYTES - 1)), at);
}

int make_thp_edge(uint64_t *at)
{
	char *huge = mkfault_huge(2 * PMD_BYTES, RW);

	if (!huge || munmap(huge, PAGE_SIZE))
		return -errno;
	return mkfault_at(huge + 5 * PAGE_SIZE, at);
}

int make_thp_small_area(uint64_t *at)
{
	return mkfault_at(mkfault_huge(PMD_BYTES - PAGE_SIZE, RW), at);
}

int make_thp_has_table(uint64_t *at)
{
	char *huge = mkfault_huge(PMD_BYTES, RW);

	if (!huge || madvise(huge, PMD_BYTES, MADV_NOHUGEPAGE))
		return -errno;
	huge[7 * PAGE_SIZE] = 1;
	if (madvise(huge, PMD_BYTES, MADV_HUGEPAGE))
		return -errno;
	return mkfault_at(huge, at);
}

int make_thp_prctl(uint64_t *at)
{
	if (prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0))
		return -errno;
	return make_thp_fresh(at);
}

/* A huge page with data in it; NULL with errno set. */
static char *thp(int prot)
{
	char *huge = mkfault_huge(PMD_BYTES, RW);

	if (!huge)
		return NULL;
	mkfault_fill(huge, 4);
	errno = ENOMEM;
	if (!(mkfault_kpageflags(huge) & KPF_THP))
		return NULL;
	return mprotect(huge, PMD_BYTES, prot) ? NULL : huge;
}

int make_thp(uint64_t *at)
{
	return mkfault_at(thp(RWX), at);
}

int make_thp_read(uint64_t *at)
{
	return mkfault_at(thp(PROT_READ), at);
}

int make_thp_none(uint64_t *at)
{
	return mkfault_at(thp(PROT_NONE), at);
}

int make_thp_zero(uint64_t *at)
{
	char *huge = mkfault_huge(PMD_BYTES, RW);

	if (huge)
		mkfault_touch(huge);
	return mkfault_at(huge, at);
}

int make_thp_cow(uint64_t *at)
{
	char *huge = thp(RW);
	int err = huge ? mkfault_fork_stays(NULL, NULL) : -errno;

	return err ? err : mkfault_at(huge, at);
}

int make_thp_cow_last(uint64_t *at)
{
	char *huge = thp(RW);
	int err = huge ? mkfault_fork_over(NULL, NULL) : -errno;

	return err ? err : mkfault_at(huge, at);
}

/* Giving back a part takes the mapping apart, not the page. */
int make_thp_split(uint64_t *at)
{
	char *huge = thp(RW);

	if (!huge || mprotect(huge + PMD_BYTES - PAGE_SIZE, PAGE_SIZE, PROT_READ))
		return -errno;
	return mkfault_at(huge, at);
}

/* Shared memory that may have huge pages, of which one is returned; NULL with errno. */
static char *shared_huge(void)
{
	char *room;

	if (mkfault_set("/sys/kernel/mm/transparent_hugepage/shmem_enabled", "advise"))
		return NULL;
	room = shared(4 * PMD_BYTES / PAGE_SIZE);
	if (!room || madvise(room, 4 * PMD_BYTES, MADV_HUGEPAGE))
		return NULL;
	return (char *)(((uintptr_t)room + PMD_BYTES - 1) & ~(PMD_BYTES - 1));
}

int make_thp_shmem(uint64_t *at)
{
	return mkfault_at(shared_huge(), at);
}

int make_thp_shmem_present(uint64_t *at)
{
	char *huge = shared_huge();

	if (huge)
		mkfault_fill(huge, 1);
	return mkfault_at(huge, at);
}

/* Given back by this process, not by the page cache. */
int make_thp_shmem_cached(uint64_t *at)
{
	int err = make_thp_shmem_present(at);

	if (!err && madvise((void *)(uintptr_t)*at, PMD_BYTES, MADV_DONTNEED))
		err = -errno;
	return err;
}

static void touch_one(char *at)
{
	mkfault_touch(at);
}

/* 0 or -errno, with @out the first of @pages that are in swap. */
static int paged_out(size_t pages, int prot, uint64_t *out)
{
	int err = mkfault_group();
	char *at = err ? NULL : mkfault_filled(pages, RWX);

	if (!at)
		return err ? err : -errno;
	err = mkfault_page_out(at, pages);
	if (!err && mprotect(at, pages * PAGE_SIZE, prot))
		err = -errno;
	return err ? err : mkfault_at(at, out);
}

int make_swapped(uint64_t *at)
{
	return paged_out(1, RWX, at);
}

int make_swapped_none(uint64_t *at)
{
	return paged_out(1, PROT_NONE, at);
}

int make_swapped_back(uint64_t *at)
{
	int err = paged_out(1, RW, at);

	if (!err)
		mkfault_touch((char *)(uintptr_t)*at);
	return err;
}

/*
 * In swap for two processes; the other one read its half back, so that the page is
 * in the swap cache as long as our entry refers to it.
 */
int make_swap_cached(uint64_t *at)
{
	int err = paged_out(1, RW, at);

	if (!err)
		err = mkfault_fork_stays(touch_one, (char *)(uintptr_t)*at);
	if (!err && !mkfault_resident((char *)(uintptr_t)*at))
		return mkfault_why("the page does not stay in the swap cache");
	return err;
}
