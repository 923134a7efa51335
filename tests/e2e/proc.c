// SPDX-License-Identifier: GPL-2.0
/*
 * proc.c - the oracles: parsers of the kernel's own files
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "proc.h"
#include "tap.h"

char *proc_slurp(const char *path, size_t *len)
{
	size_t used = 0, size = 65536;
	char *text = malloc(size);
	ssize_t got;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		free(text);
		return NULL;
	}
	while ((got = read(fd, text + used, size - used - 1)) > 0) {
		used += got;
		if (size - used < 32768) {
			size *= 2;
			text = realloc(text, size);
		}
	}
	close(fd);
	if (got < 0) {
		free(text);
		return NULL;
	}
	text[used] = '\0';
	if (len)
		*len = used;
	return text;
}

char *proc_slurp_pid(pid_t pid, const char *file, size_t *len)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, file);
	return proc_slurp(path, len);
}

char *proc_slurp_thread(pid_t pid, pid_t tid, const char *file)
{
	char path[64], *text;

	snprintf(path, sizeof(path), "task/%d/%s", tid, file);
	text = proc_slurp_pid(pid, path, NULL);
	if (!text)
		e2e_die("/proc/%d/%s: %s", pid, path, strerror(errno));
	return text;
}

int proc_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int err = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		err = -errno;
	close(fd);
	return err;
}

void proc_unescape(char *text, int only)
{
	char *to = text;

	for (; *text; text++) {
		if (text[0] == '\\' && strspn(text + 1, "01234567") >= 3) {
			char digits[4] = { text[1], text[2], text[3], '\0' };
			int c = strtol(digits, NULL, 8);

			if (!only || c == only) {
				*to++ = c;
				text += 3;
				continue;
			}
		}
		*to++ = *text;
	}
	*to = '\0';
}

static const char *const area_keys[AREA_KEYS] = {
	[AREA_SIZE] = "Size", [AREA_PAGE_SIZE] = "KernelPageSize", [AREA_RSS] = "Rss",
	[AREA_SHARED_CLEAN] = "Shared_Clean", [AREA_SHARED_DIRTY] = "Shared_Dirty",
	[AREA_PRIVATE_CLEAN] = "Private_Clean", [AREA_PRIVATE_DIRTY] = "Private_Dirty",
	[AREA_REFERENCED] = "Referenced", [AREA_ANON_HUGE] = "AnonHugePages",
	[AREA_SHMEM_HUGE] = "ShmemPmdMapped", [AREA_FILE_HUGE] = "FilePmdMapped",
	[AREA_SHARED_HUGETLB] = "Shared_Hugetlb", [AREA_PRIVATE_HUGETLB] = "Private_Hugetlb",
	[AREA_SWAP] = "Swap", [AREA_THP_ELIGIBLE] = "THPeligible", [AREA_PKEY] = "ProtectionKey",
};

/* A line that begins a VMA; false for a line of keys. */
static bool area_begin(const char *line, struct area *area)
{
	unsigned long long start, end, offset, inode;
	int at = 0;

	memset(area, 0, sizeof(*area));
	if (sscanf(line, "%llx-%llx %4s %llx %x:%x %llu%n", &start, &end, area->perms,
		   &offset, &area->major, &area->minor, &inode, &at) < 7)
		return false;
	area->start = start;
	area->end = end;
	area->offset = offset;
	area->inode = inode;
	line += at;
	line += strspn(line, " ");
	area->name = strdup(line);
	area->vm_flags = strdup("");
	proc_unescape(area->name, '\n');
	return true;
}

static void area_key(const char *line, struct area *area)
{
	size_t len = strcspn(line, ":");
	unsigned int i;

	if (!strncmp(line, "VmFlags:", 8)) {
		free(area->vm_flags);
		area->vm_flags = strdup(line + 8);
	}
	for (i = 0; i < AREA_KEYS; i++)
		if (strlen(area_keys[i]) == len && !strncmp(line, area_keys[i], len))
			area->kb[i] = strtoull(line + len + 1, NULL, 10);
}

static void area_free(struct area *area)
{
	free(area->name);
	free(area->vm_flags);
}

struct areas proc_areas(pid_t pid, const char *file)
{
	struct areas areas = { NULL, 0 };
	size_t room = 0;
	char *text, *line, *rest;
	bool gate = false;

