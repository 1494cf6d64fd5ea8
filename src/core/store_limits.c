#include "core/store_state.h"

static bool within(const struct burst *burst, const struct rate *rate, int64_t now_ms,
                   int64_t *longest_ms)
{
    int64_t wait_ms;

    if (burst_allows(burst, rate, now_ms, &wait_ms))
        return true;
    if (wait_ms > *longest_ms)
        *longest_ms = wait_ms;
    return false;
}

/* The rates that hold for a tenant. */
struct rates {
    struct rate client, access, operation;
};

/* A scenario's rate is the AccessToken's, and the only one. */
static struct rates rates_of(const struct store *store, const struct tenant *tenant)
{
    const struct store_config *config = &store->config;
    const struct scenario *scenario = store_scenario(store, tenant);

    if (scenario && scenario->has_rate)
        return (struct rates){.access = scenario->rate};
    return (struct rates){config->client_rate, config->access_rate, config->operation_rate};
}

bool store_admit(struct store *store, struct integration *integration, enum operation operation,
                 int64_t now_ms, int64_t *wait_ms)
{
    struct tenant *tenant = integration->tenant;
    struct rates rates = rates_of(store, tenant);
    struct burst *client = &integration->client->burst;
    struct burst *one = &tenant->operation_bursts[operation];
    int64_t longest_ms = 0;
    bool admitted = within(client, &rates.client, now_ms, &longest_ms);

    admitted &= within(&tenant->burst, &rates.access, now_ms, &longest_ms);
    admitted &= within(one, &rates.operation, now_ms, &longest_ms);
    if (!admitted) {
        *wait_ms = longest_ms;
        return false;
    }
    burst_count(client, &rates.client, now_ms);
    burst_count(&tenant->burst, &rates.access, now_ms);
    burst_count(one, &rates.operation, now_ms);
    store_tell(store, (struct store_change){
                          .kind = CHANGE_USE, .tenant = tenant, .client = integration->client});
    return true;
}

/* Adds a view of a rate, if it limits anything; gives how many there are then. */
static size_t add_view(struct limit_view *views, size_t count, const struct limit_view *view,
                       int64_t now_ms)
{
    if (view->rate.requests == 0)
        return count;
    views[count] = *view;
    if (!burst_is_running(&view->burst, &view->rate, now_ms))
        views[count].burst = (struct burst){0};
    return count + 1;
}

size_t store_view_limits(const struct store *store, const struct integration *integration,
                         int64_t now_ms, struct limit_view out[LIMIT_VIEWS_MAX])
{
    const struct tenant *tenant = integration->tenant;
    struct rates rates = rates_of(store, tenant);
    struct limit_view view = {LIMIT_CLIENT, OPERATION_ADD, rates.client,
                              integration->client->burst};
    size_t count = add_view(out, 0, &view, now_ms);

    view = (struct limit_view){LIMIT_ACCESS, OPERATION_ADD, rates.access, tenant->burst};
    count = add_view(out, count, &view, now_ms);
    for (int i = 0; i < OPERATION_COUNT; i++) {
        view = (struct limit_view){LIMIT_OPERATION, (enum operation)i, rates.operation,
                                   tenant->operation_bursts[i]};
        count = add_view(out, count, &view, now_ms);
    }
    return count;
}
