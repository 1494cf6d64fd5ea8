#include "json/writer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/escape.h"

/* Whole numbers below this are written without an exponent: 60, not 6e+01. */
#define WHOLE_MAX 1e15

static char *put(char *at, const char *bytes, size_t length)
{
    memcpy(at, bytes, length);
    return at + length;
}

void json_write_name(struct json_writer *json, const char *text, size_t length)
{
    json_write_text_n(json, NULL, text, length);
    strbuf_append_char(json->out, ':');
    json->comma = false;
}

void json_put_text(struct json_writer *json, char *at, const char *text, size_t length)
{
    size_t clean;

    if (!text) {
        json_close_value(json, put(at, "null", 4));
        return;
    }
    clean = escape_clean_length(text, length);
    *at++ = '"';
    at = put(at, text, clean);
    if (clean == length) {
        *at++ = '"';
        json_close_value(json, at);
        return;
    }
    json_close_value(json, at);
    escape_append(json->out, text + clean, length - clean);
    strbuf_append_char(json->out, '"');
}

char *json_put_u64(char *at, uint64_t value)
{
    char digits[JSON_DIGITS_MAX];
    char *first = digits + sizeof digits;

    do
        *--first = (char)('0' + value % 10);
    while (value /= 10);
    return put(at, first, (size_t)(digits + sizeof digits - first));
}

/*
 * Tries more and more digits until the number reads back the same; 17 always suffice. The program
 * never leaves the "C" locale, so libc's decimal point is JSON's.
 */
void json_write_double(struct json_writer *json, const char *name, double value)
{
    char text[32];
    int length = 0;

    if (!isfinite(value)) {
        json_write_null(json, name);
        return;
    }
    if (value == floor(value) && fabs(value) < WHOLE_MAX) {
        json_write_i64(json, name, (int64_t)value);
        return;
    }
    for (int digits = 1; digits <= 17; digits++) {
        length = snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    json_write_raw(json, name, text, (size_t)length);
}

char *json_put_uuid(char *at, const struct uuid *value)
{
    if (!value)
        return put(at, "null", 4);
    at[0] = '"';
    uuid_write(at + 1, value);
    at[1 + UUID_LENGTH] = '"';
    return at + UUID_LENGTH + 2;
}

/* Writes ":07" and the like. */
static char *put_two(char *at, char before, unsigned value)
{
    at[0] = before;
    at[1] = (char)('0' + value / 10);
    at[2] = (char)('0' + value % 10);
    return at + 3;
}

/* The instants of one answer lie on few days; finding the date is the costly part. */
char *json_put_instant(struct json_writer *json, char *at, int64_t at_ms, bool with_fraction)
{
    unsigned ms, seconds;
    int32_t day;

    if (at_ms < TIMESTAMP_MIN_MS || at_ms > TIMESTAMP_MAX_MS)
        return put(at, "null", 4);
    day = day_of_ms(at_ms);
    ms = (unsigned)(at_ms - day * MS_PER_DAY);
    seconds = ms / 1000;
    if (day != json->day) {
        json->day = day;
        date_write(json->date, day);
    }
    *at++ = '"';
    at = put(at, json->date, DATE_LENGTH);
    at = put_two(at, 'T', seconds / 3600);
    at = put_two(at, ':', seconds / 60 % 60);
    at = put_two(at, ':', seconds % 60);
    ms %= 1000;
    if (with_fraction && ms != 0) {
        at = put_two(at, '.', ms / 10);
        *at++ = (char)('0' + ms % 10);
    }
    return put(at, "Z\"", 2);
}

char *json_put_date(char *at, int32_t day)
{
    at[0] = '"';
    date_write(at + 1, day);
    at[1 + DATE_LENGTH] = '"';
    return at + DATE_LENGTH + 2;
}
