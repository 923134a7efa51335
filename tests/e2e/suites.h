/* SPDX-License-Identifier: GPL-2.0 */
/* suites.h - all suites, in the order they run; lockdown, which only a reboot lifts, last */
#ifndef E2E_SUITES_H
#define E2E_SUITES_H

#include "tap.h"

#define E2E_SUITES(X) \
	X(pages) \
	X(frames) \
	X(report) \
	X(files) \
	X(tasks) \
	X(family) \
	X(scale) \
	X(names) \
	X(timers) \
	X(auxv) \
	X(fds) \
	X(sockets) \
	X(inodes) \
	X(coverage) \
	X(tables) \
	X(client) \
	X(endtoend) \
	X(phys) \
	X(look) \
	X(queries) \
	X(dossier) \
	X(faults) \
	X(poison) \
	X(kernel) \
	X(stream) \
	X(rights) \
	X(secrets) \
	X(execs) \
	X(hard) \
	X(load) \
	X(kinds) \
	X(layouts) \
	X(lockdown)

#define E2E_SUITE_DECLARE(name)	extern const struct e2e_suite name##_suite;
E2E_SUITES(E2E_SUITE_DECLARE)
#undef E2E_SUITE_DECLARE

#endif /* E2E_SUITES_H */
