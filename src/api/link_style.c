#include "api/link_style.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <nettle/base16.h>
#include <nettle/base64.h>

#include "base/timestamp.h"

/* Longest run of digits that is read as a number: well inside 64 bits, sums included. */
#define DIGITS_MAX 15

#define BASIC_DATE_LENGTH 8 /* "20260807" */

static void value_set(struct link_value *value, const char *text)
{
    value->length = strlen(text);
    memcpy(value->text, text, value->length);
}

static void PRINTF_LIKE(2, 3) value_format(struct link_value *value, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    value->length = (size_t)vsnprintf(value->text, sizeof value->text, fmt, args);
    va_end(args);
}

static void value_append(struct link_value *value, const char *text, size_t length)
{
    memcpy(value->text + value->length, text, length);
    value->length += length;
}

static int64_t floor_seconds(int64_t at_ms)
{
    int64_t rest = at_ms % MS_PER_SECOND;

    return (at_ms - rest) / MS_PER_SECOND - (rest < 0);
}

static bool is_whole(int64_t at_ms)
{
    return at_ms % MS_PER_SECOND == 0;
}

/* Takes a number off [*at, end): an optional minus and up to DIGITS_MAX digits. */
static bool take_number(const char **at, const char *end, int64_t *out)
{
    bool negative = *at < end && **at == '-';
    const char *start = *at + negative, *digit = start;
    int64_t value = 0;

    while (digit < end && *digit >= '0' && *digit <= '9' && digit - start < DIGITS_MAX)
        value = value * 10 + (*digit++ - '0');
    if (digit == start)
        return false;
    *at = digit;
    *out = negative ? -value : value;
    return true;
}

/* The digits of an instant, whatever stands between them: 14, or 17 with milliseconds. */
static bool instant_digits(const struct link_value *value, int digits[17], unsigned *count)
{
    *count = 0;
    for (size_t i = 0; i < value->length; i++) {
        char c = value->text[i];

        if (c >= '0' && c <= '9') {
            if (*count == 17)
                return false;
            digits[(*count)++] = c - '0';
        } else if (!c || !strchr("-:.TZ", c)) {
            return false;
        }
    }
    return *count == 14 || *count == 17;
}

static int digits_value(const int *digits, unsigned count)
{
    int value = 0;

    while (count-- > 0)
        value = value * 10 + *digits++;
    return value;
}

/*
 * Reads an ISO 8601 instant, basic or extended. Punctuation is not checked here: what was read is
 * written again and compared with what was sent.
 */
static bool read_instant(const struct link_value *value, int64_t *out_ms)
{
    int digits[17], hour, minute, second;
    struct civil_date date, same;
    unsigned count;
    int32_t day;

    if (!instant_digits(value, digits, &count))
        return false;
    date = (struct civil_date){digits_value(digits, 4), digits_value(digits + 4, 2),
                               digits_value(digits + 6, 2)};
    hour = digits_value(digits + 8, 2);
    minute = digits_value(digits + 10, 2);
    second = digits_value(digits + 12, 2);
    if (date.year < 1 || date.month < 1 || date.month > 12 || hour > 23 || minute > 59 ||
        second > 59)
        return false;
    day = day_from_civil(date);
    same = civil_from_day(day);
    if (same.month != date.month || same.day != date.day)
        return false;
    *out_ms = day * MS_PER_DAY + hour * MS_PER_HOUR + minute * MS_PER_MINUTE +
              second * MS_PER_SECOND + (count == 17 ? digits_value(digits + 14, 3) : 0);
    return true;
}

static void write_base64(struct link_value *value, const uint8_t mac[LINK_SIGNATURE_SIZE])
{
    value->length = BASE64_ENCODE_RAW_LENGTH(LINK_SIGNATURE_SIZE);
    base64_encode_raw(value->text, LINK_SIGNATURE_SIZE, mac);
}

static void write_hex(struct link_value *value, const uint8_t mac[LINK_SIGNATURE_SIZE])
{
    value->length = BASE16_ENCODE_LENGTH(LINK_SIGNATURE_SIZE);
    base16_encode_update(value->text, LINK_SIGNATURE_SIZE, mac);
}

enum { AZURE_VERSION, AZURE_EXPIRY, AZURE_RESOURCE, AZURE_PERMISSIONS, AZURE_SIGNATURE };

static void azure_write(struct link_value *values, int64_t from_ms, int64_t until_ms)
{
    (void)from_ms;
    value_set(&values[AZURE_VERSION], "2021-12-02");
    if (is_whole(until_ms)) {
        values[AZURE_EXPIRY].length = TIMESTAMP_SECONDS_LENGTH;
        timestamp_write_seconds(values[AZURE_EXPIRY].text, until_ms);
    } else {
        values[AZURE_EXPIRY].length = TIMESTAMP_MILLIS_LENGTH;
        timestamp_write_millis(values[AZURE_EXPIRY].text, until_ms);
    }
    value_set(&values[AZURE_RESOURCE], "b");
    value_set(&values[AZURE_PERMISSIONS], "r");
}

static bool azure_read(const struct link_value *values, int64_t *from_ms, int64_t *until_ms)
{
    *from_ms = 0;
    return read_instant(&values[AZURE_EXPIRY], until_ms);
}

enum { V4_ALGORITHM, V4_CREDENTIAL, V4_DATE, V4_EXPIRES, V4_HEADERS, V4_SIGNATURE, V4_VALID };

