// SPDX-License-Identifier: GPL-2.0
/* fake_root.c - a folder that stands in for /proc and /sys */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fake.h"
#include "fake_root.h"

static char root[32];

void fake_root_open(void)
{
	strcpy(root, "/tmp/vmwalk-test-XXXXXX");
	if (!mkdtemp(root))
		err(1, "%s", root);
	fake.root = root;
}

void fake_root_file(const char *path, const char *text)
{
	char name[512], *slash;
	FILE *out;

	snprintf(name, sizeof(name), "%s%s", root, path);
	for (slash = name + strlen(root) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(name, 0700);
		*slash = '/';
	}
	out = fopen(name, "we");
	if (!out || fputs(text, out) < 0 || fclose(out))
		err(1, "%s", name);
}

void fake_root_close(void)
{
	char command[64];

	fake.root = NULL;
	snprintf(command, sizeof(command), "rm -rf %s", root);
	if (system(command))
		errx(1, "%s", command);
}
