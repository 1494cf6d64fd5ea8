/*
 * hex: what a hexadecimal digit stands for.
 */
#ifndef BASE_HEX_H
#define BASE_HEX_H

/* 0 to 15, in either case of letter; -1 when c is no hexadecimal digit. */
static inline int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
