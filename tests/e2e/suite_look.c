// SPDX-License-Identifier: GPL-2.0
/*
 * suite_look.c - look, never touch: what a process is like after it was looked at
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"

#define LOOKS		50	/* reports and runs of everything */
#define FULL_LOOKS	5	/* of them with a walk for every page */
#define BIG_AREA	(1UL << 26)

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
 * @flags: kpagecount of each frame
 * @nr: entries in @pagemap and @counts
 */
struct state {
	char *smaps, *status, *stat;
	uint64_t *pagemap, *counts;
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
		proc_pagemap(target->pid, area->start, state->pagemap + state->nr, nr);
		for (k = state->nr; k < state->nr + nr; k++) {
			state->counts[k] = 0;
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

static void look(int fd, const struct areas *areas)
{
	size_t nr;
	char *report = ask_report(fd, 65536, NULL);

	if (!report)
		e2e_die("the report cannot be read");
	free(report);
	free(ask_runs(fd, 0, areas->area[areas->nr - 1].end, 4096, &nr));
}

static void look_at_pages(int fd, const struct areas *areas, struct vmwalk_walk *walks,
			  uint64_t *vas, size_t room)
{
	size_t i, k, nr;

	for (i = 0; i < areas->nr; i++) {
		nr = (areas->area[i].end - areas->area[i].start) / PAGE_SIZE;
		if (nr > room)
			nr = room;
		for (k = 0; k < nr; k++)
			vas[k] = areas->area[i].start + k * PAGE_SIZE;
		ask_translate(fd, vas, walks, nr);
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
	}
	e2e_compared(2 * before.nr);
}

static const struct e2e_case look_cases[] = {
	{ "50 reports and walks of everything leave no trace in the process", untouched, 16000 },
};
E2E_SUITE(look, look_open, look_close);
