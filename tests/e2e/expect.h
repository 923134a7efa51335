/* SPDX-License-Identifier: GPL-2.0 */
/*
 * expect.h - what the oracles say an address must be
 */
#ifndef E2E_EXPECT_H
#define E2E_EXPECT_H

#include <stdbool.h>
#include <stdint.h>

#include "proc.h"
#include "target.h"

/**
 * struct expect - one page as pagemap, smaps and the factory know it
 * @kind: VMWALK_KIND_*
 * @frame: where @kind has one
 * @swap_type: for SWAP
 * @swap_offset: for SWAP
 * @uffd_wp: write-protected by userfaultfd
 * @blind: pagemap does not look into PFNMAP areas; nothing is known
 */
struct expect {
	unsigned int kind;
	uint64_t frame;
	unsigned int swap_type;
	uint64_t swap_offset;
	bool uffd_wp;
	bool blind;
};

struct expect expect_page(const struct target *target, const struct area *area,
			  uint64_t va, uint64_t pagemap);
const char *expect_kind_name(unsigned int kind);

/* Is it an area pagemap says nothing about? */
bool expect_blind(const struct area *area);

#endif /* E2E_EXPECT_H */
