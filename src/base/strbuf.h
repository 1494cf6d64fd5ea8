/*
 * strbuf: a growing byte buffer. data is always NUL-terminated once anything was appended;
 * it may hold NUL bytes itself. Growth doubles; memory is kept until strbuf_release().
 */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/status.h"

struct strbuf {
    char *data; /* owned; NULL while empty and never grown */
    size_t length;
    size_t capacity; /* bytes allocated, the NUL included */
};

#define STRBUF_INIT \
    { \
        NULL, 0, 0 \
    }

/* Frees the memory; the buffer is empty and usable afterwards. */
void strbuf_release(struct strbuf *buf);

/* Grows buf so that extra_bytes more (and the NUL) fit; for strbuf_reserve(). */
void strbuf_grow(struct strbuf *buf, size_t extra_bytes);

/* Makes room for extra_bytes more (and the NUL). */
static inline void strbuf_reserve(struct strbuf *buf, size_t extra_bytes)
{
    if (buf->capacity - buf->length <= extra_bytes)
        strbuf_grow(buf, extra_bytes);
}

/* Appends length bytes. bytes must not point into buf. */
void strbuf_append(struct strbuf *buf, const void *bytes, size_t length);

/* Appends formatted text. */
void strbuf_appendf(struct strbuf *buf, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* The same with the arguments of a caller that takes them itself. */
void strbuf_vappendf(struct strbuf *buf, const char *fmt, va_list args) PRINTF_LIKE(2, 0);

/* Appends value in decimal digits. */
void strbuf_append_i64(struct strbuf *buf, int64_t value);

/* The content as a C string, "" when empty; owned by buf. */
const char *strbuf_text(const struct strbuf *buf);

/* Empties the buffer and keeps its memory. */
static inline void strbuf_reset(struct strbuf *buf)
{
    buf->length = 0;
    if (buf->data)
        buf->data[0] = '\0';
}

/* Appends a C string. */
static inline void strbuf_append_text(struct strbuf *buf, const char *text)
{
    strbuf_append(buf, text, strlen(text));
}

/* Appends one byte. */
static inline void strbuf_append_char(struct strbuf *buf, char c)
{
    strbuf_reserve(buf, 1);
    buf->data[buf->length++] = c;
    buf->data[buf->length] = '\0';
}

#endif
