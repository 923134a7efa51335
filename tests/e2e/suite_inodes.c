// SPDX-License-Identifier: GPL-2.0
/*
 * suite_inodes.c - inodes against statx(2), mincore(2), kpageflags and mountinfo; extents
 * against FIEMAP and the bytes on the disk itself
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "askfds.h"
#include "fdsay.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"
#include "who.h"

#define DISK	"/dev/nvme0n1"
#define SECTOR	4096U	/* read around the page cache by so much */

static struct mkfds *made;
static pid_t factory;

static void inodes_open(void)
{
	factory = mkfds_start(&made);
}

static void inodes_close(void)
{
	mkfds_stop(factory);
}

static void check_time(const char *name, const __s64 *time, const char *oracle,
		       const struct statx_timestamp *expected)
{
	e2e_same(name, (uint64_t)time[0], oracle, (uint64_t)expected->tv_sec);
	e2e_same(name, (uint64_t)time[1], oracle, expected->tv_nsec);
}

/* Attributes that statx(2) knows too. */
static const struct {
	uint64_t statx, ours;
} attributes[] = {
	{ STATX_ATTR_IMMUTABLE, VMWALK_INODE_FLAG(IMMUTABLE) },
	{ STATX_ATTR_APPEND, VMWALK_INODE_FLAG(APPEND) },
	{ STATX_ATTR_ENCRYPTED, VMWALK_INODE_FLAG(ENCRYPTED) },
	{ STATX_ATTR_VERITY, VMWALK_INODE_FLAG(VERITY) },
	{ STATX_ATTR_DAX, VMWALK_INODE_FLAG(DAX) },
};

static void check_attributes(const char *name, const struct vmwalk_inode *inode,
			     const struct statx *statx)
{
	unsigned int i;

	for (i = 0; i < E2E_NR(attributes); i++)
		if (statx->stx_attributes_mask & attributes[i].statx)
			e2e_same(name, !!(inode->attributes & attributes[i].ours),
				 "statx attributes", !!(statx->stx_attributes &
							attributes[i].statx));
}

static void check_statx(const char *name, const struct vmwalk_inode *inode,
			const struct statx *statx)
{
	e2e_same(name, inode->mode, "statx mode", statx->stx_mode);
	e2e_same(name, inode->permissions, "statx mode", statx->stx_mode);
	e2e_same(name, inode->nlink, "statx nlink", statx->stx_nlink);
	e2e_same(name, inode->uid, "statx uid", statx->stx_uid);
	e2e_same(name, inode->gid, "statx gid", statx->stx_gid);
	e2e_same(name, inode->raw_uid, "statx uid of root", statx->stx_uid);
	e2e_same(name, inode->raw_gid, "statx gid of root", statx->stx_gid);
	e2e_same(name, inode->size, "statx size", statx->stx_size);
	e2e_same(name, inode->inode, "statx ino", statx->stx_ino);
	e2e_same(name, inode->block_bytes, "statx blksize", statx->stx_blksize);
	e2e_same(name, inode->rdev[0], "statx rdev", statx->stx_rdev_major);
	e2e_same(name, inode->rdev[1], "statx rdev", statx->stx_rdev_minor);
	e2e_same(name, inode->dev[0], "statx dev", statx->stx_dev_major);
	e2e_same(name, inode->dev[1], "statx dev", statx->stx_dev_minor);
	check_time(name, inode->atime, "statx atime", &statx->stx_atime);
	check_time(name, inode->mtime, "statx mtime", &statx->stx_mtime);
	check_time(name, inode->ctime, "statx ctime", &statx->stx_ctime);
	if (inode->has & VMWALK_HAS(KNOWN))
		check_time(name, inode->btime, "statx btime", &statx->stx_btime);
	check_attributes(name, inode, statx);
}

/* The type of the file system of a device, by mountinfo; "" if it is not mounted here. */
static void type_of(unsigned int major, unsigned int minor, char *type, size_t size)
{
	char *text = proc_slurp("/proc/self/mountinfo", NULL), *line, *rest, *dash;
	unsigned int ma, mi;

	*type = '\0';
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		dash = strstr(line, " - ");
		if (!dash || sscanf(line, "%*d %*d %u:%u", &ma, &mi) != 2 ||
		    ma != major || mi != minor)
			continue;
		snprintf(type, size, "%.*s", (int)strcspn(dash + 3, " "), dash + 3);
	}
	free(text);
}

