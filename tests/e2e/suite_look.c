// SPDX-License-Identifier: GPL-2.0
/*
 * suite_look.c - look, never touch: what a process is like after it was looked at
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"

#define LOOKS		50	/* reports and runs of everything */
#define FULL_LOOKS	5	/* of them with a walk for every page */
#define DOSSIERS	128	/* of a mapping, in these */
#define BIG_AREA	(1UL << 26)
#define CLIENT		"/usr/bin/vmwalk"
#define CLIENT_STEP	4	/* mappings, from one run of it to the next */
#define RW		(PROT_READ | PROT_WRITE)

static struct target *target;

static void look_open(void)
{
	target = target_start(TARGET_USUAL);
}

static void look_close(void)
{
	target_stop(target);
}

/**
 * struct state - all that could give away that somebody touched
 * @smaps: with Referenced, the dirty sums and Rss
 * @status: sizes and context switches
 * @stat: fault counts, times
 * @pagemap: present, swap, soft-dirty, exclusive and frame of each page
 * @counts: kpagecount of each frame
 * @flags: kpageflags of each frame
 * @nr: entries in @pagemap, @counts and @flags
 */
struct state {
	char *smaps, *status, *stat;
	uint64_t *pagemap, *counts, *flags;
	size_t nr;
};

static void take_pages(struct state *state)
{
	struct areas areas = proc_areas(target->pid, "maps");
	FILE *counts = fopen("/proc/kpagecount", "r");
	size_t i, k;

	for (i = 0; i < areas.nr; i++) {
		const struct area *area = &areas.area[i];
		size_t nr = (area->end - area->start) / PAGE_SIZE;

		if (area->end - area->start > BIG_AREA)
			continue;
		state->pagemap = realloc(state->pagemap, (state->nr + nr) * 8);
		state->counts = realloc(state->counts, (state->nr + nr) * 8);
		state->flags = realloc(state->flags, (state->nr + nr) * 8);
		proc_pagemap(target->pid, area->start, state->pagemap + state->nr, nr);
		for (k = state->nr; k < state->nr + nr; k++) {
			bool known;

			state->counts[k] = 0;
			state->flags[k] = 0;
			if (state->pagemap[k] & PM_PRESENT)
				state->flags[k] = proc_kpageflags(PM_FRAME(state->pagemap[k]),
								  &known);
			if (!(state->pagemap[k] & PM_PRESENT) ||
			    fseek(counts, PM_FRAME(state->pagemap[k]) * 8, SEEK_SET) ||
			    fread(&state->counts[k], 8, 1, counts) != 1)
				continue;
		}
		state->nr += nr;
	}
	fclose(counts);
	proc_areas_free(&areas);
}

static struct state take_state(void)
{
	struct state state = { 0 };

	take_pages(&state);
	state.smaps = proc_slurp_pid(target->pid, "smaps", NULL);
	state.status = proc_slurp_pid(target->pid, "status", NULL);
	state.stat = proc_slurp_pid(target->pid, "stat", NULL);
	return state;
}

/* The first line that differs, for the eyes. */
static void check_text(const char *what, const char *before, const char *after)
{
	size_t at = 0, line = 0;

	e2e_compared(1);
	if (!strcmp(before, after))
		return;
	for (; before[at] && before[at] == after[at]; at++)
		if (before[at] == '\n')
			line = at + 1;
	e2e_differ("%s: before \"%.*s\", after \"%.*s\"", what,
		   (int)strcspn(before + line, "\n"), before + line,
		   (int)strcspn(after + line, "\n"), after + line);
}

static void ask_all_tables(int fd, uint64_t end)
{
	static struct vmwalk_pagetable tables[4096];
	struct vmwalk_query query;
	int err;

	for (query.cursor = 0; query.cursor < end;) {
		uint64_t cursor = query.cursor;

		query = ask_query(tables, sizeof(*tables), E2E_NR(tables));
		query.start = cursor;
		query.end = end;
		err = ask(fd, VMWALK_IOC_TABLES, &query);
		if (err || query.cursor <= cursor)
			e2e_die("TABLES: %s", strerror(-err));
	}
}

