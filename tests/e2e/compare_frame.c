// SPDX-License-Identifier: GPL-2.0
/*
 * compare_frame.c - FRAMES of every page of a process, and the attributes of its
 * VMAs, against the kernel's own files
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "compare.h"
#include "expect.h"
#include "tap.h"

#define BATCH		512U		/* pages looked at together */
#define CHUNK		(1UL << 16)	/* pagemap entries a read */
#define ROOM		2048U		/* records a FRAMES */
#define RETRIES		60		/* looks at a page that may be changing */
#define DIFFERENCES	20		/* from so many on nobody looks twice */
#define NODES		8

/**
 * struct scene - the process and the VMA that are being compared
 * @fd: of the process's entry
 * @pid: its number
 * @made: the factory's process or NULL
 * @area: the VMA, from smaps
 * @numa: pages that numa_maps must count, a node
 * @folio: first frame of the folio whose extent was checked last
 * @order: its order
 */
struct scene {
	int fd;
	pid_t pid;
	const struct target *made;
	const struct area *area;
	uint64_t numa[NODES];
	uint64_t folio;
	unsigned int order;
};

/**
 * struct witness - what the oracles say of one page
 * @pagemap: its pagemap entry
 * @page: of its frame
 * @node: that move_pages(2) tells, or -errno
 */
struct witness {
	uint64_t pagemap;
	struct kpage page;
	int node;
};

/*
 * Between memory lie holes and devices that have a struct page too, a reserved one,
 * and kpageflags shows it. Only who maps bare frames meets them.
 */
static struct kpage page_seen(const struct area *area, uint64_t pfn, const struct kpage *page)
{
	if (expect_blind(area) && page->flags & KPF_RESERVED && !proc_is_ram(pfn))
		return (struct kpage) { .known = false };
	return *page;
}

struct compare_seen compare_seen;

/* The first difference of a page; kept until it is known to stay. */
static char found[320];

static bool same(const char *what, uint64_t vmwalk, const char *oracle, uint64_t expected)
{
	if (vmwalk == expected)
		return true;
	snprintf(found, sizeof(found), "%s: vmwalk says 0x%llx, %s says 0x%llx", what,
		 (unsigned long long)vmwalk, oracle, (unsigned long long)expected);
	return false;
}

static bool holds(bool right, const char *what)
{
	if (!right)
		snprintf(found, sizeof(found), "%s", what);
	return right;
}

static const char *zone_name(unsigned int zone)
{
	static const char *const names[VMWALK_ZONE_NR] = {
#define NAME(NAME, nr, text, help)	[nr] = text,
		VMWALK_ZONES(NAME)
#undef NAME
	};

	return zone < VMWALK_ZONE_NR ? names[zone] : "?";
}

/*
 * What a folio's first page says for all: whether swap backs it, and who pays. Of
 * the others kpageflags does not show the one, and kpagecgroup says 0 for the other
 * (mm/memcontrol.c, page_cgroup_ino(), looks at the page alone).
 */
static const struct kpage *folio_page(const struct vmwalk_frame *frame,
				      const struct kpage *page)
{
	static uint64_t first = -1;
	static struct kpage head;

	if (!(page->flags & KPF_COMPOUND_TAIL))
		return page;
	if (first != frame->pfn - frame->place) {
		first = frame->pfn - frame->place;
		proc_kpages(first, &head, 1);
	}
	return &head;
}

/* The first SysV segment of a machine has the inode number 0, but a device. */
static bool has_file(const struct area *area)
{
	return area->inode || area->major || area->minor;
}

/* What kpageflags, and where flags cannot tell the VMA, make of a frame. */
static unsigned int type_expected(const struct area *area, const struct vmwalk_frame *frame,
				  const struct kpage *page)
{
	bool huge = page->flags & KPF_THP;

	if (!page->known)
		return VMWALK_FRAME_NONE;
	if (page->flags & KPF_ZERO_PAGE)
		return huge ? VMWALK_FRAME_HUGE_ZERO : VMWALK_FRAME_ZERO;
	if (page->flags & KPF_HUGE)
		return VMWALK_FRAME_HUGETLB;
	if (page->flags & KPF_KSM)
		return VMWALK_FRAME_KSM;
	if (page->flags & KPF_ANON)
		return VMWALK_FRAME_ANON;
	if (!has_file(area) || expect_blind(area) || proc_area_flag(area, "mm"))
		return VMWALK_FRAME_KERNEL;
	if (folio_page(frame, page)->flags & KPF_SWAPBACKED)
		return VMWALK_FRAME_SHMEM;
	return VMWALK_FRAME_FILE;
}

