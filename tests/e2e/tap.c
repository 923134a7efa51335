// SPDX-License-Identifier: GPL-2.0
/*
 * tap.c - runs cases and prints their verdicts
 */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tap.h"

#define DIAGNOSTICS	10	/* differences printed, a case */
#define CASE_SECONDS	900	/* a case that takes longer hangs */

/* Shared by the processes of one case and the one that waits for it. */
static struct verdict {
	unsigned long compared;
	unsigned long differences;
	int skipped;
	int died;
	char reason[256];
} *verdict;

/* Cases of the running suite that have their verdict; shared as well. */
static unsigned int *reached;

static void print_line(const char *fmt, va_list args)
{
	char text[1024];
	char *at;

	vsnprintf(text, sizeof(text), fmt, args);
	for (at = text; *at; at++)
		if (*at == '\n')
			*at = ' ';
	printf("# %s\n", text);
	fflush(stdout);
}

void e2e_compared(unsigned long n)
{
	__atomic_add_fetch(&verdict->compared, n, __ATOMIC_RELAXED);
}

unsigned long e2e_differences(void)
{
	return __atomic_load_n(&verdict->differences, __ATOMIC_RELAXED);
}

void e2e_differ(const char *fmt, ...)
{
	va_list args;

	if (__atomic_fetch_add(&verdict->differences, 1, __ATOMIC_RELAXED) >= DIAGNOSTICS)
		return;
	va_start(args, fmt);
	print_line(fmt, args);
	va_end(args);
}

void e2e_note(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	print_line(fmt, args);
	va_end(args);
}

void e2e_skip(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(verdict->reason, sizeof(verdict->reason), fmt, args);
	va_end(args);
	verdict->skipped = 1;
	fflush(stdout);
	_exit(0);
}

void e2e_die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(verdict->reason, sizeof(verdict->reason), fmt, args);
	va_end(args);
	verdict->died = 1;
	fflush(stdout);
	_exit(1);
}

bool e2e_same(const char *what, uint64_t vmwalk, const char *oracle, uint64_t expected)
{
	e2e_compared(1);
	if (vmwalk == expected)
		return true;
	e2e_differ("%s: vmwalk says %llu (0x%llx), %s says %llu (0x%llx)", what,
		   (unsigned long long)vmwalk, (unsigned long long)vmwalk, oracle,
		   (unsigned long long)expected, (unsigned long long)expected);
	return false;
}

bool e2e_same_text(const char *what, const char *vmwalk, const char *oracle,
		   const char *expected)
{
	e2e_compared(1);
	if (!strcmp(vmwalk, expected))
		return true;
	e2e_differ("%s: vmwalk says \"%s\", %s says \"%s\"", what, vmwalk, oracle, expected);
	return false;
}

bool e2e_true(bool holds, const char *fmt, ...)
{
	char text[512];
	va_list args;

	e2e_compared(1);
	if (holds)
		return true;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	e2e_differ("%s", text);
	return false;
}

static int case_run(const struct e2e_case *one)
{
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		alarm(CASE_SECONDS);
		one->run();
		fflush(stdout);
		_exit(0);
	}
	if (pid < 0)
		return -errno;
	while (waitpid(pid, &status, 0) < 0)
		;
	return status;
}

/* Print the verdict of case number @nr; returns whether it passed. */
static bool case_verdict(unsigned int nr, const char *suite, const struct e2e_case *one,
			 int status)
{
	if (verdict->skipped) {
		printf("ok %u - %s: %s # SKIP %s\n", nr, suite, one->name, verdict->reason);
		return true;
	}
	if (!status && !verdict->died && !verdict->differences &&
	    verdict->compared >= (one->min ? one->min : 1)) {
		printf("ok %u - %s: %s (%lu compared)\n", nr, suite, one->name,
		       verdict->compared);
		return true;
	}
	printf("not ok %u - %s: %s\n", nr, suite, one->name);
	printf("# %lu compared, planned at least %lu; %lu differences%s%s\n",
	       verdict->compared, one->min, verdict->differences,
	       verdict->died ? "; gave up: " : "", verdict->died ? verdict->reason : "");
	if (WIFSIGNALED(status))
		printf("# ended by signal %d (%s)\n", WTERMSIG(status),
		       strsignal(WTERMSIG(status)));
	return false;
}

static unsigned int cases_run(const struct e2e_suite *suite, unsigned int nr)
{
	unsigned int i, failed = 0;

	for (i = 0; i < suite->nr; i++) {
		struct timespec from, to;
		int status;

		clock_gettime(CLOCK_MONOTONIC, &from);
		memset(verdict, 0, sizeof(*verdict));
		status = case_run(&suite->cases[i]);
		failed += !case_verdict(nr + i, suite->name, &suite->cases[i], status);
		clock_gettime(CLOCK_MONOTONIC, &to);
		if (to.tv_sec - from.tv_sec >= 5)
			printf("# took %ld s\n", (long)(to.tv_sec - from.tv_sec));
		fflush(stdout);
		*reached = i + 1;
	}
	return failed;
}

/* In a process of its own, so that a suite that cannot open fails by name. */
static unsigned int suite_run(const struct e2e_suite *suite, unsigned int nr)
{
	unsigned int i;
	int status;
	pid_t pid;

	memset(verdict, 0, sizeof(*verdict));
	*reached = 0;
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		unsigned int failed;

		if (suite->open)
			suite->open();
		failed = cases_run(suite, nr);
		if (suite->close)
			suite->close();
		fflush(stdout);
		_exit(failed ? 1 : 0);
	}
	while (waitpid(pid, &status, 0) < 0)
		;
	for (i = *reached; i < suite->nr; i++) {
		printf("not ok %u - %s: %s\n", nr + i, suite->name, suite->cases[i].name);
		printf("# the suite ended before (status %d)%s%s\n", status,
		       verdict->died ? ": " : "", verdict->died ? verdict->reason : "");
	}
	return status || *reached < suite->nr;
}

static bool chosen(const struct e2e_suite *suite, int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		if (!strcmp(argv[i], suite->name))
			return true;
	return argc < 2 && !suite->named_only;
}

static bool known(const char *name, const struct e2e_suite *const *suites)
{
	for (; *suites; suites++)
		if (!strcmp((*suites)->name, name))
			return true;
	return false;
}

int e2e_main(int argc, char **argv, const struct e2e_suite *const *suites)
{
	unsigned int plan = 0, nr = 1, failed = 0;
	bool only_plan = argc > 1 && !strcmp(argv[1], "--plan");
	int i;

	if (only_plan) {
		argv++;
		argc--;
	}
	for (i = 1; i < argc; i++) {
		if (known(argv[i], suites))
			continue;
		fprintf(stderr, "%s: no such suite: %s\n", argv[0], argv[i]);
		return 2;
	}
	for (i = 0; suites[i]; i++)
		if (chosen(suites[i], argc, argv))
			plan += suites[i]->nr;
	printf("1..%u\n", plan);
	if (only_plan)
		return 0;

	verdict = mmap(NULL, sizeof(*verdict) + sizeof(*reached), PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (verdict == MAP_FAILED)
		return 1;
	reached = (unsigned int *)(verdict + 1);
	for (i = 0; suites[i]; i++) {
		if (!chosen(suites[i], argc, argv))
			continue;
		failed += suite_run(suites[i], nr);
		nr += suites[i]->nr;
	}
	return failed ? 1 : 0;
}
