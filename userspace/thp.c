// SPDX-License-Identifier: GPL-2.0
/* thp.c - how the machine is set to make huge pages by itself */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "slurp.h"
#include "thp.h"

#define THP_DIR		"/sys/kernel/mm/transparent_hugepage/"

/* In the order of the enums; what newer kernels add is refused, not guessed. */
static const char *const policies[] = { "never", "madvise", "always", NULL };
static const char *const shmem_policies[] = {
	"never", "advise", "within_size", "always", "deny", "force", NULL
};
/* A size's own setting (since v6.8) may also point to the one for all sizes. */
static const char *const size_policies[] = { "never", "madvise", "always", "inherit", NULL };
#define SIZE_INHERIT	3

/* Is the word of @len bytes at @text one of a list? Its index, or -ENOMSG. */
static int word_find(const char *text, size_t len, const char *const *words)
{
	int i;

	for (i = 0; words[i]; i++)
		if (strlen(words[i]) == len && strncmp(words[i], text, len) == 0)
			return i;
	return -ENOMSG;
}

int vmwalk_thp_choice(const char *text, const char *const *words)
{
	const char *open = strchr(text, '[');
	size_t len = open ? strcspn(open + 1, "[]") : 0;

	if (!len || open[1 + len] != ']')
		return -ENOMSG;
	return word_find(open + 1, len, words);
}

static int number_parse(const char *text, __u64 *value)
{
	char *end;

	if (*text < '0' || *text > '9')
		return -ENOMSG;
	errno = 0;
	*value = strtoull(text, &end, 10);
	return errno || (*end && *end != '\n') ? -ENOMSG : 0;
}

/* The option huge= of a tmpfs among its options; without it the kernel's default. */
static int option_huge(const char *options, enum vmwalk_shmem_policy *policy)
{
	int found;

	*policy = VMWALK_SHMEM_NEVER;
	while (*options) {
		size_t len = strcspn(options, ",");

		if (strncmp(options, "huge=", 5) == 0) {
			found = word_find(options + 5, len - 5, shmem_policies);
			if (found < 0)
				return found;
			*policy = (enum vmwalk_shmem_policy)found;
		}
		options += len + (options[len] == ',');
	}
	return 0;
}

static int mount_add(struct vmwalk_thp_settings *thp, const struct vmwalk_tmpfs *mount)
{
	struct vmwalk_tmpfs *mounts = reallocarray(thp->mounts, thp->nr_mounts + 1,
						   sizeof(*mounts));

	if (!mounts)
		return -ENOMEM;
	mounts[thp->nr_mounts++] = *mount;
	thp->mounts = mounts;
	return 0;
}

/*
 * One line: id, parent, major:minor, root, mount point, options, optional fields, "-",
 * type, source, options of the file system. No blank is inside of a field (proc(5)).
 */
static int mount_take(char *line, struct vmwalk_thp_settings *thp)
{
	struct vmwalk_tmpfs mount;
	char *rest = strstr(line, " - "), *type, *options;

	if (!rest || sscanf(line, "%*u %*u %u:%u ", &mount.dev[0], &mount.dev[1]) != 2)
		return -ENOMSG;
	rest += 3;
	type = strsep(&rest, " ");
	if (strcmp(type, "tmpfs") != 0 && strcmp(type, "devtmpfs") != 0)
		return 0;
	strsep(&rest, " ");		/* the source, which may be empty */
	options = strsep(&rest, " ");
	if (!options || option_huge(options, &mount.policy) != 0)
		return -ENOMSG;
	return mount_add(thp, &mount);
}

int vmwalk_thp_mounts(const char *text, struct vmwalk_thp_settings *thp)
{
	char *copy = strdup(text), *line, *keep = NULL;
	int err = copy ? 0 : -ENOMEM;

	for (line = copy ? strtok_r(copy, "\n", &keep) : NULL; line && !err;
	     line = strtok_r(NULL, "\n", &keep))
		err = mount_take(line, thp);
	free(copy);
	return err;
}

