// SPDX-License-Identifier: GPL-2.0
/* suite_field.c - text and hiding of fields, with the kernel's own printf */
#include <kunit/test.h>
#include <linux/string.h>

#include "field.h"

static const struct vmwalk_field *find(struct kunit *test, enum vmwalk_record_id id,
				       const char *name)
{
	const struct vmwalk_record *record = &vmwalk_records[id];
	u32 i;

	for (i = 0; i < record->nr; i++)
		if (!strcmp(record->fields[i].name, name))
			return &record->fields[i];
	KUNIT_FAIL(test, "no field %s", name);
	kunit_try_catch_throw(&test->try_catch);
	return NULL;
}

static void prints(struct kunit *test, enum vmwalk_record_id id, const char *name,
		   const void *record, const char *want)
{
	char buf[VMWALK_FIELD_LEN];
	int len = vmwalk_field_print(buf, sizeof(buf), find(test, id, name), record);

	KUNIT_EXPECT_STREQ_MSG(test, (const char *)buf, want, "%s", name);
	KUNIT_EXPECT_EQ_MSG(test, len, (int)strlen(want), "%s", name);
}

static void print_entry(struct kunit *test)
{
	const struct vmwalk_entry entry = {
		.has = VMWALK_HAS(BASE) | VMWALK_HAS(RAW),
		.va = 0x7f0000001000, .level = VMWALK_LEVEL_PMD, .kind = VMWALK_KIND_DEVICE_PRIVATE,
		.raw = 0x8000000012345067, .pfn = 0x12345, .index = 511,
		.flags = VMWALK_FLAG(PRESENT) | VMWALK_FLAG(SOFT_DIRTY) | VMWALK_BIT(60),
	};

	prints(test, VMWALK_RECORD_entry, "va", &entry, "0x7f0000001000");
	prints(test, VMWALK_RECORD_entry, "level", &entry, "pmd");
	prints(test, VMWALK_RECORD_entry, "kind", &entry, "device-private");
	prints(test, VMWALK_RECORD_entry, "index", &entry, "511");
	prints(test, VMWALK_RECORD_entry, "raw", &entry, "0x8000000012345067");
	prints(test, VMWALK_RECORD_entry, "flags", &entry, "present,soft-dirty,?60");
}

/* Absent: a dash, whatever stands in the record. */
static void print_absent(struct kunit *test)
{
	const struct vmwalk_entry entry = {
		.has = VMWALK_HAS(BASE), .raw = 0x67, .pfn = 0x12345, .swap_type = 7,
	};

	prints(test, VMWALK_RECORD_entry, "raw", &entry, "-");
	prints(test, VMWALK_RECORD_entry, "table", &entry, "-");
	prints(test, VMWALK_RECORD_entry, "pfn", &entry, "-");
	prints(test, VMWALK_RECORD_entry, "swap_type", &entry, "-");
	prints(test, VMWALK_RECORD_entry, "flags", &entry, "-");
}

static void print_task(struct kunit *test)
{
	const struct vmwalk_task task = {
		.has = VMWALK_HAS(BASE), .comm = "a\nb\\c", .state = 'S', .nice = -20,
		.uid = { 0, 1000, 4294967295, 7 }, .start_ns = ~0ULL,
	};

	prints(test, VMWALK_RECORD_task, "comm", &task, "a\\012b\\134c");
	prints(test, VMWALK_RECORD_task, "state", &task, "S");
	prints(test, VMWALK_RECORD_task, "nice", &task, "-20");
	prints(test, VMWALK_RECORD_task, "uid", &task, "0 1000 4294967295 7");
	prints(test, VMWALK_RECORD_task, "start_ns", &task, "18446744073709551615");
	prints(test, VMWALK_RECORD_task, "pc", &task, "-");
}

