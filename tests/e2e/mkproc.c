// SPDX-License-Identifier: GPL-2.0
/*
 * mkproc.c - the factory of tasks
 */
#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/securebits.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mkproc.h"
#include "proc.h"
#include "tap.h"
#include "target.h"

/* The kernel's own struct sigaction of x86-64, which glibc hides. */
struct kernel_action {
	uint64_t handler, flags, restorer, mask;
};

/* As in include/uapi/linux/sched/types.h, for kernels whose glibc has no wrapper. */
struct attributes {
	uint32_t size, policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t runtime, deadline, period;
};

static struct made *made;

static void must(long ret, const char *what)
{
	if (ret < 0)
		e2e_die("%s: %s", what, strerror(errno));
}

static void rest(void)
{
	for (;;)
		pause();
}

/* Says what the process is now like, and rests. */
static void ready_and_rest(void)
{
	target_ready();
	rest();
}

/* What rt_sigaction(2) and sigaltstack(2) answer the process itself. */
static void tell_signals(void)
{
	stack_t stack;
	int nr;

	for (nr = 1; nr <= MADE_SIGNALS; nr++) {
		struct kernel_action action = { 0 };
		struct made_action *told = &made->action[nr - 1];

		must(syscall(SYS_rt_sigaction, nr, NULL, &action, 8), "rt_sigaction");
		*told = (struct made_action) {
			action.handler, action.flags, action.restorer, action.mask
		};
	}
	must(sigaltstack(NULL, &stack), "sigaltstack");
	made->stack[0] = (uintptr_t)stack.ss_sp;
	made->stack[1] = stack.ss_size;
	made->stack[2] = stack.ss_flags;
}

static void tell_self(void)
{
	if (!made->pid)
		made->pid = getpid();
	made->tid[0] = made->pid;
	made->securebits = prctl(PR_GET_SECUREBITS);
	tell_signals();
	__atomic_store_n(&made->nr, made->nr ? made->nr : 1, __ATOMIC_RELEASE);
}

static void make_plain(void)
{
	tell_self();
	ready_and_rest();
}

static void caps_set(uint64_t permitted, uint64_t effective, uint64_t inheritable)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];
	int i;

	for (i = 0; i < 2; i++)
		data[i] = (struct __user_cap_data_struct) {
			.permitted = permitted >> 32 * i,
			.effective = effective >> 32 * i,
			.inheritable = inheritable >> 32 * i,
		};
	must(syscall(SYS_capset, &header, data), "capset");
}

/* Every set of capabilities differs from the others. */
static void make_cred(void)
{
	const uint64_t permitted = 1ULL << CAP_NET_ADMIN | 1ULL << CAP_SYS_TIME |
				   1ULL << CAP_SETPCAP | 1ULL << CAP_SYSLOG |
				   1ULL << CAP_CHECKPOINT_RESTORE;
	const uint64_t effective = 1ULL << CAP_NET_ADMIN | 1ULL << CAP_CHECKPOINT_RESTORE;
	const uint64_t inheritable = 1ULL << CAP_SYS_TIME | 1ULL << CAP_SYSLOG;
	gid_t groups[MADE_GROUPS];
	int i;

	for (i = 0; i < MADE_GROUPS; i++)
		groups[i] = 5 + 1000 * i;
	must(setgroups(MADE_GROUPS, groups), "setgroups");
	must(prctl(PR_CAPBSET_DROP, CAP_SYS_BOOT), "PR_CAPBSET_DROP");
	must(prctl(PR_SET_SECUREBITS, SECBIT_KEEP_CAPS | SECBIT_NO_SETUID_FIXUP |
		   SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_NOROOT), "PR_SET_SECUREBITS");
	must(setresgid(11, 12, 13), "setresgid");
	must(setresuid(21, 22, 23), "setresuid");
	setfsuid(21);
	setfsgid(13);
	caps_set(permitted, effective, inheritable);
	must(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SYSLOG, 0, 0), "PR_CAP_AMBIENT");
	must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "PR_SET_NO_NEW_PRIVS");
	prctl(PR_SET_NAME, "a(b)\n\\ \x01\xc3\xbc) 1");
	tell_self();
	ready_and_rest();
}

