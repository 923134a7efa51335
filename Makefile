# SPDX-License-Identifier: GPL-2.0
# vmwalk: the module for this machine's kernel (or that of KDIR=) and the client

KDIR ?= /lib/modules/$(shell uname -r)/build
OUT ?= $(CURDIR)/build
# One folder a kernel, so that several can stand side by side. Kernels older
# than 6.13 build next to the sources: this is a copy of them, of links.
RELEASE = $(shell cat $(KDIR)/include/config/kernel.release 2>/dev/null)
MODULE_OUT ?= $(OUT)/module-$(RELEASE)
# Further words for kbuild, such as W=1 C=2
KBUILD_FLAGS ?=

all: module client

help:
	@echo 'make            the module for the running kernel, and the client, in build/'
	@echo 'make module     the module alone; KDIR= another kernel'"'"'s headers'
	@echo 'make client     the client alone'
	@echo 'make demo       boot a stock kernel in a virtual machine and look at a process'
	@echo 'make vm         a shell in such a machine (KERNEL=6.1 or debug)'
	@echo 'make bench      measure vmwalk beside the kernel'"'"'s own files; writes docs/performance.md'
	@echo 'make check      all tests (RINGS="lint host ..." for some; tests/check -l lists them)'
	@echo 'make clean      remove build/; kernels stay in $${VMWALK_CACHE:-~/.cache/vmwalk}'

headers:
	@test -f $(KDIR)/Makefile || { \
		echo 'vmwalk: no kernel headers at $(KDIR).'; \
		echo 'Install those of the running kernel (Debian: apt-get install linux-headers-$$(uname -r))'; \
		echo 'or name others: make KDIR=/usr/src/linux-headers-...'; \
		exit 1; } >&2

# $(call mirror,FOLDERS): links to the sources under MODULE_OUT
mirror = mkdir -p $(MODULE_OUT) && \
	cp -rsf $(addprefix $(CURDIR)/,$(1)) $(MODULE_OUT)/ && \
	find $(MODULE_OUT) -xtype l -delete

module: headers
	@$(call mirror,Kbuild module procfs)
	$(MAKE) -C $(KDIR) M=$(abspath $(MODULE_OUT)) $(KBUILD_FLAGS) modules
	$(if $(filter file,$(origin MODULE_OUT)),@cp $(MODULE_OUT)/vmwalk.ko $(OUT)/vmwalk.ko)

kunit: headers
	$(MAKE) -C tests/kunit KDIR=$(KDIR) OUT=$(OUT)

client:
	$(MAKE) -C userspace OUT=$(OUT)

KERNEL ?= 6.1

demo:
	@tests/demo/run

vm:
	@tests/vm/shell.sh $(KERNEL)

bench:
	@tests/bench/run

check:
	@tests/check $(RINGS)

clean:
	rm -rf $(OUT)

.PHONY: all help headers module kunit client demo vm bench check clean