static void print_ranges(struct kunit *test)
{
	const struct vmwalk_mm mm = {
		.has = VMWALK_HAS(BASE), .code = { 0x400000, 0x401000 }, .brk = { 0x5000, 0x5000 },
	};

	prints(test, VMWALK_RECORD_mm, "code", &mm, "0x400000-0x401000");
	prints(test, VMWALK_RECORD_mm, "brk", &mm, "-");
}

static void print_inode(struct kunit *test)
{
	static const struct {
		u32 mode;
		const char *text;
	} modes[] = {
		{ 0100644, "-rw-r--r--" }, { 0040755, "drwxr-xr-x" }, { 0104755, "-rwsr-xr-x" },
		{ 0104644, "-rwSr--r--" }, { 0102711, "-rwx--s--x" }, { 0102701, "-rwx--S--x" },
		{ 0041777, "drwxrwxrwt" }, { 0041776, "drwxrwxrwT" }, { 0120777, "lrwxrwxrwx" },
		{ 0140600, "srw-------" }, { 0010640, "prw-r-----" }, { 0020620, "crw--w----" },
		{ 0060660, "brw-rw----" }, { 0000600, "?rw-------" }, { 0, "?---------" },
	};
	struct vmwalk_inode inode = {
		.has = VMWALK_HAS(BASE), .atime = { 1700000000, 7 }, .mtime = { -1, 999999999 },
		.btime = { 5, 5 }, .fstype = "ext4", .writers = -2,
		.attributes = VMWALK_INODE_FLAG(IMMUTABLE) | VMWALK_INODE_FLAG(VERITY),
		.states = VMWALK_INODE_STATE(DIRTY_PAGES) | VMWALK_BIT(40),
	};
	int i;

	prints(test, VMWALK_RECORD_inode, "atime", &inode, "1700000000.000000007");
	prints(test, VMWALK_RECORD_inode, "mtime", &inode, "-1.999999999");
	prints(test, VMWALK_RECORD_inode, "btime", &inode, "-");
	prints(test, VMWALK_RECORD_inode, "fstype", &inode, "ext4");
	prints(test, VMWALK_RECORD_inode, "writers", &inode, "-2");
	prints(test, VMWALK_RECORD_inode, "attributes", &inode, "immutable,verity");
	prints(test, VMWALK_RECORD_inode, "states", &inode, "dirty-pages,?40");
	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		inode.permissions = modes[i].mode;
		prints(test, VMWALK_RECORD_inode, "permissions", &inode, modes[i].text);
	}
}

static void print_file(struct kunit *test)
{
	const struct vmwalk_file file = {
		.has = VMWALK_HAS(BASE) | VMWALK_HAS(SOCK) | VMWALK_HAS(INET),
		.kind = 7, .modes = 0x6003, .options = 0x8082, .rdev = { 5, 1 }, .driver = "kernel",
		.family = 10, .sock_type = 1, .sock_state = 10,
		.local_address = { [10] = 0xff, [11] = 0xff, 127, 0, 0, 1 },
		.peer_address = { 0x20, 0x01, 0x0d, 0xb8, [15] = 0x42 },
	};

	prints(test, VMWALK_RECORD_file, "kind", &file, "socket");
	prints(test, VMWALK_RECORD_file, "modes", &file, "read,write,writer,can-read");
	prints(test, VMWALK_RECORD_file, "options", &file, "rdwr,nonblock,cloexec");
	prints(test, VMWALK_RECORD_file, "rdev", &file, "05:01");
	prints(test, VMWALK_RECORD_file, "driver", &file, "kernel");
	prints(test, VMWALK_RECORD_file, "pipe_used", &file, "-");
	prints(test, VMWALK_RECORD_file, "family", &file, "inet6");
	prints(test, VMWALK_RECORD_file, "sock_type", &file, "stream");
	prints(test, VMWALK_RECORD_file, "sock_state", &file, "listen");
	prints(test, VMWALK_RECORD_file, "local_address", &file, "127.0.0.1");
	prints(test, VMWALK_RECORD_file, "peer_address", &file,
	       "2001:0db8:0000:0000:0000:0000:0000:0042");
	prints(test, VMWALK_RECORD_file, "peer_pid", &file, "-");
}