/* stat(2) of ext4 adds the blocks it has promised, but not chosen, to i_blocks. */
static void check_sectors(unsigned int sort, const struct vmwalk_inode *inode,
			  const struct statx *statx)
{
	int fd = fdsay_take(factory, (unsigned int)made->fd[sort]);
	uint64_t promised = 0;

	if (fd >= 0 && S_ISREG(inode->mode))
		promised = fdsay_delayed(fd) / 512;
	e2e_same(mkfds_names[sort], inode->blocks + promised, "statx blocks", statx->stx_blocks);
	close(fd);
}

static void inodes_statx(void)
{
	unsigned int i;
	char type[32], ours[VMWALK_NAME_LEN];

	for (i = 0; i < MKFDS_NR; i++) {
		struct ask_file file;
		struct fdsay say;

		if (made->fd[i] < 0)
			continue;
		fdsay_read(factory, (unsigned int)made->fd[i], &say);
		file = ask_file(factory, (uint32_t)made->fd[i]);
		check_statx(mkfds_names[i], &file.d.inode, &say.statx);
		check_sectors(i, &file.d.inode, &say.statx);
		type_of(file.d.inode.dev[0], file.d.inode.dev[1], type, sizeof(type));
		snprintf(ours, sizeof(ours), "%s", file.d.inode.fstype);
		if (*type)
			e2e_same_text(mkfds_names[i], ours, "mountinfo", type);
		fdsay_free(&say);
		free(file.name);
	}
}

/* Flags and generation of ext4 by its own ioctls. */
static void inodes_flags(void)
{
	static const struct {
		int theirs;
		uint64_t ours;
	} flags[] = {
		{ FS_IMMUTABLE_FL, VMWALK_INODE_FLAG(IMMUTABLE) },
		{ FS_APPEND_FL, VMWALK_INODE_FLAG(APPEND) },
		{ FS_NOATIME_FL, VMWALK_INODE_FLAG(NOATIME) },
		{ FS_SYNC_FL, VMWALK_INODE_FLAG(SYNC) },
	};
	unsigned int i, k;

	for (i = MKFDS_file_plain; i <= MKFDS_file_long; i++) {
		struct ask_file file;
		int fd = fdsay_take(factory, (unsigned int)made->fd[i]), got = 0, version = 0;

		if (fd < 0)
			continue;
		if (ioctl(fd, FS_IOC_GETFLAGS, &got) || ioctl(fd, FS_IOC_GETVERSION, &version)) {
			close(fd);
			continue;
		}
		file = ask_file(factory, (uint32_t)made->fd[i]);
		for (k = 0; k < E2E_NR(flags); k++)
			e2e_same(mkfds_names[i], !!(file.d.inode.attributes & flags[k].ours),
				 "FS_IOC_GETFLAGS", !!(got & flags[k].theirs));
		e2e_same(mkfds_names[i], file.d.inode.generation, "FS_IOC_GETVERSION",
			 (uint32_t)version);
		free(file.name);
		close(fd);
	}
}

