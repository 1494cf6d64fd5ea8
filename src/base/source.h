/*
 * source: bytes with a length that can be read at any offset. Computed data, a file of the disk
 * and a buffer all look like this to whoever sends them.
 */
#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct source {
    uint64_t size_bytes;
    int fd; /* >= 0: a regular file that holds the bytes from offset 0 (sendfile); else -1 */
    /*
     * Fills out with length bytes from offset; offset + length <= size_bytes is the caller's duty.
     * STATUS_IO when the bytes behind an fd are gone; computed bytes cannot fail.
     */
    enum status (*read_at)(void *state, uint64_t offset, void *out, size_t length);
    void (*release)(void *state); /* frees state and closes fd; may be NULL */
    void *state;
};

/* Releases what the source owns; it must not be read afterwards. */
static inline void source_release(struct source *source)
{
    if (source->release)
        source->release(source->state);
    source->release = NULL;
    source->state = NULL;
}

#endif