/* A folio is a head and tails, a power of two of them, and no tail follows. */
static bool check_extent(struct scene *scene, const struct vmwalk_frame *frame,
			 const struct kpage *page)
{
	uint64_t head = frame->pfn - frame->place, nr = 1ULL << (frame->order & 31), at;

	if (!(page->flags & (KPF_COMPOUND_HEAD | KPF_COMPOUND_TAIL)))
		return same("order of a folio", frame->order, "kpageflags", 0) &&
		       same("place in a folio", frame->place, "kpageflags", 0);
	if (head == scene->folio && frame->order == scene->order)
		return true;
	for (at = head; at <= head + nr; at += BATCH) {
		static struct kpage pages[BATCH];
		uint64_t left = head + nr + 1 - at, i;

		proc_kpages(at, pages, left < BATCH ? left : BATCH);
		for (i = 0; i < (left < BATCH ? left : BATCH); i++) {
			bool first = at + i == head, after = at + i == head + nr;

			if (!holds(first == !!(pages[i].flags & KPF_COMPOUND_HEAD) || after,
				   "kpageflags: the folio has no head, or another one inside") ||
			    !holds((first || after) == !(pages[i].flags & KPF_COMPOUND_TAIL),
				   "kpageflags: the tails are not those of the folio's order"))
				return false;
		}
	}
	scene->folio = head;
	scene->order = frame->order;
	return true;
}

/* The file is the VMA's, and the page's place in it follows from the address. */
static bool check_mapping(const struct area *area, const struct vmwalk_frame *frame)
{
	bool wanted = frame->type == VMWALK_FRAME_FILE || frame->type == VMWALK_FRAME_SHMEM ||
		      (frame->type == VMWALK_FRAME_HUGETLB &&
		       !(frame->page_flags & KPF_ANON));

	if (!same("has MAPPING", !!(frame->has & VMWALK_HAS(MAPPING)), "kpageflags and maps",
		  wanted) || !wanted)
		return !wanted && !(frame->has & VMWALK_HAS(MAPPING));
	return same("inode", frame->inode, "maps", area->inode) &&
	       same("major", frame->dev[0], "maps", area->major) &&
	       same("minor", frame->dev[1], "maps", area->minor) &&
	       same("offset", frame->offset, "maps and arithmetic",
		    area->offset + (frame->va - area->start));
}

static bool check_place(const struct vmwalk_frame *frame, const struct witness *witness)
{
	const struct memzone *zone = proc_zone(frame->pfn, frame->node);

	if (!zone) {
		snprintf(found, sizeof(found), "zoneinfo: node %u has no zone with frame 0x%llx",
			 frame->node, frame->pfn);
		return false;
	}
	if (strcmp(zone->name, zone_name(frame->zone))) {
		snprintf(found, sizeof(found), "zone of frame 0x%llx: vmwalk says %s, zoneinfo %s",
			 frame->pfn, zone_name(frame->zone), zone->name);
		return false;
	}
	return witness->node < 0 || same("node", frame->node, "move_pages", witness->node);
}

/*
 * An entry that lets the process write to an anonymous page is of a page that it has
 * to itself, and a page mapped twice is nobody's own (mm/memory.c, do_wp_page()).
 */
static bool check_traits(const struct vmwalk_frame *frame, const struct kpage *page)
{
	bool exclusive = frame->traits & VMWALK_TRAIT(EXCLUSIVE);
	bool anon = page->flags & KPF_ANON && !(page->flags & KPF_KSM);
	bool average = frame->traits & VMWALK_TRAIT(AVERAGE);

	return holds(!exclusive || anon, "exclusive, but not anonymous") &&
	       holds(!exclusive || page->count == 1, "exclusive, but mapped more than once") &&
	       holds(!(anon && frame->flags & VMWALK_FLAG(WRITE)) || exclusive,
		     "anonymous and writable, but not exclusive") &&
	       holds(!average, "an average mapcount: this kernel keeps each") &&
	       holds(frame->order || frame->refcount >= frame->mapcount ||
		     frame->type == VMWALK_FRAME_ZERO, "fewer references than mappings");
}

