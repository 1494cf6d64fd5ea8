/*
 * events: what happened lately, for who looks on: a ring of typed facts with numbers. Nothing is
 * kept until somebody has looked on for the first time. An event says what it is about; how that
 * looks is written when it is read, so recording costs next to nothing.
 * Source: interface, section 4.
 */
#ifndef CORE_EVENTS_H
#define CORE_EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uuid.h"
#include "core/conduct.h"
#include "core/journal.h"
#include "core/lifecycle.h"

/* How many are kept. Source: assumed. */
#define EVENTS_MAX 4096

enum event_type {
    EVENT_EXPORT_ADDED, /* export, tenant */
    EVENT_EXPORT_STATE, /* export, tenant, previous, state, at_ms; equal states: its plan changed */
    EVENT_REQUEST,      /* number of the journal's entry */
    EVENT_REQUEST_OVER, /* likewise; export and file of a download */
    EVENT_CLOCK,        /* tenant, at_ms, speed */
    EVENT_SCENARIO,     /* tenant, text: its name */
    EVENT_FINDING,      /* tenant, rule, export, file, text: its detail */
    EVENT_RESET,        /* tenant */
    EVENT_TYPE_COUNT
};

struct event {
    uint64_t id; /* from 1, without gaps */
    enum event_type type;
    uint64_t tenant;                /* its number; 0: none, or the whole server */
    uint64_t tenant_key;            /* journal_tenant_key(); 0: likewise */
    char token[JOURNAL_TOKEN_SIZE]; /* what is shown of its AccessToken; "": none */
    bool has_export;
    struct uuid export_id;
    uint32_t file; /* from 1; 0: none */
    uint64_t number;
    int64_t at_ms; /* virtual */
    double speed;
    enum export_state previous, state;
    enum conduct_rule rule;
    char text[DETAIL_MAX];
};

/* A value; zeroed: nobody has looked on yet. */
struct events {
    struct event *ring; /* owned; NULL: nothing is kept */
    uint64_t last_id;   /* 0: nothing has happened */
};

/* Frees the ring. */
void events_release(struct events *events);

/* Begins to keep events; nothing happens when they are kept already. */
void events_begin(struct events *events);

/* True when events are kept. */
bool events_are_kept(const struct events *events);

/*
 * Adds an event and gives it to be filled, zeroed but for id and type; the oldest goes. NULL when
 * nothing is kept. Borrowed until the next one.
 */
struct event *events_add(struct events *events, enum event_type type);

/*
 * The first event with an id above after, or NULL; borrowed until the next one is added. *lost is
 * set when the ones before it are gone, and when after is an id that there was not yet.
 */
const struct event *events_next(const struct events *events, uint64_t after, bool *lost);

/* The name of a type: "export-added". */
const char *event_type_name(enum event_type type);

#endif
