#include "admin/event_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "admin/export_report.h"
#include "admin/request_report.h"
#include "base/parse.h"
#include "json/writer.h"

#define ID_PREFIX_SIZE 24

static void write_prefix(const struct admin *admin, char prefix[ID_PREFIX_SIZE])
{
    snprintf(prefix, ID_PREFIX_SIZE, "%" PRIx64 "-", (uint64_t)admin->started_real_ms);
}

void event_report_write_id(struct strbuf *out, const struct admin *admin, uint64_t id)
{
    char prefix[ID_PREFIX_SIZE];

    write_prefix(admin, prefix);
    strbuf_appendf(out, "%s%" PRIu64, prefix, id);
}

bool event_report_read_id(const struct admin *admin, const char *text, uint64_t *id)
{
    char prefix[ID_PREFIX_SIZE];
    size_t length;

    write_prefix(admin, prefix);
    length = strlen(prefix);
    return strncmp(text, prefix, length) == 0 &&
           parse_u64(text + length, strlen(text + length), id);
}

static void write_tenant(struct json_writer *json, const struct event *event)
{
    json_write_text(json, "accessToken", event->token[0] ? event->token : NULL);
    if (event->tenant)
        json_write_u64(json, "tenant", event->tenant);
    else
        json_write_null(json, "tenant");
}

static void write_export(struct json_writer *json, const struct admin *admin,
                         const struct event *event, int64_t now_real_ms)
{
    struct export *export = store_find_export(admin->api->store, &event->export_id);

    json_write_uuid(json, "exportId", &event->export_id);
    if (event->type == EVENT_EXPORT_STATE) {
        json_write_text(json, "previousStatus", export_state_name(event->previous));
        json_write_text(json, "status", export_state_name(event->state));
        json_write_millis(json, "at", event->at_ms);
    }
    if (export)
        export_report_write_brief(json, "export", admin->api->store, export, now_real_ms);
    else
        json_write_null(json, "export");
}

static const struct journal_entry *find_entry(const struct admin *admin, uint64_t number)
{
    static const struct journal_filter all = {.has_kind = false};
    const struct journal_entry *entry = journal_next(admin->config.journal, &all, number - 1);

    return entry && entry->facts.number == number ? entry : NULL;
}

/* How a download ended, and what was fetched of its file by now. */
static void write_over(struct json_writer *json, const struct admin *admin,
                       const struct journal_entry *entry, int64_t now_real_ms)
{
    const struct export *export = NULL;

    if (entry->facts.file && entry->export_count)
        export = store_find_export(admin->api->store, &entry->exports[0]);
    json_write_text(json, "end", journal_end_name(entry->end));
    if (entry->end == JOURNAL_ABORTED)
        json_write_null(json, "sentBytes");
    else
        json_write_u64(json, "sentBytes", entry->sent_bytes);
    if (!export)
        return;
    json_write_uuid(json, "exportId", &export->id);
    json_write_u64(json, "file", entry->facts.file);
    if (export->files && entry->facts.file <= export->files->count)
        export_report_write_downloads(json, export, entry->facts.file);
    export_report_write_brief(json, "export", admin->api->store, export, now_real_ms);
}

static void write_request(struct json_writer *json, const struct admin *admin,
                          const struct event *event, int64_t now_real_ms)
{
    const struct journal_entry *entry = find_entry(admin, event->number);

    json_write_u64(json, "number", event->number);
    if (event->type == EVENT_REQUEST) {
        if (entry)
            request_report_write_named(json, "request", entry, false);
        else
            json_write_null(json, "request");
    } else if (entry) {
        write_over(json, admin, entry, now_real_ms);
    }
}

static void write_finding(struct json_writer *json, const struct event *event)
{
    const struct conduct_rule_entry *rule = &conduct_rules[event->rule];

    json_write_text(json, "rule", rule->id);
    json_write_text(json, "level", conduct_level_name(rule->level));
    json_write_text(json, "summary", rule->summary);
    json_write_text(json, "detail", event->text);
    json_write_uuid(json, "exportId", event->has_export ? &event->export_id : NULL);
    if (event->file)
        json_write_u64(json, "file", event->file);
    else
        json_write_null(json, "file");
}

static void write_data(struct json_writer *json, const struct admin *admin,
                       const struct event *event, int64_t now_real_ms)
{
    json_begin_object(json, NULL);
    switch (event->type) {
    case EVENT_EXPORT_ADDED:
    case EVENT_EXPORT_STATE:
        write_export(json, admin, event, now_real_ms);
        break;
    case EVENT_REQUEST:
    case EVENT_REQUEST_OVER:
        write_request(json, admin, event, now_real_ms);
        break;
    case EVENT_CLOCK:
        json_write_millis(json, "now", event->at_ms);
        json_write_double(json, "speed", event->speed);
        break;
    case EVENT_SCENARIO:
        json_write_text(json, "name", event->text);
        break;
    case EVENT_FINDING:
        write_finding(json, event);
        break;
    case EVENT_RESET:
    case EVENT_TYPE_COUNT:
        break;
    }
    write_tenant(json, event);
    json_end_object(json);
}

void event_report_write(struct strbuf *out, const struct admin *admin, const struct event *event,
                        int64_t now_real_ms)
{
    struct json_writer json;

    strbuf_append_text(out, "id: ");
    event_report_write_id(out, admin, event->id);
    strbuf_appendf(out, "\nevent: %s\ndata: ", event_type_name(event->type));
    json = json_writer(out);
    write_data(&json, admin, event, now_real_ms);
    strbuf_append_text(out, "\n\n");
}