/* What the page cache holds of files: pages, dirty ones, and who maps them. */
static void inodes_cached(void)
{
	static const int sorts[] = {
		MKFDS_file_plain, MKFDS_file_empty, MKFDS_file_small, MKFDS_file_holes,
		MKFDS_file_reserved, MKFDS_file_deleted, MKFDS_file_never_linked,
		MKFDS_file_two_names, MKFDS_file_written, MKFDS_file_tmpfs, MKFDS_anon_memfd,
	};
	unsigned int i, dirty_files = 0;

	for (i = 0; i < E2E_NR(sorts); i++) {
		const char *name = mkfds_names[sorts[i]];
		unsigned int number = (unsigned int)made->fd[sorts[i]];
		struct ask_file file = ask_file(factory, number);
		int fd = fdsay_take(factory, number);
		long dirty, writeback, cached = fdsay_cached(fd, file.d.inode.size, &dirty,
							     &writeback);

		e2e_true(file.d.inode.has & VMWALK_HAS(PAGE), "%s: nothing of the page cache",
			 name);
		e2e_same(name, file.d.inode.cached, "mincore", (uint64_t)cached);
		/* tmpfs has no tags: its pages are dirty for ever */
		if (sorts[i] != MKFDS_file_tmpfs && sorts[i] != MKFDS_anon_memfd) {
			e2e_same(name, file.d.inode.dirty, "kpageflags", (uint64_t)dirty);
			e2e_same(name, file.d.inode.writeback, "kpageflags", (uint64_t)writeback);
			dirty_files += dirty > 0;
		}
		free(file.name);
		close(fd);
	}
	e2e_same("files with dirty pages", dirty_files, "the factory", 1);
}

/* Locks as /proc/locks has them. */
static void inodes_locks(void)
{
	unsigned int number = (unsigned int)made->fd[MKFDS_file_locked];
	struct ask_file file = ask_file(factory, number);

	e2e_same("flocks", file.d.inode.flocks, "the factory", 1);
	e2e_same("POSIX locks", file.d.inode.posix_locks, "the factory", 1);
	file = ask_file(factory, (uint32_t)made->fd[MKFDS_file_plain]);
	e2e_same("flocks of a plain file", file.d.inode.flocks, "the factory", 0);
	e2e_same("POSIX locks of a plain file", file.d.inode.posix_locks, "the factory", 0);
}

/* Files of the disk whose extents are compared. */
static const int on_disk[] = {
	MKFDS_file_plain, MKFDS_file_empty, MKFDS_file_small, MKFDS_file_holes,
	MKFDS_file_reserved, MKFDS_file_deleted, MKFDS_file_never_linked, MKFDS_file_two_names,
	MKFDS_file_renamed, MKFDS_file_newline, MKFDS_file_not_utf8, MKFDS_file_long,
	MKFDS_file_locked,
};

/* A small file may have its data in its inode: then nobody knows of a block. */
static unsigned int state_of(uint64_t block, const struct vmwalk_inode *inode)
{
	if (block)
		return VMWALK_BLOCK_MAPPED;
	return inode->size < inode->block_bytes ? VMWALK_BLOCK_UNKNOWN : VMWALK_BLOCK_HOLE;
}

static void check_blocks(const char *name, const struct vmwalk_inode *inode,
			 const struct vmwalk_extent *extents, size_t nr, int fd)
{
	unsigned int size = inode->block_bytes;
	size_t blocks_nr = (inode->size + size - 1) / size, i;
	uint64_t *blocks = fdsay_blocks(fd, size, blocks_nr), at, next = 0;

	if (!blocks)
		e2e_die("%s: FIEMAP: %s", name, strerror(errno));
	for (i = 0; i < nr; i++) {
		const struct vmwalk_extent *e = &extents[i];

		e2e_same(name, e->logical, "the end of the part before", next);
		e2e_same(name, e->block_bytes, "the block size", size);
		for (at = 0; at < e->length && (e->logical + at) / size < blocks_nr; at += size) {
			uint64_t block = blocks[(e->logical + at) / size];

			e2e_same(name, e->state, "FIEMAP", state_of(block, inode));
			if (e->state == VMWALK_BLOCK_MAPPED)
				e2e_same(name, e->physical + at, "FIEMAP", block);
		}
		next = e->logical + e->length;
	}
	e2e_same(name, next, "the file's size in blocks", (uint64_t)blocks_nr * size);
	free(blocks);
}

static void extents_fiemap(void)
{
	unsigned int i, batch;

	for (i = 0; i < E2E_NR(on_disk); i++) {
		const char *name = mkfds_names[on_disk[i]];
		unsigned int number = (unsigned int)made->fd[on_disk[i]];
		struct ask_file file = ask_file(factory, number);
		int fd = fdsay_take(factory, number), entry = ask_open(factory);

		for (batch = 1; batch <= 100; batch += 33) {
			size_t nr;
			struct vmwalk_extent *extents = ask_extents(entry, number, batch, &nr);

			check_blocks(name, &file.d.inode, extents, nr, fd);
			free(extents);
		}
		free(file.name);
		close(fd);
		close(entry);
	}
}

