#include "api/api_error.h"

#include <stdio.h>

#include "json/writer.h"

/* "field: message", or the one that there is. */
static void write_details(const struct api_call *call, struct json_writer *writer,
                          const struct error *err)
{
    char details[sizeof err->field + sizeof err->message + 2];

    if (!err || call->api->config.strict) {
        json_write_null(writer, "Details");
        return;
    }
    snprintf(details, sizeof details, "%s%s%s", err->field, err->field[0] ? ": " : "",
             err->message);
    json_write_text(writer, "Details", details);
}

/* Why the request is refused: what Details would say, with --strict too. */
static void note_refusal(const struct api_call *call, const char *message, const struct error *err)
{
    if (err)
        note_why(call->note, "%s%s%s", err->field, err->field[0] ? ": " : "", err->message);
    else
        note_why(call->note, "%s", message);
}

static void refuse(const struct api_call *call, int status, const char *message,
                   const struct error *err)
{
    struct json_writer writer = json_writer(&call->response->text);

    note_refusal(call, message, err);
    call->response->status = status;
    http_response_field(call->response, "Content-Type", "application/json");
    json_begin_object(&writer, NULL);
    json_write_text(&writer, "Message", message);
    if (call->api->config.revision->has_request_id)
        json_write_uuid(&writer, "RequestId", &call->request_id);
    write_details(call, &writer, err);
    json_end_object(&writer);
}

void api_refuse(const struct api_call *call, enum message message, const struct error *err)
{
    refuse(call, message_http_status(message), message_text(message), err);
}

void api_refuse_parameter(const struct api_call *call, const char *parameter,
                          const struct error *err)
{
    char message[MESSAGE_INVALID_MAX];

    message_write_invalid(message, parameter);
    refuse(call, 400, message, err);
}

void api_refuse_status(const struct api_call *call, int status, const struct error *err)
{
    refuse(call, status, message_for_status(status), err);
}

void api_refuse_http(const struct api_call *call, int status, const struct error *err)
{
    char message[MESSAGE_INVALID_MAX];

    message_write_invalid(message, "request");
    refuse(call, status, message, err);
}
