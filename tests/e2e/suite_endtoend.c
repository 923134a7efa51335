// SPDX-License-Identifier: GPL-2.0
/*
 * suite_endtoend.c - the drawing of a process, number by number: against maps, pagemap,
 * kpagecount, fdinfo, stat(2) and FIBMAP
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include "askfds.h"
#include "client.h"
#include "mkproc.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"
#include "who.h"

#define PAGE_LINES	66
#define PAGE_COLUMNS	100
#define MODEL_FD	20	/* and its twin, the next one */
#define MODEL_PAGES	8
#define MODEL_POS	4321
#define ROWS		16
#define MANY_VMAS	20000
#define MANY_FDS	5000

static const char model_file[] = WORK_DIR "/endtoend";

/* A process with a file mapped, twice open, and in a page of memory it shares with a child. */
static void model_body(void *arg)
{
	int fd = open(model_file, O_RDWR);
	char *at = mmap(NULL, MODEL_PAGES * PAGE_SIZE, PROT_READ, MAP_SHARED, fd, 0);

	if (fd < 0 || at == MAP_FAILED)
		e2e_die("%s: %s", model_file, strerror(errno));
	if (dup2(fd, MODEL_FD) < 0 || dup2(fd, MODEL_FD + 1) < 0)
		e2e_die("dup2: %s", strerror(errno));
	close(fd);
	lseek(MODEL_FD, MODEL_POS, SEEK_SET);
	*(volatile char *)at;
	target_ready();
	for (;;)
		pause();
}

static pid_t model;

/* Written and on the disk, so that its blocks may be asked for. */
static void model_open(void)
{
	static char page[PAGE_SIZE];
	int fd = open(model_file, O_RDWR | O_CREAT | O_TRUNC, 0644), i;

	if (fd < 0)
		e2e_die("%s: %s", model_file, strerror(errno));
	for (i = 0; i < MODEL_PAGES; i++) {
		memset(page, 'a' + i, sizeof(page));
		if (write(fd, page, sizeof(page)) != sizeof(page))
			e2e_die("%s: %s", model_file, strerror(errno));
	}
	fsync(fd);
	close(fd);
	model = target_fork(model_body, NULL);
	target_settle(model);
}

static void model_close(void)
{
	target_kill(model);
	unlink(model_file);
}


/* One line of a page of a VMA, as far as it is drawn. */
struct row {
	unsigned int nr;
	char use[16], perms[8];
	uint64_t start, end, va;
	uint64_t frame;		/* of the tree; 0 if none */
	uint64_t pfn, mapcount, refcount, block;	/* of the line of struct page */
	uint64_t offset;	/* in the file */
	char same;		/* '=' if the frame is that of the page cache */
};

/**
 * struct drawing - what was drawn, read back
 * @text: all of it
 * @rows: of the VMAs
 * @nr: number of @rows
 * @more: VMAs that were left out
 * @lines: of the drawing
 * @columns: of its longest line
 */
struct drawing {
	char *text;
	struct row rows[ROWS];
	unsigned int nr;
	uint64_t more;
	size_t lines, columns;
};

static struct row *row_get(struct drawing *drawing, unsigned int nr)
{
	if (!nr || nr > ROWS)
		e2e_die("row %u", nr);
	if (nr > drawing->nr)
		drawing->nr = nr;
	drawing->rows[nr - 1].nr = nr;
	return &drawing->rows[nr - 1];
}

