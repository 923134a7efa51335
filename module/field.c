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
ASSERT_LAYOUT(VMWALK_TASK_FIELDS, 152);
static const struct vmwalk_field task_fields[] = { VMWALK_TASK_FIELDS(FIELD) };
#undef RECORD
#define RECORD vmwalk_mm
ASSERT_LAYOUT(VMWALK_MM_FIELDS, 184);
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
ASSERT_LAYOUT(VMWALK_FILE_FIELDS, 48);
static const struct vmwalk_field file_fields[] = { VMWALK_FILE_FIELDS(FIELD) };
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

static_assert(sizeof(struct vmwalk_walk) == 72 + VMWALK_DEPTH * 88, "size of a walk");
static_assert(sizeof(struct vmwalk_dossier) == 8 + 512 + 168 + 136 + 96 + 96, "size of a dossier");
static_assert(sizeof(struct vmwalk_query) == VMWALK_QUERY_SIZE_MIN, "size of a query");

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

/* Bits by name; one without a name, which a newer kernel may have, by number. */
static void add_set(struct text *text, const struct vmwalk_name *names, unsigned int nr,
		    __u64 set)
{
	const char *comma = "";
	unsigned int bit;

	if (!set)
		text_add(text, "-");
	for (bit = 0; set; bit++, set >>= 1) {
		if (!(set & 1))
			continue;
		if (bit < nr && names[bit].name)
			text_add(text, "%s%s", comma, names[bit].name);
		else
			text_add(text, "%s?%u", comma, bit);
		comma = ",";
	}
}

/* Several of a list, or one of it. */
static void add_named(struct text *text, unsigned int format, __u64 value)
{
	if (named[format].set)
		add_set(text, named[format].names, named[format].nr, value);
	else if (value < named[format].nr)
		text_add(text, "%s", named[format].names[value].name);
	else
		text_add(text, "?%llu", (unsigned long long)value);
}

/*
 * VM_READ, VM_WRITE, VM_EXEC and VM_MAYSHARE of vm_flags, as
 * /proc/PID/maps: VM_SHARED is clear in shared mappings of read-only files.
 */
static void add_perms(struct text *text, __u64 flags)
{
	text_add(text, "%c%c%c%c", flags & 1 ? 'r' : '-', flags & 2 ? 'w' : '-',
		 flags & 4 ? 'x' : '-', flags & 0x80 ? 's' : 'p');
}

static void add_rw(struct text *text, __u64 mode)
{
	text_add(text, "%s%s%s", mode & 1 ? "r" : "", mode & 2 ? "w" : "",
		 mode & 3 ? "" : "-");
}

/* One element; STR, RANGE and DEV take all elements at once, at @element 0. */
static void add_value(struct text *text, const struct vmwalk_field *field,
		      const void *record, unsigned int element)
{
	__u64 value = vmwalk_field_value(field, record, element);

	switch (field->format) {
	case VMWALK_FORMAT_DEC:
	case VMWALK_FORMAT_BYTES:
	case VMWALK_FORMAT_NS:
		text_add(text, "%llu", (unsigned long long)value);
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
			text_add(text, "-");
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
	default:
		if (field->format < VMWALK_FORMAT_NR && named[field->format].names)
			add_named(text, field->format, value);
		else
			text_add(text, "0x%llx", (unsigned long long)value);
		break;
	}
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
	bool whole = field->format == VMWALK_FORMAT_RANGE ||
		     field->format == VMWALK_FORMAT_DEV;
	unsigned int i;

	buf[0] = '\0';
	if (!vmwalk_field_present(field, record)) {
		text_add(&text, "-");
		return text.len;
	}
	if (field->format == VMWALK_FORMAT_STR)
		return vmwalk_text_escape(buf, size, (const char *)record + field->offset,
					  field->count);
	for (i = 0; i < (whole ? 1 : field->count); i++) {
		if (i)
			text_add(&text, " ");
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
