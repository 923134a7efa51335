/* SPDX-License-Identifier: GPL-2.0 */
/*
 * arch.h - what one architecture knows about a raw entry
 *
 * Implemented once an architecture (arch_x86.c and arch_x86.h …), with the kernel's own
 * accessors and a table of bits. Knows neither walking nor locks.
 */
#ifndef VMWALK_ARCH_H
#define VMWALK_ARCH_H

#include <linux/types.h>

#include "uapi/vmwalk.h"

struct task_struct;

/**
 * vmwalk_arch_kind() - what an entry is, as far as its format tells
 * @level: enum vmwalk_level
 * @raw: the entry, read once
 *
 * Return: NONE, TABLE, PAGE, PROTNONE, SPLITTING or BAD; UNKNOWN for an entry
 * that is not present and has the format of a swap entry.
 */
static inline enum vmwalk_kind vmwalk_arch_kind(enum vmwalk_level level, u64 raw);

/**
 * vmwalk_arch_pfn() - frame of a leaf, or of the table that a TABLE points to
 * @level: enum vmwalk_level
 * @raw: the entry
 *
 * Taken from the kernel's accessor, which undoes the inversion of entries that
 * are not present and strips encryption bits. For a leaf above the pte level
 * the first frame of it.
 */
static inline u64 vmwalk_arch_pfn(enum vmwalk_level level, u64 raw);

/**
 * vmwalk_arch_place_bits() - the bits of an entry that are its frame or offset
 * @level: enum vmwalk_level
 * @kind: enum vmwalk_kind
 *
 * Return: a mask of bits side by side; 0 where the kind has none. Bits of a place that stand
 * elsewhere are left out: entries that differ in them go by one by one. Entries of a kind that differ in no other bits
 * decode alike.
 */
static inline u64 vmwalk_arch_place_bits(enum vmwalk_level level, enum vmwalk_kind kind);

/**
 * vmwalk_arch_entries_plain() - do entries stand in memory as their accessors give them?
 *
 * Return: false where a hypervisor's frames stand there (Xen PV): entries are to be read one
 * by one through pte_val() and its like.
 */
static inline bool vmwalk_arch_entries_plain(void);

/**
 * vmwalk_arch_step() - how an entry differs from the next one that goes on where it ends
 * @level: enum vmwalk_level
 * @kind: enum vmwalk_kind of @raw, one of those with a place
 * @raw: the entry
 *
 * Return: what, added to @raw, makes an entry like it whose frame or offset follows. Frames
 * and offsets never come near the end of their bits, so that nothing is carried into others.
 */
static inline u64 vmwalk_arch_step(enum vmwalk_level level, enum vmwalk_kind kind, u64 raw);

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
static inline u64 vmwalk_arch_swap(u64 raw, unsigned int *type);

/**
 * vmwalk_arch_memtype() - the memory type that a leaf selects
 * @flags: VMWALK_FLAG_* of the leaf, of any level: PWT, PCD and PAT count
 *
 * On x86 by the IA32_PAT MSR, which is the same on all CPUs and does not change
 * after boot; MTRRs may restrict further.
 *
 * Context: any. Return: UNKNOWN where the entry of the PAT has a reserved value.
 */
enum vmwalk_memtype vmwalk_arch_memtype(u64 flags);

/* The same if the register that says what the bits select (IA32_PAT) held @types. */
enum vmwalk_memtype vmwalk_arch_memtype_by(u64 types, u64 flags);

/**
 * vmwalk_arch_region() - the part of the address space an address is in
 * @va: any value
 *
 * By the borders that this kernel, booted as it was, goes by: levels, randomised
 * bases, the end of memory. What has no name there is a HOLE.
 *
 * Context: any.
 */
enum vmwalk_region vmwalk_arch_region(u64 va);

/* Is it an address, and of the kernel's half? */
static inline bool vmwalk_arch_kernel_half(u64 va)
{
	enum vmwalk_region region = vmwalk_arch_region(va);

	return region != VMWALK_REGION_USER && region != VMWALK_REGION_NONCANONICAL;
}

/**
 * vmwalk_arch_kernel_root() - the top table of the kernel's half, as the caller runs with it
 *
 * init_mm is not exported. On x86-64 every process's top table has the entries of
 * the kernel's half that init_mm has, see arch_x86.c; with page-table isolation
 * mm->pgd is the table the kernel itself runs with.
 *
 * Context: a user process: its own table cannot go away under it. Return: NULL for
 * a kernel thread, which borrows one, and where there is no such table or its entries
 * do not hold frames of this kernel (Xen PV).
 */
const void *vmwalk_arch_kernel_root(void);

/**
 * vmwalk_arch_kernel_kind() - what an entry of the kernel's half is
 * @level: enum vmwalk_level
 * @raw: the entry, read once
 *
 * The kernel's own half knows neither swap entries nor PROT_NONE. A leaf that is
 * not present but not empty was hidden from the CPU by set_memory_np(), KFENCE or
 * debug_pagealloc: PROTNONE.
 *
 * Return: as vmwalk_arch_kind(), never SPLITTING.
 */
enum vmwalk_kind vmwalk_arch_kernel_kind(enum vmwalk_level level, u64 raw);

/**
 * vmwalk_arch_kernel_pfn() - as vmwalk_arch_pfn(), of the kernel's half
 * @level: enum vmwalk_level
 * @raw: the entry
 *
 * Of a hidden leaf the frame is told from its complement by its highest bit: not all
 * who hide one invert it.
 */
u64 vmwalk_arch_kernel_pfn(enum vmwalk_level level, u64 raw);

/**
 * vmwalk_arch_pkru() - the protection keys a thread may not use
 * @task: the thread; the caller holds task_lock and has seen that it has its mm
 * @pkru: out: the register as it was when the thread left the CPU last; the
 *	caller's own as it is
 *
 * Return: false where the CPU has no such register, or the kernel keeps it where it
 * cannot be read.
 */
bool vmwalk_arch_pkru(struct task_struct *task, u32 *pkru);

/**
 * vmwalk_arch_registers() - the user registers a task has saved
 * @task: has its mm; the caller holds task_lock
 * @out: the registers are filled, nothing else
 */
void vmwalk_arch_registers(struct task_struct *task, struct vmwalk_registers *out);

/**
 * vmwalk_arch_words_32() - does the program a task executes have words of 32 bits?
 * @task: the caller holds a reference
 *
 * Set when a program is executed: of a task that executes another one meanwhile, a snapshot.
 */
bool vmwalk_arch_words_32(const struct task_struct *task);

#ifdef CONFIG_X86_64
#include "arch_x86.h"
#endif

/**
 * vmwalk_arch_key() - the bits of an entry that are not its frame or offset
 * @level: enum vmwalk_level
 * @kind: enum vmwalk_kind
 * @raw: the entry
 *
 * Return: @raw without its place; whole where the kind has none, 0 where nothing is.
 */
static inline u64 vmwalk_arch_key(enum vmwalk_level level, enum vmwalk_kind kind, u64 raw)
{
	return kind == VMWALK_KIND_NONE ? 0 : raw & ~vmwalk_arch_place_bits(level, kind);
}

#endif /* VMWALK_ARCH_H */
