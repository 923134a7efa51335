/* SPDX-License-Identifier: GPL-2.0 */
/*
 * field.h - what a record's fields are called and how their values are written
 *
 * The tables of uapi/vmwalk.h expanded into data. Pure: builds for the kernel
 * and for the host, so that the report, the client and the tests show the same
 * value in the same words.
 */
#ifndef VMWALK_FIELD_H
#define VMWALK_FIELD_H

#ifdef __KERNEL__
#include <linux/types.h>
#else
#include <stdbool.h>
#include <stddef.h>
#endif
#include "uapi/vmwalk.h"

/* The longest value a field can have in writing, with the final NUL: bytes. */
#define VMWALK_FIELD_LEN	768

/**
 * struct vmwalk_field - one member of a record
 * @name: name of the member; report key, column and JSON key
 * @help: what it means, with the unit
 * @offset: of the member in the record, bytes
 * @width: of one element, bytes: 1, 2, 4 or 8
 * @count: elements; 1 for a plain member. A STR is @count elements of 1 byte.
 * @format: enum vmwalk_format
 * @group: enum vmwalk_group; the field is absent when the record lacks it
 */
struct vmwalk_field {
	const char *name;
	const char *help;
	__u16 offset;
	__u8 width;
	__u8 count;
	__u8 format;
	__u8 group;
};

/**
 * struct vmwalk_record - one kind of record
 * @name: as in struct vmwalk_<name>
 * @help: what it is
 * @fields: its members in order
 * @nr: number of @fields
 * @size: bytes
 */
struct vmwalk_record {
	const char *name;
	const char *help;
	const struct vmwalk_field *fields;
	__u32 nr;
	__u32 size;
};

enum vmwalk_record_id {
#define VMWALK_RECORD_ID(record, ...)	VMWALK_RECORD_##record,
	VMWALK_RECORDS(VMWALK_RECORD_ID)
#undef VMWALK_RECORD_ID
	VMWALK_RECORD_NR
};

/* Indexed by enum vmwalk_record_id. */
extern const struct vmwalk_record vmwalk_records[VMWALK_RECORD_NR];

/**
 * struct vmwalk_name - one named number or bit of a table in uapi/vmwalk.h
 * @name: as written
 * @help: what it means
 */
struct vmwalk_name {
	const char *name;
	const char *help;
};

