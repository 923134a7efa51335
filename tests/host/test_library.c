// SPDX-License-Identifier: GPL-2.0
/* test_library.c - handles and queries against the kernel of fake.c */
#include <errno.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "fake.h"
#include "field.h"
#include "libvmwalk.h"
#include "test.h"

#define HUNDRED	100

static int healthy(void **state)
{
	(void)state;
	fake_reset();
	return 0;
}

static struct vmwalk *open_healthy(void)
{
	struct vmwalk *handle = NULL;

	assert_int_equal(vmwalk_open(FAKE_PID, &handle), 0);
	assert_int_equal(vmwalk_pid(handle), FAKE_PID);
	return handle;
}

static void opening(void **state)
{
	struct vmwalk *untouched = (struct vmwalk *)state, *handle = untouched;

	assert_int_equal(vmwalk_open(0, &handle), -EINVAL);
	assert_int_equal(vmwalk_open(-5, &handle), -EINVAL);
	fake.module_missing = 1;
	assert_int_equal(vmwalk_open(FAKE_PID, &handle), -ENODEV);
	assert_int_equal(fake.sleeps, 0);
	fake_reset();
	fake.open_errno = EACCES;
	assert_int_equal(vmwalk_open(FAKE_PID, &handle), -EACCES);
	assert_int_equal(fake.opens, 1);
	fake_reset();
	fake.process_missing = 1;
	assert_int_equal(vmwalk_open(FAKE_PID, &handle), -ENOENT);
	assert_int_equal(fake.sleeps, 0);
	assert_ptr_equal(handle, untouched);
	fake_reset();
	fake.open_eintr = 3;
	vmwalk_close(open_healthy());
	assert_int_equal(fake.opens, 4);
	vmwalk_close(NULL);
}

/* A process that is there and not published yet is waited for, within bounds. */
static void a_late_entry(void **state)
{
	struct vmwalk *handle;

	(void)state;
	fake.entry_late = 7;
	vmwalk_close(open_healthy());
	assert_int_equal(fake.opens, 8);
	assert_int_equal(fake.sleeps, 7);
	fake_reset();
	fake.entry_late = 1 << 30;
	assert_int_equal(vmwalk_open(FAKE_PID, &handle), -ENOENT);
	assert_true(fake.slept_ns >= 100000000);
	assert_true(fake.slept_ns <= 200000000);
}

static void translate_hundred(__u32 max_done, int ioctls)
{
	struct vmwalk_walk *walks = calloc(HUNDRED + 1, sizeof(*walks));
	struct vmwalk *handle = open_healthy();
	__u64 addresses[HUNDRED];
	struct vmwalk_cost cost;
	size_t i;

	memset(&walks[HUNDRED], 0x5a, sizeof(*walks));
	for (i = 0; i < HUNDRED; i++)
		addresses[i] = i % 2 ? 0x401000 + i : 0x1000 + i;
	fake.max_done = max_done;
	assert_int_equal(vmwalk_translate(handle, addresses, HUNDRED, walks), 0);
	assert_int_equal(fake.ioctls, ioctls);
	assert_int_equal(fake.record_size, sizeof(*walks));
	for (i = 0; i < HUNDRED; i++) {
		assert_int_equal(walks[i].va, addresses[i]);
		assert_int_equal(walks[i].kind, i % 2 ? VMWALK_KIND_PAGE : VMWALK_KIND_NOVMA);
		assert_int_equal(walks[i].pa, i % 2 ? 0x1001000 + i : 0);
	}
	assert_int_equal(walks[HUNDRED].va, 0x5a5a5a5a5a5a5a5a);
	vmwalk_cost(handle, &cost);
	assert_int_equal(cost.queries, ioctls);
	assert_int_equal(cost.holds, 2 * ioctls);
	assert_int_equal(cost.hold_ns, 100 * ioctls);
	assert_int_equal(cost.entries, 5 * HUNDRED / 2);
	vmwalk_close(handle);
	free(walks);
	fake_reset();
}

