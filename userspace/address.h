/* SPDX-License-Identifier: GPL-2.0 */
/* address.h - addresses, ranges and process ids as people write them */
#ifndef VMWALK_ADDRESS_H
#define VMWALK_ADDRESS_H

#include <sys/types.h>

#include <linux/types.h>

/* Some addresses in a row. Both ends are in it, so that 2^64 - 1 can be. */
struct address_range {
	__u64 first;
	__u64 last;
};

/**
 * address_parse() - "ADDR", "START+LEN" or "START-END" (END exclusive)
 * @text: numbers are hexadecimal with 0x, else decimal; no sign, no blanks
 * @range: result; untouched on failure
 *
 * Return: 0; -EINVAL (not of these forms, or empty, or backwards), -ERANGE
 * (beyond 2^64).
 */
int address_parse(const char *text, struct address_range *range);

/* Why address_parse() refused, as words to go behind the text. */
const char *address_explain(int err);

/**
 * address_page_last() - last address of the page around an address
 * @address: any
 * @page: bytes of a page, a power of two
 */
__u64 address_page_last(__u64 address, __u64 page);

/* "self" or a positive decimal number. Return: 0 or -EINVAL. */
int pid_parse(const char *text, pid_t *pid);

#endif /* VMWALK_ADDRESS_H */