static void make_filtered(void)
{
	struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	struct sock_fprog program = { 1, &allow };

	must(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), "a seccomp filter");
	tell_self();
	ready_and_rest();
}

static void caught(int nr, siginfo_t *info, void *context)
{
}

static void caught_too(int nr)
{
}

static void action_set(int nr, void (*handler)(int), int flags, int masked)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };

	if (flags & SA_SIGINFO)
		action.sa_sigaction = caught;
	if (masked)
		sigaddset(&action.sa_mask, masked);
	must(sigaction(nr, &action, NULL), "sigaction");
}

static void *signals_thread(void *arg)
{
	made->tid[1] = gettid();
	__atomic_store_n(&made->nr, 2, __ATOMIC_RELEASE);
	rest();
	return arg;
}

/* Pending: USR2 and two of RTMIN+3 for the group, WINCH for thread 1, IO for thread 0. */
static void signals_send(void)
{
	union sigval value = { .sival_int = 7 };

	must(kill(getpid(), SIGUSR2), "kill");
	must(sigqueue(getpid(), SIGRTMIN + 3, value), "sigqueue");
	must(sigqueue(getpid(), SIGRTMIN + 3, value), "sigqueue");
	must(syscall(SYS_tgkill, getpid(), made->tid[1], SIGWINCH), "tgkill");
	must(syscall(SYS_tgkill, getpid(), gettid(), SIGIO), "tgkill");
}