/* A line of the VMAs, of the page table or of the pages; others are passed over. */
static void line_take(struct drawing *drawing, const char *line)
{
	unsigned long long a, b, c, d, e, f;
	char use[16], perms[8], same[8];
	const char *leaf, *file;
	unsigned int nr;
	struct row *row;
	int used = 0;

	if (sscanf(line, "|  |  %u %15s 0x%llx-0x%llx %7s", &nr, use, &a, &b, perms) == 5) {
		row = row_get(drawing, nr);
		strcpy(row->use, use);
		strcpy(row->perms, perms);
		row->start = a;
		row->end = b;
	} else if (sscanf(line, "|  |  ... and %llu more", &a) == 1) {
		drawing->more = a;
	} else if (sscanf(line, "|     %u 0x%llx %15s x%llu %llu %llu%n", &nr, &a, use, &b, &c,
			  &d, &used) == 6 && used) {
		row = row_get(drawing, nr);
		row->pfn = a;
		row->mapcount = b;
		row->refcount = c;
		file = line + used;
		if (sscanf(file, " %7s %*c +%llu, block %llu", same, &e, &f) == 3) {
			row->same = same[0];
			row->offset = e;
			row->block = f;
		}
	} else if (sscanf(line + 6, "%u 0x%llx  %*u%n", &nr, &a, &used) == 2 && used) {
		row = row_get(drawing, nr);
		row->va = a;
	} else if (sscanf(line + 6, "%u 0x%llx  %n", &nr, &a, &used) == 2 && used &&
		   strchr("|`+-", line[6 + used]) && line[6 + used]) {
		row = row_get(drawing, nr);
		row->va = a;
	} else {
		return;
	}
	leaf = strstr(line, "- 0x");
	if (leaf && row_get(drawing, nr)->va)
		row_get(drawing, nr)->frame = strtoull(leaf + 2, NULL, 16);
}

static struct drawing drawing_of(const char *text)
{
	struct drawing drawing = { .text = strdup(text) };
	char *copy = strdup(text), *line, *rest;

	for (line = copy; *line; line = rest) {
		rest = line + strcspn(line, "\n");
		if (*rest)
			*rest++ = '\0';
		drawing.lines++;
		if (strlen(line) > drawing.columns)
			drawing.columns = strlen(line);
		if (line[0] == '|' && strlen(line) > 12)
			line_take(&drawing, line);
	}
	free(copy);
	return drawing;
}

/* Draws a process; the drawing has to be one page. */
static struct drawing draw(pid_t pid)
{
	char first[64], *text;
	struct drawing drawing;
	int status;

	text = client_run(&status, "end-to-end %d", pid);
	e2e_same("exit status", (uint64_t)status, "an answer", 0);
	drawing = drawing_of(text);
	free(text);
	snprintf(first, sizeof(first), "task_struct  %d ", pid);
	e2e_true(!strncmp(drawing.text, first, strlen(first)), "begins with '%.40s'", drawing.text);
	e2e_true(drawing.lines <= PAGE_LINES, "%d: %zu lines", pid, drawing.lines);
	e2e_true(drawing.columns <= PAGE_COLUMNS, "%d: %zu columns", pid, drawing.columns);
	return drawing;
}

/* Every VMA that is drawn is in maps, and those left out are counted. */
static void vmas_maps(void)
{
	struct areas areas = proc_areas(model, "maps");
	struct drawing drawing = draw(model);
	unsigned int i;

	e2e_true(drawing.nr >= 6, "only %u VMAs are drawn", drawing.nr);
	for (i = 0; i < drawing.nr; i++) {
		const struct row *row = &drawing.rows[i];
		const struct area *area = proc_area_at(&areas, row->start);

		if (!e2e_true(area != NULL, "no area at 0x%llx", (unsigned long long)row->start))
			continue;
		e2e_same("start", row->start, "maps", area->start);
		e2e_same("end", row->end, "maps", area->end);
		e2e_same_text("permissions", row->perms, "maps", area->perms);
		e2e_true(row->va >= area->start && row->va < area->end, "0x%llx is in its area",
			 (unsigned long long)row->va);
	}
	e2e_same("left out", drawing.more + drawing.nr, "maps", areas.nr);
	proc_areas_free(&areas);
	free(drawing.text);
}

