// SPDX-License-Identifier: GPL-2.0
/* fake.c - a kernel of a few hand-made pages; see fake.h */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "fake.h"

#define READ	1
#define WRITE	2
#define EXEC	4
#define SHARED	8

struct fake fake;
static int fake_fd = FAKE_FD_NONE;

int __real_open(const char *path, int flags, ...);
int __real_access(const char *path, int mode);
int __wrap_open(const char *path, int flags, ...);
int __wrap_access(const char *path, int mode);
int __wrap_ioctl(int fd, unsigned long request, ...);
int __wrap_nanosleep(const struct timespec *time, struct timespec *left);

static const struct area {
	__u64 start, end, flags;
	__u64 inode;
	__u32 use;
	const char *name;
} areas[] = {
	{ 0x400000, 0x403000, READ | EXEC, 77, VMWALK_USE_CODE, "/bin/a b\nc" },
	{ 0x40000000, 0x40400000, READ | WRITE, 0, VMWALK_USE_ANON, NULL },
	{ 0x50000000, 0x50004000, READ | WRITE | SHARED, 5, VMWALK_USE_SHM, "[shm]" },
};

/* Every entry there is; whatever an area holds beside them is empty. */
static const struct leaf {
	__u64 va;
	__u32 level, shift, kind;
	__u64 raw, flags, pfn;
	__u32 swap_type;
	__u64 swap_offset;
} leaves[] = {
	{ 0x400000, VMWALK_LEVEL_PTE, 12, VMWALK_KIND_PAGE, 0x1000025,
	  VMWALK_FLAG(PRESENT) | VMWALK_FLAG(USER) | VMWALK_FLAG(ACCESSED), 0x1000, 0, 0 },
	{ 0x401000, VMWALK_LEVEL_PTE, 12, VMWALK_KIND_PAGE, 0x1001025,
	  VMWALK_FLAG(PRESENT) | VMWALK_FLAG(USER) | VMWALK_FLAG(ACCESSED), 0x1001, 0, 0 },
	{ 0x402000, VMWALK_LEVEL_PTE, 12, VMWALK_KIND_NONE, 0, 0, 0, 0, 0 },
	{ 0x40000000, VMWALK_LEVEL_PMD, 21, VMWALK_KIND_PAGE, 0x800000800000e7,
	  VMWALK_FLAG(PRESENT) | VMWALK_FLAG(WRITE) | VMWALK_FLAG(USER) | VMWALK_FLAG(HUGE),
	  0x80000, 0, 0 },
	{ 0x40200000, VMWALK_LEVEL_PMD, 21, VMWALK_KIND_NONE, 0, 0, 0, 0, 0 },
	{ 0x50000000, VMWALK_LEVEL_PTE, 12, VMWALK_KIND_SWAP, 0x7fff, 0, 0, 1, 0x22 },
	{ 0x50001000, VMWALK_LEVEL_PTE, 12, VMWALK_KIND_PROTNONE, 0x1ccc100,
	  VMWALK_FLAG(NX), 0x3333, 0, 0 },
	{ 0x50002000, VMWALK_LEVEL_PTE, 12, VMWALK_KIND_UNKNOWN, 0xabc0, 0, 0, 0, 0 },
	{ 0x50003000, VMWALK_LEVEL_PTE, 12, VMWALK_KIND_MIGRATION, 0xdef0, 0, 0x4444, 0, 0 },
};

#define AREAS	(sizeof(areas) / sizeof(areas[0]))
#define LEAVES	(sizeof(leaves) / sizeof(leaves[0]))

void fake_reset(void)
{
	memset(&fake, 0, sizeof(fake));
}

static const struct area *area_find(__u64 va)
{
	size_t i;

	for (i = 0; i < AREAS; i++)
		if (va >= areas[i].start && va < areas[i].end)
			return &areas[i];
	return NULL;
}

static const struct leaf *leaf_find(__u64 va)
{
	size_t i;

	for (i = 0; i < LEAVES; i++)
		if (va >> leaves[i].shift == leaves[i].va >> leaves[i].shift)
			return &leaves[i];
	return NULL;
}

static int has_frame(__u32 kind)
{
	return kind == VMWALK_KIND_PAGE || kind == VMWALK_KIND_PROTNONE ||
	       kind == VMWALK_KIND_MIGRATION;
}

static __u64 groups(__u32 kind)
{
	__u64 has = VMWALK_HAS(BASE);

	if (fake.unprivileged)
		return has;
	has |= VMWALK_HAS(RAW);
	if (has_frame(kind) || kind == VMWALK_KIND_TABLE)
		has |= VMWALK_HAS(FRAME);
	if (kind == VMWALK_KIND_SWAP)
		has |= VMWALK_HAS(SWAP);
	return has;
}

