#include "admin/request_query.h"

#include <stdio.h>
#include <string.h>

#include "admin/answer.h"
#include "admin/query.h"
#include "base/excerpt.h"
#include "base/nearest.h"
#include "base/parse.h"

#define LIMIT_DEFAULT 100
#define LIMIT_MAX     1000

#define FORM "{\"operation\":\"getAll\",\"status\":\"4xx\"}"

const char *const request_query_filters[] = {"operation", "status", "export", "text", NULL};
const char *const request_query_all[] = {"operation", "status", "export", "text",
                                         "bodies",    "after",  "limit",  NULL};

void request_query_release(struct request_query *query)
{
    strbuf_release(&query->text);
}

static enum status read_operation(const char *text, struct request_query *query, struct error *err)
{
    const char *names[NOTE_KIND_COUNT], *nearest;

    for (int i = 0; i < NOTE_KIND_COUNT; i++) {
        names[i] = note_kind_name((enum note_kind)i);
        if (strcmp(names[i], text) == 0) {
            query->filter.has_kind = true;
            query->filter.kind = (enum note_kind)i;
            return STATUS_OK;
        }
    }
    nearest = nearest_name(text, names, NOTE_KIND_COUNT);
    return error_set(
        err, STATUS_INVALID, "operation", "%s is none of add, getAll, download and other%s%s",
        excerpt(text, strlen(text)).text, nearest ? ": did you mean " : "", nearest ? nearest : "");
}

/* "404", or "4xx" for all from 400 to 499. */
static enum status read_status(const char *text, struct request_query *query, struct error *err)
{
    bool is_class = strlen(text) == 3 && strcmp(text + 1, "xx") == 0;
    uint64_t first;

    if (!parse_u64(text, is_class ? 1 : strlen(text), &first))
        first = 0;
    if (is_class)
        first *= 100;
    if (first < 100 || first > 599)
        return error_set(err, STATUS_INVALID, "status",
                         "%s is no status: give one such as 404, or a class such as 4xx",
                         excerpt(text, strlen(text)).text);
    query->filter.status_first = (int)first;
    query->filter.status_last = (int)first + (is_class ? 99 : 0);
    return STATUS_OK;
}

static enum status read_export(const char *text, struct request_query *query, struct error *err)
{
    query->filter.has_export = true;
    if (uuid_read(text, strlen(text), &query->filter.export_id))
        return STATUS_OK;
    return error_set(err, STATUS_INVALID, "export",
                     "%s is not an id, such as 3fa85f64-5717-4562-b3fc-2c963f66afa6",
                     excerpt(text, strlen(text)).text);
}

static enum status read_text(const char *text, struct request_query *query, struct error *err)
{
    (void)err;
    strbuf_append_text(&query->text, text);
    query->filter.text = strbuf_text(&query->text);
    query->filter.text_length = query->text.length;
    return STATUS_OK;
}

static enum status read_bodies(const char *text, struct request_query *query, struct error *err)
{
    query->bodies = strcmp(text, "true") == 0;
    if (query->bodies || strcmp(text, "false") == 0)
        return STATUS_OK;
    return error_set(err, STATUS_INVALID, "bodies", "%s is neither true nor false",
                     excerpt(text, strlen(text)).text);
}

/* What is read from a text, wherever it comes from. */
static const struct {
    const char *name;
    enum status (*read)(const char *text, struct request_query *query, struct error *err);
} texts[] = {
    {"operation", read_operation},
    {"status", read_status},
    {"export", read_export},
    {"text", read_text},
};

#define TEXT_COUNT (sizeof texts / sizeof *texts)

static struct request_query start(const struct admin_call *call)
{
    struct request_query query = {.limit = LIMIT_DEFAULT};

    query.filter.has_tenant = call->access_token != NULL;
    if (call->access_token)
        query.filter.tenant_key = journal_tenant_key(call->access_token);
    return query;
}

/* Reads a parameter of the query string by a function for its text, if it is there. */
static enum status read_parameter(const char *from, const char *name,
                                  enum status (*read)(const char *text, struct request_query *query,
                                                      struct error *err),
                                  struct request_query *query, struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    enum status status = query_read_text(from, name, &text, err);

    if (status == STATUS_OK && text.length > 0)
        status = read(text.data, query, err);
    strbuf_release(&text);
    return status;
}