/* Privileged members of each record: a second opinion on the table's groups. */
static bool privileged(enum vmwalk_record_id id, const char *name)
{
	static const char *const names[VMWALK_RECORD_NR] = {
		[VMWALK_RECORD_task] = " pc sp ",
		[VMWALK_RECORD_thread] = " personality timer_slack_ns ",
		[VMWALK_RECORD_registers] = " ip sp flags ax bx cx dx si di bp r8 r9 r10 r11 r12 "
					    "r13 r14 r15 orig_ax cs ss fs_base gs_base ",
		[VMWALK_RECORD_cred] = " kuid kgid ",
		[VMWALK_RECORD_supgroup] = " kgid ",
		[VMWALK_RECORD_signals] = " altstack altstack_bytes altstack_flags ",
		[VMWALK_RECORD_action] = " handler restorer flags mask ",
		[VMWALK_RECORD_timer] = " value ",
		[VMWALK_RECORD_mm] = " pgd_pa ",
		[VMWALK_RECORD_entry] = " table raw unknown pfn swap_offset swap_type ",
		[VMWALK_RECORD_run] = " swap_type pa swap_offset raw unknown ",
		[VMWALK_RECORD_frame] = " pfn type order place mapcount refcount node zone "
					"page_flags traits dev inode offset cgroup ",
		[VMWALK_RECORD_pagetable] = " sharers pa ",
		[VMWALK_RECORD_backing] = " cache cache_pfn swap_type swap_offset block_state "
					  "block block_bytes block_dev ",
		[VMWALK_RECORD_around] = " pkru ",
		[VMWALK_RECORD_inode] = " raw_uid raw_gid cached dirty writeback mapped ",
		[VMWALK_RECORD_extent] = " state physical dev ",
		[VMWALK_RECORD_census] = " node zone type order shared ",
		[VMWALK_RECORD_tablelevel] = " shared ",
		[VMWALK_RECORD_tablevma] = " shared ",
		[VMWALK_RECORD_hugepages] = " split ",
		[VMWALK_RECORD_place] = " mapped lowest highest ",
	};
	char word[40];

	snprintf(word, sizeof(word), " %s ", name);
	return names[id] && strstr(names[id], word);
}

/* Records full of ones: what is privileged becomes zero, nothing else changes. */
static void hide(struct kunit *test)
{
	u8 *record = kunit_kzalloc(test, 4096, GFP_KERNEL);
	u32 id, i, byte;

	KUNIT_ASSERT_NOT_NULL(test, record);
	for (id = 0; id < VMWALK_RECORD_NR; id++) {
		const struct vmwalk_record *type = &vmwalk_records[id];

		memset(record, 0xff, 4096);
		vmwalk_field_hide(id, record, VMWALK_PRIVILEGED);
		/* RAW, FRAME, SWAP, REGS are the bits 1 to 4, PAGE, MAPPING, CGROUP 7 to 9, BLOCK 11 */
		KUNIT_EXPECT_EQ_MSG(test, *(u64 *)record, ~0xb9eULL, "%s", type->name);
		for (i = 1; i < type->nr; i++) {
			const struct vmwalk_field *field = &type->fields[i];
			u8 want = privileged(id, field->name) ? 0 : 0xff;

			for (byte = 0; byte < field->width * field->count; byte++)
				KUNIT_EXPECT_EQ_MSG(test, record[field->offset + byte], want,
						    "%s.%s", type->name, field->name);
		}
		KUNIT_EXPECT_EQ_MSG(test, record[type->size], 0xff, "beyond %s", type->name);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(print_entry),
	KUNIT_CASE(print_absent),
	KUNIT_CASE(print_task),
	KUNIT_CASE(print_ranges),
	KUNIT_CASE(print_inode),
	KUNIT_CASE(print_file),
	KUNIT_CASE(hide),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_field",
	.test_cases = cases,
};
kunit_test_suite(suite);
