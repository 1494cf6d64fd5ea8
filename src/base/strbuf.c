#include "base/strbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

void strbuf_release(struct strbuf *buf)
{
    free(buf->data);
    *buf = (struct strbuf)STRBUF_INIT;
}

void strbuf_grow(struct strbuf *buf, size_t extra_bytes)
{
    size_t capacity = buf->capacity ? buf->capacity : 64;

    /* beyond what doubling reaches, memory_resize() fails as it should */
    while (capacity - buf->length <= extra_bytes && capacity <= SIZE_MAX / 2)
        capacity *= 2;
    buf->data = memory_resize(buf->data, capacity, 1);
    buf->capacity = capacity;
}

void strbuf_append(struct strbuf *buf, const void *bytes, size_t length)
{
    strbuf_reserve(buf, length);
    if (length)
        memcpy(buf->data + buf->length, bytes, length);
    buf->length += length;
    buf->data[buf->length] = '\0';
}

void strbuf_vappendf(struct strbuf *buf, const char *fmt, va_list args)
{
    size_t room = buf->capacity - buf->length;
    va_list again;
    int length;

    va_copy(again, args);
    length = vsnprintf(room ? buf->data + buf->length : NULL, room, fmt, args);
    if (length > 0 && (size_t)length >= room) {
        strbuf_reserve(buf, (size_t)length);
        vsnprintf(buf->data + buf->length, (size_t)length + 1, fmt, again);
    }
    buf->length += length > 0 ? (size_t)length : 0;
    va_end(again);
}

void strbuf_appendf(struct strbuf *buf, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    strbuf_vappendf(buf, fmt, args);
    va_end(args);
}

void strbuf_append_i64(struct strbuf *buf, int64_t value)
{
    char digits[24];
    char *at = digits + sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do
        *--at = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        *--at = '-';
    strbuf_append(buf, at, (size_t)(digits + sizeof digits - at));
}

const char *strbuf_text(const struct strbuf *buf)
{
    return buf->length ? buf->data : "";
}
