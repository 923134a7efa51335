/* SPDX-License-Identifier: GPL-2.0 */
/* brush.h - drawings of lines and words, in UTF-8 or in plain ASCII */
#ifndef VMWALK_BRUSH_H
#define VMWALK_BRUSH_H

#include <stdbool.h>
#include <stdio.h>

#include "field.h"

#define BRUSH_LINE	2048	/* bytes of a line */
#define BRUSH_REST	0	/* room: what is left of the line */

/**
 * struct brush - a line that is being drawn
 * @out: where to
 * @width: columns of a line; what is longer is cut, and that it was is shown
 * @utf8: the locale writes UTF-8; else everything is drawn in ASCII
 * @line: so far
 * @used: bytes of @line
 */
struct brush {
	FILE *out;
	unsigned int width;
	bool utf8;
	char line[BRUSH_LINE];
	size_t used;
};

/* Does the locale write UTF-8? */
bool brush_can_utf8(void);

/* Columns of the terminal that @out is, within reason; else those of a page. */
unsigned int brush_width(FILE *out);

void brush_open(struct brush *brush, FILE *out, unsigned int width, bool utf8);

/* Words and lines of our own: UTF-8, turned into ASCII if need be. */
void brush_say(struct brush *brush, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/**
 * brush_text() - a name or path of somebody else
 * @brush: it
 * @text: escaped by vmwalk_text_escape(); what is no character is escaped here
 * @room: columns; a longer text is shortened in the middle. BRUSH_REST: the line
 */
void brush_text(struct brush *brush, const char *text, unsigned int room);

/* The value of a field, by the names of both; cut at its end to @room columns. */
void brush_field(struct brush *brush, enum vmwalk_record_id id, const void *record,
		 const char *name, unsigned int room);

/* A number of bytes in the largest unit it reaches. */
void brush_bytes(struct brush *brush, unsigned long long bytes);

/* Blanks up to a column, and one at the least. */
void brush_to(struct brush *brush, unsigned int column);

/* Columns so far. */
unsigned int brush_column(const struct brush *brush);

/* Ends the line. */
void brush_end(struct brush *brush);

#endif /* VMWALK_BRUSH_H */