static void translating(void **state)
{
	(void)state;
	translate_hundred(0, 1);
	translate_hundred(HUNDRED, 1);
	translate_hundred(99, 2);
	translate_hundred(7, 15);
	translate_hundred(1, 100);
}

static void translating_nothing(void **state)
{
	struct vmwalk *handle = open_healthy();

	(void)state;
	assert_int_equal(vmwalk_translate(handle, NULL, 0, NULL), 0);
	assert_int_equal(fake.ioctls, 0);
	vmwalk_close(handle);
}

/* More addresses than one query takes are several queries; here the first. */
static void translating_very_many(void **state)
{
	const size_t nr = (size_t)VMWALK_COUNT_MAX + 1;
	struct vmwalk_walk *walks = malloc(sizeof(*walks));
	__u64 *addresses = malloc(sizeof(*addresses));
	struct vmwalk *handle = open_healthy();

	(void)state;
	fake.ioctl_errno = ESRCH;	/* so that no room is needed */
	assert_int_equal(vmwalk_translate(handle, addresses, nr, walks), -ESRCH);
	assert_int_equal(fake.count, VMWALK_COUNT_MAX);
	assert_int_equal(vmwalk_translate(handle, addresses, nr - 2, walks), -ESRCH);
	assert_int_equal(fake.count, VMWALK_COUNT_MAX - 1);
	vmwalk_close(handle);
	free(walks);
	free(addresses);
}

static int translate_one(struct vmwalk_walk *walk)
{
	struct vmwalk *handle = open_healthy();
	const __u64 address = 0x50001010;
	int ret = vmwalk_translate(handle, &address, 1, walk);

	vmwalk_close(handle);
	return ret;
}

static void interruptions(void **state)
{
	struct vmwalk_walk walk;

	(void)state;
	fake.eintr = 5;
	assert_int_equal(translate_one(&walk), 0);
	assert_int_equal(fake.ioctls, 6);
	assert_int_equal(walk.kind, VMWALK_KIND_PROTNONE);
	assert_int_equal(walk.pa, 0x3333010);
}

static void errors_come_through(void **state)
{
	static const int errors[] = {
		ESRCH, EACCES, ENXIO, EINVAL, EFAULT, ENOMEM, ENOTTY, E2BIG, EAGAIN,
	};
	struct vmwalk_walk walk;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(errors); i++) {
		fake_reset();
		fake.ioctl_errno = errors[i];
		assert_int_equal(translate_one(&walk), -errors[i]);
		assert_int_equal(fake.ioctls, 1);
	}
}

static void lies_are_refused(void **state)
{
	struct vmwalk_walk walk;

	(void)state;
	fake.lie_done = 2;
	assert_int_equal(translate_one(&walk), -EPROTO);
	fake_reset();
	fake.lie_done = UINT32_MAX;
	assert_int_equal(translate_one(&walk), -EPROTO);
}

static void other_kernels(void **state)
{
	struct vmwalk_walk walk;

	(void)state;
	/* A kernel whose struct ends before fields that are zero here. */
	fake.query_size = VMWALK_QUERY_SIZE_MIN - 8;
	assert_int_equal(translate_one(&walk), 0);
	/* One that knows fewer levels: the rest of the record is zero. */
	fake_reset();
	fake.record_cut = sizeof(struct vmwalk_entry);
	memset(&walk, 0xff, sizeof(walk));
	assert_int_equal(translate_one(&walk), 0);
	assert_int_equal(walk.pa, 0x3333010);
	assert_int_equal(walk.entry[VMWALK_DEPTH - 1].has, 0);
	/* One that does not know a field that is not zero. */
	fake_reset();
	fake.query_size = offsetof(struct vmwalk_query, record_size);
	assert_int_equal(translate_one(&walk), -E2BIG);
}

static const __u64 run_starts[] = {
	0x400000, 0x401000, 0x402000, 0x40000000, 0x40200000,
	0x50000000, 0x50001000, 0x50002000, 0x50003000,
};

