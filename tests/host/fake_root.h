/* SPDX-License-Identifier: GPL-2.0 */
/* fake_root.h - a folder that stands in for /proc and /sys: fake.root, made and unmade */
#ifndef FAKE_ROOT_H
#define FAKE_ROOT_H

/* An empty one; ends the program when it cannot be made. */
void fake_root_open(void);

/* A file in it, with the folders on its way; one that is there is written anew. */
void fake_root_file(const char *path, const char *text);

/* Removes it, and what is in it. */
void fake_root_close(void);

#endif /* FAKE_ROOT_H */
