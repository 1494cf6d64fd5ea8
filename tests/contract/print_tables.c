/*
 * print_tables: the facts of src/contract/ as JSON, for compare.py, which holds them to contract/.
 */
#include <stdio.h>
#include <string.h>

#include "base/timestamp.h"
#include "contract/demo.h"
#include "contract/entity.h"
#include "contract/limits.h"
#include "contract/messages.h"
#include "contract/revision.h"
#include "json/writer.h"

static void write_rate(struct json_writer *json, const char *name, const struct rate *rate)
{
    if (rate->requests == 0) {
        json_write_null(json, name);
        return;
    }
    json_begin_object(json, name);
    json_write_u64(json, "requests", rate->requests);
    json_write_i64(json, "window_ms", rate->window_ms);
    json_end_object(json);
}

static void write_revision(struct json_writer *json, const struct revision *revision)
{
    json_begin_object(json, NULL);
    json_write_date(json, "date", revision->day);
    json_write_text(json, "title", revision->title);
    json_write_bool(json, "has_scope_and_filters", revision->has_scope_and_filters);
    json_write_bool(json, "has_ledger_filters", revision->has_ledger_filters);
    json_write_bool(json, "file_links_renewed", revision->file_links_renewed);
    json_write_bool(json, "has_request_id", revision->has_request_id);
    write_rate(json, "client_rate", &revision->client_rate);
    write_rate(json, "access_rate", &revision->access_rate);
    write_rate(json, "operation_rate", &revision->operation_rate);
    json_begin_array(json, "entity_types");
    for (int i = 0; i < ENTITY_TYPE_COUNT; i++) {
        if (revision_has_entity(revision, (enum entity_type)i))
            json_write_text(json, NULL, entity_name((enum entity_type)i));
    }
    json_end_array(json);
    json_end_object(json);
}

static void write_revisions(struct json_writer *json)
{
    size_t count;
    const struct revision *revisions = revision_all(&count);

    json_write_date(json, "first_day", REVISION_FIRST_DAY);
    json_begin_array(json, "revisions");
    for (size_t i = 0; i < count; i++)
        write_revision(json, &revisions[i]);
    json_end_array(json);
}

static void write_demo(struct json_writer *json)
{
    json_begin_array(json, "demo");
    for (size_t i = 0; i < demo_pair_count(); i++) {
        const struct demo_pair *pair = demo_pair_at(i);

        json_begin_object(json, NULL);
        json_write_text(json, "client_token", pair->client_token);
        json_write_text(json, "access_token", pair->access_token);
        json_write_uuid(json, "enterprise", &pair->enterprise->id);
        json_write_uuid(json, "chain", &pair->enterprise->chain_id);
        json_write_text(json, "pricing",
                        pair->enterprise->pricing == PRICING_GROSS ? "gross" : "net");
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_messages(struct json_writer *json)
{
    char invalid[MESSAGE_INVALID_MAX];

    json_begin_array(json, "messages");
    for (int i = 0; i < MESSAGE_COUNT; i++) {
        json_begin_object(json, NULL);
        json_write_i64(json, "status", message_http_status((enum message)i));
        json_write_text(json, "message", message_text((enum message)i));
        json_end_object(json);
    }
    json_end_array(json);
    message_write_invalid(invalid, "{Parameter}");
    json_write_text(json, "pattern", invalid);
}

static void write_limits(struct json_writer *json)
{
    json_begin_object(json, "limits");
    json_write_i64(json, "export_ids_limit", EXPORT_IDS_MAX);
    json_write_i64(json, "scope_ids_limit", SCOPE_IDS_MAX);
    json_write_i64(json, "expiry_typical", EXPORT_KEPT_MS);
    json_write_i64(json, "file_url_10_minutes", FILE_LINK_VALIDITY_MS);
    json_write_i64(json, "poll_interval", POLL_INTERVAL_MS);
    json_write_i64(json, "filter_updated_max", UPDATED_INTERVAL_MAX_MS);
    json_write_i64(json, "filter_updated_end", UPDATED_END_MARGIN_MS);
    json_end_object(json);
}

static void write_chain_scoped(struct json_writer *json)
{
    json_begin_array(json, "chain_scoped");
    for (int i = 0; i < ENTITY_TYPE_COUNT; i++) {
        if (entity_is_chain_scoped((enum entity_type)i))
            json_write_text(json, NULL, entity_name((enum entity_type)i));
    }
    json_end_array(json);
}

int main(void)
{
    struct strbuf out = STRBUF_INIT;
    struct json_writer json = json_writer(&out);

    json_begin_object(&json, NULL);
    write_revisions(&json);
    write_demo(&json);
    write_messages(&json);
    write_limits(&json);
    write_chain_scoped(&json);
    json_end_object(&json);
    puts(strbuf_text(&out));
    strbuf_release(&out);
    return 0;
}
