// SPDX-License-Identifier: GPL-2.0
/*
 * suite_faults.c - what an access would do, asked first and then tried
 *
 * A process sets up one page (mkfault.h). `vmwalk fault` says what an access to it
 * would do; then the process does that very access, and what came of it is the judge:
 * the signal, the faults the kernel counted, the entry afterwards.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"
#include "mkfault.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"

#define CLIENT		"/usr/bin/vmwalk"
#define FIELDS		"outcome,reason,signal,si_code,minor,major,bytes,origin,effects"
#define PATIENCE	120	/* seconds for one situation */

/* The columns of FIELDS, as the client prints them. */
enum { OUTCOME, REASON, SIGNAL, SI_CODE, MINOR, MAJOR, BYTES, ORIGIN, EFFECTS, NR_FIELDS };

/**
 * struct prediction - one row of `vmwalk fault`
 * @text: the cells
 * @outcome: number of the outcome
 */
struct prediction {
	char text[NR_FIELDS][128];
	unsigned int outcome;
};

/**
 * struct page - one page before or after the access
 * @walk: its entries
 * @pagemap: what pagemap says
 * @area: start of the VMA around it or next above it, 0 if none
 */
struct page {
	struct vmwalk_walk walk;
	uint64_t pagemap;
	uint64_t area;
};

/**
 * struct attempt - a process with its page, and what came of the access
 * @child: our child; @pid is it or a child of it
 * @in: its commands
 * @out: its answers
 * @pid: the process to watch
 * @at: the address
 * @signal: that came, 0 if none
 * @code: its si_code
 * @address: its si_addr
 * @minor: faults that were counted
 * @major: faults that were counted
 * @events: that a userfaultfd saw
 */
struct attempt {
	pid_t child;
	FILE *in, *out;
	pid_t pid;
	uint64_t at;
	int signal, code;
	uint64_t address;
	long minor, major, events;
};

/* What the cases of a run have seen; shared by them. */
static struct seen {
	bool outcome[VMWALK_OUTCOME_NR];
} *seen;

static void faults_open(void)
{
	seen = mmap(NULL, sizeof(*seen), RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (seen == MAP_FAILED)
		e2e_die("mmap: %s", strerror(errno));
}

static const char *const outcomes[VMWALK_OUTCOME_NR] = {
#define NAME(NAME, nr, text, help)	[nr] = text,
	VMWALK_OUTCOMES(NAME)
#undef NAME
};

static const char *access_name(char access)
{
	return access == 'r' ? "read" : access == 'w' ? "write" : "exec";
}

/* A program with its standard input and output at our ends. */
static pid_t spawn(char *const argv[], FILE **in, FILE **out)
{
	int to[2], from[2];
	pid_t pid;

	if (pipe2(to, O_CLOEXEC) || pipe2(from, O_CLOEXEC))
		e2e_die("pipe: %s", strerror(errno));
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(to[0], 0);
		dup2(from[1], 1);
		execv(argv[0], argv);
		_exit(127);
	}
	close(to[0]);
	close(from[1]);
	*in = fdopen(to[1], "w");
	*out = fdopen(from[0], "r");
	if (pid < 0 || !*in || !*out)
		e2e_die("%s: %s", argv[0], strerror(errno));
	return pid;
}

