// SPDX-License-Identifier: GPL-2.0
/*
 * suite_fds.c - descriptors of each sort: what vmwalk says against the kernel's links,
 * fdinfo, lsfd(1), kcmp(2), and what the open file answers to system calls
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "askfds.h"
#include "fdsay.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"
#include "who.h"

/* Sorts that need a part of the kernel which a small one, or one without modules, may lack. */
static const unsigned char may_lack[MKFDS_NR] = {
	[MKFDS_chr_tun] = 1, [MKFDS_file_hugetlb] = 1, [MKFDS_anon_memfd_huge] = 1,
	[MKFDS_anon_memfd_secret] = 1, [MKFDS_anon_perf] = 1, [MKFDS_udplite] = 1,
	[MKFDS_vsock] = 1, [MKFDS_alg] = 1, [MKFDS_raw6] = 1, [MKFDS_udp6_bound] = 1,
	[MKFDS_tcp6_listen] = 1, [MKFDS_anon_fanotify] = 1, [MKFDS_ping] = 1,
	[MKFDS_anon_inotify] = 1, [MKFDS_anon_bpf_map] = 1, [MKFDS_anon_bpf_prog] = 1,
	[MKFDS_anon_io_uring] = 1, [MKFDS_anon_mqueue] = 1, [MKFDS_packet] = 1,
};

static struct mkfds *made;	/* shared with the factory */
static pid_t factory;

static void fds_open(void)
{
	factory = mkfds_start(&made);
}

static void fds_close(void)
{
	mkfds_stop(factory);
}

static void factory_whole(void)
{
	unsigned int i;

	for (i = 0; i < MKFDS_NR; i++) {
		if (made->fd[i] < 0 && may_lack[i])
			e2e_note("no %s here: %s", mkfds_names[i], strerror(-made->fd[i]));
		else
			e2e_true(made->fd[i] >= 0, "%s: %s", mkfds_names[i],
				 strerror(-made->fd[i]));
	}
}

/* O_* of open(2) as x86-64 has them, and the names vmwalk gives. */
static const struct {
	unsigned int value;
	uint64_t name;
} options[] = {
	{ O_CREAT, VMWALK_OPEN_FLAG(CREAT) }, { O_EXCL, VMWALK_OPEN_FLAG(EXCL) },
	{ O_NOCTTY, VMWALK_OPEN_FLAG(NOCTTY) }, { O_TRUNC, VMWALK_OPEN_FLAG(TRUNC) },
	{ O_APPEND, VMWALK_OPEN_FLAG(APPEND) }, { O_NONBLOCK, VMWALK_OPEN_FLAG(NONBLOCK) },
	{ O_DSYNC, VMWALK_OPEN_FLAG(DSYNC) }, { O_ASYNC, VMWALK_OPEN_FLAG(ASYNC) },
	{ O_DIRECT, VMWALK_OPEN_FLAG(DIRECT) }, { 0100000, VMWALK_OPEN_FLAG(LARGEFILE) },
	{ O_DIRECTORY, VMWALK_OPEN_FLAG(DIRECTORY) }, { O_NOFOLLOW, VMWALK_OPEN_FLAG(NOFOLLOW) },
	{ O_NOATIME, VMWALK_OPEN_FLAG(NOATIME) }, { O_CLOEXEC, VMWALK_OPEN_FLAG(CLOEXEC) },
	{ O_SYNC & ~O_DSYNC, VMWALK_OPEN_FLAG(SYNC) }, { O_PATH, VMWALK_OPEN_FLAG(PATH) },
	{ O_TMPFILE & ~O_DIRECTORY, VMWALK_OPEN_FLAG(TMPFILE) },
};

static uint64_t options_of(unsigned int flags)
{
	uint64_t names = 0;
	unsigned int i;

	if ((flags & O_ACCMODE) == O_WRONLY)
		names |= VMWALK_OPEN_FLAG(WRONLY);
	if ((flags & O_ACCMODE) == O_RDWR)
		names |= VMWALK_OPEN_FLAG(RDWR);
	for (i = 0; i < E2E_NR(options); i++)
		if (flags & options[i].value)
			names |= options[i].name;
	return names;
}

