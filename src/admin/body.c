#include "admin/body.h"

#include <string.h>

#include "admin/answer.h"

/* White space of JSON; a body may hold NUL bytes, which are none. */
static bool is_blank(const struct http_request *request)
{
    for (size_t i = 0; i < request->body_length; i++) {
        if (request->body[i] == '\0' || !strchr(" \t\r\n", request->body[i]))
            return false;
    }
    return true;
}

static enum status read_object(const struct http_request *request, const char *const *known,
                               size_t count, struct admin_body *body, struct error *err)
{
    enum status status = json_read(request->body, request->body_length, &body->document, err);

    if (status != STATUS_OK)
        return status == STATUS_LIMIT ? STATUS_MALFORMED : status;
    status = json_root_object(&body->document, &body->object, err);
    if (status == STATUS_OK)
        status = json_refuse_unknown(&body->object, known, count, err);
    if (status != STATUS_OK)
        json_document_release(&body->document);
    return status;
}

bool admin_body_read(const struct admin_call *call, const char *const *known, size_t count,
                     const char *form, struct admin_body *body)
{
    struct error err;

    if (is_blank(call->request))
        error_set(&err, STATUS_MALFORMED, NULL, "the body is empty; send JSON such as %s", form);
    else if (read_object(call->request, known, count, body, &err) == STATUS_OK)
        return true;
    admin_refuse_as(call, 400, &err);
    return false;
}

void admin_body_release(struct admin_body *body)
{
    json_document_release(&body->document);
}

bool admin_body_check_none(const struct admin_call *call)
{
    struct admin_body body;
    struct error err;

    if (is_blank(call->request))
        return true;
    if (read_object(call->request, NULL, 0, &body, &err) == STATUS_OK) {
        admin_body_release(&body);
        return true;
    }
    admin_refuse_as(call, 400, &err);
    return false;
}
