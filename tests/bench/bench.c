// SPDX-License-Identifier: GPL-2.0
/*
 * bench.c - what it costs to know: vmwalk beside the kernel's own files
 *
 * Runs in a guest whose clock counts instructions (QEMU, -icount shift=0): a nanosecond is
 * an instruction, of reader and kernel together. Prints lines of load, reader,
 * instructions, units, what a unit is, what the load is; with tabs between them.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "load.h"
#include "uapi/vmwalk.h"

#define ADDRESSES	100000
#define ROUNDS		2	/* the first one warms up */

static char buffer[1 << 20];

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000ULL + time.tv_nsec;
}

static int open_of(pid_t pid, const char *format)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), format, pid);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		die("%s: %s", path, strerror(errno));
	return fd;
}

/* Asks until the range is done; record by record into the same buffer. */
static void ask(int fd, unsigned int ioc, size_t size, const struct load *load)
{
	struct vmwalk_query q = {
		.size = sizeof(q), .start = load->start, .end = load->start + load->bytes,
		.records = (uintptr_t)buffer, .record_size = size,
		.count = sizeof(buffer) / size,
	};

	while (q.start < q.end) {
		if (ioctl(fd, ioc, &q))
			die("query %#x: %s", ioc, strerror(errno));
		q.start = q.cursor;
	}
}

static void read_runs(const struct load *load)
{
	int fd = open_of(load->pid, "/proc/vmwalk/%d");

	ask(fd, VMWALK_IOC_RUNS, sizeof(struct vmwalk_run), load);
	close(fd);
}

static void read_vmas(const struct load *load)
{
	int fd = open_of(load->pid, "/proc/vmwalk/%d");

	ask(fd, VMWALK_IOC_VMAS, sizeof(struct vmwalk_vma), load);
	close(fd);
}

static void read_pagemap(const struct load *load)
{
	int fd = open_of(load->pid, "/proc/%d/pagemap");
	uint64_t at = load->start / PAGE * 8, end = at + load->bytes / PAGE * 8;
	ssize_t len;

	for (; at < end; at += len) {
		len = pread(fd, buffer, end - at < sizeof(buffer) ? end - at : sizeof(buffer), at);
		if (len <= 0)
			die("pagemap: %s", strerror(errno));
	}
	close(fd);
}

/* pagemap, and for each frame its flags: runs of frames in one read. */
static void read_flags(const struct load *load)
{
	int fd = open_of(load->pid, "/proc/%d/pagemap");
	int flags = open("/proc/kpageflags", O_RDONLY);
	uint64_t at = load->start / PAGE * 8, end = at + load->bytes / PAGE * 8;
	static uint64_t out[sizeof(buffer) / 8];
	const uint64_t frame = (1ULL << 55) - 1;
	ssize_t len, nr, i, n;

	for (; at < end; at += len) {
		const uint64_t *in = (const uint64_t *)buffer;

		len = pread(fd, buffer, end - at < sizeof(buffer) ? end - at : sizeof(buffer), at);
		if (len <= 0)
			die("pagemap: %s", strerror(errno));
		nr = len / 8;
		for (i = 0; i < nr; i += n) {
			for (n = 1; i + n < nr && (in[i + n] & frame) == (in[i] & frame) + n; n++)
				;
			if (in[i] >> 63 && pread(flags, out, n * 8, (in[i] & frame) * 8) <= 0)
				die("kpageflags: %s", strerror(errno));
		}
	}
	close(flags);
	close(fd);
}

static void slurp(const struct load *load, const char *format)
{
	int fd = open_of(load->pid, format);
	ssize_t len;

	while ((len = read(fd, buffer, 65536)) > 0)
		;
	if (len < 0)
		die(format, load->pid);
	close(fd);
}

static void read_smaps(const struct load *load)
{
	slurp(load, "/proc/%d/smaps");
}

static void read_rollup(const struct load *load)
{
	slurp(load, "/proc/%d/smaps_rollup");
}

static void read_maps(const struct load *load)
{
	slurp(load, "/proc/%d/maps");
}

static void read_report(const struct load *load)
{
	slurp(load, "/proc/vmwalk/%d");
}

static const uint64_t *addresses(const struct load *load)
{
	static uint64_t list[ADDRESSES];
	uint64_t state = 88172645463325252ULL;
	int i;

	for (i = 0; i < ADDRESSES; i++)
		list[i] = load->start + load_random(&state) % load->bytes;
	return list;
}

static void read_translate(const struct load *load, const uint64_t *list)
{
	int fd = open_of(load->pid, "/proc/vmwalk/%d");
	const size_t size = sizeof(struct vmwalk_walk), most = sizeof(buffer) / size;
	struct vmwalk_query q = {
		.size = sizeof(q), .records = (uintptr_t)buffer, .record_size = size,
	};
	size_t i;

	for (i = 0; i < ADDRESSES; i += q.done) {
		q.addresses = (uintptr_t)(list + i);
		q.count = ADDRESSES - i < most ? ADDRESSES - i : most;
		if (ioctl(fd, VMWALK_IOC_TRANSLATE, &q))
			die("TRANSLATE: %s", strerror(errno));
	}
	close(fd);
}

static void read_pread(const struct load *load, const uint64_t *list)
{
	int fd = open_of(load->pid, "/proc/%d/pagemap");
	uint64_t entry;
	size_t i;

	for (i = 0; i < ADDRESSES; i++)
		if (pread(fd, &entry, sizeof(entry), list[i] / PAGE * 8) != sizeof(entry))
			die("pagemap: %s", strerror(errno));
	close(fd);
}

/* Readers of what a load is, and readers of addresses in it. */
static const struct reader {
	const char *name;
	void (*read)(const struct load *load);
	void (*look)(const struct load *load, const uint64_t *list);
} readers[] = {
	{ "runs", read_runs, NULL }, { "vmas", read_vmas, NULL },
	{ "report", read_report, NULL },
	{ "translate", NULL, read_translate },
	{ "pagemap", read_pagemap, NULL }, { "flags", read_flags, NULL },
	{ "pread", NULL, read_pread },
	{ "smaps", read_smaps, NULL }, { "rollup", read_rollup, NULL },
	{ "maps", read_maps, NULL },
};

static bool listed(const char *list, const char *name)
{
	size_t len = strlen(name);
	const char *at = list;

	for (; (at = strstr(at, name)); at += len)
		if ((at == list || at[-1] == ' ') && (!at[len] || at[len] == ' '))
			return true;
	return false;
}

static void measure(const struct load_type *type, const struct load *load,
		    const struct reader *reader)
{
	const uint64_t *list = reader->look ? addresses(load) : NULL;
	uint64_t took = 0, begin;
	int round;

	for (round = 0; round < ROUNDS; round++) {
		begin = now();
		if (reader->look)
			reader->look(load, list);
		else
			reader->read(load);
		took = now() - begin;
	}
	printf("%s\t%s\t%llu\t%llu\t%s\t%s\n", type->name, reader->name,
	       (unsigned long long)took,
	       (unsigned long long)(reader->look ? ADDRESSES : load->units), type->unit, type->help);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	struct utsname system;
	unsigned int t, r;

	uname(&system);
	printf("# kernel %s\n", system.release);
	for (t = 0; t < load_types_nr; t++) {
		const struct load_type *type = &load_types[t];
		struct load load;

		if (argc > 1 && !listed(argv[1], type->name))
			continue;
		load = load_start(type);
		for (r = 0; r < sizeof(readers) / sizeof(readers[0]); r++)
			if (listed(type->readers, readers[r].name))
				measure(type, &load, &readers[r]);
		load_stop(&load);
	}
	return 0;
}
