/*
 * revision: what differs between the docs dates that the server can speak for (--api-date), as
 * data. One row for every date at which something changed; each row is complete.
 *
 * Not here, because it is the same at every date: intervals are half-open (documented since
 * 2026-01-27, silent before, so chosen alike), every answer carries a Request-Id header
 * (documented since 2025-07-10; harmless before), strict JSON (documented since 2026-01-27).
 * Before the seed document of 2024-08-21 the shapes of rows and the rate limits are not known:
 * those of the seed are taken (assumed).
 * Since when an entity type is known says entity_since_day().
 */
#ifndef CONTRACT_REVISION_H
#define CONTRACT_REVISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "contract/entity.h"
#include "contract/rate.h"

/*
 * The first day the server can speak for: 2023-10-26, when the operations were first published, as
 * a day number.
 */
#define REVISION_FIRST_DAY 19656

struct revision {
    int32_t day; /* first day it holds, since 1970-01-01 */
    const char *title;
    /* add takes Scope and Filters, exports show them. Source: exports.json, 2025-08-22. */
    bool has_scope_and_filters;
    /*
     * Filters has LedgerEntryFilters, and LedgerEntry requires it. Source: exports.json,
     * 2026-04-16, rules.ledger_filter_required.
     */
    bool has_ledger_filters;
    /*
     * Links are made anew at each getAll and are valid for FILE_LINK_VALIDITY_MS; before: stable
     * and valid until ExpiresUtc. Source: exports.json, 2025-08-05, rules.file_url_10_minutes,
     * file_url_regenerated, file_url_until_expiry.
     */
    bool file_links_renewed;
    /* Error bodies have RequestId. Source: protocol.json, error_object.properties (2025-07-10). */
    bool has_request_id;
    /*
     * The documented limits of the demo environment: of a ClientToken, of an AccessToken, of an
     * AccessToken at one operation. Source: protocol.json, rate_limits: seed_era_demo with its
     * note (ClientToken until 2024-09-04, operation until 2025-11-13), current.
     */
    struct rate client_rate;
    struct rate access_rate;
    struct rate operation_rate;
};

/* The newest revision that is not later than day; NULL before REVISION_FIRST_DAY. */
const struct revision *revision_at(int32_t day);

/* True when exports/add knows the entity type. */
bool revision_has_entity(const struct revision *revision, enum entity_type type);

/* The newest revision, which is the default. */
const struct revision *revision_newest(void);

/* All revisions in the order of time; *count of them. */
const struct revision *revision_all(size_t *count);

#endif
