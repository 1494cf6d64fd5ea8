#include "state/scribe.h"

#include <string.h>

#include "core/restore.h"
#include "scenarios/write.h"

/* Gives a scenario a number, in a record of its own, unless it can be named already. */
static void name_scenario(const struct scribe *scribe, const struct tenant *tenant,
                          struct scenario *scenario)
{
    struct json_writer json;

    if (numbered_knows(scribe->numbered, tenant, scenario))
        return;
    numbered_add(scribe->numbered, scenario);
    json = log_begin_record(scribe->log);
    json_begin_object(&json, "Scenario");
    json_write_u64(&json, "Number", scribe->numbered->count);
    scenario_write(&json, "Is", scenario);
    json_end_object(&json);
    log_end_record(scribe->log);
}

static void write_name(const struct scribe *scribe, const struct tenant *tenant,
                       const struct scenario *scenario, struct json_writer *json, const char *name)
{
    numbered_write(scribe->numbered, tenant, scenario, json, name);
}

static void write_clock(const struct scribe *scribe, const struct clock *clock,
                        struct json_writer *json)
{
    json_write_millis(json, "Now", clock->base_ms);
    json_write_i64(json, "At", clock->base_real_ms + scribe->offset_ms);
    json_write_double(json, "Speed", clock->speed);
}

void scribe_server(const struct scribe *scribe)
{
    struct scenario *scenario = store_scenario(scribe->store, NULL);
    struct json_writer json;

    name_scenario(scribe, NULL, scenario);
    json = log_begin_record(scribe->log);
    json_begin_object(&json, "Server");
    json_write_bool(&json, "FollowsRealTime", restore_follows_wall(scribe->store));
    write_clock(scribe, store_clock(scribe->store, NULL), &json);
    write_name(scribe, NULL, scenario, &json, "Scenario");
    json_end_object(&json);
    log_end_record(scribe->log);
}

static void write_burst(struct json_writer *json, const char *name, const struct burst *burst)
{
    if (burst->count == 0) {
        json_write_null(json, name);
        return;
    }
    json_begin_object(json, name);
    json_write_millis(json, "Since", burst->anchor_ms);
    json_write_u64(json, "Count", burst->count);
    json_end_object(json);
}

static void write_counts(struct json_writer *json, const char *name, const uint32_t *counts,
                         size_t count)
{
    json_begin_array(json, name);
    for (size_t i = 0; i < count; i++)
        json_write_u64(json, NULL, counts[i]);
    json_end_array(json);
}

static void write_story(const struct scribe *scribe, const struct tenant *tenant,
                        struct json_writer *json)
{
    const struct story *story = &tenant->story;

    if (!story->scenario) {
        json_write_null(json, "Story");
        return;
    }
    json_begin_object(json, "Story");
    write_name(scribe, tenant, story->scenario, json, "Scenario");
    if (story->counts) {
        write_counts(json, "Faults", story->counts->faults, story->scenario->fault_count);
        write_counts(json, "Exports", story->counts->exports, story->scenario->export_count);
    }
    json_end_object(json);
}

void scribe_tenant(const struct scribe *scribe, const struct tenant *tenant)
{
    static const char *const bursts[OPERATION_COUNT] = {
        [OPERATION_ADD] = "AddRequests", [OPERATION_GET_ALL] = "GetAllRequests"};
    struct json_writer json;

    name_scenario(scribe, tenant, tenant->scenario);
    name_scenario(scribe, tenant, tenant->story.scenario);
    json = log_begin_record(scribe->log);
    json_begin_object(&json, "Tenant");
    json_write_text(&json, "AccessToken", tenant->access_token);
    json_write_u64(&json, "Number", tenant->number);
    if (tenant->has_clock) {
        json_begin_object(&json, "Clock");
        write_clock(scribe, &tenant->clock, &json);
        json_end_object(&json);
    }
    write_name(scribe, tenant, tenant->scenario, &json, "Scenario");
    write_story(scribe, tenant, &json);
    write_burst(&json, "Requests", &tenant->burst);
    for (int i = 0; i < OPERATION_COUNT; i++)
        write_burst(&json, bursts[i], &tenant->operation_bursts[i]);
    json_end_object(&json);
    log_end_record(scribe->log);
}

void scribe_client(const struct scribe *scribe, const struct client *client)
{
    struct json_writer json = log_begin_record(scribe->log);

    json_begin_object(&json, "Client");
    json_write_text(&json, "ClientToken", client->token);
    write_burst(&json, "Requests", &client->burst);
    json_end_object(&json);
    log_end_record(scribe->log);
}

static void write_scope(struct json_writer *json, const struct scope *scope)
{
    json_begin_object(json, "Scope");
    json_begin_array(json, "Enterprises");
    for (uint32_t i = 0; i < scope->enterprise_count; i++) {
        const struct enterprise *enterprise = &scope->enterprises[i];

        json_begin_object(json, NULL);
        json_write_uuid(json, "Id", &enterprise->id);
        json_write_uuid(json, "ChainId", &enterprise->chain_id);
        json_write_text(json, "Pricing", enterprise->pricing == PRICING_NET ? "Net" : "Gross");
        json_end_object(json);
    }
    json_end_array(json);
    json_begin_array(json, "Chains");
    for (uint32_t i = 0; i < scope->chain_count; i++)
        json_write_uuid(json, NULL, &scope->chains[i]);
    json_end_array(json);
    json_end_object(json);
}