/* A path that no link can hold is known to the factory alone. */
static void check_path(const struct ask_file *file, const struct fdsay *say)
{
	char link[6000], part[257];
	int i, len;

	if (say->link_len >= 0) {
		e2e_same_text("path", file->name, "readlink", say->link);
		return;
	}
	e2e_same("path too long", file->d.file.fd, "the factory",
		 (uint64_t)made->fd[MKFDS_file_long]);
	memset(part, 'l', 255);
	part[255] = '\0';
	len = snprintf(link, sizeof(link), WORK_DIR);
	for (i = 0; i < 20; i++)
		len += snprintf(link + len, sizeof(link) - (size_t)len, "/%s", part);
	snprintf(link + len, sizeof(link) - (size_t)len, "/end");
	e2e_same_text("path", file->name, "the factory", link);
}

static void check_file(const struct ask_file *file, const struct fdsay *say)
{
	const struct vmwalk_file *f = &file->d.file;
	unsigned int flags = proc_key(say->info, "flags");
	char what[32];

	snprintf(what, sizeof(what), "fd %u", f->fd);
	e2e_same(what, f->pos, "fdinfo pos", proc_key(say->info, "pos"));
	e2e_same(what, f->flags, "fdinfo flags", flags);
	e2e_same(what, f->inode, "fdinfo ino", proc_key(say->info, "ino"));
	e2e_same(what, f->options, "fdinfo flags by name", options_of(flags));
	e2e_same(what, f->dev[0], "stat major", major(say->stat.st_dev));
	e2e_same(what, f->dev[1], "stat minor", minor(say->stat.st_dev));
	e2e_same(what, f->inode, "stat inode", say->stat.st_ino);
	e2e_same(what, f->rdev[0], "stat rdev major", major(say->stat.st_rdev));
	e2e_same(what, f->rdev[1], "stat rdev minor", minor(say->stat.st_rdev));
	e2e_same(what, f->fd, "its inode's fd", file->d.inode.fd);
	check_path(file, say);
}

static void check_all(pid_t pid)
{
	size_t nr, nr_list, i;
	int entry = ask_open(pid);
	struct ask_file *files = ask_files(entry, 0, ~0U, 64, &nr);
	unsigned int *list = fdsay_list(pid, &nr_list);
	struct fdsay say;

	e2e_same("open files", nr, "/proc/PID/fd", nr_list);
	for (i = 0; i < nr && i < nr_list; i++) {
		if (!e2e_same("descriptor", files[i].d.file.fd, "/proc/PID/fd", list[i]))
			break;
		fdsay_read(pid, list[i], &say);
		check_file(&files[i], &say);
		fdsay_free(&say);
	}
	ask_files_free(files, nr);
	free(list);
	close(entry);
}

static void files_factory(void)
{
	check_all(factory);
}

static void files_others(void)
{
	check_all(1);
	check_all(getppid());
}

/* Any part, with any room, is the same as the whole. */
static void files_parts(void)
{
	int entry = ask_open(factory);
	static const uint32_t rooms[] = { 1, 2, 7, 1000 };
	size_t nr, part_nr, i, k;
	struct ask_file *all = ask_files(entry, 0, ~0U, 64, &nr), *part;

	for (i = 0; i < E2E_NR(rooms); i++) {
		part = ask_files(entry, 5, 60, rooms[i], &part_nr);
		for (k = 0; k < part_nr; k++) {
			e2e_same("descriptor", part[k].d.file.fd, "asked for all at once",
				 all[5 + k].d.file.fd);
			e2e_same("id", part[k].d.file.id, "asked for all at once",
				 all[5 + k].d.file.id);
			e2e_same_text("path", part[k].name, "asked for all at once",
				      all[5 + k].name);
		}
		e2e_same("descriptors", part_nr, "5 to 60", 56);
		ask_files_free(part, part_nr);
	}
}

