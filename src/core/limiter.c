#include "core/limiter.h"

bool burst_is_running(const struct burst *burst, const struct rate *rate, int64_t now_ms)
{
    return burst->count > 0 && now_ms >= burst->anchor_ms &&
           now_ms - burst->anchor_ms < rate->window_ms;
}

bool burst_allows(const struct burst *burst, const struct rate *rate, int64_t now_ms,
                  int64_t *wait_ms)
{
    if (rate->requests == 0 || !burst_is_running(burst, rate, now_ms) ||
        burst->count < rate->requests)
        return true;
    *wait_ms = burst->anchor_ms + rate->window_ms - now_ms;
    return false;
}

void burst_count(struct burst *burst, const struct rate *rate, int64_t now_ms)
{
    if (!burst_is_running(burst, rate, now_ms))
        *burst = (struct burst){.anchor_ms = now_ms};
    burst->count++;
}
