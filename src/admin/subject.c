#include "admin/subject.h"

#include "admin/answer.h"
#include "admin/query.h"

enum status subject_read(struct admin_call *call, struct strbuf *text, struct error *err)
{
    enum status status = query_read_text(call->request->query, "accessToken", text, err);

    if (status != STATUS_OK || text->length == 0)
        return status;
    if (text->length > TOKEN_MAX_LENGTH)
        return error_set(err, STATUS_INVALID, "accessToken", "has %zu characters; %d are the most",
                         text->length, TOKEN_MAX_LENGTH);
    call->access_token = text->data;
    call->tenant = store_find_tenant(call->admin->api->store, text->data);
    return STATUS_OK;
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

void subject_answer_clock(const struct admin_call *call)
{
    const struct clock *clock = store_clock(call->admin->api->store, call->tenant);
    struct json_writer writer = admin_answer_json(call);

    json_begin_object(&writer, NULL);
    json_write_millis(&writer, "now", clock_now_ms(clock, call->now_real_ms));
    json_write_double(&writer, "speed", clock->speed);
    json_end_object(&writer);
}
