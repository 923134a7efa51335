// SPDX-License-Identifier: GPL-2.0
/* huge.c - what is huge in a VMA, what could be, and why the rest is not */
#include <stddef.h>
#include <string.h>

#include "huge.h"
#include "ledger.h"

static bool has_attribute(const struct vmwalk_huge *huge, __u64 any)
{
	return huge->vma.attributes & any;
}

/* The tmpfs the VMA's file is on; NULL for nameless shared memory and other files. */
static const struct vmwalk_tmpfs *tmpfs_of(const struct vmwalk_huge *huge)
{
	return huge->vma.inode ? vmwalk_thp_tmpfs(huge->thp, huge->vma.dev) : NULL;
}

static bool is_shmem(const struct vmwalk_huge *huge)
{
	return !huge->anonymous && (huge->vma.use == VMWALK_USE_SHM || tmpfs_of(huge));
}

/*
 * Place in the file and place in memory must go together, or no huge page of the file
 * can be mapped; anonymous memory has no place in a file.
 */
static bool is_suitable(const struct vmwalk_huge *huge)
{
	__u64 shift = huge->vma.start - huge->vma.offset;

	return huge->anonymous || !(shift & (huge->thp->pmd_bytes - 1));
}

static void places_find(struct vmwalk_huge *huge)
{
	const __u64 pmd_bytes = huge->thp->pmd_bytes;
	__u64 first = (huge->vma.start + pmd_bytes - 1) & ~(pmd_bytes - 1);
	__u64 last = huge->vma.end & ~(pmd_bytes - 1);

	if (!is_suitable(huge) || first >= last || first < huge->vma.start)
		first = last = huge->vma.start;
	huge->first = huge->place = first;
	huge->last = last;
	huge->out.could = last - first;
}

void vmwalk_huge_open(struct vmwalk_huge *huge, const struct vmwalk_thp_settings *thp,
		      const struct vmwalk_vma *vma, const char *name, bool prctl)
{
	*huge = (struct vmwalk_huge) {
		.thp = thp,
		.vma = *vma,
		.anonymous = vmwalk_vma_is_anonymous(vma, name),
		.prctl = prctl,
		.out = { .has = VMWALK_HAS(BASE), .bytes = vma->end - vma->start },
	};
	places_find(huge);
}

/* What khugepaged would make of a place with such contents: hpage_collapse_scan_pmd(). */
static enum vmwalk_huge_reason place_reason(const struct vmwalk_huge *huge,
					    const __u64 bytes[VMWALK_HUGE_CONTENTS])
{
	const struct vmwalk_thp_settings *thp = huge->thp;
	__u64 none = bytes[VMWALK_HUGE_EMPTY] + bytes[VMWALK_HUGE_ZERO];

	if (bytes[VMWALK_HUGE_LEAF])
		return VMWALK_HUGE_HUGE;
	if (none == thp->pmd_bytes)
		return VMWALK_HUGE_UNTOUCHED;
	if (none / thp->page > thp->max_none)
		return VMWALK_HUGE_SPARSE;
	if (bytes[VMWALK_HUGE_AWAY] / thp->page > thp->max_swap)
		return VMWALK_HUGE_SWAPPED;
	return VMWALK_HUGE_NOT_COLLAPSED;
}

/* @nr places of the same contents. */
static void places_add(struct vmwalk_huge *huge, const __u64 bytes[VMWALK_HUGE_CONTENTS],
		       __u64 nr)
{
	enum vmwalk_huge_reason reason = place_reason(huge, bytes);
	const __u64 all = nr * huge->thp->pmd_bytes;

	huge->kinds |= VMWALK_BIT(reason);
	switch (reason) {
	case VMWALK_HUGE_UNTOUCHED:
		huge->out.untouched += all;
		break;
	case VMWALK_HUGE_SPARSE:
		huge->out.sparse += all;
		break;
	case VMWALK_HUGE_SWAPPED:
		huge->out.swapped_out += all;
		break;
	case VMWALK_HUGE_NOT_COLLAPSED:
		huge->out.dense += all;
		huge->small += bytes[VMWALK_HUGE_SMALL] * nr;
		break;
	default:
		break;
	}
}

