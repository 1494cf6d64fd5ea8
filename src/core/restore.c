#include "core/restore.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/store_state.h"

bool restore_is_stranger(const struct integration *integration)
{
    return strcmp(integration->pair, restore_stranger_token()) == 0;
}

struct integration *restore_stranger(struct store *store, struct tenant *tenant,
                                     struct scope *scope)
{
    return store_stranger(store, tenant, scope);
}

struct export *restore_export(struct store *store, const struct uuid *id)
{
    struct export *export = store_find_export(store, id);

    if (export)
        return export;
    export = memory_new(sizeof *export);
    export->id = *id;
    HASH_ADD(hh, store->exports, id, sizeof export->id, export);
    return export;
}

void restore_forget_export(struct store *store, struct export *export)
{
    store_free_export(store, export);
}

bool restore_follows_wall(const struct store *store)
{
    return store->follows_wall;
}

void restore_clock(struct store *store, struct clock clock, bool follows_wall)
{
    store->clock = clock;
    store->follows_wall = follows_wall;
}

struct scenario *restore_first_scenario(const struct store *store)
{
    return store->config.scenario;
}

void restore_story(struct tenant *tenant, struct scenario *scenario)
{
    story_release(&tenant->story);
    (void)story_follow(&tenant->story, scenario);
}

struct client *restore_find_client(const struct store *store, const char *token)
{
    struct client *client;

    HASH_FIND_STR(store->clients, token, client);
    return client;
}

struct client *restore_next_client(const struct store *store, const struct client *previous)
{
    return previous ? previous->hh.next : store->clients;
}

struct integration *restore_next_integration(const struct store *store,
                                             const struct integration *previous)
{
    return previous ? previous->hh.next : store->integrations;
}

static int compare_turns(const void *left, const void *right)
{
    const struct export *const *a = left, *const *b = right;

    return (*a)->turn < (*b)->turn ? -1 : (*a)->turn > (*b)->turn;
}

static void take_slots(struct store *store)
{
    size_t count = 0;
    struct export **exports = memory_resize(NULL, HASH_COUNT(store->exports) + 1, sizeof *exports);

    for (struct export *export = store->exports; export; export = export->hh.next) {
        if (export->turn)
            exports[count++] = export;
    }
    qsort(exports, count, sizeof(struct export *), compare_turns);
    store->turn_count = 0;
    for (size_t i = 0; i < count; i++)
        store_take_slots(store, exports[i]);
    free(exports);
}

static int compare_numbers(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

    return a < b ? -1 : a > b;
}

/* Those that came with the options keep the numbers they got, unless somebody has them. */
static void number_tenants(struct store *store)
{
    size_t count = 0;
    uint64_t *kept = memory_resize(NULL, HASH_COUNT(store->tenants) + 1, sizeof *kept);
    uint64_t highest = store->tenant_count;

    for (struct tenant *tenant = store->tenants; tenant; tenant = tenant->hh.next) {
        highest = tenant->number > highest ? tenant->number : highest;
        if (tenant->is_kept)
            kept[count++] = tenant->number;
    }
    qsort(kept, count, sizeof *kept, compare_numbers);
    for (struct tenant *tenant = store->tenants; tenant; tenant = tenant->hh.next) {
        if (!tenant->is_kept &&
            bsearch(&tenant->number, kept, count, sizeof *kept, compare_numbers))
            tenant->number = ++highest;
    }
    store->tenant_count = highest;
    free(kept);
}

void restore_finish(struct store *store)
{
    take_slots(store);
    number_tenants(store);
}
