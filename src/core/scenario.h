/*
 * scenario: how the world is for a tenant: lives of exports, data, rate limit, and what goes wrong.
 * A value without behaviour of its own; constant once made and shared by a count of owners. It is
 * read from JSON by scenarios/. Source: interface, section 5.
 */
#ifndef CORE_SCENARIO_H
#define CORE_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "contract/entity.h"
#include "contract/rate.h"
#include "core/data_choice.h"
#include "core/fault.h"
#include "core/lifecycle.h"

#define SCENARIO_NAME_MAX    64
#define SCENARIO_EXPORTS_MAX 64
#define SCENARIO_PLANTED_MAX 64

/* What differs from the server's lifecycle; all zero: nothing. */
struct lifecycle_choice {
    bool has_pending, has_processing, has_outcome, has_kept, has_link_validity;
    struct stage pending; /* duration NEVER_MS: is never left */
    struct stage processing;
    enum export_outcome outcome;
    int64_t kept_ms;
    int64_t link_validity_ms;
};

/* For some exports; the first rule that matches holds. */
struct export_rule {
    unsigned entity_types; /* bits; 0: any */
    struct turn_range nth; /* of the tenant's exports with these types */
    struct lifecycle_choice lifecycle;
    struct data_choice data;
};

/* An export of somebody else that is there before the tenant comes. */
struct planted_export {
    unsigned entity_types; /* bits; 0: one of each type */
    enum export_state state;
    int64_t lasts_ms; /* Pending or Processing: so long from the tenant's first request on */
};

/* What a sound client does in the scenario. */
enum expectation { EXPECT_SUCCESS, EXPECT_FAILURE, EXPECT_EITHER };

struct scenario {
    uint32_t owner_count;
    char *name;        /* owned; "" when none was given */
    char *description; /* owned; likewise */
    enum expectation expect;
    struct lifecycle_choice lifecycle;
    struct data_choice data;
    bool has_rate;
    struct rate rate;            /* requests 0: no limit */
    struct export_rule *exports; /* owned */
    size_t export_count;
    struct planted_export *planted; /* owned */
    size_t planted_count;
    struct fault *faults; /* owned, with their bodies */
    size_t fault_count;
};

/* An empty scenario with one owner: nothing differs from the server's options. */
struct scenario *scenario_new(void);

/* Adds an owner. */
struct scenario *scenario_ref(struct scenario *scenario);

/* Takes an owner away and frees with the last; scenario may be NULL. */
void scenario_unref(struct scenario *scenario);

#endif
