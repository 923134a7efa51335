// SPDX-License-Identifier: GPL-2.0
/*
 * suite_queries.c - what a query accepts, what it writes, where it goes on
 */
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ask.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"
#include "who.h"

#define KERNEL_HALF	0xffff888000000000ULL
#define CANARY		0xa5
#define RECORDS		12		/* in a query of good() */
#define RECORD_MAX	VMWALK_RECORD_SIZE_MAX

static struct target *target;

static void queries_open(void)
{
	target = target_start(TARGET_USUAL);
}

static void queries_close(void)
{
	target_stop(target);
}

/* Every query of the header, with the record it answers with. */
static const struct query_kind {
	const char *name;
	unsigned int ioc;
	uint32_t record;
	uint64_t flags, takes;
} kinds[] = {
#define KIND(NAME, nr, record_, flags_, takes_, help) \
	{ #NAME, VMWALK_IOC_##NAME, sizeof(struct vmwalk_##record_), flags_, takes_ },
	VMWALK_QUERIES(KIND)
#undef KIND
};

/* Those of addresses; those of numbers come after them, and have suites of their own besides. */
#define KINDS	(VMWALK_IOC_DOSSIER - VMWALK_IOC_TRANSLATE + 1)

static bool takes_addresses(const struct query_kind *kind)
{
	return kind->takes & VMWALK_TAKES_ADDRESSES;
}

static bool takes_names(const struct query_kind *kind)
{
	return kind->takes & VMWALK_TAKES_NAMES;
}

static bool takes_numbers(const struct query_kind *kind)
{
	return kind->takes & VMWALK_TAKES_NUMBERS;
}

static uint64_t some_va(void)
{
	return target_region(target, "anon_touched")->start;
}

/* A query that is fine, to be spoilt in one point. */
static struct vmwalk_query good(const struct query_kind *kind, uint64_t *vas, void *records)
{
	struct vmwalk_query query = ask_query(records, kind->record, RECORDS);
	int i;

	if (takes_addresses(kind)) {
		for (i = 0; i < RECORDS; i++)
			vas[i] = some_va() + i * PAGE_SIZE;
		query.addresses = (uintptr_t)vas;
	} else if (takes_numbers(kind)) {
		query.end = -PAGE_SIZE;
	} else {
		query.start = some_va();
		query.end = some_va() + 64 * PAGE_SIZE;
	}
	return query;
}

static void expect(const char *what, const struct query_kind *kind, int got, int wanted)
{
	e2e_true(got == wanted, "%s, %s: answer %d (%s), should be %d (%s)", kind->name, what,
		 got, strerror(-got), wanted, strerror(-wanted));
}

/* Each row spoils one field of a good query. */
static const struct {
	const char *what;
	size_t offset, width;
	uint64_t value;
	int err;
} spoils[] = {
#define SPOIL(text, member, value, err) { \
	text, offsetof(struct vmwalk_query, member), \
	sizeof(((struct vmwalk_query *)0)->member), value, err }
	SPOIL("nothing spoilt, the size as it is", size, sizeof(struct vmwalk_query), 0),
	SPOIL("size 0", size, 0, -EINVAL),
	SPOIL("size 8", size, 8, -EINVAL),
	SPOIL("size below the first", size, VMWALK_QUERY_SIZE_MIN - 1, -EINVAL),
	SPOIL("size beyond a page", size, 4097, -EINVAL),
	SPOIL("size ~0", size, ~0ULL, -EINVAL),
	SPOIL("unknown flag 2", flags, 4, -EINVAL),
	SPOIL("unknown flag 63", flags, 1ULL << 63, -EINVAL),
	SPOIL("record size 0", record_size, 0, -EINVAL),
	SPOIL("record size 7", record_size, 7, -EINVAL),
	SPOIL("record size 12", record_size, 12, -EINVAL),
	SPOIL("record size beyond the limit", record_size, VMWALK_RECORD_SIZE_MAX + 8, -EINVAL),
	SPOIL("record size ~0", record_size, ~7U, -EINVAL),
	SPOIL("count 0", count, 0, -EINVAL),
	SPOIL("count beyond the limit", count, VMWALK_COUNT_MAX + 1, -EINVAL),
	SPOIL("count ~0", count, ~0U, -EINVAL),
	SPOIL("records at NULL", records, 0, -EFAULT),
	SPOIL("records in the kernel", records, KERNEL_HALF, -EFAULT),
	SPOIL("records at ~0", records, ~0ULL, -EFAULT),
#undef SPOIL
};

static void spoilt(void)
{
	static unsigned char records[RECORDS * RECORD_MAX];
	uint64_t vas[RECORDS];
	int fd = ask_open(target->pid);
	unsigned int i, k;

	for (k = 0; k < KINDS; k++) {
		for (i = 0; i < E2E_NR(spoils); i++) {
			struct vmwalk_query query = good(&kinds[k], vas, records);

			memcpy((char *)&query + spoils[i].offset, &spoils[i].value,
			       spoils[i].width);
			expect(spoils[i].what, &kinds[k], ask(fd, kinds[k].ioc, &query),
			       spoils[i].err);
		}
	}
}

/* The same of those of numbers; a pointer is not used by whom there is nothing to tell. */
static void spoilt_numbers(void)
{
	static unsigned char records[RECORDS * RECORD_MAX];
	int fd = ask_open(target->pid);
	unsigned int i, k;

	for (k = KINDS; k < E2E_NR(kinds); k++) {
		for (i = 0; i < E2E_NR(spoils); i++) {
			struct vmwalk_query query = good(&kinds[k], NULL, records);
			int err = spoils[i].err;

			if (kinds[k].takes & VMWALK_TAKES_FD)
				continue;
			if (ask(fd, kinds[k].ioc, &query) || (!query.done && err == -EFAULT))
				err = 0;
			query = good(&kinds[k], NULL, records);
			memcpy((char *)&query + spoils[i].offset, &spoils[i].value,
			       spoils[i].width);
			expect(spoils[i].what, &kinds[k], ask(fd, kinds[k].ioc, &query), err);
		}
	}
}

