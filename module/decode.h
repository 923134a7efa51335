/* SPDX-License-Identifier: GPL-2.0 */
/* decode.h - attributes of entries, those of alike ones only once */
#ifndef VMWALK_DECODE_H
#define VMWALK_DECODE_H

#include "arch.h"
#include "entry.h"

/**
 * struct vmwalk_decoded - the entry that was decoded last
 * @key: its bits that are not its place; entries that differ in their place decode alike
 * @flags: what it decoded to
 * @unknown: its bits without a name
 * @level: its level
 * @kind: its kind; VMWALK_KIND_NR before the first one
 */
struct vmwalk_decoded {
	u64 key;
	u64 flags;
	u64 unknown;
	u8 level;
	u8 kind;
};

static inline void vmwalk_decode_open(struct vmwalk_decoded *last)
{
	last->kind = VMWALK_KIND_NR;
}

/**
 * vmwalk_decode() - all attributes of an entry
 * @last: what was decoded before, or vmwalk_decode_open()
 * @note: the entry
 *
 * Return: VMWALK_FLAG_* bits; @last->unknown has the bits without a name.
 */
static inline u64 vmwalk_decode(struct vmwalk_decoded *last, const struct vmwalk_note *note)
{
	if (last->key != note->key || last->kind != note->kind || last->level != note->level) {
		last->key = note->key;
		last->kind = note->kind;
		last->level = note->level;
		last->flags = vmwalk_arch_decode(note->level, note->kind, note->raw,
						 &last->unknown);
	}
	return last->flags | note->flags;
}

#endif /* VMWALK_DECODE_H */
