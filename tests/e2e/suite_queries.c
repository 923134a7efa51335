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

#define KERNEL_HALF	0xffff888000000000ULL
#define CANARY		0xa5

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
	uint64_t flags;
} kinds[] = {
#define KIND(NAME, nr, record_, flags_, takes_, help) \
	{ #NAME, VMWALK_IOC_##NAME, sizeof(struct vmwalk_##record_), flags_ },
	VMWALK_QUERIES(KIND)
#undef KIND
};

static uint64_t some_va(void)
{
	return target_region(target, "anon_touched")->start;
}

/* A query that is fine, to be spoilt in one point. */
static struct vmwalk_query good(const struct query_kind *kind, uint64_t *vas, void *records)
{
	struct vmwalk_query query = ask_query(records, kind->record, 4);
	int i;

	if (kind->ioc == VMWALK_IOC_TRANSLATE) {
		for (i = 0; i < 4; i++)
			vas[i] = some_va() + i * PAGE_SIZE;
		query.addresses = (uintptr_t)vas;
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
	SPOIL("unknown flag 1", flags, 2, -EINVAL),
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
	static unsigned char records[4 * 4096];
	uint64_t vas[4];
	int fd = ask_open(target->pid);
	unsigned int i, k;

	for (k = 0; k < E2E_NR(kinds); k++) {
		for (i = 0; i < E2E_NR(spoils); i++) {
			struct vmwalk_query query = good(&kinds[k], vas, records);

			memcpy((char *)&query + spoils[i].offset, &spoils[i].value,
			       spoils[i].width);
			expect(spoils[i].what, &kinds[k], ask(fd, kinds[k].ioc, &query),
			       spoils[i].err);
		}
	}
}

/* Fields that only some queries know must be 0 in the others. */
static void foreign_fields(void)
{
	static unsigned char records[4 * 4096], names[VMWALK_NAMES_SIZE_MIN];
	int fd = ask_open(target->pid);
	uint64_t vas[4];
	unsigned int k;

	for (k = 0; k < E2E_NR(kinds); k++) {
		bool translate = kinds[k].ioc == VMWALK_IOC_TRANSLATE;
		bool vmas = kinds[k].ioc == VMWALK_IOC_VMAS;
		struct vmwalk_query query = good(&kinds[k], vas, records);

		query.flags = VMWALK_QUERY_COUNTS;
		expect("COUNTS", &kinds[k], ask(fd, kinds[k].ioc, &query), vmas ? 0 : -EINVAL);
		query = good(&kinds[k], vas, records);
		query.names = (uintptr_t)names;
		query.names_size = sizeof(names);
		expect("names", &kinds[k], ask(fd, kinds[k].ioc, &query), vmas ? 0 : -EINVAL);
		query = good(&kinds[k], vas, records);
		query.names_size = sizeof(names);
		expect("names_size alone", &kinds[k], ask(fd, kinds[k].ioc, &query), -EINVAL);
		query = good(&kinds[k], vas, records);
		if (translate)
			query.start = 4096;
		else
			query.addresses = (uintptr_t)vas;
		expect("start or addresses", &kinds[k], ask(fd, kinds[k].ioc, &query), -EINVAL);
		query = good(&kinds[k], vas, records);
		if (translate)
			query.addresses = 0;
		else
			query.end = query.start - 4096;
		expect("no addresses, or end before start", &kinds[k],
		       ask(fd, kinds[k].ioc, &query), translate ? -EFAULT : -EINVAL);
		query = good(&kinds[k], vas, records);
		if (translate)
			query.addresses = KERNEL_HALF;
		else
			query.end = ~0ULL;
		expect("addresses in the kernel, or end ~0", &kinds[k],
		       ask(fd, kinds[k].ioc, &query), translate ? -EFAULT : -EINVAL);
	}
}

static void bad_names(void)
{
	static struct vmwalk_vma records[4];
	static unsigned char names[VMWALK_NAMES_SIZE_MIN];
	const struct query_kind *vmas = &kinds[VMWALK_IOC_VMAS - VMWALK_IOC_TRANSLATE];
	int fd = ask_open(target->pid);
	struct vmwalk_query query = good(vmas, NULL, records);

	query.start = target_region(target, "memfd")->start;
	query.end = query.start + PAGE_SIZE;
	query.names = (uintptr_t)names;
	query.names_size = sizeof(names) - 1;
	expect("names below the least size", vmas, ask(fd, vmas->ioc, &query), -EINVAL);
	query.names_size = VMWALK_NAMES_SIZE_MAX + 1;
	expect("names beyond the limit", vmas, ask(fd, vmas->ioc, &query), -EINVAL);
	query.names_size = sizeof(names);
	query.names = KERNEL_HALF;
	expect("names in the kernel", vmas, ask(fd, vmas->ioc, &query), -EFAULT);
	query.names = 0;
	expect("names at NULL", vmas, ask(fd, vmas->ioc, &query), -EINVAL);
}

static void newer_callers(void)
{
	unsigned char records[4 * 512], room[4096];
	struct vmwalk_query query;
	int fd = ask_open(target->pid);
	uint64_t vas[4];
	unsigned int k;
	size_t i;

	for (k = 0; k < E2E_NR(kinds); k++) {
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
	static unsigned char whole[8 * 512], got[5 * 4096];
	int fd = ask_open(target->pid);
	uint64_t vas[4];
	unsigned int k, s, r;

	for (k = 0; k < E2E_NR(kinds); k++) {
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
			e2e_true(r == sizeof(got), "%s, size %u: byte %u behind the records written",
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
	e2e_same("the struct in the hole",
		 -ask(fd, kinds[0].ioc, (void *)(room + PAGE_SIZE - 8)), "EINVAL or EFAULT",
		 EINVAL);
}

static void other_ioctls(void)
{
	static const unsigned int iocs[] = {
		VMWALK_IOC(0), VMWALK_IOC(4), VMWALK_IOC(0xff), 0, 0xb8000001, ~0U, 0x5401,
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
	static unsigned char wide[4 * 512];
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
	e2e_true(query.holds >= 1 && (query.hold_ns > 0 || coarse_clock()), "%u holds, %llu ns", query.holds,
		 query.hold_ns);
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

static const struct e2e_case queries_cases[] = {
	{ "each field out of bounds has its error", spoilt, 3 * 19 },
	{ "fields and flags of other queries are refused", foreign_fields, 18 },
	{ "names have bounds too", bad_names, 4 },
	{ "newer and older callers", newer_callers, 15 },
	{ "records of every size: cut, or with a zero tail, and nothing behind", record_sizes, 100 },
	{ "room that ends too early is EFAULT", room_ends, 6 },
	{ "unknown ioctls are ENOTTY", other_ioctls, 9 },
	{ "32-bit callers get the same answers", compat_caller, 9 },
	{ "RUNS joins to the same whole from every piece size", runs_resume, 15 },
	{ "RUNS of every small range are cut at its ends", runs_cut, 90 },
	{ "VMAS joins to the same whole from every piece size", vmas_resume, 9 },
	{ "addresses that no process has", odd_addresses, 70 },
	{ "the cost is said", costs, 5 },
	{ "a reader killed in mid-query is gone soon", killed, 5 },
};
E2E_SUITE(queries, queries_open, queries_close);
