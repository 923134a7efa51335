// SPDX-License-Identifier: GPL-2.0
/*
 * mkmem_file.c - mappings of files and of shared memory
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

#include "mkmem.h"

#define PAGE_SIZE		4096UL
#define RW		(PROT_READ | PROT_WRITE)

/* Map a new file of 16 pages. */
static char *map_file(const char *name, int open_flags, int prot, int flags)
{
	int fd = mkmem_file(name, 16 * PAGE_SIZE, open_flags);
	char *at = fd < 0 ? MAP_FAILED : mmap(NULL, 16 * PAGE_SIZE, prot, flags, fd, 0);

	return at == MAP_FAILED ? NULL : at;
}

static int file_private_clean(uint64_t *start, uint64_t *end)
{
	char *at = map_file("private-clean", O_RDWR, PROT_READ, MAP_PRIVATE);

	if (at)
		mkmem_read_each(at, 16, 1);
	return mkmem_made(at, 16 * PAGE_SIZE, start, end);
}

static int file_private_dirty(uint64_t *start, uint64_t *end)
{
	char *at = map_file("private-dirty", O_RDWR, RW, MAP_PRIVATE);

	if (at) {
		mkmem_read_each(at, 16, 1);
		mkmem_write_each(at, 16, 2);
	}
	return mkmem_made(at, 16 * PAGE_SIZE, start, end);
}

static int file_shared_clean(uint64_t *start, uint64_t *end)
{
	char *at = map_file("shared-clean", O_RDWR, RW, MAP_SHARED);

	if (at)
		mkmem_read_each(at, 16, 1);
	return mkmem_made(at, 16 * PAGE_SIZE, start, end);
}

static int file_shared_dirty(uint64_t *start, uint64_t *end)
{
	char *at = map_file("shared-dirty", O_RDWR, RW, MAP_SHARED);

	if (at)
		mkmem_write_each(at, 16, 1);
	return mkmem_made(at, 16 * PAGE_SIZE, start, end);
}

/* Shared, but opened for reading: the kernel keeps it without VM_SHARED. */
static int file_shared_readonly(uint64_t *start, uint64_t *end)
{
	char *at = map_file("shared-readonly", O_RDONLY, PROT_READ, MAP_SHARED);

	if (at)
		mkmem_read_each(at, 8, 1);
	return mkmem_made(at, 16 * PAGE_SIZE, start, end);
}

/* Two pages and a half of file under eight pages of mapping, at an offset. */
static int file_eof(uint64_t *start, uint64_t *end)
{
	int fd = mkmem_file("eof", 5 * PAGE_SIZE / 2 + PAGE_SIZE, O_RDWR);
	char *at = mmap(NULL, 8 * PAGE_SIZE, RW, MAP_SHARED, fd, PAGE_SIZE);

	if (fd < 0 || at == MAP_FAILED)
		return -errno;
	mkmem_read_each(at, 3, 1);
	return mkmem_made(at, 8 * PAGE_SIZE, start, end);
}

/* A name with a newline, a backslash, a control character and two blanks. */
static int file_oddname(uint64_t *start, uint64_t *end)
{
	char path[512];
	char *at;
	int fd;

	snprintf(path, sizeof(path), "%s/odd\nna\\me  \x01 \xc3\xbc", mkmem_dir);
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || ftruncate(fd, 4 * PAGE_SIZE))
		return -errno;
	at = mmap(NULL, 4 * PAGE_SIZE, RW, MAP_SHARED, fd, 0);
	if (at != MAP_FAILED)
		mkmem_write(at);
	return mkmem_made(at, 4 * PAGE_SIZE, start, end);
}

static int shared_fd(int fd, uint64_t *start, uint64_t *end)
{
	char *at;

	if (fd < 0 || ftruncate(fd, 16 * PAGE_SIZE))
		return -errno;
	at = mmap(NULL, 16 * PAGE_SIZE, RW, MAP_SHARED, fd, 0);
	if (at != MAP_FAILED)
		mkmem_write_each(at, 16, 2);
	return mkmem_made(at, 16 * PAGE_SIZE, start, end);
}

static int memfd(uint64_t *start, uint64_t *end)
{
	return shared_fd(memfd_create("a memfd", MFD_CLOEXEC), start, end);
}

static int posix_shm(uint64_t *start, uint64_t *end)
{
	int fd = shm_open("/mkmem", O_RDWR | O_CREAT | O_TRUNC, 0600);

	shm_unlink("/mkmem");
	return shared_fd(fd, start, end);
}

static int sysv_shm(uint64_t *start, uint64_t *end)
{
	int id = shmget(IPC_PRIVATE, 16 * PAGE_SIZE, IPC_CREAT | 0600);
	char *at;

	if (id < 0)
		return -errno;
	at = shmat(id, NULL, 0);
	shmctl(id, IPC_RMID, NULL);
	if (at == (void *)-1)
		return -errno;
	mkmem_write_each(at, 16, 3);
	return mkmem_made(at, 16 * PAGE_SIZE, start, end);
}

static int anon_shared(uint64_t *start, uint64_t *end)
{
	char *at = mmap(NULL, 16 * PAGE_SIZE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (at != MAP_FAILED)
		mkmem_write_each(at, 16, 2);
	return mkmem_made(at, 16 * PAGE_SIZE, start, end);
}

const struct maker file_makers[] = {
	{ "file_private_clean", file_private_clean },
	{ "file_private_dirty", file_private_dirty },
	{ "file_shared_clean", file_shared_clean },
	{ "file_shared_dirty", file_shared_dirty },
	{ "file_shared_readonly", file_shared_readonly },
	{ "file_eof", file_eof },
	{ "file_oddname", file_oddname },
	{ "memfd", memfd },
	{ "posix_shm", posix_shm },
	{ "sysv_shm", sysv_shm },
	{ "anon_shared", anon_shared },
	{ NULL, NULL }
};
