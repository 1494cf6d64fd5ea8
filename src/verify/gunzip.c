#include "verify/gunzip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/memory.h"

#define PIECE_BYTES ((size_t)256 << 10)
#define GZIP_FORMAT (MAX_WBITS + 16)

struct gunzip {
    int fd;
    off_t place; /* of the next compressed byte */
    z_stream stream;
    unsigned char *in;
    unsigned char *out;
    uint64_t skip_bytes; /* uncompressed ones that are not wanted */
    verify_sink *sink;
    void *sink_state;
};

bool gunzip_is_needed(int fd)
{
    unsigned char begin[3];

    return pread(fd, begin, sizeof begin, 0) == (ssize_t)sizeof begin && begin[0] == 0x1f &&
           begin[1] == 0x8b && begin[2] == 8;
}

/* Reads compressed bytes when there are none left. Gives how many there are, or -1. */
static ssize_t fill(struct gunzip *gunzip)
{
    ssize_t got;

    if (gunzip->stream.avail_in > 0)
        return (ssize_t)gunzip->stream.avail_in;
    do
        got = pread(gunzip->fd, gunzip->in, PIECE_BYTES, gunzip->place);
    while (got < 0 && errno == EINTR);
    if (got > 0) {
        gunzip->place += got;
        gunzip->stream.next_in = gunzip->in;
        gunzip->stream.avail_in = (uInt)got;
    }
    return got;
}

/* Hands on what was uncompressed; false when sink has enough. */
static bool drain(struct gunzip *gunzip)
{
    size_t length = PIECE_BYTES - gunzip->stream.avail_out, skipped;

    skipped = gunzip->skip_bytes < length ? (size_t)gunzip->skip_bytes : length;
    gunzip->skip_bytes -= skipped;
    gunzip->stream.next_out = gunzip->out;
    gunzip->stream.avail_out = (uInt)PIECE_BYTES;
    return skipped == length ||
           gunzip->sink(gunzip->sink_state, (char *)gunzip->out + skipped, length - skipped);
}

/* Uncompresses until the file or its soundness ends; false when it cannot be read. */
static bool run(struct gunzip *gunzip)
{
    int result = Z_OK;

    gunzip->stream.next_out = gunzip->out;
    gunzip->stream.avail_out = (uInt)PIECE_BYTES;
    while (result == Z_OK || result == Z_STREAM_END) {
        ssize_t got = fill(gunzip);

        if (got < 0)
            return false;
        if (got == 0 || (result == Z_STREAM_END && inflateReset(&gunzip->stream) != Z_OK))
            break;
        result = inflate(&gunzip->stream, Z_NO_FLUSH);
        if (!drain(gunzip))
            break;
    }
    return true;
}

enum status gunzip_read(int fd, const char *name, uint64_t offset_bytes, verify_sink *sink,
                        void *sink_state, struct error *err)
{
    struct gunzip gunzip = {
        .fd = fd, .skip_bytes = offset_bytes, .sink = sink, .sink_state = sink_state};
    enum status status = STATUS_OK;

    if (inflateInit2(&gunzip.stream, GZIP_FORMAT) != Z_OK)
        return error_set(err, STATUS_IO, NULL, "cannot begin to uncompress %s", name);
    gunzip.in = memory_new(PIECE_BYTES);
    gunzip.out = memory_new(PIECE_BYTES);
    if (!run(&gunzip))
        status = error_set(err, STATUS_IO, NULL, "cannot read %s: %s", name, strerror(errno));
    inflateEnd(&gunzip.stream);
    free(gunzip.in);
    free(gunzip.out);
    return status;
}
