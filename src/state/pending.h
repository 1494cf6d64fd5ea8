/*
 * pending: which objects of a store have changed since they were written last, each once. Objects
 * carry the marks is_noted and is_used.
 */
#ifndef STATE_PENDING_H
#define STATE_PENDING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/observer.h"
#include "core/store.h"

/* A file of an export. */
struct pending_file {
    struct export *export;
    uint32_t number;
};

/* A growing list of pointers. */
struct pending_list {
    void **items; /* owned */
    size_t count, capacity;
};

/* Release it with pending_release(). */
struct pending {
    bool has_server;
    struct pending_list tenants, integrations, exports, clients;
    struct pending_list users;  /* tenants whose limiter alone has changed */
    struct pending_file *files; /* owned */
    size_t file_count, file_capacity;
};

/* Notes a change, but for gone exports and resets. */
void pending_note(struct pending *pending, const struct store_change *change);

/* Takes out an export that is going to be freed; those of a tenant; everything. */
void pending_forget_export(struct pending *pending, struct export *export);
void pending_forget_tenant(struct pending *pending, const struct tenant *tenant);
void pending_clear(struct pending *pending);

/* Takes out all but what may come late (the limiter). */
void pending_clear_urgent(struct pending *pending);

/* Frees the lists; what is in them is not looked at. */
void pending_release(struct pending *pending);

#endif
