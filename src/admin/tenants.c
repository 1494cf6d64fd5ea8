/* Whose requests and exports there are. */
#include <string.h>

#include "admin/answer.h"
#include "admin/routes.h"
#include "base/token_hint.h"

/* Most that are listed. */
#define TENANTS_LISTED_MAX 1000

static void write_tenant(struct json_writer *json, const struct admin_call *call,
                         const struct tenant *tenant)
{
    const struct store *store = call->admin->api->store;
    const struct clock *clock = store_clock(store, tenant);
    const struct scenario *scenario = store_scenario(store, tenant);
    char hint[TOKEN_HINT_SIZE];

    token_hint(hint, tenant->access_token, strlen(tenant->access_token));
    json_begin_object(json, NULL);
    json_write_u64(json, "tenant", tenant->number);
    json_write_text(json, "accessToken", hint);
    json_write_bool(json, "isKnown", tenant->is_known);
    json_write_bool(json, "hasOwnClock", tenant->has_clock);
    json_write_millis(json, "now", clock_now_ms(clock, call->now_real_ms));
    json_write_double(json, "speed", clock->speed);
    json_write_bool(json, "hasOwnScenario", store_has_own_scenario(tenant));
    json_write_text(json, "scenario", scenario && scenario->name[0] ? scenario->name : NULL);
    json_end_object(json);
}

void admin_tenants(struct admin_call *call)
{
    const struct store *store = call->admin->api->store;
    const struct tenant *tenant = NULL;
    struct json_writer json = admin_answer_json(call);
    uint64_t total = 0;

    json_begin_object(&json, NULL);
    json_begin_array(&json, "tenants");
    while ((tenant = store_next_tenant(store, tenant))) {
        bool is_meant = !call->access_token || tenant == call->tenant;

        if (is_meant && total < TENANTS_LISTED_MAX)
            write_tenant(&json, call, tenant);
        total += is_meant;
    }
    json_end_array(&json);
    json_write_u64(&json, "total", total);
    json_end_object(&json);
}
