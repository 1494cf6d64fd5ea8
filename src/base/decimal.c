#include "base/decimal.h"

#define NANOS UINT64_C(1000000000)

/* Appends a digit to value; false when it does not fit. */
static bool push_digit(uint64_t *value, char digit)
{
    return !__builtin_mul_overflow(*value, 10, value) &&
           !__builtin_add_overflow(*value, (uint64_t)(digit - '0'), value);
}

size_t decimal_read(const char *text, size_t length, struct decimal *out)
{
    struct decimal number = {0, 0, false};
    uint64_t place = NANOS;
    size_t at = 0, point;

    for (; at < length && decimal_is_digit(text[at]); at++) {
        if (!push_digit(&number.whole, text[at]))
            return 0;
    }
    point = at;
    number.has_fraction = at < length && text[at] == '.';
    if (number.has_fraction) {
        for (at++; at < length && decimal_is_digit(text[at]); at++) {
            place /= 10;
            number.nanos += place * (uint64_t)(text[at] - '0');
        }
    }
    if (point == 0 || at == point + 1)
        return 0;
    *out = number;
    return at;
}

bool decimal_add(uint64_t *total, const struct decimal *number, uint64_t unit)
{
    /* nanos * unit / 10^9 in two parts, so that neither product overflows */
    uint64_t fraction = number->nanos * (unit / NANOS) + number->nanos * (unit % NANOS) / NANOS;
    uint64_t sum;

    if (__builtin_mul_overflow(number->whole, unit, &sum) ||
        __builtin_add_overflow(sum, fraction, &sum) || __builtin_add_overflow(sum, *total, &sum))
        return false;
    *total = sum;
    return true;
}