/* "20260807T100000Z" */
static void write_basic_instant(struct link_value *value, int64_t at_ms)
{
    char extended[TIMESTAMP_SECONDS_LENGTH];

    timestamp_write_seconds(extended, at_ms);
    value->length = 0;
    for (size_t i = 0; i < sizeof extended; i++) {
        if (extended[i] != '-' && extended[i] != ':')
            value->text[value->length++] = extended[i];
    }
}

/* The parameters that S3 and GCS have in common; scope is the credential around its date. */
static void v4_write(struct link_value *values, const char *account, const char *scope,
                     int64_t from_ms, int64_t until_ms)
{
    int64_t from_s = floor_seconds(from_ms);
    int64_t until_s = floor_seconds(until_ms + MS_PER_SECOND - 1);

    write_basic_instant(&values[V4_DATE], from_ms);
    values[V4_CREDENTIAL].length = 0;
    value_append(&values[V4_CREDENTIAL], account, strlen(account));
    value_append(&values[V4_CREDENTIAL], values[V4_DATE].text, BASIC_DATE_LENGTH);
    value_append(&values[V4_CREDENTIAL], scope, strlen(scope));
    value_format(&values[V4_EXPIRES], "%" PRId64, until_s > from_s ? until_s - from_s : 0);
    value_set(&values[V4_HEADERS], "host");
    if (!is_whole(from_ms) || !is_whole(until_ms) || until_ms < from_ms)
        value_format(&values[V4_VALID], "%" PRId64 "_%" PRId64, from_ms, until_ms);
}

static bool v4_read(const struct link_value *values, int64_t *from_ms, int64_t *until_ms)
{
    const struct link_value *valid = &values[V4_VALID], *expires = &values[V4_EXPIRES];
    const char *at = valid->text, *end = at + valid->length;
    int64_t seconds;

    if (valid->length)
        return take_number(&at, end, from_ms) && at < end && *at++ == '_' &&
               take_number(&at, end, until_ms) && at == end;
    at = expires->text;
    end = at + expires->length;
    if (!read_instant(&values[V4_DATE], from_ms) || !take_number(&at, end, &seconds) || at != end)
        return false;
    *until_ms = *from_ms + seconds * MS_PER_SECOND;
    return true;
}

static void s3_write(struct link_value *values, int64_t from_ms, int64_t until_ms)
{
    value_set(&values[V4_ALGORITHM], "AWS4-HMAC-SHA256");
    v4_write(values, "EXPORTSMOCK/", "/us-east-1/s3/aws4_request", from_ms, until_ms);
}

static void gcs_write(struct link_value *values, int64_t from_ms, int64_t until_ms)
{
    value_set(&values[V4_ALGORITHM], "GOOG4-HMAC-SHA256");
    v4_write(values, "exports-mock@exports-mock.iam.gserviceaccount.com/",
             "/auto/storage/goog4_request", from_ms, until_ms);
}

enum { PLAIN_EXPIRES, PLAIN_SIGNATURE };

static void plain_write(struct link_value *values, int64_t from_ms, int64_t until_ms)
{
    int64_t seconds = floor_seconds(until_ms);

    (void)from_ms;
    if (is_whole(until_ms))
        value_format(&values[PLAIN_EXPIRES], "%" PRId64, seconds);
    else
        value_format(&values[PLAIN_EXPIRES], "%" PRId64 ".%03d", seconds,
                     (int)(until_ms - seconds * MS_PER_SECOND));
}

static bool plain_read(const struct link_value *values, int64_t *from_ms, int64_t *until_ms)
{
    const char *at = values[PLAIN_EXPIRES].text, *end = at + values[PLAIN_EXPIRES].length;
    int64_t seconds, thousandths = 0;

    if (!take_number(&at, end, &seconds))
        return false;
    if (at < end && (*at++ != '.' || !take_number(&at, end, &thousandths) || at != end ||
                     thousandths < 0 || thousandths > 999))
        return false;
    *from_ms = 0;
    if (seconds > TIMESTAMP_MAX_MS / MS_PER_SECOND || seconds < TIMESTAMP_MIN_MS / MS_PER_SECOND)
        return false;
    *until_ms = seconds * MS_PER_SECOND + thousandths;
    return true;
}

#define SERIAL "X-Exports-Answer"

static const struct link_style styles[STORAGE_KIND_COUNT] = {
    [STORAGE_AZURE] = {{"sv", "se", "sr", "sp", "sig", SERIAL},
                       6,
                       AZURE_SIGNATURE,
                       5,
                       false,
                       azure_write,
                       azure_read,
                       write_base64},
    [STORAGE_S3] = {{"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires",
                     "X-Amz-SignedHeaders", "X-Amz-Signature", "X-Exports-Valid", SERIAL},
                    8,
                    V4_SIGNATURE,
                    V4_VALID,
                    true,
                    s3_write,
                    v4_read,
                    write_hex},
    [STORAGE_GCS] = {{"X-Goog-Algorithm", "X-Goog-Credential", "X-Goog-Date", "X-Goog-Expires",
                      "X-Goog-SignedHeaders", "X-Goog-Signature", "X-Exports-Valid", SERIAL},
                     8,
                     V4_SIGNATURE,
                     V4_VALID,
                     true,
                     gcs_write,
                     v4_read,
                     write_hex},
    [STORAGE_PLAIN] = {{"expires", "signature", SERIAL},
                       3,
                       PLAIN_SIGNATURE,
                       2,
                       false,
                       plain_write,
                       plain_read,
                       write_hex},
};

const struct link_style *link_style_of(enum storage_kind kind)
{
    return &styles[kind];
}
