/*
 * scribe: what a store holds, as records of a state file: an object of the store whole in each, so
 * that the last record of an object says all there is to say about it. docs/state.md describes
 * them; restorer.h reads them back.
 */
#ifndef STATE_SCRIBE_H
#define STATE_SCRIBE_H

#include "core/store.h"
#include "state/log.h"
#include "state/numbered.h"

/* Where records go; borrowed. */
struct scribe {
    struct log *log;
    const struct store *store;
    struct numbered *numbered;
    int64_t offset_ms; /* what the running time is ahead of the real clock */
};

/* The server's clock and scenario. */
void scribe_server(const struct scribe *scribe);

/* Clock, scenario, story and limiter of a tenant. */
void scribe_tenant(const struct scribe *scribe, const struct tenant *tenant);

/* The limiter of a ClientToken. */
void scribe_client(const struct scribe *scribe, const struct client *client);

/* How many exports a pair has made; a stranger's scope, too. */
void scribe_integration(const struct scribe *scribe, const struct integration *integration);

/* An export, without what was fetched of it. */
void scribe_export(const struct scribe *scribe, const struct export *export);

/* What was fetched of file number (from 1), which the export has. */
void scribe_file(const struct scribe *scribe, const struct export *export, uint32_t number);

/* That an export is there no longer. */
void scribe_gone(const struct scribe *scribe, const struct uuid *id);

/* That a tenant was reset, or everything when it is NULL. */
void scribe_reset(const struct scribe *scribe, const struct tenant *tenant);

/* That the server was running at this running time. */
void scribe_alive(const struct scribe *scribe, int64_t running_ms);

#endif