/* The dossiers of @nr pages from @va on. */
static void ask_dossiers(int fd, uint64_t va, size_t nr)
{
	static struct vmwalk_dossier dossiers[64];
	uint64_t vas[E2E_NR(dossiers)];

	while (nr) {
		size_t part = nr < E2E_NR(vas) ? nr : E2E_NR(vas), i;
		struct vmwalk_query query = ask_query(dossiers, sizeof(*dossiers), part);
		int err;

		for (i = 0; i < part; i++)
			vas[i] = va + i * PAGE_SIZE;
		query.addresses = (uintptr_t)vas;
		err = ask(fd, VMWALK_IOC_DOSSIER, &query);
		if (err || query.done != part)
			e2e_die("DOSSIER of %zu pages: %s, %u done", part, strerror(-err),
				query.done);
		va += part * PAGE_SIZE;
		nr -= part;
	}
}

/* The client as its user has it, what it prints thrown away. */
static void run_client(pid_t pid, const char *command, const char *option, uint64_t va)
{
	char process[16], address[32];
	const char *argv[] = { CLIENT, command, process, address, option, NULL };
	int status = -1;
	pid_t client;

	snprintf(process, sizeof(process), "%d", pid);
	snprintf(address, sizeof(address), "0x%lx", va);
	fflush(stdout);
	client = fork();
	if (client == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(open("/dev/null", O_WRONLY), 1);
		execv(CLIENT, (char **)argv);
		_exit(127);
	}
	while (waitpid(client, &status, 0) < 0 && errno == EINTR)
		;
	e2e_true(!status, "%s %s %s %s %s leaves with status 0x%x", CLIENT, command, process,
		 address, option ? option : "", status);
}

static void look(int fd, const struct areas *areas)
{
	size_t nr;
	char *report = ask_report(fd, 65536, NULL);

	if (!report)
		e2e_die("the report cannot be read");
	free(report);
	free(ask_runs(fd, 0, areas->area[areas->nr - 1].end, 4096, &nr));
}

/* All that takes long: frames, tables, and walks and dossiers of pages. */
static void look_at_pages(int fd, const struct areas *areas, struct vmwalk_walk *walks,
			  uint64_t *vas, size_t room)
{
	uint64_t end = areas->area[areas->nr - 1].end;
	size_t i, k, nr;

	free(ask_frames(fd, 0, end, 4096, &nr));
	ask_all_tables(fd, end);
	for (i = 0; i < areas->nr; i++) {
		nr = (areas->area[i].end - areas->area[i].start) / PAGE_SIZE;
		if (nr > room)
			nr = room;
		for (k = 0; k < nr; k++)
			vas[k] = areas->area[i].start + k * PAGE_SIZE;
		ask_translate(fd, vas, walks, nr);
		ask_dossiers(fd, areas->area[i].start, nr < DOSSIERS ? nr : DOSSIERS);
	}
}

/* A prediction and a dossier by the client, for a page of some mappings. */
static void look_by_client(const struct areas *areas)
{
	size_t i;

	for (i = 0; i < areas->nr; i += CLIENT_STEP) {
		run_client(target->pid, "fault", NULL, areas->area[i].start);
		run_client(target->pid, "translate", NULL, areas->area[i].start);
	}
}

static void untouched(void)
{
	static struct vmwalk_walk walks[1024];
	static uint64_t vas[1024];
	struct areas areas = proc_areas(target->pid, "maps");
	int fd = ask_open(target->pid), i;
	struct state before, after;
	char path[64];
	size_t k;

	/* Nor may writeback clean its file pages in the meantime. */
	sync();
	/* With bits cleared, one that gets set shows; 4 flushes the TLB too. */
	snprintf(path, sizeof(path), "/proc/%d/clear_refs", target->pid);
	if (proc_write(path, "1") || proc_write(path, "4"))
		e2e_die("cannot write %s", path);
	before = take_state();
	for (i = 0; i < LOOKS; i++) {
		look(fd, &areas);
		if (i % (LOOKS / FULL_LOOKS) == 0)
			look_at_pages(fd, &areas, walks, vas, E2E_NR(vas));
	}
	look_by_client(&areas);
	after = take_state();

	check_text("smaps", before.smaps, after.smaps);
	check_text("status", before.status, after.status);
	check_text("stat", before.stat, after.stat);
	e2e_same("pages", after.nr, "before", before.nr);
	for (k = 0; k < before.nr; k++) {
		if (before.pagemap[k] != after.pagemap[k])
			e2e_differ("page %zu: pagemap before 0x%llx, after 0x%llx", k,
				   (unsigned long long)before.pagemap[k],
				   (unsigned long long)after.pagemap[k]);
		if (before.counts[k] != after.counts[k])
			e2e_differ("page %zu: mapcount before %llu, after %llu", k,
				   (unsigned long long)before.counts[k],
				   (unsigned long long)after.counts[k]);
		if (before.flags[k] != after.flags[k])
			e2e_differ("page %zu: kpageflags before 0x%llx, after 0x%llx", k,
				   (unsigned long long)before.flags[k],
				   (unsigned long long)after.flags[k]);
	}
	e2e_compared(3 * before.nr);
}

