#include "state/restorer.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/restore.h"
#include "scenarios/read.h"
#include "state/restore_export.h"
#include "state/restore_parts.h"

static enum status read_scenario(struct restorer *restorer, const struct json_object *object,
                                 struct error *err)
{
    struct json_object is;
    struct scenario *scenario;
    int64_t number;
    enum status status =
        part_i64(object, "Number", 1, (int64_t)restorer->numbered->count + 1, &number, err);

    if (status == STATUS_OK && (uint64_t)number != restorer->numbered->count + 1)
        status = json_error(object, "Number", STATUS_INVALID, err, "is not the next number");
    if (status == STATUS_OK)
        status = part_object(object, "Is", &is, err);
    if (status == STATUS_OK)
        status = scenario_read_object(&is, &scenario, err);
    if (status != STATUS_OK)
        return status;
    numbered_add(restorer->numbered, scenario);
    scenario_unref(scenario);
    return STATUS_OK;
}

/* Its real time is the running time until restorer_finish(). */
static enum status read_clock(struct restorer *restorer, const struct json_object *object,
                              struct clock *out, struct error *err)
{
    struct clock clock;
    bool found;
    enum status status = part_instant(object, "Now", &clock.base_ms, err);

    if (status == STATUS_OK)
        status = part_i64(object, "At", -JSON_WHOLE_MAX, JSON_WHOLE_MAX, &clock.base_real_ms, err);
    if (status == STATUS_OK)
        status = json_get_number(object, "Speed", &clock.speed, &found, err);
    if (status != STATUS_OK)
        return status;
    if (!found || !(clock.speed >= 0 && clock.speed <= CLOCK_MAX_SPEED))
        return json_error(object, "Speed", STATUS_INVALID, err, "is no speed of a clock");
    if (clock.base_ms == NEVER_MS)
        return json_error(object, "Now", STATUS_INVALID, err, "is missing");
    if (clock.base_real_ms > restorer->alive_ms)
        restorer->alive_ms = clock.base_real_ms;
    *out = clock;
    return STATUS_OK;
}

static enum status read_server(struct restorer *restorer, const struct json_object *object,
                               struct error *err)
{
    struct scenario *scenario;
    struct clock clock;
    bool follows_wall, found;
    enum status status = read_clock(restorer, object, &clock, err);

    if (status == STATUS_OK)
        status = json_get_bool(object, "FollowsRealTime", &follows_wall, &found, err);
    if (status == STATUS_OK)
        status = numbered_read(restorer->numbered, NULL, object, "Scenario", &scenario, err);
    if (status != STATUS_OK)
        return status;
    restorer->has_server = true;
    restore_clock(restorer->store, clock, found && follows_wall);
    store_set_scenario(restorer->store, NULL, scenario);
    return STATUS_OK;
}

static enum status read_counts(const struct json_object *object, const char *name, uint32_t *counts,
                               size_t count, struct error *err)
{
    struct json_array array;
    bool found;
    enum status status = json_get_array(object, name, &array, &found, err);

    if (status != STATUS_OK || !found)
        return status;
    if (array.count != count)
        return json_error(object, name, STATUS_INVALID, err, "has not as many as the scenario");
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        int64_t value;

        status = json_array_next_i64(&array, &value, err);
        if (status == STATUS_OK)
            counts[i] = value < 0 ? 0 : value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
    }
    return status;
}

static enum status read_story(struct restorer *restorer, const struct json_object *object,
                              struct tenant *tenant, struct error *err)
{
    struct scenario *scenario = NULL;
    struct json_object story;
    bool found;
    enum status status = json_get_object(object, "Story", &story, &found, err);

    if (status == STATUS_OK && found)
        status = numbered_read(restorer->numbered, tenant, &story, "Scenario", &scenario, err);
    if (status != STATUS_OK)
        return status;
    restore_story(tenant, scenario);
    if (!tenant->story.counts)
        return STATUS_OK;
    status =
        read_counts(&story, "Faults", tenant->story.counts->faults, scenario->fault_count, err);
    return status == STATUS_OK ? read_counts(&story, "Exports", tenant->story.counts->exports,
                                             scenario->export_count, err)
                               : status;
}

static enum status read_bursts(const struct json_object *object, struct tenant *tenant,
                               struct error *err)
{
    enum status status = part_burst(object, "Requests", &tenant->burst, err);

    if (status == STATUS_OK)
        status = part_burst(object, "AddRequests", &tenant->operation_bursts[OPERATION_ADD], err);
    if (status == STATUS_OK)
        status =
            part_burst(object, "GetAllRequests", &tenant->operation_bursts[OPERATION_GET_ALL], err);
    return status;
}

static enum status read_tenant_clock(struct restorer *restorer, const struct json_object *object,
                                     struct tenant *tenant, struct error *err)
{
    struct json_object clock;
    bool found;
    enum status status = json_get_object(object, "Clock", &clock, &found, err);

    if (status == STATUS_OK && found)
        status = read_clock(restorer, &clock, &tenant->clock, err);
    if (status == STATUS_OK)
        tenant->has_clock = found;
    return status;
}

static enum status read_tenant(struct restorer *restorer, const struct json_object *object,
                               struct error *err)
{
    struct scenario *scenario;
    struct tenant *tenant;
    const char *token;
    int64_t number = 0;
    enum status status = part_text(object, "AccessToken", &token, err);

