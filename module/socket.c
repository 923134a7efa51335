// SPDX-License-Identifier: GPL-2.0
/* socket.c - struct sock -> the socket's part of struct vmwalk_file */
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/net.h>
#include <linux/pid.h>
#include <linux/socket.h>
#include <linux/string.h>
#include <linux/uidgid.h>
#include <linux/user_namespace.h>
#include <net/sock.h>

#include "files.h"

/* Families whose sk_state is one of TCP_*: net/ipv4, net/ipv6, net/unix, net/vmw_vsock. */
static bool has_tcp_state(unsigned int family)
{
	static const u8 families[] = { AF_UNIX, AF_INET, AF_INET6, AF_VSOCK };
	int i;

	for (i = 0; i < ARRAY_SIZE(families); i++)
		if (family == families[i])
			return true;
	return false;
}

/* An IPv4 address as IPv6 writes it: ::ffff:a.b.c.d. */
static void put_v4(u8 *to, __be32 address)
{
	to[10] = 0xff;
	to[11] = 0xff;
	memcpy(to + 12, &address, sizeof(address));
}

static void v4_read(const struct sock *sk, struct vmwalk_file *out)
{
	put_v4(out->local_address, READ_ONCE(sk->sk_rcv_saddr));
	put_v4(out->peer_address, READ_ONCE(sk->sk_daddr));
}

static void v6_read(const struct sock *sk, struct vmwalk_file *out)
{
#if IS_ENABLED(CONFIG_IPV6)
	memcpy(out->local_address, &sk->sk_v6_rcv_saddr, sizeof(out->local_address));
	memcpy(out->peer_address, &sk->sk_v6_daddr, sizeof(out->peer_address));
#endif
}

/* Ports and addresses. A raw socket has a protocol where others have a port. */
static void inet_read(const struct sock *sk, struct vmwalk_file *out)
{
	if (out->family != AF_INET && out->family != AF_INET6)
		return;
	out->has |= VMWALK_HAS(INET);
	if (out->sock_type != SOCK_RAW) {
		out->local_port = READ_ONCE(sk->sk_num);
		out->peer_port = ntohs(READ_ONCE(sk->sk_dport));
	}
	if (out->family == AF_INET)
		v4_read(sk, out);
	else
		v6_read(sk, out);
}

/*
 * Holds sk_peer_lock, under which the peer's identity changes since commit 35306eb23814
 * ("af_unix: fix races with SO_PEERPID and SO_PEERCRED") (in v5.15 and stable
 * kernels since); nothing is taken inside it.
 */
static void peer_read(struct sock *sk, const struct vmwalk_files_reader *reader,
		      struct vmwalk_file *out)
{
	if (out->family != AF_UNIX)
		return;
	spin_lock(&sk->sk_peer_lock);
	if (sk->sk_peer_pid && sk->sk_peer_cred) {
		out->has |= VMWALK_HAS(PEER);
		out->peer_pid = pid_nr_ns(sk->sk_peer_pid, reader->ns);
		out->peer_uid = from_kuid_munged(reader->user_ns, sk->sk_peer_cred->euid);
		out->peer_gid = from_kgid_munged(reader->user_ns, sk->sk_peer_cred->egid);
	}
	spin_unlock(&sk->sk_peer_lock);
}

/*
 * Holds file_lock by the caller: the file is in its table, so it was made to the end and
 * its release has not begun. A socket gets its sock before its file is in a table, and
 * loses it in sock_release() (net/socket.c): the sock stays, on every kernel. Its lock
 * sleeps and is not taken: fields are read once each and need not fit each other.
 */
void vmwalk_socket_read(const struct file *file, const struct vmwalk_files_reader *reader,
			struct vmwalk_file *out)
{
	struct sock *sk;

	if (out->kind != VMWALK_FILE_KIND_SOCKET)
		return;
	sk = READ_ONCE(SOCKET_I(file_inode(file))->sk);
	if (!sk)
		return;
	out->has |= VMWALK_HAS(SOCK);
	out->family = READ_ONCE(sk->sk_family);
	out->sock_type = READ_ONCE(sk->sk_type);
	out->protocol = READ_ONCE(sk->sk_protocol);
	if (has_tcp_state(out->family))
		out->sock_state = READ_ONCE(sk->sk_state);
	inet_read(sk, out);
	peer_read(sk, reader, out);
}
