// SPDX-License-Identifier: GPL-2.0
/* brush.c - drawings of lines and words, in UTF-8 or in plain ASCII */
#include <langinfo.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "brush.h"
#include "human.h"

#define PAGE_WIDTH	100	/* columns, where there is no terminal */
#define WIDTH_MIN	60
#define WIDTH_MAX	132

bool brush_can_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

unsigned int brush_width(FILE *out)
{
	struct winsize size;

	if (!isatty(fileno(out)) || ioctl(fileno(out), TIOCGWINSZ, &size) != 0 || !size.ws_col)
		return PAGE_WIDTH;
	if (size.ws_col < WIDTH_MIN)
		return WIDTH_MIN;
	return size.ws_col < WIDTH_MAX ? size.ws_col : WIDTH_MAX;
}

void brush_open(struct brush *brush, FILE *out, unsigned int width, bool utf8)
{
	brush->out = out;
	brush->width = width;
	brush->utf8 = utf8;
	brush->used = 0;
}

/* What is drawn with, and what stands for it in ASCII. */
static const struct {
	const char *utf8, *ascii;
} strokes[] = {
	{ "│", "|" }, { "├", "|" }, { "└", "`" }, { "─", "-" }, { "┬", "+" },
	{ "→", ">" }, { "×", "x" }, { "·", "," }, { "…", "..." },
};

static void bytes_add(struct brush *brush, const char *bytes, size_t len)
{
	if (len > sizeof(brush->line) - brush->used)
		len = sizeof(brush->line) - brush->used;
	memcpy(brush->line + brush->used, bytes, len);
	brush->used += len;
}

/* Adds a stroke in ASCII. Return: its bytes in UTF-8. */
static size_t stroke_add(struct brush *brush, const char *at)
{
	size_t i, len;

	for (i = 0; i < sizeof(strokes) / sizeof(strokes[0]); i++) {
		len = strlen(strokes[i].utf8);
		if (strncmp(at, strokes[i].utf8, len) == 0) {
			bytes_add(brush, strokes[i].ascii, strlen(strokes[i].ascii));
			return len;
		}
	}
	bytes_add(brush, "?", 1);
	for (len = 1; (at[len] & 0xc0) == 0x80; len++)
		;
	return len;
}

static void words_add(struct brush *brush, const char *words)
{
	if (brush->utf8) {
		bytes_add(brush, words, strlen(words));
		return;
	}
	while (*words) {
		if (*words & 0x80) {
			words += stroke_add(brush, words);
		} else {
			bytes_add(brush, words++, 1);
		}
	}
}

void brush_say(struct brush *brush, const char *fmt, ...)
{
	char words[BRUSH_LINE];
	va_list args;

	va_start(args, fmt);
	vsnprintf(words, sizeof(words), fmt, args);
	va_end(args);
	words_add(brush, words);
}

/*
 * Bytes of the character at @text, and its columns; 0 bytes where there is none that can
 * be shown. An escape is one character.
 */
static size_t char_len(bool utf8, const char *text, size_t left, unsigned int *columns)
{
	mbstate_t state = { 0 };
	wchar_t wide;
	size_t len;

	*columns = 1;
	if (*text == '\\' && left >= 4) {
		*columns = 4;
		return 4;
	}
	if (!(*text & 0x80))
		return 1;
	len = utf8 ? mbrtowc(&wide, text, left, &state) : 0;
	if (!len || len > left || wcwidth(wide) < 0)
		return 0;
	*columns = (unsigned int)wcwidth(wide);
	return len;
}

/* The text without bytes that are no characters; NULL without memory. */
static char *text_clean(bool utf8, const char *text)
{
	size_t left = strlen(text), len;
	char *clean = malloc(4 * left + 1), *to = clean;
	unsigned int columns;

	if (!clean)
		return NULL;
	for (; left; text += len, left -= len) {
		len = char_len(utf8, text, left, &columns);
		if (len) {
			memcpy(to, text, len);
			to += len;
		} else {
			len = 1;
			to += sprintf(to, "\\%03o", (unsigned char)*text);
		}
	}
	*to = '\0';
	return clean;
}

