/*
 * collected: what a client left in its folder, compared with what the exports hold that it added.
 *
 * Expected are the rows of the exports of expected.h.
 */
#ifndef TRIAL_COLLECTED_H
#define TRIAL_COLLECTED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "trial/expected.h"

struct trial;

/* The result; release it with collected_release(). All zero: nothing was collected. */
struct collected {
    struct export_counts exports;
    bool is_there; /* the folder has files that can hold rows; else all that follows is zero */
    bool is_complete;
    bool is_unreadable;      /* nothing could be compared; the counts are zero */
    uint64_t expected_count; /* rows */
    uint64_t row_count;
    uint64_t missing_count, doubled_count, damaged_count, foreign_count;
    struct strbuf text; /* the report of verify */
};

/*
 * Compares what the client of a trial left with the exports, as of the end of the trial. Where a
 * file cannot be read, all that was collected counts as not complete, and text says why.
 */
void collected_compare(const struct trial *trial, struct collected *out);
void collected_release(struct collected *collected);

#endif