/* What the link calls it, and what vmwalk calls that. */
static const struct {
	const char *link;
	mode_t type;		/* of stat(2) */
	unsigned int kind;
} kinds[] = {
	{ "pipe:[", S_IFIFO, VMWALK_FILE_KIND_PIPE },
	{ "socket:[", S_IFSOCK, VMWALK_FILE_KIND_SOCKET },
	{ "/memfd:", S_IFREG, VMWALK_FILE_KIND_MEMFD },
	{ "/secretmem", S_IFREG, VMWALK_FILE_KIND_SECRETMEM },
	{ "net:[", S_IFREG, VMWALK_FILE_KIND_NAMESPACE },
	{ "user:[", S_IFREG, VMWALK_FILE_KIND_NAMESPACE },
	{ "/fds_queue", S_IFREG, VMWALK_FILE_KIND_MQUEUE },
	{ "anon_inode:[eventfd]", 0, VMWALK_FILE_KIND_EVENTFD },
	{ "anon_inode:[eventpoll]", 0, VMWALK_FILE_KIND_EPOLL },
	{ "anon_inode:[timerfd]", 0, VMWALK_FILE_KIND_TIMERFD },
	{ "anon_inode:[signalfd]", 0, VMWALK_FILE_KIND_SIGNALFD },
	{ "anon_inode:inotify", 0, VMWALK_FILE_KIND_INOTIFY },
	{ "anon_inode:[fanotify]", 0, VMWALK_FILE_KIND_FANOTIFY },
	{ "anon_inode:[pidfd]", 0, VMWALK_FILE_KIND_PIDFD },
	{ "anon_inode:[userfaultfd]", 0, VMWALK_FILE_KIND_USERFAULTFD },
	{ "anon_inode:[io_uring]", 0, VMWALK_FILE_KIND_IO_URING },
	{ "anon_inode:[perf_event]", 0, VMWALK_FILE_KIND_PERF_EVENT },
	{ "anon_inode:bpf-map", 0, VMWALK_FILE_KIND_BPF_MAP },
	{ "anon_inode:bpf-prog", 0, VMWALK_FILE_KIND_BPF_PROG },
	{ "anon_inode:[fscontext]", 0, VMWALK_FILE_KIND_FSCONTEXT },
	{ "anon_inode:", 0, VMWALK_FILE_KIND_ANON },
	{ "/", S_IFREG, VMWALK_FILE_KIND_REGULAR },
	{ "/", S_IFDIR, VMWALK_FILE_KIND_DIRECTORY },
	{ "/", S_IFCHR, VMWALK_FILE_KIND_CHARDEV },
	{ "/", S_IFBLK, VMWALK_FILE_KIND_BLOCKDEV },
	{ "/", S_IFIFO, VMWALK_FILE_KIND_FIFO },
	{ "/", S_IFLNK, VMWALK_FILE_KIND_SYMLINK },
	{ "", S_IFREG, VMWALK_FILE_KIND_REGULAR },	/* too long for a link */
};

static unsigned int kind_of(const struct fdsay *say)
{
	unsigned int i;

	for (i = 0; i < E2E_NR(kinds); i++)
		if (!strncmp(say->link, kinds[i].link, strlen(kinds[i].link)) &&
		    (say->stat.st_mode & S_IFMT) == kinds[i].type)
			return kinds[i].kind;
	return VMWALK_FILE_KIND_UNKNOWN;
}

static void kinds_all(void)
{
	unsigned int i;

	for (i = 0; i < MKFDS_NR; i++) {
		struct ask_file file;
		struct fdsay say;

		if (made->fd[i] < 0)
			continue;
		file = ask_file(factory, (uint32_t)made->fd[i]);
		fdsay_read(factory, (unsigned int)made->fd[i], &say);
		e2e_same(mkfds_names[i], file.d.file.kind, say.link, kind_of(&say));
		fdsay_free(&say);
		free(file.name);
	}
}

