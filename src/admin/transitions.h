/*
 * transitions: which exports changed their state while a clock went from one instant to another.
 * Worked out from the schedules: nothing is written down when an export changes.
 */
#ifndef ADMIN_TRANSITIONS_H
#define ADMIN_TRANSITIONS_H

#include <stddef.h>
#include <stdint.h>

#include "core/store.h"

/* Most transitions that are kept: the earliest. */
#define TRANSITIONS_MAX 10000

struct transition {
    const struct export *export; /* borrowed */
    int64_t at_ms;
    uint64_t order; /* of finding: by creation, then time */
    enum export_state previous;
    enum export_state state;
};

/* The earliest transitions of all that were found. */
struct transitions {
    struct transition *items; /* owned; may be NULL */
    size_t count;
    uint64_t found_count;
};

/*
 * Finds what happens at from_ms < instant <= to_ms to the exports that follow a clock: those of a
 * tenant, or with NULL those of all tenants without a clock of their own. In the order of time,
 * then of creation. A state that lasts no time at all is not seen.
 */
void transitions_find(struct transitions *transitions, const struct store *store,
                      const struct tenant *tenant, int64_t from_ms, int64_t to_ms);
void transitions_release(struct transitions *transitions);

/* The first instant after after_ms at which one of these exports changes; NEVER_MS: none is known.
 */
int64_t transitions_next_ms(const struct store *store, const struct tenant *tenant,
                            int64_t after_ms);

#endif
