// SPDX-License-Identifier: GPL-2.0
/* addresses.c - the addresses a command is asked about, on its command line */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "addresses.h"
#include "client.h"

void addresses_take(struct addresses *addresses, const char *text, struct argp_state *state)
{
	size_t room = (addresses->nr + 1) * sizeof(*addresses->ranges);
	struct address_range *ranges;
	int err;

	if (strcmp(text, "-") == 0) {
		addresses->dash = true;
		return;
	}
	ranges = realloc(addresses->ranges, room);
	if (!ranges)
		argp_failure(state, STATUS_FAILED, ENOMEM, "addresses");
	addresses->ranges = ranges;
	err = address_parse(text, &ranges[addresses->nr]);
	if (err)
		argp_error(state, "'%s' %s", text, address_explain(err));
	addresses->nr++;
}

void addresses_check(const struct addresses *addresses, struct argp_state *state)
{
	if (addresses->dash && addresses->nr)
		argp_error(state, "either addresses or -");
}

void addresses_feed(const struct addresses *addresses, struct feed *feed, __u64 page)
{
	if (addresses->nr)
		feed_open_ranges(feed, addresses->ranges, addresses->nr, page);
	else
		feed_open_fd(feed, STDIN_FILENO, page);
}

void addresses_free(struct addresses *addresses)
{
	free(addresses->ranges);
}
