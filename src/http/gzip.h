/*
 * gzip: the gzip content coding (RFC 9110, section 8.4.1.3): when to use it, and a compressor
 * that reads a source piece by piece. The same source gives the same bytes on every machine that
 * has the same zlib.
 */
#ifndef HTTP_GZIP_H
#define HTTP_GZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/source.h"

/* A shorter body is not worth compressing. Source: assumed (it fits a packet as it is). */
#define GZIP_MIN_BYTES 1024

/*
 * True when an Accept-Encoding field value (NULL: no field) takes gzip at least as gladly as
 * identity. "x-gzip" is another name of gzip; "*" stands for it when it is not named; an element
 * with a broken weight does not count.
 */
bool gzip_wanted(const char *accept_encoding);

struct gzip_stream;

/*
 * A compressor of the whole source, which it owns from now on: *source is left without anything to
 * release. About 80 KB of memory until gzip_stream_free().
 */
struct gzip_stream *gzip_stream_new(struct source *source);

/*
 * Writes up to capacity (at least 1) compressed bytes to out and returns how many: at least 1
 * while there are any, 0 at the end, -1 when the source could not be read (then for ever). May
 * return less than capacity before the end, so that one call does not compress for long.
 */
ssize_t gzip_stream_read(struct gzip_stream *stream, void *out, size_t capacity);

/* Frees the compressor and releases the source; stream may be NULL. */
void gzip_stream_free(struct gzip_stream *stream);

#endif
