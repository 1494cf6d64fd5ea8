/*
 * timestamp: instants as milliseconds since 1970-01-01T00:00:00Z in virtual time (suffix _ms),
 * dates as days since 1970-01-01 (suffix _day). Proleptic Gregorian calendar, no leap seconds,
 * years 0001 to 9999. Pure arithmetic: no libc time zone, the same on every machine.
 */
#ifndef BASE_TIMESTAMP_H
#define BASE_TIMESTAMP_H

#include <stddef.h>
#include <stdint.h>

#define MS_PER_SECOND INT64_C(1000)
#define MS_PER_MINUTE INT64_C(60000)
#define MS_PER_HOUR   INT64_C(3600000)
#define MS_PER_DAY    INT64_C(86400000)

/* An instant that never comes, for schedules. */
#define NEVER_MS INT64_MAX

/* The first and last instant that can be written: 0001-01-01 and 9999-12-31T23:59:59.999. */
#define TIMESTAMP_MIN_MS INT64_C(-62135596800000)
#define TIMESTAMP_MAX_MS INT64_C(253402300799999)

#define TIMESTAMP_SECONDS_LENGTH 20 /* "2026-08-07T10:00:00Z" */
#define TIMESTAMP_MILLIS_LENGTH  24 /* "2026-08-07T10:00:00.000Z" */
#define DATE_LENGTH              10 /* "2026-08-07" */

struct civil_date {
    int year;  /* 1 to 9999 */
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
};

/* The calendar date of a day number. */
struct civil_date civil_from_day(int32_t day);

/* The day number of a calendar date; date must be valid. */
int32_t day_from_civil(struct civil_date date);

/* The day that holds the instant (floor). */
int32_t day_of_ms(int64_t at_ms);

/* 0 = Sunday to 6 = Saturday. */
int weekday_of_day(int32_t day);

/* Writes TIMESTAMP_SECONDS_LENGTH bytes, no NUL; a fraction is dropped (floor). */
void timestamp_write_seconds(char *out, int64_t at_ms);

/* Writes TIMESTAMP_MILLIS_LENGTH bytes, no NUL. */
void timestamp_write_millis(char *out, int64_t at_ms);

/* Writes DATE_LENGTH bytes, no NUL. */
void date_write(char *out, int32_t day);

/* Writes an HTTP date (RFC 9110, IMF-fixdate: "Fri, 07 Aug 2026 10:00:00 GMT", 29 bytes and NUL).
 */
void timestamp_write_http(char out[30], int64_t at_ms);

#endif