static void make_signals(void)
{
	static char stack[65536];
	stack_t alternate = { .ss_sp = stack, .ss_size = sizeof(stack) };
	pthread_t thread;
	sigset_t set;

	must(sigaltstack(&alternate, NULL), "sigaltstack");
	action_set(SIGUSR1, NULL, SA_SIGINFO | SA_ONSTACK | SA_RESTART, SIGTERM);
	action_set(SIGSEGV, caught_too, SA_RESETHAND | SA_NODEFER, SIGRTMAX);
	action_set(SIGCHLD, caught_too, SA_NOCLDSTOP | SA_NOCLDWAIT, 0);
	action_set(SIGRTMAX, caught_too, 0, 0);
	signal(SIGINT, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGRTMIN + 5, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigaddset(&set, SIGIO);
	sigaddset(&set, SIGWINCH);
	sigaddset(&set, SIGRTMIN + 3);
	sigaddset(&set, SIGRTMAX);
	sigprocmask(SIG_BLOCK, &set, NULL);
	pthread_create(&thread, NULL, signals_thread, NULL);
	while (__atomic_load_n(&made->nr, __ATOMIC_ACQUIRE) < 2)
		usleep(1000);
	tell_self();
	signals_send();
	ready_and_rest();
}

/* What a thread makes of itself. */
static const struct sort {
	const char *name;
	int policy, priority, nice, cpu;
} sorts[] = {
	{ "first", SCHED_OTHER, 0, 0, -1 },
	{ "fifo", SCHED_FIFO, 30, 0, -1 },
	{ "rr \\ x", SCHED_RR, 99, 0, 0 },
	{ "batch", SCHED_BATCH, 0, 7, -1 },
	{ "idle", SCHED_IDLE, 0, 0, -1 },
	{ "123456789012345", SCHED_OTHER, 0, -11, 0 },
	{ "", SCHED_FIFO | SCHED_RESET_ON_FORK, 1, 0, -1 },
};

static void sort_become(const struct sort *sort)
{
	struct sched_param param = { .sched_priority = sort->priority };
	cpu_set_t cpus;

	prctl(PR_SET_NAME, sort->name);
	must(sched_setscheduler(0, sort->policy, &param), "sched_setscheduler");
	if (sort->nice)
		must(setpriority(PRIO_PROCESS, gettid(), sort->nice), "setpriority");
	CPU_ZERO(&cpus);
	CPU_SET(sort->cpu, &cpus);
	if (sort->cpu >= 0)
		must(sched_setaffinity(0, sizeof(cpus), &cpus), "sched_setaffinity");
}

static void *threads_thread(void *arg)
{
	const struct sort *sort = arg;
	volatile unsigned int i;

	sort_become(sort);
	for (i = 0; i < 3000000; i++)
		;
	made->tid[sort - sorts] = gettid();
	__atomic_add_fetch(&made->nr, 1, __ATOMIC_RELEASE);
	rest();
	return NULL;
}

static void make_threads(void)
{
	pthread_t thread;
	unsigned int i;

	tell_self();
	sort_become(&sorts[0]);
	for (i = 1; i < E2E_NR(sorts); i++)
		pthread_create(&thread, NULL, threads_thread, (void *)&sorts[i]);
	while (__atomic_load_n(&made->nr, __ATOMIC_ACQUIRE) < E2E_NR(sorts))
		usleep(1000);
	/* With the first thread the C library takes a signal for itself. */
	tell_signals();
	ready_and_rest();
}

static void make_deadline(void)
{
	struct attributes attributes = {
		.size = sizeof(attributes), .policy = SCHED_DEADLINE,
		.runtime = 3000000, .deadline = 50000000, .period = 100000000,
	};

	must(syscall(SYS_sched_setattr, 0, &attributes, 0), "SCHED_DEADLINE");
	tell_self();
	ready_and_rest();
}

/* The suite waits for the state Z of the leader. */
static void *leader_gone_thread(void *arg)
{
	made->tid[1] = gettid();
	made->nr = 2;
	rest();
	return arg;
}

static void make_leader_gone(void)
{
	pthread_t thread;

	tell_self();
	pthread_create(&thread, NULL, leader_gone_thread, NULL);
	while (!made->tid[1])
		usleep(1000);
	target_ready();
	pthread_exit(NULL);
}

static pid_t child_start(void (*be)(void))
{
	pid_t pid = fork();

	must(pid, "fork");
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	be();
	rest();
	return 0;
}

static void be_plain(void)
{
}

static void be_session(void)
{
	setsid();
}

static void be_group(void)
{
	setpgid(0, 0);
}

static void be_dead(void)
{
	_exit(7);
}

static void make_family(void)
{
	void (*const how[])(void) = { be_plain, be_session, be_group, be_dead };
	unsigned int i;

	for (i = 0; i < E2E_NR(how); i++)
		made->children[made->nr_children++] = child_start(how[i]);
	usleep(50000);
	tell_self();
	ready_and_rest();
}

static void make_session(void)
{
	must(setsid(), "setsid");
	tell_self();
	ready_and_rest();
}

static void make_namespaces(void)
{
	int out[2];
	pid_t pid;

	must(pipe(out), "pipe");
	must(unshare(CLONE_NEWUSER), "a user namespace");
	proc_write("/proc/self/setgroups", "deny");
	must(proc_write("/proc/self/uid_map", "0 0 1") ? -1 : 0, "uid_map");
	must(proc_write("/proc/self/gid_map", "0 0 1") ? -1 : 0, "gid_map");
	must(unshare(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP |
		     CLONE_NEWPID | CLONE_NEWTIME), "unshare");
	pid = fork();
	must(pid, "fork");
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (read(out[0], &made->pid, sizeof(pid)) != sizeof(pid))
			_exit(1);
		tell_self();
		ready_and_rest();
	}
	must(write(out[1], &pid, sizeof(pid)), "write");
	rest();
}