static void read_runs(__u64 start, __u64 end, size_t first, size_t nr)
{
	struct vmwalk *handle = open_healthy();
	const struct vmwalk_run *run;
	struct vmwalk_iter *iter;
	size_t i;

	assert_int_equal(vmwalk_runs_open(handle, start, end, &iter), 0);
	for (i = 0; i < nr; i++) {
		assert_int_equal(vmwalk_runs_next(iter, &run), 1);
		assert_int_equal(run->start, run_starts[first + i]);
	}
	assert_int_equal(vmwalk_runs_next(iter, &run), 0);
	assert_int_equal(vmwalk_runs_next(iter, &run), 0);
	vmwalk_iter_close(iter);
	vmwalk_close(handle);
}

static void runs(void **state)
{
	const size_t all = COUNT(run_starts);
	__u32 max;

	(void)state;
	for (max = 0; max <= all; max++) {
		fake_reset();
		fake.max_done = max;
		read_runs(0, UINT64_MAX, 0, all);
		assert_int_equal(fake.ioctls, max ? (all + max - 1) / max : 1);
		read_runs(0x401000, 0x40200000, 1, 3);
		read_runs(0x401fff, 0x402001, 1, 2);
		read_runs(0x1000, 0x2000, 0, 0);
		read_runs(0x2000, 0x2000, 0, 0);
		read_runs(0x2000, 0x1000, 0, 0);
	}
}

static void vmas(void **state)
{
	static const char *const names[] = { "/bin/a b\nc", "", "[shm]" };
	struct vmwalk *handle;
	const struct vmwalk_vma *vma;
	struct vmwalk_iter *iter;
	const char *name;
	__u32 max;
	size_t i;

	(void)state;
	for (max = 0; max <= 3; max++) {
		handle = open_healthy();
		fake.max_done = max;
		assert_int_equal(vmwalk_vmas_open(handle, 0, UINT64_MAX,
						  max ? VMWALK_QUERY_COUNTS : 0, &iter), 0);
		for (i = 0; i < COUNT(names); i++) {
			assert_int_equal(vmwalk_vmas_next(iter, &vma, &name), 1);
			assert_string_equal(name, names[i]);
			assert_int_equal(!(vma->has & VMWALK_HAS(COUNTS)), !max);
		}
		assert_int_equal(vmwalk_vmas_next(iter, &vma, &name), 0);
		vmwalk_iter_close(iter);
		vmwalk_close(handle);
	}
	vmwalk_iter_close(NULL);
}

/* The first answer of an iterator. */
static int first_vma(void)
{
	struct vmwalk *handle = open_healthy();
	const struct vmwalk_vma *vma;
	struct vmwalk_iter *iter;
	const char *name;
	int ret;

	assert_int_equal(vmwalk_vmas_open(handle, 0, UINT64_MAX, 0, &iter), 0);
	ret = vmwalk_vmas_next(iter, &vma, &name);
	vmwalk_iter_close(iter);
	vmwalk_close(handle);
	return ret;
}

static void iterators_refuse_lies(void **state)
{
	unsigned int name;

	(void)state;
	assert_int_equal(first_vma(), 1);
	fake.lie_cursor = 1;
	assert_int_equal(first_vma(), -EPROTO);
	for (name = FAKE_NAME_CUT; name <= FAKE_NAME_FAR; name++) {
		fake_reset();
		fake.lie_name = name;
		assert_int_equal(first_vma(), -EPROTO);
	}
	fake_reset();
	fake.lie_done = 1 << 20;
	assert_int_equal(first_vma(), -EPROTO);
	fake_reset();
	fake.ioctl_errno = ESRCH;
	assert_int_equal(first_vma(), -ESRCH);
}

static int one_dossier(__u64 address, struct vmwalk_dossier *dossier, char *name, size_t size)
{
	struct vmwalk *handle = open_healthy();
	const char *found = NULL;
	int err = vmwalk_dossier(handle, address, dossier, &found);

	if (!err)
		snprintf(name, size, "%s", found);
	vmwalk_close(handle);
	return err;
}