static bool check_page(struct scene *scene, const struct vmwalk_frame *frame,
		       const struct witness *witness)
{
	const struct kpage *page = &witness->page;
	unsigned int type = type_expected(scene->area, frame, page);

	if (!same("type", frame->type, "kpageflags", type) ||
	    !same("has PAGE", !!(frame->has & VMWALK_HAS(PAGE)), "kpageflags", page->known) ||
	    !same("protection key", frame->pkey, "smaps", scene->area->kb[AREA_PKEY]))
		return false;
	if (!page->known)
		return true;
	return same("page flags", frame->page_flags, "kpageflags", page->flags) &&
	       same("mapcount", frame->mapcount, "kpagecount", page->count) &&
	       same("has CGROUP", !!(frame->has & VMWALK_HAS(CGROUP)), "kpagecgroup", true) &&
	       same("cgroup", frame->cgroup, "kpagecgroup of the folio",
		    folio_page(frame, page)->cgroup) &&
	       check_place(frame, witness) && check_extent(scene, frame, page) &&
	       check_mapping(scene->area, frame) && check_traits(frame, page);
}

/* What may not change while the process holds still: where the page is, and how mapped. */
static bool check_leaf(struct scene *scene, const struct vmwalk_frame *frame,
		       const struct witness *witness)
{
	struct expect expect =
		expect_page(scene->made, scene->area, frame->va, witness->pagemap);
	uint64_t cached = VMWALK_FLAG(PWT) | VMWALK_FLAG(PCD) | VMWALK_FLAG(PAT);

	if (!holds(frame->has & VMWALK_HAS(FRAME), "no frame number"))
		return false;
	if (expect.blind)
		return true;
	return same("kind", frame->kind, "pagemap", expect.kind) &&
	       (expect.kind == VMWALK_KIND_HWPOISON ||
		same("frame", frame->pfn, "pagemap", expect.frame)) &&
	       (!witness->page.known || expect.kind == VMWALK_KIND_HWPOISON ||
		(same("bits of the memory type", frame->flags & cached, "ordinary memory", 0) &&
		 same("memory type", frame->memtype, "ordinary memory", VMWALK_MEMTYPE_WB)));
}

/* The @k-th page of a record, by what the record's comment promises. */
static struct vmwalk_frame page_of(const struct vmwalk_frame *record, uint64_t k)
{
	struct vmwalk_frame frame = *record;

	frame.va += k * PAGE_SIZE;
	frame.pfn += k;
	frame.pages = 1;
	if (frame.has & VMWALK_HAS(PAGE))
		frame.place += k;
	if (frame.has & VMWALK_HAS(MAPPING))
		frame.offset += k * PAGE_SIZE;
	return frame;
}

/*
 * Flags and counts change behind a process that holds still: pages wait in batches
 * for the lists of reclaim, others map and unmap the same file. So a page that
 * differs is asked for again, and the oracles too, until they agree.
 */
static bool agrees_later(struct scene *scene, uint64_t va)
{
	int tries;

	for (tries = 0; tries < RETRIES && e2e_differences() < DIFFERENCES; tries++) {
		struct vmwalk_frame *frames, frame;
		struct witness witness;
		bool right;
		size_t nr;

		usleep(tries < 10 ? 0 : 5000);
		frames = ask_frames(scene->fd, va, va + PAGE_SIZE, ROOM, &nr);
		frame = frames[0];
		free(frames);
		if (!same("records of one page", nr, "pagemap", 1))
			return false;
		proc_pagemap(scene->pid, va, &witness.pagemap, 1);
		proc_kpages(frame.pfn, &witness.page, 1);
		witness.page = page_seen(scene->area, frame.pfn, &witness.page);
		proc_nodes(scene->pid, &va, &witness.node, 1);
		right = check_leaf(scene, &frame, &witness) && check_page(scene, &frame, &witness);
		if (right)
			return true;
	}
	return false;
}

/* numa_maps counts what mm counts: no zero page, nothing reserved, no bare frame. */
static void count_node(struct scene *scene, const struct vmwalk_frame *frame)
{
	if (!(frame->has & VMWALK_HAS(PAGE)) || frame->node >= NODES ||
	    frame->page_flags & (KPF_RESERVED | KPF_ZERO_PAGE) ||
	    frame->kind == VMWALK_KIND_HWPOISON)
		return;
	scene->numa[frame->node]++;
}