/* Fields that only some queries know must be 0 in the others. */
static void foreign_fields(void)
{
	static unsigned char records[RECORDS * RECORD_MAX], names[VMWALK_NAMES_SIZE_MIN];
	int fd = ask_open(target->pid);
	uint64_t vas[RECORDS];
	unsigned int k;

	for (k = 0; k < KINDS; k++) {
		bool addresses = takes_addresses(&kinds[k]), named = takes_names(&kinds[k]);
		bool counts = kinds[k].flags & VMWALK_QUERY_COUNTS;
		struct vmwalk_query query = good(&kinds[k], vas, records);

		query.flags = VMWALK_QUERY_COUNTS;
		expect("COUNTS", &kinds[k], ask(fd, kinds[k].ioc, &query), counts ? 0 : -EINVAL);
		query = good(&kinds[k], vas, records);
		query.names = (uintptr_t)names;
		query.names_size = sizeof(names);
		expect("names", &kinds[k], ask(fd, kinds[k].ioc, &query), named ? 0 : -EINVAL);
		query = good(&kinds[k], vas, records);
		query.names_size = sizeof(names);
		expect("names_size alone", &kinds[k], ask(fd, kinds[k].ioc, &query), -EINVAL);
		query = good(&kinds[k], vas, records);
		if (addresses)
			query.start = 4096;
		else
			query.addresses = (uintptr_t)vas;
		expect("start or addresses", &kinds[k], ask(fd, kinds[k].ioc, &query), -EINVAL);
		query = good(&kinds[k], vas, records);
		if (addresses)
			query.addresses = 0;
		else
			query.end = query.start - 4096;
		expect("no addresses, or end before start", &kinds[k],
		       ask(fd, kinds[k].ioc, &query), addresses ? -EFAULT : -EINVAL);
		query = good(&kinds[k], vas, records);
		if (addresses)
			query.addresses = KERNEL_HALF;
		else
			query.end = ~0ULL;
		expect("addresses in the kernel, or end ~0", &kinds[k],
		       ask(fd, kinds[k].ioc, &query), addresses ? -EFAULT : -EINVAL);
	}
}

static void bad_names(void)
{
	static unsigned char records[RECORDS * RECORD_MAX], names[VMWALK_NAMES_SIZE_MIN];
	uint64_t vas[RECORDS], named = target_region(target, "memfd")->start;
	int fd = ask_open(target->pid);
	unsigned int k;

	for (k = 0; k < KINDS; k++) {
		struct vmwalk_query query = good(&kinds[k], vas, records);

		if (!takes_names(&kinds[k]))
			continue;
		vas[0] = named;
		if (!takes_addresses(&kinds[k])) {
			query.start = named;
			query.end = named + PAGE_SIZE;
		}
		query.names = (uintptr_t)names;
		query.names_size = sizeof(names) - 1;
		expect("names below the least size", &kinds[k], ask(fd, kinds[k].ioc, &query),
		       -EINVAL);
		query.names_size = VMWALK_NAMES_SIZE_MAX + 1;
		expect("names beyond the limit", &kinds[k], ask(fd, kinds[k].ioc, &query),
		       -EINVAL);
		query.names_size = sizeof(names);
		query.names = KERNEL_HALF;
		expect("names in the kernel", &kinds[k], ask(fd, kinds[k].ioc, &query), -EFAULT);
		query.names = 0;
		expect("names at NULL", &kinds[k], ask(fd, kinds[k].ioc, &query), -EINVAL);
	}
}

static void newer_callers(void)
{
	static unsigned char records[RECORDS * RECORD_MAX], room[4096];
	struct vmwalk_query query;
	int fd = ask_open(target->pid);
	uint64_t vas[RECORDS];
	unsigned int k;
	size_t i;

	for (k = 0; k < KINDS; k++) {
		memset(room, 0, sizeof(room));
		query = good(&kinds[k], vas, records);
		query.size = sizeof(room);
		memcpy(room, &query, sizeof(query));
		expect("longer, the tail zero", &kinds[k],
		       ask(fd, kinds[k].ioc, (struct vmwalk_query *)room), 0);
		for (i = sizeof(query); i < sizeof(room) && !room[i]; i++)
			;
		e2e_same("bytes behind the struct written", sizeof(room) - i, "nothing", 0);
		memcpy(room, &query, sizeof(query));
		room[sizeof(room) - 1] = 1;
		expect("longer, the last byte of the tail set", &kinds[k],
		       ask(fd, kinds[k].ioc, (struct vmwalk_query *)room), -E2BIG);
		room[sizeof(room) - 1] = 0;
		room[sizeof(query)] = 1;
		expect("longer, the first byte of the tail set", &kinds[k],
		       ask(fd, kinds[k].ioc, (struct vmwalk_query *)room), -E2BIG);
		query.size = VMWALK_QUERY_SIZE_MIN;
		expect("as the first published", &kinds[k], ask(fd, kinds[k].ioc, &query), 0);
	}
}

/* Shorter records are cut, longer ones end in zeros; none is written past. */
static void record_sizes(void)
{
	static const uint32_t sizes[] = { 8, 16, 48, 96, 136, 512, 4096 };
	static unsigned char whole[RECORDS * RECORD_MAX], got[(RECORDS + 1) * RECORD_MAX];
	int fd = ask_open(target->pid);
	uint64_t vas[RECORDS];
	unsigned int k, s, r;

	for (k = 0; k < KINDS; k++) {
		struct vmwalk_query query = good(&kinds[k], vas, whole);
		uint32_t done;

		if (ask(fd, kinds[k].ioc, &query))
			e2e_die("%s fails", kinds[k].name);
		done = query.done;
		for (s = 0; s < E2E_NR(sizes); s++) {
			uint32_t size = sizes[s];
			uint32_t part = size < kinds[k].record ? size : kinds[k].record;

			memset(got, CANARY, sizeof(got));
			query = good(&kinds[k], vas, got);
			query.record_size = size;
			expect("another record size", &kinds[k], ask(fd, kinds[k].ioc, &query), 0);
			e2e_same("records done", query.done, "with the usual size", done);
			for (r = 0; r < done; r++) {
				unsigned char *at = got + r * size;

				e2e_true(!memcmp(at, whole + r * kinds[k].record, part),
					 "%s, size %u, record %u: other bytes", kinds[k].name,
					 size, r);
				for (; part < size && !at[part]; part++)
					;
				e2e_true(part == size, "%s, size %u: the tail is not zero",
					 kinds[k].name, size);
				part = size < kinds[k].record ? size : kinds[k].record;
			}
			for (r = done * size; r < sizeof(got) && got[r] == CANARY; r++)
				;
			e2e_true(r == sizeof(got),
				 "%s, size %u: byte %u behind the records written",
				 kinds[k].name, size, r);
		}
	}
}

