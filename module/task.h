/* SPDX-License-Identifier: GPL-2.0 */
/* task.h - task_struct -> struct vmwalk_task */
#ifndef VMWALK_TASK_H
#define VMWALK_TASK_H

#include "uapi/vmwalk.h"

struct pid_namespace;
struct task_struct;
struct user_namespace;

/**
 * vmwalk_task_read() - one thread group as a record
 * @task: a thread of it; the caller holds a reference
 * @ns: PID namespace to tell ids in
 * @user_ns: user namespace to tell user and group ids in
 * @out: the record, everything filled
 *
 * Context: does not sleep; values are read one by one, not all at one moment.
 */
void vmwalk_task_read(struct task_struct *task, struct pid_namespace *ns,
		      struct user_namespace *user_ns, struct vmwalk_task *out);

#endif /* VMWALK_TASK_H */