/* At most BATCH pages of a record, from the @from-th on. */
static void check_pages(struct scene *scene, const struct vmwalk_frame *record, uint64_t from,
			size_t nr)
{
	static uint64_t pagemap[BATCH], vas[BATCH];
	static struct kpage pages[BATCH];
	static int nodes[BATCH];
	size_t i;

	for (i = 0; i < nr; i++)
		vas[i] = record->va + (from + i) * PAGE_SIZE;
	proc_pagemap(scene->pid, vas[0], pagemap, nr);
	proc_kpages(record->pfn + from, pages, nr);
	proc_nodes(scene->pid, vas, nodes, nr);
	for (i = 0; i < nr; i++) {
		struct vmwalk_frame frame = page_of(record, from + i);
		struct witness witness = {
			.pagemap = pagemap[i],
			.page = page_seen(scene->area, frame.pfn, &pages[i]),
			.node = nodes[i],
		};

		e2e_compared(1);
		count_node(scene, &frame);
		compare_seen.types[type_expected(scene->area, &frame, &witness.page)]++;
		if (check_leaf(scene, &frame, &witness) && check_page(scene, &frame, &witness))
			continue;
		if (!agrees_later(scene, frame.va))
			e2e_differ("0x%llx in %s (%s, frame 0x%llx): %s", frame.va,
				   scene->area->name, scene->area->perms, frame.pfn, found);
	}
}

/* Between two records nothing may be present. */
static void check_gap(struct scene *scene, uint64_t from, uint64_t to)
{
	static uint64_t pagemap[CHUNK];
	size_t nr, i;

	if (expect_blind(scene->area))
		return;
	for (; from < to; from += nr * PAGE_SIZE) {
		nr = (to - from) / PAGE_SIZE;
		nr = nr < CHUNK ? nr : CHUNK;
		proc_pagemap(scene->pid, from, pagemap, nr);
		for (i = 0; i < nr; i++)
			if (pagemap[i] & PM_PRESENT)
				e2e_differ("0x%llx in %s: present in pagemap, not in FRAMES",
					   (unsigned long long)from + i * PAGE_SIZE,
					   scene->area->name);
	}
}

static void check_record(struct scene *scene, const struct vmwalk_frame *record)
{
	uint64_t at;

	for (at = 0; at < record->pages; at += BATCH) {
		uint64_t left = record->pages - at;

		check_pages(scene, record, at, left < BATCH ? left : BATCH);
	}
}

static void check_numa(struct scene *scene, const char *numa_maps)
{
	uint64_t unit = proc_area_flag(scene->area, "ht") ?
			scene->area->kb[AREA_PAGE_SIZE] / 4 : 1;
	unsigned int node;

	for (node = 0; numa_maps && node < NODES; node++) {
		uint64_t told = proc_numa_pages(numa_maps, scene->area->start, node) * unit;

		e2e_compared(1);
		if (!expect_blind(scene->area) && scene->numa[node] != told)
			e2e_differ("%s 0x%llx: %llu pages on node %u, numa_maps says %llu",
				   scene->area->name, (unsigned long long)scene->area->start,
				   (unsigned long long)scene->numa[node], node,
				   (unsigned long long)told);
	}
}

static void frames_area(struct scene *scene, const char *numa_maps)
{
	const struct area *area = scene->area;
	uint64_t at = area->start;
	size_t nr, i;
	struct vmwalk_frame *frames = ask_frames(scene->fd, area->start, area->end, ROOM, &nr);

	for (i = 0; i < nr; i++) {
		uint64_t end = frames[i].va + frames[i].pages * PAGE_SIZE;

		if (frames[i].va < at || !frames[i].pages || end > area->end) {
			e2e_differ("record %zu, 0x%llx-0x%llx: after 0x%llx, or out of its VMA", i,
				   frames[i].va, (unsigned long long)end,
				   (unsigned long long)at);
			break;
		}
		check_gap(scene, at, frames[i].va);
		check_record(scene, &frames[i]);
		at = end;
	}
	check_gap(scene, at, area->end);
	check_numa(scene, numa_maps);
	free(frames);
}

void compare_frames(pid_t pid, const struct target *made)
{
	struct areas areas = proc_areas(pid, "smaps");
	char *numa_maps = proc_slurp_pid(pid, "numa_maps", NULL);
	struct scene scene = { .fd = ask_open(pid), .pid = pid, .made = made };
	size_t i;

	for (i = 0; i < areas.nr; i++) {
		scene.area = &areas.area[i];
		memset(scene.numa, 0, sizeof(scene.numa));
		frames_area(&scene, numa_maps);
	}
	close(scene.fd);
	free(numa_maps);
	proc_areas_free(&areas);
}

