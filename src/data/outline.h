/*
 * outline: what a query comes to: which rows of which enterprises, and where its files are cut.
 *
 * The bytes of an export are those of its enterprises, one after the other in the order of the
 * query. Enterprises of the same pricing environment have the same plan. File k begins with the
 * row that holds byte k * file_bytes of the export, so a cut is found without a walk.
 */
#ifndef DATA_OUTLINE_H
#define DATA_OUTLINE_H

#include <stdint.h>

#include "contract/enterprise.h"
#include "data/layouts.h"
#include "data/plan.h"
#include "data/shelf.h"

struct outline {
    struct uuid key;  /* names configuration and query */
    uint32_t holders; /* who still need it */
    uint64_t used_at; /* turn of the last use */
    int32_t opening_day;
    bool has_plan[PRICING_COUNT];
    struct plan plans[PRICING_COUNT];
    enum entity_type entity_type;
    size_t enterprise_count;
    struct enterprise *enterprises; /* owned */
    uint64_t *starts;               /* owned; byte at which each begins, and the end of all */
    uint64_t row_count;
    uint64_t file_bytes; /* from cut to cut */
    uint32_t file_count;
};

/* A row's place in the export. */
struct outline_place {
    size_t enterprise;
    struct plan_place row; /* row.start counts from the plan's start, see plan.h */
    uint64_t start;        /* byte in the export */
};

/* The outline of a query; the caller is the first holder. */
struct outline *outline_new(struct shelf *shelf, const struct dataset_query *query);

/*
 * Lends its plans the templates they are about, which are made if they are not there. To be called
 * before each use: shelf_trim() may have freed them since.
 */
void outline_wake(struct outline *outline, struct shelf *shelf);

/* Gives it back; the last holder frees it, which makes layouts forget its plans. */
void outline_drop(struct outline *outline, struct layouts *layouts);

/* Bytes of the whole export. */
static inline uint64_t outline_bytes(const struct outline *outline)
{
    return outline->starts[outline->enterprise_count];
}

/* The plan of an enterprise. */
static inline const struct plan *outline_plan(const struct outline *outline, size_t enterprise)
{
    return &outline->plans[outline->enterprises[enterprise].pricing];
}

/* The row that holds byte of the export, below the end. */
struct outline_place outline_find_byte(const struct outline *outline, uint64_t byte,
                                       struct layouts *layouts);

/* The row of the export with a number, from 0 and below row_count. */
struct outline_place outline_find_row(const struct outline *outline, uint64_t row,
                                      struct layouts *layouts);

/* The number of the row at a place. */
uint64_t outline_row_number(const struct outline *outline, const struct outline_place *place);

/* The byte at which file index begins: index up to file_count, where the export ends. */
uint64_t outline_cut(const struct outline *outline, uint32_t index, struct layouts *layouts);

#endif
