/*
 * parse: reads numbers, sizes, durations, instants and dates from text of explicit length.
 *
 * No locale, no libc strto*: the same text means the same on every machine. The whole text must
 * be the value, without white space around it. Outputs are written only on success. Messages of
 * struct error quote the text and show the right form; error.field is "", callers who know the
 * place fill it.
 */
#ifndef BASE_PARSE_H
#define BASE_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* Longest duration that is read: 3650000 days, about 10,000 years. */
#define PARSE_DURATION_MAX_MS (INT64_C(3650000) * 86400000)

/* Decimal digits, no sign ("0", "8080"); leading zeros are allowed. False when out of range. */
bool parse_u64(const char *text, size_t length, uint64_t *out);

/* Decimal digits with an optional '-'. False when out of range. */
bool parse_i64(const char *text, size_t length, int64_t *out);

/*
 * A plain decimal number, not negative, no exponent: "0", "0.5", "60". Rounded as a double is;
 * decimals that a double cannot hold are dropped. False when it needs more than 53 bits before
 * the point.
 */
bool parse_decimal(const char *text, size_t length, double *out);

/*
 * A size in bytes: digits, or a decimal number with a unit: "1200000", "64KB", "1.2MB",
 * "10GB", "1TB" (KB = 1000), "KiB", "MiB", "GiB", "TiB" (KiB = 1024) or "B". Units in either
 * case. A fraction of a byte is dropped.
 */
bool parse_bytes(const char *text, size_t length, uint64_t *out);

/*
 * A duration in milliseconds, not negative: "250ms", "2s", "1.5h", "1h30m", "7d", a bare "0", or
 * ISO 8601: "PT10M", "P7D", "P1DT2H30M", "PT0.25S", "P2W", "P0M7DT0H0M0S". Units from the longest
 * to the shortest; a fraction only on the last; fractions of a millisecond are dropped.
 * STATUS_MALFORMED for anything else (also years and months, unless they are 0: their length
 * varies) and for more than PARSE_DURATION_MAX_MS.
 * Source of the long form: contract/protocol.json, serialization.duration.
 */
enum status parse_duration_ms(const char *text, size_t length, int64_t *out,
                              struct error *err) MUST_CHECK;

/*
 * An instant (RFC 3339): "2026-08-07T10:00:00Z", "2026-08-07t12:00:00.250+02:00", also offsets
 * "+0200" and "+02". One to nine decimals, floored to milliseconds. A leap second (23:59:60 UTC)
 * counts as the second after. STATUS_MALFORMED for anything else, above all a missing offset, and
 * for instants outside TIMESTAMP_MIN_MS to TIMESTAMP_MAX_MS.
 * Source: fractions and offsets are accepted by choice, contract/protocol.json,
 * serialization.datetime_input_fraction.
 */
enum status parse_timestamp_ms(const char *text, size_t length, int64_t *out,
                               struct error *err) MUST_CHECK;

/* A date of the calendar, "2026-08-07", as days since 1970-01-01. Else STATUS_MALFORMED. */
enum status parse_date_day(const char *text, size_t length, int32_t *out,
                           struct error *err) MUST_CHECK;

#endif