enum { CACHED, EVICTED, DIRTY, HOLE, SHMEM, SHMEM_OUT, ANON_OUT, UNTOUCHED, PLACES };
#define PLACE_PAGES	8UL

/**
 * struct place - memory whose backing gives away who touched it
 * @at: its first page
 * @fd: the file behind, or -1
 */
static struct place {
	unsigned char *at;
	int fd;
} places[PLACES];

static int place_file(const char *name, bool synced, size_t written)
{
	static unsigned char page[PAGE_SIZE];
	char path[128];
	size_t i;
	int fd;

	snprintf(path, sizeof(path), WORK_DIR "/%s.%d", name, getpid());
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	for (i = 0; i < written; i++)
		if (fd < 0 || pwrite(fd, page, PAGE_SIZE, i * PAGE_SIZE) != (ssize_t)PAGE_SIZE)
			e2e_die("%s: %s", path, strerror(errno));
	if (ftruncate(fd, PLACE_PAGES * PAGE_SIZE) || (synced && fsync(fd)))
		e2e_die("%s: %s", path, strerror(errno));
	unlink(path);
	return fd;
}

static void place_map(struct place *place, int fd, int flags)
{
	place->fd = fd;
	place->at = mmap(NULL, PLACE_PAGES * PAGE_SIZE, RW, flags, fd, 0);
	if (place->at == MAP_FAILED)
		e2e_die("mmap: %s", strerror(errno));
}

static unsigned int resident_pages(const struct place *place)
{
	unsigned char state[PLACE_PAGES];
	unsigned int i, bits = 0;

	if (mincore(place->at, sizeof(state) * PAGE_SIZE, state))
		e2e_die("mincore: %s", strerror(errno));
	for (i = 0; i < PLACE_PAGES; i++)
		bits |= (state[i] & 1) << i;
	return bits;
}

static void places_make(void)
{
	int tries;

	place_map(&places[CACHED], place_file("cached", true, PLACE_PAGES), MAP_SHARED);
	place_map(&places[EVICTED], place_file("evicted", true, PLACE_PAGES), MAP_SHARED);
	place_map(&places[HOLE], place_file("hole", true, 1), MAP_SHARED);
	place_map(&places[SHMEM], memfd_create("there", MFD_CLOEXEC), MAP_SHARED);
	place_map(&places[SHMEM_OUT], memfd_create("out", MFD_CLOEXEC), MAP_SHARED);
	place_map(&places[ANON_OUT], -1, MAP_PRIVATE | MAP_ANONYMOUS);
	place_map(&places[UNTOUCHED], -1, MAP_PRIVATE | MAP_ANONYMOUS);
	if (ftruncate(places[SHMEM].fd, PLACE_PAGES * PAGE_SIZE) ||
	    ftruncate(places[SHMEM_OUT].fd, PLACE_PAGES * PAGE_SIZE))
		e2e_die("memfd: %s", strerror(errno));
	memset(places[SHMEM].at, 1, 2 * PAGE_SIZE);
	memset(places[SHMEM_OUT].at, 2, PLACE_PAGES * PAGE_SIZE);
	madvise(places[ANON_OUT].at, PLACE_PAGES * PAGE_SIZE, MADV_NOHUGEPAGE);
	memset(places[ANON_OUT].at, 3, PLACE_PAGES * PAGE_SIZE);
	for (tries = 0; tries < 20; tries++) {
		madvise(places[SHMEM_OUT].at, PLACE_PAGES * PAGE_SIZE, MADV_PAGEOUT);
		madvise(places[ANON_OUT].at, PLACE_PAGES * PAGE_SIZE, MADV_PAGEOUT);
		usleep(2000);
	}
	for (tries = 0; tries < 100 && resident_pages(&places[EVICTED]); tries++) {
		posix_fadvise(places[EVICTED].fd, 0, 0, POSIX_FADV_DONTNEED);
		usleep(2000);
	}
	e2e_same("pages left of the file that was evicted", resident_pages(&places[EVICTED]),
		 "mincore", 0);
	/* last: it is written back after half a minute at the latest */
	place_map(&places[DIRTY], place_file("dirty", false, PLACE_PAGES), MAP_SHARED);
}

