// SPDX-License-Identifier: GPL-2.0
/*
 * mkfault_file.c - situations of files, shared memory and reserved huge pages
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mkfault.h"

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE	0x0010
#endif
#define PAGES		4	/* of a file */
#define HOLE_PAGE	8	/* index of a page without data, where there is one */
#define EVICT_TRIES	100

/* A file of filled pages, written back; a descriptor or -1. */
static int file_new(int flags)
{
	static char pages[PAGES * PAGE_SIZE];
	char path[64];
	int fd;

	snprintf(path, sizeof(path), WORK_DIR "/fault.%d", getpid());
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	mkfault_fill(pages, PAGES);
	if (fd < 0 || write(fd, pages, sizeof(pages)) != (ssize_t)sizeof(pages) || fsync(fd))
		return -1;
	if ((flags & O_ACCMODE) == O_RDONLY) {
		close(fd);
		fd = open(path, O_RDONLY | O_CLOEXEC);
	}
	unlink(path);
	return fd;
}

static char *map(int fd, size_t page, int prot, int flags)
{
	char *at = mmap(NULL, PAGE_SIZE, prot, flags, fd, page * PAGE_SIZE);

	return at == MAP_FAILED ? NULL : at;
}

/* A page of a new file; without @touch it is in the page cache only. */
static int file_page(int prot, int flags, int page, bool touch, uint64_t *at)
{
	int fd = file_new(O_RDWR);
	char *page_at = fd < 0 ? NULL : map(fd, page, prot, flags);

	if (page_at && touch)
		mkfault_touch(page_at);
	return mkfault_at(page_at, at);
}

int make_file_private_cached(uint64_t *at)
{
	return file_page(RWX, MAP_PRIVATE, 1, false, at);
}

int make_file_private_present(uint64_t *at)
{
	return file_page(RWX, MAP_PRIVATE, 1, true, at);
}

int make_file_private_written(uint64_t *at)
{
	int err = file_page(RW, MAP_PRIVATE, 1, true, at);

	if (!err)
		*(volatile char *)(uintptr_t)*at = 1;
	return err;
}

int make_file_shared_cached(uint64_t *at)
{
	return file_page(RWX, MAP_SHARED, 1, false, at);
}

int make_file_shared_clean(uint64_t *at)
{
	return file_page(RWX, MAP_SHARED, 1, true, at);
}

int make_file_shared_dirty(uint64_t *at)
{
	int err = file_page(RW, MAP_SHARED, 1, true, at);

	if (!err)
		*(volatile char *)(uintptr_t)*at = 1;
	return err;
}

/* Written once more, by a system call. */
static int unsynced(int flags, uint64_t *at)
{
	static char page[PAGE_SIZE];
	int fd = file_new(O_RDWR);

	mkfault_fill(page, 1);
	if (fd < 0 || pwrite(fd, page, PAGE_SIZE, PAGE_SIZE) != (ssize_t)PAGE_SIZE)
		return -errno;
	return mkfault_at(map(fd, 1, RW, flags), at);
}

int make_file_private_unsynced(uint64_t *at)
{
	return unsynced(MAP_PRIVATE, at);
}

int make_file_shared_unsynced(uint64_t *at)
{
	return unsynced(MAP_SHARED, at);
}

/* Wait until the page cache lets the file go: it may still be under write-back. */
static char *evicted(int prot, int flags, int advice)
{
	int fd = file_new(O_RDWR), tries;
	char *at = fd < 0 ? NULL : map(fd, 1, prot, flags);

	if (!at)
		return NULL;
	for (tries = 0; tries < EVICT_TRIES && mkfault_resident(at); tries++) {
		posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
		usleep(2000);
	}
	errno = EBUSY;
	if (mkfault_resident(at))
		return NULL;
	if (advice && madvise(at, PAGE_SIZE, advice))
		return NULL;
	return at;
}

int make_file_private_evicted(uint64_t *at)
{
	return mkfault_at(evicted(RWX, MAP_PRIVATE, 0), at);
}

int make_file_shared_evicted(uint64_t *at)
{
	return mkfault_at(evicted(RW, MAP_SHARED, 0), at);
}

int make_file_random(uint64_t *at)
{
	return mkfault_at(evicted(RW, MAP_SHARED, MADV_RANDOM), at);
}