    if (status == STATUS_OK)
        status = part_i64(object, "Number", 1, JSON_WHOLE_MAX, &number, err);
    if (status == STATUS_OK)
        status = store_get_tenant(restorer->store, token, &tenant, err);
    if (status == STATUS_OK)
        status = numbered_read(restorer->numbered, tenant, object, "Scenario", &scenario, err);
    if (status != STATUS_OK)
        return status;
    tenant->number = (uint64_t)number;
    tenant->is_kept = true;
    store_set_scenario(restorer->store, tenant, scenario);
    status = read_tenant_clock(restorer, object, tenant, err);
    if (status == STATUS_OK)
        status = read_story(restorer, object, tenant, err);
    return status == STATUS_OK ? read_bursts(object, tenant, err) : status;
}

static enum status read_client(struct restorer *restorer, const struct json_object *object,
                               struct error *err)
{
    struct client *client;
    struct burst burst;
    const char *token;
    enum status status = part_text(object, "ClientToken", &token, err);

    if (status == STATUS_OK)
        status = part_burst(object, "Requests", &burst, err);
    if (status != STATUS_OK)
        return status;
    client = restore_find_client(restorer->store, token);
    if (client)
        client->burst = burst;
    return STATUS_OK;
}

static enum status read_integration(struct restorer *restorer, const struct json_object *object,
                                    struct error *err)
{
    struct integration *integration;
    int64_t count;
    enum status status = part_i64(object, "ExportCount", 0, JSON_WHOLE_MAX, &count, err);

    if (status == STATUS_OK)
        status = part_integration(restorer->store, object, &integration, err);
    if (status != STATUS_OK)
        return status;
    integration->export_count = (uint64_t)count;
    integration->is_kept = true;
    return STATUS_OK;
}

static enum status read_reset(struct restorer *restorer, const struct json_object *object,
                              struct error *err)
{
    struct tenant *tenant;
    const char *token;
    bool found;
    enum status status = json_get_text(object, "AccessToken", &token, &found, err);

    if (status != STATUS_OK)
        return status;
    if (!found) {
        store_reset(restorer->store, 0, restorer->alive_ms);
        return STATUS_OK;
    }
    tenant = store_find_tenant(restorer->store, token);
    if (tenant)
        store_reset_tenant(restorer->store, tenant);
    return STATUS_OK;
}

static enum status read_file(struct restorer *restorer, const struct json_object *object,
                             struct error *err)
{
    return restore_file_read(restorer->store, object, err);
}

static enum status read_export(struct restorer *restorer, const struct json_object *object,
                               struct error *err)
{
    return restore_export_read(restorer->store, restorer->numbered, object, err);
}

/* The kinds of records whose value is an object. */
static const struct {
    const char *name;
    enum status (*read)(struct restorer *restorer, const struct json_object *object,
                        struct error *err);
} kinds[] = {
    {"Export", read_export},     {"Integration", read_integration},
    {"Tenant", read_tenant},     {"File", read_file},
    {"Client", read_client},     {"Server", read_server},
    {"Scenario", read_scenario}, {"Reset", read_reset},
};

static enum status read_gone(struct restorer *restorer, const struct json_object *record,
                             struct error *err)
{
    struct export *export;
    struct uuid id;
    bool found;
    enum status status = json_get_uuid(record, "Gone", &id, &found, err);

    if (status != STATUS_OK)
        return status;
    export = store_find_export(restorer->store, &id);
    if (export)
        restore_forget_export(restorer->store, export);
    return STATUS_OK;
}

static enum status read_record(struct restorer *restorer, const struct json_object *record,
                               struct error *err)
{
    struct json_names names = json_names(record);
    const char *name = json_names_next(&names);
    struct json_object object;
    int64_t alive_ms;
    enum status status;

    if (name && strcmp(name, "Gone") == 0)
        return read_gone(restorer, record, err);
    if (name && strcmp(name, "Alive") == 0) {
        status = part_i64(record, "Alive", 0, JSON_WHOLE_MAX, &alive_ms, err);
        if (status == STATUS_OK)
            restorer->alive_ms = alive_ms;
        return status;
    }
    for (size_t i = 0; name && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].name, name) != 0)
            continue;
        status = part_object(record, name, &object, err);
        return status == STATUS_OK ? kinds[i].read(restorer, &object, err) : status;
    }
    return json_error(record, name, STATUS_INVALID, err, "is no kind of record");
}

enum status restorer_read(struct restorer *restorer, const char *json, size_t length,
                          struct error *err)
{
    const struct json_options options = {.comments = false, .values_max = SIZE_MAX};
    struct json_document document;
    struct json_object record;
    enum status status = json_read_with(json, length, &options, &document, err);

    if (status != STATUS_OK)
        return status;
    status = json_root_object(&document, &record, err);
    if (status == STATUS_OK)
        status = read_record(restorer, &record, err);
    json_document_release(&document);
    return status;
}

static int64_t later(int64_t left, int64_t right)
{
    return left > right ? left : right;
}

void restorer_finish(struct restorer *restorer, int64_t wall_ms, int64_t now_real_ms)
{
    struct store *store = restorer->store;
    struct clock clock = *store_clock(store, NULL);
    int64_t offset_ms = restorer->alive_ms - now_real_ms;
    bool follows_wall = restore_follows_wall(store);
    struct tenant *tenant = NULL;

    if (!restorer->has_server)
        clock.base_real_ms = now_real_ms; /* as at the start */
    else if (follows_wall)
        clock = clock_at(later(wall_ms, clock_now_ms(&clock, restorer->alive_ms)), now_real_ms,
                         clock.speed);
    else
        clock.base_real_ms -= offset_ms;
    restore_clock(store, clock, follows_wall);
    while ((tenant = store_next_tenant(store, tenant)))
        tenant->clock.base_real_ms -= offset_ms;
    restore_finish(store);
}
