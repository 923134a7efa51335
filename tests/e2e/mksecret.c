// SPDX-License-Identifier: GPL-2.0
/*
 * mksecret.c - a program to be executed set-user-ID: as soon as it runs, everything one
 * could see of it differs from what its user is
 */
#include <fcntl.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <unistd.h>

#include "mksecret.h"

static void caught(int nr)
{
}

int main(void)
{
	struct rlimit core = { SECRET_CORE, SECRET_CORE };
	int fd = open(SECRET_FILE, O_RDONLY);

	signal(SECRET_SIGNAL, caught);
	if (fd < 0 || dup2(fd, SECRET_FD) < 0 || setrlimit(RLIMIT_CORE, &core))
		return 1;
	for (;;)
		pause();
}
