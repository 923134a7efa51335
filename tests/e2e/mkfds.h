/* SPDX-License-Identifier: GPL-2.0 */
/*
 * mkfds.h - a process with a descriptor of each sort
 *
 * The factory opens; what a descriptor is say the kernel's own files. A sort that
 * cannot be made on this machine has its reason instead of a descriptor.
 */
#ifndef E2E_MKFDS_H
#define E2E_MKFDS_H

#include <sys/types.h>

/* X(name, "what is opened"); in mkfds_file.c, mkfds_anon.c and mkfds_net.c */
#define MKFDS_FILES(X) \
	X(file_plain, "a file of 300000 bytes, read and written, somewhere in it") \
	X(file_append, "the same file, O_APPEND, close-on-exec") \
	X(file_sync, "the same file, O_SYNC, O_NOATIME and O_NONBLOCK") \
	X(file_direct, "the same file, O_DIRECT") \
	X(file_path_only, "the same file, O_PATH") \
	X(file_empty, "an empty file") \
	X(file_small, "a file of 5 bytes") \
	X(file_holes, "a file with holes: 20 MiB, data in three places") \
	X(file_reserved, "a file with reserved blocks that were never written") \
	X(file_deleted, "a deleted file of 100000 bytes") \
	X(file_never_linked, "O_TMPFILE") \
	X(file_two_names, "a file with two names, mode 06751, uid 1000, gid 1001") \
	X(file_immutable, "a file that is immutable") \
	X(file_append_only, "a file that is append-only") \
	X(file_renamed, "a file that was renamed after open") \
	X(file_newline, "a name with newline, tab, backslash and blanks") \
	X(file_not_utf8, "a name that is no UTF-8") \
	X(file_long, "a path longer than a page") \
	X(file_tmpfs, "a file of tmpfs with a hole") \
	X(file_hugetlb, "a file of hugetlbfs") \
	X(file_proc, "a file of procfs") \
	X(file_sysfs, "a file of sysfs") \
	X(file_locked, "a file with a POSIX lock and a flock") \
	X(file_written, "a file with pages that wait to be written") \
	X(dir, "a directory") \
	X(dir_deleted, "a deleted directory") \
	X(link, "a symbolic link, O_PATH") \
	X(fifo_read, "a FIFO, for reading and writing") \
	X(chr_null, "/dev/null") \
	X(chr_zero, "/dev/zero") \
	X(chr_tun, "/dev/net/tun") \
	X(chr_pty_master, "a pseudo terminal's master side") \
	X(chr_pty_slave, "its other side") \
	X(blk_root, "the block device of the root file system") \
	X(ns_net, "a namespace: net") \
	X(ns_user, "a namespace: user")

#define MKFDS_ANON(X) \
	X(pipe_empty_read, "an empty pipe, reading end") \
	X(pipe_empty_write, "its writing end") \
	X(pipe_used_read, "a pipe with 3 buffers used, reading end") \
	X(pipe_used_write, "its writing end, O_DIRECT: packets") \
	X(pipe_large, "a pipe of 64 pages") \
	X(anon_eventfd, "eventfd") \
	X(anon_eventpoll, "epoll with two members") \
	X(anon_timerfd, "timerfd") \
	X(anon_signalfd, "signalfd") \
	X(anon_inotify, "inotify with a watch") \
	X(anon_fanotify, "fanotify") \
	X(anon_pidfd, "pidfd of the process itself") \
	X(anon_memfd, "memfd with a newline in its name") \
	X(anon_memfd_huge, "memfd of huge pages") \
	X(anon_memfd_secret, "memfd_secret") \
	X(anon_userfaultfd, "userfaultfd") \
	X(anon_perf, "perf event") \
	X(anon_bpf_map, "BPF map") \
	X(anon_bpf_prog, "BPF program") \
	X(anon_io_uring, "io_uring") \
	X(anon_mqueue, "POSIX message queue") \
	X(anon_mount, "a detached mount, O_PATH") \
	X(anon_fscontext, "fsopen")

#define MKFDS_NET(X) \
	X(unix_stream, "a connected pair, stream") \
	X(unix_dgram, "a pair, datagrams") \
	X(unix_seqpacket, "a pair, packets in sequence") \
	X(unix_listen, "a listening socket with a name") \
	X(unix_abstract, "a listening socket with an abstract name") \
	X(unix_connected, "connected to it") \
	X(tcp_listen, "TCP, listening on 127.0.0.1") \
	X(tcp_connected, "TCP, connected to it") \
	X(tcp_accepted, "its other side") \
	X(tcp_unbound, "TCP, never used") \
	X(tcp6_listen, "TCP over IPv6, listening on ::1") \
	X(udp_bound, "UDP, bound") \
	X(udp_connected, "UDP, connected") \
	X(udp6_bound, "UDP over IPv6, bound") \
	X(udplite, "UDP-Lite") \
	X(ping, "ICMP datagrams") \
	X(raw, "raw IP") \
	X(raw6, "raw IPv6") \
	X(packet, "packets of a link, with a mapped ring") \
	X(netlink, "netlink, routing") \
	X(vsock, "virtual machine sockets") \
	X(alg, "the kernel's crypto interface")

#define MKFDS_ALL(X)	MKFDS_FILES(X) MKFDS_ANON(X) MKFDS_NET(X)

enum mkfds_nr {
#define MKFDS_ENUM(name, help)	MKFDS_##name,
	MKFDS_ALL(MKFDS_ENUM)
#undef MKFDS_ENUM
	MKFDS_NR
};

/* What they are called; by enum mkfds_nr. */
extern const char *const mkfds_names[MKFDS_NR];

/**
 * struct mkfds - what the factory made
 * @fd: the descriptor, or -errno; by enum mkfds_nr
 */
struct mkfds {
	int fd[MKFDS_NR];
};

/* Opens one of each in the calling process, which should be new; dies when none can be made. */
void mkfds_make(struct mkfds *made);

/* One of each: a descriptor, or -errno. */
#define MKFDS_DECLARE(name, help)	int mkfd_##name(void);
MKFDS_ALL(MKFDS_DECLARE)
#undef MKFDS_DECLARE

/* A descriptor, or -errno. */
int mkfds_ret(int fd);

/* A file of the work folder with @bytes of the tests' pattern, on disk; or -errno. */
int mkfds_file(const char *name, size_t bytes);

/* Byte @at of the pattern of file number @seed: what such a file must read as. */
unsigned char mkfds_byte(unsigned int seed, size_t at);

#endif /* E2E_MKFDS_H */
