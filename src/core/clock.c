#include "core/clock.h"

#include <math.h>

static int64_t clamp_ms(double at_ms)
{
    if (at_ms <= (double)TIMESTAMP_MIN_MS)
        return TIMESTAMP_MIN_MS;
    if (at_ms >= (double)TIMESTAMP_MAX_MS)
        return TIMESTAMP_MAX_MS;
    return (int64_t)at_ms;
}

struct clock clock_at(int64_t now_ms, int64_t now_real_ms, double speed)
{
    return (struct clock){now_ms, now_real_ms, speed};
}

int64_t clock_now_ms(const struct clock *clock, int64_t now_real_ms)
{
    double gone_ms = floor((double)(now_real_ms - clock->base_real_ms) * clock->speed);

    if (gone_ms <= 0)
        return clock->base_ms;
    if (gone_ms >= (double)(TIMESTAMP_MAX_MS - TIMESTAMP_MIN_MS))
        return TIMESTAMP_MAX_MS;
    return instant_after(clock->base_ms, (int64_t)gone_ms);
}

void clock_set_ms(struct clock *clock, int64_t now_ms, int64_t now_real_ms)
{
    *clock = clock_at(now_ms, now_real_ms, clock->speed);
}

void clock_set_speed(struct clock *clock, double speed, int64_t now_real_ms)
{
    *clock = clock_at(clock_now_ms(clock, now_real_ms), now_real_ms, speed);
}

int64_t clock_retry_after_s(const struct clock *clock, int64_t wait_ms)
{
    double wait_real_ms = clock->speed > 0 ? (double)wait_ms / clock->speed : (double)wait_ms;
    int64_t seconds = clamp_ms(ceil(wait_real_ms / (double)MS_PER_SECOND));

    return seconds < 1 ? 1 : seconds;
}

int64_t instant_after(int64_t at_ms, int64_t duration_ms)
{
    if (duration_ms > TIMESTAMP_MAX_MS - at_ms)
        return TIMESTAMP_MAX_MS;
    return at_ms + duration_ms;
}