/* Ends the place that is being added to: what no run covered is empty. */
static void place_close(struct vmwalk_huge *huge)
{
	const __u64 pmd_bytes = huge->thp->pmd_bytes;
	unsigned int content;
	__u64 covered = 0;

	for (content = VMWALK_HUGE_EMPTY + 1; content < VMWALK_HUGE_CONTENTS; content++)
		covered += huge->bytes[content];
	huge->bytes[VMWALK_HUGE_EMPTY] = covered < pmd_bytes ? pmd_bytes - covered : 0;
	places_add(huge, huge->bytes, 1);
	memset(huge->bytes, 0, sizeof(huge->bytes));
	huge->place += pmd_bytes;
}

/* Several whole places of one content at once: a mapping may have millions. */
static void places_skip(struct vmwalk_huge *huge, enum vmwalk_huge_content content, __u64 nr)
{
	__u64 bytes[VMWALK_HUGE_CONTENTS] = { 0 };

	if (!nr)
		return;
	bytes[content] = huge->thp->pmd_bytes;
	places_add(huge, bytes, nr);
	huge->place += nr * huge->thp->pmd_bytes;
}

static bool place_is_begun(const struct vmwalk_huge *huge)
{
	unsigned int content;

	for (content = 0; content < VMWALK_HUGE_CONTENTS; content++)
		if (huge->bytes[content])
			return true;
	return false;
}

/* Goes on to the place that holds @va; those passed over are empty. */
static void place_reach(struct vmwalk_huge *huge, __u64 va)
{
	const __u64 pmd_bytes = huge->thp->pmd_bytes;

	if (va < huge->place + pmd_bytes)
		return;
	if (place_is_begun(huge))
		place_close(huge);
	places_skip(huge, VMWALK_HUGE_EMPTY, (va - huge->place) / pmd_bytes);
}

/* [start, end) of one content, cut to the places. */
static void content_add(struct vmwalk_huge *huge, __u64 start, __u64 end,
			enum vmwalk_huge_content content)
{
	const __u64 pmd_bytes = huge->thp->pmd_bytes;

	if (start < huge->place)
		start = huge->place;
	if (end > huge->last)
		end = huge->last;
	while (start < end) {
		__u64 part;

		place_reach(huge, start);
		if (start == huge->place && !place_is_begun(huge) && end - start >= pmd_bytes) {
			places_skip(huge, content, (end - start) / pmd_bytes);
			start = huge->place;
			continue;
		}
		part = huge->place + pmd_bytes;
		if (part > end)
			part = end;
		huge->bytes[content] += part - start;
		start = part;
	}
}

static enum vmwalk_huge_content run_content(const struct vmwalk_run *run)
{
	switch (run->kind) {
	case VMWALK_KIND_NONE:
	case VMWALK_KIND_NOVMA:
		return VMWALK_HUGE_EMPTY;
	case VMWALK_KIND_PAGE:
	case VMWALK_KIND_PROTNONE:
	case VMWALK_KIND_SPLITTING:
		if (run->level != VMWALK_LEVEL_PTE)
			return VMWALK_HUGE_LEAF;
		return run->flags & VMWALK_FLAG(ZERO) ? VMWALK_HUGE_ZERO : VMWALK_HUGE_SMALL;
	default:
		return run->level == VMWALK_LEVEL_PTE ? VMWALK_HUGE_AWAY : VMWALK_HUGE_LEAF;
	}
}

static bool run_is_present(const struct vmwalk_run *run)
{
	return run->kind == VMWALK_KIND_PAGE || run->kind == VMWALK_KIND_PROTNONE ||
	       run->kind == VMWALK_KIND_SPLITTING;
}

/* Which sum of smaps a transparent huge leaf goes to; reserved ones to none. */
static __u64 *huge_sum(struct vmwalk_huge *huge, const struct vmwalk_run *run)
{
	if (huge->vma.use == VMWALK_USE_HUGETLB)
		return NULL;
	if (run->flags & VMWALK_FLAG(ZERO))
		return &huge->out.zero_huge;
	if (huge->anonymous)
		return &huge->out.anon_huge;
	return is_shmem(huge) ? &huge->out.shmem_huge : &huge->out.file_huge;
}

