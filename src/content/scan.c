#include "content/scan.h"

#include <string.h>

#define PIECE_BYTES 8192

enum status scan_span(const struct source *source, struct row_span span, scan_fn *see, void *state)
{
    char piece[PIECE_BYTES];
    uint64_t offset = span.offset_bytes, end = offset + span.length_bytes;

    while (offset < end) {
        size_t length = end - offset < sizeof piece ? (size_t)(end - offset) : sizeof piece;
        enum status status = source->read_at(source->state, offset, piece, length);

        if (status != STATUS_OK)
            return status;
        if (!see(state, offset, piece, length))
            break;
        offset += length;
    }
    return STATUS_OK;
}

/* Line ends still to come before the row, where it starts and where it ends. */
struct row_search {
    uint64_t rows_before;
    uint64_t start;
    uint64_t end; /* once ended */
    bool ended;
};

static bool see_line_ends(void *state, uint64_t offset, const char *bytes, size_t length)
{
    struct row_search *search = state;
    const char *at = bytes, *end = bytes + length;

    while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
        uint64_t after = offset + (uint64_t)(++at - bytes);

        if (search->rows_before == 0) {
            search->end = after;
            search->ended = true;
            return false;
        }
        search->rows_before--;
        search->start = after;
    }
    return true;
}

enum status scan_find_row(const struct source *source, uint64_t row, struct row_span *out,
                          bool *found)
{
    struct row_search search = {.rows_before = row};
    struct row_span all = {0, source->size_bytes};
    enum status status = scan_span(source, all, see_line_ends, &search);

    if (status != STATUS_OK)
        return status;
    if (!search.ended)
        search.end = source->size_bytes;
    *found = search.rows_before == 0 && search.start < search.end;
    if (*found)
        *out = (struct row_span){search.start, search.end - search.start};
    return STATUS_OK;
}