/* Room that ends in the middle of the answer: an error, and nothing beyond. */
static void room_ends(void)
{
	unsigned char *room = mmap(NULL, 3 * PAGE_SIZE, PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fd = ask_open(target->pid);
	uint64_t vas[64];
	struct vmwalk_query query;
	int i;

	munmap(room + PAGE_SIZE, PAGE_SIZE);
	for (i = 0; i < 64; i++)
		vas[i] = some_va() + i * PAGE_SIZE;
	query = ask_query(room, sizeof(struct vmwalk_walk), 64);
	query.addresses = (uintptr_t)vas;
	expect("records end too early", &kinds[0], ask(fd, kinds[0].ioc, &query), -EFAULT);
	query = ask_query(room, 8, 64);
	query.addresses = (uintptr_t)(room + PAGE_SIZE - 32 * 8);
	expect("addresses end too early", &kinds[0], ask(fd, kinds[0].ioc, &query), -EFAULT);
	for (i = 0; i < (int)PAGE_SIZE && !room[2 * PAGE_SIZE + i]; i++)
		;
	e2e_same("bytes beyond the hole written", PAGE_SIZE - i, "nothing", 0);
	e2e_same("the struct in the kernel", -ask(fd, kinds[0].ioc, (void *)KERNEL_HALF),
		 "EFAULT", EFAULT);
	e2e_same("the struct at NULL", -ask(fd, kinds[0].ioc, NULL), "EFAULT", EFAULT);
	*(uint64_t *)(room + PAGE_SIZE - 8) = sizeof(query);
	e2e_same("the struct in the hole",
		 -ask(fd, kinds[0].ioc, (void *)(room + PAGE_SIZE - 8)), "EFAULT", EFAULT);
}

static void other_ioctls(void)
{
	const unsigned int iocs[] = {
		VMWALK_IOC(0), kinds[E2E_NR(kinds) - 1].ioc + 1, VMWALK_IOC(0xff), 0,
		0xb8000001, ~0U, 0x5401,
		VMWALK_IOC(1) | 0xc0680000, VMWALK_IOC(1) + 0x100,
	};
	struct vmwalk_query query = ask_query(&query, 8, 1);
	int fd = ask_open(target->pid);
	unsigned int i;

	for (i = 0; i < E2E_NR(iocs); i++)
		e2e_same("an unknown ioctl", -ask(fd, iocs[i], &query), "ENOTTY", ENOTTY);
}

/*
 * A 32-bit caller: the system call through int 0x80 with everything below
 * 4 GiB. One layout for both, so the answers must be the same bytes.
 */
static long ioctl32(int fd, unsigned int ioc, void *arg)
{
	long ret;

	__asm__ volatile("int $0x80" : "=a"(ret)
			 : "a"(54L), "b"((long)fd), "c"((long)ioc), "d"((long)arg)
			 : "memory", "r8", "r9", "r10", "r11");
	return (int)ret;
}

/* Kernels without IA32_EMULATION answer int 0x80 with a signal. */
static bool has_int80(void)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		signal(SIGSEGV, SIG_DFL);
		_exit(ioctl32(-1, 0, NULL) == -EBADF ? 0 : 1);
	}
	waitpid(pid, &status, 0);
	return !status;
}

