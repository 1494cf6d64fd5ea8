/*
 * admin: the admin API under /__admin: time, exports and the state of the server, for tests and
 * for people. One file for each family of endpoints; routes.c has the table. Source: interface,
 * section 4. What callers see is described in docs/admin.md.
 *
 * No I/O and no clock of its own: whoever calls says what time it is.
 */
#ifndef ADMIN_ADMIN_H
#define ADMIN_ADMIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/api.h"
#include "base/uuid.h"
#include "core/announce.h"
#include "core/journal.h"
#include "core/metrics.h"
#include "core/store.h"
#include "http/request.h"
#include "http/response.h"

/* Texts and pointers stay borrowed. */
struct admin_config {
    const char *version;      /* of the program */
    const char *token;        /* what Authorization must bear; NULL: nothing is asked for */
    bool network_is_trusted;  /* no token, and neither Host nor Origin are looked at */
    const char *bind_address; /* taken in Host and Origin beside loopback; may be NULL */
    const char *certificate;  /* PEM: what a client has to trust; NULL: http is spoken */
    bool has_start;           /* else a reset takes the wall clock of the call */
    int64_t start_ms;         /* where the server's clock starts */
    struct journal *journal;
    const struct metrics *metrics;
    uint64_t (*count_connections)(void *connections); /* that are open; NULL: nobody knows */
    void *connections;
    struct events *events;       /* for who looks on */
    struct announcer *announcer; /* likewise */
};

/* A value; api is borrowed, nothing to release. */
struct admin {
    struct admin_config config;
    struct api *api;
    int64_t started_real_ms;
    unsigned reader_count; /* who look on */
};

/* One request on its way; everything is borrowed for the time of the call. */
struct admin_call {
    struct admin *admin;
    const struct http_request *request;
    struct http_response *response;
    int64_t now_real_ms;
    int64_t wall_ms;        /* what a clock on the wall shows, for the start of virtual time */
    struct uuid request_id; /* repeated in error bodies */

    /* set by admin_dispatch() */
    const char *id; /* the segment of the path at {id}, as sent; NULL: the route has none */
    size_t id_length;
    const char *access_token; /* of the query; NULL: the call is about the whole server */
    struct tenant *tenant;    /* of access_token; NULL also when it is not known yet */
};

/* Makes an admin API over an API and its store; now_real_ms is when the server started. */
void admin_init(struct admin *admin, const struct admin_config *config, struct api *api,
                int64_t now_real_ms);

/* Answers a request whose path is "/__admin" or begins with "/__admin/". */
void admin_dispatch(struct admin_call *call);

#endif