/* Each frame of the tree and of the pages is that of pagemap, mapped as kpagecount says. */
static void frames_pagemap(void)
{
	struct areas areas = proc_areas(model, "smaps");
	struct drawing drawing = draw(model);
	unsigned int i, compared = 0;

	for (i = 0; i < drawing.nr; i++) {
		const struct row *row = &drawing.rows[i];
		const struct area *area = proc_area_at(&areas, row->va);
		struct kpage page;
		uint64_t entry;

		if (!area || proc_area_flag(area, "pf") || proc_area_flag(area, "io"))
			continue;
		proc_pagemap(model, row->va & ~(PAGE_SIZE - 1), &entry, 1);
		e2e_same("frame", row->frame, "pagemap", entry & PM_PRESENT ? PM_FRAME(entry) : 0);
		e2e_same("pfn", row->pfn, "pagemap", entry & PM_PRESENT ? PM_FRAME(entry) : 0);
		if (!(entry & PM_PRESENT))
			continue;
		proc_kpages(row->pfn, &page, 1);
		e2e_same("mapcount", row->mapcount, "kpagecount", page.count);
		compared++;
	}
	e2e_true(compared >= 4, "%u frames compared", compared);
	proc_areas_free(&areas);
	free(drawing.text);
}

static uint64_t model_block(uint64_t nr)
{
	int fd = open(model_file, O_RDONLY), block = (int)nr;

	if (fd < 0 || ioctl(fd, FIBMAP, &block))
		e2e_die("FIBMAP: %s", strerror(errno));
	close(fd);
	return (uint64_t)block;
}

/* The line of the inode, and the number where its blocks begin. */
static void inode_compare(const struct drawing *drawing)
{
	char inode[64], twin[64];
	struct stat stat;
	const char *line;

	if (lstat(model_file, &stat))
		e2e_die("stat: %s", strerror(errno));
	snprintf(inode, sizeof(inode), " %02x:%02x %llu ", major(stat.st_dev), minor(stat.st_dev),
		 (unsigned long long)stat.st_ino);
	line = strstr(drawing->text, inode);
	if (!e2e_true(line != NULL, "no inode%s", inode))
		return;
	snprintf(twin, sizeof(twin), "+ fd %d,%d ", MODEL_FD, MODEL_FD + 1);
	e2e_true(strstr(line, twin) && strstr(line, twin) < strchr(line, '\n'),
		 "mapped and open: %.60s", line);
	snprintf(twin, sizeof(twin), "meet at inode %c", line[-1]);
	e2e_true(strstr(drawing->text, twin) != NULL, "'%s'", twin);
	line = strstr(line, "blocks ");
	if (e2e_true(line != NULL, "blocks are drawn"))
		e2e_same("first block", strtoull(line + strlen("blocks "), NULL, 10), "FIBMAP",
			 model_block(0));
}

/* The file that is mapped: its page is that of the page cache, on the block of FIBMAP. */
static void meeting_fibmap(void)
{
	struct drawing drawing = draw(model);
	struct areas areas = proc_areas(model, "maps");
	unsigned int i, compared = 0;

	for (i = 0; i < drawing.nr; i++) {
		const struct row *row = &drawing.rows[i];
		const struct area *area = proc_area_at(&areas, row->start);

		if (!area || strcmp(area->name, model_file))
			continue;
		e2e_same("the page of the page cache", (uint64_t)row->same, "it", '=');
		e2e_same("offset", row->offset, "maps", row->va - area->start + area->offset);
		e2e_same("block", row->block, "FIBMAP", model_block(row->offset / PAGE_SIZE));
		compared++;
	}
	e2e_same("the file's VMA", compared, "one", 1);
	inode_compare(&drawing);
	proc_areas_free(&areas);
	free(drawing.text);
}

/* The two descriptors of the file: one struct file, at the position of fdinfo. */
static void descriptors_fdinfo(void)
{
	struct drawing drawing = draw(model);
	unsigned long long id[2] = { 0, 1 }, pos, also;
	char head[32];
	const char *at;
	int i;

	for (i = 0; i < 2; i++) {
		snprintf(head, sizeof(head), "\n   %d ", MODEL_FD + i);
		at = strstr(drawing.text, head);
		if (!e2e_true(at != NULL, "descriptor %d is drawn", MODEL_FD + i))
			continue;
		if (!e2e_true(sscanf(at + 1, " %*d 0x%llx rw %llu %*u %llu", &id[i], &pos,
				     &also) == 3, "%.60s", at + 1))
			continue;
		e2e_same("pos", pos, "lseek", MODEL_POS);
		e2e_same("also", also, "dup2", (uint64_t)(MODEL_FD + !i));
	}
	e2e_same("id", id[0], "that of the other", id[1]);
	free(drawing.text);
}

