/* SPDX-License-Identifier: GPL-2.0 */
/* files.h - files_struct, struct file -> struct vmwalk_file */
#ifndef VMWALK_FILES_H
#define VMWALK_FILES_H

#include <linux/path.h>

#include "uapi/vmwalk.h"

struct file;
struct inode;
struct mm_struct;
struct pid_namespace;
struct task_struct;
struct user_namespace;

/* The key of the hash that tells open files apart: anew at each load. Context: may sleep. */
void vmwalk_files_init(void);

/**
 * struct vmwalk_files_reader - for whom files are read
 * @ns: PID namespace in which the ids of peers are told
 * @user_ns: user namespace in which their users are told
 */
struct vmwalk_files_reader {
	struct pid_namespace *ns;
	struct user_namespace *user_ns;
};

/**
 * vmwalk_files_next() - the first open file from a descriptor on
 * @task: the caller holds a reference
 * @mm: the address space the reader was allowed to look at, or NULL if it had
 *	none
 * @fd: the descriptor to begin with
 * @reader: whose namespaces count
 * @out: the record
 * @path: out: its path, counted; give it to path_put()
 *
 * Context: does not sleep, takes alloc_lock of the task.
 * Return: 1; 0 if there is no such file; -ESRCH if @task does not have that
 * address space any more: its files may be those of another program.
 */
int vmwalk_files_next(struct task_struct *task, struct mm_struct *mm, unsigned int fd,
		      const struct vmwalk_files_reader *reader, struct vmwalk_file *out,
		      struct path *path);

/**
 * vmwalk_file_type() - the type a mode tells
 * @mode: i_mode
 *
 * Return: enum vmwalk_file_type. Context: any.
 */
u32 vmwalk_file_type(umode_t mode);

/* The type of an inode: that of its mode, but for anonymous inodes, whose mode newer kernels make up. */
u32 vmwalk_inode_type(const struct inode *inode);

/**
 * vmwalk_filekind() - what an open file is, more closely
 * @file: in its table, whose file_lock the caller holds
 *
 * Context: does not sleep. Return: enum vmwalk_file_kind.
 */
u32 vmwalk_filekind(const struct file *file);

/**
 * vmwalk_socket_read() - the socket behind an open file, if it is one
 * @file: in its table, whose file_lock the caller holds; not O_PATH
 * @reader: whose namespaces count
 * @out: the record; gets the groups SOCK, INET, PEER
 *
 * Context: does not sleep, takes the sk_peer_lock of the socket.
 */
void vmwalk_socket_read(const struct file *file, const struct vmwalk_files_reader *reader,
			struct vmwalk_file *out);

#endif /* VMWALK_FILES_H */
