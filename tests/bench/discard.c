/*
 * discard: downloads that cost the client next to nothing. The kernel throws away what arrives
 * (recv with MSG_TRUNC copies nothing), so that the server alone is the limit.
 *
 *   discard PORT TARGET [FROM-TO...]
 *
 * Asks 127.0.0.1 for the whole target, or for all the ranges at once, and prints the bytes of the
 * bodies and the seconds they took.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define STREAMS_MAX    64
#define HEAD_MAX_BYTES 16384
#define PIECE_BYTES    ((size_t)4 << 20)
#define WAIT_REAL_MS   60000

static void fail(const char *why)
{
    fprintf(stderr, "discard: %s\n", why);
    exit(EXIT_FAILURE);
}

static double now_real_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int connect_to(unsigned port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof address) != 0)
        fail("cannot connect");
    return fd;
}

static int ask(unsigned port, const char *target, const char *range)
{
    int fd = connect_to(port);
    char *request = NULL;
    int length =
        asprintf(&request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n%s%s%s\r\n", target, port,
                 range ? "Range: bytes=" : "", range ? range : "", range ? "\r\n" : "");

    if (length < 0 || send(fd, request, (size_t)length, MSG_NOSIGNAL) != length)
        fail("cannot send");
    free(request);
    return fd;
}

/* The number behind the name of a header field. */
static uint64_t field_of(const char *head, const char *name)
{
    const char *at = strcasestr(head, name);

    if (!at)
        fail("the answer has no length");
    return strtoull(at + strlen(name), NULL, 10);
}

/* Takes the head of the answer off the stream, not a byte of the body; gives the body's length. */
static uint64_t read_head(int fd)
{
    static char head[HEAD_MAX_BYTES + 1];

    for (;;) {
        ssize_t length = recv(fd, head, HEAD_MAX_BYTES, MSG_PEEK);
        const char *end;

        if (length <= 0)
            fail("no answer");
        head[length] = '\0';
        end = strstr(head, "\r\n\r\n");
        if (end) {
            recv(fd, head, (size_t)(end + 4 - head), MSG_WAITALL);
            break;
        }
        if (length == HEAD_MAX_BYTES)
            fail("the head is too long");
    }
    if (strncmp(head, "HTTP/1.1 200", 12) != 0 && strncmp(head, "HTTP/1.1 206", 12) != 0)
        fail("the answer is neither 200 nor 206");
    return field_of(head, "\r\nContent-Length:");
}

/* Lets the kernel drop what is there; gives the bytes. */
static uint64_t drop(int fd, uint64_t left_bytes)
{
    size_t wanted = left_bytes < PIECE_BYTES ? (size_t)left_bytes : PIECE_BYTES;
    ssize_t dropped = recv(fd, NULL, wanted, MSG_TRUNC);

    if (dropped <= 0)
        fail("the body ended early");
    return (uint64_t)dropped;
}

/* Reads all streams to their end; gives the bytes of the bodies. */
static uint64_t drain(struct pollfd *polls, nfds_t count)
{
    uint64_t left_bytes[STREAMS_MAX], total = 0;
    nfds_t open_count = count;

    for (nfds_t i = 0; i < count; i++)
        total += left_bytes[i] = read_head(polls[i].fd);
    while (open_count > 0) {
        if (poll(polls, count, WAIT_REAL_MS) <= 0)
            fail("nothing came for a minute");
        for (nfds_t i = 0; i < count; i++) {
            if (polls[i].fd < 0 || !polls[i].revents)
                continue;
            left_bytes[i] -= drop(polls[i].fd, left_bytes[i]);
            if (left_bytes[i] == 0) {
                close(polls[i].fd);
                polls[i].fd = -1;
                open_count--;
            }
        }
    }
    return total;
}

int main(int argc, char **argv)
{
    struct pollfd polls[STREAMS_MAX];
    nfds_t count = 0;
    double start_real_s = now_real_s();
    uint64_t bytes;
    unsigned port;

    if (argc < 3 || argc > STREAMS_MAX + 3)
        fail("usage: discard PORT TARGET [FROM-TO...]");
    port = (unsigned)strtoul(argv[1], NULL, 10);
    do {
        polls[count] = (struct pollfd){.events = POLLIN};
        polls[count].fd = ask(port, argv[2], argv[3 + count]);
        count++;
    } while ((int)count + 3 < argc);
    bytes = drain(polls, count);
    printf("%llu %.6f\n", (unsigned long long)bytes, now_real_s() - start_real_s);
    return 0;
}
