// SPDX-License-Identifier: GPL-2.0
/*
 * mkmem_layout.c - a layout by lot: pieces of memory of all kinds, and things that
 * happen to parts of them, all from one seed
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mkmem.h"

#define PAGE_SIZE		4096UL
#define HUGE_PAGES	512UL
#define MIB2		(HUGE_PAGES * PAGE_SIZE)
#define RW		(PROT_READ | PROT_WRITE)
#define NR(a)		(sizeof(a) / sizeof((a)[0]))

#define PIECES		20	/* at most */
#define EVENTS		60	/* at most */

#ifndef MADV_COLD
#define MADV_COLD	20
#define MADV_PAGEOUT	21
#endif
#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE	25
#endif
#ifndef MPOL_MF_MOVE
#define MPOL_MF_MOVE	2
#endif
#ifndef UFFD_FEATURE_WP_HUGETLBFS_SHMEM
#define UFFD_FEATURE_WP_HUGETLBFS_SHMEM	(1 << 12)
#endif

/**
 * struct piece - one mapping
 * @at: first address
 * @pages: its length
 * @unit: 1, or 512 where only whole huge pages (hugetlb) can be treated
 * @marked: a userfaultfd has protected some of it
 */
struct piece {
	char *at;
	size_t pages;
	size_t unit;
	int marked;
};

static struct piece pieces[PIECES];
static size_t nr_pieces;
static int mergeable;
static uint64_t lot;

/* The next number of the seed's row (xorshift64). */
static uint64_t draw(uint64_t below)
{
	lot ^= lot << 13;
	lot ^= lot >> 7;
	lot ^= lot << 17;
	return (lot >> 11) % below;
}

/* Touching what is protected or behind the end of a file does nothing. */
static sigjmp_buf trapped;

static void trap(int signal)
{
	siglongjmp(trapped, signal);
}

static void touch(char *at, int writing)
{
	if (sigsetjmp(trapped, 1))
		return;
	if (writing)
		mkmem_write(at);
	else
		mkmem_read_each(at, 1, 1);
}

static void fill_alike(char *at)
{
	if (!sigsetjmp(trapped, 1))
		memset(at, 0x33, PAGE_SIZE);
}

static void touch_some(struct piece *piece, size_t from, size_t nr, int writing)
{
	size_t step = 1 + draw(3), i;

	for (i = 0; i < nr; i += step)
		touch(piece->at + (from + i) * PAGE_SIZE, writing);
}

/* Most pieces are small, some reach over a table. */
static size_t draw_pages(void)
{
	return draw(4) ? 1 + draw(48) : 1 + draw(700);
}

static char *map(size_t pages, int flags, int fd)
{
	static const int prots[] = { RW, RW, RW, RW | PROT_EXEC, PROT_READ };
	int prot = prots[draw(NR(prots))];
	char *at = mmap(NULL, pages * PAGE_SIZE, prot, flags, fd, 0);

	return at == MAP_FAILED ? NULL : at;
}

