#include "core/metrics.h"

const int64_t metrics_bucket_real_us[METRICS_BUCKET_COUNT] = {
    25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 100000, 1000000};

void metrics_count_request(struct metrics *metrics, enum note_kind kind, int status,
                           uint64_t faults)
{
    int index = status - METRICS_STATUS_MIN;

    if (index >= 0 && index < METRICS_STATUS_COUNT)
        metrics->requests[kind][index]++;
    metrics->faults[kind] += (uint64_t)__builtin_popcountll(faults);
}

void metrics_count_end(struct metrics *metrics, uint64_t sent_bytes, bool is_aborted_download)
{
    metrics->sent_bytes += sent_bytes;
    metrics->downloads_aborted_count += is_aborted_download;
}

void metrics_count_time(struct metrics *metrics, int64_t took_real_us)
{
    uint64_t took = took_real_us > 0 ? (uint64_t)took_real_us : 0;
    int bucket = 0;

    while (bucket < METRICS_BUCKET_COUNT && took_real_us > metrics_bucket_real_us[bucket])
        bucket++;
    metrics->buckets[bucket]++;
    metrics->sum_real_us += took;
}
