/* SPDX-License-Identifier: GPL-2.0 */
/* system.h - how the kernel's settings are written, for the files of libvmwalk and tests */
#ifndef VMWALK_SYSTEM_H
#define VMWALK_SYSTEM_H

#include "fault.h"

/* transparent_hugepage/enabled: the chosen word is in brackets. */
enum vmwalk_thp vmwalk_system_thp(const char *text);

/* "6.1.0-56-cloud-amd64" -> 0x601; 0 if it does not begin like that */
__u32 vmwalk_system_release(const char *text);

/* The kernel's command line -> what is kept free below a stack, bytes. */
__u64 vmwalk_system_gap(const char *text, __u64 page);

/* The line of [vsyscall] in a maps file. */
enum vmwalk_vsyscall vmwalk_system_vsyscall(const char *line);

#endif /* VMWALK_SYSTEM_H */
