#include "admin/answer.h"
#include "admin/routes.h"

void admin_health(struct admin_call *call)
{
    int64_t up_real_ms = call->now_real_ms - call->admin->started_real_ms;
    struct json_writer writer = admin_answer_json(call);

    json_begin_object(&writer, NULL);
    json_write_text(&writer, "status", "healthy");
    json_write_text(&writer, "version", call->admin->config.version);
    json_write_i64(&writer, "uptimeInSeconds", up_real_ms > 0 ? up_real_ms / MS_PER_SECOND : 0);
    json_end_object(&writer);
}