static struct vmwalk_entry *entry_add(struct vmwalk_walk *walk, __u32 level, __u32 shift,
				      __u32 index, __u32 kind)
{
	struct vmwalk_entry *entry = &walk->entry[walk->depth++];

	entry->has = kind == VMWALK_KIND_FOLDED ? VMWALK_HAS(BASE) : groups(kind);
	entry->va = walk->va >> shift << shift;
	entry->level = level;
	entry->shift = shift;
	entry->index = index;
	entry->kind = kind;
	if (entry->has & VMWALK_HAS(RAW))
		entry->table = 0x10000 + level * 0x1000;
	return entry;
}

static void table_add(struct vmwalk_walk *walk, __u32 level, __u32 shift)
{
	__u32 index = (walk->va >> shift) & 511;
	struct vmwalk_entry *entry = entry_add(walk, level, shift, index, VMWALK_KIND_TABLE);

	entry->flags = VMWALK_FLAG(PRESENT) | VMWALK_FLAG(WRITE) | VMWALK_FLAG(USER);
	if (!fake.unprivileged) {
		entry->pfn = 0x10 + level - 1 - (level == VMWALK_LEVEL_PGD);
		entry->raw = (entry->pfn << 12) | 7;
	}
}

static void leaf_add(struct vmwalk_walk *walk, const struct leaf *leaf)
{
	__u32 index = (walk->va >> leaf->shift) & 511;
	struct vmwalk_entry *entry = entry_add(walk, leaf->level, leaf->shift, index, leaf->kind);

	entry->flags = leaf->flags;
	walk->kind = leaf->kind;
	if (fake.unprivileged)
		return;
	entry->raw = leaf->raw;
	entry->pfn = leaf->pfn;
	entry->swap_type = leaf->swap_type;
	entry->swap_offset = leaf->swap_offset;
	if (leaf->kind == VMWALK_KIND_PAGE || leaf->kind == VMWALK_KIND_PROTNONE) {
		walk->has |= VMWALK_HAS(FRAME);
		walk->pa = (leaf->pfn << 12) + (walk->va - leaf->va);
	}
}

static void walk_make(struct vmwalk_walk *walk, __u64 va)
{
	const struct area *area = area_find(va);
	const struct leaf *leaf;

	memset(walk, 0, sizeof(*walk));
	walk->has = VMWALK_HAS(BASE);
	walk->va = va;
	walk->kind = VMWALK_KIND_NOVMA;
	if (!area)
		return;
	walk->has |= VMWALK_HAS(VMA);
	walk->vma_start = area->start;
	walk->vma_end = area->end;
	walk->vma_flags = area->flags;
	table_add(walk, VMWALK_LEVEL_PGD, 39);
	entry_add(walk, VMWALK_LEVEL_P4D, 39, 0, VMWALK_KIND_FOLDED);
	table_add(walk, VMWALK_LEVEL_PUD, 30);
	leaf = leaf_find(va);
	if (leaf->level == VMWALK_LEVEL_PTE)
		table_add(walk, VMWALK_LEVEL_PMD, 21);
	leaf_add(walk, leaf);
}

/* A record into the caller's room, as long as the caller wants it. */
static void record_put(struct vmwalk_query *query, const void *record, size_t size)
{
	char *to = (char *)(uintptr_t)query->records + (size_t)query->record_size * query->done;
	size_t known = size - fake.record_cut;

	if (known > query->record_size)
		known = query->record_size;
	memset(to, 0, query->record_size);
	memcpy(to, record, known);
	query->done++;
}

static __u32 room(const struct vmwalk_query *query)
{
	return fake.max_done && fake.max_done < query->count ? fake.max_done : query->count;
}

static void translate(struct vmwalk_query *query)
{
	const __u64 *addresses = (const __u64 *)(uintptr_t)query->addresses;
	struct vmwalk_walk walk;

	while (query->done < room(query)) {
		walk_make(&walk, addresses[query->done]);
		query->entries += walk.depth;
		record_put(query, &walk, sizeof(walk));
	}
}

static void runs(struct vmwalk_query *query)
{
	size_t i;

	query->cursor = query->end;
	for (i = 0; i < LEAVES; i++) {
		const struct leaf *leaf = &leaves[i];
		__u64 end = leaf->va + (1ULL << leaf->shift);
		struct vmwalk_run run = {
			.has = groups(leaf->kind), .start = leaf->va, .end = end,
			.level = leaf->level, .shift = leaf->shift, .kind = leaf->kind,
			.vma_flags = area_find(leaf->va)->flags, .flags = leaf->flags,
		};

		if (end <= query->start || leaf->va >= query->end)
			continue;
		if (query->done == room(query)) {
			query->cursor = leaf->va;
			return;
		}
		if (!fake.unprivileged) {
			run.pa = leaf->pfn << 12;
			run.raw = leaf->raw;
			run.swap_type = leaf->swap_type;
			run.swap_offset = leaf->swap_offset;
		}
		record_put(query, &run, sizeof(run));
	}
}

