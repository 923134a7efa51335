// SPDX-License-Identifier: GPL-2.0
/*
 * field.c - the tables of uapi/vmwalk.h as data, and the only place that turns
 * a value into text. Pure: no kernel object, builds on the host too.
 */
#include "field.h"

#ifdef __KERNEL__
#include <linux/build_bug.h>
#include <linux/kernel.h>
#include <linux/string.h>
#else
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#endif

#define FIELD(type, member, dim, FORMAT, GROUP, text) {			\
	.name = #member, .help = text,					\
	.offset = offsetof(struct RECORD, member),			\
	.width = sizeof(type),						\
	.count = sizeof(((struct RECORD *)0)->member) / sizeof(type),	\
	.format = VMWALK_FORMAT_##FORMAT,				\
	.group = VMWALK_GROUP_##GROUP,					\
},

/*
 * The layout is for ever: the size is what it was when it was published, and the
 * members, which are laid out without a gap, add up to it.
 */
#define MEMBER_SIZE(type, member, ...)	+ sizeof(((struct RECORD *)0)->member)
#define ASSERT_LAYOUT(FIELDS, bytes)						\
	static_assert(sizeof(struct RECORD) == (bytes), "size of a record");	\
	static_assert(0 FIELDS(MEMBER_SIZE) == (bytes), "padding in a record")