/* Documentation/filesystems/proc.rst: the words of VmFlags. */
static const struct {
	const char *word;
	uint64_t attribute;
} attributes[] = {
	{ "rd", VMWALK_VMA_FLAG(READ) }, { "wr", VMWALK_VMA_FLAG(WRITE) },
	{ "ex", VMWALK_VMA_FLAG(EXEC) }, { "sh", VMWALK_VMA_FLAG(SHARED) },
	{ "mr", VMWALK_VMA_FLAG(MAYREAD) }, { "mw", VMWALK_VMA_FLAG(MAYWRITE) },
	{ "me", VMWALK_VMA_FLAG(MAYEXEC) }, { "ms", VMWALK_VMA_FLAG(MAYSHARE) },
	{ "gd", VMWALK_VMA_FLAG(GROWSDOWN) }, { "pf", VMWALK_VMA_FLAG(PFNMAP) },
	{ "mm", VMWALK_VMA_FLAG(MIXEDMAP) }, { "lo", VMWALK_VMA_FLAG(LOCKED) },
	{ "lf", VMWALK_VMA_FLAG(LOCKONFAULT) }, { "io", VMWALK_VMA_FLAG(IO) },
	{ "sr", VMWALK_VMA_FLAG(SEQ_READ) }, { "rr", VMWALK_VMA_FLAG(RAND_READ) },
	{ "dc", VMWALK_VMA_FLAG(DONTCOPY) }, { "de", VMWALK_VMA_FLAG(DONTEXPAND) },
	{ "ac", VMWALK_VMA_FLAG(ACCOUNT) }, { "nr", VMWALK_VMA_FLAG(NORESERVE) },
	{ "ht", VMWALK_VMA_FLAG(HUGETLB) }, { "sf", VMWALK_VMA_FLAG(SYNC) },
	{ "wf", VMWALK_VMA_FLAG(WIPEONFORK) }, { "dd", VMWALK_VMA_FLAG(DONTDUMP) },
	{ "sd", VMWALK_VMA_FLAG(SOFTDIRTY) }, { "hg", VMWALK_VMA_FLAG(HUGEPAGE) },
	{ "nh", VMWALK_VMA_FLAG(NOHUGEPAGE) }, { "mg", VMWALK_VMA_FLAG(MERGEABLE) },
	{ "um", VMWALK_VMA_FLAG(UFFD_MISSING) }, { "uw", VMWALK_VMA_FLAG(UFFD_WP) },
	{ "ui", VMWALK_VMA_FLAG(UFFD_MINOR) }, { "ss", VMWALK_VMA_FLAG(SHADOW_STACK) },
	{ "sl", VMWALK_VMA_FLAG(SEALED) }, { "dp", VMWALK_VMA_FLAG(DROPPABLE) },
	{ "gu", VMWALK_VMA_FLAG(GUARDED) },
};

static bool has_word(const char *words, const char *word)
{
	for (; words && *words; words = strchr(words, ' ')) {
		words += strspn(words, " ");
		if (!strncmp(words, word, 2))
			return true;
	}
	return false;
}

/* smaps gives the key as a number, and for flags it has no word for "??". */
static uint64_t attributes_expected(const struct area *area)
{
	uint64_t expected = (uint64_t)area->kb[AREA_PKEY] << VMWALK_VMA_FLAG_BIT_PKEY0;
	size_t i;

	for (i = 0; i < E2E_NR(attributes); i++)
		if (has_word(area->vm_flags, attributes[i].word))
			expected |= attributes[i].attribute;
	return expected;
}

void compare_attributes(pid_t pid)
{
	struct areas areas = proc_areas(pid, "smaps");
	int fd = ask_open(pid);
	size_t i, nr;

	for (i = 0; i < areas.nr; i++) {
		const struct area *area = &areas.area[i];
		uint64_t expected = attributes_expected(area), told, unnamed;
		struct ask_vma *vmas = ask_vmas(fd, area->start, area->end, 0, 4, &nr);

		told = nr ? vmas->vma.attributes : 0;
		unnamed = has_word(area->vm_flags, "??") ? VMWALK_VMA_FLAG(LOCKONFAULT) : 0;
		e2e_compared(1);
		if ((told & ~unnamed) != (expected & ~unnamed))
			e2e_differ("%s 0x%llx: attributes 0x%llx, VmFlags %smake 0x%llx",
				   area->name, (unsigned long long)area->start,
				   (unsigned long long)told, area->vm_flags,
				   (unsigned long long)expected);
		ask_vmas_free(vmas, nr);
	}
	close(fd);
	proc_areas_free(&areas);
}
