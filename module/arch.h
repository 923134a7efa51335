/* SPDX-License-Identifier: GPL-2.0 */
/*
 * arch.h - what one architecture knows about a raw entry
 *
 * Implemented once an architecture (arch_x86.c …), with the kernel's own
 * accessors and a table of bits. Knows neither walking nor locks.
 */
#ifndef VMWALK_ARCH_H
#define VMWALK_ARCH_H

#include <linux/types.h>

#include "uapi/vmwalk.h"

/**
 * vmwalk_arch_kind() - what an entry is, as far as its format tells
 * @level: enum vmwalk_level
 * @raw: the entry, read once
 *
 * Return: NONE, TABLE, PAGE, PROTNONE, SPLITTING or BAD; UNKNOWN for an entry
 * that is not present and has the format of a swap entry.
 */
enum vmwalk_kind vmwalk_arch_kind(enum vmwalk_level level, u64 raw);

/**
 * vmwalk_arch_pfn() - frame of a leaf, or of the table that a TABLE points to
 * @level: enum vmwalk_level
 * @raw: the entry
 *
 * Taken from the kernel's accessor, which undoes the inversion of entries that
 * are not present and strips encryption bits. For a leaf above the pte level
 * the first frame of it.
 */
u64 vmwalk_arch_pfn(enum vmwalk_level level, u64 raw);

/**
 * vmwalk_arch_key() - the bits of an entry that are not its frame or offset
 * @level: enum vmwalk_level
 * @kind: enum vmwalk_kind
 * @raw: the entry
 *
 * Return: @raw without its place; whole where the kind has none.
 */
u64 vmwalk_arch_key(enum vmwalk_level level, enum vmwalk_kind kind, u64 raw);

/**
 * vmwalk_arch_decode() - attributes of an entry
 * @level: enum vmwalk_level
 * @kind: enum vmwalk_kind
 * @raw: the entry
 * @unknown: out: bits of @raw that neither a flag nor the frame or offset
 *	covers
 *
 * Return: VMWALK_FLAG_* bits.
 */
u64 vmwalk_arch_decode(enum vmwalk_level level, enum vmwalk_kind kind, u64 raw, u64 *unknown);

/**
 * vmwalk_arch_swap() - an entry in swap format taken apart
 * @raw: the entry; all levels have the format of the pte level
 * @type: out: swap type, or one of the kernel's own kinds above them
 *
 * The architecture's macros; pte_to_swp_entry() does the same but is gone from
 * the newest kernels.
 *
 * Return: the offset.
 */
u64 vmwalk_arch_swap(u64 raw, unsigned int *type);

#endif /* VMWALK_ARCH_H */
