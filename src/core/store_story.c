#include <string.h>

#include "base/rng.h"
#include "core/store_state.h"

/* Puts a stranger's exports there, as far as none of their type are in flight already. */
static void plant(struct store *store, struct integration *integration,
                  const struct planted_export *planted, int64_t now_real_ms)
{
    for (int type = 0; type < ENTITY_TYPE_COUNT; type++) {
        struct plant_request request = {
            .export = {.integration = integration,
                       .entity_type = (enum entity_type)type,
                       .scope = integration->scope},
            .state = planted->state,
            .by_stranger = true,
            .lasts_ms = planted->lasts_ms,
        };
        struct export *export;
        struct error err;

        if (!planted->entity_types || (planted->entity_types >> type & 1u))
            (void)!store_plant_export(store, &request, now_real_ms, &export, &err);
    }
}

void store_follow_scenario(struct store *store, struct integration *integration,
                           int64_t now_real_ms)
{
    struct tenant *tenant = integration->tenant;
    struct scenario *scenario = store_scenario(store, tenant);
    struct error err;

    if (tenant->story.scenario == scenario || store_may_change(store, &err) != STATUS_OK)
        return;
    (void)story_follow(&tenant->story, scenario);
    store_tell(store, (struct store_change){.kind = CHANGE_TENANT, .tenant = tenant});
    if (!scenario)
        return;
    for (size_t i = 0; i < scenario->planted_count; i++)
        plant(store, integration, &scenario->planted[i], now_real_ms);
}

void store_decide_faults(const struct store *store, struct tenant *tenant,
                         const struct fault_event *event, struct fault_decision *out)
{
    const struct scenario *scenario = tenant->story.scenario;
    uint64_t name;

    if (!scenario || !scenario->fault_count) {
        memset(out, 0, sizeof *out);
        return;
    }
    name = rng_hash(store->config.seed, tenant->access_token, strlen(tenant->access_token));
    fault_decide(scenario->faults, scenario->fault_count, tenant->story.counts->faults, name, event,
                 out);
    store_tell(store, (struct store_change){.kind = CHANGE_TENANT, .tenant = tenant});
}