extern const struct vmwalk_name vmwalk_levels[VMWALK_LEVEL_NR];
extern const struct vmwalk_name vmwalk_kinds[VMWALK_KIND_NR];
extern const struct vmwalk_name vmwalk_flags[VMWALK_FLAG_NR];
extern const struct vmwalk_name vmwalk_uses[VMWALK_USE_NR];
extern const struct vmwalk_name vmwalk_file_types[VMWALK_FILE_NR];
extern const struct vmwalk_name vmwalk_file_kinds[VMWALK_FILE_KIND_NR];
extern const struct vmwalk_name vmwalk_file_modes[VMWALK_FILE_MODE_NR];
extern const struct vmwalk_name vmwalk_open_flags[VMWALK_OPEN_FLAG_NR];
extern const struct vmwalk_name vmwalk_families[VMWALK_FAMILY_NR];
extern const struct vmwalk_name vmwalk_sock_types[VMWALK_SOCK_TYPE_NR];
extern const struct vmwalk_name vmwalk_sock_states[VMWALK_SOCK_STATE_NR];
extern const struct vmwalk_name vmwalk_inode_flags[VMWALK_INODE_FLAG_NR];
extern const struct vmwalk_name vmwalk_inode_states[VMWALK_INODE_STATE_NR];
extern const struct vmwalk_name vmwalk_vma_flags[VMWALK_VMA_FLAG_NR];
extern const struct vmwalk_name vmwalk_page_flags[VMWALK_PAGE_FLAG_NR];
extern const struct vmwalk_name vmwalk_traits[VMWALK_TRAIT_NR];
extern const struct vmwalk_name vmwalk_zones[VMWALK_ZONE_NR];
extern const struct vmwalk_name vmwalk_frame_types[VMWALK_FRAME_NR];
extern const struct vmwalk_name vmwalk_memtypes[VMWALK_MEMTYPE_NR];
extern const struct vmwalk_name vmwalk_fills[VMWALK_FILL_NR];
extern const struct vmwalk_name vmwalk_caches[VMWALK_CACHE_NR];
extern const struct vmwalk_name vmwalk_block_states[VMWALK_BLOCK_NR];
extern const struct vmwalk_name vmwalk_regions[VMWALK_REGION_NR];
extern const struct vmwalk_name vmwalk_huge_reasons[VMWALK_HUGE_NR];
extern const struct vmwalk_name vmwalk_table_items[VMWALK_TABLES_NR];
extern const struct vmwalk_name vmwalk_task_states[VMWALK_STATE_NR];
extern const struct vmwalk_name vmwalk_task_flags[VMWALK_TASK_FLAG_NR];
extern const struct vmwalk_name vmwalk_policies[VMWALK_POLICY_NR];
extern const struct vmwalk_name vmwalk_signal_names[VMWALK_SIGNAL_NR];
extern const struct vmwalk_name vmwalk_sa_flags[VMWALK_SA_FLAG_NR];
extern const struct vmwalk_name vmwalk_dispositions[VMWALK_DISPOSITION_NR];
extern const struct vmwalk_name vmwalk_caps[VMWALK_CAP_NR];
extern const struct vmwalk_name vmwalk_securebits[VMWALK_SECUREBIT_NR];
extern const struct vmwalk_name vmwalk_seccomps[VMWALK_SECCOMP_NR];
extern const struct vmwalk_name vmwalk_relations[VMWALK_RELATION_NR];
extern const struct vmwalk_name vmwalk_ns_types[VMWALK_NS_NR];
extern const struct vmwalk_name vmwalk_rlimits[VMWALK_RLIMIT_NR];
extern const struct vmwalk_name vmwalk_named_kinds[VMWALK_NAMED_NR];
extern const struct vmwalk_name vmwalk_timer_kinds[VMWALK_TIMER_NR];
extern const struct vmwalk_name vmwalk_clocks[VMWALK_CLOCK_NR];
extern const struct vmwalk_name vmwalk_notifies[VMWALK_NOTIFY_NR];
extern const struct vmwalk_name vmwalk_auxes[VMWALK_AUX_NR];
extern const struct vmwalk_name vmwalk_accesses[VMWALK_ACCESS_NR];
extern const struct vmwalk_name vmwalk_outcomes[VMWALK_OUTCOME_NR];
extern const struct vmwalk_name vmwalk_reasons[VMWALK_REASON_NR];
extern const struct vmwalk_name vmwalk_origins[VMWALK_ORIGIN_NR];
extern const struct vmwalk_name vmwalk_effects[VMWALK_EFFECT_NR];

/* Is a value of this format a set of names, whose "-" is an empty set? */
bool vmwalk_format_is_set(unsigned int format);

/**
 * vmwalk_field_present() - does the record have this field?
 * @field: a member
 * @record: the record; its first member is `has`
 */
bool vmwalk_field_present(const struct vmwalk_field *field, const void *record);

/**
 * vmwalk_field_value() - one element of a field as a number
 * @field: a member that is not a STR
 * @record: the record
 * @element: 0 to @field->count - 1
 *
 * Return: the element, sign-extended for SDEC.
 */
__u64 vmwalk_field_value(const struct vmwalk_field *field, const void *record,
			 unsigned int element);

/**
 * vmwalk_field_print() - write a field's value
 * @buf: room for the text, always NUL-terminated; VMWALK_FIELD_LEN is enough
 * @size: bytes in @buf, at least 1
 * @field: a member
 * @record: the record
 *
 * An absent field is "-". Several elements stand apart by one space.
 *
 * Return: length of the text without the NUL, after cutting it to @size.
 */
int vmwalk_field_print(char *buf, size_t size, const struct vmwalk_field *field,
		       const void *record);

/**
 * vmwalk_field_hide() - take everything of some groups out of a record
 * @id: which record
 * @record: it; fields of @groups become 0 and the groups leave `has`
 * @groups: VMWALK_HAS() bits
 */
void vmwalk_field_hide(enum vmwalk_record_id id, void *record, __u64 groups);

/**
 * vmwalk_text_escape() - copy text with control characters, DEL and backslash
 *	as \ooo (three octal digits), as /proc/PID/maps does for the newline
 * @out: room for the text, always NUL-terminated
 * @size: bytes in @out, at least 1; 4 a byte of @in, and 1, is always enough
 * @in: the text; need not be NUL-terminated
 * @len: bytes at most in @in; stops at a NUL before
 *
 * Return: length of the result without the NUL. Never cuts inside an escape.
 */
int vmwalk_text_escape(char *out, size_t size, const char *in, size_t len);

#endif /* VMWALK_FIELD_H */
