/* The exports of a store: made, planted, found, in flight one at a time, forgotten. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/rng.h"
#include "core/store_state.h"
#include "core/watch.h"

#define STREAM_EXPORT UINT64_C(0x6578706f7274)

void store_free_export(struct store *store, struct export *export)
{
    HASH_DEL(store->exports, export);
    scope_unref(export->scope);
    scenario_unref(export->scenario);
    watch_free(export->watch);
    free(export->files);
    free(export);
}

void store_free_exports(struct store *store)
{
    struct export *export, *next;
    struct slot *slot, *next_slot;

    HASH_ITER(hh, store->exports, export, next)
    {
        store_free_export(store, export);
    }
    HASH_ITER(hh, store->slots, slot, next_slot)
    {
        HASH_DEL(store->slots, slot);
        free(slot);
    }
}

struct export *store_find_export(const struct store *store, const struct uuid *id)
{
    struct export *export;

    HASH_FIND(hh, store->exports, id, sizeof *id, export);
    return export;
}

enum export_state store_export_state(const struct store *store, const struct export *export,
                                     int64_t now_real_ms)
{
    return schedule_state_at(&export->schedule,
                             store_now_ms(store, export->integration->tenant, now_real_ms));
}

bool store_is_visible(const struct integration *integration, const struct export *export)
{
    if (export->integration->tenant->world != integration->tenant->world)
        return false;
    return export->integration == integration ||
           scope_covers(integration->scope, export->scope, (enum entity_type) export->entity_type);
}

static struct slot_key slot_key_of(const struct tenant *tenant, enum entity_type type,
                                   const struct uuid *id)
{
    struct slot_key key;

    memset(&key, 0, sizeof key);
    key.id = *id;
    key.entity_type = (uint32_t)type;
    key.world = tenant->world;
    return key;
}

struct export *store_find_blocker(const struct store *store, const struct tenant *tenant,
                                  enum entity_type type, const struct scope *scope,
                                  int64_t now_real_ms)
{
    size_t count;
    const struct uuid *ids = scope_keys(scope, type, &count);

    for (size_t i = 0; i < count; i++) {
        struct slot_key key = slot_key_of(tenant, type, &ids[i]);
        struct export *export;
        struct slot *slot;

        HASH_FIND(hh, store->slots, &key, sizeof key, slot);
        export = slot ? store_find_export(store, &slot->export_id) : NULL;
        if (export && export_state_in_flight(store_export_state(store, export, now_real_ms)))
            return export;
    }
    return NULL;
}

void store_take_slots(struct store *store, struct export *export)
{
    size_t count;
    const struct uuid *ids =
        scope_keys(export->scope, (enum entity_type) export->entity_type, &count);

    export->turn = ++store->turn_count;
    for (size_t i = 0; i < count; i++) {
        struct slot_key key = slot_key_of(export->integration->tenant,
                                          (enum entity_type) export->entity_type, &ids[i]);
        struct slot *slot;

        HASH_FIND(hh, store->slots, &key, sizeof key, slot);
        if (!slot) {
            slot = memory_new(sizeof *slot);
            slot->key = key;
            HASH_ADD(hh, store->slots, key, sizeof slot->key, slot);
        }
        slot->export_id = export->id;
    }
}

static bool is_full(const struct store *store)
{
    return HASH_COUNT(store->exports) >= store->config.max_exports;
}

/*
 * Drops the oldest exports that have failed or expired, only as many as it takes. Where all live
 * equally long these stand first, and nothing is walked over.
 */
static void forget_what_is_over(struct store *store, int64_t now_real_ms)
{
    struct export *export = store->exports;

    while (export && is_full(store)) {
        struct export *next = export->hh.next;
        enum export_state state = store_export_state(store, export, now_real_ms);

        if (state == EXPORT_FAILED || state == EXPORT_EXPIRED) {
            store_tell(store, (struct store_change){.kind = CHANGE_GONE, .export = export});
            store_free_export(store, export);
        }
        export = next;
    }
}

static struct uuid make_export_id(const struct store *store, struct integration *integration,
                                  int64_t now_ms)
{
    uint64_t name = rng_hash(store->config.seed, integration->pair, integration->pair_length);
    struct uuid id;

    do {
        uint64_t number = integration->export_count++;

        id = uuid_platform(rng_at(name, STREAM_EXPORT, 2 * number),
                           (uint16_t)rng_at(name, STREAM_EXPORT, 2 * number + 1), now_ms);
    } while (store_find_export(store, &id));
    return id;
}

