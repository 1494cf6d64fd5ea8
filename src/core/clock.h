/*
 * clock: virtual time as a function of real time. States, expiry, links, the rate limit and the
 * data set live in virtual time (suffix _ms); real time (suffix _real_ms) is a parameter that only
 * says how much of it has gone by. No libc clock here.
 */
#ifndef CORE_CLOCK_H
#define CORE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/timestamp.h"

/* How fast a clock may run: a year in 32 ms. */
#define CLOCK_MAX_SPEED 1e9

/* A value; nothing to release. */
struct clock {
    int64_t base_ms;      /* virtual instant at which ... */
    int64_t base_real_ms; /* ... the real clock showed this */
    double speed;         /* virtual time for each unit of real time: 0 (frozen) and up */
};

/* A clock that shows now_ms at now_real_ms. */
struct clock clock_at(int64_t now_ms, int64_t now_real_ms, double speed);

/* What the clock shows; never beyond what can be written (TIMESTAMP_MIN_MS to _MAX_MS). */
int64_t clock_now_ms(const struct clock *clock, int64_t now_real_ms);

/* Sets the hand; the speed stays. */
void clock_set_ms(struct clock *clock, int64_t now_ms, int64_t now_real_ms);

/* Changes the speed from now on; the hand stays where it is. */
void clock_set_speed(struct clock *clock, double speed, int64_t now_real_ms);

/*
 * Whole real seconds, at least 1, that a client has to wait for wait_ms of virtual time to pass:
 * what Retry-After says. On a frozen clock the virtual wait. Source: interface, section 6.
 */
int64_t clock_retry_after_s(const struct clock *clock, int64_t wait_ms);

/* a + b_ms, held within what can be written; b_ms is not negative. */
int64_t instant_after(int64_t at_ms, int64_t duration_ms);

#endif
