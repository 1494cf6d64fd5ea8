/*
 * findings: what a comparison found, as values: how many of each kind, and the first few of each
 * with their places.
 */
#ifndef VERIFY_FINDINGS_H
#define VERIFY_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "base/uuid.h"
#include "verify/splitter.h"
#include "verify/sums.h"

/* How many of a kind are shown. */
#define FINDINGS_SHOWN 10

enum finding_kind {
    FINDING_MISSING,   /* a row of the export that was not collected */
    FINDING_DOUBLED,   /* a row that was collected more often than the export has it */
    FINDING_DAMAGED,   /* a row that means something else than in the export, or nothing */
    FINDING_FOREIGN,   /* a row that is sound, but of no export that was compared with */
    FINDING_REWRITTEN, /* a row with other bytes that mean the same: no difference */
    FINDING_KIND_COUNT
};

/* "missing", ... */
const char *finding_kind_name(enum finding_kind kind);

/* Where a row is. */
struct row_place {
    uint32_t file;
    uint32_t length; /* of the row */
    uint64_t line;
    uint64_t offset_bytes; /* of the row in the file */
};

/* Above, equal to or below 0, as places follow one another. */
int row_place_compare(const struct row_place *a, const struct row_place *b);

/* One row with something to tell. */
struct finding {
    struct row_place at;    /* in what was collected; of a missing row: in the export */
    struct row_place other; /* where the export has the row; of a doubled one: its first place */
    bool has_other;
    /* known once the bytes were looked at, see details.h */
    uint64_t differs_at;  /* of a damaged row: its first byte that is not as expected */
    struct strbuf reason; /* what is wrong with a damaged row */
    struct strbuf found;  /* an excerpt, at differs_at, of what was collected (or is missing) */
    struct strbuf wanted; /* an excerpt of what the export has there */
    bool has_id;          /* of a foreign row, whose Id has this digest */
    uint64_t id_key;
    bool has_holder; /* of a foreign row: another export of the server has it, see holders.h */
    struct uuid holder;
};

/* How many rows of a file of the export are missing. */
struct missing_file {
    uint64_t row_count;
    uint64_t missing_count;
    struct row_place first;
    struct row_place last;
};

/* What one side is made of. */
struct side_total {
    uint64_t file_count;
    uint64_t row_count;
    uint64_t total_bytes;
};

/* The result. Release it with findings_release(). */
struct findings {
    struct side_total totals[VERIFY_SIDE_COUNT];
    struct verify_oddities oddities; /* of what was collected */
    uint64_t counts[FINDING_KIND_COUNT];
    uint64_t superseded_count; /* rows that another export has in another state, collected so */
    struct finding shown[FINDING_KIND_COUNT][FINDINGS_SHOWN]; /* in order of their places */
    size_t shown_count[FINDING_KIND_COUNT];
    struct missing_file *files; /* owned; of the expected side */
};

/* Begins with nothing found in so many expected files. */
void findings_init(struct findings *findings, size_t expected_file_count);
void findings_release(struct findings *findings);

/* Counts a finding, and keeps it while it is one of the first of its kind; other may be NULL. */
void findings_add(struct findings *findings, enum finding_kind kind, const struct row_place *at,
                  const struct row_place *other);

/* True when every row of the exports was collected once, whole, and nothing else. */
bool findings_are_none(const struct findings *findings);

#endif
