/*
 * store_state: what a store consists of; for core/store*.c only.
 */
#ifndef CORE_STORE_STATE_H
#define CORE_STORE_STATE_H

#include "core/store.h"

/* What an export in flight blocks: its type in an enterprise, or in a chain. */
struct slot_key {
    struct uuid id;
    uint32_t entity_type;
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
    struct client *clients;
    struct tenant *tenants;
    struct integration *integrations;
    struct export *exports;
    struct slot *slots;
};

/* Forgets tenants, clients and integrations that were not made known; exports must be gone. */
void store_forget_unknown(struct store *store);

/* Frees them all. */
void store_free_tenants(struct store *store);

#endif
