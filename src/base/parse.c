#include "base/parse.h"

#include <string.h>
#include <strings.h>

#include "base/decimal.h"

/* Whole numbers that a double holds without gaps. */
#define DOUBLE_WHOLE_MAX (UINT64_C(1) << 53)
/* The largest power of ten that a double holds exactly. */
#define DOUBLE_TEN_MAX 1e22

bool parse_u64(const char *text, size_t length, uint64_t *out)
{
    struct decimal number;
    size_t taken = decimal_read(text, length, &number);

    if (taken == 0 || taken != length || number.has_fraction)
        return false;
    *out = number.whole;
    return true;
}

bool parse_i64(const char *text, size_t length, int64_t *out)
{
    bool negative = length > 0 && text[0] == '-';
    uint64_t size;

    if (!parse_u64(text + negative, length - negative, &size) ||
        size > (uint64_t)INT64_MAX + negative)
        return false;
    *out = negative ? (int64_t)(0 - size) : (int64_t)size;
    return true;
}

/*
 * Digits as one whole number over a power of ten: both are exact in a double, so the one division
 * rounds correctly.
 */
bool parse_decimal(const char *text, size_t length, double *out)
{
    struct decimal number;
    uint64_t digits = 0;
    double scale = 1;
    bool fraction = false;

    if (length == 0 || decimal_read(text, length, &number) != length)
        return false;
    for (size_t i = 0; i < length; i++) {
        uint64_t next;

        if (text[i] == '.') {
            fraction = true;
            continue;
        }
        next = digits * 10 + (uint64_t)(text[i] - '0');
        if (next > DOUBLE_WHOLE_MAX && !fraction)
            return false;
        if (next > DOUBLE_WHOLE_MAX || scale >= DOUBLE_TEN_MAX)
            break;
        digits = next;
        scale *= fraction ? 10 : 1;
    }
    *out = (double)digits / scale;
    return true;
}

static bool find_byte_unit(const char *text, size_t length, uint64_t *out)
{
    static const struct {
        char name[4];
        uint64_t bytes;
    } units[] = {
        {"B", 1},
        {"KB", UINT64_C(1000)},
        {"MB", UINT64_C(1000000)},
        {"GB", UINT64_C(1000000000)},
        {"TB", UINT64_C(1000000000000)},
        {"KiB", UINT64_C(1) << 10},
        {"MiB", UINT64_C(1) << 20},
        {"GiB", UINT64_C(1) << 30},
        {"TiB", UINT64_C(1) << 40},
    };

    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strlen(units[i].name) == length && strncasecmp(units[i].name, text, length) == 0) {
            *out = units[i].bytes;
            return true;
        }
    }
    return false;
}

bool parse_bytes(const char *text, size_t length, uint64_t *out)
{
    struct decimal number;
    size_t taken = decimal_read(text, length, &number);
    uint64_t unit = 1, total = 0;

    if (taken == 0 || (taken == length && number.has_fraction))
        return false;
    if (taken < length && !find_byte_unit(text + taken, length - taken, &unit))
        return false;
    if (!decimal_add(&total, &number, unit))
        return false;
    *out = total;
    return true;
}
