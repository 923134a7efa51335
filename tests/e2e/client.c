// SPDX-License-Identifier: GPL-2.0
/* client.c - the client, asked as its user would ask it */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "tap.h"

#define CLIENT	"LC_ALL=C /usr/bin/vmwalk "

static char *read_all(FILE *from)
{
	char *text = malloc(1);
	size_t used = 0, got;

	do {
		text = realloc(text, used + 65537);
		got = fread(text + used, 1, 65536, from);
		used += got;
	} while (got);
	text[used] = '\0';
	return text;
}

char *client_run(int *status, const char *fmt, ...)
{
	char command[512] = CLIENT, *text;
	int left;
	va_list args;
	FILE *out;

	va_start(args, fmt);
	vsnprintf(command + strlen(command), sizeof(command) - strlen(command), fmt, args);
	va_end(args);
	out = popen(command, "r");
	if (!out)
		e2e_die("'%s' cannot be run", command);
	text = read_all(out);
	left = pclose(out);
	if (status)
		*status = left;
	else if (left)
		e2e_die("'%s' has failed", command);
	return text;
}