/* The tables are the same facts: what is drawn stands there. */
static void tables_agree(void)
{
	struct drawing drawing = draw(model);
	unsigned long long va, pfn, start;
	unsigned int i = 0;
	char *text, *line, *rest;
	int status;

	text = client_run(&status, "end-to-end %d -s vmas -r -n -o address,pfn,start | "
			  "sed 's/ - / 0 /'", model);
	e2e_same("exit status", (uint64_t)status, "an answer", 0);
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest), i++) {
		va = strtoull(line, &line, 16);
		pfn = strtoull(line + strspn(line, " "), &line, 16);
		start = strtoull(line, NULL, 16);
		e2e_same("address", va, "the drawing", drawing.rows[i].va);
		e2e_same("pfn", pfn, "the drawing", drawing.rows[i].pfn);
		e2e_same("start", start, "the drawing", drawing.rows[i].start);
	}
	e2e_same("rows", i, "the drawing", drawing.nr);
	free(text);
	free(drawing.text);
}

/* Every process of both factories is one page. */
static void factories(void)
{
	struct mkfds *fds;
	unsigned int i;
	pid_t pid;

	for (i = 0; i < MKPROC_NR; i++) {
		struct made *made = mkproc_start(i);

		free(draw(made->pid).text);
		mkproc_stop(made);
	}
	pid = mkfds_start(&fds);
	free(draw(pid).text);
	mkfds_stop(pid);
}

/* Every kind of page: a mkmem has them all, and those drawn are what pagemap says. */
static void memory_factory(void)
{
	struct target *target = target_start(TARGET_USUAL);

	free(draw(target->pid).text);
	target_stop(target);
}

static void has_all(const char *text, const char *const *words)
{
	for (; *words; words++)
		e2e_true(strstr(text, *words) != NULL, "'%s' is said: %s", *words, text);
}

static void without_memory(void)
{
	static const char *const kernel[] = { " kthreadd ", "none: a kernel thread",
					      " 0 descriptors open", NULL };
	static const char *const zombie[] = { " zombie ", "wait status 0x2a00",
					      "none: it has exited", NULL };
	struct made *made = mkproc_start(MKPROC_zombie);
	struct drawing drawing = draw(2);

	has_all(drawing.text, kernel);
	free(drawing.text);
	drawing = draw(made->pid);
	has_all(drawing.text, zombie);
	free(drawing.text);
	mkproc_stop(made);
}

/* Frames, blocks, registers: not for who may not see them; who may not look sees nothing. */
static void unprivileged_body(const struct who *who, void *arg)
{
	static const char *const said[] = { "its frame is hidden", "CAP_SYS_ADMIN", NULL };
	pid_t *own = arg;
	struct drawing drawing = draw(*own);
	unsigned int i;
	char *text;
	int status;

	has_all(drawing.text, said);
	e2e_true(!strstr(drawing.text, ", block ") && !strstr(drawing.text, ", blocks "),
		 "no block is told: %s", drawing.text);
	e2e_true(!strstr(drawing.text, "top at"), "no table is told: %s", drawing.text);
	e2e_true(drawing.nr > 3, "VMAs are told");
	for (i = 0; i < drawing.nr; i++)
		e2e_same("frame", drawing.rows[i].frame + drawing.rows[i].pfn, "hidden", 0);
	free(drawing.text);
	text = client_run(&status, "end-to-end self 2>/dev/null");
	e2e_true(status == 0 && strstr(text, "its frame is hidden"), "itself: %s", text);
	free(text);
	text = client_run(&status, "end-to-end %d 2>/dev/null", model);
	e2e_true(status != 0 && !*text, "another's process is not drawn: %s", text);
	free(text);
}

