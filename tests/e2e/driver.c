// SPDX-License-Identifier: GPL-2.0
/* driver.c - the test driver asked */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "driver.h"
#include "tap.h"

#define DRIVER_MODULE	"/vmwalk/vmwalk_driver.ko"

static void driver_insert(void)
{
	int fd = open(DRIVER_MODULE, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		e2e_die(DRIVER_MODULE ": %s", strerror(errno));
	if (syscall(SYS_finit_module, fd, "", 0) && errno != EEXIST)
		e2e_die(DRIVER_MODULE " cannot be inserted: %s", strerror(errno));
	close(fd);
}

int driver_open(void)
{
	int fd = open(VMWALK_DRIVER_PATH, O_RDWR | O_CLOEXEC);

	if (fd < 0) {
		driver_insert();
		fd = open(VMWALK_DRIVER_PATH, O_RDWR | O_CLOEXEC);
	}
	if (fd < 0)
		e2e_die(VMWALK_DRIVER_PATH ": %s", strerror(errno));
	return fd;
}

struct vmwalk_driver_place *driver_places(int fd, size_t *nr)
{
	size_t room = 1 << 20, used = 0;
	char *bytes = malloc(room);
	ssize_t got;

	while ((got = pread(fd, bytes + used, room - used, used)) > 0)
		used += got;
	if (got < 0 || !used)
		e2e_die("the places of " VMWALK_DRIVER_PATH ": %s", strerror(errno));
	*nr = used / sizeof(struct vmwalk_driver_place);
	return (struct vmwalk_driver_place *)bytes;
}

struct vmwalk_driver_entry driver_lookup(int fd, uint64_t va)
{
	struct vmwalk_driver_entry entry = { .va = va };

	if (ioctl(fd, VMWALK_DRIVER_LOOKUP, &entry))
		e2e_die("VMWALK_DRIVER_LOOKUP: %s", strerror(errno));
	return entry;
}

const char *driver_place_name(uint32_t what)
{
	static const char *const names[] = {
#define NAME(NAME, ...)	#NAME,
		VMWALK_DRIVER_PLACES(NAME)
#undef NAME
	};

	return what < VMWALK_DRIVER_AT_NR ? names[what] : "?";
}