static void dossiers(void **state)
{
	struct vmwalk_dossier dossier;
	struct vmwalk *handle;
	const char *name;
	char text[64];
	int i;

	(void)state;
	assert_int_equal(one_dossier(0x400123, &dossier, text, sizeof(text)), 0);
	assert_string_equal(text, "/bin/a b\nc");
	assert_int_equal(dossier.walk.pa, 0x1000123);
	assert_int_equal(dossier.vma.inode, 77);
	assert_int_equal(dossier.frame.type, VMWALK_FRAME_FILE);
	assert_int_equal(dossier.backing.offset, 0x123);
	assert_int_equal(dossier.around.above[0], 0x40000000);
	assert_int_equal(one_dossier(0x40000000, &dossier, text, sizeof(text)), 0);
	assert_string_equal(text, "");
	assert_int_equal(one_dossier(9, &dossier, text, sizeof(text)), 0);
	assert_int_equal(dossier.has, VMWALK_HAS(BASE));
	assert_int_equal(dossier.around.above[0], 0x400000);
	handle = open_healthy();
	for (i = 0; i < 3; i++) {	/* the room for names is used again */
		assert_int_equal(vmwalk_dossier(handle, 0x50000000, &dossier, &name), 0);
		assert_string_equal(name, "[shm]");
	}
	assert_int_equal(fake.count, 1);
	vmwalk_close(handle);
	fake_reset();
	fake.record_cut = sizeof(struct vmwalk_around);	/* an older kernel's */
	assert_int_equal(one_dossier(0x400123, &dossier, text, sizeof(text)), 0);
	assert_int_equal(dossier.backing.offset, 0x123);
	assert_int_equal(dossier.around.has, 0);
}

static void dossiers_refuse_lies(void **state)
{
	struct vmwalk_dossier dossier;
	unsigned int lie;
	char text[64];

	(void)state;
	for (lie = FAKE_NAME_CUT; lie <= FAKE_NAME_FAR; lie++) {
		fake_reset();
		fake.lie_name = lie;
		assert_int_equal(one_dossier(0x400123, &dossier, text, sizeof(text)), -EPROTO);
	}
	fake_reset();
	fake.lie_done = 2;
	assert_int_equal(one_dossier(0x400123, &dossier, text, sizeof(text)), -EPROTO);
	fake_reset();
	fake.ioctl_errno = ENXIO;
	assert_int_equal(one_dossier(0x400123, &dossier, text, sizeof(text)), -ENXIO);
}

/* Names of all things, "|" after each; the number of things, or an error. */
static int names_read(char *text, size_t size)
{
	struct vmwalk *handle = open_healthy();
	const struct vmwalk_named *named;
	struct vmwalk_iter *iter;
	const char *name;
	size_t used = 0;
	int ret, nr = 0;

	assert_int_equal(vmwalk_names_open(handle, &iter), 0);
	while ((ret = vmwalk_names_next(iter, &named, &name)) > 0) {
		used += (size_t)snprintf(text + used, size - used, "%s|", name);
		nr++;
	}
	vmwalk_iter_close(iter);
	vmwalk_close(handle);
	return ret < 0 ? ret : nr;
}

static void names(void **state)
{
	__u32 most, lie;
	char text[64];

	(void)state;
	for (most = 0; most < 3; most++) {
		fake_reset();
		fake.max_done = most;
		assert_int_equal(names_read(text, sizeof(text)), 2);
		assert_string_equal(text, "/bin/a b\nc|/user|");
	}
	for (lie = FAKE_NAME_CUT; lie <= FAKE_NAME_FAR; lie++) {
		fake_reset();
		fake.lie_name = lie;
		assert_int_equal(names_read(text, sizeof(text)), -EPROTO);
	}
	fake_reset();
	fake.ioctl_errno = ESRCH;
	assert_int_equal(names_read(text, sizeof(text)), -ESRCH);
}

