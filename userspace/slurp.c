// SPDX-License-Identifier: GPL-2.0
/* slurp.c - a small file of the kernel as a text */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "slurp.h"

#define STEP	65536	/* bytes */

/* Reads to the end; short reads are none. Return: bytes or a negative errno. */
static long text_read(int fd, char **text)
{
	size_t used = 0, size = 0;

	for (;;) {
		ssize_t got;

		if (used + STEP > size) {
			char *more = realloc(*text, size + 2 * STEP);

			if (!more)
				return -ENOMEM;
			*text = more;
			size += 2 * STEP;
		}
		got = read(fd, *text + used, size - used - 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		(*text)[used += (size_t)got] = '\0';
		if (got == 0)
			return (long)used;
		if (used > SLURP_MAX)
			return -EFBIG;
	}
}

int vmwalk_slurp(const char *path, char **text)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *whole = NULL;
	long len;

	if (fd < 0)
		return -errno;
	len = text_read(fd, &whole);
	close(fd);
	if (len >= 0 && strlen(whole) != (size_t)len)
		len = -ENOMSG;
	if (len < 0) {
		free(whole);
		return (int)len;
	}
	*text = whole;
	return 0;
}