#define RECORD vmwalk_task
ASSERT_LAYOUT(VMWALK_TASK_FIELDS, 304);
static const struct vmwalk_field task_fields[] = { VMWALK_TASK_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_thread
ASSERT_LAYOUT(VMWALK_THREAD_FIELDS, 272);
static const struct vmwalk_field thread_fields[] = { VMWALK_THREAD_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_registers
ASSERT_LAYOUT(VMWALK_REGISTERS_FIELDS, 200);
static const struct vmwalk_field registers_fields[] = { VMWALK_REGISTERS_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_cred
ASSERT_LAYOUT(VMWALK_CRED_FIELDS, 152);
static const struct vmwalk_field cred_fields[] = { VMWALK_CRED_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_supgroup
ASSERT_LAYOUT(VMWALK_SUPGROUP_FIELDS, 24);
static const struct vmwalk_field supgroup_fields[] = { VMWALK_SUPGROUP_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_signals
ASSERT_LAYOUT(VMWALK_SIGNALS_FIELDS, 88);
static const struct vmwalk_field signals_fields[] = { VMWALK_SIGNALS_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_action
ASSERT_LAYOUT(VMWALK_ACTION_FIELDS, 48);
static const struct vmwalk_field action_fields[] = { VMWALK_ACTION_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_relative
ASSERT_LAYOUT(VMWALK_RELATIVE_FIELDS, 48);
static const struct vmwalk_field relative_fields[] = { VMWALK_RELATIVE_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_namespace
ASSERT_LAYOUT(VMWALK_NAMESPACE_FIELDS, 24);
static const struct vmwalk_field namespace_fields[] = { VMWALK_NAMESPACE_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_number
ASSERT_LAYOUT(VMWALK_NUMBER_FIELDS, 32);
static const struct vmwalk_field number_fields[] = { VMWALK_NUMBER_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_limit
ASSERT_LAYOUT(VMWALK_LIMIT_FIELDS, 32);
static const struct vmwalk_field limit_fields[] = { VMWALK_LIMIT_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_named
ASSERT_LAYOUT(VMWALK_NAMED_FIELDS, 40);
static const struct vmwalk_field named_fields[] = { VMWALK_NAMED_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_timer
ASSERT_LAYOUT(VMWALK_TIMER_FIELDS, 72);
static const struct vmwalk_field timer_fields[] = { VMWALK_TIMER_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_auxv
ASSERT_LAYOUT(VMWALK_AUXV_FIELDS, 40);
static const struct vmwalk_field auxv_fields[] = { VMWALK_AUXV_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_mm
ASSERT_LAYOUT(VMWALK_MM_FIELDS, 256);
static const struct vmwalk_field mm_fields[] = { VMWALK_MM_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_vma
ASSERT_LAYOUT(VMWALK_VMA_FIELDS, 168);
static const struct vmwalk_field vma_fields[] = { VMWALK_VMA_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_entry
ASSERT_LAYOUT(VMWALK_ENTRY_FIELDS, 88);
static const struct vmwalk_field entry_fields[] = { VMWALK_ENTRY_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_run
ASSERT_LAYOUT(VMWALK_RUN_FIELDS, 88);
static const struct vmwalk_field run_fields[] = { VMWALK_RUN_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_table
ASSERT_LAYOUT(VMWALK_TABLE_FIELDS, 40);
static const struct vmwalk_field table_fields[] = { VMWALK_TABLE_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_frame
ASSERT_LAYOUT(VMWALK_FRAME_FIELDS, 136);
static const struct vmwalk_field frame_fields[] = { VMWALK_FRAME_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_pagetable
ASSERT_LAYOUT(VMWALK_PAGETABLE_FIELDS, 56);
static const struct vmwalk_field pagetable_fields[] = { VMWALK_PAGETABLE_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_backing
ASSERT_LAYOUT(VMWALK_BACKING_FIELDS, 96);
static const struct vmwalk_field backing_fields[] = { VMWALK_BACKING_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_around
ASSERT_LAYOUT(VMWALK_AROUND_FIELDS, 96);
static const struct vmwalk_field around_fields[] = { VMWALK_AROUND_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_fault
ASSERT_LAYOUT(VMWALK_FAULT_FIELDS, 72);
static const struct vmwalk_field fault_fields[] = { VMWALK_FAULT_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_file
ASSERT_LAYOUT(VMWALK_FILE_FIELDS, 208);
static const struct vmwalk_field file_fields[] = { VMWALK_FILE_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_inode
ASSERT_LAYOUT(VMWALK_INODE_FIELDS, 256);
static const struct vmwalk_field inode_fields[] = { VMWALK_INODE_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_extent
ASSERT_LAYOUT(VMWALK_EXTENT_FIELDS, 48);
static const struct vmwalk_field extent_fields[] = { VMWALK_EXTENT_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_stats
ASSERT_LAYOUT(VMWALK_STATS_FIELDS, 72);
static const struct vmwalk_field stats_fields[] = { VMWALK_STATS_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_census
ASSERT_LAYOUT(VMWALK_CENSUS_FIELDS, 56);
static const struct vmwalk_field census_fields[] = { VMWALK_CENSUS_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_tablelevel
ASSERT_LAYOUT(VMWALK_TABLELEVEL_FIELDS, 96);
static const struct vmwalk_field tablelevel_fields[] = { VMWALK_TABLELEVEL_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_tablevma
ASSERT_LAYOUT(VMWALK_TABLEVMA_FIELDS, 96);
static const struct vmwalk_field tablevma_fields[] = { VMWALK_TABLEVMA_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_tableitem
ASSERT_LAYOUT(VMWALK_TABLEITEM_FIELDS, 32);
static const struct vmwalk_field tableitem_fields[] = { VMWALK_TABLEITEM_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_hugepages
ASSERT_LAYOUT(VMWALK_HUGEPAGES_FIELDS, 128);
static const struct vmwalk_field hugepages_fields[] = { VMWALK_HUGEPAGES_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_zoneinfo
ASSERT_LAYOUT(VMWALK_ZONEINFO_FIELDS, 88);
static const struct vmwalk_field zoneinfo_fields[] = { VMWALK_ZONEINFO_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_place
ASSERT_LAYOUT(VMWALK_PLACE_FIELDS, 32);
static const struct vmwalk_field place_fields[] = { VMWALK_PLACE_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_buddy
ASSERT_LAYOUT(VMWALK_BUDDY_FIELDS, 48);
static const struct vmwalk_field buddy_fields[] = { VMWALK_BUDDY_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_kin
ASSERT_LAYOUT(VMWALK_KIN_FIELDS, 88);
static const struct vmwalk_field kin_fields[] = { VMWALK_KIN_FIELDS(FIELD) };
#undef RECORD

static_assert(sizeof(struct vmwalk_walk) == 72 + VMWALK_DEPTH * 88, "size of a walk");
static_assert(sizeof(struct vmwalk_dossier) == 8 + 512 + 168 + 136 + 96 + 96, "size of a dossier");
static_assert(sizeof(struct vmwalk_descriptor) == 8 + 208 + 256, "size of a descriptor");
static_assert(sizeof(struct vmwalk_query) == VMWALK_QUERY_SIZE_MIN + 8, "size of a query");

const struct vmwalk_record vmwalk_records[VMWALK_RECORD_NR] = {
#define RECORD_ENTRY(record, FIELDS, text) [VMWALK_RECORD_##record] = {	\
	.name = #record, .help = text, .fields = record##_fields,	\
	.nr = ARRAY_SIZE(record##_fields),				\
	.size = sizeof(struct vmwalk_##record),				\
},
	VMWALK_RECORDS(RECORD_ENTRY)
};

#define NAME(NAME, nr, text, help)	[nr] = { text, help },
const struct vmwalk_name vmwalk_levels[VMWALK_LEVEL_NR] = { VMWALK_LEVELS(NAME) };
const struct vmwalk_name vmwalk_kinds[VMWALK_KIND_NR] = { VMWALK_KINDS(NAME) };
const struct vmwalk_name vmwalk_flags[VMWALK_FLAG_NR] = { VMWALK_FLAGS(NAME) };
const struct vmwalk_name vmwalk_uses[VMWALK_USE_NR] = { VMWALK_USES(NAME) };
const struct vmwalk_name vmwalk_file_types[VMWALK_FILE_NR] = { VMWALK_FILE_TYPES(NAME) };
const struct vmwalk_name vmwalk_file_kinds[VMWALK_FILE_KIND_NR] = { VMWALK_FILE_KINDS(NAME) };
const struct vmwalk_name vmwalk_file_modes[VMWALK_FILE_MODE_NR] = { VMWALK_FILE_MODES(NAME) };
const struct vmwalk_name vmwalk_open_flags[VMWALK_OPEN_FLAG_NR] = { VMWALK_OPEN_FLAGS(NAME) };
const struct vmwalk_name vmwalk_families[VMWALK_FAMILY_NR] = { VMWALK_FAMILIES(NAME) };
const struct vmwalk_name vmwalk_sock_types[VMWALK_SOCK_TYPE_NR] = { VMWALK_SOCK_TYPES(NAME) };
const struct vmwalk_name vmwalk_sock_states[VMWALK_SOCK_STATE_NR] = { VMWALK_SOCK_STATES(NAME) };
const struct vmwalk_name vmwalk_inode_flags[VMWALK_INODE_FLAG_NR] = { VMWALK_INODE_FLAGS(NAME) };
const struct vmwalk_name vmwalk_inode_states[VMWALK_INODE_STATE_NR] = { VMWALK_INODE_STATES(NAME) };

const struct vmwalk_name vmwalk_vma_flags[VMWALK_VMA_FLAG_NR] = { VMWALK_VMA_FLAGS(NAME) };
const struct vmwalk_name vmwalk_page_flags[VMWALK_PAGE_FLAG_NR] = { VMWALK_PAGE_FLAGS(NAME) };
const struct vmwalk_name vmwalk_traits[VMWALK_TRAIT_NR] = { VMWALK_TRAITS(NAME) };
const struct vmwalk_name vmwalk_zones[VMWALK_ZONE_NR] = { VMWALK_ZONES(NAME) };
const struct vmwalk_name vmwalk_frame_types[VMWALK_FRAME_NR] = { VMWALK_FRAME_TYPES(NAME) };
const struct vmwalk_name vmwalk_memtypes[VMWALK_MEMTYPE_NR] = { VMWALK_MEMTYPES(NAME) };
const struct vmwalk_name vmwalk_fills[VMWALK_FILL_NR] = { VMWALK_FILLS(NAME) };
const struct vmwalk_name vmwalk_caches[VMWALK_CACHE_NR] = { VMWALK_CACHES(NAME) };
const struct vmwalk_name vmwalk_block_states[VMWALK_BLOCK_NR] = { VMWALK_BLOCK_STATES(NAME) };
const struct vmwalk_name vmwalk_regions[VMWALK_REGION_NR] = { VMWALK_REGIONS(NAME) };
const struct vmwalk_name vmwalk_huge_reasons[VMWALK_HUGE_NR] = { VMWALK_HUGE_REASONS(NAME) };
const struct vmwalk_name vmwalk_table_items[VMWALK_TABLES_NR] = { VMWALK_TABLE_ITEMS(NAME) };
const struct vmwalk_name vmwalk_task_states[VMWALK_STATE_NR] = { VMWALK_TASK_STATES(NAME) };
const struct vmwalk_name vmwalk_task_flags[VMWALK_TASK_FLAG_NR] = { VMWALK_TASK_FLAGS(NAME) };
const struct vmwalk_name vmwalk_policies[VMWALK_POLICY_NR] = { VMWALK_POLICIES(NAME) };
const struct vmwalk_name vmwalk_signal_names[VMWALK_SIGNAL_NR] = { VMWALK_SIGNALS(NAME) };
const struct vmwalk_name vmwalk_sa_flags[VMWALK_SA_FLAG_NR] = { VMWALK_SA_FLAGS(NAME) };
const struct vmwalk_name vmwalk_dispositions[VMWALK_DISPOSITION_NR] = { VMWALK_DISPOSITIONS(NAME) };
const struct vmwalk_name vmwalk_caps[VMWALK_CAP_NR] = { VMWALK_CAPS(NAME) };
const struct vmwalk_name vmwalk_securebits[VMWALK_SECUREBIT_NR] = { VMWALK_SECUREBITS(NAME) };
const struct vmwalk_name vmwalk_seccomps[VMWALK_SECCOMP_NR] = { VMWALK_SECCOMPS(NAME) };
const struct vmwalk_name vmwalk_relations[VMWALK_RELATION_NR] = { VMWALK_RELATIONS(NAME) };
const struct vmwalk_name vmwalk_ns_types[VMWALK_NS_NR] = { VMWALK_NS_TYPES(NAME) };
const struct vmwalk_name vmwalk_rlimits[VMWALK_RLIMIT_NR] = { VMWALK_RLIMITS(NAME) };
const struct vmwalk_name vmwalk_named_kinds[VMWALK_NAMED_NR] = { VMWALK_NAMED_KINDS(NAME) };
const struct vmwalk_name vmwalk_timer_kinds[VMWALK_TIMER_NR] = { VMWALK_TIMER_KINDS(NAME) };
const struct vmwalk_name vmwalk_clocks[VMWALK_CLOCK_NR] = { VMWALK_CLOCKS(NAME) };
const struct vmwalk_name vmwalk_notifies[VMWALK_NOTIFY_NR] = { VMWALK_NOTIFIES(NAME) };
const struct vmwalk_name vmwalk_auxes[VMWALK_AUX_NR] = { VMWALK_AUXES(NAME) };
const struct vmwalk_name vmwalk_accesses[VMWALK_ACCESS_NR] = { VMWALK_ACCESSES(NAME) };
const struct vmwalk_name vmwalk_outcomes[VMWALK_OUTCOME_NR] = { VMWALK_OUTCOMES(NAME) };
const struct vmwalk_name vmwalk_reasons[VMWALK_REASON_NR] = { VMWALK_REASONS(NAME) };
const struct vmwalk_name vmwalk_origins[VMWALK_ORIGIN_NR] = { VMWALK_ORIGINS(NAME) };
const struct vmwalk_name vmwalk_effects[VMWALK_EFFECT_NR] = { VMWALK_EFFECTS(NAME) };

/* The names behind the formats that are one of a list, or (set) some of it. */
static const struct {
	const struct vmwalk_name *names;
	unsigned int nr;
	bool set;
} named[VMWALK_FORMAT_NR] = {
	[VMWALK_FORMAT_LEVEL] = { vmwalk_levels, VMWALK_LEVEL_NR },
	[VMWALK_FORMAT_KIND] = { vmwalk_kinds, VMWALK_KIND_NR },
	[VMWALK_FORMAT_USE] = { vmwalk_uses, VMWALK_USE_NR },
	[VMWALK_FORMAT_FILE_TYPE] = { vmwalk_file_types, VMWALK_FILE_NR },
	[VMWALK_FORMAT_FILE_KIND] = { vmwalk_file_kinds, VMWALK_FILE_KIND_NR },
	[VMWALK_FORMAT_FILE_MODES] = { vmwalk_file_modes, VMWALK_FILE_MODE_NR, true },
	[VMWALK_FORMAT_OPEN_FLAGS] = { vmwalk_open_flags, VMWALK_OPEN_FLAG_NR, true },
	[VMWALK_FORMAT_FAMILY] = { vmwalk_families, VMWALK_FAMILY_NR },
	[VMWALK_FORMAT_SOCK_TYPE] = { vmwalk_sock_types, VMWALK_SOCK_TYPE_NR },
	[VMWALK_FORMAT_SOCK_STATE] = { vmwalk_sock_states, VMWALK_SOCK_STATE_NR },
	[VMWALK_FORMAT_INODE_FLAGS] = { vmwalk_inode_flags, VMWALK_INODE_FLAG_NR, true },
	[VMWALK_FORMAT_INODE_STATES] = { vmwalk_inode_states, VMWALK_INODE_STATE_NR, true },
	[VMWALK_FORMAT_ZONE] = { vmwalk_zones, VMWALK_ZONE_NR },
	[VMWALK_FORMAT_FRAME_TYPE] = { vmwalk_frame_types, VMWALK_FRAME_NR },
	[VMWALK_FORMAT_MEMTYPE] = { vmwalk_memtypes, VMWALK_MEMTYPE_NR },
	[VMWALK_FORMAT_FILL] = { vmwalk_fills, VMWALK_FILL_NR },
	[VMWALK_FORMAT_CACHE] = { vmwalk_caches, VMWALK_CACHE_NR },
	[VMWALK_FORMAT_BLOCK_STATE] = { vmwalk_block_states, VMWALK_BLOCK_NR },
	[VMWALK_FORMAT_REGION] = { vmwalk_regions, VMWALK_REGION_NR },
	[VMWALK_FORMAT_HUGE_REASON] = { vmwalk_huge_reasons, VMWALK_HUGE_NR },
	[VMWALK_FORMAT_TABLE_ITEM] = { vmwalk_table_items, VMWALK_TABLES_NR },
	[VMWALK_FORMAT_FLAGS] = { vmwalk_flags, VMWALK_FLAG_NR, true },
	[VMWALK_FORMAT_VMA_FLAGS] = { vmwalk_vma_flags, VMWALK_VMA_FLAG_NR, true },
	[VMWALK_FORMAT_PAGE_FLAGS] = { vmwalk_page_flags, VMWALK_PAGE_FLAG_NR, true },
	[VMWALK_FORMAT_TRAITS] = { vmwalk_traits, VMWALK_TRAIT_NR, true },
	[VMWALK_FORMAT_TASK_STATE] = { vmwalk_task_states, VMWALK_STATE_NR },
	[VMWALK_FORMAT_TASK_FLAGS] = { vmwalk_task_flags, VMWALK_TASK_FLAG_NR, true },
	[VMWALK_FORMAT_POLICY] = { vmwalk_policies, VMWALK_POLICY_NR },
	[VMWALK_FORMAT_SIGNAL] = { vmwalk_signal_names, VMWALK_SIGNAL_NR },
	/* bit 0 is signal 1 */
	[VMWALK_FORMAT_SIGNAL_SET] = { vmwalk_signal_names + 1, VMWALK_SIGNAL_NR - 1, true },
	[VMWALK_FORMAT_SA_FLAGS] = { vmwalk_sa_flags, VMWALK_SA_FLAG_NR, true },
	[VMWALK_FORMAT_DISPOSITION] = { vmwalk_dispositions, VMWALK_DISPOSITION_NR },
	[VMWALK_FORMAT_CAPS] = { vmwalk_caps, VMWALK_CAP_NR, true },
	[VMWALK_FORMAT_SECUREBITS] = { vmwalk_securebits, VMWALK_SECUREBIT_NR, true },
	[VMWALK_FORMAT_SECCOMP] = { vmwalk_seccomps, VMWALK_SECCOMP_NR },
	[VMWALK_FORMAT_RELATION] = { vmwalk_relations, VMWALK_RELATION_NR },
	[VMWALK_FORMAT_NS_TYPE] = { vmwalk_ns_types, VMWALK_NS_NR },
	[VMWALK_FORMAT_RLIMIT] = { vmwalk_rlimits, VMWALK_RLIMIT_NR },
	[VMWALK_FORMAT_NAMED_KIND] = { vmwalk_named_kinds, VMWALK_NAMED_NR },
	[VMWALK_FORMAT_TIMER_KIND] = { vmwalk_timer_kinds, VMWALK_TIMER_NR },
	[VMWALK_FORMAT_CLOCK] = { vmwalk_clocks, VMWALK_CLOCK_NR },
	[VMWALK_FORMAT_NOTIFY] = { vmwalk_notifies, VMWALK_NOTIFY_NR },
	[VMWALK_FORMAT_AUX] = { vmwalk_auxes, VMWALK_AUX_NR },
	[VMWALK_FORMAT_ACCESS] = { vmwalk_accesses, VMWALK_ACCESS_NR },
	[VMWALK_FORMAT_OUTCOME] = { vmwalk_outcomes, VMWALK_OUTCOME_NR },
	[VMWALK_FORMAT_REASON] = { vmwalk_reasons, VMWALK_REASON_NR },
	[VMWALK_FORMAT_ORIGIN] = { vmwalk_origins, VMWALK_ORIGIN_NR },
	[VMWALK_FORMAT_EFFECTS] = { vmwalk_effects, VMWALK_EFFECT_NR, true },
};

/* A text that grows in a buffer of fixed size and is cut at its end. */
struct text {
	char *buf;
	size_t size;
	size_t len;
};

static __attribute__((format(printf, 2, 3)))
void text_add(struct text *text, const char *fmt, ...)
{
	va_list args;
	int added;

	va_start(args, fmt);
	added = vsnprintf(text->buf + text->len, text->size - text->len, fmt, args);
	va_end(args);
	if (added > 0)
		text->len += added;
	if (text->len >= text->size)
		text->len = text->size - 1;
}

/* What most fields are made of, without the cost of a format. */
static void add_text(struct text *text, const char *more)
{
	while (*more && text->len + 1 < text->size)
		text->buf[text->len++] = *more++;
	text->buf[text->len] = '\0';
}

static void add_number(struct text *text, __u64 value, unsigned int base)
{
	char digits[24], *at = digits + sizeof(digits) - 1;

	*at = '\0';
	do {
		*--at = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	add_text(text, at);
}

static void add_dec(struct text *text, __u64 value)
{
	add_number(text, value, 10);
}

static void add_hex(struct text *text, __u64 value)
{
	add_text(text, "0x");
	add_number(text, value, 16);
}

/* Bits by name; one without a name, which a newer kernel may have, by number. */
static void add_set(struct text *text, const struct vmwalk_name *names, unsigned int nr,
		    __u64 set)
{
	const char *comma = "";
	unsigned int bit;

	if (!set)
		add_text(text, "-");
	for (bit = 0; set; bit++, set >>= 1) {
		if (!(set & 1))
			continue;
		add_text(text, comma);
		if (bit < nr && names[bit].name) {
			add_text(text, names[bit].name);
		} else {
			add_text(text, "?");
			add_dec(text, bit);
		}
		comma = ",";
	}
}

/* Several of a list, or one of it; a list may have gaps. */
static void add_named(struct text *text, unsigned int format, __u64 value)
{
	if (named[format].set)
		add_set(text, named[format].names, named[format].nr, value);
	else if (value < named[format].nr && named[format].names[value].name)
		add_text(text, named[format].names[value].name);
	else
		text_add(text, "?%llu", (unsigned long long)value);
}

/*
 * VM_READ, VM_WRITE, VM_EXEC and VM_MAYSHARE of vm_flags, as
 * /proc/PID/maps: VM_SHARED is clear in shared mappings of read-only files.
 */
static void add_perms(struct text *text, __u64 flags)
{
	const char letters[] = {
		flags & 1 ? 'r' : '-', flags & 2 ? 'w' : '-', flags & 4 ? 'x' : '-',
		flags & 0x80 ? 's' : 'p', '\0'
	};

	add_text(text, letters);
}

static void add_rw(struct text *text, __u64 mode)
{
	text_add(text, "%s%s%s", mode & 1 ? "r" : "", mode & 2 ? "w" : "",
		 mode & 3 ? "" : "-");
}

/* Type and permissions as ls(1) writes them; the letters are POSIX's. */
static void add_mode(struct text *text, __u64 mode)
{
	static const char types[16] = "?pc?d?b?-?l?s???", letters[] = "rwxrwxrwx";
	static const char special[][2] = { "tT", "sS", "sS" };	/* others, group, owner */
	char out[11] = { types[(mode >> 12) & 15] };
	int i;

	for (i = 0; i < 9; i++)
		out[1 + i] = mode >> (8 - i) & 1 ? letters[i] : '-';
	for (i = 0; i < 3; i++)
		if (mode >> (9 + i) & 1)
			out[9 - 3 * i] = special[i][!(mode >> (3 * i) & 1)];
	text_add(text, "%s", out);
}

/* Seconds since 1970, which may be negative, and nanoseconds. */
static void add_time(struct text *text, const struct vmwalk_field *field, const void *record)
{
	text_add(text, "%lld.%09llu", (long long)vmwalk_field_value(field, record, 0),
		 (unsigned long long)vmwalk_field_value(field, record, 1));
}

/* IPv4 is IPv6's ::ffff:a.b.c.d. */
static void add_ip(struct text *text, const __u8 *a)
{
	static const __u8 v4[12] = { [10] = 0xff, [11] = 0xff };
	int i;

	if (!memcmp(a, v4, sizeof(v4))) {
		text_add(text, "%u.%u.%u.%u", a[12], a[13], a[14], a[15]);
		return;
	}
	for (i = 0; i < 16; i += 2)
		text_add(text, "%s%02x%02x", i ? ":" : "", a[i], a[i + 1]);
}

/* One element; formats of whole fields take all elements at once, at @element 0. */
static void add_value(struct text *text, const struct vmwalk_field *field,
		      const void *record, unsigned int element)
{
	__u64 value = vmwalk_field_value(field, record, element);

	switch (field->format) {
	case VMWALK_FORMAT_DEC:
	case VMWALK_FORMAT_BYTES:
	case VMWALK_FORMAT_NS:
		add_dec(text, value);
		break;
	case VMWALK_FORMAT_SDEC:
		text_add(text, "%lld", (long long)value);
		break;
	case VMWALK_FORMAT_OCT:
		text_add(text, "0%llo", (unsigned long long)value);
		break;
	case VMWALK_FORMAT_CHAR:
		text_add(text, "%c", value ? (char)value : '?');
		break;
	case VMWALK_FORMAT_RANGE:
		if (vmwalk_field_value(field, record, 1) <= value)
			add_text(text, "-");
		else
			text_add(text, "0x%llx-0x%llx", (unsigned long long)value,
				 (unsigned long long)vmwalk_field_value(field, record, 1));
		break;
	case VMWALK_FORMAT_DEV:
		text_add(text, "%02llx:%02llx", (unsigned long long)value,
			 (unsigned long long)vmwalk_field_value(field, record, 1));
		break;
	case VMWALK_FORMAT_PERMS:
		add_perms(text, value);
		break;
	case VMWALK_FORMAT_RW:
		add_rw(text, value);
		break;
	case VMWALK_FORMAT_MODE:
		add_mode(text, value);
		break;
	case VMWALK_FORMAT_TIME:
		add_time(text, field, record);
		break;
	case VMWALK_FORMAT_IP:
		add_ip(text, (const __u8 *)record + field->offset);
		break;
	default:
		if (field->format < VMWALK_FORMAT_NR && named[field->format].names)
			add_named(text, field->format, value);
		else
			add_hex(text, value);
		break;
	}
}

/* Formats that write all elements of a field as one value. */
static bool format_is_whole(unsigned int format)
{
	return format == VMWALK_FORMAT_RANGE || format == VMWALK_FORMAT_DEV ||
	       format == VMWALK_FORMAT_TIME || format == VMWALK_FORMAT_IP;
}

bool vmwalk_format_is_set(unsigned int format)
{
	return format < VMWALK_FORMAT_NR && named[format].set;
}

bool vmwalk_field_present(const struct vmwalk_field *field, const void *record)
{
	__u64 has;

	memcpy(&has, record, sizeof(has));
	return has & VMWALK_BIT(field->group);
}

__u64 vmwalk_field_value(const struct vmwalk_field *field, const void *record,
			 unsigned int element)
{
	const char *at = (const char *)record + field->offset + element * field->width;
	union { __u8 b; __u16 h; __u32 w; __u64 d; } value = { .d = 0 };

	memcpy(&value, at, field->width);
	switch (field->width) {
	case 1:
		return value.b;
	case 2:
		return value.h;
	case 4:
		if (field->format == VMWALK_FORMAT_SDEC)
			return (__u64)(__s64)(__s32)value.w;
		return value.w;
	default:
		return value.d;
	}
}

int vmwalk_field_print(char *buf, size_t size, const struct vmwalk_field *field,
		       const void *record)
{
	struct text text = { .buf = buf, .size = size };
	bool whole = format_is_whole(field->format);
	unsigned int i;

	buf[0] = '\0';
	if (!vmwalk_field_present(field, record)) {
		add_text(&text, "-");
		return text.len;
	}
	if (field->format == VMWALK_FORMAT_STR)
		return vmwalk_text_escape(buf, size, (const char *)record + field->offset,
					  field->count);
	for (i = 0; i < (whole ? 1 : field->count); i++) {
		if (i)
			add_text(&text, " ");
		add_value(&text, field, record, i);
	}
	return text.len;
}

void vmwalk_field_hide(enum vmwalk_record_id id, void *record, __u64 groups)
{
	const struct vmwalk_record *type = &vmwalk_records[id];
	__u64 has;
	unsigned int i;

	for (i = 0; i < type->nr; i++) {
		const struct vmwalk_field *field = &type->fields[i];

		if (groups & VMWALK_BIT(field->group))
			memset((char *)record + field->offset, 0,
			       field->width * field->count);
	}
	memcpy(&has, record, sizeof(has));
	has &= ~groups;
	memcpy(record, &has, sizeof(has));
}

int vmwalk_text_escape(char *out, size_t size, const char *in, size_t len)
{
	size_t used = 0, i;

	for (i = 0; i < len && in[i]; i++) {
		unsigned char c = in[i];
		bool plain = c >= ' ' && c != 0x7f && c != '\\';
		size_t need = plain ? 1 : 4;

		if (used + need >= size)
			break;
		if (plain) {
			out[used] = c;
		} else {
			out[used] = '\\';
			out[used + 1] = '0' + (c >> 6);
			out[used + 2] = '0' + ((c >> 3) & 7);
			out[used + 3] = '0' + (c & 7);
		}
		used += need;
	}
	out[used] = '\0';
	return used;
}
