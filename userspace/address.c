// SPDX-License-Identifier: GPL-2.0
/* address.c - addresses, ranges and process ids as people write them */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "address.h"

/* One number, up to the first character that is none of its digits. */
static int number_parse(const char **text, __u64 *number)
{
	const char *at = *text;
	int base = at[0] == '0' && (at[1] == 'x' || at[1] == 'X') ? 16 : 10;
	char *end;

	if (base == 16)
		at += 2;
	/* strtoull() alone would take blanks, signs and a second 0x. */
	if (base == 16 ? !isxdigit((unsigned char)*at) : !isdigit((unsigned char)*at))
		return -EINVAL;
	if (base == 16 && (at[1] == 'x' || at[1] == 'X'))
		return -EINVAL;
	errno = 0;
	*number = strtoull(at, &end, base);
	if (errno)
		return -errno;
	*text = end;
	return 0;
}

static int length_parse(const char *text, struct address_range *range)
{
	__u64 bytes;
	int err = number_parse(&text, &bytes);

	if (err)
		return err;
	if (*text || !bytes)
		return -EINVAL;
	if (bytes - 1 > ~range->first)
		return -ERANGE;
	range->last = range->first + (bytes - 1);
	return 0;
}

static int end_parse(const char *text, struct address_range *range)
{
	__u64 end;
	int err = number_parse(&text, &end);

	if (err)
		return err;
	if (*text || end <= range->first)
		return -EINVAL;
	range->last = end - 1;
	return 0;
}

int address_parse(const char *text, struct address_range *range)
{
	struct address_range parsed;
	int err = number_parse(&text, &parsed.first);

	if (err)
		return err;
	switch (*text) {
	case '\0':
		parsed.last = parsed.first;
		break;
	case '+':
		err = length_parse(text + 1, &parsed);
		break;
	case '-':
		err = end_parse(text + 1, &parsed);
		break;
	default:
		err = -EINVAL;
	}
	if (!err)
		*range = parsed;
	return err;
}

const char *address_explain(int err)
{
	if (err == -ERANGE)
		return "goes beyond 64 bits";
	return "is not an address, START+LEN or START-END (hexadecimal numbers begin with 0x, "
	       "a range is not empty)";
}

__u64 address_page_last(__u64 address, __u64 page)
{
	return address | (page - 1);
}

int pid_parse(const char *text, pid_t *pid)
{
	__u64 number;

	if (strcmp(text, "self") == 0) {
		*pid = getpid();
		return 0;
	}
	if (text[strspn(text, "0123456789")] != '\0' || number_parse(&text, &number) != 0)
		return -EINVAL;
	if (!number || number > INT_MAX)
		return -EINVAL;
	*pid = (pid_t)number;
	return 0;
}
