// SPDX-License-Identifier: GPL-2.0
/* kin.c - all processes as a family, with their sizes */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "field.h"
#include "kin.h"
#include "query.h"

#define HEAD_SIZE	16384		/* bytes of a report: [task] and [mm] are well within */
#define NOBODY		((size_t)-1)
#define UNMET		((__u32)-1)

static const struct vmwalk_field *field_find(const char *name)
{
	const struct vmwalk_record *record = &vmwalk_records[VMWALK_RECORD_kin];
	unsigned int i;

	for (i = 0; i < record->nr; i++)
		if (record->fields[i].format != VMWALK_FORMAT_HIDDEN &&
		    strcmp(record->fields[i].name, name) == 0)
			return &record->fields[i];
	return NULL;
}

/* Undoes the \ooo of a report. */
static void text_take(char *to, size_t size, const char *text)
{
	size_t used = 0;

	while (*text && used + 1 < size) {
		if (text[0] == '\\' && strspn(text + 1, "01234567") >= 3) {
			to[used++] = (char)((text[1] - '0') << 6 | (text[2] - '0') << 3 |
					    (text[3] - '0'));
			text += 4;
		} else {
			to[used++] = *text++;
		}
	}
	to[used] = '\0';
}

static int number_take(char *to, unsigned int width, const char *text)
{
	unsigned long long value;
	__u32 narrow;
	char *end;

	if (!isdigit((unsigned char)*text))
		return -EBADMSG;
	errno = 0;
	value = strtoull(text, &end, 10);
	narrow = (__u32)value;
	if (errno || *end || (width == sizeof(narrow) && narrow != value))
		return -EBADMSG;
	memcpy(to, width == sizeof(narrow) ? (void *)&narrow : (void *)&value, width);
	return 0;
}

/* A key of the report goes to the field of that name. */
static int key_take(struct vmwalk_kin *kin, const struct vmwalk_field *field, const char *text)
{
	char *to = (char *)kin + field->offset;

	if (field->group == VMWALK_GROUP_KNOWN)
		kin->has |= VMWALK_HAS(KNOWN);
	if (field->format == VMWALK_FORMAT_STR)
		text_take(to, field->count, text);
	else if (field->format == VMWALK_FORMAT_CHAR)
		*to = *text;
	else
		return number_take(to, field->width, text);
	return 0;
}

/*
 * The field that a key of the report is for. Its pid is a thread's, another one than the
 * process's where the first thread has exited.
 */
static const struct vmwalk_field *field_for(const char *key)
{
	if (strcmp(key, "pid") == 0)
		return NULL;
	return field_find(strcmp(key, "tgid") == 0 ? "pid" : key);
}

/* Is this line the last one that is needed? */
static bool line_ends(const struct vmwalk_line *line)
{
	return strcmp(line->section, "mm") == 0 &&
	       (strcmp(line->key, "none") == 0 || strcmp(line->key, "swap_bytes") == 0);
}

static int lines_take(struct vmwalk_report *report, struct vmwalk_kin *kin)
{
	struct vmwalk_line line;
	int err, ret;

	while ((ret = vmwalk_report_next(report, &line)) > 0) {
		const struct vmwalk_field *field;

		if (line.type != VMWALK_LINE_KEY || (strcmp(line.section, "task") != 0 &&
						     strcmp(line.section, "mm") != 0))
			continue;
		field = field_for(line.key);
		err = field ? key_take(kin, field, line.values[0]) : 0;
		if (err || line_ends(&line))
			return err;
	}
	return -EBADMSG;
}

int vmwalk_kin_parse(const void *text, size_t size, struct vmwalk_kin *kin)
{
	struct vmwalk_report *report;
	int err = vmwalk_report_open_memory(text, size, &report);

	*kin = (struct vmwalk_kin) { .has = VMWALK_HAS(BASE) };
	if (err)
		return err;
	err = lines_take(report, kin);
	vmwalk_report_close(report);
	return err;
}

