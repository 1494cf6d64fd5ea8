#include "core/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/conduct.h"
#include "core/store_state.h"

struct store *store_new(const struct store_config *config, int64_t now_real_ms)
{
    struct store *store = memory_new(sizeof *store);

    store->config = *config;
    if (config->scenario) {
        scenario_ref(config->scenario); /* of the config */
        store->scenario = scenario_ref(config->scenario);
    }
    store->clock = clock_at(config->start_ms, now_real_ms, config->speed);
    store->follows_wall = config->follows_wall;
    return store;
}

void store_free(struct store *store)
{
    if (!store)
        return;
    store_free_exports(store);
    store_free_tenants(store);
    conduct_free(store->nobody);
    scenario_unref(store->scenario);
    scenario_unref(store->config.scenario);
    free(store);
}

static void forget_tenant_state(struct tenant *tenant)
{
    tenant->has_clock = false;
    tenant->burst = (struct burst){0};
    memset(tenant->operation_bursts, 0, sizeof tenant->operation_bursts);
    store_restart_story(tenant);
    conduct_free(tenant->conduct);
    tenant->conduct = NULL;
}

void store_reset(struct store *store, int64_t start_ms, int64_t now_real_ms)
{
    store_tell(store, (struct store_change){.kind = CHANGE_RESET});
    store_free_exports(store);
    store_forget_unknown(store);
    for (struct tenant *tenant = store->tenants; tenant; tenant = tenant->hh.next)
        forget_tenant_state(tenant);
    for (struct client *client = store->clients; client; client = client->hh.next)
        client->burst = (struct burst){0};
    store->clock = clock_at(start_ms, now_real_ms, store->config.speed);
    store->follows_wall = store->config.follows_wall;
    store_set_scenario(store, NULL, store->config.scenario);
    conduct_free(store->nobody);
    store->nobody = NULL;
}

void store_reset_tenant(struct store *store, struct tenant *tenant)
{
    struct export *export, *next;

    store_tell(store, (struct store_change){.kind = CHANGE_RESET, .tenant = tenant});
    HASH_ITER(hh, store->exports, export, next)
    {
        if (export->integration->tenant == tenant)
            store_free_export(store, export);
    }
    for (struct integration *i = store->integrations; i; i = i->hh.next) {
        if (i->tenant == tenant) {
            i->export_count = 0;
            i->client->burst = (struct burst){0};
        }
    }
    forget_tenant_state(tenant);
}
