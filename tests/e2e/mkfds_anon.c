// SPDX-License-Identifier: GPL-2.0
/* mkfds_anon.c - descriptors of what the kernel makes without a name */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <linux/mount.h>
#include <linux/perf_event.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "mkfds.h"
#include "target.h"

static int empty[2] = { -1, -1 }, used[2] = { -1, -1 };

int mkfd_pipe_empty_read(void)
{
	return pipe2(empty, O_NONBLOCK) ? -errno : empty[0];
}

int mkfd_pipe_empty_write(void)
{
	return empty[1] < 0 ? -EBADF : empty[1];
}

/* Each packet takes a buffer of its own. */
int mkfd_pipe_used_read(void)
{
	int i;

	if (pipe2(used, O_DIRECT))
		return -errno;
	for (i = 0; i < 3; i++)
		if (write(used[1], "packet", 6) != 6)
			return -errno;
	return used[0];
}

int mkfd_pipe_used_write(void)
{
	return used[1] < 0 ? -EBADF : used[1];
}

int mkfd_pipe_large(void)
{
	int pair[2];

	if (pipe(pair) || fcntl(pair[0], F_SETPIPE_SZ, 64 * 4096) < 0)
		return -errno;
	return pair[0];
}

int mkfd_anon_eventfd(void)
{
	return mkfds_ret(eventfd(7, EFD_CLOEXEC | EFD_SEMAPHORE));
}

int mkfd_anon_eventpoll(void)
{
	struct epoll_event event = { .events = EPOLLIN };
	int fd = epoll_create1(0), i;

	for (i = 0; i < 2 && fd >= 0; i++)
		if (epoll_ctl(fd, EPOLL_CTL_ADD, i ? used[0] : empty[0], &event))
			return -errno;
	return mkfds_ret(fd);
}

int mkfd_anon_timerfd(void)
{
	return mkfds_ret(timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK));
}

int mkfd_anon_signalfd(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	return mkfds_ret(signalfd(-1, &set, SFD_CLOEXEC));
}

int mkfd_anon_inotify(void)
{
	int fd = inotify_init1(IN_NONBLOCK);

	return inotify_add_watch(fd, WORK_DIR, IN_DELETE) < 0 ? -errno : fd;
}

int mkfd_anon_fanotify(void)
{
	return mkfds_ret(fanotify_init(FAN_CLASS_NOTIF | FAN_NONBLOCK, O_RDONLY));
}

int mkfd_anon_pidfd(void)
{
	return mkfds_ret((int)syscall(SYS_pidfd_open, getpid(), 0));
}

int mkfd_anon_memfd(void)
{
	int fd = memfd_create("a\nmemfd", MFD_ALLOW_SEALING);

	if (fd < 0 || ftruncate(fd, 1 << 20) || write(fd, "memory", 6) != 6 ||
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK))
		return -errno;
	return fd;
}

int mkfd_anon_memfd_huge(void)
{
	return mkfds_ret(memfd_create("huge", MFD_HUGETLB));
}

int mkfd_anon_memfd_secret(void)
{
	return mkfds_ret((int)syscall(SYS_memfd_secret, 0));
}

int mkfd_anon_userfaultfd(void)
{
	return mkfds_ret((int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK));
}

int mkfd_anon_perf(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE, .size = sizeof(attr), .config = PERF_COUNT_SW_DUMMY,
	};

	return mkfds_ret((int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0));
}

int mkfd_anon_bpf_map(void)
{
	union bpf_attr attr = { };

	attr.map_type = BPF_MAP_TYPE_ARRAY;
	attr.key_size = 4;
	attr.value_size = 8;
	attr.max_entries = 3;
	return mkfds_ret((int)syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof(attr)));
}

/* r0 = 0; exit */
int mkfd_anon_bpf_prog(void)
{
	static const struct bpf_insn code[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K }, { .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr attr = { };

	attr.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	attr.insns = (uintptr_t)code;
	attr.insn_cnt = 2;
	attr.license = (uintptr_t)"GPL";
	return mkfds_ret((int)syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof(attr)));
}

int mkfd_anon_io_uring(void)
{
	struct io_uring_params params = { 0 };

	return mkfds_ret((int)syscall(SYS_io_uring_setup, 4, &params));
}

int mkfd_anon_mqueue(void)
{
	int fd = (int)syscall(SYS_mq_open, "fds_queue", O_RDWR | O_CREAT, 0600, NULL);

	syscall(SYS_mq_unlink, "fds_queue");
	return mkfds_ret(fd);
}

int mkfd_anon_mount(void)
{
	return mkfds_ret((int)syscall(SYS_open_tree, AT_FDCWD, "/dev/shm", 1 /* OPEN_TREE_CLONE */));
}

int mkfd_anon_fscontext(void)
{
	return mkfds_ret((int)syscall(SYS_fsopen, "tmpfs", 0));
}
