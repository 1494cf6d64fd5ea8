/*
 * hex: hexadecimal digits and what they stand for.
 */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <stddef.h>
#include <stdint.h>

/* 0 to 15, in either case of letter; -1 when c is no hexadecimal digit. */
static inline int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The number that text begins with, of exactly count (up to 7) digits; -1 when it has not so many.
 */
static inline int32_t hex_read(const char *text, size_t length, size_t count)
{
    int32_t value = 0;

    if (length < count)
        return -1;
    for (size_t i = 0; i < count; i++) {
        int digit = hex_value(text[i]);

        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

/* Writes a byte as two digits, in lower case. */
static inline void hex_write(char out[2], uint8_t byte)
{
    static const char digits[] = "0123456789abcdef";

    out[0] = digits[byte >> 4];
    out[1] = digits[byte & 15];
}

#endif
