// SPDX-License-Identifier: GPL-2.0
/* ledger.c - page tables added up, and compared with what the kernel counts */
#include <stddef.h>
#include <string.h>

#include "ledger.h"

#define ENTRY_BYTES	sizeof(__u64)

__u64 vmwalk_pagetable_bytes(const struct vmwalk_pagetable *table)
{
	return table->entries * ENTRY_BYTES;
}

bool vmwalk_pagetable_is_sparse(const struct vmwalk_pagetable *table, __u32 sparse)
{
	return table->level == VMWALK_LEVEL_PTE && table->used <= sparse;
}

static __u64 empty_bytes(const struct vmwalk_pagetable *table)
{
	return (table->entries - table->used) * ENTRY_BYTES;
}

/* Rounded down: only what is full is 100. */
static __u32 percent(__u64 part, __u64 whole)
{
	return whole ? (__u32)(part * 100 / whole) : 0;
}

void vmwalk_ledger_open(struct vmwalk_ledger *ledger, __u32 sparse)
{
	*ledger = (struct vmwalk_ledger) { .sparse = sparse };
}

/* The first table of a level says what its entries are. */
static void level_begin(struct vmwalk_tablelevel *level, const struct vmwalk_pagetable *table)
{
	level->has = VMWALK_HAS(BASE);
	if (table->level == VMWALK_LEVEL_PTE)
		level->has |= VMWALK_HAS(KNOWN);
	level->level = table->level;
	level->entries = table->entries;
	level->entry_bytes = VMWALK_BIT(table->shift);
}

void vmwalk_ledger_add(struct vmwalk_ledger *ledger, const struct vmwalk_pagetable *table)
{
	struct vmwalk_tablelevel *level = &ledger->levels[table->level];

	if (!level->tables)
		level_begin(level, table);
	level->has |= table->has & VMWALK_HAS(RAW);
	level->tables++;
	level->bytes += vmwalk_pagetable_bytes(table);
	level->used += table->used;
	level->leaves += table->leaves;
	level->leaf_bytes += (__u64)table->leaves << table->shift;
	level->fill = percent(level->used, level->tables * level->entries);
	level->shared += table->sharers > 1;
	if (vmwalk_pagetable_is_sparse(table, ledger->sparse)) {
		level->sparse++;
		level->sparse_bytes += empty_bytes(table);
	}
}

void vmwalk_tablevma_open(struct vmwalk_tablevma *sum)
{
	*sum = (struct vmwalk_tablevma) { .has = VMWALK_HAS(BASE) };
}

/* Which count of a VMA's sum a level goes to; the one pgd serves every VMA. */
static __u64 *tables_of_level(struct vmwalk_tablevma *sum, __u32 level)
{
	static const size_t counts[VMWALK_LEVEL_NR] = {
		[VMWALK_LEVEL_PTE] = offsetof(struct vmwalk_tablevma, pte_tables),
		[VMWALK_LEVEL_PMD] = offsetof(struct vmwalk_tablevma, pmd_tables),
		[VMWALK_LEVEL_PUD] = offsetof(struct vmwalk_tablevma, pud_tables),
		[VMWALK_LEVEL_P4D] = offsetof(struct vmwalk_tablevma, p4d_tables),
	};

	return counts[level] ? (__u64 *)((char *)sum + counts[level]) : NULL;
}

void vmwalk_tablevma_add(struct vmwalk_tablevma *sum, const struct vmwalk_pagetable *table,
			 __u32 sparse)
{
	__u64 *tables = tables_of_level(sum, table->level);

	if (!tables)
		return;
	sum->has |= table->has & VMWALK_HAS(RAW);
	(*tables)++;
	sum->table_bytes += vmwalk_pagetable_bytes(table);
	sum->used += table->used;
	sum->leaves += table->leaves;
	sum->fill = percent(sum->used, sum->table_bytes / ENTRY_BYTES);
	sum->shared += table->sharers > 1;
	if (vmwalk_pagetable_is_sparse(table, sparse)) {
		sum->sparse++;
		sum->sparse_bytes += empty_bytes(table);
	}
}