static void make_limits(void)
{
	int nr;

	for (nr = 0; nr < RLIMIT_NLIMITS; nr++) {
		struct rlimit limit;

		must(getrlimit(nr, &limit), "getrlimit");
		if (nr % 2 || limit.rlim_cur == RLIM_INFINITY)
			limit.rlim_cur = 1000000 + nr;
		if (limit.rlim_max < limit.rlim_cur)
			limit.rlim_cur = limit.rlim_max;
		must(setrlimit(nr, &limit), "setrlimit");
	}
	proc_write("/proc/self/oom_score_adj", "-321");
	umask(0137);
	tell_self();
	ready_and_rest();
}

/* Its maker is its tracer, so that it is no child of the suite. */
static void make_traced(void)
{
	pid_t pid = fork();

	must(pid, "fork");
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		tell_self();
		rest();
	}
	while (!__atomic_load_n(&made->nr, __ATOMIC_ACQUIRE))
		usleep(1000);
	usleep(50000);
	made->tracer = getpid();
	must(ptrace(PTRACE_SEIZE, pid, NULL, NULL), "PTRACE_SEIZE");
	must(ptrace(PTRACE_INTERRUPT, pid, NULL, NULL), "PTRACE_INTERRUPT");
	must(waitpid(pid, NULL, __WALL), "waitpid");
	ready_and_rest();
}

static void make_stopped(void)
{
	tell_self();
	target_ready();
	raise(SIGSTOP);
	rest();
}

static void make_zombie(void)
{
	tell_self();
	target_ready();
	_exit(MADE_EXIT);
}

static void make_killed(void)
{
	tell_self();
	target_ready();
	raise(SIGKILL);
}

/* Given to init; the suite kills it by the descriptor it holds open. */
static void make_orphaned(void)
{
	pid_t pid = fork();

	must(pid, "fork");
	if (pid)
		_exit(0);
	while (getppid() == made->maker)
		usleep(1000);
	tell_self();
	ready_and_rest();
}

static void (*const makers[])(void) = {
#define MKPROC(name, text)	make_##name,
	MKPROCS(MKPROC)
#undef MKPROC
};

const char *const mkproc_names[] = {
#define MKPROC(name, text)	#name,
	MKPROCS(MKPROC)
#undef MKPROC
};

static void body(void *arg)
{
	const enum mkproc *which = arg;

	made->maker = getpid();
	makers[*which]();
}

/* Are all its threads where they stay? The first one in one of these states. */
static bool settled(pid_t pid, const char *ends)
{
	char *stat = proc_slurp_pid(pid, "stat", NULL);
	int state = stat ? proc_stat_field(stat, 3) : 0;

	free(stat);
	return state && strchr(ends, state) && target_rests(pid);
}

/* The states that the last steps of some end in, which they cannot tell themselves. */
static void settle(enum mkproc which, pid_t pid)
{
	const char *ends = which == MKPROC_stopped ? "T" : which == MKPROC_zombie ||
			   which == MKPROC_killed || which == MKPROC_leader_gone ? "Z" : "StI";
	int tries;

	for (tries = 0; tries < 2000; tries++) {
		if (settled(pid, ends))
			return;
		usleep(1000);
	}
	e2e_die("process %d (%s) does not come to rest", pid, mkproc_names[which]);
}

struct made *mkproc_start(enum mkproc which)
{
	pid_t pid;

	made = mmap(NULL, sizeof(*made), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (made == MAP_FAILED)
		e2e_die("memory for %s", mkproc_names[which]);
	pid = target_fork(body, &which);
	made->maker = pid;
	settle(which, made->pid);
	return made;
}

void mkproc_stop(struct made *old)
{
	if (old->pid != old->maker)
		kill(old->pid, SIGKILL);
	target_kill(old->maker);
	munmap(old, sizeof(*old));
}

void mkproc_start_all(struct made *all[MKPROC_NR])
{
	unsigned int i;

	for (i = 0; i < MKPROC_NR; i++)
		all[i] = mkproc_start(i);
}

void mkproc_stop_all(struct made *all[MKPROC_NR])
{
	unsigned int i;

	for (i = 0; i < MKPROC_NR; i++)
		mkproc_stop(all[i]);
}
