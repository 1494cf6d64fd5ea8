/*
 * rig: an admin API over a store and a data set, and requests made of plain values, for tests.
 * One at a time: rig_start() before each test, rig_stop() behind it.
 */
#ifndef TESTS_UNIT_ADMIN_RIG_H
#define TESTS_UNIT_ADMIN_RIG_H

#include "admin/admin.h"

/* 2026-08-07T10:00:00Z, what the server's clock shows when a rig starts. It is frozen. */
#define RIG_START_MS INT64_C(1786096800000)

/* What the wall clock shows in every request: 2026-08-08T10:00:00Z. */
#define RIG_WALL_MS (RIG_START_MS + MS_PER_DAY)

struct rig {
    struct store *store;
    struct content *content;
    struct api api;
    struct admin admin;
    struct journal journal;
    struct events events;
    struct announcer announcer;
    struct metrics metrics;
    struct http_response response; /* the last answer */
    int64_t now_real_ms;           /* of the next request; 1000 at the start */

    /* header fields of the next requests; NULL: none */
    const char *host;
    const char *origin;
    const char *authorization;
    bool body_too_large;
    const char *content_type; /* what the answers must have; NULL: JSON */
};

extern struct rig rig;

/* Exports are Pending for 2 s, Processing for 5 s, kept for 7 d; config.version is "1.2.3". */
void rig_start(void);
void rig_start_with(const struct lifecycle *lifecycle);
void rig_stop(void);

/* Sends a request to /__admin followed by target ("/clock?accessToken=a"); body may be NULL. */
void ask(const char *method, const char *target, const char *body);

/* The status and the whole body of the last answer. */
void expect(int status, const char *body);

/* The status, and texts that the body must hold; ends with NULL. */
void expect_parts(int status, ...) __attribute__((sentinel));

/* ask() and expect() at once. */
void check(const char *method, const char *target, const char *body, int status,
           const char *answer);

/* Creates an export of a type for the pair client, access_token. */
struct export *rig_add(const char *access_token, enum entity_type type);

/* The id as text; the last four texts stay. */
const char *id_text(const struct export *export);

#endif