bool vmwalk_vma_is_anonymous(const struct vmwalk_vma *vma, const char *name)
{
	if (vma->attributes & (VMWALK_VMA_FLAG(SHARED) | VMWALK_VMA_FLAG(MAYSHARE)))
		return false;
	switch (vma->use) {
	case VMWALK_USE_ANON:
	case VMWALK_USE_HEAP:
	case VMWALK_USE_STACK:
		return true;
	case VMWALK_USE_HUGETLB:
		return false;
	default:
		return strcmp(name, "/dev/zero") == 0;
	}
}

__u64 vmwalk_run_deposits(const struct vmwalk_run *run)
{
	if (run->level != VMWALK_LEVEL_PMD || run->shift >= 64)
		return 0;
	switch (run->kind) {
	case VMWALK_KIND_PAGE:
	case VMWALK_KIND_PROTNONE:
	case VMWALK_KIND_SPLITTING:
	case VMWALK_KIND_MIGRATION:
		return (run->end - run->start) >> run->shift;
	default:
		return 0;
	}
}

static void item_set(struct vmwalk_tableitem *item, __u64 groups, __s64 tables, __s64 bytes)
{
	item->has = VMWALK_HAS(BASE) | groups;
	item->tables = tables;
	item->table_bytes = bytes;
}

/* The levels that VmPTE counts: mm_pgtables_bytes(), include/linux/mm.h. */
static bool is_counted(unsigned int level)
{
	return level <= VMWALK_LEVEL_PUD;
}

/* Sharers are told with the group RAW; without it nothing is known of them. */
static void shared_set(const struct vmwalk_ledger *ledger, struct vmwalk_tableitem *item)
{
	__u64 has = 0, tables = 0, bytes = 0;
	unsigned int i;

	for (i = 0; i < VMWALK_LEVEL_NR; i++) {
		const struct vmwalk_tablelevel *level = &ledger->levels[i];

		has |= level->has;
		tables += level->shared;
		bytes += level->shared * level->entries * ENTRY_BYTES;
	}
	if (has & VMWALK_HAS(RAW))
		item_set(item, VMWALK_HAS(KNOWN), (__s64)tables, (__s64)bytes);
	else
		item_set(item, 0, 0, 0);
}

void vmwalk_ledger_items(const struct vmwalk_ledger *ledger, __u64 deposited, __u64 vmpte,
			 struct vmwalk_tableitem items[VMWALK_TABLES_NR])
{
	__u64 met[2] = { 0, 0 }, met_bytes[2] = { 0, 0 }, expected, expected_bytes;
	const __u64 table = ledger->levels[VMWALK_LEVEL_PGD].entries * ENTRY_BYTES;
	const __u64 known = VMWALK_HAS(KNOWN);
	unsigned int i;

	for (i = 0; i < VMWALK_LEVEL_NR; i++) {
		met[is_counted(i)] += ledger->levels[i].tables;
		met_bytes[is_counted(i)] += ledger->levels[i].bytes;
	}
	expected = met[1] + deposited;
	expected_bytes = met_bytes[1] + deposited * table;
	memset(items, 0, VMWALK_TABLES_NR * sizeof(*items));
	for (i = 0; i < VMWALK_TABLES_NR; i++)
		items[i].item = i;
	item_set(&items[VMWALK_TABLES_MET], known, (__s64)met[1], (__s64)met_bytes[1]);
	item_set(&items[VMWALK_TABLES_DEPOSITED], known, (__s64)deposited,
		 (__s64)(deposited * table));
	item_set(&items[VMWALK_TABLES_EXPECTED], known, (__s64)expected, (__s64)expected_bytes);
	item_set(&items[VMWALK_TABLES_VMPTE], known, table ? (__s64)(vmpte / table) : 0,
		 (__s64)vmpte);
	item_set(&items[VMWALK_TABLES_DIFFERENCE], known,
		 items[VMWALK_TABLES_VMPTE].tables - (__s64)expected,
		 (__s64)(vmpte - expected_bytes));
	shared_set(ledger, &items[VMWALK_TABLES_SHARED]);
	item_set(&items[VMWALK_TABLES_UNCOUNTED], known, (__s64)met[0], (__s64)met_bytes[0]);
}
