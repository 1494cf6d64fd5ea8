/*
 * limiter: at most so many requests in a window of virtual time. The window begins with the first
 * request of a burst and not at a boundary of the clock; the first request after its end begins
 * the next. Refused requests do not count (assumed). Source: contract/protocol.json, rate_limits.
 */
#ifndef CORE_LIMITER_H
#define CORE_LIMITER_H

#include <stdbool.h>
#include <stdint.h>

#include "contract/rate.h"

/* What one rule has seen; zeroed is a burst that has not begun. */
struct burst {
    int64_t anchor_ms;
    uint32_t count;
};

/*
 * True when a request at now_ms is within the rate; *wait_ms is the virtual time until the window
 * ends otherwise. Nothing is counted. A clock that was set back begins a new burst.
 */
bool burst_allows(const struct burst *burst, const struct rate *rate, int64_t now_ms,
                  int64_t *wait_ms);

/* True when the window of the burst has begun and not ended at now_ms. */
bool burst_is_running(const struct burst *burst, const struct rate *rate, int64_t now_ms);

/* Counts a request at now_ms. */
void burst_count(struct burst *burst, const struct rate *rate, int64_t now_ms);

#endif
