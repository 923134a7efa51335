// SPDX-License-Identifier: GPL-2.0
/* suite_ids.c - a namespace made here, with ids near and far apart: each looked at once */
#include <kunit/test.h>
#include <linux/idr.h>
#include <linux/pid_namespace.h>

#include "ids.h"

#define NEAR		1000	/* ids in a row, more than one hold looks at */
#define FAR		0x3fffff	/* the highest id a 64-bit kernel gives out */

/**
 * struct asked - what was asked about the ids
 * @looks: how often
 * @every: wanted is each id whose number this divides, by the number in its place
 */
struct asked {
	unsigned int looks;
	unsigned long every;
};

/* The ids stand for numbers: themselves. */
static bool divided(struct pid *pid, void *arg)
{
	struct asked *asked = arg;

	asked->looks++;
	return (unsigned long)pid / 8 % asked->every == 0;
}

static void add(struct kunit *test, struct pid_namespace *ns, unsigned long id)
{
	KUNIT_ASSERT_EQ(test, idr_alloc(&ns->idr, (void *)(id * 8), id, id + 1, GFP_KERNEL),
			(int)id);
}

static struct pid_namespace *ids_open(struct kunit *test)
{
	struct pid_namespace *ns = kunit_kzalloc(test, sizeof(*ns), GFP_KERNEL);
	unsigned long id;

	KUNIT_ASSERT_NOT_NULL(test, ns);
	idr_init(&ns->idr);
	for (id = 1; id <= NEAR; id++)
		add(test, ns, id);
	add(test, ns, FAR);
	return ns;
}

static void every_id(struct kunit *test)
{
	struct pid_namespace *ns = ids_open(test);
	struct asked asked = { .every = 1 };
	u32 id, found = 0;

	for (id = 0; vmwalk_ids_find(ns, &id, divided, &asked) == 1; id++)
		KUNIT_EXPECT_EQ(test, id, ++found <= NEAR ? found : (u32)FAR);
	KUNIT_EXPECT_EQ(test, found, NEAR + 1U);
	KUNIT_EXPECT_EQ(test, asked.looks, NEAR + 1U);
	idr_destroy(&ns->idr);
}

/* Few are wanted: those between are looked at, once, by as many holds as it takes. */
static void some_ids(struct kunit *test)
{
	struct pid_namespace *ns = ids_open(test);
	struct asked asked = { .every = 900 };
	u32 id = 0;

	KUNIT_EXPECT_EQ(test, vmwalk_ids_find(ns, &id, divided, &asked), 1);
	KUNIT_EXPECT_EQ(test, id, 900U);
	KUNIT_EXPECT_EQ(test, asked.looks, 900U);
	id++;
	KUNIT_EXPECT_EQ(test, vmwalk_ids_find(ns, &id, divided, &asked), 0);
	KUNIT_EXPECT_EQ(test, asked.looks, NEAR + 1U);
	idr_destroy(&ns->idr);
}

/* At the end, behind it, and where no id can be. */
static void no_ids(struct kunit *test)
{
	static const u32 from[] = { FAR + 1, INT_MAX, 1U + INT_MAX, U32_MAX };
	struct pid_namespace *ns = ids_open(test);
	struct asked asked = { .every = 1 };
	u32 id = FAR, i;

	KUNIT_EXPECT_EQ(test, vmwalk_ids_find(ns, &id, divided, &asked), 1);
	KUNIT_EXPECT_EQ(test, id, (u32)FAR);
	for (i = 0; i < ARRAY_SIZE(from); i++) {
		id = from[i];
		KUNIT_EXPECT_EQ(test, vmwalk_ids_find(ns, &id, divided, &asked), 0);
	}
	KUNIT_EXPECT_EQ(test, asked.looks, 1U);
	idr_destroy(&ns->idr);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(every_id),
	KUNIT_CASE(some_ids),
	KUNIT_CASE(no_ids),
	{ }
};

static struct kunit_suite suite = {
	.name = "vmwalk_ids",
	.test_cases = cases,
};
kunit_test_suite(suite);
