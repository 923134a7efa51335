// SPDX-License-Identifier: GPL-2.0
/* cmd_fault.c - vmwalk fault: what an access to memory would do */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "addresses.h"
#include "client.h"
#include "picture.h"

#define BATCH	64	/* addresses taken at a time */

#define KEY_READ	0x200	/* and those of the other accesses, in their order */

struct fault {
	struct request request;
	struct addresses addresses;
	__u32 accesses;		/* bit numbers are enum vmwalk_access; 0: all */
	struct vmwalk *handle;
	struct vmwalk_system system;
	struct feed feed;
	__u64 batch[BATCH];
};

static const struct argp_option options[] = {
	{ "read", KEY_READ + VMWALK_ACCESS_READ, NULL, 0, "a load", 0 },
	{ "write", KEY_READ + VMWALK_ACCESS_WRITE, NULL, 0, "a store", 0 },
	{ "exec", KEY_READ + VMWALK_ACCESS_EXEC, NULL, 0,
	  "an instruction fetch; without any of them all three", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct fault *fault = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &fault->request;
		return 0;
	case ARGP_KEY_ARG:
		if (!fault->request.pid)
			return ARGP_ERR_UNKNOWN;
		addresses_take(&fault->addresses, arg, state);
		return 0;
	case ARGP_KEY_END:
		addresses_check(&fault->addresses, state);
		return 0;
	default:
		if (key < KEY_READ || key >= KEY_READ + VMWALK_ACCESS_NR)
			return ARGP_ERR_UNKNOWN;
		fault->accesses |= 1U << (key - KEY_READ);
		return 0;
	}
}

