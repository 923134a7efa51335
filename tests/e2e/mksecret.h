/* SPDX-License-Identifier: GPL-2.0 */
/* mksecret.h - the marks of the program that is executed set-user-ID */
#ifndef E2E_MKSECRET_H
#define E2E_MKSECRET_H

#include <signal.h>

#include "target.h"

#define SECRET_NAME	"mksecret"		/* its program and so its comm */
#define SECRET_SIGNAL	SIGUSR2			/* has a handler; none before */
#define SECRET_FILE	WORK_DIR "/secret"	/* which root alone may open; it does */
#define SECRET_FD	77
#define SECRET_CORE	54321UL			/* its limit of core files */

#endif /* E2E_MKSECRET_H */
