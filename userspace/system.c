// SPDX-License-Identifier: GPL-2.0
/* system.c - what the machine is set to, as far as it decides over faults */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "libvmwalk.h"
#include "slurp.h"
#include "system.h"

#define THP_DIR		"/sys/kernel/mm/transparent_hugepage/"
#define POOLS_DIR	"/sys/kernel/mm/hugepages"
#define GAP_PAGES	256	/* stack_guard_gap, mm/mmap.c */

/* A file's text, "" if it cannot be read; free() it. NULL without memory. */
static char *text_read(const char *path)
{
	char *text;

	return vmwalk_slurp(path, &text) == 0 ? text : calloc(1, 1);
}

static __u64 number_read(const char *path)
{
	char *text = text_read(path);
	__u64 number = text ? strtoull(text, NULL, 0) : 0;

	free(text);
	return number;
}

enum vmwalk_thp vmwalk_system_thp(const char *text)
{
	if (strstr(text, "[always]"))
		return VMWALK_THP_ALWAYS;
	if (strstr(text, "[madvise]"))
		return VMWALK_THP_MADVISE;
	return VMWALK_THP_NEVER;
}

__u32 vmwalk_system_release(const char *text)
{
	unsigned int version, patchlevel;

	if (sscanf(text, "%u.%u", &version, &patchlevel) != 2 || patchlevel > 0xff)
		return 0;
	return version << 8 | patchlevel;
}

/* A parameter counts where it begins a word; the last one wins. */
__u64 vmwalk_system_gap(const char *text, __u64 page)
{
	static const char name[] = "stack_guard_gap=";
	__u64 pages = GAP_PAGES;
	const char *at = text;

	while ((at = strstr(at, name))) {
		bool word = at == text || at[-1] == ' ';
		char *end;
		__u64 number;

		at += strlen(name);
		number = strtoull(at, &end, 10);
		if (word && end != at && strchr(" \n", *end))
			pages = number;
	}
	return pages * page;
}

enum vmwalk_vsyscall vmwalk_system_vsyscall(const char *line)
{
	const char *perms = strchr(line, ' ');

	if (!strstr(line, "[vsyscall]") || !perms)
		return VMWALK_VSYSCALL_NONE;
	return perms[1] == 'r' ? VMWALK_VSYSCALL_EMULATE : VMWALK_VSYSCALL_XONLY;
}

/* Every process has the same. */
static enum vmwalk_vsyscall vsyscall_read(void)
{
	char *text = text_read("/proc/self/maps"), *rest = text, *line;
	enum vmwalk_vsyscall found = VMWALK_VSYSCALL_NONE;

	while (rest && (line = strsep(&rest, "\n")))
		if (strstr(line, "[vsyscall]"))
			found = vmwalk_system_vsyscall(line);
	free(text);
	return found;
}

/* A size that the machine does not have has no files. */
static bool pool_read(struct vmwalk_pool *pool)
{
	static const char *const files[] = {
		"free_hugepages", "resv_hugepages", "nr_overcommit_hugepages", "surplus_hugepages",
	};
	__u64 numbers[sizeof(files) / sizeof(files[0])];
	char path[128];
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char *text = NULL;

		snprintf(path, sizeof(path), POOLS_DIR "/hugepages-%llukB/%s",
			 (unsigned long long)pool->bytes >> 10, files[i]);
		if (vmwalk_slurp(path, &text) != 0)
			return false;
		numbers[i] = strtoull(text, NULL, 10);
		free(text);
	}
	pool->free = numbers[0];
	pool->reserved = numbers[1];
	pool->overcommit = numbers[2] - (numbers[3] < numbers[2] ? numbers[3] : numbers[2]);
	return true;
}

/* Sizes are powers of two, from the base page up to what a table of the top has. */
static void pools_read(struct vmwalk_system *system)
{
	unsigned int shift;

	for (shift = 13; shift < 40 && system->pools < VMWALK_POOLS; shift++) {
		struct vmwalk_pool pool = { .bytes = 1ULL << shift };

		if (pool_read(&pool))
			system->pool[system->pools++] = pool;
	}
}

static __u64 gap_read(__u64 page)
{
	char *text = text_read("/proc/cmdline");
	__u64 bytes = vmwalk_system_gap(text ? text : "", page);

	free(text);
	return bytes;
}

static enum vmwalk_thp thp_read(void)
{
	char *text = text_read(THP_DIR "enabled");
	enum vmwalk_thp thp = vmwalk_system_thp(text ? text : "");

	free(text);
	return thp;
}

void vmwalk_system_read(struct vmwalk_system *system)
{
	struct utsname name;

	memset(system, 0, sizeof(*system));
	system->page_bytes = (__u64)sysconf(_SC_PAGESIZE);
	if (uname(&name) == 0)
		system->release = vmwalk_system_release(name.release);
	system->min_addr = number_read("/proc/sys/vm/mmap_min_addr");
	system->gap_bytes = gap_read(system->page_bytes);
	system->thp = thp_read();
	system->huge_bytes = number_read(THP_DIR "hpage_pmd_size");
	system->huge_zero = (__u32)number_read(THP_DIR "use_zero_page");
	system->vsyscall = vsyscall_read();
	pools_read(system);
}