/* The beginning of a report; what follows costs the kernel nothing if it is not read. */
static ssize_t head_read(int fd, char *buf)
{
	size_t used = 0;
	ssize_t got;

	while (used < HEAD_SIZE) {
		got = read(fd, buf + used, HEAD_SIZE - used);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0)
			break;
		used += (size_t)got;
	}
	return (ssize_t)used;
}

int vmwalk_kinship_add(struct vmwalk_kinship *family, const struct vmwalk_kin *kin)
{
	if (family->nr == family->room) {
		size_t room = family->room ? 2 * family->room : 256;
		struct vmwalk_kin *more = realloc(family->kin, room * sizeof(*more));

		if (!more)
			return -ENOMEM;
		family->kin = more;
		family->room = room;
	}
	family->kin[family->nr++] = *kin;
	return 0;
}

/* Has the process gone, or may it not be looked at? Neither ends the reading. */
static bool is_passed_over(struct vmwalk_kinship *family, int err)
{
	if (err != -EACCES && err != -EPERM && err != -ESRCH && err != -ENOENT)
		return false;
	family->refused += err == -EACCES || err == -EPERM;
	return true;
}

static int process_read(struct vmwalk_kinship *family, int dir, const char *name)
{
	char head[HEAD_SIZE];
	struct vmwalk_kin kin;
	ssize_t size;
	int fd, err;

	fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	size = fd < 0 ? -errno : head_read(fd, head);
	if (fd >= 0)
		close(fd);
	if (size < 0)
		return is_passed_over(family, (int)size) ? 0 : (int)size;
	err = vmwalk_kin_parse(head, (size_t)size, &kin);
	return err ? err : vmwalk_kinship_add(family, &kin);
}

int vmwalk_kinship_read(struct vmwalk_kinship *family)
{
	struct dirent *entry;
	int fd, err = 0;
	DIR *dir;

	*family = (struct vmwalk_kinship) { .nr = 0 };
	fd = open(VMWALK_DIR, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? -ENODEV : -errno;
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return -ENOMEM;
	}
	while (!err && (entry = readdir(dir)))
		if (isdigit((unsigned char)entry->d_name[0]))
			err = process_read(family, fd, entry->d_name);
	closedir(dir);
	return err;
}

void vmwalk_kinship_close(struct vmwalk_kinship *family)
{
	free(family->kin);
	*family = (struct vmwalk_kinship) { .nr = 0 };
}

static int compare_pid(const void *a, const void *b)
{
	const struct vmwalk_kin *one = a, *other = b;

	return (one->pid > other->pid) - (one->pid < other->pid);
}

/* Where a process is among those in the order of their ids. */
static size_t kin_find(const struct vmwalk_kinship *family, __u32 pid)
{
	const struct vmwalk_kin key = { .pid = pid };
	const struct vmwalk_kin *found;

	found = family->nr ? bsearch(&key, family->kin, family->nr, sizeof(key), compare_pid)
			   : NULL;
	return found ? (size_t)(found - family->kin) : NOBODY;
}

/*
 * The tree while it is put in order: @child is the first one, @next the next one of
 * the same parent, both in the order of their ids; @order is the result.
 */
struct tree {
	size_t *parent, *child, *next, *order;
	size_t nr;		/* of @order */
	size_t *room;		/* of all four */
};

static int tree_open(struct tree *tree, size_t nr)
{
	size_t i;

	tree->nr = 0;
	tree->room = malloc((4 * nr + 1) * sizeof(*tree->room));
	if (!tree->room)
		return -ENOMEM;
	for (i = 0; i < 4 * nr; i++)
		tree->room[i] = NOBODY;
	tree->parent = tree->room;
	tree->child = tree->room + nr;
	tree->next = tree->room + 2 * nr;
	tree->order = tree->room + 3 * nr;
	return 0;
}