/* Modes against what system calls on the very same open file say. */
static void modes_all(void)
{
	unsigned int i;

	for (i = 0; i < MKFDS_NR; i++) {
		uint64_t modes;
		struct ask_file file;
		int fd, flags;
		char byte;

		if (made->fd[i] < 0)
			continue;
		file = ask_file(factory, (uint32_t)made->fd[i]);
		modes = file.d.file.modes;
		free(file.name);
		fd = fdsay_take(factory, (unsigned int)made->fd[i]);
		if (fd < 0) {		/* O_PATH is not given away */
			e2e_same(mkfds_names[i], !!(modes & VMWALK_FILE_MODE(PATH)),
				 "pidfd_getfd", fd == -EBADF);
			continue;
		}
		flags = fcntl(fd, F_GETFL);
		e2e_same(mkfds_names[i], !!(modes & VMWALK_FILE_MODE(PATH)), "F_GETFL",
			 !!(flags & O_PATH));
		if (!(flags & O_PATH)) {
			e2e_same(mkfds_names[i], !!(modes & VMWALK_FILE_MODE(READ)), "F_GETFL",
				 (flags & O_ACCMODE) != O_WRONLY);
			e2e_same(mkfds_names[i], !!(modes & VMWALK_FILE_MODE(WRITE)), "F_GETFL",
				 (flags & O_ACCMODE) != O_RDONLY);
			e2e_same(mkfds_names[i], !!(modes & VMWALK_FILE_MODE(PREAD)), "pread",
				 pread(fd, &byte, 0, 0) == 0 || errno != ESPIPE);
		}
		close(fd);
	}
}

/* Another process with some of the same open files: inherited, and sent through a socket. */
static int channel[2];

static void receive(void *arg)
{
	char byte, room[CMSG_SPACE(4 * sizeof(int))];
	struct iovec data = { &byte, 1 };
	struct msghdr message = {
		.msg_iov = &data, .msg_iovlen = 1, .msg_control = room,
		.msg_controllen = sizeof(room),
	};

	if (recvmsg(channel[1], &message, 0) != 1 || dup2(0, 700) < 0 || dup2(0, 701) < 0)
		_exit(1);
	target_ready();
	for (;;)
		pause();
}

static void send_files(void)
{
	static const int sent[] = {
		MKFDS_file_plain, MKFDS_anon_eventfd, MKFDS_file_deleted, MKFDS_tcp_listen,
	};
	char byte = 0, room[CMSG_SPACE(4 * sizeof(int))] = "";
	struct iovec data = { &byte, 1 };
	struct msghdr message = {
		.msg_iov = &data, .msg_iovlen = 1, .msg_control = room,
		.msg_controllen = sizeof(room),
	};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	int fds[4], i;

	for (i = 0; i < 4; i++)
		fds[i] = fdsay_take(factory, (unsigned int)made->fd[sent[i]]);
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(fds));
	memcpy(CMSG_DATA(head), fds, sizeof(fds));
	if (sendmsg(channel[0], &message, 0) != 1)
		e2e_die("sendmsg: %s", strerror(errno));
	for (i = 0; i < 4; i++)
		close(fds[i]);
}

/* Every pair of descriptors: same id exactly where kcmp says the same open file. */
static unsigned int check_pairs(pid_t pid1, pid_t pid2)
{
	size_t nr1, nr2, i, k;
	int entry1 = ask_open(pid1), entry2 = ask_open(pid2);
	struct ask_file *files1 = ask_files(entry1, 0, ~0U, 64, &nr1);
	struct ask_file *files2 = ask_files(entry2, 0, ~0U, 64, &nr2);
	unsigned int same = 0;

	for (i = 0; i < nr1; i++) {
		for (k = 0; k < nr2; k++) {
			const struct vmwalk_file *a = &files1[i].d.file, *b = &files2[k].d.file;
			bool equal = fdsay_same(pid1, a->fd, pid2, b->fd);

			same += equal;
			e2e_true((a->id == b->id) == equal,
				 "fd %u of %d and fd %u of %d: id 0x%llx and 0x%llx, kcmp says %s",
				 a->fd, pid1, b->fd, pid2, a->id, b->id,
				 equal ? "the same" : "another");
		}
	}
	ask_files_free(files1, nr1);
	ask_files_free(files2, nr2);
	return same;
}

