/*
 * limits: the numbers of the contract that are the same at every docs date.
 */
#ifndef CONTRACT_LIMITS_H
#define CONTRACT_LIMITS_H

#include <stdint.h>

/* Ids in one getAll, at least 1. Source: exports.json, rules.export_ids_limit. */
#define EXPORT_IDS_MAX 1000

/* Enterprises or chains in one Scope, at least 1. Source: exports.json, rules.scope_ids_limit. */
#define SCOPE_IDS_MAX 1000

/* How long the files of an export are kept: 7 days. Source: exports.json, rules.expiry_typical. */
#define EXPORT_KEPT_MS INT64_C(604800000)

/* How long a link is valid: 10 minutes. Source: exports.json, rules.file_url_10_minutes. */
#define FILE_LINK_VALIDITY_MS INT64_C(600000)

/* How often to poll, as the docs suggest: 5 minutes. Source: exports.json, rules.poll_interval. */
#define POLL_INTERVAL_MS INT64_C(300000)

/*
 * Longest Filters.UpdatedUtc: 180 days, included. Source: exports.json, rules.filter_updated_max.
 */
#define UPDATED_INTERVAL_MAX_MS INT64_C(15552000000)

/*
 * How far before now Filters.UpdatedUtc must end: 5 minutes, included. Source: exports.json,
 * rules.filter_updated_end.
 */
#define UPDATED_END_MARGIN_MS INT64_C(300000)

#endif
