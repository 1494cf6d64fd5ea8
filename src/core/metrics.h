/*
 * metrics: what is counted from the start on, for whoever watches the server over time. A reset
 * leaves it as it is. Source: interface, section 4.
 */
#ifndef CORE_METRICS_H
#define CORE_METRICS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/note.h"

/* Statuses that are told apart: 100 to 599. */
#define METRICS_STATUS_MIN   100
#define METRICS_STATUS_COUNT 500

/* Buckets of times, but for the last, which has no upper end. */
#define METRICS_BUCKET_COUNT 11

/* Their upper ends, in microseconds, ascending; each belongs to its bucket. */
extern const int64_t metrics_bucket_real_us[METRICS_BUCKET_COUNT];

/* A value; zeroed is one that has counted nothing. */
struct metrics {
    uint64_t requests[NOTE_KIND_COUNT][METRICS_STATUS_COUNT];
    uint64_t faults[NOTE_KIND_COUNT]; /* that fired, by what they met */
    uint64_t sent_bytes;              /* of bodies */
    uint64_t downloads_aborted_count;
    uint64_t buckets[METRICS_BUCKET_COUNT + 1]; /* each by itself, not summed up */
    uint64_t sum_real_us;
};

/* Counts an answered request; faults are bits as in struct request_note. */
void metrics_count_request(struct metrics *metrics, enum note_kind kind, int status,
                           uint64_t faults);

/* Counts how an answer ended. */
void metrics_count_end(struct metrics *metrics, uint64_t sent_bytes, bool is_aborted_download);

/* Counts how long an answer took to make. */
void metrics_count_time(struct metrics *metrics, int64_t took_real_us);

#endif
