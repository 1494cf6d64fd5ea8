#include "admin/request_report.h"

#include <string.h>

#include "contract/entity.h"
#include "json/redact.h"

/* A text, or null when there is none. */
static void write_text(struct json_writer *writer, const char *name,
                       const struct journal_entry *entry, enum journal_text which)
{
    struct journal_span text = journal_entry_text(entry, which);

    json_write_text_n(writer, name, text.length ? text.data : NULL, text.length);
}

/* A number that counts from 1, or null. */
static void write_count(struct json_writer *writer, const char *name, uint64_t value)
{
    if (value)
        json_write_u64(writer, name, value);
    else
        json_write_null(writer, name);
}

static void write_why(struct json_writer *writer, const struct journal_entry *entry)
{
    struct journal_span why = journal_entry_text(entry, JOURNAL_WHY);
    const char *at = why.data, *end = why.data + why.length;

    json_begin_array(writer, "why");
    while (at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));

        if (!line_end)
            line_end = end;
        json_write_text_n(writer, NULL, at, (size_t)(line_end - at));
        at = line_end + 1;
    }
    json_end_array(writer);
}

static void write_subject(struct json_writer *writer, const struct journal_entry *entry)
{
    const struct journal_facts *facts = &entry->facts;

    json_begin_array(writer, "entityTypes");
    for (int i = 0; i < ENTITY_TYPE_COUNT; i++) {
        if (facts->entity_types & 1u << i)
            json_write_text(writer, NULL, entity_name((enum entity_type)i));
    }
    json_end_array(writer);
    json_begin_array(writer, "exportIds");
    for (uint32_t i = 0; i < entry->export_count; i++)
        json_write_uuid(writer, NULL, &entry->exports[i]);
    json_end_array(writer);
    write_count(writer, "file", facts->file);
    write_count(writer, "attempt", facts->attempt);
    json_begin_array(writer, "faults");
    for (unsigned i = 0; i < 64; i++) {
        if (facts->faults >> i & 1u)
            json_write_u64(writer, NULL, i);
    }
    json_end_array(writer);
}

/* What is known of the client, for who judges it. */
static void write_fields(struct json_writer *writer, const struct journal_entry *entry)
{
    json_begin_object(writer, "headers");
    write_text(writer, "contentType", entry, JOURNAL_CONTENT_TYPE);
    write_text(writer, "userAgent", entry, JOURNAL_USER_AGENT);
    write_text(writer, "acceptEncoding", entry, JOURNAL_ACCEPT_ENCODING);
    write_text(writer, "range", entry, JOURNAL_RANGE);
    write_text(writer, "ifRange", entry, JOURNAL_IF_RANGE);
    json_write_bool(writer, "authorization", entry->facts.has_authorization);
    json_end_object(writer);
}

static void write_end(struct json_writer *writer, const struct journal_entry *entry)
{
    const struct journal_facts *facts = &entry->facts;

    if (facts->retry_after_s >= 0)
        json_write_i64(writer, "retryAfterSeconds", facts->retry_after_s);
    else
        json_write_null(writer, "retryAfterSeconds");
    json_write_text(writer, "end", journal_end_name(entry->end));
    json_write_u64(writer, "offset", facts->offset_bytes);
    json_write_u64(writer, "length", facts->length_bytes);
    if (entry->end == JOURNAL_COMPLETED || entry->end == JOURNAL_CUT)
        json_write_u64(writer, "sentBytes", entry->sent_bytes);
    else
        json_write_null(writer, "sentBytes");
}

static void write_answer(struct json_writer *writer, const struct journal_entry *entry)
{
    struct journal_span text = journal_entry_text(entry, JOURNAL_ANSWER);
    struct strbuf shown = STRBUF_INIT;

    redact_links(&shown, text.data, text.length);
    json_write_text_n(writer, "answerBody", text.length ? strbuf_text(&shown) : NULL, shown.length);
    json_write_bool(writer, "answerBodyIsCut", text.is_cut);
    strbuf_release(&shown);
}

void request_report_write(struct json_writer *writer, const struct journal_entry *entry,
                          bool bodies)
{
    request_report_write_named(writer, NULL, entry, bodies);
}

void request_report_write_named(struct json_writer *writer, const char *name,
                                const struct journal_entry *entry, bool bodies)
{
    const struct journal_facts *facts = &entry->facts;

    json_begin_object(writer, name);
    json_write_u64(writer, "number", facts->number);
    json_write_uuid(writer, "requestId", &facts->request_id);
    json_write_millis(writer, "at", facts->at_ms);
    json_write_text(writer, "accessToken", facts->tenant_key ? facts->token : NULL);
    json_write_text(writer, "operation", note_kind_name(facts->kind));
    write_text(writer, "method", entry, JOURNAL_METHOD);
    write_text(writer, "path", entry, JOURNAL_PATH);
    json_write_bool(writer, "hasQuery", facts->has_query);
    json_write_i64(writer, "status", facts->status);
    write_why(writer, entry);
    write_subject(writer, entry);
    write_fields(writer, entry);
    write_end(writer, entry);
    if (bodies) {
        write_text(writer, "requestBody", entry, JOURNAL_REQUEST);
        json_write_bool(writer, "requestBodyIsCut",
                        journal_entry_text(entry, JOURNAL_REQUEST).is_cut);
        write_answer(writer, entry);
    }
    json_end_object(writer);
}
