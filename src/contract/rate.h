/*
 * rate: so many requests in a window of time.
 */
#ifndef CONTRACT_RATE_H
#define CONTRACT_RATE_H

#include <stdint.h>

/* Most requests in a window that can be asked for. */
#define RATE_REQUESTS_MAX UINT64_C(1000000000)

/* requests 0: no limit. */
struct rate {
    uint32_t requests;
    int64_t window_ms;
};

#endif