static enum status refuse_second(const struct store *store, const struct export *blocker,
                                 int64_t now_real_ms, struct error *err)
{
    char id[UUID_LENGTH];

    uuid_write(id, &blocker->id);
    return error_set(err, STATUS_CONFLICT, "EntityType",
                     "the %s export %.*s is %s; one may be in flight for each entity type and "
                     "enterprise: wait until exports/getAll shows it as Success or Failed",
                     entity_name((enum entity_type)blocker->entity_type), UUID_LENGTH, id,
                     export_state_name(store_export_state(store, blocker, now_real_ms)));
}

/* Makes sure that there is room for one more. */
static enum status make_room(struct store *store, int64_t now_real_ms, struct error *err)
{
    forget_what_is_over(store, now_real_ms);
    if (is_full(store))
        return error_set(err, STATUS_LIMIT, NULL,
                         "this server keeps no more than %zu exports, and none of them is over; "
                         "raise --max-exports, or reset it with POST /__admin/reset",
                         store->config.max_exports);
    return STATUS_OK;
}

/* Appends the enterprises of scope that belong to chains of the other scope. */
static size_t add_members(struct enterprise **members, size_t count, const struct scope *scope,
                          const struct scope *chains)
{
    *members = memory_resize(*members, count + scope->enterprise_count, sizeof **members);
    for (uint32_t i = 0; i < scope->enterprise_count; i++) {
        if (scope_has_chain(chains, &scope->enterprises[i].chain_id))
            (*members)[count++] = scope->enterprises[i];
    }
    return count;
}

/*
 * What an export covers: as asked, but chains whole, with all their enterprises that any token
 * knows, whatever the sender's token has of them. Source: contract/protocol.json, tokens.chain: a
 * chain shares data such as customer profiles.
 */
static struct scope *scope_of_export(const struct store *store,
                                     const struct export_request *request)
{
    struct enterprise *members = NULL;
    struct scope *asked = request->scope, *whole;
    size_t count = 0;

    if (!entity_is_chain_scoped(request->entity_type) || !store->config.only_known)
        return scope_ref(asked);
    for (const struct integration *one = store->integrations; one; one = one->hh.next)
        count = add_members(&members, count, one->scope, asked);
    whole = scope_new(members, count, asked->chains, asked->chain_count);
    free(members);
    return whole;
}

struct export *store_insert_export(struct store *store, const struct export_request *request,
                                   int64_t now_ms)
{
    struct tenant *tenant = request->integration->tenant;
    struct export *export = memory_new(sizeof *export);
    struct lifecycle lifecycle;

    export->id = make_export_id(store, request->integration, now_ms);
    export->entity_type = (uint8_t)request->entity_type;
    export->filters = request->filters;
    export->integration = request->integration;
    export->scope = scope_of_export(store, request);
    export->scenario = store_scenario(store, tenant);
    if (export->scenario)
        scenario_ref(export->scenario);
    lifecycle = export_lifecycle(export, &store->config.lifecycle);
    export->schedule = schedule_make(&lifecycle, now_ms);
    HASH_ADD(hh, store->exports, id, sizeof export->id, export);
    store_tell(store, (struct store_change){.kind = CHANGE_INTEGRATION,
                                            .integration = export->integration});
    store_tell(store, (struct store_change){.kind = CHANGE_EXPORT, .export = export});
    return export;
}

/* Gives a new export the rule of the scenario that it falls under. */
static void follow_rule(struct store *store, struct export *export)
{
    struct tenant *tenant = export->integration->tenant;
    struct lifecycle lifecycle;

    if (!export->scenario || tenant->story.scenario != export->scenario)
        return;
    export->rule = story_next_export(&tenant->story, (enum entity_type) export->entity_type);
    if (export->scenario->export_count)
        store_tell(store, (struct store_change){.kind = CHANGE_TENANT, .tenant = tenant});
    lifecycle = export_lifecycle(export, &store->config.lifecycle);
    export->schedule = schedule_make(&lifecycle, export->schedule.created_ms);
}

