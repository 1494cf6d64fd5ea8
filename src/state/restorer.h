/*
 * restorer: puts records of a state file back into a store, one after the other: what scribe.h
 * wrote. Whatever a record says, the store stays sound.
 */
#ifndef STATE_RESTORER_H
#define STATE_RESTORER_H

#include "core/clock.h"
#include "core/store.h"
#include "json/reader.h"
#include "state/numbered.h"

/* Where records go; store and numbered are borrowed. */
struct restorer {
    struct store *store;
    struct numbered *numbered;
    int64_t alive_ms; /* the latest running time that is told of */
    bool has_server;  /* a record told of the server's clock */
};

/*
 * Reads one record, after the first of the file, of length bytes. STATUS_MALFORMED, _INVALID,
 * _LIMIT or _DENIED with the place (err->field) when it cannot be put back: another program wrote
 * it, or the server's options forbid what it holds.
 */
enum status restorer_read(struct restorer *restorer, const char *json, size_t length,
                          struct error *err) MUST_CHECK;

/*
 * Ends the reading: sets the clocks going again at now_real_ms, where they stopped. A server's
 * clock that nobody has set shows wall_ms, but never less than it has shown.
 */
void restorer_finish(struct restorer *restorer, int64_t wall_ms, int64_t now_real_ms);

#endif
