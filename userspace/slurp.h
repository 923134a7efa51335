/* SPDX-License-Identifier: GPL-2.0 */
/* slurp.h - a small file of the kernel as a text, for the files of libvmwalk only */
#ifndef VMWALK_SLURP_H
#define VMWALK_SLURP_H

#define SLURP_MAX	(1U << 24)	/* bytes; more is not believed */

/**
 * vmwalk_slurp() - read a whole file
 * @path: of it
 * @text: result, ends with a NUL; free() it. Untouched on failure.
 *
 * Return: 0; -ENOMSG (a NUL in it), -EFBIG (too long), -ENOMEM or what open(2) and
 * read(2) said.
 */
int vmwalk_slurp(const char *path, char **text);

#endif /* VMWALK_SLURP_H */
