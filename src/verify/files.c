#include "verify/files.h"

#include <stdlib.h>

#include "base/memory.h"

#define PIECE_BYTES ((size_t)256 << 10)

static const char *source_name(void *state, size_t index)
{
    const struct verify_source_list *list = state;

    return list->items[index].name;
}

static size_t source_export(void *state, size_t index)
{
    const struct verify_source_list *list = state;

    return list->items[index].export;
}

static enum status source_read(void *state, size_t index, uint64_t offset_bytes, verify_sink *sink,
                               void *sink_state, struct error *err)
{
    const struct verify_source_list *list = state;
    const struct source *source = &list->items[index].source;
    char *piece = memory_new(PIECE_BYTES);
    enum status status = STATUS_OK;

    while (offset_bytes < source->size_bytes) {
        uint64_t left = source->size_bytes - offset_bytes;
        size_t length = left < PIECE_BYTES ? (size_t)left : PIECE_BYTES;

        status = source->read_at(source->state, offset_bytes, piece, length);
        if (status != STATUS_OK) {
            error_set(err, status, NULL, "cannot read %s", list->items[index].name);
            break;
        }
        if (!sink(sink_state, piece, length))
            break;
        offset_bytes += length;
    }
    free(piece);
    return status;
}

struct verify_files verify_files_of_sources(struct verify_source_list *list)
{
    return (struct verify_files){list->count, list, source_name, source_export, source_read};
}
