#include "data/calendar.h"

#include "base/timestamp.h"

/* The day of the nth Sunday (from 1) of a month. */
static int32_t nth_sunday(int year, int month, int nth)
{
    int32_t first = day_from_civil((struct civil_date){year, month, 1});

    return first + (7 - weekday_of_day(first)) % 7 + 7 * (nth - 1);
}

static int32_t last_sunday(int year, int month)
{
    int32_t last = day_from_civil((struct civil_date){year, month, 31}); /* March and October */

    return last - weekday_of_day(last);
}

/* The days on which clocks go forward and back, early in the morning. */
static void change_days(enum zone zone, int year, int32_t *forward, int32_t *back)
{
    if (zone == ZONE_BUDAPEST) {
        *forward = last_sunday(year, 3);
        *back = last_sunday(year, 10);
    } else {
        *forward = nth_sunday(year, 3, 2);
        *back = nth_sunday(year, 11, 1);
    }
}

int32_t zone_standard_offset_s(enum zone zone)
{
    return zone == ZONE_BUDAPEST ? 3600 : -5 * 3600;
}

int32_t zone_midnight_offset_s(enum zone zone, int32_t day)
{
    return zone_daytime_offset_s(zone, day - 1);
}

int32_t zone_daytime_offset_s(enum zone zone, int32_t day)
{
    int32_t forward, back;

    change_days(zone, civil_from_day(day).year, &forward, &back);
    return zone_standard_offset_s(zone) + (day >= forward && day < back ? 3600 : 0);
}

int64_t zone_midnight_s(enum zone zone, int32_t day)
{
    return day * SECONDS_PER_DAY - zone_midnight_offset_s(zone, day);
}
