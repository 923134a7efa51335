/* SPDX-License-Identifier: GPL-2.0 */
/*
 * everyquery.h - all queries of the vocabulary alike, so that a new one is not forgotten
 */
#ifndef E2E_EVERYQUERY_H
#define E2E_EVERYQUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "uapi/vmwalk.h"

/**
 * struct every_query - a row of VMWALK_QUERIES
 * @name: as there
 * @ioc: its number
 * @takes: VMWALK_TAKES_*
 * @record: enum vmwalk_record_id, or of those below
 * @size: of a record, bytes
 */
struct every_query {
	const char *name;
	unsigned int ioc;
	uint64_t takes;
	unsigned int record;
	uint32_t size;
};

/* Ends with a name of NULL. */
extern const struct every_query every_query[];

/**
 * every_ask() - one answer to a query about everything it can be asked about
 * @fd: an entry of vmwalk
 * @query: which
 * @pid: whose entry it is; its maps say which addresses to ask for
 * @of: descriptor to ask about, for queries of one
 * @records: room for EVERY_ROOM records
 * @done: out: records there
 *
 * Return: 0 or -errno.
 */
int every_ask(int fd, const struct every_query *query, pid_t pid, uint32_t of, void *records,
	      uint32_t *done);

#define EVERY_ROOM	200

/**
 * every_privileged() - what of a record is for the privileged only
 * @query: which
 * @record: the record
 * @may: may it have them? Else what is there is a difference
 *
 * Return: the groups for the privileged, VMWALK_HAS(), that are there and not all zero.
 */
uint64_t every_privileged(const struct every_query *query, const void *record, bool may);

/* The groups for the privileged that a record of this query could have. */
uint64_t every_groups(const struct every_query *query);

#endif /* E2E_EVERYQUERY_H */