	text = proc_slurp_pid(pid, file, NULL);
	if (!text)
		e2e_die("/proc/%d/%s: %s", pid, file, strerror(errno));
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		if (areas.nr == room) {
			room = room ? 2 * room : 64;
			areas.area = realloc(areas.area, room * sizeof(struct area));
		}
		if (area_begin(line, &areas.area[areas.nr])) {
			gate = !strcmp(areas.area[areas.nr].name, "[vsyscall]");
			if (gate)
				area_free(&areas.area[areas.nr]);
			else
				areas.nr++;
		} else if (areas.nr && !gate) {
			area_key(line, &areas.area[areas.nr - 1]);
		}
	}
	free(text);
	return areas;
}

void proc_areas_free(struct areas *areas)
{
	while (areas->nr)
		area_free(&areas->area[--areas->nr]);
	free(areas->area);
	areas->area = NULL;
}

bool proc_smaps_blind(const struct area *area)
{
	return !strncmp(area->perms, "---", 3) && !proc_area_flag(area, "ht") &&
	       !access("/proc/sys/kernel/numa_balancing", F_OK);
}

const struct area *proc_area_at(const struct areas *areas, uint64_t va)
{
	size_t i;

	for (i = 0; i < areas->nr; i++)
		if (va >= areas->area[i].start && va < areas->area[i].end)
			return &areas->area[i];
	return NULL;
}

bool proc_area_flag(const struct area *area, const char *word)
{
	return strstr(area->vm_flags, word);
}

void proc_pagemap(pid_t pid, uint64_t va, uint64_t *entries, size_t nr)
{
	size_t done = 0, want = nr * sizeof(*entries);
	char path[64];
	ssize_t got;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/pagemap", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		e2e_die("%s: %s", path, strerror(errno));
	while (done < want) {
		got = pread(fd, (char *)entries + done, want - done,
			    va / PAGE_SIZE * sizeof(*entries) + done);
		if (got <= 0)
			e2e_die("%s: short at 0x%llx: %s", path, (unsigned long long)va,
				got ? strerror(errno) : "end of file");
		done += got;
	}
	close(fd);
}

uint64_t proc_kpageflags(uint64_t pfn, bool *known)
{
	static int fd = -1;
	uint64_t flags = 0;

	if (fd < 0)
		fd = open("/proc/kpageflags", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		e2e_die("/proc/kpageflags: %s", strerror(errno));
	*known = pread(fd, &flags, sizeof(flags), pfn * sizeof(flags)) == sizeof(flags);
	return flags;
}

/* @nr words of a file with one word a frame; those that are not there are 0. */
static void frame_words(int *fd, const char *path, uint64_t pfn, uint64_t *words, size_t nr)
{
	ssize_t got = 0;

	if (*fd < 0)
		*fd = open(path, O_RDONLY | O_CLOEXEC);
	if (*fd < 0)
		e2e_die("%s: %s", path, strerror(errno));
	memset(words, 0, nr * sizeof(*words));
	got = pread(*fd, words, nr * sizeof(*words), pfn * sizeof(*words));
	if (got < 0)
		e2e_die("%s at frame 0x%llx: %s", path, (unsigned long long)pfn, strerror(errno));
}

void proc_kpages(uint64_t pfn, struct kpage *pages, size_t nr)
{
	static int flags_fd = -1, count_fd = -1, cgroup_fd = -1;
	static uint64_t flags[512], counts[512], cgroups[512];
	size_t i, part;

	for (; nr; pfn += part, pages += part, nr -= part) {
		part = nr < 512 ? nr : 512;
		/* Where the file ends there is no frame: as with a hole. */
		frame_words(&flags_fd, "/proc/kpageflags", pfn, flags, part);
		frame_words(&count_fd, "/proc/kpagecount", pfn, counts, part);
		frame_words(&cgroup_fd, "/proc/kpagecgroup", pfn, cgroups, part);
		for (i = 0; i < part; i++) {
			bool ends = false;

			if (!flags[i])
				proc_kpageflags(pfn + i, &ends);
			pages[i] = (struct kpage) {
				.known = (flags[i] || ends) && !(flags[i] & KPF_NOPAGE),
				.flags = flags[i], .count = counts[i], .cgroup = cgroups[i],
			};
		}
	}
}

static struct memzone zones[64];
static size_t nr_zones;

static void zones_read(void)
{
	char *text = proc_slurp("/proc/zoneinfo", NULL), *line, *rest;
	unsigned long long start;
	unsigned long spanned = 0;

	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		struct memzone *zone = &zones[nr_zones];

		if (nr_zones == E2E_NR(zones))
			e2e_die("too many zones");
		if (sscanf(line, "Node %u, zone %15s", &zone->node, zone->name) == 2 ||
		    sscanf(line, " spanned %lu", &spanned) == 1)
			continue;
		if (sscanf(line, " start_pfn: %llu", &start) == 1) {
			zone->start = start;
			zone->end = start + spanned;
			nr_zones++;
		}
	}
	free(text);
}

