/*
 * store_state: what a store consists of; for core/store*.c only.
 */
#ifndef CORE_STORE_STATE_H
#define CORE_STORE_STATE_H

#include "core/observer.h"
#include "core/store.h"

/* What an export in flight blocks: its type in an enterprise, or in a chain. */
struct slot_key {
    struct uuid id;
    uint32_t entity_type;
    uint32_t world; /* of the tenant */
};

/* The last export that took a slot; whether it still holds it is asked of the export. */
struct slot {
    struct slot_key key;
    struct uuid export_id;
    UT_hash_handle hh;
};

/* Everything the store keeps; the tables are owned. */
struct store {
    struct store_config config;
    struct clock clock;
    bool follows_wall; /* nobody has set the clock, and it was to show the real time */
    const struct store_observer *observer; /* borrowed; may be NULL */
    uint64_t turn_count;                   /* of the exports that took slots */
    struct scenario *scenario; /* owned part: in force for who has none of its own; may be NULL */
    uint32_t world_count;
    uint64_t tenant_count;  /* made so far */
    struct conduct *nobody; /* owned: the conduct of those who did not sign in; may be NULL */
    struct client *clients;
    struct tenant *tenants;
    struct integration *integrations;
    struct export *exports;
    struct slot *slots;
};

/* Tells who observes, if anybody does, that something changed. */
static inline void store_tell(const struct store *store, struct store_change change)
{
    if (store->observer)
        store->observer->changed(store->observer->context, &change);
}

/* Notes that export is the last one for what it is about. */
void store_take_slots(struct store *store, struct export *export);

/* Takes an export out; nobody is told. */
void store_free_export(struct store *store, struct export *export);

/* All of them, when the store is freed or reset: who observes learns that by itself. */
void store_free_exports(struct store *store);

/* The integration that strangers' exports of a tenant belong to; made if it is not there. */
struct integration *store_stranger(struct store *store, struct tenant *tenant, struct scope *scope);

/* Puts an export in, whatever is in flight; nobody waits for it yet. */
struct export *store_insert_export(struct store *store, const struct export_request *request,
                                   int64_t now_ms);

/* Gives a tenant its own scenario back and ends its story. */
void store_restart_story(struct tenant *tenant);

/* Forgets tenants, clients and integrations that were not made known; exports must be gone. */
void store_forget_unknown(struct store *store);

/* Frees them all. */
void store_free_tenants(struct store *store);

#endif
