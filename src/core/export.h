/*
 * export: one export as it is kept: what it holds, its plan, and what was fetched of it.
 */
#ifndef CORE_EXPORT_H
#define CORE_EXPORT_H

#include <stdbool.h>
#include <stdint.h>

#include <uthash.h>

#include "base/uuid.h"
#include "contract/entity.h"
#include "core/lifecycle.h"
#include "core/scope.h"

/* What is asked for by exports/add. Source: contract/exports.json, objects.ExportDataFilters. */
struct export_filters {
    bool is_given;    /* the request had Filters */
    bool has_updated; /* updated_start_ms <= UpdatedUtc < updated_end_ms; equal: equality */
    bool has_posting; /* posting_start_day <= PostingDate <= posting_end_day */
    int32_t posting_start_day;
    int32_t posting_end_day;
    int64_t updated_start_ms;
    int64_t updated_end_ms;
};

/* A file of a finished export, and what was fetched of it. */
struct export_file {
    uint64_t size_bytes;
    uint64_t sent_bytes;      /* of bodies, handed to the kernel */
    uint32_t request_count;   /* GET requests that were answered with 200 or 206 */
    uint32_t completed_count; /* of those, sent to the last byte */
};

/* Known once somebody looked at the export after it became Success. */
struct export_files {
    uint32_t count;
    struct export_file items[];
};

struct export
{
    struct uuid id;
    uint8_t entity_type; /* enum entity_type */
    struct export_filters filters;
    struct integration *integration; /* borrowed; lives as long as the store's tenants */
    struct scope *scope;
    struct schedule schedule;
    struct export_files *files; /* owned; may be NULL */
    uint64_t mark;              /* number of the last request that asked for it */
    UT_hash_handle hh;          /* by id; in the order of creation */
};

#endif