/* False, and nothing left to release, after an error, which was answered then. */
static bool end_reading(const struct admin_call *call, enum status status,
                        struct request_query *query, const struct error *err)
{
    if (status == STATUS_OK)
        return true;
    request_query_release(query);
    admin_refuse(call, err);
    return false;
}

bool request_query_read(const struct admin_call *call, struct request_query *query)
{
    const char *from = call->request->query;
    enum status status = STATUS_OK;
    struct error err;

    *query = start(call);
    for (size_t i = 0; i < TEXT_COUNT && status == STATUS_OK; i++)
        status = read_parameter(from, texts[i].name, texts[i].read, query, &err);
    if (status == STATUS_OK)
        status = read_parameter(from, "bodies", read_bodies, query, &err);
    if (status == STATUS_OK)
        status = query_read_number(from, "after", UINT64_MAX, &query->after, &err);
    if (status == STATUS_OK)
        status = query_read_number(from, "limit", LIMIT_MAX, &query->limit, &err);
    return end_reading(call, status, query, &err);
}

/* A status may be written as a number too. */
static enum status read_member(const struct json_object *body, size_t index,
                               struct request_query *query, struct error *err)
{
    const char *name = texts[index].name, *text;
    char digits[24];
    int64_t number;
    bool found;
    enum status status;

    if (texts[index].read == read_status && json_type_of(body, name) == JSON_NUMBER) {
        status = json_get_i64(body, name, &number, &found, err);
        snprintf(digits, sizeof digits, "%lld", status == STATUS_OK ? (long long)number : 0);
        text = digits;
    } else {
        status = json_get_text(body, name, &text, &found, err);
    }
    return status == STATUS_OK && found ? texts[index].read(text, query, err) : status;
}

/* Reads a whole number from 0 to most. */
static enum status read_whole(const struct json_object *body, const char *name, int64_t most,
                              uint64_t *out, struct error *err)
{
    int64_t number;
    bool found;
    enum status status = json_get_i64(body, name, &number, &found, err);

    if (status != STATUS_OK || !found)
        return status;
    if (number < 0 || number > most)
        return json_error(body, name, STATUS_INVALID, err, "must be from 0 to %lld",
                          (long long)most);
    *out = (uint64_t)number;
    return STATUS_OK;
}

static enum status read_tenant(const struct admin_call *call, const struct json_object *body,
                               struct request_query *query, struct error *err)
{
    const char *token;
    bool found;
    enum status status = json_get_text(body, "accessToken", &token, &found, err);

    if (status != STATUS_OK || !found)
        return status;
    if (call->access_token)
        return json_error(body, "accessToken", STATUS_INVALID, err,
                          "is in the query and in the body; give it once");
    query->filter.has_tenant = true;
    query->filter.tenant_key = journal_tenant_key(token);
    return STATUS_OK;
}

static enum status read_members(const struct admin_call *call, const struct json_object *body,
                                struct request_query *query, struct error *err)
{
    bool found;
    enum status status = read_tenant(call, body, query, err);

    for (size_t i = 0; i < TEXT_COUNT && status == STATUS_OK; i++)
        status = read_member(body, i, query, err);
    if (status == STATUS_OK)
        status = json_get_bool(body, "bodies", &query->bodies, &found, err);
    if (status == STATUS_OK)
        status = read_whole(body, "after", JSON_WHOLE_MAX, &query->after, err);
    if (status == STATUS_OK)
        status = read_whole(body, "limit", LIMIT_MAX, &query->limit, err);
    return status;
}

bool request_query_read_body(const struct admin_call *call, struct request_query *query)
{
    static const char *const known[] = {"accessToken", "operation", "status", "export",
                                        "text",        "bodies",    "after",  "limit"};
    struct admin_body body;
    enum status status;
    struct error err;

    if (!admin_body_read(call, known, sizeof known / sizeof *known, FORM, &body))
        return false;
    *query = start(call);
    status = read_members(call, &body.object, query, &err);
    admin_body_release(&body);
    return end_reading(call, status, query, &err);
}
