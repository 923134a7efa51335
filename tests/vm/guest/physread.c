// SPDX-License-Identifier: GPL-2.0
/*
 * physread ADDRESS LENGTH - bytes of the machine's memory, read from outside it
 *
 * The third serial port leads to QEMU's own monitor. Its `xp` reads physical
 * memory without the help of the kernel in this machine: an independent judge
 * of a physical address. Prints the bytes as one line of hexadecimal digits.
 */
#include <errno.h>
#include <error.h>
#include <fcntl.h>
#include <linux/serial.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define PORT		"/dev/ttyS2"
#define PORT_IRQ	7	/* what tests/vm/run.sh gives it */
#define PROMPT		"(qemu) "
#define LENGTH_MAX	4096
#define PATIENCE_MS	20000
#define LINE_LEN	512

/*
 * ACPI tells the kernel the port's interrupt. Without, the kernel believes in
 * the one that third ports had in the 1980s, which is the first port's too and
 * cannot be shared: then the port is polled (interrupt 0), which is slower. The
 * change takes effect with the next open.
 */
static void port_irq_check(void)
{
	struct serial_struct serial;
	int fd = open(PORT, O_RDWR | O_NOCTTY);

	if (fd < 0 || ioctl(fd, TIOCGSERIAL, &serial))
		error(1, errno, "%s", PORT);
	if (serial.irq && serial.irq != PORT_IRQ) {
		serial.irq = 0;
		if (ioctl(fd, TIOCSSERIAL, &serial))
			error(1, errno, "%s: polling", PORT);
	}
	close(fd);
}

static int port_open(void)
{
	struct termios raw;
	int fd = open(PORT, O_RDWR | O_NOCTTY);

	if (fd < 0)
		error(1, errno, "%s", PORT);
	/* a small kernel has no file locks; then callers must take turns */
	if ((flock(fd, LOCK_EX) && errno != ENOSYS) || tcgetattr(fd, &raw))
		error(1, errno, "%s", PORT);
	cfmakeraw(&raw);
	cfsetspeed(&raw, B115200);
	raw.c_cflag |= CLOCAL | CREAD;
	if (tcsetattr(fd, TCSANOW, &raw))
		error(1, errno, "%s", PORT);
	return fd;
}

/* One byte, or -1 when none comes for @ms. */
static int port_get(int fd, int ms)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	unsigned char byte;

	if (poll(&wait, 1, ms) != 1 || read(fd, &byte, 1) != 1)
		return -1;
	return byte;
}

static void port_put(int fd, const char *text)
{
	size_t len = strlen(text);

	if (write(fd, text, len) != (ssize_t)len)
		error(1, errno, "%s", PORT);
}

/* A line without its end; the prompt has no end and is a line too. */
static void line_get(int fd, char line[static LINE_LEN])
{
	size_t len = 0;
	int byte;

	for (;;) {
		byte = port_get(fd, PATIENCE_MS);
		if (byte < 0)
			error(1, 0, "no answer from the monitor");
		if (byte == '\n')
			break;
		if (byte == '\r' || len == LINE_LEN - 1)
			continue;
		line[len++] = byte;
		if (len == strlen(PROMPT) && !memcmp(line, PROMPT, len))
			break;
	}
	line[len] = '\0';
}

/* The bytes of "0000000000001000: 0x12 0x34 ..."; 0 if it is not @address's line. */
static size_t line_bytes(const char *line, unsigned long long address,
			 unsigned char *out, size_t room)
{
	size_t len = 0;
	char *end;

	if (strspn(line, "0123456789abcdef") != 16 || line[16] != ':')
		return 0;
	if (strtoull(line, NULL, 16) != address)
		error(1, 0, "expected the bytes of %#llx: %s", address, line);
	for (line += 17; len < room; line = end) {
		out[len] = strtoul(line, &end, 16);
		if (end == line)
			break;
		len++;
	}
	return len;
}

/* Nothing may be left from before: ask for a prompt of our own and wait for silence. */
static void port_sync(int fd)
{
	port_put(fd, "\n");
	if (port_get(fd, PATIENCE_MS) < 0)
		error(1, 0, "no answer from the monitor");
	while (port_get(fd, 100) >= 0)
		;
}

int main(int argc, char **argv)
{
	unsigned char bytes[LENGTH_MAX];
	unsigned long long address;
	char line[LINE_LEN];
	size_t len, got = 0;
	int fd;

	if (argc != 3)
		error(2, 0, "usage: physread ADDRESS LENGTH");
	address = strtoull(argv[1], NULL, 0);
	len = strtoull(argv[2], NULL, 0);
	if (!len || len > LENGTH_MAX)
		error(2, 0, "length: 1 to %d", LENGTH_MAX);

	port_irq_check();
	fd = port_open();
	port_sync(fd);
	snprintf(line, sizeof(line), "xp /%zuxb 0x%llx\n", len, address);
	port_put(fd, line);
	do {
		line_get(fd, line);
		got += line_bytes(line, address + got, bytes + got, len - got);
	} while (strcmp(line, PROMPT) || !got);
	if (got < len)
		error(1, 0, "only %zu of %zu bytes", got, len);
	for (got = 0; got < len; got++)
		printf("%02x", bytes[got]);
	putchar('\n');
	return 0;
}
