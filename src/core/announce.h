/*
 * announce: makes events of what nobody does: exports that change their state because time went by.
 * It only looks: a state is still a function of plan and clock (invariant I1), and exports remember
 * no more than what was last told of them. Runs only while events are kept.
 */
#ifndef CORE_ANNOUNCE_H
#define CORE_ANNOUNCE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/events.h"
#include "core/store.h"

/* A value; zeroed: has looked at nothing yet. */
struct announcer {
    bool is_touched;      /* something was asked for or set since the last look */
    bool has_looked;      /* and the two below count */
    int64_t look_real_ms; /* not before this */
    int64_t next_real_ms; /* the first change that is known; INT64_MAX: none */
};

/* Says that something happened by which exports may have come or changed. */
void announce_touch(struct announcer *announcer);

/* When announce_look() is to be called next; INT64_MAX: not before something happens. */
int64_t announce_due_real_ms(const struct announcer *announcer);

/*
 * Compares every export with what was last told of it and adds an event for each that is new, and
 * for each transition since. Takes a walk over all exports, so it keeps 50 ms of distance, more
 * with very many exports.
 */
void announce_look(struct announcer *announcer, struct store *store, struct events *events,
                   int64_t now_real_ms);

/* Adds an event for each finding that came or grew since the last call; tenant NULL: nobody's. */
void announce_findings(struct events *events, struct store *store, struct tenant *tenant);

/* An event that is about a tenant, or with NULL about the server; NULL when none are kept. */
struct event *announce_add(struct events *events, enum event_type type,
                           const struct tenant *tenant);

#endif
