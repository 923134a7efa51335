// SPDX-License-Identifier: GPL-2.0
/* cmd_tree.c - vmwalk tree: processes, their children, and how large they are */
#include <stdio.h>
#include <string.h>

#include "client.h"
#include "kin.h"

#define TREE_TEXT	1024	/* bytes of a name with what is drawn before it */
#define INDENT		2	/* columns a generation */

struct tree {
	struct request request;
	struct vmwalk_kinship family;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct tree *tree = state->input;

	(void)arg;
	if (key != ARGP_KEY_INIT)
		return ARGP_ERR_UNKNOWN;
	tree->request.optional = true;
	state->child_inputs[0] = &tree->request;
	return 0;
}

static const struct argp_child children[] = { { &request_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.parser = parse, .children = children, .args_doc = "[PID]",
	.doc = "Show processes below their parents, and how large they are: PID and its "
	       "descendants, or all.\v"
	       "Processes that may not be looked at are left out.",
};

/* The name, indented by generations; deep ones no further than there is room. */
static void tree_draw(char *text, size_t size, const struct vmwalk_kin *kin)
{
	size_t indent = (size_t)kin->depth * INDENT;
	size_t most = size - 4 * VMWALK_COMM_LEN - 1;

	if (indent > most)
		indent = most;
	memset(text, ' ', indent);
	vmwalk_text_escape(text + indent, size - indent, kin->comm, VMWALK_COMM_LEN);
}

static int rows_add(struct table *table, void *context)
{
	const struct tree *tree = context;
	char text[TREE_TEXT];
	size_t i;
	int err = 0;

	for (i = 0; i < tree->family.nr && !err; i++) {
		const void *const records[] = { &tree->family.kin[i] };

		tree_draw(text, sizeof(text), &tree->family.kin[i]);
		err = table_row_records(table, records, text);
	}
	return err;
}

static void hint_refused(const struct vmwalk_kinship *family)
{
	if (family->refused)
		fprintf(stderr, "vmwalk: %zu processes may not be looked at\n", family->refused);
}

enum status cmd_tree(int argc, char **argv)
{
	struct tree tree = { .family = { .nr = 0 } };
	struct columns columns = {
		.name = "processes",
		.defaults = "pid,state,threads,total_bytes,resident_bytes,swap_bytes,processes,"
			    "tree_resident_bytes,tree",
	};
	enum status status;
	int err;

	request_parse(&argp, argc, argv, &tree);
	columns_add_record(&columns, &vmwalk_records[VMWALK_RECORD_kin], 0);
	columns_add_text(&columns, "tree", "name, two columns to the right for each generation");
	if (!request_columns(&tree.request, &columns, &status))
		return status;
	err = vmwalk_kinship_read(&tree.family);
	if (!err)
		err = vmwalk_kinship_arrange(&tree.family, tree.request.pid);
	if (!err)
		err = table_print(&tree.request.output, &columns, rows_add, &tree);
	if (!err)
		hint_refused(&tree.family);
	vmwalk_kinship_close(&tree.family);
	return request_close(&tree.request, NULL, err);
}
