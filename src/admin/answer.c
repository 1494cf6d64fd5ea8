#include "admin/answer.h"

#include <stdio.h>

struct json_writer admin_answer_json(const struct admin_call *call)
{
    http_response_field(call->response, "Content-Type", "application/json");
    return json_writer(&call->response->text);
}

static void write_message(struct json_writer *writer, int http_status, const char *field)
{
    static const struct {
        int http_status;
        const char *text;
    } messages[] = {
        {401, "The admin token is missing or wrong."},
        {403, "The admin API refuses requests of other sites."},
        {404, "Not found."},
        {405, "Method not allowed."},
        {409, "Conflict with the state of the server."},
        {413, "The body is too large."},
        {503, "The server is full."},
    };
    char invalid[sizeof((struct error *)NULL)->field + sizeof "Invalid ."];

    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        if (messages[i].http_status == http_status) {
            json_write_text(writer, "Message", messages[i].text);
            return;
        }
    }
    snprintf(invalid, sizeof invalid, "Invalid %s.", field[0] ? field : "request");
    json_write_text(writer, "Message", invalid);
}

void admin_refuse_with(const struct admin_call *call, int http_status, const char *field,
                       const char *details)
{
    struct json_writer writer = admin_answer_json(call);

    call->response->status = http_status;
    json_begin_object(&writer, NULL);
    write_message(&writer, http_status, field);
    json_write_uuid(&writer, "RequestId", &call->request_id);
    json_write_text(&writer, "Details", details);
    json_end_object(&writer);
}

void admin_refuse_as(const struct admin_call *call, int http_status, const struct error *err)
{
    char details[sizeof err->field + sizeof err->message + 2];

    snprintf(details, sizeof details, "%s%s%s", err->field, err->field[0] ? ": " : "",
             err->message);
    admin_refuse_with(call, http_status, err->field, details);
}

void admin_refuse(const struct admin_call *call, const struct error *err)
{
    static const int http_statuses[] = {
        [STATUS_INVALID] = 400,  [STATUS_MALFORMED] = 400, [STATUS_NOT_FOUND] = 404,
        [STATUS_CONFLICT] = 409, [STATUS_DENIED] = 400,    [STATUS_LIMIT] = 503,
        [STATUS_IO] = 500,
    };

    admin_refuse_as(call, http_statuses[err->status], err);
}
