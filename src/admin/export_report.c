#include "admin/export_report.h"

#include <string.h>

#include "admin/answer.h"
#include "api/export_view.h"
#include "base/duration.h"
#include "base/token_hint.h"
#include "core/conduct.h"
#include "core/stage.h"

struct api_call export_report_call(const struct admin_call *call)
{
    return (struct api_call){
        .api = call->admin->api,
        .request = call->request,
        .response = call->response,
        .now_real_ms = call->now_real_ms,
        .request_id = call->request_id,
    };
}

static void write_range(struct json_writer *writer, uint64_t start, uint64_t end)
{
    json_begin_array(writer, NULL);
    json_write_u64(writer, NULL, start);
    json_write_u64(writer, NULL, end);
    json_end_array(writer);
}

static void write_ranges(struct json_writer *writer, const struct export *export, uint32_t number)
{
    bool is_whole;
    uint32_t count;
    const struct span *spans = conduct_spans(export, number, &count, &is_whole);

    json_begin_array(writer, "Ranges");
    if (is_whole)
        write_range(writer, 0, export->files->items[number - 1].size_bytes);
    for (uint32_t i = 0; i < count; i++)
        write_range(writer, spans[i].start, spans[i].end);
    json_end_array(writer);
}

void export_report_write_downloads(struct json_writer *writer, const struct export *export,
                                   uint32_t number)
{
    const struct export_file *file = &export->files->items[number - 1];

    json_begin_object(writer, "Downloads");
    json_write_u64(writer, "RequestCount", file->request_count);
    json_write_u64(writer, "CompletedCount", file->completed_count);
    json_write_u64(writer, "SentBytes", file->sent_bytes);
    write_ranges(writer, export, number);
    json_end_object(writer);
}

static void write_files(const struct api_call *call, struct json_writer *writer,
                        struct export *export)
{
    const struct export_files *files = export_view_files(call->api, export, call->now_real_ms);

    json_begin_array(writer, "Files");
    for (uint32_t i = 0; files && i < files->count; i++) {
        json_begin_object(writer, NULL);
        export_view_write_file(call, writer, export, i);
        export_report_write_downloads(writer, export, i + 1);
        json_end_object(writer);
    }
    json_end_array(writer);
}

static void write_token(struct json_writer *writer, const char *name, const char *token)
{
    char shown[TOKEN_HINT_SIZE];

    token_hint(shown, token, strlen(token));
    json_write_text(writer, name, shown);
}

static void write_duration(struct json_writer *writer, const char *name, int64_t duration_ms)
{
    struct strbuf text = STRBUF_INIT;

    duration_append(&text, duration_ms);
    json_write_plain(writer, name, text.data, text.length);
    strbuf_release(&text);
}

/* A duration or "3 polls"; null for a stage that does not end. */
static void write_stage(struct json_writer *writer, const char *name, const struct stage *stage,
                        bool ends)
{
    struct strbuf text = STRBUF_INIT;

    if (!ends || (!stage->polls && stage->duration_ms == NEVER_MS)) {
        json_write_null(writer, name);
    } else {
        stage_append(&text, stage);
        json_write_plain(writer, name, text.data, text.length);
        strbuf_release(&text);
    }
}

static void write_plan(struct json_writer *writer, const struct schedule *schedule,
                       enum export_state state)
{
    json_begin_object(writer, "Plan");
    write_stage(writer, "Pending", &schedule->pending, true);
    write_stage(writer, "Processing", &schedule->processing, schedule->outcome != OUTCOME_STUCK);
    json_write_text(writer, "Outcome", export_outcome_name(schedule->outcome));
    write_duration(writer, "Kept", schedule->kept_ms);
    if (export_state_in_flight(state) && schedule->polls_left > 0)
        json_write_u64(writer, "PollsLeft", schedule->polls_left);
    else
        json_write_null(writer, "PollsLeft");
    json_end_object(writer);
}

static void write_transition(struct json_writer *writer, const struct schedule *schedule,
                             enum export_state state)
{
    json_begin_object(writer, NULL);
    json_write_text(writer, "Status", export_state_name(state));
    json_write_millis(writer, "AtUtc", schedule_instant_of(schedule, state));
    json_end_object(writer);
}

