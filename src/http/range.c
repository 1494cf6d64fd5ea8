#include "http/range.h"

#include <stdbool.h>
#include <stddef.h>
#include <strings.h>

static const char *skip_blanks(const char *at)
{
    while (*at == ' ' || *at == '\t')
        at++;
    return at;
}

/* Reads digits; a number that does not fit is as good as the largest. False: no digit there. */
static bool read_position(const char **at, uint64_t *out)
{
    const char *start = *at;
    uint64_t value = 0;

    while (**at >= '0' && **at <= '9') {
        unsigned digit = (unsigned)(*(*at)++ - '0');

        value = value > (UINT64_MAX - digit) / 10 ? UINT64_MAX : value * 10 + digit;
    }
    *out = value;
    return *at > start;
}

static struct range suffix_range(uint64_t length, uint64_t size)
{
    if (length == 0)
        return (struct range){.kind = RANGE_UNSATISFIABLE};
    if (size == 0)
        return (struct range){.kind = RANGE_FULL};
    if (length > size)
        length = size;
    return (struct range){RANGE_PARTIAL, size - length, length};
}

static struct range span_range(uint64_t first, uint64_t last, uint64_t size)
{
    if (first > last)
        return (struct range){.kind = RANGE_FULL, .length_bytes = size};
    if (first >= size)
        return (struct range){.kind = RANGE_UNSATISFIABLE};
    if (last >= size)
        last = size - 1;
    return (struct range){RANGE_PARTIAL, first, last - first + 1};
}

struct range range_read(const char *value, uint64_t size_bytes)
{
    struct range full = {RANGE_FULL, 0, size_bytes};
    uint64_t first = 0, last = UINT64_MAX;
    bool has_first, has_last;

    if (!value || strncasecmp(value, "bytes=", 6) != 0)
        return full;
    value = skip_blanks(value + 6);
    has_first = read_position(&value, &first);
    if (*value++ != '-')
        return full;
    has_last = read_position(&value, &last);
    if (*skip_blanks(value) != '\0' || (!has_first && !has_last))
        return full;
    if (!has_first)
        return suffix_range(last, size_bytes);
    return span_range(first, has_last ? last : UINT64_MAX, size_bytes);
}
