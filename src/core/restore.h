/*
 * restore: puts back what an observer kept of a store (core/observer.h). To be called before
 * anybody observes; the objects are filled in by the caller, except for what is said here.
 */
#ifndef CORE_RESTORE_H
#define CORE_RESTORE_H

#include "core/store.h"

/* True for the integration that strangers' exports of its tenant belong to. */
bool restore_is_stranger(const struct integration *integration);

/* The ClientToken of such integrations. */
const char *restore_stranger_token(void);

/*
 * The stranger's integration of a tenant, made if it is not there; the store takes its own part of
 * the scope. Others come back by store_sign_in().
 */
struct integration *restore_stranger(struct store *store, struct tenant *tenant,
                                     struct scope *scope);

/* Where the export with this id is kept; a new one, zeroed but for the id, if there is none. */
struct export *restore_export(struct store *store, const struct uuid *id);

/* Takes an export out again; it may be one that was not told of yet. */
void restore_forget_export(struct store *store, struct export *export);

/* The server's clock, its scenario and whether it follows the real time. */
bool restore_follows_wall(const struct store *store);
void restore_clock(struct store *store, struct clock clock, bool follows_wall);

/* The scenario that a reset goes back to; NULL: none. Borrowed. */
struct scenario *restore_first_scenario(const struct store *store);

/* Makes the story of a tenant one of scenario, or of none; its counts are zeroed. */
void restore_story(struct tenant *tenant, struct scenario *scenario);

/* A client's counts; NULL when there is no such client. Borrowed. */
struct client *restore_find_client(const struct store *store, const char *token);

/*
 * Walks the clients and integrations, strangers too, in the order they came; as
 * store_next_tenant().
 */
struct client *restore_next_client(const struct store *store, const struct client *previous);
struct integration *restore_next_integration(const struct store *store,
                                             const struct integration *previous);

/*
 * To be called once everything is there: which export is the last for what, by their turns, and
 * numbers for the tenants that have none of their own.
 */
void restore_finish(struct store *store);

#endif
