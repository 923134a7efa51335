// SPDX-License-Identifier: GPL-2.0
/* file.c - one open /proc/vmwalk/<pid>: open, read, ioctl, release */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/proc_fs.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "file.h"
#include "query.h"
#include "report.h"
#include "stats.h"

/**
 * struct reader - what an open descriptor keeps
 * @target: the process
 * @report: how far its text has been read
 */
struct reader {
	struct vmwalk_target target;
	struct vmwalk_report report;
};

static struct reader *reader_of(struct file *file)
{
	struct seq_file *m = file->private_data;

	return container_of((struct vmwalk_report *)m->private, struct reader, report);
}

/*
 * The process behind a name, counted. Entries carry global numbers; seen through
 * the procfs of another PID namespace, the name means that namespace's process.
 *
 * Holds rcu_read_lock to look a number up and count what it finds.
 */
static struct pid *resolve(struct inode *inode, struct file *file, struct pid_namespace *ns)
{
	struct pid *pid = pde_data(inode);
	int nr;

	if (!pid) {	/* self */
		pid = task_tgid(current);
		return pid_nr_ns(pid, ns) ? get_pid(pid) : NULL;
	}
	if (ns == &init_pid_ns)
		return get_pid(pid);
	if (kstrtoint(file->f_path.dentry->d_name.name, 10, &nr))
		return NULL;
	rcu_read_lock();
	pid = get_pid(find_pid_ns(nr, ns));
	rcu_read_unlock();
	return pid;
}

static int reader_open(struct file *file, struct pid *pid, struct pid_namespace *ns)
{
	struct reader *reader = kzalloc(sizeof(*reader), GFP_KERNEL_ACCOUNT);
	int err;

	if (!reader)
		return -ENOMEM;
	err = vmwalk_target_open(&reader->target, pid, ns, file);
	if (err == -ESRCH)
		err = -ENOENT;	/* as procfs answers for a number nobody has */
	if (err)
		goto err_free;
	err = vmwalk_report_open(file, &reader->report, &reader->target);
	if (err)
		goto err_close;
	return 0;

err_close:
	vmwalk_target_close(&reader->target);
err_free:
	kfree(reader);
	return err;
}

static int file_release(struct inode *inode, struct file *file)
{
	struct reader *reader = reader_of(file);

	seq_release(inode, file);
	vmwalk_report_close(&reader->report);
	vmwalk_target_close(&reader->target);
	kfree(reader);
	return 0;
}

static long file_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	return vmwalk_query(&reader_of(file)->target, cmd, (void __user *)arg);
}

static const struct file_operations file_ops = {
	.owner = THIS_MODULE,
	.llseek = seq_lseek,
	.read_iter = seq_read_iter,
	.splice_read = copy_splice_read,
	.unlocked_ioctl = file_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.release = file_release,
};

static bool serving;	/* between the end of init and the beginning of exit */

void vmwalk_file_serve(bool on)
{
	smp_store_release(&serving, on);
}

/*
 * Our own operations for a descriptor, with a reference on the module: taken
 * before anything that may wait, so that rmmod says "in use" and does not wait
 * for an open. NULL before the module is ready and while it is unloaded: then
 * a reference would not keep it.
 */
static const struct file_operations *ops_get(const struct file_operations *ops)
{
	return smp_load_acquire(&serving) ? fops_get(ops) : NULL;
}

/*
 * With replace_fops() procfs knows nothing of the descriptor any more: removing
 * the entry never waits for a reader; the module stays as long as the descriptor.
 */
static int file_open(struct inode *inode, struct file *file)
{
	const struct file_operations *ops = ops_get(&file_ops);
	struct pid_namespace *ns = proc_pid_ns(inode->i_sb);
	struct pid *pid;
	int err = -ENOENT;

	if (!ops)
		return err;
	pid = resolve(inode, file, ns);
	if (pid)
		err = reader_open(file, pid, ns);
	put_pid(pid);
	if (err)
		fops_put(ops);
	else
		replace_fops(file, ops);
	return err;
}

/* No proc_release: procfs would keep a list of openers and wait for them. */
const struct proc_ops vmwalk_file_proc_ops = {
	.proc_open = file_open,
	.proc_read_iter = seq_read_iter,
	.proc_lseek = seq_lseek,
};

static int stats_show(struct seq_file *m, void *v)
{
	struct vmwalk_stats stats;

	vmwalk_stats_read(&stats);
	vmwalk_report_stats(m, &stats);
	return 0;
}

static const struct file_operations stats_ops = {
	.owner = THIS_MODULE,
	.llseek = seq_lseek,
	.read_iter = seq_read_iter,
	.splice_read = copy_splice_read,
	.release = single_release,
};

static int stats_open(struct inode *inode, struct file *file)
{
	const struct file_operations *ops = ops_get(&stats_ops);
	int err;

	if (!ops)
		return -ENOENT;
	err = single_open(file, stats_show, NULL);
	if (err)
		fops_put(ops);
	else
		replace_fops(file, ops);
	return err;
}

const struct proc_ops vmwalk_file_stats_ops = {
	.proc_open = stats_open,
	.proc_read_iter = seq_read_iter,
	.proc_lseek = seq_lseek,
};
