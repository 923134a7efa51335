// SPDX-License-Identifier: GPL-2.0
/*
 * mkfault.c - sets up one page, and does one access to it when told
 */
#include <cpuid.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>

#include "mkfault.h"

#define STACK_BYTES	65536
#define TRAP_FLAG	0x100

/* What came of one access. */
struct event {
	int signal, code;
	uint64_t address;
	long minflt, majflt;
};

static struct event event;
static sigjmp_buf landing;
static unsigned char alternate[STACK_BYTES] __attribute__((aligned(64)));
static unsigned char scratch[4096] __attribute__((aligned(4096)));
static uint64_t target;
static char output[256], input[64];

/*
 * Call an address with the CPU's single-step flag set: a trap comes before its
 * first instruction is fetched, and another one after it was executed. So one
 * fetch is seen whatever the bytes are, for the vsyscall page too, which the
 * kernel executes for us. Registers point to scratch memory.
 */
void step_into(uint64_t at, void *scratch_at);
asm(".globl step_into\n"
    "step_into:\n"
    "	mov %rdi, %rdx\n"
    "	mov %rsi, %rdi\n"
    "	mov %rdi, %rax\n"
    "	xor %esi, %esi\n"
    "	pushfq\n"
    "	orq $0x100, (%rsp)\n"
    "	popfq\n"
    "	call *%rdx\n"
    "	ret\n"
    ".size step_into, . - step_into\n"
    ".section .note.GNU-stack,\"\",@progbits\n"
    ".text\n");

static void caught(int signal, siginfo_t *info, void *context)
{
	greg_t *regs = ((ucontext_t *)context)->uc_mcontext.gregs;

	if (signal == SIGTRAP) {
		if ((uint64_t)regs[REG_RIP] == target)
			return;		/* not fetched yet */
	} else {
		event.signal = signal;
		event.code = info->si_code;
		event.address = (uintptr_t)info->si_addr;
	}
	siglongjmp(landing, 1);
}

static bool has_pkeys(void)
{
	unsigned int a, b, c, d;

	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && c & 1 << 4;
}

/* The kernel gives signal handlers a register of its own: take ours back. */
static uint32_t pkru_get(void)
{
	uint32_t value, zero;

	if (!has_pkeys())
		return 0;
	asm volatile("rdpkru" : "=a"(value), "=d"(zero) : "c"(0));
	return value;
}

static void pkru_put(uint32_t value)
{
	if (has_pkeys())
		asm volatile("wrpkru" : : "a"(value), "c"(0), "d"(0) : "memory");
}

static void access_page(char access, uint64_t at)
{
	char byte;

	switch (access) {
	case 'r':
		asm volatile("movb (%1), %0" : "=r"(byte) : "r"(at) : "memory");
		break;
	case 'w':
		asm volatile("movb $0xc3, (%0)" : : "r"(at) : "memory");
		break;
	default:
		step_into(at, scratch);
	}
}

/* One access, and what the kernel counted for it. */
static void __attribute__((noinline)) perform(char access, uint64_t at)
{
	static struct rusage before, after;
	volatile uint32_t pkru = pkru_get();

	memset(&event, 0, sizeof(event));
	target = access == 'x' ? at : 0;
	getrusage(RUSAGE_THREAD, &before);
	if (!sigsetjmp(landing, 1))
		access_page(access, at);
	getrusage(RUSAGE_THREAD, &after);
	pkru_put(pkru);
	event.minflt = after.ru_minflt - before.ru_minflt;
	event.majflt = after.ru_majflt - before.ru_majflt;
}

/*
 * Do all of it with other pages first, so that whatever of ours is needed is there
 * and what is counted is the one access. Returns whether it is so.
 */
static bool rehearse(void)
{
	static char *present, *absent;
	long noise = 0;
	int round;

	if (!present) {
		present = mkfault_filled(1, RWX);
		absent = mkfault_filled(1, PROT_NONE);
	}
	for (round = 0; round < 4; round++) {
		const char *access;

		noise = 0;
		for (access = "rwx"; *access; access++) {
			perform(*access, (uintptr_t)absent);
			noise += event.minflt + event.majflt + (event.signal != SIGSEGV);
			perform(*access, (uintptr_t)present);
			noise += event.minflt + event.majflt + (event.signal != 0);
		}
		memset(output, 0, sizeof(output));
		memset(input, 0, sizeof(input));
		*(volatile unsigned char *)scratch = 0;
	}
	return !noise;
}

static void catch_signals(void)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGTRAP, SIGILL };
	struct sigaction action = { .sa_sigaction = caught,
		.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER };
	stack_t stack = { .ss_sp = alternate, .ss_size = sizeof(alternate) };
	size_t i;

	sigaltstack(&stack, NULL);
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaction(signals[i], &action, NULL);
}

static const struct situation situations[] = {
#define SITUATION(name, accesses, text)	{ #name, accesses, text, make_##name },
	FAULT_SITUATIONS(SITUATION)
	FAULT_POISON_SITUATIONS(SITUATION)
#undef SITUATION
};

static const struct situation *situation_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(situations) / sizeof(situations[0]); i++)
		if (!strcmp(situations[i].name, name))
			return &situations[i];
	return NULL;
}

static void say(int len)
{
	if (write(1, output, len) != len)
		_exit(1);
}

static const char *why_not;

int mkfault_why(const char *why)
{
	why_not = why;
	return -ENOTSUP;
}

/* Waits for a line; false at the end of the input. */
static bool told(void)
{
	return read(0, input, sizeof(input)) > 0;
}

static void access_when_told(char access, uint64_t at)
{
	say(snprintf(output, sizeof(output), "at %d 0x%llx\n", getpid(),
		     (unsigned long long)at));
	if (!told())
		_exit(0);
	if (!rehearse()) {
		say(snprintf(output, sizeof(output), "none the access cannot be counted alone\n"));
		_exit(1);
	}
	perform(access, at);
	say(snprintf(output, sizeof(output), "did %d %d 0x%llx %ld %ld %ld\n", event.signal,
		     event.code, (unsigned long long)event.address, event.minflt, event.majflt,
		     mkfault_events));
	while (told())
		;
}

int main(int argc, char **argv)
{
	const struct situation *situation = argc == 3 ? situation_find(argv[1]) : NULL;
	uint64_t at = 0;
	int err;

	if (!situation || !strchr(situation->accesses, argv[2][0])) {
		fprintf(stderr, "usage: mkfault SITUATION r|w|x\n");
		return 2;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	catch_signals();
	rehearse();
	err = situation->make(&at);
	if (err) {
		say(snprintf(output, sizeof(output), "none %s\n",
			     why_not ? why_not : strerror(-err)));
		return 0;
	}
	rehearse();
	access_when_told(argv[2][0], at);
	return 0;
}