static void write_pair(struct json_writer *json, const struct integration *integration)
{
    json_write_text(json, "ClientToken", integration->client->token);
    json_write_text(json, "AccessToken", integration->tenant->access_token);
}

void scribe_integration(const struct scribe *scribe, const struct integration *integration)
{
    struct json_writer json = log_begin_record(scribe->log);

    json_begin_object(&json, "Integration");
    write_pair(&json, integration);
    json_write_u64(&json, "ExportCount", integration->export_count);
    if (restore_is_stranger(integration))
        write_scope(&json, integration->scope);
    json_end_object(&json);
    log_end_record(scribe->log);
}

static void write_filters(struct json_writer *json, const struct export_filters *filters)
{
    if (!filters->is_given)
        return;
    json_begin_object(json, "Filters");
    if (filters->has_updated) {
        json_write_millis(json, "UpdatedStart", filters->updated_start_ms);
        json_write_millis(json, "UpdatedEnd", filters->updated_end_ms);
    }
    if (filters->has_posting) {
        json_write_date(json, "PostingStart", filters->posting_start_day);
        json_write_date(json, "PostingEnd", filters->posting_end_day);
    }
    json_end_object(json);
}

static void write_stage(struct json_writer *json, const char *name, const struct stage *stage)
{
    json_begin_object(json, name);
    if (stage->polls)
        json_write_u64(json, "Polls", stage->polls);
    else if (stage->duration_ms != NEVER_MS)
        json_write_i64(json, "Ms", stage->duration_ms);
    json_end_object(json);
}

static void write_plan(struct json_writer *json, const struct schedule *schedule)
{
    json_begin_object(json, "Plan");
    json_write_millis(json, "Created", schedule->created_ms);
    json_write_millis(json, "Processing", schedule->processing_ms);
    json_write_millis(json, "Finished", schedule->finished_ms);
    json_write_millis(json, "Expires", schedule->expires_ms);
    json_write_i64(json, "KeptMs", schedule->kept_ms);
    write_stage(json, "PendingFor", &schedule->pending);
    write_stage(json, "ProcessingFor", &schedule->processing);
    json_write_u64(json, "PollsLeft", schedule->polls_left);
    json_write_text(json, "Outcome", export_outcome_name(schedule->outcome));
    json_end_object(json);
}

void scribe_export(const struct scribe *scribe, const struct export *export)
{
    const struct tenant *tenant = export->integration->tenant;
    struct json_writer json;

    name_scenario(scribe, tenant, export->scenario);
    json = log_begin_record(scribe->log);
    json_begin_object(&json, "Export");
    json_write_uuid(&json, "Id", &export->id);
    json_write_text(&json, "EntityType", entity_name((enum entity_type) export->entity_type));
    write_pair(&json, export->integration);
    json_write_bool(&json, "Planted", export->is_planted);
    json_write_u64(&json, "Turn", export->turn);
    write_scope(&json, export->scope);
    write_filters(&json, &export->filters);
    write_plan(&json, &export->schedule);
    write_name(scribe, tenant, export->scenario, &json, "Scenario");
    if (export->rule)
        json_write_i64(&json, "Rule", export->rule - export->scenario->exports);
    json_end_object(&json);
    log_end_record(scribe->log);
}

void scribe_file(const struct scribe *scribe, const struct export *export, uint32_t number)
{
    const struct export_file *file = &export->files->items[number - 1];
    struct json_writer json = log_begin_record(scribe->log);

    json_begin_object(&json, "File");
    json_write_uuid(&json, "ExportId", &export->id);
    json_write_u64(&json, "Number", number);
    json_write_u64(&json, "Of", export->files->count);
    json_write_u64(&json, "Attempts", file->attempt_count);
    json_write_u64(&json, "Requests", file->request_count);
    json_write_u64(&json, "Completed", file->completed_count);
    json_write_u64(&json, "SentBytes",
                   file->sent_bytes < (uint64_t)JSON_WHOLE_MAX ? file->sent_bytes
                                                               : (uint64_t)JSON_WHOLE_MAX);
    json_end_object(&json);
    log_end_record(scribe->log);
}

void scribe_gone(const struct scribe *scribe, const struct uuid *id)
{
    struct json_writer json = log_begin_record(scribe->log);

    json_write_uuid(&json, "Gone", id);
    log_end_record(scribe->log);
}

void scribe_reset(const struct scribe *scribe, const struct tenant *tenant)
{
    struct json_writer json = log_begin_record(scribe->log);

    json_begin_object(&json, "Reset");
    if (tenant)
        json_write_text(&json, "AccessToken", tenant->access_token);
    json_end_object(&json);
    log_end_record(scribe->log);
}

void scribe_alive(const struct scribe *scribe, int64_t running_ms)
{
    struct json_writer json = log_begin_record(scribe->log);

    json_write_i64(&json, "Alive", running_ms);
    log_end_record(scribe->log);
}
