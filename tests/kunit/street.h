/* SPDX-License-Identifier: GPL-2.0 */
/*
 * street.h - one VMA with something of everything below it, and by hand what is
 * to be seen of it
 */
#ifndef VMWALK_KUNIT_STREET_H
#define VMWALK_KUNIT_STREET_H

#include "fake.h"

/* With four levels entry 254 of the pgd, with five 254 of the first p4d table. */
#define STREET		0x7f0000000000ULL

/* Two pages into one 1 GiB leaf's end, five pages into another's start. */
#define STREET_START	(STREET + 0x3fffe000)
#define STREET_END	(STREET + 0xc0005000)
#define STREET_PAGES	0x80007

/**
 * struct house - a run of equal neighbours
 * @start: offset in the street
 * @end: first offset after it
 * @level: of the entries
 * @kind: of the entries
 * @place: frame or swap offset at @start
 * @swap_type: of SWAP
 * @raw: first entry; what the street is built of where @place is not in it
 * @flags: VMWALK_FLAG_* of the decoded entry
 */
struct house {
	u64 start;
	u64 end;
	u8 level;
	u8 kind;
	u64 place;
	u32 swap_type;
	u64 raw;
	u64 flags;
};

extern const unsigned int street_houses;

/* Fill the tables and make the VMA; @houses gets what is to be seen, in order. */
struct vm_area_struct *street_build(struct kunit *test, const struct house **houses);

/* The same street cut into two VMAs at an address. */
void street_build_two(struct kunit *test, u64 cut, struct vm_area_struct *vmas[2]);

#endif /* VMWALK_KUNIT_STREET_H */
