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
#include "core/scenario.h"
#include "core/scope.h"

struct watch;

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
    uint32_t attempt_count;   /* GET requests with a link that was in order */
};

/* Known once somebody looked at the export after it became Success. */
struct export_files {
    uint32_t count;
    bool is_restored; /* sizes are not known: only what was fetched is */
    struct export_file items[];
};

struct export
{
    struct uuid id;
    uint8_t entity_type; /* enum entity_type */
    bool is_planted;     /* not made by exports/add */
    bool is_noted;       /* for who observes the store, see core/observer.h; */
    bool is_kept;        /* likewise */
    bool is_told;        /* who looks on knows of it (core/announce.h): */
    uint8_t told_state;  /* in this state (enum export_state), */
    uint32_t told_plan;  /* with a plan that stands for this number, */
    int64_t told_ms;     /* as of this virtual instant */
    struct export_filters filters;
    struct integration *integration; /* borrowed; lives as long as the store's tenants */
    struct scope *scope;
    struct schedule schedule;
    uint64_t turn; /* which of all exports, in the order they took slots; 0: it never did */
    struct export_files *files;     /* owned; may be NULL */
    struct scenario *scenario;      /* owned part: the one it was made under; may be NULL */
    const struct export_rule *rule; /* of that scenario; NULL: none */
    struct watch *watch;            /* owned; what the client did with it; NULL: nothing was seen */
    uint64_t mark;                  /* number of the last request that asked for it */
    int64_t newest_link_ms;         /* the latest instant at which getAll gave links */
    uint32_t links_repeated;        /* how often it gave some at an instant not later than that */
    uint32_t link_serial;           /* of the links it gave last: 0, or links_repeated */
    UT_hash_handle hh;              /* by id; in the order of creation */
};

/* base with what the export's scenario says in its place. */
struct lifecycle export_lifecycle(const struct export *export, const struct lifecycle *base);

/* How long links to its files work, where the scenario says so; else base_ms. */
int64_t export_link_validity_ms(const struct export *export, int64_t base_ms);

/* Which data set stands behind it. */
struct data_choice export_data_choice(const struct export *export);

#endif