static int hole(int flags, uint64_t *at)
{
	int fd = file_new(O_RDWR);

	if (fd < 0 || ftruncate(fd, (HOLE_PAGE + 4) * PAGE_SIZE) || fsync(fd))
		return -errno;
	return mkfault_at(map(fd, HOLE_PAGE, RW, flags), at);
}

int make_file_private_hole(uint64_t *at)
{
	return hole(MAP_PRIVATE, at);
}

int make_file_shared_hole(uint64_t *at)
{
	return hole(MAP_SHARED, at);
}

int make_file_read_only(uint64_t *at)
{
	int fd = file_new(O_RDONLY);

	return mkfault_at(fd < 0 ? NULL : map(fd, 1, PROT_READ, MAP_SHARED), at);
}

int make_file_last_part(uint64_t *at)
{
	int fd = file_new(O_RDWR), err;

	if (fd < 0 || ftruncate(fd, PAGE_SIZE + 100))
		return -errno;
	err = mkfault_at(map(fd, 1, RW, MAP_SHARED), at);
	*at += 200;
	return err;
}

int make_file_beyond(uint64_t *at)
{
	return file_page(RWX, MAP_SHARED, PAGES, false, at);
}

int make_file_truncated(uint64_t *at)
{
	int fd = file_new(O_RDWR), err;

	if (fd < 0)
		return -errno;
	err = mkfault_at(map(fd, 2, RW, MAP_SHARED), at);
	if (err)
		return err;
	mkfault_touch((char *)(uintptr_t)*at);
	return ftruncate(fd, PAGE_SIZE) ? -errno : 0;
}

