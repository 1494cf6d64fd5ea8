#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Removes a UTF-8 character that was cut in two at the end of text. */
static void drop_cut_character(char *text)
{
    size_t length = strlen(text), start = length;

    while (start > 0 && length - start < 4) {
        unsigned char c = (unsigned char)text[--start];
        size_t need = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : c >= 0x80 ? 0 : 1;

        if (need == 0)
            continue;
        if (length - start < need)
            text[start] = '\0';
        return;
    }
}

enum status error_set(struct error *err, enum status status, const char *field, const char *fmt,
                      ...)
{
    va_list args;
    int written;

    if (!err)
        return status;
    err->status = status;
    snprintf(err->field, sizeof err->field, "%s", field ? field : "");
    drop_cut_character(err->field);
    va_start(args, fmt);
    written = vsnprintf(err->message, sizeof err->message, fmt, args);
    va_end(args);
    if (written >= (int)sizeof err->message)
        drop_cut_character(err->message);
    return status;
}
