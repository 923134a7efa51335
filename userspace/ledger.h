/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ledger.h - page tables added up, and compared with what the kernel counts; part of
 * libvmwalk, arithmetic only
 */
#ifndef VMWALK_LEDGER_H
#define VMWALK_LEDGER_H

#include <stdbool.h>

#include "uapi/vmwalk.h"

#define VMWALK_SPARSE	8	/* used entries a sparse table has at most, unless told otherwise */

/**
 * struct vmwalk_ledger - what the tables of a process add up to
 * @sparse: used entries a sparse table has at most
 * @levels: sums, by level; entries is 0 where there is no table
 */
struct vmwalk_ledger {
	__u32 sparse;
	struct vmwalk_tablelevel levels[VMWALK_LEVEL_NR];
};

/* Bytes of a table: every architecture of today has entries of eight bytes. */
__u64 vmwalk_pagetable_bytes(const struct vmwalk_pagetable *table);

/* Is it a pte table with at most @sparse entries in use? */
bool vmwalk_pagetable_is_sparse(const struct vmwalk_pagetable *table, __u32 sparse);

void vmwalk_ledger_open(struct vmwalk_ledger *ledger, __u32 sparse);
void vmwalk_ledger_add(struct vmwalk_ledger *ledger, const struct vmwalk_pagetable *table);

/* The tables of one VMA: begin with zeros, add each table of its range. */
void vmwalk_tablevma_open(struct vmwalk_tablevma *sum);
void vmwalk_tablevma_add(struct vmwalk_tablevma *sum, const struct vmwalk_pagetable *table,
			 __u32 sparse);

/**
 * vmwalk_vma_is_anonymous() - is it private memory without a file, for the kernel?
 * @vma: it
 * @name: its name or path
 *
 * As vma_is_anonymous() in include/linux/mm.h: a VMA without vm_ops. That is private
 * memory that has no file, and a private mapping of /dev/zero (drivers/char/mem.c,
 * mmap_zero()).
 */
bool vmwalk_vma_is_anonymous(const struct vmwalk_vma *vma, const char *name);

/**
 * vmwalk_run_deposits() - pte tables that the kernel keeps in reserve for a run
 * @run: entries of an anonymous VMA
 *
 * Every pmd leaf of anonymous memory has one, so that it can be split without an
 * allocation: mm/huge_memory.c, pgtable_trans_huge_deposit() in
 * __do_huge_pmd_anonymous_page() and set_huge_zero_page(). A pmd leaf that is
 * migrating keeps it. Files have none on x86 (arch_needs_pgtable_deposit()).
 */
__u64 vmwalk_run_deposits(const struct vmwalk_run *run);

/**
 * vmwalk_ledger_items() - the account: what was met, what is to be expected
 * @ledger: all tables
 * @deposited: pte tables in reserve
 * @vmpte: bytes of tables as the kernel counts them (mm.table_bytes)
 * @items: result, by enum vmwalk_table_item
 */
void vmwalk_ledger_items(const struct vmwalk_ledger *ledger, __u64 deposited, __u64 vmpte,
			 struct vmwalk_tableitem items[VMWALK_TABLES_NR]);

#endif /* VMWALK_LEDGER_H */