/* From the last one on, so that each stands before those with greater ids. */
static void tree_link(struct tree *tree, const struct vmwalk_kinship *family)
{
	size_t i = family->nr;

	while (i--) {
		size_t parent = kin_find(family, family->kin[i].ppid);

		if (parent == NOBODY || parent == i)
			continue;
		tree->parent[i] = parent;
		tree->next[i] = tree->child[parent];
		tree->child[parent] = i;
	}
}

/* Makes a process the root of a tree. */
static void tree_cut(struct tree *tree, size_t root)
{
	size_t *link;

	if (tree->parent[root] == NOBODY)
		return;
	for (link = &tree->child[tree->parent[root]]; *link != root; link = &tree->next[*link])
		;
	*link = tree->next[root];
	tree->parent[root] = NOBODY;
}

/* One process and its descendants, parents first. */
static void tree_walk(struct tree *tree, struct vmwalk_kinship *family, size_t root)
{
	__u32 depth = 0;
	size_t at = root;

	tree_cut(tree, root);
	while (at != NOBODY) {
		family->kin[at].depth = depth;
		tree->order[tree->nr++] = at;
		if (tree->child[at] != NOBODY) {
			at = tree->child[at];
			depth++;
			continue;
		}
		while (at != root && tree->next[at] == NOBODY) {
			at = tree->parent[at];
			depth--;
		}
		at = at == root ? NOBODY : tree->next[at];
	}
}

/*
 * All trees. Of processes that were read while numbers were used again a circle may
 * come out, which no root leads to: it is cut at the first member that was not met.
 */
static void tree_walk_all(struct tree *tree, struct vmwalk_kinship *family)
{
	size_t i;

	for (i = 0; i < family->nr; i++)
		family->kin[i].depth = UNMET;
	for (i = 0; i < family->nr; i++)
		if (tree->parent[i] == NOBODY)
			tree_walk(tree, family, i);
	for (i = 0; i < family->nr; i++)
		if (family->kin[i].depth == UNMET)
			tree_walk(tree, family, i);
}

/* Children stand behind their parents: from the last one on, each is complete. */
static void sums_fill(const struct tree *tree, struct vmwalk_kinship *family)
{
	size_t k;

	for (k = 0; k < tree->nr; k++) {
		struct vmwalk_kin *kin = &family->kin[tree->order[k]];

		kin->processes = 1;
		kin->tree_resident_bytes = kin->resident_bytes;
		kin->tree_swap_bytes = kin->swap_bytes;
	}
	for (k = tree->nr; k--; ) {
		const struct vmwalk_kin *kin = &family->kin[tree->order[k]];
		struct vmwalk_kin *parent;

		if (!kin->depth)
			continue;
		parent = &family->kin[tree->parent[tree->order[k]]];
		parent->processes += kin->processes;
		parent->tree_resident_bytes += kin->tree_resident_bytes;
		parent->tree_swap_bytes += kin->tree_swap_bytes;
	}
}

/* Puts the processes of the tree, and no others, in its order. */
static int family_order(struct vmwalk_kinship *family, const struct tree *tree)
{
	struct vmwalk_kin *kin = malloc((tree->nr + 1) * sizeof(*kin));
	size_t k;

	if (!kin)
		return -ENOMEM;
	for (k = 0; k < tree->nr; k++)
		kin[k] = family->kin[tree->order[k]];
	free(family->kin);
	family->kin = kin;
	family->nr = tree->nr;
	family->room = tree->nr + 1;
	return 0;
}

int vmwalk_kinship_arrange(struct vmwalk_kinship *family, pid_t root)
{
	size_t at = NOBODY;
	struct tree tree;
	int err;

	if (family->nr)
		qsort(family->kin, family->nr, sizeof(*family->kin), compare_pid);
	if (root)
		at = kin_find(family, (__u32)root);
	if (root && at == NOBODY)
		return -ENOENT;
	err = tree_open(&tree, family->nr);
	if (err)
		return err;
	tree_link(&tree, family);
	if (root)
		tree_walk(&tree, family, at);
	else
		tree_walk_all(&tree, family);
	sums_fill(&tree, family);
	err = family_order(family, &tree);
	free(tree.room);
	return err;
}
