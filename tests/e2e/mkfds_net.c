// SPDX-License-Identifier: GPL-2.0
/* mkfds_net.c - sockets */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <net/ethernet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "mkfds.h"
#include "target.h"

static int pair(int type)
{
	int fds[2];

	return socketpair(AF_UNIX, type, 0, fds) ? -errno : fds[0];
}

int mkfd_unix_stream(void)
{
	return pair(SOCK_STREAM);
}

int mkfd_unix_dgram(void)
{
	return pair(SOCK_DGRAM | SOCK_NONBLOCK);
}

int mkfd_unix_seqpacket(void)
{
	return pair(SOCK_SEQPACKET | SOCK_CLOEXEC);
}

static int unix_listen(const char *name, size_t len)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	memcpy(address.sun_path, name, len);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address,
			   (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)) ||
	    listen(fd, 3))
		return -errno;
	return fd;
}

#define UNIX_NAME	WORK_DIR "/fds_unix"

int mkfd_unix_listen(void)
{
	unlink(UNIX_NAME);
	return unix_listen(UNIX_NAME, sizeof(UNIX_NAME));
}

int mkfd_unix_abstract(void)
{
	return unix_listen("\0fds", 4);
}

int mkfd_unix_connected(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = UNIX_NAME };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	return connect(fd, (struct sockaddr *)&address, sizeof(address)) ? -errno : fd;
}

static struct sockaddr_in listening;
static int listener = -1;

static int loopback(int type, int protocol, struct sockaddr_in *address)
{
	socklen_t len = sizeof(*address);
	int fd = socket(AF_INET, type, protocol);

	*address = (struct sockaddr_in) {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	if (fd < 0 || bind(fd, (struct sockaddr *)address, len) ||
	    getsockname(fd, (struct sockaddr *)address, &len))
		return -errno;
	return fd;
}

int mkfd_tcp_listen(void)
{
	listener = loopback(SOCK_STREAM, 0, &listening);
	return listener >= 0 && listen(listener, 5) ? -errno : listener;
}

int mkfd_tcp_connected(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	return connect(fd, (struct sockaddr *)&listening, sizeof(listening)) ? -errno : fd;
}

int mkfd_tcp_accepted(void)
{
	return mkfds_ret(accept(listener, NULL, NULL));
}

int mkfd_tcp_unbound(void)
{
	return mkfds_ret(socket(AF_INET, SOCK_STREAM, 0));
}

static int loopback6(int type)
{
	struct sockaddr_in6 address = {
		.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT,
	};
	int fd = socket(AF_INET6, type, 0);

	return bind(fd, (struct sockaddr *)&address, sizeof(address)) ? -errno : fd;
}

int mkfd_tcp6_listen(void)
{
	int fd = loopback6(SOCK_STREAM);

	return fd >= 0 && listen(fd, 5) ? -errno : fd;
}

int mkfd_udp_bound(void)
{
	struct sockaddr_in address;

	return loopback(SOCK_DGRAM, 0, &address);
}

int mkfd_udp_connected(void)
{
	struct sockaddr_in address;
	int fd = loopback(SOCK_DGRAM, 0, &address);

	return fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) ? -errno : fd;
}

int mkfd_udp6_bound(void)
{
	return loopback6(SOCK_DGRAM);
}

int mkfd_udplite(void)
{
	struct sockaddr_in address;

	return loopback(SOCK_DGRAM, IPPROTO_UDPLITE, &address);
}

int mkfd_ping(void)
{
	return mkfds_ret(socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP));
}

int mkfd_raw(void)
{
	return mkfds_ret(socket(AF_INET, SOCK_RAW, 253));
}

int mkfd_raw6(void)
{
	return mkfds_ret(socket(AF_INET6, SOCK_RAW, 253));
}

int mkfd_packet(void)
{
	struct tpacket_req ring = {
		.tp_block_size = 4096, .tp_block_nr = 1, .tp_frame_size = 4096, .tp_frame_nr = 1,
	};
	int fd = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_LOOP));

	if (fd < 0 || setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &ring, sizeof(ring)) ||
	    mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED)
		return -errno;
	return fd;
}

int mkfd_netlink(void)
{
	return mkfds_ret(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
}

int mkfd_vsock(void)
{
	return mkfds_ret(socket(AF_VSOCK, SOCK_STREAM, 0));
}

int mkfd_alg(void)
{
	return mkfds_ret(socket(AF_ALG, SOCK_SEQPACKET, 0));
}