/* One block of a part, from the disk around all caches, and the same of the file. */
static void check_bytes(const char *name, int disk, int fd, const struct vmwalk_extent *extent,
			uint64_t at, uint64_t size)
{
	static unsigned char there[SECTOR] __attribute__((aligned(SECTOR))), here[SECTOR];
	uint64_t from = extent->physical + at;
	size_t skip = from % SECTOR, len = extent->block_bytes, got;

	if (extent->logical + at + len > size)
		len = size - extent->logical - at;
	if (pread(disk, there, SECTOR, (off_t)(from - skip)) != SECTOR)
		e2e_die(DISK " at %llu: %s", (unsigned long long)from, strerror(errno));
	got = (size_t)pread(fd, here, len, (off_t)(extent->logical + at));
	e2e_same(name, got, "bytes of the file", len);
	e2e_true(!memcmp(there + skip, here, len), "%s: byte %llu of the disk is not byte %llu of "
		 "the file", name, (unsigned long long)from,
		 (unsigned long long)(extent->logical + at));
}

static void extents_disk(void)
{
	int disk = open(DISK, O_RDONLY | O_DIRECT), entry = ask_open(factory);
	unsigned int i, mapped = 0;
	struct stat st;

	if (disk < 0 || fstat(disk, &st))
		e2e_die(DISK ": %s", strerror(errno));
	for (i = 0; i < E2E_NR(on_disk); i++) {
		const char *name = mkfds_names[on_disk[i]];
		unsigned int number = (unsigned int)made->fd[on_disk[i]];
		struct ask_file file = ask_file(factory, number);
		int fd = fdsay_take(factory, number);
		size_t nr, k;
		struct vmwalk_extent *extents = ask_extents(entry, number, 64, &nr);

		for (k = 0; k < nr; k++) {
			const struct vmwalk_extent *e = &extents[k];

			if (e->state != VMWALK_BLOCK_MAPPED || e->logical >= file.d.inode.size)
				continue;
			mapped++;
			e2e_same(name, makedev(e->dev[0], e->dev[1]), DISK, st.st_rdev);
			check_bytes(name, disk, fd, e, 0, file.d.inode.size);
			if (e->length > e->block_bytes)
				check_bytes(name, disk, fd, e, e->length - e->block_bytes,
					    file.d.inode.size);
		}
		free(extents);
		free(file.name);
		close(fd);
	}
	e2e_true(mapped >= 12, "only %u parts on the disk", mapped);
}

/* The bytes of a deleted file, found on the disk by vmwalk alone: they are the factory's. */
static void extents_deleted(void)
{
	int disk = open(DISK, O_RDONLY | O_DIRECT), entry = ask_open(factory);
	static unsigned char there[SECTOR] __attribute__((aligned(SECTOR)));
	unsigned int number = (unsigned int)made->fd[MKFDS_file_deleted];
	size_t nr, i;
	struct vmwalk_extent *extents = ask_extents(entry, number, 64, &nr);
	uint64_t at, byte, wrong = 0, right = 0;

	for (i = 0; i < nr; i++) {
		for (at = 0; at < extents[i].length; at += SECTOR) {
			if (pread(disk, there, SECTOR, (off_t)(extents[i].physical + at)) != SECTOR)
				e2e_die(DISK ": %s", strerror(errno));
			for (byte = 0; byte < SECTOR; byte++) {
				uint64_t place = extents[i].logical + at + byte;

				if (place >= 100000)
					break;
				if (there[byte] == mkfds_byte(0, place))
					right++;
				else
					wrong++;
			}
		}
	}
	e2e_same("bytes of the deleted file", right, "what was written", 100000);
	e2e_same("other bytes", wrong, "what was written", 0);
}

