#include "base/parse.h"

#include <string.h>

#include "base/decimal.h"
#include "base/excerpt.h"
#include "base/timestamp.h"

#define RIGHT_FORM "write for example 2026-08-07T10:00:00Z"

#define CLOCK_AT     (DATE_LENGTH + 1) /* "2026-08-07T" */
#define CLOCK_LENGTH 8                 /* "10:00:00" */
#define DECIMALS_MAX 9

/* Reads count digits; false when there are other characters. */
static bool read_digits(const char *text, int count, int *out)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (!decimal_is_digit(text[i]))
            return false;
        value = value * 10 + (text[i] - '0');
    }
    *out = value;
    return true;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

/* Reads "2026-08-07" (DATE_LENGTH bytes are there); false when it is no day of the calendar. */
static bool read_date(const char *text, int32_t *out)
{
    struct civil_date date;

    if (!read_digits(text, 4, &date.year) || text[4] != '-' ||
        !read_digits(text + 5, 2, &date.month) || text[7] != '-' ||
        !read_digits(text + 8, 2, &date.day))
        return false;
    if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1 ||
        date.day > days_in_month(date.year, date.month))
        return false;
    *out = day_from_civil(date);
    return true;
}

/* Reads "10:00:00" as seconds of the day; leap tells of second 60. */
static bool read_clock(const char *text, int64_t *seconds, bool *leap)
{
    int hour, minute, second;

    if (!read_digits(text, 2, &hour) || text[2] != ':' || !read_digits(text + 3, 2, &minute) ||
        text[5] != ':' || !read_digits(text + 6, 2, &second))
        return false;
    if (hour > 23 || minute > 59 || second > 60)
        return false;
    *leap = second == 60;
    *seconds = hour * 3600 + minute * 60 + second;
    return true;
}

/* Reads ".250" if it is there, floored. Returns the bytes taken; SIZE_MAX when it is malformed. */
static size_t read_fraction(const char *text, size_t length, int64_t *ms)
{
    int64_t place = 100;
    size_t at = 1;

    *ms = 0;
    if (length == 0 || text[0] != '.')
        return 0;
    for (; at < length && decimal_is_digit(text[at]); at++) {
        *ms += place * (text[at] - '0');
        place /= 10;
    }
    return at > 1 && at <= 1 + DECIMALS_MAX ? at : SIZE_MAX;
}

/* Reads all of text as "Z", "+02:00", "+0200" or "+02". */
static bool read_offset(const char *text, size_t length, int64_t *offset_ms)
{
    int hours, minutes = 0;

    if (length == 1 && (text[0] == 'Z' || text[0] == 'z')) {
        *offset_ms = 0;
        return true;
    }
    if (length < 3 || (text[0] != '+' && text[0] != '-') || !read_digits(text + 1, 2, &hours))
        return false;
    if (length == 6 ? text[3] != ':' : length != 5 && length != 3)
        return false;
    if (length > 3 && !read_digits(text + length - 2, 2, &minutes))
        return false;
    if (hours > 23 || minutes > 59)
        return false;
    *offset_ms = (hours * MS_PER_HOUR + minutes * MS_PER_MINUTE) * (text[0] == '-' ? -1 : 1);
    return true;
}

enum outcome { INSTANT_READ, INSTANT_MALFORMED, INSTANT_WITHOUT_OFFSET };

static enum outcome read_instant(const char *text, size_t length, int64_t *out)
{
    int32_t day;
    int64_t seconds, ms, offset_ms, whole_ms;
    size_t at = CLOCK_AT + CLOCK_LENGTH, taken;
    bool leap;

    if (length >= DATE_LENGTH && length < at)
        return length == DATE_LENGTH && read_date(text, &day) ? INSTANT_WITHOUT_OFFSET
                                                              : INSTANT_MALFORMED;
    if (length < at || !read_date(text, &day) || (text[10] != 'T' && text[10] != 't') ||
        !read_clock(text + CLOCK_AT, &seconds, &leap))
        return INSTANT_MALFORMED;
    taken = read_fraction(text + at, length - at, &ms);
    if (taken == SIZE_MAX)
        return INSTANT_MALFORMED;
    at += taken;
    if (at == length)
        return INSTANT_WITHOUT_OFFSET;
    if (!read_offset(text + at, length - at, &offset_ms))
        return INSTANT_MALFORMED;
    whole_ms = day * MS_PER_DAY + seconds * MS_PER_SECOND - offset_ms;
    /* a leap second ends a day of UTC, never anything else */
    if (leap && whole_ms != day_of_ms(whole_ms) * MS_PER_DAY)
        return INSTANT_MALFORMED;
    *out = whole_ms + ms;
    return INSTANT_READ;
}

enum status parse_timestamp_ms(const char *text, size_t length, int64_t *out, struct error *err)
{
    int64_t at_ms = 0;
    enum outcome outcome = read_instant(text, length, &at_ms);

    if (outcome == INSTANT_WITHOUT_OFFSET)
        return error_set(err, STATUS_MALFORMED, NULL,
                         "%s does not say its offset from UTC: " RIGHT_FORM
                         " or 2026-08-07T12:00:00+02:00",
                         excerpt(text, length).text);
    if (outcome == INSTANT_MALFORMED)
        return error_set(err, STATUS_MALFORMED, NULL, "%s is not an instant: " RIGHT_FORM,
                         excerpt(text, length).text);
    if (at_ms < TIMESTAMP_MIN_MS || at_ms > TIMESTAMP_MAX_MS)
        return error_set(err, STATUS_MALFORMED, NULL,
                         "%s lies outside the years 0001 to 9999 in UTC",
                         excerpt(text, length).text);
    *out = at_ms;
    return STATUS_OK;
}

enum status parse_date_day(const char *text, size_t length, int32_t *out, struct error *err)
{
    if (length != DATE_LENGTH || !read_date(text, out))
        return error_set(err, STATUS_MALFORMED, NULL,
                         "%s is not a date: write for example 2026-08-07",
                         excerpt(text, length).text);
    return STATUS_OK;
}
