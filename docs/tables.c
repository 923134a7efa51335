// SPDX-License-Identifier: GPL-2.0
/*
 * tables.c - the generated part of format.md: every table of uapi/vmwalk.h, in
 * Markdown, on standard output. docs/tables.sh puts it into the page.
 */
#include <stdio.h>

#include "field.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

static const struct vmwalk_name groups[] = {
#define GROUP(NAME, nr, help)	[nr] = { #NAME, help },
	VMWALK_GROUPS(GROUP)
};

static const struct vmwalk_name formats[] = {
#define FORMAT(NAME, nr, help)	[nr] = { #NAME, help },
	VMWALK_FORMATS(FORMAT)
};

static const struct {
	const char *name;
	unsigned int nr;
	const char *record;
	const char *help;
} queries[] = {
#define QUERY(NAME, nr, record, flags, takes, help)	{ #NAME, VMWALK_IOC_##NAME, #record, help },
	VMWALK_QUERIES(QUERY)
};

/* A list may have gaps. */
static void print_names(const char *title, const struct vmwalk_name *names, size_t nr)
{
	size_t i;

	printf("### %s\n\n| number | name | meaning |\n| --- | --- | --- |\n", title);
	for (i = 0; i < nr; i++)
		if (names[i].name)
			printf("| %zu | `%s` | %s |\n", i, names[i].name, names[i].help);
	printf("\n");
}

static void print_record(const struct vmwalk_record *record)
{
	__u32 i;

	printf("### struct vmwalk_%s: %s\n\n%u bytes.\n\n", record->name, record->help,
	       record->size);
	printf("| field | offset | elements | format | group | meaning |\n"
	       "| --- | --- | --- | --- | --- | --- |\n");
	for (i = 0; i < record->nr; i++) {
		const struct vmwalk_field *field = &record->fields[i];

		printf("| `%s` | %u | %u of %u bytes | %s | %s | %s |\n", field->name,
		       field->offset, field->count, field->width,
		       formats[field->format].name, groups[field->group].name, field->help);
	}
	printf("\n");
}

int main(void)
{
	size_t i;

	print_names("Levels", vmwalk_levels, COUNT(vmwalk_levels));
	print_names("Kinds of entries", vmwalk_kinds, COUNT(vmwalk_kinds));
	print_names("Flags of entries (bit numbers)", vmwalk_flags, COUNT(vmwalk_flags));
	print_names("Uses of VMAs", vmwalk_uses, COUNT(vmwalk_uses));
	print_names("Types of files", vmwalk_file_types, COUNT(vmwalk_file_types));
	print_names("Kinds of open files", vmwalk_file_kinds, COUNT(vmwalk_file_kinds));
	print_names("Modes of open files (bit numbers)", vmwalk_file_modes, COUNT(vmwalk_file_modes));
	print_names("Flags of open(2) (bit numbers)", vmwalk_open_flags, COUNT(vmwalk_open_flags));
	print_names("Families of sockets", vmwalk_families, COUNT(vmwalk_families));
	print_names("Types of sockets", vmwalk_sock_types, COUNT(vmwalk_sock_types));
	print_names("States of sockets", vmwalk_sock_states, COUNT(vmwalk_sock_states));
	print_names("Attributes of inodes (bit numbers)", vmwalk_inode_flags, COUNT(vmwalk_inode_flags));
	print_names("States of inodes (bit numbers)", vmwalk_inode_states, COUNT(vmwalk_inode_states));
	print_names("States of tasks", vmwalk_task_states, COUNT(vmwalk_task_states));
	print_names("Flags of tasks (bit numbers)", vmwalk_task_flags, COUNT(vmwalk_task_flags));
	print_names("Scheduling policies", vmwalk_policies, COUNT(vmwalk_policies));
	print_names("Signals", vmwalk_signal_names, COUNT(vmwalk_signal_names));
	print_names("Flags of signal actions (bit numbers)", vmwalk_sa_flags, COUNT(vmwalk_sa_flags));
	print_names("What signals do", vmwalk_dispositions, COUNT(vmwalk_dispositions));
	print_names("Capabilities (bit numbers)", vmwalk_caps, COUNT(vmwalk_caps));
	print_names("Securebits (bit numbers)", vmwalk_securebits, COUNT(vmwalk_securebits));
	print_names("Modes of seccomp", vmwalk_seccomps, COUNT(vmwalk_seccomps));
	print_names("Members of the family", vmwalk_relations, COUNT(vmwalk_relations));
	print_names("Types of namespaces", vmwalk_ns_types, COUNT(vmwalk_ns_types));
	print_names("Resources with limits", vmwalk_rlimits, COUNT(vmwalk_rlimits));
	print_names("What has a name", vmwalk_named_kinds, COUNT(vmwalk_named_kinds));
	print_names("Kinds of timers", vmwalk_timer_kinds, COUNT(vmwalk_timer_kinds));
	print_names("Clocks", vmwalk_clocks, COUNT(vmwalk_clocks));
	print_names("What timers do", vmwalk_notifies, COUNT(vmwalk_notifies));
	print_names("What a program is told at its start", vmwalk_auxes, COUNT(vmwalk_auxes));
	print_names("Attributes of VMAs (bit numbers)", vmwalk_vma_flags, COUNT(vmwalk_vma_flags));
	print_names("Flags of pages (bit numbers)", vmwalk_page_flags, COUNT(vmwalk_page_flags));
	print_names("Traits of frames (bit numbers)", vmwalk_traits, COUNT(vmwalk_traits));
	print_names("Zones", vmwalk_zones, COUNT(vmwalk_zones));
	print_names("Types of frames", vmwalk_frame_types, COUNT(vmwalk_frame_types));
	print_names("Memory types", vmwalk_memtypes, COUNT(vmwalk_memtypes));
	print_names("What an empty entry would be filled from", vmwalk_fills, COUNT(vmwalk_fills));
	print_names("States of the page cache", vmwalk_caches, COUNT(vmwalk_caches));
	print_names("What is known of a block", vmwalk_block_states, COUNT(vmwalk_block_states));
	print_names("Regions of kernel addresses", vmwalk_regions, COUNT(vmwalk_regions));
	print_names("Accesses", vmwalk_accesses, COUNT(vmwalk_accesses));
	print_names("Ends of an access", vmwalk_outcomes, COUNT(vmwalk_outcomes));
	print_names("Reasons", vmwalk_reasons, COUNT(vmwalk_reasons));
	print_names("What is copied", vmwalk_origins, COUNT(vmwalk_origins));
	print_names("Further effects of an access (bit numbers)", vmwalk_effects,
		    COUNT(vmwalk_effects));
	print_names("Reasons of what is not huge", vmwalk_huge_reasons, COUNT(vmwalk_huge_reasons));
	print_names("Lines of the account of tables", vmwalk_table_items, COUNT(vmwalk_table_items));
	print_names("Groups of fields (bits of `has`)", groups, COUNT(groups));
	print_names("Formats", formats, COUNT(formats));
	printf("### Queries\n\n| ioctl | number | record | answers |\n| --- | --- | --- | --- |\n");
	for (i = 0; i < COUNT(queries); i++)
		printf("| `VMWALK_IOC_%s` | 0x%x | `struct vmwalk_%s` | %s |\n", queries[i].name,
		       queries[i].nr, queries[i].record, queries[i].help);
	printf("\n");
	for (i = 0; i < VMWALK_RECORD_NR; i++)
		print_record(&vmwalk_records[i]);
	return 0;
}