static void kernel_addresses(void **state)
{
	const __u64 addresses[] = { FAKE_DIRECT_MAP + 0x123, 0x400000, ~0ULL };
	struct vmwalk_walk walks[COUNT(addresses)];
	struct vmwalk *handle = open_healthy();

	(void)state;
	assert_int_equal(vmwalk_kernel_translate(handle, addresses, COUNT(addresses), walks), 0);
	assert_int_equal(walks[0].region, VMWALK_REGION_DIRECT_MAP);
	assert_int_equal(walks[0].pa, 0x123);
	assert_int_equal(walks[1].region, VMWALK_REGION_USER);
	assert_int_equal(walks[1].depth, 0);
	assert_int_equal(walks[2].region, VMWALK_REGION_HOLE);
	assert_int_equal(vmwalk_translate(handle, addresses, 2, walks), 0);
	assert_int_equal(walks[0].kind, VMWALK_KIND_NOVMA);
	assert_int_equal(walks[1].kind, VMWALK_KIND_PAGE);
	fake.unprivileged = 1;
	assert_int_equal(vmwalk_kernel_translate(handle, addresses, 1, walks), -EPERM);
	vmwalk_close(handle);
}

/* Whatever was read before the process went is given out, then the error. */
static void a_process_that_goes(void **state)
{
	struct vmwalk *handle = open_healthy();
	const struct vmwalk_run *run;
	struct vmwalk_iter *iter;
	int i;

	(void)state;
	fake.max_done = 2;
	fake.ioctl_errno = ESRCH;
	fake.ioctl_errno_after = 2;
	assert_int_equal(vmwalk_runs_open(handle, 0, UINT64_MAX, &iter), 0);
	for (i = 0; i < 4; i++)
		assert_int_equal(vmwalk_runs_next(iter, &run), 1);
	assert_int_equal(vmwalk_runs_next(iter, &run), -ESRCH);
	vmwalk_iter_close(iter);
	vmwalk_close(handle);
}

static void reading_the_report_twice(void **state)
{
	struct vmwalk *handle;
	struct vmwalk_report *report;
	struct vmwalk_line line;
	int i;

	(void)state;
	fake.report = "vmwalk-report 1\n[task]\npid:\t4242\n";
	fake.report_size = strlen(fake.report);
	handle = open_healthy();
	for (i = 0; i < 2; i++) {
		assert_int_equal(vmwalk_report_open(handle, &report), 0);
		assert_int_equal(vmwalk_report_next(report, &line), 1);
		assert_int_equal(vmwalk_report_next(report, &line), 1);
		assert_string_equal(line.values[0], "4242");
		assert_int_equal(vmwalk_report_next(report, &line), 0);
		vmwalk_report_close(report);
	}
	vmwalk_close(handle);
}

/* Thread ids of all records; the number of them, or an error. */
static int list_read(enum vmwalk_ioc ioc, __u32 *tids, size_t room)
{
	struct vmwalk *handle = open_healthy();
	struct vmwalk_iter *iter;
	const void *record;
	size_t nr = 0;
	int ret = vmwalk_list_open(handle, ioc, &iter);

	assert_int_equal(ret, 0);
	while ((ret = vmwalk_list_next(iter, &record)) > 0) {
		assert_true(nr < room);
		memcpy(&tids[nr++], (const char *)record + sizeof(__u64), sizeof(*tids));
	}
	vmwalk_iter_close(iter);
	vmwalk_close(handle);
	return ret < 0 ? ret : (int)nr;
}

