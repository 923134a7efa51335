// SPDX-License-Identifier: GPL-2.0
/* mkfds_file.c - descriptors of things that have, or had, a name */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mkfds.h"
#include "target.h"

#define FILE_PLAIN	WORK_DIR "/fds_plain"
#define MIB		(1024 * 1024L)

int mkfd_file_plain(void)
{
	int fd = mkfds_file(FILE_PLAIN, 300000);

	if (fd >= 0)
		lseek(fd, 12345, SEEK_SET);
	return fd;
}

int mkfd_file_append(void)
{
	return mkfds_ret(open(FILE_PLAIN, O_WRONLY | O_APPEND | O_CLOEXEC));
}

int mkfd_file_sync(void)
{
	return mkfds_ret(open(FILE_PLAIN, O_RDWR | O_SYNC | O_NOATIME | O_NONBLOCK));
}

int mkfd_file_direct(void)
{
	return mkfds_ret(open(FILE_PLAIN, O_RDONLY | O_DIRECT));
}

int mkfd_file_path_only(void)
{
	return mkfds_ret(open(FILE_PLAIN, O_PATH));
}

int mkfd_file_empty(void)
{
	return mkfds_file(WORK_DIR "/fds_empty", 0);
}

int mkfd_file_small(void)
{
	return mkfds_file(WORK_DIR "/fds_small", 5);
}

/* Data at 0, at 1 MiB + 3 pages and just before the end, which is not on a block's border. */
int mkfd_file_holes(void)
{
	static const long places[] = { 0, MIB + 3 * 4096, 20 * MIB - 5000 };
	int fd = open(WORK_DIR "/fds_holes", O_RDWR | O_CREAT | O_TRUNC, 0600);
	char data[8192];
	unsigned int i;

	memset(data, 0x5a, sizeof(data));
	for (i = 0; fd >= 0 && i < 3; i++)
		if (pwrite(fd, data, i == 2 ? 5000 : sizeof(data), places[i]) < 0)
			return -errno;
	return fd < 0 || fsync(fd) ? -errno : fd;
}

int mkfd_file_reserved(void)
{
	int fd = mkfds_file(WORK_DIR "/fds_reserved", 8192);

	if (fd < 0 || fallocate(fd, 0, 0, 256 * 1024) || fsync(fd))
		return -errno;
	return fd;
}

int mkfd_file_deleted(void)
{
	int fd = mkfds_file(WORK_DIR "/fds_deleted", 100000);

	unlink(WORK_DIR "/fds_deleted");
	return fd;
}

int mkfd_file_never_linked(void)
{
	int fd = open(WORK_DIR, O_TMPFILE | O_RDWR, 0600);

	if (fd < 0 || write(fd, "x", 1) != 1 || fsync(fd))
		return -errno;
	return fd;
}

int mkfd_file_two_names(void)
{
	int fd = mkfds_file(WORK_DIR "/fds_two", 5000);

	unlink(WORK_DIR "/fds_names");
	if (fd < 0 || link(WORK_DIR "/fds_two", WORK_DIR "/fds_names") ||
	    fchown(fd, 1000, 1001) || fchmod(fd, 06751))
		return -errno;
	return fd;
}

static int with_attribute(const char *name, int bit)
{
	int fd = open(name, O_RDONLY | O_CREAT, 0644), flags;

	if (fd < 0 || ioctl(fd, FS_IOC_GETFLAGS, &flags))
		return -errno;
	flags |= bit;
	return ioctl(fd, FS_IOC_SETFLAGS, &flags) ? -errno : fd;
}

int mkfd_file_immutable(void)
{
	return with_attribute(WORK_DIR "/fds_immutable", FS_IMMUTABLE_FL | FS_NODUMP_FL);
}

int mkfd_file_append_only(void)
{
	return with_attribute(WORK_DIR "/fds_append", FS_APPEND_FL | FS_NOATIME_FL | FS_SYNC_FL);
}

int mkfd_file_renamed(void)
{
	int fd = mkfds_file(WORK_DIR "/fds_before", 1);

	return fd < 0 || rename(WORK_DIR "/fds_before", WORK_DIR "/fds_after") ? -errno : fd;
}

int mkfd_file_newline(void)
{
	return mkfds_file(WORK_DIR "/fds\nnew \\ line \t two  blanks ", 1);
}

int mkfd_file_not_utf8(void)
{
	return mkfds_file(WORK_DIR "/fds \xff\xfe\xc3 \xe2\x82 \x7f \x1b[31m", 1);
}

