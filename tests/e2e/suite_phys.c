// SPDX-License-Identifier: GPL-2.0
/*
 * suite_phys.c - the machine's memory itself: bytes at the physical address,
 * and the entries of the tables on the way, read from outside the machine
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"
#include "mkmem.h"
#include "proc.h"
#include "suites.h"
#include "tap.h"
#include "target.h"

#define BYTES	16

static struct target *target;

static void phys_open(void)
{
	target = target_start(TARGET_USUAL);
}

static void phys_close(void)
{
	target_stop(target);
}

/* Physical memory by the helper that asks the emulator; skips without it. */
static void physread(uint64_t pa, unsigned char *bytes, size_t len)
{
	char command[96], hex[512] = "";
	size_t i;
	FILE *pipe;

	snprintf(command, sizeof(command), "physread 0x%llx %zu 2>/dev/null",
		 (unsigned long long)pa, len);
	pipe = popen(command, "r");
	if (!pipe || !fgets(hex, sizeof(hex), pipe) || pclose(pipe) ||
	    strspn(hex, "0123456789abcdef") != 2 * len)
		e2e_skip("no physread: nobody reads this machine's memory from outside");
	for (i = 0; i < len; i++)
		if (sscanf(hex + 2 * i, "%2hhx", &bytes[i]) != 1)
			e2e_die("physread answers %s", hex);
}

/* What mkmem wrote there: its word is known without asking any kernel. */
static void check_word(int fd, const char *name, unsigned int page)
{
	const struct region *region = target_region(target, name);
	unsigned char there[BYTES];
	struct vmwalk_walk walk;
	uint64_t va, word;

	if (!region) {
		e2e_note("%s: not made here, not compared", name);
		return;
	}
	va = region->start + page * PAGE_SIZE;
	word = mkmem_word(target->seed, va);
	walk = ask_translate_one(fd, va);
	physread(walk.pa, there, sizeof(word));
	e2e_true(!memcmp(there, &word, sizeof(word)),
		 "%s page %u, va 0x%llx, pa 0x%llx: memory holds 0x%02x%02x%02x%02x..., written 0x%016llx",
		 name, page, walk.va, walk.pa, there[0], there[1], there[2], there[3],
		 (unsigned long long)word);
}

static void words(void)
{
	static const struct {
		const char *name;
		unsigned int page;
	} pages[] = {
		{ "anon_touched", 0 }, { "anon_touched", 63 }, { "anon_zero", 7 },
		{ "file_private_dirty", 4 }, { "file_shared_dirty", 9 }, { "memfd", 6 },
		{ "posix_shm", 2 }, { "sysv_shm", 3 }, { "thp", 1 }, { "thp", 700 },
		{ "thp_split_protect", 100 }, { "huge2m_private", 3 },
		{ "huge2m_private", 1023 }, { "huge2m_shared", 300 }, { "protnone", 5 },
		{ "thp_protnone", 77 }, { "huge2m_protnone", 401 }, { "uffd_wp", 3 },
		{ "heap", 4 }, { "swapped_back", 1 }, { "sparse_64m", 16384 }, { "cow", 5 },
	};
	int fd = ask_open(target->pid);
	unsigned int i;

	for (i = 0; i < E2E_NR(pages); i++)
		check_word(fd, pages[i].name, pages[i].page);
}

/* Bytes at odd places, against what the kernel reads through the mapping. */
static void bytes_of_mem(void)
{
	struct areas areas = proc_areas(target->pid, "smaps");
	unsigned char ours[BYTES], theirs[BYTES];
	int fd = ask_open(target->pid), mem;
	char path[64];
	size_t i;

	snprintf(path, sizeof(path), "/proc/%d/mem", target->pid);
	mem = open(path, O_RDONLY | O_CLOEXEC);
	for (i = 0; i < areas.nr; i++) {
		const struct area *area = &areas.area[i];
		/* Off the start and over no page's end. */
		uint64_t va = area->start + 0x7f3;
		struct vmwalk_walk walk = ask_translate_one(fd, va);

		if (proc_area_flag(area, "io") || walk.kind != VMWALK_KIND_PAGE)
			continue;
		if (pread(mem, theirs, BYTES, va) != BYTES)
			continue;
		physread(walk.pa, ours, BYTES);
		e2e_true(!memcmp(ours, theirs, BYTES), "va 0x%llx (%s), pa 0x%llx: other bytes",
			 walk.va, area->name, walk.pa);
	}
}

/* Each level's raw entry lies in its table, and points to the next table. */
static void check_chain(int fd, const char *name, uint64_t pgd_pa)
{
	const struct region *region = target_region(target, name);
	struct vmwalk_walk walk;
	uint64_t table = pgd_pa;
	uint32_t i;

	if (!region) {
		e2e_note("%s: not made here, not compared", name);
		return;
	}
	walk = ask_translate_one(fd, region->start);
	for (i = 0; i < walk.depth; i++) {
		const struct vmwalk_entry *entry = &walk.entry[i];
		uint64_t raw;

		if (entry->kind == VMWALK_KIND_FOLDED)
			continue;
		e2e_same("table", entry->table, "the entry above", table);
		physread(entry->table + entry->index * 8, (unsigned char *)&raw, sizeof(raw));
		/* The CPU may set accessed (5) and dirty (6) at any moment. */
		e2e_same("raw entry", entry->raw & ~0x60ULL, "memory", raw & ~0x60ULL);
		/* Bits 12 to 51 hold the frame of a table. */
		table = raw & 0x000ffffffffff000ULL;
		if (entry->kind == VMWALK_KIND_TABLE)
			e2e_same("frame of a table", entry->pfn, "memory", table / PAGE_SIZE);
	}
}

static void chains(void)
{
	static const char *const names[] = {
		"anon_touched", "thp", "huge2m_private", "protnone", "swapped", "heap",
		"sparse_64m", "file_shared_clean",
	};
	int fd = ask_open(target->pid);
	char *report = ask_report(fd, 65536, NULL);
	unsigned int i;

	for (i = 0; i < E2E_NR(names); i++)
		check_chain(fd, names[i], report_number(report, "mm", "pgd_pa"));
}

static const struct e2e_case phys_cases[] = {
	{ "what mkmem wrote stands at the physical address", words, 18 },
	{ "bytes of every kind of mapping stand at the physical address", bytes_of_mem, 25 },
	{ "every raw entry stands in its table, from the pgd on", chains, 60 },
};
E2E_SUITE(phys, phys_open, phys_close);
