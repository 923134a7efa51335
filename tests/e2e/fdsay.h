/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fdsay.h - what the kernel's own interfaces say about a descriptor of a process
 */
#ifndef E2E_FDSAY_H
#define E2E_FDSAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

/**
 * struct fdsay - all of it
 * @link: readlink(2) of /proc/PID/fd/N; of a path longer than a page only its length is known
 * @link_len: bytes, or -1 if it cannot be read
 * @info: the text of /proc/PID/fdinfo/N
 * @stat: stat(2) through the link
 * @statx: the same, with birth time and attributes
 */
struct fdsay {
	char link[4200];
	ssize_t link_len;
	char *info;
	struct stat stat;
	struct statx statx;
};

/* Numbers of the open descriptors of a process, ascending; free() the result. */
unsigned int *fdsay_list(pid_t pid, size_t *nr);

/* Dies when it cannot. */
void fdsay_read(pid_t pid, unsigned int fd, struct fdsay *say);
void fdsay_free(struct fdsay *say);

/* The same open file as a descriptor of this process, or -errno. */
int fdsay_take(pid_t pid, unsigned int fd);

/* Are two the same open file? By kcmp(2); dies where that is missing. */
bool fdsay_same(pid_t pid1, unsigned int fd1, pid_t pid2, unsigned int fd2);

/**
 * fdsay_blocks() - where the blocks of a file lie, by FIEMAP
 * @fd: of this process, open for reading
 * @size: of a block
 * @nr: blocks to tell, from the file's beginning
 *
 * Return: byte on the device, one a block; 0 for a hole and for blocks that were never
 * written; free() it. NULL where the file system does not answer.
 */
uint64_t *fdsay_blocks(int fd, unsigned int size, size_t nr);

/* Bytes of a file that have no block yet but will get one, by FIEMAP; fd as above. */
uint64_t fdsay_delayed(int fd);

/**
 * fdsay_cached() - what the page cache holds of a file, by mincore(2) and kpageflags
 * @fd: of this process, open for reading
 * @size: of the file
 * @dirty: out: of these pages, those that wait to be written
 * @writeback: out: of these pages, those that are being written
 *
 * Return: pages; -1 where the file cannot be mapped.
 */
long fdsay_cached(int fd, uint64_t size, long *dirty, long *writeback);

#endif /* E2E_FDSAY_H */
