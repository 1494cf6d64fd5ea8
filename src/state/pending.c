#include "state/pending.h"

#include <stdlib.h>

#include "base/memory.h"

static void add(struct pending_list *list, void *item)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : 16;
        list->items = memory_resize(list->items, list->capacity, sizeof(void *));
    }
    list->items[list->count++] = item;
}

static void note_tenant(struct pending *pending, struct tenant *tenant)
{
    if (!tenant->is_noted)
        add(&pending->tenants, tenant);
    tenant->is_noted = true;
}

/* Its tenant is written before it. */
static void note_integration(struct pending *pending, struct integration *integration)
{
    if (!integration->tenant->is_kept)
        note_tenant(pending, integration->tenant);
    if (!integration->is_noted)
        add(&pending->integrations, integration);
    integration->is_noted = true;
}

static void note_export(struct pending *pending, struct export *export)
{
    if (!export->is_noted)
        add(&pending->exports, export);
    export->is_noted = true;
}

static void note_use(struct pending *pending, const struct store_change *change)
{
    if (!change->tenant->is_used)
        add(&pending->users, change->tenant);
    change->tenant->is_used = true;
    if (!change->client->is_noted)
        add(&pending->clients, change->client);
    change->client->is_noted = true;
}

static void note_file(struct pending *pending, struct export *export, uint32_t number)
{
    for (size_t i = 0; i < pending->file_count; i++) {
        if (pending->files[i].export == export && pending->files[i].number == number)
            return;
    }
    if (pending->file_count == pending->file_capacity) {
        pending->file_capacity = pending->file_capacity ? 2 * pending->file_capacity : 16;
        pending->files =
            memory_resize(pending->files, pending->file_capacity, sizeof *pending->files);
    }
    pending->files[pending->file_count++] = (struct pending_file){export, number};
}

void pending_note(struct pending *pending, const struct store_change *change)
{
    switch (change->kind) {
    case CHANGE_SERVER:
        pending->has_server = true;
        break;
    case CHANGE_TENANT:
        note_tenant(pending, change->tenant);
        break;
    case CHANGE_INTEGRATION:
        note_integration(pending, change->integration);
        break;
    case CHANGE_EXPORT:
        note_export(pending, change->export);
        break;
    case CHANGE_FILE:
        note_file(pending, change->export, change->file);
        break;
    case CHANGE_USE:
        note_use(pending, change);
        break;
    case CHANGE_GONE:
    case CHANGE_RESET:
        break;
    }
}

static bool is_of(const struct export *export, const struct export *one,
                  const struct tenant *tenant)
{
    return export == one || (tenant && export->integration->tenant == tenant);
}

/* Takes out one export, or all of a tenant. */
static void forget(struct pending *pending, const struct export *one, const struct tenant *tenant)
{
    size_t kept = 0;

    for (size_t i = 0; i < pending->exports.count; i++) {
        struct export *export = pending->exports.items[i];

        if (is_of(export, one, tenant))
            export->is_noted = false;
        else
            pending->exports.items[kept++] = export;
    }
    pending->exports.count = kept;
    kept = 0;
    for (size_t i = 0; i < pending->file_count; i++) {
        if (!is_of(pending->files[i].export, one, tenant))
            pending->files[kept++] = pending->files[i];
    }
    pending->file_count = kept;
}

void pending_forget_export(struct pending *pending, struct export *export)
{
    if (export->is_noted || pending->file_count)
        forget(pending, export, NULL);
}

void pending_forget_tenant(struct pending *pending, const struct tenant *tenant)
{
    forget(pending, NULL, tenant);
}

void pending_clear_urgent(struct pending *pending)
{
    pending->has_server = false;
    for (size_t i = 0; i < pending->tenants.count; i++)
        ((struct tenant *)pending->tenants.items[i])->is_noted = false;
    for (size_t i = 0; i < pending->integrations.count; i++)
        ((struct integration *)pending->integrations.items[i])->is_noted = false;
    for (size_t i = 0; i < pending->exports.count; i++)
        ((struct export *)pending->exports.items[i])->is_noted = false;
    pending->tenants.count = pending->integrations.count = pending->exports.count = 0;
    pending->file_count = 0;
}

void pending_clear(struct pending *pending)
{
    pending_clear_urgent(pending);
    for (size_t i = 0; i < pending->users.count; i++)
        ((struct tenant *)pending->users.items[i])->is_used = false;
    for (size_t i = 0; i < pending->clients.count; i++)
        ((struct client *)pending->clients.items[i])->is_noted = false;
    pending->users.count = pending->clients.count = 0;
}

void pending_release(struct pending *pending)
{
    free(pending->tenants.items);
    free(pending->integrations.items);
    free(pending->exports.items);
    free(pending->clients.items);
    free(pending->users.items);
    free(pending->files);
    *pending = (struct pending){.has_server = false};
}
