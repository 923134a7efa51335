// SPDX-License-Identifier: GPL-2.0
/* dossier.c - an address -> struct vmwalk_dossier: everything about it, of one moment */
#include <linux/mm.h>
#include <linux/string.h>

#include "dossier.h"
#include "field.h"
#include "target.h"
#include "vma.h"
#include "walk.h"

int vmwalk_dossier_read(const struct vmwalk_live *live, u64 va, struct vmwalk_dossier *out,
			struct vmwalk_vma_name *name, struct vmwalk_cost *cost)
{
	memset(out, 0, sizeof(*out));
	memset(name, 0, sizeof(*name));
	return vmwalk_walk_addresses(live->mm, &va, 1, &out->walk, cost);
}

void vmwalk_dossier_hide(struct vmwalk_dossier *dossier, u64 groups)
{
	vmwalk_walk_hide(&dossier->walk, groups);
	vmwalk_field_hide(VMWALK_RECORD_frame, &dossier->frame, groups);
	vmwalk_field_hide(VMWALK_RECORD_backing, &dossier->backing, groups);
	vmwalk_field_hide(VMWALK_RECORD_around, &dossier->around, groups);
	dossier->has &= ~groups;
}
