/* SPDX-License-Identifier: GPL-2.0 */
/*
 * driver.h - the test driver asked: kernel memory and user mappings of every kind
 */
#ifndef E2E_DRIVER_H
#define E2E_DRIVER_H

#include <stddef.h>
#include <stdint.h>

#include "driver/vmwalk_driver.h"

/* Open the device, after inserting its module if it is not there. Dies when it cannot. */
int driver_open(void);

/* All places the driver knows; free() them. */
struct vmwalk_driver_place *driver_places(int fd, size_t *nr);

/* The kernel's own walk to one address; dies when it fails. */
struct vmwalk_driver_entry driver_lookup(int fd, uint64_t va);

/* The name of a place, e.g. "KMALLOC". */
const char *driver_place_name(uint32_t what);

#endif /* E2E_DRIVER_H */