static char *make_anon(struct piece *piece)
{
	char *at = map(piece->pages, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	if (at && draw(2))
		madvise(at, piece->pages * PAGE_SIZE, MADV_NOHUGEPAGE);
	return at;
}

/* Huge pages with something before and behind them in the same VMA. */
static char *make_huge(struct piece *piece)
{
	char *at;

	piece->pages = HUGE_PAGES * (2 + draw(2)) + draw(200);
	at = mmap(NULL, piece->pages * PAGE_SIZE, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED || madvise(at, piece->pages * PAGE_SIZE, MADV_HUGEPAGE))
		return NULL;
	return at;
}

static char *make_file(struct piece *piece)
{
	int fd = mkmem_file("layout", piece->pages * PAGE_SIZE - draw(3000), O_RDWR);
	char *at = fd < 0 ? NULL : map(piece->pages + draw(3), draw(2) ? MAP_SHARED :
							MAP_PRIVATE, fd);

	close(fd);
	return at;
}

static char *make_memfd(struct piece *piece)
{
	int fd = memfd_create("layout", MFD_CLOEXEC);
	char *at = NULL;

	if (fd >= 0 && !ftruncate(fd, piece->pages * PAGE_SIZE))
		at = map(piece->pages, draw(3) ? MAP_SHARED : MAP_PRIVATE, fd);
	close(fd);
	return at;
}

static char *make_shared(struct piece *piece)
{
	return map(piece->pages, MAP_SHARED | MAP_ANONYMOUS, -1);
}

static char *make_hugetlb(struct piece *piece)
{
	char *at;

	piece->unit = HUGE_PAGES;
	piece->pages = HUGE_PAGES * (1 + draw(2));
	at = mmap(NULL, piece->pages * PAGE_SIZE, RW, MAP_ANONYMOUS | MAP_HUGETLB |
		  (draw(2) ? MAP_SHARED : MAP_PRIVATE), -1, 0);
	return at == MAP_FAILED ? NULL : at;
}

static char *make_sparse(struct piece *piece)
{
	char *at;
	size_t i;

	piece->pages = HUGE_PAGES * (2 + draw(12));
	at = mmap(NULL, piece->pages * PAGE_SIZE, RW,
		  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (at == MAP_FAILED)
		return NULL;
	madvise(at, piece->pages * PAGE_SIZE, MADV_NOHUGEPAGE);
	for (i = 0; i < piece->pages; i += 1 + draw(HUGE_PAGES))
		mkmem_write(at + i * PAGE_SIZE);
	return at;
}

static char *(*const makes[])(struct piece *) = {
	make_anon, make_anon, make_anon, make_huge, make_huge, make_file, make_file,
	make_memfd, make_shared, make_hugetlb, make_sparse,
};

static void write_part(struct piece *piece, size_t from, size_t nr)
{
	touch_some(piece, from, nr, 1);
}

static void read_part(struct piece *piece, size_t from, size_t nr)
{
	touch_some(piece, from, nr, 0);
}

static void protect_part(struct piece *piece, size_t from, size_t nr)
{
	static const int prots[] = { PROT_NONE, PROT_READ, RW, RW | PROT_EXEC };

	mprotect(piece->at + from * PAGE_SIZE, nr * PAGE_SIZE, prots[draw(NR(prots))]);
}

/* Keys are handed out a few times, then the same ones again. */
static void key_part(struct piece *piece, size_t from, size_t nr)
{
	int key = pkey_alloc(0, 0);

	if (key < 0)
		key = 1 + draw(15);
	pkey_mprotect(piece->at + from * PAGE_SIZE, nr * PAGE_SIZE, RW, key);
}

static void unmap_part(struct piece *piece, size_t from, size_t nr)
{
	munmap(piece->at + from * PAGE_SIZE, nr * PAGE_SIZE);
}

static void advise_part(struct piece *piece, size_t from, size_t nr)
{
	static const int advices[] = {
		MADV_DONTNEED, MADV_DONTNEED, MADV_DONTNEED, MADV_PAGEOUT, MADV_PAGEOUT,
		MADV_PAGEOUT, MADV_COLD, MADV_FREE, MADV_HUGEPAGE, MADV_NOHUGEPAGE,
		MADV_COLLAPSE, MADV_REMOVE, MADV_RANDOM, MADV_SEQUENTIAL, MADV_DONTFORK,
		MADV_WIPEONFORK, MADV_DONTDUMP,
	};

	madvise(piece->at + from * PAGE_SIZE, nr * PAGE_SIZE, advices[draw(NR(advices))]);
}

static void lock_part(struct piece *piece, size_t from, size_t nr)
{
	mlock(piece->at + from * PAGE_SIZE, nr * PAGE_SIZE);
}

/* Alike pages for ksmd; a few, so that a layout does not take long. */
static void merge_part(struct piece *piece, size_t from, size_t nr)
{
	char *at = piece->at + from * PAGE_SIZE;
	size_t i;

	nr = nr > 32 ? 32 : nr;
	if (piece->unit > 1 || madvise(at, nr * PAGE_SIZE, MADV_MERGEABLE))
		return;
	mergeable = 1;
	for (i = 0; i < nr; i++)
		fill_alike(at + i * PAGE_SIZE);
}

/* To the other node, where there is one. */
static void move_part(struct piece *piece, size_t from, size_t nr)
{
	void *pages[64];
	int nodes[64], status[64], node = draw(2);
	size_t i;

	nr = nr > 64 ? 64 : nr;
	for (i = 0; i < nr; i++) {
		pages[i] = piece->at + (from + i) * PAGE_SIZE;
		nodes[i] = node;
	}
	syscall(__NR_move_pages, 0, nr, pages, nodes, status, MPOL_MF_MOVE);
}

/* The whole piece goes elsewhere and may grow. */
static void remap_piece(struct piece *piece, size_t from, size_t nr)
{
	char *at;

	if (piece->unit > 1)
		return;
	at = mremap(piece->at, piece->pages * PAGE_SIZE,
		    (piece->pages + draw(20)) * PAGE_SIZE, MREMAP_MAYMOVE);
	if (at != MAP_FAILED)
		piece->at = at;
}

/* A write to what is protected gets SIGBUS: nobody is there to answer. */
static void write_protect_part(struct piece *piece, size_t from, size_t nr)
{
	struct uffdio_api api = {
		.api = UFFD_API,
		.features = UFFD_FEATURE_SIGBUS | UFFD_FEATURE_WP_HUGETLBFS_SHMEM,
	};
	struct uffdio_register reg = {
		.range = { (uintptr_t)piece->at, piece->pages * PAGE_SIZE },
		.mode = UFFDIO_REGISTER_MODE_WP,
	};
	struct uffdio_writeprotect wp = {
		.range = { (uintptr_t)piece->at + from * PAGE_SIZE, nr * PAGE_SIZE },
		.mode = UFFDIO_WRITEPROTECT_MODE_WP,
	};
	int fd = syscall(__NR_userfaultfd, O_CLOEXEC);

	if (fd < 0 || ioctl(fd, UFFDIO_API, &api) || ioctl(fd, UFFDIO_REGISTER, &reg)) {
		close(fd);
		return;
	}
	ioctl(fd, UFFDIO_WRITEPROTECT, &wp);
	piece->marked = 1;
}

static const struct {
	void (*happen)(struct piece *piece, size_t from, size_t nr);
	int weight;
} events[] = {
	{ write_part, 14 }, { read_part, 8 }, { advise_part, 14 }, { protect_part, 6 },
	{ unmap_part, 3 }, { key_part, 2 }, { lock_part, 1 }, { merge_part, 2 },
	{ move_part, 2 }, { remap_piece, 2 }, { write_protect_part, 2 },
};

/*
 * A forked child keeps the protection of huge pages of hugetlb, but not the userfaultfd:
 * on 6.1 a write there changes nothing and faults again for ever (mm/hugetlb.c,
 * hugetlb_wp() leaves it to hugetlb_fault(), which does not see it).
 */
static int is_child;

static void event(void)
{
	struct piece *piece = &pieces[draw(nr_pieces)];
	size_t units = piece->pages / piece->unit;
	size_t from = draw(units), nr = 1 + draw(units - from);
	int weights = 0, at;
	size_t i;

	if (is_child && piece->marked && piece->unit > 1)
		return;
	for (i = 0; i < NR(events); i++)
		weights += events[i].weight;
	at = draw(weights);
	for (i = 0; at >= events[i].weight; i++)
		at -= events[i].weight;
	events[i].happen(piece, from * piece->unit, nr * piece->unit);
}

static void make_pieces(void)
{
	size_t wanted = 4 + draw(PIECES - 4);

	while (nr_pieces < wanted) {
		struct piece *piece = &pieces[nr_pieces];

		*piece = (struct piece) { .pages = draw_pages(), .unit = 1 };
		piece->at = makes[draw(NR(makes))](piece);
		if (!piece->at) {
			wanted--;
			continue;
		}
		nr_pieces++;
		touch_some(piece, 0, piece->pages > 2000 ? 2000 : piece->pages, draw(4));
	}
}

/* A child that shares frames, changes some and then waits as long as we live. */
static void fork_child(void)
{
	int ready[2], go[2];
	char byte;
	pid_t child;
	int i;

	if (pipe2(ready, O_CLOEXEC) || pipe2(go, O_CLOEXEC))
		return;
	fflush(stdout);
	child = fork();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		is_child = 1;
		close(go[1]);
		for (i = draw(10); i > 0; i--)
			event();
		if (write(ready[1], "r", 1) != 1 || read(go[0], &byte, 1) < 0)
			_exit(1);
		_exit(0);
	}
	if (child > 0 && read(ready[0], &byte, 1) == 1)
		printf("child %d\n", child);
}

void mkmem_layout(void)
{
	struct sigaction action = { .sa_handler = trap };
	size_t i, nr, fork_at;

	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
	lot = mkmem_seed * 0x9e3779b97f4a7c15ULL + 1;
	for (i = 0; i < 16; i++)
		draw(2);
	make_pieces();
	nr = 10 + draw(EVENTS - 10);
	fork_at = draw(2 * nr);
	for (i = 0; i < nr; i++) {
		if (i == fork_at)
			fork_child();
		event();
	}
	if (mergeable)
		mkmem_ksm(pieces[0].at, 1, 30);
	/* Writing back changes entries: no more of it from here on. */
	sync();
	for (i = 0; i < nr_pieces; i++)
		printf("map piece%zu 0x%llx 0x%llx\n", i,
		       (unsigned long long)(uintptr_t)pieces[i].at,
		       (unsigned long long)(uintptr_t)pieces[i].at + pieces[i].pages * PAGE_SIZE);
}
