/*
 * calendar: local time of the properties, by arithmetic. No tz database: the rules of the European
 * Union (since 1996) and of the United States (since 2007) are taken for every year.
 * Instants are seconds since 1970-01-01T00:00:00Z here (suffix _s); rows have whole seconds.
 */
#ifndef DATA_CALENDAR_H
#define DATA_CALENDAR_H

#include <stdint.h>

#define SECONDS_PER_DAY  INT64_C(86400)
#define SECONDS_PER_HOUR INT64_C(3600)

/* A time zone: Europe/Budapest and America/New_York. */
enum zone { ZONE_BUDAPEST, ZONE_NEW_YORK };

/* Seconds to add to UTC for local time without daylight saving. */
int32_t zone_standard_offset_s(enum zone zone);

/* Seconds to add to UTC at the local midnight that begins day. */
int32_t zone_midnight_offset_s(enum zone zone, int32_t day);

/* Seconds to add to UTC from 03:00 local time to the end of day. */
int32_t zone_daytime_offset_s(enum zone zone, int32_t day);

/* The instant at which day begins locally. */
int64_t zone_midnight_s(enum zone zone, int32_t day);

#endif