/* Has the file data that have no place on the disk yet? */
static bool waits_to_be_written(int fd)
{
	static union {
		struct fiemap map;
		char room[sizeof(struct fiemap) + sizeof(struct fiemap_extent)];
	} ask;

	memset(&ask, 0, sizeof(ask));
	ask.map.fm_length = PAGE_SIZE;
	ask.map.fm_extent_count = 1;
	if (ioctl(fd, FS_IOC_FIEMAP, &ask.map))
		e2e_die("FIEMAP: %s", strerror(errno));
	return ask.map.fm_mapped_extents &&
	       ask.map.fm_extents[0].fe_flags & FIEMAP_EXTENT_DELALLOC;
}

static uint64_t vmstat(const char *key)
{
	char *text = proc_slurp("/proc/vmstat", NULL), *at;
	char word[64];
	uint64_t value;

	snprintf(word, sizeof(word), "%s ", key);
	at = text ? strstr(text, word) : NULL;
	if (!at)
		e2e_die("vmstat has no %s", key);
	value = strtoull(at + strlen(word), NULL, 10);
	free(text);
	return value;
}

static void wait_for_ever(void *arg)
{
	target_ready();
	for (;;)
		pause();
}

/**
 * struct behind - what is behind the places, and the counters of those who come near
 */
struct behind {
	unsigned int resident[PLACES];
	uint64_t pagemap[PLACES][PLACE_PAGES];
	uint64_t swapped_in, swapped_out, waiting;
	long long minflt, majflt;
	char *swaps;
};

static struct behind take_behind(pid_t pid)
{
	struct behind behind;
	char *stat = proc_slurp_pid(pid, "stat", NULL);
	unsigned int i;

	for (i = 0; i < PLACES; i++) {
		behind.resident[i] = resident_pages(&places[i]);
		proc_pagemap(pid, (uintptr_t)places[i].at, behind.pagemap[i], PLACE_PAGES);
	}
	behind.swapped_in = vmstat("pswpin");
	behind.swapped_out = vmstat("pswpout");
	behind.waiting = waits_to_be_written(places[DIRTY].fd);
	behind.minflt = proc_stat_field(stat, 10);
	behind.majflt = proc_stat_field(stat, 12);
	behind.swaps = proc_slurp("/proc/swaps", NULL);
	free(stat);
	return behind;
}

static void check_behind(const struct behind *before, const struct behind *after)
{
	unsigned int i, k;

	for (i = 0; i < PLACES; i++) {
		e2e_same("pages that mincore finds", after->resident[i], "before",
			 before->resident[i]);
		for (k = 0; k < PLACE_PAGES; k++)
			e2e_same("pagemap", after->pagemap[i][k], "before", before->pagemap[i][k]);
	}
	e2e_same("pages swapped in", after->swapped_in, "before", before->swapped_in);
	e2e_same("pages swapped out", after->swapped_out, "before", before->swapped_out);
	e2e_same("data wait to be written", after->waiting, "before", before->waiting);
	e2e_same("minor faults", after->minflt, "before", before->minflt);
	e2e_same("major faults", after->majflt, "before", before->majflt);
	check_text("swaps", before->swaps, after->swaps);
}

/*
 * What is behind an address must be as undisturbed: nothing read from a file or swap,
 * nothing written to them.
 */
static void behind_untouched(void)
{
	struct behind before, after;
	unsigned int i, k;
	pid_t pid;
	int fd;

	places_make();
	pid = target_fork(wait_for_ever, NULL);
	fd = ask_open(pid);
	/* Once before: the client's own code is read from its file then. */
	run_client(pid, "fault", NULL, 0);
	run_client(pid, "translate", NULL, 0);
	before = take_behind(pid);
	e2e_same("data wait to be written", before.waiting, "the case", 1);
	for (k = 0; k < 20; k++)
		for (i = 0; i < PLACES; i++)
			ask_dossiers(fd, (uintptr_t)places[i].at, PLACE_PAGES);
	for (i = 0; i < PLACES; i++) {
		run_client(pid, "fault", NULL, (uintptr_t)places[i].at);
		run_client(pid, "fault", "--write", (uintptr_t)places[i].at + PAGE_SIZE);
		run_client(pid, "translate", NULL, (uintptr_t)places[i].at + 3 * PAGE_SIZE);
	}
	after = take_behind(pid);
	check_behind(&before, &after);
	target_kill(pid);
}

static const struct e2e_case look_cases[] = {
	{ "reports, walks, frames, tables, dossiers and predictions leave no trace in the process",
	  untouched, 24000 },
	{ "nor in the page cache, in files and in swap", behind_untouched, 80 },
};
E2E_SUITE(look, look_open, look_close);