static unsigned int columns_of(bool utf8, const char *text, size_t size)
{
	unsigned int columns, sum = 0;
	size_t len;

	for (; size; text += len, size -= len) {
		len = char_len(utf8, text, size, &columns);
		len = len ? len : 1;
		sum += columns;
	}
	return sum;
}

/* Bytes that fill at most @room columns. */
static size_t bytes_within(bool utf8, const char *text, size_t size, unsigned int room)
{
	unsigned int columns, sum = 0;
	size_t at = 0, len;

	for (; at < size; at += len) {
		len = char_len(utf8, text + at, size - at, &columns);
		len = len ? len : 1;
		sum += columns;
		if (sum > room)
			break;
	}
	return at;
}

unsigned int brush_column(const struct brush *brush)
{
	return columns_of(brush->utf8, brush->line, brush->used);
}

static unsigned int dots_columns(const struct brush *brush)
{
	return brush->utf8 ? 1 : 3;
}

/* The head, dots, and as much of the tail as there is room for. */
static void middle_cut(struct brush *brush, const char *text, unsigned int room)
{
	unsigned int dots = dots_columns(brush), head = room > dots ? (room - dots) / 2 : 0;
	unsigned int columns, left;
	size_t size = strlen(text), at = bytes_within(brush->utf8, text, size, head), len;

	bytes_add(brush, text, at);
	words_add(brush, "…");
	head = columns_of(brush->utf8, text, at);
	left = columns_of(brush->utf8, text + at, size - at);
	for (; at < size && head + dots + left > room; at += len) {
		len = char_len(brush->utf8, text + at, size - at, &columns);
		len = len ? len : 1;
		left -= columns;
	}
	bytes_add(brush, text + at, size - at);
}

void brush_text(struct brush *brush, const char *text, unsigned int room)
{
	char *clean = text_clean(brush->utf8, text);
	unsigned int at = brush_column(brush);

	if (!clean)
		return;
	if (room == BRUSH_REST)
		room = brush->width > at ? brush->width - at : 1;
	if (columns_of(brush->utf8, clean, strlen(clean)) <= room)
		bytes_add(brush, clean, strlen(clean));
	else
		middle_cut(brush, clean, room);
	free(clean);
}

void brush_field(struct brush *brush, enum vmwalk_record_id id, const void *record,
		 const char *name, unsigned int room)
{
	const struct vmwalk_record *type = &vmwalk_records[id];
	char text[VMWALK_FIELD_LEN];
	unsigned int i;

	for (i = 0; i < type->nr; i++) {
		if (strcmp(type->fields[i].name, name) != 0)
			continue;
		vmwalk_field_print(text, sizeof(text), &type->fields[i], record);
		if (room != BRUSH_REST && strlen(text) > room) {
			text[room > dots_columns(brush) ? room - dots_columns(brush) : 0] = '\0';
			brush_say(brush, "%s…", text);
		} else {
			brush_text(brush, text, brush->width);
		}
		return;
	}
}

void brush_bytes(struct brush *brush, unsigned long long bytes)
{
	char number[32], text[HUMAN_SIZE];

	snprintf(number, sizeof(number), "%llu", bytes);
	human_print(text, sizeof(text), VMWALK_FORMAT_BYTES, number);
	brush_say(brush, "%s", *text ? text : number);
}

void brush_to(struct brush *brush, unsigned int column)
{
	unsigned int at = brush_column(brush);

	do
		bytes_add(brush, " ", 1);
	while (++at < column);
}

void brush_end(struct brush *brush)
{
	unsigned int dots = dots_columns(brush);

	while (brush->used && brush->line[brush->used - 1] == ' ')
		brush->used--;
	if (brush_column(brush) > brush->width) {
		brush->used = bytes_within(brush->utf8, brush->line, brush->used,
					   brush->width - dots);
		words_add(brush, "…");
	}
	fwrite(brush->line, 1, brush->used, brush->out);
	fputc('\n', brush->out);
	brush->used = 0;
}
