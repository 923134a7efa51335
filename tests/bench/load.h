/* SPDX-License-Identifier: GPL-2.0 */
/* load.h - processes whose memory is worth reading */
#ifndef BENCH_LOAD_H
#define BENCH_LOAD_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define PAGE		4096ULL
#define MIB		(1ULL << 20)
#define GIB		(1ULL << 30)
#define TIB		(1ULL << 40)

/**
 * struct load - a process at rest
 * @pid: it
 * @start: where its memory begins
 * @bytes: how much it is
 * @units: what costs are divided by: pages of the range, addresses, or VMAs
 */
struct load {
	pid_t pid;
	uint64_t start;
	uint64_t bytes;
	uint64_t units;
};

/**
 * struct load_type - a kind of process
 * @name: as on the command line
 * @help: what it is, in words
 * @unit: what its units are called
 * @make: makes its memory in the process that calls it; fills all but the pid
 * @readers: names of the readers that make sense for it, with blanks
 */
struct load_type {
	const char *name;
	const char *help;
	const char *unit;
	void (*make)(struct load *load);
	const char *readers;
};

extern const struct load_type load_types[];
extern const unsigned int load_types_nr;

/* A child that has made the memory and sleeps; dies where it cannot. */
struct load load_start(const struct load_type *type);
void load_stop(const struct load *load);

/* Say what went wrong and leave. */
void die(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));

/* The same numbers every time. */
uint64_t load_random(uint64_t *state);

#endif /* BENCH_LOAD_H */
