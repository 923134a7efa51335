/* SPDX-License-Identifier: GPL-2.0 */
/* test.h - cmocka and what it needs before it */
#ifndef TEST_H
#define TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

#endif /* TEST_H */
