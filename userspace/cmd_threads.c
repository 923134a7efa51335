// SPDX-License-Identifier: GPL-2.0
/* cmd_threads.c - vmwalk threads: each thread, its registers and where they point */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "client.h"

#define PLACE_SIZE	(4 * VMWALK_NAMES_SIZE_MIN + 1)	/* bytes of a name, escaped */
#define PAGE_TEXT	32				/* bytes of a page in writing */

/* Which of a row's records a column comes from. */
enum { FROM_THREAD, FROM_REGISTERS, FROM_TEXT };

struct threads {
	struct request request;
	bool registers;		/* a column of theirs, or of where they point, is shown */
	bool places;		/* one of where they point is */
	struct vmwalk *handle;
	struct vmwalk_iter *thread_iter;
	struct vmwalk_iter *registers_iter;
	const struct vmwalk_registers *next;	/* read, and of no thread yet; NULL at the end */
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct threads *threads = state->input;

	(void)arg;
	if (key != ARGP_KEY_INIT)
		return ARGP_ERR_UNKNOWN;
	state->child_inputs[0] = &threads->request;
	return 0;
}

static const struct argp_child children[] = { { &request_argp, 0, NULL, 0 }, { 0 } };
static const struct argp argp = {
	.parser = parse, .children = children, .args_doc = "PID",
	.doc = "Show the threads of a process: state, scheduling, times, saved registers and "
	       "where these point.\v"
	       "Registers of a thread that is on a CPU (on_cpu is 1) are those of its last "
	       "entry into the kernel: stale. They are shown to the privileged only.",
};

/**
 * struct place - where an address lies
 * @area: name of the VMA, or what it is used for; "-" if there is none
 * @page: physical address of its page, or what stands there instead
 */
struct place {
	char area[PLACE_SIZE];
	char page[PAGE_TEXT];
};

static int place_find(struct vmwalk *handle, __u64 address, struct place *place)
{
	struct vmwalk_dossier dossier;
	const char *name;
	int err = vmwalk_dossier(handle, address, &dossier, &name);

	if (err)
		return err;
	snprintf(place->area, sizeof(place->area), "-");
	if (*name)
		vmwalk_text_escape(place->area, sizeof(place->area), name, strlen(name));
	else if (dossier.has & VMWALK_HAS(VMA))
		snprintf(place->area, sizeof(place->area), "%s",
			 dossier.vma.use < VMWALK_USE_NR ? vmwalk_uses[dossier.vma.use].name : "?");
	if (dossier.walk.has & VMWALK_HAS(FRAME))
		snprintf(place->page, sizeof(place->page), "0x%llx",
			 (unsigned long long)dossier.walk.pa);
	else
		snprintf(place->page, sizeof(place->page), "%s",
			 dossier.walk.kind < VMWALK_KIND_NR ?
			 vmwalk_kinds[dossier.walk.kind].name : "?");
	return 0;
}

static int registers_advance(struct threads *threads)
{
	const void *record;
	int ret = vmwalk_list_next(threads->registers_iter, &record);

	threads->next = ret > 0 ? record : NULL;
	return ret < 0 ? ret : 0;
}

/* Registers and threads both come by their ids; either may lack one that was born or died. */
static int registers_find(struct threads *threads, __u32 tid, struct vmwalk_registers *registers)
{
	int err = 0;

	*registers = (struct vmwalk_registers) { .has = VMWALK_HAS(BASE), .tid = tid };
	if (!threads->registers)
		return 0;
	while (!err && threads->next && threads->next->tid < tid)
		err = registers_advance(threads);
	if (!err && threads->next && threads->next->tid == tid)
		*registers = *threads->next;
	return err;
}

static int row_add(struct threads *threads, struct table *table,
		   const struct vmwalk_thread *thread)
{
	static struct place ip, sp;
	struct vmwalk_registers registers;
	const void *const records[] = { thread, &registers };
	const char *const texts[] = { ip.area, ip.page, sp.area, sp.page };
	int err = registers_find(threads, thread->tid, &registers);

	ip = (struct place) { "-", "-" };
	sp = ip;
	if (!err && threads->places && registers.has & VMWALK_HAS(REGS)) {
		err = place_find(threads->handle, registers.ip, &ip);
		if (!err)
			err = place_find(threads->handle, registers.sp, &sp);
	}
	return err ? err : table_row_texts(table, records, texts);
}

static int rows_add(struct table *table, void *context)
{
	struct threads *threads = context;
	const void *thread;
	int ret, err;

	while ((ret = vmwalk_list_next(threads->thread_iter, &thread)) > 0) {
		err = row_add(threads, table, thread);
		if (err)
			return err;
	}
	return ret;
}

static int threads_print(struct threads *threads, const struct columns *columns)
{
	int err = vmwalk_list_open(threads->handle, VMWALK_IOC_THREADS, &threads->thread_iter);

	if (!err && threads->registers)
		err = vmwalk_list_open(threads->handle, VMWALK_IOC_REGISTERS,
				       &threads->registers_iter);
	if (!err && threads->registers)
		err = registers_advance(threads);
	if (!err)
		err = table_print(&threads->request.output, columns, rows_add, threads);
	vmwalk_iter_close(threads->registers_iter);
	vmwalk_iter_close(threads->thread_iter);
	return err;
}

enum status cmd_threads(int argc, char **argv)
{
	struct threads threads = { .registers = false };
	struct columns columns = {
		.name = "threads",
		.defaults = "tid,comm,state_name,on_cpu,cpu,cpus,policy,prio,nice,run_ns,nvcsw,"
			    "nivcsw,ip,ip_area,sp,sp_area",
	};
	enum status status;

	request_parse(&argp, argc, argv, &threads);
	columns_add_record(&columns, &vmwalk_records[VMWALK_RECORD_thread], FROM_THREAD);
	columns_add_named(&columns, &vmwalk_records[VMWALK_RECORD_registers], FROM_REGISTERS);
	columns_add_text(&columns, "ip_area", "where ip points: name or use of the VMA");
	columns_add_text(&columns, "ip_page",
			 "the same: physical address, or what stands there instead");
	columns_add_text(&columns, "sp_area", "where sp points: name or use of the VMA");
	columns_add_text(&columns, "sp_page",
			 "the same: physical address, or what stands there instead");
	if (!request_columns(&threads.request, &columns, &status))
		return status;
	threads.registers = columns_reach(&columns, threads.request.output.columns,
					  FROM_REGISTERS);
	threads.places = columns_reach(&columns, threads.request.output.columns, FROM_TEXT);
	if (request_open(&threads.request, &threads.handle) != 0)
		return STATUS_FAILED;
	return request_close(&threads.request, threads.handle, threads_print(&threads, &columns));
}