static void identity(void)
{
	pid_t other;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, channel))
		e2e_die("socketpair: %s", strerror(errno));
	send_files();
	other = target_fork(receive, NULL);
	e2e_true(check_pairs(factory, other) >= 4, "nothing shared with the receiver");
	e2e_true(check_pairs(other, other) >= 5, "nothing shared inside the receiver");
	e2e_true(check_pairs(getpid(), other) >= 5, "nothing inherited by the receiver");
	check_pairs(factory, factory);
	target_kill(other);
}

/* No address of the kernel may show through the identity: those have high bits in common. */
static void identity_hides(void)
{
	size_t nr, i, k;
	int entry = ask_open(factory);
	struct ask_file *files = ask_files(entry, 0, ~0U, 64, &nr);
	unsigned int near = 0;

	for (i = 0; i < nr; i++)
		for (k = 0; k < i; k++)
			near += files[i].d.file.id != files[k].d.file.id &&
				files[i].d.file.id >> 40 == files[k].d.file.id >> 40;
	e2e_true(near < 2, "%u pairs of %zu ids begin with the same 24 bits", near, nr);
	ask_files_free(files, nr);
}

/* One more descriptor is one more reference, one less is one less. */
static void references(void)
{
	static const int sorts[] = {
		MKFDS_file_plain, MKFDS_anon_eventfd, MKFDS_pipe_used_read, MKFDS_tcp_listen,
		MKFDS_dir, MKFDS_chr_null, MKFDS_anon_memfd,
	};
	unsigned int i;

	for (i = 0; i < E2E_NR(sorts); i++) {
		unsigned int fd = (unsigned int)made->fd[sorts[i]];
		uint32_t before = ask_file(factory, fd).d.file.references;
		int own = fdsay_take(factory, fd), more = dup(own);

		e2e_same(mkfds_names[sorts[i]], ask_file(factory, fd).d.file.references,
			 "with two more descriptors", before + 2);
		close(more);
		e2e_same(mkfds_names[sorts[i]], ask_file(factory, fd).d.file.references,
			 "with one more descriptor", before + 1);
		close(own);
		e2e_same(mkfds_names[sorts[i]], ask_file(factory, fd).d.file.references,
			 "with none more", before);
	}
}

/* Sizes by F_GETPIPE_SZ; what is in them, and who has them, the factory knows. */
static void pipes(void)
{
	static const struct {
		int sort;
		uint32_t used, readers, writers;
	} expected[] = {
		{ MKFDS_pipe_empty_read, 0, 1, 1 }, { MKFDS_pipe_empty_write, 0, 1, 1 },
		{ MKFDS_pipe_used_read, 3, 1, 1 }, { MKFDS_pipe_used_write, 3, 1, 1 },
		{ MKFDS_pipe_large, 0, 1, 1 }, { MKFDS_fifo_read, 1, 1, 1 },
	};
	unsigned int i;

	for (i = 0; i < E2E_NR(expected); i++) {
		const char *name = mkfds_names[expected[i].sort];
		struct ask_file file = ask_file(factory, (uint32_t)made->fd[expected[i].sort]);
		int fd = fdsay_take(factory, (unsigned int)made->fd[expected[i].sort]);

		e2e_true(file.d.file.has & VMWALK_HAS(PIPE), "%s: no pipe", name);
		e2e_same(name, file.d.file.pipe_size * PAGE_SIZE, "F_GETPIPE_SZ",
			 (uint64_t)fcntl(fd, F_GETPIPE_SZ));
		e2e_same(name, file.d.file.pipe_used, "the factory", expected[i].used);
		e2e_same(name, file.d.file.pipe_readers, "the factory", expected[i].readers);
		e2e_same(name, file.d.file.pipe_writers, "the factory", expected[i].writers);
		free(file.name);
		close(fd);
	}
}

static int option(int fd, int level, int name)
{
	int value = -1;
	socklen_t len = sizeof(value);

	return getsockopt(fd, level, name, &value, &len) ? -errno : value;
}