static const struct argp_child children[] = { { &request_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.options = options, .parser = parse, .children = children,
	.args_doc = "PID [ADDRESS...]",
	.doc = "Show what the CPU and the kernel would do if an instruction of the process "
	       "accessed an address, without doing it; with -o, -J or -r as a table, a row an "
	       "access.\v"
	       "ADDRESS is decimal, or hexadecimal with 0x. START+LEN and START-END (END "
	       "exclusive) mean START and the first byte of every further base page. None, "
	       "or -, reads them from standard input, one a line. The rules are those of "
	       "x86-64 and Linux 6.1.",
};

static bool is_asked(const struct fault *fault, __u32 access)
{
	return !fault->accesses || fault->accesses & (1U << access);
}

static void hint_check(const struct vmwalk_dossier *dossier)
{
	if (dossier->walk.depth && !(dossier->walk.entry[0].has & VMWALK_HAS(RAW)))
		hint_privileged();
}

static const char *level_name(const struct vmwalk_walk *walk, __u32 level)
{
	__u32 number = walk->entry[level].level;

	return number < VMWALK_LEVEL_NR ? vmwalk_levels[number].name : "?";
}

/* What the CPU says to each level, an access a line. */
static void levels_draw(const struct vmwalk_walk *walk, __u32 access)
{
	static const char *const words[VMWALK_CHECK_NR] = {
#define CHECK_WORDS(NAME, nr, text)	[nr] = text,
		VMWALK_CHECKS(CHECK_WORDS)
	};
	__u32 depth = walk->depth <= VMWALK_DEPTH ? walk->depth : 0, level;
	enum vmwalk_check check = VMWALK_CHECK_PASS;

	for (level = 0; level < depth && check == VMWALK_CHECK_PASS; level++) {
		if (walk->entry[level].kind == VMWALK_KIND_FOLDED)
			continue;
		check = vmwalk_fault_check(walk, level, access);
		printf("%s%s: %s", level ? ", " : "    the CPU at ", level_name(walk, level),
		       words[check]);
	}
	if (depth)
		putchar('\n');
}

static void counts_draw(const struct vmwalk_fault *record)
{
	if (!(record->has & VMWALK_HAS(FAULTS)))
		fputs("    faults: not known\n", stdout);
	else if (record->minor || record->major)
		printf("    faults: %u minor, %u major\n", record->minor, record->major);
}

static void effects_draw(const struct vmwalk_fault *record)
{
	unsigned int bit;

	for (bit = 0; bit < VMWALK_EFFECT_NR; bit++)
		if (record->effects & VMWALK_BIT(bit))
			printf("    %s: %s\n", vmwalk_effects[bit].name,
			       vmwalk_effects[bit].help);
}

static void record_draw(const struct vmwalk_fault *record, const struct vmwalk_walk *walk)
{
	const struct vmwalk_name *outcome = &vmwalk_outcomes[record->outcome];
	const struct vmwalk_name *reason = &vmwalk_reasons[record->reason];

	printf("  %s: %s: %s\n", vmwalk_accesses[record->access].name, outcome->name,
	       outcome->help);
	levels_draw(walk, record->access);
	printf("    because %s: %s\n", reason->name, reason->help);
	counts_draw(record);
	if (!(record->has & VMWALK_HAS(KNOWN)) && record->outcome != VMWALK_OUTCOME_UNKNOWN)
		puts("    the entry then maps a page, or all of a huge page of the page cache");
	else if (record->bytes)
		printf("    the entry then maps %llu bytes\n", (unsigned long long)record->bytes);
	if (record->origin)
		printf("    copied from %s: %s\n", vmwalk_origins[record->origin].name,
		       vmwalk_origins[record->origin].help);
	effects_draw(record);
}

/* A row, or some lines, for each access that was asked for. */
static int accesses_print(struct fault *fault, const struct vmwalk_dossier *dossier,
			  struct table *table)
{
	struct vmwalk_fault record;
	const void *const records[] = { &record };
	__u32 access;
	int err = 0;

	for (access = 0; access < VMWALK_ACCESS_NR && !err; access++) {
		if (!is_asked(fault, access))
			continue;
		err = vmwalk_fault_predict(dossier, &fault->system, access, &record);
		if (!err && table)
			err = table_row_records(table, records, NULL);
		else if (!err)
			record_draw(&record, &dossier->walk);
	}
	return err;
}

static int address_print(struct fault *fault, __u64 address, struct table *table)
{
	unsigned int page_shift = (unsigned int)__builtin_ctzll(fault->system.page_bytes);
	struct vmwalk_dossier dossier;
	const char *name;
	int err = vmwalk_dossier(fault->handle, address, &dossier, &name);

	if (err)
		return err;
	if (!table)
		picture_draw(stdout, &dossier.walk, page_shift);
	err = accesses_print(fault, &dossier, table);
	if (!table)
		putchar('\n');
	hint_check(&dossier);
	return err;
}

/* Each batch is out before the next is waited for: the input may be a dialogue. */
static int batches_print(struct table *table, void *context)
{
	struct fault *fault = context;
	long nr, i;
	int err = 0;

	while ((nr = feed_next(&fault->feed, fault->batch, BATCH)) > 0) {
		for (i = 0; i < nr && !err; i++)
			err = address_print(fault, fault->batch[i], table);
		if (!err && table && fault->feed.fd >= 0)
			err = table_flush(table);
		if (!err && (fflush(stdout) != 0 || ferror(stdout)))
			err = -EIO;
		if (err)
			return err;
	}
	return (int)nr;
}

static enum status fault_run(struct fault *fault, int argc, char **argv)
{
	const struct output *output = &fault->request.output;
	struct columns columns = {
		.name = "faults",
		.defaults = "va,access,outcome,reason,signal,si_code,minor,major,level,bytes,"
			    "origin,effects",
	};
	enum status status;
	int err;

	request_parse(&argp, argc, argv, fault);
	columns_add_record(&columns, &vmwalk_records[VMWALK_RECORD_fault], 0);
	if (!request_columns(&fault->request, &columns, &status))
		return status;
	if (request_open(&fault->request, &fault->handle) != 0)
		return STATUS_FAILED;
	vmwalk_system_read(&fault->system);
	addresses_feed(&fault->addresses, &fault->feed, fault->system.page_bytes);
	if (output->columns || output->json || output->raw)
		err = table_print(output, &columns, batches_print, fault);
	else
		err = batches_print(NULL, fault);
	status = request_close(&fault->request, fault->handle, err);
	return fault->feed.malformed ? STATUS_FAILED : status;
}

enum status cmd_fault(int argc, char **argv)
{
	struct fault *fault = calloc(1, sizeof(*fault));
	enum status status;

	if (!fault) {
		fputs("vmwalk: out of memory\n", stderr);
		return STATUS_FAILED;
	}
	status = fault_run(fault, argc, argv);
	addresses_free(&fault->addresses);
	free(fault);
	return status;
}