const struct memzone *proc_zone(uint64_t pfn, unsigned int node)
{
	size_t i;

	if (!nr_zones)
		zones_read();
	for (i = 0; i < nr_zones; i++)
		if (zones[i].node == node && pfn >= zones[i].start && pfn < zones[i].end)
			return &zones[i];
	return NULL;
}

bool proc_is_ram(uint64_t pfn)
{
	unsigned long long start, end, pa = pfn * PAGE_SIZE;
	static char *text;
	const char *line;

	if (!text)
		text = proc_slurp("/proc/iomem", NULL);
	for (line = text; line && *line; line = strchr(line, '\n'), line += !!line)
		if (sscanf(line, "%llx-%llx", &start, &end) == 2 && pa >= start && pa <= end &&
		    !strncmp(line + strcspn(line, ":"), ": System RAM\n", 13))
			return true;
	return false;
}

void proc_nodes(pid_t pid, const uint64_t *va, int *nodes, size_t nr)
{
	size_t i;

	if (!syscall(__NR_move_pages, pid, nr, va, NULL, nodes, 0))
		return;
	/* A kernel without nodes has neither the call nor numa_maps. */
	for (i = 0; i < nr && errno == ENOSYS; i++)
		nodes[i] = -ENOSYS;
	if (errno != ENOSYS)
		e2e_die("move_pages of %d: %s", pid, strerror(errno));
}

uint64_t proc_numa_pages(const char *numa_maps, uint64_t start, unsigned int node)
{
	const char *line = numa_maps, *at, *end;
	char key[16];

	while (line && *line && strtoull(line, NULL, 16) != start) {
		line = strchr(line, '\n');
		line += !!line;
	}
	if (!line || !*line)
		e2e_die("numa_maps has no 0x%llx", (unsigned long long)start);
	snprintf(key, sizeof(key), " N%u=", node);
	end = line + strcspn(line, "\n");
	at = strstr(line, key);
	return at && at < end ? strtoull(at + strlen(key), NULL, 10) : 0;
}

bool proc_key_text(const char *text, const char *key, char *value, size_t size)
{
	size_t len = strlen(key);

	for (; text && *text; text = strchr(text, '\n'), text += !!text) {
		if (strncmp(text, key, len) || text[len] != ':')
			continue;
		text += len + 1;
		text += strspn(text, " \t");
		snprintf(value, size, "%.*s", (int)strcspn(text, "\n"), text);
		return true;
	}
	return false;
}

uint64_t proc_key(const char *text, const char *key)
{
	char value[128];

	if (!proc_key_text(text, key, value, sizeof(value)))
		e2e_die("no key %s", key);
	return strtoull(value, NULL, 0);
}

long long proc_stat_field(const char *stat, int nr)
{
	const char *at = strrchr(stat, ')');

	if (nr == 1)
		return strtoll(stat, NULL, 10);
	if (!at || nr < 3)
		e2e_die("field %d of \"%s\"", nr, stat);
	at += 2;
	if (nr == 3)
		return *at;
	for (; nr > 3; nr--) {
		at = strchr(at, ' ');
		if (!at)
			e2e_die("/proc/PID/stat is too short");
		at++;
	}
	return strtoll(at, NULL, 10);
}

int proc_levels(void)
{
	char *text = proc_slurp("/proc/cpuinfo", NULL);
	int levels = text && strstr(text, " la57") ? 5 : 4;

	free(text);
	return levels;
}

bool proc_slow_kernel(void)
{
	return !access("/sys/kernel/debug/kmemleak", F_OK);
}