static void present_add(struct vmwalk_huge *huge, const struct vmwalk_run *run)
{
	const __u64 bytes = run->end - run->start;
	__u64 *sum;

	switch (run->level) {
	case VMWALK_LEVEL_PTE:
		huge->out.pte_bytes += bytes;
		return;
	case VMWALK_LEVEL_PMD:
		huge->out.pmd_bytes += bytes;
		sum = huge_sum(huge, run);
		if (sum)
			*sum += bytes;
		return;
	default:
		huge->out.pud_bytes += bytes;
		return;
	}
}

void vmwalk_huge_run(struct vmwalk_huge *huge, const struct vmwalk_run *run)
{
	if (run->has & VMWALK_HAS(RAW))		/* the reader may see frames too */
		huge->out.has |= VMWALK_HAS(PAGE);
	if (run_is_present(run))
		present_add(huge, run);
	content_add(huge, run->start, run->end, run_content(run));
}

void vmwalk_huge_frame(struct vmwalk_huge *huge, const struct vmwalk_frame *frame)
{
	__u64 folio = frame->order < 64 ? huge->thp->page << frame->order : 0;

	if (frame->has & VMWALK_HAS(PAGE) && frame->level == VMWALK_LEVEL_PTE &&
	    folio >= huge->thp->pmd_bytes)
		huge->out.split += frame->pages * huge->thp->page;
}

/* What stands against huge pages in the VMA as a whole, in the order it is told. */
static bool is_hugetlb(const struct vmwalk_huge *huge)
{
	return huge->vma.use == VMWALK_USE_HUGETLB ||
	       has_attribute(huge, VMWALK_VMA_FLAG(HUGETLB));
}

/* VM_SPECIAL, include/linux/mm.h */
static bool is_special(const struct vmwalk_huge *huge)
{
	return has_attribute(huge, VMWALK_VMA_FLAG(IO) | VMWALK_VMA_FLAG(PFNMAP) |
			     VMWALK_VMA_FLAG(MIXEDMAP) | VMWALK_VMA_FLAG(DONTEXPAND));
}

static bool is_small(const struct vmwalk_huge *huge)
{
	return huge->out.bytes < huge->thp->pmd_bytes;
}

static bool is_unaligned(const struct vmwalk_huge *huge)
{
	return !huge->out.could;
}

static bool is_unsupported(const struct vmwalk_huge *huge)
{
	return !huge->thp->supported;
}

static bool is_prctl(const struct vmwalk_huge *huge)
{
	return huge->prctl;
}

static bool is_nohugepage(const struct vmwalk_huge *huge)
{
	return has_attribute(huge, VMWALK_VMA_FLAG(NOHUGEPAGE));
}

/* The setting that decides over shared memory, shmem_is_huge(). */
static enum vmwalk_shmem_policy shmem_policy(const struct vmwalk_huge *huge)
{
	const struct vmwalk_tmpfs *tmpfs = tmpfs_of(huge);
	enum vmwalk_shmem_policy all = huge->thp->shmem;

	if (all == VMWALK_SHMEM_DENY || all == VMWALK_SHMEM_FORCE)
		return all;
	return tmpfs ? tmpfs->policy : all;
}

static bool shmem_allows(const struct vmwalk_huge *huge)
{
	switch (shmem_policy(huge)) {
	case VMWALK_SHMEM_ALWAYS:
	case VMWALK_SHMEM_FORCE:
	case VMWALK_SHMEM_WITHIN_SIZE:
		return true;
	case VMWALK_SHMEM_ADVISE:
		return has_attribute(huge, VMWALK_VMA_FLAG(HUGEPAGE));
	default:
		return false;
	}
}

static bool is_shmem_policy(const struct vmwalk_huge *huge)
{
	return is_shmem(huge) && !shmem_allows(huge);
}

static bool is_never(const struct vmwalk_huge *huge)
{
	return !is_shmem(huge) && huge->thp->policy == VMWALK_THP_NEVER;
}

static bool is_madvise(const struct vmwalk_huge *huge)
{
	return !is_shmem(huge) && huge->thp->policy == VMWALK_THP_MADVISE &&
	       !has_attribute(huge, VMWALK_VMA_FLAG(HUGEPAGE));
}

static bool is_file(const struct vmwalk_huge *huge)
{
	return !huge->anonymous && !is_shmem(huge);
}

static bool is_text(const struct vmwalk_huge *huge)
{
	return is_file(huge) && has_attribute(huge, VMWALK_VMA_FLAG(EXEC));
}

