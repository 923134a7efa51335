// SPDX-License-Identifier: GPL-2.0
/*
 * hungfs.c - a file system that answers until it is stopped
 *
 * The protocol of Documentation/filesystems/fuse.rst, as much as one file needs. Attributes
 * are never kept, so that every stat(2) has to ask the server.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hungfs.h"
#include "tap.h"

#define ROOM	(HUNGFS_BYTES + 65536)	/* of a request */

static int device;

/* ENOENT: whoever asked has been killed, and the request taken back. */
static void reply(const struct fuse_in_header *in, int err, const void *data, size_t len)
{
	struct fuse_out_header out = {
		.len = sizeof(out) + len, .error = err, .unique = in->unique,
	};
	struct iovec parts[] = { { &out, sizeof(out) }, { (void *)data, len } };

	if (writev(device, parts, 2) < 0 && errno != ENOENT)
		_exit(1);
}

static struct fuse_attr attr_of(uint64_t inode)
{
	return (struct fuse_attr) {
		.ino = inode, .nlink = 1, .blksize = 4096,
		.mode = inode == FUSE_ROOT_ID ? S_IFDIR | 0755 : S_IFREG | 0644,
		.size = inode == FUSE_ROOT_ID ? 0 : HUNGFS_BYTES,
	};
}

static void do_init(const struct fuse_in_header *in, const void *arg)
{
	const struct fuse_init_in *asked = arg;
	struct fuse_init_out out = {
		.major = FUSE_KERNEL_VERSION, .minor = asked->minor, .max_write = 4096,
		.max_background = 16, .congestion_threshold = 12,
	};

	reply(in, 0, &out, sizeof(out));
}

static void do_lookup(const struct fuse_in_header *in, const void *arg)
{
	struct fuse_entry_out out = {
		.nodeid = HUNGFS_INODE, .attr = attr_of(HUNGFS_INODE),
	};

	if (strcmp(arg, "file"))
		reply(in, -ENOENT, NULL, 0);
	else
		reply(in, 0, &out, sizeof(out));
}

static void do_getattr(const struct fuse_in_header *in, const void *arg)
{
	struct fuse_attr_out out = { .attr = attr_of(in->nodeid) };

	reply(in, 0, &out, sizeof(out));
}

static void do_open(const struct fuse_in_header *in, const void *arg)
{
	struct fuse_open_out out = { .fh = 1 };

	reply(in, 0, &out, sizeof(out));
}

static void do_read(const struct fuse_in_header *in, const void *arg)
{
	static const char bytes[HUNGFS_BYTES];
	const struct fuse_read_in *asked = arg;
	size_t left = asked->offset < HUNGFS_BYTES ? HUNGFS_BYTES - asked->offset : 0;

	reply(in, 0, bytes, asked->size < left ? asked->size : left);
}

static void do_nothing(const struct fuse_in_header *in, const void *arg)
{
	reply(in, 0, NULL, 0);
}

static void do_not_reply(const struct fuse_in_header *in, const void *arg)
{
}

static void (*const answers[])(const struct fuse_in_header *in, const void *arg) = {
	[FUSE_INIT] = do_init, [FUSE_LOOKUP] = do_lookup, [FUSE_GETATTR] = do_getattr,
	[FUSE_OPEN] = do_open, [FUSE_READ] = do_read, [FUSE_FLUSH] = do_nothing,
	[FUSE_RELEASE] = do_nothing, [FUSE_FORGET] = do_not_reply,
	[FUSE_BATCH_FORGET] = do_not_reply, [FUSE_INTERRUPT] = do_not_reply,
};

static void serve(void *arg)
{
	static char room[ROOM] __attribute__((aligned(8)));
	const struct fuse_in_header *in = (const void *)room;

	device = *(int *)arg;
	target_ready();
	while (read(device, room, sizeof(room)) > 0) {
		if (in->opcode < E2E_NR(answers) && answers[in->opcode])
			answers[in->opcode](in, in + 1);
		else
			reply(in, -ENOSYS, NULL, 0);
	}
	_exit(0);
}

pid_t hungfs_start(void)
{
	int err = target_module("fuse"), fd = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	char options[96];
	pid_t server;

	if (fd < 0)
		e2e_skip("no FUSE in this kernel (module: %s)", strerror(-err));
	mkdir(HUNGFS_DIR, 0755);
	snprintf(options, sizeof(options), "fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other",
		 fd);
	if (mount("hungfs", HUNGFS_DIR, "fuse", 0, options))
		e2e_die(HUNGFS_DIR ": %s", strerror(errno));
	server = target_fork(serve, &fd);
	close(fd);
	return server;
}

void hungfs_hang(pid_t server)
{
	int status;

	kill(server, SIGSTOP);
	waitpid(server, &status, WUNTRACED);
}

void hungfs_stop(pid_t server)
{
	umount2(HUNGFS_DIR, MNT_DETACH);
	target_kill(server);
	rmdir(HUNGFS_DIR);
}
