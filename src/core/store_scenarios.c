#include "core/store_state.h"

struct scenario *store_scenario(const struct store *store, const struct tenant *tenant)
{
    return tenant && tenant->scenario ? tenant->scenario : store->scenario;
}

bool store_has_own_scenario(const struct tenant *tenant)
{
    return tenant->scenario != NULL;
}

void store_set_scenario(struct store *store, struct tenant *tenant, struct scenario *scenario)
{
    struct scenario **place = tenant ? &tenant->scenario : &store->scenario;
    struct scenario *former = *place;

    *place = scenario ? scenario_ref(scenario) : NULL;
    scenario_unref(former);
    store_tell(store, (struct store_change){.kind = tenant ? CHANGE_TENANT : CHANGE_SERVER,
                                            .tenant = tenant});
}

void store_restart_story(struct tenant *tenant)
{
    struct scenario *former = tenant->scenario;

    tenant->scenario = tenant->own_scenario ? scenario_ref(tenant->own_scenario) : NULL;
    scenario_unref(former);
    story_release(&tenant->story);
}

const struct lifecycle *store_lifecycle(const struct store *store)
{
    return &store->config.lifecycle;
}
