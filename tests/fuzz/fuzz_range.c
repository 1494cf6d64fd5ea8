/*
 * Header fields of a file request. Input: eight bytes of file size, then a text that is taken for
 * the value of each field in turn.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "http/conditional.h"
#include "http/date.h"
#include "http/gzip.h"
#include "http/range.h"

static const char *give_text(void *state, const char *name)
{
    (void)name;
    return state;
}

static void check_range(const char *text, uint64_t size)
{
    struct range range = range_read(text, size);

    if (range.kind == RANGE_PARTIAL && (range.length_bytes == 0 || range.offset_bytes >= size ||
                                        range.length_bytes > size - range.offset_bytes))
        abort();
    if (range.kind == RANGE_FULL && (range.offset_bytes != 0 || range.length_bytes > size))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct conditional_facts facts = {"\"abc\"", 1786096800250};
    struct http_request request = {.method = HTTP_GET, .find_header = give_text};
    uint64_t file_bytes;
    int64_t at_ms;
    char *text;

    if (size < sizeof file_bytes)
        return 0;
    memcpy(&file_bytes, data, sizeof file_bytes);
    text = calloc(1, size - sizeof file_bytes + 1);
    memcpy(text, data + sizeof file_bytes, size - sizeof file_bytes);
    request.header_state = text;
    check_range(text, file_bytes >> 1);
    (void)gzip_wanted(text);
    (void)http_date_read(text, &at_ms);
    (void)conditional_check(&request, &facts);
    (void)conditional_range_holds(&request, &facts);
    free(text);
    return 0;
}