/* Every state of the plan, in order; one that is stuck has no end. */
static void write_transitions(struct json_writer *writer, const struct schedule *schedule)
{
    json_begin_array(writer, "Transitions");
    write_transition(writer, schedule, EXPORT_PENDING);
    write_transition(writer, schedule, EXPORT_PROCESSING);
    if (schedule->outcome == OUTCOME_FAILED) {
        write_transition(writer, schedule, EXPORT_FAILED);
    } else if (schedule->outcome == OUTCOME_SUCCESS) {
        write_transition(writer, schedule, EXPORT_SUCCESS);
        write_transition(writer, schedule, EXPORT_EXPIRED);
    }
    json_end_array(writer);
}

void export_report_write(const struct api_call *call, struct json_writer *writer,
                         struct export *export)
{
    const struct schedule *schedule = &export->schedule;
    const struct integration *integration = export->integration;
    enum export_state state = store_export_state(call->api->store, export, call->now_real_ms);
    bool has_expiry = state == EXPORT_SUCCESS || state == EXPORT_EXPIRED;

    json_begin_object(writer, NULL);
    json_write_uuid(writer, "Id", &export->id);
    json_write_text(writer, "Status", export_state_name(state));
    json_write_text(writer, "EntityType", entity_name((enum entity_type) export->entity_type));
    export_view_write_scope(writer, export);
    write_files(call, writer, export);
    json_write_seconds(writer, "ExpiresUtc", has_expiry ? schedule->expires_ms : NEVER_MS);
    export_view_write_filters(writer, export, call->api->config.revision);
    write_token(writer, "AccessToken", integration->tenant->access_token);
    write_token(writer, "ClientToken", integration->client->token);
    json_write_millis(writer, "CreatedUtc", schedule->created_ms);
    json_write_bool(writer, "Planted", export->is_planted);
    write_plan(writer, schedule, state);
    write_transitions(writer, schedule);
    json_end_object(writer);
}

static void write_file_totals(struct json_writer *writer, const struct export_files *files)
{
    uint64_t size_bytes = 0, sent_bytes = 0, completed_count = 0;

    for (uint32_t i = 0; files && i < files->count; i++) {
        size_bytes += files->items[i].size_bytes;
        sent_bytes += files->items[i].sent_bytes;
        completed_count += files->items[i].completed_count > 0;
    }
    if (!files || files->is_restored) {
        json_write_null(writer, "FileCount");
        json_write_null(writer, "SizeInBytes");
    } else {
        json_write_u64(writer, "FileCount", files->count);
        json_write_u64(writer, "SizeInBytes", size_bytes);
    }
    json_write_u64(writer, "SentBytes", sent_bytes);
    json_write_u64(writer, "CompletedFileCount", completed_count);
}

void export_report_write_brief(struct json_writer *writer, const char *name,
                               const struct store *store, const struct export *export,
                               int64_t now_real_ms)
{
    const struct schedule *schedule = &export->schedule;
    const struct integration *integration = export->integration;
    enum export_state state = store_export_state(store, export, now_real_ms);

    json_begin_object(writer, name);
    json_write_uuid(writer, "Id", &export->id);
    json_write_text(writer, "Status", export_state_name(state));
    json_write_text(writer, "EntityType", entity_name((enum entity_type) export->entity_type));
    json_write_u64(writer, "Tenant", integration->tenant->number);
    write_token(writer, "AccessToken", integration->tenant->access_token);
    write_token(writer, "ClientToken", integration->client->token);
    json_write_millis(writer, "CreatedUtc", schedule->created_ms);
    json_write_bool(writer, "Planted", export->is_planted);
    write_file_totals(writer, export->files);
    write_plan(writer, schedule, state);
    write_transitions(writer, schedule);
    json_end_object(writer);
}

void export_report_answer(const struct admin_call *call, struct export *export)
{
    struct api_call api_call = export_report_call(call);
    struct json_writer writer = admin_answer_json(call);

    export_view_begin(&api_call);
    export_report_write(&api_call, &writer, export);
}
