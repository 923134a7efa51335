/* SPDX-License-Identifier: GPL-2.0 */
/*
 * tap.h - cases, what they compared, and their verdicts
 *
 * A case runs in a process of its own. It says what it compared; a case that
 * compared less than planned has failed, however silent it was.
 */
#ifndef E2E_TAP_H
#define E2E_TAP_H

#include <stdbool.h>
#include <stdint.h>

/**
 * struct e2e_case - one line of the TAP stream
 * @name: what is promised
 * @run: returns when done, or ends in e2e_skip() or e2e_die()
 * @min: comparisons planned at least
 */
struct e2e_case {
	const char *name;
	void (*run)(void);
	unsigned long min;
};

/**
 * struct e2e_suite - cases around one set of processes to look at
 * @name: as given on the command line
 * @open: prepares what all cases look at; NULL if nothing
 * @close: gives it back; NULL if nothing
 * @cases: the cases
 * @nr: number of @cases
 * @named_only: runs when named only: it needs a machine made for it, or long
 */
struct e2e_suite {
	const char *name;
	void (*open)(void);
	void (*close)(void);
	const struct e2e_case *cases;
	unsigned int nr;
	bool named_only;
};

#define E2E_NR(a)	(sizeof(a) / sizeof((a)[0]))
#define E2E_SUITE(suite, opener, closer) \
	const struct e2e_suite suite##_suite = { \
		.name = #suite, .open = opener, .close = closer, \
		.cases = suite##_cases, .nr = E2E_NR(suite##_cases) }
#define E2E_SUITE_NAMED_ONLY(suite, opener, closer) \
	const struct e2e_suite suite##_suite = { \
		.name = #suite, .open = opener, .close = closer, .named_only = true, \
		.cases = suite##_cases, .nr = E2E_NR(suite##_cases) }

/**
 * e2e_main() - print the TAP stream of the suites named in argv, or of all that
 *	need not be named
 * @suites: NULL-terminated
 *
 * Return: exit status, 1 when a case failed.
 */
int e2e_main(int argc, char **argv, const struct e2e_suite *const *suites);

/* Count @n comparisons; may be called from children of the case too. */
void e2e_compared(unsigned long n);

/* Count a difference; the first ten of a case are printed. */
void e2e_differ(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* A diagnostic line. */
void e2e_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* End the case as skipped, for a reason that stands in the TAP stream. */
void e2e_skip(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));

/* End the case as failed because the test itself could not go on. */
void e2e_die(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));

/* Compare two numbers, what vmwalk says and what the oracle says. */
bool e2e_same(const char *what, uint64_t vmwalk, const char *oracle, uint64_t expected);

/* The same for texts. */
bool e2e_same_text(const char *what, const char *vmwalk, const char *oracle,
		   const char *expected);

/* A comparison that is not one of values. */
bool e2e_true(bool holds, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Differences of this case so far. */
unsigned long e2e_differences(void);

#endif /* E2E_TAP_H */
