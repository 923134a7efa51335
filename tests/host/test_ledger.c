// SPDX-License-Identifier: GPL-2.0
/* test_ledger.c - page tables put together from parts, added up and accounted for */
#include <errno.h>
#include <string.h>

#include "fake.h"
#include "ledger.h"
#include "libvmwalk.h"
#include "test.h"

#define KIB4	4096

static struct vmwalk_pagetable table_of(__u32 level, __u32 used, __u32 leaves, __u32 sharers)
{
	static const __u32 shifts[] = { 12, 21, 30, 39, 48 };

	return (struct vmwalk_pagetable) {
		.has = VMWALK_HAS(BASE) | VMWALK_HAS(RAW), .level = level,
		.shift = shifts[level], .entries = 512, .used = used, .leaves = leaves,
		.sharers = sharers,
	};
}

static void ledger_add(struct vmwalk_ledger *ledger, struct vmwalk_pagetable table)
{
	vmwalk_ledger_add(ledger, &table);
}

static void levels(void **state)
{
	struct vmwalk_ledger ledger;
	const struct vmwalk_tablelevel *pte = &ledger.levels[VMWALK_LEVEL_PTE];
	const struct vmwalk_tablelevel *pmd = &ledger.levels[VMWALK_LEVEL_PMD];

	(void)state;
	vmwalk_ledger_open(&ledger, 8);
	ledger_add(&ledger, table_of(VMWALK_LEVEL_PTE, 512, 500, 1));
	ledger_add(&ledger, table_of(VMWALK_LEVEL_PTE, 8, 7, 1));
	ledger_add(&ledger, table_of(VMWALK_LEVEL_PTE, 9, 0, 1));
	ledger_add(&ledger, table_of(VMWALK_LEVEL_PTE, 0, 0, 1));
	ledger_add(&ledger, table_of(VMWALK_LEVEL_PMD, 1, 1, 2));
	assert_int_equal(pte->tables, 4);
	assert_int_equal(pte->bytes, 4 * KIB4);
	assert_int_equal(pte->used, 529);
	assert_int_equal(pte->fill, 25);	/* of 2048: 25.8 */
	assert_int_equal(pte->leaves, 507);
	assert_int_equal(pte->leaf_bytes, 507 * KIB4);
	assert_int_equal(pte->sparse, 2);
	assert_int_equal(pte->sparse_bytes, (504 + 512) * 8);
	assert_int_equal(pte->shared, 0);
	assert_true(pte->has & VMWALK_HAS(KNOWN));
	assert_int_equal(pmd->entry_bytes, 2 << 20);
	assert_int_equal(pmd->leaf_bytes, 2 << 20);
	assert_int_equal(pmd->shared, 1);
	assert_int_equal(pmd->sparse, 0);
	assert_false(pmd->has & VMWALK_HAS(KNOWN));	/* few entries are usual there */
	assert_int_equal(ledger.levels[VMWALK_LEVEL_PGD].tables, 0);
}

static void of_one_vma(void **state)
{
	struct vmwalk_pagetable tables[] = {
		table_of(VMWALK_LEVEL_PTE, 3, 2, 1), table_of(VMWALK_LEVEL_PTE, 200, 200, 1),
		table_of(VMWALK_LEVEL_PMD, 3, 1, 5), table_of(VMWALK_LEVEL_PUD, 1, 0, 1),
		table_of(VMWALK_LEVEL_P4D, 1, 0, 1), table_of(VMWALK_LEVEL_PGD, 1, 0, 1),
	};
	struct vmwalk_tablevma sum;
	size_t i;

	(void)state;
	vmwalk_tablevma_open(&sum);
	assert_int_equal(sum.fill, 0);
	for (i = 0; i < COUNT(tables); i++)
		vmwalk_tablevma_add(&sum, &tables[i], 3);
	assert_int_equal(sum.pte_tables, 2);
	assert_int_equal(sum.pmd_tables, 1);
	assert_int_equal(sum.pud_tables, 1);
	assert_int_equal(sum.p4d_tables, 1);
	assert_int_equal(sum.table_bytes, 5 * KIB4);
	assert_int_equal(sum.used, 208);
	assert_int_equal(sum.leaves, 203);
	assert_int_equal(sum.fill, 8);		/* of 2560: 8.1 */
	assert_int_equal(sum.sparse, 1);
	assert_int_equal(sum.sparse_bytes, 509 * 8);
	assert_int_equal(sum.shared, 1);
}