static int reap(pid_t pid)
{
	int status = -1;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static void attempt_end(struct attempt *attempt)
{
	fclose(attempt->in);
	fclose(attempt->out);
	reap(attempt->child);
}

/* Have the page set up; a case that cannot have it is skipped, with the reason. */
static void attempt_begin(const char *situation, char access, struct attempt *attempt)
{
	char how[2] = { access, '\0' };
	char *argv[] = { (char *)target_program("mkfault"), (char *)situation, how, NULL };
	char line[256];
	int pid;

	memset(attempt, 0, sizeof(*attempt));
	attempt->child = spawn(argv, &attempt->in, &attempt->out);
	if (!fgets(line, sizeof(line), attempt->out))
		e2e_die("mkfault %s %c says nothing", situation, access);
	if (!strncmp(line, "none ", 5)) {
		line[strcspn(line, "\n")] = '\0';
		attempt_end(attempt);
		e2e_skip("cannot be made here: %s", line + 5);
	}
	if (sscanf(line, "at %d %lx", &pid, &attempt->at) != 2)
		e2e_die("mkfault %s %c says \"%s\"", situation, access, line);
	attempt->pid = pid;
	target_settle(attempt->pid);
}

/* Let the process do the access, and hear what came of it. */
static void attempt_do(struct attempt *attempt)
{
	char line[256];

	fputs("go\n", attempt->in);
	fflush(attempt->in);
	if (!fgets(line, sizeof(line), attempt->out))
		e2e_die("the process died with the access");
	if (sscanf(line, "did %d %d %lx %ld %ld %ld", &attempt->signal, &attempt->code,
		   &attempt->address, &attempt->minor, &attempt->major,
		   &attempt->events) != 6)
		e2e_die("after the access: \"%s\"", line);
	target_settle(attempt->pid);
}

static unsigned int outcome_number(const char *name)
{
	unsigned int i;

	for (i = 0; i < VMWALK_OUTCOME_NR; i++)
		if (!strcmp(outcomes[i], name))
			return i;
	e2e_die("the client knows an outcome \"%s\"", name);
}

/* Ask the client, as its user would. */
static struct prediction predict(const struct attempt *attempt, char access)
{
	struct prediction prediction;
	char pid[16], at[32], how[16], line[1024], *cell, *rest = line;
	char *argv[] = { CLIENT, "fault", pid, at, how, "--raw", "--noheadings",
			 "-o", FIELDS, NULL };
	FILE *in, *out;
	pid_t client;
	int i, status;

	snprintf(pid, sizeof(pid), "%d", attempt->pid);
	snprintf(at, sizeof(at), "0x%lx", attempt->at);
	snprintf(how, sizeof(how), "--%s", access_name(access));
	client = spawn(argv, &in, &out);
	if (!fgets(line, sizeof(line), out))
		line[0] = '\0';
	fclose(in);
	fclose(out);
	status = reap(client);
	if (status)
		e2e_die("%s fault %s %s %s leaves with status 0x%x", CLIENT, pid, at, how, status);
	for (i = 0; i < NR_FIELDS; i++) {
		cell = strtok_r(i ? NULL : line, " \t\n", &rest);
		if (!cell)
			e2e_die("%s fault: %d cells of %d", CLIENT, i, NR_FIELDS);
		snprintf(prediction.text[i], sizeof(prediction.text[i]), "%s", cell);
	}
	prediction.outcome = outcome_number(prediction.text[OUTCOME]);
	return prediction;
}

static bool predicts(const struct prediction *prediction, const char *effect)
{
	const char *at = prediction->text[EFFECTS];
	size_t len = strlen(effect);

	for (; *at; at += strcspn(at, ","), at += *at == ',')
		if (strcspn(at, ",") == len && !strncmp(at, effect, len))
			return true;
	return false;
}

/* A cell's number; @unknown where the client says it cannot know. */
static long number(const struct prediction *prediction, unsigned int field, long unknown)
{
	const char *text = prediction->text[field];

	return strcmp(text, "-") ? strtol(text, NULL, 0) : unknown;
}

static uint64_t area_above(pid_t pid, uint64_t at)
{
	struct areas areas = proc_areas(pid, "maps");
	uint64_t start = 0;
	size_t i;

	for (i = 0; i < areas.nr && !start; i++)
		if (areas.area[i].end > at)
			start = areas.area[i].start;
	proc_areas_free(&areas);
	return start;
}

static struct page look_at(const struct attempt *attempt)
{
	struct page page = { .area = area_above(attempt->pid, attempt->at) };
	int fd = ask_open(attempt->pid);

	page.walk = ask_translate_one(fd, attempt->at);
	close(fd);
	if (page.area && page.area <= attempt->at)
		proc_pagemap(attempt->pid, attempt->at & ~(PAGE_SIZE - 1), &page.pagemap, 1);
	return page;
}

static const struct vmwalk_entry *leaf(const struct page *page)
{
	static const struct vmwalk_entry none;
	const struct vmwalk_entry *last = ask_leaf(&page->walk);

	return last ? last : &none;
}

static uint64_t frame(const struct page *page)
{
	return page->pagemap & PM_PRESENT ? PM_FRAME(page->pagemap) : 0;
}

/* Is there a page, not the one of zeros? */
static bool has_data(const struct page *page)
{
	return frame(page) && !(leaf(page)->flags & VMWALK_FLAG(ZERO));
}

/* Does the page behind the byte that was written hold the factory's data, or zeros? */
static bool holds_data(const struct attempt *attempt)
{
	unsigned char byte = 0;
	char path[32];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/mem", attempt->pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || pread(fd, &byte, 1, attempt->at + 1) != 1)
		e2e_die("%s: %s", path, strerror(errno));
	close(fd);
	return byte;
}

/*
 * A private mapping of a file got a page of its own where there was none. With reserved
 * huge pages it may as well be a fresh one, and /dev/zero is a file in name only.
 */
static bool taken_from_cache(const struct attempt *attempt, const struct page *before,
			     const struct page *after)
{
	struct areas areas = proc_areas(attempt->pid, "smaps");
	const struct area *area = proc_area_at(&areas, attempt->at);
	bool private_file = area && area->inode && area->perms[3] == 'p' &&
			    strcmp(area->name, "/dev/zero");

	if (private_file && proc_area_flag(area, "ht"))
		private_file = holds_data(attempt);
	proc_areas_free(&areas);
	return private_file && !frame(before) && !(before->pagemap & PM_SWAP) &&
	       !(after->pagemap & PM_FILE);
}

/*
 * Does the process have a page of its own now, where there was another's? Balancing may
 * move a page that it had marked, and a userfaultfd may put there what it likes.
 */
static bool replaced(const struct attempt *attempt, char access, const struct page *before,
		     const struct page *after)
{
	if (access != 'w' || attempt->signal || attempt->events || !has_data(after) ||
	    before->walk.kind == VMWALK_KIND_PROTNONE)
		return false;
	return frame(before) ? frame(before) != frame(after) :
			       taken_from_cache(attempt, before, after);
}

static bool copied(const struct attempt *attempt, char access, const struct page *before,
		   const struct page *after)
{
	return replaced(attempt, access, before, after) &&
	       (has_data(before) || !frame(before));
}

/*
 * What the access turned out to be. The signals have a row each, the rest an order.
 * Without @input major faults are taken for minor ones.
 */
static unsigned int outcome_seen(const struct attempt *attempt, char access, bool input,
				 const struct page *before, const struct page *after)
{
	static const struct {
		int signal, code;
		unsigned int outcome;
	} signals[] = {
		{ SIGSEGV, SEGV_MAPERR, VMWALK_OUTCOME_SIGSEGV_MAPERR },
		{ SIGSEGV, SEGV_ACCERR, VMWALK_OUTCOME_SIGSEGV_ACCERR },
		{ SIGSEGV, SEGV_PKUERR, VMWALK_OUTCOME_SIGSEGV_PKUERR },
		{ SIGSEGV, SI_KERNEL, VMWALK_OUTCOME_SIGSEGV },
		{ SIGBUS, BUS_ADRERR, VMWALK_OUTCOME_SIGBUS_ADRERR },
		{ SIGBUS, BUS_MCEERR_AR, VMWALK_OUTCOME_SIGBUS_POISON },
	};
	unsigned int i;

	for (i = 0; i < E2E_NR(signals); i++)
		if (attempt->signal == signals[i].signal && attempt->code == signals[i].code)
			return signals[i].outcome;
	if (attempt->signal)
		e2e_die("signal %d with code %d", attempt->signal, attempt->code);
	if (attempt->events)
		return VMWALK_OUTCOME_USERFAULT;
	if (after->area < before->area && before->area > attempt->at)
		return VMWALK_OUTCOME_STACK_GROWTH;
	if (attempt->major && input)
		return VMWALK_OUTCOME_MAJOR;
	if (before->walk.kind == VMWALK_KIND_PROTNONE)
		return VMWALK_OUTCOME_HINT;
	if (replaced(attempt, access, before, after))
		return VMWALK_OUTCOME_COW;
	if (!attempt->minor && !attempt->major)
		return VMWALK_OUTCOME_NONE;
	return VMWALK_OUTCOME_MINOR;
}

/*
 * Is it what was predicted? Where the client says that it cannot tell minor from major,
 * or that waiting makes a fault a major one, both are.
 */
static bool as_predicted(const struct prediction *prediction, const struct attempt *attempt,
			 char access, const struct page *before, const struct page *after)
{
	unsigned int seen = outcome_seen(attempt, access, true, before, after);
	bool unsure = !strcmp(prediction->text[MAJOR], "-");

	if (prediction->outcome == seen)
		return true;
	if (unsure && prediction->outcome == VMWALK_OUTCOME_MAJOR)
		return seen == VMWALK_OUTCOME_MINOR || seen == VMWALK_OUTCOME_COW;
	return (unsure || predicts(prediction, "retry")) &&
	       prediction->outcome == outcome_seen(attempt, access, false, before, after);
}

/* A fault that had to wait and to begin again counts as major (mm_account_fault()). */
static void check_counts(const char *what, const struct attempt *attempt,
			 const struct prediction *prediction)
{
	long minor = number(prediction, MINOR, -1), major = number(prediction, MAJOR, -1);
	bool same = attempt->minor == minor && attempt->major == major;
	long sum = attempt->minor + attempt->major;

	if (minor < 0 || major < 0)
		same = sum >= 1;
	else if (predicts(prediction, "repeat"))
		same = same || sum > minor + major;
	if (!same && predicts(prediction, "retry"))
		same = sum == minor + major && attempt->major >= major;
	e2e_true(same, "%s: %s minor and %s major faults predicted (%s, effects %s), %ld and %ld "
		 "counted", what, prediction->text[MINOR], prediction->text[MAJOR],
		 prediction->text[REASON], prediction->text[EFFECTS], attempt->minor,
		 attempt->major);
}

/* What the entry maps afterwards; without a change it is what it was. */
static void check_entry(const char *what, const struct prediction *prediction,
			const struct page *before, const struct page *after)
{
	uint64_t bytes = number(prediction, BYTES, 0);
	uint64_t mapped = leaf(after)->kind == VMWALK_KIND_PAGE ? 1ULL << leaf(after)->shift : 0;
	bool small = predicts(prediction, "if-free") && mapped == PAGE_SIZE;
	bool unsure = !strcmp(prediction->text[BYTES], "-");	/* a small or a huge page */

	if (unsure)
		e2e_true(mapped >= PAGE_SIZE || !strcmp(prediction->text[OUTCOME], "unknown"),
			 "%s: some page predicted (%s), nothing is mapped", what,
			 prediction->text[REASON]);
	else if (bytes)
		e2e_true(mapped == bytes || small, "%s: %lu bytes predicted (%s), %lu are mapped",
			 what, bytes, prediction->text[REASON], mapped);
	else
		e2e_true(frame(before) == frame(after) && leaf(before)->kind == leaf(after)->kind &&
			 leaf(before)->level == leaf(after)->level,
			 "%s: no change predicted (%s); it was frame 0x%lx at level %u, and is "
			 "0x%lx at level %u", what, prediction->text[REASON], frame(before),
			 leaf(before)->level, frame(after), leaf(after)->level);
}

/* The CPU's own marks, where it gets through by itself. */
static void check_marks(const char *what, const struct prediction *prediction,
			const struct page *before, const struct page *after)
{
	uint64_t set = leaf(after)->flags & ~leaf(before)->flags;

	if (prediction->outcome != VMWALK_OUTCOME_NONE)
		return;
	e2e_true(predicts(prediction, "accessed") == !!(set & VMWALK_FLAG(ACCESSED)),
		 "%s: effects %s predicted, flags set are 0x%llx", what,
		 prediction->text[EFFECTS], (unsigned long long)set);
	e2e_true(predicts(prediction, "dirty") == !!(set & VMWALK_FLAG(DIRTY)),
		 "%s: effects %s predicted, flags set are 0x%llx", what,
		 prediction->text[EFFECTS], (unsigned long long)set);
}

/* The address that came with a signal is the one that was touched. */
static void check_address(const char *what, const struct attempt *attempt)
{
	bool none = attempt->code == SI_KERNEL;

	e2e_true(attempt->address == (none ? 0 : attempt->at), "%s: the signal is about 0x%lx",
		 what, attempt->address);
}

/* What only a driver knows: the client has to say so, and nothing else. */
static bool untold(const char *situation)
{
	static const char *const situations[] = { "secret" };
	unsigned int i;

	for (i = 0; i < E2E_NR(situations); i++)
		if (!strcmp(situations[i], situation))
			return true;
	return false;
}

static void check_untold(const char *what, const struct prediction *prediction)
{
	e2e_same_text(what, prediction->text[OUTCOME], "nobody but the driver", "unknown");
	e2e_same_text(what, prediction->text[REASON], "nobody but the driver", "driver");
	e2e_same_text(what, prediction->text[SIGNAL], "nobody", "0");
	e2e_same_text(what, prediction->text[MINOR], "nobody", "-");
	e2e_same_text(what, prediction->text[MAJOR], "nobody", "-");
}

static void check_access(const char *situation, char access)
{
	struct attempt attempt;
	struct prediction prediction;
	struct page before, after;
	unsigned int outcome;
	char what[64];

	snprintf(what, sizeof(what), "%s, %s", situation, access_name(access));
	attempt_begin(situation, access, &attempt);
	before = look_at(&attempt);
	prediction = predict(&attempt, access);
	if (untold(situation)) {
		check_untold(what, &prediction);
		attempt_end(&attempt);
		return;
	}
	attempt_do(&attempt);
	after = look_at(&attempt);
	outcome = outcome_seen(&attempt, access, true, &before, &after);
	seen->outcome[outcome] = true;

	e2e_true(as_predicted(&prediction, &attempt, access, &before, &after),
		 "%s: %s predicted (%s), it was %s: signal %d code %d, faults %ld minor %ld "
		 "major, %ld events", what, outcomes[prediction.outcome],
		 prediction.text[REASON], outcomes[outcome], attempt.signal, attempt.code,
		 attempt.minor, attempt.major, attempt.events);
	e2e_true(number(&prediction, SIGNAL, -1) == attempt.signal &&
		 number(&prediction, SI_CODE, -1) == attempt.code,
		 "%s: signal %s code %s predicted, it was %d code %d", what,
		 prediction.text[SIGNAL], prediction.text[SI_CODE], attempt.signal,
		 attempt.code);
	check_counts(what, &attempt, &prediction);
	e2e_true(!strcmp(prediction.text[ORIGIN], "none") !=
		 copied(&attempt, access, &before, &after),
		 "%s: a copy of %s predicted (%s), frame 0x%lx became 0x%lx", what,
		 prediction.text[ORIGIN], prediction.text[REASON], frame(&before),
		 frame(&after));
	if (attempt.signal)
		check_address(what, &attempt);
	else
		check_entry(what, &prediction, &before, &after);
	check_marks(what, &prediction, &before, &after);
	attempt_end(&attempt);
}

static void check_situation(const char *situation, const char *accesses)
{
	alarm(PATIENCE);
	for (; *accesses; accesses++)
		check_access(situation, *accesses);
}

/* A case a situation. */
#define CASE_BODY(name, accesses, text) \
	static void fault_##name(void) { check_situation(#name, accesses); }
FAULT_SITUATIONS(CASE_BODY)
FAULT_POISON_SITUATIONS(CASE_BODY)
#undef CASE_BODY

/*
 * The table would be of little use if it gave one outcome all the time. What needs
 * more than every machine has is asked for only where its situation can be made. Memory
 * errors have a suite of their own.
 */
static void outcomes_seen(void)
{
	static const struct {
		unsigned int outcome;
		const char *situation;
		char access;
	} rare[] = {
		{ VMWALK_OUTCOME_HINT, "numa_hint", 'r' },
		{ VMWALK_OUTCOME_SIGSEGV_PKUERR, "pkey_access", 'r' },
	};
	struct attempt attempt;
	unsigned int i, k;

	for (i = 0; i < VMWALK_OUTCOME_NR; i++) {
		bool needed = i != VMWALK_OUTCOME_UNKNOWN &&
			      i != VMWALK_OUTCOME_SIGBUS_POISON;

		for (k = 0; k < E2E_NR(rare); k++) {
			char how[2] = { rare[k].access, '\0' };
			char *argv[] = { (char *)target_program("mkfault"),
					 (char *)rare[k].situation, how, NULL };
			char line[256] = "none ";

			if (rare[k].outcome != i)
				continue;
			attempt.child = spawn(argv, &attempt.in, &attempt.out);
			if (!fgets(line, sizeof(line), attempt.out))
				e2e_die("mkfault says nothing");
			attempt_end(&attempt);
			needed = strncmp(line, "none ", 5);
			if (!needed)
				e2e_note("no %s here: %.*s", outcomes[i],
					 (int)strcspn(line + 5, "\n"), line + 5);
		}
		if (needed)
			e2e_true(seen->outcome[i], "no access ended in %s", outcomes[i]);
	}
}

#define CASE(name, accesses, text)	{ text, fault_##name, 5 * (sizeof(accesses) - 1) },
static const struct e2e_case faults_cases[] = {
	FAULT_SITUATIONS(CASE)
	{ "every outcome came about", outcomes_seen, 10 },
};
E2E_SUITE(faults, faults_open, NULL);

static const struct e2e_case poison_cases[] = {
	FAULT_POISON_SITUATIONS(CASE)
};
E2E_SUITE(poison, faults_open, NULL);
#undef CASE
