// SPDX-License-Identifier: GPL-2.0
/* test_system.c - what the machine is set to, out of texts as the kernel writes them */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fake.h"
#include "fake_root.h"
#include "libvmwalk.h"
#include "system.h"
#include "test.h"

static void words(void **state)
{
	(void)state;
	assert_int_equal(vmwalk_system_thp("[always] madvise never\n"), VMWALK_THP_ALWAYS);
	assert_int_equal(vmwalk_system_thp("always [madvise] never\n"), VMWALK_THP_MADVISE);
	assert_int_equal(vmwalk_system_thp("always madvise [never]\n"), VMWALK_THP_NEVER);
	assert_int_equal(vmwalk_system_thp(""), VMWALK_THP_NEVER);
	assert_int_equal(vmwalk_system_release("6.1.0-56-cloud-amd64"), 0x601);
	assert_int_equal(vmwalk_system_release("5.10.223"), 0x50a);
	assert_int_equal(vmwalk_system_release("7.2-rc1"), 0x702);
	assert_int_equal(vmwalk_system_release("6.999"), 0);
	assert_int_equal(vmwalk_system_release("Debian"), 0);
}

static void gaps(void **state)
{
	(void)state;
	assert_int_equal(vmwalk_system_gap("quiet\n", 4096), 256 * 4096);
	assert_int_equal(vmwalk_system_gap("", 65536), 256 * 65536);
	assert_int_equal(vmwalk_system_gap("stack_guard_gap=1\n", 4096), 4096);
	assert_int_equal(vmwalk_system_gap("quiet stack_guard_gap=0 ro", 4096), 0);
	assert_int_equal(vmwalk_system_gap("stack_guard_gap=3 stack_guard_gap=4", 4096), 4 * 4096);
	assert_int_equal(vmwalk_system_gap("my_stack_guard_gap=3", 4096), 256 * 4096);
	assert_int_equal(vmwalk_system_gap("stack_guard_gap=", 4096), 256 * 4096);
	assert_int_equal(vmwalk_system_gap("stack_guard_gap=x", 4096), 256 * 4096);
	assert_int_equal(vmwalk_system_gap("stack_guard_gap=9x", 4096), 256 * 4096);
}

static void vsyscall_lines(void **state)
{
	static const char emulate[] = "ffffffffff600000-ffffffffff601000 r-xp 00000000 00:00 0"
				      "                  [vsyscall]";
	char line[sizeof(emulate)];

	(void)state;
	strcpy(line, emulate);
	assert_int_equal(vmwalk_system_vsyscall(line), VMWALK_VSYSCALL_EMULATE);
	*strchr(line, 'r') = '-';
	assert_int_equal(vmwalk_system_vsyscall(line), VMWALK_VSYSCALL_XONLY);
	assert_int_equal(vmwalk_system_vsyscall("7000-8000 r-xp 0 00:00 0 [vdso]"),
			 VMWALK_VSYSCALL_NONE);
	assert_int_equal(vmwalk_system_vsyscall("[vsyscall]"), VMWALK_VSYSCALL_NONE);
}

#define POOL	"/sys/kernel/mm/hugepages/hugepages-2048kB/"
#define THP	"/sys/kernel/mm/transparent_hugepage/"

static void a_machine(void **state)
{
	static const char *const files[][2] = {
		{ "/proc/sys/vm/mmap_min_addr", "65536\n" },
		{ "/proc/cmdline", "ro stack_guard_gap=16\n" },
		{ "/proc/self/maps", "400000-401000 r-xp 0 00:00 0\n"
		  "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [vsyscall]\n" },
		{ THP "enabled", "always [madvise] never\n" },
		{ THP "hpage_pmd_size", "2097152\n" },
		{ THP "use_zero_page", "1\n" },
		{ POOL "free_hugepages", "5\n" },
		{ POOL "resv_hugepages", "2\n" },
		{ POOL "nr_overcommit_hugepages", "7\n" },
		{ POOL "surplus_hugepages", "3\n" },
	};
	struct vmwalk_system system_is;
	size_t i;

	(void)state;
	fake_reset();
	fake_root_open();
	for (i = 0; i < COUNT(files); i++)
		fake_root_file(files[i][0], files[i][1]);
	vmwalk_system_read(&system_is);
	fake_root_close();
	assert_int_equal(system_is.min_addr, 65536);
	assert_int_equal(system_is.gap_bytes, 16 * sysconf(_SC_PAGESIZE));
	assert_int_equal(system_is.vsyscall, VMWALK_VSYSCALL_XONLY);
	assert_int_equal(system_is.thp, VMWALK_THP_MADVISE);
	assert_int_equal(system_is.huge_bytes, 2097152);
	assert_int_equal(system_is.huge_zero, 1);
	assert_int_equal(system_is.pools, 1);
	assert_int_equal(system_is.pool[0].bytes, 2097152);
	assert_int_equal(system_is.pool[0].free, 5);
	assert_int_equal(system_is.pool[0].reserved, 2);
	assert_int_equal(system_is.pool[0].overcommit, 4);
}

/* A kernel that says nothing is believed to have nothing. */
static void an_empty_machine(void **state)
{
	struct vmwalk_system system_is;

	(void)state;
	fake_reset();
	fake.root = "/nonexistent";
	vmwalk_system_read(&system_is);
	fake_reset();
	assert_int_equal(system_is.page_bytes, sysconf(_SC_PAGESIZE));
	assert_int_equal(system_is.gap_bytes, 256 * sysconf(_SC_PAGESIZE));
	assert_int_equal(system_is.min_addr, 0);
	assert_int_equal(system_is.thp, VMWALK_THP_NEVER);
	assert_int_equal(system_is.huge_bytes, 0);
	assert_int_equal(system_is.vsyscall, VMWALK_VSYSCALL_NONE);
	assert_int_equal(system_is.pools, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words),
		cmocka_unit_test(gaps),
		cmocka_unit_test(vsyscall_lines),
		cmocka_unit_test(a_machine),
		cmocka_unit_test(an_empty_machine),
	};

	return cmocka_run_group_tests_name("system", tests, NULL, NULL);
}
