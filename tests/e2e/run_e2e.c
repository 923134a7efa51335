// SPDX-License-Identifier: GPL-2.0
/*
 * run_e2e.c - the guest's entry: run-e2e [--plan] [SUITE...]
 */
#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "target.h"

int main(int argc, char **argv)
{
	static const struct e2e_suite *const suites[] = {
#define SUITE(name)	&name##_suite,
		E2E_SUITES(SUITE)
#undef SUITE
		NULL
	};

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc < 2 || strcmp(argv[1], "--plan"))
		target_prepare();
	return e2e_main(argc, argv, suites);
}