static void lists(void **state)
{
	struct vmwalk *handle = open_healthy();
	struct vmwalk_iter *untouched = (struct vmwalk_iter *)state, *iter = untouched;
	__u32 tids[4], most;

	assert_int_equal(vmwalk_list_open(handle, VMWALK_IOC_RUNS, &iter), -EINVAL);
	assert_int_equal(vmwalk_list_open(handle, VMWALK_IOC_FILES, &iter), -EINVAL);
	assert_ptr_equal(iter, untouched);
	vmwalk_close(handle);
	assert_int_equal(vmwalk_list_record(VMWALK_IOC_RUNS), -EINVAL);
	assert_int_equal(vmwalk_list_record(VMWALK_IOC_GROUPS), VMWALK_RECORD_supgroup);
	assert_int_equal(vmwalk_list_record(VMWALK_IOC_FAMILY), VMWALK_RECORD_relative);
	for (most = 0; most < 4; most++) {
		fake_reset();
		fake.max_done = most;
		assert_int_equal(list_read(VMWALK_IOC_THREADS, tids, 4), 2);
		assert_int_equal(tids[0], FAKE_PID);
		assert_int_equal(tids[1], FAKE_PID + 1);
	}
	assert_int_equal(list_read(VMWALK_IOC_NUMBERS, tids, 4), 0);
	fake.lie_cursor = 1;
	assert_int_equal(list_read(VMWALK_IOC_THREADS, tids, 4), -EPROTO);
	fake_reset();
	fake.lie_done = 1 << 20;
	assert_int_equal(list_read(VMWALK_IOC_THREADS, tids, 4), -EPROTO);
	fake_reset();
	fake.ioctl_errno = ESRCH;
	assert_int_equal(list_read(VMWALK_IOC_THREADS, tids, 4), -ESRCH);
}

/* Every query that takes nothing but numbers is a list, and of the record it names. */
static void every_list(void **state)
{
	static const struct {
		enum vmwalk_ioc ioc;
		__u64 takes;
		const char *record;
	} queries[] = {
#define QUERY(NAME, nr, record, flags, takes, help)	{ VMWALK_IOC_##NAME, takes, #record },
		VMWALK_QUERIES(QUERY)
#undef QUERY
	};
	struct vmwalk *handle = open_healthy();
	const void *record;
	size_t i, of_lists = 0;

	(void)state;
	for (i = 0; i < COUNT(queries); i++) {
		struct vmwalk_iter *iter = NULL;
		int ret = vmwalk_list_open(handle, queries[i].ioc, &iter);
		int id = vmwalk_list_record(queries[i].ioc);

		if (queries[i].takes != VMWALK_TAKES_NUMBERS) {
			assert_int_equal(ret, -EINVAL);
			assert_int_equal(id, -EINVAL);
			continue;
		}
		of_lists++;
		assert_int_equal(ret, 0);
		assert_in_range(id, 0, VMWALK_RECORD_NR - 1);
		assert_string_equal(vmwalk_records[id].name, queries[i].record);
		assert_in_range(vmwalk_list_next(iter, &record), 0, 1);
		assert_int_equal(fake.record_size, vmwalk_records[id].size);
		vmwalk_iter_close(iter);
	}
	assert_true(of_lists >= 11);
	vmwalk_close(handle);
}

/* Descriptors from @first to @last; returns how many, or an error. */
static int files_read(__u32 first, __u32 last, __u32 *fds, char *names, size_t size)
{
	const struct vmwalk_descriptor *file;
	struct vmwalk *handle = open_healthy();
	struct vmwalk_iter *iter;
	const char *name;
	int ret, nr = 0;

	assert_int_equal(vmwalk_files_open(handle, first, last, &iter), 0);
	*names = '\0';
	while ((ret = vmwalk_files_next(iter, &file, &name)) > 0) {
		assert_true(nr < 3);
		fds[nr++] = file->file.fd;
		snprintf(names + strlen(names), size - strlen(names), "%s|", name);
	}
	vmwalk_iter_close(iter);
	vmwalk_close(handle);
	return ret < 0 ? ret : nr;
}

