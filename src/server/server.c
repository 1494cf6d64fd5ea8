#include "server/server.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/memory.h"
#include "server/listen.h"
#include "server/loop.h"
#include "server/receive.h"
#include "server/state.h"

/*
 * Memory of a connection: request line and header fields must fit, and a body passes through in
 * pieces of it. libmicrohttpd clears all of it between two requests, which costs a small answer
 * 18 % at 128 KiB, and takes fresh pages from the kernel for each connection above 32 KiB.
 */
#define CONNECTION_BYTES ((size_t)32 << 10)

#define CONNECTIONS_MAX 100000

/* Descriptors for everything but connections: what handlers open, the journal, the loop. */
#define SPARE_FDS 64

/* Raises the limit of open descriptors as far as allowed; how many connections that is good for. */
static unsigned connection_limit(void)
{
    struct rlimit limit;
    rlim_t usable;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 512;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > (rlim_t)CONNECTIONS_MAX * 2)
        return CONNECTIONS_MAX;
    usable = limit.rlim_cur - limit.rlim_cur / 8; /* downloads of real files take two */
    return usable > SPARE_FDS * 2 ? (unsigned)usable - SPARE_FDS : SPARE_FDS;
}

/* In place of libmicrohttpd's decoding: paths stay as they were sent. */
static size_t keep_escapes(void *state, struct MHD_Connection *connection, char *text)
{
    (void)state;
    (void)connection;
    return strlen(text);
}

/*
 * Since its 1.0 libmicrohttpd answers a blank in a target by a redirect, unless it is to be strict.
 * Before, being strict means less: screen_request() tells clients better what is wrong.
 */
#if MHD_VERSION >= 0x01000000
#define STRICTNESS MHD_USE_PEDANTIC_CHECKS
#else
#define STRICTNESS 0
#endif

/* What GnuTLS thinks is normal, but nothing older than TLS 1.2. */
static char tls_priorities[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";

/* What only a server with TLS is given; the library takes texts as void *, and only reads them. */
static void fill_tls_options(const struct server *server, struct MHD_OptionItem options[4])
{
    size_t count = 0;

    if (server->is_tls) {
        options[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0,
                                                   (void *)(uintptr_t)server->config.tls_chain};
        options[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0,
                                                   (void *)(uintptr_t)server->config.tls_key};
        options[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0, tls_priorities};
    }
    options[count] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
}

/* SIGPIPE is ignored by the loop; libmicrohttpd uses sendfile only when it is told so. */
static struct MHD_Daemon *start_daemon(struct server *server, int listen_fd)
{
    unsigned tls = server->is_tls ? MHD_USE_TLS : 0;
    struct MHD_OptionItem tls_options[4];

    fill_tls_options(server, tls_options);
    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | STRICTNESS | tls, 0, NULL, NULL, receive_request,
        server, MHD_OPTION_LISTEN_SOCKET, listen_fd, MHD_OPTION_CONNECTION_LIMIT,
        connection_limit(), MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_BYTES,
        MHD_OPTION_CONNECTION_TIMEOUT, server->config.idle_timeout_real_s,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL, MHD_OPTION_URI_LOG_CALLBACK,
        receive_target, server, MHD_OPTION_NOTIFY_COMPLETED, receive_end, server,
        MHD_OPTION_NOTIFY_CONNECTION, loop_connection, server, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_ARRAY, tls_options, MHD_OPTION_END);
}

enum status server_start(struct server **out, const struct server_config *config, struct error *err)
{
    struct server *server;
    enum status status;
    uint16_t port;
    int listen_fd;

    status = listen_open(config->bind_address, config->port, &listen_fd, &port, err);
    if (status != STATUS_OK)
        return status;
    server = memory_new(sizeof *server);
    server->config = *config;
    server->port = port;
    server->is_tls = config->tls_chain != NULL;
    server->pool.may_send_files = !server->is_tls;
    server->poll_fd = server->signal_fd = -1;
    server->daemon = start_daemon(server, listen_fd);
    if (!server->daemon) {
        close(listen_fd);
        status = error_set(err, STATUS_IO, NULL, "libmicrohttpd does not start%s",
                           server->is_tls ? "; was it built without TLS?" : "");
        goto out;
    }
    server->config.tls_chain = server->config.tls_key = NULL;
    status = loop_open(server, err);
    if (status != STATUS_OK)
        goto out;
    handshakes_init(&server->handshakes, &server->config, server->poll_fd);
    *out = server;
    server = NULL;
out:
    server_free(server);
    return status;
}

uint16_t server_port(const struct server *server)
{
    return server->port;
}

uint64_t server_connection_count(const struct server *server)
{
    return server->connection_count;
}

enum status server_run(struct server *server, struct error *err)
{
    return loop_run(server, err);
}

void server_settle(struct server *server)
{
    loop_settle(server);
}

void server_stop_soon(struct server *server)
{
    server->stopping = true;
}

void server_free(struct server *server)
{
    if (!server)
        return;
    if (server->daemon) {
        holds_resume_all(&server->holds);
        handshakes_resume_all(&server->handshakes);
        MHD_stop_daemon(server->daemon);
    }
    holds_release(&server->holds);
    endings_release(&server->endings);
    handshakes_release(&server->handshakes);
    loop_close(server);
    exchange_pool_trim(&server->pool);
    free(server);
}