/* The state by system calls; -1 where the family has states of its own. */
static int state_of(int fd, int family, int type)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof(address);
	struct tcp_info info;
	socklen_t info_len = sizeof(info);

	if (option(fd, SOL_SOCKET, SO_ACCEPTCONN) == 1)
		return VMWALK_SOCK_STATE_LISTEN;
	if ((family == AF_INET || family == AF_INET6) && type == SOCK_STREAM &&
	    getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &info_len) == 0)
		return info.tcpi_state;
	if (family != AF_INET && family != AF_INET6 && family != AF_UNIX)
		return -1;
	return getpeername(fd, (struct sockaddr *)&address, &len) ? VMWALK_SOCK_STATE_CLOSE
								: VMWALK_SOCK_STATE_ESTABLISHED;
}

/* An address of getsockname(2) or getpeername(2) as sixteen bytes, IPv4 mapped. */
static void check_address(const char *name, int ret, const struct sockaddr_storage *address,
			  const uint8_t *bytes, uint32_t port)
{
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)address;
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)address;
	struct in6_addr expected = IN6ADDR_ANY_INIT;
	uint32_t expected_port = 0;

	if (!ret && address->ss_family == AF_INET6) {
		expected = v6->sin6_addr;
		expected_port = ntohs(v6->sin6_port);
	} else if (address->ss_family == AF_INET) {
		expected.s6_addr[10] = expected.s6_addr[11] = 0xff;
		if (!ret) {
			memcpy(&expected.s6_addr[12], &v4->sin_addr, 4);
			expected_port = ntohs(v4->sin_port);
		}
	}
	e2e_same(name, port, "getsockname and getpeername", expected_port);
	e2e_true(!memcmp(bytes, &expected, 16), "%s: another address than getsockname or "
		 "getpeername", name);
}

static void check_inet(const char *name, int fd, const struct vmwalk_file *file)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof(address);
	int ret;

	if (!(file->has & VMWALK_HAS(INET)))
		return;
	ret = getsockname(fd, (struct sockaddr *)&address, &len);
	if (file->sock_type == SOCK_RAW)	/* the port is the protocol there */
		return;
	check_address(name, ret, &address, file->local_address, file->local_port);
	len = sizeof(address);
	ret = getpeername(fd, (struct sockaddr *)&address, &len);
	check_address(name, ret, &address, file->peer_address, file->peer_port);
}

static void check_peer(const char *name, int fd, const struct vmwalk_file *file)
{
	struct ucred peer = { 0 };
	socklen_t len = sizeof(peer);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) || !peer.pid) {
		e2e_same(name, !!(file->has & VMWALK_HAS(PEER)), "SO_PEERCRED", 0);
		return;
	}
	e2e_same(name, !!(file->has & VMWALK_HAS(PEER)), "SO_PEERCRED", 1);
	e2e_same(name, file->peer_pid, "SO_PEERCRED", (uint64_t)peer.pid);
	e2e_same(name, file->peer_uid, "SO_PEERCRED", peer.uid);
	e2e_same(name, file->peer_gid, "SO_PEERCRED", peer.gid);
}

static void sockets(void)
{
	unsigned int i;

	for (i = MKFDS_unix_stream; i < MKFDS_NR; i++) {
		const char *name = mkfds_names[i];
		struct ask_file file;
		int fd, state;

		if (made->fd[i] < 0)
			continue;
		file = ask_file(factory, (uint32_t)made->fd[i]);
		fd = fdsay_take(factory, (unsigned int)made->fd[i]);
		e2e_true(file.d.file.has & VMWALK_HAS(SOCK), "%s: no socket", name);
		e2e_same(name, file.d.file.family, "SO_DOMAIN",
			 (uint64_t)option(fd, SOL_SOCKET, SO_DOMAIN));
		e2e_same(name, file.d.file.sock_type, "SO_TYPE",
			 (uint64_t)option(fd, SOL_SOCKET, SO_TYPE));
		e2e_same(name, file.d.file.protocol, "SO_PROTOCOL",
			 (uint64_t)option(fd, SOL_SOCKET, SO_PROTOCOL));
		state = state_of(fd, file.d.file.family, file.d.file.sock_type);
		if (state >= 0)
			e2e_same(name, file.d.file.sock_state, "its system calls",
				 (uint64_t)state);
		check_inet(name, fd, &file.d.file);
		check_peer(name, fd, &file.d.file);
		free(file.name);
		close(fd);
	}
}

