// SPDX-License-Identifier: GPL-2.0
/*
 * suite_sockets.c - sockets of each sort against the kernel's lists in /proc/net
 *
 * What system calls on the same socket say is suite_fds.c's.
 */
#include <errno.h>
#include <linux/net.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "askfds.h"
#include "fdsay.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"

#define MOST_WORDS	12	/* of a line that are looked at */

static struct mkfds *made;	/* shared with the factory */
static pid_t factory;

static void sockets_open(void)
{
	factory = mkfds_start(&made);
}

static void sockets_close(void)
{
	mkfds_stop(factory);
}

/* The words of a line. */
struct words {
	char *word[MOST_WORDS];
	unsigned int nr;
};

/* "0100007F:1F90", or eight digits four times: addresses as the machine stores them. */
static void check_place(const char *list, const char *text, const uint8_t *address, uint32_t port)
{
	uint8_t expected[16] = { [10] = 0xff, [11] = 0xff };
	size_t len = strcspn(text, ":"), i;
	uint32_t word;

	for (i = 0; i + 8 <= len; i += 8) {
		char digits[9] = "";

		memcpy(digits, text + i, 8);
		word = strtoul(digits, NULL, 16);
		memcpy(&expected[len == 8 ? 12 : i / 2], &word, sizeof(word));
	}
	e2e_true((len == 8 || len == 32) && !memcmp(address, expected, 16),
		 "another address than %s of %s", text, list);
	e2e_same("port", port, list, strtoul(text + len + 1, NULL, 16));
}

/* sl local rem st tx:rx tr:when retransmits uid timeout inode */
static void check_inet(const char *list, const struct words *line, const struct vmwalk_file *file)
{
	/* Raw sockets have no port; the list has their protocol there. */
	bool raw = file->sock_type == SOCK_RAW;

	e2e_same("an internet socket", !!(file->has & VMWALK_HAS(INET)), list, 1);
	check_place(list, line->word[1], file->local_address, raw ? file->protocol :
		    file->local_port);
	check_place(list, line->word[2], file->peer_address, file->peer_port);
	e2e_same("state", file->sock_state, list, strtoul(line->word[3], NULL, 16));
}

/* address: references protocol flags type state inode path; states are those of a socket */
static void check_unix(const char *list, const struct words *line, const struct vmwalk_file *file)
{
	unsigned long state = strtoul(line->word[5], NULL, 16);
	bool listens = strtoul(line->word[3], NULL, 16) & 0x10000;	/* __SO_ACCEPTCON */

	e2e_same("type", file->sock_type, list, strtoul(line->word[4], NULL, 16));
	e2e_same("protocol", file->protocol, list, strtoul(line->word[2], NULL, 16));
	e2e_same("state", file->sock_state, list, listens ? VMWALK_SOCK_STATE_LISTEN :
		 state == SS_CONNECTED ? VMWALK_SOCK_STATE_ESTABLISHED :
		 VMWALK_SOCK_STATE_CLOSE);
}

/* address protocol port groups ... inode */
static void check_netlink(const char *list, const struct words *line,
			  const struct vmwalk_file *file)
{
	e2e_same("protocol", file->protocol, list, strtoul(line->word[1], NULL, 10));
}

/* address references type protocol ... inode; the protocol is not the one of SO_PROTOCOL */
static void check_packet(const char *list, const struct words *line,
			 const struct vmwalk_file *file)
{
	e2e_same("type", file->sock_type, list, strtoul(line->word[2], NULL, 10));
}

/**
 * struct net_list - a list in /proc/net
 * @name: its file
 * @inode: which word is the inode number
 * @family: of its sockets
 * @type: of its sockets, 0 if of several
 * @protocol: of its sockets, 0 if it is in a word
 * @check: compares a line with what vmwalk says
 */
static const struct net_list {
	const char *name;
	unsigned int inode, family, type, protocol;
	void (*check)(const char *list, const struct words *line, const struct vmwalk_file *file);
} lists[] = {
	{ "tcp", 9, AF_INET, SOCK_STREAM, IPPROTO_TCP, check_inet },
	{ "tcp6", 9, AF_INET6, SOCK_STREAM, IPPROTO_TCP, check_inet },
	{ "udp", 9, AF_INET, SOCK_DGRAM, IPPROTO_UDP, check_inet },
	{ "udp6", 9, AF_INET6, SOCK_DGRAM, IPPROTO_UDP, check_inet },
	{ "udplite", 9, AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE, check_inet },
	{ "raw", 9, AF_INET, SOCK_RAW, 0, check_inet },
	{ "raw6", 9, AF_INET6, SOCK_RAW, 0, check_inet },
	{ "unix", 6, AF_UNIX, 0, 0, check_unix },
	{ "netlink", 9, AF_NETLINK, SOCK_RAW, 0, check_netlink },
	{ "packet", 8, AF_PACKET, 0, 0, check_packet },
};

/* Splits a line in place. */
static struct words words_of(char *line)
{
	struct words words = { .nr = 0 };
	char *rest, *word;

	for (word = strtok_r(line, " ", &rest); word && words.nr < MOST_WORDS;
	     word = strtok_r(NULL, " ", &rest))
		words.word[words.nr++] = word;
	return words;
}

/* Is the socket in this list? Then what the list says of it. */
static bool check_list(const struct net_list *list, const struct vmwalk_file *file)
{
	char path[64], *text, *line, *rest;
	bool found = false;

	snprintf(path, sizeof(path), "/proc/net/%s", list->name);
	text = proc_slurp(path, NULL);
	for (line = text ? strtok_r(text, "\n", &rest) : NULL; line && !found;
	     line = strtok_r(NULL, "\n", &rest)) {
		struct words words = words_of(line);

		found = words.nr > list->inode &&
			strtoull(words.word[list->inode], NULL, 10) == file->inode;
		if (!found)
			continue;
		e2e_same("family", file->family, list->name, list->family);
		if (list->type)
			e2e_same("type", file->sock_type, list->name, list->type);
		if (list->protocol)
			e2e_same("protocol", file->protocol, list->name, list->protocol);
		list->check(list->name, &words, file);
	}
	free(text);
	return found;
}

/* Sorts that are in no list: never bound, or of a family without one. */
static bool unlisted(unsigned int sort)
{
	return sort == MKFDS_tcp_unbound || sort == MKFDS_ping || sort == MKFDS_vsock ||
	       sort == MKFDS_alg;
}

static void lists_agree(void)
{
	struct sockaddr_nl any = { .nl_family = AF_NETLINK };
	int netlink = fdsay_take(factory, (unsigned int)made->fd[MKFDS_netlink]);
	unsigned int sort, i, in, told = 0;

	/* Without a name it would be in no list. */
	if (bind(netlink, (struct sockaddr *)&any, sizeof(any)))
		e2e_die("bind: %s", strerror(errno));
	for (sort = MKFDS_unix_stream; sort < MKFDS_NR; sort++) {
		struct ask_file file;

		if (made->fd[sort] < 0)
			continue;
		file = ask_file(factory, (uint32_t)made->fd[sort]);
		for (i = 0, in = 0; i < E2E_NR(lists); i++)
			in += check_list(&lists[i], &file.d.file);
		e2e_same(mkfds_names[sort], !unlisted(sort), "lists of /proc/net", in);
		told += in;
		free(file.name);
	}
	e2e_true(told >= 12, "only %u sockets in lists", told);
}

static const struct e2e_case sockets_cases[] = {
	{ "family, type, state, addresses, ports as in /proc/net", lists_agree, 80 },
};
E2E_SUITE(sockets, sockets_open, sockets_close);
