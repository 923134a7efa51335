/* SPDX-License-Identifier: GPL-2.0 */
/* addresses.h - the addresses a command is asked about, on its command line */
#ifndef VMWALK_ADDRESSES_H
#define VMWALK_ADDRESSES_H

#include <argp.h>

#include "address.h"
#include "feed.h"

/* What was given; all zero before the first. */
struct addresses {
	struct address_range *ranges;
	size_t nr;
	bool dash;	/* "-": standard input */
};

/* One more argument; complains through argp and exits if it is none. */
void addresses_take(struct addresses *addresses, const char *text, struct argp_state *state);

/* All were taken; complains if they exclude each other. */
void addresses_check(const struct addresses *addresses, struct argp_state *state);

/* Begins to give them out: those given, or those of standard input. */
void addresses_feed(const struct addresses *addresses, struct feed *feed, __u64 page);

void addresses_free(struct addresses *addresses);

#endif /* VMWALK_ADDRESSES_H */