#define LSFD	"lsfd -n -r -p %d -o ASSOC,POS,INODE,NLINK,SIZE,FUID 2>/dev/null"

/* lsfd(1) of util-linux, and fields of inode it tells too. */
static void lsfd(void)
{
	char command[160], line[1024], number[16];
	unsigned int rows = 0;
	FILE *pipe;

	snprintf(command, sizeof(command), LSFD, factory);
	pipe = popen(command, "r");
	while (pipe && fgets(line, sizeof(line), pipe)) {
		unsigned long long pos, inode, nlink, size, uid;
		unsigned int fd;
		struct ask_file file;

		if (sscanf(line, "%15s %llu %llu %llu %llu %llu", number, &pos, &inode, &nlink,
			   &size, &uid) != 6 || sscanf(number, "%u", &fd) != 1)
			continue;	/* not a descriptor: exe, cwd, mem ... */
		file = ask_file(factory, fd);
		e2e_same(number, file.d.file.pos, "lsfd POS", pos);
		e2e_same(number, file.d.file.inode, "lsfd INODE", inode);
		e2e_same(number, file.d.inode.nlink, "lsfd NLINK", nlink);
		e2e_same(number, file.d.inode.size, "lsfd SIZE", size);
		e2e_same(number, file.d.inode.uid, "lsfd FUID", uid);
		free(file.name);
		rows++;
	}
	if (!pipe || pclose(pipe) || !rows)
		e2e_die("lsfd told nothing");
}

/* The client shows what the module answers, one open file or all. */
static void client(void)
{
	char command[160], line[8192];
	unsigned int rows = 0;
	FILE *pipe;

	snprintf(command, sizeof(command), "vmwalk files %d -r -n -o fd,id,inode,size,pos,"
		 "inode_mode", factory);
	pipe = popen(command, "r");
	while (pipe && fgets(line, sizeof(line), pipe)) {
		unsigned long long id, inode, size, pos;
		unsigned int fd, mode;
		struct fdsay say;

		if (sscanf(line, "%u %llx %llu %llu %llu %o", &fd, &id, &inode, &size, &pos,
			   &mode) != 6)
			e2e_die("vmwalk files: %s", line);
		fdsay_read(factory, fd, &say);
		e2e_same("inode", inode, "stat", say.stat.st_ino);
		e2e_same("size", size, "stat", (uint64_t)say.stat.st_size);
		e2e_same("pos", pos, "fdinfo", proc_key(say.info, "pos"));
		e2e_same("mode", mode, "stat", say.stat.st_mode);
		e2e_same("id", id, "FILES", ask_file(factory, fd).d.file.id);
		fdsay_free(&say);
		rows++;
	}
	if (!pipe || pclose(pipe))
		e2e_die("vmwalk files failed");
	snprintf(command, sizeof(command), "vmwalk files %d %d -s extents -r -n -o "
		 "logical,length,physical", factory, made->fd[MKFDS_file_deleted]);
	pipe = popen(command, "r");
	while (pipe && fgets(line, sizeof(line), pipe)) {
		unsigned long long logical, length, physical;
		int fd = fdsay_take(factory, (unsigned int)made->fd[MKFDS_file_deleted]);
		uint64_t *blocks = fdsay_blocks(fd, PAGE_SIZE, 100000 / PAGE_SIZE + 1);

		if (sscanf(line, "%llu %llu %llu", &logical, &length, &physical) != 3 || !blocks)
			e2e_die("vmwalk files FD: %s", line);
		e2e_same("physical", physical, "FIEMAP", blocks[logical / PAGE_SIZE]);
		free(blocks);
		close(fd);
		rows++;
	}
	if (!pipe || pclose(pipe) || rows < 70)
		e2e_die("vmwalk files FD failed");
}