/* Where there are no blocks, or they are not asked for, that is said. */
static void extents_none(void)
{
	static const struct {
		int sort;
		unsigned int state;
	} expected[] = {
		{ MKFDS_file_tmpfs, VMWALK_BLOCK_NONE }, { MKFDS_anon_memfd, VMWALK_BLOCK_NONE },
		{ MKFDS_file_written, VMWALK_BLOCK_UNWRITTEN },
	};
	int entry = ask_open(factory);
	unsigned int i;

	for (i = 0; i < E2E_NR(expected); i++) {
		unsigned int number = (unsigned int)made->fd[expected[i].sort];
		size_t nr, k;
		struct vmwalk_extent *extents = ask_extents(entry, number, 64, &nr);

		e2e_true(nr, "%s: no part", mkfds_names[expected[i].sort]);
		for (k = 0; k < nr; k++) {
			e2e_same(mkfds_names[expected[i].sort], extents[k].state, "the factory",
				 expected[i].state);
			e2e_same("has a place", !!(extents[k].has & VMWALK_HAS(BLOCK)) &&
				 extents[k].physical, "the factory", 0);
		}
		free(extents);
	}
}

/* Looking has changed nothing: what waited to be written still waits. */
static void looking_writes_nothing(void)
{
	unsigned int number = (unsigned int)made->fd[MKFDS_file_written], i;
	int fd = fdsay_take(factory, number), entry = ask_open(factory);
	long before, after, writeback;
	size_t nr;

	fdsay_cached(fd, 70000, &before, &writeback);
	for (i = 0; i < 5; i++)
		free(ask_extents(entry, number, 64, &nr));
	fdsay_cached(fd, 70000, &after, &writeback);
	e2e_true(before > 0, "nothing waits to be written");
	e2e_same("dirty pages after the look", (uint64_t)after, "before it", (uint64_t)before);
}

/* An open for the queries of a descriptor that is not there, or of nobody's business. */
static int extents_try(int entry, uint32_t of)
{
	struct vmwalk_extent extents[8];
	struct vmwalk_query query = ask_query(extents, sizeof(extents[0]), 8);

	query.end = 1 << 20;
	query.fd = of;
	return ask(entry, VMWALK_IOC_EXTENTS, &query);
}

static void look_without_rights(const struct who *who, void *arg)
{
	struct ask_file *files;
	size_t nr, i;
	int entry;

	if (who->frames)
		return;
	entry = ask_open(getpid());
	files = ask_files(entry, 0, ~0U, 64, &nr);
	for (i = 0; i < nr; i++) {
		e2e_same("privileged groups of file", files[i].d.file.has & VMWALK_PRIVILEGED,
			 who->name, 0);
		e2e_same("privileged groups of inode", files[i].d.inode.has & VMWALK_PRIVILEGED,
			 who->name, 0);
		e2e_same("pages and mappings", files[i].d.inode.cached + files[i].d.inode.dirty +
			 files[i].d.inode.mapped, who->name, 0);
	}
	e2e_same("EXTENTS", (uint64_t)extents_try(entry, 0), who->name, (uint64_t)-EPERM);
}

static void without_rights(void)
{
	const struct who *who;

	for (who = whos; who->name; who++)
		who_run(who, look_without_rights, NULL);
}

static void refusals(void)
{
	int entry = ask_open(factory), own = ask_open(getpid());

	if (dup2(entry, 900) < 0)
		e2e_die("dup2: %s", strerror(errno));
	e2e_same("EXTENTS below an open descriptor", (uint64_t)extents_try(own, 899), "EBADF",
		 (uint64_t)-EBADF);
	e2e_same("EXTENTS of no descriptor", (uint64_t)extents_try(entry, 100000), "EBADF",
		 (uint64_t)-EBADF);
	e2e_same("EXTENTS of a large number", (uint64_t)extents_try(entry, ~0U), "EBADF",
		 (uint64_t)-EBADF);
	e2e_same("EXTENTS of a file", (uint64_t)extents_try(entry,
		 (uint32_t)made->fd[MKFDS_file_plain]), "0", 0);
}

#define MODES		WORK_DIR "/modes"
#define MODES_FD	100	/* of the first file */
#define MODES_MOST	256

/* Files of every type; a symbolic link has one mode only. */
static const mode_t types[] = { S_IFREG, S_IFDIR, S_IFIFO, S_IFSOCK, S_IFCHR, S_IFBLK, S_IFLNK };