enum status store_add_export(struct store *store, const struct export_request *request,
                             int64_t now_real_ms, struct export **out, struct error *err)
{
    const struct tenant *tenant = request->integration->tenant;
    struct export *blocker =
        store_find_blocker(store, tenant, request->entity_type, request->scope, now_real_ms);
    enum status status;

    if (blocker)
        return refuse_second(store, blocker, now_real_ms, err);
    status = store_may_change(store, err);
    if (status == STATUS_OK)
        status = make_room(store, now_real_ms, err);
    if (status != STATUS_OK)
        return status;
    *out = store_insert_export(store, request, store_now_ms(store, tenant, now_real_ms));
    follow_rule(store, *out);
    store_take_slots(store, *out);
    return STATUS_OK;
}

/* Where a planted export is in its life: the state at hand lasts as long as asked for. */
static void live_planted(const struct store *store, struct export *export,
                         const struct plant_request *request, int64_t now_ms)
{
    struct lifecycle lifecycle = export_lifecycle(export, &store->config.lifecycle);
    struct stage stage = {request->lasts_ms, 0};

    if (request->lasts_ms != NEVER_MS) {
        lifecycle.pending = request->state == EXPORT_PENDING ? stage : lifecycle.pending;
        lifecycle.processing = request->state == EXPORT_PROCESSING ? stage : lifecycle.processing;
        if (request->state == EXPORT_SUCCESS)
            lifecycle.kept_ms = request->lasts_ms;
    }
    schedule_force(&export->schedule, &lifecycle, request->state, now_ms);
}

enum status store_plant_export(struct store *store, const struct plant_request *request,
                               int64_t now_real_ms, struct export **out, struct error *err)
{
    struct export_request made = request->export;
    struct tenant *tenant = made.integration->tenant;
    int64_t now_ms = store_now_ms(store, tenant, now_real_ms);
    bool in_flight = export_state_in_flight(request->state);
    struct export *blocker =
        store_find_blocker(store, tenant, made.entity_type, made.scope, now_real_ms);
    enum status status;

    if (in_flight && blocker)
        return refuse_second(store, blocker, now_real_ms, err);
    status = store_may_change(store, err);
    if (status == STATUS_OK)
        status = make_room(store, now_real_ms, err);
    if (status != STATUS_OK)
        return status;
    if (request->by_stranger)
        made.integration = store_stranger(store, tenant, made.integration->scope);
    *out = store_insert_export(store, &made, now_ms);
    (*out)->is_planted = true;
    live_planted(store, *out, request, now_ms);
    if (in_flight)
        store_take_slots(store, *out);
    return STATUS_OK;
}

void store_note_poll(struct store *store, struct export *export, int64_t now_ms)
{
    uint32_t left = export->schedule.polls_left;

    schedule_note_poll(&export->schedule, now_ms);
    if (left)
        store_tell(store, (struct store_change){.kind = CHANGE_EXPORT, .export = export});
}

void store_note_file(struct store *store, struct export *export, uint32_t number)
{
    store_tell(store, (struct store_change){.kind = CHANGE_FILE, .export = export, .file = number});
}

enum status store_force_state(struct store *store, struct export *export, enum export_state state,
                              int64_t now_real_ms, struct error *err)
{
    struct export *blocker =
        store_find_blocker(store, export->integration->tenant,
                           (enum entity_type) export->entity_type, export->scope, now_real_ms);
    struct lifecycle lifecycle = export_lifecycle(export, &store->config.lifecycle);
    enum status status = store_may_change(store, err);

    if (status != STATUS_OK)
        return status;
    if (export_state_in_flight(state) && blocker && blocker != export)
        return refuse_second(store, blocker, now_real_ms, err);
    free(export->files);
    export->files = NULL;
    schedule_force(&export->schedule, &lifecycle, state,
                   store_now_ms(store, export->integration->tenant, now_real_ms));
    if (export_state_in_flight(state))
        store_take_slots(store, export);
    store_tell(store, (struct store_change){.kind = CHANGE_EXPORT, .export = export});
    return STATUS_OK;
}

struct export *store_next_export(const struct store *store, const struct tenant *tenant,
                                 const struct export *previous)
{
    struct export *export = previous ? previous->hh.next : store->exports;

    while (export && tenant && export->integration->tenant != tenant)
        export = export->hh.next;
    return export;
}

size_t store_export_count(const struct store *store)
{
    return HASH_COUNT(store->exports);
}