static void files(void **state)
{
	char names[128];
	__u32 fds[3], most;

	(void)state;
	for (most = 0; most < 4; most++) {
		fake_reset();
		fake.max_done = most;
		assert_int_equal(files_read(0, UINT32_MAX, fds, names, sizeof(names)), 3);
		assert_int_equal(fds[0], 0);
		assert_int_equal(fds[1], 3);
		assert_int_equal(fds[2], 7);
		assert_string_equal(names, "/bin/a b\nc|pipe:[9]|/bin/a b\nc|");
	}
	assert_int_equal(files_read(3, 3, fds, names, sizeof(names)), 1);
	assert_string_equal(names, "pipe:[9]|");
	assert_int_equal(files_read(4, 6, fds, names, sizeof(names)), 0);
	fake.lie_name = FAKE_NAME_FAR;
	assert_int_equal(files_read(0, 9, fds, names, sizeof(names)), -EPROTO);
	fake_reset();
	fake.lie_cursor = 1;
	assert_int_equal(files_read(0, 9, fds, names, sizeof(names)), -EPROTO);
	fake_reset();
	fake.lie_done = 1 << 20;
	assert_int_equal(files_read(0, 9, fds, names, sizeof(names)), -EPROTO);
	fake_reset();
	fake.ioctl_errno = ESRCH;
	assert_int_equal(files_read(0, 9, fds, names, sizeof(names)), -ESRCH);
}

/* Sum of the lengths of the parts of a file, or an error. */
static long long extents_read(__u32 fd, __u64 start, __u64 end)
{
	const struct vmwalk_extent *extent;
	struct vmwalk *handle = open_healthy();
	struct vmwalk_iter *iter;
	long long sum = 0;
	int ret;

	assert_int_equal(vmwalk_extents_open(handle, fd, start, end, &iter), 0);
	while ((ret = vmwalk_extents_next(iter, &extent)) > 0)
		sum += (long long)extent->length;
	vmwalk_iter_close(iter);
	vmwalk_close(handle);
	return ret < 0 ? ret : sum;
}

static void extents(void **state)
{
	__u32 most;

	(void)state;
	for (most = 0; most < 4; most++) {
		fake_reset();
		fake.max_done = most;
		assert_int_equal(extents_read(0, 0, UINT64_MAX), 0x3000);
		assert_int_equal(extents_read(7, 0x1000, 0x1001), 0x1000);
		assert_int_equal(extents_read(3, 0, UINT64_MAX), 0);
	}
	assert_int_equal(extents_read(5, 0, UINT64_MAX), -EBADF);
	fake.unprivileged = 1;
	assert_int_equal(extents_read(0, 0, UINT64_MAX), -EPERM);
	fake_reset();
	fake.lie_cursor = 1;
	assert_int_equal(extents_read(0, 0, UINT64_MAX), -EPROTO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(opening, healthy),
		cmocka_unit_test_setup(a_late_entry, healthy),
		cmocka_unit_test_setup(translating, healthy),
		cmocka_unit_test_setup(translating_nothing, healthy),
		cmocka_unit_test_setup(translating_very_many, healthy),
		cmocka_unit_test_setup(interruptions, healthy),
		cmocka_unit_test_setup(errors_come_through, healthy),
		cmocka_unit_test_setup(lies_are_refused, healthy),
		cmocka_unit_test_setup(other_kernels, healthy),
		cmocka_unit_test_setup(runs, healthy),
		cmocka_unit_test_setup(vmas, healthy),
		cmocka_unit_test_setup(iterators_refuse_lies, healthy),
		cmocka_unit_test_setup(dossiers, healthy),
		cmocka_unit_test_setup(dossiers_refuse_lies, healthy),
		cmocka_unit_test_setup(kernel_addresses, healthy),
		cmocka_unit_test_setup(a_process_that_goes, healthy),
		cmocka_unit_test_setup(lists, healthy),
		cmocka_unit_test_setup(names, healthy),
		cmocka_unit_test_setup(every_list, healthy),
		cmocka_unit_test_setup(files, healthy),
		cmocka_unit_test_setup(extents, healthy),
		cmocka_unit_test_setup(reading_the_report_twice, healthy),
	};

	return cmocka_run_group_tests_name("library", tests, NULL, NULL);
}
