/*
 * floor: the least a server made with libmicrohttpd can do. It reads every request to its end and
 * answers with the bytes of a file, always the same. What exports-mock takes longer is its own.
 *
 *   floor PORT FILE
 *
 * Listens on 127.0.0.1 until it is ended by a signal. Polls as the server does: one thread, epoll.
 */
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define ANSWER_MAX_BYTES ((size_t)16 << 20)

/* Memory of a connection, as in the server. */
#define CONNECTION_BYTES ((size_t)32 << 10)

static enum MHD_Result answer(void *state, struct MHD_Connection *connection, const char *target,
                              const char *method, const char *version, const char *body,
                              size_t *body_length, void **seen)
{
    (void)target, (void)method, (void)version, (void)body;
    if (!*seen || *body_length > 0) {
        *body_length = 0;
        *seen = state;
        return MHD_YES;
    }
    return MHD_queue_response(connection, MHD_HTTP_OK, state);
}

static struct MHD_Response *read_answer(const char *path)
{
    static char bytes[ANSWER_MAX_BYTES];
    FILE *file = fopen(path, "rb");
    struct MHD_Response *response;

    if (!file) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    response = MHD_create_response_from_buffer(fread(bytes, 1, sizeof bytes, file), bytes,
                                               MHD_RESPMEM_PERSISTENT);
    fclose(file);
    if (response)
        MHD_add_response_header(response, "Content-Type", "application/json");
    return response;
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct MHD_Daemon *daemon;
    struct pollfd events = {.events = POLLIN};

    if (argc != 3) {
        fputs("usage: floor PORT FILE\n", stderr);
        return EXIT_FAILURE;
    }
    address.sin_port = htons((uint16_t)strtoul(argv[1], NULL, 10));
    daemon = MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, answer, read_answer(argv[2]),
                              MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                              CONNECTION_BYTES, MHD_OPTION_END);
    if (!daemon) {
        fputs("floor: the port cannot be had\n", stderr);
        return EXIT_FAILURE;
    }
    events.fd = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    for (;;) {
        unsigned long long timeout;

        poll(&events, 1, MHD_get_timeout(daemon, &timeout) == MHD_YES ? (int)timeout : -1);
        MHD_run(daemon);
    }
}