static void unprivileged(void)
{
	const struct who walker = { .name = "walker", .become = who_walker };
	pid_t own = target_fork(whom_walker, NULL);

	who_run(&walker, unprivileged_body, &own);
	target_kill(own);
}

static void many_body(void *arg)
{
	struct rlimit limit = { MANY_FDS + 100, MANY_FDS + 100 };
	char *at = mmap(NULL, 2 * MANY_VMAS * PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS,
			-1, 0);
	int i, fd = open("/dev/null", O_RDONLY);

	if (at == MAP_FAILED || fd < 0 || setrlimit(RLIMIT_NOFILE, &limit))
		e2e_die("a large process: %s", strerror(errno));
	for (i = 0; i < MANY_VMAS; i++)
		if (mprotect(at + 2 * i * PAGE_SIZE, PAGE_SIZE, PROT_READ | PROT_WRITE))
			e2e_die("mprotect: %s", strerror(errno));
	for (i = 0; i < MANY_FDS; i++)
		if (dup(fd) < 0)
			e2e_die("dup: %s", strerror(errno));
	target_ready();
	for (;;)
		pause();
}

/* A process with very many of everything is one page too, and soon. */
static void many(void)
{
	pid_t pid = target_fork(many_body, NULL);
	struct areas areas = proc_areas(pid, "maps");
	struct timespec before, after;
	struct drawing drawing;
	unsigned long long more = 0;
	const char *at;

	clock_gettime(CLOCK_MONOTONIC, &before);
	drawing = draw(pid);
	clock_gettime(CLOCK_MONOTONIC, &after);
	e2e_note("%zu VMAs drawn in %ld ms", areas.nr, (after.tv_sec - before.tv_sec) * 1000 +
		 (after.tv_nsec - before.tv_nsec) / 1000000);
	e2e_true(after.tv_sec - before.tv_sec < 30, "it is soon done");
	e2e_true(areas.nr > MANY_VMAS, "%zu VMAs", areas.nr);
	e2e_same("VMAs", drawing.more + drawing.nr, "maps", areas.nr);
	at = strstr(drawing.text, "\n   ... and ");
	e2e_true(at && sscanf(at, "\n ... and %llu", &more) == 1, "descriptors are left out");
	e2e_true(more > MANY_FDS - 20 && more < MANY_FDS + 20, "%llu of them", more);
	proc_areas_free(&areas);
	free(drawing.text);
	target_kill(pid);
}

static void wrong_use(void)
{
	int status;

	free(client_run(&status, "end-to-end %d -o fd 2>/dev/null", model));
	e2e_same("-o without -s", (uint64_t)(status >> 8), "usage", 2);
	free(client_run(&status, "end-to-end 2>/dev/null"));
	e2e_same("without a process", (uint64_t)(status >> 8), "usage", 2);
	free(client_run(&status, "end-to-end 4194303 2>/dev/null"));
	e2e_same("a process that is not", (uint64_t)(status >> 8), "no answer", 1);
}

static const struct e2e_case endtoend_cases[] = {
	{ "VMAs of maps, the rest counted", vmas_maps, 30 },
	{ "frames of pagemap, as often mapped as kpagecount says", frames_pagemap, 12 },
	{ "a file that is mapped and open: page cache, inode, block of FIBMAP", meeting_fibmap, 9 },
	{ "descriptors: one struct file under two", descriptors_fdinfo, 9 },
	{ "tables say what is drawn", tables_agree, 20 },
	{ "each process of the factories is one page", factories, 4 * MKPROC_NR },
	{ "a process with every kind of page is one page", memory_factory, 4 },
	{ "kernel thread and zombie", without_memory, 14 },
	{ "without rights: what is hidden is said", unprivileged, 14 },
	{ "20000 VMAs and 5000 descriptors", many, 9 },
	{ "wrong use", wrong_use, 3 },
};
E2E_SUITE(endtoend, model_open, model_close);
