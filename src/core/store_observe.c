/* Who is told of what changes. */
#include "core/store_state.h"

void store_observe(struct store *store, const struct store_observer *observer)
{
    store->observer = observer;
}

enum status store_may_change(const struct store *store, struct error *err)
{
    const struct store_observer *observer = store->observer;

    return observer ? observer->may_change(observer->context, err) : STATUS_OK;
}
