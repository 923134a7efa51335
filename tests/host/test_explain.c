// SPDX-License-Identifier: GPL-2.0
/* test_explain.c - errors as sentences, about real processes */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libvmwalk.h"
#include "test.h"

/* A thing and a remedy in each sentence; and any size of buffer is safe. */
static void sentences(void **state)
{
	static const struct {
		int err;
		const char *thing;
	} cases[] = {
		{ -ENODEV, "insmod vmwalk.ko" },
		{ -ENOENT, "no process 2147483647" },
		{ -ESRCH, "no process 2147483647" },
		{ -EACCES, "CAP_SYS_PTRACE" },
		{ -EPERM, "addresses of the kernel's half need CAP_SYS_ADMIN" },
		{ -EOPNOTSUPP, "page table of the kernel's half" },
		{ -EINVAL, "not an address" },
		{ -ENOTTY, "older" },
		{ -E2BIG, "older" },
		{ -EPROTO, "makes no sense" },
		{ -EBADMSG, "not a vmwalk report" },
		{ -EPROTONOSUPPORT, "another version" },
		{ -ENOMEM, "Cannot allocate memory" },
	};
	char text[512], small[8];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		vmwalk_explain(INT32_MAX, cases[i].err, text, sizeof(text));
		if (!strstr(text, cases[i].thing))
			fail_msg("no '%s' in '%s'", cases[i].thing, text);
		vmwalk_explain(INT32_MAX, cases[i].err, small, sizeof(small));
		assert_memory_equal(small, text, sizeof(small) - 1);
		assert_int_equal(small[sizeof(small) - 1], '\0');
	}
}

static void expect_sentence(pid_t pid, int err, const char *part)
{
	char text[512];

	vmwalk_explain(pid, err, text, sizeof(text));
	if (!strstr(text, part))
		fail_msg("no '%s' in '%s'", part, text);
}

static void *thread_explain(void *unused)
{
	char part[64];

	snprintf(part, sizeof(part), "is a thread of process %d: ask for %d", getpid(), getpid());
	expect_sentence(gettid(), -ENOENT, part);
	return unused;
}

/* The same errno is told in other words of a zombie, a thread and a live process. */
static void the_process_is_looked_at(void **state)
{
	pid_t zombie = fork();
	siginfo_t info;
	pthread_t thread;

	(void)state;
	if (!zombie)
		_exit(0);
	assert_int_equal(waitid(P_PID, zombie, &info, WEXITED | WNOWAIT), 0);
	expect_sentence(zombie, -ENXIO, "has exited and waits for its parent");
	expect_sentence(zombie, -ESRCH, "has exited and waits for its parent");
	waitpid(zombie, NULL, 0);
	expect_sentence(zombie, -ESRCH, "no process");
	expect_sentence(getpid(), -ESRCH, "executed another program");
	expect_sentence(getpid(), -ENOENT, "not under /proc/vmwalk");
	expect_sentence(getpid(), -EACCES, "another user's");
	assert_int_equal(pthread_create(&thread, NULL, thread_explain, NULL), 0);
	assert_int_equal(pthread_join(thread, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences),
		cmocka_unit_test(the_process_is_looked_at),
	};

	return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