/* Ever deeper, a step at a time: no system call takes such a path at once. */
int mkfd_file_long(void)
{
	char name[NAME_MAX + 1];
	int dir = open(WORK_DIR, O_RDONLY | O_DIRECTORY), next, i;

	memset(name, 'l', NAME_MAX);
	name[NAME_MAX] = '\0';
	for (i = 0; i < 20 && dir >= 0; i++) {
		mkdirat(dir, name, 0755);
		next = openat(dir, name, O_RDONLY | O_DIRECTORY);
		close(dir);
		dir = next;
	}
	if (dir < 0)
		return -errno;
	next = openat(dir, "end", O_RDWR | O_CREAT, 0644);
	close(dir);
	return mkfds_ret(next);
}

int mkfd_file_tmpfs(void)
{
	int fd = open("/dev/shm/fds_tmpfs", O_RDWR | O_CREAT | O_TRUNC, 0640);

	if (fd < 0 || write(fd, "tmpfs", 5) != 5 || pwrite(fd, "t", 1, 40960) != 1)
		return -errno;
	return fd;
}

int mkfd_file_hugetlb(void)
{
	return mkfds_ret(open("/dev/hugepages/fds_huge", O_RDWR | O_CREAT, 0600));
}

int mkfd_file_proc(void)
{
	return mkfds_ret(open("/proc/self/status", O_RDONLY | O_NONBLOCK));
}

int mkfd_file_sysfs(void)
{
	return mkfds_ret(open("/sys/kernel/uevent_seqnum", O_RDONLY));
}

int mkfd_file_locked(void)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 10, .l_len = 5 };
	int fd = mkfds_file(WORK_DIR "/fds_locked", 100);

	if (fd < 0 || fcntl(fd, F_SETLK, &lock) || flock(fd, LOCK_SH))
		return -errno;
	return fd;
}

/* Stays so while nobody writes it: see /proc/sys/vm/dirty_writeback_centisecs. */
int mkfd_file_written(void)
{
	int fd = mkfds_file(WORK_DIR "/fds_written", 65536);

	if (fd < 0 || pwrite(fd, "not on disk yet", 15, 8192) != 15 ||
	    pwrite(fd, "grown", 5, 65536) != 5)
		return -errno;
	return fd;
}

int mkfd_dir(void)
{
	return mkfds_ret(open(WORK_DIR, O_RDONLY | O_DIRECTORY));
}

int mkfd_dir_deleted(void)
{
	int fd;

	mkdir(WORK_DIR "/fds_dir", 01777);
	fd = open(WORK_DIR "/fds_dir", O_RDONLY | O_DIRECTORY);
	return rmdir(WORK_DIR "/fds_dir") ? -errno : mkfds_ret(fd);
}

int mkfd_link(void)
{
	unlink(WORK_DIR "/fds_link");
	if (symlink("fds_plain", WORK_DIR "/fds_link"))
		return -errno;
	return mkfds_ret(open(WORK_DIR "/fds_link", O_PATH | O_NOFOLLOW));
}

int mkfd_fifo_read(void)
{
	int fd;

	unlink(WORK_DIR "/fds_fifo");
	if (mkfifo(WORK_DIR "/fds_fifo", 0622))
		return -errno;
	fd = open(WORK_DIR "/fds_fifo", O_RDWR | O_NONBLOCK);
	return fd < 0 || write(fd, "in the fifo", 11) != 11 ? -errno : fd;
}

int mkfd_chr_null(void)
{
	return mkfds_ret(open("/dev/null", O_WRONLY));
}

int mkfd_chr_zero(void)
{
	return mkfds_ret(open("/dev/zero", O_RDONLY));
}

int mkfd_chr_tun(void)
{
	return mkfds_ret(open("/dev/net/tun", O_RDWR));
}

static int master = -1;

int mkfd_chr_pty_master(void)
{
	master = open("/dev/pts/ptmx", O_RDWR | O_NOCTTY);
	return mkfds_ret(master);
}

int mkfd_chr_pty_slave(void)
{
	int off = 0;

	if (ioctl(master, TIOCSPTLCK, &off))
		return -errno;
	return mkfds_ret(ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY));
}

int mkfd_blk_root(void)
{
	return mkfds_ret(open("/dev/nvme0n1", O_RDONLY));
}

int mkfd_ns_net(void)
{
	return mkfds_ret(open("/proc/self/ns/net", O_RDONLY));
}

int mkfd_ns_user(void)
{
	return mkfds_ret(open("/proc/self/ns/user", O_RDONLY));
}
