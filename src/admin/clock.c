#include "admin/answer.h"
#include "admin/body.h"
#include "admin/routes.h"
#include "admin/subject.h"

static const char *const known[] = {"now", "speed"};

/* What is to be changed. */
struct change {
    bool has_now, has_speed;
    int64_t now_ms;
    double speed;
};

void admin_clock_get(struct admin_call *call)
{
    subject_answer_clock(call);
}

static enum status read_change(const struct json_object *body, struct change *change,
                               struct error *err)
{
    enum status status = json_get_timestamp_ms(body, "now", &change->now_ms, &change->has_now, err);

    if (status == STATUS_OK)
        status = json_get_number(body, "speed", &change->speed, &change->has_speed, err);
    if (status != STATUS_OK)
        return status;
    if (change->has_speed && !(change->speed >= 0 && change->speed <= CLOCK_MAX_SPEED))
        return json_error(body, "speed", STATUS_INVALID, err,
                          "must be from 0 (frozen) over 1 (as fast as real time) to %.0f",
                          CLOCK_MAX_SPEED);
    if (!change->has_now && !change->has_speed)
        return json_error(body, NULL, STATUS_INVALID, err,
                          "give \"now\" (an instant), \"speed\" (a number), or both");
    return STATUS_OK;
}

void admin_clock_put(struct admin_call *call)
{
    struct change change;
    struct admin_body body;
    struct clock *clock;
    struct error err;
    enum status status;

    if (!admin_body_read(call, known, 2, "{\"now\":\"2026-08-07T10:00:00Z\",\"speed\":0}", &body))
        return;
    status = read_change(&body.object, &change, &err);
    admin_body_release(&body);
    if (status != STATUS_OK) {
        admin_refuse(call, &err);
        return;
    }
    if (!subject_may_change(call) || !subject_make_tenant(call))
        return;
    clock = store_own_clock(call->admin->api->store, call->tenant);
    if (change.has_now)
        clock_set_ms(clock, change.now_ms, call->now_real_ms);
    if (change.has_speed)
        clock_set_speed(clock, change.speed > 0 ? change.speed : 0, call->now_real_ms);
    subject_tell_clock(call);
    subject_answer_clock(call);
}
