/*
 * server: sockets, the loop and the real clock. The only layer that knows libmicrohttpd.
 *
 * One thread, one epoll loop: libmicrohttpd's own epoll descriptor, a signalfd and the time-out
 * libmicrohttpd asks for. The handler is called once a request is whole and never blocks.
 */
#ifndef SERVER_SERVER_H
#define SERVER_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "http/request.h"
#include "http/response.h"

/* Answers one request; response is empty when it is called. */
typedef void server_handler(void *context, const struct http_request *request,
                            struct http_response *response);

/* Fills the answer to a request that is not sound HTTP: its status, and what is wrong with it. */
typedef void server_refuser(void *context, int status, const char *reason,
                            struct http_response *response);

struct server_config {
    const char *bind_address; /* numeric IPv4 or IPv6 address, or "localhost" */
    uint16_t port;            /* 0: any free one */
    uint64_t max_body_bytes;  /* a longer body is drained and flagged, not kept */
    const char *base_path; /* "/mock": requests below it count as if it were not there; or NULL */
    /*
     * A connection on which no byte went either way for this long is closed; 0: never. A slow
     * client that makes progress is never cut. 300 leaves time for a debugger's breakpoint.
     */
    unsigned idle_timeout_real_s;
    /*
     * PEM, for https and nothing else (TLS 1.2 and 1.3): the certificate with its chain, and its
     * key; NULL: for http. Borrowed until server_start() is over.
     */
    const char *tls_chain;
    const char *tls_key;
    server_handler *handler;
    server_refuser *refuser; /* NULL: the reason as plain text */
    /* Fills the answer to who speaks http where https is spoken; NULL: as refuser. */
    server_refuser *plain_refuser;
    void *context;
    /* NULL, or told about every answer of the handler that is over. */
    void (*completed)(void *context, const struct http_completion *completion);
    /* NULL, or called when everything at hand was done, before the loop waits. */
    void (*idle)(void *context);
    /*
     * NULL, or called in every turn of the loop, also before the first one; gives the instant
     * (real, monotonic) at which it is to be called again if nothing happens; INT64_MAX: not then.
     */
    int64_t (*tick)(void *context);
    /* NULL, or called once nothing has happened for a second: memory may be given back. */
    void (*quiet)(void *context);
    /*
     * NULL: SIGTERM and SIGINT stop the server. Else all signals but SIGPIPE are the caller's: this
     * is called when watched_fd, say a signalfd, can be read; the descriptor stays the caller's.
     */
    void (*watched)(void *context);
    int watched_fd;
};

struct server;

/*
 * Opens the listening socket and starts libmicrohttpd. From here to server_free(), SIGTERM and
 * SIGINT are blocked (see watched) and SIGPIPE is ignored, which a child process would inherit; the
 * limit of open descriptors is raised as far as allowed, for good. What is not sound HTTP is
 * answered here (400, 413, 414, 431, 501, 505) and never reaches the handler. STATUS_IO with a
 * message that names address and port when the address cannot be had; STATUS_INVALID for an address
 * that is none.
 */
enum status server_start(struct server **out, const struct server_config *config,
                         struct error *err) MUST_CHECK;

/* The port that is listened on. */
uint16_t server_port(const struct server *server);

/* How many connections are open. */
uint64_t server_connection_count(const struct server *server);

/* Serves until SIGTERM or SIGINT arrives (see watched), or server_stop_soon() is called. */
enum status server_run(struct server *server, struct error *err) MUST_CHECK;

/* Makes server_run() return after this turn of the loop; for handlers. */
void server_stop_soon(struct server *server);

/*
 * Serves what clients have sent so far, and no longer: to be called after server_run(), when what
 * happened is to be known to the last request. Ends after some turns whatever clients do.
 */
void server_settle(struct server *server);

/* Closes every connection and frees everything; may be NULL. */
void server_free(struct server *server);

#endif
