/* SPDX-License-Identifier: GPL-2.0 */
/* client.h - the client, asked as its user would ask it */
#ifndef E2E_CLIENT_H
#define E2E_CLIENT_H

/**
 * client_run() - what "vmwalk ARGUMENTS" prints
 * @status: out: how it exited, as of wait(2); NULL: dies unless that is 0
 * @fmt: the arguments, for the shell
 *
 * Messages on standard error go where those of the test go. Return: the text; free() it.
 */
char *client_run(int *status, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif /* E2E_CLIENT_H */
