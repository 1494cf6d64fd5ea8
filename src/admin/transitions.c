#include "admin/transitions.h"

#include <stdlib.h>

#include "base/memory.h"

/* Room for as many again as are kept, so that a sort is paid for by many. */
#define TRANSITIONS_CAPACITY (2 * (size_t)TRANSITIONS_MAX)

static int compare(const void *left, const void *right)
{
    const struct transition *a = left, *b = right;

    if (a->at_ms != b->at_ms)
        return a->at_ms < b->at_ms ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* Sorts, and drops all but the earliest. */
static void keep_earliest(struct transitions *transitions)
{
    if (transitions->count > 0)
        qsort(transitions->items, transitions->count, sizeof *transitions->items, compare);
    if (transitions->count > TRANSITIONS_MAX)
        transitions->count = TRANSITIONS_MAX;
}

static void add(struct transitions *transitions, const struct export *export, int64_t at_ms,
                enum export_state state)
{
    if (!transitions->items)
        transitions->items = memory_resize(NULL, TRANSITIONS_CAPACITY, sizeof *transitions->items);
    if (transitions->count == TRANSITIONS_CAPACITY)
        keep_earliest(transitions);
    transitions->items[transitions->count++] = (struct transition){
        .export = export,
        .at_ms = at_ms,
        .order = transitions->found_count++,
        .previous = schedule_state_at(&export->schedule, at_ms - 1),
        .state = state,
    };
}

/* The next export after previous that follows the clock; see store_next_export(). */
static struct export *next_follower(const struct store *store, const struct tenant *tenant,
                                    const struct export *previous)
{
    struct export *export = store_next_export(store, tenant, previous);

    while (export && !tenant && export->integration->tenant->has_clock)
        export = store_next_export(store, tenant, export);
    return export;
}

void transitions_find(struct transitions *transitions, const struct store *store,
                      const struct tenant *tenant, int64_t from_ms, int64_t to_ms)
{
    const struct export *export = next_follower(store, tenant, NULL);
    enum export_state state;

    *transitions = (struct transitions){0};
    for (; export; export = next_follower(store, tenant, export)) {
        int64_t at_ms = schedule_next(&export->schedule, from_ms, &state);

        for (; at_ms <= to_ms; at_ms = schedule_next(&export->schedule, at_ms, &state))
            add(transitions, export, at_ms, state);
    }
    keep_earliest(transitions);
}

void transitions_release(struct transitions *transitions)
{
    free(transitions->items);
    *transitions = (struct transitions){0};
}

int64_t transitions_next_ms(const struct store *store, const struct tenant *tenant,
                            int64_t after_ms)
{
    const struct export *export = next_follower(store, tenant, NULL);
    int64_t next_ms = NEVER_MS;
    enum export_state state;

    for (; export; export = next_follower(store, tenant, export)) {
        int64_t at_ms = schedule_next(&export->schedule, after_ms, &state);

        if (at_ms < next_ms)
            next_ms = at_ms;
    }
    return next_ms;
}
