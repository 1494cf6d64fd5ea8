#include <string.h>

#include "admin/answer.h"
#include "admin/body.h"
#include "admin/routes.h"
#include "admin/subject.h"
#include "admin/transitions.h"
#include "base/excerpt.h"

#define NEXT_EVENT "next-event"

static const char *const known[] = {"by", "to", "until"};

/* How far to go: one of the three. */
struct way {
    bool has_by, has_to, has_until;
    int64_t by_ms;
    int64_t to_ms;
};

static enum status read_until(const struct json_object *body, struct way *way, struct error *err)
{
    const char *until;
    enum status status = json_get_text(body, "until", &until, &way->has_until, err);

    if (status != STATUS_OK || !way->has_until || strcmp(until, NEXT_EVENT) == 0)
        return status;
    return json_error(body, "until", STATUS_INVALID, err, "must be \"" NEXT_EVENT "\", but is %s",
                      excerpt(until, strlen(until)).text);
}

static enum status read_way(const struct json_object *body, struct way *way, struct error *err)
{
    enum status status = json_get_duration_ms(body, "by", &way->by_ms, &way->has_by, err);

    if (status == STATUS_OK)
        status = json_get_timestamp_ms(body, "to", &way->to_ms, &way->has_to, err);
    if (status == STATUS_OK)
        status = read_until(body, way, err);
    if (status == STATUS_OK && way->has_by + way->has_to + way->has_until != 1)
        status = json_error(body, NULL, STATUS_INVALID, err,
                            "give exactly one of {\"by\":\"10m\"}, "
                            "{\"to\":\"2026-08-07T10:00:00Z\"} and {\"until\":\"" NEXT_EVENT "\"}");
    return status;
}

/* False when the way leads back; then the request was answered. */
static bool find_target(const struct admin_call *call, const struct way *way, int64_t from_ms,
                        int64_t *to_ms)
{
    char from[TIMESTAMP_MILLIS_LENGTH];
    struct error err;

    if (way->has_by) {
        *to_ms = instant_after(from_ms, way->by_ms);
    } else if (way->has_until) {
        *to_ms = transitions_next_ms(call->admin->api->store, call->tenant, from_ms);
        if (*to_ms == NEVER_MS)
            *to_ms = from_ms;
    } else if (way->to_ms >= from_ms) {
        *to_ms = way->to_ms;
    } else {
        timestamp_write_millis(from, from_ms);
        error_set(&err, STATUS_INVALID, "to",
                  "is in the past: the clock shows %.*s; PUT /__admin/clock sets it back",
                  TIMESTAMP_MILLIS_LENGTH, from);
        admin_refuse(call, &err);
        return false;
    }
    return true;
}

static void write_transition(struct json_writer *writer, const struct transition *transition)
{
    const struct export *export = transition->export;

    json_begin_object(writer, NULL);
    json_write_uuid(writer, "exportId", &export->id);
    json_write_text(writer, "entityType", entity_name((enum entity_type) export->entity_type));
    json_write_text(writer, "previousStatus", export_state_name(transition->previous));
    json_write_text(writer, "status", export_state_name(transition->state));
    json_write_millis(writer, "at", transition->at_ms);
    json_end_object(writer);
}

static void answer(const struct admin_call *call, int64_t from_ms, int64_t to_ms)
{
    struct json_writer writer = admin_answer_json(call);
    struct transitions transitions;

    transitions_find(&transitions, call->admin->api->store, call->tenant, from_ms, to_ms);
    json_begin_object(&writer, NULL);
    json_write_millis(&writer, "from", from_ms);
    json_write_millis(&writer, "to", to_ms);
    json_begin_array(&writer, "transitions");
    for (size_t i = 0; i < transitions.count; i++)
        write_transition(&writer, &transitions.items[i]);
    json_end_array(&writer);
    json_write_u64(&writer, "transitionCount", transitions.found_count);
    json_end_object(&writer);
    transitions_release(&transitions);
}

/* Moves the clock of the subject, which gets one of its own, unless the way leads back. */
static void advance(struct admin_call *call, const struct way *way)
{
    struct store *store = call->admin->api->store;
    int64_t from_ms, to_ms;

    if (!subject_may_change(call) || !subject_make_tenant(call))
        return;
    from_ms = store_now_ms(store, call->tenant, call->now_real_ms);
    if (!find_target(call, way, from_ms, &to_ms))
        return;
    clock_set_ms(store_own_clock(store, call->tenant), to_ms, call->now_real_ms);
    subject_tell_clock(call);
    answer(call, from_ms, to_ms);
}

void admin_clock_advance(struct admin_call *call)
{
    struct admin_body body;
    struct error err;
    struct way way;
    enum status status;

    if (!admin_body_read(call, known, 3, "{\"by\":\"10m\"}", &body))
        return;
    status = read_way(&body.object, &way, &err);
    admin_body_release(&body);
    if (status == STATUS_OK)
        advance(call, &way);
    else
        admin_refuse(call, &err);
}
