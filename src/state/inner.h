/*
 * inner: what a kept store consists of; for state/state*.c only.
 */
#ifndef STATE_INNER_H
#define STATE_INNER_H

#include "state/log.h"
#include "state/pending.h"
#include "state/scribe.h"
#include "state/state.h"

/* See state.h. */
struct state {
    struct store *store;
    struct store_observer observer;
    struct log log;
    struct numbered numbered;
    struct pending pending;
    struct scribe scribe;
    struct strbuf first_record; /* the header's members */
    int64_t alive_ms;           /* the running time that the file tells of */
    int64_t now_real_ms;        /* of the call at hand */
    uint64_t cut_bytes;
    size_t gone_count;     /* in the records that are collected */
    bool has_urgent;       /* something changed that must be written before an answer leaves */
    bool is_behind;        /* the store has what the file has not: it must be written anew */
    bool is_denied;        /* the last try to write failed, */
    int64_t retry_real_ms; /* and is not repeated before this */
    struct error denial;
};

/* How long servers have run with this file. */
static inline int64_t running_ms(const struct state *state)
{
    return state->now_real_ms + state->scribe.offset_ms;
}

/* Collects the record that says that the server is running, and a while ahead. */
void state_write_alive(struct state *state);

/* Collects records of everything there is; context is the state. Handed over now and then. */
void state_write_all(void *context);

/* Writes the file anew; afterwards nothing waits to be written. STATUS_IO: all is as it was. */
enum status state_rewrite(struct state *state, struct error *err) MUST_CHECK;

/* Opens the file and puts what it holds into the store; see state_open(). */
enum status state_load(struct state *state, const struct state_config *config,
                       struct error *err) MUST_CHECK;

#endif
