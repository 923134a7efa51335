/* SPDX-License-Identifier: GPL-2.0 */
/* kin.h - all processes as a family, with their sizes; part of libvmwalk */
#ifndef VMWALK_KIN_H
#define VMWALK_KIN_H

#include <stddef.h>
#include <sys/types.h>

#include "uapi/vmwalk.h"

/**
 * struct vmwalk_kinship - the processes that may be looked at
 * @nr: number of @kin
 * @room: number there is memory for
 * @refused: processes that may not be looked at
 * @kin: they
 */
struct vmwalk_kinship {
	size_t nr;
	size_t room;
	size_t refused;
	struct vmwalk_kin *kin;
};

/**
 * vmwalk_kinship_read() - ask every process that is published
 * @family: result; vmwalk_kinship_close() it, also after an error
 *
 * One process after the other: who came or went meanwhile may be missing, or be there
 * without its parent.
 *
 * Return: 0; -ENODEV (module not loaded), -ENOMEM, or what reading said.
 */
int vmwalk_kinship_read(struct vmwalk_kinship *family);

/** vmwalk_kinship_close() - give the memory back */
void vmwalk_kinship_close(struct vmwalk_kinship *family);

/* Takes one process in. Return: 0 or -ENOMEM. */
int vmwalk_kinship_add(struct vmwalk_kinship *family, const struct vmwalk_kin *kin);

/**
 * vmwalk_kinship_arrange() - parents before their children, and the sums
 * @family: read before; then in this order, with depth, processes and tree_* filled in
 * @root: keep this process and its descendants only; 0 for all
 *
 * A process whose parent is not there stands at depth 0.
 *
 * Return: 0; -ENOENT (no @root), -ENOMEM.
 */
int vmwalk_kinship_arrange(struct vmwalk_kinship *family, pid_t root);

/**
 * vmwalk_kin_parse() - a process out of the beginning of its report
 * @text: the report; may be cut anywhere behind [mm]
 * @size: bytes there
 * @kin: result
 *
 * Return: 0, or -EBADMSG.
 */
int vmwalk_kin_parse(const void *text, size_t size, struct vmwalk_kin *kin);

#endif /* VMWALK_KIN_H */