static void name_put(struct vmwalk_query *query, struct vmwalk_vma *vma, const char *name)
{
	if (!name || !query->names)
		return;
	vma->name_offset = query->names_used;
	vma->name_len = (__u32)strlen(name);
	memcpy((char *)(uintptr_t)query->names + query->names_used, name, vma->name_len + 1);
	if (fake.lie_name == FAKE_NAME_CUT)
		vma->name_len--;
	if (fake.lie_name != FAKE_NAME_UNUSED)
		query->names_used += vma->name_len + 1;
	if (fake.lie_name == FAKE_NAME_FAR)
		vma->name_offset = UINT32_MAX;
}

static void vmas(struct vmwalk_query *query)
{
	size_t i;

	query->cursor = query->end;
	for (i = 0; i < AREAS; i++) {
		const struct area *area = &areas[i];
		struct vmwalk_vma vma = {
			.has = VMWALK_HAS(BASE), .start = area->start, .end = area->end,
			.flags = area->flags, .dev = { 0xfe, 1 }, .inode = area->inode,
			.page_bytes = 4096, .use = area->use,
		};

		if (area->end <= query->start || area->start >= query->end)
			continue;
		if (query->done == room(query)) {
			query->cursor = area->start;
			return;
		}
		if (query->flags & VMWALK_QUERY_COUNTS) {
			vma.has |= VMWALK_HAS(COUNTS);
			vma.pte = i ? 0 : 2;
		}
		name_put(query, &vma, area->name);
		record_put(query, &vma, sizeof(vma));
	}
}

static int query_answer(unsigned long request, struct vmwalk_query *query)
{
	query->done = 0;
	query->holds = 2;
	query->hold_ns = 100 * (__u64)fake.ioctls;
	query->names_used = 0;
	switch (request) {
	case VMWALK_IOC_TRANSLATE:
		translate(query);
		break;
	case VMWALK_IOC_RUNS:
		runs(query);
		break;
	case VMWALK_IOC_VMAS:
		vmas(query);
		break;
	default:
		errno = ENOTTY;
		return -1;
	}
	if (fake.lie_cursor)
		query->cursor = query->start;
	if (fake.lie_done)
		query->done = fake.lie_done;
	return 0;
}

static int tail_is_zero(const struct vmwalk_query *query, size_t known)
{
	const char *tail = (const char *)query + known;
	size_t i;

	for (i = 0; i < query->size - known; i++)
		if (tail[i])
			return 0;
	return 1;
}

int __wrap_ioctl(int fd, unsigned long request, ...)
{
	struct vmwalk_query *query;
	va_list args;

	va_start(args, request);
	query = va_arg(args, struct vmwalk_query *);
	va_end(args);
	fake.ioctls++;
	fake.record_size = query->record_size;
	fake.count = query->count;
	errno = 0;
	if (fd != fake_fd)
		errno = EBADF;
	else if (fake.eintr > 0 && fake.eintr--)
		errno = EINTR;
	else if (fake.ioctl_errno && fake.ioctls > fake.ioctl_errno_after)
		errno = fake.ioctl_errno;
	else if (query->size < VMWALK_QUERY_SIZE_MIN)
		errno = EINVAL;
	else if (fake.query_size && query->size > fake.query_size &&
		 !tail_is_zero(query, fake.query_size))
		errno = E2BIG;
	else if (query->end > (__u64)-4096)
		errno = EINVAL;
	return errno ? -1 : query_answer(request, query);
}

static int entry_open(void)
{
	fake.opens++;
	errno = 0;
	if (fake.open_eintr > 0 && fake.open_eintr--)
		errno = EINTR;
	else if (fake.module_missing || fake.process_missing)
		errno = ENOENT;
	else if (fake.entry_late > 0 && fake.entry_late--)
		errno = ENOENT;
	else if (fake.open_errno)
		errno = fake.open_errno;
	if (errno)
		return -1;
	fake_fd = memfd_create("fake", MFD_CLOEXEC);
	if (fake.report && write(fake_fd, fake.report, fake.report_size) < 0)
		return -1;
	return fake_fd;
}

int __wrap_open(const char *path, int flags, ...)
{
	char entry[64];

	snprintf(entry, sizeof(entry), "/proc/vmwalk/%d", FAKE_PID);
	if (strcmp(path, entry) == 0)
		return entry_open();
	if (strncmp(path, "/proc/", 6) == 0) {
		errno = ENOENT;
		return -1;
	}
	return __real_open(path, flags);
}

int __wrap_access(const char *path, int mode)
{
	char process[64];

	snprintf(process, sizeof(process), "/proc/%d", FAKE_PID);
	if (strcmp(path, "/proc/vmwalk") == 0)
		return fake.module_missing ? -1 : 0;
	if (strcmp(path, process) == 0)
		return fake.process_missing ? -1 : 0;
	return __real_access(path, mode);
}

int __wrap_nanosleep(const struct timespec *time, struct timespec *left)
{
	(void)left;
	fake.sleeps++;
	fake.slept_ns += time->tv_sec * 1000000000LL + time->tv_nsec;
	return 0;
}
