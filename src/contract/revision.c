#include "contract/revision.h"

#define QUARTER_HOUR_MS 900000
#define HALF_MINUTE_MS  30000

/* The limits of the seed era, then without the one of a ClientToken, then today's. */
#define RATES_OF_SEED .client_rate = {2000, QUARTER_HOUR_MS}, RATES_OF_2025
#define RATES_OF_2025 \
    .access_rate = {500, QUARTER_HOUR_MS}, .operation_rate = {250, QUARTER_HOUR_MS}
#define RATES_OF_TODAY .access_rate = {200, HALF_MINUTE_MS}

static const struct revision revisions[] = {
    {
        .day = REVISION_FIRST_DAY, /* 2023-10-26 */
        .title = "first published (beta)",
        RATES_OF_SEED,
    },
    {
        .day = 19699, /* 2023-12-08 */
        .title = "more entity types",
        RATES_OF_SEED,
    },
    {
        .day = 19710, /* 2023-12-19 */
        .title = "more entity types",
        RATES_OF_SEED,
    },
    {
        .day = 19944, /* 2024-08-09 */
        .title = "docs generated from the schema",
        RATES_OF_SEED,
    },
    {
        .day = 19956, /* 2024-08-21 */
        .title = "the seed document",
        RATES_OF_SEED,
    },
    {
        .day = 19970, /* 2024-09-04 */
        .title = "no rate limit per ClientToken",
        RATES_OF_2025,
    },
    {
        .day = 20279, /* 2025-07-10 */
        .title = "RequestId in error bodies",
        .has_request_id = true,
        RATES_OF_2025,
    },
    {
        .day = 20292, /* 2025-07-23 */
        .title = "LedgerEntry listed as beta (no filter, no object docs yet)",
        .has_request_id = true,
        RATES_OF_2025,
    },
    {
        .day = 20305, /* 2025-08-05 */
        .title = "short-lived file URLs",
        .file_links_renewed = true,
        .has_request_id = true,
        RATES_OF_2025,
    },
    {
        .day = 20322, /* 2025-08-22 */
        .title = "Scope and Filters",
        .has_scope_and_filters = true,
        .file_links_renewed = true,
        .has_request_id = true,
        RATES_OF_2025,
    },
    {
        .day = 20405, /* 2025-11-13 */
        .title = "200 requests in 30 s per AccessToken",
        .has_scope_and_filters = true,
        .file_links_renewed = true,
        .has_request_id = true,
        RATES_OF_TODAY,
    },
    {
        .day = 20559, /* 2026-04-16 */
        .title = "LedgerEntry filters and object",
        .has_scope_and_filters = true,
        .has_ledger_filters = true,
        .file_links_renewed = true,
        .has_request_id = true,
        RATES_OF_TODAY,
    },
};

#define REVISION_COUNT (sizeof revisions / sizeof *revisions)

const struct revision *revision_at(int32_t day)
{
    size_t count = REVISION_COUNT;

    while (count > 0 && revisions[count - 1].day > day)
        count--;
    return count > 0 ? &revisions[count - 1] : NULL;
}

bool revision_has_entity(const struct revision *revision, enum entity_type type)
{
    return entity_since_day(type) <= revision->day;
}

const struct revision *revision_newest(void)
{
    return &revisions[REVISION_COUNT - 1];
}

const struct revision *revision_all(size_t *count)
{
    *count = REVISION_COUNT;
    return revisions;
}
