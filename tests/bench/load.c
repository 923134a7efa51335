// SPDX-License-Identifier: GPL-2.0
/* load.c - processes whose memory is worth reading */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "load.h"

#define RW	(PROT_READ | PROT_WRITE)

void die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fputs("bench: ", stderr);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}

uint64_t load_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* Aligned to 64 MiB, so that every step of a sparse mapping has tables of its own. */
static char *reserve(struct load *load, uint64_t bytes, int advice)
{
	const uint64_t align = 64 * MIB;
	char *at = mmap(NULL, bytes + align, RW, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (at == MAP_FAILED)
		die("mmap of %llu bytes: %s", (unsigned long long)bytes, strerror(errno));
	load->start = ((uint64_t)at + align - 1) & ~(align - 1);
	load->bytes = bytes;
	load->units = bytes / PAGE;
	at = (char *)load->start;
	if (madvise(at, bytes, advice))
		die("madvise: %s", strerror(errno));
	return at;
}

static void touch_every(char *at, uint64_t bytes, uint64_t step)
{
	uint64_t offset;

	for (offset = 0; offset < bytes; offset += step)
		at[offset] = 1;
}

static void make_touched(struct load *load)
{
	touch_every(reserve(load, GIB, MADV_NOHUGEPAGE), GIB, PAGE);
}

/* Touched in an order that has nothing to do with addresses: frames do not follow. */
static void make_shuffled(struct load *load)
{
	char *at = reserve(load, GIB, MADV_NOHUGEPAGE);
	uint64_t pages = GIB / PAGE, state = 88172645463325252ULL, i;
	uint32_t *order = malloc(pages * sizeof(*order));

	for (i = 0; i < pages; i++)
		order[i] = i;
	for (i = pages - 1; i > 0; i--) {
		uint64_t j = load_random(&state) % (i + 1);
		uint32_t swap = order[i];

		order[i] = order[j];
		order[j] = swap;
	}
	for (i = 0; i < pages; i++)
		at[order[i] * PAGE] = 1;
	free(order);
}

static void make_huge(struct load *load)
{
	touch_every(reserve(load, GIB, MADV_HUGEPAGE), GIB, 2 * MIB);
}

static void sparse(struct load *load, uint64_t bytes, uint64_t step)
{
	touch_every(reserve(load, bytes, MADV_NOHUGEPAGE), bytes, step);
}

static void make_sparse2(struct load *load)
{
	sparse(load, 64 * GIB, 2 * MIB);
}

static void make_sparse16(struct load *load)
{
	sparse(load, 64 * GIB, 16 * MIB);
}

static void make_sparse64(struct load *load)
{
	sparse(load, 64 * GIB, 64 * MIB);
}

static void make_wide(struct load *load)
{
	sparse(load, 4 * TIB, 64 * MIB);
}

/* Pages that may be written beside pages that may not: no two VMAs merge. */
static void make_vmas(struct load *load)
{
	const uint64_t nr = 100000;
	char *at = reserve(load, nr * PAGE, MADV_NOHUGEPAGE);
	uint64_t i;

	for (i = 0; i < nr; i += 2)
		if (mprotect(at + i * PAGE, PAGE, PROT_READ))
			die("mprotect: %s (vm.max_map_count?)", strerror(errno));
	load->units = nr;
}

const struct load_type load_types[] = {
	{ "touched", "1 GiB of 4 KiB pages, touched in order", "page", make_touched,
	  "runs report pagemap flags smaps rollup" },
	{ "shuffled", "the same, touched in random order", "page", make_shuffled,
	  "runs report pagemap flags smaps rollup" },
	{ "huge", "1 GiB of transparent huge pages", "page", make_huge,
	  "runs report pagemap flags smaps rollup" },
	{ "sparse2", "64 GiB, a page in each 2 MiB", "page", make_sparse2, "runs pagemap smaps" },
	{ "sparse16", "64 GiB, a page in each 16 MiB", "page", make_sparse16, "runs pagemap smaps" },
	{ "sparse64", "64 GiB, a page in each 64 MiB", "page", make_sparse64, "runs pagemap smaps" },
	{ "wide", "4 TiB, a page in each 64 MiB", "page", make_wide, "runs smaps" },
	{ "random", "100 000 addresses in 1 GiB of 4 KiB pages", "address", make_touched,
	  "translate pread" },
	{ "vmas", "100 000 VMAs", "VMA", make_vmas, "vmas maps report smaps" },
};
const unsigned int load_types_nr = sizeof(load_types) / sizeof(load_types[0]);

struct load load_start(const struct load_type *type)
{
	struct load load = { 0 };
	int ready[2];

	if (pipe(ready))
		die("pipe: %s", strerror(errno));
	load.pid = fork();
	if (load.pid < 0)
		die("fork: %s", strerror(errno));
	if (load.pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		load.pid = getpid();
		type->make(&load);
		if (write(ready[1], &load, sizeof(load)) != sizeof(load))
			_exit(1);
		for (;;)
			pause();
	}
	close(ready[1]);
	if (read(ready[0], &load, sizeof(load)) != sizeof(load))
		die("%s: the process was not made", type->name);
	close(ready[0]);
	return load;
}

void load_stop(const struct load *load)
{
	kill(load->pid, SIGKILL);
	waitpid(load->pid, NULL, 0);
}