#define MANY	10000

static void open_many(void *arg)
{
	struct rlimit limit = { MANY + 100, MANY + 100 };
	int fd = open("/dev/null", O_RDONLY), i;

	if (setrlimit(RLIMIT_NOFILE, &limit) || fd < 0)
		_exit(1);
	for (i = 0; i < MANY; i++)
		if (dup2(fd, 50 + i) < 0)
			_exit(1);
	target_ready();
	pause();
}

/* Ten thousand descriptors, all the same open file. */
static void many(void)
{
	pid_t pid = target_fork(open_many, NULL);
	size_t nr, list_nr, i;
	int entry = ask_open(pid);
	struct ask_file *files = ask_files(entry, 0, ~0U, 1000, &nr);
	unsigned int *list = fdsay_list(pid, &list_nr);

	e2e_same("descriptors", nr, "/proc/PID/fd", list_nr);
	e2e_true(nr > MANY, "only %zu descriptors", nr);
	for (i = 0; i < nr && i < list_nr; i++) {
		e2e_same("descriptor", files[i].d.file.fd, "/proc/PID/fd", list[i]);
		if (list[i] >= 50)
			e2e_same("id of a duplicate", files[i].d.file.id, "that of the last",
				 files[nr - 1].d.file.id);
	}
	ask_files_free(files, nr);
	free(list);
	target_kill(pid);
}

/* Opens and closes all the time, each file with its number in its name. */
static void open_and_close(void *arg)
{
	char name[64];
	int i;

	target_ready();
	for (i = 0; ; i++) {
		int fd;

		snprintf(name, sizeof(name), WORK_DIR "/fds_busy_%d", i % 20);
		fd = open(name, O_RDWR | O_CREAT, 0600);
		unlink(name);
		dup2(fd, 100 + i % 20);
		close(fd);
		if (i % 3 == 0)
			close(100 + i % 17);
	}
}

/* A process whose files go away while they are read: each answer is whole. */
static void busy(void)
{
	pid_t pid = target_fork(open_and_close, NULL);
	int entry = ask_open(pid), round, number;
	size_t nr, i;

	for (round = 0; round < 100; round++) {
		struct ask_file *files = ask_files(entry, 100, 119, 3, &nr);

		for (i = 0; i < nr; i++) {
			const struct ask_file *file = &files[i];

			e2e_true(sscanf(file->name, WORK_DIR "/fds_busy_%d", &number) == 1 &&
				 number == (int)file->d.file.fd - 100,
				 "fd %u is called %s", file->d.file.fd, file->name);
			e2e_same("inode", file->d.inode.inode, "the file's", file->d.file.inode);
		}
		ask_files_free(files, nr);
	}
	target_kill(pid);
}

static const struct e2e_case fds_cases[] = {
	{ "the factory has made a descriptor of each sort", factory_whole, 60 },
	{ "FILES equals fdinfo, readlink and stat for each sort", files_factory, 700 },
	{ "FILES of init and of the test itself", files_others, 60 },
	{ "FILES of a part, with any room, is the same", files_parts, 600 },
	{ "kinds are those the links tell", kinds_all, 60 },
	{ "modes are what system calls on the same open file say", modes_all, 200 },
	{ "the same id where kcmp says the same open file, for every pair", identity, 6000 },
	{ "ids are no addresses", identity_hides, 1 },
	{ "references follow descriptors", references, 21 },
	{ "pipes: size, use, readers and writers", pipes, 30 },
	{ "sockets: family, type, protocol, state, addresses, peer", sockets, 90 },
	{ "lsfd: position, inode, links, size, owner", lsfd, 200 },
	{ "vmwalk files shows the same, down to blocks", client, 350 },
	{ "ten thousand descriptors", many, 20000 },
	{ "files that are opened and closed while they are read", busy, 1000 },
};
E2E_SUITE(fds, fds_open, fds_close);
