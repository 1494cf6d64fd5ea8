#include "admin/body.h"
#include "admin/routes.h"
#include "admin/subject.h"

/*
 * Answers the clock, so that a caller sees where time starts. A tenant that is not known has
 * nothing to forget.
 */
void admin_reset(struct admin_call *call)
{
    const struct admin_config *config = &call->admin->config;
    struct store *store = call->admin->api->store;

    if (!admin_body_check_none(call) || !subject_may_change(call))
        return;
    if (call->tenant)
        store_reset_tenant(store, call->tenant);
    else if (!call->access_token)
        store_reset(store, config->has_start ? config->start_ms : call->wall_ms, call->now_real_ms);
    (void)announce_add(config->events, EVENT_RESET, call->tenant);
    subject_tell_clock(call);
    admin_requests_forget(config->journal, call->access_token);
    subject_answer_clock(call);
}
