/* The clocks of a store: the server's, and those that tenants have of their own. */
#include "core/store_state.h"

const struct clock *store_clock(const struct store *store, const struct tenant *tenant)
{
    return tenant && tenant->has_clock ? &tenant->clock : &store->clock;
}

int64_t store_now_ms(const struct store *store, const struct tenant *tenant, int64_t now_real_ms)
{
    return clock_now_ms(store_clock(store, tenant), now_real_ms);
}

struct clock *store_own_clock(struct store *store, struct tenant *tenant)
{
    if (!tenant) {
        store->follows_wall = false;
        store_tell(store, (struct store_change){.kind = CHANGE_SERVER});
        return &store->clock;
    }
    if (!tenant->has_clock)
        tenant->clock = store->clock;
    tenant->has_clock = true;
    store_tell(store, (struct store_change){.kind = CHANGE_TENANT, .tenant = tenant});
    return &tenant->clock;
}