const struct vmwalk_tmpfs *vmwalk_thp_tmpfs(const struct vmwalk_thp_settings *thp,
					    const __u32 dev[2])
{
	size_t i;

	for (i = 0; i < thp->nr_mounts; i++)
		if (thp->mounts[i].dev[0] == dev[0] && thp->mounts[i].dev[1] == dev[1])
			return &thp->mounts[i];
	return NULL;
}

/* Text of a setting; NULL in @text, and 0, where this kernel does not have it. */
static int setting_read(const char *name, char **text)
{
	char path[128];
	int err;

	*text = NULL;
	snprintf(path, sizeof(path), THP_DIR "%s", name);
	err = vmwalk_slurp(path, text);
	return err == -ENOENT ? 0 : err;
}

/* A number; untouched where there is none. */
static int number_read(const char *name, __u64 *value)
{
	char *text;
	int err = setting_read(name, &text);

	if (!err && text)
		err = number_parse(text, value);
	free(text);
	return err;
}

/* A choice; -ENOENT where there is none. */
static int choice_read(const char *name, const char *const *words)
{
	char *text;
	int choice = setting_read(name, &text);

	if (!choice)
		choice = text ? vmwalk_thp_choice(text, words) : -ENOENT;
	free(text);
	return choice;
}

/* The setting of the pmd's size goes before the one for all sizes. */
static int policy_read(struct vmwalk_thp_settings *thp)
{
	char name[64];
	int choice;

	snprintf(name, sizeof(name), "hugepages-%llukB/enabled",
		 (unsigned long long)thp->pmd_bytes / 1024);
	choice = choice_read(name, size_policies);
	if (choice == -ENOENT || choice == SIZE_INHERIT)
		choice = choice_read("enabled", policies);
	if (choice < 0)
		return choice;
	thp->policy = (enum vmwalk_thp)choice;
	return 0;
}

static int shmem_read(struct vmwalk_thp_settings *thp)
{
	int choice = choice_read("shmem_enabled", shmem_policies);

	if (choice == -ENOENT)		/* a kernel without CONFIG_SHMEM */
		return 0;
	if (choice < 0)
		return choice;
	thp->shmem = (enum vmwalk_shmem_policy)choice;
	return 0;
}

static int mounts_read(pid_t pid, struct vmwalk_thp_settings *thp)
{
	char path[64], *text = NULL;
	int err;

	snprintf(path, sizeof(path), "/proc/%d/mountinfo", pid);
	err = vmwalk_slurp(path, &text);
	if (err)
		return err;
	err = vmwalk_thp_mounts(text, thp);
	free(text);
	return err;
}

/* Nothing is known to be huge on a kernel without these files. */
static int settings_read(struct vmwalk_thp_settings *thp)
{
	__u64 pmd_bytes = 0;
	int err = number_read("hpage_pmd_size", &pmd_bytes);

	if (err || !pmd_bytes)
		return err;
	if (pmd_bytes & (pmd_bytes - 1) || pmd_bytes <= thp->page)
		return -ENOMSG;
	thp->pmd_bytes = pmd_bytes;
	thp->supported = true;
	thp->max_none = pmd_bytes / thp->page - 1;
	thp->max_swap = pmd_bytes / thp->page / 8;
	err = policy_read(thp);
	if (!err)
		err = shmem_read(thp);
	if (!err)
		err = number_read("khugepaged/max_ptes_none", &thp->max_none);
	return err ? err : number_read("khugepaged/max_ptes_swap", &thp->max_swap);
}

int vmwalk_thp_read(pid_t pid, struct vmwalk_thp_settings *thp)
{
	__u64 page = (__u64)sysconf(_SC_PAGESIZE);
	int err;

	*thp = (struct vmwalk_thp_settings) {
		.page = page,
		.pmd_bytes = page * (page / sizeof(__u64)),
	};
	err = settings_read(thp);
	return err ? err : mounts_read(pid, thp);
}

void vmwalk_thp_close(struct vmwalk_thp_settings *thp)
{
	free(thp->mounts);
	thp->mounts = NULL;
	thp->nr_mounts = 0;
}