static void deposits(void **state)
{
	static const struct {
		__u32 level, kind;
		__u64 nr;
	} cases[] = {
		{ VMWALK_LEVEL_PMD, VMWALK_KIND_PAGE, 3 },
		{ VMWALK_LEVEL_PMD, VMWALK_KIND_PROTNONE, 3 },
		{ VMWALK_LEVEL_PMD, VMWALK_KIND_SPLITTING, 3 },
		{ VMWALK_LEVEL_PMD, VMWALK_KIND_MIGRATION, 3 },
		{ VMWALK_LEVEL_PMD, VMWALK_KIND_NONE, 0 },
		{ VMWALK_LEVEL_PMD, VMWALK_KIND_SWAP, 0 },
		{ VMWALK_LEVEL_PTE, VMWALK_KIND_PAGE, 0 },
		{ VMWALK_LEVEL_PUD, VMWALK_KIND_PAGE, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		const struct vmwalk_run run = {
			.start = 0x40000000, .end = 0x40600000, .shift = 21,
			.level = cases[i].level, .kind = cases[i].kind,
		};

		assert_int_equal(vmwalk_run_deposits(&run), cases[i].nr);
	}
}

static void anonymous(void **state)
{
	static const struct {
		__u32 use;
		__u64 attributes;
		const char *name;
		bool anonymous;
	} cases[] = {
		{ VMWALK_USE_ANON, 0, "", true },
		{ VMWALK_USE_ANON, 0, "[anon:x]", true },
		{ VMWALK_USE_HEAP, 0, "[heap]", true },
		{ VMWALK_USE_STACK, 0, "[stack]", true },
		{ VMWALK_USE_FILE, 0, "/dev/zero", true },
		{ VMWALK_USE_FILE, VMWALK_VMA_FLAG(MAYSHARE), "/dev/zero", false },
		{ VMWALK_USE_FILE, 0, "/dev/zero (deleted)", false },
		{ VMWALK_USE_FILE, 0, "/x", false },
		{ VMWALK_USE_SHM, VMWALK_VMA_FLAG(SHARED), "/dev/zero (deleted)", false },
		{ VMWALK_USE_HUGETLB, 0, "/anon_hugepage (deleted)", false },
		{ VMWALK_USE_VDSO, 0, "[vdso]", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		const struct vmwalk_vma vma = {
			.use = cases[i].use, .attributes = cases[i].attributes,
		};

		assert_int_equal(vmwalk_vma_is_anonymous(&vma, cases[i].name),
				 cases[i].anonymous);
	}
}

static void item_is(const struct vmwalk_tableitem *item, __u32 nr, __s64 tables, __s64 bytes)
{
	assert_int_equal(item->item, nr);
	assert_int_equal(item->has, VMWALK_HAS(BASE) | VMWALK_HAS(KNOWN));
	assert_int_equal(item->tables, tables);
	assert_int_equal(item->table_bytes, bytes);
}

static void account(void **state)
{
	struct vmwalk_tableitem items[VMWALK_TABLES_NR];
	struct vmwalk_pagetable blind = table_of(VMWALK_LEVEL_PTE, 1, 1, 0);
	struct vmwalk_ledger ledger;

	(void)state;
	vmwalk_ledger_open(&ledger, 8);
	ledger_add(&ledger, table_of(VMWALK_LEVEL_PTE, 5, 5, 1));
	ledger_add(&ledger, table_of(VMWALK_LEVEL_PTE, 5, 5, 1));
	ledger_add(&ledger, table_of(VMWALK_LEVEL_PMD, 5, 5, 4));
	ledger_add(&ledger, table_of(VMWALK_LEVEL_PUD, 5, 5, 1));
	ledger_add(&ledger, table_of(VMWALK_LEVEL_P4D, 5, 0, 1));
	ledger_add(&ledger, table_of(VMWALK_LEVEL_PGD, 5, 0, 1));
	vmwalk_ledger_items(&ledger, 3, 5 * KIB4, items);
	item_is(&items[VMWALK_TABLES_MET], VMWALK_TABLES_MET, 4, 4 * KIB4);
	item_is(&items[VMWALK_TABLES_DEPOSITED], VMWALK_TABLES_DEPOSITED, 3, 3 * KIB4);
	item_is(&items[VMWALK_TABLES_EXPECTED], VMWALK_TABLES_EXPECTED, 7, 7 * KIB4);
	item_is(&items[VMWALK_TABLES_VMPTE], VMWALK_TABLES_VMPTE, 5, 5 * KIB4);
	item_is(&items[VMWALK_TABLES_DIFFERENCE], VMWALK_TABLES_DIFFERENCE, -2, -2 * KIB4);
	item_is(&items[VMWALK_TABLES_SHARED], VMWALK_TABLES_SHARED, 1, KIB4);
	item_is(&items[VMWALK_TABLES_UNCOUNTED], VMWALK_TABLES_UNCOUNTED, 2, 2 * KIB4);
	/* Who may not know the sharers is not told that there are none. */
	vmwalk_ledger_open(&ledger, 8);
	blind.has = VMWALK_HAS(BASE);
	ledger_add(&ledger, blind);
	vmwalk_ledger_items(&ledger, 0, KIB4, items);
	assert_int_equal(items[VMWALK_TABLES_SHARED].has, VMWALK_HAS(BASE));
}

/* What fake.h says of its process, whole, whatever parts the answers come in. */
static void parts_together(void **state)
{
	static const struct {
		__u64 va;
		__u32 level, used, leaves, first, last, sharers;
	} whole[] = {
		{ 0x400000, VMWALK_LEVEL_PTE, 2, 2, 0, 1, 1 },
		{ 0x50000000, VMWALK_LEVEL_PTE, 4, 1, 0, 3, 1 },
		{ 0, VMWALK_LEVEL_PMD, 1, 0, 2, 2, 1 },
		{ 0x40000000, VMWALK_LEVEL_PMD, 2, 1, 0, 128, 3 },
		{ 0, VMWALK_LEVEL_PUD, 2, 0, 0, 1, 1 },
		{ 0, VMWALK_LEVEL_PGD, 1, 0, 0, 0, 1 },
	};
	const struct vmwalk_pagetable *table;
	struct vmwalk *handle = NULL;
	struct vmwalk_iter *iter;
	__u32 max;

	(void)state;
	fake_reset();
	assert_int_equal(vmwalk_open(FAKE_PID, &handle), 0);
	for (max = 0; max < 16; max++) {
		bool seen[COUNT(whole)] = { false };
		size_t nr = 0, i;

		fake.max_done = max;
		assert_int_equal(vmwalk_tables_open(handle, 0, ~0ULL, &iter), 0);
		while (vmwalk_tables_next(iter, &table) > 0) {
			nr++;
			for (i = 0; i < COUNT(whole); i++)
				if (whole[i].va == table->va && whole[i].level == table->level)
					break;
			assert_true(i < COUNT(whole) && !seen[i]);
			seen[i] = true;
			assert_int_equal(table->used, whole[i].used);
			assert_int_equal(table->leaves, whole[i].leaves);
			assert_int_equal(table->first, whole[i].first);
			assert_int_equal(table->last, whole[i].last);
			assert_int_equal(table->sharers, whole[i].sharers);
		}
		assert_int_equal(nr, COUNT(whole));
		vmwalk_iter_close(iter);
	}
	fake.lie_table = 1;
	assert_int_equal(vmwalk_tables_open(handle, 0, ~0ULL, &iter), 0);
	assert_int_equal(vmwalk_tables_next(iter, &table), -EPROTO);
	vmwalk_iter_close(iter);
	vmwalk_close(handle);
}

static void report_number(void **state)
{
	static const char report[] = "vmwalk-report 1\n[task]\ntable_bytes:\t5\n[mm]\n"
				     "table_bytes:\t40960\nname:\tx\nabsent:\t-\nlong:\t1x\n";
	static const char kernel[] = "vmwalk-report 1\n[mm]\nnone:\tno address space\n";
	struct vmwalk *handle = NULL;
	__u64 value = 7;

	(void)state;
	fake_reset();
	fake.report = report;
	fake.report_size = sizeof(report) - 1;
	assert_int_equal(vmwalk_open(FAKE_PID, &handle), 0);
	assert_int_equal(vmwalk_report_number(handle, "mm", "other", &value), -ENODATA);
	assert_int_equal(vmwalk_report_number(handle, "mm", "name", &value), -ENODATA);
	assert_int_equal(vmwalk_report_number(handle, "mm", "absent", &value), -ENODATA);
	assert_int_equal(vmwalk_report_number(handle, "mm", "long", &value), -ENODATA);
	assert_int_equal(value, 7);
	assert_int_equal(vmwalk_report_number(handle, "mm", "table_bytes", &value), 0);
	assert_int_equal(value, 40960);
	vmwalk_close(handle);
	fake.report = kernel;
	fake.report_size = sizeof(kernel) - 1;
	assert_int_equal(vmwalk_open(FAKE_PID, &handle), 0);
	assert_int_equal(vmwalk_report_number(handle, "mm", "table_bytes", &value), -ENXIO);
	vmwalk_close(handle);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels),
		cmocka_unit_test(of_one_vma),
		cmocka_unit_test(deposits),
		cmocka_unit_test(anonymous),
		cmocka_unit_test(account),
		cmocka_unit_test(parts_together),
		cmocka_unit_test(report_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