/* vma_is_temporary_stack(): VM_STACK_INCOMPLETE_SETUP, include/linux/mm.h */
static bool is_temporary_stack(const struct vmwalk_huge *huge)
{
	const __u64 marks = VMWALK_VMA_FLAG(GROWSDOWN) | VMWALK_VMA_FLAG(RAND_READ) |
			    VMWALK_VMA_FLAG(SEQ_READ);

	return (huge->vma.attributes & marks) == marks;
}

static const struct obstacle {
	bool (*stands)(const struct vmwalk_huge *huge);
	enum vmwalk_huge_reason reason;
} obstacles[] = {
	{ is_hugetlb, VMWALK_HUGE_HUGETLB },
	{ is_special, VMWALK_HUGE_SPECIAL },
	{ is_small, VMWALK_HUGE_TOO_SMALL },
	{ is_unaligned, VMWALK_HUGE_UNALIGNED },
	{ is_unsupported, VMWALK_HUGE_UNSUPPORTED },
	{ is_prctl, VMWALK_HUGE_PRCTL },
	{ is_nohugepage, VMWALK_HUGE_NOHUGEPAGE },
	{ is_shmem_policy, VMWALK_HUGE_SHMEM_POLICY },
	{ is_never, VMWALK_HUGE_NEVER },
	{ is_madvise, VMWALK_HUGE_MADVISE },
	{ is_text, VMWALK_HUGE_TEXT },
	{ is_file, VMWALK_HUGE_FILE },
	{ is_temporary_stack, VMWALK_HUGE_TEMPORARY_STACK },
};

static const struct obstacle *obstacle_find(const struct vmwalk_huge *huge)
{
	size_t i;

	for (i = 0; i < sizeof(obstacles) / sizeof(obstacles[0]); i++)
		if (obstacles[i].stands(huge))
			return &obstacles[i];
	return NULL;
}

/*
 * Eligible is what no obstacle stands against. Whether the kernel was built to collapse
 * program text, and whether a file is large enough for within_size, cannot be seen.
 */
static void eligible_set(struct vmwalk_huge *huge, const struct obstacle *obstacle)
{
	if (obstacle && obstacle->reason == VMWALK_HUGE_TEXT)
		return;
	if (!obstacle && is_shmem(huge) && shmem_policy(huge) == VMWALK_SHMEM_WITHIN_SIZE &&
	    !has_attribute(huge, VMWALK_VMA_FLAG(HUGEPAGE)))
		return;
	huge->out.has |= VMWALK_HAS(KNOWN);
	huge->out.eligible = !obstacle;
}

/* Why the places that are not huge are not: the one reason, or MIXED. */
static enum vmwalk_huge_reason rest_reason(const struct vmwalk_huge *huge)
{
	__u64 kinds = huge->kinds & ~VMWALK_BIT(VMWALK_HUGE_HUGE);
	unsigned int reason = 0;

	if (!kinds)
		return VMWALK_HUGE_HUGE;
	if (kinds & (kinds - 1))
		return VMWALK_HUGE_MIXED;
	while (!(kinds & VMWALK_BIT(reason)))
		reason++;
	if (reason == VMWALK_HUGE_NOT_COLLAPSED && huge->small && huge->out.split >= huge->small)
		return VMWALK_HUGE_SPLIT;
	return (enum vmwalk_huge_reason)reason;
}

/* All that could be huge is: then no obstacle matters. */
static bool is_all_huge(const struct vmwalk_huge *huge)
{
	return huge->kinds == VMWALK_BIT(VMWALK_HUGE_HUGE);
}

void vmwalk_huge_close(struct vmwalk_huge *huge, struct vmwalk_hugepages *out)
{
	const struct obstacle *obstacle = obstacle_find(huge);

	if (place_is_begun(huge))
		place_close(huge);
	places_skip(huge, VMWALK_HUGE_EMPTY, (huge->last - huge->place) / huge->thp->pmd_bytes);
	eligible_set(huge, obstacle);
	if (obstacle && (!is_all_huge(huge) || obstacle->reason == VMWALK_HUGE_HUGETLB))
		huge->out.reason = obstacle->reason;
	else
		huge->out.reason = rest_reason(huge);
	*out = huge->out;
}
