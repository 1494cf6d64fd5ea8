#include "base/excerpt.h"

#include <string.h>

#include "base/utf8.h"

#define SHOWN_BYTES 48

struct excerpt excerpt(const char *text, size_t length)
{
    struct excerpt out;
    size_t at = 0, end = 0;

    out.text[end++] = '"';
    while (at < length && at < SHOWN_BYTES) {
        unsigned char c = (unsigned char)text[at];
        size_t step = utf8_character(text + at, length - at);

        if (step == 0 || c < 0x20 || c == 0x7f || c == '"') {
            out.text[end++] = '?';
            at++;
            continue;
        }
        memcpy(out.text + end, text + at, step);
        end += step;
        at += step;
    }
    out.text[end++] = '"';
    memcpy(out.text + end, at < length ? "..." : "", at < length ? 4 : 1);
    return out;
}
