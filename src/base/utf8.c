#include "base/utf8.h"

static bool continues(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

/* The range of the second byte is what keeps overlong forms, surrogates and too big values out. */
static bool second_fits(unsigned char first, unsigned char second)
{
    switch (first) {
    case 0xe0:
        return second >= 0xa0 && second <= 0xbf;
    case 0xed:
        return second >= 0x80 && second <= 0x9f;
    case 0xf0:
        return second >= 0x90 && second <= 0xbf;
    case 0xf4:
        return second >= 0x80 && second <= 0x8f;
    default:
        return continues(second);
    }
}

size_t utf8_character(const char *text, size_t length)
{
    const unsigned char *at = (const unsigned char *)text;
    size_t need;

    if (length == 0)
        return 0;
    if (at[0] < 0x80)
        return 1;
    if (at[0] < 0xc2 || at[0] > 0xf4)
        return 0;
    need = at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
    if (length < need || !second_fits(at[0], at[1]))
        return 0;
    for (size_t i = 2; i < need; i++) {
        if (!continues(at[i]))
            return 0;
    }
    return need;
}

size_t utf8_valid_prefix(const char *text, size_t length)
{
    size_t at = 0;

    while (at < length) {
        size_t step = utf8_character(text + at, length - at);

        if (step == 0)
            break;
        at += step;
    }
    return at;
}