/* Shared memory with a filled page 1; a descriptor or -1. */
static int shmem_new(bool filled)
{
	static char page[PAGE_SIZE];
	int fd = memfd_create("fault", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	mkfault_fill(page, 1);
	if (fd < 0 || ftruncate(fd, 4 * PAGE_SIZE))
		return -1;
	if (filled && pwrite(fd, page, PAGE_SIZE, PAGE_SIZE) != (ssize_t)PAGE_SIZE)
		return -1;
	return fd;
}

static int shmem(bool filled, size_t page, int prot, int flags, uint64_t *at)
{
	int fd = shmem_new(filled);

	return mkfault_at(fd < 0 ? NULL : map(fd, page, prot, flags), at);
}

int make_shmem_absent(uint64_t *at)
{
	return shmem(false, 1, RW, MAP_SHARED, at);
}

int make_shmem_cached(uint64_t *at)
{
	return shmem(true, 1, RWX, MAP_SHARED, at);
}

int make_shmem_present(uint64_t *at)
{
	int err = shmem(true, 1, RW, MAP_SHARED, at);

	if (!err)
		mkfault_touch((char *)(uintptr_t)*at);
	return err;
}

int make_shmem_swapped(uint64_t *at)
{
	int err = mkfault_group();

	if (!err)
		err = make_shmem_present(at);
	return err ? err : mkfault_page_out((char *)(uintptr_t)*at, 1);
}

int make_shmem_beyond(uint64_t *at)
{
	return shmem(true, 4, RW, MAP_SHARED, at);
}

int make_shmem_private(uint64_t *at)
{
	return shmem(true, 1, RW, MAP_PRIVATE, at);
}

static int sealed(int seals, int prot, int flags, uint64_t *at)
{
	int fd = shmem_new(true);

	if (fd < 0 || fcntl(fd, F_ADD_SEALS, seals))
		return -errno;
	return mkfault_at(map(fd, 1, prot, flags), at);
}

int make_memfd_sealed(uint64_t *at)
{
	return sealed(F_SEAL_WRITE, RW, MAP_PRIVATE, at);
}

int make_memfd_sealed_shared(uint64_t *at)
{
	return sealed(F_SEAL_FUTURE_WRITE, PROT_READ, MAP_SHARED, at);
}

int make_sysv(uint64_t *at)
{
	int id = shmget(IPC_PRIVATE, 4 * PAGE_SIZE, IPC_CREAT | 0600);
	void *page = id < 0 ? MAP_FAILED : shmat(id, NULL, 0);

	if (id >= 0)
		shmctl(id, IPC_RMID, NULL);
	return mkfault_at(page, at);
}

static char *hugetlb(int prot, int flags)
{
	return mmap(NULL, PMD_BYTES, prot, MAP_ANONYMOUS | MAP_HUGETLB | flags, -1, 0);
}

int make_hugetlb_fresh(uint64_t *at)
{
	return mkfault_at(hugetlb(RWX, MAP_PRIVATE), at);
}

static char *hugetlb_filled(int prot)
{
	char *at = hugetlb(RW, MAP_PRIVATE);

	if (at == MAP_FAILED)
		return NULL;
	mkfault_fill(at, 4);
	return mprotect(at, PMD_BYTES, prot) ? NULL : at;
}

int make_hugetlb(uint64_t *at)
{
	return mkfault_at(hugetlb_filled(RW), at);
}

int make_hugetlb_read(uint64_t *at)
{
	return mkfault_at(hugetlb_filled(PROT_READ), at);
}

int make_hugetlb_cow(uint64_t *at)
{
	char *page = hugetlb_filled(RW);
	int err = page ? mkfault_fork_stays(NULL, NULL) : -errno;

	return err ? err : mkfault_at(page, at);
}

int make_hugetlb_cow_last(uint64_t *at)
{
	char *page = hugetlb_filled(RW);
	int err = page ? mkfault_fork_over(NULL, NULL) : -errno;

	return err ? err : mkfault_at(page, at);
}

int make_hugetlb_shared(uint64_t *at)
{
	return mkfault_at(hugetlb(RW, MAP_SHARED), at);
}

/* A huge page that is in the page cache, mapped anew. */
static int hugetlb_cached(int flags, uint64_t *at)
{
	int fd = memfd_create("fault", MFD_CLOEXEC | MFD_HUGETLB);
	char *page;

	if (fd < 0 || ftruncate(fd, PMD_BYTES))
		return -errno;
	page = mmap(NULL, PMD_BYTES, RW, MAP_SHARED, fd, 0);
	if (page == MAP_FAILED)
		return -errno;
	mkfault_fill(page, 1);
	munmap(page, PMD_BYTES);
	return mkfault_at(mmap(NULL, PMD_BYTES, RW, flags, fd, 0), at);
}

int make_hugetlb_cached(uint64_t *at)
{
	return hugetlb_cached(MAP_SHARED, at);
}

int make_hugetlb_cached_private(uint64_t *at)
{
	return hugetlb_cached(MAP_PRIVATE, at);
}

/* Nothing was reserved for this page, and another mapping has reserved all there is. */
int make_hugetlb_exhausted(uint64_t *at)
{
	char *page = hugetlb(RW, MAP_PRIVATE | MAP_NORESERVE);
	size_t pages = 1024;

	if (page == MAP_FAILED)
		return -errno;
	while (pages && mmap(NULL, pages * PMD_BYTES, RW,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0) == MAP_FAILED)
		pages--;
	if (!pages)
		return mkfault_why("no huge pages");
	return mkfault_at(page, at);
}

int make_hugetlb_beyond(uint64_t *at)
{
	int fd = memfd_create("fault", MFD_CLOEXEC | MFD_HUGETLB);
	char *pages;

	if (fd < 0 || ftruncate(fd, PMD_BYTES))
		return -errno;
	pages = mmap(NULL, 2 * PMD_BYTES, RW, MAP_SHARED | MAP_NORESERVE, fd, 0);
	if (pages == MAP_FAILED)
		return -errno;
	return mkfault_at(ftruncate(fd, 0) ? NULL : pages + PMD_BYTES, at);
}

static char *secret(void)
{
	int fd = syscall(__NR_memfd_secret, 0);
	char *page;

	if (fd < 0 || ftruncate(fd, 2 * PAGE_SIZE))
		return NULL;
	page = mmap(NULL, 2 * PAGE_SIZE, RW, MAP_SHARED, fd, 0);
	return page == MAP_FAILED ? NULL : page;
}

int make_secret(uint64_t *at)
{
	return mkfault_at(secret(), at);
}

int make_secret_present(uint64_t *at)
{
	char *page = secret();

	if (page)
		*page = 1;
	return mkfault_at(page, at);
}

/* The PC's BIOS, which every kernel lets root map. */
int make_devmem(uint64_t *at)
{
	int fd = open("/dev/mem", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	return mkfault_at(mmap(NULL, PAGE_SIZE, PROT_READ, MAP_SHARED, fd, 0xf0000), at);
}
