/*
 * decimal: unsigned decimal numbers with a fraction, in whole arithmetic. Inside of parse_*.c.
 */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The value is whole + nanos / 10^9; digits behind the ninth decimal are dropped. */
struct decimal {
    uint64_t whole;
    uint64_t nanos;
    bool has_fraction; /* a point was there */
};

/* True for '0' to '9', whatever the locale. */
static inline bool decimal_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/*
 * Reads "12" or "12.5" from the start of text. Returns how many bytes it took; 0 when there is no
 * number, a digit is missing on one side of the point, or the whole part is too big.
 */
size_t decimal_read(const char *text, size_t length, struct decimal *out);

/* Adds number * unit to total, rounded down; false (total unchanged) when it does not fit. */
bool decimal_add(uint64_t *total, const struct decimal *number, uint64_t unit);

#endif
