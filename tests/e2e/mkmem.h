/* SPDX-License-Identifier: GPL-2.0 */
/*
 * mkmem.h - what the factory and those who look at its process agree on
 *
 * mkmem [DIRECTORY [GIB [kinds]]] and mkmem DIRECTORY layout SEED print, a line each
 * and "ready" at the end:
 *	pid N
 *	seed N
 *	child N				the other half of the fork pair
 *	brk 0xADDR			the break
 *	frame 0xADDR 0xPFN		of a page before it became PROT_NONE
 *	map NAME 0xSTART 0xEND
 *	none NAME REASON		a mapping that cannot be made here
 * (without a directory for its files only plain memory; with "kinds" also what needs a
 * machine made for it; a layout is made by a seed, the same one each time)
 * and then waits for commands: "read 0xADDR" and "write 0xADDR", each answered
 * by "done"; the end of its standard input ends it.
 */
#ifndef E2E_MKMEM_H
#define E2E_MKMEM_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The first word of every page that mkmem wrote, unlike any other page's. */
static inline uint64_t mkmem_word(uint64_t seed, uint64_t va)
{
	uint64_t x = (va & ~4095ULL) ^ seed;

	x = (x ^ (x >> 31)) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ (x >> 29)) * 0x94d049bb133111ebULL;
	return x ^ (x >> 32);
}

/**
 * struct maker - one kind of mapping
 * @name: as printed
 * @make: makes it and fills start and end; 0 or -errno
 */
struct maker {
	const char *name;
	int (*make)(uint64_t *start, uint64_t *end);
};

extern const struct maker plain_makers[], file_makers[], huge_makers[], odd_makers[];
extern const struct maker kind_makers[];

extern uint64_t mkmem_seed;
extern const char *mkmem_dir;	/* for files, on a real file system */
extern size_t mkmem_sparse_gib;	/* size of the mapping with a page every 64 MiB */

/* mmap() private anonymous memory of @pages pages without THP; NULL on failure. */
char *mkmem_anon(size_t pages, int prot);
/* Write the page's word. */
void mkmem_write(void *page);
/* Every @step-th page of @pages from @at on. */
void mkmem_write_each(char *at, size_t pages, size_t step);
void mkmem_read_each(const char *at, size_t pages, size_t step);
/* The pagemap entry of a page of this process. */
uint64_t mkmem_pagemap(const void *at);
/* A new file of @bytes under mkmem_dir, filled with words: a descriptor or -1. */
int mkmem_file(const char *name, size_t bytes, int flags);
/* Let ksmd work until the @pages from @at on are merged or @tries waits are over. */
int mkmem_ksm(const char *at, size_t pages, int tries);
/* Shared hugetlb memory whose tables a child shares after touching it; or NULL. */
extern char *mkmem_shared_tables;
/* Make the layout of mkmem_seed; prints the lines of its mappings and its child. */
void mkmem_layout(void);
/* Say where a mapping is and return 0. */
int mkmem_made(const void *at, size_t bytes, uint64_t *start, uint64_t *end);

#endif /* E2E_MKMEM_H */