/* Every bit alone and with the others, and the three special ones with and without x. */
static const mode_t bits[] = {
	0, 01, 02, 04, 010, 020, 040, 0100, 0200, 0400, 01000, 02000, 04000, 07777, 0777, 0644,
	01001, 02010, 04100, 05101, 06110, 07111, 07666, 01777, 02755, 04755, 03011, 05005,
};

static int mode_make(const char *name, mode_t type, mode_t mode)
{
	int err = 0;

	if (type == S_IFLNK)
		err = symlink("nowhere", name);
	else if (type == S_IFDIR)
		err = mkdir(name, 0700);
	else
		err = mknod(name, type | 0600, makedev(1, 3));
	if (!err && type != S_IFLNK)
		err = chmod(name, mode);
	return err ? -1 : open(name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
}

static void be_modes(void *arg)
{
	unsigned int i, k, nr = 0;
	char name[64];

	if (system("rm -rf " MODES) || mkdir(MODES, 0700))
		_exit(1);
	for (i = 0; i < E2E_NR(types); i++) {
		for (k = 0; k < (types[i] == S_IFLNK ? 1 : E2E_NR(bits)); k++) {
			int fd;

			snprintf(name, sizeof(name), MODES "/%u", nr);
			fd = mode_make(name, types[i], bits[k]);
			if (fd < 0 || dup2(fd, MODES_FD + (int)nr++) < 0)
				_exit(1);
			close(fd);
		}
	}
	target_ready();
	for (;;)
		pause();
}

/* Lines "number letters" of a command; letters[number]. Returns how many. */
static unsigned int letters_read(char letters[MODES_MOST][16], const char *fmt, pid_t pid)
{
	char command[160], text[16];
	unsigned int nr = 0, fd;
	FILE *pipe;

	snprintf(command, sizeof(command), fmt, pid, pid);
	pipe = popen(command, "r");
	while (pipe && fscanf(pipe, "%u %15s", &fd, text) == 2) {
		if (fd < MODES_FD || fd >= MODES_FD + MODES_MOST)
			continue;
		strcpy(letters[fd - MODES_FD], text);
		nr++;
	}
	if (!pipe || pclose(pipe))
		e2e_die("'%s' failed", command);
	return nr;
}

/* The letters of ls -l, as stat(1) writes them. */
static void permission_letters(void)
{
	static char ours[MODES_MOST][16], theirs[MODES_MOST][16];
	pid_t pid = target_fork(be_modes, NULL);
	unsigned int i, nr;

	nr = letters_read(ours, "vmwalk files %d -r -n -o fd,permissions", pid);
	e2e_same("files", nr, "the factory", (E2E_NR(types) - 1) * E2E_NR(bits) + 1);
	e2e_same("files", letters_read(theirs, "cd /proc/%d/fd && for n in *; do "
				       "echo $n $(stat -L -c %%A $n); done", pid), "stat -c %A", nr);
	for (i = 0; i < nr; i++)
		e2e_same_text("permissions", ours[i], "stat -c %A", theirs[i]);
	target_kill(pid);
}

static const struct e2e_case inodes_cases[] = {
	{ "inodes equal statx and mountinfo, for each sort", inodes_statx, 1500 },
	{ "flags and generations are those of ext4's ioctls", inodes_flags, 60 },
	{ "pages in the page cache, dirty and being written", inodes_cached, 35 },
	{ "locks", inodes_locks, 4 },
	{ "permissions in letters are those of stat(1)", permission_letters, 170 },
	{ "extents equal FIEMAP, block by block", extents_fiemap, 15000 },
	{ "extents: the bytes on the disk are the file's", extents_disk, 40 },
	{ "extents: a deleted file is found on the disk", extents_deleted, 2 },
	{ "no blocks, or data that wait to be written, are said as such", extents_none, 6 },
	{ "looking writes nothing", looking_writes_nothing, 2 },
	{ "without rights no pages, mappings or blocks", without_rights, 20 },
	{ "descriptors that are not open have no extents", refusals, 4 },
};
E2E_SUITE(inodes, inodes_open, inodes_close);