static void compat_caller(void)
{
	static unsigned char wide[RECORDS * RECORD_MAX];
	unsigned char *low = mmap(NULL, 1 << 16, PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	struct vmwalk_query *query = (void *)low;
	uint64_t *vas = (void *)(low + 4096);
	unsigned char *records = low + 8192;
	int fd = ask_open(target->pid);
	unsigned int k;

	if (!has_int80())
		e2e_skip("this kernel has no IA32_EMULATION");
	for (k = 0; k < E2E_NR(kinds); k++) {
		struct vmwalk_query usual = good(&kinds[k], vas, wide);

		if (kinds[k].takes & VMWALK_TAKES_FD)
			continue;
		if (ask(fd, kinds[k].ioc, &usual))
			e2e_die("%s fails", kinds[k].name);
		*query = good(&kinds[k], vas, records);
		expect("from a 32-bit caller", &kinds[k],
		       ioctl32(fd, kinds[k].ioc, query), 0);
		e2e_same("records done", query->done, "the 64-bit caller", usual.done);
		e2e_true(!memcmp(records, wide, usual.done * kinds[k].record),
			 "%s: other records for a 32-bit caller", kinds[k].name);
	}
}

static bool same_runs(const struct vmwalk_run *a, size_t nr_a,
		      const struct vmwalk_run *b, size_t nr_b)
{
	size_t i;

	for (i = 0; i < nr_a && i < nr_b; i++) {
		if (!memcmp(&a[i], &b[i], sizeof(*a)))
			continue;
		e2e_note("run %zu: 0x%llx-0x%llx raw 0x%llx flags 0x%llx has 0x%llx, or "
			 "0x%llx-0x%llx raw 0x%llx flags 0x%llx has 0x%llx", i,
			 a[i].start, a[i].end, a[i].raw, a[i].flags, a[i].has,
			 b[i].start, b[i].end, b[i].raw, b[i].flags, b[i].has);
		return false;
	}
	return nr_a == nr_b;
}

/*
 * However the answer is cut, the pieces join to the same whole. What is dirty in
 * shared mappings is written back first: doing so makes entries clean and
 * read-only, and must not happen between two answers.
 */
static void runs_resume(void)
{
	struct areas areas = proc_areas(target->pid, "maps");
	uint64_t end = areas.area[areas.nr - 1].end;
	int fd = ask_open(target->pid);
	size_t whole_nr, nr;
	struct vmwalk_run *whole, *pieces;
	uint32_t batch;

	sync();
	whole = ask_runs(fd, 0, end, 16384, &whole_nr);
	for (batch = 1; batch < whole_nr * 2; batch += batch < 6 ? 1 : batch / 2) {
		pieces = ask_runs(fd, 0, end, batch, &nr);
		e2e_true(same_runs(pieces, nr, whole, whole_nr),
			 "in pieces of %u: %zu runs, in one %zu, or others", batch, nr, whole_nr);
		free(pieces);
	}
	free(whole);
	proc_areas_free(&areas);
}

/* Runs of any range are those of the whole, cut at its ends. */
static void runs_cut(void)
{
	const struct region *region = target_region(target, "anon_touched");
	int fd = ask_open(target->pid);
	uint64_t from, to;

	for (from = 0; from < 12; from++) {
		for (to = from + 1; to < 14; to++) {
			uint64_t start = region->start + from * PAGE_SIZE, at = start;
			uint64_t end = region->start + to * PAGE_SIZE;
			size_t nr, i;
			struct vmwalk_run *runs = ask_runs(fd, start, end, 3, &nr);

			for (i = 0; i < nr && runs[i].start == at; i++)
				at = runs[i].end;
			e2e_true(i == nr && at == end,
				 "0x%llx-0x%llx: runs go from 0x%llx to 0x%llx",
				 (unsigned long long)start, (unsigned long long)end,
				 nr ? runs[0].start : 0, (unsigned long long)at);
			free(runs);
		}
	}
}

static void vmas_resume(void)
{
	int fd = ask_open(target->pid);
	size_t whole_nr, nr, i;
	struct ask_vma *whole = ask_vmas(fd, 0, ~0ULL & ~4095ULL, 0, 4096, &whole_nr);
	uint32_t batch;

	for (batch = 1; batch < whole_nr + 2; batch += batch < 9 ? 1 : 7) {
		struct ask_vma *pieces = ask_vmas(fd, 0, ~0ULL & ~4095ULL, 0, batch, &nr);
		bool same = nr == whole_nr;

		for (i = 0; i < nr && same; i++)
			same = pieces[i].vma.start == whole[i].vma.start &&
			       pieces[i].vma.end == whole[i].vma.end &&
			       pieces[i].vma.flags == whole[i].vma.flags &&
			       !strcmp(pieces[i].name, whole[i].name);
		e2e_true(same, "in pieces of %u: %zu VMAs, in one %zu, or others", batch, nr,
			 whole_nr);
		ask_vmas_free(pieces, nr);
	}
}

/* However the answer is cut: pages, each with what its record says of it. */
static struct vmwalk_frame *pages_of(const struct vmwalk_frame *records, size_t nr, size_t *pages)
{
	struct vmwalk_frame *all;
	size_t i, k, at = 0;

	for (i = 0; i < nr; i++)
		at += records[i].pages;
	*pages = at;
	all = malloc((at + 1) * sizeof(*all));
	for (i = 0, at = 0; i < nr; i++) {
		for (k = 0; k < records[i].pages; k++, at++) {
			all[at] = records[i];
			all[at].pages = 1;
			all[at].va += k * PAGE_SIZE;
			all[at].pfn += records[i].has & VMWALK_HAS(FRAME) ? k : 0;
			all[at].place += records[i].has & VMWALK_HAS(PAGE) ? k : 0;
			all[at].offset += records[i].has & VMWALK_HAS(MAPPING) ? k * PAGE_SIZE : 0;
		}
	}
	return all;
}

static struct vmwalk_frame *ask_pages(int fd, uint64_t end, uint32_t batch, size_t *pages)
{
	size_t nr;
	struct vmwalk_frame *records = ask_frames(fd, 0, end, batch, &nr);
	struct vmwalk_frame *all = pages_of(records, nr, pages);

	free(records);
	return all;
}

/* First page that differs; @nr_a if there is none. */
static size_t differing(const struct vmwalk_frame *a, size_t nr_a,
			const struct vmwalk_frame *b, size_t nr_b)
{
	size_t i;

	for (i = 0; i < nr_a && i < nr_b; i++)
		if (memcmp(&a[i], &b[i], sizeof(*a)))
			return i;
	return nr_a == nr_b ? nr_a : i;
}

/* The kernel may move a page from list to list meanwhile: then both are asked again. */
static bool frames_join(int fd, uint64_t end, uint32_t batch)
{
	size_t nr_whole, nr, at = 0;
	bool same = false;
	int tries;

	for (tries = 0; tries < 4 && !same; tries++) {
		struct vmwalk_frame *whole = ask_pages(fd, end, 65536, &nr_whole);
		struct vmwalk_frame *pieces = ask_pages(fd, end, batch, &nr);

		at = differing(whole, nr_whole, pieces, nr);
		same = at == nr_whole && nr == nr_whole;
		if (!same && tries == 3 && at < nr && at < nr_whole)
			e2e_note("page 0x%llx, flags 0x%llx, count %u, or page 0x%llx, "
				 "flags 0x%llx, count %u", whole[at].va, whole[at].page_flags,
				 whole[at].mapcount, pieces[at].va, pieces[at].page_flags,
				 pieces[at].mapcount);
		free(whole);
		free(pieces);
	}
	return e2e_true(same, "in pieces of %u: %zu pages, in one %zu, first difference at %zu",
			batch, nr, nr_whole, at);
}

static void frames_resume(void)
{
	struct areas areas = proc_areas(target->pid, "maps");
	uint64_t end = areas.area[areas.nr - 1].end;
	int fd = ask_open(target->pid);
	uint32_t batch;

	sync();
	for (batch = 1; batch <= 16; batch++)
		frames_join(fd, end, batch);
	frames_join(fd, end, 1000);
	proc_areas_free(&areas);
}

/* Frames of any range are those of the whole, cut at its ends; inside huge leaves too. */
static void frames_cut(void)
{
	static const char *const names[] = { "anon_touched", "thp", "huge2m_private" };
	int fd = ask_open(target->pid);
	unsigned int i;

	for (i = 0; i < E2E_NR(names); i++) {
		const struct region *region = target_region(target, names[i]);
		uint64_t from, to;

		if (!region) {
			e2e_note("no %s here", names[i]);
			continue;
		}
		for (from = 0; from < 8; from++) {
			for (to = from + 1; to < 10; to++) {
				uint64_t start = region->start + from * PAGE_SIZE;
				uint64_t end = region->start + to * PAGE_SIZE;
				size_t nr, k, pages = 0;
				struct vmwalk_frame *records = ask_frames(fd, start, end, 2, &nr);
				uint64_t entries[16];
				size_t present = 0;

				proc_pagemap(target->pid, start, entries, to - from);
				for (k = 0; k < to - from; k++)
					present += !!(entries[k] & PM_PRESENT);
				for (k = 0; k < nr; k++) {
					pages += records[k].pages;
					e2e_true(records[k].va >= start && records[k].va +
						 records[k].pages * PAGE_SIZE <= end,
						 "a frame at 0x%llx, outside of what was asked for",
						 records[k].va);
				}
				e2e_same("pages", pages, "pagemap", present);
				free(records);
			}
		}
	}
}

#define TABLES_MIN	VMWALK_TABLES_COUNT_MIN

/* All tables of a range, asked for @batch records at a time; free() the result. */
static struct vmwalk_pagetable *ask_tables(int fd, uint64_t start, uint64_t end, uint32_t batch,
					   size_t *nr)
{
	struct vmwalk_pagetable *tables = NULL;
	uint64_t cursor = start;

	*nr = 0;
	while (cursor < end) {
		struct vmwalk_query query;
		int err;

		tables = realloc(tables, (*nr + batch) * sizeof(*tables));
		query = ask_query(tables + *nr, sizeof(*tables), batch);
		query.start = cursor;
		query.end = end;
		err = ask(fd, VMWALK_IOC_TABLES, &query);
		if (err || query.done > batch || query.cursor <= cursor)
			e2e_die("TABLES from 0x%llx: %s, %u done, cursor 0x%llx",
				(unsigned long long)cursor, strerror(-err), query.done,
				query.cursor);
		*nr += query.done;
		cursor = query.cursor;
	}
	return tables;
}

static int table_order(const void *one, const void *other)
{
	const struct vmwalk_pagetable *a = one, *b = other;

	if (a->level != b->level)
		return a->level < b->level ? -1 : 1;
	if (a->va != b->va)
		return a->va < b->va ? -1 : 1;
	return a->first < b->first ? -1 : a->first > b->first;
}

/* A part more of the same table, by the rule of the header. */
static void table_join(struct vmwalk_pagetable *whole, const struct vmwalk_pagetable *part)
{
	if (!part->used)
		return;
	if (!whole->used) {
		*whole = *part;
		return;
	}
	whole->used += part->used - (whole->last == part->first);
	whole->leaves += part->leaves;
	whole->last = part->last;
}

static size_t tables_join(struct vmwalk_pagetable *tables, size_t nr)
{
	size_t i, at = 0;

	qsort(tables, nr, sizeof(*tables), table_order);
	for (i = 1; i < nr; i++) {
		if (tables[i].level == tables[at].level && tables[i].va == tables[at].va)
			table_join(&tables[at], &tables[i]);
		else
			tables[++at] = tables[i];
	}
	return nr ? at + 1 : 0;
}

static void tables_resume(void)
{
	struct areas areas = proc_areas(target->pid, "maps");
	uint64_t end = areas.area[areas.nr - 1].end;
	int fd = ask_open(target->pid);
	size_t whole_nr, nr, i;
	struct vmwalk_pagetable *whole = ask_tables(fd, 0, end, 16384, &whole_nr);
	uint32_t batch;

	whole_nr = tables_join(whole, whole_nr);
	for (batch = TABLES_MIN; batch < TABLES_MIN + 30; batch += batch < 16 ? 1 : 7) {
		struct vmwalk_pagetable *pieces = ask_tables(fd, 0, end, batch, &nr);

		nr = tables_join(pieces, nr);
		for (i = 0; i < nr && i < whole_nr; i++)
			if (memcmp(&pieces[i], &whole[i], sizeof(*whole)))
				break;
		e2e_true(i == whole_nr && nr == whole_nr,
			 "in pieces of %u: %zu tables, in one %zu, first difference at "
			 "%zu: level %u, 0x%llx", batch, nr, whole_nr, i,
			 i < nr ? pieces[i].level : 0, i < nr ? pieces[i].va : 0);
		free(pieces);
	}
	free(whole);
	proc_areas_free(&areas);
}

/*
 * What the tables of one mapping hold, in base pages: entries in use, and present leaves,
 * by the entries that pagemap has for it.
 */
static void check_tables(int fd, const struct area *area)
{
	size_t pages = (area->end - area->start) / PAGE_SIZE, nr, i;
	uint64_t *entries = malloc(pages * sizeof(*entries));
	uint64_t used = 0, leaves = 0, in_use = 0, present = 0;
	struct vmwalk_pagetable *tables = ask_tables(fd, area->start, area->end, 4096, &nr);

	nr = tables_join(tables, nr);
	for (i = 0; i < nr; i++) {
		leaves += (uint64_t)tables[i].leaves << (tables[i].shift - PAGE_BITS);
		used += tables[i].level == VMWALK_LEVEL_PTE ? tables[i].used :
			(uint64_t)tables[i].leaves << (tables[i].shift - PAGE_BITS);
	}
	proc_pagemap(target->pid, area->start, entries, pages);
	for (i = 0; i < pages; i++) {
		present += !!(entries[i] & PM_PRESENT);
		in_use += !!(entries[i] & (PM_PRESENT | PM_SWAP));
	}
	e2e_same("pages under present leaves", leaves, "pagemap", present);
	e2e_same("pages whose entry is not empty", used, "pagemap", in_use);
	free(tables);
	free(entries);
}

static void tables_hold(void)
{
	struct areas areas = proc_areas(target->pid, "smaps");
	int fd = ask_open(target->pid);
	size_t i;

	for (i = 0; i < areas.nr; i++)
		if (!proc_area_flag(&areas.area[i], "pf"))
			check_tables(fd, &areas.area[i]);
	proc_areas_free(&areas);
}

/* Too little room for two records a level is an error, not an answer without progress. */
static void tables_room(void)
{
	struct vmwalk_pagetable tables[TABLES_MIN];
	int fd = ask_open(target->pid);
	uint32_t count;

	for (count = 1; count <= TABLES_MIN; count++) {
		struct vmwalk_query query = ask_query(tables, sizeof(*tables), count);

		query.start = some_va();
		query.end = some_va() + PAGE_SIZE;
		e2e_same("TABLES with little room", -ask(fd, VMWALK_IOC_TABLES, &query),
			 "the header", count < TABLES_MIN ? EINVAL : 0);
	}
}

/* Names that fill their buffer end the answer; it goes on where it ended. */
static void dossiers_resume(void)
{
	enum { ADDRESSES = 2000 };
	static char names[VMWALK_NAMES_SIZE_MIN];
	struct vmwalk_dossier *dossiers = malloc(ADDRESSES * sizeof(*dossiers));
	uint64_t vas[ADDRESSES], at = target_region(target, "memfd")->start;
	struct areas areas = proc_areas(target->pid, "maps");
	const struct area *area = proc_area_at(&areas, at);
	int fd = ask_open(target->pid), rounds = 0;
	size_t done = 0, i;

	for (i = 0; i < ADDRESSES; i++)
		vas[i] = at + i % 8 * PAGE_SIZE;
	while (done < ADDRESSES && rounds++ < ADDRESSES) {
		struct vmwalk_query query = ask_query(dossiers + done, sizeof(*dossiers),
						      ADDRESSES - done);
		int err;

		query.addresses = (uintptr_t)(vas + done);
		query.names = (uintptr_t)names;
		query.names_size = sizeof(names);
		err = ask(fd, VMWALK_IOC_DOSSIER, &query);
		if (err || !query.done)
			e2e_die("DOSSIER: %s, %u done", strerror(-err), query.done);
		for (i = done; i < done + query.done; i++) {
			e2e_same("address", dossiers[i].walk.va, "the question", vas[i]);
			e2e_true(!strcmp(names + dossiers[i].vma.name_offset, area->name),
				 "address %zu: name \"%s\"", i,
				 names + dossiers[i].vma.name_offset);
		}
		done += query.done;
	}
	e2e_true(rounds > 1, "all names fit: nothing was tried");
	e2e_same("answers", done, "addresses", ADDRESSES);
	free(dossiers);
	proc_areas_free(&areas);
}

static void odd_dossiers(int fd, const uint64_t *vas, size_t nr)
{
	struct vmwalk_dossier dossiers[16];
	struct vmwalk_query query = ask_query(dossiers, sizeof(*dossiers), nr);
	size_t i;

	memset(dossiers, CANARY, sizeof(dossiers));
	query.addresses = (uintptr_t)vas;
	e2e_same("DOSSIER of them", -ask(fd, VMWALK_IOC_DOSSIER, &query), "no error", 0);
	e2e_same("dossiers", query.done, "the question", nr);
	for (i = 0; i < nr; i++) {
		e2e_same("its kind", dossiers[i].walk.kind, "maps", VMWALK_KIND_NOVMA);
		e2e_same("its groups", dossiers[i].has, "no VMA", VMWALK_HAS(BASE));
		e2e_same("its VMA", dossiers[i].vma.end, "no VMA", 0);
		e2e_same("its frame", dossiers[i].frame.has, "no VMA", 0);
		e2e_same("its fill", dossiers[i].backing.fill, "no VMA", VMWALK_FILL_NONE);
		e2e_same("its file", dossiers[i].backing.has & VMWALK_HAS(BACKED), "no VMA", 0);
	}
}

static void odd_addresses(void)
{
	static const uint64_t vas[] = {
		0, 1, 4095, 0xfff, ~0ULL, KERNEL_HALF, 0x8000000000000000ULL,
		0x0000800000000000ULL, 0x00ffffffffffffffULL, 0x0100000000000000ULL,
		0xff00000000000000ULL, 0xffffffffff600000ULL, 0x00007ffffffff000ULL,
		0xffff7fffffffffffULL,
	};
	struct vmwalk_walk walks[E2E_NR(vas)];
	int fd = ask_open(target->pid);
	struct vmwalk_query query;
	unsigned int i;
	size_t nr;

	memset(walks, CANARY, sizeof(walks));
	ask_translate(fd, vas, walks, E2E_NR(vas));
	for (i = 0; i < E2E_NR(vas); i++) {
		e2e_same("kind of an address no VMA has", walks[i].kind, "maps",
			 VMWALK_KIND_NOVMA);
		e2e_same("its address", walks[i].va, "the question", vas[i]);
		e2e_same("its depth", walks[i].depth, "no VMA", 0);
		e2e_same("its pa", walks[i].pa, "no VMA", 0);
		e2e_same("its groups", walks[i].has, "no VMA", VMWALK_HAS(BASE));
	}
	odd_dossiers(fd, vas, E2E_NR(vas));
	/* The kernel's half and the hole in the middle hold no runs. */
	query = ask_query(walks, sizeof(struct vmwalk_run), 4);
	query.start = 0x0100000000000000ULL;
	query.end = 0xfffffffffffff000ULL;
	e2e_same("RUNS of the kernel's half", -ask(fd, VMWALK_IOC_RUNS, &query), "no error", 0);
	e2e_same("runs there", query.done, "user space", 0);
	e2e_same("cursor after", query.cursor, "the end", query.end);
	ask_vmas_free(ask_vmas(fd, 0x0100000000000000ULL, 0xfffffffffffff000ULL, 0, 4, &nr), nr);
	e2e_same("VMAs there", nr, "maps", 0);
}

/* What the query says it cost. */
/* A clock that moves once in a tick cannot measure a hold. */
static bool coarse_clock(void)
{
	char *name = proc_slurp("/sys/devices/system/clocksource/clocksource0/"
				"current_clocksource", NULL);
	bool coarse = name && strstr(name, "jiffies");

	free(name);
	return coarse;
}

static void costs(void)
{
	struct vmwalk_run runs[8];
	struct vmwalk_query query = ask_query(runs, sizeof(*runs), 8);
	int fd = ask_open(target->pid);

	query.start = some_va();
	query.end = some_va();
	e2e_same("an empty range", -ask(fd, VMWALK_IOC_RUNS, &query), "no error", 0);
	e2e_same("runs in it", query.done, "nothing", 0);
	query.end = some_va() + 64 * PAGE_SIZE;
	if (ask(fd, VMWALK_IOC_RUNS, &query))
		e2e_die("RUNS fails");
	e2e_true(query.done >= 1, "no run");
	e2e_true(query.holds >= 1 && (query.hold_ns > 0 || coarse_clock()),
		 "%u holds, %llu ns", query.holds, query.hold_ns);
	e2e_true(query.entries >= (query.cursor - query.start) / PAGE_SIZE,
		 "%llu entries read for %llu pages", query.entries,
		 (query.cursor - query.start) / PAGE_SIZE);
}

static void long_query(void *arg)
{
	size_t nr = VMWALK_COUNT_MAX, i;
	uint64_t *vas = malloc(nr * 8), *records = malloc(nr * 8);
	struct vmwalk_query query = ask_query(records, 8, nr);
	int fd = ask_open(target->pid);

	for (i = 0; i < nr; i++)
		vas[i] = some_va() + i % 64 * PAGE_SIZE;
	memset(records, 0, nr * 8);
	query.addresses = (uintptr_t)vas;
	target_ready();
	for (;;)
		ask(fd, VMWALK_IOC_TRANSLATE, &query);
}

/* On bare metal 100 ms are promised; emulated machines are 20 times slower. */
static void killed(void)
{
	struct timespec from, to;
	long ms, worst = 0;
	int i;

	for (i = 0; i < 5; i++) {
		pid_t pid = target_fork(long_query, NULL);

		usleep(70000 + i * 13000);
		clock_gettime(CLOCK_MONOTONIC, &from);
		target_kill(pid);
		clock_gettime(CLOCK_MONOTONIC, &to);
		ms = (to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000;
		worst = ms > worst ? ms : worst;
		e2e_true(ms < 2000, "killed in mid-query, gone after %ld ms", ms);
	}
	e2e_note("longest time from SIGKILL to the end: %ld ms", worst);
}

/* Every query of a process that has gone, or is another program by now. */
static void expect_gone(const char *what, int fd)
{
	static unsigned char records[RECORDS * RECORD_MAX];
	uint64_t vas[RECORDS];
	unsigned int k;

	for (k = 0; k < KINDS; k++) {
		struct vmwalk_query query = good(&kinds[k], vas, records);

		expect(what, &kinds[k], ask(fd, kinds[k].ioc, &query), -ESRCH);
	}
}

static void wait_for_ever(void *arg)
{
	target_ready();
	for (;;)
		pause();
}

static volatile int *go;

static void become_another(void *arg)
{
	target_ready();
	while (!*go)
		usleep(1000);
	execl("/usr/bin/busybox", "sleep", "100", NULL);
	_exit(1);
}

static void target_gone(void)
{
	pid_t pid = target_fork(wait_for_ever, NULL);
	int fd = ask_open(pid), tries;

	target_kill(pid);
	expect_gone("the process is dead", fd);
	go = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid = target_fork(become_another, NULL);
	fd = ask_open(pid);
	*go = 1;
	for (tries = 0; tries < 5000; tries++) {
		char *comm = proc_slurp_pid(pid, "comm", NULL);
		bool another = comm && !strcmp(comm, "busybox\n");

		free(comm);
		if (another)
			break;
		usleep(1000);
	}
	expect_gone("the process is another program", fd);
	target_kill(pid);
}

/* One kind of query, long and again and again, until it answers something else. */
static int ask_until_error(const struct query_kind *kind, int fd, uint64_t *vas, size_t nr,
			   void *records, unsigned long *rounds)
{
	int err;

	do {
		struct vmwalk_query query = ask_query(records, kind->record, nr);

		if (takes_addresses(kind))
			query.addresses = (uintptr_t)vas;
		else
			query.end = 0x7ffffffff000ULL;
		err = ask(fd, kind->ioc, &query);
		(*rounds)++;
	} while (!err);
	return err;
}

/* Killed in mid-answer: what was done, then ESRCH; never anything else. */
static void target_killed(void)
{
	enum { ADDRESSES = 4096 };
	uint64_t *vas = malloc(ADDRESSES * 8);
	void *records = malloc(ADDRESSES * RECORD_MAX);
	unsigned int k, i;

	for (k = 0; k < KINDS; k++) {
		pid_t pid = target_fork(wait_for_ever, NULL), killer;
		int fd = ask_open(pid), err;
		unsigned long rounds = 0;

		for (i = 0; i < ADDRESSES; i++)
			vas[i] = (uintptr_t)vas + i * 8;
		killer = fork();
		if (killer == 0) {
			usleep(50000);
			kill(pid, SIGKILL);
			_exit(0);
		}
		err = ask_until_error(&kinds[k], fd, vas, ADDRESSES, records, &rounds);
		expect("killed in mid-answer", &kinds[k], err, -ESRCH);
		waitpid(killer, NULL, 0);
		waitpid(pid, NULL, 0);
		close(fd);
	}
}

static void kernel_thread(void)
{
	static unsigned char records[RECORDS * RECORD_MAX];
	int fd = ask_open(2);
	uint64_t vas[RECORDS];
	unsigned int k;

	for (k = 0; k < KINDS; k++) {
		struct vmwalk_query query = good(&kinds[k], vas, records);

		expect("a kernel thread", &kinds[k], ask(fd, kinds[k].ioc, &query), -ENXIO);
	}
}

/* The members of the records, and the group of each. */
static const struct member {
	const char *record, *name;
	size_t offset, size;
	uint64_t groups;
} members[] = {
#define MEMBER(type, member, dim, FORMAT, GROUP, help) \
	{ NAME, #member, offsetof(struct RECORD, member), \
	  sizeof(((struct RECORD *)0)->member), VMWALK_HAS(GROUP) },
#define RECORD vmwalk_run
#define NAME "run"
	VMWALK_RUN_FIELDS(MEMBER)
#undef RECORD
#undef NAME
#define RECORD vmwalk_frame
#define NAME "frame"
	VMWALK_FRAME_FIELDS(MEMBER)
#undef RECORD
#undef NAME
#define RECORD vmwalk_pagetable
#define NAME "pagetable"
	VMWALK_PAGETABLE_FIELDS(MEMBER)
#undef RECORD
#undef NAME
#define RECORD vmwalk_vma
#define NAME "vma"
	VMWALK_VMA_FIELDS(MEMBER)
#undef RECORD
#undef NAME
#define RECORD vmwalk_entry
#define NAME "entry"
	VMWALK_ENTRY_FIELDS(MEMBER)
#undef RECORD
#undef NAME
#define RECORD vmwalk_backing
#define NAME "backing"
	VMWALK_BACKING_FIELDS(MEMBER)
#undef RECORD
#undef NAME
#define RECORD vmwalk_around
#define NAME "around"
	VMWALK_AROUND_FIELDS(MEMBER)
#undef RECORD
#undef NAME
#undef MEMBER
};

/* Nothing of a privileged group in one record: neither its bit nor a value. */
static void check_hidden(const char *record, const void *at)
{
	unsigned int i;
	size_t k;

	e2e_true(!(*(const uint64_t *)at & VMWALK_PRIVILEGED), "a %s has 0x%llx", record,
		 *(const unsigned long long *)at);
	for (i = 0; i < E2E_NR(members); i++) {
		const unsigned char *value = (const unsigned char *)at + members[i].offset;

		if (strcmp(members[i].record, record) || !(members[i].groups & VMWALK_PRIVILEGED))
			continue;
		for (k = 0; k < members[i].size && !value[k]; k++)
			;
		e2e_true(k == members[i].size, "a %s shows its %s", record, members[i].name);
	}
}

static void check_dossier_hidden(const struct vmwalk_dossier *dossier)
{
	unsigned int i;

	e2e_true(!(dossier->has & VMWALK_PRIVILEGED) && !(dossier->walk.has & VMWALK_PRIVILEGED) &&
		 !dossier->walk.pa, "a dossier has 0x%llx, its walk 0x%llx", dossier->has,
		 dossier->walk.has);
	for (i = 0; i < dossier->walk.depth; i++)
		check_hidden("entry", &dossier->walk.entry[i]);
	check_hidden("vma", &dossier->vma);
	check_hidden("frame", &dossier->frame);
	check_hidden("backing", &dossier->backing);
	check_hidden("around", &dossier->around);
}

/* A reader's own memory: code, heap, stack, a file; all of it there. */
static void ask_oneself(const struct who *who, void *arg)
{
	static struct vmwalk_frame frames[512];
	static struct vmwalk_pagetable tables[512];
	static struct vmwalk_dossier dossiers[4];
	struct vmwalk_query query;
	uint64_t vas[4] = { (uintptr_t)frames, (uintptr_t)ask_oneself, (uintptr_t)&query,
			    0xffffffffff600000ULL };
	int fd = ask_open(getpid()), err;
	unsigned int i, shown = 0;

	query = ask_query(frames, sizeof(*frames), E2E_NR(frames));
	query.end = 0x7ffffffff000ULL;
	err = ask(fd, VMWALK_IOC_FRAMES, &query);
	e2e_true(!err && query.done > 0, "%s: FRAMES answers %d, %u done", who->name, err,
		 query.done);
	for (i = 0; i < query.done; i++) {
		if (!who->frames)
			check_hidden("frame", &frames[i]);
		shown += !!(frames[i].has & VMWALK_HAS(PAGE));
	}
	query = ask_query(tables, sizeof(*tables), E2E_NR(tables));
	query.end = 0x7ffffffff000ULL;
	err = ask(fd, VMWALK_IOC_TABLES, &query);
	e2e_true(!err && query.done > 0, "%s: TABLES answers %d, %u done", who->name, err,
		 query.done);
	for (i = 0; i < query.done; i++) {
		if (!who->frames)
			check_hidden("pagetable", &tables[i]);
		shown += !!(tables[i].has & VMWALK_HAS(RAW));
	}
	query = ask_query(dossiers, sizeof(*dossiers), E2E_NR(dossiers));
	query.addresses = (uintptr_t)vas;
	err = ask(fd, VMWALK_IOC_DOSSIER, &query);
	e2e_true(!err && query.done == E2E_NR(dossiers), "%s: DOSSIER answers %d, %u done",
		 who->name, err, query.done);
	for (i = 0; i < query.done; i++) {
		if (!who->frames)
			check_dossier_hidden(&dossiers[i]);
		shown += !!(dossiers[i].backing.has & VMWALK_HAS(PAGE));
	}
	e2e_true(who->frames ? shown > 10 : !shown, "%s sees %u records with frames", who->name,
		 shown);
}

static void rights(void)
{
	const struct who *who;

	for (who = whos; who->name; who++)
		who_run(who, ask_oneself, NULL);
}

/* The kernel's half is for those who may see frames, and for two queries. */
static void ask_kernel(const struct who *who, void *arg)
{
	static unsigned char records[RECORDS * RECORD_MAX];
	int fd = ask_open(getpid());
	unsigned int k;

	for (k = 0; k < KINDS; k++) {
		struct vmwalk_query query = ask_query(records, kinds[k].record, 1);
		uint64_t va = KERNEL_HALF;
		int expected = who->frames ? 0 : -EPERM;

		query.flags = VMWALK_QUERY_KERNEL;
		if (takes_addresses(&kinds[k])) {
			query.addresses = (uintptr_t)&va;
		} else {
			query.start = va;
			query.end = va + PAGE_SIZE;
		}
		if (!(kinds[k].flags & VMWALK_QUERY_KERNEL))
			expected = -EINVAL;
		expect(who->name, &kinds[k], ask(fd, kinds[k].ioc, &query), expected);
	}
}

static void kernel_flag(void)
{
	const struct who *who;

	for (who = whos; who->name; who++)
		who_run(who, ask_kernel, NULL);
}

static const struct e2e_case queries_cases[] = {
	{ "each field out of bounds has its error", spoilt, KINDS * E2E_NR(spoils) },
	{ "queries of numbers, the same", spoilt_numbers,
	  (E2E_NR(kinds) - KINDS - 1) * E2E_NR(spoils) },
	{ "fields and flags of other queries are refused", foreign_fields, 6 * KINDS },
	{ "names have bounds too", bad_names, 8 },
	{ "newer and older callers", newer_callers, 5 * KINDS },
	{ "records of every size: cut, or with a zero tail, and nothing behind", record_sizes,
	  200 },
	{ "room that ends too early is EFAULT", room_ends, 6 },
	{ "unknown ioctls are ENOTTY", other_ioctls, 9 },
	{ "32-bit callers get the same answers", compat_caller,
	  3 * (E2E_NR(kinds) - 1) },
	{ "RUNS joins to the same whole from every piece size", runs_resume, 15 },
	{ "RUNS of every small range are cut at its ends", runs_cut, 90 },
	{ "VMAS joins to the same whole from every piece size", vmas_resume, 9 },
	{ "FRAMES joins to the same pages from every piece size", frames_resume, 17 },
	{ "FRAMES of every small range are cut at its ends", frames_cut, 100 },
	{ "TABLES joins to the same tables from every piece size", tables_resume, 10 },
	{ "TABLES hold what pagemap has", tables_hold, 80 },
	{ "TABLES without room for two records a level is refused", tables_room, 10 },
	{ "DOSSIER goes on where its names were full", dossiers_resume, 4000 },
	{ "addresses that no process has", odd_addresses, 150 },
	{ "the cost is said", costs, 5 },
	{ "a reader killed in mid-query is gone soon", killed, 5 },
	{ "a process that has gone, or become another, is ESRCH", target_gone, 2 * KINDS },
	{ "a process killed in mid-answer is ESRCH", target_killed, KINDS },
	{ "a kernel thread is ENXIO", kernel_thread, KINDS },
	{ "readers without rights see no privileged field of any record", rights, 1000 },
	{ "the kernel's half is EPERM without rights, EINVAL where there is none", kernel_flag,
	  7 * KINDS },
};
E2E_SUITE(queries, queries_open, queries_close);
