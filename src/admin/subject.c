#include "admin/subject.h"

#include "admin/answer.h"
#include "admin/query.h"
#include "base/excerpt.h"
#include "base/utf8.h"

enum status subject_read(struct admin_call *call, struct strbuf *text, struct error *err)
{
    enum status status = query_read_text(call->request->query, "accessToken", text, err);

    if (status != STATUS_OK || text->length == 0)
        return status;
    if (text->length > TOKEN_MAX_LENGTH)
        return error_set(err, STATUS_INVALID, "accessToken", "has %zu characters; %d are the most",
                         text->length, TOKEN_MAX_LENGTH);
    if (utf8_valid_prefix(text->data, text->length) != text->length)
        return error_set(err, STATUS_INVALID, "accessToken",
                         "is not UTF-8, so no request of the emulated API can carry it");
    call->access_token = text->data;
    call->tenant = store_find_tenant(call->admin->api->store, text->data);
    return STATUS_OK;
}

bool subject_may_change(const struct admin_call *call)
{
    struct error err;

    if (store_may_change(call->admin->api->store, &err) == STATUS_OK)
        return true;
    admin_refuse(call, &err);
    return false;
}

bool subject_make_tenant(struct admin_call *call)
{
    struct error err;

    if (!call->access_token || call->tenant)
        return true;
    if (store_get_tenant(call->admin->api->store, call->access_token, &call->tenant, &err) ==
        STATUS_OK)
        return true;
    admin_refuse(call, &err);
    return false;
}

struct export *subject_find_export(const struct admin_call *call)
{
    struct excerpt id = excerpt(call->id, call->id_length);
    struct export *export = NULL;
    struct uuid uuid;
    struct error err;

    if (!uuid_read(call->id, call->id_length, &uuid)) {
        error_set(&err, STATUS_NOT_FOUND, "id",
                  "%s is not an id, such as 3fa85f64-5717-4562-b3fc-2c963f66afa6", id.text);
    } else if (!(export = store_find_export(call->admin->api->store, &uuid))) {
        error_set(&err, STATUS_NOT_FOUND, "id",
                  "no export has the id %s; GET /__admin/exports lists all, and a reset forgets "
                  "them",
                  id.text);
    } else if (call->access_token && export->integration->tenant != call->tenant) {
        error_set(&err, STATUS_NOT_FOUND, "id",
                  "the export %s was made with another AccessToken than accessToken says", id.text);
        export = NULL;
    }
    if (!export)
        admin_refuse(call, &err);
    return export;
}

void subject_tell_clock(const struct admin_call *call)
{
    const struct clock *clock = store_clock(call->admin->api->store, call->tenant);
    struct event *event = announce_add(call->admin->config.events, EVENT_CLOCK, call->tenant);

    if (!event)
        return;
    event->at_ms = clock_now_ms(clock, call->now_real_ms);
    event->speed = clock->speed;
}

void subject_answer_clock(const struct admin_call *call)
{
    const struct clock *clock = store_clock(call->admin->api->store, call->tenant);
    struct json_writer writer = admin_answer_json(call);

    json_begin_object(&writer, NULL);
    json_write_millis(&writer, "now", clock_now_ms(clock, call->now_real_ms));
    json_write_double(&writer, "speed", clock->speed);
    json_end_object(&writer);
}
